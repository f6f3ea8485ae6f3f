//! What a list is on paper.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::language::Language;

/// A list of `count` columns of amounts with a total of each, laid out.
fn amounts(count: usize) -> Listing {
    let names: Vec<String> = (1..=count).map(|place| format!("amount_of_{place}")).collect();
    let columns: Vec<String> = names.iter().map(|name| format!("123456789012 AS {name}_fen")).collect();
    let query = Query::new("Amounts", format!("SELECT {}", columns.join(", ")));
    let query = query.totals(&names.iter().map(String::as_str).collect::<Vec<_>>());
    Listing::of(&query, &Connection::open_in_memory().unwrap(), 10).unwrap()
}

#[test]
fn a_list_stands_on_the_smallest_paper_that_holds_its_columns() {
    let shapes = [4, 6, 9, 12].map(|count| (amounts(count).shape, amounts(count).abreast));
    assert_eq!(shapes, [("", 4), ("wide", 6), ("wide crowded", 9), ("wide", 8)]);
}

#[test]
fn long_headings_take_no_room_from_amounts() {
    let list = Language::Zh.during(|| {
        let columns = ["lines_month_before", "lines_year_before", "quantity_month_before", "contracts_year_before"];
        let columns: Vec<String> = columns.iter().map(|name| format!("1 AS {name}")).collect();
        let sql = format!("SELECT 1829600000 AS amount_fen, 'Ball mill' AS product, {}", columns.join(", "));
        Listing::of(&Query::new("Orders", sql).totals(&["amount"]), &Connection::open_in_memory().unwrap(), 10).unwrap()
    });
    let (amount, letters) = (list.rows[0][0].len() + grid::FRAME, usize::from(UPRIGHT));
    assert_eq!((list.shape, list.abreast), ("", 6));
    assert!(list.headings[0].share * letters >= amount * 10_000, "{:?}", list.headings);
}

#[test]
fn percentages_have_the_same_places() {
    let sql = "SELECT 4500 AS share_pct UNION ALL SELECT 3333";
    let list = Listing::of(&Query::new("Shares", sql), &Connection::open_in_memory().unwrap(), 10).unwrap();
    assert_eq!(list.rows, [["45.00%"], ["33.33%"]]);
}

#[test]
fn what_is_folded_is_folded_in_the_total_too() {
    let list = amounts(12);
    let total = list.total.clone().unwrap();
    let folded = list.folded(&total);
    assert_eq!(folded.len(), 4);
    assert_eq!((folded[3].0.text.as_str(), folded[3].1.as_str()), ("amount of 12", "1,234,567,890.12"));
    assert_eq!(list.values(&total).count() + folded.len(), 12);
}

#[test]
fn korean_wraps_between_words_where_no_chinese_stands_beside_it() {
    let classes = |language: Language| {
        let sql = "SELECT '포 사무소' AS department, '包钢' AS customer, 'HAY05001' AS number, 2 AS pages";
        let book = Connection::open_in_memory().unwrap();
        let list = language.during(|| Listing::of(&Query::new("Forms", sql), &book, 10).unwrap());
        list.headings.into_iter().map(|heading| heading.class).collect::<Vec<_>>()
    };
    assert_eq!(classes(Language::Ko), ["w", "", "k", "n"]);
    assert_eq!(classes(Language::Zh), ["", "", "k", "n"]);
    let figures = Language::Ko.during(|| Listing::of_figures(String::new(), &["항목".to_owned()], Vec::new()));
    assert_eq!(figures.headings[0].class, "w");
}

#[test]
fn in_small_print_a_list_stays_on_upright_paper() {
    let list = amounts(12).upright();
    assert_eq!((list.shape, list.abreast), ("", 5));
    assert!(list.columns().all(|column| column.share > 0));
}
