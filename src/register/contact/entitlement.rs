//! Who may issue a form of each kind, and whom it must reach (R4.2–R4.6, R6.1).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::{Kind, parties};
use crate::language;
use crate::office::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::register::project::leader;
use crate::say;

/// Where and when a form is issued: from a department, of a project where it belongs to one, on a day.
#[derive(Debug, Clone, Copy)]
pub struct Office<'a> {
    /// The book.
    pub book: &'a Connection,
    /// The department whose ledger takes the form.
    pub department: &'a str,
    /// The project that it belongs to.
    pub project: Option<&'a Entry>,
    /// The day it bears.
    pub day: NaiveDate,
}

impl Office<'_> {
    /// Refuses unless this person may issue a form of this kind here. Where no project names a leader, the department's manager
    /// stands for one (R3.1).
    ///
    /// # Errors
    /// A refusal by R4.2–R4.6 or R6.1, naming who may, as the option `option` takes them.
    pub fn may_issue(&self, kind: Kind, issuer: &Person, option: &str) -> Result<()> {
        let Self { book, department, day, .. } = *self;
        let leader = self.leader()?;
        let leads = match &leader {
            Some(leader) => *leader == issuer.key,
            None => self.manages(issuer)?,
        };
        let administrator = || issuer.holds(book, Role::ContractAdministrator, None, day);
        let allowed = leads
            || match kind {
                Kind::PreContract | Kind::External => self.manages(issuer)?,
                Kind::Execution => administrator()?,
                Kind::AfterSales => issuer.works_in(book, self.home(), day)?,
                Kind::UserRequest => false,
                Kind::Shipping => self.manages(issuer)? || administrator()?,
            };
        if allowed {
            return Ok(());
        }
        let others_manage = matches!(kind, Kind::PreContract | Kind::External | Kind::Shipping);
        let stand_in = if leader.is_some() || others_manage { "" } else { say!(" (here the department's manager)") };
        let others = match kind {
            Kind::PreContract | Kind::External => say!(" or the department's manager"),
            Kind::Execution => say!(" or a contract administrator"),
            Kind::AfterSales => say!(" or somebody of the project's department"),
            Kind::UserRequest => "",
            Kind::Shipping => say!(", the department's manager or a contract administrator"),
        };
        let refusal = Refusal::rule(
            kind.clause(),
            say!(
                "a form of kind {kind} from {department} is issued by the project's leader{stand_in}{others}, not by {issuer}",
                kind,
                department = language::value(department),
                stand_in,
                others,
                issuer
            ),
        );
        let names: Vec<String> =
            self.issuers(kind, leader.as_deref())?.iter().map(|key| format!("{option} {key}")).collect();
        let way_out = if names.is_empty() {
            say!(
                "nobody was on {day}; enter the term with: branchbook staff role KEY --department {department} --role department-manager --from DATE",
                day,
                department
            )
        } else {
            say!("name who issued it with {names}", names = language::any_of(&names))
        };
        Err(refusal.or(way_out).into())
    }

    /// The leader of the project on the day; none where the form belongs to no project, or nobody was appointed yet.
    fn leader(&self) -> Result<Option<String>> {
        self.project.map_or(Ok(None), |project| leader::on(self.book, project, self.day))
    }

    fn manages(&self, person: &Person) -> Result<bool> {
        person.holds(self.book, Role::DepartmentManager, Some(self.department), self.day)
    }

    /// The project's department, or the one that issues.
    fn home(&self) -> &str {
        self.project.map_or(self.department, |project| &project.department)
    }

    /// The keys of the leader or who stands for one, and of those who may issue besides.
    fn issuers(&self, kind: Kind, leader: Option<&str>) -> Result<Vec<String>> {
        let holders = |role, department| Person::holders(self.book, role, department, self.day);
        let keys = |people: Vec<Person>| people.into_iter().map(|person| person.key);
        let managers = holders(Role::DepartmentManager, Some(self.department))?;
        let mut issuers: Vec<String> = leader.iter().map(ToString::to_string).collect();
        if leader.is_none() || matches!(kind, Kind::PreContract | Kind::External | Kind::Shipping) {
            issuers.extend(keys(managers));
        }
        if matches!(kind, Kind::Execution | Kind::Shipping) {
            issuers.extend(keys(holders(Role::ContractAdministrator, None)?));
        }
        Ok(issuers)
    }
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
            Err(Refusal::rule("R4.5", say!("what the user raises goes to General Management's contract administrator"))
                .or(say!("add --to general"))
                .into())
        }
        Kind::External if record_keepers(book, copied_to.unwrap_or_default(), day)?.is_empty() => Err(Refusal::rule(
            "R4.6",
            say!("a form to a unit outside the company is copied to the contract administrator"),
        )
        .or(say!("add {options}", options = copies_that_do(book, day)?))
        .into()),
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
    Ok(language::any_of(&options))
}
