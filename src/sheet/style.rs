//! How the cells of a workbook look, as numbers that stand in every cell.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::column::ColumnKind;

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
    /// A number as it is.
    Plain,
    /// A heading over numbers, at the right as they are.
    HeadingRight,
}

/// The lines around cells, light enough for paper.
const LINES: &str = "A6A6A6";

impl Style {
    /// Every look, in the order in which a workbook numbers them: its own look comes before them all.
    pub(crate) const ALL: [Self; 16] = [
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
        Self::Plain,
        Self::HeadingRight,
    ];

    /// How the values of a column look; none where each looks as what it is.
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
            Self::Plain => b" s=\"15\"",
            Self::HeadingRight => b" s=\"16\"",
        }
    }

    /// The look as the workbook's library knows it.
    pub(crate) fn format(self) -> Format {
        let format = Format::new().set_border(FormatBorder::Thin).set_border_color(LINES).set_align(FormatAlign::Top);
        let format = match self {
            Self::Heading => left(format.set_background_color("E7E7E7").set_text_wrap()),
            Self::HeadingRight => format.set_background_color("E7E7E7").set_text_wrap(),
            Self::Plain | Self::Total => format,
            Self::Text | Self::TextTotal => left(format.set_num_format("@").set_text_wrap()),
            Self::Day | Self::DayTotal => left(format.set_num_format("yyyy-mm-dd")),
            Self::Instant | Self::InstantTotal => left(format.set_num_format("yyyy-mm-dd hh:mm:ss")),
            Self::Month | Self::MonthTotal => left(format.set_num_format("yyyy-mm")),
            Self::Money | Self::MoneyTotal => format.set_num_format("#,##0.00"),
            Self::Percent | Self::PercentTotal => format.set_num_format("0.00%"),
        };
        match self {
            Self::Text | Self::Day | Self::Instant | Self::Month | Self::Money | Self::Percent | Self::Plain => format,
            Self::Heading => format.set_bold(),
            Self::HeadingRight => format.set_bold().set_align(FormatAlign::Right),
            _ => format.set_bold().set_border_top(FormatBorder::Double),
        }
    }

    /// The look of a cell without a value, which a sheet gives to all of them at once.
    pub(crate) fn blank() -> Format {
        Format::new().set_border(FormatBorder::Thin).set_border_color(LINES)
    }
}

/// At the left, off the line there: a number at the right of the column before would run into it.
fn left(format: Format) -> Format {
    format.set_align(FormatAlign::Left).set_indent(1)
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
