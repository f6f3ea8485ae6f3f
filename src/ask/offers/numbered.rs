//! Entries as they are offered: by their numbers, those on which the verb leads on.

use anyhow::Result;
use rusqlite::{Connection, Row, named_params};

use super::Place;
use crate::book::select::Select;
use crate::language;
use crate::line::said;
use crate::office::department;
use crate::person::Person;
use crate::prompt::Offer;
use crate::register::entry::Entry;
use crate::register::waiting::Waiting;
use crate::register::{self, Register, decide, waits};
use crate::say;
use crate::text;
use crate::view::with_views;

/// How many numbers are looked at that begin as was typed.
const NUMBERS: i64 = 5000;

/// What is done with an entry in any state: it is looked at, or how it ended is taken back.
const ANY_STATE: [&str; 6] = ["undo", "show", "history", "print", "attach", "open"];

/// Of what has ended, how many of the last entries are looked through: no index leads to them alone.
const LATELY: i64 = 10_000;

/// How many entries are offered: those that were opened last, of what begins as was typed.
pub(super) const ENTRIES: usize = 100;

/// An entry whose number begins as was typed.
pub(super) struct Numbered {
    pub(super) id: i64,
    pub(super) number: String,
    pub(super) register: String,
    pub(super) state: String,
    pub(super) ended: bool,
}

/// The states from which the verb leads on; the open ones where it is no step.
pub(super) fn led_on(book: &Connection, register: &str, verb: &str) -> Result<Vec<String>> {
    let from: Vec<String> =
        book.column("SELECT DISTINCT from_state FROM step WHERE register = ?1 AND verb = ?2", (register, verb))?;
    if !from.is_empty() {
        return Ok(from);
    }
    book.column("SELECT state FROM state WHERE register = ?1 AND NOT end_flag", [register])
}

/// Leaves no more than are offered: those that begin as was typed before others, the last before the first. The lowest number
/// stays: a shell puts in what all that it is offered begin with.
pub(super) fn cut(found: &mut Vec<(i64, String)>, begun: &str) {
    found.sort_by_key(|(_, number)| !number.starts_with(begun));
    let lowest = found.iter().filter(|(_, number)| number.starts_with(begun)).min_by(|one, other| one.1.cmp(&other.1));
    let lowest = lowest.cloned();
    if found.len() > ENTRIES {
        found.truncate(ENTRIES - 1);
        found.extend(lowest.filter(|lowest| !found.contains(lowest)));
    }
}

/// An entry as it is offered: where it stands, and what it is about.
pub(super) fn offer(book: &Connection, entry: Entry) -> Result<Offer> {
    let name = format!("{} {}", language::value_of(&entry.register, &entry.state), entry.title(book)?);
    Ok(Offer { name: name.trim_end().to_owned(), key: entry.number })
}

/// Which entries a line takes besides those in the right state, in SQL over table entry, with whom it names.
#[derive(Default)]
struct Narrowed {
    which: &'static str,
    party: Option<String>,
    person: Option<String>,
}

/// A form that waits for a signature: of the party or the person that the line names; else of any.
const UNSIGNED: &str = "EXISTS (SELECT 1 FROM contact AS c
    JOIN json_each('[' || replace(json_quote(c.addressed_to || coalesce('; ' || c.copied_to, '')), '; ', '\",\"') || ']') AS p
    WHERE c.entry = entry.id AND (:party IS NULL OR p.value = :party)
        AND (:person IS NULL OR p.value = :person OR p.value IN (SELECT department FROM term WHERE person = :person))
        AND NOT EXISTS (SELECT 1 FROM signature AS s WHERE s.undone_on IS NULL AND s.entry = entry.id AND s.party = p.value))";

/// A form that waits for a reply of an addressee.
const UNANSWERED: &str = "EXISTS (SELECT 1 FROM contact AS c
    JOIN json_each('[' || replace(json_quote(c.addressed_to), '; ', '\",\"') || ']') AS p
    WHERE c.entry = entry.id AND (:party IS NULL OR p.value = :party)
        AND NOT EXISTS (SELECT 1 FROM reply AS r WHERE r.undone_on IS NULL AND r.entry = entry.id AND r.party = p.value))";

