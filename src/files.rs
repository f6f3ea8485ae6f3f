//! Files that this program makes: its owner's alone, and whole on the disk before they get their name. It removes none that it
//! did not make itself.

pub(crate) mod beside;
pub(crate) mod byte_lock;
pub(crate) mod named;
pub(crate) mod part;
pub(crate) mod target;

use std::env;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::refusal::{Kind, Refusal};
use crate::say;

/// How long somebody who waits for a folder waits before looking again.
const PAUSE: Duration = Duration::from_millis(5);

/// The folder that a file lies in.
pub(crate) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a file that was not there, readable by its owner alone. On Windows a file in the user's folders is that already.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Opens a file that the program keeps beside a book, and no file of somebody else's that is in its place or behind a link
/// there. One that is not there is made as open as `model`, whatever the process masks, or, without one, is none; one of this account
/// that is less open becomes so as well, for whoever writes the book writes what lies beside it.
pub(crate) fn open_own(path: &Path, made_like: Option<&Path>) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create(made_like.is_some());
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = own(&options, path)?;
    if let Some(model) = made_like {
        let _ = permit_as(&file, model);
    }
    Ok(file)
}

/// Makes the file where it is not there, and sees that nobody may read or write it who may not do so with `model`.
#[cfg(unix)]
pub(crate) fn open_as_private(path: &Path, model: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let wanted = fs::metadata(model)?.permissions().mode() & 0o666;
    let file = open_own(path, Some(model))?;
    if file.metadata()?.permissions().mode() & 0o777 & !wanted == 0 {
        return Ok(());
    }
    file.set_permissions(fs::Permissions::from_mode(wanted))
}

/// Makes the file where it is not there.
#[cfg(not(unix))]
pub(crate) fn open_as_private(path: &Path, model: &Path) -> io::Result<()> {
    open_own(path, Some(model)).map(drop)
}

/// As [`open_own`], to read alone.
pub(crate) fn read_own(path: &Path) -> io::Result<File> {
    own(File::options().read(true), path)
}

fn own(options: &OpenOptions, path: &Path) -> io::Result<File> {
    let mut options = options.clone();
    #[cfg(target_os = "linux")]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, nix::libc::O_NOFOLLOW);
    let file = options.open(path)?;
    let found = file.metadata()?;
    if found.is_file() && names(&found) == 1 { Ok(file) } else { Err(ErrorKind::AlreadyExists.into()) }
}

/// How many names a file has.
#[cfg(unix)]
fn names(found: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(found)
}

#[cfg(not(unix))]
fn names(_: &fs::Metadata) -> u64 {
    1
}

/// Makes a folder that was not there, open to its owner alone.
pub(crate) fn create_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes a folder for files that are gone afterwards, open to its owner alone.
pub(crate) fn private_temporary_folder() -> io::Result<tempfile::TempDir> {
    let mut folder = tempfile::Builder::new();
    folder.prefix("branchbook-");
    #[cfg(unix)]
    folder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    folder.tempdir()
}

/// Makes a folder that is as private as a file, where it is not there, and brings its name to the disk.
pub(crate) fn make_private_folder(path: &Path, model: &Path) -> io::Result<()> {
    match create_private_folder(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => return Ok(()),
        made => made?,
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(model)?.permissions().mode() & 0o666;
        // Whoever may read a file in it may enter it; and a group that the folder above hands on stays handed on.
        let handed_on = fs::metadata(path)?.permissions().mode() & 0o2000;
        fs::set_permissions(path, fs::Permissions::from_mode(mode | (mode & 0o444) >> 2 | handed_on))?;
    }
    let _ = model;
    sync_folder(path)
}

