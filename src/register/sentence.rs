//! Sentences about an entry, in which the columns of its rows stand in words.

use anyhow::Result;
use rusqlite::types::ValueRef;

use super::task::Task;
use crate::column::{Column, ColumnKind};
use crate::language::{self, Spoken as _};
use crate::money::Money;
use crate::view::with_views;

impl Task<'_, '_> {
    /// A sentence in which `{number}`, `{on}`, `{by}`, the position and the columns of the list's row, and the columns
    /// of the register's view stand.
    pub(crate) fn says(&self, sentence: &'static str) -> Result<String> {
        self.says_with(sentence, &[])
    }

    /// The same, where other words stand besides.
    pub(crate) fn says_with(&self, sentence: &'static str, others: &[(&str, String)]) -> Result<String> {
        let on = language::day(&self.change.on.to_string());
        let known = [
            ("on", on),
            ("by", language::people(&self.actor.key).into_owned()),
            ("position", self.position.to_string()),
        ];
        let mut words: Vec<(String, String)> = others
            .iter()
            .chain(&self.words)
            .chain(&known)
            .map(|(name, word)| ((*name).to_owned(), word.clone()))
            .collect();
        for (column, value) in self.line.all() {
            let column = Column::of_sql(column);
            let word = said(&column, value.into())?;
            words.push((column.name, word));
        }
        let sql = format!("SELECT * FROM {} WHERE id = ?1", self.register.view);
        let mut statement = self.change.sql().prepare_cached(&with_views(&sql))?;
        let mut rows = statement.query([self.entry.id])?;
        if let Some(row) = rows.next()? {
            words.extend(language::of(self.register.name, || in_words(row))?);
        }
        filled(sentence, &words)
    }
}

/// A value as a sentence says it, an amount with its unit.
fn said(column: &Column, value: ValueRef<'_>) -> Result<String> {
    match (column.kind, value) {
        (ColumnKind::Money, ValueRef::Integer(fen)) => Ok(Money(fen).spoken()),
        _ => column.spoken(value),
    }
}

/// The columns of a row, each in words.
pub(super) fn in_words(row: &rusqlite::Row<'_>) -> Result<Vec<(String, String)>> {
    let statement = row.as_ref();
    let mut words = Vec::with_capacity(statement.column_count());
    for (index, column) in statement.column_names().map(Column::of_sql).enumerate() {
        let word = said(&column, row.get_ref(index)?)?;
        words.push((column.name, word));
    }
    Ok(words)
}

/// A sentence with these words in it, of which the first of a name counts.
pub(super) fn filled(sentence: &'static str, words: &[(String, String)]) -> Result<String> {
    let words: Vec<(&str, String)> = words.iter().map(|(name, word)| (name.as_str(), word.clone())).collect();
    match language::placeholders(sentence).find(|name| words.iter().all(|(known, _)| known != name)) {
        None => Ok(language::fill(language::words(sentence), &words)),
        Some(name) => Err(anyhow::anyhow!("nothing is called {name} in: {sentence}")),
    }
}
