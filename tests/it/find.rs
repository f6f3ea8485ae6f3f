//! Finding: words of every width and case, names by their characters, numbers typed in parts.

use std::fs;

use proptest::prelude::*;

use crate::office::Office;

/// An office with entries of several registers about the same customers, spelt as people spell.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.all_ok(&[
        "contact add --department business --kind pre-contract --to technology --subject 'ＴｈｉｎｋＰａｄ 到货' --content φ3.6×70 --by wang",
        "contact add --department business --kind external --to 包头市昆都仑区钢管厂 --copy he --subject 询价 --content 无 --by wang",
        "info add --department business --customer 包头钢铁（集团）有限责任公司 --region 内蒙古 --equipment 球磨机Φ3.6 --need 两台 --by wang",
        "info add --department business --customer 鞍钢集团矿业 --region 辽宁省鞍山市 --equipment 破碎机 --need 一台 --by li --on 2026-10-01",
        "reception add --department business --unit '包头钢铁(集团)' --purpose 监造 --arrive 2026-10-20 --leave 2026-10-21 \
            --visitor '王工;工程师' --schedule none --by wang",
    ]);
        office
    })
}

/// The numbers of what is found, in their order.
fn found(office: &Office, line: &str) -> Vec<String> {
    let csv = office.ok(&format!("{line} --format csv"));
    csv.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect()
}

#[test]
fn a_word_is_found_whatever_its_width_case_brackets_spaces_and_hyphens() {
    let office = office();
    for (line, number) in [
        ("find thinkpad", "HAY05001"),
        ("find THINK-PAD", "HAY05001"),
        ("find Φ3.6×70", "HAY05001"),
        ("find '球磨机 φ３．６'", "INF26-0001"),
        ("contact list --text ｔｈｉｎｋ", "HAY05001"),
        ("info list --text '包头钢铁(集团)'", "INF26-0001"),
        ("reception list --text 包头钢铁【集团】", "REC26-001"),
    ] {
        assert_eq!(found(&office, line), [number], "{line}");
    }
    assert_eq!(found(&office, "find 包头钢铁(集团)"), ["INF26-0001", "REC26-001"]);
    assert_eq!(found(&office, "find φ36"), Vec::<String>::new(), "a decimal point counts");
}

#[test]
fn each_of_several_words_must_be_in_the_entry_in_any_order() {
    let office = office();
    assert_eq!(found(&office, "find 球磨机 包头"), ["INF26-0001"]);
    assert_eq!(found(&office, "find '包头 球磨机'"), ["INF26-0001"]);
    assert_eq!(found(&office, "find 包头 破碎机"), Vec::<String>::new());
    assert_eq!(found(&office, "info list --text '两台 球磨机'"), ["INF26-0001"]);
}

#[test]
fn a_customer_is_found_by_the_characters_of_its_name_the_closest_first() {
    let office = office();
    assert_eq!(found(&office, "find 包钢"), ["INF26-0001", "REC26-001", "HAY05002"]);
    assert_eq!(found(&office, "find 鞍矿"), ["INF26-0002"]);
    assert_eq!(found(&office, "find 鞍磨"), Vec::<String>::new(), "the characters of one name");
    assert_eq!(found(&office, "find 球机"), Vec::<String>::new(), "of a name, and no other text");
}

#[test]
fn what_is_found_may_be_of_some_registers_and_days_alone() {
    let office = office();
    assert_eq!(found(&office, "find 包钢 --register info --register reception"), ["INF26-0001", "REC26-001"]);
    assert_eq!(found(&office, "find 包钢 --register ＣＯＮＴＡＣＴ"), ["HAY05002"]);
    assert_eq!(found(&office, "find 钢 --last 1 --register info"), ["INF26-0001"]);
    assert_eq!(found(&office, "find 钢 --to 2026-10-05"), ["INF26-0002"]);
    assert_eq!(found(&office, "find 钢 --month 2026-09"), Vec::<String>::new());
    let refused = office.refused(2, "find 钢 --register staff");
    assert!(refused.contains("give one of: contact, info"), "{refused}");
    office.refused(2, "find 钢 --from 2026-10-05 --to 2026-10-01");
}

