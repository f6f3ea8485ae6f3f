//! What waits (`due`).

use crate::office::Office;

/// Everything that can wait, on 2026-11-01.
fn waiting() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        let form = "contact add --department business --kind pre-contract --subject 图纸 --content 确认 --by wang";
        office.ok(&format!("{form} --to technology"));
        office.ok(&format!("{form} --to general"));
        office.ok("contact sign HAY05002 --by zhou");
        office.ok(&format!("{form} --to general"));
        office.ok("contact sign HAY05003 --by zhou");
        office.ok("contact reply HAY05003 --by zhou --text 可行");
        let info = "info add --department business --region 辽宁省 --equipment 球磨机 --need 两台 --by li";
        for customer in ["甲厂", "乙厂", "丙厂"] {
            office.ok(&format!("{info} --customer {customer}"));
        }
        let office = office.on("2026-10-29");
        office.ok("info report --department business --month 2026-10 --by wang");
        office.ok("info file INF26-0002 INF26-0003");
        office.ok("info assign INF26-0003 --to business");
        for month in 1..=9 {
            office.ok(&format!("report review 2026-{month} --outcome noted --by lin"));
        }
        for month in 1..=10 {
            for (department, manager) in [("business", "wang"), ("foreign-trade", "qian"), ("baotou", "zhao")] {
                if (department, month) != ("business", 10) {
                    let on = format!("2026-{month:02}-28");
                    office.ok(&format!(
                        "info report --department {department} --month 2026-{month} --by {manager} --far --on {on}"
                    ));
                }
            }
        }
        office.on("2026-11-01")
    })
}

#[test]
fn r2_2_what_was_reported_later_did_not_wait_to_be_filed_before() {
    let office = waiting();
    assert!(!office.ok("due --format csv --on 2026-10-28").contains("to be filed"));
    assert!(office.ok("due --format csv --on 2026-10-29").contains("to be filed"));
}

#[test]
fn each_thing_that_waits_has_its_clause_and_the_command_that_clears_it() {
    let office = waiting();
    let listed = office.ok("due --format csv");
    let but_shandong: Vec<&str> = listed.lines().filter(|line| !line.contains("shandong")).collect();
    assert_eq!(
        but_shandong,
        [
            "due_on,number,what,next,days_late,department,person,clause",
            "2026-10-08,HAY05001,signature of technology,branchbook contact sign HAY05001 --for technology --by wu,24,technology,wang,R4.7",
            "2026-10-13,HAY05002,reply of general,branchbook contact reply HAY05002 --by PERSON --text TEXT,19,general,wang,R4.7",
            "2026-10-15,HAY05002,archive of general,branchbook contact archive HAY05002 --contract CONTRACT,17,general,wang,R4.7",
            "2026-10-15,HAY05003,archive of general,branchbook contact archive HAY05003 --contract CONTRACT,17,general,wang,R4.7",
            "2026-10-29,INF26-0001,to be filed,branchbook info file INF26-0001,3,general,,R2.2",
            "2026-10-29,INF26-0002,to be assigned to a department,branchbook info assign INF26-0002 --to DEPARTMENT,3,general,,R2.3",
            "2026-10-29,INF26-0003,to be given to a salesperson,branchbook info track INF26-0003 --person PERSON --by wang,3,business,,R2.3",
            "2026-11-15,,order statistics of 2026-10 to be reviewed by the leaders,branchbook report review 2026-10 --outcome noted --by lin,0,general,,R2.5",
        ]
    );
}

#[test]
fn r2_2_a_report_waits_from_a_week_before_its_deadline_until_it_is_given() {
    let office = Office::staffed().on("2026-01-22");
    assert_eq!(office.ok("due --format csv").lines().count(), 1);
    let office = office.on("2026-01-23");
    let months = |office: &Office| -> Vec<String> {
        let listed = office.ok("due --department baotou --format csv");
        listed
            .lines()
            .skip(1)
            .map(|line| {
                line.split(',')
                    .enumerate()
                    .filter(|(index, _)| [0, 2, 4].contains(index))
                    .map(|(_, cell)| cell)
                    .collect::<Vec<_>>()
                    .join(",")
            })
            .collect()
    };
    assert_eq!(months(&office), ["2026-01-30,user information of 2026-01 to be reported,0"]);
    let office = office.on("2026-03-01");
    assert_eq!(
        months(&office),
        [
            "2026-01-30,user information of 2026-01 to be reported,30",
            "2026-02-28,user information of 2026-02 to be reported,1"
        ]
    );
    office.ok("info report --department baotou --month 2026-01 --by zhao");
    assert_eq!(months(&office), ["2026-02-28,user information of 2026-02 to be reported,1"]);
}

#[test]
fn what_waits_for_me_is_my_departments_and_what_i_hold() {
    let office = waiting().at_the_keyboard("wang");
    let numbers: Vec<String> = office
        .ok("due --mine --format csv")
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(1).unwrap().to_owned())
        .collect();
    assert_eq!(numbers, ["HAY05001", "HAY05002", "HAY05002", "HAY05003", "INF26-0003"]);
}

#[test]
fn what_waits_for_somebody_is_asked_by_name() {
    let office = waiting();
    let all = office.ok("due --format csv");
    let person = |line: &str| line.rsplit(',').nth(1).unwrap().to_owned();
    let who = all.lines().skip(1).map(person).find(|who| !who.is_empty()).unwrap();
    let theirs: Vec<&str> = all.lines().skip(1).filter(|line| person(line) == who).collect();
    let asked = office.ok(&format!("due --person {who} --format csv"));
    assert!(theirs.len() < all.lines().count() - 1, "{all}");
    assert_eq!(asked.lines().skip(1).collect::<Vec<_>>(), theirs);
    assert!(office.refused(4, "due --person 钱名").contains("did you mean"));
}

#[test]
fn a_department_that_is_not_there_is_named() {
    let office = Office::staffed();
    assert_eq!(
        office.refused(4, "due --department marketing"),
        "there is no department marketing; give one of: business (业务部), foreign-trade (外贸部), general (综合管理部), shandong (山东淄博办事处), baotou (内蒙古包头办事处), technology (技术开发科)"
    );
}
