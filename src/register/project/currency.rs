//! Currencies of contracts, and what one of them was worth on a day.

use rusqlite::types::Value;

use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// The currency of a contract that names no other.
pub(super) const YUAN: &str = "CNY";

/// A currency by its code of three letters, such as `USD`.
pub(super) fn code(typed: &str) -> Result<Value, Refusal> {
    let code = text::half_width(typed).trim().to_ascii_uppercase();
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
    fn a_currency_is_three_letters_in_any_case() {
        assert_eq!(code("usd").unwrap(), Value::Text("USD".to_owned()));
        for typed in ["", "US", "USDT", "人民币", "U1D", "￥"] {
            assert!(code(typed).is_err(), "{typed}");
        }
    }
}
