//! The numbers of rows: of which series they are, the next one for a row without, and those that do not follow the others.

use rusqlite::Connection;

use super::{Header, Taker};
use crate::import::row::Fault;
use crate::import::take::Others;
use crate::language;
use crate::register::entry;
use crate::register::form::Formed;
use crate::register::old_ledger::{Checked, Trouble};
use crate::say;
use crate::series::claims::{Astray, Bearer, Claim, Claims};
use crate::series::number::Number;

impl<F: Formed> Taker<F> {
    /// The next number for a row that brings none.
    pub(super) fn coming(&mut self, book: &Connection, header: &Header) -> Checked<Number> {
        let claims = self.claims(book, &header.department)?;
        claims.coming(book, header.day).map_err(|error| Trouble::of(F::FORM.register.day, error))
    }

    /// What is claimed of the series that numbers a department's entries.
    fn claims(&mut self, book: &Connection, department: &str) -> Checked<&mut Claims> {
        if !self.series.contains_key(department) {
            let series = entry::series(book, F::FORM.register, department);
            let series = series.map_err(|error| Trouble::of("department", error))?;
            if !self.claims.contains_key(&series) {
                self.claims.insert(series.clone(), Claims::begin(book, &series)?);
            }
            self.series.insert(department.to_owned(), series);
        }
        let claims = self.series.get(department).and_then(|series| self.claims.get_mut(series));
        claims.ok_or_else(|| anyhow::anyhow!("nothing is claimed of the series of {department}").into())
    }

    pub(super) fn claim(
        &mut self,
        book: &Connection,
        department: &str,
        number: &str,
        bearer: Bearer,
    ) -> Checked<Number> {
        let claim = self.claims(book, department)?.claim(book, number, bearer)?;
        let series = self.series.get(department).map_or(F::FORM.register.name, String::as_str);
        let series = language::value(series);
        let reason = match (claim, bearer.day) {
            (Claim::Of(number), _) => return Ok(number),
            (Claim::OtherDay, Some(day)) => {
                say!(
                    "{number} is not as the series {series} prints its numbers on {day}: mend the number or the day",
                    number,
                    series,
                    day
                )
            }
            _ => say!("{number} is no number of the series {series}; see branchbook series list", number, series),
        };
        Err(Fault::of("number", reason).into())
    }

    /// Gives a number out that was coming.
    pub(super) fn give(&mut self, book: &Connection, department: &str, number: &Number) -> Checked<()> {
        self.claims(book, department)?.give(number);
        Ok(())
    }

    /// The rows whose numbers do not follow those before them.
    pub(super) fn numbers_astray(&mut self, others: Others) -> Vec<(u64, Fault)> {
        let mut faults = Vec::new();
        let leaps = &self.leaps;
        let allowed = |astray: &Astray| astray.leaps && (astray.first || leaps.contains(&astray.number));
        let stays = |astray: &Astray| others == Others::AreLeft || allowed(astray);
        for astray in self.claims.values_mut().flat_map(|claims| claims.astray(stays)) {
            match (astray.leaps, allowed(&astray)) {
                (true, true) => self.warned.push(leap(&astray)),
                (true, false) => faults.push((astray.line, Fault::of("number", refused_leap(&astray)))),
                (false, _) => faults.push((astray.line, Fault::of("number", out_of_order(&astray)))),
            }
        }
        faults
    }
}

/// That a number is far above those before it.
fn leap(astray: &Astray) -> String {
    let Astray { number, before, by, .. } = astray;
    say!("{number} is {by} above {before}, the next lower number", number, by, before)
}

fn refused_leap(astray: &Astray) -> String {
    say!(
        "{leap}, and the series would go on behind it: mend it, or take it with --leap {number}",
        leap = leap(astray),
        number = astray.number
    )
}

/// That a number does not follow the one before it, though numbers were given out in their order by then.
fn out_of_order(astray: &Astray) -> String {
    let Astray { number, before, .. } = astray;
    say!(
        "R4.8: numbers are not chosen by hand, and those between {before} and {number} are in neither the file nor the book: add a row for each, void with its reason or reserved",
        before,
        number
    )
}
