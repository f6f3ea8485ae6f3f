//! The approved gift list: what may be bought as a gift, at which price (R5.3(3)).

use anyhow::Result;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use rusqlite::Connection;

use super::catalog_import::Items;
use crate::book::change::Change;
use crate::book::select::Select;
use crate::book::thing::Thing;
use crate::desk::{Answer, Deed, Desk, Run};
use crate::import::run::FileImport;
use crate::language;
use crate::money::{Money, estimate};
use crate::office::identity;
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::say;
use crate::sheet::query::Query;
use crate::text::{self, Line};

/// What is done with the approved gift list.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Put an item on the list; the branch manager or a company leader approves it
    Add(Add),
    /// List the items, ended ones included
    List,
    /// Bring in what branchbook gift catalog list wrote as CSV
    Import(FileImport),
    /// Take an item off the list; gifts that were asked for keep it
    End(End),
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Add(add) => desk.change("gift catalog add", &add.deed, |change| add.enter(change)),
            Self::List => desk.list(&Query::new(
                say!("Approved gift list"),
                "SELECT i.id AS item, i.name, i.price_fen, i.approved_by, i.from_on, i.until_on, j.recorder AS entered_by, nullif(j.declared_flag, 0) AS declared_flag
                 FROM gift_item AS i LEFT JOIN journal AS j ON j.id = (SELECT min(id) FROM journal WHERE thing = 'gift-item ' || i.id)
                 ORDER BY i.id",
            )),
            Self::Import(import) => import.list(desk, "gift catalog import", |_| Items),
            Self::End(end) => desk.change("gift catalog end", &end.deed, |change| end.enter(change)),
        }
    }
}

/// An item of the approved list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// Its number on the list.
    pub(crate) id: i64,
    /// What it is.
    pub(crate) name: String,
    /// The price of one, in fen.
    pub(crate) price: Money,
}

impl Item {
    /// The item of this name, written in whatever width and case, on the list of that day; none where there is none.
    pub(crate) fn look_up(book: &Connection, name: &str, day: NaiveDate) -> Result<Option<Self>> {
        let folded = text::fold(name);
        let items = book.each(
            "SELECT id, name, price_fen FROM gift_item WHERE from_on <= ?1 AND (until_on IS NULL OR until_on >= ?1) ORDER BY id",
            [day],
            |row| Ok(Self { id: row.get(0)?, name: row.get(1)?, price: row.get(2)? }),
        )?;
        Ok(items.into_iter().find(|item| text::fold(&item.name) == folded))
    }

    /// The item of this name on the list of that day.
    pub(crate) fn find(book: &Connection, name: &str, day: NaiveDate) -> Result<Self> {
        Self::look_up(book, name, day)?.ok_or_else(|| {
            Refusal::rule("R5.3(3)", say!("{name} is not on the approved gift list of {day}", name, day))
                .or(say!("put it there with: branchbook gift catalog add {name} --price YUAN --by PERSON, or ask for it as a free item with its price: --item \"{name};QUANTITY;PRICE\"", name = text::word(name)))
                .into()
        })
    }
}

/// Refuses unless the actor was the branch manager or a company leader.
fn require_approver(change: &Change<'_>, actor: &Person, what: &str) -> Result<()> {
    let book = change.sql();
    let roles = [Role::BranchManager, Role::CompanyLeader];
    identity::refuse_lent(change, "R5.3(3)")?;
    let Some(day) = identity::out_of_office(change, actor, |day| {
        Ok(actor.decides_as(book, roles[0], None, day)? || actor.decides_as(book, roles[1], None, day)?)
    })?
    else {
        return Ok(());
    };
    let mut keys = Vec::new();
    for role in roles {
        keys.extend(Person::deciders(book, role, None, day)?.into_iter().map(|person| person.key));
    }
    let way_out = identity::name_who(change, &keys)?;
    Err(Refusal::rule(
        "R5.3(3)",
        say!("{what} is for the branch-manager or a company-leader, which {actor} was not on {day}", what, actor, day),
    )
    .or(way_out)
    .into())
}

/// A new item of the list
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// What it is
    pub(crate) name: Line,
    /// Price of one, in yuan
    #[arg(long, value_name = "YUAN", value_parser = estimate, allow_negative_numbers = true)]
    pub(crate) price: Money,
    #[command(flatten)]
    pub(super) deed: Deed,
}

impl Add {
    pub(super) fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::office_bearer(change, self.deed.by.as_deref())?;
        require_approver(change, &actor, say!("approving an item of the gift list"))?;
        if self.price == Money(0) {
            return Err(Refusal::usage(say!("a gift costs more than nothing"))
                .or(say!("give the price with --price YUAN"))
                .into());
        }
        if self.name.contains(';') {
            return Err(Refusal::usage(say!("{name} has a semicolon, which ends a name in --item", name = self.name))
                .or(say!("give a name without it"))
                .into());
        }
        if let Some(item) = Item::look_up(change.sql(), &self.name, change.on)? {
            return Err(Refusal::usage(say!(
                "{name} is item {id} of the gift list already, at {price}",
                name = item.name,
                id = item.id,
                price = item.price
            ))
            .or(say!("for another price, end it first with: branchbook gift catalog end {id}", id = item.id))
            .into());
        }
        let id: i64 = change.sql().only(
            "INSERT INTO gift_item (name, price_fen, approved_by, from_on) VALUES (?1, ?2, ?3, ?4) RETURNING id",
            (&self.name, self.price, &actor.key, change.on),
        )?;
        change.record(&Thing::office("gift-item", &[&id.to_string()])?, &actor.key, None)?;
        let line = say!(
            "item {id}: {name} at {price}, approved by {by}",
            id,
            name = self.name,
            price = self.price,
            by = language::people(&actor.key)
        );
        Ok(Answer::new(id.to_string(), line))
    }
}

/// The item to end
#[derive(Debug, Args)]
pub(crate) struct End {
    /// The item's number or name in branchbook gift catalog list
    #[arg(value_name = "ITEM")]
    pub(crate) item: Line,
    #[command(flatten)]
    deed: Deed,
}

impl End {
    /// The day before is the item's last on the list, so that it can be put there again at another price the same day.
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let actor = identity::office_bearer(change, self.deed.by.as_deref())?;
        require_approver(change, &actor, say!("ending an item of the gift list"))?;
        let folded = text::fold(&self.item);
        let standing = change
            .sql()
            .rows::<(i64, String)>("SELECT id, name FROM gift_item WHERE until_on IS NULL ORDER BY id", ())?;
        let found = standing.into_iter().find(|(id, name)| id.to_string() == *self.item || text::fold(name) == folded);
        let Some((id, name)) = found else {
            return Err(Refusal::not_found(say!("no item {item} stands on the gift list", item = self.item))
                .or(say!("see branchbook gift catalog list"))
                .into());
        };
        change.sql().execute("UPDATE gift_item SET until_on = date(?2, '-1 day') WHERE id = ?1", (id, change.on))?;
        change.record(&Thing::office("gift-item", &[&id.to_string()])?, &actor.key, None)?;
        Ok(Answer::new(
            id.to_string(),
            say!("item {id}: {name} is off the list from {on} on", id, name, on = change.on),
        ))
    }
}
