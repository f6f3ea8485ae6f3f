//! What a correction of a contract is held to: its review, its order, and the advance by which goods leave (R3.3, R6.3).

use anyhow::Result;

use super::{AMOUNT, SIGNED, Terms, before_contract};
use crate::book::select::Select;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::register::project::review;
use crate::register::task::Task;
use crate::say;

/// A supplement that is corrected is signed no earlier than its contract.
pub(super) fn refuse_signed_first(task: &mut Task<'_, '_>) -> Result<()> {
    let (Some(day), number) = (task.line.get(&SIGNED)?, &task.entry.number) else { return Ok(()) };
    let terms = Terms::look_up(task.sql(), &task.entry)?.filter(|terms| task.position > 1 && day < terms.signed_on);
    terms.map_or(Ok(()), |terms| Err(before_contract(number, &terms, day).into()))
}

/// A contract whose day is corrected was reviewed by that day as well (R3.3); a step asks for that by itself.
pub(super) fn refuse_signed_unreviewed(task: &Task<'_, '_>) -> Result<()> {
    match (task.line.was(&SIGNED)?, task.line.get(&SIGNED)?) {
        (Some(was), Some(day)) if day < was => review::refuse_unpassed(task.sql(), &task.entry, (day, &[day])),
        _ => Ok(()),
    }
}

/// A correction takes nothing away from a contract whose goods are to pass the gate by its advance, or are on their way: a supplement does
/// (R6.3).
pub(super) fn refuse_less(task: &Task<'_, '_>) -> Result<()> {
    let Some((was, amount)) = turned(task)?.filter(|(was, amount)| amount < was) else { return Ok(()) };
    let Some(shipment) = shipment(task, "e.ended_on IS NULL")? else { return Ok(()) };
    let (number, was, amount) = (&task.entry.number, was.grouped(), amount.grouped());
    let what = say!(
        "the contract of {number} would fall from {was} to {amount} by a correction, while goods of {shipment} are to leave by its advance payment",
        number,
        was,
        amount,
        shipment
    );
    let way_out =
        say!("enter the supplement that takes it away: branchbook project contract {number} --supplement …", number);
    Err(Refusal::rule("R6.3", what).or(way_out).into())
}

/// A contract that comes to more by a correction after its goods have passed the gate is listed: the advance was measured by less (R6.3).
pub(super) fn note_more(task: &mut Task<'_, '_>) -> Result<()> {
    let Some((was, amount)) = turned(task)?.filter(|(was, amount)| amount > was) else { return Ok(()) };
    let Some(shipment) = shipment(task, "s.passed_on IS NOT NULL")? else { return Ok(()) };
    let what = say!(
        "the contract of {number} is raised from {was} to {amount} by a correction, after {shipment} has passed the gate",
        number = task.entry.number,
        was = was.grouped(),
        amount = amount.grouped(),
        shipment
    );
    let reason = task.reason.clone().unwrap_or_default();
    task.note(Refusal::rule("R6.3", what), &reason);
    Ok(())
}

/// What an amount was and is to be by a correction.
fn turned(task: &Task<'_, '_>) -> Result<Option<(Money, Money)>> {
    Ok(task.line.was(&AMOUNT)?.zip(task.line.get(&AMOUNT)?))
}

/// The first shipment of the project that came to something, of which this holds.
fn shipment(task: &Task<'_, '_>, which: &str) -> Result<Option<String>> {
    let first = format!(
        "SELECT e.number FROM ship AS s JOIN entry AS e ON e.id = s.entry
         WHERE s.project = ?1 AND e.state NOT IN ('cancelled', 'void') AND {which} ORDER BY e.id LIMIT 1"
    );
    task.sql().value(&first, [&task.entry.number])
}
