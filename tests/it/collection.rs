//! What a project's contract is, how it is paid, and what is owed (R3.3, R3.4, R3.7).

use branchbook::book::Book;
use branchbook::book::change::Change;
use branchbook::office::identity;
use branchbook::register::entry::Entry;
use branchbook::register::project::instalments;
use branchbook::register::project::payments::{COLUMNS, PAYMENTS};
use insta::assert_snapshot;
use proptest::prelude::*;
use serde_json::Value;

use crate::collected::record;
use crate::office::Office;
use crate::project::{self, review};

const CONTRACT: &str = "project contract PRJ26-001 --contract BG-2026-118 --signed-on 2026-10-22 --amount 1258万 \
    --line '球磨机 MQ3645;2;629万' --deliver-by 2027-03-31 --warranty-months 12";

const INSTALMENTS: &str = "project instalments PRJ26-001 --advance 30% --progress 30% --delivery 30% --warranty 10%";

/// PRJ26-001, led by li and reviewed.
fn led() -> Office {
    let office = project::led();
    review(&office, "PRJ26-001");
    office
}

/// PRJ26-001, led by li, with its contract of 2026-10-22.
fn contracted() -> Office {
    let office = led().on("2026-10-22");
    office.ok(CONTRACT);
    office
}

/// The same with its instalments.
fn planned() -> Office {
    let office = contracted();
    office.ok(INSTALMENTS);
    office
}

/// Lets an event of another register happen on the office's day.
fn happen(office: &Office, event: &str) {
    let surroundings = office.surroundings();
    let mut book = Book::open(&surroundings.book, surroundings.patience).unwrap();
    let transaction = book.begin().unwrap();
    let recorder = identity::recorder(&transaction, &surroundings).unwrap();
    let (now, on) = (office.now(), office.now().today());
    let mut change = Change::new(transaction, now, "project deliver", recorder, on);
    let entry = Entry::find(change.sql(), "PRJ26-001").unwrap();
    instalments::event(&change, entry.id, event, on).unwrap();
    change.record(&entry.thing().unwrap(), "li", None).unwrap();
    change.commit().unwrap();
}

/// A column of a list's rows, as text.
fn column(office: &Office, line: &str, name: &str) -> Vec<String> {
    let rows: Vec<Value> = serde_json::from_str(&office.ok(&format!("{line} --format json"))).unwrap();
    rows.iter().map(|row| row[name].as_str().map_or_else(|| row[name].to_string(), str::to_owned)).collect()
}

/// What of the project waits on the office's day.
fn waiting(office: &Office) -> String {
    office.ok("due --format csv").lines().filter(|line| line.contains("PRJ26-001") && line.contains("R3.7")).collect()
}

fn fen(amount: &str) -> i64 {
    amount.parse::<branchbook::money::Money>().unwrap().0
}