#[test]
fn a_number_may_be_typed_in_parts_wherever_one_is_taken() {
    let office = office();
    let shown = office.ok("show HAY05001");
    for line in [
        "show hay05 001",
        "show 'hay05 001'",
        "show ｈａｙ０５　００１",
        "contact show ＨＡＹ０５ ００１",
        "contact show --no-input hay 05 001",
    ] {
        assert_eq!(office.ok(line), shown, "{line}");
    }
    assert!(office.ok("history hay05 001").contains("contact add"));
    assert_eq!(found(&office, "find hay05 001"), ["HAY05001"]);
    assert_eq!(found(&office, "find inf26 0001"), ["INF26-0001"], "the hyphen of the number may be missing");
    office.ok("contact amend hay05 001 --content 两台 --reason 更正 --by wang");
    assert!(office.ok("contact print hay05 001 HAY05 002 --format html").contains("HAY05002"));
    office.ok("undo hay05 001 --reason 错误");
    office.ok("contact void hay05 002 --reason 作废 --by zhou");
    assert_eq!(office.ok("contact list --state void --format csv").lines().count(), 2);
}

#[test]
fn what_is_no_part_of_a_number_stays_a_word() {
    let office = office();
    let refused = office.refused(2, "show HAY05001 HAY05002");
    assert!(refused.contains("HAY05002"), "{refused}");
    // A tag and a serial number are two marks.
    let refused = office.words(&["asset", "count", "A1", "002", "--department", "business"]);
    assert!(!refused.err.contains("A1002"), "{refused:?}");
}

#[test]
fn people_and_departments_are_known_whatever_their_width_and_case() {
    let office = office();
    let add = |by: &str, department: &str| {
        format!(
            "contact add --department '{department}' --kind external --to 宝钢 --copy he --subject 一 --content 二 --by '{by}' -q"
        )
    };
    for (by, department) in [("ＷＡＮＧ", "Business"), ("王 建国", "ＢＵＳＩＮＥＳＳ"), ("Wang", "business")]
    {
        assert!(office.ok(&add(by, department)).starts_with("HAY05"), "{by} {department}");
    }
    office.refused(4, &add("wangg", "business"));
}

/// What `find` gives with the index of the office's book, and without one: a folder is in its place.
fn found_both_ways(office: &Office, words: &str) -> Vec<String> {
    let index = office.path("book.db-find");
    let by_index = found(office, &format!("find {words}"));
    assert!(index.is_file(), "{words}: it is made");
    let aside = office.path("aside");
    fs::rename(&index, &aside).unwrap();
    fs::create_dir(&index).unwrap();
    let read = found(office, &format!("find {words}"));
    assert!(index.is_dir(), "{words}: it was passed over");
    fs::remove_dir(&index).unwrap();
    fs::rename(&aside, &index).unwrap();
    assert_eq!(by_index, read, "{words}");
    by_index
}

/// What is looked for in the test of the index: words of every length and script.
const LOOKED_FOR: [&str; 18] = [
    "钢",
    "包钢",
    "包头",
    "包头钢铁",
    "鞍矿",
    "磨",
    "球磨机 两台",
    "φ3.6",
    "3",
    "36",
    "hay",
    "05001",
    "HAY05001",
    "inf 26",
    "thinkpad",
    "x",
    "两台",
    "改",
];

