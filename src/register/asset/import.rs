//! Old lists of assets, with who keeps and who uses them.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::desk::Desk;
use crate::import::row::{Cells, Fault};
use crate::language;
use crate::phrase;
use crate::register::history_import::{self, Field, Kind, List, OldRegister};
use crate::register::old_ledger::{Checked, Import, Names};
use crate::say;

/// Takes a list into the book.
///
/// # Errors
/// As [`Import::run`].
pub fn run(import: &Import, desk: &mut Desk<'_>) -> Result<()> {
    history_import::run::<Old>(import, desk, "asset import", "R5.5(1)")
}

/// Assets as an old file of them is read.
struct Old;

impl OldRegister for Old {
    const REGISTER: &'static str = "asset";
    const WHAT: &'static str = phrase!("assets");
    const DAY: &'static str = "bought_on";
    const PERSON: &'static str = "keeper";
    const FIELDS: &'static [Field] = &[
        Field::new("name", Kind::Line).required(),
        Field::new("model", Kind::Line),
        Field::new("serial_no", Kind::Line),
        Field::new("tag", Kind::Line),
        Field::new("category", Kind::Line),
        Field::new("price_fen", Kind::Estimate).named("price").required(),
        Field::new("supplier", Kind::Line),
        Field::new("place", Kind::Text),
        Field::new("warranty_until_on", Kind::Day),
        Field::new("disposal", Kind::Text),
        Field::new("approved_by", Kind::Person),
    ];
    const LISTS: &'static [&'static str] =
        &["user", "used_for", "issued_on", "damage", "damaged_on", "police_report", "on_account"];
    const SHORT: &'static [(&'static str, &'static str)] =
        &[("serial", "serial_no"), ("on", "bought_on"), ("warranty_until", "warranty_until_on")];
    /// Name, model, serial number, tag, category and price.
    const TELLING: usize = 6;

    fn shown_state(cells: &Cells<'_>) -> Result<&'static str, Fault> {
        Ok(if cells.text("disposal")?.is_some() {
            "disposed"
        } else if cells.text("police_report")?.is_some() {
            "stolen"
        } else if cells.text("damage")?.is_some() {
            "in-repair"
        } else if cells.text("user")?.is_some() {
            "in-use"
        } else {
            "in-store"
        })
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
            None => Self::shown_state(cells)?,
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
        let mut lists = vec![List {
            table: "custody",
            columns: &["duty", "person", "purpose", "from_on", "until_on"],
            rows: terms,
        }];
        if let (Some(what), Some(damaged)) = (cells.text("damage")?, cells.day("damaged_on")?) {
            let from = if user.is_some() { "in-use" } else { "in-store" };
            let (on, by) = (damaged.to_string(), user.as_ref().unwrap_or(&keeper));
            lists.push(List {
                table: "damage",
                columns: &["what", "reported_by", "happened_on", "reported_on", "from_state"],
                rows: vec![vec![text(what), text(by), text(&on), text(&on), text(from)]],
            });
        }
        if state == "lost" || state == "stolen" {
            let report = cells.text("police_report")?.map_or(Value::Null, text);
            lists.push(List {
                table: "loss",
                columns: &["kind", "responsible", "happened_on", "police_report"],
                rows: vec![vec![text(state), text(&keeper), until, report]],
            });
        }
        Ok(lists)
    }
}
