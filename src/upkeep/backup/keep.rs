//! `backup --keep`: which copies stay. Only copies of the same book go, and only where they still have the bytes that were recorded.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use anyhow::Result;
use chrono::{Datelike, NaiveDateTime};

use crate::book::Book;
use crate::book::copy::record::Record;
use crate::book::copy::uid_of;
use crate::files::{self, beside};
use crate::refusal::Refusal;
use crate::register::numbering;
use crate::say;
use crate::zone::Zone;

/// How many copies stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// The newest so many.
    Newest(usize),
    /// The newest of each of the last so many days, weeks and months that have one.
    Periods {
        /// Days.
        daily: usize,
        /// Weeks, which begin on Monday.
        weekly: usize,
        /// Months.
        monthly: usize,
    },
}

impl FromStr for Keep {
    type Err = Refusal;

    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let wrong = || {
            Refusal::usage(say!("`{typed}` does not say how many copies are kept", typed = crate::text::visible(typed)))
                .or(say!("type it as 10 or daily=7,weekly=5,monthly=24"))
        };
        let narrow = crate::text::half_width(typed);
        let typed = narrow.trim();
        if let Ok(newest) = typed.parse() {
            return if newest > 0 { Ok(Self::Newest(newest)) } else { Err(wrong()) };
        }
        let (mut daily, mut weekly, mut monthly) = (None, None, None);
        for part in typed.split(',') {
            let (period, count) = part.split_once('=').ok_or_else(wrong)?;
            let place = match period.trim() {
                "daily" => &mut daily,
                "weekly" => &mut weekly,
                "monthly" => &mut monthly,
                _ => return Err(wrong()),
            };
            if place.replace(count.trim().parse().map_err(|_| wrong())?).is_some() {
                return Err(wrong());
            }
        }
        let [daily, weekly, monthly] = [daily, weekly, monthly].map(Option::unwrap_or_default);
        if [daily, weekly, monthly] == [0; 3] { Err(wrong()) } else { Ok(Self::Periods { daily, weekly, monthly }) }
    }
}

impl Keep {
    /// Which of these copies stay, given when each was made, the newest first.
    fn staying(self, made: &[NaiveDateTime]) -> BTreeSet<usize> {
        let Self::Periods { daily, weekly, monthly } = self else {
            let Self::Newest(newest) = self else { return BTreeSet::new() };
            return (0..made.len().min(newest)).collect();
        };
        let mut staying = BTreeSet::new();
        let days = made.iter().map(|at| (at.year(), at.ordinal()));
        let weeks = made.iter().map(|at| (at.iso_week().year(), at.iso_week().week()));
        let months = made.iter().map(|at| (at.year(), at.month()));
        newest_of_each(days, daily, &mut staying);
        newest_of_each(weeks, weekly, &mut staying);
        newest_of_each(months, monthly, &mut staying);
        staying
    }
}

/// Adds the newest copy of each of the last `count` periods.
fn newest_of_each(periods: impl Iterator<Item = (i32, u32)>, count: usize, staying: &mut BTreeSet<usize>) {
    let mut last = None;
    let firsts = periods.enumerate().filter(|(_, period)| last.replace(*period) != Some(*period));
    staying.extend(firsts.take(count).map(|(index, _)| index));
}

/// The copies of one book in a folder.
pub(super) struct Shelf<'b> {
    pub(super) folder: &'b Path,
    /// What tells the book from others.
    pub(super) uid: &'b str,
    pub(super) zone: Zone,
    /// The copy that was made just now.
    pub(super) new: &'b Path,
    pub(super) patience: Duration,
}

