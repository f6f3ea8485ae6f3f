//! Every form against the schema: fields, steps, decisions, and what waits.

use std::collections::BTreeSet;

use branchbook::column::{Column, ColumnKind};
use branchbook::language;
use branchbook::register::field::{HEADER, Kind};
use branchbook::register::form::{Form, Step, Who};
use branchbook::register::{Register, forms};
use branchbook::view::with_views;

use crate::invariants::names;
use crate::office::Office;

/// That a table has the columns that a form enters.
fn has(office: &Office, table: &str, header: &[&str], entered: &[&str]) {
    let columns = names(office, &format!("SELECT name FROM pragma_table_info('{table}')"));
    for column in entered {
        let known = columns.iter().any(|known| known == column) || header.contains(column);
        assert!(known, "{table} has no column {column}");
    }
}

/// That a table has the columns that a form enters, and the form enters every column that must be.
fn fills(office: &Office, table: &str, header: &[&str], entered: &[&str]) {
    has(office, table, header, entered);
    let must = format!(
        "SELECT name FROM pragma_table_info('{table}') WHERE \"notnull\" AND name NOT IN ('entry', 'position')"
    );
    for column in names(office, &must) {
        assert!(entered.contains(&column.as_str()), "{table}.{column} is entered by nothing");
    }
}

/// The columns that a step enters in the entry's own table, or in that of its list.
fn entered(step: &Step) -> Vec<&'static str> {
    let own = step.fields.iter().filter(|field| !field.loose && !matches!(field.kind, Kind::Rows(_)));
    let mut columns: Vec<&str> = own.map(|field| field.column).collect();
    columns.extend(step.dated.then_some(step.sign));
    columns.extend(step.fills.iter().map(|(column, _)| *column));
    columns
}

#[test]
fn a_field_that_asks_for_something_or_none_takes_the_word_for_none() {
    for form in forms() {
        for field in form.steps().flat_map(|step| step.fields).filter(|field| field.hint.ends_with("or none")) {
            let takes = field.or_none || matches!(field.kind, Kind::EstimateOrNone | Kind::Read(_));
            assert!(takes, "{} of {}", field.column, form.register.name);
            let words = Column::of_sql(field.column).kind == ColumnKind::Word;
            assert!(words || !field.or_none, "{} is shown as it is kept", field.column);
        }
    }
}

#[test]
fn a_form_says_what_the_schema_says() {
    let office = Office::staffed();
    for form in forms() {
        let name = form.register.name;
        let mut own: Vec<&str> = form.also.iter().map(|field| field.column).collect();
        own.extend(form.old.fields.iter().map(|field| field.column));
        own.extend(form.own_steps().flat_map(entered));
        for list in form.steps().filter_map(|step| step.into) {
            let of_list = form.steps().filter(|step| step.into.is_some_and(|into| into.table == list.table));
            let columns: Vec<&str> = of_list.flat_map(entered).chain(list.also.iter().copied()).collect();
            fills(&office, list.table, &[], &columns);
        }
        for field in form.steps().flat_map(|step| step.fields) {
            if let Kind::Rows(rows) = field.kind {
                fills(&office, rows.table, &[], rows.columns);
            }
        }
        fills(&office, name, &HEADER, &own);
        let columns = names(&office, &format!("SELECT name FROM pragma_table_info('{name}')"));
        assert!(!columns.iter().any(|column| HEADER.contains(&column.as_str())), "{name} has a column of the header");
    }
}

#[test]
fn a_field_is_called_as_its_list_calls_it() {
    let office = Office::staffed();
    for form in forms() {
        let Register { name, view, .. } = form.register;
        let book = office.sql();
        let list = book.prepare(&with_views(&format!("SELECT * FROM {view}"))).unwrap();
        let columns: Vec<String> = list.column_names().map(|column| Column::of_sql(column).name).collect();
        for field in form.own_steps().flat_map(|step| step.fields).filter(|field| !field.loose) {
            let called = field.label.unwrap_or(field.name());
            assert!(columns.iter().any(|column| column == called), "{name}: no list has {called}");
        }
    }
}

#[test]
fn a_step_of_a_form_is_a_step_of_the_schema() {
    let office = Office::staffed();
    for form in forms() {
        let name = form.register.name;
        for step in form.steps() {
            let said = format!("{name} {}", step.name);
            let rows = |condition: &str| {
                let of_verb = format!("register = '{name}' AND verb = '{}' AND {condition}", step.name);
                office.count(&format!("SELECT count(*) FROM step WHERE {of_verb}"))
            };
            assert!(rows("1") > 0, "{said} is no step");
            let leads = rows("to_state <> from_state") > 0;
            assert_eq!(!step.state.is_empty() || step.to.is_some(), leads, "{said}: the state to which it leads");
            let elsewhere = rows(&format!("to_state NOT IN ('{}', from_state)", step.state));
            assert!(elsewhere == 0 || step.to.is_some(), "{said} leads to another state than {}", step.state);
            let anybody = rows("role = ''") > 0;
            assert!(!anybody || !matches!(step.who, Who::Roles(_)), "{said} says nothing of who may");
            assert!(!step.done().is_empty(), "{said}: what cannot be done");
            let own: Vec<&str> = step.fields.iter().map(|field| field.column).collect();
            let told = step.dated || step.sign == "ended_on" || own.contains(&step.sign);
            let told = told || step.fields.iter().all(|field| field.fixed || field.loose);
            assert!(
                step.name == "add" || step.into.is_some() || told,
                "{said}: {} does not tell that it was taken",
                step.sign
            );
            for waits in step.waits {
                assert!(
                    rows(&format!("from_state = '{}'", waits.state)) > 0,
                    "{said}: nothing waits in {}",
                    waits.state
                );
            }
        }
    }
}

