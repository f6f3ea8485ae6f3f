//! Asking for what a command line lacks: from beginning to end, and given up at every question.

use std::os::unix::process::ExitStatusExt;

use branchbook::cli;
use clap::Command;

use super::{BACK, CTRL_C, ESC, Terminal};
use crate::office::{Office, after};

/// A command line that asks: what is typed, its questions, and what is answered to each.
struct Asked {
    line: &'static str,
    questions: &'static [(&'static str, &'static str)],
    /// The line as it could have been typed.
    spelled_out: &'static str,
}

/// The question whether it is to be entered.
pub(super) const LAST: (&str, &str) = ("Enter to enter it", "\r");

const ASKED: [Asked; 6] = [
    Asked {
        line: "contact add --kind pre-contract",
        questions: &[
            ("Department: whose ledger takes the form", "business\r"),
            ("Addressed to: a department", "technology\r"),
            ("another one, or Enter for no more", "\r"),
            ("Subject: in one line", "技术资料\r"),
            ("Content: what is asked or told", "请提供两台球磨机的图纸\r"),
            ("Who did it", "wang\r"),
        ],
        spelled_out: "branchbook contact add --kind pre-contract --department business --to technology \
                      --subject 技术资料 --content 请提供两台球磨机的图纸 --by wang",
    },
    Asked {
        line: "asset add --keeper zhou",
        questions: &[
            ("Name", "笔记本电脑\r"),
            ("Department: whose asset it is", "general\r"),
            ("Price: in yuan", "7999\r"),
            ("Bought on", "2026-03-08\r"),
            ("Who did it", "\r"),
        ],
        spelled_out: "branchbook asset add --keeper zhou --name 笔记本电脑 --department general --price 7999 --bought-on 2026-03-08",
    },
    Asked {
        line: "reception add --purpose 监造 --schedule 看车间",
        questions: &[
            ("Department: the one that plans the visit", "business\r"),
            ("Unit: the one that visits us", "包钢\r"),
            ("Arrive on", "2026-10-20\r"),
            ("Visitors: \"name;position\"", "王工\r"),
            ("--visitor \"刘工;工程师\"", "--visitor \"王工;工程师\"\r"),
            ("another one, or Enter for no more", "\r"),
            ("Who did it", "li\r"),
        ],
        spelled_out: "branchbook reception add --purpose 监造 --schedule 看车间 --department business --unit 包钢 \
                      --arrive 2026-10-20 --visitor \"王工;工程师\" --by li",
    },
    Asked {
        line: "project add --customer 包钢",
        questions: &[
            ("Department: the one that works on it", "business\r"),
            ("Title: what the project is", "球磨机\r"),
            ("Amount: estimated, in yuan", "1260万\r"),
            ("Who did it", "wang\r"),
        ],
        spelled_out: "branchbook project add --customer 包钢 --department business --title 球磨机 --amount 1260万 --by wang",
    },
    Asked {
        line: "staff add ma --name 马工",
        questions: &[
            ("Department", "technology\r"),
            ("Role", "member\r"),
            ("First day", "2026-10-01\r"),
            ("Who did it", "\r"),
        ],
        spelled_out: "branchbook staff add ma --name 马工 --department technology --role member --from 2026-10-01",
    },
    Asked {
        line: "department add service",
        questions: &[("Chinese name", "售后服务部\r"), ("Who did it", "\r")],
        spelled_out: "branchbook department add service --zh 售后服务部",
    },
];

/// A terminal wide enough for a question and its choices to stand in a line.
pub(super) fn start(office: &Office, line: &str) -> Terminal {
    Terminal::sized(&office.process(line), 40, 200)
}

#[test]
fn what_is_asked_from_beginning_to_end_is_what_could_have_been_typed() {
    for Asked { line, questions, spelled_out } in &ASKED {
        let office = Office::staffed();
        let mut terminal = start(&office, line);
        for (question, answer) in *questions {
            terminal.asks(question).press(answer);
        }
        let left = terminal.asks(LAST.0).press(LAST.1).leave();
        let typed = Office::staffed().at_the_keyboard("zhou");
        let answer = typed.ok(spelled_out.strip_prefix("branchbook ").unwrap());
        assert!(left.code() == Some(0) && left.screen.ends_with(answer.trim_end()), "{answer}\n{}", left.screen);
        let shown = left.screen.find(&format!("\n{spelled_out}\n"));
        assert!(shown < left.screen.find(LAST.0), "{spelled_out}\n{}", left.screen);
        let list = format!("{} list --format csv", line.split(' ').next().unwrap());
        assert_eq!(office.ok(&list), typed.ok(&list));
    }
}

