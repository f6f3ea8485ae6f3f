//! Correcting gifts: what was decided on is decided on again, and no correction gets round a rule (R5.3).

use anyhow::Result;
use clap::Args;
use rusqlite::types::Value;

use super::{buy, find, quote, terms};
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::money::{Money, estimate};
use crate::office::identity;
use crate::refusal::Refusal;
use crate::register::approval::Approval;
use crate::register::entry::{self, Correction, Entry};
use crate::register::project;
use crate::text::{Line, Text};

use crate::say;
use terms::{Recipient, Wanted};

/// The fields of a gift to be corrected; only what is given changes
#[derive(Debug, Args)]
pub struct Amend {
    /// The gift's number
    pub number: String,
    /// Why it is corrected
    #[arg(long)]
    pub reason: Text,
    #[command(flatten)]
    request: Request,
    /// Number of the bill
    #[arg(long, value_name = "NUMBER")]
    pub bill: Option<Line>,
    /// What the bill comes to, in yuan; within what was approved
    #[arg(long, value_name = "YUAN", value_parser = estimate, allow_negative_numbers = true)]
    pub amount: Option<Money>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// What is decided on; until it is bought
#[derive(Debug, Args)]
struct Request {
    /// The unit that receives it
    #[arg(long)]
    unit: Option<Line>,
    /// Who receives it, in the place of those that were named; as on gift add
    #[arg(long = "recipient", value_name = "RECIPIENT")]
    recipients: Vec<Recipient>,
    /// Why a public official receives it
    #[arg(long, value_name = "TEXT")]
    official_reason: Option<Text>,
    /// The occasion
    #[arg(long)]
    occasion: Option<Text>,
    /// What it is, in the place of what was asked for; as on gift add
    #[arg(long = "item", value_name = "ITEM")]
    items: Vec<Wanted>,
    /// The project that it is for, or its contract
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,
    /// The reception at which it is given
    #[arg(long, value_name = "NUMBER")]
    reception: Option<String>,
    /// Where it is handed over
    #[arg(long)]
    place: Option<Line>,
}

impl Amend {
    /// Corrects the gift.
    ///
    /// # Errors
    /// A refusal where nothing is given or differs, the gift has come too far, or the bill would come to more than was approved.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = find(change.sql(), &self.number)?;
        entry.refuse_void()?;
        let step = entry.step(change.sql(), "amend", None)?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        identity::require_clerk(change, &step.clause, say!("corrects gifts"))?;
        let bought = step.to == entry.state && entry.state != "requested";
        if bought && self.request.is_given() {
            return Err(Refusal::rule(
                "R5.3(1)",
                say!(
                    "{number} is {state}, so what was asked for stays",
                    number = entry.number,
                    state = language::value(&entry.state)
                ),
            )
            .or(say!("correct its bill with --bill or --amount, or enter another gift"))
            .into());
        }
        if !bought && (self.bill.is_some() || self.amount.is_some()) {
            return Err(Refusal::usage(say!("{number} has no bill yet to correct", number = entry.number))
                .or(say!(
                    "enter it with: branchbook gift buy {number} --bill NUMBER --amount YUAN",
                    number = entry.number
                ))
                .into());
        }
        let mut wanted = self.request.corrections(change)?;
        wanted.extend(self.bill_corrections(change, &entry)?);
        let corrections = entry::differing(change.sql(), &entry, wanted)?;
        let mut corrected: Vec<&str> =
            corrections.iter().map(|correction| correction.column.trim_end_matches("_fen")).collect();
        let before = terms::subject(change.sql(), &entry)?;
        if !self.request.recipients.is_empty() {
            terms::write_recipients(change.sql(), &entry, &self.request.recipients)?;
            corrected.push("recipients");
        }
        if !self.request.items.is_empty() {
            terms::write_lines(change.sql(), &entry, &self.request.items, entry.day)?;
            corrected.push("items");
        }
        for Correction { column, value, .. } in &corrections {
            change.sql().execute(&format!("UPDATE gift SET {column} = ?2 WHERE entry = ?1"), (entry.id, value))?;
        }
        let after = terms::subject(change.sql(), &entry)?;
        if corrected.is_empty() || (corrections.is_empty() && before == after) {
            return Err(Refusal::usage(say!("nothing to correct in {number}", number = entry.number))
                .or(say!("name a field and its new value"))
                .into());
        }
        terms::refuse_unexplained_official(change.sql(), &entry)?;
        let occasion: String =
            change.sql().query_row("SELECT occasion FROM gift WHERE entry = ?1", [entry.id], |row| row.get(0))?;
        let notes = terms::except_free_items(change, &entry, &actor, &occasion)?;
        let again = entry.state != step.to;
        entry.take(change, &step)?;
        change.sql().execute("UPDATE entry SET amendments = amendments + 1 WHERE id = ?1", [entry.id])?;
        change.record(&entry.thing()?, &actor.key, Some(&self.reason))?;
        let again = if again { say!("; it is decided on again") } else { "" };
        let line = say!(
            "{number}: corrected {corrected}{again}",
            number = entry.number,
            corrected = corrected.join(", "),
            again
        );
        Ok(Answer { notes, ..Answer::new(entry.number, line) })
    }

