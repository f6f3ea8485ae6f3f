//! One question: what it shows, and whether what is answered can be an answer.

use std::error::Error as _;
use std::ffi::OsString;
use std::io::Write;

use anyhow::Result;
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, Command};

use super::begun::Begun;
use super::either::Either;
use super::missing::{self, Missing};
use super::offers::{LISTED, Offers, Place};
use crate::book::Book;
use crate::key;
use crate::line::Leaf;
use crate::office::department;
use crate::office::name;
use crate::prompt::{self, Offer, Offered, Pressed, Search};
use crate::register::entry::Entry;
use crate::register::option::OrNone;
use crate::register::void;
use crate::say;
use crate::surroundings::Surroundings;
use crate::text;

/// How many people or rows are tried out at most, so that those are offered who may.
const TRIED: usize = 60;

/// What is typed to take the last answer of a list, or the one before, away.
const CLEARS: &str = "-";

/// What was answered to something that is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Answer {
    /// Which of several arguments is given.
    pub(super) which: usize,
    pub(super) values: Vec<String>,
}

/// A question about the line that stands so far.
pub(super) struct Question<'a> {
    pub(super) place: Place<'a>,
    pub(super) surroundings: &'a Surroundings,
    pub(super) command: &'a dyn Fn() -> Command,
    pub(super) line: &'a [OsString],
    pub(super) trial: Begun<'a>,
}

impl Answer {
    /// What stands for one argument.
    pub(super) const fn of(values: Vec<String>) -> Self {
        Self { which: 0, values }
    }

    /// Whether a refusal names what was answered.
    pub(super) fn is_spoken_of(&self, refused: &str) -> bool {
        self.values.iter().any(|value| value.chars().count() > 1 && refused.contains(value))
    }

    /// The words to put behind the line.
    pub(super) fn words(&self, missing: &Missing) -> Vec<OsString> {
        let Some(argument) = missing.arguments.get(self.which) else { return Vec::new() };
        if is_switch(argument) {
            return argument.get_long().map(|long| format!("--{long}").into()).into_iter().collect();
        }
        self.values.iter().flat_map(|value| words(argument, value)).collect()
    }
}

fn words(argument: &Arg, value: &str) -> Vec<OsString> {
    match argument.get_long() {
        None => vec![value.into()],
        Some(long) if value.starts_with('-') => vec![format!("--{long}={value}").into()],
        Some(long) => vec![format!("--{long}").into(), value.into()],
    }
}

pub(super) fn is_number(argument: &Arg) -> bool {
    argument.get_value_names().is_some_and(|names| names == ["NUMBER"])
}

pub(super) fn is_switch(argument: &Arg) -> bool {
    matches!(argument.get_action(), ArgAction::SetTrue)
}

pub(super) fn help(argument: &Arg) -> String {
    argument.get_help().map_or_else(|| argument.get_id().to_string(), ToString::to_string)
}

/// What is asked for an argument. What Enter alone stands for takes the place of what the line does where nothing is given, and the list
/// beneath that of the words which help names.
fn asked(argument: &Arg, usual: Option<&String>) -> String {
    let help = help(argument);
    let bare = help.strip_suffix(']').and_then(|help| help.rsplit_once('[')).map(|(bare, _)| bare.trim_end());
    let bare = bare.unwrap_or(&help);
    match usual {
        Some(usual) => say!("{described} [default: {otherwise}]", described = bare, otherwise = usual),
        None if argument.get_possible_values().is_empty() => help,
        None => bare.to_owned(),
    }
}

