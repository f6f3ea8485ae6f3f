//! The desk: where one command is carried out. It knows who sits there, holds the open book, and hands answers out.

mod namespace;
mod output;

use std::borrow::Cow;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::{ArgAction, Args, ValueHint};

use crate::book::change::{Change, Recorder};
use crate::book::{BUSY_TIMEOUT, Book, fault, once, reading, times};
use crate::clock::{Clock, Now};
use crate::day::{self, DayArg};
use crate::language::Language;
use crate::office::{department, identity};
use crate::pager;
use crate::refusal::Refusal;
use crate::say;
use crate::sheet::Format;
use crate::standard;
use crate::text::Line;
use crate::zone::Zone;

/// The width of a terminal that does not tell its own.
const USUAL_WIDTH: u16 = 80;

/// The height of a terminal that does not tell its own.
const USUAL_HEIGHT: u16 = 24;

/// What the process was given by its surroundings, gathered once so that a test can give its own.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The operating system's login.
    pub login: String,
    /// Whether a user namespace gave the process that login, so that it proves nothing.
    pub foreign: bool,
    /// The person whose SSH key leads here: then no program is started and no path is taken.
    pub keyed: Option<String>,
    /// What sshd was asked for; empty where nothing was, none where it is not sshd that started the program.
    pub ssh: Option<String>,
    /// The machine's name.
    pub host: String,
    /// The clock.
    pub clock: Clock,
    /// The book that `BRANCHBOOK_FILE` names, or the usual one.
    pub book: PathBuf,
    /// The person that `--as` or `BRANCHBOOK_AS` names.
    pub as_person: Option<String>,
    /// The terminal's width in columns; none where the output is no terminal.
    pub width: Option<u16>,
    /// The terminal's height in rows; none where the output is no terminal.
    pub height: Option<u16>,
    /// The words of the command that shows what is longer than the screen; none where nobody reads it there.
    pub pager: Option<Vec<String>>,
    /// Whether the output may be coloured.
    pub color: bool,
    /// Whether a person can be asked.
    pub interactive: bool,
    /// The language of the locale.
    pub language: Language,
    /// How long a command waits while other programs hold the book.
    pub patience: Duration,
}

impl Surroundings {
    /// What this process was given.
    ///
    /// # Errors
    /// A refusal where a variable is no UTF-8, `BRANCHBOOK_NOW` is no time or no place for the book is known.
    pub fn of_process() -> Result<Self> {
        let terminal = std::io::stdout().is_terminal();
        let plain = variable("TERM")?.as_deref() == Some("dumb");
        let size = if terminal { terminal_size::terminal_size() } else { None };
        let told = |size: Option<String>| size.and_then(|size| size.parse().ok());
        let width = told(variable("COLUMNS")?).or_else(|| size.map(|(width, _)| width.0)).unwrap_or(USUAL_WIDTH);
        let height = told(variable("LINES")?).or_else(|| size.map(|(_, height)| height.0)).unwrap_or(USUAL_HEIGHT);
        let pager = pager::named(variable("BRANCHBOOK_PAGER")?, variable("PAGER")?);
        let read_there = terminal && !plain && std::io::stdin().is_terminal();
        Ok(Self {
            login: whoami::username().context(say!("the operating system does not say who is logged in"))?,
            foreign: namespace::is_foreign(),
            keyed: None,
            ssh: variable("SSH_CONNECTION")?
                .map(|_| variable("SSH_ORIGINAL_COMMAND"))
                .transpose()?
                .map(Option::unwrap_or_default),
            host: whoami::hostname().unwrap_or_else(|_| "unknown".to_owned()),
            clock: worded("BRANCHBOOK_NOW")?.map_or(Ok(Clock::System), |now| Clock::fixed(&now))?,
            book: std::env::var_os("BRANCHBOOK_FILE").map_or_else(usual_book, |file| Ok(PathBuf::from(file)))?,
            as_person: worded("BRANCHBOOK_AS")?,
            width: terminal.then_some(width),
            height: terminal.then_some(height),
            pager: if read_there { pager } else { None },
            color: terminal && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty()) && !plain,
            interactive: std::io::stdin().is_terminal() && std::io::stderr().is_terminal(),
            language: sys_locale::get_locale().map_or(Language::En, |locale| Language::of_locale(&locale)),
            patience: BUSY_TIMEOUT,
        })
    }
}

