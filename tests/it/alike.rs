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
