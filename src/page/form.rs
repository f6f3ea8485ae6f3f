//! A printed form: a head with its number, what is written on it, and boxes to sign, made of what a register says of it.
//!
//! ```text
//! let sheet = Form::new(book, say!("Gift approval sheet"), &entry.number)?
//!     .invalid(gift.filled("stopped")?)
//!     .grid(&gift, &[&["occasion"]])?
//!     .table(&recipients, &["recipient", "post"])?
//!     .signatures(&[[say!("Signature of who asked"), say!("Signature of the branch manager")]]);
//! desk.page(&sheet.alone())
//! ```

mod width;

use std::path::Path;

use anyhow::Result;
use askama::Template;
use rusqlite::Connection;

use self::width::{Own, fills_sheet, needed, shares};
use super::Signature;
use super::card::Card;
use crate::book::select::Select;
use crate::column;
use crate::heading;
use crate::language;
use crate::say;
use crate::sheet::html;

/// A form on paper of its own.
#[derive(Debug)]
pub(crate) struct Form {
    branch: String,
    title: String,
    number: String,
    /// Which import brought the entry; none where it was entered by hand.
    origin: Option<String>,
    invalid: Option<String>,
    /// What is stamped across it where it is not valid: how it ended.
    stamp: String,
    /// The day on which it was entered, where that is later than its own.
    later: Option<String>,
    blocks: Vec<Block>,
}

/// A table of a form.
#[derive(Debug)]
struct Block {
    class: &'static str,
    heads: Vec<Head>,
    rows: Vec<Line>,
}

/// What stands above a column.
#[derive(Debug)]
struct Head {
    text: String,
    class: &'static str,
}

/// A row of a table.
#[derive(Debug)]
struct Line {
    class: &'static str,
    cells: Vec<Cell>,
}

/// What stands in a row: a label or a value, over one column or several.
#[derive(Debug)]
struct Cell {
    text: String,
    label: bool,
    class: &'static str,
    span: usize,
}

/// A decision as it stands on an approval sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decided {
    /// The verb that decided.
    pub(crate) verb: String,
    /// What was decided.
    pub(crate) what: String,
    /// The name of who decided, and in whose place.
    pub(crate) by: String,
    /// The name of who entered it, and that it was declared where the login did not tell; empty where the book did not keep it.
    pub(crate) entered_by: String,
    /// The day.
    pub(crate) on: String,
    /// The amount decided on, in yuan; empty where none was.
    pub(crate) amount: String,
}

/// The label of an amount.
pub(super) fn in_yuan(label: &str) -> String {
    say!("{label} (yuan)", label)
}

/// The column that counts the rows of a table, and how its cells look.
const ORDINAL: &str = "position";
const ORDINAL_CLASS: &str = "ordinal";

/// The columns of a grid: two labels, each with its value.
const GRID: usize = 4;

/// A row that may fill a sheet.
const LONG: &str = "long";

/// The table of boxes to sign in.
const SIGNING: &str = "signing";

impl Cell {
    fn label(text: impl Into<String>) -> Self {
        Self { text: text.into(), label: true, class: "", span: 1 }
    }

    fn value(text: impl Into<String>) -> Self {
        Self { text: text.into(), label: false, class: "", span: 1 }
    }

    fn over(self, span: usize) -> Self {
        Self { span, ..self }
    }

    /// A value, at the right where it is a figure among figures.
    fn of(card: &Card, column: &str, figures: bool) -> Result<Self> {
        Ok(Self { class: if figures { "figure" } else { "" }, ..Self::value(card.get(column)?) })
    }
}

