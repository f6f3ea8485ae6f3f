//! Names in a list, each spelt as it was before.

use anyhow::Result;

use super::child::List;
use super::field::Field;
use super::task::Task;
use crate::book::select::Select;
use crate::text;

/// Writes a name as an earlier row of the list has it, so that two spellings of one carrier or supplier are not two.
pub(crate) fn name_as_before(task: &mut Task<'_, '_>, list: &List, field: &Field<String>) -> Result<()> {
    let folded = text::fold(&task.line.get(field)?.unwrap_or_default());
    let column = field.spec.column;
    let sql = format!("SELECT {column} FROM {} WHERE undone_on IS NULL AND entry = ?1 ORDER BY position", list.table);
    let earlier = task.sql().column::<String>(&sql, [task.entry.id])?;
    if let Some(known) = earlier.into_iter().find(|earlier| text::fold(earlier) == folded) {
        task.line.set(column, known);
    }
    Ok(())
}
