//! Lists as workbooks, read back by another library.

use branchbook::sheet::query::Query;
use branchbook::sheet::{Format, Look};
use calamine::{Data, Reader, Xlsx, open_workbook};

use crate::office::Office;

/// A book of contact forms and user information whose texts a spreadsheet would like to change.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        let form = "contact add --department business --kind pre-contract --to technology --by wang --content 确认";
        office.ok(&format!("{form} --subject '00012345678901234567' --pages 2"));
        office.ok(&format!("{form} --subject '=1+1' --pages 3"));
        office.ok(&format!("{form} --subject 'Φ3.6 m 球磨机主轴承图纸确认'"));
        let info = "info add --department business --region 辽宁省 --equipment 球磨机 --need 两台 --by li";
        office.ok(&format!("{info} --customer 甲厂 --amount 1.5万 --phone 013800000000"));
        office.ok(&format!("{info} --customer 乙厂 --amount 0.01 --phone +8613800000000"));
        office.ok("info quota set --department business --count 4 --from 2026-10");
        office
    })
}

/// Writes a list as a workbook and gives the rows of its only sheet.
fn rows(office: &Office, line: &str) -> Vec<Vec<Data>> {
    office.ok(&format!("{line} --output {}", office.path("list.xlsx").display()));
    sheet(office, "list.xlsx")
}

/// The rows of the only sheet of a workbook.
fn sheet(office: &Office, name: &str) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = open_workbook(office.path(name)).unwrap();
    let range = workbook.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

/// The values of a column, under its heading and above its sum.
fn column(rows: &[Vec<Data>], heading: &str) -> Vec<Data> {
    let entries = rows.iter().filter(|row| row[0] != Data::String("total".to_owned())).cloned();
    whole_column(&entries.collect::<Vec<_>>(), heading)
}

/// The same with its sum.
fn whole_column(rows: &[Vec<Data>], heading: &str) -> Vec<Data> {
    let place = rows[0].iter().position(|cell| *cell == Data::String(heading.to_owned())).unwrap();
    rows[1..].iter().map(|row| row[place].clone()).collect()
}

fn texts(texts: &[&str]) -> Vec<Data> {
    texts.iter().map(|text| Data::String((*text).to_owned())).collect()
}

#[test]
fn text_stays_text_and_days_are_days() {
    let rows = rows(&office(), "contact list");
    assert_eq!(column(&rows, "subject"), texts(&["00012345678901234567", "=1+1", "Φ3.6 m 球磨机主轴承图纸确认"]));
    assert_eq!(column(&rows, "number"), texts(&["HAY05001", "HAY05002", "HAY05003"]));
    assert_eq!(column(&rows, "pages")[..2], [Data::Float(2.0), Data::Float(3.0)]);
    for day in column(&rows, "issued on") {
        assert!(matches!(day, Data::DateTime(_)), "{day:?}");
        let day = calamine::DataType::as_date(&day).map(|day| day.to_string());
        assert_eq!(day.as_deref(), Some("2026-10-08"));
    }
}

#[test]
fn text_that_xml_and_workbooks_would_change_comes_back_as_it_was() {
    let office = Office::staffed();
    let texts = ["a < b & \"c\" > d", "_x0041_ stays", "两行\n第二行", "，全角 & 半角", "]]>"];
    for text in texts {
        let content = shlex::try_quote(text).unwrap();
        let form = "contact add --department business --kind pre-contract --to technology --by wang --subject 图纸确认";
        office.ok(&format!("{form} --content {content}"));
    }
    let rows = rows(&office, "contact list");
    assert_eq!(column(&rows, "content"), self::texts(&texts));
}

#[test]
fn instants_are_the_time_on_the_wall() {
    let (office, path) = (Office::staffed(), "instants.xlsx");
    let query = Query::new("Instants", "SELECT '2026-10-08T09:30:15+08:00' AS printed_at");
    let mut out = Vec::new();
    query.write(&office.sql(), Format::Xlsx, &Look::default(), &mut out).unwrap();
    office.file(path, out);
    let rows = sheet(&office, path);
    let at = calamine::DataType::as_datetime(&rows[1][0]).map(|at| at.to_string());
    assert_eq!(at.as_deref(), Some("2026-10-08 09:30:15"));
}

#[test]
fn a_text_longer_than_a_cell_is_cut_with_a_mark() {
    let (office, path) = (Office::staffed(), "texts.xlsx");
    let query = Query::new("Texts", "SELECT replace(hex(zeroblob(16384)), '0', '字') AS note");
    let mut out = Vec::new();
    query.write(&office.sql(), Format::Xlsx, &Look::default(), &mut out).unwrap();
    office.file(path, out);
    let Data::String(note) = &sheet(&office, path)[1][0] else { panic!("no text") };
    assert_eq!(note.encode_utf16().count(), 32_767);
    assert!(note.ends_with("字… (cut: the csv file has all)"));
}

