//! `docs/rights.md` says who may do what: for each role and verb whether it is allowed on one's own entries, on others of one's
//! department, and elsewhere. It is what the program itself answers, so that a change of any cell is seen in review.
//!
//! `UPDATE_DOCS=1 cargo test rights_reference` writes it anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use clap::Command;

use crate::collected::settle;
use crate::every_verb::{has_dry_run, office, tried};
use crate::office::Office;

/// The roles, each with the department in which it is held.
const ROLES: [(&str, &str); 12] = [
    ("salesperson", "business"),
    ("trainee", "business"),
    ("member", "business"),
    ("department-manager", "business"),
    ("clerk", "business"),
    ("clerk", "general"),
    ("contract-administrator", "general"),
    ("branch-manager", "general"),
    ("company-leader", "general"),
    ("general-manager", "general"),
    ("service", "general"),
    ("salesperson", ""),
];

/// What is done for the whole office, or opens an entry in `DEP`.
const OTHERS: &[&str] = &[
    "contact add --department DEP --kind pre-contract --to technology --subject 甲 --content 乙",
    "contact add --department DEP --kind execution --to technology --subject 甲 --content 乙",
    "info add --department DEP --customer 甲 --region 辽宁省 --equipment 乙 --need 丙",
    "project add --department DEP --customer 甲 --title 乙",
    "reception add --department DEP --unit 甲 --purpose 乙 --arrive 2026-12-01 --visitor 丙;丁 --schedule none",
    "gift add --department DEP --unit 甲 --recipient 丙;丁 --item 铸铜摆件;1 --occasion 乙",
    "asset add --name 甲 --price 3000 --bought-on 2026-11-20 --keeper p --department DEP",
    "fee add --kind agency --payee 甲 --employer 乙 --project PRJ26-001 --amount 100 --reason 丙 --asked-by li",
    "gift catalog add 茶叶 --price 300",
    "gift catalog end 1",
    "info grant sun --until 2026-12-31",
    "info revoke sun",
    "info quota set --department business --count 3 --from 2027-01",
    "info quota exempt sun 2026-12 --reason 甲",
    "info route add --region 甲 --to business",
    "info notice warn sun --month 2026-10",
    "project target set --department DEP --month 2026-12 --amount 100万",
    "report submit 2026-10 --to technology --received-by 甲",
    "asset count AST-0001",
    "rule set contact.reply_days 6",
    "rule set fee.rate_percent 4",
    "rule holiday add 2027-01-01 --name 元旦",
    "rule holiday remove 2026-12-25 --reason 甲",
    "department add x --zh 甲",
    "department add x --zh 甲 --ledger HAX05 --reports",
    "department amend shandong --reports no --reason 甲",
    "department rename business --zh 甲",
    "department end manufacturing --reason 甲",
    "office rename 甲",
    "office amend --live-from 2026-09-01 --reason 甲",
    "series reserve business --count 1",
    "series close HAG05",
    "staff add x --name 甲 --department business --role salesperson",
    "staff add x --name 甲 --department business --role department-manager",
    "staff add x --name 甲 --department general --role branch-manager",
    "staff add x --name 甲 --department general --role company-leader",
    "staff add x --name 甲 --department general --role clerk",
    "staff add x --name 甲 --department general --role service",
    "staff role sun --department business --role member",
    "staff role sun --department business --role department-manager",
    "staff move sun --department business --role salesperson",
    "staff end sun",
    "staff end wang",
    "staff end lin",
    "staff amend-term sun --role trainee --from 2019-01-01 --reason 甲",
    "staff amend-term wang --role department-manager --from 2019-01-01 --reason 甲",
    "staff rename sun --name 孙",
    "staff merge sun --into li --reason 甲",
    "staff merge sun --into wang --reason 甲",
    "staff login sun --login sunli",
    "staff login wang --login wangjg",
    "staff deputy chen --person wang --until 2026-12-01",
];

/// What is only read.
const READ: &[&str] = &[
    "info list",
    "info tally --month 2026-10",
    "info access",
    "report month 2026-10 --output PACKS",
    "backup COPIES/",
];

/// What the shortest line for a verb is given besides, so that it enters something.
const BESIDES: &[(&str, &str)] = &[
    ("contact amend", "--subject 甲"),
    ("info amend", "--need 甲"),
    ("project amend", "--title 甲"),
    ("reception amend", "--purpose 甲"),
    ("gift amend", "--place 甲"),
    ("fee amend", "--agreement 甲"),
    ("asset amend", "--place 甲"),
    ("ship amend", "--contact 甲"),
    ("contact undo", "--reason 甲"),
    ("info undo", "--reason 甲"),
    ("project undo", "--reason 甲"),
    ("reception undo", "--reason 甲"),
    ("gift undo", "--reason 甲"),
    ("fee undo", "--reason 甲"),
    ("asset undo", "--reason 甲"),
    ("ship undo", "--reason 甲"),
    ("contact archive", "--no-contract 甲 --exception 乙"),
    ("contact reply", "--for technology"),
    ("asset transfer", "--to sun --for 甲"),
];

