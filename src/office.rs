//! The office: departments, people with their roles, figures, and who acts.

pub mod department;
pub mod figure;
pub mod founding;
pub mod identity;
pub mod person;
pub mod staff;
