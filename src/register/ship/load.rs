//! Loading notices to manufacturing, and the departure (R6.3).

use std::collections::BTreeSet;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::boxes::{in_boxes, packed};
use super::cases::{self, Cases};
use crate::fields;
use crate::figure_on_day;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::entry::Entry;
use crate::register::field::{Field, Spec};
use crate::register::form::{Check, Rule};
use crate::register::task::Task;
use crate::say;

const BOXES: Field<u32> = Field::count("boxes", "how many are loaded", cases::MOST);
const CASES: Field<Cases> =
    Field::read("cases", "of the boxes loaded, such as 12-20,25").option("case").value_name("CASES");
const HOW: Field<String> =
    Field::text("requirement", "how to load, as the transport and the user require").option("how").value_name("TEXT");

/// The fields of a loading notice.
pub(super) const FIELDS: &[&Spec] = fields![BOXES, CASES, HOW];

/// How many boxes, or which.
pub(super) const WHICH: &[&Spec] = fields![BOXES, CASES];

const LOADED_ON: Field<NaiveDate> = Field::past("loaded_on", "").option("loaded-on");

/// The loading notices; several add up.
pub(super) static LIST: List = List {
    table: "ship_load",
    amended: Some(Amended::of("load", fields![HOW, LOADED_ON])),
    rules: &[
        Rule { fields: fields![CASES], check: Check::Follows(count) },
        Rule { fields: fields![BOXES], check: Check::Follows(refuse_more) },
        Rule { fields: fields![LOADED_ON], check: Check::Follows(refuse_before_pass) },
    ],
    ..List::BLANK
};

/// The day by which a shipment on its way is to arrive: as the carrier quoted, else by figure `ship.arrival_days`.
pub(super) const ARRIVAL: &str = concat!(
    "date(dispatched_on, '+' || coalesce(days, ",
    figure_on_day!("ship.arrival_days", ":today"),
    ") || ' days')"
);

/// What is loaded by case numbers is packed and not loaded already; it is as many boxes as case numbers.
fn count(task: &mut Task<'_, '_>) -> Result<()> {
    let Some(cases) = task.line.get(&CASES)? else { return Ok(()) };
    Cargo::of(task.sql(), &task.entry)?.refuse_wrong(&task.entry, &cases)?;
    task.line.set(BOXES.spec.column, cases.count());
    Ok(())
}

/// No more boxes are loaded than are left.
fn refuse_more(task: &mut Task<'_, '_>) -> Result<()> {
    Cargo::of(task.sql(), &task.entry)?.refuse_more(&task.entry, task.line.get(&BOXES)?.unwrap_or_default())
}

/// Nothing is loaded before the gate pass, nor after the shipment has left (R6.3).
fn refuse_before_pass(task: &mut Task<'_, '_>) -> Result<()> {
    let (Some(on), number) = (task.line.get(&LOADED_ON)?, &task.entry.number) else { return Ok(()) };
    let (passed, left) = (task.row.day("passed_on")?, task.row.day("dispatched_on")?);
    let what = match (passed.filter(|passed| on < *passed), left.filter(|left| on > *left)) {
        (Some(passed), _) => {
            say!("{number} has its gate pass since {passed}, and was not loaded on {on}", number, passed, on)
        }
        (_, Some(left)) => say!("{number} left on {left}, and was not loaded on {on}", number, left, on),
        _ => return Ok(()),
    };
    Err(Refusal::rule("R6.3", what)
        .or(say!("give a day from the gate pass to the departure with --loaded-on DATE"))
        .into())
}

pub(super) fn loaded(task: &Task<'_, '_>) -> Result<String> {
    let cargo = Cargo::of(task.sql(), &task.entry)?;
    let (number, into) = (&task.entry.number, in_boxes(task.line.get(&BOXES)?.unwrap_or_default().into()));
    let (loaded, count) = (cargo.loaded, cargo.packed.len());
    Ok(match task.line.get(&CASES)? {
        None => say!("{number}: {into} loaded; {loaded} of {count} on the vehicle", number, into, loaded, count),
        Some(cases) => say!(
            "{number}: {into} loaded, {which}; {loaded} of {count} on the vehicle",
            number,
            into,
            which = cases.in_words(),
            loaded,
            count
        ),
    })
}

/// Nothing leaves with fewer boxes loaded than packed; those that are missing are named.
pub(super) fn refuse_missing(task: &mut Task<'_, '_>) -> Result<()> {
    Cargo::of(task.sql(), &task.entry)?.refuse_missing(&task.entry)
}

pub(super) fn left(task: &Task<'_, '_>) -> Result<String> {
    let loaded = in_boxes(Cargo::of(task.sql(), &task.entry)?.loaded);
    task.says_with(phrase!("{number}: left on {on} with {loaded}"), &[("loaded", loaded)])
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
    pub(super) fn of(book: &Connection, entry: &Entry) -> Result<Self> {
        let mut cargo = Self { packed: packed(book, entry)?, loaded: 0, named: BTreeSet::new() };
        let mut statement =
            book.prepare_cached("SELECT boxes, cases FROM ship_load WHERE undone_on IS NULL AND entry = ?1")?;
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
        let what = say!(
            "{number} has {packed} packed and {loaded} loaded; not on the vehicle: {which}",
            number,
            packed,
            loaded,
            which
        );
        Err(Refusal::rule("R6.3", what)
            .or(say!("load with: branchbook ship load {number} {next}", number = entry.number, next))
            .into())
    }

    /// Refuses a correction of the boxes after which less would be packed than is loaded.
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
