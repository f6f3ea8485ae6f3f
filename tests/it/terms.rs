//! Roles and terms: how an office begins, who appoints whom, who left, who stands in (Q2 to Q5).

use insta::assert_snapshot;

use crate::office::Office;

/// An office in which something is entered, so that it is founded.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok("department add manufacturing --zh 生产制造部");
        office.ok("project add --department business --customer 包钢 --title 磨机 --amount 100万 --by wang");
        office.ok("project lead PRJ26-001 --person li --by wang");
        office
    })
}

#[test]
fn q2_until_the_first_entry_the_maker_appoints_anybody_and_that_is_listed() {
    let office = Office::empty();
    let made = office.run("init --name 分公司");
    assert_snapshot!(made.err, @"
    your printed name is clerk, your login; put it right with: branchbook staff rename clerk --name NAME --always --reason REASON
    next, before anything else is entered, enter the staff, managers and leaders as well: branchbook staff add KEY --name NAME --department DEPARTMENT --role ROLE, or all at once: branchbook staff import FILE
    until then you appoint everybody; afterwards the branch manager or a company leader appoints managers of departments, clerks, contract administrators and services, and a company leader the branch manager and leaders: name who decided with --by
    then see what waits with: branchbook, and how an entry is made with: branchbook contact add --help
    ");
    office.ok("staff add chen --name 陈总 --department general --role branch-manager");
    office.ok("staff add wang --name 王建国 --department business --role department-manager");
    office.ok("staff add li --name 李娜 --department business --role salesperson");
    assert_snapshot!(office.ok("report decisions --format csv"), @"
    thing,verb,decided_on,decided_by,entered_by,declared,deputy_for,note,entered_at
    staff chen,staff add,2026-10-08,clerk,clerk,,,founding appointment: branch-manager of general from 2026-10-08,2026-10-08T00:00:00Z
    staff wang,staff add,2026-10-08,clerk,clerk,,,founding appointment: department-manager of business from 2026-10-08,2026-10-08T00:00:00Z
    staff li,staff add,2026-10-08,clerk,clerk,,,salesperson of business from 2026-10-08,2026-10-08T00:00:00Z
    ");
    assert_snapshot!(office.refused(3, "staff role clerk --department general --role branch-manager"), @"R1: clerk may not change their own place on the staff list; let another clerk or the branch manager enter it, as somebody else decided");
    office
        .ok("contact add --department business --kind pre-contract --to technology --subject a --content b --by wang");
    assert_snapshot!(office.refused(3, "staff role li --department baotou --role department-manager"), @"R1: who is department-manager is decided by the branch manager or a company leader, which clerk is not; name who did with --by chen");
    office.ok("staff role li --department baotou --role department-manager --by chen");
    office.ok("staff add lin --name 林董 --department general --role company-leader");
    let last = office.ok("report decisions --format csv");
    assert!(
        last.lines().last().unwrap().contains("founding appointment: company-leader"),
        "nobody could decide: {last}"
    );
    office.ok("staff role li --department general --role branch-manager --by lin");
}

#[test]
fn q2_a_roster_follows_the_same() {
    let office = office();
    let roster = office.file("roster.csv", "key,name,department,role\nzhou,周敏,general,company-leader\n");
    assert_snapshot!(office.refused(1, &format!("staff import {roster}")).replace(&roster, "roster.csv"), @r"
        roster.csv:2: R1: who is company-leader is decided by a company leader, which clerk is not; name who did with --by lin
        1 of 1 row cannot be taken; nothing was imported
        ");
    office.ok(&format!("staff import {roster} --by lin"));
    let again = office.ok(&format!("staff import {roster}"));
    assert!(again.contains("in the book already: 1"), "{again}");
    let office = office.at_the_keyboard("zhou");
    let own = office.file("own.csv", "key,name,department,role\nzhou,周敏,general,general-manager\n");
    assert!(office.refused(1, &format!("staff import {own} --by lin")).contains("their own place"), "not one's own");
}

#[test]
fn q2_nobody_changes_their_own_terms() {
    let office = office();
    office.ok("staff login li --login lina");
    office.ok("staff role li --department general --role clerk --by chen");
    for (login, person) in [("clerk", "clerk"), ("lina", "li")] {
        let office = office.seen_by(login);
        for line in [
            format!("staff role {person} --department general --role company-leader --by lin"),
            format!("staff end {person}"),
            format!("staff end {person} --by lin"),
            format!("staff move {person} --department baotou --role salesperson"),
            format!("staff login {person}"),
            format!("staff login {person} --login root"),
        ] {
            let refused = office.refused(3, &line);
            assert!(refused.contains("may not change their own place on the staff list"), "{line}: {refused}");
        }
        let refused = office.refused(3, &format!("staff end {person} --as zhou"));
        assert!(
            refused.contains("may not change their own place") || refused.contains("nothing is decided"),
            "{refused}"
        );
    }
    let clerk = office.at_the_keyboard("zhou");
    assert_snapshot!(clerk.refused(3, "staff role wang --department general --role branch-manager --by wang"), @"R1: who is branch-manager is decided by a company leader, which 王建国 is not; name who did with --by lin");
    assert_snapshot!(clerk.refused(3, "staff role wang --department general --role branch-manager"), @"R1: who is branch-manager is decided by a company leader, which 周敏 is not; name who did with --by lin");
    assert_snapshot!(clerk.refused(3, "staff end chen"), @"R1: who is branch-manager is decided by a company leader, which 周敏 is not; name who did with --by lin");
    clerk.ok("staff end chen --by chen --dry-run");
    clerk.ok("staff end chen --by lin --dry-run");
}

#[test]
fn r1_the_staff_list_is_kept_in_the_name_of_somebody_who_may() {
    let office = office();
    assert_snapshot!(office.refused(3, "staff add ma --name 马丽 --department business --role salesperson --by li"), @"R1: the staff list is kept by a clerk or branch-manager or department-manager or company-leader, which 李娜 is not; name who did with --by clerk or --by zhou or --by chen or --by qian or --by wang or --by zhao or --by lin");
    office.ok("staff add ma --name 马丽 --department business --role salesperson --by wang");
    let manager = office.at_the_keyboard("chen");
    manager.ok("staff role ma --department baotou --role department-manager");
    let other = manager.at_the_keyboard("wang");
    assert_snapshot!(other.refused(3, "staff role ma --department business --role salesperson"), @"R1: 王建国 may not change the staff list; a clerk or the branch manager does; ask General Management's clerk");
}

#[test]
fn q3_who_left_reads_nothing_and_enters_nothing() {
    let office = office();
    office.ok("info add --department business --customer 鞍钢 --region 辽宁省 --equipment 球磨机 --need 两台 --phone 13800000000 --by li");
    office.ok("staff login wang --login wangjg --by wang");
    office.ok("staff end wang --until 2026-10-08 --by chen");
    office.ok("staff end li --until 2026-10-08");
    let office = office.on("2026-10-09");
    for gone in [office.seen_by("wangjg"), office.sharing("li")] {
        for line in ["info list --format csv", "info show INF26-0001", "contact list", "journal"] {
            assert!(
                gone.refused(3, line).contains(" is not on the staff on 2026-10-09, and reads nothing; "),
                "{line}"
            );
        }
        assert!(gone.refused(3, "project log PRJ26-001 --kind call --text 来电").starts_with("R2.4: "));
        assert!(
            gone.refused(3, "info add --department business --customer 甲 --region 乙 --equipment 丙 --need 丁")
                .starts_with("R2.4: ")
        );
    }
    assert_snapshot!(office.refused(3, "project log PRJ26-001 --kind call --text 来电 --by li"), @"R3.4: 李娜 was not on the staff on 2026-10-09; name with --by who was, or give the day it happened with --on DATE");
    office.ok("project log PRJ26-001 --kind call --text 来电 --by li --on 2026-10-08");
}

#[test]
fn q3_what_who_leaves_still_has_is_said_and_waits_until_somebody_else_has_it() {
    let office = office();
    for line in [
        "info add --department business --customer 鞍钢 --region 辽宁省 --equipment 球磨机 --need 两台 --by wang",
        "info report --department business --month 2026-10 --by wang",
        "info file INF26-0001",
        "info assign INF26-0001 --to business",
        "info track INF26-0001 --person li --by wang",
        "asset add --name 电脑 --price 7999 --bought-on 2026-10-08 --keeper li --department business",
        "project add --department business --customer 鞍钢 --title 大磨机 --amount 1260万 --by wang",
        "project lead PRJ26-002 --person wang --by chen",
        "project team PRJ26-002 --member li --by wang",
    ] {
        office.ok(line);
    }
    let ended = office.run("staff end li");
    assert_snapshot!(ended.err, @"
    INF26-0001 tracked by 李娜: branchbook info track INF26-0001 --person PERSON
    PRJ26-001 led by 李娜: branchbook project lead PRJ26-001 --person PERSON
    PRJ26-002 李娜 is in the team: branchbook project team PRJ26-002 --leaves li
    AST-0001 kept by 李娜: branchbook asset transfer AST-0001 --keeper PERSON
    ");
    let office = office.on("2026-10-10");
    let due = |office: &Office| -> Vec<String> {
        let due = office.ok("due --format csv");
        due.lines()
            .filter(|line| line.contains("李娜"))
            .map(|line| line.split(',').take(4).collect::<Vec<_>>().join(","))
            .collect()
    };
    assert_snapshot!(due(&office).join("\n"), @r#"
    2026-10-08,AST-0001,"电脑 is still with its keeper 李娜, who left"
    2026-10-08,INF26-0001,"tracked by 李娜, who left"
    2026-10-08,PRJ26-001,"led by 李娜, who left"
    2026-10-08,PRJ26-002,"李娜, who left
    "#);
    for line in [
        "info track INF26-0001 --person wang --by wang",
        "project lead PRJ26-001 --person wang --by wang",
        "project team PRJ26-002 --leaves li --by wang",
        "asset transfer AST-0001 --keeper wang",
    ] {
        office.ok(line);
    }
    assert_eq!(due(&office), Vec::<String>::new());
}

#[test]
fn q3_terms_begin_end_overlap_and_come_back() {
    let office = office();
    office.ok("staff role li --department baotou --role salesperson --from 2026-12-01");
    assert_snapshot!(office.refused(2, "staff role li --department baotou --role salesperson --from 2026-11-01"), @"李娜 is salesperson of baotou from 2026-12-01 on; end the new term before with --until 2026-11-30, or see branchbook staff show li");
    assert_snapshot!(office.refused(2, "staff role li --department baotou --role salesperson --from 2027-01-01"), @"李娜 is salesperson of baotou on 2027-01-01 already; see branchbook staff show li");
    office.ok("staff role li --department baotou --role salesperson --from 2026-11-01 --until 2026-11-30");
    assert_snapshot!(office.ok("staff end li"), @"李娜: terms ended on 2026-10-08: 3");
    office.ok("staff role li --department business --role salesperson --from 2026-10-20");
    office.ok("staff role li --department baotou --role salesperson --from 2026-12-01");
    assert_snapshot!(office.ok("staff show li --format csv"), @r"
        key,name,role,department,from_on,until_on,os_login,entered_also_as,entered_later_at
        li,李娜,salesperson,business,2026-01-01,2026-10-08,,,
        li,李娜,salesperson,business,2026-10-20,,,,
        li,李娜,salesperson,baotou,2026-11-01,2026-10-31,,,
        li,李娜,salesperson,baotou,2026-12-01,,,,
        ");
    office.ok("staff end li --role salesperson --department baotou");
    assert_snapshot!(office.ok("staff list --all --format csv").lines().filter(|line| line.starts_with("li,")).collect::<Vec<_>>().join("\n"), @"
    li,李娜,salesperson,business,2026-01-01,2026-10-08,,
    li,李娜,salesperson,business,2026-10-20,,,
    ");
    office.ok("verify");
}

#[test]
fn q3_a_move_ends_the_terms_where_somebody_belongs_and_says_what_goes_on() {
    let office = office();
    office.ok("staff role li --department baotou --role salesperson");
    let moved = office.run("staff move li --department shandong --role salesperson --from 2026-11-01");
    assert_eq!(moved.code, 0, "{}", moved.err);
    assert_snapshot!(format!("{}{}", moved.out, moved.err), @"
    李娜: salesperson of shandong from 2026-11-01, no longer of business
    goes on as salesperson of baotou; end that with: branchbook staff end li --role salesperson --department baotou
    ");
    assert_snapshot!(office.ok("staff show li --format csv"), @r"
        key,name,role,department,from_on,until_on,os_login,entered_also_as,entered_later_at
        li,李娜,salesperson,business,2026-01-01,2026-10-31,,,
        li,李娜,salesperson,baotou,2026-10-08,,,,
        li,李娜,salesperson,shandong,2026-11-01,,,,
        ");
}

#[test]
fn r2_2a_an_absence_and_a_return_are_no_missed_months() {
    let office = office();
    office.ok("info quota set --person li --count 2 --from 2026-01 --by chen");
    office.ok("staff end li --until 2026-06-10 --by chen");
    office.ok("staff role li --department business --role salesperson --from 2026-08-15");
    let office = office.on("2026-11-05");
    let verdict = |month: &str| {
        let tally = office.ok(&format!("info tally --by-person --month {month} --format csv"));
        tally
            .lines()
            .find(|line| line.contains(",li,"))
            .map(|line| line.split(',').skip(4).collect::<Vec<_>>().join(","))
    };
    let months: Vec<_> =
        ["2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"].map(|month| (month, verdict(month))).into();
    assert_snapshot!(months.iter().map(|(month, verdict)| format!("{month} {verdict:?}")).collect::<Vec<_>>().join("\n"), @r#"
    2026-05 Some("2,0,suspended,4")
    2026-06 Some("2,0,away,4")
    2026-07 None
    2026-08 Some("2,0,away,4")
    2026-09 Some("2,0,suspended,5")
    2026-10 Some("2,0,suspended,6")
    "#);
}

#[test]
fn q4_a_deputy_decides_for_a_time_and_every_sheet_says_so() {
    let office = office();
    for line in [
        "gift catalog add 铸铜摆件 --price 180 --by chen",
        "gift add --department business --asked-by li --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1 --occasion 监造",
        "gift add --department business --asked-by chen --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1 --occasion 监造 --exception 试",
        "gift endorse GFT26-001 --by wang",
    ] {
        let outcome = office.run(line);
        assert!(outcome.code == 0 || line.contains("exception"), "{line}: {}", outcome.err);
    }
    assert_snapshot!(office.refused(3, "staff deputy chen --person qian --until 2026-10-20"), @"R1: who stands in for 陈总 is decided by them or a company leader, not by clerk; name who did with --by chen or --by lin");
    assert_snapshot!(office.refused(3, "staff deputy li --person qian --until 2026-10-20 --by lin"), @"R1: 李娜 is no manager or leader on 2026-10-08, and has nothing to decide; name a manager or leader");
    assert_snapshot!(office.ok("staff deputy chen --person qian --from 2026-10-09 --until 2026-10-20 --by chen"), @"钱明 decides in the place of 陈总 from 2026-10-09 until 2026-10-20, as 陈总 decided");
    assert_snapshot!(office.refused(2, "staff deputy chen --person wang --until 2026-10-20 --by lin"), @"somebody stands in for 陈总 in that time already; end that first with: branchbook staff deputy chen --end");
    assert_snapshot!(office.refused(3, "gift approve GFT26-001 --by qian"), @"R5.3(1): approving a gift is for the branch-manager, which 钱明 was not on 2026-10-08; name who did with --by chen");
    let office = office.on("2026-10-12");
    office.ok("staff login qian --login qianming --by qian");
    let qian = office.seen_by("qianming");
    assert!(qian.ok("approvals --mine --format csv").contains("GFT26-001"));
    qian.ok("gift approve GFT26-001");
    qian.ok("rule set contact.reply_days 6");
    assert_snapshot!(qian.refused(3, "staff deputy chen --end"), @"R1: who stands in for 陈总 is decided by them or a company leader, not by 钱明; let 陈总 or 林董 enter it, or hand the paper to General Management's clerk");
    let printed = office.ok("gift print GFT26-001");
    assert!(printed.contains("<td>钱明, for 陈总</td><td>钱明</td>"), "{printed}");
    let listed = office.ok("gift list --format json");
    assert!(listed.contains(r#""approved_by":"qian""#) && listed.contains(r#""approved_for":"chen""#), "{listed}");
    let decided = office.ok("report decisions --format csv");
    assert!(decided.contains("rule contact.reply_days,rule set,2026-10-12,qian,qian,,chen,"), "{decided}");
    assert!(decided.contains("GFT26-001,gift approve,2026-10-12,qian,qian,,chen,"), "{decided}");
    office.ok("staff deputy chen --end --by chen");
    assert_snapshot!(office.ok("staff deputies --format csv"), @r"
        person,deputy,from_on,until_on,ended_on,decided_by,entered_by,declared,entered_later_at
        chen,qian,2026-10-09,2026-10-20,2026-10-12,chen,clerk,,
        ");
    assert!(qian.refused(3, "gift catalog add 茶叶 --price 300").starts_with("R5.3(3): "));
    let office = office.on("2026-10-25");
    office.ok("verify");
}

#[test]
fn q4_a_deputy_does_not_decide_what_the_one_stood_in_for_asked() {
    let office = office();
    office.ok("staff add gao --name 高董 --department general --role company-leader --from 2026-01-01 --by lin");
    office.ok("fee add --kind agency --payee 某公司 --employer 某公司 --project PRJ26-001 --rate 1% --reason 代理 --asked-by lin");
    office.ok("staff deputy lin --person wang --until 2026-10-20 --by lin");
    assert_snapshot!(office.refused(3, "fee approve FEE26-001 --by wang"), @"R5.4(1): 林董 asked for FEE26-001, and 王建国, who stands in for them, may not approve it; name who did with --by gao");
    office.ok("fee approve FEE26-001 --by gao");
    let zhou = office.sharing("zhou");
    assert_snapshot!(zhou.refused(3, "staff deputy gao --person zhou --until 2026-10-20 --by gao"), @"R1: 周敏 may not make themselves a deputy; let another clerk enter it, as 高董 decided");
}

#[test]
fn q5_a_service_reads_exports_and_copies_and_enters_nothing() {
    let office = office();
    office.ok("info add --department business --customer 鞍钢 --region 辽宁省 --equipment 球磨机 --need 两台 --phone 13800000000 --by wang");
    office.ok("staff add cron --name 定时任务 --department general --role service --login cron --by chen");
    let cron = office.seen_by("cron");
    assert!(cron.ok("info list --format csv").contains("13800000000"));
    cron.ok(&format!("report month 2026-10 --output {}", office.path("packs").display()));
    let copy = office.path("copies");
    std::fs::create_dir(&copy).unwrap();
    cron.ok(&format!("backup {}/", copy.display()));
    assert_snapshot!(cron.refused(3, "contact add --department business --kind pre-contract --to technology --subject a --content b"), @"R2.4: 定时任务 is a service, which reads, exports and copies, and enters nothing; let the person who did it enter it, or a clerk");
    assert!(cron.refused(3, "staff role cron --department general --role clerk").starts_with("R2.4: "));
    assert!(cron.refused(3, "rule set contact.reply_days 6 --by chen").starts_with("R2.4: "));
    assert_snapshot!(office.refused(3, "asset add --name 电脑 --price 7999 --bought-on 2026-10-08 --keeper cron --department general"), @"R5.5(2): 定时任务 was not on the staff on 2026-10-08; name another person with --keeper PERSON");
    assert!(office.refused(3, "department add a --zh 甲 --by cron").contains("is no clerk, manager or leader"));
    let restored = std::fs::read_dir(&copy)
        .unwrap()
        .map(|file| file.unwrap().path())
        .find(|file| file.extension().is_some_and(|ending| ending == "db"))
        .unwrap();
    assert!(cron.refused(3, &format!("restore {}", restored.display())).starts_with("R2.4: "));
}

#[test]
fn r1_a_clerk_of_another_department_writes_for_that_department_alone() {
    let office = office();
    office.ok("staff add ma --name 马丽 --department baotou --role clerk --from 2026-01-01 --by chen");
    office.ok("info add --department business --customer 鞍钢 --region 辽宁省 --equipment 球磨机 --need 两台 --phone 13800000000 --by li");
    let ma = office.sharing("ma");
    ma.ok("contact add --department baotou --kind pre-contract --to technology --subject a --content b --by zhao");
    ma.ok("info add --department baotou --customer 包钢 --region 内蒙古 --equipment 球磨机 --need 两台 --by sun");
    for line in [
        "contact add --department business --kind pre-contract --to technology --subject a --content b --by wang",
        "contact void HAB05001 --reason 错",
        "info file INF26-0001",
        "staff add x --name X --department baotou --role salesperson",
        "department add x --zh 甲",
        "series reserve baotou --count 3",
        "fee register FEE26-001",
        "reception arrange REC26-001 --host 王建国 --place 甲 --car 乙 --dining 丙 --gift-standard 200 --lodging none --scenic none --schedule 丁",
    ] {
        assert!(matches!(ma.run(line).code, 3 | 4), "{line}");
    }
    assert!(!ma.ok("info list --format csv").contains("13800000000"), "reads what is theirs");
    assert_snapshot!(ma.refused(3, "backup copies/"), @"R2.4: 马丽 is no clerk, manager or leader, and only one of these copies the book; ask your department's manager");
}

#[test]
fn a_refusal_to_somebody_who_does_not_write_for_others_runs_in_no_circle() {
    let office = office().sharing("li");
    for line in [
        "rule set contact.reply_days 6",
        "contact void HAY05001 --reason 错",
        "project lead PRJ26-001 --person wang",
        "gift catalog add 茶叶 --price 300",
        "info grant sun --until 2026-12-31",
        "staff deputy chen --person wang --until 2026-10-20",
    ] {
        let refused = office.run(line).err;
        assert!(!refused.contains("--by "), "{line}: {refused}");
    }
    assert_snapshot!(office.refused(3, "rule set contact.reply_days 6"), @"R4.7: setting contact.reply_days is for the branch-manager, which 李娜 was not on 2026-10-08; let 陈总 enter it, or hand the paper to General Management's clerk");
}
