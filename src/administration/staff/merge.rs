//! People who were entered twice: one key stands for the other from then on, wherever the book is read (Q21).

use anyhow::Result;
use clap::Args;
use rusqlite::Connection;

use super::appoint;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::desk::{Answer, Deed};
use crate::language;
use crate::office::{identity, name};
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::say;
use crate::text::Text;

/// Who was entered twice
#[derive(Debug, Args)]
pub(crate) struct Merge {
    /// The second key, which stands for the first from now on
    #[arg(value_name = "PERSON")]
    second: String,
    /// Who it is
    #[arg(long, value_name = "PERSON")]
    into: String,
    /// Why
    #[arg(long, value_name = "REASON")]
    reason: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

/// Who is another after all
#[derive(Debug, Args)]
pub(crate) struct Unmerge {
    /// The key that stands for another
    #[arg(value_name = "PERSON")]
    second: String,
    /// Why
    #[arg(long, value_name = "REASON")]
    reason: Text,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Merge {
    pub(super) fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let (second, first) = (Person::find(change.sql(), &self.second)?, Person::find(change.sql(), &self.into)?);
        if second.key == first.key {
            let second = told(change.sql(), self.second.trim())?;
            let what = say!("{second} and {first} are one already", second, first = keyed(&first));
            return Err(Refusal::usage(what).or(say!("see branchbook staff show {key}", key = first.key)).into());
        }
        let typed = self.second.trim();
        if standing_for(change.sql(), typed)?.is_some() {
            let what = say!("{typed} stands for {second} already", typed = told(change.sql(), typed)?, second);
            return Err(Refusal::usage(what)
                .or(say!("part them first with: branchbook staff unmerge {typed} --reason REASON", typed))
                .into());
        }
        let actor = require(change, self.deed.by.as_deref(), [&second.key, &first.key])?;
        let actor = match (&second.os_login, &first.os_login) {
            // Two logins are two people until somebody above says that they are one.
            (Some(_), Some(_)) => {
                appoint::appoints(change, self.deed.by.as_deref(), &second.key, Role::Clerk, change.on)?.by
            }
            _ => actor,
        };
        refuse_left(change, &second, &first)?;
        refuse_deputies(change.sql(), &second.key, &first.key)?;
        refuse_both_hands(change.sql(), &second, &first)?;
        let mut keys: Vec<String> =
            change.sql().column("SELECT key FROM person WHERE same_as = ?1 ORDER BY key", [&second.key])?;
        keys.push(second.key.clone());
        for key in &keys {
            change.sql().execute("UPDATE person SET same_as = ?2 WHERE key = ?1", (key, &first.key))?;
            change.record(&Thing::office("staff", &[key])?, &actor.key, Some(&self.reason))?;
        }
        let line = say!(
            "{second} is {first}: what stands under either key is theirs",
            second = keyed(&second),
            first = keyed(&first)
        );
        let answer = Answer::new(&first.key, line);
        Ok(answer.note(say!(
            "where they are two after all: branchbook staff unmerge {key} --reason REASON",
            key = second.key
        )))
    }
}

impl Unmerge {
    pub(super) fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let key = self.second.trim();
        let Some(first) = standing_for(change.sql(), key)? else {
            // A typing error is told as such.
            let person = Person::find(change.sql(), key)?;
            let what = say!("{key} stands for nobody else", key = person);
            return Err(Refusal::not_found(what).or(say!("see branchbook staff list")).into());
        };
        let actor = require(change, self.deed.by.as_deref(), [key, &first])?;
        change.sql().execute("UPDATE person SET same_as = NULL WHERE key = ?1", [key])?;
        change.record(&Thing::office("staff", &[key])?, &actor.key, Some(&self.reason))?;
        // From now on each is called by a name of their own.
        name::learn(change.sql())?;
        let [second, first] = [Person::find(change.sql(), key)?, Person::find(change.sql(), &first)?];
        Ok(Answer::new(key, say!("{key} and {first} are two again", key = second, first)))
    }
}

/// The name of one of two who are one, with the key, which tells them apart.
fn keyed(person: &Person) -> String {
    format!("{}{}", person.name, language::in_brackets(&person.key))
}

/// What was typed for one of them, with the name where it is a key.
fn told(book: &Connection, typed: &str) -> Result<String> {
    let name = name::of_person(book, typed)?;
    Ok(name.map_or_else(|| typed.to_owned(), |name| format!("{name}{}", language::in_brackets(typed))))
}

/// For whom a key stands; none where for nobody but its own person.
fn standing_for(book: &Connection, key: &str) -> Result<Option<String>> {
    let known = "SELECT same_as FROM person WHERE key = ?1 AND same_as IS NOT NULL";
    book.value(known, [key])
}

