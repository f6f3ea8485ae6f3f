//! Indicators, the month's tallies, and what misses lead to (R2.2, R2.2a).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use branchbook::book::schema;
use branchbook::day::Month;
use branchbook::register::info::{report::deadline, tally};
use branchbook::sheet::query::Query;
use branchbook::sheet::{Format, Look};
use chrono::NaiveDate;
use proptest::prelude::*;
use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

use crate::collected::{Collected, LI, collect, mark_duplicate, mark_reported, mark_void, report, set_entry};
use crate::office::Office;

const BY_DEPARTMENT: &str = "month,department,indicator,counted,percent,verdict,report,reported_on,collected,duplicates,reported_on_time,late\n";

fn month(typed: &str) -> Month {
    typed.parse().unwrap()
}

fn csv(book: &Connection, query: &Query) -> String {
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
fn li_collected(counts: &[(&str, usize)]) -> Office {
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
    let office = Office::staffed();
    office.ok("info quota set --department business --count 3 --from 2026-10");
    office.ok("info quota set --department baotou --count 3 --from 2026-01");
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
}

#[test]
fn r2_2_the_tally_by_department_holds_what_was_asked_collected_and_reported() {
    let office = october();
    assert_eq!(
        office.ok("info tally --month 2026-10 --format csv"),
        format!(
            "{BY_DEPARTMENT}\
             2026-10,business,3,3,100.00,met,on time,2026-10-29,4,1,3,1\n\
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
    office.ok("info quota set --department business --count 1 --from 2026-01");
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
    office.ok("info quota set --department business --count 2 --from 2026-08");
    office.ok("info quota set --department business --count 3 --from 2026-10 --by chen");
    office.ok("info quota set --person li --count 2 --from 2026-08");
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
    let outcome = office.run("info quota set --person li --count 5 --from 2026-07");
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
    office.ok("info quota set --person li --count 5 --from 2026-06");
    office.ok("staff add feng --name 冯燕 --department shandong --role trainee --from 2026-09-15");
    office.ok("info quota set --person feng --count 1 --from 2026-01");
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
    office.ok("info quota set --person li --count 1 --from 2026-08");
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
    office.ok("info quota set --person li --count 2 --from 2026-08");
    office.ok("staff end li --until 2026-09-15");
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
    let office = li_collected(&[("2026-10", 1)]).on("2026-12-01");
    office.ok("info quota set --person li --count 2 --from 2026-08");
    office.ok("info quota set --person wu --count 1 --from 2026-09");
    office.ok("staff end li --until 2026-09-30");
    let of = |month: &str| office.ok(&format!("info tally --month {month} --by-person --format csv"));
    assert_eq!(about(&of("2026-09"), "li"), ["business,li,李娜,2,0,warned,2"]);
    assert_eq!(about(&of("2026-10"), "li"), ["business,li,李娜,,1,,2"]);
    assert_eq!(about(&of("2026-11"), "li"), Vec::<String>::new());
    assert_eq!(about(&of("2026-11"), "wu"), ["technology,wu,吴工,1,0,suspended,3"]);
}

// ------------------------------------------------------------------------------------------ histories

/// The indicator of every month of a history that has one.
const ASKED: i64 = 3;

/// A book with one salesperson who joined in the middle of 2026-01; a letter a month from then on: `o` met, `x` nothing
/// collected, `d` too few because one is a duplicate, `e` exempt, `-` no indicator.
fn lived(history: &str) -> Connection {
    let book = Connection::open_in_memory().unwrap();
    schema::lay(&book).unwrap();
    book.execute_batch(
        "INSERT INTO department VALUES ('business', 'Business', '业务部', NULL, 1, 1, 1, NULL, NULL);
         INSERT INTO person VALUES ('li', '李娜', 'business', NULL, NULL);
         INSERT INTO term VALUES ('li', 'salesperson', 'business', '2026-01-15', NULL);",
    )
    .unwrap();
    for (index, letter) in (0..).zip(history.chars()) {
        let month = month("2026-01").plus(index);
        let indicator = if letter == '-' { 0 } else { ASKED };
        book.execute("INSERT INTO quota VALUES ('li', 'person', ?1, ?2)", (month, indicator)).unwrap();
        if letter == 'e' {
            book.execute("INSERT INTO exemption VALUES ('li', ?1, '病假', NULL)", [month]).unwrap();
        }
        let (collected, duplicates) = match letter {
            'o' => (ASKED + 1, 1),
            'd' => (ASKED, 1),
            _ => continue,
        };
        book.execute(
            "INSERT INTO info_count VALUES (?1, 'li', 'business', ?2, ?3, 0, 0)",
            (month, collected, duplicates),
        )
        .unwrap();
    }
    book
}

/// The verdict and streak of a month as seen on a day: `warned 2`.
fn judged(book: &Connection, month: Month, today: NaiveDate) -> String {
    let tally = csv(book, &tally::by_person(book, month, today).unwrap());
    let row: Vec<&str> = tally.lines().nth(1).unwrap().split(',').collect();
    format!("{} {}", row[6], row[7])
}

#[test]
fn r2_2a_histories_lead_to_their_verdicts() {
    for (history, verdicts) in [
        ("x", "joined 0"),
        ("o", "joined 0"),
        ("xo", "joined 0, met 0"),
        ("xx", "joined 0, warned 1"),
        ("xxd", "joined 0, warned 1, warned 2"),
        ("oxdx", "joined 0, warned 1, warned 2, suspended 3"),
        ("oxxxx", "joined 0, warned 1, warned 2, suspended 3, suspended 4"),
        ("oxxxox", "joined 0, warned 1, warned 2, suspended 3, met 0, warned 1"),
        ("oxxox", "joined 0, warned 1, warned 2, met 0, warned 1"),
        ("oxxex", "joined 0, warned 1, warned 2, exempt 2, suspended 3"),
        ("oxx-x", "joined 0, warned 1, warned 2,  2, suspended 3"),
        ("oxe-ex-x", "joined 0, warned 1, exempt 1,  1, exempt 1, warned 2,  2, suspended 3"),
        ("oxxeo", "joined 0, warned 1, warned 2, exempt 2, met 0"),
        ("oee", "joined 0, exempt 0, exempt 0"),
        ("e", "joined 0"),
        ("-xx", "joined 0, warned 1, warned 2"),
    ] {
        let book = lived(history);
        let months: Vec<Month> = (0..).zip(history.chars()).map(|(index, _)| month("2026-01").plus(index)).collect();
        let today = months.last().unwrap().next().first();
        let found: Vec<String> = months.iter().map(|month| judged(&book, *month, today)).collect();
        assert_eq!(found.join(", "), verdicts, "{history}");
    }
}

/// What [`judged`] must give for each month, counted forwards.
fn counted_forwards(history: &str, suspend_misses: i64) -> Vec<String> {
    let mut streak = 0;
    let verdicts = history.chars().enumerate().map(|(index, letter)| match letter {
        _ if index == 0 => format!("joined {streak}"),
        'e' => format!("exempt {streak}"),
        '-' => format!(" {streak}"),
        'o' => {
            streak = 0;
            "met 0".to_owned()
        }
        _ => {
            streak += 1;
            format!("{} {streak}", if streak >= suspend_misses { "suspended" } else { "warned" })
        }
    });
    verdicts.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn r2_2a_the_streak_is_what_counting_forwards_gives(
        history in "[oxxxde-]{1,24}",
        suspend_misses in 2_i64..6,
        open in 0_usize..24,
    ) {
        let book = lived(&history);
        book.execute("INSERT INTO rule VALUES ('info.suspend_misses', '2000-01-01', ?1, 'li')", [suspend_misses]).unwrap();
        let months: Vec<Month> = (0..).zip(history.chars()).map(|(index, _)| month("2026-01").plus(index)).collect();
        let expected = counted_forwards(&history, suspend_misses);
        let today = months.last().unwrap().next().first();
        for (month, expected) in months.iter().zip(&expected) {
            prop_assert_eq!(&judged(&book, *month, today), expected, "{} of {}", month, history);
        }
        let open = open % months.len();
        let before = open.checked_sub(1).map_or("0", |before| expected[before].rsplit_once(' ').unwrap().1);
        let verdict = if history.as_bytes()[open] == b'-' { "" } else { "open" };
        prop_assert_eq!(judged(&book, months[open], months[open].last()), format!("{verdict} {before}"));
    }
}

// ------------------------------------------------------------------------------------------- flatness

/// How many steps of `SQLite`'s machine the two tallies of a month take. Reading the entries themselves is forbidden.
fn steps(office: &Office, month: Month) -> u64 {
    let mut book = office.sql();
    let steps = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&steps);
    book.authorizer(Some(|context: AuthContext<'_>| match context.action {
        AuthAction::Read { table_name: "entry" | "info", .. } => Authorization::Deny,
        _ => Authorization::Allow,
    }))
    .unwrap();
    let count = move || {
        counter.fetch_add(1, Ordering::Relaxed);
        false
    };
    book.progress_handler(1, Some(count)).unwrap();
    let today = month.next().first();
    let tallies = [tally::by_department(&book, month, today).unwrap(), tally::by_person(&book, month, today).unwrap()];
    for tally in &tallies {
        assert!(csv(&book, tally).lines().count() > 2);
    }
    steps.load(Ordering::Relaxed)
}

/// Puts months into the counts in which everybody collected for every department, and every department reported.
fn remember(book: &Connection, first: &str, last: &str) {
    book.execute(
        "WITH RECURSIVE past (day) AS (VALUES (?1 || '-01') UNION ALL SELECT date(day, '+1 month') FROM past WHERE day < ?2 || '-01')
         INSERT INTO info_count SELECT substr(day, 1, 7), p.key, d.key, 5, 1, 5, 0 FROM past, person AS p, department AS d",
        [first, last],
    )
    .unwrap();
    book.execute(
        "INSERT INTO info_report SELECT DISTINCT department, month, 1, month || '-28', 'wang', 50, 0 FROM info_count
         WHERE month BETWEEN ?1 AND ?2",
        [first, last],
    )
    .unwrap();
}

#[test]
fn r2_2_a_tally_costs_the_same_in_any_history() {
    let office = li_collected(&[("2026-08", 1), ("2026-10", 3)]);
    for line in ["--person li", "--person sun", "--department business"] {
        office.ok(&format!("info quota set {line} --count 1 --from 2026-01"));
    }
    collect(&office.sql(), Collected { person: "sun", department: "baotou", day: "2026-09-01", ..LI });
    report(&office.sql(), "business", "2026-10", "2026-10-30", 3, false);
    remember(&office.sql(), "2026-07", "2026-07");
    let young = steps(&office, month("2026-10"));
    remember(&office.sql(), "1990-01", "2026-06");
    assert_eq!(steps(&office, month("2026-10")), young);
}

#[test]
fn r2_2a_an_exemption_can_be_lifted_and_given_again() {
    let office = li_collected(&[("2026-09", 0)]).on("2026-11-01");
    office.ok("info quota set --person li --count 2 --from 2026-09");
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
    office.ok("info quota set --person li --count 2 --from 2026-09");
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
