//! Which departments owe a month's report of user information (R2.2): as the office was known to be on the day by which it was due, so
//! that nothing said of a department later makes a report of before owed or not.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::report::deadline;
use crate::day::Month;
use crate::office::live;
use crate::zone::Zone;

/// The departments, in their order, and the first month that is owed.
pub(crate) struct Owing {
    departments: Vec<Department>,
    first: Month,
}

struct Department {
    key: String,
    /// What the book knew of it, the oldest first.
    known: Vec<Known>,
}

/// What the book knew of a department from an instant on.
#[derive(PartialEq, Eq)]
struct Known {
    at: String,
    reports: bool,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

impl Owing {
    /// The departments of the book, by its journal.
    pub(crate) fn of(book: &Connection) -> Result<Self> {
        let mut statement = book.prepare_cached(
            "SELECT d.key, coalesce(j.at, ''), coalesce(j.record ->> '$.department[0].reports_flag', d.reports_flag),
                iif(j.id IS NULL, d.from_on, j.record ->> '$.department[0].from_on'),
                iif(j.id IS NULL, d.until_on, j.record ->> '$.department[0].until_on')
             FROM department AS d LEFT JOIN journal AS j ON j.thing = 'department ' || d.key ORDER BY d.position, d.key, j.id",
        )?;
        let mut rows = statement.query(())?;
        let mut departments: Vec<Department> = Vec::new();
        while let Some(row) = rows.next()? {
            let key: String = row.get(0)?;
            let known = Known { at: row.get(1)?, reports: row.get(2)?, from: row.get(3)?, until: row.get(4)? };
            match departments.last_mut().filter(|last| last.key == key) {
                Some(last) => last.known.push(known),
                None => departments.push(Department { key, known: vec![known] }),
            }
        }
        Ok(Self { departments, first: live::first_month(book)? })
    }

    /// The keys of those that owe the report of a month; of a month that had begun when the book went live nobody does.
    pub(crate) fn in_month(&self, book: &Connection, month: Month) -> Result<Vec<&str>> {
        if month < self.first {
            return Ok(Vec::new());
        }
        let owes = |known: &Known| {
            known.reports && known.from.is_none_or(|from| from <= month.last()) && !known.is_over(month)
        };
        self.known_in(book, month, owes)
    }

    /// The keys of those that had ended before a month.
    pub(crate) fn over_in(&self, book: &Connection, month: Month) -> Result<Vec<&str>> {
        self.known_in(book, month, |known| known.is_over(month))
    }

    /// The keys of those of which this holds, as they were known on the day by which the month's report was due; what came into the book
    /// later counts as it came in.
    fn known_in(&self, book: &Connection, month: Month, holds: impl Fn(&Known) -> bool) -> Result<Vec<&str>> {
        let changed = self.departments.iter().any(|department| department.known.len() > 1);
        let due = changed.then(|| deadline(book, month)).transpose()?;
        let held = self.departments.iter().filter(|department| department.known_on(due).is_some_and(&holds));
        Ok(held.map(|department| department.key.as_str()).collect())
    }

    /// Whether a department owes the report of a month.
    pub(crate) fn owes(&self, book: &Connection, department: &str, month: Month) -> Result<bool> {
        Ok(self.in_month(book, month)?.contains(&department))
    }
}

impl Department {
    /// What was known of it on a day, else what came into the book first.
    fn known_on(&self, day: Option<NaiveDate>) -> Option<&Known> {
        let zone = Zone::shown();
        let by_then =
            |known: &&Known| day.is_none_or(|day| zone.local(&known.at).is_none_or(|entered| entered.date() <= day));
        self.known.iter().rfind(by_then).or(self.known.first())
    }
}

impl Known {
    /// Whether it had ended before a month.
    fn is_over(&self, month: Month) -> bool {
        self.until.is_some_and(|until| until < month.first())
    }
}
