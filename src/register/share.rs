//! Shares in SQL.

/// A share in hundredths of a percent, in SQL, rounded to the nearest; nothing where there is nothing to share.
#[macro_export]
macro_rules! share {
    ($part:literal, $whole:literal) => {
        concat!("((", $part, ") * 20000 + (", $whole, ")) / nullif((", $whole, ") * 2, 0)")
    };
}
