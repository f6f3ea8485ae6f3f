//! The root of the command line: its rooms, and the one function that leads into them.

pub mod complete;
mod config;
mod dashes;
mod demo;
mod hint;
mod keyed;
mod leading;
mod manual;
mod month;
mod overview;
mod placeholder;
mod same_day;
pub mod script;
mod short;
mod shortened;
mod spaced;
mod sql;
mod told;
mod trial;

use std::ffi::OsString;
use std::io::Write;

use anyhow::Result;
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, ValueEnum};

use self::complete::Completions;
use self::demo::Demo;
use self::manual::Man;
use self::script::run::{Among, RunLines};
use self::sql::Sql;
use self::told::tell;
use crate::administration::{department, figure, founding, office, series, staff};
use crate::ask::{self, Line};
use crate::book::preview::Preview;
use crate::book::{Book, fault, once};
use crate::day;
use crate::desk::{Desk, Globals, Surroundings};
use crate::language::{self as spoken, Language, are_beginnings_taken, help};
use crate::line::{Grammar, said};
use crate::register::amend::draft;
use crate::register::{self, attach, find, history, show};
use crate::report::{self, approvals, due};
use crate::room::Room;
use crate::say;
use crate::settings::alias;
use crate::standard::{self, Standard};
use crate::upkeep::{backup, restore, verify};
use crate::view::merged;
use crate::{elsewhere, today, undo};

/// The rooms that every day needs, after the registers.
const DAILY: &[Room] = &[
    Room::command::<due::Due>("due", "What waits, for whom, since when, by which clause"),
    Room::command::<approvals::Approvals>("approvals", "What waits for a decision, and who may give it"),
    Room::command::<show::Show>("show", "Show one entry of any register"),
    Room::command::<find::Find>("find", "Look for a text in every register"),
    Room::command::<history::History>("history", "Show what happened to an entry, and who did it"),
    Room::command::<undo::Undo>("undo", "Take the last step of an entry back, or a whole import"),
    Room::with_verbs::<report::Verb>("report", "Tallies, and the month-end pack"),
];

/// The rooms of files that belong to entries.
const FILES: &[Room] = &[
    Room::command::<attach::Attach>("attach", "Keep files with an entry, such as a scan"),
    Room::command::<attach::Open>("open", "Open a file that belongs to an entry"),
];

/// The rooms of the office: its people, figures and numbers.
const OFFICE: &[Room] = &[
    Room::with_verbs::<office::Verb>("office", "The office itself: what it is called"),
    Room::with_verbs::<department::Verb>("department", "Departments and offices"),
    Room::with_verbs::<staff::Verb>("staff", "People and their roles"),
    Room::with_verbs::<figure::Verb>("rule", "Figures of the regulation, and their history"),
    Room::with_verbs::<series::Verb>("series", "Number series: templates, reservation, audit (R4.8)"),
];

/// The rooms of the book as a file.
const BOOK: &[Room] = &[
    Room::command::<founding::Init>("init", "Make a new book"),
    Room::command::<Demo>("demo", "Make a book with a month in it, to look around in"),
    Room::command::<history::Journal>("journal", "The trail of every change"),
    Room::command::<verify::Verify>("verify", "Check the book, its journal and its numbers"),
    Room::command::<backup::Backup>("backup", "Copy the book and prove the copy"),
    Room::command::<restore::Restore>("restore", "Put a copy into the place of the book, which is set aside"),
    Room::command::<keyed::As>(keyed::ROOM, "Work as the person whose SSH key it is: what sshd starts for a key"),
    Room::command::<Sql>("sql", "Print the registers' lists as views, to read the book with the sqlite3 shell"),
];

/// The rooms of the program itself.
const PROGRAM: &[Room] = &[
    Room::command::<RunLines>("run", "Carry out many command lines with the book open once"),
    Room::with_verbs::<config::Verb>("config", "Settings: what they are, where each comes from, and changing them"),
    Room::command::<Completions>("completions", "Print what a shell reads to complete command lines from the book"),
    Room::command::<Man>("man", "Write the manual's pages into a folder"),
];

/// Every room, the registers first.
fn rooms() -> impl Iterator<Item = &'static Room> {
    register::ALL
        .iter()
        .map(|register| &register.room)
        .chain(DAILY)
        .chain(FILES)
        .chain(OFFICE)
        .chain(BOOK)
        .chain(PROGRAM)
}

/// How wide help is at most.
const WIDTH: usize = 100;

