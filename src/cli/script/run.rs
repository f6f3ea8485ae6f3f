//! Many command lines in one process, with the book open once: `run FILE` and `run -`.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{ArgMatches, Args, ValueHint};

use crate::book::{Book, fault};
use crate::cli;
use crate::cli::script;
use crate::desk::{self, Desk, Globals, Run, Surroundings};
use crate::files::target::STANDARD;
use crate::format::Format;
use crate::language::{self, Language};
use crate::refusal::Refusal;
use crate::say;

/// Carry out many command lines with the book open once
#[derive(Debug, Args)]
pub(crate) struct RunLines {
    /// The file with the lines, each as typed after branchbook, # before a comment; - for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,
    /// All lines are one change: nothing is entered where one is refused [default]
    #[arg(long, conflicts_with = "each")]
    all: bool,
    /// Each line is a change of its own, answered at once
    #[arg(long)]
    each: bool,
    /// Go on after a line that is refused; each line is a change of its own then
    #[arg(long, conflicts_with = "all")]
    keep_going: bool,
}

/// What the lines of a run share.
pub(crate) struct Among<'r> {
    /// The book; none while a line has it.
    pub(crate) book: Option<Book>,
    /// The options on every command that `run` was given.
    globals: &'r Globals,
    /// Whether all lines are one change.
    together: bool,
}

/// What became of a line.
struct Outcome {
    line: usize,
    code: u8,
    out: Vec<u8>,
    err: Vec<u8>,
}

impl Among<'_> {
    /// Refuses a line that is none among others, and has it print as `run` was told.
    ///
    /// # Errors
    /// A refusal that says why.
    pub(crate) fn admit(&self, matches: &ArgMatches, globals: &mut Globals) -> Result<(), Refusal> {
        let mut words = Vec::new();
        let mut found = matches;
        while let Some((name, inner)) = found.subcommand() {
            words.push(name);
            found = inner;
        }
        let line = words.join(" ");
        if words.first().is_some_and(|room| cli::stands_alone(room)) {
            return Err(Refusal::usage(say!("{line} cannot be carried out among other lines", line))
                .or(say!("type it by itself")));
        }
        if globals.book.is_some() {
            return Err(Refusal::usage(say!("all lines are for one book"))
                .or(say!("name it before them: branchbook run FILE --book FILE")));
        }
        let writes_file = globals.output.as_deref().is_some_and(|path| path != Path::new(STANDARD));
        if self.together && (writes_file || words.contains(&"import") || line == "report month") {
            let what = say!("{line} takes or makes a file, which cannot be taken back with the other lines", line);
            return Err(Refusal::usage(what).or(say!("type it by itself, or have each line stand alone with --each")));
        }
        globals.format =
            globals.format.or(if is_json(self.globals) { Some(Format::Jsonl) } else { self.globals.format });
        globals.quiet |= self.globals.quiet;
        globals.names |= self.globals.names;
        Ok(())
    }
}

impl Run for RunLines {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        desk.refuse_on()?;
        let together = !self.each && !self.keep_going;
        let globals = desk.globals.clone();
        let mut lines = self.lines(together)?;
        let mut among = Among { book: desk.hand_over()?, globals: &globals, together };
        let surroundings = Surroundings {
            book: desk.book_path().to_owned(),
            language: Language::spoken(),
            interactive: false,
            has_lines: true,
            pager: None,
            editor: None,
            ..desk.surroundings.clone()
        };
        let ended = if together {
            all(&mut lines, &surroundings, &mut among, desk)
        } else {
            each(&mut lines, &surroundings, &mut among, desk, self.keep_going)
        };
        desk.take_over(among.book);
        ended?;
        desk.closed_book()?.tidy();
        Ok(())
    }
}

impl RunLines {
    /// Where the lines come from. Those that are one change are read before it begins: nobody waits for a slow reader then.
    fn lines(&self, together: bool) -> Result<Box<dyn BufRead>> {
        let file = self.file.display().to_string();
        let unread = || say!("{file} cannot be read", file);
        if self.file != Path::new(STANDARD) {
            return Ok(Box::new(BufReader::new(fs::File::open(&self.file).with_context(unread)?)));
        }
        if !together {
            return Ok(Box::new(BufReader::new(std::io::stdin())));
        }
        let mut text = Vec::new();
        std::io::stdin().read_to_end(&mut text).context(say!("standard input cannot be read"))?;
        Ok(Box::new(std::io::Cursor::new(text)))
    }
}

