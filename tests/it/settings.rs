//! Settings: two files, what wins over what, and what they never change.

use std::fs;
use std::process::Command;

use crate::office::Office;

/// The built program with settings of a person's own.
fn with(office: &Office, line: &str) -> Command {
    let mut command = office.process(line);
    command.env("BRANCHBOOK_CONFIG", office.path("config.toml"));
    command
}

/// Its exit code and what it said on both outputs.
fn said(office: &Office, line: &str) -> (Option<i32>, String) {
    let output = with(office, line).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&office.path("").display().to_string(), "");
    (output.status.code(), text(&output.stdout) + &text(&output.stderr))
}

fn ok(office: &Office, line: &str) -> String {
    let (code, said) = said(office, line);
    assert_eq!(code, Some(0), "{line}: {said}");
    said
}

fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok(
            "contact add --department business --kind execution --to technology --subject 图纸 --content a --by wang",
        );
        office.ok(
            "contact add --department business --kind external --to 鞍钢 --copy he --subject 函 --content b --by wang",
        );
        office
    })
}

/// What is answered where the language is set, in that language: what it holds for, and what stands for it elsewhere.
const LANGUAGE_SET: &str = "language = zh，写入 config.toml\n仅在终端中有效；输出到别处时请用 --lang\n";

#[test]
fn a_setting_is_set_listed_with_where_it_comes_from_and_taken_back() {
    let office = office();
    assert_eq!(ok(&office, "config set language zh"), LANGUAGE_SET);
    ok(&office, "config set default.department business --everybody");
    ok(&office, "config set alias.f \"contact add --kind execution\"");
    let list = ok(&office, "config list");
    let lines: Vec<String> = list.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    book = book.db BRANCHBOOK_FILE
    person = zhou BRANCHBOOK_AS
    language = en usual; in a terminal zh, from config.toml
    format = table usual
    pager = less usual, in a terminal only
    default.department = business book.toml, in a terminal only
    alias.f = contact add --kind execution config.toml, in a terminal only
    ");
    let file = fs::read_to_string(office.path("config.toml")).unwrap();
    assert!(file.starts_with("# Settings of branchbook;") && file.contains("language = \"zh\"\n"), "{file}");
    assert_eq!(ok(&office, "config unset language"), "language is no longer set in config.toml\n");
    assert_eq!(
        said(&office, "config unset language"),
        (Some(4), "language is not set in config.toml; see branchbook config list\n".to_owned())
    );
    assert!(ok(&office, "config list").contains("default.department = business"));
}

