//! Ways round the rules by the office's own means: names, terms, figures, clocks and files, tried by people who know the program.

use std::fs;

use crate::office::Office;

/// An office in which a trainee missed October and November.
fn missed() -> Office {
    Office::made(|| {
        let office = Office::staffed().on("2026-10-01");
        office.ok("info quota set --person sun --count 2 --from 2026-10 --by chen");
        office.on("2026-12-02")
    })
}

#[test]
fn r2_2a_a_term_that_undoes_a_miss_is_decided_by_who_may_exempt() {
    let office = missed();
    for line in
        ["staff amend-term sun --role trainee --from 2026-11-10 --reason 笔误", "staff end sun --until 2026-10-01"]
    {
        let refused = office.refused(3, line);
        assert!(refused.starts_with("R2.2a: 孙立 missed 2026-1"), "{line}: {refused}");
        assert!(refused.contains("name who decided with --by "), "{line}: {refused}");
    }
    office.ok("staff amend-term sun --role trainee --from 2026-11-10 --reason 笔误 --by chen");
}

#[test]
fn r2_2a_who_stands_in_sets_no_figure_that_judges_them() {
    let office = missed();
    office.ok("staff deputy chen --person sun --from 2026-12-01 --until 2026-12-31 --by chen");
    assert_eq!(
        office.refused(3, "rule set info.suspend_misses 12 --from 2026-12-01 --by sun"),
        "R2.2a: 孙立 stands in for who sets info.suspend_misses, and is judged by it; name who did with --by chen"
    );
    office.ok("rule set contact.reply_days 6 --by sun");
    office.ok("rule set info.suspend_misses 12 --from 2026-12-01 --by chen");
}

#[test]
fn r5_3_1_that_the_name_of_who_decides_was_a_slip_is_said_by_who_appoints_them() {
    let office = Office::staffed();
    office.ok("info add --department business --customer 鞍钢 --region 辽宁 --equipment 球磨机 --need 两台 --by li");
    assert_eq!(
        office.refused(3, "staff rename chen --name 陈大刚 --always --reason 笔误"),
        "R1: 陈总 decides as branch-manager: that the name was a slip is said by who appoints them; name who did with --by lin"
    );
    office.ok("staff rename chen --name 陈大刚 --always --reason 笔误 --by lin");
    office.ok("staff rename li --name 李丽 --always --reason 笔误");
}

#[test]
fn r2_4_a_login_is_one_of_an_account_and_no_key() {
    let office = Office::staffed();
    assert_eq!(
        office.refused(2, "staff login li --login books/chen"),
        "books/chen is the login of no account; type the login alone, such as zhou"
    );
}

/// A figure that another program set, and takes back afterwards, leads nothing on meanwhile.
#[test]
fn r5_3_3_a_figure_that_another_program_set_leads_nothing_on() {
    let office = Office::staffed();
    office.ok("gift catalog add 铸铜摆件 --price 180 --by chen");
    let line = "gift add --department business --asked-by li --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1 --occasion 监造";
    office.sql().execute_batch("INSERT INTO rule VALUES ('gift.quotes', '2026-01-01', 0, 'lin')").unwrap();
    let refused = office.refused(5, line);
    assert!(refused.starts_with("rule gift.quotes "), "{refused}");
    office.sql().execute_batch("DELETE FROM rule").unwrap();
    office.ok(line);
    office.ok("rule set gift.quotes 2 --by lin");
    office.sql().execute_batch("DELETE FROM rule").unwrap();
    let refused = office.refused(5, "gift endorse GFT26-001 --by wang");
    assert!(refused.starts_with("rule gift.quotes "), "{refused}");
}

#[test]
fn what_belongs_to_a_book_is_not_written_over() {
    let office = Office::staffed();
    let (settings, files) = (office.path("book.toml"), office.path("book.db-files"));
    for line in [
        format!("contact list --format csv --output {}", settings.display()),
        format!("contact list --format csv --output {}", files.display()),
        format!("backup {}", settings.display()),
    ] {
        let refused = office.run(&line);
        assert!(refused.code != 0 && refused.err.contains("is the book, or belongs to it"), "{line}: {}", refused.err);
    }
    assert!(!settings.exists() && !files.exists());
}

/// Whoever writes a shared book writes what lies beside it, whatever their own account masks.
#[cfg(unix)]
#[test]
fn what_lies_beside_a_shared_book_is_as_open_as_the_book() {
    use std::os::unix::fs::PermissionsExt;

    let office = Office::staffed();
    let mode = |name: &str| fs::metadata(office.path(name)).unwrap().permissions().mode() & 0o777;
    fs::set_permissions(office.path("book.db"), fs::Permissions::from_mode(0o660)).unwrap();
    fs::remove_file(office.path("book.db-head")).unwrap();
    office
        .ok("contact add --department business --kind pre-contract --to technology --subject a --content b --by wang");
    office.ok("find b");
    let scan = office.file("scan.pdf", "a scan");
    office.ok(&format!("attach HAY05001 {scan}"));
    for name in ["book.db-head", "book.db-turn", "book.db-find"] {
        assert_eq!(mode(name), 0o660, "{name}");
    }
    assert_eq!(mode("book.db-files"), 0o770);
}

