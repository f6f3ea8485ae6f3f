//! Corrections and later steps get round no rule that held when something was entered first.

use branchbook::cli;
use insta::assert_snapshot;

use crate::office::Office;

/// The branch, with logins of their own for a salesperson, the department's manager and an engineer.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.all_ok(&[
        "staff login li --login li",
        "staff login wang --login wang --by chen",
        "staff login wu --login wu",
        "staff add zhang --name 张伟 --department business --role salesperson --from 2026-01-01 --by wang",
        "staff add ma --name 马工 --department technology --role member --from 2026-01-01 --by chen",
        "staff add tao --name 陶然 --department technology --role member --from 2026-01-01 --until 2026-09-30 --by chen",
    ]);
        office
    })
}

/// The same with a project that li leads and wu reviewed.
fn reviewed() -> Office {
    Office::made(|| {
        let office = office();
        office.all_ok(&[
            "project add --department business --customer 鞍钢 --title 泵 --amount 100万 --by li",
            "project lead PRJ26-001 --person li --by wang",
        ]);
        office.seen_by("wu").ok("project review PRJ26-001 --item 技术 --reviewer wu --pass");
        office
    })
}

/// The same with its contract, and what is to be paid of it.
fn contracted() -> Office {
    Office::made(|| {
        let office = reviewed();
        office.all_ok(&[
            "project contract PRJ26-001 --contract AG-1 --signed-on 2026-10-08 --amount 100万 --by li",
            "project instalments PRJ26-001 --advance 30% --delivery 70% --by li",
        ]);
        office
    })
}

/// Every option of a register's `amend` that names a person, each with a line in which naming them is refused, as where it was given first.
const PERSONS: [(&str, &str, &str); 7] = [
    ("contact", "holder", "contact amend HAY05001 --holder tao --reason 误"),
    ("contact", "issued-by", "contact amend HAY05001 --issued-by li --reason 误"),
    ("contact", "replied-by", "contact amend HAY05001 --reply 1 --replied-by wang --reason 误"),
    ("contact", "signed-by", "contact amend HAY05001 --signature 1 --signed-by wang --reason 误"),
    ("info", "collected-by", "info amend INF26-0001 --collected-by wu --reason 误"),
    ("project", "reviewer", "project amend PRJ26-001 --review 2 --reviewer li --reason 误"),
    ("reception", "host", "reception amend REC26-001 --host tao --reason 误"),
];

