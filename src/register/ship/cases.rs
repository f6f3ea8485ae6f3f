//! Case numbers as a packing list writes them: `12-20,25`.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, Value, ValueRef};

use crate::language::Spoken;
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// The greatest case number; every box of a shipment has its own.
pub(crate) const MOST: u32 = 99_999;

/// Case numbers: single ones and runs, kept as they were typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cases {
    typed: String,
    numbers: BTreeSet<u32>,
}

impl Cases {
    /// Every case number.
    pub(crate) const fn numbers(&self) -> &BTreeSet<u32> {
        &self.numbers
    }

    /// The case numbers as typed, as a sentence names them: `case 25`, or `cases 12-20,25`.
    pub(crate) fn in_words(&self) -> String {
        match self.count() {
            1 => say!("case {number}", number = self),
            _ => say!("cases {numbers}", numbers = self),
        }
    }

    /// How many boxes these are.
    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.numbers.len()).unwrap_or(MOST)
    }
}

impl FromStr for Cases {
    type Err = Refusal;

    /// Reads runs such as `12-20,25`. Full-width digits and signs, `、` and `–` are taken as well.
    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let typed = text::trim(typed);
        let refuse = |reason: &str| {
            Refusal::usage(format!("`{}` {reason}", text::visible(typed)))
                .or(say!("type the case numbers, with a hyphen for a run and commas between, such as 12-20,25"))
        };
        text::check(typed)?;
        let mut numbers = BTreeSet::new();
        for part in text::half_width(typed).replace('、', ",").replace(['–', '~'], "-").split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (Some(first), Some(last)) = (number(first), number(last)) else {
                return Err(refuse(&say!("names no cases, numbered from 1 to {most}", most = MOST)));
            };
            if last < first {
                return Err(refuse(say!("has a run that goes backwards")));
            }
            for case in first..=last {
                if !numbers.insert(case) {
                    return Err(refuse(&say!("names case {case} twice", case)));
                }
            }
        }
        Ok(Self { typed: typed.to_owned(), numbers })
    }
}

impl From<Cases> for Value {
    fn from(cases: Cases) -> Self {
        Self::Text(cases.typed)
    }
}

impl FromSql for Cases {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(FromSqlError::other)
    }
}

impl fmt::Display for Cases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.typed)
    }
}

impl Spoken for Cases {}

/// One case number.
fn number(digits: &str) -> Option<u32> {
    let digits = digits.trim_matches(' ');
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: u32 = digits.parse().ok().filter(|_| plain)?;
    (1..=MOST).contains(&number).then_some(number)
}

/// Case numbers in words: as few runs as there can be, such as `12-20,25`.
pub(crate) fn in_runs(numbers: &BTreeSet<u32>) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let written = |&(first, last): &(u32, u32)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    runs.iter().map(written).collect::<Vec<_>>().join(",")
}

/// Case numbers as a sentence names them: `case 25`, or `cases 12-20,25`.
pub(crate) fn named(numbers: &BTreeSet<u32>) -> String {
    match numbers.len() {
        1 => say!("case {number}", number = in_runs(numbers)),
        _ => say!("cases {numbers}", numbers = in_runs(numbers)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn refusal(typed: &str) -> String {
        typed.parse::<Cases>().unwrap_err().what
    }

    #[test]
    fn runs_are_read_as_packing_lists_write_them() {
        for (typed, written) in [
            ("1-14", "1-14"),
            ("12-20,25", "12-20,25"),
            ("25, 12 - 20", "12-20,25"),
            ("１２－２０，２５", "12-20,25"),
            ("12–13、14～15", "12-15"),
            ("007", "7"),
            ("3-3", "3"),
            ("1,2,3", "1-3"),
        ] {
            let cases: Cases = typed.parse().unwrap();
            assert_eq!((in_runs(cases.numbers()).as_str(), cases.to_string().as_str()), (written, typed));
        }
    }

    #[test]
    fn what_names_no_cases_is_refused() {
        for typed in ["", "a", "1,", "1-", "-3", "1-2-3", "0", "0-3", "100000", "1.5", "+4", "99999999999"] {
            assert_eq!(refusal(typed), format!("`{typed}` names no cases, numbered from 1 to 99999"));
        }
        assert_eq!(refusal("20-12"), "`20-12` has a run that goes backwards");
        assert_eq!(refusal("12-20,13"), "`12-20,13` names case 13 twice");
    }

    /// Runs in any order, which may overlap.
    fn runs() -> impl Strategy<Value = Vec<(u32, u32)>> {
        prop::collection::vec((1..200_u32, 0..12_u32).prop_map(|(first, more)| (first, first + more)), 1..6)
    }

    proptest! {
        #[test]
        fn what_is_written_in_runs_reads_as_the_same_numbers(numbers in prop::collection::btree_set(1..=MOST, 1..60)) {
            let written = in_runs(&numbers);
            let cases: Cases = written.parse().unwrap();
            prop_assert_eq!(cases.numbers(), &numbers);
            prop_assert_eq!(cases.count() as usize, numbers.len());
            prop_assert_eq!(cases.to_string(), written);
        }

        #[test]
        fn runs_that_overlap_are_refused_and_others_counted(runs in runs()) {
            let typed: Vec<String> = runs.iter().map(|(first, last)| format!("{first}-{last}")).collect();
            let total: u32 = runs.iter().map(|(first, last)| last - first + 1).sum();
            let apart = |a: &(u32, u32), b: &(u32, u32)| a.1 < b.0 || b.1 < a.0;
            let overlap = runs.iter().enumerate().any(|(index, a)| runs[..index].iter().any(|b| !apart(a, b)));
            match typed.join(",").parse::<Cases>() {
                Ok(cases) => prop_assert_eq!((cases.count(), overlap), (total, false)),
                Err(_) => prop_assert!(overlap),
            }
        }
    }
}
