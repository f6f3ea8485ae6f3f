//! The upkeep of the book: proving it, copying it, and putting a copy into its place.

pub(crate) mod backup;
pub(crate) mod restore;
pub(crate) mod verify;
