//! What a rule lets nobody do in another's name, in another department, or by a correction; and that refusals name nobody who would
//! be refused as well.

use insta::assert_snapshot;

use crate::office::Office;

/// An office in which business has a clerk and a second salesperson, and Baotou a clerk; requests are open of everybody who may ask.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        for line in [
            "staff add mei --name 梅姐 --department business --role clerk --by chen",
            "staff add tao --name 陶然 --department business --role salesperson",
            "staff add gong --name 龚师傅 --department baotou --role clerk --by chen",
            "gift catalog add 铸铜摆件 --price 180 --by chen",
        ] {
            office.ok(line);
        }
        office
    })
}

const GIFT: &str = "gift add --unit 包钢 --recipient 张处长;处长 --item 铸铜摆件;1 --occasion 监造";

#[test]
fn r5_3_2_nobody_is_burdened_by_a_request_in_their_name() {
    let office = office();
    office.ok(&format!("{GIFT} --department business --asked-by li"));
    office.ok("project add --department business --customer 包钢 --title 磨机 --amount 100万 --by wang");
    let buy = "gift buy GFT26-001 --bill 1 --amount 180 --own-expense li";
    for person in ["tao", "wang", "mei", "gong", "wu"] {
        let sharing = office.sharing(person);
        for line in [
            &format!("{GIFT} --department business --asked-by li"),
            buy,
            "asset add --name 相机 --price 3000 --bought-on 2026-10-01 --keeper li --department business",
            "fee add --kind agency --payee 某公司 --employer 某公司 --project PRJ26-001 --rate 1% --reason 代理 --asked-by li",
        ] {
            // A department's clerk writes down what somebody of it asked for.
            if person == "mei" && line.starts_with("fee") {
                continue;
            }
            let refused = sharing.refused(3, line);
            assert!(!refused.contains("--by"), "{person}: {line}: {refused}");
        }
    }
    assert_snapshot!(office.sharing("tao").refused(3, buy), @"R5.3(2): 李娜 says what 李娜 bears, and 陶然 is another; let 李娜 enter it, or hand the paper to General Management's clerk");
    office.sharing("mei").ok(&format!("{buy} --by li"));
}

#[test]
fn r4_8_an_exception_is_no_right_over_another_departments_ledger() {
    let office = office();
    let add = "contact add --kind pre-contract --to technology --subject 甲 --content 乙 --exception 急";
    assert_snapshot!(office.sharing("tao").refused(3, &format!("{add} --department baotou")), @"R4.2: a form of kind pre-contract from baotou is issued by the project's leader or the department's manager, not by 陶然; let 赵刚 enter it, or hand the paper to General Management's clerk");
    for person in ["wang", "mei", "wu"] {
        let refused = office.sharing(person).refused(3, &format!("{add} --department baotou"));
        assert!(refused.starts_with("R4.2: a form of kind pre-contract from baotou "), "{refused}");
        assert!(!refused.contains("--exception"), "{refused}");
    }
    assert!(office.refused(3, &format!("{add} --department baotou --by wang")).starts_with("R4.2: "));
    assert!(office.sharing("mei").refused(3, &format!("{add} --department baotou --by tao")).starts_with("R4.2: "));
    office.sharing("tao").ok(&format!("{add} --department business"));
    office.sharing("sun").ok(&format!("{add} --department baotou"));
    office.ok("project add --department baotou --customer 包钢 --title 磨机 --by zhao");
    office.ok("project lead PRJ26-001 --person tao --by zhao");
    office.sharing("tao").ok("contact add --department baotou --project PRJ26-001 --kind pre-contract --to technology --subject 甲 --content 乙");
    let other = "contact add --department foreign-trade --project PRJ26-001 --kind pre-contract --to technology --subject 甲 --content 乙";
    assert!(office.sharing("tao").refused(3, other).starts_with("R4.8: "));
}

#[test]
fn r5_5_1_an_asset_that_a_correction_takes_off_the_account_is_listed() {
    let office = office();
    office.ok("asset add --name 相机 --price 3000 --bought-on 2026-10-01 --keeper li --department business");
    assert_snapshot!(office.run("asset amend AST-0001 --price 300 --reason 多打一个零").err, @"recorded as an exception: R5.5(1): AST-0001 comes off the account, which begins over 2,000.00, by a correction of its price from 3,000.00 to 300.00");
    assert!(office.ok("report exceptions --format csv").contains("AST-0001,R5.5(1),"));
    assert_snapshot!(office.run("asset amend AST-0001 --price 3000 --reason 又错").err, @"it is on the account now, which begins over 2,000.00");
    office.ok("asset amend AST-0001 --price 3100 --reason 运费");
    assert_eq!(office.count("SELECT count(*) FROM exception"), 1);
}

#[test]
fn r5_5_3_a_keeper_has_an_asset_for_no_work_and_until_no_day() {
    let office = office();
    office.ok("asset add --name 相机 --price 3000 --bought-on 2026-10-01 --keeper li --department business");
    assert_snapshot!(office.refused(2, "asset amend AST-0001 --custody 1 --for 出差 --reason 错"), @"that term is its keeper's, who has it for no work and until no day; name with --custody the term of somebody who uses it");
    office.ok("asset issue AST-0001 --to tao --for 出差");
    office.ok("asset amend AST-0001 --custody 2 --for 展会 --back-by 2026-10-20 --reason 错");
}

