//! Sweeps: a command is killed, or made to fail, at each of its calls of the system, and the power is cut behind each of its
//! writes. Every office lies in memory, so that a point takes some hundredths of a second.
//!
//! `strace` counts the calls of each kind for themselves, so a point is the so manieth call of one kind.

mod errors;
mod kills;
mod log;
mod power;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use rusqlite::types::ValueRef;
use tempfile::TempDir;

use crate::office::Office;
use crate::upgrade;
use crate::verify::month;

/// A command that is swept: its name in the figures, the office it runs in, its line, and the file or folder that it makes.
pub(crate) struct Swept {
    name: &'static str,
    office: fn() -> Office,
    line: &'static str,
    makes: Option<&'static str>,
}

const FORM: &str =
    "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --by wang -q";

/// A swept command that changes the book alone.
const fn writes(name: &'static str, line: &'static str) -> Swept {
    Swept { name, office: month, line, makes: None }
}

/// A swept command that makes a file or folder.
const fn makes(name: &'static str, line: &'static str, made: &'static str) -> Swept {
    Swept { name, office: copied, line, makes: Some(made) }
}

/// Every command that is swept; `FOLDER` is the office's.
const SWEPT: [Swept; 13] = [
    writes("contact add", FORM),
    writes("contact sign", "contact sign HAB05001 --for 包钢 --by 张工 -q"),
    writes("contact void", "contact void HAY05001 --reason 错 -q"),
    writes(
        "contact add --once",
        "contact add --department business --kind pre-contract --to technology --subject a --content b --by wang --once k -q",
    ),
    writes("staff add", "staff add ma --name 马 --department general --role member -q"),
    writes("series reserve", "series reserve baotou --count 3 -q"),
    writes(
        "contact import",
        "contact import FOLDER/old.csv --department shandong --set kind=execution --set by=he --dry-run",
    ),
    writes("info list", "info list --format csv"),
    makes("contact list", "contact list --output FOLDER/list.xlsx", "list.xlsx"),
    makes("report month", "report month 2026-10 --output FOLDER/packs", "packs"),
    makes("backup", "backup FOLDER/other.db", "other.db"),
    makes("restore", "restore FOLDER/copy.db --book FOLDER/book.db", "nothing"),
    Swept { name: "upgrade", office: old, line: "department list --format csv --as wang", makes: None },
];

/// The month, with a copy of it.
fn copied() -> Office {
    Office::made(|| {
        let office = month();
        office.ok(&format!("backup {}", office.path("copy.db").display()));
        office
    })
}

/// An office whose book version 1 wrote.
fn old() -> Office {
    Office::made(|| upgrade::written(upgrade::VERSION_1))
}

/// An office as it was before the command, to be laid anew for every point.
struct Scene {
    office: Office,
    kept: TempDir,
    line: String,
    /// What the book holds before the command and after it.
    before: String,
    after: String,
}

impl Scene {
    fn of(swept: &Swept) -> Self {
        let office = (swept.office)();
        let line = swept.line.replace("FOLDER", office.path("").to_str().unwrap().trim_end_matches('/'));
        let kept = tempfile::tempdir().unwrap();
        copy(&office.path(""), kept.path());
        let before = held(&office);
        let mut scene = Self { office, kept, line, before, after: String::new() };
        scene.lay();
        let done = scene.office.process(&scene.line).output().unwrap();
        assert!(done.status.success(), "{}: {}", scene.line, String::from_utf8_lossy(&done.stderr));
        scene.after = held(&scene.office);
        scene
    }

