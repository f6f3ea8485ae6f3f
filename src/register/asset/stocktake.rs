//! Stocktakes: what is counted, by numbers, tags or serial numbers, and the signed result (R5.5(1), R5.5(2)).

mod lines;
mod marks;
mod print;
mod show;
mod undo;

use std::collections::HashSet;
use std::path::PathBuf;

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Args, ValueHint};
use indicatif::HumanCount;
use rusqlite::{Connection, Row, named_params};

use self::marks::Marks;
pub(crate) use self::show::Show;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::desk::{Answer, Deed, Desk, Run};
use crate::language;
use crate::office::{department, identity};
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::say;
use crate::text;
use crate::view::with_views;

/// The table of what was counted.
const LINES: &str = "stock_line";

/// How many differences an answer lists.
const LISTED: usize = 20;

/// What is counted: numbers, tags or serial numbers. The stocktake that is open goes on, or a new one begins
#[derive(Debug, Args)]
pub(crate) struct Count {
    /// Numbers, tags or serial numbers that were counted; - reads a scanner's lines from standard input
    #[arg(value_name = "NUMBER|TAG|SERIAL")]
    pub(crate) numbers: Vec<String>,
    /// A file with one of them a line; what follows a comma or tab does not count; - is standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) from_file: Option<PathBuf>,
    /// Only this department's assets are counted
    #[arg(long, value_name = "DEPARTMENT")]
    pub(crate) department: Option<String>,
    /// Close the stocktake: what was not counted is missing, and --by signs the result
    #[arg(long, conflicts_with_all = ["numbers", "from_file"])]
    pub(crate) close: bool,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Run for Count {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        if self.close {
            return desk.change("asset count", &self.deed, |change| self.sign(change));
        }
        let counted = self.counted()?;
        desk.change("asset count", &self.deed, |change| self.enter(change, &counted))
    }
}

/// A stocktake that is not closed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stocktake {
    id: i64,
    /// Whose assets are counted; none for every department's.
    department: Option<String>,
    /// The day it began.
    counted_on: NaiveDate,
}

impl Count {
    /// The lines that were typed or read, before the book is touched.
    fn counted(&self) -> Result<Vec<String>, Refusal> {
        let (dash, typed): (Vec<&String>, Vec<&String>) = self.numbers.iter().partition(|number| *number == "-");
        let mut counted = Vec::new();
        for number in typed {
            counted.extend(lines::counted(say!("what was typed"), number)?);
        }
        let stdin = (!dash.is_empty()).then(|| PathBuf::from("-"));
        for path in self.from_file.iter().chain(&stdin) {
            counted.extend(lines::read(path)?);
        }
        if counted.is_empty() {
            return Err(Refusal::usage(say!("nothing was counted"))
                .or(say!("type numbers, name a file with --from-file FILE, or close the stocktake with --close")));
        }
        Ok(counted)
    }

