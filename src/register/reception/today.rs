//! Who is here on a day, for rooms, meals and cars (R5.2(2), R5.2(3)).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::{Connection, named_params};

use crate::book::select::Select;
use crate::desk::{Desk, Run};
use crate::language;
use crate::say;
use crate::sheet::query::Query;
use crate::view::with_views;

/// The day is that of --on, or today
#[derive(Debug, Args)]
pub(crate) struct Day {}

/// Guests on day `:on`: by the actual days where they are known, else by those of the plan; where the day of leaving is not
/// known, until it is entered. Rooms are for the night, so none is listed for the day on which they leave.
const HERE: &str = "
    SELECT number, unit, visitors, people, CASE WHEN last_on IS NULL OR last_on > :on THEN lodging END AS rooms, dining AS meals,
        car AS cars, hosts, place, first_on AS arrive_on, last_on AS leave_on, state
    FROM (SELECT l.number, l.unit, l.visitors, coalesce(l.people, l.planned_people) AS people, l.lodging, l.dining, l.car, l.hosts, l.place,
            coalesce(l.arrived_on, l.arrive_on) AS first_on, coalesce(l.left_on, l.leave_on, iif(l.state IN ('planned', 'arranged'), NULL, l.arrive_on)) AS last_on, l.state
        FROM reception_list AS l WHERE l.state NOT IN ('void', 'cancelled'))
    WHERE first_on <= :on AND (last_on IS NULL OR last_on >= :on) ORDER BY first_on, number";

/// The units whose guests arrive on a day, each with the reception's number.
pub(crate) fn arriving(book: &Connection, on: NaiveDate) -> Result<Vec<String>> {
    let arriving = format!("SELECT unit, number FROM ({HERE}) WHERE arrive_on = :on");
    let units: Vec<(String, String)> = book.rows(&with_views(&arriving), named_params! { ":on": on })?;
    Ok(units.into_iter().map(|(unit, number)| format!("{unit}{}", language::in_brackets(&number))).collect())
}

impl Run for Day {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let on = desk.planned_on()?;
        desk.list(
            &Query::new(say!("Guests on {on}", on), HERE).of("day").with(":on", on.to_string()).totals(&["people"]),
        )
    }
}
