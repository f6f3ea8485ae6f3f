//! Time: days are those of the office's zone, rows stand in the order of their times, and a clock that goes back is marked or
//! refused.

use std::process::{Command, Output};

use crate::office::Office;

const FORM: &str =
    "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --by wang";

/// A process under the system's own clock, in a shell of this zone.
fn in_zone(office: &Office, zone: &str, line: &str) -> Command {
    let mut command = office.process(line);
    command.env_remove("BRANCHBOOK_NOW").env_remove("BRANCHBOOK_AS").env("TZ", zone);
    command
}

/// What a process printed, which must have succeeded.
fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap().trim_end().to_owned()
}

fn text(office: &Office, sql: &str) -> String {
    office.sql().query_row(sql, (), |row| row.get(0)).unwrap()
}

#[test]
fn the_zone_of_a_shell_does_not_change_the_day_of_a_form() {
    // Between these two there is never the same day.
    const ZONES: [&str; 2] = ["Pacific/Kiritimati", "Etc/GMT+12"];
    for (zone, hours) in ZONES.into_iter().zip([14, -12]) {
        let office = Office::empty();
        printed(&in_zone(&office, "America/New_York", &format!("init --name 公司 --zone {zone}")).output().unwrap());
        for shell in ZONES.into_iter().chain(["America/New_York", "Asia/Shanghai"]) {
            let form = "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --exception 试";
            printed(&in_zone(&office, shell, form).output().unwrap());
        }
        let days = format!(
            "SELECT group_concat(DISTINCT e.day_on = date(j.at, '{hours} hours') AND e.entered_on = e.day_on) FROM entry AS e
             JOIN journal AS j ON j.thing = e.number"
        );
        assert_eq!(text(&office, &days), "1", "{zone}");
        let listed = printed(&in_zone(&office, ZONES[0], "history HAY05001").output().unwrap());
        let kept = text(
            &office,
            &format!("SELECT strftime('%Y-%m-%d %H:%M', at, '{hours} hours') FROM journal WHERE thing = 'HAY05001'"),
        );
        assert!(listed.contains(&format!("│ {kept} │")), "{listed}");
    }
}

#[test]
fn days_are_those_of_the_office_where_the_machine_has_another() {
    // Half past midnight in Shenyang, and the afternoon before in New York.
    let office = Office::staffed().on("2026-10-08T16:30");
    let seen = |zone: &str, line: &str| printed(&office.process(line).env("TZ", zone).output().unwrap());
    assert_eq!(seen("America/New_York", &format!("{FORM} -q")), "HAY05001");
    assert_eq!(seen("UTC", &format!("{FORM} --on yesterday -q")), "HAY05002");
    assert_eq!(
        text(&office, "SELECT group_concat(day_on) FROM (SELECT day_on FROM entry ORDER BY id)"),
        "2026-10-09,2026-10-08"
    );
    assert!(seen("America/New_York", "due").starts_with("What waits on 2026-10-09"));
    for format in ["csv", "json"] {
        assert!(
            seen("America/New_York", &format!("history HAY05001 --format {format}")).contains("2026-10-08T16:30:00Z")
        );
    }
    assert!(seen("America/New_York", "journal --last 1").contains("│ 2026-10-09 00:30 │"));
    let copies = office.path("copies").display().to_string();
    assert!(
        seen("UTC", &format!("backup {copies}")).starts_with(&format!("{copies}/branchbook-2026-10-09T003000.db: "))
    );
}

#[test]
fn a_zone_that_is_none_is_refused_and_named_by_verify() {
    let office = Office::staffed();
    office.sql().execute("UPDATE book SET zone = 'Mars'", ()).unwrap();
    assert_eq!(office.refused(1, FORM), "there is no time zone Mars; check the book with: branchbook verify");
    let found = office.run("verify --format csv");
    assert_eq!(found.code, 5);
    assert!(found.out.contains("things,found,book 1 is not as row 1 of the journal left it: zone"), "{}", found.out);
}

/// The rows of the check of times.
fn times(office: &Office) -> Vec<String> {
    let out = office.run("verify --format csv").out;
    out.lines().filter(|line| line.starts_with("times,")).map(str::to_owned).collect()
}

