//! Roles that are entrusted, and the logins of those who hold them: who decides, writes for others or reads by office is not made so,
//! nor unmade, by whoever keeps the staff list alone (Q1, Q2, Q5, R2.6).

use insta::assert_snapshot;

use crate::office::Office;

/// An office in which something waits for a decision.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.all_ok(&[
        "staff login lin --login lindong --by lin",
        "staff login wang --login wangjg --by wang",
        "staff login chen --login chenz --by lin",
        "staff role zhou --department business --role member --from 2026-01-01 --by wang",
        "gift catalog add 铸铜摆件 --price 180 --by chen",
        "gift add --department business --asked-by zhou --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1 --occasion 监造",
        "project add --department business --customer 包钢 --title 磨机 --amount 100万 --by wang",
        "fee add --kind agency --payee 某公司 --employer 某公司 --project PRJ26-001 --rate 1% --reason 代理 --asked-by zhou",
    ]);
        office
    })
}

#[test]
fn q1_the_login_of_who_decides_is_changed_by_them_or_whoever_appoints_them() {
    let office = office();
    let chen = office.seen_by("chenz");
    assert_snapshot!(chen.refused(3, "staff login lin --login cx_evil"), @"R1: the login of 林董, who is company-leader, is theirs to change, or whoever's who appoints them, and not 陈总's; let 林董 enter it, or hand the paper to General Management's clerk");
    assert_snapshot!(office.refused(3, "staff login wang --login cx_evil"), @"R1: the login of 王建国, who is department-manager, is theirs to change, or whoever's who appoints them, and not clerk's; name who did with --by wang or --by lin or --by chen");
    assert_snapshot!(office.refused(3, "staff login chen"), @"R1: the login of 陈总, who is branch-manager, is theirs to change, or whoever's who appoints them, and not clerk's; name who did with --by chen or --by lin");
    assert_snapshot!(office.refused(3, "staff login zhou --login cx_evil"), @"R1: the login of 周敏, who is clerk, is theirs to change, or whoever's who appoints them, and not clerk's; name who did with --by zhou or --by lin or --by chen");
    assert_snapshot!(office.refused(3, "staff login he --login cx_evil"), @"R1: the login of 何平, who is contract-administrator, is theirs to change, or whoever's who appoints them, and not clerk's; name who did with --by he or --by lin or --by chen");
    assert_snapshot!(office.refused(3, "staff login qian --login cx_evil"), @"R1: the login of 钱明, who is department-manager, is theirs to change, or whoever's who appoints them, and not clerk's; name who did with --by qian or --by lin or --by chen");
    office.ok("staff login qian --login qianming --by qian");
    office.ok("staff login qian --login qm --by chen");
    office.ok("staff login chen --by lin");
    office.ok("staff login li --login lina");
    assert!(
        office.ok("report decisions --format csv").contains("staff qian,staff login,2026-10-08,chen,clerk,,,login qm,")
    );
    assert_snapshot!(office.refused(3, "staff deputy wang --person li --until 2026-10-20 --by chen"), @"R1: who stands in for 王建国 is decided by them or a company leader, not by 陈总; name who did with --by wang or --by lin");
    office.ok("staff deputy wang --person li --until 2026-10-20 --by wang");
    assert!(office.refused(3, "staff login li --login cx_evil").starts_with("R1: "), "a deputy decides as well");
}

#[test]
fn q1_whoever_waits_for_a_decision_touches_neither_login_nor_deputy_of_who_gives_it() {
    let office = office();
    let zhou = office.sharing("zhou");
    assert_snapshot!(zhou.refused(3, "staff login wang --login cx_evil --by wang"), @"R5.3(2): 周敏 asked for GFT26-001, which 王建国 may decide on, and changes neither their login nor their deputy meanwhile; let another clerk or manager enter it, or wait until it is decided on");
    assert_snapshot!(zhou.refused(3, "staff login lin --login cx_evil --by lin"), @"R5.4(1): 周敏 asked for FEE26-001, which 林董 may decide on, and changes neither their login nor their deputy meanwhile; let another clerk or manager enter it, or wait until it is decided on");
    assert_snapshot!(zhou.refused(3, "staff deputy lin --person li --until 2026-10-20 --by lin"), @"R5.4(1): 周敏 asked for FEE26-001, which 林董 may decide on, and changes neither their login nor their deputy meanwhile; let another clerk or manager enter it, or wait until it is decided on");
    office.ok("fee reject FEE26-001 --reason 不付 --by lin");
    zhou.ok("staff login lin --login lindong2 --by lin");
}