/// A variable of the process; none where it is not set.
fn variable(name: &str) -> Result<Option<String>, Refusal> {
    let Some(value) = std::env::var_os(name) else { return Ok(None) };
    value.into_string().map(Some).map_err(|value| {
        Refusal::usage(say!("{name} is no UTF-8: {value}", name, value = value.to_string_lossy()))
            .or(say!("set it anew, or unset it"))
    })
}

/// A variable of the process that says nothing where it is empty.
fn worded(name: &str) -> Result<Option<String>, Refusal> {
    Ok(variable(name)?.filter(|value| !value.is_empty()))
}

/// `branchbook.db` in the user's data folder.
fn usual_book() -> Result<PathBuf> {
    use etcetera::BaseStrategy;
    let folders = etcetera::choose_base_strategy()
        .context(say!("the user's data folder is not known; name the book with --book"))?;
    Ok(folders.data_dir().join("branchbook").join("branchbook.db"))
}

/// Options on every command
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "On every command")]
#[allow(clippy::doc_markdown, reason = "the comments are the help")]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub(crate) struct Globals {
    /// The book [default: $BRANCHBOOK_FILE, or branchbook.db in the user's data folder]
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) book: Option<PathBuf>,
    /// Who is at the keyboard, where the login cannot tell [default: $BRANCHBOOK_AS]
    #[arg(long = "as", global = true, value_name = "PERSON")]
    pub(crate) as_person: Option<String>,
    /// The day it happened: today, yesterday, or 2026-11-22 [default: today]
    #[arg(long, global = true, value_name = "DATE")]
    pub(crate) on: Option<DayArg>,
    /// How a list or an answer is printed
    #[arg(long, global = true, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    /// Write the list, page or pack to a file or folder instead of the screen; a file's ending names its format
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) output: Option<PathBuf>,
    /// CSV for Excel: with the UTF-8 mark, and text that would run as a formula neutralised
    #[arg(long, global = true)]
    pub(crate) excel: bool,
    /// CSV with the UTF-8 mark
    #[arg(long, global = true)]
    pub(crate) bom: bool,
    /// CSV with the headings of --lang instead of the columns' names
    #[arg(long, global = true)]
    pub(crate) labels: bool,
    /// The language of what people read; csv and json stay the same [default: that of the locale]
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Language>,
    /// After a change, print the number alone
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Never ask for what is missing, nor wait in a pager
    #[arg(long, global = true)]
    pub(crate) no_input: bool,
    /// Print a list that is longer than the screen at once, instead of through $BRANCHBOOK_PAGER, $PAGER or less
    #[arg(long, global = true)]
    pub(crate) no_pager: bool,
    /// Colour: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_default_value = true, value_parser = ["auto", "always", "never"])]
    pub(crate) color: String,
}

/// How a write is made; on every command that writes.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Deed {
    /// Who did it: a person's key or name [default: who is at the keyboard]
    #[arg(long, value_name = "PERSON", help_heading = "How it is entered")]
    pub(crate) by: Option<String>,
    /// Show what would happen, the number included, and write nothing
    #[arg(long, action = ArgAction::SetTrue, help_heading = "How it is entered")]
    pub(crate) dry_run: bool,
    /// Make it safe to repeat: a second call with the same key answers the same and changes nothing
    #[arg(long, value_name = "KEY", help_heading = "How it is entered")]
    pub(crate) once: Option<Line>,
    /// The rows before were made under a clock that ran ahead: why, so that this one may be earlier
    #[arg(long, value_name = "REASON", help_heading = "How it is entered")]
    pub(crate) clock_ahead: Option<Line>,
    /// Why it comes late, where its day is in a month that was submitted
    #[arg(long, value_name = "REASON", help_heading = "How it is entered")]
    pub(crate) late: Option<Line>,
}

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

    /// Adds a note.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// A parsed command that can be carried out.
