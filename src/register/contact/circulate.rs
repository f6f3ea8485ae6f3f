//! A form on its way: signatures for receipt and replies (R4.5, R4.7).

use anyhow::Result;
use chrono::NaiveDate;
use clap::ArgMatches;
use rusqlite::Connection;

use super::{COPY, KIND, PAPER, PARTY, RECEIVED, REPLIED, REPLY_BY, TO, parties};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::fields;
use crate::language;
use crate::office::identity;
use crate::person::{Person, Role};
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::child::{Amended, List};
use crate::register::entry::Entry;
use crate::register::field::Field;
use crate::register::form::{Check, Rule};
use crate::register::task::Task;
use crate::say;
use crate::text::{self, Line};

/// The signatures for receipt, and the replies.
pub(super) static SIGNATURES: List = List {
    table: "signature",
    rules: &[Rule { fields: fields![SIGNED_BY, SIGNED_ON], check: Check::Follows(again_signed) }],
    kept: again_received,
    amended: Some(Amended::of("signature", fields![SIGNED_BY, SIGNED_ON])),
    ..List::BLANK
};
pub(super) static REPLIES: List = List {
    table: "reply",
    rules: &[Rule { fields: fields![REPLIED_BY, REPLIED_ON], check: Check::Follows(again_answered) }],
    kept: again_replied,
    amended: Some(Amended::of("reply", fields![REPLIED_BY, REPLIED_ON, ANSWER])),
    ..List::BLANK
};

// What is corrected of them.
const SIGNED_BY: Field<String> =
    Field::line("signed_by", "").option("signed-by").value_name("PERSON").look_up(hand_of).did();
const SIGNED_ON: Field<NaiveDate> = Field::past("signed_on", "").option("signed-on");
const REPLIED_BY: Field<String> =
    Field::line("replied_by", "").option("replied-by").value_name("PERSON").look_up(hand_of).did();
const REPLIED_ON: Field<NaiveDate> =
    Field::past("replied_on", "").option("replied-on").judges("replied_by").clause("R4.7");
const ANSWER: Field<String> = Field::text("text", "");

/// The key of a person of the staff, else the name of somebody outside.
fn hand_of(book: &Connection, who: &str) -> Result<String> {
    Ok(Person::look_up(book, who)?.map_or_else(|| text::trim(who).to_owned(), |person| person.key))
}

/// The day of receipt is that of the last addressee's signature, also once one is corrected.
fn again_received(task: &mut Task<'_, '_>) -> Result<()> {
    let sql = "UPDATE contact SET received_on = (SELECT max(s.signed_on) FROM signature AS s WHERE s.undone_on IS NULL AND s.entry = ?1
            AND instr('; ' || addressed_to || '; ', '; ' || s.party || '; ') > 0)
        WHERE entry = ?1 AND received_on IS NOT NULL";
    task.sql().execute(sql, [task.entry.id])?;
    Ok(())
}

/// The day of reply is that of the first reply, also once one is corrected.
fn again_replied(task: &mut Task<'_, '_>) -> Result<()> {
    let sql = "UPDATE contact SET replied_on = (SELECT min(r.replied_on) FROM reply AS r WHERE r.undone_on IS NULL AND r.entry = ?1)
        WHERE entry = ?1";
    task.sql().execute(sql, [task.entry.id])?;
    Ok(())
}

/// Who signed for a party is held to what signing asks for, also once that is corrected (R4.7).
fn again_signed(task: &mut Task<'_, '_>) -> Result<()> {
    again_stood_for(task, &SIGNED_BY, &SIGNED_ON, true)
}

/// The same of who answered.
fn again_answered(task: &mut Task<'_, '_>) -> Result<()> {
    again_stood_for(task, &REPLIED_BY, &REPLIED_ON, false)
}

