//! The page, the workbook and the appendix of the month-end pack.

use crate::month_end::{october, pack};
use crate::office::Office;

#[test]
fn the_workbook_has_a_sheet_for_each_list_with_its_rows() {
    use calamine::Reader as _;
    let office = october();
    let files = pack(&office, "packs");
    let path = office.path("packs").join("2026-10/month-end.xlsx");
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
    let has_rows = |name: &&String| name.contains(".csv") && files[*name].lines().count() > 1;
    let lists: Vec<&String> = files.keys().filter(has_rows).collect();
    assert!(lists.len() > 5);
    assert_eq!(workbook.sheet_names().len(), lists.len() + 1);
    assert_eq!(workbook.sheet_names()[0], "Monthly report");
    for list in lists {
        let sheet = list.trim_end_matches(".csv").replace('-', " ");
        let range = workbook.worksheet_range(&sheet).unwrap();
        let csv: Vec<csv::StringRecord> =
            csv::Reader::from_reader(files[list].as_bytes()).records().map(Result::unwrap).collect();
        let texts = |cells: &[calamine::Data]| cells.iter().map(ToString::to_string).collect::<Vec<_>>();
        let rows: Vec<Vec<String>> = range.rows().skip(1).map(texts).collect();
        let listed = rows.iter().filter(|row| !row.contains(&"total".to_owned())).count();
        assert_eq!(listed, csv.len(), "{list}");
        for (row, record) in rows.iter().zip(&csv) {
            for text in record.iter().filter(|text| !text.is_ascii()) {
                assert!(row.contains(&text.to_owned()), "{list}: {text} is not in {row:?}");
            }
        }
    }
}

#[test]
fn the_workbook_begins_with_the_month_in_figures_charts_and_links() {
    use calamine::Reader as _;
    let office = october();
    pack(&office, "packs");
    let path = office.path("packs").join("2026-10/month-end.xlsx");
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
    let cover = workbook.worksheet_range_at(0).unwrap().unwrap();
    let texts: Vec<Vec<String>> = cover.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(texts[1][0], "Monthly report 2026-10");
    let figure = |name: &str| texts.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("no {name}: {texts:?}"));
    assert_eq!(figure("contact forms issued")[1], "2");
    assert_eq!(figure("26-10")[1], "2", "the information of the month as the chart draws it");
    // A list without rows is said to be empty, and has no sheet to turn to.
    let sheets = workbook.sheet_names();
    for (title, sheet) in [("Exceptions in 2026-10", "exceptions"), ("Decisions entered in 2026-10", "decisions")] {
        figure(title);
        assert!(sheets.iter().any(|name| name == sheet), "{sheets:?}");
    }
    figure("Taken back in 2026-10: nothing");
    assert!(!sheets.iter().any(|name| name == "taken back"), "{sheets:?}");
    for sheet in &sheets[1..] {
        assert!(workbook.worksheet_range(sheet).unwrap().height() > 1, "{sheet}");
    }
    let bytes = std::fs::read(path).unwrap();
    let archive = rawzip::ZipArchive::from_slice(&bytes).unwrap();
    let (mut parts, mut names, mut sheet) = (archive.entries(), Vec::new(), String::new());
    while let Some(part) = parts.next_entry().unwrap() {
        let name = part.file_path().try_normalize().unwrap().as_ref().to_owned();
        if name == "xl/worksheets/sheet1.xml" {
            let packed = archive.get_entry(part.wayfinder()).unwrap();
            let mut unpacked = flate2::bufread::DeflateDecoder::new(packed.data());
            std::io::Read::read_to_string(&mut unpacked, &mut sheet).unwrap();
        }
        names.push(name);
    }
    // What breaks into two lines has a row of two, so that it runs into no other.
    for name in ["figure", "of these not archived by the month's end", "month"] {
        let row = texts.iter().position(|row| row[0] == name).unwrap() + 1;
        let row = sheet.split(&format!("<row r=\"{row}\"")).nth(1).unwrap().split('>').next().unwrap();
        let height: f64 = row
            .split("ht=\"")
            .nth(1)
            .unwrap_or_else(|| panic!("{name}: {row}"))
            .split('"')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert!(height >= 32.0, "{name}: {row}");
    }
    assert!(names.iter().any(|name| name == "xl/charts/chart1.xml"), "{names:?}");
}

