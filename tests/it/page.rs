//! Lists, entries and forms as pages: what stands on them, and how a browser prints them.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::office::Office;
use crate::ship;

fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        let form = "contact add --department business --kind pre-contract --to technology --by wang";
        office.ok(&format!("{form} --subject '<script>alert(1)</script> & Φ3.6 m' --content '一\n二' --pages 2"));
        office.ok("contact sign HAY05001 --by wu");
        office.ok("info quota set --department business --count 2 --from 2026-10");
        office.ok(
            "info add --region 辽宁省 --equipment 球磨机 --need 两台 --department business --customer 甲厂 --by li",
        );
        office
    })
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
        total.trim_start().starts_with("<tr><td>total</td>") && total.contains(r#"<td class="n">1</td>"#),
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
    let file = office.file("journal.html", "what was there");
    let refused = office.run(&format!("journal --last 20001 --output {file}"));
    assert_eq!((refused.code, office.read("journal.html").as_str()), (2, "what was there"), "{}", refused.err);
    let outcome = office.run("journal --last 20001 --format html");
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""));
    assert_eq!(
        outcome.err,
        "a page holds 20000 rows, and this list has more; take --format csv or xlsx, or fewer rows\n"
    );
    assert_eq!(office.run("journal --last 20000 --format html").code, 0);
}

