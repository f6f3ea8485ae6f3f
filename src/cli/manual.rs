//! The manual: a page for every command, as `man` shows it.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Command, ValueHint};
use clap_mangen::Man as Page;

use super::overview;
use crate::desk::{Answer, Desk, Run};
use crate::files::target::{Kept, Target};
use crate::say;

/// Where the pages go
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// The folder, such as ~/.local/share/man/man1; it is made where it is not there
    #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub(crate) folder: PathBuf,
}

impl Run for Man {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let folder = self.folder.display().to_string();
        std::fs::create_dir_all(&self.folder).with_context(|| say!("{folder} cannot be made", folder = &folder))?;
        let mut root = overview::entering(super::command());
        root.build();
        let mut count = 0;
        self.write(desk, &root, "", &mut count)?;
        desk.tell(&Answer::new(
            folder.clone(),
            say!("{folder}: {count} pages; read one with: man branchbook-contact-add", folder, count),
        ))
    }
}

impl Man {
    /// Writes the page of a command and those of its verbs.
    fn write(&self, desk: &Desk<'_>, command: &Command, before: &str, count: &mut usize) -> Result<()> {
        let name = if before.is_empty() { "branchbook".to_owned() } else { format!("{before}-{}", command.get_name()) };
        let place = Target::new(&self.folder.join(format!("{name}.1")), Kept::of_book(desk.book_path()))?;
        let mut page = command.clone().name(name.clone()).version(env!("CARGO_PKG_VERSION"));
        if before.is_empty() {
            page = overview::shown(page);
        }
        place.write(|file| Ok(Page::new(page).render(&mut *file)?))?;
        *count += 1;
        for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
            self.write(desk, verb, &name, count)?;
        }
        Ok(())
    }
}
