-- branchbook: the schema of a book, and the manual of its data.
--
-- One book is one file. It has two parts, and a third is read beside them:
--   PART ONE    tables. Only a numbered upgrade changes them.
--   PART TWO    what the program's version brings along: figures, states, steps and triggers.
--               They hold no data of the office; every version drops and rebuilds them.
--   PART THREE  views. No book holds them, since every command would read them; a command puts those that it needs
--               before its query, and `branchbook sql` prints them for the sqlite3 shell. In each, entered_later_on is the
--               day of entry where that is not the day which the entry bears; an imported one bears none.
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
    made_at TEXT NOT NULL,                  -- when the book was made
    uid TEXT NOT NULL,                      -- what tells this book and its copies from every other: 32 hexadecimal digits
    zone TEXT NOT NULL,                     -- the office's time zone, whose days its entries bear, such as: Asia/Shanghai
    live_on TEXT NOT NULL                   -- the day from which it is kept by the rules; what is before is history
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

-- What clerks declared of rows that were made under a clock that ran ahead: what follows them may be earlier.
CREATE TABLE clock_ahead (
    id INTEGER PRIMARY KEY,
    journal INTEGER NOT NULL,               -- the last row of the journal before the declaration
    reading INTEGER NOT NULL,               -- the last row of the access log before it; 0 where there was none
    reason TEXT NOT NULL                    -- why the clock ran ahead
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
    position INTEGER NOT NULL,              -- order in lists
    from_on TEXT,                           -- its first day; none where it was there from the beginning
    until_on TEXT                           -- its last day; none while it goes on
) STRICT, WITHOUT ROWID;

-- People.
CREATE TABLE person (
    key TEXT PRIMARY KEY,                   -- short name that is typed, such as: li
    name TEXT NOT NULL,                     -- the name as printed
    department TEXT NOT NULL REFERENCES department (key),  -- where the person belongs
    os_login TEXT UNIQUE,                   -- the operating-system login that is theirs
    same_as TEXT REFERENCES person (key) CHECK (same_as <> key)  -- who it is, where the person was entered twice
) STRICT, WITHOUT ROWID;

-- What the office, a department or a person was called before; the name of today stands with themselves.
CREATE TABLE former_name (
    kind TEXT NOT NULL CHECK (kind IN ('office', 'department', 'person')),  -- whose kind
    key TEXT NOT NULL,                      -- whose; of the office: 1
    until_on TEXT NOT NULL,                 -- the last day of that name
    name TEXT NOT NULL,                     -- the name; a department's Chinese one
    name_en TEXT,                           -- a department's English name
    name_ko TEXT,                           -- a department's Korean name
    PRIMARY KEY (kind, key, until_on)
) STRICT, WITHOUT ROWID;

