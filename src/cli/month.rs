//! A month by its place or by its option, whichever a command has: `report month --month 2026-10` is `report month 2026-10`, and
//! `report orders 2026-10` is `report orders --month 2026-10`.

use std::ffi::OsString;

use clap::Arg;

use super::word;
use crate::day::{self, DayArg};
use crate::line::{Grammar, said};

/// The option that takes a month.
const OPTION: &str = "--month";

/// The line with the month as its command takes it. None where nothing is changed.
pub(super) fn placed(grammar: &Grammar<'_>, line: &[OsString]) -> Option<Vec<OsString>> {
    if word(line, 1) == "reception" && word(line, 2) == "day" {
        return day_placed(grammar, line);
    }
    let is_named = said(line, OPTION).is_some();
    if !is_named && !line.iter().skip(2).any(is_month) {
        return None;
    }
    let leaf = grammar.leaf(line);
    let has_option = leaf.command.get_arguments().any(|argument| argument.get_long() == Some("month"));
    let places: Vec<&Arg> = leaf.command.get_positionals().collect();
    let has_place = places.iter().any(|place| is_of_months(place));
    if is_named {
        return (has_place && !has_option).then(|| without_option(line));
    }
    let given: Vec<usize> = leaf.by_place(line).collect();
    let takes_more = places.iter().any(|place| place.get_num_args().is_some_and(|count| count.max_values() > 1));
    let spare = given.last().filter(|_| has_option && !takes_more && given.len() > places.len())?;
    let month = line.get(*spare).filter(|word| is_month(word))?;
    let mut whole = line.to_vec();
    whole.splice(*spare..=*spare, [OPTION.into(), month.clone()]);
    Some(whole)
}

/// The line with the day behind `reception day` as the option that gives it.
fn day_placed(grammar: &Grammar<'_>, line: &[OsString]) -> Option<Vec<OsString>> {
    let leaf = grammar.leaf(line);
    let place = leaf.by_place(line).next()?;
    let day = line.get(place)?.to_str().filter(|word| word.parse::<DayArg>().is_ok())?;
    let mut whole = line.to_vec();
    whole.splice(place..=place, ["--on".into(), day.into()]);
    Some(whole)
}

fn is_month(word: &OsString) -> bool {
    word.to_str().is_some_and(|word| !word.starts_with('-') && day::is_month(word))
}

fn is_of_months(place: &Arg) -> bool {
    place.get_value_names().is_some_and(|names| names.iter().any(|name| name == "MONTH")) || place.get_id() == "month"
}

/// The line with the option's value by itself.
fn without_option(line: &[OsString]) -> Vec<OsString> {
    let joined = format!("{OPTION}=");
    let bare = |word: &OsString| match word.to_str().and_then(|word| word.strip_prefix(&joined)) {
        Some(month) => month.into(),
        None => word.clone(),
    };
    line.iter().filter(|word| *word != OPTION).map(bare).collect()
}