/// Carries out all lines as one change, and answers when that is durable.
fn all(lines: &mut dyn BufRead, surroundings: &Surroundings, among: &mut Among<'_>, desk: &mut Desk<'_>) -> Result<()> {
    book(among)?.begin_together()?;
    let (mut answered, mut last) = (Vec::new(), None);
    let mut place = 0;
    while let Some(outcome) = next(lines, &mut place, surroundings, among)? {
        if outcome.code != 0 {
            last = Some(outcome);
            break;
        }
        answered.push(outcome);
    }
    if let Some(refused) = last {
        book(among)?.take_back_together()?;
        tell_refused(&refused, among.globals, desk)?;
        writeln!(desk.err, "{}", say!("nothing was entered: all lines are one change"))?;
        return Ok(());
    }
    let count = answered.len();
    book(among)?.commit_together().map_err(|error| fault::unconfirmed(error, &say!("{count} lines", count)))?;
    answered.iter().try_for_each(|outcome| tell(outcome, among.globals, desk))
}

/// Carries out line after line, and answers each at once.
fn each(
    lines: &mut dyn BufRead,
    surroundings: &Surroundings,
    among: &mut Among<'_>,
    desk: &mut Desk<'_>,
    keep_going: bool,
) -> Result<()> {
    let (mut place, mut count, mut refused) = (0, 0, 0);
    while let Some(outcome) = next(lines, &mut place, surroundings, among)? {
        count += 1;
        if outcome.code == 0 {
            tell(&outcome, among.globals, desk)?;
        } else {
            refused += 1;
            tell_refused(&outcome, among.globals, desk)?;
            if !keep_going {
                writeln!(desk.err, "{}", say!("the lines before it stand, those behind it were not carried out"))?;
                return Ok(());
            }
        }
        desk.out.flush()?;
        book(among)?.tidy();
    }
    if refused > 0 {
        writeln!(desk.err, "{}", say!("refused: {refused} of {count} lines; the others stand", refused, count))?;
    }
    Ok(())
}

fn book<'b>(among: &'b mut Among<'_>) -> Result<&'b mut Book> {
    among.book.as_mut().context(say!("the book was closed"))
}

/// Carries out the next line that is one; `place` is the number of the last that was read.
fn next(
    lines: &mut dyn BufRead,
    place: &mut usize,
    surroundings: &Surroundings,
    among: &mut Among<'_>,
) -> Result<Option<Outcome>> {
    loop {
        let mut read = Vec::new();
        if lines.read_until(b'\n', &mut read).context(say!("the lines cannot be read"))? == 0 {
            return Ok(None);
        }
        *place += 1;
        let mut outcome = Outcome { line: *place, code: 0, out: Vec::new(), err: Vec::new() };
        let arguments = std::str::from_utf8(&read)
            .map_err(|_| Refusal::usage(say!("the line is no UTF-8")).or(say!("save it as UTF-8")))
            .and_then(|line| script::arguments(line.trim_start_matches('\u{feff}').trim()));
        match arguments {
            // Only the program's name: the line is blank, or a comment.
            Ok(arguments) if arguments.len() == 1 => continue,
            Ok(arguments) => {
                outcome.code = cli::run_among(&arguments, surroundings, among, &mut outcome.out, &mut outcome.err);
                let room = arguments.get(1).and_then(|word| word.to_str()).unwrap_or_default();
                let is_named_otherwise = cli::renames(room) || language::named_as_of().is_some();
                if let Some(book) = among.book.as_ref().filter(|_| is_named_otherwise) {
                    language::name_as_of(None);
                    desk::learn(book)?;
                }
            }
            Err(refusal) => {
                outcome.code = refusal.kind.exit_code();
                writeln!(outcome.err, "{refusal}")?;
            }
        }
        return Ok(Some(outcome));
    }
}

/// Whether answers are objects, one a line.
const fn is_json(globals: &Globals) -> bool {
    matches!(globals.format, Some(Format::Json | Format::Jsonl))
}

/// Prints what a line answered.
fn tell(outcome: &Outcome, globals: &Globals, desk: &mut Desk<'_>) -> Result<()> {
    desk.err.write_all(&outcome.err)?;
    if !is_json(globals) {
        return Ok(desk.out.write_all(&outcome.out)?);
    }
    let line = outcome.line;
    for row in String::from_utf8_lossy(&outcome.out).lines() {
        match row.strip_prefix('{') {
            Some(rest) => writeln!(desk.out, "{{\"line\":{line},{rest}")?,
            None => writeln!(desk.out, "{}", serde_json::json!({ "line": line, "text": row }))?,
        }
    }
    Ok(())
}

/// Prints why a line was refused; the first such line gives the exit code.
fn tell_refused(outcome: &Outcome, globals: &Globals, desk: &mut Desk<'_>) -> Result<()> {
    let told = String::from_utf8_lossy(&outcome.err);
    let (line, told) = (outcome.line, told.trim_end());
    writeln!(desk.err, "{}", say!("line {line}: {told}", line, told))?;
    if is_json(globals) {
        let object = serde_json::json!({ "line": line, "code": outcome.code, "refused": told });
        writeln!(desk.out, "{object}")?;
    }
    if desk.code == 0 {
        desk.code = outcome.code;
    }
    Ok(())
}
