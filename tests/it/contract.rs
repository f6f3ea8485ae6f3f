//! What scripts read: every verb with its options, the columns of every list, the keys of an answer, the exit codes. `tests/it/contract.txt` holds them.
//!
//! `UPDATE_DOCS=1 cargo test contract` takes in what is new: verbs, options, columns behind all others. What is gone or moved is taken out by hand, with a line in
//! the changelog, or stays as a hidden alias.

use std::collections::BTreeMap;
use std::path::Path;

use clap::{Arg, Command};

use crate::office::Office;

/// What a reading needs to be run over the book of examples, by the name of its option or argument.
const GIVEN: [(&str, &str); 14] = [
    ("month", "2026-10"),
    ("department", "business"),
    ("series", "business"),
    ("person", "li"),
    ("key", "contact.reply_days"),
    ("text", "包钢"),
    ("year", "2026"),
    ("day", "2026-10-20"),
    ("date", "2026-10-20"),
    ("contract", "BG-2026-118"),
    ("asset", "AST-0001"),
    ("shipment", "SHP26-001"),
    ("notice", "1"),
    ("name", "contact.reply_days"),
];

/// Readings that write files or are about no book.
const APART: [&str; 11] =
    ["as", "backup", "completions", "config", "demo", "init", "man", "open", "restore", "run", "sql"];

/// An entry of every register, for what takes a number.
fn number_of(register: &str) -> &str {
    match register {
        "info" => "INF26-0001",
        "project" => "PRJ26-001",
        "reception" => "REC26-001",
        "gift" => "GFT26-001",
        "fee" => "FEE26-001",
        "asset" => "AST-0001",
        "ship" => "SHP26-001",
        _ => "HAY05001",
    }
}

/// What is given for a required argument of a reading.
fn given(argument: &Arg, register: &str) -> String {
    let id = argument.get_id().as_str();
    if id.contains("number") {
        return number_of(register).to_owned();
    }
    GIVEN.iter().find(|(name, _)| *name == id).map_or_else(|| "1".to_owned(), |(_, value)| (*value).to_owned())
}

/// The lines of the contract: what is named, and how it reads.
fn contract() -> BTreeMap<String, String> {
    let office = Office::empty().on("2026-11-02").keeping("demo.db");
    office.ok(&format!("demo --book {}", office.path("demo.db").display()));
    let mut lines = BTreeMap::new();
    let options = office.ok("help options");
    let codes = options.split("Exit codes:").nth(1).unwrap();
    lines.insert("exit codes".to_owned(), codes.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut root = branchbook::cli::command();
    root.build();
    describe(&office, &root, &[], &mut lines);
    office.ok(&format!("report month 2026-10 --output {}", office.path("packs").display()));
    for file in std::fs::read_dir(office.path("packs/2026-10")).unwrap() {
        let file = file.unwrap().path();
        if file.extension().is_some_and(|ending| ending == "csv") {
            let text = std::fs::read_to_string(&file).unwrap();
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            lines.insert(format!("columns of the pack's {name}"), text.lines().next().unwrap_or_default().to_owned());
        }
    }
    let answer = office.ok("contact add --department business --kind execution --to general --subject 函 --content 函 --by wang --format json");
    let answer: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&answer).unwrap();
    lines.insert("keys of an answer".to_owned(), answer.keys().map(String::as_str).collect::<Vec<_>>().join(","));
    lines
}

/// Adds the contract of a command and of its verbs.
fn describe(office: &Office, command: &Command, path: &[&str], lines: &mut BTreeMap<String, String>) {
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        let path = [path, &[verb.get_name()]].concat();
        if verb.has_subcommands() {
            describe(office, verb, &path, lines);
            continue;
        }
        // What an option was called before is understood as well.
        let longs = verb
            .get_arguments()
            .flat_map(|option| option.get_long().into_iter().chain(option.get_all_aliases().into_iter().flatten()));
        let longs = longs.filter(|long| *long != "help");
        let options = longs.map(|long| format!("--{long}")).collect::<Vec<_>>().join(" ");
        let reads = verb.get_arguments().all(|argument| argument.get_id() != "dry_run");
        let is_apart = APART.contains(&path[0]) || path == ["report", "month"];
        let columns = if reads && !is_apart { columns(office, verb, &path) } else { None };
        // What a verb was called before is understood as well.
        for name in std::iter::once(verb.get_name()).chain(verb.get_all_aliases()) {
            let typed = [&path[..path.len() - 1], &[name]].concat().join(" ");
            lines.insert(format!("options of {typed}"), options.clone());
            if let Some(columns) = &columns {
                lines.insert(format!("columns of {typed}"), columns.clone());
            }
        }
    }
}

/// The header of the csv that a reading writes, where it writes one; json has the same keys.
fn columns(office: &Office, verb: &Command, path: &[&str]) -> Option<String> {
    let mut line = path.join(" ");
    for argument in verb.get_arguments().filter(|argument| argument.is_required_set()) {
        let value = given(argument, path[0]);
        line = match argument.get_long() {
            Some(long) => format!("{line} --{long} {value}"),
            None => format!("{line} {value}"),
        };
    }
    let outcome = office.run(&format!("{line} --format csv"));
    let header = outcome.out.lines().next().filter(|_| outcome.code == 0)?.to_owned();
    let is_header =
        header.split(',').all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
    if !is_header {
        return None;
    }
    let json = office.ok(&format!("{line} --format jsonl"));
    if let Some(first) = json.lines().next() {
        let keys: serde_json::Map<String, serde_json::Value> = serde_json::from_str(first).unwrap();
        assert_eq!(keys.keys().map(String::as_str).collect::<Vec<_>>().join(","), header, "{line}");
    }
    Some(header)
}

/// What an earlier line said that the new one says no more, or elsewhere.
fn broken(name: &str, before: &str, now: Option<&String>) -> Option<String> {
    let Some(now) = now else { return Some(format!("{name} is gone")) };
    let kept = if name.starts_with("options") {
        before.split(' ').all(|option| option.is_empty() || now.split(' ').any(|other| other == option))
    } else {
        now == before || now.starts_with(&format!("{before},"))
    };
    (!kept).then(|| format!("{name}\n  was: {before}\n  is:  {now}"))
}

#[test]
fn q31_what_scripts_read_stays() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/contract.txt");
    let text = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    let written: BTreeMap<String, String> = text
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, said)| (name.to_owned(), said.to_owned()))
        .collect();
    let now = contract();
    let broken: Vec<String> = written.iter().filter_map(|(name, before)| broken(name, before, now.get(name))).collect();
    assert!(broken.is_empty(), "scripts read this:\n{}", broken.join("\n"));
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let lines = now.iter().filter(|(_, said)| !said.is_empty());
        let lines: Vec<String> = lines.map(|(name, said)| format!("{name}: {said}\n")).collect();
        std::fs::write(&file, lines.concat()).unwrap();
    } else {
        let new: Vec<&String> = now
            .iter()
            .filter(|(name, said)| !said.is_empty() && written.get(*name) != Some(said))
            .map(|(name, _)| name)
            .collect();
        assert!(new.is_empty(), "new for scripts, and to be taken in with: UPDATE_DOCS=1 cargo test contract: {new:?}");
    }
}
