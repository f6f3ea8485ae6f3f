//! Deputies: who decides in somebody's place for a time (Q4).

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::{dated, login};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::day::{self, DayArg};
use crate::desk::{Answer, Deed, Desk};
use crate::language::{self, Language};
use crate::office::{dated as dated_back, identity};
use crate::person::{DECIDING, Person, Role};
use crate::refusal::Refusal;
use crate::say;
use crate::sheet::query::Query;
use crate::view::with_views;

/// Who stands in for whom
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["stand_in", "end"])))]
pub(crate) struct Deputy {
    /// Who is stood in for: a manager or leader
    pub(crate) person: String,
    /// Who decides in their place
    #[arg(long = "person", value_name = "PERSON", requires = "until")]
    pub(crate) stand_in: Option<String>,
    /// First day [default: the day of --on]
    #[arg(long, value_name = "DATE", value_parser = DayArg::to_come, conflicts_with = "end")]
    pub(crate) from: Option<DayArg>,
    /// Last day
    #[arg(long, value_name = "DATE", value_parser = DayArg::to_come, conflicts_with = "end")]
    pub(crate) until: Option<DayArg>,
    /// They are back: nobody stands in for them from the day of --on
    #[arg(long)]
    pub(crate) end: bool,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Deputy {
    pub(super) fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let principal = Person::find(change.sql(), &self.person)?;
        match &self.stand_in {
            Some(deputy) => self.begin(change, &principal, deputy),
            None => self.finish(change, &principal),
        }
    }

    /// Who is stood in for decides, or a company leader; neither enters it who gains by it.
    fn decided_by(&self, change: &Change<'_>, principal: &Person, deputy: Option<&Person>) -> Result<Person> {
        identity::refuse_lent(change, "R1")?;
        let by = identity::actor(change, self.deed.by.as_deref())?;
        if let Some(deputy) = deputy
            && (by == *deputy || change.recorder.hands().any(|hand| hand == deputy))
        {
            let what = say!("{deputy} may not make themselves a deputy", deputy);
            return Err(Refusal::rule("R1", what)
                .or(say!("let another clerk enter it, as {principal} decided", principal))
                .into());
        }
        login::refuse_asker(change, self.deed.by.as_deref(), principal)?;
        if by == *principal || by.holds(change.sql(), Role::CompanyLeader, None, change.on)? {
            return Ok(by);
        }
        let mut keys = vec![principal.key.clone()];
        keys.extend(
            Person::holders(change.sql(), Role::CompanyLeader, None, change.on)?.into_iter().map(|leader| leader.key),
        );
        let keys = identity::of_the_staff(change.sql(), &keys, change.on)?;
        let what =
            say!("who stands in for {principal} is decided by them or a company leader, not by {by}", principal, by);
        Err(Refusal::rule("R1", what).or(identity::name_who(change, &keys)?).into())
    }

    fn begin(&self, change: &mut Change<'_>, principal: &Person, deputy: &str) -> Result<Answer> {
        let deputy = identity::given_to(change, deputy, "R1", "--person")?;
        let by = self.decided_by(change, principal, Some(&deputy))?;
        let from = self.from.map_or(change.on, |day| change.day_near(day));
        let until = self.until.map_or(Ok(from), |day| change.day_to_come(day, from, "--until"))?;
        if *principal == deputy {
            return Err(Refusal::usage(say!("nobody stands in for themselves"))
                .or(say!("name another with --person PERSON"))
                .into());
        }
        day::refuse_backwards(from, until, "--until")?;
        refuse_nothing_to_decide(change, principal, from)?;
        refuse_second(change, principal, (from, until))?;
        let id: i64 = change.sql().only(
            "INSERT INTO deputy (person, deputy, from_on, until_on, decided_by) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id",
            (&principal.key, &deputy.key, from, until, &by.key),
        )?;
        // What is kept reads the same in whatever language the command ran.
        let given = Language::En.during(|| {
            say!(
                "{deputy} for {person} from {from} until {until}",
                deputy = deputy.key,
                person = principal.key,
                from,
                until
            )
        });
        let note = dated::note(change, from, given)?;
        change.record(&Thing::office("deputy", &[&id.to_string()])?, &by.key, Some(&note))?;
        let line = say!(
            "{deputy} decides in the place of {principal} from {from} until {until}, as {by} decided",
            deputy,
            principal,
            from,
            until,
            by = by
        );
        Ok(Answer::new(id.to_string(), line))
    }

