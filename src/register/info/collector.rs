//! One who collects user information, month by month: what was asked, what counted, and what follows (R2.2a).
//!
//! A person's terms, indicators and exemptions are few and read at once; the count of a month is one look-up in
//! `info_count`. Nothing here depends on how many entries the book has.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, named_params};

use crate::book::select::Select;
use crate::day::Month;
use crate::office::name;
use crate::person::Person;
use crate::view::with_views;

/// A person with all that an assessment by month needs to know of them.
#[derive(Debug)]
pub(crate) struct Collector {
    /// The person's key.
    pub(crate) key: String,
    /// The name as printed.
    pub(crate) name: String,
    /// Where the person belongs on the staff list.
    home: String,
    terms: Vec<Term>,
    /// Months from which an indicator holds, and the indicator; oldest first.
    indicators: Vec<(Month, i64)>,
    exempt: Vec<Month>,
}

/// A term in a role.
#[derive(Debug)]
struct Term {
    department: String,
    /// Whether it is one as salesperson or trainee, of whom R2.2a speaks.
    collects: bool,
    from: NaiveDate,
    until: Option<NaiveDate>,
}

/// How a month went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The indicator was reached.
    Met,
    /// It was not.
    Missed,
    /// A month in which the person began to collect; it counts neither way.
    Joined,
    /// A month of which the person was away for a part, before or after they were there; it counts neither way.
    Away,
    /// A month that the person was let off; it counts neither way.
    Exempt,
    /// A month without an indicator.
    Unasked,
}

/// Who collects in a month: who has a term as salesperson or trainee then, whose entries count then, and who is of the
/// office then with an indicator in force.
const OF_MONTH: &str = "
SELECT p.key, p.name, p.department FROM person AS p
WHERE p.same_as IS NULL AND (EXISTS (SELECT 1 FROM term AS t WHERE t.person = p.key AND t.from_on <= :last AND (t.until_on IS NULL OR t.until_on >= :first)
        AND (t.role IN ('salesperson', 'trainee') OR 0 < (SELECT q.entries FROM quota AS q
            WHERE q.holder = p.key AND q.holder_kind = 'person' AND q.from_month <= :month ORDER BY q.from_month DESC LIMIT 1)))
    OR EXISTS (SELECT 1 FROM info_count AS c WHERE c.month = :month AND c.person = p.key AND c.collected > c.duplicates))
ORDER BY p.key";

impl Term {
    fn touches(&self, month: Month) -> bool {
        self.from <= month.last() && self.until.is_none_or(|until| until >= month.first() && until >= self.from)
    }

    fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| until >= day)
    }
}

impl Collector {
    /// Everybody who collects in the month, by key.
    pub(crate) fn all_of(book: &Connection, month: Month) -> Result<Vec<Self>> {
        let days = named_params! { ":month": month, ":first": month.first(), ":last": month.last() };
        let mut statement = book.prepare_cached(&with_views(
            &OF_MONTH.replace("p.name", &name::on_day("person", "f.name", "p.key", "p.name")),
        ))?;
        let mut rows = statement.query(days)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(Self::read(book, row.get(0)?, row.get(1)?, row.get(2)?)?);
        }
        Ok(all)
    }

    /// One person, who need not collect in any month.
    pub(crate) fn of(book: &Connection, person: &Person) -> Result<Self> {
        let Person { key, name, department, .. } = person.clone();
        Self::read(book, key, name, department)
    }

    fn read(book: &Connection, key: String, name: String, home: String) -> Result<Self> {
        let terms = book.each(
            &with_views(
                "SELECT department, role IN ('salesperson', 'trainee'), from_on, until_on FROM term WHERE person = ?1",
            ),
            [&key],
            |row| Ok(Term { department: row.get(0)?, collects: row.get(1)?, from: row.get(2)?, until: row.get(3)? }),
        )?;
        let indicators = book.rows(
            &with_views(
                "SELECT from_month, entries FROM quota
                      WHERE holder = ?1 AND holder_kind = 'person'
                      ORDER BY from_month",
            ),
            [&key],
        )?;
        let exempt =
            book.column(&with_views("SELECT month FROM exemption WHERE person = ?1 AND lifted_on IS NULL"), [&key])?;
        Ok(Self { key, name, home, terms, indicators, exempt })
    }

    /// The department of the person's term in the month, of one as salesperson or trainee before any other; where the
    /// terms are of several departments, where the person belongs on the staff list.
    pub(crate) fn department(&self, month: Month) -> &str {
        let only_one = |collects: bool| {
            let mut terms = self.terms.iter().filter(|term| term.touches(month) && (term.collects || !collects));
            let first = terms.next()?;
            Some(if terms.all(|term| term.department == first.department) { &first.department } else { &self.home })
        };
        only_one(true).or_else(|| only_one(false)).unwrap_or(&self.home)
    }

    /// The entries that the person is to collect in the month; none where no indicator is in force, or the person is not
    /// of the office in that month.
    pub(crate) fn indicator(&self, month: Month) -> Option<i64> {
        let of_the_office = self.terms.iter().any(|term| term.touches(month));
        let in_force = self.indicators.iter().rfind(|(from, _)| *from <= month).map(|(_, entries)| *entries);
        in_force.filter(|entries| of_the_office && *entries > 0)
    }

    /// The entries that the person collected in the month and that count: no duplicates, not void.
    pub(crate) fn counted(&self, book: &Connection, month: Month) -> Result<i64> {
        book.only(
            &with_views(
                "SELECT coalesce(sum(collected - duplicates), 0) FROM info_count WHERE month = ?1 AND person = ?2",
            ),
            (month, &self.key),
        )
    }

    /// How the month went, taken as ended.
    pub(crate) fn outcome(&self, book: &Connection, month: Month) -> Result<Outcome> {
        let joined = self.terms.iter().filter(|term| term.collects).map(|term| Month::of(term.from)).min();
        Ok(match self.indicator(month) {
            _ if joined == Some(month) => Outcome::Joined,
            _ if self.exempt.contains(&month) => Outcome::Exempt,
            Some(_) if !self.is_there_throughout(month) => Outcome::Away,
            Some(indicator) if joined.is_none_or(|joined| joined < month) => {
                if self.counted(book, month)? >= indicator { Outcome::Met } else { Outcome::Missed }
            }
            _ => Outcome::Unasked,
        })
    }

    /// Whether the person was there on every day of the month: as salesperson or trainee where they ever are one, else in any role.
    fn is_there_throughout(&self, month: Month) -> bool {
        let collects = self.terms.iter().any(|term| term.collects);
        let there = |day| self.terms.iter().any(|term| (term.collects || !collects) && term.holds(day));
        month.first().iter_days().take_while(|day| *day <= month.last()).all(there)
    }

    /// The misses in a row up to and with a month that has ended; what counts neither way is passed over.
    pub(crate) fn streak(&self, book: &Connection, last: Month) -> Result<i64> {
        let Some((first, _)) = self.indicators.first() else { return Ok(0) };
        let (mut month, mut misses) = (last, 0);
        while month >= *first {
            match self.outcome(book, month)? {
                Outcome::Met => break,
                Outcome::Missed => misses += 1,
                Outcome::Joined | Outcome::Away | Outcome::Exempt | Outcome::Unasked => {}
            }
            month = month.prev();
        }
        Ok(misses)
    }
}
