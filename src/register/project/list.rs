//! Lists of projects: all of them, or those whose schedule has slipped (R3.2).

use anyhow::Result;
use clap::Args;

use super::REGISTER;
use crate::desk::{Desk, Run};
use crate::register::filter::Filter;
use crate::register::{access, shared};
use crate::say;
use crate::sheet::query::Query;

/// Which projects are listed
#[derive(Debug, Args)]
pub struct List {
    /// The options that mean the same in every register.
    #[command(flatten)]
    pub filter: Filter,
    /// Only projects with a milestone that was open past its day on the day of --on, and the first of these
    #[arg(long)]
    pub late: bool,
}

/// Of every project under way, the first milestone that is open past its day.
const SLIPPED: &str = "SELECT m.entry, m.what AS milestone, min(m.due_on) AS due_on,
        CAST(julianday(:day) - julianday(min(m.due_on)) AS INTEGER) AS days_late
    FROM entry AS e CROSS JOIN milestone AS m ON m.entry = e.id
    WHERE e.register = 'project' AND e.ended_on IS NULL AND m.done_on IS NULL AND m.dropped_on IS NULL AND m.due_on < :day
    GROUP BY m.entry";

impl Run for List {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        if !self.late {
            return shared::list(desk, REGISTER.name, &self.filter);
        }
        let (day, today) = (desk.on(), desk.surroundings.clock.today());
        let book = desk.book()?.reader();
        let rows = format!(
            "SELECT v.*, s.milestone, s.due_on, s.days_late FROM ({SLIPPED}) AS s CROSS JOIN project_list AS v ON v.id = s.entry"
        );
        let rows = self.filter.apply(book, &REGISTER, &rows, today)?.with(":day", day.to_string());
        let mut columns = access::printed_columns(book, REGISTER.view)?;
        columns.splice(2..2, ["milestone", "due_on", "days_late"].map(str::to_owned));
        let sql = format!("SELECT {} FROM ({})", columns.join(", "), rows.sql);
        desk.list(&Query { title: say!("Projects late on {day}", day), sql, ..rows })
    }
}
