//! What must be true of every view, every step and every verb, whatever registers there are.

use std::collections::BTreeSet;

use branchbook::column::{Column, ColumnKind};
use branchbook::register::ALL;
use branchbook::view::{self, with_views};
use clap::Command;
use rusqlite::types::ValueRef;

use crate::office::Office;

/// An office with something in every view of the contact forms.
fn busy() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        let form = "contact add --department business --kind pre-contract --to technology --copy li --contract BG-1 --pages 2 --holder 柜 --subject a --content b";
        for _ in 0..3 {
            office.ok(&format!("{form} --by wang"));
        }
        office.ok(&format!("{form} --by li --exception 急"));
        office.ok("contact void HAY05002 --reason 错");
        for number in ["HAY05001", "HAY05003"] {
            office.ok(&format!("contact sign {number} --by wu"));
        }
        office.ok("contact reply HAY05001 --by wu --text 可行");
        office.ok("contact archive HAY05001");
        office.ok("asset add --name 相机 --department general --price 2500 --bought-on 2026-10-08 --keeper zhou --warranty-until 2027-10-08");
        office.ok("asset issue AST-0001 --to li --for 投标");
        office.ok("asset damage AST-0001 --what 碎裂");
        office.ok("series close HAY05");
        office.ok("staff end li --until 2026-12-31");
        office.ok("staff login li --login lina");
        office
    })
}

pub(crate) fn names(office: &Office, sql: &str) -> Vec<String> {
    let book = office.sql();
    let mut statement = book.prepare(sql).unwrap();
    statement.query_map((), |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_columns_name_tells_its_kind_in_every_view() {
    let demo = Office::empty();
    demo.ok(&format!("demo --book {}", demo.path("book.db").display()));
    for office in [busy(), demo] {
        every_value_fits_its_column(&office);
    }
}

/// Every value of every view is of the kind that its column's name tells.
pub(crate) fn every_value_fits_its_column(office: &Office) {
    let book = office.sql();
    assert!(office.count("SELECT count(*) FROM contact_list") > 0);
    for view in view::names() {
        let mut statement = book.prepare(&with_views(&format!("SELECT * FROM {view}"))).unwrap();
        let columns: Vec<Column> = statement.column_names().map(Column::of_sql).collect();
        let printed: BTreeSet<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(printed.len(), columns.len(), "{view} prints two columns under one name");
        let mut rows = statement.query(()).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for (index, column) in columns.iter().enumerate() {
                assert!(fits(column, row.get_ref(index).unwrap()), "{view}.{}: {:?}", column.name, row.get_ref(index));
            }
        }
    }
}

/// Whether a value is of the kind that its column's name tells: in both directions, so that a day stands in no plain column.
fn fits(column: &Column, value: ValueRef<'_>) -> bool {
    let shape = |text: &str| text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>();
    match (column.kind, value) {
        (_, ValueRef::Null)
        | (ColumnKind::Plain | ColumnKind::Money | ColumnKind::Percent, ValueRef::Integer(_))
        | (ColumnKind::Word | ColumnKind::Person, ValueRef::Text(_))
        | (ColumnKind::Plain, ValueRef::Real(_)) => true,
        (ColumnKind::Day, ValueRef::Text(text)) => shape(std::str::from_utf8(text).unwrap()) == "0000-00-00",
        (ColumnKind::Instant, ValueRef::Text(text)) => {
            shape(std::str::from_utf8(text).unwrap()) == "0000-00-00T00:00:00Z"
        }
        (ColumnKind::Month, ValueRef::Text(text)) => shape(std::str::from_utf8(text).unwrap()) == "0000-00",
        (ColumnKind::Plain, ValueRef::Text(text)) => !["0000-00-00", "0000-00-00T00:00:00Z", "0000-00"]
            .contains(&shape(std::str::from_utf8(text).unwrap()).as_str()),
        (ColumnKind::YesNo, ValueRef::Integer(flag)) => flag == 0 || flag == 1,
        _ => false,
    }
}

#[test]
fn the_views_of_contact_forms_have_rows_to_judge_by() {
    let office = busy();
    for view in ["asset_list", "contact_list", "exception_list", "staff_list"] {
        assert!(office.count(&format!("SELECT count(*) FROM {view}")) > 0, "{view}");
    }
}

/// Every command reads the whole schema of the book before it does anything.
#[test]
fn what_every_command_reads_has_no_views_and_few_triggers() {
    let office = Office::staffed();
    let count = |kind: &str| office.count(&format!("SELECT count(*) FROM sqlite_schema WHERE type = '{kind}'"));
    assert_eq!(count("view"), 0);
    assert!(count("trigger") <= 45, "{} triggers", count("trigger"));
}

#[test]
fn the_views_that_are_printed_give_the_sqlite3_shell_the_lists() {
    let office = busy();
    let book = office.sql();
    book.execute_batch(&office.ok("sql")).unwrap();
    for view in view::names() {
        let rows: i64 = book.query_row(&format!("SELECT count(*) FROM {view}"), (), |row| row.get(0)).unwrap();
        assert_eq!(rows, office.count(&format!("SELECT count(*) FROM {view}")), "{view}");
    }
    let file = office.path("views.sql");
    assert_eq!(office.ok(&format!("sql --output {}", file.display())), "");
    assert_eq!(std::fs::read_to_string(file).unwrap(), office.ok("sql"));
    office.ok("verify");
}

#[test]
fn every_register_has_its_view_and_the_columns_that_it_names() {
    let office = Office::staffed();
    let book = office.sql();
    for register in ALL {
        let statement = book.prepare(&with_views(&format!("SELECT * FROM {}", register.view))).unwrap();
        let columns: Vec<&str> = statement.column_names().collect();
        let named = [register.day, register.person].into_iter().chain(register.text.iter().copied());
        for column in named.chain(register.restricted.iter().copied()) {
            assert!(columns.contains(&column), "{} has no column {column}", register.view);
        }
        book.prepare(&with_views(&format!("SELECT {} FROM {}", register.what, register.view))).unwrap();
        assert!(columns.ends_with(&["id", "counter", "serial"]), "{}", register.view);
    }
}

/// The states to which steps lead from `start`, itself included.
fn reached(steps: &[(String, String)], start: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::from([start.to_owned()]);
    loop {
        let before = reached.len();
        for (from, to) in steps {
            if reached.contains(from) {
                reached.insert(to.clone());
            }
        }
        if reached.len() == before {
            return reached;
        }
    }
}

#[test]
fn every_state_is_reached_and_leads_to_an_end() {
    let office = Office::staffed();
    for register in ALL {
        let name = register.name;
        let steps: Vec<(String, String)> =
            names(&office, &format!("SELECT from_state || ' ' || to_state FROM step WHERE register = '{name}'"))
                .iter()
                .map(|step| step.split_once(' ').map(|(from, to)| (from.to_owned(), to.to_owned())).unwrap())
                .collect();
        let states = names(&office, &format!("SELECT state FROM state WHERE register = '{name}'"));
        let ends = names(&office, &format!("SELECT state FROM state WHERE register = '{name}' AND end_flag"));
        assert!(!ends.is_empty() && !states.is_empty());
        let from_nothing = reached(&steps, "");
        for state in &states {
            assert!(from_nothing.contains(state), "no step leads to {name} {state}");
            assert!(ends.iter().any(|end| reached(&steps, state).contains(end)), "{name} {state} leads to no end");
        }
        for (from, to) in &steps {
            for state in [from, to].into_iter().filter(|state| !state.is_empty()) {
                assert!(states.contains(state), "a step of {name} names {state}, which is no state");
            }
        }
    }
}

#[test]
fn every_role_of_a_step_is_one_that_people_hold() {
    use clap::ValueEnum;
    let office = Office::staffed();
    let roles: Vec<&str> = branchbook::person::Role::value_variants().iter().map(|role| role.key()).collect();
    for held in names(&office, "SELECT role FROM step UNION SELECT set_by FROM figure") {
        for role in held.split_whitespace() {
            assert!(roles.contains(&role), "{role}");
        }
    }
}

#[test]
fn every_figure_has_a_standard_within_its_bounds() {
    let office = Office::staffed();
    assert_eq!(office.count("SELECT count(*) FROM figure WHERE standard NOT BETWEEN least AND most"), 0);
    assert_eq!(office.count("SELECT count(*) FROM figure WHERE clause NOT GLOB 'R[0-9].*'"), 0);
}

#[test]
fn every_step_is_a_verb_of_its_register() {
    let office = Office::staffed();
    let mut command = branchbook::cli::command();
    command.build();
    for register in ALL {
        let Some(room) = command.find_subcommand(register.name) else { continue };
        for verb in names(
            &office,
            &format!("SELECT DISTINCT verb FROM step WHERE register = '{}' AND from_state <> ''", register.name),
        ) {
            assert!(room.find_subcommand(&verb).is_some(), "{} has no verb {verb}", register.name);
        }
    }
}

/// Calls `visit` with every command of the tree and the words that lead to it.
fn walk(command: &Command, words: &str, visit: &mut impl FnMut(&Command, &str)) {
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let words = format!("{words} {}", sub.get_name());
        visit(sub, &words);
        walk(sub, &words, visit);
    }
}

