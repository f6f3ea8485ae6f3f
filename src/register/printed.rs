//! The verbs that print the entries of a register, each on a sheet of its own or several: those that are named, else those that a
//! filter lets through.

use std::fmt;

use anyhow::Result;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use rusqlite::Connection;

use super::Register;
use super::entry::Entry;
use super::filter::Filter;
use crate::book::select::Select;
use crate::desk::Desk;
use crate::language::{self, Meant, words};
use crate::office::name;
use crate::page;
use crate::page::browser::Open;
use crate::page::form::{Form as Page, Forms};
use crate::refusal::Refusal;
use crate::say;
use crate::sheet::query::Query;
use crate::view::with_views;

/// What is printed of an entry: the verb, and its pages.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// The verb.
    pub(crate) name: &'static str,
    /// What help says.
    pub(crate) about: &'static str,
    /// What several of them are called together.
    pub(crate) title: &'static str,
    /// The clause by which it is made.
    pub(crate) clause: &'static str,
    /// Whether something is written in an entry, in SQL over the register's list: what was voided unused has no sheet.
    pub(crate) written: &'static str,
    /// Whether it is made for today, with the names of today; else with those of the entry's day.
    pub(crate) for_today: bool,
    /// Finds the entry of the register by what was typed for its number.
    pub(crate) find: fn(&Connection, &str, &str) -> Result<Entry>,
    /// Its pages; `--page` chooses among several.
    pub(crate) pages: &'static [Part],
    /// Makes the empty sheet of a reserved number, for a pad; none where there are no such sheets.
    pub(crate) blank: Option<fn(&Connection, &Entry) -> Result<Page>>,
}

/// A page of a sheet.
#[derive(Debug)]
pub(crate) struct Part {
    /// What `--page` calls it; empty where it is the only one.
    pub(crate) name: &'static str,
    /// What help says of it.
    pub(crate) about: &'static str,
    /// Why the entry has no such page; nothing where it has.
    pub(crate) lacks: fn(&Connection, &Entry) -> Result<Option<Refusal>>,
    /// Makes it.
    pub(crate) of: Of,
}

/// Makes a page of an entry, or several of its kind.
#[derive(Clone, Copy)]
pub(crate) enum Of {
    /// One.
    One(fn(&Connection, &Entry) -> Result<Page>),
    /// One for each thing of the entry.
    Each(fn(&Connection, &Entry) -> Result<Vec<Page>>),
}

impl fmt::Debug for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::One(_) => "One",
            Self::Each(_) => "Each",
        })
    }
}

impl Part {
    /// The only page of a sheet, which every entry has.
    pub(crate) const fn only(of: fn(&Connection, &Entry) -> Result<Page>) -> Self {
        Self { name: "", about: "", lacks: |_, _| Ok(None), of: Of::One(of) }
    }
}

impl Sheet {
    /// A sheet of which nothing is said yet.
    pub(crate) const BLANK: Self = Self {
        name: "print",
        about: "",
        title: "",
        clause: "",
        written: "true",
        for_today: false,
        find: Entry::find_in,
        pages: &[],
        blank: None,
    };

    /// The options behind a door.
    pub(super) fn grammar(&self, door: Command) -> Command {
        let door = Printed::augment_args(door);
        let door = match self.blank {
            None => door,
            Some(_) => door.mut_arg("numbers", |numbers| numbers.required_unless_present("reserved")).arg(
                Arg::new("reserved")
                    .long("reserved")
                    .action(ArgAction::SetTrue)
                    .conflicts_with_all(["numbers", "state"])
                    .help("The reserved numbers, as empty forms for a pad"),
            ),
        };
        if self.pages.len() < 2 {
            return door;
        }
        let pages = self.pages.iter().map(|page| PossibleValue::new(page.name).help(page.about));
        door.arg(
            Arg::new("page")
                .long("page")
                .value_name("PAGE")
                .value_parser(Meant(PossibleValuesParser::new(pages)))
                .help("One of its pages alone [default: every page that it has]"),
        )
    }

