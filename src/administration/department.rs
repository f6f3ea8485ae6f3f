//! What the office does with departments: opening, renaming and ending them.

mod end;
mod import;
mod open;
mod rename;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::book::change::Change;
use crate::desk::{Desk, Run};
use crate::import::run::FileImport;
use crate::office::department::{find, has_entries};
use crate::office::identity;
use crate::person::{Person, Role};
use crate::register::history;
use crate::say;
use crate::sheet::query::Query;

/// What the office does with departments.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Open an office of the branch with its own ledger, or enter a department of the company that contact forms go to
    Add(open::Add),
    /// Put right what was said of a department when it was entered, or give it a ledger of its own
    Amend(open::Amend),
    /// Call a department otherwise from a day on; what bears an earlier day keeps the old name
    Rename(rename::Rename),
    /// End a department, on which nothing hangs any more
    End(end::End),
    /// Take up again a department that has ended
    Reopen(end::Reopen),
    /// List the departments
    List,
    /// Bring in what branchbook department list wrote as CSV
    Import(FileImport),
    /// Show what happened to a department, and who did it
    History(Which),
}

/// Which department
#[derive(Debug, Args)]
pub(crate) struct Which {
    /// The department
    #[arg(value_name = "DEPARTMENT")]
    department: String,
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Add(add) => desk.change("department add", &add.deed, |change| add.enter(change)),
            Self::Amend(amend) => desk.change("department amend", &amend.deed, |change| amend.enter(change)),
            Self::Rename(rename) => desk.change("department rename", &rename.deed, |change| rename.enter(change)),
            Self::End(end) => desk.change("department end", &end.deed, |change| end.enter(change)),
            Self::Reopen(reopen) => desk.change("department reopen", &reopen.deed, |change| reopen.enter(change)),
            Self::List => desk.list(&Query::new(
                say!("Departments"),
                "SELECT d.key, d.name_zh, d.name_en, d.name_ko, d.branch_flag, d.reports_flag, d.from_on, d.until_on,
                    (SELECT t.template FROM series AS s JOIN template AS t ON t.series = s.key
                        WHERE s.department = d.key AND s.register = 'contact' ORDER BY t.from_on DESC LIMIT 1) AS ledger
                 FROM department AS d ORDER BY d.position",
            )),
            Self::Import(import) => import.list(desk, "department import", |by| import::Departments { by }),
            Self::History(which) => {
                let department = find(desk.book()?.reader(), &which.department)?;
                history::of_office(desk, "department", &department.key, &department.name)
            }
        }
    }
}

/// Who decides that an office of the branch is opened, ended or taken up again: the branch manager or a company leader. Until
/// the first entry the clerk who founds the office does.
fn decided(change: &Change<'_>, by: Option<&str>, what: &str) -> Result<Person> {
    if !has_entries(change)? {
        return identity::clerks_deed(change, by, "R1", what);
    }
    let actor = identity::office_bearer(change, by)?;
    if !actor.decides_as(change.sql(), Role::CompanyLeader, None, change.on)? {
        identity::require_role(change, &actor, Role::BranchManager, None, "R1", what)?;
    }
    identity::refuse_lent(change, "R1")?;
    Ok(actor)
}

/// Who may enter a department, or say that it ends: of an office of the branch as `decided` says, else a clerk.
pub(crate) fn may_enter(change: &Change<'_>, by: Option<&str>, of_branch: bool) -> Result<Person> {
    if of_branch {
        decided(change, by, say!("opening an office"))
    } else {
        identity::clerks_deed(change, by, "R1", say!("enters departments"))
    }
}
