//! People who were entered twice: an alias that is resolved on reading, in lists, filters, tallies, rights and rules (Q21).

use insta::assert_snapshot;

use crate::office::Office;
use crate::{complete, spoken};

/// An office in which 李娜 was entered twice, as li and as lina, each with entries, and a term of her own.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.all_ok(&[
        "staff add lina --name 李娜 --department business --role salesperson --login lnlogin",
        "info quota set --person li --count 3 --from 2026-10",
        "info add --department business --customer 包钢 --region 辽宁省 --equipment 磨机 --need 一台 --by li",
        "info add --department business --customer 鞍钢 --region 辽宁省 --equipment 破碎机 --need 一台 --by lina",
        "project add --department business --customer 包钢 --title 磨机 --amount 100万 --by wang",
        "project lead PRJ26-001 --person lina --by wang",
        "gift add --department business --unit 包钢 --recipient '张处长;处长' --item 铸铜摆件;1;180 --occasion 节日 --asked-by lina",
        "asset add --name 电脑 --price 3000 --bought-on 2026-10-08 --keeper lina --department business",
        "contact add --department business --kind pre-contract --to technology --copy lina --subject a --content b --by wang",
    ]);
        office
    })
}

fn merged() -> Office {
    Office::made(|| {
        let office = office();
        office.ok("staff merge lina --into li --reason 录了两次");
        office
    })
}

