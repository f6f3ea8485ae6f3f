//! Who may read user information, and the log of who did (R2.4, R2.6).

use std::io::Write;

use insta::assert_snapshot;
use rusqlite::Connection;

use crate::collected::{Collected, LI, collect};
use crate::office::Office;

/// What `show` says to whom it does not show an entry.
const UNREADABLE: &str = "R2.6: you may not read INF26-0001: user information is restricted; ask the branch manager for a grant: branchbook info grant PERSON --until DATE";

/// The entries of [`filed`]: number, department, region.
const FILED: [(&str, &str, &str); 4] = [
    ("INF26-0001", "business", "辽宁省鞍山市"),
    ("INF26-0002", "business", "内蒙古包头市"),
    ("INF26-0003", "baotou", "内蒙古呼和浩特市"),
    ("INF26-0004", "foreign-trade", "山东省济南市"),
];

/// An office with four entries, collected by the managers and by li.
fn filed() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        for ((_, department, region), person) in FILED.into_iter().zip(["li", "wang", "zhao", "qian"]) {
            collect(&office.sql(), Collected { person, department, region, day: "2026-10-06", ..LI });
        }
        office
    })
}

/// The numbers of the entries that `info list` shows to whoever is at the keyboard: unmasked, and masked.
fn shown(office: &Office) -> (Vec<String>, Vec<String>) {
    let list = office.ok("info list --format jsonl");
    let entries = list.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let (masked, unmasked): (Vec<_>, Vec<_>) = entries.partition(|entry| entry["customer"] == "***");
    for entry in &masked {
        for column in ["need", "contact_person", "phone", "source"] {
            assert_eq!(entry[column], "***", "{column} of {entry}");
        }
        assert!(entry["amount"].is_null(), "{entry}");
    }
    for entry in &unmasked {
        assert_eq!((&entry["phone"], &entry["amount"]), (&"13800000000".into(), &"860000.00".into()), "{entry}");
    }
    let numbers = |entries: Vec<serde_json::Value>| {
        entries.iter().map(|entry| entry["number"].as_str().unwrap().to_owned()).collect()
    };
    (numbers(unmasked), numbers(masked))
}

fn readings(book: &Connection) -> i64 {
    book.query_row("SELECT count(*) FROM reading", (), |row| row.get(0)).unwrap()
}

#[test]
fn r2_6_what_is_granted_is_exactly_what_is_unmasked() {
    let mut office = filed();
    let regions = ["", "内蒙古", "内蒙古包头市", "山东", "辽宁省鞍山市千山区"];
    let departments = ["", "business", "baotou", "shandong"];
    for (region, department) in regions.iter().flat_map(|region| departments.map(|department| (*region, department))) {
        let option = |name, value: &str| if value.is_empty() { String::new() } else { format!(" --{name} {value}") };
        let scope = option("region", region) + &option("department", department);
        let line = format!("info grant sun --until 2026-12-31 --by chen{scope}");
        office.ok(&line);
        let (readable, masked): (Vec<_>, Vec<_>) = FILED.into_iter().partition(|(_, whose, place)| {
            place.starts_with(region) && (department.is_empty() || department == *whose)
        });
        let numbers = |entries: Vec<(&str, &str, &str)>| -> Vec<String> {
            entries.into_iter().map(|(number, ..)| number.to_owned()).collect()
        };
        office = office.at_the_keyboard("sun");
        assert_eq!(shown(&office), (numbers(readable), numbers(masked)), "{line}");
        office = office.at_the_keyboard("");
        office.ok("info revoke sun --by chen");
        office = office.at_the_keyboard("sun");
        assert_eq!(shown(&office).0, Vec::<String>::new(), "revoked: {line}");
        office = office.at_the_keyboard("");
    }
}

#[test]
fn r2_6_a_grant_of_one_entry_opens_that_entry_alone() {
    let office = filed();
    assert_eq!(
        office.ok("info grant he --number 'inf26 - 0003' --until 2026-12-31 --by chen"),
        "grant 1: 何平 may read INF26-0003 from 2026-10-08 until 2026-12-31, as 陈总 approved\n"
    );
    let office = office.at_the_keyboard("he");
    assert_eq!(shown(&office).0, ["INF26-0003"]);
    assert!(office.ok("show INF26-0003").contains("鞍钢集团矿业有限公司"));
    assert_eq!(office.refused(3, "show INF26-0001"), UNREADABLE);
}

