//! Asking for a fee, before anything is negotiated (R5.4(1)).

use anyhow::Result;
use clap::{Args, ValueEnum};
use rusqlite::named_params;

use super::limit;
use super::request::Request;
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::money::{Money, estimate};
use crate::office::identity;
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::register::entry::{self, Opening};
use crate::register::project;
use crate::say;
use crate::text::{Line, Text};

/// What a fee is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// For being chosen
    Selection,
    /// For an agent
    Agency,
    /// For thanks
    ThankYou,
    /// For a sale
    Commission,
    /// For bringing together
    Intermediary,
}

impl Kind {
    /// The kind as it is stored and typed.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Selection => "selection",
            Self::Agency => "agency",
            Self::ThankYou => "thank-you",
            Self::Commission => "commission",
            Self::Intermediary => "intermediary",
        }
    }

    /// The kind as it is printed on the approval sheet.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Selection => say!("For being chosen"),
            Self::Agency => say!("Agency fee"),
            Self::ThankYou => say!("For thanks"),
            Self::Commission => say!("Sales commission"),
            Self::Intermediary => say!("Intermediary fee"),
        }
    }
}

/// The fields of a new request
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("whose").args(["project", "contract"]).required(true))]
#[command(group = clap::ArgGroup::new("how_much").args(["rate", "amount"]).required(true))]
pub struct Add {
    /// What it is for
    #[arg(long, value_enum)]
    pub kind: Kind,
    /// Who is to have it
    #[arg(long)]
    pub payee: Line,
    /// Whom the payee works for
    #[arg(long)]
    pub employer: Line,
    /// Project it belongs to
    #[arg(long, value_name = "NUMBER")]
    pub project: Option<String>,
    /// Contract it belongs to, which stands for its project
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Option<String>,
    /// Rate in percent of the contract, or of the project's estimate, such as 2%
    #[arg(long, value_parser = limit::rate)]
    pub rate: Option<i64>,
    /// Amount in yuan
    #[arg(long, value_parser = estimate, allow_negative_numbers = true)]
    pub amount: Option<Money>,
    /// Why it is to be paid
    #[arg(long)]
    pub reason: Text,
    /// Who asks for it
    #[arg(long, value_name = "PERSON")]
    pub asked_by: String,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Add {
    /// Enters the request.
    ///
    /// # Errors
    /// A refusal where the project's fees would pass their limit, or somebody else than a clerk enters another's request.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let asker = Person::find(change.sql(), &self.asked_by)?;
        if asker != actor {
            identity::require_pen(change, &asker.key)?;
        }
        let which = self.project.as_deref().or(self.contract.as_deref()).unwrap_or_default();
        let project = project::named(change.sql(), which)?;
        project.refuse_void()?;
        project.refuse_before_opening(change)?;
        let basis = limit::basis(change.sql(), &project)?;
        let amount = amount_of(basis, self.rate, self.amount)?;
        let request = Request {
            kind: self.kind.key().to_owned(),
            payee: self.payee.to_string(),
            employer: self.employer.to_string(),
            project: project.number.clone(),
            basis,
            rate: self.rate,
            amount,
            reason: self.reason.to_string(),
            asked_by: asker.key.clone(),
        };
        limit::require(change.sql(), &project, None, amount, change.on)?;
        let opening = Opening {
            register: "fee",
            department: &project.department,
            day: change.on,
            person: &asker.key,
            state: "requested",
        };
        let entry = entry::open(change, "fee", &opening)?;
        let customer = request.is_of_customer(change.sql(), &project)?;
        change.sql().execute(
            "INSERT INTO fee (entry, kind, payee, employer, project, basis_fen, rate_pct, amount_fen, reason, asked_by, customer_flag)
             VALUES (:entry, :kind, :payee, :employer, :project, :basis, :rate, :amount, :reason, :asked_by, :customer)",
            named_params! {
                ":entry": entry.id, ":kind": request.kind, ":payee": request.payee, ":employer": request.employer,
                ":project": request.project, ":basis": request.basis, ":rate": request.rate, ":amount": request.amount,
                ":reason": request.reason, ":asked_by": request.asked_by, ":customer": customer,
            },
        )?;
        change.record(&entry.thing()?.just_opened(), &actor.key, None)?;
        let line = say!(
            "{number}: {amount} asked for {payee}, for a company leader to approve",
            number = entry.number,
            amount = amount.grouped(),
            payee = request.payee
        );
        let answer = Answer::new(entry.number, line);
        Ok(if customer { answer.note(say!("the payee's employer is the customer")) } else { answer })
    }
}

/// The amount as asked, or as the rate of the basis gives it.
pub(super) fn amount_of(basis: Money, rate: Option<i64>, amount: Option<Money>) -> Result<Money> {
    let amount = match (rate, amount) {
        (Some(rate), _) => limit::share(basis, rate)?,
        (None, amount) => amount.unwrap_or(Money(0)),
    };
    if amount.0 > 0 {
        return Ok(amount);
    }
    Err(Refusal::usage(say!("a fee of nothing is not asked for"))
        .or(say!("give --rate PERCENT or --amount AMOUNT"))
        .into())
}
