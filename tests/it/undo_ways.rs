//! Every step of every register, taken back: the book is as it was.

use branchbook::register::undo::MARKED;
use proptest::prelude::*;

use crate::office::Office;
use crate::undo::FORM;

/// A way through a register: what is there before, the entry that is led on, and its steps, each with who may take it back.
struct Way {
    before: &'static [&'static str],
    number: &'static str,
    steps: &'static [(&'static str, &'static str)],
}

const WAYS: [Way; 8] = [
    Way {
        before: &[FORM],
        number: "HAY05001",
        steps: &[
            ("contact sign HAY05001 --for technology --by wu", "zhou"),
            ("contact sign HAY05001 --for general --by zhou", "zhou"),
            ("contact reply HAY05001 --for technology --by wu --text 可行", "zhou"),
            ("contact archive HAY05001 --contract BG-1 --by he", "zhou"),
            ("contact amend HAY05001 --subject 图纸 --reason 写错", "zhou"),
            ("contact amend HAY05001 --pages 3 --reason 漏写", "zhou"),
            ("contact amend HAY05001 --signature 1 --signed-by he --reason 看错", "zhou"),
            ("attach HAY05001 LICENSE-MIT", "zhou"),
            ("contact void HAY05001 --reason 重复", "zhou"),
        ],
    },
    Way {
        before: &[
            "info add --department business --customer 甲矿业 --region 辽宁省 --equipment 球磨机 --need 一台 --by li",
            "info report --department business --month 2026-10 --by wang",
            "info file --month 2026-10",
        ],
        number: "INF26-0001",
        steps: &[
            ("info assign INF26-0001 --to business", "zhou"),
            ("info track INF26-0001 --person li --by wang", "zhou"),
            ("info follow INF26-0001 --note 已寄样本 --by li", "zhou"),
            ("info follow INF26-0001 --note 已报价 --by li", "zhou"),
            ("info close INF26-0001 --lost --reason 停建 --by li", "zhou"),
            ("info amend INF26-0001 --equipment 破碎机 --reason 写错", "zhou"),
            ("info reopen INF26-0001 --reason 复建 --by li", "zhou"),
            ("info pass-on INF26-0001 --person li --to 设计院 --what 参数 --for 选型 --by chen", "chen"),
            ("info breach INF26-0001 --person li --to 商贸 --what 传真 --by chen", "zhou"),
            ("info void INF26-0001 --reason 重复", "zhou"),
        ],
    },
    Way {
        before: &[
            "project add --department business --customer 甲矿业 --title 磨机 --amount 120万 --by wang",
            "project lead PRJ26-001 --person li --by wang",
        ],
        number: "PRJ26-001",
        steps: &[
            ("project log PRJ26-001 --kind negotiation --text 技术交流 --by li", "zhou"),
            ("project plan PRJ26-001 --what 会签 --due 2026-10-28 --by li", "zhou"),
            ("project done PRJ26-001 --what 会签 --by li", "zhou"),
            ("project review PRJ26-001 --item 技术 --reviewer wu --pass", "zhou"),
            (
                "project contract PRJ26-001 --contract BG-1 --signed-on 2026-10-08 --amount 120万 --line '磨机;2;60万' --warranty-months 12 --by li",
                "zhou",
            ),
            (
                "project instalments PRJ26-001 --advance 30% --progress 30% --delivery 30% --warranty 10% --by li",
                "zhou",
            ),
            ("project receive PRJ26-001 --kind advance --amount 36万 --voucher 银-1", "zhou"),
            ("project receive PRJ26-001 --kind progress --amount 10万 --voucher 银-2", "zhou"),
            (
                "project contract PRJ26-001 --supplement --contract BG-1b --signed-on 2026-10-08 --amount 12万 --by li",
                "zhou",
            ),
            ("project problem PRJ26-001 --kind execution --what 漏油 --department technology --by li", "zhou"),
            ("project reverse PRJ26-001 --receipt 银-1 --amount 6万 --reason 退票", "zhou"),
            ("project escalate PRJ26-001 --problem 1 --to wang --by li", "zhou"),
            ("project solve PRJ26-001 --problem 1 --how 补焊 --by li", "zhou"),
            ("project monitor PRJ26-001 --product 磨机 --stage production --fail --finding 漏油 --by li", "zhou"),
            ("project monitor PRJ26-001 --product 磨机 --stage production --pass --by li", "zhou"),
            ("project amend PRJ26-001 --paper 1 --warranty-months 18 --reason 看错", "zhou"),
            ("project amend PRJ26-001 --receipt 银-2 --voucher 银-22 --reason 看错", "zhou"),
            ("project deliver PRJ26-001 --by li", "zhou"),
            ("project accept PRJ26-001 --by li", "zhou"),
            ("project lead PRJ26-001 --person wang --by wang", "zhou"),
            (
                "project terminate PRJ26-001 --ended-by customer --agreement ZZ-1 --settled 50万 --reason 停产 --by li",
                "zhou",
            ),
            ("project lose PRJ26-001 --reason 价高 --by wang", "zhou"),
            ("project reopen PRJ26-001 --reason 又谈 --by wang", "zhou"),
            ("project void PRJ26-001 --reason 重复", "zhou"),
        ],
    },
    Way {
        before: &[
            "reception add --department business --unit 包钢 --purpose 监造 --arrive 2026-10-08 --leave 2026-10-08 --visitor '张;处长' --schedule 车间 --by li",
        ],
        number: "REC26-001",
        steps: &[
            (
                "reception arrange REC26-001 --host 王 --place 会议室 --car 商务车 --dining 餐厅 --gift-standard 200 --lodging 招待所 --scenic none --schedule 车间",
                "zhou",
            ),
            ("reception receive REC26-001 --arrived 2026-10-08 --left 2026-10-08 --people 2 --cost 1800", "zhou"),
            ("reception summarize REC26-001 --text 认可", "zhou"),
            ("reception archive REC26-001", "zhou"),
            ("reception amend REC26-001 --visitor '张;厂长' --visitor '刘;工程师' --reason 写错", "zhou"),
            ("reception cancel REC26-001 --reason 不来", "zhou"),
            ("reception reopen REC26-001 --reason 又来 --by li", "zhou"),
            ("reception void REC26-001 --reason 重复", "zhou"),
        ],
    },
    Way {
        before: &[
            "gift catalog add 摆件 --price 180 --by chen",
            "gift add --department business --asked-by li --unit 甲矿业 --recipient '王工;工程师' --item '摆件;1' --occasion 拜访 --place 包头",
        ],
        number: "GFT26-001",
        steps: &[
            ("gift endorse GFT26-001 --by wang", "wang"),
            ("gift approve GFT26-001 --by chen", "chen"),
            ("gift quote GFT26-001 --supplier 甲店 --price 170 --quality 4", "zhou"),
            ("gift buy GFT26-001 --bill 7 --amount 176 --by li", "zhou"),
            ("gift inspect GFT26-001 --quality 4 --genuine --by he", "zhou"),
            ("gift give GFT26-001", "zhou"),
            ("gift amend GFT26-001 --item '摆件;2' --reason 两人", "zhou"),
            ("gift reject GFT26-001 --by chen --reason 太贵", "chen"),
            ("gift reopen GFT26-001 --reason 再议 --by li", "zhou"),
            ("gift void GFT26-001 --reason 重复", "zhou"),
        ],
    },
    Way {
        before: &["asset add --name 相机 --price 2500 --bought-on 2026-10-08 --keeper zhou --department general"],
        number: "AST-0001",
        steps: &[
            ("asset issue AST-0001 --to li --for 出差", "zhou"),
            ("asset transfer AST-0001 --keeper wu", "zhou"),
            ("asset damage AST-0001 --by zhou --what 碎裂", "zhou"),
            ("asset repair AST-0001 --cost 900", "zhou"),
            ("asset return AST-0001", "zhou"),
            ("asset lose AST-0001 --by zhou --what 不见", "zhou"),
            ("asset recover AST-0001", "zhou"),
            ("asset inspect AST-0001 --insecure --finding 锁坏 --by he", "zhou"),
            ("asset steal AST-0001 --police-report 沈-1 --what 被盗 --by he", "zhou"),
            ("asset dispose AST-0001 --reason 报废 --by chen", "zhou"),
            ("asset amend AST-0001 --price 2600 --reason 写错", "zhou"),
            ("asset void AST-0001 --reason 重复", "zhou"),
        ],
    },
    Way {
        before: &[
            "project add --department business --customer 甲矿业 --title 磨机 --amount 120万 --by wang",
            "project lead PRJ26-001 --person li --by wang",
            "project review PRJ26-001 --item 技术 --reviewer wu --pass",
            "project contract PRJ26-001 --contract BG-1 --signed-on 2026-10-08 --amount 120万 --by li",
            "contact add --department business --kind shipping --to general --project PRJ26-001 --subject 发运 --content 首批 --by wang",
            "ship add --project PRJ26-001 --form truck --place 包头 --contact 刘工 --phone 138 --route 高速 --capacity none --freight company --notice HAY05001",
        ],
        number: "SHP26-001",
        steps: &[
            ("ship complete SHP26-001 --notice WG-1", "zhou"),
            ("ship box SHP26-001 --case 1-14 --weight 23.5t", "zhou"),
            ("ship quote SHP26-001 --carrier 顺达 --price 4.2万 --days 3 --quality 4", "zhou"),
            ("ship quote SHP26-001 --carrier 恒通 --price 3.9万 --days 5 --quality 3", "zhou"),
            ("ship award SHP26-001 --carrier 恒通", "zhou"),
            ("ship schedule SHP26-001 --for 2026-10-08 --agreed-with 刘工", "zhou"),
            ("ship pass SHP26-001 --pass M-1 --vehicle 辽A --driver 王", "zhou"),
            ("ship load SHP26-001 --boxes 14", "zhou"),
            ("ship dispatch SHP26-001", "zhou"),
            ("ship arrive SHP26-001 --signed-by 刘工", "zhou"),
            ("ship bill SHP26-001 --bill Y-1 --amount 3.9万", "zhou"),
            ("ship cancel SHP26-001 --reason 停", "zhou"),
            ("ship void SHP26-001 --reason 重复", "zhou"),
        ],
    },
    Way {
        before: &[
            "project add --department business --customer 甲矿业 --title 磨机 --amount 120万 --by wang",
            "project lead PRJ26-001 --person li --by wang",
            "project review PRJ26-001 --item 技术 --reviewer wu --pass",
            "project contract PRJ26-001 --contract BG-1 --signed-on 2026-10-08 --amount 120万 --by li",
            "fee add --kind agency --payee 甲 --employer 甲公司 --project PRJ26-001 --rate 2% --reason 代理 --asked-by li",
        ],
        number: "FEE26-001",
        steps: &[
            ("fee approve FEE26-001 --by lin", "lin"),
            ("fee sign FEE26-001 --agreement XY-1 --party 王某 --by chen", "zhou"),
            ("fee register FEE26-001", "zhou"),
            ("fee bill FEE26-001 --amount 1万", "zhou"),
            ("fee clear FEE26-001 --payment 1 --by lin", "lin"),
            ("fee pay FEE26-001 --payment 1 --voucher 银-1", "zhou"),
            ("fee bill FEE26-001 --amount 0.4万", "zhou"),
            ("fee amend FEE26-001 --agreement XY-2 --reason 写错", "zhou"),
            ("fee settle FEE26-001 --reason 其余不付", "zhou"),
            ("fee amend FEE26-001 --amount 2万 --reason 写错", "zhou"),
            ("fee reject FEE26-001 --by lin --reason 不必", "lin"),
            ("fee reopen FEE26-001 --reason 再议 --by li", "zhou"),
            ("fee void FEE26-001 --reason 重复", "zhou"),
        ],
    },
];

