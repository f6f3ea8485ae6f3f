//! What a question offers: the values of its option, departments, people, entries on which the verb may be used.

mod listed;
mod numbered;
mod people;
mod placed;

use std::ffi::OsString;
use std::io::Write;

use anyhow::Result;
use chrono::NaiveDate;
use clap::Arg;
use clap::builder::PossibleValue;
use rusqlite::{Connection, Row, params};
use unicode_width::UnicodeWidthStr;

use self::listed::{figures, items, series};
use crate::book::select::Select;
use crate::language::{self, Language, Words};
use crate::line::said;
use crate::office::department::{self, Department};
use crate::office::identity;
use crate::person::Person;
use crate::prompt::{Offer, folded};
use crate::register::{self, Register, entry};
use crate::say;
use crate::surroundings::Surroundings;
use crate::view::with_views;

/// How many offers are listed; all of them where they are not many more.
pub(super) const LISTED: usize = 12;

/// What a question offers.
#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each says something else of them")]
pub(crate) struct Offers {
    pub(crate) list: Vec<Offer>,
    /// Whether nothing else is an answer.
    pub(super) only: bool,
    /// What stands for each where they are words of the book: it is taken in any language, as on the line.
    pub(super) words: Words,
    /// Whether they are people, of whom one letter names none.
    pub(super) people: bool,
    /// Whether their names begin with a number of their own, so that a number that is typed is that and not a place in the list.
    pub(super) numbered: bool,
    /// Whether they are rows of the entry, whose keys are their places.
    pub(super) placed: bool,
    /// How many of them, the first, are of the company.
    pub(super) inside: usize,
    /// How many of them, the last, may not be meant here: they are answers that are refused with the reason, and not listed.
    pub(super) hidden: usize,
    /// Why none of them may be meant; none where one may.
    pub(super) why_none: Option<String>,
}

/// The command that asks, and the book that it is about; none where that cannot be read.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) room: &'a str,
    pub(crate) verb: &'a str,
    pub(crate) book: Option<&'a Connection>,
    pub(crate) today: NaiveDate,
    /// The number of the entry that the line names; none where it names none yet.
    pub(crate) entry: Option<&'a str>,
    /// How the number begins that is wanted; empty where any is.
    pub(crate) begun: &'a str,
    /// What the line says so far.
    pub(crate) line: &'a [OsString],
    /// Who sits there; none where that is not known, and where a shell completes a line.
    pub(crate) hand: Option<&'a Person>,
}

/// What a row offers: its key, and what a person calls it.
fn read(row: &Row<'_>) -> rusqlite::Result<Offer> {
    Ok(Offer { key: row.get(0)?, name: row.get(1)? })
}

impl Offers {
    /// The offer that is meant by what was typed: its key or name, its place in the list, or the beginning of it where no other
    /// begins so. Where something else may be an answer, letters of a key alone are taken for its beginning.
    pub(super) fn meant(&self, typed: &str) -> Option<&Offer> {
        let typed = folded(typed);
        let same = |text: &str| folded(text) == typed;
        if let Some(whole) = self.list.iter().find(|offer| same(&offer.key)) {
            return Some(whole);
        }
        let mut named = self.list.iter().filter(|offer| same(&offer.name)).peekable();
        if named.peek().is_some() {
            // Two people who are called alike are told apart by their keys alone.
            return single(named);
        }
        if let Some(word) = self.words.meant(&typed) {
            return self.list.iter().find(|offer| offer.key == word);
        }
        if self.placed && typed.parse::<usize>().is_ok() {
            return None;
        }
        if self.numbered && typed.parse::<usize>().is_ok() {
            return self.list.iter().find(|offer| offer.name.split(' ').next() == Some(typed.as_str()));
        }
        if let Some(place) = typed.parse::<usize>().ok().and_then(|place| place.checked_sub(1)) {
            return self.list.get(place);
        }
        let begins = |offer: &&Offer| folded(&offer.key).starts_with(&typed);
        if !self.only {
            let letters = typed.len() > 1 && typed.bytes().all(|byte| byte.is_ascii_lowercase());
            return single(self.list.iter().filter(begins)).filter(|_| letters);
        }
        let fitting = || self.list.iter().filter(|offer| offer.is_meant(&typed));
        if self.people && typed.len() == 1 {
            return None;
        }
        single(fitting().filter(begins)).or_else(|| single(fitting()))
    }

