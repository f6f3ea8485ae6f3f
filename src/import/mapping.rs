//! Which column feeds which field: by its name, by `--map FIELD=COLUMN`, or a constant by `--set FIELD=VALUE`.

use csv::StringRecord;
use sha2::{Digest, Sha256};

use super::header;
use super::names::Names;
use super::unit::Units;
use crate::language::{self, Words};
use crate::refusal::Refusal;
use crate::say;
use crate::text::quoted;

/// What an export says of how an entry came into that book: it is known, and not read.
pub(crate) const NOT_READ: [&str; 2] = ["import", "entered_later_on"];

/// Splits `FIELD=COLUMN` or `FIELD=VALUE` at the first `=`; the field comes without the spaces around it.
pub(crate) fn parse_pair(typed: &str) -> Result<(String, String), Refusal> {
    match typed.split_once('=') {
        Some((field, value)) if !header::is_blank(field) => Ok((header::trim(field).to_owned(), value.to_owned())),
        _ => Err(Refusal::usage(say!("{typed} names no field", typed = quoted(typed)))
            .or(say!("type the field, = and what feeds it, such as customer=\"Customer name\""))),
    }
}

/// Splits `FIELD:WORD=VALUE` at the first `:` and at the last `=`.
pub(crate) fn parse_value(typed: &str) -> Result<(String, String, String), Refusal> {
    let parts = typed.split_once([':', '：']).and_then(|(field, rest)| Some((field, rest.rsplit_once('=')?)));
    match parts.filter(|(field, _)| !header::is_blank(field)) {
        Some((field, (word, value))) => Ok((header::trim(field).to_owned(), word.to_owned(), value.trim().to_owned())),
        None => Err(Refusal::usage(say!("{typed} names no field, word and value", typed = quoted(typed)))
            .or(say!("type them as kind:执行=execution"))),
    }
}

/// What feeds one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Feed {
    Nothing,
    /// The column of this index, from 0.
    Column(usize),
    Constant(String),
}

/// What feeds each field of a register from the columns of one file.
#[derive(Debug)]
pub(crate) struct Mapping {
    headers: Vec<String>,
    pub(super) names: Names,
    /// One for each field, in the same order.
    pub(super) feeds: Vec<Feed>,
    /// The words that a field takes, with what stands for each in a file.
    words: Vec<Option<Words>>,
    /// The fields that every row must have.
    pub(super) required: Vec<usize>,
    /// The column that says how many entries a row is.
    pub(super) each: Option<usize>,
    /// The columns whose amounts are not in yuan.
    pub(super) units: Units,
}

/// What a person says of the columns: which gives a field, and what a field is in every row, each as (field, column or value); what a
/// word stands for in a field, as (field, word, value); and the column with the quantity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) map: Vec<(String, String)>,
    pub(crate) set: Vec<(String, String)>,
    pub(crate) value: Vec<(String, String, String)>,
    pub(crate) each: Option<String>,
}

