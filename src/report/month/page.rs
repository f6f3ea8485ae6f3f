//! The month on paper: one page that a manager reads first, then a section for each list.

use std::io::Write;

use anyhow::Result;
use askama::Template;
use indicatif::HumanCount;
use rusqlite::Connection;

use super::{PackFile, figures};
use crate::book::times::{Chain, Marks};
use crate::day::Month;
use crate::register::info::tally;
use crate::report::due;
use crate::report::exceptions::exceptions;
use crate::say;
use crate::sheet::gathered::gathered;
use crate::sheet::listing::Listing;
use crate::sheet::query::Query;

/// The rows of the lists on the first page: who missed the quota, what is overdue, the exceptions. With them, and with the
/// figures above them, it is one sheet.
const FIRST_PAGE_ROWS: [usize; 3] = [6, 5, 3];

/// The rows of a list in its section; the csv files of the pack have all.
const SECTION_ROWS: usize = 1_000;

#[derive(Template)]
#[template(path = "month-end.html")]
struct Page<'p> {
    branch: &'p str,
    title: &'p str,
    /// What stands on the first page, each under its question.
    first: [Listing; 5],
    /// How the journal was written in the month.
    entered: String,
    sections: Vec<Listing>,
    /// The titles of the lists without rows.
    empty: Vec<String>,
}

/// Writes the page; gives the count of rows in its sections.
pub(super) fn write(
    book: &Connection,
    branch: &str,
    month: Month,
    parts: &[PackFile],
    out: &mut dyn Write,
) -> Result<u64> {
    let part = |query: &Query, most: usize, whole_in: &str| -> Result<Listing> {
        let mut listing = Listing::of(query, book, most)?;
        whole_in.clone_into(&mut listing.whole_in);
        Ok(listing)
    };
    let [missing, late, broken] = FIRST_PAGE_ROWS;
    let first = [
        figures::figures(book, month)?,
        Listing::of(&by_department(book, month)?, book, usize::MAX)?.upright(),
        part(&missed(book, month)?, missing, "info-by-person.csv")?.upright(),
        part(&overdue(book, month)?, late, "branchbook due")?.upright(),
        part(&broken_rules(month), broken, "exceptions.csv")?.upright(),
    ];
    let mut sections = Vec::with_capacity(parts.len());
    let mut empty = Vec::new();
    for PackFile { name, query, .. } in parts {
        let section = part(query, SECTION_ROWS, name)?;
        if section.count > 0 {
            sections.push(section);
        } else {
            empty.push(section.title);
        }
    }
    let rows = sections.iter().map(|section| section.rows.len()).sum::<usize>();
    let page = Page {
        branch,
        title: &say!("Month end {month}", month),
        first,
        entered: entered(book, month)?,
        sections,
        empty,
    };
    out.write_all(page.render()?.as_bytes())?;
    out.flush()?;
    Ok(u64::try_from(rows)?)
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
fn by_department(book: &Connection, month: Month) -> Result<Query> {
    let tally = tally::by_department(book, month, month.next().first())?;
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

/// Who missed their quota of the month (R2.2a).
fn missed(book: &Connection, month: Month) -> Result<Query> {
    let tally = tally::by_person(book, month, month.next().first())?;
    let sql = format!(
        "SELECT department, person_name, indicator, counted, verdict, streak FROM ({}) WHERE verdict IN ('warned', 'suspended')",
        tally.sql
    );
    Ok(Query { title: say!("Who missed the quota").to_owned(), sql, bars: None, ..tally })
}

/// Which rules were broken in the month, and why; what was refused stands in the section.
fn broken_rules(month: Month) -> Query {
    let exceptions = exceptions(Some(month));
    let sql = format!("SELECT number, clause, happened_on, person, department, reason FROM ({})", exceptions.sql);
    Query { sql, ..exceptions }
}

/// What was due in the month or before and still waits.
fn overdue(book: &Connection, month: Month) -> Result<Query> {
    let after = month.next().first();
    let columns = ["due_on", "days_late", "number", "what", "department", "person", "clause"];
    let list = gathered(book, "overdue", &columns, due::LONGEST_FIRST, |take| {
        due::each(book, after, &mut |waiting| {
            if waiting.due_on >= after {
                return Ok(());
            }
            take(vec![
                waiting.due_on.to_string().into(),
                (after - waiting.due_on).num_days().into(),
                waiting.number.into(),
                waiting.what.into(),
                waiting.department.into(),
                waiting.person.into(),
                waiting.clause.into_owned().into(),
            ])
        })
    })?;
    Ok(Query { title: say!("What is overdue").to_owned(), ..list })
}
