//! A value as people see it in a terminal: nothing hidden, money grouped, verdicts coloured.

use std::borrow::Cow;

use super::cell::{Cell, push_hundredths, utf8};
use crate::refusal::Refusal;

/// Marks for colours. They are bidi characters, which take no width and never get past [`visible`], so the
/// cells can carry them while their lines are broken and aligned; [`paint`] turns them into codes at the end.
const BOLD: char = '\u{2066}';
const GREEN: char = '\u{2067}';
const YELLOW: char = '\u{2068}';
const RED: char = '\u{202d}';
const PLAIN: char = '\u{2069}';

/// The text of a cell.
///
/// # Errors
/// That of [`utf8`].
pub fn text(cell: Cell<'_>) -> Result<String, Refusal> {
    Ok(match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => visible(utf8(text)?).into_owned(),
        Cell::Integer(number) => number.to_string(),
        Cell::Real(number) => number.to_string(),
        Cell::Money(fen) => grouped(&decimal(fen)),
        Cell::Percent(hundredths) => {
            let decimal = decimal(hundredths);
            format!("{}%", decimal.trim_end_matches('0').trim_end_matches('.'))
        }
        Cell::YesNo(yes) => (if yes { "yes" } else { "no" }).to_owned(),
    })
}

/// A cell's text with the mark of its colour if it is a verdict.
pub fn marked_verdict(text: String) -> String {
    let mark = match text.as_str() {
        "met" => GREEN,
        "warned" => YELLOW,
        "suspended" | "late" | "overdue" => RED,
        _ => return text,
    };
    format!("{mark}{text}{PLAIN}")
}

/// A heading with each word marked as bold, so that it can be broken between words.
pub fn marked_bold(heading: &str) -> String {
    let words: Vec<String> = heading.split(' ').map(|word| format!("{BOLD}{word}{PLAIN}")).collect();
    words.join(" ")
}

/// A line with its marks turned into the codes that a terminal understands.
pub fn paint(line: &str) -> String {
    let mut painted = String::with_capacity(line.len());
    for character in line.chars() {
        match character {
            BOLD => painted.push_str("\u{1b}[1m"),
            GREEN => painted.push_str("\u{1b}[32m"),
            YELLOW => painted.push_str("\u{1b}[33m"),
            RED => painted.push_str("\u{1b}[31m"),
            PLAIN => painted.push_str("\u{1b}[0m"),
            other => painted.push(other),
        }
    }
    painted
}

// This is `crate::text::visible` until that is merged.
/// Text without raw control or bidi characters and on one line: what would be hidden is spelt out.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|character| is_line_break(character) || is_hidden(character)) {
        return Cow::Borrowed(text);
    }
    let mut seen = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            _ if is_line_break(character) => seen.push('⏎'),
            _ if is_hidden(character) => seen.extend(character.escape_unicode()),
            _ => seen.push(character),
        }
    }
    Cow::Owned(seen)
}

const fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\u{2028}' | '\u{2029}')
}

fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn decimal(hundredths: i64) -> String {
    let mut digits = Vec::new();
    push_hundredths(&mut digits, hundredths);
    digits.into_iter().map(char::from).collect()
}

/// A decimal with two places, with commas between its thousands.
fn grouped(decimal: &str) -> String {
    let whole = decimal.trim_start_matches('-').len().saturating_sub(".00".len());
    let sign = decimal.len() - whole - ".00".len();
    let mut grouped = String::with_capacity(decimal.len() + whole / 3);
    for (index, character) in decimal.chars().enumerate() {
        let left = (sign + whole).saturating_sub(index);
        if index > sign && left > 0 && left.is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(character);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_grouped() {
        for (fen, shown) in [
            (0, "0.00"),
            (99_999, "999.99"),
            (100_000, "1,000.00"),
            (1_250_050, "12,500.50"),
            (-99_900, "-999.00"),
            (-123_456_789, "-1,234,567.89"),
            (i64::MIN, "-92,233,720,368,547,758.08"),
        ] {
            assert_eq!(text(Cell::Money(fen)).as_deref(), Ok(shown));
        }
    }

    #[test]
    fn percentages_have_the_places_that_they_need() {
        for (hundredths, shown) in
            [(6250, "62.5%"), (6225, "62.25%"), (10_000, "100%"), (0, "0%"), (-50, "-0.5%"), (1000, "10%")]
        {
            assert_eq!(text(Cell::Percent(hundredths)).as_deref(), Ok(shown));
        }
    }

    #[test]
    fn hidden_characters_are_spelt_out_and_lines_joined() {
        assert_eq!(visible("one\ntwo"), "one⏎two");
        assert_eq!(visible("a\u{1b}[31mb\tc"), "a\\u{1b}[31mb\\u{9}c");
        assert_eq!(visible("abc\u{202e}def"), "abc\\u{202e}def");
        assert!(matches!(visible("北京 ok"), Cow::Borrowed("北京 ok")));
    }

    #[test]
    fn stored_text_cannot_carry_the_marks() {
        for mark in [BOLD, GREEN, YELLOW, RED, PLAIN] {
            let stored = mark.to_string();
            assert_eq!(paint(&visible(&stored)), format!("\\u{{{:x}}}", u32::from(mark)));
        }
    }

    #[test]
    fn only_a_cell_that_is_a_verdict_is_coloured() {
        assert_eq!(paint(&marked_verdict("met".to_owned())), "\u{1b}[32mmet\u{1b}[0m");
        assert_eq!(paint(&marked_verdict("warned".to_owned())), "\u{1b}[33mwarned\u{1b}[0m");
        for verdict in ["suspended", "late", "overdue"] {
            assert_eq!(paint(&marked_verdict(verdict.to_owned())), format!("\u{1b}[31m{verdict}\u{1b}[0m"));
        }
        assert_eq!(marked_verdict("not met".to_owned()), "not met");
    }
}
