//! Parsing a command line; in a terminal, asking for what is missing, and before what whoever enters it does not take back.
//!
//! The grammar itself says what is missing. Each missing argument is asked for, and its answer is looked at before the next one is.
//! The answers are put behind the line, and the line is tried out before it is carried out: what the book refuses is asked again.

mod begun;
mod either;
mod firm;
mod missing;
pub(crate) mod offers;
mod question;

use std::ffi::OsString;
use std::fmt;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::error::ErrorKind;
use clap::{ArgMatches, Command};

use self::begun::Begun;
use self::missing::Missing;
use self::offers::Place;
use self::question::{Answer, Question};
use crate::book::Book;
use crate::book::preview::Preview;
use crate::elsewhere;
use crate::line::given::named_whole;
use crate::line::{Grammar, Leaf, said};
use crate::office::{identity, name, reading};
use crate::prompt::{self, Pressed, end_with_the_terminal};
use crate::refusal::Refusal;
use crate::say;
use crate::surroundings::Surroundings;
use crate::text;

/// Carries a line out without keeping what it does; gives what it did, or why it is refused.
pub(crate) type TryOut<'a> = &'a dyn Fn(&[OsString], Trial) -> Result<Tried, Refused>;

/// How a line is tried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trial {
    /// As it is.
    Whole,
    /// As far as it goes: what it lacks is no fault.
    Begun,
}

/// Why a line that was tried out is refused.
#[derive(Debug)]
pub(crate) struct Refused {
    /// What it printed.
    pub(crate) told: String,
    /// Its exit code.
    pub(crate) code: u8,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.told.trim_end())
    }
}

impl std::error::Error for Refused {}

/// A line that was tried out.
pub(crate) struct Tried {
    /// What it printed.
    pub(crate) printed: String,
    /// What it did in the book; none of a line that changes none.
    pub(crate) preview: Option<Preview>,
}

/// A line that is understood.
pub(crate) struct Line {
    pub(crate) matches: ArgMatches,
    /// Its words, with the answers behind those that were typed.
    pub(crate) words: Vec<OsString>,
    /// What it does, as it was shown to whoever said that it is meant.
    pub(crate) shown: Option<Preview>,
}

/// Parses the command line; asks a person in a terminal for what is missing, unless `--no-input` is given, and writes to `err` how
/// the line could have been typed.
pub(crate) fn parse(
    grammar: &Grammar<'_>,
    arguments: &[OsString],
    surroundings: &Surroundings,
    err: &mut dyn Write,
    try_out: TryOut<'_>,
) -> Result<Line> {
    let may_ask = surroundings.interactive && !arguments.iter().any(|argument| argument == "--no-input");
    let error = match grammar.build(arguments).try_get_matches_from(arguments) {
        Ok(matches) => {
            let mut line = Line { matches, words: arguments.to_vec(), shown: None };
            if may_ask && firm::asks_far(arguments, &line.matches, err, try_out)? {
                line.words.push("--far".into());
                line.matches = grammar.build(&line.words).try_get_matches_from(&line.words)?;
            }
            if may_ask {
                line.shown = firm::ask(&line.words, &line.matches, err, try_out)?;
            }
            return Ok(line);
        }
        Err(error) => error,
    };
    if error.kind() != ErrorKind::MissingRequiredArgument || !may_ask {
        return Err(error.into());
    }
    let Leaf { command: leaf, names } = grammar.leaf(arguments);
    let arguments = named_whole(leaf, &written_out(arguments, names));
    let arguments = arguments.as_slice();
    let command = || grammar.build(arguments);
    let Some(lacking) = missing::missing(&error, leaf) else { return Err(error.into()) };
    end_with_the_terminal();
    let book = Book::glance(&named_book(arguments, surroundings), surroundings.patience).ok();
    let book = book.filter(|book| reading::require(book, &with_declared(arguments, surroundings)).is_ok());
    // What is offered goes by the names that the office has; a book that tells none offers keys.
    book.as_ref().and_then(|book| name::learn(book).ok());
    let today = book
        .as_ref()
        .map_or_else(chrono::NaiveDate::default, |book| surroundings.clock.in_office_as_found(book).today());
    let name = |place: usize| names.get(place).map_or("", String::as_str);
    let hand = book.as_ref().and_then(|book| identity::reader(book, &with_declared(arguments, surroundings)).ok()?);
    let hand = hand.as_ref().map(|hand| &hand.person);
    let place = Place {
        room: name(0),
        verb: name(1),
        book: book.as_ref(),
        today,
        entry: None,
        begun: "",
        line: arguments,
        hand,
    };
    for number in missing::numbers(command(), leaf, arguments) {
        place.refuse_number(&number)?;
    }
    for which in missing::departments(command(), leaf, arguments) {
        place.refuse_department(&which)?;
    }
    let lacking = lacking
        .into_iter()
        .chain(missing::wanted_besides(leaf, (place.room, place.verb), arguments))
        .chain(missing::who_did_it(leaf, arguments))
        .map(|missing| (missing, Answer::default()));
    let trial = Begun { leaf, names: (place.room, place.verb), try_out, book: place.book };
    if let Some(refused) = trial.refused(arguments) {
        return Err(refused.into());
    }
    let mut talk = Talk {
        trial,
        command: &command,
        typed: arguments.to_vec(),
        place,
        surroundings,
        leaf,
        asked: lacking.collect(),
        settled_first: true,
        refused: Vec::new(),
    };
    talk.hold(err, try_out)
}

