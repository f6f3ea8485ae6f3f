//! What only a system with Unix's rights, limits and mounts can show.

use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::process::{Command, Output};

use super::*;

/// A user without rights, for tests that are run by one who has them all.
const NOBODY: u32 = 65_534;

/// An office whose folder belongs to a user whom file rights bind.
pub(crate) struct Bound {
    pub(crate) office: Office,
    by_root: bool,
}

impl Bound {
    pub(crate) fn office() -> Self {
        Self::of(Office::staffed())
    }

    /// That office, where `nobody` is the login of a clerk.
    pub(crate) fn of(office: Office) -> Self {
        office.sharing("zhou").ok("staff login clerk --login nobody --by chen");
        office.process("contact list").output().unwrap();
        Self::bind(office)
    }

    /// That office as it is.
    pub(crate) fn bind(office: Office) -> Self {
        let by_root = fs::metadata(office.path(".")).unwrap().uid() == 0;
        if by_root {
            // By a process of its own: a program that is open for writing here could be inherited by one that another test
            // starts now, and could not be run then.
            let copied =
                Command::new("cp").args([env!("CARGO_BIN_EXE_branchbook").into(), office.path("program")]).status();
            assert!(copied.unwrap().success());
            for file in fs::read_dir(office.path(".")).unwrap() {
                chown(file.unwrap().path(), Some(NOBODY), Some(NOBODY)).unwrap();
            }
            chown(office.path("."), Some(NOBODY), Some(NOBODY)).unwrap();
        }
        Self { office, by_root }
    }

    /// Runs a line as that user.
    pub(crate) fn run(&self, line: &str) -> Output {
        self.run_with(line, &[])
    }

    /// The same, with these variables.
    pub(crate) fn run_with(&self, line: &str, variables: &[(&str, &str)]) -> Output {
        let mut usual = self.office.process(line);
        usual.envs(variables.iter().copied());
        if !self.by_root {
            return usual.output().unwrap();
        }
        let mut command = Command::new(self.office.path("program"));
        command.args(usual.get_args()).uid(NOBODY).gid(NOBODY);
        for (name, value) in usual.get_envs() {
            command.env(name, value.unwrap());
        }
        command.current_dir("/").output().unwrap()
    }

    pub(crate) fn allow(&self, name: &str, mode: u32) {
        fs::set_permissions(self.office.path(name), fs::Permissions::from_mode(mode)).unwrap();
    }
}

fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8(output.stderr.clone()).unwrap())
}

#[test]
fn a_read_only_book_is_read_and_not_written() {
    let bound = Bound::office();
    bound.allow("book.db", 0o400);
    let path = bound.office.path("book.db").display().to_string();
    let refusal = format!(
        "{path} cannot be written: the file or its folder is read-only; nothing was changed; ask its owner for the right to write\n"
    );
    assert_eq!(said(&bound.run(FORM)), (Some(1), refusal));
    assert_eq!(said(&bound.run("contact list")), (Some(0), String::new()));
    bound.allow("book.db", 0o600);
    assert_eq!(bound.run(FORM).stdout, b"HAY05001\n");
}

#[test]
fn a_book_in_a_read_only_folder_is_read_and_not_written() {
    let bound = Bound::office();
    bound.office.sql().query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(())).unwrap();
    for ending in ["-wal", "-shm", "-turn"] {
        let _ = fs::remove_file(bound.office.path(&format!("book.db{ending}")));
    }
    bound.allow(".", 0o500);
    let path = bound.office.path("book.db").display().to_string();
    let refusal = format!(
        "{path} cannot be written: the file or its folder is read-only; nothing was changed; ask its owner for the right to write\n"
    );
    assert_eq!(said(&bound.run(FORM)), (Some(1), refusal));
    assert_eq!(said(&bound.run("contact list")), (Some(0), String::new()));
    bound.allow(".", 0o700);
    assert_eq!(bound.run(FORM).stdout, b"HAY05001\n");
}

/// Runs a script of the shell; `$PROGRAM` is the program, `$FOLDER` the office's folder.
pub(crate) fn shell(office: &Office, before: &[&str], script: &str) -> Output {
    let usual = office.process("");
    let mut command = Command::new(before.first().unwrap_or(&"sh"));
    command.args(before.iter().skip(1)).args(["-c", script]);
    for (name, value) in usual.get_envs() {
        command.env(name, value.unwrap());
    }
    command.env("PROGRAM", usual.get_program()).env("FOLDER", office.path(".")).env("FORM", FORM);
    command.output().unwrap()
}

#[test]
fn a_full_disk_refuses_the_form_and_gives_its_number_later() {
    let office = Office::staffed();
    fs::create_dir(office.path("disk")).unwrap();
    let output = shell(
        &office,
        &["unshare", "--user", "--map-root-user", "--mount", "sh"],
        r#"mount -t tmpfs -o size=1m none "$FOLDER/disk" || exit 77
        cp "$FOLDER"/book.db* "$FOLDER/disk" && export BRANCHBOOK_FILE=book.db && cd "$FOLDER/disk" || exit 2
        "$PROGRAM" $FORM || exit 2
        dd if=/dev/zero of=filler bs=4k 2>/dev/null
        "$PROGRAM" $FORM; echo "exit $?"
        "$PROGRAM" backup copy.db; echo "exit $?"
        ls -A
        rm filler
        "$PROGRAM" $FORM && "$PROGRAM" verify >/dev/null && echo clean"#,
    );
    if output.status.code() == Some(77) || output.status.code() == Some(1) && output.stdout.is_empty() {
        eprintln!("skipped: this system lets no user mount a small disk: {}", String::from_utf8_lossy(&output.stderr));
        return;
    }
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "the disk of book.db is full; nothing was changed; make room and try again\n\
         the disk of copy.db is full; nothing was changed; make room and try again\n\
         HAY05001 of the same day and person says the same; where it was entered twice: branchbook contact void HAY05002 --reason REASON\n"
    );
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "HAY05001\nexit 1\nexit 1\nbook.db\nbook.db-head\nbook.db-shm\nbook.db-turn\nbook.db-wal\nfiller\nHAY05002\nclean\n"
    );
}

#[test]
fn a_write_that_the_system_refuses_is_told_as_a_fault_of_the_disk() {
    let office = Office::staffed();
    let output = shell(
        &office,
        &[],
        r#"trap '' XFSZ; ulimit -f 1; "$PROGRAM" $FORM; echo "exit $?"
        ulimit -H -f >/dev/null"#,
    );
    let path = office.path("book.db").display().to_string();
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        format!(
            "the file that programs share over {path} cannot be made or grow: {path}-shm: {folder}: File too large \
             (os error 27); nothing was changed; look after the disk, then check the book with: branchbook verify\n",
            folder = office.path("book.db").parent().unwrap().display()
        )
    );
    assert_eq!(output.stdout, b"exit 1\n");
    assert_eq!(office.ok(FORM), "HAY05001\n");
    office.ok("verify");
}
