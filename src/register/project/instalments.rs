//! How a contract is paid: its instalments, and the days on which they fall due (R3.7).

use anyhow::Result;
use chrono::{Months, NaiveDate};
use rusqlite::{Connection, named_params};

use super::contract::Terms;
use super::share::{Share, split};
use super::{leader, lowered, named};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::fields;
use crate::language;
use crate::money::Money;
use crate::office::identity;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::field::Field;
use crate::register::form::{Check, Step, Verb, Who};
use crate::register::task::Task;
use crate::say;

const ADVANCE: Field<Share> = share("advance", "due on signing");
const PROGRESS: Field<Share> = share("progress", "due on the completion notice");
const DELIVERY: Field<Share> = share("delivery", "due on delivery");
const WARRANTY: Field<Share> = share("warranty", "due when the months of warranty are over after the acceptance");
const ADVANCE_DUE: Field<NaiveDate> =
    day("advance_due", "another day on which it is due").option("advance-due").with("advance");
const PROGRESS_DUE: Field<NaiveDate> =
    day("progress_due", "another day on which it is due").option("progress-due").with("progress");
const DELIVERY_DUE: Field<NaiveDate> =
    day("delivery_due", "another day on which it is due").option("delivery-due").with("delivery");
const WARRANTY_DUE: Field<NaiveDate> =
    day("warranty_due", "another day on which it is due").option("warranty-due").with("warranty");

const fn share(column: &'static str, hint: &'static str) -> Field<Share> {
    Field::read(column, hint).value_name("SHARE").loose()
}

const fn day(column: &'static str, hint: &'static str) -> Field<NaiveDate> {
    Field::day(column, hint).loose()
}

/// What an instalment is for, in the order of payment; a contract has one of a kind at most. Each with what makes it due where no
/// day was agreed, and its fields.
pub(super) const KINDS: [(&str, &str, Field<Share>, Field<NaiveDate>); 4] = [
    ("advance", "signing", ADVANCE, ADVANCE_DUE),
    ("progress", "completion", PROGRESS, PROGRESS_DUE),
    ("delivery", "delivery", DELIVERY, DELIVERY_DUE),
    ("warranty", "acceptance", WARRANTY, WARRANTY_DUE),
];

/// Sets the instalments, or sets them anew: what was received must still fit.
pub(super) const SET: Verb = Verb::Step(Step {
    name: "instalments",
    about: "Set how the contract is paid; set it anew after a supplement (R3.7): what keeps its share keeps the day agreed for it",
    done: phrase!("given instalments"),
    fields: fields![ADVANCE, PROGRESS, DELIVERY, WARRANTY, ADVANCE_DUE, PROGRESS_DUE, DELIVERY_DUE, WARRANTY_DUE],
    find: |book, _, which| named(book, which),
    exception: Some(
        "Record why they are set anew without a supplement, or lowered by more than one takes away, once there is a shipment or money is due, instead of being refused",
    ),
    who: Who::Check(may_set),
    needs: fields![ADVANCE, PROGRESS, DELIVERY, WARRANTY],
    guards: &[
        Check::Follows(refuse_unfit),
        Check::Follows(refuse_changed_alone),
        Check::Regulation(refuse_changed),
        Check::Follows(|task| kept(task, lowered::refuse_alone)),
        Check::Regulation(|task| kept(task, lowered::refuse)),
    ],
    then: set,
    stays: refuse_taken_back,
    says: |task| task.says(phrase!("{number}: {currency} {total} in {instalments}")),
    ..Step::BLANK
});

/// An instalment as it is to be.
pub(super) struct Instalment {
    pub(super) kind: &'static str,
    event: &'static str,
    share: Share,
    /// In 1/100 of the contract's currency.
    pub(super) amount: Money,
    /// The day, where one was agreed.
    agreed: Option<NaiveDate>,
    /// The day it is due, once that is known.
    pub(super) due: Option<NaiveDate>,
}

