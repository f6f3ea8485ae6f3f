//! What stands in a cell of a workbook, as text: with the digits that a person sees, and not one that the workbook lost.

use calamine::{DataRef, ExcelDateTime};

/// A number from which on a workbook keeps fifteen digits and makes up the others.
const LOSSY: f64 = 1e15;

/// The last day that a workbook counts, 9999-12-31.
const LAST_DAY: f64 = 2_958_466.0;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// A text, a day, yes or no, or the name of an error.
    Text(String),
    /// A number, which stands for all the cells that it is merged with together.
    Number(String),
}

impl Cell {
    /// What a cell shows that a workbook has as `value` in this number format; nothing of an empty one.
    pub(super) fn of(value: &DataRef<'_>, format: &str) -> Option<Self> {
        Some(match value {
            DataRef::Empty => return None,
            DataRef::String(text) => Self::text(text),
            DataRef::SharedString(text) => Self::text(text),
            #[expect(clippy::cast_precision_loss, reason = "a number that loses by it is shown shortened")]
            DataRef::Int(number) => Self::Number(number_in(*number as f64, format)),
            DataRef::Float(number) => Self::Number(number_in(*number, format)),
            DataRef::Bool(is) => Self::Text(yes_or_no(*is).to_owned()),
            DataRef::Error(error) => Self::Text(error.to_string()),
            DataRef::DateTime(at) => instant(*at),
            DataRef::DateTimeIso(at) | DataRef::DurationIso(at) => Self::Text(iso(at)),
        })
    }

    /// A text, its lines ended as everywhere in the book.
    pub(super) fn text(text: &str) -> Self {
        Self::Text(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() })
    }

    pub(super) fn is_blank(&self) -> bool {
        let (Self::Text(text) | Self::Number(text)) = self;
        crate::import::header::is_blank(text)
    }
}

/// As a spreadsheet shows it.
pub(super) const fn yes_or_no(is: bool) -> &'static str {
    if is { "TRUE" } else { "FALSE" }
}

/// A number as it stands in a cell of this format: `2%`, `00123`, `BG-007`, and else in plain digits.
pub(super) fn number_in(number: f64, format: &str) -> String {
    if format.contains('%') && !format.contains('"') {
        return format!("{}%", plain(number * 100.0));
    }
    shaped(number, format).unwrap_or_else(|| plain(number))
}

/// A number in plain digits, rounded to the fifteen that a workbook keeps; one of more digits as a spreadsheet shortens it.
fn plain(number: f64) -> String {
    if number.abs() >= LOSSY {
        let shortened = format!("{number:.14E}");
        return shortened.split_once('E').map_or_else(
            || shortened.clone(),
            |(digits, power)| format!("{}E+{power}", digits.trim_end_matches('0').trim_end_matches('.')),
        );
    }
    let kept = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    // A zero has no sign.
    if kept == 0.0 { "0".to_owned() } else { kept.to_string() }
}

/// A whole number in a format of leading zeros, with fixed text around them.
fn shaped(number: f64, format: &str) -> Option<String> {
    let (mut before, mut zeros, mut behind) = (String::new(), 0, String::new());
    let mut signs = format.chars();
    while let Some(sign) = signs.next() {
        let text = match sign {
            '0' if behind.is_empty() => {
                zeros += 1;
                continue;
            }
            '"' => signs.by_ref().take_while(|sign| *sign != '"').collect(),
            '\\' => signs.next()?.to_string(),
            '-' | '/' | ' ' | '(' | ')' => sign.to_string(),
            _ => return None,
        };
        if zeros == 0 { before.push_str(&text) } else { behind.push_str(&text) }
    }
    let numbered = zeros >= 2 || (zeros == 1 && !before.trim().is_empty());
    (numbered && (0.0..LOSSY).contains(&number) && number.fract() == 0.0)
        .then(|| format!("{before}{number:0zeros$.0}{behind}"))
}

/// A day, a day with a time, or a time of so many hours.
fn instant(at: ExcelDateTime) -> Cell {
    let days = at.as_f64();
    if !(0.0..LAST_DAY).contains(&days) {
        return Cell::Number(plain(days));
    }
    if at.is_duration() || days < 1.0 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was looked at above")]
        let seconds = (days * 86_400.0).round() as u64;
        return Cell::Text(clock(seconds / 3600, seconds / 60 % 60, seconds % 60));
    }
    let (year, month, day, hour, minute, second, milli) = at.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second, milli) == (0, 0, 0, 0) {
        return Cell::Text(day);
    }
    Cell::Text(format!("{day} {}", clock(hour.into(), minute.into(), second.into())))
}

fn clock(hour: u64, minute: u64, second: u64) -> String {
    match second {
        0 => format!("{hour:02}:{minute:02}"),
        second => format!("{hour:02}:{minute:02}:{second:02}"),
    }
}

/// A day or a time as an open document writes it: `2026-03-08T14:30:00`, `PT14H30M00S`.
pub(super) fn iso(at: &str) -> String {
    if let Some(hours) = at.strip_prefix("PT") {
        let mut parts = hours.split(|c: char| c.is_ascii_alphabetic()).map(|part| part.split('.').next());
        let mut part = || parts.next().flatten().and_then(|part| part.parse().ok());
        if let (Some(hour), Some(minute), second) = (part(), part(), part().unwrap_or(0)) {
            return clock(hour, minute, second);
        }
    }
    match at.split_once('T') {
        Some((day, time)) => {
            let time = time.split('.').next().unwrap_or_default().trim_end_matches('Z');
            let time = time.strip_suffix(":00").filter(|short| short.contains(':')).unwrap_or(time);
            if time == "00:00" { day.to_owned() } else { format!("{day} {time}") }
        }
        None => at.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_the_digits_that_are_seen() {
        for (number, format, shown) in [
            (12500.0, "General", "12500"),
            (12500.5, "#,##0.00", "12500.5"),
            (0.1 + 0.2, "General", "0.3"),
            (-0.0, "General", "0"),
            (0.0175, "0.00%", "1.75%"),
            (0.07, "0%", "7%"),
            (123.0, "00000", "00123"),
            (7.0, "\"BG-2024-\"000", "BG-2024-007"),
            (7.0, "\\Y000000", "Y000007"),
            (5.0, "0\"台\"", "5"),
            (5.25, "000", "5.25"),
            (123_456_789_012_345.0, "0", "123456789012345"),
            (1_234_567_890_123_456_789.0, "0", "1.23456789012346E+18"),
            (1e15, "0", "1E+15"),
            (0.000_000_1, "General", "0.0000001"),
        ] {
            assert_eq!(number_in(number, format), shown, "{number} {format}");
        }
    }

    #[test]
    fn a_day_and_a_time_of_an_open_document_are_written_as_elsewhere() {
        for (at, written) in [
            ("2026-03-08", "2026-03-08"),
            ("2026-03-08T00:00:00", "2026-03-08"),
            ("2026-03-08T14:30:00", "2026-03-08 14:30"),
            ("2026-03-08T14:30:05.250000000", "2026-03-08 14:30:05"),
            ("PT14H30M00S", "14:30"),
            ("PT36H05M09.5S", "36:05:09"),
        ] {
            assert_eq!(iso(at), written);
        }
    }
}
