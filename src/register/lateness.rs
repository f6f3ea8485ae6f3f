//! What was late stays on record: where a correction of a day makes good what was late before it, the correction is taken, for people
//! mistype, and that it was late is an exception by itself. One table of the deadlines of every register.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::named_params;

use super::entry::Entry;
use super::task::Task;
use super::undo::taken::standing;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::language::words;
use crate::office::counted;
use crate::phrase;
use crate::refusal::Refusal;
use crate::say;
use crate::view::with_views;

/// A deadline.
#[derive(Debug)]
pub struct Deadline {
    /// The register.
    pub register: &'static str,
    /// Its clause.
    pub clause: &'static str,
    /// What it is for.
    what: &'static str,
    /// The verb that enters what is done by then, once for each row in their order; empty where it counts by the day alone.
    verb: &'static str,
    /// Whether the last day that it gives is the deadline, and not only what tells late from in time.
    dated: bool,
    /// What is to be done by when, and when it was: a key, the last day, and the day or NULL; in SQL over the entry `:entry`.
    sql: &'static str,
}

/// Every deadline that a correction of a day may move.
pub static DEADLINES: [Deadline; 9] = [
    Deadline {
        register: "contact",
        clause: "R4.7",
        what: phrase!("the reply"),
        verb: "reply",
        dated: true,
        sql: "SELECT 1, c.reply_by_on, r.replied_on FROM contact AS c JOIN entry AS e ON e.id = c.entry
                LEFT JOIN reply AS r ON r.entry = c.entry AND r.undone_on IS NULL
                    AND r.position = (SELECT min(o.position) FROM reply AS o WHERE o.entry = c.entry AND o.undone_on IS NULL)
            WHERE c.entry = :entry AND c.reply_by_on IS NOT NULL AND (r.entry IS NOT NULL OR e.ended_on IS NULL)",
    },
    Deadline {
        register: "info",
        clause: "R2.2",
        what: phrase!("the report"),
        verb: "",
        dated: false,
        sql: "SELECT 1, date(reported_on, iif(late_flag, '-1 day', '+0 days')), reported_on FROM info WHERE entry = :entry AND reported_on IS NOT NULL",
    },
    Deadline {
        register: "project",
        clause: "R3.2",
        what: phrase!("the milestone"),
        verb: "",
        dated: true,
        sql: "SELECT position, due_on, done_on FROM milestone WHERE entry = :entry AND undone_on IS NULL AND dropped_on IS NULL",
    },
    Deadline {
        register: "project",
        clause: "R3.7",
        what: phrase!("the payment"),
        verb: "",
        dated: true,
        sql: "SELECT i.position, i.due_on, iif(i.received_fen < i.amount_fen, NULL, (SELECT max(r.received_on) FROM receipt AS r
                WHERE r.entry = i.entry AND r.instalment = i.position AND r.undone_on IS NULL))
            FROM instalment AS i WHERE i.entry = :entry AND i.due_on IS NOT NULL AND i.amount_fen > 0",
    },
    Deadline {
        register: "project",
        clause: "R5.4(1)",
        what: phrase!("the agreement of a fee"),
        verb: "",
        dated: true,
        sql: "SELECT f.entry, c.signed_on, f.signed_on FROM contract AS c JOIN entry AS p ON p.id = c.entry JOIN fee AS f ON f.project = p.number
            WHERE c.entry = :entry AND c.position = 1 AND c.undone_on IS NULL AND f.signed_on IS NOT NULL",
    },
    Deadline {
        register: "fee",
        clause: "R5.4(1)",
        what: phrase!("the agreement"),
        verb: "",
        dated: true,
        sql: "SELECT 1, c.signed_on, f.signed_on FROM fee AS f JOIN entry AS p ON p.number = f.project
                JOIN contract AS c ON c.entry = p.id AND c.position = 1 AND c.undone_on IS NULL
            WHERE f.entry = :entry AND f.signed_on IS NOT NULL",
    },
    Deadline {
        register: "reception",
        clause: "R5.2(5)",
        what: phrase!("the summary"),
        verb: "summarize",
        dated: true,
        sql: "SELECT 1, l.summary_due_on, l.summarized_on FROM reception_list AS l WHERE l.id = :entry AND l.left_on IS NOT NULL",
    },
    Deadline {
        register: "asset",
        clause: "R5.5(3)",
        what: phrase!("the return"),
        verb: "",
        dated: true,
        sql: "SELECT position, back_by_on, until_on FROM custody WHERE entry = :entry AND undone_on IS NULL AND back_by_on IS NOT NULL",
    },
    Deadline {
        register: "asset",
        clause: "R5.5(4)",
        what: phrase!("the report of damage"),
        verb: "damage",
        dated: true,
        sql: "SELECT position, happened_on, reported_on FROM damage WHERE entry = :entry AND undone_on IS NULL ORDER BY position",
    },
];