/// The leader sets them, and whoever decides that they are lowered.
fn may_set(task: &Task<'_, '_>) -> Result<()> {
    if lowered::decides(task)? {
        return Ok(());
    }
    leader::require(task, say!("setting the instalments"))
}

fn set(task: &mut Task<'_, '_>) -> Result<()> {
    let terms = Terms::of(task.sql(), &task.entry)?;
    let instalments = planned(task, &terms)?;
    write(task.sql(), &task.entry, &instalments)?;
    let words: Vec<String> = instalments.iter().map(Instalment::in_words).collect();
    task.word("total", terms.total.grouped());
    task.word("instalments", words.join(language::comma()));
    Ok(())
}

/// Whether shares would change that the contract bears out, of what has begun: a shipment, or money that came in or is overdue (R6.3).
fn changes_begun(task: &Task<'_, '_>) -> Result<bool> {
    let (book, entry) = (task.sql(), &task.entry);
    let terms = Terms::of(book, entry)?;
    if terms.planned != terms.total || !has_begun(task)? {
        return Ok(false);
    }
    for instalment in &planned(task, &terms)? {
        let known = "SELECT 1 FROM instalment WHERE entry = ?1 AND kind = ?2 AND amount_fen = ?3";
        if !book.prepare_cached(known)?.exists((entry.id, instalment.kind, instalment.amount))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether there is a shipment, or money came in or is overdue.
fn has_begun(task: &Task<'_, '_>) -> Result<bool> {
    let today = task.change.today();
    let has_come =
        |(_, _, received, due): &lowered::Standing| *received > Money(0) || due.is_some_and(|due| due < today);
    if lowered::standing(task)?.iter().any(has_come) {
        return Ok(true);
    }
    is_shipped(task)
}

/// Whether there is a shipment.
fn is_shipped(task: &Task<'_, '_>) -> Result<bool> {
    let shipped = "SELECT 1 FROM ship AS s JOIN entry AS e ON e.id = s.entry
        WHERE s.project = ?1 AND e.state NOT IN ('cancelled', 'void')";
    Ok(task.sql().prepare_cached(shipped)?.exists([&task.entry.number])?)
}

/// What a shipment leaves by is not taken back, for then it would be set anew without a supplement (R6.3).
fn refuse_taken_back(task: &Task<'_, '_>) -> Result<()> {
    if !is_shipped(task)? {
        return Ok(());
    }
    let number = &task.entry.number;
    let way_out = say!(
        "where they are wrong, let a clerk set them anew with: branchbook project instalments {number} --advance SHARE --progress SHARE --delivery SHARE --warranty SHARE --exception REASON",
        number
    );
    Err(shares_stay(number).or(way_out).into())
}

fn shares_stay(number: &str) -> Refusal {
    Refusal::rule("R6.3", say!("the shares of {number} stay: there is a shipment, or money is due", number))
}

/// Holds what has begun to what instalments may not lower.
fn kept(task: &Task<'_, '_>, keep: fn(&Task<'_, '_>, Money, &[Instalment]) -> Result<()>) -> Result<()> {
    if !has_begun(task)? {
        return Ok(());
    }
    let terms = Terms::of(task.sql(), &task.entry)?;
    keep(task, terms.total, &planned(task, &terms)?)
}

/// They add up to the contract, and what was received fits into them: nothing excuses that.
fn refuse_unfit(task: &mut Task<'_, '_>) -> Result<()> {
    let terms = Terms::of(task.sql(), &task.entry)?;
    refuse_below_received(task.sql(), &task.entry, &planned(task, &terms)?)
}

/// Only a clerk records why shares change of what has begun.
fn refuse_changed_alone(task: &mut Task<'_, '_>) -> Result<()> {
    if identity::is_clerk(task.change)? || !changes_begun(task)? || lowered::decides(task)? {
        return Ok(());
    }
    let number = &task.entry.number;
    let way_out =
        say!("enter the supplement that changes them first, or let a clerk record the reason with --exception REASON");
    Err(shares_stay(number).or(way_out).into())
}

fn refuse_changed(task: &Task<'_, '_>) -> Result<()> {
    if !changes_begun(task)? {
        return Ok(());
    }
    let number = &task.entry.number;
    let way_out = say!(
        "enter the supplement that changes them first: branchbook project contract {number} --supplement …",
        number
    );
    Err(shares_stay(number).or(way_out).into())
}

/// The instalments with their amounts and the days that are known.
fn planned(task: &Task<'_, '_>, terms: &Terms) -> Result<Vec<Instalment>> {
    let (book, entry) = (task.sql(), &task.entry);
    let mut instalments = Vec::new();
    for (kind, event, share, day) in KINDS {
        if let Some(share) = task.row.get(&share)? {
            let agreed = match task.row.get(&day)? {
                None => kept_day(book, entry, kind, share)?,
                day => day,
            };
            refuse_untimely(terms, kind, agreed)?;
            let due = if agreed.is_some() { agreed } else { day_of_event(book, entry, terms, kind)? };
            instalments.push(Instalment { kind, event, share, amount: Money(0), agreed, due });
        }
    }
    let shares: Vec<Share> = instalments.iter().map(|instalment| instalment.share).collect();
    let amounts = split(terms.total, &shares).map_err(|sum| {
        let whole = format!("{} {}", terms.currency, terms.total.grouped());
        let small = shares.iter().any(|share| matches!(share, Share::Amount(amount) if amount.0 <= 10_000));
        let (number, sum) = (&entry.number, sum.grouped());
        Refusal::rule(
            "R3.7",
            say!("the instalments of {number} come to {sum}, and its contract to {whole}", number, sum, whole),
        )
        .or(if small {
            say!("a figure alone is an amount, and 30% is a share; give shares that make 100%, or amounts that add up to the contract with its supplements")
        } else {
            say!("give shares that make 100%, or amounts that add up to the contract with its supplements")
        })
    })?;
    for (instalment, amount) in instalments.iter_mut().zip(amounts) {
        instalment.amount = amount;
        if let (None, Some(due)) = (instalment.agreed, instalment.due) {
            instalment.due = Some(added_on(book, entry, instalment)?.map_or(due, |added| due.max(added)));
        }
    }
    Ok(instalments)
}

/// The day on which the supplement was signed that added what is still owed of an instalment: what it came to before is paid, or
/// was added itself. None where nothing was.
fn added_on(book: &Connection, entry: &Entry, instalment: &Instalment) -> Result<Option<NaiveDate>> {
    let added = "SELECT max(c.signed_on) FROM instalment AS i JOIN contract AS c
            ON c.entry = i.entry AND c.position > 1 AND c.undone_on IS NULL
        WHERE i.entry = ?1 AND i.kind = ?2 AND i.due_event IS NOT NULL
            AND (c.signed_on = i.due_on OR i.amount_fen < ?3 AND i.received_fen = i.amount_fen)";
    book.only(added, (entry.id, instalment.kind, instalment.amount))
}

/// The day that was agreed for an instalment whose share stays as it was.
fn kept_day(book: &Connection, entry: &Entry, kind: &str, share: Share) -> Result<Option<NaiveDate>> {
    let amount = if let Share::Amount(amount) = share { Some(amount) } else { None };
    let agreed = "SELECT due_on FROM instalment WHERE entry = ?1 AND kind = ?2 AND due_event IS NULL
        AND share_pct IS ?3 AND amount_fen = coalesce(?4, amount_fen)";
    book.value(agreed, (entry.id, kind, share.percent(), amount))
}

/// Nothing is due before the signing, and warranty money needs the months of the warranty, or a day.
fn refuse_untimely(terms: &Terms, kind: &str, agreed: Option<NaiveDate>) -> Result<()> {
    let contract = &terms.contract;
    if let Some(day) = agreed.filter(|day| *day < terms.signed_on) {
        let what =
            say!("{contract} was signed on {signed_on}, after {day}", contract, signed_on = terms.signed_on, day);
        return Err(Refusal::usage(what)
            .or(say!("give the day on which it is due with --{kind}-due DATE", kind))
            .into());
    }
    if kind == "warranty" && agreed.is_none() && terms.warranty_months.is_none() {
        return Err(Refusal::rule("R3.7", say!("{contract} names no months of warranty", contract))
            .or(say!("give the day on which the warranty money is due with --warranty-due DATE"))
            .into());
    }
    Ok(())
}

impl Instalment {
    fn in_words(&self) -> String {
        let (kind, amount) = (language::value_of("kind", self.kind), self.amount.grouped());
        match self.due {
            Some(day) => say!("{kind} {amount} due on {day}", kind, amount, day),
            None if self.kind == "warranty" => say!("{kind} {amount} due when the warranty ends", kind, amount),
            None => say!("{kind} {amount} due on {event}", kind, amount, event = language::value(self.event)),
        }
    }
}

/// The day on which the event of an instalment happened, and for the warranty the months after it; none while it has not.
/// The day of the completion notice is that of the project's first shipment to have one, else as the instalment had it; what is
/// delivered is complete.
fn day_of_event(book: &Connection, entry: &Entry, terms: &Terms, kind: &str) -> Result<Option<NaiveDate>> {
    let (completed, delivered, accepted) = book.whole(
        "SELECT coalesce((SELECT min(s.completed_on) FROM ship AS s JOIN entry AS e ON e.id = s.entry
                WHERE s.project = ?2 AND e.state NOT IN ('cancelled', 'void')),
            (SELECT due_on FROM instalment WHERE entry = ?1 AND due_event = 'completion')), delivered_on, accepted_on
         FROM project WHERE entry = ?1",
        (entry.id, &entry.number),
    )?;
    Ok(due(kind, terms.signed_on, [completed, delivered, accepted], terms.warranty_months))
}

