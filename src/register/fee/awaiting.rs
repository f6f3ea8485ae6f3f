//! What fees wait for: a decision, a signature, the file, a clearance, a payment (R5.4).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, Row};

use crate::money::Money;

/// One fee or payment that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaiting {
    /// The fee's number.
    pub number: String,
    /// What waits, in words.
    pub what: String,
    /// The amount in fen.
    pub amount: Money,
    /// Who asked.
    pub asked_by: String,
    /// Since which day it waits.
    pub since_on: NaiveDate,
    /// The role that decides or acts.
    pub role: String,
    /// The command that clears it.
    pub command: String,
}

const WAITING: &str = "
    SELECT e.number, CASE e.state WHEN 'requested' THEN 'approve' WHEN 'approved' THEN 'sign' ELSE 'register' END, NULL, f.amount_fen, f.asked_by,
        CASE e.state WHEN 'requested' THEN e.day_on WHEN 'signed' THEN f.signed_on
            ELSE (SELECT max(a.decided_on) FROM approval AS a WHERE a.entry = e.id AND a.verb = 'approve') END AS since_on
    FROM entry AS e JOIN fee AS f ON f.entry = e.id
    WHERE e.register = 'fee' AND e.ended_on IS NULL AND e.state IN ('requested', 'approved', 'signed') AND since_on <= ?1
    UNION ALL
    SELECT e.number, CASE WHEN a.decided_on IS NULL THEN 'clear' ELSE 'pay' END, p.position, p.amount_fen, p.asked_by,
        coalesce(a.decided_on, p.asked_on) AS since_on
    FROM entry AS e JOIN fee_payment AS p ON p.entry = e.id
        LEFT JOIN approval AS a ON a.entry = e.id AND a.verb = 'clear' AND a.part = p.position AND a.amount_fen = p.amount_fen
    WHERE e.register = 'fee' AND e.ended_on IS NULL AND e.state = 'registered' AND p.paid_on IS NULL AND since_on <= ?1";

/// The fees and payments that wait on a day.
///
/// # Errors
/// An error of `SQLite`.
pub fn awaiting(book: &Connection, day: NaiveDate) -> Result<Vec<Awaiting>> {
    let read = |row: &Row<'_>| -> rusqlite::Result<Awaiting> {
        let (number, verb): (String, String) = (row.get(0)?, row.get(1)?);
        let payment = row.get::<_, Option<i64>>(2)?.unwrap_or_default();
        let (what, role, options) = match verb.as_str() {
            "approve" => ("fee to be approved".to_owned(), "company-leader", " --by LEADER".to_owned()),
            "sign" => (
                "agreement to be signed".to_owned(),
                "branch-manager",
                " --agreement NUMBER --party PARTY --by MANAGER".to_owned(),
            ),
            "register" => ("agreement to be registered".to_owned(), "clerk", String::new()),
            "clear" => (
                format!("payment {payment} to be cleared"),
                "company-leader",
                format!(" --payment {payment} --by LEADER"),
            ),
            _ => (format!("payment {payment} to be made"), "clerk", format!(" --payment {payment} --voucher VOUCHER")),
        };
        let command = format!("branchbook fee {verb} {number}{options}");
        Ok(Awaiting {
            what,
            amount: row.get(3)?,
            asked_by: row.get(4)?,
            since_on: row.get(5)?,
            role: role.to_owned(),
            command,
            number,
        })
    };
    Ok(book.prepare(WAITING)?.query_map([day], read)?.collect::<rusqlite::Result<_>>()?)
}
