//! Asking before what whoever enters it does not take back: numbers that are voided, imports that are taken back as a whole, decisions,
//! which whoever may give them revokes, and what closes.

use std::ffi::OsString;
use std::io::Write;

use anyhow::Result;
use clap::ArgMatches;

use super::TryOut;
use crate::prompt::{self, Pressed, end_with_the_terminal};
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

/// Shows what the line would do, and goes on where the person says so; what is refused is refused as ever.
pub(super) fn ask(line: &[OsString], matches: &ArgMatches, err: &mut dyn Write, try_out: TryOut<'_>) -> Result<()> {
    let Some((room, inner)) = matches.subcommand() else { return Ok(()) };
    let (verb, leaf) = inner.subcommand().unwrap_or(("", inner));
    let flag = |name: &str| leaf.try_get_one::<bool>(name).ok().flatten().is_some_and(|given| *given);
    if !is_firm(room, verb, leaf) || flag("yes") || flag("dry_run") {
        return Ok(());
    }
    let mut tried = line.to_vec();
    tried.extend(["--dry-run".into(), "--no-input".into()]);
    let Ok(answer) = try_out(&tried) else { return Ok(()) };
    end_with_the_terminal();
    writeln!(err, "{}\n{}", answer.trim_end(), say!("Enter to enter it, Esc to leave it"))?;
    match prompt::read("", "", &[], Vec::new())? {
        Pressed::Entered(_) => Ok(()),
        Pressed::Back | Pressed::Left => Err(Refusal::usage(say!("nothing was entered")).into()),
    }
}
