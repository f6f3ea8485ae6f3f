//! Regions as clerks write them: which of them begin with a division of China, and in which form they are compared.

use crate::say;

/// The divisions of China at the level of a province, each by its short name and what the long one adds.
const DIVISIONS: &str = "北京+市 天津+市 河北+省 山西+省 内蒙古+自治区 辽宁+省 吉林+省 黑龙江+省 上海+市 江苏+省 浙江+省 安徽+省 福建+省 江西+省
    山东+省 河南+省 湖北+省 湖南+省 广东+省 广西+壮族自治区 海南+省 重庆+市 四川+省 贵州+省 云南+省 西藏+自治区 陕西+省 甘肃+省 青海+省
    宁夏+回族自治区 新疆+维吾尔自治区 台湾+省 香港+特别行政区 澳门+特别行政区";

/// Each division's short name, and what the long one adds.
fn divisions() -> impl Iterator<Item = (&'static str, &'static str)> {
    DIVISIONS.split_whitespace().filter_map(|division| division.split_once('+'))
}

/// The form in which two spellings of a region are compared: without spaces, the province by its short name.
///
/// `内蒙古自治区 包头市` and `内蒙古包头市` are one region.
pub(crate) fn plain(region: &str) -> String {
    let region: String = region.chars().filter(|c| !c.is_whitespace()).collect();
    let short = divisions().find_map(|(short, ending)| {
        let rest = region.strip_prefix(short)?.strip_prefix(ending)?;
        Some(format!("{short}{rest}"))
    });
    short.unwrap_or(region)
}

/// What to tell the clerk of a region that begins with no division of China: it is taken, as users abroad exist.
pub(crate) fn note(region: &str) -> Option<String> {
    let plain = plain(region);
    let known = divisions().any(|(short, _)| plain.starts_with(short));
    (!known).then(|| say!("the region {region} begins with no province of China; it is kept as typed", region))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_divisions_are_confused() {
        assert_eq!(divisions().count(), 34);
        for (index, (short, _)) in divisions().enumerate() {
            let first = divisions().position(|(other, _)| other.starts_with(short));
            assert_eq!(first, Some(index), "{short}");
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
