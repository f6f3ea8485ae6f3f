//! Signing a project's contract, and the supplements that change it (R3.3, R3.4).

mod corrected;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::currency::{self, YUAN};
use super::product_line::{self, LINES};
use super::{AMOUNT as ESTIMATE, CUSTOMER, MAJOR, leader, named, review};
use crate::book::select::Select;
use crate::day;
use crate::fields;
use crate::money::Money;
use crate::office::figure;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::entry::Entry;
use crate::register::field::{Field, Kind, Need};
use crate::register::form::{Check, Rule, Step, Verb, Who};
use crate::register::paper::Paper;
use crate::register::task::Task;
use crate::say;
use crate::text::{visible, word};
use crate::whole;

pub(super) static PAPER: Paper = Paper {
    name: phrase!("contract"),
    table: "contract",
    column: "contract",
    among: ("(p.position = 1 OR p.entry = :entry)", "a supplement's in its contract"),
    clause: "R3.4",
    ..Paper::BLANK
};
const CONTRACT: Field<String> =
    Field::paper("contract", "the number on the paper", &PAPER).value_name("CONTRACT").need(Need::Asked);
const SIGNED: Field<NaiveDate> = Field::past("signed_on", "").option("signed-on").need(Need::Asked);
const AMOUNT: Field<Money> =
    Field::agreed("amount_fen", "of a supplement what it adds, or takes away").option("amount").need(Need::Asked);
const SUPPLEMENT: Field<bool> = Field::switch("supplement", "to the project's contract, which stays").loose();
const CURRENCY: Field<String> = Field::new("currency", "of every amount", Kind::Read(currency::code))
    .otherwise("CNY, of a supplement the contract's");
const RATE: Field<i64> = Field::new(
    "rate_e4",
    "what one of a currency other than CNY was worth that day, in yuan",
    Kind::Read(currency::rate),
)
.option("rate")
.label("rate");
const LINE: Field<Vec<Vec<Value>>> =
    Field::rows("lines", "product, quantity and price of one, such as \"球磨机;2;629万\"; may be repeated", &LINES)
        .option("line")
        .label("product_lines");
const DELIVER_BY: Field<NaiveDate> = Field::day("deliver_by_on", "").option("deliver-by");
const WARRANTY: Field<i64> = Field::new("warranty_months", "from the acceptance", Kind::Read(months))
    .option("warranty-months")
    .value_name("MONTHS");
const PAPER_CUSTOMER: Field<String> =
    Field::line("customer", "as the paper names it").otherwise("the project's, of a supplement the contract's");

/// The contract, and its supplements behind it.
static CONTRACTS: List = List {
    table: "contract",
    rules: &[
        Rule { fields: fields![CURRENCY, RATE], check: Check::Follows(refuse_other_currency) },
        Rule { fields: fields![CURRENCY, RATE], check: Check::Regulation(refuse_odd_rate) },
        Rule { fields: fields![SIGNED], check: Check::Follows(corrected::refuse_signed_first) },
        Rule { fields: fields![SIGNED, DELIVER_BY], check: Check::Follows(refuse_delivered_before) },
        Rule { fields: fields![SIGNED], check: Check::Regulation(corrected::refuse_signed_unreviewed) },
        Rule { fields: fields![AMOUNT], check: Check::Regulation(corrected::refuse_less) },
        Rule { fields: fields![AMOUNT], check: Check::Follows(corrected::note_more) },
    ],
    called: Some(("contract", "position > 0")),
    kept: refuse_below,
    amended: Some(Amended {
        exception: "Take what the review, the payments or the last rate of its currency speak against, or a paper that is in the book already, with the reason",
        ..Amended::of("paper", fields![CONTRACT, SIGNED, AMOUNT, CURRENCY, RATE, DELIVER_BY, WARRANTY, PAPER_CUSTOMER])
    }),
    ..List::BLANK
};

