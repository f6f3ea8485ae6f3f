//! Old registers of fees, with those that run: what was approved and signed outside the book, and what of it was asked for, cleared and
//! paid by then. What is history is not held to who might do it; from the day the book went live on decisions are made in it.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::day::text_of;
use crate::import::row::{Cells, Fault};
use crate::language;
use crate::money::Money;
use crate::register::approval::Shown;
use crate::register::live::refuse_live;
use crate::register::old_form::{List, Old};
use crate::register::old_ledger::{Checked, Names};
use crate::say;

/// What an old file of fees has besides the fields of the form.
pub(super) const OLD: Old = Old {
    check,
    lists: &[
        "paid",
        "paid_on",
        "voucher",
        "billed",
        "billed_on",
        "cleared_by",
        "cleared_on",
        "paid_cleared_by",
        "paid_cleared_on",
    ],
    deeds: &[("cleared_on", "clear"), ("paid_cleared_on", "clear")],
    children,
    ..Old::BLANK
};

/// A fee that runs tells who approved it; nothing is paid but what was signed and filed.
fn check(cells: &Cells<'_>, state: &str) -> Result<(), Fault> {
    let has = |field| Ok::<_, Fault>(cells.text(field)?.is_some());
    let running = matches!(state, "approved" | "signed" | "registered");
    if running && !has("approved_by")? {
        let state = language::value(state);
        return Err(Fault::of("approved_by", say!("is empty, and the state is {state}", state)));
    }
    if state == "registered" && !has("registered_on")? {
        let state = language::value(state);
        return Err(Fault::of("registered_on", say!("is empty, and the state is {state}", state)));
    }
    if state == "requested" && has("agreement")? {
        return Err(Fault::of("agreement", say!("a fee that is only requested has no agreement yet")));
    }
    for (field, states) in [("paid", &["registered", "settled"][..]), ("billed", &["registered"])] {
        if amount(cells, field)? > Money(0) && !states.contains(&state) {
            let state = language::value(state);
            return Err(Fault::of(field, say!("is more than nothing, and the fee is {state}", state)));
        }
    }
    Ok(())
}

/// An amount of the row; nothing where it gives none.
fn amount(cells: &Cells<'_>, field: &'static str) -> Result<Money, Fault> {
    let amount = cells.parse::<Money>(field)?.unwrap_or(Money(0));
    if amount < Money(0) {
        return Err(Fault::of(field, say!("is less than nothing")));
    }
    Ok(amount)
}

/// Where a row tells who cleared a payment, and on which day.
struct Cleared {
    by: &'static str,
    on: &'static str,
}

/// Of what was paid so far.
const PAID: Cleared = Cleared { by: "paid_cleared_by", on: "paid_cleared_on" };
/// Of what is asked for besides.
const BILLED: Cleared = Cleared { by: "cleared_by", on: "cleared_on" };

/// The payments: what was paid so far as one, and what is asked for besides as another, each with its clearance.
fn children(book: &Connection, names: &mut Names, cells: &Cells<'_>, day: NaiveDate) -> Checked<Vec<List>> {
    let (paid, billed) = (amount(cells, "paid")?, amount(cells, "billed")?);
    let most = cells.parse::<Money>("amount")?.unwrap_or(Money(0));
    if Money(paid.0 + billed.0) > most {
        let field = if paid > most { "paid" } else { "billed" };
        return Err(Fault::of(field, say!("comes to more than the {most} agreed", most)).into());
    }
    let since = cells.day("registered_on")?.or(cells.day("signed_on")?).unwrap_or(day);
    let (mut payments, mut clearances) = (Vec::new(), Vec::new());
    // Whoever asked for the fee stands for who asked for a payment and who made it.
    let asker = names.person(book, "asked_by", cells.required("asked_by")?)?;
    if paid > Money(0) {
        let on = told_on(book, cells, "paid_on", since)?;
        let cleared = PAID.told(book, names, cells)?;
        if let Some((_, cleared)) = &cleared {
            if *cleared < since {
                return Err(Fault::of(PAID.on, say!("is before the agreement was filed")).into());
            }
            if *cleared > on {
                return Err(Fault::of(PAID.on, say!("is after the payment was made")).into());
            }
        }
        // It was asked for before it was cleared.
        let from = cleared.as_ref().map_or(on, |(_, cleared)| *cleared);
        let voucher = cells.line("voucher")?.unwrap_or(say!("before the book")).to_owned();
        payments.push(payment(paid, from, &asker, Some((on, voucher))));
        clearances.extend(cleared.map(|cleared| (payments.len(), paid, cleared)));
    } else {
        PAID.refuse("paid", cells)?;
    }
    if billed > Money(0) {
        let on = told_on(book, cells, "billed_on", since)?;
        payments.push(payment(billed, on, &asker, None));
        let cleared = BILLED.told(book, names, cells)?;
        if cleared.as_ref().is_some_and(|(_, cleared)| *cleared < on) {
            return Err(Fault::of(BILLED.on, say!("is before the payment was asked for")).into());
        }
        clearances.extend(cleared.map(|cleared| (payments.len(), billed, cleared)));
    } else {
        BILLED.refuse("billed", cells)?;
    }
    let columns = &["amount_fen", "asked_on", "asked_by", "paid_on", "voucher", "paid_by"];
    let mut lists = vec![List::of("fee_payment", columns, payments).told(0, 0)];
    let payee = if clearances.is_empty() { "" } else { cells.required_line("payee")? };
    let clearances = clearances.into_iter().map(|cleared| clearance(cleared, payee, &asker));
    let clearances = clearances.collect::<Result<Vec<_>>>()?;
    if !clearances.is_empty() {
        let columns = &["verb", "part", "decided_by", "decided_on", "entered_at", "amount_fen", "subject_hash"];
        lists.push(List::of("approval", columns, clearances).told(2, 4));
    }
    Ok(lists)
}

