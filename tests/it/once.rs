//! Every write: it may be tried (`--dry-run`), repeated (`--once`), and never goes without its row in the journal.

use std::collections::BTreeMap;

use insta::assert_snapshot;

use crate::office::Office;

const FORM: &str =
    "contact add --department business --kind pre-contract --to technology --subject a --content b --by wang";

/// An office in which every write of [`WRITES`] can be made: HAY05001 is issued, HAY05002 received, HAY05003 reserved.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok(FORM);
        office.ok(FORM);
        office.ok("contact sign HAY05002 --by wu");
        office.ok("series reserve business --count 1");
        office
    })
}

/// Every verb that writes, of the rooms that are tested here, as it is typed. `ROSTER` and `LEDGER` are files.
const WRITES: &[&str] = &[
    FORM,
    "contact sign HAY05001 --by wu",
    "contact reply HAY05002 --by wu --text 可行",
    "contact archive HAY05002 --contract BG-1",
    "contact undo HAY05002",
    "contact void HAY05003 --reason 撕坏",
    "contact amend HAY05001 --reason 错 --subject c",
    "contact import LEDGER --department business --set kind=execution --set by=wang",
    "series set baotou 'HAB{yy}{seq:3}' --from 2027-01-01",
    "series reserve baotou --count 2",
    "series close HAG05",
    "staff add ma --name 马丽 --department shandong --role salesperson",
    "staff role li --department baotou --role salesperson",
    "staff move sun --department business --role trainee",
    "staff end li --until 2026-10-31",
    "staff login li --login lina",
    "staff deputy chen --person wang --until 2026-12-31 --by chen",
    "staff import ROSTER",
    "department add manufacturing --zh 生产制造部",
    "department amend shandong --reports no --reason 看错 --by chen",
    "department rename shandong --zh 鲁办",
    "department end workshop --reason 撤销 --by chen",
    "department reopen workshop --reason 又办 --by chen",
    "office rename 新公司",
    "office amend --live-from 2026-01-02 --reason 看错 --by chen",
    "staff amend-term wu --role member --from 2026-02-01 --reason 看错",
    "staff rename li --name 李娜娜",
    "staff merge sun --into li --reason 录了两次",
    "staff unmerge sun --reason 看错",
    "department import DEPARTMENTS",
    "series import SERIES",
    "rule import FIGURES",
    "rule set contact.reply_days 7 --by chen",
];

/// The write with its files written into the office's folder.
fn line(office: &Office, write: &str) -> String {
    if write.starts_with("series close") {
        office.ok("contact add --department general --kind execution --to technology --subject a --content b --by he");
    }
    if write.contains("workshop") && !office.ok("department list").contains("workshop") {
        office.ok("department add workshop --zh 车间");
    }
    if write.starts_with("department reopen")
        && office.run("department end workshop --reason 撤销 --by chen --dry-run").code == 0
    {
        office.ok("department end workshop --reason 撤销 --by chen");
    }
    let merge = "staff merge sun --into li --reason 录了两次";
    if write.starts_with("staff unmerge") && office.run(&format!("{merge} --dry-run")).code == 0 {
        office.ok(merge);
    }
    let ledger = "number,issued_on,subject,addressed_to\nHAY05009,2019-03-05,a,technology\n";
    write
        .replace("DEPARTMENTS", &office.file("departments.csv", "key,name_zh\nannex,副楼\n"))
        .replace("SERIES", &office.file("series.csv", "series,template,from_on\ngeneral,HAG{yy}{seq:3},2026-12-01\n"))
        .replace(
            "FIGURES",
            &office.file("figures.csv", "key,value,from_on,set_by\ngift.recipient_limit,600,2026-12-01,lin\n"),
        )
        .replace("LEDGER", &office.file("ledger.csv", ledger))
        .replace("ROSTER", &office.file("roster.csv", "key,name,department,role\nma,马丽,shandong,salesperson\n"))
}

