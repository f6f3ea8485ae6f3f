//! The tests of the program as its users see it: command lines typed, whole output compared.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on may panic")]

mod office;

mod contact;
mod identity;
mod invariants;
mod ledger_import;
mod naughty;
mod once;
mod series;
mod sheet;
mod staff;
