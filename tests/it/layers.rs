//! The rooms of the house, and which of them stand on which: a module of the crate takes from those below it alone. And how large one is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The rooms from the ground up: each takes from the floors before its own, and none from its own or one above.
const FLOORS: [&[&str]; 19] = [
    // What is said, and where it goes.
    &["answer", "instant", "language", "line", "standard", "waiting", "whole"],
    &["pager", "refusal"],
    &["files", "format", "mistake", "text"],
    // The values.
    &["day", "key", "money", "nearest", "prompt", "settings"],
    &["template", "zone"],
    &["clock", "column"],
    &["surroundings", "view"],
    &["elsewhere", "person"],
    // The file, and what the office is by it. What the registers are it is told from above: the tables of an entry by whoever has
    // the entry, and the series that an upgrade begins by whoever opens the book.
    &["book"],
    &["office", "series"],
    &["sheet"],
    &["page"],
    // Where one command is carried out; commands stand above it.
    &["desk"],
    &["import", "room"],
    &["register"],
    &["ask", "report"],
    &["administration", "today"],
    &["undo", "upkeep"],
    &["cli"],
];

/// The text of a file without comments and without its tests.
fn code(file: &Path) -> String {
    let text = std::fs::read_to_string(file).unwrap().replace("\r\n", "\n");
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The modules of the crate that a text names, also several of one `use crate::{…}`.
fn named(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for path in code.split("crate::").skip(1) {
        let Some(several) = path.strip_prefix('{') else {
            names.insert(first_word(path));
            continue;
        };
        let mut depth = 0;
        let mut begins = true;
        for (place, letter) in several.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                letter if begins && !letter.is_whitespace() => {
                    names.insert(first_word(&several[place..]));
                    begins = false;
                }
                _ => {}
            }
        }
    }
    names
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect()
}

/// The files of a folder and those below it.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// What each room takes from others, and in which file.
fn arrows() -> BTreeMap<String, BTreeMap<String, String>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&source, &mut found);
    let mut arrows: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for file in found {
        let place = file.strip_prefix(&source).unwrap().to_owned();
        let room = place.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
        if ["main", "lib"].contains(&room.as_str()) || place.ends_with("tests.rs") {
            continue;
        }
        let taken = arrows.entry(room.clone()).or_default();
        for name in named(&code(&file)).into_iter().filter(|name| *name != room) {
            taken.entry(name).or_insert_with(|| place.display().to_string());
        }
    }
    // What is named beside rooms are macros, and what they make.
    let rooms: BTreeSet<String> = arrows.keys().cloned().collect();
    for taken in arrows.values_mut() {
        taken.retain(|name, _| rooms.contains(name));
    }
    arrows
}

#[test]
fn a_room_takes_from_rooms_below_it_alone() {
    let arrows = arrows();
    let floor = |room: &str| FLOORS.iter().position(|floor| floor.contains(&room));
    let mut wrong = Vec::new();
    for (room, taken) in &arrows {
        let Some(own) = floor(room) else {
            wrong.push(format!("{room} stands on no floor"));
            continue;
        };
        for (other, file) in taken.iter().filter(|(other, _)| floor(other) >= Some(own)) {
            wrong.push(format!("{room} takes from {other}, which does not stand below it: {file}"));
        }
        let below = taken.keys().filter_map(|other| floor(other)).max().map_or(0, |highest| highest + 1);
        if below < own {
            wrong.push(format!("{room} stands on floor {own}, and what it takes from would have it on {below}"));
        }
    }
    let gone = FLOORS.iter().flat_map(|floor| *floor).filter(|room| !arrows.contains_key(**room));
    wrong.extend(gone.map(|room| format!("{room} is no room any more")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_has_one_subject_and_no_more_than_450_lines() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["src", "tests", "benches", "examples"] {
        files(&root.join(folder), &mut found);
    }
    let lines = |file: &PathBuf| std::fs::read_to_string(file).unwrap().lines().count();
    let long = found.iter().map(|file| (lines(file), file)).filter(|(lines, _)| *lines > 450);
    let long: Vec<String> = long.map(|(lines, file)| format!("{} has {lines} lines", file.display())).collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}
