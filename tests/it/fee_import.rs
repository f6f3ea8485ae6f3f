//! Old registers of fees with those that run: what was approved, signed, cleared and paid outside the book (R5.4).

use insta::assert_snapshot;

use crate::live::{columns, import, said};
use crate::office::Office;
use crate::project::review;

const HEADER: &str = "number,state,asked_on,department,payee,employer,project,amount,basis,customer,other_party,kind,asked_by,reason,agreement,party,signed_on,signed_by,registered_on,approved_by,approved_on,paid,paid_on,voucher,billed,billed_on,cleared_by,cleared_on\n";

/// A fee that was approved and signed before the book, with what was paid of it and what is asked for.
fn fee(number: &str, agreement: &str, rest: &str) -> String {
    format!(
        "{number},registered,2026-03-02,business,某咨询公司,某咨询公司,PRJ26-001,12000,1200000,no,no,agency,li,代理,{agreement},某咨询公司,2026-03-10,chen,2026-03-11,lin,2026-03-05,{rest}\n"
    )
}

/// A branch that begins with the book on 2026-10-01, and has a project of before.
fn office() -> Office {
    Office::made(|| {
        let office = Office::founded_on("2026-10-01").on("2026-11-02");
        let project = "number,opened_on,department,opened_by,customer,title,amount\nPRJ26-001,2026-01-05,business,wang,包钢,轧机,1200000\n";
        assert_eq!(import(&office, "project import FILE", project).code, 0);
        office
    })
}

const PAID: &str = "4000,2026-05-06,银-77,3000,2026-09-01,lin,2026-09-02";

