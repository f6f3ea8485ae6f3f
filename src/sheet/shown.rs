//! A value as people see it in a terminal: nothing hidden, money grouped, verdicts coloured.

use std::io::{self, Write};

use super::{
    Look,
    cell::{Cell, utf8},
    verdict::Verdict,
};
use crate::language::{self, grouped};
use crate::money::{Money, Percent};
use crate::refusal::Refusal;
use crate::say;
use crate::text::{self, visible};
use crate::zone;

/// Marks for colours. They are bidi characters, which take no width and never get past [`visible`], so the
/// cells can carry them while their lines are broken and aligned; [`paint`] turns them into codes at the end.
const BOLD: char = '\u{2066}';
const GREEN: char = '\u{2067}';
const YELLOW: char = '\u{2068}';
const RED: char = '\u{202d}';
const PLAIN: char = '\u{2069}';

/// The text of a cell.
pub(crate) fn text(cell: Cell<'_>) -> Result<String, Refusal> {
    Ok(match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => visible(utf8(text)?).into_owned(),
        Cell::Instant(at) => visible(&zone::shown(utf8(at)?)).into_owned(),
        Cell::Word(word, column) => visible(&language::value_in(column, utf8(word)?)).into_owned(),
        Cell::Person(keys) => visible(&language::people(utf8(keys)?)).into_owned(),
        Cell::Integer(number) => number.to_string(),
        Cell::Real(number) => grouped(&number.to_string()),
        Cell::Money(fen) => Money(fen).grouped(),
        Cell::NoMoney => language::value(text::NONE).into_owned(),
        Cell::Percent(hundredths) => Percent(hundredths).to_string(),
        Cell::YesNo(yes) => yes_or_no(yes).to_owned(),
    })
}

/// A text of several lines, which stay apart.
pub(crate) fn lines(text: &[u8]) -> Result<String, Refusal> {
    Ok(utf8(text)?.split('\n').map(visible).collect::<Vec<_>>().join("\n"))
}

/// Yes or no, as people read it.
pub(crate) fn yes_or_no(yes: bool) -> &'static str {
    if yes { say!("yes") } else { say!("no") }
}

/// A text with the mark of the colour that its verdict has.
pub(crate) fn marked_verdict(text: &str, verdict: Verdict) -> String {
    let mark = match verdict {
        Verdict::Good => GREEN,
        Verdict::Watch => YELLOW,
        Verdict::Bad => RED,
    };
    marked(text, mark)
}

/// A heading, marked as bold.
pub(crate) fn marked_bold(heading: &str) -> String {
    marked(heading, BOLD)
}

/// A text with each word marked, so that it can be broken between words.
fn marked(text: &str, mark: char) -> String {
    let words: Vec<String> = text.split(' ').map(|word| format!("{mark}{word}{PLAIN}")).collect();
    words.join(" ")
}

/// Writes the title line.
pub(crate) fn write_title(title: &str, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let title = visible(title);
    let title = if look.color { marked_bold(&title) } else { title.into_owned() };
    write_line(&title, look, out)
}

/// Writes a line, its marks turned into colours where `look` has them.
pub(crate) fn write_line(line: &str, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    if look.color { writeln!(out, "{}", paint(line)) } else { writeln!(out, "{line}") }
}

/// A line with its marks turned into the codes that a terminal understands.
fn paint(line: &str) -> String {
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

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

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
        assert_eq!(visible("a\u{1b}[31mb\tc"), "a\\u{1b}[31mb c");
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
    fn each_verdict_has_its_colour_and_keeps_its_words() {
        for (verdict, code) in [(Verdict::Good, 32), (Verdict::Watch, 33), (Verdict::Bad, 31)] {
            assert_eq!(paint(&marked_verdict("met", verdict)), format!("\u{1b}[{code}mmet\u{1b}[0m"));
        }
        assert_eq!(paint(&marked_verdict("on time", Verdict::Good)), "\u{1b}[32mon\u{1b}[0m \u{1b}[32mtime\u{1b}[0m");
    }
}
