//! People and the roles that they hold from day to day.

pub(crate) mod deputy;

use std::fmt;

use anyhow::Result;
use chrono::NaiveDate;
use clap::ValueEnum;
use clap::builder::EnumValueParser;
use rusqlite::types::{ToSql, ToSqlOutput};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::language::{self, Meant, Spoken, Words};
use crate::nearest::{did_you_mean, nearest};
use crate::refusal::Refusal;
use crate::say;
use crate::text;
use crate::view::with_views;

/// A role in the office, held for a term in a department.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Collects information and tracks customers.
    Salesperson,
    /// A salesperson in training, with an indicator of their own (R2.2a).
    Trainee,
    /// Keeps the registers.
    Clerk,
    /// Keeps the contract files and takes in contact forms for them (R4.5).
    ContractAdministrator,
    /// Runs a department.
    DepartmentManager,
    /// Runs the sales branch.
    BranchManager,
    /// One of the company's leaders.
    CompanyLeader,
    /// The company's general manager.
    GeneralManager,
    /// Anybody else, such as an engineer.
    Member,
    /// A program that runs by itself, such as cron: it reads, exports and copies, and enters nothing.
    Service,
}

/// The roles that decide.
pub(crate) const DECIDING: [Role; 4] =
    [Role::DepartmentManager, Role::BranchManager, Role::CompanyLeader, Role::GeneralManager];

impl Role {
    /// The role's word in the book and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Salesperson => "salesperson",
            Self::Trainee => "trainee",
            Self::Clerk => "clerk",
            Self::ContractAdministrator => "contract-administrator",
            Self::DepartmentManager => "department-manager",
            Self::BranchManager => "branch-manager",
            Self::CompanyLeader => "company-leader",
            Self::GeneralManager => "general-manager",
            Self::Member => "member",
            Self::Service => "service",
        }
    }
}

impl Role {
    /// A role as it is typed, in any language.
    pub(crate) fn typed() -> Meant<EnumValueParser<Self>> {
        Meant(EnumValueParser::new())
    }

    /// The role of this word in the book.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        Self::value_variants().iter().copied().find(|role| role.key() == key)
    }

    /// The role that a file calls so: by its word, or as people say it in some language.
    pub(crate) fn called(name: &str) -> Option<Self> {
        Self::of_key(Words::of(Self::value_variants().iter().map(|role| role.key())).meant(name)?)
    }

    /// Whether it is given by those above alone: it decides, writes down what others did, or reads user information by office.
    pub(crate) fn is_entrusted(self) -> bool {
        self.decides() || matches!(self, Self::Clerk | Self::ContractAdministrator | Self::Service)
    }

    /// Whether it is a manager's or a leader's.
    pub(crate) fn decides(self) -> bool {
        DECIDING.contains(&self)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl Spoken for Role {
    fn spoken(&self) -> String {
        language::value(&self.to_string()).into_owned()
    }
}

impl ToSql for Role {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.key().into())
    }
}

/// A person of the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The short name that is typed.
    pub(crate) key: String,
    /// The name as printed.
    pub(crate) name: String,
    /// The department where the person belongs.
    pub(crate) department: String,
    /// The operating-system login that is theirs.
    pub(crate) os_login: Option<String>,
}

/// The name, with the key in brackets where several bear it.
impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match language::person(&self.key) {
            Some(shown) => f.write_str(&shown),
            None if self.name == self.key => f.write_str(&self.key),
            None => write!(f, "{} ({})", self.name, self.key),
        }
    }
}

impl Spoken for Person {}

const COLUMNS: &str = "key, name, department, os_login";

/// In SQL, the keys of those who were called `?1` once.
const FORMERLY: &str = "SELECT coalesce(p.same_as, p.key) FROM former_name AS f JOIN person AS p ON p.key = f.key
    WHERE f.kind = 'person' AND f.name = ?1";

/// In SQL, that a row of table term is one in `:role` on `:day`, in `:department` where one is given. The general manager is one
/// of the company's leaders; clerks and contract administrators without a department named are General Management's (R1).
macro_rules! in_role {
    () => {
        "(role = :role OR role = 'general-manager' AND :role = 'company-leader')
            AND from_on <= :day AND (until_on IS NULL OR until_on >= :day) AND (department = :department
            OR :department IS NULL AND (department = 'general' OR :role NOT IN ('clerk', 'contract-administrator')))"
    };
}

const IN_ROLE: &str = in_role!();

/// How many people are named of whom a part of the name was typed.
const SUGGESTED: usize = 3;

