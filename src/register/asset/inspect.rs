//! Looking at how an asset is guarded against theft (R5.5(2)).

use anyhow::Result;
use chrono::NaiveDate;

use crate::day::Month;
use crate::fields;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::extract::{Choose, Extract};
use crate::register::field::Field;
use crate::register::form::{Check, Choice, Fill, Step, Verb, Who};
use crate::register::pack::PackFile;
use crate::register::task::Task;
use crate::say;
use crate::view::with_views;

const SECURE: Field<bool> = Field::switch("secure_flag", "it is guarded against theft").option("secure");
const INSECURE: Field<bool> = Field::switch("insecure", "it is not").with("finding").loose();
const FINDING: Field<String> = Field::text("finding", "what was found").value_name("TEXT");
const CHECKED_ON: Field<NaiveDate> = Field::past("checked_on", "").option("checked-on");

/// The looks at it; the last counts.
static CHECKS: List =
    List { table: "guard_check", amended: Some(Amended::of("check", fields![FINDING, CHECKED_ON])), ..List::BLANK };

/// Enters how an asset was found to be guarded.
pub(super) const INSPECT: Verb = Verb::Step(Step {
    name: "inspect",
    about: "Enter how it was found to be guarded against theft (R5.5(2))",
    done: phrase!("inspected"),
    fields: fields![SECURE, INSECURE, FINDING],
    choice: Choice::YesOrNo(fields![SECURE, INSECURE]),
    into: Some(&CHECKS),
    sign: "checked_on",
    dated: true,
    early: true,
    fills: &[("checked_by", Fill::Actor)],
    who: Who::Office(phrase!("looking at how equipment is guarded")),
    guards: &[Check::Follows(refuse_keeper)],
    says: |task| {
        task.says(if task.line.get(&SECURE)? == Some(true) {
            phrase!("{number}: guarded against theft, looked at on {on} by {checked_by}")
        } else {
            phrase!("{number}: not guarded against theft, looked at on {on} by {checked_by}: {finding}")
        })
    },
    ..Step::BLANK
});

/// Whoever guards it does not look at that as well.
fn refuse_keeper(task: &mut Task<'_, '_>) -> Result<()> {
    let (number, actor) = (&task.entry.number, &task.actor);
    let guards = "SELECT 1 FROM custody WHERE undone_on IS NULL AND entry = ?1 AND person = ?2 AND until_on IS NULL";
    if !task.sql().prepare_cached(&with_views(guards))?.exists((task.entry.id, &actor.key))? {
        return Ok(());
    }
    let what = say!("{actor} guards {number} and does not look at that as well", actor, number);
    Err(Refusal::rule(&task.clause, what)
        .or(say!("let another look at it; a clerk names them with --by PERSON"))
        .into())
}

/// The looks.
pub(super) static INSPECTED: Extract = Extract {
    name: "inspected",
    about: "List how assets were found to be guarded against theft (R5.5(2))",
    title: |_, _| say!("Looks at how equipment is guarded").to_owned(),
    select: "SELECT e.number, a.name, c.checked_on, c.checked_by, c.secure_flag, c.finding, e.person AS keeper, a.place, e.department
         FROM guard_check AS c JOIN entry AS e ON c.undone_on IS NULL AND e.id = c.entry JOIN asset AS a ON a.entry = e.id
         WHERE (NOT :given OR NOT c.secure_flag) AND (:month IS NULL OR substr(c.checked_on, 1, 7) = :month)
         ORDER BY c.checked_on, e.id, c.position",
    choices: &[Choose::Switch("insecure", "Only what was found not to be guarded")],
};

/// The month's looks, for the month-end pack.
pub(super) fn month_part(month: Month) -> PackFile {
    INSPECTED.of_month("assets-inspected.csv", say!("Looks at how equipment is guarded in {month}", month), month)
}
