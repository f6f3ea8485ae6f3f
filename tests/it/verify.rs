//! `verify`: an honest book is clean, and whatever was done behind the program's back is named.

use branchbook::book::change::{Change, Recorder};
use branchbook::book::schema::VERSION;
use branchbook::book::{Book, reading};
use branchbook::clock::Clock;
use branchbook::person::Person;
use branchbook::register::entry::{self, Opening};
use branchbook::register::numbering;
use branchbook::surroundings::BUSY_TIMEOUT;
use branchbook::zone::Zone;

use crate::office::Office;

/// A month of business, baotou and shandong: forms at every step, an import, and two entries of user information.
pub(crate) fn month() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        let old = office.file(
        "old.csv",
        "number,subject,issued_on,addressed_to\nHAS05001,旧单,2026-09-01,general\nHAS05002,旧单,2026-09-02,general\n",
    );
        for line in [
        "rule set contact.reply_days 6 --from 2026-10-01 --by chen".to_owned(),
        "contact add --department business --kind pre-contract --to technology --to general --subject 轴承图纸 --content 确认 --by wang".to_owned(),
        "contact sign HAY05001 --for technology --by wu".to_owned(),
        "contact sign HAY05001 --for general --by zhou".to_owned(),
        "contact reply HAY05001 --for technology --by wu --text 可行".to_owned(),
        "contact add --department business --kind pre-contract --to technology --subject 重复 --content 重复 --by wang".to_owned(),
        "contact void HAY05002 --reason 重复开单".to_owned(),
        "contact add --department baotou --kind external --to 包钢 --copy he --subject 函复 --content 交货期 --by zhao".to_owned(),
        "contact amend HAB05001 --subject 交货期函复 --reason 笔误".to_owned(),
        "series reserve baotou --count 2".to_owned(),
        format!("contact import {old} --department shandong --set kind=execution --set by=he"),
    ] {
        office.ok(&line);
    }
        collect(&office, "鞍钢");
        collect(&office, "包钢");
        office.on("2026-10-12")
    })
}

/// Enters a piece of user information that `li` collected, and reads it.
fn collect(office: &Office, customer: &str) {
    let now = Clock::fixed("2026-10-12").unwrap().now(Zone::SHENYANG);
    let mut book = Book::open(&office.path("book.db"), BUSY_TIMEOUT, numbering).unwrap();
    let transaction = book.begin().unwrap();
    let person = Person::find(&transaction, "zhou").unwrap();
    let recorder = Recorder { person, declared: true, lent: None, login: "clerk".to_owned(), host: "desk".to_owned() };
    let mut change = Change::new(transaction, now, "info add", recorder.clone(), now.today());
    let opening =
        Opening { register: "info", department: "business", day: now.today(), person: "li", state: "collected" };
    let entry = entry::open(&change, "info", &opening).unwrap();
    let sql = "INSERT INTO info (entry, customer, customer_fold, region, equipment, need) VALUES (?1, ?2, ?2, '辽宁', '球磨机', '扩产')";
    change.sql().execute(sql, (entry.id, customer)).unwrap();
    change.record(&entry.thing().unwrap(), "li", None).unwrap();
    reading::append(change.sql(), now, &recorder, "info show", &entry.number, 1).unwrap();
    change.commit().unwrap();
}

/// Changes the book as somebody does who knows `SQLite`: the triggers are taken away and put back.
pub(crate) fn behind_the_back(office: &Office, sql: &str) {
    let book = office.sql();
    let triggers: Vec<(String, String)> = book
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut batch = vec!["PRAGMA foreign_keys = OFF".to_owned()];
    batch.extend(triggers.iter().map(|(name, _)| format!("DROP TRIGGER {name}")));
    batch.push(sql.to_owned());
    batch.extend(triggers.into_iter().map(|(_, sql)| sql));
    book.execute_batch(&batch.join(";\n")).unwrap();
}

/// The report's lines, the hashes of the heads left out, and what was said besides.
pub(crate) fn verified(office: &Office, line: &str) -> (u8, Vec<String>, String) {
    let outcome = office.run(&format!("{line} --format csv"));
    let lines = outcome.out.lines().skip(1).map(|line| match line.split_once(", head ") {
        Some((before, _)) => format!("{before}, head …\""),
        None => line.to_owned(),
    });
    (outcome.code, lines.collect(), outcome.err.trim_end().to_owned())
}

