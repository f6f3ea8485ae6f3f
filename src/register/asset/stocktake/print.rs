//! The result of a stocktake as a page to print and to sign: what was found, and what differs (R5.5(1)).

use anyhow::Result;
use askama::Template;
use clap::Args;
use rusqlite::Connection;

use super::missing;
use crate::book::select::Select;
use crate::desk::{Desk, Run};
use crate::language;
use crate::money::Money;
use crate::office::name;
use crate::page;
use crate::page::browser::Open;
use crate::refusal::Refusal;
use crate::say;
use crate::sheet::html;

/// The stocktake whose result is printed
#[derive(Debug, Args)]
pub(crate) struct Print {
    /// The stocktake's number
    #[arg(value_parser = crate::whole::place)]
    pub(crate) stocktake: i64,
    #[command(flatten)]
    pub(crate) open: Open,
}

impl Run for Print {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let book = desk.book()?.reader();
        let sheet = Sheet::of(book, self.stocktake)?;
        desk.page(&sheet, self.open)
    }
}

/// What stands on the page. Names are printed, not keys.
#[derive(Debug, Template)]
#[template(path = "stocktake.html")]
struct Sheet {
    branch: String,
    number: String,
    department: String,
    counted_on: String,
    counted_by: String,
    closed_on: String,
    signed_by: String,
    counted: usize,
    booked: usize,
    missing: usize,
    unknown: usize,
    twice: usize,
    value: String,
    in_repair: Vec<Line>,
    differing: Vec<Line>,
    found: Vec<Line>,
}

/// A line of the stocktake.
#[derive(Debug)]
struct Line {
    finding: &'static str,
    counted: String,
    number: String,
    name: String,
    model: String,
    tag: String,
    place: String,
    keeper: String,
    price: Option<Money>,
    /// As the book has it, as it was counted, and what is more or less.
    counts: [&'static str; 3],
    /// Why it was not counted, where it is in repair.
    reason: String,
}

impl Line {
    /// What it cost, as the sheet prints it.
    fn value(&self) -> String {
        self.price.map(Money::grouped).unwrap_or_default()
    }
}

impl Sheet {
    /// What stands above each of its sheets, as a style sheet quotes it.
    fn running_head(&self) -> String {
        html::quoted(&format!("{} {}", self.number, say!("Stocktake result")))
    }

