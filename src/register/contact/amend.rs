//! Correcting forms: the old values stay in the journal, and no correction gets round a rule of issuing.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::entitlement::{self, Office};
use super::{Kind, issue, parties};
use crate::book::change::Change;
use crate::day::{self, DayArg};
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::identity;
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::register::entry::{self, Breaches, Correction, Entry};
use crate::register::project;
use crate::say;
use crate::text::{self, Line, Text};

/// The fields of a form to be corrected; only what is given changes
#[derive(Debug, Args)]
pub struct Amend {
    /// The form's number
    pub number: String,
    /// Why it is corrected
    #[arg(long)]
    pub reason: Text,
    /// What it is about
    #[arg(long, value_enum)]
    pub kind: Option<Kind>,
    /// Subject
    #[arg(long)]
    pub subject: Option<Line>,
    /// What is asked or told
    #[arg(long)]
    pub content: Option<Text>,
    /// Addressees, all of them anew; only while nobody has signed
    #[arg(long, value_name = "PARTY")]
    pub to: Vec<Line>,
    /// Copies, all of them anew
    #[arg(long, value_name = "PARTY")]
    pub copy: Vec<Line>,
    /// Project it belongs to; an archived form moves into its contract file
    #[arg(long, value_name = "PROJECT")]
    pub project: Option<String>,
    /// Contract it belongs to; an archived form moves into that contract's file
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Option<Line>,
    /// Day by which a reply is wanted
    #[arg(long, value_name = "DATE")]
    pub reply_by: Option<DayArg>,
    /// Pages of the paper
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    pub pages: Option<u32>,
    /// Who holds the original
    #[arg(long, value_name = "PERSON")]
    pub holder: Option<Line>,
    /// Day it was issued; only where its number stays right
    #[arg(long, value_name = "DATE")]
    pub issued_on: Option<DayArg>,
    /// Who issued it
    #[arg(long, value_name = "PERSON")]
    pub issued_by: Option<String>,
    /// Record a breach of who may issue the form or whom it must reach, with the reason, instead of being refused
    #[arg(long, value_name = "REASON")]
    pub exception: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// What moves an archived form into another contract file.
fn refiling(file: &str) -> [Correction; 2] {
    [
        Correction { table: "contact", column: "contract_file", value: Value::Text(file.to_owned()) },
        Correction { table: "contact", column: "no_contract", value: Value::Null },
    ]
}

impl Amend {
    /// Corrects the form.
    ///
    /// # Errors
    /// A refusal where nothing is given, the form is void, or a correction would break a rule.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let entry = Entry::find_in(change.sql(), "contact", &self.number)?;
        entry.refuse_reserved(say!("amended"))?;
        entry.refuse_void()?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        identity::require_clerk(change, "R4.8", say!("corrects the ledger"))?;
        let old = Form::of(change.sql(), &entry)?;
        let new = self.corrected(change, &entry, &old)?;
        let mut wanted = new.corrections();
        let file = self.project.as_ref().and(new.project.as_ref()).map(|project| project.number.as_str());
        if let (Some(file), "archived") = (file.or(self.contract.as_deref()), entry.state.as_str()) {
            wanted.extend(refiling(file));
        }
        let corrections = entry::differing(change.sql(), &entry, wanted)?;
        let columns: Vec<&str> = corrections.iter().map(|correction| correction.column).collect();
        let mut breaches = Breaches::excused_by(self.exception.as_deref());
        new.check_rules(change, &entry.department, &columns, &mut breaches)?;
        let notes = breaches.settle(change, &entry, &actor)?;
        entry::amend(change, &entry, &corrections, &actor, &self.reason)?;
        let line = say!(
            "{number}: corrected {fields}",
            number = entry.number,
            fields = columns.into_iter().map(typed).collect::<Vec<_>>().join(", ")
        );
        Ok(Answer { notes, ..Answer::new(&entry.number, line) })
    }

