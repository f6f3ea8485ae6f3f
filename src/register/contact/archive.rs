//! Taking a form into its contract's file (R4.6, R4.7).

use anyhow::Result;
use clap::Args;

use super::{circulate, entitlement, parties};
use crate::book::change::Change;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::identity;
use crate::refusal::Refusal;
use crate::register::entry::{Breaches, Entry};
use crate::register::project;
use crate::say;
use crate::text::{self, Line, Text};

/// Where a form is filed, and who signs for the archive
#[derive(Debug, Args)]
pub struct Archive {
    /// The form's number
    pub number: String,
    /// The project whose contract file takes the form [default: the project or contract that the form names]
    #[arg(long, value_name = "PROJECT", conflicts_with_all = ["contract", "no_contract"])]
    pub project: Option<String>,
    /// The contract whose file takes the form, where no project is in the book
    #[arg(long, value_name = "CONTRACT", conflicts_with = "no_contract")]
    pub contract: Option<Line>,
    /// Why the form belongs to no contract
    #[arg(long, value_name = "REASON")]
    pub no_contract: Option<Text>,
    /// Record a missing signature, with the reason, instead of being refused
    #[arg(long, value_name = "REASON")]
    pub exception: Option<Text>,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Archive {
    /// Archives the form.
    ///
    /// # Errors
    /// A refusal while an addressee's signature is missing (R4.7), or the contract administrator's (R4.6).
    pub fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let mut entry = Entry::find_in(change.sql(), "contact", &self.number)?;
        entry.refuse_reserved(say!("archived"))?;
        let step = entry.step(change.sql(), "archive", None)?;
        circulate::refuse_before_last(change, &entry, say!("archived"))?;
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        step.require(change, &actor, say!("signing for the archive"))?;
        let mut breaches = Breaches::excused_by(self.exception.as_deref());
        for refusal in missing_signatures(change, &entry)? {
            breaches.refuse(refusal)?;
        }
        let Place { file, project, no_contract } = self.place(change, &entry)?;
        entry.take(change, &step)?;
        change.sql().execute(
            "UPDATE contact SET archived_on = ?2, archived_by = ?3, contract_file = ?4, no_contract = ?5, project = ?6 WHERE entry = ?1",
            (entry.id, change.on, &actor.key, &file, &no_contract, &project),
        )?;
        let notes = breaches.settle(change, &entry, &actor)?;
        change.record(&entry.thing()?, &actor.key, self.exception.as_deref())?;
        let place =
            file.map_or_else(|| say!("belongs to no contract").to_owned(), |file| say!("in the file of {file}", file));
        let line = say!(
            "{number}: archived on {on} by {key}, {place}",
            number = entry.number,
            on = change.on,
            key = actor.key,
            place
        );
        Ok(Answer { notes, ..Answer::new(entry.number, line) })
    }

    /// The contract file that is named, else the one that the form belongs to; or the reason why there is none.
    fn place(&self, change: &Change<'_>, entry: &Entry) -> Result<Place> {
        let (project, contract): (Option<String>, Option<String>) =
            change.sql().query_row("SELECT project, contract FROM contact WHERE entry = ?1", [entry.id], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        if let Some(reason) = &self.no_contract {
            return Ok(Place { project, no_contract: Some(reason.to_string()), ..Place::default() });
        }
        if let Some(contract) = &self.contract {
            return Ok(Place { file: Some(contract.to_string()), project, ..Place::default() });
        }
        let project = match &self.project {
            Some(which) => Some(project::named(change.sql(), which)?.number),
            None => project,
        };
        let file = project.clone().or(contract);
        if file.is_some() {
            return Ok(Place { file, project, ..Place::default() });
        }
        Err(Refusal::rule(
            "R4.7",
            say!("{number} names no contract, and every form goes into a contract's file", number = entry.number),
        )
        .or(say!("give --project PROJECT or --contract CONTRACT, or say why there is none with --no-contract REASON"))
        .into())
    }
}

/// Where a form goes.
#[derive(Debug, Default)]
struct Place {
    file: Option<String>,
    project: Option<String>,
    no_contract: Option<String>,
}

/// A refusal for each signature that must stand before a form is archived.
fn missing_signatures(change: &Change<'_>, entry: &Entry) -> Result<Vec<Refusal>> {
    let (kind, addressed_to, copied_to): (String, String, String) = change.sql().query_row(
        "SELECT kind, addressed_to, coalesce(copied_to, '') FROM contact WHERE entry = ?1",
        [entry.id],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let signed: Vec<String> = change
        .sql()
        .prepare_cached("SELECT party FROM signature WHERE entry = ?1")?
        .query_map([entry.id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let unsigned = |party: &&str| !signed.iter().any(|signed| signed == party);
    let mut missing = Vec::new();
    if entry.state == "issued" {
        missing.extend(parties::split(&addressed_to).filter(unsigned).map(|party| {
            let sign = format!("branchbook contact sign {} --for {} --by PERSON", entry.number, text::word(party));
            Refusal::rule(
                "R4.7",
                say!("{number} is not signed for {party} yet", number = entry.number, party = language::value(party)),
            )
            .or(say!("enter the signature with: {sign}", sign))
        }));
    }
    if kind == "external" {
        missing.extend(missing_copy(change, entry, &copied_to, unsigned)?);
    }
    Ok(missing)
}

/// The refusal where the contract administrator has no signed copy of an external form (R4.6).
fn missing_copy(
    change: &Change<'_>,
    entry: &Entry,
    copied_to: &str,
    unsigned: impl Fn(&&str) -> bool,
) -> Result<Option<Refusal>> {
    let keepers = entitlement::record_keepers(change.sql(), copied_to, entry.day)?;
    let refusal = |what: &str, way_out: String| {
        Refusal::rule("R4.6", say!("{number} is an external form {what}", number = entry.number, what)).or(way_out)
    };
    let Some(first) = keepers.first() else {
        let copies = entitlement::copies_that_do(change.sql(), entry.day)?;
        let way_out = say!(
            "enter the copy with: branchbook contact amend {number} --reason REASON {copies}",
            number = entry.number,
            copies
        );
        return Ok(Some(refusal(say!("that was not copied to the contract administrator"), way_out)));
    };
    let sign = say!(
        "enter the signature with: branchbook contact sign {number} --for {first} --by PERSON",
        number = entry.number,
        first = first.to_string()
    );
    Ok(keepers
        .iter()
        .all(unsigned)
        .then(|| refusal(say!("whose copy the contract administrator has not signed for"), sign)))
}