/// A part of a workbook's first sheet, as it is kept.
fn kept(office: &Office, name: &str, begin: &str, end: &str) -> String {
    kept_in(office, "xl/worksheets/sheet1.xml", name, begin, end)
}

/// The same of another file in it.
fn kept_in(office: &Office, file: &str, name: &str, begin: &str, end: &str) -> String {
    let mut archive = Vec::new();
    std::fs::File::open(office.path(name))
        .and_then(|mut file| std::io::Read::read_to_end(&mut file, &mut archive))
        .unwrap();
    let archive = rawzip::ZipArchive::from_slice(&archive).unwrap();
    let mut parts = archive.entries();
    while let Some(part) = parts.next_entry().unwrap() {
        if part.file_path().try_normalize().unwrap().as_ref() == file {
            let mut page = String::new();
            let packed = archive.get_entry(part.wayfinder()).unwrap();
            let mut decoder = flate2::bufread::DeflateDecoder::new(packed.data());
            std::io::Read::read_to_string(&mut decoder, &mut page).unwrap();
            return page.split(begin).nth(1).unwrap().split(end).next().unwrap().to_owned();
        }
    }
    panic!("no {file}")
}

#[test]
fn a_workbook_prints_only_columns_that_hold_something_with_lines_around_every_cell() {
    let office = office();
    let rows = rows(&office, "contact list");
    let hidden = kept(&office, "list.xlsx", "<cols>", "</cols>");
    let columns: Vec<bool> = hidden
        .split("<col ")
        .skip(1)
        .flat_map(|column| {
            let number = |name: &str| -> usize {
                column.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
            };
            vec![column.contains("hidden"); number("max") + 1 - number("min")]
        })
        .collect();
    for (place, heading) in rows[0].iter().enumerate() {
        let empty = rows[1..].iter().all(|row| row[place] == Data::Empty);
        assert_eq!(columns[place], empty, "{heading}");
    }
    assert!(columns.contains(&true) && columns.contains(&false));
    assert!(kept(&office, "list.xlsx", "<conditionalFormatting", "</conditionalFormatting>").contains("ISBLANK(A2)"));
    let setup = kept(&office, "list.xlsx", "<pageSetup", "/>");
    assert!(setup.contains("orientation=\"landscape\"") && setup.contains("fitToHeight=\"0\""), "{setup}");
}

/// The width of each column of a workbook's first sheet, in characters.
fn widths(office: &Office, name: &str) -> Vec<f64> {
    fn value<T: std::str::FromStr>(column: &str, name: &str) -> T {
        let value = column.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap();
        value.parse().unwrap_or_else(|_| panic!("{value}"))
    }
    let columns = kept(office, name, "<cols>", "</cols>");
    let of_each = |column: &str| {
        let (first, last): (u32, u32) = (value(column, "min"), value(column, "max"));
        let width: f64 = value(column, "width");
        (first..=last).map(move |_| width)
    };
    columns.split("<col ").skip(1).flat_map(of_each).collect()
}

#[test]
fn no_word_of_a_heading_is_torn_in_a_workbook() {
    let office = office();
    for list in ["contact list", "info list", "report orders --month 2026-10", "info tally --month 2026-10"] {
        let rows = rows(&office, list);
        for (heading, width) in rows[0].iter().zip(widths(&office, "list.xlsx")) {
            let heading = heading.to_string();
            let word = u32::try_from(heading.split(' ').map(str::len).max().unwrap()).unwrap();
            // A letter in bold print is wider than a digit.
            assert!(width >= f64::from(word) * 1.25, "{heading} of {list} has {width}");
        }
    }
}

#[test]
fn what_says_which_row_it_is_stands_on_every_sheet_of_paper() {
    let office = office();
    for (list, repeated) in [
        ("contact list", "'Work contact forms'!$A:$A,'Work contact forms'!$1:$1"),
        ("report orders --month 2026-10", "'Orders of 2026-10 by product'!$A:$A,'Orders of 2026-10 by product'!$1:$1"),
        ("info tally --month 2026-10", "'User information of 2026-10 by'!$A:$B,'User information of 2026-10 by'!$1:$1"),
    ] {
        rows(&office, list);
        let titles = kept_in(&office, "xl/workbook.xml", "list.xlsx", "_xlnm.Print_Titles\"", "</definedName>");
        assert_eq!(titles.split_once('>').unwrap().1, repeated, "{list}");
    }
}