    /// The form as it is to be.
    fn corrected(&self, change: &Change<'_>, entry: &Entry, old: &Form) -> Result<Form> {
        let (book, today) = (change.sql(), change.today());
        let text =
            |new: Option<&str>, old: &Option<String>| new.map_or_else(|| old.clone(), |new| Some(new.to_owned()));
        let kind = self.kind.unwrap_or(old.kind);
        let day = self.issued_on.map_or(old.day, |day| day.on(today));
        day::refuse_future(day, today.max(old.day), "--issued-on")?;
        let issuer = self.issued_by.as_ref().map(|who| Person::find(book, who)).transpose()?;
        let new = Form {
            kind,
            subject: self.subject.as_ref().map_or_else(|| old.subject.clone(), ToString::to_string),
            content: text(self.content.as_deref(), &old.content),
            addressed_to: self.addressees(book, entry, old, kind)?,
            copied_to: self.copies(book, entry, old)?,
            contract: text(self.contract.as_deref(), &old.contract),
            project: match &self.project {
                Some(which) => Some(project::named(book, which)?),
                None => old.project.clone(),
            },
            reply_by: self.reply_by.map(|day| day.on(today)).or(old.reply_by),
            pages: self.pages.or(old.pages),
            holder: text(self.holder.as_deref(), &old.holder),
            day,
            person: issuer.unwrap_or_else(|| old.person.clone()),
        };
        new.check_days(book, entry, old)?;
        Ok(new)
    }

    /// The addressees: anew while nobody has signed, and inside the company where the kind says so.
    fn addressees(&self, book: &Connection, entry: &Entry, old: &Form, kind: Kind) -> Result<String> {
        if self.to.is_empty() {
            let stay = kind == old.kind;
            return if stay { Ok(old.addressed_to.clone()) } else { old.addressees_as(book, kind) };
        }
        let new = parties::addressees(book, kind, self.to.iter().map(|party| &**party))?;
        if new != old.addressed_to && (entry.state != "issued" || !signed(book, entry)?.is_empty()) {
            return Err(Refusal::rule(
                "R4.7",
                say!("{number} has been signed for, so its addressees stay", number = entry.number),
            )
            .or(say!("void it and issue a new one"))
            .into());
        }
        Ok(new)
    }

    /// The copies: anew, but for those who have signed.
    fn copies(&self, book: &Connection, entry: &Entry, old: &Form) -> Result<Option<String>> {
        if self.copy.is_empty() {
            return Ok(old.copied_to.clone());
        }
        let addressed_to = if self.to.is_empty() { old.addressed_to.as_str() } else { "" };
        let new = parties::copies(book, &self.copy, addressed_to)?;
        let signed = signed(book, entry)?;
        let gone = parties::split(old.copied_to.as_deref().unwrap_or_default())
            .filter(|party| signed.iter().any(|signed| signed == party))
            .find(|party| parties::split(new.as_deref().unwrap_or_default()).all(|kept| kept != *party));
        match gone {
            None => Ok(new),
            Some(party) => Err(Refusal::rule(
                "R4.7",
                say!(
                    "{party} has signed for the copy of {number}, which stays",
                    party = language::value(party),
                    number = entry.number
                ),
            )
            .or(say!("add --copy {party}", party = text::word(party)))
            .into()),
        }
    }
}

/// A column as the ledger calls it.
fn typed(column: &str) -> &str {
    match column {
        "day_on" => "issued_on",
        "person" => "issued_by",
        column => column,
    }
}

