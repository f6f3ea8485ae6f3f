//! The times of the rows of both chains. A row that is earlier than the one before it is marked by its very time, which its hash
//! covers; one that would be much earlier is refused, unless a clerk declares that the rows before were made under a clock that
//! ran ahead.
//!
//! A declaration covers what ran ahead, and nothing else: from then on no row is much earlier than the declaration itself. A reading is
//! held against the journal as well, and where the clock is behind that alone, it names the row of the journal in its scope.
//!
//! A row is held against what the row before tells: one under `BRANCHBOOK_NOW` against its time, one under the system's clock
//! against what the system's clock said then. So a drill keeps nobody from working, and none goes back unseen. Upgrades are the
//! program's own, and nothing is held against them.

use anyhow::Result;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::change::Change;
use super::select::Select;
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

/// How the scope of a reading begins under a clock that is behind the last row of the journal, and not behind the last reading: the
/// number of that row follows. It reads the same in every language.
const BEHIND: &str = "clock behind journal row ";

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

    /// The rows that are earlier than the row before, of those on which `condition` over `r` holds: `id`, `at`, `before`, whether
    /// the rows before were `declared` to have been made under a clock that ran ahead, and of a reading that is earlier than a row of
    /// the journal, which `row` that is.
    pub(crate) fn earlier(self, condition: &str) -> String {
        let (table, counts) = (self.table(), self.counts());
        let of_before = "CASE WHEN r.clock_at IS NULL THEN coalesce(b.clock_at, b.at) ELSE b.at END AS before";
        let others = match self {
            Self::Journal => String::new(),
            Self::Readings => format!(
                "UNION ALL SELECT r.id, r.at, r.clock_at, r.id - 1, b.id, {of_before}
                FROM reading AS r JOIN journal AS b ON b.id = CAST(substr(r.scope, {begin}) AS INTEGER)
                WHERE r.scope GLOB '{BEHIND}[0-9]*' AND {condition}",
                begin = BEHIND.len() + 1
            ),
        };
        // What came after a declaration is covered as far as it is not earlier than that.
        let own = "SELECT CASE WHEN e.clock_at IS NULL THEN coalesce(d.clock_at, d.at) ELSE d.at END FROM journal AS d
            WHERE d.thing = 'clock-ahead ' || c.id ORDER BY d.id LIMIT 1";
        format!(
            "SELECT id, at, before, EXISTS (SELECT 1 FROM clock_ahead AS c WHERE c.{table} >= before_id
                AND (c.{table} >= e.id OR e.at >= ({own}))) AS declared, row FROM (
                SELECT r.id, r.at, r.clock_at, b.id AS before_id, NULL AS row, {of_before}
                FROM {table} AS r JOIN {table} AS b ON b.id = (SELECT b.id FROM {table} AS b WHERE b.id < r.id AND {counts} ORDER BY b.id DESC LIMIT 1)
                WHERE {condition} {others}) AS e
            WHERE at < before"
        )
    }
}

/// Refuses a change under `BRANCHBOOK_NOW` of a book that was founded by the system's clock: there it would say which day counts for
/// whoever is judged by the day on which they enter something (Q9). A book that was founded under it, to practise or to test, goes on
/// with either.
pub(crate) fn refuse_drill(book: &Connection, now: Now) -> Result<()> {
    if now.clock_at().is_none() || !lives(book, "ORDER BY id")? {
        return Ok(());
    }
    let what = say!(
        "BRANCHBOOK_NOW fixes the clock, and nothing is entered under it in a book that was founded by the system's clock"
    );
    Err(Refusal::new(Kind::Rule, what)
        .or(say!("unset BRANCHBOOK_NOW, give the day it happened with --on DATE, or practise in a book of its own: branchbook demo"))
        .into())
}

/// Whether the first row of the journal in this order was made by the system's clock; upgrades do not count.
fn lives(book: &Connection, order: &str) -> Result<bool> {
    let sql = format!("SELECT clock_at IS NULL FROM journal WHERE verb <> 'upgrade' {order} LIMIT 1");
    Ok(book.value(&sql, ())?.unwrap_or(false))
}

/// Refuses a change whose row would be much earlier than the last of the journal, and notes one that is a little earlier.
pub(crate) fn hold_journal(change: &Change<'_>) -> Result<()> {
    let now = change.now();
    refuse_drill(change.sql(), now)?;
    let Some(behind) = Behind::of(change.sql(), Chain::Journal, now)? else { return Ok(()) };
    if behind.by <= TOLERATED {
        change.note(behind.note());
        return Ok(());
    }
    Err(behind.refusal(now).into())
}

/// How far the clock is behind a row of a chain, or behind the declaration that it had run ahead.
#[derive(Debug, Clone, Copy)]
struct Behind {
    chain: Chain,
    /// The instant of the row.
    last: DateTime<Utc>,
    by: TimeDelta,
    /// Whether the row is that of the declaration, and not the last.
    declared: bool,
}

