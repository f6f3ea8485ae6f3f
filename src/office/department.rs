//! Departments: the six of the branch (R1), offices that are opened later, and those of the company that contact forms go to.

mod end;
mod import;
mod open;
mod rename;

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use rusqlite::{Connection, Row};

use super::identity;
use super::name;
use super::person::Role;
use crate::book::change::Change;
use crate::desk::{Desk, Run};
use crate::import::listed::Rows;
use crate::import::run::FileImport;
use crate::language::{self, Language};
use crate::nearest::{did_you_mean, nearest};
use crate::refusal::Refusal;
use crate::register::history;
use crate::say;
use crate::sheet::query::Query;
use crate::text;

/// A department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Department {
    /// The short name.
    pub(crate) key: String,
    /// The Chinese name.
    pub(crate) name_zh: String,
    /// The name in the language of the running command, as printed on forms.
    pub(crate) name: String,
    /// Whether it belongs to the branch.
    pub(crate) branch: bool,
    /// Whether it reports user information each month (R2.2).
    pub(crate) reports: bool,
    /// Its last day; none while it goes on.
    pub(crate) until: Option<NaiveDate>,
}

/// In SQL, that a department was called `?1` once.
const FORMERLY: &str = "key IN (SELECT key FROM former_name WHERE kind = 'department'
    AND (name = ?1 OR name_en = ?1 COLLATE NOCASE OR name_ko = ?1))";

/// Looks a department up by its key, one of its names or one that it had; none where there is no such department.
pub(crate) fn look_up(book: &Connection, which: &str) -> Result<Option<Department>> {
    for condition in ["key = ?1", "name_zh = ?1 OR name_en = ?1 COLLATE NOCASE OR name_ko = ?1", FORMERLY] {
        if let Some(department) = read(book, condition, which.trim())?.pop() {
            return Ok(Some(department));
        }
    }
    Ok(None)
}

/// The departments of which the condition over `?1` holds, in their order.
fn read(book: &Connection, condition: &str, which: &str) -> Result<Vec<Department>> {
    let name = shown_name();
    let sql = format!(
        "SELECT key, name_zh, {name}, branch_flag, reports_flag, until_on FROM department WHERE {condition} ORDER BY position DESC"
    );
    let row = |row: &Row<'_>| {
        Ok(Department {
            key: row.get(0)?,
            name_zh: row.get(1)?,
            name: row.get(2)?,
            branch: row.get(3)?,
            reports: row.get(4)?,
            until: row.get(5)?,
        })
    };
    Ok(book.prepare_cached(&sql)?.query_map([which], row)?.collect::<rusqlite::Result<_>>()?)
}

/// An expression for a department's name in the language of the running command, on the day that it prints.
pub(super) fn shown_name() -> String {
    let on_day = |own, present| name::on_day("department", own, "department.key", present);
    match Language::spoken() {
        Language::En => on_day("f.name_en", "name_en"),
        Language::Zh => on_day("f.name", "name_zh"),
        Language::Ko => on_day("coalesce(f.name_ko, f.name)", "coalesce(name_ko, name_zh)"),
    }
}

