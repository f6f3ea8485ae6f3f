//! What a line names by the beginning of its name, a department (`-d 业务`) or somebody (`-b 王`), in a terminal alone: scripts write it
//! out (Q30).

use std::ffi::OsString;

use anyhow::Result;
use rusqlite::Connection;

use super::grammar;
use crate::book::Book;
use crate::desk::Surroundings;
use crate::line::given::given;
use crate::line::{Leaf, said};
use crate::office::department;
use crate::person::Person;

/// What options name, by what help calls their values, and what a beginning stands for among it.
const NAMED: [(&str, Meant); 2] = [("DEPARTMENT", department::by_short_form), ("PERSON", Person::by_beginning)];

type Meant = fn(&Connection, &str) -> Result<Option<String>>;

/// The line with the keys of what it names so; none where it names nothing so.
pub(super) fn spelled_out(line: &[OsString], surroundings: &Surroundings) -> Option<Vec<OsString>> {
    // The grammar, which costs as much as parsing by it, is not there for nothing.
    if !line.iter().any(|word| word.to_str().is_some_and(|word| word.starts_with('-'))) {
        return None;
    }
    let leaf = Leaf::of(grammar(line), line).command;
    let path = said(line, "--book").map_or_else(|| surroundings.book.clone(), Into::into);
    let mut book = None;
    let mut whole = line.to_vec();
    let mut place = 0;
    while place < line.len() {
        let word = line[place].to_str()?;
        place += 1;
        if word == "--" {
            break;
        }
        let Some((argument, joined)) = given(&leaf, word) else { continue };
        if !argument.get_action().takes_values() {
            continue;
        }
        let typed = if joined.is_none() { line.get(place)?.to_str()? } else { joined? };
        let named = argument.get_value_names().and_then(<[_]>::first)?;
        if let Some((_, meant)) = NAMED.iter().find(|(name, _)| *name == named.as_str()) {
            if book.is_none() {
                book = Some(Book::glance(&path, surroundings.patience).ok()?);
            }
            if let Some(key) = meant(book.as_ref()?, typed).ok()? {
                match joined {
                    None => whole[place] = key.into(),
                    Some(_) => whole[place - 1] = format!("{}{key}", word.strip_suffix(typed)?).into(),
                }
            }
        }
        place += usize::from(joined.is_none());
    }
    (whole != line).then_some(whole)
}
