//! The rooms of the house, and which of them stand on which: a module of the crate takes from those below it alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The rooms from the ground up. Rooms of one floor may take from each other, and are one floor because they do; each takes besides
/// from the floors before it.
const FLOORS: [&[&str]; 22] = [
    // Values, and the words for them.
    &["day", "language", "money", "refusal", "text"],
    &["answer"],
    &["files"],
    &["instant"],
    &["key"],
    &["line"],
    &["mistake"],
    &["nearest"],
    &["standard"],
    &["format"],
    &["pager"],
    &["waiting"],
    &["prompt"],
    &["zone"],
    &["clock"],
    &["settings"],
    &["surroundings"],
    &["elsewhere"],
    // A desk is where a command opens the book, and verify, backup and restore are commands; a thing of the journal is told by its
    // register, and who acts by the office.
    &["book", "desk", "import", "office", "page", "register", "report", "room", "series", "sheet"],
    &["ask"],
    &["config", "today"],
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

/// The rooms that can be reached from one.
fn reached<'a>(arrows: &'a BTreeMap<String, BTreeMap<String, String>>, from: &'a str) -> BTreeSet<&'a str> {
    let (mut reached, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(room) = next.pop() {
        for taken in arrows[room].keys() {
            if reached.insert(taken.as_str()) {
                next.push(taken);
            }
        }
    }
    reached
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
        for (other, file) in taken.iter().filter(|(other, _)| floor(other) > Some(own)) {
            wrong.push(format!("{room} takes from {other}, which stands above it: {file}"));
        }
    }
    let gone = FLOORS.iter().flat_map(|floor| *floor).filter(|room| !arrows.contains_key(**room));
    wrong.extend(gone.map(|room| format!("{room} is no room any more")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// So that a circle that was opened is not drawn again within its floor.
#[test]
fn rooms_of_one_floor_are_one_circle() {
    let arrows = arrows();
    for floor in FLOORS {
        for room in floor {
            let reached = reached(&arrows, room);
            let taken = arrows[*room].keys().any(|other| floor.contains(&other.as_str()));
            assert!(
                !taken || floor.iter().all(|other| reached.contains(other)),
                "{room} takes from its floor and is in no circle with all of it: give it a floor of its own"
            );
        }
    }
}
