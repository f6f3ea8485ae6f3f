//! Who may issue a form of each kind, and whom it must reach (R4.2–R4.6, R6.1).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::{Kind, parties};
use crate::office::person::{Person, Role};
use crate::refusal::Refusal;

/// Refuses unless this person may issue a form of this kind from this department on that day. Where no project names a
/// leader, the department's manager stands for one (R3.1).
///
/// # Errors
/// A refusal by R4.2–R4.6 or R6.1, naming who may, as the option `option` takes them.
pub fn may_issue(
    book: &Connection,
    kind: Kind,
    issuer: &Person,
    department: &str,
    day: NaiveDate,
    option: &str,
) -> Result<()> {
    let manager = issuer.holds(book, Role::DepartmentManager, Some(department), day)?;
    let administrator = issuer.holds(book, Role::ContractAdministrator, None, day)?;
    let (allowed, who) = match kind {
        Kind::PreContract | Kind::UserRequest | Kind::External => {
            (manager, "the department's manager or the project's leader")
        }
        Kind::Execution => (
            manager || administrator,
            "the project's leader (here the department's manager) or a contract administrator",
        ),
        Kind::AfterSales => {
            (manager || issuer.works_in(book, department, day)?, "the project's leader or somebody of the department")
        }
        Kind::Shipping => {
            (manager || administrator, "the project's leader, the department's manager or a contract administrator")
        }
    };
    if allowed {
        return Ok(());
    }
    let refusal = Refusal::rule(
        kind.clause(),
        format!("a form of kind {kind} from {department} is issued by {who}, not by {issuer}"),
    );
    let names: Vec<String> =
        issuers(book, kind, department, day)?.iter().map(|person| format!("{option} {}", person.key)).collect();
    let way_out = if names.is_empty() {
        format!(
            "nobody was on {day}; enter the term with: branchbook staff role KEY --department {department} --role department-manager --from DATE"
        )
    } else {
        format!("name who issued it with {}", names.join(" or "))
    };
    Err(refusal.or(way_out).into())
}

/// Each manager of the department and, where the kind is theirs too, each contract administrator.
fn issuers(book: &Connection, kind: Kind, department: &str, day: NaiveDate) -> Result<Vec<Person>> {
    let mut people = Person::holders(book, Role::DepartmentManager, Some(department), day)?;
    if matches!(kind, Kind::Execution | Kind::Shipping) {
        people.extend(Person::holders(book, Role::ContractAdministrator, None, day)?);
    }
    Ok(people)
}

/// Refuses unless a form of this kind reaches whom it must: General Management what the user raises (R4.5), the
/// contract administrator what goes outside (R4.6).
///
/// # Errors
/// A refusal by R4.5 or R4.6, naming the option to add.
pub fn must_reach(
    book: &Connection,
    kind: Kind,
    addressed_to: &str,
    copied_to: Option<&str>,
    day: NaiveDate,
) -> Result<()> {
    match kind {
        Kind::UserRequest if !parties::split(addressed_to).any(|party| party == "general") => {
            Err(Refusal::rule("R4.5", "what the user raises goes to General Management's contract administrator")
                .or("add --to general")
                .into())
        }
        Kind::External if record_keepers(book, copied_to.unwrap_or_default(), day)?.is_empty() => {
            Err(Refusal::rule("R4.6", "a form to a unit outside the company is copied to the contract administrator")
                .or(format!("add {}", copies_that_do(book, day)?))
                .into())
        }
        _ => Ok(()),
    }
}

/// The copied parties that keep the contract administrator's record (R4.6): such people, and General Management.
///
/// # Errors
/// An error of `SQLite`.
pub fn record_keepers<'a>(book: &Connection, copied_to: &'a str, day: NaiveDate) -> Result<Vec<&'a str>> {
    let mut keepers = Vec::new();
    for party in parties::split(copied_to) {
        let keeps = party == "general"
            || Person::of_key(book, party)?
                .map_or(Ok(false), |person| person.holds(book, Role::ContractAdministrator, None, day))?;
        if keeps {
            keepers.push(party);
        }
    }
    Ok(keepers)
}

/// The options that give the contract administrator a copy: `--copy he or --copy general`.
///
/// # Errors
/// An error of `SQLite`.
pub fn copies_that_do(book: &Connection, day: NaiveDate) -> Result<String> {
    let options: Vec<String> = Person::holders(book, Role::ContractAdministrator, None, day)?
        .iter()
        .map(|person| format!("--copy {}", person.key))
        .chain(["--copy general".to_owned()])
        .collect();
    Ok(options.join(" or "))
}
