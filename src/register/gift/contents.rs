//! Recipients and items of a gift, as typed and as an old list has them.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::catalog::Item;
use super::{ITEMS, OCCASION, OFFICIAL_REASON, RECIPIENTS};
use crate::book::select::Select;
use crate::import::row::{Cells, Fault};
use crate::language;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::register::field::Rows;
use crate::register::notation::{self, Named, Things};
use crate::register::task::{Row, Task};
use crate::say;
use crate::text::quoted;

/// Who receives a gift.
pub(crate) static RECIPIENT: Rows = Rows {
    table: "gift_recipient",
    columns: &["name", "post", "official_flag"],
    parse: recipient,
    between: ';',
    apart: notation::people_apart,
    ..Rows::BLANK
};

/// What a gift consists of; the item's number on the list is not decided on, its name and price are.
pub(crate) static ITEM: Rows = Rows {
    table: "gift_line",
    columns: &["name", "quantity", "price_fen", "item"],
    told: 3,
    may_repeat: false,
    parse: item,
    find: priced,
    between: ';',
    apart: notation::things_apart,
    in_file: priced_in_file,
};

/// `name;position`, with `;official` for a public official, or `name (position, official)`.
fn recipient(typed: &str) -> Result<Vec<Value>, Refusal> {
    let Some(Named { name, post, official }) = Named::read(typed)? else {
        return Err(Refusal::usage(say!("{typed} is no recipient", typed = quoted(typed))).or(say!(
            "give name and position, such as \"张处长;处长\", with \";official\" behind for a public official"
        )));
    };
    Ok(vec![Value::Text(name), Value::Text(post), Value::Integer(official.into())])
}

/// `item;quantity` of the approved list, a free item as `name;quantity;price`, or `item x quantity @ price`.
fn item(typed: &str) -> Result<Vec<Value>, Refusal> {
    let Some(Things { name, quantity, price }) = Things::read(typed)? else {
        return Err(Refusal::usage(say!("{typed} is no item of a gift", typed = quoted(typed)))
            .or(say!("give an item of the list with its quantity, such as \"铸铜摆件;2\", or a free one with its price: \"茶叶;1;300\"")));
    };
    let price = price.map_or(Value::Null, |price| Value::Integer(price.0));
    Ok(vec![Value::Text(name), Value::Integer(quantity), price, Value::Null])
}

/// An item without a price is one of the list, at the price of that day (R5.3(3)).
fn priced(book: &Connection, day: NaiveDate, mut row: Vec<Value>) -> Result<Vec<Value>> {
    if let [Value::Text(name), _, Value::Null, _] = &row[..] {
        let item = Item::find(book, name, day)?;
        row[0] = Value::Text(item.name);
        row[2] = Value::Integer(item.price.0);
        row[3] = Value::Integer(item.id);
    }
    Ok(row)
}

/// What is on the list under that name and price is of the list.
fn priced_in_file(book: &Connection, day: NaiveDate, mut row: Vec<Value>) -> Result<Vec<Value>> {
    if let [Value::Text(name), _, Value::Integer(price), _] = &row[..] {
        let sql = "SELECT id FROM gift_item WHERE name = ?1 AND price_fen = ?2 ORDER BY id LIMIT 1";
        let id: Option<i64> = book.value(sql, (name, price))?;
        row[3] = id.into();
        return Ok(row);
    }
    priced(book, day, row)
}

/// What items come to.
pub(crate) fn amount(items: &[Vec<Value>]) -> Money {
    Money(items.iter().filter_map(|item| Some(whole(&item[1])?.saturating_mul(whole(&item[2])?))).sum())
}

fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(whole) => Some(*whole),
        _ => None,
    }
}

/// What recipients are called.
pub(crate) fn names(recipients: &[Vec<Value>]) -> Vec<String> {
    let name = |recipient: &Vec<Value>| match recipient.first() {
        Some(Value::Text(name)) => Some(name.clone()),
        _ => None,
    };
    recipients.iter().filter_map(name).collect()
}

