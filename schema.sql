-- branchbook: the schema of a book, and the manual of its data.
--
-- One book is one file. It has two parts:
--   PART ONE  tables. Only a numbered upgrade changes them.
--   PART TWO  what the program's version brings along: figures, states, steps, views and triggers.
--             They hold no data of the office; every version drops and rebuilds them.
--
-- Words of the whole file: a column ending in _on is a day (2026-10-08), _at an instant in UTC
-- (2026-10-08T01:02:03Z), _month a month (2026-10), _fen an amount in fen (1/100 yuan), _pct hundredths of a
-- percent, _flag 0 or 1. Department, person and register columns hold keys. Nothing is ever deleted.
--
-- The sqlite3 shell of version 3.40 and later reads a book.

-- ======================================================================================== PART ONE
-- ---------------------------------------------------------------------------------------- the book

-- The book itself: one row.
CREATE TABLE book (
    id INTEGER PRIMARY KEY CHECK (id = 1),  -- always 1
    name TEXT NOT NULL,                     -- whose registers these are, as printed in headings
    made_at TEXT NOT NULL                   -- when the book was made
) STRICT;

-- The trail: one row for every change of a thing, written in the transaction that changes it.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY,                 -- 1, 2, 3 … without a gap
    at TEXT NOT NULL,                       -- when it was entered
    clock_at TEXT,                          -- what the system's clock said, where BRANCHBOOK_NOW said otherwise
    verb TEXT NOT NULL,                     -- the command, such as: contact add
    thing TEXT NOT NULL,                    -- an entry's number, or kind and key, such as: staff li
    happened_on TEXT NOT NULL,              -- the day the thing happened
    actor TEXT NOT NULL,                    -- who did it in the world: a person's key, or an outside party
    recorder TEXT NOT NULL,                 -- who was at the keyboard
    declared_flag INTEGER NOT NULL,         -- 1: the recorder was named by --as, not known by the login
    os_login TEXT NOT NULL,                 -- the login that ran the program
    host TEXT NOT NULL,                     -- the machine it ran on
    note TEXT,                              -- the reason given, where one was
    record TEXT NOT NULL,                   -- the whole thing after the change, as JSON
    hash BLOB NOT NULL                      -- SHA-256 over the row before's hash and every column of this row
) STRICT;
CREATE INDEX journal_thing ON journal (thing);

-- Who read restricted information, written before it was shown (R2.4, R2.6). Chained like the journal, apart from it.
CREATE TABLE reading (
    id INTEGER PRIMARY KEY,                 -- 1, 2, 3 … without a gap
    at TEXT NOT NULL,                       -- when it was read
    clock_at TEXT,                          -- as in journal
    person TEXT NOT NULL,                   -- who read
    declared_flag INTEGER NOT NULL,         -- as in journal
    os_login TEXT NOT NULL,                 -- as in journal
    host TEXT NOT NULL,                     -- as in journal
    command TEXT NOT NULL,                  -- what was asked
    scope TEXT NOT NULL,                    -- an entry's number, or the filter of a list
    entries INTEGER NOT NULL,               -- how many entries were shown unmasked
    hash BLOB NOT NULL                      -- as in journal
) STRICT;

-- Keys that make a write safe to repeat (--once), with what the first call answered.
CREATE TABLE once (
    key TEXT PRIMARY KEY,                   -- the caller's key
    arguments BLOB NOT NULL,                -- SHA-256 of the command line that used it
    used_at TEXT NOT NULL,                  -- when
    verb TEXT NOT NULL,                     -- the command
    number TEXT NOT NULL,                   -- what the first call answered under --quiet
    line TEXT NOT NULL                      -- what it answered otherwise
) STRICT, WITHOUT ROWID;

-- -------------------------------------------------------------------------------------- the office

-- Departments: the six of the branch (R1), and those of the company that forms go to.
CREATE TABLE department (
    key TEXT PRIMARY KEY,                   -- short name, such as: foreign-trade
    name_en TEXT NOT NULL,                  -- English name
    name_zh TEXT NOT NULL UNIQUE,           -- Chinese name
    name_ko TEXT,                           -- Korean name
    branch_flag INTEGER NOT NULL,           -- 1: of this branch; 0: another department of the company
    reports_flag INTEGER NOT NULL,          -- 1: reports user information each month (R2.2)
    position INTEGER NOT NULL               -- order in lists
) STRICT, WITHOUT ROWID;

-- People.
CREATE TABLE person (
    key TEXT PRIMARY KEY,                   -- short name that is typed, such as: li
    name TEXT NOT NULL,                     -- the name as printed
    department TEXT NOT NULL REFERENCES department (key),  -- where the person belongs
    os_login TEXT UNIQUE                    -- the operating-system login that is theirs
) STRICT, WITHOUT ROWID;

-- Terms in a role.
CREATE TABLE term (
    person TEXT NOT NULL REFERENCES person (key),          -- whose
    role TEXT NOT NULL CHECK (role IN ('salesperson', 'trainee', 'clerk', 'contract-administrator', 'department-manager',
        'branch-manager', 'company-leader', 'general-manager', 'member')),  -- as what
    department TEXT NOT NULL REFERENCES department (key),  -- in which department
    from_on TEXT NOT NULL,                  -- first day
    until_on TEXT,                          -- last day; none while it goes on
    PRIMARY KEY (person, role, department, from_on)
) STRICT, WITHOUT ROWID;

