//! What messages call the places of a file.

/// What messages call the rows and cells of a file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    /// The file's path, as typed.
    pub(crate) name: String,
    /// The sheet, of a workbook.
    pub(crate) sheet: Option<String>,
}

impl Place {
    /// The place of a row: `old.csv:7`, and of a workbook that of a cell: `old.xlsx: Sheet1!C7`.
    pub(crate) fn at(&self, line: u64, column: Option<usize>) -> String {
        let name = &self.name;
        match &self.sheet {
            None => format!("{name}:{line}"),
            Some(sheet) => format!("{name}: {}", cell_of_sheet(sheet, line, column)),
        }
    }
}

/// A cell as a spreadsheet names it; the first of its row where no column is meant.
pub(super) fn cell_of_sheet(sheet: &str, line: u64, column: Option<usize>) -> String {
    let column = column_name(column.unwrap_or_default());
    let plain = !sheet.is_empty()
        && sheet.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !sheet.starts_with(|c: char| c.is_ascii_digit());
    if plain { format!("{sheet}!{column}{line}") } else { format!("'{}'!{column}{line}", sheet.replace('\'', "''")) }
}

/// What a spreadsheet calls a column, from 0: `A`, `B` … `Z`, `AA`.
fn column_name(column: usize) -> String {
    let (mut rest, mut letters) = (column + 1, Vec::new());
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_name(column), letters);
        }
    }
}
