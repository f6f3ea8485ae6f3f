//! Help, complaints and pages of a month in Chinese and Korean hold no English word.

use std::collections::BTreeSet;
use std::io::Read;

use branchbook::cli;

use crate::spoken::{office, read, tell, typed, written};

#[test]
fn no_page_and_no_workbook_of_a_month_has_an_english_word() {
    let (office, known, mut faults) = (office(), written(), Vec::new());
    for language in ["zh", "ko"] {
        let folder = office.path(&format!("month-{language}"));
        office.ok(&format!("report month 2026-10 --output {} --lang {language}", folder.display()));
        let mut files = vec![folder];
        while let Some(path) = files.pop() {
            if path.is_dir() {
                files.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            let what = format!("{} in {language}", path.file_name().unwrap().display());
            match path.extension().and_then(|ending| ending.to_str()) {
                Some("html") => tell(&mut faults, &what, &read(&std::fs::read_to_string(&path).unwrap()), &known),
                Some("xlsx") => {
                    let parts = zip(&path);
                    let read_parts: Vec<_> = parts.iter().filter(|(part, _)| is_read(part)).collect();
                    assert!(read_parts.len() > 20, "{:?}", parts.keys());
                    for (part, text) in read_parts {
                        tell(&mut faults, &format!("{what} {part}"), &read(&text.replace("&amp;", "&")), &known);
                    }
                }
                _ => {}
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Whether a person reads what stands in this part of a workbook: its sheets, their names, and its charts.
fn is_read(part: &str) -> bool {
    let sheets = ["xl/worksheets/sheet", "xl/charts/chart"].iter().any(|begins| part.starts_with(begins));
    sheets || ["xl/sharedStrings.xml", "xl/workbook.xml"].contains(&part)
}

/// The parts of a workbook that are text.
fn zip(path: &std::path::Path) -> std::collections::BTreeMap<String, String> {
    let bytes = std::fs::read(path).unwrap();
    let archive = rawzip::ZipArchive::from_slice(&bytes).unwrap();
    let mut parts = std::collections::BTreeMap::new();
    for entry in archive.entries() {
        let entry = entry.unwrap();
        let name = entry.file_path().try_normalize().unwrap().as_ref().to_owned();
        let part = archive.get_entry(entry.wayfinder()).unwrap();
        let mut text = String::new();
        if flate2::read::DeflateDecoder::new(part.data()).read_to_string(&mut text).is_ok() {
            parts.insert(name, text);
        }
    }
    parts
}

#[test]
fn no_help_in_chinese_or_korean_has_an_english_word() {
    fn helps(command: &clap::Command, path: &str, faults: &mut Vec<String>, known: &BTreeSet<String>) {
        for language in ["zh", "ko"] {
            let help = office().run(&format!("{path} --help --lang {language}"));
            let (line, help) = (format!("{path} --help --lang {language}"), help.out + &help.err);
            tell(faults, &line, &help, known);
            // A heading ends in the mark of its language.
            let narrow = |text: &&str| !text.starts_with(' ') && (text.ends_with(':') || text.contains(": "));
            let narrow = help.lines().find(narrow).filter(|_| language == "zh");
            faults.extend(narrow.map(|narrow| format!("{line}: {narrow}")));
        }
        for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
            helps(verb, format!("{path} {}", verb.get_name()).trim(), faults, known);
        }
    }
    let (known, mut faults) = (typed(), Vec::new());
    let mut root = cli::command();
    root.build();
    helps(&root, "", &mut faults, &known);
    for language in ["zh", "ko"] {
        let options = office().run(&format!("help options --lang {language}"));
        tell(&mut faults, &format!("help options --lang {language}"), &(options.out + &options.err), &known);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_complaint_about_a_line_has_an_english_word() {
    let (office, known, mut faults) = (office(), typed(), Vec::new());
    for language in ["zh", "ko"] {
        for line in [
            "contact",
            "contact add",
            "contact 加",
            "contact add --kind 不对",
            "contact add --kind",
            "contact list --x1",
            "contact show",
            "contact show HAY05001 HAY05002",
            "info list --month 不对",
            "contact list --last x",
            "project instalments PRJ26-001",
            "不对",
            "contact list --format",
            "contact list --format 不对",
            "ship box SHP26-001 --case x --weight 1t",
            "asset issue AST-0001 --to 不对",
            "contact add --kind execution --kind execution",
            "info list --all",
            "undo",
            "report month",
            "show",
            "show 不对",
            "find",
            "series",
        ] {
            let outcome = office.run(&format!("{line} --no-input --lang {language}"));
            assert_ne!(outcome.code, 0, "{line}");
            tell(&mut faults, &format!("{line} --lang {language}"), &(outcome.out + &outcome.err), &known);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
