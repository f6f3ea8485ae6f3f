//! A month in the office, from old ledgers to the month's exports: every command line with what it answers.
//!
//! Run it with `cargo run --locked --example month`. It works in a folder of its own, which it names at the end.

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

use branchbook::clock::Clock;
use branchbook::desk::Surroundings;
use branchbook::script::{self, Line};

fn main() -> Result<(), Box<dyn Error>> {
    std::env::set_current_dir(env!("CARGO_MANIFEST_DIR"))?;
    let folder = std::env::temp_dir().join(format!("branchbook-month-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let month = std::fs::read_to_string("examples/month/month.txt")?.replace("OUT", &plain(&folder));
    let mut surroundings = Surroundings {
        login: "clerk".to_owned(),
        foreign: false,
        host: "office".to_owned(),
        clock: Clock::System,
        book: folder.join("branchbook.db"),
        as_person: None,
        width: Some(terminal_size::terminal_size().map_or(120, |(width, _)| width.0)),
        interactive: false,
        ..Surroundings::of_process()?
    };
    let (mut out, mut err) = (io::stdout(), io::stdout());
    for line in script::lines(&month)? {
        match &line {
            Line::Comment(comment) => println!("\n# {comment}"),
            Line::At(_) => {}
            Line::Command(words) => println!("\n$ branchbook {}", shlex::try_join(words.iter().map(String::as_str))?),
        }
        script::run(&line, &mut surroundings, &mut out, &mut err)?;
        out.flush()?;
    }
    println!("\nThe book, the month-end pack and the backup are in {}", plain(&folder));
    Ok(())
}

/// A path as a command line takes it on every system.
fn plain(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