#[test]
fn what_is_no_setting_is_refused_and_changes_nothing() {
    let office = office();
    for (line, refusal) in [
        (
            "config set colour red",
            "there is no setting colour; the settings are book, person, language, format, pager, default.NAME, columns.NAME, alias.NAME\n",
        ),
        ("config set language xx", "the setting language cannot be xx; give one of: en, zh, ko\n"),
        (
            "config set format pdfs",
            "the setting format cannot be pdfs; give one of: table, csv, json, jsonl, xlsx, html\n",
        ),
        (
            "config set pager none",
            "there is no program \"none\" here; name one that is there, such as less -S, or cat for none\n",
        ),
        ("config set columns.contact number,subjct", "the list has no column subjct; did you mean subject?\n"),
        (
            "config set pager less --everybody",
            "book.toml sets pager, which only a person's own settings may; set it with: branchbook config set pager VALUE\n",
        ),
    ] {
        assert_eq!(said(&office, line), (Some(2), refusal.to_owned()));
    }
    assert!(!office.path("config.toml").exists() && !office.path("book.toml").exists());
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_nothing_is_done() {
    let office = office();
    fs::write(office.path("config.toml"), "languag = \"zh\"\n").unwrap();
    let (code, refusal) = said(&office, "contact list");
    assert_eq!(code, Some(2), "{refusal}");
    assert!(refusal.starts_with("the settings in config.toml cannot be read: "), "{refusal}");
    assert!(refusal.contains("languag") && refusal.ends_with("; mend the file, or put it away\n"), "{refusal}");
}

#[test]
fn q30_beside_the_book_no_program_is_named() {
    let office = office();
    for told in
        ["pager = \"sh -c id\"", "[alias]\nf = \"contact add\"", "person = \"chen\"", "book = \"/tmp/other.db\""]
    {
        fs::write(office.path("book.toml"), told).unwrap();
        let (code, refusal) = said(&office, "contact list");
        assert_eq!(code, Some(2), "{refusal}");
        assert!(refusal.contains("which only a person's own settings may"), "{refusal}");
    }
}

#[test]
fn q30_a_script_reads_the_same_whatever_is_set() {
    let office = office();
    let (before, refused) = (ok(&office, "contact list"), said(&office, "f --to technology"));
    for line in [
        "config set language zh",
        "config set format csv",
        "config set columns.contact number",
        "config set default.department business",
        "config set alias.f \"contact list\"",
    ] {
        ok(&office, line);
    }
    assert_eq!(ok(&office, "contact list"), before);
    // What it says of a word that is somebody's own, it does no more than before.
    let (code, told) = said(&office, "f --to technology");
    assert_eq!(code, refused.0);
    assert!(told.contains("in a terminal only"), "{told}");
    let lacking = said(&office, "contact add --kind execution --to technology --subject a --content b --by wang");
    assert_eq!(lacking.0, Some(2), "{}", lacking.1);
}

/// A pack is made by the clock at night, which has no terminal and no locale: what people read of it is in the office's language all the same.
#[test]
fn q29_the_pack_of_a_month_is_in_the_language_of_the_office_whoever_makes_it() {
    let office = office();
    let pack = |folder: &str, more: &str| {
        let answer = ok(&office, &format!("report month 2026-09 --output {}{more}", office.path(folder).display()));
        let file = |name: &str| fs::read(office.path(folder).join("2026-09").join(name)).unwrap();
        let page = String::from_utf8(file("month-end.html")).unwrap();
        let tag = page.split_once("<html lang=\"").unwrap().1.split('"').next().unwrap().to_owned();
        (answer, tag, file("month-end.xlsx"), file("decisions.csv"))
    };
    let english = pack("english", "");
    assert_eq!(english.1, "en");
    // What a person has told for themselves is not the office's.
    ok(&office, "config set language ko");
    assert_eq!(
        pack("own", ""),
        (english.0.replace("english", "own"), "en".to_owned(), english.2.clone(), english.3.clone())
    );
    ok(&office, "config set language zh --everybody");
    let chinese = pack("chinese", "");
    assert_eq!(
        (chinese.0, chinese.1.as_str(), chinese.3),
        (english.0.replace("english", "chinese"), "zh-CN", english.3.clone())
    );
    let named = pack("named", " --lang zh");
    assert_eq!((named.1.as_str(), &named.2), ("zh-CN", &chinese.2));
    let korean = pack("korean", " --lang ko");
    assert_eq!((korean.1.as_str(), korean.3), ("ko", english.3));
    assert!(chinese.2 != english.2 && chinese.2 != korean.2);
    let list = ok(&office, "config list");
    let language = list.lines().find(|line| line.starts_with("language")).unwrap();
    let said = language.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        said,
        "language = en usual; that of the month-end pack is zh, from book.toml; in a terminal ko, from config.toml"
    );
    let said = |line: &str| ok(&office, line).lines().find(|line| line.starts_with("language")).unwrap().to_owned();
    assert!(said("config list --lang ko").ends_with("--lang"));
}

#[test]
fn an_option_wins_over_a_variable_that_over_ones_own_file_that_over_the_one_beside() {
    let office = office();
    let other = office.path("other.db");
    ok(&office, &format!("config set book {}", other.display()));
    // A variable names the book.
    assert!(ok(&office, "config list").contains("book = book.db"));
    let mut command = with(&office, "config list");
    let output = command.env_remove("BRANCHBOOK_FILE").output().unwrap();
    let list = String::from_utf8(output.stdout).unwrap();
    assert!(list.contains(&format!("book = {}", other.display())), "{list}");
    let output = with(&office, "config list --book third.db").env_remove("BRANCHBOOK_FILE").output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("book = third.db"));
    ok(&office, "config set default.department business --everybody");
    ok(&office, "config set default.department baotou");
    assert!(ok(&office, "config list").contains("default.department = baotou"));
}

