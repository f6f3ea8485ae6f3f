//! What the products' orders of a month were, and the information that projects come of (R2.3, R2.5).

use insta::assert_snapshot;

use crate::office::Office;
use crate::project::review;

/// Opens a project of a department on the office's day and signs its contract.
fn order(office: &Office, department: &str, contract: &str) {
    let number = office.ok(&format!("project add --department {department} --customer 甲厂 --title 订货 -q"));
    let day = office.now().today();
    review(office, number.trim());
    office.ok(&format!("project contract {} --signed-on {day} {contract}", number.trim()));
}

/// October 2026 with the month before it and the October before that.
fn october() -> Office {
    Office::made(|| {
        let office = Office::staffed_since("2025-01-01").on("2025-10-31");
        order(&office, "business", "--contract A1 --amount 500万 --line 球磨机;1;500万");
        let office = office.on("2025-11-01");
        order(&office, "business", "--contract A2 --amount 1万 --line 衬板;10;1000");
        let office = office.on("2026-09-30");
        order(&office, "baotou", "--contract A3 --amount 60万 --line 球磨机;1;50万 --line 衬板;100;1000");
        let office = office.on("2026-10-01");
        order(&office, "business", "--contract A4 --amount 1260万 --line 球磨机;2;629万 --line 备件;2;1万");
        order(&office, "baotou", "--contract A5 --amount 630万 --line 球磨机;1;630万");
        order(&office, "foreign-trade", "--contract A6 --amount 9万 --currency USD --rate 7.1 --line 球磨机;1;9万");
        order(&office, "business", "--contract A7 --amount 8.8万");
        let office = office.on("2026-10-31");
        office.ok("project contract A4 --supplement --contract A4-1 --signed-on 2026-10-31 --amount -629万 --line 球磨机;-1;629万");
        office.ok("project contract A7 --supplement --contract A7-1 --signed-on 2026-10-31 --amount 0");
        office.on("2026-11-02")
    })
}

