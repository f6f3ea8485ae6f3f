//! The tests of the program as its users see it: command lines typed, whole output compared.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on may panic")]

mod collected;
mod office;

mod backup;
mod cli_reference;
mod contact;
mod crowd;
mod fault;
mod grant;
mod info;
mod readme;
mod report;
mod tally;
mod verify;
