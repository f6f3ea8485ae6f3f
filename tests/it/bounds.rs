//! What money and days are bound to, and that nothing which is changed afterwards gets round it.

use insta::assert_snapshot;

use crate::office::Office;
use crate::project::review;

const FEE: &str =
    "fee add --kind agency --payee 某咨询公司 --employer 某咨询公司 --project PRJ26-001 --reason 代理 --asked-by li";

/// A project of ten million yuan, of whose fee of 500,000, all that it may come to, the agreement is filed before there is a contract.
fn agreed() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        for line in [
            "staff add gao --name 高董 --department general --role company-leader --from 2026-01-01 --by lin",
            "project add --department business --customer 包钢 --title 球磨机 --amount 1000万 --by wang",
            "project lead PRJ26-001 --person li --by chen",
            &format!("{FEE} --rate 5%"),
            "fee approve FEE26-001 --by lin",
            "fee sign FEE26-001 --agreement DL-07 --party 某咨询公司 --by chen",
            "fee register FEE26-001",
            "fee bill FEE26-001 --amount 50万 --by li",
            "fee clear FEE26-001 --payment 1 --by lin",
        ] {
            office.ok(line);
        }
        office
    })
}

/// The same with its contract, and the fee paid.
fn paid() -> Office {
    Office::made(|| {
        let office = agreed();
        review(&office, "PRJ26-001");
        office.ok("project contract PRJ26-001 --contract A1 --signed-on 2026-10-08 --amount 1000万 --by li");
        office.ok("fee pay FEE26-001 --payment 1 --voucher 付-1");
        office
    })
}

/// What the fees show as beyond the cap.
fn beyond(office: &Office) -> String {
    office.ok("fee list --format csv --columns number,beyond_cap").lines().skip(1).collect::<Vec<_>>().join(" ")
}

#[test]
fn r5_4_3_what_was_paid_and_the_contract_bears_no_longer_is_an_exception_however_it_came() {
    let office = paid();
    assert_eq!(beyond(&office), "FEE26-001,");
    let none = office.ok("report exceptions --format csv").lines().count();
    let supplement = "project contract PRJ26-001 --supplement --contract A1-1 --signed-on 2026-10-08 --by li --amount";
    let ways = [
        "project amend PRJ26-001 --paper 1 --amount 500万 --reason 抄错".to_owned(),
        format!("{supplement} -500万"),
        "project amend PRJ26-001 --paper 1 --currency USD --rate 0.5 --reason 币种".to_owned(),
        "project terminate PRJ26-001 --ended-by customer --agreement ZZ --settled 500万 --reason 停建 --by li"
            .to_owned(),
    ];
    for way in ways {
        let office = office.copy();
        office.ok("fee settle FEE26-001");
        let told = office.run(&way);
        assert_eq!(told.code, 0, "{way}: {}", told.err);
        let what =
            "R5.4(3): 500,000.00 of fees of PRJ26-001 is paid, and its contract bears 250,000.00, 5% of 5,000,000.00";
        assert!(told.err.contains(&format!("recorded as an exception: {what}")), "{way}: {}", told.err);
        let listed = office.ok("report exceptions --month 2026-10 --format csv");
        assert!(listed.contains("PRJ26-001,R5.4(3),2026-10-08,"), "{way}: {listed}");
        assert_eq!(beyond(&office), "FEE26-001,250000.00", "{way}");
        office.ok("project amend PRJ26-001 --title 球磨机两台 --reason 补");
        assert_eq!(office.ok("report exceptions --format csv").lines().count(), none + 1, "{way}");
        assert_eq!(office.run("verify").code, 0, "{way}");
    }
}

