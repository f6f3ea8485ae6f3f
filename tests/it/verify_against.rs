//! `verify --against`: what a month-end pack or a copy recorded is still in the book.

use crate::office::Office;
use crate::verify::{behind_the_back, count, month, verified};

/// The month's pack, as the program writes it; gives its folder.
fn pack(office: &Office) -> String {
    let packs = office.path("packs").display().to_string();
    office.ok(&format!("report month 2026-10 --output {packs}"));
    format!("{packs}/2026-10")
}

/// The lines of `verify --against` about the pack.
fn against(office: &Office, pack: &str) -> (u8, Vec<String>) {
    let (code, lines, _) = verified(office, &format!("verify --against {pack}"));
    (code, lines.into_iter().filter(|line| line.starts_with("pack,")).collect())
}

#[test]
fn a_pack_stays_true_while_the_book_grows() {
    let office = month();
    let (rows, pack) = (count(&office, "journal"), pack(&office));
    // The manifest and how far the access log went stand in no manifest.
    let files = std::fs::read_dir(&pack).unwrap().count() - 2;
    office.ok(
        "contact add --department business --kind pre-contract --to technology --subject 新 --content 新 --by wang",
    );
    assert_eq!(against(&office, &pack), (0, vec![format!("pack,ok,\"2026-10: {files} files, journal row {rows}\"")]));
}

#[test]
fn a_book_that_lost_what_a_pack_recorded_is_found() {
    let office = month();
    let (row, pack) = (count(&office, "journal"), pack(&office));
    behind_the_back(
        &office,
        &format!(
            "UPDATE journal SET hash = zeroblob(32) WHERE id = {row}; UPDATE counter SET last = 1 WHERE prefix = 'HAY05'"
        ),
    );
    let expected = [
        format!("pack,found,journal row {row} is not the one that was recorded"),
        "pack,found,\"the counter of HAY05… stands at 1, and 2 was recorded\"".to_owned(),
    ];
    assert_eq!(against(&office, &pack), (5, expected.to_vec()));
    behind_the_back(&office, &format!("DELETE FROM journal WHERE id = {row}"));
    let (_, found) = against(&office, &pack);
    assert_eq!(found[0], format!("pack,found,\"journal row {row} was recorded, and is not in the book\""));
}

#[test]
fn a_pack_whose_files_were_touched_is_found() {
    let office = month();
    let pack = pack(&office);
    office.file("packs/2026-10/contact-outstanding.csv", "number\n");
    std::fs::remove_file(format!("{pack}/contact-ledger-HAY05.csv")).unwrap();
    let (code, found) = against(&office, &pack);
    assert_eq!((code, found.len()), (5, 2), "{found:?}");
    assert!(found[0].starts_with("pack,found,contact-ledger-HAY05.csv cannot be read: "), "{found:?}");
    assert_eq!(found[1], "pack,found,contact-outstanding.csv was changed after the pack was written");
}

#[test]
fn a_folder_that_is_no_pack_is_refused() {
    let office = month();
    let folder = office.path("packs").display().to_string();
    let said = office.refused(1, &format!("verify --against {folder}"));
    assert!(said.starts_with(&format!("cannot read {folder}/manifest.json: ")), "{said}");
    assert!(
        said.ends_with("; name a folder that branchbook report month wrote, or a copy that branchbook backup made"),
        "{said}"
    );
    let pack = pack(&office);
    office.file("packs/2026-10/manifest.json", "{\"month\": 10}");
    assert_eq!(
        office.refused(1, &format!("verify --against {pack}")),
        format!(
            "cannot read {pack}/manifest.json: invalid type: integer `10`, expected a string at line 1 column 12; \
             name a folder that branchbook report month wrote, or a copy that branchbook backup made"
        )
    );
}

/// What `verify` finds of a copy of the book.
fn against_copy(office: &Office, copy: &str) -> (u8, Vec<String>) {
    let (code, lines, _) = verified(office, &format!("verify --against {copy}"));
    (code, lines.into_iter().filter(|line| line.starts_with("copy,")).collect())
}

#[test]
fn a_copy_stays_true_while_the_book_grows() {
    let office = month();
    let copy = office.path("copy.db").display().to_string();
    office.ok(&format!("backup {copy}"));
    let rows = count(&office, "journal");
    let expected = vec![format!("copy,ok,\"{copy}: journal row {rows}, 9 entries\"")];
    assert_eq!(against_copy(&office, &copy), (0, expected.clone()));
    office.ok(
        "contact add --department business --kind pre-contract --to technology --subject 新 --content 新 --by wang",
    );
    assert_eq!(against_copy(&office, &copy), (0, expected));
}

#[test]
fn a_book_that_lost_what_a_copy_holds_is_found() {
    let office = month();
    let copy = office.path("copy.db").display().to_string();
    let row = count(&office, "journal");
    office.ok(&format!("backup {copy}"));
    behind_the_back(
        &office,
        &format!(
            "DELETE FROM journal WHERE id = {row}; DELETE FROM reading WHERE id = 3; UPDATE counter SET last = 1 WHERE prefix = 'HAY05';
            DELETE FROM entry WHERE number = 'HAY05002'"
        ),
    );
    let expected = [
        format!("copy,found,\"journal row {row} was recorded, and is not in the book\""),
        "copy,found,\"row 3 of the access log was recorded, and is not in the book\"".to_owned(),
        "copy,found,\"the counter of HAY05… stands at 1, and 2 was recorded\"".to_owned(),
        "copy,found,\"HAY05002 is in the copy, but not in the book\"".to_owned(),
    ];
    assert_eq!(against_copy(&office, &copy), (5, expected.to_vec()));
}

#[test]
fn a_copy_of_another_book_or_with_other_bytes_is_named() {
    let (office, other) = (month(), Office::empty());
    other.ok("init --name 另一家分公司");
    let copy = other.path("copy.db").display().to_string();
    other.ok(&format!("backup {copy}"));
    let expected = vec![format!("copy,found,{copy} is a copy of another book")];
    assert_eq!(against_copy(&office, &copy), (5, expected));
    let copy = office.path("copy.db");
    office.ok(&format!("backup {}", copy.display()));
    let record = office.read("copy.db.sha256");
    let (about, _) = record.trim_end().rsplit_once('\n').unwrap();
    office.file("copy.db.sha256", format!("{about}\n{}  copy.db\n", "0".repeat(64)));
    let (code, found) = against_copy(&office, &copy.display().to_string());
    assert_eq!(
        (code, found),
        (5, vec![format!("copy,found,{} has not the bytes that were recorded of it", copy.display())])
    );
}
