//! Words of the data: the names of columns, and the values that the book itself gives, such as states and kinds.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Language, again, parts};
use crate::say;

/// The context of a column's heading in the catalogues, as gettext has one: a single word is not clear without it. Where a heading
/// means something else in the lists of one register, that has a context of its own, `column staff`.
const COLUMN: &str = "column";

/// The context of a value of the book; of a register or a column, `value asset`, `value duty`.
pub(super) const VALUE: &str = "value";

/// The heading of a column, given in English.
pub(crate) fn column(heading: &str) -> Cow<'_, str> {
    in_context(COLUMN, &[OF.get()], heading)
}

/// The columns in which people enter a text that may be a word of the book, such as `none`: their `; ` is no list's.
const ENTERED: [&str; 12] = [
    "capacity",
    "car",
    "cars",
    "dining",
    "lodging",
    "meals",
    "our_schedule",
    "place",
    "product",
    "rooms",
    "scenic",
    "schedule",
];

/// The columns of the commands that did something.
const VERB: &str = "verb";
const STEP: &str = "step";

/// The column of numbers of entries.
const NUMBER: &str = "number";

/// The column of what they did it to.
const THING: &str = "thing";

/// A value of the book, such as a state, a kind, a role or a department's key, or several with `; ` between them, as
/// stored. A value that is none of the book's own stays as it is.
pub(crate) fn value(stored: &str) -> Cow<'_, str> {
    value_in("", stored)
}

/// The same in this column of a list, where it may mean something of its own: who bears a freight is the user, and who uses an
/// asset is another.
pub(crate) fn value_in<'s>(column: &str, stored: &'s str) -> Cow<'s, str> {
    if column == NUMBER && !stored.contains(' ') {
        return Cow::Borrowed(stored);
    }
    if again::COLUMNS.contains(&column) {
        return again::again(stored);
    }
    if column == again::SCOPE {
        return again::scope(stored);
    }
    if Language::spoken() == Language::En {
        return Cow::Borrowed(stored);
    }
    if let Some(said) = parts::said(column, stored) {
        return said.into();
    }
    if stored.contains("; ") && !ENTERED.contains(&column) {
        return stored.split("; ").map(|word| value_in(column, word)).collect::<Vec<_>>().join(comma()).into();
    }
    if let Some(name) = NAMES.with_borrow(|names| names.get(stored).cloned()) {
        return Cow::Owned(name);
    }
    match column {
        VERB | STEP => return deed(stored),
        // What was entered of the office has its kind and its key in the place of a number.
        NUMBER | THING => return thing(stored),
        _ => {}
    }
    match boxes_loaded(stored) {
        Some(loaded) => Cow::Owned(loaded),
        None => in_context(VALUE, &[OF.get(), column], stored),
    }
}

/// What a command of the journal did, `contact sign`: as it is called itself, else as its register or all registers call what is done
/// so; where none does, the state to which it led.
fn deed(stored: &str) -> Cow<'_, str> {
    let (room, name) = stored.split_once(' ').unwrap_or(("", stored));
    let own = in_context(VALUE, &[VERB], stored);
    if own != stored {
        return own;
    }
    let last = name.rsplit(' ').next().unwrap_or(name);
    let called = in_context(VALUE, &[room, VERB], last);
    if called != last {
        return called;
    }
    DEEDS.get()(room, name).unwrap_or(called)
}

/// Who heads a department, as it stands behind the name of that; an office away from the house has a head of its own title.
const HEADS: [(&str, &str, &str); 3] =
    [("办事处", "部门经理", "主任"), ("办事处", "经理", "主任"), ("사무소", " 부서장", "장")];

/// What stands in the place of the head of a department behind a text that ends with the name of an office, and how many bytes it
/// takes the place of; none behind anything else.
pub(super) fn head(before: &str, behind: &str) -> Option<(&'static str, usize)> {
    let heads = HEADS.iter().find(|(office, head, _)| before.ends_with(office) && behind.starts_with(head));
    heads.map(|(_, head, called)| (*called, head.len()))
}

/// A text in which the title of whoever heads a department was filled in behind the name of an office, with the title of that.
pub(super) fn headed(text: &str) -> String {
    let title = |text: String, (office, head, called): &(&str, &str, &str)| {
        text.replace(&format!("{office}{head}"), &format!("{office}{called}"))
    };
    HEADS.iter().fold(text.to_owned(), title)
}

/// The role of somebody in this department, as a person reads it.
pub(crate) fn role_in(stored: &str, department: &str) -> String {
    let office =
        HEADS.iter().find(|(office, ..)| department.ends_with(office)).filter(|_| stored == "department-manager");
    office.map_or_else(|| value(stored).into_owned(), |(office, _, called)| format!("{office}{called}"))
}

/// The same as it stands on a form: a person reads words where a script reads a key.
pub(crate) fn role(stored: &str, department: &str) -> String {
    let said = role_in(stored, department);
    if Language::spoken() != Language::En {
        return said;
    }
    let words = said.replace('-', " ");
    words[..1].to_uppercase() + &words[1..]
}

/// What leads into a state: Chinese marks the state with 已, and not what leads there.
pub(crate) fn led_to(state: &str) -> Cow<'_, str> {
    match value(state) {
        Cow::Borrowed(said) => said.strip_prefix('已').unwrap_or(said).into(),
        Cow::Owned(said) => said.strip_prefix('已').unwrap_or(&said).to_owned().into(),
    }
}

/// A value of the book as it is meant in a register: an asset that is lost is not a project that is.
pub(crate) fn value_of<'s>(register: &str, stored: &'s str) -> Cow<'s, str> {
    in_context(VALUE, &[register], stored)
}

