//! Settings on the command line: what they are and where each comes from, and changing one without an editor.

mod preset;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Subcommand, ValueEnum as _};
use toml_edit::DocumentMut;
use unicode_width::UnicodeWidthStr;

use crate::desk::{Answer, Desk, Run};
use crate::files;
use crate::files::target::{Kept, Target};
use crate::language::{Language, Spoken as _, words};
use crate::line::word_of;
use crate::pager;
use crate::person::Person;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register;
use crate::say;
use crate::settings::{Settings, Told, refuse_programs, unreadable};
use crate::sheet::choice::Choice;
use crate::sheet::query::Query;
use crate::text;

/// What is done with settings.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// What every setting is, and where it comes from
    List(List),
    /// Set one
    Set(Set),
    /// Unset one
    Unset(Unset),
}

/// Which are listed
#[derive(Debug, Args)]
pub(crate) struct List {}

/// A setting and what it is to be
#[derive(Debug, Args)]
pub(crate) struct Set {
    /// Its name, such as language, default.department, columns.contact or alias.f
    #[arg(value_name = "SETTING")]
    pub(crate) name: String,
    /// What it is to be
    #[arg(value_name = "VALUE")]
    pub(crate) value: String,
    /// For everybody who keeps this book, in the file beside it
    #[arg(long)]
    pub(crate) everybody: bool,
}

/// A setting
#[derive(Debug, Args)]
pub(crate) struct Unset {
    /// Its name
    #[arg(value_name = "SETTING")]
    pub(crate) name: String,
    /// In the file beside the book
    #[arg(long)]
    pub(crate) everybody: bool,
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::List(_) => list(desk),
            Self::Set(Set { name, value, everybody }) => change(desk, &name, Some(&value), everybody),
            Self::Unset(Unset { name, everybody }) => change(desk, &name, None, everybody),
        }
    }
}

/// The settings that are one word; the others have a name behind a dot, and stand in a table.
const ALONE: [&str; 5] = ["book", "person", "language", "format", "pager"];

/// What begins a person's own file.
const BEGINNING: &str = phrase!(
    "# Settings of branchbook; branchbook config list shows what holds, and where each comes from.\n\
     # book = \"/srv/branch/branchbook.db\"      the book\n\
     # person = \"zhou\"                         who is at the keyboard, where the login cannot tell\n\
     # language = \"zh\"                         en, zh or ko; in a terminal\n\
     # format = \"table\"                        how lists are printed; in a terminal\n\
     # pager = \"less -S\"                       what shows long lists\n\
     # [default]                               what answers questions, by the option's name\n\
     # department = \"business\"\n\
     # [columns]                               the columns of lists in a terminal, by the register\n\
     # contact = \"number,subject,state\"\n\
     # [alias]                                 words for command lines\n\
     # f = \"contact add --kind execution\"\n"
);

fn list(desk: &mut Desk<'_>) -> Result<()> {
    let lines = held(desk);
    let width = lines.iter().map(|(name, value, _)| name.width() + value.width() + 3).max().unwrap_or_default();
    let line = |(name, value, from): &(String, String, String)| {
        let said = format!("{name} = {value}");
        format!("{said}{}  {from}\n", " ".repeat(width - said.width()))
    };
    let text: String = lines.iter().map(line).collect();
    desk.write(&text, &["txt"])
}

