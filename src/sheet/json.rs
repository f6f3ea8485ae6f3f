//! The json writers: an array of objects, or one object a line.

use std::io::{self, BufWriter, Write};

use super::{
    Form,
    cell::{Cell, Cells, push_hundredths, push_whole, utf8},
};
use crate::column::Column;

/// Bytes that are gathered before they are written.
const BUFFER: usize = 1 << 18;

/// A sheet as json: printed names, money and percentages as decimal strings, yes/no as booleans.
pub(crate) struct Json<'o> {
    out: BufWriter<&'o mut dyn Write>,
    /// What stands before each value of an object: the bracket or comma, and the name.
    leads: Vec<String>,
    /// Whether the objects stand in an array.
    array: bool,
    rows: u64,
    number: Vec<u8>,
}

impl<'o> Json<'o> {
    /// Starts an array of objects, each on a line of its own.
    pub(crate) fn array(columns: &[Column], out: &'o mut dyn Write) -> anyhow::Result<Self> {
        Self::new(columns, true, out)
    }

    /// Starts a stream of objects, one a line.
    pub(crate) fn lines(columns: &[Column], out: &'o mut dyn Write) -> anyhow::Result<Self> {
        Self::new(columns, false, out)
    }

    fn new(columns: &[Column], array: bool, out: &'o mut dyn Write) -> anyhow::Result<Self> {
        let lead = |(index, column): (usize, &Column)| {
            let name = serde_json::to_string(&column.name)?;
            Ok(format!("{}{name}:", if index == 0 { '{' } else { ',' }))
        };
        let leads = columns.iter().enumerate().map(lead).collect::<anyhow::Result<_>>()?;
        Ok(Self { out: BufWriter::with_capacity(BUFFER, out), leads, array, rows: 0, number: Vec::new() })
    }
}

impl Form for Json<'_> {
    fn row(&mut self, cells: Cells<'_>) -> anyhow::Result<()> {
        if self.array {
            self.out.write_all(if self.rows == 0 { b"[\n" } else { b",\n" })?;
        }
        for (lead, cell) in self.leads.iter().zip(cells) {
            self.out.write_all(lead.as_bytes())?;
            value(&mut self.out, &mut self.number, cell?)?;
        }
        self.out.write_all(if self.array { b"}" } else { b"}\n" })?;
        self.rows += 1;
        Ok(())
    }

    fn end(mut self: Box<Self>) -> anyhow::Result<Vec<String>> {
        if self.array {
            self.out.write_all(if self.rows == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        self.out.flush()?;
        Ok(Vec::new())
    }
}

/// Writes one value; `buffer` is lent for its digits.
fn value(out: &mut impl Write, buffer: &mut Vec<u8>, cell: Cell<'_>) -> anyhow::Result<()> {
    buffer.clear();
    match cell {
        Cell::Empty => out.write_all(b"null")?,
        Cell::Text(text) | Cell::Instant(text) | Cell::Word(text, _) | Cell::Person(text) => {
            serde_json::to_writer(out, utf8(text)?).map_err(io::Error::from)?;
        }
        Cell::Real(number) => serde_json::to_writer(out, &number).map_err(io::Error::from)?,
        Cell::YesNo(yes) => out.write_all(if yes { b"true" } else { b"false" })?,
        Cell::Integer(number) => {
            push_whole(buffer, number);
            out.write_all(buffer)?;
        }
        Cell::NoMoney => out.write_all(b"\"0.00\"")?,
        Cell::Money(hundredths) | Cell::Percent(hundredths) => {
            buffer.push(b'"');
            push_hundredths(buffer, hundredths);
            buffer.push(b'"');
            out.write_all(buffer)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Format, Look, tests::printed};

    #[test]
    fn text_is_escaped() {
        let sql = r#"SELECT 'say "hi"' || char(10) || '北京' AS note"#;
        assert_eq!(printed(sql, Format::Jsonl, &Look::default()), "{\"note\":\"say \\\"hi\\\"\\n北京\"}\n");
    }

    #[test]
    fn the_objects_of_an_array_are_separated() {
        let sql = "SELECT 1 AS n UNION ALL SELECT 2";
        assert_eq!(printed(sql, Format::Json, &Look::default()), "[\n{\"n\":1},\n{\"n\":2}\n]\n");
        assert_eq!(printed(sql, Format::Jsonl, &Look::default()), "{\"n\":1}\n{\"n\":2}\n");
    }

    #[test]
    fn an_infinite_number_is_null_as_json_has_no_other_word_for_it() {
        assert_eq!(printed("SELECT 9e999 AS n, 1.5 AS r", Format::Jsonl, &Look::default()), "{\"n\":null,\"r\":1.5}\n");
    }
}
