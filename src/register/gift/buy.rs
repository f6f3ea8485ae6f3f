//! Offers for a gift, and buying it: after approval and within it, or at a person's own expense (R5.3).

use anyhow::Result;
use rusqlite::Connection;

use super::borne_before;
use super::decisions::by_manager;
use super::limits;
use super::shenyang;
use super::{BILL, BORNE_BY, BOUGHT, FORM, PLACE, REQUEST, WITHOUT};
use crate::book::select::Select;
use crate::fields;
use crate::language;
use crate::money::Money;
use crate::office::{figure, identity};
use crate::person::{Person, Role};
use crate::phrase;
use crate::refusal::Refusal;
use crate::register::approval::Approval;
use crate::register::child::{Amended, List};
use crate::register::ended;
use crate::register::entry::Entry;
use crate::register::field::{Field, Need};
use crate::register::form::{Check, Fill, Rule, Step, Verb, Waits, Who};
use crate::register::spelt::name_as_before;
use crate::register::task::{Row, Task};
use crate::say;
use crate::view::merged::who;
use crate::zone;

const SUPPLIER: Field<String> = Field::line("supplier", "").value_name("NAME").need(Need::Asked);
const PRICE: Field<Money> =
    Field::estimate("price_fen", "of the whole gift, in yuan").option("price").need(Need::Asked);
const QUALITY: Field<u32> = Field::count("quality", "from 1 to 5, the best", 5).value_name("QUALITY").need(Need::Asked);

static OFFERS: List = List {
    table: "gift_offer",
    amended: Some(Amended::of("offer", fields![SUPPLIER, PRICE, QUALITY])),
    rules: &[
        Rule { fields: fields![PRICE], check: Check::Sound(refuse_for_nothing) },
        Rule { fields: fields![SUPPLIER], check: Check::Follows(|task| name_as_before(task, &OFFERS, &SUPPLIER)) },
    ],
    ..List::BLANK
};

/// Enters what a supplier asks.
pub(crate) const QUOTE: Verb = Verb::Step(Step {
    name: "quote",
    about: "Enter what a supplier asks (R5.3(3))",
    done: phrase!("quoted for"),
    commits: true,
    fields: fields![SUPPLIER, PRICE, QUALITY],
    into: Some(&OFFERS),
    sign: "offered_on",
    dated: true,
    who: Who::Office(phrase!("entering offers")),
    says: |task| task.says(phrase!("{number}: {supplier} asks {price}, quality {quality}; {offers} suppliers asked")),
    ..Step::BLANK
});

/// Enters what was bought, with its bill.
pub(crate) const BUY: Verb = Verb::Step(Step {
    name: "buy",
    about: "Enter what was bought, with its bill; only after approval, or at a person's own expense (R5.3(1), R5.3(2))",
    state: "bought",
    to: Some(|task| Ok(if task.row.get(&BORNE_BY)?.is_some() { "own-expense" } else { "bought" })),
    fields: fields![BILL, BOUGHT, BORNE_BY, WITHOUT, REQUEST],
    early: true,
    sign: "bought_on",
    dated: true,
    signed: Some(&Field::past("bought_on", "").option("bought-on").corrected().spec),
    fills: &[("bought_by", Fill::Actor)],
    who: Who::Check(|task| {
        identity::require_office(task.change, &task.entry.department, &task.actor, "R5.3(3)", say!("buying a gift"))?;
        bears(task)
    }),
    guards: &[Check::Follows(weigh)],
    on_day: &[Check::Follows(again_timely)],
    says: bought,
    waits: &[
        Waits::of("approved", phrase!("gift for {unit} to be bought"), "R5.3(1)", "approved_on")
            .which("l.ended_on IS NULL AND NOT l.official_flag"),
        Waits::of("approved", phrase!("gift for a public official of {unit} to be bought"), "R5.3(1)", "approved_on")
            .which("l.ended_on IS NULL AND l.official_flag"),
    ],
    ..Step::BLANK
});

