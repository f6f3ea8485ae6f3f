//! Routes: which department an entry of a region or an equipment type goes to (R2.3).

use std::cmp::Reverse;

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use rusqlite::Connection;
use serde_json::json;

use super::listed::Routes;
use super::{region, report};
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::desk::{Answer, Deed, Desk, Run};
use crate::import::run::FileImport;
use crate::language;
use crate::office::{department, identity};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::sheet::query::Query;
use crate::text::{self, Text};
use crate::whole;

/// What the clerk does with routes.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Make a route
    Add(Add),
    /// List the routes, ended ones included
    List,
    /// End a route; entries that it led stay where they are
    End(End),
    /// Show which routes fit an entry and why; the first decides
    Explain(Explain),
    /// Bring in what branchbook info route list wrote as CSV
    Import(FileImport),
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Add(add) => desk.change("info route add", &add.deed, |change| add.enter(change)),
            Self::List => desk.list(&Query::new(
                say!("Routes of user information"),
                "SELECT id AS route, region, equipment, department, ended_on FROM route ORDER BY id",
            )),
            Self::End(end) => desk.change("info route end", &end.deed, |change| end.enter(change)),
            Self::Explain(explain) => explain.run(desk),
            Self::Import(import) => import.list(desk, "info route import", |by| Routes { by }),
        }
    }
}

/// A route, which holds until it is ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route {
    /// Its number.
    pub(crate) id: i64,
    /// What the entry's region must begin with; any where none is given.
    pub(crate) region: Option<String>,
    /// What the entry's equipment type must contain; any where none is given.
    pub(crate) equipment: Option<String>,
    /// Where it leads.
    pub(crate) department: String,
}

impl Route {
    /// The routes that hold on a day.
    fn all(book: &Connection, day: NaiveDate) -> Result<Vec<Self>> {
        book.each(
            "SELECT id, region, equipment, department FROM route WHERE ended_on IS NULL OR ended_on > ?1 ORDER BY id",
            [day],
            |row| Ok(Self { id: row.get(0)?, region: row.get(1)?, equipment: row.get(2)?, department: row.get(3)? }),
        )
    }

    /// Whether an entry of this region and equipment type goes this way.
    fn fits(&self, region: &str, equipment: &str) -> bool {
        self.region.as_ref().is_none_or(|begin| region::plain(region).starts_with(&region::plain(begin)))
            && self.equipment.as_ref().is_none_or(|part| text::plain(equipment).contains(&text::plain(part)))
    }

    /// What a route is ordered by, the most specific first: region and equipment, then the longer region, then equipment
    /// alone; the older one of two alike.
    fn rank(&self) -> (bool, Reverse<usize>, i64) {
        let both = self.region.is_some() && self.equipment.is_some();
        let length = self.region.as_ref().map_or(0, |begin| region::plain(begin).chars().count());
        (!both, Reverse(length), self.id)
    }

    /// Why it fits, in words.
    pub(crate) fn why(&self) -> String {
        let region = self.region.as_ref().map(|begin| say!("the region begins with {begin}", begin));
        let equipment = self.equipment.as_ref().map(|part| say!("the equipment contains {part}", part));
        language::all_of(region.into_iter().chain(equipment))
    }
}

/// The routes of a day that fit an entry, the one that decides first.
pub(crate) fn fitting(book: &Connection, entry: &Entry, day: NaiveDate) -> Result<Vec<Route>> {
    let (region, equipment): (String, String) =
        book.whole("SELECT region, equipment FROM info WHERE entry = ?1", [entry.id])?;
    let mut routes = Route::all(book, day)?;
    routes.retain(|route| route.fits(&region, &equipment));
    routes.sort_by_key(Route::rank);
    Ok(routes)
}

