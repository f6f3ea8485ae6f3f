//! branchbook: the registers of a sales branch, in one `SQLite` file.

// They panic where nothing can be written; a desk has its own outputs.
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod administration;
mod answer;
mod ask;
pub mod book;
pub mod cli;
pub mod clock;
pub mod column;
pub mod day;
pub mod desk;
mod elsewhere;
mod files;
pub mod format;
mod import;
mod instant;
mod key;
pub mod language;
mod line;
pub mod mistake;
pub mod money;
mod nearest;
pub mod office;
pub mod page;
mod pager;
pub mod person;
mod prompt;
pub mod refusal;
pub mod register;
mod report;
mod room;
pub mod series;
pub mod settings;
pub mod sheet;
mod standard;
pub mod surroundings;
mod template;
mod text;
mod today;
pub mod undo;
mod upkeep;
pub mod view;
mod waiting;
mod whole;
pub mod zone;

pub use cli::{complete, script};
