//! Correcting an entry in the person's editor: `amend NUMBER` without options opens its fields as lines of a text, and corrects those
//! that are changed as their options would.

use std::ffi::OsString;
use std::io::Write;

use anyhow::Result;
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Args, Command};
use rusqlite::Connection;
use rusqlite::types::Value;

use super::{corrected, enter, found};
use crate::book::select::Select;
use crate::desk::{Deed, Desk, Surroundings};
use crate::elsewhere::editor::{self, Editor};
use crate::language::{self, usage};
use crate::line::Grammar;
use crate::money::Money;
use crate::prompt::{self, Offered, Pressed};
use crate::refusal::{Kind as Refused, Refusal};
use crate::register::access;
use crate::register::entry::Entry;
use crate::register::field::{Kind, Spec};
use crate::register::form::Form;
use crate::register::option::At;
use crate::register::show;
use crate::register::task::Row;
use crate::register::{forms, named};
use crate::say;
use crate::text;

/// The option by which the line without options is known; the person types none.
pub(super) const EDIT: &str = "edit";

/// The option that tells of which row of the journal a draft was made.
const DRAFTED: &str = "drafted";

/// What stands before the reason in a draft, as before a field's value.
const REASON: &str = "reason";

/// The options that no person types.
pub(super) fn options() -> [Arg; 2] {
    let edit = Arg::new(EDIT).long(EDIT).help("Correct it in the editor").hide(true).action(ArgAction::SetTrue);
    let drafted = Arg::new(DRAFTED)
        .long(DRAFTED)
        .help("The row of the journal of which the draft was made")
        .hide(true)
        .value_parser(crate::whole::place);
    [edit, drafted]
}

/// The line `amend NUMBER` of a person who can write in an editor, as one that opens it; none where it is another line.
pub(crate) fn opened(
    arguments: &[OsString],
    surroundings: &Surroundings,
    grammar: &Grammar<'_>,
) -> Option<Vec<OsString>> {
    Editor::of(surroundings, arguments)?;
    let word = |place: usize| arguments.get(place).and_then(|word| word.to_str()).unwrap_or_default();
    if !forms().any(|form| form.register.name == word(1)) || !"amend".starts_with(word(2)) || word(2).is_empty() {
        return None;
    }
    let leaf = grammar.leaf(arguments);
    // The reason is asked for in the draft.
    let draft = [format!("--{EDIT}"), format!("--{REASON}={EDIT}")].map(OsString::from);
    let line: Vec<OsString> = arguments.iter().cloned().chain(draft).collect();
    let matches = grammar.build(arguments).try_get_matches_from(&line).ok()?;
    let (_, verb) =
        matches.subcommand()?.1.subcommand().filter(|_| leaf.names.last().is_some_and(|name| name == "amend"))?;
    let besides = Deed::augment_args(Command::new("amend"));
    let is_besides = |argument: &&Arg| {
        argument.is_global_set() || besides.get_arguments().any(|other| other.get_id() == argument.get_id())
    };
    let corrects = leaf
        .command
        .get_arguments()
        .filter(|argument| {
            !is_besides(argument) && !["number", "why", EDIT].iter().any(|ours| argument.get_id() == ours)
        })
        .filter(|argument| verb.try_contains_id(argument.get_id().as_str()).unwrap_or(false))
        .any(|argument| verb.value_source(argument.get_id().as_str()) == Some(ValueSource::CommandLine));
    (!corrects).then_some(line)
}

/// Refuses to correct by a draft of an entry that went on since.
pub(super) fn refuse_moved(book: &Connection, entry: &Entry, matches: &ArgMatches) -> Result<()> {
    match matches.get_one::<i64>(DRAFTED) {
        Some(drafted) if *drafted != last_row(book, entry)? => {
            let number = &entry.number;
            let what = say!("{number} went on while it was being corrected; nothing was entered", number);
            Err(Refusal::new(Refused::Rule, what).or(say!("see it with: branchbook history {number}", number)).into())
        }
        _ => Ok(()),
    }
}