#[test]
fn q11_a_clock_that_goes_back_by_half_an_hour_is_marked() {
    let office = Office::staffed().on("2026-10-08T09:30");
    office.ok(FORM);
    let row = office.count("SELECT max(id) FROM journal");
    let office = office.on("2026-10-08T09:00");
    let outcome = office.run(&format!("{FORM} -q"));
    assert_eq!((outcome.code, outcome.out.as_str()), (0, "HAY05002\n"));
    assert_eq!(
        outcome.err.split_once('\n').unwrap().1,
        "the clock is 0:30:00 behind the row before, of 2026-10-08 17:30: this row is marked, and branchbook verify names it\n"
    );
    let found = office.run("verify --format csv");
    assert_eq!(found.code, 5);
    assert_eq!(
        times(&office),
        [format!(
            "times,found,\"row {} of the journal is of 2026-10-08 17:00, and the row before it of 2026-10-08 17:30; nobody declared why\"",
            row + 1
        )]
    );
    // A clerk can tell why afterwards.
    office.ok(&format!("{FORM} --clock-ahead 钟快了半小时"));
    assert_eq!(times(&office), ["times,ok,\"1 row is earlier than the row before, each declared by a clerk\""]);
    office.ok("verify");
}

#[test]
fn q11_a_clock_that_goes_back_by_two_hours_is_refused_until_a_clerk_declares_why() {
    let office = Office::staffed().on("2026-10-08T09:30");
    office.ok(FORM);
    let row = office.count("SELECT max(id) FROM journal");
    let office = office.on("2026-10-08T07:29:59");
    let said = "the clock shows 2026-10-08 15:29, 2:00:01 before the last row of the journal, of 2026-10-08 17:30; set the clock right; where that row was made under a clock that ran ahead, a clerk adds --clock-ahead REASON";
    assert_eq!(office.refused(3, FORM), said);
    assert_eq!(office.refused(3, &format!("{FORM} --dry-run")), said);
    assert_eq!(office.refused(3, "staff add ma --name 马 --department general --role member"), said);
    let office = office.at_the_keyboard("li");
    assert_eq!(
        office.refused(3, &format!("{} --clock-ahead 钟快", FORM.replace("--by wang", ""))),
        "李娜 is no clerk, and only a clerk declares that the clock ran ahead; ask General Management's clerk"
    );
    let office = office.at_the_keyboard("zhou");
    office.ok(&format!("{FORM} --clock-ahead 钟快"));
    office.ok(FORM);
    office.ok("verify");
    assert_eq!(times(&office), ["times,ok,\"1 row is earlier than the row before, each declared by a clerk\""]);
    assert_eq!(
        text(&office, &format!("SELECT thing || ': ' || note FROM journal WHERE id = {}", row + 1)),
        "clock-ahead 1: 钟快"
    );
    assert_eq!(
        office.refused(2, &format!("{FORM} --clock-ahead 钟快")),
        "--clock-ahead was given, but no row was made under a clock that ran ahead; leave --clock-ahead out"
    );
}

#[test]
fn q11_a_declaration_that_is_forged_or_taken_away_is_found() {
    let office = Office::staffed().on("2026-10-08T09:30");
    office.ok(FORM);
    let office = office.on("2026-10-08T07:00");
    office.ok(&format!("{FORM} --clock-ahead 钟快"));
    office.sql().execute_batch("UPDATE clock_ahead SET journal = journal + 100, reason = '好'").unwrap();
    let found = office.run("verify --format csv");
    assert_eq!(found.code, 5);
    assert!(found.out.contains("things,found,\"clock-ahead 1 is not as row"), "{}", found.out);
    office.sql().execute_batch("DELETE FROM clock_ahead").unwrap();
    let found = office.run("verify --format csv").out;
    assert!(
        found.contains("times,found,") && found.contains("things,found,\"clock-ahead 1 is in the journal"),
        "{found}"
    );
}

/// The office with a piece of user information that `chen` read.
fn read_by_chen() -> Office {
    Office::made(|| {
        let office = Office::staffed().on("2026-10-08T09:30");
        office
            .ok("info add --department business --customer 鞍钢 --region 辽宁 --equipment 球磨机 --need 两台 --by li");
        office.at_the_keyboard("chen")
    })
}