#[test]
fn r2_6_a_grant_holds_from_its_day_until_its_last() {
    let office = filed().on("2026-10-12");
    office.ok("info grant he --until 2026-10-20 --by chen --on 2026-10-10");
    let mut office = office.at_the_keyboard("he");
    for (day, readable) in [("2026-10-12", 4), ("2026-10-20", 4), ("2026-10-21", 0)] {
        office = office.on(day);
        assert_eq!(shown(&office).0.len(), readable, "{day}");
    }
    // Nobody goes back into it by the clock: the last reading was on October 20, and one of before is refused.
    assert!(
        office
            .on("2026-10-15")
            .refused(3, "info list")
            .starts_with("the clock shows 2026-10-15 08:00, 120:00:00 before")
    );
}

#[test]
fn q11_a_reading_takes_its_time_as_a_row_of_the_journal_does() {
    let office = filed().on("2026-10-12");
    office.ok("info grant he --until 2026-10-20 --by chen");
    let he = office.sharing("he").on("2026-10-11");
    assert_snapshot!(he.refused(3, "info list"), @"the clock shows 2026-10-11 08:00, 24:00:00 before the last row of the journal, of 2026-10-12 08:00; set the clock right; where that row was made under a clock that ran ahead, a clerk adds --clock-ahead REASON");
    // A grant that is over holds under no clock that is behind.
    let clerk = office.clone().on("2026-10-25");
    clerk.ok("contact add --department business --kind pre-contract --to technology --subject 图纸 --content 请确认 --by wang");
    assert_eq!(shown(&office.sharing("he").on("2026-10-15")).0.len(), 0);
}

#[test]
fn q3_who_left_reads_nothing_under_any_clock() {
    let office = filed();
    office.ok("staff login li --login lina");
    office.ok("staff end li --until 2026-10-09");
    let later = office.clone().on("2026-10-20");
    later.ok("contact add --department business --kind pre-contract --to technology --subject 图纸 --content 请确认 --by wang");
    let told = "R2.4: 李娜 is not on the staff on 2026-10-20, and reads nothing; \
                a clerk enters a term with: branchbook staff role li --department DEPARTMENT --role ROLE";
    let lines =
        ["info list", "contact list", "fee list", "find 图纸", "journal", "staff list", "due", "report exceptions"];
    for day in ["2026-10-20", "2026-10-08"] {
        let li = office.seen_by("lina").on(day);
        for line in lines {
            assert_eq!(li.refused(3, line), told, "{line}");
        }
        assert!(li.ok("").ends_with(&format!("{told}\n")));
        assert!(li.run("verify").out.contains("access log"), "whether a book is sound anybody may know");
    }
}

#[test]
fn r2_6_a_revoked_grant_stays_on_the_list() {
    let office = filed();
    office.ok("info grant he --region 内蒙古 --until 2026-12-31 --by chen");
    office.ok("info grant he --department business --until 2026-12-31 --by chen");
    office.ok("info grant sun --until 2026-10-09 --by chen");
    assert_eq!(office.ok("info revoke 1 --by chen"), "grant 1 no longer holds from 2026-10-08 on\n");
    let office = office.on("2026-10-10");
    assert_eq!(office.ok("info revoke he --by chen -q"), "2\n");
    assert_eq!(
        office.ok("info grants --format csv"),
        "id,person,state,from_on,until_on,region,department,number,approved_by,revoked_on,entered_by,declared\n\
         1,he,revoked,2026-10-08,2026-12-31,内蒙古,,,chen,2026-10-08,clerk,\n\
         2,he,revoked,2026-10-08,2026-12-31,,business,,chen,2026-10-10,clerk,\n\
         3,sun,over,2026-10-08,2026-10-09,,,,chen,,clerk,\n"
    );
    assert_eq!(office.ok("info grants --person sun --format csv").lines().count(), 2);
    assert_eq!(
        office.refused(2, "info revoke 1 --by chen"),
        "grant 1 was revoked on 2026-10-08 already; see branchbook info grants"
    );
    assert_eq!(office.refused(2, "info revoke 3 --by chen"), "grant 3 ended on 2026-10-09; see branchbook info grants");
    assert_eq!(office.refused(4, "info revoke 9 --by chen"), "there is no grant 9; see branchbook info grants");
    assert_eq!(
        office.refused(2, "info revoke he --by chen"),
        "何平 has no grant that goes on after 2026-10-10; see branchbook info grants --person he"
    );
}

