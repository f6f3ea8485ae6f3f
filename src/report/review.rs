//! The leaders' review of a month's order statistics: who, when, with which outcome (R2.5).

use anyhow::Result;
use chrono::NaiveDate;
use clap::builder::EnumValueParser;
use clap::{Args, ValueEnum};
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::day::{Month, MonthArg};
use crate::desk::{Answer, Deed, Desk, Run};
use crate::language::{self, Meant};
use crate::money::Money;
use crate::office::far::Far;
use crate::office::{holiday, identity, live, named};
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::pack::PackFile;
use crate::register::project::orders;
use crate::register::waiting::{Each, Waiting};
use crate::say;
use crate::sheet::query::Query;
use crate::text::Text;

const CLAUSE: &str = "R2.5";

/// The month whose statistics were reviewed
#[derive(Debug, Args)]
pub(crate) struct Review {
    /// The month, such as 2026-10
    #[arg(value_name = "MONTH")]
    month: MonthArg,
    /// What came of it
    #[arg(long, value_parser = Meant(EnumValueParser::<Outcome>::new()))]
    outcome: Outcome,
    /// What the leaders said; needed where they questioned them
    #[arg(long, value_name = "TEXT", required_if_eq("outcome", "questioned"))]
    note: Option<Text>,
    #[command(flatten)]
    deed: Deed,
}

/// What came of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Outcome {
    /// The leaders took note of them
    Noted,
    /// The leaders asked for something to be looked into or done
    Questioned,
}

/// Which reviews are listed
#[derive(Debug, Args)]
pub(crate) struct Reviews {
    /// Only those of this month
    #[arg(long, value_name = "MONTH")]
    month: Option<MonthArg>,
}

impl Outcome {
    const fn word(self) -> &'static str {
        match self {
            Self::Noted => "noted",
            Self::Questioned => "questioned",
        }
    }
}

impl Run for Review {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        desk.change("report review", &self.deed, |change| self.enter(change))
    }
}

/// Who reviews them.
pub(crate) fn may_review(change: &Change<'_>, by: Option<&str>) -> Result<Person> {
    let actor = identity::office_bearer(change, by)?;
    let what = say!("reviewing the order statistics");
    identity::require_role(change, &actor, Role::CompanyLeader, None, CLAUSE, what)?;
    Ok(actor)
}

impl Review {
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = may_review(change, self.deed.by.as_deref())?;
        let month = self.month.on(change.today());
        Far::refuse_month(change, month, self.deed.far)?;
        if change.on <= month.last() {
            let what = say!("{month} has not ended on {on}, and has no statistics to review", month, on = change.on);
            return Err(Refusal::rule(CLAUSE, what).or(say!("review them once it has")).into());
        }
        let amount = Money(orders::signed_in(change.sql(), month)?);
        change.sql().execute(
            "INSERT INTO order_review SELECT ?1, coalesce(max(position), 0) + 1, ?2, ?3, ?4, ?5, ?6 FROM order_review WHERE month = ?1",
            (month, change.on, &actor.key, self.outcome.word(), &self.note, amount),
        )?;
        let thing = Thing::office("order-review", &[&month.to_string()])?;
        change.record(&thing, &actor.key, self.note.as_deref())?;
        let line = say!(
            "{month}: orders of {amount} yuan reviewed by {by} on {on}: {outcome}",
            month,
            amount,
            by = language::people(&actor.key),
            on = change.on,
            outcome = language::value(self.outcome.word())
        );
        Ok(Answer::new(month.to_string(), line))
    }
}

impl Run for Reviews {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let today = desk.today()?;
        desk.list(&reviews(self.month.map(|month| month.on(today))))
    }
}

/// The reviews, of one month or of all.
fn reviews(month: Option<Month>) -> Query {
    Query::new(
        say!("Reviews of the order statistics"),
        "SELECT r.month, r.reviewed_on, r.reviewed_by, r.outcome, r.note, r.amount_fen, j.recorder AS entered_by,
            nullif(j.declared_flag, 0) AS declared_flag
         FROM order_review AS r LEFT JOIN journal AS j ON j.id = (SELECT id FROM (
            SELECT x.id, row_number() OVER (ORDER BY x.id) AS place FROM journal AS x WHERE x.thing = 'order-review ' || r.month) WHERE place = r.position)
         WHERE :month IS NULL OR r.month = :month ORDER BY r.month, r.position",
    )
    .with(":month", month.map_or(Value::Null, |month| Value::Text(month.to_string())))
}

/// The reviews of the month-end pack: those that were held in the month, of whatever month.
pub(super) fn held_in(month: Month) -> PackFile {
    let query = Query {
        title: say!("Reviews of the order statistics in {month}", month),
        sql: format!("SELECT * FROM ({}) WHERE reviewed_on BETWEEN :first AND :last", reviews(None).sql),
        ..reviews(None)
    };
    let query = query.with(":first", month.first().to_string()).with(":last", month.last().to_string());
    PackFile::new("order-reviews.csv", query, &[])
}

/// The months whose statistics no leader has reviewed yet, since the first that the book covers whole.
pub(super) fn waiting(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let months = book.column::<Month>(
        "WITH RECURSIVE month (first_on) AS (
            SELECT ?2
            UNION ALL SELECT date(first_on, '+1 month') FROM month WHERE first_on < date(?1, 'start of month')
         )
         SELECT substr(first_on, 1, 7) FROM month WHERE first_on < date(?1, 'start of month')
            AND NOT EXISTS (SELECT 1 FROM order_review AS r WHERE r.month = substr(first_on, 1, 7))",
        (today, live::first_month(book)?.first()),
    )?;
    for month in months {
        each(Waiting {
            due_on: holiday::limit(book, "order.review_days", month.last())?,
            what: say!("order statistics of {month} to be reviewed by the leaders", month),
            number: String::new(),
            next: format!("branchbook report review {month} --outcome noted"),
            deciders: Some(named::deciding(book, (Role::CompanyLeader, None), today, None)?),
            department: "general".to_owned(),
            person: None,
            clause: CLAUSE.into(),
        })?;
    }
    Ok(())
}
