//! Rows of a file that bear a day since the book went live: the rules of `add` hold for them, and what was before is history.

use insta::assert_snapshot;

use crate::office::{Office, Outcome};

/// Imports rows under a header; paths are left out of what is said.
pub(crate) fn import(office: &Office, command: &str, rows: &str) -> Outcome {
    let file = office.file("old.csv", rows);
    let Outcome { code, out, err } = office.run(&command.replace("FILE", &file));
    Outcome { code, out: out.replace(&file, "old.csv"), err: err.replace(&file, "old.csv") }
}

pub(crate) fn said(office: &Office, command: &str, rows: &str) -> String {
    let Outcome { code, out, err } = import(office, command, rows);
    format!("{out}{err}[exit {code}]")
}

/// An office whose book went live on 2026-10-01, with the staff of the branch since January.
fn office() -> Office {
    Office::made(|| Office::founded_on("2026-10-01").on("2026-11-02"))
}

/// These columns of a csv file.
pub(crate) fn columns(csv: &str, names: &[&str]) -> String {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let places: Vec<usize> = names.iter().map(|name| header.iter().position(|known| known == *name).unwrap()).collect();
    let row = |row: csv::StringRecord| places.iter().map(|place| row[*place].to_owned()).collect::<Vec<_>>().join(",");
    reader.records().map(|record| row(record.unwrap())).collect::<Vec<_>>().join(" / ")
}

const COLLECTED: &str = "department,collected_on,collected_by,customer,region,equipment,need\n";

