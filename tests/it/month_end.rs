//! The month-end pack (`report month`).

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::office::Office;

/// An October with a form in two ledgers, a void one, an exception, and information of two departments.
pub(crate) fn october() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        let form = "contact add --kind pre-contract --to technology --subject 图纸 --content 确认";
        office.ok(&format!("{form} --department business --by wang"));
        office.ok(&format!("{form} --department business --by wang"));
        office.ok("contact void HAY05002 --reason 重复开单");
        office.ok(&format!("{form} --department baotou --by sun --exception 经理出差"));
        office.ok("info quota set --department business --count 2 --from 2026-10");
        let info = "info add --region 辽宁省 --equipment 球磨机 --need 两台";
        office.ok(&format!("{info} --department business --customer 甲厂 --amount 1.5万 --by li"));
        office.ok(&format!("{info} --department baotou --customer 乙厂 --amount 0.01 --by sun"));
        let office = office.on("2026-10-29");
        office.ok("info report --department business --month 2026-10 --by wang");
        office.on("2026-11-01")
    })
}

/// Writes the pack of October and gives its files.
pub(crate) fn pack(office: &Office, folder: &str) -> BTreeMap<String, String> {
    office.ok(&format!("report month 2026-10 --output {}", office.path(folder).display()));
    read(&office.path(folder).join("2026-10"))
}

/// A pack without that which is another one each time.
fn same(mut pack: BTreeMap<String, String>) -> BTreeMap<String, String> {
    assert!(pack.remove("access-log.json").is_some());
    pack
}

/// The files of a folder, by name.
pub(crate) fn read(folder: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| {
            let content = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            (path.file_name().unwrap().to_str().unwrap().to_owned(), content)
        })
        .collect()
}

#[test]
fn the_pack_holds_a_file_for_every_tally_and_ledger() {
    let office = october();
    let files = pack(&office, "packs");
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "access-log.json",
            "assets-inspected.csv",
            "assets.csv",
            "collection-by-customer.csv",
            "collection-by-plan.csv",
            "contact-ledger-HAB05.csv",
            "contact-ledger-HAG05.csv",
            "contact-ledger-HAS05.csv",
            "contact-ledger-HAW05.csv",
            "contact-ledger-HAY05.csv",
            "contact-outstanding.csv",
            "decisions.csv",
            "entered-late.csv",
            "exceptions.csv",
            "fees.csv",
            "gifts-inspected.csv",
            "gifts.csv",
            "info-by-department.csv",
            "info-by-person.csv",
            "info-entries.csv",
            "info-passed-on.csv",
            "manifest.json",
            "month-end.html",
            "month-end.xlsx",
            "notices.csv",
            "order-reviews.csv",
            "orders-by-product.csv",
            "payments-due.csv",
            "products-monitored.csv",
            "projects.csv",
            "receptions.csv",
            "shipments.csv",
            "taken-back.csv",
        ]
    );
    let numbers = |file: &str| -> Vec<String> {
        files[file].lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect()
    };
    assert_eq!(numbers("contact-ledger-HAY05.csv"), ["HAY05001", "HAY05002"]);
    assert_eq!(numbers("contact-outstanding.csv"), ["HAY05001", "HAB05001"]);
    assert_eq!(numbers("exceptions.csv"), ["HAB05001"]);
    assert_eq!(numbers("info-entries.csv"), ["INF26-0001", "INF26-0002"]);
    assert!(files["info-by-department.csv"].contains("2026-10,business,2,1,50.00,missed,on time,2026-10-29,1,0,1,0\n"));
}

