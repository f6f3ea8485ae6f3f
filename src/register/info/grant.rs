//! Grants: who else may read user information, what of it, and until when (R2.6). They end; they are never deleted.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::day::DayArg;
use crate::desk::{Answer, Deed, Desk, Run};
use crate::language;
use crate::office::{department, identity, removed};
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::access::{self, Rights};
use crate::register::entry::Entry;
use crate::register::extract::{Choose, Extract};
use crate::say;
use crate::text::Text;
use crate::view::with_views;

/// Who reads user information besides managers, leaders and clerks (R2.6): who collected it, who tracks it, and who was granted it.
pub(super) const RIGHTS: Rights = Rights {
    mine: "v.collected_by = {reader} OR v.tracker = {reader} OR EXISTS (SELECT 1 FROM access_grant AS g
        WHERE g.person = {reader} AND g.from_on <= :today AND g.until_on >= :today
            AND (g.revoked_on IS NULL OR g.revoked_on > :today)
            AND (g.region IS NULL OR substr(v.region, 1, length(g.region)) = g.region)
            AND (g.department IS NULL OR g.department = v.department) AND (g.number IS NULL OR g.number = v.number))",
    refused: |number| {
        Refusal::rule("R2.6", say!("you may not read {number}: user information is restricted", number))
            .or(say!("ask the branch manager for a grant: branchbook info grant PERSON --until DATE"))
    },
};

/// Who may read what until when
#[derive(Debug, Args)]
pub(crate) struct Grant {
    /// Who may read
    pub(crate) person: String,
    /// Only entries whose region begins so, such as 内蒙古
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<Text>,
    /// Only entries that this department collected
    #[arg(long, value_name = "DEPARTMENT")]
    pub(crate) department: Option<String>,
    /// Only this entry
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["region", "department"])]
    pub(crate) number: Option<String>,
    /// Last day
    #[arg(long, value_name = "DATE")]
    pub(crate) until: DayArg,
    #[command(flatten)]
    deed: Deed,
}

/// What ends
#[derive(Debug, Args)]
pub(crate) struct Revoke {
    /// The person whose grants all end, or the one grant that ends, by the id that `info grants` shows
    #[arg(value_name = "PERSON|ID")]
    pub(crate) whose: String,
    #[command(flatten)]
    deed: Deed,
}

impl Run for Grant {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        desk.change("info grant", &self.deed, |change| self.enter(change))
    }
}

impl Grant {
    /// Enters a grant that begins on the day of the change.
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = branch_manager(change, &self.deed, "R2.6", say!("letting somebody read user information"))?;
        let person = Person::find(change.sql(), &self.person)?;
        refuse_own(change, &person)?;
        removed::refuse(change.sql(), &person, change.on)?;
        let (from, until) = (change.on, change.day_to_come(self.until, change.on, "--until")?);
        if until < from {
            return Err(Refusal::usage(say!("the grant ends before it begins on {from}", from))
                .or(say!("give a later day with --until"))
                .into());
        }
        let department = self.department.as_deref().map(|which| department::find(change.sql(), which)).transpose()?;
        let department = department.map(|department| department.key);
        let number = self.number.as_deref().map(|number| Entry::find_in(change.sql(), "info", number)).transpose()?;
        let number = number.map(|entry| entry.number);
        let id: i64 = change.sql().only(
            "INSERT INTO access_grant (person, region, department, number, from_on, until_on, approved_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id",
            (&person.key, &self.region, &department, &number, from, until, &actor.key),
        )?;
        change.record(&Thing::office("grant", &[&id.to_string()])?, &actor.key, None)?;
        let what = scope(self.region.as_deref(), department.as_deref(), number);
        let line = say!(
            "grant {id}: {person} may read {what} from {from} until {until}, as {by} approved",
            id,
            person,
            what,
            from,
            until,
            by = language::people(&actor.key)
        );
        let answer = Answer::new(id.to_string(), line);
        if person.holds_any(change.sql(), &access::OFFICES, from)? {
            return Ok(answer.note(say!("{person} reads all user information by office, without any grant", person)));
        }
        Ok(answer)
    }
}

impl Run for Revoke {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        desk.change("info revoke", &self.deed, |change| self.enter(change))
    }
}

