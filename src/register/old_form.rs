//! Old files of a register that is a form: what its steps and rules say of a row.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::decide;
use super::field::{Kind, Need};
use super::form::{Check, Fill, Form, Rule, Step};
use super::old_field::{Field, Reading};
use super::old_ledger::{Checked, Names, Trouble};
use super::old_rows::{Details, Header};
use super::task::Row;
use super::undo::standing_rows;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::column::Column;
use crate::import::row::{Cells, Fault};
use crate::language;
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// What an old file of a register may have besides the fields of its form, and what is particular to it.
#[derive(Debug)]
pub struct Old {
    /// The field of the person in the header, where that is another than whom an entry is about.
    pub(crate) person: Option<&'static str>,
    /// Columns of the register's own table that no field of the form enters, or that an old file has in another way.
    pub fields: &'static [Field],
    /// The columns that `children` reads.
    pub(crate) lists: &'static [&'static str],
    /// Shorter names that may be typed: (short, column).
    pub(crate) short: &'static [(&'static str, &'static str)],
    /// The state of a row that gives none, where the form's steps do not tell it.
    pub(crate) state: fn(&Cells<'_>) -> Result<Option<&'static str>, Fault>,
    /// What a row in this state must or may not say besides.
    pub(crate) check: fn(&Cells<'_>, &str) -> Result<(), Fault>,
    /// What its fields must keep, besides the form's rules: what the steps see to by themselves.
    pub(crate) rules: &'static [Rule],
    /// Days that tell of a deed which no step of the form enters: (column, verb).
    pub(crate) deeds: &'static [(&'static str, &'static str)],
    /// The rows of its lists.
    pub(crate) children: Children,
    /// How many of the fields, counted from the first, tell one entry from another where no number does.
    pub(crate) telling: usize,
    /// Whether rows without a number are taken in the order of their days, since one may repeat another.
    pub(crate) by_day: bool,
    /// Whether every row bears a number of the old ledger, and one that was only reserved or spoilt bears nothing else.
    pub(crate) numbered: bool,
    /// What the person should know of the entries that came in.
    /// It is handed how many of them `consider` counted.
    pub(crate) remark: fn(&Change<'_>, u32) -> Result<Vec<String>>,
    /// Looks at the lists of a new row before it is written; it is handed the row's number.
    pub(crate) anew: fn(&Connection, &mut Names, Option<&str>, &[List]) -> Checked<()>,
    /// Looks at a new row without a number before it is written: the fields with what the row says of each. Gives whether it
    /// is to be counted.
    pub(crate) consider: Consider,
}

/// Looks at a new row of this day without a number before it is written.
pub(crate) type Consider = fn(&Connection, NaiveDate, &[Field], &mut [Value]) -> Checked<bool>;

/// Reads the rows of the lists that belong to an entry of this day.
pub(crate) type Children = fn(&Connection, &mut Names, &Cells<'_>, NaiveDate) -> Checked<Vec<List>>;

/// The rows of a table that belong to an entry, numbered from 1 in its column `position`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct List {
    /// The table.
    pub table: &'static str,
    /// The columns that each row has besides `entry` and `position`.
    pub(crate) columns: &'static [&'static str],
    /// The rows.
    pub(crate) rows: Vec<Vec<Value>>,
    /// How many of the columns, from the first, tell of what kind a row is, and how many a file tells, where that tells only the
    /// last of each kind; none where it tells each whole.
    told: Option<(usize, usize)>,
    /// The positions of the rows, where they are not numbered from 1.
    positions: Option<Vec<i64>>,
    /// Of decisions, the column of the file that names who gave each.
    pub(super) deciders: Vec<&'static str>,
}

impl Old {
    /// Nothing besides the form.
    pub(crate) const BLANK: Self = Self {
        person: None,
        fields: &[],
        lists: &[],
        short: &[],
        state: |_| Ok(None),
        check: |_, _| Ok(()),
        rules: &[],
        deeds: &[],
        children: |_, _, _, _| Ok(Vec::new()),
        telling: usize::MAX,
        by_day: false,
        numbered: false,
        remark: |_, _| Ok(Vec::new()),
        anew: |_, _, _, _| Ok(()),
        consider: |_, _, _, _| Ok(false),
    };
}

/// What feeds the columns of the register's own table.
pub(super) fn fields(form: &Form) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut add = |field: Field| {
        if fields.iter().all(|known| known.column != field.column) {
            let other = form.old.fields.iter().find(|other| other.column == field.column);
            fields.push(other.copied().unwrap_or(field));
        }
    };
    for step in form.own_steps() {
        for field in step.fields.iter().filter_map(|field| field.in_file()) {
            add(Field { required: field.required && step.name == "add", ..field });
        }
        if step.dated {
            add(Field::new(step.sign, Reading::Typed(Kind::Day)));
        }
    }
    form.also.iter().filter_map(|field| field.in_file()).for_each(&mut add);
    form.old.fields.iter().copied().for_each(add);
    fields
}

