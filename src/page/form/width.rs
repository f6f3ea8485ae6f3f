//! How wide the columns of a form are: as its style sheet has them, and wider where a word of what stands above or beside would be torn.

use crate::language::Language;
use crate::sheet::heading::unbroken;
use crate::sheet::listing::{UPRIGHT, lines};

/// The page's width, in hundredths of a percent.
const WHOLE: usize = 10_000;

/// The shares that labels have: 30 mm, and 40 mm in English; and the most that they take of the page.
pub(super) const LABEL: usize = 1_648;
const ENGLISH_LABEL: usize = 2_198;
const MOST: usize = 3_000;

/// What a column needs beside its words, in letters.
const FRAME: usize = 2;

/// What a column takes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    /// As much as the others without a width of their own.
    Share,
    /// No more than its heading needs.
    Little,
    /// So much of the page, in hundredths of a percent.
    Set(usize),
}

/// The lines that a sheet holds.
const SHEET: usize = 45;

/// Whether a text fills a sheet, in a cell over so many of the columns.
pub(super) fn fills_sheet(text: &str, span: usize, columns: usize) -> bool {
    let letters = (usize::from(UPRIGHT) * span / columns.max(1)).saturating_sub(FRAME).max(1);
    lines(text, letters) > SHEET
}

/// The share of the page that the widest word of a heading or label needs, in hundredths of a percent.
pub(super) fn needed(label: &str) -> usize {
    (unbroken(label) + FRAME) * WHOLE / usize::from(UPRIGHT)
}

/// The share that the labels of a form need, where that is more than its style sheet gives them.
pub(super) fn of_labels<'l>(labels: impl Iterator<Item = &'l str>) -> Option<usize> {
    let set = if Language::spoken() == Language::En { ENGLISH_LABEL } else { LABEL };
    labels.map(needed).max().filter(|needed| (set + 1..=MOST).contains(needed))
}

/// The shares of the columns that need another width than their own, so that no word is torn; none where the page has no room for all.
pub(super) fn shares(columns: &[(usize, Own)]) -> Vec<Option<usize>> {
    if columns.iter().map(|(needed, _)| needed).sum::<usize>() > WHOLE {
        return vec![None; columns.len()];
    }
    let wide = |(needed, own): &(usize, Own)| match own {
        Own::Share => None,
        Own::Little => Some(*needed),
        Own::Set(set) => Some(*needed.max(set)),
    };
    let mut widths: Vec<Option<usize>> = columns.iter().map(wide).collect();
    loop {
        let rest = WHOLE.saturating_sub(widths.iter().flatten().sum());
        let sharing = widths.iter().filter(|width| width.is_none()).count();
        let torn = |place: &usize| widths[*place].is_none() && columns[*place].0 * sharing > rest;
        let Some(place) = (0..columns.len()).find(torn) else { break };
        widths[place] = Some(columns[place].0);
    }
    let has_own = |(_, own): &(usize, Own), width: usize| *own == Own::Set(width);
    widths.into_iter().zip(columns).map(|(width, column)| width.filter(|width| !has_own(column, *width))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_wider_where_a_word_would_be_torn_and_the_page_has_room() {
        let share = |needed| (needed, Own::Share);
        assert_eq!(shares(&[share(1000), share(2000), share(2000)]), [None, None, None]);
        assert_eq!(shares(&[share(1000), share(1000), share(4000)]), [None, None, Some(4000)]);
        // What one takes more, others may need then.
        assert_eq!(shares(&[share(2900), share(1000), share(4500)]), [Some(2900), None, Some(4500)]);
        assert_eq!(shares(&[(1300, Own::Little), share(1000)]), [Some(1300), None]);
        assert_eq!(shares(&[(1300, Own::Set(1648)), share(1000)]), [None, None]);
        assert_eq!(shares(&[(1900, Own::Set(1648)), share(1000)]), [Some(1900), None]);
        assert_eq!(shares(&[share(6000), share(5000)]), [None, None]);
    }

    #[test]
    fn a_heading_needs_room_for_its_longest_word() {
        assert!(needed("Countersigned by") > needed("Reviewed by"));
        assert_eq!(needed("Position"), 12 * 10_000 / 92);
    }
}
