//! Lists, entries and forms as pages: what stands on them, and how a browser prints them.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::office::Office;

fn office() -> Office {
    let office = Office::staffed();
    let form = "contact add --department business --kind pre-contract --to technology --by wang";
    office.ok(&format!("{form} --subject '<script>alert(1)</script> & Φ3.6 m' --content '一\n二' --pages 2"));
    office.ok("contact sign HAY05001 --by wu");
    office.ok("info quota set --department business --count 2 --from 2026-10");
    office.ok("info add --region 辽宁省 --equipment 球磨机 --need 两台 --department business --customer 甲厂 --by li");
    office
}

#[test]
fn whatever_was_typed_is_escaped() {
    let page = office().ok("contact list --format html");
    assert!(page.starts_with("<!doctype html>"), "{page}");
    assert!(page.contains("&#60;script&#62;alert(1)&#60;/script&#62; &#38; Φ3.6 m"), "{page}");
    assert!(!page.contains("<script"), "{page}");
    assert!(page.contains("<td>一\n二</td>"), "lines stay lines: {page}");
    assert!(!page.contains("http"), "nothing is fetched from elsewhere");
}

#[test]
fn a_page_has_the_branch_the_headings_and_the_totals() {
    let office = office();
    let page = office.ok("info tally --month 2026-10 --format html");
    assert!(page.contains(r#"<div class="branch">沈阳某机械公司销售分公司</div>"#), "{page}");
    assert!(page.contains("<h1>User information of 2026-10 by department</h1>"), "{page}");
    assert!(page.contains(r#"<th scope="col" class="n">counted</th>"#), "{page}");
    let total = page.split("<tfoot>").nth(1).unwrap().split("</tfoot>").next().unwrap();
    assert!(
        total.starts_with(r#"<tr><td class="k">total</td>"#) && total.contains(r#"<td class="n">1</td>"#),
        "{total}"
    );
    assert!(page.contains("<svg") && page.contains("business: indicator 2, counted 1"), "{page}");
    let path = office.path("tally.html");
    office.ok(&format!("info tally --month 2026-10 --output {}", path.display()));
    assert_eq!(office.read("tally.html"), page);
}

#[test]
fn an_entry_is_a_page_with_the_lists_that_belong_to_it() {
    let page = office().ok("show HAY05001 --format html");
    assert!(page.contains("<h1>HAY05001</h1>"), "{page}");
    assert!(page.contains(r#"<tr><th scope="row">state</th><td>received</td></tr>"#), "{page}");
    assert!(page.contains("<h2>Signatures</h2>"), "{page}");
    assert!(!page.contains("<h2>Replies</h2>"), "a list without rows is left out");
}

#[test]
fn a_page_has_a_limit() {
    let office = Office::staffed();
    let mut book = office.sql();
    let change = book.transaction().unwrap();
    change
        .execute_batch(
            "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT 20001)
             INSERT INTO journal SELECT (SELECT max(id) FROM journal) + n, at, clock_at, verb, thing, happened_on, actor, recorder,
                declared_flag, os_login, host, note, record, zeroblob(32) FROM n, (SELECT * FROM journal ORDER BY id DESC LIMIT 1)",
        )
        .unwrap();
    change.commit().unwrap();
    let outcome = office.run("journal --last 20001 --format html");
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""));
    assert_eq!(
        outcome.err,
        "a page holds 20000 rows, and this list has more; take --format csv or xlsx, or fewer rows\n"
    );
    assert_eq!(office.run("journal --last 20000 --format html").code, 0);
}

/// A browser that prints, where one is installed.
pub fn browser() -> Option<&'static str> {
    let there = |name: &&str| {
        let asked = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        asked.is_ok_and(|status| status.success())
    };
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find(there)
}

/// Prints a page and counts the sheets of paper.
pub fn sheets(browser: &str, page: &Path) -> usize {
    let pdf = page.with_extension("pdf");
    let profile = page.with_extension("profile");
    let printed = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
    let pdf = String::from_utf8_lossy(&std::fs::read(pdf).unwrap()).into_owned();
    pdf.matches("/Type /Page\n").count() + pdf.matches("/Type /Page ").count()
}

#[test]
fn pages_print_on_as_much_paper_as_they_need() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no browser is installed that could print the pages");
        return;
    };
    let office = office();
    let form = "contact add --department business --kind pre-contract --to technology --by wang --content 确认";
    for number in 2..=60 {
        office.ok(&format!("{form} --subject '第 {number} 份图纸确认'"));
    }
    let at = |name: &str| office.path(name);
    office.ok(&format!("contact print HAY05001 --output {}", at("form.html").display()));
    assert_eq!(sheets(browser, &at("form.html")), 1, "a form stands on one sheet");
    office.ok(&format!("contact ledger --department business --output {}", at("ledger.html").display()));
    let ledger = sheets(browser, &at("ledger.html"));
    assert!((2..=6).contains(&ledger), "sixty forms stand on {ledger} sheets");
    office.ok(&format!("report month 2026-10 --output {}", at("packs").display()));
    let month = sheets(browser, &at("packs").join("2026-10/month-end.html"));
    assert!(month >= 8, "a sheet for the manager and one for each list, not {month}");
}
