//! How the cells of a workbook look, as numbers that stand in every row.

use rust_xlsxwriter::Format;

use super::column::ColumnKind;

/// The look of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Text, also what is typed into it later.
    Text,
    /// A day.
    Day,
    /// A day and a time.
    Instant,
    /// A month.
    Month,
    /// Money with two places.
    Money,
    /// A percentage with two places.
    Percent,
}

impl Style {
    /// Every look, in the order in which a workbook numbers them.
    pub const ALL: [Self; 6] = [Self::Text, Self::Day, Self::Instant, Self::Month, Self::Money, Self::Percent];

    /// How the values of a column look; none where each looks as it is.
    #[must_use]
    pub const fn of(kind: ColumnKind) -> Option<Self> {
        match kind {
            ColumnKind::Plain | ColumnKind::Word => None,
            ColumnKind::Day => Some(Self::Day),
            ColumnKind::Instant => Some(Self::Instant),
            ColumnKind::Month => Some(Self::Month),
            ColumnKind::Money => Some(Self::Money),
            ColumnKind::Percent => Some(Self::Percent),
            ColumnKind::YesNo => Some(Self::Text),
        }
    }

    /// The number by which cells name it: the workbook's own look comes before them all.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The look as the workbook's library knows it.
    #[must_use]
    pub fn format(self) -> Format {
        Format::new().set_num_format(match self {
            Self::Text => "@",
            Self::Day => "yyyy-mm-dd",
            Self::Instant => "yyyy-mm-dd hh:mm:ss",
            Self::Month => "yyyy-mm",
            Self::Money => "#,##0.00",
            Self::Percent => "0.00%",
        })
    }
}
