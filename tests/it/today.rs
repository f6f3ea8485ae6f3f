//! The program alone: today's page, and the help that leads on from it.

use crate::office::Office;

#[test]
fn today_says_who_sits_there_what_waits_and_what_was_entered() {
    let office = Office::staffed();
    office.ok(
        "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --by wang",
    );
    let page = office.ok("");
    insta::assert_snapshot!(page.replace(&office.path("book.db").display().to_string(), "book.db"), @"
    沈阳某机械公司销售分公司 (book.db)
    2026-10-08 Thursday; you are clerk, clerk of General Management Department

    waits for you: 9, of which late: 8; for others: 37
      2026-02-15              order statistics of 2026-01 to be reviewed by the leaders
                  branchbook report review 2026-01 --outcome noted --by lin
      2026-03-15              order statistics of 2026-02 to be reviewed by the leaders
                  branchbook report review 2026-02 --outcome noted --by lin
      2026-04-15              order statistics of 2026-03 to be reviewed by the leaders
                  branchbook report review 2026-03 --outcome noted --by lin
      2026-05-15              order statistics of 2026-04 to be reviewed by the leaders
                  branchbook report review 2026-04 --outcome noted --by lin
      2026-06-15              order statistics of 2026-05 to be reviewed by the leaders
                  branchbook report review 2026-05 --outcome noted --by lin
      4 more: branchbook due --mine
    entered today: 1, the last is HAY05001
    user information of 2026-10: to be reported by 2026-10-30 (days left: 22); missing: Business Department; Foreign Trade Department; Shandong Zibo Office; Inner Mongolia Baotou Office

    all that waits: branchbook due; all commands: branchbook --help
    ");
}

#[test]
fn today_has_the_longest_first_and_five_of_them() {
    let office = Office::staffed_since("2026-10-08");
    for subject in ["一", "二", "三", "四", "五", "六"] {
        office.ok(&format!(
            "contact add --department business --kind pre-contract --to general --subject {subject} --content 确认 --by wang"
        ));
    }
    let page = office.on("2026-10-20").ok("");
    assert!(page.contains("waits for you: 6, of which late: 6; "), "{page}");
    assert_eq!(page.matches("branchbook contact sign").count(), 5, "{page}");
    assert!(!page.contains("HAY05006"), "{page}");
}

#[test]
fn today_is_shown_to_a_stranger_without_a_place_of_theirs() {
    let page = Office::staffed().seen_by("stranger").ok("");
    assert!(page.contains("your login is nobody's in this book\n"), "{page}");
}

#[test]
fn without_a_book_the_first_lines_lead_to_one() {
    let office = Office::empty();
    let page = office.ok("");
    insta::assert_snapshot!(page.replace(&office.path("book.db").display().to_string(), "book.db"), @r"
    there is no book yet at book.db
      branchbook init --name NAME   makes it, for the branch of this name
      branchbook staff import FILE  enters the staff, or branchbook staff add one by one
      branchbook contact add        logs the first form, and asks what it needs
      branchbook demo               makes a book with a month in it, to look around in
    ");
    for line in page.lines().filter_map(|line| line.trim().split_once("  ")).map(|(command, _)| command) {
        let verb = line.strip_prefix("branchbook ").unwrap();
        let words = verb.split_whitespace().take_while(|word| word.chars().all(char::is_lowercase));
        office.ok(&format!("{} --help", words.collect::<Vec<_>>().join(" ")));
    }
}

#[test]
fn today_is_no_list() {
    let refused = Office::staffed().run("--format csv");
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert_eq!(
        refused.err,
        "today's page is for people to read; take a list of it with: branchbook due --format csv\n"
    );
}

#[test]
fn help_fits_a_screen_of_24_lines_and_80_columns_in_every_language() {
    use unicode_width::UnicodeWidthStr;
    for language in ["en", "zh", "ko"] {
        let help = Office::empty().ok(&format!("--help --lang {language}"));
        assert!(help.lines().count() <= 24, "{help}");
        for line in help.lines() {
            assert!(line.width() <= 80, "{line}");
        }
    }
}

#[test]
fn every_command_is_named_in_the_help_and_the_options_stand_apart() {
    let office = Office::empty();
    let (help, options) = (office.ok("--help"), office.ok("help options"));
    for room in branchbook::cli::command().get_subcommands().map(clap::Command::get_name).filter(|name| *name != "help")
    {
        assert!(help.contains(room), "{room}");
    }
    for option in ["--book", "--as", "--on", "--format", "--output", "--lang", "--no-input", "--color"] {
        assert!(
            options.contains(option) && !office.ok("contact add --help").contains(&format!("      {option} ")),
            "{option}"
        );
    }
    assert!(options.contains("6 busy"));
}

#[test]
fn what_is_rarely_needed_to_enter_something_is_told_once_for_all_commands() {
    let office = Office::empty();
    for (language, heading) in [("en", "How it is entered:"), ("zh", "登记方式："), ("ko", "등록 방법:")] {
        let options = office.ok(&format!("help options --lang {language}"));
        let entering = options.split(heading).nth(1).unwrap_or_else(|| panic!("{options}"));
        let help = office.ok(&format!("contact sign --help --lang {language}"));
        assert!(help.contains("--by") && help.contains("--dry-run"), "{help}");
        for rare in ["--once", "--clock-ahead", "--far", "--late"] {
            assert!(entering.contains(rare) && !help.contains(rare), "{rare}: {help}");
        }
    }
}

#[test]
fn options_stand_before_a_command_as_well_as_behind_it() {
    let (office, zh) = (Office::staffed(), Office::staffed().speaking(branchbook::language::Language::Zh));
    for line in ["help contact sign", "contact help sign", "contact sign --help", "help options", "contact list", "due"]
    {
        assert_eq!(office.ok(&format!("--lang zh --no-pager {line}")), zh.ok(line), "{line}");
    }
    assert_eq!(office.ok("-q --on=2026-10-07 staff rename wang --name 王芳 --always --reason 错字"), "wang\n");
    assert_eq!(office.ok("-fcsv --lang zh department list"), office.ok("department list -fcsv"));
}

#[test]
fn today_counts_what_was_done_besides_what_was_entered() {
    let office = Office::staffed();
    let said = |office: &Office| {
        let page = office.ok("");
        page.lines().find(|line| line.starts_with("entered today")).unwrap().to_owned()
    };
    assert_eq!(said(&office), "entered today: nothing yet");
    office.ok(
        "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --by wang",
    );
    assert_eq!(said(&office), "entered today: 1, the last is HAY05001");
    office.ok("contact sign HAY05001 --for technology --by wu");
    assert_eq!(said(&office), "entered today: 1, the last is HAY05001; changes besides: 1");
    let office = office.on("2026-10-09");
    assert_eq!(said(&office), "entered today: nothing yet");
    office.all_ok(&[
        "contact reply HAY05001 --by wu --text 已处理",
        "info quota set --person li --count 2 --from 2026-11",
    ]);
    assert_eq!(said(&office), "entered today: no entry; changes: 2");
}

/// A decision waits for those who may give it and for those who write for others, not for all of its department.
#[test]
fn what_waits_for_somebody_is_theirs_to_do() {
    let office = Office::staffed_since("2026-10-08");
    office.ok("gift add --department business --asked-by li --unit 甲矿业 --recipient \"王工;工程师\" --item \"茶叶;1;100\" --occasion 拜访");
    for (person, waits) in [("li", false), ("wang", true)] {
        let theirs = office.clone().at_the_keyboard(person);
        assert_eq!(theirs.ok("").contains("gift endorse"), waits, "{person}");
        assert_eq!(theirs.ok("due --mine").contains("gift endorse"), waits, "{person}");
    }
}
