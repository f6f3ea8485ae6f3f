//! The plan of a reception as a page to print, with what is arranged by it (R5.2).

use anyhow::Result;
use clap::Args;

use crate::desk::{Desk, Run};
use crate::page;
use crate::page::card::Card;
use crate::page::form::{Form, Labelled};
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;

/// The reception whose plan is printed
#[derive(Debug, Args)]
pub(crate) struct Print {
    /// The reception's number
    pub(crate) number: String,
}

impl Run for Print {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let book = desk.book()?.reader();
        let entry = Entry::find_in(book, "reception", &self.number)?;
        let plan = Card::all(book, PLAN, entry.id)?.pop().ok_or_else(|| {
            Refusal::rule("R5.2(1)", say!("{number} is void and has no plan", number = entry.number))
                .or(say!("see why with: branchbook show {number}", number = entry.number))
        })?;
        let mut plan = plan.with_names(book, &["department", "planned_by"])?;
        plan = plan.with_by_on("planned", "planned_by", "planned_on")?;
        plan.set("kind", kind(plan.get("word")?));
        let mut form = Form::new(book, say!("Reception plan"), &entry.number)?
            .invalid(plan.filled("cancelled")?)
            .grid(&plan, ASKED)?
            .table(
                &Card::all(book, VISITORS, entry.id)?,
                &[(phrase!("Visitor"), "name"), (phrase!("Position"), "title")],
            )?;
        if plan.filled("arranged_on")?.is_some() {
            form = form.grid(&arranged(plan)?, ARRANGED)?;
        }
        let form = form.signatures(&[[
            phrase!("Signature of the planning department"),
            phrase!("Signature of General Management"),
        ]]);
        page::print(desk, &form.alone())
    }
}

/// The plan; none of a number that was voided unused.
const PLAN: &str = "SELECT *, kind || '' AS word, coalesce(void_reason, outcome) AS cancelled,
        (SELECT count(*) FROM visitor WHERE entry = id) AS visitor_count
    FROM reception_list WHERE id = ?1 AND unit IS NOT NULL";

const VISITORS: &str = "SELECT name, title FROM visitor WHERE entry = ?1 ORDER BY position";

/// What is asked for.
const ASKED: &[&[Labelled]] = &[
    &[(phrase!("Planned by department"), "department"), (phrase!("Planned by, on"), "planned")],
    &[(phrase!("Visiting unit"), "unit")],
    &[(phrase!("Purpose of the visit"), "purpose")],
    &[(phrase!("Kind"), "kind"), (phrase!("Project"), "project")],
    &[(phrase!("Arrival"), "arrive_on"), (phrase!("Departure"), "leave_on")],
    &[(phrase!("Number of visitors"), "visitor_count"), (phrase!("Planned cost (yuan)"), "planned_cost")],
    &[(phrase!("Schedule asked for"), "schedule")],
];

/// What is arranged.
const ARRANGED: &[&[Labelled]] = &[
    &[(phrase!("Hosts"), "hosts"), (phrase!("Arranged on"), "arranged_on")],
    &[(phrase!("Place of meeting"), "place"), (phrase!("Cars"), "car")],
    &[(phrase!("Dining"), "dining"), (phrase!("Gift standard"), "gift_standard")],
    &[(phrase!("Lodging"), "lodging"), (phrase!("Sightseeing"), "scenic")],
    &[(phrase!("Schedule of the reception"), "our_schedule")],
];

/// The kind of visit in words.
fn kind(word: &str) -> &'static str {
    match word {
        "progress" => say!("About the progress of production"),
        "delivery" => say!("About the delivery"),
        "inspection" => say!("Inspection"),
        _ => say!("Visit"),
    }
}

/// The plan with the standard of gifts in words.
fn arranged(mut plan: Card) -> Result<Card> {
    let standard = match plan.get("gift_standard")? {
        "0.00" => say!("none").to_owned(),
        amount => say!("{amount} yuan each", amount),
    };
    plan.set("gift_standard", standard);
    Ok(plan)
}
