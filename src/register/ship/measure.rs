//! Weights and sizes of boxes as a packing list gives them.

use std::fmt;
use std::str::FromStr;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, Value, ValueRef};

use crate::language::Spoken;
use crate::language::grouped;
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// A weight in grams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Weight(pub i64);

/// The greatest weight, ten thousand tons: that of everything a shipment can hold is then kept in grams.
const HEAVIEST: i64 = 10_000_000_000;

/// Units of weight, longest first, and how many places of a decimal they have down to the gram.
const WEIGHTS: [(&str, usize); 5] = [("公斤", 3), ("千克", 3), ("kg", 3), ("吨", 6), ("t", 6)];

impl Weight {
    /// The weight of so many boxes of this weight; none where that is more than can be kept.
    pub(crate) fn times(self, boxes: u32) -> Option<Self> {
        self.0.checked_mul(i64::from(boxes)).filter(|grams| *grams <= HEAVIEST).map(Self)
    }
}

impl FromStr for Weight {
    type Err = Refusal;

    /// Reads `850kg`, `1,250.5 kg` or `23.5t`.
    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let plain = text::half_width(typed).trim().to_lowercase();
        let grams = WEIGHTS.iter().find_map(|(unit, places)| Some(scaled(plain.strip_suffix(unit)?, *places)));
        match grams.flatten().filter(|grams| (1..=HEAVIEST).contains(grams)) {
            Some(grams) => Ok(Self(grams)),
            None => Err(Refusal::usage(say!("`{typed}` is no weight", typed = text::visible(typed)))
                .or(say!("type it with its unit, exact to the gram and up to 10,000 t, such as 850kg or 23.5t"))),
        }
    }
}

impl From<Weight> for Value {
    fn from(weight: Weight) -> Self {
        Self::Integer(weight.0)
    }
}

impl FromSql for Weight {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Self)
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} kg", grouped(&decimal(self.0, 3)))
    }
}

impl Spoken for Weight {}

/// The size of a box in millimetres: length, width, height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size(pub(crate) [i64; 3]);

/// The longest side of a box, 30 m.
const LONGEST: i64 = 30_000;

/// Units of length, longest first, and how many places of a decimal they have down to the millimetre.
const LENGTHS: [(&str, usize); 6] = [("毫米", 0), ("厘米", 1), ("mm", 0), ("cm", 1), ("米", 3), ("m", 3)];

impl FromStr for Size {
    type Err = Refusal;

    /// Reads `120x80x60cm`, `1.2×0.8×0.6 m` or `1200*800*600mm`.
    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let plain = text::half_width(typed).trim().to_lowercase().replace(['×', '*'], "x");
        let sides = LENGTHS.iter().find_map(|(unit, places)| {
            let sides: Option<Vec<i64>> =
                plain.strip_suffix(unit)?.split('x').map(|side| scaled(side, *places)).collect();
            Some(sides)
        });
        match sides.flatten().map(<[i64; 3]>::try_from) {
            Some(Ok(sides)) if sides.iter().all(|side| (1..=LONGEST).contains(side)) => Ok(Self(sides)),
            _ => Err(Refusal::usage(say!("`{typed}` is no size of a box", typed = text::visible(typed)))
                .or(say!("type length, width and height with their unit, exact to the millimetre and up to 30 m, such as 120x80x60cm or 1.2x0.8x0.6m"))),
        }
    }
}

impl From<Size> for Value {
    fn from(size: Size) -> Self {
        Self::Text(size.to_string())
    }
}

impl FromSql for Size {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(FromSqlError::other)
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [length, width, height] = self.0;
        write!(f, "{length}x{width}x{height} mm")
    }
}

/// A volume in cubic millimetres as cubic metres, to the litre.
pub(crate) fn cubic_metres(volume: i64) -> String {
    format!("{} m³", grouped(&decimal((volume + 500_000) / 1_000_000, 3)))
}

/// A decimal number without its point: `1.25` with three places is 1250. None where it is no number or has more places.
fn scaled(number: &str, places: usize) -> Option<i64> {
    let number = number.trim();
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups.iter().skip(1).all(|group| group.len() == 3);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fraction_is_right = digits(fraction) && (!fraction.is_empty() || !number.ends_with('.'));
    if groups.iter().any(|group| group.is_empty() || !digits(group)) || !grouped || !fraction_is_right {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > places {
        return None;
    }
    format!("{}{fraction:0<places$}", groups.concat()).parse().ok()
}

/// The other way round: 1250 with three places is `1.25`.
fn decimal(number: i64, places: u32) -> String {
    let one = 10_i64.pow(places);
    let width = places as usize;
    let written = format!("{}.{:0width$}", number / one, number % one);
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn weights_are_read_in_kilograms_and_tons() {
        for (typed, grams) in [
            ("23.5t", 23_500_000),
            ("850kg", 850_000),
            ("1,250.5 KG", 1_250_500),
            ("０．５吨", 500_000),
            ("12公斤", 12_000),
            ("0.001千克", 1),
            ("1.0000000t", 1_000_000),
            ("10,000t", 10_000_000_000),
        ] {
            assert_eq!(typed.parse::<Weight>().unwrap(), Weight(grams), "{typed}");
        }
        assert_eq!(Weight(23_500_250).to_string(), "23,500.25 kg");
        assert_eq!(Weight(500).to_string(), "0.5 kg");
    }

    #[test]
    fn what_is_no_weight_is_refused() {
        for typed in ["", "kg", "23.5", "23,5t", "1.0005kg", "-3kg", "0t", "10,000.1t", "1e3kg", "5.kg", "5lb", ".5t"] {
            let refusal = typed.parse::<Weight>().unwrap_err();
            assert_eq!(refusal.what, format!("`{typed}` is no weight"));
        }
    }

    #[test]
    fn sizes_are_read_in_every_unit() {
        for typed in
            ["120x80x60cm", "1.2x0.8x0.6m", "1200×800×600毫米", "1200*800*600mm", "120 X 80 X 60 厘米", "1.2×0.8×0.6米"]
        {
            assert_eq!(typed.parse::<Size>().unwrap(), Size([1200, 800, 600]), "{typed}");
        }
        assert_eq!(Size([1200, 800, 600]).to_string(), "1200x800x600 mm");
        assert_eq!(cubic_metres(Size([1200, 800, 600]).0.iter().product::<i64>() * 14), "8.064 m³");
    }

    #[test]
    fn what_is_no_size_is_refused() {
        for typed in
            ["", "120x80cm", "120x80x60", "120x80x60x1cm", "0x80x60cm", "120x80x60.05cm", "30.001x1x1m", "axbxcm"]
        {
            let refusal = typed.parse::<Size>().unwrap_err();
            assert_eq!(refusal.what, format!("`{typed}` is no size of a box"));
        }
    }

    proptest! {
        #[test]
        fn a_weight_reads_as_it_is_printed(grams in 1..=HEAVIEST) {
            prop_assert_eq!(Weight(grams).to_string().parse::<Weight>().unwrap(), Weight(grams));
        }

        #[test]
        fn a_size_reads_as_it_is_printed(sides in prop::array::uniform3(1..=LONGEST)) {
            prop_assert_eq!(Size(sides).to_string().parse::<Size>().unwrap(), Size(sides));
        }
    }
}
