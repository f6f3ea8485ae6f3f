//! Number series: how the numbers of entries are made and read.

pub mod template;
