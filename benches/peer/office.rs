//! A book to measure on, and the two programs that work on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Result;
use rusqlite::Connection;
use tempfile::TempDir;

use crate::process;

/// `SQLite`'s own shell.
pub(crate) const SHELL: &str = "sqlite3";

/// A folder with a book in it, on the disk that the program is built on.
pub(crate) struct Office {
    folder: TempDir,
}

impl Office {
    /// A new book with a clerk at the keyboard and a department manager who issues forms.
    pub(crate) fn found() -> Result<Self> {
        let office = Self { folder: TempDir::new_in(env!("CARGO_TARGET_TMPDIR"))? };
        office.ours(&["init", "--name", "分公司", "--key", "zhou", "--person", "周敏"])?;
        office.ours(&[
            "staff",
            "add",
            "wang",
            "--name",
            "王建国",
            "--department",
            "business",
            "--role",
            "department-manager",
            "--from",
            "1990-01-01",
        ])?;
        Ok(office)
    }

    /// Another folder with a copy of this book.
    pub(crate) fn copied(&self) -> Result<Self> {
        self.settle()?;
        let copy = Self { folder: TempDir::new_in(env!("CARGO_TARGET_TMPDIR"))? };
        fs::copy(self.book(), copy.book())?;
        Ok(copy)
    }

    /// Where the book is.
    pub(crate) fn book(&self) -> PathBuf {
        self.file("book.db")
    }

    /// Where a file of this name is, beside the book.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Our program with these arguments, its answer thrown away.
    pub(crate) fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_branchbook"));
        command.args(arguments).env("BRANCHBOOK_FILE", self.book()).env_remove("BRANCHBOOK_NOW");
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    /// Our program as bash asks it what may come next when Tab is pressed behind these words, its answer thrown away.
    pub(crate) fn completion(&self, words: &[&str]) -> Command {
        let mut command = self.program(&[&["--", "branchbook"], words].concat());
        command.env("BRANCHBOOK_COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", words.len().to_string());
        command
    }

    /// The shell on the same book with these arguments, its answer thrown away. A book is in WAL mode; FULL is the
    /// shell's own setting.
    pub(crate) fn shell(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(SHELL);
        command.arg("-batch").arg(self.book()).args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    /// Lets our program answer.
    pub(crate) fn ours(&self, arguments: &[&str]) -> Result<String> {
        process::answer(&mut self.program(arguments))
    }

    /// A connection to the book.
    pub(crate) fn sql(&self) -> Result<Connection> {
        Ok(Connection::open(self.book())?)
    }

    /// Moves the log into the book, as it is after a night.
    pub(crate) fn settle(&self) -> Result<()> {
        Ok(self.sql()?.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))?)
    }
}

/// A path as an argument.
pub(crate) fn argument(path: &Path) -> String {
    path.display().to_string()
}
