//! Files that a person names (`--output`, `--rejects`): what is never written over, and what a new file is like.

use std::fs;
use std::path::Path;

use crate::office::Office;

const FORM: &str =
    "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --by wang -q";

/// An office with a form in its log.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok(FORM);
        office
    })
}

/// What a process says that is refused with this exit code, the office's folder called `office`; nothing is left beside what was there.
fn refused(office: &Office, code: i32, line: &str) -> String {
    let names = || {
        let mut names: Vec<_> =
            fs::read_dir(office.path(".")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    // A reader makes the index of the log, and leaves it.
    office.ok("contact list");
    let before = names();
    let output = office.process(line).current_dir(office.path(".")).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(code), 0), "{line}: {said}");
    assert_eq!(names(), before, "{line}");
    said.replace(office.path("").to_str().unwrap(), "office/").trim_end().to_owned()
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    /// Names that all lead to a file beside the book called `name`, which need not be there.
    fn ways_to(office: &Office, name: &str) -> Vec<String> {
        fs::create_dir_all(office.path("folder")).unwrap();
        let link = |from: &str, to: &Path| {
            let _ = fs::remove_file(office.path(from));
            symlink(to, office.path(from)).unwrap();
            from.to_owned()
        };
        let mut ways = vec![
            name.to_owned(),
            office.path(name).display().to_string(),
            format!("folder/../{name}"),
            link("absolute.csv", &office.path(name)),
            link("relative.csv", Path::new(name)),
            link("chain.csv", Path::new("relative.csv")),
            link("folder/up.csv", &Path::new("..").join(name)),
            format!("{}/{name}", link("around", &office.path("."))),
        ];
        if office.path(name).exists() {
            let _ = fs::remove_file(office.path("hard.csv"));
            fs::hard_link(office.path(name), office.path("hard.csv")).unwrap();
            ways.push("hard.csv".to_owned());
        }
        ways
    }

    #[test]
    fn a_list_is_never_written_over_the_book_or_what_belongs_to_it() {
        let office = office();
        let before = office.dump(&[]);
        for name in ["book.db", "book.db-wal", "book.db-shm", "book.db-turn", "book.db-journal", "BOOK.DB-wal"] {
            for way in ways_to(&office, name) {
                let said = format!("{way} is the book, or belongs to it; name another file")
                    .replace(office.path("").to_str().unwrap(), "office/");
                assert_eq!(refused(&office, 2, &format!("contact list --output {way} --format csv")), said);
                assert_eq!(refused(&office, 2, &format!("contact print HAY05001 --output {way}")), said);
                let ledger =
                    office.file("old.csv", "key,name,department,role,from\n,无名,business,salesperson,2026-01-01\n");
                assert_eq!(refused(&office, 2, &format!("staff import {ledger} --rejects {way}")), said);
                assert_eq!(office.dump(&[]), before);
            }
        }
        office.ok("verify");
        assert_eq!(office.ok(FORM), "HAY05002\n");
    }

    #[test]
    fn a_book_behind_a_link_is_kept_as_well() {
        let office = office();
        fs::create_dir(office.path("elsewhere")).unwrap();
        symlink(office.path("book.db"), office.path("elsewhere/linked.db")).unwrap();
        let book = office.path("elsewhere/linked.db").display().to_string();
        for way in ["book.db", "book.db-wal", "elsewhere/linked.db"] {
            assert_eq!(
                refused(&office, 2, &format!("contact list --book {book} --output {way} --format csv")),
                format!("{way} is the book, or belongs to it; name another file")
            );
        }
    }

    #[test]
    fn what_lies_beside_a_book_lies_where_its_link_leads() {
        let office = office();
        fs::create_dir(office.path("elsewhere")).unwrap();
        symlink("../book.db", office.path("elsewhere/linked.db")).unwrap();
        fs::remove_file(office.path("book.db-turn")).unwrap();
        let line = format!("{FORM} --book {}", office.path("elsewhere/linked.db").display());
        assert_eq!(office.process(&line).output().unwrap().stdout, b"HAY05002\n");
        assert!(office.path("book.db-turn").exists());
        assert_eq!(fs::read_dir(office.path("elsewhere")).unwrap().count(), 1);
    }

    #[test]
    fn the_folder_of_a_new_log_is_brought_to_the_disk_where_the_link_to_the_book_leads() {
        let office = office();
        fs::create_dir(office.path("elsewhere")).unwrap();
        symlink("../book.db", office.path("elsewhere/linked.db")).unwrap();
        drop(office.sql().query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(())));
        let usual = office.process(&format!("{FORM} --book {}", office.path("elsewhere/linked.db").display()));
        let mut traced = Command::new("strace");
        traced.args(["-f", "-y", "-e", "trace=fsync,fdatasync"]).arg(usual.get_program()).args(usual.get_args());
        traced.envs(usual.get_envs().map(|(name, value)| (name, value.unwrap())));
        let Ok(output) = traced.output() else {
            eprintln!("skipped: there is no strace here");
            return;
        };
        let synced = String::from_utf8(output.stderr).unwrap();
        let folder = fs::canonicalize(office.path(".")).unwrap();
        assert!(synced.contains(&format!("<{}>)", folder.display())), "{synced}");
        assert!(!synced.contains("elsewhere>"), "{synced}");
    }

    #[test]
    fn the_line_of_those_who_wait_is_written_into_no_file_of_somebody_else() {
        let office = office();
        let turn = office.path("book.db-turn");
        let notes = office.path("notes");
        let ways: [&dyn Fn(); 4] = [
            &|| symlink("notes", &turn).unwrap(),
            &|| symlink("book.db", &turn).unwrap(),
            &|| fs::hard_link(&notes, &turn).unwrap(),
            &|| fs::write(&turn, "a clerk's notes").unwrap(),
        ];
        for (way, number) in ways.into_iter().zip(2..) {
            fs::write(&notes, "a clerk's notes").unwrap();
            let _ = fs::remove_file(&turn);
            way();
            assert_eq!(office.process(FORM).output().unwrap().stdout, format!("HAY05{number:03}\n").into_bytes());
            assert_eq!(fs::read_to_string(&notes).unwrap(), "a clerk's notes");
            assert!(fs::read(&turn).unwrap().starts_with(if turn.is_symlink() && number == 3 {
                b"SQLite"
            } else {
                b"a clerk's notes"
            }));
        }
        office.ok("verify");
    }

    #[test]
    fn only_the_standard_output_may_be_left_by_its_reader() {
        let office = office();
        office.file("staff.csv", "key,name,department,role,from,hobby\ngao,高,business,salesperson,2026-01-01,\n");
        let run = |script: &str| {
            let usual = office.process("");
            let mut shell = Command::new("sh");
            shell.args(["-c", script]).arg(usual.get_program()).current_dir(office.path("."));
            let output = shell.envs(usual.get_envs().map(|(name, value)| (name, value.unwrap()))).output().unwrap();
            (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
        };
        assert!(Command::new("mkfifo").arg(office.path("pipe")).status().unwrap().success());
        // Both ends are opened, and the reader's is closed again.
        let left = r"exec 3<>pipe 4>pipe 3>&-; ";
        assert_eq!(run(&format!(r#"{left} "$0" contact list >&4; echo "exit $?" >&2"#)).1, "exit 0\n");
        assert_eq!(run(&format!(r#"{left} "$0" staff import staff.csv 2>&4; echo "exit $?""#)).0, "exit 1\n");
        assert!(!office.ok("staff list").contains("gao"));
    }

    #[test]
    fn a_list_is_never_written_over_another_database() {
        let office = office();
        office.ok(&format!("backup {}", office.path("copy.db").display()));
        let other = rusqlite::Connection::open(office.path("other.sqlite")).unwrap();
        other.execute_batch("PRAGMA journal_mode = wal; CREATE TABLE a (b); INSERT INTO a VALUES (1)").unwrap();
        for name in ["copy.db", "other.sqlite", "other.sqlite-wal"] {
            for way in ways_to(&office, name) {
                let said = format!("{way} is a database, which would be lost; name another file")
                    .replace(office.path("").to_str().unwrap(), "office/");
                assert_eq!(refused(&office, 2, &format!("contact list --output {way} --format csv")), said);
            }
        }
    }

    #[test]
    fn bad_rows_are_never_written_over_the_file_that_is_imported() {
        let office = office();
        let ledger = "key,name,department,role,from\n,无名,business,salesperson,2026-01-01\n";
        office.file("old.csv", ledger);
        for way in ways_to(&office, "old.csv") {
            let said = format!("{way} is the file that is imported; name another file")
                .replace(office.path("").to_str().unwrap(), "office/");
            assert_eq!(refused(&office, 2, &format!("staff import old.csv --rejects {way}")), said);
        }
        let mut process = office.process("staff import - --rejects old.csv");
        let output = process
            .current_dir(office.path("."))
            .stdin(fs::File::open(office.path("old.csv")).unwrap())
            .output()
            .unwrap();
        assert_eq!(
            (output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()),
            (Some(2), "old.csv is the file that is imported; name another file\n")
        );
        assert_eq!(office.read("old.csv"), ledger);
    }

    #[test]
    fn a_copy_is_never_made_where_a_file_of_the_book_may_come() {
        let office = office();
        assert_eq!(
            refused(&office, 2, "backup book.db-journal"),
            "book.db-journal is the book, or belongs to it; name another file"
        );
    }

    #[test]
    fn a_pipe_is_written_into() {
        let office = office();
        assert!(Command::new("mkfifo").arg(office.path("pipe")).status().unwrap().success());
        let mut writer =
            office.process("contact list --format csv --output pipe").current_dir(office.path(".")).spawn().unwrap();
        assert_eq!(fs::read_to_string(office.path("pipe")).unwrap(), office.ok("contact list --format csv"));
        assert!(writer.wait().unwrap().success());
        assert!(fs::metadata(office.path("pipe")).unwrap().file_type().is_fifo());
    }

    #[test]
    fn a_pipe_whose_reader_leaves_is_an_error() {
        let office = office();
        // More than a pipe holds.
        let long = "x".repeat(100);
        (0..200).for_each(|_| drop(office.ok(&format!("{FORM} --contract {long} --holder {long}"))));
        assert!(Command::new("mkfifo").arg(office.path("pipe")).status().unwrap().success());
        let script = r#": < pipe & "$0" contact list --format json --output pipe; echo "exit $?""#;
        let usual = office.process("");
        let mut shell = Command::new("sh");
        shell.args(["-c", script]).arg(usual.get_program()).current_dir(office.path("."));
        let output = shell.envs(usual.get_envs().map(|(name, value)| (name, value.unwrap()))).output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "cannot write pipe: Broken pipe (os error 32)\n");
        assert_eq!(output.stdout, b"exit 1\n");
    }

    #[test]
    fn a_device_is_written_into_and_its_link_stays() {
        let office = office();
        symlink("/dev/null", office.path("nothing")).unwrap();
        for way in ["nothing", "/dev/null"] {
            let mut process = office.process(&format!("contact list --output {way}"));
            assert!(process.current_dir(office.path(".")).status().unwrap().success());
        }
        assert!(fs::symlink_metadata(office.path("nothing")).unwrap().is_symlink());
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
        assert_eq!(
            refused(&office, 1, "contact list --output /dev/full"),
            "cannot write /dev/full: No space left on device (os error 28)"
        );
    }

    #[test]
    fn a_links_target_is_replaced_and_not_the_link() {
        let office = office();
        fs::create_dir(office.path("lists")).unwrap();
        for there in [true, false] {
            if there {
                office.file("lists/forms.csv", "of yesterday");
            }
            symlink("lists/forms.csv", office.path("forms.csv")).unwrap();
            office.ok(&format!("contact list --output {}", office.path("forms.csv").display()));
            assert!(fs::symlink_metadata(office.path("forms.csv")).unwrap().is_symlink());
            assert_eq!(office.read("lists/forms.csv"), office.ok("contact list --format csv"));
            fs::remove_file(office.path("forms.csv")).unwrap();
            fs::remove_file(office.path("lists/forms.csv")).unwrap();
        }
    }

    #[test]
    fn a_new_file_is_its_owners_alone_and_takes_over_permissions_that_nobody_else_could_set() {
        let office = office();
        let path = office.path("list.csv");
        let written = |mode: Option<u32>| {
            let _ = fs::remove_file(&path);
            if let Some(mode) = mode {
                fs::write(&path, "old").unwrap();
                fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            }
            office.ok(&format!("contact list --output {}", path.display()));
            fs::metadata(&path).unwrap().mode() & 0o7777
        };
        assert_eq!(written(None), 0o600);
        for (old, new) in [(0o600, 0o600), (0o640, 0o640), (0o644, 0o644), (0o4755, 0o755)] {
            assert_eq!(written(Some(old)), new, "{old:o}");
        }
        for writable in [0o666, 0o664, 0o622, 0o777] {
            assert_eq!(written(Some(writable)), 0o600, "{writable:o}");
        }
    }
}

#[test]
fn a_folder_is_no_file() {
    let office = office();
    fs::create_dir(office.path("lists")).unwrap();
    assert_eq!(refused(&office, 1, "contact list --output lists"), "cannot write lists: is a directory");
    assert_eq!(refused(&office, 2, "contact list --output .."), ".. is no file name");
}

#[test]
fn a_new_book_is_not_made_beside_the_log_of_one_that_is_gone() {
    let office = office();
    let log = fs::read(office.path("book.db-wal")).unwrap();
    assert!(!log.is_empty());
    fs::rename(office.path("book.db"), office.path("moved.db")).unwrap();
    let outcome = office.run("init --name 新账");
    let said = format!(
        "{} is there, and its book is not; put the book back beside it, or move it away\n",
        office.path("book.db-wal").display()
    );
    assert_eq!((outcome.code, outcome.err), (1, said));
    assert_eq!(fs::read(office.path("book.db-wal")).unwrap(), log);
    assert!(!office.path("book.db").exists());
    fs::rename(office.path("moved.db"), office.path("book.db")).unwrap();
    office.ok("show HAY05001");
}

#[test]
fn a_book_whose_making_fails_leaves_what_was_there() {
    let office = Office::empty();
    office.file("book.db-turn", "");
    assert_eq!(office.run("init --name 新账 --key 'no key'").code, 2);
    let names: Vec<_> = fs::read_dir(office.path(".")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["book.db-turn"]);
}
