//! Files in the language of their clerks: words, headings, and what a file of rules says once for all months.

use insta::assert_snapshot;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use branchbook::language::Language;

use crate::every_verb;
use crate::office::Office;
use crate::round_trip;
use crate::ship;
use crate::workbook_import::{Cell, fill, xlsx};

/// What an import says, without the file's path.
fn told(office: &Office, name: &str, text: impl AsRef<[u8]>, line: &str) -> String {
    let file = office.file(name, text);
    let outcome = office.run(&line.replace(name, &file));
    format!("{}{}", outcome.err, outcome.out).replace(&file, name)
}

#[test]
fn words_and_headings_are_known_in_chinese_and_korean_whatever_their_width() {
    let office = Office::staffed();
    let ledger = "联系单编号,签 发\n日期,部门,经办人,类别,主送,事由,状态,作废原因\n\
        HAY05001,2019/3/5,业务部,王建国,执行,技术开发科,图纸确认,归档,\n\
        HAY05002,2019/3/6,业务部,王建国,售后,包钢,开箱,已发出,\n\
        HAY05003,2019/3/7,业务部,王建国,ＥＸＥＣＵＴＩＯＮ,技术开发科,交货期,作废了,\n";
    let said = told(
        &office,
        "old.csv",
        ledger.replace("签 发\n日期", "\"发出\n日期\""),
        "contact import old.csv --map kind=类别 --dry-run",
    );
    assert_snapshot!(said, @r#"
    old.csv:5: 状态: "作废了" is no state; give one of: reserved, issued, received, archived, void; --value state:作废了=STATE says which it means
    1 of 3 rows cannot be taken; nothing was imported
    "#);
    let ledger = ledger.replace("签 发\n日期", "\"发出\n日期\"").replace("作废了,", "무효,写错");
    let said = told(&office, "old.csv", ledger, "contact import old.csv --map kind=类别");
    assert_snapshot!(said, @"
    the series business goes on with HAY05004
    open, and so outstanding: 1, the oldest since 2019-03-06; what is done comes in with --set state=archived
    taken for units outside the company: 包钢
    old.csv: contact forms imported: 3
    ");
    assert_snapshot!(office.ok("contact list --format csv").lines().map(|line| line.split(',').take(3).collect::<Vec<_>>().join(",")).collect::<Vec<_>>().join("\n"), @r"
    number,state,issued_on
    HAY05001,archived,2019-03-05
    HAY05002,issued,2019-03-06
    HAY05003,void,2019-03-07
    ");
}

#[test]
fn what_a_word_stands_for_is_said_for_what_is_left() {
    let office = Office::staffed();
    let ledger =
        "number,issued_on,department,by,kind,to,subject\nHAY05001,2019/3/5,business,wang,乙类,technology,图纸\n";
    assert_snapshot!(told(&office, "old.csv", ledger, "contact import old.csv"), @r#"
        old.csv:2: kind: "乙类" is none of: pre-contract, execution, after-sales, user-request, external, shipping; --value kind:乙类=WORD says which it means
        1 of 1 row cannot be taken; nothing was imported
        "#);
    assert_snapshot!(told(&office, "old.csv", ledger, "contact import old.csv --value kind:乙类=execution"), @r"
    the series business goes on with HAY05002
    open, and so outstanding: 1, the oldest since 2019-03-05; what is done comes in with --set state=archived
    old.csv: contact forms imported: 1
    ");
    assert_snapshot!(told(&office, "old.csv", ledger, "contact import old.csv --value 乙类=execution"), @r#""乙类=execution" names no field, word and value; type them as kind:执行=execution"#);
}

#[test]
fn a_list_with_labels_comes_back_in_each_language() {
    let from = every_verb::office();
    for language in [Language::En, Language::Zh, Language::Ko] {
        let (out, to) = (from.copy().speaking(language), round_trip::fresh());
        for register in round_trip::ORDER {
            let mut names = round_trip::imported(&to, register);
            names.retain(|name| !round_trip::ELSEWHERE.contains(&(register, name.as_str())));
            let list = out.ok(&format!("{register} list --format csv --labels"));
            let said = told(&to, "list.csv", list, &format!("{register} import list.csv"));
            assert!(!said.contains("cannot be taken"), "{language} {register}: {said}");
            let lists = [&from, &to].map(|office| office.ok(&format!("{register} list --format csv")));
            let [before, after] = lists.map(|list| round_trip::columns(&list, &names));
            assert_eq!(before, after, "{language} {register}");
        }
    }
}

#[test]
fn words_are_typed_in_any_language() {
    let office = Office::staffed();
    office.ok("contact add --department business --kind 售后 --to technology --subject 开箱 --content 清点 --by wang --contract BG-1 --no-input");
    assert!(office.ok("contact list --state 发出 --format csv").contains("after-sales"));
    office.ok("staff add han --name 韩梅 --department business --role 业务员");
    assert!(office.ok("staff list --role 영업사원 --format csv").contains("han"));
    assert_snapshot!(office.refused(2, "contact list --state 归"), @"归 is no state of contact; give one of: reserved, issued, received, archived, void");
}

/// A month's sheet as a clerk keeps it: a title, a department over its rows, Chinese words, a sum.
const MONTH: [[Cell<'static>; 7]; 5] = {
    use Cell::{Day, Number, Text};
    [
        [Text("2026年9月工作联系单台账"), Text(""), Text(""), Text(""), Text(""), Text(""), Text("")],
        [Text("编号"), Text("日期"), Text("部门"), Text("经办人"), Text("类 别"), Text("收件单位"), Text("事由")],
        [
            Text("HAY05001"),
            Day("2026-09-02"),
            Text("业务部"),
            Text("王建国"),
            Text("甲"),
            Text("技术开发科"),
            Text("图纸确认"),
        ],
        [
            Text("HAY05002"),
            Day("2026-09-03"),
            Text("业务部"),
            Text("王建国"),
            Text("售后"),
            Text("技术开发科"),
            Text("开箱"),
        ],
        [Text("合计"), Text(""), Text(""), Text(""), Text(""), Number(2.0), Text("")],
    ]
};

#[test]
fn rules_are_written_by_the_first_import_and_are_one_word_next_month() {
    let office = Office::staffed();
    let rules = office.path("ledger.toml").display().to_string();
    let first = format!(
        "contact import old.xlsx --map '类 别=类 别' --value kind:甲=execution --department business --save-rules {rules}"
    )
    .replace("'类 别=类 别'", "'kind=类 别'");
    let said = told(&office, "old.xlsx", xlsx(&MONTH), &format!("{first} --dry-run"));
    assert!(said.contains("contact forms imported: 2") && !office.path("ledger.toml").exists(), "{said}");
    told(&office, "old.xlsx", xlsx(&MONTH), &first);
    assert_snapshot!(office.read("ledger.toml"), @r#"
    [map]
    kind = "类 别"

    [set]
    department = "business"

    [value.kind]
    "甲" = "execution"
    "#);
    let mut next = MONTH;
    next[2][0] = Cell::Text("HAY05003");
    next[3][0] = Cell::Text("HAY05004");
    assert_snapshot!(told(&office, "next.xlsx", xlsx(&next), &format!("contact import next.xlsx --rules {rules}")), @r"
    next.xlsx: the header stands in line 2; --skip-lines COUNT says otherwise
    column not used: 部门
    the series business goes on with HAY05005
    passed over, for they are sums, by line: 5
    next.xlsx: contact forms imported: 2
    ");
    office.file("ledger.toml", "[map]\nkind = 7\n");
    let refused =
        office.refused(1, &format!("contact import next.xlsx --rules {rules}")).replace(&rules, "ledger.toml");
    assert_snapshot!(refused, @"ledger.toml:2: invalid type: integer `7`, expected a string; see docs/import.md for what a file of rules may say");
}

#[test]
fn a_quantity_becomes_so_many_entries_where_that_is_asked_for() {
    let office = Office::staffed();
    let list = "资产名称,型号,数量,单价,购置日期,部门,保管人\n椅子,A1,3,350,2024-03-05,业务部,王建国\n电脑,,1,6000,2024-03-05,业务部,王建国\n台灯,,半打,80,2024-03-05,业务部,王建国\n";
    assert_snapshot!(told(&office, "old.csv", list, "asset import old.csv --each 数量"), @r#"
    old.csv:4: "半打" is no quantity: it is a whole number from 1 to 1000
    1 of 3 rows cannot be taken; nothing was imported
    "#);
    let list = list.replace("半打", "");
    assert_snapshot!(told(&office, "old.csv", &list, "asset import old.csv --dry-run"), @r"
    column not used: 数量 (--each 数量 makes so many entries of a row)
    the series asset goes on with AST-0004
    dry run: nothing was written
    old.csv: assets imported: 3
    ");
    assert_snapshot!(told(&office, "old.csv", &list, "asset import old.csv --each 数量"), @r"
    the series asset goes on with AST-0006
    old.csv: assets imported: 5
    ");
    assert_snapshot!(told(&office, "old.csv", &list, "asset import old.csv --each 数量"), @r"
    passed over, for the book has them, by line: 2–4
    old.csv: assets imported: 0, in the book already: 5
    ");
    let numbered = "number,name,数量,price,bought_on,department,keeper\nZC24-900,椅子,2,350,2024-03-05,business,wang\n";
    assert_snapshot!(told(&office, "old.csv", numbered, "asset import old.csv --each 数量"), @r"
        old.csv:2: number: one number cannot be 2 entries: leave the number out, or write a row for each
        1 of 1 row cannot be taken; nothing was imported
        ");
}

#[test]
fn what_was_written_for_a_spreadsheet_comes_back_without_its_guards() {
    let from = ship::after(ship::DISPATCHED);
    from.ok("ship arrive SHP26-001 --signed-by '=刘工'");
    from.ok("ship bill SHP26-001 --bill 00012345678901234567 --amount 4.3万 --reason=-等候");
    let excel = from.ok("ship list --format csv --excel");
    assert!(excel.contains(",'=刘工,") && excel.contains(",\t00012345678901234567,"), "{excel}");
    let to = ship::told();
    let said = told(&to, "list.csv", excel, "ship import list.csv");
    assert!(said.ends_with("shipments imported: 1\n"), "{said}");
    let by_hand = |office: &Office| {
        let list = office.ok("ship list --format csv");
        list.lines().map(|line| line.rsplit_once(',').unwrap().0.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(by_hand(&to), by_hand(&from));
}

/// The workbook of the README's tour: a title, a department that is merged over its rows, a quantity, a sum.
fn example() -> Vec<u8> {
    use Cell::{Day, Number, Text};
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2026, 10, 8).unwrap();
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let page = book.add_worksheet().set_name("固定资产").unwrap();
    page.merge_range(0, 0, 0, 7, "固定资产清单", &Format::new()).unwrap();
    let rows = [
        [
            Text("序号"),
            Text("资产名称"),
            Text("规格\n型号"),
            Text("数量"),
            Text("单价（元）"),
            Text("购置日期"),
            Text("使用部门"),
            Text("保管人"),
        ],
        [
            Number(1.0),
            Text("打印机"),
            Text("M180n"),
            Number(1.0),
            Number(1899.0),
            Day("2024-03-05"),
            Text(""),
            Text("王建国"),
        ],
        [
            Number(2.0),
            Text("会议椅"),
            Text(""),
            Number(4.0),
            Number(350.5),
            Day("2024-03-05"),
            Text(""),
            Text("王建国"),
        ],
        [
            Number(3.0),
            Text("相机"),
            Text("EOS R7"),
            Number(1.0),
            Number(9800.0),
            Day("2025-11-20"),
            Text("内蒙古包头办事处"),
            Text("孙立"),
        ],
        [Text("合计"), Text(""), Text(""), Number(6.0), Number(13101.0), Text(""), Text(""), Text("")],
    ];
    fill(page, 1, &rows);
    page.merge_range(2, 6, 3, 6, "业务部", &Format::new()).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn the_example_workbook_is_made_here() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/month/assets.xlsx");
    let made = example();
    if std::env::var_os("UPDATE_DOCS").is_some() && std::fs::read(&file).ok().as_ref() != Some(&made) {
        std::fs::write(&file, &made).unwrap();
    }
    assert!(std::fs::read(&file).unwrap() == made, "write it anew with: UPDATE_DOCS=1 cargo test example_workbook");
    assert!(made.len() < 8_000);
}

/// Amounts are taken in the unit that their heading says; where only a title says one, nobody knows of which columns.
#[test]
fn amounts_are_taken_in_the_unit_of_their_heading() {
    let office = Office::staffed();
    let info = office.file("info.csv", "客户,地区,设备,需求,经办人,日期,部门,预计金额（万元）\n鞍钢,辽宁,磨机,两台,李娜,2026-10-05,业务部,\"1,860.5\"\n本钢,辽宁,筛,一台,李娜,2026-10-06,业务部,96万\n");
    let taken = office.run(&format!("info import {info} --quiet"));
    assert_eq!((taken.code, taken.out.as_str()), (0, "2\n"), "{}", taken.err);
    assert!(taken.err.contains("amounts are taken in the unit of their heading: 预计金额（万元）\n"), "{}", taken.err);
    let list = office.ok("info list --columns customer,amount --format csv");
    assert_eq!(list, "customer,amount\n鞍钢,18605000.00\n本钢,960000.00\n");
    let assets = |heading: &str| {
        let rows = format!(
            "固定资产台账,,,,\n单位：万元,,,,\n名称,部门,{heading},购置日期,保管人\n起重机,综合管理部,23.8,2026-09-01,周敏\n"
        );
        office.file("assets.csv", rows)
    };
    let refused = office.refused(1, &format!("asset import {}", assets("价格")));
    assert_eq!(
        refused,
        format!(
            "{}:3: a title above the header says that amounts are in 万元; say it in the headings of the amounts, such as 金额（万元）",
            office.path("assets.csv").display()
        )
    );
    office.ok(&format!("asset import {} --quiet", assets("价格（万元）")));
    assert_eq!(office.ok("asset list --columns name,price --format csv"), "name,price\n起重机,238000.00\n");
}

#[test]
fn headings_of_old_ledgers_are_known_by_the_words_of_clerks() {
    let office = Office::staffed();
    let project = "部门,客户名称,项目名称,项目负责人,预计金额\n业务部,包钢,球磨机,李娜,120\n";
    let file = office.file("projects.csv", project);
    office.ok(&format!("project import {file} --set opened_on=2026-09-01 --set opened_by=wang"));
    assert_eq!(office.count("SELECT count(*) FROM leader WHERE person = 'li'"), 1);
    let form = "编号,部门,类别,收文单位,事由,内容,发出日期\nHAY05001,业务部,执行,技术开发科,图纸,请确认,2026-09-01\n";
    let file = office.file("forms.csv", form);
    office.ok(&format!("contact import {file} --set issued_by=wang"));
    assert_eq!(office.count("SELECT count(*) FROM contact WHERE addressed_to = 'technology'"), 1);
}

#[test]
fn what_a_file_lacks_is_called_as_a_person_reads_it_and_as_it_is_typed() {
    let office = Office::staffed().speaking(Language::Zh);
    let ledger = "联系单编号,部门,签发人,类别,主送,事由\nHAY05001,业务部,王建国,执行,技术开发科,图纸\n";
    let said = told(&office, "old.csv", ledger, "contact import old.csv");
    assert!(said.starts_with("没有提供发出日期（issued_on）；"), "{said}");
    let ledger = ledger.replace("事由", "事由,签发日期").replace("图纸\n", "图纸,2019-03-05\n");
    let said = told(&office, "old.csv", ledger.clone(), "contact import old.csv");
    assert!(said.contains("工作联系单"), "{said}");
    let said = told(&office, "old.csv", ledger.replace("图纸", "另一图纸"), "contact import old.csv");
    assert!(said.contains("事由（subject）"), "{said}");
}