#[test]
fn r2_3_a_source_that_was_tied_wrongly_is_taken_off() {
    let office = office();
    for line in [
        "info add --department business --customer 包钢 --region 内蒙古 --equipment 磨机 --need 一台 --by li",
        "info report --department business --month 2026-10 --by wang",
        "info file INF26-0001",
        "info assign INF26-0001 --to business",
        "info track INF26-0001 --person li --by wang",
        "info open-project INF26-0001 --title 磨机 --by wang",
    ] {
        office.ok(line);
    }
    assert_snapshot!(office.refused(3, "project amend PRJ26-001 --source none --reason 错"), @"R2.4: opening a project, which makes the customer known, is for the department-manager of business, which clerk was not on 2026-10-08; name who decided: --by wang");
    assert_snapshot!(office.ok("project amend PRJ26-001 --source none --reason 不是一回事 --by wang"), @r#"PRJ26-001 "包钢 · 磨机": corrected source (INF26-0001 → nothing)"#);
    assert_eq!(office.count("SELECT count(*) FROM project WHERE source IS NOT NULL"), 0);
    office.ok("project amend PRJ26-001 --source INF26-0001 --reason 是 --by wang");
    office.ok("info close INF26-0001 --won --reason 中标 --by li");
    assert_snapshot!(office.refused(3, "project amend PRJ26-001 --source 无 --reason 错 --by wang"), @"R2.3: INF26-0001 was closed as won by PRJ26-001; take that back first with: branchbook undo INF26-0001 --reason REASON");
}

#[test]
fn what_names_another_entry_names_none_after_a_correction() {
    let office = office();
    office.ok("project add --department business --customer 包钢 --title 磨机 --by wang");
    office.ok("contact add --department business --kind pre-contract --to technology --subject 甲 --content 乙 --project PRJ26-001 --by wang");
    office.ok("reception add --department business --unit 包钢 --purpose 看样 --arrive 2026-11-01 --visitor 丙;丁 --schedule none --project PRJ26-001");
    office.ok(&format!("{GIFT} --department business --asked-by li --project PRJ26-001 --reception REC26-001"));
    for line in [
        "contact amend HAY05001 --project none --reason 错",
        "reception amend REC26-001 --project none --reason 错",
        "gift amend GFT26-001 --project none --reception none --reason 错",
    ] {
        office.ok(line);
    }
    for table in ["contact", "reception", "gift"] {
        assert_eq!(office.count(&format!("SELECT count(*) FROM {table} WHERE project IS NOT NULL")), 0, "{table}");
    }
    office.ok("verify");
}

/// Who a refusal names as the way out: as options of the same line, or as who enters it. Another command is for whoever it names.
fn named(refused: &str) -> (Vec<String>, Vec<String>) {
    let way_out = refused.rsplit_once("; ").map_or("", |(_, way_out)| way_out);
    let of_the_line = way_out.split("branchbook ").next().unwrap_or_default();
    let by = of_the_line.split("--by ").skip(1).filter_map(|rest| rest.split([' ', ',', ';']).next());
    let by = by.filter(|key| key.chars().all(char::is_lowercase)).map(str::to_owned).collect();
    let way_out = if way_out.starts_with("let whoever ") { "" } else { way_out };
    let enters =
        way_out.strip_prefix("let ").and_then(|rest| rest.split_once(" enter it")).map_or("", |(names, _)| names);
    (by, enters.split([',', ' ']).filter(|name| !name.is_empty() && *name != "or").map(str::to_owned).collect())
}

#[test]
fn q1_a_refused_decision_names_nobody_who_would_be_refused_as_well() {
    let people = [
        ("wang", "王建国"),
        ("li", "李娜"),
        ("zhou", "周敏"),
        ("he", "何平"),
        ("qian", "钱明"),
        ("chen", "陈总"),
        ("lin", "林董"),
    ];
    let (mut tried, mut cleared) = (0, 0);
    for (asker, _) in people {
        let office = office();
        let department = if asker == "qian" {
            "foreign-trade"
        } else if ["wang", "li"].contains(&asker) {
            "business"
        } else {
            "general"
        };
        office.ok(&format!("{GIFT} --department {department} --asked-by {asker}"));
        office.ok("project add --department business --customer 包钢 --title 磨机 --amount 100万 --by wang");
        office.ok(&format!("fee add --kind agency --payee 某公司 --employer 某公司 --project PRJ26-001 --rate 1% --reason 代理 --asked-by {asker}"));
        let mut lines = vec![
            "gift endorse GFT26-001",
            "gift approve GFT26-001",
            "gift reject GFT26-001 --reason 不",
            "fee approve FEE26-001",
            "fee reject FEE26-001 --reason 不",
        ];
        for step in 0..3 {
            for line in &lines {
                for (person, name) in people {
                    let desks = [
                        (office.sharing(person), (*line).to_owned()),
                        (office.clone(), format!("{line} --by {person}")),
                    ];
                    for (desk, tried_line) in desks {
                        let outcome = desk.run(&format!("{tried_line} --dry-run"));
                        let (by, enters) = named(outcome.err.trim_end());
                        if outcome.code != 3 {
                            continue;
                        }
                        for key in by {
                            tried += 1;
                            let outcome = desk.run(&format!("{line} --by {key} --dry-run"));
                            assert_eq!(outcome.code, 0, "{asker} asked, {tried_line} names {key}: {}", outcome.err);
                        }
                        for shown in enters {
                            tried += 1;
                            let key =
                                people.iter().find(|(_, name)| *name == shown).map_or(shown.as_str(), |(key, _)| key);
                            let outcome = office.sharing(key).run(&format!("{line} --dry-run"));
                            assert_eq!(
                                outcome.code, 0,
                                "{asker} asked, {tried_line} by {name} names {key}: {}",
                                outcome.err
                            );
                        }
                    }
                }
            }
            if step == 0 {
                office.run("gift endorse GFT26-001 --by wang");
                office.run("fee approve FEE26-001 --by lin");
                lines = vec![
                    "gift approve GFT26-001",
                    "gift reject GFT26-001 --reason 不",
                    "fee sign FEE26-001",
                    "gift buy GFT26-001 --bill 1 --amount 180",
                ];
            }
            if step == 1 {
                office.run("fee sign FEE26-001 --agreement DL-1 --party 某公司 --by chen");
                office.run("fee register FEE26-001");
                office.run(&format!("fee bill FEE26-001 --amount 1000 --by {asker}"));
                lines = vec!["fee clear FEE26-001 --payment 1"];
                cleared += office.count("SELECT count(*) FROM fee_payment");
            }
        }
    }
    assert!(tried > 100, "{tried}");
    assert!(cleared > 3, "{cleared} payments were there to be cleared");
}

/// A fee of which a payment may be asked for, in a branch whose only clerk is at the keyboard.
fn payable() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        office.ok("staff end zhou --by chen");
        for line in [
            "project add --department business --customer 包钢 --title 磨机 --amount 100万 --by wang",
            "fee add --kind agency --payee 某公司 --employer 某公司 --project PRJ26-001 --rate 1% --reason 代理 --asked-by li",
            "fee approve FEE26-001 --by lin",
            "fee sign FEE26-001 --agreement DL-1 --party 某公司 --by chen",
            "fee register FEE26-001",
            "fee bill FEE26-001 --amount 1000",
        ] {
            office.ok(line);
        }
        office
    })
}

