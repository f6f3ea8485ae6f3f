//! Steps that were taken back, and entries that were voided after their month, of every register.

use anyhow::Result;
use clap::Args;

use crate::day::{Month, MonthArg};
use crate::desk::{Desk, Run};
use crate::heading;
use crate::register::access::{self, MASK};
use crate::say;
use crate::sheet::query::Query;

/// Which of them are listed
#[derive(Debug, Args)]
pub(crate) struct TakenBack {
    /// Only what was taken back in this month [default: all]
    #[arg(long, value_name = "MONTH")]
    pub(crate) month: Option<MonthArg>,
}

impl Run for TakenBack {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let today = desk.today()?;
        desk.list(&taken_back(self.month.map(|month| month.on(today))))
    }
}

/// The columns that no other list has.
const OWN: [&str; 3] = [heading!("step"), heading!("taken_back_on"), heading!("earlier_month_flag")];

/// In SQL, the lines that were taken out of a stocktake one by one, each as what was counted on its day: their rows of the journal take
/// back no step whole.
const LINES: &str = "SELECT u.thing, 'asset count', (SELECT j.happened_on FROM journal AS j, json_each(j.record, '$.stock_line') AS x
            WHERE j.thing = u.thing AND j.id < u.id AND x.value ->> '$.position' = l.value ->> '$.position' ORDER BY j.id LIMIT 1),
        u.happened_on, u.actor, u.recorder, u.note, NULL, 'asset', u.id, l.value ->> '$.line'
    FROM journal AS u, json_each(u.record, '$.stock_line') AS l
    WHERE u.verb = 'asset stocktake undo' AND u.record ->> '$.undone' IS NULL AND u.happened_on BETWEEN :first AND :last";

/// What was taken back in a month, or ever: the step with its day, and whether that was in an earlier month, whose pack may be out.
/// An entry whose opening is taken back is void; listed is what bears a day of an earlier month.
pub(crate) fn taken_back(month: Option<Month>) -> Query {
    let restricted: Vec<String> = access::restricted().map(|register| format!("'{}'", register.name)).collect();
    let [step, taken_back_on, earlier_month_flag] = OWN;
    let sql = format!(
        "SELECT number, step AS {step}, happened_on, taken_back_on AS {taken_back_on},
            substr(happened_on, 1, 7) < substr(taken_back_on, 1, 7) AS {earlier_month_flag},
            actor, recorder, CASE WHEN register IN ({restricted}) AND reason IS NOT NULL THEN :mask ELSE reason END AS reason, department, register, line
         FROM (
            SELECT u.thing AS number, j.verb AS step, j.happened_on, u.happened_on AS taken_back_on, u.actor, u.recorder, u.note AS reason,
                e.department, coalesce(e.register, substr(j.verb, 1, instr(j.verb, ' ') - 1)) AS register, u.id, NULL AS line
            FROM journal AS u JOIN journal AS j ON j.id = u.record ->> '$.undone' LEFT JOIN entry AS e ON e.number = u.thing
            WHERE u.verb LIKE '% undo' AND u.happened_on BETWEEN :first AND :last
            UNION ALL
            SELECT e.number, e.register || ' add', e.day_on, v.happened_on, v.actor, v.recorder, v.note, e.department, e.register, v.id, NULL
            FROM journal AS v JOIN entry AS e ON e.number = v.thing
            WHERE v.verb LIKE '% void' AND v.happened_on BETWEEN :first AND :last AND e.state = 'void'
                AND substr(e.day_on, 1, 7) < substr(v.happened_on, 1, 7)
            UNION ALL {LINES})
         ORDER BY taken_back_on, id",
        restricted = restricted.join(", ")
    );
    let (title, first, last) = match month {
        None => (say!("Taken back").to_owned(), "0000-00-00".to_owned(), "9999-12-31".to_owned()),
        Some(month) => (say!("Taken back in {month}", month), month.first().to_string(), month.last().to_string()),
    };
    Query { named_on: month.map(Month::last), ..Query::new(title, sql) }
        .with(":mask", MASK.to_owned())
        .with(":first", first)
        .with(":last", last)
}
