//! The book with a month in it (`demo`).

use crate::office::Office;

#[test]
fn the_demo_is_a_whole_book_of_a_month() {
    let office = Office::empty().on("2026-11-05");
    let book = office.path("book.db").display().to_string();
    let answer = office.ok(&format!("demo --book {book}"));
    assert_eq!(answer, format!("{book}: a book with October 2026 in it, made by 113 commands; you are its clerk\n"));
    assert!(office.ok("verify --format csv").lines().skip(1).all(|line| line.split(',').nth(1) == Some("ok")));
    assert_eq!(office.ok("series audit --format csv").lines().filter(|line| line.contains(",yes,")).count(), 0);
    for register in ["contact", "info", "project", "reception", "gift", "fee", "asset", "ship"] {
        let entries = office.count(&format!("SELECT count(*) FROM entry WHERE register = '{register}'"));
        assert!(entries > 0, "nothing in {register}");
    }
    let tally = office.ok("info tally --month 2026-10 --format csv");
    assert!(tally.contains("2026-10,business,6,6,100.00,met,on time,2026-10-29,7,1,7,0\n"), "{tally}");
    assert!(tally.contains("2026-10,baotou,3,1,33.33,missed,missing,,1,0,0,0\n"), "{tally}");
}

#[test]
fn the_demo_leaves_a_book_that_is_there_alone() {
    let office = Office::staffed();
    let book = office.path("book.db").display().to_string();
    assert_eq!(
        office.refused(1, &format!("demo --book {book}")),
        format!("{book} is there already; name another file with --book, or work on with this one")
    );
}
