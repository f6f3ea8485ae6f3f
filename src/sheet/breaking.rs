//! Where a text breaks into lines: at spaces, and between Chinese characters but for such as do not begin or end a line.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What does not begin a line.
const NOT_FIRST: &str = "、。，；：？！）》」』】〕”’…％%·～)]},.;:!?";

/// What does not end one.
const NOT_LAST: &str = "（《「『【〔“‘([{";

/// The text with line breaks, so that no line is wider than this; a word that is wider alone breaks where it must.
pub(super) fn broken(text: &str, width: usize) -> String {
    let width = width.max(2);
    let lines = text.split('\n').flat_map(|line| lines(line, width));
    lines.collect::<Vec<_>>().join("\n")
}

fn lines(text: &str, width: usize) -> Vec<String> {
    let (mut lines, mut rest) = (Vec::new(), text);
    while rest.width() > width {
        let place = place(rest, width);
        let (line, behind) = rest.split_at(place);
        lines.push(line.trim_end_matches(' ').to_owned());
        rest = behind.trim_start_matches(' ');
    }
    lines.push(rest.to_owned());
    lines
}

/// Where the first line ends of a text that is wider: at the last place that may be one, else where the width ends.
fn place(text: &str, width: usize) -> usize {
    let (mut used, mut last, mut end) = (0, None, 0);
    let (mut before, mut earlier): (Option<char>, Option<char>) = (None, None);
    for (place, character) in text.char_indices() {
        // A line ends behind the hyphen of a word, and not between an option's hyphens and its name.
        let of_option = before == Some('-') && earlier.is_none_or(|earlier| !earlier.is_alphanumeric());
        if !of_option && before.is_some_and(|before| may_break(before, character)) {
            last = Some(place);
        }
        used += character.width().unwrap_or(0);
        // A space may hang over the end.
        if used > width && character != ' ' {
            break;
        }
        end = place + character.len_utf8();
        (earlier, before) = (before, Some(character));
    }
    last.filter(|place| *place > 0).unwrap_or_else(|| end.max(text.chars().next().map_or(0, char::len_utf8)))
}

/// Whether a line may end between these two.
fn may_break(before: char, behind: char) -> bool {
    if behind == ' ' || NOT_FIRST.contains(behind) || NOT_LAST.contains(before) {
        return false;
    }
    let wide = |c: char| c.width().unwrap_or(0) > 1 && !('가'..='힣').contains(&c);
    before == ' ' || before == '-' && behind.is_alphabetic() || wide(before) || wide(behind)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_line_begins_or_ends_with_a_mark_that_must_not() {
        assert_eq!(broken("按合同交货，请答复。", 10), "按合同交\n货，请答\n复。");
        assert_eq!(broken("包头钢铁（集团）有限责任公司", 10), "包头钢铁\n（集团）有\n限责任公司");
        assert_eq!(broken("包头钢铁(集团)有限责任公司", 13), "包头钢铁(集\n团)有限责任公\n司");
        assert_eq!(broken("包头钢铁(集团)有限责任公司", 9), "包头钢铁\n(集团)有\n限责任公\n司");
        assert_eq!(broken("甲、乙、丙、丁", 6), "甲、\n乙、\n丙、丁");
    }

    #[test]
    fn words_stay_whole_and_what_is_too_wide_breaks() {
        assert_eq!(broken("tea for the engineers", 11), "tea for the\nengineers");
        assert_eq!(broken("업무연락서 원장", 11), "업무연락서\n원장");
        assert_eq!(broken("HAY05001HAY05002", 8), "HAY05001\nHAY05002");
        assert_eq!(broken("one", 8), "one");
        assert_eq!(broken("foreign-trade office", 10), "foreign-\ntrade\noffice");
        assert_eq!(broken("sign --for technology", 8), "sign\n--for\ntechnolo\ngy");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_every_line_fits(text in "[a-c甲乙、。（） ]{0,40}", width in 4_usize..20) {
            let broken = broken(&text, width);
            let bare = |text: &str| text.chars().filter(|c| !matches!(c, ' ' | '\n')).collect::<String>();
            prop_assert_eq!(bare(&broken), bare(&text));
            for line in broken.lines() {
                prop_assert!(line.width() <= width, "{:?} in {:?}", line, broken);
            }
        }
    }
}
