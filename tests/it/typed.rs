//! What is typed in another way than the program writes it: taken where it is plain, else refused by what is to be typed.

use branchbook::desk::Surroundings;
use branchbook::language::Language;
use insta::assert_snapshot;

use crate::office::Office;
use crate::project::led;

/// The office with somebody in a terminal, who is asked nothing.
fn in_a_terminal(office: &Office) -> Office {
    office.with_surroundings(Surroundings { width: Some(140), ..office.surroundings() })
}

#[test]
fn a_number_of_days_is_taken_with_its_unit_and_in_any_width() {
    let office = Office::staffed();
    office.ok("rule set contact.reply_days 7天 --from 2026-11-01 --by chen");
    office.ok("rule set contact.archive_days ９ --from 2026-11-01 --by chen");
    let figures = office.ok("rule list --on 2026-11-01 --format csv");
    assert!(figures.contains("contact.reply_days,7,"), "{figures}");
    assert!(figures.contains("contact.archive_days,9,"), "{figures}");
    let quote = "ship quote SHP26-001 --carrier 顺达 --price 1 --quality 3 --days";
    for days in ["7天", "７日", "7일", "7 days"] {
        assert!(office.refused(4, &format!("{quote} '{days}'")).contains("SHP26-001"), "{days}");
    }
}