impl Revoke {
    /// Ends the grants from the day of the change on.
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = branch_manager(change, &self.deed, "R2.6", say!("revoking a grant"))?;
        let on = change.on;
        let running = match self.whose.trim().parse() {
            Ok(id) => running_of_id(change, id)?,
            Err(_) => running_of_person(change, &self.whose)?,
        };
        for id in &running {
            change.sql().execute("UPDATE access_grant SET revoked_on = ?2 WHERE id = ?1", (id, on))?;
            change.record(&Thing::office("grant", &[&id.to_string()])?, &actor.key, None)?;
        }
        let names: Vec<String> = running.iter().map(ToString::to_string).collect();
        let line = match names.as_slice() {
            [one] => say!("grant {one} no longer holds from {on} on", one, on),
            several => {
                say!("grants {several} no longer hold from {on} on", several = several.join(language::comma()), on)
            }
        };
        Ok(Answer::new(names.join(" "), line))
    }
}

/// A person's grants that have not ended.
fn running_of_person(change: &Change<'_>, who: &str) -> Result<Vec<i64>> {
    let (person, on) = (Person::find(change.sql(), who)?, change.on);
    let running: Vec<i64> = change.sql().column(
        &with_views(
            "SELECT id FROM access_grant WHERE person = ?1 AND until_on >= ?2 AND revoked_on IS NULL ORDER BY id",
        ),
        (&person.key, on),
    )?;
    if !running.is_empty() {
        return Ok(running);
    }
    let key = &person.key;
    Err(Refusal::usage(say!("{person} has no grant that goes on after {on}", person, on))
        .or(say!("see branchbook info grants --person {key}", key))
        .into())
}

/// The grant of this id, which has not ended.
fn running_of_id(change: &Change<'_>, id: i64) -> Result<Vec<i64>> {
    let found: Option<(NaiveDate, Option<NaiveDate>)> =
        change.sql().row("SELECT until_on, revoked_on FROM access_grant WHERE id = ?1", [id])?;
    let refusal = match found {
        None => Refusal::not_found(say!("there is no grant {id}", id)),
        Some((_, Some(revoked))) => Refusal::usage(say!("grant {id} was revoked on {revoked} already", id, revoked)),
        Some((until, None)) if until < change.on => Refusal::usage(say!("grant {id} ended on {until}", id, until)),
        Some(_) => return Ok(vec![id]),
    };
    Err(refusal.or(say!("see branchbook info grants")).into())
}

/// Nobody enters a grant to themselves: whoever writes for others could else let themselves in under the manager's name.
fn refuse_own(change: &Change<'_>, person: &Person) -> Result<()> {
    if *person != change.recorder.person {
        return Ok(());
    }
    Err(Refusal::rule("R2.6", say!("{person} may not enter a grant to themselves", person))
        .or(say!("let the branch manager or another clerk enter it"))
        .into())
}

/// Who acts, who must be the branch manager.
pub(super) fn branch_manager(change: &Change<'_>, deed: &Deed, clause: &str, what: &str) -> Result<Person> {
    let actor = identity::office_bearer(change, deed.by.as_deref())?;
    identity::require_role(change, &actor, Role::BranchManager, None, clause, what)?;
    Ok(actor)
}

/// Who was granted what until when.
pub(super) static GRANTS: Extract = Extract {
    name: "grants",
    about: "List who was granted what until when",
    title: |_, _| say!("Grants to read user information").to_owned(),
    select: "SELECT g.id, person, CASE WHEN revoked_on <= :today THEN 'revoked' WHEN until_on < :today THEN 'over'
                WHEN from_on > :today THEN 'to come' ELSE 'holds' END AS state,
            from_on, until_on, region, department, number, approved_by, revoked_on,
            j.recorder AS entered_by, nullif(j.declared_flag, 0) AS declared_flag
         FROM access_grant AS g LEFT JOIN journal AS j ON j.id = (SELECT min(x.id) FROM journal AS x WHERE x.thing = 'grant ' || g.id)
         WHERE :person IS NULL OR person = :person ORDER BY g.id",
    choices: &[Choose::Person("Only what this person was granted")],
};

/// What a grant covers, in words.
fn scope(region: Option<&str>, department: Option<&str>, number: Option<String>) -> String {
    let department = department.map(language::value);
    match (number, region, department) {
        (Some(number), ..) => number,
        (None, None, None) => say!("all user information").to_owned(),
        (None, Some(region), None) => say!("user information of {region}", region),
        (None, None, Some(department)) => say!("user information that {department} collected", department),
        (None, Some(region), Some(department)) => {
            say!("user information of {region} that {department} collected", region, department)
        }
    }
}
