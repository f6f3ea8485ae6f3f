//! Completion in the shell, from the built program as a shell asks it.

use crate::office::Office;
use crate::ship;

/// The steps after which carriers have quoted.
const QUOTED: usize = 4;

/// What the program offers for the last word of a line, each with what it says of it.
fn offered(office: &Office, line: &str) -> Vec<(String, String)> {
    let words = line.split(' ').collect::<Vec<_>>();
    let asked =
        office.process("").env("BRANCHBOOK_COMPLETE", "fish").args(["--", "branchbook"]).args(words).output().unwrap();
    assert_eq!((asked.status.code(), asked.stderr.as_slice()), (Some(0), b"".as_slice()));
    let lines = String::from_utf8(asked.stdout).unwrap();
    let pair = |line: &str| {
        line.split_once('\t').map_or((line.to_owned(), String::new()), |(one, two)| (one.to_owned(), two.to_owned()))
    };
    lines.lines().map(pair).filter(|(word, _)| !word.starts_with('-')).collect()
}

/// The words that are offered for the last word of a line.
pub(crate) fn words(office: &Office, line: &str) -> Vec<String> {
    offered(office, line).into_iter().map(|(word, _)| word).collect()
}

fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        for subject in ["轴承图纸", "衬板", "发货"] {
            office.ok(&format!(
            "contact add --department business --kind pre-contract --to technology --subject {subject} --content 确认 --by wang"
        ));
        }
        office.ok("contact sign HAY05001 --for technology --by wu");
        office
    })
}

#[test]
fn rooms_and_verbs_are_offered_by_their_beginning() {
    let office = Office::empty();
    assert_eq!(words(&office, "conta"), ["contact"]);
    assert_eq!(words(&office, "contact si"), ["sign"]);
}

#[test]
fn numbers_are_those_on_which_the_verb_may_be_used_with_their_subjects() {
    let office = office();
    let pair = |number: &str, said: &str| (number.to_owned(), said.to_owned());
    assert_eq!(
        offered(&office, "contact sign "),
        [pair("HAY05002", "issued \"衬板\" to technology"), pair("HAY05003", "issued \"发货\" to technology")]
    );
    office.ok("contact void HAY05002 --reason 错");
    assert_eq!(words(&office, "contact sign "), ["HAY05003"]);
    assert_eq!(words(&office, "contact sign HAY05003 --for "), ["technology"]);
    assert_eq!(words(&office, "show HAY05003"), ["HAY05003"]);
}

#[test]
fn a_number_that_is_begun_is_found_among_all_and_none_is_left_out_of_what_they_begin_with() {
    let office = Office::staffed();
    let form =
        "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --by wang";
    for _ in 0..130 {
        office.ok(form);
    }
    let numbers = |from: usize, to: usize| (from..=to).map(|serial| format!("HAY05{serial:03}")).collect::<Vec<_>>();
    assert_eq!(words(&office, "contact sign HAY0500"), numbers(1, 9));
    assert_eq!(words(&office, "contact sign hay0500"), numbers(1, 9));
    assert_eq!(words(&office, "show HAY0500"), numbers(1, 9));
    // As many as are offered, and the first: a shell puts in what all of them begin with.
    for line in ["contact sign HAY05", "contact sign "] {
        assert_eq!(words(&office, line), [numbers(1, 1), numbers(32, 130)].concat(), "{line}");
    }
}

#[test]
fn people_and_departments_are_offered_by_key_or_name() {
    let office = office();
    assert_eq!(words(&office, "contact add --by 王"), ["wang"]);
    assert_eq!(words(&office, "contact add --by li"), ["li", "lin"]);
    // Only departments that keep a ledger.
    assert_eq!(
        words(&office, "contact add --department "),
        ["business", "foreign-trade", "general", "shandong", "baotou"]
    );
    assert_eq!(words(&office, "contact list --department te"), ["technology"]);
}