/// A contract and its supplements are in one currency; another than CNY has a rate, and CNY has none.
fn refuse_other_currency(task: &mut Task<'_, '_>) -> Result<()> {
    let Some(currency) = task.line.get(&CURRENCY)? else { return Ok(()) };
    let number = &task.entry.number;
    let other: Option<String> = task.sql().value(
        "SELECT contract FROM contract WHERE undone_on IS NULL AND entry = ?1 AND position > 0 AND position <> ?2 AND currency <> ?3",
        (task.entry.id, task.position, &currency),
    )?;
    if let Some(other) = other {
        let what = say!("{other} of {number} is not in {currency}", other, number, currency);
        let way_out =
            say!("take the papers back with: branchbook undo {number}, and enter them in the same currency", number);
        return Err(Refusal::rule("R3.4", what).or(way_out).into());
    }
    if currency == YUAN {
        if task.line.differs(&RATE.spec) {
            return Err(Refusal::usage(say!("CNY has no rate"))
                .or(say!("leave --rate out, or name the --currency"))
                .into());
        }
        task.line.enter(&RATE.spec, Value::Null);
    } else if task.line.get(&RATE)?.is_none() {
        let what = say!("what one {currency} was worth that day is missing", currency);
        return Err(Refusal::usage(what).or(say!("give it in yuan with --rate, such as --rate 7.1234")).into());
    }
    Ok(())
}

/// What one of a currency was worth is near what it was in the contract before: a rate that is more than half off is a slip, or worse.
fn refuse_odd_rate(task: &Task<'_, '_>) -> Result<()> {
    let (Some(currency), Some(rate)) = (task.line.get(&CURRENCY)?, task.line.get(&RATE)?) else { return Ok(()) };
    let Some((last, contract, on)) = currency::last_rate(task.sql(), &currency, (task.entry.id, task.position))? else {
        return currency::refuse_unusual(&currency, rate);
    };
    if (rate - last).abs() <= last / 2 {
        return Ok(());
    }
    let [rate, last] = [rate, last].map(currency::in_words);
    let what = say!(
        "one {currency} at {rate} is more than half off the last rate, {last} in {contract} of {on}",
        currency,
        rate,
        last,
        contract,
        on
    );
    Err(Refusal::rule("R3.4", what).or(say!("give what one was worth that day with --rate")).into())
}

/// What is corrected in a contract leaves no less than what was paid; its product lines and instalments may have to follow.
fn refuse_below(task: &mut Task<'_, '_>) -> Result<()> {
    let terms = Terms::of(task.sql(), &task.entry)?;
    let number = &task.entry.number;
    if terms.total < terms.received {
        let (total, received) = (terms.total.grouped(), terms.received.grouped());
        let what = say!("{number} would come to {total}, of which {received} is paid", number, total, received);
        return Err(Refusal::rule("R3.7", what).or(say!("reverse first what was received")).into());
    }
    let lines: Option<Money> = task.sql().only(
        "SELECT sum(quantity * price_fen) FROM product_line WHERE entry = ?1 AND contract = ?2",
        (task.entry.id, task.position),
    )?;
    let amount = task.line.get(&AMOUNT)?.unwrap_or(Money(0));
    if let Some(lines) = lines.filter(|lines| *lines != amount) {
        let (lines, amount) = (lines.grouped(), amount.grouped());
        let what =
            say!("the product lines of {number} come to {lines}, and its amount to {amount}", number, lines, amount);
        return Err(Refusal::rule("R3.4", what)
            .or(say!("take the contract back with: branchbook undo {number}, and enter it with its lines", number))
            .into());
    }
    if terms.planned > Money(0) && terms.planned != terms.total {
        let remark = say!(
            "its instalments no longer add up; set them anew with: branchbook project instalments {number} …",
            number
        );
        task.remark(remark);
    }
    Ok(())
}

