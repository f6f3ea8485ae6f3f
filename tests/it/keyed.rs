//! What other users of the machine and of the shell's history see of a command line, and a login of one's own over SSH (R2.4, Q6).

use std::io::Write;
use std::process::{Command, Stdio};

use branchbook::desk::Surroundings;
use clap::ValueHint;
use insta::assert_snapshot;

use crate::office::Office;

const INFO: &str =
    "info add --department business --customer 鞍钢 --region 辽宁省 --equipment 球磨机 --need 两台 --by li";

fn phone(office: &Office, number: &str) -> String {
    office
        .sql()
        .query_row("SELECT phone FROM info JOIN entry ON id = entry WHERE number = ?1", [number], |row| row.get(0))
        .unwrap()
}

#[test]
fn r2_4_a_phone_is_read_from_standard_input_or_a_file_and_stands_on_no_command_line() {
    let office = Office::staffed();
    let given = office.fed(&format!("{INFO} --phone -"), "13800000001\n");
    assert!(given.status.success(), "{}", String::from_utf8_lossy(&given.stderr));
    assert_eq!(phone(&office, "INF26-0001"), "13800000001");
    let file = office.file("phone.txt", "13800000002\r\n");
    office.ok(&format!("{INFO} --equipment 破碎机 --phone=@{file}").replace("--equipment 球磨机 ", ""));
    assert_eq!(phone(&office, "INF26-0002"), "13800000002");
    office.ok(&format!("info amend INF26-0002 --phone @{file} --reason 再 --by li")
        .replace(&file, &office.file("new.txt", "-13800")));
    assert_eq!(phone(&office, "INF26-0002"), "-13800", "what is read is no option");
    let gone = office.path("gone.txt");
    let outcome = office.run(&format!("{INFO} --phone @{}", gone.display()));
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    assert!(outcome.err.contains("gone.txt cannot be read"), "{}", outcome.err);
    office.ok(&format!("{INFO} --equipment 振动筛 --contact @@home").replace("--equipment 球磨机 ", ""));
    let contact: String = office
        .sql()
        .query_row("SELECT contact_person FROM info ORDER BY entry DESC LIMIT 1", (), |row| row.get(0))
        .unwrap();
    assert_eq!(contact, "@home", "what begins with @ is doubled");
}

#[test]
fn q8_a_dry_run_names_a_duplicate_to_whoever_may_enter_it_and_that_is_a_reading() {
    let office = Office::staffed();
    office.ok("staff login wu --login wugong");
    office.ok(
        "info add --department foreign-trade --customer 鞍钢 --region 辽宁省 --equipment 球磨机 --need 两台 --by qian",
    );
    let readings = |office: &Office| office.count("SELECT count(*) FROM reading");
    let line = format!("{} --dry-run", INFO.replace(" --by li", ""));
    let wu = office.seen_by("wugong");
    for tried in [line.clone(), format!("{line} --as li")] {
        let outcome = wu.run(&tried);
        assert!(!outcome.err.contains("duplicate"), "{tried}: {}", outcome.err);
    }
    assert_eq!(readings(&office), 0);
    let li = office.sharing("li");
    assert!(li.run(&line).err.contains("likely a duplicate of INF26-0001"));
    assert_eq!(readings(&office), 1);
    let command: String =
        office.sql().query_row("SELECT command || ' ' || scope FROM reading", (), |row| row.get(0)).unwrap();
    assert_eq!(command, "info add --dry-run INF26-0001");
    assert_eq!(office.count("SELECT count(*) FROM info"), 1, "and nothing else of it stays");
    office.ok("verify");
}