#[test]
fn every_verb_and_every_option_has_help() {
    let mut command = branchbook::cli::command();
    command.build();
    let mut seen = 0;
    walk(&command, "branchbook", &mut |command, words| {
        seen += 1;
        assert!(
            command.get_about().is_some_and(|about| !about.to_string().is_empty()),
            "{words} says nothing of itself"
        );
        for argument in command.get_arguments() {
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(!help.is_empty(), "{words}: {} says nothing of itself", argument.get_id());
            assert!(!help.ends_with('.'), "{words}: {} ends with a full stop", argument.get_id());
        }
    });
    assert!(seen > 30, "{seen} commands");
}

#[test]
fn every_command_answers_help_and_a_room_keeps_its_own_words() {
    let office = Office::empty();
    let mut command = branchbook::cli::command();
    command.build();
    let mut lines = Vec::new();
    walk(&command, "", &mut |command, words| lines.push((words.to_owned(), command.get_about().unwrap().to_string())));
    for (words, about) in lines {
        let help = office.run(&format!("{words} --help"));
        assert_eq!((help.code, help.err.as_str()), (0, ""), "{words}");
        let words_of = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert!(words_of(&help.out).starts_with(&words_of(&about)), "{words}: {}", help.out);
    }
    let root = office.ok("--help");
    assert!(root.contains("contact     Work contact forms and their ledgers (R4)"), "{root}");
}