/// The day on which an instalment of a kind falls due of a contract that was signed, completed, delivered and accepted on these days:
/// what is accepted is delivered, and what is delivered is complete. None while what makes it due has not happened.
pub(super) fn due(
    kind: &str,
    signed: NaiveDate,
    [completed, delivered, accepted]: [Option<NaiveDate>; 3],
    warranty_months: Option<u32>,
) -> Option<NaiveDate> {
    match kind {
        "advance" => Some(signed),
        "progress" => completed.or(delivered).or(accepted),
        "delivery" => delivered.or(accepted),
        _ => accepted.map(|day| after(day, warranty_months)),
    }
}

/// The day so many months later, or the last of a shorter month.
fn after(day: NaiveDate, months: Option<u32>) -> NaiveDate {
    day.checked_add_months(Months::new(months.unwrap_or_default())).unwrap_or(NaiveDate::MAX)
}

/// What was received on an instalment stays, and fits into what it is set to (R3.7).
fn refuse_below_received(book: &Connection, entry: &Entry, instalments: &[Instalment]) -> Result<()> {
    let mut paid = book.prepare_cached(
        "SELECT kind, received_fen FROM instalment WHERE entry = ?1 AND received_fen > 0 ORDER BY position",
    )?;
    let mut rows = paid.query([entry.id])?;
    while let Some(row) = rows.next()? {
        let (kind, received): (String, Money) = (row.get(0)?, row.get(1)?);
        let amount = instalments.iter().find(|instalment| instalment.kind == kind);
        let amount = amount.map_or(Money(0), |instalment| instalment.amount);
        if amount < received {
            let what = say!(
                "{number} was paid {received} for the {kind}, which cannot become {amount}",
                number = entry.number,
                received = received.grouped(),
                kind = language::value_of("kind", &kind),
                amount = amount.grouped()
            );
            return Err(Refusal::rule("R3.7", what)
                .or(say!("give at least --{kind} {received}", kind, received = received.to_string()))
                .into());
        }
    }
    Ok(())
}

