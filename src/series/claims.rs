//! Numbers as they come from an old ledger: of which series they are, whether they leap, and where the series goes on behind them.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::number::{Number, refuse_closed, template_on};
use crate::book::select::Select;
use crate::say;
use crate::template::Template;

/// How far a number may be above those before it.
const LEAP: i64 = 100;

/// Reads the numbers of one series as they come from an old ledger, and keeps its counters behind them.
#[derive(Debug)]
pub(crate) struct Claims {
    series: String,
    templates: Vec<Template>,
    counters: Vec<Counter>,
}

/// A row that brings a number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bearer {
    /// Its line in the file.
    pub(crate) line: u64,
    /// The day that it bears; none of a number that was spoilt, which bears the day on which that was noted.
    pub(crate) day: Option<NaiveDate>,
    /// Whether numbers were given out in their order by then.
    pub(crate) live: bool,
}

/// What a number in a file is to a series.
#[derive(Debug)]
pub(crate) enum Claim {
    /// One of it.
    Of(Number),
    /// None of it.
    Foreign,
    /// One that it prints on other days.
    OtherDay,
}

/// A number that does not follow those before it.
#[derive(Debug)]
pub(crate) struct Astray {
    pub(crate) line: u64,
    pub(crate) number: String,
    /// The one before it, in the file or the book.
    pub(crate) before: String,
    /// How far it is above that.
    pub(crate) by: i64,
    /// Whether it is far above; else it bears a day on which numbers were given out in their order.
    pub(crate) leaps: bool,
    /// Whether the series was empty before.
    pub(crate) first: bool,
}

#[derive(Debug)]
struct Counter {
    prefix: String,
    id: i64,
    /// The last serial before the claims.
    began: i64,
    last: i64,
    /// The serials behind that.
    claimed: Vec<Run>,
    /// The last day that was asked for, and whether the series prints the prefix on it.
    printed: Option<(NaiveDate, bool)>,
}

/// Serials that follow one another, as they mostly do in a file, in rows that do as well.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Run {
    /// The first of them.
    serial: i64,
    /// The line of the first, and how many lines further each next one stands.
    line: u64,
    step: u64,
    count: u32,
    /// Whether numbers were given out in their order.
    ordered: bool,
}

impl Run {
    /// Takes a serial along; tells whether it follows.
    fn take(&mut self, serial: i64, line: u64, ordered: bool) -> bool {
        let Some(last) = self.last() else { return false };
        let step = line.checked_sub(last.1).filter(|step| self.count == 1 || *step == self.step);
        let (Some(step), Some(count)) = (step, self.count.checked_add(1)) else { return false };
        if ordered != self.ordered || last.0.checked_add(1) != Some(serial) {
            return false;
        }
        (self.step, self.count) = (step, count);
        true
    }

    /// Each serial with its line.
    fn each(&self) -> impl DoubleEndedIterator<Item = (i64, u64)> {
        (0..self.count).map(|place| (self.serial + i64::from(place), self.line + self.step * u64::from(place)))
    }

    fn last(&self) -> Option<(i64, u64)> {
        self.each().next_back()
    }
}

impl Counter {
    /// Takes note of a serial that a row brings or is given.
    fn take(&mut self, serial: i64, line: u64, ordered: bool) {
        self.last = self.last.max(serial);
        if !self.claimed.last_mut().is_some_and(|run| run.take(serial, line, ordered)) {
            self.claimed.push(Run { serial, line, step: 0, count: 1, ordered });
        }
    }

    fn prints(&mut self, templates: &[Template], day: NaiveDate) -> bool {
        match self.printed {
            Some((known, prints)) if known == day => prints,
            _ => {
                let prints = templates.iter().any(|template| template.prefix(day) == self.prefix);
                self.printed = Some((day, prints));
                prints
            }
        }
    }
}

impl Claims {
    /// Begins to claim numbers of a series.
    pub(crate) fn begin(book: &Connection, series: &str) -> Result<Self> {
        let templates =
            book.column("SELECT template FROM template WHERE series = ?1 ORDER BY from_on DESC", [series])?;
        Ok(Self { series: series.to_owned(), templates, counters: Vec::new() })
    }

    /// The number that a row brings, as one of this series.
    pub(crate) fn claim(&mut self, book: &Connection, text: &str, bearer: Bearer) -> Result<Claim> {
        let known = self.counters.iter().position(|counter| {
            self.templates.iter().any(|template| template.serial_of(&counter.prefix, text).is_some())
        });
        let read = match known {
            Some(index) => {
                let prefix = &self.counters[index].prefix;
                self.templates
                    .iter()
                    .find_map(|template| template.serial_of(prefix, text))
                    .map(|serial| (index, serial))
            }
            None => match self.templates.iter().find_map(|template| template.read(text)) {
                Some((prefix, serial)) => Some((self.open(book, prefix)?, serial)),
                None => None,
            },
        };
        let Some((index, serial)) = read else { return Ok(Claim::Foreign) };
        let counter = &mut self.counters[index];
        // One less than the greatest number that SQLite keeps, so that there is a next one.
        let Some(serial) = i64::try_from(serial).ok().filter(|serial| *serial < i64::MAX) else {
            return Ok(Claim::Foreign);
        };
        if bearer.day.is_some_and(|day| !counter.prints(&self.templates, day)) {
            return Ok(Claim::OtherDay);
        }
        if serial > counter.began {
            counter.take(serial, bearer.line, bearer.live);
        }
        Ok(Claim::Of(Number { text: text.to_owned(), counter: counter.id, serial }))
    }

