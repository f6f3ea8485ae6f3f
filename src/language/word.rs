//! Words of the data: the names of columns, and the values that the book itself gives, such as states and kinds.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use chrono::NaiveDate;

use super::Language;
use crate::say;

/// Before the key of a column's heading in the catalogues, as gettext marks a context: a single word is not clear without it.
const COLUMN: &str = "column\u{4}";

/// Before the key of a value of the book.
pub(super) const VALUE: &str = "value\u{4}";

/// The heading of a column, given in English.
pub(crate) fn column(heading: &str) -> Cow<'_, str> {
    in_context(COLUMN, heading)
}

/// A value of the book, such as a state, a kind, a role or a department's key, or several with `; ` between them, as
/// stored. A value that is none of the book's own stays as it is.
pub(crate) fn value(stored: &str) -> Cow<'_, str> {
    if Language::spoken() == Language::En {
        return Cow::Borrowed(stored);
    }
    if stored.contains("; ") {
        return stored.split("; ").map(value).collect::<Vec<_>>().join("; ").into();
    }
    NAMES.with_borrow(|names| names.get(stored).cloned()).map_or_else(|| in_context(VALUE, stored), Cow::Owned)
}

/// Words of the book, one of which is meant: `clerk or contract-administrator`.
pub(crate) fn any_of<T: AsRef<str>>(words: &[T]) -> String {
    let words = words.iter().map(|word| value(word.as_ref()).into_owned());
    words.reduce(|first, second| say!("{first} or {second}", first, second)).unwrap_or_default()
}

/// Words all of which are meant: `delivery and warranty`.
pub(crate) fn all_of(words: impl IntoIterator<Item = String>) -> String {
    words.into_iter().reduce(|first, second| say!("{first} and {second}", first, second)).unwrap_or_default()
}

/// What stands one after the other in a cell.
pub(crate) fn listed<T: ToString>(words: impl IntoIterator<Item = T>) -> String {
    let words = words.into_iter().map(|word| word.to_string());
    words.reduce(|first, second| say!("{first}; {second}", first, second)).unwrap_or_default()
}

thread_local! {
    static NAMES: RefCell<HashMap<String, String>> = RefCell::default();
    static PEOPLE: RefCell<HashMap<String, String>> = RefCell::default();
    static AS_OF: Cell<Option<NaiveDate>> = const { Cell::new(None) };
}

/// The day whose names the running command prints; none where it prints those of today.
pub(crate) fn named_as_of() -> Option<NaiveDate> {
    AS_OF.get()
}

/// Makes it the day whose names the running command prints.
pub(crate) fn name_as_of(day: Option<NaiveDate>) {
    AS_OF.set(day);
}

/// Takes note of what the book at hand calls its departments, by their keys.
pub(crate) fn learn_names(names: impl IntoIterator<Item = (String, String)>) {
    NAMES.set(names.into_iter().collect());
}

/// Takes note of what the book at hand calls its people, by their keys.
pub(crate) fn learn_people(people: impl IntoIterator<Item = (String, String)>) {
    PEOPLE.set(people.into_iter().collect());
}

/// What a person reads for the key of a person: the name, with the key in brackets where several bear it; none where the book
/// knows nobody of this key.
pub(crate) fn person(key: &str) -> Option<String> {
    PEOPLE.with_borrow(|people| people.get(key).cloned())
}

/// What a person reads for keys of people and departments with `; ` between them; what is none of them stays as it is.
pub(crate) fn people(keys: &str) -> Cow<'_, str> {
    if keys.contains("; ") {
        return keys.split("; ").map(people).collect::<Vec<_>>().join("; ").into();
    }
    person(keys).map_or_else(|| value(keys), Cow::Owned)
}

fn in_context<'t>(context: &str, text: &'t str) -> Cow<'t, str> {
    let language = Language::spoken();
    if language == Language::En {
        return Cow::Borrowed(text);
    }
    language.translation(&format!("{context}{text}")).map_or(Cow::Borrowed(text), Cow::Borrowed)
}
