//! What a person says of a file once and for all months: a file of rules, as the options of the import are called.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, ValueHint};
use serde::Deserialize;

use super::delimiter::Delimiter;
use super::encoding::Encoding;
use super::mapping::{self, Said};
use super::reading::Text;
use super::source;
use super::workbook::Wanted;
use crate::day;
use crate::files::target::{Kept, Target};
use crate::refusal::Refusal;
use crate::say;
use crate::text;
use crate::whole;

/// How a file is read
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Manner {
    /// Which column gives a field: FIELD=COLUMN, or FIELD=#3 for the third column; may be repeated
    #[arg(long, value_name = "FIELD=COLUMN")]
    map: Vec<String>,
    /// A value for every row: FIELD=VALUE; may be repeated
    #[arg(long, value_name = "FIELD=VALUE")]
    set: Vec<String>,
    /// What a word of the file stands for in a field: FIELD:WORD=VALUE, such as kind:执行=execution; may be repeated
    #[arg(long, value_name = "FIELD:WORD=VALUE")]
    value: Vec<String>,
    /// Lines above the header to skip, such as titles [default: the header is found by its names]
    #[arg(long, value_name = "COUNT", value_parser = |typed: &str| whole::count(typed).map(|count| count as usize))]
    skip_lines: Option<usize>,
    /// The sheet of a workbook, by its name or its place from 1 [default: the first]
    #[arg(long, value_name = "SHEET")]
    sheet: Option<Wanted>,
    /// The column with a quantity: a row becomes so many entries
    #[arg(long, value_name = "COLUMN")]
    each: Option<String>,
    /// How days are written, such as %Y/%m/%d or %d.%m.%Y; may be repeated
    #[arg(long, value_name = "FORMAT")]
    date_format: Vec<String>,
    /// How the file is encoded [default: by its mark, else UTF-8, else GB18030]
    #[arg(long, value_name = "ENCODING")]
    encoding: Option<Encoding>,
    /// What stands between cells [default: comma, tab or semicolon, as the header shows]
    #[arg(long, value_name = "CHARACTER")]
    delimiter: Option<Delimiter>,
    /// Read what these options would say from this file; an option goes before it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    rules: Option<PathBuf>,
    /// Write what these options say to this file, once the import has succeeded
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    save_rules: Option<PathBuf>,
}

/// A file of rules as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct Written {
    sheet: Option<String>,
    skip_lines: Option<usize>,
    date_format: Vec<String>,
    each: Option<String>,
    encoding: Option<String>,
    delimiter: Option<String>,
    map: BTreeMap<String, String>,
    set: BTreeMap<String, String>,
    value: BTreeMap<String, BTreeMap<String, String>>,
}

/// What the options and the file of rules say together.
#[derive(Debug, Clone, Default)]
pub(super) struct Settled {
    pub(super) skip_lines: Option<usize>,
    pub(super) sheet: Option<Wanted>,
    pub(super) date_format: Vec<String>,
    pub(super) encoding: Option<Encoding>,
    pub(super) delimiter: Option<Delimiter>,
    /// What the options say of the columns.
    pub(super) said: Said,
    /// What the file of rules says of them.
    pub(super) kept: Said,
}

impl Manner {
    /// What the options and the file of rules say; `set` is what other options say of every row.
    pub(super) fn settle(&self, set: &[(&str, &str)]) -> Result<Settled> {
        let written = self.rules.as_deref().map_or_else(|| Ok(Written::default()), Written::read)?;
        let date_format = if self.date_format.is_empty() { written.date_format } else { self.date_format.clone() };
        for format in &date_format {
            day::check_format(format)?;
        }
        let pairs =
            |typed: &[String]| typed.iter().map(|pair| mapping::parse_pair(pair)).collect::<Result<Vec<_>, _>>();
        let others = set.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned()));
        let value = written.value.into_iter();
        Ok(Settled {
            skip_lines: self.skip_lines.or(written.skip_lines),
            sheet: self.sheet.clone().or(written.sheet.as_deref().map(str::parse).transpose()?),
            date_format,
            encoding: self.encoding.or(written.encoding.as_deref().map(str::parse).transpose()?),
            delimiter: self.delimiter.or(written.delimiter.as_deref().map(str::parse).transpose()?),
            said: Said {
                map: pairs(&self.map)?,
                set: pairs(&self.set)?.into_iter().chain(others).collect(),
                value: self.value.iter().map(|typed| mapping::parse_value(typed)).collect::<Result<_, _>>()?,
                each: self.each.clone(),
            },
            kept: Said {
                map: written.map.into_iter().collect(),
                set: written.set.into_iter().collect(),
                value: value
                    .flat_map(|(field, words)| words.into_iter().map(move |(word, value)| (field.clone(), word, value)))
                    .collect(),
                each: written.each,
            },
        })
    }

    /// Where the rules are to be written, looked at before anything is done.
    pub(super) fn target(&self, kept: Kept) -> Result<Option<Target>, Refusal> {
        self.save_rules.as_deref().map(|path| Target::new(path, kept)).transpose()
    }
}

