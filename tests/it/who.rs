//! Who decides and who reads, where the login says something else than `--as` and `--by` (Q1 and R2.4, R5.3, R5.4): what a
//! salesperson tries from their own login, in every register where there is something to decide.

use insta::assert_snapshot;

use branchbook::desk::Surroundings;

use crate::office::{Office, SHARED};

/// An office in which `li` has a login of her own, and something to decide in every register.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.all_ok(&[
        "staff login li --login lina",
        "staff add gao --name 高董 --department general --role company-leader --from 2026-01-01 --by lin",
        "staff add gm --name 总经理 --department general --role general-manager --from 2026-01-01 --by lin",
        "gift catalog add 铸铜摆件 --price 180 --by chen",
        "gift add --department business --asked-by li --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1 --occasion 监造",
        "project add --department business --customer 包钢 --title 磨机 --amount 100万 --by wang",
        "project add --department business --customer 鞍钢 --title 磨机 --amount 1260万 --by wang",
        "fee add --kind agency --payee 某公司 --employer 某公司 --project PRJ26-001 --rate 1% --reason 代理 --asked-by li",
        "fee add --kind agency --payee 某公司 --employer 某公司 --project PRJ26-001 --rate 1% --reason 代理 --asked-by li",
        "fee approve FEE26-002 --by gao",
        "info add --department business --customer 鞍钢 --region 辽宁省 --equipment 球磨机 --need 两台 --phone 13800000000 --by wang",
        "asset add --name 电脑 --price 7999 --bought-on 2026-10-08 --keeper li --department business",
    ]);
        office
    })
}

/// What decides, and whom the regulation lets.
const DECISIONS: &[(&str, &str)] = &[
    ("gift endorse GFT26-001", "wang"),
    ("gift reject GFT26-001 --reason 不", "wang"),
    ("gift catalog add 茶叶 --price 300", "chen"),
    ("gift catalog end 1", "chen"),
    ("fee approve FEE26-001", "lin"),
    ("fee reject FEE26-001 --reason 不", "lin"),
    ("fee sign FEE26-002 --agreement DL-1 --party 某公司", "chen"),
    ("project lead PRJ26-001 --person li", "wang"),
    ("project lead PRJ26-002 --person li", "chen"),
    ("project team PRJ26-002 --leader li", "gm"),
    ("asset dispose AST-0001 --reason 报废", "wang"),
    ("info report --department business --month 2026-10", "wang"),
    ("info grant sun --until 2026-12-31", "chen"),
    ("rule set contact.reply_days 6", "chen"),
];

#[test]
fn q1_nothing_is_decided_under_as_from_a_login_that_is_somebodys() {
    let office = office().logged_in("lina");
    for (line, who) in DECISIONS {
        let refused = office.refused(3, &format!("{line} --as {who}"));
        assert!(
            refused.contains("the login lina is that of 李娜, from which nothing is decided under --as"),
            "{line}: {refused}"
        );
        let refused = office.refused(3, &format!("{line} --as zhou --by {who}"));
        assert!(
            refused.contains("nothing is decided under --as") || refused.contains("asked for"),
            "{line}: {refused}"
        );
        let refused = office.refused(3, line);
        assert!(refused.starts_with('R'), "{line}: {refused}");
    }
    let office = office.logged_in(SHARED);
    for (line, who) in DECISIONS {
        office.ok(&format!("{line} --as {who} --dry-run"));
    }
    let office = office.logged_in("clerk");
    for (line, who) in DECISIONS {
        office.ok(&format!("{line} --by {who} --dry-run"));
    }
}

#[test]
fn r5_3_1_the_tricks_with_ones_own_gift_are_told_apart() {
    let office = office().logged_in("lina");
    assert_snapshot!(office.refused(3, "gift endorse GFT26-001 --as wang"), @"R5.3(2): the login lina is that of 李娜, from which nothing is decided under --as; let whoever decides do so from their own login, or hand the signed paper to a clerk");
    assert_snapshot!(office.refused(3, "gift endorse GFT26-001 --as zhou --by wang"), @"R5.3(2): the login lina is that of 李娜, from which nothing is decided under --as; let whoever decides do so from their own login, or hand the signed paper to a clerk");
    assert_snapshot!(office.refused(3, "gift endorse GFT26-001 --by wang"), @"R4.7: 李娜 may not enter what 王建国 did; only a clerk or contract administrator writes for others; let 王建国 enter it, or hand the paper to General Management's clerk");
    assert_snapshot!(office.refused(3, "gift endorse GFT26-001"), @"R5.3(2): 李娜 asked for GFT26-001 and may not endorse it as well; let 王建国 enter it, or hand the paper to General Management's clerk");
    assert_snapshot!(office.refused(3, "gift endorse GFT26-001 --as li"), @"R5.3(2): 李娜 asked for GFT26-001 and may not endorse it as well; let 王建国 enter it, or hand the paper to General Management's clerk");
}

