//! Regions as clerks write them: of which province, prefecture and county of China they tell, and in which form they are compared.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use anyhow::Result;

use crate::book::change::Change;
use crate::book::select::Select;
use crate::language;
use crate::say;

/// The divisions of China at the level of a province, each by its short name and what the long one adds.
const PROVINCES: &str = "北京+市 天津+市 河北+省 山西+省 内蒙古+自治区 辽宁+省 吉林+省 黑龙江+省 上海+市 江苏+省 浙江+省 安徽+省 福建+省 江西+省
    山东+省 河南+省 湖北+省 湖南+省 广东+省 广西+壮族自治区 海南+省 重庆+市 四川+省 贵州+省 云南+省 西藏+自治区 陕西+省 甘肃+省 青海+省
    宁夏+回族自治区 新疆+维吾尔自治区 台湾+省 香港+特别行政区 澳门+特别行政区";

/// Those below; the file says where they are from.
const DIVISIONS: &str = include_str!("divisions.txt");

/// The peoples after whom autonomous prefectures are named besides.
const PEOPLES: [&str; 19] = [
    "朝鲜族",
    "土家族",
    "苗族",
    "藏族",
    "羌族",
    "彝族",
    "布依族",
    "侗族",
    "哈尼族",
    "壮族",
    "傣族",
    "白族",
    "景颇族",
    "傈僳族",
    "回族",
    "蒙古族",
    "蒙古",
    "柯尔克孜",
    "哈萨克",
];

/// The longest name of a division, in characters.
const LONGEST: usize = 15;

/// How many unknown regions a remark names.
const NAMED: usize = 10;

/// Each province's short name, and what the long one adds.
fn provinces() -> impl Iterator<Item = (&'static str, &'static str)> {
    PROVINCES.split_whitespace().filter_map(|province| province.split_once('+'))
}

/// A prefecture, or a county.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Division {
    province: &'static str,
    /// Empty where a county is directly under the province.
    prefecture: &'static str,
    /// Empty for the prefecture itself.
    county: &'static str,
    /// Whether this is its whole name: a shorter one is no division where a county of that name would go on.
    whole: bool,
}

/// The divisions by what they are called; none where that may be several.
static KNOWN: LazyLock<HashMap<String, Option<Division>>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    let mut shorter = Vec::new();
    let lines = DIVISIONS.lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        let mut names = line.split(' ');
        let (Some(province), Some(prefecture)) = (names.next(), names.next()) else { continue };
        let prefecture = if prefecture == "-" { "" } else { prefecture };
        let division = Division { province, prefecture, county: "", whole: true };
        if !prefecture.is_empty() {
            known.insert(prefecture.to_owned(), Some(division));
            let stem = stem(prefecture);
            if prefecture.ends_with("自治州") {
                known.insert(format!("{stem}州"), Some(division));
            }
            shorter.push((stem, division));
        }
        for county in names {
            let division = Division { county, ..division };
            known.insert(county.to_owned(), Some(division));
            shorter.extend(county.strip_suffix(['市', '县', '旗']).map(|stem| (stem, division)));
        }
    }
    let provinces: HashSet<&str> = provinces().map(|(province, _)| province).collect();
    let is_short = |stem: &str| stem.chars().count() >= 2 && !provinces.contains(stem);
    for (stem, division) in shorter.into_iter().filter(|(stem, _)| is_short(stem)) {
        let division = Division { whole: false, ..division };
        match known.entry(stem.to_owned()) {
            Entry::Vacant(free) => drop(free.insert(Some(division))),
            Entry::Occupied(mut taken) => {
                // A city goes before a county of its name.
                let city = [division, taken.get().unwrap_or(division)]
                    .into_iter()
                    .find(|division| division.county.is_empty() && division.prefecture.ends_with('市'));
                taken.insert(city);
            }
        }
    }
    known
});

/// What people call a prefecture for short.
fn stem(prefecture: &str) -> &str {
    let Some(mut stem) = prefecture.strip_suffix("自治州") else {
        return prefecture.strip_suffix(['市', '盟']).or_else(|| prefecture.strip_suffix("地区")).unwrap_or(prefecture);
    };
    while let Some(shorter) =
        PEOPLES.iter().find_map(|people| stem.strip_suffix(people)).filter(|rest| !rest.is_empty())
    {
        stem = shorter;
    }
    stem
}

/// The prefecture or county with which a text begins, and what follows.
fn division(text: &str) -> Option<(Division, &str)> {
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST).collect();
    ends.iter().rev().find_map(|end| {
        let (name, rest) = text.split_at_checked(*end)?;
        let division = KNOWN.get(name).copied().flatten()?;
        // A county is called short only where nothing follows: 乌兰 is one, and 乌兰巴托 lies elsewhere.
        let fits = match (division.whole, division.county) {
            (true, _) => true,
            (false, "") => !rest.starts_with(['区', '县', '旗', '镇', '乡', '州']),
            (false, _) => rest.is_empty(),
        };
        fits.then_some((division, rest))
    })
}

/// The province with which a text begins, and what follows.
fn province(text: &str) -> Option<(&'static str, &str)> {
    let (short, ending) = provinces().find(|(short, _)| text.starts_with(short))?;
    let rest = text.strip_prefix(short)?;
    Some((short, rest.strip_prefix(ending).unwrap_or(rest)))
}

