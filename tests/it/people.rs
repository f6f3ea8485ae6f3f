//! What a person reads names people; what a script reads has their keys (Q29).

use insta::assert_snapshot;

use crate::office::Office;

/// An office with a form, and two people of one name.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok("staff add wang2 --name 王建国 --department baotou --role salesperson");
        office.all_ok(&[
        "contact add --department business --kind pre-contract --to technology --copy li --copy wang --copy 包钢设计院 --copy general --subject 轴承 --content x --by wang",
        "contact sign HAY05001 --for technology --by wu",
        "info add --department business --customer 包钢 --region 辽宁省 --equipment 磨机 --need 一台 --by li",
        "info quota set --person li --count 3 --from 2026-10",
    ]);
        office
    })
}

const LIST: &str = "contact list --department business";

#[test]
fn q29_a_list_names_people_in_every_format_that_a_person_reads() {
    let office = office();
    let table = office.ok(LIST);
    assert!(
        table.contains("│ 王建国 (wang) │") && table.contains("李娜; 王建国 (wang); 包钢设计院; general"),
        "{table}"
    );
    let page = office.ok(&format!("{LIST} --format html"));
    assert!(page.contains("王建国 (wang)") && !page.contains(">wang<"), "{page}");
    let card = office.ok("show HAY05001");
    assert!(card.contains("│ 王建国 (wang)") && card.contains("吴工"), "{card}");
    let history = office.ok("history HAY05001 --lang zh");
    assert!(history.contains("王建国 (wang)") && history.contains("吴工"), "{history}");
    let workbook = office.path("list.xlsx");
    office.ok(&format!("{LIST} --output {}", workbook.display()));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(workbook).unwrap();
    let sheet = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
    assert!(sheet.used_cells().any(|(_, _, cell)| calamine::DataType::get_string(cell) == Some("王建国 (wang)")));
}

#[test]
fn q29_a_script_reads_keys_and_asks_for_names() {
    let office = office();
    let csv = office.ok(&format!("{LIST} --format csv"));
    assert!(csv.contains(",wang,") && !csv.contains("王建国"), "{csv}");
    assert_eq!(csv, office.ok(&format!("{LIST} --format csv --lang zh")));
    let named = office.ok(&format!("{LIST} --format csv --names"));
    for (plain, named) in csv.lines().zip(named.lines()) {
        assert!(named.starts_with(plain), "names come last: {named}");
    }
    assert_snapshot!(named.lines().next().unwrap().strip_prefix(csv.lines().next().unwrap()).unwrap(), @",addressed_to_name,issued_by_name,copied_to_name,holder_name,department_name,archived_by_name");
    assert_snapshot!(named.lines().nth(1).unwrap().strip_prefix(csv.lines().nth(1).unwrap()).unwrap(), @",Technology Development Section,王建国,李娜; 王建国; 包钢设计院; General Management Department,,Business Department,");
    let zh = office.ok(&format!("{LIST} --format csv --names --lang zh"));
    assert_snapshot!(zh.lines().nth(1).unwrap().strip_prefix(csv.lines().nth(1).unwrap()).unwrap(), @",技术开发科,王建国,李娜; 王建国; 包钢设计院; 综合管理部,,业务部,");
    let json = office.ok(&format!("{LIST} --format jsonl --names"));
    assert!(json.contains(r#""issued_by":"wang""#) && json.contains(r#""issued_by_name":"王建国""#), "{json}");
    let shown = office.ok("show HAY05001 --format json --names");
    assert!(shown.contains(r#""issued_by_name":"王建国""#), "{shown}");
}

#[test]
fn q29_a_column_of_names_stands_once_whoever_reads_it() {
    let office = office().at_the_keyboard("chen");
    let tally = "info tally --month 2026-10 --by-person";
    let csv = office.ok(&format!("{tally} --format csv --names"));
    assert_snapshot!(csv, @"
    month,department,person,person_name,indicator,counted,verdict,streak,department_name
    2026-10,business,li,李娜,3,1,open,0,Business Department
    2026-10,baotou,sun,孙立,,0,,0,Inner Mongolia Baotou Office
    2026-10,baotou,wang2,王建国,,0,,0,Inner Mongolia Baotou Office
    ");
    let table = office.ok(tally);
    assert_eq!((table.matches("李娜").count(), table.matches("person name").count()), (1, 0), "{table}");
}

#[test]
fn q29_sentences_and_refusals_name_people() {
    let office = office();
    assert_snapshot!(office.ok("contact sign HAY05001 --for li --by li"), @r#"HAY05001 "轴承" to technology: signed for 李娜 by 李娜 on 2026-10-08; received"#);
    assert_snapshot!(office.refused(3, "contact sign HAY05001 --for wang --by li"), @"R4.7: 李娜 cannot act for 王建国 (wang); name them with --by wang");
    assert_snapshot!(office.at_the_keyboard("li").refused(3, "contact void HAY05001 --reason 错 --by wang2"), @"R4.7: 李娜 may not enter what 王建国 (wang2) did; only a clerk or contract administrator writes for others; let 王建国 (wang2) enter it, or hand the paper to General Management's clerk");
}

#[test]
fn q29_a_month_end_pack_names_people_on_its_page_and_has_keys_in_its_files() {
    let office = office().at_the_keyboard("chen").on("2026-11-03");
    let folder = office.path("packs");
    office.ok(&format!("report month 2026-10 --output {}", folder.display()));
    let read = |name: &str| std::fs::read_to_string(folder.join("2026-10").join(name)).unwrap();
    assert!(read("contact-ledger-HAY05.csv").contains(",wang,"));
    assert!(read("month-end.html").contains("王建国 (wang)"));
}

#[test]
fn a_second_person_of_a_name_is_told_with_the_others_key() {
    let office = Office::staffed();
    let added = office.run("staff add he2 --name '何 平' --department business --role salesperson --by wang");
    assert_eq!(added.code, 0);
    assert_eq!(
        added.err,
        "何平 (he) is called the same: type the keys from now on, for the name alone is refused; \
         where they are one person: branchbook staff merge he2 --into he --reason REASON\n"
    );
    let added = office.run("staff add he3 --name 何平安 --department business --role salesperson --by wang");
    assert_eq!((added.code, added.err.as_str()), (0, ""));
    let renamed = office.run("staff rename he3 --name 何平 --by chen");
    assert_eq!(renamed.code, 0);
    assert!(renamed.err.contains("何平 (he), 何 平 (he2) is called the same: "), "{}", renamed.err);
}
