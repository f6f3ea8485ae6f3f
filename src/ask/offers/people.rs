//! People as a question offers them: those of the staff, the members of a team, and who decides.

use anyhow::Result;
use rusqlite::Connection;

use super::{Place, read};
use crate::book::select::Select;
use crate::office::identity;
use crate::person::Person;
use crate::prompt::Offer;
use crate::register::entry::Entry;
use crate::say;
use crate::text;
use crate::view::with_views;

/// Options that name people of an entry's own: the room, the verb, the column, and the SELECT of their keys and names by the number.
const OF_ENTRY: [(&str, &str, &str, &str); 1] = [(
    "project",
    "team",
    "leaves",
    "SELECT p.key, p.name FROM entry AS e JOIN team AS t ON t.entry = e.id AND t.undone_on IS NULL AND t.role = 'member' AND t.until_on IS NULL
     JOIN person AS p ON p.key = t.person WHERE e.number = ?1 ORDER BY p.key",
)];

impl Place<'_> {
    /// The people who are on the staff, or those whom an option names of the entry itself; before them whoever sits there, where that may
    /// be.
    pub(super) fn people(&self, book: &Connection, column: &str) -> Result<Vec<Offer>> {
        let of_entry =
            OF_ENTRY.iter().find(|(room, verb, of, _)| (*room, *verb, *of) == (self.room, self.verb, column));
        if let Some((.., sql)) = of_entry {
            return book.each(&with_views(sql), [text::number(self.entry.unwrap_or_default())], read);
        }
        let mut people: Vec<Offer> = book.each(
            &with_views(
                "SELECT key, name FROM person
                  WHERE same_as IS NULL AND EXISTS (SELECT 1 FROM term
                      WHERE person = key AND from_on <= ?1 AND (until_on IS NULL OR until_on >= ?1))
                  ORDER BY key",
            ),
            [self.today],
            read,
        )?;
        if column == "by" {
            people.insert(0, Offer { key: String::new(), name: say!("you yourself").to_owned() });
            let deciders = self.deciders(book);
            people.sort_by_key(|person| !deciders.contains(&person.key));
        }
        Ok(people)
    }

    /// Who may decide on the entry that the line names, where the verb does.
    pub(super) fn deciders(&self, book: &Connection) -> Vec<String> {
        let deciders = || {
            let form = self.register()?.form?;
            let decision = form.decisions().find(|decision| decision.name == self.verb)?;
            let entry = Entry::look_up(book, &text::number(self.entry?)).ok()??;
            decision.deciders(form, book, &entry, None, self.today).ok()
        };
        deciders().unwrap_or_default()
    }

    /// The one who may decide, where whoever sits there writes for others and may not.
    pub(super) fn only_decider(&self, book: &Connection, reader: &Person) -> Option<String> {
        let [one] = <[String; 1]>::try_from(self.deciders(book)).ok()?;
        let writes = reader.holds_any(book, &identity::WRITERS, self.today).unwrap_or_default();
        Some(one).filter(|one| *one != reader.key && writes)
    }
}