#[test]
fn r2_5_orders_are_counted_by_product_against_the_month_and_the_year_before() {
    let office = october();
    assert_snapshot!(office.ok("report orders --month 2026-10 --format csv"), @"
    product,currency,contracts,lines,quantity,amount,amount_month_before,amount_year_before,quantity_month_before,quantity_year_before,lines_month_before,lines_year_before,contracts_month_before,contracts_year_before
    备件,CNY,1,1,2,20000.00,0.00,0.00,0,0,0,0,0,0
    球磨机,CNY,2,3,2,12590000.00,500000.00,5000000.00,1,1,1,1,1,1
    球磨机,USD,1,1,1,90000.00,0.00,0.00,0,0,0,0,0,0
    衬板,CNY,0,0,0,0.00,100000.00,0.00,100,0,1,0,1,0
    (no lines),CNY,1,0,0,88000.00,0.00,0.00,0,0,0,0,0,0
    ");
    assert_snapshot!(office.ok("report orders --month 2026-11"), @"
    Orders of 2026-11 by product
    ┌────────────┬──────────┬───────────┬───────┬──────────┬────────┬─────────────────────┬────────────────────┬───────────────────────┬──────────────────────┬────────────────────┬───────────────────┬────────────────────────┬───────────────────────┐
    │ product    │ currency │ contracts │ lines │ quantity │ amount │ amount month before │ amount year before │ quantity month before │ quantity year before │ lines month before │ lines year before │ contracts month before │ contracts year before │
    ├────────────┼──────────┼───────────┼───────┼──────────┼────────┼─────────────────────┼────────────────────┼───────────────────────┼──────────────────────┼────────────────────┼───────────────────┼────────────────────────┼───────────────────────┤
    │ 备件       │ CNY      │         0 │     0 │        0 │   0.00 │           20,000.00 │               0.00 │                     2 │                    0 │                  1 │                 0 │                      1 │                     0 │
    │ 球磨机     │ CNY      │         0 │     0 │        0 │   0.00 │       12,590,000.00 │               0.00 │                     2 │                    0 │                  3 │                 0 │                      2 │                     0 │
    │ 球磨机     │ USD      │         0 │     0 │        0 │   0.00 │           90,000.00 │               0.00 │                     1 │                    0 │                  1 │                 0 │                      1 │                     0 │
    │ 衬板       │ CNY      │         0 │     0 │        0 │   0.00 │                0.00 │          10,000.00 │                     0 │                   10 │                  0 │                 1 │                      0 │                     1 │
    │ (no lines) │ CNY      │         0 │     0 │        0 │   0.00 │           88,000.00 │               0.00 │                     0 │                    0 │                  0 │                 0 │                      1 │                     0 │
    ├────────────┼──────────┼───────────┼───────┼──────────┼────────┼─────────────────────┼────────────────────┼───────────────────────┼──────────────────────┼────────────────────┼───────────────────┼────────────────────────┼───────────────────────┤
    │ total      │          │           │     0 │        0 │        │                     │                    │                     5 │                   10 │                  5 │                 1 │                        │                       │
    └────────────┴──────────┴───────────┴───────┴──────────┴────────┴─────────────────────┴────────────────────┴───────────────────────┴──────────────────────┴────────────────────┴───────────────────┴────────────────────────┴───────────────────────┘
    5 rows
    ");
    assert_snapshot!(office.ok("report orders --month 2026-12"), @"Orders of 2026-12 by product: none");
}

#[test]
fn r2_5_orders_are_counted_by_department() {
    let office = october();
    assert_snapshot!(office.ok("report orders --month 2026-10 --by department --format json"), @r#"
    [
    {"department":"business","currency":"CNY","contracts":2,"lines":3,"quantity":3,"amount":"6398000.00","amount_month_before":"0.00","amount_year_before":"5000000.00","quantity_month_before":0,"quantity_year_before":1,"lines_month_before":0,"lines_year_before":1,"contracts_month_before":0,"contracts_year_before":1},
    {"department":"foreign-trade","currency":"USD","contracts":1,"lines":1,"quantity":1,"amount":"90000.00","amount_month_before":"0.00","amount_year_before":"0.00","quantity_month_before":0,"quantity_year_before":0,"lines_month_before":0,"lines_year_before":0,"contracts_month_before":0,"contracts_year_before":0},
    {"department":"baotou","currency":"CNY","contracts":1,"lines":1,"quantity":1,"amount":"6300000.00","amount_month_before":"600000.00","amount_year_before":"0.00","quantity_month_before":101,"quantity_year_before":0,"lines_month_before":2,"lines_year_before":0,"contracts_month_before":1,"contracts_year_before":0}
    ]
    "#);
    assert_snapshot!(office.ok("report orders --month 2025-10 --by department --format jsonl"), @r#"{"department":"business","currency":"CNY","contracts":1,"lines":1,"quantity":1,"amount":"5000000.00","amount_month_before":"0.00","amount_year_before":"0.00","quantity_month_before":0,"quantity_year_before":0,"lines_month_before":0,"lines_year_before":0,"contracts_month_before":0,"contracts_year_before":0}"#);
}

#[test]
fn r2_5_what_ends_a_contract_is_no_contract_more() {
    let office = Office::staffed();
    order(&office, "business", "--contract A1 --amount 17万");
    order(&office, "business", "--contract A2 --amount 20万");
    office.ok(
        "project terminate PRJ26-001 --ended-by customer --agreement 协议-7 --settled 8.9万 --reason 停建 --by wang",
    );
    assert_snapshot!(office.ok("report orders --month 2026-10 --format csv --columns product,contracts,lines,amount"), @"
    product,contracts,lines,amount
    (contract ended),0,0,-81000.00
    (no lines),2,0,370000.00
    ");
}

#[test]
fn r2_5_the_orders_add_up_to_what_was_signed() {
    let office = october();
    for by in ["product", "department"] {
        let orders = office.ok(&format!("report orders --month 2026-10 --by {by} --format json"));
        let orders: Vec<serde_json::Value> = serde_json::from_str(&orders).unwrap();
        for currency in ["CNY", "USD"] {
            let of_currency = orders.iter().filter(|row| row["currency"] == currency);
            let sum: i64 = of_currency
                .map(|row| row["amount"].as_str().unwrap().parse::<branchbook::money::Money>().unwrap().0)
                .sum();
            let signed = office.count(&format!(
                "SELECT sum(amount_fen) FROM contract WHERE currency = '{currency}' AND signed_on LIKE '2026-10-%'"
            ));
            assert_eq!(sum, signed, "{by} {currency}");
        }
    }
}

#[test]
fn r2_5_the_months_pack_holds_the_orders() {
    let office = october();
    office.ok(&format!("report month 2026-10 --output {}", office.path("packs").display()));
    assert_eq!(
        office.read("packs/2026-10/orders-by-product.csv"),
        office.ok("report orders --month 2026-10 --format csv")
    );
    let manifest: serde_json::Value = serde_json::from_str(&office.read("packs/2026-10/manifest.json")).unwrap();
    let orders =
        manifest["files"].as_array().unwrap().iter().find(|file| file["name"] == "orders-by-product.csv").unwrap();
    assert_eq!(orders["totals"], serde_json::json!({ "lines": 5, "quantity": 5 }));
}

#[test]
fn r2_5_orders_are_drawn_in_yuan_and_other_currencies_are_said_to_be_missing() {
    let page = october().ok("report orders --month 2026-10 --format html");
    let words = page.split("aria-label=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(
        words,
        "备件: amount 2, amount month before 0, amount year before 0; 球磨机: amount 1259, amount month before 50, amount year before 500; \
         衬板: amount 0, amount month before 10, amount year before 0; (no lines): amount 9, amount month before 0, amount year before 0"
    );
    assert!(
        page.contains("<figcaption>amounts in 10,000 yuan; other currencies are in the table</figcaption>"),
        "{page}"
    );
    assert!(page.contains(r#"<section class="wide crowded">"#), "fourteen columns stand side by side in small print");
    for stands in [">球磨机</text>", ">1,259</text>", "12,590,000.00", "90,000.00"] {
        assert!(page.contains(stands), "{stands} is not in {page}");
    }
}

/// The rows of the month in figures, each its texts joined by `|`.
fn figures(page: &str) -> Vec<String> {
    let table = page.split("The month in figures").nth(1).unwrap().split("</table>").next().unwrap();
    let rows = table.split("<tr>").skip(1);
    let text = |cell: &str| cell.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned();
    rows.map(|row| {
        row.split("<t").skip(1).filter(|cell| !cell.starts_with("body")).map(text).collect::<Vec<_>>().join("|")
    })
    .collect()
}

#[test]
fn r2_5_the_month_in_figures_stands_beside_the_month_and_the_year_before() {
    let office = october();
    let pre =
        "contact add --department business --kind pre-contract --to technology --subject 图 --content 图 --by wang";
    office.ok(&format!("{pre} --on 2026-10-12"));
    office.ok(&format!("{pre} --on 2026-10-13"));
    office.ok("contact sign HAY05001 --by wu --on 2026-10-14");
    office.ok("contact archive HAY05001 --no-contract 无合同 --by zhou --on 2026-10-15");
    office.ok("info add --region 辽宁省 --equipment 球磨机 --need 两台 --department business --customer 甲厂 --by li --on 2026-10-20");
    office.ok(&format!("report month 2026-10 --output {}", office.path("packs").display()));
    assert_eq!(
        figures(&office.read("packs/2026-10/month-end.html")),
        [
            "figure|this month|month before|change on the month|same month a year before|change on the year|year so far",
            "contact forms issued|2|0|–|0|–|2",
            "of these not archived by the month&#39;s end|1|0|–|0|–|1",
            "answered by the day that was wanted|0.0%|–|–|–|–|0.0%",
            "user information|1|0|–|0|–|1",
            "projects opened|4|1|+300.0%|1|+300.0%|5",
            "contracts signed|4|1|+300.0%|1|+300.0%|5",
            // 12.6 + 6.3 + 0.088 million, 90,000 dollars at 7.1, and 6.29 million less by a supplement.
            "orders, in yuan|13,337,000.00|600,000.00|+2122.8%|5,000,000.00|+166.7%|13,937,000.00",
            "collection plan, in yuan|0.00|0.00|–|0.00|–|0.00",
            "payments planned, in yuan|0.00|0.00|–|0.00|–|0.00",
            "payments received, in yuan|0.00|0.00|–|0.00|–|0.00",
            "received of what fell due|–|–|–|–|–|–",
            "receptions|0|0|–|0|–|0",
            "cost of receptions|0.00|0.00|–|0.00|–|0.00",
            "gifts bought|0.00|0.00|–|0.00|–|0.00",
            "fees paid|0.00|0.00|–|0.00|–|0.00",
            "shipments sent|0|0|–|0|–|0",
        ]
    );
}

/// An entry of li's, tracked by li of the business department.
fn tracked() -> Office {
    Office::made(|| {
        let office = Office::staffed().on("2026-10-12");
        office.ok("info add --department business --customer 鞍钢集团矿业有限公司 --region 辽宁省鞍山市 --equipment 球磨机 --need 两台 --amount 860万 --by li");
        let office = office.on("2026-10-29");
        office.ok("info report --department business --month 2026-10 --by wang");
        office.ok("info file --month 2026-10 --by zhou");
        office.ok("info assign INF26-0001 --to business --by zhou");
        office.ok("info track INF26-0001 --person li --by wang");
        office
    })
}

#[test]
fn r2_3_a_project_is_opened_from_tracked_information() {
    let office = Office::staffed();
    office.ok("info add --department business --customer 鞍钢 --region 辽宁省 --equipment 球磨机 --need 两台 --by li");
    assert_snapshot!(office.refused(3, "info open-project INF26-0001 --title 球磨机 --by wang"), @"R2.3: INF26-0001 is collected, and open-project takes an entry that is tracked; from there: branchbook info report --department business --month 2026-10, or void");
    let office = tracked();
    assert_snapshot!(office.refused(3, "info open-project INF26-0001 --title 球磨机 --by zhao"), @"R2.4: opening a project, which makes the customer known, is for the department-manager of business, which 赵刚 was not on 2026-10-29; name who decided: --by wang");
    assert_eq!(office.ok("info open-project INF26-0001 --title '球磨机 2 台(鞍钢)' --by wang -q"), "PRJ26-001\n");
    assert_snapshot!(office.ok("project show PRJ26-001"), @"
    PRJ26-001
    ┌────────────┬──────────────────────┐
    │ number     │ PRJ26-001            │
    │ state      │ open                 │
    │ opened on  │ 2026-10-29           │
    │ customer   │ 鞍钢集团矿业有限公司 │
    │ title      │ 球磨机 2 台(鞍钢)    │
    │ department │ business             │
    │ amount     │ 8,600,000.00         │
    │ major      │ yes                  │
    │ product    │ 球磨机               │
    │ region     │ 辽宁省鞍山市         │
    │ source     │ INF26-0001           │
    │ opened by  │ 王建国               │
    │ amendments │ 0                    │
    └────────────┴──────────────────────┘
    ");
    let shown = office.ok("info show INF26-0001");
    assert_snapshot!(shown.split_once("Project\n").unwrap().1, @"
    ┌───────────┬───────┬────────────┬───────────────────┐
    │ number    │ state │ opened on  │ title             │
    ├───────────┼───────┼────────────┼───────────────────┤
    │ PRJ26-001 │ open  │ 2026-10-29 │ 球磨机 2 台(鞍钢) │
    └───────────┴───────┴────────────┴───────────────────┘
    1 row
    ");
    for second in [
        "info open-project INF26-0001 --title 又 --by wang",
        "project add --department business --customer a --title b --source INF26-0001 --by wang",
    ] {
        assert_eq!(
            office.refused(3, second),
            "R2.3: INF26-0001 is project PRJ26-001 already; go on with it: branchbook project show PRJ26-001"
        );
    }
    office.ok("project void PRJ26-001 --reason 误开");
    assert_snapshot!(office.ok("info open-project INF26-0001 --title 球磨机 --by wang"), @"PRJ26-002: opened from INF26-0001, 球磨机");
    assert_snapshot!(office.ok("info history INF26-0001 --format csv"), @r"
    at,verb,happened_on,actor,recorder,changes,note,declared,entered_later
    2026-10-12T00:00:00Z,info add,2026-10-12,li,clerk,department: business; collected_on: 2026-10-12; collected_by: li; state: collected; customer: 鞍钢集团矿业有限公司; region: 辽宁省鞍山市; equipment: 球磨机; need: 两台; amount: 8600000.00; late: no,,,
    2026-10-29T00:00:00Z,info report,2026-10-29,wang,clerk,state: collected → reported; reported_on: 2026-10-29,,,
    2026-10-29T00:00:00Z,info file,2026-10-29,zhou,clerk,state: reported → filed; filed_on: 2026-10-29,,,
    2026-10-29T00:00:00Z,info assign,2026-10-29,zhou,clerk,state: filed → assigned; assigned_to: business; assigned_on: 2026-10-29,,,
    2026-10-29T00:00:00Z,info track,2026-10-29,wang,clerk,state: assigned → tracked; tracker: li; tracked_on: 2026-10-29,,,
    2026-10-29T00:00:00Z,info open-project,2026-10-29,wang,clerk,,PRJ26-001,,
    2026-10-29T00:00:00Z,info open-project,2026-10-29,wang,clerk,,PRJ26-002,,
    ");
    office.ok("verify");
}

#[test]
fn r2_3_a_project_names_its_information_as_the_manager_of_who_tracks_it_decided() {
    let office = tracked();
    let add = "project add --department business --customer 随便 --title t --source INF26-0001";
    let zhao = office.sharing("zhao");
    assert_snapshot!(zhao.refused(3, &add.replace("business", "baotou")), @"R2.4: opening a project, which makes the customer known, is for the department-manager of business, which 赵刚 was not on 2026-10-29; let 王建国 enter it, or hand the paper to General Management's clerk");
    assert_snapshot!(office.sharing("li").refused(3, add), @"R2.4: opening a project, which makes the customer known, is for the department-manager of business, which 李娜 was not on 2026-10-29; let 王建国 enter it, or hand the paper to General Management's clerk");
    office.ok("project add --department business --customer 鞍钢 --title t --by li");
    let amend = "project amend PRJ26-001 --source INF26-0001 --reason 补";
    assert!(office.refused(3, amend).starts_with("R2.4: opening a project, which makes the customer known, "));
    office.ok("info open-project INF26-0001 --title 球磨机 --by wang --dry-run");
    office.ok(&format!("{amend} --by wang"));
    let collected =
        "info add --department business --customer 本钢 --region 辽宁省 --equipment 振动筛 --need 一台 --by li";
    office.ok(collected);
    assert_snapshot!(office.refused(3, &format!("{} --by wang", add.replace("0001", "0002"))), @"R2.3: INF26-0002 is collected, and open-project takes an entry that is tracked; from there: branchbook info report --department business --month 2026-10, or void");
}

#[test]
fn r2_3_won_information_is_linked_to_its_project() {
    let office = tracked();
    office.ok("info open-project INF26-0001 --title 球磨机 --by wang");
    office.ok("project add --department business --customer 鞍钢 --title 备件");
    assert_snapshot!(office.refused(3, "info close INF26-0001 --won --project PRJ26-002 --reason 已立项 --by li"), @"R2.3: INF26-0001 is project PRJ26-001 already; go on with it: branchbook project show PRJ26-001");
    office.refused(2, "info close INF26-0001 --lost --project PRJ26-001 --reason 已立项 --by li");
    assert_snapshot!(office.ok("info close INF26-0001 --won --project PRJ26-001 --reason 已立项 --by li"), @r#"INF26-0001 "球磨机 · 辽宁省鞍山市": won on 2026-10-29, closed by 李娜"#);
    assert!(office.ok("info show INF26-0001").contains("│ won"));
    office.ok("verify");
}

#[test]
fn r2_3_a_project_that_came_of_another_entry_is_not_linked() {
    let office = tracked();
    office.ok("project add --department business --customer 鞍钢 --title 备件");
    let other = "info add --department business --customer 本钢 --region 辽宁省 --equipment 振动筛 --need 一台 --by li";
    office.ok(other);
    office.all_ok(&[
        "info report --department business --month 2026-10 --by wang",
        "info file INF26-0002",
        "info assign INF26-0002 --to business",
        "info track INF26-0002 --person li --by wang",
        "project add --department business --customer 本钢 --title 振动筛 --source INF26-0002 --by wang",
    ]);
    assert_snapshot!(office.refused(3, "info close INF26-0001 --won --project PRJ26-002 --reason 已立项 --by li"), @"R2.3: PRJ26-002 came of INF26-0002, not of INF26-0001; name the project that came of it, or close INF26-0002 with it");
    office.ok("info close INF26-0001 --won --project PRJ26-001 --reason 已立项 --by li");
    assert!(office.ok("project show PRJ26-001").contains("INF26-0001"));
    assert!(office.ok("project history PRJ26-001").contains("source: INF26-0001"));
    office.ok("verify");
}

#[test]
fn r2_5_the_leaders_review_the_statistics_of_every_month() {
    let office = Office::staffed_since("2026-09-15").on("2026-10-01");
    order(&office, "baotou", "--contract A5 --amount 630万 --line 球磨机;1;630万");
    let office = office.on("2026-11-02");
    let due = |office: &Office| {
        let due = office.ok("due --format csv");
        due.lines().filter(|line| line.ends_with("R2.5")).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(due(&office), @"2026-11-15,,order statistics of 2026-10 to be reviewed by the leaders,branchbook report review 2026-10 --outcome noted --by lin,0,general,,R2.5");
    assert_snapshot!(office.refused(3, "report review 2026-11 --outcome noted --by lin"), @"R2.5: 2026-11 has not ended on 2026-11-02, and has no statistics to review; review them once it has");
    assert_snapshot!(office.refused(3, "report review 2026-10 --outcome noted --by chen"), @"R2.5: reviewing the order statistics is for the company-leader, which 陈总 was not on 2026-11-02; name who decided: --by lin");
    assert_snapshot!(office.refused(2, "report review 2026-10 --outcome questioned --by lin"), @"
    error: missing: --note <TEXT>
      type: branchbook report review 2026-10 --outcome questioned --by lin --note TEXT
    ");
    assert_snapshot!(office.ok("report review 2026-10 --outcome questioned --note 备件为何下降 --by lin"), @"2026-10: orders of 6,300,000.00 yuan reviewed by 林董 on 2026-11-02: questioned");
    let office = office.on("2026-11-09");
    assert_snapshot!(office.ok("report review 2026-10 --outcome noted --by lin"), @"2026-10: orders of 6,300,000.00 yuan reviewed by 林董 on 2026-11-09: noted");
    assert_snapshot!(due(&office), @"");
    assert_snapshot!(office.ok("report reviews --format csv"), @"
    month,reviewed_on,reviewed_by,outcome,note,amount,entered_by,declared
    2026-10,2026-11-02,lin,questioned,备件为何下降,6300000.00,clerk,
    2026-10,2026-11-09,lin,noted,,6300000.00,clerk,
    ");
    assert_snapshot!(office.ok("report reviews --month 2026-09 --format csv"), @"month,reviewed_on,reviewed_by,outcome,note,amount,entered_by,declared");
    office.ok(&format!("report month 2026-11 --output {}", office.path("packs").display()));
    assert_snapshot!(office.read("packs/2026-11/order-reviews.csv"), @"
    month,reviewed_on,reviewed_by,outcome,note,amount,entered_by,declared
    2026-10,2026-11-02,lin,questioned,备件为何下降,6300000.00,clerk,
    2026-10,2026-11-09,lin,noted,,6300000.00,clerk,
    ");
    assert_snapshot!(office.ok("report decisions --format csv --month 2026-11"), @"
    thing,verb,decided_on,decided_by,entered_by,declared,deputy_for,note,entered_at
    order-review 2026-10,report review,2026-11-02,lin,clerk,,,备件为何下降,2026-11-02T00:00:00Z
    order-review 2026-10,report review,2026-11-09,lin,clerk,,,,2026-11-09T00:00:00Z
    ");
}
