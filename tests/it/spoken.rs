//! Whatever a person reads in Chinese or Korean is in it: no list, entry, form, page, workbook, help or refusal holds an English word
//! but names, commands with their options and keys, and codes.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use branchbook::language::Language;
use branchbook::register::{self, forms};
use branchbook::{cli, undo};

use crate::office::Office;

/// The facts of `walk.rs`, entered right.
const WALK: &str = include_str!("walk.txt");

/// Latin words that are the same in every language.
const CODES: &str = "branchbook csv json xlsx html pdf utf sqlite qr kg mm zh ko yy as asia shanghai seq desk zhou sn";

/// Such as stand in help and answers besides.
const KEYS: &str = "ls jsonl xls ods txt gb gbk big5 excel office cron sshd ssh shell sql id fen yuan none yes no on sha iso iana pager less man \
    local share bash zsh fish powershell auto always never day until name worked key role from os_user os login department daily weekly \
    monthly head encoding standard chromium chrome edge root zip unix tz log wal shm db file position quantity alias xian language \
    contract_amount received_on paid_on cleared_by cleared_on paid_cleared_by paid_cleared_on this";

/// What the walk leaves out.
const MORE: &str = "\
@ 2026-10-31
info quota set --person li --count 3 --from 2026-11 --by chen
@ 2026-12-05
report submit 2026-10 --to technology --received-by 吴工 --by chen
info notice warn li --month 2026-11 --by chen
project target set --department business --month 2026-12 --amount 500万 --by chen
rule holiday add 2027-01-01 --name 元旦 --by chen
staff deputy chen --person lin --from 2026-12-05 --until 2026-12-31 --by chen
series reserve business --count 2
asset count AST-0001 98765 --by zhou
asset count --close --by zhou";

/// A book with every kind of fact in it, on a day after its month.
pub(crate) fn office() -> &'static Office {
    static OFFICE: OnceLock<Office> = OnceLock::new();
    OFFICE.get_or_init(|| {
        let mut office = Office::staffed_since("2026-01-01");
        for line in WALK.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(day) = line.strip_prefix("@ ") {
                office = office.on(day);
                continue;
            }
            let words = shlex::split(line).unwrap();
            let right: Vec<&str> = words.iter().map(|word| word.split('|').next().unwrap()).collect();
            let outcome = office.words(&right);
            assert_eq!(outcome.code, 0, "{line}\n{}", outcome.err);
        }
        for line in MORE.lines() {
            match line.strip_prefix("@ ") {
                Some(day) => office = office.on(day),
                None => drop(office.ok(line)),
            }
        }
        let file = office.file("图纸.pdf", "x");
        office.ok(&format!("attach HAY05001 {file}"));
        office
    })
}

/// Words that are no English in a list or on a page: the codes, and what people wrote into the book.
pub(crate) fn written() -> BTreeSet<String> {
    let mut known: BTreeSet<String> = CODES.split_whitespace().map(str::to_owned).collect();
    let book = office().sql();
    for sql in [
        "SELECT key FROM person",
        "SELECT coalesce(os_login, '') FROM person",
        "SELECT key FROM figure",
        "SELECT host FROM journal",
        "SELECT refused FROM exception",
        "SELECT note FROM journal WHERE note IS NOT NULL",
        "SELECT value FROM journal, json_tree(journal.record) WHERE json_tree.type = 'text' AND value GLOB '*[^a-z -]*'",
    ] {
        let mut statement = book.prepare(sql).unwrap();
        for text in statement.query_map((), |row| row.get::<_, String>(0)).unwrap() {
            known.extend(words(&text.unwrap()));
        }
    }
    known
}

