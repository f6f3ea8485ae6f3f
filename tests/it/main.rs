//! The tests of the program as its users see it: command lines typed, whole output compared.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on may panic"
)]

mod collected;
mod office;

mod answer;
mod answered;
mod approvals;
mod as_of;
mod asset;
mod asset_import;
mod asset_repair;
mod attach;
mod backup;
mod catalogue;
mod cli_reference;
mod closed;
mod collection;
mod complete;
mod contact;
mod contract;
mod corrected;
mod corrections;
mod counted;
mod crowd;
mod dated;
mod days;
mod demo;
mod department;
mod due;
mod duties;
mod ended;
mod endings;
mod entitled;
mod entrusted;
mod every_verb;
mod example;
mod fault;
mod fault_told;
mod fee;
mod fee_import;
mod files;
mod find;
mod forms;
mod gift;
mod gift_steps;
mod glossary;
mod grant;
mod hint;
mod holiday;
mod identity;
mod import_large;
mod import_reference;
mod import_words;
mod info;
mod inspected;
mod invariants;
mod keyed;
mod languages;
mod large;
mod layers;
mod ledger_import;
mod letters;
mod licences;
mod live;
mod merge;
mod month_as_typed;
mod month_end;
mod month_script;
mod names;
mod naughty;
mod nearest;
mod notice;
mod odd;
mod office_lists;
mod once;
mod orders;
mod pack_fault;
mod page;
mod paper;
mod passing;
mod people;
mod placeholder;
mod plan;
#[cfg(target_os = "linux")]
mod printing;
mod process;
mod project;
mod project_work;
#[cfg(target_os = "linux")]
mod pty;
mod read_only;
mod readme;
mod reception;
mod reception_book;
mod regulation;
mod report;
mod restore;
mod reversal;
mod rights_reference;
mod round_trip;
mod rows_import;
mod run;
mod series;
mod settings;
mod sheet;
mod ship;
mod ship_import;
mod ship_steps;
mod spoken;
mod stocktake;
mod stood_for;
#[cfg(target_os = "linux")]
mod sweep;
mod tally;
mod tampering;
mod terminal;
mod terms;
mod texts;
mod time;
mod today;
mod undo;
mod undo_import;
mod undo_office;
mod upgrade;
mod verify;
mod walk;
mod who;
mod workbook;
mod workbook_import;
