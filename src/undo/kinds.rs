//! The kinds of things of the office, and how what a command entered of one is taken back.

use super::right::May;

/// A kind of thing of the office, as the journal calls it.
pub(super) struct Kind {
    pub(super) name: &'static str,
    /// What the journal calls the command that takes something of it back.
    pub(super) verb: &'static str,
    /// What names one of it, as help shows it.
    pub(super) keys: &'static str,
    /// Its commands.
    pub(super) commands: &'static [(&'static str, Way)],
}

/// How what a command entered is taken back.
pub(super) enum Way {
    /// By `undo`, by whoever may enter it.
    Undo(May),
    /// By a command of its own, of which this stands behind the program's name.
    Instead(&'static str),
}

use Way::{Instead, Undo};

/// Every kind of thing of the office of which something is entered by hand.
pub(super) const KINDS: [Kind; 16] = [
    Kind {
        name: "staff",
        verb: "staff undo",
        keys: "PERSON",
        commands: &[
            ("staff add", Undo(May::Terms)),
            ("staff role", Undo(May::Terms)),
            ("staff move", Undo(May::Terms)),
            ("staff end", Undo(May::Terms)),
            ("staff amend-term", Undo(May::Terms)),
            ("staff import", Undo(May::Terms)),
            ("staff rename", Undo(May::Terms)),
            ("staff merge", Instead("staff unmerge {key} --reason REASON")),
            ("staff unmerge", Instead("staff merge {key} --into PERSON --reason REASON")),
            ("staff login", Instead("staff login {key} --login LOGIN")),
            ("info quota exempt", Instead("info quota exempt {key} --month MONTH --lift --reason REASON")),
        ],
    },
    Kind {
        name: "department",
        verb: "department undo",
        keys: "DEPARTMENT",
        commands: &[
            ("department add", Undo(May::Department)),
            ("department import", Undo(May::Department)),
            ("department end", Undo(May::Department)),
            ("department reopen", Undo(May::Department)),
            ("department amend", Undo(May::Department)),
            ("department rename", Undo(May::Names)),
        ],
    },
    Kind {
        name: "rule",
        verb: "rule undo",
        keys: "FIGURE",
        commands: &[("rule set", Undo(May::Figure)), ("rule import", Undo(May::Figure))],
    },
    Kind {
        name: "holiday",
        verb: "rule holiday undo",
        keys: "DATE",
        commands: &[
            ("rule holiday add", Undo(May::Holidays)),
            ("rule holiday import", Undo(May::Holidays)),
            ("rule holiday remove", Undo(May::Holidays)),
        ],
    },
    Kind {
        name: "series",
        verb: "series undo",
        keys: "SERIES",
        commands: &[
            ("series set", Undo(May::Series)),
            ("series import", Undo(May::Series)),
            ("series close", Undo(May::Series)),
            ("department add", Instead("undo department {key}")),
            ("department amend", Instead("undo department {key}")),
        ],
    },
    Kind {
        name: "quota",
        verb: "info quota undo",
        keys: "PERSON|DEPARTMENT",
        commands: &[("info quota set", Undo(May::Quota)), ("info quota import", Undo(May::Quota))],
    },
    Kind {
        name: "report",
        verb: "info report undo",
        keys: "DEPARTMENT MONTH",
        commands: &[("info report", Undo(May::Report))],
    },
    Kind {
        name: "target",
        verb: "project target undo",
        keys: "DEPARTMENT MONTH",
        commands: &[("project target set", Undo(May::Target))],
    },
    Kind {
        name: "submission",
        verb: "report submit undo",
        keys: "MONTH",
        commands: &[("report submit", Undo(May::Submission))],
    },
    Kind {
        name: "order-review",
        verb: "report review undo",
        keys: "MONTH",
        commands: &[("report review", Undo(May::OrderReview))],
    },
    Kind {
        name: "book",
        verb: "office undo",
        keys: "1",
        commands: &[("office rename", Undo(May::Names)), ("office amend", Undo(May::Founding))],
    },
    Kind {
        name: "deputy",
        verb: "staff deputy undo",
        keys: "ID",
        commands: &[("staff deputy", Instead("staff deputy PERSON --end"))],
    },
    Kind {
        name: "route",
        verb: "info route undo",
        keys: "ID",
        commands: &[
            ("info route add", Instead("info route end {key}")),
            ("info route import", Instead("info route end {key}")),
            ("info route end", Instead("info route add --to DEPARTMENT")),
        ],
    },
    Kind {
        name: "notice",
        verb: "info notice undo",
        keys: "ID",
        commands: &[
            ("info notice warn", Instead("info notice lift {key} --reason REASON")),
            ("info notice suspend", Instead("info notice lift {key} --reason REASON")),
            ("info notice lift", Instead("info notice warn PERSON --month MONTH")),
        ],
    },
    Kind {
        name: "gift-item",
        verb: "gift catalog undo",
        keys: "ID",
        commands: &[
            ("gift catalog add", Instead("gift catalog end ITEM")),
            ("gift catalog import", Instead("gift catalog end ITEM")),
            ("gift catalog end", Instead("gift catalog add ITEM --price YUAN")),
        ],
    },
    Kind {
        name: "grant",
        verb: "info grant undo",
        keys: "ID",
        commands: &[("info grant", Instead("info revoke {key}"))],
    },
];

/// What the kinds of things of the office are called behind `undo`.
pub fn of_the_office() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|kind| kind.name)
}

/// The kinds of things that are entered in a room, or in a corner of one, such as `quota`.
pub(crate) fn of_room(room: &str) -> impl Iterator<Item = &'static str> {
    let entered = move |kind: &&Kind| kind.verb.split(' ').rev().skip(1).any(|word| word == room);
    KINDS
        .iter()
        .filter(entered)
        .filter(|kind| kind.commands.iter().any(|(_, way)| matches!(way, Undo(_))))
        .map(|kind| kind.name)
}
