//! Number series (R4.8): templates, reservation, closing, and the audit.

use insta::assert_snapshot;

use crate::office::Office;

const FORM: &str =
    "contact add --department baotou --kind pre-contract --to technology --subject a --content b --by zhao -q";

/// An office whose Baotou ledger counts afresh each year from 2026 on.
fn yearly() -> Office {
    Office::made(|| {
        let office = Office::staffed().on("2026-01-01");
        office.ok("series set baotou 'HAB{yy}{seq:3}'");
        office.on("2026-10-08")
    })
}

#[test]
fn r4_8_a_new_template_holds_from_its_day_on() {
    let office = Office::staffed();
    assert_eq!(office.ok(FORM), "HAB05001\n");
    assert_snapshot!(office.ok("series set baotou 'HAB{yy}{seq:3}' --from 2027-01-01"), @"baotou: HAB{yy}{seq:3} from 2027-01-01, such as HAB27001; numbers given out stay as they are");
    assert_eq!(office.ok(FORM), "HAB05002\n");
    let office = office.on("2027-01-02");
    assert_eq!(office.ok(FORM), "HAB27001\n");
    assert_eq!(office.ok(&format!("{FORM} --on 2026-12-31")), "HAB05003\n", "a late form counts in its own year");
    assert_eq!(office.ok(FORM), "HAB27002\n");
    assert_snapshot!(office.ok("series list"), @r#"
    Number series
    ┌───────────────┬───────────┬─────────────────┬────────────┬────────┬──────┐
    │ series        │ register  │ template        │ from       │ prefix │ last │
    ├───────────────┼───────────┼─────────────────┼────────────┼────────┼──────┤
    │ asset         │ asset     │ AST-{seq:4}     │ 1949-01-01 │        │      │
    │ baotou        │ contact   │ HAB05{seq:3}    │ 1949-01-01 │ HAB05  │    3 │
    │ baotou        │ contact   │ HAB{yy}{seq:3}  │ 2027-01-01 │ HAB27  │    2 │
    │ business      │ contact   │ HAY05{seq:3}    │ 1949-01-01 │        │      │
    │ foreign-trade │ contact   │ HAW05{seq:3}    │ 1949-01-01 │        │      │
    │ general       │ contact   │ HAG05{seq:3}    │ 1949-01-01 │        │      │
    │ shandong      │ contact   │ HAS05{seq:3}    │ 1949-01-01 │        │      │
    │ fee           │ fee       │ FEE{yy}-{seq:3} │ 1949-01-01 │        │      │
    │ gift          │ gift      │ GFT{yy}-{seq:3} │ 1949-01-01 │        │      │
    │ info          │ info      │ INF{yy}-{seq:4} │ 1949-01-01 │        │      │
    │ project       │ project   │ PRJ{yy}-{seq:3} │ 1949-01-01 │        │      │
    │ reception     │ reception │ REC{yy}-{seq:3} │ 1949-01-01 │        │      │
    │ ship          │ ship      │ SHP{yy}-{seq:3} │ 1949-01-01 │        │      │
    └───────────────┴───────────┴─────────────────┴────────────┴────────┴──────┘
    13 rows
    "#);
    assert_snapshot!(office.ok("series audit"), @"Audit of number series: none");
}

#[test]
fn r4_8_the_days_of_numbers_given_out_keep_their_template() {
    let office = Office::staffed();
    office.ok(FORM);
    assert_snapshot!(office.refused(3, "series set baotou 'HAB{yy}{seq:3}' --from 2026-10-08"), @"R4.8: HAB05001 bears 2026-10-08, so the series baotou cannot change from 2026-10-08 on; give a later day with --from");
    assert_snapshot!(office.refused(3, "series set baotou 'HAB{yy}{seq:3}' --from 2026-01-01"), @"R4.8: HAB05001 bears 2026-10-08, so the series baotou cannot change from 2026-01-01 on; give a later day with --from");
    office.ok("series set baotou 'HAB05{seq:4}' --from 2026-10-09");
    assert_eq!(office.on("2026-10-09").ok(FORM), "HAB050002\n", "the counter of HAB05 goes on");
}

#[test]
fn r4_8_no_two_series_print_the_same_number() {
    let office = Office::staffed();
    assert_snapshot!(office.refused(3, "series set baotou 'HAY05{seq:3}' --from 2027-01-01"), @"R4.8: HAY05{seq:3} and the template HAY05{seq:3} of series business would both print HAY05001; choose letters that no other numbers begin with");
    assert_snapshot!(office.refused(3, "series set baotou 'HAY{seq:5}' --from 2027-01-01"), @"R4.8: HAY{seq:5} and the template HAY05{seq:3} of series business would both print HAY05001; choose letters that no other numbers begin with");
    assert_snapshot!(office.refused(3, "series set baotou 'INF{yy}-{seq:4}' --from 2027-01-01"), @"R4.8: INF{yy}-{seq:4} and the template INF{yy}-{seq:4} of series info would both print INF27-0001; choose letters that no other numbers begin with");
}

#[test]
fn r4_8_a_series_does_not_print_its_own_old_numbers_again() {
    let office = Office::staffed();
    office.ok(FORM);
    assert_snapshot!(office.refused(3, "series set baotou 'HAB0{seq:4}' --from 2027-01-01"), @"R4.8: HAB0{seq:4} and the template HAB05{seq:3} of series baotou would both print HAB05001; choose letters that no other numbers begin with");
    office.ok("series set baotou 'HAB05-{seq:3}' --from 2027-01-01");
}

#[test]
fn templates_are_read_strictly() {
    let office = Office::staffed();
    for (template, refusal) in [
        ("HAB", "the template `HAB` has no {seq:N} for the serial; type it as HAY05{seq:3} or HAB{yy}{seq:3}"),
        (
            "hab{seq:3}",
            "the template `hab{seq:3}` has `hab`, which numbers write `HAB`; type it as HAY05{seq:3} or HAB{yy}{seq:3}",
        ),
        (
            "HAB{seq:3}{yy}",
            "the template `HAB{seq:3}{yy}` has a date after the {seq:N}, where only text may stand; type it as HAY05{seq:3} or HAB{yy}{seq:3}",
        ),
        (
            "HAB{year}{seq:3}",
            "the template `HAB{year}{seq:3}` has {year}, which is none of {yy}, {yyyy}, {mm} and {seq:1} to {seq:9}; type it as HAY05{seq:3} or HAB{yy}{seq:3}",
        ),
    ] {
        let outcome = office.words(&["series", "set", "baotou", template]);
        assert_eq!(outcome.code, 2);
        assert!(outcome.err.contains(refusal), "{}", outcome.err);
    }
    assert_snapshot!(office.refused(4, "series set sales 'X{seq:3}'"), @"there is no series sales; see branchbook series list");
}

#[test]
fn r4_8_a_late_entry_goes_into_last_years_series_until_it_is_closed() {
    let office = yearly();
    assert_eq!(office.ok(FORM), "HAB26001\n");
    let office = office.on("2027-01-10");
    assert_eq!(office.ok(FORM), "HAB27001\n");
    assert_eq!(office.ok(&format!("{FORM} --on 2026-12-30")), "HAB26002\n");
    assert_snapshot!(office.ok("series close 'hab 26'"), @"HAB26…: closed on 2027-01-10; no more numbers come from it");
    assert_snapshot!(office.refused(3, &format!("{FORM} --on 2026-12-31")), @"R4.8: the series baotou with numbers HAB26… was closed on 2027-01-10; enter it with a day of the open series: --on DATE");
    assert_snapshot!(office.refused(2, "series close HAB26"), @"HAB26… is closed already; see branchbook series list");
    assert_snapshot!(office.refused(4, "series close HAB28"), @"no number begins with HAB28; see branchbook series list");
    assert_eq!(office.ok(FORM), "HAB27002\n");
    assert_snapshot!(office.ok("series list --format csv"), @"
    series,register,template,from_on,prefix,last,closed_on
    asset,asset,AST-{seq:4},1949-01-01,,,
    baotou,contact,HAB05{seq:3},1949-01-01,,,
    baotou,contact,HAB{yy}{seq:3},2026-01-01,HAB26,2,2027-01-10
    baotou,contact,HAB{yy}{seq:3},2026-01-01,HAB27,2,
    business,contact,HAY05{seq:3},1949-01-01,,,
    foreign-trade,contact,HAW05{seq:3},1949-01-01,,,
    general,contact,HAG05{seq:3},1949-01-01,,,
    shandong,contact,HAS05{seq:3},1949-01-01,,,
    fee,fee,FEE{yy}-{seq:3},1949-01-01,,,
    gift,gift,GFT{yy}-{seq:3},1949-01-01,,,
    info,info,INF{yy}-{seq:4},1949-01-01,,,
    project,project,PRJ{yy}-{seq:3},1949-01-01,,,
    reception,reception,REC{yy}-{seq:3},1949-01-01,,,
    ship,ship,SHP{yy}-{seq:3},1949-01-01,,,
    ");
}

#[test]
fn r4_8_reserved_numbers_are_used_before_their_series_is_closed() {
    let office = yearly();
    assert_snapshot!(office.ok("series reserve baotou --count 2"), @"HAB26001 to HAB26002: reserved for a paper pad of baotou");
    assert_snapshot!(office.refused(3, "series close HAB26"), @"R4.8: numbers HAB26… are still reserved: 2 of them; fill them in or void them first; see branchbook series audit");
    assert_snapshot!(office.ok("series audit"), @"
    Audit of number series
    ┌────────┬──────────┬──────────┬─────────────┬──────────────────────────────────────────┐
    │ series │ number   │ finding  │ unexplained │ detail                                   │
    ├────────┼──────────┼──────────┼─────────────┼──────────────────────────────────────────┤
    │ baotou │ HAB26001 │ reserved │ no          │ set aside on 2026-10-08 and not used yet │
    │ baotou │ HAB26002 │ reserved │ no          │ set aside on 2026-10-08 and not used yet │
    └────────┴──────────┴──────────┴─────────────┴──────────────────────────────────────────┘
    2 rows
    ");
    let office = office.on("2027-01-05");
    assert_snapshot!(office.refused(3, &format!("{FORM} --number HAB26001")), @"R4.8: on 2027-01-05 the series baotou prints HAB{yy}{seq:3}, so HAB26001 cannot bear that day; void it and enter a new one on the right day");
    office.ok(&format!("{FORM} --number HAB26001 --on 2026-12-31"));
    office.ok("contact void HAB26002 --reason 撕坏");
    office.ok("series close HAB26");
}

#[test]
fn reserving_is_the_clerks_and_for_ledgers_alone() {
    let office = Office::staffed();
    assert_snapshot!(office.refused(3, "series reserve info --count 2"), @"R4.8: numbers of info are not written on paper pads; name a department's ledger");
    assert_snapshot!(office.refused(4, "series reserve technology --count 2"), @"there is no series technology; see branchbook series list");
    assert_eq!(office.run("series reserve baotou --count 0").code, 2);
    assert_eq!(office.run("series reserve baotou --count 1001").code, 2);
    let wang = office.at_the_keyboard("wang");
    assert_snapshot!(wang.refused(3, "series reserve business --count 2"), @"R4.8: 王建国 is no clerk, and only a clerk reserves numbers; ask General Management's clerk");
    assert_snapshot!(wang.refused(3, "series set business 'HAY{yy}{seq:3}' --from 2027-01-01"), @"R4.8: 王建国 is no clerk, and only a clerk changes number series; ask General Management's clerk");
    assert_snapshot!(wang.refused(3, "series close HAY05"), @"R4.8: 王建国 is no clerk, and only a clerk closes number series; ask General Management's clerk");
}

/// An office whose Baotou ledger came from a book that lacks some numbers.
fn with_gaps() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        let old = office.file(
        "old.csv",
        "number,issued_on,subject,addressed_to\nHAB05001,2019-01-05,a,technology\nHAB05003,2019-01-07,b,technology\nHAB05007,2019-01-06,c,technology\n",
    );
        office.ok(&format!("contact import {old} --department baotou --set kind=execution --set by=zhao"));
        office
    })
}

