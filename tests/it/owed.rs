//! Which months are owed and judged: those that the book covers whole (R2.2, Q10), and what comes after a report.

use insta::assert_snapshot;

use crate::office::Office;

const ADD: &str =
    "info add --department business --region 内蒙古包头市 --equipment 球磨机 --need 两台 --by li --customer";

/// What an office owes of a month, by the list of what waits.
fn owed(office: &Office, month: &str) -> Vec<String> {
    let due = office.ok("due --format csv");
    due.lines().filter(|line| line.contains(month) && line.contains("R2.")).map(str::to_owned).collect()
}

#[test]
fn r2_2_a_month_that_had_begun_when_the_book_went_live_is_owed_by_nobody() {
    let office = Office::founded_on("2026-10-20");
    office.ok("info quota set --department business --count 3 --from 2026-10");
    office.ok("info quota set --person li --count 3 --from 2026-10");
    let office = office.on("2026-11-02");
    assert_eq!(owed(&office, "2026-10"), Vec::<String>::new());
    assert_snapshot!(office.ok("info tally --month 2026-10 --format csv"), @"month,department,indicator,counted,percent,verdict,report,reported_on,collected,duplicates,reported_on_time,late");
    assert_snapshot!(office.ok("info tally --month 2026-10 --by-person --format csv"), @"
    month,department,person,person_name,indicator,counted,verdict,streak
    2026-10,business,li,李娜,,0,,0
    2026-10,baotou,sun,孙立,,0,,0
    ");
    assert_snapshot!(office.refused(3, "info notice warn --department baotou --month 2026-10 --by chen"), @"R2.4: the report of baotou for 2026-10 was neither late nor missing on 2026-11-02; see branchbook info tally --month 2026-10");
    // What is entered all the same is reported with the first month that is owed, or before, and nobody is late or missing by that.
    office.ok(&format!("{ADD} 甲厂 --on 2026-10-25 --late 补登"));
    assert_eq!(owed(&office, "2026-10"), Vec::<String>::new());
    assert_snapshot!(owed(&office.clone().on("2026-11-29"), "2026-10").join("\n"), @"2026-11-30,,1 entry of user information of 2026-10 to be reported,branchbook info report --department business --month 2026-10 --by wang,0,business,,R2.2");
    assert_snapshot!(office.ok("info report --department business --month 2026-10 --by wang"), @"business 2026-10: 1 entry reported on 2026-11-02, no report was owed");
    assert_eq!(owed(&office, "2026-10"), Vec::<String>::new());
    assert_snapshot!(office.ok("info tally --month 2026-10 --format csv"), @"
    month,department,indicator,counted,percent,verdict,report,reported_on,collected,duplicates,reported_on_time,late
    2026-10,business,,1,,,not owed,2026-11-02,1,0,,0
    ");
    // The next month is owed whole, and its orders are reviewed.
    let office = office.on("2026-12-20");
    assert_eq!(owed(&office, "2026-11-30").len(), 4, "{:?}", owed(&office, "2026-11"));
    assert_snapshot!(office.ok("info tally --month 2026-11 --format csv"), @"
    month,department,indicator,counted,percent,verdict,report,reported_on,collected,duplicates,reported_on_time,late
    2026-11,business,3,0,0.00,missed,missing,,0,0,0,0
    2026-11,foreign-trade,,0,,,missing,,0,0,0,0
    2026-11,shandong,,0,,,missing,,0,0,0,0
    2026-11,baotou,,0,,,missing,,0,0,0,0
    ");
}

#[test]
fn r2_2_a_book_that_is_live_from_the_first_owes_that_month() {
    let office = Office::empty().on("2026-10-20");
    office.ok("init --name 甲 --live-from 2026-10-01");
    let office = office.on("2026-11-02");
    assert_eq!(owed(&office, "user information of 2026-10").len(), 4);
    assert!(office.ok("").contains("user information of 2026-11: to be reported by 2026-11-30"));
    let late = Office::empty().on("2026-10-20");
    late.ok("init --name 甲");
    assert_snapshot!(late.ok("").lines().find(|line| line.contains("2026-10:")).unwrap(), @"user information of 2026-10: no report is owed, as the book is kept from 2026-10-20 on");
    // What was said wrongly when the book was made is put right, and the month is owed.
    late.ok("office amend --live-from 2026-10-01");
    assert!(late.ok("").contains("user information of 2026-10: to be reported by 2026-10-30"));
}

#[test]
fn r2_2_what_is_entered_after_the_report_is_a_late_addition_and_the_month_stays_reported() {
    let office = Office::staffed_since("2026-10-01").on("2026-10-26");
    office.ok(&format!("{ADD} 甲厂"));
    office.ok("info report --department business --month 2026-10 --by wang");
    let office = office.on("2026-10-28");
    let missing =
        |office: &Office| office.ok("").lines().find(|line| line.starts_with("user information")).unwrap().to_owned();
    assert!(!missing(&office).contains("Business"), "{}", missing(&office));
    office.ok(&format!("{ADD} 乙厂"));
    office.ok(&format!("{ADD} 丙厂"));
    assert!(!missing(&office).contains("Business"), "{}", missing(&office));
    assert_snapshot!(office.ok("").lines().find(|line| line.contains("supplement")).unwrap(), @"came after the report, to be reported as a supplement: Business Department (2)");
    assert_snapshot!(owed(&office, "2026-10").iter().find(|line| line.contains("business")).unwrap(), @r#"2026-10-30,,"2 entries of 2026-10 came after its report, to be reported as a supplement",branchbook info report --department business --month 2026-10 --by wang,0,business,,R2.2"#);
    assert!(office.ok("info tally --month 2026-10 --format csv").contains(",business,,3,,,on time,2026-10-26,"));
    office.ok("info report --department business --month 2026-10 --by wang");
    assert!(owed(&office, "2026-10").iter().all(|line| !line.contains("business")));
}
