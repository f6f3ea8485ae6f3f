//! What another program changed in a thing is no part of the next step: whatever the thing, the step is refused and names it, and the
//! journal does not write it down as if it had been right.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use insta::assert_snapshot;
use rusqlite::Connection;

use crate::every_verb::{self, tried};
use crate::office::{Office, Outcome};
use crate::tampering;
use crate::verify::behind_the_back;

/// A book that the sqlite3 shell changes, and that is put back.
struct Shell {
    office: Office,
    bytes: Vec<u8>,
}

impl Shell {
    fn at(office: Office) -> Self {
        office.sql().query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(())).unwrap();
        let bytes = fs::read(office.path("book.db")).unwrap();
        Self { office, bytes }
    }

    /// What a line gives after these statements; none where the book keeps the shell from them.
    fn after(&self, sql: &str, line: &str) -> Option<Outcome> {
        let shell = self.office.sql();
        shell.pragma_update(None, "foreign_keys", false).unwrap();
        let done = shell.execute_batch(sql).is_ok() && shell.changes() > 0;
        drop(shell);
        let outcome = done.then(|| self.office.run(line));
        fs::write(self.office.path("book.db"), &self.bytes).unwrap();
        outcome
    }
}

fn texts(book: &Connection, sql: &str) -> Vec<String> {
    let mut statement = book.prepare(sql).unwrap();
    statement.query_map((), |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

/// For each column of a table outside of its key, a statement that changes it in these rows.
fn changes(book: &Connection, table: &str, rows: &str) -> Vec<(String, String)> {
    let columns = texts(book, &format!("SELECT name || ' ' || type FROM pragma_table_info('{table}') WHERE pk = 0"));
    let changes = columns.into_iter().map(|column| {
        let (column, kind) = column.split_once(' ').unwrap();
        let other = if kind == "TEXT" {
            format!("coalesce({column}, '') || '1'")
        } else {
            format!("coalesce({column}, 0) + 1")
        };
        (column.to_owned(), format!("UPDATE {table} SET {column} = {other} WHERE {rows}"))
    });
    changes.collect()
}

/// The tables in which entries have rows.
fn of_entries(book: &Connection) -> Vec<String> {
    let tables = "SELECT m.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c ON c.name = 'entry'
        WHERE m.type = 'table' AND m.name <> 'import_breach'";
    texts(book, tables)
}

#[test]
fn whatever_another_program_changed_of_an_entry_stops_the_next_step() {
    let office = every_verb::office();
    let scan = office.file("scan.pdf", "a scan");
    let book = office.sql();
    let mut all = Vec::new();
    for table in ["entry".to_owned()].into_iter().chain(of_entries(&book)) {
        let owner = if table == "entry" { "id" } else { "entry" };
        let firsts = format!(
            "SELECT min(e.number) FROM {table} AS x JOIN entry AS e ON e.id = x.{owner} WHERE e.state <> 'reserved' GROUP BY e.register"
        );
        let numbers = texts(&book, &firsts);
        // Every column of every table, and every register, though not each column in each register.
        for (place, number) in numbers.iter().enumerate() {
            let rows = format!("{owner} = (SELECT id FROM entry WHERE number = '{number}')");
            let changes = changes(&book, &table, &rows).into_iter().skip(place).step_by(numbers.len());
            all.extend(changes.map(|(column, change)| (table.clone(), number.clone(), column, change)));
        }
    }
    drop(book);
    let shell = Shell::at(office);
    let mut named = BTreeMap::new();
    for (table, number, column, change) in all {
        let Some(outcome) = shell.after(&change, &format!("attach {number} {scan} --by li --dry-run")) else {
            continue;
        };
        // An entry under another number, or in another register, is another.
        if table == "entry" && ["number", "register"].contains(&column.as_str()) {
            assert_ne!(outcome.code, 0, "{table}.{column} of {number}");
            continue;
        }
        assert_eq!(outcome.code, 5, "{table}.{column} of {number}: {}{}", outcome.out, outcome.err);
        assert!(outcome.err.starts_with(&number), "{table}.{column}: {}", outcome.err);
        *named.entry(table).or_insert(0) += 1;
    }
    assert!(named.len() > 25, "{named:?}");
}

#[test]
fn no_verb_of_any_form_writes_down_what_another_program_changed() {
    let office = every_verb::office();
    let firsts = "SELECT register || ' ' || min(number) FROM entry WHERE state <> 'reserved' GROUP BY register, state";
    let entries = texts(&office.sql(), firsts);
    let shell = Shell::at(office);
    let mut program = branchbook::cli::command();
    program.build();
    let mut refused: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in entries {
        let (register, number) = entry.split_once(' ').unwrap();
        let room = program.find_subcommand(register).unwrap();
        let verbs = room.get_subcommands().filter(|verb| {
            every_verb::has_dry_run(verb) && verb.get_positionals().any(|argument| argument.get_id() == "number")
        });
        let lines = verbs.map(|verb| tried(&shell.office, &format!("{register} {}", verb.get_name()), verb, number));
        let undo = format!("undo {number} --reason 错 --dry-run");
        let undone = shell.office.run(&undo);
        for (line, clean) in lines.chain([(undo, undone)]) {
            if clean.code != 0 {
                continue;
            }
            let change = format!("UPDATE entry SET entered_by = 'he' WHERE number = '{number}'");
            let outcome = shell.after(&change, &line).unwrap();
            assert_eq!(outcome.code, 5, "{line}: {}{}", outcome.out, outcome.err);
            assert!(outcome.err.starts_with(number) && outcome.err.contains("entered by"), "{line}: {}", outcome.err);
            refused.entry(register.to_owned()).or_default().insert(line.split(' ').nth(1).unwrap().to_owned());
        }
    }
    let forms: BTreeSet<String> = branchbook::register::forms().map(|form| form.register.name.to_owned()).collect();
    assert_eq!(refused.keys().cloned().collect::<BTreeSet<_>>(), forms);
    assert!(refused.values().map(BTreeSet::len).sum::<usize>() > 60, "{refused:?}");
}

/// Lines that give what the book of all tables lacks a row, or something to be led on.
const MORE: [&str; 6] = [
    "staff deputy chen --person wang --until 2026-11-20 --by chen",
    "rule set asset.threshold 3000 --by chen",
    "info report --department foreign-trade --month 2026-11 --by qian",
    "info quota set --person li --count 6 --from 2026-12",
    "info grant qian --until 2026-12-31 --by chen",
    "info route add --region 海南省 --to foreign-trade",
];

/// Of each table of what the office consists of, the rows of one thing, and a line that leads that on.
const OF_THE_OFFICE: [(&str, &str, &str); 23] = [
    ("book", "TRUE", "office rename 沈阳公司 --reason 错"),
    ("person", "key = 'li'", "staff login li --login lina"),
    ("term", "person = 'li'", "staff role li --department business --role member"),
    ("exemption", "person = 'sun'", "staff rename sun --name 孙小小 --reason 错"),
    ("former_name", "key = 'sun'", "staff role sun --department baotou --role member"),
    ("department", "key = 'business'", "department rename business --zh 业务部一 --reason 错"),
    ("deputy", "TRUE", "staff deputy chen --end --by chen"),
    ("rule", "key = 'asset.threshold'", "rule set asset.threshold 4000 --by chen --reason 错"),
    ("holiday", "day_on = '2026-10-01'", "rule holiday remove 2026-10-01 --by chen --reason 错"),
    ("series", "key = 'shandong'", "series set shandong 'HBS{seq:3}' --from 2026-12-01"),
    ("template", "series = 'business'", "series set business 'HBZ{seq:3}' --from 2026-12-01"),
    ("closing", "series = 'foreign-trade'", "series set foreign-trade 'HBW{seq:3}' --from 2026-12-01"),
    ("submission", "month = '2026-09'", "report submit 2026-09 --to technology --received-by 李工"),
    ("info_report", "month = '2026-11'", "undo report foreign-trade 2026-11 --by qian --reason 错"),
    ("quota", "holder = 'li'", "info quota set --person li --count 7 --from 2027-01"),
    ("order_review", "month = '2026-10'", "undo order-review 2026-10 --by lin --reason 错"),
    ("collection_target", "month = '2026-11'", "undo target business 2026-11 --by chen --reason 错"),
    ("notice", "person IS NOT NULL", "info notice lift 1 --reason 回来 --by chen"),
    ("route", "id = 1", "info route end 1"),
    ("access_grant", "person = 'qian'", "info revoke qian --by chen"),
    ("gift_item", "id = 1", "gift catalog end 1 --by chen"),
    ("stocktake", "TRUE", "asset stocktake undo 1 --reason 错"),
    ("stock_line", "TRUE", "asset stocktake undo 1 --reason 错"),
];

/// The tables of the office of which nothing is led on: each row is written once, and an import is taken back as what it brought.
const ONCE: [&str; 4] = ["clock_ahead", "once", "import", "import_breach"];

#[test]
fn whatever_another_program_changed_of_the_office_stops_the_next_step() {
    let office = tampering::full().on("2026-11-03T12:00");
    for line in MORE {
        office.ok(line);
    }
    let book = office.sql();
    let all: Vec<_> =
        OF_THE_OFFICE.iter().map(|(table, rows, line)| (changes(&book, table, rows), table, rows, line)).collect();
    let tables = texts(&book, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'");
    let others: BTreeSet<String> = of_entries(&book).into_iter().collect();
    drop(book);
    let shell = Shell::at(office);
    for (changes, table, rows, line) in all {
        let line = format!("{line} --dry-run");
        let clean = shell.office.run(&line);
        assert_eq!(clean.code, 0, "{table}: {line}: {}", clean.err);
        let mut refused = 0;
        for (column, change) in changes {
            let Some(outcome) = shell.after(&change, &line) else { continue };
            assert_ne!(outcome.code, 0, "{table}.{column}: {line}: {}", outcome.out);
            refused += i32::from(outcome.code == 5);
        }
        // What a rule says of the changed value may come first, and a table of keys alone has nothing to change but by deleting.
        let gone = shell.after(&format!("DELETE FROM {table} WHERE {rows}"), &line);
        assert!(refused > 0 || gone.is_none_or(|gone| gone.code != 0), "{table}: {line}");
    }
    let told: BTreeSet<&str> = OF_THE_OFFICE.iter().map(|(table, ..)| *table).chain(ONCE).collect();
    let known = ["entry", "journal", "reading", "counter", "info_count", "figure", "state", "step"];
    for table in tables {
        let told = told.contains(&*table) || others.contains(&table) || known.contains(&&*table);
        assert!(told, "{table} is in no thing that is led on");
    }
}

/// A book of a gift that is approved, and a contract.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        for line in [
            "gift catalog add 铸铜摆件 --price 180 --by chen",
            "gift add --department business --asked-by wang --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1 --occasion 监造",
            "gift approve GFT26-001 --by chen",
            "info add --department business --customer 甲矿业 --region 辽宁省沈阳市 --equipment 球磨机 --need 一台 --by li",
        ] {
            office.ok(line);
        }
        office
    })
}