#[test]
fn the_index_finds_what_is_found_without_it_whatever_happens_to_the_book() {
    let office = office();
    let same = |office: &Office| LOOKED_FOR.map(|words| found_both_ways(office, words));
    let first = same(&office);
    assert!(first.iter().filter(|found| !found.is_empty()).count() > 12, "{first:?}");
    office.ok("contact amend HAY05001 --subject 改图 --reason 更正 --by wang");
    assert_eq!(found_both_ways(&office, "thinkpad"), Vec::<String>::new(), "what it was before is not found");
    assert_eq!(found_both_ways(&office, "改图"), ["HAY05001"]);
    same(&office);
    office.ok("undo HAY05001 --reason 误改");
    assert_eq!(found_both_ways(&office, "thinkpad"), ["HAY05001"]);
    office.ok("contact void HAY05002 --reason 钢管厂撤回 --by zhou");
    assert_eq!(found_both_ways(&office, "撤回"), ["HAY05002"]);
    let copy = office.path("copy.db").display().to_string();
    office.ok(&format!("backup {copy}"));
    assert!(!office.path("copy.db-find").exists(), "a copy has none");
    office.ok("info amend INF26-0002 --customer 本溪矿业 --reason 改名 --by li");
    assert_eq!(found_both_ways(&office, "本溪"), ["INF26-0002"]);
    office.ok(&format!("restore {copy}"));
    assert_eq!(found_both_ways(&office, "本溪"), Vec::<String>::new(), "the copy knows of no such customer");
    // As many rows in the journal as before, and others.
    office.ok("info amend INF26-0002 --customer 大连重工 --reason 改名 --by li");
    assert_eq!(found_both_ways(&office, "连重"), ["INF26-0002"]);
    assert_eq!(found_both_ways(&office, "鞍矿"), Vec::<String>::new());
    same(&office);
    assert_eq!(office.run("verify").code, 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    /// A book in which anything happens; `find` is asked now and then, so that the index is brought up over one change or several.
    #[test]
    fn the_index_of_a_random_book_finds_what_is_found_without_it(
        happenings in prop::collection::vec((0..6_u8, 1..9_u8, "[包头钢铁鞍山矿业集团a-c ]{2,6}"), 4..14),
        asked in prop::collection::vec("[包头钢铁鞍山矿业集团a-c0]{1,3}", 3..6),
    ) {
        let office = Office::staffed();
        let subject = "contact add --department business --kind pre-contract --to technology --content 一 --by wang --subject";
        let customer = "info add --department business --region 辽宁省 --equipment 球磨机 --need 一台 --by li --customer";
        for (what, number, text) in happenings {
            let line = match what {
                0 => format!("{subject} '始{text}'"),
                1 => format!("{customer} '{text}厂'"),
                2 => format!("contact amend HAY0500{number} --subject '改{text}' --reason 改 --by wang"),
                3 => format!("info amend INF26-000{number} --customer '改{text}' --reason 改 --by li"),
                4 => format!("undo HAY0500{number} --reason 误"),
                _ => format!("contact void HAY0500{number} --reason '{text}废' --by zhou"),
            };
            // What is not there, or does not go, is refused.
            office.run(&line);
            if number % 3 == 0 {
                found_both_ways(&office, &asked[0]);
            }
        }
        for words in &asked {
            found_both_ways(&office, words);
        }
    }
}

#[test]
fn who_was_entered_twice_is_found_under_one_key_by_the_index_too() {
    let office = Office::staffed();
    office.ok("staff add wangjg --name 王建国 --department business --role salesperson");
    office.ok(
        "asset add --department business --name 相机 --price 3000 --keeper wangjg --bought-on 2026-10-08 --by wangjg",
    );
    assert_eq!(found_both_ways(&office, "wangjg"), ["AST-0001"]);
    office.ok("staff merge wangjg --into wang --reason 重复 --by chen");
    assert_eq!(found_both_ways(&office, "wangjg"), Vec::<String>::new());
    assert_eq!(found_both_ways(&office, "wang"), ["AST-0001"]);
}

#[test]
fn what_is_signed_for_a_project_is_found_in_its_shipments_by_the_index_too() {
    let office = crate::ship::told();
    office.ok(&crate::ship::add("company"));
    assert_eq!(found_both_ways(&office, "BG-2026-118"), Vec::<String>::new());
    crate::project::review(&office, "PRJ26-001");
    office.ok("project contract PRJ26-001 --contract BG-2026-118 --signed-on 2026-10-09 --amount 10万 --by li");
    assert_eq!(found_both_ways(&office, "BG-2026-118"), ["PRJ26-001", "SHP26-001"]);
}

#[test]
fn an_index_that_is_damaged_stale_or_foreign_is_made_anew() {
    let office = office();
    let index = office.path("book.db-find");
    let expected = found_both_ways(&office, "包钢");
    let whole = fs::read(&index).unwrap();
    let other = Office::staffed();
    other.ok(
        "contact add --department business --kind pre-contract --to technology --subject 包钢 --content 一 --by wang",
    );
    other.ok("find 包钢");
    let mut torn = whole.clone();
    let half = torn.len() / 2;
    torn[4096..half].fill(0x5A);
    let foreign =
        "CREATE TABLE state (stamp TEXT); CREATE TRIGGER t AFTER INSERT ON state BEGIN DELETE FROM state; END";
    let alien = office.path("alien.db");
    rusqlite::Connection::open(&alien).unwrap().execute_batch(foreign).unwrap();
    for damaged in [
        b"no database".to_vec(),
        whole[..half].to_vec(),
        torn,
        Vec::new(),
        fs::read(other.path("book.db-find")).unwrap(),
        fs::read(alien).unwrap(),
    ] {
        fs::write(&index, &damaged).unwrap();
        let outcome = office.run("find 包钢 --format csv");
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "in silence");
        assert_eq!(found(&office, "find 包钢"), expected);
    }
    // Nothing else of the book minds it.
    fs::write(&index, "no database").unwrap();
    assert_eq!(office.run("verify").code, 0);
    fs::remove_file(&index).unwrap();
    office.ok("contact list");
    office.ok(
        "contact add --department business --kind pre-contract --to technology --subject 二 --content 一 --by wang",
    );
    assert!(!index.exists(), "only find makes it");
}

