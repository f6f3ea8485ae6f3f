//! What is owed: open instalments, their age, and how collection goes against the plan (R3.7).

use anyhow::Result;
use chrono::NaiveDate;
use clap::builder::EnumValueParser;
use clap::{Args, ValueEnum};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, named_params};

use super::leader::leader_on;
use super::{instalments, named};
use crate::desk::{Desk, Run};
use crate::language::{self, Meant};
use crate::money::Money;
use crate::register::pack::{Judged, MonthFigure, PackFile};
use crate::register::waiting::{Each, Waiting};
use crate::say;
use crate::share;
use crate::sheet::query::Query;

/// What is owed on the day of --on
#[derive(Debug, Args)]
pub(super) struct Payments {
    /// Only this project's
    number: Option<String>,
    /// Only what is past its day
    #[arg(long)]
    overdue: bool,
    /// How long it is overdue, in sums, and what was collected of what has fallen due
    #[arg(long)]
    aging: bool,
    /// Whose sums
    #[arg(long, value_parser = Meant(EnumValueParser::<By>::new()), default_value = "customer", requires = "aging")]
    by: By,
}

/// Whose sums the aging gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Customer
    Customer,
    /// The project's leader of the day
    Leader,
    /// The project's department
    Department,
}

/// Every payment of the contracts in hand as it stood on `:on`, as far as the book tells: those of the projects that are not
/// closed, and of those for which money came in afterwards. What no instalment holds is unplanned. It begins with the open
/// instalments; its indexes are named, so that closed contracts cost nothing whatever a planner thinks of them.
pub const PAYMENTS: &str = concat!(
    "
WITH in_hand (entry) AS (
    SELECT entry FROM instalment INDEXED BY instalment_open WHERE received_fen < amount_fen
    UNION SELECT id FROM entry INDEXED BY entry_open WHERE register = 'project' AND ended_on IS NULL
    UNION SELECT entry FROM receipt INDEXED BY receipt_day WHERE undone_on IS NULL AND received_on > :on
), signed AS MATERIALIZED (
    SELECT e.id AS entry, e.number, e.department, c.contract, c.customer, c.currency,
        ",
    leader_on!("e.id", ":on"),
    " AS leader,
        (SELECT sum(a.amount_fen) FROM contract AS a WHERE a.undone_on IS NULL AND a.entry = e.id AND a.signed_on <= :on)
            - (SELECT coalesce(sum(i.amount_fen), 0) FROM instalment AS i WHERE i.entry = e.id) AS unplanned_fen,
        (SELECT max(a.signed_on) FROM contract AS a WHERE a.undone_on IS NULL AND a.entry = e.id AND a.signed_on <= :on) AS last_signed_on
    FROM in_hand AS h CROSS JOIN entry AS e ON e.id = h.entry JOIN contract AS c ON c.undone_on IS NULL AND c.entry = e.id AND c.position = 1
    WHERE c.signed_on <= :on AND (:number IS NULL OR e.number = :number)
), payment AS (
    SELECT s.number, s.contract, s.customer, i.kind, i.due_on, s.currency, i.amount_fen,
        i.received_fen - (SELECT coalesce(sum(r.amount_fen), 0) FROM receipt AS r
            WHERE r.undone_on IS NULL AND r.entry = i.entry AND r.instalment = i.position AND r.received_on > :on) AS received_fen,
        s.leader, s.department, i.position, s.last_signed_on, s.entry
    FROM signed AS s JOIN instalment AS i ON i.entry = s.entry
    UNION ALL
    SELECT number, contract, customer, 'unplanned', NULL, currency, unplanned_fen, 0, leader, department, 9, last_signed_on, entry
    FROM signed WHERE unplanned_fen <> 0
), owed AS (
    SELECT number, contract, customer, kind, due_on, CAST(max(julianday(:on) - julianday(due_on), 0) AS INTEGER) AS days_overdue, currency,
        amount_fen, received_fen, amount_fen - received_fen AS owed_fen, leader, department, position, last_signed_on, entry
    FROM payment
)"
);

