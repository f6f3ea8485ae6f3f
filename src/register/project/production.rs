//! When the production of a contract began, before which its delivery is settled with the user and told by a contact form (R6.1).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, named_params};

use super::leader;
use crate::book::select::Select;
use crate::figure_on_day;
use crate::language;
use crate::office::counted;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::field::Field;
use crate::register::form::{Check, Step, Verb, Who};
use crate::register::task::Task;
use crate::register::waiting::{Each, Waiting};
use crate::say;
use crate::view::merged::who;
use crate::working_day;

/// The day on which it began.
pub(super) const PRODUCTION: Field<NaiveDate> = Field::past("production_on", "").option("production-on").corrected();

/// Enters that production began.
pub(super) const PRODUCE: Verb = Verb::Step(Step {
    name: "produce",
    about: "Enter that production began; delivery is settled and told by a contact form before (R6.1)",
    done: phrase!("produced"),
    sign: "production_on",
    dated: true,
    signed: Some(&PRODUCTION.spec),
    early: true,
    first: refuse_late,
    exception: Some("Enter it though delivery was not settled before, with the reason, instead of being refused"),
    who: Who::Check(|task| leader::require(task, say!("saying that production began"))),
    guards: &[Check::Follows(refuse_begun)],
    says: |task| task.says(phrase!("{number}: production began on {on}")),
    ..Step::BLANK
});

/// Production begins before the product is delivered, and is entered before that (R6.1).
fn refuse_late(_: &Connection, project: &Entry) -> Result<()> {
    if !["delivered", "accepted"].contains(&project.state.as_str()) {
        return Ok(());
    }
    let (number, state) = (&project.number, language::value_of("project", &project.state));
    let what =
        say!("{number} is {state}, and when its production began is entered before it is delivered", number, state);
    let way_out = say!(
        "take that back with: branchbook undo {number} --reason REASON; then branchbook project produce {number} --on DATE, and deliver it again",
        number
    );
    Err(Refusal::rule("R6.1", what).or(way_out).into())
}

/// Says at the delivery that nobody entered when production began.
pub(super) fn tell_missing(task: &mut Task<'_, '_>) -> Result<()> {
    if task.row.was(&PRODUCTION)?.is_none() {
        let number = &task.entry.number;
        let remark = say!(
            "R6.1: when production of {number} began is not entered; to enter it: branchbook undo {number}, then branchbook project produce {number} --on DATE, and deliver it again",
            number
        );
        task.remark(remark);
    }
    Ok(())
}

/// Production begins once.
fn refuse_begun(task: &mut Task<'_, '_>) -> Result<()> {
    let Some(day) = task.row.was(&PRODUCTION)? else { return Ok(()) };
    let number = &task.entry.number;
    Err(Refusal::usage(say!("production of {number} began on {day} already", number, day))
        .or(say!("for another day: branchbook project amend {number} --production-on DATE --reason REASON", number))
        .into())
}

/// A contact form of kind shipping tells how it is to be delivered before production begins (R6.1). It counts from the day on which it
/// was entered where who is judged by it, or their manager, entered it; from that of the paper where a clerk wrote it down (Q9).
pub(super) fn refuse_unsettled(task: &Task<'_, '_>) -> Result<()> {
    let (Some(day), number) = (task.row.get(&PRODUCTION)?, &task.entry.number) else { return Ok(()) };
    let told = "SELECT e.number FROM contact AS c JOIN entry AS e ON e.id = c.entry
        WHERE c.project = ?1 AND c.kind = 'shipping' AND e.state NOT IN ('void', 'reserved') AND e.day_on <= ?2 ORDER BY e.day_on, e.id";
    let mut late = None;
    for form in task.sql().column::<String>(told, (number, day))? {
        let form = Entry::find(task.sql(), &form)?;
        match counts_since(task, &form)? {
            Some((hand, since)) if since > day => late = late.or(Some((form, hand, since))),
            _ => return Ok(()),
        }
    }
    let what = match late {
        None => say!("no contact form had told by {day} how {number} is to be delivered", day, number),
        Some((form, hand, since)) => say!(
            "no contact form had told by {day} how {number} is to be delivered: {form} bears {bears} and counts from {since}, when {hand} entered it",
            day,
            number,
            form = form.number,
            bears = form.day,
            since,
            hand = language::people(&hand)
        ),
    };
    let way_out = say!(
        "settle it with the user and issue one with: branchbook contact add --kind shipping --project {number} …",
        number
    );
    Err(Refusal::rule("R6.1", what).or(way_out).into())
}

/// Who entered a form and the day from which it counts; none of what an import brought, which counts from the day that it bears.
fn counts_since(task: &Task<'_, '_>, form: &Entry) -> Result<Option<(String, NaiveDate)>> {
    let book = task.sql();
    let entered: Option<(String, NaiveDate)> =
        book.row("SELECT entered_by, entered_on FROM entry WHERE id = ?1 AND import IS NULL", [form.id])?;
    let Some((hand, entered)) = entered else { return Ok(None) };
    let hand = who(&hand).into_owned();
    let leads = leader::on(book, &task.entry, entered)?.is_some_and(|leader| leader == hand);
    let of = if leads { &hand } else { &form.person };
    let since = counted::since(book, (&hand, of), (form.day, entered))?;
    Ok(Some((hand, since)))
}

/// Contracts signed since the book went live of which no contact form tells how they are to be delivered, once production began or
/// figure `ship.settle_days` is over.
const UNSETTLED: &str = concat!(
    "SELECT number, min(coalesce(production_on, due_on), due_on), department, leader FROM (
        SELECT e.id, e.number, p.production_on, e.department, ",
    working_day!(concat!("date(c.signed_on, '+' || ", figure_on_day!("ship.settle_days", "c.signed_on"), " || ' days')")),
    " AS due_on, (SELECT l.person FROM leader AS l WHERE l.undone_on IS NULL AND l.entry = e.id AND l.from_on <= :today ORDER BY l.position DESC LIMIT 1) AS leader
        FROM entry AS e JOIN project AS p ON p.entry = e.id JOIN contract AS c ON c.undone_on IS NULL AND c.entry = e.id AND c.position = 1
        WHERE e.register = 'project' AND e.state = 'contracted' AND e.ended_on IS NULL AND c.signed_on >= (SELECT b.live_on FROM book AS b)
            AND NOT EXISTS (SELECT 1 FROM contact AS f JOIN entry AS n ON n.id = f.entry
                WHERE f.project = e.number AND f.kind = 'shipping' AND n.state <> 'void'))
     WHERE min(coalesce(production_on, due_on), due_on) <= :today ORDER BY id"
);

/// Contracts whose delivery is to be settled.
pub(super) fn waiting(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let mut unsettled = book.prepare_cached(UNSETTLED)?;
    let mut rows = unsettled.query(named_params! { ":today": today })?;
    while let Some(row) = rows.next()? {
        let (number, department): (String, String) = (row.get(0)?, row.get(2)?);
        each(Waiting {
            deciders: None,
            due_on: row.get(1)?,
            what: say!("delivery to be settled with the user and told by a contact form, before production").to_owned(),
            next: format!(
                "branchbook contact add --department {department} --kind shipping --to general --project {number} --subject TEXT --content TEXT"
            ),
            number,
            department,
            person: row.get(3)?,
            clause: "R6.1".into(),
        })?;
    }
    Ok(())
}