#[test]
fn a_value_that_is_no_number_is_refused_by_what_is_to_be_typed() {
    let office = Office::staffed();
    let lines = [
        "gift quote GFT26-001 --supplier 甲店 --price 1 --quality 6",
        "contact list --last 三",
        "report recipients --year 26",
        "series reserve business --count 2000",
        "info notice lift x --reason 误",
    ];
    let first = |said: String| said.lines().next().unwrap_or_default().to_owned();
    let said: Vec<String> = lines.iter().map(|line| first(office.refused(2, line))).collect();
    assert_snapshot!(said.join("\n"), @"
    error: invalid value '6' for '--quality <QUALITY>': type a whole number from 1 to 5
    error: invalid value '三' for '--last <COUNT>': type a whole number from 0 up
    error: invalid value '26' for '--year <YEAR>': type a whole number from 1949 to 2999
    error: invalid value '2000' for '--count <COUNT>': type a whole number from 1 to 1000
    error: invalid value 'x' for '<ID>': type a whole number from 1 up
    ");
    for language in [Language::Zh, Language::Ko] {
        let office = office.clone().speaking(language);
        let said: Vec<String> = lines.iter().map(|line| first(office.refused(2, line))).collect();
        assert!(said.iter().all(|said| !said.contains("invalid") && !said.contains("digit")), "{said:?}");
        assert!(said[0].contains('1') && said[0].contains('5'), "{said:?}");
    }
}

#[test]
fn a_word_that_has_no_place_is_no_option_and_leads_to_those_that_lack() {
    let office = Office::staffed();
    let merge = "staff merge li 乙";
    assert_snapshot!(office.refused(2, merge), @"
    error: unexpected argument '乙' found

      tip: give it behind the option that it is meant for: --into <PERSON> or --reason <REASON>

    Usage: branchbook staff merge [OPTIONS] --into <PERSON> --reason <REASON> <PERSON>

    For more information, try '--help'.
    ");
    assert_snapshot!(office.clone().speaking(Language::Zh).refused(2, merge), @"
    错误：此行中没有乙的位置
      请写在它所属的选项之后：--into <PERSON>或 --reason <REASON>

    用法：branchbook staff merge [OPTIONS] --into <PERSON> --reason <REASON> <PERSON>

    详情见 --help。
    ");
    assert_snapshot!(office.clone().speaking(Language::Ko).refused(2, merge), @"
    오류: 이 줄에는 乙 쓸 자리가 없습니다
      해당하는 옵션 뒤에 쓰십시오: --into <PERSON> 또는 --reason <REASON>

    사용법: branchbook staff merge [OPTIONS] --into <PERSON> --reason <REASON> <PERSON>

    자세한 내용은 --help를 보십시오.
    ");
}

#[test]
fn a_number_is_taken_in_the_quotes_of_an_input_method() {
    let office = Office::staffed();
    office.ok(
        "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --by wang",
    );
    let shown = office.ok("show HAY05001");
    for number in ["“HAY05001”", "「HAY05001」", "‘hay05001’", "『ＨＡＹ05001』", "《HAY05001》"] {
        assert_eq!(office.ok(&format!("show {number}")), shown, "{number}");
    }
    office.ok("contact sign “HAY05001” --for technology --by wu");
}

#[test]
fn q30_a_department_goes_by_a_short_form_of_its_name_in_a_terminal() {
    let office = Office::staffed();
    let add = "contact add -k pre-contract --to technology --subject 图纸 --content 确认 --by wang --dry-run";
    let desk = in_a_terminal(&office);
    for option in
        ["-d 业务", "-d业", "-d=业", "--dep 业", "--department 业务", "--department=业务", "-d business", "-d 业务部"]
    {
        let said = desk.run(&format!("{add} {option}"));
        assert_eq!(said.code, 0, "{option}: {}", said.err);
    }
    // 办事处 may be two of them; a script writes it out.
    assert_snapshot!(desk.refused(4, "contact list -d 办事处"), @"there is no department 办事处; did you mean shandong or baotou? give one of: business (业务部), foreign-trade (外贸部), general (综合管理部), shandong (山东淄博办事处), baotou (内蒙古包头办事处), technology (技术开发科)");
    assert!(office.refused(4, &format!("{add} -d 业务")).contains("did you mean business?"));
}

#[test]
fn r5_5_1_an_asset_of_another_department_is_counted_as_whose_it_is() {
    let office = Office::staffed();
    for department in ["business", "baotou"] {
        office.ok(&format!(
            "asset add --name 相机 --department {department} --price 300 --bought-on 2026-10-01 --keeper zhou"
        ));
    }
    let counted = office.run("asset count --department business AST-0001 AST-0002 AST-0009");
    assert_snapshot!(counted.err, @"
    unknown: AST-0002 (相机, in-store, of baotou)
    unknown: AST-0009
    ");
}

#[test]
fn a_book_is_not_kept_from_a_day_to_come_on() {
    let office = Office::empty();
    assert_snapshot!(office.run("init --name 分公司 --live-from 2026-10-09").err, @"2026-10-09 has not come yet, and a book is kept from today on or from a day before; give a day up to today with --live-from, or leave it out");
    office.ok("init --name 分公司");
    assert_snapshot!(office.refused(2, "office amend --live-from 2026-10-09 --reason 误"), @"2026-10-09 has not come yet, and a book is kept from today on or from a day before; give a day up to today with --live-from, or leave it out");
}

#[test]
fn r5_2_2_todays_page_names_whose_guests_arrive() {
    let office = led();
    office.ok("reception add --department business --unit 包钢 --purpose 监造 --arrive 2026-10-20 --leave 2026-10-21 --visitor '张;处长' --schedule 车间 --by li");
    assert!(!office.clone().on("2026-10-19").ok("").contains("guests"));
    let page = office.clone().on("2026-10-20").ok("");
    assert!(
        page.contains("\nguests arrive today: 包钢 (REC26-001); all who are here: branchbook reception day\n"),
        "{page}"
    );
    assert!(!office.on("2026-10-21").ok("").contains("guests"));
}

/// Every option whose value is a whole number takes it in full width, as Chinese keyboards type it.
#[test]
fn a_whole_number_is_taken_in_any_width_by_every_option() {
    fn each(command: &clap::Command, faults: &mut Vec<String>) {
        for argument in command.get_arguments().filter(|argument| argument.get_action().takes_values()) {
            let read = |word: &str| {
                let alone = clap::Command::new("it")
                    .arg(clap::Arg::new("value").long("value").value_parser(argument.get_value_parser().clone()));
                alone.try_get_matches_from(["it", &format!("--value={word}")]).is_ok()
            };
            let is_template = argument.get_value_names().is_some_and(|names| names == ["TEMPLATE"]);
            if read("6") && !read("６") && !is_template {
                faults.push(format!("{} {}", command.get_name(), argument.get_id()));
            }
        }
        command.get_subcommands().for_each(|verb| each(verb, faults));
    }
    let (mut grammar, mut faults) = (branchbook::cli::command(), Vec::new());
    grammar.build();
    each(&grammar, &mut faults);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Q30: verbs, options and words are cut short in a terminal alone; scripts write them out.
#[test]
fn q30_first_letters_stand_for_a_word_in_a_terminal_alone() {
    let office = Office::staffed();
    let form = "contact add --dep business -k exec -t technology -s a -c b --by wang -q";
    let typed = office.clone().with_width(80);
    assert_eq!(typed.ok(form), "HAY05001\n");
    assert_eq!(typed.ok(&form.replace("-k exec", "-k 售后")), "HAY05002\n");
    for line in ["contact li --state iss --format csv", "con lis --state 已发 --format csv"] {
        assert_eq!(typed.ok(line).lines().count(), 3, "{line}");
    }
    assert!(typed.ok("staff list --role 业 --format csv").contains("李娜"));
    assert!(typed.refused(2, &form.replace("exec", "e")).contains("execution"));
    for line in [
        form,
        "con lis",
        "contact li",
        "contact list --state iss",
        "contact list --stat issued",
        "staff list --role 业",
    ] {
        let refused = office.run(line);
        assert_eq!((refused.code, refused.out.as_str()), (2, ""), "{line}: {}", refused.err);
    }
    let script = office.file("lines.txt", "contact li\n");
    assert_eq!(typed.run(&format!("run {script}")).code, 2);
}

/// The day of whoever's last entry, on request.
#[test]
fn q30_on_same_is_the_day_of_ones_last_entry() {
    let office = Office::staffed().on("2026-10-20");
    let form =
        "contact add --department business --kind pre-contract --to technology --subject a --content b --by wang -q";
    assert_snapshot!(office.refused(2, &format!("{form} --on same")), @"nothing was entered lately by whoever works here, so there is no same day; give the day with --on DATE");
    office.ok(&format!("{form} --on 2026-10-12"));
    office
        .clone()
        .at_the_keyboard("li")
        .ok("info add --department business --customer 包钢 --region 辽宁省 --equipment 磨机 --need 一台");
    for same in ["--on same", "--on=同日"] {
        let number = office.ok(&format!("{form} {same}"));
        assert!(office.ok(&format!("show {number} --format csv")).contains("2026-10-12"), "{same}");
    }
    office.refused(2, &format!("{form} --from same"));
}
