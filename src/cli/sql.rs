//! The views over a book, printed for whoever reads it with the sqlite3 shell.

use anyhow::Result;
use clap::Args;

use crate::desk::{Desk, Run};
use crate::view;

/// What is printed
#[derive(Debug, Args)]
pub(crate) struct Sql {}

impl Run for Sql {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        desk.write(view::script(), &["sql"])
    }
}
