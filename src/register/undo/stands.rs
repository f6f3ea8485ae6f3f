//! What stands on a step, so that it is taken back first: entries that refer to what the step made.

use anyhow::Result;
use rusqlite::Connection;

use super::standing_rows;
use super::taken::Taken;
use crate::book::select::Select;
use crate::refusal::Refusal;
use crate::register::ended::references;
use crate::register::entry::Entry;
use crate::say;

/// What stands on a step other than the opening: the register and verb, and the registers of what names the entry and was entered
/// after the step.
const STANDS: [(&str, &str, &[&str]); 1] = [("project", "contract", &["fee", "ship"])];

/// Refuses where something stands on the step that was entered later, and names it.
pub(crate) fn refuse(book: &Connection, entry: &Entry, step: &Taken, opened: bool) -> Result<()> {
    let on_step = STANDS.iter().find(|(register, verb, _)| *register == entry.register && *verb == step.verb());
    let registers = on_step.map_or(&[][..], |(.., registers)| registers);
    let mut standing = Vec::new();
    for (form, table, field) in references(&entry.register) {
        if !opened && !registers.contains(&form.register.name) {
            continue;
        }
        let sql = format!(
            "SELECT e.number FROM {table} AS o JOIN entry AS e ON {standing}e.id = o.entry
             WHERE o.{column} = ?1 AND e.state NOT IN ('void', 'cancelled', 'rejected')
                AND (SELECT min(j.id) FROM journal AS j WHERE j.thing = e.number) > ?2 ORDER BY e.id",
            standing = standing_rows(table),
            column = field.column
        );
        standing.extend(book.column::<String>(&sql, (&entry.number, step.id))?);
    }
    standing.dedup();
    let Some(first) = standing.first() else { return Ok(()) };
    let what = say!(
        "{numbers} stands on {verb} of {number}",
        numbers = standing.join(crate::language::comma()),
        verb = step.said(),
        number = entry.number
    );
    Err(Refusal::rule("R4.8", what)
        .or(say!("take that back first with: branchbook undo {number}", number = first))
        .into())
}
