//! The times of the rows of both chains. A row that is earlier than the one before it is marked by its very time, which its hash
//! covers; one that would be much earlier is refused, unless a clerk declares that the rows before were made under a clock that
//! ran ahead.
//!
//! A row is held against what the row before tells: one under `BRANCHBOOK_NOW` against its time, one under the system's clock
//! against what the system's clock said then. So a drill keeps nobody from working, and none goes back unseen. Upgrades are the
//! program's own, and nothing is held against them.

use anyhow::Result;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::change::Change;
use super::thing::Thing;
use crate::clock::Now;
use crate::day::Month;
use crate::instant;
use crate::person::Role;
use crate::refusal::{Kind, Refusal};
use crate::say;
use crate::zone::{self, Zone};

/// How much earlier than the row before it a row may be; what is earlier by more is refused.
const TOLERATED: TimeDelta = TimeDelta::hours(1);

/// A chained table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chain {
    /// The journal.
    Journal,
    /// The access log.
    Readings,
}

impl Chain {
    /// The table.
    pub(crate) const fn table(self) -> &'static str {
        match self {
            Self::Journal => "journal",
            Self::Readings => "reading",
        }
    }

    /// The condition that a row `b` of it is one that others are held against.
    const fn counts(self) -> &'static str {
        match self {
            Self::Journal => "b.verb <> 'upgrade'",
            Self::Readings => "TRUE",
        }
    }

    /// The rows that are earlier than the row before, of those on which `condition` over `r` holds: `id`, `at`, `before` and
    /// whether the rows before were `declared` to have been made under a clock that ran ahead.
    pub(crate) fn earlier(self, condition: &str) -> String {
        let (table, counts) = (self.table(), self.counts());
        format!(
            "SELECT id, at, before, EXISTS (SELECT 1 FROM clock_ahead WHERE clock_ahead.{table} >= before_id) AS declared FROM (
                SELECT r.id, r.at, b.id AS before_id, CASE WHEN r.clock_at IS NULL THEN coalesce(b.clock_at, b.at) ELSE b.at END AS before
                FROM {table} AS r JOIN {table} AS b ON b.id = (SELECT b.id FROM {table} AS b WHERE b.id < r.id AND {counts} ORDER BY b.id DESC LIMIT 1)
                WHERE {condition})
            WHERE at < before"
        )
    }
}

/// Refuses a change whose row would be much earlier than the last of the journal, and notes one that is a little earlier.
pub(crate) fn hold_journal(change: &Change<'_>) -> Result<()> {
    let now = change.now();
    let Some((last, by)) = behind(change.sql(), Chain::Journal, now)? else { return Ok(()) };
    if by <= TOLERATED {
        change.note(say!(
            "the clock is {by} behind the row before, of {last}: this row is marked, and branchbook verify names it",
            by = elapsed(by),
            last = shown(last)
        ));
        return Ok(());
    }
    refused(Some((last, by)), now).map_or(Ok(()), |refusal| Err(refusal.into()))
}

/// The refusal of a clock that is much behind the last row of the journal.
fn refused(behind: Option<(DateTime<Utc>, TimeDelta)>, now: Now) -> Option<Refusal> {
    let (last, by) = behind.filter(|(_, by)| *by > TOLERATED)?;
    let (shows, by, last) = (shown(now.instant()), elapsed(by), shown(last));
    let what = say!("the clock shows {shows}, {by} before the last row of the journal, of {last}", shows, by, last);
    Some(Refusal::new(Kind::Rule, what).or(say!(
        "set the clock right; where that row was made under a clock that ran ahead, a clerk adds --clock-ahead REASON"
    )))
}

/// The day by which it is judged who reads what: that of the clock or, where the clock is behind the last row of either chain, that of
/// the later row. Nobody goes back by it into a term or a grant that is over; nor by `BRANCHBOOK_NOW` in a book that lives by the
/// system's clock.
pub(crate) fn reading_day(book: &Connection, now: Now) -> Result<NaiveDate> {
    let mut day = now.today();
    for chain in [Chain::Journal, Chain::Readings] {
        if let Some((last, _)) = behind(book, chain, now)? {
            day = now.day_of(&instant::kept(last)).map_or(day, |last| day.max(last));
        }
    }
    let Some(system) = now.clock_at() else { return Ok(day) };
    let lives = "SELECT clock_at IS NULL FROM journal WHERE verb <> 'upgrade' ORDER BY id DESC LIMIT 1";
    let lives = book.prepare_cached(lives)?.query_row((), |row| row.get(0)).optional()?;
    Ok(now.day_of(&system).filter(|_| lives == Some(true)).map_or(day, |system| day.max(system)))
}

