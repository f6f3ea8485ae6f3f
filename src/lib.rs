//! branchbook: the registers of a sales branch, in one `SQLite` file.

pub mod day;
pub mod import;
pub mod money;
pub mod refusal;
pub mod series;
pub mod text;
