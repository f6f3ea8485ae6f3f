//! A column of a sheet: its printed name, and the kind of its values as told by its name in SQL.

use anyhow::Result;
use rusqlite::types::ValueRef;

use crate::day::Month;
use crate::language::{self, Language, Spoken as _, grouped};
use crate::money::{Money, Percent};
use crate::{heading, say, text, zone};

/// The SQL name of the column, behind all others, that holds the state of the row's entry and is not shown.
pub(crate) const HIDDEN_STATE: &str = "hidden_state";

/// The ending of an SQL name, the kind that it tells, and whether the printed name goes without it.
const ENDINGS: [(&str, ColumnKind, bool); 6] = [
    ("_on", ColumnKind::Day, false),
    ("_at", ColumnKind::Instant, false),
    ("_month", ColumnKind::Month, false),
    ("_fen", ColumnKind::Money, true),
    ("_pct", ColumnKind::Percent, true),
    ("_flag", ColumnKind::YesNo, true),
];

/// The columns that hold words of the book itself, or what people enter and may be the word `none`.
const WORDS: [&str; 46] = [
    "applies_to",
    "assigned_to",
    "capacity",
    "car",
    "cars",
    "check",
    "decision",
    "department",
    "dining",
    "due_event",
    "due_with",
    "duty",
    "finding",
    "form",
    "freight",
    "from_state",
    "holder_kind",
    "hosts",
    "kind",
    "loading",
    "lodging",
    "may",
    "meals",
    "meaning",
    "our_schedule",
    "outcome",
    "place",
    "product",
    "register",
    "report",
    "result",
    "role",
    "rooms",
    "roles",
    "scenic",
    "schedule",
    "sizes_mm",
    "stage",
    "state",
    "step",
    "thing",
    "unit",
    "verb",
    "verdict",
    "waits_for",
    "weights_kg",
];

/// The columns whose texts have several parts, such as who receives a gift, and people read them otherwise than scripts.
const PARTS: [&str; 5] = ["cases", "items", "recipients", "visitors", "what"];

/// The columns that hold sentences of the program beside what people typed.
const SENTENCES: [&str; 4] = ["note", "reason", "refused", "scope"];

/// The columns that hold keys of people, or of whom a form goes to, besides those whose names end in `_by`.
const PEOPLE: [&str; 20] = [
    "actor",
    "addressed_to",
    "agreed_with",
    "approved_for",
    "copied_to",
    "deputy",
    "deputy_for",
    "endorsed_for",
    "escalated_to",
    "holder",
    "keeper",
    "leader",
    "may_decide",
    "party",
    "person",
    "recorder",
    "responsible",
    "reviewer",
    "tracker",
    "user",
];

/// The columns that hold the key of a department.
const DEPARTMENTS: [&str; 2] = ["assigned_to", "department"];

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text or a number, as each value is stored.
    Plain,
    /// A day as ISO text, `2026-11-22`.
    Day,
    /// An instant as ISO text.
    Instant,
    /// A month as ISO text, `2026-11`.
    Month,
    /// Money as a whole number of fen.
    Money,
    /// A percentage as a whole number of hundredths of a percent.
    Percent,
    /// 0 for no, 1 for yes.
    YesNo,
    /// Words of the book itself, such as a state or a department's key: people read them in their language.
    Word,
    /// The key of a person, or of several people, departments and units outside: people read their names.
    Person,
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The printed name: English `snake_case` that never changes, as scripts read it.
    pub name: String,
    /// What its values are.
    pub kind: ColumnKind,
}

impl Column {
    /// The column that a view calls `sql_name`; `amount_fen` is money and prints as `amount`.
    #[must_use]
    pub fn of_sql(sql_name: &str) -> Self {
        let whole = match sql_name {
            "month" => Some(ColumnKind::Month),
            "at" => Some(ColumnKind::Instant),
            _ => None,
        };
        if let Some(kind) = whole {
            return Self { name: sql_name.to_owned(), kind };
        }
        for (ending, kind, stripped) in ENDINGS {
            if let Some(stem) = sql_name.strip_suffix(ending).filter(|stem| !stem.is_empty()) {
                let name = if stripped { stem } else { sql_name };
                return Self { name: name.to_owned(), kind };
            }
        }
        let kind = match sql_name {
            "number" => ColumnKind::Word,
            name if WORDS.contains(&name) || PARTS.contains(&name) || SENTENCES.contains(&name) => ColumnKind::Word,
            name if PEOPLE.contains(&name) || name.ends_with("_by") => ColumnKind::Person,
            _ => ColumnKind::Plain,
        };
        Self { name: sql_name.to_owned(), kind }
    }