/// A person bears what they asked for themselves, and says so themselves or lets a clerk enter it (R5.3(2)).
fn bears(task: &Task<'_, '_>) -> Result<()> {
    let Some(bearer) = task.row.get(&BORNE_BY)? else { return Ok(()) };
    let (number, asker, actor) = (&task.entry.number, &task.entry.person, &task.actor);
    let bearer = who(&bearer).into_owned();
    if bearer != *asker {
        let what = say!(
            "{number} was asked for by {asker}, and {bearer} bears nothing of it",
            number,
            asker = language::people(asker),
            bearer = language::people(&bearer)
        );
        let way_out = say!(
            "enter it as a gift of their own: branchbook gift add --asked-by {bearer} …, and buy that with --own-expense {bearer} --instead-of {number}",
            bearer,
            number
        );
        return Err(Refusal::rule("R5.3(2)", what).or(way_out).into());
    }
    if actor.key == bearer || identity::records(task.change, actor)? {
        return Ok(());
    }
    let what =
        say!("{bearer} says what {bearer} bears, and {actor} is another", bearer = language::people(&bearer), actor);
    let way_out = say!("name them with --by {bearer}, or let a clerk enter it", bearer);
    Err(Refusal::rule("R5.3(2)", what).or(identity::name_with_pen(task.change, way_out, &[&bearer])?).into())
}

/// An offer is a price.
fn refuse_for_nothing(offer: &Row) -> Result<()> {
    if offer.get(&PRICE)? != Some(Money(0)) {
        return Ok(());
    }
    Err(Refusal::usage(say!("a supplier asks more than nothing")).or(say!("give the price with --price YUAN")).into())
}

/// How many suppliers were asked.
fn suppliers(book: &Connection, entry: &Entry) -> Result<i64> {
    let sql = "SELECT count(DISTINCT supplier) FROM gift_offer WHERE undone_on IS NULL AND entry = ?1";
    book.only(sql, [entry.id])
}

/// A gift costs something.
pub(crate) fn refuse_nothing(gift: &Row) -> Result<()> {
    if gift.get(&BOUGHT)? != Some(Money(0)) {
        return Ok(());
    }
    Err(Refusal::usage(say!("a gift costs more than nothing"))
        .or(say!("give what the bill comes to with --amount YUAN"))
        .into())
}

/// The branch buys what nothing stands against; what a person bears is listed with everything that did.
fn weigh(task: &mut Task<'_, '_>) -> Result<()> {
    let objections = objections(task)?;
    limits::tell(task)?;
    let Some(bearer) = task.row.get(&BORNE_BY)? else {
        return match objections.into_iter().next() {
            None => task.entry.refuse_before_last(task.change, say!("bought")),
            Some(refusal) => Err(refusal.into()),
        };
    };
    if objections.is_empty() {
        let number = &task.entry.number;
        return Err(Refusal::usage(say!("no rule stands against buying {number} for the branch", number))
            .or(say!("leave --own-expense out"))
            .into());
    }
    let reason = task.row.get(&WITHOUT)?.unwrap_or_else(|| format!("borne by {bearer}"));
    for objection in objections {
        task.note(objection, &reason);
    }
    task.row.enter(&WITHOUT.spec, reason.into());
    Ok(())
}

/// What the branch bought was approved in the book before it was bought, also once that day is corrected (R5.3(1)).
fn again_timely(task: &mut Task<'_, '_>) -> Result<()> {
    if task.reason.is_none() || task.row.get(&BORNE_BY)?.is_some() {
        return Ok(());
    }
    let Err(refusal) = approved(task)? else { return Ok(()) };
    let (number, key) = (&task.entry.number, &task.entry.person);
    let way_out = say!(
        "where it was bought then, whoever asked for it bears it: take the purchase back with: branchbook undo {number} --reason REASON, and enter it with --own-expense {key}",
        number,
        key
    );
    Err(refusal.or(way_out).into())
}

