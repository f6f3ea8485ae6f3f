//! The process: hands the command line to the library and leaves with its exit code.

#![warn(clippy::print_stdout, clippy::print_stderr)]

use std::ffi::OsString;
use std::io::{BufWriter, ErrorKind, IsTerminal, Write, stderr, stdout};
use std::process::ExitCode;

use branchbook::desk::Surroundings;
use branchbook::sheet::wrapped::Wrapped;
use branchbook::{cli, complete, mistake, refusal, say};

fn main() -> ExitCode {
    // Neither is locked for the whole command: whatever else writes there would wait for its end.
    let mut out = BufWriter::new(stdout());
    let Some(code) = mistake::caught(|| command(&mut out)) else {
        // What a list still had to print is nobody's answer.
        let _ = out.into_parts();
        return ExitCode::FAILURE;
    };
    // A reader that has left (a broken pipe) is no failure; a full disk behind `>` is, unless it was told already.
    match out.flush() {
        Err(error) if code == 0 && error.kind() != ErrorKind::BrokenPipe => {
            let _ = writeln!(stderr(), "{}", say!("the answer could not be written: {error}", error));
            ExitCode::FAILURE
        }
        _ => ExitCode::from(code),
    }
}

/// The command that the process was started for. Gives the exit code.
fn command(out: &mut dyn Write) -> u8 {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    cli::speak(&arguments);
    let surroundings = match Surroundings::of_process() {
        Ok(surroundings) => surroundings,
        Err(error) => {
            let _ = writeln!(stderr(), "{}", branchbook::language::chain(&error));
            return refusal::exit_code(&error);
        }
    };
    if complete::answer(&arguments, &surroundings, out) {
        return 0;
    }
    let mut err = Wrapped::new(stderr(), surroundings.width.filter(|_| stderr().is_terminal()));
    let (code, book) = cli::run_open(&arguments, &surroundings, out, &mut err);
    // The system closes the files and takes back the memory at once; `SQLite` would do it piece by piece.
    std::mem::forget(book);
    code
}
