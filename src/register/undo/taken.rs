//! The steps of an entry as the journal tells them, without those that were taken back.

use std::borrow::Cow;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};

use crate::book::select::Select;
use crate::book::standing::Standing;
use crate::book::thing::Thing;
use crate::language;

/// What leaves out of a query over table journal, of the thing `?1`, what was taken back, and that it was.
macro_rules! standing {
    () => {
        "verb NOT LIKE '% undo' AND id NOT IN (SELECT u.record ->> '$.undone' FROM journal AS u
            WHERE u.thing = ?1 AND u.verb LIKE '% undo' AND u.record ->> '$.undone' IS NOT NULL)"
    };
}
pub(in crate::register) use standing;

/// A step that was taken: a row of the journal.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    /// The row of the journal.
    pub(crate) id: i64,
    pub(crate) at: String,
    /// The command, such as `contact sign`.
    pub(crate) command: String,
    pub(crate) on: NaiveDate,
    pub(crate) recorder: String,
}

const COLUMNS: &str = "id, at, verb, happened_on, recorder";

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Taken> {
    Ok(Taken { id: row.get(0)?, at: row.get(1)?, command: row.get(2)?, on: row.get(3)?, recorder: row.get(4)? })
}

impl Taken {
    /// The steps of a thing that stand, in their order.
    fn all(book: &Connection, thing: &str) -> Result<Vec<Self>> {
        let sql = format!("SELECT {COLUMNS} FROM journal WHERE thing = ?1 AND {} ORDER BY id", standing!());
        book.each(&sql, [thing], read)
    }

    /// The steps of something of the office that stand, the last first, and behind each whether it is the one that opened it.
    pub(crate) fn backwards(book: &Connection, thing: &str) -> Result<Vec<(Self, bool)>> {
        let steps = Self::all(book, thing)?;
        let opened = steps.first().map(|step| step.id);
        Ok(steps.into_iter().rev().map(|step| (step.clone(), Some(step.id) == opened)).collect())
    }

    /// The step of an entry of `register` that was taken last, and whether it is the one that opened the entry, or brought its
    /// number again. What steps of other entries brought along is taken back with them.
    pub(crate) fn last(book: &Connection, register: &str, number: &str) -> Result<Option<(Self, bool)>> {
        let mut steps = Self::all(book, number)?;
        let own = |step: &Self| step.register() == register || step.register() == "series";
        let last = steps.iter().rposition(own).unwrap_or(0);
        let opened = last == 0 || steps.get(last).is_some_and(|step| step.verb() == "import");
        Ok((last < steps.len()).then(|| (steps.swap_remove(last), opened)))
    }

    /// The last step of all, also one that the step of another entry brought along.
    pub(crate) fn latest(book: &Connection, number: &str) -> Result<Option<Self>> {
        Ok(Self::all(book, number)?.pop())
    }

    /// The step that opened the entry.
    pub(crate) fn first(book: &Connection, number: &str) -> Result<Option<Self>> {
        Ok(Self::all(book, number)?.into_iter().next())
    }

    /// The register of the command.
    pub(crate) fn register(&self) -> &str {
        self.command.split_once(' ').map_or(&self.command, |(register, _)| register)
    }

    /// The verb of the command.
    pub(crate) fn verb(&self) -> &str {
        self.command.split_once(' ').map_or("", |(_, verb)| verb)
    }

    /// The verb as a sentence says it.
    pub(crate) fn said(&self) -> Cow<'_, str> {
        match language::value_in("verb", &self.command) {
            said if said == self.command => self.verb().into(),
            said => said,
        }
    }

    /// What the same deed did to entries of other registers, each with its row of the journal: they stand before it.
    pub(crate) fn along(&self, book: &Connection) -> Result<Vec<(String, Self)>> {
        let mut before = book.prepare_cached(&format!("SELECT thing, {COLUMNS} FROM journal WHERE id = ?1"))?;
        let mut along = Vec::new();
        let mut id = self.id - 1;
        loop {
            let found = before
                .query_row([id], |row| {
                    let taken = Self {
                        id: row.get(1)?,
                        at: row.get(2)?,
                        command: row.get(3)?,
                        on: row.get(4)?,
                        recorder: row.get(5)?,
                    };
                    Ok((row.get::<_, String>(0)?, taken))
                })
                .optional()?;
            let Some((thing, taken)) = found else { break };
            let register: Option<String> = book.value("SELECT register FROM entry WHERE number = ?1", [&thing])?;
            let same = (&taken.at, &taken.command, &taken.recorder) == (&self.at, &self.command, &self.recorder);
            if !same || register.is_none_or(|register| register == self.register()) {
                break;
            }
            along.push((thing, taken));
            id -= 1;
        }
        Ok(along)
    }

    /// How a thing stood before the step, and after it.
    pub(crate) fn around(&self, book: &Connection, thing: &Thing) -> Result<(Standing, Standing)> {
        let growing = thing.growing();
        let (mut before, mut after) = (Standing::default(), Standing::default());
        let mut statement =
            book.prepare_cached("SELECT id, record FROM journal WHERE thing = ?1 AND id <= ?2 ORDER BY id")?;
        let mut rows = statement.query((&thing.name, self.id))?;
        while let Some(row) = rows.next()? {
            let record = row.get_ref(1)?.as_str()?;
            if row.get::<_, i64>(0)? < self.id {
                before.follow(record, &growing)?;
            }
            after.follow(record, &growing)?;
        }
        Ok((before, after))
    }
}
