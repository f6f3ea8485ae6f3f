//! Signing a fee's agreement: who does not, and no day before its approval (R5.4(1)).

use anyhow::Result;
use chrono::NaiveDate;

use super::{EMPLOYER, PARTY, PAYEE, PROJECT, SIGNED_BY, approval};
use crate::book::select::Select;
use crate::language;
use crate::office::{counted, identity};
use crate::refusal::Refusal;
use crate::register::decide;
use crate::register::task::{Row, Task};
use crate::say;
use crate::view::with_views;

/// The names of who gains by a fee: the payee, whom the payee works for, and the other party of its agreement once that is signed.
pub(super) fn gain(fee: &Row) -> Result<Vec<String>> {
    let names = [fee.get(&PAYEE)?, fee.get(&EMPLOYER)?, fee.get(&PARTY)?];
    Ok(names.into_iter().flatten().collect())
}

/// Who decided on a fee, or signed its agreement, is not its other party, also once that is corrected (R5.4(1)).
pub(super) fn refuse_own_party(task: &mut Task<'_, '_>) -> Result<()> {
    let (book, number, party) = (task.sql(), &task.entry.number, task.row.get(&PARTY)?.unwrap_or_default());
    let mut hands: Vec<(String, String)> = book.rows(
        &with_views(
        "SELECT decided_by, verb FROM approval WHERE undone_on IS NULL AND entry = ?1 AND verb IN ('approve', 'clear') ORDER BY position",
    ),
        [task.entry.id],
    )?;
    hands.extend(task.row.get(&SIGNED_BY)?.map(|signer| (signer, "sign".to_owned())));
    let gaining = decide::namesakes(book, &[party])?;
    let Some((hand, verb)) = hands.into_iter().find(|(hand, _)| gaining.contains(hand)) else { return Ok(()) };
    let what = decide::may_not(&hand, number, &verb);
    let way_out = say!(
        "give the name of who signed with --party NAME; where that is right, take back with branchbook undo {number} --reason REASON what was decided, and let another decide",
        number
    );
    Err(Refusal::rule("R5.4(1)", what).or(way_out).into())
}

/// Who has the name of somebody who gains by a fee neither pays it nor enters that it was paid (R5.4(2)).
pub(super) fn refuse_paying(task: &Task<'_, '_>) -> Result<()> {
    let gaining = decide::namesakes(task.sql(), &gain(&task.row)?)?;
    let mut hands = std::iter::once(&task.actor).chain(task.change.recorder.hands());
    let Some(hand) = hands.find(|hand| gaining.contains(&hand.key)) else { return Ok(()) };
    let what = decide::may_not(&hand.key, &task.entry.number, "pay");
    Err(Refusal::rule("R5.4(2)", what).or(say!("let another clerk pay it")).into())
}

/// Who asked for a fee, or approved it, does not sign its agreement; who asked does not enter the signature either (R5.4(1)).
pub(super) fn refuse_concerned(task: &mut Task<'_, '_>) -> Result<()> {
    let (number, asker, signer) = (&task.entry.number, &task.entry.person, &task.actor);
    let approver = approval(task)?.by;
    let concerned = [(asker, say!("asked for")), (&approver, say!("approved"))];
    let did = concerned.iter().find(|(person, _)| **person == signer.key).map(|(_, did)| *did);
    let gaining = decide::namesakes(task.sql(), &gain(&task.row)?)?;
    let what = match did {
        Some(did) => Some(say!("{signer} {did} {number} and may not sign its agreement as well", signer, did, number)),
        None if gaining.contains(&signer.key) => {
            Some(say!("{signer} has the name of who gains by {number} and may not sign its agreement", signer, number))
        }
        None => None,
    };
    if let Some(what) = what {
        let way_out = say!(
            "have it signed by another branch manager, or by a deputy: branchbook staff deputy {key} --person PERSON --until DATE",
            key = signer.key
        );
        return Err(Refusal::rule("R5.4(1)", what).or(way_out).into());
    }
    identity::refuse_entering(task.change, "R5.4(1)", number, &[(asker.clone(), say!("asked for"))])
}

/// An agreement is signed after the approval of exactly this fee (R5.4(1)).
pub(super) fn refuse_signed_before(task: &mut Task<'_, '_>) -> Result<()> {
    let (approved, on) = (approval(task)?.counted_since(task.change)?, task.change.on);
    if on >= approved {
        return refuse_signed_back(task);
    }
    let what = say!(
        "the agreement over {number} is of {on}, before the approval of {approved_on}",
        number = task.entry.number,
        on,
        approved_on = approved
    );
    let way_out = if task.reason.is_none() {
        say!("have an agreement signed on {on} or after and give its day with --on DATE", on = approved)
    } else {
        say!("give the day on which it was signed, {on} or after", on = approved)
    };
    Err(Refusal::rule("R5.4(1)", what).or(way_out).into())
}

/// The day from which the signature counts whose day is corrected: that of its entry where who signed it entered it (Q9).
fn signed_since(task: &Task<'_, '_>) -> Result<NaiveDate> {
    let signed: Option<(String, String, String)> = task.sql().row(
        "SELECT recorder, actor, at FROM journal WHERE thing = ?1 AND verb = 'fee sign' ORDER BY id DESC LIMIT 1",
        [&task.entry.number],
    )?;
    let on = task.change.on;
    let Some((hand, by, at)) = signed else { return Ok(on) };
    counted::since(task.sql(), (&hand, &by), (on, task.change.day_of(&at).unwrap_or(on)))
}

/// Who signed, by name.
fn signer(task: &Task<'_, '_>) -> Result<String> {
    Ok(language::people(&task.row.get(&SIGNED_BY)?.unwrap_or_default()).into_owned())
}

/// Who signs and enters it themselves signs on that day: an agreement over a contract that is signed already is not dated back before
/// it (Q9).
fn refuse_signed_back(task: &Task<'_, '_>) -> Result<()> {
    let on = task.change.on;
    let counted =
        if task.reason.is_none() { identity::counted_day(task.change, &task.actor)? } else { signed_since(task)? };
    let contract: Option<NaiveDate> = task.sql().only(
        "SELECT min(c.signed_on) FROM contract AS c JOIN entry AS e ON e.id = c.entry
         WHERE e.number = ?1 AND c.position = 1 AND c.undone_on IS NULL",
        [task.row.get(&PROJECT)?],
    )?;
    let Some(contract) = contract.filter(|contract| on <= *contract && *contract < counted) else { return Ok(()) };
    let what = say!(
        "what {actor} enters on {counted} was not signed on {on}, before the contract of {contract}",
        actor = if task.reason.is_none() { task.actor.to_string() } else { signer(task)? },
        counted,
        on,
        contract
    );
    let way_out = say!("leave --on out, or let a clerk enter the agreement of that day");
    Err(Refusal::rule("R5.4(1)", what).or(way_out).into())
}
