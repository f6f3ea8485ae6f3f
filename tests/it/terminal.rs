//! What a terminal adds to a list: the pager, bars beside the figures of a tally, colours for verdicts.

use std::fs;

use insta::assert_snapshot;

use crate::office::{Office, Outcome};

/// A pager that keeps what it is given in a file, and what it was told by its surroundings in another.
const KEEPS: &str = "echo \"LESS=$LESS LESSCHARSET=$LESSCHARSET $*\" >told; cat >shown";

/// A program in the office's folder that runs this script there.
#[cfg(unix)]
fn pager(office: &Office, script: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    let path = office.file("pager", format!("#!/bin/sh\ncd '{}'\n{script}\n", office.path("").display()));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    path
}

/// What the pager was given; none where it did not run.
fn shown(office: &Office) -> Option<String> {
    fs::read_to_string(office.path("shown")).ok()
}

fn silent(code: u8) -> Outcome {
    Outcome { code, out: String::new(), err: String::new() }
}

#[cfg(unix)]
#[test]
fn a_list_longer_than_the_screen_goes_through_the_pager() {
    let office = Office::staffed().with_width(80);
    let plain = office.run("staff list");
    assert!(plain.code == 0 && plain.out.lines().count() > 10, "{plain:?}");
    let script = pager(&office, KEEPS);
    let office = office.with_pager(10, &[&script, "-x"]);
    assert_eq!(office.run("staff list"), Outcome { out: String::new(), ..plain.clone() });
    assert_eq!(shown(&office).as_ref(), Some(&plain.out));
    if std::env::var_os("LESS").is_none() && std::env::var_os("LESSCHARSET").is_none() {
        assert_eq!(fs::read_to_string(office.path("told")).unwrap(), "LESS=FRX LESSCHARSET=utf-8 -x\n");
    }
    for format in ["csv", "json", "jsonl"] {
        let line = format!("staff list --format {format}");
        let plain = office.ok(&format!("{line} --no-pager"));
        assert_eq!(office.run(&line), silent(0), "{format}");
        assert_eq!(shown(&office), Some(plain), "{format}");
    }
}

#[cfg(unix)]
#[test]
fn a_list_that_fits_with_a_row_for_the_prompt_has_no_pager() {
    let office = Office::staffed().with_width(80);
    let list = office.ok("staff list");
    let rows = u16::try_from(list.lines().count()).unwrap();
    let script = pager(&office, KEEPS);
    let office = office.with_pager(rows + 1, &[&script]);
    assert_eq!((office.ok("staff list"), shown(&office)), (list.clone(), None));
    let office = office.with_pager(rows, &[&script]);
    assert_eq!((office.ok("staff list"), shown(&office)), (String::new(), Some(list)));
}

#[cfg(unix)]
#[test]
fn scripts_files_and_answers_have_no_pager() {
    let office = Office::staffed().with_width(80);
    let list = office.ok("staff list");
    let script = pager(&office, KEEPS);
    let office = office.with_pager(3, &[&script]);
    for option in ["--no-pager", "--no-input", "--quiet"] {
        assert_eq!(office.ok(&format!("staff list {option}")), list, "{option}");
    }
    let file = office.path("staff.csv");
    office.ok(&format!("staff list --output {}", file.display()));
    assert!(file.exists());
    office.ok("department add service --zh 售后服务部");
    assert_eq!(shown(&office), None);
}

#[cfg(unix)]
#[test]
fn a_pager_that_fails_or_leaves_early_is_no_failure() {
    let office = Office::staffed();
    let script = pager(&office, "exit 7");
    let office = office.with_pager(5, &[&script]).with_width(200);
    for line in ["department list", "journal --format csv", "journal --format jsonl"] {
        assert_eq!(office.run(line), silent(0), "{line}");
    }
}

#[test]
fn a_pager_that_is_not_there_is_done_without() {
    let office = Office::staffed().with_width(80);
    let list = office.ok("staff list");
    assert_eq!(
        office.with_pager(3, &["/no/such/pager"]).run("staff list"),
        Outcome { code: 0, out: list, err: String::new() }
    );
}

#[cfg(unix)]
#[test]
fn what_was_left_out_is_said_once_the_pager_is_left_and_refusals_have_none() {
    let office = Office::staffed();
    let script = pager(&office, KEEPS);
    let office = office.with_pager(3, &[&script]).with_width(40);
    let outcome = office.run("staff list");
    assert_snapshot!(outcome.err, @"left out for want of width: role, from, os login; widen the window, or take --format csv");
    let refused = office.refused(4, "show HAY05999");
    assert_snapshot!(refused, @"there is no entry HAY05999; look for it with: branchbook find TEXT");
}

/// Whoever reads in a pager holds nobody up, also where the list is still being read from the book.
#[cfg(unix)]
#[test]
fn the_book_can_be_written_while_a_list_is_in_the_pager() {
    let office = Office::staffed();
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
        INSERT INTO department SELECT 'd' || i, 'Department ' || i, '部' || i, NULL, 0, 0, 100 + i, NULL, NULL FROM n";
    office.sql().execute(many, ()).unwrap();
    let script = pager(
        &office,
        &format!(
            "export BRANCHBOOK_FILE='{}' BRANCHBOOK_NOW=2026-10-08 BRANCHBOOK_AS=zhou
            head -n 5 >/dev/null
            '{}' department add service$$ --zh 售后$$ >said 2>&1
            echo $? >shown
            cat >/dev/null",
            office.path("book.db").display(),
            env!("CARGO_BIN_EXE_branchbook")
        ),
    );
    let office = office.with_pager(3, &[&script]);
    for format in ["table", "jsonl"] {
        assert_eq!(office.ok(&format!("department list --format {format}")), "");
        assert_eq!(shown(&office).as_deref(), Some("0\n"), "{:?}", fs::read_to_string(office.path("said")));
        fs::remove_file(office.path("shown")).unwrap();
    }
}

/// An office in which business has an indicator that it misses.
fn month() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok("info quota set --department business --count 2 --from 2026-10");
        office
    })
}

#[test]
fn verdicts_have_their_words_with_and_without_colour() {
    let office = month().on("2026-11-20");
    let plain = office.ok("report info --month 2026-10");
    let coloured = office.in_colour().ok("report info --month 2026-10");
    assert!(coloured.contains("\u{1b}[31mmissed\u{1b}[0m"), "{coloured}");
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}