    /// Prints the sheets of the chosen entries; of those that are chosen by a filter, where something is written in them.
    pub(super) fn run(&self, register: &'static Register, matches: &mut ArgMatches, desk: &mut Desk<'_>) -> Result<()> {
        let reserved = self.blank.filter(|_| matches.get_flag("reserved"));
        let page = if self.pages.len() < 2 { None } else { matches.get_one::<String>("page").cloned() };
        let Printed { numbers, mut filter, open } = Printed::from_arg_matches_mut(matches)?;
        let today = desk.today()?;
        let book = desk.book()?.reader();
        let mut pages = Vec::new();
        let mut print = |number: &str, is_named: bool| -> Result<()> {
            let entry = (self.find)(book, register.name, number)?;
            name::as_of(book, if self.for_today { today } else { entry.day })?;
            pages.extend(match reserved {
                Some(blank) => vec![blank(book, &entry)?],
                None => match self.of(book, register, &entry, page.as_deref())? {
                    Err(refusal) if is_named => return Err(refusal.into()),
                    made => made.unwrap_or_default(),
                },
            });
            Ok(())
        };
        for number in &numbers {
            print(number, true)?;
        }
        if numbers.is_empty() {
            if reserved.is_some() {
                filter.state = Some("reserved".to_owned());
            }
            let query = filter.apply(book, register, &format!("SELECT * FROM {}", register.view), today)?;
            let kept = if reserved.is_some() { "true" } else { "state <> 'reserved'" };
            let chosen = Query { sql: format!("SELECT number FROM ({}) WHERE {kept}", query.sql), ..query };
            for number in chosen.texts(book)? {
                print(&number, false)?;
            }
        }
        let title = match numbers.as_slice() {
            [only] => format!("{only} {}", words(self.title)),
            _ => words(self.title).to_owned(),
        };
        let way_on = match reserved {
            Some(_) => say!("reserve numbers with: branchbook series reserve SERIES --count COUNT").to_owned(),
            None => say!("see branchbook {register} list", register = register.name),
        };
        match pages.pop() {
            None => Err(Refusal::not_found(say!("there is nothing to print")).or(way_on).into()),
            Some(only) if pages.is_empty() => desk.page(&only.alone(), open),
            Some(last) => {
                pages.push(last);
                let pages = Forms::of(page::branch(desk.book()?.reader())?, title, pages);
                desk.page(&pages, open)
            }
        }
    }

    /// The pages of an entry, or the one of this name; else why it has none.
    fn of(
        &self,
        book: &Connection,
        register: &Register,
        entry: &Entry,
        page: Option<&str>,
    ) -> Result<Result<Vec<Page>, Refusal>> {
        if let Some(unwritten) = self.unwritten(book, register, entry)? {
            return Ok(Err(unwritten));
        }
        let (mut made, mut lacking) = (Vec::new(), None);
        for part in self.pages.iter().filter(|part| page.is_none_or(|page| page == part.name)) {
            if let Some(refusal) = (part.lacks)(book, entry)? {
                lacking = lacking.or(Some(refusal));
                continue;
            }
            language::of(register.name, || match part.of {
                Of::One(of) => of(book, entry).map(|page| made.push(page)),
                Of::Each(of) => of(book, entry).map(|pages| made.extend(pages)),
            })?;
        }
        Ok(match lacking.filter(|_| made.is_empty()) {
            Some(refusal) => Err(refusal),
            None => Ok(made),
        })
    }

    /// Why nothing is on the sheet of an entry: it is only reserved, or was voided unused.
    fn unwritten(&self, book: &Connection, register: &Register, entry: &Entry) -> Result<Option<Refusal>> {
        entry.refuse_reserved(say!("printed"))?;
        if entry.state != "void" {
            return Ok(None);
        }
        let sql = format!("SELECT {} FROM {} WHERE id = ?1", self.written, register.view);
        if book.value::<bool>(&with_views(&sql), [entry.id])?.unwrap_or_default() {
            return Ok(None);
        }
        let number = &entry.number;
        let what = say!("{number} was voided before anything was written on it", number);
        Ok(Some(Refusal::rule(self.clause, what).or(say!("see why with: branchbook show {number}", number))))
    }
}

/// Which pages are printed
#[derive(Debug, Args)]
struct Printed {
    /// The numbers of those that are printed
    #[arg(value_name = "NUMBER", required_unless_present_any = ["month", "from", "to", "department", "person", "state", "text", "last"])]
    numbers: Vec<String>,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    open: Open,
}
