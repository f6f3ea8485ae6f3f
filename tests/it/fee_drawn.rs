//! Fees whose steps are drawn by lot, and what fees come to (R5.4(3)).

use std::fmt::Write as _;

use insta::assert_snapshot;
use proptest::prelude::*;

use crate::fee::{ADD, contract, office, registered};
use crate::office::Office;

/// Everything that a clerk might try, each on a book where it is forbidden; the way there is made of lines that are allowed.
#[test]
fn r5_4_whatever_is_tried_is_refused_with_its_clause_and_way_out() {
    const REQUESTED: &[&str] = &[ADD_ONE];
    const APPROVED: &[&str] = &[ADD_ONE, "fee approve FEE26-001 --by lin"];
    const SIGNED: &[&str] = &[ADD_ONE, APPROVED[1], "fee sign FEE26-001 --agreement A --party 某咨询公司 --by chen"];
    const REGISTERED: &[&str] = &[ADD_ONE, APPROVED[1], SIGNED[2], "fee register FEE26-001 --by zhou"];
    const BILLED: &[&str] =
        &[ADD_ONE, APPROVED[1], SIGNED[2], REGISTERED[3], "fee bill FEE26-001 --amount 10万 --by zhou"];
    const PAID: &[&str] = &[
        ADD_ONE,
        APPROVED[1],
        SIGNED[2],
        REGISTERED[3],
        BILLED[4],
        "fee clear FEE26-001 --payment 1 --by gao",
        "fee pay FEE26-001 --payment 1 --voucher 银-1 --exception 合同后补",
    ];
    let tried: &[(&[&str], &str)] = &[
        (REQUESTED, "fee approve FEE26-001 --by wang"),
        (REQUESTED, "fee approve FEE26-001 --by old"),
        (REQUESTED, "fee sign FEE26-001 --agreement A --party 某咨询公司 --by chen"),
        (REQUESTED, "fee bill FEE26-001 --amount 1万 --by li"),
        (APPROVED, "fee sign FEE26-001 --agreement A --party 某咨询公司 --by wang"),
        (APPROVED, "fee sign FEE26-001 --agreement A --party 某咨询公司 --by chen --on 2026-10-07"),
        (APPROVED, "fee register FEE26-001 --by zhou"),
        (SIGNED, "fee register FEE26-001 --by wang"),
        (SIGNED, "fee bill FEE26-001 --amount 1万 --by li"),
        (SIGNED, "fee amend FEE26-001 --amount 1万 --reason 少付"),
        (REGISTERED, "fee bill FEE26-001 --amount 252000.01 --by li"),
        (REGISTERED, "fee pay FEE26-001 --payment 1 --voucher 银-1"),
        (BILLED, "fee pay FEE26-001 --payment 1 --voucher 银-1"),
        (BILLED, "fee clear FEE26-001 --payment 1 --by chen"),
        (BILLED, "fee clear FEE26-001 --payment 1 --by old"),
        (BILLED, "fee bill FEE26-001 --amount 152000.01 --by li"),
        (PAID, "fee pay FEE26-001 --payment 1 --voucher 银-2"),
        (PAID, "fee clear FEE26-001 --payment 1 --by lin"),
    ];
    let mut said = String::new();
    for (way, line) in tried {
        let office = office();
        office.ok("staff add old --name 退休 --department general --role company-leader --from 2026-01-01 --by lin");
        office.ok("staff end old --until 2026-09-30 --by lin");
        let office = office.on("2026-10-12");
        for step in *way {
            office.ok(&format!("{step} --on 2026-10-08"));
        }
        let outcome = office.run(line);
        assert!(matches!(outcome.code, 2..=4), "{line}: {}{}", outcome.out, outcome.err);
        office.refused(outcome.code, line);
        write!(said, "[{}] {}", outcome.code, outcome.err).unwrap();
    }
    assert_snapshot!(said, @"
    [3] R5.4(1): approving a fee is for the company-leader, which 王建国 was not on 2026-10-12; name who did with --by gao or --by lin
    [3] R5.4(1): approving a fee is for the company-leader, which 退休 was not on 2026-10-12; name who did with --by gao or --by lin
    [3] R5.4(1): FEE26-001 is requested, and sign takes an entry that is approved; from there: branchbook fee approve FEE26-001 --by PERSON, or reject, void
    [3] R5.4(2): FEE26-001 is requested, and bill takes an entry that is registered; from there: branchbook fee approve FEE26-001 --by PERSON, or reject, void
    [3] R5.4(1): signing the agreement over a fee is for the branch-manager, which 王建国 was not on 2026-10-12; name who did with --by chen
    [3] R5.4(1): the agreement over FEE26-001 is of 2026-10-07, before the approval of 2026-10-08; have an agreement signed on 2026-10-08 or after and give its day with --on DATE
    [3] R5.4(2): FEE26-001 is approved, and register takes an entry that is signed; from there: branchbook fee sign FEE26-001 --agreement NUMBER --party PARTY, or amend, reject, void
    [3] R5.4(2): filing the agreement over a fee is for the clerk, which 王建国 was not on 2026-10-12; name who did with --by clerk or --by zhou
    [3] R5.4(2): FEE26-001 is signed, and bill takes an entry that is registered; from there: branchbook fee register FEE26-001
    [3] R5.4(1): FEE26-001 is signed, so what was asked for stays; take its steps back with: branchbook undo FEE26-001 --reason REASON, or settle it and ask for another
    [3] R5.4(2): 252,000.01 is more than is left of FEE26-001: 252,000.00 of the 252,000.00 agreed; ask for no more than --amount 252000.00
    [4] FEE26-001 has no payment 1; see branchbook fee show FEE26-001
    [3] R5.4(2): payment 1 of FEE26-001, 100,000.00, was not cleared by a company leader on 2026-10-12; have it cleared first: branchbook fee clear FEE26-001 --payment 1 --by PERSON
    [3] R5.4(2): clearing a payment is for the company-leader, which 陈总 was not on 2026-10-12; name who did with --by gao or --by lin
    [3] R5.4(2): clearing a payment is for the company-leader, which 退休 was not on 2026-10-12; name who did with --by gao or --by lin
    [3] R5.4(2): 152,000.01 is more than is left of FEE26-001: 152,000.00 of the 252,000.00 agreed; ask for no more than --amount 152000.00
    [3] R5.4(2): payment 1 of FEE26-001 was paid on 2026-10-08; ask for another with: branchbook fee bill FEE26-001 --amount AMOUNT
    [3] R5.4(2): payment 1 of FEE26-001 was paid on 2026-10-08; ask for another with: branchbook fee bill FEE26-001 --amount AMOUNT
    ");
}

const ADD_ONE: &str = "fee add --kind agency --payee 某咨询公司 --employer 某咨询公司 --project PRJ26-001 --reason 代理 --asked-by li --rate 2%";

/// A fee's verb with everything it needs.
fn verb() -> impl Strategy<Value = String> {
    let number = prop::sample::select(vec!["FEE26-001", "FEE26-002"]);
    let verb = prop::sample::select(vec![
        "add",
        "add",
        "approve N",
        "approve N",
        "sign N --agreement A --party 某",
        "register N",
        "register N",
        "bill N --amount 15万",
        "bill N --amount 10万",
        "clear N --payment 1",
        "clear N --payment 2",
        "pay N --payment 1 --voucher v",
        "pay N --payment 2 --voucher v",
        "amend N --amount 30万 --reason r",
        "reject N --reason r",
        "settle N --reason r",
        "void N --reason r",
    ]);
    let person = prop::sample::select(vec!["lin", "gao", "chen", "zhou", "li", "clerk"]);
    (number, verb, person, 8..12).prop_map(|(number, verb, person, day)| {
        let add = format!("{} --rate 2%", ADD.strip_prefix("fee ").unwrap()).replace("by li", "by lin");
        let verb = if verb == "add" { add } else { verb.replace('N', number) };
        format!("fee {verb} --by {person} --on 2026-10-{day:02}")
    })
}

/// What must never be in a book, as counts of rows.
const NEVER: [&str; 4] = [
    "SELECT count(*) FROM fee_payment AS p WHERE paid_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM approval AS a JOIN term AS t
        ON t.person = a.decided_by AND t.role = 'company-leader' AND t.from_on <= a.decided_on AND coalesce(t.until_on, '9999') >= a.decided_on WHERE a.entry = p.entry AND a.verb = 'clear'
        AND a.part = p.position AND a.amount_fen = p.amount_fen AND a.decided_on <= p.paid_on AND a.decided_by <> p.asked_by)",
    "SELECT count(*) FROM fee AS f WHERE amount_fen < (SELECT coalesce(sum(amount_fen), 0) FROM fee_payment WHERE entry = f.entry)",
    "SELECT count(*) FROM fee AS f JOIN entry AS e ON e.id = f.entry WHERE e.state IN ('approved', 'signed', 'registered', 'settled')
        AND NOT EXISTS (SELECT 1 FROM approval AS a WHERE a.entry = e.id AND a.verb = 'approve' AND a.amount_fen = f.amount_fen
        AND a.decided_by <> f.asked_by AND a.decided_by IN ('lin', 'gao') AND a.decided_on <= coalesce(f.signed_on, '9999'))",
    "SELECT coalesce(sum(f.amount_fen), 0) > 63000000 FROM fee AS f JOIN entry AS e ON e.id = f.entry WHERE e.state NOT IN ('rejected', 'void')",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn r5_4_no_order_of_verbs_pays_what_was_not_approved(verbs in prop::collection::vec(verb(), 20)) {
        // The way that a fee should go, with whatever else between its steps.
        const USUAL: [&str; 7] = [
            ADD_ONE,
            "fee approve FEE26-001 --by gao",
            "fee sign FEE26-001 --agreement A --party 某 --by chen",
            "fee register FEE26-001 --by zhou",
            "fee bill FEE26-001 --amount 10万 --by zhou",
            "fee clear FEE26-001 --payment 1 --by gao",
            "fee pay FEE26-001 --payment 1 --voucher v --by zhou",
        ];
        let office = office().on("2026-10-12");
        let disturbed = USUAL.iter().enumerate().flat_map(|(index, usual)| {
            std::iter::once((*usual).to_owned()).chain(verbs.iter().skip(index * 3).take(3).cloned())
        });
        for verb in disturbed {
            office.run(&verb);
            for never in NEVER {
                prop_assert_eq!(office.count(never), 0, "{}", verb);
            }
        }
        prop_assert_eq!(office.run("verify").code, 0);
    }
}