impl Shelf<'_> {
    /// Removes the copies that do not stay, and says what went and what stayed.
    pub(super) fn thin_out(&self, keep: Keep) -> Result<Vec<String>, Refusal> {
        let _alone = files::lock_folder(self.folder, self.patience)?;
        let copies = self.copies()?;
        let made: Vec<NaiveDateTime> = copies.iter().map(|copy| copy.made).collect();
        let staying = keep.staying(&made);
        let (mut removed, mut notes, mut kept) = (Vec::new(), Vec::new(), 0);
        for (index, copy) in copies.iter().enumerate() {
            if staying.contains(&index) || copy.path == self.new {
                kept += 1;
            } else if copy.is_as_recorded(self.uid, self.patience) {
                copy.remove()?;
                removed.push(copy.name());
            } else {
                notes.push(say!("left as it is, for it is not as it was recorded: {copy}", copy = copy.name()));
            }
        }
        if !removed.is_empty() {
            let _ = files::sync_names(self.folder);
            notes.push(say!("copies removed: {names}", names = removed.join(crate::language::comma())));
        }
        notes.push(say!("copies of this book that are kept in {folder}: {kept}", folder = self.folder.display(), kept));
        Ok(notes)
    }

    /// The copies whose record names this book, the newest first.
    fn copies(&self) -> Result<Vec<Copy>, Refusal> {
        let unreadable = |error| {
            Refusal::failed(say!("cannot read the folder {folder}: {error}", folder = self.folder.display(), error))
        };
        let mut copies = Vec::new();
        for found in fs::read_dir(self.folder).map_err(unreadable)? {
            let path = found.map_err(unreadable)?.path();
            let Some(record) = Record::read(&path).filter(|record| record.book == self.uid) else { continue };
            let Some(made) = self.zone.local(&record.made_at) else { continue };
            copies.push(Copy { path, record, made });
        }
        copies.sort_by(|a, b| (&b.record.made_at, &b.path).cmp(&(&a.record.made_at, &a.path)));
        Ok(copies)
    }
}

/// A copy with its record.
struct Copy {
    path: PathBuf,
    record: Record,
    /// In the office's time.
    made: NaiveDateTime,
}

impl Copy {
    fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Whether it is a file with the recorded bytes, which are a copy of the book, and nobody has worked on it.
    fn is_as_recorded(&self, uid: &str, patience: Duration) -> bool {
        let is_file = fs::symlink_metadata(&self.path).is_ok_and(|found| found.is_file());
        let index = beside::index(&self.path);
        let untouched = beside::all(&self.path).all(|file| file == index || file.symlink_metadata().is_err());
        is_file
            && untouched
            && self.record.fits(&self.path).is_ok_and(|fits| fits)
            && Book::open_as_found(&self.path, patience, numbering)
                .is_ok_and(|copy| uid_of(copy.reader()).is_ok_and(|own| own.as_deref() == Some(uid)))
    }

    /// Removes it, and then its record: a copy without one is never taken for one that may go.
    fn remove(&self) -> Result<(), Refusal> {
        let index = Some(beside::index(&self.path)).filter(|index| index.symlink_metadata().is_ok());
        for path in [self.path.clone(), Record::of(&self.path)].into_iter().chain(index) {
            fs::remove_file(&path).map_err(|error| {
                Refusal::failed(say!("cannot remove {path}: {error}", path = path.display(), error))
            })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn a_number_or_periods_say_how_many_are_kept() {
        let keep = |typed: &str| typed.parse::<Keep>();
        assert_eq!(keep("10").unwrap(), Keep::Newest(10));
        assert_eq!(keep("daily=7,weekly=5,monthly=24").unwrap(), Keep::Periods { daily: 7, weekly: 5, monthly: 24 });
        assert_eq!(keep("monthly=2, daily=1").unwrap(), Keep::Periods { daily: 1, weekly: 0, monthly: 2 });
        assert_eq!(keep("７ ").unwrap(), Keep::Newest(7));
        for wrong in ["0", "", "-1", "daily", "daily=x", "yearly=1", "daily=0", "daily=1,daily=2", "7 8"] {
            assert_eq!(
                keep(wrong).unwrap_err().to_string(),
                format!(
                    "`{wrong}` does not say how many copies are kept; type it as 10 or daily=7,weekly=5,monthly=24"
                )
            );
        }
    }

    #[test]
    fn the_newest_of_each_day_week_and_month_stays() {
        let at = |day: &str, hour| day.parse::<NaiveDate>().unwrap().and_hms_opt(hour, 0, 0).unwrap();
        // Two on a Monday, then Sunday and Saturday of the week before, the month before, and a year before.
        let made = [
            at("2026-10-05", 18),
            at("2026-10-05", 8),
            at("2026-10-04", 8),
            at("2026-10-03", 8),
            at("2026-09-30", 8),
            at("2026-09-01", 8),
            at("2025-09-01", 8),
        ];
        let staying = |keep: &str| keep.parse::<Keep>().unwrap().staying(&made).into_iter().collect::<Vec<_>>();
        assert_eq!(staying("3"), [0, 1, 2]);
        assert_eq!(staying("daily=3"), [0, 2, 3]);
        assert_eq!(staying("weekly=3"), [0, 2, 5]);
        assert_eq!(staying("monthly=3"), [0, 4, 6]);
        assert_eq!(staying("daily=2,monthly=2"), [0, 2, 4]);
        assert_eq!(staying("daily=99,weekly=99,monthly=99"), [0, 2, 3, 4, 5, 6]);
    }
}
