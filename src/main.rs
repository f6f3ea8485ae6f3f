//! The process: hands the command line to the library and leaves with its exit code.

use std::ffi::OsString;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

use branchbook::cli;
use branchbook::desk::Surroundings;
use branchbook::say;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let surroundings = match Surroundings::of_process() {
        Ok(surroundings) => surroundings,
        Err(error) => {
            eprintln!("{error:#}");
            return ExitCode::from(branchbook::refusal::exit_code(&error));
        }
    };
    // Neither is locked for the whole command: whatever else writes there would wait for its end.
    let mut out = BufWriter::new(std::io::stdout());
    let (code, book) = cli::run_open(&arguments, &surroundings, &mut out, &mut std::io::stderr());
    // The system closes the files and takes back the memory at once; `SQLite` would do it piece by piece.
    std::mem::forget(book);
    // A reader that has left (a broken pipe) is no failure; a full disk behind `>` is, unless it was told already.
    match out.flush() {
        Err(error) if code == 0 && error.kind() != std::io::ErrorKind::BrokenPipe => {
            eprintln!("{}", say!("the answer could not be written: {error}", error));
            ExitCode::from(1)
        }
        _ => ExitCode::from(code),
    }
}
