//! Amounts of a file that are not in yuan: a heading says so behind a name, `金额（万元）`, or a title above all of them.

use std::borrow::Cow;

use csv::StringRecord;

use super::header;
use crate::money::Money;

/// What an amount is counted in, as [`Money`] is typed with it, and into how many parts that is then divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Unit {
    name: &'static str,
    typed: char,
    parts: i64,
}

/// The units besides yuan; a longer one goes before one that ends so.
const UNITS: [Unit; 4] = [
    Unit { name: "百万元", typed: '亿', parts: 100 },
    Unit { name: "千元", typed: '万', parts: 10 },
    Unit { name: "万元", typed: '万', parts: 1 },
    Unit { name: "亿元", typed: '亿', parts: 1 },
];

/// The columns of a file whose amounts are in another unit than yuan, by their places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Units(Vec<(usize, Unit)>);

impl Units {
    /// Those whose headings say so.
    pub(super) fn of(headers: &[String]) -> Self {
        let units = headers.iter().enumerate().filter_map(|(place, heading)| Some((place, of_heading(heading)?)));
        Self(units.collect())
    }

    /// The places of the columns.
    pub(super) fn columns(&self) -> impl Iterator<Item = usize> {
        self.0.iter().map(|(place, _)| *place)
    }

    /// The cells with their amounts in yuan. What is no amount, or has a unit of its own, stays as it is.
    pub(super) fn in_yuan<'c>(&self, cells: &'c StringRecord) -> Cow<'c, StringRecord> {
        if self.0.is_empty() {
            return Cow::Borrowed(cells);
        }
        let in_yuan = |(place, cell): (usize, &str)| {
            let unit = self.0.iter().find(|(column, _)| *column == place);
            unit.and_then(|(_, unit)| unit.in_yuan(cell)).map_or_else(|| cell.to_owned(), |amount| amount.to_string())
        };
        Cow::Owned(cells.iter().enumerate().map(in_yuan).collect())
    }
}

impl Unit {
    fn in_yuan(self, cell: &str) -> Option<Money> {
        let cell = header::trim(cell);
        let bare = cell.trim_end_matches('元');
        if cell.is_empty() || bare.ends_with(['万', '亿']) {
            return None;
        }
        let Money(fen) = format!("{bare}{}", self.typed).parse().ok()?;
        (fen % self.parts == 0).then(|| Money(fen / self.parts))
    }
}

/// The unit that a heading has in brackets behind its name.
fn of_heading(heading: &str) -> Option<Unit> {
    let (_, within) = heading.trim_end().strip_suffix([')', '）', ']', '】'])?.rsplit_once(['(', '（', '[', '【'])?;
    named_in(within)
}

/// The unit that a title names for all amounts under it: `单位：万元`.
pub(super) fn of_title(cells: &StringRecord) -> Option<&'static str> {
    let title: String = cells.iter().map(header::heading_key).collect();
    let (_, behind) = title.split_once("单位")?;
    Some(named_in(behind)?.name)
}

fn named_in(text: &str) -> Option<Unit> {
    let key = header::heading_key(text);
    UNITS.iter().find(|unit| key.contains(unit.name)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_in_the_unit_of_their_heading() {
        let headers =
            ["金额（万元）", "价格(千元)", "产值[亿 元]", "投资【百万元】", "单价（元）", "数量"].map(str::to_owned);
        let units = Units::of(&headers);
        assert_eq!(units.columns().collect::<Vec<_>>(), [0, 1, 2, 3]);
        let cells = |cells: [&str; 6]| StringRecord::from(cells.to_vec());
        assert_eq!(
            *units.in_yuan(&cells(["320.5", "1,860.555", "1.2", "3", "5", "6"])),
            cells(["3205000.00", "1860555.00", "120000000.00", "3000000.00", "5", "6"])
        );
        let own = cells(["320.5万", "860万元", "面议", "", "5", "6"]);
        assert_eq!(*units.in_yuan(&own), own);
        assert!(matches!(Units::of(&["金额".to_owned()]).in_yuan(&own), Cow::Borrowed(_)));
    }

    #[test]
    fn a_title_names_a_unit() {
        let title = |text: &str| of_title(&StringRecord::from(vec!["", text]));
        assert_eq!(title("单位：万元"), Some("万元"));
        assert_eq!(title("金额单位: 人民币千元"), Some("千元"));
        for other in ["单位：元", "万元户统计", "来访单位", ""] {
            assert_eq!(title(other), None, "{other}");
        }
    }
}