-- Figures as set, each from a day on; the default stands in table figure.
CREATE TABLE rule (
    key TEXT NOT NULL,                      -- the figure, such as: contact.reply_days
    from_on TEXT NOT NULL,                  -- first day it holds
    value INTEGER NOT NULL,                 -- days, a count, fen, or hundredths of a percent, as the figure's unit says
    set_by TEXT NOT NULL REFERENCES person (key),  -- who decided
    PRIMARY KEY (key, from_on)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------- numbers

-- Number series: one for each department's contact-form ledger (R4.8), one for each other register.
CREATE TABLE series (
    key TEXT PRIMARY KEY,                   -- the department's key, or the register's
    register TEXT NOT NULL,                 -- which register it numbers
    department TEXT REFERENCES department (key)  -- whose ledger; none where the whole branch shares the series
) STRICT, WITHOUT ROWID;

-- How a series prints its numbers, from a day on.
CREATE TABLE template (
    series TEXT NOT NULL REFERENCES series (key),  -- which series
    from_on TEXT NOT NULL,                  -- first day; an entry's own day decides
    template TEXT NOT NULL,                 -- such as: HAY05{seq:3}
    PRIMARY KEY (series, from_on)
) STRICT, WITHOUT ROWID;

-- Counters: the text before the serial has one each.
CREATE TABLE counter (
    id INTEGER PRIMARY KEY,                 -- what entries refer to
    series TEXT NOT NULL REFERENCES series (key),  -- whose counter
    prefix TEXT NOT NULL,                   -- the text before the serial, such as: HAY05
    last INTEGER NOT NULL,                  -- the last serial given out
    UNIQUE (series, prefix)
) STRICT;

-- Counters that were closed, such as last year's.
CREATE TABLE closing (
    series TEXT NOT NULL REFERENCES series (key),  -- which series
    prefix TEXT NOT NULL,                   -- which of its counters
    closed_on TEXT NOT NULL,                -- the day
    PRIMARY KEY (series, prefix)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------- entries

-- What every entry of every register has.
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,                 -- what other tables refer to
    register TEXT NOT NULL,                 -- contact, info …
    number TEXT NOT NULL UNIQUE,            -- as written on the paper
    counter INTEGER NOT NULL REFERENCES counter (id),  -- whose serial it took
    serial INTEGER NOT NULL CHECK (serial > 0),        -- its serial
    department TEXT NOT NULL REFERENCES department (key),  -- whose entry
    day_on TEXT NOT NULL CHECK (date(day_on) IS day_on),   -- the day it bears
    person TEXT NOT NULL REFERENCES person (key),      -- whom it is about: issued or collected by
    state TEXT NOT NULL,                    -- where it stands; see table state
    entered_by TEXT NOT NULL REFERENCES person (key),  -- who entered it
    ended_on TEXT,                          -- the day it came to an end; none while it is open
    amendments INTEGER NOT NULL DEFAULT 0,  -- how often it was corrected
    void_reason TEXT,                       -- why it was voided
    UNIQUE (counter, serial),
    CHECK ((state = 'void') = (void_reason IS NOT NULL))
) STRICT;
CREATE INDEX entry_day ON entry (register, day_on);
CREATE INDEX entry_open ON entry (register, state) WHERE ended_on IS NULL;

-- Breaches recorded with --exception instead of refused.
CREATE TABLE exception (
    entry INTEGER NOT NULL REFERENCES entry (id),  -- on which entry
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    happened_on TEXT NOT NULL,              -- the day
    clause TEXT NOT NULL,                   -- the clause that would have refused
    refused TEXT NOT NULL,                  -- what it would have said
    reason TEXT NOT NULL,                   -- why it was done all the same
    person TEXT NOT NULL,                   -- who did it
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- Approvals and refusals of an entry: who decided on what, before it happened (R5.3, R5.4).
CREATE TABLE approval (
    entry INTEGER NOT NULL REFERENCES entry (id),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    verb TEXT NOT NULL,                     -- endorse, approve, reject, clear …
    part INTEGER,                           -- the part of the entry that was decided on, such as a payment's position; none for the whole
    decided_by TEXT NOT NULL REFERENCES person (key),
    decided_on TEXT NOT NULL,               -- the day of the decision
    entered_at TEXT NOT NULL,               -- when it was entered
    amount_fen INTEGER,                     -- the amount that was decided on
    subject_hash BLOB NOT NULL,             -- SHA-256 of what was decided on: another text or amount needs another approval
    reason TEXT,                            -- why it was refused
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------- contact forms (R4)

-- Work contact forms; their header is in table entry.
CREATE TABLE contact (
    entry INTEGER PRIMARY KEY REFERENCES entry (id),
    kind TEXT NOT NULL CHECK (kind IN ('pre-contract', 'execution', 'after-sales', 'user-request', 'external', 'shipping')),
    subject TEXT NOT NULL,                  -- one line
    content TEXT,                           -- what is asked or told; may lack in imported history
    addressed_to TEXT NOT NULL,             -- departments' keys or outside units, joined by '; '
    copied_to TEXT,                         -- the same, and people's keys
    contract TEXT,                          -- the contract it belongs to
    reply_by_on TEXT,                       -- the day by which a reply is wanted
    pages INTEGER CHECK (pages > 0),        -- pages of the paper
    holder TEXT,                            -- who holds the original
    received_on TEXT,                       -- when the last addressee signed
    replied_on TEXT,                        -- when the first reply came
    archived_on TEXT,                       -- when the archive took it in
    archived_by TEXT,                       -- who signed for the archive
    contract_file TEXT,                     -- the contract file it was put into
    no_contract TEXT,                       -- or why it belongs to none
    project TEXT REFERENCES entry (number)  -- the project it belongs to
) STRICT;
CREATE INDEX contact_project ON contact (project) WHERE project IS NOT NULL;

-- Signatures for receipt (R4.7).
CREATE TABLE signature (
    entry INTEGER NOT NULL REFERENCES contact (entry),
    party TEXT NOT NULL,                    -- for which addressee or copy
    signed_by TEXT NOT NULL,                -- a person's key; free text for an outside unit
    signed_on TEXT NOT NULL,                -- the day
    PRIMARY KEY (entry, party)
) STRICT, WITHOUT ROWID;

-- Replies to contact forms.
CREATE TABLE reply (
    entry INTEGER NOT NULL REFERENCES contact (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    party TEXT NOT NULL,                    -- which addressee answers
    replied_by TEXT NOT NULL,               -- a person's key; free text for an outside unit
    replied_on TEXT NOT NULL,               -- the day
    text TEXT NOT NULL,                     -- what was answered
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- ------------------------------------------------------------------------- user information (R2)

-- User information: what a department learned of a customer's need. Restricted (R2.4, R2.6).
CREATE TABLE info (
    entry INTEGER PRIMARY KEY REFERENCES entry (id),
    customer TEXT NOT NULL,                 -- restricted
    customer_fold TEXT NOT NULL,            -- what spellings of one customer have in common
    region TEXT NOT NULL,                   -- province or city
    equipment TEXT NOT NULL,                -- equipment type
    need TEXT NOT NULL,                     -- restricted
    contact_person TEXT,                    -- restricted
    phone TEXT,                             -- restricted
    amount_fen INTEGER,                     -- restricted; estimated
    source TEXT,                            -- restricted
    duplicate_of TEXT,                      -- number of the entry that it repeats
    reported_on TEXT,                       -- when its department reported it
    late_flag INTEGER NOT NULL DEFAULT 0,   -- 1: reported after the deadline though collected before it
    filed_on TEXT,                          -- when General Management filed it
    place TEXT,                             -- where it stands in General Management's files
    assigned_to TEXT REFERENCES department (key),  -- which department tracks it
    assigned_on TEXT,
    tracker TEXT REFERENCES person (key),   -- which salesperson tracks it
    tracked_on TEXT,
    outcome TEXT                            -- why it was won or lost
) STRICT;
CREATE INDEX info_customer ON info (customer_fold);

-- What the tracker noted.
CREATE TABLE follow (
    entry INTEGER NOT NULL REFERENCES info (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    noted_on TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (key),
    note TEXT NOT NULL,                     -- restricted
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- A department's monthly report to General Management (R2.2); more than one row where supplemented.
CREATE TABLE info_report (
    department TEXT NOT NULL REFERENCES department (key),
    month TEXT NOT NULL,                    -- of which month
    position INTEGER NOT NULL,              -- 1 the report, 2 … supplements
    reported_on TEXT NOT NULL,
    reported_by TEXT NOT NULL REFERENCES person (key),
    entries INTEGER NOT NULL,               -- how many; 0 is a nil report
    late_flag INTEGER NOT NULL,             -- 1: after the deadline
    PRIMARY KEY (department, month, position)
) STRICT, WITHOUT ROWID;

-- Indicators: entries a month that a department or a person is to collect, from a month on (R2.2).
CREATE TABLE quota (
    holder TEXT NOT NULL,                   -- key of a department or of a person
    holder_kind TEXT NOT NULL CHECK (holder_kind IN ('department', 'person')),
    from_month TEXT NOT NULL,
    entries INTEGER NOT NULL CHECK (entries >= 0),
    PRIMARY KEY (holder, holder_kind, from_month)
) STRICT, WITHOUT ROWID;

-- Months in which a person's indicator does not count.
CREATE TABLE exemption (
    person TEXT NOT NULL REFERENCES person (key),
    month TEXT NOT NULL,
    reason TEXT NOT NULL,
    lifted_on TEXT,                         -- the day it was taken back; none while it holds
    PRIMARY KEY (person, month)
) STRICT, WITHOUT ROWID;

-- Which department an entry of a region or an equipment type should go to (R2.3).
CREATE TABLE route (
    id INTEGER PRIMARY KEY,
    region TEXT,                            -- beginning of the entry's region
    equipment TEXT,                         -- part of the entry's equipment type
    department TEXT NOT NULL REFERENCES department (key),
    ended_on TEXT,                          -- first day it no longer holds
    CHECK (region IS NOT NULL OR equipment IS NOT NULL)
) STRICT;

-- Who else may read user information, until when (R2.6).
CREATE TABLE access_grant (
    id INTEGER PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (key),
    region TEXT,                            -- entries whose region begins so; none for every region
    department TEXT REFERENCES department (key),  -- entries of this department; none for every one
    number TEXT,                            -- this entry alone
    from_on TEXT NOT NULL,
    until_on TEXT NOT NULL,                 -- last day
    approved_by TEXT NOT NULL REFERENCES person (key),
    revoked_on TEXT                         -- first day it no longer holds
) STRICT;

-- How many entries each person collected in each month; kept by triggers, so that a tally costs the same in any history.
CREATE TABLE info_count (
    month TEXT NOT NULL,
    person TEXT NOT NULL,
    department TEXT NOT NULL,
    collected INTEGER NOT NULL,             -- not void
    duplicates INTEGER NOT NULL,            -- of those, repeats
    reported INTEGER NOT NULL,              -- of those, reported by the department
    late INTEGER NOT NULL,                  -- of those, reported late
    PRIMARY KEY (month, person, department)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------- projects (R3)

-- Projects: a piece of marketing work with one person responsible, from the first talk to the last payment.
CREATE TABLE project (
    entry INTEGER PRIMARY KEY REFERENCES entry (id),
    customer TEXT NOT NULL,
    title TEXT NOT NULL,
    product TEXT,                           -- what it is about, as orders are counted
    region TEXT,                            -- province or city
    amount_fen INTEGER CHECK (amount_fen >= 0),  -- estimated
    major_flag INTEGER NOT NULL CHECK (major_flag IN (0, 1)),  -- 1: major, by word or by the figure of its day (R3.1)
    source TEXT REFERENCES entry (number),  -- the entry of user information that it came from
    delivered_on TEXT,                      -- when the product was delivered
    accepted_on TEXT,                       -- when the user accepted it
    outcome TEXT                            -- why it was lost, or with what it was closed
) STRICT;
CREATE INDEX project_source ON project (source) WHERE source IS NOT NULL;

-- Who leads a project, from a day on until the next is appointed (R3.1).
CREATE TABLE leader (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …; of two that begin on one day the later counts
    person TEXT NOT NULL REFERENCES person (key),
    from_on TEXT NOT NULL,                  -- first day
    appointed_by TEXT NOT NULL REFERENCES person (key),
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- What was signed: a project's contract, and the supplements that change its amount (R3.3, R3.4).
CREATE TABLE contract (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1 the contract, 2 … its supplements
    contract TEXT NOT NULL,                 -- its own number on the paper
    signed_on TEXT NOT NULL,
    customer TEXT NOT NULL,                 -- as the contract names the user
    currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),  -- of its amounts, such as CNY
    amount_fen INTEGER NOT NULL,            -- in 1/100 of the currency; of a supplement, what it adds or takes away
    rate_e4 INTEGER CHECK (rate_e4 > 0),    -- the day's rate: 1/10000 yuan for one of the currency; none for CNY
    deliver_by_on TEXT,
    warranty_months INTEGER CHECK (warranty_months >= 0),
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX contract_number ON contract (contract);
CREATE INDEX contract_signed ON contract (signed_on);

-- What a contract or supplement is over: its product lines add up to its amount.
CREATE TABLE product_line (
    entry INTEGER NOT NULL REFERENCES project (entry),
    contract INTEGER NOT NULL,              -- the position in table contract
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    product TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity <> 0),  -- below nothing where a supplement takes away
    price_fen INTEGER NOT NULL CHECK (price_fen >= 0),  -- of one
    PRIMARY KEY (entry, contract, position),
    FOREIGN KEY (entry, contract) REFERENCES contract (entry, position)
) STRICT, WITHOUT ROWID;

-- How a contract is paid: its instalments add up to it (R3.7).
CREATE TABLE instalment (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- in the order of payment
    kind TEXT NOT NULL CHECK (kind IN ('advance', 'progress', 'delivery', 'warranty')),
    share_pct INTEGER,                      -- as agreed in percent; none where as an amount
    amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
    received_fen INTEGER NOT NULL DEFAULT 0 CHECK (received_fen BETWEEN 0 AND amount_fen),  -- of it, what came in
    due_event TEXT CHECK (due_event IN ('signing', 'completion', 'delivery', 'acceptance')),  -- what makes it due, where no day was agreed
    due_on TEXT,                            -- the day it is due, once that is known
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX instalment_open ON instalment (due_on) WHERE received_fen < amount_fen;

-- Payments that came in, each against one instalment.
CREATE TABLE receipt (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    instalment INTEGER NOT NULL,            -- the position in table instalment
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    received_on TEXT NOT NULL,
    voucher TEXT NOT NULL,
    PRIMARY KEY (entry, position),
    FOREIGN KEY (entry, instalment) REFERENCES instalment (entry, position)
) STRICT, WITHOUT ROWID;

-- -------------------------------------------------------------------------------- receptions (R5.2)

-- ------------------------------------------------------------------------------------- gifts (R5.3)

-- -------------------------------------------------------------------------------------- fees (R5.4)

-- Fees of agency and mediation: who is to have what, for what, and the agreement over it (R5.4).
CREATE TABLE fee (
    entry INTEGER PRIMARY KEY REFERENCES entry (id),
    kind TEXT NOT NULL CHECK (kind IN ('selection', 'agency', 'thank-you', 'commission', 'intermediary')),
    payee TEXT NOT NULL,                    -- who is to have it
    employer TEXT NOT NULL,                 -- whom the payee works for
    project TEXT NOT NULL REFERENCES entry (number),
    basis_fen INTEGER NOT NULL CHECK (basis_fen > 0),  -- the contract with its supplements, or the project's estimate, when it was asked
    rate_pct INTEGER CHECK (rate_pct > 0),  -- as asked; none where asked as an amount
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),  -- what is approved and agreed
    reason TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES person (key),
    customer_flag INTEGER NOT NULL CHECK (customer_flag IN (0, 1)),  -- 1: the payee's employer is the customer
    agreement TEXT,                         -- its number on the paper
    party TEXT,                             -- who signed it on the other side
    other_party_flag INTEGER CHECK (other_party_flag IN (0, 1)),  -- 1: the party is not the payee
    signed_on TEXT,
    signed_by TEXT REFERENCES person (key), -- the manager in charge
    registered_on TEXT,                     -- when the agreement was filed
    unpaid_reason TEXT,                     -- why a remainder is not paid
    CHECK ((agreement IS NULL) = (signed_on IS NULL) AND (agreement IS NULL) = (party IS NULL)
        AND (agreement IS NULL) = (signed_by IS NULL) AND (registered_on IS NULL OR registered_on >= signed_on))
) STRICT;
CREATE INDEX fee_project ON fee (project);

-- Payments of a fee: asked, cleared in table approval, paid with a voucher (R5.4).
CREATE TABLE fee_payment (
    entry INTEGER NOT NULL REFERENCES fee (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    asked_on TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES person (key),
    paid_on TEXT,                           -- none until it is paid
    voucher TEXT,
    paid_by TEXT REFERENCES person (key),
    PRIMARY KEY (entry, position),
    CHECK ((paid_on IS NULL) = (voucher IS NULL) AND (paid_on IS NULL) = (paid_by IS NULL))
) STRICT, WITHOUT ROWID;

-- --------------------------------------------------------------------------------- valuables (R5.5)

-- --------------------------------------------------------------------------------- shipments (R6)

-- ======================================================================================== PART TWO
-- A view of entries ends with id, counter and serial, which order its rows and are not printed. Its columns stand in
-- their order of importance: a narrow screen drops them from the right.
-- ----------------------------------------------------------------------------------- rules as data

-- Figures that the branch manager or a company leader sets; rule holds what was set.
CREATE TABLE figure (
    key TEXT PRIMARY KEY,                   -- such as: contact.reply_days
    unit TEXT NOT NULL CHECK (unit IN ('days', 'months', 'day of month', 'entries', 'yuan', 'percent')),
    standard INTEGER NOT NULL,              -- the value until one is set
    least INTEGER NOT NULL,                 -- smallest value that makes sense
    most INTEGER NOT NULL,                  -- greatest
    clause TEXT NOT NULL,                   -- where it comes from
    set_by TEXT NOT NULL,                   -- the role that sets it
    meaning TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- States of each register, in their order.
CREATE TABLE state (
    register TEXT NOT NULL,
    state TEXT NOT NULL,
    position INTEGER NOT NULL,
    end_flag INTEGER NOT NULL,              -- 1: nothing more is waited for
    meaning TEXT NOT NULL,
    PRIMARY KEY (register, state)
) STRICT, WITHOUT ROWID;

-- The steps that lead from state to state; '' is the state before the first.
CREATE TABLE step (
    register TEXT NOT NULL,
    verb TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    role TEXT NOT NULL,                     -- roles that may, separated by spaces; '' where the register's own rule decides
    clause TEXT NOT NULL,
    PRIMARY KEY (register, verb, from_state, to_state)
) STRICT, WITHOUT ROWID;

-- ------------------------------------------------------------------------- the book and the office

-- People, one row for each term.
CREATE VIEW staff_list AS
SELECT p.key, p.name, t.role, t.department, t.from_on, t.until_on, p.os_login
FROM person AS p LEFT JOIN term AS t ON t.person = p.key;

-- Number series as they stand: each template with the counters that it prints.
CREATE VIEW series_list AS
SELECT s.key AS series, s.register, t.template, t.from_on, c.prefix, c.last, x.closed_on
FROM series AS s JOIN template AS t ON t.series = s.key
    LEFT JOIN counter AS c ON c.series = s.key AND c.prefix GLOB replace(replace(replace(
        substr(t.template, 1, instr(t.template, '{seq') - 1), '{yyyy}', '[0-9][0-9][0-9][0-9]'), '{yy}', '[0-9][0-9]'), '{mm}', '[0-9][0-9]')
        AND (c.prefix = substr(t.template, 1, instr(t.template, '{seq') - 1) OR NOT EXISTS (SELECT 1 FROM template AS o
            WHERE o.series = t.series AND c.prefix = substr(o.template, 1, instr(o.template, '{seq') - 1)))
    LEFT JOIN closing AS x ON x.series = c.series AND x.prefix = c.prefix;

CREATE TRIGGER once_fixed BEFORE UPDATE ON once
BEGIN SELECT RAISE(ABORT, 'a key keeps its answer'); END;

CREATE TRIGGER book_kept BEFORE DELETE ON book
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

CREATE TRIGGER once_kept BEFORE DELETE ON once
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

CREATE TRIGGER department_kept BEFORE DELETE ON department
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

CREATE TRIGGER person_kept BEFORE DELETE ON person
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: end the person''s terms'); END;

CREATE TRIGGER term_kept BEFORE DELETE ON term
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: end the term'); END;

CREATE TRIGGER rule_kept BEFORE DELETE ON rule
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: set the figure anew'); END;

CREATE TRIGGER series_kept BEFORE DELETE ON series
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

CREATE TRIGGER template_kept BEFORE DELETE ON template
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

CREATE TRIGGER closing_kept BEFORE DELETE ON closing
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

CREATE TRIGGER journal_fixed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;

CREATE TRIGGER journal_kept BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;

CREATE TRIGGER reading_fixed BEFORE UPDATE ON reading
BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END;

CREATE TRIGGER reading_kept BEFORE DELETE ON reading
BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END;

-- ------------------------------------------------------------------------------------- every entry

-- Breaches that were recorded instead of refused.
CREATE VIEW exception_list AS
SELECT e.number, x.clause, x.happened_on, x.person, x.reason, x.refused, e.department, e.register
FROM exception AS x JOIN entry AS e ON e.id = x.entry;

CREATE TRIGGER entry_fixed BEFORE UPDATE OF id, register, number, counter, serial ON entry
BEGIN SELECT RAISE(ABORT, 'an entry keeps its register and number'); END;

CREATE TRIGGER entry_step BEFORE UPDATE OF state ON entry WHEN NEW.state <> OLD.state AND NOT EXISTS (
    SELECT 1 FROM step WHERE register = OLD.register AND from_state = OLD.state AND to_state = NEW.state)
BEGIN SELECT RAISE(ABORT, 'no step leads from the entry''s state to that one'); END;

CREATE TRIGGER entry_ledger BEFORE UPDATE OF department ON entry
    WHEN NEW.department <> OLD.department AND EXISTS (SELECT 1 FROM series AS s JOIN counter AS c ON c.series = s.key
        WHERE c.id = OLD.counter AND s.department IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'an entry stays in its department''s ledger'); END;

CREATE TRIGGER entry_kept BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: void the entry'); END;

CREATE TRIGGER counter_fixed BEFORE UPDATE ON counter
    WHEN NEW.id <> OLD.id OR NEW.series <> OLD.series OR NEW.prefix <> OLD.prefix OR NEW.last < OLD.last
BEGIN SELECT RAISE(ABORT, 'a number is never given out twice'); END;

CREATE TRIGGER counter_kept BEFORE DELETE ON counter
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

CREATE TRIGGER exception_fixed BEFORE UPDATE ON exception
BEGIN SELECT RAISE(ABORT, 'a recorded breach is never changed'); END;

CREATE TRIGGER exception_kept BEFORE DELETE ON exception
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

CREATE TRIGGER approval_fixed BEFORE UPDATE ON approval
BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END;

CREATE TRIGGER approval_kept BEFORE DELETE ON approval
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

-- ------------------------------------------------------------------------------ contact forms (R4)

INSERT INTO figure VALUES
    ('contact.reply_days', 'days', 5, 0, 365, 'R4.7', 'branch-manager', 'days to reply to a contact form, where the form names none'),
    ('contact.archive_days', 'days', 7, 0, 365, 'R4.7', 'branch-manager', 'days from receipt after which an unarchived form is outstanding');
INSERT INTO state VALUES
    ('contact', 'reserved', 1, 0, 'number set aside for a paper pad'),
    ('contact', 'issued', 2, 0, 'handed to the addressees'),
    ('contact', 'received', 3, 0, 'signed for by every addressee'),
    ('contact', 'archived', 4, 1, 'in the contract''s file'),
    ('contact', 'void', 5, 1, 'spoilt; the number stays');
INSERT INTO step VALUES
    ('contact', 'reserve', '', 'reserved', 'clerk', 'R4.8'),
    ('contact', 'add', '', 'issued', '', 'R4.1'),
    ('contact', 'add', 'reserved', 'issued', '', 'R4.1'),
    ('contact', 'sign', 'issued', 'issued', '', 'R4.7'),
    ('contact', 'sign', 'issued', 'received', '', 'R4.7'),
    ('contact', 'sign', 'received', 'received', '', 'R4.7'),
    ('contact', 'sign', 'archived', 'archived', '', 'R4.7'),
    ('contact', 'reply', 'received', 'received', '', 'R4.7'),
    ('contact', 'archive', 'received', 'archived', 'clerk contract-administrator', 'R4.7'),
    ('contact', 'archive', 'issued', 'archived', 'clerk contract-administrator', 'R4.7'),
    ('contact', 'void', '', 'void', 'clerk', 'R4.8'),
    ('contact', 'void', 'reserved', 'void', 'clerk', 'R4.8'),
    ('contact', 'void', 'issued', 'void', 'clerk', 'R4.8'),
    ('contact', 'void', 'received', 'void', 'clerk', 'R4.8');

-- The contact-form ledger.
CREATE VIEW contact_list AS
SELECT e.number, e.state, e.day_on AS issued_on, c.subject, c.addressed_to, c.kind, e.person AS issued_by, c.reply_by_on,
    c.received_on, c.replied_on, c.archived_on, c.project, c.contract, c.copied_to, c.holder, c.pages, e.department, c.content,
    c.archived_by, c.contract_file, c.no_contract, e.void_reason, e.amendments, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN contact AS c ON c.entry = e.id
WHERE e.register = 'contact';

-- What open contact forms wait for: a signature, a reply, the archive (R4.7).
CREATE VIEW contact_waiting AS
SELECT e.number, 'signature' AS waits_for, p.value AS party, e.day_on AS since_on, e.day_on AS due_on, c.subject, e.department,
    coalesce(c.holder, e.person) AS holder, e.person AS issued_by, 'R4.7' AS clause, e.id, e.counter, e.serial
FROM entry AS e JOIN contact AS c ON c.entry = e.id
    JOIN json_each('[' || replace(json_quote(c.addressed_to), '; ', '","') || ']') AS p
WHERE e.register = 'contact' AND e.ended_on IS NULL AND e.state = 'issued'
    AND NOT EXISTS (SELECT 1 FROM signature AS s WHERE s.entry = e.id AND s.party = p.value)
UNION ALL
SELECT e.number, 'reply', c.addressed_to, c.received_on, c.reply_by_on, c.subject, e.department,
    coalesce(c.holder, e.person), e.person, 'R4.7', e.id, e.counter, e.serial
FROM entry AS e JOIN contact AS c ON c.entry = e.id
WHERE e.register = 'contact' AND e.ended_on IS NULL AND e.state = 'received' AND c.replied_on IS NULL AND c.reply_by_on IS NOT NULL
UNION ALL
SELECT e.number, 'archive', 'general', c.received_on,
    date(c.received_on, '+' || coalesce((SELECT r.value FROM rule AS r WHERE r.key = 'contact.archive_days' AND r.from_on <= c.received_on
        ORDER BY r.from_on DESC LIMIT 1), (SELECT f.standard FROM figure AS f WHERE f.key = 'contact.archive_days')) || ' days'),
    c.subject, e.department, coalesce(c.holder, e.person), e.person, 'R4.7', e.id, e.counter, e.serial
FROM entry AS e JOIN contact AS c ON c.entry = e.id
WHERE e.register = 'contact' AND e.ended_on IS NULL AND e.state = 'received';

CREATE TRIGGER contact_void BEFORE UPDATE ON contact
    WHEN (SELECT state FROM entry WHERE id = OLD.entry) = 'void'
BEGIN SELECT RAISE(ABORT, 'a void form stays as it is'); END;

CREATE TRIGGER contact_archived BEFORE UPDATE OF archived_on, archived_by ON contact WHEN OLD.archived_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the archive''s signature is never changed'); END;

CREATE TRIGGER contact_kept BEFORE DELETE ON contact
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: void the form'); END;

CREATE TRIGGER signature_fixed BEFORE UPDATE ON signature
BEGIN SELECT RAISE(ABORT, 'a signature is never changed'); END;

CREATE TRIGGER signature_kept BEFORE DELETE ON signature
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

CREATE TRIGGER reply_fixed BEFORE UPDATE ON reply
BEGIN SELECT RAISE(ABORT, 'a reply is never changed'); END;

CREATE TRIGGER reply_kept BEFORE DELETE ON reply
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

-- --------------------------------------------------------------------------- user information (R2)

INSERT INTO figure VALUES
    ('info.deadline_day', 'day of month', 30, 1, 31, 'R2.2', 'branch-manager', 'last day to report the month''s user information, or the month''s last day'),
    ('info.duplicate_months', 'months', 12, 0, 120, 'R2.3', 'branch-manager', 'how far back the same customer and equipment count as a repeat'),
    ('info.suspend_misses', 'months', 3, 2, 12, 'R2.2a', 'branch-manager', 'misses in a row that suspend commission and award');
INSERT INTO state VALUES
    ('info', 'collected', 1, 0, 'with the department'),
    ('info', 'reported', 2, 0, 'reported to General Management'),
    ('info', 'filed', 3, 0, 'in General Management''s register'),
    ('info', 'assigned', 4, 0, 'passed to the department concerned'),
    ('info', 'tracked', 5, 0, 'a named salesperson is on it'),
    ('info', 'won', 6, 1, 'became business'),
    ('info', 'lost', 7, 1, 'came to nothing'),
    ('info', 'void', 8, 1, 'spoilt; the number stays');
INSERT INTO step VALUES
    ('info', 'add', '', 'collected', 'salesperson trainee department-manager', 'R2.2'),
    ('info', 'report', 'collected', 'reported', 'department-manager', 'R2.2'),
    ('info', 'file', 'reported', 'filed', 'clerk', 'R2.2'),
    ('info', 'assign', 'filed', 'assigned', 'clerk', 'R2.3'),
    ('info', 'assign', 'assigned', 'assigned', 'clerk', 'R2.3'),
    ('info', 'track', 'assigned', 'tracked', 'department-manager', 'R2.3'),
    ('info', 'track', 'tracked', 'tracked', 'department-manager', 'R2.3'),
    ('info', 'follow', 'tracked', 'tracked', '', 'R2.3'),
    ('info', 'close', 'tracked', 'won', '', 'R2.3'),
    ('info', 'close', 'tracked', 'lost', '', 'R2.3'),
    ('info', 'void', 'collected', 'void', 'clerk', 'R2.2'),
    ('info', 'void', 'reported', 'void', 'clerk', 'R2.2'),
    ('info', 'void', 'filed', 'void', 'clerk', 'R2.2'),
    ('info', 'void', 'assigned', 'void', 'clerk', 'R2.2'),
    ('info', 'void', 'tracked', 'void', 'clerk', 'R2.2');

-- The register of user information.
CREATE VIEW info_list AS
SELECT e.number, e.state, e.day_on AS collected_on, i.customer, i.equipment, i.region, e.department, e.person AS collected_by, i.need,
    i.amount_fen, i.contact_person, i.phone, i.source, i.assigned_to, i.tracker, i.reported_on, i.late_flag, i.filed_on, i.place, i.assigned_on,
    i.tracked_on, i.duplicate_of, i.outcome, e.ended_on, e.void_reason, e.amendments, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN info AS i ON i.entry = e.id
WHERE e.register = 'info';

CREATE TRIGGER info_void BEFORE UPDATE ON info
    WHEN (SELECT state FROM entry WHERE id = OLD.entry) = 'void'
BEGIN SELECT RAISE(ABORT, 'a void entry stays as it is'); END;

CREATE TRIGGER info_kept BEFORE DELETE ON info
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: void the entry'); END;

CREATE TRIGGER follow_fixed BEFORE UPDATE ON follow
BEGIN SELECT RAISE(ABORT, 'a note is never changed'); END;

CREATE TRIGGER follow_kept BEFORE DELETE ON follow
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

CREATE TRIGGER info_report_fixed BEFORE UPDATE ON info_report
BEGIN SELECT RAISE(ABORT, 'a report is never changed'); END;

CREATE TRIGGER info_report_kept BEFORE DELETE ON info_report
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

CREATE TRIGGER quota_kept BEFORE DELETE ON quota
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: set the indicator anew'); END;

CREATE TRIGGER exemption_kept BEFORE DELETE ON exemption
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

CREATE TRIGGER route_kept BEFORE DELETE ON route
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: end the route'); END;

CREATE TRIGGER access_grant_kept BEFORE DELETE ON access_grant
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: revoke the grant'); END;

CREATE TRIGGER info_counted AFTER INSERT ON info
BEGIN
    INSERT INTO info_count
    SELECT substr(e.day_on, 1, 7), e.person, e.department, 1, NEW.duplicate_of IS NOT NULL, NEW.reported_on IS NOT NULL, NEW.late_flag
    FROM entry AS e WHERE e.id = NEW.entry AND e.state <> 'void'
    ON CONFLICT DO UPDATE SET collected = collected + 1, duplicates = duplicates + excluded.duplicates,
        reported = reported + excluded.reported, late = late + excluded.late;
END;

CREATE TRIGGER info_recounted AFTER UPDATE OF duplicate_of, reported_on, late_flag ON info
BEGIN
    UPDATE info_count SET
        duplicates = duplicates - (OLD.duplicate_of IS NOT NULL) + (NEW.duplicate_of IS NOT NULL),
        reported = reported - (OLD.reported_on IS NOT NULL) + (NEW.reported_on IS NOT NULL),
        late = late - OLD.late_flag + NEW.late_flag
    WHERE (month, person, department) = (SELECT substr(e.day_on, 1, 7), e.person, e.department
        FROM entry AS e WHERE e.id = NEW.entry AND e.state <> 'void');
END;

CREATE TRIGGER info_moved AFTER UPDATE OF state, department, day_on, person ON entry WHEN NEW.register = 'info'
BEGIN
    UPDATE info_count SET collected = collected - 1,
        duplicates = duplicates - (SELECT i.duplicate_of IS NOT NULL FROM info AS i WHERE i.entry = NEW.id),
        reported = reported - (SELECT i.reported_on IS NOT NULL FROM info AS i WHERE i.entry = NEW.id),
        late = late - (SELECT i.late_flag FROM info AS i WHERE i.entry = NEW.id)
    WHERE OLD.state <> 'void' AND month = substr(OLD.day_on, 1, 7) AND person = OLD.person AND department = OLD.department;
    INSERT INTO info_count
    SELECT substr(NEW.day_on, 1, 7), NEW.person, NEW.department, 1, i.duplicate_of IS NOT NULL, i.reported_on IS NOT NULL, i.late_flag
    FROM info AS i WHERE i.entry = NEW.id AND NEW.state <> 'void'
    ON CONFLICT DO UPDATE SET collected = collected + 1, duplicates = duplicates + excluded.duplicates,
        reported = reported + excluded.reported, late = late + excluded.late;
END;

-- ----------------------------------------------------------------------------------- projects (R3)

INSERT INTO figure VALUES
    ('project.major_amount', 'yuan', 500000000, 0, 10000000000000, 'R3.1', 'branch-manager', 'estimated amount at and above which a project is major');
INSERT INTO state VALUES
    ('project', 'open', 1, 0, 'entered, not negotiated yet'),
    ('project', 'void', 8, 1, 'spoilt; the number stays');
INSERT INTO step VALUES
    ('project', 'add', '', 'open', '', 'R3.1'),
    ('project', 'lead', 'open', 'open', '', 'R3.1'),
    ('project', 'void', '', 'void', 'clerk', 'R3.1'),
    ('project', 'void', 'open', 'void', 'clerk', 'R3.1');

-- The register of projects; the leader is the one appointed last.
CREATE VIEW project_list AS
SELECT e.number, e.state, e.day_on AS opened_on, p.customer, p.title,
    (SELECT l.person FROM leader AS l WHERE l.entry = e.id ORDER BY l.position DESC LIMIT 1) AS leader,
    e.department, p.amount_fen, p.major_flag, p.product, p.region, p.source, p.delivered_on, p.accepted_on, e.ended_on, p.outcome,
    e.person AS opened_by, e.void_reason, e.amendments, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN project AS p ON p.entry = e.id
WHERE e.register = 'project';

CREATE TRIGGER project_void BEFORE UPDATE ON project
    WHEN (SELECT state FROM entry WHERE id = OLD.entry) = 'void'
BEGIN SELECT RAISE(ABORT, 'a void project stays as it is'); END;

CREATE TRIGGER project_kept BEFORE DELETE ON project
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: void the project'); END;

CREATE TRIGGER leader_fixed BEFORE UPDATE ON leader
BEGIN SELECT RAISE(ABORT, 'an appointment is never changed: appoint another leader'); END;

CREATE TRIGGER leader_kept BEFORE DELETE ON leader
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

CREATE TRIGGER contract_fixed BEFORE UPDATE ON contract
BEGIN SELECT RAISE(ABORT, 'a signed contract is never changed: enter a supplement'); END;

CREATE TRIGGER contract_kept BEFORE DELETE ON contract
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

CREATE TRIGGER product_line_fixed BEFORE UPDATE ON product_line
BEGIN SELECT RAISE(ABORT, 'a signed contract is never changed: enter a supplement'); END;

CREATE TRIGGER product_line_kept BEFORE DELETE ON product_line
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

CREATE TRIGGER instalment_kept BEFORE DELETE ON instalment WHEN OLD.received_fen > 0
BEGIN SELECT RAISE(ABORT, 'an instalment that was paid stays'); END;

CREATE TRIGGER receipt_fixed BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, 'a receipt is never changed'); END;

CREATE TRIGGER receipt_kept BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

-- ------------------------------------------------------------------------------- receptions (R5.2)

-- ------------------------------------------------------------------------------------ gifts (R5.3)

-- ------------------------------------------------------------------------------------- fees (R5.4)

INSERT INTO figure VALUES
    ('fee.cap_percent', 'percent', 500, 0, 10000, 'R5.4(3)', 'company-leader', 'most that all fees of a project may come to, in hundredths of a percent of its contract'),
    ('fee.rate_percent', 'percent', 300, 0, 10000, 'R5.4(3)', 'company-leader', 'rate above which a fee is marked, in hundredths of a percent');
INSERT INTO state VALUES
    ('fee', 'requested', 1, 0, 'asked for, not decided'),
    ('fee', 'approved', 2, 0, 'approved by a company leader'),
    ('fee', 'signed', 3, 0, 'agreement signed by the manager in charge'),
    ('fee', 'registered', 4, 0, 'agreement filed; may be paid'),
    ('fee', 'settled', 5, 1, 'paid, or closed with a remainder'),
    ('fee', 'rejected', 6, 1, 'refused by a company leader'),
    ('fee', 'void', 7, 1, 'spoilt; the number stays');
INSERT INTO step VALUES
    ('fee', 'add', '', 'requested', '', 'R5.4(1)'),
    ('fee', 'amend', 'requested', 'requested', '', 'R5.4(1)'),
    ('fee', 'amend', 'approved', 'requested', '', 'R5.4(1)'),
    ('fee', 'approve', 'requested', 'approved', 'company-leader', 'R5.4(1)'),
    ('fee', 'reject', 'requested', 'rejected', 'company-leader', 'R5.4(1)'),
    ('fee', 'reject', 'approved', 'rejected', 'company-leader', 'R5.4(1)'),
    ('fee', 'sign', 'approved', 'signed', 'branch-manager', 'R5.4(1)'),
    ('fee', 'register', 'signed', 'registered', 'clerk', 'R5.4(2)'),
    ('fee', 'bill', 'registered', 'registered', '', 'R5.4(2)'),
    ('fee', 'clear', 'registered', 'registered', 'company-leader', 'R5.4(2)'),
    ('fee', 'pay', 'registered', 'registered', 'clerk', 'R5.4(2)'),
    ('fee', 'settle', 'registered', 'settled', 'clerk', 'R5.4(2)'),
    ('fee', 'void', '', 'void', 'clerk', 'R5.4(1)'),
    ('fee', 'void', 'requested', 'void', 'clerk', 'R5.4(1)'),
    ('fee', 'void', 'approved', 'void', 'clerk', 'R5.4(1)');

-- The register of fees, with the marks that make a doubtful one visible.
CREATE VIEW fee_list AS
SELECT e.number, e.state, e.day_on AS asked_on, f.payee, f.employer, f.project, f.amount_fen,
    (SELECT coalesce(sum(p.amount_fen), 0) FROM fee_payment AS p WHERE p.entry = e.id AND p.paid_on IS NOT NULL) AS paid_fen,
    f.customer_flag, f.other_party_flag,
    f.signed_on > (SELECT c.signed_on FROM contract AS c JOIN entry AS j ON j.id = c.entry
        WHERE j.number = f.project AND c.position = 1) AS late_agreement_flag,
    f.amount_fen * 10000.0 > f.basis_fen * coalesce((SELECT r.value FROM rule AS r WHERE r.key = 'fee.rate_percent' AND r.from_on <= e.day_on
        ORDER BY r.from_on DESC LIMIT 1), (SELECT g.standard FROM figure AS g WHERE g.key = 'fee.rate_percent')) AS high_rate_flag,
    f.kind, f.asked_by, f.basis_fen, f.rate_pct, f.reason, f.agreement, f.party, f.signed_on, f.signed_by, f.registered_on, e.ended_on,
    f.unpaid_reason, e.department, e.void_reason, e.amendments, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN fee AS f ON f.entry = e.id
WHERE e.register = 'fee';

CREATE TRIGGER fee_begun BEFORE INSERT ON entry WHEN NEW.register = 'fee' AND NEW.state NOT IN ('requested', 'void')
BEGIN SELECT RAISE(ABORT, 'a fee begins with a request'); END;

CREATE TRIGGER fee_step BEFORE UPDATE OF state ON entry
    WHEN OLD.register = 'fee' AND NEW.state IN ('approved', 'signed', 'registered', 'settled') AND (
        NOT EXISTS (SELECT 1 FROM approval AS a JOIN fee AS f ON f.entry = a.entry
            WHERE a.entry = OLD.id AND a.verb = 'approve' AND a.amount_fen = f.amount_fen)
        OR (NEW.state <> 'approved' AND (SELECT agreement FROM fee WHERE entry = OLD.id) IS NULL)
        OR (NEW.state IN ('registered', 'settled') AND (SELECT registered_on FROM fee WHERE entry = OLD.id) IS NULL))
BEGIN SELECT RAISE(ABORT, 'a fee is approved, signed and registered in that order'); END;

CREATE TRIGGER fee_fixed BEFORE UPDATE ON fee
    WHEN (SELECT state FROM entry WHERE id = OLD.entry) IN ('void', 'rejected', 'settled')
        OR NEW.amount_fen <> OLD.amount_fen AND (SELECT state FROM entry WHERE id = OLD.entry) NOT IN ('requested', 'approved')
BEGIN SELECT RAISE(ABORT, 'the amount of an agreement is never changed, nor a fee that has ended'); END;

CREATE TRIGGER fee_kept BEFORE DELETE ON fee
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: void the fee'); END;

CREATE TRIGGER fee_payment_asked BEFORE INSERT ON fee_payment
    WHEN NEW.paid_on IS NOT NULL OR (SELECT state FROM entry WHERE id = NEW.entry) <> 'registered'
        OR NEW.amount_fen + (SELECT coalesce(sum(amount_fen), 0) FROM fee_payment WHERE entry = NEW.entry)
            > (SELECT amount_fen FROM fee WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'a payment is asked for first, of a registered agreement and within it'); END;

CREATE TRIGGER fee_payment_step BEFORE UPDATE ON fee_payment
    WHEN OLD.paid_on IS NOT NULL OR NEW.entry <> OLD.entry OR NEW.position <> OLD.position
        OR (SELECT state FROM entry WHERE id = OLD.entry) <> 'registered'
        OR NEW.amount_fen - OLD.amount_fen + (SELECT sum(amount_fen) FROM fee_payment WHERE entry = OLD.entry)
            > (SELECT amount_fen FROM fee WHERE entry = OLD.entry)
        OR (NEW.paid_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM approval WHERE entry = OLD.entry AND verb = 'clear' AND part = OLD.position
            AND amount_fen = NEW.amount_fen AND decided_on <= NEW.paid_on))
BEGIN SELECT RAISE(ABORT, 'a payment is made once, within the agreement, after its clearance'); END;

CREATE TRIGGER fee_payment_kept BEFORE DELETE ON fee_payment
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

-- -------------------------------------------------------------------------------- valuables (R5.5)

-- ---------------------------------------------------------------------------------- shipments (R6)
