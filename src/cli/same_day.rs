//! The day of what was entered last (`--on same`): whoever enters a pile of papers of one day types that day once.

use std::ffi::OsString;

use anyhow::Result;
use chrono::NaiveDate;

use crate::book::Book;
use crate::book::select::Select;
use crate::desk::Surroundings;
use crate::line::{replaced, said};
use crate::office::identity;
use crate::refusal::Refusal;
use crate::say;

/// The option, and the words for that day in the three languages.
const OPTION: &str = "--on";
const WORDS: [&str; 6] = ["same", "同日", "同上", "同前", "같은날", "상동"];

/// How far back it is looked for, in entries of everybody: who entered none of these looks for no day of theirs.
const LATELY: i64 = 10_000;

/// The line with that day in the place of the word; none where it asks for another.
///
/// # Errors
/// A refusal where whoever works there entered nothing lately.
pub(super) fn spelled_out(line: &[OsString], surroundings: &Surroundings) -> Result<Option<Vec<OsString>>> {
    if !said(line, OPTION).is_some_and(|typed| WORDS.iter().any(|word| typed == **word)) {
        return Ok(None);
    }
    let Some(day) = last(line, surroundings)? else {
        let what = say!("nothing was entered lately by whoever works here, so there is no same day");
        return Err(Refusal::usage(what).or(say!("give the day with --on DATE")).into());
    };
    Ok(Some(replaced(line, OPTION, &day.to_string())))
}

/// The day of the last entry of whoever works there.
fn last(line: &[OsString], surroundings: &Surroundings) -> Result<Option<NaiveDate>> {
    let path = said(line, "--book").map_or_else(|| surroundings.book.clone(), Into::into);
    let book = Book::glance(&path, surroundings.patience)?;
    let named = said(line, "--as").and_then(|who| who.into_string().ok());
    let as_person = named.or_else(|| surroundings.as_person.clone());
    let recorder = identity::recorder(&book, &Surroundings { as_person, ..surroundings.clone() })?;
    let sql = "SELECT day_on FROM entry NOT INDEXED WHERE entered_by = ?1 AND id > (SELECT max(id) FROM entry) - ?2 ORDER BY id DESC LIMIT 1";
    book.value(sql, (&recorder.person.key, LATELY))
}