/// The same with what a line is typed with: commands, options, values and columns.
pub(crate) fn typed() -> BTreeSet<String> {
    fn grammar(command: &clap::Command, known: &mut BTreeSet<String>) {
        let mut take = |text: &str| known.extend(words(text));
        take(command.get_name());
        for argument in command.get_arguments() {
            argument.get_long().into_iter().for_each(&mut take);
            argument.get_value_names().into_iter().flatten().for_each(|name| take(name));
            argument.get_possible_values().iter().for_each(|value| take(value.get_name()));
            argument.get_default_values().iter().filter_map(|value| value.to_str()).for_each(&mut take);
        }
        command.get_subcommands().for_each(|verb| grammar(verb, known));
    }
    let mut known = written();
    known.extend(KEYS.split_whitespace().map(str::to_owned));
    let mut root = cli::command();
    root.build();
    grammar(&root, &mut known);
    known.extend(undo::of_the_office().flat_map(words));
    known.extend(register::ALL.iter().flat_map(|register| words(register.name)));
    for form in forms() {
        known.extend(form.options().flat_map(|field| words(field.name())));
        // What a file calls its columns.
        let columns = office().ok(&format!("{} list --format csv", form.register.name));
        known.extend(columns.lines().next().into_iter().flat_map(words));
    }
    let book = office().sql();
    for sql in ["SELECT state FROM state", "SELECT key FROM department"] {
        let mut statement = book.prepare(sql).unwrap();
        for text in statement.query_map((), |row| row.get::<_, String>(0)).unwrap() {
            known.extend(words(&text.unwrap()));
        }
    }
    known
}

/// The Latin words of a text in small letters, but for such as are all capitals and such as belong to a code.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !(c.is_ascii_alphanumeric() || "_.'@{}:/\\$~%=".contains(c)));
    let is_word = |word: &&str| {
        word.len() > 1
            && word.chars().all(|c| c.is_ascii_alphabetic() || c == '_' || c == '\'')
            && word.chars().any(|c| c.is_ascii_lowercase())
    };
    parts.map(|part| part.trim_matches(['.', ':', '\''])).filter(is_word).map(str::to_lowercase).collect()
}

/// A page as it is read: without its marks and styles.
pub(crate) fn read(page: &str) -> String {
    let mut text = String::new();
    for part in page.split('<').skip(1) {
        let (tag, behind) = part.split_once('>').unwrap_or((part, ""));
        if !tag.starts_with("style") {
            text.push_str(behind);
            text.push(' ');
        }
        for label in ["alt=\"", "title=\"", "aria-label=\""] {
            text.push_str(tag.split_once(label).and_then(|(_, said)| said.split('"').next()).unwrap_or(""));
            text.push(' ');
        }
    }
    text
}

/// The headings of the tables of a page.
fn headings(page: &str) -> String {
    let cells = page.split("<th").skip(1).filter_map(|cell| cell.split_once('>')?.1.split("</th>").next());
    cells.map(|cell| read(&format!("<td>{cell}"))).collect::<Vec<_>>().join(" ")
}

/// What is English in a text.
fn english(text: &str, known: &BTreeSet<String>) -> BTreeSet<String> {
    // Commands to type stand to the end of their line, cell or sentence.
    let typed = |line: &str| line.split("branchbook ").next().unwrap_or_default().to_owned();
    let cells = text.lines().flat_map(|line| line.split('│')).map(typed);
    cells.flat_map(|cell| words(&cell)).filter(|word| !known.contains(word)).collect()
}

pub(crate) fn tell(faults: &mut Vec<String>, what: &str, text: &str, known: &BTreeSet<String>) {
    let english = english(text, known);
    if !english.is_empty() {
        faults.push(format!("{what}: {english:?}"));
    }
}

/// The lists of a month, each with something in it.
pub(crate) const LISTS: [&str; 62] = [
    "",
    "due",
    "approvals",
    "find 矿业",
    "journal",
    "verify",
    "series list",
    "series audit",
    "config list",
    "report info --month 2026-10",
    "report info --month 2026-10 --by-person",
    "report orders --month 2026-10",
    "report orders --month 2026-10 --by product",
    "report exceptions --month 2026-10",
    "report exceptions",
    "report recipients",
    "report reviews",
    "report decisions --month 2026-10",
    "report late --month 2026-10",
    "report taken-back --month 2026-10",
    "report collection --month 2026-11",
    "info list",
    "info tally --month 2026-10",
    "info quota list",
    "info route list",
    "info grants",
    "info notice list",
    "info passed-on",
    "info access",
    "contact list",
    "contact ledger --department business",
    "contact outstanding",
    "project list",
    "project payments",
    "project payments --aging",
    "project problems --all",
    "project monitored",
    "project target list",
    "project blockers PRJ26-003",
    "project file PRJ26-001",
    "project blockers PRJ26-001",
    "reception list",
    "reception day",
    "gift list",
    "gift catalog list",
    "gift inspected",
    "fee list",
    "asset list",
    "asset held",
    "asset damages",
    "asset inspected",
    "asset stocktake",
    "asset stocktake 1 --all",
    "ship list",
    "ship compare SHP26-001",
    "staff list --all",
    "staff show li",
    "staff deputies",
    "department list",
    "rule list",
    "rule history contact.reply_days",
    "rule holiday list",
];

