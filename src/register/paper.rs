//! Papers that count once: a bill, a voucher, an agreement whose number is in the book already is refused, naming where it is.

use anyhow::Result;
use rusqlite::named_params;
use rusqlite::types::Value;

use super::child::correction;
use super::field::{Field, Kind, Spec};
use super::form::{Form, Step};
use super::option::At;
use super::task::Task;
use crate::language::words;
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// A kind of paper, and what its numbers are unique in.
#[derive(Debug)]
pub struct Paper {
    /// What it is called: `voucher`.
    pub name: &'static str,
    /// The table in which it stands, with the column of its number.
    pub table: &'static str,
    /// The column of its number.
    pub column: &'static str,
    /// The column of the day by whose year it counts; empty where it is one of its kind in the whole book.
    pub day: &'static str,
    /// The column of who numbers it; empty where all of the kind are numbered together.
    pub issuer: &'static str,
    /// The column in which two rows of one paper are alike by nature, so that it is the same paper and counts once: `entry`, a
    /// day; empty where there is none.
    pub alike: &'static str,
    /// Among which rows it is looked for, in SQL over the row as `p` and the entry at hand as `:entry`, and in words; empty where
    /// among all.
    pub among: (&'static str, &'static str),
    /// The clause that asks for it.
    pub clause: &'static str,
    /// When it may stand twice by nature, with `--exception`; empty where it never may.
    pub twice: &'static str,
}

impl Field<String> {
    /// The number of a paper that counts once.
    pub(crate) const fn paper(column: &'static str, hint: &'static str, paper: &'static Paper) -> Self {
        Self::new(column, hint, Kind::Paper(paper))
    }
}

impl Paper {
    /// A paper of which nothing is said yet.
    pub(crate) const BLANK: Self = Self {
        name: "",
        table: "",
        column: "",
        day: "",
        issuer: "",
        alike: "",
        among: ("", ""),
        clause: "",
        twice: "",
    };
}

/// The help of `--exception` where a verb takes it for a paper alone.
const STANDS_TWICE: &str = "Enter a paper that is in the book already, with the reason, instead of being refused";

impl Spec {
    /// The paper whose number it is; none where it is no paper's.
    #[must_use]
    pub const fn paper(&self) -> Option<&'static Paper> {
        match self.kind {
            Kind::Paper(paper) => Some(paper),
            _ => None,
        }
    }

    /// Whether it is the number of a paper that may stand twice by nature.
    fn may_stand_twice(&self) -> bool {
        self.paper().is_some_and(|paper| !paper.twice.is_empty())
    }
}

impl Step {
    /// What help says of `--exception` where the verb takes it.
    #[must_use]
    pub fn excuses(&self) -> Option<&'static str> {
        self.exception.or_else(|| self.fields.iter().any(|field| field.may_stand_twice()).then_some(STANDS_TWICE))
    }
}

/// What help says of `--exception` where `amend` takes it: where opening an entry does, a row of a list may break a rule, or a paper is
/// corrected.
pub(super) fn excuses_correction(form: &Form) -> Option<&'static str> {
    let opening = form.steps().next().and_then(|step| step.exception);
    let mut fields = form.fields().map(|(_, field)| field).filter(|field| field.is_amended());
    let rows = correction::excuses_correction(form);
    opening.or(rows).or_else(|| fields.any(Spec::may_stand_twice).then_some(STANDS_TWICE))
}

/// Refuses the number that is to be entered for a field where its paper is in the book already; whether that is excused is
/// the paper's. Gives what is to be said where it looks like another's.
pub(super) fn refuse_known(task: &Task<'_, '_>, field: &Spec, at: At) -> Result<Option<String>> {
    let Some(paper) = field.paper() else { return Ok(None) };
    let Some(number) = entered(task, field) else { return Ok(None) };
    let Some(known) = known(task, paper, &number)? else { return Ok(None) };
    if known.like.is_some() {
        return Ok(Some(said_alike(paper, &number, &known)));
    }
    let what = said_known(paper, &number, &known);
    let way_out = say!(
        "see it with: branchbook show {known}, and give the number of this one with --{option}",
        known = known.entry,
        option = field.typed_as(at)
    );
    Err(Refusal::rule(paper.clause, what).or(way_out).into())
}

