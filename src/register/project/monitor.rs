//! Looking at the products that a contract provides to the user, from production to use (R3.3).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::{Connection, named_params};

use super::{WORK, leader};
use crate::book::select::Select;
use crate::day::Month;
use crate::fields;
use crate::figure_on_day;
use crate::language;
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::extract::{Choose, Extract};
use crate::register::field::{Field, Need};
use crate::register::form::{Check, Choice, Fill, Step, Verb, Who};
use crate::register::pack::PackFile;
use crate::register::task::Task;
use crate::register::waiting::{Each, Waiting};
use crate::say;
use crate::text;

const PRODUCT: Field<String> = Field::line("product", "as the contract's product lines name it").need(Need::Asked);
const STAGE: Field<String> = Field::choice(
    "stage",
    "where it was looked at",
    &[
        ("production", "While it is made"),
        ("inspection", "At the works' inspection"),
        ("packing", "When it is packed"),
        ("delivery", "When it is delivered"),
        ("use", "In the user's hands"),
    ],
);
const PASSED: Field<bool> = Field::switch("passed_flag", "it is as the contract has it").option("pass");
const FAILED: Field<bool> = Field::switch("fail", "it is not").with("finding").loose().label("not_passed");
const FINDING: Field<String> = Field::text("finding", "what was found").value_name("TEXT");
const CHECKED_ON: Field<NaiveDate> = Field::past("checked_on", "").option("checked-on");

/// The looks at products; of those at one product at one stage the last counts.
static CHECKS: List = List {
    table: "product_check",
    amended: Some(Amended::of("check", fields![PRODUCT, FINDING, CHECKED_ON])),
    ..List::BLANK
};

/// Enters what was found of a product.
pub(super) const MONITOR: Verb = Verb::Step(Step {
    name: "monitor",
    about: "Enter what was found of a product that is provided to the user (R3.3)",
    fields: fields![PRODUCT, STAGE, PASSED, FAILED, FINDING],
    choice: Choice::YesOrNo(fields![PASSED, FAILED]),
    into: Some(&CHECKS),
    sign: "checked_on",
    dated: true,
    fills: &[("checked_by", Fill::Actor)],
    who: Who::Check(|task| leader::require(task, say!("monitoring the products"))),
    guards: &[Check::Follows(refuse_other_product)],
    says: |task| {
        task.says(if task.line.get(&PASSED)? == Some(true) {
            phrase!("{number}: {product} is in order ({stage}), looked at on {on} by {checked_by}")
        } else {
            phrase!(
                "{number}: {product} is not in order ({stage}), looked at on {on} by {checked_by}; enter what is to be solved with: branchbook project problem {number} --what TEXT --department DEPARTMENT"
            )
        })
    },
    ..WORK
});

/// A product is one of the contract's and its supplements', where these have lines; it is written as they write it.
fn refuse_other_product(task: &mut Task<'_, '_>) -> Result<()> {
    let typed = task.line.get(&PRODUCT)?.unwrap_or_default();
    let products = provided(task.sql(), task.entry.id)?;
    if let Some(known) = products.iter().find(|known| text::fold(known) == text::fold(&typed)) {
        task.line.set(PRODUCT.spec.column, known.clone());
        return Ok(());
    }
    if products.is_empty() {
        return Ok(());
    }
    let number = &task.entry.number;
    let names: Vec<String> = products.iter().map(|product| format!("--product {}", text::word(product))).collect();
    Err(Refusal::rule(&task.clause, say!("the contract of {number} provides no {typed}", number, typed))
        .or(say!("name one of its products: {names}", names = language::any_of(&names)))
        .into())
}

/// The products of a project's contract and its supplements.
fn provided(book: &Connection, project: i64) -> Result<Vec<String>> {
    book.column(
        "SELECT l.product FROM product_line AS l JOIN contract AS c ON c.undone_on IS NULL AND c.entry = l.entry AND c.position = l.contract
         WHERE l.entry = ?1 GROUP BY l.product ORDER BY min(l.contract), min(l.position)",
        [project],
    )
}

/// The looks at products up to `:on`, and whether each is the last at its product and stage.
macro_rules! looks {
    () => {
        "
SELECT e.number, c.product, c.stage, c.checked_on, c.checked_by, c.passed_flag, c.finding, e.department, e.id, c.position, e.ended_on,
    row_number() OVER (PARTITION BY c.entry, c.product, c.stage ORDER BY c.checked_on DESC, c.position DESC) = 1 AS last
FROM product_check AS c JOIN entry AS e ON c.undone_on IS NULL AND e.id = c.entry WHERE c.checked_on <= :on"
    };
}