/// The columns of the list, in their order.
pub const COLUMNS: &str = "number, contract, customer, kind, due_on, days_overdue, currency, amount_fen, received_fen, owed_fen, leader, department";

impl Run for Payments {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let on = desk.planned_on()?;
        let book = desk.book()?.reader();
        let number = self.number.as_deref().map(|which| named(book, which)).transpose()?.map(|entry| entry.number);
        let query = match (self.aging, self.overdue) {
            (true, overdue) => aging(on, self.by, overdue),
            (false, true) => owed(on, say!("Payments overdue on {on}", on), "days_overdue > 0"),
            (false, false) => owed(on, say!("Payments owed on {on}", on), "1"),
        };
        desk.list(&query.with(":number", number.map_or(Value::Null, Value::Text)))
    }
}

/// The open instalments on a day of which this holds, those that have no day yet last; of all projects, until `:number` names one.
fn owed(on: NaiveDate, title: String, which: &str) -> Query {
    let sql = format!(
        "{PAYMENTS} SELECT {COLUMNS} FROM owed WHERE owed_fen <> 0 AND {which} ORDER BY due_on IS NULL, due_on, number, position"
    );
    Query::new(title, sql)
        .with(":on", on.to_string())
        .with(":number", Value::Null)
        .totals(&["amount", "received", "owed"])
}

/// The sums of what is owed on a day by how long it is overdue, a row for each currency; of the contracts in hand, what has
/// fallen due so far, what of that was received, and its share in percent; of all projects, until `:number` names one.
fn aging(on: NaiveDate, by: By, overdue: bool) -> Query {
    // A customer is called as in the project that was entered first.
    let (by, one) = match by {
        By::Customer => ("customer", "folded(customer)"),
        By::Leader => ("leader", "leader"),
        By::Department => ("department", "department"),
    };
    let having = if overdue { "HAVING sum(iif(days_overdue > 0, owed_fen, 0)) > 0" } else { "" };
    Query::new(
        say!("Payments owed on {on} by {by}", on, by = language::column(by)),
        format!(
            "{PAYMENTS}, sums AS (
                SELECT {by}, min(entry) AS first, currency, sum(owed_fen) AS owed_fen,
                    sum(iif(days_overdue > 0, 0, owed_fen)) AS not_due_fen,
                    sum(iif(days_overdue BETWEEN 1 AND 30, owed_fen, 0)) AS days_1_to_30_fen,
                    sum(iif(days_overdue BETWEEN 31 AND 60, owed_fen, 0)) AS days_31_to_60_fen,
                    sum(iif(days_overdue BETWEEN 61 AND 90, owed_fen, 0)) AS days_61_to_90_fen,
                    sum(iif(days_overdue > 90, owed_fen, 0)) AS days_over_90_fen,
                    sum(iif(due_on <= :on, amount_fen, 0)) AS fallen_due_fen,
                    sum(iif(due_on <= :on, received_fen, 0)) AS received_fen
                FROM owed GROUP BY {one}, currency {having})
             SELECT {by}, currency, owed_fen, not_due_fen, days_1_to_30_fen, days_31_to_60_fen, days_61_to_90_fen, days_over_90_fen, fallen_due_fen,
                received_fen, {share} AS collection_pct FROM sums ORDER BY {by}, currency",
            share = share!("received_fen", "fallen_due_fen")
        ),
    )
    .bars(by, &["received", "fallen_due"])
    .totals(&["owed", "not_due", "days_1_to_30", "days_31_to_60", "days_61_to_90", "days_over_90", "fallen_due", "received"])
    .with(":on", on.to_string())
    .with(":number", Value::Null)
}