#[test]
fn r2_2_a_week_of_somebody_else_that_a_clerk_brings_in_warns_nobody() {
    let office = office();
    let week = "business,2026-10-12,li,鞍钢,辽宁,球磨机,两台\nbusiness,2026-10-30,li,本钢,辽宁,破碎机,一台\n";
    assert_snapshot!(said(&office, "info import FILE", &format!("{COLLECTED}{week}")), @"
    old.csv: entries of user information imported: 2
    the series info goes on with INF26-0003
    [exit 0]
    ");
    assert_eq!(office.count("SELECT count(*) FROM import_breach"), 0);
    assert_eq!(office.ok("report exceptions --format csv").lines().count(), 1);
    // It stands among what was entered for an earlier month, as what is typed does.
    assert_eq!(office.ok("report late --month 2026-11 --format csv").lines().count(), 3);
}

#[test]
fn r2_2_what_rows_breach_is_one_exception_of_their_import() {
    let office = office();
    let rows = format!(
        "{COLLECTED}business,2019-10-12,wu,鞍钢,辽宁,球磨机,两台\nbusiness,2026-10-12,wu,本钢,辽宁,破碎机,一台\n\
         business,2026-10-13,li,首钢,河北,破碎机,一台\nbusiness,2026-10-14,wu,包钢,内蒙古,破碎机,一台\n"
    );
    assert_snapshot!(said(&office, "info import FILE", &rows), @"
    old.csv:3: R2.2: collecting user information is for the salesperson or trainee or department-manager of business, which 吴工 was not on 2026-10-12; record what the rows breach as one exception with --exception REASON
    old.csv:5: R2.2: collecting user information is for the salesperson or trainee or department-manager of business, which 吴工 was not on 2026-10-14; record what the rows breach as one exception with --exception REASON
    2 of 4 rows cannot be taken; nothing was imported
    [exit 1]
    ");
    assert_eq!(office.count("SELECT count(*) FROM entry"), 0);
    let excused = "info import FILE --exception 代李娜收集";
    assert_snapshot!(said(&office, excused, &rows), @"
    old.csv: entries of user information imported: 4
    recorded as one exception, see branchbook report exceptions; entries that breach a rule: 2
    the series info goes on with INF19-0002
    the series info goes on with INF26-0004
    [exit 0]
    ");
    assert_snapshot!(office.ok("report exceptions --format csv"), @r#"
    number,clause,happened_on,person,reason,refused,approved_by,department,register,entered_on
    import 1,R2.2,2026-10-14,clerk,代李娜收集,"collecting user information is for the salesperson or trainee or department-manager of business, which 吴工 was not on 2026-10-12 … (INF26-0001,INF26-0003)",,business,info,2026-11-02
    "#);
    assert_snapshot!(office.ok("report exceptions --month 2026-11 --format csv").lines().count().to_string(), @"2");
    assert_snapshot!(said(&office, excused, &rows), @"
    old.csv: entries of user information imported: 0, in the book already: 4
    passed over, for the book has them, by line: 2–5
    [exit 0]
    ");
    office.ok("verify");
}

#[test]
fn r5_3_1_what_was_decided_since_is_decided_in_the_book() {
    let office = office();
    let header = "department,asked_on,asked_by,unit,recipients,items,occasion,place,endorsed_by,endorsed_on,approved_by,approved_on,\
                  bill,bought,bought_on,bought_by,given_on\n";
    let gift = |asked: &str, day: &str| {
        format!(
            "business,{asked},li,包钢,张处长 (处长),砚台 x 1 @ 30000,拜访,包头,wang,{day},chen,{day},1,30000,{day},zhou,{day}\n"
        )
    };
    let command = "gift import FILE";
    assert_snapshot!(said(&office, command, &format!("{header}{}{}", gift("2026-11-02", "2026-11-02"), gift("2026-09-28", "2026-10-02"))), @"
    old.csv:2: endorsed_on: R5.3(2): tells of 2026-11-02, and from 2026-10-01 on that is decided in the book; leave it out, and enter it with: branchbook gift endorse NUMBER --by PERSON --on 2026-11-02
    old.csv:3: endorsed_on: R5.3(2): tells of 2026-10-02, and from 2026-10-01 on that is decided in the book; leave it out, and enter it with: branchbook gift endorse NUMBER --by PERSON --on 2026-10-02
    2 of 2 rows cannot be taken; nothing was imported
    [exit 1]
    ");
    // What was given before is history.
    assert_eq!(import(&office, command, &format!("{header}{}", gift("2026-09-28", "2026-09-29"))).code, 0);
    let plain = "department,asked_on,asked_by,unit,recipients,items,occasion,place,state\n\
                 business,2026-11-02,li,包钢,张处长 (处长),砚台 x 1 @ 30000,拜访,包头,given\n";
    let refused = said(&office, command, plain);
    assert!(refused.contains("old.csv:2: "), "{refused}");
    // Asked for like by hand, it comes in with what `add` would have noted.
    assert_snapshot!(said(&office, command, &plain.replace(",given\n", ",requested\n")), @"
    old.csv: gifts imported: 1
    recorded as one exception, see branchbook report exceptions; entries that breach a rule: 1
    the series gift goes on with GFT26-003
    [exit 0]
    ");
    assert_snapshot!(office.ok("report exceptions --format csv"), @r#"
    number,clause,happened_on,person,reason,refused,approved_by,department,register,entered_on
    import 2,R5.3(3),2026-11-02,clerk,noted by the import,"GFT26-002 has 1 of 砚台 at 30,000.00, which is not on the approved gift list (GFT26-002)",,business,gift,2026-11-02
    "#);
    office.ok("verify");
}

#[test]
fn r5_3_1_what_a_file_tells_of_decisions_is_history_and_no_way_round_them() {
    let office = office();
    let header = "state,asked_on,department,asked_by,unit,recipients,occasion,items,place,endorsed_by,endorsed_on,approved_by,approved_on,bill,bought,bought_on,bought_by\n";
    let gift = |state: &str, asked_by: &str, approved_by: &str, bought: &str| {
        format!(
            "{state},2026-08-01,business,{asked_by},包钢,张处长 (处长),拜访,砚台 x 1 @ 900,包头,wang,2026-08-02,{approved_by},2026-08-03,{bought}\n"
        )
    };
    let open = ",,,";
    for (row, told) in [
        (
            gift("approved", "clerk", "chen", open),
            "old.csv:2: endorsed_by: R5.3(2): who brings it in asked for it or decided on it, and tells of no decision on it; ",
        ),
        (
            gift("approved", "li", "li", open),
            "old.csv:2: approved_by: R5.3(1): 李娜 asked for it and may not approve it as well; ",
        ),
        (
            gift("approved", "li", "sun", open),
            "old.csv:2: approved_by: R5.3(1): 孙立 was no branch-manager on 2026-08-03 and may not approve it; ",
        ),
        (
            gift("approved", "li", "wang", open),
            "old.csv:2: endorsed_by: R5.3(2): the file has 王建国 endorse it and approve it, which two people do; ",
        ),
        // Each day of the row is held against that on which the book went live.
        (
            gift("bought", "li", "chen", "B-1,900,2026-10-29,zhou"),
            "old.csv:2: bought_on: R5.3(1): tells of 2026-10-29, and from 2026-10-01 on that is decided in the book; ",
        ),
    ] {
        let said = said(&office, "gift import FILE", &format!("{header}{row}"));
        assert!(said.starts_with(told), "{told}{said}");
    }
    assert_eq!(office.count("SELECT count(*) FROM entry"), 0);
    let rows = gift("approved", "li", "chen", open) + &gift("bought", "li", "chen", "B-1,900,2026-08-29,zhou");
    assert_eq!(import(&office, "gift import FILE", &format!("{header}{rows}")).code, 0);
    assert_snapshot!(columns(&office.ok("report exceptions --format csv"), &["number", "clause", "reason", "refused"]), @"import 1,R5.3(1),noted by the import,what is spent rests on what the file tells: approve, 陈总, 2026-08-03 (GFT26-001,GFT26-002)");
    office.ok("verify");
}

#[test]
fn r4_6_who_may_issue_a_form_is_asked_of_rows_since_then() {
    let office = office();
    let header = "number,department,issued_on,issued_by,kind,addressed_to,copied_to,subject,content\n";
    let form = |number: &str, day: &str| format!("{number},business,{day},li,external,包钢,,交货,按合同\n");
    let rows = format!("{header}{}{}", form("HAY05001", "2026-09-30"), form("HAY05002", "2026-10-05"));
    assert_snapshot!(said(&office, "contact import FILE", &rows), @"
    old.csv:3: R4.6: a form of kind external from business is issued by the project's leader or the department's manager, not by 李娜; record what the rows breach as one exception with --exception REASON
    1 of 2 rows cannot be taken; nothing was imported
    [exit 1]
    ");
    assert_snapshot!(said(&office, "contact import FILE --exception 王建国出差", &rows), @"
    old.csv: contact forms imported: 2
    recorded as one exception, see branchbook report exceptions; entries that breach a rule: 1
    the series business goes on with HAY05003
    taken for units outside the company: 包钢 (2)
    [exit 0]
    ");
    assert_snapshot!(office.ok("show HAY05002").lines().skip_while(|line| !line.contains("Exceptions")).collect::<Vec<_>>().join("\n"), @"
    Exceptions
    ┌────────┬─────────────┬────────┬────────────┬──────────────────────────────────────────────────────────────────────────────────────────────────────────────────┐
    │ clause │ happened on │ person │ reason     │ refused                                                                                                          │
    ├────────┼─────────────┼────────┼────────────┼──────────────────────────────────────────────────────────────────────────────────────────────────────────────────┤
    │ R4.6   │ 2026-10-05  │ clerk  │ 王建国出差 │ a form of kind external from business is issued by the project's leader or the department's manager, not by 李娜 │
    │ R4.6   │ 2026-10-05  │ clerk  │ 王建国出差 │ a form to a unit outside the company is copied to the contract administrator                                     │
    └────────┴─────────────┴────────┴────────────┴──────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘
    2 rows
    ");
}

#[test]
fn r3_1_a_project_is_major_by_its_amount_as_by_hand() {
    let office = office();
    let rows = "department,opened_on,opened_by,customer,title,amount,major\n\
                business,2026-09-30,wang,鞍钢,旧项目,9000万,no\nbusiness,2026-10-05,wang,包钢,球磨机,9000万,no\n";
    assert_eq!(import(&office, "project import FILE", rows).code, 0);
    assert_snapshot!(columns(&office.ok("project list --format csv"), &["opened_on", "major", "import"]), @"2026-09-30,no,1 / 2026-10-05,yes,1");
    assert!(said(&office, "project import FILE", rows).contains("imported: 0, in the book already: 2"));
}

#[test]
fn r1_a_closed_month_takes_rows_late_only() {
    let office = office();
    office.ok("report submit 2026-10 --to general --received-by 周敏");
    let rows = format!(
        "{COLLECTED}business,2026-10-12,li,鞍钢,辽宁,球磨机,两台\nbusiness,2026-09-12,li,本钢,辽宁,球磨机,两台\n"
    );
    assert_snapshot!(said(&office, "info import FILE", &rows), @"
    old.csv:2: collected_on: R1: 2026-10 was submitted on 2026-11-02, and is closed; give the day on which it is entered, or say why it comes late with --late REASON
    1 of 2 rows cannot be taken; nothing was imported
    [exit 1]
    ");
    assert_eq!(import(&office, "info import FILE --late 周报晚到", &rows).code, 0);
    assert_snapshot!(office.ok("report late --month 2026-11 --format csv"), @"
    number,step,happened_on,entered_at,closed,actor,recorder,reason,department,register,now_on,import,entries
    INF26-0001,info import,2026-09-12,2026-11-02T00:00:00Z,no,li,clerk,***,business,info,,1,
    INF26-0002,info import,2026-10-12,2026-11-02T00:00:00Z,yes,li,clerk,***,business,info,,1,
    ");
}

#[test]
fn imported_entries_say_so_in_lists_cards_prints_and_history() {
    let office = office();
    let rows = "number,department,issued_on,issued_by,kind,addressed_to,subject\n\
                HAY05001,business,2026-09-30,wang,execution,technology,图纸\n";
    assert_eq!(import(&office, "contact import FILE", rows).code, 0);
    office
        .ok("contact add --department business --kind execution --to technology --subject 图纸 --content 好 --by wang");
    assert_snapshot!(columns(&office.ok("contact list --format csv"), &["number", "import"]), @"HAY05001,1 / HAY05002,");
    assert!(office.ok("show HAY05001").lines().any(|line| line.contains("import") && line.contains('1')));
    assert!(!office.ok("show HAY05002").contains("import"));
    assert!(
        office.ok("contact print HAY05001 --format html").contains("came in with import 1, old.csv, on 2026-11-02")
    );
    assert!(!office.ok("contact print HAY05002 --format html").contains("came in with"));
    assert_snapshot!(office.ok("history HAY05001 --format csv"), @"
    at,verb,happened_on,actor,recorder,changes,note,declared,entered_later
    2026-11-02T00:00:00Z,contact import,2026-11-02,wang,clerk,department: business; issued_on: 2026-09-30; issued_by: wang; state: issued; import: 1; kind: execution; addressed_to: technology; subject: 图纸,,,
    ");
}

#[test]
fn r4_8_numbers_are_not_chosen_by_hand_since_the_book_went_live() {
    let office = office();
    let header = "number,department,issued_on,issued_by,kind,addressed_to,subject,state\n";
    let old = format!("{header}HAY05001,business,2026-09-01,wang,execution,technology,旧,\n");
    assert_eq!(import(&office, "contact import FILE", &old).code, 0);
    let rows = format!(
        "{header}HAY05002,business,2026-10-05,wang,execution,technology,新,\nHAY05004,business,2026-10-06,wang,execution,technology,新,\n"
    );
    assert_snapshot!(said(&office, "contact import FILE", &rows), @"
    old.csv:3: number: R4.8: numbers are not chosen by hand, and those between HAY05002 and HAY05004 are in neither the file nor the book: add a row for each, void with its reason or reserved
    1 of 2 rows cannot be taken; nothing was imported
    [exit 1]
    ");
    let mended = rows + "HAY05003,business,2026-10-06,wang,,,,reserved\n";
    assert_eq!(import(&office, "contact import FILE", &mended).code, 0);
}

#[test]
fn r4_8_a_row_with_a_reserved_number_fills_the_reservation() {
    let office = office();
    office.ok("series reserve business --count 3");
    let header = "number,department,issued_on,issued_by,kind,addressed_to,subject,state,void_reason\n";
    let rows = format!(
        "{header}HAY05002,business,2026-11-02,wang,execution,technology,图纸,,\nHAY05003,business,2026-11-02,wang,,,,void,撕坏\n\
         HAY05001,business,2026-11-02,clerk,,,,reserved,\n"
    );
    assert_snapshot!(said(&office, "contact import FILE", &rows), @r"
        old.csv: contact forms imported: 2, in the book already: 1
        passed over, for the book has them, by line: 4
        [exit 0]
        ");
    assert_snapshot!(office.ok("contact list --format csv --columns number,state,subject,void_reason"), @r"
        number,state,subject,void_reason
        HAY05001,reserved,,
        HAY05002,issued,图纸,
        HAY05003,void,,撕坏
        ");
    assert_snapshot!(said(&office, "contact import FILE", &rows), @r"
        old.csv: contact forms imported: 0, in the book already: 3
        passed over, for the book has them, by line: 2–4
        [exit 0]
        ");
    // It is held to what add asks for on that day.
    let wrong = format!("{header}HAY05001,business,2026-11-02,wu,execution,technology,图纸,,\n");
    assert_snapshot!(said(&office, "contact import FILE", &wrong), @r"
        old.csv:2: R4.3: a form of kind execution from business is issued by the project's leader (here the department's manager) or a contract administrator, not by 吴工; name who issued it with --by wang or --by he
        1 of 1 row cannot be taken; nothing was imported
        [exit 1]
        ");
    // A reservation and its form in one file are two rows with one number.
    let twice = format!(
        "{header}HAY05004,business,2026-11-02,wang,,,,reserved,\nHAY05004,business,2026-11-02,wang,execution,technology,图纸,,\n"
    );
    assert_snapshot!(said(&office, "contact import FILE", &twice), @r"
        old.csv:3: number: HAY05004 stands further up in this file with another state, kind, addressed_to, subject, reply_by_on
        1 of 2 rows cannot be taken; nothing was imported
        [exit 1]
        ");
    assert!(office.ok("series audit business").contains("HAY05001"));
    office.ok("undo --import 1 --reason 抄错");
    assert_snapshot!(office.ok("contact list --format csv --columns number,state,subject,void_reason"), @r"
        number,state,subject,void_reason
        HAY05001,reserved,,
        HAY05002,void,图纸,抄错
        HAY05003,void,,撕坏
        ");
    office.ok("verify");
}

/// The way out is one that a file has: not the options of the command line (R4.6). What lacks is told at once, as far as rows have it.
#[test]
fn r4_6_what_a_row_lacks_is_given_as_files_give_it() {
    let office = office();
    let rows = "number,department,issued_on,issued_by,kind,addressed_to,subject\nHAY05001,business,2026-10-05,wang,external,包钢,交货\n";
    assert_snapshot!(said(&office, "contact import FILE", rows), @"
    old.csv:2: R4.6: a form to a unit outside the company is copied to the contract administrator; give it to every row with --set copy=he or --set copy=general, or name its column with --map copy=COLUMN; or record what the rows breach as one exception with --exception REASON
    1 of 1 row cannot be taken; nothing was imported
    [exit 1]
    ");
    assert_eq!(import(&office, "contact import FILE --set copy=he", rows).code, 0);
    let rows = "number,department,subject\nHAY05002,business,交货\n";
    assert_snapshot!(said(&office, "contact import FILE", rows), @"
    nothing gives issued_on, issued_by, kind, addressed_to; name columns with --map issued_on=COLUMN --map issued_by=COLUMN --map kind=COLUMN --map addressed_to=COLUMN, or a value for every row with --set issued_on=VALUE; the columns are: number, department, subject
    [exit 2]
    ");
}