#[test]
fn r2_6_who_reads_by_office_or_writes_for_others_is_appointed_by_the_branch_manager_or_a_leader() {
    let office = office();
    for role in ["clerk", "service", "contract-administrator"] {
        let refused = office.sharing("zhou").refused(3, &format!("staff role sun --department general --role {role}"));
        assert_eq!(
            refused,
            format!(
                "R1: who is {role} is decided by the branch manager or a company leader, which 周敏 is not; name who did with --by lin or --by chen"
            )
        );
        let add = format!("staff add {role}-x --name 甲 --department general --role {role}");
        assert!(office.refused(3, &format!("{add} --by wang")).starts_with("R1: who is "), "{role}");
        office.ok(&format!("{add} --by chen"));
    }
    assert!(office.refused(3, "staff end zhou --role clerk").starts_with("R1: who is clerk is decided by "));
    let roster = office.file("roster.csv", "key,name,department,role\nx,甲,general,clerk\n");
    assert!(office.refused(1, &format!("staff import {roster}")).contains("R1: who is clerk is decided by "));
    assert!(office.refused(3, "staff amend-term zhou --role clerk --from 2020-01-01 --reason 甲").starts_with("R1: "));
}

#[test]
fn q5_a_service_is_nobody_besides() {
    let office = office();
    assert_snapshot!(office.refused(3, "staff role li --department general --role service --by chen"), @"R2.4: 李娜 is salesperson of business in that time, and a service is a program and nobody besides; enter the program as one of its own: branchbook staff add KEY --name NAME --department DEPARTMENT --role service --login LOGIN");
    office.ok(
        "staff add cron --name 定时任务 --department general --role service --from 2026-10-08 --login cron --by chen",
    );
    assert_snapshot!(office.refused(3, "staff role cron --department business --role salesperson"), @"R2.4: 定时任务 is service of general in that time, and a service is a program and nobody besides; enter the program as one of its own: branchbook staff add KEY --name NAME --department DEPARTMENT --role service --login LOGIN");
    office.ok("staff role cron --department business --role salesperson --from 2026-01-01 --until 2026-10-07");
    assert!(office.refused(3, "staff amend-term cron --role salesperson --open --reason 甲").starts_with("R2.4: "));
    office.ok("staff end cron --role service --until 2026-10-09 --by chen");
    office.on("2026-10-10").ok("staff role cron --department business --role salesperson");
}

#[test]
fn q2_the_only_leader_is_ended_by_nobody_but_themselves() {
    let office = office();
    for line in [
        "staff end lin",
        "staff end lin --by chen",
        "staff move lin --department business --role member",
        "staff amend-term lin --role company-leader --until 2026-09-30 --reason 甲",
        "staff role x --department general --role company-leader --from 2019-01-01",
    ] {
        let line = line.replace(" x ", " zhang ");
        if line.contains("zhang") {
            office.ok("staff add zhang --name 张伟 --department business --role salesperson");
        }
        let refused = office.refused(3, &line);
        assert!(
            refused.starts_with("R1: who is company-leader is decided by a company leader, which "),
            "{line}: {refused}"
        );
        assert!(refused.ends_with("; name who did with --by lin"), "{line}: {refused}");
    }
    office.ok("staff amend-term lin --role company-leader --from 2025-01-01 --reason 甲 --by lin");
    office.ok("staff add gm --name 总经理 --department general --role general-manager --by lin");
    office.ok("staff end lin --by gm");
}

#[test]
fn q2_where_nobody_is_above_who_decides_ends_their_own_term_alone() {
    let office = Office::empty();
    office.ok("init --name 分公司");
    office.ok("staff add chen --name 陈总 --department general --role branch-manager");
    office.ok("rule set contact.reply_days 6 --by chen");
    assert_snapshot!(office.refused(3, "staff end chen"), @"R1: who is branch-manager is decided by a company leader, which clerk is not; name them with --by chen");
    office.ok("staff end chen --by chen --dry-run");
    office.ok("staff add lin --name 林董 --department general --role company-leader");
    office.ok("staff end chen --by lin");
}

#[test]
fn q2_the_founding_ends_with_the_first_decision_of_another() {
    let made = Office::empty();
    made.ok("init --name 分公司");
    made.ok("staff add lin --name 林董 --department general --role company-leader");
    made.ok("staff add chen --name 陈总 --department general --role branch-manager");
    made.ok("rule set contact.reply_days 6 --by chen");
    assert!(
        made.refused(3, "staff add gao --name 高董 --department general --role company-leader").starts_with("R1: ")
    );
    assert!(made.refused(3, "staff add ma --name 马丽 --department general --role clerk").starts_with("R1: "));
}