impl Block {
    /// How a row looks: one that no sheet holds is torn.
    fn class_of(&self, line: &Line) -> String {
        let columns = if self.heads.is_empty() { GRID } else { self.heads.len() };
        let long = line.cells.iter().any(|cell| fills_sheet(&cell.text, cell.span, columns));
        let classes = [line.class, if long { LONG } else { "" }];
        classes.into_iter().filter(|class| !class.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// What stands above its columns, each with the share of the page that it needs where that is another than the style sheet gives it.
    fn headed(&self) -> impl Iterator<Item = (&Head, Option<usize>)> {
        let labels = self.rows.iter().filter_map(|line| line.cells.first()).filter(|cell| cell.label && cell.span == 1);
        let beside = labels.map(|label| needed(&label.text)).max().unwrap_or_default();
        let column = |(place, head): (usize, &Head)| match place {
            0 if self.class == SIGNING => (needed(&head.text).max(beside), Own::Set(width::LABEL)),
            0 if head.class != ORDINAL_CLASS => (needed(&head.text).max(beside), Own::Share),
            _ if head.class == ORDINAL_CLASS => (needed(&head.text), Own::Little),
            _ => (needed(&head.text), Own::Share),
        };
        let columns: Vec<(usize, Own)> = self.heads.iter().enumerate().map(column).collect();
        self.heads.iter().zip(shares(&columns))
    }
}

impl Form {
    /// A form of the branch with this title and number, on which nothing stands yet.
    pub(crate) fn new(book: &Connection, title: impl Into<String>, number: impl Into<String>) -> Result<Self> {
        let (branch, number) = (super::branch(book)?, number.into());
        let later = "SELECT entered_on FROM entry WHERE number = ?1 AND import IS NULL AND entered_on > day_on";
        let later = book.value::<String>(later, [&number])?.map(|day| language::day(&day));
        let (origin, stamp) = (origin(book, &number)?, stamp(book, &number)?);
        Ok(Self { branch, title: title.into(), number, origin, invalid: None, stamp, later, blocks: Vec::new() })
    }

    /// Marks the form as not valid, for this reason.
    pub(crate) fn invalid(mut self, reason: Option<&str>) -> Self {
        self.invalid = reason.map(str::to_owned);
        self
    }

    /// Stamps it with this where it is not valid, rather than with how its entry ended.
    pub(crate) fn stamped(mut self, stamp: impl Into<String>) -> Self {
        self.stamp = stamp.into();
        self
    }

    /// Adds columns with their labels: two side by side, one alone over the whole width.
    pub(crate) fn grid(mut self, card: &Card, rows: &[&[&str]]) -> Result<Self> {
        let mut lines = Vec::new();
        let figures: Vec<bool> =
            rows.iter().map(|row| row.len() > 1 && row.iter().all(|column| card.is_figure(column))).collect();
        for (place, row) in rows.iter().enumerate() {
            let mut cells = Vec::new();
            // Figures stand at the right where others stand above or below them.
            let beside = [place.checked_sub(1), Some(place + 1)];
            let figures = figures[place] && beside.into_iter().flatten().any(|place| figures.get(place) == Some(&true));
            for column in *row {
                cells.push(Cell::label(card.label(column)));
                let value = Cell::of(card, column, figures)?;
                cells.push(if row.len() == 1 { value.over(GRID - 1) } else { value });
            }
            lines.push(Line { class: "", cells });
        }
        self.blocks.push(Block { class: "", heads: Vec::new(), rows: lines });
        Ok(self)
    }

    /// Adds a row for each card, under the labels of these columns; of a blank card one to be filled in by hand.
    pub(crate) fn table(mut self, cards: &[Card], columns: &[&str]) -> Result<Self> {
        let figure = |column: &str| cards.iter().any(|card| card.is_figure(column));
        let text = |column| cards.first().map_or_else(|| column::label(column), |card| card.label(column));
        let class = |column: &str| match (column, figure(column)) {
            (ORDINAL, _) => ORDINAL_CLASS,
            (_, true) => "figure",
            _ => "",
        };
        let heads = columns.iter().map(|column| Head { text: text(column), class: class(column) }).collect();
        let line = |card: &Card| -> Result<Line> {
            let cells =
                columns.iter().map(|column| Ok(Cell { class: class(column), ..Cell::value(card.get(column)?) }));
            let cells: Vec<Cell> = cells.collect::<Result<_>>()?;
            let blank = cells.iter().all(|cell| cell.text.is_empty());
            Ok(Line { class: if blank { "blank" } else { "" }, cells })
        };
        let rows = cards.iter().map(line).collect::<Result<_>>()?;
        self.blocks.push(Block { class: "", heads, rows });
        Ok(self)
    }

    /// Adds what the table behind it is called.
    pub(crate) fn titled(mut self, title: &str) -> Self {
        let cells = vec![Cell::label(title).over(GRID)];
        self.blocks.push(Block { class: "titled", heads: Vec::new(), rows: vec![Line { class: "", cells }] });
        self
    }

    /// Adds a last row to the table before: a label, and a text over the other columns.
    pub(crate) fn last(mut self, label: impl Into<String>, text: impl Into<String>, class: &'static str) -> Self {
        if let Some(block) = self.blocks.last_mut() {
            let span = block.heads.len().max(GRID) - 1;
            let value = Cell { class, ..Cell::value(text).over(span) };
            block.rows.push(Line { class: "", cells: vec![Cell::label(label), value] });
        }
        self
    }

    /// Adds a last row to the table before: a label, and what the other columns come to, each under its column.
    pub(crate) fn total(mut self, cells: &[&str]) -> Self {
        if let Some(block) = self.blocks.last_mut() {
            let cells = cells.iter().zip(&block.heads).enumerate().map(|(place, (text, head))| match place {
                0 => Cell::label(*text),
                _ => Cell { class: head.class, ..Cell::value(*text) },
            });
            let cells = cells.collect();
            block.rows.push(Line { class: "total", cells });
        }
        self
    }

    /// Adds a row to the table before that holds a text alone, such as what who signs agrees to.
    pub(crate) fn text(mut self, text: &str) -> Self {
        if let Some(block) = self.blocks.last_mut() {
            block.rows.push(Line { class: "statement", cells: vec![Cell::value(text).over(GRID)] });
        }
        self
    }

    /// Adds what was decided, by whom and when; nothing where nothing is decided yet.
    pub(crate) fn decisions(mut self, decisions: Vec<Decided>) -> Self {
        if decisions.is_empty() {
            return self;
        }
        let head = |column| Head { text: column::label(column), class: "" };
        let amount = Head { text: in_yuan(&column::label("amount")), class: "figure" };
        let heads =
            vec![head(heading!("decision")), head("decided_by"), head("entered_by"), head("decided_on"), amount];
        let rows = decisions.into_iter().map(|decision| {
            let amount = Cell { class: "figure", ..Cell::value(decision.amount) };
            Line {
                class: "",
                cells: [decision.what, decision.by, decision.entered_by, decision.on]
                    .into_iter()
                    .map(Cell::value)
                    .chain([amount])
                    .collect(),
            }
        });
        self.blocks.push(Block { class: "", heads, rows: rows.collect() });
        self
    }

    /// Adds a row for each who decides for a department: the opinion, a signature and the day, as far as it was decided.
    pub(crate) fn opinions(self, department: &str, rows: &[(&str, Option<&Decided>)]) -> Self {
        let form = self.signing(&[say!("Who decides"), say!("Opinion"), say!("Signature"), say!("Date")]);
        rows.iter().fold(form, |form, (role, decision)| {
            let texts = decision.map_or([""; 3], |decision| [&decision.what, &decision.by, &decision.on]);
            let cells =
                [Cell::label(language::role(role, department))].into_iter().chain(texts.map(Cell::value)).collect();
            form.line(Line { class: "opinion", cells })
        })
    }

    /// Adds a text that takes what is left of the page, and flows over others where it is longer.
    pub(crate) fn content(mut self, label: &str, text: &str) -> Self {
        let cells = vec![Cell::label(label), Cell::value(text).over(GRID - 1)];
        self.blocks.push(Block { class: "content", heads: Vec::new(), rows: vec![Line { class: "", cells }] });
        self
    }

    /// Adds boxes to sign in, two side by side, which are never torn apart.
    pub(crate) fn signatures(self, rows: &[[&str; 2]]) -> Self {
        let rows: Vec<_> = rows.iter().map(|[left, right]| [(*left, ""), (*right, "")]).collect();
        rows.iter().fold(self.together(), |form, row| form.boxes("box", row))
    }

    /// Adds boxes that some have filled in, of which no row is torn apart: two side by side, one alone over the whole width. A
    /// row stands in one table with the rows of boxes before it.
    pub(crate) fn boxes(mut self, class: &'static str, row: &[(&str, &str)]) -> Self {
        if self.blocks.last().is_none_or(|block| block.class != "signatures") {
            self = self.together();
        }
        let mut cells = Vec::new();
        for (label, text) in row {
            let value = Cell::value(*text);
            cells.extend([Cell::label(*label), if row.len() == 1 { value.over(GRID - 1) } else { value }]);
        }
        self.line(Line { class, cells })
    }

    /// Adds a row for whom it is signed, with who signed on which day.
    pub(crate) fn signed(self, label: &str, signature: &Signature) -> Self {
        let Signature { party, by, on } = signature;
        let cells = vec![Cell::label(label), Cell::value(party), Cell::value(by), Cell::value(on)];
        self.line(Line { class: "box", cells })
    }

    /// Adds a table of boxes to sign in, under these headings where there are some.
    pub(crate) fn signing(mut self, heads: &[&str]) -> Self {
        let heads = heads.iter().map(|head| Head { text: (*head).to_owned(), class: "" }).collect();
        self.blocks.push(Block { class: SIGNING, heads, rows: Vec::new() });
        self
    }

    fn together(mut self) -> Self {
        self.blocks.push(Block { class: "signatures", heads: Vec::new(), rows: Vec::new() });
        self
    }

    fn line(mut self, line: Line) -> Self {
        if let Some(block) = self.blocks.last_mut() {
            block.rows.push(line);
        }
        self
    }

    /// The share of the page that its labels need, in hundredths of a percent, where a word of one would be torn otherwise.
    fn label_share(&self) -> Option<usize> {
        let grids = self.blocks.iter().filter(|block| block.heads.is_empty());
        let cells = grids.flat_map(|block| &block.rows).flat_map(|line| &line.cells);
        width::of_labels(cells.filter(|cell| cell.label && cell.span == 1).map(|cell| cell.text.as_str()))
    }

    /// Whether a text takes what is left of its page.
    fn is_filled(&self) -> bool {
        self.blocks.iter().any(|block| block.class == "content")
    }

    /// What stands above each of its sheets, as a style sheet quotes it.
    fn running_head(&self) -> String {
        html::quoted(&format!("{} {}", self.number, self.title))
    }

    /// The form as a page of its own.
    pub(crate) fn alone(self) -> Forms {
        Forms { branch: self.branch.clone(), title: format!("{} {}", self.number, self.title), sheets: vec![self] }
    }
}

/// How the entry of this number ended, such as rejected or cancelled.
fn stamp(book: &Connection, number: &str) -> Result<String> {
    let ended = "SELECT register, state FROM entry WHERE number = ?1 AND state IN ('cancelled', 'lost', 'rejected', 'terminated')";
    let ended: Option<(String, String)> = book.row(ended, [number])?;
    Ok(match ended {
        Some((register, state)) => column::capital(&language::value_of(&register, &state)),
        None => say!("Not valid").to_owned(),
    })
}

/// Which import brought the entry of this number, in words.
fn origin(book: &Connection, number: &str) -> Result<Option<String>> {
    let import: Option<(i64, String, String)> = book.row(
        "SELECT i.id, i.file, e.entered_on FROM entry AS e JOIN import AS i ON i.id = e.import WHERE e.number = ?1",
        [number],
    )?;
    Ok(import.map(|(import, file, on)| {
        let file =
            Path::new(&file).file_name().map_or_else(|| file.clone(), |name| name.to_string_lossy().into_owned());
        say!("came in with import {import}, {file}, on {on}", import, file, on = language::day(&on))
    }))
}

/// Forms that are printed together, each on paper of its own.
#[derive(Debug, Template)]
#[template(path = "forms.html")]
pub(crate) struct Forms {
    branch: String,
    title: String,
    sheets: Vec<Form>,
}

impl Forms {
    /// Forms under one title.
    pub(crate) fn of(branch: String, title: String, sheets: Vec<Form>) -> Self {
        Self { branch, title, sheets }
    }
}