/// Refuses where the paper of a field that comes back stands elsewhere by now, unless an exception of either entry tells of that; gives
/// what is to be said where it looks like another's.
pub(super) fn refuse_back(task: &Task<'_, '_>, field: &Spec, number: &str) -> Result<Option<String>> {
    let Some(paper) = field.paper() else { return Ok(None) };
    // Rows of one entry share a paper by nature, such as a payment that is spread.
    let Some(known) = known(task, paper, number)?.filter(|known| known.entry != task.entry.number) else {
        return Ok(None);
    };
    if known.like.is_some() {
        return Ok(Some(said_alike(paper, number, &known)));
    }
    let excused =
        "SELECT 1 FROM exception AS x JOIN entry AS e ON e.id = x.entry WHERE e.number IN (?1, ?2) AND x.clause = ?3
        AND instr(x.refused, ?4) AND instr(x.refused, iif(e.number = ?1, ?2, ?1))";
    let own = &task.entry.number;
    if task.sql().prepare_cached(excused)?.exists((own, &known.entry, paper.clause, number))? {
        return Ok(None);
    }
    let way_out = say!(
        "see it with: branchbook show {known}, and take it back there first with: branchbook undo {known} --reason REASON, or leave {number} as it is",
        known = known.entry,
        number = own
    );
    Err(Refusal::rule(paper.clause, said_known(paper, number, &known)).or(way_out).into())
}

/// That a paper looks like another's.
fn said_alike(paper: &Paper, number: &str, known: &Known) -> String {
    say!(
        "{name} {number} looks like {like}, which is in {entry}: see whether it is the same with branchbook show {entry}",
        name = words(paper.name),
        number,
        like = known.like.as_deref().unwrap_or_default(),
        entry = known.entry
    )
}

/// That a paper is in the book already.
fn said_known(paper: &Paper, number: &str, known: &Known) -> String {
    let (name, entry) = (words(paper.name), &known.entry);
    match &known.issuer {
        None => say!("{name} {number} is in the book already, in {known}", name, number, known = entry),
        Some(issuer) => {
            say!("{name} {number} of {issuer} is in the book already, in {known}", name, number, issuer, known = entry)
        }
    }
}

/// The number that is to be entered; none where there is nothing new.
fn entered(task: &Task<'_, '_>, field: &Spec) -> Option<String> {
    let row = if task.line.is_new(field) { &task.line } else { &task.row };
    row.is_new(field).then(|| row.text(field.column).map(str::to_owned)).flatten()
}

/// Where a paper is in the book, and who numbers it where that is kept.
struct Known {
    entry: String,
    issuer: Option<String>,
    /// Its number, where it is another that only looks like it.
    like: Option<String>,
}

/// Where the book has the paper of this number, besides in what is at hand, or else one that looks like it.
fn known(task: &Task<'_, '_>, paper: &Paper, number: &str) -> Result<Option<Known>> {
    let Paper { table, column, day, issuer, alike, .. } = *paper;
    let own = if table == task.register.name { &task.row } else { &task.line };
    let value = |column: &str| if column.is_empty() { Value::Null } else { own.value(column).clone() };
    let date = own.text(day).map_or_else(|| task.change.on.to_string(), str::to_owned);
    let year = date.get(..4).unwrap_or_default();
    // A number is the same in several spellings, so those of the year are read and compared here.
    let mut condition = String::new();
    if !day.is_empty() {
        condition.push_str(" AND p.");
        condition.push_str(day);
        condition.push_str(" BETWEEN :year || '-01-01' AND :year || '-12-31'");
    }
    if !paper.among.0.is_empty() {
        condition.push_str(" AND ");
        condition.push_str(paper.among.0);
    }
    if table == task.register.name {
        condition.push_str(" AND p.entry <> :entry AND :position = :position");
    } else {
        condition.push_str(" AND p.undone_on IS NULL AND NOT (p.entry = :entry AND p.position = :position)");
    }
    let like = |column| if column == "entry" { Value::Integer(task.entry.id) } else { value(column) };
    let numbered = if issuer.is_empty() { "NULL".to_owned() } else { format!("p.{issuer}") };
    let same = if alike.is_empty() { "NULL".to_owned() } else { format!("p.{alike}") };
    let sql = format!(
        "SELECT e.number, p.{column}, {numbered}, {same} FROM {table} AS p JOIN entry AS e ON e.id = p.entry
         WHERE p.{column} IS NOT NULL AND e.state <> 'void' AND :year = :year{condition} ORDER BY e.id"
    );
    let (wanted, looks, by, like) = (text::paper(number), text::looks(number), value(issuer), like(alike));
    let by = if let Value::Text(by) = &by { text::fold(by) } else { String::new() };
    let mut statement = task.sql().prepare_cached(&sql)?;
    let mut rows =
        statement.query(named_params! { ":year": year, ":entry": task.entry.id, ":position": task.position })?;
    let mut similar = None;
    while let Some(row) = rows.next()? {
        let (other, issuer, same): (_, Option<String>, Value) = (row.get_ref(1)?.as_str()?, row.get(2)?, row.get(3)?);
        let is_same = text::paper(other) == wanted;
        if like != Value::Null && like == same || !is_same && (similar.is_some() || text::looks(other) != looks) {
            continue;
        }
        if text::fold(issuer.as_deref().unwrap_or_default()) == by {
            let known = Known { entry: row.get(0)?, issuer, like: (!is_same).then(|| other.to_owned()) };
            if is_same {
                return Ok(Some(known));
            }
            similar = Some(known);
        }
    }
    Ok(similar)
}