#[test]
fn r5_4_3_a_contract_that_is_taken_back_bears_none_of_the_fees_that_were_paid() {
    let office = paid();
    assert_snapshot!(office.run("undo PRJ26-001").err, @"recorded as an exception: R5.4(3): 500,000.00 of fees of PRJ26-001 is paid, and no contract bears it");
    assert_eq!(beyond(&office), "FEE26-001,500000.00");
    // The contract that comes in its place is looked at anew.
    let again = "project contract PRJ26-001 --contract A2 --signed-on 2026-10-08 --amount 600万 --by li";
    assert_snapshot!(office.run(again).err, @"recorded as an exception: R5.4(3): 500,000.00 of fees of PRJ26-001 is paid, and its contract bears 300,000.00, 5% of 6,000,000.00");
    assert_eq!(beyond(&office), "FEE26-001,200000.00");
    let more = "project contract PRJ26-001 --supplement --contract A2-1 --signed-on 2026-10-08 --amount 400万 --by li";
    assert_eq!(office.run(more).err, "");
    assert_eq!(beyond(&office), "FEE26-001,");
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r5_4_3_no_fee_is_paid_before_there_is_a_contract() {
    let office = agreed();
    let pay = "fee pay FEE26-001 --payment 1 --voucher 付-1";
    assert_snapshot!(office.refused(3, pay), @"R5.4(3): PRJ26-001 has no contract, and what its fees may come to is a share of that; enter it with: branchbook project contract PRJ26-001 --contract CONTRACT --signed-on DATE --amount AMOUNT, or record the breach with --exception REASON");
    let excepted = office.copy();
    let told = excepted.run(&format!("{pay} --exception 合同后补")).err;
    assert!(told.contains("recorded as an exception: R5.4(3): PRJ26-001 has no contract, and"), "{told}");
    assert_eq!(beyond(&excepted), "FEE26-001,500000.00");
    review(&office, "PRJ26-001");
    office.ok("project contract PRJ26-001 --contract A1 --signed-on 2026-10-08 --amount 1000万 --by li");
    office.ok(pay);
}

#[test]
fn r3_4_a_rate_that_is_more_than_half_off_the_last_is_refused_with_that_named() {
    let office = Office::staffed();
    for number in ["PRJ26-001", "PRJ26-002"] {
        office.ok("project add --department foreign-trade --customer 甲厂 --title 订货 --by qian");
        review(&office, number);
    }
    let sign = |number: &str, paper: &str, rate: &str| {
        format!(
            "project contract {number} --contract {paper} --signed-on 2026-10-08 --amount 1000 --currency USD --rate {rate}"
        )
    };
    office.ok(&sign("PRJ26-001", "A1", "7.1"));
    assert_snapshot!(office.refused(3, &sign("PRJ26-002", "A2", "10.6501")), @"R3.4: one USD at 10.6501 is more than half off the last rate, 7.1 in A1 of 2026-10-08; give what one was worth that day with --rate, or record the breach with --exception REASON");
    assert!(office.refused(3, &sign("PRJ26-002", "A2", "3.5499")).starts_with("R3.4: "));
    for near in ["10.65", "3.55"] {
        office.copy().ok(&sign("PRJ26-002", "A2", near));
    }
    let excepted = office.copy();
    excepted.ok(&format!("{} --exception 汇率如此", sign("PRJ26-002", "A2", "71")));
    assert!(excepted.ok("report exceptions --format csv").contains("PRJ26-002,R3.4,2026-10-08,"));
    // Nor does a supplement or a correction bring another, and another currency begins anew.
    let supplement = "project contract A1 --supplement --contract A1-1 --signed-on 2026-10-08 --amount -900 --rate 70";
    assert!(office.refused(3, supplement).starts_with("R3.4: "));
    office.ok(&sign("PRJ26-002", "A2", "7.2"));
    let amend = "project amend PRJ26-002 --paper 1 --rate 72 --reason 抄错";
    assert_snapshot!(office.refused(3, amend), @"R3.4: one USD at 72 is more than half off the last rate, 7.1 in A1 of 2026-10-08; give what one was worth that day with --rate, or record the breach with --exception REASON");
    office.ok(&format!("{amend} --exception 合同所载"));
    office.ok("project amend PRJ26-002 --paper 1 --currency EUR --rate 8.1 --reason 币种");
    assert_eq!(office.run("verify").code, 0);
}

/// A contract of 1,000,000 yuan whose advance of 300,000 is overdue.
fn overdue() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok("project add --department business --customer 甲厂 --title 订货 --amount 100万 --by wang");
        office.ok("project lead PRJ26-001 --person li --by wang");
        review(&office, "PRJ26-001");
        office.ok("project contract PRJ26-001 --contract A1 --signed-on 2026-10-08 --amount 100万");
        office.ok("project instalments PRJ26-001 --advance 30% --progress 40% --delivery 30% --by li");
        office.on("2026-10-20")
    })
}

