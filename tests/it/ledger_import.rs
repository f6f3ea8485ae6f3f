//! Old ledgers come in as clerks have them, with their own numbers, all or nothing; and what was exported comes in again.

use insta::assert_snapshot;

use branchbook::view::with_views;

use crate::office::Office;

/// The options of the month's import.
const OPTIONS: &str = "--department business --map number=编号 --map subject=事由 --map issued_on=日期 --map to=收件单位 --set kind=execution --set by=wang --date-format %Y/%m/%d";

const OLD: &str = "编号,事由,日期,收件单位\nHAY05001,图纸确认,2019/3/5,技术开发科\nHAY05002,\"交货期\n与包装\",2019/3/6,\"技术开发科;包钢\"\n";

const NUMBER_SUBJECT_DAY_TO: &str =
    "SELECT group_concat(number || '|' || subject || '|' || issued_on || '|' || addressed_to, ' / ') FROM contact_list";

fn text(office: &Office, sql: &str) -> String {
    office.sql().query_row(&with_views(sql), (), |row| row.get(0)).unwrap()
}

/// Imports bytes with the month's options and more; gives what the book then holds.
fn taken(bytes: impl AsRef<[u8]>, more: &str) -> String {
    let office = Office::staffed();
    let file = office.file("old.csv", bytes);
    office.ok(&format!("contact import {file} {OPTIONS} {more}"));
    text(&office, NUMBER_SUBJECT_DAY_TO)
}

const TAKEN: &str = "HAY05001|图纸确认|2019-03-05|technology / HAY05002|交货期\n与包装|2019-03-06|technology; 包钢";

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect()
}

#[test]
fn files_come_in_any_encoding_line_end_and_delimiter() {
    assert_eq!(taken(OLD, ""), TAKEN);
    assert_eq!(taken(format!("\u{feff}{OLD}"), ""), TAKEN, "UTF-8 with its mark");
    assert_eq!(taken(encoding_rs::GB18030.encode(OLD).0, ""), TAKEN, "GBK");
    assert_eq!(taken(encoding_rs::GB18030.encode(OLD).0, "--encoding gbk"), TAKEN, "GBK by name");
    assert_eq!(taken(utf16(OLD, u16::to_le_bytes), ""), TAKEN, "UTF-16, little end first");
    assert_eq!(taken(utf16(OLD, u16::to_be_bytes), ""), TAKEN, "UTF-16, big end first");
    assert_eq!(taken(OLD.replace('\n', "\r\n").replace("期\r\n", "期\n"), ""), TAKEN, "CR LF");
    assert_eq!(taken(OLD.replace('\n', "\r").replace("期\r", "期\n"), ""), TAKEN, "CR alone");
    let semicolons = OLD.replace("技术开发科;包钢", "技术开发科、包钢").replace(',', ";");
    assert_eq!(taken(&semicolons, ""), TAKEN, "semicolons");
    assert_eq!(taken(OLD.replace(',', "\t"), ""), TAKEN, "tabs");
    assert_eq!(taken(OLD.replace(',', "|"), "--delimiter '|'"), TAKEN, "bars");
    assert_eq!(taken(format!("联系单台账\n2019 年\n{OLD}"), "--skip-lines 2"), TAKEN, "titles above the header");
    assert_eq!(taken(OLD.replace(",2019/3/5", ", 2019/3/5 \u{3000}"), ""), TAKEN, "spaces around cells");
}

#[test]
fn days_come_in_the_formats_that_are_named() {
    let file = OLD.replace("2019/3/5", "05.03.19").replace("2019/3/6", "2019年3月6日");
    assert_eq!(taken(file, "--date-format %d.%m.%y"), TAKEN);
    let office = Office::staffed();
    let file = office.file("old.csv", OLD);
    assert_snapshot!(office.refused(2, &format!("contact import {file} --date-format %Y/%d")), @"`%Y/%d` has no month (%m); give the format as %Y-%m-%d or %Y/%m/%d");
}