/// The newest journal row of a thing.
pub(crate) fn newest(office: &Office, thing: &str) -> i64 {
    office.sql().query_row("SELECT max(id) FROM journal WHERE thing = ?1", [thing], |row| row.get(0)).unwrap()
}

/// How many rows there are in a table.
pub(crate) fn count(office: &Office, table: &str) -> i64 {
    office.sql().query_row(&format!("SELECT count(*) FROM {table}"), (), |row| row.get(0)).unwrap()
}

/// What `verify` finds after somebody changed the book so.
fn found_after(office: &Office, sql: &str) -> Vec<String> {
    behind_the_back(office, sql);
    let (code, lines, said) = verified(office, "verify");
    let found: Vec<String> = lines.into_iter().filter(|line| !line.contains(",ok,")).collect();
    assert_eq!(code, 5, "{said}");
    let mut checks: Vec<&str> = found.iter().map(|line| line.split(',').next().unwrap()).collect();
    checks.dedup();
    let checks = (checks.len(), checks.join(", "));
    assert_eq!(
        said,
        format!(
            "{} of 13 checks found something: {}; keep the file as it is until each line above is explained",
            checks.0, checks.1
        )
    );
    found
}

#[test]
fn an_honest_month_is_clean() {
    let office = month();
    let before = office.dump(&[]);
    let (code, lines, said) = verified(&office, "verify");
    assert_eq!((code, said.as_str()), (0, ""), "{lines:#?}");
    let pages: i64 = office.sql().query_row("PRAGMA page_count", (), |row| row.get(0)).unwrap();
    let (rows, objects) = (count(&office, "journal"), count(&office, "sqlite_schema WHERE sql IS NOT NULL"));
    let things = count(&office, "(SELECT DISTINCT thing FROM journal)");
    assert_eq!(
        lines,
        [
            format!("file,ok,{pages} pages"),
            "references,ok,every one leads to a row".to_owned(),
            format!("schema,ok,\"version {VERSION}, {objects} objects\""),
            format!("journal,ok,\"{rows} rows, head …\""),
            "access log,ok,\"2 rows, head …\"".to_owned(),
            format!("things,ok,{things} things are as the journal left them"),
            "deeds,ok,1 decision was given by who held the office then".to_owned(),
            "states,ok,9 entries".to_owned(),
            "numbers,ok,4 counters".to_owned(),
            "counts,ok,1 count agrees with the entries".to_owned(),
            "times,ok,no row is earlier than the row before it".to_owned(),
            format!("clock,ok,{rows} journal rows and 2 readings were made under BRANCHBOOK_NOW"),
            format!("answered,ok,nothing is missing up to row {rows} of the journal and row 2 of the access log"),
        ]
    );
    assert_eq!(office.dump(&[]), before, "verify changed the book");
}

#[test]
fn a_changed_journal_record_is_named() {
    let office = month();
    let row = newest(&office, "HAY05001");
    let change = format!("UPDATE journal SET record = replace(record, '可行', '不行') WHERE id = {row}");
    assert_eq!(
        found_after(&office, &change),
        [
            format!("journal,found,row {row} (HAY05001) does not fit its hash and the row before it"),
            format!("things,found,HAY05001 is not as row {row} of the journal left it: reply.1.text"),
        ]
    );
}

#[test]
fn a_changed_actor_in_the_journal_is_named() {
    let office = month();
    let row = newest(&office, "HAY05001");
    assert_eq!(
        found_after(&office, &format!("UPDATE journal SET actor = 'li' WHERE id = {row}")),
        [format!("journal,found,row {row} (HAY05001) does not fit its hash and the row before it")]
    );
}

#[test]
fn a_journal_row_that_was_taken_out_is_named() {
    let office = month();
    let row = newest(&office, "HAY05001") - 1;
    assert_eq!(
        found_after(&office, &format!("DELETE FROM journal WHERE id = {row}")),
        [
            format!("journal,found,row {} (HAY05001) stands where row {row} belongs", row + 1),
            format!(
                "things,found,\"HAY05001 is not as row {} of the journal left it: signature.general.entry, signature.general.position, signature.general.party, signature.general.signed_by, signature.general.signed_on\"",
                row + 1
            )
        ]
    );
}