/// The sources of a register: its file, and the files of its folder.
fn sources(register: &str) -> String {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/register");
    let mut text = std::fs::read_to_string(root.join(format!("{register}.rs"))).unwrap();
    for file in std::fs::read_dir(root.join(register)).into_iter().flatten() {
        text.push_str(&std::fs::read_to_string(file.unwrap().path()).unwrap_or_default());
    }
    text
}

#[test]
fn an_answer_says_nothing_that_its_register_does_not_know() {
    let office = Office::staffed();
    let book = office.sql();
    let mut seen = 0;
    for form in forms() {
        let sql = with_views(&format!("SELECT * FROM {}", form.register.view)).into_owned();
        let view = book.prepare(&sql).unwrap();
        let listed = form.steps().filter(|step| step.into.is_some()).flat_map(|step| {
            let fields = step.fields.iter().map(|field| field.column);
            fields.chain(step.fills.iter().map(|(column, _)| *column)).chain(step.into.unwrap().also.iter().copied())
        });
        let mut known: BTreeSet<String> =
            view.column_names().chain(listed).map(|column| Column::of_sql(column).name).collect();
        for owed in form.owed {
            let owed = book.prepare(owed.sql).unwrap();
            known.extend(owed.column_names().map(|column| Column::of_sql(column).name));
        }
        let text = sources(form.register.name);
        for sentence in text.split("phrase!(").skip(1).filter_map(|rest| rest.split('"').nth(1)) {
            for name in sentence.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                seen += 1;
                let others = ["number", "on", "by", "position", "key", "numbers", "reason"];
                let told = known.contains(name) || others.contains(&name);
                assert!(told || text.contains(&format!("(\"{name}\",")), "{}: {sentence}", form.register.name);
            }
        }
    }
    assert!(seen > 40, "{seen} placeholders");
}

#[test]
fn a_decision_of_a_form_is_a_step_of_the_schema_and_says_what_it_knows() {
    let office = Office::staffed();
    for form in forms() {
        let name = form.register.name;
        for decision in form.decisions() {
            let said = format!("{name} {}", decision.name);
            let rows = |condition: &str| {
                let of_verb = format!("register = '{name}' AND verb = '{}' AND {condition}", decision.name);
                office.count(&format!("SELECT count(*) FROM step WHERE {of_verb}"))
            };
            assert!(rows("1") > 0, "{said} is no step");
            let elsewhere = rows(&format!("to_state NOT IN ('{}', from_state)", decision.state));
            assert!(elsewhere == 0, "{said} leads to another state than {}", decision.state);
            assert_eq!(!decision.state.is_empty(), rows("to_state <> from_state") > 0, "{said}: its state");
            assert!(!decision.what.is_empty() && !decision.done.is_empty(), "{said}: what it does");
            let mut known = vec!["number", "numbers", "on", "by"];
            known.extend(decision.of.iter().flat_map(|of| [of.which.column, "amount"]));
            known.extend(decision.fields.iter().filter(|field| field.noted).map(|_| "reason"));
            for placeholder in language::placeholders(decision.says) {
                assert!(known.contains(&placeholder), "{said} says {placeholder}");
            }
        }
        assert_eq!(form.subject.is_some(), form.decisions().next().is_some(), "{name}: what is decided on");
        let amended = format!("SELECT count(*) FROM step WHERE register = '{name}' AND verb = 'amend'");
        assert_eq!(form.subject.is_some(), office.count(&amended) > 0, "{name}: to which state a correction leads");
        asked_for_is_decided_on(form);
    }
}

/// Whatever `add` enters is decided on: a field that is no part of the subject could be corrected behind an approval.
fn asked_for_is_decided_on(form: &Form) {
    let Some(subject) = &form.subject else { return };
    let decided: Vec<&str> = subject.fields.iter().map(|field| field.column).collect();
    let add = form.steps().find(|step| step.name == "add").unwrap();
    for field in add.fields.iter().filter(|field| !HEADER.contains(&field.column)) {
        let amount = matches!(field.kind, Kind::Estimate) && !decided.contains(&"items");
        assert!(decided.contains(&field.column) || amount, "{} is not decided on", field.column);
    }
}

#[test]
fn what_waits_for_a_step_is_said_with_what_its_view_shows() {
    let office = Office::staffed();
    let book = office.sql();
    for form in forms() {
        let view = format!("SELECT * FROM {}", form.register.view);
        for step in form.steps() {
            let list = step.at.and(step.into).map(|list| format!("SELECT * FROM {}", list.table));
            let mut known = Vec::new();
            for sql in list.iter().chain([&view]) {
                let statement = book.prepare(&with_views(sql)).unwrap();
                known.extend(statement.column_names().map(|name| Column::of_sql(name).name));
            }
            for waits in step.waits {
                for placeholder in language::placeholders(waits.what) {
                    assert!(known.iter().any(|name| name == placeholder), "{}: {placeholder}", waits.what);
                }
            }
        }
        for owed in form.owed {
            let statement = book.prepare(owed.sql).unwrap();
            let columns: Vec<&str> = statement.column_names().collect();
            let known: Vec<String> = columns.iter().map(|name| Column::of_sql(name).name).collect();
            for needed in
                ["due_on", "number", "department", "person"].into_iter().chain(language::placeholders(owed.next))
            {
                assert!(columns.contains(&needed), "{}: {needed}", owed.what);
            }
            for placeholder in language::placeholders(owed.what) {
                assert!(known.iter().any(|name| name == placeholder), "{}: {placeholder}", owed.what);
            }
        }
    }
}
