//! The month that the README's first command shows: every line does what it is there for.

use branchbook::clock::Clock;
use branchbook::desk::Surroundings;
use branchbook::script::{self, Line};

use crate::office::Office;

#[test]
fn every_line_of_the_example_works_but_those_that_show_a_refusal() {
    let office = Office::empty();
    let folder = office.path("").display().to_string().replace('\\', "/");
    let month =
        std::fs::read_to_string("examples/month/month.txt").unwrap().replace("OUT", folder.trim_end_matches('/'));
    let mut surroundings = Surroundings { clock: Clock::System, ..office.surroundings() };
    let mut failed = Vec::new();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    for line in script::lines(&month).unwrap() {
        let code = script::run(&line, &mut surroundings, &mut out, &mut err).unwrap();
        if let (Line::Command(words), true) = (&line, code != 0) {
            failed.push((code, words[..4].join(" ")));
        }
    }
    let said = String::from_utf8_lossy(&err);
    let refused = ["contact add --department technology", "gift buy GFT26-001 --bill"];
    assert_eq!(failed, refused.map(|line| (3, line.to_owned())), "{said}");
    let tally = office.ok("info tally --month 2026-10 --by-person --format csv");
    assert!(tally.contains("2026-10,business,zhang,张伟,5,3,"), "{tally}");
}
