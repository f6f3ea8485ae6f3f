//! The register of ARCHITECTURE.md, which is written out there: that it compiles, and that its room follows from it.

#![allow(clippy::unwrap_used)]

// The example begins.
use super::field::{Field, Need};
use super::form::{Form, Step, Verb, Who, formed};
use super::{Register, room};
use crate::fields;

static REGISTER: Register = Register {
    name: "loan",
    room: room::of::<Loan>("loan", "What is lent to other offices"),
    template: Some("LN{yy}-{seq:3}"),
    title: "Loans",
    view: "loan_list",
    day: "lent_on",
    person: "lent_by",
    what: "thing",
    text: &["number", "thing"],
    form: Some(&FORM),
    ..Register::BLANK
};

const DEPARTMENT: Field<String> = Field::department("department", "the one that lends it").fixed();
const THING: Field<String> = Field::line("thing", "what is lent").need(Need::Given);
const STATE: Field<String> = Field::line("condition", "how it came back").need(Need::Given);

formed!(Loan);

static FORM: Form = Form {
    verbs: &[
        Verb::Step(Step {
            name: "add",
            about: "Lend something",
            state: "lent",
            fields: fields![DEPARTMENT, THING],
            who: Who::Office("lending"),
            ..Step::BLANK
        }),
        Verb::Step(Step {
            name: "return",
            about: "Take it back",
            state: "returned",
            fields: fields![STATE],
            sign: "returned_on",
            dated: true,
            who: Who::Anybody,
            ..Step::BLANK
        }),
        room::list("List what is lent"),
        room::import::<Loan>("Bring in an old list"),
    ],
    ..Form::of(&REGISTER, &DEPARTMENT.spec)
};
// The example ends.

#[test]
fn a_register_is_declared_once() {
    assert_eq!((REGISTER.name, FORM.fields().count()), ("loan", 3));
    for (verb, options) in [("add", ["department", "thing"].as_slice()), ("return", &["condition"])] {
        let room = REGISTER.room.with_verb(verb).unwrap();
        let verb = room.find_subcommand(verb).unwrap();
        for option in options {
            assert!(verb.get_arguments().any(|argument| argument.get_long() == Some(option)), "{option}");
        }
    }
    let import = REGISTER.room.with_verb("import").unwrap();
    let columns = import.find_subcommand("import").unwrap().get_after_help().unwrap().to_string();
    for column in ["number ", "lent_on* (on)", "lent_by* (by)", "thing* ", "condition", "returned_on"] {
        assert!(columns.contains(&format!("  {column}")), "{column}: {columns}");
    }
}

#[test]
fn architecture_shows_the_register_as_it_compiles() {
    let shown = include_str!("../../ARCHITECTURE.md").replace("\r\n", "\n");
    let own = include_str!("example.rs").replace("\r\n", "\n");
    let code = own.split_once("// The example begins.\n").unwrap().1.split_once("// The example ends.").unwrap().0;
    let (before, rest) = shown.split_once("```rust\n").unwrap();
    let (block, after) = rest.split_once("```").unwrap();
    if block != code && std::env::var_os("UPDATE_DOCS").is_some() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/ARCHITECTURE.md");
        std::fs::write(file, format!("{before}```rust\n{code}```{after}")).unwrap();
    } else {
        assert_eq!(block, code, "write it anew with UPDATE_DOCS=1 cargo test --lib example");
    }
}
