//! Registers: what an entry is, how it goes from step to step, and the verbs that mean the same everywhere.
//!
//! A register is a section of `schema.sql`, a room of verbs in a file of its own here with its [`Register`], one line in
//! [`ALL`].

pub(crate) mod access;
pub(crate) mod alike;
pub(crate) mod amend;
mod approval;
mod as_of;
pub(crate) mod asset;
pub(crate) mod attach;
mod back;
mod borne;
mod check;
pub(crate) mod child;
pub(crate) mod contact;
pub(crate) mod decide;
pub(crate) mod ended;
pub mod entry;
mod entry_step;
#[cfg(test)]
mod example;
mod extract;
mod fee;
pub mod field;
pub(crate) mod filter;
pub(crate) mod find;
pub mod form;
mod gift;
pub(crate) mod history;
pub mod info;
mod known;
pub mod lateness;
mod live;
mod notation;
mod old_columns;
mod old_decision;
mod old_field;
mod old_form;
mod old_ledger;
mod old_rows;
pub mod option;
pub(crate) mod pack;
pub mod paper;
mod printed;
pub mod project;
pub(crate) mod reception;
pub(crate) mod recipients;
mod reopen;
mod room;
mod rows;
mod searched;
mod sentence;
mod share;
mod ship;
pub(crate) mod show;
mod spelt;
mod steps;
mod task;
mod turned;
pub mod undo;
pub(crate) mod void;
pub(crate) mod waiting;
pub(crate) mod waits;
mod way_on;

use std::borrow::Cow;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use self::access::Rights;
use self::borne::Burden;
use self::entry::Entry;
use self::field::Kind;
use self::form::Form;
use self::pack::{Judged, MonthFigure, PackFile};
use self::waiting::Each;
use crate::book::change::Change;
use crate::book::thing::Tables;
use crate::column::Column;
use crate::language::{self, words};
use crate::person::Person;
use crate::phrase;
use crate::room::Room;
use crate::say;

/// A register as the rest of the program knows it: a line in [`ALL`] is all that makes it known.
#[derive(Debug)]
pub struct Register {
    /// Its name: the first word of its commands, and `entry.register`.
    pub name: &'static str,
    /// Its room on the command line.
    pub(crate) room: Room,
    /// How its numbers print, such as `REC{yy}-{seq:3}`; none where each department has a series of its own.
    pub(crate) template: Option<&'static str>,
    /// The title of its lists.
    pub title: &'static str,
    /// The view that lists it.
    pub view: &'static str,
    /// The view's column of the day that an entry bears.
    pub day: &'static str,
    /// The view's column of the person that an entry is about.
    pub person: &'static str,
    /// What an entry is about, in one expression over the view's columns, as `find` shows it.
    pub what: &'static str,
    /// The same in words that everybody may read; empty where `what` is.
    pub(crate) said: &'static str,
    /// The view's column of those to whom it goes, which answers name behind what it is about; empty where that says it.
    pub(crate) party: &'static str,
    /// The view's columns that `--text` and `find` search.
    pub text: &'static [&'static str],
    /// Those of them that hold names of customers and other units, which are found by their characters in order as well.
    pub names: &'static [&'static str],
    /// The view's columns that only those entitled may read (R2.4, R2.6).
    pub restricted: &'static [&'static str],
    /// Who may.
    pub(crate) rights: Rights,
    /// The lists that belong to an entry and are shown under it.
    pub parts: &'static [Part],
    /// The SQL columns of its list that are added up in a last row, where people read it, and in the month-end pack's manifest.
    pub(crate) totals: &'static [&'static str],
    /// The SQL columns that are added up besides where people read the list, and all its rows are of one currency.
    pub(crate) sums: &'static [&'static str],
    /// The tables of its lists that a journal record holds whole, for they are changed as a whole or stay short.
    pub(crate) lists: &'static [&'static str],
    /// The tables of its lists that grow row by row: a journal record holds the rows that its step wrote.
    pub(crate) growing: &'static [&'static str],
    /// What finds what waits in it on a day, besides what its form says.
    pub(crate) waits: &'static [HandsOn],
    /// Its file of the month-end pack, with the entries that were under way at some time of the month; empty where it has none.
    pub(crate) month_file: &'static str,
    /// Its other files of the month-end pack.
    pub(crate) month_parts: fn(&Connection, Judged) -> Result<Vec<PackFile>>,
    /// Its figures on the first page of the month-end pack.
    pub(crate) month_figures: fn() -> Vec<MonthFigure>,
    /// What of it rests on an entry of another register, so that it is looked at again wherever that is changed; none where nothing
    /// does.
    pub(crate) rests: fn(&Connection, &Entry) -> Result<Option<Burden>>,
    /// What of it follows from an entry of another register, and is written before the journal row of what changes that, by whom.
    pub(crate) follows: fn(&mut Change<'_>, &Entry, &Person) -> Result<()>,
    /// The register as a form, where it is one.
    pub(crate) form: Option<&'static Form>,
    /// Columns that `show --on DATE` gives as they were on that day: the column, and an expression with the entry's `id`
    /// and the day as `:on`.
    pub(crate) as_of: &'static [(&'static str, &'static str)],
}

