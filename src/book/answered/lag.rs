//! What a book lacks of what was answered: the rows that are missing, and the numbers that stand on paper already.

use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension};

use super::told::{Answered, Given};
use crate::book::journal::{Hash, Head};
use crate::refusal::Refusal;
use crate::say;
use crate::template::Template;
use crate::text;

/// Whether the rows that the file names stand in the book as they were.
pub(super) fn is_there(book: &Connection, told: &Answered) -> Result<bool> {
    let found: (Option<Hash>, Option<Hash>) = book
        .prepare("SELECT (SELECT hash FROM journal WHERE id = ?1), (SELECT hash FROM reading WHERE id = ?2)")?
        .query_row((told.journal.count, told.reading.count), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let stands = |head: &Head, found: Option<Hash>| head.count == 0 || found == Some(head.hash);
    Ok(stands(&told.journal, found.0) && stands(&told.reading, found.1))
}

/// Says what is missing, and what to do.
pub(super) fn refusal(book: &Connection, path: &Path, told: &Answered) -> Result<Refusal> {
    let shown = path.display().to_string();
    let word = text::word(&shown);
    // Books of old versions had no identity.
    let uid: Option<String> = book.query_row("SELECT uid FROM book", (), |row| row.get(0)).ok();
    if uid.is_some_and(|uid| !told.uid.is_empty() && uid != told.uid) {
        let what =
            say!("{book}-head beside {book} is that of another book, so nothing can be written to it", book = shown);
        return Ok(Refusal::failed(what).or(say!(
            "put the right book back, or, where {book} is the right one, go on from it with: branchbook restore {word} --book {word}",
            book = shown,
            word
        )));
    }
    let what = say!(
        "{book} lacks what was answered already, so nothing can be written to it: {missing}",
        book = shown,
        missing = missing(book, told)?.join(crate::language::comma())
    );
    Ok(Refusal::failed(what).or(say!(
        "put back the log {book}-wal that belongs to it; where it is lost, go on from the newest good copy with: branchbook restore \
         COPY --book {word}, or from the book as it is: branchbook restore {word} --book {word}",
        book = shown,
        word
    )))
}

fn missing(book: &Connection, told: &Answered) -> Result<Vec<String>> {
    let mut missing = Vec::new();
    let (journal, reading) = (Head::of(book, "journal")?, Head::of(book, "reading")?);
    match rows(journal, told.journal) {
        Rows::All => {}
        Rows::One(row) => missing.push(say!("row {row} of the journal", row)),
        Rows::Run(first, last) => missing.push(say!("rows {first} to {last} of the journal", first, last)),
    }
    match rows(reading, told.reading) {
        Rows::All => {}
        Rows::One(row) => missing.push(say!("row {row} of the access log", row)),
        Rows::Run(first, last) => missing.push(say!("rows {first} to {last} of the access log", first, last)),
    }
    let numbers = beyond(book, &told.given)?.into_iter().map(|run| run.named());
    let numbers: Vec<String> = numbers.collect();
    if !numbers.is_empty() {
        missing.push(say!("the numbers {numbers}", numbers = numbers.join(crate::language::comma())));
    }
    Ok(missing)
}

/// Rows of a chain that a book lacks.
enum Rows {
    All,
    One(i64),
    Run(i64, i64),
}

/// The rows that a chain lacks up to what was told; where it is as long, at least the last is another.
fn rows(found: Head, told: Head) -> Rows {
    match (found.count + 1).min(told.count) {
        _ if told.count == 0 || found == told => Rows::All,
        first if first == told.count => Rows::One(first),
        first => Rows::Run(first, told.count),
    }
}

/// Numbers of one counter, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) series: String,
    pub(crate) prefix: String,
    /// The first and the last serial.
    pub(crate) first: i64,
    pub(crate) last: i64,
    /// What prints them; none where no template of the book does.
    pub(crate) template: Option<Template>,
}

impl Run {
    /// The number of a serial, as it stands on paper.
    pub(crate) fn number(&self, serial: i64) -> String {
        let print = |template: &Template| template.number_after(&self.prefix, serial.unsigned_abs());
        self.template.as_ref().map_or_else(|| format!("{}{serial}", self.prefix), print)
    }

    /// The numbers, as a person types them.
    pub(crate) fn named(&self) -> String {
        let first = self.number(self.first);
        if self.first == self.last { first } else { format!("{first}..{}", self.number(self.last)) }
    }
}

/// The numbers that were given out and that a book's counters have not come to.
pub(crate) fn beyond(book: &Connection, given: &[Given]) -> Result<Vec<Run>> {
    let mut counter = book.prepare("SELECT last FROM counter WHERE series = ?1 AND prefix = ?2")?;
    let mut templates = book.prepare("SELECT template FROM template WHERE series = ?1 ORDER BY from_on DESC")?;
    let mut runs = Vec::new();
    for Given { series, prefix, last } in given {
        let come: i64 = counter.query_row([series, prefix], |row| row.get(0)).optional()?.unwrap_or(0);
        if come >= *last {
            continue;
        }
        let printed: Vec<Template> =
            templates.query_map([series], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let fits = |template: &Template| {
            let last = last.unsigned_abs();
            template.serial_of(prefix, &template.number_after(prefix, last)) == Some(last)
        };
        let template = printed.into_iter().find(fits);
        runs.push(Run { series: series.clone(), prefix: prefix.clone(), first: come + 1, last: *last, template });
    }
    Ok(runs)
}