#[test]
fn q11_a_reading_under_a_clock_that_went_back_is_marked_or_refused() {
    let office = read_by_chen();
    office.ok("info list");
    let office = office.on("2026-10-08T09:00");
    office.ok("info list");
    assert_eq!(
        times(&office),
        [
            "times,found,\"row 2 of the access log is of 2026-10-08 17:00, and the row before it of 2026-10-08 17:30; nobody declared why\""
        ]
    );
    let office = office.on("2026-10-08T07:00");
    assert_eq!(
        office.refused(3, "info list"),
        "the clock shows 2026-10-08 15:00, 2:00:00 before the last row of the access log, of 2026-10-08 17:00; set the clock right; where that row was made under a clock that ran ahead, a clerk adds --clock-ahead REASON to the next entry"
    );
    let office = office.at_the_keyboard("zhou");
    office.ok(&format!("{FORM} --clock-ahead 钟快"));
    let office = office.at_the_keyboard("chen");
    office.ok("info list");
    assert_eq!(times(&office), ["times,ok,\"3 rows are earlier than the row before, each declared by a clerk\""]);
}

#[test]
fn q11_a_declaration_covers_what_ran_ahead_and_nothing_that_comes_before_it() {
    let office = Office::staffed().on("2026-10-08T09:30");
    office.ok(FORM);
    let office = office.on("2026-10-08T07:00");
    office.ok(&format!("{FORM} --clock-ahead 钟快"));
    office.ok("verify");
    let row = office.count("SELECT max(id) FROM journal");
    // A little earlier than the declaration is marked as any other row is, and not covered by its reason.
    let office = office.on("2026-10-08T06:10");
    assert!(office.run(FORM).err.contains("\nthe clock is 0:50:00 behind the row before, of 2026-10-08 15:00"));
    assert_eq!(
        times(&office),
        [format!(
            "times,found,\"row {} of the journal is of 2026-10-08 14:10, and the row before it of 2026-10-08 15:00; nobody declared why\"",
            row + 1
        )]
    );
    // Step by step nobody comes back further than what ran ahead.
    let office = office.on("2026-10-08T05:20");
    let said = "the clock shows 2026-10-08 13:20, 1:40:00 before a clerk declared at 2026-10-08 15:00 that it had run ahead; set the clock right; where that row was made under a clock that ran ahead, a clerk adds --clock-ahead REASON";
    assert_eq!(office.refused(3, FORM), said);
    assert_eq!(office.refused(3, &format!("{FORM} --dry-run")), said);
    // With a reason of its own it is another declaration.
    office.ok(&format!("{FORM} --clock-ahead 又快了"));
    assert_eq!(office.count("SELECT count(*) FROM clock_ahead"), 2);
    office.ok("verify");
}

#[test]
fn q11_a_declaration_covers_no_reading_that_comes_before_it() {
    let office = read_by_chen();
    office.ok("info list");
    let office = office.on("2026-10-08T07:00").at_the_keyboard("zhou");
    office.ok(&format!("{FORM} --clock-ahead 钟快"));
    let office = office.on("2026-10-08T06:30").at_the_keyboard("chen");
    assert_eq!(
        office.run("info list").err.lines().next(),
        Some(
            "the clock is 0:30:00 behind the row before, of 2026-10-08 15:00: this row is marked, and branchbook verify names it"
        )
    );
    assert_eq!(
        times(&office),
        [
            "times,found,\"row 2 of the access log is of 2026-10-08 14:30, and the row before it of 2026-10-08 17:30; nobody declared why\""
        ]
    );
    let office = office.on("2026-10-08T05:45");
    assert!(office.refused(3, "info list").starts_with(
        "the clock shows 2026-10-08 13:45, 1:15:00 before a clerk declared at 2026-10-08 15:00 that it had run ahead; "
    ));
}

#[test]
fn q11_a_reading_under_a_clock_that_is_behind_the_journal_is_marked_in_the_access_log() {
    let office = read_by_chen();
    let row = office.count("SELECT max(id) FROM journal");
    let office = office.on("2026-10-08T09:00");
    for line in ["info list", "info show INF26-0001"] {
        let said = office.run(line).err;
        assert!(
            said.starts_with("the clock is 0:30:00 behind the row before, of 2026-10-08 17:30: this row is marked"),
            "{said}"
        );
    }
    assert_eq!(
        office
            .ok("info access --format csv")
            .lines()
            .skip(1)
            .map(|line| line.split(',').nth(4).unwrap())
            .collect::<Vec<_>>(),
        [format!("clock behind journal row {row}; all"), format!("clock behind journal row {row}; INF26-0001")]
    );
    let named = |reading: i64| {
        format!(
            "times,found,\"row {reading} of the access log is of 2026-10-08 17:00, and row {row} of the journal of 2026-10-08 17:30; nobody declared why\""
        )
    };
    assert_eq!(times(&office), [named(1), named(2)]);
    let clerk = office.clone().at_the_keyboard("zhou");
    clerk.ok(&format!("{FORM} --clock-ahead 钟快"));
    assert_eq!(times(&office), ["times,ok,\"3 rows are earlier than the row before, each declared by a clerk\""]);
    // The month's page counts them as well.
    clerk.ok(&format!("report month 2026-10 --output {}", office.path("packs").display()));
    let log: serde_json::Value = serde_json::from_str(&office.read("packs/2026-10/access-log.json")).unwrap();
    assert_eq!(log["month"]["earlier"], 2);
}