    /// The bill's corrections; its amount stays within what was approved.
    fn bill_corrections(&self, change: &Change<'_>, entry: &Entry) -> Result<Vec<Correction>> {
        let mut corrections = Vec::new();
        if let Some(bill) = &self.bill {
            corrections.push(set("bill", bill.to_string()));
        }
        if let Some(amount) = self.amount {
            if amount == Money(0) {
                return Err(Refusal::usage(say!("a gift costs more than nothing"))
                    .or(say!("give what the bill comes to"))
                    .into());
            }
            let approved =
                Approval::last(change.sql(), entry.id, "approve", None)?.and_then(|approval| approval.amount);
            let limit = approved.filter(|_| entry.state != "own-expense");
            if let Some(refusal) = limit.and_then(|limit| buy::above(entry, amount, limit)) {
                return Err(refusal.or(say!("correct it to the amount of the bill, within what was approved")).into());
            }
            let few = if limit.is_some() { quote::too_few(change, entry, amount)? } else { None };
            if let Some(refusal) = few {
                return Err(refusal
                    .or(say!("offers are compared before a gift is bought: correct it to the amount of the bill"))
                    .into());
            }
            corrections.push(set("bought_fen", amount.0));
        }
        Ok(corrections)
    }
}

impl Request {
    const fn is_given(&self) -> bool {
        self.unit.is_some()
            || self.official_reason.is_some()
            || self.occasion.is_some()
            || self.project.is_some()
            || self.reception.is_some()
            || self.place.is_some()
            || !self.recipients.is_empty()
            || !self.items.is_empty()
    }

    fn corrections(&self, change: &Change<'_>) -> Result<Vec<Correction>> {
        let project = self.project.as_deref().map(|which| project::named(change.sql(), which)).transpose()?;
        let reception =
            self.reception.as_deref().map(|number| Entry::find_in(change.sql(), "reception", number)).transpose()?;
        let fields = [
            ("unit", self.unit.as_ref().map(ToString::to_string)),
            ("official_reason", self.official_reason.as_ref().map(ToString::to_string)),
            ("occasion", self.occasion.as_ref().map(ToString::to_string)),
            ("project", project.map(|project| project.number)),
            ("reception", reception.map(|reception| reception.number)),
            ("place", self.place.as_ref().map(ToString::to_string)),
        ];
        Ok(fields.into_iter().filter_map(|(column, value)| Some(set(column, value?))).collect())
    }
}

fn set(column: &'static str, value: impl Into<Value>) -> Correction {
    Correction { table: "gift", column, value: value.into() }
}
