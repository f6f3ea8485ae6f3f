//! What happened: the history of an entry in words, and the journal of everything.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use rusqlite::Connection;
use serde_json::Value;

use super::access::MASK;
use super::entry::Entry;
use super::filter::only_last;
use super::form::Form;
use super::show::authorised;
use super::{ALL, Register, named};
use crate::book::select::Select;
use crate::book::standing::Standing;
use crate::book::thing::Thing;
use crate::column::{self, Column, ColumnKind};
use crate::desk::{Desk, Run};
use crate::language::{self, Language};
use crate::money::{Money, Percent};
use crate::sheet::query::Query;
use crate::text;
use crate::whole;
use crate::zone::{self, Zone};
use crate::{heading, say};

/// Show what happened to an entry, and who did it
#[derive(Debug, Args)]
pub(crate) struct History {
    /// Its number, such as HAY05001
    pub(crate) number: String,
}

impl Run for History {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let entry = Entry::find_to_read(desk.book()?.reader(), &self.number)?;
        history(desk, &entry)
    }
}

impl History {
    /// Shows the history of an entry that must be of `register`.
    pub(crate) fn run_in(&self, desk: &mut Desk<'_>, register: &str) -> Result<()> {
        let entry = Entry::find_in(desk.book()?.reader(), register, &self.number)?;
        history(desk, &entry)
    }
}

fn history(desk: &mut Desk<'_>, entry: &Entry) -> Result<()> {
    let register = named(&entry.register)?;
    authorised(desk, register, entry, "history")?;
    tell(desk, Some(register), &entry.thing()?, &entry.number)
}

/// Shows the history of something of the office, such as a person.
pub(crate) fn of_office(desk: &mut Desk<'_>, kind: &str, key: &str, called: &str) -> Result<()> {
    tell(desk, None, &Thing::office(kind, &[key])?, called)
}

/// Tells what happened to a thing; `called` says what it is called.
fn tell(desk: &mut Desk<'_>, register: Option<&Register>, thing: &Thing, called: &str) -> Result<()> {
    let mut rows = Vec::new();
    let (language, book) = (desk.list_language(), desk.book()?.reader());
    let undone = language.during(|| undone(book, &thing.name))?;
    let (mut standing, growing) = (Standing::default(), thing.growing());
    let of = register.map_or("", |register| register.name);
    let (language, names) = (desk.list_language(), !desk.format().is_for_scripts());
    let book = desk.book()?.reader();
    let mut statement = book.prepare(
        "SELECT at, verb, happened_on, actor, recorder, note, record, id, declared_flag FROM journal WHERE thing = ?1 ORDER BY id",
    )?;
    let mut found = statement.query([&thing.name])?;
    while let Some(row) = found.next()? {
        let (record, id): (String, i64) = (row.get(6)?, row.get(7)?);
        let changes = standing.follow(&record, &growing)?;
        let text =
            |index| -> Result<Value> { Ok(row.get::<_, Option<String>>(index)?.map_or(Value::Null, Value::String)) };
        let (at, happened, actor, recorder) = (row.get::<_, String>(0)?, row.get(2)?, text(3)?, text(4)?);
        let late = is_later(&at, happened);
        // A person is not told twice who it was, and on which day.
        let (happened, recorder) = if names {
            let same_day = is_on_its_day(&at, happened);
            (if same_day { Value::Null } else { text(2)? }, if actor == recorder { Value::Null } else { recorder })
        } else {
            (text(2)?, recorder)
        };
        rows.push(vec![
            text(0)?,
            text(1)?,
            happened,
            actor,
            recorder,
            Value::String(
                language.during(|| {
                    language::of(of, || undone.tell(id, describe(register, &changes, names), between(names)))
                }),
            ),
            text(5)?,
            if row.get::<_, bool>(8)? { Value::from(1) } else { Value::Null },
            if late { Value::from(1) } else { Value::Null },
        ]);
    }
    drop(found);
    drop(statement);
    let mut columns = [
        "at",
        "verb",
        "happened_on",
        "actor",
        "recorder",
        "changes",
        "note",
        "declared_flag",
        heading!("entered_later_flag"),
    ];
    if names {
        // What changed is what a person looks for, and stands before who entered it.
        let changes = columns.iter().position(|column| *column == "changes").unwrap_or_default();
        columns[2..=changes].rotate_right(1);
        for row in &mut rows {
            row[2..=changes].rotate_right(1);
        }
    }
    desk.list(&Query::computed(say!("History of {number}", number = called), &columns, &rows).of(of))
}

/// Whether something was entered on the day on which it happened.
fn is_on_its_day(at: &str, happened: NaiveDate) -> bool {
    Zone::shown().local(at).is_some_and(|entered| entered.date() == happened)
}

/// Whether something was entered on a later day than that on which it happened.
fn is_later(at: &str, happened: NaiveDate) -> bool {
    Zone::shown().local(at).is_some_and(|entered| entered.date() > happened)
}

