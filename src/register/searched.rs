//! What of an entry is searched for words: columns of its list, and the texts and papers of the rows that verbs append to it.

use std::borrow::Cow;

use super::Register;
use super::field::{Kind, Spec};
use super::form::{Form, Step};

impl Register {
    /// What is searched, in SQL over a list of the register's entries: the names last, of which the second value says how many there
    /// are. Of an entry that is masked, as the list's column `readable` tells, no row is searched.
    pub(super) fn searched(&self, is_masked: bool) -> (Vec<Cow<'static, str>>, usize) {
        let (names, others): (Vec<&'static str>, Vec<&'static str>) =
            self.text.iter().partition(|column| self.names.contains(column));
        let count = names.len();
        let rows = self.rows_searched(is_masked && !self.restricted.is_empty());
        let columns = others.into_iter().map(Cow::Borrowed).chain(rows.map(Cow::Owned));
        (columns.chain(names.into_iter().map(Cow::Borrowed)).collect(), count)
    }

    /// The same of the tables of its rows, one each.
    fn rows_searched(&self, is_masked: bool) -> impl Iterator<Item = String> {
        let mut tables: Vec<(&str, Vec<&str>)> = Vec::new();
        for step in self.form.into_iter().flat_map(Form::steps) {
            for (table, column) in step.fields.iter().filter_map(|field| in_a_row(field, step)) {
                match tables.iter_mut().find(|(known, _)| *known == table) {
                    Some((_, columns)) if columns.contains(&column) => {}
                    Some((_, columns)) => columns.push(column),
                    None => tables.push((table, vec![column])),
                }
            }
        }
        let own = self.name;
        tables.into_iter().filter(move |(table, _)| *table != own).map(move |(table, columns)| {
            let columns = columns.join(", ");
            let rows = format!(
                "(SELECT group_concat(concat_ws(' ', {columns}), ' ') FROM {table} WHERE undone_on IS NULL AND entry = id)"
            );
            if is_masked { format!("iif(readable, {rows}, NULL)") } else { rows }
        })
    }
}

/// The table and the column of rows in which a step keeps a text or the number of a paper.
fn in_a_row(field: &'static Spec, step: &Step) -> Option<(&'static str, &'static str)> {
    match field.kind {
        Kind::Paper(paper) => Some((paper.table, paper.column)),
        Kind::Line | Kind::Text | Kind::Lines(_) if !field.secret && !field.loose => {
            step.into.map(|list| (list.table, field.column))
        }
        _ => None,
    }
}
