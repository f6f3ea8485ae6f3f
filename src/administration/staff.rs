//! The staff: entering people, their terms in roles, and the roster import.

mod amend_term;
mod appoint;
mod dated;
mod deputies;
mod login;
mod merge;
mod rename;
mod roster;
mod terms;
pub(crate) mod undo;

use anyhow::Result;
use chrono::{Days, NaiveDate};
use clap::{Args, Subcommand};
use rusqlite::types::Value;

use self::roster::Roster;
use crate::book::change::Change;
use crate::book::thing::Thing;
use crate::day::DayArg;
use crate::desk::{Answer, Deed, Desk, Run};
use crate::import::run::FileImport;
use crate::key;
use crate::language::{self, Language};
use crate::office::{dated as dated_back, department};
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::register::history;
use crate::report::left;
use crate::say;
use crate::sheet::query::Query;
use crate::text::Line;

/// What the office does with its staff.
#[derive(Debug, Subcommand)]
#[allow(clippy::doc_markdown, reason = "the comments are the help")]
pub(crate) enum Verb {
    /// Enter a person with a first role
    Add(Add),
    /// Give a person a further role
    Role(Term),
    /// Move a person to another department: the terms where they belong end, a new one begins here
    Move(Term),
    /// End a person's role, or all of them where the person leaves
    End(End),
    /// Correct the first or last day of a term
    AmendTerm(amend_term::AmendTerm),
    /// Call a person otherwise from a day on; what bears an earlier day keeps the old name
    Rename(rename::Rename),
    /// Two people are one, entered twice: whatever stands under the second key is theirs
    Merge(merge::Merge),
    /// Two people are two after all: what stands under the second key is its own again
    Unmerge(merge::Unmerge),
    /// Set or take away the operating-system login that is a person's
    Login(login::OwnLogin),
    /// Name who decides in somebody's place for a time, such as while a manager travels
    Deputy(deputies::Deputy),
    /// List who stands in for whom
    Deputies,
    /// List people and roles as they hold on the day of --on
    List(List),
    /// Show a person with every term
    Show(Show),
    /// Show what happened to a person's place on the staff list, and who did it
    History(Show),
    /// Bring in a roster from a CSV file or a workbook: key, name, department, role, from, until, os_user
    Import(FileImport),
}

/// A person and a first role
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// Short name that will be typed, such as li
    pub(crate) key: String,
    /// Name as printed
    #[arg(long)]
    pub(crate) name: Line,
    /// Operating-system login that is theirs
    #[arg(long, value_name = "LOGIN")]
    pub(crate) login: Option<Line>,
    #[command(flatten)]
    term: TermFields,
    #[command(flatten)]
    deed: Deed,
}

/// A further role
#[derive(Debug, Args)]
pub(crate) struct Term {
    /// The person
    pub(crate) person: String,
    #[command(flatten)]
    fields: TermFields,
    #[command(flatten)]
    deed: Deed,
}

/// A term in a role
#[derive(Debug, Args)]
pub(crate) struct TermFields {
    /// Department
    #[arg(long, value_name = "DEPARTMENT")]
    pub(crate) department: String,
    /// Role
    #[arg(long, value_parser = Role::typed())]
    pub(crate) role: Role,
    /// First day [default: the day of --on]
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<DayArg>,
    /// Last day
    #[arg(long, value_name = "DATE", value_parser = DayArg::to_come)]
    pub(crate) until: Option<DayArg>,
}

/// The end of a term
#[derive(Debug, Args)]
pub(crate) struct End {
    /// The person
    pub(crate) person: String,
    /// The role; all of them where none is given
    #[arg(long, value_parser = Role::typed())]
    pub(crate) role: Option<Role>,
    /// Only in this department
    #[arg(long, value_name = "DEPARTMENT")]
    pub(crate) department: Option<String>,
    /// Last day [default: the day of --on]
    #[arg(long, value_name = "DATE", value_parser = DayArg::to_come)]
    pub(crate) until: Option<DayArg>,
    #[command(flatten)]
    deed: Deed,
}

/// Who is listed
#[derive(Debug, Args)]
pub(crate) struct List {
    /// Only this department
    #[arg(long, value_name = "DEPARTMENT")]
    pub(crate) department: Option<String>,
    /// Only this role
    #[arg(long, value_parser = Role::typed())]
    pub(crate) role: Option<Role>,
    /// Past and future terms too
    #[arg(long)]
    pub(crate) all: bool,
}

