//! What stands on assets, by which they are counted.

use std::collections::HashMap;

use anyhow::Result;
use rusqlite::Connection;

use super::Stocktake;
use crate::text;

/// An asset that is counted.
#[derive(Debug)]
pub(crate) struct Counted {
    /// Its number.
    pub(crate) number: String,
    /// Its state.
    pub(crate) state: String,
    department: String,
}

impl Counted {
    /// Whether the stocktake is about it, and it is one that the branch has.
    pub(crate) fn is_of(&self, stocktake: &Stocktake) -> bool {
        !matches!(self.state.as_str(), "lost" | "stolen" | "disposed")
            && stocktake.department.as_ref().is_none_or(|department| *department == self.department)
    }
}

/// What stands on assets, and which asset that is: its number, its tag, and a serial number that only one has.
pub(crate) struct Marks {
    assets: Vec<Counted>,
    by_mark: HashMap<String, usize>,
}

impl Marks {
    /// The marks of every asset that is not void.
    pub(crate) fn of(book: &Connection) -> Result<Self> {
        let mut statement = book.prepare(
            "SELECT e.number, e.state, e.department, a.tag, a.serial_no FROM entry AS e JOIN asset AS a ON a.entry = e.id
             WHERE e.register = 'asset' AND e.state <> 'void' ORDER BY e.id",
        )?;
        let (mut assets, mut by_mark, mut tags) = (Vec::new(), HashMap::new(), HashMap::new());
        let mut serials: HashMap<String, Option<usize>> = HashMap::new();
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            let asset = Counted { number: row.get(0)?, state: row.get(1)?, department: row.get(2)? };
            let place = assets.len();
            by_mark.insert(asset.number.clone(), place);
            if let Some(tag) = row.get::<_, Option<String>>(3)? {
                tags.entry(text::number(&tag)).or_insert(place);
            }
            if let Some(serial) = row.get::<_, Option<String>>(4)? {
                serials.entry(text::number(&serial)).and_modify(|one| *one = None).or_insert(Some(place));
            }
            assets.push(asset);
        }
        for (mark, place) in tags {
            by_mark.entry(mark).or_insert(place);
        }
        for (mark, place) in serials.into_iter().filter_map(|(mark, place)| Some((mark, place?))) {
            by_mark.entry(mark).or_insert(place);
        }
        // The parts of a number are told apart by a space as well as by a hyphen.
        let numbers: Vec<String> = assets.iter().map(|asset: &Counted| asset.number.replace('-', "")).collect();
        for (place, number) in numbers.into_iter().enumerate() {
            by_mark.entry(number).or_insert(place);
        }
        Ok(Self { assets, by_mark })
    }

    /// The asset that bears what was typed or scanned; none where no asset does.
    pub(crate) fn find(&self, line: &str) -> Option<&Counted> {
        self.by_mark.get(&text::number(line)).and_then(|place| self.assets.get(*place))
    }
}
