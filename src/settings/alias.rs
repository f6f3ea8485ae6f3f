//! Words of a person's own for the beginnings of command lines.

use std::ffi::OsString;

use anyhow::Result;

use super::Settings;
use crate::refusal::Refusal;
use crate::say;

/// The line with what its first word stands for in that place; none where it stands for itself. A command of the program is never
/// another one.
///
/// # Errors
/// A refusal where a quote of it is never closed.
pub(crate) fn spelled_out(
    arguments: &[OsString],
    settings: &Settings,
    is_command: impl Fn(&str) -> bool,
) -> Result<Option<Vec<OsString>>> {
    let Some(word) = arguments.get(1).and_then(|word| word.to_str()).filter(|word| !is_command(word)) else {
        return Ok(None);
    };
    let Some(line) = settings.own.alias.get(word) else { return Ok(None) };
    let words = shlex::split(line).ok_or_else(|| Refusal::usage(say!("a quote is never closed in: {line}", line)))?;
    let words = words.into_iter().map(OsString::from);
    Ok(Some(arguments[..1].iter().cloned().chain(words).chain(arguments[2..].iter().cloned()).collect()))
}
