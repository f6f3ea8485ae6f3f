//! What guests come for.

use std::fmt;

use clap::ValueEnum;

use crate::say;

/// What guests come for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Any visit
    Visit,
    /// About the progress of production; they are helped with lodging (R5.2(3))
    Progress,
    /// About a delivery; they are helped with lodging (R5.2(3))
    Delivery,
    /// To inspect
    Inspection,
}

impl Kind {
    /// The word in the book and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Progress => "progress",
            Self::Delivery => "delivery",
            Self::Inspection => "inspection",
        }
    }

    /// The word as it is printed on a page.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Visit => say!("Visit"),
            Self::Progress => say!("About the progress of production"),
            Self::Delivery => say!("About the delivery"),
            Self::Inspection => say!("Inspection"),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}
