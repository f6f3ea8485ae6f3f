//! Words of the book as people type and write them: in any of its languages, whatever the case, the width and the spaces, also by the other
//! names that they go by. One function for the command line and for files.

use std::cell::Cell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command};
use unicode_normalization::UnicodeNormalization as _;

use super::Language;
use super::word::VALUE;

/// Other names of words of the book, and those that earlier versions wrote.
const ALSO: &[(&str, &[&str])] = &[
    ("accepted", &["验收合格", "验收完成"]),
    ("after-sales", &["售后", "售后阶段", "사후"]),
    ("agency", &["代理"]),
    ("air", &["航空", "空运件", "항공"]),
    ("archived", &["归档完毕", "存档"]),
    ("arrived", &["到达", "签收", "已收货"]),
    ("awarded", &["已定运"]),
    ("branch-manager", &["分公司总经理", "支公司经理"]),
    ("cancelled", &["canceled", "撤销"]),
    ("clerk", &["内勤", "综合管理员"]),
    ("closed", &["关闭", "完结"]),
    ("collect", &["自提", "自运"]),
    ("company", &["我方", "本公司", "公司承担"]),
    ("contact", &["联系单", "연락서"]),
    ("contracted", &["已签合同", "签订合同"]),
    ("delivered", &["已发货", "已交付"]),
    ("delivery", &["납품 독촉"]),
    ("department-manager", &["科长", "部长", "부서장"]),
    ("disposed", &["报废", "已报废", "폐기"]),
    ("execution", &["执行", "合同执行", "履行", "执行阶段", "이행"]),
    ("external", &["对外函件", "外部", "外函", "외부", "대외 공문"]),
    ("general-manager", &["总裁"]),
    ("given", &["已送", "赠出"]),
    ("in-repair", &["维修", "维修中", "修理中", "修理"]),
    ("in-store", &["库存", "闲置", "在库存"]),
    ("in-use", &["使用中", "使用", "领用"]),
    ("inspection", &["检查", "考察"]),
    ("intermediary", &["中介"]),
    ("issued", &["已发", "发送"]),
    ("lost", &["丢失", "落空", "遗失", "未成交", "失单", "분실"]),
    ("negotiating", &["洽谈中", "谈判", "跟进中"]),
    ("no", &["n", "0", "false", "否", "无", "不是", "未", "×", "아니요", "아니오", "아님"]),
    ("none", &["无", "没有", "不需要", "없음"]),
    ("pre-contract", &["合同前", "签约前", "售前", "合同签订前阶段", "계약 전"]),
    ("rail", &["火车", "铁运", "철도"]),
    ("received", &["收到", "签收", "已接待", "접수"]),
    ("rejected", &["驳回", "不同意", "未批准"]),
    ("salesperson", &["销售员", "销售", "销售人员", "영업 사원"]),
    ("sea", &["船运", "水运", "해운"]),
    ("shipping", &["发货", "发运通知"]),
    ("stolen", &["失窃"]),
    ("terminated", &["终止", "解除"]),
    ("thank-you", &["酬谢", "感谢费"]),
    ("trainee", &["实习", "实习生"]),
    ("truck", &["陆运", "汽运", "汽车", "卡车", "公路运输", "트럭"]),
    ("user", &["对方", "客户", "用户承担"]),
    ("user-request", &["用户需求", "用户提出", "客户要求"]),
    ("void", &["废", "废弃", "作废处理", "무효"]),
    ("yes", &["y", "1", "true", "是", "有", "对", "√", "예", "네"]),
];

/// Where a word may be called otherwise than elsewhere.
const NARROWER: [&str; 5] = ["asset", "duty", "kind", "project", "reception"];

thread_local! {
    /// Whether the first letters of a word stand for it.
    static BEGINNINGS: Cell<bool> = const { Cell::new(false) };
}

/// Says of the line at hand whether the first letters of verbs, options and words stand for them: in a terminal alone, scripts write
/// them out (Q30).
pub(crate) fn take_beginnings(are_taken: bool) {
    BEGINNINGS.set(are_taken);
}

/// Whether the first letters of verbs, options and words stand for them in the line at hand.
pub(crate) fn are_beginnings_taken() -> bool {
    BEGINNINGS.get()
}

/// Whether a character is a space of any kind, also one that does not break, or is without width.
pub(crate) fn is_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200B}' | '\u{2060}')
}

/// What two spellings of a word have in common.
fn key(typed: &str) -> String {
    typed.nfkc().flat_map(char::to_lowercase).filter(|c| !matches!(c, '-' | '_') && !is_space(*c)).collect()
}

/// How a word of the book may be spelt, as [`key`] folds it.
fn spellings(word: &str) -> Vec<String> {
    let contexts = NARROWER.map(|of| format!("{VALUE} {of}\u{4}{word}"));
    let valued: Vec<String> = [format!("{VALUE}\u{4}{word}")].into_iter().chain(contexts).collect();
    let said = [Language::Zh, Language::Ko]
        .into_iter()
        .flat_map(|language| valued.iter().filter_map(move |valued| language.translation(valued)));
    let also = ALSO.iter().filter(|(known, _)| *known == word).flat_map(|(_, names)| names.iter().copied());
    let names = said.flat_map(|said| said.split(['/', '·'])).chain(also);
    let mut all = vec![key(word)];
    for name in names {
        all.push(key(name));
        all.extend(name.strip_prefix('已').map(key));
        if name.starts_with(|c| !matches!(c, '已' | '未' | '不' | '无')) && !name.is_ascii() {
            all.push(key(&format!("已{name}")));
        }
    }
    all
}

