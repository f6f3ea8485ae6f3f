//! Work contact forms and the departments' ledgers (R4).

pub mod amend;
pub mod archive;
pub mod circulate;
pub mod entitlement;
pub mod import;
pub mod issue;
pub mod ledger;
pub mod parties;
pub mod print;
mod waiting;

use std::fmt;
use std::str::FromStr;

use anyhow::Result;
use clap::{Subcommand, ValueEnum};

use super::filter::Filter;
use super::pack::MonthFigure;
use super::{EXCEPTIONS, Part, Register, old_ledger, shared, spoil};
use crate::desk::{Desk, Run};
use crate::language;
use crate::language::Spoken;
use crate::phrase;
use crate::refusal::Refusal;
use crate::room::Room;
use crate::say;
use crate::text::quoted;

/// The register of contact forms.
pub static REGISTER: Register = Register {
    name: "contact",
    room: Room::with_verbs::<Verb>("contact", "Work contact forms and their ledgers (R4)"),
    template: None,
    title: phrase!("Work contact forms"),
    view: "contact_list",
    day: "issued_on",
    person: "issued_by",
    what: "subject",
    text: &[
        "number",
        "subject",
        "content",
        "addressed_to",
        "copied_to",
        "project",
        "contract",
        "holder",
        "void_reason",
    ],
    restricted: &[],
    lists: &[],
    growing: &["signature", "reply"],
    parts: &[
        Part {
            title: phrase!("Signatures"),
            sql: "SELECT party, signed_by, signed_on FROM signature WHERE entry = :id ORDER BY signed_on, party",
        },
        Part {
            title: phrase!("Replies"),
            sql: "SELECT party, replied_by, replied_on, text FROM reply WHERE entry = :id ORDER BY position",
        },
        EXCEPTIONS,
    ],
    waits: &[waiting::forms],
    month_parts: |_, _| Ok(Vec::new()),
    month_figures,
    form: None,
    as_of: &[],
};

/// What a contact form is about, which decides who may issue it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Technical data, production cycle, schedule, purchase price before the contract (R4.2)
    PreContract,
    /// Data, changes, supplements during the contract (R4.3)
    Execution,
    /// Unpacking, counting, installation, commissioning (R4.4)
    AfterSales,
    /// What the user raises: progress, supporting parts, delivery (R4.5)
    UserRequest,
    /// To a unit outside the company (R4.6)
    External,
    /// What General Management needs to ship (R6.1)
    Shipping,
}

impl Kind {
    /// The kind's word in the book and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::PreContract => "pre-contract",
            Self::Execution => "execution",
            Self::AfterSales => "after-sales",
            Self::UserRequest => "user-request",
            Self::External => "external",
            Self::Shipping => "shipping",
        }
    }

    /// The kind as it is printed on a form.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::PreContract => say!("Before the contract"),
            Self::Execution => say!("Execution of the contract"),
            Self::AfterSales => say!("After-sales service"),
            Self::UserRequest => say!("Request of the user"),
            Self::External => say!("External letter"),
            Self::Shipping => say!("Shipping"),
        }
    }

    /// The clause that says who issues it.
    #[must_use]
    pub const fn clause(self) -> &'static str {
        match self {
            Self::PreContract => "R4.2",
            Self::Execution => "R4.3",
            Self::AfterSales => "R4.4",
            Self::UserRequest => "R4.5",
            Self::External => "R4.6",
            Self::Shipping => "R6.1",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl Spoken for Kind {
    fn spoken(&self) -> String {
        language::value(&self.to_string()).into_owned()
    }
}

impl FromStr for Kind {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        Self::value_variants().iter().copied().find(|kind| kind.key() == text).ok_or_else(|| {
            let kinds: Vec<&str> = Self::value_variants().iter().map(|kind| kind.key()).collect();
            Refusal::usage(say!("{text} is no kind of contact form", text = quoted(text)))
                .or(say!("give one of: {kinds}", kinds = kinds.join(", ")))
        })
    }
}

/// What is done with contact forms.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Log a form: it takes the next number of its department's ledger
    Add(issue::Add),
    /// Sign for receipt, for one addressee or copy (R4.7)
    Sign(circulate::Sign),
    /// Enter an addressee's reply
    Reply(circulate::Reply),
    /// Take a form into its contract's file (R4.7)
    Archive(archive::Archive),
    /// Void a spoilt form, a reserved number, or numbers missing in an old ledger: number and reason stay (R4.8)
    Void(spoil::Void),
    /// Correct a form; the old values stay in its history
    Amend(amend::Amend),
    /// List forms
    List(Filter),
    /// Show one form
    Show(shared::Show),
    /// Show what happened to a form
    History(shared::History),
    /// A department's ledger in number order, voided and reserved numbers included (R4.8)
    Ledger(ledger::Ledger),
    /// Forms that wait for a signature, a reply or the archive, and who holds the paper (R4.7)
    Outstanding(ledger::Outstanding),
    /// Everything in a contract's file
    File(ledger::File),
    /// The form as a page to print
    Print(print::Print),
    /// Bring in an old ledger from CSV, with its own numbers
    Import(old_ledger::Import),
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Add(add) => desk.change("contact add", &add.deed, |change| add.issue(change)),
            Self::Sign(sign) => desk.change("contact sign", &sign.deed, |change| sign.enter(change)),
            Self::Reply(reply) => desk.change("contact reply", &reply.deed, |change| reply.enter(change)),
            Self::Archive(archive) => desk.change("contact archive", &archive.deed, |change| archive.enter(change)),
            Self::Void(void) => desk.change("contact void", &void.deed, |change| {
                void.enter(change, "contact", |change, entry| {
                    circulate::refuse_before_last(change, entry, say!("voided"))
                })
            }),
            Self::Amend(amend) => desk.change("contact amend", &amend.deed, |change| amend.enter(change)),
            Self::List(filter) => shared::list(desk, "contact", &filter),
            Self::Show(show) => show.run_in(desk, "contact"),
            Self::History(history) => history.run_in(desk, "contact"),
            Self::Ledger(ledger) => ledger.run(desk),
            Self::Outstanding(outstanding) => outstanding.run(desk),
            Self::File(file) => file.run(desk),
            Self::Print(print) => print.run(desk),
            Self::Import(import) => import::run(&import, desk),
        }
    }
}

/// Contact forms on the first page of the month-end pack.
fn month_figures() -> Vec<MonthFigure> {
    vec![
        MonthFigure::count(
            say!("contact forms issued"),
            "SELECT count(*) FROM contact_list WHERE issued_on BETWEEN :first AND :last AND state NOT IN ('reserved', 'void')",
        ),
        MonthFigure::count(
            say!("of these not archived by the month's end"),
            "SELECT count(*) FROM contact_list WHERE issued_on BETWEEN :first AND :last AND state NOT IN ('reserved', 'void')
                AND (archived_on IS NULL OR archived_on > :last)",
        ),
    ]
}
