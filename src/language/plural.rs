//! One and several in English: a text is written for several, `{count} rows`, and where the count is one its noun is said so.
//! Chinese and Korean say both alike.

/// What follows a count of several, and what follows a count of one; whatever begins as another stands before it.
pub const COUNTED: [(&str, &str); 42] = [
    ("boxes of {typed} each are", "box of {typed} each is"),
    ("boxes", "box"),
    ("cells", "cell"),
    ("columns are", "column is"),
    ("commands", "command"),
    ("counters", "counter"),
    ("counts agree", "count agrees"),
    ("days", "day"),
    ("decisions were", "decision was"),
    ("entries of the import have", "entry of the import has"),
    ("entries are", "entry is"),
    ("entries", "entry"),
    ("files", "file"),
    ("findings are", "finding is"),
    ("journal rows are", "journal row is"),
    ("journal rows and {readings} readings were", "journal row and {readings} readings were"),
    ("journal rows", "journal row"),
    ("lines", "line"),
    ("months", "month"),
    ("more bad rows", "more bad row"),
    ("numbers", "number"),
    ("objects", "object"),
    ("others", "other"),
    ("pages", "page"),
    ("people are", "person is"),
    ("people", "person"),
    ("points", "point"),
    ("readings", "reading"),
    ("rows are", "row is"),
    ("rows that were", "row that was"),
    ("rows were", "row was"),
    ("rows", "row"),
    ("smaller rows are", "smaller row is"),
    ("suppliers", "supplier"),
    ("things are", "thing is"),
    ("things hang", "thing hangs"),
    ("things", "thing"),
    ("visitors", "visitor"),
    ("carriers", "carrier"),
    ("checks", "check"),
    ("copies", "copy"),
    ("years", "year"),
];

/// What of a text follows a count, where it is known: the words of several and of one.
fn counted(behind: &str) -> Option<(&'static str, &'static str)> {
    let behind = behind.strip_prefix(' ')?;
    COUNTED.into_iter().find(|(several, _)| {
        behind.strip_prefix(several).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    })
}

/// Whether a text counts anything.
#[must_use]
pub fn counts(text: &str) -> bool {
    text.split('}').skip(1).any(|behind| counted(behind).is_some())
}

/// The text as it is said where these placeholders are one.
pub(super) fn of_one(text: &str, is_one: impl Fn(&str) -> bool) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('}') {
        said.push_str(before);
        said.push('}');
        rest = behind;
        let name = before.rsplit('{').next().unwrap_or_default();
        if let Some((several, one)) = counted(behind).filter(|_| is_one(name)) {
            said.push(' ');
            said.push_str(one);
            rest = &behind[1 + several.len()..];
        }
    }
    said.push_str(rest);
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_follows_its_count() {
        let one = |name: &str| name == "one";
        assert_eq!(of_one("{one} rows, {more} rows", one), "{one} row, {more} rows");
        assert_eq!(of_one("{a}: {one} entries are void", one), "{a}: {one} entry is void");
        assert_eq!(of_one("{one} rowsing", one), "{one} rowsing");
        assert!(counts("in {days} days") && !counts("{number} is void"));
    }

    #[test]
    fn what_begins_as_another_stands_before_it() {
        for (place, (several, _)) in COUNTED.iter().enumerate() {
            let behind = COUNTED[..place].iter().find(|(shorter, _)| several.starts_with(shorter));
            assert_eq!(behind, None, "{several}");
        }
    }
}