/// Which steps of an entry were taken back: the journal's row of each, of the step that took it back, and what that says.
struct Undone(Vec<(i64, i64, String)>);

/// The steps of an entry that were taken back.
fn undone(book: &Connection, number: &str) -> Result<Undone> {
    let rows = book.each(
        "SELECT u.record ->> '$.undone', u.id, j.verb, j.happened_on FROM journal AS u
            JOIN journal AS j ON j.id = u.record ->> '$.undone'
         WHERE u.thing = ?1 AND u.verb LIKE '% undo' ORDER BY u.id",
        [number],
        |row| {
            let (verb, day): (String, String) = (row.get(2)?, row.get(3)?);
            Ok((row.get(0)?, row.get(1)?, format!("{} {day}", language::value_in("verb", &verb))))
        },
    )?;
    Ok(Undone(rows))
}

impl Undone {
    /// What a row of the journal changed, with what it took back before it, or that it was taken back.
    fn tell(&self, id: i64, changes: String, between: &str) -> String {
        let with = |what: String| if changes.is_empty() { what } else { format!("{what}{between}{changes}") };
        if let Some((.., step)) = self.0.iter().find(|(_, by, _)| *by == id) {
            return with(say!("takes back {step}", step));
        }
        let taken_back = self.0.iter().any(|(step, ..)| *step == id);
        if taken_back { with(say!("taken back since").to_owned()) } else { changes }
    }
}

/// What an entry's mechanics need and nobody reads; a list's rows are told by their label.
const MACHINERY: [&str; 15] = [
    "id",
    "entry",
    "counter",
    "serial",
    "register",
    "number",
    "amendments",
    "entered_by",
    "entered_on",
    "fingerprint",
    "customer_fold",
    "position",
    "ended_on",
    "subject_hash",
    "declared_flag",
];

/// The columns of the book that its history alone tells.
#[allow(dead_code, reason = "they are marked for the catalogues")]
const OF_THE_BOOK: [&str; 4] = [heading!("made_at"), heading!("uid"), heading!("zone"), heading!("live_on")];

/// A value as a list prints one of its kind.
fn printed(column: &Column, value: &Value, names: bool) -> String {
    match (column.kind, value.as_i64()) {
        (ColumnKind::Money, Some(fen)) if names => Money(fen).grouped(),
        (ColumnKind::Money, Some(fen)) => Money(fen).to_string(),
        (ColumnKind::Percent, Some(hundredths)) if names => Percent(hundredths).to_string(),
        (ColumnKind::Percent, Some(hundredths)) => format!("{}%", Money(hundredths)),
        (ColumnKind::YesNo, Some(flag)) => if flag == 0 { say!("no") } else { say!("yes") }.to_owned(),
        (ColumnKind::Person, None) if names => {
            value.as_str().map_or_else(|| value.to_string(), |keys| language::people(keys).into_owned())
        }
        (ColumnKind::Instant, None) if names => value.as_str().map_or_else(|| value.to_string(), zone::shown),
        (ColumnKind::Word, None) => {
            value.as_str().map_or_else(|| value.to_string(), |word| language::value_in(&column.name, word).into_owned())
        }
        _ => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
    }
}

/// Columns that are kept in a small unit, what people read in their place, and how many decimals that has.
const UNITS: [(&str, &str, u32); 2] = [("weight_g", "weight_kg", 3), ("rate_e4", heading!("exchange_rate"), 4)];

/// A number of small units in large ones: `23500`, `0.25`, `7.1234`.
fn in_units(number: i64, places: u32) -> String {
    let (one, width) = (10_i64.pow(places), places as usize);
    let decimal = format!("{}.{:0width$}", number / one, number % one);
    decimal.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Changes in words: `subject: old → new`; a new row of a list as `signature technology: signed_by wu`. Columns are
/// called as the register's lists call them, and their values printed as there.
fn describe(register: Option<&Register>, changes: &[(String, Value, Value)], names: bool) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut row = "";
    let colon = language::colon();
    for (path, old, new) in changes {
        let (list, column) = path.rsplit_once('.').unwrap_or(("", path));
        let is_label = list.rsplit_once('.').is_some_and(|(_, label)| new.as_str() == Some(label));
        if MACHINERY.contains(&column) || is_label {
            continue;
        }
        let column = match column {
            "day_on" => register.map_or(column, |register| register.day),
            "person" if list.is_empty() => {
                register.map_or(column, |register| register.form.map_or(register.person, Form::person))
            }
            column => column,
        };
        let unit = UNITS.iter().find(|(kept, ..)| names && *kept == column);
        let kept = Column::of_sql(unit.map_or(column, |(_, read, _)| read));
        let column = if Language::spoken() == Language::En { kept.name.clone() } else { column::heading(&kept.name) };
        let plain = |value: &Value| match value.as_i64().zip(unit) {
            Some((number, (.., places))) => in_units(number, *places),
            None if names => text::visible(&printed(&kept, value, names)).into_owned(),
            None => printed(&kept, value, names),
        };
        let words_of_list =
            list.split('.').filter(|word| !word.is_empty()).flat_map(|word| [language::value(word), " ".into()]);
        let lead: String = words_of_list.collect();
        match (old, new) {
            (Value::Null, _) if path.ends_with("undone_on") => {
                words.push(say!("{lead}: taken back", lead = lead.trim_end()));
            }
            (Value::Null, new) if !list.is_empty() && row == list => {
                let begun = words.pop().unwrap_or_default();
                words.push(format!("{begun}{}{column} {}", language::comma(), plain(new)));
            }
            (Value::Null, new) if !list.is_empty() => {
                words.push(format!("{}{colon}{column} {}", lead.trim_end(), plain(new)));
            }
            (Value::Null, new) => words.push(format!("{column}{colon}{}", plain(new))),
            (old, Value::Null) => words.push(say!("{lead}{column}: {old} → nothing", lead, column, old = plain(old))),
            (old, new) => words.push(format!("{lead}{column}{colon}{} → {}", plain(old), plain(new))),
        }
        row = list;
    }
    words.join(between(names))
}

