//! The tours in the README and in the pages for readers are what the program answers.
//!
//! `UPDATE_DOCS=1 cargo test readme` writes the answers anew.

use std::fmt::Write as _;
use std::path::Path;

use branchbook::cli;
use branchbook::language::Language;

use crate::office::Office;

/// A page and the language of the locale in which its commands are typed.
const PAGES: [(&str, Language); 6] = [
    ("README.md", Language::En),
    ("README.zh.md", Language::Zh),
    ("README.ko.md", Language::Ko),
    ("docs/clerk.md", Language::En),
    ("docs/manager.md", Language::En),
    ("docs/auditor.md", Language::En),
];

/// A page with the answers of every `console` block replaced by what the program says now.
fn with_answers(readme: &str, language: Language) -> String {
    let mut office = Office::empty().with_width(WIDTH).speaking(language);
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
        } else if let Some(book) = line.strip_prefix("$ export BRANCHBOOK_FILE=") {
            office = office.keeping(book);
            writeln!(page, "{line}").unwrap();
        } else if let Some(command) = line.strip_prefix("$ branchbook").map(str::trim_start) {
            let typed = in_folder(command, &folder);
            // Where a line ends that names a file would depend on how long the folder's own name is.
            let names_file = typed != command && !command.starts_with("verify");
            office = if names_file { office.without_width() } else { office.with_width(WIDTH) };
            let outcome = office.run(&typed);
            let said = format!("{}{}", outcome.out, outcome.err).replace(&folder, "");
            write!(page, "{line}\n{said}").unwrap();
        }
    }
    page
}

/// How wide the terminal of the tours is.
const WIDTH: u16 = 100;

/// How the names of the files begin that the tours write.
const WRITTEN: [&str; 5] = ["packs", "backups", "demo.db", "page.", "pad."];

/// A command whose files lie in the office's folder.
fn in_folder(command: &str, folder: &str) -> String {
    let words = command.split(' ').map(|word| match word {
        word if WRITTEN.iter().any(|name| word.starts_with(name)) => format!("{folder}{word}"),
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
fn the_tours_show_what_the_program_answers() {
    for (page, language) in PAGES {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
        let written = std::fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
        let answered = with_answers(&written, language);
        let same = without_heads(&written) == without_heads(&answered);
        if !same && std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&file, &answered).unwrap();
        } else {
            assert!(same, "the tour of {page} is out of date; write it with: UPDATE_DOCS=1 cargo test readme");
        }
    }
}

/// What is wrong with a command that a page names; nothing with what is none.
fn missing(root: &clap::Command, named: &str) -> Option<String> {
    let words = shlex::split(named)?;
    let words: Vec<&str> = words.iter().map(String::as_str).skip_while(|word| *word == "branchbook").collect();
    let mut command = root.find_subcommand(words.first().filter(|room| **room != "help")?)?;
    for word in words.iter().skip(1) {
        match command.find_subcommand(word) {
            Some(verb) => command = verb,
            None if command.has_subcommands() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') => {
                return Some(format!("{} has no verb {word}", command.get_name()));
            }
            None => break,
        }
    }
    let options = words.iter().filter_map(|word| word.strip_prefix("--")).filter(|option| !option.is_empty());
    let is_known = |option: &str| {
        let known = command.get_arguments().chain(root.get_arguments());
        let mut known = known.filter_map(clap::Arg::get_long_and_visible_aliases).flatten();
        option == "help" || known.any(|long| long == option)
    };
    let unknown = options.map(|option| option.split('=').next().unwrap_or(option)).find(|option| !is_known(option))?;
    Some(format!("{} takes no --{unknown}", command.get_name()))
}

#[test]
fn every_command_that_a_page_names_is_there() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut root = cli::command();
    root.build();
    let docs = std::fs::read_dir(here.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let pages = ["README.md", "README.zh.md", "README.ko.md", "ARCHITECTURE.md"].map(|page| here.join(page));
    let (mut faults, mut named) = (Vec::new(), 0);
    for page in pages.into_iter().chain(docs) {
        let text = std::fs::read_to_string(&page).unwrap();
        for code in
            text.lines().filter(|line| !line.starts_with("```")).flat_map(|line| line.split('`').skip(1).step_by(2))
        {
            named += usize::from(code.contains(" --"));
            if let Some(fault) = missing(&root, code) {
                faults.push(format!("{}: `{code}`: {fault}", page.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(named > 60, "{named}");
}
