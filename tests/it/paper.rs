//! Papers that count once, over all registers: a number that is in the book already is refused, naming where.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use branchbook::register::forms;
use branchbook::register::paper::Paper;
use insta::assert_snapshot;

use crate::collected::settle;
use crate::every_verb;
use crate::office::Office;
use crate::project::review;

/// The papers of every form, each with the register and the verb that enters it.
pub(crate) fn papers() -> Vec<(&'static str, &'static str, &'static Paper)> {
    let all = forms().flat_map(|form| {
        let steps = form.steps().flat_map(|step| step.fields.iter().map(move |field| (step.name, *field)));
        steps.filter_map(|(verb, field)| Some((form.register.name, verb, field.paper()?)))
    });
    all.collect()
}

/// A paper that the book has, and a line that enters it again in another spelling.
struct Again {
    column: (&'static str, &'static str),
    known: &'static str,
    line: &'static str,
}

const AGAIN: [Again; 9] = [
    Again {
        column: ("fee", "agreement"),
        known: "FEE26-005",
        line: "fee sign FEE26-003 --agreement \"ｄｌ 08\" --party 丙公司 --by chen",
    },
    Again {
        column: ("fee_payment", "voucher"),
        known: "FEE26-005",
        line: "fee pay FEE26-005 --payment 2 --voucher \"银 9001\" --by zhou",
    },
    Again {
        column: ("gift", "bill"),
        known: "GFT26-005",
        line: "gift buy GFT26-004 --bill 0218844 --amount 170 --by zhou",
    },
    Again {
        column: ("receipt", "voucher"),
        known: "PRJ26-008",
        line: "project receive PRJ26-007 --amount 1万 --voucher 银1101",
    },
    Again {
        column: ("contract", "contract"),
        known: "PRJ26-006",
        line: "project contract PRJ26-003 --contract bg2026-206 --signed-on 2026-11-20 --amount 10万 --line \"衬板;1;10万\" --by li",
    },
    Again { column: ("ship", "completion_notice"), known: "SHP26-003", line: "ship complete SHP26-002 --notice wg113" },
    Again {
        column: ("ship", "gate_pass"),
        known: "SHP26-005",
        line: "ship pass SHP26-001 --pass CM5 --vehicle 辽A-1 --driver 王师傅",
    },
    Again {
        column: ("ship", "freight_bill"),
        known: "SHP26-008",
        line: "ship bill SHP26-007 --bill YF88 --amount 1万",
    },
    Again {
        column: ("loss", "police_report"),
        known: "AST-0005",
        line: "asset steal AST-0001 --by zhou --what 被撬 --police-report 沈公88",
    },
];

/// An office with every paper of [`AGAIN`] in its book.
fn office() -> Office {
    Office::made(|| {
        let office = every_verb::office();
        office.all_ok(&[
            "fee register FEE26-005 --by zhou",
            "fee bill FEE26-005 --amount 1000 --by li",
            "fee bill FEE26-005 --amount 2000 --by li",
            "fee clear FEE26-005 --payment 1 --by lin",
            "fee clear FEE26-005 --payment 2 --by lin",
            "fee pay FEE26-005 --payment 1 --voucher 银-9001 --by zhou",
            "project instalments PRJ26-007 --delivery 100%",
            "project review PRJ26-003 --item 技术要求 --reviewer wu --pass",
            "ship bill SHP26-008 --bill YF-88 --amount 1万",
        ]);
        office.sql().execute("UPDATE ship SET project = 'PRJ26-006' WHERE completion_notice = 'WG-113'", ()).unwrap();
        settle(&office.sql());
        office
    })
}

