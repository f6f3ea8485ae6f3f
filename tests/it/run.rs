//! Many command lines in one process: what they enter is what each would have entered alone, all of it or none.

use branchbook::desk::Surroundings;
use insta::assert_snapshot;
use proptest::prelude::*;
use proptest::sample::subsequence;

use crate::office::Office;

const ADD: &str = "contact add --department business --kind execution --to technology --content 一 --by wang --subject";

/// Lines of every kind: entered, decided, read, of the office itself, declared by others, and refused.
const LINES: [&str; 17] = [
    "contact add --department business --kind execution --to technology --subject 甲 --content 一 --by wang",
    "branchbook contact add -q --department business --kind execution --to general --subject 乙 --content \"- 二\" --by wang",
    "contact sign HAY05001 --by wu",
    "contact reply HAY05001 --reply 好 --by wu --on 2026-10-08",
    "contact amend HAY05001 --subject 丙 --reason 笔误 --by wang # 更正",
    "contact void HAY05002 --reason 重复 --by wang",
    "undo HAY05002 --reason 错 --by wang",
    "contact add --department nowhere --kind execution --to general --subject 丁 --content 四",
    "info add --department business --customer 鞍钢 --region 辽宁省 --equipment 球磨机 --need 两台 --by li",
    "info list --as wang",
    "info show INF26-0001",
    "staff add xin --name 新来 --department business --role member --from 2026-10-01 --by chen",
    "staff rename wang 王建 --on 2026-10-08 --by chen",
    "contact add --department business --kind execution --to technology --subject 戊 --content 五 --by xin --as zhou",
    "asset add --name 笔记本电脑 --department general --price 7999 --bought-on 2026-03-08 --keeper zhou --once k1",
    "asset add --name 笔记本电脑 --department general --price 7999 --bought-on 2026-03-08 --keeper zhou --once k1",
    "reception add --department business --unit 包钢 --arrive 2026-10-20 --visitor 王工;工程师 --purpose 监造 --schedule 看 --by li",
];

fn alone(office: &Office, lines: &[&str]) -> Vec<(u8, String)> {
    lines
        .iter()
        .map(|line| office.run(line.trim_start_matches("branchbook ").split(" #").next().unwrap()))
        .map(|outcome| (outcome.code, outcome.out))
        .collect()
}