#[test]
fn a_list_has_the_columns_and_the_order_that_are_named() {
    let office = office();
    assert_eq!(
        office.ok("contact list --columns number,kind --sort=-number --format csv"),
        "number,kind\nHAY05002,external\nHAY05001,execution\n"
    );
    assert_eq!(office.ok("contact list --columns kind --sort kind --format csv"), "kind\nexecution\nexternal\n");
    let refused = office.run("contact list --columns numbr");
    assert_eq!((refused.code, refused.err.as_str()), (2, "the list has no column numbr; did you mean number?\n"));
    let refused = office.run("contact list --sort nothing --format json");
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.starts_with("the list has no column nothing; its columns are number, state, "),
        "{}",
        refused.err
    );
    // Sums stay where their column is shown, and go with it.
    let tally = office.ok("info tally --month 2026-10 --columns department,counted");
    assert!(tally.contains("total"), "{tally}");
    assert!(!office.ok("info tally --month 2026-10 --columns department").contains("total"));
}

#[test]
fn what_is_restricted_stays_so_whatever_is_chosen() {
    let office = Office::staffed();
    office.ok(
        "info add --department business --customer 鞍钢集团矿业 --region 辽宁省鞍山市 --equipment 球磨机 --need 扩产 --by wang",
    );
    let list = office.at_the_keyboard("sun").ok("info list --columns number,customer --sort customer --format csv");
    assert_eq!(list, "number,customer\nINF26-0001,***\n");
}

#[test]
fn a_word_of_ones_own_holds_in_a_terminal_only_and_is_no_command() {
    let office = office();
    ok(&office, "config set alias.dd \"contact list --format csv\"");
    let output = with(&office, "dd").output().unwrap();
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "dd is a word of your own settings, which hold in a terminal only; write it out: branchbook contact list --format csv\n"
    );
    assert!(ok(&office, "config list").contains(", in a terminal only"));
    let output = with(&office, "config set alias.contact \"info list\"").output().unwrap();
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "contact is a command, and no word for another line; give the word another name: alias.NAME\n"
    );
}

#[test]
fn q30_what_holds_in_a_terminal_alone_says_so() {
    let office = office();
    let alone =
        |option: &str| format!("it holds in a terminal alone; where the output goes elsewhere, give {option}\n");
    assert_eq!(ok(&office, "config set format csv"), format!("format = csv, in config.toml\n{}", alone("--format")));
    assert_eq!(
        ok(&office, "config set columns.contact number"),
        format!("columns.contact = number, in config.toml\n{}", alone("--columns"))
    );
    assert_eq!(
        ok(&office, "config set language zh --lang en"),
        format!("language = zh, in config.toml\n{}", alone("--lang"))
    );
    let korean = ok(&office, "config set language ko");
    assert!(korean.ends_with("터미널에서만 적용됩니다. 출력이 다른 곳으로 가면 --lang 옵션을 쓰십시오\n"), "{korean}");
    let list = ok(&office, "config list");
    assert!(
        list.lines().any(|line| line.starts_with("format = csv") && line.ends_with("config.toml, in a terminal only")),
        "{list}"
    );
}

/// What no question could be answered with, and what stands for no line, is refused when it is set; an alias may begin with another.
#[test]
fn what_could_answer_no_question_or_begin_no_line_is_not_set() {
    let office = office();
    let refused = |line: &str| said(&office, line);
    assert_eq!(
        refused("config set default.departmant business"),
        (
            Some(2),
            "no command asks for --departmant; give the name and an answer of an option, without its dashes\n"
                .to_owned()
        )
    );
    let (code, why) = refused("config set default.department nowhere");
    assert!(code == Some(4) && why.starts_with("there is no department nowhere"), "{why}");
    assert_eq!(refused("config set default.kind 0").0, Some(2));
    assert_eq!(refused("config set default.by nobody").0, Some(4));
    assert_eq!(
        refused("config set alias.x \"contact list\" --everybody").1.split("; ").nth(1),
        Some("set it with: branchbook config set alias.x VALUE\n")
    );
    assert_eq!(
        refused("config set alias.x \"nonsense list\""),
        (
            Some(2),
            "\"nonsense\" is no command; begin the line with a command, such as: contact add --kind execution\n"
                .to_owned()
        )
    );
    assert_eq!(
        refused("config set alias.x \"x list\""),
        (
            Some(2),
            "x stands for itself in the settings; set it anew with: branchbook config set alias.x LINE\n".to_owned()
        )
    );
    ok(&office, "config set default.kind execution");
    ok(&office, "config set alias.c1 \"contact list\"");
    ok(&office, "config set alias.c2 \"c1 --last 1\"");
}
