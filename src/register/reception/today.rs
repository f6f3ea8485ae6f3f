//! Who is here on a day, for rooms, meals and cars (R5.2(2), R5.2(3)).

use anyhow::Result;
use clap::Args;

use crate::desk::{Desk, Run};
use crate::say;
use crate::sheet::query::Query;

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

impl Run for Day {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let on = desk.planned_on()?;
        desk.list(
            &Query::new(say!("Guests on {on}", on), HERE).of("day").with(":on", on.to_string()).totals(&["people"]),
        )
    }
}