fn again_stood_for(task: &Task<'_, '_>, who: &Field<String>, when: &Field<NaiveDate>, signs: bool) -> Result<()> {
    // A row that is added is held to it by its step.
    let (book, Some(party)) = (task.sql(), task.line.was_text(PARTY.spec.column)) else { return Ok(()) };
    let (Some(by), Some(day)) = (task.line.get(who)?, task.line.get(when)?) else { return Ok(()) };
    let option = who.spec.option;
    let Some(party) = parties::key(book, party)? else {
        let has_paper = task.line.get(&PAPER)?.is_some();
        return if has_paper { Ok(()) } else { refuse_of_the_staff(book, &by, party, option) };
    };
    let Some(person) = Person::look_up(book, &by)? else {
        let named = language::value(&party);
        let what = say!("{by} is not on the staff, and {party} is no unit outside the company", by, party = named);
        let way_out = say!("name somebody of {party} with --{option} PERSON", party = named, option);
        return Err(Refusal::rule("R4.7", what).or(way_out).into());
    };
    if person.key != party && !person.works_in(book, &party, day)? {
        let (what, way_out) = stranger(&person, Person::of_key(book, &party)?, &party, day, option);
        return Err(Refusal::rule("R4.7", what).or(way_out).into());
    }
    refuse_issuer(task, &person, &party, option)?;
    let holds = |role| person.holds(book, role, None, day);
    match administered(task, &party)? {
        Some((clause, what)) if signs && !holds(Role::ContractAdministrator)? => {
            Err(not_administered(task, clause, what, &person, (day, option))?.into())
        }
        _ => Ok(()),
    }
}

/// The command that signs for a party, by whoever is known to sign: the person themselves, General Management's contract administrator,
/// the one manager of a department, or who alone works there; else a word for who it was.
pub(super) fn signing(book: &Connection, number: &str, party: &str, day: NaiveDate) -> Result<String> {
    let by = match (Person::of_key(book, party)?, parties::key(book, party)?) {
        (Some(person), _) => person.key,
        (None, None) => "NAME".to_owned(),
        (None, Some(department)) => {
            let (role, of) = if department == "general" {
                (Role::ContractAdministrator, None)
            } else {
                (Role::DepartmentManager, Some(department.as_str()))
            };
            let issuer = Entry::find(book, number)?.person;
            let but_issuer = |mut people: Vec<Person>| {
                people.retain(|person| person.key != issuer);
                people
            };
            let mut known = but_issuer(Person::holders(book, role, of, day)?);
            if known.is_empty() {
                known = but_issuer(Person::working_in(book, &department, day)?);
            }
            match known.as_slice() {
                [one] => one.key.clone(),
                _ => "PERSON".to_owned(),
            }
        }
    };
    Ok(format!("branchbook contact sign {number} --for {party} --by {by}", party = text::word(party)))
}

/// The command that enters the answer of a party; of a unit outside the company that must be named, with who answered there.
pub(super) fn answering(book: &Connection, number: &str, party: &str) -> Result<String> {
    let is_outside = parties::key(book, party)?.is_none() && Person::of_key(book, party)?.is_none();
    let who = if is_outside { format!("--for {} --by NAME", text::word(party)) } else { "--by PERSON".to_owned() };
    Ok(format!("branchbook contact reply {number} {who} --text TEXT"))
}

/// Who got a form, and who has signed for it.
pub(super) struct Round {
    addressed_to: Vec<String>,
    pub(super) copied_to: Vec<String>,
    pub(super) signed: Vec<String>,
}

impl Round {
    pub(super) fn of(task: &Task<'_, '_>) -> Result<Self> {
        let list = |column: Option<String>| parties::split(&column.unwrap_or_default()).map(str::to_owned).collect();
        let signed =
            task.sql().column("SELECT party FROM signature WHERE undone_on IS NULL AND entry = ?1", [task.entry.id])?;
        let (to, copy) = (task.row.was(&TO)?, task.row.was(&COPY)?);
        Ok(Self { addressed_to: list(to), copied_to: list(copy), signed })
    }

    /// The addressees who have not signed.
    pub(super) fn missing(&self) -> impl Iterator<Item = &str> {
        self.addressed_to.iter().filter(|party| !self.signed.contains(party)).map(String::as_str)
    }

    /// Whoever got the form: first those who have not signed, so that a person of two parties signs for the other one.
    fn unsigned_first(&self) -> Vec<String> {
        let mut parties: Vec<String> = self.addressed_to.iter().chain(&self.copied_to).cloned().collect();
        parties.sort_by_key(|party| self.signed.contains(party));
        parties
    }
}

