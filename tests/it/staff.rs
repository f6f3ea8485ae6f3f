//! The office: staff and their terms, departments, figures, and the making of a book.

use insta::assert_snapshot;

use crate::office::Office;

#[test]
fn a_person_is_entered_with_a_first_role() {
    let office = Office::staffed();
    assert_snapshot!(office.ok("staff add ma --name ' 马丽 ' --department 山东淄博办事处 --role salesperson --login mali --from 2026-09-01 --until 2026-12-31"), @"ma: 马丽, salesperson of shandong from 2026-09-01");
    assert_snapshot!(office.ok("staff show ma"), @"
    马丽
    ┌─────┬──────┬─────────────┬────────────┬────────────┬────────────┬──────────┐
    │ key │ name │ role        │ department │ from       │ until      │ os login │
    ├─────┼──────┼─────────────┼────────────┼────────────┼────────────┼──────────┤
    │ ma  │ 马丽 │ salesperson │ shandong   │ 2026-09-01 │ 2026-12-31 │ mali     │
    └─────┴──────┴─────────────┴────────────┴────────────┴────────────┴──────────┘
    1 row
    ");
    assert_snapshot!(office.refused(2, "staff add ma --name 马力 --department general --role member"), @"the key ma is taken by 马丽; choose another key");
    assert_snapshot!(office.refused(2, "staff add ml --name 马力 --department general --role member --login mali"), @"the login mali is 马丽's; take it away first with: branchbook staff login ma");
    assert_snapshot!(office.refused(2, "staff add Ma --name 马力 --department general --role member"), @r#""Ma" is no key; use up to 40 lower-case letters, digits, - _ and ., beginning with a letter"#);
    assert_snapshot!(office.refused(2, "staff add general --name 马力 --department general --role member"), @"the key general is a department's; choose another key");
    assert_snapshot!(office.refused(4, "staff add ml --name 马力 --department sales --role member"), @"there is no department sales; give one of: business, foreign-trade, general, shandong, baotou, technology");
    assert_snapshot!(office.refused(2, "staff add ml --name 马力 --department general --role member --from 2026-10-02 --until 2026-10-01"), @"the term ends on 2026-10-01, before it begins on 2026-10-02; give a later last day");
    assert_eq!(office.run("staff add ml --name 马力 --department general --role boss").code, 2);
}

#[test]
fn terms_are_added_and_ended() {
    let office = Office::staffed();
    assert_snapshot!(office.ok("staff role li --department baotou --role salesperson"), @"李娜: salesperson of baotou from 2026-10-08");
    assert_snapshot!(office.refused(2, "staff role li --department baotou --role salesperson"), @"li is salesperson of baotou on 2026-10-08 already; see branchbook staff show li");
    assert_snapshot!(office.ok("staff end li --role salesperson --until 2026-10-31"), @"李娜: terms ended on 2026-10-31: 2");
    assert_snapshot!(office.refused(2, "staff end li --until 2026-10-31"), @"李娜 does not hold any role beyond 2026-10-31; see branchbook staff show li");
    assert_snapshot!(office.refused(2, "staff end wang --role clerk"), @"王建国 does not hold the role clerk beyond 2026-10-08; see branchbook staff show wang");
    assert_snapshot!(office.ok("staff show li"), @"
    李娜
    ┌─────┬──────┬─────────────┬────────────┬────────────┬────────────┐
    │ key │ name │ role        │ department │ from       │ until      │
    ├─────┼──────┼─────────────┼────────────┼────────────┼────────────┤
    │ li  │ 李娜 │ salesperson │ business   │ 2026-01-01 │ 2026-10-31 │
    │ li  │ 李娜 │ salesperson │ baotou     │ 2026-10-08 │ 2026-10-31 │
    └─────┴──────┴─────────────┴────────────┴────────────┴────────────┘
    2 rows
    ");
    assert!(!office.on("2026-11-01").ok("staff list --format csv").contains("\nli,"), "who has left is not listed");
}

#[test]
fn a_login_is_given_and_taken_away() {
    let office = Office::staffed();
    office.ok("staff login li --login someone");
    assert_eq!(office.ok("staff login li --login 无"), "李娜 has no login now\n");
    assert_snapshot!(office.ok("staff login li --login lina"), @"李娜 works under the login lina");
    assert_snapshot!(office.refused(2, "staff login wang --login lina --by wang"), @"the login lina is 李娜's; take it away first with: branchbook staff login li");
    assert_snapshot!(office.ok("staff login li"), @"李娜 has no login now");
    office.ok("staff login wang --login lina --by wang");
}

#[test]
fn the_staff_list_is_kept_by_a_clerk_or_the_branch_manager() {
    let office = Office::staffed().at_the_keyboard("li");
    assert_snapshot!(office.refused(3, "staff add x --name X --department general --role clerk"), @"R1: 李娜 may not change the staff list; a clerk or the branch manager does; ask General Management's clerk");
    assert_eq!(office.run("staff role li --department general --role clerk").code, 3);
    assert_eq!(office.run("staff end wang").code, 3);
    assert_eq!(office.run("staff login li --login root").code, 3);
    let roster = office.file("roster.csv", "key,name,department,role\ny,Y,general,member\n");
    assert_eq!(office.run(&format!("staff import {roster}")).code, 3);
    assert_eq!(office.at_the_keyboard("chen").ok("staff add x --name X --department general --role clerk -q"), "x\n");
}

#[test]
fn the_staff_is_listed_by_day_department_and_role() {
    let office = Office::staffed();
    office.ok("staff end sun --until 2026-09-30");
    assert_snapshot!(office.ok("staff list --department general"), @"
    Staff on 2026-10-08
    ┌───────┬───────┬────────────────────────┬────────────┬────────────┬──────────┐
    │ key   │ name  │ role                   │ department │ from       │ os login │
    ├───────┼───────┼────────────────────────┼────────────┼────────────┼──────────┤
    │ chen  │ 陈总  │ branch-manager         │ general    │ 2026-01-01 │          │
    │ clerk │ clerk │ clerk                  │ general    │ 2026-01-01 │ clerk    │
    │ he    │ 何平  │ contract-administrator │ general    │ 2026-01-01 │          │
    │ lin   │ 林董  │ company-leader         │ general    │ 2026-01-01 │          │
    │ zhou  │ 周敏  │ clerk                  │ general    │ 2026-01-01 │          │
    └───────┴───────┴────────────────────────┴────────────┴────────────┴──────────┘
    5 rows
    ");
    assert_snapshot!(office.ok("staff list --role department-manager --format csv"), @"
    key,name,role,department,from_on,until_on,os_login,entered_also_as
    qian,钱明,department-manager,foreign-trade,2026-01-01,,,
    wang,王建国,department-manager,business,2026-01-01,,,
    zhao,赵刚,department-manager,baotou,2026-01-01,,,
    ");
    assert_snapshot!(office.ok("staff list --department baotou --format csv"), @"
    key,name,role,department,from_on,until_on,os_login,entered_also_as
    zhao,赵刚,department-manager,baotou,2026-01-01,,,
    ");
    assert_snapshot!(office.ok("staff list --department baotou --on 2026-09-30 --format csv"), @"
    key,name,role,department,from_on,until_on,os_login,entered_also_as
    sun,孙立,trainee,baotou,2026-01-01,2026-09-30,,
    zhao,赵刚,department-manager,baotou,2026-01-01,,,
    ");
    assert_snapshot!(office.ok("staff list --department baotou --all --format csv"), @"
    key,name,role,department,from_on,until_on,os_login,entered_also_as
    sun,孙立,trainee,baotou,2026-01-01,2026-09-30,,
    zhao,赵刚,department-manager,baotou,2026-01-01,,,
    ");
}

#[test]
fn a_roster_comes_in_whole_or_not_at_all() {
    let office = Office::staffed();
    let bad = office.file(
        "roster.csv",
        "key,name,department,role,from,os_user\nma,马丽,shandong,department-manager,2026-01-01,mali\nLI,李,general,member,,\nli,李四,general,member,,\nxu,徐,sales,member,,\nxu,徐,general,boss,,\nxu,,general,member,,\nxu,徐,general,member,2026-13-01,\n",
    );
    assert_snapshot!(office.refused(1, &format!("staff import {bad} --by chen")).replace(&bad, "roster.csv"), @r#"
    roster.csv:3: "LI" is no key; use up to 40 lower-case letters, digits, - _ and ., beginning with a letter
    roster.csv:4: li is 李娜 in the book, not 李四
    roster.csv:5: there is no department sales; give one of: business, foreign-trade, general, shandong, baotou, technology
    roster.csv:6: role: is no role; see branchbook staff add --help for the roles
    roster.csv:7: name: is empty
    roster.csv:8: from: `2026-13-01` is not in the calendar; type the day as 2026-11-22
    6 of 7 rows cannot be taken; nothing was imported
    "#);
    let good = office.file(
        "roster.csv",
        "key,name,department,role,from,until,os_user\nma,马丽,shandong,department-manager,2026-01-01,,mali\nma,马丽,shandong,salesperson,2025-01-01,2025-12-31,\nli,李娜,business,salesperson,2026-01-01,,\n",
    );
    assert_snapshot!(office.ok(&format!("staff import {good} --by chen")).replace(&good, "roster.csv"), @"roster.csv: terms imported: 2, in the book already: 1");
    assert_snapshot!(office.ok("staff show ma --format csv"), @r"
        key,name,role,department,from_on,until_on,os_login,entered_also_as,entered_later_at
        ma,马丽,salesperson,shandong,2025-01-01,2025-12-31,mali,,2026-10-08T00:00:00Z
        ma,马丽,department-manager,shandong,2026-01-01,,mali,,
        ");
    assert_snapshot!(office.ok(&format!("staff import {good} --by chen")).replace(&good, "roster.csv"), @"roster.csv: terms imported: 0, in the book already: 3");
}

#[test]
fn a_department_of_the_company_is_added_for_forms_to_go_to() {
    let office = Office::staffed();
    assert_snapshot!(office.ok("department add manufacturing --zh 生产制造部 --en Manufacturing --ko 제조부"), @"manufacturing 生产制造部: forms can go there");
    assert_snapshot!(office.refused(2, "department add manufacturing --zh 制造部"), @"there is a department manufacturing or 制造部 already; see branchbook department list");
    assert_snapshot!(office.refused(2, "department add mfg --zh 生产制造部"), @"there is a department mfg or 生产制造部 already; see branchbook department list");
    assert_snapshot!(office.refused(2, "department add li --zh 礼宾部"), @"the key li is 李娜's; choose another key");
    assert_snapshot!(office.refused(2, "department add Mfg --zh 制造部"), @r#""Mfg" is no key; use up to 40 lower-case letters, digits, - _ and ., beginning with a letter"#);
    assert_snapshot!(office.ok("department list --format csv"), @"
    key,name_zh,name_en,name_ko,branch,reports,from_on,until_on,ledger
    business,业务部,Business Department,업무부,yes,yes,,,HAY05{seq:3}
    foreign-trade,外贸部,Foreign Trade Department,대외무역부,yes,yes,,,HAW05{seq:3}
    general,综合管理部,General Management Department,종합관리부,yes,no,,,HAG05{seq:3}
    shandong,山东淄博办事处,Shandong Zibo Office,산둥 쯔보 사무소,yes,yes,,,HAS05{seq:3}
    baotou,内蒙古包头办事处,Inner Mongolia Baotou Office,네이멍구 바오터우 사무소,yes,yes,,,HAB05{seq:3}
    technology,技术开发科,Technology Development Section,기술개발과,yes,no,,,
    manufacturing,生产制造部,Manufacturing,제조부,no,no,,,
    ");
    for name in ["manufacturing", "生产制造部", "MANUFACTURING", "제조부"] {
        office.ok(&format!(
            "contact add --department business --kind execution --to {name} --subject a --content b --by wang"
        ));
    }
    assert_eq!(office.count("SELECT count(*) FROM contact WHERE addressed_to = 'manufacturing'"), 4);
    assert_snapshot!(office.at_the_keyboard("wang").refused(3, "department add x --zh 某部"), @"R1: 王建国 is no clerk, and only a clerk enters departments; ask General Management's clerk");
}

#[test]
fn figures_are_set_by_the_branch_manager_and_keep_their_history() {
    let office = Office::staffed();
    assert_snapshot!(office.refused(3, "rule set contact.reply_days 7"), @"R4.7: setting contact.reply_days is for the branch-manager, which clerk was not on 2026-10-08; name who decided: --by chen");
    assert_snapshot!(office.refused(3, "rule set contact.reply_days 7 --by wang"), @"R4.7: setting contact.reply_days is for the branch-manager, which 王建国 was not on 2026-10-08; name who decided: --by chen");
    assert_snapshot!(office.refused(4, "rule set contact.days 7 --by chen"), @"there is no figure contact.days; see branchbook rule list");
    assert_snapshot!(office.refused(2, "rule set contact.reply_days -1 --by chen"), @"contact.reply_days cannot be -1 days; give a value from 0 to 365");
    assert_snapshot!(office.refused(2, "rule set contact.reply_days 400 --by chen"), @"contact.reply_days cannot be 400 days; give a value from 0 to 365");
    assert_snapshot!(office.ok("rule set contact.reply_days 7 --by chen --from 2026-11-01"), @"contact.reply_days: 7 days from 2026-11-01, set by chen");
    office.ok("rule set contact.reply_days 6 --by chen");
    assert_snapshot!(office.ok("rule set asset.threshold 0.5万 --by chen"), @"asset.threshold: 5000.00 yuan from 2026-10-08, set by chen");
    assert_snapshot!(office.ok("rule set fee.cap_percent 4.5% --by lin"), @"fee.cap_percent: 4.50 percent from 2026-10-08, set by lin");
    assert_snapshot!(office.refused(2, "rule set fee.cap_percent 101 --by lin"), @"fee.cap_percent cannot be 101.00 percent; give a value from 0.00 to 100.00");
    assert_snapshot!(office.refused(2, "rule set fee.cap_percent viele --by lin"), @r#""viele" is no percentage; give one such as 5 or 2.5%"#);
    assert_snapshot!(office.refused(2, "rule set asset.threshold 0.001 --by chen"), @"`0.001` has parts of a fen, more than two decimals of a yuan; type the amount in yuan, such as 12500, 12,500.50 or 1.2万");
    assert_snapshot!(office.refused(2, "rule set contact.reply_days 1.5 --by chen"), @r#""1.5" is no number of days; give a whole number"#);
    assert_snapshot!(office.ok("rule history asset.threshold --format csv"), @"
    from_on,value,set_by,entered_at,reason,entered_by
    2026-10-08,5000.00,chen,2026-10-08T00:00:00Z,,clerk
    ");
    assert_snapshot!(office.ok("rule history contact.reply_days"), @"
    History of contact.reply_days
    ┌────────────┬───────┬────────┬──────────────────┬────────────┐
    │ from       │ value │ set by │ entered at       │ entered by │
    ├────────────┼───────┼────────┼──────────────────┼────────────┤
    │ 2026-10-08 │     6 │ 陈总   │ 2026-10-08 08:00 │ clerk      │
    │ 2026-11-01 │     7 │ 陈总   │ 2026-10-08 08:00 │ clerk      │
    └────────────┴───────┴────────┴──────────────────┴────────────┘
    2 rows
    ");
    assert_snapshot!(office.ok("rule list --format csv"), @r#"
    key,value,unit,from_on,set_by,clause,standard,meaning
    asset.repair_days,14,days,,,R5.5,14,days from the report of damage by which the repair should be done
    asset.threshold,5000.00,yuan,2026-10-08,chen,R5.5,2000.00,price over which equipment is on the account
    asset.warranty_notice_days,30,days,,,R5.5,30,days before a warranty ends from which it is on the list of what waits
    contact.archive_days,7,days,,,R4.7,7,days from receipt after which an unarchived form is outstanding
    contact.reply_days,6,days,2026-10-08,chen,R4.7,5,"days to reply to a contact form, where the form names none"
    fee.cap_percent,4.50,percent,2026-10-08,lin,R5.4(3),5.00,"most that all fees of a project may come to, in percent of its contract"
    fee.rate_percent,3.00,percent,,,R5.4(3),3.00,rate above which a fee is marked
    gift.quote_from,1000.00,yuan,,,R5.3(3),1000.00,amount above which offers are compared before a gift is bought
    gift.quotes,2,entries,,,R5.3(3),2,offers to be compared before a gift above gift.quote_from is bought
    gift.recipient_limit,2000.00,yuan,,,R5.3(1),2000.00,what one unit or person may have in a year before it is reported as above the limit
    info.deadline_day,30,day of month,,,R2.2,30,"last day to report the month's user information, or the month's last day"
    info.duplicate_months,12,months,,,R2.3,12,how far back the same customer and equipment count as a repeat
    info.notice_days,10,days,,,R2.2a,10,days after a month within which who missed its indicator is warned or suspended
    info.suspend_misses,3,months,,,R2.2a,3,misses in a row that suspend commission and award
    office.far_days,180,days,,,R4.8,180,"days before today beyond which the day of --on is asked about, as its year may be a slip"
    order.review_days,15,days,,,R2.5,15,days after a month within which the leaders review its order statistics
    project.answer_days,5,days,,,R3.6,5,"days to answer a user's request, where no day is named"
    project.major_amount,5000000.00,yuan,,,R3.1,5000000.00,estimated amount at and above which a project is major
    project.monitor_days,14,days,,,R3.3,14,days before the agreed delivery from which a product waits that nobody has looked at
    reception.summary_days,3,days,,,R5.2(5),3,days after the guests left within which a reception is summarised
    ship.arrival_days,15,days,,,R6.2,15,"days on the way after which a shipment is overdue, where no carrier quoted them"
    ship.bill_excess,10.00,percent,,,R6.2,10.00,by how much a carrier's bill may pass the award before it is listed as an exception
    ship.quotes,2,entries,,,R6.2,2,"carriers to be asked before a transport is awarded, where the company bears the freight"
    ship.settle_days,30,days,,,R6.1,30,"days after a contract is signed within which its delivery is settled with the user, before production"
    ship.weight_days,20.00,percent,,,R6.2,20.00,weight of the days on the way when quotes are compared
    ship.weight_price,60.00,percent,,,R6.2,60.00,weight of the price when quotes are compared
    ship.weight_quality,20.00,percent,,,R6.2,20.00,weight of the quality when quotes are compared
    "#);
    assert_snapshot!(office.ok("rule list --format csv --on 2026-11-01").lines().find(|line| line.starts_with("contact.reply_days")).unwrap(), @r#"contact.reply_days,7,days,2026-11-01,chen,R4.7,5,"days to reply to a contact form, where the form names none""#);
    assert_snapshot!(office.refused(4, "rule history contact.days"), @"there is no figure contact.days; see branchbook rule list");
}

#[test]
fn where_nobody_may_set_a_figure_the_way_out_is_a_term() {
    let office = Office::staffed();
    office.ok("staff end chen --until 2026-10-01 --by lin");
    assert_snapshot!(office.refused(3, "rule set contact.reply_days 7 --by chen"), @"R4.7: setting contact.reply_days is for the branch-manager, which 陈总 was not on 2026-10-08; nobody was on that day; enter the term with: branchbook staff role KEY --department general --role branch-manager --from DATE");
}

#[test]
fn a_book_is_made_once() {
    let office = Office::empty();
    let outcome = office.run("contact list");
    assert_eq!(outcome.code, 1);
    assert_snapshot!(outcome.err.replace(office.path("").to_str().unwrap(), "office/"), @"there is no book at office/book.db; make one with: branchbook init --name NAME --book office/book.db");
    assert_snapshot!(office.transcript("init --name 分公司 --key zhou --person 周敏\nstaff list\ninit --name 分公司"), @r"
        $ init --name '分公司' --key zhou --person '周敏'
        office/book.db: the book of 分公司; 周敏 (zhou) is its clerk
        next, before anything else is entered, enter the staff, managers and leaders as well: branchbook staff add KEY --name NAME --department DEPARTMENT --role ROLE, or all at once: branchbook staff import FILE
        until then you appoint everybody; afterwards the branch manager or a company leader appoints managers of departments, clerks, contract administrators and services, and a company leader the branch manager and leaders: name who decided with --by
        then see what waits with: branchbook, and how an entry is made with: branchbook contact add --help
        $ staff list
        Staff on 2026-10-08
        ┌──────┬──────┬───────┬────────────┬────────────┬──────────┐
        │ key  │ name │ role  │ department │ from       │ os login │
        ├──────┼──────┼───────┼────────────┼────────────┼──────────┤
        │ zhou │ 周敏 │ clerk │ general    │ 2026-10-08 │ clerk    │
        └──────┴──────┴───────┴────────────┴────────────┴──────────┘
        1 row
        $ init --name '分公司'
        office/book.db is there already; name another file with --book, or work on with this one
        [exit 1]
        ");
}

#[test]
fn a_book_whose_making_fails_is_not_there() {
    let office = Office::empty();
    let outcome = office.run("init --name 分公司 --key 周");
    assert_eq!(
        (outcome.code, outcome.err.as_str()),
        (2, "\"周\" is no key; use up to 40 lower-case letters, digits, - _ and ., beginning with a letter\n")
    );
    assert!(!office.path("book.db").exists());
    office.ok("init --name 分公司");
}

#[test]
fn somebody_is_left_who_keeps_the_staff_list() {
    let office = Office::empty().on("2026-01-01");
    office.ok("init --name 分公司");
    office.ok("staff add chen --name 陈总 --department general --role branch-manager --until 2026-11-30");
    let office = office.on("2026-10-08").at_the_keyboard("chen");
    let refusal = "R1: from 2027-01-01 on nobody would be left who may change the staff list; first make somebody clerk with: branchbook staff role PERSON --department general --role clerk";
    assert_eq!(office.refused(3, "staff end clerk --until 2026-12-31"), refusal);
    let line = "staff move clerk --department business --role salesperson --from 2027-01-01";
    assert_eq!(office.refused(3, line), refusal);
    office.ok("staff add zhou --name 周敏 --department general --role clerk");
    office.ok("staff end clerk --until 2026-12-31");
}

#[test]
fn a_term_of_a_roster_does_not_end_before_it_begins() {
    let office = Office::staffed();
    let roster = office.file(
        "roster.csv",
        "key,name,department,role,from,until\nma,马力,business,salesperson,2026-10-02,2026-10-01\n",
    );
    let refusal = office.refused(1, &format!("staff import {roster}"));
    assert!(
        refusal.contains("the term ends on 2026-10-01, before it begins on 2026-10-02; give a later last day"),
        "{refusal}"
    );
}

#[test]
fn r1_the_founder_puts_their_own_printed_name_right_and_later_as_the_branch_manager_decided() {
    let office = Office::empty();
    let made = office.run("init --name 分公司 --key zhou");
    assert!(made.err.starts_with("your printed name is ") && made.err.contains("branchbook staff rename zhou --name NAME --always --reason REASON"), "{}", made.err);
    office.ok("staff rename zhou --name 周敏 --always --reason 登录名");
    for line in [
        "staff add chen --name 陈总 --department general --role branch-manager",
        "staff add wang --name 王建国 --department business --role department-manager",
        "contact add --department business --kind pre-contract --to technology --subject 图纸 --content x --by wang",
    ] {
        office.ok(line);
    }
    for by in ["", " --by wang"] {
        let told = office.refused(3, &format!("staff rename zhou --name 周明 --always --reason 误{by}"));
        let said = "R1: nobody calls themselves otherwise; the branch manager or a company leader decides on it; ";
        assert_eq!(told, format!("{said}name who did with --by chen"));
    }
    office.ok("staff rename zhou --name 周明 --always --reason 误 --by chen");
    assert!(office.ok("staff show zhou").contains("周明"));
}