#[test]
fn r5_4_2_the_only_clerk_of_a_branch_who_entered_a_bill_is_led_to_its_clearance() {
    let office = payable();
    let clear = "fee clear FEE26-001 --payment 1 --by lin";
    assert_snapshot!(office.refused(3, clear), @"R5.4(2): clerk asked for a payment of FEE26-001 and enters no decision on it; let whoever decides enter it from their own login, or another clerk from the signed paper; where somebody else asked for it, take it back with: branchbook undo FEE26-001 --reason REASON; and ask in their name: branchbook fee bill FEE26-001 --amount 1000.00 --by PERSON");
    assert_snapshot!(office.refused(3, "fee clear FEE26-001 --payment 1"), @"R5.4(2): clerk asked for a payment of FEE26-001 and may not clear it as well; let whoever decides enter it from their own login, or another clerk from the signed paper; where somebody else asked for it, take it back with: branchbook undo FEE26-001 --reason REASON; and ask in their name: branchbook fee bill FEE26-001 --amount 1000.00 --by PERSON");
    office.ok("undo FEE26-001 --reason 代李娜录入");
    office.ok("fee bill FEE26-001 --amount 1000.00 --by li");
    office.ok("fee clear FEE26-001 --payment 2 --by lin");
    office.ok("fee pay FEE26-001 --payment 2 --voucher 银-1 --exception 合同后补");
    assert_eq!(office.run("verify").code, 0);
    // Where something came after the bill, that is taken back first.
    let office = payable();
    office.ok("fee bill FEE26-001 --amount 500 --by li");
    assert_snapshot!(office.refused(3, clear), @"R5.4(2): clerk asked for a payment of FEE26-001 and enters no decision on it; let whoever decides enter it from their own login, or another clerk from the signed paper; where somebody else asked for it, take back what came after it, and then it, each with: branchbook undo FEE26-001 --reason REASON; and ask in their name: branchbook fee bill FEE26-001 --amount 1000.00 --by PERSON");
    office.ok("undo FEE26-001 --reason 先退");
    office.ok("undo FEE26-001 --reason 代李娜录入");
    office.ok("fee bill FEE26-001 --amount 1000.00 --by li");
    office.ok("fee clear FEE26-001 --payment 3 --by lin");
    // Who asked for the fee themselves gets no such way round.
    let office = payable();
    office.ok("fee bill FEE26-001 --amount 500 --by li");
    let refused = office.sharing("li").refused(3, "fee clear FEE26-001 --payment 2");
    assert!(!refused.contains("fee bill"), "{refused}");
}
