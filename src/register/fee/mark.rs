//! The mark that the payee of a fee, or whom the payee works for, is the customer (R5.4): by every customer that the project has, or had,
//! for a name that was put right and back again was the customer's meanwhile.

use std::collections::BTreeSet;

use anyhow::Result;
use rusqlite::Connection;

use super::{CUSTOMER, EMPLOYER, PAYEE, is_of_staff, project_of};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::person::Person;
use crate::register::entry::Entry;
use crate::register::task::Task;
use crate::say;
use crate::text;

/// The customers of a project and of its contract, also those that the journal tells of alone, each as [`text::fold`] has it.
fn customers(book: &Connection, project: &Entry) -> Result<BTreeSet<String>> {
    let names = book.each(
        "SELECT customer FROM project WHERE entry = ?1 UNION SELECT customer FROM contract WHERE undone_on IS NULL AND entry = ?1
         UNION SELECT p.value ->> 'customer' FROM journal AS j, json_each(j.record, '$.project') AS p WHERE j.thing = ?2",
        (project.id, &project.number),
        |row| row.get::<_,
        Option<String>>(0),
    )?;
    let names = names;
    Ok(names.into_iter().flatten().map(|name| text::fold(&name)).collect())
}

/// What is to be said of who gains; nothing where it is not the customer.
fn said(customers: &BTreeSet<String>, payee: &str, employer: &str) -> Option<&'static str> {
    if customers.contains(&text::fold(payee)) {
        return Some(say!("the payee is the customer"));
    }
    customers.contains(&text::fold(employer)).then(|| say!("the payee's employer is the customer"))
}

/// Makes the mark anew. Gives what is to be said of it.
fn mark(task: &mut Task<'_, '_>) -> Result<Option<&'static str>> {
    let (payee, employer) = (task.row.get(&PAYEE)?.unwrap_or_default(), task.row.get(&EMPLOYER)?.unwrap_or_default());
    let said = said(&customers(task.sql(), &project_of(task)?)?, &payee, &employer);
    if is_of_staff(task.sql(), &task.row)? {
        task.change.note(say!("the payee has the name of somebody on our staff").to_owned());
    }
    task.set(CUSTOMER.spec.column, said.is_some());
    Ok(said)
}

/// Marks it wherever the names are entered; said once it is asked for.
pub(super) fn customer(task: &mut Task<'_, '_>) -> Result<()> {
    match mark(task)? {
        Some(said) if task.opens => task.remark(said),
        _ => {}
    }
    Ok(())
}

/// Marks it where it is decided on, and says it there.
pub(super) fn tell(task: &mut Task<'_, '_>) -> Result<()> {
    if let Some(said) = mark(task)? {
        task.remark(said);
    }
    Ok(())
}

/// Marks the fees of a project whose customer has become one that gains by them.
pub(super) fn follow(change: &mut Change<'_>, project: &Entry, actor: &Person) -> Result<()> {
    if project.register != "project" {
        return Ok(());
    }
    let fees: Vec<(String, String, String)> = change.sql().rows(
        "SELECT e.number, f.payee, f.employer FROM fee AS f JOIN entry AS e ON e.id = f.entry
             WHERE f.project = ?1 AND f.customer_flag = 0 AND e.state <> 'void' ORDER BY e.id",
        [&project.number],
    )?;
    if fees.is_empty() {
        return Ok(());
    }
    let customers = customers(change.sql(), project)?;
    for (number, payee, employer) in fees {
        if said(&customers, &payee, &employer).is_some() {
            let fee = Entry::find(change.sql(), &number)?;
            change.hold(&fee.thing()?)?;
            change.sql().execute("UPDATE fee SET customer_flag = 1 WHERE entry = ?1", [fee.id])?;
            change.record(&fee.thing()?, &actor.key, None)?;
        }
    }
    Ok(())
}
