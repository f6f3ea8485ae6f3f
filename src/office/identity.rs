//! Who acts: the person at the keyboard, and the person in whose name a thing is entered.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::person::{Person, Role};
use crate::book::change::{Change, Lent, Recorder};
use crate::book::view::with_views;
use crate::language;
use crate::refusal::Refusal;
use crate::say;
use crate::surroundings::Surroundings;
use crate::text;

/// The key of General Management, which keeps the registers (R1).
pub(crate) const GENERAL: &str = "general";

/// The person at the keyboard: the owner of the login, or whom `--as` names where no login is on record. Where the login is
/// another's own, or was made up in a user namespace, it is lent: it says nothing of who the person is.
///
/// # Errors
/// A refusal where the login is nobody's, or `--as` names a person who has a login.
pub fn recorder(book: &Connection, surroundings: &Surroundings) -> Result<Recorder> {
    let login = surroundings.login.clone();
    let owner = match &surroundings.keyed {
        Some(key) => Some(Person::find(book, key)?),
        // A name that a user namespace gave is nobody's: whoever has a login of their own works from that.
        None if surroundings.foreign => None,
        None => Person::of_login(book, &login)?,
    };
    let person = match (&surroundings.as_person, &owner) {
        (None, Some(owner)) => owner.clone(),
        (None, None) => return Err(unproven(surroundings).into()),
        (Some(who), owner) => named(book, who, owner.as_ref())?,
    };
    let own = owner.as_ref() == Some(&person);
    let lent = if surroundings.foreign { Some(Lent::Unknown) } else { owner.filter(|_| !own).map(Lent::By) };
    let declared = !own || surroundings.foreign;
    Ok(Recorder { person, declared, lent, login, host: surroundings.host.clone() })
}

/// Whom `--as` names: somebody without a login of their own, or the owner of this one.
fn named(book: &Connection, who: &str, owner: Option<&Person>) -> Result<Person> {
    let person = Person::find(book, who)?;
    match &person.os_login {
        Some(theirs) if owner != Some(&person) => Err(Refusal::rule(
            "R2.4",
            say!("{person} works under the login {theirs}, so --as is not taken for them", person, theirs),
        )
        .or(say!("let them log in as {theirs}; a clerk enters what they did with --by {key}", theirs, key = person.key))
        .into()),
        _ => Ok(person),
    }
}

/// Refuses unless the person at the keyboard has a term today, and not as a service alone: what is entered, somebody enters
/// (Q3, Q5).
pub(crate) fn require_hand(book: &Connection, recorder: &Recorder, today: NaiveDate) -> Result<()> {
    let person = &recorder.person;
    if is_on_the_staff(book, person, today)? {
        return Ok(());
    }
    let refusal = if person.holds(book, Role::Service, None, today)? {
        Refusal::rule(
            "R2.4",
            say!("{person} is a service, which reads, exports and copies, and enters nothing", person),
        )
        .or(say!("let the person who did it enter it, or a clerk"))
    } else {
        Refusal::rule("R2.4", say!("{person} is not on the staff on {today}, and enters nothing", person, today)).or(
            say!(
                "a clerk enters a term with: branchbook staff role {key} --department DEPARTMENT --role ROLE",
                key = person.key
            ),
        )
    };
    Err(refusal.into())
}

/// Refuses a decision from a login that does not prove who decides (Q1).
pub(crate) fn refuse_lent(change: &Change<'_>, clause: &str) -> Result<()> {
    let Recorder { lent, login, .. } = &change.recorder;
    let refusal = match lent {
        None => return Ok(()),
        Some(Lent::By(owner)) => Refusal::rule(
            clause,
            say!("the login {login} is that of {owner}, from which nothing is decided under --as", login, owner),
        )
        .or(say!("let whoever decides do so from their own login, or hand the signed paper to a clerk")),
        Some(Lent::Unknown) => Refusal::rule(
            clause,
            say!(
                "the login {login} is one of a user namespace, which proves nothing, and nothing is decided from it",
                login
            ),
        )
        .or(say!("decide where the login is the machine's own")),
    };
    Err(refusal.into())
}

