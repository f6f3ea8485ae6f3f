//! Taking back what was counted, or the closing of a stocktake with what it added (R5.5(1)).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::{Connection, named_params};
use serde_json::Value;

use super::marks::Marks;
use super::{LINES, Stocktake, missing, require_counter, require_signer};
use crate::book::change::Change;
use crate::book::standing::Standing;
use crate::book::thing::Thing;
use crate::desk::{Answer, Deed, Desk, Run};
use crate::office::identity;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::register::undo::taken::Taken;
use crate::register::undo::{refuse_before, require_reason};
use crate::say;
use crate::text::{self, Text};

/// The stocktake, and what of it is taken back
#[derive(Debug, Args)]
pub(crate) struct Undo {
    /// The stocktake's number
    #[arg(value_parser = crate::whole::place)]
    pub(crate) stocktake: i64,
    /// Lines that were counted wrongly, of an open one: of each the last that reads so [default: the last step, which is the closing or
    /// what was counted last]
    #[arg(value_name = "NUMBER|TAG|SERIAL")]
    pub(crate) lines: Vec<String>,
    /// Why; needed for what another person entered, or on an earlier day
    #[arg(long)]
    pub(crate) reason: Option<Text>,
    /// How it is entered
    #[command(flatten)]
    pub(crate) deed: Deed,
}

impl Run for Undo {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        desk.change("asset stocktake undo", &self.deed, |change| self.enter(change))
    }
}

impl Undo {
    /// Takes it back.
    ///
    /// # Errors
    /// A refusal where there is no such stocktake or line, another one is open, a reason lacks, or the actor may neither count nor sign
    /// (R4.8, R5.5).
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let (stocktake, closed_on) = Stocktake::find(change.sql(), self.stocktake)?;
        let thing = Thing::office("stocktake", &[&stocktake.id.to_string()])?;
        let Some((step, began)) = last(change.sql(), &thing)? else {
            return Err(missing(self.stocktake).into());
        };
        refuse_before(change, &thing.name, &step)?;
        self.require(change, &thing, &step, closed_on, &actor)?;
        if self.lines.is_empty() {
            self.last_step(change, &stocktake, (&thing, &step, began), closed_on, &actor)
        } else {
            self.single(change, &stocktake, &thing, closed_on, &actor)
        }
    }

    /// It is their own of the same day, or they give a reason and are a clerk or may do such a thing themselves.
    fn require(
        &self,
        change: &Change<'_>,
        thing: &Thing,
        step: &Taken,
        closed_on: Option<NaiveDate>,
        actor: &Person,
    ) -> Result<()> {
        let mut command = format!("branchbook asset stocktake undo {}", self.stocktake);
        for line in &self.lines {
            command.push(' ');
            command += &text::word(line);
        }
        let command = (command, self.deed.by.as_deref());
        let own = require_reason(change, &thing.name, step, self.reason.as_deref(), command)?;
        if own || identity::is_clerk(change)? {
            return Ok(());
        }
        if closed_on.is_some() { require_signer(change, actor) } else { require_counter(change, actor) }
    }

    /// Takes the last step back.
    fn last_step(
        &self,
        change: &mut Change<'_>,
        stocktake: &Stocktake,
        (thing, step, began): (&Thing, &Taken, bool),
        closed_on: Option<NaiveDate>,
        actor: &Person,
    ) -> Result<Answer> {
        if closed_on.is_some() {
            refuse_other(change.sql())?;
        }
        let (before, after) = step.around(change.sql(), thing)?;
        let positions = after.rows(LINES).iter().filter_map(|row| row.get("position")?.as_i64());
        let known: Vec<i64> = before.rows(LINES).iter().filter_map(|row| row.get("position")?.as_i64()).collect();
        let added: Vec<i64> = positions.filter(|position| !known.contains(position)).collect();
        let count = mark(change, stocktake, &added)?;
        let id = stocktake.id;
        if began {
            let sql = "UPDATE stocktake SET undone_on = ?2 WHERE id = ?1";
            change.sql().execute(sql, (id, change.today()))?;
        } else {
            let sql = "UPDATE stocktake SET closed_on = NULL, signed_by = NULL WHERE id = ?1";
            change.sql().execute(sql, [id])?;
        }
        change.record_undo(thing, &actor.key, self.reason.as_deref(), step.id)?;
        let line = match closed_on {
            _ if began => say!("stocktake {id} is taken back, for nothing else was counted in it", id),
            Some(day) => {
                let result = stocktake.result(change.sql())?;
                say!(
                    "stocktake {id}: its closing of {day} is taken back, and it is open; {result} so far",
                    id,
                    day,
                    result
                )
            }
            None => said(change.sql(), stocktake, count)?,
        };
        Ok(Answer::new(id.to_string(), line))
    }

    /// Takes single lines back.
    fn single(
        &self,
        change: &mut Change<'_>,
        stocktake: &Stocktake,
        thing: &Thing,
        closed_on: Option<NaiveDate>,
        actor: &Person,
    ) -> Result<Answer> {
        let id = stocktake.id;
        if let Some(day) = closed_on {
            return Err(Refusal::rule("R5.5(1)", say!("stocktake {id} was closed on {day}", id, day))
                .or(say!("take its closing back first with: branchbook asset stocktake undo {id}", id))
                .into());
        }
        let marks = Marks::of(change.sql())?;
        let mut count = 0;
        for line in &self.lines {
            let Some(position) = position(change.sql(), id, line, &marks)? else {
                return Err(Refusal::not_found(say!("{line} was not counted in stocktake {id}", line, id))
                    .or(say!("see what was counted with: branchbook asset stocktake {id} --all", id))
                    .into());
            };
            count += mark(change, stocktake, &[position])?;
        }
        change.record(thing, &actor.key, self.reason.as_deref())?;
        Ok(Answer::new(id.to_string(), said(change.sql(), stocktake, count)?))
    }
}