#[test]
fn q21_two_who_are_one_are_merged_and_parted_again() {
    let office = office();
    let lists = ["info list", "asset list", "contact list", "gift list", "project list", "staff list --all"];
    let all = |office: &Office| lists.map(|list| office.ok(&format!("{list} --format csv")));
    let before = all(&office);
    let merged = office.run("staff merge lina --into li --reason 录了两次");
    assert_snapshot!(merged.out, @"李娜 (lina) is 李娜 (li): what stands under either key is theirs");
    assert_snapshot!(merged.err, @"where they are two after all: branchbook staff unmerge lina --reason REASON");
    assert_snapshot!(office.refused(2, "staff merge lina --into li --reason 录了两次"), @"李娜 (lina) and 李娜 (li) are one already; see branchbook staff show li");
    assert_snapshot!(office.refused(2, "staff merge lina --into sun --reason 录了两次"), @"李娜 (lina) stands for 李娜 already; part them first with: branchbook staff unmerge lina --reason REASON");
    assert_snapshot!(office.ok("staff show lina --format csv"), @r"
        key,name,role,department,from_on,until_on,os_login,entered_also_as,entered_later_at
        li,李娜,salesperson,business,2026-01-01,,,lina,
        li,李娜,salesperson,business,2026-10-08,,,lina,
        ");
    let journal = office.ok("journal --person li --format csv");
    assert!(journal.contains(",info add,INF26-0002,lina,"), "{journal}");
    assert_eq!(office.run("verify").code, 0);
    assert_snapshot!(office.ok("staff unmerge lina --reason 看错"), @"李娜 (lina) and 李娜 (li) are two again");
    assert_snapshot!(office.refused(4, "staff unmerge lina --reason 看错"), @"李娜 (lina) stands for nobody else; see branchbook staff list");
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
    assert_snapshot!(office.ok("info tally --month 2026-10 --by-person --format csv"), @"
    month,department,person,person_name,indicator,counted,verdict,streak
    2026-10,business,li,李娜,3,2,open,0
    2026-10,baotou,sun,孙立,,0,,0
    ");
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
    assert_snapshot!(office.refused(3, "gift endorse GFT26-001 --by li"), @"R5.3(1): GFT26-001 was asked for by 李娜, a manager, and needs no endorsement; the branch manager approves it with: branchbook gift approve GFT26-001 --by chen");
    assert_snapshot!(office.refused(2, "staff role lina --department business --role salesperson"), @"李娜 is salesperson of business on 2026-10-08 already; see branchbook staff show li");
    office.ok("staff end li --role salesperson --until 2026-10-31");
    assert!(!office.ok("staff list --on 2026-11-01 --format csv").contains(",salesperson,business,"));
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn q3_nobody_reads_more_by_being_merged() {
    let office = office();
    office.ok("staff login li --login lilogin");
    // Two logins are two people until somebody above says otherwise.
    assert_snapshot!(office.refused(3, "staff merge lina --into li --reason 录了两次"), @"R1: who is clerk is decided by the branch manager or a company leader, which clerk is not; name who did with --by lin or --by chen");
    office.ok("staff merge lina --into li --reason 录了两次 --by chen --dry-run");
    office.ok("staff end lina --until 2026-10-09");
    let office = office.on("2026-10-12");
    assert_snapshot!(office.refused(3, "staff merge lina --into li --reason 录了两次 --by chen"), @"R2.4: 李娜 (lina) is not on the staff on 2026-10-12, and would read as 李娜 (li) from the login lnlogin; take the login away first: branchbook staff login lina");
    office.ok("staff login lina");
    office.ok("staff merge lina --into li --reason 录了两次");
}

#[test]
fn q21_nobody_decides_on_what_they_asked_for_under_the_other_key() {
    let office = merged();
    office.ok("gift endorse GFT26-001 --by wang");
    office.ok("staff role li --department general --role branch-manager --by lin");
    for by in ["li", "lina"] {
        let refused = office.refused(3, &format!("gift approve GFT26-001 --by {by}"));
        assert!(refused.starts_with("R5.3(1): 李娜 asked for GFT26-001 and may not approve it as well"), "{refused}");
    }
    office.ok("staff unmerge lina --reason 看错 --by lin");
    office.ok("gift approve GFT26-001 --by li --dry-run");
}

#[test]
fn q21_who_asked_and_who_decided_are_not_one() {
    let office = office();
    office.ok("gift endorse GFT26-001 --by wang");
    assert_snapshot!(office.refused(3, "staff merge wang --into lina --reason 录了两次 --by chen"), @"R5.3(2): 李娜 (lina) and 王建国 had their hands in GFT26-001 (endorse) as nobody may alone, so they are two; see branchbook history GFT26-001; what was entered under the wrong key is taken back with: branchbook undo GFT26-001");
    assert_snapshot!(office.refused(3, "staff merge lina --into wang --reason 录了两次"), @"R1: who is department-manager is decided by the branch manager or a company leader, which clerk is not; name who did with --by lin or --by chen");
    office.ok("staff deputy wang --person zhao --until 2026-12-31 --by wang");
    assert_snapshot!(office.refused(3, "staff merge zhao --into wang --reason 录了两次 --by chen"), @"R1: 王建国 and 赵刚 stood in for each other, so they are two; see branchbook staff deputies");
    let li = office.clone().at_the_keyboard("li");
    assert_eq!(li.run("staff merge lina --into li --reason 录了两次").code, 3);
    assert_snapshot!(office.refused(3, "staff merge clerk --into zhou --reason 录了两次"), @"R1: clerk may not change their own place on the staff list; let another clerk or the branch manager enter it, as somebody else decided");
    assert_snapshot!(office.refused(4, "staff merge lena --into li --reason 录了两次"), @"nobody on the staff is called lena; did you mean 李娜 (lina) or 林董? see branchbook staff list");
}

/// Every list of a full month, its report and its search, also where a query names an index.
#[test]
fn q21_every_list_is_read_where_two_are_one() {
    let office = spoken::office().copy();
    office.ok("staff merge sun --into li --reason 录了两次");
    for line in spoken::LISTS {
        let outcome = office.run(line);
        assert_eq!(outcome.code % 5, 0, "{line}: {}", outcome.err);
    }
    let pack = office.path("packs").display().to_string();
    office.ok(&format!("report month 2026-10 --output {pack}"));
    for line in ["contact sign ", "contact archive ", "project solve ", "gift list --person "] {
        assert!(!complete::words(&office, line).is_empty(), "{line}");
    }
}
