//! People who were entered twice: an alias that is resolved on reading, in lists, filters, tallies, rights and rules (Q21).

use insta::assert_snapshot;

use crate::office::Office;

/// An office in which 李娜 was entered twice, as li and as lina, each with entries, and a term of her own.
fn office() -> Office {
    let office = Office::staffed();
    for line in [
        "staff add lina --name 李娜 --department business --role salesperson --login lnlogin",
        "info quota set --person li --count 3 --from 2026-10",
        "info add --department business --customer 包钢 --region 辽宁省 --equipment 磨机 --need 一台 --by li",
        "info add --department business --customer 鞍钢 --region 辽宁省 --equipment 破碎机 --need 一台 --by lina",
        "project add --department business --customer 包钢 --title 磨机 --amount 100万 --by wang",
        "project lead PRJ26-001 --person lina --by wang",
        "gift add --department business --unit 包钢 --recipient '张处长;处长' --item 铸铜摆件;1 --occasion 节日 --asked-by lina",
        "asset add --name 电脑 --price 3000 --bought-on 2026-10-08 --keeper lina --department business",
        "contact add --department business --kind pre-contract --to technology --copy lina --subject a --content b --by wang",
    ] {
        office.ok(line);
    }
    office
}

fn merged() -> Office {
    let office = office();
    office.ok("staff merge lina --into li --reason 录了两次");
    office
}

#[test]
fn q21_two_who_are_one_are_merged_and_parted_again() {
    let office = office();
    let lists = ["info list", "asset list", "contact list", "gift list", "project list", "staff list --all"];
    let all = |office: &Office| lists.map(|list| office.ok(&format!("{list} --format csv")));
    let before = all(&office);
    let merged = office.run("staff merge lina --into li --reason 录了两次");
    assert_snapshot!(merged.out, @"");
    assert_snapshot!(merged.err, @"");
    assert_snapshot!(office.refused(2, "staff merge lina --into li --reason 录了两次"), @"");
    assert_snapshot!(office.ok("staff show lina --format csv"), @"");
    let journal = office.ok("journal --person li --format csv");
    assert!(journal.contains("staff lina"), "{journal}");
    assert_eq!(office.run("verify").code, 0);
    assert_snapshot!(office.ok("staff unmerge lina --reason 看错"), @"");
    assert_snapshot!(office.refused(4, "staff unmerge lina --reason 看错"), @"");
    assert_eq!(all(&office), before);
    assert!(office.ok("staff history lina").contains("看错"));
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn q21_lists_filters_tallies_and_quotas_see_both_keys() {
    let office = merged().at_the_keyboard("chen");
    for person in ["li", "lina", "李娜"] {
        let count = |list: &str| office.ok(&format!("{list} --person {person} --format csv")).lines().count() - 1;
        assert_eq!(["info list", "asset list", "gift list"].map(count), [2, 1, 1], "{person}");
    }
    for list in ["info list", "asset list", "contact list", "gift list", "project list", "staff list", "due"] {
        let listed = office.ok(&format!("{list} --format csv"));
        let keys = listed.lines().skip(1).map(|line| line.trim_end_matches("lina"));
        assert!(keys.into_iter().all(|line| !line.contains("lina")), "{list}: {listed}");
    }
    assert_snapshot!(office.ok("info tally --month 2026-10 --by-person --format csv"), @"");
    let table = office.ok("info list");
    assert_eq!((table.matches("李娜").count(), table.contains("(li")), (2, false), "{table}");
    let november = office.on("2026-11-03");
    let tally = november.ok("info tally --month 2026-10 --by-person --format csv");
    assert!(tally.contains(",li,李娜,3,2,warned,1"), "{tally}");
}

#[test]
fn q21_rights_and_rules_of_ones_own_hand_see_both_keys() {
    let office = merged();
    // Either login is hers, and so is whatever was entered for either key.
    let hers = office.seen_by("lnlogin");
    office.ok("staff login li --login lilogin");
    for hers in [hers, office.seen_by("lilogin")] {
        assert!(!hers.ok("info list --format csv").contains("***"), "she reads what she collected under either key");
        hers.ok("project log PRJ26-001 --kind request --text 催货 --dry-run");
    }
    for by in ["li", "lina", "李娜"] {
        office.ok(&format!("project log PRJ26-001 --kind request --text 催货 --by {by} --dry-run"));
        office.ok(&format!("asset damage AST-0001 --what 摔 --by {by} --dry-run"));
    }
    office.ok("staff role li --department business --role department-manager --by chen");
    office.ok("staff end wang --by chen --role department-manager");
    assert_snapshot!(office.refused(3, "gift endorse GFT26-001 --by li"), @"");
    assert_snapshot!(office.refused(2, "staff role lina --department business --role salesperson"), @"");
    office.ok("staff end li --role salesperson --until 2026-10-31");
    assert!(!office.ok("staff list --on 2026-11-01 --format csv").contains(",salesperson,business,"));
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn q21_who_asked_and_who_decided_are_not_one() {
    let office = office();
    office.ok("gift endorse GFT26-001 --by wang");
    assert_snapshot!(office.refused(3, "staff merge wang --into lina --reason 录了两次 --by chen"), @"");
    assert_snapshot!(office.refused(3, "staff merge lina --into wang --reason 录了两次"), @"");
    office.ok("staff deputy wang --person zhao --until 2026-12-31 --by wang");
    assert_snapshot!(office.refused(3, "staff merge zhao --into wang --reason 录了两次 --by chen"), @"");
    let li = office.clone().at_the_keyboard("li");
    assert_eq!(li.run("staff merge lina --into li --reason 录了两次").code, 3);
    assert_snapshot!(office.refused(3, "staff merge clerk --into zhou --reason 录了两次"), @"");
    assert_snapshot!(office.refused(4, "staff merge lena --into li --reason 录了两次"), @"");
}