/// Refuses a reading whose row would be much earlier than the last of the access log or of the journal.
pub(crate) fn hold_reading(book: &Connection, now: Now) -> Result<()> {
    let Some((last, by)) = behind(book, Chain::Readings, now)?.filter(|(_, by)| *by > TOLERATED) else {
        let journal = refused(behind(book, Chain::Journal, now)?, now);
        return journal.map_or(Ok(()), |refusal| Err(refusal.into()));
    };
    let (shows, by, last) = (shown(now.instant()), elapsed(by), shown(last));
    Err(Refusal::new(
        Kind::Rule,
        say!("the clock shows {shows}, {by} before the last row of the access log, of {last}", shows, by, last),
    )
    .or(say!("set the clock right; where that row was made under a clock that ran ahead, a clerk adds --clock-ahead REASON to the next entry"))
    .into())
}

/// The instant of the last row of a chain, and how far the clock is behind it; none where it is not.
fn behind(book: &Connection, chain: Chain, now: Now) -> Result<Option<(DateTime<Utc>, TimeDelta)>> {
    let (table, counts) = (chain.table(), chain.counts());
    let time = if now.clock_at().is_some() { "b.at" } else { "coalesce(b.clock_at, b.at)" };
    let last: Option<String> = book
        .prepare_cached(&format!(
            "SELECT iif(EXISTS (SELECT 1 FROM clock_ahead WHERE clock_ahead.{table} >= b.id), NULL, {time})
             FROM {table} AS b WHERE {counts} ORDER BY b.id DESC LIMIT 1"
        ))?
        .query_row((), |row| row.get(0))
        .optional()?
        .flatten();
    let last = last.as_deref().and_then(instant::read);
    Ok(last.map(|last| (last, last - now.instant())).filter(|(_, by)| *by > TimeDelta::zero()))
}

/// Enters a clerk's declaration that the rows before were made under a clock that ran ahead: those that follow may be earlier.
pub(crate) fn declare(change: &mut Change<'_>, reason: &str) -> Result<()> {
    let acting = change.recorder.person.clone();
    if !acting.holds(change.sql(), Role::Clerk, None, change.today())? {
        return Err(Refusal::new(
            Kind::Rule,
            say!("{acting} is no clerk, and only a clerk declares that the clock ran ahead", acting),
        )
        .or(say!("ask General Management's clerk"))
        .into());
    }
    if !is_ahead(change, Chain::Journal)? && !is_ahead(change, Chain::Readings)? {
        return Err(Refusal::usage(say!("--clock-ahead was given, but no row was made under a clock that ran ahead"))
            .or(say!("leave --clock-ahead out"))
            .into());
    }
    let id: i64 = change.sql().query_row(
        "INSERT INTO clock_ahead SELECT coalesce(max(id), 0) + 1, (SELECT coalesce(max(id), 0) FROM journal),
            (SELECT coalesce(max(id), 0) FROM reading), ?1 FROM clock_ahead RETURNING id",
        [reason],
        |row| row.get(0),
    )?;
    change.record(&Thing::office("clock-ahead", &[&id.to_string()])?, &acting.key, Some(reason))
}

/// Whether the last row is ahead of the clock, or some row of the row behind it, and nobody has declared why.
fn is_ahead(change: &Change<'_>, chain: Chain) -> Result<bool> {
    let undeclared = format!("SELECT 1 FROM ({}) WHERE NOT declared", chain.earlier("TRUE"));
    Ok(behind(change.sql(), chain, change.now())?.is_some() || change.sql().prepare(&undeclared)?.exists(())?)
}

/// How many rows of a chain were entered in a month, or read, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marks {
    /// All rows.
    pub(crate) rows: i64,
    /// Those that are earlier than the row before.
    pub(crate) earlier: i64,
    /// Those under a clock that `BRANCHBOOK_NOW` fixed.
    pub(crate) drilled: i64,
    /// Those of people who were declared with `--as`.
    pub(crate) declared: i64,
}

impl Marks {
    /// Counts the rows of a month, as the office's zone has it.
    pub(crate) fn of_month(book: &Connection, chain: Chain, month: Month) -> Result<Self> {
        const WITHIN: &str = "r.at >= ?1 AND r.at < ?2";
        let (table, bounds) = (chain.table(), Zone::of_book(book)?.of_month(month));
        let earlier = format!("SELECT count(*) FROM ({})", chain.earlier(WITHIN));
        let sql = format!(
            "SELECT count(*), ({earlier}), coalesce(sum(r.clock_at IS NOT NULL), 0), coalesce(sum(r.declared_flag), 0)
             FROM {table} AS r WHERE {WITHIN}"
        );
        Ok(book.query_row(&sql, bounds, |row| {
            Ok(Self { rows: row.get(0)?, earlier: row.get(1)?, drilled: row.get(2)?, declared: row.get(3)? })
        })?)
    }
}

/// An instant as people read it, in the office's time.
fn shown(instant: DateTime<Utc>) -> String {
    zone::shown(&instant::kept(instant))
}

/// A span of time as hours, minutes and seconds: `2:00:00`.
fn elapsed(span: TimeDelta) -> String {
    let seconds = span.num_seconds();
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}
