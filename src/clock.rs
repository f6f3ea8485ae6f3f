//! What time it is: the system's clock, or the one that `BRANCHBOOK_NOW` fixes for tests and drills.

use chrono::{DateTime, Local, NaiveDate, NaiveDateTime, SecondsFormat, Utc};

use crate::refusal::Refusal;
use crate::say;

/// The clock of one command: it stands still from the first look to the last.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    now: DateTime<Utc>,
    today: NaiveDate,
    fixed: bool,
}

impl Clock {
    /// The system's clock; today is the local day.
    #[must_use]
    pub fn system() -> Self {
        let now = Local::now();
        Self { now: now.to_utc(), today: now.date_naive(), fixed: false }
    }

    /// A clock fixed at `text`: a day (`2026-10-08`), a time of UTC (`2026-10-08T09:30`), or an RFC 3339 instant.
    ///
    /// # Errors
    /// A usage refusal where `text` is none of these.
    pub fn fixed(text: &str) -> Result<Self, Refusal> {
        let naive = |format| NaiveDateTime::parse_from_str(text, format).ok();
        let now = DateTime::parse_from_rfc3339(text)
            .map(|instant| (instant.to_utc(), instant.date_naive()))
            .ok()
            .or_else(|| {
                naive("%Y-%m-%dT%H:%M:%S")
                    .or_else(|| naive("%Y-%m-%dT%H:%M"))
                    .or_else(|| text.parse::<NaiveDate>().ok().and_then(|day| day.and_hms_opt(0, 0, 0)))
                    .map(|time| (time.and_utc(), time.date()))
            });
        let (now, today) = now.ok_or_else(|| {
            Refusal::usage(say!("BRANCHBOOK_NOW={text} is no time", text))
                .or(say!("give it as 2026-10-08 or 2026-10-08T09:30"))
        })?;
        Ok(Self { now, today, fixed: true })
    }

    /// The local day.
    #[must_use]
    pub const fn today(&self) -> NaiveDate {
        self.today
    }

    /// Now, as an instant of UTC to the second: `2026-10-08T01:02:03Z`.
    #[must_use]
    pub fn at(&self) -> String {
        self.now.to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// The day, as this clock counts days, of an instant that [`Clock::at`] gave; none where the text is no instant.
    #[must_use]
    pub fn day_of(&self, at: &str) -> Option<NaiveDate> {
        let instant = DateTime::parse_from_rfc3339(at).ok()?;
        Some(if self.fixed { instant.date_naive() } else { instant.with_timezone(&Local).date_naive() })
    }

    /// What the system's clock says, where this clock was fixed; none where it is the system's.
    #[must_use]
    pub fn clock_at(&self) -> Option<String> {
        self.fixed.then(|| Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_fixed_clock_takes_a_day_a_time_or_an_instant() {
        for (text, at) in [
            ("2026-10-08", "2026-10-08T00:00:00Z"),
            ("2026-10-08T09:30", "2026-10-08T09:30:00Z"),
            ("2026-10-08T01:30:00+08:00", "2026-10-07T17:30:00Z"),
        ] {
            let clock = Clock::fixed(text).unwrap();
            assert_eq!((clock.at().as_str(), clock.today().to_string().as_str()), (at, "2026-10-08"));
            assert!(clock.clock_at().is_some());
        }
        assert!(Clock::system().clock_at().is_none());
    }

    #[test]
    fn a_clock_that_is_no_time_is_refused() {
        assert_eq!(
            Clock::fixed("noon").unwrap_err().to_string(),
            "BRANCHBOOK_NOW=noon is no time; give it as 2026-10-08 or 2026-10-08T09:30"
        );
    }
}
