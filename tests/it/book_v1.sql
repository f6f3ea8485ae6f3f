PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE book (
    id INTEGER PRIMARY KEY CHECK (id = 1),  -- always 1
    name TEXT NOT NULL,                     -- whose registers these are, as printed in headings
    made_at TEXT NOT NULL                   -- when the book was made
) STRICT;
INSERT INTO book VALUES(1,'沈阳某机械公司销售分公司','2026-10-08T00:00:00Z');
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
INSERT INTO journal VALUES(1,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','init','book 1','2026-10-08','zhou','zhou',0,'clerk','vm',NULL,'{"book":[{"id":1,"name":"沈阳某机械公司销售分公司","made_at":"2026-10-08T00:00:00Z"}]}',X'b114090189ffb9720df592c69ae88d45ac6cc910fc45e63a49e721d10d901477');
INSERT INTO journal VALUES(2,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','init','department business','2026-10-08','zhou','zhou',0,'clerk','vm',NULL,'{"department":[{"key":"business","name_en":"Business Department","name_zh":"业务部","name_ko":"업무부","branch_flag":1,"reports_flag":1,"position":1}]}',X'7d796328e733bac685d330ca39ba5550fb8989d73ea6d3b0ef8396be07749cc0');
INSERT INTO journal VALUES(3,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','init','department foreign-trade','2026-10-08','zhou','zhou',0,'clerk','vm',NULL,'{"department":[{"key":"foreign-trade","name_en":"Foreign Trade Department","name_zh":"外贸部","name_ko":"대외무역부","branch_flag":1,"reports_flag":1,"position":2}]}',X'66ed3673c531470b8fefdd0bc1f267b72f3a004ebc12b2dae22573e3b2aa5b35');
INSERT INTO journal VALUES(4,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','init','department general','2026-10-08','zhou','zhou',0,'clerk','vm',NULL,'{"department":[{"key":"general","name_en":"General Management Department","name_zh":"综合管理部","name_ko":"종합관리부","branch_flag":1,"reports_flag":0,"position":3}]}',X'c3507924f206765d4d2f6455e50bfab20fba1153e71045d1d23b007b2d158247');
INSERT INTO journal VALUES(5,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','init','department shandong','2026-10-08','zhou','zhou',0,'clerk','vm',NULL,'{"department":[{"key":"shandong","name_en":"Shandong Zibo Office","name_zh":"山东淄博办事处","name_ko":"산둥 쯔보 사무소","branch_flag":1,"reports_flag":1,"position":4}]}',X'3cd50d311e2ce1f577cbe21c03813250d6dce205ce798c80fd6fda75e11a2bf1');
INSERT INTO journal VALUES(6,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','init','department baotou','2026-10-08','zhou','zhou',0,'clerk','vm',NULL,'{"department":[{"key":"baotou","name_en":"Inner Mongolia Baotou Office","name_zh":"内蒙古包头办事处","name_ko":"네이멍구 바오터우 사무소","branch_flag":1,"reports_flag":1,"position":5}]}',X'f423826ad18714c93da031f855f14620e6ebafe3e5d7fe34d803d98235a78bd2');
INSERT INTO journal VALUES(7,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','init','department technology','2026-10-08','zhou','zhou',0,'clerk','vm',NULL,'{"department":[{"key":"technology","name_en":"Technology Development Section","name_zh":"技术开发科","name_ko":"기술개발과","branch_flag":1,"reports_flag":0,"position":6}]}',X'229e0199d029ce46b98270ddc54741844c1eeb35b514cac2af1b364966f3c2c5');
INSERT INTO journal VALUES(8,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','init','series business','2026-10-08','zhou','zhou',0,'clerk','vm',NULL,'{"series":[{"key":"business","register":"contact","department":"business"}],"template":[{"series":"business","from_on":"1949-01-01","template":"HAY05{seq:3}"}]}',X'91cfae349f950cd4cb381fa97d73e548a529c113425af29827f7d6d019448b4d');
INSERT INTO journal VALUES(9,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','init','series foreign-trade','2026-10-08','zhou','zhou',0,'clerk','vm',NULL,'{"series":[{"key":"foreign-trade","register":"contact","department":"foreign-trade"}],"template":[{"series":"foreign-trade","from_on":"1949-01-01","template":"HAW05{seq:3}"}]}',X'b3f2b7e0953156e693c8ff8840fb67fbee79033aeee8ca5c56f8a9bd6f5833bc');
INSERT INTO journal VALUES(10,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','init','series general','2026-10-08','zhou','zhou',0,'clerk','vm',NULL,'{"series":[{"key":"general","register":"contact","department":"general"}],"template":[{"series":"general","from_on":"1949-01-01","template":"HAG05{seq:3}"}]}',X'753bf44d1432059dc7713a59586d991387a9153f83c51447dd152a3c6ce13527');
INSERT INTO journal VALUES(11,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','init','series shandong','2026-10-08','zhou','zhou',0,'clerk','vm',NULL,'{"series":[{"key":"shandong","register":"contact","department":"shandong"}],"template":[{"series":"shandong","from_on":"1949-01-01","template":"HAS05{seq:3}"}]}',X'2932541873dd8b4d8f075454f7d6b804392dbd213ffae61f651e38bd2ff5aaa8');
INSERT INTO journal VALUES(12,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','init','series baotou','2026-10-08','zhou','zhou',0,'clerk','vm',NULL,'{"series":[{"key":"baotou","register":"contact","department":"baotou"}],"template":[{"series":"baotou","from_on":"1949-01-01","template":"HAB05{seq:3}"}]}',X'0992037167bd2c17a63102a0012336146311291e1e427ecac0cd03a97501b857');
INSERT INTO journal VALUES(13,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','init','series info','2026-10-08','zhou','zhou',0,'clerk','vm',NULL,'{"series":[{"key":"info","register":"info"}],"template":[{"series":"info","from_on":"1949-01-01","template":"INF{yy}-{seq:4}"}]}',X'814e75eec51da0e234a66d2fd8db38adefbd85702128189145454238688c31d4');
INSERT INTO journal VALUES(14,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','init','staff zhou','2026-10-08','zhou','zhou',0,'clerk','vm',NULL,'{"person":[{"key":"zhou","name":"周敏","department":"general","os_login":"clerk"}],"term":[{"person":"zhou","role":"clerk","department":"general","from_on":"2026-10-08"}]}',X'6921914fc2f3899ab2ae416d97b10172688e00ee91d10d9ecec8952a70f0e317');
INSERT INTO journal VALUES(15,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','staff add','staff wang','2026-10-08','zhou','zhou',0,'clerk','vm',NULL,'{"person":[{"key":"wang","name":"王建国","department":"business"}],"term":[{"person":"wang","role":"department-manager","department":"business","from_on":"2026-01-01"}]}',X'25f628bb21cc037e19e3bc2073470c0f8ef685b5d0d78675c60d6783fd2d42e4');
INSERT INTO journal VALUES(16,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','staff add','staff wu','2026-10-08','zhou','zhou',0,'clerk','vm',NULL,'{"person":[{"key":"wu","name":"吴工","department":"technology"}],"term":[{"person":"wu","role":"member","department":"technology","from_on":"2026-01-01"}]}',X'deb458aa7b92dcfcfa4349c9dd633b93e2cc2153166a4fd136de044dda104eda');
INSERT INTO journal VALUES(17,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','contact add','HAY05001','2026-10-08','wang','zhou',0,'clerk','vm',NULL,'{"entry":[{"id":1,"register":"contact","number":"HAY05001","counter":1,"serial":1,"department":"business","day_on":"2026-10-08","person":"wang","state":"issued","entered_by":"zhou","amendments":0}],"contact":[{"entry":1,"kind":"pre-contract","subject":"轴承图纸","content":"确认","addressed_to":"technology","reply_by_on":"2026-10-13"}]}',X'976140501ba8013cc0c76da34e5d790c5dbbdd39167b330e5d5aeb419cf11052');
INSERT INTO journal VALUES(18,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','contact sign','HAY05001','2026-10-08','wu','zhou',0,'clerk','vm',NULL,'{"entry":[{"id":1,"register":"contact","number":"HAY05001","counter":1,"serial":1,"department":"business","day_on":"2026-10-08","person":"wang","state":"received","entered_by":"zhou","amendments":0}],"contact":[{"entry":1,"kind":"pre-contract","subject":"轴承图纸","content":"确认","addressed_to":"technology","reply_by_on":"2026-10-13","received_on":"2026-10-08"}],"signature":[{"entry":1,"party":"technology","signed_by":"wu","signed_on":"2026-10-08"}]}',X'5d09c2dbefef057a9656646c784817634eadf51d7b8cc4759567379b420cc64e');
INSERT INTO journal VALUES(19,'2026-10-08T00:00:00Z','2026-11-25T15:10:44Z','info add','INF26-0001','2026-10-08','wang','zhou',0,'clerk','vm',NULL,'{"entry":[{"id":2,"register":"info","number":"INF26-0001","counter":2,"serial":1,"department":"business","day_on":"2026-10-08","person":"wang","state":"collected","entered_by":"zhou","amendments":0}],"info":[{"entry":2,"customer":"鞍钢集团矿业有限公司","customer_fold":"鞍钢集团矿业","region":"辽宁省鞍山市","equipment":"球磨机","need":"两台","amount_fen":860000000,"late_flag":0}]}',X'c305a32c5c74b906b810a5bf4c4dca818868c281a8172a46a6c3b0e04b1448e9');
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
CREATE TABLE once (
    key TEXT PRIMARY KEY,                   -- the caller's key
    arguments BLOB NOT NULL,                -- SHA-256 of the command line that used it
    used_at TEXT NOT NULL,                  -- when
    verb TEXT NOT NULL,                     -- the command
    number TEXT NOT NULL,                   -- what the first call answered under --quiet
    line TEXT NOT NULL                      -- what it answered otherwise
) STRICT, WITHOUT ROWID;
CREATE TABLE department (
    key TEXT PRIMARY KEY,                   -- short name, such as: foreign-trade
    name_en TEXT NOT NULL,                  -- English name
    name_zh TEXT NOT NULL UNIQUE,           -- Chinese name
    name_ko TEXT,                           -- Korean name
    branch_flag INTEGER NOT NULL,           -- 1: of this branch; 0: another department of the company
    reports_flag INTEGER NOT NULL,          -- 1: reports user information each month (R2.2)
    position INTEGER NOT NULL               -- order in lists
) STRICT, WITHOUT ROWID;
INSERT INTO department VALUES('baotou','Inner Mongolia Baotou Office','内蒙古包头办事处','네이멍구 바오터우 사무소',1,1,5);
INSERT INTO department VALUES('business','Business Department','业务部','업무부',1,1,1);
INSERT INTO department VALUES('foreign-trade','Foreign Trade Department','外贸部','대외무역부',1,1,2);
INSERT INTO department VALUES('general','General Management Department','综合管理部','종합관리부',1,0,3);
INSERT INTO department VALUES('shandong','Shandong Zibo Office','山东淄博办事处','산둥 쯔보 사무소',1,1,4);
INSERT INTO department VALUES('technology','Technology Development Section','技术开发科','기술개발과',1,0,6);
CREATE TABLE person (
    key TEXT PRIMARY KEY,                   -- short name that is typed, such as: li
    name TEXT NOT NULL,                     -- the name as printed
    department TEXT NOT NULL REFERENCES department (key),  -- where the person belongs
    os_login TEXT UNIQUE                    -- the operating-system login that is theirs
) STRICT, WITHOUT ROWID;
INSERT INTO person VALUES('wang','王建国','business',NULL);
INSERT INTO person VALUES('wu','吴工','technology',NULL);
INSERT INTO person VALUES('zhou','周敏','general','clerk');
CREATE TABLE term (
    person TEXT NOT NULL REFERENCES person (key),          -- whose
    role TEXT NOT NULL CHECK (role IN ('salesperson', 'trainee', 'clerk', 'contract-administrator', 'department-manager',
        'branch-manager', 'company-leader', 'general-manager', 'member')),  -- as what
    department TEXT NOT NULL REFERENCES department (key),  -- in which department
    from_on TEXT NOT NULL,                  -- first day
    until_on TEXT,                          -- last day; none while it goes on
    PRIMARY KEY (person, role, department, from_on)
) STRICT, WITHOUT ROWID;
INSERT INTO term VALUES('wang','department-manager','business','2026-01-01',NULL);
INSERT INTO term VALUES('wu','member','technology','2026-01-01',NULL);
INSERT INTO term VALUES('zhou','clerk','general','2026-10-08',NULL);
CREATE TABLE rule (
    key TEXT NOT NULL,                      -- the figure, such as: contact.reply_days
    from_on TEXT NOT NULL,                  -- first day it holds
    value INTEGER NOT NULL,                 -- days, a count, fen, or hundredths of a percent, as the figure's unit says
    set_by TEXT NOT NULL REFERENCES person (key),  -- who decided
    PRIMARY KEY (key, from_on)
) STRICT, WITHOUT ROWID;
CREATE TABLE series (
    key TEXT PRIMARY KEY,                   -- the department's key, or the register's
    register TEXT NOT NULL,                 -- which register it numbers
    department TEXT REFERENCES department (key)  -- whose ledger; none where the whole branch shares the series
) STRICT, WITHOUT ROWID;
INSERT INTO series VALUES('baotou','contact','baotou');
INSERT INTO series VALUES('business','contact','business');
INSERT INTO series VALUES('foreign-trade','contact','foreign-trade');
INSERT INTO series VALUES('general','contact','general');
INSERT INTO series VALUES('info','info',NULL);
INSERT INTO series VALUES('shandong','contact','shandong');
CREATE TABLE template (
    series TEXT NOT NULL REFERENCES series (key),  -- which series
    from_on TEXT NOT NULL,                  -- first day; an entry's own day decides
    template TEXT NOT NULL,                 -- such as: HAY05{seq:3}
    PRIMARY KEY (series, from_on)
) STRICT, WITHOUT ROWID;
INSERT INTO template VALUES('baotou','1949-01-01','HAB05{seq:3}');
INSERT INTO template VALUES('business','1949-01-01','HAY05{seq:3}');
INSERT INTO template VALUES('foreign-trade','1949-01-01','HAW05{seq:3}');
INSERT INTO template VALUES('general','1949-01-01','HAG05{seq:3}');
INSERT INTO template VALUES('info','1949-01-01','INF{yy}-{seq:4}');
INSERT INTO template VALUES('shandong','1949-01-01','HAS05{seq:3}');
CREATE TABLE counter (
    id INTEGER PRIMARY KEY,                 -- what entries refer to
    series TEXT NOT NULL REFERENCES series (key),  -- whose counter
    prefix TEXT NOT NULL,                   -- the text before the serial, such as: HAY05
    last INTEGER NOT NULL,                  -- the last serial given out
    UNIQUE (series, prefix)
) STRICT;
INSERT INTO counter VALUES(1,'business','HAY05',1);
INSERT INTO counter VALUES(2,'info','INF26-',1);
CREATE TABLE closing (
    series TEXT NOT NULL REFERENCES series (key),  -- which series
    prefix TEXT NOT NULL,                   -- which of its counters
    closed_on TEXT NOT NULL,                -- the day
    PRIMARY KEY (series, prefix)
) STRICT, WITHOUT ROWID;
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
INSERT INTO entry VALUES(1,'contact','HAY05001',1,1,'business','2026-10-08','wang','received','zhou',NULL,0,NULL);
INSERT INTO entry VALUES(2,'info','INF26-0001',2,1,'business','2026-10-08','wang','collected','zhou',NULL,0,NULL);
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
    no_contract TEXT                        -- or why it belongs to none
) STRICT;
INSERT INTO contact VALUES(1,'pre-contract','轴承图纸','确认','technology',NULL,NULL,'2026-10-13',NULL,NULL,'2026-10-08',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE signature (
    entry INTEGER NOT NULL REFERENCES contact (entry),
    party TEXT NOT NULL,                    -- for which addressee or copy
    signed_by TEXT NOT NULL,                -- a person's key; free text for an outside unit
    signed_on TEXT NOT NULL,                -- the day
    PRIMARY KEY (entry, party)
) STRICT, WITHOUT ROWID;
INSERT INTO signature VALUES(1,'technology','wu','2026-10-08');
CREATE TABLE reply (
    entry INTEGER NOT NULL REFERENCES contact (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    party TEXT NOT NULL,                    -- which addressee answers
    replied_by TEXT NOT NULL,               -- a person's key; free text for an outside unit
    replied_on TEXT NOT NULL,               -- the day
    text TEXT NOT NULL,                     -- what was answered
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
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
INSERT INTO info VALUES(2,'鞍钢集团矿业有限公司','鞍钢集团矿业','辽宁省鞍山市','球磨机','两台',NULL,NULL,860000000,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE follow (
    entry INTEGER NOT NULL REFERENCES info (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    noted_on TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (key),
    note TEXT NOT NULL,                     -- restricted
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE quota (
    holder TEXT NOT NULL,                   -- key of a department or of a person
    holder_kind TEXT NOT NULL CHECK (holder_kind IN ('department', 'person')),
    from_month TEXT NOT NULL,
    entries INTEGER NOT NULL CHECK (entries >= 0),
    PRIMARY KEY (holder, holder_kind, from_month)
) STRICT, WITHOUT ROWID;
CREATE TABLE exemption (
    person TEXT NOT NULL REFERENCES person (key),
    month TEXT NOT NULL,
    reason TEXT NOT NULL,
    lifted_on TEXT,                         -- the day it was taken back; none while it holds
    PRIMARY KEY (person, month)
) STRICT, WITHOUT ROWID;
CREATE TABLE route (
    id INTEGER PRIMARY KEY,
    region TEXT,                            -- beginning of the entry's region
    equipment TEXT,                         -- part of the entry's equipment type
    department TEXT NOT NULL REFERENCES department (key),
    ended_on TEXT,                          -- first day it no longer holds
    CHECK (region IS NOT NULL OR equipment IS NOT NULL)
) STRICT;
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
INSERT INTO info_count VALUES('2026-10','wang','business',1,0,0,0);
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
INSERT INTO figure VALUES('contact.archive_days','days',7,0,365,'R4.7','branch-manager','days from receipt after which an unarchived form is outstanding');
INSERT INTO figure VALUES('contact.reply_days','days',5,0,365,'R4.7','branch-manager','days to reply to a contact form, where the form names none');
INSERT INTO figure VALUES('info.deadline_day','day of month',30,1,31,'R2.2','branch-manager','last day to report the month''s user information, or the month''s last day');
INSERT INTO figure VALUES('info.duplicate_months','months',12,0,120,'R2.3','branch-manager','how far back the same customer and equipment count as a repeat');
INSERT INTO figure VALUES('info.suspend_misses','months',3,2,12,'R2.2a','branch-manager','misses in a row that suspend commission and award');
CREATE TABLE state (
    register TEXT NOT NULL,
    state TEXT NOT NULL,
    position INTEGER NOT NULL,
    end_flag INTEGER NOT NULL,              -- 1: nothing more is waited for
    meaning TEXT NOT NULL,
    PRIMARY KEY (register, state)
) STRICT, WITHOUT ROWID;
INSERT INTO state VALUES('contact','archived',4,1,'in the contract''s file');
INSERT INTO state VALUES('contact','issued',2,0,'handed to the addressees');
INSERT INTO state VALUES('contact','received',3,0,'signed for by every addressee');
INSERT INTO state VALUES('contact','reserved',1,0,'number set aside for a paper pad');
INSERT INTO state VALUES('contact','void',5,1,'spoilt; the number stays');
INSERT INTO state VALUES('info','assigned',4,0,'passed to the department concerned');
INSERT INTO state VALUES('info','collected',1,0,'with the department');
INSERT INTO state VALUES('info','filed',3,0,'in General Management''s register');
INSERT INTO state VALUES('info','lost',7,1,'came to nothing');
INSERT INTO state VALUES('info','reported',2,0,'reported to General Management');
INSERT INTO state VALUES('info','tracked',5,0,'a named salesperson is on it');
INSERT INTO state VALUES('info','void',8,1,'spoilt; the number stays');
INSERT INTO state VALUES('info','won',6,1,'became business');
CREATE TABLE step (
    register TEXT NOT NULL,
    verb TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    role TEXT NOT NULL,                     -- roles that may, separated by spaces; '' where the register's own rule decides
    clause TEXT NOT NULL,
    PRIMARY KEY (register, verb, from_state, to_state)
) STRICT, WITHOUT ROWID;
INSERT INTO step VALUES('contact','add','','issued','','R4.1');
INSERT INTO step VALUES('contact','add','reserved','issued','','R4.1');
INSERT INTO step VALUES('contact','archive','issued','archived','clerk contract-administrator','R4.7');
INSERT INTO step VALUES('contact','archive','received','archived','clerk contract-administrator','R4.7');
INSERT INTO step VALUES('contact','reply','received','received','','R4.7');
INSERT INTO step VALUES('contact','reserve','','reserved','clerk','R4.8');
INSERT INTO step VALUES('contact','sign','archived','archived','','R4.7');
INSERT INTO step VALUES('contact','sign','issued','issued','','R4.7');
INSERT INTO step VALUES('contact','sign','issued','received','','R4.7');
INSERT INTO step VALUES('contact','sign','received','received','','R4.7');
INSERT INTO step VALUES('contact','void','','void','clerk','R4.8');
INSERT INTO step VALUES('contact','void','issued','void','clerk','R4.8');
INSERT INTO step VALUES('contact','void','received','void','clerk','R4.8');
INSERT INTO step VALUES('contact','void','reserved','void','clerk','R4.8');
INSERT INTO step VALUES('info','add','','collected','salesperson trainee department-manager','R2.2');
INSERT INTO step VALUES('info','assign','assigned','assigned','clerk','R2.3');
INSERT INTO step VALUES('info','assign','filed','assigned','clerk','R2.3');
INSERT INTO step VALUES('info','close','tracked','lost','','R2.3');
INSERT INTO step VALUES('info','close','tracked','won','','R2.3');
INSERT INTO step VALUES('info','file','reported','filed','clerk','R2.2');
INSERT INTO step VALUES('info','follow','tracked','tracked','','R2.3');
INSERT INTO step VALUES('info','report','collected','reported','department-manager','R2.2');
INSERT INTO step VALUES('info','track','assigned','tracked','department-manager','R2.3');
INSERT INTO step VALUES('info','track','tracked','tracked','department-manager','R2.3');
INSERT INTO step VALUES('info','void','assigned','void','clerk','R2.2');
INSERT INTO step VALUES('info','void','collected','void','clerk','R2.2');
INSERT INTO step VALUES('info','void','filed','void','clerk','R2.2');
INSERT INTO step VALUES('info','void','reported','void','clerk','R2.2');
INSERT INTO step VALUES('info','void','tracked','void','clerk','R2.2');
CREATE INDEX journal_thing ON journal (thing);
CREATE INDEX entry_day ON entry (register, day_on);
CREATE INDEX entry_open ON entry (register, state) WHERE ended_on IS NULL;
CREATE INDEX info_customer ON info (customer_fold);
CREATE VIEW contact_list AS
SELECT e.number, e.state, e.day_on AS issued_on, c.subject, c.addressed_to, c.kind, e.person AS issued_by, c.reply_by_on,
    c.received_on, c.replied_on, c.archived_on, c.contract, c.copied_to, c.holder, c.pages, e.department, c.content,
    c.archived_by, c.contract_file, c.no_contract, e.void_reason, e.amendments, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN contact AS c ON c.entry = e.id
WHERE e.register = 'contact';
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
CREATE VIEW info_list AS
SELECT e.number, e.state, e.day_on AS collected_on, i.customer, i.equipment, i.region, e.department, e.person AS collected_by, i.need,
    i.amount_fen, i.contact_person, i.phone, i.source, i.assigned_to, i.tracker, i.reported_on, i.late_flag, i.filed_on, i.place, i.assigned_on,
    i.tracked_on, i.duplicate_of, i.outcome, e.ended_on, e.void_reason, e.amendments, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN info AS i ON i.entry = e.id
WHERE e.register = 'info';
CREATE VIEW exception_list AS
SELECT e.number, x.clause, x.happened_on, x.person, x.reason, x.refused, e.department, e.register
FROM exception AS x JOIN entry AS e ON e.id = x.entry;
CREATE VIEW staff_list AS
SELECT p.key, p.name, t.role, t.department, t.from_on, t.until_on, p.os_login
FROM person AS p LEFT JOIN term AS t ON t.person = p.key;
CREATE VIEW series_list AS
SELECT s.key AS series, s.register, t.template, t.from_on, c.prefix, c.last, x.closed_on
FROM series AS s JOIN template AS t ON t.series = s.key
    LEFT JOIN counter AS c ON c.series = s.key AND c.prefix GLOB replace(replace(replace(
        substr(t.template, 1, instr(t.template, '{seq') - 1), '{yyyy}', '[0-9][0-9][0-9][0-9]'), '{yy}', '[0-9][0-9]'), '{mm}', '[0-9][0-9]')
        AND (c.prefix = substr(t.template, 1, instr(t.template, '{seq') - 1) OR NOT EXISTS (SELECT 1 FROM template AS o
            WHERE o.series = t.series AND c.prefix = substr(o.template, 1, instr(o.template, '{seq') - 1)))
    LEFT JOIN closing AS x ON x.series = c.series AND x.prefix = c.prefix;
CREATE TRIGGER entry_fixed BEFORE UPDATE OF id, register, number, counter, serial ON entry
BEGIN SELECT RAISE(ABORT, 'an entry keeps its register and number'); END;
CREATE TRIGGER entry_step BEFORE UPDATE OF state ON entry WHEN NEW.state <> OLD.state AND NOT EXISTS (
    SELECT 1 FROM step WHERE register = OLD.register AND from_state = OLD.state AND to_state = NEW.state)
BEGIN SELECT RAISE(ABORT, 'no step leads from the entry''s state to that one'); END;
CREATE TRIGGER entry_kept BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: void the entry'); END;
CREATE TRIGGER entry_ledger BEFORE UPDATE OF department ON entry
    WHEN NEW.department <> OLD.department AND EXISTS (SELECT 1 FROM series AS s JOIN counter AS c ON c.series = s.key
        WHERE c.id = OLD.counter AND s.department IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'an entry stays in its department''s ledger'); END;
CREATE TRIGGER counter_fixed BEFORE UPDATE ON counter
    WHEN NEW.id <> OLD.id OR NEW.series <> OLD.series OR NEW.prefix <> OLD.prefix OR NEW.last < OLD.last
BEGIN SELECT RAISE(ABORT, 'a number is never given out twice'); END;
CREATE TRIGGER contact_void BEFORE UPDATE ON contact
    WHEN (SELECT state FROM entry WHERE id = OLD.entry) = 'void'
BEGIN SELECT RAISE(ABORT, 'a void form stays as it is'); END;
CREATE TRIGGER contact_archived BEFORE UPDATE OF archived_on, archived_by ON contact WHEN OLD.archived_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the archive''s signature is never changed'); END;
CREATE TRIGGER signature_fixed BEFORE UPDATE ON signature
BEGIN SELECT RAISE(ABORT, 'a signature is never changed'); END;
CREATE TRIGGER reply_fixed BEFORE UPDATE ON reply
BEGIN SELECT RAISE(ABORT, 'a reply is never changed'); END;
CREATE TRIGGER info_void BEFORE UPDATE ON info
    WHEN (SELECT state FROM entry WHERE id = OLD.entry) = 'void'
BEGIN SELECT RAISE(ABORT, 'a void entry stays as it is'); END;
CREATE TRIGGER follow_fixed BEFORE UPDATE ON follow
BEGIN SELECT RAISE(ABORT, 'a note is never changed'); END;
CREATE TRIGGER info_report_fixed BEFORE UPDATE ON info_report
BEGIN SELECT RAISE(ABORT, 'a report is never changed'); END;
CREATE TRIGGER once_fixed BEFORE UPDATE ON once
BEGIN SELECT RAISE(ABORT, 'a key keeps its answer'); END;
CREATE TRIGGER exception_fixed BEFORE UPDATE ON exception
BEGIN SELECT RAISE(ABORT, 'a recorded breach is never changed'); END;
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
CREATE TRIGGER counter_kept BEFORE DELETE ON counter
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER closing_kept BEFORE DELETE ON closing
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER exception_kept BEFORE DELETE ON exception
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER contact_kept BEFORE DELETE ON contact
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: void the form'); END;
CREATE TRIGGER signature_kept BEFORE DELETE ON signature
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER reply_kept BEFORE DELETE ON reply
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER info_kept BEFORE DELETE ON info
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: void the entry'); END;
CREATE TRIGGER follow_kept BEFORE DELETE ON follow
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
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
CREATE TRIGGER journal_fixed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_kept BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER reading_fixed BEFORE UPDATE ON reading
BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END;
CREATE TRIGGER reading_kept BEFORE DELETE ON reading
BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END;
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
COMMIT;