#[test]
fn whoever_gives_up_at_any_question_has_entered_nothing() {
    for Asked { line, questions, .. } in &ASKED {
        let office = Office::staffed();
        let before = office.dump(&[]);
        let questions: Vec<_> = questions.iter().chain([&LAST]).collect();
        for (last, question) in questions.iter().enumerate() {
            for key in [ESC, CTRL_C] {
                let mut terminal = start(&office, line);
                for (question, answer) in &questions[..last] {
                    terminal.asks(question).press(answer);
                }
                let left = terminal.asks(question.0).press(key).leave();
                let said = left.screen.lines().last();
                assert_eq!((left.code(), said), (Some(2), Some("nothing was entered")), "{line}: {}", left.screen);
                assert_eq!(office.dump(&[]), before, "{line}, given up at {question:?}");
            }
        }
    }
}

/// The command lines of all verbs that ask for something, without it.
fn asking(command: &Command, line: &str, found: &mut Vec<String>) {
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        asking(verb, format!("{line} {}", verb.get_name()).trim_start(), found);
    }
    let mut needed = command.get_arguments().filter(|argument| argument.is_required_set()).peekable();
    if needed.peek().is_some() || command.get_groups().any(clap::ArgGroup::is_required_set) {
        found.push(line.to_owned());
    }
}

#[test]
fn every_verb_that_lacks_something_asks_for_it_and_can_be_given_up() {
    let office = Office::staffed();
    let before = office.dump(&[]);
    let mut grammar = cli::command();
    grammar.build();
    let mut lines = Vec::new();
    asking(&grammar, "", &mut lines);
    assert!(lines.len() > 90, "{}: {lines:?}", lines.len());
    for (line, key) in lines.iter().zip([ESC, CTRL_C].into_iter().cycle()) {
        let left = start(&office, line).asks("").press(key).leave();
        let said = left.screen.lines().last();
        assert_eq!((left.code(), said), (Some(2), Some("nothing was entered")), "{line}: {}", left.screen);
    }
    assert_eq!(office.dump(&[]), before);
}

/// Another size and an answer often come in the same moment: neither what is typed nor the terminal's own answers are lost by that, and
/// no question is wiped out.
#[test]
fn a_window_that_changes_its_size_loses_no_answer() {
    let office = Office::staffed();
    for department in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        let mut terminal = start(&office, &format!("department add service-{department}"));
        terminal.asks("Chinese name").press("售后").see("售后");
        for (rows, columns) in [(24, 80), (10, 30), (3, 12), (50, 120)] {
            terminal.resize(rows, columns);
        }
        terminal.press(&format!("{department}服务部\r")).asks("Who did it");
        let left = terminal.press("\r").asks(LAST.0).press(LAST.1).leave();
        assert_eq!(left.code(), Some(0), "{}", left.screen);
    }
    let added =
        "SELECT count(*) FROM department WHERE key LIKE 'service-_' AND name_zh = '售后' || substr(key, 9) || '服务部'";
    assert_eq!(office.count(added), 8);
}

/// What is wrong with an answer is said at once, and it is asked for again; the way back leads to the question before.
#[test]
fn an_answer_that_is_none_is_asked_for_again() {
    let office = Office::staffed();
    office
        .ok("contact add --department business --kind pre-contract --to technology --subject a --content b --by wang");
    let mut terminal = start(&office, "contact sign");
    terminal.asks("The form").press("HAY05009\r").asks("there is no entry HAY05009").press("1\r");
    terminal.asks("Who did it").press("nobody\r").asks("nobody on the staff is called nobody").press(BACK);
    let left = terminal.asks("[HAY05001]").press("\r").press("wu\r").asks(LAST.0).press(LAST.1).leave();
    assert!(
        left.code() == Some(0) && left.screen.contains("branchbook contact sign HAY05001 --by wu"),
        "{}",
        left.screen
    );
    assert_eq!(office.count("SELECT count(*) FROM signature WHERE signed_by = 'wu'"), 1);
}

