//! What a clerk types before having read anything: the other spelling of a month, a command of another room, an option by its title.

use crate::office::Office;

#[test]
fn a_month_is_taken_by_its_place_and_by_its_option() {
    let office = Office::staffed_since("2026-01-01").on("2026-11-02");
    for (one, other) in [
        ("report orders --month 2026-10", "report orders 2026-10"),
        ("info tally --month 2026-10", "info tally 2026-10"),
        ("contact list --month last", "contact list 上月"),
        (
            "report submit 2026-10 --to technology --received-by 孟 --dry-run",
            "report submit --month=2026-10 --to technology --received-by 孟 --dry-run",
        ),
        (
            "report submit 2026-10 --to technology --received-by 孟 --dry-run",
            "report submit --month 2026-10 --to technology --received-by 孟 --dry-run",
        ),
    ] {
        assert_eq!(office.ok(one), office.ok(other), "{other}");
    }
    // A word that is a text, and a number that an entry has, stay what they are.
    assert_eq!(office.run("find 2026-10").code, 0);
    assert_eq!(office.run("contact sign 2026-10 --by wu").code, 4);
}

#[test]
fn what_was_meant_is_said_of_a_command_or_an_option_that_is_not_there() {
    let office = Office::staffed_since("2026-01-01");
    for (line, meant) in [
        ("quota list", "'info quota'"),
        ("contact delete HAY05001", "'void', 'undo'"),
        ("config remove person", "'unset'"),
        ("project bounce PRJ26-001", "'reverse'"),
        ("project solve PRJ26-001 --solution 换油", "'--how <TEXT>'"),
        ("reception add --cost 2000", "'--planned-cost <YUAN>'"),
        ("project lead PRJ26-001 李娜", "'--person <PERSON>'"),
        ("contact add --subjct 图纸", "'--subject <SUBJECT>'"),
    ] {
        for language in ["en", "zh"] {
            let outcome = office.run(&format!("{line} --lang {language}"));
            assert_eq!(outcome.code, 2, "{line}");
            let meant = if language == "en" { meant.to_owned() } else { meant.replace('\'', "").replace(", ", "、") };
            assert!(outcome.err.contains(&meant), "{line}\n{}", outcome.err);
        }
    }
    // What is like nothing is not explained by what it is not.
    for line in ["info assign INF26-0001 --department business", "project reverse PRJ26-001 --voucher 1"] {
        let outcome = office.run(line);
        assert!(!outcome.err.contains("tip:") && !outcome.err.contains("--once"), "{line}\n{}", outcome.err);
    }
}

#[test]
fn a_number_that_is_not_there_is_answered_with_the_last_that_are_like_it() {
    let office = Office::staffed_since("2026-01-01").on("2026-10-08");
    for subject in ["甲", "乙", "丙", "丁"] {
        office.ok(&format!(
            "contact add --department business --kind pre-contract --to technology --subject {subject} --content x --by wang"
        ));
    }
    let told = office.run("contact sign HAY05006 --by wu").err;
    assert!(told.contains("did you mean HAY05004") && !told.contains("HAY05001"), "{told}");
    let told = office.run("contact sign 5003 --by wu").err;
    assert!(told.contains("did you mean HAY05003"), "{told}");
}

#[test]
fn a_roster_and_a_folder_of_copies_are_answered_with_what_to_write() {
    let office = Office::staffed_since("2026-01-01");
    let file = office.file("a.csv", "姓名,部门,职务\n张三,业务部,部门经理\n李四,业务部,老板\n");
    let told = office.run(&format!("staff import {file}")).err;
    assert!(told.contains("no column gives it; add one with a short name"), "{told}");
    assert!(told.contains("老板 is no role; the roles are: salesperson"), "{told}");
    let told = office.run(&format!("staff import {file} --lang zh")).err;
    assert!(told.contains("老板不是角色；角色有：业务员"), "{told}");
    let told = office.run("contact ledger --department 包头办事处").err;
    assert!(told.contains("did you mean baotou?"), "{told}");
    let folder = office.path("copies").display().to_string();
    office.ok(&format!("backup {folder}/"));
    let told = office.run(&format!("restore {folder}")).err;
    let last =
        format!("{folder} is a folder; name a copy in it, such as the last: branchbook restore {folder}/branchbook-");
    assert!(told.contains(&last), "{told}");
}

#[test]
fn a_file_that_is_typed_for_a_number_is_answered_with_its_option() {
    let told = Office::staffed().run("contact print f.html").err;
    assert_eq!(told, "there is no entry F.HTML; a file to be written is named with: --output FILE\n");
}
