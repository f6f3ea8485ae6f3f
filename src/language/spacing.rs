//! Spaces in Chinese sentences, where words are filled in: none between Chinese letters, and one around what is typed, such as an option,
//! a command or a path.

use super::Language;

/// Puts what is filled in behind what stands before it.
pub(super) fn push(before: &mut String, filled: &str) {
    if before.ends_with(' ') && filled.starts_with(is_chinese) && before.trim_end().ends_with(is_chinese) {
        before.truncate(before.trim_end().len());
    } else if before.ends_with(is_letter) && is_typed(filled) {
        before.push(' ');
    }
    before.push_str(filled);
}

/// What comes behind what was filled in.
pub(super) fn behind<'r>(before: &mut String, filled: &str, rest: &'r str) -> &'r str {
    let behind = rest.trim_start_matches(' ');
    if filled.ends_with(is_chinese) && behind.starts_with(is_chinese) {
        return behind;
    }
    if rest.starts_with(is_letter) && is_typed(filled) && filled.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        before.push(' ');
    }
    rest
}

/// Two sentences one after the other.
pub(crate) fn one_after_the_other(first: &str, second: &str) -> String {
    let mut both = format!("{first} ");
    if Language::spoken() == Language::Zh {
        push(&mut both, second);
    } else {
        both.push_str(second);
    }
    both
}

/// Whether it is typed: an option, a command of the program, or a path.
fn is_typed(filled: &str) -> bool {
    ["-", "/", "~/", "branchbook "].iter().any(|begin| filled.starts_with(begin))
        && filled.len() > 1
        && !filled[1..].starts_with(|c: char| c.is_ascii_digit())
}

/// Whether it is a Chinese letter or mark.
pub(crate) fn is_chinese(letter: char) -> bool {
    is_letter(letter) || matches!(letter, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '“' | '”')
}

/// Whether it is a Chinese letter.
fn is_letter(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use crate::language::{Language, fill};

    fn said(text: &str, filled: &str) -> String {
        Language::Zh.during(|| fill(text, &[("a", filled.to_owned())]))
    }

    #[test]
    fn chinese_letters_stand_without_spaces_and_what_is_typed_with_them() {
        assert_eq!(said("已撤回10月4日的 {a}", "归档"), "已撤回10月4日的归档");
        assert_eq!(said("已撤回10月4日的 {a}", "contact archive"), "已撤回10月4日的 contact archive");
        assert_eq!(said("{a} 已终止", "2026年10月19日"), "2026年10月19日已终止");
        assert_eq!(said("{a} 请查找", "是不是李娜？"), "是不是李娜？请查找");
        assert_eq!(said("已写入{a}", "/work/a.html"), "已写入 /work/a.html");
        assert_eq!(said("请用{a}指明", "--by li"), "请用 --by li 指明");
        assert_eq!(said("{a}号", "HAY05001"), "HAY05001号");
        assert_eq!(said("合计{a}元", "-590,000.00"), "合计-590,000.00元");
    }
}
