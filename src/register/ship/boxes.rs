//! The boxes that are packed, in runs of case numbers (R6.2).

use std::collections::BTreeSet;
use std::fmt;

use anyhow::Result;
use rusqlite::Connection;

use super::GATE_PASS;
use super::cases::{self, Cases};
use super::load::Cargo;
use super::measure::{Size, Weight, cubic_metres};
use crate::book::select::Select;
use crate::fields;
use crate::language::Spoken;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::entry::Entry;
use crate::register::field::{Field, Need, Spec};
use crate::register::form::{Check, Rule};
use crate::register::task::Task;
use crate::say;

const CASES: Field<Cases> =
    Field::read("cases", "such as 12-20,25").option("case").value_name("CASES").need(Need::Asked);
const WEIGHT: Field<Weight> = Field::read("weight_g", "of all of them together, such as 23.5t or 850kg")
    .option("weight")
    .need(Need::Asked)
    .label("weight");
const EACH: Field<bool> = Field::switch("each", "the weight is that of each box").with("weight_g").loose();
const SIZE: Field<Size> =
    Field::read("size", "length, width and height of each box, such as 120x80x60cm or 1.2x0.8x0.6m").loose();
const BOXES: Field<u32> = Field::count("boxes", "", cases::MOST);

const HOLDS: Field<String> = Field::text("holds", "what is in them, as the packing list and the gate pass name it");

/// The fields of a run of boxes.
pub(super) const FIELDS: &[&Spec] = fields![CASES, WEIGHT, EACH, SIZE, HOLDS];

/// The runs of boxes, which are corrected until the shipment leaves.
pub(super) static LIST: List = List {
    table: "ship_box",
    rules: &[
        Rule { fields: fields![CASES], check: Check::Follows(number) },
        Rule { fields: fields![WEIGHT, EACH], check: Check::Follows(weigh) },
        Rule { fields: fields![SIZE], check: Check::Follows(measure) },
    ],
    also: &["boxes", "length_mm", "width_mm", "height_mm"],
    kept: |task| Cargo::of(task.sql(), &task.entry)?.refuse_loaded_unpacked(&task.entry),
    missing: (
        phrase!("{number} has no run {position} of boxes"),
        phrase!("see its runs with: branchbook ship show {number}"),
    ),
    amended: Some(Amended {
        fields: &[],
        option: "box",
        value_name: "RUN",
        help: "The run of boxes to be corrected, as numbered under show",
        take_out: "It is not part of the shipment",
        row: phrase!("run {position} of the boxes"),
        exception: "",
        amount: "",
        nothing: (
            phrase!("nothing to correct in run {position} of {number}"),
            phrase!("give --case, --weight, --size, --holds or --take-out"),
        ),
    }),
    ..List::BLANK
};

/// A case number stands in a shipment once (R6.2); the run has as many boxes as case numbers.
fn number(task: &mut Task<'_, '_>) -> Result<()> {
    let Some(new) = task.line.get(&CASES)? else { return Ok(()) };
    for (position, run) in runs(task.sql(), &task.entry)? {
        let twice: BTreeSet<u32> = run.numbers().intersection(new.numbers()).copied().collect();
        if position != task.position && !twice.is_empty() {
            let number = &task.entry.number;
            let what =
                say!("{number} has {twice} already, in the run {run}", number, twice = cases::named(&twice), run);
            return Err(Refusal::rule("R6.2", what)
                .or(say!("give other case numbers, or correct that run with: branchbook ship amend {number} --box {position} --case CASES --reason TEXT", number, position))
                .into());
        }
    }
    task.line.set(BOXES.spec.column, new.count());
    Ok(())
}

/// The weight of the run, where that of each box was typed.
fn weigh(task: &mut Task<'_, '_>) -> Result<()> {
    let (Some(typed), Some(true)) = (task.line.get(&WEIGHT)?, task.line.get(&EACH)?) else { return Ok(()) };
    let boxes = task.line.get(&BOXES)?.unwrap_or_default();
    let Some(weight) = typed.times(boxes) else {
        return Err(Refusal::usage(say!("{boxes} boxes of {typed} each are heavier than any shipment", boxes, typed))
            .or(say!("leave --each out where the weight is that of all together"))
            .into());
    };
    task.line.set(WEIGHT.spec.column, weight.0);
    Ok(())
}

/// A size is kept as its three sides.
fn measure(task: &mut Task<'_, '_>) -> Result<()> {
    let Some(size) = task.line.get(&SIZE)? else { return Ok(()) };
    for (column, side) in ["length_mm", "width_mm", "height_mm"].into_iter().zip(size.0) {
        task.line.set(column, side);
    }
    Ok(())
}

pub(super) fn packed_further(task: &Task<'_, '_>) -> Result<String> {
    Ok(say!(
        "{number}: {in_words} packed; {packing}",
        number = task.entry.number,
        in_words = task.line.get(&CASES)?.map(|cases| cases.in_words()).unwrap_or_default(),
        packing = Packing::of(task.sql(), &task.entry)?
    ))
}

/// A gate pass that was made out before does not show boxes that are packed after it.
pub(super) fn remark_gate_pass(task: &mut Task<'_, '_>) -> Result<()> {
    let Some(pass) = task.row.get(&GATE_PASS)? else { return Ok(()) };
    task.remark(say!(
        "the gate pass {pass} was made out before: print it anew with branchbook ship print {number}",
        pass,
        number = task.entry.number
    ));
    Ok(())
}

/// The runs of case numbers of a shipment, each with its position.
fn runs(book: &Connection, entry: &Entry) -> Result<Vec<(i64, Cases)>> {
    book.rows(
        "SELECT position, cases FROM ship_box WHERE undone_on IS NULL AND entry = ?1 ORDER BY position",
        [entry.id],
    )
}

/// Every case number that is packed.
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
    pub(super) fn of(book: &Connection, entry: &Entry) -> Result<Self> {
        book.sure(
            "SELECT coalesce(sum(boxes), 0), coalesce(sum(weight_g), 0), coalesce(sum(boxes * length_mm * width_mm * height_mm), 0),
                coalesce(sum(CASE WHEN length_mm IS NULL THEN boxes END), 0)
             FROM ship_box WHERE undone_on IS NULL AND entry = ?1",
            [entry.id],
            |row| Ok(Self { boxes: row.get(0)?, weight: Weight(row.get(1)?), volume: row.get(2)?, without_size: row.get(3)? }),
        )
    }
}

impl fmt::Display for Packing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (boxes, weight, volume) = (in_boxes(self.boxes), self.weight, cubic_metres(self.volume));
        f.write_str(&match self.without_size {
            0 => say!("altogether {boxes}, {weight}, {volume}", boxes, weight, volume),
            without if without == self.boxes => say!("altogether {boxes}, {weight}", boxes, weight),
            without => {
                let without = in_boxes(without);
                say!("altogether {boxes}, {weight}, {volume}, {without} without size", boxes, weight, volume, without)
            }
        })
    }
}

impl Spoken for Packing {}

/// A count of boxes in words.
pub(super) fn in_boxes(boxes: i64) -> String {
    say!("{boxes} boxes", boxes)
}
