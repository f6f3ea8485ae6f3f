//! Texts that a command line names instead of saying them: `-` is standard input, `@FILE` a file, and an option without a value opens
//! the person's editor. Other users of the machine read the arguments of a process, and a shell keeps them; a phone number stands in
//! neither then, and a letter of many lines needs no quotes.

pub(crate) mod editor;

use std::any::TypeId;
use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead, IsTerminal, Read, Write};

use anyhow::{Context, Result};
use clap::builder::ArgExt;
use clap::{Arg, Command, ValueHint};

use self::editor::Editor;
use crate::line::Grammar;
use crate::line::given::{given, takes_next};
use crate::refusal::Refusal;
use crate::say;
use crate::surroundings::{Surroundings, refused_path};
use crate::text::{self, Line, Text};

/// Marks an option whose value is a text that may be named, though it is read as something else than a [`Text`] or a [`Line`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    /// A text.
    Text,
    /// One line that is nobody else's to read, which Enter ends where it is typed in a terminal.
    Secret,
    /// One line: `-` is standard input, and anything else stands for itself, as does one that begins with `@`.
    Line,
}

impl ArgExt for Named {}

/// The most that one text may hold, in bytes: some twenty thousand Chinese characters.
const MOST: u64 = 64 * 1024;

/// Standard input, as a word of the line.
const INPUT: &str = "-";

/// The command line with the texts in the place of what names them; none where it names none. `grammar` is that of the line.
///
/// # Errors
/// A refusal where what is named is no text, or cannot be read or written here.
pub(crate) fn brought(
    arguments: &[OsString],
    surroundings: &Surroundings,
    grammar: &Grammar<'_>,
    err: &mut dyn Write,
) -> Result<Option<Vec<OsString>>> {
    if !may_name(arguments) {
        return Ok(None);
    }
    let leaf = &grammar.leaf(arguments).command;
    let mut reader = Reader { surroundings, arguments, taken: takes_input(leaf, arguments), err };
    let (mut line, mut words) = (Vec::with_capacity(arguments.len()), arguments.iter().peekable());
    let mut behind: Vec<OsString> = Vec::new();
    while let Some(word) = words.next() {
        let typed = word.to_str().unwrap_or_default();
        let Some(option) = TextOption::of(leaf, typed).filter(|_| !line.iter().any(|word| word == "--")) else {
            let dashed = words.peek().and_then(|next| dashed(leaf, typed, next.to_str()?));
            if dashed.is_some() {
                words.next();
            } else if is_dashed_word(leaf, &line, typed) {
                behind.push(word.clone());
                continue;
            }
            line.push(dashed.unwrap_or_else(|| word.clone()));
            continue;
        };
        let value = match (&option.joined, words.peek().map(|next| next.to_str().unwrap_or_default())) {
            (Some(joined), _) => Some(OsString::from(joined)),
            (None, None) => None,
            (None, Some(next)) if is_option(leaf, next) => None,
            (None, Some(next)) if looks_like_option(next) => return Err(option.refuse_lost(next).into()),
            (None, Some(_)) => words.next().cloned(),
        };
        // A line is written in no editor: the grammar says that it lacks its value.
        if value.is_none() && option.named == Named::Line {
            line.push(word.clone());
            continue;
        }
        let name = &option.name;
        match (reader.text(&option, value.as_ref().map(|value| value.to_str().unwrap_or_default()))?, value) {
            (Some(text), _) => line.push(format!("{name}={text}").into()),
            // A line reads the same as ever where nothing is named in it.
            (None, Some(value)) if !value.as_encoded_bytes().starts_with(b"-") && option.joined.is_none() => {
                line.extend([word.clone(), value]);
            }
            (None, value) => {
                let mut joined = OsString::from(format!("{name}="));
                joined.push(value.unwrap_or_default());
                line.push(joined);
            }
        }
    }
    if !behind.is_empty() {
        line.push("--".into());
        line.append(&mut behind);
    }
    Ok(Some(line))
}

/// Whether a word that begins with a dash has a place of its own in the command: `find -40℃` looks for that, as `find -- -40℃` does.
fn is_dashed_word(leaf: &Command, line: &[OsString], word: &str) -> bool {
    let before = line.last().and_then(|word| word.to_str()).unwrap_or_default();
    word.len() > 1
        && word.starts_with('-')
        && leaf.get_positionals().next().is_some()
        && !line.iter().any(|word| word == "--")
        && !is_option(leaf, word)
        && !looks_like_option(word)
        && given(leaf, word).is_none()
        && !takes_next(leaf, before)
}