/// Who keeps the staff list enters it, and who may give each role that the other gets decides; nobody of themselves.
fn require(change: &Change<'_>, by: Option<&str>, keys: [&str; 2]) -> Result<Person> {
    let roles = change.sql().each(
        "SELECT DISTINCT role FROM term WHERE person IN (?1, ?2) AND (until_on IS NULL OR until_on >= ?3) ORDER BY role",
        (keys[0], keys[1], change.on),
        |row| row.get::<_,
        String>(0),
    )?;
    let roles = roles;
    let mut actor = identity::office_bearer(change, by)?;
    for key in keys {
        if roles.is_empty() {
            actor = appoint::keeps(change, by, key)?;
        }
        for role in roles.iter().filter_map(|role| Role::of_key(role)) {
            actor = appoint::appoints(change, by, key, role, change.on)?.by;
        }
    }
    Ok(actor)
}

/// Who left reads nothing, and does not by standing for somebody who is there (Q3): the login goes first.
fn refuse_left(change: &Change<'_>, second: &Person, first: &Person) -> Result<()> {
    let today = change.today();
    let mut running = change
        .sql()
        .prepare("SELECT 1 FROM term WHERE person = ?1 AND from_on <= ?2 AND (until_on IS NULL OR until_on >= ?2)")?;
    for (left, other) in [(second, first), (first, second)] {
        let Some(login) = left.os_login.as_ref().filter(|_| second.os_login != first.os_login) else { continue };
        if !running.exists((&left.key, today))? && running.exists((&other.key, today))? {
            let what = say!(
                "{left} is not on the staff on {today}, and would read as {other} from the login {login}",
                left,
                today,
                other,
                login
            );
            return Err(Refusal::rule("R2.4", what)
                .or(say!("take the login away first: branchbook staff login {key}", key = left.key))
                .into());
        }
    }
    Ok(())
}

/// Nobody stands in for themselves (Q4).
fn refuse_deputies(book: &Connection, second: &str, first: &str) -> Result<()> {
    let sql = "SELECT 1 FROM deputy WHERE person = ?1 AND deputy = ?2 OR person = ?2 AND deputy = ?1";
    if !book.prepare(sql)?.exists((second, first))? {
        return Ok(());
    }
    let [first, second] = [first, second].map(language::people);
    let what = say!("{first} and {second} stood in for each other, so they are two", first, second);
    Err(Refusal::rule("R1", what).or(say!("see branchbook staff deputies")).into())
}

/// In SQL, where `?1` and `?2` had their hands in one thing, as nobody may: the entry, what `?2` did, and the clause. Of what was
/// asked for by the one the other decided, or entered the decision; one thing was decided on twice; an agreement was approved and
/// signed; a review was led and made; equipment was kept and its disposal decided.
const BOTH_HANDS: &str = "
    SELECT e.number, a.verb, (SELECT min(s.clause) FROM step AS s WHERE s.register = e.register AND s.verb = a.verb)
    FROM approval AS a JOIN entry AS e ON e.id = a.entry LEFT JOIN fee AS f ON f.entry = e.id
        LEFT JOIN fee_payment AS p ON p.entry = e.id AND p.position = a.part AND p.undone_on IS NULL
    WHERE a.undone_on IS NULL AND ?1 IN (e.person, f.asked_by, p.asked_by) AND ?2 IN (a.decided_by, a.entered_by)
    UNION ALL SELECT e.number, a.verb, (SELECT min(s.clause) FROM step AS s WHERE s.register = e.register AND s.verb = a.verb)
    FROM approval AS a JOIN approval AS b ON b.entry = a.entry AND b.part IS a.part AND b.verb <> a.verb JOIN entry AS e ON e.id = a.entry
    WHERE a.undone_on IS NULL AND b.undone_on IS NULL AND b.decided_by = ?1 AND a.decided_by = ?2
    UNION ALL SELECT e.number, 'sign', 'R5.4(1)' FROM fee AS f JOIN entry AS e ON e.id = f.entry JOIN approval AS a ON a.entry = f.entry
    WHERE a.undone_on IS NULL AND a.verb = 'approve' AND a.decided_by = ?1 AND f.signed_by = ?2
    UNION ALL SELECT e.number, 'review', 'R3.3' FROM leader AS l JOIN review AS r ON r.entry = l.entry JOIN entry AS e ON e.id = l.entry
    WHERE l.undone_on IS NULL AND r.undone_on IS NULL AND l.person = ?1 AND r.reviewer = ?2
    UNION ALL SELECT e.number, 'dispose', 'R5.5(1)' FROM asset AS a JOIN entry AS e ON e.id = a.entry
    WHERE e.person = ?1 AND a.approved_by = ?2
    ORDER BY 1 LIMIT 1";

/// Refuses where the two had their hands in one thing as one person may not.
fn refuse_both_hands(book: &Connection, second: &Person, first: &Person) -> Result<()> {
    for (one, other) in [(first, second), (second, first)] {
        let found: Option<(String, String, String)> = book.row(BOTH_HANDS, (&one.key, &other.key))?;
        if let Some((number, verb, clause)) = found {
            let verb = language::value(&verb);
            let what = say!(
                "{one} and {other} had their hands in {number} ({verb}) as nobody may alone, so they are two",
                one,
                other,
                number,
                verb
            );
            return Err(Refusal::rule(clause, what)
                .or(say!("see branchbook history {number}; what was entered under the wrong key is taken back with: branchbook undo {number}", number))
                .into());
        }
    }
    Ok(())
}