    /// The sheet of a stocktake.
    ///
    /// # Errors
    /// A refusal where there is no such stocktake, or it is not closed and has no result yet.
    fn of(book: &Connection, id: i64) -> Result<Self> {
        let head = book.first(
            "SELECT department, counted_on, counted_by, closed_on, signed_by FROM stocktake WHERE undone_on IS NULL AND id = ?1",
            [id],
            |row| {
                let text = |column| row.get::<_, Option<String>>(column);
                Ok([text(0)?, text(1)?, text(2)?, text(3)?, text(4)?])
            },
        )?;
        let Some([department, counted_on, counted_by, closed_on, signed_by]) = head else {
            return Err(missing(id).into());
        };
        let Some((closed_on, signed_by)) = closed_on.zip(signed_by) else {
            return Err(Refusal::rule("R5.5(1)", say!("stocktake {id} is open and has no result yet", id))
                .or(say!("close it first with: branchbook asset count --close --by PERSON"))
                .into());
        };
        name::as_of(book, closed_on.parse()?)?;
        let (found, differing): (Vec<_>, Vec<_>) =
            lines(book, id, (counted_on.as_deref().unwrap_or(&closed_on), &closed_on))?
                .into_iter()
                .partition(|(finding, _)| finding == "found");
        let (in_repair, differing): (Vec<_>, Vec<_>) =
            differing.into_iter().partition(|(finding, _)| finding == "in-repair");
        let many = |finding| differing.iter().filter(|(known, _)| known == finding).count();
        let (missing, unknown, twice) = (many("missing"), many("unknown"), many("twice"));
        let missed = differing.iter().filter(|(finding, _)| finding == "missing");
        let booked = found.iter().chain(&in_repair).chain(missed);
        let (count, value) =
            booked.fold((0, 0), |(count, value), (_, line)| (count + 1, value + line.price.map_or(0, |price| price.0)));
        let only = |lines: Vec<(String, Line)>| lines.into_iter().map(|(_, line)| line).collect();
        Ok(Self {
            branch: page::branch(book)?,
            number: say!("Stocktake {id}", id),
            department: match department {
                None => say!("every department").to_owned(),
                Some(department) => page::name(book, &department)?,
            },
            counted_on: language::day(&counted_on.unwrap_or_default()),
            counted_by: page::name(book, &counted_by.unwrap_or_default())?,
            closed_on: language::day(&closed_on),
            signed_by: page::name(book, &signed_by)?,
            counted: found.len() + unknown + twice,
            booked: count,
            value: Money(value).grouped(),
            missing,
            unknown,
            twice,
            in_repair: only(in_repair),
            differing: only(differing),
            found: only(found),
        })
    }
}

/// The lines with what each was found to be, missing ones first; the keeper is who kept the asset on the day `counted_on`, whatever
/// became of it since.
fn lines(book: &Connection, id: i64, (counted_on, closed_on): (&str, &str)) -> Result<Vec<(String, Line)>> {
    let sql = format!(
        "WITH l AS (SELECT * FROM stock_line WHERE undone_on IS NULL AND stocktake = ?1)
         SELECT l.finding, l.line, coalesce(l.number, ''), coalesce(a.name, ''), coalesce(a.tag, ''), coalesce(a.place, ''), coalesce({keeper}, ''),
            coalesce(a.model, ''), a.price_fen, d.reported_on, d.what
         FROM l LEFT JOIN entry AS e ON e.number = l.number LEFT JOIN asset AS a ON a.entry = e.id
            LEFT JOIN custody AS c ON c.undone_on IS NULL AND c.entry = e.id AND c.duty = 'keeper' AND c.from_on <= ?2 AND (c.until_on IS NULL OR c.until_on > ?2)
            LEFT JOIN person AS p ON p.key = c.person
            LEFT JOIN damage AS d ON d.undone_on IS NULL AND l.finding = 'in-repair' AND d.entry = e.id
                AND d.position = (SELECT max(r.position) FROM damage AS r WHERE r.undone_on IS NULL AND r.entry = e.id AND r.reported_on <= ?3)
         ORDER BY l.finding <> 'missing', l.finding <> 'unknown', l.position",
        keeper = name::on_day("person", "f.name", "p.key", "p.name")
    );
    book.each(&sql, (id, counted_on, closed_on), |row| {
        let finding: String = row.get(0)?;
        let line = Line {
            finding: match finding.as_str() {
                "found" => say!("Found"),
                "missing" => say!("Missing"),
                "in-repair" => say!("In repair"),
                "unknown" => say!("Unknown"),
                _ => say!("Twice"),
            },
            // Nobody saw what is missing or in repair.
            counted: if matches!(finding.as_str(), "missing" | "in-repair") { String::new() } else { row.get(1)? },
            reason: match row.get::<_, Option<String>>(9)?.zip(row.get::<_, Option<String>>(10)?) {
                Some((day, what)) => say!("reported on {day}: {what}", day = language::day(&day), what),
                None => String::new(),
            },
            counts: match finding.as_str() {
                "found" => ["1", "1", "0"],
                "missing" => ["1", "0", "-1"],
                // It is accounted for, and nobody counted it.
                "in-repair" => ["1", "", ""],
                "unknown" => ["0", "1", "+1"],
                // It stands once among what was found.
                _ => ["", "", ""],
            },
            model: row.get(7)?,
            price: row.get(8)?,
            number: row.get(2)?,
            name: row.get(3)?,
            tag: row.get(4)?,
            place: row.get(5)?,
            keeper: row.get(6)?,
        };
        Ok((finding, line))
    })
}
