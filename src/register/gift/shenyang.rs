//! Whether a place is in Shenyang, where General Management buys gifts (R5.3(1)), in whatever spelling.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// What the city is called, and its districts and counties of whose names there is no second; each without accents, spaces and case. A name that is
/// one of a street as well comes with what says that it is a district.
const CALLED: [&str; 23] = [
    "shenyang",
    "沈阳",
    "瀋陽",
    "沈陽",
    "瀋阳",
    "선양",
    "심양",
    "션양",
    "沈河",
    "大东区",
    "大東區",
    "皇姑",
    "苏家屯",
    "蘇家屯",
    "浑南",
    "渾南",
    "于洪",
    "辽中区",
    "遼中區",
    "康平县",
    "法库",
    "新民市",
    "沈北",
];

/// Whether the place names the city, or a part of it.
pub(super) fn is_in_shenyang(place: &str) -> bool {
    let bare: String = place.nfkd().filter(|c| c.is_alphanumeric() && !is_combining_mark(*c)).collect();
    let plain = bare.nfc().collect::<String>().to_lowercase();
    CALLED.iter().any(|name| plain.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shenyang_is_told_in_every_spelling() {
        for place in [
            "Shenyang",
            "沈阳",
            "沈 阳",
            "Shen Yang",
            "Shényáng",
            "SHENYANG",
            "ＳＨＥＮＹＡＮＧ",
            "瀋陽",
            "沈陽",
            "선양",
            "심양",
            "沈阳市",
            "沈河区",
            "辽宁省沈阳市铁西区",
            "沈·阳",
            "皇姑区",
            "Shen-yang",
            "大东区",
        ] {
            assert!(is_in_shenyang(place), "{place}");
        }
        for place in ["包头", "鞍山市铁西区", "辽阳", "沈家门", "和平区", "大东集团", "Xian", ""] {
            assert!(!is_in_shenyang(place), "{place}");
        }
    }
}
