//! English, Chinese and Korean: what people read changes with the language, what scripts read does not.

use std::collections::BTreeSet;

use branchbook::cli;
use branchbook::language::Language;
use insta::assert_snapshot;

use crate::office::Office;

/// What a manager looks at in a month: a list or an entry of every kind.
const A_MONTH: [&str; 48] = [
    "report info --month 2026-10",
    "report orders --month 2026-10",
    "report exceptions --month 2026-10",
    "report recipients",
    "report reviews",
    "info notice list",
    "info passed-on",
    "project monitored",
    "project target list",
    "report collection --month 2026-11",
    "gift inspected",
    "asset inspected",
    "asset held",
    "info list",
    "info tally --month 2026-10",
    "info quota list",
    "rule holiday list",
    "info route list",
    "info grants",
    "info show INF26-0001",
    "contact list",
    "contact ledger --department business",
    "contact outstanding",
    "contact show HAY05001",
    "project list",
    "project show PRJ26-001",
    "project payments",
    "project payments --aging",
    "project papers PRJ26-001",
    "project blockers PRJ26-001",
    "reception list",
    "reception show REC26-001",
    "reception day",
    "gift list",
    "gift show GFT26-001",
    "gift catalog list",
    "fee list",
    "fee show FEE26-001",
    "asset list",
    "asset show AST-0001",
    "asset stocktake",
    "ship list",
    "ship show SHP26-001",
    "due",
    "approvals",
    "series audit",
    "find 包头",
    "verify",
];

fn demo() -> Office {
    Office::made(|| {
        let office = Office::empty().on("2026-11-05");
        office.ok(&format!("demo --book {}", office.path("book.db").display()));
        office.ok("info notice suspend zhang --month 2026-10 --by chen");
        office.ok("report review 2026-10 --outcome questioned --note 备件 --by lin");
        office.ok("info pass-on INF26-0001 --person li --to 设计院 --what 需求 --for 设计 --by chen");
        office.ok("info breach INF26-0001 --person zhang --to 某公司 --what 电话 --by chen");
        office
            .ok("project monitor PRJ26-001 --product '球磨机 MQ3645' --stage production --fail --finding 漏油 --by li");
        office.ok("project target set --department business --month 2026-11 --amount 500万 --by chen");
        office.ok("asset inspect AST-0001 --insecure --finding 门锁 --by he");
        office
    })
}

/// The English words of a text, without what has one name in every language: commands to type, codes, and what the book holds.
fn english(text: &str, names: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for cell in text.lines().flat_map(|line| line.split('│')).filter(|cell| !names.contains(cell.trim())) {
        let said = cell.split("branchbook ").next().unwrap_or_default();
        let parts = said.split(|c: char| !(c.is_ascii_alphanumeric() || "-_.'@".contains(c)));
        let is_word = |word: &&str| {
            word.len() > 2 && word.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !word.starts_with('-')
        };
        words.extend(parts.filter(is_word).filter(|word| !names.contains(&format!("\n{word}\n"))).map(str::to_owned));
    }
    words
}

/// Whatever somebody wrote into the book, a line each: names, texts, keys.
fn written(office: &Office) -> String {
    let book = office.sql();
    let mut names = String::from("\n");
    for sql in [
        "SELECT key FROM person",
        "SELECT coalesce(os_login, '') FROM person",
        "SELECT key FROM series",
        "SELECT value FROM journal, json_tree(journal.record) WHERE json_tree.type = 'text' AND value LIKE '% %'",
        "SELECT refused FROM exception",
        "SELECT 'none' UNION SELECT 'ledger' UNION SELECT 'kg'",
    ] {
        let mut statement = book.prepare(sql).unwrap();
        for name in statement.query_map((), |row| row.get::<_, String>(0)).unwrap() {
            names.push_str(&name.unwrap());
            names.push('\n');
        }
    }
    names
}

#[test]
fn a_managers_month_has_no_english_word_left() {
    let office = demo();
    let names = written(&office);
    for (language, office) in [("zh", &office), ("ko", &office)] {
        for line in A_MONTH {
            let answer = office.ok(&format!("{line} --lang {language}"));
            assert_eq!(english(&answer, &names), BTreeSet::new(), "{line} --lang {language}:\n{answer}");
        }
    }
}

