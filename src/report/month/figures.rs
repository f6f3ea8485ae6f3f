//! The month in figures: this month, the month before, the same month a year before, the year so far, and twelve months drawn (R2.5,
//! R5.1).

use anyhow::Result;
use chrono::{Datelike, NaiveDate};
use indicatif::HumanCount;
use rusqlite::Connection;

use crate::day::Month;
use crate::money::Money;
use crate::register::ALL;
use crate::register::pack::{Measured, MonthFigure};
use crate::say;
use crate::sheet::cover::Figure;
use crate::sheet::listing::Listing;
use crate::sheet::query::Query;
use crate::sheet::trend::Trend;

/// The months that are drawn, the last of which is the report's.
const DRAWN: i32 = 12;

/// What stands where there is nothing to tell.
const NOTHING: &str = "–";

/// What a figure came to in a month and in those that it is held against.
#[derive(Debug)]
pub(super) struct Told {
    /// The figure.
    pub(super) figure: MonthFigure,
    /// In the month; none of a share where there is nothing to share.
    pub(super) now: Option<i64>,
    /// In the month before.
    pub(super) before: Option<i64>,
    /// In the same month a year before.
    pub(super) year_before: Option<i64>,
    /// From the first day of the year to the last of the month.
    pub(super) year: Option<i64>,
}

/// The figures of a month, in the order of the registers. Months of which the book knows nothing are nothing to hold it against.
pub(super) fn told(book: &Connection, month: Month) -> Result<Vec<Told>> {
    let mut told: Vec<Told> = figures()
        .map(|figure| {
            let of = |month: Month| value(&figure, book, month.first(), month.last());
            Ok(Told {
                now: of(month)?,
                before: of(month.prev())?,
                year_before: of(month.plus(-12))?,
                year: value(&figure, book, month.first().with_month(1).unwrap_or_default(), month.last())?,
                figure,
            })
        })
        .collect::<Result<_>>()?;
    if told.iter().all(|figure| figure.before.unwrap_or_default() == 0) {
        for figure in &mut told {
            figure.before = None;
        }
    }
    if told.iter().all(|figure| figure.year_before.unwrap_or_default() == 0) {
        for figure in &mut told {
            figure.year_before = None;
        }
    }
    Ok(told)
}

/// What stands above the columns of the figures.
pub(super) fn headings() -> [String; 7] {
    [
        say!("figure"),
        say!("this month"),
        say!("month before"),
        say!("change on the month"),
        say!("same month a year before"),
        say!("change on the year"),
        say!("year so far"),
    ]
    .map(str::to_owned)
}

/// The figures as a list.
pub(super) fn list(told: &[Told]) -> Listing {
    let rows = told.iter().map(Told::row).collect();
    Listing::of_figures(say!("The month in figures").to_owned(), &headings(), rows)
}

/// The figures that are drawn over the twelve months up to this one, those that have something to draw.
pub(super) fn trends(book: &Connection, month: Month) -> Result<Vec<Trend>> {
    figures()
        .filter(|figure| figure.drawn)
        .map(|figure| {
            let months = (1 - DRAWN..=0).map(|back| month.plus(back));
            let values = months.map(|of| Ok((label(of), value(&figure, book, of.first(), of.last())?.unwrap_or(0))));
            let values = values.collect::<Result<_>>()?;
            Ok(Trend::new(without_unit(&figure.name).to_owned(), values, figure.measured == Measured::Amount))
        })
        .filter(|trend| trend.as_ref().is_ok_and(Trend::is_drawn) || trend.is_err())
        .collect()
}

/// The name of a figure without the unit behind it, which a chart says itself.
fn without_unit(name: &str) -> &str {
    [", in yuan", "（元）", "(위안)"].iter().find_map(|unit| name.strip_suffix(unit)).unwrap_or(name)
}

/// A month in a few letters.
fn label(month: Month) -> String {
    month.first().format("%y-%m").to_string()
}

fn figures() -> impl Iterator<Item = MonthFigure> {
    ALL.iter().flat_map(|register| (register.month_figures)())
}

fn value(figure: &MonthFigure, book: &Connection, first: NaiveDate, last: NaiveDate) -> Result<Option<i64>> {
    Query::new("", figure.sql).with(":first", first.to_string()).with(":last", last.to_string()).figure(book)
}

