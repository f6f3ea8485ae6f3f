//! The refusal of a step that an entry's state does not allow: where it stands, and what leads on from there.

use std::collections::VecDeque;

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::entry::Entry;
use super::waits;
use crate::book::select::Select;
use crate::language;
use crate::office::named;
use crate::refusal::{Kind, Refusal};
use crate::say;

/// The steps of a register, in the order of the states to which they lead.
struct Steps(Vec<Way>);

/// A step: the verb, and the states from which and to which it leads.
struct Way {
    verb: String,
    from: String,
    to: String,
    clause: String,
    /// Whether that state is an end.
    ends: bool,
}

impl Steps {
    fn of(book: &Connection, register: &str) -> Result<Self> {
        let ways = book.each(
            "SELECT t.verb, t.from_state, t.to_state, t.clause, s.end_flag FROM step AS t JOIN state AS s ON s.register = t.register AND s.state = t.to_state
             WHERE t.register = ?1 ORDER BY s.position, t.verb",
            [register],
            |row| {
                let [verb, from, to, clause] = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?];
                Ok(Way { verb, from, to, clause, ends: row.get(4)? })
            },
        )?;
        Ok(Self(ways))
    }

    /// The steps that lead from this state to another.
    fn on_from<'s>(&'s self, state: &'s str) -> impl Iterator<Item = &'s Way> {
        self.0.iter().filter(move |way| way.from == state && way.to != state)
    }

    /// The first verb of the shortest way from `state` to one in which `wanted` can be used.
    fn towards<'s>(&'s self, state: &'s str, wanted: &str) -> Option<&'s str> {
        let mut seen = vec![state];
        let mut ways: VecDeque<(&str, &str)> = VecDeque::new();
        for way in self.on_from(state) {
            ways.push_back((&way.to, &way.verb));
        }
        while let Some((state, first)) = ways.pop_front() {
            if self.0.iter().any(|way| way.verb == wanted && way.from == state) {
                return Some(first);
            }
            if !seen.contains(&state) {
                seen.push(state);
                ways.extend(self.on_from(state).map(|way| (way.to.as_str(), first)));
            }
        }
        None
    }

    /// Whether an entry comes to an end in this state.
    fn is_end(&self, state: &str) -> bool {
        self.0.iter().any(|way| way.to == state && way.ends)
    }

    /// The verbs that lead on from `state`, that which leads towards `wanted` before the others; from an end, those that lead back into
    /// the work, and to no other end.
    fn verbs<'s>(&'s self, state: &'s str, wanted: &str) -> Vec<&'s str> {
        let mut verbs: Vec<&str> = self.towards(state, wanted).into_iter().collect();
        let has_ended = self.is_end(state);
        for way in self.on_from(state).filter(|way| !(has_ended && way.ends)) {
            if !verbs.contains(&way.verb.as_str()) {
                verbs.push(&way.verb);
            }
        }
        verbs
    }
}

/// How an entry is brought to an end.
#[derive(Default)]
pub(super) struct WayOut {
    /// The clause of the step.
    pub(super) clause: String,
    /// Its command.
    pub(super) next: String,
    /// Where the entry stands, with that command and the other verbs that end it at once.
    pub(super) said: String,
}

/// How an entry is brought to an end: by the verbs that end it at once, else by what leads on.
pub(super) fn to_an_end(book: &Connection, entry: &Entry) -> Result<WayOut> {
    to_one_of(book, entry, |_| true)
}

/// How an entry on which nothing more may be spent comes to nothing: by the verbs that lead to one of these states.
pub(super) fn to_nothing(book: &Connection, entry: &Entry, states: &[&str]) -> Result<WayOut> {
    to_one_of(book, entry, |state| states.contains(&state))
}

fn to_one_of(book: &Connection, entry: &Entry, wanted: impl Fn(&str) -> bool) -> Result<WayOut> {
    let steps = Steps::of(book, &entry.register)?;
    let mut ends: Vec<&Way> = Vec::new();
    for way in steps.on_from(&entry.state).filter(|way| way.ends && wanted(&way.to)) {
        if ends.iter().all(|known| known.verb != way.verb) {
            ends.push(way);
        }
    }
    if ends.is_empty() {
        ends.extend(steps.on_from(&entry.state).next());
    }
    let Some((first, others)) = ends.split_first() else { return Ok(WayOut::default()) };
    let (clause, next) = (first.clause.clone(), entry.command(book, &first.verb)?);
    let others: Vec<&str> = others.iter().map(|way| way.verb.as_str()).collect();
    let (number, state) = (&entry.number, language::value_of(&entry.register, &entry.state));
    let said = if others.is_empty() {
        say!("{number} is {state}: {first}", number, state, first = next)
    } else {
        say!(
            "{number} is {state}: {first}, or {others}",
            number,
            state,
            first = next,
            others = others.join(language::comma())
        )
    };
    Ok(WayOut { clause, next, said })
}

