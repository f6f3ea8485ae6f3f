//! Who appoints whom (Q2): the founding of an office, and every change of the staff list afterwards.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::{Resolved, dated};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::language::{self, Language};
use crate::office::{department, identity};
use crate::person::{DECIDING, Person, Role};
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
    /// What the journal notes of a role that is given, or corrected; `reaches` is the first day on which that changes anything.
    ///
    /// # Errors
    /// A refusal where it is dated back into a month that was submitted, and no reason is given.
    pub(super) fn note(&self, change: &Change<'_>, term: &Resolved, reaches: NaiveDate) -> Result<String> {
        let until = term.until.map(|until| format!(" until {until}")).unwrap_or_default();
        let given = format!("{} of {} from {}{until}", term.role.key(), term.department, term.from);
        // What is kept reads the same in whatever language the command ran.
        if self.founding {
            return Ok(Language::En.during(|| say!("founding appointment: {given}", given)));
        }
        dated::note(change, reaches, given)
    }
}

/// Who decides that a person holds a role: whoever keeps the staff list, and of one that is entrusted those above.
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
    if role.decides() && (is_being_founded(change)? || nobody_decides(change, role, day)?) {
        let by = identity::office_bearer(change, by)?;
        return Ok(Decided { by, founding: true });
    }
    let by = decides(change, by, role, day)?;
    // Where nobody else is above, such as of the only leader, it is theirs to say.
    if by.key == person && above(change.sql(), role, change.on)?.iter().any(|other| other.key != person) {
        return Err(own(&by).into());
    }
    Ok(Decided { by, founding: false })
}

/// Who decides that a term ends: whoever may give it, or the person who gives it up.
pub(super) fn dismisses(change: &Change<'_>, by: Option<&str>, person: &str, roles: &[Role]) -> Result<Person> {
    require_keeper(change)?;
    refuse_own(change, person)?;
    themselves_or_above(change, by, person, roles)
}

