//! The catalogues hold every text that a person reads, and no other.
//!
//! `UPDATE_DOCS=1 cargo test --test it catalogue` brings them up to date: new texts come in without a translation, which this test
//! then asks for, and texts that nobody says any more go.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use branchbook::cli;
use branchbook::column::Column;
use branchbook::language::{Language, plural};
use branchbook::register;
use branchbook::register::field::Spec;
use branchbook::register::option::At;
use polib::catalog::Catalog;
use polib::message::{Message, MessageFlags};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

/// A text as gettext knows it: its context, and the text.
pub(crate) type Key = (String, String);

/// The fields that the registers' verbs enter.
fn fields() -> impl Iterator<Item = &'static Spec> {
    register::forms().flat_map(register::form::Form::options)
}

/// The texts, each with where it stands.
pub(crate) fn said() -> BTreeMap<Key, String> {
    let mut said = BTreeMap::new();
    for path in files("src", "rs") {
        let source = fs::read_to_string(&path).unwrap();
        let tokens = source.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for key in spoken(tokens) {
            said.entry(key).or_insert_with(|| path.display().to_string());
        }
    }
    for path in files("templates", "html") {
        for call in fs::read_to_string(&path).unwrap().split("{{").skip(1).filter_map(|call| call.split("}}").next()) {
            for key in spoken(call.parse().unwrap_or_default()) {
                said.entry(key).or_insert_with(|| path.display().to_string());
            }
        }
    }
    let mut grammar = cli::command();
    grammar.build();
    // What help says of a field is put together from its label and these.
    let put_together: BTreeSet<String> =
        fields().flat_map(|field| [At::Step, At::Amend].map(|at| field.help(at))).collect();
    let hints =
        fields().flat_map(|field| [field.hint, field.on_amend.unwrap_or(""), field.otherwise].map(str::to_owned));
    for text in hints.chain(helps(&grammar).difference(&put_together).cloned()).filter(|text| !text.is_empty()) {
        said.entry((String::new(), text)).or_insert_with(|| "--help".to_owned());
    }
    for heading in headings() {
        said.entry(("column".to_owned(), heading)).or_insert_with(|| "schema.sql".to_owned());
    }
    for word in words().into_iter().chain(values(&grammar)) {
        said.entry(("value".to_owned(), word)).or_insert_with(|| "schema.sql".to_owned());
    }
    said
}

pub(crate) fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The texts that `say!` and `phrase!` begin with, and the headings that `heading!` marks, but for those of a file's own tests.
pub(crate) fn spoken(tokens: TokenStream) -> Vec<Key> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    let mut place = 0;
    while let Some(token) = tokens.get(place) {
        place += 1;
        match (token, tokens.get(place), tokens.get(place + 1)) {
            (TokenTree::Ident(name), Some(TokenTree::Punct(mark)), Some(TokenTree::Group(group)))
                if (name == "say" || name == "phrase" || name == "heading") && mark.as_char() == '!' =>
            {
                if let Some(TokenTree::Literal(text)) = group.stream().into_iter().next() {
                    let text = unquoted(&text.to_string());
                    found.push(if name == "heading" {
                        ("column".to_owned(), heading(&text))
                    } else {
                        (String::new(), text)
                    });
                }
            }
            (TokenTree::Punct(mark), Some(TokenTree::Group(attribute)), _)
                if mark.as_char() == '#' && attribute.stream().to_string() == "cfg (test)" =>
            {
                // What is for tests alone ends with its body.
                let body = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
                place += 1 + tokens[place..].iter().position(body).unwrap_or(0);
            }
            (TokenTree::Group(group), _, _) => found.extend(spoken(group.stream())),
            _ => {}
        }
    }
    found
}

/// What a string literal stands for.
fn unquoted(literal: &str) -> String {
    let literal: syn::LitStr = syn::parse_str(literal).unwrap();
    literal.value()
}

/// Every text of the grammar that its help shows.
fn helps(command: &clap::Command) -> BTreeSet<String> {
    // What stands after the help of an import is put together from texts that are met elsewhere.
    let after = command.get_after_help().filter(|_| command.get_name() != "import");
    let own = [command.get_about(), command.get_long_about(), after];
    let mut texts: BTreeSet<String> = own.into_iter().flatten().map(ToString::to_string).collect();
    for argument in
        command.get_arguments().filter(|argument| !["help", "version"].contains(&argument.get_id().as_str()))
    {
        texts.extend([argument.get_help(), argument.get_long_help()].into_iter().flatten().map(ToString::to_string));
        texts.extend(argument.get_help_heading().map(str::to_owned));
        let values = argument.get_possible_values();
        texts.extend(values.iter().filter_map(|value| value.get_help()).map(ToString::to_string));
    }
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        texts.extend(helps(verb));
    }
    texts
}

fn book() -> Connection {
    let book = Connection::open_in_memory().unwrap();
    book.execute_batch(include_str!("../../schema.sql")).unwrap();
    book
}

fn heading(name: &str) -> String {
    Language::En.during(|| Column::of_sql(name).heading())
}

