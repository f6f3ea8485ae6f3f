//! The built program in a pseudo-terminal: keys go in, and what a person would see is looked at. Nothing here knows how the program
//! draws its questions, only what stands on the screen.

mod asking;
mod begun;
mod drafts;
mod editors;
mod firm;
mod imports;
mod lists;
mod refused;
mod settings;

use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::termios::{LocalFlags, Termios, tcgetattr};
use pty_process::Size;
use pty_process::blocking::{Command as InPty, Pts, Pty, open};
use vt100::{Callbacks, Parser, Screen};

/// How long anything may take before the test gives up. No test waits for it.
const AT_MOST: Duration = Duration::from_mins(1);

/// Ctrl-C.
pub(crate) const CTRL_C: &str = "\u{3}";
/// Ctrl-D on an empty line: the end of what is typed.
pub(crate) const CTRL_D: &str = "\u{4}";
/// Shift-Tab.
pub(crate) const BACK: &str = "\u{1b}[Z";
/// The escape key.
pub(crate) const ESC: &str = "\u{1b}";

/// A program that runs in a terminal.
pub(crate) struct Terminal {
    pty: Pty,
    pts: Pts,
    child: Child,
    before: Termios,
    emulator: Parser<Replies>,
    printed: Vec<u8>,
}

/// What a terminal answers to the programs that ask it something.
#[derive(Default)]
struct Replies(Vec<u8>);

/// What a program left behind.
pub(crate) struct Left {
    pub(crate) status: ExitStatus,
    /// What stands on the screen.
    pub(crate) screen: String,
    /// All that was ever printed, also what was wiped out again, without colours and movements.
    pub(crate) printed: String,
    /// What the program did not put back: nothing where it is a good guest.
    pub(crate) spoilt: Vec<&'static str>,
}

impl Terminal {
    /// Starts the program in a terminal of 24 rows and 80 columns.
    pub(crate) fn start(command: &Command) -> Self {
        Self::sized(command, 24, 80)
    }

    /// Starts the program in a terminal of this size. A size of 0 is that of a terminal that does not know its own.
    pub(crate) fn sized(command: &Command, rows: u16, columns: u16) -> Self {
        let (pty, pts) = open().unwrap();
        pty.resize(Size::new(rows, columns)).unwrap();
        let before = tcgetattr(&pts).unwrap();
        let mut program = InPty::new(command.get_program()).args(command.get_args()).env("TERM", "xterm-256color");
        for name in ["NO_COLOR", "COLUMNS", "LINES", "PAGER", "BRANCHBOOK_PAGER", "LESS", "LESSCHARSET"] {
            program = program.env_remove(name);
        }
        for (name, value) in command.get_envs() {
            program = match value {
                Some(value) => program.env(name, value),
                None => program.env_remove(name),
            };
        }
        let child = program.spawn_borrowed(&pts).unwrap();
        let (rows, columns) = (rows.clamp(1, 500).try_into().unwrap(), columns.clamp(1, 500).try_into().unwrap());
        let emulator = Parser::new_with_callbacks(rows, columns, 0, Replies::default());
        Self { pty, pts, child, before, emulator, printed: Vec::new() }
    }

    /// Waits until the screen shows the text.
    pub(crate) fn see(&mut self, text: &str) -> &mut Self {
        self.wait(&format!("{text:?} on the screen"), |terminal| terminal.screen().contains(text))
    }

    /// Waits until the text was printed, though it may be wiped out by now.
    pub(crate) fn see_pass(&mut self, text: &str) -> &mut Self {
        self.wait(&format!("{text:?}"), |terminal| plain(&terminal.printed).contains(text))
    }

    /// Waits until the program reads single keys, the screen shows the question, and the cursor stands where it is answered:
    /// an Esc before that would be taken for the beginning of what the terminal answers.
    pub(crate) fn asks(&mut self, question: &str) -> &mut Self {
        self.asks_times(question, 1)
    }

    /// The same where the question was asked before and still stands there.
    pub(crate) fn asks_times(&mut self, question: &str, times: usize) -> &mut Self {
        self.wait(&format!("the question {question:?}"), |terminal| {
            let reads_keys = !tcgetattr(&terminal.pts).unwrap().local_flags.contains(LocalFlags::ICANON);
            reads_keys && terminal.at_prompt() && terminal.screen().matches(question).count() >= times
        })
    }

    /// Whether something was drawn since the program was told where the cursor stands.
    fn at_prompt(&self) -> bool {
        let printed = String::from_utf8_lossy(&self.printed);
        let since = printed.rsplit_once("\u{1b}[?2004h").map_or("", |(_, since)| since);
        since.rsplit_once("\u{1b}[6n").is_some_and(|(_, drawn)| !drawn.is_empty())
    }

