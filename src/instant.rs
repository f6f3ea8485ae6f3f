//! Instants as the book keeps them: `2026-10-08T01:02:03Z`.

use chrono::{DateTime, SecondsFormat, Utc};

/// An instant as the book keeps it.
pub(crate) fn kept(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// An instant as the book keeps it; none where the text is none.
pub(crate) fn read(at: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(at).map(|instant| instant.to_utc()).ok()
}
