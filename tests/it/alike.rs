//! An entry that says what another of the same day says is told, in a terminal asked about, and never refused.

use insta::assert_snapshot;

use crate::office::Office;
use crate::project::led;

const FORM: &str =
    "contact add --department business --kind pre-contract --to technology --content 请确认 --by wang --subject";

#[test]
fn an_equal_form_of_the_day_is_told_with_the_number_of_the_first() {
    let office = Office::staffed();
    office.ok(&format!("{FORM} 图纸"));
    let told = office.run(&format!("{FORM} ' 图 纸 '"));
    assert_snapshot!(told.err, @"HAY05001 of the same day and person says the same; where it was entered twice: branchbook contact void HAY05002 --reason REASON");
    assert!(told.out.starts_with("HAY05002: "), "{}", told.out);
    office.ok(told.err.trim().split("branchbook ").nth(1).unwrap().replace("REASON", "重复").as_str());
    // Another subject, addressee, issuer or day says something else; a void form says nothing.
    for line in [
        format!("{FORM} 轴承"),
        FORM.replace("--to technology", "--to general") + " 图纸",
        FORM.replace("--by wang", "--by li").replace("pre-contract", "after-sales") + " 图纸",
        format!("{FORM} 图纸 --on 2026-10-07"),
    ] {
        let told = office.run(&line);
        assert!(told.code == 0 && !told.err.contains("says the same"), "{line}: {}", told.err);
    }
    office.ok("contact void HAY05001 --reason 作废");
    assert_eq!(office.run(&format!("{FORM} 图纸")).err, "");
}

#[test]
fn every_form_that_says_by_what_it_is_alike_tells_it() {
    let lines = [
        "contact add --department business --kind pre-contract --to technology --content 请确认 --by wang --subject 图纸",
        "project add --department business --customer 甲厂 --title 订货 --by wang",
        "reception add --department business --unit 甲厂 --purpose 监造 --arrive 2026-10-20 --visitor '张;处长' --schedule none --by wang",
        "gift add --department business --asked-by wang --unit 甲厂 --recipient '张;处长' --item '茶;1;30' --occasion 节日",
        "fee add --kind agency --payee 赵 --employer 乙公司 --project PRJ26-001 --amount 100 --reason 介绍 --asked-by li",
        "asset add --name 打印机 --department business --price 3000 --bought-on 2026-10-01 --keeper zhou",
    ];
    for form in branchbook::register::forms().filter(|form| !form.alike.is_empty()) {
        let name = form.register.name;
        let line = lines.iter().find(|line| line.starts_with(&format!("{name} "))).unwrap_or_else(|| panic!("{name}"));
        let office = led();
        assert!(!office.run(line).err.contains("says the same"), "{line}");
        let told = office.run(line);
        assert_eq!(told.code, 0, "{}", told.err);
        assert!(
            told.err.contains(&format!(
                "of the same day and person says the same; where it was entered twice: branchbook {name} void "
            )),
            "{line}: {}",
            told.err
        );
    }
}

const ASSETS: &str = "\
name,department,price,bought_on,keeper
打印机,business,3000,2026-10-02,zhou
打印机,business,3000,2026-10-02,zhou
椅子,business,300,2026-10-02,zhou
打印机, business,3000,2026-10-02,zhou
";

#[test]
fn equal_rows_of_a_file_are_told_with_their_lines_and_entered() {
    let office = Office::staffed();
    let file = office.file("assets.csv", ASSETS);
    let dry = office.run(&format!("asset import {file} --dry-run"));
    assert!(dry.err.contains("say what an earlier line says, by line: 3 (as 2), 5 (as 2)\n"), "{}", dry.err);
    let told = office.run(&format!("asset import {file}"));
    assert_eq!(told.out, format!("{file}: assets imported: 4\n"));
    assert_snapshot!(told.err.trim(), @"
    the series asset goes on with AST-0005
    entered though an earlier line says the same, by line: 3 (as 2), 5 (as 2); where one was written twice: branchbook asset void NUMBER --reason REASON
    ");
    // The same file is known, and says nothing twice; rows with numbers of their own are told apart by them.
    let again = office.run(&format!("asset import {file}"));
    assert!(!again.err.contains("earlier line"), "{}", again.err);
    let forms = "number,department,kind,to,subject,content,issued_on,issued_by\n";
    let row = "business,pre-contract,technology,图纸,请确认,2026-10-02,wang\n";
    let file = office.file("forms.csv", format!("{forms}HAY05001,{row}HAY05002,{row}"));
    let told = office.run(&format!("contact import {file} --map addressed_to=to"));
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(!told.err.contains("earlier line"), "{}", told.err);
}

/// Rows of every register whose number the book gives.
#[test]
fn equal_rows_are_told_in_every_register_that_gives_numbers_to_a_files_rows() {
    let office = Office::staffed();
    let rows = [
        (
            "info",
            "department,customer,region,equipment,need,collected_on,collected_by",
            "business,甲厂,辽宁省,磨机,两台,2026-10-02,li",
        ),
        ("project", "department,customer,title,opened_on,opened_by", "business,甲厂,磨机,2026-10-02,wang"),
        (
            "gift",
            "department,unit,recipients,items,occasion,place,asked_on,asked_by",
            "business,甲厂,张 (处长),茶 x 1 @ 30.00,节日,包头,2026-10-02,wang",
        ),
    ];
    for (register, header, row) in rows {
        let file = office.file("rows.csv", format!("{header}\n{row}\n{row}\n"));
        let told = office.run(&format!("{register} import {file}"));
        assert_eq!(told.code, 0, "{register}: {}", told.err);
        assert!(
            told.err.contains(&format!("3 (as 2); where one was written twice: branchbook {register} void NUMBER")),
            "{}",
            told.err
        );
    }
}

/// A row that says what the one before says was probably pasted twice; `undo` takes it back.
#[test]
fn a_row_that_says_what_the_one_before_says_tells_it() {
    let office = led();
    office.ok("contact add --department business --kind pre-contract --to technology --content 请确认 --by wang --subject 图纸");
    office.ok("contact sign HAY05001 --by wu");
    let reply = "contact reply HAY05001 --by wu --text 已安排";
    assert_eq!(office.run(reply).err, "");
    assert!(office.run(&format!("{reply} --dry-run")).err.contains("row 1 says the same\n"));
    assert_eq!(office.run(reply).err, "row 1 says the same; where it was entered twice: branchbook undo HAY05001\n");
    office.ok("undo HAY05001 --by wu");
    assert_eq!(office.run("contact reply HAY05001 --by wu --text 已发").err, "");
}

#[test]
fn r2_3_a_short_form_of_a_customers_name_is_told_and_not_marked() {
    let office = Office::staffed();
    let add = "info add --department business --region 内蒙古包头市 --need 两台 --by li --equipment";
    office.ok(&format!("{add} 球磨机 --customer '包头钢铁（集团）有限责任公司'"));
    let said = office.run(&format!("{add} 球磨机 --customer 包钢"));
    assert_eq!(
        said.err,
        "R2.3: the customer may be that of INF26-0001 (business), of the same equipment and place; if so: branchbook info amend INF26-0002 --duplicate-of INF26-0001 --reason REASON\n"
    );
    office.ok("info amend INF26-0002 --duplicate-of INF26-0001 --reason 同一用户");
    assert_eq!(office.run(&format!("{add} 破碎机 --customer 包钢")).err, "", "another equipment");
}