#[test]
fn the_word_total_stands_off_the_line_as_the_numbers_above_it() {
    let office = office();
    rows(&office, "contact list");
    let (number, total) =
        (kept(&office, "list.xlsx", "<c r=\"A2\" s=\"", "\""), kept(&office, "list.xlsx", "<c r=\"A5\" s=\"", "\""));
    let look = |place: &str| {
        let looks = kept_in(&office, "xl/styles.xml", "list.xlsx", "<cellXfs", "</cellXfs>");
        looks.split("<xf ").nth(place.parse::<usize>().unwrap() + 1).unwrap().to_owned()
    };
    for place in [number, total] {
        assert!(look(&place).contains("indent=\"1\""), "{}", look(&place));
    }
}

#[test]
fn a_long_text_is_broken_into_lines_that_its_row_has_room_for() {
    let office = office();
    let form = "contact add --department business --kind pre-contract --to technology --by wang --subject 图纸";
    office.ok(&format!("{form} --content {}", "第二条生产线的图纸请尽快寄来".repeat(10)));
    office.ok(&format!("contact list --output {}", office.path("list.xlsx").display()));
    let heights: Vec<Option<usize>> = (2..=5)
        .map(|row| {
            let row = kept(&office, "list.xlsx", &format!("<row r=\"{row}\""), ">");
            row.split("ht=\"").nth(1).map(|height| height.split('"').next().unwrap().parse().unwrap())
        })
        .collect();
    assert_eq!(heights[..3], [None, None, None]);
    assert!(heights[3].unwrap() >= 9 * 15, "{heights:?}");
}

#[test]
fn money_is_a_number_and_its_sum_that_of_the_csv() {
    let office = office();
    let rows = rows(&office, "info list");
    assert_eq!(column(&rows, "phone"), texts(&["013800000000", "+8613800000000"]));
    assert_eq!(column(&rows, "amount"), [Data::Float(15_000.0), Data::Float(0.01)]);
    let csv = office.ok("info list --format csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let place = reader.headers().unwrap().iter().position(|name| name == "amount").unwrap();
    let sum: f64 = reader.records().map(|row| row.unwrap()[place].parse::<f64>().unwrap()).sum();
    assert!((sum - 15_000.01).abs() < 1e-9);
}

#[test]
fn a_tally_has_months_percents_and_a_row_of_totals() {
    let rows = rows(&office(), "info tally --month 2026-10");
    let business =
        whole_column(&rows, "department").iter().position(|cell| *cell == Data::String("business".to_owned())).unwrap();
    let month = calamine::DataType::as_date(&whole_column(&rows, "month")[business]).map(|day| day.to_string());
    assert_eq!(month.as_deref(), Some("2026-10-01"));
    assert_eq!(whole_column(&rows, "percent")[business], Data::Float(0.5));
    let counted = whole_column(&rows, "counted");
    assert_eq!(rows.last().unwrap()[0], Data::String("total".to_owned()));
    assert_eq!(counted.last(), Some(&Data::Float(2.0)));
}

#[test]
fn the_same_list_gives_the_same_bytes_and_no_name_of_a_machine() {
    let office = office();
    let workbook = |name: &str| {
        office.ok(&format!("contact list --output {}", office.path(name).display()));
        std::fs::read(office.path(name)).unwrap()
    };
    let first = workbook("a.xlsx");
    assert_eq!(workbook("b.xlsx"), first);
    let piped = {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        assert_eq!(office.words_into(&["contact", "list", "--format", "xlsx"], &mut out, &mut err), 0);
        out
    };
    assert_eq!(piped, first, "a pipe gets what a file gets");
    let office = office.on("2027-03-01");
    office.ok(&format!("contact list --output {}", office.path("c.xlsx").display()));
    assert_eq!(std::fs::read(office.path("c.xlsx")).unwrap(), first, "on another day");
}

#[test]
fn a_terminal_gets_no_workbook() {
    let office = office().with_width(80);
    assert_eq!(
        office.refused(2, "contact list --format xlsx"),
        "a workbook cannot be shown on a terminal; add --output FILE.xlsx"
    );
}

#[test]
fn an_empty_list_is_a_sheet_with_headings() {
    let rows = rows(&office(), "contact list --month 2020-01");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0][0], Data::String("number".to_owned()));
}

#[test]
fn a_masked_column_is_masked_in_the_workbook() {
    let office = office().at_the_keyboard("wu");
    let rows = rows(&office, "info list");
    assert_eq!(column(&rows, "customer"), texts(&["***", "***"]));
    assert_eq!(column(&rows, "amount"), [Data::Empty, Data::Empty]);
}

#[test]
fn a_list_longer_than_a_sheet_is_refused_with_the_way_out() {
    let office = Office::staffed();
    let book = office.sql();
    let query = Query::new(
        "Numbers",
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT 1048576) SELECT n FROM n",
    );
    let mut out = Vec::new();
    let refused = query.write(&book, Format::Xlsx, &Look::default(), &mut out).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "a sheet of a workbook holds 1048575 rows, and this list has more; take --format csv, or fewer rows"
    );
    assert!(out.is_empty());
}
