//! Who appoints whom (Q2): the founding of an office, and every change of the staff list afterwards.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::Resolved;
use crate::book::change::Change;
use crate::language::{self, Language};
use crate::office::identity;
use crate::office::person::{Person, Role};
use crate::refusal::Refusal;
use crate::say;

/// The roles that may change the staff list.
const KEEPERS: [Role; 2] = [Role::Clerk, Role::BranchManager];

/// Who decided on a change of the staff list, and whether it is one of those by which an office is founded.
pub(super) struct Decided {
    pub(super) by: Person,
    pub(super) founding: bool,
}

impl Decided {
    /// What the journal notes of a role that is given.
    pub(super) fn note(&self, term: &Resolved) -> String {
        let until = term.until.map(|until| format!(" until {until}")).unwrap_or_default();
        let given = format!("{} of {} from {}{until}", term.role.key(), term.department, term.from);
        // What is kept reads the same in whatever language the command ran.
        Language::En.during(|| if self.founding { say!("founding appointment: {given}", given) } else { given })
    }
}

/// Who decides that a person holds a role: whoever keeps the staff list, and for a manager or leader those above.
///
/// # Errors
/// A refusal where nobody who may has decided, or somebody would change their own terms.
pub(super) fn appoints(
    change: &Change<'_>,
    by: Option<&str>,
    person: &str,
    role: Role,
    day: NaiveDate,
) -> Result<Decided> {
    require_keeper(change)?;
    refuse_own(change, person)?;
    if is_founding(change, role, person, day)? {
        let by = identity::office_bearer(change, by)?;
        return Ok(Decided { by, founding: role.decides() });
    }
    let by = decides(change, by, role, day)?;
    if by.key == person {
        return Err(own(&by).into());
    }
    Ok(Decided { by, founding: false })
}

/// Who decides that a term ends: whoever may give it, or the person who gives it up.
pub(super) fn dismisses(change: &Change<'_>, by: Option<&str>, person: &str, roles: &[Role]) -> Result<Person> {
    require_keeper(change)?;
    refuse_own(change, person)?;
    let named = identity::office_bearer(change, by)?;
    if named.key == person {
        return Ok(named);
    }
    for role in roles {
        if !is_founding(change, *role, person, change.on)? {
            decides(change, by, *role, change.on)?;
        }
    }
    identity::require_presence(change, &named, "R1")?;
    Ok(named)
}

/// Who keeps the staff list in a change that gives and takes no role, such as of a login.
pub(super) fn keeps(change: &Change<'_>, by: Option<&str>, person: &str) -> Result<Person> {
    require_keeper(change)?;
    refuse_own(change, person)?;
    let by = identity::office_bearer(change, by)?;
    require_any(change, &by, &KEEPERS, say!("the staff list"))?;
    Ok(by)
}

/// Whether the office is still being founded as far as this role goes: nothing is entered yet and its maker appoints, or nobody
/// else is there who could decide.
fn is_founding(change: &Change<'_>, role: Role, person: &str, day: NaiveDate) -> Result<bool> {
    if !role.decides() {
        return Ok(false);
    }
    let book = change.sql();
    let maker: Option<String> = book.query_row("SELECT min(actor) FROM journal WHERE id = 1", (), |row| row.get(0))?;
    let empty = !book.prepare_cached("SELECT 1 FROM entry")?.exists(())?;
    if empty && maker.as_ref() == Some(&change.recorder.person.key) {
        return Ok(true);
    }
    Ok(above(book, role, day)?.iter().all(|other| other.key == person))
}

/// Those who appoint to a role on that day.
fn above(book: &Connection, role: Role, day: NaiveDate) -> Result<Vec<Person>> {
    let mut people = Person::deciders(book, Role::CompanyLeader, None, day)?;
    if role == Role::DepartmentManager {
        people.extend(Person::deciders(book, Role::BranchManager, None, day)?);
    }
    Ok(people)
}

/// Who decided on a role: for a department's manager the branch manager or a leader, for those a leader, else a keeper of the staff
/// list or the manager of a department.
fn decides(change: &Change<'_>, by: Option<&str>, role: Role, day: NaiveDate) -> Result<Person> {
    let person = identity::office_bearer(change, by)?;
    if !role.decides() {
        const OTHERS: [Role; 4] = [Role::Clerk, Role::BranchManager, Role::DepartmentManager, Role::CompanyLeader];
        require_any(change, &person, &OTHERS, say!("the staff list"))?;
        return Ok(person);
    }
    let above = above(change.sql(), role, change.on)?;
    if above.contains(&person) {
        return Ok(person);
    }
    let named = if above.is_empty() { self::above(change.sql(), role, day)? } else { above };
    let keys: Vec<&str> = named.iter().map(|person| person.key.as_str()).collect();
    let who = if role == Role::DepartmentManager {
        say!("the branch manager or a company leader")
    } else {
        say!("a company leader")
    };
    Err(Refusal::rule("R1", say!("who is {role} is decided by {who}, which {person} is not", role, who, person))
        .or(identity::name_who(change, &keys)?)
        .into())
}

fn require_any(change: &Change<'_>, person: &Person, roles: &[Role], what: &str) -> Result<()> {
    let book = change.sql();
    let mut keys = Vec::new();
    for role in roles {
        if person.holds(book, *role, None, change.on)? || person.holds(book, *role, None, change.today())? {
            return Ok(());
        }
        keys.extend(Person::holders(book, *role, None, change.on)?.into_iter().map(|person| person.key));
    }
    keys.dedup();
    let roles: Vec<String> = roles.iter().map(ToString::to_string).collect();
    let roles = language::any_of(&roles);
    let roles = language::value(&roles);
    Err(Refusal::rule("R1", say!("{what} is kept by a {roles}, which {person} is not", what, roles, person))
        .or(identity::name_who(change, &keys)?)
        .into())
}

/// A clerk keeps the staff list; the branch manager may as well.
pub(super) fn require_keeper(change: &Change<'_>) -> Result<()> {
    let acting = &change.recorder.person;
    if !acting.holds_any(change.sql(), &KEEPERS, change.today())? {
        let what = say!("{acting} may not change the staff list; a clerk or the branch manager does", acting);
        return Err(Refusal::rule("R1", what).or(say!("ask General Management's clerk")).into());
    }
    identity::refuse_lent(change, "R1")
}

/// Nobody changes their own terms or login, as whoever they are at the keyboard.
fn refuse_own(change: &Change<'_>, person: &str) -> Result<()> {
    match change.recorder.hands().find(|hand| hand.key == person) {
        Some(hand) => Err(own(hand).into()),
        None => Ok(()),
    }
}

fn own(person: &Person) -> Refusal {
    Refusal::rule("R1", say!("{person} may not change their own place on the staff list", person))
        .or(say!("let another clerk or the branch manager enter it, as somebody else decided"))
}

/// Refuses where nobody would be left on a day (today, if that is later) who may change the staff list: nobody could ever again.
pub(super) fn refuse_keeperless(change: &Change<'_>, day: NaiveDate) -> Result<()> {
    let day = day.max(change.today());
    for role in KEEPERS {
        if !Person::holders(change.sql(), role, None, day)?.is_empty() {
            return Ok(());
        }
    }
    Err(Refusal::rule("R1", say!("from {day} on nobody would be left who may change the staff list", day))
        .or(say!("first make somebody clerk with: branchbook staff role PERSON --department general --role clerk"))
        .into())
}
