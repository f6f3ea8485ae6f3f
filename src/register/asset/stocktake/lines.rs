//! What was counted, a line each: from a file of whatever program, or a scanner that types into standard input.

use std::path::Path;

use crate::import::reading::Text;
use crate::import::source;
use crate::language::is_space;
use crate::refusal::Refusal;
use crate::say;
use crate::text;

/// What may follow what was counted on a line: a name, a place, a quantity.
const SEPARATORS: [char; 5] = [',', '\t', ';', '，', '；'];

/// Headings that a list may begin with, in the canonical form of [`text::number`].
const HEADINGS: [&str; 6] = ["NUMBER", "TAG", "SERIAL_NO", "编号", "资产编号", "标签"];

/// Reads the lines of a file, or of standard input where the path is `-`.
pub(crate) fn read(path: &Path) -> Result<Vec<String>, Refusal> {
    let (name, bytes) = source::open(path, say!("name a text file, or - for standard input"))?;
    let text = Text::decode(&name, bytes, None)?.whole(&name)?;
    counted(&name, &text)
}

/// The lines of a text without what follows the number; blank lines and a heading do not count.
pub(crate) fn counted(name: &str, text: &str) -> Result<Vec<String>, Refusal> {
    let mut counted = Vec::new();
    for (line, number) in text.replace("\r\n", "\n").split(['\n', '\r']).zip(1_u64..) {
        let cell = line.trim_start_matches(|c| is_space(c) || c == '\u{feff}');
        let cell = cell.split(SEPARATORS).next().unwrap_or_default();
        // Scanners send control characters along.
        let cell: String = cell.chars().filter(|c| !c.is_control()).collect();
        let cell = text::trim(cell.trim_matches(['"', '\''])).to_owned();
        if cell.is_empty() || (counted.is_empty() && HEADINGS.contains(&text::number(&cell).as_str())) {
            continue;
        }
        text::check(&cell).map_err(|refusal| Refusal::usage(format!("{name}:{number}: {}", refusal.what)))?;
        counted.push(cell);
    }
    Ok(counted)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn whatever_stands_around_a_number_does_not_count() {
        let text = "编号,名称\r\n AST-0001 \r\n\r\nast-0002,笔记本\n\"BB/7\"\t1\rＡＳＴ－0003，相机\n\u{3000}AST-0004\u{1d}\n\n";
        assert_eq!(counted("count.txt", text).unwrap(), ["AST-0001", "ast-0002", "BB/7", "ＡＳＴ－0003", "AST-0004"]);
    }

    #[test]
    fn a_heading_is_one_on_the_first_line_alone() {
        assert_eq!(counted("count.txt", "number\nAST-0001\ntag\n").unwrap(), ["AST-0001", "tag"]);
    }

    #[test]
    fn what_cannot_be_stored_is_named_by_its_line() {
        let refused = counted("count.txt", "AST-0001\nAST\u{202e}-0002\n").unwrap_err().to_string();
        assert!(refused.starts_with("count.txt:2: character 4 of "), "{refused}");
    }
}
