//! Entering a shipment that was notified by a contact form (R6.1).

use anyhow::Result;
use clap::Args;
use rusqlite::named_params;

use super::organiser;
use super::terms::{self, Form, Freight};
use crate::book::change::Change;
use crate::day::DayArg;
use crate::desk::{Answer, Deed};
use crate::refusal::Refusal;
use crate::register::entry::{self, Opening};
use crate::register::project;
use crate::say;
use crate::text::{Line, Text};

/// What was settled with the user before production
#[derive(Debug, Args)]
pub struct Add {
    /// Project whose contract is delivered, or the contract's number
    #[arg(long, value_name = "PROJECT")]
    pub project: String,
    /// Contact form of kind shipping that told of it
    #[arg(long, value_name = "NUMBER")]
    pub notice: String,
    /// How it is delivered
    #[arg(long, value_enum)]
    pub form: Form,
    /// Place of arrival
    #[arg(long)]
    pub place: Line,
    /// Who takes it in there
    #[arg(long, value_name = "NAME")]
    pub contact: Line,
    /// How to reach them
    #[arg(long)]
    pub phone: Line,
    /// Route
    #[arg(long)]
    pub route: Line,
    /// What the route can carry, or none
    #[arg(long, value_name = "CAPACITY")]
    pub capacity: Text,
    /// Who bears the freight
    #[arg(long, value_enum)]
    pub freight: Freight,
    /// Day by which the user wants it
    #[arg(long, value_name = "DATE")]
    pub wanted_by: Option<DayArg>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Add {
    /// Enters the shipment.
    ///
    /// # Errors
    /// A refusal where the contact form told of no such shipment (R6.1), or the actor organises none.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = organiser(change, self.deed.by.as_deref(), "R6.1")?;
        let project = project::named(change.sql(), &self.project)?;
        terms::refuse_dead(&project)?;
        let notice = terms::notice(change.sql(), &self.notice, &project, change.on)?;
        let wanted_by = self.wanted_by.map(|day| day.on(change.today()));
        refuse_wanted_before(wanted_by, change.on)?;
        let opening = Opening {
            register: "ship",
            department: &project.department,
            day: change.on,
            person: &actor.key,
            state: "notified",
        };
        let before: i64 = change.sql().query_row(
            "SELECT count(*) FROM ship AS s JOIN entry AS e ON e.id = s.entry
             WHERE s.project = ?1 AND e.state NOT IN ('void', 'cancelled')",
            [&project.number],
            |row| row.get(0),
        )?;
        let entry = entry::open(change, "ship", &opening)?;
        change
            .sql()
            .prepare_cached(
                "INSERT INTO ship (entry, project, notice, form, place, contact_person, phone, route, capacity, freight, wanted_by_on)
                 VALUES (:entry, :project, :notice, :form, :place, :contact, :phone, :route, :capacity, :freight, :wanted_by)",
            )?
            .execute(named_params! {
                ":entry": entry.id, ":project": project.number, ":notice": notice.number, ":form": self.form.key(),
                ":place": self.place, ":contact": self.contact, ":phone": self.phone, ":route": self.route,
                ":capacity": self.capacity, ":freight": self.freight.key(), ":wanted_by": wanted_by,
            })?;
        change.record(&entry.thing()?.just_opened(), &actor.key, None)?;
        let which =
            if before == 0 { String::new() } else { say!(", shipment {before} of that project", before = before + 1) };
        let line = say!(
            "{number}: {number2} to {place} by {form}, notified by {number3}{which}",
            number = entry.number,
            number2 = project.number,
            place = self.place,
            form = self.form,
            number3 = notice.number,
            which
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// Nothing is wanted before the day it is told of.
///
/// # Errors
/// A usage refusal.
pub(super) fn refuse_wanted_before(wanted_by: Option<chrono::NaiveDate>, day: chrono::NaiveDate) -> Result<()> {
    match wanted_by.filter(|wanted_by| *wanted_by < day) {
        None => Ok(()),
        Some(wanted_by) => {
            Err(Refusal::usage(say!("a shipment notified on {day} cannot be wanted by {wanted_by}", day, wanted_by))
                .or(say!("give a day from then on with --wanted-by DATE"))
                .into())
        }
    }
}