/// Enters the contract or a supplement with its product lines.
pub(super) const SIGN: Verb = Verb::Step(Step {
    name: "contract",
    about: "Enter the contract that was signed, or a supplement to it (R3.3, R3.4)",
    state: "contracted",
    to: Some(|task| Ok(if matches!(task.entry.state.as_str(), "open" | "negotiating") { "contracted" } else { "" })),
    fields: fields![CONTRACT, SIGNED, AMOUNT, SUPPLEMENT, CURRENCY, RATE, LINE, DELIVER_BY, WARRANTY, PAPER_CUSTOMER],
    into: Some(&CONTRACTS),
    exception: Some(
        "Record that it was signed before the review passed, or at a rate far from the last, with the reason, instead of being refused",
    ),
    find: |book, _, which| named(book, which),
    who: Who::Check(|task| leader::require(task, say!("signing a contract"))),
    guards: &[Check::Follows(refuse_out_of_place), Check::Regulation(refuse_unreviewed), Check::Follows(agree)],
    then: |task| {
        product_line::write(task, task.line.list(&LINE.spec))?;
        tell_beyond_estimate(task)?;
        become_major(task)
    },
    says: |task| {
        let total = Terms::of(task.sql(), &task.entry)?.total.grouped();
        let sentence = if supplements(task)? {
            phrase!("{number}: supplement {contract} signed on {signed_on}, {currency} {total} in all")
        } else {
            phrase!("{number}: contract {contract} signed on {signed_on}, {currency} {total} in all")
        };
        task.says_with(sentence, &[("total", total)])
    },
    ..Step::BLANK
});

/// What contract and supplements come to in yuan, at their rates; none before the contract is signed.
pub(crate) fn in_yuan(book: &Connection, project: &Entry) -> Result<Option<Money>> {
    let sum = concat!(
        "SELECT sum(",
        in_yuan!("amount_fen", "rate_e4"),
        ") FROM contract WHERE undone_on IS NULL AND entry = ?1"
    );
    book.only(sum, [project.id])
}

/// How many times the estimate a contract comes to of which is said that its review may not have seen it.
const FAR: i64 = 2;

/// Says where the contract comes to far more than the project was thought to be worth when its review was organised (R3.3).
fn tell_beyond_estimate(task: &mut Task<'_, '_>) -> Result<()> {
    let (signed, estimate) = (in_yuan(task.sql(), &task.entry)?, task.row.get(&ESTIMATE)?);
    let Some((signed, estimate)) = signed.zip(estimate.filter(|estimate| *estimate > Money(0))) else { return Ok(()) };
    if signed.0 / FAR > estimate.0 {
        let (signed, estimate) = (signed.grouped(), estimate.grouped());
        task.remark(say!(
            "the contract comes to {signed}, the estimate was {estimate}: have what changed reviewed, where the review did not see it (R3.3)",
            signed,
            estimate
        ));
    }
    Ok(())
}

/// A project whose contract comes to as much as a major one is major from then on; the branch manager confirms its leader (R3.1).
fn become_major(task: &mut Task<'_, '_>) -> Result<()> {
    let from = Money(figure::value(task.sql(), "project.major_amount", task.entry.day)?);
    let signed = in_yuan(task.sql(), &task.entry)?;
    if task.row.get(&MAJOR)? == Some(true) || signed.is_none_or(|signed| signed < from) {
        return Ok(());
    }
    task.sql().execute("UPDATE project SET major_flag = 1 WHERE entry = ?1", [task.entry.id])?;
    task.remark(say!("it is a major project now: the branch manager confirms its leader, or appoints another (R3.1)"));
    Ok(())
}

/// The longest warranty, of fifty years.
pub(super) const MONTHS: u32 = 600;

/// A warranty of up to so many months.
fn months(typed: &str) -> Result<Value, Refusal> {
    let months = whole::within(typed, (0, MONTHS.into()), whole::MONTHS).ok();
    months.map(Value::Integer).ok_or_else(|| {
        Refusal::usage(say!("`{typed}` is no count of months", typed = visible(typed)))
            .or(say!("give a whole number from 0 to 600"))
    })
}

fn supplements(task: &Task<'_, '_>) -> Result<bool> {
    Ok(task.line.get(&SUPPLEMENT)? == Some(true))
}