    /// The name for people, in the language of the running command: with spaces for underscores, and `reply by` rather than
    /// `reply by on`.
    #[must_use]
    pub fn heading(&self) -> String {
        heading(&self.name)
    }

    /// A value of the column as a sentence says it, or a page shows it; empty where there is none.
    pub(crate) fn spoken(&self, value: ValueRef<'_>) -> Result<String> {
        Ok(match (self.kind, value) {
            (_, ValueRef::Null) => String::new(),
            (ColumnKind::Money, ValueRef::Integer(0)) if self.is_standard() => language::value(text::NONE).into_owned(),
            (ColumnKind::Money, ValueRef::Integer(fen)) => Money(fen).grouped(),
            (ColumnKind::Percent, ValueRef::Integer(hundredths)) => Percent(hundredths).to_string(),
            (ColumnKind::YesNo, ValueRef::Integer(flag)) => {
                (if flag == 0 { say!("no") } else { say!("yes") }).to_owned()
            }
            (_, ValueRef::Integer(number)) => number.to_string(),
            (_, ValueRef::Real(number)) => grouped(&number.to_string()),
            (ColumnKind::Day, value) => language::day(value.as_str()?),
            (ColumnKind::Month, value) => {
                let month = value.as_str()?;
                month.parse::<Month>().map_or_else(|_| month.to_owned(), |month| month.spoken())
            }
            (ColumnKind::Instant, value) => zone::shown(value.as_str()?),
            (ColumnKind::Word, value) => language::value_in(&self.name, value.as_str()?).into_owned(),
            (ColumnKind::Person, value) => language::people(value.as_str()?).into_owned(),
            (_, value) => value.as_str()?.to_owned(),
        })
    }

    /// Whether the amount is a standard, of which 0 says that there is to be none.
    pub(crate) fn is_standard(&self) -> bool {
        self.name == "gift_standard"
    }

    /// Whether a list shows it: the state of a row decides whether totals have it, also where it is not asked for.
    pub(crate) fn is_shown(sql_name: &str) -> bool {
        sql_name != HIDDEN_STATE
    }

    /// Whether a reader misses it more than others where a list is too wide: what something comes to, who decides or decided, and
    /// until when something is to be done.
    pub(crate) fn weighs(&self) -> bool {
        const DECIDES: [&str; 5] = ["actor", "approved_by", "cleared_by", "decided_by", "endorsed_by"];
        const LATE: [&str; 4] = ["days_late", "days_overdue", "late", "overdue"];
        let is_one_of = |names: &[&str]| names.contains(&self.name.as_str());
        self.is_amount_or_decider() || self.is_deadline() || is_one_of(&DECIDES) || is_one_of(&LATE)
    }

    /// Whether the values are amounts, or who may decide.
    pub(crate) fn is_amount_or_decider(&self) -> bool {
        self.kind == ColumnKind::Money || self.name == "may_decide"
    }

    /// Whether the values are days until which something is to be done.
    fn is_deadline(&self) -> bool {
        self.name == "due_on" || self.name.ends_with("_due_on") || self.name.ends_with("_by_on")
    }

    /// Whether a list with this column is asked for the sake of it: who leads, and who is waited for.
    pub(crate) fn leads(&self) -> bool {
        matches!(self.name.as_str(), "leader" | "person")
    }

    /// Whether a list misleads without it: what is owed of an amount, in which currency, and what comes of it.
    pub(crate) fn is_essential(&self) -> bool {
        self.is_currency() || matches!(self.name.as_str(), "owed" | "verdict")
    }

    /// Whether the values are currencies, of amounts beside them.
    pub(crate) fn is_currency(&self) -> bool {
        self.name == "currency"
    }

    /// Whether a list is read for these values, long as they are: commands to type, and what changed.
    pub(crate) fn is_spacious(&self) -> bool {
        self.is_command() || self.name == "changes"
    }

    /// Whether the values are commands to type, which are nothing for paper.
    pub(crate) fn is_command(&self) -> bool {
        matches!(self.name.as_str(), "next" | "command")
    }

    /// The column beside it that holds the names of what its values are the keys of, where they are keys of people or departments.
    pub(crate) fn of_names(&self) -> Option<String> {
        let keys = self.kind == ColumnKind::Person || DEPARTMENTS.contains(&self.name.as_str());
        keys.then(|| format!("{}_name", self.name))
    }