pub(crate) trait Run {
    /// Carries the command out at the desk.
    ///
    /// # Errors
    /// A refusal or a failure; nothing is changed then.
    fn run(self, desk: &mut Desk<'_>) -> Result<()>;
}

/// The desk of one command.
pub(crate) struct Desk<'io> {
    /// The options on every command.
    pub(crate) globals: Globals,
    /// What the process was given.
    pub(crate) surroundings: Surroundings,
    /// Standard output: the answer alone.
    pub(crate) out: &'io mut dyn Write,
    /// Standard error: notes, progress, refusals.
    pub(crate) err: &'io mut dyn Write,
    /// The exit code, where nothing failed.
    pub(crate) code: u8,
    arguments: once::Arguments,
    book: Option<Book>,
    now: Option<Now>,
}

impl<'io> Desk<'io> {
    /// A desk for one command line.
    pub(crate) fn new(
        globals: Globals,
        mut surroundings: Surroundings,
        arguments: once::Arguments,
        out: &'io mut dyn Write,
        err: &'io mut dyn Write,
    ) -> Self {
        surroundings.as_person = globals.as_person.clone().or(surroundings.as_person);
        match globals.color.as_str() {
            "always" => surroundings.color = true,
            "never" => surroundings.color = false,
            _ => {}
        }
        Self { globals, surroundings, out, err, code: 0, arguments, book: None, now: None }
    }

    /// Where the book is.
    pub(crate) fn book_path(&self) -> &Path {
        self.globals.book.as_deref().unwrap_or(&self.surroundings.book)
    }

    /// The open book.
    pub(crate) fn book(&mut self) -> Result<&mut Book> {
        let warned = self.book.is_some();
        let reserve = self.open_book(Book::open)?.reserve().filter(|_| !warned).cloned();
        if let Some(reserve) = reserve {
            let _ = writeln!(self.err, "{reserve}");
        }
        self.open_book(Book::open)
    }

    /// The open book, whatever its schema looks like: for checks that say what another program changed in it.
    pub(crate) fn book_as_found(&mut self) -> Result<&mut Book> {
        self.open_book(Book::open_as_found)
    }

    fn open_book(&mut self, open: fn(&Path, Duration) -> Result<Book>) -> Result<&mut Book> {
        let book = if let Some(book) = self.book.take() {
            book
        } else {
            let mut book = open(self.book_path(), self.surroundings.patience)?;
            for note in book.take_notes() {
                let _ = writeln!(self.err, "{note}");
            }
            department::learn_names(book.reader())?;
            // What the book keeps is held to be a zone where a day is asked for.
            Zone::of_book(book.reader()).unwrap_or(Zone::SHENYANG).show();
            self.check_output()?;
            book
        };
        Ok(self.book.insert(book))
    }

    /// Ends the work at the desk and gives back the book, where it was opened.
    pub(crate) fn leave(self) -> Option<Book> {
        self.book
    }

    /// What time it is, in the office whose book is open. The clock is looked at once.
    pub(crate) fn now(&mut self) -> Result<Now> {
        if let Some(now) = self.now {
            return Ok(now);
        }
        let clock = self.surroundings.clock;
        let now = clock.in_office(self.book()?.reader())?;
        Ok(*self.now.insert(now))
    }

    /// Today, in the office whose book is open.
    pub(crate) fn today(&mut self) -> Result<NaiveDate> {
        Ok(self.now()?.today())
    }

    /// The day the thing happened: `--on`, else today.
    pub(crate) fn on(&mut self) -> Result<NaiveDate> {
        let today = self.today()?;
        Ok(self.globals.on.map_or(today, |day| day.on(today)))
    }

