//! Whole numbers as people type them: digits of any width, with what they count behind them where that is plain (`7天`).

use unicode_normalization::UnicodeNormalization as _;

use crate::say;

/// What may stand behind a number of days.
pub(crate) const DAYS: &[&str] = &["天", "日", "일", "days", "day"];

/// What may stand behind a number of months.
pub(crate) const MONTHS: &[&str] = &["个月", "月", "개월", "months", "month"];

/// A whole number within these bounds, with one of these units behind it or none.
///
/// # Errors
/// What is to be typed, where it is none.
pub(crate) fn within(typed: &str, (least, most): (i64, i64), units: &[&str]) -> Result<i64, String> {
    let narrow: String = typed.nfkc().filter(|c| !c.is_whitespace()).collect();
    let narrow = narrow.to_lowercase();
    let bare = units.iter().find_map(|unit| narrow.strip_suffix(unit)).unwrap_or(&narrow);
    let number: Option<i64> = bare.parse().ok().filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| match most {
        i64::MAX | 4_294_967_295.. => say!("type a whole number from {least} up", least),
        most => say!("type a whole number from {least} to {most}", least, most),
    })
}

/// How many: a number from 0 up.
///
/// # Errors
/// As [`within`].
pub(crate) fn count(typed: &str) -> Result<u32, String> {
    let count = within(typed, (0, u32::MAX.into()), &[])?;
    u32::try_from(count).map_err(|error| error.to_string())
}

/// A place in a list, or a number by which the book knows something: from 1 up.
///
/// # Errors
/// As [`within`].
pub(crate) fn place(typed: &str) -> Result<i64, String> {
    within(typed, (1, i64::MAX), &[])
}

/// A year of the calendar.
///
/// # Errors
/// As [`within`].
pub(crate) fn year(typed: &str) -> Result<u16, String> {
    let year = within(typed, (1949, 2999), &["年", "년"])?;
    u16::try_from(year).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_in_any_width_and_with_their_unit() {
        for typed in ["7", "７", " 7 ", "7天", "７ 天", "7日", "7일", "7 days", "+7"] {
            assert_eq!(within(typed, (1, 30), DAYS), Ok(7), "{typed}");
        }
        for typed in ["", "7天天", "七", "0", "31", "7月", "-7", "99999999999999999999"] {
            let refused = Err("type a whole number from 1 to 30".to_owned());
            assert_eq!(within(typed, (1, 30), DAYS), refused, "{typed}");
        }
        assert_eq!(count("x"), Err("type a whole number from 0 up".to_owned()));
        assert_eq!(year("2026年"), Ok(2026));
    }
}