/// A contract comes once, and a supplement after it (R3.4); neither is signed before the project was opened, or the contract.
fn refuse_out_of_place(task: &mut Task<'_, '_>) -> Result<()> {
    let (number, terms) = (&task.entry.number, Terms::look_up(task.sql(), &task.entry)?);
    let day = task.line.get(&SIGNED)?.unwrap_or(task.change.on);
    let early = match (supplements(task)?, terms) {
        (false, Some(terms)) => {
            let what = say!("{number} has its contract, {contract}", number, contract = terms.contract);
            let way_out = say!("enter what changes it with --supplement");
            return Err(Refusal::rule("R3.4", what).or(way_out).into());
        }
        (true, None) => {
            let what = say!("{number} has no contract that could be supplemented", number);
            return Err(Refusal::rule("R3.4", what).or(say!("leave --supplement out")).into());
        }
        (true, Some(terms)) if day < terms.signed_on => return Err(before_contract(number, &terms, day).into()),
        (false, None) if day < task.entry.day => {
            let first = task.entry.day;
            say!("{number} was opened on {first}, and nothing was signed for it on {day}", number, first, day)
        }
        _ => return Ok(()),
    };
    Err(signed_early(early).into())
}

/// The refusal of a supplement that is signed before its contract.
fn before_contract(number: &str, terms: &Terms, day: NaiveDate) -> Refusal {
    let first = terms.signed_on;
    signed_early(say!(
        "{number} has its contract signed on {first}, and nothing was signed for it on {day}",
        number,
        first,
        day
    ))
}

fn signed_early(what: String) -> Refusal {
    Refusal::usage(what).or(say!("give the day of the signing with --signed-on DATE"))
}

/// The contract's review had passed on the day it was signed (R3.3).
fn refuse_unreviewed(task: &Task<'_, '_>) -> Result<()> {
    let signed = task.line.get(&SIGNED)?.unwrap_or(task.change.on);
    review::refuse_unpassed(task.sql(), &task.entry, (signed, &[signed, task.change.today()]))
}

/// What is signed has a number of its own, a currency with its rate, an amount that its lines add up to, and a customer.
fn agree(task: &mut Task<'_, '_>) -> Result<()> {
    let terms = Terms::look_up(task.sql(), &task.entry)?;
    let (contract, amount) =
        (task.line.get(&CONTRACT)?.unwrap_or_default(), task.line.get(&AMOUNT)?.unwrap_or(Money(0)));
    let currency = currency_of(task, terms.as_ref())?;
    new_total(&task.entry.number, terms.as_ref(), amount)?;
    product_line::check(task.line.list(&LINE.spec), &contract, amount, terms.is_some())?;
    task.line.set(CURRENCY.spec.column, currency);
    if !task.line.is_new(&PAPER_CUSTOMER.spec) {
        let customer = terms.map(|terms| terms.customer).or(task.row.get(&CUSTOMER)?);
        task.line.set(PAPER_CUSTOMER.spec.column, customer);
    }
    Ok(())
}

/// The currency, which a supplement shares with its contract; one other than CNY comes with its rate.
fn currency_of(task: &Task<'_, '_>, terms: Option<&Terms>) -> Result<String> {
    let usual = terms.map_or(YUAN, |terms| &terms.currency);
    let currency = task.line.get(&CURRENCY)?.unwrap_or_else(|| usual.to_owned());
    let (number, rated) = (&task.entry.number, task.line.is_new(&RATE.spec));
    let refusal = if terms.is_some() && currency != usual {
        Refusal::rule("R3.4", say!("{number} is in {usual}, and its supplements are as well", number, usual))
            .or(say!("leave --currency out"))
    } else if currency == YUAN && rated {
        Refusal::usage(say!("CNY has no rate")).or(say!("leave --rate out, or name the --currency"))
    } else if currency != YUAN && !rated {
        Refusal::usage(say!("what one {currency} was worth that day is missing", currency))
            .or(say!("give it in yuan with --rate, such as --rate 7.1234"))
    } else {
        return Ok(currency);
    };
    Err(refusal.into())
}