/// An office in which a way begins.
fn at_the_beginning(way: &Way) -> Office {
    let office = Office::staffed_since("2026-10-01");
    office.ok("department add manufacturing --zh 生产制造部 --en Manufacturing");
    for line in way.before {
        office.ok(line);
    }
    office
}

/// How an entry stands and what is summed up over it, whatever places its rows have.
fn standing(office: &Office, way: &Way) -> String {
    let room = way.steps[0].0.split(' ').next().unwrap();
    let mut lines = vec![
        format!("{room} list --format csv"),
        "due --format csv".to_owned(),
        "approvals --format csv".to_owned(),
        "project payments --aging --format csv".to_owned(),
        "project list --format csv".to_owned(),
        "asset held --format csv".to_owned(),
    ];
    lines.push(format!("show {} --format json", way.number));
    let said: Vec<String> = lines.iter().map(|line| format!("{line}\n{}", office.ok(line))).collect();
    without_places(said.concat())
}

/// The same without the places of a list's rows: what was taken back keeps its own, as a number keeps its.
pub(crate) fn without_places(mut text: String) -> String {
    for told in
        ["payment ", "--payment ", "problem ", "request ", "--problem ", "--answers ", "\"notice\":", "SHP26-001-"]
    {
        for place in '1'..='9' {
            text = text.replace(&format!("{told}{place}"), told);
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn what_was_taken_back_leaves_nothing_behind(moves in prop::collection::vec((0..40_usize, 0..3_u8), 30)) {
        for way in &WAYS {
            let (office, mut taken) = (at_the_beginning(way), Vec::new());
            for (choice, kind) in &moves {
                if *kind == 0 && let Some((_, by)) = taken.last() {
                    let undone = office.run(&format!("undo {} --reason 写错 --by {by}", way.number));
                    prop_assert_eq!(undone.code, 0, "{:?} {}", taken, undone.err);
                    taken.pop();
                } else {
                    // Mostly what comes next, else anything.
                    let next = if *choice < way.steps.len() { *choice } else { taken.len() % way.steps.len() };
                    let (step, by) = way.steps[next];
                    if office.run(step).code == 0 {
                        taken.push((step, by));
                    }
                }
            }
            let plain = at_the_beginning(way);
            for (step, _) in &taken {
                plain.ok(step);
            }
            let (found, wanted) = (standing(&office, way), standing(&plain, way));
            for (found, wanted) in found.lines().zip(wanted.lines()) {
                prop_assert_eq!(found, wanted, "{:?}", taken);
            }
            prop_assert_eq!(found.len(), wanted.len());
            let verified = office.run("verify");
            prop_assert_eq!(verified.code, 0, "{}", verified.out);
        }
    }
}

#[test]
fn every_list_with_a_mark_is_known() {
    let schema = include_str!("../../schema.sql");
    let tables = schema.split("\nCREATE TABLE ").skip(1).filter_map(|table| {
        let body = table.split(") STRICT").next()?;
        body.contains("\n    undone_on ").then(|| table.split(' ').next().unwrap())
    });
    let marked: Vec<&str> = tables.filter(|table| *table != "import").collect();
    assert_eq!(marked, MARKED);
}

/// The text of every source file that may hold a query, but the one that takes back and the one that records what is there, and of the
/// schema behind the tables.
fn queries() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema = std::fs::read_to_string(root.join("schema.sql")).unwrap();
    let (_, behind) = schema.split_once("PART TWO\n-- --").unwrap();
    let mut found = vec![("schema.sql".to_owned(), behind.to_owned())];
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("undo/revert.rs") && !path.ends_with("book/thing.rs") {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

#[test]
fn every_query_leaves_out_what_was_taken_back() {
    let mut forgotten = Vec::new();
    for (file, text) in queries() {
        for (place, _) in text.match_indices("FROM ").chain(text.match_indices("JOIN ")) {
            let mut words = text[place..].split_whitespace().skip(1);
            let table = words.next().unwrap_or_default().trim_end_matches([',', ')', '"', ';', '\'']);
            if !MARKED.contains(&table) {
                continue;
            }
            let alias = words.next().filter(|word| *word == "AS").and_then(|_| words.next()).unwrap_or_default();
            let wanted =
                if alias.is_empty() { "undone_on IS NULL".to_owned() } else { format!("{alias}.undone_on IS NULL") };
            let near: String = text[place..].chars().take(220).collect();
            if !near.contains(&wanted) {
                forgotten.push(format!("{file}: {}", near.lines().next().unwrap_or_default()));
            }
        }
    }
    assert_eq!(forgotten, Vec::<String>::new());
}
