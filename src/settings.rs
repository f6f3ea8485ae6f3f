//! Settings: what a person, or all who keep a book, have told once instead of on every line.
//!
//! They stand in two files: the person's own, where the system keeps such files, and one beside the book (`book.toml` beside
//! `book.db`), which holds for everybody and names no programs. An option wins over a variable, that over the person's own file,
//! that over the one beside the book. What a script reads is the same whatever stands in them: language, format and columns hold
//! in a terminal only, and what questions are answered with where a person can be asked. The one thing that the file beside the book
//! says everywhere is the language of the month-end pack's page and workbook, which people read, whoever makes it.

pub(crate) mod alias;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;
use serde::Deserialize;

use crate::files::beside;
use crate::format::Format;
use crate::language::{Language, Spoken as _, comma};
use crate::line::word_of;
use crate::refusal::Refusal;
use crate::say;

/// What may stand in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Told {
    /// The book; in a person's own file.
    pub(crate) book: Option<PathBuf>,
    /// Who is at the keyboard, as by `--as`; in a person's own file.
    pub(crate) person: Option<String>,
    /// What people read is in this language.
    pub(crate) language: Option<String>,
    /// How lists are printed.
    pub(crate) format: Option<String>,
    /// The program that shows long lists; in a person's own file.
    pub(crate) pager: Option<String>,
    /// What answers questions, by the option's name.
    #[serde(rename = "default")]
    pub(crate) defaults: BTreeMap<String, String>,
    /// The columns of lists, by the register's name.
    pub(crate) columns: BTreeMap<String, String>,
    /// Words for command lines; in a person's own file.
    pub(crate) alias: BTreeMap<String, String>,
}

/// What both files say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The person's own file; none where the system has no place for one.
    pub(crate) own_file: Option<PathBuf>,
    /// The settings that a variable names, so that no file does.
    pub(crate) named: Vec<&'static str>,
    /// What shows long lists by a variable, or as the program has it.
    pub(crate) usual_pager: Option<Vec<String>>,
    pub(crate) own: Told,
    /// The file beside the book.
    pub(crate) shared_file: PathBuf,
    pub(crate) shared: Told,
}

/// Where a person's own settings are: what `BRANCHBOOK_CONFIG` names, else where the system keeps such files.
pub(crate) fn own_file(named: Option<String>) -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let usual = || etcetera::choose_base_strategy().ok().map(|folders| folders.config_dir());
    match named {
        // An empty variable says that there are none.
        Some(named) => Some(PathBuf::from(named)).filter(|named| !named.as_os_str().is_empty()),
        None => Some(usual()?.join("branchbook").join("config.toml")),
    }
}

/// What a file says; nothing where it cannot be read for one of these reasons.
fn read(file: &Path, passed_over: &[ErrorKind]) -> Result<Told> {
    let path = file.display().to_string();
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if passed_over.contains(&error.kind()) => return Ok(Told::default()),
        Err(error) => return Err(unreadable(&path, &error.spoken()).into()),
    };
    toml::from_str(&text).map_err(|error| unreadable(&path, error.to_string().trim()).into())
}

pub(crate) fn unreadable(path: &str, reason: &str) -> Refusal {
    Refusal::usage(say!("the settings in {path} cannot be read: {reason}", path, reason))
        .or(say!("mend the file, or put it away"))
}

/// Refuses beside the book what only a person's own file may name: others would run it (Q30).
pub(crate) fn refuse_programs(file: &Path, told: &Told) -> Result<(), Refusal> {
    let own = [
        ("book", told.book.is_some()),
        ("person", told.person.is_some()),
        ("pager", told.pager.is_some()),
        ("alias", !told.alias.is_empty()),
    ];
    let Some((name, _)) = own.iter().find(|(_, said)| *said) else { return Ok(()) };
    let what = say!("{path} sets {name}, which only a person's own settings may", path = file.display(), name);
    let alias = told.alias.keys().next().map(|word| format!("{name}.{word}")).filter(|_| *name == "alias");
    let name = alias.unwrap_or_else(|| (*name).to_owned());
    Err(Refusal::usage(what).or(say!("set it with: branchbook config set {name} VALUE", name)))
}