#[test]
fn r3_3_the_product_lines_add_up_to_the_amount() {
    let office = led().on("2026-10-22");
    let contract = |lines: &str| {
        format!("project contract PRJ26-001 --contract BG-1 --signed-on 2026-10-22 --amount 1258万 {lines}")
    };
    assert_snapshot!(office.refused(3, &contract("--line 球磨机;2;628万")), @"R3.3: the product lines of BG-1 add up to 12,560,000.00, which is 20,000.00 less than its amount, 12,580,000.00; correct --line or --amount");
    assert_snapshot!(office.refused(3, &contract("--line 球磨机;2;629万 --line 备件;3;0.01")), @"R3.3: the product lines of BG-1 add up to 12,580,000.03, which is 0.03 more than its amount, 12,580,000.00; correct --line or --amount");
    assert_snapshot!(office.refused(3, &contract("--line 球磨机;3;629万 --line 球磨机;-1;629万")), @"R3.3: BG-1 is over -1 of 球磨机; give a quantity above nothing; only a supplement (--supplement) takes away");
    for line in [
        "球磨机",
        "球磨机;2",
        "球磨机;0;1",
        "球磨机;1.5;1",
        "球磨机;1;-1",
        ";1;1",
        "球磨机;1;1;1",
        "球磨机;9999999999;1万",
    ] {
        office.refused(2, &contract(&format!("--line '{line}'")));
    }
    assert_snapshot!(office.ok(&contract("--line '球磨机；1；629万' --line 球磨机;1;629万")), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": contract BG-1 signed on 2026-10-22, CNY 12,580,000.00 in all"#);
}

#[test]
fn r3_4_the_leader_signs_and_a_clerk_records() {
    let office = led().on("2026-10-22");
    assert_snapshot!(office.refused(3, &format!("{CONTRACT} --by wang")), @r#"R3.4: signing a contract is for PRJ26-001's leader, which 王建国 was not on 2026-10-22; name who did with --by li"#);
    office.ok(&format!("{CONTRACT} --by li"));
    assert_eq!(column(&office, "project show PRJ26-001", "state"), ["contracted"]);
    assert_eq!(office.count("SELECT count(*) FROM product_line"), 1);
    office.ok("verify");
}

#[test]
fn r3_4_a_contract_comes_once_and_its_number_is_on_one_paper() {
    let office = contracted();
    assert_snapshot!(office.refused(3, &CONTRACT.replace("BG-2026-118", "BG-2026-119")), @"R3.4: PRJ26-001 has its contract, BG-2026-118; enter what changes it with --supplement");
    office.ok("project add --department business --customer 鞍钢 --title 备件 --by li");
    review(&office, "PRJ26-002");
    assert_snapshot!(office.refused(3, &CONTRACT.replace("PRJ26-001", "PRJ26-002")), @"R3.4: contract BG-2026-118 is in the book already, in PRJ26-001; see it with: branchbook show PRJ26-001, and give the number of this one with --contract");
    assert_snapshot!(office.refused(3, "project contract PRJ26-002 --contract B1 --supplement --signed-on 2026-10-22 --amount 1"), @"R3.4: PRJ26-002 has no contract that could be supplemented; leave --supplement out");
    office.ok("project contract PRJ26-002 --contract BG-2 --signed-on 2026-10-22 --amount 1万 --by wang");
    // A hand-written row is held to it as well.
    let error = office.sql().execute(
        "INSERT INTO contract SELECT entry + 9, 1, contract, signed_on, customer, currency, amount_fen, rate_e4, NULL, NULL, NULL FROM contract LIMIT 1",
        (),
    );
    assert!(error.unwrap_err().to_string().contains("UNIQUE"), "the number is taken");
}

#[test]
fn r3_4_a_contract_is_signed_in_the_projects_time_and_for_more_than_nothing() {
    let office = led().on("2026-10-22");
    let refused = |words: &str| office.refused(2, &format!("project contract PRJ26-001 --contract B1 {words}"));
    assert_snapshot!(refused("--amount 1 --signed-on 2026-10-01"), @"PRJ26-001 was opened on 2026-10-08, and nothing was signed for it on 2026-10-01; give the day of the signing with --signed-on DATE");
    assert_snapshot!(refused("--amount 1 --signed-on 2026-10-23"), @"2026-10-23 has not come yet; give the day it happened with --signed-on DATE");
    assert_snapshot!(refused("--amount 0 --signed-on 2026-10-22"), @"a contract comes to more than nothing; give its --amount");
    assert_snapshot!(refused("--amount 1 --signed-on 2026-10-22 --currency USD"), @"what one USD was worth that day is missing; give it in yuan with --rate, such as --rate 7.1234");
    assert_snapshot!(refused("--amount 1 --signed-on 2026-10-22 --rate 7.1"), @"CNY has no rate; leave --rate out, or name the --currency");
}

#[test]
fn r3_4_a_supplement_keeps_the_history_and_changes_the_amount() {
    let office = planned();
    let supplement = "project contract PRJ26-001 --supplement --signed-on 2026-10-22";
    assert_snapshot!(office.refused(3, &format!("{supplement} --contract BG-2026-118 --amount 1")), @"R3.4: contract BG-2026-118 is in the book already, in PRJ26-001; see it with: branchbook show PRJ26-001, and give the number of this one with --contract");
    assert_snapshot!(office.refused(3, &format!("{supplement} --contract B1 --amount -58万 --line 球磨机;-1;58万 --line 备件;1;1")), @"R3.3: the product lines of B1 add up to -579,999.00, which is 1.00 more than its amount, -580,000.00; correct --line or --amount");
    assert_snapshot!(office.refused(3, &format!("{supplement} --contract B1 --amount 1 --currency EUR --rate 8")), @"R3.4: PRJ26-001 is in CNY, and its supplements are as well; leave --currency out");
    assert_snapshot!(office.refused(3, &format!("{supplement} --contract B1 --amount -1258万")), @"R3.7: PRJ26-001 comes to 12,580,000.00, of which 0.00 is paid, and 12,580,000.00 cannot be taken away from it; give what the supplement takes away with --amount");
    let outcome = office.run(&format!(
        "{supplement} --contract B1 --amount -58万 --line '球磨机 MQ3645;-2;629万' --line '球磨机 MQ3645;2;600万'"
    ));
    assert_snapshot!(outcome.out + &outcome.err, @r#"
    PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": supplement B1 signed on 2026-10-22, CNY 12,000,000.00 in all
    its instalments no longer add up; set them anew with: branchbook project instalments PRJ26-001 …
    "#);
    assert_eq!(column(&office, "project show PRJ26-001", "contract_amount"), ["12000000.00"]);
    assert_eq!(column(&office, "project show PRJ26-001", "unplanned"), ["-580000.00"]);
    let shown = office.ok("project show PRJ26-001");
    let (_, contracts) = shown.split_once("Contract and supplements\n").unwrap();
    let (contracts, _) = contracts.split_once("Instalments\n").unwrap();
    assert_snapshot!(contracts, @"
    ┌─────────────┬────────────┬────────────────────────────┬──────────┬───────────────┬────────────┬─────────────────┐
    │ contract    │ signed on  │ customer                   │ currency │        amount │ deliver by │ warranty months │
    ├─────────────┼────────────┼────────────────────────────┼──────────┼───────────────┼────────────┼─────────────────┤
    │ BG-2026-118 │ 2026-10-22 │ 包头钢铁(集团)有限责任公司 │ CNY      │ 12,580,000.00 │ 2027-03-31 │              12 │
    │ B1          │ 2026-10-22 │ 包头钢铁(集团)有限责任公司 │ CNY      │   -580,000.00 │            │                 │
    └─────────────┴────────────┴────────────────────────────┴──────────┴───────────────┴────────────┴─────────────────┘
    2 rows
    Product lines
    ┌─────────────┬───────────────┬──────────┬──────────────┬────────────────┐
    │ contract    │ product       │ quantity │        price │         amount │
    ├─────────────┼───────────────┼──────────┼──────────────┼────────────────┤
    │ BG-2026-118 │ 球磨机 MQ3645 │        2 │ 6,290,000.00 │  12,580,000.00 │
    │ B1          │ 球磨机 MQ3645 │       -2 │ 6,290,000.00 │ -12,580,000.00 │
    │ B1          │ 球磨机 MQ3645 │        2 │ 6,000,000.00 │  12,000,000.00 │
    └─────────────┴───────────────┴──────────┴──────────────┴────────────────┘
    3 rows
    ");
}

#[test]
fn r3_4_a_contract_keeps_its_currency_with_the_rate_of_its_day() {
    let office = led().on("2026-10-22");
    office.ok("project contract PRJ26-001 --contract E-1 --signed-on 2026-10-20 --amount 9000 --currency usd --rate 7.1234 --customer 'Emir LLP'");
    let supplement = "project contract PRJ26-001 --supplement --contract E-2 --signed-on 2026-10-22 --amount 0.03";
    assert_snapshot!(office.refused(2, supplement), @"what one USD was worth that day is missing; give it in yuan with --rate, such as --rate 7.1234");
    assert_snapshot!(office.ok(&format!("{supplement} --rate 7.1")), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": supplement E-2 signed on 2026-10-22, USD 9,000.03 in all"#);
    let shown = office.ok("project show PRJ26-001");
    assert_snapshot!(shown.split_once("Contract and supplements\n").unwrap().1, @"
    ┌──────────┬────────────┬──────────┬──────────┬──────────┬────────┐
    │ contract │ signed on  │ customer │ currency │   amount │ rate   │
    ├──────────┼────────────┼──────────┼──────────┼──────────┼────────┤
    │ E-1      │ 2026-10-20 │ Emir LLP │ USD      │ 9,000.00 │ 7.1234 │
    │ E-2      │ 2026-10-22 │ Emir LLP │ USD      │     0.03 │ 7.1000 │
    └──────────┴────────────┴──────────┴──────────┴──────────┴────────┘
    2 rows
    ");
    let book = office.sql();
    for sql in [
        "contract (entry, position, contract, signed_on, customer, currency, amount_fen) SELECT entry, 3, 'x', signed_on, customer, 'USD', 1",
        "contract (entry, position, contract, signed_on, customer, currency, amount_fen, rate_e4) SELECT entry, 3, 'x', signed_on, customer, 'CNY', 1, 1",
    ] {
        let error = book.execute(&format!("INSERT INTO {sql} FROM contract WHERE position = 1"), ()).unwrap_err();
        assert!(error.to_string().contains("CHECK"), "{error}");
    }
}

#[test]
fn r3_7_instalments_add_up_to_the_contract() {
    let office = contracted();
    assert_snapshot!(office.refused(3, "project instalments PRJ26-001 --advance 30% --progress 30% --delivery 30%"), @"R3.7: the instalments of PRJ26-001 come to 11,322,000.00, and its contract to CNY 12,580,000.00; give shares that make 100%, or amounts that add up to the contract with its supplements");
    assert_snapshot!(office.refused(3, "project instalments PRJ26-001 --advance 1258万 --delivery 0.01"), @"R3.7: the instalments of PRJ26-001 come to 12,580,000.01, and its contract to CNY 12,580,000.00; give shares that make 100%, or amounts that add up to the contract with its supplements");
    assert_snapshot!(office.ok("project instalments BG-2026-118 --advance 377.4万 --progress 30% --delivery 30% --warranty 10%"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": CNY 12,580,000.00 in advance 3,774,000.00 due on 2026-10-22, progress 3,774,000.00 due on completion, delivery 3,774,000.00 due on delivery, warranty 1,258,000.00 due when the warranty ends"#);
    // Set anew while nothing has come in: an instalment may be left out, and another day agreed.
    assert_snapshot!(office.ok("project instalments PRJ26-001 --delivery 90% --delivery-due 2027-04-30 --warranty 10%"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": CNY 12,580,000.00 in delivery 11,322,000.00 due on 2027-04-30, warranty 1,258,000.00 due when the warranty ends"#);
    assert_eq!(office.count("SELECT count(*) FROM instalment"), 2);
    assert_snapshot!(office.refused(2, "project instalments PRJ26-001 --delivery 100% --delivery-due 2026-10-21"), @"BG-2026-118 was signed on 2026-10-22, after 2026-10-21; give the day on which it is due with --delivery-due DATE");
    office.ok("verify");
}

#[test]
fn r3_7_odd_fen_are_on_the_last_instalment() {
    let office = led().on("2026-10-22");
    office.ok("project contract PRJ26-001 --contract B1 --signed-on 2026-10-22 --amount 100.01 --warranty-months 12");
    assert_snapshot!(office.ok("project instalments PRJ26-001 --advance 33.33% --progress 33.33% --delivery 33.34%"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": CNY 100.01 in advance 33.33 due on 2026-10-22, progress 33.33 due on completion, delivery 33.35 due on delivery"#);
    assert_snapshot!(office.ok("project instalments PRJ26-001 --advance 33.33% --progress 33.33% --delivery 23.34% --warranty 10%"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": CNY 100.01 in advance 33.33 due on 2026-10-22, progress 33.33 due on completion, delivery 23.34 due on delivery, warranty 10.01 due when the warranty ends"#);
}

#[test]
fn r3_7_warranty_money_needs_the_months_of_the_warranty_or_a_day() {
    let office = led().on("2026-10-22");
    office.ok("project contract PRJ26-001 --contract B1 --signed-on 2026-10-22 --amount 100");
    assert_snapshot!(office.refused(3, "project instalments PRJ26-001 --advance 90% --warranty 10%"), @"R3.7: B1 names no months of warranty; give the day on which the warranty money is due with --warranty-due DATE");
    office.ok("project instalments PRJ26-001 --advance 90% --warranty 10% --warranty-due 2027-10-22");
    // A supplement that only agrees on the months changes nothing else.
    assert_snapshot!(office.ok("project contract PRJ26-001 --supplement --contract B2 --signed-on 2026-10-22 --amount 0 --warranty-months 18"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": supplement B2 signed on 2026-10-22, CNY 100.00 in all"#);
    office.ok("project instalments PRJ26-001 --advance 90% --warranty 10%");
}

#[test]
fn r3_7_an_event_makes_its_instalment_due() {
    let office = planned().on("2027-01-31");
    let due = |office: &Office| column(office, "project payments PRJ26-001", "due_on");
    assert_eq!(due(&office), ["2026-10-22", "null", "null", "null"]);
    happen(&office, "completion");
    assert_eq!(due(&office), ["2026-10-22", "2027-01-31", "null", "null"]);
    // A second notice of a part changes nothing.
    let office = office.on("2027-02-28");
    happen(&office, "completion");
    happen(&office, "delivery");
    assert_eq!(due(&office), ["2026-10-22", "2027-01-31", "2027-02-28", "null"]);
    let office = office.on("2027-03-31");
    office.ok(
        "project contract PRJ26-001 --supplement --contract B1 --signed-on 2027-03-31 --amount 0 --warranty-months 11",
    );
    happen(&office, "acceptance");
    assert_eq!(due(&office), ["2026-10-22", "2027-01-31", "2027-02-28", "2028-02-29"], "the last of a shorter month");
    office.ok("verify");
}

#[test]
fn r3_7_what_is_accepted_is_delivered_and_complete() {
    let office = planned().on("2027-01-31");
    happen(&office, "acceptance");
    assert_eq!(
        column(&office, "project payments PRJ26-001", "due_on"),
        ["2026-10-22", "2027-01-31", "2027-01-31", "2028-01-31"]
    );
    // Set anew, the days that are known are found again.
    let book = office.sql();
    book.execute("UPDATE project SET delivered_on = '2027-01-30', accepted_on = '2027-01-31'", ()).unwrap();
    record(&book, "project accept", "PRJ26-001");
    drop(book);
    office.ok(
        "project instalments PRJ26-001 --advance 40% --progress 20% --delivery 30% --warranty 10% --exception 重排",
    );
    assert_eq!(
        column(&office, "project payments PRJ26-001", "due_on"),
        ["2026-10-22", "2027-01-30", "2027-01-31", "2028-01-31"]
    );
}

#[test]
fn r3_7_more_than_is_owed_is_refused() {
    let office = planned().on("2026-10-28");
    assert_snapshot!(office.refused(3, "project receive PRJ26-001 --kind advance --amount 377.5万 --voucher 银-1028"), @"R3.7: PRJ26-001 owes CNY 3,774,000.00 for the advance, and 3,775,000.00 is more than that; leave --kind out to spread it over what is owed longest");
    assert_snapshot!(office.ok("project receive PRJ26-001 --kind advance --amount 377.4万 --on 2026-10-28 --voucher 银-1028 --by li"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": CNY 3,774,000.00 received on 2026-10-28 for the advance by voucher 银-1028; 8,806,000.00 still owed"#);
    assert_snapshot!(office.refused(3, "project receive PRJ26-001 --kind advance --amount 0.01 --voucher 银-1029"), @"R3.7: PRJ26-001 owes CNY 0.00 for the advance, and 0.01 is more than that; leave --kind out to spread it over what is owed longest");
    assert_snapshot!(office.refused(3, "project receive PRJ26-001 --amount 880.600001万 --voucher 银-1029"), @"R3.7: PRJ26-001 owes CNY 8,806,000.00, and 8,806,000.01 is more than that; enter what is owed, up to --amount 8806000.00, and ask what the rest is for");
    assert_snapshot!(office.refused(3, "project receive PRJ26-001 --amount 1 --voucher 银-1028"), @"R3.7: voucher 银-1028 is in the book already, in PRJ26-001; see it with: branchbook show PRJ26-001, and give the number of this one with --voucher, or record the breach with --exception REASON");
    assert_snapshot!(office.ok("project receive PRJ26-001 --amount 880.6万 --voucher 银-1029"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": CNY 8,806,000.00 received on 2026-10-28 for the progress and delivery and warranty by voucher 银-1029; 0.00 still owed"#);
    assert_snapshot!(office.refused(3, "project receive PRJ26-001 --amount 1 --voucher 银-1030"), @"R3.7: PRJ26-001 owes CNY 0.00, and 1.00 is more than that; nothing more is owed; ask what it is for");
    assert_eq!(office.ok("project payments --format csv").lines().count(), 1);
    office.ok("verify");
}

#[test]
fn r3_7_money_comes_in_for_a_contract_with_its_instalments_set() {
    let office = led().on("2026-10-22");
    let receive = "project receive PRJ26-001 --amount 1 --voucher 1";
    assert_snapshot!(office.refused(3, receive), @"R3.7: PRJ26-001 is negotiating, and receive takes an entry that is contracted or delivered or accepted; from there: branchbook project contract PRJ26-001, or lose, void");
    office.ok(CONTRACT);
    assert_snapshot!(office.refused(3, receive), @"R3.7: the instalments of PRJ26-001 add up to 0.00, and its contract with all supplements to 12,580,000.00; set them with: branchbook project instalments PRJ26-001 --advance SHARE --progress SHARE --delivery SHARE --warranty SHARE");
    office.ok(INSTALMENTS);
    assert_snapshot!(office.refused(2, &format!("{receive} --on 2026-10-21")), @"BG-2026-118 was signed on 2026-10-22, after 2026-10-21; give the day on which the money came in with --on DATE");
    assert_snapshot!(office.refused(2, &receive.replace("--amount 1", "--amount -1")), @"-1.00 is no payment; give the --amount that came in");
    assert_snapshot!(office.refused(3, &format!("{receive} --by wang")), @r#"R3.7: collecting a payment is for PRJ26-001's leader, which 王建国 was not on 2026-10-22; name who did with --by li"#);
    office.ok(receive);
}

#[test]
fn r3_7_after_a_supplement_the_instalments_are_set_anew_and_what_was_received_stays() {
    let office = planned();
    office.ok("project receive PRJ26-001 --amount 500万 --voucher 1");
    office.ok("project contract PRJ26-001 --supplement --contract B1 --signed-on 2026-10-22 --amount -58万");
    assert_snapshot!(office.refused(3, "project receive PRJ26-001 --amount 1 --voucher 2"), @"R3.7: the instalments of PRJ26-001 add up to 12,580,000.00, and its contract with all supplements to 12,000,000.00; set them with: branchbook project instalments PRJ26-001 --advance SHARE --progress SHARE --delivery SHARE --warranty SHARE");
    assert_eq!(column(&office, "project payments", "kind"), ["progress", "delivery", "warranty", "unplanned"]);
    assert_snapshot!(waiting(&office), @r#"2026-10-22,PRJ26-001,"instalments to be set: they differ from the contract by CNY 580,000.00",branchbook project instalments PRJ26-001 --advance SHARE --progress SHARE --delivery SHARE --warranty SHARE,0,business,li,R3.7"#);
    assert_snapshot!(office.refused(3, "project instalments PRJ26-001 --advance 20% --progress 30% --delivery 40% --warranty 10%"), @"R3.7: PRJ26-001 was paid 3,774,000.00 for the advance, which cannot become 2,400,000.00; give at least --advance 3,774,000.00");
    assert_snapshot!(office.refused(3, "project instalments PRJ26-001 --advance 40% --delivery 50% --warranty 10%"), @"R3.7: PRJ26-001 was paid 1,226,000.00 for the progress, which cannot become 0.00; give at least --progress 1,226,000.00");
    assert_snapshot!(office.ok("project instalments PRJ26-001 --advance 40% --progress 20% --delivery 30% --warranty 10%"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": CNY 12,000,000.00 in advance 4,800,000.00 due on 2026-10-22, progress 2,400,000.00 due on completion, delivery 3,600,000.00 due on delivery, warranty 1,200,000.00 due when the warranty ends"#);
    assert_eq!(column(&office, "project show PRJ26-001", "received"), ["5000000.00"]);
    assert_eq!(column(&office, "project show PRJ26-001", "owed"), ["7000000.00"]);
    assert_snapshot!(office.refused(3, "project contract PRJ26-001 --supplement --contract B2 --signed-on 2026-10-22 --amount -700.01万"), @"R3.7: PRJ26-001 comes to 12,000,000.00, of which 5,000,000.00 is paid, and 7,000,100.00 cannot be taken away from it; give what the supplement takes away with --amount");
    office.ok("verify");
}

#[test]
fn r3_7_what_is_due_waits_with_the_command_that_clears_it() {
    let office = planned();
    office.ok("project receive PRJ26-001 --amount 300万 --voucher 1");
    assert_snapshot!(waiting(&office), @r#"2026-10-22,PRJ26-001,"advance of CNY 774,000.00 to be collected",branchbook project receive PRJ26-001 --kind advance --amount 774000.00 --voucher VOUCHER,0,business,li,R3.7"#);
    let office = office.on("2026-10-25");
    let due: Vec<Value> = serde_json::from_str(&office.ok("due --format json")).unwrap();
    let due = due.iter().find(|due| due["number"] == "PRJ26-001" && due["clause"] == "R3.7").unwrap();
    assert_eq!(due["days_late"], 3);
    office.ok(&due["next"].as_str().unwrap().replace("branchbook ", "").replace("VOUCHER", "2"));
    assert_eq!(waiting(&office), "");
}

/// Contracts of two departments and two currencies on 2027-02-01, some of their payments overdue.
fn aged() -> Office {
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
