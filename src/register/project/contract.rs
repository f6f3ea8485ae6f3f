//! Signing a project's contract, and the supplements that change it (R3.3, R3.4).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::{Connection, OptionalExtension, named_params};

use super::currency::{Currency, Rate, YUAN};
use super::product_line::{self, ProductLine};
use super::{leader, named, review};
use crate::book::change::Change;
use crate::day::{self, DayArg};
use crate::desk::{Answer, Deed};
use crate::money::{Money, agreed};
use crate::office::identity;
use crate::refusal::Refusal;
use crate::register::entry::{Breaches, Entry};
use crate::say;
use crate::text::{Line, Text, word};

/// What was signed
#[derive(Debug, Args)]
pub struct Sign {
    /// The project's number
    pub number: String,
    /// The number on the paper
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Line,
    /// Day it was signed
    #[arg(long, value_name = "DATE")]
    pub signed_on: DayArg,
    /// Its amount; of a supplement what it adds, or takes away
    #[arg(long, value_parser = agreed, allow_hyphen_values = true)]
    pub amount: Money,
    /// It supplements the project's contract, which stays
    #[arg(long)]
    pub supplement: bool,
    /// Currency of every amount [default: CNY, of a supplement the contract's]
    #[arg(long)]
    pub currency: Option<Currency>,
    /// What one of a currency other than CNY was worth that day, in yuan
    #[arg(long)]
    pub rate: Option<Rate>,
    /// Product, quantity and price of one, such as "球磨机;2;629万"; may be repeated
    #[arg(long, value_name = "LINE", allow_hyphen_values = true)]
    pub line: Vec<ProductLine>,
    /// Day by which it is to be delivered
    #[arg(long, value_name = "DATE")]
    pub deliver_by: Option<DayArg>,
    /// Months of warranty from the acceptance
    #[arg(long, value_name = "MONTHS", value_parser = clap::value_parser!(u16).range(..=600))]
    pub warranty_months: Option<u16>,
    /// Customer as the paper names it [default: the project's, of a supplement the contract's]
    #[arg(long)]
    pub customer: Option<Line>,
    /// Record that it was signed before the review passed, with the reason, instead of being refused
    #[arg(long, value_name = "REASON")]
    pub exception: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Sign {
    /// Enters the contract or supplement with its product lines.
    ///
    /// # Errors
    /// A refusal where the product lines do not add up or the review has not passed (R3.3), where another than the leader
    /// signed, or the contract is in the book already (R3.4).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = named(change.sql(), &self.number)?;
        let terms = Terms::look_up(change.sql(), &entry)?;
        let to = if self.supplement { entry.state.clone() } else { "contracted".to_owned() };
        self.refuse_out_of_place(&entry, terms.as_ref())?;
        let step = entry.step(change.sql(), "contract", Some(&to))?;
        entry.refuse_before_last(change, say!("contracted"))?;
        let signed_on = self.day_of_signing(change, &entry, terms.as_ref())?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        leader::require(change, &entry, &actor, &step.clause, say!("signing a contract"))?;
        let mut breaches = Breaches::excused_by(self.exception.as_deref());
        breaches.weigh(review::refuse_unpassed(change.sql(), &entry, signed_on))?;
        self.refuse_known(change.sql(), &entry)?;
        let currency = self.currency(terms.as_ref())?;
        let total = self.new_total(&entry, terms.as_ref())?;
        product_line::check(&self.line, &self.contract, self.amount, self.supplement)?;
        entry.take(change, &step)?;
        let position = self.write(change, &entry, signed_on, &currency)?;
        product_line::write(change, &entry, position, &self.line)?;
        let mut notes = breaches.settle(change, &entry, &actor)?;
        change.record(&entry.thing()?, &actor.key, self.exception.as_deref())?;
        if terms.is_some_and(|terms| terms.total != total) {
            notes.push(say!(
                "its instalments no longer add up; set them anew with: branchbook project instalments {number} …",
                number = entry.number
            ));
        }
        let what = if self.supplement { say!("supplement") } else { say!("contract") };
        let line = say!(
            "{number}: {what} {contract} signed on {signed_on}, {currency} {total} in all",
            number = entry.number,
            what,
            contract = self.contract,
            signed_on,
            currency,
            total = total.grouped()
        );
        Ok(Answer { notes, ..Answer::new(entry.number, line) })
    }

