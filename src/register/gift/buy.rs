//! Buying a gift: after approval and within it, or at a person's own expense (R5.3).

use anyhow::Result;
use clap::Args;
use rusqlite::Connection;

use super::request::{by_manager, is_in_shenyang};
use super::{find, quote, terms};
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::money::{Money, estimate};
use crate::office::identity;
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::register::approval::Approval;
use crate::register::entry::{Breaches, Entry};
use crate::say;
use crate::text::{Line, Text};

/// What was bought, and its bill
#[derive(Debug, Args)]
pub struct Buy {
    /// The gift's number
    pub number: String,
    /// Number of the bill, which the buyer keeps
    #[arg(long, value_name = "NUMBER")]
    pub bill: Line,
    /// What the bill comes to, in yuan
    #[arg(long, value_name = "YUAN", value_parser = estimate, allow_negative_numbers = true)]
    pub amount: Money,
    /// Who bears the whole cost of what was bought without approval
    #[arg(long, value_name = "PERSON")]
    pub own_expense: Option<String>,
    /// Why it was bought without approval
    #[arg(long, requires = "own_expense")]
    pub reason: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Buy {
    /// Enters the purchase.
    ///
    /// # Errors
    /// A refusal where it was not approved before, costs more than was approved, too few suppliers were asked, or General
    /// Management did not buy what is handed over in Shenyang (R5.3).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let entry = find(change.sql(), &self.number)?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        if self.amount == Money(0) {
            return Err(Refusal::usage(say!("a gift costs more than nothing"))
                .or(say!("give what the bill comes to with --amount YUAN"))
                .into());
        }
        quote::require_office(change, &entry, &actor, "R5.3(3)", say!("buying a gift"))?;
        match &self.own_expense {
            None => self.for_the_branch(change, entry, &actor),
            Some(who) => self.at_own_expense(change, entry, &actor, who),
        }
    }

    fn for_the_branch(&self, change: &mut Change<'_>, mut entry: Entry, actor: &Person) -> Result<Answer> {
        if let Some(refusal) = self.objections(change, &entry, actor)?.into_iter().next() {
            return Err(refusal.into());
        }
        let step = entry.step(change.sql(), "buy", Some("bought"))?;
        entry.refuse_before_last(change, say!("bought"))?;
        self.write(change, &entry, actor, None)?;
        entry.take(change, &step)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let line = say!(
            "{number}: bought by {key} for {amount}, bill {bill}",
            number = entry.number,
            key = actor.key,
            amount = self.amount.grouped(),
            bill = self.bill
        );
        Ok(Answer::new(entry.number, line))
    }

    fn at_own_expense(&self, change: &mut Change<'_>, mut entry: Entry, actor: &Person, who: &str) -> Result<Answer> {
        let step = entry.step(change.sql(), "buy", Some("own-expense"))?;
        entry.refuse_before_opening(change)?;
        let bearer = Person::find(change.sql(), who)?;
        let objections = self.objections(change, &entry, actor)?;
        if objections.is_empty() {
            return Err(Refusal::usage(say!(
                "no rule stands against buying {number} for the branch",
                number = entry.number
            ))
            .or(say!("leave --own-expense out"))
            .into());
        }
        let reason = self.reason.as_ref().map_or_else(|| format!("borne by {}", bearer.key), ToString::to_string);
        let mut breaches = Breaches::excused_by(Some(&reason));
        for objection in objections {
            breaches.refuse(objection)?;
        }
        self.write(change, &entry, actor, Some(&bearer))?;
        let notes = breaches.settle(change, &entry, actor)?;
        entry.take(change, &step)?;
        change.record(&entry.thing()?, &actor.key, Some(&reason))?;
        let line = say!(
            "{number}: bought for {amount}, bill {bill}; {key} bears the whole cost",
            number = entry.number,
            amount = self.amount.grouped(),
            bill = self.bill,
            key = bearer.key
        );
        Ok(Answer { notes, ..Answer::new(entry.number, line) })
    }

    fn write(&self, change: &Change<'_>, entry: &Entry, actor: &Person, bearer: Option<&Person>) -> Result<()> {
        change.sql().execute(
            "UPDATE gift SET bill = ?2, bought_fen = ?3, bought_on = ?4, bought_by = ?5, borne_by = ?6 WHERE entry = ?1",
            (entry.id, &self.bill, self.amount, change.on, &actor.key, bearer.map(|bearer| &bearer.key)),
        )?;
        Ok(())
    }

    /// Everything that stands against buying it for the branch.
    fn objections(&self, change: &Change<'_>, entry: &Entry, actor: &Person) -> Result<Vec<Refusal>> {
        let mut objections: Vec<Refusal> = match approved(change, entry)? {
            Ok(limit) => above(entry, self.amount, limit).into_iter().collect(),
            Err(refusal) => vec![refusal],
        };
        objections.extend(quote::too_few(change, entry, self.amount)?);
        objections.extend(elsewhere(change, entry, actor)?);
        Ok(objections)
    }
}

