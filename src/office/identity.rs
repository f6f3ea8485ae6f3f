//! Who acts: the person at the keyboard, and the person in whose name a thing is entered.

mod keyboard;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use crate::book::change::Change;
use crate::book::times;
use crate::language;
use crate::office::removed;
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::say;
use crate::view::with_views;

pub use self::keyboard::recorder;
pub(crate) use self::keyboard::{
    by_a_term, let_others_enter, reader, refuse_entering, refuse_entering_but, refuse_lent, require_hand, unproven,
};

/// The key of General Management, which keeps the registers (R1).
pub(crate) const GENERAL: &str = "general";

/// The person who did the thing in the world: whom `--by` names, who was on the staff on the day of the change, else the person at
/// the keyboard.
pub(crate) fn actor(change: &Change<'_>, by: Option<&str>) -> Result<Person> {
    let actor = office_bearer(change, by)?;
    require_presence(change, &actor, "R2.4")?;
    Ok(actor)
}

/// Refuses who was not on the staff on the day of the change.
pub(crate) fn require_presence(change: &Change<'_>, actor: &Person, clause: &str) -> Result<()> {
    if *actor == change.recorder.person || is_on_the_staff(change.sql(), actor, change.on)? {
        return Ok(());
    }
    Err(Refusal::rule(clause, say!("{actor} was not on the staff on {on}", actor, on = change.on))
        .or(say!("name with --by who was, or give the day it happened with --on DATE"))
        .into())
}

/// As [`actor`], of whom an office is asked for next, which says more than that they were on the staff.
pub(crate) fn office_bearer(change: &Change<'_>, by: Option<&str>) -> Result<Person> {
    let acting = &change.recorder.person;
    let Some(who) = by else { return Ok(acting.clone()) };
    let person = Person::find(change.sql(), who)?;
    if person != *acting {
        require_pen(change, &person.key)?;
    }
    Ok(person)
}

/// Only General Management's clerk or contract administrator may enter what somebody else did, and a department's clerk what
/// somebody of that department did.
pub(crate) fn require_pen(change: &Change<'_>, who: &str) -> Result<()> {
    if has_pen(change)? || writes_for(change, who)? {
        return Ok(());
    }
    let acting = &change.recorder.person;
    Err(Refusal::rule(
        "R4.7",
        say!(
            "{acting} may not enter what {who} did; only a clerk or contract administrator writes for others",
            acting,
            who = language::people(who)
        ),
    )
    .or(name_who(change, &[who])?)
    .into())
}

/// The roles of those who write down what others did.
pub(crate) const WRITERS: [Role; 2] = [Role::Clerk, Role::ContractAdministrator];

/// Whether the person at the keyboard writes for others: is General Management's clerk or contract administrator today.
pub(crate) fn has_pen(change: &Change<'_>) -> Result<bool> {
    change.recorder.person.holds_any(change.sql(), &WRITERS, change.today())
}

