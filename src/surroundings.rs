//! What the process was given: who is logged in, the clock, the book, the terminal.

mod namespace;

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::clock::Clock;
use crate::language::Language;
use crate::pager;
use crate::refusal::Refusal;
use crate::say;
use crate::settings::{self, Settings};

/// How long a command waits for other processes before it gives up with exit code 6, unless told otherwise.
pub const BUSY_TIMEOUT: Duration = Duration::from_secs(15);

/// What is started where nobody named an editor.
const USUAL_EDITOR: &str = if cfg!(windows) { "notepad" } else { "vi" };

/// The width of a terminal that does not tell its own.
const USUAL_WIDTH: u16 = 80;

/// The height of a terminal that does not tell its own.
const USUAL_HEIGHT: u16 = 24;

/// What the process was given by its surroundings, gathered once so that a test can give its own.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each is told by something else")]
pub struct Surroundings {
    /// The operating system's login.
    pub login: String,
    /// Whether a user namespace gave the process that login, so that it proves nothing.
    pub foreign: bool,
    /// The person whose SSH key leads here: then no program is started and no path is taken.
    pub keyed: Option<String>,
    /// What sshd was asked for; empty where nothing was, none where it is not sshd that started the program.
    pub ssh: Option<String>,
    /// The machine's name.
    pub host: String,
    /// The clock.
    pub clock: Clock,
    /// The book that `BRANCHBOOK_FILE` names, or the usual one.
    pub book: PathBuf,
    /// The person that `--as` or `BRANCHBOOK_AS` names.
    pub as_person: Option<String>,
    /// The terminal's width in columns; none where the output is no terminal.
    pub width: Option<u16>,
    /// The terminal's height in rows; none where the output is no terminal.
    pub height: Option<u16>,
    /// The words of the command that shows what is longer than the screen; none where nobody reads it there.
    pub pager: Option<Vec<String>>,
    /// The words of the command in which a person writes longer texts; none where there is none.
    pub editor: Option<Vec<String>>,
    /// The browser that prints PDFs, where `BRANCHBOOK_BROWSER` names one.
    pub browser: Option<String>,
    /// Whether the output may be coloured.
    pub color: bool,
    /// Whether standard input, or a file in its place, has the command lines, so that no text is read from it.
    pub has_lines: bool,
    /// Whether a person can be asked.
    pub interactive: bool,
    /// Whether the line is only begun: it is tried out as far as it goes, and what it lacks is no fault.
    pub begun: bool,
    /// The language of the locale.
    pub language: Language,
    /// How long a command waits while other programs hold the book.
    pub patience: Duration,
    /// What was told once instead of on every line.
    pub settings: Settings,
}

impl Surroundings {
    /// What this process was given.
    ///
    /// # Errors
    /// A refusal where a variable is no UTF-8, `BRANCHBOOK_NOW` is no time or no place for the book is known.
    pub fn of_process() -> Result<Self> {
        let terminal = std::io::stdout().is_terminal();
        let plain = variable("TERM")?.as_deref() == Some("dumb");
        let size = if terminal { terminal_size::terminal_size() } else { None };
        let told = |size: Option<String>| size.and_then(|size| size.parse().ok());
        let width = told(variable("COLUMNS")?).or_else(|| size.map(|(width, _)| width.0)).unwrap_or(USUAL_WIDTH);
        let height = told(variable("LINES")?).or_else(|| size.map(|(_, height)| height.0)).unwrap_or(USUAL_HEIGHT);
        // An empty one is none.
        let file = std::env::var_os("BRANCHBOOK_FILE").filter(|file| !file.is_empty());
        let (own_pager, general_pager) = (variable("BRANCHBOOK_PAGER")?, variable("PAGER")?);
        let named = [("book", file.is_some()), ("pager", own_pager.is_some() || general_pager.is_some())];
        let named = named.into_iter().filter(|(_, named)| *named).map(|(setting, _)| setting).collect();
        let pager = pager::named(own_pager, general_pager);
        let read_there = terminal && !plain && std::io::stdin().is_terminal();
        Ok(Self {
            login: whoami::username().context(say!("the operating system does not say who is logged in"))?,
            foreign: namespace::is_foreign(),
            keyed: None,
            ssh: variable("SSH_CONNECTION")?
                .map(|_| variable("SSH_ORIGINAL_COMMAND"))
                .transpose()?
                .map(Option::unwrap_or_default),
            host: whoami::hostname().unwrap_or_else(|_| "unknown".to_owned()),
            clock: worded("BRANCHBOOK_NOW")?.map_or(Ok(Clock::System), |now| Clock::fixed(&now))?,
            book: file.map_or_else(usual_book, |file| Ok(PathBuf::from(file)))?,
            as_person: worded("BRANCHBOOK_AS")?,
            width: terminal.then_some(width),
            height: terminal.then_some(height),
            pager: pager.clone().filter(|_| read_there),
            editor: editor(worded("VISUAL")?, worded("EDITOR")?),
            browser: worded("BRANCHBOOK_BROWSER")?,
            color: terminal && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty()) && !plain,
            has_lines: false,
            interactive: std::io::stdin().is_terminal() && std::io::stderr().is_terminal(),
            begun: false,
            language: Language::of_system(),
            patience: BUSY_TIMEOUT,
            settings: Settings::of_process(settings::own_file(variable("BRANCHBOOK_CONFIG")?), named, pager),
        })
    }
}