/// The first public official among recipients.
pub(crate) fn official(recipients: &[Vec<Value>]) -> Option<&str> {
    recipients.iter().find_map(|recipient| match &recipient[..] {
        [Value::Text(name), _, Value::Integer(1)] => Some(name.as_str()),
        _ => None,
    })
}

/// A public official receives a gift only for a reason that is written down.
pub(crate) fn refuse_unexplained(gift: &Row) -> Result<()> {
    let (None, Some(name)) = (gift.get(&OFFICIAL_REASON)?, official(gift.list(&RECIPIENTS.spec))) else {
        return Ok(());
    };
    Err(Refusal::rule("R5.3(1)", say!("{name} is a public official, who receives no gift without a reason", name))
        .or(say!("say why with --official-reason TEXT"))
        .into())
}

/// Lists the free items among the exceptions, each once, with the occasion as the reason (R5.3(3)).
pub(crate) fn note_free_items(task: &mut Task<'_, '_>) -> Result<()> {
    let occasion = task.row.get(&OCCASION)?.unwrap_or_default();
    for item in task.row.list(&ITEMS.spec).to_vec() {
        let [Value::Text(name), Value::Integer(quantity), Value::Integer(price), Value::Null] = &item[..] else {
            continue;
        };
        let what = say!(
            "{number} has {quantity} of {name} at {price}, which is not on the approved gift list",
            number = task.entry.number,
            quantity,
            name,
            price = Money(*price)
        );
        let known = task
            .sql()
            .prepare_cached("SELECT 1 FROM exception WHERE entry = ?1 AND refused = ?2")?
            .exists((task.entry.id, &what))?;
        if !known {
            task.note(Refusal::rule("R5.3(3)", what), &occasion);
        }
    }
    Ok(())
}

/// What a row of an old list must say in its state, and must not say in another.
pub(crate) fn check_old(cells: &Cells<'_>, state: &str) -> Result<(), Fault> {
    let has = |field| Ok::<bool, Fault>(cells.text(field)?.is_some());
    let wrong = |field, reason: String| Err(Fault::of(field, reason));
    let bought = ["bought", "given", "own-expense"].contains(&state);
    if bought && !has("bought")? {
        return wrong(
            "bought",
            say!("is empty; give what a gift that is {state} cost", state = language::value(state)),
        );
    }
    if !bought && has("bought")? {
        return wrong("bought", say!("does not go with a gift that is {state}", state = language::value(state)));
    }
    if (state == "own-expense") != has("borne_by")? {
        return wrong("borne_by", say!("stands with a gift that is own-expense, and with no other").to_owned());
    }
    if ["approved", "bought", "given"].contains(&state) && !has("approved_on")? {
        return wrong("approved_on", say!("a gift is approved before it is bought (R5.3(1)): give approved_by and approved_on, or who bears the cost as borne_by").to_owned());
    }
    if (state == "given") != has("given_on")? {
        return wrong("given_on", say!("stands with a gift that is given, and with no other").to_owned());
    }
    if (state == "rejected") != has("refusal")? {
        return wrong("refusal", say!("stands with a gift that is rejected, and with no other").to_owned());
    }
    let (approved, bought, given) = (cells.day("approved_on")?, cells.day("bought_on")?, cells.day("given_on")?);
    if ["bought", "given"].contains(&state) && approved > bought {
        return wrong("approved_on", say!("is after the day it was bought (R5.3(1))").to_owned());
    }
    if given.is_some() && given < bought {
        return wrong("given_on", say!("is before the day it was bought").to_owned());
    }
    let limit = cells.parse::<Money>("approved")?;
    if state != "own-expense" && limit.is_some() && cells.parse::<Money>("bought")? > limit {
        return wrong("bought", say!("is more than was approved (R5.3(1))").to_owned());
    }
    Ok(())
}

/// The state that a reason or a bearer of the cost shows.
pub(crate) fn old_state(cells: &Cells<'_>) -> Result<Option<&'static str>, Fault> {
    Ok(match (cells.text("refusal")?, cells.text("borne_by")?) {
        (Some(_), _) => Some("rejected"),
        (None, Some(_)) => Some("own-expense"),
        (None, None) => None,
    })
}
