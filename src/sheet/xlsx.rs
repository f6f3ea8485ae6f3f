//! The xlsx writer: a list as a sheet of a workbook.

use std::io::Write;

use anyhow::Result;

use super::{Form, Look, cell::Cells, workbook::Workbook, worksheet::Worksheet};
use crate::column::Column;

/// A list as a workbook of its own.
pub(crate) struct Xlsx<'o> {
    workbook: Workbook,
    sheet: Worksheet,
    out: &'o mut dyn Write,
}

impl<'o> Xlsx<'o> {
    /// Starts a workbook that is written to `out` at its end; until then its rows are in temporary files.
    pub(crate) fn new(title: &str, columns: &[Column], look: &Look, out: &'o mut dyn Write) -> Result<Self> {
        let mut workbook = Workbook::new(title, &look.branch)?;
        let name = workbook.name(title);
        let sheet = workbook.sheet(&name, title, columns, &look.totals)?;
        Ok(Self { workbook, sheet, out })
    }
}

impl Form for Xlsx<'_> {
    fn row(&mut self, cells: Cells<'_>) -> Result<()> {
        self.sheet.row(cells)
    }

    fn end(mut self: Box<Self>) -> Result<Vec<String>> {
        self.workbook.bind(self.sheet)?;
        self.workbook.save(self.out)?;
        Ok(Vec::new())
    }
}

/// A list as the next sheet of a workbook.
pub(crate) struct Leaf<'w> {
    workbook: &'w mut Workbook,
    sheet: Worksheet,
}

impl<'w> Leaf<'w> {
    /// A form that fills `sheet`, which `workbook` started, and binds it at its end.
    pub(crate) fn new(workbook: &'w mut Workbook, sheet: Worksheet) -> Self {
        Self { workbook, sheet }
    }
}

impl Form for Leaf<'_> {
    fn row(&mut self, cells: Cells<'_>) -> Result<()> {
        self.sheet.row(cells)
    }

    fn end(self: Box<Self>) -> Result<Vec<String>> {
        self.workbook.bind(self.sheet)?;
        Ok(Vec::new())
    }
}