/// The headings of every view, of the lists under an entry, and of what else is asked for.
fn headings() -> BTreeSet<String> {
    let sql = "SELECT p.name FROM sqlite_temp_schema AS m, pragma_table_info(m.name) AS p
        WHERE m.type = 'view' AND p.name NOT IN ('id', 'counter', 'serial')";
    let book = book();
    // A list under an entry may call a function of the program's own connections, of which only the headings matter here.
    book.create_scalar_function("folded", 1, FunctionFlags::SQLITE_UTF8, |_| Ok(0)).unwrap();
    let mut statement = book.prepare(sql).unwrap();
    let names = statement.query_map((), |row| row.get::<_, String>(0)).unwrap();
    let mut headings: BTreeSet<String> = names.map(|name| heading(&name.unwrap())).collect();
    headings.extend(fields().map(|field| heading(field.label.unwrap_or(field.name()))));
    for part in register::ALL.iter().flat_map(|register| register.parts) {
        let list = book.prepare(part.sql).unwrap();
        headings.extend(list.column_names().map(heading));
    }
    headings
}

/// The words that options of the registers take.
fn values(grammar: &clap::Command) -> BTreeSet<String> {
    let rooms = grammar.get_subcommands().filter(|room| register::ALL.iter().any(|of| of.name == room.get_name()));
    let options = rooms.flat_map(clap::Command::get_subcommands).flat_map(clap::Command::get_arguments);
    let words = options.filter(|option| !option.is_global_set() && option.get_action().takes_values());
    words.flat_map(clap::Arg::get_possible_values).map(|value| value.get_name().to_owned()).collect()
}