#[test]
fn r2_6_only_the_branch_manager_grants_and_revokes() {
    let office = filed();
    for (line, what) in [
        ("info grant sun --until 2026-12-31", "letting somebody read user information"),
        ("info grant sun --until 2026-12-31 --by wang", "letting somebody read user information"),
        ("info revoke sun", "revoking a grant"),
    ] {
        let who = if line.ends_with("wang") { "王建国" } else { "clerk" };
        assert_eq!(
            office.refused(3, line),
            format!(
                "R2.6: {what} is for the branch-manager, which {who} was not on 2026-10-08; name who decided: --by chen"
            )
        );
    }
    assert_eq!(
        office.at_the_keyboard("sun").refused(3, "info grant sun --until 2026-12-31 --by chen"),
        "R4.7: 孙立 may not enter what 陈总 did; only a clerk or contract administrator writes for others; let 陈总 enter it, or hand the paper to General Management's clerk"
    );
}

#[test]
fn r2_6_a_grant_that_cannot_hold_is_refused() {
    let office = filed();
    assert_eq!(
        office.refused(2, "info grant sun --until 2026-10-07 --by chen"),
        "the grant ends before it begins on 2026-10-08; give a later day with --until"
    );
    let unknown = office.refused(4, "info grant sun --until 2026-12-31 --number INF26-0009 --by chen");
    assert!(unknown.contains("INF26-0009"), "{unknown}");
    let both = office.refused(2, "info grant sun --until 2026-12-31 --number INF26-0001 --region 内蒙古 --by chen");
    assert!(both.contains("cannot be used with"), "{both}");
}

#[test]
fn r2_6_who_reads_by_office_is_told_that_no_grant_is_needed() {
    let office = filed().at_the_keyboard("chen");
    let outcome = office.run("info grant wang --until 2026-12-31");
    assert_eq!(
        (outcome.code, outcome.out.as_str(), outcome.err.as_str()),
        (
            0,
            "grant 1: 王建国 may read all user information from 2026-10-08 until 2026-12-31, as 陈总 approved\n",
            "王建国 reads all user information by office, without any grant\n"
        )
    );
}

#[test]
fn r2_6_a_grant_is_journaled_with_who_approved_and_who_entered_it() {
    let office = filed();
    office.ok("info grant sun --region 内蒙古 --until 2026-12-31 --by chen");
    office.ok("info revoke sun --by chen");
    let trail = office.ok("journal --thing 'grant 1' --format jsonl");
    let trail: Vec<serde_json::Value> = trail.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<_> =
        trail.iter().map(|row| (row["verb"].as_str(), row["actor"].as_str(), row["recorder"].as_str())).collect();
    assert_eq!(
        told,
        [(Some("info grant"), Some("chen"), Some("clerk")), (Some("info revoke"), Some("chen"), Some("clerk"))]
    );
}

#[test]
fn r2_6_offices_read_everything_and_collectors_what_is_theirs() {
    let mut office = filed();
    for (person, readable) in
        [("", 4), ("wang", 4), ("chen", 4), ("lin", 4), ("li", 1), ("sun", 0), ("he", 0), ("wu", 0)]
    {
        office = office.at_the_keyboard(person);
        assert_eq!(shown(&office).0.len(), readable, "{person}");
    }
    office.at_the_keyboard("").logged_in("stranger").refused(3, "info list");
}

#[test]
fn r2_6_an_entry_that_may_not_be_read_is_not_shown() {
    let office = filed().at_the_keyboard("sun");
    for line in ["show INF26-0001", "show INF26-0001 --format json", "history INF26-0001"] {
        assert_eq!(office.refused(3, line), UNREADABLE, "{line}");
    }
}

#[test]
fn r2_4_no_search_betrays_what_is_masked() {
    let office = filed().at_the_keyboard("sun");
    let empty = office.ok("info list --text 不存在");
    for secret in ["鞍钢", "刘工", "138", "两台", "展会", "860000", "86000000"] {
        assert_eq!(office.ok(&format!("info list --text {secret}")), empty, "{secret}");
        let found = office.ok(&format!("find {secret} --format csv"));
        assert_eq!(found, "number,register,state,day_on,department,what\n", "{secret}");
    }
    let by_region = office.ok("find 鞍山 --format csv");
    assert_eq!(
        by_region,
        "number,register,state,day_on,department,what\nINF26-0001,info,collected,2026-10-06,business,*** · 球磨机\n"
    );
    assert_eq!(readings(&office.sql()), 0);
    let office = office.at_the_keyboard("li");
    let own = office.ok("find 鞍钢 --format csv");
    assert_eq!(own.lines().count(), 2, "{own}");
}

