//! Indicators, the month's tallies, and what misses lead to (R2.2, R2.2a).

use branchbook::day::Month;
use branchbook::register::info::report::deadline;
use branchbook::sheet::query::Query;
use branchbook::sheet::{Format, Look};
use rusqlite::Connection;

use crate::collected::{Collected, LI, collect, mark_duplicate, mark_reported, mark_void, report, set_entry};
use crate::office::Office;

const BY_DEPARTMENT: &str = "month,department,indicator,counted,percent,verdict,report,reported_on,collected,duplicates,reported_on_time,late\n";

pub(crate) fn month(typed: &str) -> Month {
    typed.parse().unwrap()
}

pub(crate) fn csv(book: &Connection, query: &Query) -> String {
    let mut out = Vec::new();
    query.write(book, Format::Csv, &Look::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The rows of a tally that are about `whose`, without the month.
fn about(tally: &str, whose: &str) -> Vec<String> {
    let rows = tally.lines().skip(1).filter(|row| row.split(',').any(|cell| cell == whose));
    rows.map(|row| row.split_once(',').unwrap().1.to_owned()).collect()
}

/// An office in which `count` entries of li's were collected in each month.
pub(crate) fn li_collected(counts: &[(&str, usize)]) -> Office {
    let office = Office::staffed();
    for (month, count) in counts {
        for _ in 0..*count {
            collect(&office.sql(), Collected { day: &format!("{month}-05"), ..LI });
        }
    }
    office
}

// -------------------------------------------------------------------------------------- by department

/// A month with everything in it: business on time but for a late entry, a duplicate and a void one; nothing from
/// foreign-trade; no report from shandong; baotou late; an entry of general, which does not report.
fn october() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok("info quota set --department business --count 3 --from 2026-10");
        office.ok("info quota set --department baotou --count 3 --from 2026-01 --by chen");
        office.ok("info quota set --department shandong --count 0 --from 2026-10");
        let book = office.sql();
        let business: Vec<String> = (0..5).map(|_| collect(&book, LI)).collect();
        mark_duplicate(&book, &business[1], &business[0]);
        mark_void(&book, &business[4]);
        for number in &business[..3] {
            mark_reported(&book, number, "2026-10-29", false);
        }
        mark_reported(&book, &business[3], "2026-11-03", true);
        report(&book, "business", "2026-10", "2026-10-29", 3, false);
        report(&book, "business", "2026-10", "2026-11-03", 1, true);
        report(&book, "foreign-trade", "2026-10", "2026-10-30", 0, false);
        let baotou = collect(&book, Collected { person: "zhao", department: "baotou", day: "2026-10-31", ..LI });
        mark_reported(&book, &baotou, "2026-11-02", false);
        report(&book, "baotou", "2026-10", "2026-11-02", 1, true);
        collect(&book, Collected { person: "chen", department: "general", day: "2026-10-01", ..LI });
        collect(&book, Collected { day: "2026-09-30", ..LI });
        collect(&book, Collected { day: "2026-11-01", ..LI });
        office.on("2026-11-05")
    })
}

#[test]
fn r2_2_the_tally_by_department_holds_what_was_asked_collected_and_reported() {
    let office = october();
    assert_eq!(
        office.ok("info tally --month 2026-10 --format csv"),
        format!(
            "{BY_DEPARTMENT}\
             2026-10,business,3,3,100.00,met,late,2026-10-29,4,1,3,1\n\
             2026-10,foreign-trade,,0,,,nil,2026-10-30,0,0,0,0\n\
             2026-10,general,,1,,,,,1,0,0,0\n\
             2026-10,shandong,,0,,,missing,,0,0,0,0\n\
             2026-10,baotou,3,1,33.33,missed,late,2026-11-02,1,0,1,0\n"
        )
    );
    let table = office.ok("info tally --month 2026-10");
    let totals: Vec<&str> = table.lines().rev().nth(2).unwrap().split('│').map(str::trim).collect();
    assert_eq!(totals[3..13], ["6", "5", "", "", "", "", "6", "1", "4", "1"], "{table}");
}

#[test]
fn r2_2_corrections_of_an_entry_reach_the_tally() {
    let office = Office::staffed();
    let book = office.sql();
    let number = collect(&book, LI);
    let counted = |month: &str, department: &str| {
        let tally = office.ok(&format!("info tally --month {month} --format csv"));
        about(&tally, department)[0].split(',').nth(2).unwrap().to_owned()
    };
    assert_eq!((counted("2026-10", "business"), counted("2026-09", "business")), ("1".to_owned(), "0".to_owned()));
    set_entry(&book, &number, "day_on = '2026-09-30', department = 'baotou', person = 'sun'");
    assert_eq!((counted("2026-10", "business"), counted("2026-09", "baotou")), ("0".to_owned(), "1".to_owned()));
    mark_void(&book, &number);
    assert_eq!(counted("2026-09", "baotou"), "0");
}

