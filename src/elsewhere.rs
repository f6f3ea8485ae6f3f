//! Texts that a command line names instead of saying them: `-` is standard input, `@FILE` a file. Other users of the machine read the
//! arguments of a process, and a shell keeps them; a phone number stands in neither then.

use std::ffi::OsString;
use std::io::{BufRead, IsTerminal, Read, Write};

use anyhow::{Context, Result};

use crate::desk::Surroundings;
use crate::keyed;
use crate::refusal::Refusal;
use crate::register::forms;
use crate::register::option::At;
use crate::say;

/// The command line with the texts in the place of what names them.
pub(crate) fn brought(
    arguments: &[OsString],
    surroundings: &Surroundings,
    err: &mut dyn Write,
) -> Result<Option<Vec<OsString>>> {
    let names = |word: &OsString| {
        word.to_str()
            .is_some_and(|word| word == "-" || word.starts_with('@') || word.contains("=-") || word.contains("=@"))
    };
    if !arguments.iter().any(names) {
        return Ok(None);
    }
    let secret = secret_options(arguments.get(1).and_then(|word| word.to_str()).unwrap_or_default());
    let (mut line, mut words, mut read) = (Vec::new(), arguments.iter().peekable(), false);
    while let Some(word) = words.next() {
        let typed = word.to_str().unwrap_or_default();
        let (option, joined) = typed.split_once('=').map_or((typed, None), |(option, value)| (option, Some(value)));
        let is_secret = option.len() > 3 && secret.iter().any(|known| known.starts_with(option));
        let next = words.peek().and_then(|next| next.to_str());
        let Some(place) = joined.or(next).filter(|place| is_secret && (*place == "-" || place.starts_with('@'))) else {
            line.push(word.clone());
            continue;
        };
        let (option, place) = (option.to_owned(), place.to_owned());
        if joined.is_none() {
            words.next();
        }
        let text = match place.strip_prefix('@') {
            Some(_) if surroundings.keyed.is_some() => return Err(keyed::refused().into()),
            Some(file) => std::fs::read_to_string(file).with_context(|| say!("{file} cannot be read", file))?,
            None if read => {
                return Err(Refusal::usage(say!("standard input is one text, and was named twice"))
                    .or(say!("take @FILE for one of them"))
                    .into());
            }
            None => {
                read = true;
                standard_input(&option, arguments, err)?
            }
        };
        line.push(format!("{option}={}", text.trim_end_matches(['\n', '\r'])).into());
    }
    Ok(Some(line))
}

/// The options of a register's room whose texts are nobody else's to read.
fn secret_options(room: &str) -> Vec<String> {
    let fields =
        forms().filter(|form| form.register.name == room).flat_map(|form| form.steps().flat_map(|step| step.fields));
    let secret = fields.filter(|field| field.secret);
    secret.flat_map(|field| [At::Step, At::Amend].map(|at| format!("--{}", field.typed_as(at)))).collect()
}

/// What is typed in a terminal for it, or all of standard input.
fn standard_input(option: &str, arguments: &[OsString], err: &mut dyn Write) -> Result<String> {
    let input = std::io::stdin();
    let mut text = String::new();
    if !input.is_terminal() {
        input.lock().read_to_string(&mut text).context(say!("standard input cannot be read"))?;
        return Ok(text);
    }
    if arguments.iter().any(|word| word == "--no-input") {
        return Err(Refusal::usage(say!("{option} is to be asked for, and --no-input was given", option))
            .or(say!("take @FILE, or leave --no-input out"))
            .into());
    }
    write!(err, "{}: ", option.trim_start_matches('-'))?;
    err.flush()?;
    input.lock().read_line(&mut text)?;
    Ok(text)
}
