//! Finding: words of every width and case, names by their characters, numbers typed in parts.

use crate::office::Office;

/// An office with entries of several registers about the same customers, spelt as people spell.
fn office() -> Office {
    let office = Office::staffed();
    for line in [
        "contact add --department business --kind pre-contract --to technology --subject 'ＴｈｉｎｋＰａｄ 到货' --content φ3.6×70 --by wang",
        "contact add --department business --kind external --to 包头市昆都仑区钢管厂 --copy he --subject 询价 --content 无 --by wang",
        "info add --department business --customer 包头钢铁（集团）有限责任公司 --region 内蒙古 --equipment 球磨机Φ3.6 --need 两台 --by wang",
        "info add --department business --customer 鞍钢集团矿业 --region 辽宁省鞍山市 --equipment 破碎机 --need 一台 --by li --on 2026-10-01",
        "reception add --department business --unit '包头钢铁(集团)' --purpose 监造 --arrive 2026-10-20 --leave 2026-10-21 \
            --visitor '王工;工程师' --schedule none --by wang",
    ] {
        office.ok(line);
    }
    office
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
