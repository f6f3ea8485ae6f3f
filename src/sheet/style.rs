//! How the cells of a workbook look, as numbers that stand in every cell.

use rust_xlsxwriter::{Format, FormatBorder};

use super::column::ColumnKind;

/// The look of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
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
    /// A heading.
    Heading,
    /// In the row of totals: as it is, and as the looks above.
    Total,
    /// A text there.
    TextTotal,
    /// A day there.
    DayTotal,
    /// A day and a time there.
    InstantTotal,
    /// A month there.
    MonthTotal,
    /// Money there.
    MoneyTotal,
    /// A percentage there.
    PercentTotal,
}

impl Style {
    /// Every look, in the order in which a workbook numbers them: its own look comes before them all.
    pub(crate) const ALL: [Self; 14] = [
        Self::Text,
        Self::Day,
        Self::Instant,
        Self::Month,
        Self::Money,
        Self::Percent,
        Self::Heading,
        Self::Total,
        Self::TextTotal,
        Self::DayTotal,
        Self::InstantTotal,
        Self::MonthTotal,
        Self::MoneyTotal,
        Self::PercentTotal,
    ];

    /// How the values of a column look; none where each looks as it is.
    pub(crate) const fn of(kind: ColumnKind) -> Option<Self> {
        match kind {
            ColumnKind::Plain | ColumnKind::Word | ColumnKind::Person => None,
            ColumnKind::Day => Some(Self::Day),
            ColumnKind::Instant => Some(Self::Instant),
            ColumnKind::Month => Some(Self::Month),
            ColumnKind::Money => Some(Self::Money),
            ColumnKind::Percent => Some(Self::Percent),
            ColumnKind::YesNo => Some(Self::Text),
        }
    }

    /// How the total of a column looks.
    pub(crate) const fn of_total(kind: ColumnKind) -> Self {
        match Self::of(kind) {
            Some(Self::Text) => Self::TextTotal,
            Some(Self::Day) => Self::DayTotal,
            Some(Self::Instant) => Self::InstantTotal,
            Some(Self::Month) => Self::MonthTotal,
            Some(Self::Money) => Self::MoneyTotal,
            Some(Self::Percent) => Self::PercentTotal,
            _ => Self::Total,
        }
    }

    /// What names it in a cell: its number.
    pub(crate) const fn attribute(self) -> &'static [u8] {
        match self {
            Self::Text => b" s=\"1\"",
            Self::Day => b" s=\"2\"",
            Self::Instant => b" s=\"3\"",
            Self::Month => b" s=\"4\"",
            Self::Money => b" s=\"5\"",
            Self::Percent => b" s=\"6\"",
            Self::Heading => b" s=\"7\"",
            Self::Total => b" s=\"8\"",
            Self::TextTotal => b" s=\"9\"",
            Self::DayTotal => b" s=\"10\"",
            Self::InstantTotal => b" s=\"11\"",
            Self::MonthTotal => b" s=\"12\"",
            Self::MoneyTotal => b" s=\"13\"",
            Self::PercentTotal => b" s=\"14\"",
        }
    }

    /// The look as the workbook's library knows it.
    pub(crate) fn format(self) -> Format {
        let format = match self {
            Self::Heading => Format::new().set_background_color("E7E7E7").set_border_bottom(FormatBorder::Thin),
            Self::Total => Format::new(),
            Self::Text | Self::TextTotal => Format::new().set_num_format("@"),
            Self::Day | Self::DayTotal => Format::new().set_num_format("yyyy-mm-dd"),
            Self::Instant | Self::InstantTotal => Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            Self::Month | Self::MonthTotal => Format::new().set_num_format("yyyy-mm"),
            Self::Money | Self::MoneyTotal => Format::new().set_num_format("#,##0.00"),
            Self::Percent | Self::PercentTotal => Format::new().set_num_format("0.00%"),
        };
        match self {
            Self::Text | Self::Day | Self::Instant | Self::Month | Self::Money | Self::Percent => format,
            Self::Heading => format.set_bold(),
            _ => format.set_bold().set_border_top(FormatBorder::Thin),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_numbered_in_their_order() {
        for (number, style) in (1..).zip(Style::ALL) {
            assert_eq!(style.attribute(), format!(" s=\"{number}\"").as_bytes());
        }
    }
}