/// The last step of which something stands, and whether it is the one that began the stocktake: of what was counted then, every line may
/// have been taken back by itself.
fn last(book: &Connection, thing: &Thing) -> Result<Option<(Taken, bool)>> {
    let mut standing = Standing::default();
    standing.follow(&thing.whole(book)?, &thing.growing())?;
    let stands = |row: &Value| row.get("undone_on").is_none();
    let positions: Vec<&Value> =
        standing.rows(LINES).iter().filter(|row| stands(row)).filter_map(|row| row.get("position")).collect();
    for (step, began) in Taken::backwards(book, &thing.name)? {
        let (before, after) = step.around(book, thing)?;
        let closes = before.value("stocktake", "closed_on") != after.value("stocktake", "closed_on");
        let counted = |row: &&Value| !before.rows(LINES).contains(row);
        let stands = after
            .rows(LINES)
            .iter()
            .filter(counted)
            .any(|row| row.get("position").is_some_and(|position| positions.contains(&position)));
        if began || closes || stands {
            return Ok(Some((step, began)));
        }
    }
    Ok(None)
}

/// One stocktake is open at a time, also where one is opened again.
fn refuse_other(book: &Connection) -> Result<()> {
    let Some(open) = Stocktake::open(book)? else { return Ok(()) };
    let what = say!("stocktake {id} is open, and one is at a time", id = open.id);
    Err(Refusal::rule("R5.5(1)", what)
        .or(say!("close it first with: branchbook asset count --close --by PERSON"))
        .into())
}

/// The place of the last line that stands and reads so, or is of the same asset.
fn position(book: &Connection, id: i64, line: &str, marks: &Marks) -> Result<Option<i64>> {
    let (wanted, asset) = (text::number(line), marks.find(line).map(|asset| asset.number.as_str()));
    let mut statement = book.prepare_cached(
        "SELECT position, line, number FROM stock_line WHERE undone_on IS NULL AND stocktake = ?1 ORDER BY position DESC",
    )?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        let (counted, number): (String, Option<String>) = (row.get(1)?, row.get(2)?);
        if text::number(&counted) == wanted || asset.is_some() && number.as_deref() == asset {
            return Ok(Some(row.get(0)?));
        }
    }
    Ok(None)
}

/// Marks lines as taken back. Gives how many stood.
fn mark(change: &Change<'_>, stocktake: &Stocktake, positions: &[i64]) -> Result<usize> {
    let sql =
        "UPDATE stock_line SET undone_on = :today WHERE stocktake = :id AND position = :position AND undone_on IS NULL";
    let mut statement = change.sql().prepare_cached(sql)?;
    let mut count = 0;
    for position in positions {
        let named = named_params! { ":today": change.today(), ":id": stocktake.id, ":position": position };
        count += statement.execute(named)?;
        change.wrote(LINES, stocktake.id, *position);
    }
    Ok(count)
}

/// What the stocktake comes to without the lines.
fn said(book: &Connection, stocktake: &Stocktake, count: usize) -> Result<String> {
    let result = stocktake.result(book)?;
    Ok(say!("stocktake {id}: lines taken back: {count}; {result} so far", id = stocktake.id, count, result))
}