/// Who signs or answers: for a unit outside the company somebody under their own name, entered by whoever may write for others.
pub(super) fn hand(change: &Change<'_>, matches: &ArgMatches, by: Option<&str>) -> Result<Person> {
    let Some(party) = PARTY.spec.text(matches) else { return identity::actor(change, by) };
    if parties::key(change.sql(), party)?.is_some() {
        return identity::actor(change, by);
    }
    let by: Line = by
        .ok_or_else(|| {
            Refusal::usage(say!("nobody is named who acts for {party}", party))
                .or(say!("name the person of that unit with --by NAME"))
        })?
        .parse()?;
    if PAPER.spec.text(matches).is_none() {
        refuse_of_the_staff(change.sql(), &by, party, "by")?;
    }
    if Person::look_up(change.sql(), &by)?.as_ref() == Some(&change.recorder.person) && !identity::has_pen(change)? {
        let what = say!("what {party} did is entered by a clerk or contract administrator", party);
        return Err(Refusal::rule("R4.7", what).or(identity::name_who(change, &[] as &[&str])?).into());
    }
    identity::require_pen(change, &by)?;
    Ok(Person { key: by.to_string(), name: by.to_string(), department: String::new(), os_login: None })
}

/// Nobody of the staff acts for a unit outside the company, but where its paper is named (R4.7).
fn refuse_of_the_staff(book: &Connection, by: &str, party: &str, option: &str) -> Result<()> {
    let Some(person) = Person::look_up(book, by)? else { return Ok(()) };
    let what = say!("{person} is on the staff and does not act for {party}, a unit outside the company", person, party);
    let way_out = if option == "by" {
        say!("name who did there with --by NAME, or the paper on which they did with --paper NUMBER").to_owned()
    } else {
        say!("name who did there with --{option} NAME", option)
    };
    Err(Refusal::rule("R4.7", what).or(way_out).into())
}

/// The party that is named, or the one that the person is or works in; and that the person stands for it.
fn stand_for(task: &mut Task<'_, '_>, among: &[String]) -> Result<String> {
    let (person, book) = (&task.actor, task.sql());
    let stands = |party: &str, day| Ok::<_, anyhow::Error>(person.key == party || person.works_in(book, party, day)?);
    let mut found = None;
    if let Some(name) = task.line.get(&PARTY)? {
        let key = parties::key(book, &name)?.unwrap_or_else(|| text::trim(&name).to_owned());
        found = Some(key).filter(|key| among.contains(key));
        if found.is_none() {
            return Err(Refusal::usage(say!("{number} did not go to {name}", number = task.entry.number, name))
                .or(say!("it went to: {among}", among = said(among)))
                .into());
        }
    }
    for party in among {
        if found.is_none() && stands(party, task.change.on)? {
            found = Some(party.clone());
        }
    }
    let Some(party) = found else {
        let what = say!("{number} did not go to {person} or their department", number = task.entry.number, person);
        let way_out = say!("name the party with --for; it went to: {among}", among = said(among));
        return Err(Refusal::usage(what).or(way_out).into());
    };
    if parties::key(book, &party)?.is_some()
        && let Some(day) = identity::out_of_office(task.change, person, |day| stands(&party, day))?
    {
        let (what, way_out) = stranger(person, Person::of_key(book, &party)?, &party, day, "by");
        let way_out = identity::name_with_pen(task.change, way_out, &[&party])?;
        return Err(Refusal::rule("R4.7", what).or(way_out).into());
    }
    task.line.set(PARTY.spec.column, party.clone());
    Ok(party)
}

/// To whom a form went, as a sentence says it.
fn said(parties: &[String]) -> String {
    parties.iter().map(|party| language::people(party)).collect::<Vec<_>>().join(language::comma())
}

/// What is refused to somebody who does not stand for a party: the person `owner`, or a department. And the way out, by this option.
fn stranger(person: &Person, owner: Option<Person>, party: &str, day: NaiveDate, option: &str) -> (String, String) {
    let named = language::value(party);
    match owner {
        Some(owner) => (
            say!("{person} cannot act for {owner}", person, owner),
            say!("name them with --{option} {party}", option, party),
        ),
        None => (
            say!("{person} was not of {party} on {day}, so they cannot act for it", person, party = named, day),
            say!("name somebody of {party} with --{option} PERSON", party = named, option),
        ),
    }
}

