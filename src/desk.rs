//! The desk: where one command is carried out. It knows who sits there, holds the open book, and hands answers out.

mod output;

use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use chrono::NaiveDate;
use clap::{ArgAction, Args, ValueHint};

pub(crate) use crate::answer::Answer;
use crate::book::change::{Change, Recorder};
use crate::book::preview::{self, Preview};
use crate::book::{Book, fault, once, reading, times};
use crate::clock::Now;
use crate::day::{self, DayArg};
use crate::format::Format;
use crate::language::{self, Language};
use crate::office::far::Far;
use crate::office::{self, identity, name};
use crate::refusal::Refusal;
use crate::say;
use crate::sheet::wrapped;
use crate::standard;
pub use crate::surroundings::Surroundings;
use crate::template::Numbering;
use crate::text::Line;
use crate::zone::Zone;

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
    /// The day it happened: 2026-11-22, 11-22, yesterday, -2d, last friday, or same as your last entry [default: today]
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
    /// CSV with the headings of --lang instead of the columns' names; values stay as they are, a workbook has them in words
    #[arg(long, global = true)]
    pub(crate) labels: bool,
    /// CSV and JSON with columns of names behind all others, for those that hold keys of people and departments
    #[arg(long, global = true)]
    pub(crate) names: bool,
    /// The columns of a list, in this order, by the names that csv has for them or what heads them: number,subject,state
    #[arg(long, global = true, value_name = "COLUMNS", value_delimiter = ',')]
    pub(crate) columns: Vec<String>,
    /// What a list is sorted by, by the names of its columns; - before a name sorts downwards: --sort=-amount,number
    #[arg(long, global = true, value_name = "COLUMNS", value_delimiter = ',', allow_hyphen_values = true)]
    pub(crate) sort: Vec<String>,
    /// The language of what people read; csv and json stay the same [default: that of the locale]
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Language>,
    /// After a change, print the number alone
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Never ask for what is missing, nor wait in a pager
    #[arg(long, global = true)]
    pub(crate) no_input: bool,
    /// Enter at once what a terminal shows and asks about before, such as what is voided or decided
    #[arg(long, global = true)]
    pub(crate) yes: bool,
    /// Print a list that is longer than the screen at once, instead of through $BRANCHBOOK_PAGER, $PAGER or less
    #[arg(long, global = true)]
    pub(crate) no_pager: bool,
    /// Colour: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_default_value = true, value_parser = ["auto", "always", "never"])]
    pub(crate) color: String,
}

/// How a write is made; on every command that writes. Help tells of a verb what is needed every day, and of all verbs at once the rest.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Deed {
    /// Who did it: a person's key or name [default: who is at the keyboard]
    #[arg(long, value_name = "PERSON", help_heading = "How it is entered")]
    pub(crate) by: Option<String>,
    /// Show what would happen, the number included, and write nothing
    #[arg(long, action = ArgAction::SetTrue, help_heading = "How it is entered")]
    pub(crate) dry_run: bool,
    /// Make it safe to repeat: a second call with the same key answers the same and changes nothing
    #[arg(long, value_name = "KEY", help_heading = "How it is entered", hide = true)]
    pub(crate) once: Option<Line>,
    /// The rows before were made under a clock that ran ahead: why, so that this one may be earlier
    #[arg(long, value_name = "REASON", help_heading = "How it is entered", hide = true)]
    pub(crate) clock_ahead: Option<Line>,
    /// The day or the month is meant, though it is far from today
    #[arg(long, action = ArgAction::SetTrue, help_heading = "How it is entered", hide = true)]
    pub(crate) far: bool,
    /// Why it comes late, where its day is in a month that was submitted
    #[arg(long, value_name = "REASON", help_heading = "How it is entered", hide = true)]
    pub(crate) late: Option<Line>,
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
    /// The room of the command: its first word.
    pub(crate) room: String,
    /// What the line did when it was tried out: as it was shown to whoever says that it is meant, or now, of a dry run.
    pub(crate) preview: Option<Preview>,
    /// Whether the line is not what was shown any more.
    pub(crate) moved: bool,
    arguments: once::Arguments,
    /// The series of the registers, for a book that is brought up.
    numbering: Numbering,
    book: Option<Book>,
    now: Option<Now>,
    /// Whether the day of `--on` was asked for.
    on_asked: bool,
    /// Whether whoever sits here may read anything of the book.
    admitted: bool,
}

/// Takes note of what people, departments and hours are called in the book at hand.
pub(crate) fn learn(book: &Book) -> Result<()> {
    name::learn(book.reader())?;
    // What the book keeps is held to be a zone where a day is asked for.
    Zone::of_book(book.reader()).unwrap_or(Zone::SHENYANG).show();
    Ok(())
}

