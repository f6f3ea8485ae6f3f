//! What a command that writes answers.

use crate::say;

/// What a write answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    /// What is printed under `--quiet`: the number to write on the paper.
    pub(crate) number: String,
    /// What is printed otherwise: one sentence that begins with the number.
    pub(crate) line: String,
    /// What the person should know besides; printed to standard error.
    pub(crate) notes: Vec<String>,
}

impl Answer {
    /// An answer without notes.
    pub(crate) fn new(number: impl Into<String>, line: impl Into<String>) -> Self {
        Self { number: number.into(), line: line.into(), notes: Vec::new() }
    }

    /// The answers to several deeds as one, a line each.
    pub(crate) fn together(answers: Vec<Self>) -> Self {
        let lines = |part: fn(&Self) -> &str| answers.iter().map(part).collect::<Vec<_>>().join("\n");
        let (number, line) = (lines(|answer| &answer.number), lines(|answer| &answer.line));
        Self { number, line, notes: answers.into_iter().flat_map(|answer| answer.notes).collect() }
    }

    /// Says what stood in the place of what was entered, where that was something else.
    pub(crate) fn instead_of(self, was: Option<String>, now: &str) -> Self {
        match was.filter(|was| was != now) {
            Some(was) => self.note(say!("it was {was} before", was)),
            None => self,
        }
    }

    /// Adds a note.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}
