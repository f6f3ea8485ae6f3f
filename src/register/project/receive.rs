//! Payments that come in for a contract (R3.7).

use anyhow::Result;
use clap::Args;
use rusqlite::{Connection, named_params};

use super::contract::Terms;
use super::instalments::Kind;
use super::{leader, named};
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::money::{Money, agreed};
use crate::office::identity;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::text::Line;

/// A payment that came in on the day of --on
#[derive(Debug, Args)]
pub struct Receive {
    /// The project's number
    pub number: String,
    /// What it pays [default: what is due longest, then what falls due next]
    #[arg(long, value_enum)]
    pub kind: Option<Kind>,
    /// The amount, in the contract's currency
    #[arg(long, value_parser = agreed, allow_hyphen_values = true)]
    pub amount: Money,
    /// Number of the voucher
    #[arg(long)]
    pub voucher: Line,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// An instalment that is not paid in full.
struct Open {
    position: i64,
    kind: String,
    owed: Money,
}

impl Receive {
    /// Enters the payment, spread over the instalments that it pays.
    ///
    /// # Errors
    /// A refusal by R3.7 where more comes in than is owed, the voucher was entered already, or the instalments do not add
    /// up to the contract.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = named(change.sql(), &self.number)?;
        let step = entry.step(change.sql(), "receive", Some(&entry.state))?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        leader::require(change, &entry, &actor, &step.clause, say!("collecting a payment"))?;
        let terms = Terms::of(change.sql(), &entry)?;
        self.refuse_untimely(change, &entry, &terms)?;
        self.refuse_known_voucher(change.sql(), &entry)?;
        let open = self.open(change.sql(), &entry)?;
        self.refuse_more_than_owed(&entry, &terms, &open)?;
        entry.take(change, &step)?;
        let paid = self.spread(change, &entry, &open)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let line = say!(
            "{number}: {currency} {amount} received on {on} for the {paid} by voucher {voucher}; {owed} still owed",
            number = entry.number,
            currency = terms.currency,
            amount = self.amount.grouped(),
            on = change.on,
            paid = paid.join(say!(" and the ")),
            voucher = self.voucher,
            owed = Money(terms.total.0 - terms.received.0 - self.amount.0).grouped()
        );
        Ok(Answer::new(entry.number, line))
    }

    /// Money comes in after the signing, and once the instalments add up.
    fn refuse_untimely(&self, change: &Change<'_>, entry: &Entry, terms: &Terms) -> Result<()> {
        if self.amount <= Money(0) {
            return Err(Refusal::usage(say!("{amount} is no payment", amount = self.amount))
                .or(say!("give the --amount that came in"))
                .into());
        }
        if change.on < terms.signed_on {
            return Err(Refusal::usage(say!(
                "{contract} was signed on {signed_on}, after {on}",
                contract = terms.contract,
                signed_on = terms.signed_on,
                on = change.on
            ))
            .or(say!("give the day on which the money came in with --on DATE"))
            .into());
        }
        if terms.planned == terms.total {
            return Ok(());
        }
        Err(Refusal::rule(
            "R3.7",
            say!("the instalments of {number} add up to {planned}, and its contract with all supplements to {total}", number = entry.number, planned = terms.planned.grouped(), total = terms.total.grouped()),
        )
        .or(say!("set them with: branchbook project instalments {number} --advance SHARE --progress SHARE --delivery SHARE --warranty SHARE", number = entry.number))
        .into())
    }

    /// A voucher is entered once in a project.
    fn refuse_known_voucher(&self, book: &Connection, entry: &Entry) -> Result<()> {
        let mut known = book.prepare_cached("SELECT 1 FROM receipt WHERE entry = ?1 AND voucher = ?2")?;
        if !known.exists((entry.id, &self.voucher))? {
            return Ok(());
        }
        Err(Refusal::rule(
            "R3.7",
            say!("voucher {voucher} is entered for {number} already", voucher = self.voucher, number = entry.number),
        )
        .or(say!("see branchbook project show {number}, and give the voucher of this payment", number = entry.number))
        .into())
    }

    /// The open instalments that the payment is for: what is due longest first.
    fn open(&self, book: &Connection, entry: &Entry) -> Result<Vec<Open>> {
        let mut statement = book.prepare_cached(
            "SELECT position, kind, amount_fen - received_fen FROM instalment
             WHERE entry = ?1 AND received_fen < amount_fen AND (?2 IS NULL OR kind = ?2) ORDER BY due_on IS NULL, due_on, position",
        )?;
        let open = statement.query_map((entry.id, self.kind.map(Kind::key)), |row| {
            Ok(Open { position: row.get(0)?, kind: row.get(1)?, owed: row.get(2)? })
        })?;
        Ok(open.collect::<rusqlite::Result<_>>()?)
    }

    /// Nobody pays more than they owe.
    fn refuse_more_than_owed(&self, entry: &Entry, terms: &Terms, open: &[Open]) -> Result<()> {
        let owed = Money(open.iter().map(|open| open.owed.0).sum());
        if self.amount <= owed {
            return Ok(());
        }
        let still = Money(terms.total.0 - terms.received.0);
        let part = self.kind.map_or_else(String::new, |kind| say!(" for the {kind}", kind));
        let way_out = match self.kind {
            Some(_) if still >= self.amount => {
                say!("leave --kind out to spread it over what is owed longest").to_owned()
            }
            _ if still > Money(0) => {
                say!("enter what is owed, up to --amount {still}, and ask what the rest is for", still)
            }
            _ => say!("nothing more is owed; ask what it is for").to_owned(),
        };
        Err(Refusal::rule(
            "R3.7",
            say!(
                "{number} owes {currency} {owed}{part}, and {amount} is more than that",
                number = entry.number,
                currency = terms.currency,
                owed = owed.grouped(),
                part,
                amount = self.amount.grouped()
            ),
        )
        .or(way_out)
        .into())
    }

    /// Writes a receipt for each instalment that the payment reaches; gives their kinds.
    fn spread(&self, change: &Change<'_>, entry: &Entry, open: &[Open]) -> Result<Vec<String>> {
        let mut left = self.amount;
        let mut paid = Vec::new();
        for open in open {
            let part = left.min(open.owed);
            if part == Money(0) {
                break;
            }
            let receipt = named_params! {
                "instalment": open.position, "amount_fen": part, "received_on": change.on, "voucher": self.voucher,
            };
            entry.append(change, "receipt", receipt)?;
            paid.push(open.kind.clone());
            left = Money(left.0 - part.0);
        }
        Ok(paid)
    }
}
