//! Issuing a contact form: who may, to whom, and the number it takes (R4.1–R4.8, R6.1).

use anyhow::Result;
use chrono::{Days, NaiveDate};
use clap::Args;
use rusqlite::named_params;

use super::{Kind, parties};
use crate::book::change::Change;
use crate::day::DayArg;
use crate::desk::{Answer, Deed};
use crate::office::department::{self, Department};
use crate::office::person::{Person, Role};
use crate::office::{figure, identity};
use crate::refusal::Refusal;
use crate::register::entry::{self, Breaches, Entry, Opening};
use crate::series::number;
use crate::text::Text;

/// The fields of a new contact form
#[derive(Debug, Args)]
pub struct Add {
    /// Department whose ledger takes the form
    #[arg(long, value_name = "DEPARTMENT")]
    pub department: String,
    /// What it is about
    #[arg(long, value_enum)]
    pub kind: Kind,
    /// Addressee: a department, or a unit outside the company; may be repeated
    #[arg(long, required = true, value_name = "PARTY")]
    pub to: Vec<Text>,
    /// Who gets a copy: a department, a person, a unit outside; may be repeated
    #[arg(long, value_name = "PARTY")]
    pub copy: Vec<Text>,
    /// Subject, in one line
    #[arg(long)]
    pub subject: Text,
    /// What is asked or told
    #[arg(long)]
    pub content: Text,
    /// Contract it belongs to
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Option<Text>,
    /// Day by which a reply is wanted [default: after contact.reply_days days]
    #[arg(long, value_name = "DATE")]
    pub reply_by: Option<DayArg>,
    /// Pages of the paper
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    pub pages: Option<u32>,
    /// Who holds the original [default: who issued it]
    #[arg(long, value_name = "PERSON")]
    pub holder: Option<Text>,
    /// Fill in a number that was reserved for a paper pad
    #[arg(long, value_name = "NUMBER")]
    pub number: Option<String>,
    /// Record a breach of who may issue the form, with the reason, instead of being refused
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
        breaches.weigh(may_issue(change, self.kind, &issuer, &department))?;
        let addressed_to = parties::addressees(change.sql(), self.kind, &self.to)?;
        let copied_to = parties::copies(change.sql(), &self.copy)?;
        breaches.weigh(must_reach(change, self.kind, &addressed_to, copied_to.as_deref()))?;
        let reply_by = self.wanted(change)?;
        let entry = self.open(change, &series, &department.key, &issuer)?;
        change.sql().prepare_cached(
            "INSERT INTO contact (entry, kind, subject, content, addressed_to, copied_to, contract, reply_by_on, pages, holder)
             VALUES (:entry, :kind, :subject, :content, :to, :copy, :contract, :reply_by, :pages, :holder)",
        )?
        .execute(named_params! {
            ":entry": entry.id, ":kind": self.kind.key(), ":subject": self.subject, ":content": self.content, ":to": addressed_to,
            ":copy": copied_to, ":contract": self.contract, ":reply_by": reply_by, ":pages": self.pages, ":holder": self.holder,
        })?;
        let notes = breaches.settle(change, &entry, &issuer)?;
        change.record(&entry.thing()?, &issuer.key, self.exception.as_deref())?;
        let line = format!("{}: issued on {} to {addressed_to}, reply wanted by {reply_by}", entry.number, entry.day);
        Ok(Answer { notes, ..Answer::new(entry.number, line) })
    }

    /// The day by which a reply is wanted.
    fn wanted(&self, change: &Change<'_>) -> Result<NaiveDate> {
        let Some(day) = self.reply_by else {
            let days = figure::value(change.sql(), "contact.reply_days", change.on)?;
            return Ok(change.on + Days::new(days.unsigned_abs()));
        };
        let day = day.on(change.today());
        if day < change.on {
            return Err(Refusal::usage(format!(
                "a reply by {day} is wanted before the form is issued on {}",
                change.on
            ))
            .or("give a later day with --reply-by")
            .into());
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
                format!("{} was not reserved, and numbers are not chosen by hand", crate::text::number(number)),
            )
            .or("leave --number out to take the next one")
            .into());
        };
        if entry.register != "contact" || entry.department != department || entry.state != "reserved" {
            return Err(Refusal::rule(
                "R4.8",
                format!(
                    "{} is {} in {}'s ledger, not reserved for {department}",
                    entry.number, entry.state, entry.department
                ),
            )
            .or("leave --number out to take the next one")
            .into());
        }
        let step = entry.step(change.sql(), "add", None)?;
        entry.take(change, &step)?;
        change
            .sql()
            .execute("UPDATE entry SET day_on = ?2, person = ?3 WHERE id = ?1", (entry.id, change.on, &issuer.key))?;
        Ok(Entry { day: change.on, ..entry })
    }
}