#[test]
fn r2_4_readings_are_logged_with_what_was_read() {
    let office = filed().at_the_keyboard("li");
    office.ok("info list --month 2026-10");
    office.ok("info list --person wang");
    office.ok("find 鞍钢");
    let office = office.at_the_keyboard("wang").on("2026-11-02T09:30");
    office.ok("show INF26-0003");
    office.ok("history INF26-0003");
    let log = office.ok("info access --format jsonl");
    let log: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<String> = log
        .iter()
        .map(|row| {
            format!("{} {}: {} of {}, {}", row["at"], row["person"], row["command"], row["scope"], row["entries"])
        })
        .collect();
    assert_eq!(
        told,
        [
            r#""2026-10-08T00:00:00Z" "li": "info list" of "from 2026-10-01, to 2026-10-31", 1"#,
            r#""2026-10-08T00:00:00Z" "li": "find" of "鞍钢", 1"#,
            r#""2026-11-02T09:30:00Z" "wang": "info show" of "INF26-0003", 1"#,
            r#""2026-11-02T09:30:00Z" "wang": "info history" of "INF26-0003", 1"#,
        ]
    );
    assert!(log.iter().all(|row| row["declared"] == true));
    for (options, rows) in
        [("--person li", 2), ("--month 2026-11", 2), ("--month 2026-10 --last 1", 1), ("--last 0", 4)]
    {
        assert_eq!(office.ok(&format!("info access {options} --format jsonl")).lines().count(), rows, "{options}");
    }
}

#[test]
fn r2_6_the_access_log_is_for_clerks_managers_and_leaders() {
    let office = filed().at_the_keyboard("li");
    assert_eq!(
        office.refused(3, "info access"),
        "R2.6: 李娜 is no clerk, manager or leader, and only one of these sees who read user information; ask your department's manager"
    );
}

/// An output that looks at the access log when the first byte comes.
struct Watch {
    book: Connection,
    logged_before: Option<i64>,
}

impl Write for Watch {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.logged_before.get_or_insert_with(|| readings(&self.book));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn r2_4_a_reading_is_logged_before_the_first_byte_is_shown() {
    let office = filed().at_the_keyboard("wang");
    let lines = ["info list", "info list --format csv", "show INF26-0001", "history INF26-0001", "find 鞍钢"];
    for (logged, line) in (1..).zip(lines) {
        let mut watch = Watch { book: office.sql(), logged_before: None };
        let words: Vec<&str> = line.split(' ').collect();
        assert_eq!(office.words_into(&words, &mut watch, &mut Vec::new()), 0, "{line}");
        assert_eq!(watch.logged_before, Some(logged), "{line}");
    }
}

#[test]
fn r2_6_nobody_enters_a_grant_to_themselves() {
    let office = Office::staffed().at_the_keyboard("he");
    assert_eq!(
        office.refused(3, "info grant he --until 2026-12-31 --by chen"),
        "R2.6: 何平 may not enter a grant to themselves; let the branch manager or another clerk enter it"
    );
}

#[cfg(unix)]
#[test]
fn r2_4_files_with_user_information_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let office = filed();
    let mode = |name: &str| std::fs::metadata(office.path(name)).unwrap().permissions().mode() & 0o777;
    office.ok(&format!("info list --output {}", office.path("list.csv").display()));
    let bad =
        office.file("bad.csv", "department,collected_by,collected_on,customer\nbusiness,nobody,2026-10-07,鞍钢\n");
    office.refused(
        1,
        &format!(
            "info import {bad} --set equipment=球磨机 --set region=辽宁 --set need=两台 --rejects {}",
            office.path("rejects.csv").display()
        ),
    );
    office.ok(&format!("report month 2026-10 --output {}", office.path("packs").display()));
    let modes = ["list.csv", "rejects.csv", "packs/2026-10", "packs/2026-10/info-entries.csv"].map(mode);
    assert_eq!(modes, [0o600, 0o600, 0o700, 0o600]);
}

#[test]
fn r2_4_why_an_entry_was_voided_is_restricted_wherever_it_appears() {
    let office = filed();
    office.ok("info void INF26-0001 --reason 鞍钢已签约");
    assert!(office.ok("info list --format csv").contains("鞍钢已签约"));
    let office = office.at_the_keyboard("he");
    for line in ["info list --format csv", "find 鞍钢", "series audit", "journal --format csv"] {
        let shown = office.ok(line);
        assert!(!shown.lines().skip(1).any(|row| row.contains("鞍钢")), "{line}: {shown}");
    }
    assert!(office.ok("series audit info --format csv").contains("info,INF26-0001,void,no,***"));
}
