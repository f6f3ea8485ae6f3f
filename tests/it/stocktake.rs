//! Stocktakes: what is found, missing, unknown and there twice; and what is true of custody whatever happens (R5.5).

use std::fmt::Write as _;
use std::process::Stdio;

use insta::assert_snapshot;

use crate::forms;
use crate::office::Office;

pub(crate) const ADD: &str =
    "asset add --name 相机 --department general --price 2500 --bought-on 2026-10-08 --keeper zhou -q";

/// An office with six assets: AST-0003 with a tag and a serial number, AST-0005 lost, AST-0006 in repair.
fn six() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        for further in ["", "", "--tag SB/7 --serial 00012345678901234567", "", "", ""] {
            office.ok(&format!("{ADD} {further}"));
        }
        office.ok("asset lose AST-0005 --what 遗失");
        office.ok("asset damage AST-0006 --what 碎裂");
        office
    })
}

/// What is told of AST-0006 where it was not counted.
const IN_REPAIR: &str = "in-repair,AST-0006,AST-0006";

/// What a stocktake found to differ: finding, line and number of each.
fn differences(office: &Office, id: u32) -> Vec<String> {
    let listed = office.ok(&format!("asset stocktake {id} --format csv"));
    listed.lines().skip(1).map(|line| line.split(',').take(3).collect::<Vec<_>>().join(",")).collect()
}

