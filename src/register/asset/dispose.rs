//! What becomes of assets: a manager decides that one is disposed of, and who keeps it neither decides that nor voids it (R5.5(1)).

use std::iter;

use anyhow::Result;
use chrono::NaiveDate;

use super::custody;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::language;
use crate::money::Money;
use crate::office::{figure, identity};
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::check::note_exception;
use crate::register::entry::Entry;
use crate::register::task::Task;
use crate::say;
use crate::view::merged::who;

/// Who keeps it, or did until the day of the decision: nobody hands it on so as to decide.
fn keepers(change: &Change<'_>, asset: &Entry) -> Result<Vec<(String, &'static str)>> {
    let sql = "SELECT DISTINCT person FROM custody WHERE undone_on IS NULL AND entry = ?1 AND duty = 'keeper' AND (until_on IS NULL OR until_on >= ?2)";
    let keepers: Vec<String> = change.sql().column(sql, (asset.id, change.on))?;
    let kept = keepers.iter().map(|keeper| who(keeper).into_owned());
    Ok(iter::once(asset.person.clone()).chain(kept).map(|keeper| (keeper, say!("keeps"))).collect())
}

/// Who keeps it does not decide what becomes of it, nor enters that.
fn refuse_keeper(change: &Change<'_>, asset: &Entry, manager: &Person) -> Result<()> {
    let kept = keepers(change, asset)?;
    if kept.iter().any(|(keeper, _)| *keeper == manager.key) {
        let (number, way_out) = (&asset.number, say!("let the branch manager decide"));
        let what = say!("{manager} keeps {number} and does not decide what becomes of it", manager, number);
        return Err(Refusal::rule("R5.5(1)", what).or(way_out).into());
    }
    identity::refuse_entering(change, "R5.5(1)", &asset.number, &kept)
}

/// The manager of the asset's department decides, or the branch manager.
pub(super) fn decides(task: &Task<'_, '_>) -> Result<()> {
    let (book, department, manager) = (task.sql(), task.entry.department.as_str(), &task.actor);
    let may = |day| {
        Ok(manager.decides_as(book, Role::DepartmentManager, Some(department), day)?
            || manager.decides_as(book, Role::BranchManager, None, day)?)
    };
    identity::refuse_lent(task.change, "R5.5(1)")?;
    refuse_keeper(task.change, &task.entry, manager)?;
    let Some(day) = identity::out_of_office(task.change, manager, may)? else { return Ok(()) };
    let mut holders = Person::deciders(book, Role::DepartmentManager, Some(department), day)?;
    holders.extend(Person::deciders(book, Role::BranchManager, None, day)?);
    let keys: Vec<&str> = holders.iter().map(|holder| holder.key.as_str()).collect();
    let way_out = identity::name_who(task.change, &keys)?;
    Err(Refusal::rule(
        "R5.5(1)",
        say!("disposing of {number} is for the manager of {department} or the branch manager, which {manager} was not on {day}", number = task.entry.number, department = language::value(department), manager, day),
    )
    .or(way_out)
    .into())
}

/// Voids an asset: who keeps it does not, and after the day of its entry, on which it is a slip, it is an exception that it is counted no
/// more. A list that is taken back on the day on which it came in is a slip as well.
pub(super) fn void(change: &Change<'_>, asset: &Entry, person: &Person, reason: &str) -> Result<()> {
    let (entered, imported, price): (NaiveDate, bool, Option<Money>) = change.sql().whole(
        "SELECT e.entered_on, e.import IS NOT NULL, a.price_fen FROM entry AS e LEFT JOIN asset AS a ON a.entry = e.id WHERE e.id = ?1",
        [asset.id],
    )?;
    let (Some(price), later) = (price, entered < change.today()) else { return custody::end_all(change, asset) };
    if later || !imported {
        refuse_keeper(change, asset, person)?;
    }
    if later && price > Money(figure::value(change.sql(), "asset.threshold", asset.day)?) {
        let what = say!(
            "{number}, on the account since {day}, is voided and counted no more",
            number = asset.number,
            day = entered
        );
        change.note(note_exception(change, asset, person, &Refusal::rule("R5.5(1)", what), reason)?);
    }
    custody::end_all(change, asset)
}
