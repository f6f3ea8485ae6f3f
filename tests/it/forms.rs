//! The printed forms: each with its number as text and as a code, in three languages, on as much paper as it needs.

use branchbook::language::Language;
use branchbook::page::qr::Code;

use crate::office::Office;
use crate::{page, reception, ship};

/// A printed form: the command, the number on it, and its title in English, Chinese and Korean.
struct Form {
    line: &'static str,
    number: &'static str,
    titles: [&'static str; 3],
}

const FORMS: [Form; 10] = [
    Form {
        line: "contact print HAY05001",
        number: "HAY05001",
        titles: ["Work contact form", "工作联系单", "업무연락서"],
    },
    Form {
        line: "reception print REC26-001",
        number: "REC26-001",
        titles: ["Reception plan", "接待计划", "접대 계획서"],
    },
    Form {
        line: "gift print GFT26-001",
        number: "GFT26-001",
        titles: ["Gift approval sheet", "礼品审批单", "선물 승인서"],
    },
    Form {
        line: "fee print FEE26-001",
        number: "FEE26-001",
        titles: ["Fee approval sheet", "中介费用审批单", "수수료 승인서"],
    },
    Form {
        line: "asset handover AST-0001",
        number: "AST-0001",
        titles: ["Asset hand-over sheet", "资产交接单", "자산 인수인계서"],
    },
    Form {
        line: "asset print AST-0001",
        number: "AST-0001",
        titles: ["Equipment card", "固定资产卡片", "고정자산 카드"],
    },
    Form {
        line: "asset stocktake print 1",
        number: "Stocktake 1",
        titles: ["Stocktake result", "资产盘点结果表", "자산 재고조사 결과서"],
    },
    Form {
        line: "ship print SHP26-001 --page gate-pass", number: "CM-556", titles: ["Gate pass", "出门证", "출문증"]
    },
    Form {
        line: "ship print SHP26-001 --page packing-list",
        number: "SHP26-001",
        titles: ["Packing list", "装箱单", "포장 명세서"],
    },
    Form {
        line: "ship print SHP26-001 --page loading-notice",
        number: "SHP26-001-1",
        titles: ["Loading notice", "装车通知单", "상차 통지서"],
    },
];

/// A page without the drawing of its code, which says nothing to a reader of a test.
pub(crate) fn without_code(page: &str) -> String {
    let (before, code) = page.split_once("<svg class=\"qr\"").unwrap();
    let (_, after) = code.split_once("</svg>").unwrap();
    format!("{before}<svg/>{after}")
}

/// An office with one of every form, on 2026-10-09.
fn office() -> Office {
    Office::made(|| {
        let office = ship::after(ship::LOADED);
        office.all_ok(&[
        "contact sign HAY05001 --by zhou",
        "contact reply HAY05001 --text 已安排 --by zhou",
        &format!("{} --by li", reception::ADD),
        reception::ARRANGE,
        "gift catalog add 铸铜摆件 --price 180 --by chen",
        "gift add --department business --asked-by li --unit 包钢 --recipient '张处长;处长' --recipient '王局长;局长;official' \
         --official-reason 典礼 --item 铸铜摆件;2 --item '茶叶;1;90' --occasion 监造",
        "gift endorse GFT26-001 --by wang",
        "gift approve GFT26-001 --by chen",
        "fee add --kind agency --payee 咨询公司 --employer 咨询公司 --project PRJ26-001 --reason 代理 --asked-by li --rate 4%",
        "fee approve FEE26-001 --by lin",
        "fee sign FEE26-001 --agreement DL-07 --party 别家公司 --by chen",
        "fee register FEE26-001 --by zhou",
        "fee bill FEE26-001 --amount 1000 --by li",
        "fee clear FEE26-001 --payment 1 --by lin",
        "asset add --name 笔记本 --department general --price 7999 --bought-on 2026-10-08 --keeper zhou",
        "asset add --name 相机 --department general --price 2500 --bought-on 2026-10-08 --keeper zhou",
        "asset issue AST-0001 --to li --for 出差报价",
        "asset count AST-0001 AST-0001 AST-0099",
        "asset count --close --by chen",
    ]);
        office
    })
}

/// The words of a page's body.
fn body(page: &str) -> String {
    let (_, body) = page.split_once("<body>").unwrap();
    let mut words = String::new();
    for part in body.split('<') {
        words.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        words.push('\n');
    }
    words
}

#[test]
fn every_form_bears_its_number_as_text_and_as_a_code() {
    let office = office();
    for form in &FORMS {
        let page = office.ok(form.line);
        let code = Code::of(form.number).unwrap();
        assert!(
            page.contains(&format!(r#"<div class="number"><small>Number</small> {}</div>"#, form.number)),
            "{page}"
        );
        assert!(page.contains(&format!(r#"<path d="{}"/>"#, code.path)), "{page}");
        assert!(page.contains(&format!(r#"aria-label="QR code of {}""#, form.number)), "{page}");
    }
}

#[test]
fn every_form_is_written_in_the_language_that_is_asked_for() {
    let office = office();
    for form in &FORMS {
        for (language, (tag, title)) in
            ["en", "zh", "ko"].into_iter().zip(["en", "zh-CN", "ko"].into_iter().zip(form.titles))
        {
            let page = office.ok(&format!("{} --lang {language}", form.line));
            assert!(page.contains(&format!("<h1>{title}</h1>")), "{title} is not on {page}");
            assert!(page.contains(&format!(r#"<html lang="{tag}">"#)), "{page}");
        }
    }
}

#[test]
fn no_english_is_left_on_a_chinese_or_korean_form() {
    // The measures, and what the office's first clerk is called.
    const ALIKE: [&str; 3] = ["kg", "mm", "clerk"];
    let office = office();
    for form in &FORMS {
        for language in ["zh", "ko"] {
            let page = office.ok(&format!("{} --lang {language}", form.line));
            let words = body(&page);
            let english: Vec<&str> = words
                .split(|c: char| !c.is_ascii_alphabetic())
                .filter(|word| word.len() > 1 && word.chars().any(char::is_lowercase) && !ALIKE.contains(word))
                .collect();
            assert!(english.is_empty(), "{english:?} on {} in {language}", form.line);
        }
    }
}

#[test]
fn a_chinese_form_says_kinds_decisions_departments_and_days_in_chinese() {
    let office = office().speaking(Language::Zh);
    for (line, shown) in [
        (
            "contact print HAY05001",
            &["业务部", "发运", "事由", "签收", "审核", "会签", "回复意见", "综合管理部", "2026年10月9日"][..],
        ),
        ("reception print REC26-001", &["来访", "每人礼品标准（元）", "200.00", "无", "参观游览", "综合管理部签字"]),
        ("gift print GFT26-001", &["部门同意", "分公司批准", "是", "否", "茶叶\u{ff08}清单外\u{ff09}", "沈阳"]),
        ("fee print FEE26-001", &["代理费", "公司批准", "第1笔付款核准", "签约方不是收款人\u{ff1b}费率高于规定"]),
        ("asset handover AST-0001", &["综合管理部", "移交人签字", "本资产仅限工作使用"]),
        ("asset print AST-0001", &["保管", "损坏与维修", "防盗检查", "处置原因", "保管人签字"]),
        ("asset stocktake print 1", &["缺失", "账外", "重复", "已找到的资产", "全部部门"]),
        ("ship print SHP26-001", &["公路", "合计", "司机签字", "制造部门签收"]),
    ] {
        let page = office.ok(line);
        for word in shown {
            assert!(body(&page).contains(word), "{word} is not on {page}");
        }
    }
    office.ok("ship cancel SHP26-001 --reason 改期");
    office.ok("contact void HAY05001 --reason 写错");
    assert!(office.ok("contact print HAY05001").contains("作废：写错"));
}

/// Prints the forms, each in the languages that are taken for its place among them.
fn print(browser: &str, office: &Office, languages: impl Fn(usize) -> &'static [&'static str]) {
    for (place, form) in FORMS.iter().enumerate() {
        for language in languages(place) {
            let path = office.path("form.html");
            office.ok(&format!("{} --lang {language} --output {}", form.line, path.display()));
            // A stocktake lies on its side, and is signed on a sheet of its own where its lists fill the first.
            let most = if form.line.starts_with("asset stocktake") { 2 } else { 1 };
            assert!(page::sheets(browser, &path) <= most, "{} in {language}", form.line);
        }
    }
}

#[test]
#[ignore = "takes a minute; run by: just papers"]
fn every_form_prints_on_one_sheet_in_every_language() {
    print(page::browser().expect("a browser is installed"), &office(), |_| &["en", "zh", "ko"]);
}

#[test]
fn forms_print_on_as_much_paper_as_they_need() {
    let Some(browser) = page::browser() else {
        eprintln!("skipped: no browser is installed that could print the forms");
        return;
    };
    let office = office();
    print(browser, &office, |place| [&["en"], &["zh"], &["ko"]][place % 3]);
    let many = |option: &str, text: &str| -> String {
        (1..=40).map(|n| format!("{option} '{n}{text}' ")).collect::<Vec<_>>().concat()
    };
    let long = "关于球磨机传动部分图纸、地脚螺栓布置与现场安装尺寸的确认".repeat(5);
    let (to, visitors) =
        (many("--to", "厂设备动力部备件采购管理中心"), many("--visitor", "张处长;备件采购管理中心处长"));
    let recipients = many("--recipient", "王局长;局长");
    office.ok(&format!(
        "contact add --department business --kind external --copy general {to} --by wang --subject {long} --content {long}"
    ));
    office.ok(&format!(
        "reception add --department business --unit {long} --purpose {long} --arrive 2026-10-19 {visitors} --schedule {long} --by li"
    ));
    office.ok(&format!(
        "gift add --department business --asked-by li --unit {long} {recipients} --item 铸铜摆件;40 --occasion {long}"
    ));
    for _ in 0..60 {
        office.ok(&format!(
            "asset add --name {long} --department general --price 100 --bought-on 2026-10-08 --keeper zhou --place {long} -q"
        ));
    }
    office.ok(&format!("asset count {}", (3..=42).map(|n| format!("AST-{n:04} ")).collect::<Vec<_>>().concat()));
    office.ok("asset count --close --by chen");
    for (line, least, most) in [
        ("contact print HAY05002", 3, 5),
        ("reception print REC26-002", 2, 3),
        ("gift print GFT26-002", 2, 3),
        ("asset stocktake print 2", 8, 44),
    ] {
        let path = office.path("form.html");
        office.ok(&format!("{line} --output {}", path.display()));
        let sheets = page::sheets(browser, &path);
        assert!((least..=most).contains(&sheets), "{line} stands on {sheets} sheets");
    }
}

#[test]
fn no_word_of_a_heading_is_torn() {
    let Some(browser) = page::browser() else {
        eprintln!("skipped: no browser is installed that could lay the forms out");
        return;
    };
    let office = office();
    for language in ["en", "ko"] {
        let mut pages: Vec<String> =
            FORMS.iter().map(|form| office.ok(&format!("{} --lang {language}", form.line))).collect();
        office.ok(&format!("report month 2026-10 --lang {language} --output {}", office.path(language).display()));
        pages.push(office.read(&format!("{language}/2026-10/month-end.html")));
        assert_eq!(page::torn(browser, &office.path("asking.html"), &pages), "", "{language}");
    }
}

#[test]
fn a_page_says_a_word_as_its_register_means_it_and_leaves_a_text_as_it_was_written() {
    let office = office().speaking(Language::Zh);
    let add = reception::ADD.replace("10-20 车间监造", "第一天 车间; 第二天 返程");
    office.ok(&format!("{add} --by li --kind progress"));
    let plan = body(&office.ok("reception print REC26-002"));
    assert!(plan.contains("催生产进度") && !plan.contains("进度款"), "{plan}");
    assert!(plan.contains("第一天 车间; 第二天 返程"), "{plan}");
    let list = office.ok("reception list");
    assert!(list.contains("张处长（处长）") && list.contains("第一天 车间; 第二天 返程"), "{list}");
    let gifts = office.ok("gift list");
    for said in ["张处长（处长）；王局长（局长，公职人员）", "铸铜摆件×2（单价¥180.00）；茶叶×1（单价¥90.00）"]
    {
        assert!(gifts.contains(said), "{said} is not in {gifts}");
    }
    assert!(office.ok("gift list --lang ko").contains("铸铜摆件 ×2 (개당 180.00위안)"));
    assert!(office.ok("find 咨询公司").contains("代理费 · 咨询公司"));
}

#[test]
fn what_is_not_valid_says_how_it_ended_and_the_last_opinion_counts() {
    let office = office().speaking(Language::Zh);
    office.ok("fee add --kind commission --payee 甲公司 --employer 甲公司 --project PRJ26-001 --reason 介绍 --asked-by li --rate 1%");
    office.ok("fee approve FEE26-002 --by lin");
    let answer = office.ok("fee reject FEE26-002 --reason 重复 --by lin");
    assert_eq!(answer, "FEE26-002 “佣金 · 甲公司”：林董于2026年10月9日不予批准，重复\n");
    let sheet = office.ok("fee print FEE26-002");
    assert!(sheet.contains(r#"<div class="void">不予批准：重复</div>"#), "{sheet}");
    assert!(sheet.contains(r#"<div class="stamp">不予批准</div>"#), "{sheet}");
    let said = body(&sheet);
    let leader = said.split("公司领导").nth(1).unwrap().split("分公司经理").next().unwrap();
    assert!(leader.contains("不予批准") && !leader.contains("公司批准"), "{leader}");
}

#[test]
fn a_deed_is_no_state_and_a_journal_says_what_was_done() {
    let history = office().ok("history HAY05001 --lang zh");
    assert!(history.contains("│ 登记 ") && !history.contains("│ 已发出 "), "{history}");
}

/// What a register holds stands on its form, and what is not there yet leaves no table of headings alone.
#[test]
fn a_form_names_its_contract_and_lists_nothing_that_is_not_there() {
    let office = office().speaking(Language::Zh);
    office.ok("fee add --kind commission --payee 甲公司 --employer 甲公司 --project PRJ26-001 --reason 介绍 --asked-by li --rate 1%");
    let sheet = body(&office.ok("fee print FEE26-002"));
    assert!(!sheet.contains("审批日期") && sheet.contains("公司领导"), "{sheet}");
    assert!(body(&office.ok("fee print FEE26-001")).contains("审批日期"));
    // A loading notice over all boxes names none.
    let notice = body(&office.ok("ship print SHP26-001 --page loading-notice"));
    assert_eq!(notice.matches("箱号").count(), 1, "{notice}");
    // The contract of a form's project is the key under which it is filed, unless it names another.
    let contract = |number: &str| {
        let form = office.ok(&format!("contact print {number}"));
        let cell = form.split_once("<th>合同</th><td>").unwrap().1;
        cell.split('<').next().unwrap().to_owned()
    };
    assert_eq!(contract("HAY05001"), "");
    ship::sign_contract(&office, "PRJ26-001", "BG-2026-118");
    assert_eq!(contract("HAY05001"), "BG-2026-118");
    office.ok("contact add --department business --kind execution --to technology --subject 图 --content 见 --contract 别-7 --by wang");
    assert_eq!(contract("HAY05002"), "别-7");
}

#[test]
fn figures_stand_at_the_right_where_others_stand_below_them() {
    let office = office();
    let figures = |line: &str| office.ok(line).matches(r#"<td class="figure">"#).count();
    let plan = office.ok("reception print REC26-001");
    assert!(!plan.contains(r#"class="figure""#), "{plan}");
    assert!(figures("fee print FEE26-001") >= 4);
}

#[test]
fn papers_and_milestones_of_a_project_say_what_became_of_them() {
    let office = office();
    office.ok("project plan PRJ26-001 --what 谈判 --due 2026-10-20 --by li");
    let file = office.ok("project papers PRJ26-001 --lang zh");
    assert!(file.contains("未完成") && !file.contains("未结"), "{file}");
    let shown = office.ok("show PRJ26-001 --lang zh");
    let plan = shown.split("进度计划").nth(1).unwrap().split("谈判").next().unwrap();
    assert!(plan.contains("序号") && !plan.contains("地点"), "{plan}");
}
