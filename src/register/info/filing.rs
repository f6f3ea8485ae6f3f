//! General Management's clerk files what was reported (R2.2).

use anyhow::Result;
use clap::Args;

use super::numbers;
use crate::book::change::Change;
use crate::day::{Month, MonthArg};
use crate::desk::{Answer, Deed, Desk, Run};
use crate::language;
use crate::office::{department, identity};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::text::Text;

/// So many numbers are named one by one.
const SEVERAL: usize = 5;

/// What is filed: the reported entries of a month, or these numbers
#[derive(Debug, Args)]
pub(crate) struct File {
    /// The entries' numbers
    #[arg(value_name = "NUMBER", required_unless_present = "month", conflicts_with_all = ["month", "department"])]
    pub(crate) numbers: Vec<String>,
    /// All that was reported of this month
    #[arg(long, value_name = "MONTH")]
    pub(crate) month: Option<MonthArg>,
    /// Only of this department
    #[arg(long, value_name = "DEPARTMENT", requires = "month")]
    pub(crate) department: Option<String>,
    /// Where they stand in General Management's files
    #[arg(long, value_name = "PLACE")]
    pub(crate) place: Option<Text>,
    #[command(flatten)]
    deed: Deed,
}

impl Run for File {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        desk.change("info file", &self.deed, |change| self.enter(change))
    }
}

impl File {
    /// Files the entries, all or none of them.
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let clerk = identity::office_bearer(change, self.deed.by.as_deref())?;
        super::step(change.sql(), "file", "reported")?.require(change, &clerk, say!("filing user information"))?;
        let numbers = match self.month.map(|month| month.on(change.today())) {
            Some(month) => self.reported(change, month)?,
            None => self.numbers.clone(),
        };
        let mut filed_now = Vec::with_capacity(numbers.len());
        for number in &numbers {
            let mut entry = Entry::find_in(change.sql(), "info", number)?;
            change.hold(&entry.thing()?)?;
            let step = entry.step(change.sql(), "file", None)?;
            entry.refuse_before_last(change, say!("filed"))?;
            entry.take(change, &step)?;
            let filed = "UPDATE info SET filed_on = ?2, place = ?3 WHERE entry = ?1";
            change.sql().prepare_cached(filed)?.execute((entry.id, change.on, &self.place))?;
            change.record(&entry.thing()?, &clerk.key, None)?;
            filed_now.push(entry.number);
        }
        let numbers = filed_now;
        let on = change.on;
        let line = match numbers.as_slice() {
            [number] => say!("{number}: filed on {on}", number, on),
            [first, .., last] if numbers.len() > SEVERAL => {
                say!("{count} entries filed on {on}, from {first} to {last}", count = numbers.len(), on, first, last)
            }
            _ => say!("{numbers}: filed on {on}", numbers = numbers.join(language::comma()), on),
        };
        Ok(Answer::new(numbers.len().to_string(), line))
    }

    /// The numbers of the month that are reported and not filed yet.
    fn reported(&self, change: &Change<'_>, month: Month) -> Result<Vec<String>> {
        let department = self.department.as_ref().map(|which| department::find(change.sql(), which)).transpose()?;
        let department = department.map(|department| department.key);
        let numbers = numbers(change.sql(), "reported", department.as_deref(), (month.first(), month.last()))?;
        if !numbers.is_empty() {
            return Ok(numbers);
        }
        let what = match &department {
            None => say!("nothing waits to be filed for {month}", month),
            Some(key) => {
                say!("nothing of {department} waits to be filed for {month}", department = language::value(key), month)
            }
        };
        let option = department.unwrap_or_else(|| "DEPARTMENT".to_owned());
        Err(Refusal::rule("R2.2", what)
            .or(say!(
                "what was collected is reported first: branchbook info report --department {option} --month {month}",
                option,
                month = month.to_string()
            ))
            .into())
    }
}