#[test]
fn a_change_by_hand_is_told_with_the_fields_and_the_way_out() {
    let office = office();
    let copy = office.path("copy.db").display().to_string();
    office.ok(&format!("backup {copy}"));
    let buy = "gift buy GFT26-001 --bill 1 --amount 170 --by zhou";
    behind_the_back(&office, "UPDATE gift_line SET price_fen = 900000");
    assert_snapshot!(office.refused(5, buy), @"GFT26-001 was changed by another program, and is not as row 33 of the journal left it: gift_line 1 (price); see all of it with: branchbook verify; go on from the newest good copy with: branchbook restore COPY");
    assert_eq!(office.refused(5, &format!("{buy} --dry-run")), office.refused(5, buy));
    for line in
        ["gift void GFT26-001 --reason 错", "undo GFT26-001 --by chen", "gift amend GFT26-001 --place 沈阳 --reason 错"]
    {
        assert!(office.refused(5, line).starts_with("GFT26-001 was changed by another program"), "{line}");
    }
    assert_eq!(office.run("verify").code, 5);
    // What is put back as it was, or a copy, goes on.
    behind_the_back(&office, "UPDATE gift_line SET price_fen = 18000");
    office.ok(&format!("{buy} --dry-run"));
    behind_the_back(&office, "UPDATE gift_line SET price_fen = 900000");
    office.ok(&format!("restore {copy}"));
    office.ok(buy);
    office.ok("verify");
}

