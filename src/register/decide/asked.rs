//! What is asked for and not decided yet: who may decide it, who may not, and for whom it waits.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::{Decision, may_not, namesakes, plain};
use crate::book::change::Change;
use crate::language::{self, words};
use crate::money::Money;
use crate::office::identity;
use crate::person::Person;
use crate::refusal::Refusal;
use crate::register::approval::{Approval, Shown};
use crate::register::entry::{self, Entry};
use crate::register::form::Form;
use crate::register::task::{Row, Task};
use crate::register::waiting::{EachUndecided, Undecided};
use crate::say;
use crate::view::merged::who;

/// Whether an import alone tells of a decision on an entry that is open.
pub(super) const TOLD_ALONE: &str = "
    SELECT 1 FROM entry AS e WHERE e.id = ?1 AND e.import IS NOT NULL AND e.ended_on IS NULL
        AND (SELECT a.entered_by IS NULL FROM approval AS a WHERE a.undone_on IS NULL AND a.entry = e.id AND a.verb = ?2 AND a.part IS NULL
            ORDER BY a.position DESC LIMIT 1)";

/// The numbers of the open entries in a state from which a decision leads on, and of those of which an import alone tells that they
/// were decided on.
const UNDECIDED: &str = "
    SELECT number FROM (
        SELECT e.id, e.number FROM step AS t JOIN entry AS e ON e.register = t.register AND e.state = t.from_state
        WHERE t.register = ?1 AND t.verb = ?2 AND e.ended_on IS NULL AND e.day_on <= ?3
        UNION SELECT e.id, e.number FROM approval AS a JOIN entry AS e ON e.id = a.entry
        WHERE a.verb = ?2 AND a.part IS NULL AND a.entered_by IS NULL AND a.undone_on IS NULL AND e.register = ?1
            AND e.import IS NOT NULL AND e.ended_on IS NULL AND e.day_on <= ?3)
    ORDER BY id";

