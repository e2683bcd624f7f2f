//! Writes the files of a command so that nobody ever finds half of them.

use std::{fs, io, path::Path, path::PathBuf};

use anyhow::Context as _;

/// Writes all of them under temporary names first, then moves each into place.
pub fn put_all(files: &[(PathBuf, &[u8])]) -> anyhow::Result<()> {
    let written = files
        .iter()
        .try_for_each(|(path, bytes)| fs::write(hidden(path)?, bytes));
    let done = written.and_then(|()| {
        files
            .iter()
            .try_for_each(|(path, _)| fs::rename(hidden(path)?, path))
    });
    if done.is_err() {
        for (path, _) in files {
            let _ = hidden(path).and_then(fs::remove_file);
        }
    }
    let first = files.first().map(|(path, _)| path.display().to_string());
    done.with_context(|| format!("cannot write {}", first.unwrap_or_default()))
}

fn hidden(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let name = name.to_string_lossy();
    Ok(path.with_file_name(format!(".{name}.{}.tmp", std::process::id())))
}