/// What the journal tells of: an entry by its number, and something of the office, `staff li`, by its kind and what it is called.
pub(crate) fn thing(stored: &str) -> Cow<'_, str> {
    if stored.contains(", ") {
        return stored.split(", ").map(thing).collect::<Vec<_>>().join(comma()).into();
    }
    let Some((kind, called)) = stored.split_once(' ') else { return Cow::Borrowed(stored) };
    let called: Vec<Cow<'_, str>> = called.split(' ').map(people).collect();
    Cow::Owned(format!("{} {}", in_context(VALUE, &[THING], kind), called.join(" ")))
}

/// A loading notice that names no cases, `14 boxes 2026-10-19`; none where it is anything else.
fn boxes_loaded(stored: &str) -> Option<String> {
    let (boxes, on) = stored.split_once(" boxes ")?;
    let (boxes, on) = (boxes.parse::<u32>().ok()?, on.parse::<NaiveDate>().ok()?);
    Some(say!("{boxes} boxes on {on}", boxes, on))
}

/// The register or list whose headings and values are said; empty where it is none's.
pub(crate) fn said_of() -> &'static str {
    OF.get()
}

/// Does something with a list of this register: its headings and values are said as it means them; those of a list that is none's
/// as they are where it is shown.
pub(crate) fn of<T>(register: &'static str, work: impl FnOnce() -> T) -> T {
    let before = if register.is_empty() { OF.get() } else { OF.replace(register) };
    let done = work();
    OF.set(before);
    done
}

/// Words of the book, one of which is meant: `clerk or contract-administrator`.
pub(crate) fn any_of<T: AsRef<str>>(words: &[T]) -> String {
    let words = words.iter().map(|word| value(word.as_ref()).into_owned());
    words.reduce(|first, second| say!("{first} or {second}", first, second)).unwrap_or_default()
}

/// Words of the book to choose from, each as the language says it, with what is typed for it beside it.
pub(crate) fn choices<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    choices_in("", words)
}

/// The same of a column of a list.
pub(super) fn choices_in<'w>(column: &str, words: impl IntoIterator<Item = &'w str>) -> String {
    let choice = |word: &str| match value_in(column, word) {
        said if said == word => said.into_owned(),
        said => format!("{said}{}", in_brackets(word)),
    };
    words.into_iter().map(choice).collect::<Vec<_>>().join(comma())
}

/// Words all of which are meant: `delivery and warranty`.
pub(crate) fn all_of(words: impl IntoIterator<Item = String>) -> String {
    words.into_iter().reduce(|first, second| say!("{first} and {second}", first, second)).unwrap_or_default()
}

/// What stands between words or names of a list.
pub(crate) fn comma() -> &'static str {
    if Language::spoken() == Language::Zh { "、" } else { ", " }
}

/// What stands in brackets behind a word.
pub(crate) fn in_brackets(said: &str) -> String {
    if Language::spoken() == Language::Zh { format!("（{said}）") } else { format!(" ({said})") }
}

/// What stands between a heading and its value.
pub(crate) fn colon() -> &'static str {
    if Language::spoken() == Language::Zh { "：" } else { ": " }
}

/// What stands between sentences, or words with commas of their own.
pub(crate) fn semicolon() -> &'static str {
    if Language::spoken() == Language::Zh { "；" } else { "; " }
}

/// What stands one after the other in a cell.
pub(crate) fn listed<T: ToString>(words: impl IntoIterator<Item = T>) -> String {
    let words = words.into_iter().map(|word| word.to_string());
    words.reduce(|first, second| say!("{first}; {second}", first, second)).unwrap_or_default()
}

/// What a verb of a room does, in words: `signed for`; none where only the catalogues know it.
pub(crate) type Deeds = fn(&str, &str) -> Option<Cow<'static, str>>;

thread_local! {
    static NAMES: RefCell<HashMap<String, String>> = RefCell::default();
    static PEOPLE: RefCell<HashMap<String, String>> = RefCell::default();
    static DEEDS: Cell<Deeds> = const { Cell::new(|_, _| None) };
    static AS_OF: Cell<Option<NaiveDate>> = const { Cell::new(None) };
    static OF: Cell<&'static str> = const { Cell::new("") };
}

/// The day whose names the running command prints; none where it prints those of today.
pub(crate) fn named_as_of() -> Option<NaiveDate> {
    AS_OF.get()
}

/// Makes it the day whose names the running command prints.
pub(crate) fn name_as_of(day: Option<NaiveDate>) {
    AS_OF.set(day);
}

/// Takes note of who knows what the verbs of the registers do.
pub(crate) fn learn_deeds(deeds: Deeds) {
    DEEDS.set(deeds);
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
    for between in ["; ", ", ", "、"] {
        let mut each = keys.split(between);
        // A comma may stand in the name of a unit outside.
        if keys.contains(between) && (between == "; " || each.all(|key| person(key).is_some())) {
            let said = if Language::spoken() == Language::En { between } else { comma() };
            return keys.split(between).map(people).collect::<Vec<_>>().join(said).into();
        }
    }
    person(keys).map_or_else(|| value(keys), Cow::Owned)
}

/// A text in the first of these narrower contexts that has it, else in that of all.
fn in_context<'t>(context: &str, narrower: &[&str], text: &'t str) -> Cow<'t, str> {
    let language = Language::spoken();
    if language == Language::En {
        return Cow::Borrowed(text);
    }
    let narrower = narrower.iter().filter(|name| !name.is_empty());
    let mut keys = narrower.map(|name| format!("{context} {name}\u{4}{text}"));
    let own = keys.find_map(|key| language.translation(&key));
    own.or_else(|| language.translation(&format!("{context}\u{4}{text}"))).map_or(Cow::Borrowed(text), Cow::Borrowed)
}
