//! Who sits at the keyboard, what their login proves, and which decisions they do not enter.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::is_on_the_staff;
use crate::book::change::{Change, Lent, Recorder};
use crate::language;
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::say;
use crate::surroundings::Surroundings;
use crate::text;

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
        Refusal::rule("R2.4", say!("{person} is not on the staff on {today}, and enters nothing", person, today))
            .or(by_a_term(person))
    };
    Err(refusal.into())
}

/// The way out for who has no term that runs.
pub(crate) fn by_a_term(person: &Person) -> String {
    say!(
        "a clerk enters a term with: branchbook staff role {key} --department DEPARTMENT --role ROLE",
        key = person.key
    )
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
    refuse_entering_but(change, clause, (what, concerned), |_| Ok(let_others_enter().to_owned()))
}

/// As [`refuse_entering`], with what whoever is at the keyboard can do instead.
pub(crate) fn refuse_entering_but(
    change: &Change<'_>,
    clause: &str,
    (what, concerned): (&str, &[(String, &str)]),
    instead: impl Fn(&Person) -> Result<String>,
) -> Result<()> {
    for hand in change.recorder.hands() {
        if let Some((_, did)) = concerned.iter().find(|(person, _)| *person == hand.key) {
            let refused = say!("{hand} {did} {what} and enters no decision on it", hand, did, what);
            return Err(Refusal::rule(clause, refused).or(instead(hand)?).into());
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
