//! What was decided, by whom and in whose place, and who entered it: of every register and of the office.
//!
//! It is read from the journal, by the month in which it was entered: so each decision stands in one month's report, whatever day it
//! bears, and as it was entered. Those that were taken back stand in the list of what was taken back alone.

use anyhow::Result;
use clap::Args;
use rusqlite::Connection;

use crate::day::{Month, MonthArg};
use crate::desk::{Desk, Run};
use crate::person::{DECIDING, Role};
use crate::register::access::MASK;
use crate::register::forms;
use crate::say;
use crate::sheet::query::Query;
use crate::zone::Zone;

/// Which decisions are listed
#[derive(Debug, Args)]
pub(crate) struct Decisions {
    /// The month in which they were entered [default: this one]
    #[arg(long, value_name = "MONTH")]
    pub(crate) month: Option<MonthArg>,
}

/// Commands that decide, besides the decisions of the registers and the steps that only managers and leaders take.
const OTHERS: &[&str] = &[
    "report review",
    "project lead",
    "project team",
    "project target set",
    "info grant",
    "info revoke",
    "info quota set",
    "info quota exempt",
    "info notice warn",
    "info notice suspend",
    "info notice lift",
    "gift catalog add",
    "gift catalog end",
    "rule set",
    "office amend",
    "department add",
    "department amend",
    "department end",
    "department reopen",
    "staff add",
    "staff role",
    "staff move",
    "staff end",
    "staff amend-term",
    "staff merge",
    "staff unmerge",
    "staff login",
    "staff import",
    "staff deputy",
];

impl Run for Decisions {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let today = desk.today()?;
        let month = self.month.map_or(Month::of(today), |month| month.on(today));
        let query = decisions(desk.book()?.reader(), month)?;
        desk.list(&query)
    }
}

/// The decisions that were entered in a month, in that order.
pub(crate) fn decisions(book: &Connection, month: Month) -> Result<Query> {
    let verbs: Vec<String> = verbs(book)?.iter().map(|verb| format!("'{verb}'")).collect();
    let roles: Vec<String> = DECIDING.iter().map(|role| format!("'{role}'")).collect();
    let [first, last] = Zone::of_book(book)?.of_month(month);
    let sql = format!(
        "SELECT j.thing, j.verb, j.happened_on AS decided_on, j.actor AS decided_by, j.recorder AS entered_by,
            nullif(j.declared_flag, 0) AS declared_flag, {deputy_for} AS deputy_for,
            CASE WHEN j.verb LIKE 'info %' AND j.note IS NOT NULL THEN '{MASK}' ELSE j.note END AS note, j.at AS entered_at
        FROM journal AS j WHERE j.at >= :first AND j.at < :last AND j.verb IN ({verbs}) AND j.thing NOT LIKE 'once %'
            AND NOT EXISTS (SELECT 1 FROM journal AS u WHERE u.thing = j.thing AND u.verb LIKE '% undo' AND u.record ->> '$.undone' = j.id)
        ORDER BY j.id",
        verbs = verbs.join(", "),
        deputy_for = in_whose_place(&roles.join(", "))
    );
    Ok(Query::new(say!("Decisions entered in {month}", month), sql)
        .with(":first", first)
        .with(":last", last)
        .of_month(month))
}

/// In SQL, in whose place the actor of a row of the journal decided, nobody where in their own right: as the approval keeps it; of
/// what keeps none, the one with one of these roles for whom the actor stood in, where the actor held neither it nor a role of the step.
fn in_whose_place(roles: &str) -> String {
    let held = |term: &str| {
        format!("j.happened_on >= {term}.from_on AND ({term}.until_on IS NULL OR {term}.until_on >= j.happened_on)")
    };
    let approval = "entry AS e JOIN approval AS a ON a.undone_on IS NULL AND a.entry = e.id
            WHERE e.number = j.thing AND e.register || ' ' || a.verb = j.verb AND a.entered_at = j.at";
    let of_step = "EXISTS (SELECT 1 FROM step AS s WHERE s.register || ' ' || s.verb = j.verb
            AND ' ' || s.role || ' ' LIKE '% ' || o.role || ' %')";
    format!(
        "CASE WHEN EXISTS (SELECT 1 FROM {approval}) THEN (SELECT a.deputy_for FROM {approval}) ELSE (SELECT d.person
            FROM deputy AS d JOIN term AS t ON t.person = d.person AND t.role IN ({roles})
            WHERE d.deputy = j.actor AND j.happened_on BETWEEN d.from_on AND d.until_on
                AND (d.ended_on IS NULL OR d.ended_on > j.happened_on) AND {of_principal}
                AND NOT EXISTS (SELECT 1 FROM term AS o WHERE o.person = j.actor AND {of_actor} AND (o.role = t.role OR {of_step}))) END",
        of_principal = held("t"),
        of_actor = held("o")
    )
}

/// The commands that decide.
pub(crate) fn verbs(book: &Connection) -> Result<Vec<String>> {
    let mut verbs: Vec<String> = OTHERS.iter().map(ToString::to_string).collect();
    for form in forms() {
        verbs.extend(form.decisions().map(|decision| format!("{} {}", form.register.name, decision.name)));
    }
    let mut steps = book.prepare("SELECT DISTINCT register || ' ' || verb, role FROM step WHERE role <> ''")?;
    let mut steps = steps.query(())?;
    while let Some(step) = steps.next()? {
        let (verb, roles): (String, String) = (step.get(0)?, step.get(1)?);
        let decides = roles.split_whitespace().all(|role| Role::of_key(role).is_some_and(Role::decides));
        if decides && !verbs.contains(&verb) {
            verbs.push(verb);
        }
    }
    Ok(verbs)
}
