//! The editor in which a person writes what is too long for a line: the program that `VISUAL` or `EDITOR` names.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::files;
use crate::refusal::Refusal;
use crate::say;
use crate::surroundings::Surroundings;
use crate::waiting::{LEAVING, Waiting};

/// What stands before a line that is no part of the text.
const COMMENT: char = '#';
const MARK: &str = "# ";

/// An editor that a person can be asked to write in.
#[derive(Debug)]
pub(crate) struct Editor {
    command: Vec<String>,
}

impl Editor {
    /// The editor of the person at the keyboard; none where nobody can be asked, or may start a program (Q6).
    pub(crate) fn of(surroundings: &Surroundings, arguments: &[OsString]) -> Option<Self> {
        let asks = surroundings.interactive && surroundings.keyed.is_none();
        let asks = asks && !arguments.iter().any(|word| word == "--no-input");
        surroundings.editor.clone().filter(|_| asks).map(|command| Self { command })
    }

    /// A text that the person writes below what is asked; none where it is empty.
    pub(crate) fn text(&self, asked: &[&str]) -> Result<Option<String>> {
        let written = self.edited(&format!("{}\n", commented(asked)))?;
        // Only the head is ours: further down a line may begin as it likes.
        let text: Vec<&str> = written.lines().skip_while(|line| line.starts_with(COMMENT)).collect();
        let text = text.join("\n").trim().to_owned();
        Ok(Some(text).filter(|text| !text.is_empty()))
    }

    /// What the person makes of the draft, in a file that nobody else can read and that is gone afterwards.
    ///
    /// # Errors
    /// A refusal where the editor cannot be run, or ends with an error.
    pub(crate) fn edited(&self, draft: &str) -> Result<String> {
        // Editors leave copies beside a file: they go with the folder, which is the person's alone.
        let folder = files::private_temporary_folder().context(say!("a temporary folder cannot be made"))?;
        let path = folder.path().join("branchbook.txt");
        let mut file = files::create_private(&path).context(say!("a temporary file cannot be made"))?;
        file.write_all(draft.as_bytes())?;
        drop(file);
        let (program, arguments) = self.command.split_first().context(say!("no editor is named"))?;
        // Ctrl-C is meant for the editor, which has the keyboard.
        let waiting = Waiting::begin(&LEAVING);
        let mut command = Command::new(program);
        // Standard output may lead elsewhere; the person is where the questions are asked.
        command.args(arguments).arg(&path).stdout(Stdio::from(io::stderr()));
        let ended = command.spawn().and_then(|mut running| {
            if waiting.status(&mut running, None)?.is_none() {
                running.kill()?;
            }
            running.wait()
        });
        if waiting.is_over() {
            return Err(Refusal::failed(say!("nothing was entered")).into());
        }
        match ended {
            Ok(status) if status.success() => {}
            Ok(_) => {
                return Err(Refusal::usage(say!("the editor {program} gave up; nothing was entered", program)).into());
            }
            Err(error) => {
                return Err(Refusal::failed(say!("the editor {program} cannot be run: {error}", program, error))
                    .or(say!("name another in EDITOR"))
                    .into());
            }
        }
        let written = fs::read(&path).context(say!("what was written cannot be read"))?;
        String::from_utf8(written).map_err(|_| {
            Refusal::usage(say!("what was written is no UTF-8; nothing was entered"))
                .or(say!("save it as UTF-8"))
                .into()
        })
    }
}

/// Lines that are no part of what is written.
pub(crate) fn commented(lines: &[&str]) -> String {
    lines.iter().flat_map(|text| text.lines()).flat_map(|line| [MARK, line, "\n"]).collect()
}
