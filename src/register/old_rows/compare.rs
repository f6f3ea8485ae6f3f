//! A row whose number is in the book: the same row is passed over, another is refused.

use anyhow::Result;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::{Details, Header, Taker, again};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::column::{self, Column};
use crate::day;
use crate::import::row::Fault;
use crate::import::take::Taken;
use crate::language;
use crate::register::entry::Entry;
use crate::register::form::Formed;
use crate::register::old_ledger::Checked;
use crate::say;
use crate::series::number::Number;

/// The columns of table entry that a row fills besides its number, in the order of [`Header::values`].
pub(super) const ENTRY: [&str; 7] =
    ["state", "day_on", "department", "person", "ended_on", "void_reason", "amendments"];

impl<F: Formed> Taker<F> {
    /// A number that is in the book: the same row is skipped, another is refused.
    pub(super) fn compare(
        &self,
        change: &Change<'_>,
        number: &Number,
        header: &Header,
        details: Option<&Details>,
    ) -> Checked<Taken> {
        let refused = |reason: String| Err(Fault::of("number", reason).into());
        let (number, book) = (&number.text, change.sql());
        let Some(entry) = Entry::look_up(book, number)? else {
            return refused(say!("{number} cannot be taken: its serial is in the book under another number", number));
        };
        if entry.register != F::FORM.register.name {
            return refused(say!(
                "{number} is an entry of {register}",
                number,
                register = language::value(&entry.register)
            ));
        }
        // What an import read of it before is known, whatever became of it since.
        let as_it_was = entry.state != "void" || header.state == "void";
        if as_it_was && entry.fingerprint(book)?.is_some_and(|known| Some(known) == change.fingerprint) {
            return Ok(Taken::Same);
        }
        let other = self.differences(book, &entry, header, details)?.join(language::comma());
        if other.is_empty() {
            return Ok(Taken::Same);
        }
        if entry.id > self.known.last() || again::is_of(book, &entry, change.import)? {
            return refused(say!("{number} stands further up in this file with another {other}", number, other));
        }
        let way_out = if entry.state == "void" {
            say!("see it with: branchbook show {number}", number)
        } else {
            let register = F::FORM.register.name;
            say!("correct it there with: branchbook {register} amend {number} --reason REASON …", register, number)
        };
        refused(say!("{number} is in the book with another {other}; {way_out}", number, other, way_out))
    }

    /// The fields in which a row differs from the entry of the book that has its number.
    fn differences(
        &self,
        book: &Connection,
        entry: &Entry,
        header: &Header,
        details: Option<&Details>,
    ) -> Result<Vec<String>> {
        let nothing = Details { values: vec![Value::Null; self.fields.len()], lists: Vec::new() };
        let (details, header_values) = (details.unwrap_or(&nothing), header.values());
        let row: Vec<&Value> = header_values.iter().chain(&details.values).collect();
        let in_book: Vec<Value> =
            book.sure(&self.select, [entry.id], |found| (0..row.len()).map(|index| found.get(index)).collect())?;
        let mut other = Vec::new();
        for (place, _) in row.iter().zip(&in_book).enumerate().filter(|(_, (row, in_book))| **row != *in_book) {
            let name = match ENTRY.get(place) {
                Some(column) => printed::<F>(column),
                None => self.fields[place - ENTRY.len()].name.to_owned(),
            };
            if !name.is_empty() && (name != "ended_on" || header.ended_given) {
                other.push(column::typed(&name));
            }
        }
        for list in &details.lists {
            if !list.is_in(book, entry.id)? {
                other.push(column::typed(list.table));
            }
        }
        Ok(other)
    }
}

impl Header {
    /// What stands in the columns [`ENTRY`].
    fn values(&self) -> [Value; ENTRY.len()] {
        let optional = |text: Option<String>| text.map_or(Value::Null, Value::Text);
        [
            Value::Text(self.state.clone()),
            Value::Text(day::text_of(self.day)),
            Value::Text(self.department.clone()),
            Value::Text(self.person.clone()),
            optional(self.ended.map(day::text_of)),
            optional(self.void_reason.clone()),
            Value::Integer(self.amendments.into()),
        ]
    }
}

/// The field of a header's column in the file.
fn printed<F: Formed>(column: &str) -> String {
    match column {
        "day_on" => F::FORM.register.day.to_owned(),
        "person" => F::FORM.person().to_owned(),
        column => Column::of_sql(column).name,
    }
}
