//! Fees that were paid and that the contract bears no longer, once it has come to less (R5.4(3)).

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;

use super::limit::{bears, share};
use crate::book::select::Select;
use crate::money::{Money, Percent};
use crate::office::figure;
use crate::refusal::Refusal;
use crate::register::borne::Burden;
use crate::register::entry::Entry;
use crate::say;

/// What was paid of a project's fees, against what its contract bears by the figure of the day of the last payment; none where
/// nothing was. A project without a contract bears nothing.
pub(super) fn rests(book: &Connection, entry: &Entry) -> Result<Option<Burden>> {
    if entry.register != "project" {
        return Ok(None);
    }
    let (paid, last): (Option<Money>, Option<NaiveDate>) = book.whole(
        "SELECT sum(p.amount_fen), max(p.paid_on) FROM fee AS f JOIN fee_payment AS p ON p.entry = f.entry
             WHERE f.project = ?1 AND p.undone_on IS NULL AND p.paid_on IS NOT NULL",
        [&entry.number],
    )?;
    let Some((paid, last)) = paid.zip(last) else { return Ok(None) };
    let number = &entry.number;
    let Some(basis) = bears(book, entry)? else {
        let what = say!("{paid} of fees of {number} is paid, and no contract bears it", paid = paid.grouped(), number);
        return Ok(Some(Burden {
            founded: false,
            beyond: paid,
            bears: Money(0),
            breach: Refusal::rule("R5.4(3)", what),
        }));
    };
    let percent = figure::value(book, "fee.cap_percent", last)?;
    let most = share(basis, percent)?;
    let what = say!(
        "{paid} of fees of {number} is paid, and its contract bears {most}, {percent} of {basis}",
        paid = paid.grouped(),
        number,
        most = most.grouped(),
        percent = Percent(percent),
        basis = basis.grouped()
    );
    let beyond = Money((paid.0 - most.0).max(0));
    Ok(Some(Burden { founded: true, beyond, bears: most, breach: Refusal::rule("R5.4(3)", what) }))
}