/// All rows of the book, but for what the system's clock said.
fn rows(office: &Office) -> String {
    let book = office.sql();
    let chained = ["journal", "reading"].map(|table| {
        let mut columns = book.prepare(&format!("SELECT name FROM pragma_table_info('{table}')")).unwrap();
        let columns: Vec<String> = columns.query_map((), |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let kept = columns.into_iter().filter(|column| !["clock_at", "hash"].contains(&column.as_str()));
        let shown = kept.collect::<Vec<_>>().join(" || '|', ");
        let mut rows = book.prepare(&format!("SELECT concat({shown}) FROM {table} ORDER BY id")).unwrap();
        let rows: Vec<String> = rows.query_map((), |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        rows.join("\n")
    });
    office.dump(&["journal", "reading"]) + &chained.join("\n")
}

/// The rows that only one of two books has.
fn apart_in(one: &str, other: &str) -> Vec<String> {
    let only = |these: &str, those: &str| {
        these.lines().filter(|row| !those.lines().any(|known| known == *row)).map(str::to_owned).collect::<Vec<_>>()
    };
    [only(one, other), only(other, one)].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_run_of_lines_is_each_of_them_alone(lines in subsequence(LINES.to_vec(), 1..=LINES.len())) {
        let office = Office::staffed();
        let (apart, each, all) = (office.copy(), office.copy(), office.copy());
        let outcomes = alone(&apart, &lines);
        let said: String = outcomes.iter().filter(|(code, _)| *code == 0).map(|(_, out)| out.as_str()).collect();
        let file = office.file("lines.txt", lines.join("\n"));
        let kept = each.run(&format!("run {file} --each --keep-going"));
        let refused = outcomes.iter().map(|(code, _)| *code).find(|code| *code != 0).unwrap_or(0);
        prop_assert_eq!((kept.code, &kept.out), (refused, &said), "{}", kept.err);
        prop_assert_eq!(apart_in(&rows(&each), &rows(&apart)), [""; 0]);
        prop_assert!(each.run("verify").code == 0);

        let before = rows(&all);
        let whole = all.run(&format!("run {file}"));
        prop_assert_eq!(whole.code, refused, "{}", whole.err);
        if refused == 0 {
            prop_assert_eq!(&whole.out, &said);
            prop_assert_eq!(apart_in(&rows(&all), &rows(&apart)), [""; 0]);
        } else {
            prop_assert_eq!(whole.out.as_str(), "");
            prop_assert_eq!(apart_in(&rows(&all), &before), [""; 0]);
            let good: Vec<&str> = lines.iter().zip(&outcomes).filter(|(_, (code, _))| *code == 0).map(|(line, _)| *line).collect();
            let file = office.file("good.txt", good.join("\n"));
            let whole = all.run(&format!("run {file}"));
            prop_assert_eq!((whole.code, &whole.out), (0, &said), "{}", whole.err);
            prop_assert_eq!(apart_in(&rows(&all), &rows(&apart)), [""; 0]);
        }
    }
}

#[test]
fn the_first_refusal_takes_all_back_and_names_its_line() {
    let office = Office::staffed();
    let file =
        office.file("lines.txt", format!("# 十月\n\n{ADD} 一\n{ADD} 二\ncontact sign HAY05009 --by wu\n{ADD} 三\n"));
    assert_snapshot!(office.refused(4, &format!("run {file}")), @r#"
        line 5: there is no entry HAY05009; did you mean HAY05002 "二" to technology of 2026-10-08 or HAY05001 "一" to technology of 2026-10-08? look for it with: branchbook find TEXT
        nothing was entered: all lines are one change
        "#);
    let each = office.run(&format!("run {file} --each"));
    assert_eq!(each.code, 4);
    assert_snapshot!(format!("{}{}", each.out, each.err), @r#"
        HAY05001: issued on 2026-10-08 to technology, reply wanted by 2026-10-13
        HAY05002: issued on 2026-10-08 to technology, reply wanted by 2026-10-13
        line 5: there is no entry HAY05009; did you mean HAY05002 "二" to technology of 2026-10-08 or HAY05001 "一" to technology of 2026-10-08? look for it with: branchbook find TEXT
        the lines before it stand, those behind it were not carried out
        "#);
    assert_eq!(office.count("SELECT count(*) FROM contact"), 2);
    let going = office.run(&format!("run {file} --each --keep-going --format jsonl"));
    assert_eq!(going.code, 4);
    assert_snapshot!(format!("{}{}", going.out, going.err), @r#"
        {"line":3,"number":"HAY05003","answer":"HAY05003: issued on 2026-10-08 to technology, reply wanted by 2026-10-13"}
        {"line":4,"number":"HAY05004","answer":"HAY05004: issued on 2026-10-08 to technology, reply wanted by 2026-10-13"}
        {"line":5,"code":4,"refused":"there is no entry HAY05009; did you mean HAY05004 \"二\" to technology of 2026-10-08 or HAY05003 \"一\" to technology of 2026-10-08 or HAY05002 \"二\" to technology of 2026-10-08? look for it with: branchbook find TEXT"}
        {"line":6,"number":"HAY05005","answer":"HAY05005: issued on 2026-10-08 to technology, reply wanted by 2026-10-13"}
        HAY05001 of the same day and person says the same; where it was entered twice: branchbook contact void HAY05003 --reason REASON
        HAY05002 of the same day and person says the same; where it was entered twice: branchbook contact void HAY05004 --reason REASON
        line 5: there is no entry HAY05009; did you mean HAY05004 "二" to technology of 2026-10-08 or HAY05003 "一" to technology of 2026-10-08 or HAY05002 "二" to technology of 2026-10-08? look for it with: branchbook find TEXT
        refused: 1 of 4 lines; the others stand
        "#);
    let open = office.file("open.txt", format!("{ADD} 一\ncontact list --text \"鞍钢\n"));
    assert_snapshot!(office.refused(2, &format!("run {open}")), @r#"
        line 2: a quote is never closed in: contact list --text "鞍钢
        nothing was entered: all lines are one change
        "#);
}

#[test]
fn answers_of_lists_have_the_number_of_their_line() {
    let office = Office::staffed();
    let file = office.file(
        "lines.txt",
        format!("{ADD} 一 --quiet\ncontact list --columns number,subject\nseries list --format csv\n"),
    );
    let said = office.ok(&format!("run {file} --format jsonl"));
    assert_snapshot!(said.lines().take(4).collect::<Vec<_>>().join("\n"), @r#"
        {"line":1,"text":"HAY05001"}
        {"line":2,"number":"HAY05001","subject":"一"}
        {"line":3,"text":"series,register,template,from_on,prefix,last,closed_on"}
        {"line":3,"text":"asset,asset,AST-{seq:4},1949-01-01,,,"}
        "#);
}

#[test]
fn what_stands_alone_is_no_line_among_others() {
    let office = Office::staffed();
    let said = |line: &str, options: &str| {
        let file = office.file("lines.txt", line);
        office.refused(2, &format!("run {file} {options}")).replace(&file, "FILE")
    };
    for line in [
        "init --name x",
        "demo",
        "restore x",
        "backup x",
        "run x",
        "verify",
        "as wang",
        "sql",
        "man x",
        "completions bash",
        "config list",
    ] {
        let room = line.split(' ').next().unwrap();
        for options in ["", "--each"] {
            assert!(
                said(line, options)
                    .contains(&format!("line 1: {}", if room == "config" { "config list" } else { room })),
                "{}",
                said(line, options)
            );
            assert!(
                said(line, options).contains(" cannot be carried out among other lines; type it by itself"),
                "{line}"
            );
        }
    }
    assert_snapshot!(said("contact list --book x.db", ""), @r"
            line 1: all lines are for one book; name it before them: branchbook run FILE --book FILE
            nothing was entered: all lines are one change
            ");
    assert_snapshot!(said("contact list --output x.csv", ""), @r"
        line 1: contact list takes or makes a file, which cannot be taken back with the other lines; type it by itself, or have each line stand alone with --each
        nothing was entered: all lines are one change
        ");
    assert_snapshot!(said("contact import x.csv", ""), @r"
        line 1: contact import takes or makes a file, which cannot be taken back with the other lines; type it by itself, or have each line stand alone with --each
        nothing was entered: all lines are one change
        ");
    assert_snapshot!(said("contact add --content -", ""), @r"
        line 1: --content: standard input has the command lines here; type the text behind --content
        nothing was entered: all lines are one change
        ");
    office.ok(&format!(
        "run {} --each",
        office.file("list.txt", format!("contact list --output {}", office.path("x.csv").display()))
    ));
    assert!(office.read("x.csv").starts_with("number,"));
}

#[test]
fn lines_come_from_standard_input_too() {
    let office = Office::staffed();
    for options in ["", "--each"] {
        let run = office.fed(
            &format!("run - {options}"),
            format!("\u{feff}{ADD} {}\r\ncontact list --format csv\r\n", if options.is_empty() { "一" } else { "二" }),
        );
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        assert!(String::from_utf8_lossy(&run.stdout).contains("issued on 2026-10-08"));
    }
    assert_eq!(office.count("SELECT count(*) FROM contact"), 2);
}

#[test]
fn q6_over_ssh_lines_come_from_standard_input_and_from_no_file() {
    let office = Office::staffed();
    let file = office.file("lines.txt", "contact list\n");
    let over = office.with_surroundings(Surroundings {
        keyed: Some("zhou".to_owned()),
        login: "books/zhou".to_owned(),
        ..office.surroundings()
    });
    assert!(over.refused(3, &format!("run {file}")).starts_with("R2.4: no file"));
}

/// What came to nothing of a line leaves no trace, and no answer is shown before the lines are durable.
#[test]
fn a_reading_among_lines_is_written_down_with_them() {
    let office = Office::staffed();
    office.ok("info add --department business --customer 鞍钢 --region 辽宁省 --equipment 球磨机 --need 两台 --by li");
    let refused = office.file("lines.txt", "info list\ncontact sign HAY05001\n");
    office.refused(4, &format!("run {refused}"));
    let read = office.file("read.txt", "info list --format csv\n");
    let before = office.count("SELECT count(*) FROM reading");
    assert!(office.ok(&format!("run {read}")).contains("鞍钢"));
    assert_eq!(office.count("SELECT count(*) FROM reading"), before + 1);
}