/// The newest row of the journal that tells of the entry.
fn last_row(book: &Connection, entry: &Entry) -> Result<i64> {
    let sql = "SELECT coalesce(max(id), 0) FROM journal WHERE thing = ?1";
    book.only(sql, [&entry.thing()?.name])
}

/// A field as a line of the draft.
struct Shown {
    field: &'static Spec,
    values: Vec<String>,
}

/// Has the person correct an entry in the editor, until the book takes it or nothing is changed any more.
pub(super) fn amend(form: &'static Form, matches: &ArgMatches, deed: &Deed, desk: &mut Desk<'_>) -> Result<()> {
    let no_input: &[OsString] = if desk.globals.no_input { &["--no-input".into()] } else { &[] };
    let Some(editor) = Editor::of(&desk.surroundings, no_input) else {
        return Err(Refusal::usage(say!("nobody can write in an editor here"))
            .or(say!("name a field and its new value"))
            .into());
    };
    let number = matches.get_one::<String>("number").map_or("", String::as_str);
    let entry = found(desk.book()?.reader(), form, number)?;
    let register = named(form.register.name)?;
    if !register.restricted.is_empty() {
        access::tell_masked(desk)?;
        show::authorised(desk, register, &entry, "amend")?;
    }
    let book = desk.book()?.reader();
    let drafted = last_row(book, &entry)?;
    let (shown, left_out) = shown(form, &Row::of_entry(form, book, &entry)?, &entry);
    let title = entry.titled(book)?;
    let mut draft = draft(&title, &shown, &left_out);
    let original = read(&draft)?;
    let mut before = original.clone();
    loop {
        let written = match editor.edited(&draft) {
            Ok(written) => written,
            Err(_) if before != original && prompt::goes_back(&mut *desk.err)? => continue,
            Err(error) => return Err(error),
        };
        let read = match read(&written) {
            Ok(mut read) if read == before && before != original && !has_reason(&read) => {
                // What is left as it was lacks its reason alone.
                let why = asked_why(&mut *desk.err)?;
                if why.is_empty() && prompt::goes_back(&mut *desk.err)? {
                    draft = written;
                    continue;
                }
                if why.is_empty() {
                    return Err(Refusal::usage(say!("nothing was entered")).into());
                }
                read.push((REASON.to_owned(), why));
                read
            }
            Ok(read) if read.is_empty() || read == before => {
                // What was written once is not lost by leaving the editor.
                if before != original && prompt::goes_back(&mut *desk.err)? {
                    draft = if read.is_empty() { draft } else { written };
                    continue;
                }
                return Err(Refusal::usage(say!("nothing was entered")).into());
            }
            Ok(read) => read,
            Err(refusal) => {
                let told = with_error(&written, &refusal.to_string());
                // What is left as it was refused is no mending: an editor that does not wait would be begun for ever.
                if told == draft {
                    writeln!(desk.err, "{refusal}")?;
                    if !prompt::goes_back(&mut *desk.err)? {
                        return Err(Refusal::usage(say!("nothing was entered")).into());
                    }
                }
                draft = told;
                continue;
            }
        };
        let tried = typed(form, number, &shown, (&original, &read), drafted, &mut *desk.err).and_then(|typed| {
            let verb = format!("{} amend", form.register.name);
            desk.change(verb, deed, |change| enter(form, &typed, deed.by.as_deref(), change))
        });
        let Err(error) = tried else { return Ok(()) };
        let Some(told) = told(&error) else { return Err(error) };
        if last_row(desk.book()?.reader(), &entry)? != drafted {
            return Err(error);
        }
        // The editor may not show its first lines.
        writeln!(desk.err, "{told}")?;
        draft = with_error(&written, &told);
        before = read;
    }
}