    /// The next number for a row of `day` that brings none: behind the greatest that was claimed or given out.
    pub(crate) fn coming(&mut self, book: &Connection, day: NaiveDate) -> Result<Number> {
        let template = template_on(book, &self.series, day)?;
        let prefix = template.prefix(day);
        refuse_closed(book, &self.series, &prefix)?;
        let index = match self.counters.iter().position(|counter| counter.prefix == prefix) {
            Some(index) => index,
            None => self.open(book, prefix)?,
        };
        let counter = &self.counters[index];
        let serial = counter.last + 1;
        Ok(Number { text: template.number(day, serial.unsigned_abs()), counter: counter.id, serial })
    }

    /// Gives out a number that was coming.
    pub(crate) fn give(&mut self, number: &Number) {
        for counter in self.counters.iter_mut().filter(|counter| counter.id == number.counter) {
            counter.take(number.serial, 0, false);
        }
    }

    /// Finds or makes the counter of a prefix.
    fn open(&mut self, book: &Connection, prefix: String) -> Result<usize> {
        let (id, last) = book.whole(
            "INSERT INTO counter (series, prefix, last) VALUES (?1, ?2, 0)
                 ON CONFLICT (series, prefix) DO UPDATE SET last = last RETURNING id, last",
            [&self.series, &prefix],
        )?;
        self.counters.push(Counter { prefix, id, began: last, last, claimed: Vec::new(), printed: None });
        Ok(self.counters.len() - 1)
    }

    /// The numbers that do not follow those before them: more than a hundred above the counter and the file's next lower number,
    /// or not in their order though numbers were given out so by then. Numbers are held against one of them in their turn where that
    /// `stays`.
    pub(crate) fn astray(&mut self, stays: impl Fn(&Astray) -> bool) -> Vec<Astray> {
        let mut astray = Vec::new();
        let Some(template) = self.templates.first() else { return astray };
        for counter in &mut self.counters {
            counter.claimed.sort_unstable();
            let mut before = counter.began;
            let serials =
                counter.claimed.iter().flat_map(|run| run.each().map(|(serial, line)| (serial, line, run.ordered)));
            for (serial, line, ordered) in serials {
                let (by, leaps) = (serial - before, serial - before > LEAP);
                if before > 0 && by > 1 && (leaps || ordered) {
                    let number = |serial: i64| template.number_after(&counter.prefix, serial.unsigned_abs());
                    let first = counter.began == 0;
                    let found = Astray { line, number: number(serial), before: number(before), by, leaps, first };
                    let stays = stays(&found);
                    astray.push(found);
                    if !stays {
                        continue;
                    }
                }
                before = before.max(serial);
            }
        }
        astray
    }

    /// Writes the counters, so that the next number comes after the greatest claimed. Gives what the person should know:
    /// where each counter goes on, and how many numbers before that are missing.
    pub(crate) fn finish(self, book: &Connection) -> Result<Vec<String>> {
        let mut notes = Vec::new();
        for counter in self.counters.iter().filter(|counter| counter.last > counter.began) {
            book.execute("UPDATE counter SET last = ?2 WHERE id = ?1", (counter.id, counter.last))?;
            let taken: i64 = book.only("SELECT count(*) FROM entry WHERE counter = ?1", [counter.id])?;
            let next = self.templates.first().map_or_else(String::new, |template| {
                template.number_after(&counter.prefix, counter.last.unsigned_abs() + 1)
            });
            notes.push(match counter.last - taken {
                0 => say!("the series {series} goes on with {next}", series = self.series, next),
                missing => say!("the series {series} goes on with {next}; missing numbers before it: {missing}, see branchbook series audit {series}", series = self.series, next, missing),
            });
        }
        Ok(notes)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counter(serials: &[(i64, u64, bool)]) -> Counter {
        let mut counter =
            Counter { prefix: String::new(), id: 1, began: 0, last: 0, claimed: Vec::new(), printed: None };
        for (serial, line, ordered) in serials {
            counter.take(*serial, *line, *ordered);
        }
        counter
    }

    #[test]
    fn serials_in_their_order_are_one_run_whatever_a_row_takes_of_lines() {
        for step in [0, 1, 3] {
            let serials: Vec<_> =
                (1..=1000_u32).map(|row| (i64::from(row), 2 + step * u64::from(row), false)).collect();
            let counter = counter(&serials);
            assert_eq!((counter.claimed.len(), counter.last), (1, 1000), "{step}");
        }
    }

    proptest! {
        #[test]
        fn every_serial_is_kept_with_its_line(serials in prop::collection::vec((1..9_i64, 1..9_u64, any::<bool>()), 0..40)) {
            let counter = counter(&serials);
            let kept: Vec<_> =
                counter.claimed.iter().flat_map(|run| run.each().map(|(serial, line)| (serial, line, run.ordered))).collect();
            prop_assert_eq!(kept, serials);
        }
    }
}