#[test]
fn every_paper_counts_once_and_a_refusal_names_where_it_is() {
    let office = office();
    let tried: BTreeSet<(&str, &str)> = AGAIN.iter().map(|again| again.column).collect();
    assert_eq!(tried, papers().iter().map(|(.., paper)| (paper.table, paper.column)).collect());
    let mut refusals = String::new();
    for Again { column, known, line } in AGAIN {
        let paper = papers().into_iter().find(|(.., paper)| (paper.table, paper.column) == column).unwrap().2;
        let said = office.refused(3, line);
        assert!(
            said.contains(&format!("is in the book already, in {known}; see it with: branchbook show {known}")),
            "{line}: {said}"
        );
        writeln!(refusals, "{said}").unwrap();
        let excused = office.run(&format!("{line} --exception 一票两用 --dry-run"));
        let noted = excused.code == 0 && excused.err.contains("recorded as an exception");
        assert_eq!(noted, !paper.twice.is_empty(), "{line}: {}", excused.err);
    }
    // Nor does a correction get round it.
    let amended = "gift amend GFT26-007 --bill ０２１８８４４ --reason 写错";
    assert_snapshot!(office.refused(3, amended), @"R5.3(3): bill ０２１８８４４ is in the book already, in GFT26-005; see it with: branchbook show GFT26-005, and give the number of this one with --bill, or record the breach with --exception REASON");
    office.ok(&format!("{amended} --exception 一票两件"));
    assert_snapshot!(refusals, @r#"
    R5.4(2): agreement ｄｌ 08 is in the book already, in FEE26-005; see it with: branchbook show FEE26-005, and give the number of this one with --agreement, or record the breach with --exception REASON
    R5.4(2): voucher 银 9001 is in the book already, in FEE26-005; see it with: branchbook show FEE26-005, and give the number of this one with --voucher, or record the breach with --exception REASON
    R5.3(3): bill 0218844 is in the book already, in GFT26-005; see it with: branchbook show GFT26-005, and give the number of this one with --bill, or record the breach with --exception REASON
    R3.7: voucher 银1101 is in the book already, in PRJ26-008; see it with: branchbook show PRJ26-008, and give the number of this one with --voucher, or record the breach with --exception REASON
    R3.4: contract bg2026-206 is in the book already, in PRJ26-006; see it with: branchbook show PRJ26-006, and give the number of this one with --contract
    R6.2: Completion Notice wg113 is in the book already, in SHP26-003; see it with: branchbook show SHP26-003, and give the number of this one with --notice, or record the breach with --exception REASON
    R6.3: gate pass CM5 is in the book already, in SHP26-005; see it with: branchbook show SHP26-005, and give the number of this one with --pass, or record the breach with --exception REASON
    R6.2: carrier's bill YF88 of 顺达 is in the book already, in SHP26-008; see it with: branchbook show SHP26-008, and give the number of this one with --bill, or record the breach with --exception REASON
    R5.5(2): police report 沈公88 is in the book already, in AST-0005; see it with: branchbook show AST-0005, and give the number of this one with --police-report
    "#);
}

#[test]
fn r5_4_2_a_voucher_counts_again_in_another_year_and_once_in_each() {
    let office = Office::staffed();
    office.ok("project add --department business --customer 包钢 --title 球磨机 --amount 1000万 --by wang");
    office.ok("fee add --kind agency --payee 甲公司 --employer 甲公司 --project PRJ26-001 --amount 1万 --reason 代理 --asked-by li");
    office.ok("fee approve FEE26-001 --by lin");
    office.ok("fee sign FEE26-001 --agreement DL-07 --party 甲公司 --by chen");
    office.ok("fee register FEE26-001");
    review(&office, "PRJ26-001");
    office.ok("project contract PRJ26-001 --contract A1 --signed-on 2026-10-08 --amount 1000万");
    for amount in [1000, 2000, 3000] {
        office.ok(&format!("fee bill FEE26-001 --amount {amount} --by li"));
    }
    for payment in [1, 2, 3] {
        office.ok(&format!("fee clear FEE26-001 --payment {payment} --by lin"));
    }
    office.ok("fee pay FEE26-001 --payment 1 --voucher 付-12");
    office.refused(3, "fee pay FEE26-001 --payment 2 --voucher 付12");
    let office = office.on("2027-01-05");
    office.ok("fee pay FEE26-001 --payment 2 --voucher 付12");
    office.refused(3, "fee pay FEE26-001 --payment 3 --voucher 付-12");
    office.ok("fee pay FEE26-001 --payment 3 --voucher 付-12 --exception 一笔付清两次");
    assert_snapshot!(office.ok("report exceptions --format csv"), @r#"
    number,clause,happened_on,person,reason,refused,approved_by,department,register,entered_on
    FEE26-001,R5.4(2),2027-01-05,clerk,一笔付清两次,"voucher 付-12 is in the book already, in FEE26-001",lin,business,fee,
    "#);
    office.ok("verify");
}