#[test]
fn a_journal_row_that_was_made_anew_with_its_hash_does_not_carry_the_next() {
    let office = month();
    let row = newest(&office, "HAY05001");
    let next: String =
        office.sql().query_row("SELECT thing FROM journal WHERE id = ?1", [row + 1], |row| row.get(0)).unwrap();
    assert_eq!(
        found_after(&office, &format!("UPDATE journal SET hash = zeroblob(32) WHERE id = {row}")),
        [
            format!("journal,found,row {row} (HAY05001) does not fit its hash and the row before it"),
            format!("journal,found,row {} ({next}) does not fit its hash and the row before it", row + 1),
        ]
    );
}

#[test]
fn the_last_journal_rows_that_were_deleted_are_missed() {
    let office = month();
    let (row, last) = (newest(&office, "INF26-0001"), count(&office, "journal"));
    let book = office.path("book.db").display().to_string();
    assert_eq!(
        found_after(&office, &format!("DELETE FROM journal WHERE id >= {row}")),
        [
            "things,found,\"INF26-0001 is in the book, but not in the journal\"".to_owned(),
            "things,found,\"INF26-0002 is in the book, but not in the journal\"".to_owned(),
            format!(
                "answered,found,\"{book} lacks what was answered already, so nothing can be written to it: rows {row} to {last} of \
                 the journal\""
            ),
        ]
    );
}

#[test]
fn a_changed_entry_is_named_without_its_values() {
    let office = month();
    let change = "UPDATE entry SET person = 'li' WHERE number = 'HAB05001';
        UPDATE info SET customer = 'x' WHERE customer = '鞍钢'";
    let (form, info) = (newest(&office, "HAB05001"), newest(&office, "INF26-0001"));
    assert_eq!(
        found_after(&office, change),
        [
            format!("things,found,HAB05001 is not as row {form} of the journal left it: person"),
            format!("things,found,INF26-0001 is not as row {info} of the journal left it: customer"),
        ]
    );
}

#[test]
fn an_entry_in_a_state_that_no_step_leads_to_is_named() {
    let office = month();
    let row = newest(&office, "HAY05001");
    assert_eq!(
        found_after(&office, "UPDATE entry SET state = 'burnt' WHERE number = 'HAY05001'"),
        [
            format!("things,found,HAY05001 is not as row {row} of the journal left it: state"),
            "states,found,\"HAY05001 is burnt, and no step leads there\"".to_owned(),
        ]
    );
}

#[test]
fn a_deleted_entry_is_named_with_what_hung_on_it() {
    let office = month();
    let row = newest(&office, "HAB05001");
    assert_eq!(
        found_after(&office, "DELETE FROM entry WHERE number = 'HAB05001'"),
        [
            "references,found,row 3 of table contact refers to a row of table entry that is not there".to_owned(),
            format!("things,found,\"HAB05001 is in the journal (row {row}), but not in the book\""),
            "numbers,found,\"HAB05001: gap, missing numbers: 1\"".to_owned(),
        ]
    );
}

#[test]
fn a_person_entered_by_hand_is_named() {
    assert_eq!(
        found_after(&month(), "INSERT INTO person VALUES ('mallory', '马洛里', 'general', 'mallory', NULL)"),
        ["things,found,\"staff mallory is in the book, but not in the journal\""]
    );
}

#[test]
fn a_role_given_by_hand_is_named() {
    let office = month();
    let row = newest(&office, "staff li");
    let term = "term.branch-manager general 2026-10-01";
    assert_eq!(
        found_after(&office, "INSERT INTO term VALUES ('li', 'branch-manager', 'general', '2026-10-01', NULL)"),
        [format!(
            "things,found,\"staff li is not as row {row} of the journal left it: \
             {term}.person, {term}.role, {term}.department, {term}.from_on\""
        )]
    );
}

#[test]
fn r4_8_a_counter_set_back_is_named() {
    assert_eq!(
        found_after(&month(), "UPDATE counter SET last = 1 WHERE prefix = 'HAY05'"),
        ["numbers,found,\"the counter of HAY05… stands at 1, and 2 was given out\""]
    );
}

#[test]
fn r4_8_a_counter_set_forward_is_a_gap() {
    assert_eq!(
        found_after(&month(), "UPDATE counter SET last = 4 WHERE prefix = 'HAY05'"),
        ["numbers,found,\"HAY05003..HAY05004: gap, missing numbers: 2\""]
    );
}

