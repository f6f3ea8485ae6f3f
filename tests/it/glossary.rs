//! How the catalogues say things: one word for one thing, as the glossary of `docs/languages.md` has it, Chinese marks, and Korean
//! particles.

use std::collections::BTreeMap;
use std::fs;

use crate::catalogue::{Key, catalogue, files, key};

/// The catalogue of a language: every text with its translation.
fn translations(language: &str) -> BTreeMap<Key, String> {
    let catalogue = polib::po_file::parse(&catalogue(language)).unwrap();
    catalogue.messages().map(|message| (key(message), message.msgstr().unwrap().to_owned())).collect()
}

/// A text that means two things is two texts, and only such a one.
#[test]
fn what_a_register_says_otherwise_is_said_otherwise_there() {
    let catalogues = ["zh", "ko"].map(translations);
    let mut faults = Vec::new();
    for (context, text) in catalogues[0].keys() {
        let Some((of, _)) = context.split_once(' ') else { continue };
        let alike = catalogues
            .iter()
            .all(|known| known.get(&(of.to_owned(), text.clone())) == known.get(&(context.clone(), text.clone())));
        if alike {
            faults.push(format!("{context} {text:?} is said as everywhere"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_korean_particle_follows_the_word_that_is_filled_in() {
    let mut faults = Vec::new();
    for ((_, text), korean) in translations("ko") {
        let both = ["(는)", "(가)", "(를)", "(와)", "(과)", "(으)", "(이)", "(은)", "(을)"];
        if let Some(both) = both.iter().find(|both| korean.contains(**both)) {
            faults.push(format!("{text:?} has {both}"));
        }
        // What follows a name that is filled in is marked, and what is marked follows one.
        for behind in korean.replace("{seq:3}과", "").split('}').skip(1) {
            let word = behind.trim_start_matches(['`', '”', '’', ')']);
            let word: String = word.chars().take_while(|c| ('가'..='힣').contains(c)).collect();
            if ["은", "는", "이", "가", "을", "를", "과", "와", "으로", "로", "이라는", "라는"].contains(&word.as_str())
            {
                faults.push(format!("{text:?} has {word} as if every word ended alike: {korean}"));
            }
        }
        if korean.contains("{:") && !text.contains('{') {
            faults.push(format!("{text:?} has a mark and no word before it: {korean}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Korean has no semicolon: a sentence ends with a full stop before the next.
#[test]
fn a_korean_sentence_ends_before_another() {
    let broken: Vec<String> = translations("ko")
        .into_values()
        .filter(|korean| ["다; ", "오; ", "다;", "오;"].iter().any(|end| prose(korean).contains(end)))
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// What somebody entered wrongly is taken back, what does not come is cancelled, and money that came in is reversed: three words.
#[test]
fn what_is_taken_back_is_not_cancelled() {
    for (language, cancelled, reversed) in [("zh", "取消", "冲销"), ("ko", "취소", "역분개")] {
        let faults: Vec<String> = translations(language)
            .into_iter()
            .filter(|((_, text), said)| {
                let is_about = |verbs: &[&str]| verbs.iter().any(|verb| text.to_lowercase().contains(verb));
                let taken_back = is_about(&["taken back", "take it back", "takes back", "take back", "take that back"]);
                let wrong = said.contains(cancelled) && (taken_back || is_about(&["reverse"]));
                wrong && !is_about(&["cancel"]) || is_about(&["reverse"]) && !said.contains(reversed)
            })
            .map(|((_, text), said)| format!("{text:?}: {said}"))
            .collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

/// What somebody may not do is the subject of a Korean sentence, and so a noun: `장부 백업은 사무원만 할 수 있습니다`.
#[test]
fn what_only_some_may_do_is_a_noun_in_korean() {
    let korean = translations("ko");
    let (mut faults, mut met) = (Vec::new(), 0);
    for path in files("src", "rs") {
        let source = fs::read_to_string(path).unwrap();
        for asked in ["require_clerk(", "clerks_deed(", "require_office(", "require_office_in(", "require_role("] {
            for call in source.split(asked).skip(1).filter_map(|call| call.split(';').next()) {
                let deeds = call.split("say!(\"").skip(1).filter_map(|text| text.split('"').next());
                for deed in deeds.filter_map(|text| korean.get(&(String::new(), text.to_owned()))) {
                    met += 1;
                    if ["다", "할", "은", "는", "함", "음"].iter().any(|end| deed.ends_with(end)) {
                        faults.push(deed.clone());
                    }
                }
            }
        }
    }
    assert!(met > 20 && faults.is_empty(), "{met} met:\n{}", faults.join("\n"));
}

/// What stands outside quotes, and commands to type.
fn prose(text: &str) -> String {
    let outside: Vec<&str> = text.split(['"', '`']).step_by(2).collect();
    outside.join(" ")
}

#[test]
fn chinese_has_full_width_marks_and_air_around_latin_words() {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut faults = Vec::new();
    for ((_, text), chinese) in translations("zh") {
        let prose: Vec<char> = prose(&chinese).chars().collect();
        for three in prose.windows(2) {
            let (before, behind) = (three[0], three[1]);
            let narrow = han(before) && ",;:?!()".contains(behind) || ",;?!)".contains(before) && han(behind);
            let close = han(before) && behind.is_ascii_alphabetic() || before.is_ascii_alphabetic() && han(behind);
            if narrow || close {
                faults.push(format!("{text:?}: {before}{behind} in {chinese}"));
                break;
            }
        }
        let full = |c: char| han(c) || "，。；：？！、（）“”".contains(c);
        let outside: Vec<&str> = chinese.split(['"', '`']).step_by(2).collect();
        let outside: Vec<char> = outside.join("x").chars().collect();
        if let Some(stray) = outside.windows(3).find(|three| full(three[0]) && three[1] == ' ' && full(three[2])) {
            faults.push(format!("{text:?}: a stray blank at {} in {chinese}", stray.iter().collect::<String>()));
        }
        // Behind what stands for a word, a sentence goes on as behind the word.
        let narrow = [",", ";", "?", "!"].into_iter().find(|mark| {
            chinese
                .match_indices(&format!("}}{mark}"))
                .any(|(at, _)| chinese[at + 2..].chars().next().is_none_or(|next| han(next) || next == '{'))
        });
        if let Some(mark) = narrow {
            faults.push(format!("{text:?}: {mark} behind a placeholder in {chinese}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The glossary of `docs/languages.md`: of every term what it is in Chinese and Korean, and the words that lost.
fn glossary() -> Vec<(String, [String; 2], [Vec<String>; 2])> {
    let page = fs::read_to_string("docs/languages.md").unwrap();
    let rows = page.lines().skip_while(|line| !line.starts_with("| English")).skip(2);
    let cells = |row: &str| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let lost = |cell: &str| cell.split('、').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    rows.take_while(|row| row.starts_with('|'))
        .map(|row| match &cells(row)[..] {
            [term, zh, zh_lost, ko, ko_lost] => {
                (term.clone(), [zh.clone(), ko.clone()], [lost(zh_lost), lost(ko_lost)])
            }
            _ => panic!("{row}"),
        })
        .collect()
}

#[test]
fn the_glossary_is_kept() {
    let catalogues = ["zh", "ko"].map(translations);
    let mut faults = Vec::new();
    let glossary = glossary();
    assert!(glossary.len() > 20);
    for (term, won, lost) in &glossary {
        for (language, catalogue) in catalogues.iter().enumerate() {
            assert!(catalogue.values().any(|said| said.contains(&won[language])), "nobody says {}", won[language]);
            for ((_, text), said) in catalogue {
                let without = said.replace(&won[language], "");
                if let Some(word) = lost[language].iter().find(|word| without.contains(word.as_str())) {
                    faults.push(format!("{text:?}: {word} for {term}, which is {}: {said}", won[language]));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The pages that are written in a language, as the catalogues are; what the program answers there is the catalogues' own.
#[test]
fn the_glossary_is_kept_in_the_pages_of_its_languages() {
    let glossary = glossary();
    let mut faults = Vec::new();
    for (language, page) in ["README.zh.md", "README.ko.md"].into_iter().enumerate() {
        let text = fs::read_to_string(page).unwrap();
        for (line, said) in text.split("```").step_by(2).flat_map(str::lines).enumerate() {
            for (term, won, lost) in &glossary {
                let without = said.replace(&won[language], "");
                if let Some(word) = lost[language].iter().find(|word| without.contains(word.as_str())) {
                    faults.push(format!(
                        "{page}, line {line} of its prose: {word} for {term}, which is {}",
                        won[language]
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