impl<'io> Desk<'io> {
    /// A desk for one command line.
    pub(crate) fn new(
        globals: Globals,
        mut surroundings: Surroundings,
        (arguments, numbering): (once::Arguments, Numbering),
        out: &'io mut dyn Write,
        err: &'io mut dyn Write,
    ) -> Self {
        surroundings.as_person = globals.as_person.clone().or(surroundings.as_person);
        match globals.color.as_str() {
            "always" => surroundings.color = true,
            "never" => surroundings.color = false,
            _ => {}
        }
        let room = String::new();
        let (preview, moved) = (None, false);
        let (book, now, on_asked, admitted) = (None, None, false, false);
        Self {
            globals,
            surroundings,
            out,
            err,
            code: 0,
            room,
            preview,
            moved,
            arguments,
            numbering,
            book,
            now,
            on_asked,
            admitted,
        }
    }

    /// Where the book is.
    pub(crate) fn book_path(&self) -> &Path {
        self.globals.book.as_deref().unwrap_or(&self.surroundings.book)
    }

    /// The open book, for whoever may read anything of it.
    pub(crate) fn book(&mut self) -> Result<&mut Book> {
        self.closed_book()?;
        if !self.admitted {
            let surroundings = &self.surroundings;
            self.book.as_ref().map_or(Ok(()), |book| office::reading::require(book.reader(), surroundings))?;
            self.admitted = true;
        }
        self.open_book(Book::open)
    }

    /// The book before anybody looks into it: what is done then asks by itself who may.
    pub(crate) fn closed_book(&mut self) -> Result<&mut Book> {
        let warned = self.book.is_some();
        let reserve = self.open_book(Book::open)?.reserve().filter(|_| !warned).cloned();
        if let Some(reserve) = reserve {
            let _ = writeln!(self.err, "{reserve}");
        }
        self.open_book(Book::open)
    }

    /// The open book, whatever its schema looks like: for checks that say what another program changed in it.
    pub(crate) fn book_as_found(&mut self) -> Result<&mut Book> {
        // Whether a book is sound anybody may know.
        self.admitted = true;
        self.open_book(Book::open_as_found)
    }

    fn open_book(&mut self, open: fn(&Path, Duration, Numbering) -> Result<Book>) -> Result<&mut Book> {
        let book = if let Some(book) = self.book.take() {
            book
        } else {
            let mut book = open(self.book_path(), self.surroundings.patience, self.numbering)?;
            for note in book.take_notes() {
                let _ = writeln!(self.err, "{note}");
            }
            learn(&book)?;
            self.check_output()?;
            book
        };
        Ok(self.book.insert(book))
    }

    /// Works on with a book that is open.
    pub(crate) fn take_over(&mut self, book: Option<Book>) {
        self.book = book;
    }

    /// Gives the open book away, to be taken over again.
    pub(crate) fn hand_over(&mut self) -> Result<Option<Book>> {
        self.closed_book()?;
        Ok(self.book.take())
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
        let now = clock.in_office(self.closed_book()?.reader())?;
        Ok(*self.now.insert(now))
    }

    /// Today, in the office whose book is open.
    pub(crate) fn today(&mut self) -> Result<NaiveDate> {
        Ok(self.now()?.today())
    }

    /// The day the thing happened: `--on`, else today.
    pub(crate) fn on(&mut self) -> Result<NaiveDate> {
        self.on_asked = true;
        let today = self.today()?;
        Ok(self.globals.on.map_or(today, |day| day.on(today)))
    }

    /// The day of what is planned: `--on`, else today.
    pub(crate) fn planned_on(&mut self) -> Result<NaiveDate> {
        self.on_asked = true;
        let today = self.today()?;
        Ok(self.globals.on.map_or(today, |day| day.near(today)))
    }

    /// Refuses `--on` where nobody asked for its day: it would mean nothing.
    pub(crate) fn refuse_on(&self) -> Result<(), Refusal> {
        if self.globals.on.is_none() || self.on_asked {
            return Ok(());
        }
        Err(Refusal::usage(say!("--on says on which day something happened, and means nothing here"))
            .or(say!("leave it out; where a list takes them, --month, --from and --to choose by the day")))
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
        self.closed_book()?.tidy();
        Ok(())
    }