    /// Presses keys.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        self.pty.write_all(keys.as_bytes()).unwrap();
        self
    }

    /// Gives the window another size, which the program is told of.
    pub(crate) fn resize(&mut self, rows: u16, columns: u16) -> &mut Self {
        self.emulator.set_size(rows.try_into().unwrap(), columns.try_into().unwrap());
        self.pty.resize(Size::new(rows, columns)).unwrap();
        self
    }

    /// What stands on the screen, without the spaces at the ends of its lines.
    pub(crate) fn screen(&self) -> String {
        let (_, columns) = self.emulator.screen().size();
        let rows = self.emulator.screen().rows(0, columns.get());
        rows.map(|row| row.trim_end().to_owned()).collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }

    /// Waits until the program has ended.
    pub(crate) fn leave(&mut self) -> Left {
        let mut status = None;
        self.wait("the end of the program", |terminal| {
            status = status.or(terminal.child.try_wait().unwrap());
            status.is_some()
        });
        // What it printed last stands in the terminal's buffer.
        while self.read(PollTimeout::ZERO) {}
        let left = Left {
            status: status.unwrap(),
            screen: self.screen(),
            printed: plain(&self.printed),
            spoilt: spoilt(&self.before, &tcgetattr(&self.pts).unwrap(), self.emulator.screen()),
        };
        assert!(!left.printed.contains("panicked"), "{}", left.printed);
        left
    }

    /// Closes the terminal, as a window is closed, and waits until the program has ended.
    pub(crate) fn close(self) -> ExitStatus {
        let Self { pty, pts, mut child, .. } = self;
        drop((pty, pts));
        let start = Instant::now();
        loop {
            if let Some(status) = child.try_wait().unwrap() {
                return status;
            }
            if start.elapsed() > AT_MOST {
                child.kill().unwrap();
                panic!("the program outlives its terminal");
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn wait(&mut self, what: &str, mut reached: impl FnMut(&mut Self) -> bool) -> &mut Self {
        let start = Instant::now();
        while !reached(self) {
            self.read(PollTimeout::from(2_u8));
            if start.elapsed() > AT_MOST {
                self.child.kill().unwrap();
                panic!("waited in vain for {what}; the screen:\n{}", self.screen());
            }
        }
        self
    }

    /// Reads what was printed, and answers what was asked. Says whether there was anything.
    fn read(&mut self, patience: PollTimeout) -> bool {
        if poll(&mut [PollFd::new(self.pty.as_fd(), PollFlags::POLLIN)], patience).unwrap() == 0 {
            return false;
        }
        let mut bytes = [0; 4096];
        let length = self.pty.read(&mut bytes).unwrap();
        self.printed.extend(&bytes[..length]);
        self.emulator.process(&bytes[..length]);
        let replies = std::mem::take(&mut self.emulator.callbacks_mut().0);
        self.pty.write_all(&replies).unwrap();
        length > 0
    }
}

impl Callbacks for Replies {
    fn unhandled_csi(&mut self, screen: &mut Screen, i1: Option<u8>, _: Option<u8>, params: &[&[u16]], c: char) {
        match (i1, params, c) {
            (None, [[6]], 'n') => {
                let (row, column) = screen.cursor_position();
                self.0.extend(format!("\u{1b}[{};{}R", row + 1, column + 1).into_bytes());
            }
            (None, _, 'c') => self.0.extend(b"\x1b[?62;c"),
            _ => {}
        }
    }
}

impl Left {
    /// The exit code, of a program that put back whatever it changed in the terminal.
    pub(crate) fn code(&self) -> Option<i32> {
        assert_eq!(self.spoilt, [""; 0], "{}", self.screen);
        self.status.code()
    }

    /// The signal that ended the program, which put back whatever it changed in the terminal.
    pub(crate) fn signal(&self) -> Option<i32> {
        assert_eq!(self.spoilt, [""; 0], "{}", self.screen);
        self.status.signal()
    }
}

/// What differs from a terminal as it was found.
fn spoilt(before: &Termios, after: &Termios, screen: &Screen) -> Vec<&'static str> {
    let kept = |flag| after.local_flags.contains(flag);
    [
        (kept(LocalFlags::ECHO), "what is typed is not shown"),
        (kept(LocalFlags::ICANON | LocalFlags::ISIG), "raw mode"),
        (before == after, "other settings"),
        (!screen.hide_cursor(), "no cursor"),
        (!screen.alternate_screen(), "the other screen"),
        (!screen.bracketed_paste(), "pasting in brackets"),
        (!screen.application_cursor(), "other arrow keys"),
        (screen.fgcolor() == vt100::Color::Default && !screen.inverse(), "a colour"),
    ]
    .into_iter()
    .filter_map(|(good, what)| (!good).then_some(what))
    .collect()
}

/// Text without colours and movements.
fn plain(printed: &[u8]) -> String {
    anstream::adapter::strip_str(&String::from_utf8_lossy(printed)).to_string()
}

fn shell(script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    command
}

/// The harness itself: a guest that spoils the terminal is found out.
#[test]
fn a_program_that_does_not_put_the_terminal_back_is_noticed() {
    let left = Terminal::start(&shell("stty raw -echo; printf '\\033[?25l\\033[?1049h\\033[31mred'; exit 7")).leave();
    assert_eq!((left.status.code(), left.screen.as_str()), (Some(7), "red"));
    let found =
        ["what is typed is not shown", "raw mode", "other settings", "no cursor", "the other screen", "a colour"];
    assert_eq!(left.spoilt, found);
    let good = Terminal::start(&shell("was=$(stty -g); stty raw -echo; stty $was; echo done")).leave();
    assert_eq!((good.code(), good.screen.as_str()), (Some(0), "done"));
}

/// And it answers where the cursor stands, sees what was wiped out, and what a signal ended.
#[test]
fn a_terminal_answers_and_remembers() {
    let asks = "was=$(stty -g); stty raw -echo; printf 'abc\\033[6n'; head -c 6 | od -An -c; stty $was; printf '\\r\\033[Kgone'; kill -INT $$";
    let left = Terminal::start(&shell(asks)).leave();
    assert_eq!((left.signal(), left.screen.lines().last()), (Some(2), Some("gone")));
    assert!(left.printed.contains("[   1   ;   4   R"), "{:?}", left.printed);
}
