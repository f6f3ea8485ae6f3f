//! Breaches that were recorded instead of refused, with `--exception` or unasked, of every register.

use anyhow::Result;
use clap::Args;

use crate::day::{Month, MonthArg};
use crate::desk::{Desk, Run};
use crate::say;
use crate::sheet::query::Query;

/// Which breaches are listed
#[derive(Debug, Args)]
pub(crate) struct Exceptions {
    /// Only breaches that happened in this month, or were entered in it [default: all]
    #[arg(long, value_name = "MONTH")]
    pub(crate) month: Option<MonthArg>,
}

impl Run for Exceptions {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let today = desk.today()?;
        desk.list(&exceptions(self.month.map(|month| month.on(today))))
    }
}

/// The breaches of a month, with those that were entered in it for an earlier one, or all of them, by day and number.
pub(crate) fn exceptions(month: Option<Month>) -> Query {
    let columns = "SELECT number, clause, happened_on, person, reason, refused, approved_by, department, register, entered_on FROM exception_list";
    let order = "ORDER BY happened_on, number, clause, refused";
    match month {
        None => Query::new(say!("Exceptions"), format!("{columns} {order}")),
        Some(month) => Query::new(
            say!("Exceptions in {month}", month),
            format!(
                "{columns} WHERE happened_on BETWEEN :first AND :last OR entered_on BETWEEN :first AND :last {order}"
            ),
        )
        .with(":first", month.first().to_string())
        .with(":last", month.last().to_string())
        .of_month(month),
    }
}
