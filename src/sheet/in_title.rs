//! Whether the title of a list says what a column has in every row, so that nobody misses the column.

use crate::column::{Column, ColumnKind};
use crate::language;

/// What the title says of a column's values so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InTitle {
    /// All of them, as its query knows.
    Known,
    /// Every month so far.
    Months,
    /// Not all.
    Not,
}

impl InTitle {
    /// What is known of a column before its rows come; `known` where its query says that the title has its one value.
    pub(super) fn of(column: &Column, known: bool) -> Self {
        match column.kind {
            _ if known => Self::Known,
            ColumnKind::Month => Self::Months,
            _ => Self::Not,
        }
    }

    /// Holds a value against the title, which says a month as its language does.
    pub(super) fn take(&mut self, title: &str, text: &str) {
        let says_month =
            || title.contains(text) || language::stored_month(text).is_some_and(|said| title.contains(&said));
        if *self == Self::Months && !says_month() {
            *self = Self::Not;
        }
    }

    /// Whether the title says all values.
    pub(super) fn says_all(self) -> bool {
        self != Self::Not
    }
}
