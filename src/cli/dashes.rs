//! Options that were typed with the dashes of an input method: `——by` and `－－by` for `--by`.

use std::ffi::OsString;

use super::word;
use crate::line::{Grammar, given};
use crate::refusal::Refusal;
use crate::say;

/// What input methods have for the hyphen.
const DASHES: [char; 7] = ['—', '–', '―', '－', '‐', '−', 'ー'];

/// Refuses a word that begins with such dashes and goes on as an option does, unless it is the value of the option before it.
pub(super) fn refuse(grammar: &Grammar<'_>, line: &[OsString]) -> Result<(), Refusal> {
    for (place, typed) in line.iter().enumerate().filter_map(|(place, word)| Some((place, word.to_str()?))) {
        let name = typed.trim_start_matches(|c: char| c == '-' || DASHES.contains(&c));
        let is_option = typed.contains(DASHES) && name.starts_with(|first: char| first.is_ascii_lowercase());
        if is_option
            && name.len() < typed.len()
            && !given::takes_next(&grammar.leaf(line).command, word(line, place.saturating_sub(1)))
        {
            let hyphens = if name.len() == 1 { "-" } else { "--" };
            return Err(Refusal::usage(say!("{typed} begins with no hyphen", typed))
                .or(say!("type an option with hyphens: {option}", option = format!("{hyphens}{name}"))));
        }
        if typed == "--" {
            break;
        }
    }
    Ok(())
}
