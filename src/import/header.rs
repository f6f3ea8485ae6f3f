//! The header: the names of the columns, and when two spellings are the same name.

use csv::StringRecord;
use unicode_normalization::UnicodeNormalization;

use crate::refusal::Refusal;
use crate::say;
use crate::text;
pub(crate) use crate::text::trim;

/// The columns that a rejects file has in front of those of the ledger.
pub(super) const LEADING: [&str; 3] = ["line", "column", "reason"];

/// How many columns at the front are a rejects file's own: three in a file of bad rows that was mended, else none.
pub(crate) fn leading_columns(headers: &[String]) -> usize {
    let front = headers.iter().take(LEADING.len()).map(String::as_str);
    if front.eq(LEADING) { LEADING.len() } else { 0 }
}

/// Whether the cell is empty or holds nothing but spaces.
pub(crate) fn is_blank(cell: &str) -> bool {
    cell.chars().all(text::is_space)
}

/// What two headers have in common that a reader takes for the same name: `Ｄａｔｅ ` is `date`.
pub(crate) fn name_key(header: &str) -> String {
    trim(header).nfkc().flat_map(char::to_lowercase).collect()
}

/// The same for fields, where a space or `-` is as good as `_`: `Unit-Price` is `unit_price`.
pub(crate) fn field_key(name: &str) -> String {
    name_key(name).replace([' ', '-'], "_")
}

/// The header as a message shows it: on one line, whatever line breaks the cell has.
pub(crate) fn shown(header: &str) -> String {
    header.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The trimmed names in the header, which stands on `line` of the file `name`.
pub(crate) fn read(name: &str, line: u64, cells: &StringRecord) -> Result<Vec<String>, Refusal> {
    let headers = cells.iter().map(|cell| trim(cell).to_owned()).collect::<Vec<_>>();
    if headers.iter().all(String::is_empty) {
        return Err(Refusal::failed(say!("{name}:{line}: the header names no column", name, line))
            .or(say!("if it stands further down, say how many lines are above it with --skip-lines")));
    }
    match first_twins(&headers[leading_columns(&headers)..]) {
        None => Ok(headers),
        Some((first, second)) => Err(twins(name, line, &headers, first, second)),
    }
}

/// The first column that has the name of an earlier one, after that one; blank names are not compared.
fn first_twins(headers: &[String]) -> Option<(usize, usize)> {
    let keys = headers.iter().map(|header| name_key(header)).collect::<Vec<_>>();
    let mut named = keys.iter().enumerate().filter(|(_, key)| !key.is_empty());
    named.find_map(|(second, key)| {
        let first = keys[..second].iter().position(|earlier| earlier == key)?;
        Some((first, second))
    })
}

fn twins(name: &str, line: u64, headers: &[String], first: usize, second: usize) -> Refusal {
    let before = leading_columns(headers);
    let column = |index: usize| {
        say!("column {index} \"{name}\"", index = before + index + 1, name = shown(&headers[before + index]))
    };
    let (first, second) = (column(first), column(second));
    Refusal::failed(say!("{name}:{line}: {first} and {second} have the same name", name, line, first, second))
        .or(say!("rename one of them in the file"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn refused(cells: &[&str]) -> String {
        read("old.csv", 2, &StringRecord::from(cells.to_vec())).unwrap_err().to_string()
    }

    #[test]
    fn names_are_trimmed_and_may_be_blank() {
        let cells = StringRecord::from(vec![" No. ", "\u{3000}日期\n", "", " "]);
        assert_eq!(read("old.csv", 1, &cells).unwrap(), ["No.", "日期", "", ""]);
    }

    #[test]
    fn the_same_name_twice_is_refused() {
        assert_eq!(
            refused(&["日期", "No", "日期 "]),
            "old.csv:2: column 1 \"日期\" and column 3 \"日期\" have the same name; rename one of them in the file"
        );
        assert_eq!(
            refused(&["", "", "Date\n(day)", "ＤＡＴＥ\n（ＤＡＹ）"]),
            "old.csv:2: column 3 \"Date (day)\" and column 4 \"ＤＡＴＥ （ＤＡＹ）\" have the same name; \
             rename one of them in the file"
        );
    }

    #[test]
    fn a_header_without_names_is_refused() {
        assert_eq!(
            refused(&["", " ", "\u{3000}"]),
            "old.csv:2: the header names no column; \
             if it stands further down, say how many lines are above it with --skip-lines"
        );
    }

    #[test]
    fn the_columns_of_a_rejects_file_may_come_again() {
        let cells = StringRecord::from(vec!["line", "column", "reason", "Reason", "Line"]);
        assert_eq!(read("bad.csv", 1, &cells).unwrap().len(), 5);
        assert_eq!(
            refused(&["line", "column", "reason", "a", "A"]),
            "old.csv:2: column 4 \"a\" and column 5 \"A\" have the same name; rename one of them in the file"
        );
    }

    #[test]
    fn keys_fold_what_a_reader_takes_for_the_same() {
        assert_eq!(name_key(" Ｕｎｉｔ Price\u{3000}"), "unit price");
        assert_eq!(field_key("Unit Price"), "unit_price");
        assert_eq!(field_key("unit－price"), "unit_price");
        assert_ne!(name_key("unit price"), name_key("unit_price"));
    }
}