/// The region by its divisions, as far as it tells them; none where it begins with none of China.
fn known(region: &str) -> Option<String> {
    let (of_province, of_division) = (province(region), division(region));
    let (province, division, rest) = match (of_province, of_division) {
        (Some((_, behind)), Some((division, rest))) if rest.len() < behind.len() => {
            (division.province, Some(division), rest)
        }
        (None, Some((division, rest))) => (division.province, Some(division), rest),
        (Some((province, behind)), _) => match self::division(behind).filter(|(found, _)| found.province == province) {
            Some((division, rest)) => (province, Some(division), rest),
            None => (province, None, behind),
        },
        (None, None) => return None,
    };
    let (prefecture, county) = division.map_or(("", ""), |division| (division.prefecture, division.county));
    Some(format!("{province}{prefecture}{county}{rest}"))
}

/// The form in which two spellings of a region are compared: without spaces, its divisions whole, the province by its short name.
///
/// `内蒙古自治区 包头市`, `内蒙古包头` and `包头` are one region.
pub(crate) fn plain(region: &str) -> String {
    let region: String = region.chars().filter(|c| !c.is_whitespace()).collect();
    known(&region).unwrap_or(region)
}

/// What to tell the clerk of a region that begins with no division of China: it is taken, as users abroad exist.
pub(crate) fn note(region: &str) -> Option<String> {
    let plain: String = region.chars().filter(|c| !c.is_whitespace()).collect();
    known(&plain).is_none().then(|| {
        say!(
            "the region {region} begins with no province, city or county of China that is known; it is kept as typed",
            region
        )
    })
}

/// What to tell the clerk of the regions of an import that begin with no division of China, each with how often it came. `table` is the
/// register's own.
pub(crate) fn remark(change: &Change<'_>, table: &str) -> Result<Option<String>> {
    let sql = format!(
        "SELECT o.region, count(*) FROM entry AS e JOIN {table} AS o ON o.entry = e.id \
         WHERE e.import = ?1 AND o.region IS NOT NULL GROUP BY o.region ORDER BY count(*) DESC, o.region"
    );
    let regions: Vec<(String, i64)> = change.sql().rows(&sql, [change.import])?;
    let unknown: Vec<String> = regions
        .into_iter()
        .filter(|(region, _)| note(region).is_some())
        .map(|(region, count)| format!("{region} ({count})"))
        .collect();
    if unknown.is_empty() {
        return Ok(None);
    }
    let more = (unknown.len() > NAMED).then_some("…");
    let named: Vec<&str> = unknown.iter().take(NAMED).map(String::as_str).chain(more).collect();
    let regions = named.join(language::comma());
    Ok(Some(say!(
        "regions that begin with no province, city or county of China that is known, kept as they are: {regions}",
        regions
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_provinces_are_confused() {
        assert_eq!(provinces().count(), 34);
        for (index, (short, _)) in provinces().enumerate() {
            let first = provinces().position(|(other, _)| other.starts_with(short));
            assert_eq!(first, Some(index), "{short}");
        }
    }

    #[test]
    fn spellings_of_one_region_are_one() {
        for (region, expected) in [
            ("内蒙古自治区包头市", "内蒙古包头市"),
            ("内蒙古 包头市", "内蒙古包头市"),
            ("内蒙古包头", "内蒙古包头市"),
            ("包头市昆都仑区", "内蒙古包头市昆都仑区"),
            ("辽宁省\u{3000}鞍山市", "辽宁鞍山市"),
            ("鞍山", "辽宁鞍山市"),
            ("鞍山铁西", "辽宁鞍山市铁西"),
            ("海城市", "辽宁鞍山市海城市"),
            ("海城", "辽宁鞍山市海城市"),
            ("吉林", "吉林"),
            ("吉林市", "吉林吉林市"),
            ("吉林省吉林市", "吉林吉林市"),
            ("海南藏族自治州", "青海海南藏族自治州"),
            ("海南州", "青海海南藏族自治州"),
            ("海南省海口市", "海南海口市"),
            ("延边", "吉林延边朝鲜族自治州"),
            ("克孜勒苏州", "新疆克孜勒苏柯尔克孜自治州"),
            ("北京市朝阳区", "北京朝阳区"),
            ("朝阳市", "辽宁朝阳市"),
            ("重庆万州区", "重庆万州区"),
            ("仙桃市", "湖北仙桃市"),
            ("Mongolia", "Mongolia"),
        ] {
            assert_eq!(plain(region), expected, "{region}");
        }
    }

    #[test]
    fn a_region_abroad_and_a_county_of_many_are_noted() {
        for region in ["内蒙古包头", "上海市浦东新区", "鞍山", "迁安", "西昌市"] {
            assert_eq!(note(region), None, "{region}");
        }
        for region in ["蒙古国乌兰巴托", "乌兰巴托", "朝阳区", "铁西区", "城关镇", ""] {
            assert!(note(region).is_some(), "{region}");
        }
        assert_eq!(
            note("蒙古国乌兰巴托").as_deref(),
            Some(
                "the region 蒙古国乌兰巴托 begins with no province, city or county of China that is known; it is kept as typed"
            )
        );
    }

    #[test]
    fn nine_in_ten_cities_are_known_by_their_short_names() {
        let prefectures: Vec<&str> =
            DIVISIONS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split(' ').nth(1)).collect();
        let prefectures: Vec<&str> = prefectures.into_iter().filter(|name| *name != "-").collect();
        assert!(prefectures.len() > 330);
        assert!(prefectures.iter().all(|name| note(name).is_none()));
        let known = prefectures.iter().filter(|name| plain(stem(name)).ends_with(**name)).count();
        assert!(known * 10 >= prefectures.len() * 9, "{known} of {}", prefectures.len());
    }
}