#[test]
fn an_import_tells_how_many_rows_it_took_and_keeps_the_file_in_the_journal() {
    let office = Office::staffed();
    let file = office.file("old.csv", OLD);
    let run = |more: &str| {
        let outcome = office.run(&format!("contact import {file} {OPTIONS} {more}"));
        format!("{}{}[exit {}]", outcome.out, outcome.err, outcome.code).replace(&file, "old.csv")
    };
    assert_snapshot!(run("--dry-run"), @"
    old.csv: contact forms imported: 2
    the series business goes on with HAY05003
    open, and so outstanding: 2, the oldest since 2019-03-05; what is done comes in with --set state=archived
    taken for units outside the company: 包钢
    dry run: nothing was written
    [exit 0]
    ");
    assert_eq!(office.count("SELECT count(*) FROM entry"), 0);
    assert_snapshot!(run("-q"), @"
    2
    the series business goes on with HAY05003
    open, and so outstanding: 2, the oldest since 2019-03-05; what is done comes in with --set state=archived
    taken for units outside the company: 包钢
    [exit 0]
    ");
    assert_snapshot!(run(""), @"
    old.csv: contact forms imported: 0, in the book already: 2
    passed over, for the book has them, by line: 2–3
    [exit 0]
    ");
    let journal = text(
        &office,
        "SELECT group_concat(verb || ' ' || thing || ' ' || actor, ', ') FROM journal WHERE verb LIKE '%import'",
    );
    assert_eq!(journal, "contact import HAY05001 wang, contact import HAY05002 wang, contact import import 1 clerk");
    let details = text(&office, "SELECT rows || ' ' || added || ' ' || known || ' ' || length(sha256) FROM import");
    assert_eq!(details, "2 2 0 64");
}

#[test]
fn r4_8_the_series_goes_on_behind_the_old_numbers() {
    let office = Office::staffed();
    let file = office.file("old.csv", OLD.replace("HAY05002", "hay05 1017"));
    office.ok(&format!("contact import {file} {OPTIONS}"));
    assert_eq!(
        office.ok(
            "contact add --department business --kind execution --to technology --subject a --content b --by wang -q"
        ),
        "HAY051018\n"
    );
}

#[test]
fn bad_rows_are_named_by_line_and_nothing_comes_in() {
    let office = Office::staffed();
    let file = office.file(
        "old.csv",
        "编号,事由,日期,收件单位,页数\nHAY05001,好,2019/3/5,技术开发科,1\nHAB05002,别人的,2019/3/5,技术开发科,1\nHAY05003,,2019/3/5,技术开发科,1\nHAY05004,日期,2019/13/5,技术开发科,1\nHAY05005,收件,2019/3/5,,1\nHAY05006,页,2019/3/5,技术开发科,0\nHAY05007,页,2019/3/5,技术开发科,两\nHAY05008,短\nHAY05009,\u{202e}倒,2019/3/5,技术开发科,1\nHAY05001,另一个,2019/3/5,技术开发科,1\nHAY05001,好,2019/3/5,技术开发科,1\nHAY0599999999999999999999,大,2019/3/5,技术开发科,1\nHAY059223372036854775807,大,2019/3/5,技术开发科,1\n",
    );
    let rejects = office.path("bad.csv");
    let line = format!("contact import {file} {OPTIONS} --map pages=页数 --rejects {}", rejects.display());
    assert_snapshot!(office.refused(1, &line).replace(office.path("").to_str().unwrap(), ""), @r#"
    old.csv:3: 编号: HAB05002 is no number of the series business; see branchbook series list
    old.csv:4: 事由: is empty
    old.csv:5: 日期: `2019/13/5` is not in the calendar; type the day as 2026-11-22
    old.csv:6: 收件单位: is empty
    old.csv:7: 页数: is at least 1: leave it out where it is not known
    old.csv:8: 页数: "两" is no whole number
    old.csv:9: has 2 cells, the header has 5
    old.csv:10: 事由: character 1 of `\u{202e}倒` is U+202E, an invisible mark of writing direction, which cannot be stored; delete it, or type the text by hand instead of pasting it
    old.csv:11: 编号: HAY05001 stands further up in this file with another subject
    old.csv:13: 编号: HAY0599999999999999999999 is no number of the series business; see branchbook series list
    old.csv:14: 编号: HAY059223372036854775807 is no number of the series business; see branchbook series list
    the bad rows are in bad.csv
    11 of 13 rows cannot be taken; nothing was imported
    "#);
    assert_snapshot!(office.read("bad.csv").replace(['\u{feff}', '\u{202e}'], ""), @r#"
    line,column,reason,编号,事由,日期,收件单位,页数
    3,编号,HAB05002 is no number of the series business; see branchbook series list,HAB05002,别人的,2019/3/5,技术开发科,1
    4,事由,is empty,HAY05003,,2019/3/5,技术开发科,1
    5,日期,`2019/13/5` is not in the calendar; type the day as 2026-11-22,HAY05004,日期,2019/13/5,技术开发科,1
    6,收件单位,is empty,HAY05005,收件,2019/3/5,,1
    7,页数,is at least 1: leave it out where it is not known,HAY05006,页,2019/3/5,技术开发科,0
    8,页数,"""两"" is no whole number",HAY05007,页,2019/3/5,技术开发科,两
    9,,"has 2 cells, the header has 5",HAY05008,短
    10,事由,"character 1 of `\u{202e}倒` is U+202E, an invisible mark of writing direction, which cannot be stored; delete it, or type the text by hand instead of pasting it",HAY05009,倒,2019/3/5,技术开发科,1
    11,编号,HAY05001 stands further up in this file with another subject,HAY05001,另一个,2019/3/5,技术开发科,1
    13,编号,HAY0599999999999999999999 is no number of the series business; see branchbook series list,HAY0599999999999999999999,大,2019/3/5,技术开发科,1
    14,编号,HAY059223372036854775807 is no number of the series business; see branchbook series list,HAY059223372036854775807,大,2019/3/5,技术开发科,1
    "#);
}

#[test]
fn a_file_of_bad_rows_that_was_mended_comes_in() {
    let office = Office::staffed();
    let file = office.file("old.csv", "编号,事由,日期,收件单位\nHAY05001,\"图\n纸\",2019/13/5,技术开发科\n");
    let rejects = office.path("bad.csv");
    office.refused(1, &format!("contact import {file} {OPTIONS} --rejects {}", rejects.display()));
    let mended = office.file("mended.csv", office.read("bad.csv").replace("2019/13/5", "2019/12/5"));
    office.ok(&format!("contact import {mended} {OPTIONS}"));
    assert_eq!(text(&office, NUMBER_SUBJECT_DAY_TO), "HAY05001|图\n纸|2019-12-05|technology");
}

#[test]
fn twenty_bad_rows_are_shown_and_the_rest_counted() {
    let office = Office::staffed();
    let rows: Vec<String> = (1..=25).map(|serial| format!("HAY05{serial:03},a,2019/13/{serial},技术开发科")).collect();
    let file = office.file("old.csv", format!("编号,事由,日期,收件单位\n{}\n", rows.join("\n")));
    let rejects = office.path("bad.csv");
    let refusal = office.refused(1, &format!("contact import {file} {OPTIONS} --rejects {}", rejects.display()));
    let lines: Vec<&str> = refusal.lines().collect();
    assert_eq!(lines.len(), 23);
    assert!(
        lines[19].ends_with("old.csv:21: 日期: `2019/13/20` is not in the calendar; type the day as 2026-11-22"),
        "{}",
        lines[19]
    );
    assert_eq!(lines[20], "… and 5 more bad rows");
    assert!(lines[21].starts_with("the bad rows are in "));
    assert_eq!(lines[22], "25 of 25 rows cannot be taken; nothing was imported");
    assert_eq!(office.read("bad.csv").lines().count(), 26);
}

#[test]
fn rows_that_are_in_the_book_are_skipped_or_refused() {
    let office = Office::staffed();
    let file = office.file("old.csv", OLD);
    office.ok(&format!("contact import {file} {OPTIONS}"));
    let other = office.file("other.csv", OLD.replace("图纸确认", "另一份").replace("2019/3/6", "2019/3/7"));
    assert_snapshot!(office.refused(1, &format!("contact import {other} {OPTIONS}")).replace(&other, "other.csv"), @"
    other.csv:2: 编号: HAY05001 is in the book with another subject; correct it there with: branchbook contact amend HAY05001 --reason REASON …
    other.csv:3: 编号: HAY05002 is in the book with another issued_on; correct it there with: branchbook contact amend HAY05002 --reason REASON …
    2 of 2 rows cannot be taken; nothing was imported
    ");
    let more = office.file("more.csv", format!("{OLD}HAY05003,第三,2019/3/7,技术开发科\n"));
    assert_snapshot!(office.ok(&format!("contact import {more} {OPTIONS}")).replace(&more, "more.csv"), @"more.csv: contact forms imported: 1, in the book already: 2");
}

#[test]
fn a_void_row_with_another_reason_is_another_row() {
    let office = Office::staffed();
    let ledger = "number,issued_on,issued_by,department,void_reason\nHAY05001,2019-03-05,wang,business,撕坏\n";
    let file = office.file("old.csv", ledger);
    office.ok(&format!("contact import {file}"));
    let other = office.file("other.csv", ledger.replace("撕坏", "遗失"));
    assert_snapshot!(office.refused(1, &format!("contact import {other}")).replace(&other, "other.csv"), @r"
        other.csv:2: number: HAY05001 is in the book with another void_reason; see it with: branchbook show HAY05001
        1 of 1 row cannot be taken; nothing was imported
        ");
}

#[test]
fn states_follow_from_what_a_row_has() {
    let office = Office::staffed();
    let file = office.file(
        "old.csv",
        "number,state,issued_on,subject,addressed_to,received_on,archived_on,void_reason\nHAY05001,,2019-03-05,a,technology,,,\nHAY05002,,2019-03-05,a,technology,2019-03-06,,\nHAY05003,,2019-03-05,a,technology,2019-03-06,2019-03-07,\nHAY05004,,2019-03-05,a,technology,,,撕坏\nHAY05005,reserved,2019-03-05,,,,,\nHAY05006,received,2019-03-05,a,technology,,,\n",
    );
    let options = "--department business --set kind=execution --set by=wang";
    office.ok(&format!("contact import {file} {options}"));
    assert_eq!(
        text(
            &office,
            "SELECT group_concat(number || ' ' || state || ' ' || coalesce(received_on, '-'), ', ') FROM contact_list"
        ),
        "HAY05001 issued -, HAY05002 received 2019-03-06, HAY05003 archived 2019-03-06, HAY05004 void -, HAY05005 reserved -, HAY05006 received 2019-03-05"
    );
    let bad = office.file(
        "bad.csv",
        "number,state,issued_on,subject,addressed_to,void_reason\nHAY05011,open,2019-03-05,a,technology,\nHAY05012,void,2019-03-05,a,technology,\nHAY05013,issued,2019-03-05,a,technology,撕坏\nHAY05014,reserved,2019-03-05,a,technology,\nHAY05015,issued,2019-03-05,,technology,\n",
    );
    assert_snapshot!(office.refused(1, &format!("contact import {bad} {options}")).replace(&bad, "bad.csv"), @r#"
        bad.csv:2: state: "open" is no state; give one of: reserved, issued, received, archived, void; --value state:open=STATE says which it means
        bad.csv:3: void_reason: it is void and has no reason; --set void_reason=REASON gives one for all rows that are void
        bad.csv:4: void_reason: it has a reason for being void, and is issued
        bad.csv:5: subject: a number that is only reserved has no subject yet
        bad.csv:6: subject: is empty
        5 of 5 rows cannot be taken; nothing was imported
        "#);
}

#[test]
fn r4_8_a_reason_for_all_that_is_void_holds_for_nothing_else() {
    let office = Office::staffed();
    let rows = "number,state,issued_on,subject,addressed_to\nHAY05001,void,2019-03-05,a,technology\nHAY05002,issued,2019-03-05,b,technology\n";
    let file = office.file("void.csv", rows);
    let given = "--department business --set issued_by=wang --set kind=execution";
    assert_eq!(office.run(&format!("contact import {file} {given}")).code, 1);
    office.ok(&format!("contact import {file} {given} --set void_reason=原台账未注明"));
    let reasons = office.ok("contact ledger --department business --format csv --columns number,state,void_reason");
    assert_eq!(reasons, "number,state,void_reason\nHAY05001,void,原台账未注明\nHAY05002,issued,\n");
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn history_may_come_in_archived_and_without_content() {
    let office = Office::staffed();
    let file = office.file("old.csv", OLD);
    office.ok(&format!("contact import {file} {OPTIONS} --set state=archived"));
    assert_eq!(office.count("SELECT count(*) FROM contact_list WHERE state = 'archived' AND content IS NULL"), 2);
    assert_eq!(office.on("2027-01-01").ok("contact outstanding"), "Outstanding contact forms on 2027-01-01: none\n");
}

#[test]
fn a_constant_and_a_column_are_told_apart() {
    let office = Office::staffed();
    let file = office.file("old.csv", OLD);
    for (options, code) in
        [("--map number=编号 --map number=#2", 2), ("--map serial=编号", 2), ("--map number=号", 2), ("--set kind", 2)]
    {
        assert_eq!(office.run(&format!("contact import {file} {options}")).code, code, "{options}");
    }
    let outcome = office.run(&format!("contact import {file} {OPTIONS} --set kind=letter"));
    assert_eq!(outcome.code, 2);
    let outcome = office.run(&format!("contact import {file} {}", OPTIONS.replace("kind=execution", "kind=letter")));
    assert_snapshot!(outcome.err.replace(&file, "old.csv"), @r#"
        old.csv:2 and 1 row more: kind: "letter" is none of: pre-contract, execution, after-sales, user-request, external, shipping; --value kind:letter=WORD says which it means
        2 of 2 rows cannot be taken; nothing was imported
        "#);
    let outcome = office.run(&format!("contact import {file} {}", OPTIONS.replace("by=wang", "by=nobody")));
    assert!(outcome.err.contains("issued_by: nobody on the staff is called nobody"), "{}", outcome.err);
}

#[test]
fn a_file_that_is_no_table_is_refused() {
    let office = Office::staffed();
    for (bytes, refusal) in [
        (&b"PK\x03\x04xlsx"[..], "save it again as .xlsx"),
        (b"", "is empty; its first line must name the columns"),
        (b"\n\n", "is empty; its first line must name the columns"),
        (b"number\n\"HAY05001", "a quote that opens in this row is never closed"),
        (b"number\nHAY\x0005001\n", "NUL byte"),
    ] {
        let file = office.file("old.csv", bytes);
        let all_else = "--set department=business --set issued_on=2026-01-01 --set issued_by=wang";
        let refused = office.refused(1, &format!("contact import {file} {all_else}"));
        assert!(refused.contains(refusal), "{refused}");
    }
    let file = office.file("old.csv", "number,number\n");
    assert!(office.refused(2, &format!("contact import {file}")).contains("are both field number"));
    let missing = office.path("missing.csv");
    assert!(office.refused(1, &format!("contact import {}", missing.display())).contains("cannot read"));
}

#[test]
fn a_ledger_is_brought_in_by_a_clerk() {
    let office = Office::staffed().at_the_keyboard("wang");
    let file = office.file("old.csv", OLD);
    assert_snapshot!(office.refused(3, &format!("contact import {file} {OPTIONS}")), @"R4.8: 王建国 is no clerk, and only a clerk brings in old contact forms; ask General Management's clerk");
}

#[test]
fn r4_8_a_number_that_leaves_a_gap_is_told_at_once() {
    let office = Office::staffed();
    let file = office.file("old.csv", OLD.replace("HAY05002", "HAY05990"));
    let outcome = office.run(&format!("contact import {file} {OPTIONS} --set state=archived"));
    assert_eq!(
        (outcome.code, outcome.err.as_str()),
        (
            0,
            "HAY05990 is 989 above HAY05001, the next lower number\n\
             the series business goes on with HAY05991; missing numbers before it: 988, see branchbook series audit business\n\
             taken for units outside the company: 包钢\n"
        )
    );
}

#[test]
fn a_day_that_has_not_come_is_no_history() {
    let office = Office::staffed();
    let file = office.file(
        "old.csv",
        "number,issued_on,issued_by,addressed_to,kind,subject\nHAG05001,2027/3/13,he,general,execution,图\n",
    );
    assert_eq!(
        office.refused(1, &format!("contact import {file} --department general")).lines().next(),
        Some(format!("{file}:2: issued_on: 2027-03-13 has not come yet").as_str())
    );
}

#[test]
fn what_no_column_gives_is_said_once() {
    let office = Office::staffed();
    let file = office.file("old.csv", "编号,日期\nHAY05001,2019/3/5\n");
    assert_eq!(
        office.refused(2, &format!("contact import {file} --map number=编号")),
        "nothing gives department, issued_by; name columns with --map department=COLUMN --map issued_by=COLUMN, \
         or a value for every row with --set department=VALUE; the columns are: 编号, 日期"
    );
    assert_eq!(
        office.refused(2, &format!("contact import {file} --lang zh --skip-lines 1")),
        "没有提供编号（number）、发出日期（issued_on）、部门（department）、签发人（issued_by）；请用 --map number=COLUMN --map issued_on=COLUMN --map department=COLUMN \
         --map issued_by=COLUMN 指定列，或用 --set department=VALUE 给所有行指定值；现有的列：HAY05001、2019/3/5"
    );
}

#[test]
fn what_does_not_look_like_chinese_is_said_with_the_encoding_that_it_may_be() {
    let header = "number,issued_on,department,issued_by,kind,to,subject\n";
    let row = |to: &str, subject: &str| format!("{header}HAY05001,2019-03-05,business,wang,execution,{to},{subject}\n");
    let read = |encoding: &'static encoding_rs::Encoding, text: &str| {
        let office = Office::staffed();
        let file = office.file("old.csv", &*encoding.encode(text).0);
        let outcome = office.run(&format!("contact import {file} --dry-run"));
        let said = outcome.err.replace(&file, "old.csv");
        said.lines().take_while(|line| line.starts_with("old.csv ")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        read(encoding_rs::EUC_KR, &row("포스코", "도면 확인 요청")),
        "old.csv is read as gb18030, so that a cell says 器胶内; --encoding LABEL says otherwise\n\
         old.csv does not look like Chinese: see with --dry-run whether --encoding euc-kr is right"
    );
    assert_eq!(
        read(encoding_rs::WINDOWS_1252, &row("Müller", "Übergröße")),
        "old.csv is read as gb18030, so that a cell says M黮ler; --encoding LABEL says otherwise\n\
         old.csv does not look like Chinese: see with --dry-run whether --encoding windows-1252 is right"
    );
    assert_eq!(
        read(encoding_rs::GB18030, &row("包钢", "图纸确认")),
        "old.csv is read as gb18030, so that a cell says 包钢; --encoding LABEL says otherwise"
    );
    let office = Office::staffed();
    let file = office.file("old.csv", &*encoding_rs::EUC_KR.encode(&row("포스코", "도면 확인 요청")).0);
    let said = office.run(&format!("contact import {file} --encoding CP949"));
    assert_eq!((said.code, said.err.contains("gb18030")), (0, false), "{}", said.err);
    assert!(office.ok("contact list --format csv").contains("포스코"));
}

#[test]
fn of_many_columns_that_feed_nothing_the_first_are_named() {
    let office = Office::staffed();
    let more = |cell: &str| (1..=300).map(|column| format!("{cell}{column}")).collect::<Vec<_>>().join(",");
    let ledger = format!(
        "number,issued_on,department,issued_by,kind,to,subject,{}\nHAY05001,2019-03-05,business,wang,execution,包钢,图,{}\n",
        more("列"),
        more("")
    );
    let outcome = office.run(&format!("contact import {}", office.file("old.csv", ledger)));
    let said: Vec<&str> = outcome.err.lines().filter(|line| line.starts_with("column")).collect();
    assert_eq!(
        (outcome.code, said.len(), said[19], said[20]),
        (0, 21, "column not used: 列20", "columns not used besides: 280")
    );
}
