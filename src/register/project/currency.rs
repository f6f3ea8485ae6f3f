//! Currencies of contracts, and what one of them was worth on a day.

use anyhow::Result;
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::book::select::Select;
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// The currency of a contract that names no other.
pub(super) const YUAN: &str = "CNY";

/// What currencies are called besides, and their codes.
const CALLED: [(&str, &[&str]); 6] = [
    (YUAN, &["RMB", "人民币", "人民币元", "元", "¥", "￥", "위안", "인민폐"]),
    ("USD", &["美元", "美金", "US$", "달러", "미국 달러"]),
    ("EUR", &["欧元", "€", "유로"]),
    ("JPY", &["日元", "日圆", "엔", "일본 엔"]),
    ("KRW", &["韩元", "韩币", "₩", "원"]),
    ("HKD", &["港元", "港币", "HK$"]),
];

/// A currency by its code of three letters, such as `USD`, or by what it is called, such as `美元`.
pub(super) fn code(typed: &str) -> Result<Value, Refusal> {
    let code = text::half_width(typed).trim().to_ascii_uppercase();
    if let Some((code, _)) = CALLED.iter().find(|(_, names)| names.contains(&code.as_str())) {
        return Ok(Value::Text((*code).to_owned()));
    }
    if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(Value::Text(code));
    }
    Err(Refusal::usage(say!("`{typed}` is no code of a currency", typed = text::visible(typed)))
        .or(say!("give its three letters, such as USD, EUR or CNY")))
}

/// What one of a currency is worth, in 1/10000 yuan, typed such as `7.1234`; more than four decimals are refused, never rounded.
pub(super) fn rate(typed: &str) -> Result<Value, Refusal> {
    let narrow = text::half_width(typed);
    let (whole, fraction) = narrow.trim().split_once('.').unwrap_or((narrow.trim(), ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let parsed: Option<i64> = (digits(whole) && digits(fraction) && !whole.is_empty() && fraction.len() <= 4)
        .then(|| format!("{whole}{fraction:0<4}").parse().ok())
        .flatten();
    parsed.filter(|rate| *rate > 0).map(Value::Integer).ok_or_else(|| {
        Refusal::usage(say!("`{typed}` is no rate of a currency", typed = text::visible(typed)))
            .or(say!("give what one of it is worth in yuan, with up to four decimals, such as 7.1234"))
    })
}

/// What one of a currency is worth in yuan, in 1/10000, of all but a few: of which the book knows no rate, another is a slip, or worse.
const USUAL: std::ops::RangeInclusive<i64> = 10..=200_000;

/// Refuses the first rate of a currency that hardly any has.
pub(super) fn refuse_unusual(currency: &str, rate: i64) -> Result<()> {
    if currency == YUAN || USUAL.contains(&rate) {
        return Ok(());
    }
    let [rate, least, most] = [rate, *USUAL.start(), *USUAL.end()].map(in_words);
    let what = say!(
        "one {currency} at {rate} is the first rate of that currency, and hardly any is worth less than {least} or more than {most} yuan",
        currency,
        rate,
        least,
        most
    );
    Err(Refusal::rule("R3.4", what).or(say!("give what one was worth that day with --rate")).into())
}

/// A rate as it is typed, such as `7.1234`, without the zeros at its end.
pub(super) fn in_words(rate: i64) -> String {
    let all = format!("{}.{:04}", rate / 10_000, rate % 10_000);
    all.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The rate of the contract or supplement in a currency that was signed last, with its number and day; none where no other than `but`,
/// by the project's id and its place, is in it.
pub(super) fn last_rate(
    book: &Connection,
    currency: &str,
    (entry, position): (i64, i64),
) -> Result<Option<(i64, String, NaiveDate)>> {
    book.row(
        "SELECT c.rate_e4, c.contract, c.signed_on FROM contract AS c JOIN entry AS e ON e.id = c.entry
             WHERE c.currency = ?1 AND c.rate_e4 IS NOT NULL AND c.undone_on IS NULL AND e.state <> 'void'
                AND NOT (c.entry = ?2 AND c.position = ?3)
             ORDER BY c.signed_on DESC, c.entry DESC, c.position DESC LIMIT 1",
        (currency, entry, position),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_rate_has_up_to_four_decimals() {
        for (typed, worth) in
            [("7.1234", 71_234), ("7", 70_000), ("0.0001", 1), (" ７．１ ", 71_000), ("007.10", 71_000)]
        {
            assert_eq!(rate(typed).unwrap(), Value::Integer(worth), "{typed}");
        }
        for typed in ["", ".", "0", "0.0000", "7.12345", "-7", "7,1", "abc", "7.1.2", ".5", "99999999999999999999"] {
            assert!(rate(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_currency_is_three_letters_in_any_case_or_what_it_is_called() {
        let known = [
            ("usd", "USD"),
            (" 人民币", "CNY"),
            ("￥", "CNY"),
            ("rmb", "CNY"),
            ("美元", "USD"),
            ("유로", "EUR"),
            ("ＪＰＹ", "JPY"),
        ];
        for (typed, known) in known {
            assert_eq!(code(typed).unwrap(), Value::Text(known.to_owned()), "{typed}");
        }
        for typed in ["", "US", "USDT", "币", "U1D", "元元"] {
            assert!(code(typed).is_err(), "{typed}");
        }
    }
}