/// The figures as a workbook keeps them, each by its name.
pub(super) fn cells(told: &[Told]) -> Vec<(String, Vec<Figure>)> {
    told.iter().map(|told| (told.figure.name.clone(), told.cells())).collect()
}

impl Told {
    fn cells(&self) -> Vec<Figure> {
        let Self { figure, now, before, year_before, year } = self;
        let cell = |value: &Option<i64>| match (*value, figure.measured) {
            (None, _) => Figure::Text(NOTHING.to_owned()),
            (Some(value), Measured::Count) => Figure::Count(value),
            (Some(value), Measured::Amount) => Figure::Amount(value),
            // As the page rounds it, whose last place a workbook would round otherwise.
            (Some(value), Measured::Share) => Figure::Share((value + 5 * value.signum()) / 10 * 10),
        };
        let change = |than: &Option<i64>| match (now, than) {
            (Some(now), Some(than)) if figure.measured != Measured::Share && *than != 0 => {
                Figure::Change(per_mille(*now, *than))
            }
            _ => Figure::Text(figure.measured.change(*now, *than)),
        };
        vec![cell(now), cell(before), change(before), cell(year_before), change(year_before), cell(year)]
    }

    fn row(&self) -> Vec<String> {
        let Self { figure, now, before, year_before, year } = self;
        let text = |value: &Option<i64>| figure.measured.text(*value);
        let change = |than: &Option<i64>| figure.measured.change(*now, *than);
        vec![
            figure.name.clone(),
            text(now),
            text(before),
            change(before),
            text(year_before),
            change(year_before),
            text(year),
        ]
    }
}

impl Measured {
    /// A value, as the report prints it.
    fn text(self, value: Option<i64>) -> String {
        let Some(value) = value else { return NOTHING.to_owned() };
        match self {
            Self::Count => HumanCount(value.unsigned_abs()).to_string(),
            Self::Amount => Money(value).grouped(),
            Self::Share => format!("{}%", tenths(value, 10)),
        }
    }

    /// How a value has changed, in percent of what it was; of a share, in points.
    fn change(self, now: Option<i64>, than: Option<i64>) -> String {
        match (now, than) {
            (Some(now), Some(than)) if self == Self::Share => {
                say!("{points} points", points = format!("{}{}", sign(now - than), tenths(now - than, 10)))
            }
            (Some(now), Some(than)) if than != 0 => {
                let change = per_mille(now, than);
                format!("{}{}%", sign(change), tenths(change, 1))
            }
            _ => NOTHING.to_owned(),
        }
    }
}

/// A change in tenths of a percent of what it was, which is not 0.
fn per_mille(now: i64, than: i64) -> i64 {
    let (change, of) = (i128::from(now - than) * 1_000, i128::from(than.abs()));
    i64::try_from((change + change.signum() * (of / 2)) / of).unwrap_or_default()
}

/// The sign of a change that goes up; one that goes down has its own.
fn sign(change: i64) -> &'static str {
    if change > 0 { "+" } else { "" }
}

/// So many parts of a tenth with one place: `62.5`.
fn tenths(value: i64, parts: i64) -> String {
    let tenths = (value + parts / 2 * value.signum()) / parts;
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_in_percent_and_that_of_a_share_in_points() {
        let amount = |now, than| Measured::Amount.change(Some(now), Some(than));
        assert_eq!([amount(150, 100), amount(50, 100), amount(100, 100)], ["+50.0%", "-50.0%", "0.0%"]);
        assert_eq!([amount(1, 3), amount(100, 0)], ["-66.7%", "–"]);
        let share = |now, than| Measured::Share.change(now, than);
        assert_eq!([share(Some(6225), Some(5000)), share(Some(5000), Some(6225))], ["+12.3 points", "-12.3 points"]);
        assert_eq!([share(None, Some(1)), share(Some(1), None)], ["–", "–"]);
    }

    #[test]
    fn a_value_is_told_as_what_it_is() {
        assert_eq!(Measured::Count.text(Some(1234)), "1,234");
        assert_eq!(Measured::Amount.text(Some(-1_250_050)), "-12,500.50");
        assert_eq!([Measured::Share.text(Some(6666)), Measured::Share.text(None)], ["66.7%", "–"]);
    }
}