-- Terms in a role.
CREATE TABLE term (
    person TEXT NOT NULL REFERENCES person (key),          -- whose
    role TEXT NOT NULL CHECK (role IN ('salesperson', 'trainee', 'clerk', 'contract-administrator', 'department-manager',
        'branch-manager', 'company-leader', 'general-manager', 'member', 'service')),  -- as what
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

-- Who decides in somebody's place for a time.
CREATE TABLE deputy (
    id INTEGER PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (key),      -- who is stood in for
    deputy TEXT NOT NULL REFERENCES person (key),      -- who stands in
    from_on TEXT NOT NULL,                  -- first day
    until_on TEXT NOT NULL CHECK (until_on >= from_on),  -- last day
    decided_by TEXT NOT NULL REFERENCES person (key),  -- the one who is stood in for, or a leader
    ended_on TEXT,                          -- first day it no longer holds, where it ended early
    CHECK (person <> deputy)
) STRICT;

-- Public holidays, and days of rest that are worked instead: what the ends of time limits pass over.
CREATE TABLE holiday (
    day_on TEXT PRIMARY KEY CHECK (date(day_on) IS day_on),
    name TEXT NOT NULL,
    work_flag INTEGER NOT NULL CHECK (work_flag IN (0, 1)),  -- 1: worked, though it is a day of rest
    decided_by TEXT NOT NULL REFERENCES person (key),  -- who decided that it is one
    removed_on TEXT,                        -- the day it was taken off the list; none while it stands there
    known_on TEXT                           -- the day from which it was on the list; none of what was there before the book kept that
) STRICT, WITHOUT ROWID;

-- A month's data handed to the company's departments: from the first time on the month is closed (R1).
CREATE TABLE submission (
    month TEXT NOT NULL,
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    submitted_on TEXT NOT NULL,             -- the day
    submitted_by TEXT NOT NULL REFERENCES person (key),
    department TEXT NOT NULL REFERENCES department (key),  -- to which department
    received_by TEXT NOT NULL,              -- who received it there
    PRIMARY KEY (month, position)
) STRICT, WITHOUT ROWID;

-- The leaders' reviews of a month's order statistics (R2.5).
CREATE TABLE order_review (
    month TEXT NOT NULL,
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    reviewed_on TEXT NOT NULL,              -- the day
    reviewed_by TEXT NOT NULL REFERENCES person (key),
    outcome TEXT NOT NULL CHECK (outcome IN ('noted', 'questioned')),
    note TEXT CHECK (note IS NOT NULL OR outcome = 'noted'),  -- what they said
    amount_fen INTEGER NOT NULL,            -- what the month's orders came to then, in yuan
    PRIMARY KEY (month, position)
) STRICT, WITHOUT ROWID;

-- Imports of old files: each brought entries, or things of the office.
CREATE TABLE import (
    id INTEGER PRIMARY KEY,
    register TEXT NOT NULL,                 -- into which register, or: staff, rule
    file TEXT NOT NULL,                     -- the file's name
    sha256 TEXT NOT NULL,                   -- what was in it
    rows INTEGER NOT NULL,                  -- how many rows it had
    added INTEGER NOT NULL,                 -- how many of them came in
    known INTEGER NOT NULL,                 -- how many were in the book already
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    exception TEXT                          -- why rows came in that breach a rule; none where none did
) STRICT;

-- Entries of an import that breach a rule of their day: together they are one exception.
CREATE TABLE import_breach (
    import INTEGER NOT NULL REFERENCES import (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    entry INTEGER NOT NULL REFERENCES entry (id),  -- which entry
    clause TEXT NOT NULL,                   -- the clause that would have refused
    refused TEXT NOT NULL,                  -- what it would have said
    PRIMARY KEY (import, position)
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
    entered_on TEXT NOT NULL,               -- the day on which it was entered, whatever day it bears
    import INTEGER REFERENCES import (id) DEFERRABLE INITIALLY DEFERRED,  -- which import brought it; none where it was entered by hand
    fingerprint INTEGER,                    -- what an import read of it: the first 64 bits of a SHA-256
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
    entered_on TEXT,                        -- the day on which it was entered, where that is another
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
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    entered_by TEXT REFERENCES person (key),  -- who entered it; none of what was decided before the book kept that
    declared_flag INTEGER CHECK (declared_flag),  -- 1: that was declared by --as; none where the login told
    deputy_for TEXT REFERENCES person (key),  -- in whose place it was decided; none where in nobody's
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- Files that belong to an entry: the files themselves lie in the folder BOOK-files, named by what is in them.
CREATE TABLE attachment (
    entry INTEGER NOT NULL REFERENCES entry (id),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    file TEXT NOT NULL,                     -- what it was called
    bytes INTEGER NOT NULL CHECK (bytes >= 0),  -- how long it is
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),  -- SHA-256 of what is in it, in hexadecimal digits
    note TEXT,                              -- what it is
    attached_by TEXT NOT NULL REFERENCES person (key),
    attached_on TEXT NOT NULL,              -- the day
    undone_on TEXT,                         -- the day it was taken back; none while it stands
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
    entry INTEGER NOT NULL REFERENCES entry (id),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    party TEXT NOT NULL,                    -- for which addressee or copy
    signed_by TEXT NOT NULL,                -- a person's key; free text for an outside unit
    signed_on TEXT NOT NULL,                -- the day
    paper TEXT,                             -- on which a unit outside the company signed
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX signature_party ON signature (entry, party) WHERE undone_on IS NULL;

-- Replies to contact forms.
CREATE TABLE reply (
    entry INTEGER NOT NULL REFERENCES entry (id),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    party TEXT NOT NULL,                    -- which addressee answers
    replied_by TEXT NOT NULL,               -- a person's key; free text for an outside unit
    replied_on TEXT NOT NULL,               -- the day
    text TEXT NOT NULL,                     -- what was answered
    paper TEXT,                             -- on which a unit outside the company answered
    undone_on TEXT,                         -- the day it was taken back; none while it stands
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
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- What was passed on to others with the branch manager's approval (R2.4).
CREATE TABLE passing (
    entry INTEGER NOT NULL REFERENCES info (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    person TEXT NOT NULL REFERENCES person (key),      -- who passes it on
    told_to TEXT NOT NULL,                  -- to whom; restricted, as the next two
    what TEXT NOT NULL,                     -- what of it
    purpose TEXT NOT NULL,                  -- for what
    happened_on TEXT NOT NULL,              -- the day
    approved_by TEXT NOT NULL REFERENCES person (key),
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- What was passed on without approval: whoever did is removed from the sales team (R2.4).
CREATE TABLE breach (
    entry INTEGER NOT NULL REFERENCES info (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    person TEXT NOT NULL REFERENCES person (key),      -- who passed it on
    told_to TEXT NOT NULL,                  -- to whom; restricted, as the next
    what TEXT NOT NULL,                     -- what of it, and how it came to light
    found_on TEXT NOT NULL,                 -- the day on which it was established
    found_by TEXT NOT NULL REFERENCES person (key),    -- the branch manager
    undone_on TEXT,                         -- the day it was taken back; none while it stands
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

-- Warnings and suspensions that were given to who missed the indicator (R2.2a), with what the tally said then.
CREATE TABLE notice (
    id INTEGER PRIMARY KEY,
    person TEXT REFERENCES person (key),    -- to whom, who missed the indicator
    kind TEXT NOT NULL CHECK (kind IN ('warning', 'suspension')),
    month TEXT NOT NULL,                    -- which month was missed
    indicator INTEGER,                      -- entries that were to be collected in it
    counted INTEGER,                        -- entries that were
    misses INTEGER CHECK (misses > 0),      -- in a row up to it
    issued_on TEXT NOT NULL,                 -- the day
    issued_by TEXT NOT NULL REFERENCES person (key),
    lifted_on TEXT CHECK (lifted_on >= issued_on),  -- first day it no longer holds
    lifted_by TEXT REFERENCES person (key),
    reason TEXT,                            -- why it was lifted
    department TEXT REFERENCES department (key),  -- or to which department, whose report it is about (R2.4)
    report TEXT CHECK (report IN ('late', 'missing')),
    CHECK ((lifted_on IS NULL) = (lifted_by IS NULL) AND (lifted_on IS NULL) = (reason IS NULL)),
    CHECK ((person IS NULL) <> (department IS NULL) AND (department IS NULL) = (report IS NULL)),
    CHECK (person IS NULL OR indicator IS NOT NULL AND counted IS NOT NULL AND misses IS NOT NULL),
    CHECK (department IS NULL OR kind = 'warning')
) STRICT;

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
    outcome TEXT,                           -- why it was lost or terminated, or with what it was closed
    ended_by TEXT CHECK (ended_by IN ('customer', 'company')),  -- who ended its contract, where that was terminated
    production_on TEXT                      -- when its production began, before which delivery is settled (R6.1)
) STRICT;
CREATE INDEX project_source ON project (source) WHERE source IS NOT NULL;

-- Who leads a project, from a day on until the next is appointed (R3.1).
CREATE TABLE leader (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …; of two that begin on one day the later counts
    person TEXT NOT NULL REFERENCES person (key),
    from_on TEXT NOT NULL,                  -- first day
    appointed_by TEXT NOT NULL REFERENCES person (key),
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- The team of a major project: who works in it, and who leads it (R3.9). Who leaves keeps the row.
CREATE TABLE team (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    person TEXT NOT NULL REFERENCES person (key),
    role TEXT NOT NULL CHECK (role IN ('leader', 'member')),
    from_on TEXT NOT NULL,                  -- first day
    until_on TEXT CHECK (until_on >= from_on),  -- last day; none while it goes on
    named_by TEXT NOT NULL REFERENCES person (key),  -- the project's leader; of the team's leader, the general manager
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- The schedule that the leader draws up (R3.2).
CREATE TABLE milestone (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    what TEXT NOT NULL,
    due_on TEXT NOT NULL,                   -- the day as it was set last; the journal keeps the days before
    done_on TEXT,
    dropped_on TEXT,                        -- the day it was given up
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position),
    CHECK (done_on IS NULL OR dropped_on IS NULL)
) STRICT, WITHOUT ROWID;

-- What passed between the user and the leader (R3.4, R3.6).
CREATE TABLE project_log (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    kind TEXT NOT NULL CHECK (kind IN ('letter', 'call', 'visit', 'negotiation', 'request', 'document')),
    logged_on TEXT NOT NULL,                -- the day it happened
    person TEXT NOT NULL REFERENCES person (key),  -- who dealt with the user
    text TEXT NOT NULL,                     -- what it was about
    answer_by_on TEXT,                      -- the day by which the user waits for an answer; none where nobody waits
    answer TEXT,                            -- what was answered
    answered_on TEXT,
    answered_by TEXT REFERENCES person (key),
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position),
    CHECK ((answer IS NULL) = (answered_on IS NULL) AND (answer IS NULL) = (answered_by IS NULL))
) STRICT, WITHOUT ROWID;

-- Contract review by ISO 9000 (R3.3). Of the reviews of one item the last counts.
CREATE TABLE review (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    item TEXT NOT NULL,                     -- the requirement that was reviewed
    reviewer TEXT NOT NULL REFERENCES person (key),
    reviewed_on TEXT NOT NULL,
    passed_flag INTEGER NOT NULL CHECK (passed_flag IN (0, 1)),
    opinion TEXT CHECK (passed_flag OR opinion IS NOT NULL),  -- of a review that failed, why
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- Problems of a contract's execution, and of installation and commissioning (R3.5, R3.8).
CREATE TABLE problem (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    kind TEXT NOT NULL CHECK (kind IN ('execution', 'installation')),
    what TEXT NOT NULL,
    department TEXT NOT NULL REFERENCES department (key),  -- which department it concerns
    found_on TEXT NOT NULL,
    escalated_to TEXT REFERENCES person (key),  -- to whom it was escalated last
    escalated_on TEXT,
    solved_on TEXT,
    solution TEXT,                          -- how it was solved
    contact TEXT REFERENCES entry (number), -- the contact form that went out about it
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position),
    CHECK ((escalated_to IS NULL) = (escalated_on IS NULL)),
    CHECK ((solved_on IS NULL) = (solution IS NULL))
) STRICT, WITHOUT ROWID;

-- What was found of the products that a contract provides (R3.3). Of the looks at one product at one stage the last counts.
CREATE TABLE product_check (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    product TEXT NOT NULL,                  -- as the contract's product lines name it
    stage TEXT NOT NULL CHECK (stage IN ('production', 'inspection', 'packing', 'delivery', 'use')),
    passed_flag INTEGER NOT NULL CHECK (passed_flag IN (0, 1)),
    finding TEXT CHECK (passed_flag OR finding IS NOT NULL),  -- of what failed, what is wrong
    checked_on TEXT NOT NULL,
    checked_by TEXT NOT NULL REFERENCES person (key),
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- What was signed: a project's contract, and the supplements that change its amount (R3.3, R3.4).
CREATE TABLE contract (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1 the contract, 2 … its supplements; below nothing what was taken back
    contract TEXT NOT NULL,                 -- its own number on the paper
    signed_on TEXT NOT NULL,
    customer TEXT NOT NULL,                 -- as the contract names the user
    currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),  -- of its amounts, such as CNY
    amount_fen INTEGER NOT NULL,            -- in 1/100 of the currency; of a supplement, what it adds or takes away
    rate_e4 INTEGER CHECK (rate_e4 > 0),    -- the day's rate: 1/10000 yuan for one of the currency; none for CNY
    deliver_by_on TEXT,                     -- of a supplement, where it agrees on another day
    warranty_months INTEGER CHECK (warranty_months >= 0),  -- of a supplement, where it agrees on others
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position),
    CHECK ((currency = 'CNY') = (rate_e4 IS NULL)),
    CHECK (position <> 1 OR amount_fen > 0)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX contract_number ON contract (contract) WHERE position = 1 AND undone_on IS NULL;
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

-- How a contract is paid: its instalments add up to it with its supplements (R3.7). One of a kind; positions tell the kinds.
CREATE TABLE instalment (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1 advance, 2 progress, 3 delivery, 4 warranty
    kind TEXT NOT NULL CHECK (kind IN ('advance', 'progress', 'delivery', 'warranty')),
    share_pct INTEGER,                      -- as agreed in percent; none where as an amount
    amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
    received_fen INTEGER NOT NULL DEFAULT 0 CHECK (received_fen BETWEEN 0 AND amount_fen),  -- the sum of its receipts; kept by a trigger
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
    amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0),  -- below nothing where it reverses another
    received_on TEXT NOT NULL,
    voucher TEXT NOT NULL,                  -- its number; rows that one payment was spread over share it
    reverses INTEGER,                       -- the position of the receipt that it reverses, whole or in part
    reason TEXT,                            -- why that is reversed
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position),
    CHECK ((amount_fen < 0) = (reverses IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_day ON receipt (received_on);

-- The branch's collection plan: what a department is to collect in a month (R3.7).
CREATE TABLE collection_target (
    department TEXT NOT NULL REFERENCES department (key),
    month TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),  -- in yuan; 0 where nothing is to be
    set_by TEXT NOT NULL REFERENCES person (key),  -- who decided
    PRIMARY KEY (department, month)
) STRICT, WITHOUT ROWID;

-- -------------------------------------------------------------------------------- receptions (R5.2)

-- Receptions: from the plan to the archived summary; the header in table entry names who planned and the day of the plan.
CREATE TABLE reception (
    entry INTEGER PRIMARY KEY REFERENCES entry (id),
    unit TEXT NOT NULL,                     -- who visits
    purpose TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('visit', 'progress', 'delivery', 'inspection')),
    project TEXT REFERENCES entry (number), -- which it is about
    arrive_on TEXT NOT NULL,                -- as planned
    leave_on TEXT CHECK (leave_on >= arrive_on),  -- as planned; none where it was not known
    schedule TEXT,                          -- as the guests wish it, or none; may lack in imported history
    planned_cost_fen INTEGER CHECK (planned_cost_fen >= 0),
    late_flag INTEGER NOT NULL CHECK (late_flag IN (0, 1)),  -- entered on the day of arrival or after (R5.2(1))
    hosts TEXT,                             -- own reception staff (R5.2(2)); the word none where nobody is needed, as in the next seven
    place TEXT,                             -- where they meet
    car TEXT,
    dining TEXT,
    gift_standard_fen INTEGER CHECK (gift_standard_fen >= 0),  -- for one person; 0 where there are to be no gifts
    lodging TEXT,                           -- R5.2(3)
    scenic TEXT,                            -- scenic visit (R5.2(4))
    our_schedule TEXT,                      -- as General Management arranged it
    arranged_on TEXT,
    arrived_on TEXT,                        -- as it was
    left_on TEXT CHECK (left_on >= arrived_on),
    people INTEGER CHECK (people > 0),      -- who came
    cost_fen INTEGER CHECK (cost_fen >= 0),
    summary TEXT,                           -- General Management's (R5.2(5))
    summarized_on TEXT,
    outcome TEXT,                           -- why it was cancelled
    CHECK (arranged_on IS NULL OR (hosts IS NOT NULL AND place IS NOT NULL AND car IS NOT NULL AND dining IS NOT NULL
        AND gift_standard_fen IS NOT NULL AND lodging IS NOT NULL AND scenic IS NOT NULL AND our_schedule IS NOT NULL)),
    CHECK ((arrived_on IS NULL) = (left_on IS NULL)),
    CHECK ((summary IS NULL) = (summarized_on IS NULL)),
    CHECK (summary IS NULL OR left_on IS NOT NULL)
) STRICT;

-- Who comes, with their positions.
CREATE TABLE visitor (
    entry INTEGER NOT NULL REFERENCES reception (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    name TEXT NOT NULL,
    title TEXT NOT NULL,                    -- position at the visiting unit
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- ------------------------------------------------------------------------------------- gifts (R5.3)

-- The approved gift list: what may be bought as a gift, at which price (R5.3(3)).
CREATE TABLE gift_item (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    price_fen INTEGER NOT NULL CHECK (price_fen > 0),  -- of one
    approved_by TEXT NOT NULL REFERENCES person (key),  -- the branch manager or company leader
    from_on TEXT NOT NULL,                  -- first day on the list
    until_on TEXT                           -- last day on the list; none while it stands there
) STRICT;

-- Gifts: what is asked for, and how it was bought and handed over; its header is in table entry, which names who asked and the day.
CREATE TABLE gift (
    entry INTEGER PRIMARY KEY REFERENCES entry (id),
    unit TEXT NOT NULL,                     -- the unit that receives it
    occasion TEXT NOT NULL,
    place TEXT NOT NULL,                    -- where it is handed over; in Shenyang General Management buys it
    official_reason TEXT,                   -- why a public official receives it
    project TEXT REFERENCES entry (number), -- the project that it is for
    reception TEXT REFERENCES entry (number),  -- the reception at which it is given
    refusal TEXT,                           -- why it was rejected
    bill TEXT,                              -- number of the bill that the buyer keeps (R5.3(3))
    bought_fen INTEGER CHECK (bought_fen > 0),  -- what the bill comes to
    bought_on TEXT,
    bought_by TEXT REFERENCES person (key),
    borne_by TEXT REFERENCES person (key),  -- who bears the cost of what was bought without approval (R5.3(2))
    given_on TEXT,
    request TEXT REFERENCES entry (number), -- somebody else's request, in whose place a person bought this at their own expense
    CHECK ((bought_fen IS NULL) = (bill IS NULL) AND (bought_fen IS NULL) = (bought_on IS NULL) AND (bought_fen IS NULL) = (bought_by IS NULL)),
    CHECK (borne_by IS NULL OR bought_on IS NOT NULL),
    CHECK (given_on IS NULL OR given_on >= bought_on)
) STRICT;

-- Who receives a gift.
CREATE TABLE gift_recipient (
    entry INTEGER NOT NULL REFERENCES gift (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    name TEXT NOT NULL,
    post TEXT NOT NULL,                     -- the position that they hold
    official_flag INTEGER NOT NULL CHECK (official_flag IN (0, 1)),  -- 1: a public official
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- What a gift consists of.
CREATE TABLE gift_line (
    entry INTEGER NOT NULL REFERENCES gift (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    item INTEGER REFERENCES gift_item (id), -- on the approved list; none for a free item
    name TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    price_fen INTEGER NOT NULL CHECK (price_fen > 0),  -- of one
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- What suppliers ask for a gift; of two offers of one supplier the later counts (R5.3(3)).
CREATE TABLE gift_offer (
    entry INTEGER NOT NULL REFERENCES gift (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    supplier TEXT NOT NULL,
    price_fen INTEGER NOT NULL CHECK (price_fen > 0),  -- of the whole gift
    quality INTEGER NOT NULL CHECK (quality BETWEEN 1 AND 5),  -- 5 is the best
    offered_on TEXT NOT NULL,
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- What was found of what was bought: whether it is genuine, and how good (R5.3(3)). The last counts.
CREATE TABLE gift_check (
    entry INTEGER NOT NULL REFERENCES gift (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    quality INTEGER NOT NULL CHECK (quality BETWEEN 1 AND 5),  -- 5 is the best
    genuine_flag INTEGER NOT NULL CHECK (genuine_flag IN (0, 1)),
    finding TEXT CHECK (genuine_flag OR finding IS NOT NULL),  -- of a counterfeit, what shows it
    checked_on TEXT NOT NULL,
    checked_by TEXT NOT NULL REFERENCES person (key),
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

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
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position),
    CHECK ((paid_on IS NULL) = (voucher IS NULL) AND (paid_on IS NULL) = (paid_by IS NULL))
) STRICT, WITHOUT ROWID;

-- --------------------------------------------------------------------------------- valuables (R5.5)

-- Equipment: what it is, and how it ended; its header is in table entry, which names the keeper and the day it was bought.
CREATE TABLE asset (
    entry INTEGER PRIMARY KEY REFERENCES entry (id),
    name TEXT NOT NULL,
    model TEXT,
    serial_no TEXT,                         -- the maker's, as text: it may begin with zeros
    tag TEXT,                               -- inventory tag stuck on it
    category TEXT,
    price_fen INTEGER NOT NULL CHECK (price_fen >= 0),
    supplier TEXT,
    place TEXT,                             -- where it stands
    warranty_until_on TEXT,                 -- last day of the warranty
    disposal TEXT,                          -- why it was disposed of
    approved_by TEXT REFERENCES person (key),  -- who decided that
    CHECK ((disposal IS NULL) = (approved_by IS NULL))
) STRICT;

-- Who answers for an asset: its keeper, and whoever uses it for work, each in terms (R5.5(2), R5.5(3)).
CREATE TABLE custody (
    entry INTEGER NOT NULL REFERENCES asset (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    duty TEXT NOT NULL CHECK (duty IN ('keeper', 'user')),
    person TEXT NOT NULL REFERENCES person (key),
    purpose TEXT,                           -- for which work it is used; may lack in imported history
    from_on TEXT NOT NULL,                  -- first day
    until_on TEXT CHECK (until_on >= from_on),  -- the day it was handed on or back, which is no longer theirs
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    back_by_on TEXT CHECK (back_by_on >= from_on),  -- the day until which a user may have it; none where no day was agreed
    PRIMARY KEY (entry, position),
    CHECK (duty = 'user' OR purpose IS NULL AND back_by_on IS NULL)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX custody_open ON custody (entry, duty) WHERE until_on IS NULL AND undone_on IS NULL;

-- Damage and its repair (R5.5(4)).
CREATE TABLE damage (
    entry INTEGER NOT NULL REFERENCES asset (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    what TEXT NOT NULL,
    reported_by TEXT NOT NULL REFERENCES person (key),
    happened_on TEXT NOT NULL,
    reported_on TEXT NOT NULL CHECK (reported_on >= happened_on),
    from_state TEXT NOT NULL CHECK (from_state IN ('in-store', 'in-use')),  -- where the repair leads back to
    outcome TEXT CHECK (outcome IN ('repaired', 'beyond-repair', 'lost')),  -- none while it is in repair
    back_on TEXT CHECK (back_on >= happened_on),
    cost_fen INTEGER CHECK (cost_fen >= 0),
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position),
    CHECK ((outcome IS NULL) = (back_on IS NULL)),
    CHECK (outcome <> 'repaired' OR cost_fen IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX damage_open ON damage (entry) WHERE outcome IS NULL AND undone_on IS NULL;

-- Looks at how an asset is guarded against theft (R5.5(2)). The last counts.
CREATE TABLE guard_check (
    entry INTEGER NOT NULL REFERENCES asset (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    secure_flag INTEGER NOT NULL CHECK (secure_flag IN (0, 1)),
    finding TEXT CHECK (secure_flag OR finding IS NOT NULL),  -- what is to be put right, where it is not guarded
    checked_on TEXT NOT NULL,
    checked_by TEXT NOT NULL REFERENCES person (key),
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- Losses and thefts, and who answered for the asset then (R5.5(2)).
CREATE TABLE loss (
    entry INTEGER NOT NULL REFERENCES asset (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    kind TEXT NOT NULL CHECK (kind IN ('lost', 'stolen')),
    responsible TEXT NOT NULL REFERENCES person (key),
    happened_on TEXT NOT NULL,
    what TEXT,                              -- how it happened; may lack in imported history
    police_report TEXT,                     -- the police's number
    recovered_on TEXT CHECK (recovered_on >= happened_on),  -- when it was found again
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position),
    CHECK (kind <> 'stolen' OR police_report IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX loss_open ON loss (entry) WHERE recovered_on IS NULL AND undone_on IS NULL;

-- Stocktakes; one at a time is open.
CREATE TABLE stocktake (
    id INTEGER PRIMARY KEY,
    department TEXT REFERENCES department (key),  -- whose assets; none for every department's
    counted_on TEXT NOT NULL,               -- the day it began
    counted_by TEXT NOT NULL REFERENCES person (key),
    closed_on TEXT CHECK (closed_on >= counted_on),
    signed_by TEXT REFERENCES person (key), -- who signed the result
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    CHECK ((closed_on IS NULL) = (signed_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX stocktake_open ON stocktake (closed_on IS NULL) WHERE closed_on IS NULL AND undone_on IS NULL;

-- What was counted, line by line; what is missing or in repair is added when the stocktake is closed.
CREATE TABLE stock_line (
    stocktake INTEGER NOT NULL REFERENCES stocktake (id),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    line TEXT NOT NULL,                     -- as it was typed or scanned
    number TEXT,                            -- the asset that bears it; none where no asset does
    state TEXT,                             -- that asset's state then
    finding TEXT NOT NULL CHECK (finding IN ('found', 'missing', 'in-repair', 'unknown', 'twice')),
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (stocktake, position),
    CHECK ((number IS NULL) = (state IS NULL)),
    CHECK (finding NOT IN ('found', 'missing', 'in-repair') OR number IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- --------------------------------------------------------------------------------- shipments (R6)

-- Shipments: from the notice of delivery to the user's signature and the carrier's bill.
CREATE TABLE ship (
    entry INTEGER PRIMARY KEY REFERENCES entry (id),
    project TEXT REFERENCES entry (number), -- whose contract is delivered
    contract TEXT,                          -- the contract's number, in imported history of which no project is in the book
    notice TEXT REFERENCES entry (number),  -- the contact form that notified it (R6.1); may lack in imported history, as the contact person, phone, route and capacity
    form TEXT NOT NULL CHECK (form IN ('truck', 'rail', 'sea', 'air', 'collect')),  -- how it is delivered
    place TEXT NOT NULL,                    -- place of arrival
    contact_person TEXT,                    -- who takes it in there
    phone TEXT,
    route TEXT,
    capacity TEXT,                          -- what the route can carry, or none
    freight TEXT NOT NULL CHECK (freight IN ('company', 'user')),  -- who bears the freight
    wanted_by_on TEXT,                      -- the day by which the user wants it
    completion_notice TEXT,                 -- number of the manufacturing department's Completion Notice (R6.2)
    completed_on TEXT,
    carrier TEXT,                           -- who was awarded; none while nobody is, or where the user sends a carrier
    price_fen INTEGER CHECK (price_fen > 0),  -- as the carrier quoted
    days INTEGER CHECK (days > 0),          -- on the way, as the carrier quoted
    award_reason TEXT,                      -- why this carrier
    awarded_on TEXT,
    scheduled_on TEXT,                      -- the day on which it is to leave
    agreed_with TEXT,                       -- the leader's key, or a person of the user
    gate_pass TEXT,                         -- its number (R6.3)
    vehicle TEXT,
    driver TEXT,
    passed_on TEXT,
    dispatched_on TEXT,
    arrived_on TEXT,
    signed_by TEXT,                         -- who signed for it on arrival
    freight_bill TEXT,                      -- number of the carrier's bill
    billed_fen INTEGER CHECK (billed_fen >= 0),
    bill_reason TEXT,                       -- why the bill differs from the award
    billed_on TEXT,
    outcome TEXT,                           -- why it was cancelled
    CHECK (project IS NOT NULL OR contract IS NOT NULL),
    CHECK ((completion_notice IS NULL) = (completed_on IS NULL)),
    CHECK (passed_on IS NULL OR completion_notice IS NOT NULL),
    CHECK (arrived_on IS NULL OR dispatched_on IS NOT NULL),
    CHECK (billed_fen IS NULL OR billed_fen = price_fen OR bill_reason IS NOT NULL)
) STRICT;
CREATE INDEX ship_project ON ship (project);
CREATE INDEX ship_unbilled ON ship (arrived_on) WHERE arrived_on IS NOT NULL AND awarded_on IS NOT NULL AND billed_fen IS NULL AND freight = 'company';

-- Boxes of a shipment, in runs of case numbers.
CREATE TABLE ship_box (
    entry INTEGER NOT NULL REFERENCES ship (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    cases TEXT NOT NULL,                    -- case numbers as typed, such as: 12-20,25
    boxes INTEGER NOT NULL CHECK (boxes > 0),  -- how many these are
    weight_g INTEGER CHECK (weight_g > 0),  -- of the whole run, in grams; may lack in imported history
    length_mm INTEGER CHECK (length_mm BETWEEN 1 AND 30000),  -- of one box; none where no size was given
    width_mm INTEGER CHECK (width_mm BETWEEN 1 AND 30000),
    height_mm INTEGER CHECK (height_mm BETWEEN 1 AND 30000),
    holds TEXT,                             -- what is in them, in words
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- What carriers asked; of two quotes of one carrier the later counts.
CREATE TABLE ship_quote (
    entry INTEGER NOT NULL REFERENCES ship (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    carrier TEXT NOT NULL,
    price_fen INTEGER NOT NULL CHECK (price_fen > 0),
    days INTEGER NOT NULL CHECK (days > 0), -- on the way
    quality INTEGER NOT NULL CHECK (quality BETWEEN 1 AND 5),  -- 5 is the best
    quoted_on TEXT NOT NULL,
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- Loading notices to the manufacturing department (R6.3).
CREATE TABLE ship_load (
    entry INTEGER NOT NULL REFERENCES ship (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    boxes INTEGER NOT NULL CHECK (boxes > 0),
    cases TEXT,                             -- their case numbers as typed; none where they were only counted
    requirement TEXT,                       -- how to load, as the transport and the user require
    loaded_on TEXT NOT NULL,
    undone_on TEXT,                         -- the day it was taken back; none while it stands
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- ======================================================================================== PART TWO
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

CREATE TRIGGER journal_fixed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;

CREATE TRIGGER journal_kept BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;

CREATE TRIGGER reading_fixed BEFORE UPDATE ON reading
BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END;

CREATE TRIGGER reading_kept BEFORE DELETE ON reading
BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END;

-- ------------------------------------------------------------------------------------- every entry

CREATE TRIGGER entry_fixed BEFORE UPDATE OF id, register, number, counter, serial ON entry
BEGIN SELECT RAISE(ABORT, 'an entry keeps its register and number'); END;

-- A step is taken, or taken back; an import is taken back as a whole, wherever its entries stood. A number that became void so
-- may be brought again, by a later import, and one that is reserved filled.
CREATE TRIGGER entry_step BEFORE UPDATE OF state, import ON entry WHEN CASE WHEN NEW.import IS NOT OLD.import
    THEN OLD.state NOT IN ('void', 'reserved') OR NEW.import IS NULL OR OLD.state = 'void' AND NOT EXISTS (
        SELECT 1 FROM import WHERE id = OLD.import AND id < NEW.import AND undone_on IS NOT NULL)
    ELSE NEW.state <> OLD.state AND NOT EXISTS (
        SELECT 1 FROM step WHERE register = OLD.register
            AND (from_state = OLD.state AND to_state = NEW.state OR from_state = NEW.state AND to_state = OLD.state))
        AND (NEW.state <> 'void' OR OLD.import IS NULL) END
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

INSERT INTO figure VALUES
    ('office.far_days', 'days', 180, 1, 3660, 'R4.8', 'branch-manager', 'days before today beyond which the day of --on is asked about, as its year may be a slip');

CREATE TRIGGER exception_fixed BEFORE UPDATE ON exception
BEGIN SELECT RAISE(ABORT, 'a recorded breach is never changed'); END;

CREATE TRIGGER approval_fixed BEFORE UPDATE ON approval
    WHEN OLD.undone_on IS NOT NULL OR (NEW.entry, NEW.position, NEW.verb, NEW.part, NEW.decided_by, NEW.decided_on, NEW.entered_at, NEW.amount_fen,
        NEW.subject_hash) IS NOT (OLD.entry, OLD.position, OLD.verb, OLD.part, OLD.decided_by, OLD.decided_on, OLD.entered_at,
        OLD.amount_fen, OLD.subject_hash)
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

-- --------------------------------------------------------------------------- user information (R2)

INSERT INTO figure VALUES
    ('info.deadline_day', 'day of month', 30, 1, 31, 'R2.2', 'branch-manager', 'last day to report the month''s user information, or the month''s last day'),
    ('info.duplicate_months', 'months', 12, 0, 120, 'R2.3', 'branch-manager', 'how far back the same customer and equipment count as a repeat'),
    ('info.suspend_misses', 'months', 3, 2, 12, 'R2.2a', 'branch-manager', 'misses in a row that suspend commission and award'),
    ('info.notice_days', 'days', 10, 0, 365, 'R2.2a', 'branch-manager', 'days after a month within which who missed its indicator is warned or suspended');
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
    ('info', 'open-project', 'tracked', 'tracked', '', 'R2.3'),
    ('info', 'close', 'tracked', 'won', '', 'R2.3'),
    ('info', 'close', 'tracked', 'lost', '', 'R2.3'),
    ('info', 'reopen', 'lost', 'tracked', '', 'R2.3'),
    ('info', 'void', 'collected', 'void', 'clerk', 'R2.2'),
    ('info', 'void', 'reported', 'void', 'clerk', 'R2.2'),
    ('info', 'void', 'filed', 'void', 'clerk', 'R2.2'),
    ('info', 'void', 'assigned', 'void', 'clerk', 'R2.2'),
    ('info', 'void', 'tracked', 'void', 'clerk', 'R2.2');

-- Passing on, with approval or without, in every state but void.
INSERT INTO step
SELECT s.register, v.column1, s.state, s.state, 'branch-manager', 'R2.4'
FROM state AS s, (VALUES ('pass-on'), ('breach')) AS v WHERE s.register = 'info' AND s.state <> 'void';

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
    ('project.major_amount', 'yuan', 500000000, 0, 10000000000000, 'R3.1', 'branch-manager', 'estimated amount at and above which a project is major'),
    ('project.answer_days', 'days', 5, 0, 365, 'R3.6', 'branch-manager', 'days to answer a user''s request, where no day is named'),
    ('project.monitor_days', 'days', 14, 0, 365, 'R3.3', 'branch-manager', 'days before the agreed delivery from which a product waits that nobody has looked at'),
    ('order.review_days', 'days', 15, 0, 365, 'R2.5', 'company-leader', 'days after a month within which the leaders review its order statistics');
INSERT INTO state VALUES
    ('project', 'open', 1, 0, 'entered, not negotiated yet'),
    ('project', 'negotiating', 2, 0, 'being negotiated or reviewed'),
    ('project', 'contracted', 3, 0, 'the contract is signed'),
    ('project', 'delivered', 4, 0, 'the product is with the user'),
    ('project', 'accepted', 5, 0, 'the user has accepted it'),
    ('project', 'closed', 6, 1, 'paid, solved and filed'),
    ('project', 'lost', 7, 1, 'came to nothing'),
    ('project', 'terminated', 8, 1, 'the contract was given up, and settled'),
    ('project', 'void', 9, 1, 'spoilt; the number stays');
INSERT INTO step VALUES
    ('project', 'add', '', 'open', '', 'R3.1'),
    ('project', 'log', 'open', 'negotiating', '', 'R3.4'),
    ('project', 'review', 'open', 'negotiating', '', 'R3.3'),
    ('project', 'review', 'negotiating', 'negotiating', '', 'R3.3'),
    ('project', 'contract', 'open', 'contracted', '', 'R3.4'),
    ('project', 'contract', 'negotiating', 'contracted', '', 'R3.4'),
    ('project', 'produce', 'contracted', 'contracted', '', 'R6.1'),
    ('project', 'deliver', 'contracted', 'delivered', '', 'R3.5'),
    ('project', 'accept', 'delivered', 'accepted', '', 'R3.8'),
    ('project', 'close', 'accepted', 'closed', '', 'R3.5'),
    ('project', 'lose', 'open', 'lost', '', 'R3.4'),
    ('project', 'lose', 'negotiating', 'lost', '', 'R3.4'),
    ('project', 'reopen', 'lost', 'negotiating', '', 'R3.4'),
    ('project', 'reopen', 'closed', 'accepted', '', 'R3.4'),
    ('project', 'reverse', 'contracted', 'contracted', '', 'R3.7'),
    ('project', 'reverse', 'delivered', 'delivered', '', 'R3.7'),
    ('project', 'reverse', 'accepted', 'accepted', '', 'R3.7'),
    ('project', 'reverse', 'terminated', 'terminated', '', 'R3.7'),
    ('project', 'reverse', 'closed', 'accepted', '', 'R3.7'),
    ('project', 'terminate', 'contracted', 'terminated', '', 'R3.4'),
    ('project', 'terminate', 'delivered', 'terminated', '', 'R3.4'),
    ('project', 'terminate', 'accepted', 'terminated', '', 'R3.4'),
    ('project', 'void', '', 'void', 'clerk', 'R3.1'),
    ('project', 'void', 'open', 'void', 'clerk', 'R3.1'),
    ('project', 'void', 'negotiating', 'void', 'clerk', 'R3.1');
-- What can be done in every state but the ends, and leaves the state as it is.
INSERT INTO step
SELECT s.register, v.column1, s.state, s.state, '', v.column2
FROM state AS s, (VALUES ('lead', 'R3.1'), ('plan', 'R3.2'), ('done', 'R3.2'), ('log', 'R3.6'), ('team', 'R3.9')) AS v
WHERE s.register = 'project' AND NOT s.end_flag;
-- The same, once the contract is signed.
INSERT INTO step
SELECT s.register, v.column1, s.state, s.state, '', v.column2
FROM state AS s, (VALUES ('review', 'R3.3'), ('contract', 'R3.4'), ('monitor', 'R3.3'), ('problem', 'R3.5'), ('escalate', 'R3.8'), ('solve', 'R3.5'),
    ('instalments', 'R3.7'), ('receive', 'R3.7')) AS v
WHERE s.register = 'project' AND s.state IN ('contracted', 'delivered', 'accepted');

CREATE TRIGGER project_closed BEFORE UPDATE OF state ON entry WHEN NEW.register = 'project' AND NEW.state = 'closed' AND (
    EXISTS (SELECT 1 FROM instalment WHERE entry = OLD.id AND received_fen < amount_fen)
    OR EXISTS (SELECT 1 FROM problem WHERE undone_on IS NULL AND entry = OLD.id AND solved_on IS NULL)
    OR EXISTS (SELECT 1 FROM contact AS c JOIN entry AS e ON e.id = c.entry WHERE c.project = OLD.number AND e.ended_on IS NULL))
BEGIN SELECT RAISE(ABORT, 'a project with open instalments, problems or forms is not closed'); END;

CREATE TRIGGER product_line_fixed BEFORE UPDATE ON product_line
BEGIN SELECT RAISE(ABORT, 'a signed contract is never changed: enter a supplement'); END;

CREATE TRIGGER instalment_received BEFORE UPDATE OF received_fen ON instalment WHEN NEW.received_fen <> (
    SELECT coalesce(sum(r.amount_fen), 0) FROM receipt AS r WHERE r.undone_on IS NULL AND r.entry = OLD.entry AND r.instalment = OLD.position)
BEGIN SELECT RAISE(ABORT, 'what was received is the sum of the receipts'); END;

CREATE TRIGGER receipt_counted AFTER INSERT ON receipt
BEGIN
    UPDATE instalment SET received_fen = received_fen + NEW.amount_fen WHERE entry = NEW.entry AND position = NEW.instalment;
END;

CREATE TRIGGER receipt_recounted AFTER UPDATE OF undone_on ON receipt WHEN OLD.undone_on IS NULL AND NEW.undone_on IS NOT NULL
BEGIN
    UPDATE instalment SET received_fen = received_fen - OLD.amount_fen WHERE entry = OLD.entry AND position = OLD.instalment;
END;

CREATE TRIGGER receipt_fixed BEFORE UPDATE ON receipt
    WHEN OLD.undone_on IS NOT NULL OR (NEW.entry, NEW.position, NEW.instalment, NEW.amount_fen, NEW.reverses)
        IS NOT (OLD.entry, OLD.position, OLD.instalment, OLD.amount_fen, OLD.reverses)
BEGIN SELECT RAISE(ABORT, 'the amount of a receipt is never changed: reverse it, or take it back'); END;

CREATE TRIGGER receipt_kept BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

-- ------------------------------------------------------------------------------- receptions (R5.2)

INSERT INTO figure VALUES
    ('reception.summary_days', 'days', 3, 0, 365, 'R5.2(5)', 'branch-manager', 'days after the guests left within which a reception is summarised');
INSERT INTO state VALUES
    ('reception', 'planned', 1, 0, 'General Management has the plan'),
    ('reception', 'arranged', 2, 0, 'staff, place, cars, dining, gifts, lodging and schedule are arranged'),
    ('reception', 'received', 3, 0, 'the guests were here'),
    ('reception', 'summarized', 4, 0, 'General Management has written the summary'),
    ('reception', 'archived', 5, 1, 'registered and filed'),
    ('reception', 'cancelled', 6, 1, 'the guests do not come'),
    ('reception', 'void', 7, 1, 'spoilt; the number stays');
INSERT INTO step VALUES
    ('reception', 'add', '', 'planned', '', 'R5.2(1)'),
    ('reception', 'arrange', 'planned', 'arranged', '', 'R5.2(2)'),
    ('reception', 'arrange', 'arranged', 'arranged', '', 'R5.2(2)'),
    ('reception', 'receive', 'arranged', 'received', '', 'R5.2(5)'),
    ('reception', 'summarize', 'received', 'summarized', '', 'R5.2(5)'),
    ('reception', 'archive', 'summarized', 'archived', '', 'R5.2(5)'),
    ('reception', 'cancel', 'planned', 'cancelled', '', 'R5.2(1)'),
    ('reception', 'cancel', 'arranged', 'cancelled', '', 'R5.2(1)'),
    ('reception', 'reopen', 'cancelled', 'planned', '', 'R5.2(1)'),
    ('reception', 'void', '', 'void', 'clerk', 'R5.2(1)'),
    ('reception', 'void', 'planned', 'void', 'clerk', 'R5.2(1)'),
    ('reception', 'void', 'arranged', 'void', 'clerk', 'R5.2(1)');

-- ------------------------------------------------------------------------------------ gifts (R5.3)

INSERT INTO figure VALUES
    ('gift.quotes', 'entries', 2, 0, 20, 'R5.3(3)', 'company-leader', 'offers to be compared before a gift above gift.quote_from is bought'),
    ('gift.quote_from', 'yuan', 100000, 0, 10000000000000, 'R5.3(3)', 'company-leader', 'amount above which offers are compared before a gift is bought'),
    ('gift.recipient_limit', 'yuan', 200000, 0, 10000000000000, 'R5.3(1)', 'company-leader', 'what one unit or person may have in a year before it is reported as above the limit');
INSERT INTO state VALUES
    ('gift', 'requested', 1, 0, 'asked for'),
    ('gift', 'endorsed', 2, 0, 'endorsed by the department manager'),
    ('gift', 'approved', 3, 0, 'approved, not bought yet'),
    ('gift', 'bought', 4, 0, 'bought within what was approved'),
    ('gift', 'given', 5, 1, 'handed over'),
    ('gift', 'rejected', 6, 1, 'will not be bought'),
    ('gift', 'own-expense', 7, 1, 'bought without approval; a person bears the cost'),
    ('gift', 'void', 8, 1, 'spoilt; the number stays');
INSERT INTO step VALUES
    ('gift', 'add', '', 'requested', '', 'R5.3(1)'),
    ('gift', 'endorse', 'requested', 'endorsed', 'department-manager', 'R5.3(2)'),
    ('gift', 'approve', 'requested', 'approved', 'branch-manager', 'R5.3(1)'),
    ('gift', 'approve', 'endorsed', 'approved', 'branch-manager', 'R5.3(1)'),
    ('gift', 'reject', 'requested', 'rejected', '', 'R5.3(1)'),
    ('gift', 'reject', 'endorsed', 'rejected', '', 'R5.3(1)'),
    ('gift', 'reopen', 'rejected', 'requested', '', 'R5.3(1)'),
    ('gift', 'quote', 'requested', 'requested', '', 'R5.3(3)'),
    ('gift', 'quote', 'endorsed', 'endorsed', '', 'R5.3(3)'),
    ('gift', 'quote', 'approved', 'approved', '', 'R5.3(3)'),
    ('gift', 'buy', 'approved', 'bought', '', 'R5.3(1)'),
    ('gift', 'buy', 'requested', 'own-expense', '', 'R5.3(2)'),
    ('gift', 'buy', 'endorsed', 'own-expense', '', 'R5.3(2)'),
    ('gift', 'buy', 'approved', 'own-expense', '', 'R5.3(2)'),
    ('gift', 'buy', 'rejected', 'own-expense', '', 'R5.3(2)'),
    ('gift', 'inspect', 'bought', 'bought', '', 'R5.3(3)'),
    ('gift', 'inspect', 'given', 'given', '', 'R5.3(3)'),
    ('gift', 'give', 'bought', 'given', '', 'R5.3(1)'),
    ('gift', 'amend', 'requested', 'requested', 'clerk', 'R5.3(1)'),
    ('gift', 'amend', 'endorsed', 'requested', 'clerk', 'R5.3(1)'),
    ('gift', 'amend', 'approved', 'requested', 'clerk', 'R5.3(1)'),
    ('gift', 'amend', 'rejected', 'rejected', 'clerk', 'R5.3(1)'),
    ('gift', 'amend', 'bought', 'bought', 'clerk', 'R5.3(3)'),
    ('gift', 'amend', 'given', 'given', 'clerk', 'R5.3(3)'),
    ('gift', 'amend', 'own-expense', 'own-expense', 'clerk', 'R5.3(3)'),
    ('gift', 'void', '', 'void', 'clerk', 'R5.3(1)'),
    ('gift', 'void', 'requested', 'void', 'clerk', 'R5.3(1)'),
    ('gift', 'void', 'endorsed', 'void', 'clerk', 'R5.3(1)'),
    ('gift', 'void', 'approved', 'void', 'clerk', 'R5.3(1)');

-- What the branch bears was approved on or before the day it was bought, and costs no more than was approved (R5.3(1)).
CREATE TRIGGER gift_paid BEFORE UPDATE OF bought_fen, bought_on, borne_by ON gift
    WHEN NEW.bought_fen IS NOT NULL AND NEW.borne_by IS NULL AND NOT EXISTS (
        SELECT 1 FROM approval AS a WHERE a.undone_on IS NULL AND a.entry = NEW.entry AND a.verb = 'approve' AND a.decided_on <= NEW.bought_on
            AND a.amount_fen >= NEW.bought_fen
            AND a.position = (SELECT max(x.position) FROM approval AS x WHERE x.undone_on IS NULL AND x.entry = a.entry AND x.verb = 'approve'))
BEGIN SELECT RAISE(ABORT, 'a gift is bought once it is approved, and within what was approved (R5.3(1))'); END;

CREATE TRIGGER gift_decided BEFORE UPDATE OF state ON entry WHEN NEW.register = 'gift' AND NEW.import IS OLD.import AND CASE NEW.state
        WHEN 'approved' THEN NOT EXISTS (SELECT 1 FROM approval AS a WHERE a.undone_on IS NULL AND a.entry = NEW.id AND a.verb = 'approve'
            AND a.amount_fen = (SELECT sum(l.quantity * l.price_fen) FROM gift_line AS l WHERE l.entry = NEW.id))
        WHEN 'bought' THEN coalesce((SELECT bought_fen IS NULL OR borne_by IS NOT NULL FROM gift WHERE entry = NEW.id), 1)
        WHEN 'given' THEN coalesce((SELECT bought_fen IS NULL OR borne_by IS NOT NULL FROM gift WHERE entry = NEW.id), 1)
        WHEN 'own-expense' THEN coalesce((SELECT borne_by IS NULL FROM gift WHERE entry = NEW.id), 1)
        ELSE 0 END
BEGIN SELECT RAISE(ABORT, 'a gift is approved before it is bought, or borne by a person (R5.3(1), R5.3(2))'); END;

CREATE TRIGGER gift_line_fixed BEFORE UPDATE ON gift_line
BEGIN SELECT RAISE(ABORT, 'what is asked for is corrected with gift amend, and approved again'); END;

CREATE TRIGGER gift_item_fixed BEFORE UPDATE ON gift_item
    WHEN (NEW.id, NEW.name, NEW.price_fen, NEW.approved_by, NEW.from_on) IS NOT (OLD.id, OLD.name, OLD.price_fen, OLD.approved_by, OLD.from_on)
BEGIN SELECT RAISE(ABORT, 'an item of the gift list is only ended'); END;

-- ------------------------------------------------------------------------------------- fees (R5.4)

INSERT INTO figure VALUES
    ('fee.cap_percent', 'percent', 500, 0, 10000, 'R5.4(3)', 'company-leader', 'most that all fees of a project may come to, in percent of its contract'),
    ('fee.rate_percent', 'percent', 300, 0, 10000, 'R5.4(3)', 'company-leader', 'rate above which a fee is marked');
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
    ('fee', 'amend', 'signed', 'signed', '', 'R5.4(1)'),
    ('fee', 'amend', 'registered', 'registered', '', 'R5.4(2)'),
    ('fee', 'amend', 'settled', 'settled', '', 'R5.4(2)'),
    ('fee', 'amend', 'rejected', 'rejected', '', 'R5.4(1)'),
    ('fee', 'approve', 'requested', 'approved', 'company-leader', 'R5.4(1)'),
    ('fee', 'reject', 'requested', 'rejected', 'company-leader', 'R5.4(1)'),
    ('fee', 'reject', 'approved', 'rejected', 'company-leader', 'R5.4(1)'),
    ('fee', 'reopen', 'rejected', 'requested', '', 'R5.4(1)'),
    ('fee', 'sign', 'approved', 'signed', 'branch-manager', 'R5.4(1)'),
    ('fee', 'register', 'signed', 'registered', 'clerk', 'R5.4(2)'),
    ('fee', 'bill', 'registered', 'registered', '', 'R5.4(2)'),
    ('fee', 'clear', 'registered', 'registered', 'company-leader', 'R5.4(2)'),
    ('fee', 'pay', 'registered', 'registered', 'clerk', 'R5.4(2)'),
    ('fee', 'settle', 'registered', 'settled', 'clerk', 'R5.4(2)'),
    ('fee', 'void', '', 'void', 'clerk', 'R5.4(1)'),
    ('fee', 'void', 'requested', 'void', 'clerk', 'R5.4(1)'),
    ('fee', 'void', 'approved', 'void', 'clerk', 'R5.4(1)');

CREATE TRIGGER fee_begun BEFORE INSERT ON fee
    WHEN (SELECT state FROM entry WHERE id = NEW.entry AND import IS NULL) IN ('approved', 'signed', 'registered')
BEGIN SELECT RAISE(ABORT, 'a fee begins with a request, or an import brings it'); END;

CREATE TRIGGER fee_step BEFORE UPDATE OF state ON entry
    WHEN OLD.register = 'fee' AND NEW.import IS OLD.import AND NEW.state IN ('approved', 'signed', 'registered', 'settled') AND (
        NOT EXISTS (SELECT 1 FROM approval AS a JOIN fee AS f ON a.undone_on IS NULL AND f.entry = a.entry
            WHERE a.entry = OLD.id AND a.verb = 'approve' AND a.amount_fen = f.amount_fen)
        OR (NEW.state <> 'approved' AND (SELECT agreement FROM fee WHERE entry = OLD.id) IS NULL)
        OR (NEW.state IN ('registered', 'settled') AND (SELECT registered_on FROM fee WHERE entry = OLD.id) IS NULL))
BEGIN SELECT RAISE(ABORT, 'a fee is approved, signed and registered in that order'); END;

CREATE TRIGGER fee_fixed BEFORE UPDATE OF kind, payee, employer, project, basis_fen, rate_pct, amount_fen, reason, asked_by ON fee
    WHEN (SELECT state FROM entry WHERE id = OLD.entry) IN ('void', 'rejected', 'settled')
        OR NEW.amount_fen <> OLD.amount_fen AND (SELECT state FROM entry WHERE id = OLD.entry) NOT IN ('requested', 'approved')
BEGIN SELECT RAISE(ABORT, 'the amount of an agreement is never changed, nor a fee that has ended'); END;

CREATE TRIGGER fee_payment_asked BEFORE INSERT ON fee_payment
    WHEN NEW.paid_on IS NOT NULL AND (SELECT import FROM entry WHERE id = NEW.entry) IS NULL
        OR (SELECT state FROM entry WHERE id = NEW.entry) NOT IN ('registered', iif(NEW.paid_on IS NOT NULL, 'settled', ''))
        OR NEW.amount_fen + (SELECT coalesce(sum(amount_fen), 0) FROM fee_payment WHERE undone_on IS NULL AND entry = NEW.entry)
            > (SELECT amount_fen FROM fee WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'a payment is asked for first, of a registered agreement and within it'); END;

CREATE TRIGGER fee_payment_step BEFORE UPDATE ON fee_payment
    WHEN OLD.undone_on IS NOT NULL OR OLD.paid_on IS NOT NULL AND NEW.amount_fen <> OLD.amount_fen
        OR NEW.entry <> OLD.entry OR NEW.position <> OLD.position
        OR (SELECT state FROM entry WHERE id = OLD.entry) NOT IN ('registered', iif(OLD.paid_on IS NOT NULL AND NEW.paid_on IS NOT NULL, 'settled', ''), iif(NEW.undone_on IS NOT NULL, 'void', ''))
        OR NEW.amount_fen - OLD.amount_fen + (SELECT sum(amount_fen) FROM fee_payment WHERE undone_on IS NULL AND entry = OLD.entry)
            > (SELECT amount_fen FROM fee WHERE entry = OLD.entry)
        OR NEW.paid_on < coalesce((SELECT min(decided_on) FROM approval WHERE undone_on IS NULL AND entry = OLD.entry AND verb = 'clear'
            AND part = OLD.position AND amount_fen = NEW.amount_fen), iif(OLD.paid_on IS NULL, '9999', ''))
BEGIN SELECT RAISE(ABORT, 'a payment is made within the agreement, after its clearance, and its amount stays'); END;

CREATE TRIGGER fee_payment_kept BEFORE DELETE ON fee_payment
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;

-- -------------------------------------------------------------------------------- valuables (R5.5)

INSERT INTO figure VALUES
    ('asset.threshold', 'yuan', 200000, 0, 10000000000000, 'R5.5', 'branch-manager', 'price over which equipment is on the account'),
    ('asset.repair_days', 'days', 14, 0, 365, 'R5.5', 'branch-manager', 'days from the report of damage by which the repair should be done'),
    ('asset.warranty_notice_days', 'days', 30, 0, 365, 'R5.5', 'branch-manager', 'days before a warranty ends from which it is on the list of what waits');
INSERT INTO state VALUES
    ('asset', 'in-store', 1, 0, 'with its keeper'),
    ('asset', 'in-use', 2, 0, 'with a user, for work'),
    ('asset', 'in-repair', 3, 0, 'damaged, in repair'),
    ('asset', 'lost', 4, 1, 'lost'),
    ('asset', 'stolen', 5, 1, 'stolen, reported to the police'),
    ('asset', 'disposed', 6, 1, 'disposed of'),
    ('asset', 'void', 7, 1, 'spoilt; the number stays');
INSERT INTO step VALUES
    ('asset', 'add', '', 'in-store', '', 'R5.5(1)'),
    ('asset', 'issue', 'in-store', 'in-use', '', 'R5.5(3)'),
    ('asset', 'transfer', 'in-store', 'in-store', '', 'R5.5(2)'),
    ('asset', 'transfer', 'in-use', 'in-use', '', 'R5.5(2)'),
    ('asset', 'transfer', 'in-repair', 'in-repair', '', 'R5.5(2)'),
    ('asset', 'return', 'in-use', 'in-store', '', 'R5.5(3)'),
    ('asset', 'inspect', 'in-store', 'in-store', '', 'R5.5(2)'),
    ('asset', 'inspect', 'in-use', 'in-use', '', 'R5.5(2)'),
    ('asset', 'damage', 'in-store', 'in-repair', '', 'R5.5(4)'),
    ('asset', 'damage', 'in-use', 'in-repair', '', 'R5.5(4)'),
    ('asset', 'repair', 'in-repair', 'in-store', '', 'R5.5(4)'),
    ('asset', 'repair', 'in-repair', 'in-use', '', 'R5.5(4)'),
    ('asset', 'lose', 'in-store', 'lost', '', 'R5.5(2)'),
    ('asset', 'lose', 'in-use', 'lost', '', 'R5.5(2)'),
    ('asset', 'lose', 'in-repair', 'lost', '', 'R5.5(2)'),
    ('asset', 'steal', 'in-store', 'stolen', '', 'R5.5(2)'),
    ('asset', 'steal', 'in-use', 'stolen', '', 'R5.5(2)'),
    ('asset', 'steal', 'in-repair', 'stolen', '', 'R5.5(2)'),
    ('asset', 'recover', 'lost', 'in-store', '', 'R5.5(2)'),
    ('asset', 'recover', 'stolen', 'in-store', '', 'R5.5(2)'),
    ('asset', 'dispose', 'in-store', 'disposed', 'department-manager branch-manager', 'R5.5(1)'),
    ('asset', 'void', '', 'void', 'clerk', 'R5.5(1)'),
    ('asset', 'void', 'in-store', 'void', 'clerk', 'R5.5(1)');

-- ---------------------------------------------------------------------------------- shipments (R6)

INSERT INTO figure VALUES
    ('ship.bill_excess', 'percent', 1000, 0, 100000, 'R6.2', 'branch-manager', 'by how much a carrier''s bill may pass the award before it is listed as an exception'),
    ('ship.settle_days', 'days', 30, 0, 365, 'R6.1', 'branch-manager', 'days after a contract is signed within which its delivery is settled with the user, before production'),
    ('ship.quotes', 'entries', 2, 0, 20, 'R6.2', 'branch-manager', 'carriers to be asked before a transport is awarded, where the company bears the freight'),
    ('ship.weight_price', 'percent', 6000, 0, 10000, 'R6.2', 'branch-manager', 'weight of the price when quotes are compared'),
    ('ship.weight_days', 'percent', 2000, 0, 10000, 'R6.2', 'branch-manager', 'weight of the days on the way when quotes are compared'),
    ('ship.weight_quality', 'percent', 2000, 0, 10000, 'R6.2', 'branch-manager', 'weight of the quality when quotes are compared'),
    ('ship.arrival_days', 'days', 15, 1, 365, 'R6.2', 'branch-manager', 'days on the way after which a shipment is overdue, where no carrier quoted them');
INSERT INTO state VALUES
    ('ship', 'notified', 1, 0, 'General Management knows of it by a contact form'),
    ('ship', 'completed', 2, 0, 'the manufacturing department has given its Completion Notice'),
    ('ship', 'awarded', 3, 0, 'a carrier was chosen'),
    ('ship', 'scheduled', 4, 0, 'the day was agreed with the leader or the user'),
    ('ship', 'passed', 5, 0, 'the gate pass is made out'),
    ('ship', 'loaded', 6, 0, 'manufacturing has its loading notice'),
    ('ship', 'dispatched', 7, 0, 'on the way'),
    ('ship', 'arrived', 8, 1, 'signed for at the place of arrival'),
    ('ship', 'cancelled', 9, 1, 'will not be shipped'),
    ('ship', 'void', 10, 1, 'spoilt; the number stays');
INSERT INTO step VALUES
    ('ship', 'add', '', 'notified', '', 'R6.1'),
    ('ship', 'complete', 'notified', 'completed', '', 'R6.2'),
    ('ship', 'box', 'notified', 'notified', '', 'R6.2'),
    ('ship', 'box', 'completed', 'completed', '', 'R6.2'),
    ('ship', 'box', 'awarded', 'awarded', '', 'R6.2'),
    ('ship', 'box', 'scheduled', 'scheduled', '', 'R6.2'),
    ('ship', 'box', 'passed', 'passed', '', 'R6.2'),
    ('ship', 'box', 'loaded', 'loaded', '', 'R6.2'),
    ('ship', 'quote', 'notified', 'notified', '', 'R6.2'),
    ('ship', 'quote', 'completed', 'completed', '', 'R6.2'),
    ('ship', 'quote', 'awarded', 'awarded', '', 'R6.2'),
    ('ship', 'quote', 'scheduled', 'scheduled', '', 'R6.2'),
    ('ship', 'award', 'completed', 'awarded', '', 'R6.2'),
    ('ship', 'award', 'awarded', 'awarded', '', 'R6.2'),
    ('ship', 'award', 'scheduled', 'scheduled', '', 'R6.2'),
    ('ship', 'schedule', 'completed', 'scheduled', '', 'R6.2'),
    ('ship', 'schedule', 'awarded', 'scheduled', '', 'R6.2'),
    ('ship', 'schedule', 'scheduled', 'scheduled', '', 'R6.2'),
    ('ship', 'pass', 'scheduled', 'passed', '', 'R6.3'),
    ('ship', 'load', 'passed', 'loaded', '', 'R6.3'),
    ('ship', 'load', 'loaded', 'loaded', '', 'R6.3'),
    ('ship', 'dispatch', 'loaded', 'dispatched', '', 'R6.3'),
    ('ship', 'arrive', 'dispatched', 'arrived', '', 'R6.2'),
    ('ship', 'bill', 'dispatched', 'dispatched', '', 'R6.2'),
    ('ship', 'bill', 'arrived', 'arrived', '', 'R6.2'),
    ('ship', 'cancel', 'notified', 'cancelled', '', 'R6.2'),
    ('ship', 'cancel', 'completed', 'cancelled', '', 'R6.2'),
    ('ship', 'cancel', 'awarded', 'cancelled', '', 'R6.2'),
    ('ship', 'cancel', 'scheduled', 'cancelled', '', 'R6.2'),
    ('ship', 'cancel', 'passed', 'cancelled', '', 'R6.2'),
    ('ship', 'cancel', 'loaded', 'cancelled', '', 'R6.2'),
    ('ship', 'void', '', 'void', 'clerk', 'R6.1'),
    ('ship', 'void', 'notified', 'void', 'clerk', 'R6.1'),
    ('ship', 'void', 'completed', 'void', 'clerk', 'R6.1'),
    ('ship', 'void', 'awarded', 'void', 'clerk', 'R6.1'),
    ('ship', 'void', 'scheduled', 'void', 'clerk', 'R6.1');

-- ====================================================================================== PART THREE
-- A view of entries ends with id, counter and serial, which order its rows and are not printed. Its columns stand in
-- their order of importance: a narrow screen drops them from the right.
-- ------------------------------------------------------------------------- the book and the office

-- People, one row for each term.
CREATE TEMP VIEW staff_list AS
SELECT p.key, p.name, t.role, t.department, t.from_on, t.until_on, p.os_login,
    (SELECT group_concat(s.key, '; ') FROM person AS s WHERE s.same_as = p.key) AS entered_also_as
FROM person AS p LEFT JOIN term AS t ON t.person = p.key WHERE p.same_as IS NULL;

-- ------------------------------------------------------------------------------------- every entry

-- Breaches that were recorded instead of refused. Those of an import are one, with the first that a clause says and all its entries.
CREATE TEMP VIEW exception_list AS
SELECT e.number, x.clause, x.happened_on, x.person, x.reason, x.refused,
    (SELECT a.decided_by FROM approval AS a WHERE a.undone_on IS NULL AND a.entry = x.entry AND a.verb = 'approve' ORDER BY a.position DESC LIMIT 1) AS approved_by,
    e.department, e.register, x.entered_on
FROM exception AS x JOIN entry AS e ON e.id = x.entry
UNION ALL
SELECT 'import ' || b.import, group_concat(DISTINCT b.clause), max(e.day_on), min(e.entered_by), i.exception,
    (SELECT group_concat(t.told, '; ') FROM (SELECT min(o.refused) || iif(min(o.refused) = max(o.refused), ' (', ' … (') || group_concat(DISTINCT n.number) || ')' AS told
        FROM import_breach AS o JOIN entry AS n ON n.id = o.entry WHERE o.import = b.import GROUP BY o.clause ORDER BY min(o.position)) AS t),
    NULL, iif(count(DISTINCT e.department) = 1, min(e.department), NULL), i.register, min(e.entered_on)
FROM import_breach AS b JOIN import AS i ON i.id = b.import JOIN entry AS e ON e.id = b.entry GROUP BY b.import;

-- ------------------------------------------------------------------------------ contact forms (R4)

-- The contact-form ledger.
CREATE TEMP VIEW contact_list AS
SELECT e.number, e.state, e.day_on AS issued_on, c.subject, c.addressed_to, c.kind, e.person AS issued_by, c.reply_by_on,
    c.received_on, c.replied_on, c.archived_on, c.project, c.contract, c.copied_to, c.holder, c.pages, e.department, c.content,
    c.archived_by, c.contract_file, c.no_contract, e.void_reason, e.amendments,
    iif(e.import IS NULL AND e.entered_on > e.day_on, e.entered_on, NULL) AS entered_later_on, e.import, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN contact AS c ON c.entry = e.id
WHERE e.register = 'contact';

-- --------------------------------------------------------------------------- user information (R2)

-- The register of user information.
CREATE TEMP VIEW info_list AS
SELECT e.number, e.state, e.day_on AS collected_on, i.customer, i.equipment, i.region, e.department, e.person AS collected_by, i.need,
    i.amount_fen, i.contact_person, i.phone, i.source, i.assigned_to, i.tracker, i.reported_on, i.late_flag, i.filed_on, i.place, i.assigned_on,
    i.tracked_on, i.duplicate_of, i.outcome, e.ended_on, e.void_reason, e.amendments,
    iif(e.import IS NULL AND e.entered_on > e.day_on, e.entered_on, NULL) AS entered_later_on, e.import, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN info AS i ON i.entry = e.id
WHERE e.register = 'info';

-- ----------------------------------------------------------------------------------- projects (R3)

-- The register of projects; the leader is the one appointed last. The contract's amount is that of its supplements as well;
-- what of it no instalment holds is unplanned, and nothing where the instalments add up to it.
CREATE TEMP VIEW project_list AS
SELECT e.number, e.state, e.day_on AS opened_on, p.customer, p.title,
    (SELECT l.person FROM leader AS l WHERE l.undone_on IS NULL AND l.entry = e.id ORDER BY l.position DESC LIMIT 1) AS leader,
    e.department, p.amount_fen, c.contract, c.signed_on,
    (SELECT sum(a.amount_fen) FROM contract AS a WHERE a.undone_on IS NULL AND a.entry = c.entry) AS contract_amount_fen, c.currency,
    CASE WHEN c.entry IS NOT NULL THEN (SELECT coalesce(sum(i.received_fen), 0) FROM instalment AS i WHERE i.entry = c.entry) END
        AS received_fen,
    (SELECT sum(a.amount_fen) FROM contract AS a WHERE a.undone_on IS NULL AND a.entry = c.entry)
        - (SELECT coalesce(sum(i.received_fen), 0) FROM instalment AS i WHERE i.entry = c.entry) AS owed_fen,
    (SELECT sum(a.amount_fen) FROM contract AS a WHERE a.undone_on IS NULL AND a.entry = c.entry)
        - (SELECT coalesce(sum(i.amount_fen), 0) FROM instalment AS i WHERE i.entry = c.entry) AS unplanned_fen,
    p.major_flag, p.product, p.region, p.source, p.delivered_on, p.accepted_on, e.ended_on, p.outcome,
    e.person AS opened_by, e.void_reason, e.amendments, p.ended_by,
    iif(e.import IS NULL AND e.entered_on > e.day_on, e.entered_on, NULL) AS entered_later_on, p.production_on, e.import, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN project AS p ON p.entry = e.id LEFT JOIN contract AS c ON c.undone_on IS NULL AND c.entry = e.id AND c.position = 1
WHERE e.register = 'project';

-- ------------------------------------------------------------------------------- receptions (R5.2)

-- The register of receptions, planned against actual people and cost. A summary is due by the figure of the day on which the
-- guests left (R5.2(5)), on the first day that is no day of rest; visitors names them one after the other, each as name;position.
CREATE TEMP VIEW reception_list AS
SELECT e.number, e.state, r.unit, r.kind, r.arrive_on, r.leave_on,
    (SELECT nullif(count(*), 0) FROM visitor AS v WHERE v.entry = e.id) AS planned_people, r.people, r.planned_cost_fen, r.cost_fen, r.late_flag,
    (WITH RECURSIVE limits (day) AS (
        SELECT date(r.left_on, '+' || coalesce((SELECT f.value FROM rule AS f WHERE f.key = 'reception.summary_days' AND f.from_on <= r.left_on
            ORDER BY f.from_on DESC LIMIT 1), (SELECT f.standard FROM figure AS f WHERE f.key = 'reception.summary_days')) || ' days')
        UNION ALL SELECT date(day, '+1 day') FROM limits
        WHERE coalesce((SELECT NOT h.work_flag FROM holiday AS h WHERE h.day_on = day
                AND coalesce(h.known_on, '') <= day AND coalesce(h.removed_on > day, 1)),
            strftime('%w', day) IN ('0', '6') AND EXISTS (SELECT 1 FROM holiday AS h
                WHERE coalesce(h.known_on, '') <= day AND coalesce(h.removed_on > day, 1) AND h.day_on BETWEEN substr(day, 1, 4) || '-01-01' AND substr(day, 1, 4) || '-12-31')))
     SELECT max(day) FROM limits) AS summary_due_on,
    r.summarized_on, r.purpose,
    (SELECT group_concat(v.visitor, ' | ') FROM (SELECT name || ';' || title AS visitor FROM visitor WHERE entry = e.id ORDER BY position) AS v) AS visitors,
    r.project, r.schedule, r.hosts, r.place, r.car, r.dining, r.gift_standard_fen, r.lodging, r.scenic, r.our_schedule, r.arranged_on,
    r.arrived_on, r.left_on, r.summary, r.outcome, e.day_on AS planned_on, e.department, e.person AS planned_by, e.ended_on, e.void_reason,
    e.amendments,
    iif(e.import IS NULL AND e.entered_on > e.day_on, e.entered_on, NULL) AS entered_later_on, e.import, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN reception AS r ON r.entry = e.id
WHERE e.register = 'reception';

-- ------------------------------------------------------------------------------------ gifts (R5.3)

-- The register of gifts. Recipients and items stand one after the other; the decisions are the last of each kind, none where
-- the gift waits for that decision (again).
CREATE TEMP VIEW gift_list AS
SELECT e.number, e.state, e.day_on AS asked_on, g.unit,
    (SELECT group_concat(r.recipient, '; ') FROM (SELECT name || ' (' || post || CASE WHEN official_flag THEN ', official)' ELSE ')' END AS recipient
        FROM gift_recipient WHERE entry = e.id ORDER BY position) AS r) AS recipients,
    (SELECT max(r.official_flag) FROM gift_recipient AS r WHERE r.entry = e.id) AS official_flag,
    (SELECT sum(l.quantity * l.price_fen) FROM gift_line AS l WHERE l.entry = e.id) AS amount_fen,
    (SELECT group_concat(l.line, '; ') FROM (SELECT name || ' x ' || quantity || ' @ ' || printf('%d.%02d', price_fen / 100, price_fen % 100) AS line
        FROM gift_line WHERE entry = e.id ORDER BY position) AS l) AS items,
    e.department, e.person AS asked_by, a.decided_by AS approved_by, a.decided_on AS approved_on, a.amount_fen AS approved_fen,
    g.bought_fen, g.bought_on, g.bill, g.bought_by, g.borne_by, g.given_on, g.occasion, g.place, g.official_reason, g.project, g.reception,
    n.decided_by AS endorsed_by, n.decided_on AS endorsed_on,
    (SELECT max(l.item IS NULL) FROM gift_line AS l WHERE l.entry = e.id) AS free_flag,
    (SELECT count(DISTINCT o.supplier) FROM gift_offer AS o WHERE o.undone_on IS NULL AND o.entry = e.id) AS offers,
    g.refusal, e.ended_on, e.void_reason, e.amendments, coalesce(a.entered_by, iif(a.entry IS NOT NULL AND e.import IS NOT NULL, e.entered_by, NULL)) AS approval_entered_by,
    a.declared_flag AS approval_declared_flag, a.deputy_for AS approved_for,
    coalesce(n.entered_by, iif(n.entry IS NOT NULL AND e.import IS NOT NULL, e.entered_by, NULL)) AS endorsement_entered_by,
    n.declared_flag AS endorsement_declared_flag, n.deputy_for AS endorsed_for, g.request,
    iif(e.import IS NULL AND e.entered_on > e.day_on, e.entered_on, NULL) AS entered_later_on, e.import, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN gift AS g ON g.entry = e.id
    LEFT JOIN approval AS a ON a.undone_on IS NULL AND a.entry = e.id AND e.state NOT IN ('requested', 'endorsed') AND a.position = (
        SELECT max(x.position) FROM approval AS x WHERE x.undone_on IS NULL AND x.entry = e.id AND x.verb = 'approve')
    LEFT JOIN approval AS n ON n.undone_on IS NULL AND n.entry = e.id AND e.state <> 'requested' AND n.position = (
        SELECT max(x.position) FROM approval AS x WHERE x.undone_on IS NULL AND x.entry = e.id AND x.verb = 'endorse')
WHERE e.register = 'gift';

-- ------------------------------------------------------------------------------------- fees (R5.4)

-- The register of fees, with the marks that make a doubtful one visible. Of a fee of which something was paid, beyond_cap is by how
-- much all payments of its project's fees pass what the contract bears (R5.4(3)); a project without a contract bears nothing.
CREATE TEMP VIEW fee_list AS
SELECT e.number, e.state, e.day_on AS asked_on, f.payee, f.employer, f.project, f.amount_fen,
    (SELECT coalesce(sum(p.amount_fen), 0) FROM fee_payment AS p WHERE p.undone_on IS NULL AND p.entry = e.id AND p.paid_on IS NOT NULL) AS paid_fen,
    f.customer_flag, f.other_party_flag,
    f.signed_on > (SELECT c.signed_on FROM contract AS c JOIN entry AS j ON c.undone_on IS NULL AND j.id = c.entry
        WHERE j.number = f.project AND c.position = 1) AS late_agreement_flag,
    f.amount_fen * 10000.0 > coalesce((SELECT sum(c.amount_fen) FROM contract AS c JOIN entry AS j ON j.id = c.entry
        WHERE j.number = f.project AND c.currency = 'CNY' AND c.undone_on IS NULL), f.basis_fen) * coalesce((SELECT r.value FROM rule AS r WHERE r.key = 'fee.rate_percent' AND r.from_on <= e.day_on
        ORDER BY r.from_on DESC LIMIT 1), (SELECT g.standard FROM figure AS g WHERE g.key = 'fee.rate_percent')) AS high_rate_flag,
    f.kind, f.asked_by, f.basis_fen, f.rate_pct, f.reason, f.agreement, f.party, f.signed_on, f.signed_by, f.registered_on, e.ended_on,
    f.unpaid_reason, e.department, e.void_reason, e.amendments, a.decided_by AS approved_by, a.decided_on AS approved_on,
    a.entered_by AS approval_entered_by, a.declared_flag AS approval_declared_flag, a.deputy_for AS approved_for,
    s.recorder AS signature_entered_by, nullif(s.declared_flag, 0) AS signature_declared_flag,
    iif(e.import IS NULL AND e.entered_on > e.day_on, e.entered_on, NULL) AS entered_later_on, e.import,
    CASE WHEN EXISTS (SELECT 1 FROM fee_payment AS p WHERE p.undone_on IS NULL AND p.entry = e.id AND p.paid_on IS NOT NULL) THEN
        (SELECT nullif(max(y.paid_fen - (y.basis_fen / 10000 * y.cap_pct + y.basis_fen % 10000 * y.cap_pct / 10000), 0), 0) FROM (
            SELECT x.paid_fen, coalesce((SELECT sum(c.amount_fen / 10000 * coalesce(c.rate_e4, 10000)
                    + c.amount_fen % 10000 * coalesce(c.rate_e4, 10000) / 10000) FROM contract AS c JOIN entry AS j ON j.id = c.entry
                    WHERE j.number = f.project AND c.undone_on IS NULL), 0) AS basis_fen,
                coalesce((SELECT r.value FROM rule AS r WHERE r.key = 'fee.cap_percent' AND r.from_on <= x.last_on
                    ORDER BY r.from_on DESC LIMIT 1), (SELECT g.standard FROM figure AS g WHERE g.key = 'fee.cap_percent')) AS cap_pct
            FROM (SELECT sum(p.amount_fen) AS paid_fen, max(p.paid_on) AS last_on FROM fee AS o JOIN fee_payment AS p ON p.entry = o.entry
                WHERE o.project = f.project AND p.undone_on IS NULL AND p.paid_on IS NOT NULL) AS x) AS y) END AS beyond_cap_fen,
    e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN fee AS f ON f.entry = e.id
    LEFT JOIN approval AS a ON a.undone_on IS NULL AND a.entry = e.id AND e.state <> 'requested' AND a.position = (
        SELECT max(x.position) FROM approval AS x WHERE x.undone_on IS NULL AND x.entry = e.id AND x.verb = 'approve')
    LEFT JOIN journal AS s ON f.signed_on IS NOT NULL AND s.id = (
        SELECT max(j.id) FROM journal AS j WHERE j.thing = e.number AND j.verb IN ('fee sign', 'fee import'))
WHERE e.register = 'fee';

-- -------------------------------------------------------------------------------- valuables (R5.5)

-- The account of equipment; the keeper of an asset that is gone is its last one. What an asset cost decides, by the figure of
-- the day it was bought, whether it is on the account (R5.5(1)).
CREATE TEMP VIEW asset_list AS
SELECT e.number, e.state, a.name, e.person AS keeper, u.person AS user, a.tag, a.serial_no, a.place, e.department, a.price_fen,
    a.price_fen > coalesce((SELECT r.value FROM rule AS r WHERE r.key = 'asset.threshold' AND r.from_on <= e.day_on
        ORDER BY r.from_on DESC LIMIT 1), (SELECT f.standard FROM figure AS f WHERE f.key = 'asset.threshold')) AS on_account_flag,
    e.day_on AS bought_on, u.purpose AS used_for, u.from_on AS issued_on, a.model, a.category, a.supplier, a.warranty_until_on,
    d.what AS damage, d.happened_on AS damaged_on, l.police_report, a.disposal, a.approved_by, e.ended_on, e.void_reason, e.amendments,
    y.recorder AS approval_entered_by, nullif(y.declared_flag, 0) AS approval_declared_flag,
    iif(e.import IS NULL AND e.entered_on > e.day_on, e.entered_on, NULL) AS entered_later_on, e.import, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN asset AS a ON a.entry = e.id
    LEFT JOIN custody AS u ON u.undone_on IS NULL AND u.entry = e.id AND u.duty = 'user' AND u.until_on IS NULL
    LEFT JOIN damage AS d ON d.undone_on IS NULL AND d.entry = e.id AND d.outcome IS NULL
    LEFT JOIN loss AS l ON l.undone_on IS NULL AND l.entry = e.id AND l.recovered_on IS NULL
    LEFT JOIN journal AS y ON a.approved_by IS NOT NULL AND y.id = (
        SELECT max(j.id) FROM journal AS j WHERE j.thing = e.number AND j.verb IN ('asset dispose', 'asset import'))
WHERE e.register = 'asset';

-- ---------------------------------------------------------------------------------- shipments (R6)

-- The register of shipments. Weights in kg, volumes in cubic metres; cases, weights_kg and sizes_mm name the runs of boxes
-- one after the other, loading the loading notices.
CREATE TEMP VIEW ship_list AS
SELECT e.number, e.state, e.day_on AS notified_on, s.project, s.place, s.form, s.wanted_by_on,
    (SELECT sum(b.boxes) FROM ship_box AS b WHERE b.undone_on IS NULL AND b.entry = e.id) AS boxes,
    (SELECT sum(b.weight_g) / 1000.0 FROM ship_box AS b WHERE b.undone_on IS NULL AND b.entry = e.id) AS weight_kg,
    (SELECT round(sum(b.boxes * b.length_mm * b.width_mm * b.height_mm) / 1e9, 3) FROM ship_box AS b WHERE b.undone_on IS NULL AND b.entry = e.id) AS volume_m3,
    s.carrier, s.price_fen, s.scheduled_on, s.passed_on,
    (SELECT sum(l.boxes) FROM ship_load AS l WHERE l.undone_on IS NULL AND l.entry = e.id) AS loaded_boxes,
    s.dispatched_on, s.arrived_on, s.freight, s.billed_fen,
    (SELECT group_concat(b.cases, '; ') FROM (SELECT cases FROM ship_box WHERE undone_on IS NULL AND entry = e.id ORDER BY position) AS b) AS cases,
    CASE WHEN s.project IS NULL THEN s.contract
        ELSE (SELECT c.contract FROM contract AS c JOIN entry AS p ON c.undone_on IS NULL AND p.id = c.entry WHERE p.number = s.project AND c.position = 1) END AS contract,
    s.notice, s.contact_person, s.phone, s.route, s.capacity, s.completion_notice, s.completed_on, s.days, s.award_reason, s.awarded_on,
    s.agreed_with, s.gate_pass, s.vehicle, s.driver, s.signed_by, s.freight_bill, s.bill_reason, s.billed_on, s.outcome,
    (SELECT group_concat(b.weight, '; ') FROM (SELECT coalesce((weight_g / 1000) || CASE weight_g % 1000 WHEN 0 THEN ''
        ELSE rtrim(printf('.%03d', weight_g % 1000), '0') END, 'none') AS weight
        FROM ship_box WHERE undone_on IS NULL AND entry = e.id ORDER BY position) AS b) AS weights_kg,
    (SELECT group_concat(b.size, '; ') FROM (SELECT coalesce(length_mm || 'x' || width_mm || 'x' || height_mm, 'none') AS size
        FROM ship_box WHERE undone_on IS NULL AND entry = e.id ORDER BY position) AS b) AS sizes_mm,
    (SELECT group_concat(l.notice, '; ') FROM (SELECT coalesce(cases, boxes || ' boxes') || ' ' || loaded_on AS notice
        FROM ship_load WHERE undone_on IS NULL AND entry = e.id ORDER BY position) AS l) AS loading,
    e.department, e.person AS organised_by, e.ended_on, e.void_reason, e.amendments,
    iif(e.import IS NULL AND e.entered_on > e.day_on, e.entered_on, NULL) AS entered_later_on, e.import, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN ship AS s ON s.entry = e.id
WHERE e.register = 'ship';
