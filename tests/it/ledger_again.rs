//! Ledgers that come in again: a month that was exported, and rows drawn by lot in any spelling.

use proptest::prelude::*;

use crate::office::Office;

/// Exports the ledgers of one office and imports them into a new one with the same staff: the export there is the same.
#[track_caller]
fn comes_again(office: &Office) {
    let ledger = office.exported("contact list");
    let again = Office::staffed().on("2026-12-31");
    again.ok("department add manufacturing --zh 生产制造部");
    let file = again.file("ledger.csv", &ledger);
    again.ok(&format!("contact import {file}"));
    assert_eq!(again.exported("contact list"), ledger);
    let rows = ledger_rows(&ledger);
    assert_eq!(again.ok(&format!("contact import {file} -q")), "0\n", "{rows} rows are in the book");
    for department in ["business", "baotou"] {
        let export = format!("contact ledger --department {department}");
        assert_eq!(again.exported(&export), office.exported(&export));
    }
}

fn ledger_rows(csv: &str) -> usize {
    csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).count()
}

#[test]
fn a_month_that_is_exported_comes_in_again_byte_for_byte() {
    let office = Office::staffed();
    office.ok("department add manufacturing --zh 生产制造部");
    let add = |subject: &str, content: &str, more: &[&str]| {
        let (subject, content) = (format!("--subject={subject}"), format!("--content={content}"));
        let words = [
            "contact",
            "add",
            "--department",
            "business",
            "--kind",
            "pre-contract",
            "--by",
            "wang",
            &subject,
            &content,
        ];
        let outcome = office.words(&[&words, more].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.err);
    };
    add("=HYPERLINK(\"http://x\",\"y\")", "+8613800000000", &["--to", "technology"]);
    add(
        "@SUM(A1)",
        "说 \"你好\", 'x'\n第二行\n\n\t缩进",
        &["--to", "technology", "--to", "manufacturing", "--copy", "li", "--copy", "包钢 \"动力\" 部", "--copy", "he"],
    );
    add("-1+1", "007", &["--to", "general", "--contract", "=BG-1", "--pages", "3", "--holder", "档案柜,2"]);
    add("NULL", "1e5", &["--to", "general", "--reply-by", "2026-12-31"]);
    add("废", "x", &["--to", "general"]);
    office.ok("contact void HAY05005 --reason '=写错,\"重开\"'");
    office.ok("contact sign HAY05001 --by wu");
    let office = office.on("2026-10-20");
    office.ok("contact reply HAY05001 --by wu --text 可行");
    office.ok("contact archive HAY05001 --no-contract '=无'");
    office.ok("contact sign HAY05003 --by zhou");
    office.ok("contact archive HAY05003");
    office.ok("contact sign HAY05004 --by zhou");
    office.ok("contact amend HAY05004 --reason 错 --subject '  # 改 '");
    office.ok("series reserve business --count 2");
    office.ok("contact void HAY05006 --reason 撕坏");
    office.ok("contact add --department baotou --kind external --to 包头钢铁(集团)有限责任公司 --copy he --subject 函 --content … --by zhao");
    comes_again(&office);
}

/// Text as somebody might type it, awkward on purpose.
fn typed() -> impl Strategy<Value = String> {
    let awkward = prop::sample::select(vec![
        "\"",
        "\"\"",
        ",",
        ";",
        "; ",
        "\n",
        "\t",
        " ",
        "\u{3000}",
        "'",
        "=",
        "+",
        "-",
        "@",
        "#",
        "\\",
        "|",
        "0",
        "007",
        "null",
        "、",
        "；",
        "中文",
        "é",
        "e\u{301}",
        "👨‍👩‍👧",
        "𠀀",
        "שלום",
    ]);
    prop_oneof![prop::collection::vec(awkward, 1..8).prop_map(|parts| parts.concat()), any::<String>()]
}

/// The text as it is typed: a dash alone would be standard input, and an at sign at its beginning a file.
fn spelled(text: &str) -> String {
    match text {
        "-" => "--".to_owned(),
        text if text.starts_with('@') => format!("@{text}"),
        text => text.to_owned(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn any_text_that_is_taken_comes_again(rows in prop::collection::vec([typed(), typed(), typed(), typed(), typed()], 1..5)) {
        let office = Office::staffed();
        for row in &rows {
            let [subject, content, contract, holder, copy] = row.each_ref().map(|text| spelled(text));
            let subject = format!("--subject={subject}");
            let content = format!("--content={content}");
            for more in [
                vec![format!("--contract={contract}"), format!("--holder={holder}"), format!("--copy={copy}"), "--copy=he".to_owned()],
                vec![format!("--copy={copy}"), "--copy=he".to_owned()],
                vec![],
            ] {
                let words = ["contact", "add", "--department", "business", "--kind", "pre-contract", "--by", "wang", "--to", "technology", &subject, &content];
                let words: Vec<&str> = words.into_iter().chain(more.iter().map(String::as_str)).collect();
                let outcome = office.words(&words);
                prop_assert!([0, 2].contains(&outcome.code), "{}", outcome.err);
            }
        }
        comes_again(&office);
    }
}
