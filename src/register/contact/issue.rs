//! Issuing a contact form: who may, to whom, and the number it takes (R4.1–R4.8, R6.1).

use anyhow::Result;
use chrono::{Days, NaiveDate};
use clap::Args;
use rusqlite::named_params;

use super::entitlement::{self, Office};
use super::{Kind, parties};
use crate::book::change::Change;
use crate::day::DayArg;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::department::{self, Department};
use crate::office::person::Person;
use crate::office::{figure, identity};
use crate::refusal::Refusal;
use crate::register::entry::{self, Breaches, Entry, Opening};
use crate::register::project;
use crate::say;
use crate::series::number;
use crate::text::{Line, Text};

/// The fields of a new contact form
#[derive(Debug, Args)]
#[allow(clippy::doc_markdown, reason = "the comments are the help")]
pub struct Add {
    /// Department whose ledger takes the form
    #[arg(long, value_name = "DEPARTMENT")]
    pub department: String,
    /// What it is about
    #[arg(long, value_enum)]
    pub kind: Kind,
    /// Addressee: a department, or a unit outside the company; may be repeated
    #[arg(long, required = true, value_name = "PARTY")]
    pub to: Vec<Line>,
    /// Who gets a copy: a department, a person, a unit outside; may be repeated
    #[arg(long, value_name = "PARTY")]
    pub copy: Vec<Line>,
    /// Subject, in one line
    #[arg(long)]
    pub subject: Line,
    /// What is asked or told
    #[arg(long)]
    pub content: Text,
    /// Project it belongs to; its leader may issue the form
    #[arg(long, value_name = "PROJECT")]
    pub project: Option<String>,
    /// Contract it belongs to, where no project is in the book
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Option<Line>,
    /// Day by which a reply is wanted [default: after contact.reply_days days]
    #[arg(long, value_name = "DATE")]
    pub reply_by: Option<DayArg>,
    /// Pages of the paper
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    pub pages: Option<u32>,
    /// Who holds the original [default: who issued it]
    #[arg(long, value_name = "PERSON")]
    pub holder: Option<Line>,
    /// Fill in a number that was reserved for a paper pad
    #[arg(long, value_name = "NUMBER")]
    pub number: Option<String>,
    /// Record a breach of who may issue the form or whom it must reach, with the reason, instead of being refused
    #[arg(long, value_name = "REASON")]
    pub exception: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Add {
    /// Issues the form.
    ///
    /// # Errors
    /// A refusal by R4.1–R4.8 or R6.1.
    pub fn issue(&self, change: &mut Change<'_>) -> Result<Answer> {
        let department = department::find(change.sql(), &self.department)?;
        let series = ledger_of(change, &department)?;
        let issuer = identity::actor(change, self.deed.by.as_deref())?;
        let mut breaches = Breaches::excused_by(self.exception.as_deref());
        let project = self.project.as_ref().map(|which| project::named(change.sql(), which)).transpose()?;
        breaches.weigh(self.check_issuer(change, &issuer, &department.key, project.as_ref()))?;
        let addressed_to = parties::addressees(change.sql(), self.kind, self.to.iter().map(|party| &**party))?;
        let copied_to = parties::copies(change.sql(), &self.copy, &addressed_to)?;
        let reached = entitlement::must_reach(change.sql(), self.kind, &addressed_to, copied_to.as_deref(), change.on);
        breaches.weigh(reached)?;
        let reply_by = self.wanted(change)?;
        let entry = self.open(change, &series, &department.key, &issuer)?;
        change.sql().prepare_cached(
            "INSERT INTO contact (entry, kind, subject, content, addressed_to, copied_to, contract, reply_by_on, pages, holder, project)
             VALUES (:entry, :kind, :subject, :content, :to, :copy, :contract, :reply_by, :pages, :holder, :project)",
        )?
        .execute(named_params! {
            ":entry": entry.id, ":kind": self.kind.key(), ":subject": self.subject, ":content": self.content, ":to": addressed_to,
            ":copy": copied_to, ":contract": self.contract, ":reply_by": reply_by, ":pages": self.pages, ":holder": self.holder,
            ":project": project.as_ref().map(|project| &project.number),
        })?;
        let notes = breaches.settle(change, &entry, &issuer)?;
        let thing = if notes.is_empty() { entry.thing()?.just_opened() } else { entry.thing()? };
        change.record(&thing, &issuer.key, self.exception.as_deref())?;
        let line = say!(
            "{number}: issued on {day} to {addressed_to}, reply wanted by {reply_by}",
            number = entry.number,
            day = entry.day,
            addressed_to = language::value(&addressed_to),
            reply_by
        );
        Ok(Answer { notes, ..Answer::new(entry.number, line) })
    }

    /// The issuer may issue such a form on the day that it bears, and today where they enter it themselves.
    fn check_issuer(
        &self,
        change: &Change<'_>,
        issuer: &Person,
        department: &str,
        project: Option<&Entry>,
    ) -> Result<()> {
        let check = |day| Office { book: change.sql(), department, project, day }.may_issue(self.kind, issuer, "--by");
        check(change.on)?;
        let may = |day| Ok(check(day).is_ok());
        identity::out_of_office(change, issuer, may)?.map_or(Ok(()), check)
    }

    /// The day by which a reply is wanted.
    fn wanted(&self, change: &Change<'_>) -> Result<NaiveDate> {
        let Some(day) = self.reply_by else {
            let days = figure::value(change.sql(), "contact.reply_days", change.on)?;
            return Ok(change.on + Days::new(days.unsigned_abs()));
        };
        let day = day.on(change.today());
        if day < change.on {
            return Err(wanted_too_early(day, change.on).into());
        }
        Ok(day)
    }

    /// Takes the next number, or the reserved one that the paper bears.
    fn open(&self, change: &Change<'_>, series: &str, department: &str, issuer: &Person) -> Result<Entry> {
        let opening = Opening { register: "contact", department, day: change.on, person: &issuer.key, state: "issued" };
        let Some(number) = &self.number else { return entry::open(change, series, &opening) };
        let Some(mut entry) = Entry::look_up(change.sql(), number)? else {
            return Err(Refusal::rule(
                "R4.8",
                say!(
                    "{number} was not reserved, and numbers are not chosen by hand",
                    number = crate::text::number(number)
                ),
            )
            .or(say!("leave --number out to take the next one"))
            .into());
        };
        if entry.register != "contact" || entry.department != department || entry.state != "reserved" {
            return Err(Refusal::rule(
                "R4.8",
                say!(
                    "{number} is {state} in {its_department}'s ledger, not reserved for {department}",
                    number = entry.number,
                    state = language::value(&entry.state),
                    its_department = language::value(&entry.department),
                    department = language::value(department)
                ),
            )
            .or(say!("leave --number out to take the next one"))
            .into());
        }
        entry.check_new_day(change.sql(), "contact", change.on)?;
        let step = entry.step(change.sql(), "add", None)?;
        entry.take(change, &step)?;
        change
            .sql()
            .execute("UPDATE entry SET day_on = ?2, person = ?3 WHERE id = ?1", (entry.id, change.on, &issuer.key))?;
        Ok(Entry { day: change.on, ..entry })
    }
}

/// The refusal of a reply that is wanted before the form is issued.
#[must_use]
pub fn wanted_too_early(wanted: NaiveDate, issued: NaiveDate) -> Refusal {
    Refusal::usage(say!("a reply by {wanted} is wanted before the form is issued on {issued}", wanted, issued))
        .or(say!("give a later day with --reply-by"))
}

/// The series of a department's ledger (R4.8).
///
/// # Errors
/// A refusal where the department keeps none.
pub fn ledger_of(change: &Change<'_>, department: &Department) -> Result<String> {
    number::series_of(change.sql(), "contact", &department.key)?.ok_or_else(|| {
        Refusal::rule(
            "R4.8",
            say!(
                "{key} ({name_zh}) keeps no ledger of contact forms",
                key = department.key,
                name_zh = department.name_zh
            ),
        )
        .or(say!("let the department that needs the answer issue the form"))
        .into()
    })
}
