//! A small disk that can be filled up: a tmpfs, where one may be mounted.

use anyhow::{Context, bail};
use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

/// The folder that the server's data is in.
pub enum Disk {
    Folder(TempDir),
    Small(TempDir),
}

impl Disk {
    pub fn folder() -> anyhow::Result<Self> {
        Ok(Self::Folder(tempfile::tempdir()?))
    }

    /// A disk of its own, of a few megabytes.
    pub fn small() -> anyhow::Result<Self> {
        let place = tempfile::tempdir()?;
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=24m", "hubbub-faults"])
            .arg(place.path())
            .status()
            .context("mount cannot be run")?;
        if !mounted.success() {
            bail!("a tmpfs cannot be mounted here: run without --fill-disk, or as root");
        }
        Ok(Self::Small(place))
    }

    pub fn path(&self) -> &Path {
        match self {
            Self::Folder(place) | Self::Small(place) => place.path(),
        }
    }

    fn ballast(&self) -> PathBuf {
        self.path().join("ballast")
    }

    /// Leaves no room at all.
    pub fn fill(&self) -> anyhow::Result<()> {
        let mut ballast = File::options().create(true).append(true).open(self.ballast())?;
        // The last write fails, which is the point.
        while ballast.write_all(&[0; 4096]).is_ok() {}
        Ok(())
    }

    pub fn free(&self) -> anyhow::Result<()> {
        Ok(std::fs::remove_file(self.ballast())?)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if let Self::Small(place) = self {
            // The server has gone by now; a mount that stays is of no harm but visible.
            if !Command::new("umount").arg(place.path()).status().is_ok_and(|status| status.success()) {
                eprintln!("{} is still mounted", place.path().display());
            }
        }
    }
}