impl Mapping {
    /// Feeds fields as a person says, then as a rule says of those that the person did not speak of, then from the columns of
    /// their name. `words` are the words that fields take.
    ///
    /// A column is named by its header or, as `#3`, by its place. Letter case, full width and the spaces around
    /// a name are forgiven; in a field, a space or `-` is as good as `_`.
    pub(crate) fn new(
        headers: &[String],
        names: Names,
        words: Vec<(&'static str, Vec<String>)>,
        (said, rules): (&Said, &Said),
    ) -> Result<Self, Refusal> {
        let count = names.fields.len();
        let mut mapping = Self {
            headers: headers.to_vec(),
            names,
            feeds: vec![Feed::Nothing; count],
            words: vec![None; count],
            required: Vec::new(),
            each: None,
            units: Units::of(headers),
        };
        for (field, words) in words {
            if let Some(known) = mapping.words.get_mut(mapping.names.own(field).unwrap_or(usize::MAX)) {
                *known = Some(Words::of(words.iter().map(String::as_str)));
            }
        }
        let before = mapping.feeds.clone();
        mapping.say(said, &before)?;
        let before = mapping.feeds.clone();
        mapping.say(rules, &before)?;
        mapping.feed_by_name()?;
        Ok(mapping)
    }

    /// Feeds what is said, but for the fields that are fed `before`.
    fn say(&mut self, said: &Said, before: &[Feed]) -> Result<(), Refusal> {
        let is_free = |field: usize| before.get(field) == Some(&Feed::Nothing);
        for (field, column) in &said.map {
            let field = self.field(field)?;
            if is_free(field) {
                let column = self.column(column)?;
                self.feed(field, Feed::Column(column))?;
            }
        }
        for (field, value) in &said.set {
            let field = self.field(field)?;
            if is_free(field) {
                self.feed(field, Feed::Constant(value.clone()))?;
            }
        }
        for (field, word, value) in &said.value {
            let field = self.field(field)?;
            if let Some(words) = self.words.get_mut(field) {
                words.get_or_insert_default().say(word, value);
            }
        }
        if let (Some(each), None) = (&said.each, self.each) {
            self.each = Some(self.column(each)?);
        }
        Ok(())
    }

    /// The fields that nothing feeds of those that every row must have; what is fed of them tells a row from a sum of rows.
    pub(crate) fn require(&mut self, required: &[&'static str]) -> Vec<&'static str> {
        self.required = required.iter().map(|field| self.index(field)).collect();
        let mut unfed: Vec<&str> = required.iter().copied().filter(|field| !self.is_fed(self.index(field))).collect();
        unfed.dedup();
        unfed
    }

    /// The field's text in this row as it stands in the file; empty where nothing feeds the field.
    pub(crate) fn raw<'a>(&'a self, cells: &'a StringRecord, field: usize) -> &'a str {
        match self.feeds.get(field) {
            Some(Feed::Column(column)) => cells.get(*column).unwrap_or_default(),
            Some(Feed::Constant(value)) => value,
            Some(Feed::Nothing) | None => "",
        }
    }

    /// As [`raw`](Self::raw), without the spaces around it; of a field that takes words of the book, the word that is meant.
    pub(crate) fn trimmed<'a>(&'a self, cells: &'a StringRecord, field: usize) -> &'a str {
        let cell = header::trim(self.raw(cells, field));
        match self.words.get(field) {
            Some(Some(words)) => words.meant(cell).unwrap_or(cell),
            _ => cell,
        }
    }

    /// The headings of the columns that are used and whose amounts are not in yuan.
    pub(super) fn not_in_yuan(&self) -> Vec<String> {
        let used = self.units.columns().filter(|column| self.feeds.contains(&Feed::Column(*column)));
        used.map(|column| header::shown(&self.headers[column])).collect()
    }

    /// The first 64 bits of the SHA-256 over the fields that the row gives, each with its name and their lengths: the same whatever
    /// the order of the columns.
    pub(crate) fn fingerprint(&self, cells: &StringRecord) -> i64 {
        let mut hasher = Sha256::new();
        for (index, field) in self.names.fields.iter().enumerate().filter(|(_, field)| !NOT_READ.contains(*field)) {
            let value = self.trimmed(cells, index);
            if !value.is_empty() {
                for part in [*field, value] {
                    hasher.update((part.len() as u64).to_be_bytes());
                    hasher.update(part);
                }
            }
        }
        hasher.finalize().first_chunk().map_or(0, |bytes| i64::from_be_bytes(*bytes))
    }

    /// The index of a field by its name; an index that nothing feeds where there is no such field.
    pub(crate) fn index(&self, field: &str) -> usize {
        // Most names are the very constants that the fields were made of: to look where they stand spares comparing them.
        let same = self.names.fields.iter().position(|name| std::ptr::eq(*name, field));
        same.or_else(|| self.names.fields.iter().position(|name| *name == field)).unwrap_or(usize::MAX)
    }

    /// Whether a column or a constant feeds the field.
    pub(crate) fn is_fed(&self, field: usize) -> bool {
        self.feeds.get(field).is_some_and(|feed| *feed != Feed::Nothing)
    }

    /// Whether `--set` gives the field.
    pub(crate) fn is_constant(&self, field: usize) -> bool {
        matches!(self.feeds.get(field), Some(Feed::Constant(_)))
    }

    /// What messages call the field's column: its header; the field's own name where no column feeds it.
    pub(crate) fn column_of(&self, field: usize) -> &str {
        match self.feeds.get(field) {
            Some(Feed::Column(column)) if !self.headers[*column].is_empty() => &self.headers[*column],
            _ => self.names.fields.get(field).copied().unwrap_or_default(),
        }
    }

    /// The headers that feed nothing, blank ones and the columns of a rejects file left out.
    pub(crate) fn unused(&self) -> Vec<&str> {
        self.candidates()
            .filter(|(column, _)| !self.feeds.contains(&Feed::Column(*column)) && self.each != Some(*column))
            .map(|(_, header)| header)
            .collect()
    }

    /// The columns that have a name and were in the ledger from the beginning, with their index.
    fn candidates(&self) -> impl Iterator<Item = (usize, &str)> {
        let headers = self.headers.iter().map(String::as_str).enumerate();
        headers.skip(header::leading_columns(&self.headers)).filter(|(_, header)| !header::is_blank(header))
    }

    /// Feeds a field as the person says, once.
    fn feed(&mut self, field: usize, feed: Feed) -> Result<(), Refusal> {
        if self.is_fed(field) {
            return Err(Refusal::usage(say!("field {field} is fed twice", field = self.names.fields[field]))
                .or(say!("name it once, with --map or with --set")));
        }
        self.feeds[field] = feed;
        Ok(())
    }

    /// Feeds the fields that nobody spoke of from the columns of their name: their own, else another that they go by.
    fn feed_by_name(&mut self) -> Result<(), Refusal> {
        let named: Vec<_> = self
            .candidates()
            .filter(|(column, _)| self.each != Some(*column))
            .map(|(column, header)| (column, self.names.own(header), self.names.other(header)))
            .collect();
        for field in 0..self.names.fields.len() {
            if self.is_fed(field) {
                continue;
            }
            let own: Vec<usize> = named.iter().filter(|named| named.1 == Some(field)).map(|named| named.0).collect();
            let other = named.iter().filter(|named| named.1.is_none() && named.2 == Some(field)).map(|named| named.0);
            let columns = if own.is_empty() { other.collect() } else { own };
            match columns.as_slice() {
                [] => {}
                [column] => self.feeds[field] = Feed::Column(*column),
                [first, second, ..] => return Err(self.two_for_one(self.names.fields[field], *first, *second)),
            }
        }
        Ok(())
    }

    fn two_for_one(&self, field: &str, first: usize, second: usize) -> Refusal {
        let header = |column: usize| header::shown(&self.headers[column]);
        Refusal::usage(say!(
            "columns \"{first}\" and \"{second}\" are both field {field}",
            first = header(first),
            second = header(second),
            field
        ))
        .or(say!(
            "choose one with --map {field}=#{first} or --map {field}=#{second}",
            field,
            first = first + 1,
            second = second + 1
        ))
    }

    /// The index of the field that the person calls `typed`.
    pub(super) fn field(&self, typed: &str) -> Result<usize, Refusal> {
        self.names.own(typed).or_else(|| self.names.other(typed)).ok_or_else(|| {
            Refusal::usage(say!("there is no field {typed}", typed = quoted(typed)))
                .or(say!("the fields are {fields}", fields = self.names.fields.join(language::comma())))
        })
    }

    /// The index of the column that the person calls `typed`.
    fn column(&self, typed: &str) -> Result<usize, Refusal> {
        let place = header::trim(typed).strip_prefix('#').and_then(|place| place.parse::<usize>().ok());
        if let Some(place) = place {
            let column = place.wrapping_sub(1);
            return if column < self.headers.len() { Ok(column) } else { Err(self.unknown_column(typed)) };
        }
        let key = header::name_key(&header::shown(typed));
        let mut found = self.candidates().filter(|(_, header)| header::name_key(&header::shown(header)) == key);
        match (found.next(), found.next()) {
            (Some((column, _)), None) => Ok(column),
            (Some((first, _)), Some((second, _))) => Err(Refusal::usage(say!(
                "columns {first} and {second} of the file are both called {column}",
                first = first + 1,
                second = second + 1,
                column = quoted(&header::shown(typed))
            ))
            .or(say!("name the one that is meant by its place, as in FIELD=#{second}", second = second + 1))),
            (None, _) => Err(self.unknown_column(typed)),
        }
    }

    fn unknown_column(&self, typed: &str) -> Refusal {
        let headers =
            self.candidates().map(|(column, header)| format!("#{} \"{}\"", column + 1, header::shown(header)));
        Refusal::usage(say!("the file has no column {typed}", typed = quoted(typed)))
            .or(say!("its columns are {columns}", columns = headers.collect::<Vec<_>>().join(language::comma())))
    }
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const FIELDS: &[&str] = &["number", "customer", "unit_price", "note"];

    pub(in super::super) fn mapping(headers: &[&str], map: &[&str], set: &[&str]) -> Result<Mapping, String> {
        let headers = headers.iter().map(|header| (*header).to_owned()).collect::<Vec<_>>();
        let pairs = |typed: &[&str]| typed.iter().map(|pair| parse_pair(pair).unwrap()).collect::<Vec<_>>();
        let said = Said { map: pairs(map), set: pairs(set), ..Said::default() };
        let names = Names::new(FIELDS.to_vec(), &[], &[]);
        Mapping::new(&headers, names, Vec::new(), (&said, &Said::default())).map_err(|refusal| refusal.to_string())
    }

    #[track_caller]
    fn refused(headers: &[&str], map: &[&str], set: &[&str], message: &str) {
        assert_eq!(mapping(headers, map, set).unwrap_err(), message);
    }

    /// What each field gets from cells that are called by their place: `1`, `2` …
    fn fed(mapping: &Mapping) -> Vec<&str> {
        (0..FIELDS.len())
            .map(|field| match &mapping.feeds[field] {
                Feed::Nothing => "",
                Feed::Column(column) => ["1", "2", "3", "4", "5"][*column],
                Feed::Constant(value) => value,
            })
            .collect()
    }

    #[test]
    fn columns_feed_the_fields_of_their_name() {
        let mapping = mapping(&["NUMBER", "Unit Price", "", "ｃｕｓｔｏｍｅｒ", "page"], &[], &[]).unwrap();
        assert_eq!(fed(&mapping), ["1", "4", "2", ""]);
        assert_eq!(mapping.unused(), ["page"]);
        assert_eq!((mapping.column_of(2), mapping.column_of(3)), ("Unit Price", "note"));
        assert_eq!((mapping.is_fed(2), mapping.is_fed(3), mapping.is_fed(9)), (true, false, false));
    }

    #[test]
    fn what_is_typed_goes_before_names() {
        let headers = ["number", "客户 名称", "customer", "unit-price", "note"];
        let mapping =
            mapping(&headers, &["Customer= 客户 名称", "unit price=#1"], &["note=from the old book "]).unwrap();
        assert_eq!(fed(&mapping), ["1", "2", "1", "from the old book "]);
        assert_eq!(mapping.unused(), ["customer", "unit-price", "note"]);
        assert_eq!((mapping.column_of(1), mapping.column_of(3)), ("客户 名称", "note"));
    }

    #[test]
    fn a_header_on_two_lines_is_typed_on_one() {
        let mapping = mapping(&["客户\n(全称)"], &["customer=客户 （全称）"], &[]).unwrap();
        assert_eq!(fed(&mapping), ["", "1", "", ""]);
    }

    #[test]
    fn cells_come_raw_and_trimmed() {
        let mapping = mapping(&["number", "customer"], &[], &["note= x\u{3000}"]).unwrap();
        let cells = StringRecord::from(vec!["1", "\u{3000} 联通 公司\t"]);
        assert_eq!((mapping.raw(&cells, 1), mapping.trimmed(&cells, 1)), ("\u{3000} 联通 公司\t", "联通 公司"));
        assert_eq!((mapping.raw(&cells, 3), mapping.trimmed(&cells, 3)), (" x\u{3000}", "x"));
        assert_eq!((mapping.raw(&cells, 2), mapping.trimmed(&cells, 9)), ("", ""));
    }

    #[test]
    fn a_field_is_fed_once() {
        let message = "field note is fed twice; name it once, with --map or with --set";
        refused(&["a", "b"], &["note=a"], &["note=x"], message);
        refused(&["a", "b"], &["note=a", "note=b"], &[], message);
        refused(&["a", "b"], &[], &["note=x", "note=y"], message);
    }

    #[test]
    fn two_columns_of_one_field_need_a_choice() {
        let headers = ["unit price", "unit_price"];
        refused(
            &headers,
            &[],
            &[],
            "columns \"unit price\" and \"unit_price\" are both field unit_price; \
             choose one with --map unit_price=#1 or --map unit_price=#2",
        );
        assert_eq!(fed(&mapping(&headers, &["unit_price=#2"], &[]).unwrap()), ["", "", "2", ""]);
    }

    #[test]
    fn unknown_names_are_answered_with_the_known_ones() {
        refused(
            &["a"],
            &["costumer=a"],
            &[],
            "there is no field \"costumer\"; the fields are number, customer, unit_price, note",
        );
        refused(
            &["a"],
            &[],
            &["nota=x"],
            "there is no field \"nota\"; the fields are number, customer, unit_price, note",
        );
        for column in ["日", "#0", "#4", "#x", ""] {
            let message = format!("the file has no column {column:?}; its columns are #1 \"a\", #3 \"日期 (d)\"");
            refused(&["a", "", "日期\n(d)"], &[&format!("note={column}")], &[], &message);
        }
    }

    #[test]
    fn a_column_without_a_name_of_its_own_is_used_by_its_place() {
        let mapped = mapping(&["a", "", "b", "b"], &["note=#2", "customer=#4"], &[]).unwrap();
        assert_eq!(fed(&mapped), ["", "4", "", "2"]);
        assert_eq!((mapped.column_of(1), mapped.column_of(3)), ("b", "note"));
        assert_eq!(mapped.unused(), ["a", "b"]);
        let message = "columns 3 and 4 of the file are both called \"b\"; \
                       name the one that is meant by its place, as in FIELD=#4";
        refused(&["a", "", "b", "b"], &["note=b"], &[], message);
    }

    #[test]
    fn the_columns_of_a_rejects_file_feed_nothing() {
        let headers = ["line", "column", "reason", "number", "extra"];
        let mapping = mapping(&headers, &["note=#5"], &[]).unwrap();
        assert_eq!(fed(&mapping), ["4", "", "", "5"]);
        assert!(mapping.unused().is_empty());
    }

    #[test]
    fn pairs_split_at_the_first_equals_sign() {
        assert_eq!(parse_pair(" note =a=b ").unwrap(), ("note".to_owned(), "a=b ".to_owned()));
        assert_eq!(parse_pair("note=").unwrap(), ("note".to_owned(), String::new()));
        for typed in ["note", "=a", " =a", ""] {
            assert_eq!(
                parse_pair(typed).unwrap_err().to_string(),
                format!(
                    "{typed:?} names no field; type the field, = and what feeds it, such as customer=\"Customer name\""
                )
            );
        }
    }
}
