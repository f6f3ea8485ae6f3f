//! The one typed error: what was refused or failed, by which clause, and what to type instead.
//!
//! Everything else that goes wrong is an [`anyhow::Error`] with context. A [`Refusal`] travels inside
//! one, so that `main` can find it, print it as a sentence to a person and choose the exit code.

use std::fmt;

use crate::language::Spoken;
use crate::say;

/// Why a command did not do what was asked; each kind has its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The file, the disk or the system failed (exit 1).
    Failed,
    /// What was typed cannot be understood (exit 2).
    Usage,
    /// A rule of the regulation or of the book says no (exit 3).
    Rule,
    /// There is no such thing in the book (exit 4).
    NotFound,
    /// A verification found something, or a step would lead on what another program changed (exit 5).
    Found,
    /// Another process held the book for longer than the timeout (exit 6).
    Busy,
    /// It is too early (exit 7).
    NotYet,
}

impl Kind {
    /// The exit code of the process.
    pub(crate) const fn exit_code(self) -> u8 {
        match self {
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Rule => 3,
            Self::NotFound => 4,
            Self::Found => 5,
            Self::Busy => 6,
            Self::NotYet => 7,
        }
    }
}

/// A refusal: one sentence for the person, the clause it comes from, and the way out.
///
/// It prints as `R4.8: technology keeps no ledger; …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What kind of refusal, and so which exit code.
    pub(crate) kind: Kind,
    /// The clause of the regulation, such as `R4.8`; none where the book's own mechanics refuse.
    pub(crate) clause: Option<String>,
    /// What was refused or failed, naming the entry or line; no final full stop.
    pub(crate) what: String,
    /// What to do or to type instead; no final full stop.
    pub(crate) way_out: Option<String>,
}

impl Refusal {
    /// A refusal of this kind without clause or way out.
    pub(crate) fn new(kind: Kind, what: impl Into<String>) -> Self {
        Self { kind, clause: None, what: what.into(), way_out: None }
    }

    /// A rule says no; `clause` names it.
    pub(crate) fn rule(clause: impl Into<String>, what: impl Into<String>) -> Self {
        Self { clause: Some(clause.into()), ..Self::new(Kind::Rule, what) }
    }

    /// What was typed cannot be understood.
    pub(crate) fn usage(what: impl Into<String>) -> Self {
        Self::new(Kind::Usage, what)
    }

    /// There is no such thing in the book.
    pub(crate) fn not_found(what: impl Into<String>) -> Self {
        Self::new(Kind::NotFound, what)
    }

    /// The file, the disk or the system failed.
    pub(crate) fn failed(what: impl Into<String>) -> Self {
        Self::new(Kind::Failed, what)
    }

    /// The same of one of several numbers, which stand or fall together.
    pub(crate) fn of_several(self, count: usize) -> Self {
        if count < 2 {
            return self;
        }
        let nothing = say!("nothing was entered of any of the {count} numbers", count);
        let way_out = match &self.way_out {
            Some(way_out) => say!("{way_out}; {nothing}", way_out, nothing),
            None => nothing,
        };
        self.or(way_out)
    }

    /// Adds the way out: what to do or to type instead; nothing where nothing is said.
    pub(crate) fn or(mut self, way_out: impl Into<String>) -> Self {
        self.way_out = Some(way_out.into()).filter(|way_out| !way_out.is_empty());
        debug_assert!(self.way_out.as_deref().is_none_or(is_typed), "an amount to type: {:?}", self.way_out);
        self
    }
}

/// Whether the amounts that stand behind options are as they are typed, not as a sentence says them.
fn is_typed(way_out: &str) -> bool {
    let mut values = way_out.split(" --").skip(1).filter_map(|option| option.split_whitespace().nth(1));
    let is_grouped = |value: &str| value.contains('.') && value.trim_end_matches(',').contains(',');
    !values.any(|value| value.starts_with('¥') || is_grouped(value))
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sentence = self.what.clone();
        if let Some(clause) = &self.clause {
            sentence = say!("{clause}: {sentence}", clause, sentence);
        }
        if let Some(way_out) = &self.way_out {
            sentence = say!("{sentence}; {way_out}", sentence, way_out);
        }
        f.write_str(&sentence)
    }
}

impl Spoken for Refusal {}

impl std::error::Error for Refusal {}

/// The exit code that an error leads to: that of the [`Refusal`] inside it, else 1.
#[must_use]
pub fn exit_code(error: &anyhow::Error) -> u8 {
    error.chain().find_map(|cause| cause.downcast_ref::<Refusal>()).map_or(1, |refusal| refusal.kind.exit_code())
}