/// What contract and supplements come to: more than nothing, and no less than what was paid.
fn new_total(number: &str, terms: Option<&Terms>, amount: Money) -> Result<Money> {
    let Some(terms) = terms else {
        if amount > Money(0) {
            return Ok(amount);
        }
        let nothing = Refusal::usage(say!("a contract comes to more than nothing"));
        return Err(nothing.or(say!("give its --amount")).into());
    };
    let total = terms.total.checked_add(amount).filter(|total| *total > Money(0) && *total >= terms.received);
    total.ok_or_else(|| {
        let what = say!(
            "{number} comes to {total}, of which {received} is paid, and {saturating_neg} cannot be taken away from it",
            number,
            total = terms.total.grouped(),
            received = terms.received.grouped(),
            saturating_neg = Money(amount.0.saturating_neg()).grouped()
        );
        Refusal::rule("R3.7", what).or(say!("give what the supplement takes away with --amount")).into()
    })
}

/// What a project's contract and its supplements come to together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Terms {
    /// The contract's number on the paper.
    pub(super) contract: String,
    /// The customer as the contract names it.
    pub(super) customer: String,
    /// The currency of its amounts.
    pub(super) currency: String,
    /// The day the contract was signed.
    pub(super) signed_on: NaiveDate,
    /// The amount with all supplements, in 1/100 of the currency.
    pub(super) total: Money,
    /// What the instalments add up to, in 1/100 of the currency.
    pub(super) planned: Money,
    /// What came in, in 1/100 of the currency.
    pub(super) received: Money,
    /// Months of warranty, as agreed last; none where none were agreed.
    pub(super) warranty_months: Option<u32>,
}

impl Terms {
    /// The terms of a project; none before its contract is signed.
    pub(super) fn look_up(book: &Connection, project: &Entry) -> Result<Option<Self>> {
        book.first(
            "SELECT contract, customer, currency, signed_on,
                (SELECT sum(amount_fen) FROM contract WHERE undone_on IS NULL AND entry = ?1),
                (SELECT coalesce(sum(amount_fen), 0) FROM instalment WHERE entry = ?1),
                (SELECT coalesce(sum(received_fen), 0) FROM instalment WHERE entry = ?1),
                (SELECT warranty_months FROM contract WHERE undone_on IS NULL AND entry = ?1 AND warranty_months IS NOT NULL ORDER BY position DESC LIMIT 1)
             FROM contract WHERE undone_on IS NULL AND entry = ?1 AND position = 1",
            [project.id],
            |row| {
                Ok(Self {
                    contract: row.get(0)?,
                    customer: row.get(1)?,
                    currency: row.get(2)?,
                    signed_on: row.get(3)?,
                    total: row.get(4)?,
                    planned: row.get(5)?,
                    received: row.get(6)?,
                    warranty_months: row.get(7)?,
                })
            },
        )
    }

    /// The terms of a project whose contract is signed.
    pub(super) fn of(book: &Connection, project: &Entry) -> Result<Self> {
        Self::look_up(book, project)?.ok_or_else(|| {
            Refusal::rule("R3.7", say!("{number} has no contract yet", number = project.number))
                .or(say!("enter it with: {enter}", enter = entering(&project.number)))
                .into()
        })
    }
}

/// The command that enters the contract of a project.
pub(crate) fn entering(project: &str) -> String {
    format!("branchbook project contract {} --contract CONTRACT --signed-on DATE --amount AMOUNT", word(project))
}

/// Nothing is to be delivered before the contract is signed.
fn refuse_delivered_before(task: &mut Task<'_, '_>) -> Result<()> {
    match task.line.get(&SIGNED)?.zip(task.line.get(&DELIVER_BY)?) {
        Some((signed, by)) => Ok(day::refuse_backwards(signed, by, "--deliver-by")?),
        None => Ok(()),
    }
}
