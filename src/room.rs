//! Rooms of the command line, each behind a first word; its grammar is built when it is entered.

use anyhow::Result;
use clap::{ArgMatches, Args, Command, FromArgMatches, Subcommand};

use crate::desk::{Desk, Run};
use crate::language::{are_beginnings_taken, help};

/// A room: what stands behind the first word of a command line. Its grammar is built when it is entered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// The word.
    pub(crate) name: &'static str,
    /// What help says of it.
    pub(crate) about: &'static str,
    /// Adds its options or its verbs.
    pub(crate) grammar: fn(Command) -> Command,
    /// Its verb of this name, with the options.
    pub(crate) verb: fn(&Self, &str) -> Option<Command>,
    /// Carries out a parsed line.
    pub(crate) run: fn(&mut ArgMatches, &mut Desk<'_>) -> Result<()>,
}

impl Room {
    /// A room of which nothing is said yet.
    pub(crate) const BLANK: Self =
        Self { name: "", about: "", grammar: |command| command, verb: |_, _| None, run: |_, _| Ok(()) };

    /// A room with verbs of its own.
    pub(crate) const fn with_verbs<V: Subcommand + Run>(name: &'static str, about: &'static str) -> Self {
        Self { name, about, grammar: |command| verbs::<V>(command), verb: Self::built, run: enter::<V> }
    }

    /// A command without further verbs.
    pub(crate) const fn command<A: Args + Run>(name: &'static str, about: &'static str) -> Self {
        Self { name, about, grammar: |command| arguments::<A>(command), verb: Self::built, run: enter::<A> }
    }

    /// The room's command before it is entered.
    pub(crate) fn door(&self) -> Command {
        Command::new(self.name).about(self.about).infer_long_args(are_beginnings_taken())
    }

    /// The room's command with this verb alone; none where it has no such verb.
    pub(crate) fn with_verb(&self, name: &str) -> Option<Command> {
        let verb = (self.verb)(self, name)?;
        Some(self.door().subcommand_required(true).subcommand(verb))
    }

    fn built(&self, name: &str) -> Option<Command> {
        (self.grammar)(self.door()).find_subcommand(name).cloned()
    }
}

fn verbs<V: Subcommand>(command: Command) -> Command {
    let about = command.get_about().cloned().unwrap_or_default();
    help::translated(
        V::augment_subcommands(command)
            .about(about)
            .subcommand_required(true)
            .arg_required_else_help(true)
            .infer_subcommands(are_beginnings_taken())
            .infer_long_args(are_beginnings_taken()),
    )
}

/// The room's own words stay; a struct's doc comment would replace them.
fn arguments<A: Args>(command: Command) -> Command {
    let about = command.get_about().cloned().unwrap_or_default();
    help::translated(A::augment_args(command).about(about))
}

fn enter<R: FromArgMatches + Run>(matches: &mut ArgMatches, desk: &mut Desk<'_>) -> Result<()> {
    R::from_arg_matches_mut(matches)?.run(desk)
}
