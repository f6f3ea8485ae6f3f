//! What the fees of a customer's year may come to, against the customer's contracts of that year (R5.4(3)).

use anyhow::Result;
use chrono::Datelike;
use rusqlite::{Connection, Params};

use super::limit::no_more;
use super::project_of;
use crate::book::select::Select;
use crate::in_yuan;
use crate::money::{Money, Percent};
use crate::office::figure;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::task::Task;
use crate::say;
use crate::text;

/// What of fees counts against the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    /// What was asked for.
    Fees,
    /// The payments that were asked for.
    Payments,
}

/// Contracts of the year `?1`, with their supplements, in fen; and the estimates of projects whose contract is still to come, of which
/// there are fees of that year, or whose number is `?2`.
const BASIS: &str = concat!(
    "SELECT p.customer, c.customer, (SELECT sum(",
    in_yuan!("a.amount_fen", "a.rate_e4"),
    ") FROM contract AS a WHERE a.entry = c.entry AND a.undone_on IS NULL)
     FROM contract AS c JOIN project AS p ON p.entry = c.entry
     WHERE c.position = 1 AND c.undone_on IS NULL AND c.signed_on BETWEEN ?1 || '-01-01' AND ?1 || '-12-31' AND ?2 = ?2
     UNION ALL
     SELECT p.customer, NULL, coalesce(p.amount_fen, 0) FROM entry AS j JOIN project AS p ON p.entry = j.id
     WHERE j.register = 'project' AND j.ended_on IS NULL
        AND NOT EXISTS (SELECT 1 FROM contract AS c WHERE c.entry = j.id AND c.undone_on IS NULL)
        AND (j.number = ?2 OR EXISTS (SELECT 1 FROM fee AS f JOIN entry AS e ON e.id = f.entry
            WHERE f.project = j.number AND e.state NOT IN ('rejected', 'void') AND e.day_on BETWEEN ?1 || '-01-01' AND ?1 || '-12-31'))"
);

/// Fees of the year `?1` besides the entry `?2`, and of each fee what was asked for to be paid, or was paid where
/// payment `?3` of that one is at hand. A fee is of the
/// year in which its project's contract was signed, and of its own where none is.
macro_rules! taken {
    ($amount:literal, $which:literal) => {
        concat!(
            "SELECT p.customer, c.customer, ",
            $amount,
            " FROM fee AS f JOIN entry AS e ON e.id = f.entry JOIN entry AS j ON j.number = f.project JOIN project AS p ON p.entry = j.id
             LEFT JOIN contract AS c ON c.entry = j.id AND c.position = 1 AND c.undone_on IS NULL
             WHERE e.state NOT IN ('rejected', 'void') AND substr(coalesce(c.signed_on, e.day_on), 1, 4) = ?1 AND ",
            $which
        )
    };
}
const FEES: &str = taken!("f.amount_fen", "e.id <> ?2 AND ?3 = ?3");
const PAYMENTS: &str = taken!(
    "(SELECT coalesce(sum(y.amount_fen), 0) FROM fee_payment AS y
        WHERE y.entry = f.entry AND y.undone_on IS NULL AND NOT (y.entry = ?2 AND y.position = ?3)
            AND (?3 = 0 OR y.paid_on IS NOT NULL))",
    "?2 = ?2"
);

/// Refuses where the fees of a customer's year pass what the customer's contracts of that year bear.
pub(super) fn require(task: &Task<'_, '_>, amount: Money, counted: Counted) -> Result<()> {
    let (book, project) = (task.sql(), project_of(task)?);
    let customers = Customers::of(book, &project)?;
    let year = signed_in(book, &project)?.unwrap_or_else(|| task.entry.day.year().to_string());
    let basis = customers.sum(book, BASIS, (&year, &project.number))?;
    let sql = if counted == Counted::Fees { FEES } else { PAYMENTS };
    let taken = customers.sum(book, sql, (&year, task.entry.id, task.position))?;
    let percent = figure::value(book, "fee.cap_percent", task.change.on)?;
    let most = basis * i128::from(percent) / 10_000;
    if taken + i128::from(amount.0) <= most {
        return Ok(());
    }
    let money = |fen: i128| Money(i64::try_from(fen).unwrap_or(i64::MAX));
    let what = say!(
        "{amount}, with {taken} of other fees, passes what the fees of {customer} in {year} may come to, {percent} of {basis}: {most}",
        amount,
        taken = money(taken),
        customer = customers.name,
        year,
        percent = Percent(percent),
        basis = money(basis),
        most = money(most)
    );
    let left = money((most - taken).max(0));
    let way_out = match (counted, left.0) {
        (Counted::Payments, _) => no_more(task, left),
        (Counted::Fees, 0) => {
            say!("ask for none, or have another one of them rejected: branchbook fee reject NUMBER --reason REASON")
                .to_owned()
        }
        (Counted::Fees, _) => say!("ask for no more than --amount {left}", left = left.to_string()),
    };
    Err(Refusal::rule("R5.4(3)", what).or(way_out).into())
}

/// The year in which a project's contract was signed; none where none is.
fn signed_in(book: &Connection, project: &Entry) -> Result<Option<String>> {
    let sql = "SELECT substr(signed_on, 1, 4) FROM contract WHERE entry = ?1 AND position = 1 AND undone_on IS NULL";
    book.value(sql, [project.id])
}

/// A project's customer, by the names that the project and its contract give it.
struct Customers {
    name: String,
    folded: Vec<String>,
}

impl Customers {
    fn of(book: &Connection, project: &Entry) -> Result<Self> {
        let names: (String, Option<String>) = book.whole(
            "SELECT p.customer, (SELECT customer FROM contract WHERE entry = p.entry AND position = 1 AND undone_on IS NULL)
             FROM project AS p WHERE p.entry = ?1",
            [project.id],
        )?;
        let folded = [Some(&names.0), names.1.as_ref()].into_iter().flatten().map(|name| text::fold(name)).collect();
        Ok(Self { name: names.1.unwrap_or(names.0), folded })
    }

    /// The sum of the amounts of rows that are the customer's: each has the project's name of it, the contract's, and the amount.
    fn sum(&self, book: &Connection, sql: &str, values: impl Params) -> Result<i128> {
        let mut statement = book.prepare_cached(sql)?;
        let mut rows = statement.query(values)?;
        let mut sum = 0;
        while let Some(row) = rows.next()? {
            let names: [Option<String>; 2] = [row.get(0)?, row.get(1)?];
            if names.iter().flatten().any(|name| self.folded.contains(&text::fold(name))) {
                sum += i128::from(row.get::<_, i64>(2)?);
            }
        }
        Ok(sum)
    }
}
