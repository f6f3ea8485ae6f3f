//! Today's page, which the program alone shows: which book, who sits there, what waits for them, what was entered today, and the
//! month's deadline. Where no book is yet, how one begins.

use std::fmt::Write as _;

use anyhow::Result;
use chrono::{Datelike, NaiveDate};
use rusqlite::Connection;

use crate::book::change::Recorder;
use crate::book::select::Select;
use crate::clock::Now;
use crate::day::Month;
use crate::desk::Desk;
use crate::format::Format;
use crate::language;
use crate::office::{identity, live, reading};
use crate::page;
use crate::refusal::Refusal;
use crate::register;
use crate::register::info::report::deadline;
use crate::register::info::waiting;
use crate::register::reception::today::arriving;
use crate::register::waiting::Waiting;
use crate::report::due;
use crate::say;
use crate::sheet::wrapped;
use crate::view::with_views;

/// How many of the things that wait are shown.
const SHOWN: usize = 5;

/// Shows the page.
///
/// # Errors
/// A refusal where a format is asked for that no page has, or the book cannot be read.
pub(crate) fn show(desk: &mut Desk<'_>) -> Result<()> {
    if desk.format() != Format::Table {
        return Err(Refusal::usage(say!("today's page is for people to read"))
            .or(say!("take a list of it with: branchbook due --format csv"))
            .into());
    }
    let page = if desk.book_path().exists() { page(desk)? } else { beginning(desk) };
    let width = desk.surroundings.width.filter(|_| desk.globals.output.is_none());
    desk.write(&wrapped::in_lines(&page, width), &["txt"])
}

/// How a book begins.
fn beginning(desk: &Desk<'_>) -> String {
    let path = desk.book_path().display().to_string();
    let lines = [
        ("branchbook init --name NAME", say!("makes it, for the branch of this name")),
        ("branchbook staff import FILE", say!("enters the staff, or branchbook staff add one by one")),
        ("branchbook contact add", say!("logs the first form, and asks what it needs")),
        ("branchbook demo", say!("makes a book with a month in it, to look around in")),
    ];
    let lines = lines.map(|(command, does)| format!("  {command:<30}{does}\n"));
    format!("{}\n{}", say!("there is no book yet at {path}", path), lines.concat())
}

fn page(desk: &mut Desk<'_>) -> Result<String> {
    let (now, surroundings) = (desk.now()?, desk.surroundings.clone());
    let today = now.today();
    let path = desk.book_path().display().to_string();
    let book = desk.closed_book()?.reader();
    let who = identity::reader(book, &surroundings)?;
    let mut page = format!("{} ({path})\n{}\n\n", page::branch(book)?, sits_there(book, who.as_ref(), today)?);
    if let Err(refused) = reading::require(book, &surroundings) {
        writeln!(page, "{refused:#}")?;
        return Ok(page);
    }
    page += &what_waits(book, who.as_ref(), today)?;
    page += &guests(book, today)?;
    page += &entered(book, now)?;
    page += &reporting(book, today)?;
    writeln!(page, "\n{}", say!("all that waits: branchbook due; all commands: branchbook --help"))?;
    Ok(page)
}

/// Who sits there, with what they are today, and the day.
fn sits_there(book: &Connection, who: Option<&Recorder>, today: NaiveDate) -> Result<String> {
    let day = format!("{today} {}", weekday(today));
    let Some(who) = who else { return Ok(say!("{day}; your login is nobody's in this book", day)) };
    let terms: Vec<(String, String)> = book.rows(
        &with_views(
            "SELECT role, department FROM term
              WHERE person = ?1 AND from_on <= ?2
              AND (until_on IS NULL OR until_on >= ?2)
              ORDER BY from_on",
        ),
        (&who.person.key, today),
    )?;
    let terms = terms
        .into_iter()
        .map(|(role, department)| {
            let department = page::name(book, &department)?;
            Ok(say!("{role} of {department}", role = language::role_in(&role, &department), department))
        })
        .collect::<Result<Vec<_>>>()?;
    let roles = if terms.is_empty() { say!("not on the staff").to_owned() } else { language::listed(terms) };
    Ok(say!("{day}; you are {person}, {roles}", day, person = who.person, roles))
}

/// The day of the week, as a word.
fn weekday(day: NaiveDate) -> &'static str {
    match day.weekday() {
        chrono::Weekday::Mon => say!("Monday"),
        chrono::Weekday::Tue => say!("Tuesday"),
        chrono::Weekday::Wed => say!("Wednesday"),
        chrono::Weekday::Thu => say!("Thursday"),
        chrono::Weekday::Fri => say!("Friday"),
        chrono::Weekday::Sat => say!("Saturday"),
        chrono::Weekday::Sun => say!("Sunday"),
    }
}

