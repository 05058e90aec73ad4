//! A small disk that can be full: a tmpfs, where mounting is allowed.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    process::{Command, Stdio},
};
use tempfile::TempDir;

pub struct SmallDisk(TempDir);

impl SmallDisk {
    /// `None` where mounting is not allowed; the test's output says so.
    pub fn mount(size: &str) -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let options = format!("size={size}");
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "hubbub-test"])
            .arg(place.path())
            .stderr(Stdio::null())
            .status();
        if mount.is_ok_and(|status| status.success()) {
            return Some(Self(place));
        }
        eprintln!("skipped: a tmpfs cannot be mounted here");
        None
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Leaves this number of bytes free, or a little less.
    pub fn fill_but(&self, bytes: usize) {
        let spare = self.path().join("spare");
        fs::write(&spare, vec![0; bytes]).unwrap();
        let mut ballast = File::create(self.path().join("ballast")).unwrap();
        while ballast.write_all(&[0; 4096]).is_ok() {}
        fs::remove_file(spare).unwrap();
    }

    pub fn free(&self) {
        fs::remove_file(self.path().join("ballast")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // The server may still be running: a lazy unmount waits for it.
        if !Command::new("umount").arg("--lazy").arg(self.path()).status().is_ok_and(|status| status.success()) {
            eprintln!("{} is still mounted", self.path().display());
        }
    }
}
