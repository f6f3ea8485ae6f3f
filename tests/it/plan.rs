//! What a project's leader plans, looks at and collects (R3.2, R3.3, R3.7).

use insta::assert_snapshot;

use crate::office::Office;
use crate::project::{led, review};

/// PRJ26-001 of li, contracted on 2026-10-22 and to be delivered by 2026-12-10.
fn contracted() -> Office {
    Office::made(|| {
        let office = led().on("2026-10-22");
        review(&office, "PRJ26-001");
        office.ok("project contract PRJ26-001 --contract BG-2026-118 --signed-on 2026-10-22 --amount 1258万 --line '球磨机 MQ3645;2;620万' --line '衬板;180;1000' --deliver-by 2026-12-10 --warranty-months 12");
        office.ok("project instalments PRJ26-001 --advance 30% --progress 30% --delivery 30% --warranty 10%");
        office
    })
}

/// What waits by a clause.
fn due(office: &Office, clause: &str) -> String {
    let due = office.ok("due --format csv");
    due.lines().filter(|line| line.ends_with(clause)).collect::<Vec<_>>().join("\n")
}

#[test]
fn r3_2_the_schedule_is_printed() {
    let office = led();
    assert_snapshot!(office.refused(3, "project print PRJ26-001"), @"R3.2: PRJ26-001 has no schedule yet; plan a milestone with: branchbook project plan PRJ26-001 --what TEXT --due DATE");
    office.ok("project plan PRJ26-001 --what 技术谈判 --due 2026-10-20");
    office.ok("project done PRJ26-001 --what 技术谈判");
    office.ok("project plan PRJ26-001 --what 图纸会签 --due 2026-10-28");
    let page = office.ok("project print PRJ26-001");
    for said in ["Project cycle and schedule", "技术谈判", "图纸会签", "李娜", "2026-10-28"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("advance") && !page.contains("Dropped on"));
    let office = contracted();
    office.ok("project plan PRJ26-001 --what 交货 --due 2026-12-10");
    let page = office.ok("project print BG-2026-118");
    for said in ["advance", "30%", "Amount (yuan)", "3,774,000.00", "BG-2026-118", "100%", "12,580,000.00"] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[test]
fn r3_3_the_leader_monitors_the_products_that_are_provided() {
    let office = contracted().on("2026-11-10");
    let look = "project monitor PRJ26-001 --product 衬板 --stage inspection";
    assert_snapshot!(office.refused(3, &format!("{look} --pass --by wang")), @"R3.3: monitoring the products is for PRJ26-001's leader, which 王建国 was not on 2026-11-10; name who did with --by li");
    assert_snapshot!(office.refused(3, "project monitor PRJ26-001 --product 齿轮 --stage inspection --pass --by li"), @r#"R3.3: the contract of PRJ26-001 provides no 齿轮; name one of its products: --product "球磨机 MQ3645" or --product 衬板"#);
    assert_eq!(office.run(&format!("{look} --fail --by li")).code, 2);
    assert_snapshot!(office.ok(&format!("{look} --fail --finding 硬度不足 --by li")), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": 衬板 is not in order (inspection), looked at on 2026-11-10 by 李娜; enter what is to be solved with: branchbook project problem PRJ26-001 --what TEXT --department DEPARTMENT"#);
    assert_snapshot!(due(&office, "R3.3"), @"2026-11-10,PRJ26-001,衬板 was not in order (inspection),branchbook project monitor PRJ26-001 --product 衬板 --stage inspection --pass,0,business,li,R3.3");
    assert_snapshot!(office.ok("project monitored --failed --format csv"), @"
    number,product,stage,checked_on,checked_by,passed,finding,department
    PRJ26-001,衬板,inspection,2026-11-10,li,no,硬度不足,business
    ");
    let office = office.on("2026-11-12");
    assert_snapshot!(office.ok(&format!("{look} --pass --by li")), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": 衬板 is in order (inspection), looked at on 2026-11-12 by 李娜"#);
    assert_eq!(due(&office, "R3.3"), "");
    assert_eq!(office.ok("project monitored --failed --format csv").lines().count(), 1);
    assert_snapshot!(office.ok("project monitored BG-2026-118 --format csv"), @"
    number,product,stage,checked_on,checked_by,passed,finding,department
    PRJ26-001,衬板,inspection,2026-11-10,li,no,硬度不足,business
    PRJ26-001,衬板,inspection,2026-11-12,li,yes,,business
    ");
    office.ok("project amend PRJ26-001 --check 1 --finding 硬度HRC48 --reason 补充");
    office.ok("undo PRJ26-001 --reason 核对");
    office.ok("undo PRJ26-001 --reason 核对");
    assert!(due(&office, "R3.3").contains("衬板 was not in order"));
    let office = office.on("2026-12-01");
    office.ok(&format!("report month 2026-11 --output {}", office.path("packs").display()));
    assert_snapshot!(office.read("packs/2026-11/products-monitored.csv"), @"
    number,product,stage,checked_on,checked_by,passed,finding,department
    PRJ26-001,衬板,inspection,2026-11-10,li,no,硬度不足,business
    ");
    office.ok("verify");
}

/// Whatever is set for the same day or month again says what stood there.
#[test]
fn what_takes_the_place_of_a_value_says_which_it_was() {
    let office = Office::staffed();
    for (set, first, second, was) in [
        ("rule set contact.reply_days {} --from 2026-11-01 --reason 改 --by chen", "7", "8", "7"),
        ("series set business {} --from 2027-01-01", "HBY05{seq:3}", "HCY05{seq:3}", "HBY05{seq:3}"),
        ("info quota set --department business --count {} --from 2026-11 --by chen", "5", "6", "5"),
        ("project target set --department business --month 2026-11 --amount {} --by chen", "5万", "6万", "50,000.00"),
    ] {
        office.ok(&set.replace("{}", first));
        let again = office.run(&set.replace("{}", second));
        assert_eq!(again.code, 0, "{}", again.err);
        assert!(again.err.contains(&format!("it was {was} before\n")), "{set}: {}", again.err);
    }
}

#[test]
fn r3_3_a_product_waits_that_nobody_looked_at_before_it_is_delivered() {
    let office = contracted().on("2026-11-25");
    assert_eq!(due(&office, "R3.3"), "");
    let office = office.on("2026-11-26");
    assert_snapshot!(due(&office, "R3.3"), @r#"
    2026-12-10,PRJ26-001,球磨机 MQ3645 to be looked at before it is delivered,"branchbook project monitor PRJ26-001 --product ""球磨机 MQ3645"" --stage STAGE --pass",0,business,li,R3.3
    2026-12-10,PRJ26-001,衬板 to be looked at before it is delivered,branchbook project monitor PRJ26-001 --product 衬板 --stage STAGE --pass,0,business,li,R3.3
    "#);
    office.ok("project monitor PRJ26-001 --product '球磨机 mq3645' --stage production --pass --by li");
    assert_eq!(due(&office, "R3.3").lines().count(), 1);
    office.ok("project deliver PRJ26-001 --by li");
    assert_eq!(due(&office, "R3.3"), "");
}

#[test]
fn r3_7_payments_are_collected_by_the_branchs_plan() {
    let office = contracted();
    let target = "project target set --department business --month 2026-10";
    assert_snapshot!(office.refused(3, &format!("{target} --amount 500万 --by wang")), @"R3.7: setting a collection target is for the branch-manager, which 王建国 was not on 2026-10-22; name who decided: --by chen");
    assert_snapshot!(office.ok(&format!("{target} --amount 500万 --by chen")), @"business: 5,000,000.00 yuan to be collected in 2026-10, as 陈总 decided");
    let again = office.run(&format!("{target} --amount 400万 --by chen"));
    assert_eq!(again.err, "it was 5,000,000.00 before\n");
    let same = office.run(&format!("{target} --amount 400万 --by chen"));
    assert_eq!((same.code, same.err.as_str()), (0, ""));
    office.ok("project target set --department baotou --month 2026-10 --amount 80万 --by chen");
    office.ok("project target set --department baotou --month 2026-11 --amount 0 --by chen");
    office.ok("project receive PRJ26-001 --kind advance --amount 300万 --voucher 记-18 --by li");
    assert_snapshot!(office.ok("report collection --month 2026-10 --format csv"), @"
    month,department,target,fallen_due,received,collection,set_by
    2026-10,business,4000000.00,3774000.00,3000000.00,75.00,chen
    2026-10,baotou,800000.00,0.00,0.00,0.00,chen
    ");
    assert_snapshot!(office.ok("project target list --format csv"), @"
    month,department,amount,set_by,entered_by,declared
    2026-10,business,4000000.00,chen,clerk,
    2026-10,baotou,800000.00,chen,clerk,
    2026-11,baotou,0.00,chen,clerk,
    ");
    assert_eq!(office.ok("report collection --month 2026-11 --format csv").lines().count(), 1);
    let office = office.on("2026-11-02");
    assert_snapshot!(office.refused(3, &format!("{target} --amount 300万 --by chen")), @"R3.7: 2026-10 was over on 2026-11-02, and is judged by the target that it had; set one for a month that goes on or comes");
    office.ok(&format!("report month 2026-10 --output {}", office.path("packs").display()));
    assert_snapshot!(office.read("packs/2026-10/collection-by-plan.csv"), @"
    month,department,target,fallen_due,received,collection,set_by
    2026-10,business,4000000.00,3774000.00,3000000.00,75.00,chen
    2026-10,baotou,800000.00,0.00,0.00,0.00,chen
    ");
    assert!(office.read("packs/2026-10/month-end.html").contains("collection plan, in yuan"));
    assert!(office.ok("report decisions --month 2026-10 --format csv").contains("project target set"));
    office.ok("verify");
}