/// What waits for whoever sits there, the longest first; for all where the login is nobody's.
fn what_waits(book: &Connection, who: Option<&Recorder>, today: NaiveDate) -> Result<String> {
    let (mut first, mut mine, mut late, mut others) = (Vec::<Waiting>::new(), 0_usize, 0_usize, 0_usize);
    let writes = who.map_or(Ok(false), |who| who.person.holds_any(book, &identity::WRITERS, today))?;
    due::each(book, today, &mut |waiting| {
        if who.is_some_and(|who| !waiting.is_for(&who.person, writes)) {
            others += 1;
            return Ok(());
        }
        mine += 1;
        late += usize::from(waiting.due_on < today);
        let place = first.partition_point(|other| (other.due_on, &other.number) <= (waiting.due_on, &waiting.number));
        first.insert(place, waiting);
        first.truncate(SHOWN);
        Ok(())
    })?;
    let mut page = match who {
        Some(_) => say!("waits for you: {mine}, of which late: {late}; for others: {others}", mine, late, others),
        None => say!("waits: {mine}, of which late: {late}", mine, late),
    };
    page.push('\n');
    let more = mine - first.len();
    let hand = who.map(|who| who.person.key.as_str());
    for waiting in first {
        let (next, Waiting { due_on, number, what, .. }) = (waiting.command(hand), waiting);
        writeln!(page, "  {due_on}  {number:<11} {what}\n{:14}{next}", "")?;
    }
    if more > 0 {
        let all = if who.is_some() { "branchbook due --mine" } else { "branchbook due" };
        writeln!(page, "  {}", say!("{more} more: {all}", more, all))?;
    }
    Ok(page)
}

/// Whose guests arrive today (R5.2).
fn guests(book: &Connection, today: NaiveDate) -> Result<String> {
    let arriving = arriving(book, today)?;
    if arriving.is_empty() {
        return Ok(String::new());
    }
    let guests = language::listed(arriving);
    Ok(say!("guests arrive today: {guests}; all who are here: branchbook reception day", guests) + "\n")
}

/// What was entered today: entries, and what was changed besides.
fn entered(book: &Connection, now: Now) -> Result<String> {
    let today = now.today();
    // Entries stand in the order in which they were entered, and no index knows the day.
    let mut latest = book.prepare_cached("SELECT number, entered_on FROM entry ORDER BY id DESC")?;
    let mut rows = latest.query(())?;
    let (mut count, mut last) = (0, None);
    while let Some(row) = rows.next()?.filter(|row| row.get(1).is_ok_and(|on: NaiveDate| on == today)) {
        count += 1;
        last = last.map_or_else(|| row.get(0).map(Some), |last: String| Ok(Some(last)))?;
    }
    let changes = changed(book, now)?.saturating_sub(count);
    Ok(match (last, changes) {
        (Some(last), 0) => say!("entered today: {count}, the last is {last}", count, last),
        (Some(last), changes) => {
            say!("entered today: {count}, the last is {last}; changes besides: {changes}", count, last, changes)
        }
        (None, 0) => say!("entered today: nothing yet").to_owned(),
        (None, changes) => say!("entered today: no entry; changes: {changes}", changes),
    } + "\n")
}

/// How many things of the registers were changed today, those that were entered among them.
fn changed(book: &Connection, now: Now) -> Result<usize> {
    let is_of_register =
        |verb: &str| register::ALL.iter().any(|register| verb.split(' ').next() == Some(register.name));
    let mut latest =
        book.prepare_cached("SELECT at, verb FROM journal WHERE thing NOT LIKE 'import %' ORDER BY id DESC")?;
    let mut rows = latest.query(())?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let at: String = row.get(0)?;
        if now.day_of(&at) != Some(now.today()) {
            break;
        }
        count += usize::from(is_of_register(&row.get::<_, String>(1)?));
    }
    Ok(count)
}

/// By when the month is reported, who has not, and whose entries came after the report (R2.2).
fn reporting(book: &Connection, today: NaiveDate) -> Result<String> {
    let month = Month::of(today);
    let deadline = deadline(book, month)?;
    let (mut missing, mut added) = (Vec::new(), Vec::new());
    for left in waiting::unreported(book, today)?.into_iter().filter(|left| left.month == month) {
        let department = page::name(book, &left.department)?;
        if left.owed {
            missing.push(department);
        } else {
            added.push(say!("{department} ({entries})", department, entries = left.entries));
        }
    }
    let (all, names) = (missing.is_empty(), language::listed(missing));
    let left = (deadline - today).num_days();
    let mut page = match (all, left) {
        (true, _) if month < live::first_month(book)? => {
            let live = live::day(book)?;
            say!("user information of {month}: no report is owed, as the book is kept from {live} on", month, live)
        }
        (true, _) => say!("user information of {month}: reported by all", month),
        (false, 0..) => say!(
            "user information of {month}: to be reported by {deadline} (days left: {left}); missing: {names}",
            month,
            deadline,
            left,
            names
        ),
        (false, _) => {
            say!(
                "user information of {month}: was to be reported by {deadline}; missing: {names}",
                month,
                deadline,
                names
            )
        }
    };
    page.push('\n');
    if !added.is_empty() {
        writeln!(
            page,
            "{}",
            say!("came after the report, to be reported as a supplement: {added}", added = language::listed(added))
        )?;
    }
    Ok(page)
}
