//! Money: whole fen, as typed, as stored and as printed.

use std::fmt;
use std::str::FromStr;

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::language::{Spoken, amount, grouped, words};
use crate::phrase;
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// An amount of money in fen (1/100 yuan).
///
/// It is typed as `12500`, `12,500.50`, `1.2万` or `1.5亿`, prints as a plain decimal with two places, is stored as
/// an integer and is a decimal string in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(pub i64);

/// A percentage in hundredths of a percent; prints with the places that it needs, `2.5%`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Percent(pub(crate) i64);

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimal = Money(self.0).to_string();
        write!(f, "{}%", decimal.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl Money {
    /// The sum; none when it is too large to be kept.
    pub(crate) fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference; none when it is too large to be kept.
    pub(crate) fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The amount with a comma between the thousands: `12,500.50`.
    pub(crate) fn grouped(self) -> String {
        let (sign, yuan, fen) = self.parts();
        grouped(&format!("{sign}{yuan}.{fen:02}"))
    }

    /// Sign, whole yuan and the fen left over.
    fn parts(self) -> (&'static str, u64, u64) {
        let fen = self.0.unsigned_abs();
        (if self.0 < 0 { "-" } else { "" }, fen / 100, fen % 100)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, yuan, fen) = self.parts();
        f.pad(&format!("{sign}{yuan}.{fen:02}"))
    }
}

impl Spoken for Money {
    /// `12,500.50`, `¥12,500.50`, `12,500.50위안`.
    fn spoken(&self) -> String {
        amount(&self.grouped())
    }
}

impl Spoken for Percent {}

impl FromStr for Money {
    type Err = Refusal;

    /// Reads an amount of yuan as a person types it.
    ///
    /// Refused are misplaced commas, parts of a fen and amounts too large to be kept; nothing is ever rounded.
    fn from_str(typed: &str) -> Result<Self, Refusal> {
        read(&text::half_width(typed)).map(Self).map_err(|reason| {
            Refusal::usage(format!("`{}` {reason}", text::visible(typed)))
                .or(say!("type the amount in yuan, such as 12500, 12,500.50 or 1.2万"))
        })
    }
}

/// The greatest amount of an entry, 100 thousand million yuan: the sum of all entries of a book can then be kept in fen.
const MOST: Money = Money(10_000_000_000_000);

/// An estimated amount as typed.
///
/// # Errors
/// A usage refusal where it is no amount of money, less than nothing, or more than any equipment costs.
pub fn estimate(typed: &str) -> Result<Money, Refusal> {
    let amount: Money = typed.parse()?;
    if amount < Money(0) {
        return Err(
            Refusal::usage(say!("{amount} is less than nothing", amount)).or(say!("give an amount in yuan from 0 on"))
        );
    }
    if amount > MOST {
        return Err(Refusal::usage(say!("{amount} is more than any estimate can be", amount))
            .or(say!("give the amount in yuan, up to {most}", most = MOST.grouped())));
    }
    Ok(amount)
}

/// An amount that is not negative, or the word for none.
pub(crate) fn estimate_or_none(typed: &str) -> Result<Money, Refusal> {
    if text::is_none(typed) { Ok(Money(0)) } else { estimate(typed) }
}

/// An amount that was agreed or paid, as typed: in yuan or another currency, and below nothing where something is taken away.
pub(crate) fn agreed(typed: &str) -> Result<Money, Refusal> {
    let amount: Money = typed.parse()?;
    if amount.0.unsigned_abs() > MOST.0.unsigned_abs() {
        return Err(Refusal::usage(say!("{amount} is more than any contract comes to", amount))
            .or(say!("give an amount of up to {most}", most = MOST.grouped())));
    }
    Ok(amount)
}

/// The fen of an amount in half-width characters, or what is wrong with it.
fn read(typed: &str) -> Result<i64, &'static str> {
    const NOT_MONEY: &str = phrase!("is not an amount of money");

    let (sign, amount) = split_sign_and_currency(typed.trim());
    let amount = amount.strip_suffix(['元', '圆']).or_else(|| amount.strip_suffix("위안")).unwrap_or(amount).trim_end();
    let (amount, zeros) = split_unit(amount);
    let (whole, fraction) = match amount.split_once('.') {
        Some((_, "")) => return Err(words(NOT_MONEY)),
        Some((whole, fraction)) => (whole, fraction),
        None => (amount, ""),
    };
    if !is_digits(fraction) || whole.is_empty() || !whole.split(',').all(is_digits) {
        return Err(words(NOT_MONEY));
    }
    if !commas_are_in_place(whole) {
        return Err(say!("has a comma that does not stand between thousands"));
    }
    let fraction = fraction.trim_end_matches('0');
    let places = zeros + 2;
    if fraction.len() > places {
        return Err(say!("has parts of a fen, more than two decimals of a yuan"));
    }
    format!("{sign}{}{fraction:0<places$}", whole.replace(',', ""))
        .parse()
        .map_err(|_| say!("is more money than can be kept"))
}

