//! How people and things are written in a list: one notation for the command line and for files, with whatever punctuation an input
//! method makes.

use crate::money::{Money, estimate};
use crate::refusal::Refusal;
use crate::say;
use crate::text::{Line, half_width, quoted};

/// The greatest quantity of one thing.
const MOST: i64 = 10_000;

/// What marks a public official, in each language.
const OFFICIAL: [&str; 7] = ["official", "public official", "公职人员", "公职", "官员", "공직자", "공무원"];

/// Parts of words by which somebody may have meant the mark.
const NEARLY: [&str; 5] = ["offic", "offiz", "公职", "官", "공직"];

/// Somebody with a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) post: String,
    pub(crate) official: bool,
}

/// Things of one kind; without a price those of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Things {
    pub(crate) name: String,
    pub(crate) quantity: i64,
    pub(crate) price: Option<Money>,
}

/// What stands before the price of one in a list that a person reads, in each language.
const EACH: [&str; 3] = ["each ", "单价", "개당 "];

/// The rows of a cell that stand between these characters, in half or full width.
pub(crate) fn apart(cell: &str, between: char) -> Vec<String> {
    tokens(cell, between).into_iter().filter(|row| !row.is_empty()).collect()
}

/// The people of a cell: `王局长 (局长, official); 张工;工程师`.
pub(crate) fn people_apart(cell: &str, between: char) -> Vec<String> {
    // A list that a person reads has a semicolon between people wherever they stand.
    let between = if cell.contains(['|', '｜']) { between } else { ';' };
    rows(cell, between, |first| brackets(first).is_some(), |behind| is_mark(behind) || is_nearly_a_mark(behind))
}

/// The things of a cell: `铸铜摆件 x 2 @ 180.00; 茶叶;1;300`.
pub(crate) fn things_apart(cell: &str, between: char) -> Vec<String> {
    rows(cell, between, |first| multiplied(first).is_some(), |behind| estimate(behind).is_ok())
}

/// Rows of one piece that is `whole`, or of two and a third that `belongs` to them.
fn rows(cell: &str, between: char, whole: fn(&str) -> bool, belongs: fn(&str) -> bool) -> Vec<String> {
    let mut tokens = apart(cell, between).into_iter().peekable();
    let mut rows = Vec::new();
    while let Some(mut row) = tokens.next() {
        if between == ';' && !whole(&row) {
            for place in 0..2 {
                let next = tokens.next_if(|next| !whole(next) && (place == 0 || belongs(next)));
                let Some(next) = next else { break };
                row = format!("{row};{next}");
            }
        }
        rows.push(row);
    }
    rows
}

