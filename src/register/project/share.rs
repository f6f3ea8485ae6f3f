//! How an amount is split into instalments: each a share in percent, or an amount (R3.7).

use std::fmt;
use std::str::FromStr;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, Value, ValueRef};

use crate::money::{Money, agreed};
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// A hundred percent, in hundredths of a percent.
const WHOLE: i64 = 10_000;

/// What an instalment is of the whole, as agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Share {
    /// In hundredths of a percent, typed as `30%`.
    Percent(i64),
    /// As an amount.
    Amount(Money),
}

impl Share {
    /// The share in hundredths of a percent; none where it was agreed as an amount.
    pub(crate) const fn percent(self) -> Option<i64> {
        match self {
            Self::Percent(percent) => Some(percent),
            Self::Amount(_) => None,
        }
    }

    /// The share of a whole, without the part of a fen that is left over.
    fn of(self, whole: Money) -> i128 {
        match self {
            Self::Percent(percent) => i128::from(whole.0) * i128::from(percent) / i128::from(WHOLE),
            Self::Amount(amount) => i128::from(amount.0),
        }
    }
}

impl FromStr for Share {
    type Err = Refusal;

    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let wrong = |what: &str| {
            Refusal::usage(format!("`{}` {what}", text::visible(typed)))
                .or(say!("give a share such as 30%, or an amount"))
        };
        let narrow = text::half_width(typed);
        if let Some(percent) = narrow.trim().strip_suffix('%') {
            // Hundredths of a percent are written as fen of a yuan are.
            let plain = percent.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            let percent = plain.then(|| percent.parse::<Money>().ok()).flatten().map(|percent| percent.0);
            let percent = percent.filter(|percent| (1..=WHOLE).contains(percent));
            return percent
                .map(Self::Percent)
                .ok_or_else(|| wrong(say!("is no share: above 0%, up to 100%, with two decimals at most")));
        }
        let amount = agreed(typed)?;
        if amount > Money(0) { Ok(Self::Amount(amount)) } else { Err(wrong(say!("is no instalment"))) }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(percent) => write!(f, "{}%", Money(*percent)),
            Self::Amount(amount) => f.write_str(&amount.grouped()),
        }
    }
}

impl From<Share> for Value {
    fn from(share: Share) -> Self {
        Self::Text(share.to_string())
    }
}

impl FromSql for Share {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(|refusal: Refusal| FromSqlError::Other(refusal.into()))
    }
}

/// Splits a whole into its shares: they add up to it exactly, and fen that no percentage gives are on the last share in percent.
pub(crate) fn split(whole: Money, shares: &[Share]) -> Result<Vec<Money>, Money> {
    let mut amounts: Vec<i128> = shares.iter().map(|share| share.of(whole)).collect();
    let sum: i128 = amounts.iter().sum();
    let kept = |fen: i128| Money(i64::try_from(fen).unwrap_or(i64::MAX));
    // Exact in parts of a fen: the percentages make up what the amounts leave.
    let exact: i128 = shares
        .iter()
        .map(|share| match share {
            Share::Percent(percent) => i128::from(whole.0) * i128::from(*percent),
            Share::Amount(amount) => i128::from(amount.0) * i128::from(WHOLE),
        })
        .sum();
    let all_in_percent = shares.iter().all(|share| share.percent().is_some());
    if exact != i128::from(whole.0) * i128::from(WHOLE) && (all_in_percent || sum != i128::from(whole.0)) {
        return Err(kept(exact / i128::from(WHOLE)));
    }
    let odd = i128::from(whole.0) - sum;
    if let Some(last) = shares.iter().rposition(|share| share.percent().is_some()) {
        amounts[last] += odd;
    }
    Ok(amounts.into_iter().map(kept).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn amounts(whole: i64, shares: &str) -> Result<Vec<i64>, i64> {
        let shares: Vec<Share> = shares.split(' ').map(|share| share.parse().unwrap()).collect();
        split(Money(whole), &shares).map(|amounts| amounts.iter().map(|amount| amount.0).collect()).map_err(|sum| sum.0)
    }

    #[test]
    fn odd_fen_are_on_the_last_share() {
        assert_eq!(amounts(100, "33.33% 33.33% 33.34%"), Ok(vec![33, 33, 34]));
        assert_eq!(amounts(1, "30% 30% 30% 10%"), Ok(vec![0, 0, 0, 1]));
        assert_eq!(amounts(10_001, "30% 70.01"), Ok(vec![3_000, 7_001]), "what is agreed as an amount stays");
    }

    #[test]
    fn shares_that_do_not_make_the_whole_say_what_they_come_to() {
        assert_eq!(amounts(10_000, "30% 30% 30%"), Err(9_000));
        assert_eq!(amounts(1, "30% 30%"), Err(0));
        assert_eq!(amounts(10_000, "30% 70.01"), Err(10_001));
        assert_eq!(amounts(10_000, "100% 1"), Err(10_100));
    }

    #[test]
    fn what_is_no_share_is_refused() {
        for typed in ["0%", "100.01%", "1.234%", "-5%", "%", "¥30%", "1万%", "0", "-1", "abc", "", "3%0"] {
            assert!(typed.parse::<Share>().is_err(), "{typed}");
        }
        assert_eq!("３０％".parse(), Ok(Share::Percent(3_000)));
        assert_eq!("377.4万".parse(), Ok(Share::Amount(Money(377_400_000))));
    }

    proptest! {
        #[test]
        fn any_split_of_any_amount_adds_up(whole in 1..10_000_000_000_000_i64, cuts in proptest::collection::vec(1..WHOLE, 0..4)) {
            let mut ends = cuts;
            ends.push(WHOLE);
            ends.sort_unstable();
            ends.dedup();
            let starts = std::iter::once(0).chain(ends.iter().copied());
            let shares: Vec<Share> = starts.zip(&ends).map(|(start, end)| Share::Percent(end - start)).collect();
            let amounts = split(Money(whole), &shares).unwrap();
            prop_assert_eq!(amounts.iter().map(|amount| amount.0).sum::<i64>(), whole);
            for (amount, share) in amounts.iter().zip(&shares) {
                let odd = i128::from(amount.0) - share.of(Money(whole));
                prop_assert!((0..4).contains(&odd), "{} is not {}", amount, share);
            }
        }

        #[test]
        fn amounts_and_percents_together_add_up_or_are_refused(whole in 1..1_000_000_i64, percent in 1..WHOLE, amount in 1..1_000_000_i64) {
            let shares = [Share::Percent(percent), Share::Amount(Money(amount))];
            if let Ok(amounts) = split(Money(whole), &shares) {
                prop_assert_eq!(amounts[0].0 + amounts[1].0, whole);
                prop_assert_eq!(amounts[1].0, amount);
            } else {
                prop_assert_ne!(shares[0].of(Money(whole)) + i128::from(amount), i128::from(whole));
            }
        }
    }
}
