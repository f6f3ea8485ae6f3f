//! What the office does with the figures of the regulation: setting them, and looking back.

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use rusqlite::Connection;

use super::figure_import::Figures;
use super::holiday;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::day::DayArg;
use crate::desk::{Answer, Deed, Desk, Run};
use crate::import::run::FileImport;
use crate::language;
use crate::money::Money;
use crate::nearest;
use crate::office::identity;
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::info::tally;
use crate::say;
use crate::sheet::query::Query;
use crate::text::{Text, quoted};
use crate::whole;

/// What the office does with figures.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// List the figures as they hold on the day of --on
    List,
    /// Set a figure from a day on; old months are judged by the figures of their time
    Set(Set),
    /// Bring in what branchbook rule list wrote as CSV
    Import(FileImport),
    /// Show what a figure was set to, when and by whom
    History(History),
    /// Public holidays, which the ends of time limits pass over
    #[command(subcommand)]
    Holiday(holiday::Verb),
}

/// A figure and its new value
#[derive(Debug, Args)]
#[allow(clippy::doc_markdown, reason = "the comments are the help")]
pub(crate) struct Set {
    /// The figure, such as contact.reply_days
    pub(crate) key: String,
    /// Its new value: days, months or a count; an amount in yuan, such as 2000 or 500万; percent, such as 5 or 2.5%
    #[arg(allow_negative_numbers = true)]
    pub(crate) value: String,
    /// First day it holds [default: the day of --on]
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<DayArg>,
    /// Why; must be given where it replaces what was set for that day
    #[arg(long, value_name = "REASON")]
    pub(crate) reason: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// The figure to look back on
#[derive(Debug, Args)]
#[allow(clippy::doc_markdown, reason = "the comments are the help")]
pub(crate) struct History {
    /// The figure, such as contact.reply_days
    pub(crate) key: String,
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::List => {
                let on = desk.on()?;
                desk.list(
                    &Query::new(
                        say!("Figures on {on}", on),
                        format!("SELECT f.key, {value} AS value, f.unit, r.from_on, r.set_by, f.clause, {standard} AS standard, f.meaning
                         FROM figure AS f LEFT JOIN rule AS r ON r.key = f.key
                            AND r.from_on = (SELECT max(x.from_on) FROM rule AS x WHERE x.key = f.key AND x.from_on <= :on)
                         ORDER BY f.key", value = shown("coalesce(r.value, f.standard)"), standard = shown("f.standard")),
                    )
                    .with(":on", on.to_string()),
                )
            }
            Self::Holiday(verb) => verb.run(desk),
            Self::Import(import) => import.list(desk, "rule import", |_| Figures),
            Self::Set(set) => desk.change("rule set", &set.deed, |change| set.enter(change)),
            Self::History(history) => {
                Figure::find(desk.book()?.reader(), &history.key)?;
                desk.list(
                    &Query::new(
                        say!("History of {key}", key = history.key),
                        format!(
                            "SELECT h.from_on, {} AS value, h.set_by, min(h.entered_at) AS entered_at, h.reason, h.recorder AS entered_by FROM (
                                SELECT r.value ->> '$.from_on' AS from_on, r.value ->> '$.value' AS number, r.value ->> '$.set_by' AS set_by,
                                    j.at AS entered_at, j.note AS reason, j.recorder, j.id
                                FROM journal AS j, json_each(j.record, '$.rule') AS r WHERE j.thing = 'rule ' || :key ORDER BY j.id) AS h
                             JOIN figure AS f ON f.key = :key GROUP BY h.from_on, h.number, h.set_by ORDER BY h.from_on, min(h.id)",
                            shown("h.number")
                        ),
                    )
                    .with(":key", history.key),
                )
            }
        }
    }
}

/// A figure's definition.
struct Figure {
    unit: String,
    least: i64,
    most: i64,
    clause: String,
    set_by: String,
}

impl Figure {
    fn find(book: &Connection, key: &str) -> Result<Self> {
        let found =
            book.first("SELECT unit, least, most, clause, set_by FROM figure WHERE key = ?1", [key], |row| {
                Ok(Self {
                    unit: row.get(0)?,
                    least: row.get(1)?,
                    most: row.get(2)?,
                    clause: row.get(3)?,
                    set_by: row.get(4)?,
                })
            })?;
        if let Some(found) = found {
            return Ok(found);
        }
        let way_out =
            nearest::or_see(book, key, "SELECT key FROM figure ORDER BY key", say!("see branchbook rule list"))?;
        Err(Refusal::not_found(say!("there is no figure {key}", key)).or(way_out).into())
    }
}

impl Figure {
    /// The value as the book keeps it: fen, hundredths of a percent, or a count.
    fn read(&self, typed: &str) -> Result<i64, Refusal> {
        let typed = typed.trim();
        match self.unit.as_str() {
            "yuan" => Ok(typed.parse::<Money>()?.0),
            "percent" => typed.trim_end_matches(['%', '％']).parse::<Money>().map(|percent| percent.0).map_err(|_| {
                Refusal::usage(say!("{typed} is no percentage", typed = quoted(typed)))
                    .or(say!("give one such as 5 or 2.5%"))
            }),
            unit => whole::within(typed, (i64::MIN, i64::MAX), if unit == "days" { whole::DAYS } else { &[] }).map_err(
                |_| {
                    Refusal::usage(say!(
                        "{typed} is no number of {unit}",
                        typed = quoted(typed),
                        unit = language::value(unit)
                    ))
                    .or(say!("give a whole number"))
                },
            ),
        }
    }