impl Settings {
    /// Settings that are read from this file of a person's own, but for those that a variable names.
    pub(crate) fn of_process(
        own_file: Option<PathBuf>,
        named: Vec<&'static str>,
        usual_pager: Option<Vec<String>>,
    ) -> Self {
        Self { own_file, named, usual_pager, ..Self::default() }
    }

    /// The same with what the person's own file says.
    ///
    /// # Errors
    /// A refusal where it holds what is no setting.
    pub(crate) fn with_own(self) -> Result<Self> {
        let own = self.own_file.as_deref().map(|file| read(file, &[ErrorKind::NotFound])).transpose()?;
        Ok(Self { own: own.unwrap_or_default(), ..self })
    }

    /// The same with what the file beside the book says.
    ///
    /// # Errors
    /// As [`Settings::with_own`], and where it says what only a person's own may.
    pub(crate) fn with_shared(self, book: &Path) -> Result<Self> {
        let shared_file = beside::settings(book);
        // Where nobody may look beside the book, the book itself says so.
        let shared = read(&shared_file, &[ErrorKind::NotFound, ErrorKind::PermissionDenied, ErrorKind::NotADirectory])?;
        refuse_programs(&shared_file, &shared)?;
        Ok(Self { shared_file, shared, ..self })
    }

    /// The book, where no variable names it.
    pub(crate) fn book(&self) -> Option<PathBuf> {
        self.own.book.clone().filter(|_| !self.is_named("book"))
    }

    /// What shows long lists, where no variable names it.
    pub(crate) fn pager(&self) -> Option<String> {
        self.own.pager.clone().filter(|_| !self.is_named("pager"))
    }

    /// Has a person's own file say nothing.
    pub(crate) fn forget_own(&mut self) {
        self.own_file = None;
    }

    /// Whether a variable names it.
    pub(crate) fn is_named(&self, setting: &str) -> bool {
        self.named.contains(&setting)
    }

    /// The first of the two files that says it, with what it says.
    pub(crate) fn said<'s, T>(&'s self, said: impl Fn(&'s Told) -> Option<T>) -> Option<T> {
        said(&self.own).or_else(|| said(&self.shared))
    }

    /// The language of what people read.
    pub(crate) fn language(&self) -> Result<Option<Language>, Refusal> {
        self.said(|told| told.language.as_deref()).map(|named| value("language", named)).transpose()
    }

    /// The language of what the office hands on, which is not that of whoever makes it: what stands beside the book.
    pub(crate) fn office_language(&self) -> Result<Option<Language>, Refusal> {
        self.shared.language.as_deref().map(|named| value("language", named)).transpose()
    }

    /// How a list is printed in a terminal.
    pub(crate) fn format(&self) -> Result<Option<Format>, Refusal> {
        self.said(|told| told.format.as_deref()).map(|named| value("format", named)).transpose()
    }

    /// The columns of a register's list in a terminal.
    pub(crate) fn columns(&self, register: &str) -> Option<&str> {
        self.said(|told| told.columns.get(register)).map(String::as_str)
    }

    /// What stands ready for a question, by the option's name.
    pub(crate) fn usual(&self, option: &str) -> Option<&str> {
        self.said(|told| told.defaults.get(option)).map(String::as_str)
    }

    /// What a person's own settings answer a question with, so that it is not asked.
    pub(crate) fn answer(&self, option: &str) -> Option<&str> {
        self.own.defaults.get(option).map(String::as_str)
    }
}

/// A word of a setting as the value that it names.
fn value<T: ValueEnum>(name: &str, word: &str) -> Result<T, Refusal> {
    T::from_str(word, true).map_err(|_| {
        let known = T::value_variants().iter().map(word_of).collect::<Vec<_>>().join(comma());
        Refusal::usage(say!("the setting {name} cannot be {word}", name, word)).or(say!("give one of: {known}", known))
    })
}
