//! Scripts of command lines: how `demo` fills a book, and how the example shows a month.
//!
//! A line is a comment (`#`), a day that the following lines are typed on (`@ 2026-10-08`), or a command line as typed after
//! the program's name, quoted as in a shell.

pub(crate) mod run;

use std::ffi::OsString;
use std::io::Write;

use crate::cli;
use crate::clock::Clock;
use crate::desk::Surroundings;
use crate::refusal::Refusal;
use crate::say;

/// A line of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Something to say to the reader.
    Comment(String),
    /// The clock is moved to this time.
    At(String),
    /// A command line without the program's name.
    Command(Vec<String>),
}

/// The lines of a script; blank lines are left out.
///
/// # Errors
/// A usage refusal naming the line that cannot be read.
pub fn lines(script: &str) -> Result<Vec<Line>, Refusal> {
    script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            if let Some(comment) = line.strip_prefix('#') {
                return Ok(Line::Comment(comment.trim().to_owned()));
            }
            if let Some(day) = line.strip_prefix('@') {
                return Ok(Line::At(day.trim().to_owned()));
            }
            Ok(Line::Command(words(line)?))
        })
        .collect()
}

/// The words of a command line, quoted as in a shell.
fn words(line: &str) -> Result<Vec<String>, Refusal> {
    shlex::split(line).ok_or_else(|| Refusal::usage(say!("a quote is never closed in: {line}", line)))
}

/// The arguments that a line types, with or without the program's name before them.
pub(crate) fn arguments(line: &str) -> Result<Vec<OsString>, Refusal> {
    let words = words(line)?.into_iter().enumerate();
    let typed = words.filter(|(place, word)| *place > 0 || word != "branchbook").map(|(_, word)| word);
    Ok(std::iter::once("branchbook".to_owned()).chain(typed).map(OsString::from).collect())
}

/// Runs one line with the surroundings as the lines before left them; gives the exit code of a command.
///
/// # Errors
/// A usage refusal where a day is none.
pub fn run(
    line: &Line,
    surroundings: &mut Surroundings,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, Refusal> {
    match line {
        Line::Comment(_) => Ok(0),
        Line::At(time) => {
            surroundings.clock = Clock::fixed(time)?;
            Ok(0)
        }
        Line::Command(words) => {
            let arguments: Vec<OsString> =
                std::iter::once("branchbook").chain(words.iter().map(String::as_str)).map(OsString::from).collect();
            Ok(cli::run(&arguments, surroundings, out, err))
        }
    }
}
