//! Every field of every register, corrected and back: the entry is as it was, wherever it is looked at.

use std::collections::BTreeMap;

use branchbook::cli;
use branchbook::column::Column;
use branchbook::register::field::{Kind, Spec};
use branchbook::register::form::Form;
use branchbook::register::forms;
use chrono::NaiveDate;
use clap::Command;

use crate::every_verb;
use crate::office::Office;

/// Fields that no entry of the examples takes another value of: a shipment stays with the project of its contact form, and another
/// source is for the manager of the department that tracks it.
const STAYING: [(&str, &str); 2] = [("ship", "project"), ("project", "source")];

/// What other values of a field are typed as, of which one may be taken.
fn others(field: &Spec, now: &str) -> Vec<String> {
    let pair = |first: &str, second: &str| vec![first.to_owned(), second.to_owned()];
    match field.kind {
        Kind::Choice(words) | Kind::Usual(words) => words.iter().map(|(word, _)| (*word).to_owned()).collect(),
        Kind::Day | Kind::PastDay => {
            let day: NaiveDate = now.parse().unwrap_or(NaiveDate::from_ymd_opt(2026, 11, 16).unwrap());
            [day.succ_opt(), day.pred_opt()].map(|day| day.unwrap().to_string()).to_vec()
        }
        Kind::Estimate | Kind::EstimateOrNone | Kind::Agreed => pair("99", "101"),
        Kind::Count(_) => pair("2", "3"),
        Kind::Project => pair("PRJ26-006", "PRJ26-003"),
        Kind::Person => pair("zhang", "li"),
        Kind::Entry("info") => pair("INF26-0001", "INF26-0002"),
        Kind::Entry("reception") => pair("REC26-006", "REC26-003"),
        Kind::Entry(_) => pair("HAG05001", "HAY05004"),
        Kind::Department => pair("technology", "foreign-trade"),
        _ => match field.column {
            "addressed_to" | "copied_to" => ["technology", "foreign-trade", "baotou"].map(str::to_owned).to_vec(),
            "visitors" | "recipients" => pair("另一人;处长", "又一人;处长"),
            "items" => pair("铸铜摆件;2", "铸铜摆件;3"),
            "rate_pct" => pair("1.5%", "1%"),
            "region" => pair("山东省淄博市", "山东省济南市"),
            "person" => ["zhang", "xu", "wang", "li", "he"].map(str::to_owned).to_vec(),
            "duplicate_of" => pair("none", "INF26-0001"),
            _ => pair("另一个", "又一个"),
        },
    }
    .into_iter()
    .filter(|other| other != now)
    .collect()
}

/// How what a list shows in a field is typed again.
fn typed(field: &Spec, shown: &str) -> Vec<String> {
    let each = |between: &str| shown.split(between).map(str::to_owned).collect();
    match field.column {
        "addressed_to" | "copied_to" => each("; "),
        "visitors" => each(" | "),
        "hosts" | "car" => each("、"),
        "recipients" => shown
            .split("; ")
            .map(|one| one.trim_end_matches(')').replacen(" (", ";", 1).replacen(", official", ";official", 1))
            .collect(),
        "items" => shown
            .split("; ")
            .map(|one| {
                let (name, rest) = one.rsplit_once(" x ").unwrap();
                let (count, price) = rest.split_once(" @ ").unwrap();
                if name == "铸铜摆件" { format!("{name};{count}") } else { format!("{name};{count};{price}") }
            })
            .collect(),
        _ => vec![shown.to_owned()],
    }
}

/// Everything that is shown of an entry, but how often it was corrected and what that broke.
fn looks(office: &Office, form: &Form, number: &str) -> Vec<String> {
    let name = form.register.name;
    let mut listed = row(office, name, number);
    listed.remove("amendments");
    let row = format!("{listed:?}");
    let show = office.ok(&format!("{name} show {number}"));
    let (show, _) = show.split_once("Exceptions\n").unwrap_or((&show, ""));
    let show = show.lines().filter(|line| !line.contains("amendments")).collect::<Vec<_>>().join("\n");
    let printed = office.run(&format!("{name} {} {number}", if name == "asset" { "handover" } else { "print" }));
    vec![row, show, printed.out]
}