/// What was found of the products.
pub(super) static MONITORED: Extract = Extract {
    name: "monitored",
    about: "List what was found of the products that are provided (R3.3)",
    title: |on, _| say!("Products monitored up to {on}", on),
    select: concat!(
        "SELECT number, product, stage, checked_on, checked_by, passed_flag, finding, department FROM (",
        looks!(),
        ") WHERE (:number IS NULL OR number = :number) AND (NOT :given OR last AND NOT passed_flag)
            AND (:month IS NULL OR substr(checked_on, 1, 7) = :month) ORDER BY checked_on, id, position"
    ),
    choices: &[
        Choose::Project("Only those of this project or contract"),
        Choose::Switch("failed", "Only what failed last"),
    ],
};

/// The month's looks at products, for the month-end pack.
pub(super) fn month_part(month: Month) -> PackFile {
    MONITORED.of_month("products-monitored.csv", say!("Products monitored in {month}", month), month)
}

/// Products of contracts that are to be delivered soon, which nobody has looked at.
const UNSEEN: &str = concat!(
    "SELECT e.number, l.product, (SELECT c.deliver_by_on FROM contract AS c
            WHERE c.undone_on IS NULL AND c.entry = e.id AND c.deliver_by_on IS NOT NULL ORDER BY c.position DESC LIMIT 1) AS deliver_by_on,
        e.department, (SELECT x.person FROM leader AS x WHERE x.undone_on IS NULL AND x.entry = e.id AND x.from_on <= :on ORDER BY x.position DESC LIMIT 1)
     FROM entry AS e JOIN product_line AS l ON l.entry = e.id JOIN contract AS c ON c.undone_on IS NULL AND c.entry = e.id AND c.position = l.contract
     WHERE e.register = 'project' AND e.state = 'contracted' AND e.ended_on IS NULL AND c.signed_on <= :on
        AND NOT EXISTS (SELECT 1 FROM product_check AS k WHERE k.undone_on IS NULL AND k.entry = e.id AND k.product = l.product)
     GROUP BY e.id, l.product HAVING sum(l.quantity) > 0
        AND deliver_by_on <= date(:on, '+' || ",
    figure_on_day!("project.monitor_days", ":on"),
    " || ' days') ORDER BY deliver_by_on, e.id, l.product"
);

/// Products that nobody has looked at though they are delivered soon, and those that were not in order when they were looked at last,
/// of projects under way.
pub(super) fn waiting(book: &Connection, today: NaiveDate, each: Each<'_>) -> Result<()> {
    let mut unseen = book.prepare_cached(UNSEEN)?;
    let mut rows = unseen.query(named_params! { ":on": today })?;
    while let Some(row) = rows.next()? {
        let (number, product): (String, String) = (row.get(0)?, row.get(1)?);
        let named = text::word(&product);
        each(Waiting {
            deciders: None,
            due_on: row.get(2)?,
            next: format!("branchbook project monitor {number} --product {named} --stage STAGE --pass"),
            what: say!("{product} to be looked at before it is delivered", product),
            number,
            department: row.get(3)?,
            person: row.get(4)?,
            clause: "R3.3".into(),
        })?;
    }
    let mut failed = book.prepare_cached(concat!(
        "SELECT number, product, stage, checked_on, department,
            (SELECT l.person FROM leader AS l WHERE l.undone_on IS NULL AND l.entry = c.id AND l.from_on <= :on ORDER BY l.position DESC LIMIT 1)
         FROM (",
        looks!(),
        " AND e.ended_on IS NULL) AS c WHERE last AND NOT passed_flag ORDER BY checked_on, id, position"
    ))?;
    let mut rows = failed.query(named_params! { ":on": today })?;
    while let Some(row) = rows.next()? {
        let (number, product, stage): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let named = text::word(&product);
        each(Waiting {
            deciders: None,
            due_on: row.get(3)?,
            next: format!("branchbook project monitor {number} --product {named} --stage {stage} --pass"),
            what: say!("{product} was not in order ({stage})", product, stage = language::value(&stage)),
            number,
            department: row.get(4)?,
            person: row.get(5)?,
            clause: "R3.3".into(),
        })?;
    }
    Ok(())
}
