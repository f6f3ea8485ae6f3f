//! How a contract is paid: its instalments, and the days on which they fall due (R3.7).

use std::fmt;

use anyhow::Result;
use chrono::{Months, NaiveDate};
use clap::{Args, ValueEnum};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::contract::Terms;
use super::share::{Share, split};
use super::{leader, named};
use crate::book::change::Change;
use crate::day::DayArg;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::language::Spoken;
use crate::money::Money;
use crate::office::identity;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;

/// What an instalment is for; a contract has one of a kind at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Due on signing
    Advance,
    /// Due on the completion notice
    Progress,
    /// Due on delivery
    Delivery,
    /// Due when the warranty ends
    Warranty,
}

impl Kind {
    /// As it is typed and stored.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Advance => "advance",
            Self::Progress => "progress",
            Self::Delivery => "delivery",
            Self::Warranty => "warranty",
        }
    }

    /// Its place in the order of payment.
    const fn position(self) -> i64 {
        match self {
            Self::Advance => 1,
            Self::Progress => 2,
            Self::Delivery => 3,
            Self::Warranty => 4,
        }
    }

    /// What makes it due where no day was agreed.
    const fn event(self) -> &'static str {
        match self {
            Self::Advance => "signing",
            Self::Progress => "completion",
            Self::Delivery => "delivery",
            Self::Warranty => "acceptance",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl Spoken for Kind {
    fn spoken(&self) -> String {
        language::value(&self.to_string()).into_owned()
    }
}

/// How the contract is paid: each instalment as a share such as 30%, or as an amount
#[derive(Debug, Args)]
pub struct Instalments {
    /// The project's number
    pub number: String,
    /// Advance payment, due on signing
    #[arg(long, value_name = "SHARE")]
    pub advance: Option<Share>,
    /// Progress payment, due on the completion notice
    #[arg(long, value_name = "SHARE")]
    pub progress: Option<Share>,
    /// Delivery payment, due on delivery
    #[arg(long, value_name = "SHARE")]
    pub delivery: Option<Share>,
    /// Warranty money, due when the months of warranty are over after the acceptance
    #[arg(long, value_name = "SHARE")]
    pub warranty: Option<Share>,
    /// Day on which the advance payment is due instead
    #[arg(long, value_name = "DATE", requires = "advance")]
    pub advance_due: Option<DayArg>,
    /// Day on which the progress payment is due instead
    #[arg(long, value_name = "DATE", requires = "progress")]
    pub progress_due: Option<DayArg>,
    /// Day on which the delivery payment is due instead
    #[arg(long, value_name = "DATE", requires = "delivery")]
    pub delivery_due: Option<DayArg>,
    /// Day on which the warranty money is due instead
    #[arg(long, value_name = "DATE", requires = "warranty")]
    pub warranty_due: Option<DayArg>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// An instalment as it is to be.
struct Instalment {
    kind: Kind,
    share: Share,
    amount: Money,
    /// The day, where one was agreed.
    agreed: Option<NaiveDate>,
    /// The day it is due, once that is known.
    due: Option<NaiveDate>,
}

impl Instalments {
    /// Sets the instalments, or sets them anew: what was received must still fit.
    ///
    /// # Errors
    /// A refusal by R3.7 where they do not add up to the contract with its supplements, or are less than was received.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = named(change.sql(), &self.number)?;
        let step = entry.step(change.sql(), "instalments", Some(&entry.state))?;
        entry.refuse_before_last(change, say!("given instalments"))?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        leader::require(change, &entry, &actor, &step.clause, say!("setting the instalments"))?;
        let terms = Terms::of(change.sql(), &entry)?;
        let instalments = self.planned(change, &entry, &terms)?;
        refuse_below_received(change.sql(), &entry, &instalments)?;
        entry.take(change, &step)?;
        write(change, &entry, &instalments)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let words: Vec<String> = instalments.iter().map(ToString::to_string).collect();
        let line = say!(
            "{number}: {currency} {total} in {words}",
            number = entry.number,
            currency = terms.currency,
            total = terms.total.grouped(),
            words = words.join(", ")
        );
        Ok(Answer::new(entry.number, line))
    }

    /// The instalments with their amounts and the days that are known.
    fn planned(&self, change: &Change<'_>, entry: &Entry, terms: &Terms) -> Result<Vec<Instalment>> {
        let typed = [
            (Kind::Advance, self.advance, self.advance_due),
            (Kind::Progress, self.progress, self.progress_due),
            (Kind::Delivery, self.delivery, self.delivery_due),
            (Kind::Warranty, self.warranty, self.warranty_due),
        ];
        let typed: Vec<_> = typed.into_iter().filter_map(|(kind, share, due)| Some((kind, share?, due))).collect();
        let shares: Vec<Share> = typed.iter().map(|(_, share, _)| *share).collect();
        let amounts = split(terms.total, &shares).map_err(|sum| not_adding_up(entry, terms, sum))?;
        let mut instalments = Vec::new();
        for ((kind, share, due), amount) in typed.into_iter().zip(amounts) {
            let agreed = due.map(|day| day.on(change.today()));
            if let Some(day) = agreed.filter(|day| *day < terms.signed_on) {
                return Err(Refusal::usage(say!(
                    "{contract} was signed on {signed_on}, after {day}",
                    contract = terms.contract,
                    signed_on = terms.signed_on,
                    day
                ))
                .or(say!("give the day on which it is due with --{kind}-due DATE", kind = kind.to_string()))
                .into());
            }
            if kind == Kind::Warranty && agreed.is_none() && terms.warranty_months.is_none() {
                return Err(Refusal::rule(
                    "R3.7",
                    say!("{contract} names no months of warranty", contract = terms.contract),
                )
                .or(say!("give the day on which the warranty money is due with --warranty-due DATE"))
                .into());
            }
            let due = match agreed {
                Some(day) => Some(day),
                None => day_of_event(change.sql(), entry, terms, kind)?,
            };
            instalments.push(Instalment { kind, share, amount, agreed, due });
        }
        Ok(instalments)
    }
}

impl fmt::Display for Instalment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.spoken(), self.amount.grouped())?;
        match self.due {
            Some(day) => f.write_str(&say!(" due on {day}", day)),
            None if self.kind == Kind::Warranty => f.write_str(say!(" due when the warranty ends")),
            None => f.write_str(&say!(" due on {event}", event = language::value(self.kind.event()))),
        }
    }
}