#[test]
fn no_list_in_chinese_or_korean_has_an_english_word() {
    let (office, written, typed, mut faults) = (office(), written(), typed(), Vec::new());
    // What is typed stands in them: names of settings, keys of departments and series, commands.
    let keyed = |line: &str| {
        ["config list", "series list", "department list", "info access", "journal", "rule list"]
            .iter()
            .any(|list| line.starts_with(list))
    };
    let known = |line: &str| if keyed(line) { &typed } else { &written };
    for language in ["zh", "ko"] {
        for line in LISTS {
            let outcome = office.run(&format!("{line} --lang {language}"));
            assert_eq!(
                (outcome.code % 5, outcome.err.contains("branchbook help")),
                (0, false),
                "{line}: {}",
                outcome.err
            );
            tell(&mut faults, &format!("{line} --lang {language}"), &(outcome.out + &outcome.err), known(line));
        }
        for line in LISTS.iter().filter(|line| !["", "verify", "config list"].contains(line)) {
            let page = office.run(&format!("{line} --format html --lang {language}")).out;
            tell(&mut faults, &format!("{line} --format html --lang {language}"), &read(&page), known(line));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The number and the register of every entry.
fn entries() -> Vec<(String, String)> {
    let book = office().sql();
    let mut statement = book.prepare("SELECT number, register FROM entry ORDER BY number").unwrap();
    statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

#[test]
fn no_entry_and_no_form_in_chinese_or_korean_has_an_english_word() {
    let (office, known, mut faults) = (office(), written(), Vec::new());
    for language in ["zh", "ko"] {
        for (number, register) in entries() {
            let mut looks = vec![format!("show {number}"), format!("history {number}")];
            if !["info", "asset"].contains(&register.as_str()) {
                looks.push(format!("{register} print {number}"));
            }
            if register == "asset" {
                looks.extend([format!("asset handover {number}"), format!("asset print {number}")]);
            }
            if register == "project" {
                looks.extend([format!("project file {number}"), format!("project blockers {number}")]);
            }
            for line in looks {
                let outcome = office.run(&format!("{line} --lang {language}"));
                let said = if outcome.out.starts_with('<') { read(&outcome.out) } else { outcome.out };
                tell(&mut faults, &format!("{line} --lang {language}"), &(said + &outcome.err), &known);
            }
        }
        for line in ["contact print --reserved --department business", "asset stocktake print 1", "info notice print 1"]
        {
            let outcome = office.run(&format!("{line} --lang {language}"));
            tell(&mut faults, &format!("{line} --lang {language}"), &(read(&outcome.out) + &outcome.err), &known);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What an entry does not take is refused in the language, by whatever rule.
#[test]
fn no_refusal_in_chinese_or_korean_has_an_english_word() {
    let (office, known, mut faults, mut refusals) = (office(), typed(), Vec::new(), 0);
    for language in ["zh", "ko"] {
        for (number, register) in entries() {
            let form = forms().find(|form| form.register.name == register).unwrap();
            let decided = form.decisions().map(|decision| decision.name);
            let verbs = form.steps().map(|step| step.name).chain(decided).filter(|verb| *verb != "add");
            for line in verbs.chain(["void", "undo", "reopen"]).map(|verb| format!("{register} {verb} {number}")) {
                for more in ["", " --by li --reason 甲"] {
                    let outcome = office.run(&format!("{line}{more} --dry-run --lang {language}"));
                    refusals += usize::from(outcome.code > 2);
                    tell(&mut faults, &format!("{line}{more} --lang {language}"), &outcome.err, &known);
                }
            }
        }
    }
    assert!(faults.is_empty() && refusals > 200, "{refusals} refusals; {}", faults.join("\n"));
}

/// A heading is written by nobody: it has no word that somebody wrote into the book either.
#[test]
fn no_heading_in_chinese_or_korean_has_an_english_word() {
    let (office, mut faults) = (office(), Vec::new());
    let codes = CODES.split_whitespace().map(str::to_owned).collect();
    let lists = LISTS.iter().filter(|line| !["", "verify", "config list"].contains(line)).map(ToString::to_string);
    let lines: Vec<String> = lists.chain(entries().into_iter().map(|(number, _)| format!("show {number}"))).collect();
    for language in ["zh", "ko"] {
        for line in &lines {
            let page = office.ok(&format!("{line} --format html --lang {language}"));
            tell(&mut faults, &format!("{line} --lang {language}"), &headings(&page), &codes);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What is entered is answered in the language, with what is to be known besides.
#[test]
fn no_answer_in_chinese_or_korean_has_an_english_word() {
    let (known, mut faults) = (written(), Vec::new());
    for language in ["zh", "ko"] {
        let mut office = Office::staffed_since("2026-01-01");
        for line in WALK.lines().chain(MORE.lines()).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(day) = line.strip_prefix("@ ") {
                office = office.on(day);
                continue;
            }
            let words = shlex::split(line).unwrap();
            let right = words.iter().map(|word| word.split('|').next().unwrap());
            let outcome = office.words(&right.chain(["--lang", language]).collect::<Vec<_>>());
            let said = outcome.out + &outcome.err;
            // An option is typed, and so is what stands behind it.
            let typed =
                |line: &str| line.split(' ').filter(|word| !word.starts_with("--")).collect::<Vec<_>>().join(" ");
            let said: Vec<String> = said.lines().map(typed).collect();
            tell(&mut faults, &format!("{line} --lang {language}"), &said.join("\n"), &known);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Q29: what a person reads names people; keys stand in what is typed alone.
#[test]
fn no_answer_names_a_person_by_their_key() {
    let mut office = Office::staffed_since("2026-01-01");
    let keys: BTreeSet<String> = office
        .exported("staff list")
        .lines()
        .skip(1)
        .filter_map(|row| row.split(',').next().map(str::to_owned))
        .collect();
    let mut told = Vec::new();
    for line in WALK.lines().chain(MORE.lines()).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(day) = line.strip_prefix("@ ") {
            office = office.on(day);
            continue;
        }
        let words = shlex::split(line).unwrap();
        let right: Vec<&str> = words.iter().map(|word| word.split('|').next().unwrap()).collect();
        let outcome = office.words(&right);
        for answer in outcome.out.lines().chain(outcome.err.lines()) {
            // Behind a command stand what is typed, and in front of the number's colon what was entered.
            let said = answer.split("branchbook ").next().unwrap_or_default();
            let said = said.split_once(": ").map_or(said, |(_, said)| said);
            let mut each = said.split(|c: char| !c.is_alphanumeric() && c != '-');
            // Who made the book is called as their login.
            if let Some(key) = each.find(|word| *word != "clerk" && keys.contains(*word)) {
                told.push(format!("{key} in: {answer}"));
            }
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn what_can_be_given_is_called_as_lists_call_it_and_what_the_system_says_is_translated() {
    let office = Office::staffed().speaking(Language::Zh);
    let said = office.refused(2, "reception add --kind 参观");
    assert!(said.contains("催生产进度（progress）、催交货（delivery）"), "{said}");
    let said = office.refused(2, "project receive PRJ26-001 --kind 货款");
    assert!(said.contains("进度款（progress）、提货款（delivery）"), "{said}");
    let said = office.refused(2, "info close INF26-0001 --won --outcome 一 --reason 二");
    assert!(said.contains("--reason <REASON> 重复填写"), "{said}");
    let file = office.path("无.txt");
    let said = office.run(&format!(
        "contact add -d business -k execution -t technology -s 一 -b wang --content @{}",
        file.display()
    ));
    assert!(said.err.contains("没有此文件或文件夹"), "{}", said.err);
}
