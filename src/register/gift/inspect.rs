//! Looking at what was bought: how good it is, and whether it is genuine (R5.3(3)).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::BOUGHT_BY;
use crate::book::select::Select;
use crate::day::Month;
use crate::fields;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::entry::Entry;
use crate::register::extract::{Choose, Extract};
use crate::register::field::{Field, Need};
use crate::register::form::{Check, Choice, Fill, Step, Verb, Who};
use crate::register::pack::PackFile;
use crate::register::task::Task;
use crate::register::waiting::{Each, Waiting};
use crate::say;
use crate::view::merged::who;

const QUALITY: Field<u32> = Field::count("quality", "from 1 to 5, the best", 5).value_name("QUALITY").need(Need::Asked);
const GENUINE: Field<bool> = Field::switch("genuine_flag", "it is what the bill says").option("genuine");
const COUNTERFEIT: Field<bool> = Field::switch("counterfeit", "it is not").with("finding").loose();
const FINDING: Field<String> = Field::text("finding", "what was found").value_name("TEXT");
const CHECKED_ON: Field<NaiveDate> = Field::past("checked_on", "").option("checked-on");

/// The looks at what was bought; the last counts.
static CHECKS: List = List {
    table: "gift_check",
    amended: Some(Amended::of("check", fields![QUALITY, FINDING, CHECKED_ON])),
    ..List::BLANK
};

/// Enters what was found of what was bought.
pub(super) const INSPECT: Verb = Verb::Step(Step {
    name: "inspect",
    about: "Enter how good it is what was bought, and whether it is genuine (R5.3(3))",
    done: phrase!("inspected"),
    fields: fields![QUALITY, GENUINE, COUNTERFEIT, FINDING],
    choice: Choice::YesOrNo(fields![GENUINE, COUNTERFEIT]),
    into: Some(&CHECKS),
    sign: "checked_on",
    dated: true,
    early: true,
    fills: &[("checked_by", Fill::Actor)],
    who: Who::Office(phrase!("looking at what was bought")),
    guards: &[Check::Follows(refuse_buyer)],
    says: |task| {
        task.says(if task.line.get(&GENUINE)? == Some(true) {
            phrase!("{number}: genuine, quality {quality}, looked at on {on} by {checked_by}")
        } else {
            phrase!(
                "{number}: counterfeit, quality {quality}, looked at on {on} by {checked_by}; it is not handed over"
            )
        })
    },
    ..Step::BLANK
});

/// Whoever bought it does not look at it as well, and nothing is looked at before it was bought.
fn refuse_buyer(task: &mut Task<'_, '_>) -> Result<()> {
    let (number, on) = (&task.entry.number, task.change.on);
    if task.row.was(&BOUGHT_BY)?.is_some_and(|buyer| who(&buyer) == task.actor.key) {
        let what = say!("{actor} bought {number} and does not look at it as well", actor = task.actor, number);
        return Err(Refusal::rule(&task.clause, what)
            .or(say!("let another look at it; a clerk names them with --by PERSON"))
            .into());
    }
    let bought: Option<NaiveDate> = task.sql().only("SELECT bought_on FROM gift WHERE entry = ?1", [task.entry.id])?;
    let Some(bought_on) = bought.filter(|bought_on| on < *bought_on) else { return Ok(()) };
    let what = say!("{number} was bought on {bought_on}, after {on}", number, bought_on, on);
    Err(Refusal::usage(what).or(say!("give the day it happened with --on DATE")).into())
}

/// No counterfeit is handed over.
pub(super) fn refuse_counterfeit(task: &mut Task<'_, '_>) -> Result<()> {
    let Some((day, finding)) = counterfeit(task.sql(), &task.entry)? else { return Ok(()) };
    let number = &task.entry.number;
    let what = say!("{number} was found to be counterfeit on {day}: {finding}", number, day, finding);
    let way_out = say!(
        "have it replaced, and look at what came with: branchbook gift inspect {number} --quality QUALITY --genuine",
        number
    );
    Err(Refusal::rule("R5.3(3)", what).or(way_out).into())
}

/// When a gift was found to be counterfeit, and by what; none where the last who looked at it found it genuine, or nobody looked.
fn counterfeit(book: &Connection, gift: &Entry) -> Result<Option<(NaiveDate, String)>> {
    let last =
        "SELECT genuine_flag, checked_on, coalesce(finding, '') FROM gift_check WHERE undone_on IS NULL AND entry = ?1
        ORDER BY checked_on DESC, position DESC LIMIT 1";
    let last: Option<(bool, NaiveDate, String)> = book.row(last, [gift.id])?;
    Ok(last.filter(|(genuine, ..)| !genuine).map(|(_, day, finding)| (day, finding)))
}

/// The looks.
pub(super) static INSPECTED: Extract = Extract {
    name: "inspected",
    about: "List what was found of what was bought (R5.3(3))",
    title: |_, _| say!("Looks at what was bought as gifts").to_owned(),
    select: "SELECT e.number, g.unit, c.checked_on, c.checked_by, c.quality, c.genuine_flag, c.finding, g.bill, g.bought_by, e.department
         FROM gift_check AS c JOIN entry AS e ON c.undone_on IS NULL AND e.id = c.entry JOIN gift AS g ON g.entry = e.id
         WHERE (NOT :given OR NOT c.genuine_flag) AND (:month IS NULL OR substr(c.checked_on, 1, 7) = :month)
         ORDER BY c.checked_on, e.id, c.position",
    choices: &[Choose::Switch("counterfeit", "Only counterfeits")],
};

/// The month's looks, for the month-end pack.
pub(super) fn month_part(month: Month) -> PackFile {
    INSPECTED.of_month("gifts-inspected.csv", say!("Looks at what was bought as gifts in {month}", month), month)
}

/// What was bought and not handed over, which nobody has looked at, or which is counterfeit.
pub(super) fn waiting(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let mut bought = book.prepare_cached(
        "SELECT e.number, g.bought_on, e.department, EXISTS (SELECT 1 FROM gift_check AS c WHERE c.undone_on IS NULL AND c.entry = e.id)
         FROM entry AS e JOIN gift AS g ON g.entry = e.id
         WHERE e.register = 'gift' AND e.state = 'bought' AND e.ended_on IS NULL AND g.bought_on <= ?1 ORDER BY e.id",
    )?;
    let mut rows = bought.query([today])?;
    while let Some(row) = rows.next()? {
        let (number, mut due_on, seen): (String, NaiveDate, bool) = (row.get(0)?, row.get(1)?, row.get(3)?);
        let what = if seen {
            let Some((day, _)) = counterfeit(book, &Entry::find(book, &number)?)? else { continue };
            due_on = day;
            say!("counterfeit gift to be replaced")
        } else {
            say!("gift to be looked at, for its quality and whether it is genuine")
        };
        each(Waiting {
            deciders: None,
            due_on,
            what: what.to_owned(),
            next: format!("branchbook gift inspect {number} --quality QUALITY --genuine"),
            number,
            department: row.get(2)?,
            person: None,
            clause: "R5.3(3)".into(),
        })?;
    }
    Ok(())
}
