//! Correcting projects: the old values stay in the history.

use anyhow::Result;
use clap::Args;
use rusqlite::types::Value;

use super::open::is_major;
use super::source;
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::money::{Money, estimate};
use crate::office::identity;
use crate::register::entry::{self, Correction, Entry};
use crate::say;
use crate::sheet::column::Column;
use crate::text::{Line, Text};

/// The fields of a project to be corrected; only what is given changes
#[derive(Debug, Args)]
pub struct Amend {
    /// The project's number
    pub number: String,
    /// Why it is corrected
    #[arg(long)]
    pub reason: Text,
    /// Customer
    #[arg(long)]
    pub customer: Option<Line>,
    /// What the project is, in one line
    #[arg(long)]
    pub title: Option<Line>,
    /// Product that it is about
    #[arg(long)]
    pub product: Option<Line>,
    /// Region: the province, and the city behind it
    #[arg(long)]
    pub region: Option<Text>,
    /// Estimated amount in yuan
    #[arg(long, value_parser = estimate, allow_negative_numbers = true)]
    pub amount: Option<Money>,
    /// It is a major project whatever its amount
    #[arg(long, conflicts_with = "minor")]
    pub major: bool,
    /// It is no major project, unless its amount makes it one
    #[arg(long)]
    pub minor: bool,
    /// Entry of user information that it comes from
    #[arg(long, value_name = "NUMBER")]
    pub source: Option<String>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Amend {
    /// Corrects the project.
    ///
    /// # Errors
    /// A refusal where nothing is given, the project is void, or the person at the keyboard is no clerk.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let entry = Entry::find_in(change.sql(), "project", &self.number)?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        identity::require_clerk(change, "R3.1", say!("corrects projects"))?;
        let corrections = entry::differing(change.sql(), &entry, self.corrections(change, &entry)?)?;
        entry::amend(change, &entry, &corrections, &actor, &self.reason)?;
        let words: Vec<String> = corrections.iter().map(|correction| Column::of_sql(correction.column).name).collect();
        let line = say!("{number}: corrected {words}", number = entry.number, words = words.join(", "));
        let turned = corrections.iter().find(|correction| correction.column == "major_flag");
        let note = turned.map(|correction| match correction.value {
            Value::Integer(1) => say!("it is a major project now: the branch manager appoints its leader (R3.1)"),
            _ => say!("it is no major project any more: the department's manager appoints its leader (R3.1)"),
        });
        Ok(Answer { notes: note.map(str::to_owned).into_iter().collect(), ..Answer::new(entry.number, line) })
    }

    fn corrections(&self, change: &Change<'_>, entry: &Entry) -> Result<Vec<Correction>> {
        let text = |text: Option<&str>| text.map(|text| Value::Text(text.to_owned()));
        let source = match &self.source {
            None => None,
            Some(number) => {
                let found = Entry::find_in(change.sql(), "info", number)?;
                source::refuse_second(change.sql(), &found.number, Some(&entry.number))?;
                Some(Value::Text(found.number))
            }
        };
        let fields = [
            ("customer", text(self.customer.as_deref())),
            ("title", text(self.title.as_deref())),
            ("product", text(self.product.as_deref())),
            ("region", text(self.region.as_deref())),
            ("amount_fen", self.amount.map(|amount| Value::Integer(amount.0))),
            ("major_flag", self.major_flag(change, entry)?.map(|major| Value::Integer(major.into()))),
            ("source", source),
        ];
        let correction = |(column, value): (&'static str, Option<Value>)| {
            Some(Correction { table: "project", column, value: value? })
        };
        Ok(fields.into_iter().filter_map(correction).collect())
    }

    /// Whether the project is major now; none where nothing that decides it is given.
    fn major_flag(&self, change: &Change<'_>, entry: &Entry) -> Result<Option<bool>> {
        if self.amount.is_none() && !self.major && !self.minor {
            return Ok(None);
        }
        let (amount, major): (Option<Money>, bool) = change.sql().query_row(
            "SELECT amount_fen, major_flag FROM project WHERE entry = ?1",
            [entry.id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let by_word = self.major || (major && !self.minor);
        Ok(Some(is_major(change.sql(), by_word, self.amount.or(amount), entry.day)?))
    }
}
