//! Whether what was read as GB18030 looks like Chinese: nearly any bytes can be read so, those of a Korean or a Western file among them.

use std::collections::HashSet;

use encoding_rs::{BIG5, Encoding, SHIFT_JIS};

/// So many different characters must be there before one can tell Korean from Chinese.
const ENOUGH: usize = 8;

/// The label of the encoding in which the beginning of a file may be instead, where it does not look like Chinese.
pub(super) fn of(head: &[u8]) -> Option<&'static str> {
    let characters = Characters::of(head);
    let Characters { usual, rare, .. } = &characters;
    // Chinese has the characters of the first part of GB2312 in the order of their sounds; of those that are used, nearly half stand
    // behind where Korean syllables end.
    let is_korean = |code: &[u8; 2]| code[0] <= 0xC8;
    if rare.is_empty() && usual.len() >= ENOUGH && usual.iter().all(is_korean) {
        return Some("euc-kr");
    }
    if rare.len() * 4 <= usual.len() + rare.len() {
        return None;
    }
    Some(if characters.within * 2 >= characters.all {
        "windows-1252"
    } else if is_read(BIG5, head) {
        "big5"
    } else if is_read(SHIFT_JIS, head) {
        "shift_jis"
    } else {
        "windows-1252"
    })
}

/// The characters of a text in GB18030, each once, but for those of ASCII and for marks.
struct Characters {
    /// Those of GB2312, which nearly all Chinese texts get along with.
    usual: HashSet<[u8; 2]>,
    /// The others.
    rare: HashSet<[u8; 2]>,
    /// How many there are in all, and how many of them stand behind a letter of ASCII, as Western letters mostly do.
    all: usize,
    within: usize,
}

impl Characters {
    fn of(text: &[u8]) -> Self {
        let (mut found, mut place) = (Self { usual: HashSet::new(), rare: HashSet::new(), all: 0, within: 0 }, 0);
        let mut before = 0_u8;
        while let Some(&lead) = text.get(place) {
            let Some(&trail) = text.get(place + 1).filter(|_| lead >= 0x80) else {
                (before, place) = (lead, place + 1);
                continue;
            };
            found.all += 1;
            found.within += usize::from(before.is_ascii_alphabetic());
            before = lead;
            match (lead, trail) {
                (_, b'0'..=b'9') => {
                    found.rare.insert([lead, trail]);
                    place += 2;
                }
                (0xA1..=0xA9, 0xA1..) => {}
                (0xB0..=0xF7, 0xA1..) => drop(found.usual.insert([lead, trail])),
                _ => drop(found.rare.insert([lead, trail])),
            }
            place += 2;
        }
        found
    }
}

/// Whether the beginning of a file can be read so, but for half a character at its end.
fn is_read(encoding: &'static Encoding, head: &[u8]) -> bool {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(head.len()).unwrap_or(0));
    let (result, _) = decoder.decode_to_string_without_replacement(head, &mut text, false);
    result == encoding_rs::DecoderResult::InputEmpty
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_KR, GB18030, WINDOWS_1252};

    use super::*;

    const CHINESE: &str = "number,to,subject\n1,包头钢铁,图纸确认及备件采购\n2,鞍钢,连铸机结晶器改造，请于十月前答复\n";

    #[test]
    fn chinese_is_not_doubted() {
        for text in [
            CHINESE,
            "a,b\n1,包钢\n",
            "a,b\n1,包钢备件\n2,鞍钢电机\n",
            "a,b\n1,朱镕基与陶喆在沈阳第二机床厂\n",
            "a,b\n1,（甲）：《乙》——“丙”\n",
            "a\n1\n",
            "",
        ] {
            assert_eq!(of(&GB18030.encode(text).0), None, "{text}");
        }
        let mut torn = GB18030.encode(CHINESE).0.into_owned();
        torn.truncate(torn.len() - 2);
        assert_eq!(of(&torn), None);
    }

    #[test]
    fn other_languages_are_told_by_their_encoding() {
        let texts = [
            (EUC_KR, "a,b\n1,포스코\n2,도면 확인 요청\n3,납기 문의 드립니다\n", "euc-kr"),
            (BIG5, "a,b\n1,中鋼\n2,圖紙確認與備件採購\n", "big5"),
            (SHIFT_JIS, "a,b\n1,新日鉄\n2,図面確認のお願いします\n", "shift_jis"),
            (WINDOWS_1252, "a,b\n1,Müller\n2,Übergröße für Häuser\n", "windows-1252"),
        ];
        for (encoding, text, label) in texts {
            assert_eq!(of(&encoding.encode(text).0), Some(label), "{text}");
        }
    }
}
