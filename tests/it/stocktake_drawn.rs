//! Stocktakes drawn by lot: closing one and taking it back leads back to the same lines.

use proptest::prelude::*;

use crate::asset::on;
use crate::office::Office;
use crate::stocktake::ADD;

/// Who has the asset and where, as a person who watches would know it.
#[derive(Debug, Clone, Default, PartialEq)]
struct Watched {
    state: &'static str,
    keeper: Option<&'static str>,
    user: Option<&'static str>,
    /// The state before the damage.
    before: &'static str,
}

impl Watched {
    /// The command line of a verb by its place in the list, and what it leads to; none where it must be refused.
    fn step(&self, verb: usize, who: &'static str) -> (String, Option<Self>) {
        let open = ["in-store", "in-use", "in-repair"].contains(&self.state);
        let gone = |state| Self { state, ..Self::default() };
        let to = |wanted: bool, next: Self| wanted.then_some(next);
        let state = |state| Self { state, ..self.clone() };
        match verb {
            0 => (
                format!("issue AST-0001 --to {who} --for a"),
                to(self.state == "in-store", Self { user: Some(who), ..state("in-use") }),
            ),
            1 => (
                format!("transfer AST-0001 --to {who}"),
                to(self.state == "in-use" && self.user != Some(who), Self { user: Some(who), ..self.clone() }),
            ),
            2 => (
                format!("transfer AST-0001 --keeper {who}"),
                to(open && self.keeper != Some(who), Self { keeper: Some(who), ..self.clone() }),
            ),
            3 => ("return AST-0001".to_owned(), to(self.state == "in-use", Self { user: None, ..state("in-store") })),
            4 => (
                "damage AST-0001 --what a".to_owned(),
                to(open && self.state != "in-repair", Self { before: self.state, ..state("in-repair") }),
            ),
            5 => ("repair AST-0001 --cost 1".to_owned(), to(self.state == "in-repair", state(self.before))),
            6 => (
                "repair AST-0001 --beyond-repair".to_owned(),
                to(self.state == "in-repair", Self { user: None, ..state("in-store") }),
            ),
            7 => ("lose AST-0001 --what a".to_owned(), to(open, gone("lost"))),
            8 => ("steal AST-0001 --police-report REPORT --what a".to_owned(), to(open, gone("stolen"))),
            9 => (
                format!("recover AST-0001 --keeper {who}"),
                to(["lost", "stolen"].contains(&self.state), Self { keeper: Some(who), ..gone("in-store") }),
            ),
            _ => ("dispose AST-0001 --reason a --by chen".to_owned(), to(self.state == "in-store", gone("disposed"))),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn whatever_happens_one_keeper_or_nobody_answers_on_every_day(
        steps in prop::collection::vec((prop_oneof![9 => 0_usize..10, 1 => Just(10)], 0_usize..3, 0_u32..3), 1..18),
    ) {
        let mut office = Office::staffed().on("2026-10-01");
        office.ok(&ADD.replace("2026-10-08", "2026-10-01"));
        let mut now = Watched { state: "in-store", keeper: Some("zhou"), ..Watched::default() };
        let mut day = 1;
        let mut days = Vec::new();
        for (report, (verb, who, later)) in steps.into_iter().enumerate() {
            days.extend((day..day + later).map(|day| (day, now.clone())));
            day += later;
            office = office.on(&day_of(day));
            let (line, next) = now.step(verb, ["li", "wang", "wu"][who]);
            // Each theft has a report of its own.
            let outcome = office.run(&format!("asset {}", line.replace("REPORT", &report.to_string())));
            prop_assert_eq!(outcome.code == 0, next.is_some(), "{} in {:?}: {}", line, now, outcome.err);
            now = next.unwrap_or(now);
        }
        days.push((day, now));
        for (day, watched) in days {
            let (state, keeper, user) = on(&office, "AST-0001", &day_of(day));
            prop_assert_eq!(state.as_deref(), Some(watched.state), "{}", day);
            prop_assert_eq!((keeper.as_deref(), user.as_deref()), (watched.keeper, watched.user), "{}", day);
            let terms = format!(
                "SELECT count(*) FROM custody WHERE duty = 'keeper' AND from_on <= '{0}' AND (until_on IS NULL OR until_on > '{0}')",
                day_of(day)
            );
            prop_assert_eq!(office.count(&terms), i64::from(watched.keeper.is_some()));
        }
        office.ok("verify");
    }
}

/// A day of October and after, counted from the first.
fn day_of(day: u32) -> String {
    (chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap() + chrono::Days::new(u64::from(day - 1))).to_string()
}