/// The rows of each table, by table.
fn tables(dump: &str) -> BTreeMap<String, Vec<String>> {
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut table = String::new();
    for row in dump.lines() {
        if let Some((name, _)) =
            row.split_once(": ").filter(|(name, _)| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        {
            name.clone_into(&mut table);
        }
        tables.entry(table.clone()).or_default().push(row.to_owned());
    }
    tables
}

#[test]
fn the_writes_that_are_tested_are_all_there_are() {
    let mut command = branchbook::cli::command();
    command.build();
    let rooms = ["contact", "series", "staff", "office", "department", "rule"];
    let mut known = Vec::new();
    for room in command.get_subcommands().filter(|room| rooms.contains(&room.get_name())) {
        for verb in room.get_subcommands() {
            if verb.get_arguments().any(|argument| argument.get_id() == "dry_run") {
                known.push(format!("{} {}", room.get_name(), verb.get_name()));
            }
        }
    }
    let mut tested: Vec<String> =
        WRITES.iter().map(|write| write.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    tested.sort_unstable();
    known.sort_unstable();
    assert_eq!(tested, known);
}

#[test]
fn a_dry_run_answers_as_the_write_does_and_changes_nothing() {
    for write in WRITES {
        let office = office();
        let line = line(&office, write);
        let before = office.dump(&[]);
        let dry = office.run(&format!("{line} --dry-run"));
        assert_eq!(dry.code, 0, "{line}: {}", dry.err);
        assert!(dry.err.ends_with("dry run: nothing was written\n"), "{line}: {}", dry.err);
        assert_eq!(office.dump(&[]), before, "{line}");
        assert_eq!(office.ok(&line), dry.out, "{line}");
        assert_ne!(office.dump(&[]), before, "{line} writes");
    }
}

#[test]
fn a_dry_run_tells_the_number_under_quiet_too() {
    let office = office();
    assert_eq!(office.ok(&format!("{FORM} --dry-run -q")), "HAY05004\n");
    assert_eq!(office.ok(&format!("{FORM} -q")), "HAY05004\n");
}

#[test]
fn a_write_with_a_key_is_carried_out_once() {
    for write in WRITES {
        let office = office();
        let line = format!("{} --once k-1", line(&office, write));
        let first = office.run(&line);
        assert_eq!(first.code, 0, "{line}: {}", first.err);
        let after = office.dump(&[]);
        let office = office.on("2026-10-09T08:00");
        let second = office.run(&line);
        assert_eq!((second.code, &second.out), (0, &first.out), "{line}: {}", second.err);
        assert!(
            second.err.ends_with("--once k-1 was carried out at 2026-10-08 08:00; nothing was changed now\n"),
            "{line}: {}",
            second.err
        );
        assert_eq!(office.dump(&[]), after, "{line}");
    }
}

#[test]
fn a_key_is_of_one_command_line() {
    let office = office();
    office.ok(&format!("{FORM} --once k-1"));
    assert_snapshot!(office.refused(2, &format!("{FORM} --pages 2 --once k-1")), @"--once k-1 was used at 2026-10-08 08:00 by another command, contact add HAY05004; give this command a key of its own");
    assert_snapshot!(office.refused(2, "contact sign HAY05001 --by wu --once k-1"), @"--once k-1 was used at 2026-10-08 08:00 by another command, contact add HAY05004; give this command a key of its own");
    assert_eq!(office.ok(&format!("{FORM} --once k-2 -q")), "HAY05005\n");
    assert_eq!(office.ok(&format!("{FORM} --once=k-2 -q")), "HAY05005\n", "however the key is typed");
}

#[test]
fn a_write_that_was_refused_leaves_its_key_free() {
    let office = office();
    let line = "contact add --department shandong --kind after-sales --to general --subject a --content b --by ma -q --once k-1";
    office.refused(4, line);
    office.ok("staff add ma --name 马丽 --department shandong --role salesperson");
    assert_eq!(office.ok(line), "HAS05001\n");
    assert_eq!(office.ok(line), "HAS05001\n");
}

#[test]
fn a_dry_run_does_not_use_a_key_up() {
    let office = office();
    let line = format!("{FORM} -q --once k-1");
    assert_eq!(office.ok(&format!("{line} --dry-run")), "HAY05004\n");
    assert_eq!(office.ok(&line), "HAY05004\n");
    let again = office.run(&format!("{line} --dry-run"));
    assert_eq!((again.code, again.out.as_str()), (0, "HAY05004\n"), "a used key answers a dry run too");
}

#[test]
fn a_key_answers_nobody_who_may_not_act() {
    let office = office();
    let line = format!("{FORM} --once k-1");
    office.ok(&line);
    office.logged_in("visitor").refused(3, &line);
}

#[test]
fn no_table_changes_without_a_row_of_the_journal() {
    const UNJOURNALED: [&str; 3] = ["counter", "reading", "info_count"];
    for write in WRITES {
        let office = office();
        let line = line(&office, write);
        let before = tables(&office.dump(&[]));
        office.ok(&format!("{line} --once k-1"));
        let after = tables(&office.dump(&[]));
        let changed: Vec<&str> = after
            .iter()
            .filter(|(table, rows)| before.get(*table) != Some(rows) && !UNJOURNALED.contains(&table.as_str()))
            .map(|(table, _)| table.as_str())
            .collect();
        assert!(changed.contains(&"journal") && changed.len() > 1, "{line} changed {changed:?}");
        let (old, new) = (&before["journal"], &after["journal"]);
        assert_eq!(new[..old.len()], old[..], "{line} changed the journal's past");
        every_change_is_in_the_journal(&office, &line, &changed, i64::try_from(old.len()).unwrap());
    }
}

/// Every row that differs is in the record of one of the journal's new rows.
fn every_change_is_in_the_journal(office: &Office, line: &str, changed: &[&str], old: i64) {
    let book = office.sql();
    for table in changed.iter().filter(|table| **table != "journal") {
        let mentions: i64 = book
            .query_row(
                "SELECT count(*) FROM journal WHERE id > ?1 AND record -> ?2 IS NOT NULL",
                (old, format!("$.{table}")),
                |row| row.get(0),
            )
            .unwrap();
        assert!(mentions > 0, "{line} changed {table}, and no new row of the journal has it");
    }
    let verb: String = line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let others: i64 = book
        .query_row("SELECT count(*) FROM journal WHERE id > ?1 AND verb <> ?2", (old, verb), |row| row.get(0))
        .unwrap();
    assert_eq!(others, 0, "{line}");
}

#[test]
fn the_records_of_a_thing_tell_how_it_stands() {
    use branchbook::book::standing::Standing;
    use branchbook::book::thing::Thing;
    use branchbook::register::entry::thing_named;
    let office = office();
    for write in WRITES {
        let line = line(&office, write);
        let outcome = office.run(&line);
        assert!([0, 3].contains(&outcome.code), "{line}: {}", outcome.err);
    }
    let book = office.sql();
    let mut names = Vec::new();
    Thing::each_name(&book, |name| {
        names.push(name.to_owned());
        Ok(())
    })
    .unwrap();
    assert!(names.len() > 30, "{names:?}");
    for name in names {
        let thing = thing_named(&book, &name).unwrap().unwrap();
        let (mut told, mut stands) = (Standing::default(), Standing::default());
        let mut records = book.prepare("SELECT record FROM journal WHERE thing = ?1 ORDER BY id").unwrap();
        for record in records.query_map([&name], |row| row.get::<_, String>(0)).unwrap() {
            told.follow(&record.unwrap(), &thing.growing()).unwrap();
        }
        stands.follow(&thing.whole(&book).unwrap(), &[]).unwrap();
        assert_eq!(told.differences(&stands), [], "{name}");
    }
}

#[test]
fn a_key_answers_nobody_but_who_used_it() {
    let office = Office::staffed();
    office.all_ok(&["staff login wang --login wang --by chen", "staff login sun --login sun"]);
    let wang = office.seen_by("wang");
    let line = format!("{FORM} --once K9");
    assert!(wang.ok(&line).starts_with("HAY05001"));
    assert!(wang.ok(&line).starts_with("HAY05001"));
    let sun = office.seen_by("sun");
    assert_snapshot!(sun.refused(2, &line), @"--once K9 was used at 2026-10-08 08:00 by somebody else, or from another login; give this command a key of its own");
    assert_snapshot!(sun.refused(2, &line.replace("--subject a", "--subject c")), @"--once K9 was used at 2026-10-08 08:00 by somebody else, or from another login; give this command a key of its own");
    assert!(wang.ok(&line.replace("K9", "K10")).starts_with("HAY05002"));
}
