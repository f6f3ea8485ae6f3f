//! A walk along docs/corrections.md: every fact that can be entered is entered wrong, put right as the page says, and then the book
//! looks as one in which the right fact was entered at once.
//!
//! `walk.txt` is a month of command lines. A word `right|wrong` in a line is a fact.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use branchbook::register::form::{Fill, Form, Step};
use branchbook::register::forms;
use branchbook::register::option::At;

use crate::office::Office;
use crate::undo_ways::without_places;

const WALK: &str = include_str!("walk.txt");

/// A line of the walk, in words.
#[derive(Debug, Clone)]
struct Line {
    register: &'static Form,
    verb: String,
    words: Vec<String>,
}

/// A fact of a line: the place of its word.
#[derive(Debug, Clone, Copy)]
struct Fact {
    place: usize,
}

impl Line {
    /// The line where it leads a register on; none of another.
    fn read(line: &str) -> Option<Self> {
        let words = shlex::split(line).unwrap();
        let register = forms().find(|form| form.register.name == words[0])?;
        let verb = words[1].clone();
        let known =
            register.steps().any(|step| step.name == verb) || register.decisions().any(|step| step.name == verb);
        known.then_some(Self { register, verb, words })
    }

    fn step(&self) -> Option<&'static Step> {
        let form = self.register;
        form.steps().find(|step| step.name == self.verb)
    }

    /// Whether it adds rows of money that came in, which no step adds one by one.
    fn is_about_money(&self) -> bool {
        self.register.register.name == "project" && ["receive", "reverse"].contains(&self.verb.as_str())
    }

    fn facts(&self) -> Vec<Fact> {
        let facts = self.words.iter().enumerate().filter(|(_, word)| word.contains('|'));
        facts.map(|(place, _)| Fact { place }).collect()
    }

    /// The words with what is right, but for the fact at this place.
    fn said(&self, wrong: Option<usize>) -> Vec<String> {
        let word = |(place, word): (usize, &String)| match word.split_once('|') {
            None => word.clone(),
            Some((_, other)) if wrong == Some(place) => other.to_owned(),
            Some((right, _)) => right.to_owned(),
        };
        self.words.iter().enumerate().map(word).collect()
    }

    fn option(&self, fact: Fact) -> &str {
        self.words[fact.place - 1].trim_start_matches("--")
    }

    /// What follows an option in the line.
    fn given(&self, option: &str) -> Option<String> {
        let said = self.said(None);
        let place = said.iter().position(|word| *word == format!("--{option}"))?;
        said.get(place + 1).cloned()
    }

    /// The options of `amend` that correct what the verb enters, as the page has them.
    fn corrections(&self) -> Vec<String> {
        let form = self.register;
        let steps = form.corrections().chain(form.decided_corrections());
        let besides = form.corrections_besides();
        let of_verb: Vec<String> =
            steps.filter(|(verb, _)| *verb == self.verb).flat_map(|(_, options)| options).collect();
        if self.is_about_money() { besides.into_iter().flat_map(|(_, options)| options).collect() } else { of_verb }
    }

    /// The option of `amend` that corrects a fact; none where it is undone and entered again.
    fn amended_as(&self, fact: Fact) -> Option<String> {
        let (option, step) = (self.option(fact), self.step());
        let columns: Vec<&str> = match (option, step) {
            ("on", Some(step)) if step.name == "add" => vec![self.register.register.day],
            ("by", Some(step)) if step.name == "add" => vec![self.register.register.person],
            ("on", Some(step)) => vec![step.sign],
            ("by", Some(step)) => {
                step.fills.iter().filter(|(_, fill)| matches!(fill, Fill::Actor)).map(|(column, _)| *column).collect()
            }
            _ => Vec::new(),
        };
        let of_fields =
            step.into_iter().flat_map(|step| step.fields).filter(|field| field.typed_as(At::Step) == option);
        let mut known: Vec<String> = of_fields.map(|field| format!("--{}", field.typed_as(At::Amend))).collect();
        known.extend(columns.iter().map(|column| format!("--{}", column.replace('_', "-"))));
        known.extend(columns.iter().filter_map(|column| Some(format!("--{}", column.strip_suffix("_on")?))));
        if step.is_none() && option == "reason" {
            known.push("--refusal".to_owned());
        }
        let corrections = self.corrections();
        // A list has one day of its own.
        known.extend(corrections.iter().filter(|known| option == "on" && known.ends_with("-on")).cloned());
        known.into_iter().find(|option| corrections.contains(option))
    }

    /// The line that puts a fact right that was entered wrong; none where that is undone.
    fn amendment(&self, office: &Office, fact: Fact, number: &str) -> Option<Vec<String>> {
        let option = self.amended_as(fact)?;
        let name = self.register.register.name;
        let mut words: Vec<String> = [name, "amend", number, "--reason", "写错"].map(str::to_owned).to_vec();
        let rows = self.corrections();
        let list = self.step().and_then(|step| step.into).map(|list| list.table);
        let list = list.or(self.is_about_money().then_some("receipt"));
        if let (Some(table), Some(row)) = (list, rows.first()) {
            let at = self.step().and_then(|step| step.at).and_then(|at| self.given(at.typed_as(At::Step)));
            let behind = format!(
                "SELECT max(position) FROM {table} WHERE undone_on IS NULL AND entry = (SELECT id FROM entry WHERE number = '{number}')"
            );
            words.extend([row.clone(), at.unwrap_or_else(|| office.count(&behind).to_string())]);
        }
        // Where a project comes from the manager says who opens projects.
        if option == "--source" {
            words.extend(self.given("by").into_iter().flat_map(|by| ["--by".to_owned(), by]));
        }
        // A field with several values is given anew as a whole.
        let said = self.said(None);
        for (place, word) in said.iter().enumerate() {
            if *word == self.words[fact.place - 1] {
                words.extend([option.clone(), said[place + 1].clone()]);
            }
        }
        Some(words)
    }
}

