//! What a person reads off lists: totals of what counts, commands that can be typed as they stand, and kept sentences in their language.

use branchbook::language::Language;

use crate::office::Office;

const ASSET: &str = "asset add --department general --bought-on 2026-10-08 --keeper zhou -q";

#[test]
fn totals_leave_out_what_came_to_nothing_and_say_so() {
    let office = Office::staffed();
    office.ok(&format!("{ASSET} --name 相机 --price 3000"));
    office.ok(&format!("{ASSET} --name 电脑 --price 7999"));
    office.ok(&format!("{ASSET} --name 投影仪 --price 5000"));
    office.ok("asset void AST-0002 --reason 重复");
    for line in ["asset list", "asset list --columns number,price"] {
        let list = office.ok(line);
        assert!(list.contains("8,000.00") && list.ends_with("the total leaves out: void 1\n"), "{list}");
        let said = office.clone().speaking(Language::Zh).ok(line);
        assert!(said.ends_with("合计未计入：已作废 1\n"), "{said}");
    }
    let page = office.ok("asset list --format html");
    assert!(page.contains("the total leaves out: void 1") && page.contains("8,000.00"), "{page}");
    assert_eq!(office.ok("asset list --columns number,price --format csv").lines().count(), 4);
}

/// A column has the name that csv has for it, and what heads it in any language.
#[test]
fn a_column_is_named_by_its_heading_too() {
    let office = Office::staffed();
    office.ok(&format!("{ASSET} --name 相机 --price 3000"));
    office.ok(&format!("{ASSET} --name 电脑 --price 7999"));
    let shown = office.ok("asset list --columns number,bought_on,price --sort=-price");
    assert!(shown.contains("10,999.00"), "{shown}");
    for (columns, sort) in
        [("编号,采购日期,价格", "-价格"), ("번호,구매일,가격", "-가격"), ("Number,bought-on,PRICE", "-Price")]
    {
        let line = format!("asset list --columns '{columns}' --sort={sort}");
        assert_eq!(office.ok(&line), shown, "{line}");
    }
    assert!(
        office
            .refused(2, "asset list --columns 单价")
            .starts_with("the list has no column 单价; its columns are number,")
    );
}

#[test]
fn q4_who_decides_in_their_own_right_decides_in_nobodys_place() {
    let office = Office::staffed().on("2026-10-10");
    for line in [
        "gift catalog add 铸铜摆件 --price 180 --by chen",
        "gift add --department business --asked-by li --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1 --occasion 监造",
        "staff deputy chen --person wang --until 2026-10-20 --by chen",
        "gift endorse GFT26-001 --by wang",
        "rule set contact.reply_days 6 --by wang",
    ] {
        office.ok(line);
    }
    let decided = office.ok("report decisions --format csv");
    assert!(decided.contains("GFT26-001,gift endorse,2026-10-10,wang,clerk,,,"), "{decided}");
    assert!(decided.contains("rule contact.reply_days,rule set,2026-10-10,wang,clerk,,chen,"), "{decided}");
}

#[test]
fn r4_7_a_command_to_type_stands_on_one_line_in_a_narrow_terminal() {
    let office = Office::staffed();
    for to in ["foreign-trade", "foreign-trade", "technology"] {
        office.ok(&format!(
            "contact add --department business --kind pre-contract --to {to} --subject 轴承图纸 --content x --by wang"
        ));
    }
    for width in [60, 80, 120] {
        let list = office.clone().with_width(width).ok("due");
        let commands = list.lines().filter(|line| line.starts_with("  branchbook contact sign "));
        assert_eq!(commands.filter(|line| line.contains(" --for ") && line.contains(" --by ")).count(), 3, "{list}");
        assert!(list.contains("followed"), "{list}");
    }
    assert!(office.with_width(250).ok("due").lines().all(|line| !line.starts_with("  branchbook ")));
}

#[test]
fn r1_what_was_closed_when_it_was_entered_stays_so_called() {
    let office = Office::staffed().on("2026-11-05");
    let form = "contact add --department business --kind pre-contract --to technology --subject 甲 --content 乙 --by wang --on 2026-10-20";
    office.ok("report submit 2026-10 --to technology --received-by 孙工");
    office.ok(&format!("{form} --late 补录"));
    let undone = office.ok("undo submission 2026-10");
    assert!(undone.contains("is taken back, and the month is open again"), "{undone}");
    office.ok(form);
    let late = office.ok("report late --month 2026-11 --columns number,closed --format csv");
    assert_eq!(late, "number,closed\nHAY05001,yes\nHAY05002,no\n");
    office.ok("contact amend HAY05002 --issued-on 2026-11-02 --reply-by 2026-11-09 --reason 抄错");
    let late = office.ok("report late --month 2026-11 --columns number,now_on --format csv");
    assert!(late.contains("HAY05002,2026-11-02"), "{late}");
}

#[test]
fn r4_8_answers_say_what_was_and_what_holds() {
    let office = Office::staffed();
    office.ok(&format!("{ASSET} --name 相机 --price 3000"));
    let amended = office.ok("asset amend AST-0001 --price 2900 --reason 抄错");
    assert!(amended.contains("price (3,000.00 → 2,900.00)"), "{amended}");
    let undone = office.ok("undo AST-0001");
    assert!(undone.ends_with("; price: 2,900.00 → 3,000.00\n"), "{undone}");
    let said = office.speaking(Language::Zh).ok("asset amend AST-0001 --price 2800 --reason 抄错");
    assert!(said.contains("（3,000.00 → 2,800.00）"), "{said}");
}
