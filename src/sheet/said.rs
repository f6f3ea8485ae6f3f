//! What a person reads for the words and keys of a column, said once for the many rows in which they stand.

use std::collections::HashMap;
use std::rc::Rc;

use unicode_width::UnicodeWidthChar;

use super::cell::{Cell, utf8};
use crate::column::Column;
use crate::language;
use crate::refusal::Refusal;

/// The most words and keys of a column whose sayings are kept.
const KEPT: usize = 1_000;

/// The sayings of a column so far, as long as they are few.
pub(super) struct Said {
    known: HashMap<Vec<u8>, Rc<str>>,
    /// The word or keys that were looked for there last, and what was found.
    sought: Vec<u8>,
    last: Option<Rc<str>>,
    /// Whether nothing is kept: no number of an entry stands in two rows of most lists.
    is_number: bool,
}

impl Said {
    /// None yet, of this column.
    pub(super) fn new(column: &Column) -> Self {
        Self { known: HashMap::new(), sought: Vec::new(), last: None, is_number: column.is_entry_number() }
    }

    /// What a person reads for a word or keys of people; none for anything else.
    pub(super) fn of(&mut self, cell: Cell<'_>) -> Result<Option<Rc<str>>, Refusal> {
        let (stored, of) = match cell {
            Cell::Word(word, of) => (word, of),
            Cell::Person(keys) => (keys, ""),
            _ => return Ok(None),
        };
        let say = || -> Result<Rc<str>, Refusal> {
            let stored = utf8(stored)?;
            let is_person = matches!(cell, Cell::Person(_));
            Ok(Rc::from(if is_person { language::people(stored) } else { language::value_in(of, stored) }))
        };
        if self.is_number || self.known.len() == KEPT {
            return say().map(Some);
        }
        // Most rows have what the row before has.
        let sought = self.sought.strip_suffix(of.as_bytes()).and_then(|sought| sought.strip_suffix(b"\0"));
        if let Some(last) = self.last.as_ref().filter(|_| sought == Some(stored)) {
            return Ok(Some(Rc::clone(last)));
        }
        self.sought.clear();
        for part in [stored, b"\0", of.as_bytes()] {
            self.sought.extend_from_slice(part);
        }
        let said = if let Some(known) = self.known.get(&self.sought) {
            Rc::clone(known)
        } else {
            let said = say()?;
            self.known.insert(self.sought.clone(), Rc::clone(&said));
            said
        };
        self.last = Some(Rc::clone(&said));
        Ok(Some(said))
    }
}

/// How wide a text is. The letters that nearly all texts are made of are told by their ranges, which is cheaper than to look each up.
pub(super) fn columns(text: &str) -> usize {
    let width = |c| match c {
        ' '..='~' => 1,
        '一'..='鿿' | '가'..='힣' | '、'..='〗' | '！'..='～' => 2,
        c => UnicodeWidthChar::width(c).unwrap_or(0),
    };
    text.chars().map(width).sum()
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn a_text_is_as_wide_as_its_letters_are() {
        for text in ["HAY05001", "轴承图纸，确认（二）", "업무연락서、", "Φ3.6 m 〖甲〗", "ｗｉｄｅ～", "カナ"]
        {
            assert_eq!(columns(text), text.width(), "{text}");
        }
    }

    #[test]
    fn a_word_is_said_as_its_column_means_it_also_once_many_are_kept() {
        language::learn_people([("wang".to_owned(), "王建国".to_owned())]);
        let column = Column::of_sql("kind");
        let mut said = Said::new(&column);
        let mut of = |cell| said.of(cell).map(|said| said.map(|said| said.to_string()));
        let words: Vec<String> = (0..2 * KEPT).map(|number| format!("word-{number}")).collect();
        for word in words.iter().chain(&words) {
            assert_eq!(of(Cell::Word(word.as_bytes(), "kind")), Ok(Some(word.clone())));
            assert_eq!(of(Cell::Person(b"wang")), Ok(Some("王建国".to_owned())));
        }
        assert_eq!(of(Cell::Text(b"wang")), Ok(None));
        language::learn_people([]);
    }
}
