//! Correcting an entry in an editor, which here is a script.

use insta::assert_snapshot;

use super::editors::{assert_nothing_left, editing};
use super::{ESC, Terminal};
use crate::office::Office;

/// An office with a form of two lines, and one with an entry of user information.
fn office() -> Office {
    Office::made(|| {
        let office = Office::staffed();
        let words = ["contact", "add", "--department", "business", "--kind", "execution", "--to", "technology", "--to"];
        let outcome = office
            .words(&[&words[..], &["general", "--subject", "图纸", "--content", "一\n\n二", "--by", "wang"]].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        office
    })
}

/// The question for a reason that a draft lacks.
const WHY: &str = "Why it is corrected";

fn newest(office: &Office, column: &str) -> String {
    office
        .sql()
        .query_row(&format!("SELECT {column} FROM contact ORDER BY entry DESC LIMIT 1"), (), |row| row.get(0))
        .unwrap()
}

/// What the editor saw, and what came of it.
fn corrected(office: &Office, line: &str, script: &str) -> (Option<i32>, String, String) {
    let script = format!("cat \"$1\" >> {seen}; echo ----- >> {seen}\n{script}", seen = office.path("seen").display());
    let left = Terminal::sized(&editing(office, line, &script), 40, 140).leave();
    assert_nothing_left(office);
    (left.code(), left.screen, office.read("seen"))
}

#[test]
fn amend_without_options_corrects_what_is_changed_in_the_editor() {
    let office = office();
    let script =
        "sed -i -e 's/^subject: .*/subject: 新图纸/' -e 's/^  二/  三/' -e 's/^reason:.*/reason: 笔误/' \"$1\"";
    let (code, screen, seen) = corrected(&office, "contact amend HAY05001 --by wang", script);
    assert_eq!(code, Some(0), "{screen}");
    assert_snapshot!(screen, @r#"HAY05001 "新图纸" to technology; general: corrected subject (图纸 → 新图纸), content (一⏎⏎二 → 一⏎⏎三)"#);
    assert_snapshot!(seen, @r#"
        # HAY05001 "图纸" to technology; general
        # What is changed here is corrected; what is saved unchanged, or empty, corrects nothing.
        # Further lines of a text are indented by two spaces.

        # Kind
        kind: execution

        # Addressed to: all of them anew; only while nobody has signed
        to: technology
        to: general

        # Copied to: all of them anew
        copy:

        # Subject: in one line
        subject: 图纸

        # Content: what is asked or told
        content: 一
          
          二

        # Project: an archived form moves into its contract's file; none takes it off
        project:

        # Contract: an archived form moves into its contract's file
        contract:

        # Reply by
        reply-by: 2026-10-13

        # Pages: of the paper
        pages:

        # Holder: who holds the original
        holder:

        # Issued on: only where its number stays right
        issued-on: 2026-10-08

        # Issued by
        issued-by: wang

        # Why it is corrected
        reason:
        -----
        "#);
    assert_eq!((newest(&office, "subject").as_str(), newest(&office, "content").as_str()), ("新图纸", "一\n\n三"));
    assert_eq!(newest(&office, "addressed_to"), "technology; general");
}

#[test]
fn what_is_refused_stands_in_the_text_that_is_opened_again() {
    let office = office();
    // First without a reason, then with a day that is none, then right.
    let script = format!(
        "case $(ls {0} 2>/dev/null | wc -l) in\n0) sed -i 's/^subject: .*/subject: 二/' \"$1\"; touch {0};;\n*) if grep -q 'no reason' \"$1\"; then sed -i -e 's/^reason:.*/reason: 改/' -e 's/^reply-by: .*/reply-by: nie/' \"$1\"; else sed -i 's/^reply-by: .*/reply-by: 2026-10-14/' \"$1\"; fi;; esac",
        office.path("once").display()
    );
    let script = format!("cat \"$1\" >> {seen}; echo ----- >> {seen}\n{script}", seen = office.path("seen").display());
    let mut terminal = Terminal::sized(&editing(&office, "contact amend HAY05001 --by wang", &script), 40, 140);
    let left = terminal.asks(WHY).press(ESC).leave();
    assert_nothing_left(&office);
    assert_eq!(left.code(), Some(0), "{}", left.screen);
    // An editor that fills the screen hides what was refused: it stands on the terminal as well.
    for refused in ["no reason is given; write behind reason", "`nie` is not a day"] {
        assert!(left.screen.contains(refused), "{}", left.screen);
    }
    let seen = office.read("seen");
    assert_snapshot!(seen.lines().filter(|line| line.starts_with("# !") || *line == "-----").collect::<Vec<_>>().join("\n"), @r"
        -----
        # ! no reason is given; write behind reason: why it is corrected
        -----
        # ! invalid value 'nie' for '--reply-by <DATE>': `nie` is not a day; type the day as 2026-11-22, 11-22, tomorrow, +7d, next friday or end of month
        -----
        ");
    assert_eq!(newest(&office, "reply_by_on"), "2026-10-14");
}

#[test]
fn a_reason_that_the_draft_lacks_is_asked_for() {
    let office = office();
    let script = "sed -i 's/^subject: .*/subject: 新图纸/' \"$1\"";
    let mut terminal = Terminal::sized(&editing(&office, "contact amend HAY05001 --by wang", script), 40, 140);
    let left = terminal.asks(WHY).press("笔误\r").leave();
    assert_nothing_left(&office);
    assert_eq!(left.code(), Some(0), "{}", left.screen);
    assert_eq!(newest(&office, "subject"), "新图纸");
    assert!(office.ok("history HAY05001").contains("笔误"));
}

#[test]
fn what_is_saved_unchanged_or_empty_corrects_nothing() {
    let office = office();
    for script in ["true", "touch \"$1\"", ": > \"$1\""] {
        let (code, screen, _) = corrected(&office, "contact amend HAY05001 --by wang", script);
        assert_eq!((code, screen.as_str()), (Some(2), "nothing was entered"));
    }
    assert_eq!(office.count("SELECT amendments FROM entry"), 0);
}

#[test]
fn what_was_written_is_not_lost_by_leaving_the_editor_where_it_was_refused() {
    let office = office();
    // Changed without a reason; left as it is, given up; then with its reason.
    let script = format!(
        "echo x >> {0}\ncase $(wc -l < {0}) in\n1) sed -i 's/^subject: .*/subject: 新图纸/' \"$1\";;\n2) ;;\n3) exit 1;;\n*) sed -i 's/^reason:.*/reason: 笔误/' \"$1\";;\nesac",
        office.path("times").display()
    );
    let mut terminal = Terminal::sized(&editing(&office, "contact amend HAY05001 --by wang", &script), 40, 140);
    let question = "not entered yet: Enter to go back to what was written, Esc to leave it";
    // What is left without its reason is asked for it, and not for a yes.
    terminal.asks(WHY).press(ESC).asks_times(WHY, 2).press(ESC);
    terminal.asks(question).press("\r").asks_times(question, 2).press("\r");
    let left = terminal.leave();
    assert_nothing_left(&office);
    assert_eq!(left.code(), Some(0), "{}", left.screen);
    assert_eq!(newest(&office, "subject"), "新图纸");
    let script = script.replace("times", "again").replace("新图纸", "别的");
    let mut terminal = Terminal::sized(&editing(&office, "contact amend HAY05001 --by wang", &script), 40, 140);
    terminal.asks(WHY).press(ESC).asks_times(WHY, 2).press(ESC).asks(question).press(ESC);
    assert_eq!(terminal.leave().code(), Some(2));
    assert_nothing_left(&office);
    assert_eq!(newest(&office, "subject"), "新图纸");
}

#[test]
fn an_entry_that_went_on_meanwhile_is_not_corrected() {
    let office = office();
    let other = format!(
        "BRANCHBOOK_FILE={} BRANCHBOOK_NOW=2026-10-08 BRANCHBOOK_AS=zhou BRANCHBOOK_CONFIG= {} contact amend HAY05001 --subject 别人 --reason 先 --by wang >/dev/null </dev/null",
        office.surroundings().book.display(),
        env!("CARGO_BIN_EXE_branchbook")
    );
    let script = format!("{other}\nsed -i -e 's/^subject: .*/subject: 我/' -e 's/^reason:.*/reason: 后/' \"$1\"");
    let (code, screen, _) = corrected(&office, "contact amend HAY05001 --by wang", &script);
    assert_eq!(code, Some(3), "{screen}");
    assert_snapshot!(screen, @"HAY05001 went on while it was being corrected; nothing was entered; see it with: branchbook history HAY05001");
    assert_eq!(newest(&office, "subject"), "别人");
}

#[test]
fn r2_4_a_draft_of_what_is_restricted_is_a_reading() {
    let office = Office::staffed();
    office.ok("info add --department business --customer 鞍钢 --region 辽宁省 --equipment 球磨机 --need 两台 --by li");
    let read = "SELECT count(*) FROM reading WHERE command = 'info amend'";
    assert_eq!(office.count(read), 0);
    let script = "sed -i -e 's/^need: .*/need: 三台/' -e 's/^reason:.*/reason: 改/' \"$1\"";
    let (code, screen, seen) = corrected(&office, "info amend INF26-0001 --by li", script);
    assert_eq!(code, Some(0), "{screen}");
    assert!(seen.contains("customer: 鞍钢"), "{seen}");
    assert_eq!(office.count(read), 1);
    let (code, screen, seen) = corrected(&office, "info amend INF26-0001 --as wu", script);
    assert_eq!(code, Some(3), "{screen}");
    assert_eq!(seen.matches("鞍钢").count(), 1, "the editor was not opened again: {seen}");
}

#[test]
fn without_a_terminal_amend_wants_its_options() {
    let office = office();
    assert!(office.refused(2, "contact amend HAY05001").contains("--reason <REASON>"));
    assert_eq!(
        office.refused(2, "contact amend HAY05001 --edit --reason x"),
        "nobody can write in an editor here; name a field and its new value"
    );
}

/// An editor that leaves the draft as it was refused is not begun for ever.
#[test]
fn a_draft_that_stays_as_it_was_refused_is_asked_about() {
    let office = Office::staffed();
    office
        .ok("contact add --department business --kind execution --to technology --subject 图纸 --content a --by wang");
    let script = "grep -q nonsense \"$1\" || echo nonsense >> \"$1\"";
    let mut terminal = Terminal::sized(&editing(&office, "contact amend HAY05001", script), 40, 140);
    let left = terminal
        .asks("names no field: nonsense")
        .asks("not entered yet: Enter to go back to what was written")
        .press(ESC)
        .leave();
    assert_eq!(left.code(), Some(2), "{}", left.screen);
    assert!(left.screen.trim_end().ends_with("nothing was entered"), "{}", left.screen);
    assert_eq!(office.count("SELECT count(*) FROM contact WHERE subject = '图纸'"), 1);
}

/// What a draft is refused for is told as it is on the line, in the language.
#[test]
fn a_value_that_is_none_is_refused_in_the_language() {
    let office = office();
    let script = "sed -i -e 's/^reply-by: .*/reply-by: nie/' -e 's/^reason:.*/reason: 改/' \"$1\"";
    let mut terminal =
        Terminal::sized(&editing(&office, "contact amend HAY05001 --by wang --lang zh", script), 40, 140);
    let left = terminal.asks("尚未登记").press(ESC).leave();
    assert_nothing_left(&office);
    assert!(left.screen.contains("--reply-by <DATE> 不能是nie：`nie` 不是日期"), "{}", left.screen);
    assert!(!left.screen.contains("invalid value"), "{}", left.screen);
}
