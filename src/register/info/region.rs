//! Regions as clerks write them: which of them begin with a division of China, and in which form they are compared.

use crate::say;

/// The divisions of China at the level of a province: the short name, and the long one that begins with it.
pub const DIVISIONS: [(&str, &str); 34] = [
    ("北京", "北京市"),
    ("天津", "天津市"),
    ("河北", "河北省"),
    ("山西", "山西省"),
    ("内蒙古", "内蒙古自治区"),
    ("辽宁", "辽宁省"),
    ("吉林", "吉林省"),
    ("黑龙江", "黑龙江省"),
    ("上海", "上海市"),
    ("江苏", "江苏省"),
    ("浙江", "浙江省"),
    ("安徽", "安徽省"),
    ("福建", "福建省"),
    ("江西", "江西省"),
    ("山东", "山东省"),
    ("河南", "河南省"),
    ("湖北", "湖北省"),
    ("湖南", "湖南省"),
    ("广东", "广东省"),
    ("广西", "广西壮族自治区"),
    ("海南", "海南省"),
    ("重庆", "重庆市"),
    ("四川", "四川省"),
    ("贵州", "贵州省"),
    ("云南", "云南省"),
    ("西藏", "西藏自治区"),
    ("陕西", "陕西省"),
    ("甘肃", "甘肃省"),
    ("青海", "青海省"),
    ("宁夏", "宁夏回族自治区"),
    ("新疆", "新疆维吾尔自治区"),
    ("台湾", "台湾省"),
    ("香港", "香港特别行政区"),
    ("澳门", "澳门特别行政区"),
];

/// The form in which two spellings of a region are compared: without spaces, the province by its short name.
///
/// `内蒙古自治区 包头市` and `内蒙古包头市` are one region.
#[must_use]
pub fn plain(region: &str) -> String {
    let region: String = region.chars().filter(|c| !c.is_whitespace()).collect();
    DIVISIONS
        .iter()
        .find_map(|(short, long)| region.strip_prefix(long).map(|rest| format!("{short}{rest}")))
        .unwrap_or(region)
}

/// What to tell the clerk of a region that begins with no division of China: it is taken, as users abroad exist.
#[must_use]
pub fn note(region: &str) -> Option<String> {
    let plain = plain(region);
    let known = DIVISIONS.iter().any(|(short, _)| plain.starts_with(short));
    (!known).then(|| say!("the region {region} begins with no province of China; it is kept as typed", region))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_begins_with_its_short_one_and_no_two_divisions_are_confused() {
        for (index, (short, long)) in DIVISIONS.iter().enumerate() {
            assert!(long.starts_with(short) && long.len() > short.len(), "{short}");
            let same = |(other, _): &&(&str, &str)| other.starts_with(short);
            assert_eq!(DIVISIONS.iter().position(|division| same(&division)), Some(index), "{short}");
        }
    }

    #[test]
    fn spellings_of_one_region_are_one() {
        for (region, expected) in [
            ("内蒙古自治区包头市", "内蒙古包头市"),
            ("内蒙古 包头市", "内蒙古包头市"),
            ("辽宁省\u{3000}鞍山市", "辽宁鞍山市"),
            ("吉林市", "吉林市"),
            ("吉林省吉林市", "吉林吉林市"),
            ("Mongolia", "Mongolia"),
        ] {
            assert_eq!(plain(region), expected);
        }
    }

    #[test]
    fn a_region_abroad_is_noted() {
        assert_eq!(note("内蒙古包头"), None);
        assert_eq!(note("上海市浦东新区"), None);
        assert_eq!(
            note("蒙古国乌兰巴托").as_deref(),
            Some("the region 蒙古国乌兰巴托 begins with no province of China; it is kept as typed")
        );
    }
}
