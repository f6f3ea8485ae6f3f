//! Old lists of gifts, with their recipients, items and decisions.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::desk::Desk;
use crate::import::row::{Cells, Fault};
use crate::language;
use crate::money::Money;
use crate::phrase;
use crate::register::approval::Subject;
use crate::register::history_import::{self, Field, Kind, List, OldRegister};
use crate::register::old_ledger::{Checked, Import, Names};
use crate::register::project;
use crate::say;
use crate::text;
use crate::text::quoted;

/// Takes a list into the book.
///
/// # Errors
/// As [`Import::run`].
pub fn run(import: &Import, desk: &mut Desk<'_>) -> Result<()> {
    history_import::run::<Old>(import, desk, "gift import", "R5.3(1)")
}

/// Gifts as an old file of them is read.
struct Old;

impl OldRegister for Old {
    const REGISTER: &'static str = "gift";
    const WHAT: &'static str = phrase!("gifts");
    const DAY: &'static str = "asked_on";
    const PERSON: &'static str = "asked_by";
    const FIELDS: &'static [Field] = &[
        Field::new("unit", Kind::Line).required(),
        Field::new("occasion", Kind::Text).required(),
        Field::new("place", Kind::Line).required(),
        Field::new("official_reason", Kind::Text),
        Field::new("project", Kind::Project),
        Field::new("reception", Kind::Entry("reception")),
        Field::new("refusal", Kind::Text),
        Field::new("bill", Kind::Line),
        Field::new("bought_fen", Kind::Estimate).named("bought"),
        Field::new("bought_on", Kind::Day),
        Field::new("bought_by", Kind::Person),
        Field::new("borne_by", Kind::Person),
        Field::new("given_on", Kind::Day),
    ];
    const LISTS: &'static [&'static str] = &[
        "recipients",
        "items",
        "endorsed_by",
        "endorsed_on",
        "approved_by",
        "approved_on",
        "approved",
        "official",
        "amount",
        "free",
        "offers",
    ];
    const SHORT: &'static [(&'static str, &'static str)] =
        &[("on", "asked_on"), ("by", "asked_by"), ("recipient", "recipients"), ("item", "items")];

    /// As far as the days of the row lead.
    fn shown_state(cells: &Cells<'_>) -> Result<&'static str, Fault> {
        const SHOWN: [(&str, &str); 6] = [
            ("refusal", "rejected"),
            ("borne_by", "own-expense"),
            ("given_on", "given"),
            ("bought_on", "bought"),
            ("approved_on", "approved"),
            ("endorsed_on", "endorsed"),
        ];
        for (field, state) in SHOWN {
            if cells.text(field)?.is_some() {
                return Ok(state);
            }
        }
        Ok("requested")
    }

    /// What the book itself would refuse, said by field.
    fn check(cells: &Cells<'_>, state: &str) -> Result<(), Fault> {
        let has = |field| Ok::<bool, Fault>(cells.text(field)?.is_some());
        for field in ["bill", "bought_on", "bought_by"] {
            if has(field)? != has("bought")? {
                return Err(Fault::of(
                    field,
                    say!("a purchase has its bill, amount, day and buyer: bill, bought, bought_on, bought_by"),
                ));
            }
        }
        for (day, by) in [("approved_on", "approved_by"), ("endorsed_on", "endorsed_by")] {
            if has(day)? != has(by)? {
                return Err(Fault::of(by, say!("a decision has its person and its day, {day}", day)));
            }
        }
        if ["bought", "given", "own-expense"].contains(&state) != has("bought")? {
            return Err(Fault::of(
                "bought",
                say!("does not go with a gift that is {state}", state = language::value(state)),
            ));
        }
        if (state == "own-expense") != has("borne_by")? {
            return Err(Fault::of(
                "borne_by",
                say!("tells who bears the cost of a gift that is own-expense, and only of one"),
            ));
        }
        if ["approved", "bought", "given"].contains(&state) && !has("approved_on")? {
            return Err(Fault::of(
                "approved_on",
                say!(
                    "a gift is approved before it is bought (R5.3(1)): give approved_by and approved_on, or who bears the cost as borne_by"
                ),
            ));
        }
        if state == "endorsed" && !has("endorsed_on")? {
            return Err(Fault::of("endorsed_on", say!("an endorsed gift has the day of its endorsement")));
        }
        if (state == "given") != has("given_on")? {
            return Err(Fault::of("given_on", say!("is the day of a gift that is given")));
        }
        if (state == "rejected") != has("refusal")? {
            return Err(Fault::of("refusal", say!("tells why a gift is rejected")));
        }
        let (approved, bought, given) = (cells.day("approved_on")?, cells.day("bought_on")?, cells.day("given_on")?);
        if ["bought", "given"].contains(&state) && approved > bought {
            return Err(Fault::of("approved_on", say!("is after the day it was bought (R5.3(1))")));
        }
        if given.is_some() && given < bought {
            return Err(Fault::of("given_on", say!("is before the day it was bought")));
        }
        if cells.parse::<Money>("bought")? == Some(Money(0)) {
            return Err(Fault::of("bought", say!("a gift costs more than nothing")));
        }
        let limit = cells.parse::<Money>("approved")?;
        if state != "own-expense" && limit.is_some() && cells.parse::<Money>("bought")? > limit {
            return Err(Fault::of("bought", say!("is more than was approved (R5.3(1))")));
        }
        let official = recipients(cells)?.iter().any(|row| row.last() == Some(&Value::Integer(1)));
        if official && !has("official_reason")? {
            return Err(Fault::of("official_reason", say!("tells why a public official receives it (R5.3(1))")));
        }
        Ok(())
    }

    fn children(book: &Connection, names: &mut Names, cells: &Cells<'_>, _: NaiveDate) -> Checked<Vec<List>> {
        let (recipients, lines) = (recipients(cells)?, items(book, cells)?);
        let asked: i64 = lines.iter().map(|row| whole(row, 2) * whole(row, 3)).sum();
        let limit =
            cells.parse::<Money>("approved")?.or(cells.parse::<Money>("bought")?).map_or(asked, |money| money.0);
        let subject = subject(book, names, cells, asked, [&recipients, &lines])?;
        let mut decisions = Vec::new();
        for (verb, by, on, amount) in
            [("endorse", "endorsed_by", "endorsed_on", asked), ("approve", "approved_by", "approved_on", limit)]
        {
            let (Some(who), Some(day)) = (cells.text(by)?, cells.day(on)?) else { continue };
            decisions.push(vec![
                Value::Text(verb.to_owned()),
                Value::Text(names.person(book, by, who)?),
                Value::Text(day.to_string()),
                Value::Text(format!("{day}T00:00:00Z")),
                amount.into(),
                Value::Blob(subject.hash.to_vec()),
            ]);
        }
        Ok(vec![
            List { table: "gift_recipient", columns: &["name", "post", "official_flag"], rows: recipients },
            List { table: "gift_line", columns: &["item", "name", "quantity", "price_fen"], rows: lines },
            List {
                table: "approval",
                columns: &["verb", "decided_by", "decided_on", "entered_at", "amount_fen", "subject_hash"],
                rows: decisions,
            },
        ])
    }
}