/// The values that the last row of the journal changed of a thing, each with what it was: `amount: 300,000.00 → 3,000,000.00`; nothing
/// of its state, of rows that came or went, and of what is restricted.
pub(crate) fn changed_last(book: &Connection, register: Option<&Register>, thing: &Thing) -> Result<String> {
    let (mut standing, growing, mut changes) = (Standing::default(), thing.growing(), Vec::new());
    let mut statement = book.prepare_cached("SELECT record FROM journal WHERE thing = ?1 ORDER BY id")?;
    let mut rows = statement.query([&thing.name])?;
    while let Some(row) = rows.next()? {
        changes = standing.follow(row.get_ref(0)?.as_str()?, &growing)?;
    }
    let restricted = register.map_or(&[][..], |register| register.restricted);
    changes.retain(|(path, old, new)| {
        let column = path.rsplit('.').next().unwrap_or(path);
        !old.is_null() && !new.is_null() && column != "state" && !restricted.contains(&column)
    });
    let of = register.map_or("", |register| register.name);
    Ok(language::of(of, || describe(register, &changes, true)).replace('\n', language::semicolon()))
}

/// What stands between changes: people read one a line.
fn between(names: bool) -> &'static str {
    if names { "\n" } else { language::semicolon() }
}

/// In SQL, every key under which the `:person` was entered, and what was typed where that is nobody on the staff.
pub(crate) const OF_PERSON: &str = "SELECT p.key FROM person AS p JOIN person AS t ON t.key = :person AND coalesce(t.same_as, t.key) IN (p.key, p.same_as) UNION SELECT :person";

/// The trail of every change
#[derive(Debug, Args)]
pub(crate) struct Journal {
    /// Only what happened to this: an entry's number, or such as "staff li"
    #[arg(long, value_name = "THING")]
    pub(crate) thing: Option<String>,
    /// Only what this person did or entered
    #[arg(long, value_name = "PERSON")]
    pub(crate) person: Option<String>,
    /// Only the last so many rows; 0 for all
    #[arg(long, value_name = "COUNT", default_value_t = 50, value_parser = whole::count)]
    pub(crate) last: u32,
}

impl Run for Journal {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let limit = only_last(Some(self.last)).map_or(-1, i64::from);
        let number = self.thing.as_deref().map(text::number);
        let optional = |text: Option<String>| text.map_or(rusqlite::types::Value::Null, rusqlite::types::Value::Text);
        // A note on what is restricted is as restricted as that.
        let restricted = ALL.iter().filter(|register| !register.restricted.is_empty());
        let restricted: Vec<String> = restricted.map(|register| format!("verb LIKE '{} %'", register.name)).collect();
        let query = Query::new(
            say!("Journal"),
            format!("SELECT id, at, verb, thing, actor, recorder, happened_on, note, declared_flag, os_login, host, clock_at, hash FROM (
                SELECT id, at, verb, thing, actor, recorder, happened_on, CASE WHEN ({restricted}) AND note IS NOT NULL THEN :mask ELSE note END AS note,
                    declared_flag, os_login, host, clock_at, lower(hex(hash)) AS hash
                FROM journal WHERE (:thing IS NULL OR thing IN (:thing, :number)) AND (:person IS NULL OR actor IN ({keys}) OR recorder IN ({keys}))
                ORDER BY id DESC LIMIT :limit) ORDER BY id", restricted = restricted.join(" OR "), keys = OF_PERSON),
        )
        .with(":mask", MASK.to_owned())
        .with(":thing", optional(self.thing))
        .with(":number", optional(number))
        .with(":person", optional(self.person))
        .with(":limit", limit);
        desk.list(&query)
    }
}
