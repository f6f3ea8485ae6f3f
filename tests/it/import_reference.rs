//! `docs/import.md` has the columns of every register's files as `import --help` tells them.
//!
//! `UPDATE_DOCS=1 cargo test import_reference` writes them anew.

use std::fmt::Write as _;
use std::path::Path;

use crate::office::Office;

/// Where the columns begin.
const FROM: &str = "<!-- columns, as import --help tells them -->\n";

/// A section for each register that is a form: its columns.
fn columns() -> String {
    let office = Office::empty();
    let mut sections = String::new();
    for form in branchbook::register::forms() {
        let name = form.register.name;
        let help = office.ok(&format!("{name} import --help"));
        let (_, columns) = help.split_once("shorter name):\n").unwrap_or_else(|| panic!("{name}: {help}"));
        write!(sections, "\n## {}\n\n`branchbook {name} import`\n\n```text\n{columns}```\n", form.register.title)
            .unwrap();
    }
    sections
}

#[test]
fn the_columns_of_files_are_those_of_the_help() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/import.md");
    let page = std::fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
    let (head, written) = page.split_once(FROM).unwrap();
    let columns = columns();
    if written != columns && std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, format!("{head}{FROM}{columns}")).unwrap();
    } else {
        assert_eq!(written, columns, "write them anew with UPDATE_DOCS=1 cargo test import_reference");
    }
}