#[test]
fn what_paper_has_no_room_for_is_folded_under_its_row() {
    let office = ship::after(ship::DISPATCHED);
    let page = office.ok("ship list --format html");
    assert!(page.contains(r#"<section class="wide">"#), "{page}");
    let second = page.split(r#"<tr class="second-line">"#).nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(second.contains("<span><b>gate pass</b> CM-556</span>"), "{second}");
    assert!(!second.contains("<b>number</b>"), "{second}");
    let csv = office.ok("ship list --format csv");
    let mut csv = csv::Reader::from_reader(csv.as_bytes());
    for text in csv.records().next().unwrap().unwrap().iter().filter(|text| text.parse::<f64>().is_err()) {
        assert!(page.contains(text), "{text} is cut off");
    }
    let shares: usize =
        page.split("width:calc(").filter_map(|part| part.split_once('%')?.0.parse::<usize>().ok()).sum();
    assert!((9900..=10_000).contains(&shares), "the columns share {shares} hundredths of a percent of the paper");
}

#[test]
fn a_row_that_no_sheet_holds_has_its_lines_on_each() {
    let office = office();
    let long = "请按合同技术附件核对".repeat(300);
    let form = "contact add --department business --kind pre-contract --to technology --by wang";
    office.ok(&format!("{form} --subject {} --content {long}", "图".repeat(900)));
    office.all_ok(&["contact sign HAY05002 --by wu", &format!("contact reply HAY05002 --text {long} --by wu")]);
    let page = office.ok("contact print HAY05002");
    assert!(page.contains("box-decoration-break: clone"), "{page}");
    assert!(page.contains(r#"<tr class="answer long"><th>Reply and opinion</th>"#), "{page}");
    assert!(page.contains("<tr><th>Subject</th>"), "a subject that a sheet holds is not torn: {page}");
    assert!(!office.ok("contact print HAY05001").contains(r#"class="answer long""#));
    let list = office.ok("contact list --format html");
    assert!(list.contains(r#"<tr class="first-line long"><td class="k">HAY05002</td>"#), "{list}");
    assert!(list.contains(".long > * { outline: "), "{list}");
    assert_eq!(list.matches(r#""second-line long""#).count(), 1);
}

/// A browser that prints, where one is installed.
pub(crate) fn browser() -> Option<&'static str> {
    let there = |name: &&str| {
        let asked = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        asked.is_ok_and(|status| status.success())
    };
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find(there)
}

/// Prints a page and counts the sheets of paper.
pub(crate) fn sheets(browser: &str, page: &Path) -> usize {
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

/// Asks the browser which cells, headings and charts of a page are wider than their room, on the paper that they are for.
fn overflowing(browser: &str, page: &Path) -> String {
    const ASK: &str = r"<style>section { width: 182mm } section.wide { width: 277mm } body { padding: 0 !important }</style>
<script>
const over = [...document.querySelectorAll('td, th, h1, h2, p, figure, section')].filter(e => e.scrollWidth > e.clientWidth + 1);
document.body.innerHTML = '<pre>over: ' + over.map(e => e.tagName + ' ' + e.textContent.slice(0, 40)).join(' | ') + '</pre>';
</script></body>";
    let asking = page.with_extension("asking.html");
    std::fs::write(&asking, std::fs::read_to_string(page).unwrap().replace("</body>", ASK)).unwrap();
    let dom = asked(browser, &asking);
    dom.split("<pre>over: ").nth(1).unwrap_or_else(|| panic!("{dom}")).split("</pre>").next().unwrap().to_owned()
}

/// Asks the browser which words of Latin and Korean letters are torn in the headings of these pages, each as wide as its paper. A heading
/// beside several rows is written downwards.
pub(crate) fn torn(browser: &str, asking: &Path, pages: &[String]) -> String {
    const ASK: &str = r"<script>onload = () => {
const torn = [];
for (const frame of document.querySelectorAll('iframe')) for (const head of frame.contentDocument.querySelectorAll('th:not([rowspan])')) {
  const texts = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
  for (let text; text = texts.nextNode();) for (const word of text.data.matchAll(/[A-Za-z\uac00-\ud7a3]+/g)) {
    const range = document.createRange();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    if (new Set([...range.getClientRects()].map(line => Math.round(line.top))).size > 1) torn.push(word[0]);
  }
}
document.body.innerHTML = '<pre>torn: ' + torn.join(' ') + '</pre>';
}</script>";
    let frame = |page: &String| {
        let width = if page.contains("@page { size: A4 landscape") { 269 } else { 182 };
        let paper = format!(
            "<style>body {{ padding: 0 !important; width: {width}mm }} section.wide {{ width: 277mm }}</style></body>"
        );
        let page = page.replace("</body>", &paper).replace('&', "&amp;").replace('"', "&quot;");
        format!("<iframe style=\"width: 300mm\" srcdoc=\"{page}\"></iframe>")
    };
    std::fs::write(asking, format!("<meta charset=utf-8>{ASK}{}", pages.iter().map(frame).collect::<String>()))
        .unwrap();
    let dom = asked(browser, asking);
    dom.split("<body><pre>torn: ").nth(1).unwrap_or_else(|| panic!("{dom}")).split("</pre>").next().unwrap().to_owned()
}

/// A page as it stands when the browser has carried its scripts out.
fn asked(browser: &str, asking: &Path) -> String {
    let asked = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .args(["--window-size=1400,900", "--dump-dom"])
        .arg(format!("--user-data-dir={}", asking.with_extension("asking").display()))
        .arg(format!("file://{}", asking.display()))
        .output()
        .unwrap();
    String::from_utf8_lossy(&asked.stdout).into_owned()
}

#[test]
fn nothing_is_cut_at_the_edge_of_the_paper() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no browser is installed that could print the pages");
        return;
    };
    let office = ship::after(ship::DISPATCHED);
    let long = "第二条生产线的图纸请尽快寄给我们的工程师".repeat(12);
    let word = "HYDRAULIC-".repeat(9);
    let form = "contact add --department business --kind pre-contract --to technology --by wang --pages 2";
    office.ok(&format!("{form} --subject '{word}' --content '{long}'"));
    let packs = office.path("packs");
    office.ok(&format!("report month 2026-10 --output {}", packs.display()));
    assert_eq!(overflowing(browser, &packs.join("2026-10/month-end.html")), "");
    for list in ["ship list", "contact list", "report orders --month 2026-10", "due"] {
        let page = office.path("list.html");
        office.ok(&format!("{list} --output {}", page.display()));
        assert_eq!(overflowing(browser, &page), "", "{list}");
    }
}

#[test]
fn the_report_that_is_signed_stands_on_two_to_four_sheets() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no browser is installed that could print the pages");
        return;
    };
    let office = office();
    let form = "contact add --department business --kind pre-contract --to technology --by wang --content 确认";
    let reason = "客户当日要求先行发运，经理出差在外，由副经理口头同意，回来以后补签手续并附情况说明".repeat(2);
    for department in ["business", "baotou", "foreign-trade", "shandong"] {
        office.ok(&format!("info quota set --department {department} --count 9 --from 2026-10"));
    }
    for number in 1..=12 {
        office.ok(&format!("{form} --subject '第 {number} 份图纸确认'"));
        office.ok(&format!("{} --subject 图 --exception '{reason}'", form.replace("wang", "li")));
    }
    let packs = office.path("packs");
    office.ok(&format!("report month 2026-10 --output {}", packs.display()));
    let page = std::fs::read_to_string(packs.join("2026-10/month-end.html")).unwrap();
    let (report, rest) = page.split_once("</section>").unwrap();
    assert!(report.contains("2 more: all are in the appendix"), "{report}");
    assert!(rest.contains("<section"), "{rest}");
    let alone = office.path("report.html");
    std::fs::write(&alone, format!("{report}</section></body></html>")).unwrap();
    let report = sheets(browser, &alone);
    assert!((2..=4).contains(&report), "the report stands on {report} sheets");
}

#[cfg(unix)]
#[test]
fn a_browser_prints_pages_and_lists_as_pdf() {
    use std::os::unix::fs::PermissionsExt as _;
    let Some(browser) = browser() else {
        eprintln!("skipped: no browser is installed that could print the pages");
        return;
    };
    let office = office();
    let own = office.file("browser", format!("#!/bin/sh\nexec {browser} --no-sandbox \"$@\"\n"));
    std::fs::set_permissions(&own, std::fs::Permissions::from_mode(0o700)).unwrap();
    let office = office.with_browser(&own);
    for (line, name) in [("contact print HAY05001", "form.pdf"), ("contact list", "list.PDF")] {
        office.ok(&format!("{line} --output {}", office.path(name).display()));
        assert!(std::fs::read(office.path(name)).unwrap().starts_with(b"%PDF"), "{name}");
    }
}

#[test]
fn without_a_browser_that_prints_a_pdf_is_refused_with_the_way_out() {
    let office = office();
    let file = office.file("form.pdf", "what was there");
    let fails = office.file("browser", "no program");
    let office = office.with_browser(&fails);
    assert_eq!(
        office.refused(1, &format!("contact print HAY05001 --output {file}")),
        format!(
            "{fails} did not print the page; name another browser in BRANCHBOOK_BROWSER, or write an .html file and print that"
        )
    );
    let office = office.with_browser("/nowhere/chromium");
    let way_out = if browser().is_some() { "name a program that is there" } else { "install one" };
    let missing = format!("BRANCHBOOK_BROWSER names /nowhere/chromium, which is not there; {way_out}, ");
    for line in [format!("contact print HAY05001 --output {file}"), "contact print HAY05001 --open".to_owned()] {
        let refused = office.refused(1, &line);
        assert!(refused.starts_with(&missing), "{refused}");
    }
    assert_eq!(office.read("form.pdf"), "what was there");
}

#[test]
fn each_paper_counts_its_own_sheets() {
    let office = ship::after(ship::DISPATCHED);
    let page = office.ok("ship print SHP26-001");
    for sheet in 1..=3 {
        assert!(page.contains(&format!("counter-increment: sheet{sheet};")), "{page}");
    }
}

#[test]
fn reserved_numbers_are_printed_as_empty_forms_and_forms_by_their_state() {
    let office = office();
    office.ok("series reserve business --count 3");
    let pad = office.ok("contact print --reserved --department business");
    for number in ["HAY05002", "HAY05003", "HAY05004"] {
        assert!(pad.contains(&format!("</small> {number}</div>")), "{pad}");
    }
    assert_eq!(pad.matches("<section").count(), 3);
    assert!(!pad.contains("alert"), "nothing stands on them");
    let issued = office.ok("contact print --state received --month 2026-10");
    assert!(issued.contains("HAY05001") && !issued.contains("HAY05002"), "{issued}");
    assert_eq!(
        office.refused(4, "contact print --reserved --department baotou"),
        "there is nothing to print; reserve numbers with: branchbook series reserve SERIES --count COUNT"
    );
}

#[test]
fn the_papers_of_a_shipment_name_the_goods_and_what_is_in_the_boxes() {
    let office = ship::after(2);
    office.ok("ship box SHP26-001 --case 90-91 --weight 800kg --holds '减速机 2 台、地脚螺栓'");
    for step in &ship::STEPS[2..ship::PASSED] {
        office.ok(step);
    }
    for page in ["packing-list", "gate-pass", "装箱单", "출문증"] {
        let page = office.ok(&format!("ship print SHP26-001 --page {page}"));
        for stands in ["减速机 2 台、地脚螺栓", "90-91", "PRJ26-001 "] {
            assert!(page.contains(stands), "{stands} is not in {page}");
        }
    }
    assert!(office.ok("ship print SHP26-001 --page gate-pass").contains("Valid until"));
}

#[test]
fn commands_are_nothing_for_paper() {
    let office = office();
    office.ok("gift add --department business --asked-by li --unit 甲厂 --recipient 张处长;处长 --item 摆件;1;180 --occasion 监造");
    for list in ["due", "approvals"] {
        assert!(office.ok(&format!("{list} --format csv")).contains(",branchbook "));
        let page = office.ok(&format!("{list} --format html"));
        assert!(!page.contains(">branchbook ") && !page.contains(">next<") && !page.contains(">command<"), "{page}");
    }
}

#[test]
fn a_second_line_has_nothing_that_says_that_there_is_nothing() {
    let office = ship::after(ship::DISPATCHED);
    let page = office.ok("ship list --format html");
    let second = page.split(r#"<tr class="second-line">"#).nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(!second.contains("<b>amendments</b>") && second.contains("<b>"), "{second}");
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
    assert!((4..=12).contains(&month), "a sheet for the manager, and the lists behind it, not {month}");
}

#[cfg(unix)]
#[test]
fn q6_a_page_is_shown_in_the_browser_and_in_none_over_ssh() {
    use std::os::unix::fs::PermissionsExt;
    let office = office();
    let seen = office.path("seen");
    let browser = office.file(
        "browser.sh",
        format!("#!/bin/sh\ncp \"$1\" {}\necho \"$1\" > {}.name\n", seen.display(), seen.display()),
    );
    std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o755)).unwrap();
    let shown = office.clone().with_browser(&browser);
    let outcome = shown.run("contact print HAY05001 --open");
    assert_eq!((outcome.code, outcome.out.as_str()), (0, ""), "{}", outcome.err);
    while !office.path("seen.name").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(office.read("seen").contains("HAY05001"));
    let kept = outcome.err.strip_prefix("the page is in ").unwrap().split(", until").next().unwrap().to_owned();
    assert_eq!(std::fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::remove_file(kept).unwrap();
    let named = office.path("form.html");
    let outcome = shown.run(&format!("contact print HAY05001 --open --output {}", named.display()));
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    assert!(named.exists());
    let over = office.with_surroundings(branchbook::desk::Surroundings {
        keyed: Some("zhou".to_owned()),
        login: "books/zhou".to_owned(),
        ..office.surroundings()
    });
    assert_eq!(
        over.refused(3, "contact print HAY05001 --open"),
        "R2.4: no program is started over SSH; leave --open out: the page goes to standard output"
    );
}

#[test]
fn several_sheets_of_a_register_are_printed_at_once() {
    let office = office();
    for title in ["球磨机", "减速机"] {
        office
            .ok(&format!("project add --department business --customer 甲厂 --title {title} --amount 20万 --by wang"));
        office.ok(&format!(
            "asset add --name {title} --price 3000 --bought-on 2026-10-08 --department business --keeper li"
        ));
    }
    office.ok("project plan PRJ26-002 --what 图纸 --due 2026-11-02 --by wang");
    for unit in ["甲厂", "乙厂"] {
        office.ok(&format!("gift add --department business --asked-by li --unit {unit} --recipient 张处长;处长 --item 摆件;1;180 --occasion 监造"));
        office.ok(&format!("reception add --department business --unit {unit} --arrive 2026-10-20 --visitor 王工;工程师 --purpose 监造 --schedule 看车间 --by li"));
    }
    for (register, first, second) in [("gift", "GFT26-001", "GFT26-002"), ("reception", "REC26-001", "REC26-002")] {
        for chosen in [format!("{first} {second}"), "--month this".to_owned()] {
            let pages = office.ok(&format!("{register} print {chosen}"));
            assert!(pages.contains(first) && pages.contains(second), "{register} {chosen}");
        }
        let one = office.ok(&format!("{register} print {second}"));
        assert!(!one.contains(first) && one.contains(second));
        let none = office.run(&format!("{register} print --month 2025-01"));
        assert_eq!(none.code, 4, "{}", none.err);
    }
    // By a filter, what has no sheet yet is passed over; by its number it is refused.
    let schedules = office.ok("project print --month this");
    assert!(schedules.contains("PRJ26-002") && !schedules.contains("PRJ26-001"), "{schedules}");
    assert!(office.refused(3, "project print PRJ26-001 PRJ26-002").starts_with("R3.2: PRJ26-001 has no schedule yet"));
    assert_eq!(office.ok("asset handover --department business").matches("<h1>").count(), 2);
    office.ok("contact add -d business -k execution -t technology -s 又一份 -c 一 -b wang");
    assert!(office.ok("contact print --state issued --month this").contains("又一份"));
}