impl Register {
    /// A register of which nothing is said yet.
    pub(crate) const BLANK: Self = Self {
        name: "",
        room: Room::BLANK,
        template: None,
        title: "",
        view: "",
        day: "",
        person: "",
        what: "",
        said: "",
        party: "",
        text: &[],
        names: &[],
        restricted: &[],
        rights: Rights::NONE,
        parts: &[],
        totals: &[],
        sums: &[],
        lists: &[],
        growing: &[],
        waits: &[],
        month_file: "",
        month_parts: |_, _| Ok(Vec::new()),
        month_figures: Vec::new,
        rests: |_, _| Ok(None),
        follows: |_, _, _| Ok(()),
        form: None,
        as_of: &[],
    };

    /// The printed names of the columns that are added up where people read its list.
    pub(crate) fn added_up(&self) -> Vec<String> {
        self.totals.iter().chain(self.sums).map(|column| Column::of_sql(column).name).collect()
    }
}

impl Register {
    /// The tables in which its entries live.
    pub(crate) fn tables(&self) -> Tables {
        Tables { fields: self.name, lists: self.lists, growing: self.growing }
    }

    /// What an entry is about, as [`what`](Self::what) has it, with its kind in the language of the running command.
    pub(crate) fn about(&self) -> Cow<'static, str> {
        let kinds = self.form.into_iter().flat_map(|form| form.fields().map(|(_, field)| field));
        let kinds = kinds.filter(|field| field.column == "kind").find_map(|field| match field.kind {
            Kind::Choice(kinds) | Kind::Usual(kinds) => Some(kinds),
            _ => None,
        });
        let (Some(behind), Some(kinds)) = (self.what.strip_prefix("kind ||"), kinds) else { return self.what.into() };
        let said = |kind| language::value_of(self.name, kind).replace('\'', "''");
        let each: Vec<String> = kinds.iter().map(|(kind, _)| format!(" WHEN '{kind}' THEN '{}'", said(kind))).collect();
        format!("CASE kind{} END ||{behind}", each.concat()).into()
    }
}

/// What finds what waits in the book on a day, and hands it on.
pub(crate) type HandsOn = fn(&Connection, NaiveDate, Each<'_>) -> Result<()>;

/// A list that belongs to an entry.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    /// What stands above it.
    pub(crate) title: &'static str,
    /// The SELECT, with the entry's id as `:id`, and the day of `--on`, else today, as `:day`.
    pub sql: &'static str,
}

/// The breaches that were recorded on an entry.
pub(crate) const EXCEPTIONS: Part = Part {
    title: phrase!("Exceptions"),
    sql: "SELECT clause, happened_on, person, reason, refused FROM (SELECT position, clause, happened_on, person, reason, refused
            FROM exception WHERE entry = :id
        UNION ALL SELECT b.position - 1000000, b.clause, e.day_on, e.entered_by, i.exception, b.refused FROM entry AS e
            JOIN import AS i ON i.id = e.import JOIN import_breach AS b ON b.import = i.id AND b.entry = e.id WHERE e.id = :id)
        ORDER BY position",
};

/// The files that belong to an entry.
pub(crate) const ATTACHMENTS: Part = Part {
    title: phrase!("Files"),
    sql: "SELECT position, file, bytes, note, attached_by, attached_on, sha256 FROM attachment
        WHERE undone_on IS NULL AND entry = :id ORDER BY position",
};

/// Every register.
pub const ALL: &[&Register] = &[
    &contact::REGISTER,
    &info::REGISTER,
    &project::REGISTER,
    &reception::REGISTER,
    &gift::REGISTER,
    &fee::REGISTER,
    &asset::REGISTER,
    &ship::REGISTER,
];

/// The registers that are forms.
pub fn forms() -> impl Iterator<Item = &'static Form> {
    ALL.iter().filter_map(|register| register.form)
}

/// How the registers number that number their entries themselves, and not by department.
#[must_use]
pub fn numbering() -> Vec<(&'static str, &'static str)> {
    ALL.iter().filter_map(|register| Some((register.name, register.template?))).collect()
}

/// What a verb of a register's form does to an entry, in words: `signed for`; none where it is no step and no decision.
pub(crate) fn deed(register: &str, verb: &str) -> Option<Cow<'static, str>> {
    let known = ALL.iter().find(|known| known.name == register)?;
    let form = known.form?;
    let step = form.steps().find(|step| step.name == verb).map(|step| language::of(known.name, || step.done()));
    step.or_else(|| Some(words(form.decisions().find(|decision| decision.name == verb)?.done).into()))
}

/// The register of this name.
pub(crate) fn named(name: &str) -> Result<&'static Register> {
    ALL.iter()
        .copied()
        .find(|register| register.name == name)
        .ok_or_else(|| anyhow::anyhow!(say!("there is no register {name}", name)))
}
