//! The tour in the README is what the program answers.
//!
//! `UPDATE_DOCS=1 cargo test readme` writes the answers anew.

use std::fmt::Write as _;
use std::path::Path;

use crate::office::Office;

/// The README with the answers of every `console` block replaced by what the program says now.
fn with_answers(readme: &str) -> String {
    let mut office = Office::empty().with_width(100);
    let folder = office.path("").display().to_string();
    let (mut page, mut within) = (String::new(), false);
    for line in readme.lines() {
        let is_fence = line.starts_with("```");
        if is_fence {
            within = line == "```console";
        }
        if !within || is_fence {
            page.push_str(line);
            page.push('\n');
        } else if let Some(day) = line.strip_prefix("# ") {
            office = office.on(day);
            writeln!(page, "{line}").unwrap();
        } else if let Some(command) = line.strip_prefix("$ branchbook ") {
            let outcome = office.run(&command.replace("packs", &format!("{folder}packs")));
            let said = format!("{}{}", outcome.out, outcome.err).replace(&folder, "");
            write!(page, "{line}\n{said}").unwrap();
        }
    }
    page
}

/// The page without the journal's head, which holds the system's time and so differs from run to run.
fn without_heads(page: &str) -> String {
    let mut parts = page.split("head ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| page + "head " + part.trim_start_matches(|c: char| c.is_ascii_hexdigit()))
}

#[test]
fn the_tour_shows_what_the_program_answers() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
    let answered = with_answers(&readme);
    let same = without_heads(&readme) == without_heads(&answered);
    if !same && std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, &answered).unwrap();
    } else {
        assert!(same, "the README's tour is out of date; write it with: UPDATE_DOCS=1 cargo test readme");
    }
}