/// The columns of a file that the lists of an entry, and its decisions, are read from.
pub(super) fn lists(form: &'static Form) -> Vec<&'static str> {
    let decisions = form.decisions().filter_map(|decision| decision.told).flat_map(|told| [told.by, told.on]);
    let lists = form.lists().map(|field| field.column);
    lists.chain(decisions).chain(form.old.lists.iter().copied()).collect()
}

/// Shorter names of fields that may be typed.
pub(super) fn short(form: &'static Form) -> Vec<(&'static str, &'static str)> {
    let fields = || form.fields().map(|(_, field)| field);
    let typed = fields().filter(|field| !field.loose && !field.is_header() && !field.fixed);
    let options = typed.map(|field| (field.option, field.name()));
    let options = options.filter(|(option, name)| option.replace('-', "_") != *name);
    let named = fields().any(|field| field.column == "person" && !field.corrected);
    let actor = (!named).then_some(("by", form.person()));
    let header = [("on", form.register.day)].into_iter().chain(actor);
    header.chain(options).chain(form.old.short.iter().copied()).collect()
}

/// The columns whose headings are labels of fields: (column, field).
pub(super) fn labels(form: &'static Form) -> Vec<(&'static str, &'static str)> {
    form.fields().filter_map(|(_, field)| Some((field.label?, field.name()))).collect()
}

/// The words of the book that fields take.
pub(super) fn words(form: &'static Form, book: &Connection) -> Result<Vec<(&'static str, Vec<String>)>> {
    let states = book.column("SELECT state FROM state WHERE register = ?1", [form.register.name])?;
    let mut all = vec![("state", states)];
    for field in fields(form).into_iter().filter(|field| !field.name.is_empty()) {
        let words: Vec<String> = match field.reading {
            Reading::Typed(Kind::Choice(words) | Kind::Usual(words)) => {
                words.iter().map(|(word, _)| (*word).to_owned()).collect()
            }
            Reading::YesNo(_) | Reading::Typed(Kind::Flag | Kind::Switch) => vec!["yes".to_owned(), "no".to_owned()],
            Reading::Typed(Kind::EstimateOrNone) => vec![text::NONE.to_owned()],
            _ if Column::of_sql(field.name).holds_words() => vec![text::NONE.to_owned()],
            _ => continue,
        };
        all.push((field.name, words));
    }
    Ok(all)
}

/// The state of a row that gives none, as far as what it says leads: the last step or decision of which it tells.
pub(super) fn shown_state(form: &Form, cells: &Cells<'_>) -> Result<&'static str, Fault> {
    if let Some(state) = (form.old.state)(cells)? {
        return Ok(state);
    }
    let steps = form.own_steps().filter(|step| !step.state.is_empty() && !step.sign.is_empty());
    let decisions = form.decisions().filter_map(|decision| Some((decision.told?.on, decision.state)));
    for (sign, state) in steps.map(|step| (step.sign, step.state)).rev().chain(decisions.rev()) {
        if cells.text(sign)?.is_some() {
            return Ok(state);
        }
    }
    Ok(form.steps().next().map_or("", |step| step.state))
}

/// Why an entry in this state is void. What `--set` gives for all rows holds for those that are; a row has a reason if it is void, and
/// only then.
pub(super) fn void_reason<'a>(cells: &Cells<'a>, state: &str) -> Result<Option<&'a str>, Fault> {
    let (reason, void) = (cells.text("void_reason")?, state == "void");
    if void && reason.is_none() {
        let told = say!("it is void and has no reason; --set void_reason=REASON gives one for all rows that are void");
        return Err(Fault::of("void_reason", told));
    }
    if !void && reason.is_some() && !cells.is_constant("void_reason") {
        let state = language::value(state);
        return Err(Fault::of("void_reason", say!("it has a reason for being void, and is {state}", state)));
    }
    Ok(reason.filter(|_| void))
}