    /// The value as a person reads it.
    fn print(&self, value: i64) -> String {
        match self.unit.as_str() {
            "yuan" | "percent" => Money(value).to_string(),
            _ => value.to_string(),
        }
    }
}

/// An expression for a figure's value as a list prints it, over a row `f` of table figure: yuan and percent with their decimals.
fn shown(value: &str) -> String {
    format!("iif(f.unit IN ('yuan', 'percent'), printf('%d.%02d', {value} / 100, {value} % 100), {value})")
}

/// What was set from this day on, as a list prints it, and by whom; none where nothing was.
pub(super) fn set_on(book: &Connection, key: &str, from: NaiveDate) -> Result<Option<(String, String)>> {
    let sql = format!(
        "SELECT CAST({} AS TEXT), r.set_by FROM rule AS r JOIN figure AS f ON f.key = r.key WHERE r.key = ?1 AND r.from_on = ?2",
        shown("r.value")
    );
    book.row(&sql, (key, from))
}

/// Who decides on a figure. Whoever stands in sets none by which they are judged themselves.
pub(crate) fn may_set(change: &Change<'_>, by: Option<&str>, key: &str) -> Result<Person> {
    let figure = Figure::find(change.sql(), key)?;
    let actor = identity::office_bearer(change, by)?;
    let role = if figure.set_by == Role::CompanyLeader.key() { Role::CompanyLeader } else { Role::BranchManager };
    identity::require_role(change, &actor, role, None, &figure.clause, &say!("setting {key}", key))?;
    let of_own = |day| match role {
        Role::CompanyLeader => actor.holds_any(change.sql(), &[role, Role::GeneralManager], day),
        _ => actor.holds(change.sql(), role, None, day),
    };
    if identity::out_of_office(change, &actor, of_own)?.is_none() || !is_judged(change, &actor, key)? {
        return Ok(actor);
    }
    let holders = Person::holders(change.sql(), role, None, change.on)?;
    let keys: Vec<&str> = holders.iter().map(|holder| holder.key.as_str()).collect();
    let what = say!("{actor} stands in for who sets {key}, and is judged by it", actor, key);
    Err(Refusal::rule(&*figure.clause, what).or(identity::name_who(change, &keys)?).into())
}

/// Whether a figure judges something of the person's: an entry of its register that is open, or months that they missed.
fn is_judged(change: &Change<'_>, person: &Person, key: &str) -> Result<bool> {
    let register = key.split('.').next().unwrap_or_default();
    let open = "SELECT 1 FROM entry WHERE register = ?1 AND person = ?2 AND ended_on IS NULL";
    let is_open = change.sql().prepare_cached(open)?.exists((register, &person.key))?;
    Ok(is_open || register == "info" && !tally::missed(change.sql(), person, change.today())?.is_empty())
}

impl Set {
    /// What takes the place of another value of the same day has its reason.
    fn require_reason(&self, change: &Change<'_>, from: NaiveDate) -> Result<()> {
        let key = &self.key;
        let known = change.sql().prepare("SELECT 1 FROM rule WHERE key = ?1 AND from_on = ?2")?.exists((key, from))?;
        if !known || self.reason.is_some() {
            return Ok(());
        }
        let what = say!("{key} was set from {from} on already", key, from);
        Err(Refusal::usage(what)
            .or(say!("say why with --reason REASON; branchbook rule history {key} keeps both", key))
            .into())
    }

    pub(super) fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let figure = Figure::find(change.sql(), &self.key)?;
        let actor = may_set(change, self.deed.by.as_deref(), &self.key)?;
        let value = figure.read(&self.value)?;
        if !(figure.least..=figure.most).contains(&value) {
            return Err(Refusal::usage(say!(
                "{key} cannot be {value} {unit}",
                key = self.key,
                value = figure.print(value),
                unit = language::value(&figure.unit)
            ))
            .or(say!(
                "give a value from {least} to {most}",
                least = figure.print(figure.least),
                most = figure.print(figure.most)
            ))
            .into());
        }
        let from = self.from.map_or(change.on, |day| change.day_near(day));
        self.require_reason(change, from)?;
        change.on = change.on.min(from);
        let was: Option<i64> =
            change.sql().value("SELECT value FROM rule WHERE key = ?1 AND from_on = ?2", (&self.key, from))?;
        change.sql().execute(
            "INSERT INTO rule VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET value = excluded.value, set_by = excluded.set_by",
            (&self.key, from, value, &actor.key),
        )?;
        change.record(&Thing::office("rule", &[&self.key])?, &actor.key, self.reason.as_deref())?;
        Ok(Answer::new(
            &self.key,
            say!(
                "{key}: {value} {unit} from {from}, set by {setter}",
                key = self.key,
                value = figure.print(value),
                unit = language::value(&figure.unit),
                from,
                setter = language::people(&actor.key)
            ),
        )
        .instead_of(was.map(|was| figure.print(was)), &figure.print(value)))
    }
}