/// An entry to which a file belongs.
const WITH_FILES: &str = "entry.id IN (SELECT a.entry FROM attachment AS a WHERE a.undone_on IS NULL)";

impl Place<'_> {
    /// The entries on which the verb may be used: those that wait for it first, of these those that wait for whoever sits there, then
    /// the last before the others. Of every register where the command is in none.
    pub(super) fn entries(&self, book: &Connection) -> Result<Vec<Offer>> {
        if self.is_for_any_state() {
            return self.touched(book);
        }
        let begun = self.numbered(book)?;
        let mut offers = self.waiting_first(book)?;
        for register in self.registers() {
            let going_on = self.going_on(book, &begun, register.name, self.verb)?;
            let more = going_on.into_iter().filter(|offer| offers.iter().all(|known| known.key != offer.key));
            let more: Vec<Offer> = more.collect();
            offers.extend(more);
        }
        offers.truncate(ENTRIES);
        Ok(offers)
    }

    /// The entries on which the verb may be used whose number or title says what was typed, the last first: among all of them.
    pub(crate) fn found(&self, book: &Connection, typed: &str) -> Result<Vec<Offer>> {
        let any = self.is_for_any_state();
        let narrowed = self.narrowed(book)?;
        let mut found: Vec<(i64, String)> = Vec::new();
        for register in self.registers() {
            let states = if any { Vec::new() } else { led_on(book, register.name, self.verb)? };
            let title = if register.said.is_empty() { register.about() } else { register.said.into() };
            let fits = format!(
                "EXISTS (SELECT 1 FROM {view} AS l WHERE l.id = entry.id AND sought(:typed, 0, l.number, {title}) IS NOT NULL)",
                view = register.view
            );
            let among = match (any, any && self.room == "open") {
                (true, true) => "",
                (true, false) => "AND id > (SELECT max(id) FROM entry) - :lately",
                (false, _) => {
                    "AND state IN (SELECT value FROM json_each(:states))
                    AND (ended_on IS NULL OR id > (SELECT max(id) FROM entry) - :lately)"
                }
            };
            let sql = format!(
                "SELECT id, number FROM entry WHERE register = :register {among} AND {which} AND {fits}
                    AND :lately AND coalesce(:states, :party, :person, 1) IS NOT NULL ORDER BY id DESC LIMIT {ENTRIES}",
                which = narrowed.which()
            );
            let states = serde_json::to_string(&states)?;
            found.extend(book.rows::<(i64, String)>(
                &with_views(&sql),
                named_params! {
                    ":register": register.name, ":typed": typed, ":states": states, ":lately": LATELY,
                    ":party": narrowed.party, ":person": narrowed.person,
                },
            )?);
        }
        found.sort_unstable_by(|one, other| other.cmp(one));
        found.truncate(ENTRIES);
        found.into_iter().map(|(_, number)| offer(book, Entry::find(book, &number)?)).collect()
    }

    /// That no entry is one which the verb takes, and which it takes; nothing where it takes any.
    pub(super) fn why_none(&self, book: &Connection) -> Result<Option<String>> {
        let Some((register, form)) = self.register().and_then(|register| Some((register, register.form?))) else {
            return Ok(None);
        };
        if self.is_for_any_state() {
            return Ok(None);
        }
        let states = led_on(book, register.name, self.verb)?;
        let states: Vec<_> = states.iter().map(|state| language::value_of(register.name, state)).collect();
        let (states, rows, verb) = (states.join(language::comma()), language::words(form.rows), self.verb);
        let room = register.name;
        Ok(Some(say!(
            "of the {rows} none fits: {verb} takes those that are {states}; see what there is with: branchbook {room} list",
            rows,
            verb,
            states,
            room
        )))
    }

    fn is_for_any_state(&self) -> bool {
        ANY_STATE.contains(&self.room) || ANY_STATE.contains(&self.verb)
    }

    /// The register of the room; all where the room is that of none.
    fn registers(&self) -> Vec<&'static Register> {
        self.register().map_or_else(|| register::ALL.to_vec(), |register| vec![register])
    }

    /// What waits for the verb, first what waits for whoever sits there, the longest first; nothing where it is not known who does, as
    /// where a shell completes a line.
    fn waiting_first(&self, book: &Connection) -> Result<Vec<Offer>> {
        let (Some(hand), Some(register)) = (self.hand, self.register()) else { return Ok(Vec::new()) };
        let narrowed = self.narrowed(book)?;
        let mut waiting: Vec<(bool, Waiting)> = Vec::new();
        let clears = format!("branchbook {} {} ", self.room, self.verb);
        let mut take = |of: Waiting| {
            let of_hand = of.department == hand.department || of.person.as_ref() == Some(&hand.key);
            let may = of.deciders.as_ref().is_none_or(|deciders| deciders.contains(&hand.key));
            if of.next.starts_with(&clears) {
                waiting.push((!(of_hand && may), of));
            }
            Ok(())
        };
        for source in register.waits {
            source(book, self.today, &mut take)?;
        }
        if let Some(form) = register.form {
            waits::waiting(form, book, self.today, &mut take)?;
            decide::awaiting(form, book, self.today, &mut |undecided| take(undecided.due()))?;
        }
        waiting.sort_by(|(one_apart, one), (other_apart, other)| {
            (one_apart, one.due_on, &one.number).cmp(&(other_apart, other.due_on, &other.number))
        });
        let mut offers: Vec<Offer> = Vec::new();
        for (_, waiting) in waiting {
            if offers.len() == ENTRIES {
                break;
            }
            let is_known = offers.iter().any(|offer| offer.key == waiting.number);
            if !is_known && narrowed.takes(book, &waiting.number)? {
                offers.push(offer(book, Entry::find(book, &waiting.number)?)?);
            }
        }
        Ok(offers)
    }

    /// Which entries the line takes besides those in the right state.
    fn narrowed(&self, book: &Connection) -> Result<Narrowed> {
        if self.room == "open" || self.verb == "open" {
            return Ok(Narrowed { which: WITH_FILES, ..Narrowed::default() });
        }
        let which = match (self.room, self.verb) {
            ("contact", "sign") => UNSIGNED,
            ("contact", "reply") => UNANSWERED,
            _ => return Ok(Narrowed::default()),
        };
        let said = |option| said(self.line, option).and_then(|word| word.into_string().ok());
        let person = said("--by").map(|by| Person::find(book, &by)).transpose()?.map(|person| person.key);
        let party = said("--for").map(|party| {
            let known = department::look_up(book, &party)?;
            Ok::<_, anyhow::Error>(known.map_or(party, |known| known.key))
        });
        Ok(Narrowed { which, party: party.transpose()?, person })
    }

    /// The entries of a register on which the verb may be used, the last first; those that are open where it is no step. What has
    /// ended is offered where nothing else is. `begun` are the numbers that begin as was typed.
    pub(super) fn going_on(
        &self,
        book: &Connection,
        begun: &[Numbered],
        register: &str,
        verb: &str,
    ) -> Result<Vec<Offer>> {
        let (states, narrowed) = (led_on(book, register, verb)?, self.narrowed(book)?);
        let mut found: Vec<(i64, String)> = Vec::new();
        // Of what has ended the last are looked through where they lie: an index would lead through all of the register.
        let lately =
            format!("entry NOT INDEXED WHERE ended_on IS NOT NULL AND id > (SELECT max(id) FROM entry) - {LATELY}");
        for (ended, which) in [(false, "entry WHERE ended_on IS NULL"), (true, lately.as_str())] {
            for entry in begun {
                if entry.register == register && entry.ended == ended && states.contains(&entry.state) {
                    found.push((entry.id, entry.number.clone()));
                }
            }
            // The first stays as well where any may be meant: a shell puts in what all that it is offered begin with.
            let there = format!(
                "SELECT id, number FROM {which} AND register = :register AND state = :state
                    AND coalesce(:party, :person, 1) IS NOT NULL AND {narrowed} ORDER BY id",
                narrowed = narrowed.which()
            );
            let first = u8::from(self.begun.is_empty());
            let sql =
                format!("SELECT * FROM ({there} DESC LIMIT {ENTRIES}) UNION SELECT * FROM ({there} LIMIT {first})");
            for state in &states {
                found.extend(book.rows::<(i64, String)>(
                    &with_views(&sql),
                    named_params! {
                        ":register": register, ":state": state, ":party": narrowed.party, ":person": narrowed.person,
                    },
                )?);
            }
            if !found.is_empty() {
                break;
            }
        }
        found.sort_unstable_by(|one, other| other.cmp(one));
        found.dedup();
        cut(&mut found, &self.begun_folded());
        found.into_iter().map(|(_, number)| offer(book, Entry::find(book, &number)?)).collect()
    }

    /// The entries that were worked on last, whatever they are now; of a number that is begun, those that begin so. Those alone that the
    /// command takes.
    fn touched(&self, book: &Connection) -> Result<Vec<Offer>> {
        let narrowed = self.narrowed(book)?;
        let is_ours = |register: &str| self.register().is_none_or(|known| known.name == register);
        let begun = self.numbered(book)?.into_iter().filter(|entry| is_ours(&entry.register));
        let mut begun: Vec<(i64, String)> = begun.map(|entry| (entry.id, entry.number)).collect();
        if !begun.is_empty() {
            cut(&mut begun, &self.begun_folded());
            return begun.into_iter().map(|(_, number)| offer(book, Entry::find(book, &number)?)).collect();
        }
        let worked_on: Vec<String> = book.column(
            "SELECT thing FROM (SELECT thing, id FROM journal ORDER BY id DESC LIMIT 1000) GROUP BY thing ORDER BY max(id) DESC",
            (),
        )?;
        let mut offers = Vec::new();
        for number in worked_on {
            let Some(entry) = Entry::look_up(book, &number)? else { continue };
            if is_ours(&entry.register) && narrowed.takes(book, &number)? {
                offers.push(offer(book, entry)?);
            }
            if offers.len() == ENTRIES {
                break;
            }
        }
        Ok(offers)
    }

    fn begun_folded(&self) -> String {
        text::half_width(self.begun).trim().to_uppercase()
    }

    /// The entries whose numbers begin as was typed, of which the line takes some, the last first; none where nothing was typed.
    pub(super) fn numbered(&self, book: &Connection) -> Result<Vec<Numbered>> {
        const BEGUN: &str = "number >= :begun AND number < :begun || char(1114111)";
        let begun = self.begun_folded();
        if begun.is_empty() {
            return Ok(Vec::new());
        }
        let narrowed = self.narrowed(book)?;
        // Those with files are few, and lead to themselves; what else is asked for is looked at of the last numbers alone.
        let among = if narrowed.which == WITH_FILES {
            "entry".to_owned()
        } else {
            format!("(SELECT * FROM entry WHERE {BEGUN} ORDER BY number DESC LIMIT {NUMBERS}) AS entry")
        };
        let mut numbers = book.prepare_cached(&with_views(&format!(
            "SELECT id, number, register, state, ended_on IS NOT NULL FROM {among}
             WHERE {BEGUN} AND coalesce(:party, :person, 1) IS NOT NULL AND {which} ORDER BY number DESC LIMIT {NUMBERS}",
            which = narrowed.which()
        )))?;
        let read = |row: &Row<'_>| {
            Ok(Numbered {
                id: row.get(0)?,
                number: row.get(1)?,
                register: row.get(2)?,
                state: row.get(3)?,
                ended: row.get(4)?,
            })
        };
        let named = named_params! { ":begun": begun, ":party": narrowed.party, ":person": narrowed.person };
        Ok(numbers.query_map(named, read)?.collect::<rusqlite::Result<_>>()?)
    }
}

impl Narrowed {
    /// As a condition.
    const fn which(&self) -> &'static str {
        if self.which.is_empty() { "TRUE" } else { self.which }
    }

    /// Whether the line takes the entry of this number.
    fn takes(&self, book: &Connection, number: &str) -> Result<bool> {
        if self.which.is_empty() {
            return Ok(true);
        }
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM entry WHERE number = :number AND coalesce(:party, :person, 1) IS NOT NULL AND {})",
            self.which
        );
        let named = named_params! { ":number": number, ":party": self.party, ":person": self.person };
        Ok(book.prepare_cached(&with_views(&sql))?.query_row(named, |row| row.get(0))?)
    }
}
