//! branchbook: the registers of a sales branch, in one `SQLite` file.

// They panic where nothing can be written; a desk has its own outputs.
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod ask;
pub mod book;
pub mod cli;
pub mod clock;
pub mod day;
pub mod demo;
pub mod desk;
pub mod files;
pub mod import;
pub mod key;
pub mod language;
pub mod mistake;
pub mod money;
pub mod office;
pub mod page;
pub mod pager;
pub mod refusal;
pub mod register;
pub mod report;
mod room;
pub mod script;
pub mod series;
pub mod sheet;
pub mod standard;
pub mod text;
pub mod zone;
