//! Duties that no register has to itself: what the departments do for each other (R1), the files of user information (R2.1), and the
//! statistics for the leaders (R5.1).

use crate::collected::{Collected, LI, collect};
use crate::office::Office;

#[test]
fn r1_the_technology_section_converts_external_drawings_by_a_contact_form() {
    let office = Office::staffed();
    office.ok("project add --department business --customer 包钢 --title 球磨机 --by wang");
    office.ok("contact add --department business --kind pre-contract --to technology --subject 外来图纸转化 --content 请将设计院图纸转化为我厂图纸 --project PRJ26-001 --by wang");
    office.ok("contact sign HAY05001 --for technology --by wu");
    let due = |office: &Office| office.ok("due --department technology --format csv").contains("HAY05001");
    let office = office.on("2026-10-12");
    assert!(due(&office), "the section is waited for");
    office.ok("contact reply HAY05001 --by wu --text 已转化，图号LN-26-31");
    assert!(!due(&office));
    office.ok("contact archive HAY05001 --project PRJ26-001");
    assert!(office.ok("project papers PRJ26-001").contains("外来图纸转化"));
    assert!(office.ok("contact show HAY05001").contains("图号LN-26-31"));
}

#[test]
fn r2_1_every_departments_information_is_in_the_files_of_general_management() {
    let office = Office::staffed().on("2026-10-20");
    for (department, person) in [("business", "li"), ("baotou", "zhao"), ("foreign-trade", "qian")] {
        collect(&office.sql(), Collected { person, department, ..LI });
    }
    let office = office.on("2026-10-30");
    for (department, manager) in [("business", "wang"), ("baotou", "zhao"), ("foreign-trade", "qian")] {
        office.ok(&format!("info report --department {department} --month 2026-10 --by {manager}"));
    }
    let refused = office.refused(3, "info file --month 2026-10 --by wang");
    assert!(refused.starts_with("R2.2: filing user information is for the clerk"), "{refused}");
    office.ok("info file --month 2026-10 --place 2026年第10卷");
    let files = office.ok("info list --state filed --format csv");
    for department in ["business", "baotou", "foreign-trade"] {
        let of_book = |row: &&str| row.contains(department) && row.contains("2026年第10卷");
        assert_eq!(files.lines().filter(of_book).count(), 1, "{department}: {files}");
    }
}

#[test]
fn r5_1_the_figures_of_every_register_stand_on_one_page_for_the_leaders() {
    let office = Office::staffed().on("2026-11-02");
    office.ok(&format!("report month 2026-10 --output {}", office.path("packs").display()));
    let page = office.read("packs/2026-10/month-end.html");
    for figure in [
        "contact forms issued",
        "user information",
        "projects opened",
        "contracts signed",
        "orders, in yuan",
        "collection plan, in yuan",
        "payments received, in yuan",
        "receptions",
        "gifts bought",
        "fees paid",
        "shipments sent",
    ] {
        assert!(page.contains(figure), "{figure}");
    }
}

#[test]
fn q31_a_verb_that_was_called_otherwise_is_understood_by_both_names_and_shown_by_one() {
    let office = Office::staffed();
    office.ok("project add --department business --customer 包钢 --title 磨机 --by wang");
    for room in ["project", "contact"] {
        assert_eq!(
            office.ok(&format!("{room} file PRJ26-001")),
            office.ok(&format!("{room} papers PRJ26-001")),
            "{room}"
        );
        for lang in ["en", "zh", "ko"] {
            let help = office.run(&format!("{room} --help --lang {lang}")).out;
            assert!(help.contains("  papers") && !help.contains("  file "), "{help}");
        }
    }
    assert!(office.run("info --help").out.contains("  file "), "which writes");
}
