//! What the office does with itself: its founding, its departments, people, figures, holidays and number series.

pub(crate) mod department;
pub(crate) mod figure;
mod figure_import;
pub(crate) mod founding;
pub(crate) mod holiday;
pub(crate) mod office;
mod renaming;
pub mod series;
pub(crate) mod staff;