/// The day on which an entry in this state came to its end, where a step that led there has it.
pub(super) fn ended(form: &Form, cells: &Cells<'_>, state: &str) -> Result<Option<NaiveDate>, Fault> {
    let step = form.own_steps().find(|step| step.state == state && step.dated);
    step.map_or(Ok(None), |step| cells.day(step.sign))
}

/// What a row in this state must or may not say.
pub(super) fn check(form: &Form, cells: &Cells<'_>, state: &str) -> Result<(), Fault> {
    (form.old.check)(cells, state)?;
    form.own_steps().filter(|step| step.name != "add").try_for_each(|step| complete(step, cells, state))
}

/// The rows of the lists that belong to an entry of this day.
pub(super) fn children(
    form: &Form,
    book: &Connection,
    names: &mut Names,
    cells: &Cells<'_>,
    day: NaiveDate,
) -> Checked<Vec<List>> {
    let mut all = (form.old.children)(book, names, cells, day)?;
    for field in form.lists() {
        let Kind::Rows(list) = field.kind else { continue };
        let cell =
            if field.need == Need::Given { Some(cells.required(field.column)?) } else { cells.text(field.column)? };
        let mut rows = Vec::new();
        for row in (list.apart)(cell.unwrap_or_default(), list.between) {
            let read = (list.parse)(&row).map_err(anyhow::Error::from).and_then(|row| (list.in_file)(book, day, row));
            rows.push(read.map_err(|error| Trouble::of(field.column, error))?);
        }
        all.push(List::of(list.table, list.columns, rows));
    }
    Ok(all)
}

/// Looks at a row whole, and adds the decisions of which it tells.
pub(super) fn whole(
    form: &Form,
    (book, names): (&Connection, &mut Names),
    cells: &Cells<'_>,
    old: &Header,
    (fields, details): (&[Field], &mut Details),
) -> Checked<()> {
    let rules = || form.rules.iter().chain(form.old.rules).filter(|rule| matches!(rule.check, Check::Sound(_)));
    if rules().next().is_none() && form.decisions().next().is_none() {
        return Ok(());
    }
    let header = [("department", &old.department), ("person", &old.person)]
        .map(|(column, key)| (column, Value::Text(key.clone())));
    let own = fields.iter().map(|field| field.column).zip(std::mem::take(&mut details.values));
    let mut row = Row::of(own.chain(header).collect());
    for field in form.lists() {
        let Kind::Rows(list) = field.kind else { continue };
        let rows = details.lists.iter().find(|known| known.table == list.table).map(|known| known.rows.clone());
        row = row.with_list(field.column, rows.unwrap_or_default());
    }
    for rule in rules() {
        let (Check::Sound(check), [.., last]) = (rule.check, rule.fields) else { continue };
        check(&row).map_err(|error| match error.downcast::<Refusal>() {
            Ok(refusal) => Trouble::Row(Fault::of(last.name(), refusal.what)),
            Err(error) => Trouble::Book(error),
        })?;
    }
    // What was decided on the whole comes before what was decided on its parts.
    details.lists.splice(..0, decide::told(form, book, names, cells, (&row, &old.state))?);
    details.values = row.into_values().take(fields.len()).collect();
    Ok(())
}

