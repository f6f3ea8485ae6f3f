#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

/// Every character that must be refused, written down once more as plain numbers.
fn must_be_refused(code: u32) -> bool {
    let ranges = [
        (0x00, 0x08),
        (0x0B, 0x1F),
        (0x7F, 0x9F),
        (0x61C, 0x61C),
        (0x200E, 0x200F),
        (0x2028, 0x202E),
        (0x2066, 0x2069),
        (0xFDD0, 0xFDEF),
        (0xFEFF, 0xFEFF),
        (0xFFF9, 0xFFFB),
        (0xE0000, 0xE007F),
    ];
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&code)) || code % 0x1_0000 >= 0xFFFE
}

/// Text made of what is awkward: accents, spaces, suffixes, marks, wide forms.
fn awkward() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        prop::sample::select(vec![
            "公司",
            "集团",
            "有限",
            "责任",
            "股份",
            "总",
            "(주)",
            "㈜",
            "주식회사",
            "Co.",
            ", Ltd",
            "limited",
            "Company",
            "INC",
            "corp",
            "GmbH",
            "e",
            "I",
            "İ",
            "Σ",
            "\u{301}",
            "\u{307}",
            "\u{323}",
            " ",
            "-",
            "（",
            "\u{3000}",
            "\u{200B}",
            "Ａ",
            "①",
            "ﬁ",
            "´",
            "包",
            "한",
            "1",
        ])
        .prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

#[test]
fn exactly_the_listed_characters_are_refused() {
    for c in '\0'..=char::MAX {
        assert_eq!(refused(c).is_some(), must_be_refused(u32::from(c)), "{:04X}", u32::from(c));
    }
}

#[test]
fn ordinary_text_passes() {
    for text in ["", "包头钢铁", "두산 (주)", "line\nline\tcell", "e\u{301} 👨\u{200D}👩", "①½ €"] {
        assert_eq!(check(text), Ok(()));
    }
}

#[test]
fn the_message_names_character_and_position() {
    let refusal = check("包头\u{202E}钢铁\u{0}").unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "character 3 of `包头\\u{202e}钢铁\\u{0}` is U+202E, an invisible mark of writing direction, which cannot be \
         stored; delete it, or type the text by hand instead of pasting it"
    );
    assert_eq!(refusal.kind, crate::refusal::Kind::Usage);
    assert!(check("\u{1F}").unwrap_err().what.contains("character 1 of"));
    assert!(check("a\u{E0041}").unwrap_err().what.contains("U+E0041"));
}

#[test]
fn what_cannot_be_seen_is_blank() {
    for blank in ["", " ", "\t\n", "\u{3000}\u{A0}", "\u{200B}\u{200D}", "\u{2060}", "\u{3164}", "\u{2800} \u{AD}"] {
        let refusal = check_required(blank, "customer").unwrap_err();
        assert_eq!(refusal.to_string(), "customer is blank; type the customer");
    }
    assert_eq!(check_required(" 包 ", "customer"), Ok(()));
    assert!(check_required("包\u{7}", "customer").unwrap_err().what.contains("U+0007"));
}

#[test]
fn a_text_is_kept_as_typed_but_for_the_spaces_around_it() {
    for (typed, kept) in [("a", "a"), (" a b\t\n", "a b"), ("\u{3000}全角\u{3000}", "全角"), ("\u{a0}a\u{200b}", "a")]
    {
        assert_eq!(typed.parse::<Text>().unwrap().0, kept);
    }
    assert_eq!("  ".parse::<Text>().unwrap_err().to_string(), "text is blank; type the text");
}

#[test]
fn a_line_has_no_breaks() {
    assert_eq!(&*" 王 建国\n".parse::<Line>().unwrap(), "王 建国");
    for typed in ["a\nb", "a\tb"] {
        let refused = typed.parse::<Line>().unwrap_err().to_string();
        assert_eq!(refused, format!("`{}` is more than one line; type it on one line, without tabs", visible(typed)));
    }
}