#[test]
fn a_changed_count_is_named() {
    assert_eq!(
        found_after(&month(), "UPDATE info_count SET collected = 7"),
        ["counts,found,what is kept for 李娜 of business in 2026-10 differs from the entries"]
    );
}

#[test]
fn a_changed_reading_is_named() {
    assert_eq!(
        found_after(&month(), "UPDATE reading SET person = 'li' WHERE id = 1"),
        ["access log,found,row 1 (info show) does not fit its hash and the row before it"]
    );
}

#[test]
fn a_rule_changed_by_hand_is_named() {
    assert_eq!(
        found_after(&month(), "INSERT INTO step VALUES ('contact', 'add', '', 'archived', '', 'R4.1')"),
        ["schema,found,the rows of table step were changed"]
    );
}

#[test]
fn a_changed_schema_is_told_where_other_commands_refuse() {
    let office = month();
    office
        .sql()
        .execute_batch("DROP TRIGGER journal_fixed; DROP INDEX journal_thing; CREATE VIEW contact_list AS SELECT 1")
        .unwrap();
    let (code, lines, _) = verified(&office, "verify");
    let found: Vec<String> = lines.into_iter().filter(|line| !line.contains(",ok,")).collect();
    assert_eq!(code, 5);
    assert_eq!(
        found,
        [
            "schema,found,index journal_thing is missing",
            "schema,found,trigger journal_fixed is missing",
            "schema,found,view contact_list was added",
        ]
    );
}

#[test]
fn a_missing_table_fails_its_checks_and_no_others() {
    let office = month();
    office.sql().execute_batch("DROP TABLE info_count").unwrap();
    let (code, lines, said) = verified(&office, "verify");
    assert_eq!(code, 5);
    assert_eq!(
        said,
        "2 of 13 checks found something: schema, counts; keep the file as it is until each line above is explained"
    );
    assert!(lines.contains(&"schema,found,table info_count is missing".to_owned()), "{lines:#?}");
}

#[test]
fn a_ruined_book_is_reported_in_a_few_lines() {
    let office = month();
    behind_the_back(&office, "UPDATE journal SET note = 'x'");
    let (code, lines, _) = verified(&office, "verify");
    assert_eq!(code, 5);
    let journal: Vec<&String> = lines.iter().filter(|line| line.starts_with("journal,")).collect();
    assert_eq!(journal.len(), 21);
    assert_eq!(*journal[20], format!("journal,found,{} more", count(&office, "journal") - 20));
}

#[test]
fn the_answer_of_a_key_that_was_changed_or_taken_out_is_named() {
    let office = month();
    office.ok("department add qc --zh 质检部 --once 'month end 10'");
    assert_eq!(office.run("verify").code, 0, "a key may hold spaces");
    let row = newest(&office, "once month end 10");
    assert_eq!(
        found_after(&office, "UPDATE once SET line = 'other'"),
        [format!("things,found,once month end 10 is not as row {row} of the journal left it: line")]
    );
    assert_eq!(
        found_after(&office, "DELETE FROM once"),
        [format!("things,found,\"once month end 10 is in the journal (row {row}), but not in the book\"")]
    );
}

#[test]
fn fields_that_hang_on_an_entry_of_another_register_are_named() {
    let office = month();
    let found = found_after(
        &office,
        "INSERT INTO info (entry, customer, customer_fold, region, equipment, need)
            SELECT id, '暗', '暗', '辽宁', '磨', '扩' FROM entry WHERE number = 'HAY05001'",
    );
    assert_eq!(found[0], "states,found,HAY05001 is of another register and has a row in table info");
}

#[test]
fn a_quiet_check_says_nothing_where_all_is_well_and_else_what_it_found() {
    let office = month();
    assert_eq!(office.ok("verify --quiet"), "");
    office
        .sql()
        .execute("UPDATE contact SET content = 'x' WHERE entry = (SELECT min(entry) FROM contact)", ())
        .unwrap();
    let found = office.run("verify --quiet --format csv");
    assert_eq!((found.code, found.out.lines().count()), (5, 2), "{}", found.out);
    assert!(found.out.starts_with("check,result,detail\nthings,found,"), "{}", found.out);
}
