//! Fees: asked, approved, signed, registered, and paid by clearance (R5.4).

use insta::assert_snapshot;

use crate::forms;
use crate::office::Office;

pub(crate) const ADD: &str =
    "fee add --kind agency --payee 某咨询公司 --employer 某咨询公司 --project PRJ26-001 --reason 代理 --asked-by li -q";

/// An office with a project of 12,600,000 yuan, two company leaders, and nothing asked yet.
pub(crate) fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok(
            "project add --department business --customer 包头钢铁(集团)有限责任公司 --title 球磨机 --amount 1260万",
        );
        office.ok("staff add gao --name 高董 --department general --role company-leader --from 2026-01-01 --by lin");
        office
    })
}

/// An office whose FEE26-001 of 252,000 yuan is registered.
pub(crate) fn registered() -> Office {
    Office::made(|| {
        let office = office();
        office.ok(&format!("{ADD} --rate 2%"));
        office.ok("fee approve FEE26-001 --by lin");
        office.ok("fee sign FEE26-001 --agreement DL-07 --party 某咨询公司 --by chen");
        office.ok("fee register FEE26-001 --by zhou");
        office
    })
}

#[test]
fn r5_4_2_a_payment_that_was_taken_back_is_answered_with_those_that_stand() {
    let office = registered();
    office.ok("fee bill FEE26-001 --amount 10万 --by li");
    office.ok("undo FEE26-001");
    office.ok("fee bill FEE26-001 --amount 9万 --by li");
    assert_eq!(
        office.refused(4, "fee clear FEE26-001 --payment 1 --by lin"),
        "FEE26-001 has no payment 1; it was taken back; what stands is 2"
    );
    assert_eq!(
        office.refused(4, "fee clear FEE26-001 --payment 3 --by lin"),
        "FEE26-001 has no payment 3; see branchbook fee show FEE26-001"
    );
    office.ok("fee clear FEE26-001 --payment 2 --by lin");
}

/// A contract of the project, as another part of the program enters it.
pub(crate) fn contract(office: &Office, signed_on: &str, amount_fen: i64) {
    office
        .sql()
        .execute(
            "INSERT INTO contract (entry, position, contract, signed_on, customer, currency, amount_fen)
             SELECT id, 1, 'BG-1', ?1, '包头钢铁', 'CNY', ?2 FROM entry WHERE number = 'PRJ26-001'",
            (signed_on, amount_fen),
        )
        .unwrap();
}

