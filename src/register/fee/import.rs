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
    lists: &["paid", "paid_on", "voucher", "billed", "billed_on", "cleared_by", "cleared_on"],
    deeds: &[("cleared_on", "clear")],
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

/// The payments: what was paid so far as one, and what is asked for besides as another, with its clearance.
fn children(book: &Connection, names: &mut Names, cells: &Cells<'_>, day: NaiveDate) -> Checked<Vec<List>> {
    let (paid, billed) = (amount(cells, "paid")?, amount(cells, "billed")?);
    let most = cells.parse::<Money>("amount")?.unwrap_or(Money(0));
    if Money(paid.0 + billed.0) > most {
        let field = if paid > most { "paid" } else { "billed" };
        return Err(Fault::of(field, say!("comes to more than the {most} agreed", most)).into());
    }
    let since = cells.day("registered_on")?.or(cells.day("signed_on")?).unwrap_or(day);
    let mut rows = Vec::new();
    // Whoever asked for the fee stands for who asked for a payment and who made it.
    let asker = names.person(book, "asked_by", cells.required("asked_by")?)?;
    if paid > Money(0) {
        let on = told_on(book, cells, "paid_on", since)?;
        let voucher = cells.line("voucher")?.unwrap_or(say!("before the book")).to_owned();
        rows.push(payment(paid, on, &asker, Some(voucher)));
    }
    let mut lists = Vec::new();
    if billed > Money(0) {
        let on = told_on(book, cells, "billed_on", since)?;
        rows.push(payment(billed, on, &asker, None));
        lists.extend(clearance(book, names, cells, (&asker, billed, on, rows.len()))?);
    } else if cells.text("cleared_on")?.is_some() {
        return Err(Fault::of(
            "billed",
            say!("is empty, and {given} is not: give both, or leave both out", given = "cleared_on"),
        )
        .into());
    }
    let columns = &["amount_fen", "asked_on", "asked_by", "paid_on", "voucher", "paid_by"];
    lists.insert(0, List::of("fee_payment", columns, rows).told(0, 0));
    Ok(lists)
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

fn payment(amount: Money, on: NaiveDate, asker: &str, voucher: Option<String>) -> Vec<Value> {
    let text = |text: Option<String>| text.map_or(Value::Null, Value::Text);
    let on = text_of(on);
    let paid = voucher.as_ref().map(|_| (on.clone(), asker.to_owned())).unzip();
    vec![
        Value::Integer(amount.0),
        Value::Text(on),
        Value::Text(asker.to_owned()),
        text(paid.0),
        text(voucher),
        text(paid.1),
    ]
}

/// That what is asked for was cleared, as its row tells.
fn clearance(
    book: &Connection,
    names: &mut Names,
    cells: &Cells<'_>,
    (asker, billed, on, position): (&str, Money, NaiveDate, usize),
) -> Checked<Option<List>> {
    let (by, cleared) = (cells.text("cleared_by")?, cells.day("cleared_on")?);
    let (Some(by), Some(cleared)) = (by, cleared) else {
        if by.is_none() && cleared.is_none() {
            return Ok(None);
        }
        return Err(
            Fault::of("cleared_by", say!("a decision has its person and its day, {day}", day = "cleared_on")).into()
        );
    };
    if cleared < on {
        return Err(Fault::of("cleared_on", say!("is before the payment was asked for")).into());
    }
    let part = i64::try_from(position).map_err(anyhow::Error::from)?;
    let shown = Shown::of(Some(part), Some(billed), [cells.required_line("payee")?, asker]);
    let columns = &["verb", "decided_by", "decided_on", "part", "entered_at", "amount_fen", "subject_hash"];
    let row = vec![
        Value::Text("clear".to_owned()),
        Value::Text(names.person(book, "cleared_by", by)?),
        Value::Text(text_of(cleared)),
        Value::Integer(part),
        Value::Text(format!("{cleared}T00:00:00Z")),
        Value::Integer(billed.0),
        Value::Blob(shown.hash.to_vec()),
    ];
    Ok(Some(List::of("approval", columns, vec![row]).told(1, 3)))
}