/// The numbers of a register that name something.
fn numbers(office: &Office, register: &str) -> Vec<String> {
    let book = office.sql();
    let sql = "SELECT number FROM entry WHERE register = ?1 AND state NOT IN ('void', 'reserved') ORDER BY id DESC";
    let mut numbers = book.prepare(sql).unwrap();
    numbers.query_map([register], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

/// What the list shows of an entry, by column.
fn row(office: &Office, register: &str, number: &str) -> BTreeMap<String, String> {
    let list = office.ok(&format!("{register} list --format csv"));
    let mut reader = csv::ReaderBuilder::new().from_reader(list.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = reader.records().map(Result::unwrap).find(|row| &row[0] == number).unwrap();
    header.iter().zip(row.iter()).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The options of a register's `amend` that take a value for a field of the entry itself.
fn corrections(program: &Command, form: &'static Form) -> Vec<(String, &'static Spec)> {
    let mut room = program.find_subcommand(form.register.name).unwrap().clone();
    room.build();
    let mut amend = room.find_subcommand("amend").unwrap().clone();
    amend.build();
    let fields: BTreeMap<&str, &Spec> =
        form.own_steps().flat_map(|step| step.fields).map(|field| (field.column, *field)).collect();
    // An option of another field may be called the same: that of a row.
    let valued = amend.get_arguments().filter(|argument| argument.get_action().takes_values());
    valued
        .filter_map(|argument| Some((argument.get_long()?.to_owned(), *fields.get(argument.get_id().as_str())?)))
        .filter(|(_, field)| field.is_amended())
        .collect()
}

/// Corrects a field of an entry and back. Gives what then looks otherwise; none where the entry takes no such correction.
fn there_and_back(office: &Office, form: &Form, (long, field): (&str, &Spec), number: &str) -> Option<String> {
    let name = form.register.name;
    let amend = |values: Vec<String>, more: &[&str]| {
        let options: Vec<String> = values.into_iter().map(|value| format!("--{long}={value}")).collect();
        let words: Vec<&str> =
            [name, "amend", number, "--reason=改"].into_iter().chain(options.iter().map(String::as_str)).collect();
        office.words(&[&words, more].concat())
    };
    let label = Column::of_sql(field.label.unwrap_or(field.column)).name;
    let shown = || row(office, name, number).remove(&label).unwrap_or_default();
    let mut now = shown();
    if now.is_empty() {
        others(field, "").into_iter().find(|other| amend(vec![other.clone()], &[]).code == 0)?;
        now = shown();
    }
    let taken = |other: &String| {
        let tried = amend(vec![other.clone()], &["--dry-run"]);
        tried.code == 0 && !tried.out.contains("decided on again")
    };
    let there = others(field, &now).into_iter().find(taken)?;
    let before = looks(office, form, number);
    assert_eq!(amend(vec![there.clone()], &[]).code, 0, "{name} amend {number} --{long} {there}");
    let back = amend(typed(field, &now), &[]);
    if back.code != 0 {
        return Some(format!("{name} amend {number} --{long} {now}: {}", back.err));
    }
    let after = looks(office, form, number);
    let other = before.iter().zip(&after).filter(|(before, after)| before != after);
    let told = other.map(|(before, after)| format!("{name} amend {number} --{long}:\n{before}\n{after}\n"));
    Some(told.collect::<Vec<_>>().concat())
}

#[test]
fn every_field_is_corrected_and_back() {
    let office = every_verb::office();
    office.ok("ship bill SHP26-008 --bill YF-1 --amount 10500 --reason 加急 --by zhou");
    let program = cli::command();
    let mut faults = Vec::new();
    for form in forms() {
        let name = form.register.name;
        let numbers = numbers(&office, name);
        // From behind: an amount that is given takes away the rate that was given before.
        for (long, field) in corrections(&program, form).into_iter().rev() {
            // One entry of each register that takes the correction is enough.
            match numbers.iter().find_map(|number| there_and_back(&office, form, (&long, field), number)) {
                Some(fault) if fault.is_empty() => {}
                Some(fault) => faults.push(fault),
                None if STAYING.contains(&(name, field.column)) => {}
                None => faults.push(format!("no entry of {name} takes another --{long}")),
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    office.ok("verify");
}