/// Who is shown
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The person
    pub(crate) person: String,
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::Add(add) => desk.change("staff add", &add.deed, |change| add.enter(change)),
            Self::Role(term) => desk.change("staff role", &term.deed, |change| term.enter(change)),
            Self::Move(term) => desk.change("staff move", &term.deed, |change| term.move_person(change)),
            Self::End(end) => desk.change("staff end", &end.deed, |change| end.enter(change)),
            Self::AmendTerm(amend) => desk.change("staff amend-term", &amend.deed, |change| amend.enter(change)),
            Self::Rename(rename) => desk.change("staff rename", &rename.deed, |change| rename.enter(change)),
            Self::Merge(merge) => desk.change("staff merge", &merge.deed, |change| merge.enter(change)),
            Self::Unmerge(unmerge) => desk.change("staff unmerge", &unmerge.deed, |change| unmerge.enter(change)),
            Self::Login(login) => desk.change("staff login", &login.deed, |change| login.enter(change)),
            Self::Deputy(deputy) => desk.change("staff deputy", &deputy.deed, |change| deputy.enter(change)),
            Self::Deputies => deputies::list(desk),
            Self::List(list) => list.run(desk),
            Self::Show(show) => {
                let person = Person::find(desk.book()?.reader(), &show.person)?;
                let sql = format!(
                    "SELECT key, name, {} AS role, department, from_on, until_on, os_login, entered_also_as, {} AS {}
                     FROM (SELECT s.*, s.key AS person FROM staff_list AS s WHERE s.key = :key) AS t ORDER BY from_on",
                    role(desk),
                    dated_back::ENTERED,
                    dated_back::COLUMN
                );
                desk.list(&Query::new(person.to_string(), sql).of("staff").with(":key", person.key))
            }
            Self::History(show) => {
                let person = Person::find(desk.book()?.reader(), &show.person)?;
                history::of_office(desk, "staff", &person.key, &person.to_string())
            }
            Self::Import(import) => import.run(desk, "staff import", &[], |change| {
                appoint::require_keeper(change)?;
                Ok(Roster { by: import.deed.by.clone() })
            }),
        }
    }
}

/// The role of a term as a list says it: who heads an office is called otherwise in Chinese and Korean than who heads a department.
fn role(desk: &Desk<'_>) -> &'static str {
    match desk.list_language() {
        Language::En => "role",
        Language::Zh | Language::Ko => {
            "iif(role = 'department-manager' AND department IN (SELECT key FROM department WHERE name_zh LIKE '%办事处'), 'office-head', role)"
        }
    }
}

impl Run for List {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        let (on, role) = (desk.on()?, role(desk));
        let book = desk.book()?.reader();
        let department = self.department.map(|which| department::find(book, &which)).transpose()?;
        desk.list(
            &Query::new(
                if self.all { say!("Staff, every term").to_owned() } else { say!("Staff on {on}", on) },
                format!("SELECT key, name, {role} AS role, department, from_on, until_on, os_login, entered_also_as FROM staff_list AS s
                 WHERE (:all AND (until_on IS NULL OR until_on >= from_on) OR (from_on <= :on AND (until_on IS NULL OR until_on >= :on)))
                    AND (:department IS NULL OR department = :department) AND (:role IS NULL OR s.role = :role)
                 ORDER BY key, from_on"),
            )
            .of("staff")
            .with(":all", i64::from(self.all))
            .with(":on", on.to_string())
            .with(":department", department.map_or(Value::Null, |department| Value::Text(department.key)))
            .with(":role", self.role.map_or(Value::Null, |role| Value::Text(role.key().to_owned()))),
        )
    }
}

impl Add {
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let term = self.term.resolve(change)?;
        let decided = appoint::appoints(change, self.deed.by.as_deref(), &self.key, term.role, term.from)?;
        if let Some(other) = Person::look_up(change.sql(), &self.key)? {
            return Err(Refusal::usage(say!("the key {key} is taken by {other}", key = self.key, other))
                .or(say!("choose another key"))
                .into());
        }
        enter_person(change, &self.key, &self.name, &term.department, self.login.as_deref())?;
        terms::enter(change, &self.key, &term)?;
        let note = decided.note(change, &term, term.from)?;
        change.record(&Thing::office("staff", &[&self.key])?, &decided.by.key, Some(&note))?;
        let answer = Answer::new(
            &self.key,
            say!(
                "{key}: {name}, {role} of {department} from {from}",
                key = self.key,
                name = self.name,
                role = term.role,
                department = language::value(&term.department),
                from = term.from
            ),
        );
        let notes = rename::namesakes(change, &self.key)?.into_iter().collect();
        Ok(Answer { notes, ..answer })
    }
}

impl Term {
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let person = Person::find(change.sql(), &self.person)?;
        let term = self.fields.resolve(change)?;
        let decided = appoint::appoints(change, self.deed.by.as_deref(), &person.key, term.role, term.from)?;
        terms::enter(change, &person.key, &term)?;
        let note = decided.note(change, &term, term.from)?;
        change.record(&Thing::office("staff", &[&person.key])?, &decided.by.key, Some(&note))?;
        Ok(Answer::new(
            &person.key,
            say!(
                "{person}: {role} of {department} from {from}",
                person,
                role = term.role,
                department = language::value(&term.department),
                from = term.from
            ),
        ))
    }
}

