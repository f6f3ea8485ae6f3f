//! Connections to a book, set as its safety rests on it.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::say;
use crate::text::sought;

/// The oldest `SQLite` that a book may be written with: before it, a commit to the log could be lost.
const OLDEST_SQLITE: i32 = 3_051_003;

/// Opens a connection to read and write with.
pub(super) fn connect(path: &Path, patience: Duration) -> Result<Connection> {
    anyhow::ensure!(
        rusqlite::version_number() >= OLDEST_SQLITE,
        say!(
            "SQLite {version} can lose committed writes; build branchbook with its bundled SQLite",
            version = rusqlite::version()
        )
    );
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let connection = guarded(Connection::open_with_flags(path, flags)?)?;
    connection.busy_timeout(patience)?;
    Ok(connection)
}

/// Opens a second connection to a book that is held for writing, to see it as it was before.
pub(super) fn look(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// A connection as `SQLite`'s advice for untrusted files says.
pub(super) fn guarded(connection: Connection) -> Result<Connection> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.execute_batch(
        "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;",
    )?;
    sought::teach(&connection)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}
