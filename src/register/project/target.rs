//! The branch's collection plan: what a department is to collect in a month, and what it did (R3.7).

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use rusqlite::types::Value;

use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::day::{Month, MonthArg};
use crate::desk::{Answer, Deed, Desk, Run};
use crate::language;
use crate::money::{Money, estimate};
use crate::office::{department, identity};
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::pack::{MonthFigure, PackFile};
use crate::say;
use crate::share;
use crate::sheet::query::Query;

const CLAUSE: &str = "R3.7";

/// What is done with the collection plan.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Set what a department is to collect in a month; the branch manager does
    Set(Set),
    /// List the targets
    List(List),
}

/// A month's target
#[derive(Debug, Args)]
pub(super) struct Set {
    /// The department that is to collect the money
    #[arg(long, value_name = "DEPARTMENT")]
    department: String,
    /// The month, such as 2026-10
    #[arg(long, value_name = "MONTH")]
    month: MonthArg,
    /// How much, in yuan; 0 where nothing is to be collected
    #[arg(long, value_name = "YUAN", value_parser = estimate, allow_negative_numbers = true)]
    amount: Money,
    #[command(flatten)]
    deed: Deed,
}

/// Which targets are listed
#[derive(Debug, Args)]
pub(super) struct List {
    /// Only those of this month
    #[arg(long, value_name = "MONTH")]
    month: Option<MonthArg>,
}

/// A month's collection
#[derive(Debug, Args)]
pub(crate) struct Collection {
    /// The month, such as 2026-10
    #[arg(long, value_name = "MONTH")]
    month: MonthArg,
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Set(set) => desk.change("project target set", &set.deed, |change| set.enter(change)),
            Self::List(list) => {
                let today = desk.today()?;
                desk.list(&list.query(today))
            }
        }
    }
}

/// Who sets a month's target, as long as that goes on.
pub(crate) fn may_set(change: &Change<'_>, by: Option<&str>, month: Month) -> Result<Person> {
    let actor = identity::office_bearer(change, by)?;
    identity::require_role(change, &actor, Role::BranchManager, None, CLAUSE, say!("setting a collection target"))?;
    if change.on > month.last() {
        let what = say!("{month} was over on {on}, and is judged by the target that it had", month, on = change.on);
        return Err(Refusal::rule(CLAUSE, what).or(say!("set one for a month that goes on or comes")).into());
    }
    Ok(actor)
}

impl Set {
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let month = self.month.near(change.today());
        let actor = may_set(change, self.deed.by.as_deref(), month)?;
        let department = department::find(change.sql(), &self.department)?.key;
        let amount = self.amount;
        let was: Option<Money> = change.sql().value(
            "SELECT amount_fen FROM collection_target WHERE department = ?1 AND month = ?2",
            (&department, month),
        )?;
        change.sql().execute(
            "INSERT INTO collection_target VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET amount_fen = excluded.amount_fen, set_by = excluded.set_by",
            (&department, month, self.amount, &actor.key),
        )?;
        change.record(&Thing::office("target", &[&department, &month.to_string()])?, &actor.key, None)?;
        let line = say!(
            "{department}: {amount} yuan to be collected in {month}, as {by} decided",
            department = language::value(&department),
            amount,
            month,
            by = language::people(&actor.key)
        );
        Ok(Answer::new(department, line).instead_of(was.map(Money::grouped), &amount.grouped()))
    }
}

impl List {
    fn query(&self, today: NaiveDate) -> Query {
        Query::new(
            say!("Collection plan"),
            "SELECT t.month, t.department, t.amount_fen, t.set_by, j.recorder AS entered_by, nullif(j.declared_flag, 0) AS declared_flag
             FROM collection_target AS t LEFT JOIN journal AS j ON j.id = (SELECT max(x.id) FROM journal AS x
                WHERE x.thing = 'target ' || t.department || ' ' || t.month)
             WHERE :month IS NULL OR t.month = :month ORDER BY t.month, (SELECT d.position FROM department AS d WHERE d.key = t.department)",
        )
        .with(":month", self.month.map_or(Value::Null, |month| Value::Text(month.on(today).to_string())))
    }
}

impl Run for Collection {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let today = desk.today()?;
        desk.list(&collection(self.month.on(today)))
    }
}

/// What each department was to collect in a month by the plan, what fell due in it, and what came in, in yuan at the rate of the
/// contract; the rate is of the target, in percent.
fn collection(month: Month) -> Query {
    const SQL: &str = concat!(
        "WITH due AS (SELECT e.department, sum(",
        in_yuan!("i.amount_fen", "c.rate_e4"),
        ") AS amount FROM instalment AS i JOIN contract AS c ON c.undone_on IS NULL AND c.entry = i.entry AND c.position = 1
            JOIN entry AS e ON e.id = i.entry WHERE i.due_on BETWEEN :first AND :last GROUP BY e.department
         ), received AS (SELECT e.department, sum(",
        in_yuan!("r.amount_fen", "c.rate_e4"),
        ") AS amount FROM receipt AS r JOIN contract AS c ON r.undone_on IS NULL AND c.undone_on IS NULL AND c.entry = r.entry AND c.position = 1
            JOIN entry AS e ON e.id = r.entry WHERE r.received_on BETWEEN :first AND :last GROUP BY e.department
         )
         SELECT :month AS month, d.key AS department, t.amount_fen AS target_fen, coalesce(u.amount, 0) AS fallen_due_fen,
            coalesce(r.amount, 0) AS received_fen, ",
        share!("coalesce(r.amount, 0)", "t.amount_fen"),
        " AS collection_pct, t.set_by
         FROM department AS d LEFT JOIN collection_target AS t ON t.department = d.key AND t.month = :month
            LEFT JOIN due AS u ON u.department = d.key LEFT JOIN received AS r ON r.department = d.key
         WHERE t.amount_fen > 0 OR u.amount IS NOT NULL OR r.amount IS NOT NULL ORDER BY d.position"
    );
    Query::new(say!("Collection of {month} against the plan", month), SQL)
        .totals(&["target", "fallen_due", "received"])
        .bars("department", &["received", "target"])
        .with(":month", month.to_string())
        .with(":first", month.first().to_string())
        .with(":last", month.last().to_string())
}

/// The month's collection against the plan, for the month-end pack.
pub(super) fn month_part(month: Month) -> PackFile {
    PackFile::new("collection-by-plan.csv", collection(month), &["target_fen", "fallen_due_fen", "received_fen"])
}

/// The plan on the first page of the month-end pack.
pub(super) fn month_figure() -> MonthFigure {
    MonthFigure::amount(
        say!("collection plan, in yuan"),
        "SELECT coalesce(sum(amount_fen), 0) FROM collection_target WHERE month || '-01' BETWEEN :first AND :last",
    )
}
