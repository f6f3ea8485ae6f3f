//! Decisions against the staff list that the journal had when each was entered. Who changes the staff list by hand, decides, and changes
//! it back leaves everything as the journal has it but the decision itself: nobody had such a role then.

use std::collections::BTreeMap;

use anyhow::Result;
use indicatif::HumanCount;
use rusqlite::{Connection, Row};

use super::Faults;
use crate::language;
use crate::office::then::{Office, Then};
use crate::person::Role;
use crate::register::forms;
use crate::say;
use crate::zone::Zone;

/// What is judged, and what the staff list is followed by, as it was entered.
const ROWS: &str = "SELECT id, at, verb, thing, happened_on, actor, recorder, declared_flag, os_login, record FROM journal ORDER BY id";

/// Commands of the office that decide, and who gives such a decision.
const OF_THE_OFFICE: [(&str, &[Role]); 10] = [
    ("report review", &[Role::CompanyLeader]),
    ("project target set", &[Role::BranchManager]),
    ("info grant", &[Role::BranchManager]),
    ("info revoke", &[Role::BranchManager]),
    ("rule holiday add", &[Role::BranchManager]),
    ("rule holiday remove", &[Role::BranchManager]),
    ("gift catalog add", &[Role::BranchManager, Role::CompanyLeader]),
    ("gift catalog end", &[Role::BranchManager, Role::CompanyLeader]),
    ("project lead", &[Role::DepartmentManager, Role::BranchManager]),
    ("rule set", &[]),
];

/// Those who appoint a department's manager; of them only the last a branch manager or leader.
const APPOINTING: [Role; 2] = [Role::BranchManager, Role::CompanyLeader];

/// Who may give a decision.
struct Judged {
    roles: Vec<String>,
    /// Whether a manager is that of the entry's department.
    at_home: bool,
    /// Whether the day is that which a step says of itself, such as of a signature: the term ran on it or until it was entered.
    own_day: bool,
}

/// A row of the journal.
struct Deed<'r> {
    id: i64,
    /// The day in the office on which it was entered.
    entered: String,
    verb: &'r str,
    thing: &'r str,
    on: &'r str,
    actor: &'r str,
    recorder: &'r str,
    /// The login, where it told who the recorder was.
    login: Option<&'r str>,
    record: &'r str,
}

impl<'r> Deed<'r> {
    fn of(row: &'r Row<'_>, zone: Zone) -> Result<Self> {
        let text = |index: usize| -> Result<&'r str> { Ok(row.get_ref(index)?.as_str()?) };
        let on = text(4)?;
        let entered = zone.local(text(1)?).map_or_else(|| on.to_owned(), |time| time.date().to_string());
        let declared: bool = row.get(7)?;
        let login = if declared { None } else { Some(text(8)?) };
        Ok(Self {
            id: row.get(0)?,
            entered,
            verb: text(2)?,
            thing: text(3)?,
            on,
            actor: text(5)?,
            recorder: text(6)?,
            login,
            record: text(9)?,
        })
    }

    /// The department of the entry.
    fn department(&self) -> Result<Option<String>> {
        let record: serde_json::Value = serde_json::from_str(self.record)?;
        let department = record.get("entry").and_then(|rows| rows.get(0)?.get("department")?.as_str());
        Ok(department.map(str::to_owned))
    }
}

/// Whether everybody who decided had a role that lets them, and whoever entered it for them wrote for others, as the staff list was
/// by the journal then.
pub(super) fn decided(book: &Connection, faults: &mut Faults) -> Result<String> {
    let (judged, zone) = (judged(book)?, Zone::of_book(book)?);
    let (mut then, mut founding, mut decisions) = (Then::default(), true, 0_u64);
    let mut statement = book.prepare(ROWS)?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let deed = Deed::of(row, zone)?;
        founding &= deed.thing.contains(' ');
        if let Some(judged) = judged.get(deed.verb).filter(|_| !deed.thing.starts_with("once ")) {
            decisions += 1;
            let judged = judged.of(book, &deed)?;
            judge(&then, &judged, &deed, faults)?;
        } else if !founding && deed.thing.starts_with("staff ") {
            appointed(&then, &deed, faults)?;
        }
        then.follow(deed.thing, deed.record)?;
    }
    Ok(say!("{decisions} decisions were given by who held the office then", decisions = HumanCount(decisions)))
}

