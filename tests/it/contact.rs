//! Work contact forms (R4, R6.1): who issues them, how they go round, how they are filed.

use insta::assert_snapshot;

use crate::forms;
use crate::office::Office;

const FORM: &str = "contact add --department business --kind pre-contract --to technology --subject 轴承图纸 --content 确认 --by wang -q";

/// A form to a unit outside the company, with the contract administrator's copy.
const LETTER: &str = "contact add --department baotou --kind external --to 包钢(集团)公司 --copy he --subject 交货期函复 --content 按期 --by zhao -q";

/// An office with one form to technology, HAY05001, that technology has signed for.
fn received() -> Office {
    let office = Office::staffed();
    office.ok(FORM);
    office.ok("contact sign HAY05001 --for technology --by wu");
    office
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
    office/book.db: the book of 沈阳某机械公司销售分公司; clerk (clerk) is its clerk
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
    assert_snapshot!(body, @r#"
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

/// Who of the staff may issue a form of this kind from business: the others are refused with this clause.
fn issuers(kind: &str, more: &str) -> (Vec<&'static str>, Vec<String>) {
    let office = Office::staffed();
    let (mut allowed, mut clauses) = (Vec::new(), Vec::new());
    for person in ["wang", "li", "zhou", "wu", "he", "qian", "zhao", "sun", "chen", "lin"] {
        let outcome = office.run(&format!(
            "contact add --department business --kind {kind} {more} --subject a --content b --by {person} --dry-run"
        ));
        match outcome.code {
            0 => allowed.push(person),
            3 => clauses.push(outcome.err.split(':').next().unwrap().to_owned()),
            code => panic!("{kind} by {person} gave {code}: {}", outcome.err),
        }
    }
    clauses.dedup();
    (allowed, clauses)
}

#[test]
fn r4_2_before_the_contract_the_department_manager_issues() {
    assert_eq!(issuers("pre-contract", "--to technology"), (vec!["wang"], vec!["R4.2".to_owned()]));
}

#[test]
fn r4_3_during_the_contract_a_contract_administrator_may_as_well() {
    assert_eq!(issuers("execution", "--to technology"), (vec!["wang", "he"], vec!["R4.3".to_owned()]));
}

#[test]
fn r4_4_after_sales_forms_come_from_anybody_of_the_department() {
    assert_eq!(issuers("after-sales", "--to technology"), (vec!["wang", "li"], vec!["R4.4".to_owned()]));
}

#[test]
fn r4_5_what_the_user_raises_is_issued_by_the_manager() {
    assert_eq!(issuers("user-request", "--to general"), (vec!["wang"], vec!["R4.5".to_owned()]));
}

#[test]
fn r4_6_letters_outside_are_issued_by_the_manager() {
    assert_eq!(issuers("external", "--to X --copy he"), (vec!["wang"], vec!["R4.6".to_owned()]));
}

#[test]
fn r6_1_shipping_forms_are_issued_by_the_manager_or_a_contract_administrator() {
    assert_eq!(issuers("shipping", "--to general"), (vec!["wang", "he"], vec!["R6.1".to_owned()]));
}

#[test]
fn each_kind_is_refused_in_whole_sentences() {
    let office = Office::staffed();
    let refused = |kind: &str| {
        office.refused(
            3,
            &format!("contact add --department business --kind {kind} --to general --subject a --content b"),
        )
    };
    assert_snapshot!(refused("pre-contract"), @"R4.2: a form of kind pre-contract from business is issued by the project's leader or the department's manager, not by clerk; name who issued it with --by wang, or record the breach with --exception REASON");
    assert_snapshot!(refused("execution"), @"R4.3: a form of kind execution from business is issued by the project's leader (here the department's manager) or a contract administrator, not by clerk; name who issued it with --by wang or --by he, or record the breach with --exception REASON");
    assert_snapshot!(refused("after-sales"), @"R4.4: a form of kind after-sales from business is issued by the project's leader (here the department's manager) or somebody of the project's department, not by clerk; name who issued it with --by wang, or record the breach with --exception REASON");
    assert_snapshot!(refused("user-request"), @"R4.5: a form of kind user-request from business is issued by the project's leader (here the department's manager), not by clerk; name who issued it with --by wang, or record the breach with --exception REASON");
    assert_snapshot!(refused("external"), @"R4.6: a form of kind external from business is issued by the project's leader or the department's manager, not by clerk; name who issued it with --by wang, or record the breach with --exception REASON");
    assert_snapshot!(refused("shipping"), @r#"R6.1: a form of kind shipping from business is issued by the project's leader or the department's manager or a contract administrator, not by clerk; name who issued it with --by wang or --by he, or record the breach with --exception REASON"#);
}

#[test]
fn r4_2_where_nobody_is_manager_the_way_out_is_a_term() {
    let office = Office::staffed();
    assert_snapshot!(office.refused(3, "contact add --department shandong --kind pre-contract --to general --subject a --content b"), @"R4.2: a form of kind pre-contract from shandong is issued by the project's leader or the department's manager, not by clerk; nobody was on 2026-10-08; enter the term with: branchbook staff role KEY --department shandong --role department-manager --from DATE, or record the breach with --exception REASON");
    office.ok("staff add ma --name 马丽 --department shandong --role department-manager --from 2026-10-01 --by chen");
    assert_eq!(
        office.ok(
            "contact add --department shandong --kind pre-contract --to general --subject a --content b --by ma -q"
        ),
        "HAS05001\n"
    );
}

#[test]
fn r4_1_a_form_goes_to_departments_inside_the_company() {
    let office = Office::staffed();
    let to = |to: &str| FORM.replace("--to technology", to);
    assert_snapshot!(office.refused(3, &to("--to '生产 部'")), @r#"R4.6: 生产 部 is no department, and a form of kind pre-contract stays inside the company; give a department (branchbook department list), enter one of the company's with: branchbook department add KEY --zh "生产 部", or take --kind external"#);
    assert_snapshot!(office.refused(2, &to("--to technology --to 技术开发科")), @"technology is named twice; name each party once");
    assert_snapshot!(office.refused(2, &to("--to technology --copy general --copy 综合管理部")), @"general is named twice; name each party once");
    assert_snapshot!(office.refused(2, &to("--to technology --copy technology")), @"technology is named twice; name each party once");
    assert_snapshot!(office.refused(2, &to("--to technology --copy 甲、乙")), @"甲、乙 is more than one party; give each party by an option of its own, without ; or 、");
    office.ok("department add manufacturing --zh '生产 部'");
    office.ok(&to("--to '生产 部' --copy 何平 --copy 包钢"));
    assert_eq!(
        office.ok("contact list --format csv").lines().nth(1).unwrap(),
        "HAY05001,issued,2026-10-08,轴承图纸,manufacturing,pre-contract,wang,2026-10-13,,,,,,he; 包钢,,,business,确认,,,,,0,,"
    );
}

#[test]
fn a_name_that_two_people_bear_is_no_copy() {
    let office = Office::staffed();
    office.ok("staff add he2 --name 何平 --department business --role member");
    assert_snapshot!(office.refused(2, &FORM.replace("--by", "--copy 何平 --by")), @"2 people are called 何平; give the key instead: he or he2");
}

#[test]
fn r4_5_what_the_user_raises_goes_to_general_and_its_contract_administrator_signs() {
    let office = Office::staffed();
    let form = "contact add --department business --kind user-request --to technology --subject 交货期 --content 问 --by wang -q";
    assert_snapshot!(office.refused(3, form), @"R4.5: what the user raises goes to General Management's contract administrator; add --to general, or record the breach with --exception REASON");
    office.ok(&format!("{form} --to general"));
    assert_snapshot!(office.refused(3, "contact sign HAY05001 --for general --by zhou"), @"R4.5: what the user raises is signed for by a contract administrator, which 周敏 is not; name who did with --by he");
    assert_snapshot!(office.ok("contact sign HAY05001 --for general --by he"), @r#"HAY05001 "交货期" to technology; general: signed for general by 何平 on 2026-10-08; waits for technology"#);
}

#[test]
fn r4_5_where_nobody_is_contract_administrator_the_way_out_is_a_term() {
    let office = Office::staffed();
    office.ok(
        "contact add --department business --kind user-request --to general --subject 交货期 --content 问 --by wang",
    );
    office.ok("staff end he --until 2026-10-07 --by chen");
    assert_snapshot!(office.refused(3, "contact sign HAY05001 --for general --by zhou"), @"R4.5: what the user raises is signed for by a contract administrator, which 周敏 is not; nobody was on that day; enter the term with: branchbook staff role KEY --department general --role contract-administrator --from DATE");
}

#[test]
fn r4_6_a_letter_outside_is_copied_to_the_contract_administrator() {
    let office = Office::staffed();
    assert_snapshot!(office.refused(3, &LETTER.replace("--copy he", "")), @"R4.6: a form to a unit outside the company is copied to the contract administrator; add --copy he or --copy general, or record the breach with --exception REASON");
    assert_snapshot!(office.refused(3, &LETTER.replace("--copy he", "--copy wu")), @"R4.6: a form to a unit outside the company is copied to the contract administrator; add --copy he or --copy general, or record the breach with --exception REASON");
    assert_eq!(office.ok(&LETTER.replace("--copy he", "--copy general")), "HAB05001\n");
    assert_eq!(office.ok(&LETTER.replace("--copy he", "--copy 何平")), "HAB05002\n");
}

#[test]
fn r4_6_the_copy_is_signed_for_before_the_letter_is_archived() {
    let office = Office::staffed();
    office.ok(LETTER);
    let archive = "contact archive HAB05001 --contract BG-1";
    assert_snapshot!(office.refused(3, archive), @r#"R4.7: HAB05001 is not signed for 包钢(集团)公司 yet; enter the signature with: branchbook contact sign HAB05001 --for "包钢(集团)公司" --by NAME, or record the breach with --exception REASON"#);
    office.ok("contact sign HAB05001 --for 包钢(集团)公司 --by 张处长");
    assert_snapshot!(office.refused(3, archive), @"R4.6: HAB05001 is an external form whose copy the contract administrator has not signed for; enter the signature with: branchbook contact sign HAB05001 --for he --by he, or record the breach with --exception REASON");
    assert_snapshot!(office.refused(3, "contact sign HAB05001 --for he --by zhou"), @"R4.7: 周敏 cannot act for 何平; name them with --by he");
    office.ok("contact sign HAB05001 --for he --by he");
    assert_snapshot!(office.ok(archive), @r#"HAB05001 "交货期函复" to 包钢(集团)公司: archived on 2026-10-08 by clerk, in the file of BG-1"#);
}

#[test]
fn r4_6_generals_copy_of_a_letter_is_signed_for_by_the_contract_administrator() {
    let office = Office::staffed();
    office.ok(&LETTER.replace("--copy he", "--copy general"));
    assert_snapshot!(office.refused(3, "contact sign HAB05001 --for general --by zhou"), @"R4.6: General Management's copy of an external form is signed for by a contract administrator, which 周敏 is not; name who did with --by he");
    assert_snapshot!(office.ok("contact sign HAB05001 --for general --by he"), @r#"HAB05001 "交货期函复" to 包钢(集团)公司: signed for general by 何平 on 2026-10-08; waits for 包钢(集团)公司"#);
}

#[test]
fn r4_6_a_letter_that_was_not_copied_is_not_archived_either() {
    let office = Office::staffed();
    office.ok(&format!("{} --exception 急件", LETTER.replace("--copy he", "")));
    office.ok("contact sign HAB05001 --for 包钢(集团)公司 --by 张处长");
    let archive = "contact archive HAB05001 --contract BG-1";
    assert_snapshot!(office.refused(3, archive), @"R4.6: HAB05001 is an external form that was not copied to the contract administrator; enter the copy with: branchbook contact amend HAB05001 --reason REASON --copy he or --copy general, or record the breach with --exception REASON");
    office.ok("contact amend HAB05001 --reason 补抄送 --copy he");
    assert_snapshot!(office.refused(3, archive), @"R4.6: HAB05001 is an external form whose copy the contract administrator has not signed for; enter the signature with: branchbook contact sign HAB05001 --for he --by he, or record the breach with --exception REASON");
    office.ok("contact sign HAB05001 --for he --by he");
    office.ok(archive);
}

#[test]
fn r4_6_somebody_outside_signs_under_their_own_name() {
    let office = Office::staffed();
    office.ok(LETTER);
    assert_snapshot!(office.refused(2, "contact sign HAB05001 --for 包钢(集团)公司"), @"nobody is named who acts for 包钢(集团)公司; name the person of that unit with --by NAME");
    assert_snapshot!(office.refused(2, "contact sign HAB05001 --for 鞍钢 --by 张处长"), @"HAB05001 did not go to 鞍钢; it went to: 包钢(集团)公司, he");
    assert_snapshot!(office.ok("contact sign HAB05001 --for 包钢(集团)公司 --by 张处长"), @r#"HAB05001 "交货期函复" to 包钢(集团)公司: signed for 包钢(集团)公司 by 张处长 on 2026-10-08; received"#);
    let letters = office.at_the_keyboard("li");
    assert_snapshot!(letters.refused(3, "contact reply HAB05001 --for 包钢(集团)公司 --by 张处长 --text 好"), @"R4.7: 李娜 may not enter what 张处长 did; only a clerk or contract administrator writes for others; hand the paper to General Management's clerk");
}

#[test]
fn an_exception_is_recorded_and_shown() {
    let office = Office::staffed();
    let outcome =
        office.run(&format!("{} --exception '经理出差,电话同意'", FORM.replace("wang", "li").replace(" -q", "")));
    assert_snapshot!(format!("{}{}", outcome.out, outcome.err), @"
    HAY05001: issued on 2026-10-08 to technology, reply wanted by 2026-10-13
    recorded as an exception: R4.2: a form of kind pre-contract from business is issued by the project's leader or the department's manager, not by 李娜; name who issued it with --by wang
    ");
    assert_snapshot!(office.ok("contact show HAY05001"), @"
    HAY05001
    ┌──────────────┬──────────────┐
    │ number       │ HAY05001     │
    │ state        │ issued       │
    │ issued on    │ 2026-10-08   │
    │ subject      │ 轴承图纸     │
    │ addressed to │ technology   │
    │ kind         │ pre-contract │
    │ issued by    │ 李娜         │
    │ reply by     │ 2026-10-13   │
    │ department   │ business     │
    │ content      │ 确认         │
    │ amendments   │ 0            │
    └──────────────┴──────────────┘
    Exceptions
    ┌────────┬─────────────┬────────┬───────────────────┬──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┐
    │ clause │ happened on │ person │ reason            │ refused                                                                                                              │
    ├────────┼─────────────┼────────┼───────────────────┼──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┤
    │ R4.2   │ 2026-10-08  │ 李娜   │ 经理出差,电话同意 │ a form of kind pre-contract from business is issued by the project's leader or the department's manager, not by 李娜 │
    └────────┴─────────────┴────────┴───────────────────┴──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘
    1 row
    ");
    assert_eq!(
        office.count(
            "SELECT count(*) FROM exception WHERE clause = 'R4.2' AND person = 'li' AND reason = '经理出差,电话同意'"
        ),
        1
    );
    let journal = office.ok("journal --thing HAY05001 --format jsonl");
    assert!(journal.contains(r#""note":"经理出差,电话同意""#), "the journal has the reason: {journal}");
}

#[test]
fn an_exception_without_a_breach_is_refused() {
    let office = Office::staffed();
    assert_snapshot!(office.refused(2, &format!("{FORM} --exception 无")), @"--exception was given, but no rule stands against it; leave --exception out");
    assert_snapshot!(office.refused(2, &format!("{FORM} --exception ' '")), @"
    error: invalid value ' ' for '--exception <REASON>': text is blank; type the text

    For more information, try '--help'.
    ");
}

#[test]
fn an_exception_excuses_no_department_without_a_ledger() {
    let office = Office::staffed();
    let form = FORM.replace("--department business", "--department technology");
    assert_snapshot!(office.refused(3, &format!("{form} --exception 急")), @"R4.8: technology (技术开发科) keeps no ledger of contact forms; let the department that needs the answer issue the form");
}

#[test]
fn r4_7_every_addressee_signs_once_and_the_last_one_receives_the_form() {
    let office = Office::staffed();
    office.ok(&FORM.replace("--to technology", "--to technology --to general --copy li"));
    assert_snapshot!(office.ok("contact sign HAY05001 --by wu"), @r#"HAY05001 "轴承图纸" to technology; general: signed for technology by 吴工 on 2026-10-08; waits for general"#);
    assert_snapshot!(office.refused(3, "contact sign HAY05001 --by wu"), @"R4.7: HAY05001 is signed for technology already; see who signed with: branchbook show HAY05001");
    assert_snapshot!(office.refused(3, "contact sign HAY05001 --for general --by wang"), @"R4.7: 王建国 was not of general on 2026-10-08, so they cannot act for it; name somebody of general with --by PERSON");
    assert_snapshot!(office.refused(2, "contact sign HAY05001 --for baotou --by zhao"), @"HAY05001 did not go to baotou; it went to: general, li, technology");
    assert_snapshot!(office.refused(2, "contact sign HAY05001 --by zhao"), @"HAY05001 did not go to 赵刚 or their department; name the party with --for; it went to: general, li, technology");
    assert_snapshot!(office.refused(2, "contact sign HAY05001 --for general --by zhou --on 2026-10-07"), @"HAY05001 bears the day 2026-10-08, and nothing happens to it on 2026-10-07; give the day it happened with --on DATE");
    assert_snapshot!(office.ok("contact sign HAY05001 --by zhou"), @r#"HAY05001 "轴承图纸" to technology; general: signed for general by 周敏 on 2026-10-08; received"#);
    assert_snapshot!(office.ok("contact sign HAY05001 --for li --by li"), @r#"HAY05001 "轴承图纸" to technology; general: signed for 李娜 by 李娜 on 2026-10-08; received"#);
}

#[test]
fn r4_7_a_copy_may_be_signed_for_after_the_form_is_archived() {
    let office = Office::staffed();
    office.ok(&FORM.replace("--by", "--copy li --copy general --by"));
    office.ok("contact sign HAY05001 --by wu");
    office.ok("contact archive HAY05001 --contract BG-1");
    assert_snapshot!(office.ok("contact sign HAY05001 --for li --by li"), @r#"HAY05001 "轴承图纸" to technology: signed for 李娜 by 李娜 on 2026-10-08; archived"#);
    assert_snapshot!(office.ok("contact sign HAY05001"), @r#"HAY05001 "轴承图纸" to technology: signed for general by clerk on 2026-10-08; archived"#);
}

#[test]
fn r4_7_a_copy_of_an_old_form_is_signed_for_though_its_signatures_were_never_entered() {
    let office = Office::staffed();
    let old = office.file(
        "old.csv",
        "number,state,issued_on,subject,addressed_to,copied_to\nHAY05001,received,2019-03-05,a,technology,li\n",
    );
    office.ok(&format!("contact import {old} --department business --set kind=execution --set by=wang"));
    assert_snapshot!(office.ok("contact sign HAY05001 --for li --by li"), @r#"HAY05001 "a" to technology: signed for 李娜 by 李娜 on 2026-10-08; received"#);
    office.ok("contact archive HAY05001 --contract BG-1");
}

#[test]
fn r4_7_who_stands_for_two_parties_signs_for_the_one_that_is_missing() {
    let office = Office::staffed();
    office.ok(
        "contact add --department business --kind execution --to general --copy he --subject a --content b --by wang",
    );
    assert_snapshot!(office.ok("contact sign HAY05001 --by he"), @r#"HAY05001 "a" to general: signed for general by 何平 on 2026-10-08; received"#);
    assert_snapshot!(office.ok("contact sign HAY05001 --by he"), @r#"HAY05001 "a" to general: signed for 何平 by 何平 on 2026-10-08; received"#);
}

#[test]
fn r4_7_a_form_is_archived_when_it_is_received() {
    let office = Office::staffed();
    office.ok(&FORM.replace("--to technology", "--to technology --to general"));
    office.ok("contact sign HAY05001 --by wu");
    assert_snapshot!(office.refused(3, "contact archive HAY05001 --no-contract 询价"), @"R4.7: HAY05001 is not signed for general yet; enter the signature with: branchbook contact sign HAY05001 --for general --by he, or record the breach with --exception REASON");
    office.ok("contact sign HAY05001 --by zhou");
    assert_snapshot!(office.refused(3, "contact archive HAY05001"), @"R4.7: HAY05001 names no contract, and every form goes into a contract's file; give --project PROJECT or --contract CONTRACT, or say why there is none with --no-contract REASON");
    assert_snapshot!(office.refused(3, "contact archive HAY05001 --no-contract 询价 --by wang"), @"R4.7: signing for the archive is for the clerk or contract-administrator, which 王建国 was not on 2026-10-08; name who did with --by clerk or --by zhou or --by he");
    assert_snapshot!(office.refused(2, "contact archive HAY05001 --no-contract 询价 --on 2026-10-01"), @"HAY05001 bears the day 2026-10-08, and nothing happens to it on 2026-10-01; give the day it happened with --on DATE");
    assert_snapshot!(office.ok("contact archive HAY05001 --no-contract 询价 --by he"), @r#"HAY05001 "轴承图纸" to technology; general: archived on 2026-10-08 by 何平, belongs to no contract"#);
    assert_snapshot!(office.refused(3, "contact archive HAY05001 --no-contract 询价 --by he"), @"R4.7: HAY05001 is archived, and archive takes an entry that is issued or received; nothing leads on from there; where that is a slip, take it back with: branchbook undo HAY05001 --reason REASON");
    assert_snapshot!(office.refused(3, "contact void HAY05001 --reason 错"), @"R4.8: HAY05001 is archived, and void takes an entry that is reserved or issued or received; nothing leads on from there; where that is a slip, take it back with: branchbook undo HAY05001 --reason REASON");
    assert_snapshot!(office.refused(3, "contact reply HAY05001 --text 晚了 --by wu"), @"R4.7: HAY05001 is archived, and reply takes an entry that is received; nothing leads on from there; where that is a slip, take it back with: branchbook undo HAY05001 --reason REASON");
}

#[test]
fn r4_7_a_form_that_names_its_contract_goes_into_that_file() {
    let office = Office::staffed();
    office.ok(&FORM.replace("--by", "--contract BG-2026-118 --by"));
    office.ok("contact sign HAY05001 --by wu");
    assert_snapshot!(office.ok("contact archive HAY05001"), @r#"HAY05001 "轴承图纸" to technology: archived on 2026-10-08 by clerk, in the file of BG-2026-118"#);
    office.ok(FORM);
    office.ok("contact sign HAY05002 --by wu");
    office.ok("contact archive HAY05002 --contract BG-2026-118");
    assert_snapshot!(office.ok("contact papers BG-2026-118"), @"
    Contact forms of BG-2026-118
    ┌──────────┬──────────┬────────────┬──────────────┬──────────┬──────────────┬─────────────┬───────────────┬───────────┐
    │ number   │ state    │ issued on  │ kind         │ subject  │ addressed to │ archived on │ contract file │ issued by │
    ├──────────┼──────────┼────────────┼──────────────┼──────────┼──────────────┼─────────────┼───────────────┼───────────┤
    │ HAY05001 │ archived │ 2026-10-08 │ pre-contract │ 轴承图纸 │ technology   │ 2026-10-08  │ BG-2026-118   │ 王建国    │
    │ HAY05002 │ archived │ 2026-10-08 │ pre-contract │ 轴承图纸 │ technology   │ 2026-10-08  │ BG-2026-118   │ 王建国    │
    └──────────┴──────────┴────────────┴──────────────┴──────────┴──────────────┴─────────────┴───────────────┴───────────┘
    2 rows
    ");
}

#[test]
fn r4_7_a_missing_signature_may_be_excused_and_come_later() {
    let office = Office::staffed();
    office.ok(FORM);
    let outcome = office.run("contact archive HAY05001 --contract BG-1 --exception '原件遗失'");
    assert_snapshot!(format!("{}{}", outcome.out, outcome.err), @r#"
    HAY05001 "轴承图纸" to technology: archived on 2026-10-08 by clerk, in the file of BG-1
    recorded as an exception: R4.7: HAY05001 is not signed for technology yet; enter the signature with: branchbook contact sign HAY05001 --for technology --by PERSON
    "#);
    let office = office.on("2026-10-20");
    assert_snapshot!(office.ok("contact sign HAY05001 --by wu"), @r#"HAY05001 "轴承图纸" to technology: signed for technology by 吴工 on 2026-10-20; archived"#);
    assert_eq!(office.count("SELECT received_on = '2026-10-20' FROM contact"), 1);
}

#[test]
fn r4_7_replies_come_from_addressees_and_late_ones_are_told() {
    let office = received();
    assert_snapshot!(office.refused(2, "contact reply HAY05001 --for general --by zhou --text 好"), @"HAY05001 did not go to general; it went to: technology");
    assert_snapshot!(office.ok("contact reply HAY05001 --by wu --text 可行"), @r#"HAY05001 "轴承图纸" to technology: technology replied on 2026-10-08"#);
    let office = office.on("2026-10-13");
    assert_snapshot!(office.ok("contact reply HAY05001 --by wu --text 补充"), @r#"HAY05001 "轴承图纸" to technology: technology replied on 2026-10-13"#);
    let office = office.on("2026-11-01");
    assert_snapshot!(office.ok("contact reply HAY05001 --by wu --text 再补充 --on 2026-10-14"), @r#"HAY05001 "轴承图纸" to technology: technology replied on 2026-10-14, late: it was wanted by 2026-10-13"#);
    assert_eq!(office.count("SELECT replied_on = '2026-10-08' FROM contact"), 1, "the first reply counts");
    assert_snapshot!(office.ok("contact show HAY05001"), @"
    HAY05001
    ┌──────────────┬──────────────┐
    │ number       │ HAY05001     │
    │ state        │ received     │
    │ issued on    │ 2026-10-08   │
    │ subject      │ 轴承图纸     │
    │ addressed to │ technology   │
    │ kind         │ pre-contract │
    │ issued by    │ 王建国       │
    │ reply by     │ 2026-10-13   │
    │ received on  │ 2026-10-08   │
    │ replied on   │ 2026-10-08   │
    │ department   │ business     │
    │ content      │ 确认         │
    │ amendments   │ 0            │
    └──────────────┴──────────────┘
    Signatures
    ┌────────────┬───────────┬────────────┐
    │ party      │ signed by │ signed on  │
    ├────────────┼───────────┼────────────┤
    │ technology │ 吴工      │ 2026-10-08 │
    └────────────┴───────────┴────────────┘
    1 row
    Replies
    ┌────────────┬────────────┬────────────┬────────┐
    │ party      │ replied by │ replied on │ text   │
    ├────────────┼────────────┼────────────┼────────┤
    │ technology │ 吴工       │ 2026-10-08 │ 可行   │
    │ technology │ 吴工       │ 2026-10-13 │ 补充   │
    │ technology │ 吴工       │ 2026-10-14 │ 再补充 │
    └────────────┴────────────┴────────────┴────────┘
    3 rows
    ");
}

#[test]
fn r4_7_a_reply_waits_for_receipt() {
    let office = Office::staffed();
    office.ok(FORM);
    assert_snapshot!(office.refused(3, "contact reply HAY05001 --by wu --text 好"), @"R4.7: HAY05001 is issued, and reply takes an entry that is received; from there: branchbook contact sign HAY05001, or archive, void");
}

#[test]
fn r4_7_what_waits_is_listed_with_who_holds_the_paper() {
    let office = Office::staffed();
    office.ok(&FORM.replace("--to technology", "--to technology --to general"));
    office.ok(&FORM.replace("--by", "--holder 档案柜 --by"));
    office.ok(FORM);
    office.ok(LETTER);
    office.ok("contact sign HAY05001 --by wu");
    for form in ["HAY05002", "HAY05003"] {
        office.ok(&format!("contact sign {form} --by wu"));
    }
    office.ok("contact reply HAY05003 --by wu --text 可行");
    let office = office.on("2026-10-15");
    assert_snapshot!(office.ok("contact outstanding"), @"
    Outstanding contact forms on 2026-10-15
    ┌──────────┬───────────┬────────────────┬────────┬────────────┬───────────┬────────────┬────────────┬────────────┬───────────┬────────┐
    │ number   │ waits for │ party          │ holder │ due on     │ days late │ since on   │ subject    │ department │ issued by │ clause │
    ├──────────┼───────────┼────────────────┼────────┼────────────┼───────────┼────────────┼────────────┼────────────┼───────────┼────────┤
    │ HAY05001 │ signature │ general        │ 王建国 │ 2026-10-08 │         7 │ 2026-10-08 │ 轴承图纸   │ business   │ 王建国    │ R4.7   │
    │ HAY05002 │ reply     │ technology     │ 档案柜 │ 2026-10-13 │         2 │ 2026-10-08 │ 轴承图纸   │ business   │ 王建国    │ R4.7   │
    │ HAB05001 │ signature │ 何平           │ 赵刚   │ 2026-10-08 │         7 │ 2026-10-08 │ 交货期函复 │ baotou     │ 赵刚      │ R4.6   │
    │ HAB05001 │ signature │ 包钢(集团)公司 │ 赵刚   │ 2026-10-08 │         7 │ 2026-10-08 │ 交货期函复 │ baotou     │ 赵刚      │ R4.7   │
    └──────────┴───────────┴────────────────┴────────┴────────────┴───────────┴────────────┴────────────┴────────────┴───────────┴────────┘
    4 rows
    ");
    let office = office.on("2026-10-16");
    assert_snapshot!(office.ok("contact outstanding --department business --format csv"), @"
    number,waits_for,party,holder,due_on,days_late,since_on,subject,department,issued_by,clause
    HAY05001,signature,general,wang,2026-10-08,8,2026-10-08,轴承图纸,business,wang,R4.7
    HAY05002,reply,technology,档案柜,2026-10-13,3,2026-10-08,轴承图纸,business,wang,R4.7
    HAY05002,archive,general,档案柜,2026-10-15,1,2026-10-08,轴承图纸,business,wang,R4.7
    HAY05003,archive,general,wang,2026-10-15,1,2026-10-08,轴承图纸,business,wang,R4.7
    ");
    office.ok("rule set contact.archive_days 30 --by chen --from 2026-10-01");
    assert!(!office.ok("contact outstanding --format csv").contains("archive"), "the figure of that day decides");
}

#[test]
fn r4_7_a_reply_is_wanted_after_the_figure_of_the_day() {
    let office = Office::staffed();
    assert_snapshot!(office.ok(&FORM.replace(" -q", "")), @"HAY05001: issued on 2026-10-08 to technology, reply wanted by 2026-10-13");
    office.ok("rule set contact.reply_days 9 --by chen --from 2026-10-10");
    assert_snapshot!(office.ok(&FORM.replace(" -q", "")), @"HAY05002: issued on 2026-10-08 to technology, reply wanted by 2026-10-13");
    let office = office.on("2026-10-10");
    assert_snapshot!(office.ok(&FORM.replace(" -q", "")), @"HAY05003: issued on 2026-10-10 to technology, reply wanted by 2026-10-19");
    assert_snapshot!(office.refused(2, &FORM.replace("--by", "--reply-by 2026-10-09 --by")), @"a reply by 2026-10-09 is wanted before the form is issued on 2026-10-10; give a later day with --reply-by");
}

#[test]
fn r4_8_each_ledger_counts_on_its_own() {
    let office = Office::staffed();
    assert_eq!(office.ok(FORM), "HAY05001\n");
    assert_eq!(office.ok(FORM), "HAY05002\n");
    let baotou = FORM.replace("business", "baotou").replace("wang", "zhao");
    assert_eq!(office.ok(&baotou), "HAB05001\n");
}

#[test]
fn r4_8_numbers_continue_past_999() {
    let office = Office::staffed();
    office.ok(FORM);
    office.sql().execute_batch("UPDATE counter SET last = 998 WHERE prefix = 'HAY05'").unwrap();
    assert_eq!(office.ok(FORM), "HAY05999\n");
    assert_eq!(office.ok(FORM), "HAY051000\n");
}

#[test]
fn r4_8_a_department_without_a_ledger_is_told_so() {
    let office = Office::staffed();
    assert_eq!(
        office
            .refused(3, "contact add --department technology --kind pre-contract --to general --subject a --content b"),
        "R4.8: technology (技术开发科) keeps no ledger of contact forms; let the department that needs the answer issue the form"
    );
}

#[test]
fn r4_8_a_void_form_keeps_its_number_and_reason() {
    let office = Office::staffed();
    office.ok(FORM);
    assert_snapshot!(office.refused(3, "contact void HAY05001 --reason 错 --by wang"), @"R4.8: voiding an entry is for the clerk, which 王建国 was not on 2026-10-08; name who did with --by clerk or --by zhou");
    assert_snapshot!(office.ok("contact void HAY05001 --reason 重复开单"), @r#"HAY05001 "轴承图纸" to technology: void, 重复开单"#);
    assert_snapshot!(office.refused(3, "contact void HAY05001 --reason 再来"), @"R4.8: HAY05001 is void, and void takes an entry that is reserved or issued or received; nothing leads on from there; where that is a slip, take it back with: branchbook undo HAY05001 --reason REASON");
    assert_snapshot!(office.refused(3, "contact sign HAY05001 --by wu"), @"R4.7: HAY05001 is void, and sign takes an entry that is issued or received or archived; nothing leads on from there; where that is a slip, take it back with: branchbook undo HAY05001 --reason REASON");
    assert_snapshot!(office.refused(3, "contact amend HAY05001 --reason 错 --subject b"), @"R4.8: HAY05001 is void and stays as it is; where that is a slip, take it back with: branchbook undo HAY05001 --reason REASON");
    assert_eq!(office.ok(FORM), "HAY05002\n", "the number is not given out again");
    assert_snapshot!(office.ok("contact ledger --department business"), @"
    Contact forms of business
    ┌──────────┬────────┬────────────┬──────────┬──────────────┬──────────────┬───────────┬────────────┬────────────┬─────────┬─────────────┬────────────┐
    │ number   │ state  │ issued on  │ subject  │ addressed to │ kind         │ issued by │ reply by   │ department │ content │ void reason │ amendments │
    ├──────────┼────────┼────────────┼──────────┼──────────────┼──────────────┼───────────┼────────────┼────────────┼─────────┼─────────────┼────────────┤
    │ HAY05001 │ void   │ 2026-10-08 │ 轴承图纸 │ technology   │ pre-contract │ 王建国    │ 2026-10-13 │ business   │ 确认    │ 重复开单    │          0 │
    │ HAY05002 │ issued │ 2026-10-08 │ 轴承图纸 │ technology   │ pre-contract │ 王建国    │ 2026-10-13 │ business   │ 确认    │             │          0 │
    └──────────┴────────┴────────────┴──────────┴──────────────┴──────────────┴───────────┴────────────┴────────────┴─────────┴─────────────┴────────────┘
    2 rows
    ");
}

#[test]
fn r4_8_a_reserved_number_is_filled_or_spoilt() {
    let office = Office::staffed();
    assert_eq!(office.ok("series reserve baotou --count 3 -q"), "HAB05001\nHAB05002\nHAB05003\n");
    let office = office.on("2026-10-12");
    let form = FORM.replace("business", "baotou").replace("wang", "zhao");
    assert_eq!(office.ok(&form), "HAB05004\n");
    assert_eq!(office.ok(&format!("{form} --number 'hab05 002'")), "HAB05002\n");
    assert_snapshot!(office.ok("contact void HAB05001 --reason 撕坏"), @"HAB05001: void, 撕坏");
    for verb in
        ["sign HAB05003", "reply HAB05003 --text a", "archive HAB05003", "print HAB05003", "amend HAB05003 --reason a"]
    {
        let refusal = office.refused(3, &format!("contact {verb}"));
        assert!(refusal.starts_with("R4.8: HAB05003 is only reserved and cannot be "), "{refusal}");
        assert!(refusal.ends_with("; fill it in with: branchbook contact add --number HAB05003 …"), "{refusal}");
    }
    assert_snapshot!(office.ok("contact ledger --department baotou --format csv"), @"
    number,state,issued_on,subject,addressed_to,kind,issued_by,reply_by_on,received_on,replied_on,archived_on,project,contract,copied_to,holder,pages,department,content,archived_by,contract_file,no_contract,void_reason,amendments,entered_later_on,import
    HAB05001,void,2026-10-08,,,,clerk,,,,,,,,,,baotou,,,,,撕坏,0,,
    HAB05002,issued,2026-10-12,轴承图纸,technology,pre-contract,zhao,2026-10-17,,,,,,,,,baotou,确认,,,,,0,,
    HAB05003,reserved,2026-10-08,,,,clerk,,,,,,,,,,baotou,,,,,,0,,
    HAB05004,issued,2026-10-12,轴承图纸,technology,pre-contract,zhao,2026-10-17,,,,,,,,,baotou,确认,,,,,0,,
    ");
    assert_snapshot!(office.ok("contact history HAB05002 --format csv"), @r"
    at,verb,happened_on,actor,recorder,changes,note,declared,entered_later
    2026-10-08T00:00:00Z,series reserve,2026-10-08,clerk,clerk,department: baotou; issued_on: 2026-10-08; issued_by: clerk; state: reserved,,,
    2026-10-12T00:00:00Z,contact add,2026-10-12,zhao,clerk,issued_on: 2026-10-08 → 2026-10-12; issued_by: clerk → zhao; state: reserved → issued; kind: pre-contract; subject: 轴承图纸; content: 确认; addressed_to: technology; reply_by_on: 2026-10-17,,,
    ");
}

#[test]
fn r4_8_a_number_is_not_chosen_by_hand() {
    let office = Office::staffed();
    office.ok(FORM);
    office.ok("series reserve baotou --count 1");
    assert_snapshot!(office.refused(3, &format!("{FORM} --number HAY05002")), @"R4.8: HAY05002 was not reserved, and numbers are not chosen by hand; leave --number out to take the next one");
    assert_snapshot!(office.refused(3, &format!("{FORM} --number HAY05001")), @"R4.8: HAY05001 is issued in business's ledger, not reserved for business; leave --number out to take the next one");
    assert_snapshot!(office.refused(3, &format!("{FORM} --number HAB05001")), @"R4.8: HAB05001 is reserved in baotou's ledger, not reserved for business; leave --number out to take the next one");
}

#[test]
fn r4_8_a_number_that_was_spoilt_empty_has_no_page() {
    let office = Office::staffed();
    office.ok("series reserve business --count 1");
    office.ok("contact void HAY05001 --reason 撕坏");
    assert_snapshot!(office.refused(3, "contact print HAY05001"), @"R4.8: HAY05001 was voided before anything was written on it; see why with: branchbook show HAY05001");
    assert_snapshot!(office.refused(3, "contact sign HAY05001"), @"R4.7: HAY05001 is void, and sign takes an entry that is issued or received or archived; nothing leads on from there; where that is a slip, take it back with: branchbook undo HAY05001 --reason REASON");
    assert_snapshot!(office.ok("contact show HAY05001"), @"
    HAY05001
    ┌─────────────┬────────────┐
    │ number      │ HAY05001   │
    │ state       │ void       │
    │ issued on   │ 2026-10-08 │
    │ issued by   │ clerk      │
    │ department  │ business   │
    │ void reason │ 撕坏       │
    │ amendments  │ 0          │
    └─────────────┴────────────┘
    ");
}

#[test]
fn an_amended_form_keeps_its_old_values_in_its_history() {
    let office = Office::staffed();
    office.ok(FORM);
    let office = office.on("2026-10-09");
    assert_snapshot!(office.ok("contact amend HAY05001 --reason 写错 --subject 轴承座图纸 --pages 2 --content 确认"), @r#"HAY05001 "轴承座图纸" to technology: corrected subject, pages"#);
    assert_snapshot!(office.ok("history HAY05001"), @r"
        History of HAY05001
        ┌──────────────────┬───────────────┬────────────────────────────────┬────────┬──────────┬──────┐
        │ at               │ verb          │ changes                        │ actor  │ recorder │ note │
        ├──────────────────┼───────────────┼────────────────────────────────┼────────┼──────────┼──────┤
        │ 2026-10-08 08:00 │ contact add   │ department: business           │ 王建国 │ clerk    │      │
        │                  │               │ issued_on: 2026-10-08          │        │          │      │
        │                  │               │ issued_by: 王建国              │        │          │      │
        │                  │               │ state: issued                  │        │          │      │
        │                  │               │ kind: pre-contract             │        │          │      │
        │                  │               │ subject: 轴承图纸              │        │          │      │
        │                  │               │ content: 确认                  │        │          │      │
        │                  │               │ addressed_to: technology       │        │          │      │
        │                  │               │ reply_by_on: 2026-10-13        │        │          │      │
        │ 2026-10-09 08:00 │ contact amend │ subject: 轴承图纸 → 轴承座图纸 │ clerk  │          │ 写错 │
        │                  │               │ pages: 2                       │        │          │      │
        └──────────────────┴───────────────┴────────────────────────────────┴────────┴──────────┴──────┘
        2 rows
        ");
    assert_snapshot!(office.ok("contact list --format jsonl"), @r#"{"number":"HAY05001","state":"issued","issued_on":"2026-10-08","subject":"轴承座图纸","addressed_to":"technology","kind":"pre-contract","issued_by":"wang","reply_by_on":"2026-10-13","received_on":null,"replied_on":null,"archived_on":null,"project":null,"contract":null,"copied_to":null,"holder":null,"pages":2,"department":"business","content":"确认","archived_by":null,"contract_file":null,"no_contract":null,"void_reason":null,"amendments":1,"entered_later_on":null,"import":null}"#);
}

#[test]
fn an_amendment_is_held_to_the_rules_of_issuing() {
    let office = Office::staffed();
    office.ok(FORM);
    let amend = |fields: &str| format!("contact amend HAY05001 --reason 写错 {fields}");
    assert_snapshot!(office.refused(2, &amend("")), @"nothing to correct in HAY05001; name a field and its new value (--on is the day of the correction itself); what can be named stands in: branchbook contact amend --help");
    assert_snapshot!(office.refused(2, &amend("--subject 轴承图纸")), @"nothing to correct in HAY05001; name a field and its new value (--on is the day of the correction itself); what can be named stands in: branchbook contact amend --help");
    assert_snapshot!(office.refused(2, &amend("--subject ' '")), @"
    error: invalid value ' ' for '--subject <SUBJECT>': text is blank; type the text

    For more information, try '--help'.
    ");
    assert_snapshot!(office.refused(3, &amend("--kind user-request")), @"R4.5: what the user raises goes to General Management's contract administrator; add --to general, or record the breach with --exception REASON");
    assert_snapshot!(office.refused(3, &amend("--kind external")), @"R4.6: a form to a unit outside the company is copied to the contract administrator; add --copy he or --copy general, or record the breach with --exception REASON");
    assert_snapshot!(office.refused(3, &amend("--issued-by li")), @"R4.2: a form of kind pre-contract from business is issued by the project's leader or the department's manager, not by 李娜; name who issued it with --issued-by wang, or record the breach with --exception REASON");
    assert_snapshot!(office.refused(3, &amend("--to 包钢")), @"R4.6: 包钢 is no department, and a form of kind pre-contract stays inside the company; give a department (branchbook department list), enter one of the company's with: branchbook department add KEY --zh 包钢, or take --kind external");
    assert_snapshot!(office.refused(2, &amend("--reply-by 2026-10-01")), @"a reply by 2026-10-01 is wanted before the form is issued on 2026-10-08; give a later day with --reply-by");
    let office = office.on("2026-10-14");
    assert_snapshot!(office.refused(2, &amend("--issued-on 2026-10-14")), @"a reply by 2026-10-13 is wanted before the form is issued on 2026-10-14; give a later day with --reply-by");
    assert_snapshot!(office.ok(&amend("--issued-by li --exception 代签")), @r#"HAY05001 "轴承图纸" to technology: corrected issued_by"#);
    assert_snapshot!(office.ok(&amend("--issued-on 2026-10-01 --reply-by 2026-10-02 --to general --copy 包钢")), @r#"HAY05001 "轴承图纸" to general: corrected addressed_to, copied_to, reply_by_on, issued_on"#);
}

#[test]
fn an_external_form_does_not_become_an_internal_one_with_a_party_outside() {
    let office = Office::staffed();
    office.ok(LETTER);
    assert_snapshot!(office.refused(3, "contact amend HAB05001 --reason 错 --kind execution"), @r#"R4.6: 包钢(集团)公司 is no department, and a form of kind execution stays inside the company; give a department (branchbook department list), enter one of the company's with: branchbook department add KEY --zh "包钢(集团)公司", or take --kind external"#);
    assert_snapshot!(office.ok("contact amend HAB05001 --reason 错 --kind execution --to technology"), @r#"HAB05001 "交货期函复" to technology: corrected kind, addressed_to"#);
}

#[test]
fn r4_7_what_was_signed_for_is_not_taken_back_by_an_amendment() {
    let office = Office::staffed();
    office.ok(&FORM.replace("--by", "--copy li --copy general --by"));
    let office = office.on("2026-10-10");
    office.ok("contact sign HAY05001 --for li --by li");
    assert_snapshot!(office.refused(3, "contact amend HAY05001 --reason 错 --to general"), @"R4.7: HAY05001 has been signed for, so its addressees stay; void it and issue a new one");
    assert_snapshot!(office.refused(3, "contact amend HAY05001 --reason 错 --copy he"), @"R4.7: li has signed for the copy of HAY05001, which stays; add --copy li");
    let office = office.on("2026-10-11");
    assert_snapshot!(office.refused(2, "contact amend HAY05001 --reason 错 --issued-on 2026-10-11"), @"HAY05001 was signed for, answered or archived on 2026-10-10; give a day up to 2026-10-10 with --issued-on");
    assert_snapshot!(office.ok("contact amend HAY05001 --reason 错 --copy he --copy li"), @r#"HAY05001 "轴承图纸" to technology: corrected copied_to"#);
}

#[test]
fn only_a_clerk_corrects_the_ledger() {
    let office = received().at_the_keyboard("wang");
    assert_snapshot!(office.refused(3, "contact amend HAY05001 --reason 错 --subject b"), @"R4.8: 王建国 is no clerk, and only a clerk corrects the ledger; ask General Management's clerk");
    assert_snapshot!(office.refused(3, "contact void HAY05001 --reason 错"), @"R4.8: voiding an entry is for the clerk, which 王建国 was not on 2026-10-08; let clerk or 周敏 enter it, or hand the paper to General Management's clerk");
}

#[test]
fn a_form_may_be_amended_after_it_is_archived() {
    let office = received();
    office.ok("contact archive HAY05001 --contract BG-1");
    office.ok("contact amend HAY05001 --reason 错 --contract BG-1 --holder 档案柜");
    assert_eq!(office.count("SELECT amendments FROM entry"), 1);
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
    assert_snapshot!(office.ok("contact ledger --department shandong"), @"
    Contact forms of shandong
    no rows
    ");
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
fn r4_7_a_form_in_the_wrong_file_is_moved_by_a_correction() {
    let office = Office::staffed();
    office.ok("contact add --department business --kind pre-contract --to general --subject a --content b --by wang");
    office.ok("contact sign HAY05001 --by zhou");
    office.ok("contact archive HAY05001 --contract BG-1 --by he");
    office.ok("contact amend HAY05001 --contract BG-2 --reason 合同号错");
    let file = |contract: &str| office.ok(&format!("contact papers {contract} --format csv")).lines().count() - 1;
    assert_eq!((file("BG-1"), file("BG-2")), (0, 1));
}

#[test]
fn r4_7_what_happens_to_a_form_happens_in_its_order() {
    let office = Office::staffed();
    office.ok(FORM);
    office.ok("series reserve business --count 1");
    let office = office.on("2026-10-12");
    office.ok("contact sign HAY05001 --by wu --on 2026-10-10");
    assert_snapshot!(office.refused(2, "contact reply HAY05001 --by wu --text 可行 --on 2026-10-09"), @"HAY05001 was received on 2026-10-10 and cannot be answered on 2026-10-09; give the day it happened with --on DATE");
    assert_snapshot!(office.refused(2, "contact archive HAY05001 --no-contract 询价 --on 2026-10-09"), @"HAY05001 was signed for on 2026-10-10 and cannot be archived on 2026-10-09; give the day it happened with --on DATE");
    office.ok("contact reply HAY05001 --by wu --text 可行 --on 2026-10-11");
    assert_snapshot!(office.refused(2, "contact void HAY05001 --reason 错 --on 2026-10-10"), @"HAY05001 was answered on 2026-10-11 and cannot be voided on 2026-10-10; give the day it happened with --on DATE");
    assert_snapshot!(office.refused(2, "contact void HAY05002 --reason 错 --on 2026-10-01"), @"HAY05002 bears the day 2026-10-08, and nothing happens to it on 2026-10-01; give the day it happened with --on DATE");
    office.ok("contact archive HAY05001 --no-contract 询价 --on 2026-10-11");
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

#[test]
fn r4_7_a_form_whose_day_is_corrected_goes_on_from_that_day() {
    let office = Office::staffed().on("2026-10-12");
    office.ok(&format!("{FORM} --on 2026-10-08"));
    office.ok("contact amend HAY05001 --reason 日期写错 --issued-on 2026-10-05");
    office.ok("contact sign HAY05001 --by wu --on 2026-10-06");
    assert_snapshot!(office.refused(2, "contact archive HAY05001 --contract BG-1 --on 2026-10-05"), @"HAY05001 was signed for on 2026-10-06 and cannot be archived on 2026-10-05; give the day it happened with --on DATE");
    office.ok("contact archive HAY05001 --contract BG-1 --on 2026-10-06");
}

#[test]
fn r4_7_whoever_has_not_signed_is_named_at_once() {
    let office = Office::staffed();
    office.ok(&FORM.replace("--to technology", "--to technology --to general"));
    assert_snapshot!(office.refused(3, "contact archive HAY05001 --contract BG-1"), @"R4.7: HAY05001 is not signed for technology; general yet; enter the signature with: branchbook contact sign HAY05001 --for technology --by PERSON, or record the breach with --exception REASON");
    office.ok("contact archive HAY05001 --contract BG-1 --exception 原件遗失");
    assert_eq!(office.count("SELECT count(*) FROM exception"), 1);
}

#[test]
fn r4_7_nobody_takes_in_or_answers_the_form_that_they_issued() {
    let office = Office::staffed();
    office.ok("staff add xu --name 徐宁 --department business --role salesperson --from 2026-01-01");
    office.ok("contact add --department business --kind pre-contract --to business --to technology --subject 甲 --content 乙 --by wang");
    assert_snapshot!(office.refused(3, "contact sign HAY05001 --by wang"), @"R4.7: wang issued HAY05001 and does not act for business on it; name somebody else of business with --by PERSON");
    office.ok("contact sign HAY05001 --by xu");
    office.ok("contact sign HAY05001 --by wu");
    assert_snapshot!(office.refused(3, "contact reply HAY05001 --by wang --text 可行"), @"R4.7: wang issued HAY05001 and does not act for business on it; name somebody else of business with --by PERSON");
    office.ok("contact reply HAY05001 --by xu --text 可行");
    // A unit outside, on a clerk's own form.
    office.ok("contact add --department general --kind external --to 某运输公司 --copy he --subject 甲 --content 乙 --exception 综合管理部自办");
    let sign = "contact sign HAG05001 --for 某运输公司 --by 刘经理";
    assert_snapshot!(office.refused(3, sign), @"R4.7: clerk issued HAG05001 and does not act for 某运输公司 on it; name the paper on which 某运输公司 did with --paper NUMBER, or let another clerk enter it");
    office.ok(&format!("{sign} --paper 回执-7"));
    assert_eq!(office.count("SELECT count(*) FROM signature WHERE paper = '回执-7'"), 1);
    office.ok("verify");
}

#[test]
fn r4_7_several_forms_are_signed_for_and_archived_at_once_or_none_is() {
    let office = Office::staffed();
    for subject in ["甲", "乙", "丙"] {
        office.ok(&format!(
            "contact add --department business --kind pre-contract --to technology --subject {subject} --content x --by wang"
        ));
    }
    office.ok("contact sign HAY05003 --by wu");
    office.refused(3, "contact sign HAY05001 HAY05003 --by wu");
    assert_eq!(office.count("SELECT count(*) FROM signature"), 1);
    assert_snapshot!(office.ok("contact sign HAY05001 HAY05002 --by wu"), @r#"
    HAY05001 "甲" to technology: signed for technology by 吴工 on 2026-10-08; received
    HAY05002 "乙" to technology: signed for technology by 吴工 on 2026-10-08; received
    "#);
    assert_snapshot!(office.ok("contact archive HAY05001 HAY05002 HAY05003 --no-contract 未签 --by he -q"), @r"
    HAY05001
    HAY05002
    HAY05003
    ");
    assert_eq!(office.count("SELECT count(*) FROM entry WHERE state = 'archived'"), 3);
    office.ok("undo HAY05002 --reason 错");
    office.ok("verify");
}
