//! Who keeps and uses a piece of equipment (R5.5(2)).

use insta::assert_snapshot;

use crate::asset::{ADD, field, on, stored, used};
use crate::office::Office;

#[test]
fn r5_5_2_a_named_person_on_the_staff_keeps_it() {
    let office = Office::staffed();
    let outcome = office.run("asset add --name 相机 --department general --price 1 --bought-on 2026-10-08 --no-input");
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("--keeper <PERSON>"), "{}", outcome.err);
    assert!(office.refused(4, &ADD.replace("zhou", "nobody")).starts_with("nobody on the staff is called nobody"));
    office.ok("staff end zhou --until 2026-10-07 --by chen");
    assert_snapshot!(office.refused(3, ADD), @"R5.5(2): 周敏 was not on the staff on 2026-10-08; name another person with --keeper PERSON");
}

#[test]
fn r5_5_2_it_is_entered_by_its_keeper_or_a_clerk() {
    let office = Office::staffed();
    assert_snapshot!(office.refused(3, &format!("{ADD} --by li")), @r#"R5.5(2): an asset is entered by its keeper or a clerk, and 李娜 is neither; name who did it with --by zhou"#);
    office.ok(&format!("{} --by li", ADD.replace("zhou", "li")));
    let office = office.at_the_keyboard("li");
    office.ok(&ADD.replace("zhou", "li"));
}

#[test]
fn r5_5_2_keeper_and_user_are_known_on_every_day() {
    let office = used();
    office.ok("asset transfer AST-0001 --to wang --keeper he");
    let office = office.on("2026-10-25");
    office.ok("asset return AST-0001 --place 保险柜");
    let some = |text: &str| Some(text.to_owned());
    for (day, state, keeper, user) in [
        ("2026-10-07", None, None, None),
        ("2026-10-08", some("in-store"), some("zhou"), None),
        ("2026-10-09", some("in-store"), some("zhou"), None),
        ("2026-10-10", some("in-use"), some("zhou"), some("li")),
        ("2026-10-19", some("in-use"), some("zhou"), some("li")),
        ("2026-10-20", some("in-use"), some("he"), some("wang")),
        ("2026-10-24", some("in-use"), some("he"), some("wang")),
        ("2026-10-25", some("in-store"), some("he"), None),
    ] {
        assert_eq!(on(&office, "AST-0001", day), (state, keeper, user), "{day}");
    }
    assert_snapshot!(office.ok("asset show AST-0001"), @"
    AST-0001
    ┌────────────┬────────────┐
    │ number     │ AST-0001   │
    │ state      │ in-store   │
    │ name       │ 笔记本电脑 │
    │ keeper     │ 何平       │
    │ place      │ 保险柜     │
    │ department │ general    │
    │ price      │ 7,999.00   │
    │ on account │ yes        │
    │ bought on  │ 2026-10-08 │
    │ amendments │ 0          │
    └────────────┴────────────┘
    Custody
    ┌────────┬────────┬──────────┬────────────┬────────────┐
    │ duty   │ person │ used for │ from       │ until      │
    ├────────┼────────┼──────────┼────────────┼────────────┤
    │ keeper │ 周敏   │          │ 2026-10-08 │ 2026-10-20 │
    │ user   │ 李娜   │ 出差报价 │ 2026-10-10 │ 2026-10-20 │
    │ user   │ 王建国 │ 出差报价 │ 2026-10-20 │ 2026-10-25 │
    │ keeper │ 何平   │          │ 2026-10-20 │            │
    └────────┴────────┴──────────┴────────────┴────────────┘
    4 rows
    ");
    assert_snapshot!(office.ok("asset held wang --on 2026-10-21"), @"
    What 王建国 has on 2026-10-21
    ┌────────┬──────────┬────────────┬──────┬────────────┬──────────┬────────┬────────────┬──────────┐
    │ person │ number   │ name       │ duty │ from       │ used for │ place  │ department │    price │
    ├────────┼──────────┼────────────┼──────┼────────────┼──────────┼────────┼────────────┼──────────┤
    │ 王建国 │ AST-0001 │ 笔记本电脑 │ user │ 2026-10-20 │ 出差报价 │ 保险柜 │ general    │ 7,999.00 │
    └────────┴──────────┴────────────┴──────┴────────────┴──────────┴────────┴────────────┴──────────┘
    1 row
    ");
    assert_snapshot!(office.ok("asset held --format csv"), @"
    person,number,name,duty,from_on,used_for,tag,serial_no,place,department,price,back_by_on
    he,AST-0001,笔记本电脑,keeper,2026-10-20,,,,保险柜,general,7999.00,
    ");
}

#[test]
fn r5_5_2_a_correction_does_not_tell_where_it_was() {
    let office = stored().on("2026-10-20");
    office.ok("asset amend AST-0001 --place 三楼 --reason 补");
    office.ok("asset issue AST-0001 --to li --for 投标 --on 2026-10-15");
    assert_eq!(on(&office, "AST-0001", "2026-10-20").0.as_deref(), Some("in-use"));
    assert_eq!(on(&office, "AST-0001", "2026-10-14").0.as_deref(), Some("in-store"));
}

#[test]
fn r5_5_2_a_transfer_is_one_step() {
    let office = used();
    assert_snapshot!(office.ok("asset transfer AST-0001 --to wang"), @r#"AST-0001 "笔记本电脑": user 李娜 → 王建国 on 2026-10-20"#);
    assert_eq!(field(&office, "AST-0001", "used_for"), "出差报价");
    assert_snapshot!(office.ok("asset transfer AST-0001 --to li --for 投标"), @r#"AST-0001 "笔记本电脑": user 王建国 → 李娜 on 2026-10-20"#);
    assert_eq!(field(&office, "AST-0001", "used_for"), "投标");
    assert_snapshot!(office.ok("asset transfer AST-0001 --keeper he"), @r#"AST-0001 "笔记本电脑": keeper 周敏 → 何平 on 2026-10-20"#);
    assert_snapshot!(office.refused(2, "asset transfer AST-0001 --to li"), @"李娜 is the user of AST-0001 already; name another person with --to PERSON");
    assert_snapshot!(office.refused(2, "asset transfer AST-0001 --keeper he"), @"何平 is the keeper of AST-0001 already; name another person with --keeper PERSON");
    office.ok("staff end sun --until 2026-10-19");
    assert_snapshot!(office.refused(3, "asset transfer AST-0001 --to sun"), @"R5.5(2): 孙立 was not on the staff on 2026-10-20; name another person with --to PERSON");
    assert_snapshot!(office.refused(2, "asset transfer AST-0001 --to wang --on 2026-10-15"), @"AST-0001 was transferred on 2026-10-20 and cannot be transferred on 2026-10-15; give the day it happened with --on DATE");
    assert_eq!(office.run("asset transfer AST-0001 --no-input").code, 2);
}

#[test]
fn r5_5_2_what_is_in_the_store_is_issued_not_transferred() {
    let office = stored();
    assert_snapshot!(office.refused(3, "asset transfer AST-0001 --to li"), @"R5.5(3): AST-0001 is in-store, with no user to take it from; type: branchbook asset issue AST-0001 --to li --for WORK");
    assert_snapshot!(office.ok("asset transfer AST-0001 --keeper he"), @r#"AST-0001 "笔记本电脑": keeper 周敏 → 何平 on 2026-10-08"#);
}

#[test]
fn r5_5_2_a_loss_names_who_answered_for_it() {
    let office = used();
    assert_snapshot!(office.ok("asset lose AST-0001 --what 火车上遗失 --by li"), @r#"AST-0001 "笔记本电脑": lost on 2026-10-20; 李娜 answered for it"#);
    assert_eq!(on(&office, "AST-0001", "2026-10-19").2.as_deref(), Some("li"));
    assert_eq!(on(&office, "AST-0001", "2026-10-20"), (Some("lost".to_owned()), None, None));
    assert_eq!(office.count("SELECT count(*) FROM loss WHERE kind = 'lost' AND responsible = 'li'"), 1);
    assert_snapshot!(office.refused(3, "asset issue AST-0001 --to li --for 投标"), @"R5.5(3): AST-0001 is lost, and issue takes an entry that is in-store; from there: branchbook asset recover AST-0001");
    assert_snapshot!(office.refused(3, "asset handover AST-0001"), @"R5.5(2): AST-0001 is lost and cannot be handed over; see what happened with: branchbook history AST-0001");
    let office = office.on("2026-11-02");
    assert_snapshot!(office.ok("asset recover AST-0001"), @r#"AST-0001 "笔记本电脑": found again on 2026-11-02, kept by 周敏"#);
    assert_eq!(on(&office, "AST-0001", "2026-11-02"), (Some("in-store".to_owned()), Some("zhou".to_owned()), None));
    assert_eq!(on(&office, "AST-0001", "2026-11-01").1, None);
}

#[test]
fn r5_5_2_a_theft_has_the_polices_number() {
    let office = stored();
    assert_eq!(office.run("asset steal AST-0001 --what 车内被盗 --no-input").code, 2);
    assert_snapshot!(office.ok("asset steal AST-0001 --police-report 沈公-118 --what 车内被盗"), @r#"AST-0001 "笔记本电脑": stolen on 2026-10-08, police report 沈公-118; 周敏 answered for it"#);
    assert_eq!(field(&office, "AST-0001", "police_report"), "沈公-118");
    assert_snapshot!(office.refused(3, "asset recover AST-0001 --by li"), @r#"R5.5(2): what was found again is entered by its keeper or a clerk, and 李娜 is neither; name who did it with --by zhou"#);
    office.ok("staff end zhou --until 2026-10-07 --by chen");
    assert_snapshot!(office.refused(3, "asset recover AST-0001"), @"R5.5(2): 周敏 was not on the staff on 2026-10-08; name another person with --keeper PERSON");
    assert_snapshot!(office.ok("asset recover AST-0001 --keeper he"), @r#"AST-0001 "笔记本电脑": found again on 2026-10-08, kept by 何平"#);
    assert_eq!(field(&office, "AST-0001", "keeper"), "he");
    let theft =
        office.sql().execute("INSERT INTO loss VALUES (1, 9, 'stolen', 'li', '2026-10-08', 'a', NULL, NULL, NULL)", ());
    assert!(theft.unwrap_err().to_string().contains("CHECK"));
}

#[test]
fn r5_5_2_only_its_keeper_or_user_or_a_clerk_moves_it() {
    let office = used();
    for verb in [
        "transfer AST-0001 --to wang",
        "return AST-0001",
        "lose AST-0001 --what a",
        "steal AST-0001 --police-report 1 --what a",
    ] {
        let refused = office.refused(3, &format!("asset {verb} --by wu"));
        assert!(refused.contains("is for the keeper or user of AST-0001, which 吴工 was not on 2026-10-20; name who did it with --by zhou"), "{refused}");
    }
    assert_snapshot!(office.refused(3, "asset return AST-0001 --by wu"), @"R5.5(3): returning it is for the keeper or user of AST-0001, which 吴工 was not on 2026-10-20; name who did it with --by zhou");
    office.ok("asset transfer AST-0001 --to wang --by li");
    office.ok("asset transfer AST-0001 --to li --by zhou");
    let office = office.at_the_keyboard("li");
    office.ok("asset return AST-0001");
    assert!(
        office
            .refused(3, "asset issue AST-0001 --to li --for 投标")
            .starts_with("R5.5(3): issuing it is for the keeper")
    );
}

#[test]
fn r5_5_2_what_people_who_left_still_have_waits() {
    let office = used();
    office.ok(&ADD.replace("zhou", "li"));
    office.ok("staff end li --until 2026-10-25");
    let waits = |office: &Office| -> Vec<String> {
        let listed = office.ok("due --format csv");
        listed.lines().filter(|line| line.contains("AST-")).map(str::to_owned).collect()
    };
    let office = office.on("2026-10-25");
    assert!(waits(&office).is_empty());
    let office = office.on("2026-10-27");
    assert_eq!(
        waits(&office),
        [
            "2026-10-25,AST-0001,\"笔记本电脑 is still with its user 李娜, who left\",branchbook asset return AST-0001,2,general,li,R5.5(2)",
            "2026-10-25,AST-0002,\"笔记本电脑 is still with its keeper 李娜, who left\",branchbook asset transfer AST-0002 --keeper PERSON,2,general,li,R5.5(2)",
        ]
    );
    office.ok("asset return AST-0001");
    office.ok("asset transfer AST-0002 --keeper he");
    assert!(waits(&office).is_empty());
}

#[test]
fn r5_5_2_the_sheet_to_sign_names_what_is_handed_over_and_to_whom() {
    let office = used();
    office.ok("asset amend AST-0001 --serial 00012345678901234567 --name '<b>笔记本</b>' --reason 补");
    let page = office.ok("asset handover AST-0001");
    for shown in [
        "沈阳某机械公司销售分公司",
        "AST-0001",
        "00012345678901234567",
        "周敏",
        "李娜",
        "出差报价",
        "7,999.00",
        "General Management Department",
        "&#60;b&#62;笔记本&#60;/b&#62;",
        "Asset hand-over sheet",
        "Signature of who hands over",
        "Signature of who receives",
    ] {
        assert!(page.contains(shown), "{shown} is not on {page}");
    }
    office.ok(&format!("asset handover AST-0001 --output {}", office.path("sheet.html").display()));
    assert_eq!(office.read("sheet.html"), page);
}
