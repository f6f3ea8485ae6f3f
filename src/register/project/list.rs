//! Listing projects, also those whose schedule slipped (R3.2).

use anyhow::Result;
use clap::Args;

use crate::desk::{Desk, Run};
use crate::register::filter::Filter;
use crate::register::shared;

/// Which projects are listed
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    filter: Filter,
    /// Only open projects with a milestone past its day, as of the day of --on
    #[arg(long)]
    pub late: bool,
}

impl Run for List {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let query = shared::readable(desk, "project", &self.filter, "project list")?;
        if !self.late {
            return desk.list(&query);
        }
        let day = desk.on().to_string();
        let mut late = query.with(":late", day);
        late.sql = format!(
            "SELECT * FROM ({}) WHERE ended_on IS NULL AND number IN (
                SELECT e.number FROM milestone AS m JOIN entry AS e ON e.id = m.entry
                WHERE m.done_on IS NULL AND m.dropped_on IS NULL AND m.due_on < :late)",
            late.sql
        );
        desk.list(&late)
    }
}