/// Where an entry stands to the person who acts.
#[derive(Clone, Copy, PartialEq)]
enum Relation {
    Own,
    Department,
    Elsewhere,
}

/// The book with a person `p` in this role, and entries that stand to them like this.
fn scene(model: &Office, (role, home): (&str, &str), relation: Relation) -> Office {
    let scene = model.copy();
    let person = if relation == Relation::Own { "p" } else { "q" };
    let place = if home.is_empty() { "business" } else { home };
    let department = if relation == Relation::Elsewhere { "shandong" } else { place };
    let book = scene.sql();
    let triggers: Vec<(String, String)> = {
        let mut triggers = book.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
        triggers.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<Result<_, _>>().unwrap()
    };
    for (name, _) in &triggers {
        book.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    let term = if home.is_empty() {
        format!("INSERT INTO term VALUES ('p', '{role}', 'business', '2020-01-01', '2026-10-31');")
    } else {
        format!("INSERT INTO term VALUES ('p', '{role}', '{home}', '2020-01-01', NULL);")
    };
    book.execute_batch(&format!(
        "PRAGMA foreign_keys = OFF;
        INSERT INTO person VALUES ('p', '某', '{place}', 'plogin', NULL), ('q', '另', '{department}', NULL, NULL);
        {term}
        INSERT INTO term VALUES ('q', 'salesperson', '{department}', '2020-01-01', NULL);
        UPDATE entry SET department = '{department}' WHERE register <> 'contact';
        UPDATE entry SET person = '{person}';
        UPDATE leader SET person = '{person}'; UPDATE custody SET person = '{person}';
        UPDATE info SET tracker = iif(tracker IS NULL, NULL, '{person}'), assigned_to = iif(assigned_to IS NULL, NULL, '{department}');
        UPDATE fee SET asked_by = '{person}'; UPDATE fee_payment SET asked_by = '{person}';"
    ))
    .unwrap();
    for (_, sql) in &triggers {
        book.execute_batch(sql).unwrap();
    }
    settle(&book);
    drop(book);
    scene.seen_by("plogin")
}

/// The book as it is, where the person who acts asked for what `line` is about (`own`), or has this role somewhere else: what was
/// decided on keeps whom it was decided for.
fn kept_scene(model: &Office, role: (&str, &str), relation: Relation, asker: &str) -> Office {
    let scene = model.copy();
    let (role, home) = (role.0, role.1);
    let place = match (home, relation) {
        ("", _) => "business",
        ("general", _) => "general",
        (_, Relation::Elsewhere) => "shandong",
        (home, _) => home,
    };
    let until = if home.is_empty() { "'2026-10-31'" } else { "NULL" };
    let person = if relation == Relation::Own { asker } else { "p" };
    let book = scene.sql();
    book.execute_batch(&format!(
        "PRAGMA foreign_keys = OFF;
        INSERT INTO person VALUES ('p', '某', '{place}', NULL, NULL);
        UPDATE person SET os_login = 'plogin' WHERE key = '{person}';
        UPDATE term SET until_on = '2020-01-01' WHERE person = '{person}';
        INSERT INTO term VALUES ('{person}', '{role}', '{place}', '2020-01-02', {until});"
    ))
    .unwrap();
    settle(&book);
    drop(book);
    scene.seen_by("plogin")
}

/// For each verb of a register with a number, a line that somebody may type.
fn lines(model: &Office) -> BTreeMap<String, String> {
    let mut program = branchbook::cli::command();
    program.build();
    let entries: Vec<(String, String)> = {
        let book = model.sql();
        let mut entries = book
            .prepare("SELECT register, max(number) FROM entry WHERE register <> 'contact' OR number LIKE 'HAY%' GROUP BY register, state, department, person ORDER BY register, state")
            .unwrap();
        entries.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let mut lines = BTreeMap::new();
    for (register, number) in &entries {
        let verbs: Vec<&Command> = program.find_subcommand(register).unwrap().get_subcommands().collect();
        for verb in verbs {
            let name = format!("{register} {}", verb.get_name());
            let takes = has_dry_run(verb) && verb.get_positionals().any(|argument| argument.get_id() == "number");
            if !takes || lines.contains_key(&name) {
                continue;
            }
            let besides = BESIDES.iter().find(|(verb, _)| *verb == name).map_or("", |(_, options)| options);
            let (line, outcome) = tried(model, &name, verb, format!("{number} {besides}").trim_end());
            let by = |who: &&str| model.run(&format!("{line} --by {who}")).code == 0;
            if outcome.code == 0
                || outcome.code == 3 && ["wang", "zhao", "gao", "qian", "chen", "lin", "li", "sun", "gm"].iter().any(by)
            {
                lines.insert(name, line);
            }
        }
    }
    lines
}

fn reference() -> String {
    let model = office();
    model.ok("staff add gm --name 总经理 --department general --role general-manager --by lin");
    let lines = lines(&model);
    let mut cells: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut whole: Vec<(String, Vec<String>)> = Vec::new();
    for role in ROLES {
        let scenes =
            [Relation::Own, Relation::Department, Relation::Elsewhere].map(|relation| scene(&model, role, relation));
        let elsewhere = &scenes[2];
        let mut kept: BTreeMap<String, [Office; 3]> = BTreeMap::new();
        for (verb, line) in &lines {
            let number = line.split(' ').nth(2).unwrap();
            let asker: String = model
                .sql()
                .query_row("SELECT person FROM entry WHERE number = ?1", [number], |row| row.get(0))
                .unwrap();
            let [own, department, elsewhere] = if verb.starts_with("gift ") || verb.starts_with("fee ") {
                let scenes = || {
                    [Relation::Own, Relation::Department, Relation::Elsewhere]
                        .map(|relation| kept_scene(&model, role, relation, &asker))
                };
                &*kept.entry(asker.clone()).or_insert_with(scenes)
            } else {
                &scenes
            };
            let may = |office: &Office, letter: char| if office.run(line).code == 0 { letter } else { '·' };
            let cell = format!("{}{}{}", may(own, 'o'), may(department, 'd'), may(elsewhere, 'e'));
            cells.entry(verb.clone()).or_default().push(cell);
        }
        for (place, line) in OTHERS.iter().chain(READ).enumerate() {
            let line = line
                .replace("PACKS", &elsewhere.path("packs").display().to_string())
                .replace("COPIES", &elsewhere.path("copies").display().to_string());
            std::fs::create_dir_all(elsewhere.path("copies")).unwrap();
            let dry = if place < OTHERS.len() { " --dry-run" } else { "" };
            let may = |department: &str| {
                let outcome = elsewhere.run(&format!("{}{dry}", line.replace("DEP", department)));
                outcome.code == 0 && !(line == "info list" && outcome.out.contains("***"))
            };
            let home = if role.1.is_empty() { "business" } else { role.1 };
            let cell = if line.contains("DEP") {
                format!("{}{}", if may(home) { 'd' } else { '·' }, if may("shandong") { 'e' } else { '·' })
            } else {
                if may("") { "yes" } else { "·" }.to_owned()
            };
            let said = OTHERS.iter().chain(READ).nth(place).unwrap().replace("DEP", "D");
            match whole.get_mut(place) {
                Some((_, cells)) => cells.push(cell),
                None => whole.push((said, vec![cell])),
            }
        }
    }
    // What nobody may here is not what nobody may: the example lacks something.
    cells.retain(|_, cells| cells.iter().any(|cell| cell != "···"));
    assert!(cells.len() > 50, "{} verbs", cells.len());
    let heads: Vec<String> = ROLES
        .iter()
        .map(|(role, home)| match *home {
            "" => "who left".to_owned(),
            home if *role == "clerk" => format!("clerk of {home}"),
            _ => (*role).to_owned(),
        })
        .collect();
    let table = |page: &mut String, rows: &mut dyn Iterator<Item = (&String, &Vec<String>)>, first: &str| {
        writeln!(page, "| {first} | {} |\n|---|{}", heads.join(" | "), "---|".repeat(heads.len())).unwrap();
        for (verb, cells) in rows {
            writeln!(page, "| `{verb}` | {} |", cells.join(" | ")).unwrap();
        }
    };
    let mut page = String::from(
        "# Who may do what\n\n\
        What the program itself answers to each role, at the person's own login and without `--by`. Of an entry: `o` on one's own (issued, asked for, led, tracked, kept by\n\
        oneself), `d` on another's of one's own department, `e` on one of another department. A clerk or contract administrator of General Management who enters what others did\n\
        names them with `--by`, and then the rules look at them. The people of General Management have `general` for their department, the others `business`. Reasons: [DECISIONS.md](../DECISIONS.md).\n\n\
        ## Verbs on an entry\n\n",
    );
    table(&mut page, &mut cells.iter(), "verb");
    page.push_str(
        "\n## Entries that are opened, and the office as a whole\n\n`d` in one's own department, `e` in another.\n\n",
    );
    table(&mut page, &mut whole.iter().map(|(verb, cells)| (verb, cells)), "line");
    let untried: Vec<String> = {
        let mut program = branchbook::cli::command();
        program.build();
        let registers = ["contact", "info", "project", "reception", "gift", "fee", "asset", "ship"];
        let verbs = registers.iter().flat_map(|register| {
            let room = program.find_subcommand(register).unwrap();
            let verbs = room.get_subcommands().filter(|verb| {
                has_dry_run(verb) && verb.get_positionals().any(|argument| argument.get_id() == "number")
            });
            verbs.map(|verb| format!("{register} {}", verb.get_name())).collect::<Vec<_>>()
        });
        verbs.filter(|verb| !cells.contains_key(verb)).map(|verb| format!("`{verb}`")).collect()
    };
    writeln!(page, "\nNot shown, since the shortest line for it enters nothing: {}.", untried.join(", ")).unwrap();
    page
}

#[test]
fn rights_reference_is_what_the_program_answers() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rights.md");
    let reference = reference();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, &reference).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        written == reference,
        "docs/rights.md is out of date; write it with: UPDATE_DOCS=1 cargo test rights_reference"
    );
}