/// The words that the book itself gives: registers, states, what they and the figures mean, and what the tables allow.
fn words() -> BTreeSet<String> {
    let sql = "SELECT register FROM state UNION SELECT state FROM state UNION SELECT meaning FROM state
        UNION SELECT meaning FROM figure UNION SELECT unit FROM figure";
    let book = book();
    let mut statement = book.prepare(sql).unwrap();
    let mut words: BTreeSet<String> =
        statement.query_map((), |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap();
    let mut tables = book.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables = tables.query_map((), |row| row.get::<_, String>(0)).unwrap();
    for table in tables.map(Result::unwrap) {
        for list in table.split(" IN (").skip(1).filter_map(|list| list.split(')').next()) {
            words.extend(list.split('\'').skip(1).step_by(2).map(str::to_owned));
        }
    }
    words.remove("");
    words.insert("none".to_owned());
    words
}

pub(crate) fn catalogue(language: &str) -> PathBuf {
    Path::new("locale").join(format!("{language}.po"))
}

/// What a context may be narrowed to: a register, another list, or a column of words.
fn is_narrower(name: &str) -> bool {
    [
        "staff",
        "day",
        "due",
        "quota",
        "file",
        "duty",
        "kind",
        "milestone",
        "problem",
        "receipt",
        "register",
        "report",
        "thing",
        "verb",
        "verdict",
    ]
    .contains(&name)
        || register::ALL.iter().any(|register| register.name == name)
}

pub(crate) fn key(message: &dyn polib::message::MessageView) -> Key {
    let context = message.msgctxt().unwrap_or_default();
    let (of, narrower) = context.split_once(' ').map_or((context, None), |(of, name)| (of, Some(name)));
    assert!(["", "column", "value"].contains(&of) && narrower.is_none_or(is_narrower), "{context} is no context");
    (context.to_owned(), message.msgid().to_owned())
}

/// Whether a column or word of the catalogue that no view or table has is in the code or the schema.
fn is_used((context, text): &Key, sources: &str) -> bool {
    let named = |text: &str| sources.contains(&text.replace(' ', "_"));
    match context.split(' ').next().unwrap_or_default() {
        // Some columns are of a time: `amount` and `amount_month_before` are put together.
        "column" if heading(&text.replace(' ', "_")) != *text => false,
        "column" => [" month before", " year before"]
            .iter()
            .find_map(|time| Some((text.strip_suffix(time)?, time)))
            .map_or(named(text), |(measure, time)| named(measure) && named(time)),
        "value" => ['"', '\''].iter().any(|quote| sources.contains(&format!("{quote}{text}{quote}"))),
        _ => false,
    }
}

/// The catalogue with what is said, sorted by text, and with its translations of that. A text that is new takes the translation of
/// the text most like it that nobody says any more, marked as fuzzy.
fn brought_up_to_date(old: &Catalog, said: &BTreeMap<Key, String>) -> Catalog {
    const ALIKE: f64 = 0.7;
    let sources = sources();
    let mut new = Catalog::new(old.metadata.clone());
    let mut known: BTreeMap<Key, (String, bool)> = old
        .messages()
        .map(|message| (key(message), (message.msgstr().unwrap().to_owned(), message.flags().is_fuzzy())))
        .collect();
    let mut wanted: BTreeSet<Key> = said.keys().cloned().collect();
    wanted.extend(known.keys().filter(|key| is_used(key, &sources)).cloned());
    let kept: BTreeMap<Key, (String, bool)> =
        wanted.iter().filter_map(|key| Some((key.clone(), known.remove(key)?))).collect();
    for key in wanted {
        let alike = |(context, text): &&Key| (*context == key.0).then(|| strsim::normalized_levenshtein(text, &key.1));
        let nearest = || known.keys().max_by(|a, b| alike(a).unwrap_or(0.0).total_cmp(&alike(b).unwrap_or(0.0)));
        let (translation, fuzzy) = kept.get(&key).cloned().unwrap_or_else(|| {
            let near = nearest().filter(|near| alike(near).is_some_and(|measure| measure > ALIKE));
            near.map_or_else(Default::default, |near| (known[near].0.clone(), true))
        });
        let mut message = Message::build_singular();
        if !key.0.is_empty() {
            message.with_msgctxt(key.0.clone());
        }
        if fuzzy {
            message.with_flags(MessageFlags::from_str("fuzzy").unwrap());
        }
        message.with_msgid(key.1).with_msgstr(translation);
        new.append_or_update(message.done());
    }
    new
}

fn sources() -> String {
    let mut sources = include_str!("../../schema.sql").to_owned();
    for path in files("src", "rs") {
        sources.push_str(&fs::read_to_string(path).unwrap());
    }
    sources
}

/// The placeholders of a text, in order.
fn placeholders(text: &str) -> BTreeSet<String> {
    let plain = text.replace("{{", "").replace("}}", "");
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let names = plain.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
    names.filter(|name| is_name(name)).map(str::to_owned).collect()
}

#[test]
fn every_text_has_its_translation_and_no_translation_is_left_over() {
    let (said, sources) = (said(), sources());
    let mut faults = Vec::new();
    for language in ["zh", "ko"] {
        let path = catalogue(language);
        let mut catalogue = polib::po_file::parse(&path).unwrap();
        if std::env::var_os("UPDATE_DOCS").is_some() {
            catalogue = brought_up_to_date(&catalogue, &said);
            polib::po_file::write_to_file(&catalogue, &path).unwrap();
        }
        let mut missing: BTreeSet<&Key> = said.keys().collect();
        for message in catalogue.messages() {
            let key = key(message);
            let (text, translation) = (message.msgid(), message.msgstr().unwrap());
            if !missing.remove(&key) && !is_used(&key, &sources) {
                faults.push(format!("{language}: nobody says {key:?}"));
            }
            if translation.is_empty() || message.flags().is_fuzzy() {
                faults.push(format!("{language}: not translated: {text:?}"));
            } else if key.0.is_empty() && placeholders(text) != placeholders(translation) {
                faults.push(format!("{language}: other placeholders than in {text:?}: {translation:?}"));
            }
        }
        faults.extend(missing.into_iter().map(|key| format!("{language}: missing: {key:?}")));
    }
    assert!(
        faults.is_empty(),
        "{} faults; bring locale/ up to date with UPDATE_DOCS=1 cargo test --test it catalogue, and translate:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// Words behind a placeholder that end as nouns of several do, and are none.
const NO_NOUNS: [&str; 51] = [
    "accepts", "answers", "appoints", "as", "asks", "bears", "begins", "belongs", "brings", "comes", "corrects",
    "costs", "decides", "differs", "does", "endorses", "ends", "enters", "goes", "guards", "hangs", "has", "holds",
    "is", "keeps", "lacks", "leads", "leaves", "less", "looks", "makes", "names", "owes", "passes", "prints",
    "provides", "reads", "refers", "repeats", "says", "sets", "stands", "stays", "suggests", "takes", "tells", "this",
    "waits", "wants", "was", "works",
];

#[test]
fn what_is_counted_is_said_of_one_and_of_several() {
    let mut faults = Vec::new();
    for ((context, text), place) in said() {
        for (count, behind) in text.split('}').skip(1).enumerate().filter(|_| context.is_empty()) {
            let Some(behind) = behind.strip_prefix(' ') else { continue };
            let first: String = behind.chars().take_while(char::is_ascii_lowercase).collect();
            let several = first.len() > 2 && first.ends_with('s') || first == "people";
            let known = plural::COUNTED.iter().any(|(known, _)| behind.starts_with(known));
            if several && !known && !NO_NOUNS.contains(&first.as_str()) {
                faults.push(format!("{place}: placeholder {} of {text:?}: how is {first:?} said of one?", count + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_sentence_is_said_in_two_ways() {
    let [zh, ko] = ["zh", "ko"].map(|language| polib::po_file::parse(&catalogue(language)).unwrap());
    let mut said: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut faults = Vec::new();
    for message in zh.messages().filter(|message| message.msgctxt().is_none()) {
        let text = message.msgid();
        if text.split(' ').count() < 4 {
            continue;
        }
        let korean = ko.find_message(None, text, None).map(|message| message.msgstr().unwrap().to_owned());
        let translations = (message.msgstr().unwrap().to_owned(), korean.unwrap_or_default());
        if let Some(other) = said.insert(translations, text.to_owned()) {
            faults.push(format!("{other:?} and {text:?} are one sentence"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
