//! What a gift makes of what its unit and persons had this year, and of what its reception's gifts may cost: said to whoever decides on
//! it and whoever buys it (R5.3(1), R5.2(2)). Both are reported, and neither is refused.

use anyhow::Result;
use chrono::Datelike;
use rusqlite::types::Value;

use super::contents::amount;
use super::{BOUGHT, ITEMS, RECEPTION, RECIPIENTS, UNIT};
use crate::book::select::Select;
use crate::money::Money;
use crate::office::figure;
use crate::register::recipients;
use crate::register::task::Task;
use crate::say;

/// Says where the gift passes a limit.
pub(super) fn tell(task: &mut Task<'_, '_>) -> Result<()> {
    tell_year(task)?;
    tell_reception(task)
}

/// What is asked for, or what the bill comes to where it was bought.
fn cost(task: &Task<'_, '_>) -> Result<Money> {
    Ok(task.row.get(&BOUGHT)?.unwrap_or_else(|| amount(task.row.list(&ITEMS.spec))))
}

/// The names of those who receive it.
fn persons(task: &Task<'_, '_>) -> Vec<String> {
    let names = task.row.list(&RECIPIENTS.spec).iter().filter_map(|recipient| match recipient.first() {
        Some(Value::Text(name)) => Some(name.clone()),
        _ => None,
    });
    names.collect()
}

fn tell_year(task: &Task<'_, '_>) -> Result<()> {
    let (book, year) = (task.sql(), task.change.on.year());
    let limit = Money(figure::value(book, "gift.recipient_limit", task.change.on)?);
    let (cost, unit, persons) = (cost(task)?, task.row.get(&UNIT)?.unwrap_or_default(), persons(task));
    let share = Money(cost.0 / i64::try_from(persons.len().max(1))?);
    let had = recipients::had(book, year)?;
    for (person, more) in
        std::iter::once((None, cost)).chain(persons.iter().map(|person| (Some(person.as_str()), share)))
    {
        let total = Money(had.of(&unit, person) + more.0);
        if total > limit {
            task.change.note(say!(
                "with this {who} has {total} in {year}, above {limit} (R5.3(1))",
                who = person.unwrap_or(&unit),
                total,
                year,
                limit
            ));
        }
    }
    Ok(())
}

fn tell_reception(task: &Task<'_, '_>) -> Result<()> {
    let Some(reception) = task.row.get(&RECEPTION)? else { return Ok(()) };
    let sql = "SELECT r.gift_standard_fen FROM reception AS r JOIN entry AS e ON e.id = r.entry WHERE e.number = ?1";
    let standard: Option<Option<i64>> = task.sql().value(sql, [&reception])?;
    let Some(standard) = standard.flatten().map(Money) else { return Ok(()) };
    let each = Money(cost(task)?.0 / i64::try_from(persons(task).len().max(1))?);
    if each > standard {
        task.change.note(say!(
            "each of its guests gets {each}, above the gift standard of {reception}, {standard} (R5.2(2))",
            each,
            reception,
            standard
        ));
    }
    Ok(())
}