/// The amount that was approved, on or before the day of the change, and in the book before it; or why there is none (R5.3(1)).
fn approved(change: &Change<'_>, entry: &Entry) -> Result<std::result::Result<Money, Refusal>> {
    let (book, number) = (change.sql(), &entry.number);
    let subject = terms::subject(book, entry)?;
    let given = match entry.state.as_str() {
        "rejected" => {
            return Ok(Err(Refusal::rule("R5.3(1)", say!("gift {number} was rejected", number))
                .or(say!("ask for another one with: branchbook gift add …"))));
        }
        "requested" | "endorsed" => None,
        _ => Approval::standing(book, entry.id, "approve", &subject)?,
    };
    let Some(given) = given else { return Ok(Err(not_yet(book, entry)?)) };
    let refusal = if given.on > change.on {
        Some(say!(
            "gift {number} was approved on {on}, after it was bought on {bought_on}",
            number,
            on = given.on,
            bought_on = change.on
        ))
    } else {
        let entered = change.day_of(&given.at);
        let before = change.on == change.today() || entered.is_some_and(|day| day <= change.on);
        (!before).then(|| {
            say!(
                "the approval of gift {number} was entered at {at}, after it was bought on {on}",
                number,
                at = given.at,
                on = change.on
            )
        })
    };
    Ok(match refusal {
        Some(what) => Err(Refusal::rule("R5.3(1)", what).or(own_expense(number))),
        None => Ok(given.amount.unwrap_or(subject.amount.unwrap_or(Money(0)))),
    })
}

/// The way out of what was bought without approval (R5.3(2)).
fn own_expense(number: &str) -> String {
    say!(
        "give the day it was bought with --on DATE, or record who bears the cost: branchbook gift buy {number} … --own-expense PERSON",
        number
    )
}

/// The refusal of a gift that is not approved as it stands, with the command that leads on.
fn not_yet(book: &Connection, entry: &Entry) -> Result<Refusal> {
    let number = &entry.number;
    let changed = Approval::last(book, entry.id, "approve", None)?.is_some();
    let what = if changed {
        say!("gift {number} was changed after it was approved", number)
    } else {
        say!("gift {number} is not approved yet", number)
    };
    let approves = format!("branchbook gift approve {number}");
    let way_out = if entry.state == "requested" && !by_manager(book, entry)? {
        say!(
            "the manager of {department} endorses it with: branchbook gift endorse {number}, and the branch manager approves it with: {approves}",
            department = language::value(&entry.department),
            number,
            approves
        )
    } else {
        say!("the branch manager approves it with: {approves}", approves)
    };
    Ok(Refusal::rule("R5.3(1)", what).or(way_out))
}

/// What stands against an amount above the approved one (R5.3(1)).
#[must_use]
pub fn above(entry: &Entry, amount: Money, limit: Money) -> Option<Refusal> {
    (amount > limit).then(|| {
        let number = &entry.number;
        let what = say!("gift {number} was approved at {limit}, and {amount} is more", number, limit = limit.grouped(), amount = amount.grouped());
        Refusal::rule("R5.3(1)", what).or(say!("ask for more with: branchbook gift amend {number} --item \"NAME;QUANTITY\" --reason TEXT, and let it be approved again", number))
    })
}

/// What stands against a buyer outside General Management, where the gift is handed over in Shenyang (R5.3(1)).
fn elsewhere(change: &Change<'_>, entry: &Entry, actor: &Person) -> Result<Option<Refusal>> {
    let book = change.sql();
    let place: String = book.query_row("SELECT place FROM gift WHERE entry = ?1", [entry.id], |row| row.get(0))?;
    if !is_in_shenyang(&place) {
        return Ok(None);
    }
    let Some(day) = identity::out_of_office(change, actor, |day| actor.works_in(book, "general", day))? else {
        return Ok(None);
    };
    let what = say!(
        "{number} is handed over in {place}, so General Management buys it, of which {actor} was not on {day}",
        number = entry.number,
        place,
        actor,
        day
    );
    Ok(Some(Refusal::rule("R5.3(1)", what).or(say!("name who bought it with --by PERSON"))))
}