/// A word of the book is taken in any language, as on the line, and no answer is told from a wrong one.
#[test]
fn a_word_of_the_book_is_an_answer_in_any_language() {
    let office = Office::staffed();
    let line = "contact add --department business --to technology --subject a --content b --by wang";
    let mut terminal = start(&office, line);
    terminal.asks("Kind").press("\r").asks("something must be answered").press("合同前\r");
    let left = terminal.asks(LAST.0).press(LAST.1).leave();
    assert!(left.code() == Some(0) && left.screen.contains("--kind pre-contract"), "{}", left.screen);
}

/// A department is offered by its name in the language, and by the Chinese one, of which either is an answer.
#[test]
fn a_department_is_offered_in_the_language_of_the_command() {
    let office = Office::staffed();
    let line = "contact add --kind pre-contract --subject a --content b --by wang --lang ko";
    let mut terminal = start(&office, line);
    terminal.asks("1  business       업무부 (业务部)").press("업무부\r");
    terminal.asks("5  technology     기술개발과 (技术开发科)").press("技术开发科\r");
    let left =
        terminal.asks("하나 더 입력").press("\r").asks("--department business --to technology").press(LAST.1).leave();
    assert_eq!(left.code(), Some(0), "{}", left.screen);
}

/// What is taken back is mostly what was done last, also where the entry ended with it.
#[test]
fn what_was_done_last_is_offered_to_be_taken_back() {
    let office = Office::staffed();
    for subject in ["a", "b"] {
        office.ok(&format!(
            "contact add --department business --kind pre-contract --to technology --subject {subject} --content x --by wang"
        ));
    }
    office.ok("contact void HAY05001 --reason 重复");
    for line in ["undo", "contact undo"] {
        let mut terminal = start(&office, line);
        terminal.asks("1  HAY05001  void").asks("2  HAY05002  issued").press(ESC);
        terminal.leave();
    }
}

/// A receipt goes by its voucher or its own place, never by where it stands in what is offered, and whoever is at the keyboard by the
/// first of the people.
#[test]
fn r3_7_a_receipt_is_chosen_by_its_own_place_and_oneself_by_the_first() {
    let office = Office::staffed();
    office.all_ok(&crate::project::REVIEWED);
    office.all_ok(&[
        "project contract PRJ26-001 --contract BG-1 --signed-on 2026-10-08 --amount 120万 --by li",
        "project instalments PRJ26-001 --advance 100% --by li",
        "project receive PRJ26-001 --amount 36万 --voucher 银-1",
        "project receive PRJ26-001 --amount 48万 --voucher 银-2",
    ]);
    let mut terminal = start(&office, "project reverse PRJ26-001 --amount 10万 --reason 退票");
    terminal.asks("银-1  1 2026-10-08").press("7\r").asks("\"7\" is none of these").press("project list\r");
    terminal.asks("\"project list\" is none of these").press("1\r");
    let left = terminal.asks("you yourself").press("1\r").asks(LAST.0).press(LAST.1).leave();
    assert!(left.code() == Some(0) && left.screen.contains("--receipt 银-1"), "{}", left.screen);
    assert_eq!(office.count("SELECT count(*) FROM receipt WHERE reverses = 1 AND amount_fen = -10000000"), 1);
}

/// What the book refuses is tried out before it is entered, and asked again with the answers as they were.
#[test]
fn what_the_book_refuses_is_asked_again() {
    let office = Office::staffed();
    let mut terminal = start(&office, "contact add --kind external --subject a --content b");
    terminal
        .asks("Department")
        .press("business\r")
        .asks("Addressed to")
        .press("包钢\r")
        .asks("another one")
        .press("\r");
    // An option that the refusal names and nobody was asked for is asked for.
    terminal.asks("Who did it").press("wang\r").asks("R4.6").asks("answer once more").asks("Copied to").press("he\r");
    terminal.asks_times("another one", 2).press("\r");
    let left = terminal.asks(LAST.0).press(LAST.1).leave();
    assert!(left.code() == Some(0) && left.screen.contains("HAY05001"), "{}", left.screen);
}