#[test]
fn a_word_comes_back_from_the_shell_as_it_was() {
    for (text, typed) in [
        ("li", "li"),
        ("包钢", "包钢"),
        ("2026-10-08", "2026-10-08"),
        ("", "\"\""),
        ("包钢(集团) 公司", "\"包钢(集团) 公司\""),
        ("a;b", "\"a;b\""),
        ("O'Neil", "\"O'Neil\""),
        ("$HOME", "'$HOME'"),
        ("say \"hi\"", "'say \"hi\"'"),
    ] {
        assert_eq!(word(text), typed);
        assert_eq!(shlex::split(&word(text)), Some(vec![text.to_owned()]));
    }
}

#[test]
fn visible_stays_on_one_line() {
    assert_eq!(visible("a\nb\tc\u{202E}\r\u{85}"), r"a⏎b c\u{202e}\u{d}\u{85}");
    assert!(matches!(visible("包头 e\u{301}"), Cow::Borrowed("包头 e\u{301}")));
}

#[test]
fn spellings_of_one_customer_fold_alike() {
    for (spellings, folded) in [
        (
            &["包头钢铁(集团)有限责任公司", "包头钢铁集团 有限公司", "包头钢铁（集团）总公司", "包头钢铁"][..],
            "包头钢铁",
        ),
        (&["鞍钢集团矿业有限公司", "鞍钢集团矿业"], "鞍钢集团矿业"),
        (&["宝山钢铁股份有限公司", "宝山钢铁 集团公司"], "宝山钢铁"),
        (&["포스코(주)", "포스코 ㈜", "포스코 주식회사", "포스코（주）"], "포스코"),
        (
            &[
                "Metso Co., Ltd.",
                "METSO Company Limited",
                "Ｍｅｔｓｏ Limited",
                "metso, Inc.",
                "Metso Corp",
                "Metso GmbH",
            ],
            "metso",
        ),
        (&["光州 · 제철", "光州제철"], "光州제철"),
        (&["Cafe\u{301}", "CAFÉ", "Caf-\u{E9}"], "café"),
    ] {
        for spelling in spellings {
            assert_eq!(fold(spelling), folded, "{spelling}");
        }
    }
}

#[test]
fn a_suffix_stays_when_nothing_else_is_left() {
    assert_eq!(fold("公司"), "公司");
    assert_eq!(fold("集团 公司"), "集团");
    assert_eq!(fold("Inc."), "inc");
    assert_eq!(fold("광주"), "광주");
    assert_eq!(fold("…—()"), "");
}

#[test]
fn the_fold_of_every_character_is_its_own_fold() {
    for c in '\0'..=char::MAX {
        let folded = fold(c.encode_utf8(&mut [0; 4]));
        assert_eq!(fold_once(&folded), folded);
    }
}

#[test]
fn what_is_looked_for_forgets_width_case_brackets_spaces_and_hyphens_but_no_decimal_point() {
    for (one, other) in [
        ("包头钢铁（集团）", "包头钢铁(集团)"),
        ("包头钢铁【集团】", "包头钢铁 集团"),
        ("ＴｈｉｎｋＰａｄ T14", "thinkpad-t14"),
        ("Φ3.6", "φ３．６"),
        ("hay05 001", "HAY05001"),
        ("CAFÉ", "cafe\u{301}"),
    ] {
        assert_eq!(plain(one), plain(other), "{one}");
    }
    assert_ne!(plain("φ3.6"), plain("φ36"));
    assert_eq!(plain("No. 5. 6."), "no56");
    assert_eq!(plain("***"), "");
}

#[test]
fn a_number_is_forgiven_case_width_and_spaces() {
    assert_eq!(number("hay05 012"), "HAY05012");
    assert_eq!(number("　ｈａｙ０５\t０１２\n"), "HAY05012");
    assert_eq!(number("inf26-0001"), "INF26-0001");
}

#[test]
fn half_width_changes_the_twins_of_ascii_alone() {
    assert_eq!(half_width("　１２，５００．５０－＋Ａ～"), " 12,500.50-+A~");
    assert_eq!(half_width("①½￥元年"), "①½￥元年");
}