    /// Lists what is offered, each with its place, or with the number that is its own.
    pub(super) fn show(&self, err: &mut dyn Write) -> Result<()> {
        let all = self.list.len() - self.hidden;
        let listed = if all <= LISTED + 3 { all } else { LISTED };
        let width = self.list.iter().take(listed).map(|offer| offer.key.width()).max().unwrap_or_default();
        for (offer, place) in self.list.iter().take(listed).zip(1..) {
            let space = " ".repeat(width - offer.key.width());
            let place = if self.numbered || self.placed { String::new() } else { place.to_string() };
            let line = format!("{place:>3}  {key}{space}  {name}", key = offer.key, name = offer.name);
            writeln!(err, "{}", line.trim_end())?;
        }
        if let Some(more) = all.checked_sub(listed).filter(|more| *more > 0) {
            writeln!(err, "     {}", say!("{more} more: type a part, and Tab lists what fits", more))?;
        }
        Ok(())
    }
}

/// The one that there is; none where there are more.
fn single<'o>(mut offers: impl Iterator<Item = &'o Offer>) -> Option<&'o Offer> {
    offers.next().filter(|_| offers.next().is_none())
}

impl Place<'_> {
    /// The register whose room the command is in.
    pub(super) fn register(&self) -> Option<&'static Register> {
        register::ALL.iter().find(|register| register.name == self.room).copied()
    }

    /// What an argument of the command can be, beside what the line says: a form inside the company goes to departments, to its own
    /// where the user raises it (R4.6).
    pub(crate) fn offers(&self, argument: &Arg) -> Offers {
        let mut offers = self.known(argument);
        let said = |option| said(self.line, option).and_then(|word| word.into_string().ok());
        let kind = said("--kind").unwrap_or_default();
        if (self.room, self.verb, argument.get_id().as_str()) == ("contact", "add", "addressed_to")
            && !kind.is_empty()
            && kind != "external"
        {
            offers.only = true;
            offers.list.truncate(offers.inside);
            let own = said("--department").filter(|_| kind != "user-request");
            offers.list.retain(|offer| Some(&offer.key) != own.as_ref());
        }
        offers
    }

    fn known(&self, argument: &Arg) -> Offers {
        let possible = argument.get_possible_values();
        if !possible.is_empty() {
            let list = possible.iter().map(|value| self.possible(argument, value));
            let words = Words::of(possible.iter().map(PossibleValue::get_name));
            return Offers { list: list.collect(), only: true, words, ..Offers::default() };
        }
        // A book that cannot be read offers nothing.
        self.book.and_then(|book| self.of_book(book, argument).ok()).unwrap_or_default()
    }

    /// One of the values that an argument can be: what it is called in the language, beside what it is, where that is another word.
    fn possible(&self, argument: &Arg, value: &PossibleValue) -> Offer {
        let (key, help) = (value.get_name(), value.get_help().map(ToString::to_string).unwrap_or_default());
        let help = Language::spoken().translation(&help).map_or(help, str::to_owned);
        let register = self.register().map_or("", |register| register.name);
        let called = language::of(register, || language::value_in(argument.get_id().as_str(), key).into_owned());
        let name = match (called == key || called == help, help.is_empty()) {
            (true, _) => help,
            (false, false) if called == help => called,
            (false, true) => called,
            (false, false) => format!("{called}{}{help}", language::colon()),
        };
        Offer { key: key.to_owned(), name }
    }

    fn of_book(&self, book: &Connection, argument: &Arg) -> Result<Offers> {
        let (list, only) = match argument.get_value_names().and_then(<[_]>::first).map(clap::builder::Str::as_str) {
            Some("DEPARTMENT") => (self.departments(book, argument.get_id() == "department")?, true),
            Some("PARTY") if self.room == "contact" => return self.parties(book, argument),
            Some("PERSON") => (self.people(book, argument.get_id().as_str())?, true),
            Some("ITEM") if self.room == "gift" => (items(book, self.today)?, false),
            Some("NUMBER") if !argument.is_positional() => return self.referred(book, argument),
            Some("NUMBER") => {
                let list = self.entries(book)?;
                let why_none = if list.is_empty() { self.why_none(book)? } else { None };
                return Ok(Offers { list, why_none, ..Offers::default() });
            }
            Some("NAME") if (self.room, self.verb, argument.get_id().as_str()) == ("ship", "award", "carrier") => {
                let list = self.carriers(book)?;
                return Ok(Offers { only: !list.is_empty(), list, ..Offers::default() });
            }
            Some("PROJECT") => (self.going_on(book, &self.numbered(book)?, "project", "")?, false),
            Some("MONTH") => (self.months(book)?, false),
            Some("STATE") => (self.states(book)?, true),
            Some("COLUMNS") => (self.columns(book)?, false),
            Some("RECEIPT") => {
                let list = self.receipts(book)?;
                return Ok(Offers { only: !list.is_empty(), list, numbered: true, ..Offers::default() });
            }
            Some("POSITION" | "PLACE") if let Some(list) = self.placed(book, argument)? => {
                return Ok(Offers { list, only: true, placed: true, ..Offers::default() });
            }
            Some("SERIES") => (series(book, self.verb == "reserve")?, true),
            Some("KEY") if self.room == "rule" && argument.is_positional() => (figures(book)?, true),
            _ => return Ok(Offers::default()),
        };
        let people = argument.get_value_names().is_some_and(|names| names == ["PERSON"]);
        Ok(Offers { list, only, people, ..Offers::default() })
    }

    /// The departments, each as the language calls it, with the Chinese name behind where that is another; those alone that go on, keep
    /// a ledger of the register and are taken by its form where an entry of theirs is opened.
    fn departments(&self, book: &Connection, opened: bool) -> Result<Vec<Offer>> {
        let register = self.register().filter(|_| opened && matches!(self.verb, "add" | "report" | "ledger"));
        let may = |department: &Department| {
            let Some(register) = register else { return true };
            let look_up = register.form.and_then(|form| form.whose.look_up);
            (self.verb != "add" || department.until.is_none_or(|until| until >= self.today))
                && entry::series(book, register, &department.key).is_ok()
                && look_up.is_none_or(|look_up| look_up(book, &department.key).is_ok())
        };
        let offer = |Department { key, name, name_zh, .. }: Department| Offer {
            key,
            name: if name == name_zh { name } else { format!("{name} ({name_zh})") },
        };
        Ok(department::all(book)?.into_iter().filter(may).map(offer).collect())
    }

    /// What an empty answer stands for where the book tells: the department of who sits there, and of a form whom the one before went
    /// to and the manager who issues it.
    pub(super) fn usual(
        &self,
        argument: &Arg,
        offered: &Offers,
        line: &[OsString],
        surroundings: &Surroundings,
    ) -> Option<String> {
        let book = self.book?;
        let department = said(line, "--department").and_then(|word| word.into_string().ok());
        let one = |sql: &str, key: &str| {
            let found = book.column(&with_views(sql), params![key, self.today]).ok()?;
            <[String; 1]>::try_from(found).ok().map(|[one]| one)
        };
        let usual = match (argument.get_id().as_str(), self.room, self.verb) {
            ("department", ..) => {
                let person = identity::reader(book, surroundings).ok()??.person.key;
                one(
                    "SELECT DISTINCT department FROM term WHERE person = ?1 AND from_on <= ?2 AND (until_on IS NULL OR until_on >= ?2)",
                    &person,
                )
            }
            ("month", "info", "report") => self.month_owed(book, &department?).ok(),
            ("addressed_to", "contact", "add") => one(
                "SELECT c.addressed_to FROM entry AS e JOIN contact AS c ON c.entry = e.id
                 WHERE e.register = 'contact' AND e.department = ?1 AND e.day_on <= ?2 AND c.addressed_to NOT LIKE '%;%' ORDER BY e.id DESC LIMIT 1",
                &department?,
            ),
            ("by", room, verb) if (room, verb) != ("contact", "add") => {
                self.only_decider(book, &identity::reader(book, surroundings).ok()??.person)
            }
            ("by", "contact", "add") => one(
                "SELECT DISTINCT person FROM term WHERE department = ?1 AND role = 'department-manager'
                    AND from_on <= ?2 AND (until_on IS NULL OR until_on >= ?2)",
                &department?,
            ),
            _ => None,
        }?;
        (!offered.only || offered.list.iter().any(|offer| offer.key == usual)).then_some(usual)
    }

    /// What was entered last for an argument that is a text of an entry and no secret, oldest first.
    pub(super) fn past(&self, argument: &Arg) -> Vec<String> {
        let column = argument.get_id().as_str();
        let texts = || {
            let register = self
                .register()
                .filter(|register| !register.restricted.contains(&column) && register.text.contains(&column))?;
            let sql = format!(
                "SELECT {column} FROM (SELECT {column}, max(entry) AS last FROM (SELECT {column}, entry FROM {table} WHERE {column} IS NOT NULL
                    ORDER BY entry DESC LIMIT 200) GROUP BY {column} ORDER BY last DESC LIMIT 50) ORDER BY last",
                table = register.name
            );
            self.book?.column(&sql, ()).ok()
        };
        texts().unwrap_or_default()
    }
}