fn not_adding_up(entry: &Entry, terms: &Terms, sum: Money) -> Refusal {
    let whole = format!("{} {}", terms.currency, terms.total.grouped());
    Refusal::rule(
        "R3.7",
        say!(
            "the instalments of {number} come to {sum}, and its contract to {whole}",
            number = entry.number,
            sum = sum.grouped(),
            whole
        ),
    )
    .or(say!("give shares that make 100%, or amounts that add up to the contract with its supplements"))
}

/// The day on which the event of an instalment happened, and for the warranty the months after it; none while it has not.
/// The day of the completion notice is that of the project's first shipment to have one, else as the instalment had it; what is
/// delivered is complete.
fn day_of_event(book: &Connection, entry: &Entry, terms: &Terms, kind: Kind) -> Result<Option<NaiveDate>> {
    let (completed, delivered, accepted): (Option<NaiveDate>, Option<NaiveDate>, Option<NaiveDate>) = book
        .prepare_cached(
            "SELECT coalesce((SELECT min(s.completed_on) FROM ship AS s JOIN entry AS e ON e.id = s.entry
                    WHERE s.project = ?2 AND e.state NOT IN ('cancelled', 'void')),
                (SELECT due_on FROM instalment WHERE entry = ?1 AND due_event = 'completion')), delivered_on, accepted_on
             FROM project WHERE entry = ?1",
        )?
        .query_row((entry.id, &entry.number), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(match kind {
        Kind::Advance => Some(terms.signed_on),
        Kind::Progress => completed.or(delivered).or(accepted),
        Kind::Delivery => delivered.or(accepted),
        Kind::Warranty => accepted.map(|day| after(day, terms.warranty_months)),
    })
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
        let amount = instalments.iter().find(|instalment| instalment.kind.key() == kind);
        let amount = amount.map_or(Money(0), |instalment| instalment.amount);
        if amount < received {
            return Err(Refusal::rule(
                "R3.7",
                say!(
                    "{number} was paid {received} for the {kind}, which cannot become {amount}",
                    number = entry.number,
                    received = received.grouped(),
                    kind = language::value(&kind),
                    amount = amount.grouped()
                ),
            )
            .or(say!("give at least --{kind} {received}", kind = language::value(&kind), received))
            .into());
        }
    }
    Ok(())
}

/// Writes the instalments in the place of those that were.
fn write(change: &Change<'_>, entry: &Entry, instalments: &[Instalment]) -> Result<()> {
    let mut upsert = change.sql().prepare_cached(
        "INSERT INTO instalment (entry, position, kind, share_pct, amount_fen, due_event, due_on)
         VALUES (:entry, :position, :kind, :share, :amount, :event, :due)
         ON CONFLICT DO UPDATE SET share_pct = :share, amount_fen = :amount, due_event = :event, due_on = :due",
    )?;
    let mut without = change.sql().prepare_cached("DELETE FROM instalment WHERE entry = ?1 AND position = ?2")?;
    for kind in Kind::value_variants() {
        let Some(instalment) = instalments.iter().find(|instalment| instalment.kind == *kind) else {
            without.execute((entry.id, kind.position()))?;
            continue;
        };
        upsert.execute(named_params! {
            ":entry": entry.id, ":position": kind.position(), ":kind": kind.key(), ":share": instalment.share.percent(),
            ":amount": instalment.amount, ":event": instalment.agreed.is_none().then(|| kind.event()), ":due": instalment.due,
        })?;
    }
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
    let months: Option<u32> = change
        .sql()
        .prepare_cached(
            "SELECT warranty_months FROM contract WHERE entry = ?1 AND warranty_months IS NOT NULL ORDER BY position DESC LIMIT 1",
        )?
        .query_row([project], |row| row.get(0))
        .optional()?;
    let mut fall_due = change.sql().prepare_cached(
        "UPDATE instalment SET due_on = iif(kind = 'warranty', ?4, ?3) WHERE entry = ?1 AND due_event = ?2 AND due_on IS NULL",
    )?;
    let happened = EVENTS.iter().position(|known| *known == event).map_or(0, |last| last + 1);
    for event in &EVENTS[..happened] {
        fall_due.execute((project, event, on, after(on, months)))?;
    }
    Ok(())
}
