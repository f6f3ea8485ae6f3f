//! What was asked for, and what of it an approval holds for (R5.4(1)).

use anyhow::Result;
use rusqlite::Connection;

use crate::money::Money;
use crate::refusal::Refusal;
use crate::register::approval::{Approval, Subject};
use crate::register::entry::Entry;
use crate::register::project;
use crate::say;
use crate::text;

/// A fee as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The kind, such as agency.
    pub kind: String,
    /// Who is to have it.
    pub payee: String,
    /// Whom the payee works for.
    pub employer: String,
    /// The project's number.
    pub project: String,
    /// What it is counted against, in fen.
    pub basis: Money,
    /// The rate in hundredths of a percent, where asked as one.
    pub rate: Option<i64>,
    /// The amount in fen.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub asked_by: String,
}

impl Request {
    /// The request of an entry.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn of(book: &Connection, entry: &Entry) -> Result<Self> {
        Ok(book
            .prepare_cached(
                "SELECT kind, payee, employer, project, basis_fen, rate_pct, amount_fen, reason, asked_by FROM fee WHERE entry = ?1",
            )?
            .query_row([entry.id], |row| {
                Ok(Self {
                    kind: row.get(0)?,
                    payee: row.get(1)?,
                    employer: row.get(2)?,
                    project: row.get(3)?,
                    basis: row.get(4)?,
                    rate: row.get(5)?,
                    amount: row.get(6)?,
                    reason: row.get(7)?,
                    asked_by: row.get(8)?,
                })
            })?)
    }

    /// The project that it belongs to.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn project(&self, book: &Connection) -> Result<Entry> {
        project::named(book, &self.project)
    }

    /// What the company leader decides on.
    #[must_use]
    pub fn subject(&self) -> Subject {
        let (basis, rate) = (self.basis.to_string(), self.rate.map(|rate| rate.to_string()).unwrap_or_default());
        let words =
            [&self.kind, &self.payee, &self.employer, &self.project, &basis, &rate, &self.reason, &self.asked_by];
        Subject::of(None, Some(self.amount), words.map(String::as_str))
    }

    /// The approval that holds for the fee as it stands.
    ///
    /// # Errors
    /// A refusal by R5.4(1) where it was changed since, or was never approved.
    pub fn require_approval(&self, book: &Connection, entry: &Entry) -> Result<Approval> {
        Approval::standing(book, entry.id, "approve", &self.subject())?.ok_or_else(|| {
            Refusal::rule("R5.4(1)", say!("{number} is not what a company leader approved", number = entry.number))
                .or(say!("ask for it anew with: branchbook fee add …, and have that approved"))
                .into()
        })
    }

    /// Whether the payee's employer is the customer, of the project or of its contract.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn is_of_customer(&self, book: &Connection, project: &Entry) -> Result<bool> {
        let employer = text::fold(&self.employer);
        let mut statement = book.prepare_cached(
            "SELECT customer FROM project WHERE entry = ?1 UNION SELECT customer FROM contract WHERE entry = ?1",
        )?;
        let customers: Vec<String> =
            statement.query_map([project.id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(customers.iter().any(|customer| text::fold(customer) == employer))
    }

    /// Computes the mark of the customer's people anew, for the contract may name another customer than the project did.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn mark(&self, book: &Connection, entry: &Entry) -> Result<()> {
        let flag = self.is_of_customer(book, &self.project(book)?)?;
        book.execute("UPDATE fee SET customer_flag = ?2 WHERE entry = ?1", (entry.id, flag))?;
        Ok(())
    }
}
