//! Work contact forms (R4, R6.1): who issues them, how they go round, how they are filed.

use insta::assert_snapshot;

use crate::forms;
use crate::office::Office;

pub(crate) const FORM: &str = "contact add --department business --kind pre-contract --to technology --subject 轴承图纸 --content 确认 --by wang -q";

/// A form to a unit outside the company, with the contract administrator's copy.
pub(crate) const LETTER: &str = "contact add --department baotou --kind external --to 包钢(集团)公司 --copy he --subject 交货期函复 --content 按期 --by zhao -q";

/// An office with one form to technology, HAY05001, that technology has signed for.
pub(crate) fn received() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok(FORM);
        office.ok("contact sign HAY05001 --for technology --by wu");
        office
    })
}

/// The first two parts of the month as it is typed in the office.
const MONTH: &str = r#"
@ 2026-10-01
init --name "沈阳某机械公司销售分公司"
staff add wang --name 王建国 --department business --role department-manager
staff add li --name 李娜 --department business --role salesperson --from 2026-01-01
staff add zhou --name 周敏 --department general --role clerk
staff add wu --name 吴工 --department technology --role member
staff add he --name 何平 --department general --role contract-administrator
staff add qian --name 钱明 --department foreign-trade --role department-manager
staff add zhao --name 赵刚 --department baotou --role department-manager
staff add sun --name 孙立 --department baotou --role trainee --from 2026-08-10
staff add chen --name 陈总 --department general --role branch-manager
staff add lin --name 林董 --department general --role company-leader
rule set contact.reply_days 5 --from 2026-10-01 --by chen
staff import ROSTER
@ 2026-10-08
contact add --department business --kind pre-contract --to technology --to general --subject "Φ3.6 m 球磨机主轴承图纸确认" --content "包钢要求 10 月底前确认轴承座改型" --by wang --on 2026-10-08 --reply-by 2026-10-15
contact add --department baotou --kind external --to "包头钢铁(集团)有限责任公司" --copy he --subject "交货期函复" --content "…" --by zhao
@ 2026-10-09
contact sign HAY05001 --for technology --by wu --on 2026-10-09
contact sign HAY05001 --for general --by zhou --on 2026-10-09
@ 2026-10-14
contact reply HAY05001 --for technology --by wu --text "可行,图号 TJ-1183" --on 2026-10-14
contact add --department business --kind pre-contract --to technology --subject "轴承图纸" --content "重复" --by wang
contact void HAY05002 --reason "重复开单"
@ 2026-10-30
contact ledger --department business --month 2026-10
contact ledger --department business --month 2026-10 --format csv
contact outstanding
contact print HAY05001 --output HAY05001.html
contact import OLD --department business --map number=编号 --map subject=事由 --map issued_on=日期 --map to=收件单位 --set kind=execution --set by=wang --date-format %Y/%m/%d --dry-run
series audit
series list
series set baotou 'HAB{yy}{seq:3}' --from 2027-01-01
contact archive HAY05001 --no-contract "合同未签" --by he
contact archive HAB05001 --no-contract "函件" --by he
"#;