/// Gives a file the permissions of another, and its group where this account may.
#[cfg(unix)]
pub(crate) fn permit_as(file: &File, model: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let (model, found) = (fs::metadata(model)?, file.metadata()?);
    let mode = model.permissions().mode() & 0o666;
    // What another group may do with the model, none may do with a file that is not that group's.
    let is_of_group = model.gid() == found.gid() || fchown(file, None, Some(model.gid())).is_ok();
    let mode = if is_of_group { mode } else { mode & 0o606 };
    if found.permissions().mode() & 0o777 == mode {
        Ok(())
    } else {
        file.set_permissions(fs::Permissions::from_mode(mode))
    }
}

/// Gives a file the permissions of another.
#[cfg(not(unix))]
pub(crate) fn permit_as(_: &File, _: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes a folder and those above it, where they are not there yet, and brings their names to the disk.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    make_folder(folder_of(path))?;
    match fs::create_dir(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists || !path.is_dir() => Err(error),
        _ => sync_folder(path),
    }
}

/// Brings the name of a new or renamed file to the disk.
pub(crate) fn sync_folder(file: &Path) -> io::Result<()> {
    sync_names(folder_of(file))
}

/// Brings the names in a folder to the disk.
#[cfg(unix)]
pub(crate) fn sync_names(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows brings names to the disk by itself.
#[cfg(not(unix))]
pub(crate) fn sync_names(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Gives a file or folder a name that nothing has.
pub(crate) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        use nix::errno::Errno;
        use nix::fcntl::{AT_FDCWD, RenameFlags, renameat2};
        match renameat2(AT_FDCWD, from, AT_FDCWD, to, RenameFlags::RENAME_NOREPLACE) {
            // A disk that knows no such renaming.
            Err(Errno::EINVAL | Errno::ENOSYS) => {}
            other => return Ok(other?),
        }
    }
    match fs::symlink_metadata(to) {
        Err(error) if error.kind() == ErrorKind::NotFound => fs::rename(from, to),
        Err(error) => Err(error),
        Ok(_) => Err(ErrorKind::AlreadyExists.into()),
    }
}

/// Waits for the one lock on a folder under which names in it are changed, until it is dropped; none where the disk or the
/// system keeps no such locks. A refusal of kind busy when `limit` has passed.
pub(crate) fn lock_folder(folder: &Path, limit: Duration) -> Result<Option<File>, Refusal> {
    let Ok(file) = File::open(folder) else { return Ok(None) };
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::Error(_)) => return Ok(None),
            Err(TryLockError::WouldBlock) if start.elapsed() < limit => thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => {
                let what = say!("another program is changing what lies in {folder}", folder = folder.display());
                return Err(Refusal::new(Kind::Busy, what).or(say!("nothing was changed; try again")));
            }
        }
    }
}

/// Whether an open file is the one that has this name.
pub(crate) fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(named)) => same(&open, &named),
        _ => false,
    }
}

/// What tells a file from every other.
#[cfg(unix)]
pub(crate) type Identity = (u64, u64);

/// What tells a file from every other.
#[cfg(not(unix))]
pub(crate) type Identity = std::path::PathBuf;

/// What tells the file at a path, wherever links lead, from every other.
#[cfg(unix)]
pub(crate) fn identity(path: &Path) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).map(|found| (found.dev(), found.ino()))
}

/// What tells the file at a path, wherever links lead, from every other.
#[cfg(not(unix))]
pub(crate) fn identity(path: &Path) -> io::Result<Identity> {
    fs::canonicalize(path)
}

#[cfg(unix)]
fn same(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn same(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}

/// The SHA-256 of a file, read piece by piece.
pub(crate) fn sha256(path: &Path) -> io::Result<[u8; 32]> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hasher.finalize().into()),
            read => hasher.update(&piece[..read]),
        }
    }
}

/// The program that is named by its path, or as the system finds it by its name; none where it is not there.
pub(crate) fn program(named: &str) -> Option<PathBuf> {
    let file = Path::new(named);
    file.is_file().then(|| file.to_path_buf()).or_else(|| on_path(named))
}

/// Where a program is that is found by its name.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