impl Written {
    /// Reads a file of rules.
    fn read(path: &Path) -> Result<Self, Refusal> {
        let (name, bytes) = source::open(path, say!("name a file of rules; --save-rules FILE writes one"))?;
        let text = Text::decode(&name, bytes, None)?.whole(&name)?;
        toml::from_str(&text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = 1 + before.matches('\n').count();
            let reason = text::visible(error.message().lines().next().unwrap_or_default()).into_owned();
            Refusal::failed(say!("{name}:{line}: {reason}", name, line, reason))
                .or(say!("see docs/import.md for what a file of rules may say"))
        })
    }
}

impl Settled {
    /// Everything that is said, as a file of rules.
    pub(super) fn written(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let mut file = String::new();
        let mut line = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                let _ = writeln!(file, "{key} = {value}");
            }
        };
        line("sheet", self.sheet.as_ref().map(|sheet| quoted(&sheet.to_string())));
        line("skip-lines", self.skip_lines.map(|count| count.to_string()));
        let formats: Vec<String> = self.date_format.iter().map(|format| quoted(format)).collect();
        line("date-format", (!formats.is_empty()).then(|| format!("[{}]", formats.join(", "))));
        line("each", self.said.each.as_ref().or(self.kept.each.as_ref()).map(|each| quoted(each)));
        line("encoding", self.encoding.map(|encoding| quoted(encoding.name())));
        line("delimiter", self.delimiter.map(|delimiter| quoted(&delimiter.to_string())));
        let key = |name: &str| {
            let bare = !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
            if bare { name.to_owned() } else { quoted(name) }
        };
        let mut tables: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        // What is said now goes before what was said.
        for said in [&self.kept, &self.said] {
            for (table, pairs, other) in [("map", &said.map, "set"), ("set", &said.set, "map")] {
                for (field, value) in pairs {
                    tables.entry(other.to_owned()).or_default().remove(&key(field));
                    tables.entry(table.to_owned()).or_default().insert(key(field), quoted(value));
                }
            }
            for (field, word, value) in &said.value {
                tables.entry(format!("value.{}", key(field))).or_default().insert(key(word), quoted(value));
            }
        }
        for (table, pairs) in tables.into_iter().filter(|(_, pairs)| !pairs.is_empty()) {
            let gap = if file.is_empty() { "" } else { "\n" };
            let _ = writeln!(file, "{gap}[{table}]");
            for (key, value) in pairs {
                let _ = writeln!(file, "{key} = {value}");
            }
        }
        file
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn rules(path: &Path, more: impl FnOnce(&mut Manner)) -> Settled {
        let mut rules = Manner { rules: Some(path.to_owned()), ..Manner::default() };
        more(&mut rules);
        rules.settle(&[]).unwrap()
    }

    #[test]
    fn what_is_written_reads_the_same_and_an_option_goes_before_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.toml");
        let first = Manner {
            map: vec!["number=编 号".to_owned(), "subject=\"事\n由\"".to_owned()],
            set: vec!["by=wang".to_owned()],
            value: vec!["kind:执行=execution".to_owned(), "kind:a=b=shipping".to_owned()],
            skip_lines: Some(2),
            sheet: Some("2026 台账".parse().unwrap()),
            each: Some("数量".to_owned()),
            date_format: vec!["%Y/%m/%d".to_owned(), "%d.%m.%Y".to_owned()],
            encoding: Some("gbk".parse().unwrap()),
            delimiter: Some("tab".parse().unwrap()),
            ..Manner::default()
        };
        let first = first.settle(&[("department", "business")]).unwrap();
        let text = first.written();
        for line in [
            "skip-lines = 2",
            "each = \"数量\"",
            "delimiter = \"tab\"",
            "number = \"编 号\"",
            "department = \"business\"",
        ] {
            assert!(text.lines().any(|written| written == line), "{text}");
        }
        assert!(
            text.ends_with(
                "[value.kind]
\"a=b\" = \"shipping\"
\"执行\" = \"execution\"
"
            ),
            "{text}"
        );
        std::fs::write(&path, &text).unwrap();
        assert_eq!(rules(&path, |_| ()).written(), text);
        let again = rules(&path, |rules| {
            rules.set = vec!["number=1".to_owned()];
            rules.skip_lines = Some(0);
        });
        assert!(again.written().contains("skip-lines = 0\n") && again.written().contains("number = \"1\"\n"));
        assert!(!again.written().contains("编 号"));
        std::fs::write(&path, "skip-lines = 1\nskip-line = 2\n").unwrap();
        let refused = Manner { rules: Some(path.clone()), ..Manner::default() }.settle(&[]).unwrap_err().to_string();
        assert!(refused.contains("ledger.toml:2: unknown field `skip-line`"), "{refused}");
    }
}