    /// A contract comes once, and a supplement after it (R3.4).
    fn refuse_out_of_place(&self, entry: &Entry, terms: Option<&Terms>) -> Result<()> {
        let refusal = match (self.supplement, terms) {
            (false, Some(terms)) => Refusal::rule(
                "R3.4",
                say!("{number} has its contract, {contract}", number = entry.number, contract = terms.contract),
            )
            .or(say!("enter what changes it with --supplement")),
            (true, None) => Refusal::rule(
                "R3.4",
                say!("{number} has no contract that could be supplemented", number = entry.number),
            )
            .or(say!("leave --supplement out")),
            _ => return Ok(()),
        };
        Err(refusal.into())
    }

    /// The day it was signed: not to come, not before the project, and of a supplement not before the contract.
    fn day_of_signing(&self, change: &Change<'_>, entry: &Entry, terms: Option<&Terms>) -> Result<NaiveDate> {
        let day = self.signed_on.on(change.today());
        day::refuse_future(day, change.on, "--signed-on")?;
        let (first, what) =
            terms.map_or((entry.day, say!("was opened")), |terms| (terms.signed_on, say!("has its contract signed")));
        if day >= first {
            return Ok(day);
        }
        Err(Refusal::usage(say!(
            "{number} {what} on {first}, and nothing was signed for it on {day}",
            number = entry.number,
            what,
            first,
            day
        ))
        .or(say!("give the day of the signing with --signed-on DATE"))
        .into())
    }

    /// A contract's number is on one paper alone; that of a supplement is once in its project (R3.4).
    fn refuse_known(&self, book: &Connection, entry: &Entry) -> Result<()> {
        let known: Option<String> = book
            .prepare_cached(
                "SELECT e.number FROM contract AS c JOIN entry AS e ON e.id = c.entry
                 WHERE c.contract = ?1 AND c.position = 1 AND NOT ?3
                 UNION ALL SELECT ?4 FROM contract WHERE contract = ?1 AND entry = ?2 LIMIT 1",
            )?
            .query_row((&self.contract, entry.id, self.supplement, &entry.number), |row| row.get(0))
            .optional()?;
        match known {
            None => Ok(()),
            Some(number) => Err(Refusal::rule(
                "R3.4",
                say!("{contract} is signed for {number} already", contract = self.contract, number),
            )
            .or(say!(
                "see branchbook project show {number}, and give the number on the paper with --contract CONTRACT",
                number
            ))
            .into()),
        }
    }

    /// The currency, which a supplement shares with its contract; one other than CNY comes with its rate.
    fn currency(&self, terms: Option<&Terms>) -> Result<String> {
        let usual = terms.map_or(YUAN, |terms| &terms.currency);
        let currency = self.currency.as_ref().map_or(usual, |currency| &currency.0);
        if terms.is_some() && currency != usual {
            return Err(Refusal::rule(
                "R3.4",
                say!("{number} is in {usual}, and its supplements are as well", number = self.number, usual),
            )
            .or(say!("leave --currency out"))
            .into());
        }
        match (currency == YUAN, self.rate) {
            (true, Some(_)) => {
                Err(Refusal::usage(say!("CNY has no rate")).or(say!("leave --rate out, or name the --currency")).into())
            }
            (false, None) => Err(Refusal::usage(say!("what one {currency} was worth that day is missing", currency))
                .or(say!("give it in yuan with --rate, such as --rate 7.1234"))
                .into()),
            _ => Ok(currency.to_owned()),
        }
    }