/// Every setting that holds: its name, what it is, and where it comes from.
fn held(desk: &Desk<'_>) -> Vec<(String, String, String)> {
    let surroundings = &desk.surroundings;
    let settings = &surroundings.settings;
    let own_file = settings.own_file.as_ref().map(|file| file.display().to_string()).unwrap_or_default();
    let shared_file = settings.shared_file.display().to_string();
    let of = |own: bool, shared: bool| match (own, shared) {
        (true, _) => own_file.clone(),
        (_, true) => shared_file.clone(),
        _ => say!("usual").to_owned(),
    };
    let (own, shared) = (&settings.own, &settings.shared);
    let in_terminal = surroundings.width.is_some();
    let book_from = match (&desk.globals.book, settings.is_named("book")) {
        (Some(_), _) => "--book".to_owned(),
        (_, true) => "BRANCHBOOK_FILE".to_owned(),
        _ => of(own.book.is_some(), false),
    };
    let person_from = match (&desk.globals.as_person, own.person == surroundings.as_person) {
        (Some(_), _) => "--as".to_owned(),
        (_, false) => "BRANCHBOOK_AS".to_owned(),
        _ => of(own.person.is_some(), false),
    };
    let told = settings.pager().map_or_else(|| settings.usual_pager.clone(), |own| pager::named(Some(own), None));
    let pager = surroundings.pager.as_ref().or(told.as_ref()).map(|words| words.join(" ")).unwrap_or_default();
    let pager_from =
        if settings.is_named("pager") { "BRANCHBOOK_PAGER, PAGER".to_owned() } else { of(own.pager.is_some(), false) };
    let pager_from = if in_terminal || pager.is_empty() {
        pager_from
    } else {
        say!("{file}, in a terminal only", file = pager_from)
    };
    let language_from = match (&desk.globals.lang, &shared.language) {
        (Some(_), _) => "--lang".to_owned(),
        (None, Some(language)) if !in_terminal || own.language.is_some() => {
            let from = of(in_terminal && own.language.is_some(), false);
            say!("{from}; that of the month-end pack is {language}, from {file}", from, language, file = &shared_file)
        }
        (None, _) => of(in_terminal && own.language.is_some(), shared.language.is_some()),
    };
    let language_from = match &own.language {
        Some(language) if !in_terminal && desk.globals.lang.is_none() => {
            say!("{from}; in a terminal {language}, from {file}", from = language_from, language, file = &own_file)
        }
        _ => language_from,
    };
    let format_from = of(own.format.is_some(), shared.format.is_some());
    let format_from = match settings.said(|told| told.format.as_ref()) {
        Some(_) if !in_terminal => say!("{file}, in a terminal only", file = format_from),
        _ => format_from,
    };
    let mut lines = vec![
        ("book".to_owned(), desk.book_path().display().to_string(), book_from),
        ("person".to_owned(), surroundings.as_person.clone().unwrap_or_default(), person_from),
        ("language".to_owned(), word_of(&Language::spoken()), language_from),
        (
            "format".to_owned(),
            settings.said(|told| told.format.clone()).unwrap_or_else(|| "table".to_owned()),
            format_from,
        ),
        ("pager".to_owned(), pager, pager_from),
    ];
    for (table, of_told) in TABLES {
        for (told, file) in [(own, &own_file), (shared, &shared_file)] {
            for (name, value) in of_told(told) {
                let name = format!("{table}.{name}");
                if lines.iter().all(|(known, ..)| *known != name) {
                    let from = if in_terminal { file.clone() } else { say!("{file}, in a terminal only", file) };
                    lines.push((name, value.clone(), from));
                }
            }
        }
    }
    lines
}

/// A table of settings in a file.
type Table = fn(&Told) -> &std::collections::BTreeMap<String, String>;

const TABLES: [(&str, Table); 3] =
    [("default", |told| &told.defaults), ("columns", |told| &told.columns), ("alias", |told| &told.alias)];

/// Sets or takes back one setting; whatever else stands in the file stays as it is, its comments as well.
fn change(desk: &mut Desk<'_>, name: &str, value: Option<&str>, everybody: bool) -> Result<()> {
    let settings = &desk.surroundings.settings;
    let file: PathBuf = if everybody {
        settings.shared_file.clone()
    } else {
        settings.own_file.clone().context(say!("the system has no place for settings of your own"))?
    };
    let path = file.display().to_string();
    let beginning = if file.exists() || everybody { "" } else { words(BEGINNING) };
    let mut document = document(&file)?;
    let (table, key) = name.split_once('.').map_or((None, name), |(table, key)| (Some(table), key));
    let known = match table {
        None => ALONE.contains(&key),
        Some(table) => TABLES.iter().any(|(known, _)| *known == table) && !key.is_empty(),
    };
    if !known {
        let what = say!("there is no setting {name}", name);
        let names =
            ALONE.iter().map(ToString::to_string).chain(TABLES.iter().map(|(table, _)| format!("{table}.NAME")));
        return Err(Refusal::usage(what)
            .or(say!("the settings are {names}", names = names.collect::<Vec<_>>().join(crate::language::comma())))
            .into());
    }
    if table == Some("alias") && value.is_some() && super::is_command(key) {
        let what = say!("{key} is a command, and no word for another line", key);
        return Err(Refusal::usage(what).or(say!("give the word another name: alias.NAME")).into());
    }
    match (table, name, value) {
        (None, "pager", Some(value)) => refuse_no_pager(value)?,
        (Some("columns"), _, Some(value)) => refuse_no_columns(desk, key, value)?,
        (Some("default"), _, Some(value)) => preset::refuse_no_answer(desk, key, value)?,
        (Some("alias"), _, Some(value)) if !everybody => preset::refuse_no_line(settings, key, value)?,
        _ => {}
    }
    if let ("person", Some(value), true) = (name, value, desk.book_path().exists()) {
        // Whoever is meant is known before every command speaks of somebody else.
        Person::find(desk.closed_book()?.reader(), value)?;
    }
    let holder = match table {
        None => document.as_table_mut(),
        Some(table) => document
            .entry(table)
            .or_insert(toml_edit::table())
            .as_table_mut()
            .with_context(|| say!("{table} in {path} is no table", table, path = &path))?,
    };
    match value {
        Some(value) => drop(holder.insert(key, toml_edit::value(value))),
        None if holder.remove(key).is_none() => {
            return Err(Refusal::not_found(say!("{name} is not set in {path}", name, path = &path))
                .or(say!("see branchbook config list"))
                .into());
        }
        None => {}
    }
    let text = format!("{beginning}{document}");
    check(&file, &text, everybody)?;
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| say!("{folder} cannot be made", folder = folder.display().to_string()))?;
    }
    Target::new(&file, Kept::of_book(desk.book_path()).but_settings())?
        .write(|file| Ok(file.write_all(text.as_bytes())?))?;
    let answer = || told(name, value, &path);
    // What is read from now on is in the language that was set.
    let set = value.filter(|_| name == "language" && desk.globals.lang.is_none());
    let set = set.and_then(|word| Language::from_str(word, true).ok());
    let answer = set.map_or_else(answer, |language| language.during(answer));
    desk.tell(&answer)
}