#[test]
fn what_a_script_reads_is_the_same_in_every_language() {
    let office = demo();
    for line in A_MONTH {
        for format in ["csv", "json", "jsonl"] {
            let english = office.ok(&format!("{line} --format {format}"));
            for language in ["zh", "ko"] {
                let other = office.ok(&format!("{line} --format {format} --lang {language}"));
                assert_eq!(english, other, "{line} --format {format} --lang {language}");
            }
        }
    }
}

#[test]
fn a_tally_is_read_in_chinese_and_korean() {
    let office = demo();
    let tally = |language| office.ok(&format!("report info --month 2026-10 --lang {language}"));
    let top = |language| tally(language).lines().take(5).collect::<Vec<_>>().join("\n");
    assert_snapshot!(top("zh"), @"
    2026年10月用户信息统计（按部门）
    ┌─────────┬──────────────────┬──────┬────────┬────────┬────────┬──────────┬────────────┬────────┬────────┬────────────┬──────┐
    │ 月份    │ 部门             │ 指标 │ 计入数 │ 完成率 │ 评定   │ 上报情况 │ 上报日期   │ 收集数 │ 重复数 │ 按时上报数 │ 逾期 │
    ├─────────┼──────────────────┼──────┼────────┼────────┼────────┼──────────┼────────────┼────────┼────────┼────────────┼──────┤
    │ 2026-10 │ 业务部           │    6 │      6 │   100% │ 完成   │ 按时     │ 2026-10-29 │      7 │      1 │          7 │    0 │
    ");
    assert_snapshot!(top("ko"), @r"
        2026년 10월 부서별 고객 정보
        ┌─────────┬──────────────────────────┬──────┬───────────┬────────┬──────┬───────────┬────────────┬───────────┬───────────┬──────────────┬──────┐
        │ 월      │ 부서                     │ 지표 │ 인정 건수 │ 달성률 │ 판정 │ 보고 상태 │ 보고일     │ 수집 건수 │ 중복 건수 │ 기한 내 보고 │ 지연 │
        ├─────────┼──────────────────────────┼──────┼───────────┼────────┼──────┼───────────┼────────────┼───────────┼───────────┼──────────────┼──────┤
        │ 2026-10 │ 업무부                   │    6 │         6 │   100% │ 달성 │ 기한 내   │ 2026-10-29 │         7 │         1 │            7 │    0 │
        ");
}

#[test]
fn that_nothing_is_needed_is_said_in_the_language() {
    for (language, none) in [(Language::Zh, "无"), (Language::Ko, "없음")] {
        let office = demo().speaking(language);
        for line in ["reception list", "reception show REC26-001", "ship list", "ship show SHP26-001"] {
            let said = office.ok(line);
            assert!(said.contains(none) && !said.contains("none"), "{line}: {said}");
        }
    }
}

#[test]
fn an_answer_and_a_refusal_are_said_in_the_language_of_the_locale() {
    let said = |language| {
        let office = Office::staffed().speaking(language);
        let add = "contact add --department business --kind pre-contract --to technology --to general --subject 询价 --content 见附件 --by wang";
        let forbidden = "contact add --department business --kind pre-contract --to technology --subject 询价 --content 见附件 --by wu";
        format!("{}{}", office.ok(add), office.refused(3, forbidden))
    };
    assert_snapshot!(said(Language::En), @r"
        HAY05001: issued on 2026-10-08 to technology; general, reply wanted by 2026-10-13
        R4.2: a form of kind pre-contract from business is issued by the project's leader or the department's manager, not by 吴工; name who issued it with --by wang
        ");
    assert_snapshot!(said(Language::Zh), @"
    HAY05001：已于2026年10月8日发往技术开发科、综合管理部，要求于2026年10月13日前回复
    R4.2：业务部的合同签订前联系单由项目负责人或部门经理签发，不由吴工签发；请用 --by wang 指明签发人
    ");
    assert_snapshot!(said(Language::Ko), @r"
        HAY05001: 2026년 10월 8일 기술개발과, 종합관리부에 발행, 회신 기한 2026년 10월 13일
        R4.2: 업무부의 계약 체결 전 업무연락서는 프로젝트 책임자 또는 부서장이 발행하며, 吴工이 발행하지 않습니다. --by wang으로 발행자를 지정하십시오
        ");
}

#[test]
fn the_language_of_the_line_goes_before_that_of_the_locale() {
    let office = Office::staffed().speaking(Language::Ko);
    let refused = |line: &str| office.refused(4, line);
    assert_snapshot!(refused("contact show HAY05009"), @"항목 HAY05009가 없습니다. 찾아보십시오: branchbook find TEXT");
    assert_snapshot!(refused("contact show HAY05009 --lang zh"), @"没有条目HAY05009；请查找：branchbook find TEXT");
    assert_snapshot!(refused("--lang=en contact show HAY05009"), @"there is no entry HAY05009; look for it with: branchbook find TEXT");
}

#[test]
fn what_the_grammar_refuses_is_said_in_the_language() {
    let office = Office::staffed();
    let refused = |line: &str| office.refused(2, line);
    assert_snapshot!(refused("contact add --lang zh"), @"
    错误：缺少：--department <DEPARTMENT>、--kind <KIND>、--to <PARTY>、--subject <SUBJECT>、--content <CONTENT>
      请输入：branchbook contact add --lang zh --department DEPARTMENT --kind KIND --to PARTY --subject SUBJECT --content CONTENT
    ");
    assert_snapshot!(refused("contact list --staat void --lang zh"), @"
    错误：此处没有选项 --staat

    用法：branchbook contact list [OPTIONS]

    详情见 --help。
    ");
    assert_snapshot!(refused("contact lst --lang ko"), @r"
        오류: lst는 여기에서 쓸 수 있는 명령이 아닙니다
          혹시 이것입니까: list

        사용법: branchbook contact <COMMAND>

        자세한 내용은 --help를 보십시오.
        ");
    assert_snapshot!(refused("contact list --month 2026-13 --lang zh"), @r"
    错误：--month <MONTH> 不能是2026-13：`2026-13` 在日历中不存在；请按 2026-11、本月或上月的形式输入月份

    详情见 --help。
    ");
    assert_snapshot!(refused("info list --format pdf --lang ko"), @r"
        오류: --format <FORMAT>에 pdf를 쓸 수 없습니다
          가능한 값: table, csv, json, jsonl, xlsx, html

        자세한 내용은 --help를 보십시오.
        ");
}

#[test]
fn help_is_in_the_language_wherever_it_is_asked_for() {
    let office = Office::empty();
    let help = office.ok("contact sign --help --lang zh");
    assert_snapshot!(help.lines().take(12).collect::<Vec<_>>().join("\n"), @r"
        签收，代表一个主送或抄送对象（R4.7）

        用法：branchbook contact sign [OPTIONS] <NUMBER>...

        参数：
          <NUMBER>...  联系单的编号

        选项：
              --for <PARTY>     对方：代表其签收的主送或抄送对象 [默认：签收人所在部门]
              --paper <NUMBER>  单据：外部单位签收或答复的单据
          -h, --help            显示帮助；所有命令通用的选项见：branchbook help options
        ");
    assert!(!help.contains("--lang") && office.ok("help options --lang zh").contains("所有命令通用："), "{help}");
    let zh = office.speaking(Language::Zh);
    assert_eq!(zh.ok("help contact sign"), help);
    assert_eq!(zh.ok("contact help sign"), help);
}

/// The lines of every command's help, the command itself before each.
fn helps(command: &mut clap::Command, path: &str) -> Vec<String> {
    let shown = command.render_help().to_string();
    let mut lines: Vec<String> = shown.lines().map(|line| format!("{path}: {line}")).collect();
    for verb in command.get_subcommands_mut() {
        let path = format!("{path} {}", verb.get_name());
        lines.extend(helps(verb, &path));
    }
    lines
}

#[test]
fn no_help_has_a_sentence_left_in_english() {
    for language in [Language::Zh, Language::Ko] {
        let mut grammar = language.during(|| {
            let mut grammar = cli::command();
            grammar.build();
            grammar
        });
        for line in language.during(|| helps(&mut grammar, "branchbook")) {
            let (_, said) = line.split_once(": ").unwrap();
            let said = said.split("branchbook").next().unwrap();
            let words = said.split(' ').map(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase()));
            let longest = words.fold((0, 0), |(run, most), is_word| {
                let run = if is_word { run + 1 } else { 0 };
                (run, most.max(run))
            });
            assert!(longest.1 < 3, "{language}: {line}");
        }
    }
}

#[test]
fn labels_are_the_headings_of_the_language() {
    let office = demo();
    let heading = |options: &str| {
        let list = office.ok(&format!("contact ledger --department business --format csv {options}"));
        list.lines().next().unwrap().to_owned()
    };
    assert_snapshot!(heading(""), @"number,state,issued_on,subject,addressed_to,kind,issued_by,reply_by_on,received_on,replied_on,archived_on,project,contract,copied_to,holder,pages,department,content,archived_by,contract_file,no_contract,void_reason,amendments,entered_later_on,import");
    assert_snapshot!(heading("--labels"), @"number,state,issued on,subject,addressed to,kind,issued by,reply by,received on,replied on,archived on,project,contract,copied to,holder,pages,department,content,archived by,contract file,no contract,void reason,amendments,entered later on,import");
    assert_snapshot!(heading("--labels --lang zh"), @"编号,状态,发出日期,事由,主送,类别,签发人,要求回复日期,收到日期,回复日期,归档日期,项目,合同,抄送,持有人,页数,部门,内容,归档人,合同档案,无合同原因,作废原因,更正次数,补录于,导入批次");
    assert_snapshot!(heading("--labels --lang ko"), @"번호,상태,발행일,제목,수신처,구분,발행자,회신 기한,수령일,회신일,보관일,프로젝트,계약,참조,소지자,쪽수,부서,내용,보관 처리자,계약 문서철,계약 없는 사유,무효 사유,정정 횟수,추후 등록일,가져오기 번호");
    assert_eq!(heading("--lang zh"), heading(""));
}

#[test]
fn what_the_book_keeps_is_the_same_in_every_language() {
    let kept = |language| {
        let office = Office::staffed().speaking(language);
        office.all_ok(&[
            "contact add --department business --kind pre-contract --to technology --to general --subject 询价 --content 见附件 --by wang",
            "contact sign HAY05001 --by wu",
            "info add --department business --by li --customer 包头钢铁 --need 一台 --region 内蒙古 --equipment 球磨机",
            "info list --person li",
            "contact amend HAY05001 --subject 询价函 --reason 笔误",
            "staff deputy wang --person li --from 2026-10-01 --until 2026-10-20 --by wang",
            "staff deputy wang --end --on 2026-10-05 --by wang",
            "staff role li --role member --department technology --by chen",
            "staff end li --until 2026-10-10 --by chen",
            "staff rename sun --name 孙工 --always --reason 笔误 --by chen",
            "office rename 沈阳分公司 --reason 更名 --by chen",
        ]);
        let kept = "SELECT group_concat(kept, char(10)) FROM (
            SELECT verb || ' ' || thing || ' ' || record || ' ' || coalesce(note, '') AS kept FROM journal
            UNION ALL SELECT command || ' ' || scope || ' ' || entries FROM reading)";
        office.sql().query_row(kept, (), |row| row.get::<_, String>(0)).unwrap()
    };
    assert_eq!(kept(Language::En), kept(Language::Zh));
}

/// One English word is several in Chinese: each is said as its register means it, wherever it is shown.
#[test]
fn a_word_of_a_register_is_said_as_the_register_means_it_wherever_it_stands() {
    let office = crate::reception::received().speaking(Language::Zh);
    let progress = "reception add --department business --kind progress --unit 包钢 --purpose 催货 --arrive 2026-10-25 --visitor \"王工;工程师\" --schedule 无 --by li";
    office.ok(progress);
    assert_snapshot!(office.refused(3, "reception arrange REC26-002 --host wang --place 会议室 --car none --dining none --gift-standard 0 --lodging none --scenic none --schedule 9:00"), @"R5.2(3)：REC26-002的来宾因催生产进度来访，须协助安排住宿；请用 --lodging 写明住宿地点，来宾自行安排的也须写明，或用 --exception REASON 记录该违规");
    assert_snapshot!(office.refused(3, "reception summarize REC26-002 --text 好"), @"R5.2(5)：REC26-002的状态为已计划，而 summarize 只适用于状态为已接待的条目；目前可以：branchbook reception arrange REC26-002 --host PERSON --place PLACE --car CAR --dining PLACE --gift-standard YUAN --lodging PLACE --scenic TEXT --schedule TEXT，或 cancel、void");
    office.ok("asset add --name ThinkPad --department general --price 2500 --bought-on 2026-10-20 --keeper zhou");
    office.ok("asset lose AST-0001 --what 遗失 --by zhou");
    for line in ["find ThinkPad", "asset list", "show AST-0001"] {
        let said = office.ok(line);
        assert!(said.contains("已丢失") && !said.contains("已落空"), "{line}: {said}");
    }
    let history = office.ok("history REC26-001");
    for deed in ["登记", "安排", "接待"] {
        assert!(history.contains(deed), "{deed}: {history}");
    }
    // What is typed for a word may be the word of its register.
    assert!(office.ok("asset list --state 已丢失").contains("AST-0001"));
    assert_snapshot!(office.refused(2, "contact list --state 未回复"), @"未回复不是工作联系单的状态；请从中选择：已预留（reserved）、已发出（issued）、已签收（received）、已归档（archived）、已作废（void）");
}

#[test]
fn what_the_system_says_of_a_file_is_said_in_the_language() {
    let office = Office::staffed().speaking(Language::Zh);
    assert_snapshot!(office.refused(1, "contact import /nowhere/旧.csv"), @"无法读取 /nowhere/旧.csv：没有此文件或文件夹；请指定 CSV 文件或工作簿，或用 - 表示标准输入");
}

#[test]
fn what_a_line_takes_stands_in_its_order_in_every_language() {
    let office = Office::empty();
    for language in [Language::En, Language::Zh, Language::Ko] {
        let help = office.clone().speaking(language).ok("attach --help");
        let place = |name: &str| help.lines().position(|line| line.trim_start().starts_with(name)).unwrap();
        assert!(place("<NUMBER>") < place("<FILE>"), "{help}");
    }
}

#[test]
fn help_is_there_behind_an_option_on_every_command_for_verbs_of_verbs_too() {
    let office = Office::empty();
    for verb in [
        "info notice warn",
        "info quota set",
        "info route add",
        "gift catalog add",
        "asset stocktake print",
        "project target set",
        "rule holiday add",
        "config set",
    ] {
        for before in ["", "-q ", "--lang en ", "--lang=zh ", "--color never "] {
            for asked in ["-h", "--help"] {
                let outcome = office.run(&format!("{before}{verb} {asked}"));
                assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{before}{verb} {asked}");
            }
        }
    }
}

#[test]
fn who_heads_an_office_is_called_so() {
    let office = demo();
    for (language, head, other) in [("zh", "办事处主任", "部门经理"), ("ko", "사무소장", "부서장")] {
        let staff = office.ok(&format!("staff list --lang {language}"));
        let of = |key: &str| staff.lines().find(|line| line.contains(&format!(" {key} "))).unwrap().to_owned();
        assert!(of("zhao").contains(head) && of("wang").contains(other), "{staff}");
    }
    assert!(office.ok("staff list --format csv").contains("zhao,赵刚,department-manager,baotou"));
}

#[test]
fn names_beside_keys_have_headings_in_the_language() {
    let office = Office::staffed();
    let heading = |options: &str| {
        let csv = office.ok(&format!("info list --format csv --labels --names {options}"));
        csv.lines().next().unwrap().split(',').rev().take(4).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(heading(""), ["tracker name", "assigned to name", "collected by name", "department name"]);
    assert!(heading("--lang zh").iter().all(|name| name.ends_with("名称")), "{:?}", heading("--lang zh"));
    assert!(heading("--lang ko").iter().all(|name| name.ends_with("이름")), "{:?}", heading("--lang ko"));
}

#[test]
fn what_is_blank_is_called_by_its_kind_in_the_language() {
    let office = Office::staffed();
    let line =
        "contact add --department business --kind execution --to technology --subject \"  \" --content a --by wang";
    assert!(office.refused(2, line).contains("text is blank; type the text"));
    for (language, said) in [("zh", "文字为空；请输入文字"), ("ko", "글이 비어 있습니다. 글을 입력하십시오")]
    {
        let refused = office.refused(2, &format!("{line} --lang {language}"));
        assert!(refused.contains(said) && !refused.contains("text is"), "{refused}");
    }
}
