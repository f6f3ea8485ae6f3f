//! Old registers of fees: what was asked for, refused or settled before the book.
//!
//! An approval that is not in the book cannot be brought in, and neither can what stands on one: a fee that is still to be paid
//! comes in as requested, and is approved again. Payments and decisions do not travel.

use anyhow::Result;
use rusqlite::types::Value;

use crate::desk::Desk;
use crate::import::row::{Cells, Fault};
use crate::language;
use crate::money::Money;
use crate::phrase;
use crate::register::history_import::{self, Field, Kind, OldRegister, yes_or_no};
use crate::register::old_ledger::Import;
use crate::say;
use crate::text::quoted;

/// Takes a register into the book.
///
/// # Errors
/// As [`Import::run`].
pub fn run(import: &Import, desk: &mut Desk<'_>) -> Result<()> {
    history_import::run::<Old>(import, desk, "fee import", "R5.4(2)")
}

/// Fees as an old file of them is read.
struct Old;

impl OldRegister for Old {
    const REGISTER: &'static str = "fee";
    const WHAT: &'static str = phrase!("fees");
    const DAY: &'static str = "asked_on";
    const PERSON: &'static str = "asked_by";
    const FIELDS: &'static [Field] = &[
        Field::new("kind", Kind::Choice(&["selection", "agency", "thank-you", "commission", "intermediary"]))
            .required(),
        Field::new("payee", Kind::Line).required(),
        Field::new("employer", Kind::Line).required(),
        Field::new("project", Kind::Project).required(),
        Field::new("basis_fen", Kind::Estimate).named("basis").required(),
        Field::made("rate_pct", rate),
        Field::new("amount_fen", Kind::Estimate).named("amount").required(),
        Field::new("reason", Kind::Text).required(),
        Field::new("asked_by", Kind::Person).required(),
        Field::new("customer_flag", Kind::YesNo).named("customer"),
        Field::new("agreement", Kind::Line),
        Field::new("party", Kind::Line),
        Field::made("other_party_flag", other_party),
        Field::new("signed_on", Kind::Day),
        Field::new("signed_by", Kind::Person),
        Field::new("registered_on", Kind::Day),
        Field::new("unpaid_reason", Kind::Text),
    ];
    const LISTS: &'static [&'static str] = &["rate", "other_party"];
    const SHORT: &'static [(&'static str, &'static str)] = &[("by", "asked_by"), ("on", "asked_on")];

    fn shown_state(cells: &Cells<'_>) -> Result<&'static str, Fault> {
        Ok(if cells.text("ended_on")?.is_some() { "settled" } else { "requested" })
    }

    fn check(cells: &Cells<'_>, state: &str) -> Result<(), Fault> {
        if matches!(state, "approved" | "signed" | "registered") {
            let reason = say!("was approved outside the book: bring it in as requested, and have it approved again");
            return Err(Fault::of(
                "state",
                say!("a fee that is {state} {reason}", state = language::value(state), reason),
            ));
        }
        let signed = cells.text("agreement")?.is_some();
        for field in ["party", "signed_on", "signed_by"] {
            if cells.text(field)?.is_some() != signed {
                return Err(Fault::of(
                    field,
                    say!("an agreement has its number, party, day and signer, all or none of them"),
                ));
            }
        }
        if signed && state == "requested" {
            return Err(Fault::of("agreement", say!("a fee that is only requested has no agreement yet")));
        }
        Ok(())
    }
}

/// The rate in hundredths of a percent, as a list prints it.
fn rate(cells: &Cells<'_>) -> Result<Value, Fault> {
    let Some(cell) = cells.text("rate")? else { return Ok(Value::Null) };
    let rate: Money = cell
        .trim_end_matches(['%', '％'])
        .parse()
        .map_err(|_| Fault::of("rate", say!("{cell} is no percentage", cell = quoted(cell))))?;
    Ok(Value::Integer(rate.0))
}

/// Whether another signed than the payee; nothing where no agreement was signed.
fn other_party(cells: &Cells<'_>) -> Result<Value, Fault> {
    match cells.text("agreement")? {
        None => Ok(Value::Null),
        Some(_) => Ok(Value::Integer(yes_or_no(cells, "other_party")?.into())),
    }
}
