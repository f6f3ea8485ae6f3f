//! Who may issue a form of each kind, and whom it must reach (R4.2–R4.6, R6.1).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::{CONTRACT, COPY, ISSUED_BY, ISSUED_ON, KIND, PROJECT, TO, parties};
use crate::language;
use crate::office::identity;
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::project::{self, leader};
use crate::register::task::Task;
use crate::say;

/// Who may issue a form of a kind besides the project's leader.
struct Besides {
    /// The clause that says so.
    clause: &'static str,
    manager: bool,
    administrator: bool,
    /// Anybody of the project's department.
    anybody: bool,
}

impl Besides {
    fn of(kind: &str) -> Self {
        let (clause, [manager, administrator, anybody]) = match kind {
            "pre-contract" => ("R4.2", [true, false, false]),
            "execution" => ("R4.3", [false, true, false]),
            "after-sales" => ("R4.4", [false, false, true]),
            "user-request" => ("R4.5", [false, false, false]),
            "external" => ("R4.6", [true, false, false]),
            _ => ("R6.1", [true, true, false]),
        };
        Self { clause, manager, administrator, anybody }
    }

    /// Who issues such a form, in words; where no project names a leader, the department's manager stands for one.
    fn issuers(&self, led: bool) -> String {
        let mut issuers = vec![if led || self.manager {
            say!("the project's leader")
        } else {
            say!("the project's leader (here the department's manager)")
        }];
        issuers.extend(self.manager.then(|| say!("the department's manager")));
        issuers.extend(self.administrator.then(|| say!("a contract administrator")));
        issuers.extend(self.anybody.then(|| say!("somebody of the project's department")));
        language::any_of(&issuers)
    }
}

/// Where a form is issued: from a department, of a project where it belongs to one.
struct Office<'a> {
    book: &'a Connection,
    department: &'a str,
    project: Option<Entry>,
    /// Whether whoever enters the form may name another who issued it.
    pen: bool,
}

/// A department's ledger is written by somebody of it, by General Management, which keeps the registers, or for a project of the
/// department by whoever leads it. An exception excuses a breach, and is no right over another department's ledger (R4.8).
pub(super) fn refuse_stranger(task: &mut Task<'_, '_>) -> Result<()> {
    if !task.opens {
        return Ok(());
    }
    match writes(task).map_err(anyhow::Error::downcast::<Refusal>) {
        Ok(()) => Ok(()),
        Err(Err(error)) => Err(error),
        // Who may issue such a form says more.
        Err(Ok(refusal)) => refuse_issuer(task).and(Err(refusal.into())),
    }
}

/// Refuses unless whoever issues a form may write into its department's ledger.
fn writes(task: &Task<'_, '_>) -> Result<()> {
    let (change, book, actor, department) = (&*task.change, task.sql(), &task.actor, &task.entry.department);
    let project = task.row.get(&PROJECT)?.map(|number| project::named(book, &number)).transpose()?;
    if let Some(project) = project.filter(|project| project.department == *department) {
        let leads = |day| Ok(leader::on(book, &project, day)?.as_ref() == Some(&actor.key));
        if identity::out_of_office(change, actor, leads)?.is_none() {
            return Ok(());
        }
    }
    identity::require_office(change, department, actor, "R4.8", say!("writing into its ledger"))
}

/// Refuses unless whoever issues a form may issue one of its kind from its department. Where no project names a leader, the
/// department's manager stands for one (R3.1).
pub(super) fn refuse_issuer(task: &Task<'_, '_>) -> Result<()> {
    let (book, row) = (task.sql(), &task.row);
    let project = row.get(&PROJECT)?.map(|number| project::named(book, &number)).transpose()?;
    let pen = !task.opens || identity::has_pen(task.change)?;
    let office = Office { book, department: &task.entry.department, project, pen };
    let kind = row.get(&KIND)?.unwrap_or_default();
    if !task.opens {
        let issuer = Person::find(book, &row.get(&ISSUED_BY)?.unwrap_or_default())?;
        let redated =
            ![&KIND.spec, &ISSUED_BY.spec, &PROJECT.spec, &CONTRACT.spec].iter().any(|field| row.differs(field));
        // What was issued as an exception stays one on another day.
        if redated && office.may_issue(&kind, &issuer, task.entry.day, "--issued-by").is_err() {
            return Ok(());
        }
        return office.may_issue(&kind, &issuer, day(task)?, "--issued-by");
    }
    let check = |day| office.may_issue(&kind, &task.actor, day, "--by");
    identity::out_of_office(task.change, &task.actor, |day| Ok(check(day).is_ok()))?.map_or(Ok(()), check)
}

