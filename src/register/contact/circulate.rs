//! A form on its way: signatures for receipt and replies (R4.5, R4.7).

use anyhow::Result;
use clap::Args;

use super::parties;
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::office::department;
use crate::office::identity;
use crate::office::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::text::Text;

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
        let form = Form::of(change, &entry)?;
        refuse_before(change, &entry, "signed")?;
        entry.step(change.sql(), "sign", None)?;
        let hand = Hand::of(change, &entry, self.party.as_deref(), self.deed.by.as_deref(), &form.everybody())?;
        if form.signed.contains(&hand.party) {
            return Err(Refusal::rule("R4.7", format!("{} is signed for {} already", entry.number, hand.party))
                .or(format!("see who signed with: branchbook show {}", entry.number))
                .into());
        }
        if form.kind == "user-request" && hand.party == "general" {
            hand.require_administrator(
                change,
                "R4.5",
                "what the user raises is signed for by a contract administrator",
            )?;
        }
        if form.kind == "external" && form.copied_to.contains(&hand.party) && hand.party == "general" {
            hand.require_administrator(
                change,
                "R4.6",
                "General Management's copy of an external form is signed for by a contract administrator",
            )?;
        }
        change.sql().prepare_cached("INSERT INTO signature VALUES (?1, ?2, ?3, ?4)")?.execute((
            entry.id,
            &hand.party,
            &hand.by,
            change.on,
        ))?;
        let missing: Vec<&String> =
            form.addressed_to.iter().filter(|party| **party != hand.party && !form.signed.contains(*party)).collect();
        let waits = if missing.is_empty() { "received".to_owned() } else { format!("waits for {}", join(&missing)) };
        if entry.state == "issued" && missing.is_empty() {
            let step = entry.step(change.sql(), "sign", Some("received"))?;
            entry.take(change, &step)?;
            change.sql().execute("UPDATE contact SET received_on = ?2 WHERE entry = ?1", (entry.id, change.on))?;
        }
        change.record(&entry.thing()?, &hand.by, None)?;
        let line = format!("{}: signed for {} by {} on {}; {waits}", entry.number, hand.party, hand.by, change.on);
        Ok(Answer::new(entry.number, line))
    }
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
        let form = Form::of(change, &entry)?;
        refuse_before(change, &entry, "answered")?;
        entry.step(change.sql(), "reply", None)?;
        let hand = Hand::of(change, &entry, self.party.as_deref(), self.deed.by.as_deref(), &form.addressed_to)?;
        change
            .sql()
            .prepare_cached(
                "INSERT INTO reply VALUES (?1, (SELECT count(*) + 1 FROM reply WHERE entry = ?1), ?2, ?3, ?4, ?5)",
            )?
            .execute((entry.id, &hand.party, &hand.by, change.on, &self.text))?;
        change.sql().execute(
            "UPDATE contact SET replied_on = min(coalesce(replied_on, ?2), ?2) WHERE entry = ?1",
            (entry.id, change.on),
        )?;
        change.record(&entry.thing()?, &hand.by, None)?;
        let day = change.on.to_string();
        let late = form
            .reply_by
            .filter(|wanted| *wanted < day)
            .map_or_else(String::new, |wanted| format!(", late: it was wanted by {wanted}"));
        Ok(Answer::new(entry.number.clone(), format!("{}: {} replied on {day}{late}", entry.number, hand.party)))
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
        if entry.state == "reserved" {
            entry.step(change.sql(), "sign", None)?;
        }
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

    fn everybody(&self) -> Vec<String> {
        self.addressed_to.iter().chain(&self.copied_to).cloned().collect()
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
        let outside =
            department::look_up(change.sql(), &party)?.is_none() && Person::find(change.sql(), &party).is_err();
        if outside {
            let by = by.ok_or_else(|| {
                Refusal::usage(format!("who signs for {party}?")).or("name the person of that unit with --by NAME")
            })?;
            crate::text::check_required(by, "by")?;
            identity::require_pen(change, by)?;
            return Ok(Self { party, by: by.to_owned(), person: None });
        }
        let person = identity::actor(change, by)?;
        if person.key == party || person.works_in(change.sql(), &party, change.on)? {
            return Ok(Self { party, by: person.key.clone(), person: Some(person) });
        }
        Err(Refusal::rule("R4.7", format!("{person} was not of {party} on {}, so they cannot act for it", change.on))
            .or(format!("name somebody of {party} with --by PERSON"))
            .into())
    }

    fn named(change: &Change<'_>, entry: &Entry, name: &str, among: &[String]) -> Result<String> {
        let key = match department::look_up(change.sql(), name)? {
            Some(department) => department.key,
            None => Person::find(change.sql(), name).map_or_else(|_| name.trim().to_owned(), |person| person.key),
        };
        if among.contains(&key) {
            return Ok(key);
        }
        Err(Refusal::usage(format!("{} did not go to {name}", entry.number))
            .or(format!("it went to: {}", among.join(", ")))
            .into())
    }

    fn own(change: &Change<'_>, entry: &Entry, by: Option<&str>, among: &[String]) -> Result<String> {
        let person = identity::actor(change, by)?;
        for party in among {
            if *party == person.key || person.works_in(change.sql(), party, change.on)? {
                return Ok(party.clone());
            }
        }
        Err(Refusal::usage(format!("{} did not go to {person} or their department", entry.number))
            .or(format!("name the party with --for; it went to: {}", among.join(", ")))
            .into())
    }

    fn require_administrator(&self, change: &Change<'_>, clause: &str, what: &str) -> Result<()> {
        if let Some(person) = &self.person
            && person.holds(change.sql(), Role::ContractAdministrator, None, change.on)?
        {
            return Ok(());
        }
        let names: Vec<String> = Person::holders(change.sql(), Role::ContractAdministrator, None, change.on)?
            .iter()
            .map(|person| format!("--by {}", person.key))
            .collect();
        Err(Refusal::rule(clause, format!("{what}, which {} is not", self.by)).or(names.join(" or ")).into())
    }
}

/// Nothing happens to a form before the day it bears.
pub fn refuse_before(change: &Change<'_>, entry: &Entry, what: &str) -> Result<()> {
    if change.on >= entry.day {
        return Ok(());
    }
    Err(Refusal::usage(format!("{} was issued on {} and cannot be {what} on {}", entry.number, entry.day, change.on))
        .or("give the day it happened with --on DATE")
        .into())
}

fn join(parties: &[&String]) -> String {
    parties.iter().map(|party| party.as_str()).collect::<Vec<_>>().join(parties::BETWEEN)
}
