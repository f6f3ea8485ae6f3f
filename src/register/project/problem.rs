//! Problems of a contract's execution, and of installation and commissioning (R3.5, R3.8).

use anyhow::Result;
use chrono::NaiveDate;

use super::waiting::problem_clause;
use super::{WORK, leader};
use crate::book::select::Select;
use crate::fields;
use crate::person::{Person, Role};
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::extract::{Choose, Extract};
use crate::register::field::{Field, Need};
use crate::register::form::{Check, Step, Verb, Who};
use crate::register::task::Task;
use crate::say;

/// Whom a hard problem is escalated to.
const LEADERS: [Role; 4] = [Role::DepartmentManager, Role::BranchManager, Role::CompanyLeader, Role::GeneralManager];

const WHAT: Field<String> = Field::text("what", "what the problem is").need(Need::Asked);
const KIND: Field<String> = Field::usual(
    "kind",
    "when it came up",
    &[
        ("execution", "While the contract was carried out (R3.5)"),
        ("installation", "At installation or commissioning (R3.8)"),
    ],
);
const DEPARTMENT: Field<String> = Field::department("department", "the one that it concerns");
const CONTACT: Field<String> = Field::entry("contact", "the contact form that went out about it", "contact");
const FOUND_ON: Field<NaiveDate> = Field::past("found_on", "").option("found-on");
const SOLVED_ON: Field<NaiveDate> = Field::past("solved_on", "").option("solved-on");
const FOUND: Field<NaiveDate> = Field::day("found_on", "");
const PROBLEM: Field<u32> =
    Field::count("problem", "its place in the project's list", u32::MAX).value_name("PLACE").need(Need::Asked).loose();
const TO: Field<String> = Field::person("escalated_to", "the manager or leader").option("to").need(Need::Asked);
const ESCALATED: Field<NaiveDate> = Field::day("escalated_on", "");
const HOW: Field<String> =
    Field::text("solution", "how it was solved").option("how").value_name("TEXT").need(Need::Asked);
const SOLVED: Field<NaiveDate> = Field::day("solved_on", "");

/// The problems, each until it is solved.
static PROBLEMS: List = List {
    table: "problem",
    settled: Some(("solved_on", "solve", "--problem {position} --how TEXT")),
    amended: Some(Amended::of("problem", fields![WHAT, HOW, FOUND_ON, SOLVED_ON])),
    missing: (
        phrase!("{number} has no problem {position}"),
        phrase!("see them with: branchbook project problems {number}"),
    ),
    ..List::BLANK
};

/// A step that adds a problem, or goes on with one.
const ON_PROBLEMS: Step = Step { into: Some(&PROBLEMS), dated: true, ..WORK };

/// Enters a problem.
pub(super) const FIND: Verb = Verb::Step(Step {
    name: "problem",
    about: "Enter a problem of execution or installation (R3.5, R3.8)",
    fields: fields![WHAT, KIND, DEPARTMENT, CONTACT],
    sign: "found_on",
    who: Who::Check(|task| leader::require(task, say!("entering a problem"))),
    guards: &[Check::Follows(refuse_other_form)],
    says: |task| task.says(phrase!("{number}: problem {position}, found on {on}, with {department}")),
    ..ON_PROBLEMS
});

/// The form that went out about a problem is one of the same project (R3.5).
fn refuse_other_form(task: &mut Task<'_, '_>) -> Result<()> {
    let Some(form) = task.line.get(&CONTACT)? else { return Ok(()) };
    let of: Option<String> = task.sql().only(
        "SELECT c.project FROM entry AS e LEFT JOIN contact AS c ON c.entry = e.id WHERE e.number = ?1",
        [&form],
    )?;
    if of.as_ref() == Some(&task.entry.number) {
        return Ok(());
    }
    let number = &task.entry.number;
    let way_out = say!(
        "name a form of the project, or issue one with: branchbook contact add --kind execution --project {number} …",
        number
    );
    Err(Refusal::rule(&task.clause, say!("{form} is no form of {number}", form, number)).or(way_out).into())
}

