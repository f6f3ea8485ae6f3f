//! What a project's contract is, how it is paid, and what is owed (R3.3, R3.4, R3.7).

use branchbook::book::Book;
use branchbook::book::change::Change;
use branchbook::office::identity;
use branchbook::register::entry::Entry;
use branchbook::register::project::instalments;
use insta::assert_snapshot;
use serde_json::Value;

use crate::collected::record;
use crate::office::Office;
use crate::project::{self, review};

const CONTRACT: &str = "project contract PRJ26-001 --contract BG-2026-118 --signed-on 2026-10-22 --amount 1258万 \
    --line '球磨机 MQ3645;2;629万' --deliver-by 2027-03-31 --warranty-months 12";

pub(crate) const INSTALMENTS: &str =
    "project instalments PRJ26-001 --advance 30% --progress 30% --delivery 30% --warranty 10%";

/// PRJ26-001, led by li and reviewed.
pub(crate) fn led() -> Office {
    Office::made(|| {
        let office = project::led();
        review(&office, "PRJ26-001");
        office
    })
}

/// PRJ26-001, led by li, with its contract of 2026-10-22.
fn contracted() -> Office {
    Office::made(|| {
        let office = led().on("2026-10-22");
        office.ok(CONTRACT);
        office
    })
}

/// The same with its instalments.
pub(crate) fn planned() -> Office {
    Office::made(|| {
        let office = contracted();
        office.ok(INSTALMENTS);
        office
    })
}

/// Lets an event of another register happen on the office's day.
fn happen(office: &Office, event: &str) {
    let surroundings = office.surroundings();
    let mut book = Book::open(&surroundings.book, surroundings.patience, branchbook::register::numbering).unwrap();
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
pub(crate) fn column(office: &Office, line: &str, name: &str) -> Vec<String> {
    let rows: Vec<Value> = serde_json::from_str(&office.ok(&format!("{line} --format json"))).unwrap();
    rows.iter().map(|row| row[name].as_str().map_or_else(|| row[name].to_string(), str::to_owned)).collect()
}

/// What of the project waits on the office's day.
fn waiting(office: &Office) -> String {
    office.ok("due --format csv").lines().filter(|line| line.contains("PRJ26-001") && line.contains("R3.7")).collect()
}

pub(crate) fn fen(amount: &str) -> i64 {
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
    assert_snapshot!(office.refused(3, "project instalments PRJ26-001 --advance 1258万 --delivery 0.01"), @"R3.7: the instalments of PRJ26-001 come to 12,580,000.01, and its contract to CNY 12,580,000.00; a figure alone is an amount, and 30% is a share; give shares that make 100%, or amounts that add up to the contract with its supplements");
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
    assert_snapshot!(office.ok("project receive PRJ26-001 --amount 880.6万 --voucher 银-1029"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": CNY 8,806,000.00 received on 2026-10-28 for the progress 3,774,000.00 and delivery 3,774,000.00 and warranty 1,258,000.00 by voucher 银-1029; 0.00 still owed"#);
    assert_snapshot!(office.refused(3, "project receive PRJ26-001 --amount 1 --voucher 银-1030"), @"R3.7: PRJ26-001 owes CNY 0.00, and 1.00 is more than that; nothing more is owed; ask what it is for");
    assert_eq!(office.ok("project payments --format csv").lines().count(), 1);
    office.ok("verify");
}

#[test]
fn r3_7_money_comes_in_for_a_contract_with_its_instalments_set() {
    let office = led().on("2026-10-22");
    let receive = "project receive PRJ26-001 --amount 1 --voucher 1";
    assert_snapshot!(office.refused(3, receive), @"R3.7: PRJ26-001 is negotiating, and receive takes an entry that is contracted or delivered or accepted; from there: branchbook project contract PRJ26-001 --contract CONTRACT --signed-on DATE --amount AMOUNT, or lose, void");
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
    assert_snapshot!(office.refused(3, "project instalments PRJ26-001 --advance 20% --progress 30% --delivery 40% --warranty 10%"), @"R3.7: PRJ26-001 was paid 3,774,000.00 for the advance, which cannot become 2,400,000.00; give at least --advance 3774000.00");
    assert_snapshot!(office.refused(3, "project instalments PRJ26-001 --advance 40% --delivery 50% --warranty 10%"), @"R3.7: PRJ26-001 was paid 1,226,000.00 for the progress, which cannot become 0.00; give at least --progress 1226000.00");
    assert_snapshot!(office.ok("project instalments PRJ26-001 --advance 40% --progress 20% --delivery 30% --warranty 10%"), @r#"PRJ26-001 "包头钢铁(集团)有限责任公司 · 球磨机 2 台": CNY 12,000,000.00 in advance 4,800,000.00 due on 2026-10-22, progress 2,400,000.00 due on completion, delivery 3,600,000.00 due on delivery, warranty 1,200,000.00 due when the warranty ends"#);
    assert_eq!(column(&office, "project show PRJ26-001", "received"), ["5000000.00"]);
    assert_eq!(column(&office, "project show PRJ26-001", "owed"), ["7000000.00"]);
    assert_snapshot!(office.refused(3, "project contract PRJ26-001 --supplement --contract B2 --signed-on 2026-10-22 --amount -700.01万"), @"R3.7: PRJ26-001 comes to 12,000,000.00, of which 5,000,000.00 is paid, and 7,000,100.00 cannot be taken away from it; give what the supplement takes away with --amount");
    office.ok("verify");
}

#[test]
fn r3_7_what_a_supplement_adds_is_due_when_that_is_signed() {
    let office = planned();
    office.ok("project receive PRJ26-001 --kind advance --amount 377.4万 --voucher 1");
    let office = office.on("2026-11-20");
    office.ok("project contract PRJ26-001 --supplement --contract B1 --signed-on 2026-11-16 --amount 100万");
    office.ok(INSTALMENTS);
    let due = |office: &Office| column(office, "project payments", "due_on");
    assert_eq!(due(&office), ["2026-11-16", "null", "null", "null"]);
    // Setting them again moves nothing, and a further supplement lets what is owed stay due.
    office.ok(INSTALMENTS);
    assert_eq!(due(&office), ["2026-11-16", "null", "null", "null"]);
    office.ok("project contract PRJ26-001 --supplement --contract B2 --signed-on 2026-11-18 --amount 100万");
    office.ok(INSTALMENTS);
    assert_eq!(due(&office), ["2026-11-16", "null", "null", "null"]);
    // A day that was agreed stands.
    office.ok(&format!("{INSTALMENTS} --advance-due 2026-10-30"));
    assert_eq!(due(&office), ["2026-10-30", "null", "null", "null"]);
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