/// What falls due in a month by the instalments, and what came in, in yuan at the rate of the contract.
pub(super) fn month_figures() -> [MonthFigure; 3] {
    [
        MonthFigure::amount(
            say!("payments planned, in yuan"),
            concat!(
                "SELECT coalesce(sum(",
                in_yuan!("i.amount_fen", "c.rate_e4"),
                "), 0) FROM instalment AS i JOIN contract AS c ON c.undone_on IS NULL AND c.entry = i.entry AND c.position = 1
                 WHERE i.due_on BETWEEN :first AND :last"
            ),
        ),
        MonthFigure::amount(
            say!("payments received, in yuan"),
            concat!(
                "SELECT coalesce(sum(",
                in_yuan!("r.amount_fen", "c.rate_e4"),
                "), 0) FROM receipt AS r JOIN contract AS c ON r.undone_on IS NULL AND c.undone_on IS NULL AND c.entry = r.entry AND c.position = 1
                 WHERE r.received_on BETWEEN :first AND :last"
            ),
        )
        .drawn(),
        MonthFigure::share(
            say!("received of what fell due"),
            concat!(
                "SELECT ",
                share!("received", "fallen_due"),
                " FROM (SELECT sum(",
                in_yuan!("(SELECT coalesce(sum(r.amount_fen), 0) FROM receipt AS r WHERE r.undone_on IS NULL AND r.entry = i.entry
                    AND r.instalment = i.position AND r.received_on <= :last)", "c.rate_e4"),
                ") AS received, sum(",
                in_yuan!("i.amount_fen", "c.rate_e4"),
                ") AS fallen_due FROM instalment AS i JOIN contract AS c ON c.undone_on IS NULL AND c.entry = i.entry AND c.position = 1
                 WHERE i.due_on BETWEEN :first AND :last)"
            ),
        ),
    ]
}

/// Payments of the month-end pack as they stood on the month's last day, or stand while it runs: open instalments that were due by then, and for each
/// customer what had fallen due, and what of that was received.
pub(super) fn month_parts(judged: Judged) -> [PackFile; 2] {
    let on = judged.last();
    let due = owed(on, say!("Payments due up to {on}", on), "due_on <= :on");
    let collected = aging(on, By::Customer, false);
    [PackFile::new("payments-due.csv", due, &[]), PackFile::new("collection-by-customer.csv", collected, &[])]
}

/// Payments that are due, and contracts whose instalments do not add up to them (R3.7).
pub(super) fn waiting(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let mut statement = book.prepare(&format!(
        "{PAYMENTS} SELECT number, kind, coalesce(due_on, last_signed_on) AS due_on, currency, owed_fen, department, leader,
            EXISTS (SELECT 1 FROM contract AS c WHERE c.undone_on IS NULL AND c.entry = owed.entry AND c.position = 1 AND c.warranty_months IS NOT NULL)
         FROM owed WHERE owed_fen > 0 AND due_on <= :on OR kind = 'unplanned'"
    ))?;
    let read = |row: &Row<'_>| -> rusqlite::Result<Waiting> {
        let (number, kind, owed): (String, String, Money) = (row.get(0)?, row.get(1)?, row.get(4)?);
        let currency: String = row.get(3)?;
        let (what, next) = if kind == "unplanned" {
            let difference = Money(owed.0.saturating_abs()).grouped();
            (
                say!(
                    "instalments to be set: they differ from the contract by {currency} {difference}",
                    currency,
                    difference
                ),
                instalments::setting(&number, row.get(7)?),
            )
        } else {
            let what = language::value_of("kind", &kind);
            (
                say!("{kind} of {currency} {owed} to be collected", kind = what, currency, owed = owed.grouped()),
                format!("branchbook project receive {number} --kind {kind} --amount {owed} --voucher VOUCHER"),
            )
        };
        let (due_on, department, person) = (row.get(2)?, row.get(5)?, row.get(6)?);
        Ok(Waiting { due_on, what, number, department, person, clause: "R3.7".into(), next, deciders: None })
    };
    for waiting in statement.query_map(named_params! { ":on": today, ":number": None::<String> }, read)? {
        each(waiting?)?;
    }
    Ok(())
}
