//! Turns the catalogues in `locale/` into sorted tables, so that a running command looks a text up without reading a file.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

const LANGUAGES: [&str; 2] = ["zh", "ko"];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo names no folder for what is built")?);
    for language in LANGUAGES {
        let catalogue = format!("locale/{language}.po");
        println!("cargo::rerun-if-changed={catalogue}");
        std::fs::write(folder.join(format!("{language}.rs")), table(Path::new(&catalogue))?)?;
    }
    Ok(())
}

/// The catalogue as a Rust expression: the texts in their order, each with its translation behind it, as one string, and where in
/// it each begins, its translation begins, and that ends. A text with a context is looked up as `context\u{4}text`, as everywhere
/// in gettext. (Pairs of strings would be addresses, which the system would have to mend whenever a command starts.)
fn table(catalogue: &Path) -> Result<String, Box<dyn Error>> {
    let catalogue = polib::po_file::parse(catalogue)?;
    let key = |message: &dyn polib::message::MessageView| match message.msgctxt() {
        None => message.msgid().to_owned(),
        Some(context) => format!("{context}\u{4}{}", message.msgid()),
    };
    let mut pairs = BTreeMap::new();
    for message in catalogue.messages().filter(|message| message.is_translated()) {
        pairs.insert(key(message), message.msgstr()?.to_owned());
    }
    let (mut texts, mut places) = (String::new(), Vec::new());
    for (text, translation) in pairs {
        let begin = texts.len();
        texts.push_str(&text);
        let middle = texts.len();
        texts.push_str(&translation);
        places.push(format!("[{begin}, {middle}, {}]", texts.len()));
    }
    Ok(format!("Catalogue {{ texts: {texts:?}, places: &[\n{}\n] }}\n", places.join(",\n")))
}
