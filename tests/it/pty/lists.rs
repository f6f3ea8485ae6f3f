//! Lists in a terminal: the pager, a window of any size, Ctrl-C.

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};

use super::{CTRL_C, Terminal};
use crate::office::{Office, after};

/// A pager that shows some rows of what it is given and waits for a line, as `less` does for a key. Ctrl-C does not end it.
const PAGER: &str =
    "sh -c 'trap : INT; head -n 5; echo MORE; until read key; do :; done </dev/tty; echo \"LEFT $key\"'";

/// An office with more departments than a terminal has rows, or a pipe room.
fn many(count: u32) -> Office {
    let office = Office::staffed();
    let many = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
        INSERT INTO department SELECT 'd' || i, 'Department ' || i, '部' || i, NULL, 0, 0, 100 + i, NULL, NULL FROM n"
    );
    office.sql().execute(&many, ()).unwrap();
    office
}

/// The list of departments, read in this pager.
fn paged(office: &Office, pager: &str) -> Command {
    let mut command = office.process("department list");
    command.env("BRANCHBOOK_PAGER", pager);
    command
}

#[test]
fn a_list_longer_than_the_screen_waits_in_the_pager_and_to_leave_it_is_success() {
    let office = many(5_000);
    let mut terminal = Terminal::start(&paged(&office, PAGER));
    let left = terminal.see("MORE").press("q\n").leave();
    assert_eq!((left.code(), left.screen.lines().last()), (Some(0), Some("LEFT q")), "{}", left.screen);
    assert!(left.screen.contains("业务部") && !left.screen.contains("部9"), "{}", left.screen);
}

#[test]
fn ctrl_c_is_the_pagers() {
    let office = many(5_000);
    let mut terminal = Terminal::start(&paged(&office, PAGER));
    terminal.see("MORE").press(CTRL_C).see("^C");
    let left = terminal.press("q\n").leave();
    assert_eq!((left.code(), left.screen.lines().last()), (Some(0), Some("LEFT q")), "{}", left.screen);
    // A pager that ends by it has been left, like any other.
    let mut terminal = Terminal::start(&paged(&office, "sh -c 'head -n 5; echo MORE; read key </dev/tty'"));
    let left = terminal.see("MORE").press(CTRL_C).leave();
    assert_eq!((left.code(), left.signal()), (Some(0), None), "{}", left.screen);
}

#[test]
fn the_usual_pager_is_used_and_left_and_redraws_itself_for_another_window() {
    if !Command::new("less").arg("-V").stdout(Stdio::null()).status().is_ok_and(|status| status.success()) {
        return;
    }
    let office = many(100);
    let mut terminal = Terminal::start(&office.process("department list"));
    terminal.see("\n:").resize(40, 100).press("g").see("d20 ").press("G").see("(END)").press("g").see("Departments\n┌");
    let left = terminal.press("q").leave();
    assert_eq!(left.code(), Some(0), "{}", left.screen);
    let left = Terminal::sized(&office.process("department list"), 300, 100).leave();
    assert_eq!((left.code(), left.screen.lines().last()), (Some(0), Some("106 rows")), "{}", left.screen);
}

#[test]
fn ctrl_c_in_a_long_list_ends_it_and_leaves_the_terminal_as_it_was() {
    let office = many(20_000);
    let before = office.dump(&[]);
    for format in ["table", "csv", "jsonl"] {
        let mut terminal = Terminal::start(&office.process(&format!("department list --no-pager --format {format}")));
        // It has more to print than a terminal takes while nobody reads.
        let left = terminal.see("d20").press(CTRL_C).leave();
        assert_eq!((left.signal(), left.printed.contains("d20000")), (Some(2), false), "{format}");
    }
    assert_eq!(office.dump(&[]), before);
}

#[test]
fn a_window_of_any_size_shows_lists_cards_and_help() {
    let office = Office::staffed();
    office.ok("info quota set --department business --count 2 --from 2026-10");
    let form = "info add --department business --customer 鞍钢 --region 辽宁 --equipment 球磨机 --need 两台 --by li -q";
    let number = office.ok(form);
    for (rows, columns) in [(0, 0), (1, 1), (2, 3), (24, 9), (24, 20), (24, 80), (24, 400), (65_535, 65_535)] {
        for line in
            ["department list", "report info --month 2026-10", "due", "contact add --help", &format!("show {number}")]
        {
            let mut command = office.process(line);
            command.env("BRANCHBOOK_PAGER", "cat");
            let left = Terminal::sized(&command, rows, columns).leave();
            assert_eq!(left.code(), Some(0), "{line} in {rows} x {columns}: {}", left.printed);
        }
    }
}

/// Where the program was to outlive its terminal, it has nobody to show a list to, and says so by its exit code.
#[test]
fn a_terminal_that_goes_away_ends_a_list() {
    let office = many(20_000);
    for (outlive, ended) in [("", (None, Some(1))), ("trap '' HUP;", (Some(1), None))] {
        let mut terminal = Terminal::start(&after(outlive, &office.process("department list --no-pager")));
        terminal.see("d20");
        let status = terminal.close();
        assert_eq!((status.code(), status.signal()), ended, "{outlive}");
    }
}

#[test]
fn what_is_said_ends_its_lines_between_words_and_keeps_a_command_whole() {
    let office = Office::staffed();
    office.ok("contact add --department business --kind pre-contract --to technology --subject 轴承图纸 --content 请确认 --by wang");
    let screen =
        Terminal::sized(&office.process("contact archive HAY05001 --no-contract 无 --by wang"), 20, 60).leave().screen;
    insta::assert_snapshot!(screen, @"
    R4.7: signing for the archive is for the clerk or
    contract-administrator, which 王建国 was not on 2026-10-08;
    name who did with --by clerk or --by zhou or --by he
    ");
    let piped = office.refused(3, "contact archive HAY05001 --no-contract 无 --by wang");
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(bare(&screen), bare(&piped));
    // Today's page as well.
    let page = Terminal::sized(&office.process(""), 40, 80).leave().screen;
    assert!(page.lines().any(|line| line.ends_with("Shandong Zibo Office;")), "{page}");
}
