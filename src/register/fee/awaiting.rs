//! What fees wait for: a decision, a signature, the file, a clearance, a payment, the end (R5.4).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use crate::language;
use crate::money::Money;
use crate::office::person::{Person, Role};
use crate::register::waiting::Awaiting;
use crate::register::waiting::Waiting;
use crate::say;

/// One fee or payment that waits: the verb that clears it, and for a payment its position.
struct Open {
    number: String,
    verb: String,
    payment: Option<i64>,
    amount: Money,
    asked_by: String,
    since: NaiveDate,
    payee: String,
}

const OPEN: &str = "
    SELECT e.number, CASE e.state WHEN 'requested' THEN 'approve' WHEN 'approved' THEN 'sign' ELSE 'register' END, NULL, f.amount_fen, f.asked_by,
        CASE e.state WHEN 'requested' THEN e.day_on WHEN 'signed' THEN f.signed_on
            ELSE (SELECT max(a.decided_on) FROM approval AS a WHERE a.entry = e.id AND a.verb = 'approve') END AS since_on, f.payee
    FROM entry AS e JOIN fee AS f ON f.entry = e.id
    WHERE e.register = 'fee' AND e.ended_on IS NULL AND e.state IN ('requested', 'approved', 'signed') AND since_on <= ?1
    UNION ALL
    SELECT e.number, CASE WHEN a.decided_on IS NULL THEN 'clear' ELSE 'pay' END, p.position, p.amount_fen, p.asked_by,
        coalesce(a.decided_on, p.asked_on) AS since_on, f.payee
    FROM entry AS e JOIN fee AS f ON f.entry = e.id JOIN fee_payment AS p ON p.entry = e.id
        LEFT JOIN approval AS a ON a.entry = e.id AND a.verb = 'clear' AND a.part = p.position AND a.amount_fen = p.amount_fen
    WHERE e.register = 'fee' AND e.ended_on IS NULL AND e.state = 'registered' AND p.paid_on IS NULL AND since_on <= ?1
    UNION ALL
    SELECT e.number, 'settle', NULL, f.amount_fen, f.asked_by, max(p.paid_on), f.payee
    FROM entry AS e JOIN fee AS f ON f.entry = e.id JOIN fee_payment AS p ON p.entry = e.id
    WHERE e.register = 'fee' AND e.ended_on IS NULL AND e.state = 'registered'
    GROUP BY e.id HAVING count(*) = count(p.paid_on) AND sum(p.amount_fen) = f.amount_fen AND max(p.paid_on) <= ?1";

/// Everything of fees that waits on a day.
fn open(book: &Connection, day: NaiveDate) -> Result<Vec<Open>> {
    let mut statement = book.prepare(OPEN)?;
    let rows = statement.query_map([day], |row| {
        Ok(Open {
            number: row.get(0)?,
            verb: row.get(1)?,
            payment: row.get(2)?,
            amount: row.get(3)?,
            asked_by: row.get(4)?,
            since: row.get(5)?,
            payee: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The fees and payments that wait for the decision of a company leader, each with the leaders who may decide.
///
/// # Errors
/// An error of `SQLite`.
pub fn decisions(book: &Connection, day: NaiveDate) -> Result<Vec<Awaiting>> {
    let leaders = Person::holders(book, Role::CompanyLeader, None, day)?;
    let decision = |fee: Open| {
        let (what, options) = match fee.payment {
            None => (say!("fee to be approved").to_owned(), String::new()),
            Some(payment) => (say!("payment {payment} to be cleared", payment), format!(" --payment {payment}")),
        };
        Awaiting {
            what,
            party: fee.payee,
            amount: fee.amount,
            since: fee.since,
            deciders: leaders.iter().map(|leader| leader.key.clone()).filter(|key| *key != fee.asked_by).collect(),
            roles: Role::CompanyLeader.to_string(),
            department: "general".to_owned(),
            clause: if fee.payment.is_none() { "R5.4(1)" } else { "R5.4(2)" },
            command: format!("branchbook fee {} {}{options}", fee.verb, fee.number),
            asked_by: fee.asked_by,
            number: fee.number,
        }
    };
    let open = open(book, day)?;
    Ok(open.into_iter().filter(|fee| matches!(fee.verb.as_str(), "approve" | "clear")).map(decision).collect())
}

/// The fees that wait for something else: a signature, the file, a payment, the end.
///
/// # Errors
/// An error of `SQLite`.
pub fn waiting(book: &Connection, day: NaiveDate) -> Result<Vec<Waiting>> {
    let open = open(book, day)?;
    Ok(open
        .into_iter()
        .filter(|fee| !matches!(fee.verb.as_str(), "approve" | "clear"))
        .map(|fee| {
            let payment = fee.payment.unwrap_or_default();
            let (what, role, options, clause) = match fee.verb.as_str() {
                "sign" => (
                    say!("agreement to be signed").to_owned(),
                    "branch-manager",
                    " --agreement NUMBER --party PARTY --by MANAGER".to_owned(),
                    "R5.4(1)",
                ),
                "register" => (say!("agreement to be registered").to_owned(), "clerk", String::new(), "R5.4(2)"),
                "pay" => (
                    say!("payment {payment} to be made", payment),
                    "clerk",
                    format!(" --payment {payment} --voucher VOUCHER"),
                    "R5.4(2)",
                ),
                _ => (say!("fee that is paid to be settled").to_owned(), "clerk", String::new(), "R5.4(2)"),
            };
            Waiting {
                due_on: fee.since,
                what: say!(
                    "{what} of {amount}, for the {role}",
                    what,
                    amount = fee.amount.grouped(),
                    role = language::value(role)
                ),
                next: format!("branchbook fee {} {}{options}", fee.verb, fee.number),
                number: fee.number,
                department: "general".to_owned(),
                person: None,
                clause,
            }
        })
        .collect())
}
