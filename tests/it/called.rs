//! Sentences call people by their names (Q29). A key stands where somebody types it: in a command or behind an option, or in brackets
//! behind a name that several bear. Every line that a test runs is held against this.

use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags};

use crate::office::{Office, STAFF};

/// The keys that tests enter people under, as far as they have run.
static KEYS: LazyLock<Mutex<BTreeSet<String>>> = LazyLock::new(|| {
    let staff = STAFF.lines().filter_map(|line| line.split(' ').next());
    Mutex::new(staff.map(str::to_owned).collect())
});

/// Commands whose output is no sentence, but what was asked for.
const TOLD: [&str; 8] = ["completions", "complete", "config", "help", "journal", "man", "sql", "verify"];

/// What ends a command line that a sentence names.
const ENDS: [char; 10] = [';', ',', '\n', '\'', '"', '；', '，', '、', '。', '）'];

/// A sentence without the commands and options that it tells to type.
fn without_commands(said: &str) -> String {
    let mut plain = String::new();
    let mut parts = said.split("branchbook ");
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.find(ENDS).unwrap_or(part.len());
        let stop = [" or ", " and ", " first ", " 或 "].iter().filter_map(|stop| part.find(stop)).min().unwrap_or(end);
        plain.push(' ');
        plain.push_str(&part[end.min(stop)..]);
    }
    without_options(&plain)
}

/// A text without what stands behind the options that it names.
fn without_options(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(place) = rest.find("--") {
        let option = &rest[place + 2..];
        let name = option.len() - option.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '-').len();
        plain.push_str(&rest[..place]);
        let value = option[name..].strip_prefix([' ', '=']).unwrap_or(&option[name..]);
        rest = value.trim_start_matches(is_of_key);
    }
    plain + rest
}

fn is_of_key(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-_.".contains(letter)
}

/// The words of a text that could be keys.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| !(is_of_key(c) || c == '/'));
    parts.map(|word| word.trim_end_matches('.')).filter(|word| !word.is_empty())
}

/// The keys of people that a sentence names in the place of their names, by a book in which they are called otherwise.
pub(crate) fn keys_named(said: &str, book: &Connection) -> Vec<String> {
    let plain = without_commands(said);
    let keys = KEYS.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let suspected: BTreeSet<&str> = words(&plain).filter(|word| keys.contains(*word)).collect();
    let named = suspected.into_iter().filter(|key| {
        let sql = "SELECT name FROM person WHERE key = ?1 AND name <> key";
        let Ok(name) = book.query_row(sql, [key], |row| row.get::<_, String>(0)) else { return false };
        // The key of a login, one that is chosen or was mistyped, and an example are no names.
        let bracketed = [
            format!("{name} ({key})"),
            format!("{name}（{key}）"),
            format!("{key}: {name}"),
            format!("{key}：{name}"),
            format!("login {key}"),
            format!("the key {key}"),
            format!("such as {key}"),
            format!("如 {key}"),
            format!("'{key}'"),
            format!("`{key}`"),
            format!("nobody on the staff is called {key}"),
            // What a file has in every row.
            format!("--set copy={key}"),
        ];
        let rest = bracketed.iter().fold(said.to_owned(), |rest, told| rest.replace(told.as_str(), ""));
        words(&without_commands(&rest)).any(|word| word == *key)
    });
    named.map(str::to_owned).collect()
}

/// Whether standard output holds a sentence, and neither a list nor a file.
fn is_sentence(line: &[&str], out: &str) -> bool {
    let told = line.first().is_none_or(|room| TOLD.contains(room));
    let asked = ["--format", "--quiet", "-q", "--help", "-h", "--output"];
    let is_csv = out.lines().next().is_some_and(|line| line.matches(',').count() > 3 && !line.contains(", "));
    // A script reads the number or key alone.
    let is_bare = !out.trim_end().contains([' ', '：', '，']);
    !told && !is_csv && !is_bare && !line.iter().any(|word| asked.contains(word)) && !out.contains(['│', '─', '<', '{'])
}

/// The options that take a person, or whom a form goes to, in some command.
static OF_PEOPLE: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    fn collect(command: &clap::Command, found: &mut BTreeSet<String>) {
        for argument in command.get_arguments() {
            let names = argument.get_value_names().unwrap_or_default();
            let of_people = names.iter().any(|name| ["PERSON", "PARTY"].iter().any(|who| name.contains(who)));
            found.extend(argument.get_long().filter(|_| of_people).map(str::to_owned));
        }
        command.get_subcommands().for_each(|sub| collect(sub, found));
    }
    let mut found = BTreeSet::new();
    collect(&branchbook::cli::command(), &mut found);
    found
});

