//! What is owed, and for how long: payments, their aging, and money drawn by lot (R3.7).

use branchbook::register::project::payments::{COLUMNS, PAYMENTS};
use insta::assert_snapshot;
use proptest::prelude::*;
use serde_json::Value;

use crate::collection::{INSTALMENTS, column, fen, led, planned};
use crate::office::Office;
use crate::project::review;

/// Contracts of two departments and two currencies on 2027-02-01, some of their payments overdue.
fn aged() -> Office {
    Office::made(|| {
        let office = planned();
        office.ok("project receive PRJ26-001 --amount 300万 --voucher 1");
        office.ok("project add --department baotou --customer 包钢设备部 --title 衬板 --by sun");
        let office = office.on("2027-01-03");
        office.ok("project review PRJ26-002 --item 技术要求 --reviewer wu --pass --on 2027-01-02");
        office.ok("project contract PRJ26-002 --contract B-2 --signed-on 2027-01-02 --amount 10万 --by zhao");
        office.ok("project instalments PRJ26-002 --advance 50% --delivery 50% --by zhao --delivery-due 2027-02-01");
        office.ok("project add --department business --customer 'Emir Mining LLP' --title mill --by li");
        office.ok("project review PRJ27-001 --item 技术要求 --reviewer wu --pass --on 2027-01-03");
        office.ok("project contract PRJ27-001 --contract E-1 --signed-on 2027-01-03 --amount 9000.03 --currency usd --rate 7.1234 --by wang");
        office.ok("project instalments PRJ27-001 --advance 33.33% --delivery 33.33% --warranty 33.34% --warranty-due 2028-01-03 --by wang");
        office.on("2027-02-01")
    })
}