/// Shows once more what a line does that was not carried out, since that is not what was shown, and asks about it. Where it would be
/// refused now, it is for the book to say so: what was shown stays, so that nothing else is entered.
pub(crate) fn again(line: &mut Line, err: &mut dyn Write, try_out: TryOut<'_>) -> Result<()> {
    if let Some(shown) = firm::show(&line.words, err, try_out)? {
        line.shown = Some(shown);
    }
    Ok(())
}
/// Questions and answers about one command line.
struct Talk<'a> {
    trial: Begun<'a>,
    command: &'a dyn Fn() -> Command,
    /// The line as it was typed, without what of it is asked anew.
    typed: Vec<OsString>,
    place: Place<'a>,
    surroundings: &'a Surroundings,
    leaf: &'a Command,
    asked: Vec<(Missing, Answer)>,
    /// Whether the person's own settings answer before anybody is asked: until the first line is refused or gone back over.
    settled_first: bool,
    /// The words of the line that was refused last, sorted: what is asked anew stands elsewhere.
    refused: Vec<OsString>,
}

impl Talk<'_> {
    /// Asks until the line is whole and the book takes it.
    fn hold(&mut self, err: &mut dyn Write, try_out: TryOut<'_>) -> Result<Line> {
        let mut at = 0;
        // Where a refusal speaks of one answer, that one alone is asked again.
        let mut again = false;
        loop {
            if let Some((missing, answer)) = self.asked.get(at).cloned() {
                let line = self.line(at);
                let question = Question {
                    trial: self.trial,
                    place: self.place,
                    surroundings: self.surroundings,
                    command: self.command,
                    line: &line,
                };
                if let Some(settled) = question.settled(&missing).filter(|_| self.settled_first) {
                    self.asked[at].1 = settled;
                    at += 1;
                    continue;
                }
                let mut given = answer;
                let pressed = question.ask(&missing, &mut given, err)?;
                // What was answered before somebody went back stays to be taken again.
                self.asked[at].1 = given;
                match pressed {
                    Pressed::Entered(()) => at = if again { self.asked.len() } else { at + 1 },
                    Pressed::Back => {
                        self.settled_first = false;
                        at = at.saturating_sub(1);
                    }
                    Pressed::Left => return Err(Refusal::usage(say!("nothing was entered")).into()),
                }
                again = false;
                continue;
            }
            let line = self.line(self.asked.len());
            let matches = match (self.command)().try_get_matches_from(&line) {
                Ok(matches) => matches,
                Err(error) => {
                    let more = missing::missing(&error, self.leaf)
                        .filter(|_| error.kind() == ErrorKind::MissingRequiredArgument);
                    let Some(more) = more.filter(|more| !more.is_empty()) else { return Err(error.into()) };
                    self.asked.extend(more.into_iter().map(|missing| (missing, Answer::default())));
                    continue;
                }
            };
            writeln!(err, "{}", spelled_out(&elsewhere::as_typed(self.leaf, &line)))?;
            if !self.trial.writes(&self.typed) {
                return Ok(Line { matches, words: line, shown: None });
            }
            let tried = match firm::tried(&line, &[], try_out) {
                Ok(tried) => tried,
                Err(refused) => {
                    // The same line is refused for ever, whatever is answered to the one question: all are asked once more.
                    let words = {
                        let mut words = line.clone();
                        words.sort();
                        words
                    };
                    let is_same = std::mem::replace(&mut self.refused, words.clone()) == words;
                    writeln!(
                        err,
                        "{}\n{}",
                        refused.trim_end(),
                        say!("answer once more, Enter for the same as before, - for none; or Esc to leave it")
                    )?;
                    self.settled_first = false;
                    let spoken_of = self.spoken_of(&refused, &line).filter(|_| !is_same);
                    (at, again) = (spoken_of.unwrap_or(0), spoken_of.is_some());
                    continue;
                }
            };
            let repeats = tried.preview.as_ref().is_some_and(|preview| preview.repeats);
            let shown = if repeats || firm::is_asked_about(&matches) {
                firm::tell(&tried, err)?;
                tried.preview
            } else {
                // Only the line was shown: which number it has, say, may be another by now.
                tried.preview.map(Preview::unanswered)
            };
            match prompt::confirmed(err, say!("Enter to enter it, Shift-Tab to go back, Esc to leave it"))? {
                Pressed::Entered(()) => return Ok(Line { matches, words: line, shown }),
                Pressed::Back => {
                    self.settled_first = false;
                    at = self.asked.len().saturating_sub(1);
                }
                Pressed::Left => return Err(Refusal::usage(say!("nothing was entered")).into()),
            }
        }
    }

    /// The question for the first option that a refusal names, asked for, typed or neither, an exception last; else the one without whose
    /// answer the line is not refused, or whose answer is named; none where it speaks of none.
    fn spoken_of(&mut self, refused: &str, line: &[OsString]) -> Option<usize> {
        let own = self.trial.own_words(refused);
        let options = own.split(|c: char| !(c.is_ascii_lowercase() || c == '-'));
        let mut options: Vec<&str> = options.filter_map(|word| word.strip_prefix("--")).collect();
        options.sort_by_key(|long| *long == "exception");
        let named = options.into_iter().find_map(|long| self.question_of(long));
        named
            .or_else(|| self.to_blame(line))
            .or_else(|| self.asked.iter().position(|(_, answer)| answer.is_spoken_of(refused)))
    }

    /// The question for an option. What was typed for it is asked for anew, and stands there as the answer that it was.
    fn question_of(&mut self, long: &str) -> Option<usize> {
        let is_of = |missing: &Missing| missing.arguments.iter().any(|argument| argument.get_long() == Some(long));
        if let Some(place) = self.asked.iter().position(|(missing, _)| is_of(missing)) {
            return Some(place);
        }
        let option = self.leaf.get_opts().find(|option| option.get_long() == Some(long))?;
        if !option.get_action().takes_values() {
            return None;
        }
        let typed = missing::taken_off(&mut self.typed, long);
        self.asked.push((Missing { arguments: vec![option.clone()], required: false }, Answer::of(typed)));
        Some(self.asked.len() - 1)
    }

    /// The one answer without which the line is not refused as far as it is known. That of the number says nothing: without it, no line
    /// is refused.
    fn to_blame(&self, line: &[OsString]) -> Option<usize> {
        self.trial.tried(line)?;
        let is_cured = |place: &usize| {
            let (missing, answer) = &self.asked[*place];
            let is_option = missing.arguments.iter().all(|argument| !argument.is_positional());
            let others = self.asked.iter().enumerate().filter(|(other, _)| other != place);
            let words = others.flat_map(|(_, (missing, answer))| answer.words(missing));
            let line: Vec<OsString> = self.typed.iter().cloned().chain(words).collect();
            is_option && !answer.words(missing).is_empty() && self.trial.tried(&line).is_none()
        };
        let mut blamed = (0..self.asked.len()).filter(is_cured);
        blamed.next().filter(|_| blamed.next().is_none())
    }

    /// The line with the first answers behind it.
    fn line(&self, answered: usize) -> Vec<OsString> {
        let words = self.asked.iter().take(answered).flat_map(|(missing, answer)| answer.words(missing));
        self.typed.iter().cloned().chain(words).collect()
    }
}

