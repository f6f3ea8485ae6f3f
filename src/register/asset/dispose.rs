//! Disposing of assets: a manager decides (R5.5(1)).

use anyhow::Result;

use crate::language;
use crate::office::identity;
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::task::Task;
use crate::say;
use crate::view::merged::who;

/// Who keeps it, or did until the day of the decision: nobody hands it on so as to decide.
fn keepers(task: &Task<'_, '_>) -> Result<Vec<(String, &'static str)>> {
    let sql = "SELECT DISTINCT person FROM custody WHERE undone_on IS NULL AND entry = ?1 AND duty = 'keeper' AND (until_on IS NULL OR until_on >= ?2)";
    let mut keepers = task.sql().prepare_cached(sql)?;
    let keepers = keepers.query_map((task.entry.id, task.change.on), |row| row.get::<_, String>(0))?;
    let mut kept = vec![(task.entry.person.clone(), say!("keeps"))];
    for keeper in keepers {
        kept.push((who(&keeper?).into_owned(), say!("keeps")));
    }
    Ok(kept)
}

/// The manager of the asset's department decides, or the branch manager.
pub(super) fn decides(task: &Task<'_, '_>) -> Result<()> {
    let (book, department, manager) = (task.sql(), task.entry.department.as_str(), &task.actor);
    let may = |day| {
        Ok(manager.decides_as(book, Role::DepartmentManager, Some(department), day)?
            || manager.decides_as(book, Role::BranchManager, None, day)?)
    };
    identity::refuse_lent(task.change, "R5.5(1)")?;
    let kept = keepers(task)?;
    if kept.iter().any(|(keeper, _)| *keeper == manager.key) {
        let (number, way_out) = (&task.entry.number, say!("let the branch manager decide"));
        let what = say!("{manager} keeps {number} and does not decide what becomes of it", manager, number);
        return Err(Refusal::rule("R5.5(1)", what).or(way_out).into());
    }
    identity::refuse_entering(task.change, "R5.5(1)", &task.entry.number, &kept)?;
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
