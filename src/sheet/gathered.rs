//! Rows that are computed one by one, for a list that orders them: there may be more of them than memory should hold, so they go
//! into a temporary table.

use anyhow::Result;
use rusqlite::types::Value;
use rusqlite::{Connection, Statement, Transaction, params_from_iter};

use super::query::Query;

/// Where the computed rows of a list are handed.
pub(crate) type Take<'t> = &'t mut dyn FnMut(Vec<Value>) -> Result<()>;

/// Has `compute` hand over the rows of these columns, and gives the list of them in this order. `table` is a name that no table has;
/// what was gathered under it before is gone.
pub(crate) fn gathered(
    book: &Connection,
    table: &str,
    columns: &[&str],
    order: &str,
    compute: impl FnOnce(Take<'_>) -> Result<()>,
) -> Result<Query> {
    let names = columns.join(", ");
    book.execute_batch(&format!("DROP TABLE IF EXISTS temp.{table}; CREATE TEMP TABLE {table} ({names})"))?;
    // In a transaction of its own each row would be one.
    let transaction = book.is_autocommit().then(|| book.unchecked_transaction()).transpose()?;
    let marks = vec!["?"; columns.len()].join(", ");
    let mut insert: Statement<'_> = book.prepare(&format!("INSERT INTO temp.{table} VALUES ({marks})"))?;
    compute(&mut |row| {
        insert.execute(params_from_iter(row))?;
        Ok(())
    })?;
    drop(insert);
    transaction.map_or(Ok(()), Transaction::commit)?;
    Ok(Query::new("", format!("SELECT {names} FROM temp.{table} ORDER BY {order}")))
}
