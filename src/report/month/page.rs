//! The month on paper: a report of a few sheets that a manager signs, and the lists behind it as an appendix.

use std::io::Write;

use anyhow::Result;
use askama::Template;
use indicatif::HumanCount;
use rusqlite::Connection;

use super::{PackFile, figures, serious};
use crate::book::times::{Chain, Marks};
use crate::day::Month;
use crate::register::info::tally;
use crate::register::pack::Judged;
use crate::say;
use crate::sheet::listing::Listing;
use crate::sheet::query::Query;
use crate::sheet::trend::Trend;

/// The rows that each list of the report has at most; the appendix has all.
const REPORTED: usize = 10;

/// The rows of a list in the appendix; the csv files of the pack have all.
const LISTED: usize = 1_000;

#[derive(Template)]
#[template(path = "month-end.html")]
struct Page<'p> {
    branch: &'p str,
    title: &'p str,
    /// What stands above each sheet of the appendix.
    behind: String,
    /// What to know before anything else.
    summary: Vec<String>,
    figures: Listing,
    trends: Vec<Trend>,
    /// What follows the figures, the serious first.
    lists: Vec<Listing>,
    /// How the journal was written in the month.
    entered: String,
    appendix: Vec<Listing>,
}

/// Writes the page; gives the count of rows in its appendix.
pub(super) fn write(
    book: &Connection,
    branch: &str,
    judged: Judged,
    parts: &[PackFile],
    out: &mut dyn Write,
) -> Result<u64> {
    let mut appendix = Vec::with_capacity(parts.len());
    for part in parts {
        let whole = Query { totals: part.added_up(), ..part.query.clone() };
        let mut list = Listing::steady(part.on_paper.as_ref().unwrap_or(&whole), book, LISTED)?;
        list.whole_in.clone_from(&part.name);
        appendix.push(list);
    }
    let rows = appendix.iter().map(|list| list.rows.len()).sum::<usize>();
    let (month, overdue) = (judged.month, serious::overdue(book, judged)?);
    let title = title(judged);
    let page = Page {
        branch,
        title: &title,
        behind: format!("{title} · {}", say!("Appendix")),
        summary: summary(book, judged, &overdue)?,
        figures: figures::list(&figures::told(book, month)?).upright(),
        trends: figures::trends(book, month)?,
        lists: lists(book, judged, &overdue)?,
        entered: entered(book, month)?,
        appendix,
    };
    out.write_all(page.render()?.as_bytes())?;
    out.flush()?;
    Ok(u64::try_from(rows)?)
}

/// What a month's report is called.
pub(super) fn title(judged: Judged) -> String {
    let Judged { month, on } = judged;
    if judged.runs() {
        say!("Monthly report {month} as of {on}, the month has not ended", month, on)
    } else {
        say!("Monthly report {month}", month)
    }
}

/// What to know before anything else, a line each.
pub(super) fn summary(book: &Connection, judged: Judged, overdue: &Query) -> Result<Vec<String>> {
    let (month, missed) = (judged.month, serious::missed(book, judged)?);
    let of = |list: &Query, which: &str| serious::count(book, list, which);
    let mut lines = vec![say!(
        "Indicator missed: {suspended} suspended, {warned} warned.",
        suspended = of(&missed, "verdict = 'suspended'")?,
        warned = of(&missed, "verdict = 'warned'")?
    )];
    lines.push(match of(overdue, "true")? {
        0 => say!("Nothing is overdue.").to_owned(),
        count => say!(
            "Overdue: {count}, of these {old} for more than 30 days; the oldest for {days} days.",
            count,
            old = of(overdue, "days_late > 30")?,
            days = Query { sql: format!("SELECT max(days_late) FROM ({})", overdue.sql), ..overdue.clone() }
                .single(book)?
        ),
    });
    lines.push(say!(
        "Exceptions: {exceptions}; entered for an earlier month: {late}; taken back: {undone}.",
        exceptions = of(&serious::broken(month), "true")?,
        late = of(&serious::entered_late(book, month)?, "true")?,
        undone = of(&serious::undone(month), "true")?
    ));
    Ok(lines)
}

/// What follows the figures, the serious first; of lists without rows only those whose absence says something.
fn lists(book: &Connection, judged: Judged, overdue: &Query) -> Result<Vec<Listing>> {
    let month = judged.month;
    let list = |query: &Query| -> Result<Listing> {
        let mut list = Listing::of(query, book, REPORTED)?.upright();
        say!("the appendix").clone_into(&mut list.whole_in);
        Ok(list)
    };
    let mut lists = vec![
        list(&serious::missed(book, judged)?)?,
        list(&serious::overdue_by_age(overdue))?,
        list(&serious::longest(overdue))?,
        Listing::of(&by_department(book, judged)?, book, usize::MAX)?.upright(),
        list(&serious::broken(month))?,
        list(&serious::entered_late(book, month)?)?,
        list(&serious::undone(month))?,
    ];
    lists.retain(|list| list.count > 0);
    Ok(lists)
}

/// How many rows of the journal were entered in the month, and which of them to look at twice: those whose time is somebody's
/// word, and those whose person is.
fn entered(book: &Connection, month: Month) -> Result<String> {
    let marks = Marks::of_month(book, Chain::Journal, month)?;
    let count = |rows: i64| HumanCount(rows.unsigned_abs());
    Ok(say!(
        "Of {rows} rows that were entered in the journal in {month}, {earlier} are earlier than the row before, {drilled} were made under BRANCHBOOK_NOW, and {declared} were entered under --as.",
        rows = count(marks.rows),
        month,
        earlier = count(marks.earlier),
        drilled = count(marks.drilled),
        declared = count(marks.declared)
    ))
}

/// The month's information against the indicator, beside the month before and the same month a year before (R2.2).
fn by_department(book: &Connection, judged: Judged) -> Result<Query> {
    let month = judged.month;
    let tally = tally::by_department(book, month, judged.on)?;
    let counted = |of: &str| {
        format!(
            "(SELECT coalesce(sum(c.collected - c.duplicates), 0) FROM info_count AS c WHERE c.month = {of} AND c.department = t.department)"
        )
    };
    let sql = format!(
        "SELECT department, indicator, counted, percent_pct, verdict, report, {} AS before, {} AS year_before FROM ({}) AS t",
        counted(":before"),
        counted(":year_before"),
        tally.sql
    );
    let title = say!(
        "User information against the indicator, beside {month} and {plus}",
        month = month.prev(),
        plus = month.plus(-12)
    );
    Ok(Query { title, sql, bars: None, ..tally }
        .with(":before", month.prev().to_string())
        .with(":year_before", month.plus(-12).to_string())
        .totals(&["indicator", "counted", "before", "year_before"]))
}