#[cfg(unix)]
#[test]
fn the_index_is_as_private_as_the_book_and_no_link_is_followed() {
    use std::os::unix::fs::PermissionsExt;

    let office = office();
    let index = office.path("book.db-find");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    office.ok("find 包钢");
    assert_eq!(mode(&index), 0o600);
    fs::set_permissions(&index, fs::Permissions::from_mode(0o644)).unwrap();
    office.ok("find 包钢");
    assert_eq!(mode(&index), 0o600, "a file that others may read is closed to them");
    let elsewhere = office.path("elsewhere");
    fs::write(&elsewhere, "mine").unwrap();
    fs::remove_file(&index).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &index).unwrap();
    assert_eq!(found(&office, "find 鞍矿"), ["INF26-0002"]);
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "mine");
}

#[test]
fn r2_4_the_index_lets_nobody_find_by_what_they_may_not_read() {
    let office = office();
    assert_eq!(found_both_ways(&office, "包头 两台"), ["INF26-0001"], "the clerk may read it and brings the index up");
    let stranger = office.sharing("sun");
    for words in ["鞍矿", "包头 两台", "钢铁", "包头 球磨机"] {
        let found = found_both_ways(&stranger, words);
        assert!(!found.iter().any(|number| number.starts_with("INF")), "{words}: {found:?}");
    }
}

/// What verbs append is found as well: replies, papers and vouchers; of what is masked nothing.
#[test]
fn what_stands_in_the_rows_of_an_entry_is_found() {
    let office = office();
    office.all_ok(&[
        "contact sign HAY05001 --by wu",
        "contact reply HAY05001 --by wu --text 图纸二十二号已经发出",
        "info report --department business --month 2026-10 --by wang",
        "info file INF26-0001",
        "info assign INF26-0001 --to business",
        "info track INF26-0001 --person li --by wang",
        "info follow INF26-0001 --note 用户要求改期 --by li",
    ]);
    for found_by in ["二十二号", "图纸二十二"] {
        assert_eq!(found(&office, &format!("find {found_by}")), ["HAY05001"]);
        assert_eq!(found(&office, &format!("contact list --text {found_by}")), ["HAY05001"]);
    }
    assert_eq!(found(&office, "find 改期"), ["INF26-0001"]);
    assert_eq!(found(&office.sharing("wu"), "find 改期"), [""; 0]);
    office.ok("undo HAY05001 --by wu");
    assert_eq!(found(&office, "find 二十二号"), [""; 0]);
}

/// The last ones are looked for from the last day backwards, and are the same that the whole list has at its end.
#[test]
fn the_last_entries_are_those_of_all_that_are_found() {
    let office = office();
    let lines: Vec<String> = (0..90)
        .map(|i| {
            let subject = if i % 29 == 0 { "减速机" } else { "备件" };
            let day = 1 + i % 28;
            let (department, person) = if i % 31 == 0 { ("foreign-trade", "qian") } else { ("business", "wang") };
            let said = format!("--subject {subject}{i} --content x --by {person} --on 2026-09-{day:02}");
            format!("contact add --department {department} --kind pre-contract --to general {said}")
        })
        .collect();
    office.ok(&format!("run {}", office.file("forms.txt", lines.join("\n"))));
    for (words, many) in [("减速机", 4), ("备件", 86), ("qian", 3), ("包头", 3), ("×", 1)] {
        let days = |line: &str| {
            let csv = office.ok(&format!("{line} --format csv"));
            let rows = csv.lines().skip(1).map(|row| {
                let cells: Vec<&str> = row.split(',').collect();
                (cells[3].to_owned(), cells[0].to_owned())
            });
            let mut rows: Vec<_> = rows.collect();
            rows.sort();
            rows
        };
        let all = days(&format!("find {words}"));
        assert_eq!(all.len(), many, "{words}");
        for last in [1, 2, 3, 5] {
            let shown = days(&format!("find {words} --last {last}"));
            assert_eq!(shown, all[all.len().saturating_sub(last)..], "{words} {last}");
        }
    }
}
