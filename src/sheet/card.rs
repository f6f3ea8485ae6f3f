//! The card: one entry as people read it, a field a line.

use std::io::Write;

use super::{
    Form, Look,
    cell::Cells,
    grid::{self, Measure},
    shown,
    verdict::{self, Verdict},
};
use crate::column::Column;

/// A sheet as cards, one a row: names at the left, values at the right, without the fields that are empty.
pub(crate) struct Card<'o> {
    title: &'o str,
    columns: &'o [Column],
    look: &'o Look,
    out: &'o mut dyn Write,
}

impl<'o> Card<'o> {
    /// Starts a sheet whose rows are written to `out` as they come.
    pub(crate) fn new(title: &'o str, columns: &'o [Column], look: &'o Look, out: &'o mut dyn Write) -> Self {
        Self { title, columns, look, out }
    }

    /// A line of the card, with its marks of colour.
    fn marked(&self, [name, value]: [String; 2], verdict: Option<Verdict>) -> Vec<String> {
        if !self.look.color {
            return vec![name, value];
        }
        let value = match verdict {
            Some(verdict) => shown::marked_verdict(&value, verdict),
            None => value,
        };
        vec![shown::marked_bold(&name), value]
    }
}

/// The lines of fields, names beside their values; above them where the terminal is too narrow for both.
pub(super) fn lines(fields: Vec<Vec<String>>, limit: Option<u16>) -> Vec<String> {
    let mut measures = vec![Measure::new("", false), Measure::new("", true)];
    for field in &fields {
        measures.iter_mut().zip(field).for_each(|(measure, text)| measure.take(text));
    }
    let widths = grid::fit(&measures, limit);
    match limit.map(|limit| usize::from(limit).saturating_sub(grid::FRAME + 1)) {
        Some(width) if widths.len() < measures.len() => {
            let mut alone = Measure::new("", true);
            fields.iter().flatten().for_each(|text| alone.take(text));
            let fields = fields.into_iter().flatten().map(|text| vec![text]).collect();
            grid::draw(&[alone], &[width], None, fields)
        }
        _ => grid::draw(&measures, &widths, None, fields),
    }
}

impl Form for Card<'_> {
    fn row(&mut self, cells: Cells<'_>) -> anyhow::Result<()> {
        let mut fields = Vec::with_capacity(self.columns.len());
        for (column, cell) in self.columns.iter().zip(cells) {
            let cell = cell?;
            let field = [column.heading(), shown::text(cell)?];
            if !field[1].is_empty() {
                fields.push(self.marked(field, verdict::of(column, cell)));
            }
        }
        shown::write_title(self.title, self.look, self.out)?;
        for line in lines(fields, self.look.width) {
            shown::write_line(&line, self.look, self.out)?;
        }
        Ok(())
    }

    fn end(self: Box<Self>) -> anyhow::Result<Vec<String>> {
        self.out.flush()?;
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::{Format, tests::shown};
    use super::*;

    const GIFT: &str =
        "SELECT 'GFT26-004' AS number, '北京新能源有限公司' AS customer, 1250050 AS amount_fen, NULL AS paid_on,
        '' AS note, 1 AS approved_flag, 'late' AS verdict, 'tea for the engineers who came to see the line' AS purpose";

    #[test]
    fn a_card_has_a_line_for_each_field_that_is_not_empty() {
        assert_snapshot!(shown(GIFT, Format::Table, &Look::default()), @"
        Contacts
        ┌──────────┬────────────────────────────────────────────────┐
        │ number   │ GFT26-004                                      │
        │ customer │ 北京新能源有限公司                             │
        │ amount   │ 12,500.50                                      │
        │ approved │ yes                                            │
        │ verdict  │ late                                           │
        │ purpose  │ tea for the engineers who came to see the line │
        └──────────┴────────────────────────────────────────────────┘
        ");
    }

    #[test]
    fn a_narrow_card_breaks_its_values() {
        assert_snapshot!(shown(GIFT, Format::Table, &Look { width: Some(40), ..Look::default() }), @"
        Contacts
        ┌──────────┬───────────────────────────┐
        │ number   │ GFT26-004                 │
        │ customer │ 北京新能源有限公司        │
        │ amount   │ 12,500.50                 │
        │ approved │ yes                       │
        │ verdict  │ late                      │
        │ purpose  │ tea for the engineers who │
        │          │ came to see the line      │
        └──────────┴───────────────────────────┘
        ");
    }

    #[test]
    fn names_are_bold_and_verdicts_coloured() {
        let look = Look { color: true, ..Look::default() };
        let card = shown("SELECT 1 AS streak, 'late' AS verdict", Format::Table, &look);
        assert_snapshot!(card.replace('\u{1b}', "^"), @"
        ^[1mContacts^[0m
        ┌─────────┬──────┐
        │ ^[1mstreak^[0m  │ 1    │
        │ ^[1mverdict^[0m │ ^[31mlate^[0m │
        └─────────┴──────┘
        ");
    }

    #[test]
    fn other_forms_are_a_list_of_one() {
        let sql = "SELECT 'GFT26-004' AS number, NULL AS paid_on";
        assert_eq!(shown(sql, Format::Csv, &Look::default()), "number,paid_on\nGFT26-004,\n");
        assert_eq!(shown(sql, Format::Json, &Look::default()), "[\n{\"number\":\"GFT26-004\",\"paid_on\":null}\n]\n");
    }
}
