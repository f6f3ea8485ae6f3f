//! Correcting a run of boxes, or taking it out (R6.2).

use anyhow::Result;
use clap::Args;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};

use super::boxes::{refuse_twice, run_weight, sides};
use super::cases::Cases;
use super::load::Cargo;
use super::measure::{Size, Weight};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;

/// A run of boxes; until the shipment leaves
#[derive(Debug, Args)]
pub(super) struct Repack {
    /// The run of boxes to be corrected, as numbered under show
    #[arg(long = "box", value_name = "RUN")]
    pub(super) position: Option<i64>,
    /// Its case numbers
    #[arg(long = "case", value_name = "CASES", requires = "position")]
    cases: Option<Cases>,
    /// Its weight
    #[arg(long, requires = "position")]
    weight: Option<Weight>,
    /// The weight is that of each box
    #[arg(long, requires = "weight")]
    each: bool,
    /// The size of each of its boxes
    #[arg(long, requires = "position")]
    size: Option<Size>,
    /// It is not part of the shipment
    #[arg(long, requires = "position", conflicts_with_all = ["cases", "weight", "size"])]
    take_out: bool,
}

impl Repack {
    /// Corrects the run at `position`, or takes it out.
    ///
    /// # Errors
    /// A refusal where there is no such run, the shipment has left, a case number would stand twice, or less would be packed
    /// than is loaded (R6.2, R6.3).
    pub(super) fn correct(&self, book: &Connection, entry: &Entry, position: i64) -> Result<()> {
        entry.step(book, "box", None)?;
        let boxes: Option<u32> = book
            .query_row("SELECT boxes FROM ship_box WHERE entry = ?1 AND position = ?2", (entry.id, position), |row| {
                row.get(0)
            })
            .optional()?;
        let Some(mut boxes) = boxes else {
            return Err(Refusal::not_found(say!(
                "{number} has no run {position} of boxes",
                number = entry.number,
                position
            ))
            .or(say!("see its runs with: branchbook ship show {number}", number = entry.number))
            .into());
        };
        if self.take_out {
            book.execute("DELETE FROM ship_box WHERE entry = ?1 AND position = ?2", (entry.id, position))?;
        } else if self.cases.is_none() && self.weight.is_none() && self.size.is_none() {
            return Err(Refusal::usage(say!(
                "nothing to correct in run {position} of {number}",
                position,
                number = entry.number
            ))
            .or(say!("give --case, --weight, --size or --take-out"))
            .into());
        }
        let write = |column: &str, value: Value| {
            let sql = format!("UPDATE ship_box SET {column} = ?3 WHERE entry = ?1 AND position = ?2");
            book.execute(&sql, (entry.id, position, value))
        };
        if let Some(cases) = &self.cases {
            refuse_twice(book, entry, cases, Some(position))?;
            boxes = cases.count();
            write("cases", cases.to_string().into())?;
            write("boxes", boxes.into())?;
        }
        if let Some(weight) = self.weight {
            write("weight_g", run_weight(weight, self.each, boxes)?.0.into())?;
        }
        if self.size.is_some() {
            for (column, side) in ["length_mm", "width_mm", "height_mm"].into_iter().zip(sides(self.size)) {
                write(column, side.into())?;
            }
        }
        Cargo::of(book, entry)?.refuse_loaded_unpacked(entry)
    }
}
