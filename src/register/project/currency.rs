//! Currencies of contracts, and what one of them was worth on a day.

use std::fmt;
use std::str::FromStr;

use rusqlite::types::{ToSql, ToSqlOutput};

use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// The currency of a contract that names no other.
pub const YUAN: &str = "CNY";

/// A currency by its code of three letters, such as `USD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Currency(pub String);

impl FromStr for Currency {
    type Err = Refusal;

    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let code = text::half_width(typed).trim().to_ascii_uppercase();
        if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Ok(Self(code));
        }
        Err(Refusal::usage(say!("`{typed}` is no code of a currency", typed = text::visible(typed)))
            .or(say!("give its three letters, such as USD, EUR or CNY")))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What one of a currency is worth, in 1/10000 yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate(i64);

impl FromStr for Rate {
    type Err = Refusal;

    /// Reads a rate such as `7.1234`; more than four decimals are refused, never rounded.
    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let narrow = text::half_width(typed);
        let (whole, fraction) = narrow.trim().split_once('.').unwrap_or((narrow.trim(), ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let parsed = (digits(whole) && digits(fraction) && !whole.is_empty() && fraction.len() <= 4)
            .then(|| format!("{whole}{fraction:0<4}").parse().ok())
            .flatten();
        parsed.filter(|rate| *rate > 0).map(Self).ok_or_else(|| {
            Refusal::usage(say!("`{typed}` is no rate of a currency", typed = text::visible(typed)))
                .or(say!("give what one of it is worth in yuan, with up to four decimals, such as 7.1234"))
        })
    }
}

impl ToSql for Rate {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.into())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_rate_has_up_to_four_decimals() {
        for (typed, rate) in
            [("7.1234", 71_234), ("7", 70_000), ("0.0001", 1), (" ７．１ ", 71_000), ("007.10", 71_000)]
        {
            assert_eq!(typed.parse::<Rate>().unwrap(), Rate(rate), "{typed}");
        }
        for typed in ["", ".", "0", "0.0000", "7.12345", "-7", "7,1", "abc", "7.1.2", ".5", "99999999999999999999"] {
            assert!(typed.parse::<Rate>().is_err(), "{typed}");
        }
    }

    #[test]
    fn a_currency_is_three_letters_in_any_case() {
        assert_eq!("usd".parse::<Currency>().unwrap().to_string(), "USD");
        for typed in ["", "US", "USDT", "人民币", "U1D", "￥"] {
            assert!(typed.parse::<Currency>().is_err(), "{typed}");
        }
    }
}