    /// Whether a word of the book such as `none` may be all that stands in it.
    pub(crate) fn holds_words(&self) -> bool {
        let name = self.name.as_str();
        self.kind == ColumnKind::Word && name != "number" && !PARTS.contains(&name) && !SENTENCES.contains(&name)
    }

    /// Whether the values say which row it is, as a number, a name or a product does and a month or an amount does not.
    pub(crate) fn tells_rows_apart(&self) -> bool {
        matches!(self.kind, ColumnKind::Plain | ColumnKind::Word | ColumnKind::Person)
    }

    /// Whether the values are numbers of entries, such as `HAY05001`.
    pub(crate) fn is_entry_number(&self) -> bool {
        self.name == "number" || self.name.ends_with("_number")
    }
}

/// Columns whose names scripts read and a person would not.
const READABLE: [(&str, &str); 6] = [
    ("car", "cars"),
    ("days", "quoted days"),
    ("form", "form of delivery"),
    ("gift_standard", "gift standard for each"),
    ("scenic", "sightseeing"),
    ("serial_no", "serial number"),
];

/// The heading of the column with this printed name.
pub(crate) fn heading(name: &str) -> String {
    let plain = name.strip_suffix("_on").filter(|name| ["by", "from", "until"].iter().any(|end| name.ends_with(end)));
    let readable = match (language::said_of(), name) {
        // Who looks after what waits is not always who must act.
        ("due", "person") => Some(heading!("followed_up_by")),
        // Of a person, and not of a thing.
        ("reception", "name") => Some(heading!("visitor_name")),
        ("reception", "title") => Some("post"),
        _ => READABLE.iter().find(|(column, _)| *column == name).map(|(_, readable)| *readable),
    };
    let whole = readable.or(plain).unwrap_or(name).replace('_', " ");
    match (language::column(&whole), name.strip_suffix("_name")) {
        // A column of names beside that of the keys has no heading of its own.
        (own, Some(keys)) if *own == *whole && Column::of_sql(keys).of_names().is_some() => {
            say!("{keys} name", keys = heading(keys))
        }
        (own, _) => own.into_owned(),
    }
}

/// The name of a column as it is typed, behind what a person reads for it: `发出日期（issued_on）`.
pub(crate) fn typed(name: &str) -> String {
    match Language::spoken() {
        Language::En => name.to_owned(),
        Language::Zh => format!("{}（{name}）", heading(name)),
        Language::Ko => format!("{}({name})", heading(name)),
    }
}

/// The same of several, one behind the other.
pub(crate) fn all_typed(names: &[&str]) -> String {
    names.iter().map(|name| typed(name)).collect::<Vec<_>>().join(language::comma())
}

/// The heading of a column where it begins a line: in help, as a question, on a page.
pub(crate) fn label(name: &str) -> String {
    capital(&heading(name))
}

/// A text as it begins a line.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_tells_the_kind_and_is_stripped_where_the_value_prints_otherwise() {
        for (sql_name, name, kind) in [
            ("signed_on", "signed_on", ColumnKind::Day),
            ("entered_at", "entered_at", ColumnKind::Instant),
            ("at", "at", ColumnKind::Instant),
            ("month", "month", ColumnKind::Month),
            ("due_month", "due_month", ColumnKind::Month),
            ("amount_fen", "amount", ColumnKind::Money),
            ("quota_met_pct", "quota_met", ColumnKind::Percent),
            ("archived_flag", "archived", ColumnKind::YesNo),
            ("customer", "customer", ColumnKind::Plain),
            ("approved_by", "approved_by", ColumnKind::Person),
            ("keeper", "keeper", ColumnKind::Person),
            ("department", "department", ColumnKind::Word),
            ("region", "region", ColumnKind::Plain),
            ("_fen", "_fen", ColumnKind::Plain),
        ] {
            assert_eq!(Column::of_sql(sql_name), Column { name: name.to_owned(), kind }, "{sql_name}");
        }
    }

    #[test]
    fn headings_have_spaces() {
        assert_eq!(Column::of_sql("reply_due_on").heading(), "reply due on");
        assert_eq!(Column::of_sql("reply_by_on").heading(), "reply by");
    }

    #[test]
    fn entry_numbers_are_told_by_name() {
        assert!(Column::of_sql("number").is_entry_number());
        assert!(Column::of_sql("gift_number").is_entry_number());
        assert!(!Column::of_sql("numbering").is_entry_number());
    }
}