#[test]
fn old_fees_come_in_and_out_the_same_and_none_that_runs_comes_without_its_approval() {
    let header = "number,state,asked_on,payee,employer,project,amount,customer,other_party,kind,asked_by,basis,rate,reason,agreement,party,signed_on,signed_by,registered_on,ended_on,unpaid_reason,department";
    let old = "FEE24-003,settled,2024-03-05,某咨询公司,某咨询公司,PRJ26-001,\"¥12,000.00\",no,no,agency,li,120万,1%,代理,DL-01,某咨询公司,2024-03-10,chen,2024-03-11,2024-06-30,,business";
    let open = ",,2026-10-08,某人,某厂,PRJ26-001,5000,no,,commission,li,120万,,佣金,,,,,,,,business";
    let office = office();
    let file = office.file("old.csv", format!("{header}\n{old}\n{open}\n"));
    assert_snapshot!(office.ok(&format!("fee import {file}")).replace(&file, "old.csv"), @"old.csv: fees imported: 2");
    assert_snapshot!(office.ok(&format!("fee import {file}")).replace(&file, "old.csv"), @"old.csv: fees imported: 0, in the book already: 2");
    let first = office.exported("fee list");
    assert_snapshot!(first, @"
    number,state,asked_on,payee,employer,project,amount,paid,customer,other_party,late_agreement,high_rate,kind,asked_by,basis,rate,reason,agreement,party,signed_on,signed_by,registered_on,ended_on,unpaid_reason,department,void_reason,amendments,approved_by,approved_on,approval_entered_by,approval_declared,approved_for,signature_entered_by,signature_declared,beyond_cap
    FEE24-003,settled,2024-03-05,某咨询公司,某咨询公司,PRJ26-001,12000.00,0.00,no,no,,no,agency,li,1200000.00,1.00,代理,DL-01,某咨询公司,2024-03-10,chen,2024-03-11,2024-06-30,,business,,0,,,,,,clerk,,
    FEE26-001,requested,2026-10-08,某人,某厂,PRJ26-001,5000.00,0.00,no,,,no,commission,li,12600000.00,,佣金,,,,,,,,business,,0,,,,,,,,
    ");
    let other = self::office();
    let export = other.file("export.csv", &first);
    other.ok(&format!("fee import {export}"));
    assert_eq!(other.exported("fee list"), first);
    for (row, said) in [
        (
            old.replace("settled", "approved").replace("2024-06-30", ""),
            "approved_by: is empty, and the state is approved",
        ),
        (old.replace("chen", ""), "signed_by: is empty, and agreement is not: give both, or leave both out"),
        (
            old.replace("agency", "bribe"),
            "kind: \"bribe\" is none of: selection, agency, thank-you, commission, intermediary; --value kind:bribe=WORD says which it means",
        ),
        (old.replace("PRJ26-001", "PRJ26-009"), "project: there is no project or contract PRJ26-009"),
    ] {
        let file = other.file("bad.csv", format!("{header}\n{}\n", row.replace("FEE24-003", "FEE24-009")));
        let refused = other.refused(1, &format!("fee import {file}"));
        assert!(refused.contains(&format!("bad.csv:2: {said}")), "{refused}");
    }
}

/// A fee on an estimate of 100,000,000 yuan, agreed at 4,000,000, of a project whose contract then comes to 10,000,000.
fn outgrown() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok("staff add gao --name 高董 --department general --role company-leader --from 2026-01-01 --by lin");
        office.ok("project add --department business --customer 包钢 --title 球磨机 --amount 1亿");
        office.ok(&format!("{ADD} --amount 400万"));
        office.ok("fee approve FEE26-001 --by lin");
        office.ok("fee sign FEE26-001 --agreement DL-07 --party 某咨询公司 --by chen");
        office.ok("fee register FEE26-001");
        office
    })
}

