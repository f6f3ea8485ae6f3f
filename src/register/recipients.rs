//! What one unit or person had in a year, from every register that gives; of it, the gifts against figure `gift.recipient_limit` (R5.3(1)).

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::{Datelike, NaiveDate};
use clap::Args;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::desk::{Desk, Run};
use crate::heading;
use crate::money::Money;
use crate::office::figure;
use crate::say;
use crate::sheet::query::Query;
use crate::text;
use crate::text::spellings::Spellings;

/// Which year is added up
#[derive(Debug, Args)]
pub(crate) struct Recipients {
    /// Only this year, such as 2026 [default: every year]
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1949..=2999))]
    pub(crate) year: Option<i32>,
}

/// What finds what was given: the day, the unit, the person or nothing, their amount in fen, whether a public official, and the entry.
/// A row without a person counts for the unit; one with a person for the person alone. A register adds its own SELECT.
const SOURCES: [(Source, &str); 4] = [
    (Source::Gift, GIFTS_OF_UNITS),
    (Source::Gift, GIFTS_OF_PERSONS),
    (Source::Reception, RECEPTIONS),
    (Source::Fee, FEES),
];

/// Of which register something is.
#[derive(Debug, Clone, Copy)]
enum Source {
    Gift,
    Reception,
    Fee,
}

/// Gifts bought or given, also at a person's own expense, as their units received them.
const GIFTS_OF_UNITS: &str = "
    SELECT g.bought_on, g.unit AS unit, NULL, g.bought_fen, (SELECT max(r.official_flag) FROM gift_recipient AS r WHERE r.entry = g.entry), e.id
    FROM gift AS g JOIN entry AS e ON e.id = g.entry WHERE e.state IN ('bought', 'given', 'own-expense') AND g.bought_on IS NOT NULL";

/// The same as their persons received them: in equal shares, the odd fen with the first.
const GIFTS_OF_PERSONS: &str = "
    SELECT g.bought_on, g.unit AS unit, r.name, g.bought_fen / n.persons + (r.position <= g.bought_fen % n.persons), r.official_flag, e.id
    FROM gift AS g JOIN entry AS e ON e.id = g.entry JOIN gift_recipient AS r ON r.entry = g.entry
        JOIN (SELECT entry, count(*) AS persons FROM gift_recipient GROUP BY entry) AS n ON n.entry = g.entry
    WHERE e.state IN ('bought', 'given', 'own-expense') AND g.bought_on IS NOT NULL";

/// What the receptions of a unit cost.
const RECEPTIONS: &str = "
    SELECT r.left_on, r.unit AS unit, NULL, r.cost_fen, 0, e.id FROM reception AS r JOIN entry AS e ON e.id = r.entry
    WHERE e.state NOT IN ('cancelled', 'void') AND r.left_on IS NOT NULL AND r.cost_fen > 0";

/// Fees as they were paid: to the payee, a person or unit, of an employer.
const FEES: &str = "
    SELECT p.paid_on, f.employer AS unit, iif(f.payee = f.employer, NULL, f.payee), p.amount_fen, 0, f.entry
    FROM fee_payment AS p JOIN fee AS f ON p.undone_on IS NULL AND f.entry = p.entry WHERE p.paid_on IS NOT NULL";

/// What one unit, or one person of it, had in a year.
#[derive(Debug, Default)]
struct Had {
    /// As the entry spells them that was entered first of those that do not shorten the unit's name.
    unit: String,
    person: Option<String>,
    is_short: bool,
    first: i64,
    times: i64,
    /// In fen, in the order of [`Source`].
    amounts: [i64; 3],
    official: bool,
}

impl Run for Recipients {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let query = recipients(desk.book()?.reader(), self.year)?;
        desk.list(&query)
    }
}