/// Writes the instalments in the place of those that were; their positions tell the kinds.
fn write(book: &Connection, entry: &Entry, instalments: &[Instalment]) -> Result<()> {
    let mut upsert = book.prepare_cached(
        "INSERT INTO instalment (entry, position, kind, share_pct, amount_fen, due_event, due_on)
         VALUES (:entry, :position, :kind, :share, :amount, :event, :due)
         ON CONFLICT DO UPDATE SET share_pct = :share, amount_fen = :amount, due_event = :event, due_on = :due",
    )?;
    let mut without = book.prepare_cached("DELETE FROM instalment WHERE entry = ?1 AND position = ?2")?;
    for ((kind, ..), position) in KINDS.into_iter().zip(1_i64..) {
        let Some(instalment) = instalments.iter().find(|instalment| instalment.kind == kind) else {
            without.execute((entry.id, position))?;
            continue;
        };
        upsert.execute(named_params! {
            ":entry": entry.id, ":position": position, ":kind": kind, ":share": instalment.share.percent(),
            ":amount": instalment.amount, ":event": instalment.agreed.is_none().then_some(instalment.event), ":due": instalment.due,
        })?;
    }
    Ok(())
}

/// The months of warranty that were agreed last.
fn warranty_months(book: &Connection, project: i64) -> Result<Option<u32>> {
    book.value(
        "SELECT warranty_months FROM contract WHERE undone_on IS NULL AND entry = ?1 AND warranty_months IS NOT NULL ORDER BY position DESC LIMIT 1",
        [project],
    )
}