/// What was decided on, as [`super::terms::subject`] finds it once the row is in the book.
fn subject(
    book: &Connection,
    names: &mut Names,
    cells: &Cells<'_>,
    asked: i64,
    lists: [&Vec<Vec<Value>>; 2],
) -> Checked<Subject> {
    let mut fields = vec![
        names.department(book, "department", cells.required("department")?)?,
        names.person(book, "asked_by", cells.required("asked_by")?)?,
        cells.required_line("unit")?.to_owned(),
        cells.required("occasion")?.to_owned(),
        cells.required_line("place")?.to_owned(),
        cells.text("official_reason")?.unwrap_or_default().to_owned(),
        cells
            .text("project")?
            .map_or_else(|| Ok(String::new()), |which| project::named(book, which).map(|project| project.number))?,
        cells.text("reception")?.map(text::number).unwrap_or_default(),
    ];
    for (kind, rows) in ["recipient", "item"].into_iter().zip(lists) {
        for row in rows {
            // The item's number on the list, which comes first, is not decided on; its name and price are.
            fields.push(kind.to_owned());
            let from = usize::from(kind == "item");
            fields.extend(row.iter().skip(from).map(|value| match value {
                Value::Text(text) => text.clone(),
                value => whole(std::slice::from_ref(value), 0).to_string(),
            }));
        }
    }
    Ok(Subject::of(None, Some(Money(asked)), fields.iter().map(String::as_str)))
}

/// The whole number in a column of a row.
fn whole(row: &[Value], column: usize) -> i64 {
    match row.get(column) {
        Some(Value::Integer(number)) => *number,
        _ => 0,
    }
}

/// The parts of a cell that names several.
fn parts<'a>(cells: &Cells<'a>, field: &'static str) -> Result<Vec<&'a str>, Fault> {
    Ok(cells.required(field)?.split(';').map(str::trim).filter(|part| !part.is_empty()).collect())
}

/// The recipients: `张处长 (处长, official); 刘工 (工程师)`.
fn recipients(cells: &Cells<'_>) -> Result<Vec<Vec<Value>>, Fault> {
    let mut rows = Vec::new();
    for part in parts(cells, "recipients")? {
        let wrong = || {
            Fault::of(
                "recipients",
                say!(
                    "{part} is no recipient; write such as 张处长 (处长), or 王局长 (局长, official)",
                    part = quoted(part)
                ),
            )
        };
        let (name, post) = part.strip_suffix(')').and_then(|part| part.rsplit_once(" (")).ok_or_else(wrong)?;
        let (post, official) = match post.strip_suffix(", official") {
            Some(post) => (post, 1),
            None => (post, 0),
        };
        rows.push(vec![Value::Text(name.to_owned()), Value::Text(post.to_owned()), Value::Integer(official)]);
    }
    Ok(rows)
}

/// The items: `铸铜摆件 x 2 @ 180.00; 茶叶 x 1 @ 300`. What is on the list under that name is of the list.
fn items(book: &Connection, cells: &Cells<'_>) -> Checked<Vec<Vec<Value>>> {
    let mut rows = Vec::new();
    for part in parts(cells, "items")? {
        let wrong =
            || Fault::of("items", say!("{part} is no item; write such as 铸铜摆件 x 2 @ 180.00", part = quoted(part)));
        let (what, price) = part.rsplit_once(" @ ").ok_or_else(wrong)?;
        let (name, quantity) = what.rsplit_once(" x ").ok_or_else(wrong)?;
        let quantity =
            quantity.trim().parse::<i64>().ok().filter(|count| (1..=10_000).contains(count)).ok_or_else(wrong)?;
        let price = price.parse::<Money>().ok().filter(|price| price.0 > 0).ok_or_else(wrong)?;
        let item: Option<i64> = rusqlite::OptionalExtension::optional(book.query_row(
            "SELECT id FROM gift_item WHERE name = ?1 AND price_fen = ?2 ORDER BY id LIMIT 1",
            (name, price),
            |row| row.get(0),
        ))
        .map_err(anyhow::Error::from)?;
        rows.push(vec![item.into(), Value::Text(name.to_owned()), quantity.into(), price.0.into()]);
    }
    Ok(rows)
}