#[test]
fn r3_7_payments_are_listed_in_every_format() {
    let office = aged();
    assert_snapshot!(office.ok("project payments"), @"
    Payments owed on 2027-02-01
    ┌───────────┬─────────────┬────────────────────────────┬──────────┬────────────┬──────────────┬──────────┬──────────────┬──────────────┬──────────────┬────────┬────────────┐
    │ number    │ contract    │ customer                   │ kind     │ due on     │ days overdue │ currency │       amount │     received │         owed │ leader │ department │
    ├───────────┼─────────────┼────────────────────────────┼──────────┼────────────┼──────────────┼──────────┼──────────────┼──────────────┼──────────────┼────────┼────────────┤
    │ PRJ26-001 │ BG-2026-118 │ 包头钢铁(集团)有限责任公司 │ advance  │ 2026-10-22 │          102 │ CNY      │ 3,774,000.00 │ 3,000,000.00 │   774,000.00 │ 李娜   │ business   │
    │ PRJ26-002 │ B-2         │ 包钢设备部                 │ advance  │ 2027-01-02 │           30 │ CNY      │    50,000.00 │         0.00 │    50,000.00 │        │ baotou     │
    │ PRJ27-001 │ E-1         │ Emir Mining LLP            │ advance  │ 2027-01-03 │           29 │ USD      │     2,999.70 │         0.00 │     2,999.70 │        │ business   │
    │ PRJ26-002 │ B-2         │ 包钢设备部                 │ delivery │ 2027-02-01 │            0 │ CNY      │    50,000.00 │         0.00 │    50,000.00 │        │ baotou     │
    │ PRJ27-001 │ E-1         │ Emir Mining LLP            │ warranty │ 2028-01-03 │            0 │ USD      │     3,000.63 │         0.00 │     3,000.63 │        │ business   │
    │ PRJ26-001 │ BG-2026-118 │ 包头钢铁(集团)有限责任公司 │ progress │            │              │ CNY      │ 3,774,000.00 │         0.00 │ 3,774,000.00 │ 李娜   │ business   │
    │ PRJ26-001 │ BG-2026-118 │ 包头钢铁(集团)有限责任公司 │ delivery │            │              │ CNY      │ 3,774,000.00 │         0.00 │ 3,774,000.00 │ 李娜   │ business   │
    │ PRJ26-001 │ BG-2026-118 │ 包头钢铁(集团)有限责任公司 │ warranty │            │              │ CNY      │ 1,258,000.00 │         0.00 │ 1,258,000.00 │ 李娜   │ business   │
    │ PRJ27-001 │ E-1         │ Emir Mining LLP            │ delivery │            │              │ USD      │     2,999.70 │         0.00 │     2,999.70 │        │ business   │
    └───────────┴─────────────┴────────────────────────────┴──────────┴────────────┴──────────────┴──────────┴──────────────┴──────────────┴──────────────┴────────┴────────────┘
    9 rows
    ");
    assert_snapshot!(office.ok("project payments --overdue --format csv"), @"
    number,contract,customer,kind,due_on,days_overdue,currency,amount,received,owed,leader,department
    PRJ26-001,BG-2026-118,包头钢铁(集团)有限责任公司,advance,2026-10-22,102,CNY,3774000.00,3000000.00,774000.00,li,business
    PRJ26-002,B-2,包钢设备部,advance,2027-01-02,30,CNY,50000.00,0.00,50000.00,,baotou
    PRJ27-001,E-1,Emir Mining LLP,advance,2027-01-03,29,USD,2999.70,0.00,2999.70,,business
    ");
    assert_snapshot!(office.ok("project payments PRJ27-001 --format json"), @r#"
    [
    {"number":"PRJ27-001","contract":"E-1","customer":"Emir Mining LLP","kind":"advance","due_on":"2027-01-03","days_overdue":29,"currency":"USD","amount":"2999.70","received":"0.00","owed":"2999.70","leader":null,"department":"business"},
    {"number":"PRJ27-001","contract":"E-1","customer":"Emir Mining LLP","kind":"warranty","due_on":"2028-01-03","days_overdue":0,"currency":"USD","amount":"3000.63","received":"0.00","owed":"3000.63","leader":null,"department":"business"},
    {"number":"PRJ27-001","contract":"E-1","customer":"Emir Mining LLP","kind":"delivery","due_on":null,"days_overdue":null,"currency":"USD","amount":"2999.70","received":"0.00","owed":"2999.70","leader":null,"department":"business"}
    ]
    "#);
    assert_snapshot!(office.ok("project payments E-1 --overdue --format jsonl"), @r#"{"number":"PRJ27-001","contract":"E-1","customer":"Emir Mining LLP","kind":"advance","due_on":"2027-01-03","days_overdue":29,"currency":"USD","amount":"2999.70","received":"0.00","owed":"2999.70","leader":null,"department":"business"}"#);
}

#[test]
fn r3_7_what_was_collected_is_drawn_beside_what_had_fallen_due() {
    let page = aged().ok("project payments --aging --format html");
    let words = page.split("aria-label=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(
        words,
        "包头钢铁(集团)有限责任公司: fallen due 377, received 300; 包钢设备部: fallen due 10, received 0"
    );
    assert!(page.contains("amounts in 10,000 yuan; other currencies are in the table"), "{page}");
}

#[test]
fn r3_7_the_aging_keeps_currencies_apart() {
    let office = aged();
    assert_snapshot!(office.ok("project payments --aging"), @"
    Payments owed on 2027-02-01 by customer
    ┌────────────────────────────┬──────────┬──────────────┬──────────────┬──────────────┬───────────────┬───────────────┬──────────────┬──────────────┬──────────────┬────────────┐
    │ customer                   │ currency │         owed │      not due │ days 1 to 30 │ days 31 to 60 │ days 61 to 90 │ days over 90 │   fallen due │     received │ collection │
    ├────────────────────────────┼──────────┼──────────────┼──────────────┼──────────────┼───────────────┼───────────────┼──────────────┼──────────────┼──────────────┼────────────┤
    │ Emir Mining LLP            │ USD      │     9,000.03 │     6,000.33 │     2,999.70 │          0.00 │          0.00 │         0.00 │     2,999.70 │         0.00 │         0% │
    │ 包头钢铁(集团)有限责任公司 │ CNY      │ 9,580,000.00 │ 8,806,000.00 │         0.00 │          0.00 │          0.00 │   774,000.00 │ 3,774,000.00 │ 3,000,000.00 │     79.49% │
    │ 包钢设备部                 │ CNY      │   100,000.00 │    50,000.00 │    50,000.00 │          0.00 │          0.00 │         0.00 │   100,000.00 │         0.00 │         0% │
    └────────────────────────────┴──────────┴──────────────┴──────────────┴──────────────┴───────────────┴───────────────┴──────────────┴──────────────┴──────────────┴────────────┘
    3 rows
    ");
    assert_snapshot!(office.ok("project payments --aging --by leader --format csv"), @"
    leader,currency,owed,not_due,days_1_to_30,days_31_to_60,days_61_to_90,days_over_90,fallen_due,received,collection
    ,CNY,100000.00,50000.00,50000.00,0.00,0.00,0.00,100000.00,0.00,0.00
    ,USD,9000.03,6000.33,2999.70,0.00,0.00,0.00,2999.70,0.00,0.00
    li,CNY,9580000.00,8806000.00,0.00,0.00,0.00,774000.00,3774000.00,3000000.00,79.49
    ");
    assert_snapshot!(office.ok("project payments --aging --by department --overdue --format json"), @r#"
    [
    {"department":"baotou","currency":"CNY","owed":"100000.00","not_due":"50000.00","days_1_to_30":"50000.00","days_31_to_60":"0.00","days_61_to_90":"0.00","days_over_90":"0.00","fallen_due":"100000.00","received":"0.00","collection":"0.00"},
    {"department":"business","currency":"CNY","owed":"9580000.00","not_due":"8806000.00","days_1_to_30":"0.00","days_31_to_60":"0.00","days_61_to_90":"0.00","days_over_90":"774000.00","fallen_due":"3774000.00","received":"3000000.00","collection":"79.49"},
    {"department":"business","currency":"USD","owed":"9000.03","not_due":"6000.33","days_1_to_30":"2999.70","days_31_to_60":"0.00","days_61_to_90":"0.00","days_over_90":"0.00","fallen_due":"2999.70","received":"0.00","collection":"0.00"}
    ]
    "#);
    assert_snapshot!(office.ok("project payments --aging --by department PRJ26-002 --format jsonl"), @r#"{"department":"baotou","currency":"CNY","owed":"100000.00","not_due":"50000.00","days_1_to_30":"50000.00","days_31_to_60":"0.00","days_61_to_90":"0.00","days_over_90":"0.00","fallen_due":"100000.00","received":"0.00","collection":"0.00"}"#);
}

#[test]
fn r3_7_the_aging_adds_up_a_customer_in_all_its_spellings() {
    let office = planned();
    for (number, customer, currency) in
        [("PRJ26-002", "包头钢铁（集团）总公司", ""), ("PRJ26-003", "包头钢铁 集团", "--currency usd --rate 7.1")]
    {
        office.ok(&format!("project add --department business --customer '{customer}' --title 衬板 --by li"));
        office.ok(&format!("project review {number} --item 技术要求 --reviewer wu --pass"));
        office.ok(&format!(
            "project contract {number} --contract {number} --signed-on 2026-10-22 --amount 10万 {currency} --by wang"
        ));
    }
    assert_eq!(
        column(&office, "project payments --aging", "customer"),
        ["包头钢铁 集团", "包头钢铁(集团)有限责任公司"],
        "one for each currency"
    );
    assert_eq!(column(&office, "project payments --aging", "owed"), ["100000.00", "12680000.00"]);
}

#[test]
fn r3_7_the_buckets_of_the_aging_end_after_30_60_and_90_days() {
    let mut office = planned();
    let buckets = ["not_due", "days_1_to_30", "days_31_to_60", "days_61_to_90", "days_over_90"];
    for (day, bucket) in [
        ("2026-10-22", 0),
        ("2026-10-23", 1),
        ("2026-11-21", 1),
        ("2026-11-22", 2),
        ("2026-12-21", 2),
        ("2026-12-22", 3),
        ("2027-01-20", 3),
        ("2027-01-21", 4),
    ] {
        office = office.on(day);
        let sums = buckets.map(|bucket| column(&office, "project payments --aging", bucket).concat());
        let expected: Vec<&str> = (0..buckets.len())
            .map(|index| match (index, bucket) {
                (0, 0) => "12580000.00",
                (0, _) => "8806000.00",
                (index, bucket) if index == bucket => "3774000.00",
                _ => "0.00",
            })
            .collect();
        assert_eq!(sums.to_vec(), expected, "{day}");
    }
}

#[test]
fn r3_7_payments_are_those_of_the_day() {
    let office = planned().on("2026-11-05");
    office.ok("project receive PRJ26-001 --amount 377.4万 --voucher 1 --on 2026-10-28");
    office.ok("project receive PRJ26-001 --amount 880.6万 --voucher 2");
    let owed = |day: &str| column(&office, &format!("project payments --on {day}"), "owed");
    assert_eq!(owed("2026-10-21"), Vec::<String>::new(), "nothing was signed yet");
    assert_eq!(owed("2026-10-27"), ["3774000.00", "3774000.00", "3774000.00", "1258000.00"]);
    assert_eq!(owed("2026-11-04"), ["3774000.00", "3774000.00", "1258000.00"]);
    assert_eq!(owed("2026-11-05"), Vec::<String>::new());
}

#[test]
fn r3_7_the_months_pack_holds_what_was_due_when_it_ended() {
    let office = planned().on("2026-11-05");
    office.ok("project receive PRJ26-001 --amount 100万 --voucher 1 --on 2026-10-28");
    office.ok("project receive PRJ26-001 --amount 277.4万 --voucher 2");
    office.ok(&format!("report month 2026-10 --output {}", office.path("packs").display()));
    assert_snapshot!(office.read("packs/2026-10/payments-due.csv"), @"
    number,contract,customer,kind,due_on,days_overdue,currency,amount,received,owed,leader,department
    PRJ26-001,BG-2026-118,包头钢铁(集团)有限责任公司,advance,2026-10-22,9,CNY,3774000.00,1000000.00,2774000.00,li,business
    ");
}

#[test]
fn r3_7_a_hand_written_update_cannot_make_received_exceed_owed() {
    let office = planned();
    office.ok("project receive PRJ26-001 --amount 100万 --voucher 1");
    let book = office.sql();
    for sql in [
        "UPDATE instalment SET received_fen = amount_fen + 1 WHERE position = 1",
        "UPDATE instalment SET amount_fen = received_fen - 1 WHERE position = 1",
        "INSERT INTO receipt SELECT entry, 9, 1, 277400001, '2026-10-22', 'x', NULL, NULL, NULL FROM instalment WHERE position = 1",
    ] {
        let error = book.execute(sql, ()).unwrap_err().to_string();
        assert!(
            error.contains("CHECK constraint failed: received_fen") || error.contains("sum of the receipts"),
            "{sql}: {error}"
        );
    }
    for (sql, message) in [
        (
            "UPDATE instalment SET received_fen = amount_fen WHERE position = 2",
            "what was received is the sum of the receipts",
        ),
        ("UPDATE receipt SET amount_fen = 1", "the amount of a receipt is never changed: reverse it, or take it back"),
        ("DELETE FROM receipt", "nothing is deleted"),
    ] {
        assert_eq!(book.execute(sql, ()).unwrap_err().to_string(), message, "{sql}");
    }
    book.execute(
        "INSERT INTO receipt SELECT entry, 9, 1, 277400000, '2026-10-22', 'x', NULL, NULL, NULL FROM instalment WHERE position = 1",
        (),
    )
    .unwrap();
    assert_eq!(office.count("SELECT received_fen FROM instalment WHERE position = 1"), 377_400_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn r3_7_no_order_of_receipts_ends_with_more_received_than_owed(
        total in 1..2_000_i64,
        receipts in proptest::collection::vec((1..900_i64, 0..5_usize), 1..12),
    ) {
        const KINDS: [&str; 5] = ["", "--kind advance", "--kind progress", "--kind delivery", "--kind warranty"];
        let office = led().on("2026-10-22");
        let amount = branchbook::money::Money(total);
        office.ok(&format!("project contract PRJ26-001 --contract B1 --signed-on 2026-10-22 --amount {amount} --warranty-months 1"));
        office.ok(INSTALMENTS);
        let mut received = 0;
        for (voucher, (part, kind)) in receipts.into_iter().enumerate() {
            let owed: i64 = column(&office, "project payments", "owed").iter().map(|owed| fen(owed)).sum();
            prop_assert_eq!(owed, total - received);
            let part_typed = branchbook::money::Money(part);
            let outcome = office.run(&format!("project receive PRJ26-001 --amount {part_typed} {} --voucher {voucher}", KINDS[kind]));
            prop_assert!(outcome.code == 0 || (outcome.code == 3 && outcome.err.starts_with("R3.7: ")), "{}", outcome.err);
            prop_assert!(kind != 0 || (outcome.code == 0) == (part <= owed), "spread over all, it is taken where it is owed");
            received += if outcome.code == 0 { part } else { 0 };
            prop_assert_eq!(office.count("SELECT coalesce(sum(amount_fen), 0) FROM receipt"), received);
            prop_assert_eq!(office.count("SELECT count(*) FROM instalment WHERE received_fen > amount_fen"), 0);
        }
        prop_assert!(received <= total);
    }

    #[test]
    fn r3_7_the_aging_buckets_add_up_to_what_is_owed(
        contracts in proptest::collection::vec((1..1_000_000_i64, 1..140_i64, 0..3_usize, 0..101_i64), 1..6),
    ) {
        const CURRENCIES: [&str; 3] = ["", "--currency USD --rate 7.1", "--currency EUR --rate 8.2"];
        let office = Office::staffed().on("2026-06-01");
        let first = chrono::NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
        for (index, (amount, days, currency, paid)) in contracts.iter().enumerate() {
            let (number, day) = (format!("PRJ26-{:03}", index + 1), first + chrono::Days::new(days.unsigned_abs()));
            let money = branchbook::money::Money;
            office.ok(&format!("project add --department business --customer 甲{} --title t", index % 2));
            let later = format!("--signed-on 2026-06-01 --amount {} {}", money(*amount), CURRENCIES[*currency]);
            review(&office, &number);
            office.ok(&format!("project contract {number} --contract C{index} {later}"));
            office.ok(&format!("project instalments {number} --advance 60% --advance-due {day} --delivery 40%"));
            let paid = amount * paid / 100;
            if paid > 0 {
                office.ok(&format!("project receive {number} --amount {} --voucher {number}", money(paid)));
            }
        }
        let office = office.on("2026-10-08");
        for by in ["customer", "leader", "department"] {
            let rows: Vec<Value> = serde_json::from_str(&office.ok(&format!("project payments --aging --by {by} --format json"))).unwrap();
            let sum = |row: &Value, names: &[&str]| names.iter().map(|name| fen(row[name].as_str().unwrap())).sum::<i64>();
            for row in &rows {
                let buckets = ["not_due", "days_1_to_30", "days_31_to_60", "days_61_to_90", "days_over_90"];
                prop_assert_eq!(sum(row, &buckets), sum(row, &["owed"]));
            }
            for currency in ["CNY", "USD", "EUR"] {
                let owed: i64 = rows.iter().filter(|row| row["currency"] == currency).map(|row| sum(row, &["owed"])).sum();
                let sql = format!("SELECT coalesce(sum(owed_fen), 0) FROM project_list WHERE currency = '{currency}'");
                prop_assert_eq!(owed, office.count(&sql));
            }
        }
    }
}

#[test]
fn r3_7_a_look_at_what_is_owed_walks_over_no_closed_contract() {
    let office = planned();
    let book = office.sql();
    let sql = format!("EXPLAIN QUERY PLAN {PAYMENTS} SELECT {COLUMNS} FROM owed");
    let mut plan = book.prepare(&sql).unwrap();
    let mut rows = plan.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get::<_, String>(3).unwrap());
    }
    let scans = |step: &&String| {
        ["entry", "contract", "instalment", "receipt", "leader"]
            .iter()
            .any(|table| step.starts_with(&format!("SCAN {table}")))
    };
    let scanned: Vec<&String> = steps.iter().filter(scans).collect();
    assert_eq!(scanned, ["SCAN instalment USING INDEX instalment_open"], "{steps:#?}");
}

/// The plan of the month and of the year up to it stand on the first page, as the list beside it has them; a share is rounded to the nearest.
#[test]
fn r3_7_the_months_first_page_has_the_collection_plan() {
    let office = aged().on("2027-01-10");
    office.ok("project target set --department business --month 2027-01 --amount 100万 --by chen");
    office.ok("project target set --department business --month 2027-02 --amount 400万 --by chen");
    office.ok("project target set --department baotou --month 2027-02 --amount 7万 --by chen");
    let office = office.on("2027-02-20");
    office.ok("project receive PRJ26-002 --amount 30000 --voucher V9 --by zhao");
    let office = office.on("2027-03-02");
    let packs = office.path("packs");
    office.ok(&format!("report month 2027-02 --output {}", packs.display()));
    let page = office.read("packs/2027-02/month-end.html");
    let plan = page.split("collection plan").nth(1).unwrap().split("</tr>").next().unwrap();
    let amounts: Vec<&str> = plan.split(['<', '>']).filter(|text| text.contains(".00")).collect();
    assert_eq!(amounts, ["4,070,000.00", "1,000,000.00", "5,070,000.00"], "{plan}");
    let list = office.ok("report collection --month 2027-02 --format csv");
    assert!(list.contains("2027-02,baotou,70000.00,50000.00,30000.00,42.86,chen"), "{list}");
}