/// The person themselves, or whoever decides on each of these roles.
fn themselves_or_above(change: &Change<'_>, by: Option<&str>, person: &str, roles: &[Role]) -> Result<Person> {
    let named = identity::office_bearer(change, by)?;
    if named.key == person {
        return Ok(named);
    }
    if !is_being_founded(change)? {
        for role in roles {
            decides(change, by, *role, change.on).map_err(|error| match error.downcast::<Refusal>() {
                Ok(refusal) if refusal.way_out.is_none() => {
                    match identity::name_with_pen(change, say!("name them with --by {person}", person), &[person]) {
                        Ok(way_out) => refusal.or(way_out).into(),
                        Err(error) => error,
                    }
                }
                Ok(refusal) => refusal.into(),
                Err(error) => error,
            })?;
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

/// Who keeps the staff list where it only calls somebody otherwise, which gives and takes no role: their own name the office's maker puts
/// right before anything is entered, and anybody as the branch manager or a leader decided.
pub(super) fn renames(change: &Change<'_>, by: Option<&str>, person: &str) -> Result<Person> {
    if refuse_own(change, person).is_ok() {
        return keeps(change, by, person);
    }
    require_keeper(change)?;
    if is_being_founded(change)? {
        return identity::office_bearer(change, by);
    }
    let decided = identity::office_bearer(change, by)?;
    let above = above(change.sql(), Role::Clerk, change.on)?;
    if above.contains(&decided) && refuse_own(change, &decided.key).is_ok() {
        return Ok(decided);
    }
    let keys: Vec<&str> = above.iter().map(|person| person.key.as_str()).filter(|key| *key != person).collect();
    let what = say!("nobody calls themselves otherwise; the branch manager or a company leader decides on it");
    Err(Refusal::rule("R1", what).or(identity::name_who(change, &keys)?).into())
}

/// Who says that somebody who decides was always called otherwise: whoever appoints them, for their name keeps them from deciding on what
/// is given to it (Q1). Where nobody else appoints them it is as for any name.
pub(super) fn misnamed(change: &Change<'_>, by: Option<&str>, person: &Person) -> Result<Person> {
    for role in DECIDING {
        if is_being_founded(change)? || !person.holds(change.sql(), role, None, change.today())? {
            continue;
        }
        let above: Vec<Person> =
            above(change.sql(), role, change.on)?.into_iter().filter(|other| other != person).collect();
        if above.is_empty() {
            continue;
        }
        require_keeper(change)?;
        refuse_own(change, &person.key)?;
        let named = identity::office_bearer(change, by)?;
        if above.contains(&named) {
            return Ok(named);
        }
        let keys: Vec<&str> = above.iter().map(|other| other.key.as_str()).collect();
        let what =
            say!("{person} decides as {role}: that the name was a slip is said by who appoints them", person, role);
        return Err(Refusal::rule("R1", what).or(identity::name_who(change, &keys)?).into());
    }
    renames(change, by, &person.key)
}

/// Whether the office is still being founded by whoever is at the keyboard: its maker is, nothing is entered yet, and nobody else has
/// decided or entered anything.
pub(super) fn is_being_founded(change: &Change<'_>) -> Result<bool> {
    let book = change.sql();
    let maker: Option<String> = book.value("SELECT actor FROM journal WHERE id = 1", ())?;
    let Some(maker) = maker.filter(|maker| *maker == change.recorder.person.key) else { return Ok(false) };
    if department::has_entries(change)? {
        return Ok(false);
    }
    let others = book.prepare_cached("SELECT 1 FROM journal WHERE actor <> ?1 OR recorder <> ?1")?.exists([maker])?;
    Ok(!others)
}

/// Whether nobody is there who could decide on this role, neither now nor on the day from which it is given.
fn nobody_decides(change: &Change<'_>, role: Role, day: NaiveDate) -> Result<bool> {
    for day in [change.today(), change.on, day] {
        if !above(change.sql(), role, day)?.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Those who appoint to a role on that day.
pub(super) fn above(book: &Connection, role: Role, day: NaiveDate) -> Result<Vec<Person>> {
    let mut people = Person::deciders(book, Role::CompanyLeader, None, day)?;
    if !matches!(role, Role::BranchManager | Role::CompanyLeader | Role::GeneralManager) {
        people.extend(Person::deciders(book, Role::BranchManager, None, day)?);
    }
    Ok(people)
}

/// Who decided on a role: for the branch manager and leaders a leader; for a department's manager, and whoever writes for others or
/// reads user information by office, the branch manager or a leader; else a keeper of the staff list or the manager of a department.
fn decides(change: &Change<'_>, by: Option<&str>, role: Role, day: NaiveDate) -> Result<Person> {
    let person = identity::office_bearer(change, by)?;
    let above = above(change.sql(), role, change.on)?;
    if !role.is_entrusted() || above.is_empty() && !role.decides() {
        const OTHERS: [Role; 4] = [Role::Clerk, Role::BranchManager, Role::DepartmentManager, Role::CompanyLeader];
        require_any(change, &person, &OTHERS, say!("the staff list"))?;
        return Ok(person);
    }
    if above.contains(&person) || !role.decides() && is_being_founded(change)? {
        return Ok(person);
    }
    let named = if above.is_empty() { self::above(change.sql(), role, day)? } else { above };
    let keys: Vec<&str> = named.iter().map(|person| person.key.as_str()).collect();
    let who = if matches!(role, Role::BranchManager | Role::CompanyLeader | Role::GeneralManager) {
        say!("a company leader")
    } else {
        say!("the branch manager or a company leader")
    };
    let what = say!("who is {role} is decided by {who}, which {person} is not", role, who, person);
    let refusal = Refusal::rule("R1", what);
    // Where nobody is above, whoever refuses knows who is left.
    Err(if keys.is_empty() { refusal } else { refusal.or(identity::name_who(change, &keys)?) }.into())
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
pub(super) fn refuse_own(change: &Change<'_>, person: &str) -> Result<()> {
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