#[test]
fn q11_a_drill_keeps_nobody_from_working_and_none_goes_back_unseen() {
    let office = Office::empty();
    let run = |line: &str, now: Option<&str>| {
        let mut command = office.process(line);
        command.env_remove("BRANCHBOOK_AS").env_remove("BRANCHBOOK_NOW");
        command.envs(now.map(|now| ("BRANCHBOOK_NOW", now))).output().unwrap()
    };
    printed(&run("init --name 公司", Some("2026-01-02")));
    let form = "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --exception 试";
    printed(&run(form, None));
    let refused = run(form, Some("2020-10-08"));
    assert_eq!(refused.status.code(), Some(3), "{}", String::from_utf8_lossy(&refused.stderr));
    assert!(String::from_utf8_lossy(&refused.stderr).starts_with("the clock shows 2020-10-08 08:00, "));
    printed(&run(form, Some("2199-10-08")));
    printed(&run(form, None));
    printed(&run("verify", None));
}

#[test]
fn q11_a_day_behind_the_last_of_a_series_is_noted() {
    let office = Office::staffed();
    office.ok(FORM);
    let outcome = office.run(&format!("{FORM} --on 2026-10-01 -q"));
    assert_eq!(
        (outcome.code, outcome.out.as_str(), outcome.err.as_str()),
        (0, "HAY05002\n", "HAY05002 bears 2026-10-01, and HAY05001 before it 2026-10-08\n")
    );
}

#[test]
fn q11_of_two_that_wait_the_later_has_the_later_time() {
    let office = Office::empty();
    let process = |line: &str| {
        let mut command = office.process(line);
        command.env_remove("BRANCHBOOK_AS").env_remove("BRANCHBOOK_NOW").stdout(std::process::Stdio::null());
        command
    };
    assert!(process("init --name 公司").status().unwrap().success());
    let mut other = office.sql();
    let held = other.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
    let started: String = held.query_row("SELECT strftime('%FT%TZ', 'now')", (), |row| row.get(0)).unwrap();
    let form = "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --exception 试";
    let waiting: Vec<_> = (0..4).map(|_| process(form).spawn().unwrap()).collect();
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    held.commit().unwrap();
    for mut waiting in waiting {
        assert!(waiting.wait().unwrap().success());
    }
    // A row's time is that of its turn, and not that of the process's start.
    let waited = format!(
        "SELECT count(*) FROM journal WHERE verb = 'contact add' AND unixepoch(at) - unixepoch('{started}') < 2"
    );
    assert_eq!(office.count(&waited), 0);
    assert_eq!(
        office.count("SELECT count(*) FROM journal AS r JOIN journal AS b ON b.id = r.id - 1 WHERE r.at < b.at"),
        0
    );
    assert!(process("verify").status().unwrap().success());
}

#[test]
fn the_month_end_report_counts_rows_whose_time_or_person_is_somebodys_word() {
    let office = Office::staffed().on("2026-10-31T15:59:59");
    office.ok(FORM);
    let office = office.on("2026-10-31T15:30").at_the_keyboard("zhou");
    office.ok(FORM);
    // Midnight in Shenyang is the next month.
    let office = office.on("2026-10-31T16:00");
    office.ok(FORM);
    office.ok(&format!("report month 2026-10 --output {}", office.path("packs").display()));
    let page = office.read("packs/2026-10/month-end.html");
    let said = "<p>Of 2 rows that were entered in the journal in 2026-10, 1 are earlier than the row before, 2 were made under BRANCHBOOK_NOW, and 1 were entered under --as.</p>";
    assert!(page.contains(said), "{page}");
    let log: serde_json::Value = serde_json::from_str(&office.read("packs/2026-10/access-log.json")).unwrap();
    assert_eq!(log["month"], serde_json::json!({ "rows": 0, "earlier": 0, "drilled": 0, "declared": 0 }));
}