#[test]
fn r6_3_an_advance_falls_only_by_what_a_supplement_takes_away_unless_the_manager_decides() {
    let office = overdue();
    let supplement = "project contract PRJ26-001 --supplement --contract A1-1 --signed-on 2026-10-20 --by li --amount";
    let anew = "project instalments PRJ26-001 --progress 40% --advance 1% --delivery 59%";
    assert_snapshot!(office.refused(3, "project instalments PRJ26-001 --advance 10万 --delivery 50万"), @"R3.7: the instalments of PRJ26-001 come to 600,000.00, and its contract to CNY 1,000,000.00; give shares that make 100%, or amounts that add up to the contract with its supplements");
    office.ok(&format!("{supplement} 0.01"));
    assert_snapshot!(office.sharing("li").refused(3, anew), @"R6.3: the advance of PRJ26-001 would fall from 300,000.00 to 10,000.00, and supplements took away 0.00; keep it, or have the manager decide, with --exception REASON: let 王建国 or 陈总 enter it, or hand the paper to General Management's clerk");
    assert_snapshot!(office.refused(3, &format!("{anew} --by li --exception 用户要求")), @"R6.3: the advance of PRJ26-001 would fall from 300,000.00 to 10,000.00, and supplements took away 0.00; keep it, or have the manager decide, with --exception REASON: name who did with --by wang or --by chen");
    assert_snapshot!(office.refused(3, &format!("{anew} --by wang")), @"R6.3: the advance of PRJ26-001 would fall from 300,000.00 to 10,000.00, and supplements took away 0.00; keep it, or record the breach with --exception REASON");
    let decided = office.copy();
    decided.ok(&format!("{anew} --by wang --exception 用户要求"));
    assert!(decided.ok("report exceptions --format csv").contains("PRJ26-001,R6.3,2026-10-20,wang,用户要求,"));
    // What a supplement takes away may be taken off the advance.
    let office = office.copy();
    office.ok(&format!("{} -20万", supplement.replace("A1-1", "A1-2")));
    let anew = |advance: &str, delivery: &str| {
        format!("project instalments PRJ26-001 --advance {advance} --progress 40万 --delivery {delivery} --by li")
    };
    assert_snapshot!(office.refused(3, &anew("10万", "300000.01")), @"R6.3: the advance of PRJ26-001 would fall from 300,000.00 to 100,000.00, and supplements took away 199,999.99; keep it, or have the manager decide, with --exception REASON: name who did with --by wang or --by chen");
    office.ok(&anew("100000.01", "30万"));
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn r3_7_what_is_overdue_is_put_off_by_the_manager_alone() {
    let office = overdue();
    let later = "project instalments PRJ26-001 --advance 30% --progress 40% --delivery 30% --advance-due 2027-01-01";
    assert_snapshot!(office.refused(3, &format!("{later} --by li --exception 资金紧")), @"R3.7: what is overdue of PRJ26-001 would fall from 300,000.00 to 0.00, and supplements took away 0.00; keep it, or have the manager decide, with --exception REASON: name who did with --by wang or --by chen");
    // Who leads a project does not let its customer off.
    office.ok("project lead PRJ26-001 --person wang --by wang");
    assert!(office.refused(3, &format!("{later} --by wang --exception 资金紧")).starts_with("R3.7: "));
    office.ok(&format!("{later} --by chen --exception 资金紧"));
    assert!(!office.ok("project payments --overdue --format csv").contains("advance"));
}

#[test]
fn r3_7_instalments_that_are_taken_back_count_where_they_stood_until_another_day() {
    let office = overdue();
    let anew = "project instalments PRJ26-001 --progress 40% --advance 1% --delivery 59%";
    office.ok("undo PRJ26-001 --reason 重排");
    assert_snapshot!(office.refused(3, &format!("{anew} --by li")), @"R6.3: the advance of PRJ26-001 would fall from 300,000.00 to 10,000.00, and supplements took away 0.00; keep it, or have the manager decide, with --exception REASON: name who did with --by wang or --by chen");
    office.ok("project instalments PRJ26-001 --advance 50% --delivery 50% --by li");
    // A slip of the same day is set right.
    let office = Office::staffed();
    office.ok("project add --department business --customer 甲厂 --title 订货 --amount 100万 --by wang");
    review(&office, "PRJ26-001");
    office.ok("project contract PRJ26-001 --contract A1 --signed-on 2026-10-08 --amount 100万");
    let office = office.on("2026-10-20");
    office.ok("project instalments PRJ26-001 --advance 100%");
    office.ok("undo PRJ26-001");
    office.ok(&anew.replace("1%", "10%").replace("59%", "50%"));
}

#[test]
fn r2_2_a_department_is_judged_as_it_was_known_when_its_report_was_due() {
    let office = Office::staffed().on("2026-11-05");
    office.ok("project add --department business --customer 甲厂 --title 订货 --by wang");
    let report = |month: &str| {
        let tally = office.clone().on("2026-12-05").ok(&format!("info tally --month {month} --format csv"));
        tally.lines().find(|line| line.contains(",baotou,")).map(str::to_owned)
    };
    assert!(report("2026-10").unwrap().contains(",missing,"));
    office.ok("department amend baotou --reports no --reason 撤 --by chen");
    assert!(report("2026-10").unwrap().contains(",missing,"), "what was owed stays owed");
    assert_eq!(report("2026-11"), None, "and from then on it is not");
    assert!(office.ok("due --format csv").contains("info report --department baotou --month 2026-10"));
    office.copy().ok("info notice warn --department baotou --month 2026-10 --by chen");
    office.ok("info report --department baotou --month 2026-10 --by zhao");
    assert!(report("2026-10").unwrap().contains(",late,"));
    // Nor does the end of a department that is entered later.
    let office = Office::staffed().on("2026-11-05");
    office.ok("project add --department business --customer 甲厂 --title 订货 --by wang");
    for person in ["zhao", "sun"] {
        office.ok(&format!("staff end {person} --until 2026-09-30 --by chen"));
    }
    office.ok("department end baotou --on 2026-09-30 --reason 撤 --by chen");
    let tally = office.ok("info tally --month 2026-10 --format csv");
    assert!(tally.lines().any(|line| line.contains(",baotou,") && line.contains(",missing,")), "{tally}");
}

#[test]
fn r2_2_an_indicator_of_past_months_is_decided_by_the_branch_manager_and_reaches_back_no_further_than_the_book() {
    let office = Office::founded_on("2026-10-08").on("2026-12-05");
    // Until something is entered, whoever founds the office sets what holds.
    office.copy().ok("info quota set --person li --count 3 --from 2026-08");
    office.ok("project add --department business --customer 甲厂 --title 订货 --by wang");
    let set = "info quota set --person li --count 3 --from";
    assert_snapshot!(office.refused(3, &format!("{set} 2026-11")), @"R2.2: an indicator of past months is decided by the branch manager or a leader, which clerk was not on 2026-12-05; name who decided with --by PERSON");
    assert!(office.refused(3, &format!("{set} 2026-11 --by wang")).starts_with("R2.2: "));
    assert_snapshot!(office.run(&format!("{set} 2026-09 --by chen")).err, @"
    李娜 is judged anew for the months from 2026-11 to 2026-11
    the book is live from 2026-10-08 on, and nobody is judged by it for months that began before
    ");
    assert_snapshot!(office.ok("info quota list --format csv"), @"
    kind,holder,from_month,indicator,reason
    person,li,2026-11,3,
    ");
    assert!(
        office.ok("report late --month 2026-12 --format csv").contains("quota person li,info quota set,2026-11-01,")
    );
    office.ok(&format!("{set} 2026-12"));
}

#[test]
fn r2_4_a_report_in_parts_is_as_late_as_its_latest_part() {
    let office = Office::staffed().on("2026-10-20");
    let add =
        "info add --department business --customer 甲厂 --region 辽宁省 --equipment 球磨机 --need 一台 --by li --on";
    office.ok(&format!("{add} 2026-10-20"));
    office.clone().at_the_keyboard("wang").ok("info report --department business --month 2026-10");
    let office = office.on("2026-10-28");
    office.ok(&format!("{} 2026-10-28", add.replace("甲厂", "乙厂")));
    let office = office.on("2026-11-09");
    assert!(!office.ok("info tally --month 2026-10 --format csv").contains(",late,"));
    office.clone().at_the_keyboard("wang").ok("info report --department business --month 2026-10");
    assert!(office.ok("info tally --month 2026-10 --format csv").contains(",business,,2,,,late,2026-10-20,2,0,1,1"));
    office.ok("info notice warn --department business --month 2026-10 --by chen");
}

#[test]
fn r3_1_projects_of_a_customer_that_are_major_together_are_named() {
    let office = Office::staffed();
    let add = "project add --department business --title 磨机 --by wang --customer";
    assert_eq!(office.run(&format!("{add} 甲厂有限公司 --amount 300万")).err, "");
    assert_eq!(office.run(&format!("{add} 乙厂 --amount 300万")).err, "");
    assert_snapshot!(office.run(&format!("{add} 甲厂 --amount 200万")).err, @"with PRJ26-001 of the same customer it comes to 5,000,000.00, as much as a major project; where they are one, say so with --major (R3.1)");
    office.ok("project lose PRJ26-001 --reason 停建 --by wang");
    assert_eq!(office.run("project amend PRJ26-003 --amount 250万 --reason 估").err, "");
}

#[test]
fn q17_a_paper_counts_once_however_it_is_dressed_up() {
    let office = overdue();
    office.ok("project receive PRJ26-001 --amount 1 --voucher FP-1001");
    office.ok("project add --department business --customer 乙厂 --title 订货 --amount 1万 --by wang");
    review(&office, "PRJ26-002");
    office.ok("project contract PRJ26-002 --contract A2 --signed-on 2026-10-20 --amount 1万");
    office.ok("project instalments PRJ26-002 --advance 100%");
    let receive = |voucher: &str| format!("project receive PRJ26-002 --amount 1 --voucher '{voucher}'");
    let hidden = [
        '\u{200B}',
        '\u{AD}',
        '\u{FE0F}',
        '\u{3164}',
        '\u{FFA0}',
        '\u{2800}',
        '\u{115F}',
        '\u{180E}',
        '\u{E0100}',
        '\u{2063}',
    ];
    for hidden in hidden {
        let refused = office.refused(3, &receive(&format!("FP-10{hidden}01")));
        assert!(refused.contains("is in the book already, in PRJ26-001"), "{hidden:?}: {refused}");
    }
    assert!(office.refused(3, &receive("ＦＰ-１００１")).contains("is in the book already"));
    for like in ["FP-l0O1", "FP-I00I", "fp1oO1", "FР-1OO1"] {
        let told = office.copy().run(&receive(like)).err;
        assert!(told.contains(&format!("voucher {like} looks like FP-1001, which is in PRJ26-001: see whether it is the same with branchbook show PRJ26-001")), "{like}: {told}");
    }
    assert_eq!(office.run(&receive("FP-1002")).err, "");
    // Nor does a correction bring it in.
    let amend = "project amend PRJ26-002 --receipt 1 --reason 抄错 --voucher";
    assert!(office.refused(3, &format!("{amend} FP-1001")).contains("is in the book already, in PRJ26-001"));
    assert!(office.run(&format!("{amend} FP-l001")).err.contains("looks like FP-1001"));
}

#[test]
fn q17_a_paper_counts_once_with_its_kind_before_it_or_a_mark_behind() {
    let office = overdue();
    office.ok("project receive PRJ26-001 --amount 1 --voucher 0218843");
    for dressed in [
        "0218843,",
        "凭证0218843",
        "0218843，",
        "No. 0218843",
        "№0218843",
        "0218843-",
        "전표 0218843",
        "voucher 0218843",
    ] {
        let refused = office.refused(3, &format!("project receive PRJ26-001 --amount 1 --voucher '{dressed}'"));
        assert!(refused.contains("is in the book already, in PRJ26-001"), "{dressed}: {refused}");
    }
}

#[test]
fn r3_4_a_first_rate_that_hardly_any_currency_has_needs_its_reason() {
    let office = overdue();
    office.ok("project add --department business --customer 乙厂 --title 订货 --amount 1万 --by wang");
    review(&office, "PRJ26-002");
    let sign = |currency: &str, rate: &str| {
        format!(
            "project contract PRJ26-002 --contract A2 --signed-on 2026-10-20 --amount 1万 --currency {currency} --rate {rate}"
        )
    };
    assert_snapshot!(office.refused(3, &sign("GBP", "900")), @"R3.4: one GBP at 900 is the first rate of that currency, and hardly any is worth less than 0.001 or more than 20 yuan; give what one was worth that day with --rate, or record the breach with --exception REASON");
    office.refused(3, &sign("USD", "99999999999"));
    office.refused(3, &sign("VND", "0.0003"));
    office.ok(&format!("{} --exception 越南盾 --dry-run", sign("VND", "0.0003")));
    for (currency, rate) in [("GBP", "9.1"), ("KRW", "0.005"), ("USD", "7.1234")] {
        office.ok(&format!("{} --dry-run", sign(currency, rate)));
    }
}