/// The day that a form is to bear.
fn day(task: &Task<'_, '_>) -> Result<NaiveDate> {
    Ok(task.row.get(&ISSUED_ON)?.unwrap_or(task.entry.day))
}

impl Office<'_> {
    fn may_issue(&self, kind: &str, issuer: &Person, day: NaiveDate, option: &str) -> Result<()> {
        let (book, department, besides) = (self.book, self.department, Besides::of(kind));
        let leader = self.project.as_ref().map_or(Ok(None), |project| leader::on(book, project, day))?;
        let home = self.project.as_ref().map_or(department, |project| &project.department);
        let manages = leader.is_none() || besides.manager;
        if leader.as_ref() == Some(&issuer.key)
            || manages && issuer.holds(book, Role::DepartmentManager, Some(department), day)?
            || besides.administrator && issuer.holds(book, Role::ContractAdministrator, None, day)?
            || besides.anybody && issuer.works_in(book, home, day)?
        {
            return Ok(());
        }
        let what = say!(
            "a form of kind {kind} from {department} is issued by {issuers}, not by {issuer}",
            kind = language::value(kind),
            department = language::value(department),
            issuers = besides.issuers(leader.is_some()),
            issuer
        );
        let mut names: Vec<String> = leader.into_iter().collect();
        let mut add = |role, of| {
            names.extend(Person::holders(book, role, of, day)?.into_iter().map(|person| person.key));
            Ok::<(), anyhow::Error>(())
        };
        if manages {
            add(Role::DepartmentManager, Some(department))?;
        }
        if besides.administrator {
            add(Role::ContractAdministrator, None)?;
        }
        let names: Vec<String> = if self.pen {
            names.iter().map(|key| format!("{option} {key}")).collect()
        } else {
            identity::of_the_staff(book, &names, day)?
        };
        let way_out = if !names.is_empty() && !self.pen {
            let names: Vec<_> = names.iter().map(|key| language::people(key)).collect();
            say!(
                "let {names} enter it, or hand the paper to General Management's clerk",
                names = language::any_of(&names)
            )
        } else if names.is_empty() {
            say!(
                "nobody was on {day}; enter the term with: branchbook staff role KEY --department {department} --role department-manager --from DATE",
                day,
                department
            )
        } else {
            say!("name who issued it with {names}", names = language::any_of(&names))
        };
        Err(Refusal::rule(besides.clause, what).or(way_out).into())
    }
}

/// Refuses unless a form reaches whom one of its kind must: General Management what the user raises (R4.5), the contract
/// administrator what goes outside (R4.6).
pub(super) fn must_reach(task: &Task<'_, '_>) -> Result<()> {
    let (to, copy) = (task.row.get(&TO)?.unwrap_or_default(), task.row.get(&COPY)?.unwrap_or_default());
    let (book, day) = (task.sql(), day(task)?);
    match task.row.get(&KIND)?.as_deref() {
        Some("user-request") if !parties::split(&to).any(|party| party == "general") => {
            Err(Refusal::rule("R4.5", say!("what the user raises goes to General Management's contract administrator"))
                .or(say!("add --to general"))
                .into())
        }
        kind if leaves(book, kind, &copy)? && record_keepers(book, &copy, day)?.is_empty() => Err(Refusal::rule(
            "R4.6",
            say!("a form to a unit outside the company is copied to the contract administrator"),
        )
        .or(say!("add {options}", options = copies_that_do(book, day)?))
        .into()),
        _ => Ok(()),
    }
}

/// Whether a form leaves the company: an external one does, and any with a copy to a unit outside (R4.6).
pub(super) fn leaves(book: &Connection, kind: Option<&str>, copied_to: &str) -> Result<bool> {
    if kind == Some("external") {
        return Ok(true);
    }
    for party in parties::split(copied_to) {
        if parties::key(book, party)?.is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The copied parties that keep the contract administrator's record (R4.6): such people, and General Management.
pub(super) fn record_keepers<'a>(book: &Connection, copied_to: &'a str, day: NaiveDate) -> Result<Vec<&'a str>> {
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
pub(super) fn copies_that_do(book: &Connection, day: NaiveDate) -> Result<String> {
    let options: Vec<String> = Person::holders(book, Role::ContractAdministrator, None, day)?
        .iter()
        .map(|person| format!("--copy {}", person.key))
        .chain(["--copy general".to_owned()])
        .collect();
    Ok(language::any_of(&options))
}
