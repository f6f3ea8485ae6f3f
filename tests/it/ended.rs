//! What has ended, over all registers: nothing refers to it, nothing more is spent on it, and nothing ends that others hang on.

use std::collections::BTreeSet;

use branchbook::register::field::{Kind, Spec};
use branchbook::register::form::Form;
use branchbook::register::forms;
use insta::assert_snapshot;

use crate::collected::settle;
use crate::every_verb;
use crate::office::Office;

/// The states of what came to nothing.
const ENDED: [&str; 5] = ["void", "lost", "cancelled", "rejected", "terminated"];

/// The register to whose entries a field refers.
fn referred(field: &Spec) -> Option<&'static str> {
    match field.kind {
        Kind::Project => Some("project"),
        Kind::Entry(register) => Some(register),
        _ => None,
    }
}

/// A line for every verb that enters a reference, where NUMBER is what it names.
const ENTERING: [(&str, &str, &str); 13] = [
    ("project", "problem", "project problem PRJ26-001 --what 漏油 --department technology --by li --contact NUMBER"),
    (
        "contact",
        "add",
        "contact add --department business --kind execution --to technology --subject 甲 --content 乙 --project NUMBER --by wang",
    ),
    (
        "fee",
        "add",
        "fee add --kind agency --payee 甲 --employer 甲 --project NUMBER --amount 100 --reason 代理 --asked-by li",
    ),
    (
        "gift",
        "add",
        "gift add --department business --asked-by li --unit 甲 --recipient \"王工;工程师\" --item \"铸铜摆件;1\" --occasion 拜访 --project NUMBER",
    ),
    (
        "gift",
        "add",
        "gift add --department business --asked-by li --unit 甲 --recipient \"王工;工程师\" --item \"铸铜摆件;1\" --occasion 拜访 --reception NUMBER",
    ),
    ("info", "close", "info close TRACKED --won --reason 甲 --project NUMBER --by TRACKER"),
    ("project", "add", "project add --department business --customer 甲 --title 乙 --source NUMBER --by wang"),
    (
        "reception",
        "add",
        "reception add --department business --unit 甲 --purpose 考察 --arrive 2026-12-01 --visitor \"甲;乙\" --schedule none --project NUMBER --by li",
    ),
    (
        "ship",
        "add",
        "ship add --project NUMBER --form truck --place 甲 --contact 乙 --phone 1 --route 丙 --capacity none --freight company --notice HAY05004",
    ),
    (
        "ship",
        "add",
        "ship add --project PRJ26-001 --form truck --place 甲 --contact 乙 --phone 1 --route 丙 --capacity none --freight company --notice NUMBER",
    ),
    ("gift", "amend", "gift amend GFT26-003 --reason 错 --project NUMBER"),
    ("contact", "amend", "contact amend HAY05004 --reason 错 --project NUMBER"),
    ("reception", "amend", "reception amend REC26-003 --reason 错 --project NUMBER"),
];

/// A number of the register that is in this state.
fn number(office: &Office, register: &str, state: &str) -> Option<String> {
    let book = office.sql();
    let mut numbers =
        book.prepare("SELECT number FROM entry WHERE register = ?1 AND state = ?2 ORDER BY id DESC").unwrap();
    let mut numbers = numbers.query_map([register, state], |row| row.get(0)).unwrap();
    numbers.next().map(Result::unwrap)
}