/// The sign, which stands before or after the currency, and the rest without either.
fn split_sign_and_currency(typed: &str) -> (&'static str, &str) {
    let (sign, rest) = split_sign(typed);
    let rest = without_currency(rest);
    if sign.is_empty() { split_sign(rest) } else { (sign, rest) }
}

fn split_sign(typed: &str) -> (&'static str, &str) {
    if let Some(rest) = typed.strip_prefix('-') {
        ("-", rest)
    } else if let Some(rest) = typed.strip_prefix('+') {
        ("+", rest)
    } else {
        ("", typed)
    }
}

fn without_currency(typed: &str) -> &str {
    ["¥", "￥", "RMB", "CNY"]
        .iter()
        .find_map(|currency| {
            let (head, rest) = typed.split_at_checked(currency.len())?;
            head.eq_ignore_ascii_case(currency).then(|| rest.trim_start())
        })
        .unwrap_or(typed)
}

/// The amount without `万` or `亿` at its end, and how many zeros that stands for.
fn split_unit(amount: &str) -> (&str, usize) {
    if let Some(rest) = amount.strip_suffix('万') {
        (rest.trim_end(), 4)
    } else if let Some(rest) = amount.strip_suffix('亿') {
        (rest.trim_end(), 8)
    } else {
        (amount, 0)
    }
}

/// Whether the whole yuan have no comma, or one before every three digits and none of them for show (`0,500`).
fn commas_are_in_place(whole: &str) -> bool {
    let Some((head, groups)) = whole.split_once(',') else { return true };
    (1..=3).contains(&head.len()) && !head.starts_with('0') && groups.split(',').all(|group| group.len() == 3)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

impl ToSql for Money {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.into())
    }
}