fn bought(task: &Task<'_, '_>) -> Result<String> {
    let (number, amount) = (&task.entry.number, task.row.get(&BOUGHT)?.unwrap_or(Money(0)));
    let bill = task.row.get(&BILL)?.unwrap_or_default();
    Ok(match task.row.get(&BORNE_BY)? {
        None => {
            let by = language::people(&task.actor.key);
            say!("{number}: bought by {by} for {amount}, bill {bill}", number, by, amount, bill)
        }
        Some(key) => {
            let by = language::people(&key);
            say!("{number}: bought for {amount}, bill {bill}; {by} bears the whole cost", number, amount, bill, by)
        }
    })
}

/// Everything that stands against buying it for the branch.
fn objections(task: &Task<'_, '_>) -> Result<Vec<Refusal>> {
    let mut objections: Vec<Refusal> = match approved(task)? {
        Ok(limit) => above(task, limit)?.into_iter().collect(),
        Err(refusal) => vec![refusal],
    };
    objections.extend(borne_before::objection(task)?);
    objections.extend(for_ended(task)?);
    objections.extend(too_few(task)?);
    objections.extend(elsewhere(task)?);
    Ok(objections)
}

/// What stands against buying it for a project or a reception that came to nothing.
fn for_ended(task: &Task<'_, '_>) -> Result<Option<Refusal>> {
    match ended::refuse_for_ended(&FORM, task).map_err(anyhow::Error::downcast) {
        Ok(()) => Ok(None),
        Err(refusal) => refusal.map(Some),
    }
}

/// The amount that was approved, on or before the day of the change, and in the book before it; or why there is none (R5.3(1)).
fn approved(task: &Task<'_, '_>) -> Result<std::result::Result<Money, Refusal>> {
    let (book, number, on) = (task.sql(), &task.entry.number, task.change.on);
    let shown = FORM.shown(&task.row)?;
    let given = match task.entry.state.as_str() {
        "rejected" => {
            return Ok(Err(Refusal::rule("R5.3(1)", say!("gift {number} was rejected", number))
                .or(say!("ask for another one with: branchbook gift add …"))));
        }
        "requested" | "endorsed" => None,
        _ => Approval::standing(book, task.entry.id, "approve", &shown)?,
    };
    let Some(given) = given else { return Ok(Err(not_yet(task)?)) };
    let entered = task.change.day_of(&given.at);
    let what = if given.on > on {
        say!(
            "gift {number} was approved on {on}, after it was bought on {bought_on}",
            number,
            on = given.on,
            bought_on = on
        )
    } else if on != task.change.today() && entered.is_none_or(|day| day > on) {
        say!(
            "the approval of gift {number} was entered at {at}, after it was bought on {on}",
            number,
            at = zone::shown(&given.at),
            on
        )
    } else {
        return Ok(Ok(given.amount.or(shown.amount).unwrap_or(Money(0))));
    };
    let way_out = say!(
        "the day is that of the bill, and what was bought before its approval whoever asked for it bears: branchbook gift buy {number} … --own-expense {key}",
        number,
        key = task.entry.person
    );
    Ok(Err(Refusal::rule("R5.3(1)", what).or(way_out)))
}

/// The refusal of a gift that is not approved as it stands, with the command that leads on.
fn not_yet(task: &Task<'_, '_>) -> Result<Refusal> {
    let (book, entry, hand) = (task.sql(), &task.entry, Some(task.change.recorder.person.key.as_str()));
    let (number, department) = (&entry.number, language::value(&entry.department));
    let what = match Approval::last(book, entry.id, "approve", None)? {
        Some(_) => say!("gift {number} was changed after it was approved", number),
        None => say!("gift {number} is not approved yet", number),
    };
    let approves = FORM.decided_with("approve", (book, entry), None, hand)?;
    let way_out = if entry.state == "requested" && !by_manager(book, entry)? {
        say!(
            "the manager of {department} endorses it with: {endorses}, and the branch manager approves it with: {approves}",
            department,
            endorses = FORM.decided_with("endorse", (book, entry), None, hand)?,
            approves
        )
    } else {
        say!("the branch manager approves it with: {approves}", approves)
    };
    Ok(Refusal::rule("R5.3(1)", what).or(way_out))
}