/// The list, year by year, those who had most first; a name counts as one in whatever width, case and spacing it was written, and also
/// where a unit's was shortened as one says it.
pub(crate) fn recipients(book: &Connection, year: Option<i32>) -> Result<Query> {
    let all = added_up(book, &units(book)?, year)?;
    let mut rows: Vec<(i32, Had)> = all.into_iter().map(|((year, ..), had)| (year, had)).collect();
    rows.sort_by_key(|(year, had)| (*year, std::cmp::Reverse(had.amount()), had.person.is_some()));
    let rows = rows.into_iter().map(|(year, had)| had.row(book, year)).collect::<Result<Vec<_>>>()?;
    let columns = [
        "year",
        "unit",
        "person",
        "amount_fen",
        "limit_fen",
        "verdict",
        "official_flag",
        "times",
        heading!("gifts_fen"),
        heading!("receptions_fen"),
        heading!("fees_fen"),
    ];
    let title = year.map_or_else(|| say!("Recipients").to_owned(), |year| say!("Recipients in {year}", year));
    // The limit is one for gifts: it and the verdict stand beside these, and not beside the sum of all.
    Ok(Query::computed(title, &columns, &rows).read_as(READ_AS))
}

/// The columns as people read them.
const READ_AS: &[&str] =
    &["year", "unit", "person", "amount", "official", "times", "gifts", "limit", "verdict", "receptions", "fees"];

/// What everybody had, by year, unit and person as they are compared.
type All = BTreeMap<(i32, String, Option<String>), Had>;

/// What everybody had in a year.
pub(crate) struct Year {
    of: i32,
    all: All,
    units: Spellings,
}

/// What everybody had in this year.
pub(crate) fn had(book: &Connection, year: i32) -> Result<Year> {
    let units = units(book)?;
    Ok(Year { of: year, all: added_up(book, &units, Some(year))?, units })
}

impl Year {
    /// What a unit, or one person of it, had in gifts, in fen.
    pub(crate) fn of(&self, unit: &str, person: Option<&str>) -> i64 {
        let had = self.all.get(&(self.of, self.units.one(unit), person.map(text::fold)));
        had.map_or(0, |had| had.amounts[Source::Gift as usize])
    }
}

/// Every unit that had something, ever, by which a short name is known for the one that it is of.
fn units(book: &Connection) -> Result<Spellings> {
    let mut units = Spellings::default();
    for (_, sql) in SOURCES {
        let mut statement = book.prepare(&format!("SELECT DISTINCT unit FROM ({sql})"))?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            units.learn(row.get_ref(0)?.as_str()?);
        }
    }
    Ok(units)
}

/// Adds up what every source tells of this year, or of all.
fn added_up(book: &Connection, units: &Spellings, year: Option<i32>) -> Result<All> {
    let mut all = All::new();
    for (source, sql) in SOURCES {
        let mut statement = book.prepare(sql)?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            let (day, unit, person): (NaiveDate, String, Option<String>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if year.is_some_and(|year| year != day.year()) {
                continue;
            }
            let key = (day.year(), units.one(&unit), person.as_deref().map(text::fold));
            let entry: i64 = row.get(5)?;
            let had = all.entry(key).or_insert_with(|| Had { is_short: true, first: i64::MAX, ..Had::default() });
            let is_short = units.is_short(&unit);
            if (is_short, entry) < (had.is_short, had.first) {
                (had.unit, had.person, had.is_short, had.first) = (unit, person, is_short, entry);
            }
            had.times += 1;
            had.amounts[source as usize] += row.get::<_, i64>(3)?;
            had.official |= row.get::<_, Option<bool>>(4)?.unwrap_or_default();
        }
    }
    Ok(all)
}

impl Had {
    fn amount(&self) -> i64 {
        self.amounts.iter().sum()
    }

    /// The row, its gifts judged by the figure as it stood at the end of the year.
    fn row(&self, book: &Connection, year: i32) -> Result<Vec<Value>> {
        let end = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default();
        let limit = Money(figure::value(book, "gift.recipient_limit", end)?);
        let [gifts, receptions, fees] = self.amounts;
        // A fee or a reception has no such limit.
        let limit = (gifts > 0).then_some(limit.0);
        let verdict = limit.map(|limit| if gifts > limit { "above" } else { "within" });
        Ok(vec![
            json!(year),
            json!(self.unit),
            json!(self.person),
            json!(self.amount()),
            json!(limit),
            json!(verdict),
            json!(i64::from(self.official)),
            json!(self.times),
            json!(gifts),
            json!(receptions),
            json!(fees),
        ])
    }
}
