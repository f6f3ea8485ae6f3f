//! What was settled with the user: form of delivery, who bears the freight, and the contact form that told of it (R6.1).

use std::fmt;

use anyhow::Result;
use clap::ValueEnum;
use rusqlite::{Connection, OptionalExtension};

use crate::language;
use crate::language::Spoken;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;

/// How a shipment is delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// By road
    Truck,
    /// By rail
    Rail,
    /// By ship
    Sea,
    /// By air
    Air,
    /// The user collects it
    Collect,
}

impl Form {
    /// The form's word in the book and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Truck => "truck",
            Self::Rail => "rail",
            Self::Sea => "sea",
            Self::Air => "air",
            Self::Collect => "collect",
        }
    }

    /// The form as it is printed on a page.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Truck => say!("By road"),
            Self::Rail => say!("By rail"),
            Self::Sea => say!("By sea"),
            Self::Air => say!("By air"),
            Self::Collect => say!("Collected by the user"),
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl Spoken for Form {
    fn spoken(&self) -> String {
        language::value(&self.to_string()).into_owned()
    }
}

/// Who bears the freight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Freight {
    /// The company, which compares quotes
    Company,
    /// The user; General Management assists (R6.2)
    User,
}

impl Freight {
    /// The word in the book and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::User => "user",
        }
    }

    /// Who bears the freight of a shipment.
    ///
    /// # Errors
    /// An error of `SQLite`.
    pub fn of(book: &Connection, entry: &Entry) -> Result<Self> {
        let key: String = book.query_row("SELECT freight FROM ship WHERE entry = ?1", [entry.id], |row| row.get(0))?;
        Ok(if key == Self::User.key() { Self::User } else { Self::Company })
    }
}

impl fmt::Display for Freight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// The contact form that notified a shipment of `project` that is entered on `day`: of kind shipping, not void, of no
/// later day, and of the same project where it names one (R6.1).
///
/// # Errors
/// A refusal that says what is wrong with the form.
pub fn notice(book: &Connection, number: &str, project: &Entry, day: chrono::NaiveDate) -> Result<Entry> {
    let form = Entry::find_in(book, "contact", number)?;
    let refuse = |what: String| -> Result<Entry> {
        Err(Refusal::rule("R6.1", what)
            .or(say!("name the form of kind shipping that told of it, or issue one with: branchbook contact add --kind shipping --project {number} …", number = project.number))
            .into())
    };
    if form.state == "void" {
        return refuse(say!("{number} is void and tells of no shipment", number = form.number));
    }
    let fields: Option<(String, Option<String>, Option<String>)> = book
        .query_row("SELECT kind, project, contract FROM contact WHERE entry = ?1", [form.id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((kind, of_project, contract)) = fields else {
        return refuse(say!(
            "{number} is {state} and tells of nothing yet",
            number = form.number,
            state = language::value(&form.state)
        ));
    };
    if kind != "shipping" {
        return refuse(say!(
            "{number} is a form of kind {kind}, and a shipment is notified by one of kind shipping",
            number = form.number,
            kind = language::value(&kind)
        ));
    }
    if let Some(other) = of_project.filter(|other| *other != project.number) {
        return refuse(say!(
            "{number} tells of a shipment of {other}, not of {project}",
            number = form.number,
            other,
            project = project.number
        ));
    }
    if let Some(contract) = contract
        && let Some(other) = other_owner(book, &contract, project)?
    {
        return refuse(say!(
            "{number} tells of a shipment of {other}, not of {project}",
            number = form.number,
            other,
            project = project.number
        ));
    }
    if form.day > day {
        return refuse(say!(
            "{number} was issued on {issued}, after {day}",
            number = form.number,
            issued = form.day,
            day
        ));
    }
    Ok(form)
}

/// The project whose contract bears this number, where that is another than `project`; none where no contract of the book
/// bears it.
fn other_owner(book: &Connection, contract: &str, project: &Entry) -> Result<Option<String>> {
    let mut statement = book
        .prepare_cached("SELECT e.number FROM contract AS c JOIN entry AS e ON e.id = c.entry WHERE c.contract = ?1")?;
    let mut owners: Vec<String> =
        statement.query_map([contract], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(if owners.contains(&project.number) { None } else { owners.pop() })
}

/// Refuses a project that nothing is delivered for.
///
/// # Errors
/// A refusal where the project is void or lost.
pub fn refuse_dead(project: &Entry) -> Result<()> {
    if !matches!(project.state.as_str(), "void" | "lost") {
        return Ok(());
    }
    Err(Refusal::rule(
        "R6.1",
        say!(
            "{number} is {state}, and nothing is delivered for it",
            number = project.number,
            state = language::value(&project.state)
        ),
    )
    .or(say!("name the project or contract that is delivered with --project"))
    .into())
}
