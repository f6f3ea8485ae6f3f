//! The template of a number series, such as `HAB{yy}{seq:3}`: printing numbers, reading them back, and whether two
//! templates could print the same number.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike as _, NaiveDate};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use crate::day::{FIRST_YEAR, LAST_YEAR, Month};
use crate::language::Spoken;
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// The series of a whole register each: the register's name, and the template of its first numbers.
pub(crate) type Numbering = fn() -> Vec<(&'static str, &'static str)>;

/// The first day of a series' first template: every day that an entry can bear is after it.
pub(crate) const FIRST_DAY: &str = "1949-01-01";

/// The last year for which an open end of a [`Span`] is looked at: after it `{yy}` begins again at 00.
const LAST_OPEN_YEAR: i32 = 2099;

/// How the numbers of a series are written: text and date tokens (`{yy}`, `{yyyy}`, `{mm}`), then the serial
/// `{seq:N}` of at least N digits, then text again.
///
/// What stands before the serial, filled in for a day, is the *prefix* to which a counter belongs. When the N digits
/// are used up the serial grows: after HAY05999 comes HAY051000.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    before: Vec<Piece>,
    width: usize,
    suffix: String,
}

/// A part of a template before the serial.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// `{yy}`
    ShortYear,
    /// `{yyyy}`
    Year,
    /// `{mm}`
    Month,
}

impl Template {
    /// The text before the serial in a number of this day.
    pub(crate) fn prefix(&self, day: NaiveDate) -> String {
        self.before.iter().map(|piece| piece.filled(day)).collect()
    }

    /// The number that this serial has on this day; serials begin at 1.
    pub(crate) fn number(&self, day: NaiveDate, serial: u64) -> String {
        self.number_after(&self.prefix(day), serial)
    }

    /// The number that this serial has behind a filled prefix.
    pub(crate) fn number_after(&self, prefix: &str, serial: u64) -> String {
        format!("{prefix}{serial:0width$}{}", self.suffix, width = self.width)
    }

    /// The serial of a number that has this filled prefix; none when this template would not print that number.
    pub(crate) fn serial_of(&self, prefix: &str, number: &str) -> Option<u64> {
        let digits = number.strip_prefix(prefix)?.strip_suffix(self.suffix.as_str())?;
        let is_padded = digits.len() == self.width || (digits.len() > self.width && !digits.starts_with('0'));
        if !is_padded || !is_digits(digits) {
            return None;
        }
        digits.parse().ok().filter(|serial| *serial > 0)
    }

    /// The prefix and the serial of a number; none when no day of the years 1949 to 2199 gives it that number.
    ///
    /// There is never more than one answer, because every prefix of a template has the same length.
    pub(crate) fn read(&self, number: &str) -> Option<(String, u64)> {
        let mut dates = Dates::default();
        let mut rest = number;
        for piece in &self.before {
            rest = piece.strip(rest, &mut dates)?;
        }
        if !dates.agree() {
            return None;
        }
        let prefix = &number[..number.len() - rest.len()];
        Some((prefix.to_owned(), self.serial_of(prefix, number)?))
    }
}

impl Piece {
    fn filled(&self, day: NaiveDate) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::ShortYear => format!("{:02}", day.year().rem_euclid(100)),
            Self::Year => format!("{:04}", day.year()),
            Self::Month => format!("{:02}", day.month()),
        }
    }

    /// The rest of a number that begins with this piece, whose value is kept in `dates`.
    fn strip<'number>(&self, number: &'number str, dates: &mut Dates) -> Option<&'number str> {
        let (known, length) = match self {
            Self::Text(text) => return number.strip_prefix(text.as_str()),
            Self::ShortYear => (&mut dates.short_year, 2),
            Self::Year => (&mut dates.year, 4),
            Self::Month => (&mut dates.month, 2),
        };
        let (digits, rest) = number.split_at_checked(length).filter(|(digits, _)| is_digits(digits))?;
        let value = digits.parse().ok()?;
        (*known.get_or_insert(value) == value).then_some(rest)
    }
}

/// What the date tokens of one number say; a token may stand in a template more than once.
#[derive(Default)]
struct Dates {
    short_year: Option<i32>,
    year: Option<i32>,
    month: Option<i32>,
}

impl Dates {
    /// Whether there is a month in the years 1949 to 2199 of which all of it is true.
    fn agree(&self) -> bool {
        let is_month = self.month.is_none_or(|month| (1..=12).contains(&month));
        is_month
            && (FIRST_YEAR..=LAST_YEAR).any(|year| {
                self.year.is_none_or(|found| found == year) && self.short_year.is_none_or(|found| found == year % 100)
            })
    }
}

impl FromStr for Template {
    type Err = Refusal;

    /// Reads a template; the reason for refusing one names the token or text that is wrong.
    fn from_str(typed: &str) -> Result<Self, Refusal> {
        read_template(typed).map_err(|reason| {
            Refusal::usage(say!("the template `{typed}` {reason}", typed = text::visible(typed), reason))
                .or(say!("type it as HAY05{seq:3} or HAB{yy}{seq:3}"))
        })
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in &self.before {
            match piece {
                Piece::Text(text) => f.write_str(text)?,
                Piece::ShortYear => f.write_str("{yy}")?,
                Piece::Year => f.write_str("{yyyy}")?,
                Piece::Month => f.write_str("{mm}")?,
            }
        }
        write!(f, "{{seq:{}}}{}", self.width, self.suffix)
    }
}

impl Spoken for Template {}

impl ToSql for Template {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.to_string().into())
    }
}

impl FromSql for Template {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(|refusal: Refusal| FromSqlError::other(refusal))
    }
}

/// A part of a template as typed.
enum Part {
    Before(Piece),
    Serial(usize),
}

