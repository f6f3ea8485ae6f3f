//! Asking before what whoever enters it does not take back: numbers that are voided, imports that are taken back as a whole, decisions,
//! which whoever may give them revokes, and what closes; and before what another entry says already.

use std::ffi::OsString;
use std::io::Write;

use anyhow::Result;
use clap::ArgMatches;

use super::{Trial, Tried, TryOut};
use crate::book::preview::Preview;
use crate::day::DayArg;
use crate::prompt;
use crate::refusal::Refusal;
use crate::register;
use crate::say;

/// What closes or is for good, besides what follows from the registers.
const FIRM: [(&str, &str); 4] = [("report", "submit"), ("series", "close"), ("staff", "end"), ("staff", "merge")];

/// Whether a command is shown and asked about before it is entered.
fn is_firm(room: &str, verb: &str, matches: &ArgMatches) -> bool {
    let decides = || {
        let form = register::forms().find(|form| form.register.name == room);
        form.is_some_and(|form| form.decisions().any(|decision| decision.name == verb))
    };
    match (room, verb) {
        ("undo", _) => matches.try_contains_id("import").unwrap_or(false),
        (_, "void") => true,
        known => FIRM.contains(&known) || decides(),
    }
}

/// Whether a line is shown and asked about before it is entered.
pub(super) fn is_asked_about(matches: &ArgMatches) -> bool {
    unsettled(matches).is_some_and(|(room, verb, leaf)| is_firm(room, verb, leaf))
}

/// The room and the verb of a line that enters something and does not say itself that it is meant.
fn unsettled(matches: &ArgMatches) -> Option<(&str, &str, &ArgMatches)> {
    let (room, inner) = matches.subcommand()?;
    let (verb, leaf) = inner.subcommand().unwrap_or(("", inner));
    let flag = |name: &str| leaf.try_get_one::<bool>(name).ok().flatten().is_some_and(|given| *given);
    (!flag("yes") && !flag("dry_run")).then_some((room, verb, leaf))
}

/// Shows what the line would do, and goes on where the person says so, with what was shown; what is refused is refused as ever.
pub(super) fn ask(
    line: &[OsString],
    matches: &ArgMatches,
    err: &mut dyn Write,
    try_out: TryOut<'_>,
) -> Result<Option<Preview>> {
    if is_asked_about(matches) {
        return show(line, err, try_out);
    }
    if !may_repeat(matches) {
        return Ok(None);
    }
    match tried(line, &["--far"], try_out) {
        Ok(done) if done.preview.as_ref().is_some_and(|preview| preview.repeats) => agree(done, err),
        _ => Ok(None),
    }
}

/// Asks whether a day without its year is meant that the book refuses as it reads it; gives whether it is. Of the day of `--on` it is asked
/// when the line is carried out.
pub(super) fn asks_far(
    line: &[OsString],
    matches: &ArgMatches,
    err: &mut dyn Write,
    try_out: TryOut<'_>,
) -> Result<bool> {
    let Some((.., leaf)) = unsettled(matches).filter(|(.., leaf)| leaf.try_contains_id("far").unwrap_or(false)) else {
        return Ok(false);
    };
    let is_typed = |id: &clap::Id| {
        let words = leaf.try_get_raw(id.as_str()).ok().flatten();
        let mut words = words.into_iter().flatten().filter_map(|word| word.to_str());
        id != "on" && words.any(|word| matches!(word.parse(), Ok(DayArg::OfYear(..))))
    };
    if leaf.get_flag("far") || !leaf.ids().any(is_typed) {
        return Ok(false);
    }
    let Err(refused) = tried(line, &[], try_out) else { return Ok(false) };
    if tried(line, &["--far"], try_out).is_err() {
        return Ok(false);
    }
    writeln!(err, "{}", refused.trim_end())?;
    if prompt::is_meant(err)? {
        return Ok(true);
    }
    Err(Refusal::usage(say!("nothing was entered")).into())
}

/// Whether a line enters what may be there already.
fn may_repeat(matches: &ArgMatches) -> bool {
    let Some((room, verb, _)) = unsettled(matches) else { return false };
    room == "staff" && matches!(verb, "add" | "rename")
        || register::forms().any(|form| form.register.name == room && register::alike::may_repeat(form, verb))
}

/// Shows what the line would do and asks whether that is meant; none where it would be refused.
pub(super) fn show(line: &[OsString], err: &mut dyn Write, try_out: TryOut<'_>) -> Result<Option<Preview>> {
    // Whether a day is meant that is far from today is asked when the line is carried out.
    let Ok(done) = tried(line, &["--far"], try_out) else { return Ok(None) };
    agree(done, err)
}

/// Shows what a line that was tried out would do, and asks whether that is meant.
fn agree(done: Tried, err: &mut dyn Write) -> Result<Option<Preview>> {
    tell(&done, err)?;
    if !prompt::agreed(err, say!("Enter to enter it, Esc to leave it"))? {
        return Err(Refusal::usage(say!("nothing was entered")).into());
    }
    Ok(done.preview)
}

/// Tries a line out, with these options besides.
pub(super) fn tried(line: &[OsString], besides: &[&str], try_out: TryOut<'_>) -> Result<Tried, String> {
    let besides = ["--dry-run", "--no-input"].iter().chain(besides).map(OsString::from);
    let line = line.iter().cloned().chain(besides).collect::<Vec<_>>();
    try_out(&line, Trial::Whole).map_err(|refused| refused.told)
}

/// Says what a line would do, and that it has not done it.
pub(super) fn tell(tried: &Tried, err: &mut dyn Write) -> Result<()> {
    let Some(answer) = tried.preview.as_ref().and_then(|preview| preview.answer.as_ref()) else {
        return Ok(writeln!(err, "{}", tried.printed.trim_end())?);
    };
    answer.notes.iter().try_for_each(|note| writeln!(err, "{note}"))?;
    writeln!(err, "{}", say!("not entered yet; this is what it would say:"))?;
    Ok(writeln!(err, "{}", answer.line)?)
}