impl Behind {
    /// How far the clock is behind; none where it is not.
    fn of(book: &Connection, chain: Chain, now: Now) -> Result<Option<Self>> {
        let (table, counts) = (chain.table(), chain.counts());
        let time = if now.clock_at().is_some() { "b.at" } else { "coalesce(b.clock_at, b.at)" };
        let newest: Option<(Option<String>, Option<i64>)> = book
            .prepare_cached(&format!(
                "SELECT iif(EXISTS (SELECT 1 FROM clock_ahead WHERE clock_ahead.{table} >= b.id), NULL, {time}),
                    (SELECT max(id) FROM clock_ahead)
                 FROM {table} AS b WHERE {counts} ORDER BY b.id DESC LIMIT 1"
            ))?
            .query_row((), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((last, declaration)) = newest else { return Ok(None) };
        let declared: Option<String> = match declaration {
            None => None,
            Some(id) => book
                .prepare_cached(&format!(
                    "SELECT {time} FROM journal AS b WHERE thing = 'clock-ahead ' || ?1 ORDER BY id LIMIT 1"
                ))?
                .query_row([id], |row| row.get(0))
                .optional()?,
        };
        let of = |at: Option<String>, declared| {
            let last = instant::read(at.as_deref()?)?;
            let by = last - now.instant();
            (by > TimeDelta::zero()).then_some(Self { chain, last, by, declared })
        };
        // Where both are one row, it is the last.
        let (last, declared) = (of(last, false), of(declared, true));
        Ok(declared.filter(|declared| last.is_none_or(|last| last.by < declared.by)).or(last))
    }

    /// What the person is told whose row is a little earlier.
    fn note(self) -> String {
        say!(
            "the clock is {by} behind the row before, of {last}: this row is marked, and branchbook verify names it",
            by = elapsed(self.by),
            last = shown(self.last)
        )
    }

    /// The refusal of a clock that is much behind.
    fn refusal(self, now: Now) -> Refusal {
        let (shows, by, last) = (shown(now.instant()), elapsed(self.by), shown(self.last));
        let what = match (self.declared, self.chain) {
            (true, _) => say!(
                "the clock shows {shows}, {by} before a clerk declared at {last} that it had run ahead",
                shows,
                by,
                last
            ),
            (false, Chain::Journal) => {
                say!("the clock shows {shows}, {by} before the last row of the journal, of {last}", shows, by, last)
            }
            (false, Chain::Readings) => {
                say!("the clock shows {shows}, {by} before the last row of the access log, of {last}", shows, by, last)
            }
        };
        Refusal::new(Kind::Rule, what).or(match self.chain {
            Chain::Journal => say!("set the clock right; where that row was made under a clock that ran ahead, a clerk adds --clock-ahead REASON"),
            Chain::Readings => say!("set the clock right; where that row was made under a clock that ran ahead, a clerk adds --clock-ahead REASON to the next entry"),
        })
    }
}

/// The day by which it is judged who reads what: that of the clock or, where the clock is behind the last row of either chain, that of
/// the later row. Nobody goes back by it into a term or a grant that is over; nor by `BRANCHBOOK_NOW` in a book that lives by the
/// system's clock.
pub(crate) fn reading_day(book: &Connection, now: Now) -> Result<NaiveDate> {
    let mut day = now.today();
    for chain in [Chain::Journal, Chain::Readings] {
        if let Some(behind) = Behind::of(book, chain, now)? {
            day = now.day_of(&instant::kept(behind.last)).map_or(day, |last| day.max(last));
        }
    }
    Ok(system_day(book, now)?.map_or(day, |system| day.max(system)))
}

/// The day of the system's clock, where `BRANCHBOOK_NOW` says another in a book that was founded by that clock or went on by it: a term must run on it as well,
/// so that nobody is in office before their time.
pub(crate) fn system_day(book: &Connection, now: Now) -> Result<Option<NaiveDate>> {
    let Some(system) = now.clock_at() else { return Ok(None) };
    let lives = lives(book, "ORDER BY id")? || lives(book, "ORDER BY id DESC")?;
    Ok(now.day_of(&system).filter(|_| lives))
}

/// What is to be known of a reading under a clock that is behind: how its scope begins, and what the person is told.
#[derive(Debug, Default)]
pub(crate) struct Marked {
    /// Names the row of the journal that is later, where no reading is; else empty.
    pub(crate) scope: String,
    /// That the reading is marked.
    pub(crate) note: Option<String>,
}

/// Refuses a reading whose row would be much earlier than the last of the access log or of the journal, and marks one that is a little
/// earlier.
pub(crate) fn hold_reading(book: &Connection, now: Now) -> Result<Marked> {
    let [of_readings, of_journal] = [Behind::of(book, Chain::Readings, now)?, Behind::of(book, Chain::Journal, now)?];
    if let Some(behind) = [of_readings, of_journal].into_iter().flatten().find(|behind| behind.by > TOLERATED) {
        return Err(behind.refusal(now).into());
    }
    let Some(behind) = of_readings.or(of_journal) else { return Ok(Marked::default()) };
    // What is earlier than the reading before is marked by its very time.
    let mut scope = String::new();
    if !is_before_last_reading(book, now)? {
        let row: i64 = book.query_row(
            &format!("SELECT max(b.id) FROM journal AS b WHERE {}", Chain::Journal.counts()),
            (),
            |row| row.get(0),
        )?;
        scope = format!("{BEHIND}{row}; ");
    }
    Ok(Marked { scope, note: Some(behind.note()) })
}

/// Whether the clock is behind the last reading, whatever was declared of that.
fn is_before_last_reading(book: &Connection, now: Now) -> Result<bool> {
    let time = if now.clock_at().is_some() { "at" } else { "coalesce(clock_at, at)" };
    let last: Option<String> = book
        .query_row(&format!("SELECT {time} FROM reading ORDER BY id DESC LIMIT 1"), (), |row| row.get(0))
        .optional()?;
    Ok(last.as_deref().and_then(instant::read).is_some_and(|last| last > now.instant()))
}

/// Enters a clerk's declaration that the rows before were made under a clock that ran ahead: those that follow may be earlier.
pub(crate) fn declare(change: &mut Change<'_>, reason: &str) -> Result<()> {
    refuse_drill(change.sql(), change.now())?;
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
    Ok(Behind::of(change.sql(), chain, change.now())?.is_some()
        || change.sql().prepare(&format!("SELECT 1 FROM ({}) WHERE NOT declared", chain.earlier("TRUE")))?.exists(())?)
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