    /// What contract and supplements come to: more than nothing, and no less than what was paid.
    fn new_total(&self, entry: &Entry, terms: Option<&Terms>) -> Result<Money> {
        let Some(terms) = terms else {
            if self.amount > Money(0) {
                return Ok(self.amount);
            }
            return Err(Refusal::usage(say!("a contract comes to more than nothing"))
                .or(say!("give its --amount"))
                .into());
        };
        let total = terms.total.checked_add(self.amount).filter(|total| *total > Money(0) && *total >= terms.received);
        total.ok_or_else(|| {
            let what = say!("{number} comes to {total}, of which {received} is paid, and {saturating_neg} cannot be taken away from it", number = entry.number, total = terms.total.grouped(), received = terms.received.grouped(), saturating_neg = Money(self.amount.0.saturating_neg()).grouped());
            Refusal::rule("R3.7", what).or(say!("give what the supplement takes away with --amount")).into()
        })
    }

    /// Writes the contract; gives its position.
    fn write(&self, change: &Change<'_>, entry: &Entry, signed_on: NaiveDate, currency: &str) -> Result<i64> {
        let deliver_by = self.deliver_by.map(|day| day.on(change.today()));
        Ok(change
            .sql()
            .prepare_cached(
                "INSERT INTO contract VALUES (:entry, (SELECT count(*) + 1 FROM contract WHERE entry = :entry), :contract, :signed_on,
                    coalesce(:customer, (SELECT customer FROM contract WHERE entry = :entry AND position = 1),
                        (SELECT customer FROM project WHERE entry = :entry)), :currency, :amount, :rate, :deliver_by,
                    :warranty_months, NULL) RETURNING position",
            )?
            .query_row(
                named_params! {
                    ":entry": entry.id, ":contract": self.contract, ":signed_on": signed_on, ":customer": self.customer,
                    ":currency": currency, ":amount": self.amount, ":rate": self.rate, ":deliver_by": deliver_by,
                    ":warranty_months": self.warranty_months,
                },
                |row| row.get(0),
            )?)
    }
}

/// What a project's contract and its supplements come to together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The contract's number on the paper.
    pub contract: String,
    /// The currency of its amounts.
    pub currency: String,
    /// The day the contract was signed.
    pub signed_on: NaiveDate,
    /// The amount with all supplements, in 1/100 of the currency.
    pub total: Money,
    /// What the instalments add up to, in 1/100 of the currency.
    pub planned: Money,
    /// What came in, in 1/100 of the currency.
    pub received: Money,
    /// Months of warranty, as agreed last; none where none were agreed.
    pub warranty_months: Option<u32>,
}

impl Terms {
    /// The terms of a project; none before its contract is signed.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn look_up(book: &Connection, project: &Entry) -> Result<Option<Self>> {
        Ok(book
            .prepare_cached(
                "SELECT contract, currency, signed_on,
                    (SELECT sum(amount_fen) FROM contract WHERE entry = ?1),
                    (SELECT coalesce(sum(amount_fen), 0) FROM instalment WHERE entry = ?1),
                    (SELECT coalesce(sum(received_fen), 0) FROM instalment WHERE entry = ?1),
                    (SELECT warranty_months FROM contract WHERE entry = ?1 AND warranty_months IS NOT NULL ORDER BY position DESC LIMIT 1)
                 FROM contract WHERE entry = ?1 AND position = 1",
            )?
            .query_row([project.id], |row| {
                Ok(Self {
                    contract: row.get(0)?,
                    currency: row.get(1)?,
                    signed_on: row.get(2)?,
                    total: row.get(3)?,
                    planned: row.get(4)?,
                    received: row.get(5)?,
                    warranty_months: row.get(6)?,
                })
            })
            .optional()?)
    }

    /// The terms of a project whose contract is signed.
    ///
    /// # Errors
    /// A refusal by R3.7 before it is.
    pub fn of(book: &Connection, project: &Entry) -> Result<Self> {
        Self::look_up(book, project)?.ok_or_else(|| {
            Refusal::rule("R3.7", say!("{number} has no contract yet", number = project.number))
                .or(say!("enter it with: branchbook project contract {number} …", number = word(&project.number)))
                .into()
        })
    }
}
