//! Files of backups: hidden until they are whole, named so that they sort in time, listed by their sealed line.

use std::{
    fs::{self, File, OpenOptions},
    path::{Path, PathBuf},
};

use super::{Sealed, broken, seal};
use crate::storage::error::Stored;

/// How a backup's name ends.
const ENDING: &str = ".starlight";

/// `starlight-20261123-211500.starlight`, in UTC.
pub fn file_name(now: i64) -> String {
    let at = chrono::DateTime::from_timestamp_millis(now).unwrap_or_default();
    format!("starlight-{}{ENDING}", at.format("%Y%m%d-%H%M%S"))
}

/// The backups in a folder, newest first, by their sealed lines; files that are none are passed over. The seals
/// themselves are not recomputed here.
pub fn backups_in(folder: &Path) -> Vec<(PathBuf, Sealed)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<(PathBuf, Sealed)> = entries
        .map(|entry| entry.path())
        .filter(|path| !is_hidden(path))
        .filter_map(|path| seal::read(&path).ok().map(|sealed| (path, sealed)))
        .collect();
    found.sort_by(|(a, x), (b, y)| (y.made_at, b).cmp(&(x.made_at, a)));
    found
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().map(|n| n.to_string_lossy());
    name.is_none_or(|n| n.starts_with('.'))
}

/// A file under way, beside the place it is meant for; removed unless it is kept.
pub struct Part {
    path: PathBuf,
}

impl Part {
    /// Makes an empty file that only its owner reads, `.NAME.part-PID` in the folder of `target`.
    pub fn beside(target: &Path) -> Stored<Self> {
        let name = target
            .file_name()
            .ok_or_else(|| broken("the path names no file"))?;
        let hidden = format!(".{}.part-{}", name.to_string_lossy(), std::process::id());
        let path = folder_of(target).join(hidden);
        let _ = fs::remove_file(&path);
        create_private(&path)
            .map_err(|e| broken(format!("cannot write to {}: {e}", path.display())))?;
        Ok(Self { path })
    }

    /// Where it is now.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name once its bytes are on disk.
    pub fn keep_as(self, target: &Path) -> Stored<()> {
        let on_disk = || -> std::io::Result<()> {
            OpenOptions::new()
                .write(true)
                .open(&self.path)?
                .sync_all()?;
            fs::rename(&self.path, target)?;
            sync_folder(target)
        };
        on_disk().map_err(|e| broken(format!("cannot write {}: {e}", target.display())))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        for ending in ["", "-journal", "-wal", "-shm"] {
            let mut path = self.path.clone().into_os_string();
            path.push(ending);
            let _ = fs::remove_file(path);
        }
    }
}

/// The folder a path lies in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn create_private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// Makes a rename last; Windows knows no such call for folders.
pub fn sync_folder(path: &Path) -> std::io::Result<()> {
    if cfg!(unix) {
        File::open(folder_of(path))?.sync_all()?;
    }
    Ok(())
}
