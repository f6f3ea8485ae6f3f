//! How far back one must look for the last entries in which something stands: whoever asks for the last twenty does not wait until the
//! whole book is compared.

use anyhow::Result;
use rusqlite::{Connection, named_params};

use super::super::Register;
use super::super::filter::Period;
use crate::book::select::Select;

/// So many entries are compared for each that is wanted, at first.
const BEGIN: usize = 16;

/// How many times as many are compared where these were not enough.
const FURTHER: usize = 8;

/// With more entries than this the whole book is read faster.
const MANY: usize = 100_000;

/// Where the last entries are looked for.
pub(super) struct Within<'a> {
    /// The registers.
    pub(super) registers: Vec<&'static Register>,
    /// The places that come into question; all entries without.
    pub(super) places: Option<&'a [i64]>,
    /// The first and the last day, where there are such.
    pub(super) period: Period,
}

impl Within<'_> {
    /// The last entries, among which `wanted` are found by `count`; none where that takes all of them.
    pub(super) fn enough(
        &self,
        book: &Connection,
        wanted: usize,
        count: impl Fn(&[i64]) -> Result<usize>,
    ) -> Result<Option<Vec<i64>>> {
        let mut length = wanted.saturating_mul(BEGIN);
        while length < self.places.map_or(MANY, <[i64]>::len) {
            let last = self.last(book, length)?;
            if last.len() < length {
                break;
            }
            if count(&last)? >= wanted {
                return Ok(Some(last));
            }
            length = length.saturating_mul(FURTHER);
        }
        Ok(None)
    }

    /// So many entries, the last day first, as lists have them. Of all entries each register's index leads to its own.
    fn last(&self, book: &Connection, length: usize) -> Result<Vec<i64>> {
        let order = format!("ORDER BY day_on DESC, id DESC LIMIT {length}");
        let days = "day_on >= coalesce(:from, '') AND day_on <= coalesce(:to, '~')";
        let places = self.places.map(serde_json::to_string).transpose()?;
        let from = if places.is_some() {
            format!(
                "(SELECT e.id, e.day_on FROM json_each(:places) AS p CROSS JOIN entry AS e ON e.id = p.value) WHERE {days}"
            )
        } else {
            let of_register = |register: &&Register| {
                let name = register.name;
                format!("SELECT * FROM (SELECT id, day_on FROM entry WHERE register = '{name}' AND {days} {order})")
            };
            let all: Vec<String> = self.registers.iter().map(of_register).collect();
            format!("({}) WHERE :places IS NULL", all.join(" UNION ALL "))
        };
        let parameters = named_params! { ":places": places, ":from": self.period.0, ":to": self.period.1 };
        book.column(&format!("SELECT id FROM {from} {order}"), parameters)
    }
}
