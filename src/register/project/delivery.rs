//! Delivery and acceptance, which make instalments due (R3.5, R3.7, R3.8), and the end of a project (R3.4, R3.5).

use anyhow::Result;
use chrono::NaiveDate;

use super::{ACCEPTED, DELIVERED, NOTE, OUTCOME, blockers, instalments, leader, production};
use crate::book::select::Select;
use crate::fields;
use crate::language;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::field::Field;
use crate::register::form::{Check, Step, Verb, Who};
use crate::register::task::Task;
use crate::say;

/// Notes that the product is with the user.
pub(super) const DELIVER: Verb = Verb::Step(Step {
    name: "deliver",
    about: "Enter that the product is delivered",
    state: "delivered",
    sign: "delivered_on",
    dated: true,
    signed: Some(&Field::past("delivered_on", "").option("delivered-on").corrected().spec),
    early: true,
    who: Who::Check(|task| leader::require(task, say!("saying that a product was delivered"))),
    on_day: &[Check::Follows(refuse_unsigned)],
    then: |task| {
        instalments::event(task.change, task.entry.id, "delivery", task.change.on)?;
        production::tell_missing(task)?;
        tell_not_left(task)
    },
    says: |task| task.says(phrase!("{number}: {state} on {on}")),
    ..Step::BLANK
});

/// Says which shipments of it have not left though it is delivered.
fn tell_not_left(task: &mut Task<'_, '_>) -> Result<()> {
    let behind: Vec<(String, String)> = task.sql().rows(
        "SELECT e.number, e.state FROM ship AS s JOIN entry AS e ON e.id = s.entry
         WHERE s.project = ?1 AND e.state NOT IN ('dispatched', 'arrived', 'cancelled', 'void') ORDER BY e.id",
        [&task.entry.number],
    )?;
    for (number, state) in behind {
        let state = language::value_of("ship", &state);
        task.remark(say!(
            "shipment {number} of it is {state}, and has not left; see what it lacks with: branchbook show {number}",
            number,
            state
        ));
    }
    Ok(())
}

/// Notes that the user has accepted the product; the warranty begins.
pub(super) const ACCEPT: Verb = Verb::Step(Step {
    name: "accept",
    about: "Enter that the user has accepted the product",
    state: "accepted",
    sign: "accepted_on",
    dated: true,
    signed: Some(&Field::past("accepted_on", "").option("accepted-on").corrected().spec),
    early: true,
    who: Who::Check(|task| leader::require(task, say!("saying that a product was accepted"))),
    on_day: &[Check::Follows(refuse_undelivered)],
    then: |task| instalments::event(task.change, task.entry.id, "acceptance", task.change.on),
    says: |task| task.says(phrase!("{number}: {state} on {on}")),
    ..Step::BLANK
});

/// Closes what is done.
pub(super) const CLOSE: Verb = Verb::Step(Step {
    name: "close",
    about: "Close a project whose payments, problems and forms are done",
    state: "closed",
    fields: fields![NOTE],
    sign: "outcome",
    who: Who::Check(|task| leader::require_or_manager(task, say!("ending a project"))),
    first: blockers::refuse_open,
    says: |task| task.says(phrase!("{number}: {state} on {on} by {by}")),
    ..Step::BLANK
});

/// Ends what came to nothing.
pub(super) const LOSE: Verb = Verb::Step(Step {
    name: "lose",
    about: "End a project that came to nothing",
    state: "lost",
    fields: fields![OUTCOME],
    sign: "outcome",
    who: Who::Check(|task| leader::require_or_manager(task, say!("ending a project"))),
    says: |task| task.says(phrase!("{number}: {state} on {on} by {by}")),
    ..Step::BLANK
});

/// What fell due with the delivery or the acceptance moves with its day, where that is corrected.
pub(super) fn move_due(task: &mut Task<'_, '_>) -> Result<()> {
    for (field, event) in [(&DELIVERED, "delivery"), (&ACCEPTED, "acceptance")] {
        if let (Some(old), Some(new)) = (task.row.was(field)?, task.row.get(field)?) {
            instalments::moved(task.change, task.entry.id, event, (old, new))?;
        }
    }
    Ok(())
}

/// Nothing is delivered before the contract was signed.
fn refuse_unsigned(task: &mut Task<'_, '_>) -> Result<()> {
    let sql = "SELECT signed_on FROM contract WHERE undone_on IS NULL AND entry = ?1 AND position = 1";
    let signed: Option<NaiveDate> = task.sql().value(sql, [task.entry.id])?;
    refuse_before(task, say!("put under contract"), signed, "delivered")
}

/// Nothing is accepted before it was delivered.
fn refuse_undelivered(task: &mut Task<'_, '_>) -> Result<()> {
    refuse_before(task, say!("delivered"), task.row.was(&DELIVERED)?, "accepted")
}

fn refuse_before(task: &Task<'_, '_>, deed: &str, day: Option<NaiveDate>, done: &str) -> Result<()> {
    let (number, on, done) = (&task.entry.number, task.change.on, language::value(done));
    let Some(day) = day.filter(|day| on < *day) else { return Ok(()) };
    let what = say!("{number} was {deed} on {day} and cannot be {what} on {on}", number, deed, day, what = done, on);
    let way_out = if task.reason.is_none() {
        say!("give the day it happened with --on DATE")
    } else {
        say!("give a day between the steps before and after it")
    };
    Err(Refusal::usage(what).or(way_out).into())
}