/// What the departments are called in the language of the running command, by their keys; in English they go by their keys.
pub(super) fn names(book: &Connection) -> Result<Vec<(String, String)>> {
    if Language::spoken() == Language::En {
        return Ok(Vec::new());
    }
    let mut statement = book.prepare(&format!("SELECT key, {} FROM department", shown_name()))?;
    let names = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

/// The department of this key or name, which goes on on that day: nothing is entered for one that has ended.
pub(crate) fn there(book: &Connection, which: &str, day: NaiveDate) -> Result<Department> {
    let department = find(book, which)?;
    refuse_ended(&department, day)?;
    Ok(department)
}

/// Refuses a department that has ended before this day.
pub(crate) fn refuse_ended(department: &Department, day: NaiveDate) -> Result<(), Refusal> {
    let Some(until) = department.until.filter(|until| *until < day) else { return Ok(()) };
    let (name, key) = (language::value(&department.key), &department.key);
    Err(Refusal::rule("R1", say!("{name} ended on {until}", name, until))
        .or(say!("name another, or take its end back with: branchbook department reopen {key} --reason REASON", key)))
}

/// Who decides that an office of the branch is opened, ended or taken up again: the branch manager or a company leader. Until
/// the first entry the clerk who founds the office does.
fn decided(change: &Change<'_>, by: Option<&str>, what: &str) -> Result<super::person::Person> {
    let founded = change.sql().prepare_cached("SELECT 1 FROM entry")?.exists(())?;
    if !founded {
        return identity::clerks_deed(change, by, "R1", what);
    }
    let actor = identity::office_bearer(change, by)?;
    if !actor.decides_as(change.sql(), Role::CompanyLeader, None, change.on)? {
        identity::require_role(change, &actor, Role::BranchManager, None, "R1", what)?;
    }
    identity::refuse_lent(change, "R1")?;
    Ok(actor)
}

/// Who may enter a department, or say that it ends: of an office of the branch as `decided` says, else a clerk.
pub(crate) fn may_enter(change: &Change<'_>, by: Option<&str>, of_branch: bool) -> Result<super::person::Person> {
    if of_branch {
        decided(change, by, say!("opening an office"))
    } else {
        identity::clerks_deed(change, by, "R1", say!("enters departments"))
    }
}

/// Looks a department up by its key or one of its names, whatever their width, case, brackets and spaces.
pub(crate) fn find(book: &Connection, which: &str) -> Result<Department> {
    if let Some(department) = look_up(book, which)? {
        return Ok(department);
    }
    let [key, zh, en, ko] = ["key", "name_zh", "name_en", "name_ko"].map(|name| format!("plain({name}) = ?1"));
    let mut alike = read(book, &format!("{key} OR {zh} OR {en} OR {ko}"), &text::plain(which))?;
    if alike.len() == 1
        && let Some(department) = alike.pop()
    {
        return Ok(department);
    }
    let known: Vec<[String; 3]> = book
        .prepare("SELECT key, name_zh, name_en FROM department ORDER BY position")?
        .query_map((), |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))?
        .collect::<rusqlite::Result<_>>()?;
    let mut near =
        nearest(which, known.iter().map(|names| (names.iter().map(String::as_str).collect(), names[0].clone())));
    if near.is_empty() {
        let part = text::plain(which);
        let within = known.iter().filter(|names| names.iter().any(|name| text::plain(name).contains(&part)));
        near = within.map(|[key, ..]| key.clone()).collect();
    }
    let keys: Vec<String> = known.iter().map(|[key, zh, _]| format!("{key} ({zh})")).collect();
    let give = say!("give one of: {keys}", keys = keys.join(language::comma()));
    let way_out =
        did_you_mean(&near).map_or_else(|| give.clone(), |meant| language::one_after_the_other(&meant, &give));
    Err(Refusal::not_found(say!("there is no department {which}", which)).or(way_out).into())
}

/// What the office does with departments.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Open an office of the branch with its own ledger, or enter a department of the company that contact forms go to
    Add(open::Add),
    /// Put right what was said of a department when it was entered, or give it a ledger of its own
    Amend(open::Amend),
    /// Call a department otherwise from a day on; what bears an earlier day keeps the old name
    Rename(rename::Rename),
    /// End a department, on which nothing hangs any more
    End(end::End),
    /// Take up again a department that has ended
    Reopen(end::Reopen),
    /// List the departments
    List,
    /// Bring in what branchbook department list wrote as CSV
    Import(FileImport),
    /// Show what happened to a department, and who did it
    History(Which),
}

/// Which department
#[derive(Debug, Args)]
pub(crate) struct Which {
    /// The department
    #[arg(value_name = "DEPARTMENT")]
    department: String,
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Add(add) => desk.change("department add", &add.deed, |change| add.enter(change)),
            Self::Amend(amend) => desk.change("department amend", &amend.deed, |change| amend.enter(change)),
            Self::Rename(rename) => desk.change("department rename", &rename.deed, |change| rename.enter(change)),
            Self::End(end) => desk.change("department end", &end.deed, |change| end.enter(change)),
            Self::Reopen(reopen) => desk.change("department reopen", &reopen.deed, |change| reopen.enter(change)),
            Self::List => desk.list(&Query::new(
                say!("Departments"),
                "SELECT d.key, d.name_zh, d.name_en, d.name_ko, d.branch_flag, d.reports_flag, d.from_on, d.until_on,
                    (SELECT t.template FROM series AS s JOIN template AS t ON t.series = s.key
                        WHERE s.department = d.key AND s.register = 'contact' ORDER BY t.from_on DESC LIMIT 1) AS ledger
                 FROM department AS d ORDER BY d.position",
            )),
            Self::Import(import) => {
                let by = import.deed.by.clone();
                import.run(desk, "department import", &[], |_| Ok(Rows(import::Departments { by: by.clone() })))
            }
            Self::History(which) => {
                let department = find(desk.book()?.reader(), &which.department)?;
                history::of_office(desk, "department", &department.key, &department.name)
            }
        }
    }
}