/// A copy that another program changed gives nobody a right, and what else was changed in it is told.
#[test]
fn r2_4_a_copy_that_was_changed_by_hand_is_told_or_refused() {
    let office = Office::staffed();
    office.ok("info add --department business --customer 鞍钢 --region 辽宁 --equipment 球磨机 --need 两台 --by li");
    for (change, code, said) in [
        (
            "UPDATE term SET role = 'branch-manager', department = 'general' WHERE person = 'wang'",
            1,
            "is not sound: staff wang is not as row ",
        ),
        ("UPDATE info SET customer = '改'", 0, "INF26-0001 is not as row "),
    ] {
        let copy = office.path("changed.db").display().to_string();
        office.sql().execute("VACUUM INTO ?1", [&copy]).unwrap();
        let shell = rusqlite::Connection::open(&copy).unwrap();
        shell.execute_batch(&format!("PRAGMA journal_mode = WAL; {change}")).unwrap();
        drop(shell);
        let restored = office.process(&format!("restore {copy}")).output().unwrap();
        let told = String::from_utf8_lossy(&restored.stderr);
        assert_eq!(restored.status.code(), Some(code), "{change}: {told}");
        assert!(told.contains(said), "{change}: {told}");
        fs::remove_file(&copy).unwrap();
    }
}

/// A line of the built program in a book that was founded by the system's clock, under `BRANCHBOOK_NOW` or without: the code and what
/// was said.
fn run(office: &Office, line: &str, now: Option<&str>) -> (Option<i32>, String) {
    let mut command = office.process(line);
    command.env_remove("BRANCHBOOK_AS").env_remove("BRANCHBOOK_NOW");
    let done = command.envs(now.map(|now| ("BRANCHBOOK_NOW", now))).output().unwrap();
    (done.status.code(), String::from_utf8_lossy(&done.stderr).trim_end().to_owned())
}

/// What is entered under `BRANCHBOOK_NOW` in a book that lives by the system's clock.
const DRILLED: &str = "BRANCHBOOK_NOW fixes the clock, and nothing is entered under it in a book that was founded by the system's clock; unset BRANCHBOOK_NOW, give the day it happened with --on DATE, or practise in a book of its own: branchbook demo";

/// In a book that lives by the system's clock nobody is in office before their time, whatever `BRANCHBOOK_NOW` says.
#[test]
fn r1_nobody_is_in_office_before_their_time_by_another_clock() {
    let office = Office::empty();
    for line in [
        "init --name 公司",
        "staff add chen --name 陈总 --department general --role branch-manager",
        "staff add ann --name 安 --department general --role branch-manager --from 2199-01-01",
    ] {
        let (code, err) = run(&office, line, None);
        assert_eq!(code, Some(0), "{line}: {err}");
    }
    for (line, now, code, said) in [
        ("rule set contact.reply_days 6 --by ann", "2199-02-01", 3, DRILLED),
        ("info list --as ann", "2199-02-01", 3, "安 is not on the staff on "),
        ("staff list", "2199-02-01", 0, ""),
        ("verify", "2199-02-01", 0, ""),
    ] {
        let (found, err) = run(&office, line, Some(now));
        assert!(found == Some(code) && err.contains(said), "{line}: {err}");
        assert!(!err.contains(&format!("{said}2199")), "{line}: {err}");
    }
}

/// What is entered counts by the day on which it is entered (Q9), and nobody chooses that day in a living book.
#[test]
fn q9_nobody_chooses_the_day_that_counts_by_another_clock() {
    let office = Office::empty();
    assert_eq!(run(&office, "init --name 公司", None).0, Some(0));
    let form = "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --exception 试";
    assert_eq!(run(&office, form, None).0, Some(0));
    // A minute ago, so that no clock is behind by more than is let.
    let ago =
        office.sql().query_row("SELECT strftime('%FT%TZ', 'now', '-1 minute')", (), |row| row.get::<_, String>(0));
    let ago = ago.unwrap();
    for line in [
        form,
        "contact amend HAY05001 --subject 甲 --reason 误",
        "undo HAY05001",
        "staff add li --name 李娜 --department business --role member",
        "rule holiday add 2026-10-01 --name 国庆",
        "series reserve business --count 1",
        "report submit 2026-10 --to 甲 --received-by 乙",
    ] {
        for line in [line.to_owned(), format!("{line} --dry-run")] {
            assert_eq!(run(&office, &line, Some(&ago)), (Some(3), DRILLED.to_owned()), "{line}");
        }
    }
    assert_eq!(run(&office, &format!("{form} --clock-ahead 钟快"), Some(&ago)), (Some(3), DRILLED.to_owned()));
    let script = office.file("day.txt", format!("@ {ago}\n{form}\n"));
    let (code, said) = run(&office, &format!("run {script}"), None);
    assert!(code != Some(0), "{said}");
    // Without it, and in a book that was founded under it, with either.
    assert_eq!(run(&office, form, None).0, Some(0));
    let practice = Office::empty();
    assert_eq!(run(&practice, "init --name 公司", Some("2026-10-08")).0, Some(0));
    assert_eq!(run(&practice, form, Some("2026-10-09")).0, Some(0));
    assert_eq!(run(&practice, form, None).0, Some(0));
    assert_eq!(run(&practice, form, Some("2199-10-09")).0, Some(0));
}
