//! What the office, a department or a person is called from a day on: the name before is kept, for what bears an earlier day.

use anyhow::Result;
use chrono::{Days, NaiveDate};
use clap::Args;

use crate::book::change::Change;
use crate::book::select::Select;
use crate::day::{self, DayArg};
use crate::refusal::Refusal;
use crate::say;
use crate::text::Text;

/// Whose name it is: a word of table `former_name`, the table where the name of today stands, its columns there, and its key.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Named<'k> {
    /// The office: whose registers these are.
    Office,
    /// The department of this key, with its names in three languages.
    Department(&'k str),
    /// The person of this key.
    Person(&'k str),
}

impl Named<'_> {
    const fn kind(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Department(_) => "department",
            Self::Person(_) => "person",
        }
    }

    const fn key(&self) -> &str {
        match self {
            Self::Office => "1",
            Self::Department(key) | Self::Person(key) => key,
        }
    }

    /// Selects the names of today, by `?1`.
    const fn today(self) -> &'static str {
        match self {
            Self::Office => "SELECT name, NULL, NULL FROM book WHERE id = ?1",
            Self::Department(_) => "SELECT name_zh, name_en, name_ko FROM department WHERE key = ?1",
            Self::Person(_) => "SELECT name, NULL, NULL FROM person WHERE key = ?1",
        }
    }
}

/// From when on something is called otherwise, and why
#[derive(Debug, Args)]
pub(crate) struct Since {
    /// First day of the new name; what bears an earlier day keeps the old one [default: the day of --on]
    #[arg(long, value_name = "DATE", conflicts_with = "always")]
    from: Option<DayArg>,
    /// The old name was a slip, for a --reason: it was called so all along, also in old months, prints and packs
    #[arg(long, requires = "reason")]
    pub(super) always: bool,
    /// Why
    #[arg(long, value_name = "REASON")]
    reason: Option<Text>,
}

impl Since {
    /// Keeps the names of today as they were until the day before, in the change whose next statement writes the new ones. The
    /// change bears that day.
    ///
    /// # Errors
    /// A refusal where the day has not come, or is before that of the name of today.
    pub(super) fn keep_former(&self, change: &mut Change<'_>, named: Named<'_>) -> Result<NaiveDate> {
        let from = self.from.map_or(Ok(change.on), |day| change.day_past(day, "--from"))?;
        day::refuse_future(from, change.today(), "--from")?;
        if self.always {
            return Ok(from);
        }
        change.on = change.on.min(from);
        if self.reason.is_none() {
            change.refuse_closed(from)?;
        }
        let (kind, key) = (named.kind(), named.key());
        let begun: Option<NaiveDate> = change
            .sql()
            .only("SELECT date(max(until_on), '+1 day') FROM former_name WHERE kind = ?1 AND key = ?2", (kind, key))?;
        match begun {
            Some(begun) if begun > from => {
                let what = say!("it is called as it is now from {begun} on already", begun);
                return Err(Refusal::usage(what).or(say!("give that day or a later one with --from")).into());
            }
            Some(begun) if begun == from => return self.require_reason(from).map(|()| from),
            _ => {}
        }
        let (name, en, ko): (String, Option<String>, Option<String>) = change.sql().whole(named.today(), [key])?;
        change.sql().execute(
            "INSERT INTO former_name VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (kind, key, from - Days::new(1), name, en, ko),
        )?;
        Ok(from)
    }

    /// What takes the place of another name of the same day has its reason.
    fn require_reason(&self, from: NaiveDate) -> Result<()> {
        if self.reason.is_some() {
            return Ok(());
        }
        let what = say!("it was renamed from {from} on already", from);
        Err(Refusal::usage(what).or(say!("say with --reason why that name is put right")).into())
    }

    /// Lets what is called so today be called so in the place of the name of before, where that is said to have been a slip; gives whether
    /// there was one. Whoever may say that could not always take the renaming back: nobody does so of themselves.
    pub(super) fn takes_former(
        &self,
        change: &Change<'_>,
        named: Named<'_>,
        [name, en, ko]: [Option<&str>; 3],
    ) -> Result<bool> {
        if !self.always {
            return Ok(false);
        }
        let (kind, key) = (named.kind(), named.key());
        let taken = change.sql().execute(
            "UPDATE former_name SET name = coalesce(?3, name), name_en = coalesce(?4, name_en), name_ko = coalesce(?5, name_ko)
             WHERE kind = ?1 AND key = ?2 AND until_on = (SELECT max(until_on) FROM former_name WHERE kind = ?1 AND key = ?2)
                AND (?3 <> name OR ?4 <> name_en OR ?5 IS NOT NULL AND ?5 IS NOT name_ko)",
            (kind, key, name, en, ko),
        )?;
        // A name that is that of today is none of before.
        let (name, en, ko): (String, Option<String>, Option<String>) = change.sql().whole(named.today(), [key])?;
        change.sql().execute(
            "DELETE FROM former_name WHERE kind = ?1 AND key = ?2 AND name IS ?3 AND name_en IS ?4 AND name_ko IS ?5
                AND until_on = (SELECT max(until_on) FROM former_name WHERE kind = ?1 AND key = ?2)",
            (kind, key, name, en, ko),
        )?;
        Ok(taken > 0)
    }

    /// What the journal notes of a new name: since when, and why.
    pub(super) fn note(&self, from: NaiveDate) -> String {
        let since = if self.always { "always called so".to_owned() } else { format!("called so from {from}") };
        self.reason.as_ref().map_or_else(|| since.clone(), |reason| format!("{since}; {reason}"))
    }

    /// The same for the person who did it.
    pub(super) fn said(&self, from: NaiveDate) -> String {
        if self.always {
            say!("in old months, prints and packs as well").to_owned()
        } else {
            say!("from {from} on; what bears an earlier day keeps the old name", from)
        }
    }
}
