//! branchbook: the registers of a sales branch, in one `SQLite` file.

// They panic where nothing can be written; a desk has its own outputs.
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod administration;
pub(crate) mod answer;
pub(crate) mod ask;
pub mod book;
pub mod cli;
pub mod clock;
pub mod column;
pub mod day;
pub mod desk;
mod elsewhere;
pub(crate) mod files;
pub mod format;
pub(crate) mod import;
mod instant;
pub(crate) mod key;
pub mod language;
pub(crate) mod line;
pub mod mistake;
pub mod money;
mod nearest;
pub mod office;
pub mod page;
pub(crate) mod pager;
pub mod person;
pub(crate) mod prompt;
pub mod refusal;
pub mod register;
pub(crate) mod report;
mod room;
pub mod series;
pub mod settings;
pub mod sheet;
pub(crate) mod standard;
pub mod surroundings;
pub(crate) mod template;
pub(crate) mod text;
mod today;
pub mod undo;
pub(crate) mod upkeep;
pub mod view;
mod waiting;
pub(crate) mod whole;
pub mod zone;

pub use cli::{complete, script};
