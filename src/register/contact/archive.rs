//! Taking a form into its contract's file (R4.6, R4.7).

use anyhow::Result;
use rusqlite::types::Value;

use super::circulate::{self, Round};
use super::{CONTRACT, FILE, KIND, NO_CONTRACT, PROJECT, REPLIED, REPLY_BY, entitlement, parties};
use crate::language;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::task::Task;
use crate::say;

/// Every addressee has signed before a form is archived (R4.7).
pub(super) fn refuse_unsigned(task: &Task<'_, '_>) -> Result<()> {
    let round = Round::of(task)?;
    let missing: Vec<&str> = round.missing().collect();
    let Some(first) = missing.first().filter(|_| task.entry.state == "issued") else { return Ok(()) };
    let number = &task.entry.number;
    let sign = circulate::signing(task.sql(), number, first, task.change.on)?;
    let party = missing.join(parties::BETWEEN);
    let what = say!("{number} is not signed for {party} yet", number, party = language::people(&party));
    Err(Refusal::rule("R4.7", what).or(say!("enter the signature with: {sign}", sign)).into())
}

/// The contract administrator has signed for a copy of a form that leaves the company before it is archived (R4.6).
pub(super) fn refuse_uncopied(task: &Task<'_, '_>) -> Result<()> {
    let (round, number) = (Round::of(task)?, &task.entry.number);
    let copies = round.copied_to.join(parties::BETWEEN);
    if !entitlement::leaves(task.sql(), task.row.get(&KIND)?.as_deref(), &copies)? {
        return Ok(());
    }
    let keepers = entitlement::record_keepers(task.sql(), &copies, task.entry.day)?;
    let refusal = |what: &str, way_out: String| {
        Refusal::rule("R4.6", say!("{number} leaves the company, and {what}", number, what)).or(way_out)
    };
    let Some(first) = keepers.first() else {
        let copies = entitlement::copies_that_do(task.sql(), task.entry.day)?;
        let way_out =
            say!("enter the copy with: branchbook contact amend {number} --reason REASON {copies}", number, copies);
        return Err(refusal(say!("was not copied to the contract administrator"), way_out).into());
    };
    if keepers.iter().any(|keeper| round.signed.iter().any(|signed| signed == keeper)) {
        return Ok(());
    }
    let sign = circulate::signing(task.sql(), number, first, task.change.on)?;
    let way_out = say!("enter the signature with: {sign}", sign);
    Err(refusal(say!("the contract administrator has not signed for a copy"), way_out).into())
}

/// A form goes into the file that is named, else of the project or contract that it belongs to; or there is a reason why it
/// belongs to none (R4.7).
pub(super) fn put_away(task: &mut Task<'_, '_>) -> Result<()> {
    if task.row.is_new(&FILE.spec) || task.row.is_new(&NO_CONTRACT.spec) {
        return Ok(());
    }
    let Some(file) = task.row.get(&PROJECT)?.or(task.row.get(&CONTRACT)?) else {
        let number = &task.entry.number;
        let what = say!("{number} names no contract, and every form goes into a contract's file", number);
        let way_out =
            say!("give --project PROJECT or --contract CONTRACT, or say why there is none with --no-contract REASON");
        return Err(Refusal::rule("R4.7", what).or(way_out).into());
    };
    task.set(FILE.spec.column, file);
    Ok(())
}

/// Says of a reply that was wanted and did not come: what is archived waits for none (R4.7).
pub(super) fn tell_unanswered(task: &mut Task<'_, '_>) -> Result<()> {
    let (wanted, replied) = (task.row.get(&REPLY_BY)?, task.row.get(&REPLIED)?);
    let is_owed = task.entry.state == "received" && replied.is_none();
    let Some(wanted) = wanted.filter(|_| is_owed) else { return Ok(()) };
    let number = &task.entry.number;
    let remark = say!(
        "{number} has no reply, which was wanted by {wanted}, and waits for none any more; where there is one: branchbook contact undo {number} --reason REASON, then branchbook contact reply {number}",
        number,
        wanted
    );
    task.remark(remark);
    Ok(())
}

/// A form is in a file, or belongs to none: what is given takes the other's place.
#[allow(clippy::unnecessary_wraps, reason = "as every rule")]
pub(super) fn one_place(task: &mut Task<'_, '_>) -> Result<()> {
    let other = if task.row.is_new(&NO_CONTRACT.spec) { &FILE.spec } else { &NO_CONTRACT.spec };
    task.set(other.column, Value::Null);
    Ok(())
}

pub(super) fn archived(task: &Task<'_, '_>) -> Result<String> {
    task.says(match task.row.get(&FILE)? {
        Some(_) => phrase!("{number}: archived on {on} by {by}, in the file of {contract_file}"),
        None => phrase!("{number}: archived on {on} by {by}, belongs to no contract"),
    })
}
