//! Words of a person's own for the beginnings of command lines.

use std::ffi::OsString;

use anyhow::Result;

use super::Settings;
use crate::refusal::Refusal;
use crate::say;

/// The line with what its first word stands for in that place, which may begin with such a word itself; none where it stands for itself.
/// A command of the program is never another one.
///
/// # Errors
/// A refusal where a quote of it is never closed, or it stands for itself in the end.
pub(crate) fn spelled_out(
    arguments: &[OsString],
    settings: &Settings,
    is_command: impl Fn(&str) -> bool,
) -> Result<Option<Vec<OsString>>> {
    let (mut whole, mut passed): (Option<Vec<OsString>>, Vec<&str>) = (None, Vec::new());
    loop {
        let arguments = whole.as_deref().unwrap_or(arguments);
        let word = arguments.get(1).and_then(|word| word.to_str()).filter(|word| !is_command(word));
        let Some((word, line)) = word.and_then(|word| settings.own.alias.get_key_value(word)) else { return Ok(whole) };
        if passed.contains(&word.as_str()) {
            return Err(Refusal::usage(say!("{word} stands for itself in the settings", word))
                .or(say!("set it anew with: branchbook config set alias.{word} LINE", word))
                .into());
        }
        passed.push(word);
        let words =
            shlex::split(line).ok_or_else(|| Refusal::usage(say!("a quote is never closed in: {line}", line)))?;
        let words = words.into_iter().map(OsString::from);
        whole = Some(arguments[..1].iter().cloned().chain(words).chain(arguments[2..].iter().cloned()).collect());
    }
}
