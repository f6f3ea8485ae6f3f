//! Lists on screens of every width, in files, and where nobody takes them.

use std::process::Command;

use insta::assert_snapshot;
use unicode_width::UnicodeWidthStr;

use crate::office::Office;
use crate::sheet::office;

#[test]
fn a_ledger_is_read_on_a_screen_of_120_columns() {
    let office = office().with_width(120);
    let outcome = office.run("contact ledger --department business");
    assert_snapshot!(format!("{}{}", outcome.out, outcome.err), @"
    Contact forms of business
    ┌──────────┬──────────┬─────────────────┬───────────────┬──────────────┬────────┬────────────┬────────────┬────────────┐
    │ number   │ state    │ subject         │ addressed to  │ kind         │ issued │ reply by   │ received   │ replied on │
    │          │          │                 │               │              │ by     │            │ on         │            │
    ├──────────┼──────────┼─────────────────┼───────────────┼──────────────┼────────┼────────────┼────────────┼────────────┤
    │ HAY05001 │ archived │ Φ3.6 m 球磨机主 │ technology;   │ pre-contract │ 王建国 │ 2026-10-15 │ 2026-10-08 │ 2026-10-08 │
    │          │          │ 轴承图纸确认    │ general       │              │        │            │            │            │
    │ HAY05002 │ void     │ 轴承图纸        │ technology    │ pre-contract │ 王建国 │ 2026-10-13 │            │            │
    │ HAY05003 │ issued   │ 交货期,包装     │ technology    │ pre-contract │ 王建国 │ 2026-10-13 │            │            │
    │ HAY05004 │ reserved │                 │               │              │ clerk  │            │            │            │
    └──────────┴──────────┴─────────────────┴───────────────┴──────────────┴────────┴────────────┴────────────┴────────────┘
    4 rows
    left out for want of width: issued on, archived on, contract, pages, department and 5 more; widen the window, or take --format csv
    ");
}

#[test]
fn a_history_is_read_on_a_screen_of_120_columns() {
    let office = office().with_width(120);
    assert_snapshot!(office.ok("history HAY05001"), @r"
        History of HAY05001
        ┌──────────────────┬─────────────────┬─────────────────────────────────────────────────────────────┬────────┬──────────┐
        │ at               │ verb            │ changes                                                     │ actor  │ recorder │
        ├──────────────────┼─────────────────┼─────────────────────────────────────────────────────────────┼────────┼──────────┤
        │ 2026-10-08 08:00 │ contact add     │ department: business                                        │ 王建国 │ clerk    │
        │                  │                 │ issued_on: 2026-10-08                                       │        │          │
        │                  │                 │ issued_by: 王建国                                           │        │          │
        │                  │                 │ state: issued                                               │        │          │
        │                  │                 │ kind: pre-contract                                          │        │          │
        │                  │                 │ subject: Φ3.6 m 球磨机主轴承图纸确认                        │        │          │
        │                  │                 │ content: 包钢要求 10 月底前确认轴承座改型                   │        │          │
        │                  │                 │ addressed_to: technology; general                           │        │          │
        │                  │                 │ contract: BG-2026-118                                       │        │          │
        │                  │                 │ reply_by_on: 2026-10-15                                     │        │          │
        │ 2026-10-08 08:00 │ contact sign    │ signature technology: signed_by 吴工, signed_on 2026-10-08  │ 吴工   │ clerk    │
        │ 2026-10-08 08:00 │ contact sign    │ state: issued → received                                    │ 周敏   │ clerk    │
        │                  │                 │ received_on: 2026-10-08                                     │        │          │
        │                  │                 │ signature general: signed_by 周敏, signed_on 2026-10-08     │        │          │
        │ 2026-10-08 08:00 │ contact reply   │ replied_on: 2026-10-08                                      │ 吴工   │ clerk    │
        │                  │                 │ reply 1: party technology, replied_by 吴工, replied_on      │        │          │
        │                  │                 │ 2026-10-08, text 可行,图号 TJ-1183                          │        │          │
        │ 2026-10-08 08:00 │ contact archive │ state: received → archived                                  │ 何平   │ clerk    │
        │                  │                 │ archived_on: 2026-10-08                                     │        │          │
        │                  │                 │ archived_by: 何平                                           │        │          │
        │                  │                 │ contract_file: BG-2026-118                                  │        │          │
        └──────────────────┴─────────────────┴─────────────────────────────────────────────────────────────┴────────┴──────────┘
        5 rows
        ");
}

#[test]
fn narrow_screens_keep_the_number_and_say_what_they_leave_out() {
    let office = office().with_width(80);
    let outcome = office.run("contact list");
    assert_snapshot!(format!("{}{}", outcome.out, outcome.err), @"
    Work contact forms
    ┌──────────┬──────────┬────────────────┬─────────────────┬────────┬────────────┐
    │ number   │ state    │ subject        │ addressed to    │ issued │ reply by   │
    │          │          │                │                 │ by     │            │
    ├──────────┼──────────┼────────────────┼─────────────────┼────────┼────────────┤
    │ HAY05001 │ archived │ Φ3.6 m 球磨机  │ technology;     │ 王建国 │ 2026-10-15 │
    │          │          │ 主轴承图纸确认 │ general         │        │            │
    │ HAY05002 │ void     │ 轴承图纸       │ technology      │ 王建国 │ 2026-10-13 │
    │ HAY05003 │ issued   │ 交货期,包装    │ technology      │ 王建国 │ 2026-10-13 │
    │ HAY05004 │ reserved │                │                 │ clerk  │            │
    │ HAB05001 │ issued   │ 交货期函复     │ 包头钢铁(集团)  │ 赵刚   │ 2026-10-13 │
    │          │          │                │ 有限责任公司    │        │            │
    ├──────────┼──────────┼────────────────┼─────────────────┼────────┼────────────┤
    │ total    │          │                │                 │        │            │
    └──────────┴──────────┴────────────────┴─────────────────┴────────┴────────────┘
    5 rows
    the total leaves out: void 1
    left out for want of width: issued on, kind, received on, replied on, archived on and 9 more; widen the window, or take --format csv
    ");
    let office = office.with_width(60);
    let outcome = office.run("contact list");
    assert_snapshot!(format!("{}{}", outcome.out, outcome.err), @"
    Work contact forms
    ┌──────────┬──────────┬──────────────┬────────┬────────────┐
    │ number   │ state    │ subject      │ issued │ reply by   │
    │          │          │              │ by     │            │
    ├──────────┼──────────┼──────────────┼────────┼────────────┤
    │ HAY05001 │ archived │ Φ3.6 m 球磨  │ 王建国 │ 2026-10-15 │
    │          │          │ 机主轴承图纸 │        │            │
    │          │          │ 确认         │        │            │
    │ HAY05002 │ void     │ 轴承图纸     │ 王建国 │ 2026-10-13 │
    │ HAY05003 │ issued   │ 交货期,包装  │ 王建国 │ 2026-10-13 │
    │ HAY05004 │ reserved │              │ clerk  │            │
    │ HAB05001 │ issued   │ 交货期函复   │ 赵刚   │ 2026-10-13 │
    ├──────────┼──────────┼──────────────┼────────┼────────────┤
    │ total    │          │              │        │            │
    └──────────┴──────────┴──────────────┴────────┴────────────┘
    5 rows
    the total leaves out: void 1
    left out for want of width: issued on, addressed to, kind, received on, replied on and 10 more; widen the window, or take --format csv
    ");
    let office = office.with_width(40);
    let outcome = office.run("contact list");
    assert_snapshot!(format!("{}{}", outcome.out, outcome.err), @"
    Work contact forms
    ┌──────────┬──────────┬────────────────┐
    │ number   │ state    │ subject        │
    ├──────────┼──────────┼────────────────┤
    │ HAY05001 │ archived │ Φ3.6 m 球磨机  │
    │          │          │ 主轴承图纸确认 │
    │ HAY05002 │ void     │ 轴承图纸       │
    │ HAY05003 │ issued   │ 交货期,包装    │
    │ HAY05004 │ reserved │                │
    │ HAB05001 │ issued   │ 交货期函复     │
    ├──────────┼──────────┼────────────────┤
    │ total    │          │                │
    └──────────┴──────────┴────────────────┘
    5 rows
    the total leaves out: void 1
    left out for want of width: issued on, addressed to, kind, issued by, reply by and 12 more; widen the window, or take --format csv
    ");
}

#[test]
fn every_list_fits_every_screen_and_keeps_its_first_column() {
    let mut office = office();
    for width in [120, 100, 80, 60, 40, 20] {
        office = office.with_width(width);
        for line in [
            "contact list",
            "contact ledger --department business",
            "contact outstanding",
            "contact papers BG-2026-118",
            "show HAY05001",
            "history HAY05001",
            "find 交",
            "staff list",
            "department list",
            "rule list",
            "series list",
            "series audit",
            "journal",
        ] {
            let shown = office.ok(line);
            let grid: Vec<&str> = shown.lines().filter(|line| line.starts_with(['│', '┌', '├', '└'])).collect();
            assert!(!grid.is_empty(), "{line}");
            let narrowest = if width > 30 { usize::from(width) } else { 32 };
            for row in grid {
                assert!(row.width() <= narrowest, "{line} at {width}: {row}");
            }
        }
        for number in ["HAY05001", "HAY05002", "HAY05003", "HAY05004"] {
            assert!(office.ok("contact list").contains(number), "{number} at {width}");
        }
    }
}

#[test]
fn formulas_are_neutralised_for_excel_alone() {
    let office = Office::staffed();
    let words = |subject: &'static str, content: &'static str| {
        [
            "contact",
            "add",
            "--department",
            "business",
            "--kind",
            "pre-contract",
            "--to",
            "technology",
            "--by",
            "wang",
            "--pages",
            "3",
            subject,
            content,
        ]
    };
    office.words(&words("--subject=-5 度", "--content==HYPERLINK(\"http://x\")"));
    office.words(&words("--subject=@SUM(A1)", "--content=两行\n+1"));
    let plain = office.ok("contact list --format csv");
    assert_snapshot!(plain, @r#"
    number,state,issued_on,subject,addressed_to,kind,issued_by,reply_by_on,received_on,replied_on,archived_on,project,contract,copied_to,holder,pages,department,content,archived_by,contract_file,no_contract,void_reason,amendments,entered_later_on,import
    HAY05001,issued,2026-10-08,-5 度,technology,pre-contract,wang,2026-10-13,,,,,,,,3,business,"=HYPERLINK(""http://x"")",,,,,0,,
    HAY05002,issued,2026-10-08,@SUM(A1),technology,pre-contract,wang,2026-10-13,,,,,,,,3,business,"两行
    +1",,,,,0,,
    "#);
    let excel = office.ok("contact list --format csv --excel");
    assert!(excel.starts_with('\u{feff}') && excel.ends_with("\r\n"));
    assert_snapshot!(excel.trim_start_matches('\u{feff}').replace("\r\n", "\n"), @r#"
    number,state,issued_on,subject,addressed_to,kind,issued_by,reply_by_on,received_on,replied_on,archived_on,project,contract,copied_to,holder,pages,department,content,archived_by,contract_file,no_contract,void_reason,amendments,entered_later_on,import
    HAY05001,issued,2026-10-08,'-5 度,technology,pre-contract,wang,2026-10-13,,,,,,,,3,business,"'=HYPERLINK(""http://x"")",,,,,0,,
    HAY05002,issued,2026-10-08,'@SUM(A1),technology,pre-contract,wang,2026-10-13,,,,,,,,3,business,"两行
    +1",,,,,0,,
    "#);
    assert_eq!(office.ok("contact list --format csv --bom"), format!("\u{feff}{plain}"));
    assert_eq!(
        office.ok("contact list --format json --excel"),
        office.ok("contact list --format json"),
        "only csv has a reader like that"
    );
}

#[test]
fn a_list_goes_to_a_file_in_the_format_of_its_name() {
    let office = office().with_width(40);
    for (name, format) in [("a.csv", "csv"), ("a.json", "json"), ("a.jsonl", "jsonl")] {
        let path = office.path(name);
        assert_eq!(office.ok(&format!("contact list --output {}", path.display())), "");
        assert_eq!(office.read(name), office.ok(&format!("contact list --format {format}")), "{name}");
    }
    let path = office.path("a.txt");
    office.ok(&format!("contact list --output {}", path.display()));
    assert_eq!(office.read("a.txt"), office.with_width(500).ok("contact list"), "a file is as wide as it must be");
}

#[test]
fn a_file_that_cannot_be_written_is_named_and_nothing_is_left() {
    let office = office();
    let path = office.path("missing/a.csv");
    let refused = office.refused(1, &format!("contact list --output {}", path.display()));
    let said = format!(
        "cannot write {}: No such file or directory (os error 2); name a folder that is there and that you may write to",
        path.display()
    );
    assert_eq!(refused, said);
    assert!(!office.path("missing").exists());
}

/// The real program, as another program runs it.
fn program(office: &Office, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_branchbook"))
        .args(arguments)
        .env("BRANCHBOOK_FILE", office.path("book.db"))
        .env("BRANCHBOOK_NOW", "2026-10-08")
        .env("BRANCHBOOK_AS", "zhou")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn there_is_no_colour_where_there_is_no_terminal() {
    let office = office();
    let plain = program(&office, &["contact", "list"]);
    assert_eq!(plain, office.ok("contact list"), "the program prints what the tests see");
    assert!(!plain.contains('\u{1b}'));
    assert!(program(&office, &["contact", "list", "--color", "always"]).contains('\u{1b}'));
    assert_eq!(program(&office, &["contact", "list", "--color", "never"]), plain);
}

#[test]
fn an_entry_goes_into_a_file_with_the_lists_that_belong_to_it() {
    let office = Office::staffed();
    office
        .ok("contact add --department business --kind pre-contract --to technology --subject a --content b --by wang");
    office.ok("contact sign HAY05001 --by wu");
    let shown = office.ok("show HAY05001");
    assert!(shown.contains("Signatures"), "{shown}");
    office.ok(&format!("show HAY05001 --output {}", office.path("form.txt").display()));
    assert_eq!(office.read("form.txt"), shown);
}

/// An output that takes nothing, as a full disk does.
struct Full;

impl std::io::Write for Full {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_answer_that_cannot_be_written_does_not_hide_what_was_done() {
    let office = Office::staffed();
    let mut err = Vec::new();
    let words = ["department", "add", "qc", "--zh", "质检部"];
    assert_eq!(office.words_into(&words, &mut Full, &mut err), 1);
    let said = String::from_utf8(err).unwrap();
    assert!(said.starts_with("it was done, but its answer could not be written: "), "{said}");
    assert!(office.ok("department list").contains("质检部"));
}
