//! Awkward text comes out as it went in, or is refused with a reason; a terminal never gets a raw control character.

use serde_json::Value;

use crate::office::Office;

/// What somebody might paste into a field.
const NAUGHTY: &[&str] = &[
    // Quotes, separators, and what other languages run.
    "'",
    "\"",
    "''",
    "\"\"",
    "`",
    "O'Neil",
    "a\"b'c`d",
    ",",
    ";",
    "a,b",
    "a|b",
    "\\",
    "\\n",
    "\\0",
    "%s%n",
    "%d",
    "{}",
    "{{x}}",
    "{seq:3}",
    "$HOME",
    "$(reboot)",
    "`reboot`",
    "; rm -rf /",
    "&& echo",
    "|| true",
    "> /dev/null",
    "'; DROP TABLE entry; --",
    "1' OR '1'='1",
    "\"; DELETE FROM contact; --",
    "Robert'); --",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt;",
    "&amp;",
    "]]>",
    "<!--",
    "javascript:alert(1)",
    "../../etc/passwd",
    "C:\\Windows",
    "file:///etc",
    // What a spreadsheet runs, and what it takes for a number, a day or nothing.
    "=1+1",
    "=cmd|'/c calc'!A1",
    "+8613800000000",
    "@SUM(A1)",
    "＝1",
    "\u{3000}＝1",
    "007",
    "1e5",
    "1E+400",
    "0x1F",
    "1/2",
    "2026-10-08",
    "1,234.50",
    "3-5",
    "-1",
    "--",
    "-",
    "NULL",
    "null",
    "nil",
    "None",
    "undefined",
    "NaN",
    "Infinity",
    "true",
    "FALSE",
    "N/A",
    "#REF!",
    "0",
    // Letters of many kinds.
    "é",
    "e\u{301}",
    "ﬁ",
    "ß",
    "İ",
    "ﷺ",
    "Ω≈ç√",
    "Φ3.6 m",
    "½",
    "①",
    "㎡",
    "ＡＢＣ１２３",
    "中文",
    "𠀀𠮷",
    "㐂",
    "한국어",
    "각",
    "日本語",
    "ไทย",
    "שלום",
    "مرحبا",
    "हिन्दी",
    "🙂",
    "👨‍👩‍👧‍👦",
    "🇨🇳",
    "👍🏽",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L",
    "\u{200b}a\u{200b}",
    "a\u{ad}b",
    "a\u{a0}b",
    "a\u{2009}b",
    "  a  ",
    "\u{3000}全角\u{3000}",
    "\ta",
    "a\tb",
    "a\nb",
    "\n\na\n\n",
    "\u{fe0f}a",
    "\u{fffd}",
    "\u{e000}",
    // What is refused: nothing to see, controls, marks of direction, what is no character.
    "",
    " ",
    "\u{3000}",
    "\u{200b}",
    "\u{2800}",
    "\u{7}",
    "\u{1b}[31mred",
    "\u{0}",
    "a\u{0}b",
    "\r",
    "a\r\nb",
    "\u{7f}",
    "\u{85}",
    "\u{9b}31m",
    "\u{202e}gpj.exe",
    "\u{202a}a\u{202c}",
    "\u{2066}a\u{2069}",
    "\u{200e}",
    "a\u{200f}b",
    "\u{61c}",
    "\u{2028}",
    "a\u{2029}b",
    "\u{feff}",
    "\u{feff}a",
    "\u{fff9}",
    "\u{ffff}",
    "\u{fdd0}",
    "\u{1ffff}",
    "\u{e0041}",
];

/// What a field is taken for: the text without the spaces around it.
fn kept(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}'))
}

/// Whether a character must never reach a terminal as it is.
fn is_raw(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A long text too: it is kept whole.
fn all() -> Vec<String> {
    let long = ["长".repeat(3_000), "x ".repeat(999), "\"".repeat(99)];
    typable().map(str::to_owned).chain(long).collect()
}

/// What can be typed into any field: a dash alone is standard input where a text is taken.
fn typable() -> impl Iterator<Item = &'static str> {
    NAUGHTY.iter().copied().filter(|text| *text != "-")
}

/// The fields that take a text, which may be named: one that begins with `@` is typed with another.
const TEXTS: [&str; 3] = ["--content", "--text", "--reason"];

/// A field with a text, as it is typed.
fn argument(field: &str, text: &str) -> String {
    let doubled = if TEXTS.contains(&field) && text.starts_with('@') { "@" } else { "" };
    format!("{field}={doubled}{text}")
}

/// Types a text into a field of a command; gives whether it was taken. A refusal must have a reason and change nothing.
fn typed(office: &Office, words: &[&str], field: &str, text: &str) -> bool {
    let watcher = office.sql();
    let version = || watcher.pragma_query_value(None, "data_version", |row| row.get::<_, i64>(0)).unwrap();
    let before = version();
    let outcome = office.words(&[words, &[&argument(field, text)]].concat());
    if outcome.code == 0 {
        return true;
    }
    assert!([2, 3].contains(&outcome.code), "{field} {text:?}: exit {} {}", outcome.code, outcome.err);
    assert!(outcome.err.trim().len() > 10, "{field} {text:?} was refused without a reason");
    assert_eq!(outcome.out, "", "{field} {text:?}");
    assert_eq!(version(), before, "{field} {text:?} was refused and changed the book");
    false
}