/// Carries out a line that must succeed.
fn ok(office: &Office, words: &[String]) -> String {
    let outcome = office.words(&words.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(outcome.code, 0, "{}\n{}{}", words.join(" "), outcome.out, outcome.err);
    outcome.out
}

/// What a line that is refused says; none where it is carried out.
fn refused(office: &Office, words: &[String]) -> Option<String> {
    let outcome = office.words(&words.iter().map(String::as_str).collect::<Vec<_>>());
    (outcome.code != 0).then(|| format!("  {}\n    {}", words.join(" "), outcome.err))
}

/// The columns of a list that tell how often something was corrected are told by no other book.
fn without_corrections(csv: &str) -> String {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = |row: &csv::StringRecord| {
        let cells = header.iter().zip(row.iter()).filter(|(name, _)| *name != "amendments");
        cells.map(|(_, cell)| cell.to_owned()).collect::<Vec<_>>().join(",")
    };
    let rows = std::iter::once(header.clone()).chain(reader.records().map(Result::unwrap));
    rows.map(|cells| row(&cells)).collect::<Vec<_>>().join("\n")
}

/// Everything that is shown: the lists, the entry, its print, what waits, what is owed.
fn looks(office: &Office, register: &str, number: &str) -> BTreeMap<String, String> {
    let mut shown = BTreeMap::new();
    for line in [
        format!("{register} list"),
        "due".to_owned(),
        "approvals".to_owned(),
        "project payments --aging".to_owned(),
        "asset held".to_owned(),
    ] {
        let list = without_corrections(&office.ok(&format!("{line} --format csv")));
        shown.insert(line.clone(), without_places(list));
    }
    // A breach that was recorded stays, whatever is corrected.
    let show = office.ok(&format!("show {number}"));
    let (show, _) = show.split_once("Exceptions\n").unwrap_or((&show, ""));
    let show = show.lines().filter(|line| !line.contains("amendments")).map(without_place);
    shown.insert("show".to_owned(), show.collect::<Vec<_>>().join("\n"));
    let print = if register == "asset" { "handover" } else { "print" };
    let print = office.run(&format!("{register} {print} {number}")).out;
    let print = print.lines().filter(|line| !line.contains("class=\"qr\""));
    let print = print.map(|line| line.split_once("<tr><td class=\"ordinal\">").map_or(line, |(_, cells)| &cells[1..]));
    let print = print.collect::<Vec<_>>().join("\n");
    shown.insert("print".to_owned(), without_places(print));
    shown
}

/// The lists of the month's pack.
fn month(office: &Office) -> BTreeMap<String, String> {
    let mut shown = BTreeMap::new();
    let pack = office.path("walk");
    office.ok(&format!("report month 2026-10 --output {}", pack.display()));
    for file in std::fs::read_dir(pack.join("2026-10")).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.extension().is_some_and(|ending| ending == "csv") && !TOLD.contains(&name.as_str()) {
            shown.insert(name, without_places(without_corrections(&std::fs::read_to_string(&path).unwrap())));
        }
    }
    shown
}

