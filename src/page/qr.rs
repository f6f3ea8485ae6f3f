//! The number of a printed form as a QR code: whoever has the paper in hand scans it into the command line.

use std::fmt::Write as _;

use anyhow::Result;
use qrcode::{Color, EcLevel, QrCode};

use crate::say;

/// White modules around a code, without which a scanner does not find it.
const QUIET: usize = 4;

/// A QR code as a template draws it: black squares of one unit each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// How wide and high it is in units, with the white around it.
    pub(crate) side: usize,
    /// The black squares as the path of an SVG.
    pub path: String,
    /// What a screen reader says in its place.
    pub(crate) label: String,
}

impl Code {
    /// The code of a number, readable with a seventh of it covered or worn off.
    ///
    /// # Errors
    /// Fails where the text is longer than a QR code holds.
    pub fn of(number: &str) -> Result<Self> {
        let code = QrCode::with_error_correction_level(number, EcLevel::M)?;
        let (width, colors) = (code.width(), code.to_colors());
        let mut path = String::new();
        for (y, row) in colors.chunks(width).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|one, other| one == other) {
                if run.first() == Some(&Color::Dark) {
                    write!(path, "M{} {}h{}v1h-{}z", x + QUIET, y + QUIET, run.len(), run.len())?;
                }
                x += run.len();
            }
        }
        Ok(Self { side: width + 2 * QUIET, path, label: say!("QR code of {number}", number) })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// What another library reads where the squares of a path are drawn eight dots a unit.
    fn read(code: &Code) -> Vec<String> {
        const DOTS: usize = 8;
        let width = code.side * DOTS;
        let mut dots = vec![255; width * width];
        for run in code.path.split_terminator('z') {
            let figures: Vec<usize> = run.split(|c: char| !c.is_ascii_digit()).filter_map(|f| f.parse().ok()).collect();
            let [x, y, length, 1, back] = figures[..] else { panic!("{run}") };
            assert_eq!(length, back, "{run}");
            for row in y * DOTS..(y + 1) * DOTS {
                dots[row * width + x * DOTS..row * width + (x + length) * DOTS].fill(0);
            }
        }
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, width, |x, y| dots[y * width + x]);
        image.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect()
    }

    #[test]
    fn another_library_reads_back_what_is_drawn() {
        for number in ["HAY05001", "HAY051000", "REC26-001", "SHP26-001-2", "stocktake 12", "出门证 <556> & \"7\""] {
            assert_eq!(read(&Code::of(number).unwrap()), [number]);
        }
    }

    #[test]
    fn what_no_code_holds_is_an_error() {
        assert!(Code::of(&"字".repeat(2000)).is_err());
    }
}
