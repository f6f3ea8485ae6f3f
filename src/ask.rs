//! Parsing a command line; in a terminal, asking for what is missing.

use std::ffi::OsString;

use clap::{ArgMatches, Command};

use crate::desk::Surroundings;

/// Parses the command line.
///
/// # Errors
/// What the grammar refuses.
pub fn parse(
    command: fn() -> Command,
    arguments: &[OsString],
    _surroundings: &Surroundings,
) -> Result<ArgMatches, clap::Error> {
    command().try_get_matches_from(arguments)
}