/// The pieces of a text, taken apart where neither brackets nor quotes hold it together, without the spaces around them.
fn tokens(text: &str, between: char) -> Vec<String> {
    let (mut pieces, mut depth, mut quote) = (vec![String::new()], 0_u32, false);
    for c in text.chars() {
        let plain = folded(c);
        match plain {
            '"' => quote = !quote,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if plain == between && depth == 0 && !quote {
            pieces.push(String::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces.iter().map(|piece| piece.trim().to_owned()).collect()
}

/// The ASCII twin of a punctuation mark.
fn folded(c: char) -> char {
    match c {
        '“' | '”' => '"',
        '、' => ',',
        c => half_width(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c),
    }
}

/// What stands before the last brackets of a text that ends with them, and what in them.
fn brackets(text: &str) -> Option<(&str, &str)> {
    let inside = text.trim_end().strip_suffix([')', '）'])?;
    let open = inside.rfind(['(', '（'])?;
    let (name, inside) = inside.split_at(open);
    let inside = inside.trim_start_matches(['(', '（']);
    (!name.trim().is_empty()).then_some((name.trim(), inside.trim()))
}

/// A text that ends with the price of one in brackets, as a list says it.
fn each(text: &str) -> Option<(&str, &str)> {
    let (what, inside) = brackets(text)?;
    EACH.iter().find_map(|each| Some((what, inside.strip_prefix(each)?)))
}

fn is_mark(word: &str) -> bool {
    OFFICIAL.contains(&half_width(word).trim().to_lowercase().as_str())
}

fn is_nearly_a_mark(word: &str) -> bool {
    let word = half_width(word).to_lowercase();
    NEARLY.iter().any(|part| word.contains(part))
}

/// A name without the quotes that hold it together.
fn line(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let bare = text.strip_prefix(['"', '“']).and_then(|text| text.strip_suffix(['"', '”'])).unwrap_or(text);
    bare.parse::<Line>().map(|line| line.to_string())
}

impl Named {
    /// Reads `张处长;处长`, `王局长;局长;official` or `王局长 (局长, 公职人员)`; none where it is neither.
    ///
    /// # Errors
    /// A refusal where something stands in the place of the mark that is none, or a name is no line.
    pub(crate) fn read(typed: &str) -> Result<Option<Self>, Refusal> {
        let pieces = tokens(typed, ';');
        let (name, post, mark) = match (brackets(typed), pieces.as_slice()) {
            (Some((name, inside)), _) => (name, inside, None),
            (None, [name, post]) => (name.as_str(), post.as_str(), None),
            (None, [name, post, mark]) => (name.as_str(), post.as_str(), Some(mark.as_str())),
            _ => return Ok(None),
        };
        let (post, mark) = match (post.rsplit_once([',', '，', '、']), mark) {
            (Some((post, last)), None) if is_mark(last) || is_nearly_a_mark(last) => (post, Some(last)),
            (_, mark) => (post, mark),
        };
        if let Some(mark) = mark.filter(|mark| !is_mark(mark)) {
            return Err(Refusal::usage(say!("{mark} is no mark of a public official", mark = quoted(mark.trim())))
                .or(say!("write official, 公职人员 or 공직자 there, or leave it out")));
        }
        Ok(Some(Self { name: line(name)?, post: line(post)?, official: mark.is_some() }))
    }
}

/// A text as name, quantity and price: `铸铜摆件 x 2 @ 180.00`, also with `×` or `*`, and without the price.
fn multiplied(text: &str) -> Option<(&str, &str, Option<&str>)> {
    let (what, price) = match each(text).or_else(|| text.rsplit_once(['@', '＠'])) {
        Some((what, price)) => (what, Some(price)),
        None => (text, None),
    };
    let sign = what
        .rfind(['×', '*', '＊'])
        .or_else(|| what.rfind(" x ").map(|at| at + 1))
        .or_else(|| what.rfind(" X ").map(|at| at + 1))?;
    let (name, quantity) = what.split_at(sign);
    let quantity = quantity.trim_start_matches(['×', '*', '＊', 'x', 'X']).trim();
    quantity.chars().all(|c| folded(c).is_ascii_digit()).then_some((name.trim(), quantity, price))
}

impl Things {
    /// Reads `铸铜摆件;2`, `茶叶;1;300` or `茶叶 x 1 @ 300.00`; none where it is neither.
    ///
    /// # Errors
    /// A refusal where the name is no line.
    pub(crate) fn read(typed: &str) -> Result<Option<Self>, Refusal> {
        let pieces = tokens(typed, ';');
        let (name, quantity, price) = match (multiplied(typed), pieces.as_slice()) {
            (Some(read), _) => read,
            (None, [name, quantity]) => (name.as_str(), quantity.as_str(), None),
            (None, [name, quantity, price]) => (name.as_str(), quantity.as_str(), Some(price.as_str())),
            _ => return Ok(None),
        };
        let count = half_width(quantity).trim().parse().ok().filter(|count| (1..=MOST).contains(count));
        let price = price.map(|price| estimate(price).ok().filter(|price| *price > Money(0)));
        let (Some(quantity), Ok(price)) = (count, price.map_or(Ok(None), |price| price.map(Some).ok_or(()))) else {
            return Ok(None);
        };
        Ok(Some(Self { name: line(name)?, quantity, price }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(typed: &str) -> String {
        match Named::read(typed) {
            Ok(Some(Named { name, post, official })) => format!("{name}|{post}|{official}"),
            Ok(None) => "neither".to_owned(),
            Err(refusal) => refusal.to_string(),
        }
    }

    #[test]
    fn a_public_official_is_marked_however_it_is_punctuated() {
        for typed in [
            "张处长;处长;official",
            "张处长;处长；official",
            "张处长；处长；Official",
            "张处长 (处长, official)",
            "张处长 (处长,official)",
            "张处长(处长，official)",
            "张处长（处长，公职人员）",
            "张处长（处长、公职人员）",
            "张处长;处长，공직자",
        ] {
            assert_eq!(read(typed), "张处长|处长|true", "{typed}");
        }
        for typed in
            ["张处长;处长", "张处长；处长", "张处长 (处长)", "张处长(处长)", "张处长（处长）", "\"张处长\" (处长)"]
        {
            assert_eq!(read(typed), "张处长|处长|false", "{typed}");
        }
        assert_eq!(read("A; B Co. (经理, 采购部)"), "A; B Co.|经理, 采购部|false");
        assert_eq!(read("张处长"), "neither");
        assert_eq!(
            read("张处长;处长;offical"),
            "\"offical\" is no mark of a public official; write official, 公职人员 or 공직자 there, or leave it out"
        );
        assert_eq!(read("张处长（处长，公职)"), "张处长|处长|true");
        assert!(read("张处长;处长;何人").contains("is no mark"));
    }

    #[test]
    fn a_cell_is_taken_apart_in_either_notation() {
        let people =
            people_apart("张处长;处长; 王局长（局长；副，公职人员）；李工 (工程师);赵工；工程师;official", ';');
        assert_eq!(people, ["张处长;处长", "王局长（局长；副，公职人员）", "李工 (工程师)", "赵工;工程师;official"]);
        assert_eq!(people_apart("刘工;工程师 | 王工;主任", '|'), ["刘工;工程师", "王工;主任"]);
        let things = things_apart("铸铜摆件 x 2 @ 180.00; 茶叶;1;300；样本;3;笔×5@2", ';');
        assert_eq!(things, ["铸铜摆件 x 2 @ 180.00", "茶叶;1;300", "样本;3", "笔×5@2"]);
    }

    #[test]
    fn things_are_read_in_either_notation() {
        let things = |name: &str, quantity, price: Option<i64>| {
            Some(Things { name: name.to_owned(), quantity, price: price.map(Money) })
        };
        for typed in [
            "茶叶;2;300",
            "茶叶；２；300",
            "茶叶 x 2 @ 300.00",
            "茶叶×2@300",
            "茶叶*2 @ 300",
            "茶叶×2（单价¥300.00）",
            "茶叶 ×2 (개당 300.00위안)",
            "茶叶 x 2 (each 300.00)",
        ] {
            assert_eq!(Things::read(typed).unwrap(), things("茶叶", 2, Some(30_000)), "{typed}");
        }
        assert_eq!(Things::read("ThinkPad x 1 x 2").unwrap(), things("ThinkPad x 1", 2, None));
        for typed in ["茶叶", "茶叶;0", "茶叶;2;0", "茶叶;两", "茶叶 x 99999", ""] {
            assert_eq!(Things::read(typed).unwrap(), None, "{typed}");
        }
    }
}