#[test]
fn r5_4_1_a_fee_is_approved_by_a_company_leader_who_did_not_ask() {
    let office = office();
    assert_snapshot!(office.ok(&format!("{ADD} --rate 2%")), @"FEE26-001");
    assert_snapshot!(office.refused(3, "fee approve FEE26-001 --by chen"), @"R5.4(1): approving a fee is for the company-leader, which 陈总 was not on 2026-10-08; name who did with --by gao or --by lin");
    office.ok(&format!("{} --amount 1000", ADD.replace("by li", "by lin")));
    assert_snapshot!(office.refused(3, "fee approve FEE26-002 --by lin"), @"R5.4(1): 林董 asked for FEE26-002 and may not approve it as well; name who did with --by gao");
    // All or nothing.
    office.refused(3, "fee approve FEE26-001 FEE26-002 --by lin");
    assert_snapshot!(office.ok("fee approve FEE26-001 FEE26-002 --by gao"), @r#"FEE26-001 "agency · 某咨询公司", FEE26-002 "agency · 某咨询公司": approved on 2026-10-08 by 高董"#);
    office.ok("verify");
}

#[test]
fn r5_4_1_an_agreement_is_signed_by_the_branch_manager_after_the_approval() {
    let office = office();
    office.ok(&format!("{ADD} --rate 2%"));
    assert_snapshot!(office.refused(3, "fee sign FEE26-001 --agreement DL-07 --party 某咨询公司 --by chen"), @"R5.4(1): FEE26-001 is requested, and sign takes an entry that is approved; from there: branchbook fee approve FEE26-001 --by PERSON, or reject, void");
    let office = office.on("2026-10-12");
    office.ok("fee approve FEE26-001 --by lin");
    assert_snapshot!(office.refused(3, "fee sign FEE26-001 --agreement DL-07 --party 某咨询公司 --by chen --on 2026-10-10"), @"R5.4(1): the agreement over FEE26-001 is of 2026-10-10, before the approval of 2026-10-12; have an agreement signed on 2026-10-12 or after and give its day with --on DATE");
    assert_snapshot!(office.refused(3, "fee sign FEE26-001 --agreement DL-07 --party 某咨询公司 --by wang"), @"R5.4(1): signing the agreement over a fee is for the branch-manager, which 王建国 was not on 2026-10-12; name who did with --by chen");
    office.ok("fee sign FEE26-001 --agreement DL-07 --party 某咨询公司 --by chen");
}

#[test]
fn r5_4_1_what_is_changed_after_its_approval_is_approved_again() {
    let office = office();
    office.ok(&format!("{ADD} --rate 2%"));
    office.ok("fee approve FEE26-001 --by lin");
    assert_snapshot!(office.ok("fee amend FEE26-001 --amount 30万 --reason 谈判"), @r#"FEE26-001 "agency · 某咨询公司": corrected rate (2% → nothing), amount (252,000.00 → 300,000.00); it is decided on again"#);
    assert_snapshot!(office.refused(3, "fee sign FEE26-001 --agreement DL-07 --party 某咨询公司 --by chen"), @"R5.4(1): FEE26-001 is requested, and sign takes an entry that is approved; from there: branchbook fee approve FEE26-001 --by PERSON, or reject, void");
    office.ok("fee approve FEE26-001 --by lin");
    // What another program changed is not led on.
    office.sql().execute("UPDATE fee SET payee = '别人'", ()).unwrap();
    assert_snapshot!(office.refused(5, "fee sign FEE26-001 --agreement DL-07 --party 某咨询公司 --by chen"), @"FEE26-001 was changed by another program, and is not as row 36 of the journal left it: payee; see all of it with: branchbook verify; go on from the newest good copy with: branchbook restore COPY");
}

#[test]
fn r5_4_1_a_lapsed_leader_approves_nothing() {
    let office = office();
    office.ok(&format!("{ADD} --rate 2%"));
    office.ok("staff end gao --until 2026-10-07 --by lin");
    assert_snapshot!(office.refused(3, "fee approve FEE26-001 --by gao"), @"R5.4(1): approving a fee is for the company-leader, which 高董 was not on 2026-10-08; name who did with --by lin");
}

#[test]
fn r5_4_2_a_payment_follows_registration_and_clearance_and_is_made_once() {
    let office = office();
    office.ok(&format!("{ADD} --rate 2%"));
    office.ok("fee approve FEE26-001 --by lin");
    assert_snapshot!(office.refused(3, "fee bill FEE26-001 --amount 10万 --by li"), @"R5.4(2): FEE26-001 is approved, and bill takes an entry that is registered; from there: branchbook fee sign FEE26-001 --agreement NUMBER --party PARTY, or amend, reject, void");
    office.ok("fee sign FEE26-001 --agreement DL-07 --party 某咨询公司 --by chen");
    assert_snapshot!(office.refused(3, "fee bill FEE26-001 --amount 10万 --by li"), @"R5.4(2): FEE26-001 is signed, and bill takes an entry that is registered; from there: branchbook fee register FEE26-001");
    office.ok("fee register FEE26-001 --by zhou");
    office.ok("fee bill FEE26-001 --amount 10万 --by li");
    assert_snapshot!(office.refused(3, "fee pay FEE26-001 --payment 1 --voucher 银-1"), @"R5.4(2): payment 1 of FEE26-001, 100,000.00, was not cleared by a company leader on 2026-10-08; have it cleared first: branchbook fee clear FEE26-001 --payment 1 --by PERSON");
    assert_snapshot!(office.refused(3, "fee clear FEE26-001 --payment 1 --by chen"), @"R5.4(2): clearing a payment is for the company-leader, which 陈总 was not on 2026-10-08; name who did with --by gao or --by lin");
    office.ok("fee clear FEE26-001 --payment 1 --by lin");
    assert_snapshot!(office.ok("fee pay FEE26-001 --payment 1 --voucher 银-1 --exception 合同后补"), @r#"FEE26-001 "agency · 某咨询公司": payment 1 of 100,000.00 paid on 2026-10-08, voucher 银-1"#);
    assert_snapshot!(office.refused(3, "fee pay FEE26-001 --payment 1 --voucher 银-1"), @"R5.4(2): payment 1 of FEE26-001 was paid on 2026-10-08; ask for another with: branchbook fee bill FEE26-001 --amount AMOUNT");
    assert_snapshot!(office.refused(3, "fee bill FEE26-001 --amount 152000.01 --by li"), @"R5.4(2): 152,000.01 is more than is left of FEE26-001: 152,000.00 of the 252,000.00 agreed; ask for no more than --amount 152000.00");
    assert_snapshot!(office.refused(3, "fee settle FEE26-001"), @"R5.4(2): 152,000.00 of FEE26-001 is not paid; pay it, or say why it will not be: branchbook fee settle FEE26-001 --reason REASON");
    office.ok("fee settle FEE26-001 --reason 终止");
    office.ok("verify");
}

#[test]
fn r5_4_1_the_approval_sheet_is_printed() {
    let office = registered();
    contract(&office, "2026-10-01", 1_260_000_000);
    office.ok("fee bill FEE26-001 --amount 10万 --by li");
    office.ok("fee clear FEE26-001 --payment 1 --by lin");
    office.ok("fee pay FEE26-001 --payment 1 --voucher '<PZ-1>' --by zhou");
    office.ok("fee bill FEE26-001 --amount 5万 --by li");
    let page = office.ok("fee print FEE26-001");
    let (_, body) = page.split_once("<body>").unwrap();
    assert_snapshot!(forms::without_code(body).trim(), @r#"
        <section style="page: form1">
        <div class="head">
        <div class="branch">沈阳某机械公司销售分公司</div>
        <h1>Fee approval sheet</h1>
        <div class="number"><small>Number</small> FEE26-001</div>
        <svg/>
        </div>


        <table>
        <colgroup><col class="label"><col><col class="label"><col></colgroup>
        <tbody>
        <tr><th>Department</th><td>Business Department</td><th>Asked on</th><td>2026-10-08</td></tr>
        <tr><th>Asked by</th><td>李娜</td><th>Kind</th><td>agency</td></tr>
        <tr><th>Project</th><td>PRJ26-001 球磨机</td><th>Contract</th><td>BG-1</td></tr>
        <tr><th>Project customer</th><td colspan="3">包头钢铁(集团)有限责任公司</td></tr>
        <tr><th>Payee</th><td>某咨询公司</td><th>Employer</th><td>某咨询公司</td></tr>
        <tr><th>Basis (yuan)</th><td class="figure">12,600,000.00</td><th>Rate</th><td class="figure">2%</td></tr>
        <tr><th>Amount (yuan)</th><td class="figure">252,000.00</td><th>Paid (yuan)</th><td class="figure">100,000.00</td></tr>
        <tr><th>Reason</th><td colspan="3">代理</td></tr>
        <tr><th>To be noted</th><td colspan="3" class="noted">the agreement is later than the contract</td></tr>
        </tbody>
        </table>
        <table class="signing">
        <thead><tr><th>Who decides</th><th>Opinion</th><th>Signature</th><th>Date</th></tr></thead>
        <tbody>
        <tr class="opinion"><th>Company leader</th><td>approved by the company</td><td>林董</td><td>2026-10-08</td></tr>
        <tr class="opinion"><th>Branch manager</th><td></td><td></td><td></td></tr>
        </tbody>
        </table>
        <table>
        <colgroup><col class="label"><col><col class="label"><col></colgroup>
        <tbody>
        <tr><th>Agreement</th><td>DL-07</td><th>Party</th><td>某咨询公司</td></tr>
        <tr><th>Signed by</th><td>陈总 / 2026-10-08</td><th>Registered on</th><td>2026-10-08</td></tr>
        </tbody>
        </table>
        <table>
        <thead><tr><th>Decision</th><th>Decided by</th><th>Entered by</th><th>Decided on</th><th class="figure">Amount (yuan)</th></tr></thead>
        <tbody>
        <tr><td>approved by the company</td><td>林董</td><td>clerk</td><td>2026-10-08</td><td class="figure">252,000.00</td></tr>
        <tr><td>payment 1 cleared</td><td>林董</td><td>clerk</td><td>2026-10-08</td><td class="figure">100,000.00</td></tr>
        </tbody>
        </table>
        <table>
        <thead><tr><th class="ordinal" style="width:calc(1304% / 100)">Position</th><th class="figure">Amount (yuan)</th><th>Asked by</th><th>Paid by</th><th>Voucher</th></tr></thead>
        <tbody>
        <tr><td class="ordinal">1</td><td class="figure">100,000.00</td><td>李娜 / 2026-10-08</td><td>周敏 / 2026-10-08</td><td>&#60;PZ-1&#62;</td></tr>
        <tr><td class="ordinal">2</td><td class="figure">50,000.00</td><td>李娜 / 2026-10-08</td><td></td><td></td></tr>
        </tbody>
        </table>
        <table class="signatures">
        <colgroup><col class="label"><col><col class="label"><col></colgroup>
        <tbody>
        <tr class="box"><th>Signature of who asked</th><td></td><th>Signature of the clerk in charge</th><td></td></tr>
        </tbody>
        </table>
        </section>

        </body>
        </html>
        "#);
    office.ok(&format!("fee print FEE26-001 --output {}", office.path("sheet.html").display()));
    assert_eq!(office.read("sheet.html"), page);
}

#[test]
fn r5_4_1_the_sheet_of_a_refused_or_void_fee_is_not_valid() {
    let office = office();
    office.ok(&format!("{ADD} --rate 2%"));
    office.ok("fee reject FEE26-001 --reason '<太高>' --by lin");
    assert!(office.ok("fee print FEE26-001").contains(r#"<div class="void">Rejected: &#60;太高&#62;</div>"#));
    office.ok(&format!("{ADD} --rate 1%"));
    office.ok("fee void FEE26-002 --reason 重复");
    assert!(office.ok("fee print FEE26-002").contains("Not valid: 重复"));
}

#[test]
fn r5_4_2_two_halves_do_not_pass_the_agreement() {
    let office = registered();
    office.ok("fee bill FEE26-001 --amount 20万 --by li");
    assert_snapshot!(office.refused(3, "fee bill FEE26-001 --amount 20万 --by li"), @"R5.4(2): 200,000.00 is more than is left of FEE26-001: 52,000.00 of the 252,000.00 agreed; ask for no more than --amount 52000.00");
}

#[test]
fn r5_4_2_nobody_clears_what_they_asked_for() {
    let office = registered();
    office.ok("project lead PRJ26-001 --person lin --by chen");
    office.ok("fee bill FEE26-001 --amount 1万 --by lin");
    assert_snapshot!(office.refused(3, "fee clear FEE26-001 --payment 1 --by lin"), @"R5.4(2): 林董 asked for a payment of FEE26-001 and may not clear it as well; name who did with --by gao");
    office.ok("fee clear FEE26-001 --payment 1 --by gao");
}

#[test]
fn r5_4_3_split_fees_do_not_pass_the_limit_together() {
    let office = office();
    for _ in 0..2 {
        office.ok(&format!("{ADD} --rate 2%"));
    }
    assert_snapshot!(office.refused(3, &format!("{ADD} --rate 2%")), @"R5.4(3): a fee of 252,000.00 beside FEE26-001 with 252,000.00, FEE26-002 with 252,000.00 passes what all fees of PRJ26-001 may come to, 5% of 12,600,000.00: 630,000.00; ask for no more than --amount 126000.00");
    office.ok("fee reject FEE26-002 --reason 重复 --by lin");
    office.ok(&format!("{ADD} --rate 2%"));
    // The contract came out lower than the estimate: what was asked before is over its limit now.
    contract(&office, "2026-10-08", 800_000_000);
    assert_snapshot!(office.refused(3, "fee approve FEE26-001 --by lin"), @"R5.4(3): a fee of 252,000.00 beside FEE26-003 with 252,000.00 passes what all fees of PRJ26-001 may come to, 5% of 8,000,000.00: 400,000.00; lower it: branchbook fee amend FEE26-001 --amount 148000.00 --reason REASON");
    assert_snapshot!(office.refused(3, "rule set fee.cap_percent 9 --by chen"), @"R5.4(3): setting fee.cap_percent is for the company-leader, which 陈总 was not on 2026-10-08; name who decided: --by gao or --by lin");
}

#[test]
fn r5_4_3_doubtful_fees_are_marked_in_every_format() {
    let office = office();
    office.ok(&format!("{} --rate 4%", ADD.replace("--employer 某咨询公司", "--employer 包头钢铁集团")));
    office.ok("fee approve FEE26-001 --by lin");
    contract(&office, "2026-10-07", 1_260_000_000);
    office.ok("fee sign FEE26-001 --agreement DL-07 --party 另一公司 --by chen");
    assert_snapshot!(office.ok("fee list"), @"
    Fees
    ┌───────────┬────────┬────────────┬────────────┬──────────────┬───────────┬────────────┬──────┬──────────┬─────────────┬────────────────┬───────────┬────────┬──────────┬───────────────┬──────┬────────┬───────────┬──────────┬────────────┬───────────┬────────────┬────────────┬─────────────┬─────────────┬─────────────────────┬──────────────────────┐
    │ number    │ state  │ asked on   │ payee      │ employer     │ project   │     amount │ paid │ customer │ other party │ late agreement │ high rate │ kind   │ asked by │         basis │ rate │ reason │ agreement │ party    │ signed on  │ signed by │ department │ amendments │ approved by │ approved on │ approval entered by │ signature entered by │
    ├───────────┼────────┼────────────┼────────────┼──────────────┼───────────┼────────────┼──────┼──────────┼─────────────┼────────────────┼───────────┼────────┼──────────┼───────────────┼──────┼────────┼───────────┼──────────┼────────────┼───────────┼────────────┼────────────┼─────────────┼─────────────┼─────────────────────┼──────────────────────┤
    │ FEE26-001 │ signed │ 2026-10-08 │ 某咨询公司 │ 包头钢铁集团 │ PRJ26-001 │ 504,000.00 │ 0.00 │ yes      │ yes         │ yes            │ yes       │ agency │ 李娜     │ 12,600,000.00 │   4% │ 代理   │ DL-07     │ 另一公司 │ 2026-10-08 │ 陈总      │ business   │          0 │ 林董        │ 2026-10-08  │ clerk               │ clerk                │
    └───────────┴────────┴────────────┴────────────┴──────────────┴───────────┴────────────┴──────┴──────────┴─────────────┴────────────────┴───────────┴────────┴──────────┴───────────────┴──────┴────────┴───────────┴──────────┴────────────┴───────────┴────────────┴────────────┴─────────────┴─────────────┴─────────────────────┴──────────────────────┘
    1 row
    ");
    assert_snapshot!(office.ok("fee list --format csv"), @"
    number,state,asked_on,payee,employer,project,amount,paid,customer,other_party,late_agreement,high_rate,kind,asked_by,basis,rate,reason,agreement,party,signed_on,signed_by,registered_on,ended_on,unpaid_reason,department,void_reason,amendments,approved_by,approved_on,approval_entered_by,approval_declared,approved_for,signature_entered_by,signature_declared,entered_later_on,import,beyond_cap
    FEE26-001,signed,2026-10-08,某咨询公司,包头钢铁集团,PRJ26-001,504000.00,0.00,yes,yes,yes,yes,agency,li,12600000.00,4.00,代理,DL-07,另一公司,2026-10-08,chen,,,,business,,0,lin,2026-10-08,clerk,,,clerk,,,,
    ");
    assert_snapshot!(office.ok("fee list --format json"), @r#"
    [
    {"number":"FEE26-001","state":"signed","asked_on":"2026-10-08","payee":"某咨询公司","employer":"包头钢铁集团","project":"PRJ26-001","amount":"504000.00","paid":"0.00","customer":true,"other_party":true,"late_agreement":true,"high_rate":true,"kind":"agency","asked_by":"li","basis":"12600000.00","rate":"4.00","reason":"代理","agreement":"DL-07","party":"另一公司","signed_on":"2026-10-08","signed_by":"chen","registered_on":null,"ended_on":null,"unpaid_reason":null,"department":"business","void_reason":null,"amendments":0,"approved_by":"lin","approved_on":"2026-10-08","approval_entered_by":"clerk","approval_declared":null,"approved_for":null,"signature_entered_by":"clerk","signature_declared":null,"entered_later_on":null,"import":null,"beyond_cap":null}
    ]
    "#);
    assert_snapshot!(office.ok("fee list --format jsonl"), @r#"{"number":"FEE26-001","state":"signed","asked_on":"2026-10-08","payee":"某咨询公司","employer":"包头钢铁集团","project":"PRJ26-001","amount":"504000.00","paid":"0.00","customer":true,"other_party":true,"late_agreement":true,"high_rate":true,"kind":"agency","asked_by":"li","basis":"12600000.00","rate":"4.00","reason":"代理","agreement":"DL-07","party":"另一公司","signed_on":"2026-10-08","signed_by":"chen","registered_on":null,"ended_on":null,"unpaid_reason":null,"department":"business","void_reason":null,"amendments":0,"approved_by":"lin","approved_on":"2026-10-08","approval_entered_by":"clerk","approval_declared":null,"approved_for":null,"signature_entered_by":"clerk","signature_declared":null,"entered_later_on":null,"import":null,"beyond_cap":null}"#);
    let due = office.ok("due --format csv");
    let due: Vec<&str> = due.lines().filter(|line| line.contains("FEE26-001")).collect();
    assert_snapshot!(due.join("\n"), @r#"2026-10-08,FEE26-001,"agreement to be registered of 504,000.00, for the clerk",branchbook fee register FEE26-001,0,general,,R5.4(2)"#);
}

#[test]
fn r5_4_2_the_book_refuses_what_is_written_by_hand() {
    let office = registered();
    office.ok("fee bill FEE26-001 --amount 1万 --by li");
    let book = office.sql();
    for sql in [
        "UPDATE fee_payment SET paid_on = '2026-10-08', voucher = 'x', paid_by = 'zhou'",
        "UPDATE fee_payment SET amount_fen = 99999999",
        "INSERT INTO fee_payment (entry, position, amount_fen, asked_on, asked_by) SELECT entry, 2, 25000000, '2026-10-08', 'li' FROM fee",
        "UPDATE fee SET amount_fen = amount_fen + 1",
        "UPDATE entry SET state = 'approved' WHERE register = 'fee'",
        "DELETE FROM fee_payment",
    ] {
        assert!(book.execute(sql, ()).is_err(), "{sql}");
    }
    office.ok(&format!("{ADD} --amount 100"));
    for sql in [
        "UPDATE entry SET state = 'approved' WHERE number = 'FEE26-002'",
        "UPDATE entry SET state = 'registered' WHERE number = 'FEE26-002'",
    ] {
        assert!(book.execute(sql, ()).is_err(), "{sql}");
    }
}