/// A new route
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// What the region begins with
    #[arg(long, required_unless_present = "equipment")]
    pub(crate) region: Option<Text>,
    /// What the equipment type contains
    #[arg(long)]
    pub(crate) equipment: Option<Text>,
    /// Department that tracks such entries
    #[arg(long, value_name = "DEPARTMENT")]
    pub(crate) to: String,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Add {
    pub(super) fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let by = self.deed.by.as_deref();
        let actor = identity::clerks_deed(change, by, "R2.3", say!("makes routes"))?;
        let department = report::reporting(change.sql(), &self.to)?;
        department::refuse_ended(&department, change.on)?;
        let department = department.key;
        self.refuse_second(change)?;
        let id: i64 = change.sql().only(
            "INSERT INTO route (region, equipment, department) VALUES (?1, ?2, ?3) RETURNING id",
            (&self.region, &self.equipment, &department),
        )?;
        change.record(&Thing::office("route", &[&id.to_string()])?, &actor.key, None)?;
        let text = |text: &Option<Text>| text.as_ref().map(ToString::to_string);
        let route = Route { id, region: text(&self.region), equipment: text(&self.equipment), department };
        let line = say!(
            "route {id}: to {department} where {why}",
            id,
            department = language::value(&route.department),
            why = route.why()
        );
        let note = self.region.as_ref().and_then(|begin| region::note(begin));
        Ok(Answer { notes: note.into_iter().collect(), ..Answer::new(id.to_string(), line) })
    }

    /// The older of two routes alike decides, so the second would never lead anywhere.
    fn refuse_second(&self, change: &Change<'_>) -> Result<()> {
        let alike = |mine: &Option<Text>, theirs: &Option<String>, form: fn(&str) -> String| {
            mine.as_ref().map(|text| form(text)) == theirs.as_ref().map(|text| form(text))
        };
        let second = Route::all(change.sql(), change.on)?.into_iter().find(|route| {
            alike(&self.region, &route.region, region::plain) && alike(&self.equipment, &route.equipment, text::plain)
        });
        let Some(Route { id, department, .. }) = second else { return Ok(()) };
        Err(Refusal::usage(say!(
            "route {id} leads such entries to {department} already",
            id,
            department = language::value(&department)
        ))
        .or(say!("end it first with: branchbook info route end {id}", id))
        .into())
    }
}

/// The route to end
#[derive(Debug, Args)]
pub(crate) struct End {
    /// The route's number in branchbook info route list
    #[arg(value_name = "ROUTE", value_parser = whole::place)]
    pub(crate) id: i64,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl End {
    pub(super) fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let by = self.deed.by.as_deref();
        let actor = identity::clerks_deed(change, by, "R2.3", say!("ends routes"))?;
        let ended: Option<NaiveDate> =
            change.sql().value("SELECT ended_on FROM route WHERE id = ?1", [self.id])?.ok_or_else(|| {
                Refusal::not_found(say!("there is no route {id}", id = self.id))
                    .or(say!("see branchbook info route list"))
            })?;
        if let Some(day) = ended {
            return Err(Refusal::usage(say!("route {id} ended on {day}", id = self.id, day))
                .or(say!("see branchbook info route list"))
                .into());
        }
        change.sql().execute("UPDATE route SET ended_on = ?2 WHERE id = ?1", (self.id, change.on))?;
        change.record(&Thing::office("route", &[&self.id.to_string()])?, &actor.key, None)?;
        Ok(Answer::new(
            self.id.to_string(),
            say!("route {id}: leads nowhere from {on} on", id = self.id, on = change.on),
        ))
    }
}

/// The entry to find a way for
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The entry's number
    pub(crate) number: String,
}

impl Run for Explain {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let (on, language) = (desk.on()?, desk.list_language());
        let book = desk.book()?.reader();
        let entry = Entry::find_in(book, "info", &self.number)?;
        let routes = fitting(book, &entry, on)?;
        if routes.is_empty() {
            let way_out = say!("make one with: branchbook info route add --region REGION --to DEPARTMENT");
            let what = say!("no route fits {number}", number = entry.number);
            writeln!(desk.err, "{what}; {way_out}")?;
        }
        let rows: Vec<_> = routes
            .iter()
            .enumerate()
            .map(|(place, route)| {
                vec![
                    json!(route.id),
                    json!(route.department),
                    json!(i64::from(place == 0)),
                    json!(language.during(|| route.why())),
                ]
            })
            .collect();
        let columns = ["route", "department", "decides_flag", "why"];
        desk.list(&Query::computed(say!("Routes that fit {number}", number = entry.number), &columns, &rows))
    }
}