/// The whole grammar; a room's own part is built when the parser enters it.
#[must_use]
pub fn command() -> Command {
    let root = root().override_help(overview::all());
    help::translated(root.subcommands(rooms().map(|room| room.door().aliases(beginnings(room)).defer(room.grammar))))
}

/// Whether a room's name begins with this word, so that it stands for itself.
pub(crate) fn is_command(word: &str) -> bool {
    rooms().any(|room| room.name == word)
}

/// Whether a room's name begins so.
pub(crate) fn is_begun(word: &str) -> bool {
    !word.is_empty() && rooms().any(|room| room.name.starts_with(word))
}

/// What stood for a room before others came that begin alike; it goes on to do so.
fn beginnings(room: &Room) -> impl IntoIterator<Item = &'static str> {
    let words: &[&str] = match room.name {
        "contact" => &["c", "co", "con"],
        "rule" => &["ru"],
        _ => &[],
    };
    words.iter().copied()
}

/// A word of a line by its place; an empty one where there is none.
pub(crate) fn word(line: &[OsString], place: usize) -> &str {
    line.get(place).and_then(|word| word.to_str()).unwrap_or_default()
}

/// The grammar as far as a command line needs it: where its first words name a room and a verb, these alone. To hand the
/// options on every command to every verb would take a sixth of a whole command's time.
fn grammar(arguments: &[OsString]) -> Command {
    let room = rooms().find(|room| room.name == word(arguments, 1));
    room.and_then(|room| room.with_verb(word(arguments, 2)))
        .map_or_else(command, |room| help::translated(root()).subcommand(room))
}

/// The grammar as far as the completion of a line needs it: the room that its words name is built, or the names of all.
pub(crate) fn completed(line: &[OsString]) -> Command {
    let Some(room) = rooms().find(|room| room.name == word(line, 1)).filter(|_| line.len() > 2) else {
        return help::translated(root().subcommands(rooms().map(Room::door)));
    };
    let built = room.with_verb(word(line, 2)).filter(|_| line.len() > 3).unwrap_or_else(|| (room.grammar)(room.door()));
    help::translated(root()).subcommand(built)
}

/// The line with the options that stand before its command before its last word, which a shell completes: so its first words are a room
/// and a verb.
pub(crate) fn moved_before_last(line: &[OsString]) -> Option<Vec<OsString>> {
    let (last, others) = line.split_last()?;
    let moved = leading::moved_behind(others).filter(|moved| !word(moved, 1).starts_with('-'))?;
    Some(moved.into_iter().chain([last.clone()]).collect())
}

fn root() -> Command {
    let hidden = |option: Arg| option.hide(true);
    Globals::augment_args(Command::new("branchbook"))
        .mut_args(hidden)
        .version(env!("CARGO_PKG_VERSION"))
        .about(say!("The registers of a sales branch, in one file"))
        .infer_subcommands(are_beginnings_taken())
        .infer_long_args(are_beginnings_taken())
        .max_term_width(WIDTH)
}

/// Runs one command line; `arguments` begins with the program's name. Gives the exit code.
pub fn run(arguments: &[OsString], surroundings: &Surroundings, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    run_open(arguments, surroundings, out, err).0
}

/// `help contact add` as `contact add --help`, so that help speaks the language of the command; none where nobody asks for help.
fn help_asked(arguments: &[OsString]) -> Option<Vec<OsString>> {
    let place = arguments.iter().position(|word| word == "help")?;
    let room = || rooms().find(|room| arguments.get(1).is_some_and(|word| word == room.name));
    let has_verbs = || room().is_some_and(|room| (room.grammar)(room.door()).has_subcommands());
    if place == 0 || place > 2 || (place == 2 && !has_verbs()) {
        return None;
    }
    let mut asked = arguments.to_vec();
    asked.remove(place);
    asked.push("--help".into());
    Some(asked)
}

/// The language of a command line: what `--lang` names, else that of the surroundings. It is needed before the line is parsed, since
/// what the grammar refuses is said in it.
pub(crate) fn language(arguments: &[OsString], surroundings: &Surroundings) -> Language {
    named_language(arguments).unwrap_or(surroundings.language)
}

/// Speaks the language of a command line before anything is known of its surroundings: what is wrong with these is said in it.
pub fn speak(arguments: &[OsString]) {
    named_language(arguments).unwrap_or_else(Language::of_system).speak();
}

