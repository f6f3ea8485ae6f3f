//! What the products' orders were: the contracts signed in a month (R2.5).

use anyhow::Result;
use clap::builder::EnumValueParser;
use clap::{Args, ValueEnum};
use rusqlite::{Connection, named_params};

use crate::book::select::Select;
use crate::day::{Month, MonthArg};
use crate::desk::{Desk, Run};
use crate::language::{self, Meant};
use crate::register::pack::{MonthFigure, PackFile};
use crate::say;
use crate::sheet::query::Query;

/// A month's orders
#[derive(Debug, Args)]
pub(crate) struct Orders {
    /// The month, such as 2026-10
    #[arg(long, value_name = "MONTH")]
    month: MonthArg,
    /// By what
    #[arg(long, value_parser = Meant(EnumValueParser::<By>::new()), default_value = "product")]
    by: By,
}

/// By what orders are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// The product
    Product,
    /// The project's department
    Department,
}

impl Run for Orders {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let month = self.month.on(desk.today()?);
        desk.list(&orders(month, self.by))
    }
}

/// The orders of a month, of the month before and of the same month a year before, a row for each currency. What supplements and
/// terminations change is of the month in which they were signed, and they are no contracts more; what was signed without product
/// lines is counted apart.
fn orders(month: Month, by: By) -> Query {
    let (by, column, order) = match by {
        By::Product => ("product", "product", "product LIKE '(%', product"),
        By::Department => {
            ("department", "department", "(SELECT d.position FROM department AS d WHERE d.key = department)")
        }
    };
    Query::new(
        say!("Orders of {month} by {by}", month, by = language::column(by)),
        format!(
            "WITH signed AS (
                SELECT 'now' AS time, * FROM contract WHERE undone_on IS NULL AND signed_on BETWEEN :first AND :last
                UNION ALL SELECT 'month before', * FROM contract WHERE undone_on IS NULL AND signed_on BETWEEN :month_before AND :month_before_last
                UNION ALL SELECT 'year before', * FROM contract WHERE undone_on IS NULL AND signed_on BETWEEN :year_before AND :year_before_last
             ), ordered AS (
                SELECT s.time, s.entry AS contract, s.position, e.department, s.currency, l.quantity,
                    coalesce(l.product, iif(e.state = 'terminated' AND s.position > 1 AND s.position = (SELECT max(c.position) FROM contract AS c
                        WHERE c.undone_on IS NULL AND c.entry = s.entry), '(contract ended)', '(no lines)')) AS product,
                    iif(l.position IS NULL, s.amount_fen, l.quantity * l.price_fen) AS amount_fen, l.position AS line
                FROM signed AS s JOIN entry AS e ON e.id = s.entry LEFT JOIN product_line AS l ON l.entry = s.entry AND l.contract = s.position
             )
             SELECT {column}, currency, {}
             FROM ordered GROUP BY {by}, currency ORDER BY {order}, currency",
            sums()
        ),
    )
    .bars(by, &["amount", "amount_month_before", "amount_year_before"])
    .totals(&ADDED_UP)
    .with(":first", month.first().to_string())
    .with(":last", month.last().to_string())
    .with(":month_before", month.prev().first().to_string())
    .with(":month_before_last", month.prev().last().to_string())
    .with(":year_before", month.plus(-12).first().to_string())
    .with(":year_before_last", month.plus(-12).last().to_string())
    .of_month(month)
}

/// What adds up over the rows: all but the contracts, of which one may stand in several.
const ADDED_UP: [&str; 9] = [
    "lines",
    "quantity",
    "amount",
    "amount_month_before",
    "amount_year_before",
    "quantity_month_before",
    "quantity_year_before",
    "lines_month_before",
    "lines_year_before",
];

/// The sums of the three months as columns: what the month is held against stands measure by measure.
fn sums() -> String {
    const MEASURES: [(&str, &str, &str); 4] = [
        ("contracts", "", "count(DISTINCT iif(position = 1, contract, NULL))"),
        ("lines", "", "count(line)"),
        ("quantity", "", "sum(quantity)"),
        ("amount", "_fen", "sum(amount_fen)"),
    ];
    let column = |(name, kind, sum): (&str, &str, &str), time: &str, ending: &str| {
        format!("coalesce({sum} FILTER (WHERE time = '{time}'), 0) AS {name}{ending}{kind}")
    };
    let now = MEASURES.into_iter().map(|measure| column(measure, "now", ""));
    let before = MEASURES.into_iter().rev().flat_map(|measure| {
        [("month before", "_month_before"), ("year before", "_year_before")]
            .map(|(time, ending)| column(measure, time, ending))
    });
    now.chain(before).collect::<Vec<_>>().join(", ")
}

/// In SQL, what the contracts and supplements of a month come to, in fen at the rate of each.
const SIGNED: &str = concat!(
    "SELECT coalesce(sum(",
    in_yuan!("amount_fen", "rate_e4"),
    "), 0) FROM contract WHERE undone_on IS NULL AND signed_on BETWEEN :first AND :last"
);

/// What a month's contracts and supplements come to, in fen at the rate of each.
pub(crate) fn signed_in(book: &Connection, month: Month) -> Result<i64> {
    let days = named_params! { ":first": month.first(), ":last": month.last() };
    book.only(SIGNED, days)
}

/// The same on the first page of the month-end pack.
pub(super) fn month_figure() -> MonthFigure {
    MonthFigure::amount(say!("orders, in yuan"), SIGNED).drawn()
}

/// Orders of the month-end pack.
pub(super) fn month_part(month: Month) -> PackFile {
    PackFile::new("orders-by-product.csv", orders(month, By::Product), &["lines", "quantity"])
}