#[test]
fn r2_2_a_report_is_missing_after_the_deadline_and_the_month_open_until_it_ends() {
    let mut office = li_collected(&[]);
    office.ok("info quota set --department business --count 1 --from 2026-01 --by chen");
    for (day, month, expected) in [
        ("2026-10-30", "2026-10", "open,open"),
        ("2026-10-31", "2026-10", "open,missing"),
        ("2026-11-01", "2026-10", "missed,missing"),
        ("2026-10-31", "2026-11", "open,open"),
        ("2026-02-28", "2026-02", "open,open"),
        ("2026-03-01", "2026-02", "missed,missing"),
        ("2028-02-29", "2028-02", "open,open"),
        ("2028-03-01", "2028-02", "missed,missing"),
    ] {
        office = office.on(day);
        let tally = office.ok(&format!("info tally --month {month} --format csv"));
        assert_eq!(about(&tally, "business"), [format!("business,1,0,0.00,{expected},,0,0,0,0")], "{month} on {day}");
    }
}

#[test]
fn r2_2_an_old_month_keeps_the_deadline_of_its_time() {
    let office = Office::staffed();
    office.ok("rule set info.deadline_day 25 --from 2026-11-01 --by chen");
    let book = office.sql();
    let deadline_of = |typed| deadline(&book, month(typed)).unwrap().to_string();
    assert_eq!(
        [deadline_of("2026-02"), deadline_of("2026-10"), deadline_of("2026-11")],
        ["2026-02-28", "2026-10-30", "2026-11-25"]
    );
}

#[test]
fn r2_2_an_indicator_holds_from_its_month_on_and_old_months_keep_the_old_one() {
    let office = li_collected(&[("2026-08", 2), ("2026-09", 2), ("2026-10", 2)]).on("2026-11-01");
    office.ok("info quota set --department business --count 2 --from 2026-08 --by chen");
    office.ok("info quota set --department business --count 3 --from 2026-10 --by chen");
    office.ok("info quota set --person li --count 2 --from 2026-08 --by chen");
    office.ok("info quota set --person li --count 4 --from 2026-10 --by chen");
    for (month, department, person) in [
        ("2026-07", "business,,0,,,missing,,0,0,0,0", "business,li,李娜,,0,,0"),
        ("2026-08", "business,2,2,100.00,met,missing,,2,0,0,0", "business,li,李娜,2,2,met,0"),
        ("2026-09", "business,2,2,100.00,met,missing,,2,0,0,0", "business,li,李娜,2,2,met,0"),
        ("2026-10", "business,3,2,66.67,missed,missing,,2,0,0,0", "business,li,李娜,4,2,warned,1"),
    ] {
        let tally = office.ok(&format!("info tally --month {month} --format csv"));
        assert_eq!(about(&tally, "business"), [department], "{month}");
        let tally = office.ok(&format!("info tally --month {month} --by-person --format csv"));
        assert_eq!(about(&tally, "li"), [person], "{month}");
    }
}

#[test]
fn r2_2_the_tallies_are_for_clerks_managers_and_leaders() {
    let mut office = Office::staffed();
    for person in ["li", "sun", "he", "wu"] {
        office = office.at_the_keyboard(person);
        let refusal = office.refused(3, "info tally --month 2026-10");
        assert!(refusal.starts_with("R2.2: "), "{refusal}");
        assert_eq!(office.refused(3, "info tally --month 2026-10 --by-person"), refusal);
    }
    for person in ["zhou", "wang", "chen", "lin"] {
        office = office.at_the_keyboard(person);
        office.ok("info tally --month 2026-10");
    }
}

// ----------------------------------------------------------------------------------------- indicators

