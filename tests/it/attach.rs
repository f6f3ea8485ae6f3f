//! Files that belong to entries: kept with them, shown, opened, taken back, proven and copied along.

use std::fs;

use crate::office::Office;

/// An office with HAY05001, and a scan of it that is kept with it.
fn attached() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok(
        "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 两台 --by wang",
    );
        let scan = office.file("扫描件 1.pdf", "a scan");
        assert_eq!(
            office.words(&["attach", "HAY05001", &scan, "--note", "签字页", "--by", "zhou"]).out,
            "HAY05001 \"图纸\" to technology: 扫描件 1.pdf kept with it\n"
        );
        office
    })
}

/// The files in the folder of the office's book.
fn kept(office: &Office) -> Vec<std::path::PathBuf> {
    let folder = fs::read_dir(office.path("book.db-files")).into_iter().flatten();
    folder.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_file_is_kept_with_an_entry_shown_and_found_again() {
    let office = attached();
    fs::remove_file(office.path("扫描件 1.pdf")).unwrap();
    let shown = office.ok("show HAY05001");
    for text in ["Files", "扫描件 1.pdf", "签字页", "周敏"] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    for line in [
        "open HAY05001 --path",
        "open hay05 001",
        "open HAY05001 '扫描件 1.pdf'",
        "open HAY05001 扫描件1.PDF",
        "open HAY05001 1",
    ] {
        let path = office.ok(line);
        assert_eq!(fs::read_to_string(path.trim_end()).unwrap(), "a scan", "{line}");
        assert_eq!(std::path::Path::new(path.trim_end()).extension().unwrap(), "pdf");
    }
    assert!(office.refused(4, "open HAY05001 别的").contains("扫描件 1.pdf"));
    let verified = office.ok("verify --format csv");
    assert!(verified.contains("attachments,ok,1 file"), "{verified}");
}

#[test]
fn an_attachment_is_taken_back_like_any_step_and_nothing_else_with_it() {
    let office = attached();
    office.ok("undo HAY05001 --reason 错页 --by zhou");
    assert!(!office.ok("show HAY05001").contains("扫描件"));
    assert!(office.refused(4, "open HAY05001").contains("branchbook attach HAY05001 FILE"));
    assert!(office.ok("contact list --state issued --format csv").contains("HAY05001"));
    assert!(office.ok("history HAY05001").contains("扫描件 1.pdf"), "the history keeps it");
    assert_eq!(kept(&office).len(), 1);
    assert_eq!(office.run("verify").code, 0);
}

#[test]
fn files_of_one_name_empty_ones_and_the_same_file_of_two_entries() {
    let office = attached();
    office.ok(
        "contact add --department business --kind pre-contract --to technology --subject 二 --content 两台 --by wang",
    );
    let scan = office.file("扫描件 1.pdf", "a scan");
    let refused = office.words(&["attach", "HAY05001", &scan]);
    assert!(refused.code == 2 && refused.err.contains("nothing in it has changed"), "{refused:?}");
    office.words(&["attach", "HAY05002", &scan, "--by", "zhou"]);
    assert_eq!(kept(&office).len(), 1, "what is the same is kept once");
    let (again, empty) = (office.file("扫描件 1.pdf", "a better scan"), office.file("空", ""));
    assert_eq!(office.words(&["attach", "HAY05001", &again, &empty, "--by", "zhou"]).code, 0);
    let last = office.words(&["open", "HAY05001", "扫描件 1.pdf", "--path"]).out;
    assert_eq!(fs::read_to_string(last.trim_end()).unwrap(), "a better scan", "the last of a name");
    assert_eq!(fs::read_to_string(office.ok("open HAY05001 空").trim_end()).unwrap(), "");
    assert!(office.ok("verify --format csv").contains("attachments,ok,3 files"));
}

#[test]
fn what_is_no_file_is_refused_and_nothing_is_kept() {
    let office = attached();
    let before = kept(&office);
    fs::create_dir(office.path("folder")).unwrap();
    let folder = office.path("folder").display().to_string();
    let missing = office.path("missing.pdf").display().to_string();
    for (path, said) in [(&folder, "is no file"), (&missing, "cannot be read")] {
        let refused = office.words(&["attach", "HAY05001", path]);
        assert!(refused.code != 0 && refused.err.contains(said), "{refused:?}");
    }
    let scan = office.file("b.pdf", "another");
    let dry = office.words(&["attach", "HAY05001", &scan, "--dry-run", "--by", "zhou"]);
    assert!(dry.code == 0 && dry.err.contains("dry run"), "{dry:?}");
    assert_eq!(kept(&office), before);
    office.ok("contact void HAY05001 --reason 作废 --by zhou");
    assert_ne!(office.words(&["attach", "HAY05001", &scan]).code, 0, "a void entry takes none");
}

#[test]
fn r4_8_who_may_not_correct_an_entry_attaches_nothing_to_it() {
    let office = attached();
    let scan = office.file("b.pdf", "another");
    let refused = office.sharing("sun").words(&["attach", "HAY05001", &scan]);
    assert!(refused.code == 3 && refused.err.starts_with("R4.8"), "{refused:?}");
    let verified = office.ok("verify --format csv");
    assert!(verified.contains("1 file") && !verified.contains("no entry has"), "{verified}");
    fs::write(office.path("book.db-files").join("left.pdf"), "x").unwrap();
    let verified = office.ok("verify --format csv");
    assert!(verified.contains("1 file; no entry has"), "what was interrupted is told of and harms nobody: {verified}");
}

#[test]
fn r2_6_a_file_of_restricted_information_is_opened_by_who_may_read_it() {
    let office = Office::staffed();
    office.ok("info add --department business --customer 包钢 --region 内蒙古 --equipment 球磨机 --need 两台 --by li");
    let scan = office.file("b.pdf", "secret");
    assert_eq!(office.words(&["attach", "INF26-0001", &scan, "--by", "li"]).code, 0);
    let readings = office.count("SELECT count(*) FROM reading");
    office.ok("open INF26-0001 --path");
    assert_eq!(office.count("SELECT count(*) FROM reading"), readings + 1, "it is written down");
    let refused = office.sharing("sun").run("open INF26-0001 --path");
    assert!(refused.code == 3 && refused.err.starts_with("R2.6"), "{refused:?}");
}

#[test]
fn verify_names_what_is_missing_and_altered() {
    let office = attached();
    let file = kept(&office).pop().unwrap();
    fs::write(&file, "a Scan").unwrap();
    let verified = office.run("verify --format csv");
    assert!(verified.code != 0 && verified.out.contains("扫描件 1.pdf of HAY05001, was altered"), "{}", verified.out);
    fs::remove_file(&file).unwrap();
    let verified = office.run("verify --format csv");
    assert!(verified.code != 0 && verified.out.contains("扫描件 1.pdf of HAY05001, is not there"), "{}", verified.out);
    assert!(office.refused(4, "open HAY05001").contains("backup --files"));
}

#[test]
fn a_copy_takes_the_files_along_where_that_is_asked_and_restore_says_what_is_missing() {
    let office = attached();
    let (with, without) =
        (office.path("with.db").display().to_string(), office.path("without.db").display().to_string());
    office.ok(&format!("backup {without}"));
    office.ok(&format!("backup {with} --files"));
    assert_eq!(fs::read_dir(format!("{with}-files")).unwrap().count(), 1);
    let checked = office.ok(&format!("backup --check {without} --format csv"));
    assert!(checked.contains("attachments,ok,the files are not with this copy"), "{checked}");
    assert!(office.ok(&format!("backup --check {with} --format csv")).contains("attachments,ok,1 file"));
    fs::remove_dir_all(office.path("book.db-files")).unwrap();
    let restored = office.run(&format!("restore {without}"));
    assert!(restored.code == 0 && restored.err.contains("扫描件 1.pdf of HAY05001"), "{restored:?}");
    let restored = office.run(&format!("restore {with}"));
    assert!(restored.code == 0 && !restored.err.contains("扫描件"), "{restored:?}");
    assert_eq!(fs::read_to_string(office.ok("open HAY05001").trim_end()).unwrap(), "a scan");
    assert_eq!(office.run("verify").code, 0);
}

/// Where the book is gone with all that lay beside it, a copy brings both back, as private as the copy.
#[cfg(unix)]
#[test]
fn a_copy_with_files_is_restored_where_no_book_is() {
    use std::os::unix::fs::PermissionsExt;

    let office = attached();
    let copy = office.path("with.db").display().to_string();
    office.ok(&format!("backup {copy} --files"));
    let elsewhere = office.path("new.db").display().to_string();
    let restored = office.run(&format!("restore {copy} --book {elsewhere}"));
    assert_eq!(restored.code, 0, "{}", restored.err);
    let opened = office.ok(&format!("open HAY05001 --book {elsewhere}"));
    assert_eq!(fs::read_to_string(opened.trim_end()).unwrap(), "a scan");
    let mode = |path: &str| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&elsewhere), mode(&format!("{elsewhere}-files")), mode(opened.trim_end())), (0o600, 0o700, 0o600));
    office.ok(&format!("verify --book {elsewhere}"));
}

/// What is refused leaves nothing behind.
#[test]
fn a_file_that_is_refused_is_not_kept() {
    let office = attached();
    office.ok("contact void HAY05001 --reason 错");
    let before = fs::read_dir(office.path("book.db-files")).unwrap().count();
    let scan = office.file("another.pdf", "another");
    office.refused(3, &format!("attach HAY05001 {scan}"));
    assert_eq!(fs::read_dir(office.path("book.db-files")).unwrap().count(), before);
}

#[cfg(unix)]
#[test]
fn the_files_are_as_private_as_the_book() {
    use std::os::unix::fs::PermissionsExt;

    let office = attached();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&office.path("book.db-files")), mode(&kept(&office)[0])), (0o700, 0o600));
}

#[test]
fn a_file_in_the_place_of_the_number_is_told() {
    let office = attached();
    let scan = office.file("another.pdf", "another");
    assert_eq!(
        office.refused(2, &format!("attach {scan} HAY05001")),
        format!("{scan} is no number of an entry; the number comes first: branchbook attach HAY05001 {scan}")
    );
}
