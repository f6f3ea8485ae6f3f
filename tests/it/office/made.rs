//! Offices that many tests begin with: the first makes it by command lines, the others take a copy of its files.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::fs::{self, File, Metadata, Permissions};
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use branchbook::desk::Surroundings;

use super::Office;

/// An office as it was when it was made: its folders, its files and what surrounds it.
struct Kept {
    folders: Vec<(PathBuf, Permissions)>,
    files: Vec<(PathBuf, Metadata, Vec<u8>)>,
    surroundings: Surroundings,
}

type Made = BTreeMap<(TypeId, String), Arc<OnceLock<Kept>>>;

/// The offices that tests of this run have made, by what makes them.
static MADE: LazyLock<Mutex<Made>> = LazyLock::new(Mutex::default);

impl Kept {
    fn of(office: &Office) -> Self {
        let folder = office.folder.path();
        let mut kept = Self { folders: Vec::new(), files: Vec::new(), surroundings: office.surroundings() };
        let mut left = vec![folder.to_owned()];
        while let Some(next) = left.pop() {
            for found in fs::read_dir(next).unwrap() {
                let path = found.unwrap().path();
                let place = path.strip_prefix(folder).unwrap().to_owned();
                let metadata = fs::metadata(&path).unwrap();
                if metadata.is_dir() {
                    kept.folders.push((place, metadata.permissions()));
                    left.push(path);
                } else {
                    kept.files.push((place, metadata, fs::read(&path).unwrap()));
                }
            }
        }
        kept
    }

    fn office(&self) -> Office {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        for (place, mode) in &self.folders {
            let path = folder.path().join(place);
            fs::create_dir(&path).unwrap();
            fs::set_permissions(&path, mode.clone()).unwrap();
        }
        for (place, metadata, bytes) in &self.files {
            let path = folder.path().join(place);
            fs::write(&path, bytes).unwrap();
            fs::set_permissions(&path, metadata.permissions()).unwrap();
            // The head of a book knows when the book's file was written last.
            File::options().write(true).open(&path).unwrap().set_modified(metadata.modified().unwrap()).unwrap();
        }
        let book = folder.path().join(self.surroundings.book.file_name().unwrap());
        Office { surroundings: Surroundings { book, ..self.surroundings.clone() }, folder }
    }
}

impl Office {
    /// An office that the first test which asks for it makes; every other test begins with a copy of its files.
    pub(crate) fn made(make: impl FnOnce() -> Self + 'static) -> Self {
        Self::made_for("", |_| make())
    }

    /// The same, one for every text that it is made for.
    pub(super) fn made_for<F: FnOnce(&str) -> Self + 'static>(what: &str, make: F) -> Self {
        let key = (TypeId::of::<F>(), what.to_owned());
        let kept = Arc::clone(MADE.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
        kept.get_or_init(|| Kept::of(&make(what))).office()
    }
}
