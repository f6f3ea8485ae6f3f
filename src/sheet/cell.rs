//! One value of a sheet, read from a row of `SQLite` without copying it.

use std::{slice, str};

use rusqlite::{Row, types::ValueRef};

use super::total::{DUPLICATE, NOTHING};
use crate::column::{Column, ColumnKind};
use crate::language::words;
use crate::refusal::Refusal;
use crate::text::quoted;
use crate::{phrase, say};

/// What to do about a value that cannot be right.
const WAY_OUT: &str = phrase!("check the book with: branchbook verify");

/// One value, as its column means it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Cell<'a> {
    /// NULL.
    Empty,
    /// Text, a day or a month, in bytes as stored, for [`utf8`] to check where a form needs it;
    /// in a column of another kind, what stands there instead of a value, such as a mask.
    Text(&'a [u8]),
    /// An instant, as stored; what stands in its place otherwise, such as a mask.
    Instant(&'a [u8]),
    /// A word of the book itself, or several between `; `, as stored, and the name of its column, which may tell what it means.
    Word(&'a [u8], &'a str),
    /// Keys of people and parties, between `; `, as stored.
    Person(&'a [u8]),
    /// A whole number.
    Integer(i64),
    /// A number with decimals.
    Real(f64),
    /// Money, in fen.
    Money(i64),
    /// No money where `none` is kept as 0: people read that there is to be none, scripts `0.00`.
    NoMoney,
    /// A percentage, in hundredths of a percent.
    Percent(i64),
    /// Yes or no.
    YesNo(bool),
}

impl<'a> Cell<'a> {
    /// What `value` means in `column`.
    ///
    /// # Errors
    /// A [`Refusal`] when the value cannot stand in the column: fen with a fraction, a flag that is neither
    /// 0 nor 1, binary data. Only a view that is wrong or a damaged book has such values.
    // Each arm makes the very result that is returned: converting it afterwards cost a seventh of an export.
    #[inline]
    pub(crate) fn read(column: &'a Column, value: ValueRef<'a>) -> anyhow::Result<Self> {
        match (column.kind, value) {
            (_, ValueRef::Null) => Ok(Self::Empty),
            (ColumnKind::Word, ValueRef::Text(bytes)) => Ok(Self::Word(bytes, &column.name)),
            (ColumnKind::Person, ValueRef::Text(bytes)) => Ok(Self::Person(bytes)),
            (ColumnKind::Instant, ValueRef::Text(bytes)) => Ok(Self::Instant(bytes)),
            (_, ValueRef::Text(bytes)) => Ok(Self::Text(bytes)),
            (ColumnKind::Money, ValueRef::Integer(0)) if column.is_standard() => Ok(Self::NoMoney),
            (ColumnKind::Money, ValueRef::Integer(fen)) => Ok(Self::Money(fen)),
            (ColumnKind::Percent, ValueRef::Integer(hundredths)) => Ok(Self::Percent(hundredths)),
            (ColumnKind::YesNo, ValueRef::Integer(flag @ 0..=1)) => Ok(Self::YesNo(flag == 1)),
            (ColumnKind::Plain | ColumnKind::Word | ColumnKind::Person, ValueRef::Integer(number)) => {
                Ok(Self::Integer(number))
            }
            (ColumnKind::Plain, ValueRef::Real(number)) => Ok(Self::Real(number)),
            _ => Err(misplaced(column, value)),
        }
    }
}

/// The refusal of a value that cannot stand in its column.
#[cold]
fn misplaced(column: &Column, value: ValueRef<'_>) -> anyhow::Error {
    let held = match value {
        ValueRef::Null => "nothing".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(_) => "text".to_owned(),
        ValueRef::Blob(_) => say!("binary data").to_owned(),
    };
    let wanted = match column.kind {
        ColumnKind::Plain | ColumnKind::Word | ColumnKind::Person => say!("text or a number"),
        ColumnKind::Day => say!("a day"),
        ColumnKind::Instant => say!("an instant"),
        ColumnKind::Month => say!("a month"),
        ColumnKind::Money => say!("a whole number of fen"),
        ColumnKind::Percent => say!("a whole number of hundredths of a percent"),
        ColumnKind::YesNo => say!("0 or 1"),
    };
    let what = say!("the column {name} holds {held} where {wanted} belongs", name = column.name, held, wanted);
    Refusal::failed(what).or(words(WAY_OUT)).into()
}

/// The text of a [`Cell::Text`].
pub(crate) fn utf8(text: &[u8]) -> Result<&str, Refusal> {
    str::from_utf8(text).map_err(|_| {
        let what = say!("{text} is not text in UTF-8", text = quoted(&String::from_utf8_lossy(text)));
        Refusal::failed(what).or(words(WAY_OUT))
    })
}

/// The cells of one row, from left to right.
#[derive(Debug)]
pub(crate) struct Cells<'a> {
    columns: slice::Iter<'a, Column>,
    row: &'a Row<'a>,
    next: usize,
    /// Where the row says of which register it is.
    register: Option<usize>,
    /// Where it says in which state its entry is, also where the list does not show that.
    state: Option<usize>,
    /// Where it says in which currency its amounts are.
    currency: Option<usize>,
    /// Where it says which entry it repeats.
    repeats: Option<usize>,
}

impl<'a> Cells<'a> {
    /// The cells of `row`, whose columns are `columns`.
    pub(crate) fn new(columns: &'a [Column], row: &'a Row<'a>) -> Self {
        let named = |name: &str| columns.iter().position(|column| column.name == name);
        let register = named("register").or_else(|| named("kind"));
        let hidden = || (row.as_ref().column_count() > columns.len()).then_some(columns.len());
        let state = hidden().or_else(|| named("state"));
        let (currency, repeats) = (named("currency"), named("duplicate_of"));
        Self { columns: columns.iter(), row, next: 0, register, state, currency, repeats }
    }

    /// The text of a column of the row; none where it holds none.
    fn held(&self, index: Option<usize>) -> Option<&'a str> {
        match self.row.get_ref(index?) {
            Ok(ValueRef::Text(text)) => str::from_utf8(text).ok(),
            _ => None,
        }
    }

    /// The currency of the row's amounts; none where the list tells of none.
    pub(crate) fn currency(&self) -> Option<&'a str> {
        self.held(self.currency)
    }

    /// The state of the row's entry and the register whose word it is, which may be unknown; none where the list tells of none. What
    /// repeats another entry counts once, with that, and is a [`DUPLICATE`] unless it came to nothing.
    pub(crate) fn state(&self) -> Option<(&'a str, &'a str)> {
        let state = self.held(self.state)?;
        let repeats = self.held(self.repeats).is_some() && !NOTHING.contains(&state);
        Some((if repeats { DUPLICATE } else { state }, self.held(self.register).unwrap_or("state")))
    }

    /// A state means what it means in the register of its row.
    fn in_register(&self, column: &Column, cell: Cell<'a>) -> Cell<'a> {
        match (cell, self.register.map(|index| self.row.get_ref(index))) {
            (Cell::Word(state, _), Some(Ok(ValueRef::Text(register)))) if column.name == "state" => {
                Cell::Word(state, str::from_utf8(register).unwrap_or_default())
            }
            (cell, _) => cell,
        }
    }
}

