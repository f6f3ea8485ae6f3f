//! What the office does with number series: changing their templates, reserving numbers, closing and auditing them (R4.8).

pub mod audit;
mod import;

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Args, Subcommand};

use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::day::DayArg;
use crate::desk::{Answer, Deed, Desk, Run};
use crate::import::run::FileImport;
use crate::language;
use crate::office::identity;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::register::entry::{self, Opening};
use crate::say;
use crate::series::{find, refuse_collision, used_otherwise};
use crate::sheet::query::Query;
use crate::template::Template;
use crate::text;
use crate::whole;

/// What the office does with number series.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// List the series with their templates and last numbers
    List,
    /// Bring in the templates that series list wrote as CSV
    Import(FileImport),
    /// Change how a series prints its numbers, from a day on
    Set(Set),
    /// Set numbers aside for a paper pad
    Reserve(Reserve),
    /// Close a counter, such as last year's
    Close(Close),
    /// Look for gaps, duplicates and numbers out of place; exit code 5 where a gap is unexplained
    Audit(audit::Audit),
}

/// A new template
#[derive(Debug, Args)]
pub(crate) struct Set {
    /// The series: a department's key, or a register
    pub(crate) series: String,
    /// The template, such as HAB{yy}{seq:3}
    pub(crate) template: Template,
    /// First day it holds [default: the day of --on]
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<DayArg>,
    #[command(flatten)]
    deed: Deed,
}

/// A block of numbers
#[derive(Debug, Args)]
pub(crate) struct Reserve {
    /// The series: a department's key
    pub(crate) series: String,
    /// How many numbers
    #[arg(long, value_parser = |typed: &str| whole::within(typed, (1, 1000), &[]).map(|count| u32::try_from(count).unwrap_or(1)))]
    pub(crate) count: u32,
    #[command(flatten)]
    deed: Deed,
}

/// A counter to close
#[derive(Debug, Args)]
pub(crate) struct Close {
    /// The text before the serial, such as HAB26
    pub(crate) prefix: String,
    #[command(flatten)]
    deed: Deed,
}

/// Number series as they stand: each template with the counters that it prints. Too dear for a view, which every command
/// would parse when it opens the book.
const LIST: &str = "SELECT s.key AS series, s.register, t.template, t.from_on, c.prefix, c.last, x.closed_on
    FROM series AS s JOIN template AS t ON t.series = s.key
        LEFT JOIN counter AS c ON c.series = s.key AND c.prefix GLOB replace(replace(replace(
            substr(t.template, 1, instr(t.template, '{seq') - 1), '{yyyy}', '[0-9][0-9][0-9][0-9]'), '{yy}', '[0-9][0-9]'), '{mm}', '[0-9][0-9]')
            AND (c.prefix = substr(t.template, 1, instr(t.template, '{seq') - 1) OR NOT EXISTS (SELECT 1 FROM template AS o
                WHERE o.series = t.series AND c.prefix = substr(o.template, 1, instr(o.template, '{seq') - 1)))
        LEFT JOIN closing AS x ON x.series = c.series AND x.prefix = c.prefix
    ORDER BY s.register, s.key, t.from_on, c.prefix";

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::List => desk.list(&Query::new(say!("Number series"), LIST)),
            Self::Import(import) => import.list(desk, "series import", |by| import::Templates { by }),
            Self::Set(set) => desk.change("series set", &set.deed, |change| set.enter(change)),
            Self::Reserve(reserve) => desk.change("series reserve", &reserve.deed, |change| reserve.enter(change)),
            Self::Close(close) => desk.change("series close", &close.deed, |change| close.enter(change)),
            Self::Audit(audit) => audit.run(desk),
        }
    }
}