/// Words of the book, with all that stands for each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    /// What is meant by a spelling; none where it may be several.
    known: HashMap<String, Option<String>>,
}

impl Words {
    /// These words.
    pub(crate) fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut known: HashMap<String, Option<String>> = HashMap::new();
        for word in words {
            for (place, spelling) in spellings(word).into_iter().enumerate() {
                match known.entry(spelling) {
                    Entry::Vacant(free) => drop(free.insert(Some(word.to_owned()))),
                    // A word is itself, whatever else is called so.
                    Entry::Occupied(mut taken) if place == 0 => drop(taken.insert(Some(word.to_owned()))),
                    Entry::Occupied(mut taken) if taken.get().as_deref() != Some(word) => {
                        let is_word = taken.get().as_deref().is_some_and(|other| key(other) == *taken.key());
                        if !is_word {
                            taken.insert(None);
                        }
                    }
                    Entry::Occupied(_) => {}
                }
            }
        }
        Self { known }
    }

    /// Lets `typed` stand for a word.
    pub(crate) fn say(&mut self, typed: &str, word: &str) {
        self.known.insert(key(typed), Some(word.to_owned()));
    }

    /// The word that is meant; none where it is none of these, or may be several.
    pub(crate) fn meant(&self, typed: &str) -> Option<&str> {
        // Most are written as the book has them.
        let found = self.known.get(typed).or_else(|| self.known.get(&key(typed)));
        found.and_then(Option::as_deref)
    }

    /// The word that is meant on a command line: also by its first letters where these are taken.
    pub(crate) fn typed(&self, typed: &str) -> Option<&str> {
        self.meant(typed).or_else(|| self.begun(typed).filter(|_| are_beginnings_taken()))
    }

    /// The word that begins so; none where several do.
    fn begun(&self, typed: &str) -> Option<&str> {
        let typed = key(typed);
        let mut words = self.known.iter().filter(|(spelling, _)| spelling.starts_with(&typed)).map(|(_, word)| word);
        let first = words.next().filter(|_| !typed.is_empty())?;
        if words.all(|word| word == first) { first.as_deref() } else { None }
    }
}

/// What was typed for one of some words, taken in any of the languages.
#[derive(Debug, Clone)]
pub(crate) struct Meant<P>(pub(crate) P);

impl<P: TypedValueParser> TypedValueParser for Meant<P> {
    type Value = P::Value;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, typed: &OsStr) -> Result<P::Value, clap::Error> {
        let words: Vec<PossibleValue> = self.0.possible_values().into_iter().flatten().collect();
        if words.iter().any(|word| typed == word.get_name()) {
            return self.0.parse_ref(command, argument, typed);
        }
        let words = Words::of(words.iter().map(PossibleValue::get_name));
        let meant = typed.to_str().and_then(|typed| words.typed(typed));
        self.0.parse_ref(command, argument, meant.map_or(typed, OsStr::new))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.0.possible_values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_in_every_language_whatever_its_case_and_width() {
        let kinds = Words::of(["pre-contract", "execution", "after-sales", "user-request", "external", "shipping"]);
        for (typed, word) in [
            ("execution", "execution"),
            ("Execution", "execution"),
            ("ＥＸＥＣＵＴＩＯＮ", "execution"),
            ("合同履行", "execution"),
            ("执行", "execution"),
            (" 合同 执行 ", "execution"),
            ("售后", "after-sales"),
            ("After Sales", "after-sales"),
            ("after_sales", "after-sales"),
        ] {
            assert_eq!(kinds.meant(typed), Some(word), "{typed}");
        }
        assert_eq!(kinds.meant("别的"), None);
        assert_eq!(kinds.meant("exec"), None, "words are not cut short");
        let states = Words::of(["issued", "received", "archived", "void"]);
        assert_eq!(
            (states.meant("归档"), states.meant("已归档"), states.meant("已作废")),
            (Some("archived"), Some("archived"), Some("void"))
        );
        assert_eq!(
            (states.begun("arch"), states.begun("归"), states.begun("")),
            (Some("archived"), Some("archived"), None)
        );
        assert_eq!(kinds.begun("e"), None, "execution and external");
        assert_eq!((kinds.begun("exe"), kinds.begun("事")), (Some("execution"), None));
        let flags = Words::of(["yes", "no"]);
        for (typed, word) in [("是", "yes"), ("否", "no"), ("예", "yes"), ("TRUE", "yes"), ("0", "no"), ("√", "yes")]
        {
            assert_eq!(flags.meant(typed), Some(word), "{typed}");
        }
    }

    #[test]
    fn what_may_be_several_words_is_none() {
        let words = Words::of(["received", "arrived"]);
        assert_eq!(words.meant("签收"), None);
        assert_eq!(words.meant("received"), Some("received"));
        let mut words = words;
        words.say("签收", "arrived");
        assert_eq!(words.meant("签 收"), Some("arrived"));
    }

    #[test]
    fn other_names_stand_in_their_order_and_once() {
        assert!(ALSO.is_sorted_by(|(before, _), (next, _)| before < next));
    }
}