#[test]
fn what_a_refusal_names_is_asked_again_first() {
    let office = Office::staffed();
    let mut terminal = start(&office, "contact add --kind execution --subject a --content b --department business");
    terminal.asks("Addressed to").press("technology\r").asks("another one").press("\r");
    terminal.asks("Who did it").press("li\r").asks("R4.3").asks("answer once more").asks("[li]").press("wang\r");
    let left = terminal.asks(LAST.0).press(LAST.1).leave();
    assert!(left.code() == Some(0) && left.screen.contains("HAY05001"), "{}", left.screen);
}

#[test]
fn r4_6_a_form_that_stays_inside_goes_to_one_of_the_departments() {
    let office = Office::staffed();
    office.ok(
        "contact add --department business --kind external --to 某设计院 --copy he --subject a --content b --by wang",
    );
    let mut terminal = start(&office, "contact add --kind pre-contract --subject a --content b --department business");
    // The unit to which the last form went is none of those that this one may go to, nor is the department itself.
    terminal.asks("Addressed to").press("某设计院\r").asks("R4.6: 某设计院 is no department").press("业务部\r");
    terminal.asks("R4.1: a form of business to business goes").press("技术\r").asks("another one").press("\r");
    let left = terminal
        .asks("Who did it: a person's key or name [default: wang]")
        .press("\r")
        .asks(LAST.0)
        .press("y\r")
        .leave();
    assert!(
        left.code() == Some(0) && left.screen.contains("--to technology") && left.screen.contains("--by wang"),
        "{}",
        left.screen
    );
}

#[test]
fn an_answer_of_a_list_is_taken_away_and_one_letter_is_nobody() {
    let office = Office::staffed();
    let mut terminal = start(&office, "contact add --kind pre-contract --subject a --content b --department business");
    terminal
        .asks("Addressed to")
        .press("technology\r")
        .asks("another one")
        .press("shandong\r")
        .asks_times("another one", 2);
    terminal
        .press("-\r")
        .asks("shandong is left out")
        .press("\r")
        .asks("Who did it")
        .press("z\r")
        .asks("\"z\" may be one of");
    let left = terminal.press("wang\r").asks(LAST.0).press("\r").leave();
    assert!(left.code() == Some(0) && left.screen.contains("--to technology --by wang"), "{}", left.screen);
}

#[test]
fn what_is_late_is_asked_for_why() {
    let office = Office::staffed_since("2026-01-01").on("2026-11-03");
    office.ok("report submit 2026-10 --to technology --received-by wu");
    let mut terminal = start(&office, "asset add --name 椅子 --price 300 --department general --keeper zhou");
    terminal
        .asks("Bought on")
        .press("2026-10-20\r")
        .asks("Who did it")
        .press("\r")
        .asks("--late REASON")
        .asks("Why it comes late");
    let left = terminal.press("发票晚到\r").asks(LAST.0).press("\r").leave();
    assert!(left.code() == Some(0) && left.screen.contains("--late 发票晚到"), "{}", left.screen);
}

#[test]
fn a_number_that_is_not_there_is_told_before_anything_is_asked() {
    let office = Office::staffed();
    let left = start(&office, "contact amend HAY05007 --subject 函").leave();
    assert!(left.code() == Some(4) && left.screen.contains("there is no entry HAY05007"), "{}", left.screen);
    assert!(!left.screen.contains("Reason"), "{}", left.screen);
}

/// Which of several options is meant is a question of its own.
#[test]
fn one_of_several_options_is_asked_for() {
    let office = Office::staffed();
    office.ok("asset add --department general --name 笔记本电脑 --price 7999 --bought-on 2026-03-08 --keeper zhou");
    let mut terminal = start(&office, "asset transfer");
    terminal.asks("in-store").press("1\r").asks("One of these").press("keeper\r").asks("Keeper").press("li\r");
    let left = terminal.asks("Who did it").press("\r").asks(LAST.0).press(LAST.1).leave();
    assert_eq!(left.code(), Some(0), "{}", left.screen);
    assert!(left.screen.contains("branchbook asset transfer AST-0001 --keeper li"), "{}", left.screen);
}