impl Set {
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let by = self.deed.by.as_deref();
        let actor = identity::clerks_deed(change, by, "R4.8", say!("changes number series"))?;
        find(change.sql(), &self.series)?;
        let from = self.from.map_or(change.on, |day| change.day_near(day));
        if let Some(used) = used_otherwise(change, &self.series, &self.template, from)? {
            return Err(used.or(say!("give a later day with --from")).into());
        }
        refuse_collision(change.sql(), &self.series, &self.template, from)?;
        let was: Option<String> = change
            .sql()
            .value("SELECT template FROM template WHERE series = ?1 AND from_on = ?2", (&self.series, from))?;
        change.sql().execute(
            "INSERT INTO template VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET template = excluded.template",
            (&self.series, from, &self.template),
        )?;
        change.record(&Thing::office("series", &[&self.series])?, &actor.key, None)?;
        let first = self.template.number(from, 1);
        Ok(Answer::new(
            &self.series,
            say!(
                "{series}: {template} from {from}, such as {first}; numbers given out stay as they are",
                series = self.series,
                template = self.template,
                from,
                first
            ),
        )
        .instead_of(was, &self.template.to_string()))
    }
}

/// Who takes back what was entered of a series: a clerk, where no number was given out by a template that would be gone from `from` on.
pub(crate) fn may_take_back(
    change: &Change<'_>,
    by: Option<&str>,
    series: &str,
    from: Option<NaiveDate>,
    earlier: &[(NaiveDate, String)],
) -> Result<Person> {
    let actor = identity::clerks_deed(change, by, "R4.8", say!("changes number series"))?;
    let holds =
        |from: NaiveDate| earlier.iter().filter(|(begins, _)| *begins <= from).max_by_key(|(begins, _)| *begins);
    if let Some(from) = from
        && let Some((_, template)) = holds(from)
        && let Some(used) = used_otherwise(change, series, &template.parse()?, from)?
    {
        return Err(used
            .or(say!("set the series from today on with: branchbook series set {series} TEMPLATE", series))
            .into());
    }
    Ok(actor)
}

impl Reserve {
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let by = self.deed.by.as_deref();
        let actor = identity::clerks_deed(change, by, "R4.8", say!("reserves numbers"))?;
        let (register, department) = find(change.sql(), &self.series)?;
        let (Some(department), "contact") = (department, register.as_str()) else {
            return Err(Refusal::rule(
                "R4.8",
                say!("numbers of {register} are not written on paper pads", register = language::value(&register)),
            )
            .or(say!("name a department's ledger"))
            .into());
        };
        let mut numbers = Vec::new();
        for _ in 0..self.count {
            let opening = Opening {
                register: "contact",
                department: &department,
                day: change.on,
                person: &actor.key,
                state: "reserved",
            };
            let entry = entry::open(change, &self.series, &opening)?;
            change.record(&entry.thing()?, &actor.key, None)?;
            numbers.push(entry.number);
        }
        let (first, last) = (numbers.first().cloned().unwrap_or_default(), numbers.last().cloned().unwrap_or_default());
        let run = if first == last { first } else { say!("{first} to {last}", first, last) };
        Ok(Answer::new(
            numbers.join("\n"),
            say!("{run}: reserved for a paper pad of {department}", run, department = language::value(&department)),
        ))
    }
}

impl Close {
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let by = self.deed.by.as_deref();
        let actor = identity::clerks_deed(change, by, "R4.8", say!("closes number series"))?;
        let prefix = text::number(&self.prefix);
        let series: Option<String> = change.sql().value("SELECT series FROM counter WHERE prefix = ?1", [&prefix])?;
        let series = series.ok_or_else(|| {
            Refusal::not_found(say!("no number begins with {prefix}", prefix)).or(say!("see branchbook series list"))
        })?;
        let reserved: i64 = change.sql().only(
            "SELECT count(*) FROM entry AS e JOIN counter AS c ON c.id = e.counter WHERE c.series = ?1 AND c.prefix = ?2 AND e.state = 'reserved'",
            [&series, &prefix],
        )?;
        if reserved > 0 {
            return Err(Refusal::rule(
                "R4.8",
                say!("numbers {prefix}… are still reserved: {reserved} of them", prefix, reserved),
            )
            .or(say!("fill them in or void them first; see branchbook series audit"))
            .into());
        }
        let closed = change
            .sql()
            .execute("INSERT INTO closing VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", (&series, &prefix, change.on))?;
        if closed == 0 {
            return Err(Refusal::usage(say!("{prefix}… is closed already", prefix))
                .or(say!("see branchbook series list"))
                .into());
        }
        change.record(&Thing::office("series", &[&series])?, &actor.key, None)?;
        Ok(Answer::new(
            &prefix,
            say!("{prefix}…: closed on {on}; no more numbers come from it", prefix, on = change.on),
        ))
    }
}