impl Question<'_> {
    /// The number of the entry that the line names so far.
    fn entry(&self) -> Option<String> {
        let leaf = Leaf::of((self.command)(), self.line).command;
        missing::numbers((self.command)(), &leaf, self.line).into_iter().next()
    }

    /// What an argument can be, of that entry.
    pub(super) fn offers(&self, argument: &Arg) -> Offers {
        let mut offers = self.place(self.entry().as_deref()).offers(argument);
        let is_tried = offers.placed || argument.get_id() == "by" && offers.people;
        if is_tried && offers.list.len() <= TRIED {
            let (may, may_not): (Vec<Offer>, Vec<Offer>) = offers
                .list
                .into_iter()
                .partition(|offer| self.refused(argument, std::slice::from_ref(&offer.key)).is_none());
            offers.hidden = if may.is_empty() { 0 } else { may_not.len() };
            let first = may_not.first().filter(|_| may.is_empty() && offers.placed);
            offers.why_none = first.and_then(|offer| self.refused(argument, std::slice::from_ref(&offer.key)));
            offers.list = may.into_iter().chain(may_not).collect();
        }
        offers
    }

    fn place<'p>(&'p self, entry: Option<&'p str>) -> Place<'p> {
        Place { entry, line: self.line, ..self.place }
    }

    /// Why these values can be none, as far as the line is known.
    fn refused(&self, argument: &Arg, values: &[String]) -> Option<String> {
        let given = values.iter().filter(|value| !value.is_empty()).flat_map(|value| words(argument, value));
        let line: Vec<OsString> = self.line.iter().cloned().chain(given).collect();
        self.trial.refused(&line).map(|refused| refused.to_string())
    }

    /// What looks through all entries of the book that the verb takes; none where the argument names no entry.
    fn search(&self, argument: &Arg) -> Option<Search> {
        if !is_number(argument) || !argument.is_positional() || self.place.book.is_none() {
            return None;
        }
        let book = Book::glance(&super::named_book(self.line, self.surroundings), self.surroundings.patience).ok()?;
        name::learn(&book).ok()?;
        let (room, verb) = (self.place.room.to_owned(), self.place.verb.to_owned());
        let (today, line) = (self.place.today, self.line.to_vec());
        Some(Box::new(move |typed| {
            let place = Place {
                room: &room,
                verb: &verb,
                book: Some(&book),
                today,
                entry: None,
                begun: "",
                line: &line,
                hand: None,
            };
            place.found(&book, typed).unwrap_or_default()
        }))
    }

    /// Asks for what is missing; an empty line stands for the answer that was given before.
    pub(super) fn ask(&self, missing: &Missing, given: &mut Answer, err: &mut dyn Write) -> Result<Pressed<()>> {
        let before = &given.clone();
        let which = match missing.arguments.as_slice() {
            [_] => 0,
            several => match self.which(several, before, err)? {
                Pressed::Entered(Either::Named(which)) => which,
                Pressed::Entered(Either::Valued(which, value)) => {
                    *given = Answer { which, values: vec![value] };
                    return Ok(Pressed::Entered(()));
                }
                Pressed::Back => return Ok(Pressed::Back),
                Pressed::Left => return Ok(Pressed::Left),
            },
        };
        let (argument, required) = (&missing.arguments[which], missing.required);
        let mut values = if which == before.which { before.values.clone() } else { Vec::new() };
        let pressed =
            if is_switch(argument) { Pressed::Entered(()) } else { self.values(argument, required, &mut values, err)? };
        *given = Answer { which, values };
        Ok(pressed)
    }

    /// Asks for the value of an argument, and for more of it where it may be repeated.
    fn values(
        &self,
        argument: &Arg,
        required: bool,
        answer: &mut Vec<String>,
        err: &mut dyn Write,
    ) -> Result<Pressed<()>> {
        // Several numbers are typed; who is asked has one before them.
        let repeated = matches!(argument.get_action(), ArgAction::Append) && argument.get_id() != "number";
        let offers = self.offers(argument);
        let past = self.place.past(argument);
        let (mut told, mut before) = (self.usual(argument, &offers), answer.clone());
        writeln!(err, "{}", asked(argument, before.first().or(told.as_ref())))?;
        // Whoever answers once more knows them.
        if before.is_empty() {
            offers.show(err)?;
            offers.why_none.iter().try_for_each(|why| writeln!(err, "{why}"))?;
        }
        let mut values: Vec<String> = Vec::new();
        let mut insisted: Option<String> = None;
        loop {
            let optional = !required || !values.is_empty();
            if repeated && optional && values.len() >= before.len() {
                writeln!(err, "{}", say!("another one, or Enter for no more"))?;
            }
            let first = told.clone().filter(|_| values.is_empty());
            let usual = before.get(values.len()).cloned().or(first).unwrap_or_default();
            let offered = Offered { offers: offers.list.clone(), search: self.search(argument) };
            let typed = match prompt::read(err, &usual, offered, past.clone())? {
                Pressed::Entered(typed) => typed,
                Pressed::Back if values.is_empty() => {
                    *answer = before;
                    return Ok(Pressed::Back);
                }
                Pressed::Back => {
                    // What is gone back over stands ready, with what was to come behind it.
                    let rest = before.split_off(values.len().min(before.len()));
                    before = std::mem::take(&mut values);
                    values.extend(before.iter().take(before.len() - 1).cloned());
                    before.extend(rest);
                    continue;
                }
                Pressed::Left => return Ok(Pressed::Left),
            };
            if typed.trim() == CLEARS {
                match values.pop().or(Some(usual).filter(|usual| !usual.is_empty())) {
                    Some(gone) => writeln!(err, "{}", say!("{gone} is left out", gone))?,
                    None if optional => {
                        *answer = values;
                        return Ok(Pressed::Entered(()));
                    }
                    None => writeln!(err, "{}", say!("something must be answered"))?,
                }
                (told, before) = (None, Vec::new());
                continue;
            }
            let typed = if typed.trim().is_empty() { usual } else { typed };
            if typed.trim().is_empty() && optional {
                *answer = values;
                return Ok(Pressed::Entered(()));
            }
            let several = if repeated { offers.several(&typed) } else { Vec::new() };
            let each = if several.is_empty() { vec![typed.as_str()] } else { several };
            for typed in each {
                // Whoever insists is told at the end what stands against it.
                let is_insisted = insisted.as_deref() == Some(typed);
                insisted = Some(typed.to_owned());
                match self.value(argument, &offers, typed, &values, is_insisted) {
                    Ok(value) if value.is_empty() => {
                        *answer = values;
                        return Ok(Pressed::Entered(()));
                    }
                    Ok(value) => {
                        // Whoever says that there is none has said all.
                        let is_all = argument.get::<OrNone>().is_some() && text::is_none(&value);
                        values.push(value);
                        if is_all {
                            *answer = values;
                            return Ok(Pressed::Entered(()));
                        }
                    }
                    Err(reason) => writeln!(err, "{reason}")?,
                }
            }
            if !repeated && !values.is_empty() {
                *answer = values;
                return Ok(Pressed::Entered(()));
            }
        }
    }

    /// What an empty answer stands for: what the settings have, else what the book tells.
    fn usual(&self, argument: &Arg, offers: &Offers) -> Option<String> {
        let settings = &self.surroundings.settings;
        let told = argument.get_long().and_then(|option| settings.usual(option)).map(str::to_owned);
        // What one register asks for may be no answer to what another calls the same.
        let told = told.filter(|told| self.value(argument, offers, told, &[], false).is_ok());
        told.or_else(|| {
            let entry = self.entry();
            self.place(entry.as_deref()).usual(argument, offers, self.line, self.surroundings)
        })
    }

    /// The answer that a person's own settings have for what is missing; none where it must be asked.
    pub(super) fn settled(&self, missing: &Missing) -> Option<Answer> {
        let [argument] = missing.arguments.as_slice() else { return None };
        let typed = self.surroundings.settings.answer(argument.get_long()?)?;
        let value = self.value(argument, &self.offers(argument), typed, &[], false).ok()?;
        Some(Answer { which: 0, values: vec![value] }).filter(|answer| answer.values != [String::new()])
    }

    /// What was typed, or the one entry in whose number or title it stands.
    fn only_found(&self, argument: &Arg, typed: &str) -> Result<String, String> {
        let typed = typed.trim();
        let (Some(search), Some(book)) = (self.search(argument), self.place.book) else { return Ok(typed.to_owned()) };
        if typed.is_empty() || Entry::look_up(book, typed).is_ok_and(|entry| entry.is_some()) {
            return Ok(typed.to_owned());
        }
        let found = search(typed);
        match found.as_slice() {
            [] => Ok(typed.to_owned()),
            [only] => Ok(only.key.clone()),
            several => Err(may_be(typed, several.iter())),
        }
    }

    /// The value that is meant by what was typed, empty for an offer that is the default, as far as it can be told before the line is
    /// whole; else why it is none.
    pub(super) fn value(
        &self,
        argument: &Arg,
        offers: &Offers,
        typed: &str,
        values: &[String],
        is_insisted: bool,
    ) -> Result<String, String> {
        let value = match offers.meant(typed) {
            // Whoever is at the keyboard is named by nothing.
            Some(offer) if offer.key.is_empty() => return Ok(String::new()),
            Some(offer) => offer.key.clone(),
            // A refusal shows the whole option, and help the value in quotes.
            None if help(argument).contains('"') && as_answered(argument, typed) != typed => {
                return self.value(argument, offers, &as_answered(argument, typed), values, is_insisted);
            }
            None if offers.only && !typed.trim().is_empty() => {
                // The book says more of what is no offer than that.
                let is_begun = offers.list.iter().any(|offer| offer.is_meant(typed));
                let refused = || self.refused(argument, &[typed.trim().to_owned()]).filter(|_| !is_begun);
                return Err(refused().unwrap_or_else(|| none_of(typed, offers)));
            }
            None => self.only_found(argument, typed)?,
        };
        if value.is_empty() {
            return Err(say!("something must be answered").to_owned());
        }
        let line =
            self.line.iter().cloned().chain(values.iter().chain([&value]).flat_map(|value| words(argument, value)));
        if let Err(error) = (self.command)().try_get_matches_from(line)
            && error.kind() != ErrorKind::MissingRequiredArgument
        {
            let whole =
                || error.to_string().lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
            return Err(error.source().map_or_else(whole, ToString::to_string));
        }
        if argument.is_positional() {
            self.place.checked(argument, &value).map_err(|refusal| refusal.to_string())?;
        }
        let all: Vec<String> = values.iter().chain([&value]).cloned().collect();
        let refused = if is_insisted { None } else { self.refused(argument, &all) };
        refused.map_or(Ok(value), Err)
    }
}