/// What is answered where a setting was set or taken back.
fn told(name: &str, value: Option<&str>, path: &str) -> Answer {
    let Some(value) = value else {
        return Answer::new(name.to_owned(), say!("{name} is no longer set in {path}", name, path));
    };
    let answer = Answer::new(name.to_owned(), say!("{name} = {value}, in {path}", name, value, path));
    let option = match name.split('.').next() {
        Some("language") => "--lang",
        Some("format") => "--format",
        Some("columns") => "--columns",
        _ => return answer,
    };
    answer.note(say!("it holds in a terminal alone; where the output goes elsewhere, give {option}", option))
}

/// Refuses a pager that no list could be shown with.
fn refuse_no_pager(value: &str) -> Result<(), Refusal> {
    let Some(words) = pager::named(Some(value.to_owned()), None) else { return Ok(()) };
    let program = words.first().map_or("", String::as_str);
    if files::program(program).is_some() {
        return Ok(());
    }
    let what = say!("there is no program {program} here", program = text::quoted(program));
    Err(Refusal::usage(what).or(say!("name one that is there, such as less -S, or cat for none")))
}

/// Refuses columns of a list that is none, or that it does not have.
fn refuse_no_columns(desk: &mut Desk<'_>, room: &str, value: &str) -> Result<()> {
    let rooms: Vec<&str> = super::rooms().map(|room| room.name).collect();
    if !rooms.contains(&room) {
        let what = say!("{room} is no command whose lists have columns", room);
        return Err(Refusal::usage(what)
            .or(say!("give one of: {known}", known = rooms.join(crate::language::comma())))
            .into());
    }
    // Of what is no register each list has columns of its own.
    let Ok(register) = register::named(room) else { return Ok(()) };
    if !desk.book_path().exists() {
        return Ok(());
    }
    let names = value.split(',').map(str::trim).filter(|name| !name.is_empty());
    let choice = Choice { columns: names.map(str::to_owned).collect(), ..Choice::default() };
    let list = Query::new(register.title, format!("SELECT * FROM {}", register.view));
    choice.of(&list, desk.closed_book()?.reader()).map(drop)
}

/// The file as it stands.
fn document(file: &Path) -> Result<DocumentMut> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(unreadable(&file.display().to_string(), &error.spoken()).into()),
    };
    text.parse()
        .map_err(|error: toml_edit::TomlError| unreadable(&file.display().to_string(), error.to_string().trim()).into())
}

/// Refuses a file that the next command could not read.
fn check(file: &Path, text: &str, everybody: bool) -> Result<()> {
    let told: Told =
        toml::from_str(text).map_err(|error| unreadable(&file.display().to_string(), error.to_string().trim()))?;
    if everybody {
        refuse_programs(file, &told)?;
    }
    let settings = Settings { own: told, ..Settings::default() };
    settings.language()?;
    settings.format()?;
    Ok(())
}
