//! Files that this program makes: readable by their owner alone, and whole on the disk before they get their name.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::refusal::Refusal;
use crate::say;

/// Writes a file beside its place and renames it into place, so that a half file never stands there. A new file is its
/// owner's alone, for it may hold restricted information; one that was there keeps its permissions.
///
/// # Errors
/// A refusal naming the file, also where `write` gives a bare error of the system; else the error of `write`. Nothing is left
/// behind.
pub fn write<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    let failed =
        |error: &io::Error| Refusal::failed(say!("cannot write {path}: {error}", path = path.display(), error));
    let part = beside(path)?;
    let attempt = || -> Result<T> {
        let file = create_private(&part).map_err(|error| failed(&error))?;
        if let Ok(old) = fs::metadata(path) {
            file.set_permissions(old.permissions()).map_err(|error| failed(&error))?;
        }
        let mut file = BufWriter::new(file);
        // What has words of its own, such as of a temporary file, keeps them.
        let bare = |error: &anyhow::Error| error.chain().next()?.downcast_ref::<io::Error>().map(&failed);
        let written = write(&mut file).map_err(|error| bare(&error).map_or(error, Into::into))?;
        let file = file.into_inner().map_err(|error| failed(error.error()))?;
        file.sync_all().map_err(|error| failed(&error))?;
        drop(file);
        fs::rename(&part, path).and_then(|()| sync_folder(path)).map_err(|error| failed(&error))?;
        Ok(written)
    };
    attempt().inspect_err(|_| {
        let _ = fs::remove_file(&part);
    })
}

/// A name beside a file's place, of this process alone, that nobody takes for the file.
///
/// # Errors
/// A usage refusal where the path ends in no name.
pub fn beside(path: &Path) -> Result<PathBuf, Refusal> {
    let name = path.file_name().ok_or_else(|| Refusal::usage(say!("{path} is no file name", path = path.display())))?;
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.part", std::process::id()));
    Ok(path.with_file_name(hidden))
}

/// Makes a file that was not there, readable by its owner alone.
///
/// # Errors
/// An error of the system, also where the file is there.
#[cfg(unix)]
pub fn create_private(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().write(true).create_new(true).mode(0o600).open(path)
}

/// Makes a file that was not there. On Windows a file in the user's folders is the user's alone already.
///
/// # Errors
/// An error of the system, also where the file is there.
#[cfg(not(unix))]
pub fn create_private(path: &Path) -> io::Result<File> {
    File::create_new(path)
}

/// Makes a folder that was not there, open to its owner alone.
///
/// # Errors
/// An error of the system, also where the folder is there.
pub fn create_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Brings the name of a new or renamed file to the disk.
///
/// # Errors
/// An error of the system.
#[cfg(unix)]
pub fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// Windows brings names to the disk by itself.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_file_that_fails_half_way_leaves_nothing_and_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        fs::write(&path, "old").unwrap();
        let failing = |file: &mut dyn Write| -> Result<()> {
            file.write_all(b"new")?;
            anyhow::bail!("enough")
        };
        assert_eq!(write(&path, failing).unwrap_err().to_string(), "enough");
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_disk_that_is_full_half_way_is_told_with_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.xlsx");
        let full = |_: &mut dyn Write| -> Result<()> { Err(io::Error::other("no room").into()) };
        let refused = write(&path, full).unwrap_err().to_string();
        assert_eq!(refused, format!("cannot write {}: no room", path.display()));
    }

    #[test]
    fn an_error_that_has_its_own_words_keeps_them() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = |_: &mut dyn Write| -> Result<()> {
            Err(anyhow::Error::new(io::Error::other("no room")).context("a temporary file cannot be made"))
        };
        let refused = write(&folder.path().join("list.xlsx"), elsewhere).unwrap_err();
        assert_eq!(format!("{refused:#}"), "a temporary file cannot be made: no room");
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_is_its_owners_alone_and_an_old_one_keeps_its_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        write(&path, |file| Ok(file.write_all(b"a")?)).unwrap();
        assert_eq!(mode(), 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        write(&path, |file| Ok(file.write_all(b"b")?)).unwrap();
        assert_eq!((mode(), fs::read_to_string(&path).unwrap().as_str()), (0o644, "b"));
    }
}
