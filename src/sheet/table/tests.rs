#![allow(clippy::unwrap_used)]

use insta::assert_snapshot;
use unicode_width::UnicodeWidthStr;

use super::super::{
    Format, Written,
    chart::Bars,
    query::Query,
    tests::{printed, sheet},
};
use super::*;
use crate::language::Language;

const CONTACTS: &str = "
    WITH contacts(number, sent_on, customer, amount_fen, verdict, note) AS (VALUES
        ('HAY05001', '2026-11-02', '北京新能源有限公司', 1250050, 'met', 'asks for the drawings of the second line'),
        ('HAY05002', '2026-11-20', 'Acme', -99900, 'late', NULL),
        ('HAY05003', '2026-11-21', '서울 주식회사', 123456789, 'not met', '第二条生产线的图纸请尽快寄给我们的工程师'))
    SELECT * FROM contacts";

fn narrow(width: u16) -> Look {
    Look { width: Some(width), ..Look::default() }
}

fn totals(names: &[&str]) -> Look {
    Look { totals: names.iter().map(ToString::to_string).collect(), ..Look::default() }
}

#[test]
fn a_column_that_is_empty_in_every_row_is_not_drawn_and_not_missed() {
    let sql = "SELECT 'a' AS number, NULL AS note, '' AS place, 0 AS entries UNION ALL SELECT 'b', NULL, NULL, NULL";
    let (table, written) = sheet(sql, Format::Table, &Look::default());
    assert_snapshot!(table, @"
    Contacts
    ┌────────┬─────────┐
    │ number │ entries │
    ├────────┼─────────┤
    │ a      │       0 │
    │ b      │         │
    └────────┴─────────┘
    2 rows
    ");
    assert!(written.left_out.is_empty());
    let all_empty = printed("SELECT NULL AS note", Format::Table, &Look::default());
    assert!(all_empty.contains("│ note │"), "{all_empty}");
    assert!(printed(sql, Format::Table, &totals(&["entries"])).contains("│ total  │       0 │"));
}

#[test]
fn wide_characters_align() {
    let table = printed(CONTACTS, Format::Table, &Look::default());
    assert_snapshot!(table, @"
    Contacts
    ┌──────────┬────────────┬────────────────────┬──────────────┬─────────┬──────────────────────────────────────────┐
    │ number   │ sent on    │ customer           │       amount │ verdict │ note                                     │
    ├──────────┼────────────┼────────────────────┼──────────────┼─────────┼──────────────────────────────────────────┤
    │ HAY05001 │ 2026-11-02 │ 北京新能源有限公司 │    12,500.50 │ met     │ asks for the drawings of the second line │
    │ HAY05002 │ 2026-11-20 │ Acme               │      -999.00 │ late    │                                          │
    │ HAY05003 │ 2026-11-21 │ 서울 주식회사      │ 1,234,567.89 │ not met │ 第二条生产线的图纸请尽快寄给我们的工程师 │
    └──────────┴────────────┴────────────────────┴──────────────┴─────────┴──────────────────────────────────────────┘
    3 rows
    ");
    let widths: Vec<usize> =
        table.lines().filter(|line| line.starts_with(['┌', '│', '├', '└'])).map(UnicodeWidthStr::width).collect();
    assert!(widths.len() == 7 && widths.iter().all(|width| *width == widths[0]), "{widths:?}");
}

#[test]
fn a_terminal_that_is_a_little_narrow_breaks_texts() {
    let (table, written) = sheet(CONTACTS, Format::Table, &narrow(85));
    assert_snapshot!(table, @"
    Contacts
    ┌──────────┬────────────┬──────────────┬──────────────┬─────────┬───────────────────┐
    │ number   │ sent on    │ customer     │       amount │ verdict │ note              │
    ├──────────┼────────────┼──────────────┼──────────────┼─────────┼───────────────────┤
    │ HAY05001 │ 2026-11-02 │ 北京新能源有 │    12,500.50 │ met     │ asks for the      │
    │          │            │ 限公司       │              │         │ drawings of the   │
    │          │            │              │              │         │ second line       │
    │ HAY05002 │ 2026-11-20 │ Acme         │      -999.00 │ late    │                   │
    │ HAY05003 │ 2026-11-21 │ 서울         │ 1,234,567.89 │ not met │ 第二条生产线的图  │
    │          │            │ 주식회사     │              │         │ 纸请尽快寄给我们  │
    │          │            │              │              │         │ 的工程师          │
    └──────────┴────────────┴──────────────┴──────────────┴─────────┴───────────────────┘
    3 rows
    ");
    assert_eq!(written, Written { rows: 3, left_out: vec![] });
}

#[test]
fn forty_columns_leave_out_what_stands_at_the_right_before_amounts_and_verdicts() {
    let (table, written) = sheet(CONTACTS, Format::Table, &narrow(40));
    assert_snapshot!(table, @r"
        Contacts
        ┌──────────┬──────────────┬─────────┐
        │ number   │       amount │ verdict │
        ├──────────┼──────────────┼─────────┤
        │ HAY05001 │    12,500.50 │ met     │
        │ HAY05002 │      -999.00 │ late    │
        │ HAY05003 │ 1,234,567.89 │ not met │
        └──────────┴──────────────┴─────────┘
        3 rows
        ");
    assert_eq!(written.left_out, ["sent_on", "customer", "note"]);
    assert!(table.lines().all(|line| line.width() <= 40));
}

#[test]
fn twenty_columns_keep_the_entry_number() {
    let (table, written) = sheet(CONTACTS, Format::Table, &narrow(20));
    assert_snapshot!(table, @"
    Contacts
    ┌──────────┐
    │ number   │
    ├──────────┤
    │ HAY05001 │
    │ HAY05002 │
    │ HAY05003 │
    └──────────┘
    3 rows
    ");
    assert_eq!(written.left_out, ["sent_on", "customer", "amount", "verdict", "note"]);
}

#[test]
fn colour_is_for_headings_and_verdicts() {
    let look = Look { color: true, ..Look::default() };
    let sql = "SELECT 'late' AS verdict, 'too late' AS note UNION ALL SELECT 'met', 'met the user'";
    assert_snapshot!(printed(sql, Format::Table, &look).replace('\u{1b}', "^"), @"
    ^[1mContacts^[0m
    ┌─────────┬──────────────┐
    │ ^[1mverdict^[0m │ ^[1mnote^[0m         │
    ├─────────┼──────────────┤
    │ ^[31mlate^[0m    │ too late     │
    │ ^[32mmet^[0m     │ met the user │
    └─────────┴──────────────┘
    2 rows
    ");
}

#[test]
fn a_broken_text_is_no_verdict() {
    let look = Look { color: true, width: Some(16), ..Look::default() };
    let table = printed("SELECT 'the reply is late' AS note", Format::Table, &look);
    assert!(table.contains("│ late"), "{table}");
    assert!(!table.contains("\u{1b}[31m"), "{table}");
}

const TALLY: &str = "
    SELECT 'business' AS department, 6 AS indicator, 12 AS counted, 'met' AS verdict
    UNION ALL SELECT '包头办事处', 6, 3, 'missed' UNION ALL SELECT 'service', NULL, 1, NULL";

fn with_bars(width: Option<u16>) -> Look {
    let bars = Bars { label: "department", values: &["counted", "indicator"] };
    Look { width, bars: Some(bars), ..totals(&["counted"]) }
}

#[test]
fn a_terminal_has_bars_beside_the_figures_of_a_tally() {
    let table = printed(TALLY, Format::Table, &with_bars(Some(80)));
    assert_snapshot!(table, @"
    Contacts
    ┌────────────┬───────────┬─────────┬───────────────┬─────────┐
    │ department │ indicator │ counted │               │ verdict │
    ├────────────┼───────────┼─────────┼───────────────┼─────────┤
    │ business   │         6 │      12 │ ▐▐▐▐▐▐|▐▐▐▐▐▐ │ met     │
    │ 包头办事处 │         6 │       3 │ ▐▐▐░░░|       │ missed  │
    │ service    │           │       1 │ ▐             │         │
    ├────────────┼───────────┼─────────┼───────────────┼─────────┤
    │ total      │           │      16 │               │         │
    └────────────┴───────────┴─────────┴───────────────┴─────────┘
    3 rows
    ");
    let widths: Vec<usize> =
        table.lines().filter(|line| line.starts_with(['┌', '│', '├', '└'])).map(UnicodeWidthStr::width).collect();
    assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
}

#[test]
fn bars_are_the_first_to_go_where_the_terminal_is_narrow() {
    let natural = printed(TALLY, Format::Table, &with_bars(Some(80))).lines().nth(1).map(UnicodeWidthStr::width);
    let natural = u16::try_from(natural.unwrap()).unwrap();
    assert!(printed(TALLY, Format::Table, &with_bars(Some(natural))).contains('▐'));
    let plain = printed(TALLY, Format::Table, &totals(&["counted"]));
    assert_eq!(printed(TALLY, Format::Table, &with_bars(Some(natural - 1))), plain);
}

#[test]
fn a_month_that_the_title_says_is_not_said_again_in_a_terminal() {
    let list = |rows: &str, width| {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        let sql = format!("SELECT column1 AS month, column2 AS department FROM (VALUES {rows})");
        let query = Query::new("Information of 2026-10", sql);
        let mut out = Vec::new();
        query.write(&connection, Format::Table, &Look { width, ..Look::default() }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let same = "('2026-10', 'business'), ('2026-10', 'baotou')";
    assert_snapshot!(list(same, Some(80)), @"
    Information of 2026-10
    ┌────────────┐
    │ department │
    ├────────────┤
    │ business   │
    │ baotou     │
    └────────────┘
    2 rows
    ");
    assert!(list(same, None).contains("│ 2026-10 │"));
    let several = "('2026-10', 'business'), ('2026-09', 'baotou')";
    assert!(list(several, Some(80)).contains("│ 2026-09 │ baotou"));
    for (language, title) in [(Language::Zh, "2026年10月用户信息"), (Language::Ko, "2026년 10월 고객 정보")]
    {
        let list = language.during(|| {
            let connection = rusqlite::Connection::open_in_memory().unwrap();
            let query = Query::new(title, "SELECT '2026-10' AS month, 1 AS counted");
            let mut out = Vec::new();
            query.write(&connection, Format::Table, &narrow(80), &mut out).unwrap();
            String::from_utf8(out).unwrap()
        });
        assert!(!list.contains("2026-10"), "{list}");
    }
}

#[test]
fn pipes_and_files_have_no_bars_and_neither_has_a_list_of_nothing() {
    let plain = printed(TALLY, Format::Table, &totals(&["counted"]));
    assert_eq!(printed(TALLY, Format::Table, &with_bars(None)), plain);
    let nothing = "SELECT 'a' AS department, 0 AS indicator, 0 AS counted";
    let plain = printed(nothing, Format::Table, &totals(&["counted"]));
    assert_eq!(printed(nothing, Format::Table, &with_bars(Some(80))), plain);
}

#[test]
fn totals_stand_under_a_line() {
    let sql = "SELECT 'info' AS department, 2 AS entries, 150050 AS amount_fen, 5000 AS share_pct
        UNION ALL SELECT 'sales', 10, 100, 6250 UNION ALL SELECT 'service', NULL, NULL, NULL";
    let (table, written) = sheet(sql, Format::Table, &totals(&["entries", "amount"]));
    assert_snapshot!(table, @"
    Contacts
    ┌────────────┬─────────┬──────────┬───────┐
    │ department │ entries │   amount │ share │
    ├────────────┼─────────┼──────────┼───────┤
    │ info       │       2 │ 1,500.50 │   50% │
    │ sales      │      10 │     1.00 │ 62.5% │
    │ service    │         │          │       │
    ├────────────┼─────────┼──────────┼───────┤
    │ total      │      12 │ 1,501.50 │       │
    └────────────┴─────────┴──────────┴───────┘
    3 rows
    ");
    assert_eq!(written.rows, 3);
}

#[test]
fn a_masked_value_leaves_its_column_without_a_total() {
    let sql = "SELECT 'a' AS number, 3 AS entries, '***' AS amount_fen UNION ALL SELECT 'b', 4, 500";
    assert_snapshot!(printed(sql, Format::Table, &totals(&["entries", "amount"])), @"
    Contacts
    ┌────────┬─────────┬────────┐
    │ number │ entries │ amount │
    ├────────┼─────────┼────────┤
    │ a      │       3 │    *** │
    │ b      │       4 │   5.00 │
    ├────────┼─────────┼────────┤
    │ total  │       7 │        │
    └────────┴─────────┴────────┘
    2 rows
    no total of amount: it is masked in some of the rows
    ");
}

#[test]
fn text_that_would_break_the_terminal_is_spelt_out() {
    let sql = "SELECT 'two' || char(10) || 'lines' || char(27) || '[31m' || char(0x202e) AS note";
    assert_snapshot!(printed(sql, Format::Table, &Look::default()), @r"
    Contacts
    ┌─────────────────────────────┐
    │ note                        │
    ├─────────────────────────────┤
    │ two⏎lines\u{1b}[31m\u{202e} │
    └─────────────────────────────┘
    1 row
    ");
}

/// A value of a column, as wide as such values usually are.
fn usual(column: &Column) -> &'static str {
    match column.kind {
        ColumnKind::Money => "123456789",
        ColumnKind::Percent => "6250",
        ColumnKind::YesNo => "1",
        ColumnKind::Day => "'2026-11-02'",
        ColumnKind::Month => "'2026-11'",
        ColumnKind::Instant => "'2026-11-02T08:00:00+08:00'",
        ColumnKind::Plain | ColumnKind::Word | ColumnKind::Person if column.is_entry_number() => "'HAY05001'",
        ColumnKind::Plain | ColumnKind::Word | ColumnKind::Person => "'北京新能源有限公司'",
    }
}

#[test]
fn every_list_at_80_keeps_money_deciders_deadlines_and_states_before_what_is_less() {
    let book = rusqlite::Connection::open_in_memory().unwrap();
    book.execute_batch(include_str!("../../../schema.sql")).unwrap();
    for register in crate::register::ALL {
        let mut statement = book.prepare("SELECT name FROM pragma_table_info(?1)").unwrap();
        let mut names: Vec<String> =
            statement.query_map([register.view], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        names.retain(|name| !["id", "counter", "serial"].contains(&name.as_str()));
        let columns: Vec<Column> = names.iter().map(|name| Column::of_sql(name)).collect();
        let values = names.iter().zip(&columns).map(|(name, column)| format!("{} AS {name}", usual(column)));
        let sql = format!("SELECT {}", values.collect::<Vec<_>>().join(", "));
        let (table, written) = sheet(&sql, Format::Table, &narrow(80));
        let is_left_out = |column: &&Column| written.left_out.contains(&column.name);
        assert!(
            !written.left_out.iter().any(|name| ["number", "state"].contains(&&**name)),
            "{}: {table}",
            register.name
        );
        // A day is less than any of them, and narrower than most.
        let less =
            columns.iter().find(|column| column.kind == ColumnKind::Day && !column.weighs() && !is_left_out(column));
        let more = columns
            .iter()
            .filter(is_left_out)
            .find(|column| column.weighs() && column.heading().len() <= 10 && column.kind != ColumnKind::Money);
        assert!(less.is_none() || more.is_none(), "{}: {less:?} stands, {more:?} does not: {table}", register.name);
        let amounts = columns.iter().filter(|column| column.kind == ColumnKind::Money).collect::<Vec<_>>();
        assert!(amounts.is_empty() || amounts.iter().any(|column| !is_left_out(column)), "{}: {table}", register.name);
    }
}

#[test]
fn what_says_that_there_is_nothing_goes_before_what_says_something() {
    let sql =
        "SELECT '北京新能源有限公司' AS customer, 880600000 AS owed_fen, 503200000 AS not_due_fen, 0 AS days_1_30_fen,
        377400000 AS days_31_60_fen, 0 AS days_61_90_fen, 55000000 AS over_90_fen";
    let (table, written) = sheet(sql, Format::Table, &narrow(80));
    assert!(table.contains("over 90"), "{table}");
    assert!(written.left_out.iter().all(|name| ["days_1_30", "days_61_90"].contains(&&**name)), "{table}");
    let few = "SELECT 'PRJ26-001' AS number, 'a change of what was there before ' || value AS changes, iif(value = 3, '2026-10-22', NULL) AS happened_on,
        iif(value = 3, 'wang', 'zhou') AS actor, 'a long name of who recorded it ' || value AS recorder FROM (SELECT column1 AS value FROM (VALUES (1), (2), (3), (4), (5)))";
    assert_eq!(sheet(few, Format::Table, &narrow(70)).1.left_out, ["happened_on"]);
}