    /// Lays the office as it was before the command.
    fn lay(&self) {
        let folder = self.office.path("");
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { fs::remove_dir_all(&path).unwrap() } else { fs::remove_file(&path).unwrap() }
        }
        copy(self.kept.path(), &folder);
    }

    /// Runs the command with something done at a point; gives its output.
    fn run(&self, call: &str, what: &str, when: usize) -> Output {
        self.lay();
        let mut traced = Command::new("timeout");
        traced.args([
            "60",
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            &format!("inject={call}:{what}:when={when}"),
        ]);
        as_process(&mut traced, &self.office, &self.line).output().unwrap()
    }

    /// The kinds of calls of the command after it first named the book, and how many there are of each; none without `strace`.
    fn calls(&self) -> Option<BTreeMap<String, usize>> {
        self.lay();
        let trace = self.kept.path().with_extension("trace");
        let mut traced = Command::new("strace");
        traced.args(["-f", "-qq", "-o"]).arg(&trace);
        as_process(&mut traced, &self.office, &self.line).output().ok()?;
        let text = fs::read_to_string(&trace).unwrap();
        let _ = fs::remove_file(&trace);
        let mut calls: BTreeMap<(String, String), usize> = BTreeMap::new();
        for line in text.lines() {
            let Some((process, rest)) = line.split_once(' ') else { continue };
            let Some((call, _)) = rest.trim_start().split_once('(') else { continue };
            if call.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') && !call.starts_with("exit") {
                *calls.entry((call.to_owned(), process.to_owned())).or_default() += 1;
            }
        }
        let mut most: BTreeMap<String, usize> = BTreeMap::new();
        for ((call, _), count) in calls {
            let kept = most.entry(call).or_default();
            *kept = count.max(*kept);
        }
        Some(most)
    }
}

/// Adds a line to a command that runs it as a process of its own.
fn as_process<'c>(traced: &'c mut Command, office: &Office, line: &str) -> &'c mut Command {
    let usual = office.process(line);
    traced.arg(usual.get_program()).args(usual.get_args());
    traced.envs(usual.get_envs().filter_map(|(name, value)| Some((name, value?))))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        // What programs share in memory is no file that lasts.
        if entry.file_name().to_str().unwrap().ends_with("-shm") {
            continue;
        }
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// What a book holds, without what differs from run to run: the system's own clock, hashes and what is random.
fn held(office: &Office) -> String {
    const DIFFERS: [&str; 4] = ["clock_at", "hash", "uid", "at"];
    let book = office.sql();
    let mut tables = book.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").unwrap();
    let tables: Vec<String> = tables.query_map((), |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let mut held = String::new();
    for table in tables {
        let mut rows = book.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
        let same: Vec<usize> =
            (0..rows.column_count()).filter(|index| !DIFFERS.contains(&rows.column_name(*index).unwrap())).collect();
        let mut rows = rows.query(()).unwrap();
        while let Some(row) = rows.next().unwrap() {
            held.push_str(&table);
            for index in &same {
                let value = match row.get_ref(*index).unwrap() {
                    ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                    other => format!("{other:?}"),
                };
                held.push_str(" | ");
                // The book's own record holds its random name.
                held.push_str(if value.starts_with("{\"book\":") { "book" } else { &value });
            }
            held.push('\n');
        }
    }
    held
}

/// The lines by which two books differ.
fn between(now: &str, then: &str) -> String {
    let lines = |of: &str, other: &str| -> Vec<String> {
        of.lines().filter(|line| !other.contains(line)).map(|line| line.chars().take(300).collect()).collect()
    };
    format!("{:#?} {:#?}", lines(now, then), lines(then, now))
}

/// How many points of each command, or of the whole, a sweep takes: `SWEEP_POINTS` says a number, else it takes all.
fn most() -> usize {
    std::env::var("SWEEP_POINTS").map_or(usize::MAX, |most| most.parse().unwrap())
}

/// The points of a sweep: every call of every kind, or so many of them spread over all.
fn points(calls: &BTreeMap<String, usize>, most: usize) -> Vec<(String, usize)> {
    let all: Vec<(String, usize)> =
        calls.iter().flat_map(|(call, count)| (1..=*count).map(|when| (call.clone(), when))).collect();
    let step = all.len().div_ceil(most).max(1);
    all.into_iter().step_by(step).collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
