#![allow(clippy::unwrap_used)]
use super::*;
use crate::cli;
use crate::register;
use crate::register::field::Kind;
use crate::register::option::At;

/// Every option of a register that takes a text or a line reads standard input for `-`, so that no dash is kept.
#[test]
fn every_text_of_every_form_reads_standard_input() {
    let (mut faults, mut read) = (Vec::new(), 0);
    for form in register::forms() {
        let of_steps = form.steps().flat_map(|step| step.fields.iter().map(move |field| (step.name, At::Step, field)));
        let of_decisions = form
            .decisions()
            .flat_map(|decision| decision.fields.iter().map(move |field| (decision.name, At::Step, field)));
        for (verb, at, field) in of_steps.chain(of_decisions) {
            let is_text = matches!(field.kind, Kind::Line | Kind::Text | Kind::Lines(_) | Kind::Paper(_));
            if !is_text || !field.is_taken(at) {
                continue;
            }
            let mut command = cli::command();
            command.build();
            let room = command.find_subcommand(form.register.name).unwrap();
            let option = format!("--{}=-", field.typed_as(at));
            let amended = format!("--{}=-", field.typed_as(At::Amend));
            for (verb, option) in [(verb, option), ("amend", amended)] {
                let leaf = room.find_subcommand(verb).unwrap();
                let is_its = given(leaf, &option).is_some_and(|(argument, _)| argument.get_id() == field.column);
                if is_its && TextOption::of(leaf, &option).is_none() {
                    faults.push(format!("{} {verb} {option}", form.register.name));
                }
                read += 1;
            }
        }
    }
    assert!(read > 100, "{read}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
