//! What passes between the user and a project's leader: letters, calls, visits, negotiations, requests (R3.4, R3.6).

use anyhow::Result;
use chrono::{Days, NaiveDate};
use clap::{Args, ValueEnum};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::leader;
use crate::book::change::Change;
use crate::day::DayArg;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::{figure, identity};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::waiting::{Each, Waiting};
use crate::say;
use crate::text::Text;

/// What passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// A letter
    Letter,
    /// A telephone call
    Call,
    /// A visit
    Visit,
    /// A technical or commercial negotiation (R3.4)
    Negotiation,
    /// Something that the user asks for, and waits for
    Request,
}

impl Kind {
    /// As it is typed and stored.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Call => "call",
            Self::Visit => "visit",
            Self::Negotiation => "negotiation",
            Self::Request => "request",
        }
    }
}

/// What passed between the user and the leader, or the answer to what was entered before
#[derive(Debug, Args)]
#[allow(clippy::doc_markdown, reason = "the comments are the help")]
pub struct Log {
    /// The project's number
    pub number: String,
    /// What it was
    #[arg(long, value_enum, required_unless_present = "answers")]
    pub kind: Option<Kind>,
    /// What it was about
    #[arg(long, required_unless_present = "answers", conflicts_with = "answers")]
    pub text: Option<Text>,
    /// The day by which the user waits for an answer [default, of a request: after project.answer_days days]
    #[arg(long, value_name = "DATE", conflicts_with = "answers")]
    pub answer_by: Option<DayArg>,
    /// What was answered
    #[arg(long, value_name = "TEXT")]
    pub answer: Option<Text>,
    /// The place in the project's log of what is answered now
    #[arg(long, value_name = "PLACE", requires = "answer", conflicts_with = "kind")]
    pub answers: Option<i64>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Log {
    /// Enters what passed, or the answer.
    ///
    /// # Errors
    /// A refusal where another than the leader dealt with the user, or nothing waits at that place (R3.6).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "project", &self.number)?;
        let begins = self.kind == Some(Kind::Negotiation) && entry.state == "open";
        let to = if begins { "negotiating".to_owned() } else { entry.state.clone() };
        let step = entry.step(change.sql(), "log", Some(&to))?;
        entry.refuse_before_opening(change)?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        leader::require(change, &entry, &actor, &step.clause, say!("dealing with the user"))?;
        let line = match self.answers {
            Some(place) => self.reply(change, &entry, place, &actor.key)?,
            None => self.note(change, &entry, &actor.key)?,
        };
        entry.take(change, &step)?;
        change.record(&entry.thing()?, &actor.key, None)?;
        let state = if begins { say!("; negotiating") } else { "" };
        Ok(Answer::new(entry.number.clone(), format!("{}: {line}{state}", entry.number)))
    }

    fn note(&self, change: &Change<'_>, entry: &Entry, actor: &str) -> Result<String> {
        let kind = self.kind.unwrap_or(Kind::Letter);
        let answered = self.answer.as_ref().map(|_| change.on);
        let answer_by = self.answer_by(change, kind)?;
        let logged = named_params! {
            "kind": kind.key(), "logged_on": change.on, "person": actor, "text": self.text, "answer_by_on": answer_by,
            "answer": self.answer, "answered_on": answered, "answered_by": answered.map(|_| actor),
        };
        let position = entry.append(change, "project_log", logged)?;
        let waits = match (answered, answer_by) {
            (None, Some(day)) => say!(", to be answered by {day}", day),
            _ => String::new(),
        };
        Ok(say!(
            "{kind} {position} in its log, on {on} by {actor}{waits}",
            kind = language::value(kind.key()),
            position,
            on = change.on,
            actor,
            waits
        ))
    }

    /// The day by which an answer is wanted; nobody waits for one where none is named and nothing was asked for.
    fn answer_by(&self, change: &Change<'_>, kind: Kind) -> Result<Option<NaiveDate>> {
        let Some(day) = self.answer_by else {
            if kind != Kind::Request {
                return Ok(None);
            }
            let days = figure::value(change.sql(), "project.answer_days", change.on)?;
            return Ok(Some(change.on + Days::new(days.unsigned_abs())));
        };
        let day = day.on(change.today());
        if day < change.on {
            return Err(Refusal::usage(say!("an answer by {day} is wanted before {on}", day, on = change.on))
                .or(say!("give a later day with --answer-by"))
                .into());
        }
        Ok(Some(day))
    }

    fn reply(&self, change: &Change<'_>, entry: &Entry, place: i64, actor: &str) -> Result<String> {
        let found: Option<(String, NaiveDate, Option<NaiveDate>, Option<NaiveDate>)> = change
            .sql()
            .prepare_cached(
                "SELECT kind, logged_on, answer_by_on, answered_on FROM project_log WHERE entry = ?1 AND position = ?2",
            )?
            .query_row((entry.id, place), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        let see = say!("see its log with: branchbook project show {number}", number = entry.number);
        let Some((kind, logged_on, answer_by, answered)) = found else {
            return Err(Refusal::not_found(say!(
                "{number} has nothing at place {place} of its log",
                number = entry.number,
                place
            ))
            .or(see)
            .into());
        };
        if let Some(day) = answered {
            let what = say!(
                "{kind} {place} of {number} was answered on {day}",
                kind = language::value(&kind),
                place,
                number = entry.number,
                day
            );
            return Err(Refusal::rule("R3.6", what).or(see).into());
        }
        if change.on < logged_on {
            let what = say!(
                "{kind} {place} of {number} is of {logged_on} and cannot be answered on {on}",
                kind = language::value(&kind),
                place,
                number = entry.number,
                logged_on,
                on = change.on
            );
            return Err(Refusal::usage(what).or(say!("give the day it happened with --on DATE")).into());
        }
        let answered =
            "UPDATE project_log SET answer = ?3, answered_on = ?4, answered_by = ?5 WHERE entry = ?1 AND position = ?2";
        entry.update(change, "project_log", answered, (entry.id, place, &self.answer, change.on, actor))?;
        let late = answer_by
            .filter(|wanted| *wanted < change.on)
            .map_or_else(String::new, |wanted| say!(", late: it was wanted by {wanted}", wanted));
        Ok(say!(
            "{kind} {place} answered on {on} by {actor}{late}",
            kind = language::value(&kind),
            place,
            on = change.on,
            actor,
            late
        ))
    }
}

/// What the user waits for an answer to, of open projects (R3.6).
///
/// # Errors
/// An error of `SQLite`.
pub fn waiting(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let mut statement = book.prepare(
        "SELECT e.number, g.kind, g.position, g.answer_by_on, e.department,
            (SELECT l.person FROM leader AS l WHERE l.entry = e.id AND l.from_on <= ?1 ORDER BY l.position DESC LIMIT 1)
         FROM entry AS e JOIN project_log AS g ON g.entry = e.id
         WHERE e.register = 'project' AND e.ended_on IS NULL AND g.answered_on IS NULL AND g.answer_by_on IS NOT NULL AND g.logged_on <= ?1",
    )?;
    let rows = statement.query_map([today], |row| {
        let (number, kind, place): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Waiting {
            due_on: row.get(3)?,
            what: say!("answer to {kind} {place} of the user", kind = language::value(&kind), place),
            next: format!("branchbook project log {number} --answers {place} --answer TEXT"),
            number,
            department: row.get(4)?,
            person: row.get(5)?,
            clause: "R3.6".into(),
        })
    })?;
    for waiting in rows {
        each(waiting?)?;
    }
    Ok(())
}
