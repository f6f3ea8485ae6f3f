//! Registers: what an entry is, how it goes from step to step, and the verbs that mean the same everywhere.
//!
//! A register is a section of `schema.sql`, a room of verbs in a file of its own here, one line in [`ALL`], and one in
//! the journal's list of things.

pub mod access;
pub mod contact;
pub mod entry;
pub mod filter;
pub mod info;
pub mod old_ledger;
pub mod shared;
pub mod spoil;

/// What the shared verbs need to know of a register.
#[derive(Debug, PartialEq, Eq)]
pub struct Register {
    /// Its name: the first word of its commands, and `entry.register`.
    pub name: &'static str,
    /// The title of its lists.
    pub title: &'static str,
    /// The view that lists it.
    pub view: &'static str,
    /// The view's column of the day that an entry bears.
    pub day: &'static str,
    /// The view's column of the person that an entry is about.
    pub person: &'static str,
    /// What an entry is about, in one expression over the view's columns, as `find` shows it.
    pub what: &'static str,
    /// The view's columns that `--text` and `find` search.
    pub text: &'static [&'static str],
    /// The view's columns that only those entitled may read (R2.4, R2.6).
    pub restricted: &'static [&'static str],
}

/// Every register.
pub const ALL: &[Register] = &[
    Register {
        name: "contact",
        title: "Work contact forms",
        view: "contact_list",
        day: "issued_on",
        person: "issued_by",
        what: "subject",
        text: &["number", "subject", "content", "addressed_to", "copied_to", "contract", "holder", "void_reason"],
        restricted: &[],
    },
    Register {
        name: "info",
        title: "User information",
        view: "info_list",
        day: "collected_on",
        person: "collected_by",
        what: "customer || ' · ' || equipment",
        text: &[
            "number",
            "customer",
            "equipment",
            "region",
            "need",
            "contact_person",
            "phone",
            "source",
            "outcome",
            "void_reason",
        ],
        restricted: &["customer", "need", "contact_person", "phone", "amount_fen", "source", "outcome", "void_reason"],
    },
];

/// The register of this name.
///
/// # Errors
/// Fails where there is none.
pub fn named(name: &str) -> anyhow::Result<&'static Register> {
    ALL.iter().find(|register| register.name == name).ok_or_else(|| anyhow::anyhow!("there is no register {name}"))
}