#[test]
fn what_another_program_put_in_or_took_out_is_told_as_such() {
    let office = office();
    let shell = Shell::at(office);
    let term = "staff role li --department business --role member";
    let put =
        shell.after("INSERT INTO term VALUES ('li', 'branch-manager', 'general', '2026-01-01', NULL)", term).unwrap();
    assert_snapshot!(put.err.trim_end(), @"staff 李娜 was changed by another program, and is not as row 22 of the journal left it: term branch-manager general 2026-01-01 (person, role, department, from); see all of it with: branchbook verify; go on from the newest good copy with: branchbook restore COPY");
    let person = shell
        .after(
            "INSERT INTO person VALUES ('eve', '夏娃', 'general', NULL, NULL)",
            "staff role eve --department general --role member",
        )
        .unwrap();
    assert_snapshot!(person.err.trim_end(), @"staff 夏娃 was put into the book by another program: it is not in the journal; see all of it with: branchbook verify; go on from the newest good copy with: branchbook restore COPY");
    let rule = "rule set contact.reply_days 40 --by chen";
    let put = shell
        .after(
            "INSERT INTO rule (key, from_on, value, set_by) VALUES ('contact.reply_days', '2026-01-01', 90, 'chen')",
            rule,
        )
        .unwrap();
    assert_snapshot!(put.err.trim_end(), @"rule contact.reply_days was put into the book by another program: it is not in the journal; see all of it with: branchbook verify; go on from the newest good copy with: branchbook restore COPY");
    let gone = shell.after("DELETE FROM gift_line", "gift buy GFT26-001 --bill 1 --amount 170 --by zhou").unwrap();
    assert_snapshot!(gone.err.trim_end(), @"GFT26-001 was changed by another program, and is not as row 33 of the journal left it: gift_line 1 (entry, position, item, name, quantity, price); see all of it with: branchbook verify; go on from the newest good copy with: branchbook restore COPY");
}

#[test]
fn r2_4_a_restricted_value_that_was_changed_is_not_told() {
    let office = office();
    office.sql().execute("UPDATE info SET customer = '乙矿业', phone = '138'", ()).unwrap();
    let refused = office.refused(5, "info report --department business --month 2026-10 --by wang");
    assert_snapshot!(refused, @"INF26-0001 was changed by another program, and is not as row 34 of the journal left it: customer, phone; see all of it with: branchbook verify; go on from the newest good copy with: branchbook restore COPY");
    assert!(!refused.contains("矿业") && !refused.contains("138"), "{refused}");
}