#[test]
fn r2_2_indicators_are_set_by_the_clerk_and_journaled() {
    let office = Office::staffed();
    let outcome = office.run("info quota set --person li --count 5 --from 2026-07 --by chen");
    assert_eq!(
        (outcome.out.as_str(), outcome.err.as_str()),
        ("李娜: 5 entries a month from 2026-07 on\n", "李娜 is judged anew for the months from 2026-07 to 2026-09\n")
    );
    let outcome = office.run("info quota set --department 业务部 --count 20 --from 2026-10");
    assert_eq!((outcome.out.as_str(), outcome.err.as_str()), ("business: 20 entries a month from 2026-10 on\n", ""));
    office.ok("info quota set --person li --count 6 --from 2026-07 --by chen");
    office.ok("info quota set --person li --count 0 --from 2027-01");
    office.ok("info quota exempt 孙立 2026-10 --reason 病假");
    assert_eq!(
        office.ok("info quota list --format csv"),
        "kind,holder,from_month,indicator,reason\n\
         department,business,2026-10,20,\n\
         exemption,sun,2026-10,,病假\n\
         person,li,2026-07,6,\n\
         person,li,2027-01,0,\n"
    );
    assert_eq!(
        office.ok("info quota list --month 2026-09 --format csv"),
        "kind,holder,from_month,indicator,reason\nperson,li,2026-07,6,\n"
    );
    let records = |thing: &str| -> Vec<String> {
        let book = office.sql();
        let mut rows = book.prepare("SELECT record FROM journal WHERE thing = ?1 ORDER BY id").unwrap();
        rows.query_map([thing], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    assert_eq!(
        records("quota person li")[..2],
        [5, 6].map(|count| format!(
            r#"{{"quota":[{{"holder":"li","holder_kind":"person","from_month":"2026-07","entries":{count}}}]}}"#
        ))
    );
    assert!(
        records("staff sun")
            .last()
            .unwrap()
            .contains(r#""exemption":[{"person":"sun","month":"2026-10","reason":"病假"}]"#)
    );
}

#[test]
fn r2_2_what_is_no_indicator_is_refused() {
    let office = Office::staffed();
    for line in [
        "info quota set --count 5 --from 2026-10",
        "info quota set --person li --department business --count 5 --from 2026-10",
        "info quota set --person li --count -1 --from 2026-10",
        "info quota set --person li --count 5",
        "info quota set --person li --count 5 --from 2026-13",
    ] {
        office.refused(2, line);
    }
    office.refused(4, "info quota set --person nobody --count 5 --from 2026-10");
    office.refused(4, "info quota set --department nowhere --count 5 --from 2026-10");
    let office = office.at_the_keyboard("wang");
    assert_eq!(
        office.refused(3, "info quota set --person li --count 1 --from 2026-10"),
        "R2.2: 王建国 is no clerk, and only a clerk sets indicators; ask General Management's clerk"
    );
    assert_eq!(
        office.refused(3, "info quota exempt li 2026-10 --reason 病假"),
        "R2.2a: 王建国 is no clerk, and only a clerk enters exemptions; ask General Management's clerk"
    );
}

#[test]
fn r2_2a_a_person_is_exempt_from_a_month_once() {
    let office = Office::staffed();
    assert_eq!(
        office.ok("info quota exempt li 2026-09 --reason 产假 --by chen"),
        "李娜: the indicator of 2026-09 does not count\n"
    );
    assert_eq!(
        office.refused(2, "info quota exempt li 2026-09 --reason 病假 --by chen"),
        "李娜 is exempt in 2026-09 already: 产假; see branchbook info quota list --month 2026-09"
    );
}

// ------------------------------------------------------------------------------------------ by person

#[test]
fn r2_2a_the_tally_by_person_names_who_is_warned_and_who_suspended() {
    let office = li_collected(&[("2026-06", 5), ("2026-08", 4)]);
    office.ok("info quota set --person li --count 5 --from 2026-06 --by chen");
    office.ok("staff add feng --name 冯燕 --department shandong --role trainee --from 2026-09-15");
    office.ok("info quota set --person feng --count 1 --from 2026-01 --by chen");
    office.ok("info quota exempt sun 2026-09 --reason 病假 --by chen");
    office.ok("info quota set --person sun --count 1 --from 2026-08 --by chen");
    collect(&office.sql(), Collected { person: "wang", day: "2026-09-09", ..LI });
    assert_eq!(
        office.ok("info tally --month 2026-09 --by-person --format csv"),
        "month,department,person,person_name,indicator,counted,verdict,streak\n\
         2026-09,business,li,李娜,5,0,suspended,3\n\
         2026-09,business,wang,王建国,,1,,0\n\
         2026-09,shandong,feng,冯燕,1,0,joined,0\n\
         2026-09,baotou,sun,孙立,1,0,exempt,1\n"
    );
    assert_eq!(
        office.ok("info tally --month 2026-10 --by-person --format csv"),
        "month,department,person,person_name,indicator,counted,verdict,streak\n\
         2026-10,business,li,李娜,5,0,open,3\n\
         2026-10,shandong,feng,冯燕,1,0,open,0\n\
         2026-10,baotou,sun,孙立,1,0,open,1\n"
    );
    assert_eq!(
        about(&office.ok("info tally --month 2026-12 --by-person --format csv"), "li"),
        ["business,li,李娜,5,0,open,3"]
    );
}

#[test]
fn r2_2a_an_open_month_shows_the_misses_before_it() {
    let mut office = li_collected(&[("2026-08", 1), ("2026-10", 1)]);
    office.ok("info quota set --person li --count 1 --from 2026-08 --by chen");
    for (day, month, expected) in [
        ("2026-09-30", "2026-09", "1,0,open,0"),
        ("2026-10-01", "2026-09", "1,0,warned,1"),
        ("2026-10-31", "2026-10", "1,1,open,1"),
        ("2026-11-01", "2026-10", "1,1,met,0"),
        ("2026-10-31", "2026-11", "1,0,open,1"),
    ] {
        office = office.on(day);
        let tally = office.ok(&format!("info tally --month {month} --by-person --format csv"));
        assert_eq!(about(&tally, "li"), [format!("business,li,李娜,{expected}")], "{month} on {day}");
    }
}

#[test]
fn r2_2a_a_transfer_moves_the_person_and_keeps_the_misses() {
    let office = li_collected(&[]);
    office.ok("info quota set --person li --count 2 --from 2026-08 --by chen");
    office.ok("staff end li --until 2026-09-15 --by chen");
    office.ok("staff role li --role salesperson --department shandong --from 2026-09-16");
    for (department, day) in [("business", "2026-09-10"), ("shandong", "2026-09-20"), ("shandong", "2026-10-05")] {
        collect(&office.sql(), Collected { department, day, ..LI });
    }
    let office = office.on("2026-11-01");
    let of = |month: &str| about(&office.ok(&format!("info tally --month {month} --by-person --format csv")), "li");
    assert_eq!(of("2026-08"), ["business,li,李娜,2,0,warned,1"]);
    assert_eq!(of("2026-09"), ["business,li,李娜,2,2,met,0"]);
    assert_eq!(of("2026-10"), ["shandong,li,李娜,2,1,warned,1"]);
}

#[test]
fn r2_2a_who_left_the_office_is_asked_nothing_more() {
    let office = li_collected(&[("2026-10", 0)]).on("2026-12-01");
    office.ok("info quota set --person li --count 2 --from 2026-08 --by chen");
    office.ok("info quota set --person wu --count 1 --from 2026-09 --by chen");
    office.ok("staff end li --until 2026-09-30 --by chen");
    let of = |month: &str| office.ok(&format!("info tally --month {month} --by-person --format csv"));
    assert_eq!(about(&of("2026-09"), "li"), ["business,li,李娜,2,0,warned,2"]);
    assert_eq!(about(&of("2026-10"), "li"), Vec::<String>::new());
    assert_eq!(about(&of("2026-11"), "li"), Vec::<String>::new());
    assert_eq!(about(&of("2026-11"), "wu"), ["technology,wu,吴工,1,0,suspended,3"]);
}

#[test]
fn r2_2a_an_exemption_can_be_lifted_and_given_again() {
    let office = li_collected(&[("2026-09", 0)]).on("2026-11-01");
    office.ok("info quota set --person li --count 2 --from 2026-09 --by chen");
    let verdict = || about(&office.ok("info tally --month 2026-09 --by-person --format csv"), "li").concat();
    assert_eq!(
        office.refused(2, "info quota exempt li 2026-09 --lift --reason 误记 --by chen"),
        "李娜 is not exempt in 2026-09; leave --lift out to exempt the person"
    );
    office.ok("info quota exempt li 2026-09 --reason 病假 --by chen");
    assert_eq!(verdict(), "business,li,李娜,2,0,exempt,0");
    assert_eq!(
        office.ok("info quota exempt li 2026-09 --lift --reason 误记 --by chen"),
        "li: the indicator of 2026-09 counts again\n".replace("li:", "李娜:")
    );
    assert_eq!(verdict(), "business,li,李娜,2,0,warned,1");
    office.ok("info quota exempt li 2026-09 --reason 病假 --by chen");
    assert_eq!(verdict(), "business,li,李娜,2,0,exempt,0");
}

#[test]
fn r2_2a_who_moves_is_counted_in_the_new_department() {
    let office = li_collected(&[("2026-09", 2)]).on("2026-10-01");
    office.ok("info quota set --person li --count 2 --from 2026-09 --by chen");
    assert_eq!(
        office.ok("staff move li --department baotou --role salesperson --from 2026-10-01"),
        "李娜: salesperson of baotou from 2026-10-01, no longer of business\n"
    );
    let office = office.on("2026-11-01");
    let of =
        |month: &str| about(&office.ok(&format!("info tally --month {month} --by-person --format csv")), "li").concat();
    assert_eq!(of("2026-09"), "business,li,李娜,2,2,met,0");
    assert_eq!(of("2026-10"), "baotou,li,李娜,2,0,warned,1");
}
