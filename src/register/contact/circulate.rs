//! A form on its way: signatures for receipt and replies (R4.5, R4.7).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::parties;
use rusqlite::named_params;

use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::identity;
use crate::office::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::text::{Line, Text};

/// A signature for receipt
#[derive(Debug, Args)]
pub struct Sign {
    /// The form's number
    pub number: String,
    /// For which addressee or copy [default: the signer's department]
    #[arg(long = "for", value_name = "PARTY")]
    pub party: Option<String>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Sign {
    /// Enters the signature; the form is received when the last addressee has signed.
    ///
    /// # Errors
    /// A refusal where the party is none of the form, has signed, or the signer does not stand for it.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "contact", &self.number)?;
        entry.refuse_reserved(say!("signed"))?;
        entry.step(change.sql(), "sign", None)?;
        refuse_before(change, &entry, say!("signed"))?;
        let form = Form::of(change, &entry)?;
        let hand =
            Hand::of(change, &entry, self.party.as_deref(), self.deed.by.as_deref(), &form.parties_unsigned_first())?;
        if form.signed.contains(&hand.party) {
            return Err(Refusal::rule(
                "R4.7",
                say!(
                    "{number} is signed for {party} already",
                    number = entry.number,
                    party = language::value(&hand.party)
                ),
            )
            .or(say!("see who signed with: branchbook show {number}", number = entry.number))
            .into());
        }
        form.check_hand(change, &hand)?;
        let signature = named_params! { "party": hand.party, "signed_by": hand.by, "signed_on": change.on };
        entry.append(change, "signature", signature)?;
        let missing: Vec<&str> = form
            .addressed_to
            .iter()
            .map(String::as_str)
            .filter(|party| *party != hand.party && !form.signed.iter().any(|signed| signed == party))
            .collect();
        if missing.is_empty() {
            receive(change, &mut entry)?;
        }
        let stands = match entry.state.as_str() {
            "issued" => say!("waits for {missing}", missing = missing.join(parties::BETWEEN)),
            state => language::value(state).into_owned(),
        };
        change.record(&entry.thing()?, &hand.by, None)?;
        let line = say!(
            "{number}: signed for {party} by {by} on {on}; {stands}",
            number = entry.number,
            party = language::value(&hand.party),
            by = hand.by,
            on = change.on,
            stands
        );
        Ok(Answer::new(entry.number, line))
    }
}

/// The last addressee has signed: the form is received, unless it was archived before.
fn receive(change: &Change<'_>, entry: &mut Entry) -> Result<()> {
    if entry.state == "issued" {
        let step = entry.step(change.sql(), "sign", Some("received"))?;
        entry.take(change, &step)?;
    }
    change.sql().execute(
        "UPDATE contact SET received_on = ?2 WHERE entry = ?1 AND received_on IS NULL",
        (entry.id, change.on),
    )?;
    Ok(())
}

/// An addressee's reply
#[derive(Debug, Args)]
pub struct Reply {
    /// The form's number
    pub number: String,
    /// Which addressee answers [default: the replier's department]
    #[arg(long = "for", value_name = "PARTY")]
    pub party: Option<String>,
    /// What is answered
    #[arg(long)]
    pub text: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Reply {
    /// Enters the reply; it is late past the day by which it was wanted.
    ///
    /// # Errors
    /// A refusal where the form is not received, or the replier does not stand for an addressee.
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let entry = Entry::find_in(change.sql(), "contact", &self.number)?;
        entry.refuse_reserved(say!("answered"))?;
        entry.step(change.sql(), "reply", None)?;
        refuse_before(change, &entry, say!("answered"))?;
        refuse_before_receipt(change, &entry)?;
        let form = Form::of(change, &entry)?;
        let hand = Hand::of(change, &entry, self.party.as_deref(), self.deed.by.as_deref(), &form.addressed_to)?;
        let reply =
            named_params! { "party": hand.party, "replied_by": hand.by, "replied_on": change.on, "text": self.text };
        entry.append(change, "reply", reply)?;
        change.sql().execute(
            "UPDATE contact SET replied_on = min(coalesce(replied_on, ?2), ?2) WHERE entry = ?1",
            (entry.id, change.on),
        )?;
        change.record(&entry.thing()?, &hand.by, None)?;
        let day = change.on.to_string();
        let late = form
            .reply_by
            .filter(|wanted| *wanted < day)
            .map_or_else(String::new, |wanted| say!(", late: it was wanted by {wanted}", wanted));
        Ok(Answer::new(
            entry.number.clone(),
            say!(
                "{number}: {party} replied on {day}{late}",
                number = entry.number,
                party = language::value(&hand.party),
                day,
                late
            ),
        ))
    }
}