/// The line as it is to be typed so that its texts stay as they are: one that begins with `@` names no file.
pub(crate) fn as_typed(leaf: &Command, line: &[OsString]) -> Vec<OsString> {
    let (mut typed, mut is_behind) = (Vec::with_capacity(line.len()), false);
    for word in line {
        let shown = word.to_str().unwrap_or_default();
        let option = TextOption::of(leaf, shown);
        let option = option.filter(|option| option.named != Named::Line);
        let joined = option.as_ref().and_then(|option| option.joined.as_deref());
        typed.push(match joined {
            Some(text) if text.starts_with('@') => shown.replacen("=@", "=@@", 1).into(),
            None if is_behind && shown.starts_with('@') => format!("@{shown}").into(),
            _ => word.clone(),
        });
        is_behind = option.is_some() && joined.is_none();
    }
    typed
}

/// Whether a word may name a text, or an option may lack its value or have one that begins with a dash. The grammar, which is not there
/// for nothing, tells for sure.
fn may_name(arguments: &[OsString]) -> bool {
    let word = |place: usize| arguments.get(place).map(|word| word.to_str().unwrap_or_default());
    (1..arguments.len()).any(|place| {
        let typed = word(place).unwrap_or_default();
        let names = |value: &str| value == INPUT || value.starts_with('@');
        let lacks = || word(place + 1).is_none_or(|next| next.starts_with('-'));
        match typed.strip_prefix('-') {
            None => names(typed),
            Some("") => true,
            Some(option) => match option.split_once('=') {
                Some((_, value)) => names(value),
                None => lacks() || option.chars().nth(1).is_some_and(|value| value == '@'),
            },
        }
    })
}

/// An option whose value is a text, as a word of the line gives it.
struct TextOption<'g> {
    argument: &'g Arg,
    named: Named,
    /// As errors name it, such as `--content`.
    name: String,
    /// What stands behind it in the same word.
    joined: Option<String>,
}

impl<'g> TextOption<'g> {
    /// The option that the word gives; none where it gives none, or one that takes something else.
    fn of(leaf: &'g Command, word: &str) -> Option<Self> {
        let (argument, joined) = given(leaf, word)?;
        let read_as = argument.get_value_parser().type_id();
        let named = argument.get::<Named>().copied();
        let named = named.or_else(|| (read_as == TypeId::of::<Text>()).then_some(Named::Text));
        let named = named.or_else(|| (read_as == TypeId::of::<Line>()).then_some(Named::Line))?;
        let name = format!("--{}", argument.get_long()?);
        argument.get_action().takes_values().then(|| Self { argument, named, name, joined: joined.map(str::to_owned) })
    }

    /// What the person is asked for, as the question for it says.
    fn question(&self) -> String {
        self.argument.get_help().map_or_else(|| self.name.clone(), ToString::to_string)
    }

    fn is_one_line(&self) -> bool {
        self.named != Named::Text
    }

    /// That the word behind it looks like an option, and is none.
    fn refuse_lost(&self, next: &str) -> Refusal {
        let option = &self.name;
        Refusal::usage(say!("{next} behind {option} is no option, and looks like one", next, option))
            .or(say!("if it is the text, type {line}", line = text::word(&format!("{option}={next}"))))
    }
}

/// An option with the word behind it, where that begins with a dash and is its value: `-40℃` is no option. A text takes it by itself.
fn dashed(leaf: &Command, word: &str, next: &str) -> Option<OsString> {
    let is_value = next.len() > 1 && next.starts_with('-') && !is_option(leaf, next) && !looks_like_option(next);
    let option = given(leaf, word).filter(|_| is_value && takes_next(leaf, word))?.0.get_long()?;
    Some(format!("--{option}={next}").into())
}

/// Whether a word is an option of the command, or ends the options.
fn is_option(leaf: &Command, word: &str) -> bool {
    let alone = |(argument, joined): (&Arg, Option<&str>)| {
        joined.is_none() || word.starts_with("--") || !argument.get_action().takes_values()
    };
    word == "--" || given(leaf, word).is_some_and(alone)
}

/// Whether a word is typed like an option: a person may have meant one.
fn looks_like_option(word: &str) -> bool {
    word.strip_prefix("--")
        .or_else(|| word.strip_prefix('-'))
        .is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Whether the command reads standard input as a file, which a `-` in the place of one says.
fn takes_input(leaf: &Command, arguments: &[OsString]) -> bool {
    let is_file = |argument: &&Arg| argument.get_value_hint() == ValueHint::FilePath;
    leaf.get_positionals().any(|argument| is_file(&argument))
        && arguments.windows(2).any(|pair| pair[1] == INPUT && !takes_next(leaf, pair[0].to_str().unwrap_or_default()))
}

/// Reads what the line names.
struct Reader<'a> {
    surroundings: &'a Surroundings,
    arguments: &'a [OsString],
    /// Whether something reads standard input already.
    taken: bool,
    err: &'a mut dyn Write,
}

