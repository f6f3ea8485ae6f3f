//! Lines that are carried out and keep nothing: whole, to show what they would do, and begun, to tell what cannot come of them.

use std::ffi::OsString;
use std::time::Duration;

use clap::Command;

use super::{grammar, run_line};
use crate::ask::{Refused, Trial, Tried};
use crate::desk::Surroundings;
use crate::elsewhere;
use crate::line::Leaf;

/// How long a begun line waits for other programs: what it tells is told again once the line is whole.
const PATIENCE: Duration = Duration::from_millis(200);

/// Carries a line out that keeps nothing of what it does, and whose texts stand in it; gives what it answers, or why it is refused.
pub(super) fn of(line: &[OsString], surroundings: &Surroundings, trial: Trial) -> Result<Tried, Refused> {
    let line = &elsewhere::as_typed(&Leaf::of(grammar(line), line).command, line);
    let (mut answered, mut told) = (Vec::new(), Vec::new());
    let text = |said: Vec<u8>| String::from_utf8_lossy(&said).into_owned();
    let surroundings = match trial {
        Trial::Whole => surroundings.clone(),
        Trial::Begun => Surroundings { begun: true, patience: PATIENCE, ..surroundings.clone() },
    };
    let carried = run_line(line, &surroundings, &mut answered, &mut told);
    match carried.code {
        0 => Ok(Tried { printed: text(answered), preview: carried.preview }),
        code => Err(Refused { told: text(told), code }),
    }
}

/// The grammar of a line that is only begun: no option must be given.
pub(super) fn begun(line: &[OsString]) -> Command {
    relaxed(grammar(line))
}

fn relaxed(command: Command) -> Command {
    let groups: Vec<String> = command.get_groups().map(|group| group.get_id().to_string()).collect();
    let verbs: Vec<String> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    let command =
        command.mut_args(|argument| if argument.is_positional() { argument } else { argument.required(false) });
    let command =
        groups.into_iter().fold(command, |command, group| command.mut_group(group, |group| group.required(false)));
    verbs.into_iter().fold(command, |command, verb| command.mut_subcommand(verb, relaxed))
}
