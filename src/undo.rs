//! `undo`: taking back the last step of an entry, what was entered last of something of the office, or a whole import.

mod import;
mod kinds;
mod office;
mod right;
mod rows;

use anyhow::Result;
use clap::Args;

pub(crate) use self::kinds::of_room;
pub use self::kinds::of_the_office;
use crate::desk::{Deed, Desk, Run};
use crate::register::entry::Entry;
use crate::register::form::InRoom;
use crate::register::undo::UndoOne;
use crate::text::{Line, Text};

/// What is taken back
#[derive(Debug, Args)]
pub(crate) struct Undo {
    /// The number of the entry whose last step is taken back; of the office its kind: staff, department, office, rule, holiday, series,
    /// quota, report, target, submission, order-review
    #[arg(required_unless_present = "import")]
    pub(crate) number: Option<String>,
    /// Of the office, which one: `undo staff li`, `undo rule contact.reply_days`, `undo submission 2026-10`
    #[arg(value_name = "KEY")]
    pub(crate) keys: Vec<String>,
    /// Take a whole import back instead, by its number or the name of its file, while none of its entries has moved on
    #[arg(long, value_name = "IMPORT", conflicts_with = "number")]
    pub(crate) import: Option<Line>,
    /// Why; needed for what another person entered, or on an earlier day
    #[arg(long)]
    pub(crate) reason: Option<Text>,
    /// How it is entered
    #[command(flatten)]
    pub(crate) deed: Deed,
}

impl Run for Undo {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        if let Some(import) = &self.import {
            return desk.change("undo", &self.deed, |change| {
                import::take_back(change, import, self.reason.as_deref(), self.deed.by.as_deref())
            });
        }
        let words: Vec<String> = self.number.into_iter().chain(self.keys).collect();
        if let Some(meant) = office::Meant::of(&words) {
            return desk.change(meant.verb(), &self.deed, |change| {
                office::take_back(change, &meant, self.deed.by.as_deref(), self.reason.as_deref())
            });
        }
        let number = words.concat();
        let register = Entry::find(desk.book()?.reader(), &number);
        let register = register.map_err(|error| office::or_of_the_office(desk, &words, error))?.register;
        UndoOne { number, reason: self.reason, deed: self.deed }.run_in(desk, &register)
    }
}
