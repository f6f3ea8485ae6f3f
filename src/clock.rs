//! What time it is: the system's clock, or the one that `BRANCHBOOK_NOW` fixes for tests and drills; and what day that is in the
//! office.

use anyhow::Result;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, Utc};
use rusqlite::Connection;

use crate::instant;
use crate::refusal::Refusal;
use crate::say;
use crate::zone::Zone;

/// When a day begins on a clock that is fixed at a day.
const MORNING: NaiveTime = NaiveTime::from_hms_opt(8, 0, 0).unwrap();

/// Where a command takes the time from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// From the system's clock.
    System,
    /// It stands still at eight in the morning of this day, in the office's zone.
    Day(NaiveDate),
    /// It stands still at this instant.
    Instant(DateTime<Utc>),
}

impl Clock {
    /// A clock fixed at `text`: a day (`2026-10-08`), a time of UTC (`2026-10-08T09:30`), or one of another zone
    /// (`2026-10-08T09:30+08:00`).
    ///
    /// # Errors
    /// A usage refusal where `text` is none of these.
    pub fn fixed(text: &str) -> Result<Self, Refusal> {
        let naive = |format| NaiveDateTime::parse_from_str(text, format).ok();
        let to_the_minute = || DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z").ok();
        let instant = DateTime::parse_from_rfc3339(text).ok().or_else(to_the_minute).map(|instant| instant.to_utc());
        let time = || naive("%Y-%m-%dT%H:%M:%S").or_else(|| naive("%Y-%m-%dT%H:%M")).map(|time| time.and_utc());
        let day = || text.parse::<NaiveDate>().ok();
        instant.or_else(time).map(Self::Instant).or_else(|| day().map(Self::Day)).ok_or_else(|| {
            Refusal::usage(say!("BRANCHBOOK_NOW={text} is no time", text)).or(say!(
                "give a day, 2026-10-08, or a time with its zone, 2026-10-08T09:30+08:00; one without a zone is of UTC"
            ))
        })
    }

    /// Looks at the clock in the office of this book.
    pub(crate) fn in_office(self, book: &Connection) -> Result<Now> {
        Ok(self.now(Zone::of_book(book)?))
    }

    /// Looks at the clock in the office of a book that may be of a version which kept no zone.
    pub(crate) fn in_office_as_found(self, book: &Connection) -> Now {
        self.now(Zone::of_book(book).unwrap_or(Zone::SHENYANG))
    }

    /// Looks at the clock in an office of this zone.
    #[must_use]
    pub fn now(self, zone: Zone) -> Now {
        let system = Utc::now().trunc_subsecs(0);
        let (instant, system) = match self {
            Self::System => (system, None),
            Self::Day(day) => (zone.instant(day.and_time(MORNING)), Some(system)),
            Self::Instant(instant) => (instant, Some(system)),
        };
        Now { instant, zone, system }
    }
}

/// One look at the clock: what it showed, and the office's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    instant: DateTime<Utc>,
    zone: Zone,
    /// What the system's clock showed, where this clock was fixed.
    system: Option<DateTime<Utc>>,
}

impl Now {
    /// The instant.
    pub(crate) const fn instant(&self) -> DateTime<Utc> {
        self.instant
    }

    /// The day in the office.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.zone.time(self.instant).date()
    }

    /// The instant as the book keeps it, in UTC to the second: `2026-10-08T01:02:03Z`.
    #[must_use]
    pub fn at(&self) -> String {
        instant::kept(self.instant)
    }

    /// The day in the office at an instant that the book keeps; none where the text is no instant.
    pub(crate) fn day_of(&self, at: &str) -> Option<NaiveDate> {
        Some(self.zone.local(at)?.date())
    }

    /// What the system's clock showed, where this clock was fixed; none where it is the system's.
    pub(crate) fn clock_at(&self) -> Option<String> {
        self.system.map(instant::kept)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn seen(text: &str, zone: &str) -> (String, String) {
        let now = Clock::fixed(text).unwrap().now(zone.parse().unwrap());
        assert!(now.clock_at().is_some());
        (now.at(), now.today().to_string())
    }

    #[test]
    fn a_fixed_clock_takes_a_day_a_time_or_an_instant() {
        for (text, at, day) in [
            ("2026-10-08", "2026-10-08T00:00:00Z", "2026-10-08"),
            ("2026-10-08T09:30", "2026-10-08T09:30:00Z", "2026-10-08"),
            ("2026-10-08T16:30", "2026-10-08T16:30:00Z", "2026-10-09"),
            ("2026-10-08T01:30+08:00", "2026-10-07T17:30:00Z", "2026-10-08"),
            ("2026-10-08T01:30:00+08:00", "2026-10-07T17:30:00Z", "2026-10-08"),
        ] {
            assert_eq!(seen(text, "Asia/Shanghai"), (at.to_owned(), day.to_owned()), "{text}");
        }
        assert!(Clock::System.now(Zone::SHENYANG).clock_at().is_none());
    }

    #[test]
    fn the_day_is_that_of_the_offices_zone() {
        for (zone, at, day, of_an_instant) in [
            ("Asia/Seoul", "2026-10-07T23:00:00Z", "2026-10-08", "2026-10-08"),
            ("America/New_York", "2026-10-08T12:00:00Z", "2026-10-08", "2026-10-07"),
            ("Pacific/Kiritimati", "2026-10-07T18:00:00Z", "2026-10-08", "2026-10-08"),
        ] {
            assert_eq!(seen("2026-10-08", zone), (at.to_owned(), day.to_owned()), "{zone}");
            let now = Clock::System.now(zone.parse().unwrap());
            assert_eq!(now.day_of("2026-10-08T03:59:59Z").unwrap().to_string(), of_an_instant, "{zone}");
            assert_eq!(now.day_of("yesterday"), None);
        }
    }

    #[test]
    fn a_clock_that_is_no_time_is_refused() {
        assert_eq!(
            Clock::fixed("noon").unwrap_err().to_string(),
            "BRANCHBOOK_NOW=noon is no time; give a day, 2026-10-08, or a time with its zone, 2026-10-08T09:30+08:00; one without a zone is of UTC"
        );
    }
}
