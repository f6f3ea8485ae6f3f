//! The journal and its hash chain: one row for every change of a thing, with the whole thing after it.
//!
//! A row's hash is SHA-256 over the row before's hash and every column of the row, each with its length before
//! it, so that no two different rows can give the same bytes.

use anyhow::Result;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub(crate) type Hash = [u8; 32];

/// Bytes as lower-case hexadecimal text.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
        }
        text
    })
}

/// The end of a chained table: how many rows it has and the last one's hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    /// The last row's id, which is the count of rows.
    pub(crate) count: i64,
    /// The last row's hash; zeros where there is none.
    pub(crate) hash: Hash,
}

impl Head {
    /// Reads the head of `journal` or `reading`.
    pub(crate) fn of(connection: &Connection, table: &str) -> Result<Self> {
        let head = connection
            .prepare_cached(&format!("SELECT id, hash FROM {table} ORDER BY id DESC LIMIT 1"))?
            .query_row((), |row| Ok(Self { count: row.get(0)?, hash: row.get(1)? }))
            .optional()?;
        Ok(head.unwrap_or(Self { count: 0, hash: [0; 32] }))
    }
}

/// The hash of a row of a chained table that follows `previous`: over every column but the hash itself, in order.
pub(crate) fn chain(previous: &Hash, columns: &[ValueRef<'_>]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    for column in columns {
        let integer;
        let (tag, bytes): (u8, &[u8]) = match column {
            ValueRef::Null => (0, &[]),
            ValueRef::Integer(number) => {
                integer = number.to_be_bytes();
                (1, &integer)
            }
            ValueRef::Real(number) => {
                integer = number.to_be_bytes();
                (2, &integer)
            }
            ValueRef::Text(text) => (3, text),
            ValueRef::Blob(bytes) => (4, bytes),
        };
        hasher.update([tag]);
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_hash_covers_lengths_kinds_and_the_row_before() {
        let text = |text: &'static str| ValueRef::Text(text.as_bytes());
        let zero = [0; 32];
        let base = chain(&zero, &[text("ab"), text("c")]);
        assert_ne!(base, chain(&zero, &[text("a"), text("bc")]));
        assert_ne!(base, chain(&base, &[text("ab"), text("c")]));
        assert_ne!(chain(&zero, &[ValueRef::Null]), chain(&zero, &[text("")]));
        assert_ne!(chain(&zero, &[ValueRef::Integer(1)]), chain(&zero, &[text("1")]));
    }
}
