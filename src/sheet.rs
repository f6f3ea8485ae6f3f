//! A sheet: a titled list with typed columns, from any SELECT, in every form of output.
//!
//! A new form is a file that implements [`Form`], a variant of [`Format`] and a line in `form`.

mod bar;
mod breaking;
pub(crate) mod card;
mod cell;
mod chart;
pub(crate) mod choice;
pub(crate) mod cover;
pub(crate) mod delimited;
pub(crate) mod gathered;
mod grid;
pub(crate) mod heading;
pub(crate) mod html;
mod in_title;
mod json;
pub(crate) mod listing;
mod piece;
pub mod query;
mod rows;
mod said;
mod shown;
mod style;
mod table;
pub(crate) mod total;
pub(crate) mod trend;
mod verdict;
pub(crate) mod workbook;
mod worksheet;
pub mod wrapped;
pub(crate) mod xlsx;

use std::io::Write;

use anyhow::Context;
use rusqlite::Rows;

use self::{
    card::Card, cell::Cells, chart::Bars, delimited::Delimited, html::Html, json::Json, table::Table, xlsx::Xlsx,
};
use crate::column::Column;
pub use crate::format::Format;
use crate::say;

/// How a sheet is to look, where its form leaves a choice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Look {
    /// The width of the terminal; none for unlimited, as when piped.
    pub(crate) width: Option<u16>,
    /// Whether tables have bold headings and coloured verdicts.
    pub(crate) color: bool,
    /// Whether the reader of csv is Excel: the UTF-8 mark, its line ends, and no text that runs as a formula.
    pub(crate) excel: bool,
    /// Whether csv starts with the UTF-8 mark.
    pub(crate) bom: bool,
    /// Whether csv has the headings that people read instead of the columns' names.
    pub(crate) labels: bool,
    /// Whether csv and json have, behind the columns with keys of people and departments, others with their names.
    pub(crate) names: bool,
    /// The printed names of the columns that are added up in a last row, where people read the list.
    pub(crate) totals: Vec<String>,
    /// How many rows have amounts that whoever reads may not see.
    pub(crate) withheld: u64,
    /// The columns that a page and a terminal draw as bars.
    pub(crate) bars: Option<Bars>,
    /// The printed names of the columns whose one value the title says, which paper goes without.
    pub(crate) in_title: &'static [&'static str],
    /// Whether a table that is too wide for the terminal shows its rows one after the other, so that nothing is left out.
    pub(crate) whole: bool,
    /// The branch, as it stands at the head of pages and workbooks.
    pub(crate) branch: String,
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The rows of the list, those of totals not counted.
    pub(crate) rows: u64,
    /// The printed names of the columns that a table left out because the terminal is narrow.
    pub(crate) left_out: Vec<String>,
}

/// A form of output: takes a sheet row by row.
pub(crate) trait Form {
    /// Takes one row.
    ///
    /// # Errors
    /// Those of the output, untouched, and of values that cannot stand in their column.
    fn row(&mut self, cells: Cells<'_>) -> anyhow::Result<()>;

    /// Writes what follows the last row and returns the names of the columns that were left out.
    ///
    /// # Errors
    /// Those of the output, untouched.
    fn end(self: Box<Self>) -> anyhow::Result<Vec<String>>;
}

/// Starts a sheet in the form that `format` names.
fn form<'o>(
    title: &'o str,
    columns: &'o [Column],
    format: Format,
    look: &'o Look,
    out: &'o mut dyn Write,
) -> anyhow::Result<Box<dyn Form + 'o>> {
    Ok(match format {
        Format::Table => Box::new(Table::new(title, columns, look, out)?),
        Format::Csv => Box::new(Delimited::new(columns, look, out)),
        Format::Json => Box::new(Json::array(columns, out)?),
        Format::Jsonl => Box::new(Json::lines(columns, out)?),
        Format::Xlsx => Box::new(Xlsx::new(title, columns, look, out)?),
        Format::Html => Box::new(Html::new(title, columns, look, out)?),
    })
}

/// Writes the rows of a statement as a sheet; the names of its columns tell their kinds.
///
/// All forms but the table and the page, which is bounded, work in constant memory.
pub(crate) fn write(
    title: &str,
    rows: &mut Rows<'_>,
    format: Format,
    look: &Look,
    out: &mut dyn Write,
) -> anyhow::Result<Written> {
    let columns = columns(rows)?;
    let form = form(title, &columns, format, look, out)?;
    feed(form, &columns, rows)
}