impl Entry {
    /// The refusal of a verb that cannot be used in this state, which names what leads on, the likeliest first.
    pub(super) fn no_step(&self, book: &Connection, verb: &str) -> Result<Refusal> {
        let steps = Steps::of(book, &self.register)?;
        let wanted: Vec<String> = book.column(
            "SELECT s.state FROM state AS s WHERE s.register = ?1
                AND EXISTS (SELECT 1 FROM step AS t WHERE t.register = s.register AND t.verb = ?2 AND t.from_state = s.state)
             ORDER BY s.position",
            [&self.register, verb],
        )?;
        let clause =
            book.value("SELECT clause FROM step WHERE register = ?1 AND verb = ?2 LIMIT 1", [&self.register, verb])?;
        let what = say!(
            "{number} is {state}, and {verb} takes an entry that is {wanted}",
            number = self.number,
            state = language::value_of(&self.register, &self.state),
            verb,
            wanted = language::of(super::named(&self.register)?.name, || language::any_of(&wanted))
        );
        Ok(Refusal { clause, ..Refusal::new(Kind::Rule, what) }.or(self.way_on(book, &steps, verb)?))
    }

    fn way_on(&self, book: &Connection, steps: &Steps, wanted: &str) -> Result<String> {
        Ok(match steps.verbs(&self.state, wanted).split_first() {
            None => say!(
                "nothing leads on from there; where that is a slip, take it back with: branchbook undo {number} --reason REASON",
                number = self.number
            ),
            Some((first, [])) => say!("from there: {first}", first = self.command(book, first)?),
            Some((first, others)) => {
                say!(
                    "from there: {first}, or {others}",
                    first = self.command(book, first)?,
                    others = others.join(language::comma())
                )
            }
        })
    }

    /// The command that takes the entry up again where it was given up, as by a refusal; none where none does.
    pub(super) fn taken_up_by(&self, book: &Connection) -> Result<Option<String>> {
        let steps = Steps::of(book, &self.register)?;
        let back = steps.on_from(&self.state).find(|way| steps.is_end(&self.state) && !way.ends);
        back.map(|way| self.command(book, &way.verb)).transpose()
    }

    /// How a verb is typed for this entry: with its number, or, where the verb takes none, with what tells it apart; with what it asks
    /// for, and who decides.
    fn command(&self, book: &Connection, verb: &str) -> Result<String> {
        let (register, number) = (&self.register, &self.number);
        let register_of = super::named(register)?;
        let grammar = register_of.room.with_verb(verb);
        let Some(grammar) = grammar.as_ref().and_then(|room| room.find_subcommand(verb)) else {
            return Ok(format!("branchbook {register} {verb} {number}"));
        };
        let number = if grammar.get_positionals().next().is_some() { format!(" {number}") } else { String::new() };
        let asked = grammar.get_arguments().filter(|argument| argument.is_required_set()).filter_map(|argument| {
            let (long, word) = (argument.get_long()?, argument.get_value_names()?.first()?);
            let value = match long {
                "department" => self.department.clone(),
                "month" => self.day.format("%Y-%m").to_string(),
                _ => word.to_string(),
            };
            Some(format!(" --{long} {value}"))
        });
        let chosen = grammar.get_groups().filter(|group| group.is_required_set()).filter_map(|group| {
            let first = grammar.get_arguments().find(|argument| group.get_args().next() == Some(argument.get_id()))?;
            let word = first.get_value_names().and_then(<[_]>::first).filter(|_| first.get_action().takes_values());
            Some(format!(" --{}{}", first.get_long()?, word.map_or_else(String::new, |word| format!(" {word}"))))
        });
        let asked = asked.chain(chosen);
        let mut command = format!("branchbook {register} {verb}{number}{}", asked.collect::<String>());
        let Some(form) = register_of.form else { return Ok(command) };
        let day = last_day(book)?;
        if let Some(wants) = form.steps().find(|step| step.name == verb).and_then(|step| step.wants) {
            command += &waits::as_options(wants(book, self, day)?);
        }
        if let Some(decision) = form.decisions().find(|decision| decision.name == verb && decision.of.is_none()) {
            command += &named::by(&decision.deciders(form, book, self, None, day)?, None);
        }
        Ok(command)
    }
}

/// The day on which something was entered last: who decides then is mostly who does.
pub(crate) fn last_day(book: &Connection) -> Result<NaiveDate> {
    book.only("SELECT substr(at, 1, 10) FROM journal ORDER BY id DESC LIMIT 1", ())
}