/// What of an entry is late.
#[derive(Debug, Default)]
pub(super) struct Lateness(Vec<Late>);

/// What is late, by which deadline.
#[derive(Debug)]
struct Late {
    of: &'static Deadline,
    key: i64,
    due: NaiveDate,
    done: Option<NaiveDate>,
}

impl Lateness {
    /// What of the entry is late as it stands.
    pub(super) fn of(change: &Change<'_>, entry: &Entry) -> Result<Self> {
        let book = change.sql();
        let mut late = Vec::new();
        for of in DEADLINES.iter().filter(|deadline| deadline.register == entry.register) {
            let rows: Vec<(i64, NaiveDate, Option<NaiveDate>)> =
                book.rows(&with_views(of.sql), named_params! { ":entry": entry.id })?;
            for ((key, due, done), nth) in rows.into_iter().zip(0..) {
                let counts = done.map(|day| of.counted(change, entry, nth, day)).transpose()?;
                if counts.unwrap_or(change.today()) > due {
                    late.push(Late { of, key, due, done: counts });
                }
            }
        }
        Ok(Self(late))
    }

    /// Lists what was late and is it no longer, now that `corrected` was.
    pub(super) fn note_made_good(&self, task: &mut Task<'_, '_>, corrected: &str) -> Result<()> {
        let now = Self::of(task.change, &task.entry)?;
        for late in &self.0 {
            if now.0.iter().any(|other| std::ptr::eq(other.of, late.of) && other.key == late.key) {
                continue;
            }
            let (number, what, due) = (&task.entry.number, words(late.of.what), late.due);
            let breach = match late.done {
                Some(done) if !late.of.dated => say!(
                    "{what} of {number} came on {done}: it was late by the day that was corrected, {corrected}",
                    what,
                    number,
                    done,
                    corrected
                ),
                Some(done) => say!(
                    "{what} of {number} was due on {due} and came on {done}: it was late by the day that was corrected, {corrected}",
                    what,
                    number,
                    due,
                    done,
                    corrected
                ),
                None => say!(
                    "{what} of {number} was due on {due}: it was late by the day that was corrected, {corrected}",
                    what,
                    number,
                    due,
                    corrected
                ),
            };
            let reason = task.reason.clone().unwrap_or_default();
            task.note(Refusal::rule(late.of.clause, breach), &reason);
        }
        Ok(())
    }
}

impl Deadline {
    /// The day from which it counts that something was done on `day`, the `nth` time: that of its entry where who did it entered it (Q9).
    fn counted(&self, change: &Change<'_>, entry: &Entry, nth: i64, day: NaiveDate) -> Result<NaiveDate> {
        if self.verb.is_empty() {
            return Ok(day);
        }
        let sql = concat!(
            "SELECT recorder, actor, at FROM journal WHERE thing = ?1 AND verb = ?2 AND ",
            standing!(),
            " ORDER BY id LIMIT 1 OFFSET ?3"
        );
        let verb = format!("{} {}", self.register, self.verb);
        let entered: Option<(String, String, String)> = change.sql().row(sql, (&entry.number, verb, nth))?;
        let Some((hand, actor, at)) = entered else { return Ok(day) };
        counted::since(change.sql(), (&hand, &actor), (day, change.day_of(&at).unwrap_or(day)))
    }
}