/// A line is edited by the keys of every shell: to its ends, by words, and what was entered before comes back.
#[test]
fn an_answer_is_edited_by_the_usual_keys() {
    let office = Office::staffed();
    office.ok(
        "contact add --department business --kind execution --to technology --subject 主轴承图纸 --content b --by wang",
    );
    let line = "contact add --kind execution --department business --to technology --content b --by wang";
    for (keys, subject) in [
        ("\u{1b}[A\u{5}二\r", "主轴承图纸二"),
        ("abc def\u{1}X\u{5}Y\r", "Xabc defY"),
        ("abc def\u{17}ghi\r", "abc ghi"),
        ("abc\u{15}def\r", "def"),
    ] {
        let left = start(&office, line).asks("Subject").press(keys).asks(LAST.0).press(LAST.1).leave();
        assert_eq!(left.code(), Some(0), "{}", left.screen);
        let last = "SELECT subject FROM contact ORDER BY entry DESC LIMIT 1";
        assert_eq!(office.sql().query_row(last, (), |row| row.get::<_, String>(0)).unwrap(), subject);
    }
}

#[test]
fn giving_up_is_said_in_the_language_of_the_command() {
    let office = Office::staffed();
    for (language, said) in [("zh", "未登记任何内容"), ("ko", "아무것도 등록되지 않았습니다")] {
        let left = start(&office, &format!("department add service --lang {language}")).asks("").press(ESC).leave();
        assert_eq!((left.code(), left.screen.lines().last()), (Some(2), Some(said)), "{}", left.screen);
    }
}

/// A question that nobody can answer any more is not waited for, also where the program was to outlive its terminal.
#[test]
fn a_terminal_that_goes_away_ends_the_question() {
    let office = Office::staffed();
    let before = office.dump(&[]);
    for outlive in ["", "trap '' HUP;"] {
        let mut terminal = Terminal::start(&after(outlive, &office.process("department add service")));
        terminal.asks("Chinese name").press("售后");
        assert_eq!(terminal.close().signal(), Some(1), "{outlive}");
    }
    // In a session of its own the program gets no signal of the terminal; `setsid` ends with the one that ended it.
    let process = office.process("department add service");
    let mut apart = std::process::Command::new("setsid");
    apart.arg("--wait").arg(process.get_program()).args(process.get_args());
    apart.envs(process.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let mut terminal = Terminal::start(&after("trap '' HUP;", &apart));
    terminal.asks("Chinese name").press("售后");
    assert_eq!(terminal.close().code(), Some(1));
    assert_eq!(office.dump(&[]), before);
}

#[test]
fn nothing_is_asked_where_that_is_wished_or_nobody_could_answer() {
    let office = Office::staffed();
    let missing = "error: missing: ";
    let left = start(&office, "department add service --no-input").leave();
    assert_eq!((left.code(), left.screen.contains(missing)), (Some(2), true), "{}", left.screen);
    let mut command = office.process("department add service");
    command.stdin(std::process::Stdio::null());
    let outcome = command.output().unwrap();
    assert_eq!((outcome.status.code(), String::from_utf8_lossy(&outcome.stderr).contains(missing)), (Some(2), true));
}

/// Of the forms those are offered that wait for the signature of whom the line names, and by the names of departments that people read.
#[test]
fn r4_7_signing_offers_what_waits_for_it() {
    let office = Office::staffed();
    for subject in ["图纸", "轴承"] {
        office.ok(&format!("contact add --department business --kind pre-contract --to technology --to general --subject {subject} --content 请确认 --by wang"));
    }
    office.ok("contact sign HAY05001 --for technology --by wu");
    for (named, both) in [("--for technology", false), ("--by wu", false), ("--for general", true), ("", true)] {
        let mut terminal = start(&office, &format!("contact sign {named}"));
        let screen = terminal.asks("HAY05002").screen();
        assert_eq!(screen.contains("HAY05001"), both, "{named}: {screen}");
        terminal.press(ESC).leave();
    }
    let mut terminal = start(&office, "contact sign --lang zh");
    let screen = terminal.asks("HAY05002").screen();
    assert!(screen.contains("技术开发科") && !screen.contains("technology"), "{screen}");
    terminal.press(ESC).leave();
}
