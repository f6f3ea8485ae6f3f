//! What a correction leaves as it was first entered: what people entered themselves, the days by which they are judged, and that nothing
//! of an entry happens before it is opened.

use anyhow::Result;
use chrono::NaiveDate;

use crate::book::select::Select;
use crate::language;
use crate::office::counted;
use crate::office::identity::WRITERS;
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::field::{Kind, Spec};
use crate::register::option::At;
use crate::register::task::Task;
use crate::say;
use crate::view::merged::who;

/// Who was at the keyboard when something was entered first.
struct Hand {
    key: String,
    day: NaiveDate,
}

impl Hand {
    /// Of an entry: whoever opened it; none where that is declared alone, and so nobody's word but the line's.
    fn of_entry(task: &Task<'_, '_>) -> Result<Option<Self>> {
        let opened = "SELECT at, recorder FROM journal WHERE thing = ?1 AND verb IN (?2 || ' add', ?2 || ' import') AND NOT declared_flag
            ORDER BY id DESC LIMIT 1";
        let found = task.sql().row(opened, (&task.entry.thing()?.name, &task.entry.register))?;
        Ok(Self::of(task, found))
    }

    /// Of a row of a list: whoever entered it; none as above.
    fn of_row(task: &Task<'_, '_>, table: &str) -> Result<Option<Self>> {
        let entered = "SELECT at, recorder, declared_flag FROM journal AS j WHERE thing = ?1
                AND EXISTS (SELECT 1 FROM json_each(j.record, '$.' || ?2) AS r WHERE coalesce(r.value ->> 'position', r.key + 1) = ?3)
            ORDER BY id LIMIT 1";
        let found: Option<(String, String, bool)> =
            task.sql().row(entered, (&task.entry.thing()?.name, table, task.position))?;
        Ok(Self::of(task, found.filter(|(.., declared)| !declared).map(|(at, recorder, _)| (at, recorder))))
    }

    fn of(task: &Task<'_, '_>, found: Option<(String, String)>) -> Option<Self> {
        let (at, recorder) = found?;
        Some(Self { key: who(&recorder).into_owned(), day: task.change.day_of(&at)? })
    }

    /// Whether they write for others, so that their own name may be a slip for another's.
    fn writes_for_others(&self, task: &Task<'_, '_>) -> Result<bool> {
        let book = task.sql();
        let Some(person) = Person::of_key(book, &self.key)? else { return Ok(true) };
        Ok(person.holds_any(book, &WRITERS, self.day)? || !person.departments(book, Role::Clerk, self.day)?.is_empty())
    }
}

/// What must stay of the entry's own fields.
pub(crate) fn own<'f>(task: &Task<'_, '_>, fields: impl Iterator<Item = &'f Spec>) -> Result<()> {
    for field in fields.filter(|field| field.did && task.row.differs(field)) {
        refuse_own_hand(task, task.row.was_text(field.column), Hand::of_entry(task)?)?;
    }
    Ok(())
}

/// What must stay of the fields of a row, which is in this table.
pub(super) fn row(task: &Task<'_, '_>, table: &str, fields: &[&'static Spec]) -> Result<()> {
    for field in fields.iter().filter(|field| task.line.differs(field)) {
        refuse_before_opening(task, field)?;
        if field.did {
            refuse_own_hand(task, task.line.was_text(field.column), Hand::of_row(task, table)?)?;
        }
        if let Some(judged) = field.judges.and_then(|column| task.line.was_text(column)) {
            refuse_judged(task, field, judged, table)?;
        }
    }
    Ok(())
}

/// What people entered themselves, who write for nobody else, nobody else did (R4.7).
fn refuse_own_hand(task: &Task<'_, '_>, was: Option<&str>, hand: Option<Hand>) -> Result<()> {
    let Some((was, hand)) = was.zip(hand) else { return Ok(()) };
    if who(was) != hand.key || hand.writes_for_others(task)? {
        return Ok(());
    }
    let (person, day) = (language::people(&hand.key), hand.day);
    let what = say!("{person} entered that themselves on {day}, and nobody else did it", person, day);
    let way_out = say!(
        "where somebody else did it after all, take it back with: branchbook undo {number} --reason REASON, and enter it anew",
        number = task.entry.number
    );
    Err(Refusal::rule("R4.7", what).or(way_out).into())
}

/// Nobody corrects the day by which they are judged themselves; and what they entered themselves counts from that day, whoever corrects it
/// (Q9).
fn refuse_judged(task: &Task<'_, '_>, field: &Spec, judged: &str, table: &str) -> Result<()> {
    let (label, clause) = (field.label(), field.clause.unwrap_or(&task.clause));
    if let Some(hand) = task.change.recorder.hands().find(|hand| hand.key == judged) {
        let what = say!("{hand} is judged by {day}, and does not correct it", hand, day = label);
        return Err(Refusal::rule(clause, what).or(say!("let another clerk correct it")).into());
    }
    let (Some(day), Some(hand)) = (task.line.day(field.column)?, Hand::of_row(task, table)?) else { return Ok(()) };
    let earlier = task.line.was_day(field.column)?.is_none_or(|was| day < was);
    if !earlier || counted::since(task.sql(), (&hand.key, judged), (day, hand.day))? == day {
        return Ok(());
    }
    let (person, entered) = (language::people(&hand.key), hand.day);
    let what =
        say!("what {person} entered on {entered} is counted from that day, and not from {day}", person, entered, day);
    let way_out = say!(
        "leave it, or take it back with: branchbook undo {number} --reason REASON, and let a clerk enter the paper of {day}",
        number = task.entry.number,
        day
    );
    Err(Refusal::rule(clause, what).or(way_out).into())
}

/// Nothing of an entry happened before the day that it bears.
fn refuse_before_opening(task: &Task<'_, '_>, field: &Spec) -> Result<()> {
    if !matches!(field.kind, Kind::Day | Kind::PastDay) {
        return Ok(());
    }
    let early = task.line.day(field.column)?.and_then(|on| task.entry.before_opening(on));
    let Some(refusal) = early else { return Ok(()) };
    Err(refusal.or(say!("give a day from then on with --{option} DATE", option = field.typed_as(At::Amend))).into())
}
