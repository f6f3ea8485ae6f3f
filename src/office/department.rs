//! Departments: the six of the branch (R1), and those of the company that contact forms go to.

use anyhow::Result;
use clap::{Args, Subcommand};
use rusqlite::{Connection, OptionalExtension};

use super::identity;
use super::person::Person;
use crate::book::change::Change;
use crate::book::thing::Thing;
use crate::desk::{Answer, Deed, Desk, Run};
use crate::key;
use crate::language::{self, Language};
use crate::nearest::{did_you_mean, nearest};
use crate::refusal::Refusal;
use crate::say;
use crate::sheet::query::Query;
use crate::text::Line;

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
}

/// Looks a department up by its key or one of its names; none where there is no such department.
pub(crate) fn look_up(book: &Connection, which: &str) -> Result<Option<Department>> {
    let one = |condition: &str| {
        let name = name_column();
        let sql = format!("SELECT key, name_zh, {name}, branch_flag, reports_flag FROM department WHERE {condition}");
        book.prepare_cached(&sql)?
            .query_row([which.trim()], |row| {
                Ok(Department {
                    key: row.get(0)?,
                    name_zh: row.get(1)?,
                    name: row.get(2)?,
                    branch: row.get(3)?,
                    reports: row.get(4)?,
                })
            })
            .optional()
    };
    Ok(match one("key = ?1")? {
        Some(department) => Some(department),
        None => one("name_zh = ?1 OR name_en = ?1 COLLATE NOCASE OR name_ko = ?1")?,
    })
}

/// What SQL calls a department's name in the language of the running command.
fn name_column() -> &'static str {
    match Language::spoken() {
        Language::En => "name_en",
        Language::Zh => "name_zh",
        Language::Ko => "coalesce(name_ko, name_zh)",
    }
}

/// Tells the language of the running command what the departments are called in it; in English they go by their keys.
pub(crate) fn learn_names(book: &Connection) -> Result<()> {
    if Language::spoken() == Language::En {
        return Ok(());
    }
    let mut statement = book.prepare(&format!("SELECT key, {} FROM department", name_column()))?;
    let names = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?;
    language::learn_names(names.collect::<rusqlite::Result<Vec<_>>>()?);
    Ok(())
}

/// Looks a department up by its key or one of its names.
pub(crate) fn find(book: &Connection, which: &str) -> Result<Department> {
    if let Some(department) = look_up(book, which)? {
        return Ok(department);
    }
    let known: Vec<[String; 3]> = book
        .prepare("SELECT key, name_zh, name_en FROM department ORDER BY position")?
        .query_map((), |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))?
        .collect::<rusqlite::Result<_>>()?;
    let near = nearest(which, known.iter().map(|names| (names.iter().map(String::as_str).collect(), names[0].clone())));
    let keys: Vec<&str> = known.iter().map(|[key, ..]| key.as_str()).collect();
    let give = say!("give one of: {keys}", keys = keys.join(", "));
    let way_out = did_you_mean(&near).map_or_else(|| give.clone(), |meant| format!("{meant} {give}"));
    Err(Refusal::not_found(say!("there is no department {which}", which)).or(way_out).into())
}

/// What the office does with departments.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Enter another department of the company that contact forms go to
    Add(Add),
    /// List the departments
    List,
}

/// Another department of the company, such as manufacturing
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// Short name that will be typed, such as manufacturing
    pub(crate) key: String,
    /// Chinese name
    #[arg(long)]
    pub(crate) zh: Line,
    /// English name
    #[arg(long)]
    pub(crate) en: Option<Line>,
    /// Korean name
    #[arg(long)]
    pub(crate) ko: Option<Line>,
    #[command(flatten)]
    deed: Deed,
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Add(add) => desk.change("department add", &add.deed, |change| add.enter(change)),
            Self::List => desk.list(&Query::new(
                say!("Departments"),
                "SELECT key, name_zh, name_en, name_ko, branch_flag, reports_flag FROM department ORDER BY position",
            )),
        }
    }
}

impl Add {
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let by = self.deed.by.as_deref();
        let actor = identity::clerks_deed(change, by, "R1", say!("enters departments"))?;
        key::check(&self.key)?;
        if look_up(change.sql(), &self.key)?.is_some() || look_up(change.sql(), &self.zh)?.is_some() {
            return Err(Refusal::usage(say!(
                "there is a department {key} or {zh} already",
                key = self.key,
                zh = self.zh
            ))
            .or(say!("see branchbook department list"))
            .into());
        }
        if let Some(person) = Person::of_key(change.sql(), &self.key)? {
            return Err(Refusal::usage(say!("the key {key} is {name}'s", key = self.key, name = person.name))
                .or(say!("choose another key"))
                .into());
        }
        change.sql().execute(
            "INSERT INTO department VALUES (?1, ?2, ?3, ?4, 0, 0, (SELECT max(position) + 1 FROM department))",
            (&self.key, self.en.as_deref().unwrap_or(&self.zh), &self.zh, &self.ko),
        )?;
        change.record(&Thing::office("department", &[&self.key])?, &actor.key, None)?;
        Ok(Answer::new(&self.key, say!("{key} {zh}: forms can go there", key = self.key, zh = self.zh)))
    }
}
