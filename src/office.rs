//! The office: departments, people with their roles, figures, and who acts.

pub(crate) mod counted;
pub(crate) mod department;
pub(crate) mod deputy;
pub(crate) mod far;
pub(crate) mod figure;
mod figure_import;
pub(crate) mod founding;
pub(crate) mod holiday;
pub mod identity;
pub(crate) mod name;
pub mod person;
pub(crate) mod reading;
pub(crate) mod room;
pub(crate) mod staff;
pub(crate) mod then;
