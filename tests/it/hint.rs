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
        ("project lead PRJ26-001 李娜", "--person <PERSON>"),
        ("contact add --subjct 图纸", "'--subject <SUBJECT>'"),
        ("conatct list", "'contact'"),
        ("project plan PRJ26-001 --by-date 2026-11-01", "'--due <DATE>'"),
        ("asset issue AST-0001 --back-day 2026-11-01", "'--back-by <DATE>'"),
        ("asset issue AST-0001 --person li", "'--to <PERSON>'"),
        ("department amend business --zh 商务部 --reason 改名", "branchbook department rename"),
        ("info route add --department shandong", "'--to <DEPARTMENT>'"),
        ("info assign INF26-0001 --department business", "'--to <DEPARTMENT>'"),
    ] {
        for language in ["en", "zh"] {
            let outcome = office.run(&format!("{line} --lang {language}"));
            assert_eq!(outcome.code, 2, "{line}");
            let meant = if language == "en" { meant.to_owned() } else { meant.replace('\'', "").replace(", ", "、") };
            assert!(outcome.err.contains(&meant), "{line}\n{}", outcome.err);
        }
    }
    // What is like nothing is not explained by what it is not.
    let told = office.run("project reverse PRJ26-001 --voucher 1").err;
    assert!(!told.contains("tip:") && !told.contains("--once"), "{told}");
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

#[test]
fn what_is_like_nothing_is_answered_with_nothing() {
    let office = Office::staffed();
    for line in
        ["project instalments PRJ26-001 --part 30", "history HAY05001 --last 2", "asset issue AST-0001 --quick x"]
    {
        let told = office.run(line).err;
        assert!(told.contains("unexpected argument") && !told.contains("similar"), "{line}: {told}");
    }
}

#[test]
fn one_of_several_numbers_that_is_refused_says_that_none_was_entered() {
    let office = Office::staffed();
    for subject in ["一", "二"] {
        office.ok(&format!("contact add --department business --kind pre-contract --to technology --subject {subject} --content x --by wang"));
    }
    office.ok("contact sign HAY05001 --by wu");
    let told = office.refused(3, "contact archive HAY05001 HAY05002 --contract 2026-A1 --by he");
    assert!(told.ends_with("; nothing was entered of any of the 2 numbers"), "{told}");
    let told = office.refused(3, "contact archive HAY05002 --contract 2026-A1 --by he");
    assert!(!told.contains("nothing was entered"), "{told}");
}

#[test]
fn parts_of_a_name_several_parties_and_an_hour_are_answered_with_what_to_type() {
    let office = Office::staffed();
    let add = "contact add --department business --kind pre-contract --subject a --content b";
    let told = office.refused(4, &format!("{add} --to technology --by 建国"));
    assert!(told.contains("did you mean 王建国"), "{told}");
    assert_eq!(
        office.refused(2, &format!("{add} --to technology,quality --by wang")),
        "technology,quality is more than one party; give each by an option of its own: --to technology --to quality"
    );
    let told = office.refused(2, &format!("{add} --to technology --by wang --on \"2026-10-07 09:00\""));
    assert!(told.contains("`2026-10-07 09:00` has an hour; type the day alone: 2026-10-07"), "{told}");
    assert_eq!(office.ok("reception day 2026-10-22"), office.ok("reception day --on 2026-10-22"));
}

#[test]
fn an_option_with_the_dashes_of_an_input_method_is_told() {
    let office = Office::staffed();
    office
        .ok("contact add --department business --kind pre-contract --to technology --subject a --content b --by wang");
    for (typed, meant) in [("——by", "--by"), ("－－by", "--by"), ("—b", "-b")] {
        assert_eq!(
            office.refused(2, &format!("contact sign HAY05001 {typed} wu")),
            format!("{typed} begins with no hyphen; type an option with hyphens: {meant}")
        );
    }
    // What an option takes may begin so.
    office.ok("contact sign HAY05001 --by wu");
    office.ok("contact reply HAY05001 --by wu --text ——ok");
}
