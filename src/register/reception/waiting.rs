//! What of the receptions waits: plans to arrange, summaries, what is to be archived (R5.2(2), R5.2(5)).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, named_params};

use crate::register::waiting::Waiting;
use crate::say;

/// Open receptions of day `:today`, each with the day by which its next step is to be taken. One that is arranged waits once its
/// guests are to have left.
const OPEN: &str = "
    SELECT e.number, e.state, coalesce(CASE e.state WHEN 'arranged' THEN l.leave_on WHEN 'received' THEN l.summary_due_on
        WHEN 'summarized' THEN l.summarized_on END, l.arrive_on) AS due_on
    FROM entry AS e JOIN reception_list AS l ON l.id = e.id
    WHERE e.register = 'reception' AND e.ended_on IS NULL AND e.day_on <= :today
        AND (e.state <> 'arranged' OR coalesce(l.leave_on, l.arrive_on) < :today)";

/// What waits of the receptions on a day: for General Management.
///
/// # Errors
/// An error of `SQLite`.
pub fn waiting(book: &Connection, today: NaiveDate) -> Result<Vec<Waiting>> {
    let mut statement = book.prepare(OPEN)?;
    let mut rows = statement.query(named_params! { ":today": today })?;
    let mut waiting = Vec::new();
    while let Some(row) = rows.next()? {
        let (number, state): (String, String) = (row.get("number")?, row.get("state")?);
        let Some((what, clause, verb, options)) = next_step(&state) else { continue };
        let next = format!("branchbook reception {verb} {number} {options}").trim_end().to_owned();
        waiting.push(Waiting {
            due_on: row.get("due_on")?,
            what: what.to_owned(),
            number,
            department: "general".to_owned(),
            person: None,
            clause,
            next,
        });
    }
    Ok(waiting)
}

/// What a reception in this state waits for, the clause, and the command that clears it: its verb and options.
fn next_step(state: &str) -> Option<(&'static str, &'static str, &'static str, &'static str)> {
    Some(match state {
        "planned" => (
            say!("reception to be arranged"),
            "R5.2(2)",
            "arrange",
            say!(
                "--host PERSON --place PLACE --car CAR --dining PLACE --gift-standard YUAN --lodging PLACE --scenic TEXT --schedule TEXT"
            ),
        ),
        "arranged" => (
            say!("actual days, people and cost"),
            "R5.2(5)",
            "receive",
            say!("--arrived DATE --left DATE --people COUNT --cost YUAN"),
        ),
        "received" => (say!("summary of the reception"), "R5.2(5)", "summarize", say!("--text TEXT")),
        "summarized" => (say!("reception to be archived"), "R5.2(5)", "archive", ""),
        _ => return None,
    })
}
