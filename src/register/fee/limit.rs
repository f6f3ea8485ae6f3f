//! The limit of fees: what they are counted against, and what all fees of a project may come to (R5.4(3)).

use anyhow::Result;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::book::select::Select;
use crate::in_yuan;
use crate::money::{Money, Percent};
use crate::office::figure;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::task::Task;
use crate::say;
use crate::text;

/// A rate as typed, such as `2%` or `2.5`, in hundredths of a percent.
pub(crate) fn rate(typed: &str) -> Result<Value, Refusal> {
    let narrow = text::half_width(typed);
    let number = text::trim(&narrow);
    let number = number.strip_suffix('%').unwrap_or(number);
    // Percent with two decimals is read as yuan with two decimals is: its hundredths are whole.
    let rate = number.chars().all(|c| c.is_ascii_digit() || c == '.').then(|| number.parse::<Money>().ok()).flatten();
    rate.map(|rate| rate.0).filter(|rate| (1..=10_000).contains(rate)).map(Value::Integer).ok_or_else(|| {
        Refusal::usage(say!("`{typed}` is no rate", typed = text::visible(typed)))
            .or(say!("type it in percent, such as 2% or 2.5%"))
    })
}

/// The share of an amount, in fen rounded down; `rate` in hundredths of a percent.
pub(crate) fn share(amount: Money, rate: i64) -> Result<Money> {
    Ok(Money(i64::try_from(i128::from(amount.0) * i128::from(rate) / 10_000)?))
}

/// What a project's contract comes to with all supplements, in yuan at the rate of each; none where none is signed.
pub(super) fn bears(book: &Connection, project: &Entry) -> Result<Option<Money>> {
    let sql = concat!(
        "SELECT sum(",
        in_yuan!("amount_fen", "rate_e4"),
        ") FROM contract WHERE undone_on IS NULL AND entry = ?1"
    );
    book.only(sql, [project.id])
}

/// What a project's fees are counted against: its contract with all supplements, in yuan at the rate of each, else its estimate.
pub(crate) fn basis(book: &Connection, project: &Entry) -> Result<Money> {
    let estimate = "SELECT amount_fen FROM project WHERE entry = ?1";
    let basis = match bears(book, project)? {
        None => book.only(estimate, [project.id])?,
        contract => contract,
    };
    basis.filter(|basis| basis.0 > 0).ok_or_else(|| {
        Refusal::rule(
            "R5.4(3)",
            say!("{number} has neither a contract nor an estimate, so no fee can be measured", number = project.number),
        )
        .or(say!("see branchbook project show {number}, and give the project an amount first", number = project.number))
        .into()
    })
}

/// Refuses where the fee, with all others of its project that are neither rejected nor void, passes figure `fee.cap_percent`.
pub(crate) fn require(task: &Task<'_, '_>, project: &Entry, amount: Money) -> Result<()> {
    let book = task.sql();
    let basis = basis(book, project)?;
    let percent = figure::value(book, "fee.cap_percent", task.change.on)?;
    let most = share(basis, percent)?;
    let others: Vec<(String, Money)> = book.rows(
        "SELECT e.number, f.amount_fen FROM fee AS f JOIN entry AS e ON e.id = f.entry
             WHERE f.project = ?1 AND e.state NOT IN ('rejected', 'void') AND e.id <> ?2 ORDER BY e.id",
        (&project.number, task.entry.id),
    )?;
    let taken: i128 = others.iter().map(|(_, amount)| i128::from(amount.0)).sum();
    if taken + i128::from(amount.0) <= i128::from(most.0) {
        return Ok(());
    }
    let named: Vec<String> =
        others.iter().map(|(number, amount)| say!("{number} with {amount}", number, amount)).collect();
    let left = Money(i64::try_from((i128::from(most.0) - taken).max(0))?);
    let fee = match others.len() {
        0 => say!("a fee of {amount}", amount),
        _ => say!("a fee of {amount} beside {named}", amount, named = named.join(crate::language::comma())),
    };
    let what = say!(
        "{fee} passes what all fees of {number} may come to, {percent} of {basis}: {most}",
        fee,
        number = project.number,
        percent = Percent(percent),
        basis,
        most
    );
    let way_out = match (left.0, task.opens) {
        (0, _) => {
            say!("ask for none, or have another one of them rejected: branchbook fee reject NUMBER --reason REASON")
                .to_owned()
        }
        (_, true) => say!("ask for no more than --amount {left}", left = left.to_string()),
        (_, false) => {
            let number = &task.entry.number;
            say!(
                "lower it: branchbook fee amend {number} --amount {left} --reason REASON",
                number,
                left = left.to_string()
            )
        }
    };
    Err(Refusal::rule("R5.4(3)", what).or(way_out).into())
}

/// Refuses where a payment of this amount, with all others of the project's fees that were asked for, passes what the project's
/// contract bears now: an agreement may be older than the contract, which came to less than the estimate. Where it is cleared or paid,
/// those count that were paid.
pub(super) fn require_payable(task: &Task<'_, '_>, project: &Entry, amount: Money) -> Result<()> {
    let book = task.sql();
    let basis = basis(book, project)?;
    let percent = figure::value(book, "fee.cap_percent", task.change.on)?;
    let most = share(basis, percent)?;
    let asked: i64 = book.only(
        "SELECT coalesce(sum(p.amount_fen), 0) FROM fee_payment AS p JOIN fee AS f ON f.entry = p.entry
         WHERE f.project = ?1 AND p.undone_on IS NULL AND NOT (p.entry = ?2 AND p.position = ?3)
            AND (?3 = 0 OR p.paid_on IS NOT NULL)",
        (&project.number, task.entry.id, task.position),
    )?;
    let left = Money((most.0 - asked).max(0));
    if amount <= left {
        return Ok(());
    }
    let what = say!(
        "{amount}, with {asked} of other payments, passes what the fees of {number} may come to, {percent} of {basis}: {most}",
        amount,
        asked = Money(asked),
        number = project.number,
        percent = Percent(percent),
        basis,
        most
    );
    Err(Refusal::rule("R5.4(3)", what).or(no_more(task, left)).into())
}

/// What to do instead of a payment that is too much.
pub(super) fn no_more(task: &Task<'_, '_>, left: Money) -> String {
    let number = &task.entry.number;
    if left.0 > 0 && task.position == 0 {
        return say!("ask for no more than --amount {left}", left = left.to_string());
    }
    say!("pay no more of it: branchbook fee settle {number} --reason REASON", number)
}
