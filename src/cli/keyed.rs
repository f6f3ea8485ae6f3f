//! A login of one's own over SSH (Q6): one account owns the book, and each person's key has
//! `command="branchbook as PERSON",restrict,pty`. Under it no other program is started and no path is taken.

use std::io::{BufRead, IsTerminal};

use anyhow::Result;
use clap::{ArgMatches, Args, Command, ValueHint};

use crate::book::Book;
use crate::cli;
use crate::cli::script;
use crate::desk::{Desk, Run, Surroundings};
use crate::person::Person;
use crate::refusal::Refusal;
use crate::say;
use crate::surroundings::refused_path;
use crate::text;

/// The command that sshd starts for a key.
pub(crate) const ROOM: &str = "as";

/// Who sits at the other end
#[derive(Debug, Args)]
pub(crate) struct As {
    /// The person whose key it is
    #[arg(value_name = "PERSON")]
    pub(crate) person: String,
}

/// Rooms and verbs that make or take files and have no option that says so.
const WITH_FILES: [&str; 4] = ["init", "demo", "as", "report month"];

/// What changes settings, which are files.
const SETTINGS: [&str; 2] = ["config set", "config unset"];

/// Whether `-` in the place of this argument is standard input or output: else it would be a file of that name.
fn is_standard(argument: &str, command: &str) -> bool {
    argument == "output" || matches!(command, "import" | "run")
}

impl Run for As {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let Some(asked) = desk.surroundings.ssh.clone() else {
            let what = say!("branchbook as is started by sshd alone");
            let line = format!("command=\"branchbook as {}\",restrict,pty ssh-ed25519 …", text::word(&self.person));
            return Err(Refusal::usage(what)
                .or(say!("put it before the person's key in authorized_keys: {line}", line))
                .into());
        };
        let person = require_owner(desk, &self.person)?;
        let surroundings = Surroundings {
            login: format!("{}/{}", desk.surroundings.login, person.key),
            keyed: Some(person.key.clone()),
            book: desk.book_path().to_owned(),
            as_person: None,
            pager: None,
            editor: None,
            ..desk.surroundings.clone()
        };
        let mut code = 0;
        if asked.trim().is_empty() {
            let has_lines = !std::io::stdin().is_terminal();
            each_line(&Surroundings { has_lines, ..surroundings }, desk, &person.key, &mut code)?;
        } else {
            carry_out(&surroundings, desk, &asked, &mut code);
        }
        desk.code = code;
        Ok(())
    }
}

/// The person, where the account is nobody's own and the book is its own: only then does the key say who it is.
fn require_owner(desk: &mut Desk<'_>, who: &str) -> Result<Person> {
    let login = desk.surroundings.login.clone();
    let path = desk.book_path().to_owned();
    let book = Book::glance(&path, desk.surroundings.patience)?;
    if let Some(owner) = Person::of_login(&book, &login)? {
        let what = say!(
            "the login {login} is that of {owner}, and keys of others lead to an account that is nobody's",
            login,
            owner
        );
        return Err(Refusal::rule("R2.4", what).or(say!("give the book to an account of its own")).into());
    }
    if !is_own(&path) {
        let path = path.display().to_string();
        let what = say!("{path} does not belong to the login {login}", path, login);
        return Err(Refusal::rule("R2.4", what).or(say!("let the account that owns the book take the keys")).into());
    }
    Person::find(&book, who)
}

/// Whether the book is a file of the account that runs the program.
#[cfg(unix)]
fn is_own(path: &std::path::Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let owner = |path: &std::path::Path| std::fs::metadata(path).map(|file| file.uid()).ok();
    // What the process makes itself belongs to it.
    tempfile::NamedTempFile::new().ok().and_then(|own| owner(own.path())).is_some_and(|own| owner(path) == Some(own))
}

#[cfg(not(unix))]
fn is_own(_: &std::path::Path) -> bool {
    false
}

/// Carries out one command line of the person at the other end.
fn carry_out(surroundings: &Surroundings, desk: &mut Desk<'_>, line: &str, code: &mut u8) {
    let arguments = match script::arguments(line) {
        Ok(arguments) => arguments,
        Err(refusal) => {
            let _ = writeln!(desk.err, "{refusal}");
            *code = refusal.kind.exit_code();
            return;
        }
    };
    *code = cli::run(&arguments, surroundings, desk.out, desk.err);
}

/// Carries out line after line from standard input, until it ends.
fn each_line(surroundings: &Surroundings, desk: &mut Desk<'_>, key: &str, code: &mut u8) -> Result<()> {
    let prompt = std::io::stdin().is_terminal();
    loop {
        if prompt {
            write!(desk.err, "branchbook {key}> ")?;
            desk.err.flush()?;
        }
        let mut line = String::new();
        if std::io::stdin().lock().read_line(&mut line)? == 0 || line.trim() == "exit" {
            return Ok(());
        }
        if !line.trim().is_empty() {
            carry_out(surroundings, desk, &line, code);
        }
    }
}

/// Refuses a line that names a file or folder, or makes one: standard input and output are all that a key leads to.
pub(crate) fn refuse_paths(mut program: Command, matches: &ArgMatches) -> Result<()> {
    program.build();
    let (mut command, mut found, mut words) = (&program, matches, Vec::new());
    loop {
        for argument in command.get_arguments() {
            let hint =
                matches!(argument.get_value_hint(), ValueHint::FilePath | ValueHint::AnyPath | ValueHint::DirPath);
            let id = argument.get_id().as_str();
            let typed = found.try_get_raw(id).ok().flatten().into_iter().flatten();
            let standard = is_standard(id, command.get_name());
            if hint && typed.into_iter().any(|value| value != "-" || !standard) {
                return Err(refused_path().into());
            }
        }
        let Some((name, inner)) = found.subcommand() else { break };
        words.push(name.to_owned());
        let Some(next) = command.find_subcommand(name) else { break };
        (command, found) = (next, inner);
    }
    let words = words.join(" ");
    if SETTINGS.contains(&words.as_str()) {
        return Err(Refusal::rule(
            "R2.4",
            say!("no settings are changed over SSH: they would be those of everybody who comes by a key"),
        )
        .or(say!("give what is needed on the line, such as --lang or --columns"))
        .into());
    }
    if WITH_FILES.iter().any(|with| words == *with || words.starts_with(&format!("{with} "))) {
        return Err(refused_path().into());
    }
    Ok(())
}
