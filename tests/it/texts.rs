//! Texts that a line names instead of saying them: standard input, files, and those that begin with a dash or an at sign (R2.4, Q6).

use std::process::Output;

use branchbook::desk::Surroundings;

use crate::office::Office;

const ADD: &str = "contact add --department business --kind execution --to technology --subject 图纸 --by wang";

fn content(office: &Office) -> String {
    let newest = "SELECT content FROM contact ORDER BY entry DESC LIMIT 1";
    office.sql().query_row(newest, (), |row| row.get(0)).unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim_end().to_owned()
}

#[test]
fn a_text_is_read_from_standard_input_and_a_dash_is_never_stored() {
    let office = Office::staffed();
    let given = office.fed(&format!("{ADD} --content -"), "\u{feff}第一行\r\n第二行\r\n\r\n");
    assert!(given.status.success(), "{}", said(&given));
    assert_eq!(content(&office), "第一行\n第二行");
    let empty = office.fed(&format!("{ADD} --content -"), "\n");
    assert_eq!(
        (empty.status.code(), said(&empty).as_str()),
        (Some(2), "--content: there is nothing in standard input")
    );
    let twice = office.fed("contact amend HAY05001 --content - --reason - --by wang", "x");
    assert_eq!(said(&twice), "standard input is one text, and was named twice; take @FILE for one of them");
    let corrected = office.fed("contact amend HAY05001 --content=- --reason 改 --by wang", "改过的");
    assert!(corrected.status.success(), "{}", said(&corrected));
    assert_eq!(content(&office), "改过的");
}

#[test]
fn a_text_is_read_from_a_file_and_what_is_wrong_with_it_names_option_and_file() {
    let office = Office::staffed();
    let file = office.file("页.txt", "\u{feff}三台\r\n@不是文件\r\n");
    office.ok(&format!("{ADD} --content @{file}"));
    assert_eq!(content(&office), "三台\n@不是文件");
    office.ok(&format!("{ADD} --subject 二 --content @@home").replace("--subject 图纸 ", ""));
    assert_eq!(content(&office), "@home");
    let refused = |code, name: &str, bytes: &[u8], why: &str| {
        let file = office.file(name, bytes);
        let said = office.refused(code, &format!("{ADD} --content @{file}"));
        assert!(said.starts_with(&format!("--content: {file} {why}")), "{said}");
    };
    refused(2, "gbk.txt", b"\xb0\xb2", "is no UTF-8 at byte 1");
    refused(2, "long.txt", "字".repeat(30_000).as_bytes(), "holds more than a text can, which is 64 KiB");
    let empty = office.file("empty.txt", "\r\n");
    let said = office.refused(2, &format!("{ADD} --content @{empty}"));
    assert_eq!(said, format!("--content: there is nothing in {empty}"));
    let gone = office.refused(1, &format!("{ADD} --content @{}", office.path("gone").display()));
    assert!(gone.contains("--content: ") && gone.contains("gone cannot be read"), "{gone}");
    let folder = office.refused(1, &format!("{ADD} --content @{}", office.path("").display()));
    assert!(folder.contains("is a folder"), "{folder}");
}

#[test]
fn a_text_that_begins_with_a_dash_is_taken_and_an_option_stays_one() {
    let office = Office::staffed();
    for (subject, text) in [("一", "-40℃"), ("二", "-40"), ("三", "- 甲\n- 乙"), ("四", "-")] {
        let text = if text == "-" { "--content=--" } else { text };
        let given: &[&str] = if text.starts_with("--content") { &[text] } else { &["--content", text] };
        let kind = ["contact", "add", "--department", "business", "--kind", "execution", "--to", "technology"];
        let outcome = office.words(&[&kind[..], &["--subject", subject], given, &["--by", "wang"]].concat());
        assert_eq!(outcome.code, 0, "{text}: {}", outcome.err);
        assert_eq!(content(&office), text.trim_start_matches("--content="));
    }
    let lost = office.refused(2, &format!("{ADD} --content --subjekt"));
    assert_eq!(
        lost,
        "--subjekt behind --content is no option, and looks like one; if it is the text, type --content=--subjekt"
    );
    office.ok(&format!("{ADD} --content=--subjekt").replace("图纸", "又"));
    assert_eq!(content(&office), "--subjekt");
    let without = office.refused(2, &format!("{ADD} --content --quiet"));
    assert_eq!(
        without,
        "--content is given without its text; type it behind --content, or take - for standard input or @FILE"
    );
    assert_eq!(office.refused(2, &format!("{ADD} --content")), without);
}