/// A row that tells of a step tells of all that belongs to it.
fn complete(step: &Step, cells: &Cells<'_>, state: &str) -> Result<(), Fault> {
    let has = |name| Ok::<bool, Fault>(cells.text(name)?.is_some());
    let named = |need| step.fields.iter().filter(move |field| field.need == need).map(|field| field.name());
    let mut tied = Vec::new();
    for name in named(Need::Tied) {
        tied.push((name, has(name)?));
    }
    if let Some((last, false)) = tied.last().filter(|_| state == step.state) {
        return Err(Fault::of(last, say!("is empty, and the state is {state}", state = language::value(state))));
    }
    let signed = has(step.sign)?;
    if !tied.is_empty() {
        tied.extend(step.dated.then_some((step.sign, signed)));
        for (column, _) in step.fills.iter().filter(|(_, fill)| matches!(fill, Fill::Actor)) {
            tied.push((column, has(column)?));
        }
    }
    let lacking = tied.iter().find(|(_, has)| !has);
    if let (Some((lacking, _)), Some((given, _))) = (lacking, tied.iter().find(|(_, has)| *has)) {
        let reason = say!("is empty, and {given} is not: give both, or leave both out", given);
        return Err(Fault::of(lacking, reason));
    }
    if signed {
        for lacking in named(Need::Given) {
            if !has(lacking)? {
                let reason = say!("is empty, and {sign} is not: give each, or leave {sign} out", sign = step.sign);
                return Err(Fault::of(lacking, reason));
            }
        }
    }
    Ok(())
}

impl List {
    /// Writes the rows, behind what the entry of this id has of them. Of a list that grows, the entry's next record holds them.
    pub(super) fn write(&self, change: &Change<'_>, entry: i64, grows: bool) -> Result<()> {
        let marks = vec!["?"; self.columns.len() + 2].join(", ");
        let sql = format!("INSERT INTO {} (entry, position, {}) VALUES ({marks})", self.table, self.columns.join(", "));
        let behind = format!("SELECT max(coalesce(max(position), 0), 0) FROM {} WHERE entry = ?1", self.table);
        let behind: i64 = change.sql().only(&behind, [entry])?;
        let mut statement = change.sql().prepare_cached(&sql)?;
        for (row, place) in self.rows.iter().zip(0_usize..) {
            let position = match &self.positions {
                Some(positions) => positions.get(place).copied().unwrap_or_default(),
                None => behind + i64::try_from(place)? + 1,
            };
            let keys = [Value::Integer(entry), Value::Integer(position)];
            statement.execute(params_from_iter(keys.iter().chain(row)))?;
            if grows {
                change.wrote(self.table, entry, position);
            }
        }
        Ok(())
    }

    /// Rows of which a file tells each.
    pub(crate) const fn of(table: &'static str, columns: &'static [&'static str], rows: Vec<Vec<Value>>) -> Self {
        Self { table, columns, rows, told: None, positions: None, deciders: Vec::new() }
    }

    /// The same, of which a file tells only the last of each kind, and of that only these columns: an entry that went on in the
    /// book has others before it. `kind` and `told` count the columns from the first.
    pub(crate) fn told(self, kind: usize, told: usize) -> Self {
        Self { told: Some((kind, told)), ..self }
    }

    /// The same, of which the rows have these positions.
    pub(crate) fn at(self, positions: Vec<i64>) -> Self {
        Self { positions: Some(positions), ..self }
    }

    /// The same, of decisions whose deciders the file names in these columns.
    pub(crate) fn decided(self, deciders: Vec<&'static str>) -> Self {
        Self { deciders, ..self }
    }

    /// The text that a row has in a column.
    pub(super) fn text<'r>(&self, row: &'r [Value], column: &str) -> Option<&'r str> {
        match row.get(self.columns.iter().position(|known| *known == column)?)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether the book has these rows for the entry, as far as a file tells them.
    pub(super) fn is_in(&self, book: &Connection, entry: i64) -> Result<bool> {
        let standing = standing_rows(self.table);
        let sql = format!(
            "SELECT {} FROM {} WHERE {standing}entry = ?1 ORDER BY position",
            self.columns.join(", "),
            self.table
        );
        let width = self.columns.len();
        let rows: Vec<Vec<Value>> = book.each(&sql, [entry], |row| (0..width).map(|index| row.get(index)).collect())?;
        let Some((kind, told)) = self.told else { return Ok(rows == self.rows) };
        let last = |row: &Vec<Value>| rows.iter().rfind(|known| known.iter().take(kind).eq(row.iter().take(kind)));
        Ok(self.rows.iter().all(|row| last(row).is_some_and(|known| known.iter().take(told).eq(row.iter().take(told)))))
    }
}