#[test]
fn q1_whoever_asked_enters_no_decision_on_it() {
    let office = office();
    office.all_ok(&[
        "staff role li --department general --role clerk --by chen",
        "gift add --department general --asked-by zhou --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1 --occasion 监造",
        "staff role wang --department general --role department-manager --from 2026-01-01 --by lin",
    ]);
    let clerk = office.at_the_keyboard("zhou");
    assert_snapshot!(clerk.refused(3, "gift endorse GFT26-002 --by wang"), @"R5.3(2): 周敏 asked for GFT26-002 and enters no decision on it; let whoever decides enter it from their own login, or another clerk from the signed paper");
    clerk.ok("gift endorse GFT26-001 --by wang");
    let clerk = clerk.at_the_keyboard("").logged_in("lina");
    for line in [
        "gift approve GFT26-001 --by chen",
        "gift reject GFT26-001 --reason 不 --by chen",
        "fee approve FEE26-001 --by gao",
        "fee reject FEE26-001 --reason 不 --by gao",
        "fee sign FEE26-002 --agreement DL-1 --party 某公司 --by chen",
    ] {
        let refused = clerk.refused(3, line);
        assert!(refused.contains("李娜 asked for") && refused.contains("enters no decision on it"), "{refused}");
    }
    clerk.ok("gift endorse GFT26-002 --by wang");
}