    fn finish(&self, change: &mut Change<'_>, principal: &Person) -> Result<Answer> {
        let by = self.decided_by(change, principal, None)?;
        let ids: Vec<i64> = change.sql().column(
            &with_views("SELECT id FROM deputy WHERE person = ?1 AND until_on >= ?2 AND ended_on IS NULL ORDER BY id"),
            (&principal.key, change.on),
        )?;
        if ids.is_empty() {
            return Err(Refusal::usage(say!("nobody stands in for {principal}", principal))
                .or(say!("see branchbook staff deputies"))
                .into());
        }
        refuse_decided(change, principal)?;
        for id in &ids {
            change.sql().execute("UPDATE deputy SET ended_on = ?2 WHERE id = ?1", (id, change.on))?;
            let given =
                Language::En.during(|| say!("nobody for {person} from {day}", person = principal.key, day = change.on));
            let note = dated::note(change, change.on, given)?;
            change.record(&Thing::office("deputy", &[&id.to_string()])?, &by.key, Some(&note))?;
        }
        let line = say!("{principal}: nobody stands in from {on} on", principal, on = change.on);
        Ok(Answer::new(&principal.key, line))
    }
}

/// Nobody's place is left before what was decided in it.
fn refuse_decided(change: &Change<'_>, principal: &Person) -> Result<()> {
    let decided: Vec<(String, NaiveDate)> = change.sql().rows(
        &with_views(
        "SELECT e.number, a.decided_on FROM approval AS a JOIN entry AS e ON e.id = a.entry
         WHERE a.undone_on IS NULL AND a.deputy_for = ?1 AND a.decided_on > ?2 AND e.state <> 'void' ORDER BY a.decided_on DESC, e.id",
    ),
        (&principal.key, change.on),
    )?;
    let Some((_, last)) = decided.first() else { return Ok(()) };
    let named: Vec<String> = decided.iter().map(|(number, on)| format!("{number} ({on})")).collect();
    let what = say!(
        "in the place of {principal} was decided after {on}: {named}",
        principal,
        on = change.on,
        named = named.join(language::comma())
    );
    Err(Refusal::rule("R1", what)
        .or(say!("end it with --on {last} or later, or take back first what was decided", last))
        .into())
}

fn refuse_nothing_to_decide(change: &Change<'_>, principal: &Person, from: NaiveDate) -> Result<()> {
    if principal.holds_any(change.sql(), &DECIDING, from)? {
        return Ok(());
    }
    let what = say!("{principal} is no manager or leader on {from}, and has nothing to decide", principal, from);
    Err(Refusal::rule("R1", what).or(say!("name a manager or leader")).into())
}

fn refuse_second(change: &Change<'_>, principal: &Person, (from, until): (NaiveDate, NaiveDate)) -> Result<()> {
    let known = "SELECT 1 FROM deputy WHERE person = ?1 AND from_on <= ?3 AND until_on >= ?2 AND (ended_on IS NULL OR ended_on > ?2)";
    if !change.sql().prepare(known)?.exists((&principal.key, from, until))? {
        return Ok(());
    }
    let what = say!("somebody stands in for {principal} in that time already", principal);
    Err(Refusal::usage(what)
        .or(say!("end that first with: branchbook staff deputy {key} --end", key = principal.key))
        .into())
}

/// Lists the deputies.
pub(super) fn list(desk: &mut Desk<'_>) -> Result<()> {
    let (later, written) = (dated_back::COLUMN, dated_back::WRITTEN);
    desk.list(&Query::new(
        say!("Deputies"),
        format!("SELECT d.person, d.deputy, d.from_on, d.until_on, d.ended_on, d.decided_by, j.recorder AS entered_by,
            nullif(j.declared_flag, 0) AS declared_flag, {written} AS {later}
         FROM deputy AS d LEFT JOIN journal AS j ON j.id = (SELECT min(x.id) FROM journal AS x WHERE x.thing = 'deputy ' || d.id)
         ORDER BY d.id"),
    ))
}