#[test]
fn r2_4_the_tracker_alone_makes_no_customer_known() {
    let office = Office::staffed();
    office.all_ok(&[
        INFO,
        "info report --department business --month 2026-10 --by wang",
        "info file INF26-0001",
        "info assign INF26-0001 --to business",
        "info track INF26-0001 --person li --by wang",
    ]);
    assert_snapshot!(office.refused(3, "info open-project INF26-0001 --title 磨机 --by li"), @"R2.4: opening a project, which makes the customer known, is for the department-manager of business, which 李娜 was not on 2026-10-08; name who decided: --by wang");
    office.ok("info open-project INF26-0001 --title 磨机 --by wang");
}

/// The office as the key of a person leads there.
fn keyed(office: &Office, asked: &str) -> Office {
    let surroundings = Surroundings {
        login: "branchbook".to_owned(),
        ssh: Some(asked.to_owned()),
        as_person: None,
        pager: Some(vec!["less".to_owned()]),
        ..office.surroundings()
    };
    office.with_surroundings(surroundings)
}

#[test]
fn q6_a_key_is_a_login_of_ones_own() {
    let office = Office::staffed();
    office.ok("gift catalog add 铸铜摆件 --price 180 --by chen");
    let li = |asked: &str| keyed(&office, asked).run("as li");
    let added = li(
        "branchbook gift add --department business --unit 包钢 --recipient '张处长;处长' --item '铸铜摆件;1' --occasion 监造 -q",
    );
    assert_eq!((added.code, added.out.as_str()), (0, "GFT26-001\n"), "{}", added.err);
    let row: String = office
        .sql()
        .query_row(
            "SELECT recorder || ' ' || declared_flag || ' ' || os_login FROM journal ORDER BY id DESC LIMIT 1",
            (),
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(row, "li 0 branchbook/li");
    assert_snapshot!(li("gift endorse GFT26-001 --as wang").err, @"R5.3(2): the login branchbook/li is that of 李娜, from which nothing is decided under --as; let whoever decides do so from their own login, or hand the signed paper to a clerk");
    assert_snapshot!(li("gift endorse GFT26-001").err, @"R5.3(2): 李娜 asked for GFT26-001 and may not endorse it as well; let 王建国 enter it, or hand the paper to General Management's clerk");
    assert_eq!(keyed(&office, "gift endorse GFT26-001").run("as wang").code, 0);
    assert_eq!(keyed(&office, "gift approve GFT26-001").run("as chen").code, 0);
    assert_eq!(office.count("SELECT count(*) FROM approval WHERE declared_flag IS NULL"), 2);
}

#[test]
fn q6_under_a_key_no_path_is_taken() {
    let office = Office::staffed();
    for asked in [
        "contact list --output /tmp/list.csv",
        "contact list --book other.db",
        "info add --phone @/etc/passwd",
        "contact import /etc/passwd",
        "contact import /etc/passwd --rejects /tmp/x.csv",
        "backup copies/",
        "backup -",
        "restore -",
        "man -",
        "backup --check book.db",
        "attach HAY05001 scan.pdf",
        "open HAY05001",
        "open HAY05001 --path",
        "restore copies/a.db",
        "verify --against packs",
        "report month 2026-10",
        "asset count --file /etc/passwd",
        "init --name 甲",
        "demo",
        "as chen",
    ] {
        let outcome = keyed(&office, asked).run("as zhou");
        assert_ne!(outcome.code, 0, "{asked}");
        assert!(
            outcome.err.starts_with("R2.4: no file and no folder is named over SSH") || outcome.code == 2,
            "{asked}: {}",
            outcome.err
        );
    }
    assert_eq!(keyed(&office, "contact list --output -").run("as zhou").code, 0);
}

#[test]
fn q6_under_a_key_no_settings_are_changed_nor_read() {
    let office = Office::staffed();
    for asked in
        ["config set book /tmp/other.db", "config set --everybody default.exception 甲", "config unset language"]
    {
        let told = "R2.4: no settings are changed over SSH: they would be those of everybody who comes by a key; \
                    give what is needed on the line, such as --lang or --columns\n";
        assert_eq!(keyed(&office, asked).run("as li").err, told, "{asked}");
    }
    let mut process = office.process("as li");
    let settings = office.file("config.toml", "book = \"/tmp/other.db\"\nperson = \"chen\"\n");
    process.env("BRANCHBOOK_CONFIG", settings).env("SSH_CONNECTION", "x").env("SSH_ORIGINAL_COMMAND", "config list");
    process.env_remove("BRANCHBOOK_AS").env_remove("BRANCHBOOK_FILE").env("HOME", office.path("nowhere"));
    let said = process.output().unwrap();
    let err = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(!err.contains("/tmp/other.db"), "the account's own settings name no book: {err}");
}

#[test]
fn a_copy_goes_to_no_standard_output() {
    let office = Office::staffed();
    assert_snapshot!(office.refused(2, "backup -"), @"a copy is proven where it lies, and goes to no standard output; name a folder or a file");
}

#[test]
fn q6_a_key_leads_to_an_account_that_is_nobodys() {
    let office = Office::staffed();
    assert_snapshot!(office.run("as chen").err, @r#"branchbook as is started by sshd alone; put it before the person's key in authorized_keys: command="branchbook as chen",restrict,pty ssh-ed25519 …"#);
    let surroundings = Surroundings { ssh: Some("due".to_owned()), ..office.surroundings() };
    assert_snapshot!(office.with_surroundings(surroundings).run("as chen").err, @"R2.4: the login clerk is that of clerk, and keys of others lead to an account that is nobody's; give the book to an account of its own");
    assert_snapshot!(keyed(&office, "due").run("as x").err, @"nobody on the staff is called x; see branchbook staff list, or enter the person with: branchbook staff add KEY --name x --department DEPARTMENT --role ROLE");
}

/// An account that owns the book and is nobody's: the office is founded from it, and then everybody comes by a key.
#[test]
fn q6_a_book_is_made_at_the_account_that_keys_lead_to() {
    let office = Office::empty();
    let made = office.run("init --name 甲分公司 --key zhou --person 周敏 --login none");
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(made.err.starts_with("this account is not yours in the book: until you come by a login or key of your own, work from it with --as zhou\n"), "{}", made.err);
    assert!(office.refused(3, "series reserve business --count 2").contains("is nobody on the staff"));
    office.ok("staff add chen --name 陈总 --department general --role branch-manager --as zhou");
    office.ok("staff add wang --name 王建国 --department business --role department-manager --as zhou");
    let keyed = |asked: &str, key: &str| {
        let surroundings = Surroundings { ssh: Some(asked.to_owned()), ..office.surroundings() };
        office.with_surroundings(surroundings).run(&format!("as {key}"))
    };
    let form = "contact add --department business --kind pre-contract --to technology --subject a --content b -q";
    let added = keyed(form, "wang");
    assert_eq!((added.code, added.out.as_str()), (0, "HAY05001\n"), "{}", added.err);
    office.ok("verify --as zhou");
    let elsewhere = Office::empty();
    elsewhere.ok("init --name 甲分公司 --key zhou --login zhoumin");
    assert_eq!(elsewhere.count("SELECT os_login = 'zhoumin' FROM person"), 1);
}

/// Every option and argument of every command whose value is called a file, folder or copy says that it is a path: by that
/// they are refused under a key.
#[test]
fn q6_every_path_of_the_grammar_says_that_it_is_one() {
    fn walk(command: &clap::Command, silent: &mut Vec<String>) {
        for argument in command.get_arguments() {
            let names = argument
                .get_value_names()
                .unwrap_or_default()
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" ");
            let path = ["FILE", "FOLDER", "COPY", "PATH"]
                .iter()
                .any(|word| names.split([' ', '.', '|']).any(|name| name == *word));
            let hint =
                matches!(argument.get_value_hint(), ValueHint::FilePath | ValueHint::AnyPath | ValueHint::DirPath);
            if path != hint {
                silent.push(format!("{} {}", command.get_name(), argument.get_id()));
            }
        }
        command.get_subcommands().for_each(|verb| walk(verb, silent));
    }
    let mut program = branchbook::cli::command();
    program.build();
    let mut silent = Vec::new();
    walk(&program, &mut silent);
    assert_eq!(silent, Vec::<String>::new());
}

/// A real sshd on the loopback address, where there is one.
#[cfg(target_os = "linux")]
#[test]
fn q6_a_real_sshd_leads_each_key_to_its_person() {
    let Some(sshd) = ["/usr/sbin/sshd", "/usr/bin/sshd"].iter().find(|sshd| std::path::Path::new(sshd).exists()) else {
        eprintln!("skipped: there is no sshd here");
        return;
    };
    if !["ssh", "ssh-keygen"].iter().all(|tool| Command::new(tool).arg("-?").output().is_ok()) {
        eprintln!("skipped: there is no ssh here");
        return;
    }
    let office = Office::staffed();
    let path = |name: &str| office.path(name).display().to_string();
    for key in ["host", "li", "zhou"] {
        let made =
            Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f", &path(key)]).status().unwrap();
        assert!(made.success());
    }
    let forced = |person: &str| {
        let key = office.read(&format!("{person}.pub"));
        format!(
            "command=\"BRANCHBOOK_FILE={} BRANCHBOOK_NOW=2026-10-08 {} as {person}\",restrict,pty {key}",
            path("book.db"),
            env!("CARGO_BIN_EXE_branchbook")
        )
    };
    office.file("keys", format!("{}{}", forced("li"), forced("zhou")));
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let config = format!(
        "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nStrictModes no\nUsePAM no\nPidFile none\nPasswordAuthentication no\n",
        path("host"),
        path("keys")
    );
    let config = office.file("sshd_config", config);
    std::fs::create_dir_all("/run/sshd").ok();
    let Ok(mut server) = Command::new(sshd).args(["-D", "-e", "-f", &config]).stderr(Stdio::null()).spawn() else {
        return;
    };
    let ssh = |key: &str, asked: &[&str], input: &str| {
        let mut command = Command::new("ssh");
        command.args(["-p", &port, "-i", &path(key), "-F", "none", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes"]);
        command.args([
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null",
            "-o",
            "LogLevel=ERROR",
            "127.0.0.1",
        ]);
        let mut child =
            command.args(asked).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let mut answered = None;
    for _ in 0..100 {
        let first = ssh("zhou", &["due", "--format", "csv"], "");
        if first.status.success() {
            answered = Some(first);
            break;
        }
        if server.try_wait().unwrap().is_some() {
            eprintln!("skipped: sshd does not run here: {}", String::from_utf8_lossy(&first.stderr));
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let check = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let first = answered.expect("sshd answers");
        assert!(String::from_utf8_lossy(&first.stdout).starts_with("due_on,"));
        let added = ssh(
            "zhou",
            &[
                "info add --department business --customer 鞍钢 --region 辽宁省 --equipment 球磨机 --need 两台 --by wang --phone -",
            ],
            "13800000009\n",
        );
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
        assert_eq!(phone(&office, "INF26-0001"), "13800000009");
        let masked = ssh("li", &["info list --format csv"], "");
        assert!(!String::from_utf8_lossy(&masked.stdout).contains("13800000009"));
        let refused = ssh("li", &["report month 2026-10"], "");
        assert_eq!(refused.status.code(), Some(3));
        let spoken = ssh("li", &[], "contact list --format csv\nwhoami\n");
        let out = String::from_utf8_lossy(&spoken.stdout).into_owned();
        assert!(out.starts_with("number,") && !out.contains("root\n"), "no shell: {out}");
        let row: String = office
            .sql()
            .query_row("SELECT recorder || ' ' || declared_flag FROM journal ORDER BY id DESC LIMIT 1", (), |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(row, "zhou 0");
    }));
    server.kill().unwrap();
    server.wait().unwrap();
    if let Err(panic) = check {
        std::panic::resume_unwind(panic);
    }
}
