//! What a line did that was tried out and shown to somebody, held against what it does once they say so: they decide on what they saw.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension};

use super::change::Change;
use crate::answer::Answer;
use crate::language;
use crate::refusal::{Kind, Refusal};
use crate::say;

/// A line that was tried out.
#[derive(Debug)]
pub(crate) struct Preview {
    /// The last row of the journal before it.
    head: i64,
    /// The things of which it wrote.
    things: Vec<String>,
    /// What it answered; none where that is not what somebody was shown.
    pub(crate) answer: Option<Answer>,
    /// Whether it enters what another entry says already.
    pub(crate) repeats: bool,
}

/// The last row of the journal.
pub(crate) fn head(book: &Connection) -> Result<i64> {
    Ok(book.prepare_cached("SELECT coalesce(max(id), 0) FROM journal")?.query_row((), |row| row.get(0))?)
}

impl Preview {
    /// What the change did that began behind this row of the journal.
    pub(crate) fn of(change: &Change<'_>, begun: i64, answer: &Answer) -> Result<Self> {
        Ok(Self {
            head: begun,
            things: written(change, begun)?,
            answer: Some(answer.clone()),
            repeats: change.repeats.get(),
        })
    }

    /// The same where somebody saw the line alone.
    pub(crate) fn unanswered(self) -> Self {
        Self { answer: None, ..self }
    }

    /// Refuses a change that began behind this row of the journal where what it wrote of is not as it was shown.
    pub(crate) fn refuse_moved(&self, change: &Change<'_>, begun: i64, answer: &Answer) -> Result<()> {
        let now = written(change, begun)?;
        let things = serde_json::to_string(&self.things.iter().chain(&now).collect::<Vec<_>>())?;
        let moved = change
            .sql()
            .prepare_cached(
                "SELECT thing, verb, recorder FROM journal WHERE id > ?1 AND id <= ?2
                 AND thing IN (SELECT value FROM json_each(?3)) ORDER BY id DESC LIMIT 1",
            )?
            .query_row((self.head, begun, things), |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
            })
            .optional()?;
        let what = match moved {
            Some((thing, verb, who)) => say!(
                "{thing} went on while it was shown: {verb}, by {who}; nothing was entered",
                thing,
                verb,
                who = language::people(&who)
            ),
            None if self.answer.as_ref().is_none_or(|shown| shown.line == answer.line) => return Ok(()),
            None => say!("it is not as it was shown any more: {line}; nothing was entered", line = answer.line),
        };
        Err(Refusal::new(Kind::Rule, what).or(say!("look at what it is now, and enter it again")).into())
    }
}

/// The things of which a change wrote that began behind this row of the journal.
fn written(change: &Change<'_>, begun: i64) -> Result<Vec<String>> {
    let mut statement = change.sql().prepare_cached("SELECT DISTINCT thing FROM journal WHERE id > ?1")?;
    let things = statement.query_map([begun], |row| row.get(0))?;
    Ok(things.collect::<rusqlite::Result<_>>()?)
}
