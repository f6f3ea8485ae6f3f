//! Decisions against the staff list that the journal had when each was entered. Who changes the staff list by hand, decides, and changes
//! it back leaves everything as the journal has it but the decision itself: nobody had such a role then. Nor does anybody decide on what
//! they asked for, whoever entered it (Q1).

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use indicatif::HumanCount;
use rusqlite::{Connection, Row};
use serde_json::Value;

use super::Faults;
use crate::book::select::Select;
use crate::language;
use crate::office::then::{Office, Then};
use crate::person::Role;
use crate::register::forms;
use crate::say;
use crate::text;
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
#[derive(Clone)]
struct Judged {
    roles: Vec<String>,
    /// The roles that may where nobody has one of those, or somebody who does had a hand in it.
    besides: Vec<String>,
    /// Whether an entry is decided on: a manager is that of its department, and nobody who asked for it decides.
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
}

/// What the journal says of an entry that is decided on.
struct Case {
    department: String,
    /// The day of the entry.
    day: String,
    /// Who asked.
    by: String,
    /// Every text of it, folded: the names of who gains are among them.
    texts: BTreeSet<String>,
}

impl Case {
    /// None where the record has no entry.
    fn read(record: &str) -> Result<Option<Self>> {
        let record: Value = serde_json::from_str(record)?;
        let Some(entry) = record.get("entry").and_then(|rows| rows.get(0)) else { return Ok(None) };
        let of = |column: &str| entry.get(column).and_then(Value::as_str).unwrap_or_default().to_owned();
        let rows =
            record.as_object().into_iter().flat_map(serde_json::Map::values).filter_map(Value::as_array).flatten();
        let values = rows.filter_map(Value::as_object).flat_map(serde_json::Map::values);
        let texts = values.filter_map(Value::as_str).map(text::fold).collect();
        Ok(Some(Self { department: of("department"), day: of("day_on"), by: of("person"), texts }))
    }
}

/// Who decided on each entry so far, as the journal was followed.
#[derive(Default)]
struct Hands(BTreeMap<String, BTreeSet<String>>);

impl Hands {
    fn follow(&mut self, thing: &str, record: &str) -> Result<()> {
        if !record.contains("\"decided_by\"") || thing.starts_with("deputy ") {
            return Ok(());
        }
        let record: Value = serde_json::from_str(record)?;
        let rows = record.get("approval").and_then(Value::as_array).into_iter().flatten();
        let keys = rows.filter_map(|row| row.get("decided_by")?.as_str()).map(str::to_owned);
        self.0.entry(thing.to_owned()).or_default().extend(keys);
        Ok(())
    }

    fn on(&self, thing: &str) -> impl Iterator<Item = &String> {
        self.0.get(thing).into_iter().flatten()
    }
}

/// Whether everybody who decided had a role that lets them, and whoever entered it for them wrote for others, as the staff list was
/// by the journal then.
pub(super) fn decided(book: &Connection, faults: &mut Faults) -> Result<String> {
    let (judged, zone) = (judged(book)?, Zone::of_book(book)?);
    let (mut then, mut hands, mut founding, mut decisions) = (Then::default(), Hands::default(), true, 0_u64);
    let mut statement = book.prepare(ROWS)?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let deed = Deed::of(row, zone)?;
        founding &= deed.thing.contains(' ');
        if let Some(judged) = judged.get(deed.verb).filter(|_| !deed.thing.starts_with("once ")) {
            decisions += 1;
            let case = if judged.at_home { Case::read(deed.record)? } else { None };
            let judged = judged.of(book, &deed)?.of_case(&then, &hands, &deed, case.as_ref());
            judge(&then, &judged, &deed, case.as_ref(), faults);
        } else if !founding && deed.thing.starts_with("staff ") {
            appointed(&then, &deed, faults)?;
        }
        then.follow(deed.thing, deed.record)?;
        hands.follow(deed.thing, deed.record)?;
    }
    Ok(say!("{decisions} decisions were given by who held the office then", decisions = HumanCount(decisions)))
}

/// Every command that decides, and who may.
fn judged(book: &Connection) -> Result<BTreeMap<String, Judged>> {
    let mut all: BTreeMap<String, Judged> = BTreeMap::new();
    let keys = |roles: &[Role]| roles.iter().map(|role| role.key().to_owned()).collect();
    let blank = Judged { roles: Vec::new(), besides: Vec::new(), at_home: false, own_day: false };
    for (verb, roles) in OF_THE_OFFICE {
        all.insert(verb.to_owned(), Judged { roles: keys(roles), ..blank.clone() });
    }
    for form in forms() {
        for decision in form.decisions() {
            let verb = format!("{} {}", form.register.name, decision.name);
            let judged = Judged { at_home: true, ..blank.clone() };
            all.insert(
                verb,
                if decision.commits {
                    Judged { besides: keys(decision.besides), ..judged }
                } else {
                    Judged { roles: keys(decision.besides), ..judged }
                },
            );
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
                all.insert(verb, Judged { roles: roles.collect(), own_day: true, ..blank.clone() });
            }
            None => {}
        }
    }
    Ok(all)
}

impl Judged {
    /// Who may give this one: a figure is set by who is named with it.
    fn of(&self, book: &Connection, deed: &Deed<'_>) -> Result<Self> {
        let mut judged = self.clone();
        if let (true, Some(key)) = (judged.roles.is_empty(), deed.thing.strip_prefix("rule ")) {
            judged.roles = book.column("SELECT set_by FROM figure WHERE key = ?1", [key])?;
        }
        Ok(judged)
    }

    /// Who may give it on this entry: those who may besides only where nobody else has the office, or they asked, decided before or may
    /// gain by it (R5.3(1)).
    fn of_case(mut self, then: &Then, hands: &Hands, deed: &Deed<'_>, case: Option<&Case>) -> Self {
        let Some(case) = case.filter(|_| !self.besides.is_empty()) else { return self };
        let office = Office { roles: &self.roles, department: Some(&case.department) };
        let concerned = |who: &str| {
            then.who(&case.by) == who
                || hands.on(deed.thing).any(|hand| then.who(hand) == who)
                || then.is_called(who, &case.texts)
        };
        let holders: Vec<&str> = then.holders(office, &case.day).collect();
        if holders.is_empty() || holders.into_iter().any(concerned) {
            self.roles.append(&mut self.besides);
        }
        self
    }
}

fn judge(then: &Then, judged: &Judged, deed: &Deed<'_>, case: Option<&Case>, faults: &mut Faults) {
    let office = Office { roles: &judged.roles, department: case.map(|case| &*case.department) };
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
    let asked = case.map(|case| then.who(&case.by));
    if let Some(by) = [deed.actor, deed.recorder].into_iter().find(|by| Some(then.who(by)) == asked) {
        faults.note(say!(
            "row {id} of the journal, {verb} of {thing}: {by} had asked for it, and gives or enters no decision on it",
            id = deed.id,
            verb = language::value_in("verb", deed.verb),
            thing = language::thing(deed.thing),
            by = language::people(by)
        ));
    }
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
        let is_filled = days.iter().any(|day| then.holders(office, day).next().is_some());
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
