//! What a value says of how things stand, and the colour for it: a second sign beside the word, never the only one.

use super::cell::Cell;
use crate::column::Column;

/// How things stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// As it should be; green.
    Good,
    /// To be watched; yellow.
    Watch,
    /// Something is to be done about it; red.
    Bad,
}

/// The columns whose words are verdicts; the same word elsewhere, such as in a note, is none.
const COLUMNS: [&str; 5] = ["verdict", "report", "state", "result", "finding"];

/// The columns that count days past a day; none or fewer are no verdict.
const DAYS_PAST: [&str; 2] = ["days_late", "days_overdue"];

/// The verdict that a value is, by the words and names of the book, whatever language they are shown in.
pub(crate) fn of(column: &Column, cell: Cell<'_>) -> Option<Verdict> {
    let name = column.name.as_str();
    match cell {
        // What `verify` found is a fault; what a stocktake found is the asset.
        Cell::Text(b"found") | Cell::Word(b"found", _) if name == "result" => Some(Verdict::Bad),
        Cell::Text(word) | Cell::Word(word, _) if COLUMNS.contains(&name) => of_word(word),
        Cell::Integer(1..) if DAYS_PAST.contains(&name) => Some(Verdict::Bad),
        Cell::YesNo(true) if name == "late" || name.starts_with("late_") => Some(Verdict::Bad),
        _ => None,
    }
}

fn of_word(word: &[u8]) -> Option<Verdict> {
    match word {
        b"met" | b"on time" | b"passed" | b"ok" => Some(Verdict::Good),
        b"warned" | b"nil" | b"unanswered" => Some(Verdict::Watch),
        b"missed" | b"suspended" | b"late" | b"overdue" | b"missing" | b"unknown" | b"twice" | b"failed"
        | b"rejected" | b"stolen" => Some(Verdict::Bad),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(column: &str, word: &str) -> Option<Verdict> {
        of(&Column::of_sql(column), Cell::Text(word.as_bytes()))
    }

    #[test]
    fn a_word_is_a_verdict_in_a_column_of_verdicts_alone() {
        assert_eq!(text("verdict", "met"), Some(Verdict::Good));
        assert_eq!(text("verdict", "warned"), Some(Verdict::Watch));
        assert_eq!(text("report", "missing"), Some(Verdict::Bad));
        assert_eq!(text("state", "rejected"), Some(Verdict::Bad));
        assert_eq!(text("finding", "twice"), Some(Verdict::Bad));
        assert_eq!((text("result", "found"), text("finding", "found")), (Some(Verdict::Bad), None));
        assert_eq!(text("note", "late"), None);
        assert_eq!(text("customer", "met"), None);
    }

    #[test]
    fn a_state_that_is_no_verdict_and_a_longer_text_have_none() {
        for word in ["void", "issued", "lost", "open", "not met", "***", ""] {
            assert_eq!(text("state", word), None, "{word}");
        }
    }

    #[test]
    fn days_past_a_day_and_marks_of_lateness_are_bad() {
        let of = |name: &str, cell| of(&Column::of_sql(name), cell);
        assert_eq!(of("days_late", Cell::Integer(1)), Some(Verdict::Bad));
        assert_eq!(of("days_late", Cell::Integer(0)), None);
        assert_eq!(of("days_overdue", Cell::Integer(-3)), None);
        assert_eq!(of("entries", Cell::Integer(1)), None);
        assert_eq!(of("late_flag", Cell::YesNo(true)), Some(Verdict::Bad));
        assert_eq!(of("late_agreement_flag", Cell::YesNo(true)), Some(Verdict::Bad));
        assert_eq!(of("late_flag", Cell::YesNo(false)), None);
        assert_eq!(of("approved_flag", Cell::YesNo(true)), None);
    }
}