/// What the person can do something about in the draft; none of what fails or cannot be mended there.
fn told(error: &anyhow::Error) -> Option<String> {
    if let Some(error) = error.downcast_ref::<clap::Error>() {
        return Some(usage::told(error));
    }
    let refusal = error.downcast_ref::<Refusal>()?;
    let mends = matches!(refusal.kind, Refused::Usage | Refused::Rule | Refused::NotFound);
    mends.then(|| refusal.to_string())
}

/// The fields that are corrected in the draft, and the options of those that are not.
fn shown(form: &'static Form, row: &Row, entry: &Entry) -> (Vec<Shown>, Vec<String>) {
    let taken = |step: &crate::register::form::Step| step.is_taken(entry, row);
    let fields = corrected(form).filter(|(step, _)| taken(step)).map(|(_, field)| field);
    let days = form.own_steps().filter(|step| taken(step)).filter_map(|step| step.signed);
    let (mut shown, mut left_out): (Vec<Shown>, Vec<String>) = (Vec::new(), Vec::new());
    for field in fields.chain(days).filter(|field| field.is_taken(At::Amend)) {
        if shown.iter().any(|known| known.field.column == field.column) {
            continue;
        }
        match values(field, row.value(field.column)).filter(|_| !field.loose) {
            Some(values) => shown.push(Shown { field, values }),
            None => left_out.push(format!("--{}", field.typed_as(At::Amend))),
        }
    }
    (shown, left_out)
}

/// The value of a column as its option takes it, one for each time that it is given; none of what is no text of a line.
fn values(field: &Spec, value: &Value) -> Option<Vec<String>> {
    let text = match (field.kind, value) {
        (Kind::Read(_) | Kind::Switch | Kind::Flag | Kind::Rows(_), _) => return None,
        (_, Value::Null) => return Some(Vec::new()),
        (Kind::Lines(between), Value::Text(text)) => return Some(text.split(between).map(str::to_owned).collect()),
        (Kind::EstimateOrNone, Value::Integer(0)) => text::NONE.to_owned(),
        (Kind::Estimate | Kind::EstimateOrNone | Kind::Agreed, Value::Integer(fen)) => Money(*fen).to_string(),
        (_, Value::Integer(count)) => count.to_string(),
        (_, Value::Text(text)) => text.clone(),
        _ => return None,
    };
    Some(vec![text])
}

/// The text that the person corrects: what is asked stands above each line.
fn draft(title: &str, shown: &[Shown], left_out: &[String]) -> String {
    let how = say!("What is changed here is corrected; what is saved unchanged, or empty, corrects nothing.");
    let lines = say!("Further lines of a text are indented by two spaces.");
    let mut head = vec![title, how, lines];
    let besides = left_out.join(language::comma());
    let besides = say!("By their options alone: {options}", options = besides);
    if !left_out.is_empty() {
        head.push(&besides);
    }
    let mut draft = editor::commented(&head);
    for Shown { field, values } in shown {
        draft.push('\n');
        // How else a text may be named than here means nothing here.
        let asked = if field.secret { field.label() } else { field.help(At::Amend) };
        draft.push_str(&editor::commented(&[&asked]));
        let name = field.typed_as(At::Amend);
        if values.is_empty() {
            draft.extend([name, ":\n"]);
        }
        for value in values {
            draft.extend([name, ": ", &value.replace('\n', "\n  "), "\n"]);
        }
    }
    draft.push('\n');
    let why = say!("Why it is corrected");
    draft.push_str(&editor::commented(&[why]));
    draft.extend([REASON, ":\n"]);
    draft
}

/// The draft with what is wrong with it before its first line.
fn with_error(written: &str, error: &str) -> String {
    const MARK: &str = "# ! ";
    let rest: Vec<&str> = written.lines().filter(|line| !line.starts_with(MARK)).collect();
    let error: Vec<String> = error.lines().map(|line| format!("{MARK}{line}")).collect();
    format!("{}\n{}\n", error.join("\n"), rest.join("\n"))
}

/// Names and values of a draft.
type Lines = Vec<(String, String)>;

