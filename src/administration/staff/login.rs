//! Whose a login is: what is entered and decided from it counts as that person's own (Q1).

use anyhow::Result;
use clap::Args;

use super::{appoint, terms};
use crate::book::change::Change;
use crate::book::thing::Thing;
use crate::desk::{Answer, Deed};
use crate::office::identity;
use crate::person::{Person, Role, deputy};
use crate::refusal::Refusal;
use crate::register::{decide, forms};
use crate::say;
use crate::text::{self, Line};

/// Whose login
#[derive(Debug, Args)]
pub(crate) struct OwnLogin {
    /// The person
    pub(crate) person: String,
    /// The login; none to take it away
    #[arg(long, value_name = "LOGIN")]
    pub(crate) login: Option<Line>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl OwnLogin {
    pub(super) fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let person = Person::find(change.sql(), &self.person)?;
        let actor = decided(change, self.deed.by.as_deref(), &person)?;
        let login = self.login.as_deref().filter(|login| !text::is_none(login));
        if let Some(login) = login {
            refuse_taken(change, login)?;
        }
        change.sql().execute("UPDATE person SET os_login = ?2 WHERE key = ?1", (&person.key, login))?;
        let note = login.map_or_else(|| "no login".to_owned(), |login| format!("login {login}"));
        change.record(&Thing::office("staff", &[&person.key])?, &actor.key, Some(&note))?;
        let line = login
            .map_or_else(|| say!("has no login now").to_owned(), |login| say!("works under the login {login}", login));
        Ok(Answer::new(&person.key, format!("{person} {line}")))
    }
}

/// Who decided on a login: on that of somebody who decides, writes for others or reads by office, or stands in for one who does, they
/// themselves or whoever appoints them; on another's whoever keeps the staff list. For whoever has the login acts as that person.
fn decided(change: &Change<'_>, by: Option<&str>, person: &Person) -> Result<Person> {
    let roles = entrusted(change, person)?;
    if roles.is_empty() {
        return appoint::keeps(change, by, &person.key);
    }
    appoint::require_keeper(change)?;
    appoint::refuse_own(change, &person.key)?;
    refuse_asker(change, by, person)?;
    let named = identity::office_bearer(change, by)?;
    if named != *person && !appoint::is_being_founded(change)? {
        for role in roles {
            refuse_below(change, &named, person, role)?;
        }
    }
    identity::require_presence(change, &named, "R1")?;
    Ok(named)
}

/// Refuses whoever does not appoint to this role of the person whose login it is.
fn refuse_below(change: &Change<'_>, by: &Person, person: &Person, role: Role) -> Result<()> {
    let mut above = appoint::above(change.sql(), role, change.on)?;
    if above.contains(by) {
        return Ok(());
    }
    above.retain(|other| other != person);
    above.insert(0, person.clone());
    let keys: Vec<&str> = above.iter().map(|other| other.key.as_str()).collect();
    let what = say!(
        "the login of {person}, who is {role}, is theirs to change, or whoever's who appoints them, and not {by}'s",
        person,
        role,
        by
    );
    Err(Refusal::rule("R1", what).or(identity::name_who(change, &keys)?).into())
}

/// The entrusted roles that the person holds or is to hold, and of a deputy those of whom they stand in for.
fn entrusted(change: &Change<'_>, person: &Person) -> Result<Vec<Role>> {
    let (book, today) = (change.sql(), change.today());
    let mut people = deputy::principals(book, &person.key, today)?;
    people.push(person.key.clone());
    let mut roles = Vec::new();
    for key in people {
        let running = terms::beyond(book, &key, None, None, today.pred_opt().unwrap_or(today))?;
        roles.extend(terms::roles(&running).into_iter().filter(|role| role.is_entrusted()));
    }
    Ok(roles)
}

/// Refuses whoever waits for a decision of this person: they touch neither the login that proves who decides, nor who stands in
/// (R5.3, R5.4).
pub(super) fn refuse_asker(change: &Change<'_>, by: Option<&str>, person: &Person) -> Result<()> {
    let by = by.map(|by| Person::find(change.sql(), by)).transpose()?;
    let hands: Vec<&Person> = change.recorder.hands().chain(by.as_ref()).filter(|hand| *hand != person).collect();
    let mut found = None;
    for form in forms() {
        decide::awaiting(form, change.sql(), change.today(), &mut |asked| {
            if found.is_none() && asked.deciders.contains(&person.key) {
                let hand = hands.iter().find(|hand| hand.key == asked.asked_by);
                found = hand.map(|hand| ((*hand).clone(), asked));
            }
            Ok(())
        })?;
    }
    let Some((hand, asked)) = found else { return Ok(()) };
    let what = say!(
        "{hand} asked for {number}, which {person} may decide on, and changes neither their login nor their deputy meanwhile",
        hand,
        number = asked.number,
        person
    );
    let way_out = say!("let another clerk or manager enter it, or wait until it is decided on");
    Err(Refusal::rule(&*asked.clause, what).or(way_out).into())
}

/// Refuses a login that no account can have, one of the account to which keys lead, and one that is somebody's already.
pub(super) fn refuse_taken(change: &Change<'_>, login: &str) -> Result<()> {
    if login.contains(['/', ':']) || login.chars().any(char::is_whitespace) {
        let what = say!("{login} is the login of no account", login);
        return Err(Refusal::usage(what).or(say!("type the login alone, such as zhou")).into());
    }
    let keyed = "SELECT 1 FROM journal WHERE os_login LIKE ?1 || '/%' ESCAPE '\\'";
    if change.sql().prepare_cached(keyed)?.exists([login.replace('_', "\\_")])? {
        let what = say!("the keys of several people lead to the login {login}, which is nobody's", login);
        return Err(Refusal::rule("R1", what).or(say!("give the person a login of their own")).into());
    }
    match Person::of_login(change.sql(), login)? {
        None => Ok(()),
        Some(owner) => Err(Refusal::usage(say!("the login {login} is {owner}'s", login, owner))
            .or(say!("take it away first with: branchbook staff login {key}", key = owner.key))
            .into()),
    }
}