/// What signing and replying need to know of a form.
struct Form {
    kind: String,
    addressed_to: Vec<String>,
    copied_to: Vec<String>,
    signed: Vec<String>,
    reply_by: Option<String>,
}

impl Form {
    fn of(change: &Change<'_>, entry: &Entry) -> Result<Self> {
        let list = |column: &str| parties::split(column).map(str::to_owned).collect();
        let signed = change
            .sql()
            .prepare_cached("SELECT party FROM signature WHERE entry = ?1")?
            .query_map([entry.id], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(change
            .sql()
            .prepare_cached(
                "SELECT kind, addressed_to, coalesce(copied_to, ''), reply_by_on FROM contact WHERE entry = ?1",
            )?
            .query_row([entry.id], |row| {
                Ok(Self {
                    kind: row.get(0)?,
                    addressed_to: list(row.get_ref(1)?.as_str()?),
                    copied_to: list(row.get_ref(2)?.as_str()?),
                    signed,
                    reply_by: row.get(3)?,
                })
            })?)
    }

    /// Whoever got the form: first those who have not signed, so that a person of two parties signs for the other one.
    fn parties_unsigned_first(&self) -> Vec<String> {
        let mut parties: Vec<String> = self.addressed_to.iter().chain(&self.copied_to).cloned().collect();
        parties.sort_by_key(|party| self.signed.contains(party));
        parties
    }

    /// General Management signs by a contract administrator: for what the user raises (R4.5), and for its copy of a form
    /// that goes outside (R4.6).
    fn check_hand(&self, change: &Change<'_>, hand: &Hand) -> Result<()> {
        if hand.party != "general" {
            return Ok(());
        }
        match self.kind.as_str() {
            "user-request" => hand.require_administrator(
                change,
                "R4.5",
                say!("what the user raises is signed for by a contract administrator"),
            ),
            "external" => hand.require_administrator(
                change,
                "R4.6",
                say!("General Management's copy of an external form is signed for by a contract administrator"),
            ),
            _ => Ok(()),
        }
    }
}

/// Who acts for which party.
struct Hand {
    party: String,
    by: String,
    person: Option<Person>,
}

impl Hand {
    /// The party named, or the one that the person's department is; and that the person stands for it.
    fn of(change: &Change<'_>, entry: &Entry, party: Option<&str>, by: Option<&str>, among: &[String]) -> Result<Self> {
        let party = match party {
            Some(name) => Self::named(change, entry, name, among)?,
            None => Self::own(change, entry, by, among)?,
        };
        if parties::key(change.sql(), &party)?.is_none() {
            return Self::outside(change, party, by);
        }
        let person = identity::actor(change, by)?;
        let stands = |day| Ok(person.key == party || person.works_in(change.sql(), &party, day)?);
        let Some(day) = identity::out_of_office(change, &person, stands)? else {
            return Ok(Self { party, by: person.key.clone(), person: Some(person) });
        };
        let (what, way_out) = match Person::of_key(change.sql(), &party)? {
            Some(owner) => {
                (say!("{person} cannot act for {owner}", person, owner), say!("name them with --by {party}", party))
            }
            None => (
                say!(
                    "{person} was not of {party} on {day}, so they cannot act for it",
                    person,
                    party = language::value(&party),
                    day
                ),
                say!("name somebody of {party} with --by PERSON", party = language::value(&party)),
            ),
        };
        Err(Refusal::rule("R4.7", what).or(way_out).into())
    }

    /// Somebody of a unit outside the company: a name as it stands on the paper, entered by whoever may write for others.
    fn outside(change: &Change<'_>, party: String, by: Option<&str>) -> Result<Self> {
        let by: Line = by
            .ok_or_else(|| {
                Refusal::usage(say!("nobody is named who acts for {party}", party = language::value(&party)))
                    .or(say!("name the person of that unit with --by NAME"))
            })?
            .parse()?;
        identity::require_pen(change, &by)?;
        Ok(Self { party, by: by.to_string(), person: None })
    }

