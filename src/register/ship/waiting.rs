//! Shipments that are stuck: what waits, for whom, and the command that clears it (R6.2, R6.3).

use anyhow::Result;
use chrono::{Days, NaiveDate};
use rusqlite::{Connection, Row, named_params};

use super::USER;
use crate::office::figure;
use crate::register::waiting::Waiting;
use crate::say;

/// A shipment that is open, or arrived without the carrier's bill.
struct Stuck {
    number: String,
    state: String,
    freight: String,
    wanted_by: Option<NaiveDate>,
    completed: Option<NaiveDate>,
    awarded: Option<NaiveDate>,
    scheduled: Option<NaiveDate>,
    passed: Option<NaiveDate>,
    dispatched: Option<NaiveDate>,
    arrived: Option<NaiveDate>,
    days: Option<u32>,
    boxes: i64,
    loaded: i64,
    carriers: i64,
    person: String,
}

/// What waits of the shipments on a day.
///
/// # Errors
/// An error of `SQLite`.
pub fn waiting(book: &Connection, today: NaiveDate) -> Result<Vec<Waiting>> {
    let (quotes, arrival) =
        (figure::value(book, "ship.quotes", today)?, figure::value(book, "ship.arrival_days", today)?);
    let arrival = u32::try_from(arrival)?;
    let mut statement = book.prepare(
        "SELECT e.number, e.state, e.person, s.freight, s.wanted_by_on, s.completed_on, s.awarded_on, s.scheduled_on, s.passed_on,
            s.dispatched_on, s.arrived_on, s.days,
            (SELECT coalesce(sum(b.boxes), 0) FROM ship_box AS b WHERE b.entry = e.id) AS boxes,
            (SELECT coalesce(sum(l.boxes), 0) FROM ship_load AS l WHERE l.entry = e.id) AS loaded,
            (SELECT count(DISTINCT q.carrier) FROM ship_quote AS q WHERE q.entry = e.id) AS carriers
         FROM entry AS e JOIN ship AS s ON s.entry = e.id
         WHERE e.day_on <= :today AND e.id IN (
            SELECT id FROM entry WHERE register = 'ship' AND ended_on IS NULL
            UNION ALL SELECT entry FROM ship WHERE arrived_on IS NOT NULL AND awarded_on IS NOT NULL AND billed_fen IS NULL AND freight = 'company')",
    )?;
    let mut waiting = Vec::new();
    for stuck in statement.query_map(named_params! { ":today": today }, Stuck::of_row)? {
        let stuck = stuck?;
        waiting.extend(stuck.next_step(today, quotes, arrival));
        waiting.extend(stuck.wanted(today, quotes));
    }
    Ok(waiting)
}

impl Stuck {
    fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get("number")?,
            state: row.get("state")?,
            freight: row.get("freight")?,
            wanted_by: row.get("wanted_by_on")?,
            completed: row.get("completed_on")?,
            awarded: row.get("awarded_on")?,
            scheduled: row.get("scheduled_on")?,
            passed: row.get("passed_on")?,
            dispatched: row.get("dispatched_on")?,
            arrived: row.get("arrived_on")?,
            days: row.get("days")?,
            boxes: row.get("boxes")?,
            loaded: row.get("loaded")?,
            carriers: row.get("carriers")?,
            person: row.get("person")?,
        })
    }

    /// The step that it waits for, where that is late or can be taken at any time.
    fn next_step(&self, today: NaiveDate, quotes: i64, arrival: u32) -> Option<Waiting> {
        let by_user = self.freight == USER;
        let (due_on, what, clause) = match self.state.as_str() {
            "completed" if by_user => (self.completed?, say!("day to be settled"), "R6.2"),
            "completed" => (self.completed?, say!("transport to be awarded"), "R6.2"),
            "awarded" => (self.awarded?, say!("day to be settled"), "R6.2"),
            "scheduled" => (self.scheduled.filter(|day| *day < today)?, say!("gate pass to be made out"), "R6.3"),
            "passed" => (self.passed?, say!("to be loaded"), "R6.3"),
            "loaded" if self.loaded < self.boxes => (self.passed?, say!("to be loaded"), "R6.3"),
            "loaded" => (self.passed?, say!("to leave"), "R6.3"),
            "dispatched" => {
                let due_on = self.dispatched?.checked_add_days(Days::new(self.days.unwrap_or(arrival).into()))?;
                (Some(due_on).filter(|due_on| *due_on < today)?, say!("to arrive"), "R6.2")
            }
            "arrived" => (self.arrived?, say!("carrier's bill"), "R6.2"),
            _ => return None,
        };
        let next = self.command(self.carriers < quotes);
        Some(self.waiting(due_on, what, clause, next))
    }

    /// The user's day, once it is over and the shipment has not left.
    fn wanted(&self, today: NaiveDate, quotes: i64) -> Option<Waiting> {
        let wanted_by = self.wanted_by.filter(|day| *day < today && self.dispatched.is_none())?;
        let next = self.command(self.carriers < quotes);
        Some(self.waiting(wanted_by, say!("wanted by the user"), "R6.1", next))
    }

    fn waiting(&self, due_on: NaiveDate, what: &str, clause: &'static str, next: String) -> Waiting {
        Waiting {
            due_on,
            what: what.to_owned(),
            number: self.number.clone(),
            department: "general".to_owned(),
            person: Some(self.person.clone()),
            clause: clause.into(),
            next,
        }
    }

    /// The command that leads on from its state.
    fn command(&self, few_quotes: bool) -> String {
        let by_user = self.freight == USER;
        let (verb, options) = match self.state.as_str() {
            "notified" => ("complete", "--notice NUMBER"),
            "completed" if by_user => ("schedule", "--for DATE --agreed-with NAME"),
            "completed" if few_quotes => ("quote", "--carrier NAME --price YUAN --days DAYS --quality 1-5"),
            "completed" => ("award", "--carrier NAME"),
            "awarded" => ("schedule", "--for DATE --agreed-with NAME"),
            "scheduled" => ("pass", "--pass NUMBER --vehicle VEHICLE --driver NAME"),
            "passed" => ("load", "--boxes COUNT"),
            "loaded" if self.loaded < self.boxes => ("load", "--boxes COUNT"),
            "loaded" => ("dispatch", ""),
            "dispatched" => ("arrive", "--signed-by NAME"),
            _ => ("bill", "--bill NUMBER --amount YUAN"),
        };
        format!("branchbook ship {verb} {} {options}", self.number).trim_end().to_owned()
    }
}
