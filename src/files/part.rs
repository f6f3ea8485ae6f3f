//! Parts: files under way, beside the place where they will stand.
//!
//! A part has a name that nobody else makes, and is locked while its maker lives. So the next run that writes into the folder
//! knows what a run that was killed has left there, which may be restricted information, and clears it.

use std::collections::BTreeSet;
use std::collections::hash_map::RandomState;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::hash::{BuildHasher, Hasher};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Component, Path, PathBuf};

use super::{create_private, create_private_folder, folder_of, is_at, sync_folder, sync_names};

const BEGINNING: &str = ".branchbook-";
const ENDING: &str = "part";

/// How often another name is tried where a run that clears the folder was quicker than the lock.
const TRIES: usize = 16;

/// A file under way; removed when it is dropped before it got its place.
#[derive(Debug)]
pub(crate) struct Part {
    path: PathBuf,
    /// Open, and locked with it.
    file: File,
    placed: bool,
}

impl Part {
    /// A part in the folder of the file at `place`, where it clears what runs that were killed have left.
    pub(crate) fn beside(place: &Path) -> io::Result<Self> {
        let folder = folder_of(place);
        clear(folder);
        for _ in 0..TRIES {
            let path = folder.join(name());
            let file = create_private(&path)?;
            // Where the disk keeps no locks, nobody can take a part for one of the dead.
            let taken = matches!(file.try_lock(), Err(TryLockError::WouldBlock));
            if !taken && is_at(&file, &path) {
                return Ok(Self { path, file, placed: false });
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    /// The file, to write to.
    pub(crate) fn file(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Brings the part to the disk and gives it its place, over what is there.
    pub(crate) fn place(mut self, place: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, place)?;
        self.placed = true;
        sync_folder(place)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.placed {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A folder under way, open to its owner alone; what was made in it is removed when this is dropped. Beside it lies a part that
/// names its files, so that whoever clears it removes no other.
#[derive(Debug)]
pub(crate) struct PartFolder {
    pub(crate) path: PathBuf,
    names: Vec<String>,
    #[allow(dead_code, reason = "held for its lock, and removed when this is dropped")]
    note: Part,
}

impl PartFolder {
    /// A folder beside `place`, in which files of these names will be made.
    pub(crate) fn beside(place: &Path, names: Vec<String>) -> io::Result<Self> {
        let note = Part::beside(place)?;
        note.file()?.write_all(names.join("\n").as_bytes())?;
        note.file.sync_all()?;
        sync_folder(&note.path)?;
        let path = note.path.with_extension("");
        create_private_folder(&path)?;
        Ok(Self { path, names, note })
    }

    /// Brings the names of its files to the disk.
    pub(crate) fn sync(&self) -> io::Result<()> {
        sync_names(&self.path)
    }
}

impl Drop for PartFolder {
    fn drop(&mut self) {
        remove_made(&self.path, self.names.iter().map(String::as_str));
    }
}

/// Removes the files of these names from a folder and from those in it, and the folders where nothing else lies in them.
fn remove_made<'n>(folder: &Path, names: impl Iterator<Item = &'n str>) {
    let mut inner = BTreeSet::new();
    for name in names {
        let parts: Vec<Component<'_>> = Path::new(name).components().collect();
        let is_below = parts.iter().all(|part| matches!(part, Component::Normal(_)));
        match parts.as_slice() {
            [_] if is_below => {}
            [within, _] if is_below => drop(inner.insert(folder.join(within))),
            _ => continue,
        }
        let _ = fs::remove_file(folder.join(name));
    }
    for folder in inner.iter().map(PathBuf::as_path).chain([folder]) {
        let _ = fs::remove_dir(folder);
    }
}

/// A name of this process, and of this part alone: numbers of processes come again.
fn name() -> String {
    let random = RandomState::new().build_hasher().finish();
    format!("{BEGINNING}{}-{random:016x}.{ENDING}", std::process::id())
}

/// Whether a part may have this name.
fn is_name(name: &OsStr) -> bool {
    let numbers = name.to_str().and_then(|name| name.strip_prefix(BEGINNING)?.strip_suffix(ENDING)?.strip_suffix('.'));
    numbers.and_then(|numbers| numbers.split_once('-')).is_some_and(|(process, random)| {
        process.parse::<u32>().is_ok() && random.len() == 16 && u64::from_str_radix(random, 16).is_ok()
    })
}

/// Clears the parts of runs that were killed from a folder. What cannot be cleared is left: it is in nobody's way.
fn clear(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| is_name(&entry.file_name())) {
        let _ = clear_dead(&entry.path());
    }
}

fn clear_dead(path: &Path) -> io::Result<()> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Ok(());
    }
    let mut file = OpenOptions::new().read(true).write(true).open(path)?;
    if file.try_lock().is_err() || !is_at(&file, path) {
        return Ok(());
    }
    let folder = path.with_extension("");
    if fs::symlink_metadata(&folder).is_ok_and(|found| found.is_dir()) {
        let mut names = String::new();
        file.read_to_string(&mut names)?;
        remove_made(&folder, names.lines());
    }
    fs::remove_file(path)
}
