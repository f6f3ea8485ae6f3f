//! A contract's file: everything in the book that belongs to a project, and what is missing from it.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;

use super::{log, named, review};
use crate::desk::{Desk, Run};
use crate::language;
use crate::register::entry::Entry;
use crate::say;
use crate::sheet::query::Query;

/// What the file holds, a SELECT for each kind: kind, number, day, what, person and state, with the project's id as `:id` and
/// its number as `:number`. A register that belongs to projects adds its own.
const PARTS: &[&str] = &[
    "SELECT 'contact' AS kind, number, issued_on AS day_on, subject AS what, issued_by AS person, state, NULL AS amount_fen FROM contact_list
        WHERE project = :number OR (contract IS NOT NULL OR contract_file IS NOT project) AND EXISTS (SELECT 1 FROM contract AS c
            WHERE c.undone_on IS NULL AND c.entry = :id AND paper(c.contract) IN (paper(contact_list.contract), paper(contract_file)))",
    "SELECT 'log', (:logs ->> kind) || ' ' || position, logged_on, text, person, iif(answered_on IS NULL, iif(answer_by_on IS NULL, '', 'unanswered'), 'answered'), NULL
        FROM project_log WHERE undone_on IS NULL AND entry = :id",
    "SELECT 'milestone', position, coalesce(done_on, due_on), what, '', iif(dropped_on IS NOT NULL, 'given up', iif(done_on IS NULL, :unreached, 'reached')), NULL
        FROM milestone WHERE undone_on IS NULL AND entry = :id",
    "SELECT 'review', position, reviewed_on, item, reviewer, iif(passed_flag, 'passed', 'failed'), NULL FROM review WHERE undone_on IS NULL AND entry = :id",
    "SELECT iif(position = 1, 'contract', 'supplement'), contract, signed_on, customer, '', '', amount_fen FROM contract WHERE undone_on IS NULL AND entry = :id",
    "SELECT 'receipt', r.voucher, r.received_on, :payments ->> i.kind, '', iif(r.reverses IS NOT NULL OR EXISTS (SELECT 1 FROM receipt AS b
            WHERE b.undone_on IS NULL AND b.entry = r.entry AND b.reverses = r.position), 'reversed', :received), r.amount_fen FROM receipt AS r
        JOIN instalment AS i ON r.undone_on IS NULL AND i.entry = r.entry AND i.position = r.instalment WHERE r.entry = :id",
    "SELECT 'problem', position, found_on, what, coalesce(escalated_to, ''), iif(solved_on IS NULL, :unsolved, 'solved'), NULL FROM problem WHERE undone_on IS NULL AND entry = :id",
    "SELECT 'reception', number, arrive_on, unit || ' · ' || purpose, planned_by, state, NULL FROM reception_list WHERE project = :number",
    "SELECT 'gift', number, asked_on, unit || ' · ' || occasion, asked_by, state, NULL FROM gift_list WHERE project = :number",
    "SELECT 'fee', number, asked_on, replace(:fees ->> kind, '{payee}', payee), asked_by, state, amount_fen FROM fee_list WHERE project = :number",
    "SELECT 'shipment', number, notified_on, place, organised_by, state, NULL FROM ship_list WHERE project = :number",
];

/// The project whose contract file is listed
#[derive(Debug, Args)]
pub(super) struct File {
    /// The project's number, or its contract's
    #[arg(value_name = "PROJECT")]
    number: String,
}

impl Run for File {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let (today, language) = (desk.on()?, desk.list_language());
        let book = desk.book()?.reader();
        let project = named(book, &self.number)?;
        let query = language.during(|| contents(book, &project, today))?;
        desk.list(&query)
    }
}

/// Everything in a project's file in the order of the days, and behind it what is missing.
fn contents(book: &Connection, project: &Entry, today: NaiveDate) -> Result<Query> {
    let missing: Vec<String> = missing(book, project, today)?
        .into_iter()
        .map(|what| format!("SELECT 'missing', '', NULL, '{}', '', 'missing', NULL", what.replace('\'', "''")))
        .collect();
    let parts: Vec<&str> = PARTS.iter().copied().chain(missing.iter().map(String::as_str)).collect();
    let sql = format!(
        "SELECT kind, number, day_on, what, person, state, amount_fen FROM ({}) ORDER BY state = 'missing', day_on, kind, number",
        parts.join(" UNION ALL ")
    );
    let payments = [
        ("advance", say!("advance payment")),
        ("progress", say!("progress payment")),
        ("delivery", say!("delivery payment")),
        ("warranty", say!("warranty payment")),
    ];
    // The statement puts the payee in.
    let payee = "{payee}";
    let fees = [
        ("selection", say!("selection fee to {payee}", payee)),
        ("agency", say!("agency fee to {payee}", payee)),
        ("thank-you", say!("thank-you fee to {payee}", payee)),
        ("commission", say!("commission fee to {payee}", payee)),
        ("intermediary", say!("intermediary fee to {payee}", payee)),
    ];
    Ok(Query::new(say!("The file of {number}", number = project.number), sql)
        .of("file")
        .with(":id", project.id)
        .with(":number", project.number.clone())
        .with(":payments", in_words(payments))
        .with(":received", language::value_of("receipt", "received").into_owned())
        .with(":unreached", language::value_of("milestone", "open").into_owned())
        .with(":unsolved", language::value_of("problem", "open").into_owned())
        .with(":fees", in_words(fees))
        .with(":logs", in_words(log::KINDS.map(|(kind, _)| (kind, language::value(kind))))))
}

/// Words of the data and what they are in a list, as JSON for the SELECT.
fn in_words<W: Into<String>>(words: impl IntoIterator<Item = (&'static str, W)>) -> String {
    words.into_iter().map(|(word, said)| (word, said.into())).collect::<serde_json::Value>().to_string()
}

/// What a file should hold by now and does not.
fn missing(book: &Connection, project: &Entry, today: NaiveDate) -> Result<Vec<&'static str>> {
    let any = |sql: &str| -> Result<bool> { Ok(book.prepare_cached(sql)?.exists([project.id])?) };
    let past_talks = !matches!(project.state.as_str(), "open" | "negotiating" | "lost" | "void");
    let mut missing = Vec::new();
    if past_talks && !any("SELECT 1 FROM review WHERE undone_on IS NULL AND entry = ?1")? {
        missing.push(say!("a contract review (R3.3)"));
    } else if !review::unpassed(book, project, (today, &[]))?.is_empty() {
        missing.push(say!("a contract review that has passed (R3.3)"));
    }
    if past_talks && !any("SELECT 1 FROM contract WHERE undone_on IS NULL AND entry = ?1")? {
        missing.push(say!("the contract (R3.4)"));
    }
    if any("SELECT 1 FROM contract WHERE undone_on IS NULL AND entry = ?1")?
        && !any("SELECT 1 FROM instalment WHERE entry = ?1")?
    {
        missing.push(say!("the instalments (R3.7)"));
    }
    let forms = "SELECT 1 FROM entry AS p JOIN contact AS c ON c.project = p.number JOIN entry AS e ON e.id = c.entry
        WHERE p.id = ?1 AND e.ended_on IS NULL";
    if any(forms)? {
        missing.push(say!("the originals of open contact forms (R4.7)"));
    }
    Ok(missing)
}
