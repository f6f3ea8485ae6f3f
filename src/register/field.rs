//! Fields of a register, each declared once: what it is called in the book, on the command line and in a file, and what it holds.
//!
//! The options of `add`, of the steps and of `amend`, the columns that an old file may have, and the statements that write
//! them follow from the declaration. `tests/it/form_invariants.rs` holds every field against the table in `schema.sql`.

use std::marker::PhantomData;
use std::str::FromStr;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::paper::Paper;
pub use super::rows::Rows;
use crate::column;
use crate::language::words;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::say;

/// The columns that every entry has in table entry: a field of such a column is the header's.
pub const HEADER: [&str; 3] = ["department", "day_on", "person"];

/// A field whose value is read as a `T`.
#[derive(Debug)]
pub struct Field<T> {
    /// The field.
    pub(crate) spec: Spec,
    pub(super) value: PhantomData<fn() -> T>,
}

/// A field, whatever its values are.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "each is said by itself where a field is declared")]
pub struct Spec {
    /// Its column in the register's own table; of a list, what the register's view calls it.
    pub column: &'static str,
    /// Its option, the same on every verb, and the short name of its column in a file.
    pub(crate) option: &'static str,
    /// Its option at the step that enters it, where a shorter one is clear there.
    pub(crate) at_step: Option<&'static str>,
    /// Another name of its option, which help does not show.
    pub(crate) alias: Option<&'static str>,
    /// The same at the step that enters it alone.
    pub(crate) formerly: Option<&'static str>,
    /// What it is at the step where nothing is given.
    pub(crate) preset: Option<&'static str>,
    /// The column of which the heading is its label, where a list calls it otherwise than the table.
    pub label: Option<&'static str>,
    /// What help and the question for it say behind its label; empty where the label says all.
    pub hint: &'static str,
    /// The same on `amend`, where that takes something else.
    pub on_amend: Option<&'static str>,
    /// What it is at the step where nothing is given and the step finds that, in words.
    pub otherwise: &'static str,
    /// What stands for a value in the help; the option in capitals where it is empty.
    pub(crate) value_name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Where it must be given.
    pub(crate) need: Need,
    /// Whether what is given is also the journal's note, as a reason is.
    pub noted: bool,
    /// Whether it stays as it was entered: `amend` does not take it.
    pub fixed: bool,
    /// Whether only `amend` takes it: the verb enters it by itself.
    pub(crate) corrected: bool,
    /// Whether its text is nobody else's to read on the command line.
    pub(crate) secret: bool,
    /// Whether it is no column: a rule or the verb makes of it what is kept.
    pub loose: bool,
    /// The column of the field without which it means nothing.
    pub(crate) with: Option<&'static str>,
    /// The column of the field together with which it is not given, and without which it is where it must be.
    pub(crate) unless: Option<&'static str>,
    /// The column of who is judged by it, of a day.
    pub(crate) judges: Option<&'static str>,
    /// Whether it names who did what is told, which nobody else did where they entered it themselves.
    pub did: bool,
    /// The clause that a person who may not be named is refused by, where that is another than the step's.
    pub(crate) clause: Option<&'static str>,
    /// Whether what names an entry by it costs money, so that it names none that is closed or archived.
    pub spends: bool,
    /// Whether it names an entry also once that came to nothing, as what is filed does.
    pub even_ended: bool,
    /// Whether the text may be the word for none, which is kept as `none` alone.
    pub or_none: bool,
    /// Looks up what was typed: a project by its contract, a person of the staff by key.
    pub(crate) look_up: Option<fn(&Connection, &str) -> Result<String>>,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text on one line.
    Line,
    /// Text, also of several lines.
    Text,
    /// Several texts on one line each, in one column, with this between them.
    Lines(&'static str),
    /// The number of a paper that counts once, on one line.
    Paper(&'static Paper),
    /// A day.
    Day,
    /// A day that has come.
    PastDay,
    /// An amount in yuan that is not negative.
    Estimate,
    /// The same, or `none`, which is kept as 0.
    EstimateOrNone,
    /// An amount as agreed, which may be below nothing.
    Agreed,
    /// A whole number from 1 up to this.
    Count(u32),
    /// One of these words, each with its help.
    Choice(&'static [(&'static str, &'static str)]),
    /// The same, of which the first is the usual one.
    Usual(&'static [(&'static str, &'static str)]),
    /// What this reads.
    Read(fn(&str) -> Result<Value, Refusal>),
    /// A project, by its number or its contract's.
    Project,
    /// An entry of this register.
    Entry(&'static str),
    /// A department.
    Department,
    /// A person who is on the staff on the day of the change.
    Person,
    /// Yes where the option is given, which takes no value.
    Switch,
    /// Yes or no; entered by no option.
    Flag,
    /// Rows of a table of its own.
    Rows(&'static Rows),
}

/// Where a field must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Nowhere.
    Optional,
    /// Where its verb is carried out; old files may lack it.
    Asked,
    /// Also in an old file, where that tells that the step was taken.
    Given,
    /// Also in an old file, together with what tells that the step was taken: all of them or none.
    Tied,
}

impl<T> Field<T> {
    /// A field of this kind.
    pub(crate) const fn new(column: &'static str, hint: &'static str, kind: Kind) -> Self {
        let spec = Spec {
            column,
            option: column,
            at_step: None,
            alias: None,
            formerly: None,
            preset: None,
            label: None,
            hint,
            on_amend: None,
            otherwise: "",
            value_name: "",
            kind,
            need: Need::Optional,
            noted: false,
            fixed: false,
            corrected: false,
            secret: false,
            loose: false,
            with: None,
            unless: None,
            judges: None,
            did: false,
            clause: None,
            spends: false,
            even_ended: false,
            or_none: false,
            look_up: None,
        };
        Self { spec, value: PhantomData }
    }

    /// The same under this option.
    pub(crate) const fn option(self, option: &'static str) -> Self {
        Self { spec: Spec { option, ..self.spec }, ..self }
    }

    /// The same under this option at the step that enters it.
    pub(crate) const fn at_step(self, option: &'static str) -> Self {
        Self { spec: Spec { at_step: Some(option), ..self.spec }, ..self }
    }

    /// The same, whose option has another name that help does not show.
    pub(crate) const fn alias(self, alias: &'static str) -> Self {
        Self { spec: Spec { alias: Some(alias), ..self.spec }, ..self }
    }

    /// The same, which is this at the step where nothing is given.
    pub(crate) const fn preset(self, preset: &'static str) -> Self {
        Self { spec: Spec { preset: Some(preset), ..self.spec }, ..self }
    }

    /// The same with this word for a value in the help.
    pub(crate) const fn value_name(self, value_name: &'static str) -> Self {
        Self { spec: Spec { value_name, ..self.spec }, ..self }
    }

    /// The same, to be given as `need` says.
    pub(crate) const fn need(self, need: Need) -> Self {
        Self { spec: Spec { need, ..self.spec }, ..self }
    }

    /// The same, which is the step's `--reason` and also the journal's note; `amend` takes it under its own name, for its `--reason`
    /// says why it is corrected.
    pub(crate) const fn reason(self) -> Self {
        self.at_step("reason").need(Need::Asked).noted()
    }

    /// The same, which is also the journal's note where it is given.
    pub(crate) const fn noted(self) -> Self {
        Self { spec: Spec { noted: true, ..self.spec }, ..self }
    }

    /// The same, which stays as it was entered.
    pub(crate) const fn fixed(self) -> Self {
        Self { spec: Spec { fixed: true, ..self.spec }, ..self }
    }

    /// The same, whose text is nobody else's to read on the command line: it may be named instead of said.
    pub(crate) const fn secret(self) -> Self {
        Self { spec: Spec { secret: true, ..self.spec }, ..self }
    }

    /// The same, which only `amend` takes.
    pub(crate) const fn corrected(self) -> Self {
        Self { spec: Spec { corrected: true, ..self.spec }, ..self }
    }

    /// The same, which is no column and of which something else is kept.
    pub(crate) const fn loose(self) -> Self {
        Self { spec: Spec { loose: true, ..self.spec }, ..self }
    }

    /// The same, which may only be given together with the field of this column.
    pub(crate) const fn with(self, column: &'static str) -> Self {
        Self { spec: Spec { with: Some(column), ..self.spec }, ..self }
    }

    /// The same, which is not given together with the field of this column, and need not be where that is.
    pub(crate) const fn unless(self, column: &'static str) -> Self {
        Self { spec: Spec { unless: Some(column), ..self.spec }, ..self }
    }

    /// The same, where a person who may not be named is refused by this clause.
    pub(crate) const fn clause(self, clause: &'static str) -> Self {
        Self { spec: Spec { clause: Some(clause), ..self.spec }, ..self }
    }

    /// The same, which names who did what is told.
    pub(crate) const fn did(self) -> Self {
        Self { spec: Spec { did: true, ..self.spec }, ..self }
    }

    /// The same, by which what costs money names an entry.
    pub(crate) const fn spends(self) -> Self {
        Self { spec: Spec { spends: true, ..self.spec }, ..self }
    }

    /// The same, which names an entry also once that came to nothing.
    pub(crate) const fn even_ended(self) -> Self {
        Self { spec: Spec { even_ended: true, ..self.spec }, ..self }
    }

    /// The same, which lists and pages call this.
    pub(crate) const fn label(self, column: &'static str) -> Self {
        Self { spec: Spec { label: Some(column), ..self.spec }, ..self }
    }

    /// The same with another hint on `amend`.
    pub(crate) const fn on_amend(self, hint: &'static str) -> Self {
        Self { spec: Spec { on_amend: Some(hint), ..self.spec }, ..self }
    }

    /// The same, which the step finds where nothing is given.
    pub(crate) const fn otherwise(self, otherwise: &'static str) -> Self {
        Self { spec: Spec { otherwise, ..self.spec }, ..self }
    }

    /// What reads as a `T`.
    pub(crate) const fn read(column: &'static str, hint: &'static str) -> Self
    where
        T: FromStr<Err = Refusal> + Into<Value>,
    {
        Self::new(column, hint, Kind::Read(|typed| typed.parse::<T>().map(Into::into)))
    }

    /// The same, where what is typed is looked up in the book.
    pub(crate) const fn look_up(self, look_up: fn(&Connection, &str) -> Result<String>) -> Self {
        Self { spec: Spec { look_up: Some(look_up), ..self.spec }, ..self }
    }
}

impl Field<String> {
    /// Text on one line.
    pub(crate) const fn line(column: &'static str, hint: &'static str) -> Self {
        Self::new(column, hint, Kind::Line)
    }

    /// Text, also of several lines.
    pub(crate) const fn text(column: &'static str, hint: &'static str) -> Self {
        Self::new(column, hint, Kind::Text)
    }

    /// Several texts in one column.
    pub(crate) const fn lines(column: &'static str, hint: &'static str) -> Self {
        Self::new(column, hint, Kind::Lines("、"))
    }

    /// One of these words.
    pub(crate) const fn choice(
        column: &'static str,
        hint: &'static str,
        words: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self::new(column, hint, Kind::Choice(words)).need(Need::Given)
    }

    /// One of these words, of which the first is the usual one.
    pub(crate) const fn usual(
        column: &'static str,
        hint: &'static str,
        words: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self::new(column, hint, Kind::Usual(words)).need(Need::Given)
    }

    /// A project, by its number or its contract's.
    pub(crate) const fn project(column: &'static str, hint: &'static str) -> Self {
        Self::new(column, hint, Kind::Project).value_name("PROJECT")
    }

    /// An entry of `register`, by its number.
    pub(crate) const fn entry(column: &'static str, hint: &'static str, register: &'static str) -> Self {
        Self::new(column, hint, Kind::Entry(register)).value_name("NUMBER")
    }

    /// A department, by any of its names.
    pub(crate) const fn department(column: &'static str, hint: &'static str) -> Self {
        Self::new(column, hint, Kind::Department).value_name("DEPARTMENT").need(Need::Given)
    }

    /// Somebody of the staff, by key or name.
    pub(crate) const fn person(column: &'static str, hint: &'static str) -> Self {
        Self::new(column, hint, Kind::Person).value_name("PERSON")
    }
}

impl Field<NaiveDate> {
    /// A day.
    pub(crate) const fn day(column: &'static str, hint: &'static str) -> Self {
        Self::new(column, hint, Kind::Day).value_name("DATE")
    }

    /// The same, by which the person in this column is judged.
    pub(crate) const fn judges(self, who: &'static str) -> Self {
        Self { spec: Spec { judges: Some(who), ..self.spec }, ..self }
    }

    /// A day that has come.
    pub(crate) const fn past(column: &'static str, hint: &'static str) -> Self {
        Self::new(column, hint, Kind::PastDay).value_name("DATE")
    }
}

impl Field<Money> {
    /// An amount in yuan that is not negative.
    pub(crate) const fn estimate(column: &'static str, hint: &'static str) -> Self {
        Self::new(column, hint, Kind::Estimate).value_name("YUAN")
    }

    /// An amount as agreed, which may be below nothing.
    pub(crate) const fn agreed(column: &'static str, hint: &'static str) -> Self {
        Self::new(column, hint, Kind::Agreed)
    }

    /// The same as an estimate, or `none`.
    pub(crate) const fn estimate_or_none(column: &'static str, hint: &'static str) -> Self {
        Self::new(column, hint, Kind::EstimateOrNone).value_name("YUAN")
    }
}

impl Field<u32> {
    /// A whole number from 1.
    pub(crate) const fn count(column: &'static str, hint: &'static str, most: u32) -> Self {
        Self::new(column, hint, Kind::Count(most)).value_name("COUNT")
    }
}

impl Field<bool> {
    /// What the program itself says: yes or no.
    pub(crate) const fn flag(column: &'static str) -> Self {
        Self::new(column, "", Kind::Flag)
    }

    /// An option without a value.
    pub(crate) const fn switch(column: &'static str, hint: &'static str) -> Self {
        Self::new(column, hint, Kind::Switch)
    }
}

impl Spec {
    /// The name of its column in files and lists.
    #[must_use]
    pub fn name(&self) -> &'static str {
        let ending = |ending| self.column.strip_suffix(ending);
        ending("_fen").or_else(|| ending("_flag")).or_else(|| ending("_pct")).unwrap_or(self.column)
    }

    /// What a person reads for it wherever it stands: the heading of its column.
    pub(crate) fn label(&self) -> String {
        column::label(self.label.unwrap_or(self.name()))
    }

    /// Its label, and what else is to be known of it: `Holder: who holds the original`.
    pub(crate) fn described(&self, hint: &'static str) -> String {
        let label = self.label();
        if hint.is_empty() { label } else { say!("{label}: {hint}", label, hint = words(hint)) }
    }

    /// Whether `amend` takes it.
    #[must_use]
    pub fn is_amended(&self) -> bool {
        !self.fixed && (!self.loose || self.corrected)
    }

    /// Whether its column is one of the header's, in table entry.
    pub(super) fn is_header(&self) -> bool {
        HEADER.contains(&self.column)
    }
}

/// The fields of a list, whatever their values are: `fields![UNIT, PURPOSE]`.
#[macro_export]
macro_rules! fields {
    ($($field:ident),* $(,)?) => { &[$(&$field.spec),*] };
}