/// The series of a department's ledger (R4.8).
///
/// # Errors
/// A refusal where the department keeps none.
pub fn ledger_of(change: &Change<'_>, department: &Department) -> Result<String> {
    number::series_of(change.sql(), "contact", &department.key)?.ok_or_else(|| {
        Refusal::rule("R4.8", format!("{} ({}) keeps no ledger of contact forms", department.key, department.name_zh))
            .or("let the department that needs the answer issue the form")
            .into()
    })
}

/// Who may issue a form of this kind. Where no project names a leader, the department's manager stands for one (R3.1).
fn may_issue(change: &Change<'_>, kind: Kind, issuer: &Person, department: &Department) -> Result<()> {
    let (book, day) = (change.sql(), change.on);
    let manager = issuer.holds(book, Role::DepartmentManager, Some(&department.key), day)?;
    let administrator = issuer.holds(book, Role::ContractAdministrator, None, day)?;
    let (allowed, who) = match kind {
        Kind::PreContract | Kind::UserRequest | Kind::External => {
            (manager, "the department's manager or the project's leader")
        }
        Kind::Execution => (
            manager || administrator,
            "the project's leader (here the department's manager) or a contract administrator",
        ),
        Kind::AfterSales => (
            manager || issuer.works_in(book, &department.key, day)?,
            "the project's leader or somebody of the department",
        ),
        Kind::Shipping => {
            (manager || administrator, "the project's leader, the department's manager or a contract administrator")
        }
    };
    if allowed {
        return Ok(());
    }
    let role = if manager_issues(kind) { Role::DepartmentManager } else { Role::ContractAdministrator };
    let place = (role == Role::DepartmentManager).then_some(department.key.as_str());
    let names: Vec<String> =
        Person::holders(book, role, place, day)?.iter().map(|person| format!("--by {}", person.key)).collect();
    let refusal = Refusal::rule(
        kind.clause(),
        format!("a form of kind {kind} from {} is issued by {who}, not by {issuer}", department.key),
    );
    Err(if names.is_empty() { refusal } else { refusal.or(names.join(" or ")) }.into())
}

const fn manager_issues(kind: Kind) -> bool {
    !matches!(kind, Kind::Execution)
}

/// Whom a form of this kind must reach: R4.5 General Management, R4.6 the contract administrator.
fn must_reach(change: &Change<'_>, kind: Kind, addressed_to: &str, copied_to: Option<&str>) -> Result<()> {
    if kind == Kind::UserRequest && !parties::split(addressed_to).any(|party| party == "general") {
        return Err(Refusal::rule("R4.5", "what the user raises goes to General Management's contract administrator")
            .or("add --to general")
            .into());
    }
    if kind == Kind::External {
        for party in parties::split(copied_to.unwrap_or_default()) {
            if parties::reaches_contract_administrator(change.sql(), party, change.on)? {
                return Ok(());
            }
        }
        let names: Vec<String> = Person::holders(change.sql(), Role::ContractAdministrator, None, change.on)?
            .iter()
            .map(|person| format!("--copy {}", person.key))
            .chain(["--copy general".to_owned()])
            .collect();
        return Err(Refusal::rule(
            "R4.6",
            "a form to a unit outside the company is copied to the contract administrator",
        )
        .or(format!("add {}", names.join(" or ")))
        .into());
    }
    Ok(())
}