impl Person {
    fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { key: row.get(0)?, name: row.get(1)?, department: row.get(2)?, os_login: row.get(3)? })
    }

    /// The person whose login this is.
    pub(crate) fn of_login(book: &Connection, login: &str) -> Result<Option<Self>> {
        Ok(book
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM person WHERE key = (SELECT coalesce(same_as, key) FROM person WHERE os_login = ?1)"
            ))?
            .query_row([login], Self::of_row)
            .optional()?)
    }

    /// The person of this key; where it was entered for somebody who is there under another, that person.
    pub(crate) fn of_key(book: &Connection, key: &str) -> Result<Option<Self>> {
        Ok(book
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM person WHERE key = (SELECT coalesce(same_as, key) FROM person WHERE key = ?1)"
            ))?
            .query_row([key], Self::of_row)
            .optional()?)
    }

    /// The person of this key or unique name, whatever their width, case, brackets and spaces.
    ///
    /// # Errors
    /// A refusal where there is no such person, or several bear the name.
    pub fn find(book: &Connection, who: &str) -> Result<Self> {
        if let Some(person) = Self::look_up(book, who)? {
            return Ok(person);
        }
        let alike = Self::named(
            book,
            "SELECT coalesce(same_as, key) FROM person WHERE ?1 IN (plain(key), plain(name))",
            &text::plain(who),
        )?;
        match Self::only(alike, who.trim())? {
            Some(person) => Ok(person),
            None => Err(Self::missing(book, who.trim())?.into()),
        }
    }

    /// That nobody is called so, and who is called nearly so: a typing error is nobody new.
    fn missing(book: &Connection, who: &str) -> Result<Refusal> {
        let mut statement = book.prepare_cached(&format!("SELECT {COLUMNS} FROM person ORDER BY key"))?;
        let people: Vec<Self> = statement.query_map((), Self::of_row)?.collect::<rusqlite::Result<_>>()?;
        let mut near =
            nearest(who, people.iter().map(|person| (vec![person.key.as_str(), &person.name], person.to_string())));
        if near.is_empty() {
            // A family name alone, or a given name.
            let typed = text::plain(who);
            let parts = people.iter().filter(|person| {
                let name = text::plain(&person.name);
                !typed.is_empty() && (name.starts_with(&typed) || name.ends_with(&typed))
            });
            near = parts.take(SUGGESTED).map(ToString::to_string).collect();
        }
        let name = text::word(who);
        let way_out = match did_you_mean(&near) {
            Some(meant) => say!("{meant} see branchbook staff list", meant),
            None => say!(
                "see branchbook staff list, or enter the person with: branchbook staff add KEY --name {name} --department DEPARTMENT --role ROLE",
                name
            ),
        };
        Ok(Refusal::not_found(say!("nobody on the staff is called {who}", who)).or(way_out))
    }

    /// The person of this key or unique name; none where nobody on the staff is called so.
    pub(crate) fn look_up(book: &Connection, who: &str) -> Result<Option<Self>> {
        let who = who.trim();
        if let Some(person) = Self::of_key(book, who)? {
            return Ok(Some(person));
        }
        let named = match Self::named(book, "SELECT coalesce(same_as, key) FROM person WHERE name = ?1", who)? {
            nobody if nobody.is_empty() => Self::named(book, FORMERLY, who)?,
            named => named,
        };
        Self::only(named, who)
    }

    /// The one who is meant by the beginning of a name or of a key; none where several may be, or what was typed names somebody.
    pub(crate) fn by_beginning(book: &Connection, who: &str) -> Result<Option<String>> {
        let sql = "SELECT key FROM person AS p WHERE same_as IS NULL
                AND (substr(plain(name), 1, length(?1)) = ?1 OR substr(key, 1, length(?1)) = ?1)
                AND EXISTS (SELECT 1 FROM term WHERE person = p.key AND until_on IS NULL) LIMIT 2";
        let typed = text::plain(who);
        if typed.is_empty() || !Self::look_up(book, who).is_ok_and(|found| found.is_none()) {
            return Ok(None);
        }
        let mut statement = book.prepare(&with_views(sql))?;
        let mut meant: Vec<String> =
            statement.query_map([typed], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(meant.pop().filter(|_| meant.is_empty()))
    }

    /// The people whose keys the SELECT finds by `?1`.
    fn named(book: &Connection, keys: &str, who: &str) -> Result<Vec<Self>> {
        let sql = format!("SELECT {COLUMNS} FROM person WHERE key IN ({keys}) ORDER BY key");
        Ok(book.prepare_cached(&sql)?.query_map([who], Self::of_row)?.collect::<rusqlite::Result<_>>()?)
    }

    /// The one of these people; none where there is nobody, and refused where there are several.
    fn only(mut named: Vec<Self>, who: &str) -> Result<Option<Self>> {
        if named.len() < 2 {
            return Ok(named.pop());
        }
        let keys: Vec<String> = named.iter().map(Self::to_string).collect();
        Err(Refusal::usage(say!("{count} people are called {who}", count = keys.len(), who))
            .or(say!("give the key instead: {keys}", keys = language::any_of(&keys)))
            .into())
    }

    /// Whether the person holds the role on that day, in `department` where one is given.
    pub(crate) fn holds(
        &self,
        book: &Connection,
        role: Role,
        department: Option<&str>,
        day: NaiveDate,
    ) -> Result<bool> {
        self.holds_key(book, role.key(), department, day)
    }

    /// As [`Person::holds`], for a role named by its word in the book.
    pub(crate) fn holds_key(
        &self,
        book: &Connection,
        role: &str,
        department: Option<&str>,
        day: NaiveDate,
    ) -> Result<bool> {
        Ok(book
            .prepare_cached(&with_views(concat!(
                "SELECT EXISTS (SELECT 1 FROM term WHERE person = :person AND ",
                in_role!(),
                ")"
            )))?
            .query_row(
                named_params! { ":person": self.key, ":role": role, ":day": day, ":department": department },
                |row| row.get(0),
            )?)
    }

    /// In whose place the person holds the role on that day as a deputy; none where in nobody's (Q4).
    pub(crate) fn principal(
        &self,
        book: &Connection,
        role: &str,
        department: Option<&str>,
        day: NaiveDate,
    ) -> Result<Option<Self>> {
        for key in deputy::principals(book, &self.key, day)? {
            let principal = Self::of_key(book, &key)?;
            if let Some(principal) = principal
                && principal.holds_key(book, role, department, day)?
            {
                return Ok(Some(principal));
            }
        }
        Ok(None)
    }

    /// Whether the person decides as the role does on that day: holds it, or stands in for somebody who does.
    pub(crate) fn decides_as(
        &self,
        book: &Connection,
        role: Role,
        department: Option<&str>,
        day: NaiveDate,
    ) -> Result<bool> {
        Ok(self.holds(book, role, department, day)? || self.principal(book, role.key(), department, day)?.is_some())
    }

    /// Whether the person holds any of the roles on that day, in whatever department.
    pub(crate) fn holds_any(&self, book: &Connection, roles: &[Role], day: NaiveDate) -> Result<bool> {
        for role in roles {
            if self.holds(book, *role, None, day)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the person works in that department on that day, in any role but that of a service.
    pub(crate) fn works_in(&self, book: &Connection, department: &str, day: NaiveDate) -> Result<bool> {
        Ok(book
            .prepare_cached(&with_views(
                "SELECT EXISTS (SELECT 1 FROM term WHERE person = ?1 AND department = ?2 AND from_on <= ?3
                    AND (until_on IS NULL OR until_on >= ?3) AND role <> 'service')",
            ))?
            .query_row((&self.key, department, day), |row| row.get(0))?)
    }

    /// The people who work in that department on that day, in any role but that of a service.
    pub(crate) fn working_in(book: &Connection, department: &str, day: NaiveDate) -> Result<Vec<Self>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM person WHERE key IN (SELECT person FROM term WHERE department = ?1 AND from_on <= ?2
                AND (until_on IS NULL OR until_on >= ?2) AND role <> 'service') ORDER BY key"
        );
        let mut people = book.prepare_cached(&with_views(&sql))?;
        Ok(people.query_map((department, day), Self::of_row)?.collect::<rusqlite::Result<_>>()?)
    }

    /// The departments in which the person holds the role on that day.
    pub(crate) fn departments(&self, book: &Connection, role: Role, day: NaiveDate) -> Result<Vec<String>> {
        let sql = "SELECT department FROM term WHERE person = ?1 AND role = ?2 AND from_on <= ?3
                AND (until_on IS NULL OR until_on >= ?3) ORDER BY department";
        let mut statement = book.prepare_cached(&with_views(sql))?;
        Ok(statement.query_map((&self.key, role, day), |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// The people who hold the role on that day, in `department` where one is given: whom a refusal names as way out.
    pub(crate) fn holders(
        book: &Connection,
        role: Role,
        department: Option<&str>,
        day: NaiveDate,
    ) -> Result<Vec<Self>> {
        let sql =
            format!("SELECT {COLUMNS} FROM person WHERE key IN (SELECT person FROM term WHERE {IN_ROLE}) ORDER BY key");
        let keys = named_params! { ":role": role, ":day": day, ":department": department };
        Ok(book.prepare_cached(&with_views(&sql))?.query_map(keys, Self::of_row)?.collect::<rusqlite::Result<_>>()?)
    }

    /// The people who decide as the role does on that day: who hold it, and then who stand in for them.
    pub(crate) fn deciders(
        book: &Connection,
        role: Role,
        department: Option<&str>,
        day: NaiveDate,
    ) -> Result<Vec<Self>> {
        let mut all = Self::holders(book, role, department, day)?;
        let sql = format!(
            "SELECT {COLUMNS} FROM person WHERE key IN (SELECT deputy FROM ({}) WHERE person IN
                (SELECT person FROM term WHERE {IN_ROLE})) ORDER BY key",
            deputy::ON_DAY
        );
        let keys = named_params! { ":role": role, ":day": day, ":department": department };
        for deputy in book.prepare_cached(&with_views(&sql))?.query_map(keys, Self::of_row)? {
            let deputy = deputy?;
            if !all.contains(&deputy) {
                all.push(deputy);
            }
        }
        Ok(all)
    }
}
