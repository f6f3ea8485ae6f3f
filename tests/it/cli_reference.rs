//! The reference of the command line in `docs/cli.md` is what the program says of itself.
//!
//! `UPDATE_DOCS=1 cargo test cli_reference` writes it anew.

use std::fmt::Write as _;
use std::path::Path;

use clap::Command;

use crate::office::Office;

/// Every command with its help, as Markdown.
fn reference() -> String {
    let mut page = String::from(
        "# The command line\n\nWhat `--help` says of every command; the options that every one has come first.\n",
    );
    let options = Office::empty().run("help options").out;
    writeln!(page, "\n## branchbook help options\n\n```text\n{}\n```", options.trim_end()).unwrap();
    let mut root = branchbook::cli::command();
    root.build();
    describe(&mut page, &mut root, "");
    page
}

fn describe(page: &mut String, command: &mut Command, path: &str) {
    let path = format!("{path} {}", command.get_name()).trim().to_owned();
    let heading = "#".repeat((path.split(' ').count() + 1).min(4));
    let help = command.clone().bin_name(&path).term_width(100).render_long_help().to_string();
    let lines: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
    writeln!(page, "\n{heading} {path}\n\n```text\n{}\n```", lines.join("\n")).unwrap();
    let names: Vec<String> =
        command.get_subcommands().map(|verb| verb.get_name().to_owned()).filter(|name| name != "help").collect();
    for name in names {
        describe(page, command.find_subcommand_mut(&name).unwrap(), &path);
    }
}

#[test]
fn the_reference_is_what_the_program_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    let reference = reference();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, &reference).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == reference, "docs/cli.md is out of date; write it with: UPDATE_DOCS=1 cargo test cli_reference");
}

#[test]
fn every_command_and_option_has_a_help_text() {
    fn walk(command: &Command, path: &str, silent: &mut Vec<String>) {
        let path = format!("{path} {}", command.get_name());
        if command.get_about().is_none() {
            silent.push(path.clone());
        }
        for argument in command.get_arguments().filter(|argument| argument.get_help().is_none()) {
            silent.push(format!("{path} {}", argument.get_id()));
        }
        for verb in command.get_subcommands() {
            walk(verb, &path, silent);
        }
    }
    let mut root = branchbook::cli::command();
    root.build();
    let mut silent = Vec::new();
    walk(&root, "", &mut silent);
    assert_eq!(silent, Vec::<String>::new());
}
