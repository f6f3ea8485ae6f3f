//! Old registers of projects, with the contracts that run: what was agreed, and what came in so far. What is history is not held to the
//! review of its contract.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::contract;
use super::currency::{self, YUAN};
use super::instalments::{KINDS, due};
use super::share::{Share, split};
use crate::day;
use crate::import::row::{Cells, Fault};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::register::info::region;
use crate::register::live::refuse_live;
use crate::register::old_form::{List, Old};
use crate::register::old_ledger::{Checked, Names, Trouble};
use crate::register::old_rows::is_there;
use crate::say;

/// What an old file of projects has besides the fields of the form.
pub(super) const OLD: Old = Old {
    person: Some("opened_by"),
    lists: &[
        "leader",
        "contract",
        "signed_on",
        "contract_amount",
        "currency",
        "rate",
        "deliver_by_on",
        "warranty_months",
        "advance",
        "progress",
        "delivery",
        "warranty",
        "received",
        "received_on",
        "voucher",
    ],
    state: shown,
    children,
    anew: refuse_known,
    remark: |change, _| Ok(region::remark(change, "project")?.into_iter().collect()),
    ..Old::BLANK
};

/// The state of a row that gives none: as far as its contract has come.
fn shown(cells: &Cells<'_>) -> Result<Option<&'static str>, Fault> {
    if cells.text("contract")?.is_none() {
        return Ok(Some("open"));
    }
    let has = |field| Ok::<_, Fault>(cells.text(field)?.is_some());
    Ok(Some(if has("accepted_on")? {
        "accepted"
    } else if has("delivered_on")? {
        "delivered"
    } else {
        "contracted"
    }))
}

fn children(book: &Connection, names: &mut Names, cells: &Cells<'_>, day: NaiveDate) -> Checked<Vec<List>> {
    let mut lists = vec![leader(book, names, cells, day)?];
    let given = ["signed_on", "contract_amount", "advance", "progress", "delivery", "warranty", "received"];
    let Some(number) = cells.line("contract")? else {
        for field in given {
            let nothing = cells.parse::<Money>(field).is_ok_and(|amount| amount == Some(Money(0)));
            if cells.text(field)?.is_some() && !nothing {
                return Err(Fault::of("contract", say!("is empty, and {field} is not: give its number", field)).into());
            }
        }
        return Ok(lists);
    };
    // Of a contract that was ended before anything was due nothing is left.
    if cells.parse::<Money>("contract_amount")? != Some(Money(0)) {
        lists.extend(Running::read(book, cells, number)?.lists(cells)?);
    }
    Ok(lists)
}

/// The leader that a row of an old register names leads from the first day; who appointed them, it does not tell: whoever opened
/// the project stands for it.
fn leader(book: &Connection, names: &mut Names, cells: &Cells<'_>, day: NaiveDate) -> Checked<List> {
    let mut rows = Vec::new();
    if let Some(leader) = cells.text("leader")? {
        let leader = names.person(book, "leader", leader)?;
        let opened_by = names.person(book, "opened_by", cells.required("opened_by")?)?;
        rows.push(vec![leader.into(), day.to_string().into(), opened_by.into()]);
    }
    Ok(List::of("leader", &["person", "from_on", "appointed_by"], rows).told(0, 1))
}

/// A contract that runs.
struct Running {
    number: String,
    signed: NaiveDate,
    amount: Money,
    received: Money,
    months: Option<u32>,
    /// Whether the book has the project, with which the row is compared.
    known: bool,
}

impl Running {
    fn read(book: &Connection, cells: &Cells<'_>, number: &str) -> Checked<Self> {
        let signed = cells.required_day("signed_on")?;
        refuse_live(
            (book, cells),
            "signed_on",
            signed,
            ("R3.4", say!("leave the contract out, and enter it with: branchbook project contract NUMBER …")),
        )?;
        let wrong = |field, what: &str| Trouble::Row(Fault::of(field, what));
        let amount = cells.parse::<Money>("contract_amount")?;
        let Some(amount) = amount.filter(|amount| *amount > Money(0)) else {
            return Err(wrong("contract_amount", say!("is what the contract comes to, and more than nothing")));
        };
        let received = cells.parse::<Money>("received")?.unwrap_or(Money(0));
        if received < Money(0) || received > amount {
            return Err(wrong("received", say!("is what was received so far, and no more than the contract comes to")));
        }
        let months = cells.count("warranty_months")?.filter(|months| *months <= contract::MONTHS);
        if months.is_none() && cells.text("warranty_months")?.is_some() {
            return Err(wrong("warranty_months", say!("is a whole number of months from 0 to 600")));
        }
        let known = cells.text("number")?.map_or(Ok(false), |number| is_there(book, number))?;
        Ok(Self { number: number.to_owned(), signed, amount, received, months, known })
    }

    fn lists(&self, cells: &Cells<'_>) -> Checked<Vec<List>> {
        let instalments = self.instalments(cells)?;
        let receipts = self.receipts(cells, &instalments)?;
        let columns = &[
            "contract",
            "signed_on",
            "customer",
            "currency",
            "amount_fen",
            "rate_e4",
            "deliver_by_on",
            "warranty_months",
        ];
        let (currency, rate) = currency_of(cells, self.known)?;
        let contract = vec![vec![
            Value::Text(self.number.clone()),
            Value::Text(day::text_of(self.signed)),
            Value::Text(cells.required_line("customer")?.to_owned()),
            Value::Text(currency),
            Value::Integer(self.amount.0),
            rate,
            day_or_null(cells.day("deliver_by_on")?),
            self.months.map_or(Value::Null, |months| Value::Integer(months.into())),
        ]];
        let rows: Vec<Vec<Value>> = instalments.iter().map(Instalment::row).collect();
        let positions = instalments.iter().map(|instalment| instalment.position).collect();
        // What was received shows an instalment, and not which.
        let told = KINDS.iter().map(|(kind, ..)| cells.text(kind)).collect::<Result<Vec<_>, _>>()?;
        let planning = usize::from(told.iter().any(Option::is_some));
        let planned = List::of("instalment", &["kind", "share_pct", "amount_fen", "due_event", "due_on"], rows);
        let received = List::of("receipt", &["instalment", "amount_fen", "received_on", "voucher"], receipts);
        Ok(vec![
            List::of("contract", columns, contract).told(1, 2),
            planned.told(planning, planning).at(positions),
            received.told(0, 0),
        ])
    }

    /// How it is paid. Where the row does not tell, what was received was due on signing, and the rest is planned later.
    fn instalments(&self, cells: &Cells<'_>) -> Checked<Vec<Instalment>> {
        let (delivered, accepted) = (cells.day("delivered_on")?, cells.day("accepted_on")?);
        let mut instalments = Vec::new();
        for ((kind, event, ..), position) in KINDS.into_iter().zip(1_i64..) {
            let Some(cell) = cells.text(kind)? else { continue };
            let (share, agreed) = share_and_day(kind, cell)?;
            if agreed.is_some_and(|day| day < self.signed) {
                return Err(Fault::of(kind, say!("is due before the contract was signed")).into());
            }
            if kind == "warranty" && agreed.is_none() && self.months.is_none() {
                let reason =
                    say!("falls due after months of warranty: give warranty_months, or a day behind the share");
                return Err(Fault::of(kind, reason).into());
            }
            let due = agreed.or(due(kind, self.signed, [None, delivered, accepted], self.months));
            let event = agreed.is_none().then_some(event);
            instalments.push(Instalment { position, kind, share, amount: Money(0), event, due });
        }
        if instalments.is_empty() && self.received > Money(0) {
            let (kind, event, ..) = KINDS[0];
            let (share, due) = (Share::Amount(self.received), Some(self.signed));
            let amount = self.received;
            return Ok(vec![Instalment { position: 1, kind, share, amount, event: Some(event), due }]);
        }
        let shares: Vec<Share> = instalments.iter().map(|instalment| instalment.share).collect();
        if shares.is_empty() {
            return Ok(instalments);
        }
        let amounts = split(self.amount, &shares).map_err(|sum| {
            let (sum, total) = (sum.grouped(), self.amount.grouped());
            Fault::of("contract_amount", say!("is {total}, and the instalments come to {sum}", total, sum))
        })?;
        for (instalment, amount) in instalments.iter_mut().zip(amounts) {
            instalment.amount = amount;
        }
        Ok(instalments)
    }

    /// What came in, spread over the instalments in their order.
    fn receipts(&self, cells: &Cells<'_>, instalments: &[Instalment]) -> Checked<Vec<Vec<Value>>> {
        let on = cells.day("received_on")?.unwrap_or(self.signed);
        if on < self.signed {
            return Err(Fault::of("received_on", say!("is before the contract was signed")).into());
        }
        let voucher = cells.line("voucher")?.unwrap_or(say!("before the book"));
        let (mut left, mut rows) = (self.received, Vec::new());
        for instalment in instalments {
            let part = left.min(instalment.amount);
            if part > Money(0) {
                rows.push(vec![
                    Value::Integer(instalment.position),
                    Value::Integer(part.0),
                    Value::Text(day::text_of(on)),
                    Value::Text(voucher.to_owned()),
                ]);
                left = Money(left.0 - part.0);
            }
        }
        Ok(rows)
    }
}

struct Instalment {
    position: i64,
    kind: &'static str,
    share: Share,
    amount: Money,
    event: Option<&'static str>,
    due: Option<NaiveDate>,
}

impl Instalment {
    fn row(&self) -> Vec<Value> {
        vec![
            Value::Text(self.kind.to_owned()),
            self.share.percent().into(),
            Value::Integer(self.amount.0),
            self.event.map_or(Value::Null, |event| Value::Text(event.to_owned())),
            day_or_null(self.due),
        ]
    }
}

fn day_or_null(day: Option<NaiveDate>) -> Value {
    day.map_or(Value::Null, |day| Value::Text(day::text_of(day)))
}

/// A share, with the day behind it where one was agreed.
fn share_and_day(kind: &'static str, cell: &str) -> Result<(Share, Option<NaiveDate>), Fault> {
    let refused = |refusal: Refusal| Fault::of(kind, refusal.to_string());
    if let Some((share, day)) = cell.rsplit_once(' ')
        && let Ok((day, false)) = day::written(day, &[])
    {
        return Ok((share.parse().map_err(refused)?, Some(day)));
    }
    Ok((cell.parse().map_err(refused)?, None))
}

/// The currency, with the rate of one other than CNY; that of a contract which is known stands in the book.
fn currency_of(cells: &Cells<'_>, known: bool) -> Checked<(String, Value)> {
    let refused = |field| move |refusal: Refusal| Fault::of(field, refusal.to_string());
    let code = cells.text("currency")?.map(currency::code).transpose().map_err(refused("currency"))?;
    let code = match code {
        Some(Value::Text(code)) => code,
        _ => YUAN.to_owned(),
    };
    let rate = cells.text("rate")?.map(currency::rate).transpose().map_err(refused("rate"))?;
    match (code == YUAN, rate) {
        // A yuan is worth a yuan.
        (true, None | Some(Value::Integer(10_000))) => Ok((code, Value::Null)),
        (false, None) if known => Ok((code, Value::Null)),
        (false, Some(rate)) => Ok((code, rate)),
        (true, Some(_)) => Err(Fault::of("rate", say!("CNY has no rate")).into()),
        (false, None) => {
            Err(Fault::of("rate", say!("what one {currency} was worth that day is missing", currency = code)).into())
        }
    }
}

/// One contract's number is no other's, in whatever spelling: those of the book are read once for all rows.
fn refuse_known(book: &Connection, names: &mut Names, number: Option<&str>, lists: &[List]) -> Checked<()> {
    const ALL: &str = "SELECT contract FROM contract WHERE undone_on IS NULL AND position = 1 ORDER BY entry";
    let contract = lists.iter().find(|list| list.table == "contract").and_then(|list| list.rows.first());
    let Some(Value::Text(contract)) = contract.and_then(|row| row.first()) else { return Ok(()) };
    let alike = names.spellings(book, ALL, contract)?;
    for spelt in std::iter::once(contract).chain(&alike) {
        if let Some(other) = super::of_contract_as_written(book, spelt, number)? {
            return Err(Fault::of("contract", say!("is the contract of {number}", number = other)).into());
        }
    }
    Ok(())
}
