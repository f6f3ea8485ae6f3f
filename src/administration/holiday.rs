//! What the office does with its public holidays, and the days of rest that are worked instead (Q14).

mod published;

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use rusqlite::Connection;

use self::published::Published;
use crate::book::change::Change;
use crate::book::closed;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::day::{self, DayArg};
use crate::desk::{Answer, Deed, Desk, Run};
use crate::import::run::FileImport;
use crate::language;
use crate::office::identity;
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::say;
use crate::sheet::query::Query;
use crate::text::{Line, Text};
use crate::whole;

/// What the office does with its holidays.
#[derive(Debug, Subcommand)]
#[allow(clippy::doc_markdown, reason = "the comments are the help")]
pub(crate) enum Verb {
    /// Enter a public holiday, or a day of rest that is worked instead (--worked)
    Add(Add),
    /// Take a day off the list; the journal keeps it
    Remove(Remove),
    /// List the public holidays, and the days of rest that are worked
    List(List),
    /// Bring in a published list from a CSV file or a workbook, with the columns day, until, name, worked (日期、截止日期、名称、上班; 날짜, 종료일, 이름, 근무)
    Import(FileImport),
}

/// A day, or several in a row
#[derive(Debug, Args)]
pub(crate) struct Stretch {
    /// The day
    #[arg(value_name = "DAY")]
    pub(crate) day: DayArg,
    /// The last day, of several in a row
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<DayArg>,
}

/// A public holiday
#[derive(Debug, Args)]
pub(crate) struct Add {
    #[command(flatten)]
    days: Stretch,
    /// What it is called, such as 国庆节
    #[arg(long)]
    pub(crate) name: Line,
    /// It is worked, though it is a Saturday or Sunday
    #[arg(long)]
    pub(crate) worked: bool,
    #[command(flatten)]
    deed: Deed,
}

/// What is taken off the list
#[derive(Debug, Args)]
pub(crate) struct Remove {
    #[command(flatten)]
    days: Stretch,
    /// Why it is none
    #[arg(long, value_name = "REASON")]
    pub(crate) reason: Text,
    #[command(flatten)]
    deed: Deed,
}

/// Which days are listed
#[derive(Debug, Args)]
pub(crate) struct List {
    /// Only those of this year
    #[arg(long, value_name = "YEAR", value_parser = whole::year)]
    pub(crate) year: Option<u16>,
    /// Those that were taken off as well
    #[arg(long)]
    pub(crate) removed: bool,
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Add(add) => desk.change("rule holiday add", &add.deed, |change| add.enter(change)),
            Self::Remove(remove) => desk.change("rule holiday remove", &remove.deed, |change| remove.enter(change)),
            Self::List(list) => desk.list(&list.query()),
            Self::Import(import) => {
                let by = import.deed.by.clone();
                import.run(desk, "rule holiday import", &[], |change| {
                    Ok(Published::decided_by(decided_by(change, by.as_deref())?))
                })
            }
        }
    }
}

/// The branch manager decides which days are holidays, as on other figures.
fn decided_by(change: &Change<'_>, by: Option<&str>) -> Result<String> {
    Ok(decides(change, by)?.key)
}

fn decides(change: &Change<'_>, by: Option<&str>) -> Result<Person> {
    let actor = identity::office_bearer(change, by)?;
    identity::require_role(change, &actor, Role::BranchManager, None, "R1", say!("entering public holidays"))?;
    Ok(actor)
}

/// Who decides on a day that is still to come: what has passed was counted by the list of its time.
pub(crate) fn may_enter(change: &Change<'_>, by: Option<&str>, day: NaiveDate) -> Result<Person> {
    let actor = decides(change, by)?;
    if day >= change.today() {
        return Ok(actor);
    }
    let what = say!("{day} has passed, and was counted as the list had it", day);
    Err(Refusal::rule("R1", what)
        .or(say!("put it right from today on with: branchbook rule holiday add or remove"))
        .into())
}

/// The most days that stand in a row.
const MOST: i64 = 31;

impl Stretch {
    /// The first and the last day.
    fn ends(&self, change: &Change<'_>) -> Result<(NaiveDate, NaiveDate)> {
        let first = change.day_near(self.day);
        let last = self.until.map_or(Ok(first), |day| change.day_to_come(day, first, "--until"))?;
        refuse_long(first, last)?;
        Ok((first, last))
    }
}

fn refuse_long(first: NaiveDate, last: NaiveDate) -> Result<(), Refusal> {
    day::refuse_backwards(first, last, "--until")?;
    let count = (last - first).num_days() + 1;
    if count <= MOST {
        return Ok(());
    }
    Err(Refusal::usage(say!("{first} to {last} is {count} days, and no holiday is that long", first, last, count))
        .or(say!("give the last day with --until DATE")))
}

fn all(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    first.iter_days().take_while(move |day| *day <= last)
}

/// A day of the list.
#[derive(Debug, PartialEq, Eq)]
struct Known {
    name: String,
    worked: bool,
}

impl Known {
    fn on(book: &Connection, day: NaiveDate) -> Result<Option<Self>> {
        book.first("SELECT name, work_flag FROM holiday WHERE day_on = ?1 AND removed_on IS NULL", [day], |row| {
            Ok(Self { name: row.get(0)?, worked: row.get(1)? })
        })
    }

    /// What the day is.
    fn said(&self) -> String {
        let name = &self.name;
        if self.worked { say!("worked instead ({name})", name) } else { say!("a holiday ({name})", name) }
    }

