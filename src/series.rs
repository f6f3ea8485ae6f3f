//! Number series: how the numbers of entries are made and given out (R4.8).

pub(crate) mod claims;
pub(crate) mod number;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::nearest;
use crate::refusal::Refusal;
use crate::say;
use crate::template::{self, FIRST_DAY, Span, Template};
use crate::text;

/// A series by its key: its register and whose ledger it is.
pub(crate) fn find(book: &Connection, key: &str) -> Result<(String, Option<String>)> {
    let found = book.row("SELECT register, department FROM series WHERE key = ?1", [key])?;
    if let Some(found) = found {
        return Ok(found);
    }
    let way_out =
        nearest::or_see(book, key, "SELECT key FROM series ORDER BY key", say!("see branchbook series list"))?;
    Err(Refusal::not_found(say!("there is no series {key}", key)).or(way_out).into())
}

/// The series of this key, or of which a counter begins so.
pub(crate) fn named(book: &Connection, which: &str) -> Result<String> {
    let counted: Option<String> = book.value("SELECT series FROM counter WHERE prefix = ?1", [text::number(which)])?;
    match counted {
        Some(series) => Ok(series),
        None => find(book, which).map(|_| which.to_owned()),
    }
}

/// That a number was given out from a day on which this template does not print: days whose entries have numbers keep theirs.
pub(crate) fn used_otherwise(
    change: &Change<'_>,
    series: &str,
    template: &Template,
    from: NaiveDate,
) -> Result<Option<Refusal>> {
    let mut statement = change.sql().prepare(
        "SELECT e.number, e.day_on FROM entry AS e JOIN counter AS c ON c.id = e.counter
             WHERE c.series = ?1 AND e.day_on >= ?2 ORDER BY e.day_on DESC",
    )?;
    let mut used = statement.query((series, from))?;
    while let Some(row) = used.next()? {
        let (number, day): (String, NaiveDate) = (row.get(0)?, row.get(1)?);
        if template.serial_of(&template.prefix(day), &number).is_none() {
            return Ok(Some(Refusal::rule(
                "R4.8",
                say!(
                    "{number} bears {day}, so the series {series} cannot change from {from} on",
                    number,
                    day,
                    series,
                    from
                ),
            )));
        }
    }
    Ok(None)
}

/// No number may ever be printed twice: by another series, or by this one with another counter.
pub(crate) fn refuse_collision(book: &Connection, series: &str, template: &Template, from: NaiveDate) -> Result<()> {
    let until = book
        .only("SELECT date(min(from_on), '-1 day') FROM template WHERE series = ?1 AND from_on > ?2", (series, from))?;
    let mine = Span { template: template.clone(), from, until };
    let mut statement = book.prepare(
        "SELECT series, template, from_on, (SELECT date(min(n.from_on), '-1 day') FROM template AS n
            WHERE n.series = t.series AND n.from_on > t.from_on) FROM template AS t
         WHERE series <> ?1 OR from_on <> ?2",
    )?;
    let mut rows = statement.query((series, from))?;
    while let Some(row) = rows.next()? {
        let other = Span { template: row.get(1)?, from: row.get(2)?, until: row.get(3)? };
        let of: String = row.get(0)?;
        if let Some(number) = template::may_collide(&mine, &other)
            && (of != series || other.template.read(&number) != mine.template.read(&number))
        {
            return Err(Refusal::rule(
                "R4.8",
                say!(
                    "{template} and the template {others} of series {series} would both print {number}",
                    template,
                    others = other.template,
                    series = of,
                    number
                ),
            )
            .or(say!("choose letters that no other numbers begin with"))
            .into());
        }
    }
    Ok(())
}

/// Opens a department's own ledger of contact forms, which prints its numbers by this template (R4.8).
pub(crate) fn open_ledger(change: &mut Change<'_>, department: &str, template: &Template, actor: &str) -> Result<()> {
    refuse_collision(change.sql(), department, template, FIRST_DAY.parse()?)?;
    let book = change.sql();
    book.execute("INSERT INTO series VALUES (?1, 'contact', ?1)", [department])?;
    book.execute("INSERT INTO template VALUES (?1, ?2, ?3)", (department, FIRST_DAY, template))?;
    change.record(&Thing::office("series", &[department])?, actor, None)
}
