//! The papers of a shipment, each of which counts once (R6.2, R6.3).

use crate::phrase;
use crate::register::paper::Paper;

pub(super) static COMPLETION: Paper = Paper {
    name: phrase!("Completion Notice"),
    table: "ship",
    column: "completion_notice",
    day: "completed_on",
    alike: "project",
    clause: "R6.2",
    twice: "one notice over several contracts",
    ..Paper::BLANK
};

pub(super) static GATE_PASS: Paper = Paper {
    name: phrase!("gate pass"),
    table: "ship",
    column: "gate_pass",
    day: "passed_on",
    clause: "R6.3",
    twice: "one vehicle with several shipments",
    ..Paper::BLANK
};

pub(super) static BILL: Paper = Paper {
    name: phrase!("carrier's bill"),
    table: "ship",
    column: "freight_bill",
    day: "billed_on",
    issuer: "carrier",
    clause: "R6.2",
    twice: "one bill over several shipments",
    ..Paper::BLANK
};