#[test]
fn states_figures_series_and_months_are_offered() {
    let office = office();
    assert_eq!(words(&office, "contact list --state v"), ["void"]);
    assert_eq!(words(&office, "rule set gift.quotes"), ["gift.quotes"]);
    assert_eq!(words(&office, "series reserve bu"), ["business"]);
    assert_eq!(words(&office, "info report --month ")[..2], ["2026-10", "2026-09"]);
}

#[test]
fn what_is_restricted_is_never_offered() {
    let office = Office::staffed();
    office.ok(
        "info add --department business --customer 鞍钢集团矿业 --region 辽宁省鞍山市 --equipment 球磨机 --need 扩产 --by wang",
    );
    let offers = offered(&office, "info track ");
    let offers = if offers.is_empty() { offered(&office, "info show ") } else { offers };
    assert_eq!(offers.len(), 1);
    assert!(!offers[0].1.contains("鞍钢"), "{offers:?}");
}

#[test]
fn what_is_offered_is_of_the_book_and_in_the_language_that_the_line_has() {
    let office = office();
    let line = |more: &[(&str, &str)], line: &str| {
        let mut shell = office.process("");
        shell.env_remove("BRANCHBOOK_FILE").envs(more.iter().copied()).env("BRANCHBOOK_COMPLETE", "fish");
        let output = shell.args(["--", "branchbook"]).args(line.split(' ')).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let config = office.file("config.toml", format!("book = '{}'\n", office.path("book.db").display()));
    let offered = line(&[("BRANCHBOOK_CONFIG", &config)], "contact sign HAY05003");
    assert_eq!(offered, "HAY05003\tissued \"发货\" to technology\n");
    let book = office.path("book.db").display().to_string();
    assert_eq!(
        line(&[], &format!("contact sign --book {book} --lang zh HAY05003")),
        "HAY05003\t已发出 “发货”（致技术开发科）\n"
    );
    // What an option can be is told in the language as well, also where that stands in the settings.
    office.file("config.toml", format!("book = '{}'\nlanguage = 'zh'\n", office.path("book.db").display()));
    let kinds = line(&[("BRANCHBOOK_CONFIG", &config)], "contact add --kind 合同签订前");
    assert!(kinds.starts_with("pre-contract\t合同签订前："), "{kinds}");
}

#[test]
fn without_a_book_nothing_is_offered_and_nothing_said() {
    assert_eq!(words(&Office::empty(), "contact sign "), Vec::<String>::new());
    // What an option can be stands in no book.
    assert_eq!(words(&Office::empty(), "contact add --kind ext"), ["external"]);
}

#[test]
fn every_shell_has_its_script() {
    let office = Office::empty();
    for (shell, word) in
        [("bash", "complete "), ("zsh", "compdef"), ("fish", "complete "), ("powershell", "Register-ArgumentCompleter")]
    {
        let script = office.ok(&format!("completions {shell}"));
        assert!(script.contains(word) && script.contains("BRANCHBOOK_COMPLETE"), "{script}");
        // What the program says fits is not left out by zsh.
        assert_eq!(script.contains("_describe -V 'values' other -U"), shell == "zsh", "{script}");
    }
}

/// How many commands there are, this one included.
fn verbs(command: &clap::Command) -> usize {
    1 + command.get_subcommands().filter(|verb| verb.get_name() != "help").map(verbs).sum::<usize>()
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let office = Office::empty();
    let folder = office.path("man1");
    office.ok(&format!("man {}", folder.display()));
    let page = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    assert!(page("branchbook.1").contains("\\-\\-lang") && page("branchbook.1").contains("\\-\\-clock\\-ahead"));
    assert!(page("branchbook-contact-add.1").contains("\\-\\-subject"));
    let mut root = branchbook::cli::command();
    root.build();
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), verbs(&root));
}