#[test]
fn r5_4_2_fees_that_run_come_in_and_go_on() {
    let office = office();
    let rows = HEADER.to_owned()
        + &fee("FEE26-001", "DL-01", PAID)
        + &fee("FEE26-002", "DL-02", "12000,,,,,,")
        + &fee("FEE26-003", "", ",,,,,,")
            .replace(",registered,", ",,")
            .replace(",某咨询公司,2026-03-10,chen,2026-03-11,lin", ",,,,,lin");
    assert_snapshot!(said(&office, "fee import FILE", &rows), @r"
        old.csv: fees imported: 3
        recorded as one exception, see branchbook report exceptions; entries that breach a rule: 3
        the series fee goes on with FEE26-004
        [exit 0]
        ");
    let shown = ["number", "state", "paid", "signed_by", "registered_on", "approved_by", "approved_on"];
    assert_snapshot!(columns(&office.ok("fee list --format csv"), &shown), @"FEE26-001,registered,4000.00,chen,2026-03-11,lin,2026-03-05 / FEE26-002,registered,12000.00,chen,2026-03-11,lin,2026-03-05 / FEE26-003,approved,0.00,,,lin,2026-03-05");
    assert_snapshot!(said(&office, "fee import FILE", &rows), @r"
        old.csv: fees imported: 0, in the book already: 3
        passed over, for the book has them, by line: 2–4
        [exit 0]
        ");
    review(&office, "PRJ26-001");
    office.ok("project contract PRJ26-001 --contract A1 --signed-on 2026-11-02 --amount 120万");
    // What was cleared is paid, what is left asked for and cleared in the book, and what is paid settled.
    assert_snapshot!(office.ok("fee pay FEE26-001 --payment 2 --voucher 银-90"), @r#"FEE26-001 "agency · 某咨询公司": payment 2 of 3,000.00 paid on 2026-11-02, voucher 银-90"#);
    office.ok("fee amend FEE26-001 --payment 1 --voucher 银-78 --reason 抄错");
    assert_snapshot!(office.refused(3, "fee bill FEE26-001 --amount 5001 --by li"), @"R5.4(2): 5,001.00 is more than is left of FEE26-001: 5,000.00 of the 12,000.00 agreed; ask for no more than --amount 5000.00");
    office.ok("fee bill FEE26-001 --amount 5000 --by li");
    assert_snapshot!(office.refused(3, "fee pay FEE26-001 --payment 3 --voucher 银-91"), @"R5.4(2): payment 3 of FEE26-001, 5,000.00, was not cleared by a company leader on 2026-11-02; have it cleared first: branchbook fee clear FEE26-001 --payment 3 --by lin");
    office.ok("fee clear FEE26-001 --payment 3 --by lin");
    office.ok("fee pay FEE26-001 --payment 3 --voucher 银-91");
    office.ok("fee settle FEE26-001");
    office.ok("fee settle FEE26-002");
    office.ok("fee sign FEE26-003 --agreement DL-03 --party 某咨询公司 --by chen");
    office.ok("verify");
}

#[test]
fn q9_what_runs_on_decisions_of_before_the_book_is_one_exception_of_its_import() {
    let office = office();
    let rows = HEADER.to_owned()
        + &fee("FEE26-001", "DL-01", PAID)
        + &fee("FEE26-002", "DL-02", "12000,,,,,,").replace(",registered,", ",settled,");
    assert_eq!(import(&office, "fee import FILE", &rows).code, 0);
    assert_snapshot!(office.ok("report exceptions --format csv"), @r#"
    number,clause,happened_on,person,reason,refused,approved_by,department,register,entered_on
    import 2,R5.4(1),2026-03-02,clerk,noted by the import,"what is spent rests on what the file tells: approve, 林董, 2026-03-05 (FEE26-001)",,business,fee,2026-11-02
    "#);
    assert_eq!(
        office.ok("report exceptions --month 2026-11 --format csv").lines().count(),
        2,
        "in the month of the import"
    );
}

#[test]
fn r5_4_1_who_is_told_to_have_decided_held_the_role_then() {
    let office = office();
    let row = fee("FEE26-001", "DL-01", PAID);
    for (wrong, told) in [
        (
            row.replace("lin,2026-03-05", "wang,2026-03-05"),
            "approved_by: R5.4(1): 王建国 was no company-leader on 2026-03-05 and may not approve it",
        ),
        (
            row.replace("2026-03-10,chen", "2026-03-10,wang"),
            "signed_by: R5.4(1): 王建国 was no branch-manager on 2026-03-10 and may not sign it",
        ),
        (
            row.replace("2026-03-10,chen", "2026-03-10,lin"),
            "signed_by: R5.4(1): the file has 林董 sign it and approve it, which two people do",
        ),
        (
            row.replace("lin,2026-03-05", "li,2026-03-05"),
            "approved_by: R5.4(1): 李娜 asked for it and may not approve it as well",
        ),
        (
            row.replace("lin,2026-09-02", "clerk,2026-09-02"),
            "cleared_by: R5.4(2): who brings it in asked for it or decided on it, and tells of no decision on it",
        ),
    ] {
        let said = said(&office, "fee import FILE", &(HEADER.to_owned() + &wrong));
        let whole = format!("old.csv:2: {told}; leave the decision out, and have it given in the book\n");
        assert!(said.starts_with(&whole), "{said}");
    }
    // Of what is over it is noted, as is that the book does not know who somebody was.
    let over = row
        .replace(",registered,", ",settled,")
        .replace("lin,2026-03-05", "wang,2026-03-05")
        .replace(PAID, "12000,,,,,,");
    let unknown = fee("FEE25-001", "DL-02", "12000,,,,,,")
        .replace(",registered,2026", ",settled,2025")
        .replace("2026-03", "2025-03");
    let told = said(&office, "fee import FILE", &(HEADER.to_owned() + &over + &unknown));
    assert!(told.ends_with("[exit 0]"), "{told}");
    assert_snapshot!(columns(&office.ok("report exceptions --format csv"), &["number", "clause", "refused"]), @"import 2,R5.4(1),the file has 林董 approve it, and the book does not know what they were on 2025-03-05 … (FEE26-001,FEE25-001)");
}

#[test]
fn fees_that_run_go_out_and_come_in_the_same() {
    let (office, other) = (office(), office());
    let rows = HEADER.to_owned() + &fee("FEE26-001", "DL-01", PAID) + &fee("FEE26-002", "DL-02", "12000,,,,,,");
    assert_eq!(import(&office, "fee import FILE", &rows).code, 0);
    let first = office.ok("fee list --format csv");
    assert_eq!(import(&other, "fee import FILE", &first).code, 0);
    assert_eq!(other.ok("fee list --format csv"), first);
    office.ok("undo --import 2 --reason 错表");
    assert_eq!(import(&office, "fee import FILE", &rows).code, 0);
    office.ok("verify");
}

#[test]
fn r5_4_1_what_was_decided_since_the_book_went_live_comes_from_no_file() {
    let office = office();
    let row = fee("FEE26-001", "DL-01", PAID);
    for (wrong, said_of_it) in [
        (row.replace("2026-03-05", "2026-10-05"), "approved_on"),
        (
            fee("FEE26-001", "DL-01", ",,,,,,").replace("2026-03-10", "2026-10-05").replace("2026-03-11", "2026-10-06"),
            "signed_on",
        ),
        (row.replace("2026-09-02", "2026-10-05"), "cleared_on"),
        (row.replace("2026-05-06", "2026-10-05"), "paid_on"),
        (row.replace("2026-09-01", "2026-10-05").replace("lin,2026-09-02", ","), "billed_on"),
        (row.replace("4000,", "9001,"), "billed"),
        (row.replace("4000,", "12001,"), "paid"),
        (row.replace("2026-09-02", "2026-08-31"), "cleared_on"),
        (row.replace("2026-05-06", "2026-03-10"), "paid_on"),
        (row.replace("lin,2026-03-05", ","), "approved_by"),
        (row.replace(",registered,", ",signed,"), "paid"),
        (row.replace("3000,2026-09-01", ","), "billed"),
    ] {
        let told = said(&office, "fee import FILE", &(HEADER.to_owned() + &wrong));
        assert!(told.starts_with(&format!("old.csv:2: {said_of_it}: ")) && told.ends_with("[exit 1]"), "{wrong}{told}");
    }
    assert_snapshot!(said(&office, "fee import FILE", &(HEADER.to_owned() + &row.replace("2026-05-06", "2026-10-05"))), @"
    old.csv:2: paid_on: R5.4(2): tells of 2026-10-05, and since 2026-10-01 that is entered in the book; leave it out, and enter it with: branchbook fee bill NUMBER --amount AMOUNT
    1 of 1 row cannot be taken; nothing was imported
    [exit 1]
    ");
}

/// The header with who cleared what was paid, and rows of the others with that behind.
fn cleared(rows: &[(&str, &str)]) -> String {
    let rows = rows.iter().map(|(row, cleared)| format!("{},{cleared}\n", row.trim_end()));
    format!("{},paid_cleared_by,paid_cleared_on\n{}", HEADER.trim_end(), rows.collect::<String>())
}

#[test]
fn r5_4_2_who_cleared_what_was_paid_before_the_book_comes_along() {
    let office = office();
    let both = fee("FEE26-001", "DL-01", PAID);
    let settled = fee("FEE26-002", "DL-02", "12000,2026-06-01,银-80,,,,").replace(",registered,", ",settled,");
    let rows = cleared(&[(&both, "lin,2026-05-04"), (&settled, "lin,2026-06-01")]);
    assert_eq!(import(&office, "fee import FILE", &rows).code, 0);
    let lists = |number| {
        let shown = office.ok(&format!("fee show {number}"));
        shown[shown.find("Payments").unwrap()..].to_owned()
    };
    assert_snapshot!(lists("FEE26-001"), @r"
    Payments
    ┌──────────┬──────────┬────────────┬──────────┬────────────┬─────────┬─────────┐
    │ position │   amount │ asked on   │ asked by │ paid on    │ voucher │ paid by │
    ├──────────┼──────────┼────────────┼──────────┼────────────┼─────────┼─────────┤
    │        1 │ 4,000.00 │ 2026-05-04 │ 李娜     │ 2026-05-06 │ 银-77   │ 李娜    │
    │        2 │ 3,000.00 │ 2026-09-01 │ 李娜     │            │         │         │
    └──────────┴──────────┴────────────┴──────────┴────────────┴─────────┴─────────┘
    2 rows
    Decisions
    ┌─────────┬──────┬───────────┬────────────┬────────────┐
    │ verb    │ part │    amount │ decided by │ decided on │
    ├─────────┼──────┼───────────┼────────────┼────────────┤
    │ approve │      │ 12,000.00 │ 林董       │ 2026-03-05 │
    │ clear   │    1 │  4,000.00 │ 林董       │ 2026-05-04 │
    │ clear   │    2 │  3,000.00 │ 林董       │ 2026-09-02 │
    └─────────┴──────┴───────────┴────────────┴────────────┘
    3 rows
    Exceptions
    ┌─────────┬─────────────┬────────┬─────────────────────┬───────────────────────────────────────────────────────────────────────┐
    │ clause  │ happened on │ person │ reason              │ refused                                                               │
    ├─────────┼─────────────┼────────┼─────────────────────┼───────────────────────────────────────────────────────────────────────┤
    │ R5.4(1) │ 2026-03-02  │ clerk  │ noted by the import │ what is spent rests on what the file tells: approve, 林董, 2026-03-05 │
    └─────────┴─────────────┴────────┴─────────────────────┴───────────────────────────────────────────────────────────────────────┘
    1 row
    ");
    assert!(lists("FEE26-002").contains("│ clear   │    1 │ 12,000.00 │ 林董       │ 2026-06-01 │"));
    // With another voucher no fingerprint tells that it is the same row: each clearance is compared with that of its payment.
    let other = rows.replace("银-77", "银-78");
    let known =
        "old.csv: fees imported: 0, in the book already: 2\npassed over, for the book has them, by line: 2–3\n[exit 0]";
    assert_eq!(said(&office, "fee import FILE", &other).trim_end(), known);
    let wrong = said(&office, "fee import FILE", &other.replace("lin,2026-05-04", "lin,2026-05-05"));
    assert!(wrong.starts_with("old.csv:2: number: FEE26-001 is in the book with another approval; "), "{wrong}");
    office.ok("verify");
}

#[test]
fn a_clearance_before_the_book_fits_its_payment() {
    let office = office();
    let (both, asked) = (fee("FEE26-001", "DL-01", PAID), fee("FEE26-001", "DL-01", ",,,3000,2026-09-01,,"));
    for (row, clearance, said_of_it) in [
        (&both, "lin,2026-05-07", "paid_cleared_on: is after the payment was made"),
        (&both, "lin,2026-03-10", "paid_cleared_on: is before the agreement was filed"),
        (
            &both,
            "clerk,2026-05-04",
            "paid_cleared_by: R5.4(2): who brings it in asked for it or decided on it, and tells of no decision on it; leave the decision out, and have it given in the book",
        ),
        (&both, "lin,", "paid_cleared_by: a decision has its person and its day, paid_cleared_on"),
        (&both, ",2026-05-04", "paid_cleared_by: a decision has its person and its day, paid_cleared_on"),
        (&asked, "lin,2026-05-04", "paid: is empty, and paid_cleared_by is not: give both, or leave both out"),
        (&asked, ",2026-05-04", "paid: is empty, and paid_cleared_on is not: give both, or leave both out"),
    ] {
        let told = said(&office, "fee import FILE", &cleared(&[(row, clearance)]));
        assert_eq!(told.lines().next(), Some(format!("old.csv:2: {said_of_it}").as_str()), "{told}");
    }
    let told = said(&office, "fee import FILE --lang zh", &cleared(&[(&both, "lin,2026-05-07")]));
    assert_eq!(told.lines().next(), Some("old.csv:2: paid_cleared_on: 晚于付款"), "{told}");
}
