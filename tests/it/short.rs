//! Short names of verbs: one word for one verb in every room, in a terminal alone.

use std::ffi::OsString;

use branchbook::cli;
use branchbook::desk::Surroundings;

use crate::office::Office;

/// Each short name, and its verb, as help tells them.
const NAMES: [(&str, &str); 5] = [("a", "add"), ("h", "history"), ("ls", "list"), ("s", "show"), ("u", "undo")];

fn said(words: &[&str], surroundings: &Surroundings) -> (u8, String) {
    let words: Vec<OsString> = std::iter::once(&"branchbook").chain(words).map(OsString::from).collect();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = cli::run(&words, surroundings, &mut out, &mut err);
    (code, String::from_utf8(out).unwrap() + &String::from_utf8(err).unwrap())
}

#[test]
fn a_short_name_is_the_same_verb_in_every_room_and_is_told() {
    let office = Office::staffed();
    let terminal = Surroundings { width: Some(100), ..office.surroundings() };
    let told = office.ok("help options");
    let mut root = cli::command();
    root.build();
    let mut met = 0;
    for (short, verb) in NAMES {
        assert!(told.contains(&format!("{short} {verb}")), "{told}");
        for room in root.get_subcommands() {
            assert!(room.get_subcommands().all(|known| known.get_name() != short), "{} {short}", room.get_name());
            if room.find_subcommand(verb).is_some() && room.get_name() != "help" {
                let whole = said(&[room.get_name(), verb, "--help"], &terminal);
                assert_eq!(said(&[room.get_name(), short, "--help"], &terminal), whole, "{} {short}", room.get_name());
                assert_eq!(whole.0, 0);
                met += 1;
            }
        }
    }
    assert!(met > 40, "{met}");
    assert_eq!(said(&["con", "ls"], &terminal), said(&["contact", "list"], &terminal));
    // Scripts write words out.
    assert_eq!(said(&["contact", "ls"], &office.surroundings()).0, 2);
}