impl FromSql for Money {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Self)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;
    use rusqlite::Connection;

    use super::*;

    fn fen(typed: &str) -> i64 {
        typed.parse::<Money>().unwrap().0
    }

    fn refusal(typed: &str) -> String {
        typed.parse::<Money>().unwrap_err().what
    }

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (typed, expected) in [
            ("12500", 1_250_000),
            ("12,500.50", 1_250_050),
            ("12500.5", 1_250_050),
            ("1,234,567", 123_456_700),
            ("1.2万", 1_200_000),
            ("860万", 860_000_000),
            ("1.5亿", 15_000_000_000),
            ("12,500万元", 12_500_000_000),
            ("1.00005万", 1_000_050),
            ("1.000005万", 1_000_005),
            ("1.0000050000万", 1_000_005),
            ("0.0000000001亿", 1),
            ("1.5000", 150),
            ("007", 700),
            ("0", 0),
            ("-0.05", -5),
            ("+3", 300),
            ("¥12500元", 1_250_000),
            ("12,500.00위안", 1_250_000),
            ("￥ 12,500", 1_250_000),
            ("rmb12500", 1_250_000),
            ("CNY 12500", 1_250_000),
            ("-¥5", -500),
            ("¥-5", -500),
            ("  12 元 ", 1_200),
            ("500圆", 50_000),
            ("　－１２，５００．５０　", -1_250_050),
            ("＋１．２ 万", 1_200_000),
        ] {
            assert_eq!(fen(typed), expected, "{typed}");
        }
    }

    #[test]
    fn the_ends_of_the_range_are_read() {
        assert_eq!(fen("92233720368547758.07"), i64::MAX);
        assert_eq!(fen("-92233720368547758.08"), i64::MIN);
        for typed in ["92233720368547758.08", "-92233720368547758.09", "999999999999亿"] {
            assert!(typed.parse::<Money>().is_err(), "{typed}");
        }
        assert_eq!(refusal("999999999999亿"), "`999999999999亿` is more money than can be kept");
    }

    #[test]
    fn misplaced_commas_are_refused() {
        for typed in ["1,25", "1,2500", "12,50,000", "1234,567", "0,500", "1,250万,000"] {
            assert!(typed.parse::<Money>().is_err(), "{typed}");
        }
        assert_eq!(refusal("1,25"), "`1,25` has a comma that does not stand between thousands");
    }

    #[test]
    fn parts_of_a_fen_are_refused() {
        for typed in ["0.001", "12.345", "1.0000005万", "0.00000000001亿"] {
            assert!(refusal(typed).contains("parts of a fen"), "{typed}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for typed in [
            "", " ", "-", "¥", "元", "万", "abc", "1e3", "1.2.3", ".5", "5.", "1.5,000", ",500", "500,", "1,,000",
            "--5", "-¥-5", "- 5", "1 000", "1万2", "1万亿", "①", "½", "5%", "$5", "５٣", "0x10", "NaN", "¥¥5", "元5",
        ] {
            assert!(typed.parse::<Money>().is_err(), "{typed}");
        }
        assert_eq!(
            "12\u{202E}".parse::<Money>().unwrap_err().to_string(),
            r"`12\u{202e}` is not an amount of money; type the amount in yuan, such as 12500, 12,500.50 or 1.2万"
        );
    }

    #[test]
    fn display_has_two_places_and_fills_a_column() {
        for (amount, plain, grouped) in [
            (0, "0.00", "0.00"),
            (-5, "-0.05", "-0.05"),
            (1_250_050, "12500.50", "12,500.50"),
            (99_999, "999.99", "999.99"),
            (-100_000, "-1000.00", "-1,000.00"),
            (i64::MIN, "-92233720368547758.08", "-92,233,720,368,547,758.08"),
        ] {
            assert_eq!(Money(amount).to_string(), plain);
            assert_eq!(Money(amount).grouped(), grouped);
        }
        assert_eq!(format!("{:>8}|", Money(-5)), "   -0.05|");
    }

    #[test]
    fn sums_never_wrap() {
        assert_eq!(Money(1).checked_add(Money(2)), Some(Money(3)));
        assert_eq!(Money(1).checked_sub(Money(2)), Some(Money(-1)));
        assert_eq!(Money(i64::MAX).checked_add(Money(1)), None);
        assert_eq!(Money(i64::MIN).checked_sub(Money(1)), None);
    }

    #[test]
    fn clap_takes_it_as_a_value() {
        let amount = clap::Arg::new("amount").allow_negative_numbers(true).value_parser(clap::value_parser!(Money));
        let command = clap::Command::new("pay").arg(amount);
        let matches = command.clone().try_get_matches_from(["pay", "-1.5"]).unwrap();
        assert_eq!(matches.get_one::<Money>("amount"), Some(&Money(-150)));
        let error = command.try_get_matches_from(["pay", "1,25"]).unwrap_err().to_string();
        assert!(error.contains("between thousands"), "{error}");
    }

    #[test]
    fn only_integers_are_read_from_the_book() {
        let book = Connection::open_in_memory().unwrap();
        let kind: String = book.query_row("SELECT typeof(?1)", [Money(150)], |row| row.get(0)).unwrap();
        assert_eq!(kind, "integer");
        assert!(book.query_row("SELECT 1.5", [], |row| row.get::<_, Money>(0)).is_err());
        assert!(book.query_row("SELECT '1.50'", [], |row| row.get::<_, Money>(0)).is_err());
    }

    #[test]
    fn json_is_a_decimal_string() {
        assert_eq!(serde_json::to_string(&Money(-1_250_050)).unwrap(), r#""-12500.50""#);
        assert_eq!(serde_json::from_str::<Money>(r#""1.2万""#).unwrap(), Money(1_200_000));
        assert!(serde_json::from_str::<Money>("1.5").is_err());
        assert!(serde_json::from_str::<Money>(r#""1.005""#).unwrap_err().to_string().contains("parts of a fen"));
    }

    #[test]
    fn a_csv_cell_is_read_as_typed() {
        let mut rows = csv::Reader::from_reader("amount,note\n\"12,500.50\",a\n".as_bytes());
        let (amount, _): (Money, String) = rows.deserialize().next().unwrap().unwrap();
        assert_eq!(amount, Money(1_250_050));
    }

    proptest! {
        #[test]
        fn every_amount_is_read_back(amount in any::<i64>()) {
            let money = Money(amount);
            prop_assert_eq!(money.to_string().parse(), Ok(money));
            prop_assert_eq!(money.grouped().parse(), Ok(money));
            prop_assert_eq!(serde_json::from_str::<Money>(&serde_json::to_string(&money).unwrap()).unwrap(), money);
            let book = Connection::open_in_memory().unwrap();
            prop_assert_eq!(book.query_row("SELECT ?1", [money], |row| row.get::<_, Money>(0)).unwrap(), money);
        }

        #[test]
        fn a_unit_moves_the_point_and_rounds_nothing(whole in 0..1_000_000_i64, fraction in "[0-9]{1,8}") {
            let scaled = |unit: &str| format!("{whole}.{fraction}{unit}").parse::<Money>().map(|money| money.0);
            let digits: i64 = fraction.parse().unwrap();
            let places = u32::try_from(fraction.len()).unwrap();
            for (unit, power) in [("", 2), ("万", 6), ("亿", 10)] {
                let exact = i128::from(digits) * 10_i128.pow(power);
                let parts = 10_i128.pow(places);
                let expected = i128::from(whole) * 10_i128.pow(power) + exact / parts;
                if exact % parts == 0 {
                    prop_assert_eq!(scaled(unit).map(i128::from), Ok(expected));
                } else {
                    prop_assert!(scaled(unit).is_err());
                }
            }
        }

        #[test]
        fn no_text_makes_it_panic(typed in "[-+¥￥0-9０-９,.，．万亿元 ]{0,24}") {
            if let Ok(money) = typed.parse::<Money>() {
                prop_assert_eq!(money.to_string().parse(), Ok(money));
            }
        }
    }
}