/// Whether the person at the keyboard is the clerk of a department today in which this person worked on the day of the change.
fn writes_for(change: &Change<'_>, who: &str) -> Result<bool> {
    let (book, clerk) = (change.sql(), &change.recorder.person);
    let Some(person) = Person::of_key(book, who)? else { return Ok(false) };
    for department in clerk.departments(book, Role::Clerk, change.today())? {
        if person.works_in(book, &department, change.on)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The way out of a refusal that asks for one of these people: whoever writes for others names them with `--by`, anybody else lets
/// them enter it.
pub(crate) fn name_who(change: &Change<'_>, keys: &[impl AsRef<str>]) -> Result<String> {
    let keys = keys.iter().map(AsRef::as_ref);
    if has_pen(change)? {
        let names: Vec<String> = keys.map(|key| format!("--by {key}")).collect();
        return Ok(if names.is_empty() {
            say!("nobody held that role on that day").to_owned()
        } else {
            say!("name who did with {names}", names = language::any_of(&names))
        });
    }
    let keys: Vec<String> = keys.map(str::to_owned).collect();
    let names = of_the_staff(change.sql(), &keys, change.today())?;
    let names: Vec<_> = names.iter().map(|key| language::people(key)).collect();
    Ok(if names.is_empty() {
        say!("hand the paper to General Management's clerk").to_owned()
    } else {
        say!("let {names} enter it, or hand the paper to General Management's clerk", names = language::any_of(&names))
    })
}

/// The way out where one of these roles decides on a day, and not who is judged by it.
pub(crate) fn name_who_decided(change: &Change<'_>, roles: &[Role], day: NaiveDate, judged: &str) -> Result<String> {
    let mut keys = Vec::new();
    for role in roles {
        let holders = Person::holders(change.sql(), *role, None, day)?.into_iter().map(|holder| holder.key);
        keys.extend(holders.filter(|key| key != judged));
    }
    name_with_pen(change, say!("name who decided with --by PERSON").to_owned(), &keys)
}

/// The way out for whoever writes for others; anybody else lets one of these people enter it.
pub(crate) fn name_with_pen(change: &Change<'_>, way_out: String, keys: &[impl AsRef<str>]) -> Result<String> {
    if has_pen(change)? { Ok(way_out) } else { name_who(change, keys) }
}

/// The way out of a refusal that asks for somebody whom it cannot name.
pub(crate) fn name_somebody(change: &Change<'_>) -> Result<String> {
    name_with_pen(change, say!("name who did it with --by PERSON").to_owned(), &[] as &[&str])
}

/// Whether the actor is at the keyboard and writes down what others did without saying who: a clerk or contract administrator.
pub(crate) fn records(change: &Change<'_>, actor: &Person) -> Result<bool> {
    Ok(*actor == change.recorder.person && has_pen(change)?)
}

/// The day that counts for a deadline: that on which it is entered where the person who is judged enters it, or their manager; that of
/// the paper where a clerk or contract administrator enters what somebody else did.
pub(crate) fn counted_day(change: &Change<'_>, actor: &Person) -> Result<NaiveDate> {
    Ok(if writes_down(change, actor)? { change.on } else { change.today() })
}

/// Whether the person at the keyboard writes down what somebody else did, as a clerk or contract administrator.
pub(crate) fn writes_down(change: &Change<'_>, actor: &Person) -> Result<bool> {
    Ok(change.recorder.person != *actor && has_pen(change)?)
}

/// The first day that counts on which the actor does not hold what `holds` asks for; none where they may act.
///
/// The day of the change counts, and today as well where somebody enters their own deed and does not write for others: so
/// nobody gets back into a lapsed office by an earlier `--on`; nor into one that is to come by `BRANCHBOOK_NOW`.
pub(crate) fn out_of_office(
    change: &Change<'_>,
    actor: &Person,
    holds: impl Fn(NaiveDate) -> Result<bool>,
) -> Result<Option<NaiveDate>> {
    if !holds(change.on)? {
        return Ok(Some(change.on));
    }
    let today = change.today();
    if let Some(system) = times::system_day(change.sql(), change.now())?.filter(|system| *system < change.on)
        && !holds(system)?
    {
        return Ok(Some(system));
    }
    let may_act = change.on == today || *actor != change.recorder.person || has_pen(change)? || holds(today)?;
    Ok((!may_act).then_some(today))
}

/// The person of this key or name, who must be on the staff on the day of the change; `option` names them on the command line.
pub(crate) fn on_the_staff(change: &Change<'_>, who: &str, clause: &str, option: &str) -> Result<Person> {
    let person = Person::find(change.sql(), who)?;
    if is_on_the_staff(change.sql(), &person, change.on)? {
        return Ok(person);
    }
    Err(absent(&person, change.on, clause, option).into())
}

/// The person of this key or name, to whom something is given: on the staff on the day of the change, and not to be removed from it
/// (R2.4).
pub(crate) fn given_to(change: &Change<'_>, who: &str, clause: &str, option: &str) -> Result<Person> {
    let person = on_the_staff(change, who, clause, option)?;
    removed::refuse(change.sql(), &person, change.on)?;
    Ok(person)
}

/// Refuses somebody of the staff list, by key or name, who was not on the staff on that day, or was to be removed from it; whoever else
/// is named is of another company.
pub(crate) fn refuse_gone(
    book: &Connection,
    named: &str,
    day: NaiveDate,
    (clause, option): (&str, &str),
) -> Result<()> {
    // A name that two share is told apart where it is typed.
    let Ok(Some(person)) = Person::look_up(book, named) else { return Ok(()) };
    if !is_on_the_staff(book, &person, day)? {
        return Err(absent(&person, day, clause, option).into());
    }
    removed::refuse(book, &person, day)
}

/// That a person was not on the staff on that day, where this option names another.
fn absent(person: &Person, on: NaiveDate, clause: &str, option: &str) -> Refusal {
    Refusal::rule(clause, say!("{person} was not on the staff on {on}", person, on))
        .or(say!("name another person with {option} PERSON", option))
}

/// Whether the person holds any role on that day; a service is nobody who does anything.
pub(crate) fn is_on_the_staff(book: &Connection, person: &Person, day: NaiveDate) -> Result<bool> {
    Ok(book
        .prepare_cached(&with_views(
            "SELECT 1 FROM term
                  WHERE person = ?1 AND from_on <= ?2
                  AND (until_on IS NULL OR until_on >= ?2) AND role <> 'service'",
        ))?
        .exists((&person.key, day))?)
}

/// Those of these people who are on the staff on that day: whom a refusal may name.
pub(crate) fn of_the_staff<'k>(
    book: &Connection,
    keys: impl IntoIterator<Item = &'k String>,
    day: NaiveDate,
) -> Result<Vec<String>> {
    let mut there = Vec::new();
    for key in keys {
        if let Some(person) = Person::of_key(book, key)?
            && is_on_the_staff(book, &person, day)?
        {
            there.push(person.key);
        }
    }
    Ok(there)
}

/// Refuses unless the actor works in the department or in General Management on the day of the change, or writes down what
/// others did.
pub(crate) fn require_office(
    change: &Change<'_>,
    department: &str,
    actor: &Person,
    clause: &str,
    what: &str,
) -> Result<()> {
    if records(change, actor)? {
        return Ok(());
    }
    let book = change.sql();
    let may = |day| Ok(actor.works_in(book, department, day)? || actor.works_in(book, "general", day)?);
    let Some(day) = out_of_office(change, actor, may)? else { return Ok(()) };
    let department = language::value(department);
    let what = say!(
        "{what} is for somebody of {department} or general, which {actor} was not on {day}",
        what,
        department,
        actor,
        day
    );
    Err(Refusal::rule(clause, what).or(name_somebody(change)?).into())
}

/// The actor of what General Management does: somebody who works there, or a clerk; `done` says what, such as `shipments are
/// organised`.
pub(crate) fn general_management(change: &Change<'_>, by: Option<&str>, clause: &str, done: &str) -> Result<Person> {
    let actor = office_bearer(change, by)?;
    let book = change.sql();
    let may = |day| Ok(actor.works_in(book, "general", day)? || actor.holds(book, Role::Clerk, None, day)?);
    let Some(day) = out_of_office(change, &actor, may)? else { return Ok(actor) };
    let clerks = Person::holders(book, Role::Clerk, None, day)?;
    let keys: Vec<&str> = clerks.iter().map(|clerk| clerk.key.as_str()).collect();
    let way_out = if keys.is_empty() && has_pen(change)? {
        say!("nobody was a clerk on that day").to_owned()
    } else {
        name_who(change, &keys)?
    };
    Err(Refusal::rule(
        clause,
        say!("{done} by General Management, of which {actor} was not on {day}", done, actor, day),
    )
    .or(way_out)
    .into())
}

/// Whether the person at the keyboard is a clerk today.
pub(crate) fn is_clerk(change: &Change<'_>) -> Result<bool> {
    change.recorder.person.holds(change.sql(), Role::Clerk, None, change.today())
}

/// Refuses unless the person at the keyboard is a clerk today.
pub(crate) fn require_clerk(change: &Change<'_>, clause: &str, what: &str) -> Result<()> {
    let acting = &change.recorder.person;
    if acting.holds(change.sql(), Role::Clerk, None, change.today())? {
        return Ok(());
    }
    Err(Refusal::rule(clause, say!("{acting} is no clerk, and only a clerk {what}", acting, what))
        .or(say!("ask General Management's clerk"))
        .into())
}

/// That something is for a role, of a department where it is, and the actor did not hold it on the day.
pub(crate) fn for_the(what: &str, role: &str, department: Option<&str>, actor: &Person, day: NaiveDate) -> String {
    match department.map(language::value) {
        None => say!("{what} is for the {role}, which {actor} was not on {day}", what, role, actor, day),
        Some(department) => say!(
            "{what} is for the {role} of {department}, which {actor} was not on {day}",
            what,
            role,
            department,
            actor,
            day
        ),
    }
}

/// The actor of what a clerk does for the whole office, who is at the keyboard; in whose name it is done is a clerk as well, or a
/// manager or leader, who had it done. `what` says what a clerk does, such as `makes routes`.
pub(crate) fn clerks_deed(change: &Change<'_>, by: Option<&str>, clause: &str, what: &str) -> Result<Person> {
    require_clerk(change, clause, what)?;
    let actor = office_bearer(change, by)?;
    if records(change, &actor)? {
        return Ok(actor);
    }
    let mut keys = Vec::new();
    for role in [Role::Clerk, Role::DepartmentManager, Role::BranchManager, Role::CompanyLeader] {
        if actor.holds(change.sql(), role, None, change.on)? {
            return Ok(actor);
        }
        keys.extend(Person::holders(change.sql(), role, None, change.on)?.into_iter().map(|person| person.key));
    }
    let what = say!("{actor} is no clerk, manager or leader, in whose name a clerk {what}", actor, what);
    Err(Refusal::rule(clause, what).or(name_who(change, &keys)?).into())
}

/// Refuses unless the actor holds the role on the day of the change, as [`out_of_office`] says; the refusal names who does.
pub(crate) fn require_role(
    change: &Change<'_>,
    actor: &Person,
    role: Role,
    department: Option<&str>,
    clause: &str,
    what: &str,
) -> Result<()> {
    if role.decides() {
        refuse_lent(change, clause)?;
    }
    let holds = |day| {
        if role.decides() {
            actor.decides_as(change.sql(), role, department, day)
        } else {
            actor.holds(change.sql(), role, department, day)
        }
    };
    let Some(day) = out_of_office(change, actor, holds)? else { return Ok(()) };
    let people = if role.decides() { Person::deciders } else { Person::holders };
    let holders = people(change.sql(), role, department, day)?;
    let way_out = if holders.is_empty() {
        say!(
            "nobody was on that day; enter the term with: branchbook staff role KEY --department {general} --role {role} --from DATE",
            general = department.unwrap_or("general"),
            role
        )
    } else {
        let keys: Vec<&str> = holders.iter().map(|person| person.key.as_str()).collect();
        if has_pen(change)? {
            let names: Vec<String> = keys.iter().map(|key| format!("--by {key}")).collect();
            say!("name who decided: {names}", names = language::any_of(&names))
        } else {
            name_who(change, &keys)?
        }
    };
    Err(Refusal::rule(clause, for_the(what, &language::value(&role.to_string()), department, actor, day))
        .or(way_out)
        .into())
}