    fn carry_out(
        &mut self,
        verb: impl Into<Cow<'static, str>>,
        deed: &Deed,
        operation: impl FnOnce(&mut Change<'_>) -> Result<Answer>,
    ) -> Result<Answer> {
        let (surroundings, arguments, typed) = (self.surroundings.clone(), self.arguments, self.globals.on);
        self.on_asked = true;
        let far_is_meant = deed.far || self.ask_far()?;
        let shown = self.preview.take();
        let transaction = self.open_book(Book::open)?.begin()?;
        // Only now, when nobody else writes: who waited longer has the later row.
        let now = surroundings.clock.in_office(&transaction)?;
        let on = typed.map_or(now.today(), |day| day.on(now.today()));
        day::refuse_future(on, now.today(), "--on")?;
        if !far_is_meant && let Some(far) = Far::of_on(&transaction, typed, now.today())? {
            return Err(far.refusal().into());
        }
        let recorder = identity::recorder(&transaction, &surroundings)?;
        if let Some(key) = &deed.once
            && let Some(answer) = once::recall(&transaction, key, &arguments, &recorder)?
        {
            return Ok(answer);
        }
        let mut change = Change::new(transaction, now, verb, recorder, on);
        (change.dry_run, change.begun) = (deed.dry_run, surroundings.begun);
        change.far_is_meant = deed.far;
        if let Some(typed) = typed {
            change.tell_on(typed);
        }
        change.late = deed.late.as_ref().map(ToString::to_string);
        // Only what is shown, or was, is held against what it does.
        let begun = if deed.dry_run || shown.is_some() { preview::head(change.sql())? } else { 0 };
        match &deed.clock_ahead {
            None => times::hold_journal(&change)?,
            Some(reason) => times::declare(&mut change, reason)?,
        }
        identity::require_hand(change.sql(), &change.recorder, change.today())?;
        change.hold_figures()?;
        let mut answer = operation(&mut change).map_err(fault::in_words)?;
        answer.notes.extend(change.noted());
        if deed.dry_run {
            let (who, seen) = (change.recorder.clone(), change.seen.take());
            let preview = Preview::of(&change, begun, &answer)?;
            drop(change);
            self.preview = Some(preview);
            self.log_seen(&who, &seen)?;
            return Ok(answer.note(say!("dry run: nothing was written")));
        }
        if let Some(shown) = shown
            && let Err(moved) = shown.refuse_moved(&change, begun, &answer)
        {
            drop(change);
            self.moved = true;
            return Err(moved);
        }
        if let Some(key) = &deed.once {
            once::keep(&mut change, key, &arguments, &answer)?;
        }
        change.commit().map_err(|error| fault::unconfirmed(error, &answer.line))?;
        Ok(answer)
    }

    /// Asks a person in a terminal whether a day is meant that is far from today; gives whether it is.
    fn ask_far(&mut self) -> Result<bool> {
        if self.globals.on.is_none() || !self.surroundings.interactive || self.globals.no_input {
            return Ok(false);
        }
        let (on, today, typed) = (self.on()?, self.today()?, self.globals.on);
        let Some(far) = Far::of_on(self.closed_book()?.reader(), typed, today)? else { return Ok(false) };
        if let Some(read) = typed.and_then(|typed| typed.of_another_year(on, today)) {
            writeln!(self.err, "{read}")?;
        }
        far.ask(self.err)?;
        Ok(true)
    }

    /// Writes down what a dry run told of restricted information: nothing else of it stays.
    fn log_seen(&mut self, who: &Recorder, seen: &[(String, String)]) -> Result<()> {
        if seen.is_empty() || self.surroundings.begun {
            return Ok(());
        }
        let clock = self.surroundings.clock;
        let transaction = self.open_book(Book::open)?.begin()?;
        let mut note = None;
        for (command, scope) in seen {
            let told = reading::append(&transaction, clock.in_office(&transaction)?, who, command, scope, 1)?;
            note = note.or(told);
        }
        transaction.commit()?;
        if let Some(note) = note {
            writeln!(self.err, "{note}")?;
        }
        Ok(())
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
            error = language::chain(&error)
        ))
        .or(line)
        .into())
    }

    /// Prints an answer: the number or the sentence to standard output, then the notes to standard error.
    pub(crate) fn tell(&mut self, answer: &Answer) -> Result<()> {
        let told = self.answer(answer);
        let noted = answer.notes.iter().try_for_each(|note| writeln!(self.err, "{note}"));
        told.and(noted.map_err(Into::into))
    }

    fn answer(&mut self, answer: &Answer) -> Result<()> {
        match self.globals.format {
            _ if self.globals.quiet => writeln!(self.out, "{}", answer.number)?,
            Some(Format::Json | Format::Jsonl) => {
                let object = serde_json::json!({ "number": answer.number, "answer": answer.line });
                writeln!(self.out, "{object}")?;
            }
            _ => {
                let line = format!("{}\n", answer.line);
                self.out.write_all(wrapped::in_lines(&line, self.surroundings.width).as_bytes())?;
            }
        }
        Ok(self.out.flush()?)
    }
}