#[test]
fn r5_4_3_the_limit_is_looked_at_again_when_money_is_asked_for_cleared_and_paid() {
    let office = outgrown();
    office.ok("fee bill FEE26-001 --amount 60万 --by li");
    office.ok("fee bill FEE26-001 --amount 10万 --by li");
    office.ok("fee clear FEE26-001 --payment 2 --by lin");
    contract(&office, "2026-10-08", 100_000_000);
    assert_snapshot!(office.refused(3, "fee bill FEE26-001 --amount 1 --by li"), @"R5.4(3): 1.00, with 700,000.00 of other payments, passes what the fees of PRJ26-001 may come to, 5% of 1,000,000.00: 50,000.00; pay no more of it: branchbook fee settle FEE26-001 --reason REASON");
    assert_snapshot!(office.refused(3, "fee clear FEE26-001 --payment 1 --by lin"), @"R5.4(3): 600,000.00, with 0.00 of other payments, passes what the fees of PRJ26-001 may come to, 5% of 1,000,000.00: 50,000.00; pay no more of it: branchbook fee settle FEE26-001 --reason REASON");
    assert_snapshot!(office.refused(3, "fee pay FEE26-001 --payment 2 --voucher 付-1"), @"R5.4(3): 100,000.00, with 0.00 of other payments, passes what the fees of PRJ26-001 may come to, 5% of 1,000,000.00: 50,000.00; pay no more of it: branchbook fee settle FEE26-001 --reason REASON");
    assert_snapshot!(office.ok("fee settle FEE26-001 --reason 合同缩减"), @r#"FEE26-001 "agency · 某咨询公司": settled on 2026-10-08, 4,000,000.00 not paid"#);
    assert_eq!(office.count("SELECT count(*) FROM fee_list WHERE high_rate_flag"), 1, "the mark goes by the contract");
}

#[test]
fn r5_4_3_what_a_contract_still_bears_is_paid() {
    let office = outgrown();
    contract(&office, "2026-10-08", 1_000_000_000);
    assert_snapshot!(office.refused(3, "fee bill FEE26-001 --amount 50.01万 --by li"), @"R5.4(3): 500,100.00, with 0.00 of other payments, passes what the fees of PRJ26-001 may come to, 5% of 10,000,000.00: 500,000.00; ask for no more than --amount 500000.00");
    office.ok("fee bill FEE26-001 --amount 50万 --by li");
    office.ok("fee clear FEE26-001 --payment 1 --by lin");
    assert_snapshot!(office.ok("fee pay FEE26-001 --payment 1 --voucher 付-1"), @r#"FEE26-001 "agency · 某咨询公司": payment 1 of 500,000.00 paid on 2026-10-08, voucher 付-1"#);
}

#[test]
fn r5_4_3_the_fees_of_a_customers_year_stay_within_its_contracts_of_that_year() {
    let office = Office::staffed();
    office.ok("staff add gao --name 高董 --department general --role company-leader --from 2026-01-01 --by lin");
    office.ok("project add --department business --customer 包钢 --title 球磨机 --amount 1000万");
    office.ok("project add --department business --customer 包钢集团有限公司 --title 破碎机 --amount 1000万 --by wang");
    office.ok(&format!("{ADD} --amount 50万"));
    office.ok("fee approve FEE26-001 --by lin");
    office.ok("fee sign FEE26-001 --agreement DL-07 --party 某咨询公司 --by chen");
    office.ok("fee register FEE26-001");
    office.ok("fee bill FEE26-001 --amount 50万 --by li");
    office.ok("fee clear FEE26-001 --payment 1 --by lin");
    office.ok("fee pay FEE26-001 --payment 1 --voucher 付-1 --exception 合同后补");
    office.ok("fee settle FEE26-001");
    office.ok("project lose PRJ26-001 --reason 停建 --by wang");
    // What was paid for the project that was lost is counted against what is left of the customer.
    let second = ADD.replace("PRJ26-001", "PRJ26-002");
    assert_snapshot!(office.refused(3, &format!("{second} --amount 1")), @"R5.4(3): 1.00, with 500,000.00 of other fees, passes what the fees of 包钢集团有限公司 in 2026 may come to, 5% of 10,000,000.00: 500,000.00; ask for none, or have another one of them rejected: branchbook fee reject NUMBER --reason REASON");
    office.ok("project add --department business --customer 鞍钢 --title 破碎机 --amount 1000万 --by wang");
    office.ok(&format!("{} --amount 50万", ADD.replace("PRJ26-001", "PRJ26-003")));
    // Next year has its own contracts.
    let office = office.on("2027-01-04");
    office.ok(&format!("{second} --amount 50万"));
}

#[test]
fn r5_4_2_who_asked_the_leader_or_a_clerk_bills() {
    let office = registered();
    office.ok("project lead PRJ26-001 --person lin --by chen");
    office.ok("fee bill FEE26-001 --amount 1 --by li");
    office.ok("fee bill FEE26-001 --amount 1 --by lin");
    office.ok("fee bill FEE26-001 --amount 1 --by li");
    assert_snapshot!(office.refused(3, "fee bill FEE26-001 --amount 1 --by sun"), @"R5.4(2): a payment of FEE26-001 is asked for by 李娜, who asked for it, by the leader of PRJ26-001 or a clerk, and 孙立 was none of them on 2026-10-08; name who did with --by li or --by lin");
    assert_snapshot!(office.at_the_keyboard("qian").refused(3, "fee bill FEE26-001 --amount 1"), @"R5.4(2): a payment of FEE26-001 is asked for by 李娜, who asked for it, by the leader of PRJ26-001 or a clerk, and 钱明 was none of them on 2026-10-08; let 李娜 or 林董 enter it, or hand the paper to General Management's clerk");
}

#[test]
fn r5_4_3_a_contract_in_another_currency_counts_at_its_rate() {
    let office = Office::staffed();
    office.ok("staff add gao --name 高董 --department general --role company-leader --from 2026-01-01 --by lin");
    office.ok("project add --department business --customer 包钢 --title 球磨机 --amount 100万 --by wang");
    office.ok("project lead PRJ26-001 --person li --by wang");
    let contract = "project contract PRJ26-001 --contract A1 --signed-on 2026-10-08 --exception 急 --by li";
    let dollars = office.copy();
    dollars.ok(&format!("{contract} --amount 1000 --currency USD --rate 7"));
    assert_snapshot!(dollars.refused(3, &format!("{ADD} --amount 5万")), @"R5.4(3): a fee of 50,000.00 passes what all fees of PRJ26-001 may come to, 5% of 7,000.00: 350.00; ask for no more than --amount 350.00");
    dollars.ok(&format!("{ADD} --amount 350"));
    // What was agreed on another contract is not paid beyond the one that stands now.
    office.ok(&format!("{contract} --amount 100万"));
    office.ok(&format!("{ADD} --amount 5万"));
    office.ok("fee approve FEE26-001 --by lin");
    office.ok("fee sign FEE26-001 --agreement DL-07 --party 某咨询公司 --by chen");
    office.ok("fee register FEE26-001");
    office.ok("project amend PRJ26-001 --paper 1 --currency USD --rate 0.07 --reason 币种抄错");
    assert_snapshot!(office.refused(3, "fee bill FEE26-001 --amount 5万 --by li"), @"R5.4(3): 50,000.00, with 0.00 of other payments, passes what the fees of PRJ26-001 may come to, 5% of 70,000.00: 3,500.00; ask for no more than --amount 3500.00");
}

#[test]
fn r5_4_2_whoever_bills_a_payment_enters_no_clearance_of_it() {
    let office = Office::staffed();
    office.ok("project add --department business --customer 包钢 --title 球磨机 --amount 1亿");
    office.ok(&format!("{ADD} --amount 5万"));
    office.ok("fee approve FEE26-001 --by lin");
    office.ok("fee sign FEE26-001 --agreement DL-07 --party 某咨询公司 --by chen");
    office.ok("fee register FEE26-001");
    let zhou = office.sharing("zhou");
    zhou.ok("fee bill FEE26-001 --amount 50");
    assert!(office.ok("fee show FEE26-001").contains("周敏"), "the payment says who asked for it");
    assert_snapshot!(zhou.refused(3, "fee clear FEE26-001 --payment 1 --by lin"), @"R5.4(2): 周敏 asked for a payment of FEE26-001 and enters no decision on it; let whoever decides enter it from their own login, or another clerk from the signed paper; where somebody else asked for it, take it back with: branchbook undo FEE26-001 --reason REASON; and ask in their name: branchbook fee bill FEE26-001 --amount 50.00 --by PERSON");
    office.ok("fee clear FEE26-001 --payment 1 --by lin");
}

#[test]
fn r5_4_3_a_payee_who_is_the_customer_or_one_of_us_is_marked() {
    let office = Office::staffed();
    office.ok("project add --department business --customer 包钢 --title 球磨机 --amount 1亿");
    let add =
        |payee: &str| office.run(&ADD.replace("--payee 某咨询公司", &format!("--payee {payee} --amount 100"))).err;
    assert_snapshot!(add("包钢"), @"the payee is the customer");
    assert_snapshot!(add("李娜"), @"the payee has the name of somebody on our staff");
    assert!(!add("某咨询公司").contains("the payee"));
    // Also where a correction makes it so; and whoever decides is told.
    let told = "the payee has the name of somebody on our staff";
    assert!(office.run("fee amend FEE26-003 --payee 孙立 --reason 更正").err.contains(told));
    assert!(office.ok("approvals --format csv").contains(&format!("FEE26-003,fee to be approved; {told},孙立,")));
    assert!(office.run("fee approve FEE26-003 --by lin").err.contains(told));
    assert!(office.ok("fee print FEE26-003").contains(told));
    let shown = office.ok("fee show FEE26-003");
    assert!(shown.contains("Payee of our own staff\n") && shown.contains("│ 孙立   │ baotou     │"), "{shown}");
    assert!(!office.ok("fee show FEE26-001").contains("Payee of our own staff"));
}
