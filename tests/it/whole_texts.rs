//! What is said is said whole: no text is glued to another, and lists have the comma of their language.

use std::fs;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::catalogue::{files, said, spoken};

/// Every group of the tokens, with what stands before it.
fn groups(tokens: TokenStream, each: &mut impl FnMut(&[TokenTree], &TokenStream)) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (place, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            each(&tokens[place.saturating_sub(2)..place], &group.stream());
            groups(group.stream(), each);
        }
    }
}

/// Whether what stands before a group ends with these words and marks.
fn ends_with(before: &[TokenTree], end: &[&str]) -> bool {
    let before: Vec<String> = before.iter().map(ToString::to_string).collect();
    before.ends_with(&end.iter().map(ToString::to_string).collect::<Vec<_>>())
}

#[test]
fn a_text_is_whole_and_none_is_glued_to_another() {
    let mut faults = Vec::new();
    let parts = ["and ", "or ", "but ", "nor ", ",", ";", ":"];
    for ((context, text), place) in said() {
        if context.is_empty() && (text.trim_matches(' ') != text || parts.iter().any(|part| text.starts_with(part))) {
            faults.push(format!("{place}: {text:?} is a part of a sentence"));
        }
    }
    for path in files("src", "rs") {
        let source = fs::read_to_string(&path).unwrap();
        groups(source.parse().unwrap(), &mut |before, group| {
            let texts = spoken(group.clone()).len();
            let glued = ends_with(before, &["format", "!"]) && texts > 1
                || ["push_str", "join"].iter().any(|word| ends_with(before, &[word])) && texts > 0;
            if glued {
                faults.push(format!("{}: texts are glued together: {group}", path.display()));
            }
        });
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every string literal of the tokens.
fn literals(tokens: TokenStream, found: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => literals(group.stream(), found),
            TokenTree::Literal(literal) => {
                found.extend(syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|text| text.value()));
            }
            _ => {}
        }
    }
}

/// The bodies of the functions of the tokens.
fn bodies(tokens: TokenStream, found: &mut Vec<TokenStream>) {
    let mut is_function = false;
    for token in tokens {
        match token {
            TokenTree::Ident(word) if word == "fn" => is_function = true,
            TokenTree::Group(group) => {
                if is_function && group.delimiter() == Delimiter::Brace {
                    found.push(group.stream());
                    is_function = false;
                }
                bodies(group.stream(), found);
            }
            TokenTree::Punct(mark) if mark.as_char() == ';' => is_function = false,
            _ => {}
        }
    }
}

#[test]
fn lists_in_texts_have_the_comma_of_their_language() {
    // A file of rules is TOML.
    const ENGLISH: [&str; 1] = ["src/import/rules.rs"];
    let is_sql =
        |text: &String| text.contains("(:") || text.split(|c: char| !c.is_ascii_uppercase()).any(|word| word.len() > 2);
    let (mut lists, mut faults) = (0, Vec::new());
    for path in files("src", "rs") {
        let mut functions = Vec::new();
        bodies(fs::read_to_string(&path).unwrap().parse().unwrap(), &mut functions);
        for body in functions.iter().filter(|body| body.to_string().contains("join (\", \")")) {
            let mut texts = Vec::new();
            literals(body.clone(), &mut texts);
            lists += 1;
            if !texts.iter().any(is_sql) && !ENGLISH.contains(&path.to_str().unwrap()) {
                faults.push(format!("{}: a list for a person is joined by language::comma(): {body}", path.display()));
            }
        }
    }
    assert!(faults.is_empty() && lists > 20, "{lists} lists; {}", faults.join("\n"));
}

#[test]
fn no_statement_puts_sentences_together() {
    // A command to type and its options, the sum of a day, and the key of a thing, which is one word, are no sentences.
    const PLAIN: [&str; 4] = ["branchbook ", "--", "days", "months"];
    let is_sentence = |quoted: &str| {
        let words = quoted.trim().split(' ').filter(|word| word.chars().any(|c| c.is_ascii_lowercase()));
        words.count() > 1 && !PLAIN.iter().any(|plain| quoted.trim_start().starts_with(plain))
    };
    let mut faults = Vec::new();
    for folder in ["src/administration", "src/register", "src/report", "src/office", "src/series", "src/undo"] {
        for path in files(folder, "rs") {
            let mut found = Vec::new();
            literals(fs::read_to_string(&path).unwrap().parse().unwrap(), &mut found);
            for text in found {
                let pieces: Vec<&str> = text.split('\'').collect();
                for three in pieces.windows(3) {
                    let joined = three[0].trim_end().ends_with("||") || three[2].trim_start().starts_with("||");
                    if joined && is_sentence(three[1]) {
                        faults.push(format!("{}: '{}'", path.display(), three[1]));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "say it by say!, in the reader's language:\n{}", faults.join("\n"));
}
