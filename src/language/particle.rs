//! Korean particles, which follow the last syllable of the word before them: `번호를`, `대장을`.
//!
//! Where that word is filled in, the translation has a mark instead, the form that follows a consonant: `{number}{:을}`.

/// Chinese characters whose Mandarin reading, by which Korean writes the names of the living, ends in a consonant; in their order.
const NASAL: &str = include_str!("nasal.txt");

/// Those of them that are read `er`, which Korean writes with a final ㄹ.
const LIQUID: &str = "二佴儿尔洱珥而耳贰迩铒饵鲕鸸";

/// Each particle as a mark has it and as it is behind a consonant, and how it is behind a vowel.
const PARTICLES: [(&str, &str); 6] =
    [("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"), ("이라는", "라는")];

/// How the last syllable of a word ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Vowel,
    /// The consonant ㄹ, behind which `으로` is `로`.
    Liquid,
    Consonant,
}

/// The particle that a mark such as `:을` stands for behind this text; none where it is no mark.
pub(super) fn behind(text: &str, mark: &str) -> Option<&'static str> {
    let mark = mark.strip_prefix(':')?;
    let (consonant, vowel) = PARTICLES.iter().find(|(consonant, _)| *consonant == mark)?;
    Some(match end(text) {
        End::Vowel => vowel,
        End::Liquid if *consonant == "으로" => vowel,
        End::Liquid | End::Consonant => consonant,
    })
}

/// How a text ends that is read aloud: what stands in brackets at its end, and marks, are not.
fn end(text: &str) -> End {
    let mut read = text;
    loop {
        let shorter = read.trim_end_matches(|c: char| !c.is_alphanumeric() && !")）%".contains(c));
        let open = match shorter.chars().next_back() {
            Some(')') => shorter.rfind('('),
            Some('）') => shorter.rfind('（'),
            _ => None,
        };
        let Some(open) = open.filter(|open| !shorter[..*open].trim().is_empty()) else {
            read = shorter.trim_end_matches([')', '）']);
            break;
        };
        read = &shorter[..open];
    }
    let word = read.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    match read.chars().next_back() {
        Some(syllable @ '가'..='힣') => match (u32::from(syllable) - 0xAC00) % 28 {
            0 => End::Vowel,
            8 => End::Liquid,
            _ => End::Consonant,
        },
        Some('1' | '7' | '8') => End::Liquid,
        Some('0' | '3' | '6') => End::Consonant,
        Some(letter) if letter.is_ascii_alphabetic() => of_letters(word),
        Some(character) if LIQUID.contains(character) => End::Liquid,
        Some(character) if NASAL.contains(character) => End::Consonant,
        _ => End::Vowel,
    }
}

/// How a word or an abbreviation in Latin letters ends: `CSV` is read by its letters, `chen` as a word.
fn of_letters(word: &str) -> End {
    let spelt = word.len() <= 3 && word.chars().all(|letter| letter.is_ascii_uppercase());
    let lower = word.to_ascii_lowercase();
    match lower.chars().next_back() {
        Some('l') => End::Liquid,
        Some('r') if spelt => End::Liquid,
        Some('m' | 'n') => End::Consonant,
        Some('g') if lower.ends_with("ng") => End::Consonant,
        _ => End::Vowel,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_particle_follows_the_last_syllable_that_is_read() {
        for (word, end) in [
            ("번호", End::Vowel),
            ("대장", End::Consonant),
            ("서울", End::Liquid),
            ("HAY05001", End::Liquid),
            ("HAY05002", End::Vowel),
            ("HAY05003", End::Consonant),
            ("12,500.50위안", End::Consonant),
            ("2026년 10월", End::Liquid),
            ("王建国", End::Vowel),
            ("何平", End::Consonant),
            ("吴宝儿", End::Liquid),
            ("chen", End::Consonant),
            ("wang", End::Consonant),
            ("li", End::Vowel),
            ("CSV", End::Vowel),
            ("USD", End::Vowel),
            ("PERSON", End::Consonant),
            ("`번호`", End::Vowel),
            ("대장 (zhou)", End::Consonant),
            ("（대장）", End::Consonant),
            ("50%", End::Vowel),
            ("", End::Vowel),
        ] {
            assert_eq!(super::end(word), end, "{word}");
        }
    }

    #[test]
    fn each_mark_has_two_forms() {
        for (mark, consonant, vowel) in [(":은", "은", "는"), (":을", "을", "를"), (":과", "과", "와")] {
            assert_eq!(behind("대장", mark), Some(consonant));
            assert_eq!(behind("번호", mark), Some(vowel));
        }
        assert_eq!(behind("서울", ":으로"), Some("로"));
        assert_eq!(behind("대장", ":으로"), Some("으로"));
        assert_eq!(behind("대장", "number"), None);
    }

    #[test]
    fn the_characters_stand_in_their_order() {
        let characters: Vec<char> = NASAL.chars().filter(|c| *c != '\n').collect();
        assert!(characters.windows(2).all(|two| two[0] < two[1]));
    }
}
