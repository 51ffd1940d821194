//! The processes on the stage, as the kernel lists them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::place::MARK;
use super::{Stage, running};

/// A living process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// Its number.
    pub pid: u32,
    /// Its parent's number.
    pub parent: u32,
    /// The file name of its program.
    pub program: String,
    /// What it was started with.
    pub arguments: Vec<String>,
}

impl Process {
    /// The memory that it takes, in bytes, where what is shared is divided among those who share it.
    ///
    /// # Errors
    /// Where it has ended.
    pub fn proportional_set_size(&self) -> Result<u64> {
        let text = fs::read_to_string(format!("/proc/{}/smaps_rollup", self.pid))?;
        let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix("kB")).context("no Pss")?;
        Ok(kilobytes.trim().parse::<u64>()? * 1024)
    }

    /// Whether it holds a lock on a file.
    #[must_use]
    pub fn holds_a_lock(&self) -> bool {
        let locks = fs::read_to_string("/proc/locks").unwrap_or_default();
        let pid = self.pid.to_string();
        // `1: FLOCK  ADVISORY  WRITE 708 00:13:9 0 EOF`; who still waits for one has an arrow in the second place.
        locks.lines().any(|line| line.split_whitespace().nth(4) == Some(&pid))
    }

    /// Reads about a living process that carries `mark` in its environment.
    fn read(folder: &Path, mark: &[u8]) -> Option<Self> {
        let pid = folder.file_name()?.to_str()?.parse().ok()?;
        let environment = fs::read(folder.join("environ")).ok()?;
        environment.split(|byte| *byte == 0).find(|entry| *entry == mark)?;
        let program = fs::read_link(folder.join("exe")).ok()?;
        let arguments = fs::read(folder.join("cmdline")).ok()?;
        let arguments = arguments.strip_suffix(b"\0").unwrap_or(&arguments).split(|byte| *byte == 0);
        let stat = fs::read_to_string(folder.join("stat")).ok()?;
        // The name stands in brackets and may hold anything; the state and the parent follow it.
        let (_, after) = stat.rsplit_once(')')?;
        Some(Self {
            pid,
            parent: after.split_whitespace().nth(1)?.parse().ok()?,
            program: program.file_name()?.to_string_lossy().trim_end_matches(" (deleted)").to_owned(),
            arguments: arguments.map(|word| String::from_utf8_lossy(word).into_owned()).collect(),
        })
    }
}

impl Stage {
    /// All processes on the stage but the test's own.
    ///
    /// # Errors
    /// Where the kernel does not list them.
    pub fn processes(&self) -> Result<Vec<Process>> {
        let mark = format!("{MARK}={}", self.home().display());
        let mut found = Vec::new();
        for entry in fs::read_dir("/proc")? {
            found.extend(Process::read(&entry?.path(), mark.as_bytes()));
        }
        let (ours, keeper) = (std::process::id(), self.keeper.as_ref().map(super::Running::pid));
        found.retain(|process: &Process| process.pid != ours && Some(process.pid) != keeper);
        Ok(found)
    }

    /// A process and all that descend from it.
    ///
    /// # Errors
    /// Where the kernel does not list them.
    pub fn tree(&self, root: u32) -> Result<Vec<Process>> {
        let (mut tree, mut rest): (Vec<_>, Vec<_>) =
            self.processes()?.into_iter().partition(|process| process.pid == root);
        loop {
            let parents: Vec<u32> = tree.iter().map(|process| process.pid).collect();
            let (mut children, others): (Vec<_>, Vec<_>) =
                rest.into_iter().partition(|process| parents.contains(&process.parent));
            if children.is_empty() {
                return Ok(tree);
            }
            tree.append(&mut children);
            rest = others;
        }
    }

    /// The memory of a process and all that descend from it, in bytes: the sum of their proportional set sizes.
    ///
    /// # Errors
    /// Where the process has ended.
    pub fn pss(&self, root: u32) -> Result<u64> {
        self.tree(root)?.iter().map(Process::proportional_set_size).sum()
    }
}

/// Kills processes, some of which may have ended meanwhile.
pub(super) fn kill(processes: &[Process]) -> Result<()> {
    let pids: Vec<u32> = processes.iter().map(|process| process.pid).collect();
    if pids.is_empty() {
        return Ok(());
    }
    running::send("KILL", &pids)
}