/// Refuses a decision that somebody enters who asked for it or gains by it: as whom `--as` names, or as the owner of the login
/// (Q1). `did` says of each what they did to what is decided on.
pub(crate) fn refuse_entering(
    change: &Change<'_>,
    clause: &str,
    what: &str,
    concerned: &[(String, &str)],
) -> Result<()> {
    for hand in change.recorder.hands() {
        if let Some((_, did)) = concerned.iter().find(|(person, _)| *person == hand.key) {
            let refused = say!("{hand} {did} {what} and enters no decision on it", hand, did, what);
            return Err(Refusal::rule(clause, refused).or(let_others_enter()).into());
        }
    }
    refuse_seated(change, clause, what, concerned)
}

/// Refuses a decision of a declared person whose login or term was entered by somebody who asked for what is decided on or gains by it:
/// they could be whoever sits there. What founded the office stands for itself.
fn refuse_seated(change: &Change<'_>, clause: &str, what: &str, concerned: &[(String, &str)]) -> Result<()> {
    const SEATED: &str = "
        SELECT 1 FROM journal WHERE thing = 'staff ' || ?1 AND recorder = ?2
            AND id > (SELECT min(j.id) FROM journal AS j JOIN entry AS e ON e.number = j.thing)";
    let Recorder { person, declared, .. } = &change.recorder;
    if !declared {
        return Ok(());
    }
    let mut seated = change.sql().prepare_cached(SEATED)?;
    for (key, did) in concerned {
        if seated.exists((&person.key, key))? {
            let who = language::people(key);
            let refused = say!(
                "{who} {did} {what}, and entered the place of {person} on the staff, who is declared here and decides nothing on it",
                who,
                did,
                what,
                person
            );
            return Err(Refusal::rule(clause, refused)
                .or(say!("let whoever decides do so from a login of their own, or another clerk enter the signed paper from theirs"))
                .into());
        }
    }
    Ok(())
}

/// The way out where whoever is at the keyboard enters no decision, whoever gave it.
pub(crate) fn let_others_enter() -> &'static str {
    say!("let whoever decides enter it from their own login, or another clerk from the signed paper")
}

/// Who reads: as [`recorder`], but a login that is nobody's reads as nobody.
pub(crate) fn reader(book: &Connection, surroundings: &Surroundings) -> Result<Option<Recorder>> {
    let proven =
        || Ok::<_, anyhow::Error>(!surroundings.foreign && Person::of_login(book, &surroundings.login)?.is_some());
    let own = surroundings.keyed.is_some() || proven()?;
    if surroundings.as_person.is_none() && !own {
        return Ok(None);
    }
    recorder(book, surroundings).map(Some)
}

/// That the login is nobody's, or proves nothing.
pub(crate) fn unproven(surroundings: &Surroundings) -> Refusal {
    let login = &surroundings.login;
    if surroundings.foreign {
        let what = say!("the login {login} is one of a user namespace, which proves nothing", login);
        return Refusal::rule("R2.4", what).or(say!(
            "work where the login is the machine's own, or name with --as whoever has no login of their own"
        ));
    }
    Refusal::new(crate::refusal::Kind::Rule, say!("the login {login} is nobody on the staff of this book", login)).or(
        say!("the clerk enters you with: branchbook staff add KEY --name NAME --department DEPARTMENT --role ROLE --login {login}", login = text::word(login)),
    )
}

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
/// nobody gets back into a lapsed office by an earlier `--on`.
pub(crate) fn out_of_office(
    change: &Change<'_>,
    actor: &Person,
    holds: impl Fn(NaiveDate) -> Result<bool>,
) -> Result<Option<NaiveDate>> {
    if !holds(change.on)? {
        return Ok(Some(change.on));
    }
    let today = change.today();
    let may_act = change.on == today || *actor != change.recorder.person || has_pen(change)? || holds(today)?;
    Ok((!may_act).then_some(today))
}

/// The person of this key or name, who must be on the staff on the day of the change; `option` names them on the command line.
pub(crate) fn on_the_staff(change: &Change<'_>, who: &str, clause: &str, option: &str) -> Result<Person> {
    let person = Person::find(change.sql(), who)?;
    if is_on_the_staff(change.sql(), &person, change.on)? {
        return Ok(person);
    }
    Err(Refusal::rule(clause, say!("{person} was not on the staff on {on}", person, on = change.on))
        .or(say!("name another person with {option} PERSON", option))
        .into())
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