#[test]
fn r4_8_the_audit_finds_gaps_and_explanations_close_them() {
    let office = with_gaps();
    let outcome = office.run("series audit");
    assert_snapshot!(format!("{}{}[exit {}]", outcome.out, outcome.err, outcome.code), @"
    Audit of number series
    ┌────────┬────────────────────┬──────────────┬─────────────┬───────────────────────────────────────────────────────────────────────┐
    │ series │ number             │ finding      │ unexplained │ detail                                                                │
    ├────────┼────────────────────┼──────────────┼─────────────┼───────────────────────────────────────────────────────────────────────┤
    │ baotou │ HAB05002           │ gap          │ yes         │ missing numbers: 1                                                    │
    │ baotou │ HAB05004..HAB05006 │ gap          │ yes         │ missing numbers: 3                                                    │
    │ baotou │ HAB05007           │ out of order │ no          │ entered late: it bears 2019-01-06, the number before bears 2019-01-07 │
    └────────┴────────────────────┴──────────────┴─────────────┴───────────────────────────────────────────────────────────────────────┘
    3 rows
    R4.8: 2 findings are unexplained; explain missing numbers with: branchbook contact void HAB05002 --reason REASON
    [exit 5]
    ");
    office.ok("contact void HAB05004..HAB05006 --reason 旧账缺号");
    let outcome = office.run("series audit baotou --format csv");
    assert_snapshot!(format!("{}{}[exit {}]", outcome.out, outcome.err, outcome.code), @r#"
    series,number,finding,unexplained,detail
    baotou,HAB05002,gap,yes,missing numbers: 1
    baotou,HAB05004,void,no,旧账缺号
    baotou,HAB05005,void,no,旧账缺号
    baotou,HAB05006,void,no,旧账缺号
    baotou,HAB05007,out of order,no,"entered late: it bears 2019-01-06, the number before bears 2019-01-07"
    R4.8: 1 finding is unexplained; explain missing numbers with: branchbook contact void HAB05002 --reason REASON
    [exit 5]
    "#);
    assert_snapshot!(office.ok("contact void HAB05002 --reason 旧账缺号"), @"HAB05002: void, 旧账缺号");
    assert_snapshot!(office.ok("series audit"), @"
    Audit of number series
    ┌────────┬──────────┬──────────────┬─────────────┬───────────────────────────────────────────────────────────────────────┐
    │ series │ number   │ finding      │ unexplained │ detail                                                                │
    ├────────┼──────────┼──────────────┼─────────────┼───────────────────────────────────────────────────────────────────────┤
    │ baotou │ HAB05002 │ void         │ no          │ 旧账缺号                                                              │
    │ baotou │ HAB05004 │ void         │ no          │ 旧账缺号                                                              │
    │ baotou │ HAB05005 │ void         │ no          │ 旧账缺号                                                              │
    │ baotou │ HAB05006 │ void         │ no          │ 旧账缺号                                                              │
    │ baotou │ HAB05007 │ out of order │ no          │ entered late: it bears 2019-01-06, the number before bears 2019-01-07 │
    └────────┴──────────┴──────────────┴─────────────┴───────────────────────────────────────────────────────────────────────┘
    5 rows
    ");
    assert_eq!(office.ok(FORM), "HAB05008\n");
}

#[test]
fn r4_8_a_run_of_numbers_is_voided_all_or_none() {
    let office = with_gaps();
    assert_snapshot!(office.refused(4, "contact void HAB05004..HAB05009 --reason x"), @"there is no entry HAB05008, and no series has passed that number; see branchbook series list");
    assert_snapshot!(office.refused(2, "contact void HAB05006..HAB05004 --reason x"), @"HAB05006..HAB05004 is no run of numbers: it must go up, by at most 10000");
    assert_snapshot!(office.refused(2, "contact void HAB05004..HAY05006 --reason x"), @"HAB05004..HAY05006 is no run of numbers: the last is not of the same series");
    assert_snapshot!(office.refused(2, "contact void XYZ..HAY05006 --reason x"), @"XYZ..HAY05006 is no run of numbers: no series prints the first");
    assert_snapshot!(office.refused(4, "contact void HAB05099 --reason x"), @"there is no entry HAB05099, and no series has passed that number; see branchbook series list");
    assert_snapshot!(office.ok("contact void HAB05002 HAB05004..HAB05006 --reason 缺"), @"HAB05002, HAB05004, HAB05005, HAB05006: void, 缺");
    office.sql().execute_batch("UPDATE counter SET last = 20 WHERE prefix = 'HAB05'").unwrap();
    assert_snapshot!(office.ok("contact void HAB05008..HAB05020 --reason 缺"), @"HAB05008 to HAB05020, 13 numbers: void, 缺");
}

#[test]
fn r4_8_the_audit_finds_what_another_program_did() {
    let office = Office::staffed();
    for _ in 0..3 {
        office.ok(FORM);
    }
    let book = office.sql();
    book.execute_batch(
        "DROP TRIGGER entry_kept; DROP TRIGGER entry_fixed; DROP TRIGGER entry_ledger;
         DELETE FROM contact WHERE entry = 2; DELETE FROM entry WHERE number = 'HAB05002';
         UPDATE entry SET department = 'business' WHERE number = 'HAB05001';
         UPDATE entry SET number = 'HAB05X' WHERE number = 'HAB05003';",
    )
    .unwrap();
    drop(book);
    let mut findings = Vec::new();
    branchbook::administration::series::audit::each(&office.sql(), None, &mut |finding| {
        findings.push(finding);
        Ok(())
    })
    .unwrap();
    let shown: Vec<String> = findings
        .iter()
        .map(|finding| {
            format!(
                "{} {} {} {}: {}",
                finding.series, finding.number, finding.finding, finding.unexplained, finding.detail
            )
        })
        .collect();
    assert_snapshot!(shown.join("\n"), @"
    baotou HAB05001 wrong department true: it stands in business's ledger
    baotou HAB05002 gap true: missing numbers: 1
    baotou HAB05X wrong number true: serial 3 of HAB05… is not printed so
    ");
}

#[test]
fn r4_8_the_audit_of_an_untouched_book_finds_nothing() {
    let office = Office::staffed();
    assert_eq!(office.ok("series audit"), "Audit of number series: none\n");
    assert_snapshot!(office.refused(4, "series audit sales"), @"there is no series sales; see branchbook series list");
}

#[test]
fn r2_4_the_audit_tells_why_information_is_void_to_whom_may_read_that() {
    let office = Office::staffed();
    office
        .ok("info add --department business --customer 甲矿业 --region 辽宁省 --equipment 球磨机 --need 一台 --by li");
    office.ok("info void INF26-0001 --reason 重复");
    let told = |office: &Office| office.ok("series audit --format csv").lines().nth(1).unwrap().to_owned();
    assert_eq!(told(&office), "info,INF26-0001,void,no,重复");
    assert_eq!(office.count("SELECT count(*) FROM reading WHERE command = 'series audit' AND entries = 1"), 1);
    assert_eq!(told(&office.at_the_keyboard("wu")), "info,INF26-0001,void,no,***");
}
