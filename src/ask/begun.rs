//! A line as far as it is known, tried out after every answer: what the book refuses of it is told while it can still be answered
//! otherwise.

use std::ffi::OsString;

use clap::Command;
use rusqlite::Connection;

use super::{Refused, Trial, TryOut};
use crate::line::given::given;
use crate::office::name;
use crate::refusal::Kind;
use crate::register;

/// What is no part of a command to type any more.
const ENDS: [char; 6] = [';', '；', '，', '。', '\n', '、'];

/// What stands behind a command to type. A sign between quotes is of the command.
fn behind_command(part: &str) -> &str {
    let mut is_quoted = false;
    let end = part.find(|sign: char| {
        is_quoted ^= sign == '"';
        !is_quoted && ENDS.contains(&sign)
    });
    end.map_or("", |end| &part[end..])
}

/// How begun lines of a command are tried out.
#[derive(Clone, Copy)]
pub(super) struct Begun<'a> {
    pub(super) leaf: &'a Command,
    /// The names of the room and the verb.
    pub(super) names: (&'a str, &'a str),
    pub(super) try_out: TryOut<'a>,
    /// The book whose names are said.
    pub(super) book: Option<&'a Connection>,
}

impl Begun<'_> {
    /// Why nothing can come of the line, whatever is answered to what it lacks; none where something can, as far as it is known.
    pub(super) fn refused(&self, line: &[OsString]) -> Option<Refused> {
        let refused = self.tried(line)?;
        (!self.may_be_mended(line, &refused)).then_some(refused)
    }

    /// What the book says against the line, as far as it goes; none where it says nothing, or does not know a line that is only begun.
    pub(super) fn tried(&self, line: &[OsString]) -> Option<Refused> {
        if !self.is_of_form() || !self.writes(line) {
            return None;
        }
        let besides = ["--dry-run", "--no-input", "--far"].map(OsString::from);
        let line: Vec<OsString> = line.iter().cloned().chain(besides).collect();
        let tried = (self.try_out)(&line, Trial::Begun);
        // The line that was tried out has the names of its own book.
        self.book.and_then(|book| name::learn(book).ok());
        let refused = tried.err()?;
        let is_said_by_the_book = [Kind::Rule, Kind::NotFound].map(Kind::exit_code).contains(&refused.code);
        is_said_by_the_book.then_some(refused)
    }

    /// Whether the verb is a step or a decision of a form: another does not know a line that is only begun.
    fn is_of_form(&self) -> bool {
        let (room, verb) = self.names;
        let form = register::forms().find(|form| form.register.name == room);
        form.is_some_and(|form| {
            form.steps().any(|step| step.name == verb) || form.decisions().any(|decision| decision.name == verb)
        })
    }

    /// Whether a refusal names an option of the command that the line has not: it may be asked for yet.
    fn may_be_mended(&self, line: &[OsString], refused: &Refused) -> bool {
        let own = self.own_words(&refused.told);
        let options =
            own.split(|c: char| !(c.is_ascii_lowercase() || c == '-')).filter_map(|word| word.strip_prefix("--"));
        let is_on_line = |long: &str| {
            let words = line.iter().filter_map(|word| given(self.leaf, word.to_str()?));
            words.into_iter().any(|(argument, _)| argument.get_long() == Some(long))
        };
        let mut options = options.filter(|long| self.leaf.get_opts().any(|option| option.get_long() == Some(long)));
        options.any(|long| !is_on_line(long))
    }

    /// What a refusal says, without the other commands that it tells to type.
    pub(super) fn own_words(&self, refused: &str) -> String {
        let (room, verb) = self.names;
        let own = format!("{room} {verb}");
        let mut parts = refused.split("branchbook ");
        let mut words = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let rest = if part.starts_with(&own) { part } else { behind_command(part) };
            words.extend([" ", rest]);
        }
        words
    }

    /// Whether the command changes the book.
    pub(super) fn writes(&self, line: &[OsString]) -> bool {
        self.leaf.get_arguments().any(|argument| argument.get_long() == Some("dry-run"))
            && !line.iter().any(|word| word == "--dry-run")
    }
}
