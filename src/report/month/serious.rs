//! What a leader is to see first: who missed the indicator, what is overdue for how long and with whom, which rules were broken, and
//! what came late into the book.

use anyhow::Result;
use rusqlite::Connection;

use crate::day::Month;
use crate::heading;
use crate::register::info::tally;
use crate::register::pack::Judged;
use crate::report::due;
use crate::report::exceptions::exceptions;
use crate::report::late::late;
use crate::report::taken_back::taken_back;
use crate::say;
use crate::sheet::gathered::gathered;
use crate::sheet::query::Query;

/// The columns that no other list has.
const OWN: [&str; 5] = [
    heading!("overdue"),
    heading!("days_1_to_7"),
    heading!("days_8_to_30"),
    heading!("longest_days"),
    heading!("forms"),
];

/// The columns that count what is late by its age.
const AGES: &str = "sum(days_late BETWEEN 1 AND 7) AS days_1_to_7, sum(days_late BETWEEN 8 AND 30) AS days_8_to_30,
    sum(days_late BETWEEN 31 AND 60) AS days_31_to_60, sum(days_late BETWEEN 61 AND 90) AS days_61_to_90,
    sum(days_late > 90) AS days_over_90, max(days_late) AS longest_days";

/// How much of what has waited longest the report names.
const LONGEST: usize = 6;

/// Who missed their indicator of the month: the suspended before the warned, the longest streak first (R2.2a).
pub(super) fn missed(book: &Connection, judged: Judged) -> Result<Query> {
    let tally = tally::by_person(book, judged.month, judged.on)?;
    let sql = format!(
        "SELECT person, department, verdict, streak, indicator, counted FROM ({}) WHERE verdict IN ('warned', 'suspended')
         ORDER BY verdict = 'suspended' DESC, streak DESC, indicator - counted DESC, person",
        tally.sql
    );
    Ok(Query { title: say!("Who missed the indicator").to_owned(), sql, bars: None, ..tally })
}

/// Gathers what was due before the last day that is judged and still waits: the list of it, the longest first. The days are counted up to
/// that day, as in the lists of the pack.
pub(super) fn overdue(book: &Connection, judged: Judged) -> Result<Query> {
    let last = judged.last();
    let columns = ["days_late", "due_on", "number", "what", "department", "person", "clause"];
    gathered(book, "overdue", &columns, due::LONGEST_FIRST, |take| {
        due::each(book, judged.on, &mut |waiting| {
            if waiting.due_on >= last {
                return Ok(());
            }
            take(vec![
                (last - waiting.due_on).num_days().into(),
                waiting.due_on.to_string().into(),
                waiting.number.into(),
                waiting.what.into(),
                waiting.department.into(),
                waiting.person.into(),
                waiting.clause.into_owned().into(),
            ])
        })
    })
}

/// What of it has waited longest.
pub(super) fn longest(overdue: &Query) -> Query {
    let sql = format!("SELECT * FROM ({}) LIMIT {LONGEST}", overdue.sql);
    Query { title: say!("What has waited longest").to_owned(), sql, ..overdue.clone() }
}

/// The same added up by department and age, who is waited for longest first.
pub(super) fn overdue_by_age(overdue: &Query) -> Query {
    let [count, week, month, longest, _] = OWN;
    let sql = format!(
        "SELECT department, count(*) AS {count}, {AGES} FROM ({}) GROUP BY department ORDER BY {longest} DESC, {count} DESC, department",
        overdue.sql
    );
    Query { title: say!("What is overdue, by department and age").to_owned(), sql, ..overdue.clone() }.totals(&[
        count,
        week,
        month,
        "days_31_to_60",
        "days_61_to_90",
        "days_over_90",
    ])
}

/// The contact forms that wait for something, added up by what that is and by age, as paper has them.
pub(super) fn outstanding_by_age(outstanding: &Query) -> Query {
    let [_, week, month, _, count] = OWN;
    let sql = format!(
        "SELECT department, waits_for, count(*) AS {count}, sum(days_late = 0) AS not_due, {AGES} FROM ({})
         GROUP BY department, waits_for ORDER BY (SELECT position FROM department WHERE key = department), waits_for DESC",
        outstanding.sql
    );
    Query { sql, ..outstanding.clone() }.totals(&[
        count,
        "not_due",
        week,
        month,
        "days_31_to_60",
        "days_61_to_90",
        "days_over_90",
    ])
}

/// The decisions of a month as paper has them: what one person decided alike on a day in one row.
pub(super) fn decisions_together(decisions: &Query) -> Query {
    let sql = format!(
        "SELECT verb, decided_on, decided_by, deputy_for, entered_by, declared_flag, group_concat(thing, ', ') AS thing, note
             FROM (SELECT *, min(entered_at) FROM ({}) GROUP BY verb, decided_on, decided_by, deputy_for, entered_by, declared_flag, note, thing ORDER BY min(entered_at))
             GROUP BY verb, decided_on, decided_by, deputy_for, entered_by, declared_flag, note ORDER BY min(entered_at), verb",
        decisions.sql
    );
    Query { sql, ..decisions.clone() }
}

/// Which rules were broken in the month, who agreed, and why.
pub(super) fn broken(month: Month) -> Query {
    let exceptions = exceptions(Some(month));
    let sql = format!(
        "SELECT number, clause, happened_on, person, approved_by, department, reason, refused FROM ({})",
        exceptions.sql
    );
    Query { title: say!("Exceptions").to_owned(), sql, ..exceptions }
}

/// What was entered in the month for an earlier one.
pub(super) fn entered_late(book: &Connection, month: Month) -> Result<Query> {
    let late = late(book, month)?;
    let sql = format!(
        "SELECT number, register, happened_on, entered_at, closed_flag, recorder, department, reason FROM ({})",
        late.sql
    );
    Ok(Query { title: say!("Entered for an earlier month").to_owned(), sql, ..late })
}

/// What was taken back in the month.
pub(super) fn undone(month: Month) -> Query {
    let taken_back = taken_back(Some(month));
    let sql = format!(
        "SELECT number, register, happened_on, taken_back_on, earlier_month_flag, actor, department, reason FROM ({})",
        taken_back.sql
    );
    Query { title: say!("Taken back").to_owned(), sql, ..taken_back }
}

/// How many rows of a list there are of which this holds.
pub(super) fn count(book: &Connection, list: &Query, which: &str) -> Result<i64> {
    let sql = format!("SELECT count(*) FROM ({}) WHERE {which}", list.sql);
    Query { sql, ..list.clone() }.single(book)
}
