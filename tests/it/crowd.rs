//! Many processes at once: every number exactly once, nobody refused, nobody waiting for too long, readers undisturbed.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use branchbook::surroundings::BUSY_TIMEOUT;

use crate::office::Office;

/// The ledgers that a crowd writes to, with who issues the form.
const LEDGERS: [(&str, &str, &str); 3] =
    [("business", "wang", "HAY05"), ("foreign-trade", "qian", "HAW05"), ("baotou", "zhao", "HAB05")];

/// A form for a ledger, as a process types it; none is like another.
fn form((department, by, _): (&str, &str, &str)) -> String {
    static SUBJECTS: AtomicUsize = AtomicUsize::new(0);
    let subject = SUBJECTS.fetch_add(1, Ordering::Relaxed);
    format!(
        "contact add --department {department} --kind pre-contract --to technology --subject 图纸{subject} --content 确认 --by {by} -q"
    )
}

/// What one writer saw: its numbers, and its longest wait.
type Seen = (Vec<String>, Duration);

/// Adds `count` forms one after another, each by a process of its own, to the ledgers in turn.
fn write(office: &Office, ledgers: &[(&str, &str, &str)], count: usize) -> Seen {
    let mut seen = (Vec::new(), Duration::ZERO);
    for ledger in ledgers.iter().cycle().take(count) {
        let start = Instant::now();
        let output = office.process(&form(*ledger)).output().unwrap();
        seen.1 = seen.1.max(start.elapsed());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{said}");
        seen.0.push(String::from_utf8(output.stdout).unwrap().trim_end().to_owned());
    }
    seen
}

/// Reads the ledger in process after process until the writers are done; gives how often.
fn read(office: &Office, done: &AtomicBool) -> usize {
    let mut times = 0;
    while !done.load(Ordering::Relaxed) {
        let output = office.process("contact list --format csv").output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{said}");
        times += 1;
    }
    times
}

/// Writes the pack of the month in process after process until the writers are done; gives how often.
fn pack(office: &Office, done: &AtomicBool) -> usize {
    let mut times = 0;
    while !done.load(Ordering::Relaxed) {
        let line = format!("report month 2026-10 --output {}", office.path("packs").display());
        let output = office.process(&line).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        times += 1;
    }
    times
}

/// Every pack that was written is whole and fits the book; gives how many there are.
fn packs_are_whole(office: &Office) -> usize {
    let packs = std::fs::read_dir(office.path("packs")).unwrap();
    packs.map(|pack| office.ok(&format!("verify -q --against {}", pack.unwrap().path().display()))).count()
}

/// Lets `writers` processes at a time add `count` forms each, with two readers and two who write the pack of the month among
/// them, and checks every promise.
fn crowd(ledgers: &[(&str, &str, &str)], writers: usize, count: usize) {
    let office = Office::staffed();
    let done = AtomicBool::new(false);
    let (seen, readings, packings) = thread::scope(|scope| {
        let readers: Vec<_> = (0..2).map(|_| scope.spawn(|| read(&office, &done))).collect();
        let packers: Vec<_> = (0..2).map(|_| scope.spawn(|| pack(&office, &done))).collect();
        let writers: Vec<_> = (0..writers).map(|_| scope.spawn(|| write(&office, ledgers, count))).collect();
        let seen: Vec<_> = writers.into_iter().map(ScopedJoinHandle::join).collect();
        done.store(true, Ordering::Relaxed);
        let readings: usize = readers.into_iter().map(|reader| reader.join().unwrap()).sum();
        let packings: usize = packers.into_iter().map(|packer| packer.join().unwrap()).sum();
        (seen.into_iter().collect::<Result<Vec<Seen>, _>>().unwrap(), readings, packings)
    });
    let longest = seen.iter().map(|seen| seen.1).max().unwrap();
    let mut numbers: Vec<String> = seen.into_iter().flat_map(|seen| seen.0).collect();
    numbers.sort();
    let mut expected: Vec<String> = ledgers
        .iter()
        .zip(0..)
        .flat_map(|((.., prefix), position)| {
            let turns = (count + ledgers.len() - 1 - position) / ledgers.len();
            (1..=writers * turns).map(move |serial| format!("{prefix}{serial:03}"))
        })
        .collect();
    expected.sort();
    assert_eq!(numbers, expected);
    assert!(longest < BUSY_TIMEOUT, "one waited for {longest:?}");
    assert!(readings > 0 && packings > 0);
    let head = format!("\njournal {} ", office.count("SELECT max(id) FROM journal"));
    assert!(office.read("book.db-head").contains(&head), "{}", office.read("book.db-head"));
    let packs = packs_are_whole(&office);
    println!(
        "{writers} × {count}: the longest took {longest:?}, {readings} readings and {packings} packs meanwhile, {packs} of these kept"
    );
    office.ok("verify");
}

#[test]
fn r4_8_a_crowd_gets_every_number_once() {
    crowd(&LEDGERS[..1], 8, 25);
}

#[test]
#[ignore = "takes minutes; run by: just faults"]
fn r4_8_a_great_crowd_gets_every_number_of_three_ledgers_once() {
    crowd(&LEDGERS, 32, 200);
}
