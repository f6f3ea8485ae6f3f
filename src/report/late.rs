//! What was entered in a month for an earlier one, of every register and of the office.

use std::collections::BTreeMap;

use anyhow::Result;
use clap::Args;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::day::{Month, MonthArg};
use crate::desk::{Desk, Run};
use crate::office::dated;
use crate::register::access::{self, MASK};
use crate::sheet::query::Query;
use crate::zone::Zone;
use crate::{heading, say};

/// Whether the month had been submitted by then, as the list calls it.
const CLOSED: &str = heading!("closed_flag");

/// The day that the entry bears now, where it was corrected since, as the list calls it.
const NOW: &str = heading!("now_on");

/// In which month it was entered
#[derive(Debug, Args)]
pub(crate) struct Late {
    /// The month, such as 2026-11
    #[arg(long, value_name = "MONTH")]
    month: MonthArg,
}

impl Run for Late {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let month = self.month.on(desk.today()?);
        let query = late(desk.book()?.reader(), month)?;
        desk.list(&query)
    }
}

/// How many rows that an import brought for one month are listed one by one; more are one line.
const ONE_BY_ONE: u32 = 20;

/// The steps of the list: what an import brings of days on which the book was live already is told like what is typed (Q9).
const STEPS: &str = "SELECT j.thing AS number, j.verb AS step, CASE WHEN e.id IS NOT NULL AND (j.verb LIKE '% add' OR j.verb LIKE '% amend'
            OR j.verb LIKE '% import' AND (j.note IS NOT NULL OR e.day_on >= (SELECT b.live_on FROM book AS b)))
        THEN min(j.happened_on, e.day_on) ELSE coalesce({reaches}, j.happened_on) END AS happened_on, j.at AS entered_at, j.actor, j.recorder,
        j.note AS reason, e.department, e.register, e.day_on, j.id, iif(j.verb LIKE '% import', e.import, NULL) AS import
     FROM journal AS j LEFT JOIN entry AS e ON e.number = j.thing WHERE j.at >= :from AND j.at < :until";

/// Every step that was entered in the month and happened before it, and every entry or correction that bears a day before it; whether
/// the month into which it falls had been submitted by then. What an import brought is told with its number, and as one line for each
/// department and month where it is much.
pub(crate) fn late(book: &Connection, month: Month) -> Result<Query> {
    let restricted: Vec<String> = access::restricted().map(|register| format!("'{}'", register.name)).collect();
    let sql = format!(
        "SELECT iif(many, 'import ' || import, number) AS number, step, min(happened_on) AS happened_on, entered_at,
            EXISTS (SELECT 1 FROM json_each(:closed) AS s
                WHERE s.value ->> 0 = substr(l.happened_on, 1, 7) AND s.value ->> 1 < l.id AND coalesce(s.value ->> 2 > l.id, 1)) AS {CLOSED},
            iif(many, recorder, actor) AS actor, recorder,
            CASE WHEN register IN ({restricted}) AND reason IS NOT NULL THEN :mask ELSE reason END AS reason, department, register,
            iif(step LIKE '% add' AND day_on <> happened_on, day_on, NULL) AS {NOW}, import, iif(many, count(*), NULL) AS entries
         FROM (SELECT *, import IS NOT NULL AND count(*) OVER (PARTITION BY import, department, substr(happened_on, 1, 7)) > {ONE_BY_ONE} AS many
            FROM ({steps}) WHERE happened_on < :first) AS l
         GROUP BY iif(many, import || ' ' || department || ' ' || substr(happened_on, 1, 7), id) ORDER BY min(id)",
        restricted = restricted.join(", "),
        steps = STEPS.replace("{reaches}", dated::REACHES)
    );
    let zone = Zone::of_book(book)?;
    let [from, until] = zone.of_month(month);
    Ok(Query::new(say!("Entered in {month} for an earlier month", month), sql)
        .with(":mask", MASK.to_owned())
        .with(":closed", closed(book)?)
        .with(":from", from)
        .with(":until", until)
        .with(":first", month.first().to_string())
        .of_month(month))
}

/// When months were closed, as JSON: each month with the row of the journal that closed it, and the one that opened it again. What was
/// entered in between stands as entered into a closed month, whatever was taken back since.
fn closed(book: &Connection) -> Result<String> {
    let mut statement = book.prepare(
        "SELECT substr(thing, length('submission ') + 1), id, verb LIKE '% undo' FROM journal WHERE thing LIKE 'submission %' ORDER BY id",
    )?;
    let mut rows = statement.query(())?;
    let (mut spans, mut open) = (Vec::new(), BTreeMap::<String, (i64, i64)>::new());
    while let Some(row) = rows.next()? {
        let (month, id, opens): (String, i64, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (since, times) = open.remove(&month).unwrap_or((id, 0));
        match if opens { times - 1 } else { times + 1 } {
            times @ 1.. => drop(open.insert(month, (since, times))),
            _ => spans.push(json!([month, since, id])),
        }
    }
    spans.extend(open.into_iter().map(|(month, (since, _))| json!([month, since])));
    Ok(Value::from(spans).to_string())
}
