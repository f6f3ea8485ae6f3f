//! Lists of the book that a question offers whole: months, states, series, figures, the rows of an entry.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Arg;
use rusqlite::Connection;

use super::numbered::{ENTRIES, offer};
use super::{Offers, Place, read};
use crate::book::select::Select;
use crate::column::Column;
use crate::day::Month;
use crate::language;
use crate::money::Money;
use crate::office::department;
use crate::office::live;
use crate::prompt::Offer;
use crate::register::access;
use crate::register::entry::Entry;
use crate::register::field::Kind;
use crate::text;
use crate::view::with_views;

/// How many months are offered.
const MONTHS: usize = 6;

/// How many units outside are offered, and among how many of the last entries they are looked for.
const UNITS: usize = 30;
const UNITS_AMONG: usize = 5_000;

/// Entries of which an option names but some: those that its rule takes.
const AMONG: [(&str, &str, &str); 1] = [("ship", "notice", "o.kind = 'shipping'")];

impl Place<'_> {
    /// What came in for the project that the line names and was not reversed: by its voucher, or by its place where several share that.
    pub(super) fn receipts(&self, book: &Connection) -> Result<Vec<Offer>> {
        let mut statement = book.prepare(&with_views(
            "SELECT r.position, r.voucher, r.received_on, i.kind, r.left_fen, count(*) OVER (PARTITION BY r.voucher) > 1 FROM (
                SELECT o.*, o.amount_fen + (SELECT coalesce(sum(x.amount_fen), 0) FROM receipt AS x
                    WHERE x.undone_on IS NULL AND x.entry = o.entry AND x.reverses = o.position) AS left_fen
                FROM receipt AS o WHERE o.undone_on IS NULL AND o.reverses IS NULL) AS r
             JOIN entry AS e ON e.id = r.entry JOIN instalment AS i ON i.entry = r.entry AND i.position = r.instalment
             WHERE e.number = ?1 AND r.left_fen > 0 ORDER BY r.position DESC",
        ))?;
        let rows = statement.query_map([text::number(self.entry.unwrap_or_default())], |row| {
            let (place, voucher): (i64, String) = (row.get(0)?, row.get(1)?);
            let (on, kind, left): (String, String, Money) = (row.get(2)?, row.get(3)?, row.get(4)?);
            let told = format!("{on} {} {}", language::value(&kind), left.grouped());
            Ok(if row.get(5)? {
                Offer { name: format!("{voucher} {told}"), key: place.to_string() }
            } else {
                Offer { name: format!("{place} {told}"), key: voucher }
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// To whom a form goes: of one that is there its own parties, else departments, then the units outside that had one last.
    pub(super) fn parties(&self, book: &Connection, argument: &Arg) -> Result<Offers> {
        let all = self.departments(book, false)?;
        let number = text::number(self.entry.unwrap_or_default());
        let of_form: Option<String> = book.value(
            "SELECT c.addressed_to || coalesce('; ' || c.copied_to, '') FROM entry AS e JOIN contact AS c ON c.entry = e.id WHERE e.number = ?1",
            [number],
        )?;
        if let Some(parties) = of_form.filter(|_| self.verb != "amend") {
            let offer = |party: &str| {
                let known = all.iter().find(|offer| offer.key == party);
                let name = || language::people(party).into_owned();
                known.cloned().unwrap_or_else(|| Offer { key: party.to_owned(), name: name() })
            };
            let list: Vec<Offer> = parties.split("; ").map(offer).collect();
            return Ok(Offers { list, ..Offers::default() });
        }
        let inside = all.len();
        let mut list = all;
        if argument.get_id() == "addressed_to" {
            let used: Vec<String> = book.column(
                &format!(
                    "SELECT c.addressed_to FROM entry AS e NOT INDEXED JOIN contact AS c ON c.entry = e.id
                     WHERE e.register = 'contact' AND c.kind = 'external' AND e.id > (SELECT max(id) FROM entry) - {UNITS_AMONG} ORDER BY e.id DESC"
                ),
                (),
            )?;
            for unit in used.iter().flat_map(|parties| parties.split("; ")) {
                if list.len() < inside + UNITS && list.iter().all(|offer| offer.key != unit) {
                    list.push(Offer { key: unit.to_owned(), name: String::new() });
                }
            }
        }
        Ok(Offers { list, inside, ..Offers::default() })
    }

    /// This month and the ones before it, of which user information is reported from the one on that the book went live in; of reports
    /// those that have ended come first.
    pub(super) fn months(&self, book: &Connection) -> Result<Vec<Offer>> {
        let offer = |month: Month| Offer { key: month.to_string(), name: String::new() };
        let mut months: Vec<Month> =
            std::iter::successors(Some(Month::of(self.today)), |month| Some(month.prev())).take(MONTHS).collect();
        if (self.room, self.verb) == ("info", "report") {
            let first = Month::of(live::day(book)?);
            months.retain(|month| *month >= first);
        }
        if self.room == "report" {
            months.rotate_left(1);
        }
        Ok(months.into_iter().map(offer).collect())
    }

    /// The month whose report a department owes: the last where that was owed and not reported, else this one (R2.2).
    pub(super) fn month_owed(&self, book: &Connection, department: &str) -> Result<String> {
        let (this, department) = (Month::of(self.today), department::find(book, department)?.key);
        let is_reported: bool = book.only(
            "SELECT EXISTS (SELECT 1 FROM info_report WHERE department = ?1 AND month = ?2)",
            (department, this.prev()),
        )?;
        let last_is_owed = !is_reported && this.prev() >= live::first_month(book)?;
        Ok(if last_is_owed { this.prev() } else { this }.to_string())
    }

    /// The carriers that quoted for the shipment that the line names, each with the last that it asks, the cheapest first (R6.2).
    pub(super) fn carriers(&self, book: &Connection) -> Result<Vec<Offer>> {
        book.each(
            "SELECT q.carrier, q.price_fen, max(q.position) FROM ship_quote AS q JOIN entry AS e ON e.id = q.entry
             WHERE q.undone_on IS NULL AND e.number = ?1 GROUP BY q.carrier ORDER BY q.price_fen, q.position",
            [text::number(self.entry.unwrap_or_default())],
            |row| Ok(Offer { key: row.get(0)?, name: row.get::<_, Money>(1)?.grouped() }),
        )
    }

    /// The states of the register's entries.
    pub(super) fn states(&self, book: &Connection) -> Result<Vec<Offer>> {
        let states = book.column("SELECT state FROM state WHERE register = ?1 ORDER BY position", [self.room])?;
        let offer = |state: String| Offer { name: language::value_of(self.room, &state).into_owned(), key: state };
        Ok(states.into_iter().map(offer).collect())
    }

    /// The columns of the register's list, behind those that are typed already, and behind the hyphen that sorts downwards.
    pub(super) fn columns(&self, book: &Connection) -> Result<Vec<Offer>> {
        let Some(register) = self.register().filter(|_| self.verb == "list") else { return Ok(Vec::new()) };
        let begun = self.begun.rsplit_once(',').map_or(0, |(before, _)| before.len() + 1);
        let begun = begun + usize::from(self.begun[begun..].starts_with('-'));
        let known = access::printed_columns(book, register.view)?;
        let offer =
            |column: Column| Offer { name: column.heading(), key: format!("{}{}", &self.begun[..begun], column.name) };
        Ok(known.iter().map(|name| Column::of_sql(name)).map(offer).collect())
    }

    /// The entries of the register to which an option refers, those that were opened last first.
    pub(super) fn referred(&self, book: &Connection, argument: &Arg) -> Result<Offers> {
        let form = self.register().and_then(|register| register.form);
        let column = argument.get_id().as_str();
        let field = form.and_then(|form| form.fields().map(|(_, field)| field).find(|field| field.column == column));
        let Some((field, Kind::Entry(register))) = field.map(|field| (field, field.kind)) else {
            return Ok(Offers::default());
        };
        let among =
            AMONG.iter().find(|(room, of, _)| (*room, *of) == (self.room, column)).map_or("TRUE", |(.., among)| among);
        let sql = format!(
            "SELECT e.number FROM entry AS e JOIN {register} AS o ON o.entry = e.id
             WHERE e.register = ?1 AND e.state <> 'reserved' AND {among} ORDER BY e.id DESC LIMIT {ENTRIES}"
        );
        let mut list = Vec::new();
        for number in book.column::<String>(&sql, [register])? {
            let entry = Entry::find(book, &number)?;
            if field.ended(&entry).is_none() {
                list.push(offer(book, entry)?);
            }
        }
        Ok(Offers { list, ..Offers::default() })
    }
}

/// The number series; of those in which numbers are reserved for paper pads, the ledgers of departments alone (R4.8).
pub(super) fn series(book: &Connection, reserve: bool) -> Result<Vec<Offer>> {
    let sql = "SELECT DISTINCT t.series, t.template FROM template AS t JOIN series AS s ON s.key = t.series
         WHERE NOT ?1 OR s.department IS NOT NULL ORDER BY t.series";
    book.each(sql, [reserve], read)
}

/// The figures of the regulation.
pub(super) fn figures(book: &Connection) -> Result<Vec<Offer>> {
    book.each("SELECT key, meaning FROM figure ORDER BY key", (), read)
}

/// One of each thing on the approved gift list of a day.
pub(super) fn items(book: &Connection, today: NaiveDate) -> Result<Vec<Offer>> {
    book.each(
        "SELECT name, price_fen FROM gift_item WHERE from_on <= ?1 AND (until_on IS NULL OR until_on >= ?1) ORDER BY name",
        [today],
        |row| {
            let (name, price): (String, Money) = (row.get(0)?, row.get(1)?);
            Ok(Offer { key: format!("{name};1"), name: price.grouped() })
        },
    )
}