/// A row of a list without its place, which it keeps as a number does: one that is entered again has the next.
fn without_place(row: &str) -> String {
    match row.split_once("│ ") {
        Some(("", cells)) => {
            let cells = cells.trim_start();
            let place = cells.chars().take_while(char::is_ascii_digit).count();
            if cells[place..].starts_with(" │") { cells[place..].to_owned() } else { row.to_owned() }
        }
        _ => row.to_owned(),
    }
}

/// Files of the month's pack that tell what was corrected, and what was broken by what is corrected since.
const TOLD: [&str; 2] = ["taken-back.csv", "exceptions.csv"];

/// What differs between two books, told in lines.
fn differences(found: &BTreeMap<String, String>, wanted: &BTreeMap<String, String>) -> String {
    let mut told = String::new();
    for (name, wanted) in wanted {
        let found = found.get(name).map_or("", String::as_str);
        for (found, wanted) in found.lines().zip(wanted.lines()).filter(|(found, wanted)| found != wanted) {
            writeln!(told, "  {name}\n    {found}\n    {wanted}").unwrap();
        }
        if found.lines().count() != wanted.lines().count() {
            let (found, wanted) = (found.lines().count(), wanted.lines().count());
            writeln!(told, "  {name}: {found} lines, not {wanted}").unwrap();
        }
    }
    told
}

/// The number of the entry that a line is about.
fn number(line: &Line, answer: &str) -> String {
    if line.verb == "add" { answer.split([' ', ':']).next().unwrap().to_owned() } else { line.words[2].clone() }
}

/// Walks along the lines of a register. Gives what was not put right.
fn walk(register: &str) -> Vec<String> {
    let mut office = Office::staffed_since("2026-01-01");
    let mut faults = Vec::new();
    for line in WALK.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(day) = line.strip_prefix("@ ") {
            office = office.on(day);
            continue;
        }
        let Some(line) = Line::read(line) else {
            office.ok(line);
            continue;
        };
        let facts = line.facts();
        if line.register.register.name != register || facts.is_empty() {
            ok(&office, &line.said(None));
            continue;
        }
        let before = office.copy();
        let answer = ok(&office, &line.said(None));
        let number = number(&line, &answer);
        let wanted = looks(&office, register, &number);
        let wanted_month = month(&office);
        for (place, fact) in facts.iter().enumerate() {
            let wrong = line.said(Some(fact.place));
            let mut put_right = |how: &str, lines: Vec<Vec<String>>| {
                let office = before.copy();
                let refused = lines.iter().find_map(|line| refused(&office, line));
                let told = refused.unwrap_or_else(|| {
                    let mut told = differences(&looks(&office, register, &number), &wanted);
                    // The month's pack is made for the first fact of a line alone: it shows the lists that are looked at for each.
                    if place == 0 {
                        let mut found = month(&office);
                        // The list of decisions tells them as they were entered, also where their day or reason is corrected.
                        if how == "amended" {
                            found.insert("decisions.csv".to_owned(), wanted_month["decisions.csv"].clone());
                        }
                        told.push_str(&differences(&found, &wanted_month));
                    }
                    told
                });
                office.ok("verify");
                if !told.is_empty() {
                    faults.push(format!("{} --{} {how}:\n{told}", line.words[..3].join(" "), line.option(*fact)));
                }
            };
            if let Some(amendment) = line.amendment(&office, *fact, &number) {
                put_right("amended", vec![wrong.clone(), amendment]);
            }
            if line.verb != "add" {
                let mut undo: Vec<String> = ["undo", &number, "--reason", "写错"].map(str::to_owned).to_vec();
                if line.step().is_none() {
                    undo.extend(line.given("by").into_iter().flat_map(|by| ["--by".to_owned(), by]));
                }
                // That an item failed is taken back by its reviewer.
                if line.words.iter().any(|word| word == "--fail") {
                    undo.extend(line.given("reviewer").into_iter().flat_map(|by| ["--by".to_owned(), by]));
                }
                put_right("undone and entered again", vec![wrong, undo, line.said(None)]);
            }
        }
    }
    faults
}