impl<'a> Iterator for Cells<'a> {
    type Item = anyhow::Result<Cell<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let column = self.columns.next()?;
        let index = self.next;
        self.next += 1;
        match self.row.get_ref(index) {
            Ok(value) => Some(Cell::read(column, value).map(|cell| self.in_register(column, cell))),
            Err(error) => Some(Err(error.into())),
        }
    }
}

/// Appends a whole number in decimal; several times faster than `write!`, and a large list is mostly numbers.
pub(crate) fn push_whole(buffer: &mut Vec<u8>, number: i64) {
    if number < 0 {
        buffer.push(b'-');
    }
    push_digits(buffer, number.unsigned_abs());
}

/// Appends hundredths (fen, hundredths of a percent) as a decimal with two places: `12500.50`.
pub(crate) fn push_hundredths(buffer: &mut Vec<u8>, hundredths: i64) {
    if hundredths < 0 {
        buffer.push(b'-');
    }
    let rest = hundredths.unsigned_abs();
    push_digits(buffer, rest / 100);
    buffer.extend([b'.', digit(rest / 10), digit(rest)]);
}

fn push_digits(buffer: &mut Vec<u8>, mut rest: u64) {
    let start = buffer.len();
    loop {
        buffer.push(digit(rest));
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    buffer[start..].reverse();
}

/// The last digit of a number.
const fn digit(number: u64) -> u8 {
    b'0' + (number % 10) as u8
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn read<'a>(column: &'a Column, value: ValueRef<'a>) -> Result<Cell<'a>, String> {
        Cell::read(column, value).map_err(|error| error.to_string())
    }

    fn hundredths(number: i64) -> String {
        let mut buffer = Vec::new();
        push_hundredths(&mut buffer, number);
        String::from_utf8(buffer).unwrap()
    }

    #[test]
    fn a_value_means_what_its_column_says() {
        assert_eq!(read(&Column::of_sql("amount_fen"), ValueRef::Integer(5)), Ok(Cell::Money(5)));
        assert_eq!(read(&Column::of_sql("share_pct"), ValueRef::Integer(5)), Ok(Cell::Percent(5)));
        assert_eq!(read(&Column::of_sql("late_flag"), ValueRef::Integer(1)), Ok(Cell::YesNo(true)));
        assert_eq!(read(&Column::of_sql("late_flag"), ValueRef::Null), Ok(Cell::Empty));
        assert_eq!(read(&Column::of_sql("entries"), ValueRef::Integer(5)), Ok(Cell::Integer(5)));
        assert_eq!(read(&Column::of_sql("ratio"), ValueRef::Real(0.5)), Ok(Cell::Real(0.5)));
        assert_eq!(read(&Column::of_sql("signed_on"), ValueRef::Text(b"2026-11-22")), Ok(Cell::Text(b"2026-11-22")));
    }

    #[test]
    fn a_mask_may_stand_in_any_column() {
        assert_eq!(read(&Column::of_sql("amount_fen"), ValueRef::Text(b"***")), Ok(Cell::Text(b"***")));
    }

    #[test]
    fn a_value_that_cannot_be_right_is_refused_with_its_column() {
        for (name, value, message) in [
            ("amount_fen", ValueRef::Real(1.5), "amount holds 1.5 where a whole number of fen belongs"),
            ("late_flag", ValueRef::Integer(2), "late holds 2 where 0 or 1 belongs"),
            ("signed_on", ValueRef::Integer(7), "signed_on holds 7 where a day belongs"),
            ("note", ValueRef::Blob(b"x"), "note holds binary data where text or a number belongs"),
        ] {
            assert_eq!(read(&Column::of_sql(name), value), Err(format!("the column {message}; {WAY_OUT}")));
        }
    }

    #[test]
    fn text_in_another_encoding_is_refused() {
        assert_eq!(utf8("北京".as_bytes()), Ok("北京"));
        let refusal = utf8(b"GBK \xb1\xb1").map_err(|refusal| refusal.to_string());
        assert_eq!(refusal, Err(format!("\"GBK \u{fffd}\u{fffd}\" is not text in UTF-8; {WAY_OUT}")));
    }

    #[test]
    fn hundredths_have_two_places_and_keep_their_sign() {
        assert_eq!(hundredths(1_250_050), "12500.50");
        assert_eq!(hundredths(-5), "-0.05");
        assert_eq!(hundredths(0), "0.00");
        assert_eq!(hundredths(i64::MIN), "-92233720368547758.08");
    }

    proptest! {
        #[test]
        fn whole_numbers_print_as_the_standard_library_prints_them(number: i64) {
            let mut buffer = Vec::new();
            push_whole(&mut buffer, number);
            prop_assert_eq!(String::from_utf8(buffer).unwrap(), number.to_string());
        }
    }
}