/// The value of a column in the last row of a list, as csv and as json give it.
fn last(office: &Office, list: &str, column: &str) -> [String; 2] {
    let csv = office.ok(&format!("{list} --format csv"));
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let index = reader.headers().unwrap().iter().position(|header| header == column).unwrap();
    let in_csv = reader.records().last().unwrap().unwrap()[index].to_owned();
    let json: Value = serde_json::from_str(&office.ok(&format!("{list} --format json"))).unwrap();
    let in_json = json.as_array().unwrap().last().unwrap()[column].as_str().unwrap_or_default().to_owned();
    [in_csv, in_json]
}

#[track_caller]
fn no_raw_character(shown: &str, text: &str) {
    assert!(!shown.contains(is_raw), "{text:?} reaches the terminal raw: {shown}");
}

/// The text fields of a form, and the columns that show them.
const FIELDS: [(&str, &str); 5] = [
    ("--subject", "subject"),
    ("--content", "content"),
    ("--contract", "contract"),
    ("--holder", "holder"),
    ("--copy", "copied_to"),
];

#[test]
fn every_text_field_of_a_form_keeps_or_refuses_awkward_text() {
    every_field_keeps_or_refuses(all().into_iter().step_by(4));
}

#[test]
#[ignore = "takes a minute; run by: just odd"]
fn every_text_field_of_a_form_keeps_or_refuses_every_awkward_text() {
    every_field_keeps_or_refuses(all());
}

fn every_field_keeps_or_refuses(texts: impl IntoIterator<Item = String>) {
    let office = Office::staffed();
    let form =
        ["contact", "add", "--department", "business", "--kind", "pre-contract", "--to", "technology", "--by", "wang"];
    for text in texts {
        let everywhere: Vec<String> = FIELDS.iter().skip(1).map(|(field, _)| argument(field, &text)).collect();
        let words: Vec<&str> = form.into_iter().chain(everywhere.iter().map(String::as_str)).collect();
        let fields: &[(&str, &str)] = if typed(&office, &words, FIELDS[0].0, &text) { &FIELDS } else { &[] };
        for (field, column) in fields {
            assert_eq!(last(&office, "contact list --last 1", column), [kept(&text), kept(&text)], "{field}");
        }
        for (field, column) in FIELDS.iter().filter(|_| fields.is_empty()) {
            let others = [("--subject", "--subject=a"), ("--content", "--content=b")];
            let others = others.iter().filter(|(name, _)| name != field).map(|(_, word)| *word);
            let words: Vec<&str> = form.into_iter().chain(others).collect();
            if typed(&office, &words, field, &text) {
                assert_eq!(last(&office, "contact list --last 1", column), [kept(&text), kept(&text)], "{field}");
            }
        }
        no_raw_character(&office.ok("contact list --last 1"), &text);
    }
}

#[test]
fn controls_and_marks_of_direction_are_refused_and_the_rest_is_kept() {
    let office = Office::staffed();
    let words = [
        "contact",
        "add",
        "--department",
        "business",
        "--kind",
        "pre-contract",
        "--to",
        "technology",
        "--by",
        "wang",
        "--subject",
        "a",
    ];
    let first_refused = typable().position(str::is_empty).unwrap();
    for (index, text) in typable().enumerate() {
        assert_eq!(typed(&office, &words, "--content", text), index < first_refused, "{text:?}");
    }
}

#[test]
#[ignore = "takes minutes; run by: just odd"]
fn reasons_replies_and_amendments_keep_or_refuse_awkward_text() {
    let office = Office::staffed();
    let form =
        "contact add --department business --kind pre-contract --to technology --subject a --content b --by wang -q";
    for text in all() {
        let number = office.ok(form);
        let number = number.trim();
        office.ok(&format!("contact sign {number} --by wu"));
        let reply = ["contact", "reply", number, "--by", "wu"];
        if typed(&office, &reply, "--text", &text) {
            let stored: String = office
                .sql()
                .query_row("SELECT text FROM reply ORDER BY entry DESC LIMIT 1", (), |row| row.get(0))
                .unwrap();
            assert_eq!(stored, kept(&text));
            no_raw_character(&office.ok(&format!("show {number}")), &text);
        }
        let subject = format!("--subject={number}");
        if typed(&office, &["contact", "amend", number, &subject], "--reason", &text) {
            let list = format!("contact history {number}");
            assert_eq!(last(&office, &list, "note"), [kept(&text), kept(&text)]);
            no_raw_character(&office.ok(&list), &text);
        }
        if typed(&office, &["contact", "amend", number, "--reason=a"], "--subject", &text) {
            assert_eq!(last(&office, "contact list --last 1", "subject"), [kept(&text), kept(&text)]);
            no_raw_character(&office.ok(&format!("contact history {number}")), &text);
        }
        if typed(&office, &["contact", "void", number], "--reason", &text) {
            assert_eq!(last(&office, "contact list --last 1", "void_reason"), [kept(&text), kept(&text)]);
            no_raw_character(&office.ok("series audit business"), &text);
        }
    }
}