/// A party signs once; once the last addressee has, the form is received.
pub(super) fn sign(task: &mut Task<'_, '_>) -> Result<()> {
    let round = Round::of(task)?;
    let party = stand_for(task, &round.unsigned_first())?;
    if round.signed.contains(&party) {
        let number = &task.entry.number;
        let what = say!("{number} is signed for {party} already", number, party = language::people(&party));
        let way_out = say!("see who signed with: branchbook show {number}", number);
        return Err(Refusal::rule("R4.7", what).or(way_out).into());
    }
    refuse_own(task, &party)?;
    require_administrator(task, &party)?;
    if task.row.get(&RECEIVED)?.is_none() && round.missing().all(|missing| missing == party) {
        task.set(RECEIVED.spec.column, task.change.on.to_string());
    }
    Ok(())
}

/// Nobody takes in or answers the form that they issued themselves: not for their own department, nor for a unit outside the
/// company without its paper (R4.7).
fn refuse_own(task: &Task<'_, '_>, party: &str) -> Result<()> {
    let (number, issuer) = (&task.entry.number, &task.entry.person);
    if parties::key(task.sql(), party)?.is_none() {
        if task.change.recorder.person.key != *issuer || task.line.get(&PAPER)?.is_some() {
            return Ok(());
        }
        let issuer = language::people(issuer);
        let what = say!("{issuer} issued {number} and does not act for {party} on it", issuer, number, party);
        let way_out =
            say!("name the paper on which {party} did with --paper NUMBER, or let another clerk enter it", party);
        return Err(Refusal::rule("R4.7", what).or(way_out).into());
    }
    refuse_issuer(task, &task.actor, party, "by")
}

/// Nobody acts for a department on the form that they issued; for themselves they may.
fn refuse_issuer(task: &Task<'_, '_>, person: &Person, party: &str, option: &str) -> Result<()> {
    let (number, issuer) = (&task.entry.number, &task.entry.person);
    if person.key != *issuer || party == issuer {
        return Ok(());
    }
    let (issuer, named) = (language::people(issuer), language::people(party));
    let what = say!("{issuer} issued {number} and does not act for {party} on it", issuer, number, party = named);
    let way_out = if administered(task, party)?.is_some() {
        another_administrator(task, (task.change.on, option))?
    } else {
        let way_out = say!("name somebody else of {party} with --{option} PERSON", party = named, option);
        identity::name_with_pen(task.change, way_out, &[] as &[&str])?
    };
    Err(Refusal::rule("R4.7", what).or(way_out).into())
}

/// What General Management signs for by a contract administrator alone: what the user raises (R4.5), and its copy of a form that goes
/// outside (R4.6). The clause, and what it says.
fn administered(task: &Task<'_, '_>, party: &str) -> Result<Option<(&'static str, &'static str)>> {
    Ok(match task.row.get(&KIND)?.as_deref() {
        _ if party != "general" => None,
        Some("user-request") => Some(("R4.5", say!("what the user raises is signed for by a contract administrator"))),
        Some("external") => Some((
            "R4.6",
            say!("General Management's copy of an external form is signed for by a contract administrator"),
        )),
        _ => None,
    })
}

fn require_administrator(task: &Task<'_, '_>, party: &str) -> Result<()> {
    let Some((clause, what)) = administered(task, party)? else { return Ok(()) };
    let (change, person) = (&*task.change, &task.actor);
    let holds = |day| person.holds(change.sql(), Role::ContractAdministrator, None, day);
    if identity::out_of_office(change, person, holds)?.is_none() {
        return Ok(());
    }
    Err(not_administered(task, clause, what, person, (change.on, "by"))?.into())
}

/// That somebody is no contract administrator; the option names who was on that day.
fn not_administered(
    task: &Task<'_, '_>,
    clause: &str,
    what: &str,
    person: &Person,
    when: (NaiveDate, &str),
) -> Result<Refusal> {
    let way_out = another_administrator(task, when)?;
    Ok(Refusal::rule(clause, say!("{what}, which {by} is not", what, by = person)).or(way_out))
}