#[test]
fn the_manifest_tells_rows_sums_numbers_and_the_journal() {
    let office = october();
    let files = pack(&office, "packs");
    let manifest: Value = serde_json::from_str(&files["manifest.json"]).unwrap();
    assert_eq!(manifest["month"], "2026-10");
    assert_eq!(manifest["series"][1], serde_json::json!({ "series": "business", "prefix": "HAY05", "last": 2 }));
    let journal: (i64, String) = office
        .sql()
        .query_row("SELECT id, lower(hex(hash)) FROM journal ORDER BY id DESC LIMIT 1", (), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!(
        (manifest["journal"]["count"].as_i64().unwrap(), manifest["journal"]["hash"].as_str().unwrap()),
        (journal.0, journal.1.as_str())
    );
    let listed = manifest["files"].as_array().unwrap();
    assert_eq!(listed.len(), files.len() - 2, "all but itself and how far the access log went");
    let entries = listed.iter().find(|file| file["name"] == "info-entries.csv").unwrap();
    assert_eq!((entries["rows"].as_i64(), entries["totals"]["amount"].as_str()), (Some(2), Some("15000.01")));
}

#[test]
fn the_same_book_and_month_give_the_same_bytes() {
    let office = october();
    let first = pack(&office, "packs");
    assert_eq!(pack(&office, "packs"), first, "written over the one before");
    let later = office.on("2027-03-01");
    assert_eq!(same(pack(&later, "other")), same(first), "written months later");
    let left: Vec<_> =
        std::fs::read_dir(later.path("packs")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["2026-10"], "nothing is left beside the pack");
}

#[test]
fn a_pack_before_the_month_has_ended_says_so() {
    let office = october().on("2026-10-31");
    let outcome = office.run(&format!("report month 2026-10 --output {}", office.path("packs").display()));
    assert_eq!(outcome.code, 0);
    assert_eq!(outcome.err, "2026-10 has not ended: it is judged as of 2026-10-31\n");
    let page = office.read("packs/2026-10/month-end.html");
    assert!(page.contains("Monthly report 2026-10 as of 2026-10-31, the month has not ended"), "{page}");
    let tally = office.read("packs/2026-10/info-by-department.csv");
    assert!(
        !tally.contains("missed") && !tally.contains("not reported"),
        "nothing is missed before the month is over: {tally}"
    );
}

#[test]
fn r2_4_the_pack_is_for_those_who_read_by_office_and_the_reading_is_written_down() {
    let office = october();
    pack(&office, "packs");
    let read: (String, i64) = office
        .sql()
        .query_row("SELECT scope, entries FROM reading ORDER BY id DESC LIMIT 1", (), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!(read, ("from 2026-10-01, to 2026-10-31".to_owned(), 2));
    let office = office.at_the_keyboard("sun");
    let folder = office.path("other");
    assert_eq!(
        office.refused(3, &format!("report month 2026-10 --output {}", folder.display())),
        "R2.5: 孙立 is no clerk, manager or leader, and only one of these writes the month-end pack; ask your department's manager"
    );
    assert!(!folder.exists());
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let office = october();
    let file = office.file("packs", "a file stands here");
    let outcome = office.run(&format!("report month 2026-10 --output {file}"));
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.starts_with(&format!("cannot make the folder {file}: ")), "{}", outcome.err);
}

#[test]
fn a_pack_is_not_written_into_a_folder_that_is_called_as_a_file() {
    let office = october();
    for name in ["月报.pdf", "月报.XLSX", "月报.html", "月报.zip"] {
        let path = office.path(name);
        assert_eq!(
            office.refused(2, &format!("report month 2026-10 --output {}", path.display())),
            format!(
                "{} is called as a file, and a pack is a folder; name a folder with --output; the report in it to print or to sign is month-end.html",
                path.display()
            )
        );
        assert!(!path.exists());
    }
    // A folder that is there is one, and a point in a name makes no file.
    std::fs::create_dir(office.path("月报.pdf")).unwrap();
    for name in ["月报.pdf", "2026.10"] {
        office.ok(&format!("report month 2026-10 --output {}", office.path(name).display()));
    }
}

#[test]
fn r2_4_a_pack_tells_how_far_the_access_log_went() {
    let office = october();
    let files = pack(&office, "packs");
    let head: Value = serde_json::from_str(&files["access-log.json"]).unwrap();
    let hash: String =
        office.sql().query_row("SELECT lower(hex(hash)) FROM reading WHERE id = 1", (), |row| row.get(0)).unwrap();
    let month = serde_json::json!({ "rows": 0, "earlier": 0, "drilled": 0, "declared": 0 });
    assert_eq!(head, serde_json::json!({ "count": 1, "hash": hash, "month": month }));
    let verify = format!("verify --format csv --against {}", office.path("packs/2026-10").display());
    office.ok(&verify);
    let fixed = ["reading_fixed", "reading_kept"].map(|trigger| format!("DROP TRIGGER IF EXISTS {trigger};")).concat();
    let after = |change: &str| {
        office.sql().execute_batch(&format!("{fixed}{change}")).unwrap();
        let found = office.run(&verify);
        let packs: Vec<_> = found.out.lines().filter(|line| line.starts_with("pack,")).map(str::to_owned).collect();
        (found.code, packs)
    };
    // Whoever forges the log with its hashes, or cuts it off, is found by the pack.
    assert_eq!(
        after("UPDATE reading SET hash = zeroblob(32)"),
        (5, vec!["pack,found,row 1 of the access log is not the one that was recorded".to_owned()])
    );
    assert_eq!(
        after("DELETE FROM reading"),
        (5, vec!["pack,found,\"row 1 of the access log was recorded, and is not in the book\"".to_owned()])
    );
}

#[cfg(unix)]
#[test]
fn the_pack_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let office = october();
    pack(&office, "packs");
    let mode = std::fs::metadata(office.path("packs").join("2026-10")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

/// What is said to standard error where the pack of October is written, the office's folder called `office`.
fn said(office: &Office, more: &str) -> String {
    let outcome = office.run(&format!("report month 2026-10 --output {} {more}", office.path("packs").display()));
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    outcome.err.replace(office.path("").to_str().unwrap(), "office/").trim_end().to_owned()
}

/// The names in the folder of the packs.
fn names(office: &Office) -> Vec<String> {
    let entries = std::fs::read_dir(office.path("packs")).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_pack_that_differs_is_kept_beside_the_new_one() {
    let office = october();
    let first = pack(&office, "packs");
    let row = office.count("SELECT max(id) FROM journal");
    office.ok("contact void HAY05001 --reason 错");
    let kept = format!("packs/2026-10-journal-{row}");
    assert_eq!(said(&office, ""), format!("the pack that was there differed, and is kept as office/{kept}"));
    assert_eq!(read(&office.path(&kept)), first);
    office.ok(&format!("verify --against {}", office.path(&kept).display()));
}

#[test]
fn packs_that_differ_in_their_language_only_are_all_kept() {
    let office = october();
    let mut written = Vec::new();
    for (language, kept) in [("en", ""), ("zh", ""), ("ko", "-2"), ("en", "-3")] {
        let row = office.count("SELECT max(id) FROM journal");
        let said = said(&office, &format!("--lang {language} --no-input"));
        assert_eq!(said.is_empty(), written.is_empty());
        assert!(said.is_empty() || said.contains(&format!("office/packs/2026-10-journal-{row}{kept}")), "{said}");
        written.push(read(&office.path("packs/2026-10")));
    }
    let row = office.count("SELECT max(id) FROM journal");
    for (pack, more) in written.iter().zip(["", "-2", "-3"]) {
        assert_eq!(read(&office.path(&format!("packs/2026-10-journal-{row}{more}"))), *pack);
    }
    let [first, .., last] = &written[..] else { panic!("four") };
    assert_eq!(same(first.clone()), same(last.clone()));
}

#[test]
fn a_folder_that_is_no_pack_is_renamed_whole_and_said() {
    let office = october();
    for (times, kept) in ["2026-10-before", "2026-10-before-2"].into_iter().enumerate() {
        std::fs::create_dir_all(office.path("packs/2026-10/scans")).unwrap();
        office.file("packs/2026-10/scans/signed.pdf", format!("signed {times}"));
        office.file("packs/2026-10/gifts.csv", "of the clerk");
        assert_eq!(said(&office, ""), format!("what was there is no pack, and is kept as office/packs/{kept}"));
        assert_eq!(office.read(&format!("packs/{kept}/scans/signed.pdf")), format!("signed {times}"));
        assert_eq!(office.read(&format!("packs/{kept}/gifts.csv")), "of the clerk");
        office.ok(&format!("verify --against {}", office.path("packs/2026-10").display()));
        std::fs::remove_dir_all(office.path("packs/2026-10")).unwrap();
    }
}

#[test]
fn a_file_in_the_place_of_a_pack_is_renamed_and_said() {
    let office = october();
    std::fs::create_dir(office.path("packs")).unwrap();
    office.file("packs/2026-10", "notes");
    assert_eq!(said(&office, ""), "what was there is no pack, and is kept as office/packs/2026-10-before");
    assert_eq!(office.read("packs/2026-10-before"), "notes");
}

#[test]
fn what_was_laid_into_a_pack_stays_with_it() {
    let office = october();
    pack(&office, "packs");
    office.file("packs/2026-10/signed.pdf", "signed");
    assert_eq!(said(&office, ""), "the pack that was there is the same, and was left as it is");
    assert_eq!(office.read("packs/2026-10/signed.pdf"), "signed");
    let row = office.count("SELECT max(id) FROM journal");
    office.ok("contact void HAY05001 --reason 错");
    said(&office, "");
    assert_eq!(office.read(&format!("packs/2026-10-journal-{row}/signed.pdf")), "signed");
    assert_eq!(names(&office), ["2026-10".to_owned(), format!("2026-10-journal-{row}")]);
}

#[test]
fn a_pack_that_was_changed_is_kept_and_written_anew() {
    let office = october();
    let first = pack(&office, "packs");
    office.file("packs/2026-10/gifts.csv", "changed");
    let row = office.count("SELECT max(id) FROM journal");
    assert_eq!(
        said(&office, ""),
        format!("the pack that was there differed, and is kept as office/packs/2026-10-journal-{row}")
    );
    assert_eq!(office.read(&format!("packs/2026-10-journal-{row}/gifts.csv")), "changed");
    assert_eq!(same(read(&office.path("packs/2026-10"))), same(first));
}

#[test]
fn hidden_folders_of_somebody_else_stay() {
    let office = october();
    for folder in [".2026-10.part", ".2026-10.old", ".branchbook-1-0123456789abcdef"] {
        std::fs::create_dir_all(office.path("packs").join(folder)).unwrap();
        office.file(&format!("packs/{folder}/gifts.csv"), "not ours");
    }
    pack(&office, "packs");
    for folder in [".2026-10.part", ".2026-10.old", ".branchbook-1-0123456789abcdef"] {
        assert_eq!(office.read(&format!("packs/{folder}/gifts.csv")), "not ours");
    }
}

#[test]
fn the_book_is_not_moved_with_a_folder_that_gives_way() {
    let office = october();
    std::fs::create_dir_all(office.path("packs/2026-10")).unwrap();
    office.ok(&format!("backup {}", office.path("packs/2026-10/other.db").display()));
    let place = office.path("packs/2026-10").display().to_string();
    office.ok(&format!("contact list --book {place}/other.db"));
    assert_eq!(
        office.refused(
            2,
            &format!("report month 2026-10 --book {place}/other.db --output {}", office.path("packs").display())
        ),
        format!("{place} is the book, or holds it; name another folder with --output")
    );
}

#[test]
fn a_month_that_has_not_begun_has_no_pack() {
    let office = october();
    assert_eq!(office.refused(2, "report month 2027-01"), "2027-01 has not begun; name a month that has");
}

#[test]
fn the_pack_takes_the_files_of_the_months_entries_along_where_asked() {
    let office = october();
    let scan = office.file("扫描 1.pdf", "the paper");
    office.words(&["attach", "HAY05001", &scan]);
    office.ok("contact add -d business -k pre-contract -t technology -s 十一月 -c 一 -b wang");
    office.words(&["attach", "HAY05003", &scan]);
    assert!(!pack(&office, "packs").contains_key("files.csv"), "only where asked");
    let place = office.path("filed");
    office.ok(&format!("report month 2026-10 --files --output {}", place.display()));
    let names: Vec<_> = read(&place.join("2026-10/files")).into_iter().collect();
    assert_eq!(names, [("HAY05001-1-扫描_1.pdf".to_owned(), "the paper".to_owned())], "of the month alone");
    let list = std::fs::read_to_string(place.join("2026-10/files.csv")).unwrap();
    assert!(list.contains("HAY05001,1,扫描 1.pdf,9,") && !list.contains("HAY05003"), "{list}");
    let page = std::fs::read_to_string(place.join("2026-10/month-end.html")).unwrap();
    assert!(page.contains("Files of the entries of 2026-10"), "{page}");
    let verify = format!("verify --against {}", place.join("2026-10").display());
    assert!(office.ok(&verify).contains("files, journal row"));
    std::fs::write(place.join("2026-10/files/HAY05001-1-扫描_1.pdf"), "another").unwrap();
    let fault = office.run(&verify);
    assert!(fault.out.contains("files/HAY05001-1-扫描_1.pdf was changed after the pack was written"), "{fault:?}");
}