#[test]
fn r5_5_1_a_stocktake_finds_what_is_missing_unknown_and_there_twice() {
    let office = six();
    let outcome = office.run("asset count AST-0001 ast-0001 SB/7 AST-0005 AST-0099 AST-0006");
    assert_eq!(outcome.code, 0);
    assert_snapshot!(outcome.out, @"stocktake 1: 3 found, 2 missing, 2 unknown, 1 twice so far");
    assert_snapshot!(outcome.err, @"
    twice: ast-0001 (AST-0001, 相机, in-store)
    unknown: AST-0005 (相机, lost)
    unknown: AST-0099
    ");
    assert_snapshot!(office.ok("asset stocktake 1"), @"
    Stocktake 1: what differs
    ┌─────────┬──────────┬──────────┬──────┬──────────┬────────┬────────────┐
    │ finding │ line     │ number   │ name │ state    │ keeper │ department │
    ├─────────┼──────────┼──────────┼──────┼──────────┼────────┼────────────┤
    │ twice   │ ast-0001 │ AST-0001 │ 相机 │ in-store │ 周敏   │ general    │
    │ unknown │ AST-0005 │ AST-0005 │ 相机 │ lost     │ 周敏   │ general    │
    │ unknown │ AST-0099 │          │      │          │        │            │
    │ missing │ AST-0002 │ AST-0002 │ 相机 │ in-store │ 周敏   │ general    │
    │ missing │ AST-0004 │ AST-0004 │ 相机 │ in-store │ 周敏   │ general    │
    └─────────┴──────────┴──────────┴──────┴──────────┴────────┴────────────┘
    5 rows
    ");
    let outcome = office.run("asset count --close --by chen");
    assert_eq!(outcome.code, 0);
    assert_snapshot!(outcome.out, @"stocktake 1: 3 found, 2 missing, 2 unknown, 1 twice; closed on 2026-10-08, signed by 陈总");
    assert_snapshot!(outcome.err, @"
    twice: ast-0001 (AST-0001, 相机, in-store)
    unknown: AST-0005 (相机, lost)
    unknown: AST-0099
    missing: AST-0002 (相机, in-store)
    missing: AST-0004 (相机, in-store)
    ");
    assert_snapshot!(office.ok("asset stocktake 1 --all --format csv"), @"
    finding,line,number,name,state,place,keeper,department,tag,serial_no
    found,AST-0001,AST-0001,相机,in-store,,zhou,general,,
    twice,ast-0001,AST-0001,相机,in-store,,zhou,general,,
    found,SB/7,AST-0003,相机,in-store,,zhou,general,SB/7,00012345678901234567
    unknown,AST-0005,AST-0005,相机,lost,,zhou,general,,
    unknown,AST-0099,,,,,,,,
    found,AST-0006,AST-0006,相机,in-repair,,zhou,general,,
    missing,AST-0002,AST-0002,相机,in-store,,zhou,general,,
    missing,AST-0004,AST-0004,相机,in-store,,zhou,general,,
    ");
    assert_snapshot!(office.ok("asset stocktake --format csv"), @"
    stocktake,counted_on,counted_by,department,found,missing,unknown,twice,closed_on,signed_by,in_repair
    1,2026-10-08,clerk,,3,2,2,1,2026-10-08,chen,0
    ");
    assert_snapshot!(office.ok("asset stocktake --format json"), @r#"
    [
    {"stocktake":1,"counted_on":"2026-10-08","counted_by":"clerk","department":null,"found":3,"missing":2,"unknown":2,"twice":1,"closed_on":"2026-10-08","signed_by":"chen","in_repair":0}
    ]
    "#);
    office.ok("verify");
}

#[test]
fn r5_5_1_a_stocktake_goes_on_until_it_is_closed() {
    let office = six();
    assert_eq!(office.ok("asset count AST-0001 -q"), "1\n");
    office.ok("asset count 00012345678901234567 AST-0002");
    let office = office.on("2026-10-09");
    // What came after the stocktake began is not missing, and what is found twice was found in another call.
    office.ok(ADD);
    assert_snapshot!(office.ok("asset count AST-0003"), @"stocktake 1: 3 found, 1 missing, 0 unknown, 1 twice, 1 in repair so far");
    assert_eq!(differences(&office, 1), ["twice,AST-0003,AST-0003", "missing,AST-0004,AST-0004", IN_REPAIR]);
    assert_snapshot!(office.refused(2, "asset count AST-0001 --on 2026-10-07"), @"stocktake 1 began on 2026-10-08, after 2026-10-07; give the day with --on DATE");
    assert!(office.ok("due").contains("stocktake 1 to be closed"));
    office.ok("asset count --close");
    assert!(!office.ok("due").contains("stocktake 1"));
    assert_eq!(differences(&office, 1), ["twice,AST-0003,AST-0003", "missing,AST-0004,AST-0004", IN_REPAIR]);
    assert_eq!(office.ok("asset count AST-0001 -q"), "2\n");
}

#[test]
fn r5_5_1_a_result_is_signed_once() {
    let office = six();
    assert_snapshot!(office.refused(3, "asset count --close"), @"R5.5(1): no stocktake is open; begin one with: branchbook asset count --from-file FILE");
    office.ok("asset count AST-0001");
    assert_snapshot!(office.refused(3, "asset count --close --by li"), @"R5.5(1): signing a stocktake is for a clerk, a department's manager or the branch manager, which 李娜 was not on 2026-10-08; name who signed with --by PERSON");
    office.ok("asset count --close --by wang");
    assert_eq!(office.count("SELECT count(*) FROM stocktake WHERE signed_by = 'wang'"), 1);
    assert!(office.refused(3, "asset count --close").contains("no stocktake is open"));
    assert_snapshot!(office.refused(4, "asset stocktake 9"), @"there is no stocktake 9; see branchbook asset stocktake");
    assert_snapshot!(office.refused(2, "asset count"), @"nothing was counted; type numbers, name a file with --from-file FILE, or close the stocktake with --close");
    office.sql().execute("INSERT INTO stock_line VALUES (1, 99, 'a', NULL, NULL, 'unknown', NULL)", ()).unwrap();
    assert!(office.run("verify").out.contains("stocktake 1 is not as row"));
}

#[test]
fn r5_5_1_the_signed_result_is_printed() {
    let office = six();
    office.ok("asset count AST-0001 ast-0001 SB/7 AST-0005 '<b>AST-0099</b>' AST-0006");
    assert_snapshot!(office.refused(3, "asset stocktake print 1"), @"R5.5(1): stocktake 1 is open and has no result yet; close it first with: branchbook asset count --close --by PERSON");
    assert_snapshot!(office.refused(4, "asset stocktake print 2"), @"there is no stocktake 2; see branchbook asset stocktake");
    office.ok("asset count --close --by chen");
    let page = office.ok("asset stocktake print 1");
    let (_, body) = page.split_once("<body>").unwrap();
    assert_snapshot!(forms::without_code(body), @r#"
    <div class="head">
    <div class="branch">沈阳某机械公司销售分公司</div>
    <h1>Stocktake result</h1>
    <div class="number"><small>Number</small> Stocktake 1</div>
    <svg/>
    </div>

    <table>
    <colgroup><col class="label"><col><col class="label"><col></colgroup>
    <tr><th>Assets of</th><td colspan="3">every department</td></tr>
    <tr><th>Begun on</th><td>2026-10-08</td><th>Begun by</th><td>clerk</td></tr>
    <tr><th>Closed on</th><td>2026-10-08</td><th>Signed by</th><td>陈总</td></tr>
    </table>
    <table class="counts">
    <thead><tr><th>By the book</th><th>Original value (yuan)</th><th>Counted</th><th>Found</th><th>Missing</th><th>In repair</th><th>Unknown</th><th>Twice</th></tr></thead>
    <tbody><tr><td>5</td><td>12,500.00</td><td>6</td><td>3</td><td>2</td><td>0</td><td>2</td><td>1</td></tr></tbody>
    </table>
    <h2>What differs</h2>
    <table class="lines">
    <thead><tr><th class="place">Position</th><th class="finding">Finding</th><th class="code">As counted</th><th class="code">Number</th><th>Name</th><th>Model</th><th>Place</th><th class="keeper">Keeper</th><th class="money">Original value (yuan)</th><th class="count">By the book</th><th class="count">By the count</th><th class="count difference">Difference</th><th>Reason</th></tr></thead>
    <tbody>
    <tr><td class="place">1</td><td>Missing</td><td></td><td>AST-0002</td><td>相机</td><td></td><td></td><td>周敏</td><td class="money">2,500.00</td><td class="count">1</td><td class="count">0</td><td class="count">-1</td><td></td></tr>
    <tr><td class="place">2</td><td>Missing</td><td></td><td>AST-0004</td><td>相机</td><td></td><td></td><td>周敏</td><td class="money">2,500.00</td><td class="count">1</td><td class="count">0</td><td class="count">-1</td><td></td></tr>
    <tr><td class="place">3</td><td>Unknown</td><td>AST-0005</td><td>AST-0005</td><td>相机</td><td></td><td></td><td></td><td class="money">2,500.00</td><td class="count">0</td><td class="count">1</td><td class="count">+1</td><td></td></tr>
    <tr><td class="place">4</td><td>Unknown</td><td>&#60;b&#62;AST-0099&#60;/b&#62;</td><td></td><td></td><td></td><td></td><td></td><td class="money"></td><td class="count">0</td><td class="count">1</td><td class="count">+1</td><td></td></tr>
    <tr><td class="place">5</td><td>Twice</td><td>ast-0001</td><td>AST-0001</td><td>相机</td><td></td><td></td><td>周敏</td><td class="money">2,500.00</td><td class="count"></td><td class="count"></td><td class="count"></td><td></td></tr>
    </tbody>
    </table>
    <h2>What was found</h2>
    <table class="lines">
    <thead><tr><th class="place">Position</th><th class="code">Number</th><th>Name</th><th>Model</th><th class="code">Asset tag</th><th>Place</th><th class="keeper">Keeper</th><th class="money">Original value (yuan)</th><th class="count">By the book</th><th class="count">By the count</th><th class="count difference">Difference</th><th>Reason</th></tr></thead>
    <tbody>
    <tr><td class="place">1</td><td>AST-0001</td><td>相机</td><td></td><td></td><td></td><td>周敏</td><td class="money">2,500.00</td><td class="count">1</td><td class="count">1</td><td class="count">0</td><td></td></tr>
    <tr><td class="place">2</td><td>AST-0003</td><td>相机</td><td></td><td>SB/7</td><td></td><td>周敏</td><td class="money">2,500.00</td><td class="count">1</td><td class="count">1</td><td class="count">0</td><td></td></tr>
    <tr><td class="place">3</td><td>AST-0006</td><td>相机</td><td></td><td></td><td></td><td>周敏</td><td class="money">2,500.00</td><td class="count">1</td><td class="count">1</td><td class="count">0</td><td></td></tr>
    </tbody>
    </table>
    <h2>To be signed</h2>
    <table class="signatures">
    <tr class="box"><th>Signature of who counted</th><td></td><th>Date</th><td></td></tr>
    <tr class="box"><th>Signature of the keeper</th><td></td><th>Date</th><td></td></tr>
    <tr class="box"><th>Signature of who signs the result</th><td></td><th>Date</th><td></td></tr>
    </table>

    </body>
    </html>
    "#);
    // Who keeps it today does not change what was signed.
    let later = office.on("2026-10-09");
    later.ok("asset transfer AST-0001 --keeper he");
    assert_eq!(later.ok("asset stocktake print 1"), page);
    later.ok(&format!("asset stocktake print 1 --output {}", later.path("result.html").display()));
    assert_eq!(later.read("result.html"), page);
}

#[test]
fn r5_5_1_what_is_in_repair_is_in_the_book_value_and_named() {
    let office = six();
    let outcome = office.run("asset count AST-0001 AST-0002 AST-0003 AST-0004");
    assert_snapshot!(outcome.out, @"stocktake 1: 4 found, 0 missing, 0 unknown, 0 twice, 1 in repair so far");
    assert_eq!(differences(&office, 1), [IN_REPAIR]);
    let outcome = office.run("asset count --close --by chen");
    assert_snapshot!(outcome.out, @"stocktake 1: 4 found, 0 missing, 0 unknown, 0 twice, 1 in repair; closed on 2026-10-08, signed by 陈总");
    assert_snapshot!(outcome.err, @"in-repair: AST-0006 (相机)");
    let counts = office.ok("asset stocktake --format csv --columns found,missing,in_repair");
    assert_eq!(counts, "found,missing,in_repair\n4,0,1\n");
    let sheet = office.ok("asset stocktake print 1");
    assert!(sheet.contains("<td>5</td><td>12,500.00</td><td>4</td><td>4</td><td>0</td><td>1</td>"), "{sheet}");
    assert!(sheet.contains("<p>Nothing differs.</p>"), "{sheet}");
    let (_, named) = sheet.split_once("<h2>In repair, and not to be counted</h2>").unwrap();
    let (_, named) = named.split_once("<tbody>").unwrap();
    assert_snapshot!(named.split("</tbody>").next().unwrap().trim(), @r#"<tr><td class="place">1</td><td>AST-0006</td><td>相机</td><td></td><td></td><td></td><td>周敏</td><td class="money">2,500.00</td><td class="count">1</td><td class="count"></td><td class="count"></td><td>reported on 2026-10-08: 碎裂</td></tr>"#);
    // What is repaired since stays as it was signed.
    let later = office.on("2026-10-09");
    later.ok("asset repair AST-0006 --cost 100");
    assert_eq!(later.ok("asset stocktake print 1"), sheet);
    later.ok("verify");
}

#[test]
fn r5_5_1_a_result_without_differences_says_so() {
    let office = Office::staffed();
    office.ok(ADD);
    office.ok("asset count AST-0001 --department general");
    office.ok("asset count --close --by chen");
    let page = office.ok("asset stocktake print 1");
    assert!(page.contains("<p>Nothing differs.</p>") && page.contains("General Management Department"), "{page}");
}

#[test]
fn r5_5_1_a_departments_stocktake_is_about_its_own_assets() {
    let office = six();
    office.ok(&ADD.replace("general", "business"));
    office.ok(&ADD.replace("general", "business"));
    office.ok("asset count --department business AST-0007 AST-0001");
    assert_eq!(differences(&office, 1), ["unknown,AST-0001,AST-0001", "missing,AST-0008,AST-0008"]);
    assert_snapshot!(office.refused(3, "asset count --department general AST-0001"), @"R5.5(1): stocktake 1 of business is open; close it first with: branchbook asset count --close --by PERSON");
    office.ok("asset count --department business AST-0008");
    assert_eq!(differences(&office, 1), ["unknown,AST-0001,AST-0001"]);
}

#[test]
fn r5_5_2_whoever_keeps_something_counts_or_a_clerk() {
    let office = six();
    assert_snapshot!(office.refused(3, "asset count AST-0001 --by li"), @"R5.5(2): counting is for somebody who keeps assets or a clerk, and 李娜 is neither; leave --by out, or name who counted with --by PERSON");
    office.ok("asset count AST-0001 --by zhou");
}

#[test]
fn a_file_is_taken_as_scanners_and_programs_write_it() {
    let office = six();
    let files: [(&str, Vec<u8>); 4] = [
        ("utf8.txt", "\u{feff}编号,名称\r\n ast-0001 ,相机\r\n\r\nAST-0002\t1\r\n\"SB/7\"\r\nＡＳＴ－0004\r\n".into()),
        ("cr.txt", "AST-0001\rAST-0002\rsb/7\rAST-0004\r".into()),
        ("gbk.txt", b"AST-0001,\xcf\xe0\xbb\xfa\nAST-0002;x\nSB/7\nAST-0004".to_vec()),
        (
            "utf16.txt",
            "\u{feff}AST-0001\nAST-0002\nSB/7\nAST-0004\n".encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ),
    ];
    for ((name, bytes), id) in files.iter().zip(1..) {
        let path = office.file(name, bytes);
        let said = office.ok(&format!("asset count --from-file {path}"));
        assert_eq!(
            said,
            format!("stocktake {id}: 4 found, 0 missing, 0 unknown, 0 twice, 1 in repair so far\n"),
            "{name}"
        );
        office.ok("asset count --close");
    }
    let missing = office.path("none.txt");
    let refused = office.refused(1, &format!("asset count --from-file {}", missing.display()));
    assert!(
        refused.starts_with("cannot read ") && refused.ends_with("name a text file, or - for standard input"),
        "{refused}"
    );
    let empty = office.file("empty.txt", "\r\n\r\n");
    assert!(office.refused(2, &format!("asset count --from-file {empty}")).starts_with("nothing was counted"));
    let workbook = office.file("book.xlsx", b"PK\x03\x04");
    assert!(office.refused(1, &format!("asset count --from-file {workbook}")).contains("is a workbook"));
}

#[test]
fn a_scanner_types_into_standard_input() {
    let office = six();
    for (line, id) in [("asset count -", 1), ("asset count --from-file -", 2)] {
        let mut child = office.process(line).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"AST-0001\r\nSB/7\r\n").unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(said, format!("stocktake {id}: 2 found, 2 missing, 0 unknown, 0 twice, 1 in repair so far\n"));
        office.ok("asset count --close");
    }
}

#[test]
fn five_thousand_assets_and_forty_differences() {
    let office = Office::staffed();
    office.ok(ADD);
    office
        .sql()
        .execute_batch(
            "WITH RECURSIVE n (value) AS (SELECT 2 UNION ALL SELECT value + 1 FROM n WHERE value < 5000)
             INSERT INTO entry (id, register, number, counter, serial, department, day_on, person, state, entered_by, entered_on)
             SELECT value, 'asset', printf('AST-%04d', value), (SELECT counter FROM entry), value, 'general', '2026-10-08', 'zhou', 'in-store', 'clerk', '2026-10-08'
             FROM n;
             INSERT INTO asset (entry, name, price_fen) SELECT id, '相机', 250000 FROM entry WHERE id > 1;
             INSERT INTO custody SELECT id, 1, 'keeper', 'zhou', NULL, '2026-10-08', NULL, NULL, NULL FROM entry WHERE id > 1;
             UPDATE counter SET last = 5000 WHERE series = 'asset';",
        )
        .unwrap();
    let mut file = String::new();
    for serial in 1..=5000 {
        // Of every 250th one: it is missing, and in its place another is there twice or nobody knows what.
        match (serial % 250, serial % 500) {
            (0, 0) => writeln!(file, "AST-{:04}", serial - 1).unwrap(),
            (0, _) => writeln!(file, "X-{serial}").unwrap(),
            _ => writeln!(file, "AST-{serial:04}").unwrap(),
        }
    }
    let path = office.file("count.txt", file);
    assert_eq!(
        office.ok(&format!("asset count --from-file {path}")),
        "stocktake 1: 4,980 found, 20 missing, 10 unknown, 10 twice so far\n"
    );
    let outcome = office.run("asset count --close --by chen");
    assert_eq!(
        outcome.out,
        "stocktake 1: 4,980 found, 20 missing, 10 unknown, 10 twice; closed on 2026-10-08, signed by 陈总\n"
    );
    assert_eq!(outcome.err.lines().count(), 21);
    assert_eq!(outcome.err.lines().last(), Some("20 more; see them all with: branchbook asset stocktake 1"));
    let mut planted: Vec<String> = (1..=20)
        .flat_map(|n| {
            let serial = n * 250;
            let instead = if serial % 500 == 0 {
                format!("twice,AST-{0:04},AST-{0:04}", serial - 1)
            } else {
                format!("unknown,X-{serial},")
            };
            [instead, format!("missing,AST-{serial:04},AST-{serial:04}")]
        })
        .collect();
    let mut found = differences(&office, 1);
    planted.sort();
    found.sort();
    assert_eq!(found, planted);
}

#[test]
fn r4_8_what_was_counted_last_is_taken_back() {
    let office = six();
    office.ok("asset count AST-0001");
    office.ok("asset count AST-0002 SB/7 AST-0099 AST-0001");
    assert_snapshot!(office.ok("asset stocktake undo 1"), @"stocktake 1: lines taken back: 4; 1 found, 3 missing, 0 unknown, 0 twice, 1 in repair so far");
    assert_eq!(
        differences(&office, 1),
        ["missing,AST-0002,AST-0002", "missing,AST-0003,AST-0003", "missing,AST-0004,AST-0004", IN_REPAIR]
    );
    // Counted again it is neither there twice nor in another's place.
    office.ok("asset count AST-0002 SB/7");
    assert_eq!(differences(&office, 1), ["missing,AST-0004,AST-0004", IN_REPAIR]);
    assert_snapshot!(office.ok("asset stocktake undo 1"), @"stocktake 1: lines taken back: 2; 1 found, 3 missing, 0 unknown, 0 twice, 1 in repair so far");
    assert_snapshot!(office.ok("asset stocktake undo 1"), @"stocktake 1 is taken back, for nothing else was counted in it");
    assert_snapshot!(office.refused(4, "asset stocktake undo 1"), @"there is no stocktake 1; see branchbook asset stocktake");
    assert!(!office.ok("due").contains("stocktake 1"));
    assert_eq!(office.ok("asset stocktake --format csv").lines().count(), 1);
    assert_eq!(office.ok("asset count AST-0001 --department business -q"), "2\n");
    office.ok("verify");
}

#[test]
fn r4_8_single_lines_of_a_stocktake_are_taken_back() {
    let office = six();
    office.ok("asset count AST-0001 SB/7 AST-0099 AST-0002 AST-0001");
    assert_snapshot!(office.ok("asset stocktake undo 1 ast-0099 AST-0003 AST-0001"), @"stocktake 1: lines taken back: 3; 2 found, 2 missing, 0 unknown, 0 twice, 1 in repair so far");
    assert_eq!(differences(&office, 1), ["missing,AST-0003,AST-0003", "missing,AST-0004,AST-0004", IN_REPAIR]);
    assert_snapshot!(office.refused(4, "asset stocktake undo 1 AST-0099"), @"AST-0099 was not counted in stocktake 1; see what was counted with: branchbook asset stocktake 1 --all");
    office.ok("asset count --close");
    assert_snapshot!(office.refused(3, "asset stocktake undo 1 AST-0001"), @"R5.5(1): stocktake 1 was closed on 2026-10-08; take its closing back first with: branchbook asset stocktake undo 1");
    office.ok("verify");
}

#[test]
fn r5_5_1_a_closing_is_taken_back_with_what_it_found_missing() {
    let office = six();
    office.ok("asset count AST-0001 AST-0002 AST-0003");
    office.ok("asset count --close --by wang");
    let closed = office.ok("asset stocktake print 1");
    let office = office.on("2026-10-09");
    assert_snapshot!(office.refused(2, "asset stocktake undo 1"), @"count of stocktake 1 was entered by clerk on 2026-10-08; say why it is taken back: branchbook asset stocktake undo 1 --reason REASON");
    assert_snapshot!(office.sharing("li").refused(3, "asset stocktake undo 1 --reason 漏数"), @"R5.5(1): signing a stocktake is for a clerk, a department's manager or the branch manager, which 李娜 was not on 2026-10-09; name who signed with --by PERSON");
    assert_snapshot!(office.ok("asset stocktake undo 1 --reason 漏数"), @"stocktake 1: its closing of 2026-10-08 is taken back, and it is open; 3 found, 1 missing, 0 unknown, 0 twice, 1 in repair so far");
    assert!(office.ok("due").contains("stocktake 1 to be closed"));
    assert_snapshot!(office.refused(3, "asset stocktake print 1"), @"R5.5(1): stocktake 1 is open and has no result yet; close it first with: branchbook asset count --close --by PERSON");
    office.ok("asset count AST-0004");
    office.ok("asset count --close --by wang --on 2026-10-08");
    let again = office.ok("asset stocktake print 1");
    assert!(closed.contains("Missing") && again != closed);
    assert_eq!(differences(&office, 1), [IN_REPAIR]);
    // One at a time is open.
    office.ok("asset count AST-0001");
    assert_snapshot!(office.refused(3, "asset stocktake undo 1 --reason 漏数"), @"R5.5(1): stocktake 2 is open, and one is at a time; close it first with: branchbook asset count --close --by PERSON");
    assert_snapshot!(office.ok("report taken-back --format csv"), @"
    number,step,happened_on,taken_back_on,earlier_month,actor,recorder,reason,department,register,line
    stocktake 1,asset count,2026-10-08,2026-10-09,no,clerk,clerk,漏数,,asset,
    ");
    office.ok("verify");
}
