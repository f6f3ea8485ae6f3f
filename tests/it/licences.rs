//! What the program is built of, and under which licences: `docs/licences.md` lists every crate that is linked into it.
//!
//! `UPDATE_DOCS=1 cargo test licences` writes the list anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The licences that the project takes, in the order of their names.
const TAKEN: [&str; 10] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// What cargo knows of the packages and how they hang together, on Linux.
fn metadata() -> Value {
    let told = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--offline"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    serde_json::from_slice(&told.stdout).unwrap()
}

/// The identifiers of the packages that are linked into the program: what it needs when it runs, and what that needs.
fn linked(metadata: &Value) -> BTreeSet<&str> {
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let of = |id: &str| nodes.iter().find(|node| node["id"] == id).unwrap();
    let (mut found, mut open) = (BTreeSet::new(), vec![metadata["resolve"]["root"].as_str().unwrap()]);
    while let Some(id) = open.pop() {
        for dependency in of(id)["deps"].as_array().unwrap() {
            let runs = dependency["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"].is_null());
            let id = dependency["pkg"].as_str().unwrap();
            if runs && found.insert(id) {
                open.push(id);
            }
        }
    }
    found
}

/// The page: every licence with the crates that are under it.
fn page(metadata: &Value) -> String {
    let linked = linked(metadata);
    let mut by_licence: BTreeMap<String, BTreeMap<&str, (&str, &str)>> = BTreeMap::new();
    for package in metadata["packages"].as_array().unwrap() {
        let of = |key: &str| package[key].as_str().unwrap_or_default();
        if linked.contains(of("id")) {
            by_licence
                .entry(of("license").replace(" / ", "/").replace('/', " OR "))
                .or_default()
                .insert(of("name"), (of("version"), of("repository")));
        }
    }
    let mut page = String::from(
        "# What the program is built of\n\nThe crates that are linked into the program on Linux, by their licences; where a licence offers a choice, the \
         project takes any of\nthem. SQLite itself, which `libsqlite3-sys` brings, is in the public domain. A package carries the texts of the licences as \
         well (`just package`).\n`UPDATE_DOCS=1 cargo test licences` writes this page.\n",
    );
    for (licence, crates) in by_licence {
        write!(page, "\n## {licence}\n\n").unwrap();
        for (name, (version, home)) in crates {
            writeln!(page, "- [{name}]({home}) {version}").unwrap();
        }
    }
    page
}

#[test]
fn every_crate_is_listed_under_a_licence_that_is_taken() {
    let metadata = metadata();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/licences.md");
    let (written, page) = (std::fs::read_to_string(&file).unwrap_or_default(), page(&metadata));
    for licence in page.lines().filter_map(|line| line.strip_prefix("## ")) {
        let is_taken = |choices: &str| choices.split(" OR ").any(|name| TAKEN.contains(&name.trim_matches(['(', ')'])));
        assert!(licence.split(" AND ").all(is_taken), "nobody has looked at the licence {licence}");
    }
    if written != page && std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, page).unwrap();
    } else {
        assert!(written == page, "docs/licences.md is out of date; write it with: UPDATE_DOCS=1 cargo test licences");
    }
}
