//! The office as the book knows it: its departments and figures, what all are called on a day, and who acts.

pub(crate) mod counted;
pub(crate) mod dated;
pub(crate) mod department;
pub(crate) mod far;
pub(crate) mod figure;
pub(crate) mod holiday;
pub mod identity;
pub(crate) mod live;
pub(crate) mod name;
pub(crate) mod named;
pub(crate) mod reading;
pub(crate) mod removed;
pub(crate) mod then;