/// An entry of user information that is tracked, and who tracks it.
fn tracked(office: &Office) -> (String, String) {
    let sql = "SELECT e.number, i.tracker FROM info AS i JOIN entry AS e ON e.id = i.entry WHERE e.state = 'tracked' ORDER BY e.id DESC LIMIT 1";
    office.sql().query_row(sql, (), |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

/// The states of a register that came to nothing.
fn ended(office: &Office, register: &str) -> Vec<&'static str> {
    ENDED.into_iter().filter(|state| number(office, register, state).is_some()).collect()
}

#[test]
fn nothing_refers_to_what_has_ended_by_any_field_of_any_register() {
    let office = every_verb::office();
    let (tracked, by) = tracked(&office);
    let mut tried = BTreeSet::new();
    for (register, verb, line) in ENTERING {
        let line = line.replace("TRACKED", &tracked).replace("TRACKER", &by);
        for form in forms().filter(|form| form.register.name == register) {
            let option = line.split("NUMBER").next().unwrap().trim_end().rsplit("--").next().unwrap();
            let field = fields(form).find(|field| field.column == option).unwrap();
            let to = referred(field).unwrap();
            tried.insert((register, field.column));
            for state in ended(&office, to) {
                let number = number(&office, to, state).unwrap();
                let said = office.refused(3, &line.replace("NUMBER", &number));
                let expected =
                    format!("{number} is {state}, and nothing refers to what has ended; name another with --{option}");
                assert!(said.ends_with(&expected), "{register} {verb}: {said}");
            }
            let costs = ["fee", "gift"].contains(&register);
            for state in ["closed", "archived"].into_iter().filter(|_| costs) {
                let Some(number) = number(&office, to, state) else { continue };
                let said = office.refused(3, &line.replace("NUMBER", &number));
                assert!(
                    said.contains(&format!("{number} is {state}, and takes no new money")),
                    "{register} {verb}: {said}"
                );
            }
        }
    }
    let all: BTreeSet<_> = forms()
        .flat_map(|form| fields(form).filter(|field| !field.even_ended).map(move |field| (form.register.name, field)))
        .filter(|(_, field)| referred(field).is_some())
        .map(|(register, field)| (register, field.column))
        .collect();
    assert_eq!(tried, all, "a field that refers to an entry is not tried");
}

/// Every field of every verb of a register.
fn fields(form: &'static Form) -> impl Iterator<Item = &'static Spec> {
    form.steps().flat_map(|step| step.fields.iter().copied())
}

/// How each end is typed, of every register to which another one refers.
const ENDING: [(&str, &str, &str); 10] = [
    ("project", "terminate", "project terminate NUMBER --ended-by customer --agreement ZZ-1 --reason 停建 --by wang"),
    ("contact", "void", "contact void NUMBER --reason 错"),
    ("info", "void", "info void NUMBER --reason 错"),
    ("info", "close", "info close NUMBER --lost --reason 停建 --by TRACKER"),
    ("project", "void", "project void NUMBER --reason 错"),
    ("project", "lose", "project lose NUMBER --reason 价高"),
    ("project", "close", "project close NUMBER --by li"),
    ("reception", "void", "reception void NUMBER --reason 错"),
    ("reception", "cancel", "reception cancel NUMBER --reason 改期"),
    ("reception", "archive", "reception archive NUMBER"),
];

#[test]
fn nothing_ends_that_others_hang_on_in_any_register() {
    let office = every_verb::office();
    let (_, tracker) = tracked(&office);
    let accepted = number(&office, "project", "accepted").unwrap();
    office.ok(&format!("project instalments {accepted} --delivery 100%"));
    office.ok(&format!("project receive {accepted} --amount 10万 --voucher 银-1102"));
    let mut tried = 0;
    let referring: Vec<(&str, &Spec)> = forms()
        .flat_map(|form| {
            let own = form.own_steps().flat_map(|step| step.fields.iter().copied());
            own.filter(|field| !field.loose && !field.even_ended && referred(field).is_some())
                .map(move |field| (form.register.name, field))
        })
        .collect();
    for (register, field) in referring {
        let to = referred(field).unwrap();
        let open: String = office
            .sql()
            .query_row(
                "SELECT number FROM entry WHERE register = ?1 AND ended_on IS NULL AND state NOT IN ('reserved', 'signed') ORDER BY id DESC LIMIT 1",
                [register],
                |row| row.get(0),
            )
            .unwrap();
        let refer = |number: Option<&str>| {
            let sql = format!(
                "UPDATE {register} SET {} = ?2 WHERE entry = (SELECT id FROM entry WHERE number = ?1)",
                field.column
            );
            let book = office.sql();
            book.execute(&sql, (&open, number)).unwrap();
            settle(&book);
        };
        let was: Option<String> = office
            .sql()
            .query_row(
                &format!(
                    "SELECT {} FROM {register} WHERE entry = (SELECT id FROM entry WHERE number = ?1)",
                    field.column
                ),
                [&open],
                |row| row.get(0),
            )
            .unwrap();
        for (verb, from, end) in ends(&office, to) {
            if end == "archived" && !field.spends {
                continue;
            }
            let line = ENDING.iter().find(|(of, named, _)| *of == to && *named == verb);
            let (.., line) = line.unwrap_or_else(|| panic!("{to} {verb} is not tried"));
            let Some(number) = number(&office, to, &from) else { continue };
            refer(Some(&number));
            let said = office.refused(3, &line.replace("NUMBER", &number).replace("TRACKER", &tracker));
            refer(was.as_deref());
            let told = said.contains(&open) || said.contains("more hang on it");
            assert!(told, "{register}.{} keeps no {to} from {end}: {said}", field.column);
            assert!(said.contains("branchbook "), "{said}");
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
}

/// The verbs that end an entry of a register, with the states from which and to which.
fn ends(office: &Office, register: &str) -> Vec<(String, String, String)> {
    let book = office.sql();
    let mut ends = book
        .prepare(
            "SELECT verb, from_state, to_state FROM step WHERE register = ?1 AND from_state NOT IN ('', 'reserved')
                AND to_state IN ('void', 'lost', 'cancelled', 'rejected', 'terminated', 'closed', 'archived') AND from_state <> to_state",
        )
        .unwrap();
    let ends = ends.query_map([register], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    ends.collect::<Result<_, _>>().unwrap()
}

/// Lines that commit money or goods, each with the state in which it is taken.
const COMMITTING: [(&str, &str, &str, &str); 17] = [
    ("fee", "approve", "requested", "fee approve NUMBER --by lin"),
    ("fee", "sign", "approved", "fee sign NUMBER --agreement DL-99 --party 甲 --by chen"),
    ("fee", "bill", "registered", "fee bill NUMBER --amount 1"),
    ("fee", "clear", "registered", "fee clear NUMBER --payment 1 --by lin"),
    ("fee", "pay", "registered", "fee pay NUMBER --payment 1 --voucher 银-9 --by zhou"),
    ("gift", "endorse", "requested", "gift endorse NUMBER --by wang"),
    ("gift", "approve", "endorsed", "gift approve NUMBER --by chen"),
    (
        "reception",
        "arrange",
        "planned",
        "reception arrange NUMBER --host none --place none --car none --dining none --gift-standard none --lodging none --scenic none --schedule none",
    ),
    ("gift", "quote", "requested", "gift quote NUMBER --supplier 甲 --price 100 --quality 4"),
    ("ship", "complete", "notified", "ship complete NUMBER --notice WG-99"),
    ("ship", "box", "notified", "ship box NUMBER --case 1-2 --weight 1t"),
    ("ship", "quote", "notified", "ship quote NUMBER --carrier 甲 --price 100 --days 3 --quality 4"),
    ("ship", "award", "completed", "ship award NUMBER --carrier 顺达"),
    ("ship", "schedule", "awarded", "ship schedule NUMBER --for 2026-12-01 --agreed-with 刘工"),
    ("ship", "pass", "scheduled", "ship pass NUMBER --pass CM-9 --vehicle 甲 --driver 乙"),
    ("ship", "load", "passed", "ship load NUMBER --boxes 1"),
    ("ship", "dispatch", "loaded", "ship dispatch NUMBER"),
];

/// Books of before the rule may hold a fee of a project that is void.
#[test]
fn nothing_more_is_spent_on_what_has_ended_in_any_register() {
    let office = every_verb::office();
    let spending: BTreeSet<(&str, &str)> = forms()
        .flat_map(|form| {
            let steps = form.steps().filter(|step| step.commits).map(|step| step.name);
            let decisions = form.decisions().filter(|decision| decision.commits).map(|decision| decision.name);
            steps.chain(decisions).map(move |verb| (form.register.name, verb))
        })
        .collect();
    assert_eq!(spending, COMMITTING.iter().map(|(register, verb, ..)| (*register, *verb)).collect());
    office.ok("project add --department business --customer 壬矿业 --title 磨机 --by wang");
    let project: String = number(&office, "project", "open").unwrap();
    for (register, _, state, _) in COMMITTING {
        let number = number(&office, register, state).unwrap_or_else(|| panic!("{register} {state}"));
        let sql = format!("UPDATE {register} SET project = ?2 WHERE entry = (SELECT id FROM entry WHERE number = ?1)");
        office.sql().execute(&sql, [&number, &project]).unwrap();
    }
    office
        .sql()
        .execute("UPDATE entry SET state = 'lost', ended_on = '2026-11-20' WHERE number = ?1", [&project])
        .unwrap();
    settle(&office.sql());
    for (register, verb, state, line) in COMMITTING {
        let number = number(&office, register, state).unwrap();
        let said = office.refused(3, &line.replace("NUMBER", &number));
        let expected = format!("{number} refers to {project}, which is lost: nothing more is spent on it");
        assert!(said.contains(&expected), "{register} {verb}: {said}");
    }
}

#[test]
fn r5_4_2_a_project_is_not_lost_or_closed_over_open_fees() {
    let office = Office::staffed();
    office.ok("project add --department business --customer 包钢 --title 球磨机 --amount 1000万 --by wang");
    office.ok("contact add --department business --kind pre-contract --to technology --subject 甲 --content 乙 --project PRJ26-001 --by wang");
    office.ok("fee add --kind agency --payee 甲公司 --employer 甲公司 --project PRJ26-001 --amount 1万 --reason 代理 --asked-by li");
    assert_snapshot!(office.refused(3, "project lose PRJ26-001 --reason 价高 --by wang"), @"R3.4: PRJ26-001 cannot be lost while HAY05001 and 1 more hang on it; settle first what hangs on it: HAY05001 is issued: branchbook contact archive HAY05001, or void; FEE26-001 is requested: branchbook fee reject FEE26-001 --reason REASON --by lin, or void");
    assert_snapshot!(office.refused(3, "project void PRJ26-001 --reason 重复"), @"R3.1: PRJ26-001 cannot be void while HAY05001 and 1 more hang on it; settle first what hangs on it: HAY05001 is issued: branchbook contact archive HAY05001, or void; FEE26-001 is requested: branchbook fee reject FEE26-001 --reason REASON --by lin, or void");
    office.ok("fee reject FEE26-001 --reason 不需要 --by lin");
    office.ok("contact void HAY05001 --reason 停");
    office.ok("project lose PRJ26-001 --reason 价高 --by wang");
    assert_snapshot!(office.refused(3, "fee add --kind agency --payee 甲公司 --employer 甲公司 --project PRJ26-001 --amount 1万 --reason 代理 --asked-by li"), @"R5.4(1): PRJ26-001 is lost, and nothing refers to what has ended; name another with --project");
    office.ok("verify");
}

/// A form that went out about a problem stands until the problem is solved.
#[test]
fn r3_5_a_form_on_which_an_open_problem_hangs_is_not_void() {
    let office = Office::staffed();
    office.all_ok(&[
        "project add --department business --customer 包钢 --title 磨机 --amount 100万 --by wang",
        "project lead PRJ26-001 --person li --by wang",
        "project review PRJ26-001 --item 供货 --reviewer wang --pass",
        "project contract PRJ26-001 --contract HT-5 --signed-on 2026-10-08 --amount 100万 --by li",
        "contact add --department business --kind execution --to technology --subject a --content b --project PRJ26-001 --by li",
        "project problem PRJ26-001 --what 漏油 --department technology --contact HAY05001 --by li",
    ]);
    assert_snapshot!(office.refused(3, "contact void HAY05001 --reason 错"), @"R4.8: HAY05001 cannot be void while PRJ26-001 hangs on it; settle first what hangs on it: branchbook project solve PRJ26-001 --problem 1 --how TEXT");
    office.ok("project solve PRJ26-001 --problem 1 --how 换密封 --by li");
    office.ok("contact void HAY05001 --reason 错");
}
