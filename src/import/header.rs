//! The header: the names of the columns, and when two spellings are the same name.

use csv::StringRecord;
use unicode_normalization::UnicodeNormalization;

use super::place::Place;
use crate::language::is_space;
use crate::refusal::Refusal;
use crate::say;
pub(crate) use crate::text::trim;

/// The columns that a rejects file has in front of those of the ledger.
pub(super) const LEADING: [&str; 3] = ["line", "column", "reason"];

/// How many columns at the front are a rejects file's own: three in a file of bad rows that was mended, else none.
pub(crate) fn leading_columns(headers: &[String]) -> usize {
    let front = headers.iter().take(LEADING.len()).map(String::as_str);
    if front.eq(LEADING) { LEADING.len() } else { 0 }
}

/// Whether a file that begins so is one of bad rows.
pub(crate) fn begins_rejects(head: &[u8]) -> bool {
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head);
    head.strip_prefix(LEADING.join(",").as_bytes()).is_some_and(|rest| rest.first() == Some(&b','))
}

/// Whether the cell is empty or holds nothing but spaces.
pub(crate) fn is_blank(cell: &str) -> bool {
    cell.chars().all(is_space)
}

/// What two headers have in common that a reader takes for the same name: `Ｄａｔｅ ` is `date`.
pub(crate) fn name_key(header: &str) -> String {
    trim(header).nfkc().flat_map(char::to_lowercase).collect()
}

/// The same for the headings of a file, which may break their lines and put spaces anywhere: `合 同 号` and `合同\n号` are `合同号`.
pub(crate) fn heading_key(heading: &str) -> String {
    name_key(heading).chars().filter(|c| !matches!(c, ' ' | '_' | '-') && !is_space(*c)).collect()
}

/// The header as a message shows it: on one line, whatever line breaks the cell has.
pub(crate) fn shown(header: &str) -> String {
    header.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The trimmed names in the header, which stands on `line` of the file `name`.
pub(crate) fn read(place: &Place, line: u64, cells: &StringRecord) -> Result<Vec<String>, Refusal> {
    let headers = cells.iter().map(|cell| trim(cell).to_owned()).collect::<Vec<_>>();
    if headers.iter().all(String::is_empty) {
        return Err(Refusal::failed(say!("{place}: the header names no column", place = place.at(line, None)))
            .or(say!("if it stands further down, say how many lines are above it with --skip-lines")));
    }
    Ok(headers)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn read_here(cells: &[&str]) -> Result<Vec<String>, Refusal> {
        let place = Place { name: "old.csv".to_owned(), sheet: None };
        read(&place, 2, &StringRecord::from(cells.to_vec()))
    }

    #[test]
    fn names_are_trimmed_and_may_be_blank_or_come_again() {
        assert_eq!(read_here(&[" No. ", "\u{3000}日期\n", "", " ", "日期"]).unwrap(), ["No.", "日期", "", "", "日期"]);
    }

    #[test]
    fn a_header_without_names_is_refused() {
        assert_eq!(
            read_here(&["", " ", "\u{3000}"]).unwrap_err().to_string(),
            "old.csv:2: the header names no column; \
             if it stands further down, say how many lines are above it with --skip-lines"
        );
    }

    #[test]
    fn headings_are_known_wherever_spaces_and_line_breaks_stand() {
        for heading in ["合同号", " 合 同 号", "合同\n号", "合　同号"] {
            assert_eq!(heading_key(heading), "合同号");
        }
        assert_eq!(heading_key("Unit-Price"), heading_key("unit_price"));
    }

    #[test]
    fn keys_fold_what_a_reader_takes_for_the_same() {
        assert_eq!(name_key(" Ｕｎｉｔ Price\u{3000}"), "unit price");
        assert_ne!(name_key("unit price"), name_key("unit_price"));
    }
}