/// The parties that have signed.
fn signed(book: &Connection, entry: &Entry) -> Result<Vec<String>> {
    let mut statement = book.prepare_cached("SELECT party FROM signature WHERE entry = ?1")?;
    Ok(statement.query_map([entry.id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// What of a form may be corrected.
#[derive(Debug, Clone)]
struct Form {
    kind: Kind,
    subject: String,
    content: Option<String>,
    addressed_to: String,
    copied_to: Option<String>,
    contract: Option<String>,
    project: Option<Entry>,
    reply_by: Option<NaiveDate>,
    pages: Option<u32>,
    holder: Option<String>,
    day: NaiveDate,
    person: Person,
}

impl Form {
    fn of(book: &Connection, entry: &Entry) -> Result<Self> {
        let (kind, form) = book.query_row(
            "SELECT kind, subject, content, addressed_to, copied_to, contract, reply_by_on, pages, holder, project FROM contact WHERE entry = ?1",
            [entry.id],
            |row| {
                let kind: String = row.get(0)?;
                let form = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?, row.get::<_, Option<String>>(9)?);
                Ok((kind, form))
            },
        )?;
        let (subject, content, addressed_to, copied_to, contract, reply_by, pages, holder, project) = form;
        let project = project.map(|number| project::named(book, &number)).transpose()?;
        let person = Person::find(book, &entry.person)?;
        let (kind, day) = (kind.parse()?, entry.day);
        Ok(Self {
            kind,
            subject,
            content,
            addressed_to,
            copied_to,
            contract,
            project,
            reply_by,
            pages,
            holder,
            day,
            person,
        })
    }

    /// The addressees as a form of another kind keeps them.
    fn addressees_as(&self, book: &Connection, kind: Kind) -> Result<String> {
        parties::addressees(book, kind, parties::split(&self.addressed_to))
    }

    fn corrections(&self) -> Vec<Correction> {
        let text = |text: &Option<String>| text.clone().map_or(Value::Null, Value::Text);
        let contact = |column, value| Correction { table: "contact", column, value };
        let entry = |column, value| Correction { table: "entry", column, value };
        vec![
            contact("kind", Value::Text(self.kind.to_string())),
            contact("subject", Value::Text(self.subject.clone())),
            contact("content", text(&self.content)),
            contact("addressed_to", Value::Text(self.addressed_to.clone())),
            contact("copied_to", text(&self.copied_to)),
            contact("contract", text(&self.contract)),
            contact("project", text(&self.project.as_ref().map(|project| project.number.clone()))),
            contact("reply_by_on", text(&self.reply_by.map(|day| day.to_string()))),
            contact("pages", self.pages.map_or(Value::Null, |pages| Value::Integer(pages.into()))),
            contact("holder", text(&self.holder)),
            entry("day_on", Value::Text(self.day.to_string())),
            entry("person", Value::Text(self.person.key.clone())),
        ]
    }

    /// The new day fits the number, what has happened to the form since, and the day by which a reply is wanted.
    fn check_days(&self, book: &Connection, entry: &Entry, old: &Self) -> Result<()> {
        if self.day != old.day {
            entry.check_new_day(book, "contact", self.day)?;
            let first: Option<NaiveDate> = book.query_row(
                "SELECT min(day) FROM (SELECT signed_on AS day FROM signature WHERE entry = ?1
                    UNION ALL SELECT replied_on FROM reply WHERE entry = ?1 UNION ALL SELECT archived_on FROM contact WHERE entry = ?1)",
                [entry.id],
                |row| row.get(0),
            )?;
            if let Some(first) = first.filter(|first| *first < self.day) {
                return Err(Refusal::usage(say!(
                    "{number} was signed for, answered or archived on {first}",
                    number = entry.number,
                    first
                ))
                .or(say!("give a day up to {first} with --issued-on", first))
                .into());
            }
        }
        let dated_anew = self.day != old.day || self.reply_by != old.reply_by;
        match self.reply_by.filter(|wanted| dated_anew && *wanted < self.day) {
            None => Ok(()),
            Some(wanted) => Err(issue::wanted_too_early(wanted, self.day).into()),
        }
    }

    /// What is corrected may not get round the rules that issuing is held to (R4.2–R4.6, R6.1).
    fn check_rules(
        &self,
        change: &Change<'_>,
        department: &str,
        columns: &[&str],
        breaches: &mut Breaches<'_>,
    ) -> Result<()> {
        let any = |wanted: &[&str]| columns.iter().any(|column| wanted.contains(column));
        if any(&["kind", "person"]) {
            let office = Office { book: change.sql(), department, project: self.project.as_ref(), day: self.day };
            breaches.weigh(office.may_issue(self.kind, &self.person, "--issued-by"))?;
        }
        if any(&["kind", "addressed_to", "copied_to"]) {
            let (to, copy) = (&self.addressed_to, self.copied_to.as_deref());
            breaches.weigh(entitlement::must_reach(change.sql(), self.kind, to, copy, self.day))?;
        }
        Ok(())
    }
}
