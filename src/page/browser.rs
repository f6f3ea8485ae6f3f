//! The browser of the machine, which prints a page as a PDF: Chromium, Chrome or Edge; and what shows a page or another file to a
//! person.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{fs, io};

use anyhow::{Context, Result};
use clap::Args;
use signal_hook::consts::SIGINT;

use crate::files::{self, on_path, program};
use crate::refusal::Refusal;
use crate::say;
use crate::waiting::{self, LEAVING, Waiting};

/// Whether the person wants to see the page
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct Open {
    /// Show the page in the browser
    #[arg(long)]
    pub(crate) open: bool,
}

/// The programs that show a file with whatever the person usually sees such files with.
const OPENERS: &[&str] = if cfg!(windows) {
    &["explorer.exe"]
} else if cfg!(target_os = "macos") {
    &["open"]
} else {
    &["xdg-open", "gio", "wslview"]
};

/// Shows a page: with the browser that `named` names, else as the person usually sees such files.
///
/// # Errors
/// A refusal where nothing shows it.
pub(crate) fn show(page: &Path, named: Option<&str>) -> Result<(), Refusal> {
    let browser = || found().map(Command::new);
    let named = named.map(there).transpose()?.map(Command::new);
    let Some(mut command) = named.or_else(usual).or_else(browser) else {
        return Err(nothing_shows(page).or(say!("install a browser, or name one in BRANCHBOOK_BROWSER")));
    };
    start(command.arg(page)).map_err(|error| {
        let browser = command.get_program().to_string_lossy().into_owned();
        Refusal::failed(say!("{browser} cannot be run: {error}", browser, error))
            .or(say!("name another browser in BRANCHBOOK_BROWSER"))
    })
}

/// Opens a file as the person usually sees such files.
///
/// # Errors
/// A refusal where nothing opens it.
pub(crate) fn open(file: &Path) -> Result<(), Refusal> {
    let by_hand = say!("take --path, and open the file yourself");
    let Some(mut command) = usual() else { return Err(nothing_shows(file).or(by_hand)) };
    start(command.arg(file)).map_err(|error| {
        let program = command.get_program().to_string_lossy().into_owned();
        Refusal::failed(say!("{program} cannot be started: {error}", program, error)).or(by_hand)
    })
}

/// The first of the openers that is there, which waits for the name of a file.
fn usual() -> Option<Command> {
    let program = OPENERS.iter().find_map(|name| on_path(name))?;
    let mut command = Command::new(&program);
    if program.ends_with("gio") {
        command.arg("open");
    }
    Some(command)
}

fn nothing_shows(file: &Path) -> Refusal {
    Refusal::failed(say!("nothing is there that shows {page}", page = file.display()))
}

/// Starts a program that runs on by itself.
fn start(command: &mut Command) -> io::Result<()> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map(drop)
}

/// What browsers are called where programs are looked for.
const NAMES: [&str; 8] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
];

/// Where they are installed without being found by name.
const PLACES: [&str; 8] = [
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "/opt/microsoft/msedge/msedge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
];

/// How long a page may take: a long list is laid out in a few seconds.
const PATIENCE: Duration = Duration::from_secs(90);

/// The browser that prints: the one that `named` names, else the first that is found. `login` is whose process it is.
///
/// # Errors
/// A refusal where there is none, or where it does not print for this login.
pub(crate) fn chosen(named: Option<&str>, login: &str) -> Result<PathBuf, Refusal> {
    // Whoever names a browser may have named one that does without its sandbox.
    if let Some(named) = named {
        return there(named);
    }
    let browser = found().ok_or_else(missing)?;
    if login == "root" {
        let what =
            say!("{browser} prints nothing for root, for whom its sandbox does not hold", browser = browser.display());
        return Err(Refusal::failed(what).or(say!("print as another user, or write an .html file and print that")));
    }
    Ok(browser)
}

/// The page as a PDF.
///
/// # Errors
/// A refusal where the browser fails.
pub(crate) fn pdf(page: &str, browser: &Path) -> Result<Vec<u8>> {
    let folder = files::private_temporary_folder().context(say!("a temporary folder cannot be made"))?;
    let (html, printed) = (folder.path().join("page.html"), folder.path().join("page.pdf"));
    fs::write(&html, page)?;
    let waiting = Waiting::begin(&[LEAVING.as_slice(), &[SIGINT]].concat());
    let mut command = Command::new(browser);
    // A browser is many programs, and what stands for one often a script that starts it: all end together.
    let running = waiting::in_own_group(&mut command)
        .args([
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--no-pdf-header-footer",
        ])
        .arg(option("--user-data-dir=", &folder.path().join("profile")))
        .arg(option("--print-to-pdf=", &printed))
        .arg(&html)
        // What it keeps beside its profile goes with the folder as well.
        .env("TMPDIR", folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let ended = running.is_ok_and(|running| ended(running, &waiting));
    if waiting.is_over() {
        return Err(Refusal::failed(say!("the printing was ended; nothing was written")).into());
    }
    match fs::read(&printed) {
        Ok(pdf) if ended && pdf.starts_with(b"%PDF") => Ok(pdf),
        _ => Err(Refusal::failed(say!("{browser} did not print the page", browser = browser.display()))
            .or(say!("name another browser in BRANCHBOOK_BROWSER, or write an .html file and print that"))
            .into()),
    }
}

/// An option with a path behind it.
fn option(name: &str, path: &Path) -> OsString {
    let mut option = OsString::from(name);
    option.push(path);
    option
}

/// Waits for the browser; whether it ended well. One that does not end is ended.
fn ended(mut running: Child, waiting: &Waiting) -> bool {
    if let Ok(Some(status)) = waiting.status(&mut running, Some(PATIENCE)) {
        return status.success();
    }
    waiting::end_group(&mut running);
    false
}

/// The first browser that is there.
fn found() -> Option<PathBuf> {
    let ending = if cfg!(windows) { ".exe" } else { "" };
    let named = NAMES.iter().find_map(|name| on_path(&format!("{name}{ending}")));
    named.or_else(|| PLACES.iter().map(PathBuf::from).find(|file| file.is_file()))
}

/// The program that `BRANCHBOOK_BROWSER` names, by its path or as it is found by its name.
///
/// # Errors
/// A refusal where it is not there.
fn there(named: &str) -> Result<PathBuf, Refusal> {
    if let Some(file) = program(named) {
        return Ok(file);
    }
    let missing = Refusal::failed(say!("BRANCHBOOK_BROWSER names {browser}, which is not there", browser = named));
    Err(match found() {
        Some(found) => missing.or(say!(
            "name a program that is there, or none at all, and {browser} is taken",
            browser = found.display()
        )),
        None => missing.or(say!("install one, name it in BRANCHBOOK_BROWSER, or write an .html file and print that")),
    })
}

/// That no browser is there.
fn missing() -> Refusal {
    Refusal::failed(say!("no browser is there that prints a PDF: neither Chromium, Chrome nor Edge"))
        .or(say!("install one, name it in BRANCHBOOK_BROWSER, or write an .html file and print that"))
}
