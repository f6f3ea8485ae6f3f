//! A book with a month in it, to look around in.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::script::{self, Line};
use crate::desk::{Answer, Desk, Run};
use crate::refusal::{Kind, Refusal};
use crate::say;

/// The month, as it would be typed.
const MONTH: &str = include_str!("demo.txt");

/// Make a book with a realistic month in it
#[derive(Debug, Args)]
pub(crate) struct Demo {}

impl Run for Demo {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let path = desk.globals.book.clone().unwrap_or_else(|| PathBuf::from("demo.db"));
        let mut surroundings = desk.surroundings.clone();
        surroundings.book.clone_from(&path);
        surroundings.interactive = false;
        // Its first person is whoever is logged in; nobody else is on its staff yet.
        surroundings.as_person = None;
        let (mut commands, mut said, mut refused) = (0, Vec::new(), Vec::new());
        for line in script::lines(MONTH)? {
            said.clear();
            refused.clear();
            let code = script::run(&line, &mut surroundings, &mut said, &mut refused)?;
            if code != 0 {
                return Err(Refusal::new(Kind::Failed, String::from_utf8_lossy(&refused).trim().to_owned()).into());
            }
            commands += u32::from(matches!(line, Line::Command(_)));
        }
        let path = path.display().to_string();
        let line = say!(
            "{path}: a book with October 2026 in it, made by {commands} commands; you are its clerk",
            path,
            commands
        );
        let look = say!("look around with: branchbook contact ledger --department business --book {path}", path);
        desk.tell_done(&Answer::new(path, line).note(look))
    }
}
