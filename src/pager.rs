//! The pager: the program that shows a list longer than the screen, page by page.

use std::env;
use std::io::{self, BufWriter, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anstream::adapter::strip_str;
use signal_hook::consts::SIGINT;
use signal_hook::flag::register_conditional_default;
use unicode_width::UnicodeWidthStr;

use crate::standard::marked;

/// What is read where nobody named a pager. Windows has none that reads UTF-8.
const USUAL: &str = if cfg!(windows) { "" } else { "less" };

/// A pager that hands everything through at once is none.
const NONE: &str = "cat";

/// What `less` is told where nobody has told it: leave where all fits, show colours, and leave the list on the screen; and
/// that the list is UTF-8.
const FOR_LESS: [(&str, &str); 2] = [("LESS", "FRX"), ("LESSCHARSET", "utf-8")];

/// A terminal's rows that a list leaves free: the prompt stands below it.
const PROMPT: usize = 1;

/// The rows and columns of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Screen {
    /// Its rows.
    pub(crate) height: u16,
    /// Its columns.
    pub(crate) width: u16,
}

/// The words of the pager's command: what `BRANCHBOOK_PAGER` names, else `PAGER`, else `less`; none where that is empty or `cat`.
pub(crate) fn named(own: Option<String>, general: Option<String>) -> Option<Vec<String>> {
    let line = own.or_else(|| general.filter(|pager| !pager.is_empty())).unwrap_or_else(|| USUAL.to_owned());
    // A backslash parts the folders of a path there.
    let line = if cfg!(windows) { line.replace('\\', "\\\\") } else { line };
    shlex::split(&line).filter(|words| words.first().is_some_and(|program| program != NONE))
}

/// Standard output by way of a pager: what fits on the screen is written as it is, and from the row on that does not fit
/// everything goes to the pager. No more than a screen is held.
pub(crate) struct Paged<'o> {
    command: Vec<String>,
    screen: Screen,
    out: &'o mut dyn Write,
    to: Target,
}

/// Where the list goes.
enum Target {
    /// It may fit: it waits here. The rows that its whole lines take, and where the last line begins.
    Held { text: Vec<u8>, rows: usize, line: usize },
    /// It is longer than the screen.
    Pager(Running),
    /// It is longer than the screen, and the pager cannot be run.
    Straight,
}

/// A pager at work.
struct Running {
    child: Child,
    /// The list goes in here; none once it has ended.
    input: Option<BufWriter<ChildStdin>>,
    /// Set once Ctrl-C is again for this program.
    over: Arc<AtomicBool>,
}

impl<'o> Paged<'o> {
    /// A list that goes to `out`, or to the pager of this command.
    pub(crate) fn new(command: Vec<String>, screen: Screen, out: &'o mut dyn Write) -> Self {
        Self { command, screen, out, to: Target::Held { text: Vec::new(), rows: 0, line: 0 } }
    }

    /// Writes what was held, and waits until the pager is left. How a pager ends is its own matter.
    pub(crate) fn end(mut self) -> io::Result<()> {
        match &mut self.to {
            Target::Held { text, .. } => self.out.write_all(text),
            Target::Pager(running) => running.flush(),
            Target::Straight => Ok(()),
        }
    }

    /// Hands what was held to the pager; where it cannot be run, the list is written as if there were none.
    fn overflow(&mut self) -> io::Result<()> {
        let Target::Held { text, .. } = &mut self.to else { return Ok(()) };
        let text = std::mem::take(text);
        self.out.flush()?;
        self.to = Running::start(&self.command).map_or(Target::Straight, Target::Pager);
        self.write_all(&text)
    }
}

impl Write for Paged<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.to {
            Target::Held { text, rows, line } => {
                text.extend_from_slice(bytes);
                while let Some(length) = text[*line..].iter().position(|byte| *byte == b'\n') {
                    *rows += self.screen.rows(&text[*line..*line + length]);
                    *line += length + 1;
                }
                let rows = *rows + self.screen.rows(&text[*line..]) - 1;
                if rows + PROMPT > usize::from(self.screen.height) {
                    self.overflow()?;
                }
                Ok(bytes.len())
            }
            Target::Pager(running) => running.write(bytes),
            Target::Straight => self.out.write(bytes),
        }
    }

    /// What is held stays so until the end.
    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            Target::Held { .. } => Ok(()),
            Target::Pager(running) => running.flush(),
            Target::Straight => self.out.flush(),
        }
    }
}