/// The template, or what is wrong with it.
fn read_template(typed: &str) -> Result<Template, String> {
    let mut before = Vec::new();
    let mut width = None;
    let mut suffix = String::new();
    let mut rest = typed;
    while !rest.is_empty() {
        let (part, after) = next_part(rest)?;
        match (part, width) {
            (Part::Before(piece), None) => before.push(piece),
            (Part::Serial(digits), None) => width = Some(digits),
            (Part::Before(Piece::Text(text)), Some(_)) => suffix = text,
            (Part::Before(_), Some(_)) => {
                return Err(say!("has a date after the {seq:N}, where only text may stand").into());
            }
            (Part::Serial(_), Some(_)) => return Err(say!("has more than one {seq:N}").into()),
        }
        rest = after;
    }
    let width = width.ok_or(say!("has no {seq:N} for the serial"))?;
    if suffix.starts_with(|c: char| c.is_numeric()) {
        return Err(say!("has a digit after the {seq:N}, which would be read as part of the serial").into());
    }
    Ok(Template { before, width, suffix })
}

/// The first part of a template that is not empty, and the rest.
fn next_part(rest: &str) -> Result<(Part, &str), String> {
    if let Some(inside) = rest.strip_prefix('{') {
        let (token, after) = inside.split_once('}').ok_or(say!("has a { without its }"))?;
        return Ok((read_token(token)?, after));
    }
    let (text, after) = rest.split_at(rest.find('{').unwrap_or(rest.len()));
    check_literal(text)?;
    Ok((Part::Before(Piece::Text(text.to_owned())), after))
}

fn read_token(token: &str) -> Result<Part, String> {
    match token {
        "yy" => return Ok(Part::Before(Piece::ShortYear)),
        "yyyy" => return Ok(Part::Before(Piece::Year)),
        "mm" => return Ok(Part::Before(Piece::Month)),
        _ => {}
    }
    let width = token.strip_prefix("seq:").filter(|width| matches!(width.as_bytes(), [b'1'..=b'9']));
    let width = width.and_then(|width| width.parse().ok());
    width.map(Part::Serial).ok_or_else(|| {
        say!(
            "has {{{token}}}, which is none of {{yy}}, {{yyyy}}, {{mm}} and {{seq:1}} to {{seq:9}}",
            token = text::visible(token)
        )
    })
}

/// Refuses text that a number could not keep: it must be as [`text::number`] leaves it.
fn check_literal(text: &str) -> Result<(), String> {
    if text.contains('}') {
        return Err(say!("has a } without its {").into());
    }
    text::check(text).map_err(|refusal| say!("cannot be used: {what}", what = refusal.what))?;
    let canonical = text::number(text);
    if canonical != text {
        return Err(say!("has `{text}`, which numbers write `{canonical}`", text = text::visible(text), canonical));
    }
    Ok(())
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A template with the days on which it is used, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    /// How the numbers are written.
    pub(crate) template: Template,
    /// The first day.
    pub(crate) from: NaiveDate,
    /// The last day; none while it is not known.
    pub(crate) until: Option<NaiveDate>,
}

impl Span {
    /// Every prefix that a number made in this span can have; all have the same length.
    fn prefixes(&self) -> BTreeSet<String> {
        let last = self.until.unwrap_or_else(|| open_end(self.from));
        let days = self.from..=last;
        (FIRST_YEAR..=LAST_YEAR)
            .flat_map(|year| (1..=12).filter_map(move |month| NaiveDate::from_ymd_opt(year, month, 1)))
            .filter(|first| !days.is_empty() && Month::of(self.from).first() <= *first && *first <= last)
            .map(|first| self.template.prefix(first))
            .collect()
    }
}

/// How far an open span that begins on this day is looked at: to the end of 2099, after which `{yy}` begins again.
fn open_end(from: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(LAST_OPEN_YEAR, 12, 31).map_or(from, |end| end.max(from))
}

/// Whether two spans, which are of different series, could print the same number, and such a number.
///
/// Days before 1949 or after 2199 are not looked at; an open end runs to the end of 2099.
pub(crate) fn may_collide(a: &Span, b: &Span) -> Option<String> {
    let (starts, prefixes) = (a.prefixes(), b.prefixes());
    let length = starts.first()?.len();
    if length > prefixes.first()?.len() {
        return may_collide(b, a);
    }
    prefixes.iter().find_map(|prefix| {
        let start = starts.get(prefix.get(..length)?)?;
        common_number(&a.template, start, &b.template, prefix)
    })
}

/// A number that `short` prints with the prefix `start` and `long` with `prefix`, which begins with `start`.
///
/// It is enough to try the numbers of the fewest digits: where they do not fit, no longer one does.
fn common_number(short: &Template, start: &str, long: &Template, prefix: &str) -> Option<String> {
    let between = prefix.strip_prefix(start)?;
    let candidates = if let Some(end) = between.find(|c: char| !c.is_ascii_digit()) {
        // The serial of `short` ends within the prefix of `long`, and its suffix is the whole rest of the number.
        vec![format!("{start}{}{}", &between[..end], short.suffix)]
    } else {
        // The serial of `short` is these digits and then the serial of `long`: 001, or 100 where 0 may not come first.
        let width = long.width.max(short.width.saturating_sub(between.len()));
        vec![format!("{prefix}{:0>width$}{}", 1, long.suffix), format!("{prefix}{:0<width$}{}", 1, long.suffix)]
    };
    let prints = |template: &Template, prefix, number: &str| template.serial_of(prefix, number).is_some();
    candidates.into_iter().find(|number| prints(short, start, number) && prints(long, prefix, number))
}

#[cfg(test)]
mod tests;