/// What a draft says; an indented line goes on with the value above it.
fn read(written: &str) -> Result<Lines, Refusal> {
    let mut lines: Lines = Vec::new();
    for (place, line) in (1..).zip(written.lines()) {
        let line = line.trim_start_matches('\u{feff}');
        if line.starts_with('#') {
            continue;
        }
        let goes_on = line.trim().is_empty() || line.starts_with([' ', '\t']);
        match (goes_on, lines.last_mut(), line.split_once([':', '\u{ff1a}'])) {
            (true, Some((_, value)), _) => {
                value.push('\n');
                value.push_str(line.strip_prefix("  ").unwrap_or(line).trim_end());
            }
            (true, None, _) => {}
            (false, _, Some((name, value))) => lines.push((name.trim().to_owned(), value.trim().to_owned())),
            (false, _, None) => {
                return Err(Refusal::usage(say!("line {place} names no field: {line}", place, line))
                    .or(say!("indent it, where it goes on with the line above")));
            }
        }
    }
    for (_, value) in &mut lines {
        *value = value.trim().to_owned();
    }
    // A field that says nothing is as if it were not there.
    lines.retain(|(_, value)| !value.is_empty());
    Ok(lines)
}

/// How many words name the entry that is corrected.
const NAMED: usize = 2;

/// Whether a draft says why it is corrected.
fn has_reason(lines: &Lines) -> bool {
    lines.iter().any(|(name, _)| name == REASON)
}

/// Asks on the terminal for the reason that the draft lacks, until one is given; empty where whoever is asked leaves.
fn asked_why(err: &mut dyn Write) -> Result<String> {
    loop {
        writeln!(err, "{}", say!("Why it is corrected"))?;
        match prompt::read(err, "", Offered::default(), Vec::new())? {
            Pressed::Entered(reason) if reason.trim().is_empty() => {
                writeln!(err, "{}", say!("something must be answered"))?;
            }
            Pressed::Entered(reason) => return Ok(reason.trim().to_owned()),
            Pressed::Back | Pressed::Left => return Ok(String::new()),
        }
    }
}

/// What was changed, as the options that say the same.
fn typed(
    form: &'static Form,
    number: &str,
    shown: &[Shown],
    (original, read): (&Lines, &Lines),
    drafted: i64,
    err: &mut dyn Write,
) -> Result<ArgMatches> {
    let said = |lines: &Lines, name: &str| -> Vec<String> {
        lines.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    };
    let known = |name: &str| name == REASON || shown.iter().any(|shown| shown.field.typed_as(At::Amend) == name);
    if let Some((name, _)) = read.iter().find(|(name, _)| !known(name)) {
        return Err(Refusal::usage(say!("no field is called {name} here", name))
            .or(say!("take a name that stands before a colon here"))
            .into());
    }
    let mut line: Vec<OsString> = ["amend", number].map(OsString::from).to_vec();
    for Shown { field, .. } in shown {
        let name = field.typed_as(At::Amend);
        let (old, new) = (said(original, name), said(read, name));
        if new.is_empty() && !old.is_empty() {
            return Err(Refusal::usage(say!("{name} says nothing now, and cannot be taken out", name))
                .or(say!("put back what it was, or write what is right"))
                .into());
        }
        if new != old {
            line.extend(new.iter().map(|value| format!("--{name}={value}").into()));
        }
    }
    let mut reason = said(read, REASON).join("\n");
    if reason.is_empty() && line.len() > NAMED {
        reason = asked_why(err)?;
    }
    if reason.is_empty() {
        return Err(Refusal::usage(say!("no reason is given"))
            .or(say!("write behind {name}: why it is corrected", name = REASON))
            .into());
    }
    line.extend([format!("--{REASON}={reason}").into(), format!("--{DRAFTED}={drafted}").into()]);
    let verb = form.command("amend").ok_or_else(|| clap::Error::new(ErrorKind::InvalidSubcommand))?;
    Ok(verb.try_get_matches_from(line)?)
}
