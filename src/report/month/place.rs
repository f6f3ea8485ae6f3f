//! Where a pack goes. What is there is never removed: a pack that is the same stays, and whatever else is there is renamed whole.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use serde_json::Value;

use super::pack::{MANIFEST, Recorded};
use crate::book::journal;
use crate::day::Month;
use crate::files;
use crate::files::target::Kept;
use crate::refusal::{Kind, Refusal};
use crate::say;

/// The place of a month's pack.
pub(super) struct Place {
    month: Month,
    pub(super) path: PathBuf,
    kept: Kept,
    patience: Duration,
}

/// What was in the place.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum There {
    /// Nothing.
    Nothing,
    /// A pack with the same files, which stays with whatever else lies in it.
    TheSame,
    /// Another pack, or one that was changed; it has this name now.
    Another(PathBuf),
    /// Something that is no pack; it has this name now.
    NoPack(PathBuf),
}

impl There {
    /// What the person should know of it.
    pub(super) fn note(&self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::TheSame => Some(say!("the pack that was there is the same, and was left as it is").to_owned()),
            Self::Another(kept) => {
                Some(say!("the pack that was there differed, and is kept as {kept}", kept = kept.display()))
            }
            Self::NoPack(kept) => Some(say!("what was there is no pack, and is kept as {kept}", kept = kept.display())),
        }
    }
}

impl Place {
    /// The place of the pack of `month` below `folder`, which is made where it is not there.
    pub(super) fn below(folder: &Path, month: Month, kept: Kept, patience: Duration) -> Result<Self, Refusal> {
        files::make_folder(folder).map_err(|error| {
            Refusal::failed(say!("cannot make the folder {folder}: {error}", folder = folder.display(), error))
        })?;
        let path = folder.join(month.to_string());
        kept.refuse_moving(&path)?;
        Ok(Self { month, path, kept, patience })
    }

    /// Moves the folder of a pack into the place, unless the same pack is there.
    pub(super) fn settle(&self, pack: &Path, manifest: &[u8], recorded: &[Recorded]) -> Result<There, Refusal> {
        let _alone = files::lock_folder(files::folder_of(&self.path), self.patience)?;
        self.kept.refuse_moving(&self.path)?;
        if self.path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            self.move_in(pack)?;
            return Ok(There::Nothing);
        }
        let manifest_there = read(&self.path.join(MANIFEST));
        if manifest_there.as_deref() == Some(manifest) && recorded.iter().all(|file| file.is_in(&self.path)) {
            return Ok(There::TheSame);
        }
        let count = manifest_there.and_then(|found| count(&found));
        let aside = self.move_aside(count)?;
        self.move_in(pack).map_err(|refusal| match files::rename_new(&aside, &self.path) {
            Ok(()) => refusal,
            Err(_) => refusal.or(say!("what was there is kept as {aside}", aside = aside.display())),
        })?;
        Ok(if count.is_some() { There::Another(aside) } else { There::NoPack(aside) })
    }

    fn move_in(&self, pack: &Path) -> Result<(), Refusal> {
        let moved = files::rename_new(pack, &self.path).and_then(|()| files::sync_folder(&self.path));
        moved.map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => {
                Refusal::new(Kind::Busy, say!("another program has made {path} meanwhile", path = self.path.display()))
                    .or(say!("it was left as it is; look at it, and try again where it is not yours"))
            }
            _ => self.cannot_write(&error),
        })
    }

    /// Renames what is there. A pack is named after the journal row that it was made at, so that what was handed out stays
    /// provable.
    fn move_aside(&self, count: Option<i64>) -> Result<PathBuf, Refusal> {
        let Self { month, path, .. } = self;
        let name = count.map_or_else(|| format!("{month}-before"), |count| format!("{month}-journal-{count}"));
        let mut aside = path.with_file_name(&name);
        for more in 2.. {
            match files::rename_new(path, &aside) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => {
                    return Err(Refusal::failed(say!("cannot rename {path}: {error}", path = path.display(), error)));
                }
                Ok(()) => break,
            }
            aside = path.with_file_name(format!("{name}-{more}"));
        }
        Ok(aside)
    }

    /// That the pack cannot be written.
    pub(super) fn cannot_write(&self, error: &io::Error) -> Refusal {
        files::named::cannot_write(&self.path, error)
    }
}

impl Recorded {
    /// Whether the file is in this folder as it was recorded.
    fn is_in(&self, folder: &Path) -> bool {
        let path = folder.join(&self.name);
        path.is_file() && files::sha256(&path).is_ok_and(|hash| journal::hex(&hash) == self.sha256)
    }
}

/// The row of the journal at which a pack of this manifest was made.
fn count(manifest: &[u8]) -> Option<i64> {
    serde_json::from_slice::<Value>(manifest).ok()?["journal"]["count"].as_i64()
}

fn read(file: &Path) -> Option<Vec<u8>> {
    if file.is_file() { fs::read(file).ok() } else { None }
}
