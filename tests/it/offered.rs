//! Every command that is offered works as it is typed: what waits, what waits for a decision, and what keeps a project open, in a
//! book with an entry in every state.

use crate::every_verb;
use crate::office::Office;

/// What stands in a command for what only the person who types it knows, and what it may be.
const KNOWN: [(&str, &[&str]); 25] = [
    ("PERSON", &["li", "wu", "xu", "he", "zhang", "zhou", "du"]),
    ("CONTRACT", &["BG-2026-1"]),
    ("VOUCHER", &["银-991"]),
    ("REASON", &["写错"]),
    ("TEXT", &["已处理"]),
    ("NUMBER", &["WG-77"]),
    ("VEHICLE", &["辽A12345"]),
    ("NAME", &["王师傅"]),
    ("DATE", &["2026-11-20"]),
    ("QUALITY", &["4"]),
    ("AMOUNT", &["100", "10000"]),
    ("DEPARTMENT", &["business"]),
    ("ITEM", &["技术"]),
    ("STAGE", &["production"]),
    ("COUNT", &["1"]),
    ("SHARE", &["25%"]),
    ("YUAN", &["100", "10000"]),
    ("DAYS", &["3"]),
    ("1-5", &["4"]),
    ("PLACE", &["招待所"]),
    ("CAR", &["商务车"]),
    ("SUMMARY", &["认可"]),
    ("PARTY", &["王某"]),
    ("TO", &["business"]),
    ("PROJECT", &["PRJ26-001"]),
];

/// The ways in which a command may be typed by whoever knows what stands for nothing in it.
fn typed(command: &str) -> Vec<String> {
    let words = shlex::split(command).unwrap();
    let choices = |word: &String| KNOWN.iter().find(|(place, _)| word == place).map(|(_, known)| *known);
    let most = words.iter().filter_map(choices).map(<[_]>::len).max().unwrap_or(1);
    let way = |number: usize| {
        let words = words.iter().skip(1).map(|word| match choices(word) {
            Some(known) => known[number.min(known.len() - 1)],
            None => word.as_str(),
        });
        shlex::try_join(words).unwrap()
    };
    (0..most).map(way).collect()
}

/// The cells of one column of a list.
fn column(csv: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let place = reader.headers().unwrap().iter().position(|header| header == name).unwrap();
    reader.records().map(|record| record.unwrap()[place].to_owned()).collect()
}

/// Every command that is offered to the person at the keyboard.
fn offered(office: &Office) -> Vec<String> {
    let mut commands = column(&office.ok("due --format csv"), "next");
    commands.extend(column(&office.ok("approvals --format csv"), "command"));
    for number in column(&office.ok("project list --format csv"), "number") {
        let blockers = office.run(&format!("project blockers {number} --format csv"));
        if blockers.code == 0 {
            commands.extend(column(&blockers.out, "next"));
        }
    }
    commands.sort();
    commands.dedup();
    commands
}

/// What is wrong with the commands that are offered: each works in one of the ways in which it may be typed, or is refused with
/// another that is offered.
fn faults(office: &Office, commands: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    for command in commands {
        let tried: Vec<_> = typed(command).iter().map(|line| office.run(&format!("{line} --dry-run"))).collect();
        let works = tried.iter().any(|tried| tried.code == 0);
        let leads_on =
            |other: &String| other != command && tried.iter().any(|tried| tried.err.contains(other.as_str()));
        if !works && !commands.iter().any(leads_on) {
            faults.push(format!("{command}\n    {}", tried[0].err.trim_end()));
        }
    }
    faults
}

#[test]
fn every_command_that_is_offered_works_as_it_is_typed() {
    let office = every_verb::office();
    office.ok("staff add du --name 杜工 --department manufacturing --role member --from 2026-10-01 --by lin");
    office.ok("staff add du2 --name 杜师傅 --department manufacturing --role member --from 2026-10-01 --by lin");
    // An outside unit that is to answer.
    let form = "contact add --department business --kind external --to 某设计院 --copy he --subject 资料 --content 基础图 --by wang";
    let number = office.ok(&format!("{form} --reply-by +3d --quiet")).trim().to_owned();
    office.ok(&format!("contact sign {number} --for 某设计院 --by 张工"));
    let commands = offered(&office);
    let reply = format!("branchbook contact reply {number} --for 某设计院 --by NAME --text TEXT");
    assert!(commands.contains(&reply), "{commands:?}");
    assert!(commands.len() > 50, "{}", commands.len());
    let faults = faults(&office, &commands);
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), commands.len(), faults.join("\n"));
}

#[test]
fn every_decision_that_waits_for_somebody_works_as_they_type_it() {
    let office = every_verb::office();
    office.ok("staff add cao --name 曹总 --department general --role branch-manager --from 2026-10-01 --by lin");
    for person in ["wang", "zhao", "chen", "cao", "lin"] {
        let office = office.sharing(person);
        let commands = column(&office.ok("approvals --mine --format csv"), "command");
        assert!(commands.iter().all(|command| !command.contains("--by PERSON")), "{commands:?}");
        let faults = faults(&office, &commands);
        assert!(faults.is_empty(), "{person}:\n{}", faults.join("\n"));
    }
    let asked = column(&office.ok("approvals --format csv"), "command");
    assert!(asked.contains(&"branchbook gift approve GFT26-003 --by PERSON".to_owned()), "{asked:?}");
    assert!(asked.contains(&"branchbook fee approve FEE26-002 --by lin".to_owned()), "{asked:?}");
}