/// Escalates a problem.
pub(super) const ESCALATE: Verb = Verb::Step(Step {
    name: "escalate",
    about: "Escalate a hard problem to a manager or leader (R3.8)",
    fields: fields![PROBLEM, TO],
    sign: "escalated_on",
    who: Who::Check(|task| leader::require(task, say!("escalating a problem"))),
    guards: &[Check::Follows(refuse_solved), Check::Follows(refuse_no_leader)],
    says: |task| {
        let sentence = phrase!("{number}: problem {problem} escalated to {escalated_to} on {on}, open for {days} days");
        task.says_with(sentence, &[("days", days_open(task)?)])
    },
    at: Some(&PROBLEM.spec),
    ..ON_PROBLEMS
});

/// Solves a problem.
pub(super) const SOLVE: Verb = Verb::Step(Step {
    name: "solve",
    about: "Enter how a problem was solved (R3.5, R3.8)",
    fields: fields![PROBLEM, HOW],
    sign: "solved_on",
    who: Who::Check(|task| leader::require(task, say!("solving a problem"))),
    guards: &[Check::Follows(refuse_solved)],
    says: |task| {
        let sentence = phrase!("{number}: problem {problem} solved on {on} after {days} days");
        task.says_with(sentence, &[("days", days_open(task)?)])
    },
    at: Some(&PROBLEM.spec),
    ..ON_PROBLEMS
});

fn days_open(task: &Task<'_, '_>) -> Result<String> {
    let found = task.line.get(&FOUND)?.unwrap_or(task.change.on);
    Ok((task.change.on - found).num_days().to_string())
}

/// What is solved stays so, and nothing happens to a problem before it was found or escalated.
fn refuse_solved(task: &mut Task<'_, '_>) -> Result<()> {
    let (number, on) = (&task.entry.number, task.change.on);
    if let Some(day) = task.line.was(&SOLVED)? {
        let what = say!("problem {place} of {number} was solved on {day}", place = task.position, number, day);
        let clause = problem_clause(&task.line.was(&KIND)?.unwrap_or_default());
        return Err(Refusal::rule(clause, what)
            .or(say!("see them with: branchbook project problems {number}", number))
            .into());
    }
    let last = task.line.was(&ESCALATED)?.max(task.line.was(&FOUND)?);
    let Some(last_on) = last.filter(|last| on < *last) else { return Ok(()) };
    let what = say!("the problem of {number} was found or escalated on {last_on}, after {on}", number, last_on, on);
    Err(Refusal::usage(what).or(say!("give the day it happened with --on DATE")).into())
}

/// A problem is escalated to a manager or leader (R3.8).
fn refuse_no_leader(task: &mut Task<'_, '_>) -> Result<()> {
    let person = Person::find(task.sql(), &task.line.get(&TO)?.unwrap_or_default())?;
    let on = task.change.on;
    if person.holds_any(task.sql(), &LEADERS, on)? {
        return Ok(());
    }
    let what = say!("{person} was no manager or leader on {on}, and a problem is escalated to one", person, on);
    Err(Refusal::rule("R3.8", what).or(say!("name one with --to PERSON; see branchbook staff list")).into())
}

/// Problems, with the days they have been open.
pub(super) static LISTED: Extract = Extract {
    name: "problems",
    about: "List problems, with the days they have been open",
    title: |day, _| say!("Problems on {day}", day),
    select: "SELECT e.number, p.position AS problem, p.what, p.department, p.found_on,
            CAST(julianday(coalesce(p.solved_on, :on)) - julianday(p.found_on) AS INTEGER) AS days_open, p.escalated_to, p.escalated_on,
            p.solved_on, p.solution, p.kind, iif(p.kind = 'installation', 'R3.8', 'R3.5') AS clause
         FROM problem AS p JOIN entry AS e ON p.undone_on IS NULL AND e.id = p.entry
         WHERE p.found_on <= :on AND (:given OR p.solved_on IS NULL OR p.solved_on > :on)
            AND (:number IS NULL OR e.number = :number) AND (:department IS NULL OR p.department = :department)
         ORDER BY p.found_on, e.id, p.position",
    choices: &[
        Choose::Project("Only those of this project or contract"),
        Choose::Switch("all", "Solved ones too"),
        Choose::Department("Only those that concern this department"),
    ],
};