/// The language that `--lang` names.
fn named_language(arguments: &[OsString]) -> Option<Language> {
    let mut words = arguments.iter().filter_map(|word| word.to_str());
    let mut named = None;
    while let Some(word) = words.next() {
        match word {
            "--" => break,
            "--lang" => named = words.next(),
            word => named = word.strip_prefix("--lang=").or(named),
        }
    }
    named.and_then(|name| <Language as ValueEnum>::from_str(name, true).ok())
}

/// As [`run`], and gives back the book that it opened: a process that ends here can leave it to the system to close.
pub fn run_open(
    arguments: &[OsString],
    surroundings: &Surroundings,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> (u8, Option<Book>) {
    let carried = run_line(arguments, surroundings, out, err);
    (carried.code, carried.book)
}

/// What became of a command line.
#[derive(Default)]
struct Carried {
    code: u8,
    /// The book, where no other line has it.
    book: Option<Book>,
    /// What it did, where it was only tried out.
    preview: Option<Preview>,
    /// Whether it is not what was shown any more, and was not carried out.
    moved: bool,
}

impl Carried {
    /// Of a line that never came to a book.
    fn told(code: u8) -> Self {
        Self { code, ..Self::default() }
    }
}

fn run_line(arguments: &[OsString], surroundings: &Surroundings, out: &mut dyn Write, err: &mut dyn Write) -> Carried {
    language(arguments, surroundings).speak();
    spoken::learn_deeds(register::deed);
    merged::forget();
    let moved = leading::moved_behind(arguments);
    let arguments = moved.as_deref().unwrap_or(arguments);
    let mut surroundings = surroundings.clone();
    if word(arguments, 1) == keyed::ROOM {
        // Whoever works by a key has no files here, nor has the account for them (Q6).
        surroundings.settings.forget_own();
    }
    let width = surroundings.width;
    let surroundings = match surroundings.settled(said(arguments, "--book")) {
        Ok(surroundings) => surroundings,
        Err(error) => return Carried::told(tell(error, width, out, err)),
    };
    let surroundings = &surroundings;
    language(arguments, surroundings).speak();
    spoken::take_beginnings(surroundings.may_shorten());
    let spelled_out = Some(&surroundings.settings).filter(|_| surroundings.may_shorten());
    let spelled_out = spelled_out.map_or(Ok(None), |settings| alias::spelled_out(arguments, settings, is_command));
    let spelled_out = match spelled_out {
        Ok(spelled_out) => spelled_out,
        Err(error) => return Carried::told(tell(error, surroundings.width, out, err)),
    };
    let arguments = spelled_out.as_deref().unwrap_or(arguments);
    let whole = if surroundings.may_shorten() { short::spelled_out(arguments) } else { None };
    let arguments = whole.as_deref().unwrap_or(arguments);
    let known = if surroundings.may_shorten() { shortened::spelled_out(arguments, surroundings) } else { None };
    let arguments = known.as_deref().unwrap_or(arguments);
    let same = match same_day::spelled_out(arguments, surroundings) {
        Ok(same) => same,
        Err(error) => return Carried::told(tell(error, surroundings.width, out, err)),
    };
    let arguments = same.as_deref().unwrap_or(arguments);
    if matches!(arguments, [_, help, options, ..] if help == "help" && options == "options") {
        let _ = write!(out, "{}", overview::options());
        return Carried::told(0);
    }
    let mut parsed = match parsed(arguments, surroundings, err) {
        Ok(parsed) => parsed,
        Err(error) => {
            let room = register::named(word(arguments, 1)).map_or("", |room| room.name);
            return Carried::told(spoken::of(room, || tell(error, surroundings.width, out, err)));
        }
    };
    loop {
        let carried = carried_out(&mut parsed, surroundings, None, out, err);
        if !carried.moved {
            return carried;
        }
        if let Err(error) = ask::again(&mut parsed.0, err, &|line, how| trial::of(line, surroundings, how)) {
            return Carried::told(tell(error, surroundings.width, out, err));
        }
    }
}

/// Runs one of several command lines, which are carried out on one open book; gives the exit code.
pub(crate) fn run_among(
    arguments: &[OsString],
    surroundings: &Surroundings,
    among: &mut Among<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    // What the book at hand calls its people stays known. Scripts write words out.
    spoken::take_beginnings(false);
    let moved = leading::moved_behind(arguments);
    let arguments = moved.as_deref().unwrap_or(arguments);
    language(arguments, surroundings).during(|| match parsed(arguments, surroundings, err) {
        Ok(mut parsed) => carried_out(&mut parsed, surroundings, Some(among), out, err).code,
        Err(error) => tell(error, surroundings.width, out, err),
    })
}

/// A command line as it was understood, and what `--once` knows it by.
type Parsed = (Line, once::Arguments);

fn parsed(arguments: &[OsString], surroundings: &Surroundings, err: &mut dyn Write) -> Result<Parsed> {
    let asked = help_asked(arguments);
    let arguments = asked.as_deref().unwrap_or(arguments);
    let grammar = &Grammar::of(if surroundings.begun { &trial::begun } else { &grammar });
    let brought = elsewhere::brought(arguments, surroundings, grammar, err)?;
    let arguments = brought.as_deref().unwrap_or(arguments);
    let whole = spaced::joined(grammar, arguments);
    let arguments = whole.as_deref().unwrap_or(arguments);
    let opened = draft::opened(arguments, surroundings, grammar);
    let arguments = opened.as_deref().unwrap_or(arguments);
    let joined = day::joined(arguments);
    let arguments = joined.as_deref().unwrap_or(arguments);
    let monthly = month::placed(grammar, arguments);
    let arguments = monthly.as_deref().unwrap_or(arguments);
    dashes::refuse(grammar, arguments)?;
    let line = ask::parse(grammar, arguments, surroundings, err, &|line, how| trial::of(line, surroundings, how));
    let line = line.map_err(|error| match error.downcast::<clap::Error>() {
        Ok(error) => match hint::is_alias(&error, surroundings) {
            Some(refusal) => refusal.into(),
            None => hint::hinted(error, grammar, arguments).into(),
        },
        Err(error) => error,
    })?;
    placeholder::refuse(grammar, arguments, &line.matches)?;
    if surroundings.keyed.is_some() {
        keyed::refuse_paths(grammar.build(arguments), &line.matches)?;
    }
    Ok((line, once::Arguments::of(arguments.get(1..).unwrap_or_default())))
}

/// Carries a line out at a desk.
fn carried_out(
    (line, arguments): &mut Parsed,
    surroundings: &Surroundings,
    mut among: Option<&mut Among<'_>>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Carried {
    // What was shown and has gone on meanwhile is carried out once more.
    let mut matches = if line.shown.is_some() { line.matches.clone() } else { std::mem::take(&mut line.matches) };
    let mut globals = Globals::from_arg_matches_mut(&mut matches).unwrap_or_default();
    let admitted = among.as_ref().map_or(Ok(()), |among| among.admit(&matches, &mut globals));
    let mut standard = Standard::new(out);
    let mut desk = Desk::new(globals, surroundings.clone(), (*arguments, register::numbering), &mut standard, err);
    desk.preview = line.shown.take();
    if let Some(among) = &mut among {
        desk.take_over(among.book.take());
    }
    let result = admitted.map_err(Into::into).and_then(|()| dispatch(&mut matches, &mut desk));
    let (path, code, moved, preview) = (desk.book_path().to_owned(), desk.code, desk.moved, desk.preview.take());
    let mut book = desk.leave();
    let looked = book.as_mut().filter(|_| among.is_none()).map_or(Ok(()), Book::end_look);
    // What was read of two moments fails for no other reason.
    let code = match looked.map_err(Into::into).and(result) {
        Ok(()) => code,
        Err(error) if standard::reader_left(&error) => 0,
        Err(error) => {
            let code = tell(fault::explain(error, &path, surroundings.patience), surroundings.width, out, err);
            // What was taken back may have been written into the log.
            if let Some(book) = book.as_ref().filter(|_| among.is_none()) {
                book.tidy();
            }
            code
        }
    };
    if let Some(among) = among {
        among.book = book.take();
    }
    Carried { code, book, preview, moved }
}

/// Whether a room is of the book as a file or of the program itself: its commands stand alone.
pub(crate) fn stands_alone(room: &str) -> bool {
    BOOK.iter().chain(PROGRAM).any(|apart| apart.name == room && room != "journal")
}

/// Whether a command of a room may change what people and departments are called.
pub(crate) fn renames(room: &str) -> bool {
    OFFICE.iter().any(|office| office.name == room) || room == "undo"
}

fn dispatch(matches: &mut ArgMatches, desk: &mut Desk<'_>) -> Result<()> {
    let Some((name, mut matches)) = matches.remove_subcommand() else { return today::show(desk) };
    desk.room.clone_from(&name);
    rooms().find(|room| room.name == name).map_or(Ok(()), |room| (room.run)(&mut matches, desk))
}