impl Reader<'_> {
    /// The text of an option; none where the value stands for itself.
    fn text(&mut self, option: &TextOption<'_>, value: Option<&str>) -> Result<Option<String>> {
        let (text, place) = match value {
            None => (self.written(option)?, say!("what was written").to_owned()),
            Some(INPUT) => (self.input(option)?, say!("standard input").to_owned()),
            Some(_) if option.named == Named::Line => return Ok(None),
            Some(value) => match value.strip_prefix('@') {
                None => return Ok(None),
                Some(text) if text.starts_with('@') => return Ok(Some(text.to_owned())),
                Some(_) if self.surroundings.keyed.is_some() => return Err(refused_path().into()),
                Some(file) => (read(option, file, file_of(option, file)?)?, file.to_owned()),
            },
        };
        let kept = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n");
        let kept = kept.trim_end_matches(['\n', '\r']);
        if text::is_blank(kept) {
            return Err(
                Refusal::usage(say!("{option}: there is nothing in {place}", option = option.name, place)).into()
            );
        }
        Ok(Some(kept.to_owned()))
    }

    /// What a person writes in an editor.
    fn written(&mut self, option: &TextOption<'_>) -> Result<String> {
        let name = &option.name;
        let Some(editor) = Editor::of(self.surroundings, self.arguments) else {
            let refusal = Refusal::usage(say!("{option} is given without its text", option = name));
            return Err(match self.surroundings.keyed {
                Some(_) => refusal.or(say!("type it behind {option}, or take - for standard input", option = name)),
                None => {
                    refusal.or(say!("type it behind {option}, or take - for standard input or @FILE", option = name))
                }
            }
            .into());
        };
        let question = option.question();
        let asked = [question.as_str(), say!("Save and leave the editor to enter it; an empty text enters nothing.")];
        editor.text(&asked)?.ok_or_else(|| Refusal::usage(say!("nothing was entered")).into())
    }

    /// What is typed in a terminal for it, or all of standard input.
    fn input(&mut self, option: &TextOption<'_>) -> Result<String> {
        let name = &option.name;
        if self.surroundings.has_lines {
            return Err(Refusal::usage(say!("{option}: standard input has the command lines here", option = name))
                .or(say!("type the text behind {option}", option = name))
                .into());
        }
        if self.taken {
            return Err(Refusal::usage(say!("standard input is one text, and was named twice"))
                .or(say!("take @FILE for one of them"))
                .into());
        }
        self.taken = true;
        let input = std::io::stdin();
        if !input.is_terminal() {
            return read(option, say!("standard input"), input.lock());
        }
        if self.arguments.iter().any(|word| word == "--no-input") {
            return Err(Refusal::usage(say!("{option} is to be asked for, and --no-input was given", option = name))
                .or(say!("take @FILE, or leave --no-input out"))
                .into());
        }
        if option.is_one_line() {
            write!(self.err, "{}: ", name.trim_start_matches('-'))?;
            self.err.flush()?;
            let mut text = String::new();
            input.lock().read_line(&mut text)?;
            return Ok(text);
        }
        writeln!(self.err, "{}\n{}", option.question(), say!("Ctrl-D on a line of its own ends it"))?;
        read(option, say!("standard input"), input.lock())
    }
}

/// The file that a text stands in.
fn file_of(option: &TextOption<'_>, file: &str) -> Result<File> {
    let unread = || say!("{option}: {file} cannot be read", option = option.name, file);
    let opened = File::open(file).with_context(unread)?;
    if opened.metadata().with_context(unread)?.is_dir() {
        return Err(Refusal::failed(say!("{option}: {file} is a folder", option = option.name, file)).into());
    }
    Ok(opened)
}

/// All that can be read, as a text.
fn read(option: &TextOption<'_>, place: &str, from: impl Read) -> Result<String> {
    let option = &option.name;
    let mut bytes = Vec::new();
    from.take(MOST + 1)
        .read_to_end(&mut bytes)
        .with_context(|| say!("{option}: {file} cannot be read", option, file = place))?;
    if bytes.len() as u64 > MOST {
        let what = say!(
            "{option}: {place} holds more than a text can, which is {most} KiB",
            option,
            place,
            most = MOST / 1024
        );
        return Err(Refusal::usage(what).or(say!("file the paper itself, and enter what it says in short")).into());
    }
    String::from_utf8(bytes).map_err(|error| {
        let byte = error.utf8_error().valid_up_to() + 1;
        Refusal::usage(say!("{option}: {place} is no UTF-8 at byte {byte}", option, place, byte))
            .or(say!("save it as UTF-8"))
            .into()
    })
}

#[cfg(test)]
mod tests;
