//! Keys that make a write safe to repeat (`--once KEY`).

use std::ffi::OsString;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

use super::change::{Change, Recorder};
use super::thing::Thing;
use crate::answer::Answer;
use crate::refusal::Refusal;
use crate::say;
use crate::view::merged::who;
use crate::zone;

/// The SHA-256 of a command line without its `--once KEY` and `--dry-run`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Arguments([u8; 32]);

impl Arguments {
    /// Hashes the arguments, each with its length before it.
    pub(crate) fn of(arguments: &[OsString]) -> Self {
        let mut hasher = Sha256::new();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let bytes = argument.as_encoded_bytes();
            if bytes == b"--once" {
                arguments.next();
            } else if !bytes.starts_with(b"--once=") && bytes != b"--dry-run" {
                hasher.update((bytes.len() as u64).to_be_bytes());
                hasher.update(bytes);
            }
        }
        Self(hasher.finalize().into())
    }
}

/// What the first call with this key answered; none where the key is new. A key is theirs who used it: nobody else is told what it
/// entered.
pub(crate) fn recall(
    book: &Connection,
    key: &str,
    arguments: &Arguments,
    recorder: &Recorder,
) -> Result<Option<Answer>> {
    refuse_others(book, key, recorder)?;
    let found = book
        .prepare_cached("SELECT arguments, verb, number, line, used_at FROM once WHERE key = ?1")?
        .query_row([key], |row| {
            Ok((
                row.get::<_, [u8; 32]>(0)?,
                row.get::<_, String>(1)?,
                Answer::new(row.get::<_, String>(2)?, row.get::<_, String>(3)?),
                zone::shown(&row.get::<_, String>(4)?),
            ))
        })
        .optional()?;
    match found {
        None => Ok(None),
        Some((hash, _, answer, at)) if hash == arguments.0 => {
            Ok(Some(answer.note(say!("--once {key} was carried out at {at}; nothing was changed now", key, at))))
        }
        Some((_, verb, answer, at)) => Err(Refusal::usage(say!(
            "--once {key} was used at {at} by another command, {verb} {number}",
            key,
            at,
            verb,
            number = answer.number
        ))
        .or(say!("give this command a key of its own"))
        .into()),
    }
}

/// Refuses a key that somebody else used, or that was used from another login.
fn refuse_others(book: &Connection, key: &str, recorder: &Recorder) -> Result<()> {
    let used: Option<(String, String, String)> = book
        .prepare_cached("SELECT recorder, os_login, at FROM journal WHERE thing = ?1 ORDER BY id LIMIT 1")?
        .query_row([Thing::office("once", &[key])?.name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((person, login, at)) = used else { return Ok(()) };
    if who(&person) == who(&recorder.person.key) && login == recorder.login {
        return Ok(());
    }
    let what =
        say!("--once {key} was used at {at} by somebody else, or from another login", key, at = zone::shown(&at));
    Err(Refusal::usage(what).or(say!("give this command a key of its own")).into())
}

/// Keeps the answer of the first call, and writes it into the journal: who changes it would have a repeat carried out twice.
pub(crate) fn keep(change: &mut Change<'_>, key: &str, arguments: &Arguments, answer: &Answer) -> Result<()> {
    change.sql().execute(
        "INSERT INTO once VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (key, arguments.0, change.at(), change.verb(), &answer.number, &answer.line),
    )?;
    let recorder = change.recorder.person.key.clone();
    change.record(&Thing::office("once", &[key])?.just_opened(), &recorder, None)
}