impl Term {
    /// Ends the person's terms in the department where they belong the day before, and begins the new one.
    fn move_person(&self, change: &mut Change<'_>) -> Result<Answer> {
        let person = Person::find(change.sql(), &self.person)?;
        let term = self.fields.resolve(change)?;
        let by = self.deed.by.as_deref();
        let decided = appoint::appoints(change, by, &person.key, term.role, term.from)?;
        if person.department == term.department {
            return Err(Refusal::usage(say!(
                "{person} is of {department} already",
                person,
                department = language::value(&term.department)
            ))
            .or(say!("give a further role with: branchbook staff role {key} …", key = person.key))
            .into());
        }
        let (eve, home) = (term.from - Days::new(1), Some(person.department.as_str()));
        let ending = terms::beyond(change.sql(), &person.key, None, home, eve)?;
        appoint::dismisses(change, by, &person.key, &terms::roles(&ending))?;
        let decided_before = dated::standing(change, &person)?;
        let others = terms::end(change, &person.key, &ending, eve)?;
        change.sql().execute("UPDATE person SET department = ?2 WHERE key = ?1", (&person.key, &term.department))?;
        terms::enter(change, &person.key, &term)?;
        appoint::refuse_keeperless(change, term.from)?;
        dated::refuse_bereft(change, &person, &decided_before, &decided.by)?;
        let note = decided.note(change, &term, term.from)?;
        for key in others.iter().chain([&person.key]) {
            change.record(&Thing::office("staff", &[key])?, &decided.by.key, Some(&note))?;
        }
        let line = say!(
            "{person}: {role} of {department} from {from}, no longer of {former}",
            person,
            role = term.role,
            department = language::value(&term.department),
            from = term.from,
            former = language::value(&person.department)
        );
        let mut answer = Answer::new(&person.key, line);
        for other in terms::beyond(change.sql(), &person.key, None, None, term.from)? {
            if other.department != term.department {
                let (role, department) = (language::value(&other.role), language::value(&other.department));
                answer = answer.note(say!("goes on as {role} of {department}; end that with: branchbook staff end {key} --role {ended} --department {of}", role, department, key = person.key, ended = other.role, of = other.department));
            }
        }
        Ok(answer)
    }
}

impl End {
    fn enter(&self, change: &mut Change<'_>) -> Result<Answer> {
        let person = Person::find(change.sql(), &self.person)?;
        let until = self.until.map_or(change.on, |day| change.day_near(day));
        let department = self.department.as_deref().map(|which| department::find(change.sql(), which)).transpose()?;
        let department = department.map(|department| department.key);
        let ending = terms::beyond(change.sql(), &person.key, self.role, department.as_deref(), until)?;
        let actor = appoint::dismisses(change, self.deed.by.as_deref(), &person.key, &terms::roles(&ending))?;
        if ending.is_empty() {
            let what = self.role.map_or_else(|| say!("any role").to_owned(), |role| say!("the role {role}", role));
            return Err(Refusal::usage(say!("{person} does not hold {what} beyond {until}", person, what, until))
                .or(say!("see branchbook staff show {key}", key = person.key))
                .into());
        }
        let decided = dated::standing(change, &person)?;
        let others = terms::end(change, &person.key, &ending, until)?;
        appoint::refuse_keeperless(change, until + Days::new(1))?;
        dated::refuse_bereft(change, &person, &decided, &actor)?;
        let note = dated::note(change, until, terms::note(&ending, until))?;
        for key in others.iter().chain([&person.key]) {
            change.record(&Thing::office("staff", &[key])?, &actor.key, Some(&note))?;
        }
        let ended = ending.len();
        let line = if until <= change.today() {
            say!("{person}: terms ended on {until}: {ended}", person, until, ended)
        } else {
            say!("{person}: terms end on {until}: {ended}", person, until, ended)
        };
        let leaves = terms::beyond(change.sql(), &person.key, None, None, until)?.is_empty();
        let notes = if leaves { left::held_by(change.sql(), &person.key, until)? } else { Vec::new() };
        Ok(Answer { notes, ..Answer::new(&person.key, line) })
    }
}

/// A term whose department is known to exist.
pub(crate) struct Resolved {
    pub(crate) department: String,
    pub(crate) role: Role,
    pub(crate) from: NaiveDate,
    pub(crate) until: Option<NaiveDate>,
}

impl TermFields {
    fn resolve(&self, change: &Change<'_>) -> Result<Resolved> {
        let from = self.from.map_or(change.on, |day| change.day_near(day));
        let until = self.until.map(|day| change.day_to_come(day, from, "--until")).transpose()?;
        let department = department::there(change.sql(), &self.department, until.unwrap_or(from))?.key;
        Ok(Resolved { department, role: self.role, from, until })
    }
}

fn enter_person(change: &Change<'_>, key: &str, name: &str, department: &str, login: Option<&str>) -> Result<()> {
    key::check(key)?;
    if department::look_up(change.sql(), key)?.is_some() {
        return Err(Refusal::usage(say!("the key {key} is a department's", key)).or(say!("choose another key")).into());
    }
    if let Some(login) = login {
        login::refuse_taken(change, login)?;
    }
    change.sql().execute("INSERT INTO person VALUES (?1, ?2, ?3, ?4, NULL)", (key, name, department, login))?;
    Ok(())
}