/// What stands against an amount above the approved one (R5.3(1)).
fn above(task: &Task<'_, '_>, limit: Money) -> Result<Option<Refusal>> {
    let (number, amount) = (&task.entry.number, task.row.get(&BOUGHT)?.unwrap_or(Money(0)));
    Ok((amount > limit).then(|| {
        let what = say!("gift {number} was approved at {limit}, and {amount} is more", number, limit, amount);
        Refusal::rule("R5.3(1)", what).or(say!("ask for more with: branchbook gift amend {number} --item \"NAME;QUANTITY\" --reason TEXT, and let it be approved again", number))
    }))
}

/// What stands against buying at this amount: fewer offers than figure `gift.quotes` above figure `gift.quote_from` (R5.3(3)).
fn too_few(task: &Task<'_, '_>) -> Result<Option<Refusal>> {
    let (book, number, on) = (task.sql(), &task.entry.number, task.change.on);
    let amount = task.row.get(&BOUGHT)?.unwrap_or(Money(0));
    let least = figure::value(book, "gift.quotes", on)?;
    let from = Money(figure::value(book, "gift.quote_from", on)?);
    let offers = suppliers(book, &task.entry)?;
    if amount <= from || offers >= least {
        return Ok(None);
    }
    let what = say!(
        "{number} costs {amount}, above {from}, and has offers of {offers} of the {least} suppliers that must be compared",
        number,
        amount,
        from,
        offers,
        least
    );
    Ok(Some(Refusal::rule("R5.3(3)", what).or(say!(
        "enter another's with: branchbook gift quote {number} --supplier NAME --price YUAN --quality 1-5",
        number
    ))))
}

/// What stands against a buyer outside General Management, where the gift is handed over in Shenyang (R5.3(1)).
fn elsewhere(task: &Task<'_, '_>) -> Result<Option<Refusal>> {
    let (book, actor, number) = (task.sql(), &task.actor, &task.entry.number);
    let place = task.row.get(&PLACE)?.unwrap_or_default();
    if !shenyang::is_in_shenyang(&place) {
        return Ok(None);
    }
    let works = |day| actor.works_in(book, "general", day);
    let Some(day) = identity::out_of_office(task.change, actor, works)? else { return Ok(None) };
    let what = say!(
        "{number} is handed over in {place}, so General Management buys it, of which {actor} was not on {day}",
        number,
        place = language::value(&place),
        actor,
        day
    );
    let way_out = say!("name who bought it with --by PERSON").to_owned();
    let buyers = Person::holders(book, Role::Clerk, None, day)?;
    let keys: Vec<&str> = buyers.iter().map(|buyer| buyer.key.as_str()).collect();
    Ok(Some(Refusal::rule("R5.3(1)", what).or(identity::name_with_pen(task.change, way_out, &keys)?)))
}

/// The bill of what the branch bears is corrected within what was approved, and not past the offers (R5.3(1), R5.3(3)).
pub(crate) fn refuse_beyond_approval(task: &mut Task<'_, '_>) -> Result<()> {
    if task.reason.is_none() || task.row.get(&BORNE_BY)?.is_some() {
        return Ok(());
    }
    let approved = Approval::last(task.sql(), task.entry.id, "approve", None)?.and_then(|approval| approval.amount);
    let Some(limit) = approved else { return Ok(()) };
    if let Some(refusal) = above(task, limit)? {
        return Err(refusal.or(say!("correct it to the amount of the bill, within what was approved")).into());
    }
    match too_few(task)? {
        None => Ok(()),
        Some(refusal) => {
            let way_out = say!("offers are compared before a gift is bought: correct it to the amount of the bill");
            Err(refusal.or(way_out).into())
        }
    }
}
