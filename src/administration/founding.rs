//! Making a book: the regulation's six departments, the five ledgers, and the first person.

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::book::change::{Change, Recorder};
use crate::book::journal::hex;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::book::{Book, schema};
use crate::day::DayArg;
use crate::desk::{Answer, Desk, Run, Surroundings};
use crate::files;
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::numbering;
use crate::say;
use crate::template::FIRST_DAY;
use crate::text::{self, Line};
use crate::zone::Zone;

/// The departments of R1: key, English, Chinese and Korean name, and whether each reports user information (R2.2).
const DEPARTMENTS: [(&str, &str, &str, &str, bool); 6] = [
    ("business", "Business Department", "业务部", "업무부", true),
    ("foreign-trade", "Foreign Trade Department", "外贸部", "대외무역부", true),
    ("general", "General Management Department", "综合管理部", "종합관리부", false),
    ("shandong", "Shandong Zibo Office", "山东淄博办事处", "산둥 쯔보 사무소", true),
    ("baotou", "Inner Mongolia Baotou Office", "内蒙古包头办事处", "네이멍구 바오터우 사무소", true),
    ("technology", "Technology Development Section", "技术开发科", "기술개발과", false),
];

/// The departments' ledgers of contact forms: key and template, as R4.8 prints their codes.
const LEDGERS: [(&str, &str); 5] = [
    ("business", "HAY05{seq:3}"),
    ("foreign-trade", "HAW05{seq:3}"),
    ("general", "HAG05{seq:3}"),
    ("shandong", "HAS05{seq:3}"),
    ("baotou", "HAB05{seq:3}"),
];

/// The number series of a new book: key, register, template.
fn series() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let own = numbering().into_iter().map(|(register, template)| (register, register, template));
    LEDGERS.into_iter().map(|(department, template)| (department, "contact", template)).chain(own)
}

/// Make a new book: six departments, their ledgers and registers, and you as its clerk
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// Whose registers these are, as printed in headings
    #[arg(long)]
    pub(crate) name: Line,
    /// Your key in the book [default: your login]
    #[arg(long)]
    pub(crate) key: Option<String>,
    /// Your name as printed [default: your login]
    #[arg(long)]
    pub(crate) person: Option<Line>,
    /// Your login; none where this account is to own the book and people come to it by keys of their own [default: the one here]
    #[arg(long, value_name = "LOGIN|none")]
    pub(crate) login: Option<Line>,
    /// The office's time zone [default: Asia/Shanghai]
    #[arg(long, value_name = "ZONE")]
    pub(crate) zone: Option<Zone>,
    /// The day from which the book is kept by the rules; what is entered of days before it is history [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) live_from: Option<DayArg>,
}

impl Run for Init {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let path = desk.book_path().to_owned();
        let mut book = Book::create(&path, desk.surroundings.patience, numbering)?;
        let made = match self.lay(&mut book, &desk.surroundings) {
            Ok(made) => made,
            Err(error) => {
                book.discard();
                return Err(error);
            }
        };
        drop(book);
        files::sync_folder(&path).with_context(|| say!("cannot bring {path} to the disk", path = path.display()))?;
        desk.tell_done(&made)
    }
}

impl Init {
    /// Lays the schema and founds the office in one transaction.
    fn lay(&self, book: &mut Book, surroundings: &Surroundings) -> Result<Answer> {
        let Surroundings { clock, login, host, .. } = surroundings.clone();
        let key = self.key.clone().unwrap_or_else(|| key_of(&login));
        crate::key::check(&key)?;
        let name = self.person.as_ref().map_or_else(|| login.clone(), ToString::to_string);
        let own = self.login.as_ref().map_or_else(|| login.clone(), ToString::to_string);
        let os_login = Some(own).filter(|own| !text::is_none(own));
        let is_own = os_login.as_ref() == Some(&login);
        let person = Person { key, name, department: "general".to_owned(), os_login };
        let transaction = book.begin()?;
        schema::lay(&transaction)?;
        let recorder = Recorder { person: person.clone(), declared: !is_own, lent: None, login, host };
        let now = clock.now(self.zone());
        let mut change = Change::new(transaction, now, "init", recorder, now.today());
        self.found(&mut change, &person)?;
        change.commit()?;
        let path = book.path().display().to_string();
        let answer = Answer::new(
            path.clone(),
            say!("{path}: the book of {name}; {person} is its clerk", path, name = self.name, person = &person),
        );
        let answer = if self.person.is_some() {
            answer
        } else {
            answer.note(say!("your printed name is {name}, your login; put it right with: branchbook staff rename {key} --name NAME --always --reason REASON", name = person.name, key = person.key))
        };
        let answer = if is_own {
            answer
        } else {
            answer.note(say!("this account is not yours in the book: until you come by a login or key of your own, work from it with --as {key}", key = person.key))
        };
        Ok(answer.note(say!("next, before anything else is entered, enter the staff, managers and leaders as well: branchbook staff add KEY --name NAME --department DEPARTMENT --role ROLE, or all at once: branchbook staff import FILE"))
        .note(say!("until then you appoint everybody; afterwards the branch manager or a company leader appoints managers of departments, clerks, contract administrators and services, and a company leader the branch manager and leaders: name who decided with --by"))
        .note(say!("then see what waits with: branchbook, and how an entry is made with: branchbook contact add --help")))
    }

