//! What the name of a file ends in decides what is written into it.

use std::fs;

use crate::office::Office;

/// An office with a form and an entry of user information.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok(
        "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --by wang",
    );
        office.ok(
            "info add --region 辽宁省 --equipment 球磨机 --need 两台 --department business --customer 甲厂 --by li",
        );
        office
    })
}

/// What a process writes to standard output and says, in the office's folder.
fn run(office: &Office, code: i32, line: &str) -> (String, String) {
    let output = office.process(line).current_dir(office.path(".")).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap().trim_end().to_owned();
    assert_eq!(output.status.code(), Some(code), "{line}: {said}");
    (String::from_utf8(output.stdout).unwrap(), said)
}

#[test]
fn a_known_ending_in_any_case_decides_the_format() {
    let office = office();
    for (name, format) in [
        ("a.csv", "csv"),
        ("a.Csv", "csv"),
        ("a.JSON", "json"),
        ("a.Jsonl", "jsonl"),
        ("a.HTM", "html"),
        ("a.Html", "html"),
        ("a.TXT", "table"),
        ("a.b.CSV", "csv"),
    ] {
        assert_eq!(run(&office, 0, &format!("contact list --output {name}")), (String::new(), String::new()));
        assert_eq!(office.read(name), run(&office, 0, &format!("contact list --format {format}")).0, "{name}");
        run(&office, 0, &format!("contact list --output {name} --format {format}"));
    }
    run(&office, 0, "contact list --output a.XLSX");
    assert!(fs::read(office.path("a.XLSX")).unwrap().starts_with(b"PK"));
}

#[test]
fn no_ending_is_taken_and_another_one_where_the_format_is_named() {
    let office = office();
    for (name, more, format) in [
        ("list", "", "table"),
        (".csv", "", "table"),
        ("list", "--format csv", "csv"),
        ("list.data", "--format json", "json"),
        ("list.page", "--format html", "html"),
    ] {
        run(&office, 0, &format!("contact list --output {name} {more}"));
        assert_eq!(office.read(name), run(&office, 0, &format!("contact list --format {format}")).0, "{name}");
    }
}

#[test]
fn another_ending_alone_is_refused_before_anything_is_read() {
    let office = office();
    let readings = "SELECT count(*) FROM reading";
    let before = office.count(readings);
    for name in ["x.doc", "x.xls", "x.docx", "x.ods", "x.XLSM", "x.csv.bak"] {
        for line in ["contact list", "info list", "show INF26-0001", "contact print HAY05001", "due", "verify"] {
            assert_eq!(
                run(&office, 2, &format!("{line} --output {name}")),
                (
                    String::new(),
                    format!(
                        "{name} ends in the name of no format; name a file that ends in txt, csv, json, jsonl, xlsx, html, htm, pdf, or add --format"
                    )
                )
            );
        }
        assert!(!office.path(name).exists());
    }
    assert_eq!(office.count(readings), before);
}

#[test]
fn an_ending_and_a_format_that_differ_are_refused() {
    let office = office();
    assert_eq!(
        run(&office, 2, "contact list --output a.xlsx --format csv").1,
        "a.xlsx would hold csv; name it so, or leave --format out"
    );
    assert!(!office.path("a.xlsx").exists());
}

#[test]
fn a_page_is_html_and_bad_rows_are_csv() {
    let office = office();
    for name in ["form.csv", "form.xlsx", "form.txt"] {
        let said = format!("{name} would hold html; name a file that ends in html, htm, pdf");
        assert_eq!(run(&office, 2, &format!("contact print HAY05001 --output {name}")).1, said);
        assert!(!office.path(name).exists());
    }
    run(&office, 0, "contact print HAY05001 --output form.HTM");
    office.file("old.csv", "key,name,department,role,from\n,无名,business,salesperson,2026-01-01\n");
    for name in ["bad.xlsx", "bad.pdf"] {
        let said = format!("{name} would hold csv; name a file that ends in csv, txt");
        assert_eq!(run(&office, 2, &format!("staff import old.csv --rejects {name}")).1, said);
        assert!(!office.path(name).exists());
    }
    run(&office, 1, "staff import old.csv --rejects bad.CSV");
    assert!(office.read("bad.CSV").contains("无名"));
}

#[test]
fn a_hyphen_is_standard_output() {
    let office = office();
    for line in ["contact list --format csv", "contact print HAY05001"] {
        assert_eq!(run(&office, 0, &format!("{line} --output -")), run(&office, 0, line));
    }
    office.file("old.csv", "key,name,department,role,from\n,无名,business,salesperson,2026-01-01\n");
    run(&office, 1, "staff import old.csv --rejects bad.csv");
    let (bad, said) = run(&office, 1, "staff import old.csv --rejects -");
    assert_eq!(bad, office.read("bad.csv"));
    assert!(!said.contains("the bad rows are in"), "{said}");
    assert_eq!(run(&office, 2, "report month 2026-09 --output -").1, "a pack is a folder; name a folder with --output");
    assert!(!office.path("-").exists());
}
