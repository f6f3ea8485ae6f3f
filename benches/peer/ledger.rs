//! An old ledger as it is made up here: one department's forms from 1990 on, and the same few hundred in October 2026
//! whatever the length of the history.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;
use chrono::{Days, NaiveDate};
use rusqlite::{Connection, params};

use crate::office::{Office, argument};

/// Subject of every form.
pub(crate) const SUBJECT: &str = "Φ3.6 m 球磨机主轴承图纸确认";

/// Content of every form.
pub(crate) const CONTENT: &str = "包钢要求 10 月底前确认轴承座改型,请技术开发科会同制造部核对图纸后书面答复";

/// A journal row's record in SQL, over `entry AS e` and `contact AS c`.
pub(crate) const RECORD: &str = "json_object(
    'entry', json_array(json_object('id', e.id, 'register', e.register, 'number', e.number, 'counter', e.counter, 'serial', e.serial,
        'department', e.department, 'day_on', e.day_on, 'person', e.person, 'state', e.state, 'entered_by', e.entered_by,
        'ended_on', e.ended_on, 'amendments', e.amendments)),
    'contact', json_array(json_object('entry', c.entry, 'kind', c.kind, 'subject', c.subject, 'content', c.content,
        'addressed_to', c.addressed_to, 'reply_by_on', c.reply_by_on, 'pages', c.pages, 'received_on', c.received_on,
        'archived_on', c.archived_on, 'archived_by', c.archived_by, 'contract_file', c.contract_file)))";

/// The header of the ledger as a file.
pub(crate) const HEADER: &str = "number,state,issued_on,subject,addressed_to,kind,issued_by,reply_by_on,received_on,archived_on,\
    archived_by,contract_file,content,pages";

/// Forms of October 2026, in every book.
const PRESENT: u32 = 400;

/// A form of the ledger.
pub(crate) struct Form {
    /// Its serial, from 1.
    pub(crate) serial: u32,
    /// The day it was issued.
    pub(crate) day: NaiveDate,
    /// Where it stands.
    pub(crate) state: &'static str,
}

impl Form {
    /// Its number on the paper.
    pub(crate) fn number(&self) -> String {
        format!("HAY05{:03}", self.serial)
    }

    /// The day it was received and archived, where it was.
    fn archived_on(&self) -> Option<NaiveDate> {
        (self.state == "archived").then(|| self.day + Days::new(6))
    }

    fn received_on(&self) -> Option<NaiveDate> {
        (self.state != "issued").then(|| self.day + Days::new(1))
    }
}

/// The forms of a ledger in number order.
pub(crate) fn forms(count: u32) -> impl Iterator<Item = Form> {
    let first = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap_or_default();
    let october = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap_or_default();
    let past = count.saturating_sub(PRESENT).max(1);
    let days = (october - first).num_days().unsigned_abs();
    (0..count).map(move |index| match index.checked_sub(past) {
        None => Form {
            serial: index + 1,
            day: first + Days::new(u64::from(index) * days / u64::from(past)),
            state: "archived",
        },
        Some(present) => {
            let state = match present % 4 {
                0 => "issued",
                1 => "received",
                _ => "archived",
            };
            Form { serial: index + 1, day: october + Days::new(u64::from(present * 31 / PRESENT)), state }
        }
    })
}

/// Writes a ledger of so many forms as CSV.
pub(crate) fn write(path: &Path, count: u32) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "{HEADER}")?;
    let optional = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    for form in forms(count) {
        let (number, day, state, archived) = (form.number(), form.day, form.state, optional(form.archived_on()));
        let (by, contract) = if archived.is_empty() { ("", String::new()) } else { ("zhou", contract(form.serial)) };
        writeln!(
            file,
            "{number},{state},{day},{SUBJECT},technology; general,pre-contract,wang,{reply},{received},{archived},{by},{contract},\"{CONTENT}\",2",
            reply = day + Days::new(5),
            received = optional(form.received_on()),
        )?;
    }
    Ok(file.flush()?)
}

/// The contract that a form belongs to.
fn contract(serial: u32) -> String {
    format!("BG-{:05}", serial / 20)
}

/// Brings a ledger of so many forms into the book with our own import.
pub(crate) fn import(office: &Office, count: u32) -> Result<()> {
    let csv = office.file("ledger.csv");
    write(&csv, count)?;
    office.ours(&["contact", "import", &argument(&csv), "--department", "business"])?;
    Ok(std::fs::remove_file(csv)?)
}

/// Writes a ledger of so many forms straight into the book's tables, which takes half the time of an import.
pub(crate) fn fill(book: &Connection, count: u32) -> Result<()> {
    book.execute("INSERT INTO counter (series, prefix, last) VALUES ('business', 'HAY05', ?1)", [count])?;
    let counter = book.last_insert_rowid();
    let mut entry = book.prepare(
        "INSERT INTO entry (register, number, counter, serial, department, day_on, person, state, entered_by, entered_on, ended_on)
         VALUES ('contact', ?1, ?2, ?3, 'business', ?4, 'wang', ?5, 'zhou', ?4, ?6)",
    )?;
    let mut contact = book.prepare(
        "INSERT INTO contact (entry, kind, subject, content, addressed_to, reply_by_on, pages, received_on, archived_on, archived_by, contract_file)
         VALUES (?1, 'pre-contract', ?2, ?3, 'technology; general', ?4, 2, ?5, ?6, ?7, ?8)",
    )?;
    for form in forms(count) {
        let archived = form.archived_on();
        entry.execute(params![form.number(), counter, form.serial, form.day, form.state, archived])?;
        let file = archived.map(|_| contract(form.serial));
        contact.execute(params![
            book.last_insert_rowid(),
            SUBJECT,
            CONTENT,
            form.day + Days::new(5),
            form.received_on(),
            archived,
            archived.map(|_| "zhou"),
            file
        ])?;
    }
    Ok(())
}

/// Writes user information of as many years straight into the book's tables: so many entries, and a few in October 2026.
pub(crate) fn fill_information(book: &Connection, count: u32) -> Result<()> {
    book.execute("INSERT INTO counter (series, prefix, last) VALUES ('info', 'INF26-', ?1)", [count])?;
    let counter = book.last_insert_rowid();
    let mut entry = book.prepare(
        "INSERT INTO entry (register, number, counter, serial, department, day_on, person, state, entered_by, entered_on, ended_on)
         VALUES ('info', ?1, ?2, ?3, 'business', ?4, 'wang', 'lost', 'zhou', ?4, ?4)",
    )?;
    let mut info = book.prepare(
        "INSERT INTO info (entry, customer, customer_fold, region, equipment, need, reported_on) VALUES (?1, ?2, ?2, '辽宁省', '球磨机', ?3, ?4)",
    )?;
    for form in forms(count) {
        entry.execute(params![format!("INF26-{:04}", form.serial), counter, form.serial, form.day])?;
        let customer = format!("鞍钢集团矿业{}", form.serial % 5_000);
        info.execute(params![book.last_insert_rowid(), customer, CONTENT, form.day])?;
    }
    Ok(())
}

/// Fills the book in one transaction, which need not survive a power cut, and moves the log into it.
pub(crate) fn fill_in_one(office: &Office, fill: impl FnOnce(&Connection) -> Result<()>) -> Result<()> {
    let mut book = office.sql()?;
    book.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;")?;
    let transaction = book.transaction()?;
    fill(&transaction)?;
    transaction.commit()?;
    office.settle()
}
