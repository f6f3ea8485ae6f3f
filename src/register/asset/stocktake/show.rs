//! Looking at stocktakes: how each came out, and what one of them found to differ.

use anyhow::Result;
use clap::{Args, Subcommand};

use super::print::Print;
use super::undo::Undo;
use super::{ABSENT, Stocktake, UNCOUNTED};
use crate::desk::{Desk, Run};
use crate::sheet::query::Query;
use crate::{heading, say};

/// Which stocktake to look at
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Show {
    /// What is done with one, instead of looking at it.
    #[command(subcommand)]
    pub(crate) verb: Option<Verb>,
    /// The stocktake's number; all of them, a line each, where none is given
    #[arg(value_parser = crate::whole::place)]
    pub(crate) stocktake: Option<i64>,
    /// What was found as well
    #[arg(long, requires = "stocktake")]
    pub(crate) all: bool,
}

/// What is done with a stocktake.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// The signed result as a page to print (R5.5(1))
    Print(Print),
    /// Take back what was counted last, single lines, or the closing, which opens it again
    Undo(Undo),
}

impl Run for Show {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self.verb {
            Some(Verb::Print(print)) => return print.run(desk),
            Some(Verb::Undo(undo)) => return undo.run(desk),
            None => {}
        }
        let Some(id) = self.stocktake else { return desk.list(&Query::new(say!("Stocktakes"), stocktakes())) };
        Stocktake::find(desk.book()?.reader(), id)?;
        let what = if self.all { say!("what was counted") } else { say!("what differs") };
        let query = Query::new(say!("Stocktake {id}: {what}", id, what), differences());
        desk.list(&query.with(":id", id).with(":all", i64::from(self.all)))
    }
}

/// A row a stocktake; of an open one, what is missing so far, and in repair.
fn stocktakes() -> String {
    format!(
        "SELECT s.id AS stocktake, s.counted_on, s.counted_by, s.department, count(*) FILTER (WHERE l.finding = 'found') AS found,
            CASE WHEN s.closed_on IS NOT NULL THEN count(*) FILTER (WHERE l.finding = 'missing') ELSE (SELECT count(*) FILTER (WHERE {ABSENT} = 'missing') {uncounted}) END AS missing,
            count(*) FILTER (WHERE l.finding = 'unknown') AS unknown, count(*) FILTER (WHERE l.finding = 'twice') AS twice,
            s.closed_on, s.signed_by,
            CASE WHEN s.closed_on IS NOT NULL THEN count(*) FILTER (WHERE l.finding = 'in-repair') ELSE (SELECT count(*) FILTER (WHERE {ABSENT} = 'in-repair') {uncounted}) END AS {in_repair}
         FROM stocktake AS s LEFT JOIN stock_line AS l ON l.undone_on IS NULL AND l.stocktake = s.id WHERE s.undone_on IS NULL GROUP BY s.id ORDER BY s.id",
        in_repair = heading!("in_repair"),
        // The open stocktake is the only one that this is asked for.
        uncounted = UNCOUNTED.replace("s.id = :id", "s.closed_on IS NULL").replace(
            "stocktake = :id",
            "stocktake = (SELECT id FROM stocktake WHERE undone_on IS NULL AND closed_on IS NULL)"
        )
    )
}

/// The lines of a stocktake, and what is missing so far, or in repair, where it is open.
fn differences() -> String {
    format!(
        "SELECT x.finding, x.line, x.number, a.name, x.state, a.place, e.person AS keeper, e.department, a.tag, a.serial_no
         FROM (SELECT position, finding, line, number, state FROM stock_line WHERE undone_on IS NULL AND stocktake = :id AND (:all OR finding <> 'found')
            UNION ALL SELECT 1e9 + e.id, {ABSENT}, e.number, e.number, e.state {UNCOUNTED} AND s.closed_on IS NULL) AS x
            LEFT JOIN entry AS e ON e.number = x.number LEFT JOIN asset AS a ON a.entry = e.id
         ORDER BY x.position"
    )
}
