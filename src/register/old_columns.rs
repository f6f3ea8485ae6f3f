//! The columns that a file may have which is brought into a register that is a form, as help and `docs/import.md` tell them.

use unicode_width::UnicodeWidthStr;

use super::field::{Kind, Need, Spec};
use super::form::Form;
use super::old_field::{Field, Reading};
use super::old_form;
use crate::import::mapping::NOT_READ;
use crate::language;
use crate::say;

/// A column of the file.
struct Column {
    name: &'static str,
    /// Whether every row must have it.
    required: bool,
    /// What may stand there, and what it means.
    says: String,
}

/// What help says of the columns, a line for each: its name with a star where every row must have it, its shorter name, and
/// what may stand there.
pub(crate) fn help(form: &'static Form) -> String {
    let short = old_form::short(form);
    let called = |column: &Column| {
        let short = short.iter().find(|(_, name)| *name == column.name);
        let short = short.map_or_else(String::new, |(short, _)| format!(" ({short})"));
        format!("{}{}{short}", column.name, if column.required { "*" } else { "" })
    };
    let columns = columns(form);
    let names: Vec<String> = columns.iter().map(called).collect();
    let width = names.iter().map(|name| name.width()).max().unwrap_or_default();
    let head = say!("Columns of the file (* in every row; in brackets a shorter name):");
    let lines = names.iter().zip(&columns).map(|(name, column)| {
        let gap = " ".repeat(width - name.width());
        format!("  {name}{gap}  {}", column.says)
    });
    std::iter::once(head.to_owned()).chain(lines).collect::<Vec<_>>().join("\n")
}

fn columns(form: &'static Form) -> Vec<Column> {
    let column = |name, required, says: &str| Column { name, required, says: says.to_owned() };
    let number = if form.old.numbered {
        say!("as on the paper")
    } else {
        say!("as on the paper; without it, the next of the series")
    };
    let mut columns = vec![
        column("number", form.old.numbered, number),
        column(
            "state",
            false,
            &say!(
                "one of {words}; without it, as far as the other columns lead",
                words = states(form).join(language::comma())
            ),
        ),
        column(form.register.day, true, say!("the day that it bears")),
        column("department", true, &taken("department", Reading::Typed(Kind::Department))),
        column(form.person(), true, &taken(form.person(), Reading::Typed(Kind::Person))),
    ];
    columns.extend(
        old_form::fields(form).iter().filter(|field| !field.name.is_empty()).map(|field| of_field(form, field)),
    );
    columns.extend(old_form::lists(form).into_iter().map(|name| of_list(form, name)));
    columns.push(column("ended_on", false, say!("the day on which it ended; without it, the day that it bears")));
    columns.push(column("void_reason", false, say!("why it is void, of a void entry")));
    columns.push(column("amendments", false, say!("how often it was corrected before")));
    columns.extend(
        NOT_READ.map(|name| column(name, false, say!("how it came into the book that wrote the file; it is not read"))),
    );
    let mut seen = Vec::new();
    columns.retain(|column| {
        let first = !seen.contains(&column.name);
        seen.push(column.name);
        first
    });
    columns
}

/// The states in which entries of the form may be.
fn states(form: &'static Form) -> Vec<&'static str> {
    let decided = form.decisions().map(|decision| decision.state);
    let mut states: Vec<&str> = Vec::new();
    for state in form.steps().map(|step| step.state).chain(decided).chain(["void"]) {
        if !state.is_empty() && !states.contains(&state) {
            states.push(state);
        }
    }
    states
}

/// The form's field of this column.
fn declared(form: &'static Form, column: &str) -> Option<&'static Spec> {
    form.fields().map(|(_, field)| field).find(|field| field.column == column)
}

fn of_field(form: &'static Form, field: &Field) -> Column {
    let takes = taken(field.name, field.reading);
    let says = match declared(form, field.column) {
        Some(spec) if spec.hint.is_empty() => say!("{label}: {hint}", label = spec.label(), hint = takes),
        Some(spec) => spec.described(spec.hint),
        None => takes,
    };
    Column { name: field.name, required: field.required, says }
}

fn of_list(form: &'static Form, name: &'static str) -> Column {
    let spec = declared(form, name);
    let says = match spec.map(|spec| (spec, spec.kind)) {
        Some((spec, Kind::Rows(rows))) => {
            say!("{help}; in a file with {between} between", help = spec.described(spec.hint), between = rows.between)
        }
        _ => taken(name, Reading::Typed(Kind::Text)),
    };
    Column { name, required: spec.is_some_and(|spec| spec.need == Need::Given), says }
}

/// What a cell that is read so takes, where its column says nothing of itself.
fn taken(name: &str, reading: Reading) -> String {
    let kind = match reading {
        Reading::Typed(kind) => kind,
        Reading::YesNo(_) => Kind::Flag,
        Reading::Number => return say!("the number of an entry").to_owned(),
        Reading::Found(_) | Reading::Made(_) => Kind::Text,
    };
    let takes = match kind {
        _ if name.ends_with("_on") => say!("a day"),
        _ if name.ends_with("_by") => say!("a person, by key or unique name"),
        Kind::Text | Kind::Line | Kind::Lines(_) | Kind::Paper(_) | Kind::Read(_) | Kind::Rows(_) => say!("text"),
        Kind::Day | Kind::PastDay => say!("a day"),
        Kind::Estimate | Kind::Agreed => say!("an amount in yuan"),
        Kind::EstimateOrNone => say!("an amount in yuan, or none"),
        Kind::Count(_) => say!("a whole number from 1"),
        Kind::Flag | Kind::Switch => say!("yes or no"),
        Kind::Department => say!("a department, by its key or any of its names"),
        Kind::Person => say!("a person, by key or unique name"),
        Kind::Project => say!("a project of the book, by its number or its contract's"),
        Kind::Choice(words) | Kind::Usual(words) => {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            return say!("one of {words}", words = words.join(language::comma()));
        }
        Kind::Entry(register) => {
            return say!("the number of an entry of {register}", register = language::value(register));
        }
    };
    takes.to_owned()
}
