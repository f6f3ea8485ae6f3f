//! Opening an office of the branch with its own ledger, and entering a department of the company (R1, R4.8).

use anyhow::Result;
use clap::Args;
use clap::builder::BoolishValueParser;
use rusqlite::Connection;

use super::{decided, may_enter};
use crate::book::change::Change;
use crate::book::thing::Thing;
use crate::day::DayArg;
use crate::desk::{Answer, Deed};
use crate::key;
use crate::language;
use crate::office::department::{Department, find, look_up};
use crate::person::Person;
use crate::refusal::Refusal;
use crate::say;
use crate::series;
use crate::template::Template;
use crate::text::{Line, Text};

/// An office of the branch, or another department of the company, such as manufacturing
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// Short name that will be typed, such as xian
    pub(crate) key: String,
    /// Chinese name
    #[arg(long, visible_alias = "name")]
    pub(crate) zh: Line,
    /// English name
    #[arg(long)]
    pub(crate) en: Option<Line>,
    /// Korean name
    #[arg(long)]
    pub(crate) ko: Option<Line>,
    /// An office of the branch, which keeps this ledger of contact forms: what its numbers begin with, or a template
    #[arg(long, value_name = "TEMPLATE", value_parser = ledger)]
    pub(crate) ledger: Option<Template>,
    /// An office that reports user information each month
    #[arg(long, requires = "ledger")]
    pub(crate) reports: bool,
    /// Its first day [default: the day of --on]
    #[arg(long, value_name = "DATE", requires = "ledger")]
    pub(crate) from: Option<DayArg>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// What was said of a department when it was entered
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("what").required(true).multiple(true).args(["reports", "ledger", "from"])))]
pub(crate) struct Amend {
    /// The department
    #[arg(value_name = "DEPARTMENT")]
    department: String,
    /// Whether it reports user information each month: yes or no
    #[arg(long, value_name = "YES", value_parser = BoolishValueParser::new())]
    reports: Option<bool>,
    /// A ledger of contact forms of its own: what its numbers begin with, or a template
    #[arg(long, value_name = "TEMPLATE", value_parser = ledger)]
    ledger: Option<Template>,
    /// Its first day
    #[arg(long, value_name = "DATE")]
    from: Option<DayArg>,
    /// Why
    #[arg(long, value_name = "REASON")]
    reason: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// A ledger's template, of which the text before the serial is enough, such as `HAX05`.
fn ledger(typed: &str) -> Result<Template, Refusal> {
    if typed.contains('{') { typed.parse() } else { format!("{}{{seq:3}}", typed.trim()).parse() }
}

impl Add {
    pub(super) fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let by = self.deed.by.as_deref();
        let actor = may_enter(change, by, self.ledger.is_some())?;
        self.refuse_known(change.sql())?;
        let typed = self.from.filter(|_| self.ledger.is_some());
        let from = typed.map(|day| change.day_past(day, "--from")).transpose()?;
        let from = from.or(self.ledger.as_ref().map(|_| change.on));
        change.sql().execute(
            "INSERT INTO department VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT max(position) + 1 FROM department), ?7, NULL)",
            (&self.key, self.en.as_deref().unwrap_or(&self.zh), &self.zh, &self.ko, from.is_some(), self.reports, from),
        )?;
        change.record(&Thing::office("department", &[&self.key])?, &actor.key, None)?;
        let (key, zh) = (&self.key, &self.zh);
        let Some((template, from)) = self.ledger.as_ref().zip(from) else {
            return Ok(Answer::new(key, say!("{key} {zh}: forms can go there", key, zh)));
        };
        series::open_ledger(change, key, template, &actor.key)?;
        let first = template.number(from, 1);
        let line = say!(
            "{key} {zh}: open from {from} on, with a ledger of its own that begins with {first}",
            key,
            zh,
            from,
            first
        );
        Ok(Answer::new(key, line).note(say!(
            "enter who works there with: branchbook staff add KEY --name NAME --department {key} --role ROLE",
            key
        )))
    }

    fn refuse_known(&self, book: &Connection) -> Result<()> {
        key::check(&self.key)?;
        let names = [Some(&self.zh), self.en.as_ref(), self.ko.as_ref()];
        let known = look_up(book, &self.key)?.is_some();
        if known || names.into_iter().flatten().any(|name| is_taken(book, name, None)) {
            let taken = say!("there is a department {key} or {zh} already", key = self.key, zh = self.zh);
            return Err(Refusal::usage(taken).or(say!("see branchbook department list")).into());
        }
        if let Some(person) = Person::of_key(book, &self.key)? {
            return Err(Refusal::usage(say!("the key {key} is {name}'s", key = self.key, name = person.name))
                .or(say!("choose another key"))
                .into());
        }
        Ok(())
    }
}

/// Whether another department than `own` has this key or name today.
pub(super) fn is_taken(book: &Connection, name: &str, own: Option<&str>) -> bool {
    let sql = "SELECT 1 FROM department WHERE (key = ?1 OR name_zh = ?1 OR name_en = ?1 COLLATE NOCASE OR name_ko = ?1) AND key IS NOT ?2";
    book.prepare_cached(sql).and_then(|mut known| known.exists((name, own))).unwrap_or(true)
}

impl Amend {
    pub(super) fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let Department { key, .. } = find(change.sql(), &self.department)?;
        let actor = decided(change, self.deed.by.as_deref(), say!("correcting what is said of an office"))?;
        let mut done: Vec<String> = Vec::new();
        if let Some(reports) = self.reports {
            change.sql().execute("UPDATE department SET reports_flag = ?2 WHERE key = ?1", (&key, reports))?;
            done.push(
                if reports { say!("reports user information") } else { say!("does not report user information") }
                    .to_owned(),
            );
        }
        if let Some(from) = self.from {
            let from = change.day_past(from, "--from")?;
            change.sql().execute("UPDATE department SET from_on = ?2 WHERE key = ?1", (&key, from))?;
            done.push(say!("open from {from} on", from));
        }
        if let Some(template) = &self.ledger {
            if change.sql().prepare("SELECT 1 FROM series WHERE key = ?1")?.exists([&key])? {
                let what = say!("{department} keeps a ledger already", department = language::value(&key));
                return Err(Refusal::usage(what)
                    .or(say!(
                        "change how it prints its numbers with: branchbook series set {key} TEMPLATE --from DATE",
                        key
                    ))
                    .into());
            }
            change.sql().execute("UPDATE department SET branch_flag = 1 WHERE key = ?1", [&key])?;
            series::open_ledger(change, &key, template, &actor.key)?;
            done.push(say!("keeps a ledger that begins with {first}", first = template.number(change.on, 1)));
        }
        change.record(&Thing::office("department", &[&key])?, &actor.key, Some(&self.reason))?;
        let line = say!("{department}: {done}", department = language::value(&key), done = language::listed(done));
        Ok(Answer::new(&key, line))
    }
}
