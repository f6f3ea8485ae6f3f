//! branchbook: the registers of a sales branch, in one `SQLite` file.

pub mod import;
pub mod refusal;