#[test]
fn r4_7_every_person_that_a_correction_names_is_held_to_what_naming_them_first_asks_for() {
    let mut named = Vec::new();
    for room in cli::command().get_subcommands() {
        let mut room = room.clone();
        room.build();
        let Some(amend) = room.find_subcommand("amend") else { continue };
        for option in amend.get_arguments().filter(|option| !option.is_global_set()) {
            let is_person = option.get_value_names().is_some_and(|names| names.iter().any(|name| *name == "PERSON"));
            if let Some(long) = option.get_long().filter(|long| is_person && *long != "by") {
                named.push((room.get_name().to_owned(), long.to_owned()));
            }
        }
    }
    named.sort();
    let known: Vec<_> = PERSONS.iter().map(|(room, option, _)| ((*room).to_owned(), (*option).to_owned())).collect();
    assert_eq!(named, known);
    let office = reviewed();
    office.all_ok(&[
        "contact add --department business --kind pre-contract --to technology --subject 图纸 --content a --by wang",
        "project review PRJ26-001 --item 商务 --reviewer ma --pass --by ma",
        "contact sign HAY05001 --for technology --by wu",
        "contact reply HAY05001 --for technology --by wu --text 可",
        "info add --department business --customer 武钢 --region 湖北省 --equipment 泵 --need 要 --by li",
        "reception add --department business --unit 鞍钢 --purpose 监造 --arrive 2026-10-20 --visitor 张三;工 --schedule none --by li",
        "reception arrange REC26-001 --host li --place 会 --car none --dining none --gift-standard none --lodging none --scenic none --schedule none",
    ]);
    let refused: Vec<String> = PERSONS.iter().map(|(.., line)| office.refused(3, line)).collect();
    assert_snapshot!(refused.join("\n"), @r"
        R4.7: 陶然 was not on the staff on 2026-10-08; name another person with --holder PERSON
        R4.2: a form of kind pre-contract from business is issued by the project's leader or the department's manager, not by 李娜; name who issued it with --issued-by wang, or record the breach with --exception REASON
        R4.7: 王建国 was not of technology on 2026-10-08, so they cannot act for it; name somebody of technology with --replied-by PERSON
        R4.7: 王建国 was not of technology on 2026-10-08, so they cannot act for it; name somebody of technology with --signed-by PERSON
        R2.2: 吴工 was no salesperson or trainee or department-manager of business on 2026-10-08; name who did with --collected-by li or --collected-by zhang or --collected-by wang
        R3.3: 李娜 leads PRJ26-001 and does not review it as well; name another with --reviewer PERSON
        R5.2(2): 陶然 was not on the staff on 2026-10-08; name another person with --host PERSON
        ");
    assert_snapshot!(office.refused(3, "reception arrange REC26-001 --host tao --place 会 --car none --dining none --gift-standard none --lodging none --scenic none --schedule none"), @"R5.2(2): 陶然 was not on the staff on 2026-10-08; name another person with --host PERSON");
    assert_snapshot!(office.refused(3, "contact add --department business --kind pre-contract --to technology --subject 图纸 --content a --holder tao --by wang"), @"R4.7: 陶然 was not on the staff on 2026-10-08; name another person with --holder PERSON");
}

#[test]
fn r4_7_what_people_entered_themselves_nobody_else_did() {
    let office = office();
    office
        .seen_by("wang")
        .ok("contact add --department business --kind external --to 某院 --copy general --subject 图纸 --content a");
    office
        .seen_by("wang")
        .ok("contact add --department business --kind pre-contract --to technology --subject 图纸 --content a");
    office.seen_by("wu").ok("contact sign HAY05002 --for technology");
    office.seen_by("wu").ok("contact reply HAY05002 --for technology --text 可");
    office.seen_by("li").ok("info add --department business --customer 武钢 --region 湖北省 --equipment 泵 --need 要");
    assert_snapshot!(office.refused(3, "contact amend HAY05001 --issued-by zhang --exception 代 --reason 误"), @"R4.7: 王建国 entered that themselves on 2026-10-08, and nobody else did it; where somebody else did it after all, take it back with: branchbook undo HAY05001 --reason REASON, and enter it anew");
    assert_snapshot!(office.refused(3, "contact amend HAY05002 --signature 1 --signed-by ma --reason 误"), @"R4.7: 吴工 entered that themselves on 2026-10-08, and nobody else did it; where somebody else did it after all, take it back with: branchbook undo HAY05002 --reason REASON, and enter it anew");
    assert_snapshot!(office.refused(3, "contact amend HAY05002 --reply 1 --replied-by ma --reason 误"), @"R4.7: 吴工 entered that themselves on 2026-10-08, and nobody else did it; where somebody else did it after all, take it back with: branchbook undo HAY05002 --reason REASON, and enter it anew");
    assert_snapshot!(office.refused(3, "info amend INF26-0001 --collected-by zhang --reason 误"), @"R4.7: 李娜 entered that themselves on 2026-10-08, and nobody else did it; where somebody else did it after all, take it back with: branchbook undo INF26-0001 --reason REASON, and enter it anew");
    // What a clerk entered is a clerk's to correct.
    office.ok("info add --department business --customer 马钢 --region 安徽省 --equipment 泵 --need 要 --by li");
    office.ok("info amend INF26-0002 --collected-by zhang --reason 误");
}

#[test]
fn r2_2a_no_correction_makes_a_missed_month_good() {
    let office = office();
    office
        .seen_by("li")
        .on("2026-11-02")
        .ok("info add --department business --customer 武钢 --region 湖北省 --equipment 泵 --need 要");
    let late = office.on("2026-11-03");
    assert_snapshot!(late.refused(3, "info amend INF26-0001 --collected-on 2026-10-20 --reason 误"), @"R2.2a: INF26-0001 was entered on 2026-11-02 by who collected it, and counts in 2026-11; leave its day, or void it and let a clerk enter the paper of 2026-10-20");
    late.ok("info amend INF26-0001 --collected-on 2026-11-01 --reason 误");
    late.ok("info add --department business --customer 马钢 --region 安徽省 --equipment 泵 --need 要 --on 2026-11-02 --by li");
    late.ok("info amend INF26-0002 --collected-on 2026-10-30 --reason 误");
}

#[test]
fn r5_5_4_a_report_counts_from_the_day_on_which_it_was_entered_whoever_corrects_it() {
    let office = office();
    office.ok("asset add --name 相机 --price 9800 --bought-on 2026-09-01 --keeper li --department business --by li");
    let late = office.clone().on("2026-10-20");
    late.seen_by("li").ok("asset damage AST-0001 --what 摔 --happened 2026-10-09");
    assert_snapshot!(late.refused(3, "asset amend AST-0001 --damage 1 --reported 2026-10-09 --reason 误"), @"R5.5(4): what 李娜 entered on 2026-10-20 is counted from that day, and not from 2026-10-09; leave it, or take it back with: branchbook undo AST-0001 --reason REASON, and let a clerk enter the paper of 2026-10-09");
    assert_snapshot!(late.refused(2, "asset amend AST-0001 --damage 1 --happened 2026-08-31 --reason 误"), @"AST-0001 bears the day 2026-09-01, and nothing happens to it on 2026-08-31; give a day from then on with --happened DATE");
    late.ok("asset amend AST-0001 --damage 1 --happened 2026-10-10 --reason 误");
}

#[test]
fn r4_7_nothing_of_an_entry_is_corrected_to_a_day_before_it() {
    let office = contracted();
    office.all_ok(&[
        "contact add --department business --kind pre-contract --to technology --subject 图纸 --content a --by wang",
        "contact sign HAY05001 --for technology --by wu",
        "project log PRJ26-001 --kind request --text 催 --by li",
        "project plan PRJ26-001 --what 图 --due 2026-10-20 --by li",
        "project done PRJ26-001 --what 图 --by li",
        "project receive PRJ26-001 --kind advance --amount 30万 --voucher R1 --by li",
        "asset add --name 相机 --price 9800 --bought-on 2026-10-01 --keeper li --department business --by li",
        "asset lose AST-0001 --what 丢 --by li",
    ]);
    let lines = [
        "contact amend HAY05001 --signature 1 --signed-on 2026-10-07",
        "project amend PRJ26-001 --lead 1 --from 2026-10-07",
        "project amend PRJ26-001 --review 1 --reviewed-on 2026-10-07",
        "project amend PRJ26-001 --log 1 --logged-on 2026-10-07",
        "project amend PRJ26-001 --milestone 1 --done-on 2026-10-07",
        "project amend PRJ26-001 --paper 1 --signed-on 2026-10-07",
        "project amend PRJ26-001 --receipt R1 --received-on 2026-10-07",
        "asset amend AST-0001 --loss 1 --happened 2026-09-30",
    ];
    let refused: Vec<String> = lines.iter().map(|line| office.refused(2, &format!("{line} --reason 误"))).collect();
    assert_snapshot!(refused.join("\n"), @r"
        HAY05001 bears the day 2026-10-08, and nothing happens to it on 2026-10-07; give a day from then on with --signed-on DATE
        PRJ26-001 bears the day 2026-10-08, and nothing happens to it on 2026-10-07; give a day from then on with --from DATE
        PRJ26-001 bears the day 2026-10-08, and nothing happens to it on 2026-10-07; give a day from then on with --reviewed-on DATE
        PRJ26-001 bears the day 2026-10-08, and nothing happens to it on 2026-10-07; give a day from then on with --logged-on DATE
        PRJ26-001 bears the day 2026-10-08, and nothing happens to it on 2026-10-07; give a day from then on with --done-on DATE
        PRJ26-001 bears the day 2026-10-08, and nothing happens to it on 2026-10-07; give a day from then on with --signed-on DATE
        PRJ26-001 bears the day 2026-10-08, and nothing happens to it on 2026-10-07; give a day from then on with --received-on DATE
        AST-0001 bears the day 2026-10-01, and nothing happens to it on 2026-09-30; give a day from then on with --happened DATE
        ");
    assert_snapshot!(office.refused(3, "asset amend AST-0001 --loss 1 --happened 2026-10-05 --reason 误"), @"R5.5(2): 李娜 did not have AST-0001 on 2026-10-05, and answers for it; give a day on which they had it with --happened DATE");
}

#[test]
fn r3_3_a_corrected_review_is_held_to_what_reviewing_asks_for() {
    let office = reviewed();
    office.ok("project review PRJ26-001 --item 商务 --reviewer ma --fail --opinion 不行 --by ma");
    assert_snapshot!(office.refused(3, "project amend PRJ26-001 --review 2 --item 付款 --reason 误"), @"R3.3: 商务 of PRJ26-001 failed by 马工, and that stays; take the review back with: branchbook undo PRJ26-001 --reason REASON, and enter it anew");
    assert_snapshot!(office.refused(3, "project amend PRJ26-001 --review 2 --reviewer wu --reason 误"), @"R3.3: 商务 of PRJ26-001 failed by 马工, and that stays; take the review back with: branchbook undo PRJ26-001 --reason REASON, and enter it anew");
    office.ok("project amend PRJ26-001 --review 2 --opinion 交期不行 --reason 误");
    office.ok("project review PRJ26-001 --item 商务 --reviewer ma --pass --by ma");
    assert_snapshot!(office.refused(3, "project amend PRJ26-001 --review 3 --reviewer wu --reason 误"), @"R3.3: 商务 of PRJ26-001 failed by 马工, and 吴工 does not overturn that; let 马工 review it again, or the manager: --reviewer ma");
    let later = office.on("2026-10-10");
    later.ok("project contract PRJ26-001 --contract AG-1 --signed-on 2026-10-10 --amount 100万 --by li");
    assert_snapshot!(later.refused(3, "project amend PRJ26-001 --review 3 --item 付款 --reason 误"), @"R3.3: the contract review of PRJ26-001 had not passed on 2026-10-10: 商务; enter the next review with: branchbook project review PRJ26-001 --item 商务 --reviewer PERSON --pass");
    later.ok("project amend PRJ26-001 --review 1 --item 技术协议 --reason 误");
}

#[test]
fn r3_3_a_contract_is_not_dated_back_before_its_review() {
    let office = reviewed();
    let later = office.on("2026-10-12");
    later.ok("project review PRJ26-001 --item 商务 --reviewer ma --fail --opinion 不行 --by ma");
    let last = later.on("2026-10-14");
    last.ok("project review PRJ26-001 --item 商务 --reviewer ma --pass --by ma");
    last.ok("project contract PRJ26-001 --contract AG-1 --signed-on 2026-10-14 --amount 100万 --by li");
    assert_snapshot!(last.refused(3, "project amend PRJ26-001 --paper 1 --signed-on 2026-10-13 --reason 误"), @"R3.3: the contract review of PRJ26-001 had not passed on 2026-10-13: 商务; enter the next review with: branchbook project review PRJ26-001 --item 商务 --reviewer PERSON --pass, or record the breach with --exception REASON");
    last.ok("project amend PRJ26-001 --paper 1 --signed-on 2026-10-13 --exception 先签 --reason 误");
    assert!(last.ok("report exceptions --month 2026-10 --format csv").contains("PRJ26-001,R3.3,"));
}

#[test]
fn r6_3_no_correction_of_a_contract_lowers_the_advance_by_which_goods_leave() {
    let office = contracted();
    office.ok("project amend PRJ26-001 --paper 1 --amount 90万 --reason 误");
    office.ok("project amend PRJ26-001 --paper 1 --amount 100万 --reason 误");
    office.all_ok(&[
        "contact add --department business --kind shipping --to general --subject 发运 --content 发 --project PRJ26-001 --by li",
        "ship add --project PRJ26-001 --notice HAY05001 --form truck --place 鞍山 --contact 张 --phone 13800000000 --route 沈鞍 --capacity none --freight user",
        "ship complete SHP26-001 --notice W1",
    ]);
    assert_snapshot!(office.refused(3, "project amend PRJ26-001 --paper 1 --amount 1万 --reason 误"), @"R6.3: the contract of PRJ26-001 would fall from 1,000,000.00 to 10,000.00 by a correction, while goods of SHP26-001 are to leave by its advance payment; enter the supplement that takes it away: branchbook project contract PRJ26-001 --supplement …, or record the breach with --exception REASON");
    office.ok("project amend PRJ26-001 --paper 1 --amount 1万 --exception 多打了两个零 --reason 误");
    office.all_ok(&[
        "project instalments PRJ26-001 --advance 30% --delivery 70% --by li",
        "project receive PRJ26-001 --kind advance --amount 3000 --voucher R1 --by li",
        "ship schedule SHP26-001 --for 2026-10-08 --agreed-with li",
        "ship pass SHP26-001 --pass P1 --vehicle 辽A --driver 老刘",
        "project amend PRJ26-001 --paper 1 --amount 100万 --reason 误",
    ]);
    assert_snapshot!(office.ok("report exceptions --month 2026-10 --format csv"), @r#"
        number,clause,happened_on,person,reason,refused,approved_by,department,register,entered_on
        PRJ26-001,R6.3,2026-10-08,clerk,误,"the contract of PRJ26-001 is raised from 10,000.00 to 1,000,000.00 by a correction, after SHP26-001 has passed the gate",,business,project,
        PRJ26-001,R6.3,2026-10-08,clerk,多打了两个零,"the contract of PRJ26-001 would fall from 1,000,000.00 to 10,000.00 by a correction, while goods of SHP26-001 are to leave by its advance payment",,business,project,
        "#);
}

#[test]
fn r6_3_nothing_is_loaded_before_the_gate_pass_and_no_notice_is_void_whose_goods_arrived() {
    let office = contracted();
    office.all_ok(&[
        "project receive PRJ26-001 --kind advance --amount 30万 --voucher R1 --by li",
        "contact add --department business --kind shipping --to general --subject 发运 --content 发 --project PRJ26-001 --by li",
        "ship add --project PRJ26-001 --notice HAY05001 --form truck --place 鞍山 --contact 张 --phone 13800000000 --route 沈鞍 --capacity none --freight user",
        "ship complete SHP26-001 --notice W1",
        "ship box SHP26-001 --case 1-2 --weight 100kg --size 1x1x1m --holds 泵",
    ]);
    let later = office.on("2026-10-12");
    later.all_ok(&[
        "ship schedule SHP26-001 --for 2026-10-12 --agreed-with li",
        "ship pass SHP26-001 --pass P1 --vehicle 辽A --driver 老刘",
        "ship load SHP26-001 --boxes 2",
    ]);
    assert_snapshot!(later.refused(3, "contact void HAY05001 --reason 误"), @"R4.8: HAY05001 cannot be void while SHP26-001 hangs on it; settle first what hangs on it: SHP26-001 is loaded: branchbook ship cancel SHP26-001 --reason REASON");
    later.all_ok(&["ship dispatch SHP26-001", "ship arrive SHP26-001 --signed-by 王"]);
    assert_snapshot!(later.refused(3, "ship amend SHP26-001 --load 1 --loaded-on 2026-10-11 --reason 误"), @"R6.3: SHP26-001 has its gate pass since 2026-10-12, and was not loaded on 2026-10-11; give a day from the gate pass to the departure with --loaded-on DATE");
    assert_snapshot!(later.refused(3, "contact void HAY05001 --reason 误"), @"R4.8: HAY05001 cannot be void while SHP26-001 is based on it; take that back first with: branchbook undo SHP26-001 --reason REASON, or see it with: branchbook history SHP26-001");
}

#[test]
fn r5_2_2_what_a_visit_costs_beyond_its_plan_is_listed_and_so_is_a_plan_that_is_raised_afterwards() {
    let office = office();
    office.all_ok(&[
        "reception add --department business --unit 鞍钢 --purpose 监造 --arrive 2026-10-20 --visitor 张三;工 --schedule none --planned-cost 1000 --by li",
        "reception arrange REC26-001 --host li --place 会 --car none --dining none --gift-standard 100 --lodging none --scenic none --schedule none",
        "reception amend REC26-001 --planned-cost 1200 --reason 加一人",
    ]);
    let later = office.on("2026-10-21");
    assert_snapshot!(later.ok("reception receive REC26-001 --arrived 2026-10-20 --left 2026-10-20 --people 3 --cost 30000"), @r#"REC26-001 "鞍钢 · 监造": 3 of 1 planned came, 30,000.00 yuan of 1,200.00 planned; the summary is due on 2026-10-23"#);
    assert_snapshot!(later.ok("reception amend REC26-001 --planned-cost 40000 --gift-standard 5000 --reason 补"), @r#"REC26-001 "鞍钢 · 监造": corrected planned_cost (1,200.00 → 40,000.00), gift_standard (100.00 → 5,000.00)"#);
    assert_snapshot!(later.ok("reception amend REC26-001 --cost 39000 --reason 误"), @r#"REC26-001 "鞍钢 · 监造": corrected cost (30,000.00 → 39,000.00)"#);
    assert_snapshot!(later.ok("reception amend REC26-001 --cost 41000 --reason 误"), @r#"REC26-001 "鞍钢 · 监造": corrected cost (39,000.00 → 41,000.00)"#);
    assert_snapshot!(later.ok("report exceptions --month 2026-10 --format csv"), @r#"
        number,clause,happened_on,person,reason,refused,approved_by,department,register,entered_on
        REC26-001,R5.2(2),2026-10-21,clerk,补,"the gift standard of REC26-001 was raised from 100.00 to 5,000.00 after the guests had left",,business,reception,
        REC26-001,R5.2(2),2026-10-21,clerk,补,"the planned cost of REC26-001 was raised from 1,200.00 to 40,000.00 after the guests had left",,business,reception,
        REC26-001,R5.2(2),2026-10-21,clerk,cost above the plan,"the visit of REC26-001 cost 30,000.00, and 1,200.00 was planned",,business,reception,
        REC26-001,R5.2(2),2026-10-21,clerk,误,"the visit of REC26-001 cost 41,000.00, and 40,000.00 was planned",,business,reception,
        "#);
}

#[test]
fn q1_nobody_decides_on_what_somebody_of_their_name_gains_by() {
    let office = reviewed();
    office.all_ok(&[
        "gift catalog add 茶叶 --price 300 --by chen",
        "gift add --department business --asked-by li --unit 某公司 --recipient 陈总;总 --item 茶叶;1 --occasion 节 --by li",
        "gift endorse GFT26-001 --by wang",
        "fee add --kind agency --payee 林董 --employer 某公司 --project PRJ26-001 --amount 1万 --reason 介绍 --asked-by li",
        "fee add --kind agency --payee 陈总 --employer 某公司 --project PRJ26-001 --amount 1万 --reason 介绍 --asked-by li",
        "staff add zong --name 钟总 --department general --role general-manager --from 2026-01-01 --by lin",
    ]);
    assert_snapshot!(office.refused(3, "gift approve GFT26-001 --by chen"), @"R5.3(1): 陈总 has the name of who gains by GFT26-001 and may not approve it; name who did with --by lin or --by zong");
    office.ok("gift approve GFT26-001 --by lin");
    assert_snapshot!(office.refused(3, "fee approve FEE26-001 --by lin"), @"R5.4(1): 林董 has the name of who gains by FEE26-001 and may not approve it; name who did with --by zong");
    assert_snapshot!(office.ok("approvals --format csv"), @r#"
    number,what,party,amount,asked_by,since_on,may_decide,command,clause
    FEE26-001,fee to be approved; the payee has the name of somebody on our staff,林董,10000.00,li,2026-10-08,zong,branchbook fee approve FEE26-001 --by zong,R5.4(1)
    FEE26-002,fee to be approved; the payee has the name of somebody on our staff,陈总,10000.00,li,2026-10-08,"lin, zong",branchbook fee approve FEE26-002 --by PERSON,R5.4(1)
    "#);
    office.ok("fee approve FEE26-002 --by lin");
    assert_snapshot!(office.refused(3, "fee sign FEE26-002 --agreement X-1 --party 陈总 --by chen"), @"R5.4(1): 陈总 has the name of who gains by FEE26-002 and may not sign its agreement; have it signed by another branch manager, or by a deputy: branchbook staff deputy chen --person PERSON --until DATE");
}

#[test]
fn q9_what_an_import_alone_tells_of_waits_until_somebody_decides_in_the_book() {
    let office = office();
    office.all_ok(&["gift catalog add 茶叶 --price 300 --by chen"]);
    let file = office.file(
        "gifts.csv",
        "asked_on,unit,recipients,items,department,asked_by,occasion,place,approved_by,approved_on,endorsed_by,endorsed_on\n\
         2025-12-11,鞍钢,张三 (工),茶叶 x 3 @ 300.00,business,li,节,大连,chen,2025-12-12,wang,2025-12-12\n",
    );
    office.ok(&format!("gift import {file}"));
    assert_snapshot!(office.ok("approvals --format csv"), @"
    number,what,party,amount,asked_by,since_on,may_decide,command,clause
    GFT25-001,gift to be approved: its import alone tells of that,鞍钢,900.00,li,2025-12-12,chen,branchbook gift approve GFT25-001 --by chen,R5.3(1)
    ");
    assert!(office.ok("due --format csv").contains("its import alone tells of that"));
    assert_snapshot!(office.refused(3, "gift approve GFT25-001 --by wang"), @"R5.3(1): 王建国 endorsed GFT25-001 and may not approve it as well; name who did with --by chen");
    office.seen_by("li").ok("gift buy GFT25-001 --bill B1 --amount 900 --dry-run");
    office.ok("gift approve GFT25-001 --by chen");
    assert!(!office.ok("approvals --format csv").contains("GFT25-001"));
    assert_snapshot!(office.refused(3, "gift approve GFT25-001 --by chen"), @"R5.3(1): GFT25-001 is approved, and approve takes an entry that is requested or endorsed; from there: branchbook gift amend GFT25-001 --reason REASON, or buy, void");
    office.ok("undo GFT25-001 --reason 误 --by chen");
    assert!(office.ok("approvals --format csv").contains("GFT25-001"));
    office.ok("verify");
}

#[test]
fn q3_no_term_ends_or_begins_past_what_was_done_in_it() {
    let office = office();
    office.all_ok(&[
        "contact add --department business --kind pre-contract --to technology --subject 图纸 --content a --by wang",
        "contact sign HAY05001 --for technology --by wu",
        "info add --department business --customer 武钢 --region 湖北省 --equipment 泵 --need 要 --by li",
    ]);
    let later = office.on("2026-10-20");
    assert_snapshot!(later.refused(3, "staff end wu --until 2026-10-07 --by chen"), @"R1: 吴工 would not have been in office on the day of what they decided or did: HAY05001 (contact sign, 2026-10-08); let the term hold on those days as well, or take back first what was decided or done");
    assert_snapshot!(later.refused(3, "staff amend-term li --role salesperson --from 2026-10-09 --reason 误 --by wang"), @"R1: 李娜 would not have been in office on the day of what they decided or did: INF26-0001 (info add, 2026-10-08); let the term hold on those days as well, or take back first what was decided or done");
    assert_snapshot!(later.refused(3, "staff amend-term wang --role department-manager --until 2026-10-07 --reason 误 --by chen"), @"R1: 王建国 would not have been in office on the day of what they decided or did: staff 张伟 (staff add, 2026-10-08), HAY05001 (contact add, 2026-10-08); let the term hold on those days as well, or take back first what was decided or done");
    later.ok("staff move wu --department business --role member --from 2026-10-08 --by chen --dry-run");
    later.ok("staff end wu --until 2026-10-08 --by chen");
    later.ok("contact void HAY05001 --reason 误 --dry-run");
}

#[test]
fn an_upgrade_writes_nothing_down_that_another_program_changed() {
    let office = office();
    let file = office.file(
        "old.csv",
        "collected_on,customer,region,equipment,need,department,collected_by\n2025-11-05,甲,湖北省,泵,要,business,li\n",
    );
    office.ok(&format!("info import {file}"));
    let older = |statements: &str| {
        let copy = office.copy();
        copy.sql()
            .execute_batch(&format!("{statements}; DROP TRIGGER journal_fixed; PRAGMA user_version = 12"))
            .unwrap();
        copy
    };
    older("SELECT 1").ok("verify");
    assert_snapshot!(older("UPDATE import SET rows = 99").refused(5, "info list"), @"import 1 was changed by another program, and is not as row 38 of the journal left it: rows; see all of it with: branchbook verify; go on from the newest good copy with: branchbook restore COPY");
    assert_snapshot!(older("DELETE FROM template WHERE series = 'fee'; DELETE FROM series WHERE key = 'fee'").refused(5, "info list"), @"series fee was taken out of the book by another program: it is in the journal (row 17); see all of it with: branchbook verify; go on from the newest good copy with: branchbook restore COPY");
    let entries = older("UPDATE info SET customer = '乙'");
    entries.ok("info list");
    let found = entries.run("verify --format csv");
    assert_eq!(found.code, 5);
    assert!(found.out.contains("things,found,INF25-0001"), "{}", found.out);
}