impl Running {
    /// Starts the pager. Until it is left, Ctrl-C is for the pager alone, as it reads the keyboard.
    fn start(command: &[String]) -> Option<Self> {
        let (program, arguments) = command.split_first()?;
        let usual = FOR_LESS.into_iter().filter(|(name, _)| env::var_os(name).is_none());
        let mut child = Command::new(program).args(arguments).envs(usual).stdin(Stdio::piped()).spawn().ok()?;
        let input = child.stdin.take().map(BufWriter::new)?;
        let over = Arc::new(AtomicBool::new(false));
        let _ = register_conditional_default(SIGINT, Arc::clone(&over));
        Some(Self { child, input: Some(input), over })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The end of the list is the end of its input.
        drop(self.input.take());
        let _ = self.child.wait();
        self.over.store(true, Ordering::Relaxed);
    }
}

impl Write for Running {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.input.as_mut().map_or(Ok(bytes.len()), |input| input.write(bytes)).map_err(marked)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.input.as_mut().map_or(Ok(()), Write::flush).map_err(marked)
    }
}

impl Screen {
    /// The rows that a line takes; its colours take none.
    fn rows(self, line: &[u8]) -> usize {
        let line = strip_str(&String::from_utf8_lossy(line)).to_string();
        line.width().div_ceil(usize::from(self.width).max(1)).max(1)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn words(own: Option<&str>, general: Option<&str>) -> Option<String> {
        named(own.map(str::to_owned), general.map(str::to_owned)).map(|words| words.join("|"))
    }

    #[test]
    fn the_pager_is_our_own_variable_or_the_general_one_or_less() {
        assert_eq!(words(Some("most -s"), Some("more")).as_deref(), Some("most|-s"));
        assert_eq!(words(None, Some("'/opt/my pager' -x")).as_deref(), Some("/opt/my pager|-x"));
        let usual = if cfg!(windows) { None } else { Some("less") };
        assert_eq!(words(None, None).as_deref(), usual);
        assert_eq!(words(None, Some("")).as_deref(), usual);
    }

    #[test]
    fn an_empty_pager_and_cat_are_none() {
        for none in ["", " ", "cat", "cat -u"] {
            assert_eq!(words(Some(none), Some("less")), None, "{none}");
        }
        assert_eq!(words(None, Some("cat")), None);
        assert_eq!(words(Some("'not closed"), Some("less")), None);
    }

    #[test]
    fn the_rows_of_a_line_are_those_that_the_screen_needs() {
        let screen = Screen { height: 24, width: 10 };
        for (line, rows) in
            [("", 1), ("0123456789", 1), ("0123456789a", 2), ("北京新能源", 1), ("\u{1b}[1m0123456789\u{1b}[0m", 1)]
        {
            assert_eq!(screen.rows(line.as_bytes()), rows, "{line}");
        }
    }

    #[test]
    fn what_fits_is_held_until_its_end_and_written_as_it_is() {
        let mut out = Vec::new();
        let mut paged = Paged::new(vec!["/no/such/pager".to_owned()], Screen { height: 4, width: 10 }, &mut out);
        paged.write_all("北京\n2\n3\n".as_bytes()).unwrap();
        assert!(matches!(&paged.to, Target::Held { rows: 3, .. }));
        paged.end().unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "北京\n2\n3\n");
    }

    #[test]
    fn a_pager_that_cannot_be_run_is_done_without() {
        let mut out = Vec::new();
        let mut paged = Paged::new(vec!["/no/such/pager".to_owned()], Screen { height: 4, width: 10 }, &mut out);
        for line in 1..=9 {
            writeln!(paged, "{line}").unwrap();
        }
        paged.end().unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    }
}