/// The rooms whose lines name nobody by a word without an option.
const OF_NOBODY: [&str; 3] = ["department", "series", "rule"];

/// Whether the line gives a text that is the same as a key, which is said as it was typed.
fn is_text(line: &[&str], key: &str) -> bool {
    let alone = line.first().is_some_and(|room| OF_NOBODY.contains(room)) && line.get(2) == Some(&key);
    alone
        || line.windows(2).any(|typed| {
            typed[0].strip_prefix("--").is_some_and(|option| typed[1] == key && !OF_PEOPLE.contains(option))
        })
}

/// Holds what a line said against the names of the people in its book.
pub(crate) fn hold(office: &Office, line: &[&str], out: &str, err: &str) {
    if let ["staff", "add", key, ..] = line {
        KEYS.lock().unwrap_or_else(PoisonError::into_inner).insert((*key).to_owned());
    }
    let mut said = err.to_owned();
    if is_sentence(line, out) {
        said.push_str(out);
    }
    let plain = without_commands(&said);
    let is_suspect = {
        let keys = KEYS.lock().unwrap_or_else(PoisonError::into_inner);
        words(&plain).any(|word| keys.contains(word))
    };
    if !is_suspect {
        return;
    }
    let path = line.iter().position(|word| *word == "--book").and_then(|place| line.get(place + 1));
    let path = path.map_or_else(|| office.surroundings().book, Into::into);
    let Ok(book) = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY) else { return };
    let mut named = keys_named(&said, &book);
    // What a file brings is as it is written there.
    let files: Vec<String> = line.iter().filter_map(|word| std::fs::read_to_string(word).ok()).collect();
    named.retain(|key| !is_text(line, key) && !files.iter().any(|file| file.contains(key.as_str())));
    assert!(named.is_empty(), "{}\nnames {} by key: {said}", line.join(" "), named.join(", "));
}

#[test]
fn q29_a_key_in_a_sentence_is_told_from_one_that_is_typed() {
    let office = Office::staffed();
    office.ok("staff add li2 --name 李娜 --department business --role member");
    let book = office.sql();
    for said in [
        "R2.2a: wang does not decide what wang is judged by",
        "AST-0001 相机: used by wang",
        "payment 1 of FEE26-001 is asked for by wang, who asked for it",
        "let wang enter it, or hand the paper to General Management's clerk",
        "由 wang 办理",
        "wang: nothing",
        "see branchbook staff show li; wang knows",
        "name who did with --by li; wang did not",
        "R4.2：请用--by li指明签发人，wang不行",
    ] {
        assert_eq!(keys_named(said, &book), ["wang"], "{said}");
    }
    for said in [
        "name who did with --by wang or --by chen",
        "R4.2：请用--by wang指明签发人",
        "name it with --by=wang, or --person wang",
        "take it back first with: branchbook undo staff wang --reason REASON",
        "let 李娜 (li2) or 李娜 (li) enter it",
        "the login wang is nobody on the staff of this book",
        "nobody on the staff is called wang2",
        "/tmp/wang/book.db is there already",
        "a clerk enters it",
    ] {
        assert!(keys_named(said, &book).is_empty(), "{said}: {:?}", keys_named(said, &book));
    }
}

/// Also by whoever could not take the renaming back: nobody does so of themselves (R1).
#[test]
fn a_name_that_was_a_slip_is_said_after_the_renaming_and_taken_back_again() {
    let office = Office::staffed();
    for (rename, undo, said) in [
        (
            "office rename 新分公司",
            "undo office",
            "the office is called 新分公司: in old months, prints and packs as well\n",
        ),
        (
            "staff rename li --name 李丽",
            "undo staff li",
            "李丽 is called 李丽: in old months, prints and packs as well\n",
        ),
        (
            "staff rename zhou --name 周敏敏 --by chen",
            "",
            "周敏敏 is called 周敏敏: in old months, prints and packs as well\n",
        ),
        (
            "department rename business --zh 营销部",
            "undo department business",
            "business is called 营销部: in old months, prints and packs as well\n",
        ),
    ] {
        let former = || office.count("SELECT count(*) FROM former_name");
        let before = former();
        office.ok(rename);
        assert_eq!(former(), before + 1, "{rename}");
        assert_eq!(office.ok(&format!("{rename} --always --reason 打错")), said);
        assert_eq!(former(), before, "{rename}");
        let again = office.refused(2, &format!("{rename} --always --reason 打错"));
        assert!(again.contains(" already; see branchbook "), "{again}");
        if !undo.is_empty() {
            office.ok(undo);
            assert_eq!(former(), before + 1, "{rename}");
        }
    }
}
