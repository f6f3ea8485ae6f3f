//! Rows of an entry that are named by their places, such as the payments of a fee.

use anyhow::Result;
use clap::Arg;
use rusqlite::Connection;

use super::Place;
use crate::language;
use crate::prompt::Offer;
use crate::register::child::{List, Said};
use crate::register::entry::Entry;
use crate::text;

/// How many facts of a row stand behind its place.
const TOLD: usize = 4;

impl Place<'_> {
    /// The rows of the entry that the line names of which the option tells one, each by its place with what it says; none where the
    /// option tells of no rows.
    pub(super) fn placed(&self, book: &Connection, argument: &Arg) -> Result<Option<Vec<Offer>>> {
        let Some(list) = self.list_of(argument.get_id().as_str()) else { return Ok(None) };
        let Some(entry) = Entry::look_up(book, &text::number(self.entry.unwrap_or_default()))? else { return Ok(None) };
        let offer = |(position, told): (i64, Vec<Said>)| {
            let told = told.into_iter().take(TOLD);
            let told: Vec<String> = told.map(|(column, said)| format!("{} {said}", column.heading())).collect();
            Offer { key: position.to_string(), name: told.join(language::comma()) }
        };
        Ok(Some(list.told(book, &entry)?.into_iter().map(offer).collect()))
    }

    /// The list of which the option of the verb tells a row.
    fn list_of(&self, column: &str) -> Option<&'static List> {
        let form = self.register()?.form?;
        let of_step = form.steps().find(|step| step.name == self.verb && step.at.is_some_and(|at| at.column == column));
        let of_decision = || form.decisions().find(|decision| decision.name == self.verb)?.of.as_ref();
        let decided = || of_decision().filter(|of| of.which.column == column).map(|of| of.list);
        of_step.and_then(|step| step.into).or_else(decided)
    }
}
