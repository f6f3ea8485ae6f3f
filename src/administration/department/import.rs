//! The list of departments as a file: what `department list` wrote comes in again.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::OptionalExtension;

use super::{decided, open::is_taken};
use crate::book::change::Change;
use crate::book::thing::Thing;
use crate::import::listed::{Listed, read, yes};
use crate::import::row::Cells;
use crate::import::take::Taken;
use crate::key;
use crate::office::identity;
use crate::phrase;
use crate::refusal::Refusal;
use crate::say;
use crate::series;
use crate::template::Template;

/// A row for each department.
pub(super) struct Departments {
    pub(super) by: Option<String>,
}

/// A department as the list has it.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    zh: String,
    en: String,
    ko: Option<String>,
    branch: bool,
    reports: bool,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    ledger: Option<String>,
}

/// The row of a department that is there, by its key.
const KNOWN: &str = "SELECT d.name_zh, d.name_en, d.name_ko, d.branch_flag, d.reports_flag, d.from_on, d.until_on,
        (SELECT t.template FROM series AS s JOIN template AS t ON t.series = s.key
            WHERE s.department = d.key AND s.register = 'contact' ORDER BY t.from_on DESC LIMIT 1)
    FROM department AS d WHERE d.key = ?1";

impl Listed for Departments {
    const WHAT: &'static str = phrase!("departments");
    const COLUMNS: &'static [&'static str] =
        &["key", "name_zh", "name_en", "name_ko", "branch", "reports", "from_on", "until_on", "ledger"];
    const REQUIRED: &'static [&'static str] = &["key", "name_zh"];

    fn enter(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Result<Taken> {
        let key = read(cells.required_line("key"))?;
        let zh = read(cells.required_line("name_zh"))?.to_owned();
        let line = |field| Ok::<_, anyhow::Error>(read(cells.line(field))?.map(str::to_owned));
        let row = Row {
            en: line("name_en")?.unwrap_or_else(|| zh.clone()),
            zh,
            ko: line("name_ko")?,
            branch: yes(cells, "branch")?,
            reports: yes(cells, "reports")?,
            from: read(cells.day("from_on"))?,
            until: read(cells.day("until_on"))?,
            ledger: line("ledger")?,
        };
        let known = change.sql().prepare_cached(KNOWN)?.query_row([key], |known| {
            let (zh, en, ko) = (known.get(0)?, known.get(1)?, known.get(2)?);
            let (branch, reports, from) = (known.get(3)?, known.get(4)?, known.get(5)?);
            Ok(Row { zh, en, ko, branch, reports, from, until: known.get(6)?, ledger: known.get(7)? })
        });
        match known.optional()? {
            // The templates of a ledger come with the series.
            Some(mut known) if known.ledger.is_some() == row.ledger.is_some() => {
                known.ledger.clone_from(&row.ledger);
                if known == row {
                    return Ok(Taken::Same);
                }
                return Err(otherwise(key).into());
            }
            Some(_) => return Err(otherwise(key).into()),
            None => {}
        }
        self.open(change, key, &row)?;
        Ok(Taken::New)
    }
}

fn otherwise(key: &str) -> Refusal {
    Refusal::usage(say!("{key} is otherwise in the book", key))
        .or(say!("see branchbook department list; change it there with department rename and department amend"))
}

impl Departments {
    fn open(&self, change: &mut Change<'_>, key: &str, row: &Row) -> Result<()> {
        let by = self.by.as_deref();
        let actor = if row.branch {
            decided(change, by, say!("opening an office"))?
        } else {
            identity::clerks_deed(change, by, "R1", say!("enters departments"))?
        };
        key::check(key)?;
        if let Some(name) = [Some(&row.zh), Some(&row.en), row.ko.as_ref()]
            .into_iter()
            .flatten()
            .find(|name| is_taken(change.sql(), name, None))
        {
            let what = say!("another department is called {name}", name);
            return Err(Refusal::usage(what).or(say!("see branchbook department list")).into());
        }
        change.sql().execute(
            "INSERT INTO department VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT max(position) + 1 FROM department), ?7, ?8)",
            (key, &row.en, &row.zh, &row.ko, row.branch, row.reports, row.from, row.until),
        )?;
        change.record(&Thing::office("department", &[key])?, &actor.key, None)?;
        match &row.ledger {
            Some(template) => series::open_ledger(change, key, &template.parse::<Template>()?, &actor.key),
            None => Ok(()),
        }
    }
}