impl Surroundings {
    /// The surroundings as the settings have them: a book that the line names is known before.
    ///
    /// # Errors
    /// A refusal where a file of settings holds what is none.
    pub(crate) fn settled(mut self, book: Option<OsString>) -> Result<Self> {
        // Whoever works by a key of theirs has no files here (Q6).
        let settings = if self.keyed.is_none() { self.settings.with_own()? } else { self.settings };
        self.book = book.map(PathBuf::from).or_else(|| settings.book()).unwrap_or(self.book);
        let settings = settings.with_shared(&self.book)?;
        self.as_person = self.as_person.or_else(|| settings.own.person.clone());
        if self.pager.is_some()
            && let Some(named) = settings.pager()
        {
            self.pager = pager::named(Some(named), None);
        }
        settings.format()?;
        if let Some(language) = settings.language()?.filter(|_| self.width.is_some()) {
            self.language = language;
        }
        Ok(Self { settings, ..self })
    }

    /// Whether words of the person's own may stand for commands: scripts write them out, and a person's key has none (Q6, Q30).
    pub(crate) const fn may_shorten(&self) -> bool {
        (self.interactive || self.width.is_some()) && self.keyed.is_none()
    }
}

/// The refusal of a path by whom an SSH key leads here.
pub(crate) fn refused_path() -> Refusal {
    Refusal::rule("R2.4", say!("no file and no folder is named over SSH: what is printed goes to standard output"))
        .or(say!("leave it out, or take - for standard input and output"))
}

/// A variable of the process; none where it is not set.
fn variable(name: &str) -> Result<Option<String>, Refusal> {
    let Some(value) = std::env::var_os(name) else { return Ok(None) };
    value.into_string().map(Some).map_err(|value| {
        Refusal::usage(say!("{name} is no UTF-8: {value}", name, value = value.to_string_lossy()))
            .or(say!("set it anew, or unset it"))
    })
}

/// A variable of the process that says nothing where it is empty.
fn worded(name: &str) -> Result<Option<String>, Refusal> {
    Ok(variable(name)?.filter(|value| !value.is_empty()))
}

/// `branchbook.db` in the user's data folder.
fn usual_book() -> Result<PathBuf> {
    use etcetera::BaseStrategy;
    let folders = etcetera::choose_base_strategy()
        .context(say!("the user's data folder is not known; name the book with --book"))?;
    Ok(folders.data_dir().join("branchbook").join("branchbook.db"))
}

/// The words of the editor's command: what `VISUAL` names, else `EDITOR`.
fn editor(visual: Option<String>, editor: Option<String>) -> Option<Vec<String>> {
    let line = visual.or(editor).unwrap_or_else(|| USUAL_EDITOR.to_owned());
    // A backslash parts the folders of a path there.
    let line = if cfg!(windows) { line.replace('\\', "\\\\") } else { line };
    shlex::split(&line).filter(|words| !words.is_empty())
}