impl Offers {
    /// The offers of several that were typed in one answer, as 技术开发科、综合管理部 are; none where any part is no offer, or all of it is one.
    pub(super) fn several<'t>(&self, typed: &'t str) -> Vec<&'t str> {
        let parts: Vec<&str> = typed.split(['、', '，', ',', ';', '；']).map(str::trim).collect();
        let are_all = parts.len() > 1 && self.meant(typed).is_none();
        if are_all && parts.iter().all(|part| self.meant(part).is_some()) { parts } else { Vec::new() }
    }
}

impl Place<'_> {
    /// Refuses a number that is not there or that the verb does not lead on, and a key that is none.
    fn checked(&self, argument: &Arg, value: &str) -> Result<()> {
        if is_number(argument) {
            return self.refuse_number(value);
        }
        if argument.get_id() == "key" && self.verb == "add" {
            key::check(value)?;
        }
        Ok(())
    }

    /// Refuses a department that is not there.
    pub(super) fn refuse_department(&self, which: &str) -> Result<()> {
        self.book.map_or(Ok(()), |book| department::find(book, which).map(drop))
    }

    /// Refuses a number that is not there, or that the verb does not lead on. A run of numbers is looked at when it is entered.
    pub(super) fn refuse_number(&self, number: &str) -> Result<()> {
        let Some(book) = self.book.filter(|_| !number.contains("..")) else { return Ok(()) };
        let Some(register) = self.register() else { return Entry::find(book, number).map(drop) };
        if self.verb == "void" && Entry::look_up(book, &text::number(number))?.is_none() {
            return void::refuse_unknown(book, register.name, &text::number(number));
        }
        let entry = Entry::find_in(book, register.name, number)?;
        let mut steps = book.prepare_cached("SELECT 1 FROM step WHERE register = ?1 AND verb = ?2")?;
        if steps.exists((register.name, self.verb))? {
            entry.step(book, self.verb, None)?;
        }
        Ok(())
    }
}

/// What was typed as a line has it, without the option and the quotes around the value.
fn as_answered(argument: &Arg, typed: &str) -> String {
    let option = argument.get_long().map(|long| format!("--{long}")).unwrap_or_default();
    let value = typed.trim().strip_prefix(&option).unwrap_or(typed).trim_start_matches(['=', ' ']).trim();
    let bare = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    bare.unwrap_or(value).to_owned()
}

pub(super) fn none_of(typed: &str, offers: &Offers) -> String {
    let mut fitting = offers.list.iter().filter(|offer| offer.is_meant(typed)).peekable();
    if fitting.peek().is_none() {
        return say!("{typed} is none of these", typed = text::quoted(typed.trim()));
    }
    may_be(typed, fitting)
}

/// That what was typed may mean each of these.
fn may_be<'o>(typed: &str, offers: impl Iterator<Item = &'o Offer>) -> String {
    let choices: Vec<&str> = offers.map(|offer| offer.key.as_str()).take(LISTED).collect();
    let choices = choices.join(crate::language::comma());
    say!("{typed} may be one of: {choices}", typed = text::quoted(typed.trim()), choices)
}
