//! What was entered as bought at somebody's own expense, and taken back: who bore it does not hand its bill on to the branch by taking the
//! purchase back once the gift is approved (R5.3(1), R5.3(2)).

use anyhow::Result;
use chrono::NaiveDate;

use super::{BILL, BORNE_BY};
use crate::book::select::Select;
use crate::language;
use crate::refusal::Refusal;
use crate::register::approval::Approval;
use crate::register::task::Task;
use crate::say;
use crate::text;

/// A purchase at somebody's own expense that stands no longer.
struct Purchase {
    gift: String,
    bill: String,
    person: String,
    bought_on: NaiveDate,
    at: String,
}

/// The purchases at somebody's own expense that were entered once and stand no longer: what stands in their way is listed as an exception,
/// which stays.
fn taken_back(task: &Task<'_, '_>) -> Result<Vec<Purchase>> {
    task.sql().each(
        "SELECT j.thing, j.record ->> '$.gift[0].bill', j.record ->> '$.gift[0].borne_by', j.record ->> '$.gift[0].bought_on', j.at
         FROM journal AS j JOIN entry AS e ON e.number = j.thing
         WHERE j.verb = 'gift buy' AND j.record ->> '$.gift[0].borne_by' IS NOT NULL AND e.state <> 'own-expense'
            AND j.thing IN (SELECT g.number FROM exception AS x JOIN entry AS g ON g.id = x.entry WHERE g.register = 'gift')
         ORDER BY j.id",
        (),
        |row| {
            Ok(Purchase {
                gift: row.get(0)?,
                bill: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
                person: row.get(2)?,
                bought_on: row.get(3)?,
                at: row.get(4)?,
            })
        },
    )
}

impl Purchase {
    fn breach(&self, number: &str) -> Refusal {
        let (bill, gift, day) = (&self.bill, &self.gift, self.bought_on);
        let person = language::people(&self.person);
        let what = if number == gift {
            say!(
                "{number} was entered as bought on {day}, bill {bill}, at the expense of {person}, and that was taken back",
                number,
                day,
                bill,
                person
            )
        } else {
            say!(
                "bill {bill} was entered in {gift} as at the expense of {person}, and that was taken back",
                bill,
                gift,
                person
            )
        };
        Refusal::rule("R5.3(1)", what)
    }
}

/// What stands against buying it for the branch by the bill that somebody bore for this gift before.
pub(super) fn objection(task: &Task<'_, '_>) -> Result<Option<Refusal>> {
    let number = &task.entry.number;
    let Some(purchase) = taken_back(task)?.into_iter().find(|known| known.gift == *number && same_bill(task, known))
    else {
        return Ok(None);
    };
    let way_out = say!(
        "who bore it goes on bearing it: branchbook gift buy {number} … --own-expense {key}",
        number,
        key = purchase.person
    );
    Ok(Some(purchase.breach(number).or(way_out)))
}

/// Whether its bill is the one that is entered.
fn same_bill(task: &Task<'_, '_>, known: &Purchase) -> bool {
    let bill = task.row.text(BILL.spec.column).unwrap_or_default();
    text::paper(bill) == text::paper(&known.bill)
}

/// A bill that becomes the branch's by a correction is none that somebody bore for the gift; what is bought by another bill, or for another
/// gift by that one, is listed.
pub(super) fn hold(task: &mut Task<'_, '_>) -> Result<()> {
    if task.row.has(BORNE_BY.spec.column) {
        return Ok(());
    }
    if task.reason.is_some()
        && let Some(refusal) = objection(task)?
    {
        let number = &task.entry.number;
        let way_out = say!(
            "take the purchase back with: branchbook undo {number} --reason REASON, and enter it with --own-expense",
            number
        );
        return Err(refusal.or(way_out).into());
    }
    let approved = Approval::last(task.sql(), task.entry.id, "approve", None)?.map(|approval| approval.at);
    let number = task.entry.number.clone();
    let mut breaches = Vec::new();
    for known in taken_back(task)? {
        let before = approved.as_ref().is_none_or(|approved| known.at <= *approved);
        if (known.gift == number) == same_bill(task, &known) || known.gift == number && !before {
            continue;
        }
        breaches.push(known.breach(&number));
    }
    for breach in breaches {
        task.note(breach, say!("noted by the book"));
    }
    Ok(())
}