/// The line with the names of its commands whole, as it is shown again: what was typed for them stood at its beginning.
fn written_out(line: &[OsString], names: &[String]) -> Vec<OsString> {
    let is_beginning = |place: usize| {
        let typed = line.get(place + 1).and_then(|word| word.to_str());
        typed.zip(names.get(place)).is_some_and(|(typed, name)| name.starts_with(typed))
    };
    let word = |(place, word): (usize, &OsString)| match place.checked_sub(1).filter(|place| is_beginning(*place)) {
        Some(place) => OsString::from(&names[place]),
        None => word.clone(),
    };
    line.iter().enumerate().map(word).collect()
}

/// The line that was asked together, as it could have been typed.
fn spelled_out(line: &[OsString]) -> String {
    let words = line.iter().skip(1).map(|word| text::word(&word.to_string_lossy()).into_owned());
    std::iter::once("branchbook".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// The surroundings with whom the line declares.
fn with_declared(typed: &[OsString], surroundings: &Surroundings) -> Surroundings {
    let declared = said(typed, "--as").map(|person| person.to_string_lossy().into_owned());
    Surroundings { as_person: declared.or_else(|| surroundings.as_person.clone()), ..surroundings.clone() }
}

/// The book that the line names, else the usual one.
fn named_book(typed: &[OsString], surroundings: &Surroundings) -> PathBuf {
    said(typed, "--book").map_or_else(|| surroundings.book.clone(), PathBuf::from)
}

#[cfg(test)]
mod tests;