/// Writes one entry: as a card where a list would be a table, else as a list of one.
pub(crate) fn show(
    title: &str,
    rows: &mut Rows<'_>,
    format: Format,
    look: &Look,
    out: &mut dyn Write,
) -> anyhow::Result<Written> {
    let columns = columns(rows)?;
    let form = match format {
        Format::Table => Box::new(Card::new(title, &columns, look, out)),
        _ => form(title, &columns, format, look, out)?,
    };
    feed(form, &columns, rows)
}

/// Hands the rows of a statement to the form that `start` makes for its columns.
fn fill<'f>(
    rows: &mut Rows<'_>,
    start: impl FnOnce(&[Column]) -> anyhow::Result<Box<dyn Form + 'f>>,
) -> anyhow::Result<Written> {
    let columns = columns(rows)?;
    let form = start(&columns)?;
    feed(form, &columns, rows)
}

fn columns(rows: &Rows<'_>) -> anyhow::Result<Vec<Column>> {
    let statement = rows.as_ref().context(say!("the rows of this sheet were read before"))?;
    let names = statement.column_names();
    Ok(names.filter(|name| Column::is_shown(name)).map(Column::of_sql).collect())
}

fn feed(mut form: Box<dyn Form + '_>, columns: &[Column], rows: &mut Rows<'_>) -> anyhow::Result<Written> {
    let mut count = 0;
    while let Some(row) = rows.next()? {
        form.row(Cells::new(columns, row))?;
        count += 1;
    }
    Ok(Written { rows: count, left_out: form.end()? })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io;

    use insta::assert_snapshot;
    use rusqlite::Connection;

    use super::*;
    use crate::refusal::Refusal;

    type Printer = fn(&str, &mut Rows<'_>, Format, &Look, &mut dyn Write) -> anyhow::Result<Written>;

    const FORMATS: [Format; 4] = [Format::Table, Format::Csv, Format::Json, Format::Jsonl];

    /// A row with every kind, one with none, one with other values.
    const EVERY_KIND: &str = "
        SELECT 'HAY05001' AS number, 'a, \"b\"' AS note, 12 AS entries, 0.5 AS ratio, '2026-11-22' AS signed_on,
            '2026-11-22T09:30:00+08:00' AS entered_at, '2026-11' AS month, 1250050 AS amount_fen, 6250 AS share_pct,
            1 AS paid_flag
        UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
        UNION ALL SELECT 'HAY05002', '北京', -3, 10.25, '2026-12-01', '2026-12-01T00:00:00+08:00', '2026-12', -5, 10000, 0";

    fn run(printer: Printer, sql: &str, format: Format, look: &Look, out: &mut dyn Write) -> anyhow::Result<Written> {
        let connection = Connection::open_in_memory()?;
        let mut statement = connection.prepare(sql)?;
        printer("Contacts", &mut statement.query([])?, format, look, out)
    }

    pub(super) fn sheet(sql: &str, format: Format, look: &Look) -> (String, Written) {
        let mut out = Vec::new();
        let written = run(write, sql, format, look, &mut out).unwrap();
        (String::from_utf8(out).unwrap(), written)
    }

    pub(super) fn printed(sql: &str, format: Format, look: &Look) -> String {
        sheet(sql, format, look).0
    }

    pub(super) fn shown(sql: &str, format: Format, look: &Look) -> String {
        let mut out = Vec::new();
        run(show, sql, format, look, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_kind_as_a_table() {
        assert_snapshot!(printed(EVERY_KIND, Format::Table, &Look::default()), @r#"
        Contacts
        ┌──────────┬────────┬─────────┬───────┬────────────┬──────────────────┬─────────┬───────────┬───────┬──────┐
        │ number   │ note   │ entries │ ratio │ signed on  │ entered at       │ month   │    amount │ share │ paid │
        ├──────────┼────────┼─────────┼───────┼────────────┼──────────────────┼─────────┼───────────┼───────┼──────┤
        │ HAY05001 │ a, "b" │      12 │   0.5 │ 2026-11-22 │ 2026-11-22 09:30 │ 2026-11 │ 12,500.50 │ 62.5% │ yes  │
        │          │        │         │       │            │                  │         │           │       │      │
        │ HAY05002 │ 北京   │      -3 │ 10.25 │ 2026-12-01 │ 2026-12-01 00:00 │ 2026-12 │     -0.05 │  100% │ no   │
        └──────────┴────────┴─────────┴───────┴────────────┴──────────────────┴─────────┴───────────┴───────┴──────┘
        3 rows
        "#);
    }

    #[test]
    fn every_kind_as_csv() {
        assert_snapshot!(printed(EVERY_KIND, Format::Csv, &Look::default()), @r#"
        number,note,entries,ratio,signed_on,entered_at,month,amount,share,paid
        HAY05001,"a, ""b""",12,0.5,2026-11-22,2026-11-22T09:30:00+08:00,2026-11,12500.50,62.50,yes
        ,,,,,,,,,
        HAY05002,北京,-3,10.25,2026-12-01,2026-12-01T00:00:00+08:00,2026-12,-0.05,100.00,no
        "#);
    }

    #[test]
    fn every_kind_as_json() {
        let json = printed(EVERY_KIND, Format::Json, &Look::default());
        assert_snapshot!(json, @r#"
        [
        {"number":"HAY05001","note":"a, \"b\"","entries":12,"ratio":0.5,"signed_on":"2026-11-22","entered_at":"2026-11-22T09:30:00+08:00","month":"2026-11","amount":"12500.50","share":"62.50","paid":true},
        {"number":null,"note":null,"entries":null,"ratio":null,"signed_on":null,"entered_at":null,"month":null,"amount":null,"share":null,"paid":null},
        {"number":"HAY05002","note":"北京","entries":-3,"ratio":10.25,"signed_on":"2026-12-01","entered_at":"2026-12-01T00:00:00+08:00","month":"2026-12","amount":"-0.05","share":"100.00","paid":false}
        ]
        "#);
        assert!(serde_json::from_str::<serde_json::Value>(&json).unwrap().is_array());
    }

    #[test]
    fn every_kind_as_jsonl() {
        assert_snapshot!(printed(EVERY_KIND, Format::Jsonl, &Look::default()), @r#"
        {"number":"HAY05001","note":"a, \"b\"","entries":12,"ratio":0.5,"signed_on":"2026-11-22","entered_at":"2026-11-22T09:30:00+08:00","month":"2026-11","amount":"12500.50","share":"62.50","paid":true}
        {"number":null,"note":null,"entries":null,"ratio":null,"signed_on":null,"entered_at":null,"month":null,"amount":null,"share":null,"paid":null}
        {"number":"HAY05002","note":"北京","entries":-3,"ratio":10.25,"signed_on":"2026-12-01","entered_at":"2026-12-01T00:00:00+08:00","month":"2026-12","amount":"-0.05","share":"100.00","paid":false}
        "#);
    }

    #[test]
    fn an_empty_list_is_still_a_list() {
        let empty = "SELECT 'HAY05001' AS number, 1 AS amount_fen WHERE false";
        for (format, expected) in FORMATS.into_iter().zip(["Contacts: none\n", "number,amount\n", "[]\n", ""]) {
            assert_eq!(sheet(empty, format, &Look::default()), (expected.to_owned(), Written::default()));
        }
    }

    #[test]
    fn the_rows_are_counted_in_every_form() {
        for format in FORMATS {
            assert_eq!(sheet(EVERY_KIND, format, &Look::default()).1, Written { rows: 3, left_out: vec![] });
        }
    }

    #[test]
    fn a_broken_pipe_stays_recognisable_in_every_form() {
        for format in FORMATS {
            for printer in [write as Printer, show] {
                let (reader, mut writer) = io::pipe().unwrap();
                drop(reader);
                let error = run(printer, EVERY_KIND, format, &Look::default(), &mut writer).unwrap_err();
                let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
                assert_eq!(kind, Some(io::ErrorKind::BrokenPipe), "{format:?}");
            }
        }
    }

    #[test]
    fn text_in_another_encoding_stops_the_forms_that_must_understand_it() {
        let sql = "SELECT CAST(x'b1b1' AS TEXT) AS note";
        for format in [Format::Table, Format::Json, Format::Jsonl] {
            let error = run(write, sql, format, &Look::default(), &mut io::sink()).unwrap_err();
            assert!(error.is::<Refusal>(), "{format:?}: {error}");
        }
        let mut out = Vec::new();
        run(write, sql, Format::Csv, &Look::default(), &mut out).unwrap();
        assert_eq!(out, b"note\n\xb1\xb1\n");
    }

    #[test]
    fn a_value_that_cannot_be_right_stops_every_form() {
        for format in FORMATS {
            let error = run(write, "SELECT 1.5 AS amount_fen", format, &Look::default(), &mut io::sink()).unwrap_err();
            assert!(error.is::<Refusal>(), "{format:?}: {error}");
        }
    }
}
