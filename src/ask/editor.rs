//! The line in which a question is answered: editing, what was entered before, a list to choose from, and the way back.

use std::borrow::Cow;
use std::io;

use reedline::{
    ColumnarMenu, Completer, CompletionResult, EditCommand, Emacs, FileBackedHistory, History, HistoryItem, KeyCode,
    KeyModifiers, MenuBuilder, Prompt, PromptEditMode, PromptHistorySearch, PromptHistorySearchStatus, Reedline,
    ReedlineEvent, ReedlineMenu, Signal, Span, Suggestion, default_emacs_keybindings,
};

use super::offers::Offer;
use crate::say;

/// What a person did with a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pressed<T> {
    Entered(T),
    /// Shift-Tab: back to the question before.
    Back,
    /// Esc, Ctrl-C, or Ctrl-D on an empty line.
    Left,
}

const MENU: &str = "offers";
const BACK: &str = "back";

/// Reads a line on standard error. `usual` is what an empty line stands for, `typed` what stands in it already, `past` what was entered
/// before, oldest first.
pub(super) fn read(usual: &str, typed: &str, offers: &[Offer], past: Vec<String>) -> io::Result<Pressed<String>> {
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
        .with_completer(Box::new(Offered(offers.to_vec())))
        .with_quick_completions(true)
        .with_menu(ReedlineMenu::EngineCompleter(Box::new(ColumnarMenu::default().with_name(MENU).with_columns(1))))
        .use_bracketed_paste(true)
        .with_history(Box::new(remembered(past)?));
    if !typed.is_empty() {
        editor.run_edit_commands(&[EditCommand::InsertString(typed.to_owned())]);
    }
    Ok(match editor.read_line(&Line { usual }).map_err(io::Error::other)? {
        Signal::Success(line) => Pressed::Entered(line),
        Signal::HostCommand(_) => Pressed::Back,
        _ => Pressed::Left,
    })
}

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

/// The offers of which the line is a part.
struct Offered(Vec<Offer>);

impl Completer for Offered {
    fn complete(&mut self, line: &str, position: usize) -> CompletionResult {
        let typed = line.get(..position).unwrap_or(line);
        let fitting = self.0.iter().filter(|offer| offer.is_meant(typed));
        let mut suggestions: Vec<Suggestion> = fitting
            .map(|offer| Suggestion {
                value: offer.key.clone(),
                description: Some(offer.name.clone()).filter(|name| !name.is_empty()),
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
