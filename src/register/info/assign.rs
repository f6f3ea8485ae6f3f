//! Passing filed information on to the department that is to track it (R2.3).

use anyhow::Result;

use super::{ASSIGNED, route};
use crate::language;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::task::Task;
use crate::say;

/// An entry goes where it is sent, else where the first fitting route leads; where the two differ, that is told.
pub(super) fn suggest(task: &mut Task<'_, '_>) -> Result<()> {
    let (was, number) = (task.row.was(&ASSIGNED)?, task.entry.number.clone());
    let named = task.row.get(&ASSIGNED)?.filter(|_| task.row.is_new(&ASSIGNED.spec));
    let suggestion = route::fitting(task.sql(), &task.entry, task.change.on)?.into_iter().next();
    let department = match (named, suggestion) {
        (None, None) => {
            return Err(Refusal::rule("R2.3", say!("no route suggests a department for {number}", number))
                .or(say!("name it with --to DEPARTMENT, or make a route: branchbook info route add --region REGION --to DEPARTMENT"))
                .into());
        }
        (None, Some(route)) => {
            task.word("route", route.id.to_string());
            task.word("why", route.why());
            route.department
        }
        (Some(named), Some(route)) if route.department != named => {
            let (id, department) = (route.id, language::value(&route.department));
            task.remark(say!("route {id} suggests {department}: {why}", id, department, why = route.why()));
            named
        }
        (Some(named), _) => named,
    };
    if task.entry.state == "assigned" && was.as_ref() == Some(&department) {
        let department = language::value(&department);
        return Err(Refusal::usage(say!("{number} is assigned to {department} already", number, department))
            .or(say!("name another department with --to DEPARTMENT"))
            .into());
    }
    task.set(ASSIGNED.spec.column, department);
    Ok(())
}

pub(super) fn assigned(task: &Task<'_, '_>) -> Result<String> {
    task.says(if task.has_word("route") {
        phrase!("{number}: assigned to {assigned_to} on {on} by route {route}: {why}")
    } else {
        phrase!("{number}: assigned to {assigned_to} on {on}")
    })
}