    /// Enters the lines: each is found, unknown, or there twice.
    ///
    /// # Errors
    /// A refusal where another department's stocktake is open, it began later, or the actor neither keeps anything nor is a
    /// clerk (R5.5(2)).
    fn enter(&self, change: &mut Change<'_>, counted: &[String]) -> Result<Answer> {
        let actor = identity::actor(change, self.deed.by.as_deref())?;
        require_counter(change, &actor)?;
        let stocktake = self.begun(change, &actor)?;
        let marks = Marks::of(change.sql())?;
        let mut seen: HashSet<String> = change
            .sql()
            .prepare("SELECT coalesce(number, line) FROM stock_line WHERE undone_on IS NULL AND stocktake = ?1")?
            .query_map([stocktake.id], |row| row.get::<_, String>(0))?
            .map(|key| key.map(|key| text::number(&key)))
            .collect::<rusqlite::Result<_>>()?;
        let mut position = stocktake.places(change.sql())?;
        let before = position;
        let mut insert = change.sql().prepare(
            "INSERT INTO stock_line (stocktake, position, line, number, state, finding) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for line in counted {
            let asset = marks.find(line);
            let key = asset.map_or_else(|| text::number(line), |asset| asset.number.clone());
            let finding = match asset {
                _ if !seen.insert(key) => "twice",
                Some(asset) if asset.is_of(&stocktake) => "found",
                _ => "unknown",
            };
            position += 1;
            let (number, state) = asset.map(|asset| (&asset.number, &asset.state)).unzip();
            insert.execute((stocktake.id, position, line, number, state, finding))?;
            change.wrote("stock_line", stocktake.id, position);
        }
        drop(insert);
        change.record(&Thing::office("stocktake", &[&stocktake.id.to_string()])?, &actor.key, None)?;
        let result = stocktake.result(change.sql())?;
        let line = say!("stocktake {id}: {result} so far", id = stocktake.id, result);
        let answer = Answer::new(stocktake.id.to_string(), line);
        Ok(Answer { notes: stocktake.differences(change.sql(), before)?, ..answer })
    }

    /// The stocktake that is open, or a new one.
    fn begun(&self, change: &Change<'_>, actor: &Person) -> Result<Stocktake> {
        let department =
            self.department.as_ref().map(|which| department::find(change.sql(), which)).transpose()?.map(|d| d.key);
        let Some(open) = Stocktake::open(change.sql())? else {
            change.sql().execute(
                "INSERT INTO stocktake (department, counted_on, counted_by) VALUES (?1, ?2, ?3)",
                (&department, change.on, &actor.key),
            )?;
            return Ok(Stocktake { id: change.sql().last_insert_rowid(), department, counted_on: change.on });
        };
        open.refuse_before(change)?;
        open.refuse_other(department.as_deref())?;
        Ok(open)
    }

    /// Closes the open stocktake: the rest is missing, and the result is signed.
    ///
    /// # Errors
    /// A refusal where none is open, it began later, or the actor may not sign.
    fn sign(&self, change: &mut Change<'_>) -> Result<Answer> {
        let Some(stocktake) = Stocktake::open(change.sql())? else {
            return Err(Refusal::rule("R5.5(1)", say!("no stocktake is open"))
                .or(say!("begin one with: branchbook asset count --from-file FILE"))
                .into());
        };
        stocktake.refuse_before(change)?;
        let department = self.department.as_ref().map(|which| department::find(change.sql(), which)).transpose()?;
        stocktake.refuse_other(department.as_ref().map(|found| found.key.as_str()))?;
        let signer = identity::actor(change, self.deed.by.as_deref())?;
        require_signer(change, &signer)?;
        let missing = format!(
            "INSERT INTO stock_line (stocktake, position, line, number, state, finding)
                SELECT :id, row_number() OVER (ORDER BY e.id) + :places, e.number, e.number, e.state, {ABSENT} {UNCOUNTED} RETURNING position"
        );
        let mut statement = change.sql().prepare(&missing)?;
        let named = named_params! { ":id": stocktake.id, ":places": stocktake.places(change.sql())? };
        for position in statement.query_map(named, |row| row.get(0))? {
            change.wrote("stock_line", stocktake.id, position?);
        }
        drop(statement);
        change.sql().execute(
            "UPDATE stocktake SET closed_on = ?2, signed_by = ?3 WHERE id = ?1",
            (stocktake.id, change.on, &signer.key),
        )?;
        change.record(&Thing::office("stocktake", &[&stocktake.id.to_string()])?, &signer.key, None)?;
        let result = stocktake.result(change.sql())?;
        let line = say!(
            "stocktake {id}: {result}; closed on {on}, signed by {by}",
            id = stocktake.id,
            result,
            on = change.on,
            by = language::people(&signer.key)
        );
        let answer = Answer::new(stocktake.id.to_string(), line);
        Ok(Answer { notes: stocktake.differences(change.sql(), 0)?, ..answer })
    }
}

