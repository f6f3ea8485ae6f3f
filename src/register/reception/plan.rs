//! A visit within its plan: who receives the guests is there, and what it costs beyond the plan is listed (R5.2(2)).

use anyhow::Result;

use super::{COST, GIFT_STANDARD, HOSTS, LEFT, PLANNED_COST};
use crate::money::Money;
use crate::office::identity;
use crate::refusal::Refusal;
use crate::register::field::Field;
use crate::register::task::Task;
use crate::say;

/// Nobody who left receives guests.
pub(super) fn refuse_gone_host(task: &mut Task<'_, '_>) -> Result<()> {
    let arranged = task.row.day("arranged_on")?.unwrap_or(task.change.on);
    for host in task.row.get(&HOSTS)?.unwrap_or_default().split('、') {
        identity::refuse_gone(task.sql(), host, arranged, ("R5.2(2)", "--host"))?;
    }
    Ok(())
}

/// What a visit cost beyond its plan is listed: General Management arranges by the plan.
pub(super) fn note_above(task: &mut Task<'_, '_>) -> Result<()> {
    let (cost, planned) = (task.row.get(&COST)?, task.row.get(&PLANNED_COST)?);
    let Some((cost, planned)) = cost.zip(planned).filter(|(cost, planned)| cost > planned) else { return Ok(()) };
    let what = say!(
        "the visit of {number} cost {cost}, and {planned} was planned",
        number = task.entry.number,
        cost = cost.grouped(),
        planned = planned.grouped()
    );
    note(task, what, say!("cost above the plan"));
    Ok(())
}

/// A plan that is raised once the guests have left is listed: it covers what was spent.
pub(super) fn note_raised(task: &mut Task<'_, '_>) -> Result<()> {
    if task.opens || task.row.was(&LEFT)?.is_none() {
        return Ok(());
    }
    for (field, label) in [(&PLANNED_COST, say!("planned cost")), (&GIFT_STANDARD, say!("gift standard"))] {
        let Some((before, after)) = raised(task, field)? else { continue };
        let what = say!(
            "the {label} of {number} was raised from {before} to {after} after the guests had left",
            label,
            number = task.entry.number,
            before = before.grouped(),
            after = after.grouped()
        );
        note(task, what, say!("raised after the visit"));
    }
    Ok(())
}

/// What an amount was and is to be, where that is more.
fn raised(task: &Task<'_, '_>, field: &Field<Money>) -> Result<Option<(Money, Money)>> {
    let (before, after) = (task.row.was(field)?.unwrap_or(Money(0)), task.row.get(field)?.unwrap_or(Money(0)));
    Ok((before < after).then_some((before, after)))
}

/// Lists a breach with the reason of the correction, else with this one.
fn note(task: &mut Task<'_, '_>, what: String, otherwise: &str) {
    let reason = task.reason.clone().unwrap_or_else(|| otherwise.to_owned());
    task.note(Refusal::rule("R5.2(2)", what), &reason);
}
