//! Departments: the six of the branch (R1), offices that are opened later, and those of the company that contact forms go to.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, Row};

use super::name;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::language::{self, Language};
use crate::nearest::{did_you_mean, nearest};
use crate::refusal::Refusal;
use crate::say;
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
    book.each(&sql, [which], row)
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
    book.rows(&format!("SELECT key, {} FROM department", shown_name()), ())
}

/// All departments, in their order.
pub(crate) fn all(book: &Connection) -> Result<Vec<Department>> {
    let keys: Vec<String> = book.column("SELECT key FROM department ORDER BY position", ())?;
    keys.iter().map(|key| find(book, key)).collect()
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

/// Whether anything is entered in the book; until then its office is being founded.
pub(crate) fn has_entries(change: &Change<'_>) -> Result<bool> {
    Ok(change.sql().prepare_cached("SELECT 1 FROM entry")?.exists(())?)
}

/// The department that is meant by a short form of its name, as 业 is of 业务部 and 综合部 of 综合管理部; none where several may be, or what
/// was typed names one.
pub(crate) fn by_short_form(book: &Connection, which: &str) -> Result<Option<String>> {
    let typed = text::plain(which);
    if typed.is_empty() || look_up(book, which)?.is_some() || !alike(book, which)?.is_empty() {
        return Ok(None);
    }
    let begins = |names: &[String; 3]| names.iter().any(|name| text::plain(name).starts_with(&typed));
    let begun: Vec<String> = spellings(book)?.into_iter().filter(begins).map(|[key, ..]| key).collect();
    let mut meant = if begun.is_empty() { running_through(book, which)? } else { begun };
    Ok(meant.pop().filter(|_| meant.is_empty()))
}

/// The departments that have such a name, whatever its width, case, brackets and spaces.
fn alike(book: &Connection, which: &str) -> Result<Vec<Department>> {
    let [key, zh, en, ko] = ["key", "name_zh", "name_en", "name_ko"].map(|name| format!("plain({name}) = ?1"));
    read(book, &format!("{key} OR {zh} OR {en} OR {ko}"), &text::plain(which))
}

/// Looks a department up by its key or one of its names, whatever their width, case, brackets and spaces.
pub(crate) fn find(book: &Connection, which: &str) -> Result<Department> {
    if let Some(department) = look_up(book, which)? {
        return Ok(department);
    }
    let mut alike = alike(book, which)?;
    if alike.len() == 1
        && let Some(department) = alike.pop()
    {
        return Ok(department);
    }
    let keys: Vec<String> = spellings(book)?.iter().map(|[key, zh, _]| format!("{key} ({zh})")).collect();
    let give = say!("give one of: {keys}", keys = keys.join(language::comma()));
    let meant = did_you_mean(&near(book, which)?);
    let way_out = meant.map_or_else(|| give.clone(), |meant| language::one_after_the_other(&meant, &give));
    Err(Refusal::not_found(say!("there is no department {which}", which)).or(way_out).into())
}

/// The keys of all departments, each with its Chinese and its English name.
fn spellings(book: &Connection) -> Result<Vec<[String; 3]>> {
    book.each("SELECT key, name_zh, name_en FROM department ORDER BY position", (), |row| {
        Ok([row.get(0)?, row.get(1)?, row.get(2)?])
    })
}

/// The keys of the departments that may have been meant: by a few other letters, else by letters of the name in their order, as 综合部
/// is for 综合管理部.
pub(crate) fn near(book: &Connection, which: &str) -> Result<Vec<String>> {
    let known = spellings(book)?;
    let near = nearest(which, known.iter().map(|names| (names.iter().map(String::as_str).collect(), names[0].clone())));
    if near.is_empty() { running_through(book, which) } else { Ok(near) }
}

/// The keys of the departments through whose names the letters run in their order; of one letter none.
fn running_through(book: &Connection, which: &str) -> Result<Vec<String>> {
    let part = text::plain(which);
    if part.chars().count() < 2 {
        return Ok(Vec::new());
    }
    let runs_through = |name: &String| {
        let name = text::plain(name);
        let mut letters = name.chars();
        part.chars().all(|letter| letters.any(|other| other == letter))
    };
    Ok(spellings(book)?.into_iter().filter(|names| names.iter().any(runs_through)).map(|[key, ..]| key).collect())
}