/// What was not counted in stocktake `:id`: of what the branch had when it began, and has.
const UNCOUNTED: &str = "FROM entry AS e JOIN stocktake AS s ON s.undone_on IS NULL AND s.id = :id
    WHERE e.register = 'asset' AND e.state IN ('in-store', 'in-use', 'in-repair') AND (s.department IS NULL OR e.department = s.department)
        AND (SELECT c.from_on FROM custody AS c WHERE c.undone_on IS NULL AND c.entry = e.id AND c.position = 1) <= s.counted_on
        AND e.number NOT IN (SELECT number FROM stock_line WHERE undone_on IS NULL AND stocktake = :id AND number IS NOT NULL)";

/// The finding of what was not counted: what is in repair is not expected to be there, and is not missing.
const ABSENT: &str = "iif(e.state = 'in-repair', 'in-repair', 'missing')";

/// That no stocktake has this number.
fn missing(id: i64) -> Refusal {
    Refusal::not_found(say!("there is no stocktake {id}", id)).or(say!("see branchbook asset stocktake"))
}

impl Stocktake {
    /// The one that is open; none where none is.
    fn open(book: &Connection) -> Result<Option<Self>> {
        book.first(
            "SELECT id, department, counted_on FROM stocktake WHERE undone_on IS NULL AND closed_on IS NULL",
            (),
            Self::of_row,
        )
    }

    /// The one of this number that stands, and the day it was closed.
    ///
    /// # Errors
    /// A refusal of kind not found where there is none.
    fn find(book: &Connection, id: i64) -> Result<(Self, Option<NaiveDate>)> {
        let sql = "SELECT id, department, counted_on, closed_on FROM stocktake WHERE undone_on IS NULL AND id = ?1";
        let found = book.first(sql, [id], |row| Ok((Self::of_row(row)?, row.get(3)?)))?;
        found.ok_or_else(|| missing(id).into())
    }

    fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { id: row.get(0)?, department: row.get(1)?, counted_on: row.get(2)? })
    }

    /// How many places its lines take, those that were taken back as well.
    fn places(&self, book: &Connection) -> Result<i64> {
        let sql = format!("SELECT coalesce(max(position), 0) FROM {LINES} WHERE stocktake = ?1");
        book.only(&sql, [self.id])
    }

    fn refuse_before(&self, change: &Change<'_>) -> Result<()> {
        if change.on >= self.counted_on {
            return Ok(());
        }
        Err(Refusal::usage(say!(
            "stocktake {id} began on {counted_on}, after {on}",
            id = self.id,
            counted_on = self.counted_on,
            on = change.on
        ))
        .or(say!("give the day with --on DATE"))
        .into())
    }

    /// Refuses the count of a department that is not the stocktake's.
    fn refuse_other(&self, department: Option<&str>) -> Result<(), Refusal> {
        if department.is_none() || department == self.department.as_deref() {
            return Ok(());
        }
        let whose = self.department.as_deref().unwrap_or(say!("every department"));
        Err(Refusal::rule("R5.5(1)", say!("stocktake {id} of {whose} is open", id = self.id, whose))
            .or(say!("close it first with: branchbook asset count --close --by PERSON")))
    }

    /// How many were found, missing, unknown and there twice, in words; and in repair, where any is.
    fn result(&self, book: &Connection) -> Result<String> {
        let counts: [i64; 5] = book.sure(
            &format!(
                "SELECT sum(finding = 'found'), sum(finding = 'missing'), sum(finding = 'unknown'), sum(finding = 'twice'), sum(finding = 'in-repair')
                 FROM (SELECT finding FROM stock_line WHERE undone_on IS NULL AND stocktake = :id UNION ALL SELECT {ABSENT} {UNCOUNTED})"
            ),
            named_params! { ":id": self.id },
            |row| {
                let count = |index| row.get::<_, Option<i64>>(index).map(Option::unwrap_or_default);
                Ok([count(0)?, count(1)?, count(2)?, count(3)?, count(4)?])
            },
        )?;
        let [found, missing, unknown, twice, repair] = counts.map(|count| HumanCount(count.unsigned_abs()));
        let result =
            say!("{found} found, {missing} missing, {unknown} unknown, {twice} twice", found, missing, unknown, twice);
        Ok(if repair.0 > 0 { say!("{result}, {repair} in repair", result, repair) } else { result })
    }

    /// What differs in the lines after position `after`, a line each; many are told by their number.
    fn differences(&self, book: &Connection, after: i64) -> Result<Vec<String>> {
        let mut statement = book.prepare(
            "SELECT l.finding, l.line, l.number, l.state, a.name, nullif(e.department, ?3) FROM stock_line AS l
                LEFT JOIN entry AS e ON e.number = l.number LEFT JOIN asset AS a ON a.entry = e.id
             WHERE l.undone_on IS NULL AND l.stocktake = ?1 AND l.position > ?2 AND l.finding <> 'found' ORDER BY l.position",
        )?;
        let mut rows = statement.query((self.id, after, &self.department))?;
        let (mut notes, mut more) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            if notes.len() == LISTED {
                more += 1;
                continue;
            }
            let (finding, line): (String, String) = (row.get(0)?, row.get(1)?);
            let (number, name) = (row.get::<_, Option<String>>(2)?, row.get::<_, Option<String>>(4)?);
            let state = row.get::<_, Option<String>>(3)?.filter(|state| *state != finding);
            let state = state.map(|state| language::value_of("asset", &state).into_owned());
            let known = name.is_some();
            let whose = row.get::<_, Option<String>>(5)?.filter(|_| self.department.is_some());
            let whose = whose.map(|whose| say!("of {whose}", whose = language::value(&whose)));
            let asset = [number.filter(|number| *number != line), name, state, whose];
            let asset: Vec<String> = asset.into_iter().flatten().filter(|_| known).collect();
            let asset =
                if asset.is_empty() { asset.concat() } else { language::in_brackets(&asset.join(language::comma())) };
            notes.push(format!("{}{}{line}{asset}", language::value_in("finding", &finding), language::colon()));
        }
        if more > 0 {
            notes.push(say!("{more} more; see them all with: branchbook asset stocktake {id}", more, id = self.id));
        }
        Ok(notes)
    }
}

/// Whoever keeps something counts, or a clerk who records it.
fn require_counter(change: &Change<'_>, actor: &Person) -> Result<()> {
    let keeps = change
        .sql()
        .prepare_cached(&with_views(
            "SELECT 1 FROM custody WHERE undone_on IS NULL AND person = ?1 AND duty = 'keeper' AND until_on IS NULL",
        ))?
        .exists([&actor.key])?;
    if keeps || identity::records(change, actor)? || actor.holds(change.sql(), Role::Clerk, None, change.on)? {
        return Ok(());
    }
    Err(Refusal::rule(
        "R5.5(2)",
        say!("counting is for somebody who keeps assets or a clerk, and {actor} is neither", actor),
    )
    .or(say!("leave --by out, or name who counted with --by PERSON"))
    .into())
}

/// A clerk signs a result, a department's manager or the branch manager.
fn require_signer(change: &Change<'_>, signer: &Person) -> Result<()> {
    const SIGNERS: [Role; 3] = [Role::Clerk, Role::DepartmentManager, Role::BranchManager];
    let may = |day| signer.holds_any(change.sql(), &SIGNERS, day);
    match identity::out_of_office(change, signer, may)? {
        None => Ok(()),
        Some(day) => Err(Refusal::rule(
            "R5.5(1)",
            say!("signing a stocktake is for a clerk, a department's manager or the branch manager, which {signer} was not on {day}", signer, day),
        )
        .or(say!("name who signed with --by PERSON"))
        .into()),
    }
}
