//! Tallies over whole histories: verdicts counted in another way, and what they cost.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use branchbook::book::schema;
use branchbook::day::Month;
use branchbook::register::info::tally;
use chrono::NaiveDate;
use proptest::prelude::*;
use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

use crate::collected::{Collected, LI, collect, report};
use crate::office::Office;
use crate::tally::{csv, li_collected, month};

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
    #![proptest_config(ProptestConfig::with_cases(32))]

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
        office.ok(&format!("info quota set {line} --count 1 --from 2026-01 --by chen"));
    }
    collect(&office.sql(), Collected { person: "sun", department: "baotou", day: "2026-09-01", ..LI });
    report(&office.sql(), "business", "2026-10", "2026-10-30", 3, false);
    remember(&office.sql(), "2026-07", "2026-07");
    let young = steps(&office, month("2026-10"));
    remember(&office.sql(), "1990-01", "2026-06");
    assert_eq!(steps(&office, month("2026-10")), young);
}
