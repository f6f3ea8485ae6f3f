//! The Completion Notice, and the boxes that are packed (R6.2).

use std::collections::BTreeSet;
use std::fmt;

use anyhow::Result;
use clap::Args;
use rusqlite::{Connection, OptionalExtension};

use super::Task;
use super::cases::{self, Cases};
use super::leave::project_of;
use super::measure::{Size, Weight, cubic_metres};
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language::Spoken;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::project::instalments;
use crate::say;
use crate::text::Line;

/// The Completion Notice, of the day of --on
#[derive(Debug, Args)]
pub struct Complete {
    /// The shipment's number
    pub number: String,
    /// The Completion Notice's number on the paper
    #[arg(long, value_name = "NUMBER")]
    pub notice: Line,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Complete {
    /// Enters the notice: production is complete, and the progress payment falls due (R3.7).
    ///
    /// # Errors
    /// A refusal where the shipment has one already.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let task = Task::begin(change, &self.number, "complete", "completed", self.deed.by.as_deref())?;
        change.sql().execute(
            "UPDATE ship SET completion_notice = ?2, completed_on = ?3 WHERE entry = ?1",
            (task.entry.id, &self.notice, change.on),
        )?;
        let project = project_of(change.sql(), &task.entry)?;
        let actor = task.actor.key.clone();
        let entry = task.finish(change, None)?;
        if let Some(project) = project {
            instalments::event(change, project.id, "completion", change.on)?;
            change.record(&project.thing()?, &actor, None)?;
        }
        let line = say!(
            "{number}: completed on {on} by notice {notice}",
            number = entry.number,
            on = change.on,
            notice = self.notice
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// A run of packed boxes
#[derive(Debug, Args)]
pub struct Pack {
    /// The shipment's number
    pub number: String,
    /// Case numbers, such as 12-20,25
    #[arg(long = "case", value_name = "CASES")]
    pub cases: Cases,
    /// Weight of all of them together, such as 23.5t or 850kg
    #[arg(long)]
    pub weight: Weight,
    /// The weight is that of each box
    #[arg(long)]
    pub each: bool,
    /// Length, width and height of each box, such as 120x80x60cm or 1.2x0.8x0.6m
    #[arg(long)]
    pub size: Option<Size>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Pack {
    /// Enters the boxes and answers with what is packed altogether.
    ///
    /// # Errors
    /// A refusal where a case number is in the shipment already, or the shipment has left.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let task = Task::begin(change, &self.number, "box", say!("packed further"), self.deed.by.as_deref())?;
        let id = task.entry.id;
        refuse_twice(change.sql(), &task.entry, &self.cases, None)?;
        let weight = run_weight(self.weight, self.each, self.cases.count())?;
        let [length, width, height] = sides(self.size);
        change.sql().execute(
            "INSERT INTO ship_box SELECT ?1, coalesce(max(position), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7 FROM ship_box WHERE entry = ?1",
            (id, self.cases.to_string(), self.cases.count(), weight.0, length, width, height),
        )?;
        let entry = task.finish(change, None)?;
        let packing = Packing::of(change.sql(), &entry)?;
        let line = say!(
            "{number}: {in_words} packed; {packing}",
            number = entry.number,
            in_words = self.cases.in_words(),
            packing
        );
        let answer = Answer::new(entry.number.clone(), line);
        Ok(match gate_pass(change.sql(), &entry)? {
            None => answer,
            Some(pass) => answer.note(say!(
                "the gate pass {pass} was made out before: print it anew with branchbook ship print {number}",
                pass,
                number = entry.number
            )),
        })
    }
}

/// The weight of a run of `boxes`.
///
/// # Errors
/// A usage refusal where it is more than can be kept.
pub(super) fn run_weight(typed: Weight, each: bool, boxes: u32) -> Result<Weight> {
    if !each {
        return Ok(typed);
    }
    typed.times(boxes).ok_or_else(|| {
        Refusal::usage(say!("{boxes} boxes of {typed} each are heavier than any shipment", boxes, typed))
            .or(say!("leave --each out where the weight is that of all together"))
            .into()
    })
}

/// A size as the columns hold it.
pub(super) fn sides(size: Option<Size>) -> [Option<i64>; 3] {
    size.map_or([None; 3], |size| size.0.map(Some))
}

/// Refuses case numbers that are in the shipment already, but for the run at position `but`.
///
/// # Errors
/// A refusal naming the case numbers and the run that has them.
pub(super) fn refuse_twice(book: &Connection, entry: &Entry, new: &Cases, but: Option<i64>) -> Result<()> {
    for (position, run) in runs(book, entry)? {
        let twice: BTreeSet<u32> = run.numbers().intersection(new.numbers()).copied().collect();
        if Some(position) != but && !twice.is_empty() {
            return Err(Refusal::rule(
                "R6.2",
                say!("{number} has {twice} already, in the run {run}", number = entry.number, twice = cases::named(&twice), run),
            )
            .or(say!("give other case numbers, or correct that run with: branchbook ship amend {number} --box {position} --case CASES --reason TEXT", number = entry.number, position))
            .into());
        }
    }
    Ok(())
}

/// The runs of case numbers of a shipment, each with its position.
///
/// # Errors
/// An error of `SQLite`, or where a run in the book is none.
fn runs(book: &Connection, entry: &Entry) -> Result<Vec<(i64, Cases)>> {
    let mut statement =
        book.prepare_cached("SELECT position, cases FROM ship_box WHERE entry = ?1 ORDER BY position")?;
    let rows = statement.query_map([entry.id], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| {
        let (position, typed) = row?;
        Ok((position, typed.parse()?))
    })
    .collect()
}

/// Every case number that is packed.
///
/// # Errors
/// An error of `SQLite`, or where a run in the book is none.
pub(super) fn packed(book: &Connection, entry: &Entry) -> Result<BTreeSet<u32>> {
    Ok(runs(book, entry)?.iter().flat_map(|(_, run)| run.numbers()).copied().collect())
}

/// What is packed altogether.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Packing {
    /// How many boxes.
    pub(super) boxes: i64,
    /// Their weight.
    pub(super) weight: Weight,
    /// The volume of those that have a size, in cubic millimetres.
    pub(super) volume: i64,
    /// How many boxes have no size.
    pub(super) without_size: i64,
}

impl Packing {
    /// What is packed in a shipment.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub(super) fn of(book: &Connection, entry: &Entry) -> Result<Self> {
        Ok(book.query_row(
            "SELECT coalesce(sum(boxes), 0), coalesce(sum(weight_g), 0), coalesce(sum(boxes * length_mm * width_mm * height_mm), 0),
                coalesce(sum(CASE WHEN length_mm IS NULL THEN boxes END), 0)
             FROM ship_box WHERE entry = ?1",
            [entry.id],
            |row| Ok(Self { boxes: row.get(0)?, weight: Weight(row.get(1)?), volume: row.get(2)?, without_size: row.get(3)? }),
        )?)
    }
}

impl fmt::Display for Packing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "altogether {}, {}", in_boxes(self.boxes), self.weight)?;
        match self.without_size {
            0 => write!(f, ", {}", cubic_metres(self.volume)),
            without if without == self.boxes => Ok(()),
            without => write!(f, ", {}, {} without size", cubic_metres(self.volume), in_boxes(without)),
        }
    }
}

impl Spoken for Packing {}

/// A count of boxes in words.
pub(super) fn in_boxes(boxes: i64) -> String {
    if boxes == 1 { say!("1 box").to_owned() } else { say!("{boxes} boxes", boxes) }
}

/// The number of the shipment's gate pass; none where it has none.
fn gate_pass(book: &Connection, entry: &Entry) -> Result<Option<String>> {
    Ok(book
        .query_row("SELECT gate_pass FROM ship WHERE entry = ?1", [entry.id], |row| row.get(0))
        .optional()?
        .flatten())
}