#[test]
fn r5_4_2_whoever_asked_for_a_payment_enters_no_clearance() {
    let office = office();
    office.all_ok(&[
        "fee sign FEE26-002 --agreement DL-1 --party 某公司 --by chen",
        "fee register FEE26-002 --by zhou",
        "fee bill FEE26-002 --amount 5000 --by zhou",
        "fee bill FEE26-002 --amount 1000",
    ]);
    let asked: Vec<String> = {
        let book = office.sql();
        let mut payments = book.prepare("SELECT asked_by FROM fee_payment ORDER BY position").unwrap();
        payments.query_map((), |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    assert_eq!(asked, ["zhou", "clerk"], "whoever names nobody asks");
    let zhou = office.at_the_keyboard("zhou");
    assert_snapshot!(zhou.refused(3, "fee clear FEE26-002 --payment 1 --by gao"), @"R5.4(2): 周敏 asked for a payment of FEE26-002 and enters no decision on it; let whoever decides enter it from their own login, or another clerk from the signed paper; where somebody else asked for it, take back what came after it, and then it, each with: branchbook undo FEE26-002 --reason REASON; and ask in their name: branchbook fee bill FEE26-002 --amount 5000.00 --by PERSON");
    zhou.ok("fee clear FEE26-002 --payment 2 --by gao");
}

#[test]
fn r5_4_1_who_approved_a_fee_does_not_sign_its_agreement() {
    let office = office();
    office.ok("staff role gao --department general --role branch-manager --from 2026-01-01 --by lin");
    assert_snapshot!(office.refused(3, "fee sign FEE26-002 --agreement DL-1 --party 某公司 --by gao"), @"R5.4(1): 高董 approved FEE26-002 and may not sign its agreement as well; have it signed by another branch manager, or by a deputy: branchbook staff deputy gao --person PERSON --until DATE");
    office.ok("fee sign FEE26-002 --agreement DL-1 --party 某公司 --by chen");
}

#[test]
fn q1_under_as_is_read_what_both_may_read() {
    let office = office();
    let shown = |office: &Office, line: &str| office.ok(&format!("{line} --format csv")).contains("13800000000");
    let li = office.logged_in("lina");
    assert!(!shown(&li, "info list --as chen") && !shown(&li, "info list"), "li may not read it");
    assert!(!shown(&li, "find 13800000000 --as chen"));
    assert_snapshot!(li.refused(3, "info show INF26-0001 --as chen"), @"R2.6: you may not read INF26-0001: user information is restricted; ask the branch manager for a grant: branchbook info grant PERSON --until DATE");
    assert_snapshot!(li.refused(3, "history INF26-0001 --as chen"), @"R2.6: you may not read INF26-0001: user information is restricted; ask the branch manager for a grant: branchbook info grant PERSON --until DATE");
    assert_snapshot!(li.refused(3, "info tally --month 2026-10 --as chen"), @"R2.2: 李娜 is no clerk, manager or leader, and only one of these reads the tallies of user information; ask your department's manager");
    assert_snapshot!(li.refused(3, "backup copies/ --as chen"), @"R2.4: 李娜 is no clerk, manager or leader, and only one of these copies the book; ask your department's manager");
    assert_snapshot!(li.refused(3, "report month 2026-10 --as chen"), @"R2.5: 李娜 is no clerk, manager or leader, and only one of these writes the month-end pack; ask your department's manager");
    let shared = li.logged_in(SHARED);
    assert!(shown(&shared, "info list --as chen") && !shown(&shared, "info list --as sun"));
    let clerk = shared.logged_in("clerk");
    assert!(shown(&clerk, "info list --as chen") && !shown(&clerk, "info list --as sun"));
    clerk.ok("info grant li --until 2026-10-31 --by chen");
    assert!(shown(&clerk.logged_in("lina"), "info list --as chen"), "both may now");
}

#[test]
fn q1_decisions_say_who_entered_them_and_that_it_was_declared() {
    let office = office();
    office.ok("gift endorse GFT26-001 --by wang");
    let shared = office.at_the_keyboard("chen");
    shared.ok("gift approve GFT26-001");
    shared.ok("info grant sun --until 2026-12-31");
    shared.ok("gift catalog add 茶叶 --price 300");
    shared.ok("fee sign FEE26-002 --agreement DL-1 --party 某公司");
    shared.ok("project lead PRJ26-002 --person li");
    let office = shared.at_the_keyboard("");
    office.ok("asset dispose AST-0001 --reason 报废 --by chen");
    let csv = |line: &str, column: &str| -> Vec<String> {
        let listed = office.ok(&format!("{line} --format csv"));
        let mut rows = csv::Reader::from_reader(listed.as_bytes());
        let place = rows.headers().unwrap().iter().position(|name| name == column).unwrap();
        rows.records().map(|row| row.unwrap()[place].to_owned()).collect()
    };
    assert_eq!(csv("gift list", "endorsement_entered_by"), ["clerk"]);
    assert_eq!(csv("gift list", "endorsement_declared"), [""]);
    assert_eq!(csv("gift list", "approval_entered_by"), ["chen"]);
    assert_eq!(csv("gift list", "approval_declared"), ["yes"]);
    assert_eq!(csv("fee list", "approval_entered_by"), ["", "clerk"]);
    assert_eq!(csv("fee list", "signature_declared"), ["", "yes"]);
    assert_eq!(csv("asset list", "approval_entered_by"), ["clerk"]);
    assert_eq!(csv("info grants", "declared"), ["yes"]);
    assert_eq!(csv("gift catalog list", "entered_by"), ["clerk", "chen"]);
    assert_eq!(csv("history GFT26-001", "declared"), ["", "", "yes"]);
    let part = |line: &str, title: &str| {
        let shown = office.ok(line);
        let part = shown.split_once(&format!("{title}\n")).unwrap().1;
        part.lines()
            .take_while(|line| !line.ends_with(" rows") && !line.ends_with(" row"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_snapshot!(part("show GFT26-001", "Decisions"), @"
    ┌─────────┬────────────┬────────────┬────────┬──────────────────┬────────────┬──────────┐
    │ verb    │ decided by │ decided on │ amount │ entered at       │ entered by │ declared │
    ├─────────┼────────────┼────────────┼────────┼──────────────────┼────────────┼──────────┤
    │ endorse │ 王建国     │ 2026-10-08 │ 180.00 │ 2026-10-08 08:00 │ clerk      │          │
    │ approve │ 陈总       │ 2026-10-08 │ 180.00 │ 2026-10-08 08:00 │ 陈总       │ yes      │
    └─────────┴────────────┴────────────┴────────┴──────────────────┴────────────┴──────────┘
    ");
    assert_snapshot!(part("show PRJ26-002", "Leaders"), @"
    ┌────────┬────────────┬──────────────┬────────────┬──────────┐
    │ person │ from       │ appointed by │ entered by │ declared │
    ├────────┼────────────┼──────────────┼────────────┼──────────┤
    │ 李娜   │ 2026-10-08 │ 陈总         │ 陈总       │ yes      │
    └────────┴────────────┴──────────────┴────────────┴──────────┘
    ");
    let printed = office.ok("gift print GFT26-001");
    assert!(printed.contains("<td>陈总</td><td>陈总 (declared)</td>"), "{printed}");
    assert!(printed.contains("<td>王建国</td><td>clerk</td>"), "{printed}");
    assert_snapshot!(office.ok("report decisions --format csv"), @r"
        thing,verb,decided_on,decided_by,entered_by,declared,deputy_for,note,entered_at
        staff li,staff login,2026-10-08,clerk,clerk,,,login lina,2026-10-08T00:00:00Z
        staff gao,staff add,2026-10-08,lin,clerk,,,founding appointment: company-leader of general from 2026-01-01,2026-10-08T00:00:00Z
        staff gm,staff add,2026-10-08,lin,clerk,,,dated back to 2026-01-01: general-manager of general from 2026-01-01,2026-10-08T00:00:00Z
        gift-item 1,gift catalog add,2026-10-08,chen,clerk,,,,2026-10-08T00:00:00Z
        FEE26-002,fee approve,2026-10-08,gao,clerk,,,,2026-10-08T00:00:00Z
        GFT26-001,gift endorse,2026-10-08,wang,clerk,,,,2026-10-08T00:00:00Z
        GFT26-001,gift approve,2026-10-08,chen,chen,yes,,,2026-10-08T00:00:00Z
        grant 1,info grant,2026-10-08,chen,chen,yes,,,2026-10-08T00:00:00Z
        gift-item 2,gift catalog add,2026-10-08,chen,chen,yes,,,2026-10-08T00:00:00Z
        FEE26-002,fee sign,2026-10-08,chen,chen,yes,,,2026-10-08T00:00:00Z
        PRJ26-002,project lead,2026-10-08,chen,chen,yes,,,2026-10-08T00:00:00Z
        AST-0001,asset dispose,2026-10-08,chen,clerk,,,报废,2026-10-08T00:00:00Z
        ");
    office.ok(&format!("report month 2026-10 --output {}", office.path("packs").display()));
    let pack = std::fs::read_to_string(office.path("packs/2026-10/decisions.csv")).unwrap();
    assert_eq!(pack, office.ok("report decisions --month 2026-10 --format csv"));
}

#[test]
fn r5_5_1_who_keeps_an_asset_does_not_decide_what_becomes_of_it() {
    let office = office();
    office.all_ok(&[
        "asset add --name 电脑 --price 7999 --bought-on 2026-10-08 --keeper wang --department business",
        "asset add --name 相机 --price 7999 --bought-on 2026-10-08 --keeper zhou --department general",
    ]);
    assert_snapshot!(office.refused(3, "asset dispose AST-0002 --reason 报废 --by wang"), @"R5.5(1): 王建国 keeps AST-0002 and does not decide what becomes of it; let the branch manager decide");
    office.ok("asset dispose AST-0002 --reason 报废 --by chen");
    let zhou = office.sharing("zhou");
    assert_snapshot!(zhou.refused(3, "asset dispose AST-0003 --reason 报废 --by chen"), @"R5.5(1): 周敏 keeps AST-0003 and enters no decision on it; let whoever decides enter it from their own login, or another clerk from the signed paper");
}

#[test]
fn q1_whoever_entered_somebodys_place_gains_nothing_by_what_is_declared_for_them() {
    let office = office();
    office.ok("staff login chen --login chenz --by chen");
    office.all_ok(&[
        // The clerk takes a login away, and makes a manager who is nobody.
        "staff login chen --by chen",
        "staff add wm --name 副经理 --department general --role department-manager --by lin",
        "gift add --department general --asked-by clerk --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1 --occasion 监造",
    ]);
    let at = |person: &str| office.sharing(person);
    assert_snapshot!(at("wm").refused(3, "gift endorse GFT26-002"), @"R5.3(2): clerk asked for GFT26-002, and entered the place of 副经理 on the staff, who is declared here and decides nothing on it; let whoever decides do so from a login of their own, or another clerk enter the signed paper from theirs");
    at("zhou").ok("gift endorse GFT26-002 --by wm");
    assert!(
        at("chen")
            .refused(3, "gift approve GFT26-002")
            .starts_with("R5.3(1): clerk asked for GFT26-002, and entered the place of 陈总 on the staff, ")
    );
    // What others asked for is decided there as ever, and what founded the office stands for itself.
    at("wang").ok("gift endorse GFT26-001");
    at("chen").ok("gift approve GFT26-001");
    office.ok("gift add --department general --asked-by clerk --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1 --occasion 监造");
    at("zhou").ok("gift endorse GFT26-003 --by wm");
    assert!(at("chen").refused(3, "gift approve GFT26-003").contains("entered the place of 陈总"));
    // From a login of theirs it is their own word, whoever entered that.
    at("zhou").ok("staff login chen --login chenz --by chen");
    office.seen_by("chenz").ok("gift approve GFT26-003");
}

#[test]
fn q1_a_user_namespace_makes_nobody_of_whoever_has_a_login() {
    let office = office();
    let away =
        office.with_surroundings(Surroundings { login: "lina".to_owned(), foreign: true, ..office.surroundings() });
    for line in [
        "info list",
        "contact list",
        "backup copies/",
        "contact void HAY05001 --reason 错",
        "info quota set --person sun --count 0 --from 2026-11",
    ] {
        let told = "R2.4: the login lina is one of a user namespace, which proves nothing; \
                    work where the login is the machine's own, or name with --as whoever has no login of their own";
        assert_eq!(away.refused(3, line), told, "{line}");
        assert!(
            away.refused(3, &format!("{line} --as li")).starts_with("R2.4: 李娜 works under the login lina, "),
            "{line}"
        );
    }
    // Who has none is declared there as at any other machine, and decides nothing.
    away.ok("info list --as sun");
    away.ok("contact add --department business --kind pre-contract --to technology --subject 图纸 --content 请确认 --as wang");
    assert!(
        away.refused(3, "gift endorse GFT26-001 --as wang")
            .contains("is one of a user namespace, which proves nothing, and nothing is decided from it")
    );
}

#[test]
fn r2_2a_nobody_decides_on_their_own_indicator() {
    let office = office();
    office.ok("staff role li --department general --role clerk --by chen");
    let li = office.seen_by("lina");
    for line in [
        "info quota set --person li --count 1 --from 2026-10",
        "info quota set --person li --count 1 --from 2026-10 --by chen",
        "info quota exempt li 2026-09 --reason 病假 --by chen",
    ] {
        assert!(li.refused(3, line).contains("李娜 does not decide what 李娜 is judged by"), "{line}");
    }
    assert!(office.refused(3, "info quota exempt li 2026-09 --reason 病假 --by li").starts_with("R2.2a: "));
    office.ok("info quota exempt li 2026-09 --reason 病假 --by chen");
}

#[test]
fn r1_what_a_clerk_does_for_the_office_is_done_in_the_name_of_somebody_who_may() {
    let office = office();
    for line in [
        "info quota set --department business --count 3 --from 2026-10",
        "info route add --region 甲 --to business",
        "department add x --zh 甲",
        "series reserve business --count 1",
        "series set business 'HAY{yy}{seq:3}' --from 2027-01-01",
        "gift amend GFT26-001 --unit 甲 --reason 乙",
    ] {
        let refused = office.refused(3, &format!("{line} --by sun"));
        assert!(refused.contains("孙立"), "{line}: {refused}");
        office.ok(&format!("{line} --by zhou --dry-run"));
    }
    assert_snapshot!(office.refused(3, "info route add --region 甲 --to business --by sun"), @"R2.3: 孙立 is no clerk, manager or leader, in whose name a clerk makes routes; name who did with --by clerk or --by zhou or --by qian or --by wang or --by zhao or --by chen or --by gao or --by gm or --by lin");
}
