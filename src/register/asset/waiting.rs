//! What of the equipment waits: repairs, warranties that end, things in the hands of people who left, an open stocktake.

use crate::figure_on_day;
use crate::phrase;
use crate::register::form::Owed;
use crate::working_day;

/// What was to be back by a day that is over.
pub(super) static BACK: Owed = Owed {
    clause: "R5.5(3)",
    sql: "SELECT c.back_by_on AS due_on, e.number, a.name, e.department, c.person
        FROM custody AS c JOIN entry AS e ON c.undone_on IS NULL AND e.id = c.entry JOIN asset AS a ON a.entry = e.id
        WHERE c.duty = 'user' AND c.until_on IS NULL AND c.back_by_on < :today AND e.state = 'in-use'",
    what: phrase!("{name} to be back from {person}"),
    next: "branchbook asset return {number}",
};

/// What was found not to be guarded, when it was looked at last.
pub(super) static UNGUARDED: Owed = Owed {
    clause: "R5.5(2)",
    sql: "SELECT g.checked_on AS due_on, e.number, a.name, e.department, e.person, g.finding AS found
        FROM guard_check AS g JOIN entry AS e ON g.undone_on IS NULL AND e.id = g.entry JOIN asset AS a ON a.entry = e.id
        WHERE e.ended_on IS NULL AND g.checked_on <= :today AND NOT g.secure_flag AND g.position = (SELECT max(x.position)
            FROM guard_check AS x WHERE x.undone_on IS NULL AND x.entry = g.entry AND x.checked_on <= :today)",
    what: phrase!("{name} is not guarded against theft: {found}"),
    next: "branchbook asset inspect {number} --secure",
};

/// In repair, by figure `asset.repair_days` of the day that the damage was reported.
pub(super) static REPAIRS: Owed = Owed {
    clause: "R5.5(4)",
    sql: concat!(
        "SELECT ",
        working_day!(concat!(
            "date(d.reported_on, '+' || ",
            figure_on_day!("asset.repair_days", "d.reported_on"),
            " || ' days')"
        )),
        " AS due_on, e.number, a.name, 'general' AS department, e.person
         FROM damage AS d JOIN entry AS e ON d.undone_on IS NULL AND e.id = d.entry JOIN asset AS a ON a.entry = e.id
         WHERE d.outcome IS NULL AND d.reported_on <= :today"
    ),
    what: phrase!("repair of {name}"),
    next: "branchbook asset repair {number} --cost AMOUNT",
};

/// Warranties that end within figure `asset.warranty_notice_days`, of what the branch still has.
pub(super) static WARRANTIES: Owed = Owed {
    clause: "R5.5(4)",
    sql: concat!(
        "SELECT a.warranty_until_on AS due_on, e.number, a.name, e.department, e.person
         FROM asset AS a JOIN entry AS e ON e.id = a.entry
         WHERE e.ended_on IS NULL AND a.warranty_until_on BETWEEN :today AND date(:today, '+' || ",
        figure_on_day!("asset.warranty_notice_days", ":today"),
        " || ' days')"
    ),
    what: phrase!("warranty of {name} ends"),
    next: "branchbook asset damage {number} --what TEXT",
};

/// The command by which what somebody keeps or uses comes to somebody else, over its entry as `e` and its term of custody as `c`.
macro_rules! handed_on {
    () => {
        "CASE WHEN c.duty = 'keeper' THEN 'branchbook asset transfer ' || e.number || ' --keeper PERSON'
            WHEN e.state = 'in-repair' THEN 'branchbook asset repair ' || e.number || ' --cost AMOUNT'
            ELSE 'branchbook asset return ' || e.number END"
    };
}
pub(crate) use handed_on;

/// What is with a keeper or user who has left the staff.
pub(super) static LEFT: Owed = Owed {
    clause: "R5.5(2)",
    sql: concat!(
        "SELECT (SELECT max(t.until_on) FROM term AS t WHERE t.person = c.person AND t.until_on < :today) AS due_on, e.number,
            a.name, e.department, c.person, c.duty, ",
        handed_on!(),
        " AS next
        FROM custody AS c JOIN entry AS e ON c.undone_on IS NULL AND e.id = c.entry JOIN asset AS a ON a.entry = e.id
        WHERE c.until_on IS NULL AND c.from_on <= :today AND NOT EXISTS (SELECT 1 FROM term AS t
                WHERE t.person = c.person AND (t.until_on IS NULL OR t.until_on >= :today))
            AND EXISTS (SELECT 1 FROM term AS t WHERE t.person = c.person)"
    ),
    what: phrase!("{name} is still with its {duty} {person}, who left"),
    next: "{next}",
};

/// The stocktake that is not closed.
pub(super) static STOCKTAKE: Owed = Owed {
    clause: "R5.5(1)",
    sql: "SELECT s.counted_on AS due_on, '' AS number, s.id, coalesce(s.department, 'general') AS department, s.counted_by AS person
        FROM stocktake AS s WHERE s.undone_on IS NULL AND s.closed_on IS NULL AND s.counted_on <= :today",
    what: phrase!("stocktake {id} to be closed"),
    next: "branchbook asset count --close --by PERSON",
};
