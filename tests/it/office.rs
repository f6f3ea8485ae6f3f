//! An office to test in: a book of its own in a folder of its own, a fixed clock, a fixed login, and command lines.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use branchbook::cli;
use branchbook::clock::{Clock, Now};
use branchbook::desk::Surroundings;
use branchbook::language::Language;
use branchbook::script::{self, Line};
use branchbook::settings::Settings;
use branchbook::surroundings::BUSY_TIMEOUT;
use branchbook::view::with_views;
use branchbook::zone::Zone;
use tempfile::TempDir;

use crate::called;

mod made;

/// The staff of `month.md`'s office: who they are and since when.
pub(crate) const STAFF: &str = "\
wang --name 王建国 --department business --role department-manager
li --name 李娜 --department business --role salesperson
zhou --name 周敏 --department general --role clerk
wu --name 吴工 --department technology --role member
he --name 何平 --department general --role contract-administrator
qian --name 钱明 --department foreign-trade --role department-manager
zhao --name 赵刚 --department baotou --role department-manager
sun --name 孙立 --department baotou --role trainee
chen --name 陈总 --department general --role branch-manager
lin --name 林董 --department general --role company-leader";

/// A login that is nobody's: that of the machine which all share.
pub(crate) const SHARED: &str = "shared";

/// An office with its book.
#[derive(Clone)]
pub(crate) struct Office {
    folder: Arc<TempDir>,
    surroundings: Surroundings,
}

