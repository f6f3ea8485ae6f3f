//! A department that a line names by a short form of its name (`-d 业务`), in a terminal alone: scripts write it out (Q30).

use std::ffi::OsString;

use crate::book::Book;
use crate::desk::Surroundings;
use crate::line::{replaced, said};
use crate::office::department;

/// The option that names it, and how it is typed for short.
const OPTIONS: [&str; 2] = ["--department", "-d"];

/// The line with the department's key; none where it names none so.
pub(super) fn spelled_out(line: &[OsString], surroundings: &Surroundings) -> Option<Vec<OsString>> {
    let option = OPTIONS.into_iter().find(|option| said(line, option).is_some())?;
    let typed = said(line, option)?.into_string().ok()?;
    let path = said(line, "--book").map_or_else(|| surroundings.book.clone(), Into::into);
    let book = Book::glance(&path, surroundings.patience).ok()?;
    let key = department::by_short_form(&book, &typed).ok()??;
    Some(replaced(line, option, &key))
}
