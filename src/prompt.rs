//! The line in which a question is answered: editing, what was entered before, a list to choose from, and the way back.

#[cfg(unix)]
mod hangup;

use std::borrow::Cow;
use std::io::{self, Write};

use anyhow::Result;
use reedline::{
    ColumnarMenu, Completer, CompletionResult, Emacs, FileBackedHistory, History, HistoryItem, KeyCode, KeyModifiers,
    MenuBuilder, Prompt, PromptEditMode, PromptHistorySearch, PromptHistorySearchStatus, Reedline, ReedlineEvent,
    ReedlineMenu, Signal, Span, Suggestion, default_emacs_keybindings,
};

#[cfg(unix)]
pub(crate) use self::hangup::end_with_the_terminal;
use crate::say;
use crate::text;

/// One of the answers to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    /// What is put into the line.
    pub(crate) key: String,
    /// What a person calls it.
    pub(crate) name: String,
}

impl Offer {
    /// Whether what was typed is the beginning of its key, of its name or of a word of that, or stands in its name.
    pub(crate) fn is_meant(&self, typed: &str) -> bool {
        let typed = folded(typed);
        folded(&self.key).starts_with(&typed) || folded(&self.name).contains(&typed)
    }
}

/// A text as offers are compared with what is typed.
pub(crate) fn folded(text: &str) -> String {
    text::half_width(text).trim().to_lowercase()
}

/// What a person did with a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pressed<T> {
    Entered(T),
    /// Shift-Tab: back to the question before.
    Back,
    /// Esc, Ctrl-C, or Ctrl-D on an empty line.
    Left,
}

const MENU: &str = "offers";
const BACK: &str = "back";

/// Looks in the book for what fits what was typed.
pub(crate) type Search = Box<dyn Fn(&str) -> Vec<Offer> + Send>;

/// What an answer can be: what is offered at once, and what is found besides where something was typed.
#[derive(Default)]
pub(crate) struct Offered {
    pub(crate) offers: Vec<Offer>,
    pub(crate) search: Option<Search>,
}

/// Reads a line on standard error. `usual` is what an empty line stands for, `past` what was entered before, oldest first.
pub(crate) fn read(
    err: &mut dyn Write,
    usual: &str,
    offered: Offered,
    past: Vec<String>,
) -> io::Result<Pressed<String>> {
    let mut keys = default_emacs_keybindings();
    let mut bind = |modifiers, key, event| keys.add_binding(modifiers, key, event);
    bind(KeyModifiers::NONE, KeyCode::Esc, ReedlineEvent::CtrlC);
    // What was typed before the question was there: the terminal made a line feed of it.
    bind(KeyModifiers::CONTROL, KeyCode::Char('j'), ReedlineEvent::Enter);
    for modifiers in [KeyModifiers::SHIFT, KeyModifiers::NONE] {
        let back = ReedlineEvent::ExecuteHostCommand(BACK.to_owned());
        bind(modifiers, KeyCode::BackTab, ReedlineEvent::UntilFound(vec![ReedlineEvent::MenuPrevious, back]));
    }
    let list = vec![ReedlineEvent::Menu(MENU.to_owned()), ReedlineEvent::MenuNext];
    bind(KeyModifiers::NONE, KeyCode::Tab, ReedlineEvent::UntilFound(list));
    let mut editor = Reedline::create()
        .with_ansi_colors(false)
        .with_edit_mode(Box::new(Emacs::new(keys)))
        .with_completer(Box::new(offered))
        .with_quick_completions(true)
        .with_menu(ReedlineMenu::EngineCompleter(Box::new(ColumnarMenu::default().with_name(MENU).with_columns(1))))
        .use_bracketed_paste(true)
        .with_history(Box::new(remembered(past)?));
    Ok(match editor.read_line(&Line { usual }).map_err(io::Error::other)? {
        Signal::Success(line) => Pressed::Entered(line),
        // The line that is left stays, and what is asked next stands below it.
        Signal::HostCommand(_) => {
            writeln!(err)?;
            Pressed::Back
        }
        _ => Pressed::Left,
    })
}

/// Asks a person in a terminal whether what was said just now is meant.
pub(crate) fn is_meant(err: &mut dyn Write) -> Result<bool> {
    agreed(err, say!("Enter to enter it all the same, Esc to leave it"))
}

/// Asks a person in a terminal, who has left the editor, whether they go back to what they wrote.
pub(crate) fn goes_back(err: &mut dyn Write) -> Result<bool> {
    agreed(err, say!("not entered yet: Enter to go back to what was written, Esc to leave it"))
}