macro_rules! walks {
    ($($name:ident $register:literal),*) => {
        $(#[test]
        fn $name() {
            let faults = walk($register);
            assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
        })*
    };
}

walks!(
    r4_7_every_fact_of_a_form_is_put_right "contact",
    r2_3_every_fact_of_information_is_put_right "info",
    r3_2_every_fact_of_a_project_is_put_right "project",
    r5_2_every_fact_of_a_reception_is_put_right "reception",
    r5_3_every_fact_of_a_gift_is_put_right "gift",
    r5_4_every_fact_of_a_fee_is_put_right "fee",
    r5_5_every_fact_of_an_asset_is_put_right "asset",
    r6_2_every_fact_of_a_shipment_is_put_right "ship"
);

/// Corrections of what no option of a step enters: tests of their own make them.
const BY_HAND: [(&str, &str); 7] = [
    ("info", "--duplicate-of"),
    ("project", "--major"),
    ("project", "--minor"),
    ("project", "--until"),
    ("asset", "--until"),
    // A shipment stays with the project of its contact form; a weight is of one case or of all.
    ("ship", "--project"),
    ("ship", "--each"),
];

/// The walk leaves nothing out: every option by which a fact is entered, every correction, every decision.
#[test]
fn the_walk_goes_past_every_fact_and_every_correction() {
    let lines: Vec<Line> = WALK
        .lines()
        .filter(|line| !line.starts_with(['#', '@']))
        .filter(|line| !line.is_empty())
        .filter_map(Line::read)
        .collect();
    let mut missing = Vec::new();
    for form in forms() {
        let name = form.register.name;
        let of = |verb: &str| {
            lines.iter().filter(|line| line.register.register.name == name && line.verb == verb).collect::<Vec<_>>()
        };
        for step in form.steps() {
            for field in step.fields {
                let option = field.typed_as(At::Step);
                let gone = |line: &&Line| line.words.contains(&format!("--{option}"));
                if field.is_taken(At::Step) && !of(step.name).iter().any(gone) {
                    missing.push(format!("{name} {} --{option}", step.name));
                }
            }
        }
        for decision in form.decisions().filter(|decision| of(decision.name).is_empty()) {
            missing.push(format!("{name} {}", decision.name));
        }
        let mut corrected = BTreeSet::new();
        for line in lines.iter().filter(|line| line.register.register.name == name) {
            corrected.extend(line.facts().iter().filter_map(|fact| line.amended_as(*fact)));
            corrected.extend(
                line.corrections().first().filter(|_| line.step().is_some_and(|step| step.into.is_some())).cloned(),
            );
            corrected.extend(line.is_about_money().then(|| "--receipt".to_owned()));
        }
        let page = form.corrections().chain(form.decided_corrections()).chain(form.corrections_besides());
        let page: BTreeSet<String> = page.flat_map(|(_, options)| options).collect();
        missing.extend(
            page.difference(&corrected)
                .filter(|option| !BY_HAND.contains(&(name, option.as_str())))
                .map(|option| format!("{name} amend {option}")),
        );
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