/// What a command line gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The exit code.
    pub(crate) code: u8,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Office {
    /// An office without a book, on 2026-10-08, at the keyboard of `clerk`.
    pub(crate) fn empty() -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let surroundings = Surroundings {
            login: "clerk".to_owned(),
            foreign: false,
            keyed: None,
            ssh: None,
            host: "desk".to_owned(),
            clock: Clock::fixed("2026-10-08").unwrap(),
            book: folder.path().join("book.db"),
            as_person: None,
            width: None,
            height: None,
            pager: None,
            editor: None,
            browser: None,
            color: false,
            has_lines: false,
            interactive: false,
            begun: false,
            language: Language::En,
            patience: BUSY_TIMEOUT,
            settings: Settings::default(),
        };
        Self { folder, surroundings }
    }

    /// An office with a new book, whose clerk is `clerk`, and the staff of the branch since 2026-01-01.
    pub(crate) fn staffed() -> Self {
        Self::staffed_since("2026-01-01")
    }

    /// The same, with the staff since another day.
    pub(crate) fn staffed_since(day: &str) -> Self {
        let office = Self::made_for(day, |day| {
            let office = Self::empty().on(day);
            office.ok("init --name 沈阳某机械公司销售分公司");
            for person in STAFF.lines() {
                office.ok(&format!("staff add {person}"));
            }
            office
        });
        office.on("2026-10-08")
    }

    /// The same, with the staff since 2026-01-01 and a book that was made, and so went live, on this day; what was before is history.
    pub(crate) fn founded_on(day: &str) -> Self {
        Self::made_for(day, |day| {
            let office = Self::empty().on(day);
            office.ok("init --name 沈阳某机械公司销售分公司");
            for person in STAFF.lines() {
                office.ok(&format!("staff add {person} --from 2026-01-01"));
            }
            office
        })
    }

    /// What a list writes as csv, without what tells how an entry came into this book.
    pub(crate) fn exported(&self, list: &str) -> String {
        let csv = self.ok(&format!("{list} --format csv"));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let told: Vec<bool> = rows[0].iter().map(|name| !["import", "entered_later_on"].contains(&name)).collect();
        let mut kept = csv::WriterBuilder::new().from_writer(Vec::new());
        for row in rows {
            kept.write_record(row.iter().zip(&told).filter(|(_, told)| **told).map(|(cell, _)| cell)).unwrap();
        }
        String::from_utf8(kept.into_inner().unwrap()).unwrap()
    }

    /// The same office on another day (or instant).
    #[must_use]
    pub(crate) fn on(mut self, day: &str) -> Self {
        self.surroundings.clock = Clock::fixed(day).unwrap();
        self
    }

    /// The same office with another book of its folder.
    #[must_use]
    pub(crate) fn keeping(mut self, book: &str) -> Self {
        self.surroundings.book = self.folder.path().join(book);
        self
    }

    /// The same office where this browser prints.
    #[must_use]
    pub(crate) fn with_browser(mut self, browser: &str) -> Self {
        self.surroundings.browser = Some(browser.to_owned());
        self
    }

    /// The same office with somebody else at the keyboard of the machine that all share, as by `--as`; with nobody named, at that
    /// of `clerk` again.
    #[must_use]
    pub(crate) fn at_the_keyboard(mut self, person: &str) -> Self {
        self.surroundings.as_person = Some(person.to_owned()).filter(|person| !person.is_empty());
        self.logged_in(if person.is_empty() { "clerk" } else { SHARED })
    }

    /// The same office, logged in as this user of the operating system.
    #[must_use]
    pub(crate) fn logged_in(mut self, login: &str) -> Self {
        login.clone_into(&mut self.surroundings.login);
        self
    }

    /// The same office as another login of the operating system sees it.
    pub(crate) fn seen_by(&self, login: &str) -> Self {
        Self { surroundings: Surroundings { as_person: None, ..self.surroundings() }, ..self.clone() }.logged_in(login)
    }

    /// An office of its own with a copy of this one's book.
    pub(crate) fn copy(&self) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let book = folder.path().join("book.db");
        self.sql().execute("VACUUM INTO ?1", [book.to_str().unwrap()]).unwrap();
        Self { surroundings: Surroundings { book, ..self.surroundings() }, folder }
    }

    /// The same office in these surroundings.
    pub(crate) fn with_surroundings(&self, surroundings: Surroundings) -> Self {
        Self { surroundings, ..self.clone() }
    }

    /// The same office at the machine that all share, with this person at the keyboard.
    pub(crate) fn sharing(&self, person: &str) -> Self {
        self.clone().at_the_keyboard(person)
    }

    /// The same office on a terminal of this width.
    #[must_use]
    pub(crate) fn with_width(mut self, width: u16) -> Self {
        self.surroundings.width = Some(width);
        self
    }

    /// The same office, which answers where there is no terminal.
    #[must_use]
    pub(crate) fn without_width(mut self) -> Self {
        self.surroundings.width = None;
        self
    }

    /// The same office in a locale of this language.
    #[must_use]
    pub(crate) fn speaking(mut self, language: Language) -> Self {
        self.surroundings.language = language;
        self
    }

    /// The same office on a terminal of this many rows and 80 columns, whose lists go through this pager.
    #[must_use]
    pub(crate) fn with_pager(mut self, height: u16, command: &[&str]) -> Self {
        self.surroundings.height = Some(height);
        self.surroundings.pager = Some(command.iter().map(ToString::to_string).collect());
        self.with_width(80)
    }

    /// The same office on a terminal that shows colours.
    #[must_use]
    pub(crate) fn in_colour(mut self) -> Self {
        self.surroundings.color = true;
        self
    }

    /// The same office, whose commands wait only so long while another program holds the book.
    #[must_use]
    pub(crate) fn with_patience(mut self, patience: Duration) -> Self {
        self.surroundings.patience = patience;
        self
    }

    /// A command line as a process of its own, in English, at the keyboard of `zhou`, a clerk without a login.
    pub(crate) fn process(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_branchbook"));
        command
            .args(shlex::split(line).expect("the line's quotes are closed"))
            .env("BRANCHBOOK_FILE", &self.surroundings.book)
            .env("BRANCHBOOK_NOW", self.now().at())
            .env("BRANCHBOOK_AS", "zhou")
            .env("BRANCHBOOK_CONFIG", "")
            .env("LC_ALL", "C");
        command
    }

    /// What a line does as a process whose standard input holds this text.
    pub(crate) fn fed(&self, line: &str, text: impl AsRef<[u8]>) -> Output {
        let mut command = self.process(line);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A line that is refused may leave it unread.
        let _ = child.stdin.take().unwrap().write_all(text.as_ref());
        child.wait_with_output().unwrap()
    }

    /// What the office's clock shows.
    pub(crate) fn now(&self) -> Now {
        self.surroundings.clock.now(Zone::SHENYANG)
    }

    /// What the office's commands are given by their surroundings.
    pub(crate) fn surroundings(&self) -> Surroundings {
        self.surroundings.clone()
    }

    /// Where a file of this name is, in the office's folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the office's folder and gives its path as text.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A connection to the book, as another program opens it.
    pub(crate) fn sql(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(&self.surroundings.book).unwrap()
    }

    /// Every row of every table, as text: to see that nothing changed. The log of readings can be left out by name.
    pub(crate) fn dump(&self, but: &[&str]) -> String {
        let book = self.sql();
        let mut tables = book.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").unwrap();
        let tables: Vec<String> = tables.query_map((), |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        let mut dump = String::new();
        for table in tables.iter().filter(|table| !but.contains(&table.as_str())) {
            let mut rows = book.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
            let columns = rows.column_count();
            let mut rows = rows.query(()).unwrap();
            while let Some(row) = rows.next().unwrap() {
                let values: Vec<String> =
                    (0..columns).map(|index| format!("{:?}", row.get_ref(index).unwrap())).collect();
                writeln!(dump, "{table}: {}", values.join(" | ")).unwrap();
            }
        }
        dump
    }

    /// Runs a script of command lines and days (`@ 2026-10-08`); gives it as a terminal would show it. The office's
    /// folder is called `office`.
    pub(crate) fn transcript(&self, script: &str) -> String {
        let mut surroundings = self.surroundings.clone();
        let mut shown = String::new();
        for line in script::lines(script).unwrap() {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let code = script::run(&line, &mut surroundings, &mut out, &mut err).unwrap();
            if let Line::Command(words) = &line {
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                called::hold(self, &words, str::from_utf8(&out).unwrap(), str::from_utf8(&err).unwrap());
                writeln!(shown, "$ {}", shlex::try_join(words).unwrap()).unwrap();
                shown.push_str(&String::from_utf8(out).unwrap());
                shown.push_str(&String::from_utf8(err).unwrap());
                if code != 0 {
                    writeln!(shown, "[exit {code}]").unwrap();
                }
            }
        }
        shown.replace(self.folder.path().to_str().unwrap(), "office")
    }

    /// What stands in a file of the office's folder.
    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The number in the first column of the first row of a query.
    pub(crate) fn count(&self, sql: &str) -> i64 {
        self.sql().query_row(&with_views(sql), (), |row| row.get(0)).unwrap()
    }

    /// Runs a command line, quoted as in a shell, without the program's name.
    pub(crate) fn run(&self, line: &str) -> Outcome {
        let words = shlex::split(line).expect("the line's quotes are closed");
        self.words(&words.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Runs a command line given word by word.
    pub(crate) fn words(&self, words: &[&str]) -> Outcome {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = self.words_into(words, &mut out, &mut err);
        let outcome = Outcome { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() };
        called::hold(self, words, &outcome.out, &outcome.err);
        outcome
    }

    /// Runs a command line given word by word, with its output going elsewhere; gives the exit code.
    pub(crate) fn words_into(&self, words: &[&str], out: &mut dyn Write, err: &mut dyn Write) -> u8 {
        let arguments: Vec<OsString> =
            std::iter::once("branchbook").chain(words.iter().copied()).map(OsString::from).collect();
        cli::run(&arguments, &self.surroundings, out, err)
    }

    /// Runs a command line that must succeed, and gives its standard output.
    pub(crate) fn ok(&self, line: &str) -> String {
        let outcome = self.run(line);
        assert_eq!(outcome.code, 0, "{line}\n{}{}", outcome.out, outcome.err);
        outcome.out
    }

    /// Runs command lines that must succeed, one after the other.
    pub(crate) fn all_ok(&self, lines: &[&str]) {
        for line in lines {
            self.ok(line);
        }
    }

    /// Runs a command line that must be refused with this exit code, changing nothing; gives what it said.
    pub(crate) fn refused(&self, code: u8, line: &str) -> String {
        let before = self.bytes();
        let outcome = self.run(line);
        assert_eq!((outcome.code, outcome.out.as_str()), (code, ""), "{line}\n{}", outcome.err);
        // The log may be brought into the book, which changes no row of it.
        if self.bytes() != before {
            let was = Self::empty();
            for (file, bytes) in before {
                std::fs::write(was.path(file), bytes).unwrap();
            }
            assert_eq!(self.dump(&[]), was.dump(&[]), "{line} was refused and changed the book");
        }
        outcome.err.trim_end().to_owned()
    }

    /// The book and its log as they stand on the disk.
    fn bytes(&self) -> [(&'static str, Vec<u8>); 2] {
        let log = self.surroundings.book.with_extension("db-wal");
        [("book.db", &self.surroundings.book), ("book.db-wal", &log)]
            .map(|(name, path)| (name, std::fs::read(path).unwrap_or_default()))
    }
}

/// A command that a shell starts after this line of it, such as one that closes an output or holds off a signal.
#[cfg(unix)]
pub(crate) fn after(line: &str, command: &Command) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{line} exec \"$@\""), "sh"]).arg(command.get_program()).args(command.get_args());
    shell.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell
}