#[test]
#[ignore = "takes half a minute; run by: just odd"]
fn names_of_people_and_departments_keep_or_refuse_awkward_text() {
    let office = Office::staffed();
    for (index, text) in all().iter().enumerate() {
        let key = format!("p{index}");
        if typed(&office, &["staff", "add", &key, "--department", "general", "--role", "member"], "--name", text) {
            assert_eq!(last(&office, &format!("staff show {key}"), "name"), [kept(text), kept(text)]);
            no_raw_character(&office.ok(&format!("staff show {key}")), text);
        }
        let key = format!("d{index}");
        if typed(&office, &["department", "add", &key], "--zh", text) {
            assert_eq!(last(&office, "department list", "name_zh"), [kept(text), kept(text)]);
            no_raw_character(&office.ok("department list"), text);
        }
    }
}

/// What looks like another language's nothing is a key as good as any.
const PLAIN: [&str; 4] = ["null", "nil", "undefined", "true"];

#[test]
fn keys_are_plain_whatever_is_typed() {
    let office = Office::staffed();
    for text in NAUGHTY {
        let before = office.dump(&[]);
        for words in [
            ["staff", "add", text, "--name=X", "--department=general", "--role=member"].as_slice(),
            &["department", "add", text, "--zh=某"],
            &["series", "set", "baotou", text],
        ] {
            let plain = PLAIN.contains(text) || (words[0] == "series" && *text == "{seq:3}");
            let outcome = office.words(words);
            assert!(plain || outcome.code == 2, "{words:?}: exit {} {}", outcome.code, outcome.err);
        }
        assert!(PLAIN.contains(text) || *text == "{seq:3}" || office.dump(&[]) == before, "{text:?} changed the book");
    }
}

#[test]
fn an_import_keeps_or_refuses_awkward_text() {
    let office = Office::staffed();
    for (index, text) in all().iter().enumerate() {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let number = format!("HAY05{:03}", index + 1);
        writer
            .write_record([
                "number",
                "issued_on",
                "subject",
                "content",
                "addressed_to",
                "kind",
                "issued_by",
                "department",
            ])
            .unwrap();
        writer.write_record([&number, "2019-03-05", "a", text, "technology", "execution", "wang", "business"]).unwrap();
        let file = office.file("old.csv", writer.into_inner().unwrap());
        let before = office.dump(&[]);
        let outcome = office.words(&["contact", "import", &file, "--encoding=utf-8"]);
        if outcome.code == 0 {
            // A cell in which there is nothing to see is an empty one.
            let unseen = |c| matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}');
            let kept = if text.chars().all(unseen) { "" } else { kept(text) }.replace("\r\n", "\n");
            assert_eq!(last(&office, "contact ledger --department business --last 1", "content"), [&*kept, &*kept]);
        } else {
            assert_eq!(outcome.code, 1, "{text:?} {}", outcome.err);
            assert_eq!(office.dump(&[]), before, "{text:?}");
            assert!(!outcome.err.contains(is_raw), "{text:?} reaches the terminal raw: {}", outcome.err);
        }
    }
}

#[test]
fn what_is_looked_for_may_be_anything() {
    let office = Office::staffed();
    office.ok("contact add --department business --kind pre-contract --to technology --subject '100% Φ _x' --content \"O'Neil\" --by wang");
    for text in NAUGHTY {
        for words in
            [["find", "--", text].as_slice(), &["contact", "show", "--", text], &["contact", "papers", "--", text]]
        {
            let outcome = office.words(words);
            assert!([0, 2, 4].contains(&outcome.code), "{words:?}: exit {} {}", outcome.code, outcome.err);
            assert!(!outcome.out.contains(is_raw), "{words:?} reaches the terminal raw");
        }
    }
    for (text, found) in
        [("%", true), ("_", true), ("o'neil", true), ("Φ", true), ("*", false), ("%x", true), ("%q", false)]
    {
        assert_eq!(office.ok(&format!("find -- \"{text}\"")).contains("HAY05001"), found, "{text}");
    }
}

#[test]
fn text_that_another_program_stored_is_made_visible() {
    let office = Office::staffed();
    office
        .ok("contact add --department business --kind pre-contract --to technology --subject a --content b --by wang");
    office
        .sql()
        .execute("UPDATE contact SET subject = 'red \u{1b}[31m \u{202e}x\u{7}' || char(10) || 'y'", ())
        .unwrap();
    for line in ["contact list", "show HAY05001", "find red"] {
        let shown = office.ok(line);
        no_raw_character(&shown, line);
        assert!(shown.contains(r"red \u{1b}[31m \u{202e}x\u{7}⏎y"), "{shown}");
    }
}
