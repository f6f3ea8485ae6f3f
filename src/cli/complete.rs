//! Completion in the shell: the script that a shell reads once, and what it asks the program for whenever Tab is pressed.
//!
//! What is offered comes from the book, as in questions: numbers on which the verb may be used, people, departments. Where
//! anything fails, nothing is offered and nothing said.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::time::Duration;

use anyhow::Result;
use clap::{Arg, Args, Command, ValueEnum, ValueHint};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::Shells;

use crate::ask::offers::Place;
use crate::book::Book;
use crate::cli::{self, short};
use crate::desk::{Desk, Run, Surroundings};
use crate::line::{said, word_of};
use crate::office::{name, reading};
use crate::prompt::Offer;
use crate::say;
use crate::settings::alias;

/// The variable by which a shell asks; it names the shell.
const ASKED: &str = "BRANCHBOOK_COMPLETE";

/// The variable by which bash and zsh say which word of the line is completed.
const CURSOR: &str = "_CLAP_COMPLETE_INDEX";

/// How the library's script hands zsh what is offered, of which zsh would leave out what begins otherwise than was typed.
const ZSH_LISTS: &str = "[[ -n $other ]] && _describe -V 'values' other";

/// The same where the program says what fits: a department is found by the first sign of its Chinese name. What begins otherwise is chosen
/// from a menu, since nothing is common to all that could be put in.
const ZSH_TAKES: &str = r"local -a apart=(${other:#${(b)PREFIX}*})
        if [[ -n $apart ]]; then
            (( $#other > 1 )) && compstate[insert]=menu
            _describe -V 'values' other -U
        elif [[ -n $other ]]; then
            _describe -V 'values' other
        fi";

/// Which shell
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell that reads it
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: Interpreter,
}

/// The shells that can complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Interpreter {
    /// source <(branchbook completions bash), in ~/.bashrc
    Bash,
    /// source <(branchbook completions zsh), in ~/.zshrc
    Zsh,
    /// branchbook completions fish | source, in ~/.config/fish/config.fish
    Fish,
    /// branchbook completions powershell | Out-String | Invoke-Expression, in $PROFILE
    #[value(name = "powershell")]
    PowerShell,
}

impl Run for Completions {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let name = word_of(&self.shell);
        let shells = Shells::builtins();
        let Some(shell) = shells.completer(&name) else {
            anyhow::bail!(say!("there is no completion for {name}", name))
        };
        let mut script = Vec::new();
        shell.write_registration(ASKED, "branchbook", "branchbook", "branchbook", &mut script)?;
        let script = String::from_utf8_lossy(&script).replace(ZSH_LISTS, ZSH_TAKES);
        desk.write(&script, &["sh", "bash", "zsh", "fish", "ps1"])
    }
}

/// Answers a shell that asks what may come next in a line. Gives whether one did.
pub fn answer(arguments: &[OsString], surroundings: &Surroundings, out: &mut dyn Write) -> bool {
    let Some(name) = std::env::var_os(ASKED).filter(|name| !name.is_empty()) else { return false };
    let shells = Shells::builtins();
    let line = arguments.iter().position(|word| word == "--").map(|place| arguments[place + 1..].to_vec());
    if let Some((shell, line)) = name.to_str().and_then(|name| shells.completer(name)).zip(line) {
        // The book and the language are those that the line would have.
        let named = said(&line, "--book");
        let surroundings = surroundings.clone().settled(named).unwrap_or_else(|_| surroundings.clone());
        let told = surroundings.settings.language().ok().flatten();
        let surroundings = Surroundings { language: told.unwrap_or(surroundings.language), ..surroundings };
        cli::language(&line, &surroundings).speak();
        // Behind a word of a person's own comes what may come behind the line that it stands for.
        let whole = alias::spelled_out(&line, &surroundings.settings, cli::is_command).ok().flatten();
        let whole = whole.filter(|_| line.len() > 2);
        if let (Some(whole), Some(cursor)) = (&whole, cursor()) {
            let cursor = (cursor + whole.len()).checked_sub(line.len()).filter(|_| cursor > 1);
            return cursor.is_none_or(|cursor| answer_at(cursor, whole, out));
        }
        let line = whole.unwrap_or(line);
        let line = cli::moved_before_last(&line).unwrap_or(line);
        let line = short::spelled_out(&line).filter(|_| line.len() > 3).unwrap_or(line);
        let mut answer = Vec::new();
        let mut command = offering(cli::completed(&line), &line, &surroundings);
        if shell.write_complete(&mut command, line, None, &mut answer).is_ok() {
            let _ = out.write_all(&answer);
        }
    }
    true
}