#[test]
#[allow(clippy::too_many_lines, reason = "a month has many lines")]
fn the_office_and_the_contact_forms_of_a_month_as_typed() {
    let office = Office::empty();
    let roster = office.file(
        "roster.csv",
        "key,name,department,role,from,os_user\nma,马丽,shandong,department-manager,2026-01-01,mali\n",
    );
    let old = office.file("old-ledger.csv", "编号,事由,日期,收件单位\nHAY05003,旧图纸,2019/3/5,技术开发科\n");
    let page = office.path("HAY05001.html");
    let script = MONTH.replace("ROSTER", &roster).replace("OLD", &old).replace("HAY05001.html", page.to_str().unwrap());
    assert_snapshot!(office.transcript(&script), @r#"
    $ init --name '沈阳某机械公司销售分公司'
    office/book.db: the book of 沈阳某机械公司销售分公司; clerk is its clerk
    your printed name is clerk, your login; put it right with: branchbook staff rename clerk --name NAME --always --reason REASON
    next, before anything else is entered, enter the staff, managers and leaders as well: branchbook staff add KEY --name NAME --department DEPARTMENT --role ROLE, or all at once: branchbook staff import FILE
    until then you appoint everybody; afterwards the branch manager or a company leader appoints managers of departments, clerks, contract administrators and services, and a company leader the branch manager and leaders: name who decided with --by
    then see what waits with: branchbook, and how an entry is made with: branchbook contact add --help
    $ staff add wang --name '王建国' --department business --role department-manager
    wang: 王建国, department-manager of business from 2026-10-01
    $ staff add li --name '李娜' --department business --role salesperson --from 2026-01-01
    li: 李娜, salesperson of business from 2026-01-01
    $ staff add zhou --name '周敏' --department general --role clerk
    zhou: 周敏, clerk of general from 2026-10-01
    $ staff add wu --name '吴工' --department technology --role member
    wu: 吴工, member of technology from 2026-10-01
    $ staff add he --name '何平' --department general --role contract-administrator
    he: 何平, contract-administrator of general from 2026-10-01
    $ staff add qian --name '钱明' --department foreign-trade --role department-manager
    qian: 钱明, department-manager of foreign-trade from 2026-10-01
    $ staff add zhao --name '赵刚' --department baotou --role department-manager
    zhao: 赵刚, department-manager of baotou from 2026-10-01
    $ staff add sun --name '孙立' --department baotou --role trainee --from 2026-08-10
    sun: 孙立, trainee of baotou from 2026-08-10
    $ staff add chen --name '陈总' --department general --role branch-manager
    chen: 陈总, branch-manager of general from 2026-10-01
    $ staff add lin --name '林董' --department general --role company-leader
    lin: 林董, company-leader of general from 2026-10-01
    $ rule set contact.reply_days 5 --from 2026-10-01 --by chen
    contact.reply_days: 5 days from 2026-10-01, set by 陈总
    $ staff import office/roster.csv
    office/roster.csv:2: R1: who is department-manager is decided by the branch manager or a company leader, which clerk is not; name who did with --by lin or --by chen
    1 of 1 row cannot be taken; nothing was imported
    [exit 1]
    $ contact add --department business --kind pre-contract --to technology --to general --subject 'Φ3.6 m 球磨机主轴承图纸确认' --content '包钢要求 10 月底前确认轴承座改型' --by wang --on 2026-10-08 --reply-by 2026-10-15
    HAY05001: issued on 2026-10-08 to technology; general, reply wanted by 2026-10-15
    $ contact add --department baotou --kind external --to '包头钢铁(集团)有限责任公司' --copy he --subject '交货期函复' --content '…' --by zhao
    HAB05001: issued on 2026-10-08 to 包头钢铁(集团)有限责任公司, reply wanted by 2026-10-13
    $ contact sign HAY05001 --for technology --by wu --on 2026-10-09
    HAY05001 "Φ3.6 m 球磨机主轴承图纸确认" to technology; general: signed for technology by 吴工 on 2026-10-09; waits for general
    $ contact sign HAY05001 --for general --by zhou --on 2026-10-09
    HAY05001 "Φ3.6 m 球磨机主轴承图纸确认" to technology; general: signed for general by 周敏 on 2026-10-09; received
    $ contact reply HAY05001 --for technology --by wu --text '可行,图号 TJ-1183' --on 2026-10-14
    HAY05001 "Φ3.6 m 球磨机主轴承图纸确认" to technology; general: technology replied on 2026-10-14
    $ contact add --department business --kind pre-contract --to technology --subject '轴承图纸' --content '重复' --by wang
    HAY05002: issued on 2026-10-14 to technology, reply wanted by 2026-10-19
    $ contact void HAY05002 --reason '重复开单'
    HAY05002 "轴承图纸" to technology: void, 重复开单
    $ contact ledger --department business --month 2026-10
    Contact forms of business, 2026-10
    ┌──────────┬──────────┬────────────┬─────────────────────────────┬─────────────────────┬──────────────┬───────────┬────────────┬─────────────┬────────────┬────────────┬──────────────────────────────────┬─────────────┬────────────┐
    │ number   │ state    │ issued on  │ subject                     │ addressed to        │ kind         │ issued by │ reply by   │ received on │ replied on │ department │ content                          │ void reason │ amendments │
    ├──────────┼──────────┼────────────┼─────────────────────────────┼─────────────────────┼──────────────┼───────────┼────────────┼─────────────┼────────────┼────────────┼──────────────────────────────────┼─────────────┼────────────┤
    │ HAY05001 │ received │ 2026-10-08 │ Φ3.6 m 球磨机主轴承图纸确认 │ technology; general │ pre-contract │ 王建国    │ 2026-10-15 │ 2026-10-09  │ 2026-10-14 │ business   │ 包钢要求 10 月底前确认轴承座改型 │             │          0 │
    │ HAY05002 │ void     │ 2026-10-14 │ 轴承图纸                    │ technology          │ pre-contract │ 王建国    │ 2026-10-19 │             │            │ business   │ 重复                             │ 重复开单    │          0 │
    └──────────┴──────────┴────────────┴─────────────────────────────┴─────────────────────┴──────────────┴───────────┴────────────┴─────────────┴────────────┴────────────┴──────────────────────────────────┴─────────────┴────────────┘
    2 rows
    $ contact ledger --department business --month 2026-10 --format csv
    number,state,issued_on,subject,addressed_to,kind,issued_by,reply_by_on,received_on,replied_on,archived_on,project,contract,copied_to,holder,pages,department,content,archived_by,contract_file,no_contract,void_reason,amendments,entered_later_on,import
    HAY05001,received,2026-10-08,Φ3.6 m 球磨机主轴承图纸确认,technology; general,pre-contract,wang,2026-10-15,2026-10-09,2026-10-14,,,,,,,business,包钢要求 10 月底前确认轴承座改型,,,,,0,,
    HAY05002,void,2026-10-14,轴承图纸,technology,pre-contract,wang,2026-10-19,,,,,,,,,business,重复,,,,重复开单,0,,
    $ contact outstanding
    Outstanding contact forms on 2026-10-30
    ┌──────────┬───────────┬────────────────────────────┬────────┬────────────┬───────────┬────────────┬─────────────────────────────┬────────────┬───────────┬────────┐
    │ number   │ waits for │ party                      │ holder │ due on     │ days late │ since on   │ subject                     │ department │ issued by │ clause │
    ├──────────┼───────────┼────────────────────────────┼────────┼────────────┼───────────┼────────────┼─────────────────────────────┼────────────┼───────────┼────────┤
    │ HAY05001 │ archive   │ general                    │ 王建国 │ 2026-10-16 │        14 │ 2026-10-09 │ Φ3.6 m 球磨机主轴承图纸确认 │ business   │ 王建国    │ R4.7   │
    │ HAB05001 │ signature │ 何平                       │ 赵刚   │ 2026-10-08 │        22 │ 2026-10-08 │ 交货期函复                  │ baotou     │ 赵刚      │ R4.6   │
    │ HAB05001 │ signature │ 包头钢铁(集团)有限责任公司 │ 赵刚   │ 2026-10-08 │        22 │ 2026-10-08 │ 交货期函复                  │ baotou     │ 赵刚      │ R4.7   │
    └──────────┴───────────┴────────────────────────────┴────────┴────────────┴───────────┴────────────┴─────────────────────────────┴────────────┴───────────┴────────┘
    3 rows
    $ contact print HAY05001 --output office/HAY05001.html
    $ contact import office/old-ledger.csv --department business --map 'number=编号' --map 'subject=事由' --map 'issued_on=日期' --map 'to=收件单位' --set 'kind=execution' --set 'by=wang' --date-format '%Y/%m/%d' --dry-run
    office/old-ledger.csv: contact forms imported: 1
    the series business goes on with HAY05004
    open, and so outstanding: 1, the oldest since 2019-03-05; what is done comes in with --set state=archived
    dry run: nothing was written
    $ series audit
    Audit of number series
    ┌──────────┬──────────┬─────────┬─────────────┬──────────┐
    │ series   │ number   │ finding │ unexplained │ detail   │
    ├──────────┼──────────┼─────────┼─────────────┼──────────┤
    │ business │ HAY05002 │ void    │ no          │ 重复开单 │
    └──────────┴──────────┴─────────┴─────────────┴──────────┘
    1 row
    $ series list
    Number series
    ┌───────────────┬───────────┬─────────────────┬────────────┬────────┬──────┐
    │ series        │ register  │ template        │ from       │ prefix │ last │
    ├───────────────┼───────────┼─────────────────┼────────────┼────────┼──────┤
    │ asset         │ asset     │ AST-{seq:4}     │ 1949-01-01 │        │      │
    │ baotou        │ contact   │ HAB05{seq:3}    │ 1949-01-01 │ HAB05  │    1 │
    │ business      │ contact   │ HAY05{seq:3}    │ 1949-01-01 │ HAY05  │    2 │
    │ foreign-trade │ contact   │ HAW05{seq:3}    │ 1949-01-01 │        │      │
    │ general       │ contact   │ HAG05{seq:3}    │ 1949-01-01 │        │      │
    │ shandong      │ contact   │ HAS05{seq:3}    │ 1949-01-01 │        │      │
    │ fee           │ fee       │ FEE{yy}-{seq:3} │ 1949-01-01 │        │      │
    │ gift          │ gift      │ GFT{yy}-{seq:3} │ 1949-01-01 │        │      │
    │ info          │ info      │ INF{yy}-{seq:4} │ 1949-01-01 │        │      │
    │ project       │ project   │ PRJ{yy}-{seq:3} │ 1949-01-01 │        │      │
    │ reception     │ reception │ REC{yy}-{seq:3} │ 1949-01-01 │        │      │
    │ ship          │ ship      │ SHP{yy}-{seq:3} │ 1949-01-01 │        │      │
    └───────────────┴───────────┴─────────────────┴────────────┴────────┴──────┘
    12 rows
    $ series set baotou 'HAB{yy}{seq:3}' --from 2027-01-01
    baotou: HAB{yy}{seq:3} from 2027-01-01, such as HAB27001; numbers given out stay as they are
    $ contact archive HAY05001 --no-contract '合同未签' --by he
    HAY05001 "Φ3.6 m 球磨机主轴承图纸确认" to technology; general: archived on 2026-10-30 by 何平, belongs to no contract
    $ contact archive HAB05001 --no-contract '函件' --by he
    R4.7: HAB05001 is not signed for 包头钢铁(集团)有限责任公司 yet; enter the signature with: branchbook contact sign HAB05001 --for "包头钢铁(集团)有限责任公司" --by NAME, or record the breach with --exception REASON
    [exit 3]
    "#);
    assert!(office.read("HAY05001.html").contains("球磨机主轴承图纸确认"));
}

#[test]
fn the_printed_form_has_its_parts() {
    let office = Office::staffed();
    office.ok("contact add --department business --kind pre-contract --to technology --copy general --subject '轴承 <script>alert(1)</script>' --content 'a & b\n第二行' --contract 'BG-1 \"x\"' --pages 3 --by wang");
    let office = office.on("2026-10-09");
    office.ok("contact sign HAY05001 --by wu");
    office.ok("contact sign HAY05001 --for general --by zhou");
    office.ok("contact reply HAY05001 --text '<b>可行</b>' --by wu");
    let office = office.on("2026-10-10");
    office.ok("contact archive HAY05001 --by he");
    let page = office.ok("contact print 'hay05 001'");
    let body = forms::without_code(page.split_once("<body>").unwrap().1);
    assert_snapshot!(body.trim(), @r#"
    <section class="filled" style="page: form1">
    <div class="head">
    <div class="branch">沈阳某机械公司销售分公司</div>
    <h1>Work contact form</h1>
    <div class="number"><small>Number</small> HAY05001</div>
    <svg/>
    </div>


    <table>
    <colgroup><col class="label"><col><col class="label"><col></colgroup>
    <tbody>
    <tr><th>Department</th><td>Business Department</td><th>Issued on</th><td>2026-10-08</td></tr>
    <tr><th>Project</th><td></td><th>Contract</th><td>BG-1 &#34;x&#34;</td></tr>
    <tr><th>Kind</th><td>pre-contract</td><th>Reply by</th><td>2026-10-13</td></tr>
    <tr><th>Addressed to</th><td colspan="3">Technology Development Section</td></tr>
    <tr><th>Copied to</th><td colspan="3">General Management Department</td></tr>
    <tr><th>Subject</th><td colspan="3">轴承 &#60;script&#62;alert(1)&#60;/script&#62; (pages: 3)</td></tr>
    </tbody>
    </table>
    <table class="content">
    <colgroup><col class="label"><col><col class="label"><col></colgroup>
    <tbody>
    <tr><th>Content</th><td colspan="3">a &#38; b
    第二行</td></tr>
    </tbody>
    </table>
    <table class="signatures">
    <colgroup><col class="label"><col><col class="label"><col></colgroup>
    <tbody>
    <tr class="box"><th>Issued by</th><td>王建国</td><th>Reviewed by</th><td></td></tr>
    <tr class="box"><th>Countersigned by</th><td colspan="3"></td></tr>
    </tbody>
    </table>
    <table class="signing">
    <thead><tr><th>Receipt</th><th>Recipient</th><th>Signature</th><th>Date</th></tr></thead>
    <tbody>
    <tr class="box"><th>Addressed to</th><td>Technology Development Section</td><td>吴工</td><td>2026-10-09</td></tr>
    <tr class="box"><th>Copied to</th><td>General Management Department</td><td>周敏</td><td>2026-10-09</td></tr>
    </tbody>
    </table>
    <table class="signatures">
    <colgroup><col class="label"><col><col class="label"><col></colgroup>
    <tbody>
    <tr class="answer"><th>Reply and opinion</th><td colspan="3">&#60;b&#62;可行&#60;/b&#62;</td></tr>
    <tr class="box"><th>Signature</th><td>Technology Development Section 吴工</td><th>Date</th><td>2026-10-09</td></tr>
    </tbody>
    </table>
    <table>
    <colgroup><col class="label"><col><col class="label"><col></colgroup>
    <tbody>
    <tr><th>Filed in</th><td colspan="3">BG-1 &#34;x&#34;</td></tr>
    <tr><th>Archived by</th><td>何平</td><th>Archived on</th><td>2026-10-10</td></tr>
    </tbody>
    </table>
    </section>

    </body>
    </html>
    "#);
    assert_eq!(page, office.ok("contact print HAY05001 --format csv"), "the page has one form");
}

#[test]
fn r4_6_a_letter_has_room_for_the_seal_and_every_form_for_an_answer() {
    let office = Office::staffed();
    office.ok(
        "contact add --department business --kind external --to 包钢 --copy he --subject 函 --content 函 --by wang",
    );
    office.ok(FORM);
    let (letter, form) = (office.ok("contact print HAY05001"), office.ok("contact print HAY05002"));
    assert!(letter.contains("<th>Seal</th><td></td><th>Our address</th><td></td>"), "{letter}");
    assert!(!form.contains("Seal"), "{form}");
    for page in [&letter, &form] {
        assert!(page.contains(r#"<th>Reply and opinion</th><td colspan="3"></td>"#), "{page}");
        assert!(page.contains(r#"<th>Countersigned by</th><td colspan="3"></td>"#), "{page}");
    }
    // Its number and title stand above every page of it.
    assert!(form.contains(r#"@top-right { content: "HAY05002 Work contact form";"#), "{form}");
}

#[test]
fn a_void_form_is_printed_as_void() {
    let office = Office::staffed();
    office.ok(FORM);
    office.ok("contact void HAY05001 --reason '写错 <i>'");
    let page = office.ok("contact print HAY05001");
    assert!(page.contains(r#"<div class="void">Not valid: 写错 &#60;i&#62;</div>"#), "{page}");
    assert!(page.contains(r#"<div class="stamp">Not valid</div>"#), "{page}");
}

#[test]
fn the_subject_stands_on_one_line() {
    let office = Office::staffed();
    assert_snapshot!(office.words(&["contact", "add", "--department", "business", "--kind", "pre-contract", "--to", "technology", "--subject", "a\nb", "--content", "c", "--by", "wang"]).err, @"
    error: invalid value 'a
    b' for '--subject <SUBJECT>': `a⏎b` is more than one line; type it on one line, without tabs

    For more information, try '--help'.
    ");
}

#[test]
fn a_day_to_come_is_refused() {
    let office = Office::staffed();
    assert_snapshot!(office.refused(2, &format!("{FORM} --on 2062-10-08")), @"2062-10-08 has not come yet; give the day it happened with --on DATE");
}

#[test]
fn a_number_is_found_however_it_is_typed() {
    let office = received();
    let card = office.ok("contact show HAY05001");
    for typed in ["hay05001", "'HAY05 001'", "ＨＡＹ０５００１"] {
        assert_eq!(office.ok(&format!("show {typed}")), card);
    }
    assert_snapshot!(office.refused(4, "contact show HAY05009"), @r#"there is no entry HAY05009; did you mean HAY05001 "轴承图纸" to technology of 2026-10-08? look for it with: branchbook find TEXT"#);
    assert_snapshot!(office.refused(4, "contact sign HAY05009"), @r#"there is no entry HAY05009; did you mean HAY05001 "轴承图纸" to technology of 2026-10-08? look for it with: branchbook find TEXT"#);
}

#[test]
fn a_list_is_narrowed_by_its_options() {
    let office = received();
    office.ok(&format!("{FORM} --on 2026-09-30"));
    office.ok(LETTER);
    office.ok(&FORM.replace("轴承图纸", "'Φ3.6 Bearing'"));
    let numbers = |options: &str| {
        let list = office.ok(&format!("contact list --format csv {options}"));
        list.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    for (options, expected) in [
        ("", "HAY05002 HAY05001 HAB05001 HAY05003"),
        ("--month 2026-09", "HAY05002"),
        ("--from 2026-10-01", "HAY05001 HAB05001 HAY05003"),
        ("--to 2026-10-01", "HAY05002"),
        ("--department 内蒙古包头办事处", "HAB05001"),
        ("--person 赵刚", "HAB05001"),
        ("--state received", "HAY05001"),
        ("--text 包钢", "HAB05001"),
        ("--text 'Φ3.6 bEARING'", "HAY05003"),
        ("--text %", ""),
        ("--last 2", "HAB05001 HAY05003"),
        ("--department business --state issued --text 轴承", "HAY05002"),
    ] {
        assert_eq!(numbers(options), expected, "{options}");
    }
    assert_snapshot!(office.refused(2, "contact list --state open"), @"open is no state of contact; give one of: reserved, issued, received, archived, void");
    assert_snapshot!(office.refused(4, "contact list --department sales"), @"there is no department sales; give one of: business (业务部), foreign-trade (外贸部), general (综合管理部), shandong (山东淄博办事处), baotou (内蒙古包头办事处), technology (技术开发科)");
    assert_snapshot!(office.refused(4, "contact list --person nobody"), @"nobody on the staff is called nobody; see branchbook staff list, or enter the person with: branchbook staff add KEY --name nobody --department DEPARTMENT --role ROLE");
}

#[test]
fn a_ledger_is_in_number_order_whatever_the_days() {
    let office = received();
    office.ok(&format!("{FORM} --on 2026-09-30"));
    let numbers = |options: &str| {
        let list = office.ok(&format!("contact ledger --department business --format csv {options}"));
        list.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(numbers(""), ["HAY05001", "HAY05002"]);
    assert_eq!(numbers("--month 2026-09"), ["HAY05002"]);
    assert_eq!(numbers("--last 1"), ["HAY05002"]);
    assert_snapshot!(office.ok("contact ledger --department shandong"), @"Contact forms of shandong: none");
}

#[test]
fn the_book_itself_refuses_what_another_program_tries() {
    let office = received();
    office.ok(FORM);
    office.ok("contact void HAY05002 --reason 错");
    office.ok("contact reply HAY05001 --by wu --text 可行");
    office.ok("contact archive HAY05001 --contract BG-1 --by he");
    let before = office.dump(&[]);
    let tries = [
        (
            "UPDATE entry SET state = 'issued' WHERE number = 'HAY05002'",
            "CHECK constraint failed: (state = 'void') = (void_reason IS NOT NULL)",
        ),
        (
            "UPDATE entry SET state = 'lost' WHERE number = 'HAY05001'",
            "no step leads from the entry's state to that one",
        ),
        ("UPDATE entry SET number = 'HAY05009' WHERE number = 'HAY05001'", "an entry keeps its register and number"),
        ("UPDATE entry SET serial = 9 WHERE number = 'HAY05001'", "an entry keeps its register and number"),
        (
            "UPDATE entry SET department = 'baotou' WHERE number = 'HAY05001'",
            "an entry stays in its department's ledger",
        ),
        (
            "UPDATE entry SET void_reason = 'x' WHERE number = 'HAY05001'",
            "CHECK constraint failed: (state = 'void') = (void_reason IS NOT NULL)",
        ),
        ("UPDATE counter SET last = 1", "a number is never given out twice"),
        ("UPDATE journal SET actor = 'li'", "the journal is never changed"),
        (
            "INSERT INTO entry SELECT 99, register, 'HAY05099', counter, 1, department, day_on, person, state, entered_by, entered_on, NULL, NULL, ended_on, 0, void_reason FROM entry LIMIT 1",
            "UNIQUE constraint failed: entry.counter, entry.serial",
        ),
        ("DELETE FROM entry", "nothing is deleted: void the entry"),
        ("DELETE FROM journal", "the journal is never changed"),
    ];
    for (sql, refusal) in tries {
        assert_eq!(office.sql().execute_batch(sql).unwrap_err().to_string(), refusal, "{sql}");
    }
    assert_eq!(office.dump(&[]), before);
}

#[test]
fn a_day_to_come_is_refused_in_a_correction_and_in_an_old_ledger_too() {
    let office = Office::staffed();
    office.ok(FORM);
    assert_snapshot!(office.refused(2, "contact amend HAY05001 --reason 错 --issued-on 2026-10-09 --reply-by 2026-12-01"), @"2026-10-09 has not come yet; give the day it happened with --issued-on DATE");
    let ledger = office.file("old.csv", "number,issued_on,subject,addressed_to\nHAY05009,2062-03-05,a,technology\n");
    let said =
        office.refused(1, &format!("contact import {ledger} --department business --set kind=execution --set by=wang"));
    assert!(said.contains("old.csv:2: issued_on: 2062-03-05 has not come yet"), "{said}");
}
