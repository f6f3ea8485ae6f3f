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
    let (mut page, mut within, mut last) = (String::new(), false, "");
    for line in readme.lines() {
        let is_fence = line.starts_with("```");
        if is_fence {
            within = line == "```console";
        }
        if !within || is_fence {
            page.push_str(line);
            page.push('\n');
        } else if let Some(day) = line.strip_prefix("# ") {
            assert!(day >= last, "the tour goes back from {last} to {day}, and its clock with it");
            last = day;
            office = office.on(day);
            writeln!(page, "{line}").unwrap();
        } else if let Some(command) = line.strip_prefix("$ branchbook ") {
            let outcome = office.run(&in_folder(command, &folder));
            let said = format!("{}{}", outcome.out, outcome.err).replace(&folder, "");
            write!(page, "{line}\n{said}").unwrap();
        }
    }
    page
}

/// A command whose files lie in the office's folder.
fn in_folder(command: &str, folder: &str) -> String {
    let words = command.split(' ').map(|word| match word {
        word if word.starts_with("packs") || word.starts_with("backups") => format!("{folder}{word}"),
        word => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The page without the hashes, which hold the system's time and so differ from run to run.
fn without_heads(page: &str) -> String {
    let is_hash = |word: &str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let words = page.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    words
        .map(|word| if is_hash(word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric())) { "" } else { word })
        .collect()
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
