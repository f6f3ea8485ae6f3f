//! What is said in a terminal, in lines that end between words: the terminal itself would cut them within one. A command to type stays
//! in one line, as it is copied from there.

use std::fmt;
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::breaking::broken;

/// How a command to type begins.
const COMMAND: &str = "branchbook ";

/// What the usage of a command has in it.
const OPTIONS: &str = "[OPTIONS]";

/// Characters by which no line ends.
const NO_BREAK_HYPHEN: char = '\u{2011}';
const JOINER: char = '\u{2060}';

/// A terminal of this width, to which whole lines are written.
#[derive(Debug)]
pub struct Wrapped<W> {
    terminal: W,
    width: Option<u16>,
}

impl<W: Write> Wrapped<W> {
    /// The terminal, or whatever stands there where no width is known.
    pub const fn new(terminal: W, width: Option<u16>) -> Self {
        Self { terminal, width }
    }
}

impl<W: Write> Write for Wrapped<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.terminal.write_all(in_lines(text, self.width).as_bytes())?,
            Err(_) => self.terminal.write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> io::Result<()> {
        // In one piece, so that a line is known whole.
        self.write_all(text.to_string().as_bytes())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.terminal.flush()
    }
}

/// What is said, in lines for a terminal of this width.
pub(crate) fn in_lines(text: &str, width: Option<u16>) -> String {
    let width = width.map_or(usize::MAX, usize::from);
    text.split_inclusive('\n').map(|line| wrapped(line, width)).collect()
}

/// The same of what has no command to copy, such as help: all its lines end between words.
pub(crate) fn between_words(text: &str, width: Option<u16>) -> String {
    let width = width.map_or(usize::MAX, usize::from);
    let lines = text.split_inclusive('\n').map(|line| match line.strip_suffix('\n') {
        Some(text) if text.width() > width => kept_whole(text, width) + "\n",
        _ => line.to_owned(),
    });
    lines.collect()
}

/// A line in lines that are no wider, but for a command that is. The usage of a command is none to type.
fn wrapped(line: &str, width: usize) -> String {
    let text = line.trim_end_matches('\n');
    if text.width() <= width || text.contains('\u{1b}') || text.len() == line.len() {
        return line.to_owned();
    }
    if text.contains(OPTIONS) {
        return kept_whole(text, width) + "\n";
    }
    let (mut lines, mut last, mut rest) = (Vec::new(), String::new(), text);
    while !rest.is_empty() {
        let (prose, command) = rest.split_at(rest.find(COMMAND).unwrap_or(rest.len()));
        fill(&mut lines, &mut last, prose, width);
        let (command, behind) = command.split_at(end(command));
        if last.width() + command.width() > width && !last.trim().is_empty() {
            lines.push(std::mem::take(&mut last).trim_end().to_owned());
        }
        last += command;
        rest = behind;
    }
    lines.push(last);
    lines.join("\n") + "\n"
}

/// Where a command ends: at what parts it from what is said behind it.
fn end(command: &str) -> usize {
    let ends = ["; ", ", ", "；", "，", "。", "、", " ("].iter().filter_map(|mark| command.find(mark));
    ends.min().unwrap_or(command.len())
}

/// A text in lines that end at spaces or between characters that are words, and not within a name of a file or a number.
fn kept_whole(text: &str, width: usize) -> String {
    // Where a text has the marks of its own that hold it together here, they stay.
    if text.contains([NO_BREAK_HYPHEN, JOINER]) {
        return broken(text, width);
    }
    let held = text.replace('-', &NO_BREAK_HYPHEN.to_string()).replace('/', &format!("/{JOINER}"));
    broken(&held, width).replace(NO_BREAK_HYPHEN, "-").replace(JOINER, "")
}

/// Adds prose to the last line, and lines where it does not fit; what stands there already is not broken.
fn fill(lines: &mut Vec<String>, last: &mut String, prose: &str, width: usize) {
    if last.width() >= width {
        // The mark behind a command that fills its line stays with it.
        let mark = prose.find(' ').unwrap_or(prose.len());
        let (mark, prose) = prose.split_at(mark);
        lines.push(std::mem::take(last) + mark);
        return fill(lines, last, prose.trim_start(), width);
    }
    let stands_for = "x".repeat(last.width());
    let all = kept_whole(&format!("{stands_for}{}", prose.trim_end()), width);
    let space = &prose[prose.trim_end().len()..];
    for (place, line) in all.split('\n').enumerate() {
        if place > 0 {
            lines.push(std::mem::take(last).trim_end().to_owned());
            last.push_str(line);
        } else {
            last.push_str(line.strip_prefix(stands_for.as_str()).unwrap_or_default());
        }
    }
    last.push_str(space);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(text: &str, width: usize) -> String {
        wrapped(&format!("{text}\n"), width).trim_end().to_owned()
    }

    #[test]
    fn lines_end_between_words_and_commands_stay_whole() {
        assert_eq!(
            said("R5.3(1): gift GFT26-004 is not approved yet; approve it with: branchbook gift approve GFT26-004", 40),
            "R5.3(1): gift GFT26-004 is not approved\nyet; approve it with:\nbranchbook gift approve GFT26-004"
        );
        assert_eq!(
            said("clear it with: branchbook project deliver PRJ26-001 --on DATE; see all there is", 30),
            "clear it with:\nbranchbook project deliver PRJ26-001 --on DATE;\nsee all there is"
        );
        assert_eq!(
            said("R4.7：HAY05001 还没有签收，请先签收：branchbook contact sign HAY05001", 24),
            "R4.7：HAY05001 还没有签\n收，请先签收：\nbranchbook contact sign HAY05001"
        );
        assert_eq!(
            said("the copy is in backups/branchbook-2026-11-02.db now", 32),
            "the copy is in\nbackups/branchbook-2026-11-02.db\nnow"
        );
        assert_eq!(said("short", 40), "short");
    }

    #[test]
    fn what_is_no_whole_line_or_coloured_is_left_as_it_is() {
        let mut screen = Vec::new();
        let mut terminal = Wrapped::new(&mut screen, Some(10));
        assert!(write!(terminal, "branchbook wang is asked> ").is_ok());
        assert!(writeln!(terminal, "\u{1b}[1mred and wide words\u{1b}[0m").is_ok());
        assert!(writeln!(terminal, "{} three", ["one", "two"].join(" ")).is_ok());
        assert_eq!(
            String::from_utf8_lossy(&screen),
            "branchbook wang is asked> \u{1b}[1mred and wide words\u{1b}[0m\none two\nthree\n"
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[a-c甲乙：；, ]{0,30}(branchbook [a-c]{1,9} [A-C]{1,4}(; [a-c ]{0,9})?){0,2}", width in 6_usize..30) {
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&said(&text, width)), bare(&text));
        }
    }
}