impl Cleared {
    /// Who cleared the payment, and on which day; none where the row tells of no clearance.
    fn told(&self, book: &Connection, names: &mut Names, cells: &Cells<'_>) -> Checked<Option<(String, NaiveDate)>> {
        match (cells.text(self.by)?, cells.day(self.on)?) {
            (None, None) => Ok(None),
            (Some(by), Some(on)) => Ok(Some((names.person(book, self.by, by)?, on))),
            _ => Err(Fault::of(self.by, say!("a decision has its person and its day, {day}", day = self.on)).into()),
        }
    }

    /// Refuses a clearance where the row tells of no payment.
    fn refuse(&self, payment: &'static str, cells: &Cells<'_>) -> Result<(), Fault> {
        for given in [self.by, self.on] {
            if cells.text(given)?.is_some() {
                let reason = say!("is empty, and {given} is not: give both, or leave both out", given);
                return Err(Fault::of(payment, reason));
            }
        }
        Ok(())
    }
}

/// The day of a payment, on no day before the agreement was filed and before the book went live; that of filing where the row has none.
fn told_on(book: &Connection, cells: &Cells<'_>, field: &'static str, since: NaiveDate) -> Checked<NaiveDate> {
    let on = cells.day(field)?.unwrap_or(since);
    if on < since {
        return Err(Fault::of(field, say!("is before the agreement was filed")).into());
    }
    let way_out = say!("leave it out, and enter it with: branchbook fee bill NUMBER --amount AMOUNT");
    refuse_live((book, cells), field, on, ("R5.4(2)", way_out))?;
    Ok(on)
}

/// A payment that was asked for on a day and, where it was made, its day and its voucher.
fn payment(amount: Money, since: NaiveDate, asker: &str, made: Option<(NaiveDate, String)>) -> Vec<Value> {
    let text = |text: Option<String>| text.map_or(Value::Null, Value::Text);
    let by = made.as_ref().map(|_| asker.to_owned());
    let (on, voucher) = made.unzip();
    vec![
        Value::Integer(amount.0),
        Value::Text(text_of(since)),
        Value::Text(asker.to_owned()),
        text(on.map(text_of)),
        text(voucher),
        text(by),
    ]
}

/// That the payment in this place was cleared, by whom and on which day.
fn clearance(
    (place, amount, (by, on)): (usize, Money, (String, NaiveDate)),
    payee: &str,
    asker: &str,
) -> Result<Vec<Value>> {
    let part = i64::try_from(place)?;
    let shown = Shown::of(Some(part), Some(amount), [payee, asker]);
    Ok(vec![
        Value::Text("clear".to_owned()),
        Value::Integer(part),
        Value::Text(by),
        Value::Text(text_of(on)),
        Value::Text(format!("{on}T00:00:00Z")),
        Value::Integer(amount.0),
        Value::Blob(shown.hash.to_vec()),
    ])
}
