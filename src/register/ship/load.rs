//! Loading notices to manufacturing, and the departure (R6.3).

use std::collections::BTreeSet;

use anyhow::Result;
use clap::Args;
use rusqlite::Connection;

use super::Task;
use super::boxes::{in_boxes, packed};
use super::cases::{self, Cases};
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::text::Text;

/// A loading notice: how many boxes, or which
#[derive(Debug, Args)]
#[group(id = "which", required = true, multiple = false, args = ["boxes", "cases"])]
pub struct Load {
    /// The shipment's number
    pub number: String,
    /// How many boxes are loaded
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    pub boxes: Option<u32>,
    /// Case numbers of the boxes loaded, such as 12-20,25
    #[arg(long = "case", value_name = "CASES")]
    pub cases: Option<Cases>,
    /// How to load, as the transport and the user require
    #[arg(long, value_name = "TEXT")]
    pub how: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Load {
    /// Enters the notice; several add up.
    ///
    /// # Errors
    /// A refusal where a box is not packed or loaded already (R6.3).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let task = Task::begin(change, &self.number, "load", "loaded", self.deed.by.as_deref())?;
        let cargo = Cargo::of(change.sql(), &task.entry)?;
        let boxes = match (&self.cases, self.boxes) {
            (Some(cases), _) => {
                cargo.refuse_wrong(&task.entry, cases)?;
                cases.count()
            }
            (None, boxes) => boxes.unwrap_or_default(),
        };
        cargo.refuse_more(&task.entry, boxes)?;
        change.sql().execute(
            "INSERT INTO ship_load VALUES (?1, (SELECT count(*) + 1 FROM ship_load WHERE entry = ?1), ?2, ?3, ?4, ?5)",
            (task.entry.id, boxes, self.cases.as_ref().map(ToString::to_string), self.how.as_deref(), change.on),
        )?;
        let entry = task.finish(change, None)?;
        let cargo = Cargo::of(change.sql(), &entry)?;
        let which = self.cases.as_ref().map_or_else(String::new, |cases| format!(", {}", cases.in_words()));
        let line = say!(
            "{number}: {into} loaded{which}; {loaded} of {count} on the vehicle",
            number = entry.number,
            into = in_boxes(boxes.into()),
            which,
            loaded = cargo.loaded,
            count = cargo.packed.len()
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// The shipment that leaves
#[derive(Debug, Args)]
pub struct Dispatch {
    /// The shipment's number
    pub number: String,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Dispatch {
    /// Lets the shipment leave.
    ///
    /// # Errors
    /// A refusal while fewer boxes are loaded than packed, naming those that are missing (R6.3).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let task = Task::begin(change, &self.number, "dispatch", "dispatched", self.deed.by.as_deref())?;
        let cargo = Cargo::of(change.sql(), &task.entry)?;
        cargo.refuse_missing(&task.entry)?;
        change.sql().execute("UPDATE ship SET dispatched_on = ?2 WHERE entry = ?1", (task.entry.id, change.on))?;
        let entry = task.finish(change, None)?;
        let line = say!(
            "{number}: left on {on} with {loaded}",
            number = entry.number,
            on = change.on,
            loaded = in_boxes(cargo.loaded)
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// What is packed and what is loaded.
#[derive(Debug)]
pub(super) struct Cargo {
    /// Every case number.
    pub(super) packed: BTreeSet<u32>,
    /// How many boxes are loaded.
    pub(super) loaded: i64,
    /// Those of them whose case numbers the loading notices name.
    pub(super) named: BTreeSet<u32>,
}

impl Cargo {
    /// What a shipment's packing and loading notices say.
    ///
    /// # Errors
    /// An error of `SQLite`, or where a run in the book is none.
    pub(super) fn of(book: &Connection, entry: &Entry) -> Result<Self> {
        let mut cargo = Self { packed: packed(book, entry)?, loaded: 0, named: BTreeSet::new() };
        let mut statement = book.prepare_cached("SELECT boxes, cases FROM ship_load WHERE entry = ?1")?;
        let mut rows = statement.query([entry.id])?;
        while let Some(row) = rows.next()? {
            cargo.loaded += row.get::<_, i64>(0)?;
            if let Some(typed) = row.get::<_, Option<String>>(1)? {
                cargo.named.extend(typed.parse::<Cases>()?.numbers());
            }
        }
        Ok(cargo)
    }

    /// How many boxes are packed and not loaded.
    fn missing(&self) -> i64 {
        i64::try_from(self.packed.len()).unwrap_or(i64::MAX) - self.loaded
    }

    /// The case numbers that may be missing: those that no loading notice names.
    fn unnamed(&self) -> BTreeSet<u32> {
        self.packed.difference(&self.named).copied().collect()
    }

    /// Refuses case numbers that are not packed, or loaded already.
    fn refuse_wrong(&self, entry: &Entry, cases: &Cases) -> Result<()> {
        let strange: BTreeSet<u32> = cases.numbers().difference(&self.packed).copied().collect();
        let twice: BTreeSet<u32> = cases.numbers().intersection(&self.named).copied().collect();
        let what = match (strange.is_empty(), twice.is_empty()) {
            (true, true) => return Ok(()),
            (false, _) => {
                say!("{number} is not packed with {strange}", number = entry.number, strange = cases::named(&strange))
            }
            (true, false) => {
                say!("{number} has {twice} loaded already", number = entry.number, twice = cases::named(&twice))
            }
        };
        let number = &entry.number;
        Err(Refusal::rule("R6.3", what)
            .or(say!("see what is packed with: branchbook ship show {number}, or pack more with: branchbook ship box {number} --case CASES --weight WEIGHT", number))
            .into())
    }

    /// Refuses to load more boxes than are left.
    fn refuse_more(&self, entry: &Entry, boxes: u32) -> Result<()> {
        if i64::from(boxes) <= self.missing() {
            return Ok(());
        }
        Err(Refusal::rule(
            "R6.3",
            say!(
                "{number} has {len} packed and {loaded} loaded, so {boxes} more cannot be loaded",
                number = entry.number,
                len = in_boxes(i64::try_from(self.packed.len())?),
                loaded = self.loaded,
                boxes
            ),
        )
        .or(say!(
            "enter what is packed with: branchbook ship box {number} --case CASES --weight WEIGHT",
            number = entry.number
        ))
        .into())
    }

    /// Refuses while boxes are missing on the vehicle, naming them as far as they are known.
    fn refuse_missing(&self, entry: &Entry) -> Result<()> {
        let missing = self.missing();
        if missing <= 0 {
            return Ok(());
        }
        let unnamed = self.unnamed();
        let (which, next) = if i64::try_from(unnamed.len())? == missing {
            (cases::named(&unnamed), format!("--case {}", cases::in_runs(&unnamed)))
        } else {
            (
                say!("{missing} of the {unnamed}", missing, unnamed = cases::named(&unnamed)),
                format!("--boxes {missing}"),
            )
        };
        let (number, packed, loaded) = (&entry.number, in_boxes(i64::try_from(self.packed.len())?), self.loaded);
        let what = if missing == 1 {
            say!(
                "{number} has {packed} packed and {loaded} loaded: {which} is not on the vehicle",
                number,
                packed,
                loaded,
                which
            )
        } else {
            say!(
                "{number} has {packed} packed and {loaded} loaded: {which} are not on the vehicle",
                number,
                packed,
                loaded,
                which
            )
        };
        Err(Refusal::rule("R6.3", what)
            .or(say!("load with: branchbook ship load {number} {next}", number = entry.number, next))
            .into())
    }

    /// Refuses a correction of the boxes after which less would be packed than is loaded.
    ///
    /// # Errors
    /// A refusal naming what is loaded (R6.3).
    pub(super) fn refuse_loaded_unpacked(&self, entry: &Entry) -> Result<()> {
        let unpacked: BTreeSet<u32> = self.named.difference(&self.packed).copied().collect();
        if unpacked.is_empty() && self.missing() >= 0 {
            return Ok(());
        }
        let what = if unpacked.is_empty() { in_boxes(self.loaded) } else { cases::named(&unpacked) };
        Err(Refusal::rule(
            "R6.3",
            say!("{number} has {what} loaded, which must stay packed", number = entry.number, what),
        )
        .or(say!("see the loading notices with: branchbook ship show {number}", number = entry.number))
        .into())
    }
}