/// What the rules would refuse is not offered: departments that do not report, series without a ledger, forms of another kind.
#[test]
fn what_a_rule_refuses_is_not_offered() {
    let office = office();
    office.ok("contact add --department business --kind shipping --to general --subject 发运 --content 确认 --by wang");
    assert_eq!(
        words(&office, "info report --department "),
        ["business", "foreign-trade", "shandong", "baotou"].map(str::to_owned)
    );
    assert_eq!(
        words(&office, "contact ledger --department "),
        ["business", "foreign-trade", "general", "shandong", "baotou"].map(str::to_owned)
    );
    assert_eq!(
        words(&office, "series reserve "),
        ["baotou", "business", "foreign-trade", "general", "shandong"].map(str::to_owned)
    );
    assert_eq!(words(&office, "ship add --notice "), ["HAY05004"]);
}

/// Columns, files, and what stands behind an option before the command.
#[test]
fn columns_and_files_are_offered_and_an_option_may_stand_before_the_command() {
    let office = office();
    assert_eq!(words(&office, "contact list --columns sub"), ["subject"]);
    assert_eq!(words(&office, "contact list --columns number,sub"), ["number,subject"]);
    assert!(words(&office, "gift list --columns number,").contains(&"number,unit".to_owned()));
    assert!(
        words(&office, "contact list --columns ")
            .iter()
            .all(|word| !["id", "counter", "serial"].contains(&word.as_str()))
    );
    let scan = office.file("scan.pdf", "x");
    let begun = scan.strip_suffix(".pdf").unwrap();
    assert_eq!(words(&office, &format!("attach HAY05001 {begun}")), [scan.as_str()]);
    let book = office.path("book.db").display().to_string();
    assert_eq!(words(&office, &format!("--book {book} show HAY05003")), ["HAY05003"]);
    assert_eq!(words(&office, "--lang zh contact sig"), ["sign"]);
}

/// What is offered at the cursor of a line whose first word is one of a person's own, to a shell that says where that stands.
#[test]
fn behind_a_word_of_ones_own_the_word_at_the_cursor_is_completed() {
    let office = office();
    let settings = "[alias]\nfa = \"contact add --kind execution\"\nqs = \"contact sign\"\n";
    let config = office.file("config.toml", settings);
    let at = |shell: &str, cursor: usize, line: &str| {
        let mut asked = office.process("");
        asked
            .env("BRANCHBOOK_CONFIG", &config)
            .env("BRANCHBOOK_COMPLETE", shell)
            .env("_CLAP_COMPLETE_INDEX", cursor.to_string())
            .env("_CLAP_IFS", "\n");
        let asked = asked.args(["--", "branchbook"]).args(line.split(' ')).output().unwrap();
        assert_eq!((asked.status.code(), asked.stderr.as_slice()), (Some(0), b"".as_slice()));
        String::from_utf8(asked.stdout).unwrap()
    };
    for shell in ["bash", "zsh"] {
        let departments = at(shell, 3, "fa --to ");
        let keys: Vec<&str> =
            departments.lines().map(|line| line.split(':').next().unwrap_or_default()).map(str::trim).collect();
        assert!(keys.contains(&"technology") && !keys.contains(&"add"), "{departments}");
        assert!(at(shell, 2, "fa --subj").starts_with("--subject"), "{}", at(shell, 2, "fa --subj"));
        assert!(!at(shell, 2, "fa ").contains("execution"), "{}", at(shell, 2, "fa "));
        // Also where something stands behind the cursor.
        assert!(at(shell, 2, "qs HAY05002 --by wu").starts_with("HAY05002"), "{}", at(shell, 2, "qs HAY05002 --by wu"));
    }
}

#[test]
fn what_is_offered_is_what_the_rule_takes() {
    let office = office();
    office.ok("contact sign HAY05002 --for technology --by wu");
    office.ok("contact reply HAY05001 --for technology --text 可以 --by wu");
    assert_eq!(words(&office, "contact reply "), ["HAY05002"]);
    let months = words(&Office::founded_on("2026-10-05"), "info report --department business --month ");
    assert_eq!(months, ["2026-10"]);
    let quoted = ship::after(QUOTED);
    assert_eq!(
        offered(&quoted, "ship award SHP26-001 --carrier "),
        [("恒通", "39,000.00"), ("顺达", "42,000.00")].map(|(carrier, price)| (carrier.to_owned(), price.to_owned()))
    );
}