/// Which word of the line the shell completes, where it says so; else it is the last.
fn cursor() -> Option<usize> {
    std::env::var(CURSOR).ok()?.parse().ok()
}

/// Answers for another word of another line: the library reads from the environment alone which word is completed, and a process cannot
/// change its own.
fn answer_at(cursor: usize, line: &[OsString], out: &mut dyn Write) -> bool {
    let answer = std::env::current_exe().and_then(|program| {
        std::process::Command::new(program).arg("--").args(line).env(CURSOR, cursor.to_string()).output()
    });
    // Where that fails, nothing is offered.
    let _ = answer.map(|answer| out.write_all(&answer.stdout));
    true
}

/// The grammar with what the book offers for its arguments.
fn offering(mut command: Command, line: &[OsString], surroundings: &Surroundings) -> Command {
    command.build();
    let source = Source {
        surroundings: surroundings.clone(),
        room: cli::word(line, 1).to_owned(),
        verb: cli::word(line, 2).to_owned(),
        line: line.to_vec(),
    };
    let rooms: Vec<String> = command.get_subcommands().map(|room| room.get_name().to_owned()).collect();
    for room in rooms {
        command = command.mut_subcommand(&room, |room| {
            let verbs: Vec<String> = room.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
            verbs.iter().fold(source.offered(room), |room, verb| room.mut_subcommand(verb, |verb| source.offered(verb)))
        });
    }
    command
}

/// Where offers come from.
#[derive(Clone)]
struct Source {
    surroundings: Surroundings,
    room: String,
    verb: String,
    line: Vec<OsString>,
}

impl Source {
    fn offered(&self, command: Command) -> Command {
        command.mut_args(|argument| {
            // The library offers files by itself.
            let is_path = !matches!(argument.get_value_hint(), ValueHint::Unknown | ValueHint::Other);
            if is_path || !argument.get_action().takes_values() {
                return argument;
            }
            let (source, asked) = (self.clone(), argument.clone());
            argument.add(ArgValueCompleter::new(move |typed: &OsStr| source.candidates(&asked, typed)))
        })
    }

    fn candidates(&self, argument: &Arg, typed: &OsStr) -> Vec<CompletionCandidate> {
        let stands_in_book = argument.get_possible_values().is_empty();
        let book = Some(&self.surroundings.book).filter(|_| stands_in_book);
        let book = book.and_then(|book| Book::glance(book, Duration::ZERO).ok());
        if stands_in_book && book.as_ref().is_none_or(|book| reading::require(book, &self.surroundings).is_err()) {
            return Vec::new();
        }
        let _ = book.as_ref().map(name::learn);
        let today = book.as_ref().map(|book| self.surroundings.clock.in_office_as_found(book).today());
        let typed = typed.to_str().unwrap_or_default();
        let number = Some(cli::word(&self.line, 3)).filter(|word| self.line.len() > 4 && !word.starts_with('-'));
        let place = Place {
            room: &self.room,
            verb: &self.verb,
            book: book.as_ref(),
            today: today.unwrap_or_default(),
            entry: number,
            begun: typed,
            line: &self.line,
            hand: None,
        };
        let mut offers = place.offers(argument).list;
        offers.retain(|offer| !offer.key.is_empty() && offer.is_meant(typed));
        if offers.iter().any(|offer| offer.key.starts_with(typed)) {
            offers.retain(|offer| offer.key.starts_with(typed));
        }
        // Their order in the question is that of the work; in a list to look through it is that of the numbers.
        let names = argument.get_value_names().and_then(<[_]>::first).map(clap::builder::Str::as_str);
        if matches!(names, Some("NUMBER" | "PROJECT")) {
            offers.sort_by(|one, other| one.key.cmp(&other.key));
        }
        let candidate = |Offer { key, name }| {
            CompletionCandidate::new(key).help(Some(name).filter(|name| !name.is_empty()).map(Into::into))
        };
        offers.into_iter().map(candidate).collect()
    }
}