/// Asks a person in a terminal for a yes, and nothing else; going back is a no.
pub(crate) fn agreed(err: &mut dyn Write, question: &str) -> Result<bool> {
    Ok(confirmed(err, question)? == Pressed::Entered(()))
}

/// What a person types for a yes, besides Enter alone, and for a no.
const YES: [&str; 7] = ["y", "yes", "是", "好", "예", "네", "ㅛ"];
const NO: [&str; 8] = ["n", "no", "不", "否", "不是", "아니오", "아니요", "ㅜ"];

/// Asks a person in a terminal for a yes: Enter, or a word for it. A word for no leaves, and anything else is asked once more, so that
/// nothing is entered by what was meant otherwise.
pub(crate) fn confirmed(err: &mut dyn Write, question: &str) -> Result<Pressed<()>> {
    end_with_the_terminal();
    writeln!(err, "{question}")?;
    loop {
        let typed = match read(err, "", Offered::default(), Vec::new())? {
            Pressed::Entered(typed) => typed,
            Pressed::Back => return Ok(Pressed::Back),
            Pressed::Left => return Ok(Pressed::Left),
        };
        let word = folded(&typed);
        if word.is_empty() || YES.contains(&word.as_str()) {
            return Ok(Pressed::Entered(()));
        }
        if NO.contains(&word.as_str()) {
            return Ok(Pressed::Left);
        }
        let typed = text::quoted(typed.trim());
        writeln!(err, "{}", say!("{typed} is neither yes nor no: Enter alone enters it, n or Esc leaves it", typed))?;
    }
}

/// What reads the keys of a terminal that went away ends by itself here.
#[cfg(not(unix))]
pub(crate) fn end_with_the_terminal() {}

fn remembered(past: Vec<String>) -> io::Result<FileBackedHistory> {
    let mut history = FileBackedHistory::new(past.len().max(1)).map_err(io::Error::other)?;
    for line in past {
        history.save(HistoryItem::from_command_line(line)).map_err(io::Error::other)?;
    }
    Ok(history)
}

/// What stands before the line.
struct Line<'a> {
    usual: &'a str,
}

impl Prompt for Line<'_> {
    fn render_prompt_left(&self) -> Cow<'_, str> {
        if self.usual.is_empty() { Cow::Borrowed("") } else { Cow::Owned(format!("[{}] ", self.usual)) }
    }

    fn render_prompt_right(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }

    fn render_prompt_indicator(&self, _: PromptEditMode) -> Cow<'_, str> {
        Cow::Borrowed("> ")
    }

    fn render_prompt_multiline_indicator(&self) -> Cow<'_, str> {
        Cow::Borrowed("  ")
    }

    fn render_prompt_history_search_indicator(&self, search: PromptHistorySearch) -> Cow<'_, str> {
        let text = search.term;
        let said = match search.status {
            PromptHistorySearchStatus::Passing => say!("(search: {text})", text),
            PromptHistorySearchStatus::Failing => say!("(not found: {text})", text),
        };
        Cow::Owned(format!("{said} "))
    }
}

impl Offered {
    /// What is offered, and nothing besides.
    pub(crate) fn of(offers: &[Offer]) -> Self {
        Self { offers: offers.to_vec(), search: None }
    }

    /// What fits what was typed: of what is offered, then what is found besides.
    fn fitting(&self, typed: &str) -> Vec<Offer> {
        let mut fitting: Vec<Offer> = self.offers.iter().filter(|offer| offer.is_meant(typed)).cloned().collect();
        if let Some(search) = self.search.as_ref().filter(|_| !typed.trim().is_empty()) {
            let known = fitting.len();
            let found = search(typed).into_iter();
            fitting.extend(found.filter(|found| self.offers.iter().all(|offer| offer.key != found.key)));
            fitting[known..].sort_by(|one, other| other.key.cmp(&one.key));
        }
        fitting
    }
}

impl Completer for Offered {
    fn complete(&mut self, line: &str, position: usize) -> CompletionResult {
        let typed = line.get(..position).unwrap_or(line);
        let mut suggestions: Vec<Suggestion> = self
            .fitting(typed)
            .into_iter()
            .map(|offer| Suggestion {
                value: offer.key,
                description: Some(offer.name).filter(|name| !name.is_empty()),
                span: Span::new(0, position),
                ..Suggestion::default()
            })
            .collect();
        // The line as it stands: the library would say in English that nothing is there.
        if suggestions.is_empty() {
            suggestions.push(Suggestion {
                value: typed.to_owned(),
                span: Span::new(0, position),
                ..Suggestion::default()
            });
        }
        CompletionResult::fresh(suggestions)
    }
}