/// The way out where a contract administrator signs who did not issue the form: the option names those of that day.
fn another_administrator(task: &Task<'_, '_>, (day, option): (NaiveDate, &str)) -> Result<String> {
    let holders = Person::holders(task.sql(), Role::ContractAdministrator, None, day)?;
    let others = holders.iter().filter(|holder| holder.key != task.entry.person);
    let keys: Vec<&str> = others.map(|holder| holder.key.as_str()).collect();
    Ok(if holders.is_empty() {
        say!("nobody was on that day; enter the term with: branchbook staff role KEY --department general --role contract-administrator --from DATE").to_owned()
    } else if keys.is_empty() {
        say!("nobody else was one on that day; enter another's term with: branchbook staff role KEY --department general --role contract-administrator --from DATE").to_owned()
    } else if option == "by" {
        identity::name_who(task.change, &keys)?
    } else {
        let names: Vec<String> = keys.iter().map(|key| format!("--{option} {key}")).collect();
        say!("name who did with {names}", names = language::any_of(&names))
    })
}

/// The last addressee's signature leads a form that was not archived before to its receipt.
pub(super) fn after_signing(task: &Task<'_, '_>) -> Result<&'static str> {
    let received = task.entry.state == "issued" && Round::of(task)?.missing().next().is_none();
    Ok(if received { "received" } else { "" })
}

pub(super) fn signed(task: &Task<'_, '_>) -> Result<String> {
    if task.to != "issued" {
        return task.says(phrase!("{number}: signed for {party} by {by} on {on}; {state}"));
    }
    let missing = Round::of(task)?.missing().map(language::value).collect::<Vec<_>>().join(parties::BETWEEN);
    task.says_with(
        phrase!("{number}: signed for {party} by {by} on {on}; waits for {missing}"),
        &[("missing", missing)],
    )
}

/// An addressee answers once the form has reached every one of them; the first answer counts.
pub(super) fn reply(task: &mut Task<'_, '_>) -> Result<()> {
    let on = task.change.on;
    if let Some(day) = task.row.get(&RECEIVED)?.filter(|day| on < *day) {
        let (number, deed, what) = (&task.entry.number, language::led_to("received"), say!("answered"));
        let what = say!("{number} was {deed} on {day} and cannot be {what} on {on}", number, deed, day, what, on);
        return Err(Refusal::usage(what).or(say!("give the day it happened with --on DATE")).into());
    }
    let addressed_to = Round::of(task)?.addressed_to;
    let party = stand_for(task, &addressed_to)?;
    refuse_own(task, &party)?;
    let counted = identity::counted_day(task.change, &task.actor)?;
    task.line.set(REPLIED_ON.spec.column, counted.to_string());
    let first = task.row.get(&REPLIED)?.map_or(counted, |replied| replied.min(counted));
    task.set(REPLIED.spec.column, first.to_string());
    Ok(())
}

pub(super) fn replied(task: &Task<'_, '_>) -> Result<String> {
    let counted = identity::counted_day(task.change, &task.actor)?;
    let late = task.row.get(&REPLY_BY)?.is_some_and(|wanted| wanted < counted);
    task.says(if late {
        phrase!("{number}: {party} replied on {on}, late: it was wanted by {reply_by_on}")
    } else {
        phrase!("{number}: {party} replied on {on}")
    })
}

/// The addressees of a form stay once it was signed for (R4.7).
pub(super) fn refuse_readdressed(task: &mut Task<'_, '_>) -> Result<()> {
    let stays = task.opens || !task.row.differs(&TO.spec);
    if stays || task.entry.state == "issued" && Round::of(task)?.signed.is_empty() {
        return Ok(());
    }
    let what = say!("{number} has been signed for, so its addressees stay", number = task.entry.number);
    Err(Refusal::rule("R4.7", what).or(say!("void it and issue a new one")).into())
}

/// A copy that was signed for stays (R4.7).
pub(super) fn refuse_uncopied(task: &mut Task<'_, '_>) -> Result<()> {
    if task.opens {
        return Ok(());
    }
    let (round, new) = (Round::of(task)?, task.row.get(&COPY)?.unwrap_or_default());
    let gone =
        round.copied_to.iter().find(|old| round.signed.contains(old) && parties::split(&new).all(|kept| kept != *old));
    let Some(party) = gone else { return Ok(()) };
    let number = &task.entry.number;
    let what =
        say!("{party} has signed for the copy of {number}, which stays", party = language::people(party), number);
    Err(Refusal::rule("R4.7", what).or(say!("add --copy {party}", party = text::word(party))).into())
}