/// Every command that decides, and who may.
fn judged(book: &Connection) -> Result<BTreeMap<String, Judged>> {
    let mut all: BTreeMap<String, Judged> = BTreeMap::new();
    let keys = |roles: &[Role]| roles.iter().map(|role| role.key().to_owned()).collect();
    for (verb, roles) in OF_THE_OFFICE {
        all.insert(verb.to_owned(), Judged { roles: keys(roles), at_home: false, own_day: false });
    }
    for form in forms() {
        for decision in form.decisions() {
            let verb = format!("{} {}", form.register.name, decision.name);
            all.insert(verb, Judged { roles: keys(decision.besides), at_home: true, own_day: false });
        }
    }
    let mut steps = book.prepare("SELECT register || ' ' || verb, role FROM step WHERE role <> ''")?;
    let mut steps = steps.query(())?;
    while let Some(step) = steps.next()? {
        let (verb, roles): (String, String) = (step.get(0)?, step.get(1)?);
        let roles = roles.split_whitespace().map(str::to_owned);
        match all.get_mut(&verb) {
            Some(judged) => {
                let new: Vec<String> = roles.filter(|role| !judged.roles.contains(role)).collect();
                judged.roles.extend(new);
            }
            None if roles.clone().all(|role| Role::of_key(&role).is_some_and(Role::decides)) => {
                all.insert(verb, Judged { roles: roles.collect(), at_home: false, own_day: true });
            }
            None => {}
        }
    }
    Ok(all)
}

impl Judged {
    /// Who may give this one: a figure is set by who is named with it.
    fn of(&self, book: &Connection, deed: &Deed<'_>) -> Result<Self> {
        let mut roles = self.roles.clone();
        if let (true, Some(key)) = (roles.is_empty(), deed.thing.strip_prefix("rule ")) {
            let mut sets = book.prepare_cached("SELECT set_by FROM figure WHERE key = ?1")?;
            roles = sets.query_map([key], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        }
        Ok(Self { roles, at_home: self.at_home, own_day: self.own_day })
    }
}

fn judge(then: &Then, judged: &Judged, deed: &Deed<'_>, faults: &mut Faults) -> Result<()> {
    let department = if judged.at_home { deed.department()? } else { None };
    let office = Office { roles: &judged.roles, department: department.as_deref() };
    let allows = |day: &str| then.allows(deed.actor, office, day);
    let may = judged.roles.is_empty() || allows(deed.on) || judged.own_day && allows(&deed.entered);
    if !may {
        faults.note(say!(
            "row {id} of the journal, {verb} of {thing}: {actor} was no {roles} on {on} by the staff list that the journal had then",
            id = deed.id,
            verb = language::value_in("verb", deed.verb),
            thing = language::thing(deed.thing),
            actor = language::people(deed.actor),
            roles = language::any_of(&judged.roles),
            on = deed.on
        ));
    }
    if then.who(deed.actor) != then.who(deed.recorder)
        && !then.writes_for(deed.recorder, &deed.entered, deed.actor, deed.on)
    {
        faults.note(say!(
            "row {id} of the journal, {verb} of {thing}: {recorder} wrote for {actor}, and was no clerk or contract administrator on {on} by the staff list that the journal had then",
            id = deed.id,
            verb = language::value_in("verb", deed.verb),
            thing = language::thing(deed.thing),
            recorder = language::people(deed.recorder),
            actor = language::people(deed.actor),
            on = &deed.entered
        ));
    }
    if let Some(login) = deed.login
        && let Some(owner) = then.owner(login)
        && owner != then.who(deed.recorder)
    {
        faults.note(say!(
            "row {id} of the journal, {verb} of {thing}: the login {login}, from which {recorder} entered it, was that of {owner} by the staff list that the journal had then",
            id = deed.id,
            verb = language::value_in("verb", deed.verb),
            thing = language::thing(deed.thing),
            login,
            recorder = language::people(deed.recorder),
            owner = language::people(owner)
        ));
    }
    Ok(())
}

/// Whether whoever was made a manager or leader was so by somebody above, once the office was founded and there was somebody.
fn appointed(then: &Then, deed: &Deed<'_>, faults: &mut Faults) -> Result<()> {
    let (Some(person), false) = (deed.thing.strip_prefix("staff "), deed.verb.ends_with(" undo")) else {
        return Ok(());
    };
    let given = then.given(person, deed.record)?;
    for term in &given {
        let Some(role) = Role::of_key(&term.role).filter(|role| role.decides()) else { continue };
        let above = if role == Role::DepartmentManager { &APPOINTING[..] } else { &APPOINTING[1..] };
        let roles: Vec<String> = above.iter().map(|role| role.key().to_owned()).collect();
        let office = Office { roles: &roles, department: None };
        let days = [deed.on, &deed.entered, &term.from];
        let is_filled = days.iter().any(|day| then.is_filled(office, day));
        if is_filled && !days.iter().any(|day| then.allows(deed.actor, office, day)) {
            faults.note(say!(
                "row {id} of the journal, {verb}: {actor} made {person} {role}, and was no {roles} by the staff list that the journal had then",
                id = deed.id,
                verb = language::value_in("verb", deed.verb),
                actor = language::people(deed.actor),
                person = language::people(person),
                role = language::value(&term.role),
                roles = language::any_of(&roles)
            ));
        }
    }
    Ok(())
}
