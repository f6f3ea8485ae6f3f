//! Old lists of assets, with who keeps and who uses them.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::import::row::{Cells, Fault};
use crate::language;
use crate::register::old_form::{List, Old};
use crate::register::old_ledger::{Checked, Names};
use crate::say;

/// What an old file of assets has besides the fields of the form.
pub(super) const OLD: Old = Old {
    lists: &["user", "used_for", "issued_on", "damage", "damaged_on", "police_report", "on_account"],
    short: &[("warranty_until", "warranty_until_on")],
    state: shown,
    check,
    children,
    // Name, price, model, serial number, tag and category.
    telling: 6,
    ..Old::BLANK
};

fn shown(cells: &Cells<'_>) -> Result<Option<&'static str>, Fault> {
    Ok(Some(if cells.text("disposal")?.is_some() {
        "disposed"
    } else if cells.text("police_report")?.is_some() {
        "stolen"
    } else if cells.text("damage")?.is_some() {
        "in-repair"
    } else if cells.text("user")?.is_some() {
        "in-use"
    } else {
        "in-store"
    }))
}

fn check(cells: &Cells<'_>, state: &str) -> Result<(), Fault> {
    let given = |field| Ok::<_, Fault>(cells.text(field)?.is_some());
    let must = |field: &'static str, wanted: bool| match given(field)? {
        found if found == wanted => Ok(()),
        true => Err(Fault::of(field, say!("an asset that is {state} has none", state = language::value(state)))),
        false => Err(Fault::of(field, say!("an asset that is {state} has one", state = language::value(state)))),
    };
    if state != "in-repair" {
        must("user", state == "in-use")?;
    }
    for field in ["damage", "damaged_on"] {
        must(field, state == "in-repair")?;
    }
    for field in ["disposal", "approved_by"] {
        must(field, state == "disposed")?;
    }
    must("police_report", state == "stolen")?;
    let (bought, damaged) = (cells.required_day("bought_on")?, cells.day("damaged_on")?);
    for (field, day) in
        [("damaged_on", damaged), ("issued_on", cells.day("issued_on")?), ("ended_on", cells.day("ended_on")?)]
    {
        if let Some(day) = day.filter(|day| *day < bought) {
            return Err(Fault::of(field, say!("{day} is before {bought}, the day it was bought", day, bought)));
        }
    }
    Ok(())
}

/// The keeper keeps it from the day it was bought. The user has it from the day of issue, or else from that day too, for
/// work that an old list need not tell.
fn children(book: &Connection, names: &mut Names, cells: &Cells<'_>, day: NaiveDate) -> Checked<Vec<List>> {
    let text = |text: &str| Value::Text(text.to_owned());
    let ended = cells.day("ended_on")?.map_or(Value::Null, |day| Value::Text(day.to_string()));
    let state = match cells.text("state")? {
        Some(state) => state,
        None => shown(cells)?.unwrap_or_default(),
    };
    let gone = ["lost", "stolen", "disposed", "void"].contains(&state);
    let until = if gone && ended == Value::Null { Value::Text(day.to_string()) } else { ended };
    let keeper = names.person(book, "keeper", cells.required("keeper")?)?;
    let mut terms = vec![vec![text("keeper"), text(&keeper), Value::Null, text(&day.to_string()), until.clone()]];
    let user = cells.text("user")?.map(|user| names.person(book, "user", user)).transpose()?;
    if let Some(user) = &user {
        let since = cells.day("issued_on")?.unwrap_or(day).to_string();
        let purpose = cells.text("used_for")?.map_or(Value::Null, text);
        terms.push(vec![text("user"), text(user), purpose, text(&since), Value::Null]);
    }
    let mut lists = vec![List::of("custody", &["duty", "person", "purpose", "from_on", "until_on"], terms).told(1, 2)];
    if let (Some(what), Some(damaged)) = (cells.text("damage")?, cells.day("damaged_on")?) {
        let from = if user.is_some() { "in-use" } else { "in-store" };
        let (on, by) = (damaged.to_string(), user.as_ref().unwrap_or(&keeper));
        let columns = &["what", "happened_on", "reported_by", "reported_on", "from_state"];
        let damage = vec![vec![text(what), text(&on), text(by), text(&on), text(from)]];
        lists.push(List::of("damage", columns, damage).told(0, 1));
    }
    if state == "lost" || state == "stolen" {
        let report = cells.text("police_report")?.map_or(Value::Null, text);
        let loss = vec![vec![text(state), report, text(&keeper), until]];
        lists.push(List::of("loss", &["kind", "police_report", "responsible", "happened_on"], loss).told(1, 2));
    }
    Ok(lists)
}