/// An entry, or a row of its list, that is to be decided on.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    /// The book.
    pub(crate) book: &'a Connection,
    /// The entry.
    pub(crate) entry: &'a Entry,
    /// Its fields.
    pub(crate) row: &'a Row,
    /// The fields of the row.
    pub(crate) line: &'a Row,
    /// The row's position; none where the whole entry is decided on.
    pub(crate) position: Option<i64>,
    /// What is decided on.
    pub(crate) shown: Shown,
    /// Who asked for it.
    pub(crate) by: String,
    /// The day since which it waits.
    pub(crate) since: NaiveDate,
    /// The step that deciding takes, with the roles that may take it.
    pub(crate) step: entry::Step,
    /// The department in which such a role must be held; none where it may be any.
    pub(crate) department: Option<String>,
    /// The roles that may decide as well.
    pub(crate) above: Vec<String>,
    /// Who asked or gains, each with what they did: they neither decide nor enter a decision.
    pub(crate) concerned: Vec<(String, &'static str)>,
    /// Who has the name of somebody who gains by it: they do neither.
    pub(crate) gaining: Vec<String>,
    /// Who decided before and may not decide again, each with what they did.
    pub(crate) hands: Vec<(String, &'static str)>,
    /// Whether its import alone tells that it was decided on.
    pub(crate) told: bool,
    /// Who stands in the book as having asked, for they entered it and named nobody, and what they do where somebody else asked.
    pub(crate) unnamed: Option<(String, String)>,
}

impl<'a> Asked<'a> {
    /// What is asked of an entry, or of the row of its list at `position`.
    ///
    /// # Errors
    /// A refusal where there is nothing to decide.
    pub(super) fn of(
        form: &'static Form,
        decision: &'static Decision,
        book: &'a Connection,
        entry: &'a Entry,
        (row, line): (&'a Row, &'a Row),
        position: Option<i64>,
    ) -> Result<Self> {
        let (shown, since) = match (&decision.of, position) {
            (Some(of), Some(position)) => {
                let (amount, words) = (of.subject)(row, line)?;
                let shown = Shown::of(Some(position), Some(amount), words.iter().map(String::as_str));
                (shown, line.day(of.since)?.unwrap_or(entry.day))
            }
            _ => (form.shown(row)?, entry.day),
        };
        let step = decision.step(form, book, entry)?;
        let concerned = vec![(entry.person.clone(), say!("asked for"))];
        let gaining = match &form.subject {
            Some(subject) => namesakes(book, &(subject.gains)(row)?)?.iter().map(|key| who(key).into_owned()).collect(),
            None => Vec::new(),
        };
        let told = decision.is_told_alone(form, book, entry)?;
        let (by, department, above, hands, unnamed) = (entry.person.clone(), None, Vec::new(), Vec::new(), None);
        let mut asked = Self {
            book,
            entry,
            row,
            line,
            position,
            shown,
            by,
            since,
            step,
            department,
            above,
            concerned,
            gaining,
            hands,
            told,
            unnamed,
        };
        (decision.asks)(&mut asked)?;
        for (person, _) in asked.concerned.iter_mut().chain(&mut asked.hands) {
            *person = who(person).into_owned();
        }
        Ok(asked)
    }

    /// The last decision of this verb, where it was given on what is asked now.
    pub(crate) fn standing(&self, verb: &str) -> Result<Option<Approval>> {
        Approval::standing(self.book, self.entry.id, verb, &self.shown)
    }

    /// Who may not decide, each with what they did.
    fn barred(&self) -> impl Iterator<Item = &(String, &'static str)> {
        self.concerned.iter().chain(&self.hands)
    }

    /// Refuses unless the actor may decide: nobody decides on their own request, or enters the decision on it, or decides twice,
    /// nor does who stands in for them. Gives in whose place it is decided.
    pub(super) fn require(&self, task: &Task<'_, '_>, decision: &Decision) -> Result<Option<String>> {
        let (actor, change) = (&task.actor, &*task.change);
        identity::refuse_lent(change, &self.step.clause)?;
        let above = entry::Step { roles: self.above.clone(), ..self.step.clone() };
        let principal = if above.allows(change.sql(), actor, None, change.on)? {
            above.principal(change.sql(), actor, None, change.on)?
        } else {
            self.step.principal(change.sql(), actor, self.department.as_deref(), change.on)?
        };
        let principal = principal.map(|principal| principal.key);
        self.refuse_gaining(change, (actor, principal.as_deref()), decision)?;
        if let Some((who, did)) =
            self.barred().find(|(person, _)| *person == actor.key || Some(person) == principal.as_ref())
        {
            let (number, verb) = (&self.entry.number, language::value(decision.name));
            let what = if *who == actor.key {
                say!("{by} {did} {number} and may not {verb} it as well", by = actor, did, number, verb)
            } else {
                say!(
                    "{who} {did} {number}, and {by}, who stands in for them, may not {verb} it",
                    who = language::people(who),
                    did,
                    number,
                    by = actor,
                    verb
                )
            };
            return Err(Refusal::rule(&self.step.clause, what).or(self.let_another(change)?).into());
        }
        let asked = (self.entry.number.as_str(), &*self.concerned);
        identity::refuse_entering_but(change, &self.step.clause, asked, |hand| self.let_others_enter(change, hand))?;
        let may = |day| above.allows(change.sql(), actor, None, day);
        if identity::out_of_office(change, actor, may)?.is_some() {
            let department = self.department.as_deref();
            self.step.require_but(change, actor, department, words(decision.what), |key| self.bars(key))?;
        }
        Ok(principal)
    }

    /// Refuses who has the name of somebody who gains by it, or stands in for them or enters the decision (Q1).
    fn refuse_gaining(
        &self,
        change: &Change<'_>,
        (actor, principal): (&Person, Option<&str>),
        decision: &Decision,
    ) -> Result<()> {
        let number = &self.entry.number;
        let gains = |key: &str| self.gaining.iter().any(|gaining| gaining == key);
        let what =
            if let Some(person) = [Some(actor.key.as_str()), principal].into_iter().flatten().find(|key| gains(key)) {
                may_not(person, number, decision.name)
            } else if let Some(hand) = change.recorder.hands().find(|hand| gains(&hand.key)) {
                say!("{hand} has the name of who gains by {number}, and enters no decision on it", hand, number)
            } else {
                return Ok(());
            };
        Err(Refusal::rule(&self.step.clause, what).or(self.let_another(change)?).into())
    }

    /// Whether the person had a hand in it, or gains by it, and does not decide.
    fn bars(&self, key: &str) -> bool {
        self.barred().any(|(hand, _)| hand == key) || self.gaining.iter().any(|gaining| gaining == key)
    }

    /// The keys of those who may decide on a day, and had no hand in it, nor stand in for who had.
    pub(super) fn deciders(&self, day: NaiveDate) -> Result<Vec<String>> {
        let mut keys = Vec::new();
        for key in self.step.holders(self.book, self.department.as_deref(), day)? {
            let Some(person) = Person::of_key(self.book, &key)? else { continue };
            let principal = self.step.principal(self.book, &person, self.department.as_deref(), day)?;
            if !self.bars(&key) && principal.is_none_or(|principal| !self.bars(&principal.key)) {
                keys.push(key);
            }
        }
        Ok(keys)
    }

    /// The way out where whoever is named had a hand in it: those who had none.
    fn let_another(&self, change: &Change<'_>) -> Result<String> {
        let concerned = |key: &str| self.concerned.iter().any(|(person, _)| person == key);
        if identity::has_pen(change)?
            && let Some(hand) = change.recorder.hands().find(|hand| concerned(&hand.key))
        {
            return self.let_others_enter(change, hand);
        }
        let deciders = self.deciders(change.on)?;
        if !deciders.is_empty() {
            return identity::name_who(change, &deciders);
        }
        Ok(say!(
            "nobody else may on {on}: enter another {roles} with branchbook staff role KEY --department {department} --role {role}",
            on = change.on,
            roles = language::any_of(&self.step.roles),
            department = self.department.as_deref().unwrap_or("general"),
            role = self.step.roles.first().map_or("", String::as_str)
        ))
    }

    /// The way out for who asked, or stands in the book as having asked since they entered it for somebody else: they alone may be
    /// there to enter the decision.
    fn let_others_enter(&self, change: &Change<'_>, hand: &Person) -> Result<String> {
        let others = identity::let_others_enter();
        match &self.unnamed {
            Some((key, instead)) if *key == hand.key && *key != self.entry.person && identity::has_pen(change)? => {
                Ok(say!("{others}; where somebody else asked for it, {instead}", others, instead))
            }
            _ => Ok(others.to_owned()),
        }
    }

    /// As the list of what waits for a decision has it.
    fn awaiting(self, form: &Form, decision: &Decision, what: String, today: NaiveDate) -> Result<Undecided> {
        let deciders = self.deciders(today)?;
        Ok(Undecided {
            what,
            party: form.subject.as_ref().map(|subject| plain(self.row.value(subject.party.column))).unwrap_or_default(),
            amount: self.shown.amount.unwrap_or(Money(0)),
            asked_by: self.by,
            since: self.since,
            deciders,
            roles: language::any_of(&self.step.roles),
            department: self.department.unwrap_or_else(|| form.office.0.to_owned()),
            command: decision.typed(form, self.entry, self.position),
            number: self.entry.number.clone(),
            clause: self.step.clause.into(),
        })
    }
}

/// Everything of a register that waits for a decision on a day, each with the people who may give it.
pub(crate) fn awaiting(
    form: &'static Form,
    book: &Connection,
    today: NaiveDate,
    each: EachUndecided<'_>,
) -> Result<()> {
    for decision in form.decisions() {
        let Some(waits) = decision.waits else { continue };
        let mut numbers = book.prepare(UNDECIDED)?;
        let mut numbers = numbers.query((form.register.name, decision.name, today))?;
        while let Some(number) = numbers.next()? {
            let entry = Entry::find(book, number.get_ref(0)?.as_str()?)?;
            let row = Row::of_entry(form, book, &entry)?;
            let lines = match &decision.of {
                None => vec![(None, Row::default())],
                Some(of) => {
                    let rows = of.list.rows(book, &entry)?;
                    rows.into_iter().map(|(position, line)| (Some(position), line)).collect()
                }
            };
            for (position, line) in &lines {
                match Asked::of(form, decision, book, &entry, (&row, line), *position) {
                    Ok(asked) if asked.since <= today => {
                        let mut what = waits(&asked)?;
                        if asked.told {
                            what = say!("{what}: its import alone tells of that", what);
                        }
                        each(asked.awaiting(form, decision, what, today)?)?;
                    }
                    Err(error) if !error.is::<Refusal>() => return Err(error),
                    Ok(_) | Err(_) => {}
                }
            }
        }
    }
    Ok(())
}