#[test]
fn a_long_text_never_stops_the_pack() {
    let office = october();
    let long = "字".repeat(40_000);
    let form = "contact add --department business --kind pre-contract --to technology --subject 长 --by wang";
    office.ok(&format!("{form} --content {long} --on 2026-10-20"));
    let files = pack(&office, "packs");
    assert!(files["contact-ledger-HAY05.csv"].contains(&long) && files["month-end.html"].contains(&long));
}

#[test]
fn the_page_answers_first_what_a_manager_asks() {
    let office = october();
    let page = pack(&office, "packs").remove("month-end.html").unwrap();
    let headings: Vec<&str> = page.split("<h2>").skip(1).map(|part| part.split_once("</h2>").unwrap().0).collect();
    assert_eq!(
        headings,
        [
            "The month in figures",
            "Twelve months",
            "What is overdue, by department and age",
            "What has waited longest",
            "User information against the indicator, beside 2026-09 and 2025-10",
            "Exceptions",
        ]
    );
    for line in
        ["Indicator missed: 0 suspended, 0 warned.", "Exceptions: 1; entered for an earlier month: 0; taken back: 0."]
    {
        assert!(page.contains(&format!("<li>{line}</li>")), "{line}");
    }
    let total = table(&page, "What is overdue, by department and age").pop().unwrap();
    let total: Vec<i64> = total.split('|').filter_map(|text| text.parse().ok()).collect();
    let [overdue, week, month, ages @ ..] = &total[..] else { panic!("{total:?}") };
    let old: i64 = ages.iter().sum();
    assert_eq!(week + month + old, *overdue);
    assert!(page.contains(&format!(
        "<li>Overdue: {overdue}, of these {old} for more than 30 days; the oldest for 274 days.</li>"
    )));
    assert!(page.contains("经理出差"), "the exception's reason");
    assert!(page.contains(r#"aria-label="business: indicator 2, counted 1"#), "{page}");
}

/// The cells of the table under a heading of the report, a row each, joined by `|`.
fn table(page: &str, heading: &str) -> Vec<String> {
    let table = page.split(&format!("<h2>{heading}</h2>")).nth(1).unwrap().split("</table>").next().unwrap();
    let rows = table.split("<tr>").skip(2);
    let text = |cell: &str| cell.split_once('>').unwrap().1.split('<').next().unwrap().to_owned();
    rows.map(|row| row.split("<td").skip(1).map(text).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn r2_2a_the_report_names_the_suspended_before_the_warned_and_the_longest_streak_first() {
    let office = Office::staffed();
    for (person, from) in [("li", "2026-08"), ("sun", "2026-09")] {
        office.ok(&format!("info quota set --person {person} --count 3 --from {from}"));
    }
    let office = office.on("2026-11-01");
    let page = pack(&office, "packs").remove("month-end.html").unwrap();
    assert_eq!(
        table(&page, "Who missed the indicator"),
        ["李娜|business|suspended|3|3|0", "孙立|baotou|warned|2|3|0"],
        "{page}"
    );
    assert!(page.contains("<li>Indicator missed: 1 suspended, 1 warned.</li>"));
}

#[test]
fn what_is_overdue_is_counted_by_department_and_age() {
    let office = Office::staffed();
    let form = "contact add --department business --kind pre-contract --to technology --to general --subject 图纸 --content 确认 --by wang";
    office.ok(form);
    office.ok("contact sign HAY05001 --for general --by zhou");
    let office = office.on("2026-10-29");
    office.ok(form);
    let office = office.on("2026-11-01");
    let page = pack(&office, "packs").remove("month-end.html").unwrap();
    let rows = table(&page, "What is overdue, by department and age");
    let office = rows.iter().find(|row| row.starts_with("technology"));
    assert_eq!(office.unwrap(), "technology|2|1|1|0|0|0|23", "{rows:?}");
    let longest = table(&page, "What has waited longest");
    assert_eq!(longest.len(), 6);
    assert!(longest[0].starts_with("274|2026-01-30|user information of 2026-01 to be reported"), "{longest:?}");
}

#[test]
fn the_appendix_has_contents_with_links_and_lists_that_tell_their_title_on_every_sheet() {
    let office = october();
    let page = pack(&office, "packs").remove("month-end.html").unwrap();
    let (contents, lists) = page.split_once("<ol>").unwrap().1.split_once("</ol>").unwrap();
    let linked: Vec<&str> = contents.split("href=\"#").skip(1).map(|part| part.split_once('"').unwrap().0).collect();
    assert!(linked.len() > 5, "{contents}");
    for place in &linked {
        assert_eq!(lists.matches(&format!(r#"id="{place}""#)).count(), 1, "{place}");
    }
    assert_eq!(lists.matches(r#"<tr class="name">"#).count(), linked.len());
    assert!(contents.contains("<li>Gifts in 2026-10: nothing</li>"), "{contents}");
    assert_eq!(lists.matches("<p>").count(), 1, "how the journal was written, and no counts of rows");
}

#[test]
fn a_list_on_paper_goes_without_what_its_title_says_of_every_row() {
    let office = october();
    let pack = office.path("packs");
    for (language, department, month) in [("en", "department", "month"), ("zh", "部门", "月份"), ("ko", "부서", "월")]
    {
        office.ok(&format!("report month 2026-10 --lang {language} --output {}", pack.display()));
        let page = office.read("packs/2026-10/month-end.html");
        let lists: Vec<&str> = page.split(r#"<tr class="name">"#).skip(1).collect();
        let has = |list: &&&str, name: &str| {
            list.contains(&format!(">{name}</th>")) || list.contains(&format!("<b>{name}</b>"))
        };
        assert!(!lists.iter().any(|list| has(&list, month)), "{language}: {month}");
        let ledgers = lists.iter().filter(|list| list.contains("HAY05001") && !has(list, department)).count();
        assert_eq!(ledgers, 1, "{language}: the ledger of a department names it once");
        let ledger = office.ok(&format!("contact ledger --department business --format html --lang {language}"));
        assert!(ledger.contains("HAY05001") && !has(&&ledger.as_str(), department), "{language}: {ledger}");
        let list = office.ok(&format!("contact list --format html --lang {language}"));
        assert!(has(&&list.as_str(), department), "{language}: {list}");
    }
    assert!(office.read("packs/2026-10/contact-ledger-HAY05.csv").contains(",department,"));
    assert!(office.read("packs/2026-10/info-by-department.csv").starts_with("month,"));
    let asked = office.ok("contact ledger --department business --columns number,department --format html");
    assert!(asked.contains(">department</th>"), "{asked}");
}

#[test]
fn what_is_outstanding_and_what_was_decided_alike_are_added_up_on_paper() {
    let office = Office::staffed();
    let info = "info add --region 辽宁省 --equipment 球磨机 --need 两台 --department business --by li";
    for customer in ["甲厂", "乙厂", "丙厂"] {
        office.ok(&format!("{info} --customer {customer}"));
    }
    let form =
        "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --by wang";
    (0..12).for_each(|_| drop(office.ok(form)));
    let office = office.on("2026-10-29");
    office.ok("info report --department business --month 2026-10 --by wang");
    let office = office.on("2026-11-01");
    let files = pack(&office, "packs");
    assert_eq!(files["contact-outstanding.csv"].lines().count(), 13);
    let of = |title: &str| {
        let list = files["month-end.html"].split(&format!("<th colspan=\"8\">{title}</th>")).nth(1);
        let list = list.or_else(|| files["month-end.html"].split(&format!(">{title}</th>")).nth(1)).unwrap();
        list.split("</table>").next().unwrap().to_owned()
    };
    let outstanding = of("Outstanding contact forms on 2026-10-31");
    assert_eq!(outstanding.matches("<tbody>").count(), 1, "{outstanding}");
    assert!(outstanding.contains(r#"<td class="n">12</td>"#), "{outstanding}");
    let decisions = of("Decisions entered in 2026-10");
    assert!(decisions.contains("INF26-0001, INF26-0002, INF26-0003"), "{decisions}");
}
