//! The tests of the program as its users see it: command lines typed, whole output compared.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on may panic")]

mod collected;
mod office;

mod backup;
mod cli_reference;
mod contact;
mod crowd;
mod demo;
mod due;
mod example;
mod fault;
mod grant;
mod identity;
mod info;
mod invariants;
mod ledger_import;
mod month_end;
mod naughty;
mod once;
mod page;
mod project;
mod readme;
mod regulation;
mod report;
mod series;
mod sheet;
mod staff;
mod tally;
mod upgrade;
mod verify;
mod workbook;