    /// What tells the book from every other. Under a fixed clock it follows from the rest, so that a drill gives the same bytes again.
    fn uid(&self, change: &Change<'_>) -> Result<String> {
        let mut hasher = Sha256::new();
        hasher.update(self.name.as_bytes());
        hasher.update(change.at());
        if !change.is_drill() {
            let random: Vec<u8> = change.sql().only("SELECT randomblob(32)", ())?;
            hasher.update(random);
        }
        Ok(hex(&hasher.finalize()[..16]))
    }

    fn zone(&self) -> Zone {
        self.zone.unwrap_or(Zone::SHENYANG)
    }

    /// The day from which the book is kept by the rules: today, or a day before.
    fn live_on(&self, change: &Change<'_>) -> Result<NaiveDate> {
        let today = change.today();
        let day = self.live_from.map_or(today, |day| day.on(today));
        refuse_to_come(day, today)?;
        Ok(day)
    }

    fn found(&self, change: &mut Change<'_>, person: &Person) -> Result<()> {
        let (zone, live_on) = (self.zone(), self.live_on(change)?);
        change.sql().execute(
            "INSERT INTO book VALUES (1, ?1, ?2, ?3, ?4, ?5)",
            (&self.name, change.at(), self.uid(change)?, zone.to_string(), live_on),
        )?;
        for (position, (key, en, zh, ko, reports)) in (1_i64..).zip(DEPARTMENTS) {
            change.sql().execute(
                "INSERT INTO department VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, NULL, NULL)",
                (key, en, zh, ko, reports, position),
            )?;
        }
        for (key, register, template) in series() {
            found_series(change.sql(), key, register, template)?;
        }
        change.sql().execute(
            "INSERT INTO person VALUES (?1, ?2, ?3, ?4, NULL)",
            (&person.key, &person.name, &person.department, &person.os_login),
        )?;
        change.sql().execute(
            "INSERT INTO term VALUES (?1, ?2, ?3, ?4, NULL)",
            (&person.key, Role::Clerk, &person.department, change.on),
        )?;
        change.record(&Thing::office("book", &["1"])?, &person.key, None)?;
        for (key, ..) in DEPARTMENTS {
            change.record(&Thing::office("department", &[key])?, &person.key, None)?;
        }
        for (key, ..) in series() {
            change.record(&Thing::office("series", &[key])?, &person.key, None)?;
        }
        change.record(&Thing::office("staff", &[&person.key])?, &person.key, None)
    }
}

/// A department's own ledger bears the department's key; a series of the whole branch bears the register's.
fn found_series(book: &Connection, key: &str, register: &str, template: &str) -> Result<()> {
    let department = (key != register).then_some(key);
    book.execute("INSERT INTO series VALUES (?1, ?2, ?3)", (key, register, department))?;
    book.execute("INSERT INTO template VALUES (?1, ?2, ?3)", (key, FIRST_DAY, template))?;
    Ok(())
}

/// A key made of a login: its ASCII letters and digits in lower case.
fn key_of(login: &str) -> String {
    let plain: String =
        login.to_lowercase().chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    let plain = plain.trim_start_matches(|c: char| !c.is_ascii_lowercase());
    if plain.is_empty() { "clerk".to_owned() } else { plain.chars().take(40).collect() }
}

/// Refuses a day to come as the one from which the book is kept.
pub(super) fn refuse_to_come(day: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    if day <= today {
        return Ok(());
    }
    let what = say!("{day} has not come yet, and a book is kept from today on or from a day before", day);
    Err(Refusal::usage(what).or(say!("give a day up to today with --live-from, or leave it out")))
}