/// A dash alone is standard input for a line as well, and an at sign begins one; what looks like an option is named with the way to type it.
#[test]
fn a_line_reads_standard_input_and_never_keeps_a_dash() {
    let office = Office::staffed();
    let form = "contact add -d business -k execution -t technology -b wang";
    let given = office.fed(&format!("{form} -c x -s -"), "电机图纸\n");
    assert!(given.status.success(), "{}", said(&given));
    assert_eq!(office.count("SELECT count(*) FROM contact WHERE subject = '电机图纸'"), 1);
    let twice = office.fed(&format!("{form} --content - --subject -"), "x");
    assert_eq!(said(&twice), "standard input is one text, and was named twice; take @FILE for one of them");
    office.ok(&format!("{form} -c x -s @home"));
    assert_eq!(office.count("SELECT count(*) FROM contact WHERE subject = '@home'"), 1);
    for (typed, named) in [("-s -rev2", "--subject=-rev2"), ("-s -b轴承", "--subject=-b轴承")] {
        let refused = office.refused(2, &format!("{form} -c x {typed}"));
        let word = typed.split(' ').nth(1).unwrap();
        assert_eq!(
            refused,
            format!("{word} behind --subject is no option, and looks like one; if it is the text, type {named}")
        );
        office.ok(&format!("{form} -c x {named}"));
    }
    // What has a place of its own needs no option: as it is, or behind two dashes.
    assert!(office.ok("find -40℃").ends_with(": none\n"));
    let refused = office.refused(2, "find -rev2");
    assert!(refused.contains("if it is no option, type: branchbook find -- -rev2"), "{refused}");
    assert!(office.ok("find -- -rev2").contains("1 row"));
}

/// The same of what is one line, such as a subject or a place, by its long name and its letter.
#[test]
fn a_line_that_begins_with_a_dash_is_taken() {
    let office = Office::staffed();
    let form = "contact add -d business -k execution -t technology -c x -b wang";
    for (option, number) in
        [("--subject '-40℃ 试验'", "HAY05001"), ("-s '-40℃ 试验 2'", "HAY05002"), ("-s-5", "HAY05003")]
    {
        office.ok(&format!("{form} {option}"));
        let subject =
            format!("SELECT subject LIKE '-%' FROM contact JOIN entry ON id = entry WHERE number = '{number}'");
        assert_eq!(office.count(&subject), 1, "{option}");
    }
    office.ok(
        "info add --department business --customer -40℃冷库 --region -辽宁 --equipment '- 破碎机' --need x --by wang",
    );
    office.refused(2, &format!("{form} --subject --contnt"));
    office.refused(2, &format!("{form} --subject -x"));
    assert_eq!(
        office.refused(2, "staff move li --department baotou --from -5x --by chen").lines().next(),
        Some(
            "error: invalid value '-5x' for '--from <DATE>': `-5x` is not a day; type the day as 2026-11-22, 11-22, yesterday, -2d or last friday"
        )
    );
}

#[test]
fn q6_over_ssh_a_text_is_no_file_and_opens_no_editor() {
    let office = Office::staffed();
    let surroundings = Surroundings {
        keyed: Some("zhou".to_owned()),
        interactive: true,
        editor: Some(vec!["/bin/true".to_owned()]),
        login: "books/zhou".to_owned(),
        ..office.surroundings()
    };
    let over = office.with_surroundings(surroundings);
    let file = office.file("page.txt", "x");
    assert!(over.refused(3, &format!("{ADD} --content @{file}")).starts_with("R2.4: no file"));
    assert_eq!(
        over.refused(2, &format!("{ADD} --content")),
        "--content is given without its text; type it behind --content, or take - for standard input"
    );
    let lines = Surroundings { has_lines: true, keyed: Some("zhou".to_owned()), ..office.surroundings() };
    assert_eq!(
        office.with_surroundings(lines).refused(2, &format!("{ADD} --content -")),
        "--content: standard input has the command lines here; type the text behind --content"
    );
}

/// The rule is the kind's: every text of every form, and no line, may be named.
#[test]
fn every_text_of_every_form_may_be_named() {
    use branchbook::register::field::Kind;
    use branchbook::register::forms;
    let mut texts = 0;
    for form in forms() {
        let office = Office::staffed();
        for step in form.steps() {
            for field in step.fields.iter().filter(|field| matches!(field.kind, Kind::Text)) {
                let option = field.typed_as(branchbook::register::option::At::Step);
                let line = format!("{} {} --{option} @/no/such/file", form.register.name, step.name);
                let said = office.run(&line);
                assert!(
                    said.err.contains(&format!("--{option}: /no/such/file cannot be read")),
                    "{line}: {}",
                    said.err
                );
                texts += 1;
            }
        }
    }
    assert!(texts > 20, "{texts}");
}
