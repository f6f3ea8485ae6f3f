//! Old files of a register that is a form: what its steps and rules say of a row.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::field::{Kind, Need, Spec};
use super::form::{Check, Form, Formed, Step};
use super::history_import::{Field, List, OldRegister};
use super::old_ledger::{Checked, Names};
use super::task::Row;
use crate::import::row::{Cells, Fault};
use crate::language;
use crate::refusal::Refusal;
use crate::say;

impl<F: Formed> OldRegister for F {
    const REGISTER: &'static str = F::FORM.register.name;
    const WHAT: &'static str = F::FORM.rows;
    const DAY: &'static str = F::FORM.register.day;
    const PERSON: &'static str = F::FORM.register.person;

    fn fields() -> Vec<Field> {
        let mut fields = Vec::new();
        for step in F::FORM.steps() {
            for field in step.fields {
                let required = step.name == "add" && field.need == Need::Given;
                fields.extend(field.in_file().map(|column| if required { column.required() } else { column }));
            }
            if step.dated {
                fields.push(Field::new(step.sign, super::history_import::Kind::Day));
            }
        }
        fields.extend(F::FORM.also.iter().filter_map(|field| field.in_file()));
        fields
    }

    fn lists() -> Vec<&'static str> {
        lists(F::FORM).map(|field| field.column).collect()
    }

    fn short() -> Vec<(&'static str, &'static str)> {
        let fields = F::FORM.steps().flat_map(|step| step.fields).filter(|field| !field.fixed);
        let options = fields.map(|field| (field.option, field.name())).filter(|(option, name)| option != name);
        [("on", F::DAY), ("by", F::PERSON)].into_iter().chain(options).collect()
    }

    /// As far as what the row says leads: the last step of which it tells.
    fn shown_state(cells: &Cells<'_>) -> Result<&'static str, Fault> {
        for step in F::FORM.steps().rev().filter(|step| step.name != "add") {
            if cells.text(step.sign)?.is_some() {
                return Ok(step.done);
            }
        }
        Ok(F::FORM.steps().next().map_or("", |step| step.done))
    }

    fn check(cells: &Cells<'_>, state: &str) -> Result<(), Fault> {
        for step in F::FORM.steps().filter(|step| step.name != "add") {
            complete(step, cells, state)?;
        }
        for rule in F::FORM.rules {
            let (Check::Sound(check), [.., last]) = (rule.check, rule.fields) else { continue };
            let mut values = Vec::new();
            for field in rule.fields {
                values.push((field.column, cell(field, cells)?));
            }
            check(&Row::of(values)).map_err(|error| match error.downcast::<Refusal>() {
                Ok(refusal) => Fault::of(last.name(), refusal.what),
                Err(error) => Fault::of(last.name(), error.to_string()),
            })?;
        }
        Ok(())
    }

    fn children(_: &Connection, _: &mut Names, cells: &Cells<'_>, _: NaiveDate) -> Checked<Vec<List>> {
        let mut all = Vec::new();
        for field in lists(F::FORM) {
            let Kind::Rows(list) = field.kind else { continue };
            let mut rows = Vec::new();
            for row in cells.text(field.column)?.unwrap_or_default().split(list.between) {
                if !row.trim().is_empty() {
                    rows.push((list.parse)(row).map_err(|refusal| Fault::of(field.column, refusal.to_string()))?);
                }
            }
            all.push(List { table: list.table, columns: list.columns, rows });
        }
        Ok(all)
    }
}

fn lists(form: &'static Form) -> impl Iterator<Item = &'static &'static Spec> {
    form.steps().flat_map(|step| step.fields).filter(|field| matches!(field.kind, Kind::Rows(_)))
}

/// A row that tells of a step tells of all that belongs to it.
fn complete(step: &Step, cells: &Cells<'_>, state: &str) -> Result<(), Fault> {
    let has = |name| Ok::<bool, Fault>(cells.text(name)?.is_some());
    let named = |need| step.fields.iter().filter(move |field| field.need == need).map(|field| field.name());
    let mut tied: Vec<&str> = named(Need::Tied).collect();
    if let Some(last) = tied.last().filter(|_| state == step.done)
        && !has(last)?
    {
        return Err(Fault::of(last, say!("is empty, and the state is {state}", state = language::value(state))));
    }
    tied.extend((!tied.is_empty() && step.dated).then_some(step.sign));
    for (lacking, given) in tied.iter().flat_map(|one| tied.iter().map(move |other| (one, other))) {
        if !has(lacking)? && has(given)? {
            let reason = say!("is empty, and {given} is not: give both, or leave both out", given);
            return Err(Fault::of(lacking, reason));
        }
    }
    if has(step.sign)? {
        for lacking in named(Need::Given) {
            if !has(lacking)? {
                let reason = say!("is empty, and {sign} is not: give each, or leave {sign} out", sign = step.sign);
                return Err(Fault::of(lacking, reason));
            }
        }
    }
    Ok(())
}

/// A cell as a rule sees it.
fn cell(field: &Spec, cells: &Cells<'_>) -> Result<Value, Fault> {
    Ok(match field.kind {
        Kind::Day | Kind::PastDay => cells.day(field.name())?.map_or(Value::Null, |day| Value::Text(day.to_string())),
        _ => cells.text(field.name())?.map_or(Value::Null, |text| Value::Text(text.to_owned())),
    })
}
