//! Lists of the book that a question offers whole: months, states, series, figures, receipts, and who decides.

use anyhow::Result;
use clap::Arg;
use rusqlite::Connection;

use super::numbered::{ENTRIES, offer};
use super::{Offers, Place, read};
use crate::book::select::Select;
use crate::column::Column;
use crate::day::Month;
use crate::language;
use crate::money::Money;
use crate::office::identity;
use crate::person::Person;
use crate::prompt::Offer;
use crate::register::access;
use crate::register::entry::Entry;
use crate::register::field::Kind;
use crate::text;
use crate::view::with_views;

/// How many months are offered.
const MONTHS: usize = 6;

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

    /// This month and the ones before it; of reports those that have ended come first.
    pub(super) fn months(&self) -> Vec<Offer> {
        let offer = |month: Month| Offer { key: month.to_string(), name: String::new() };
        let mut months: Vec<Month> =
            std::iter::successors(Some(Month::of(self.today)), |month| Some(month.prev())).take(MONTHS).collect();
        if self.room == "report" {
            months.rotate_left(1);
        }
        months.into_iter().map(offer).collect()
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

    /// Who may decide on the entry that the line names, where the verb does.
    pub(super) fn deciders(&self, book: &Connection) -> Vec<String> {
        let deciders = || {
            let form = self.register()?.form?;
            let decision = form.decisions().find(|decision| decision.name == self.verb)?;
            let entry = Entry::look_up(book, &text::number(self.entry?)).ok()??;
            decision.deciders(form, book, &entry, None, self.today).ok()
        };
        deciders().unwrap_or_default()
    }

    /// The one who may decide, where whoever sits there writes for others and may not.
    pub(super) fn only_decider(&self, book: &Connection, reader: &Person) -> Option<String> {
        let [one] = <[String; 1]>::try_from(self.deciders(book)).ok()?;
        let writes = reader.holds_any(book, &identity::WRITERS, self.today).unwrap_or_default();
        Some(one).filter(|one| *one != reader.key && writes)
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
