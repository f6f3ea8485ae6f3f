//! Correcting and voiding forms: nothing is deleted.

use anyhow::Result;
use clap::Args;
use rusqlite::types::Value;

use super::{Kind, parties};
use crate::book::change::Change;
use crate::day::DayArg;
use crate::desk::{Answer, Deed};
use crate::office::identity;
use crate::office::person::Person;
use crate::refusal::Refusal;
use crate::register::entry::{self, Correction, Entry, Opening};
use crate::series::number;
use crate::text::{self, Text};

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
    pub subject: Option<Text>,
    /// What is asked or told
    #[arg(long)]
    pub content: Option<Text>,
    /// Addressees, all of them anew; only while nobody has signed
    #[arg(long, value_name = "PARTY")]
    pub to: Vec<Text>,
    /// Copies, all of them anew
    #[arg(long, value_name = "PARTY")]
    pub copy: Vec<Text>,
    /// Contract it belongs to
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Option<Text>,
    /// Day by which a reply is wanted
    #[arg(long, value_name = "DATE")]
    pub reply_by: Option<DayArg>,
    /// Pages of the paper
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    pub pages: Option<u32>,
    /// Who holds the original
    #[arg(long, value_name = "PERSON")]
    pub holder: Option<Text>,
    /// Day it was issued; only where its number stays right
    #[arg(long, value_name = "DATE")]
    pub issued_on: Option<DayArg>,
    /// Who issued it
    #[arg(long, value_name = "PERSON")]
    pub issued_by: Option<String>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Amend {
    /// Corrects the form.
    ///
    /// # Errors
    /// A refusal where nothing is given, the form is void, or a correction would break a rule.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let entry = Entry::find_in(change.sql(), "contact", &self.number)?;
        entry.refuse_reserved("amended")?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        identity::require_clerk(change, "R4.8", "corrects the ledger")?;
        let corrections = self.corrections(change, &entry)?;
        entry::amend(change, &entry, &corrections, &actor, &self.reason)?;
        let columns: Vec<&str> = corrections.iter().map(|correction| correction.column).collect();
        Ok(Answer::new(&entry.number, format!("{}: corrected {}", entry.number, columns.join(", "))))
    }

    fn corrections(&self, change: &Change<'_>, entry: &Entry) -> Result<Vec<Correction>> {
        let mut corrections = Vec::new();
        let mut set = |table, column, value: Option<Value>| {
            corrections.extend(value.map(|value| Correction { table, column, value }));
        };
        let text = |text: &Option<Text>| text.as_ref().map(|text| Value::Text(text.to_string()));
        let today = change.today();
        let day = |day: Option<DayArg>| day.map(|day| Value::Text(day.on(today).to_string()));
        set("contact", "kind", self.kind.map(|kind| Value::Text(kind.to_string())));
        set("contact", "subject", text(&self.subject));
        set("contact", "content", text(&self.content));
        set("contact", "contract", text(&self.contract));
        set("contact", "holder", text(&self.holder));
        set("contact", "reply_by_on", day(self.reply_by));
        set("contact", "pages", self.pages.map(|pages| Value::Integer(pages.into())));
        set("contact", "addressed_to", self.addressees(change, entry)?.map(Value::Text));
        set("contact", "copied_to", parties::copies(change.sql(), &self.copy)?.map(Value::Text));
        if let Some(day) = self.issued_on {
            entry.check_new_day(change.sql(), "contact", day.on(today))?;
        }
        set("entry", "day_on", day(self.issued_on));
        let issuer = self.issued_by.as_ref().map(|who| Person::find(change.sql(), who)).transpose()?;
        set("entry", "person", issuer.map(|person| Value::Text(person.key)));
        Ok(corrections)
    }

    fn addressees(&self, change: &Change<'_>, entry: &Entry) -> Result<Option<String>> {
        if self.to.is_empty() {
            return Ok(None);
        }
        let signed: bool =
            change
                .sql()
                .query_row("SELECT EXISTS (SELECT 1 FROM signature WHERE entry = ?1)", [entry.id], |row| row.get(0))?;
        if signed || entry.state != "issued" {
            return Err(Refusal::rule("R4.7", format!("{} has been signed for, so its addressees stay", entry.number))
                .or("void it and issue a new one")
                .into());
        }
        let kind = match self.kind {
            Some(kind) => kind,
            None => change
                .sql()
                .query_row("SELECT kind FROM contact WHERE entry = ?1", [entry.id], |row| row.get::<_, String>(0))?
                .parse()?,
        };
        parties::addressees(change.sql(), kind, &self.to).map(Some)
    }
}

/// A spoilt form, a reserved number, or numbers that an old ledger lacks
#[derive(Debug, Args)]
pub struct Void {
    /// The number; several numbers, or a run such as HAY05003..HAY05007
    #[arg(required = true, value_name = "NUMBER")]
    pub numbers: Vec<String>,
    /// Why
    #[arg(long)]
    pub reason: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Void {
    /// Voids the forms, all or none of them.
    ///
    /// # Errors
    /// A refusal where one of them cannot be voided.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        let mut voided = Vec::new();
        for number in self.spelled_out(change)? {
            match Entry::look_up(change.sql(), &number)? {
                Some(_) => {
                    entry::void(change, &mut Entry::find_in(change.sql(), "contact", &number)?, &actor, &self.reason)?
                }
                None => void_missing(change, &number, &actor, &self.reason)?,
            }
            voided.push(number);
        }
        let line = format!("{}: void, {}", voided.join(", "), self.reason);
        Ok(Answer::new(voided.join("\n"), line))
    }

    /// Every number, with runs spelled out.
    fn spelled_out(&self, change: &Change<'_>) -> Result<Vec<String>> {
        let mut numbers = Vec::new();
        for typed in &self.numbers {
            match typed.split_once("..") {
                None => numbers.push(text::number(typed)),
                Some((first, last)) => {
                    numbers.extend(number::run(change.sql(), "contact", &text::number(first), &text::number(last))?)
                }
            }
        }
        Ok(numbers)
    }
}

/// Enters a number that its series skipped, as void: so a gap of an old ledger is explained.
fn void_missing(change: &mut Change<'_>, text: &str, actor: &Person, reason: &str) -> Result<()> {
    let Some((department, number)) = number::skipped(change.sql(), "contact", text)? else {
        return Err(Refusal::not_found(format!("there is no form {text}, and no ledger has passed that number"))
            .or("see branchbook series list")
            .into());
    };
    let opening =
        Opening { register: "contact", department: &department, day: change.on, person: &actor.key, state: "void" };
    identity::require_clerk(change, "R4.8", "explains missing numbers")?;
    let entry = entry::insert_void(change, &number, &opening, reason)?;
    change.record(&entry.thing()?, &actor.key, Some(reason))
}
