//! Old ledgers come in: files of rows, as clerks really have them, become entries of a register.
//!
//! The reading half knows nothing of the book. A file's bytes become text in an encoding that is proven
//! ([`reading`]), the text becomes records with their line in the file ([`records`]), the first of which is the header
//! ([`header`]); a sheet of a workbook becomes such records as well ([`workbook`]). [`source`] puts these together. [`mapping`] says which column feeds which field and
//! [`rejects`] collects the rows that cannot be taken. The writing half reads each row's cells by field ([`row`])
//! and takes a file into the book, all of it or nothing ([`run`]).

mod delimiter;
mod doubt;
mod encoding;
pub(crate) mod header;
mod idle;
mod input;
mod lines;
pub(crate) mod listed;
pub(crate) mod mapping;
mod names;
mod piece;
mod place;
mod proof;
pub(crate) mod reading;
mod records;
mod rejects;
pub(crate) mod row;
mod rules;
pub(crate) mod run;
pub(crate) mod source;
pub(crate) mod take;
mod taking;
mod unit;
mod workbook;
