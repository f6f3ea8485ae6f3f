//! `docs/regulation.md` lists every clause with its command and its tests, and every such test stands there.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use branchbook::register::paper::Paper;

use crate::paper;

fn project(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The names of the integration tests that begin with a clause, such as `r4_8_numbers_continue_past_999`.
fn clause_tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in fs::read_dir(project("tests/it")).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap_or_default();
        for line in text.lines().filter_map(|line| line.trim_start().strip_prefix("fn r")) {
            let name = line.split('(').next().unwrap();
            if name.starts_with(|c: char| c.is_ascii_digit()) {
                names.insert(format!("r{name}"));
            }
        }
    }
    names
}

/// A row of the page: the clause and what is said of its tests.
fn rows() -> Vec<(String, String)> {
    let page = fs::read_to_string(project("docs/regulation.md")).unwrap();
    page.lines().filter_map(row).collect()
}

fn row(line: &str) -> Option<(String, String)> {
    let cells: Vec<&str> = line.strip_prefix("| R")?.split('|').map(str::trim).collect();
    Some((format!("R{}", cells[0]), cells[3].to_owned()))
}

/// The beginning of the names of a clause's tests: `R2.2a` is `r2_2a_`.
fn beginning(clause: &str) -> String {
    format!("{}_", clause.to_lowercase().replace(['.', '('], "_").replace(')', ""))
}

/// The page with the count of each clause's tests as it is now.
fn counted(page: &str) -> String {
    let tests = clause_tests();
    let mut counted = String::new();
    for line in page.lines() {
        match row(line).filter(|(_, said)| said != "later") {
            None => counted.push_str(line),
            Some((clause, said)) => {
                let count = tests.iter().filter(|name| name.starts_with(&beginning(&clause))).count();
                assert!(count > 0, "{clause} has no test");
                let kept = line.trim_end_matches('|').trim_end().trim_end_matches(&said).trim_end();
                write!(counted, "{kept} {count} × `{}` |", beginning(&clause)).unwrap();
            }
        }
        counted.push('\n');
    }
    counted
}

#[test]
fn every_clause_that_is_kept_has_tests_of_its_name() {
    let file = project("docs/regulation.md");
    let page = fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
    let counted = counted(&page);
    if counted != page && std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, &counted).unwrap();
    } else {
        assert!(
            counted == page,
            "docs/regulation.md is out of date; write it with: UPDATE_DOCS=1 cargo test regulation"
        );
    }
}

/// The table of the papers: what each is unique in, and when it may stand twice.
fn papers() -> String {
    let mut table =
        "| paper | verb | clause | counts once in | may stand twice with `--exception` |\n|---|---|---|---|---|\n"
            .to_owned();
    for (register, verb, paper) in paper::papers() {
        let Paper { name, clause, day, issuer, alike, among, twice, .. } = paper;
        let mut scope = if day.is_empty() { "the whole book".to_owned() } else { format!("the year of `{day}`") };
        if !issuer.is_empty() {
            write!(scope, ", for each `{issuer}`").unwrap();
        }
        if !among.1.is_empty() {
            write!(scope, "; {}", among.1).unwrap();
        }
        if !alike.is_empty() {
            write!(scope, "; several of one `{alike}` share it").unwrap();
        }
        let twice = if twice.is_empty() { "never" } else { twice };
        writeln!(table, "| {name} | `{register} {verb}` | {clause} | {scope} | {twice} |").unwrap();
    }
    table
}

#[test]
fn the_page_lists_every_paper_with_what_it_is_unique_in() {
    let file = project("docs/regulation.md");
    let page = fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
    let (before, rest) = page.split_once("<!-- papers -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end of papers -->").unwrap();
    let written = format!("{before}<!-- papers -->\n{}<!-- end of papers -->{after}", papers());
    if written != page && std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, &written).unwrap();
    } else {
        assert!(
            written == page,
            "docs/regulation.md is out of date; write it with: UPDATE_DOCS=1 cargo test regulation"
        );
    }
}

#[test]
fn every_test_of_a_clause_belongs_to_a_row() {
    let beginnings: Vec<String> =
        rows().iter().filter(|(_, said)| said != "later").map(|(clause, _)| beginning(clause)).collect();
    let astray: Vec<String> = clause_tests()
        .into_iter()
        .filter(|name| !beginnings.iter().any(|beginning| name.starts_with(beginning)))
        .collect();
    assert_eq!(astray, Vec::<String>::new());
}
