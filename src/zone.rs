//! The office's time zone: the days that entries bear are days there, whatever the machine's own zone is.

use std::fmt;
use std::str::FromStr;

use anyhow::Result;
use chrono::{DateTime, NaiveDateTime};
use chrono_tz::Tz;
use rusqlite::Connection;

use crate::refusal::Refusal;
use crate::say;

/// A time zone by its IANA name, such as `Asia/Shanghai`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(Tz);

impl Zone {
    /// That of Shenyang, where the branch is.
    pub const SHENYANG: Self = Self(Tz::Asia__Shanghai);

    /// The office's, as the book keeps it.
    ///
    /// # Errors
    /// An error of `SQLite`; a refusal where the book holds no name of a zone.
    pub fn of_book(book: &Connection) -> Result<Self> {
        let name: String = book.query_row("SELECT zone FROM book", (), |row| row.get(0))?;
        Ok(name.parse()?)
    }

    /// What the clocks there show at an instant such as `2026-10-08T01:02:03Z`; none where the text is no instant.
    #[must_use]
    pub fn local(self, at: &str) -> Option<NaiveDateTime> {
        Some(DateTime::parse_from_rfc3339(at).ok()?.with_timezone(&self.0).naive_local())
    }
}

impl FromStr for Zone {
    type Err = Refusal;

    fn from_str(name: &str) -> Result<Self, Refusal> {
        name.trim().parse().map(Self).map_err(|_| {
            Refusal::usage(say!("there is no time zone {name}", name = crate::text::visible(name)))
                .or(say!("give its IANA name, such as Asia/Shanghai"))
        })
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
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
}