    fn named(change: &Change<'_>, entry: &Entry, name: &str, among: &[String]) -> Result<String> {
        let key = parties::key(change.sql(), name)?.unwrap_or_else(|| name.trim().to_owned());
        if among.contains(&key) {
            return Ok(key);
        }
        Err(Refusal::usage(say!("{number} did not go to {name}", number = entry.number, name))
            .or(say!("it went to: {among}", among = among.join(", ")))
            .into())
    }

    fn own(change: &Change<'_>, entry: &Entry, by: Option<&str>, among: &[String]) -> Result<String> {
        let person = identity::actor(change, by)?;
        for party in among {
            if *party == person.key || person.works_in(change.sql(), party, change.on)? {
                return Ok(party.clone());
            }
        }
        Err(Refusal::usage(say!("{number} did not go to {person} or their department", number = entry.number, person))
            .or(say!("name the party with --for; it went to: {among}", among = among.join(", ")))
            .into())
    }

    fn require_administrator(&self, change: &Change<'_>, clause: &str, what: &str) -> Result<()> {
        let role = Role::ContractAdministrator;
        if let Some(person) = &self.person
            && identity::out_of_office(change, person, |day| person.holds(change.sql(), role, None, day))?.is_none()
        {
            return Ok(());
        }
        let names: Vec<String> = Person::holders(change.sql(), role, None, change.on)?
            .iter()
            .map(|person| format!("--by {}", person.key))
            .collect();
        let way_out = if names.is_empty() {
            say!("nobody was on that day; enter the term with: branchbook staff role KEY --department general --role contract-administrator --from DATE").to_owned()
        } else {
            say!("name who signed with {names}", names = language::any_of(&names))
        };
        Err(Refusal::rule(clause, say!("{what}, which {by} is not", what, by = self.by)).or(way_out).into())
    }
}

/// Nothing happens to a form before the day it bears.
///
/// # Errors
/// A usage refusal.
pub fn refuse_before(change: &Change<'_>, entry: &Entry, what: &str) -> Result<()> {
    if change.on >= entry.day {
        return Ok(());
    }
    let begun = if entry.state == "reserved" { say!("set aside") } else { say!("issued") };
    Err(too_early(change, entry, begun, entry.day, what).into())
}

/// No answer comes before the form has reached every addressee.
fn refuse_before_receipt(change: &Change<'_>, entry: &Entry) -> Result<()> {
    let received: Option<NaiveDate> = change
        .sql()
        .prepare_cached("SELECT received_on FROM contact WHERE entry = ?1")?
        .query_row([entry.id], |row| row.get(0))?;
    match received.filter(|day| change.on < *day) {
        None => Ok(()),
        Some(day) => Err(too_early(change, entry, "received", day, "answered").into()),
    }
}

/// A form is neither archived nor voided before the last signature or answer on it.
///
/// # Errors
/// A usage refusal.
pub fn refuse_before_last(change: &Change<'_>, entry: &Entry, what: &str) -> Result<()> {
    refuse_before(change, entry, what)?;
    let days: [Option<NaiveDate>; 2] = change
        .sql()
        .prepare_cached(
            "SELECT (SELECT max(signed_on) FROM signature WHERE entry = ?1), (SELECT max(replied_on) FROM reply WHERE entry = ?1)",
        )?
        .query_row([entry.id], |row| Ok([row.get(0)?, row.get(1)?]))?;
    let last =
        [say!("signed for"), say!("answered")].into_iter().zip(days).filter_map(|(deed, day)| Some((deed, day?)));
    match last.max_by_key(|(_, day)| *day).filter(|(_, day)| change.on < *day) {
        None => Ok(()),
        Some((deed, day)) => Err(too_early(change, entry, deed, day, what).into()),
    }
}

fn too_early(change: &Change<'_>, entry: &Entry, deed: &str, day: NaiveDate, what: &str) -> Refusal {
    Refusal::usage(say!(
        "{number} was {deed} on {day} and cannot be {what} on {on}",
        number = entry.number,
        deed,
        day,
        what,
        on = change.on
    ))
    .or(say!("give the day it happened with --on DATE"))
}