    /// What a day was when it had passed, it stays, though it was taken off the list since.
    fn refuse_otherwise(&self, change: &Change<'_>, day: NaiveDate) -> Result<()> {
        let other = "SELECT 1 FROM holiday WHERE day_on = ?1 AND removed_on > day_on AND coalesce(known_on, '') <= day_on AND work_flag <> ?2";
        if !change.sql().prepare_cached(other)?.exists((day, self.worked))? {
            return Ok(());
        }
        let what = say!("{day} was on the list as something else when it passed", day);
        Err(Refusal::rule("R1", what).or(say!("leave it off the list: what has passed stays judged as it was")).into())
    }

    /// Enters the day; gives whether it was not on the list.
    fn enter(&self, change: &mut Change<'_>, day: NaiveDate, decided_by: &str) -> Result<bool> {
        match Self::on(change.sql(), day)? {
            Some(known) if known == *self => return Ok(false),
            Some(known) => {
                let what = say!("{day} is {known} already", day, known = known.said());
                return Err(Refusal::usage(what)
                    .or(say!("take that off first with: branchbook rule holiday remove {day} --reason REASON", day))
                    .into());
            }
            None => self.refuse_otherwise(change, day)?,
        }
        // A day that was taken off once it had passed stays known as it was.
        change.sql().execute(
            "INSERT INTO holiday VALUES (?1, ?2, ?3, ?4, NULL, ?5) ON CONFLICT DO UPDATE
                SET name = excluded.name, work_flag = excluded.work_flag, decided_by = excluded.decided_by, removed_on = NULL,
                    known_on = iif(removed_on > day_on, known_on, excluded.known_on)",
            (day, &self.name, self.worked, decided_by, change.today()),
        )?;
        record(change, day, decided_by, &self.name)?;
        Ok(true)
    }
}

/// Writes the journal's row of a day, which reaches back where the day is past; into a month that was submitted with its reason alone.
fn record(change: &mut Change<'_>, day: NaiveDate, decided_by: &str, note: &str) -> Result<()> {
    if change.late.is_none() && day < change.today() {
        closed::refuse_closed(change.sql(), day)?;
    }
    let on = change.on;
    change.on = on.min(day);
    change.record(&Thing::office("holiday", &[&day.to_string()])?, decided_by, Some(note))?;
    change.on = on;
    Ok(())
}

impl Add {
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let decided_by = decided_by(change, self.deed.by.as_deref())?;
        let (first, last) = self.days.ends(change)?;
        let day = Known { name: self.name.to_string(), worked: self.worked };
        let mut new = 0;
        for on in all(first, last) {
            new += i64::from(day.enter(change, on, &decided_by)?);
        }
        if new == 0 {
            let what = say!("{first} is {known} already", first, known = day.said());
            return Err(Refusal::usage(what).or(say!("see branchbook rule holiday list")).into());
        }
        let days = in_a_row(first, last);
        let line = say!(
            "{days}: {known}, set by {decided_by}",
            days,
            known = day.said(),
            decided_by = language::people(&decided_by)
        );
        Ok(noting_passed(change, first, Answer::new(first.to_string(), line)))
    }
}

impl Remove {
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let decided_by = decided_by(change, self.deed.by.as_deref())?;
        let (first, last) = self.days.ends(change)?;
        for day in all(first, last) {
            if Known::on(change.sql(), day)?.is_none() {
                return Err(Refusal::not_found(say!("{day} is not on the list of holidays", day))
                    .or(say!("see branchbook rule holiday list"))
                    .into());
            }
            change.sql().execute("UPDATE holiday SET removed_on = ?2 WHERE day_on = ?1", (day, change.today()))?;
            record(change, day, &decided_by, &self.reason)?;
        }
        let days = in_a_row(first, last);
        let line = say!(
            "{days}: off the list of holidays, set by {decided_by}",
            days,
            decided_by = language::people(&decided_by)
        );
        Ok(noting_passed(change, first, Answer::new(first.to_string(), line)))
    }
}

/// The answer, which says of days that have passed that they move nothing.
fn noting_passed(change: &Change<'_>, first: NaiveDate, answer: Answer) -> Answer {
    if first >= change.today() {
        return answer;
    }
    answer.note(say!("days that have passed move no time limit: what was judged by them stays"))
}

/// A day, or the first and the last.
fn in_a_row(first: NaiveDate, last: NaiveDate) -> String {
    if first == last { first.to_string() } else { say!("{first} to {last}", first, last) }
}

impl List {
    fn query(&self) -> Query {
        let title = match self.year {
            None => say!("Public holidays").to_owned(),
            Some(year) => say!("Public holidays of {year}", year),
        };
        let condition = if self.removed { "TRUE" } else { "h.removed_on IS NULL" };
        Query::new(
            title,
            format!(
                "SELECT h.day_on, h.name, h.work_flag AS worked_flag, h.decided_by, j.recorder AS entered_by, j.at AS entered_at, h.removed_on
                 FROM holiday AS h LEFT JOIN journal AS j
                    ON j.id = (SELECT max(x.id) FROM journal AS x WHERE x.thing = 'holiday ' || h.day_on)
                 WHERE {condition} AND (:year = '' OR substr(h.day_on, 1, 4) = :year) ORDER BY h.day_on"
            ),
        )
        .with(":year", self.year.map_or_else(String::new, |year| year.to_string()))
    }
}