    /// Carries out one change of the book in one durable transaction and prints its answer.
    pub(crate) fn change(
        &mut self,
        verb: impl Into<Cow<'static, str>>,
        deed: &Deed,
        operation: impl FnOnce(&mut Change<'_>) -> Result<Answer>,
    ) -> Result<()> {
        let answer = self.carry_out(verb, deed, operation)?;
        if deed.dry_run {
            self.tell(&answer)?;
        } else {
            self.tell_done(&answer)?;
        }
        self.book()?.tidy();
        Ok(())
    }

    fn carry_out(
        &mut self,
        verb: impl Into<Cow<'static, str>>,
        deed: &Deed,
        operation: impl FnOnce(&mut Change<'_>) -> Result<Answer>,
    ) -> Result<Answer> {
        let (surroundings, arguments, on) = (self.surroundings.clone(), self.arguments, self.globals.on);
        let transaction = self.open_book(Book::open)?.begin()?;
        // Only now, when nobody else writes: who waited longer has the later row.
        let now = surroundings.clock.in_office(&transaction)?;
        let on = on.map_or(now.today(), |day| day.on(now.today()));
        day::refuse_future(on, now.today(), "--on")?;
        let recorder = identity::recorder(&transaction, &surroundings)?;
        if let Some(key) = &deed.once
            && let Some(answer) = once::recall(&transaction, key, &arguments)?
        {
            return Ok(answer);
        }
        let mut change = Change::new(transaction, now, verb, recorder, on);
        change.dry_run = deed.dry_run;
        change.late = deed.late.as_ref().map(ToString::to_string);
        match &deed.clock_ahead {
            None => times::hold_journal(&change)?,
            Some(reason) => times::declare(&mut change, reason)?,
        }
        identity::require_hand(change.sql(), &change.recorder, change.today())?;
        let mut answer = operation(&mut change)?;
        answer.notes.extend(change.noted());
        if deed.dry_run {
            let (who, seen) = (change.recorder.clone(), change.seen.take());
            drop(change);
            self.log_seen(&who, &seen)?;
            return Ok(answer.note(say!("dry run: nothing was written")));
        }
        if let Some(key) = &deed.once {
            once::keep(&mut change, key, &arguments, &answer)?;
        }
        change.commit().map_err(|error| fault::unconfirmed(error, &answer.line))?;
        Ok(answer)
    }

    /// Writes down what a dry run told of restricted information: nothing else of it stays.
    fn log_seen(&mut self, who: &Recorder, seen: &[(String, String)]) -> Result<()> {
        if seen.is_empty() {
            return Ok(());
        }
        let clock = self.surroundings.clock;
        let transaction = self.open_book(Book::open)?.begin()?;
        for (command, scope) in seen {
            reading::append(&transaction, clock.in_office(&transaction)?, who, command, scope, 1)?;
        }
        transaction.commit()
    }

    /// Prints the answer of what was done. Where standard output takes none, standard error has it: a number that was given
    /// out is not asked for a second time.
    pub(crate) fn tell_done(&mut self, answer: &Answer) -> Result<()> {
        let line = &answer.line;
        let Err(error) = self.tell(answer) else { return Ok(()) };
        if standard::reader_left(&error) {
            let _ = writeln!(self.err, "{}", say!("nobody read the answer: {line}", line));
            return Err(error);
        }
        Err(Refusal::failed(say!(
            "it was done, but its answer could not be written: {error}",
            error = format!("{error:#}")
        ))
        .or(line)
        .into())
    }

    /// Prints an answer: the number or the sentence to standard output, the notes to standard error.
    pub(crate) fn tell(&mut self, answer: &Answer) -> Result<()> {
        let noted = answer.notes.iter().try_for_each(|note| writeln!(self.err, "{note}"));
        self.answer(answer)?;
        Ok(noted?)
    }

    fn answer(&mut self, answer: &Answer) -> Result<()> {
        match self.globals.format {
            _ if self.globals.quiet => writeln!(self.out, "{}", answer.number)?,
            Some(Format::Json | Format::Jsonl) => {
                let object = serde_json::json!({ "number": answer.number, "answer": answer.line });
                writeln!(self.out, "{object}")?;
            }
            _ => writeln!(self.out, "{}", answer.line)?,
        }
        Ok(self.out.flush()?)
    }
}