proptest! {
    #[test]
    fn what_is_made_visible_passes_on_one_line(text in awkward()) {
        let shown = visible(&text);
        prop_assert_eq!(check(&shown), Ok(()));
        prop_assert!(!shown.contains(['\n', '\t']));
        prop_assert_eq!(visible(&shown), shown.as_ref());
    }

    #[test]
    fn fold_is_idempotent(text in awkward()) {
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded);
    }

    #[test]
    fn fold_forgets_case_spaces_and_a_suffix(
        name in "[a-z包头钢铁]{1,6}z",
        suffix in prop::sample::select(&COMPANY_SUFFIXES[..]),
    ) {
        let spelling = format!(" {}-{suffix} ", name.to_uppercase());
        prop_assert_eq!(fold(&spelling), fold(&name));
    }

    #[test]
    fn number_is_idempotent_and_free_of_spaces(text in awkward()) {
        let canonical = number(&text);
        prop_assert_eq!(number(&canonical), canonical.as_str());
        prop_assert!(!canonical.contains(char::is_whitespace));
        prop_assert!(!canonical.contains(|c: char| c.is_ascii_lowercase()));
    }
}

#[test]
fn a_papers_number_is_one_in_all_its_spellings_and_two_where_its_parts_differ() {
    for spelling in ["DL-07", "dl 07", "ＤＬ０７", "DL—07", " dl/07 "] {
        assert_eq!(paper(spelling), "DL07", "{spelling}");
    }
    assert_ne!(paper("1-11"), paper("11-1"));
    assert_eq!(paper("BG-2026-118"), "BG2026-118");
    assert_eq!(paper("银·1101"), paper("银1101"));
    assert_eq!(paper("--"), "");
    for spelling in
        ["9911", "#9911", "No.9911", "No 9911", "NO:9911", "№9911", "№ 9911", "第9911号", "￥9911", "¥9911", "＃9911"]
    {
        assert_eq!(paper(spelling), "9911", "{spelling}");
    }
    for spelling in [
        "0218843",
        "0218843,",
        "发票0218843",
        "发票:No.0218843。",
        "0218843，",
        "0218843号发票",
        "청구서 0218843",
        "Invoice 0218843",
        "-0218843-",
    ] {
        assert_eq!(paper(spelling), "0218843", "{spelling}");
    }
    for (spelling, bare) in [("协议A1", "A1"), ("通知W1,", "W1"), ("合同C9", "C9"), ("Contract: C9", "C9")] {
        assert_eq!(paper(spelling), bare, "{spelling}");
    }
    assert_eq!(paper("BILLA-1"), "BILLA1");
    assert_eq!(paper("合同"), "合同", "a word alone is a number");
    assert_eq!(paper("АВ-12"), paper("AB12"), "Cyrillic letters that look Latin");
    assert_eq!(paper("ΑΒ-12"), paper("AB12"), "Greek ones");
    assert_eq!(paper("NORD"), "NORD");
    assert_ne!(paper("AO1"), paper("A01"));
}

#[test]
fn what_is_not_seen_makes_no_other_number_and_twins_only_look_alike() {
    for hidden in ["\u{200B}", "\u{AD}", "\u{3164}", "\u{2800}", "\u{E0100}", "\u{FE0F}", "\u{1D173}", "\u{206A}"] {
        assert_eq!(paper(&format!("FP{hidden}-10{hidden}1")), "FP101", "{hidden:?}");
        assert_eq!(number(&format!("HAY{hidden}05001")), "HAY05001", "{hidden:?}");
        assert!(is_blank(hidden), "{hidden:?}");
    }
    for seen in ["é", "が", "한", "包", "ะ", "\u{301}"] {
        assert!(!is_blank(seen), "{seen}");
    }
    assert_eq!(looks("FP-l0O1"), looks("fp 1001"));
    assert_eq!(looks("ＩO-1"), looks("10-1"));
    assert_ne!(looks("FP-1002"), looks("FP-1001"));
    assert_ne!(paper("FP-l001"), paper("FP-1001"));
}