/// Moves what fell due by an event whose day is corrected.
pub(super) fn moved(change: &Change<'_>, project: i64, event: &str, (old, new): (NaiveDate, NaiveDate)) -> Result<()> {
    let months = warranty_months(change.sql(), project)?;
    change
        .sql()
        .prepare_cached(
            "UPDATE instalment SET due_on = iif(kind = 'warranty', ?5, ?4)
             WHERE entry = ?1 AND due_event = ?2 AND due_on = iif(kind = 'warranty', ?6, ?3)",
        )?
        .execute((project, event, old, new, after(new, months), after(old, months)))?;
    Ok(())
}

/// Notes that an event happened on a day: what is due on it gets its day, the warranty after its months (R3.7). The first such
/// event counts. What is delivered is complete, and what is accepted is delivered, also where nobody noted that.
///
/// `project` is the entry's id, `event` one of `completion`, `delivery` and `acceptance`. The caller records the project.
///
/// # Errors
/// An error of `SQLite`.
pub fn event(change: &Change<'_>, project: i64, event: &str, on: NaiveDate) -> Result<()> {
    const EVENTS: [&str; 3] = ["completion", "delivery", "acceptance"];
    let months = warranty_months(change.sql(), project)?;
    let mut fall_due = change.sql().prepare_cached(
        "UPDATE instalment SET due_on = iif(kind = 'warranty', ?4, ?3) WHERE entry = ?1 AND due_event = ?2 AND due_on IS NULL",
    )?;
    let happened = EVENTS.iter().position(|known| *known == event).map_or(0, |last| last + 1);
    for event in &EVENTS[..happened] {
        fall_due.execute((project, event, on, after(on, months)))?;
    }
    Ok(())
}

/// The command that sets the instalments of a project; warranty money needs its day where the contract has no months of warranty.
pub(super) fn setting(project: &str, has_months: bool) -> String {
    let day = if has_months { "" } else { " --warranty-due DATE" };
    format!(
        "branchbook project instalments {project} --advance SHARE --progress SHARE --delivery SHARE --warranty SHARE{day}"
    )
}
