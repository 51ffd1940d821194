//! A git repository that a test builds, or one that is there already.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use super::program::{git, git_line, git_with_input};
use super::{NewCommit, Plan};

/// A git repository on disk. Clones are handles on the same one; a folder made by
/// [`create`](Self::create) or [`copy_of`](Self::copy_of) is removed with the last of them.
#[derive(Debug, Clone)]
pub struct GitRepo {
    path: Arc<PathBuf>,
    _folder: Option<Arc<TempDir>>,
}

impl GitRepo {
    /// An empty bare repository in a temporary folder, its HEAD at the coming branch `main`.
    ///
    /// # Errors
    /// Where git is missing or the temporary folder cannot be written.
    pub fn create() -> Result<Self> {
        let folder = TempDir::with_prefix("pdt-git-")?;
        git(folder.path(), &["init", "--quiet", "--bare", "--initial-branch=main", "."])?;
        Ok(Self::in_folder(folder))
    }

    /// The repository at `path`, bare or with a working tree. Whatever is committed here goes there.
    ///
    /// # Errors
    /// Where there is no git repository at `path`.
    pub fn open(path: &Path) -> Result<Self> {
        let found = git_line(path, &["rev-parse", "--absolute-git-dir"])
            .with_context(|| format!("{} is no git repository", path.display()))?;
        Ok(Self { path: Arc::new(PathBuf::from(found)), _folder: None })
    }

    /// A bare copy, in a temporary folder, of the repository at `path`: its branches, and those that it knows
    /// of its remote `origin` where no branch of its own has that name. The original is only read.
    ///
    /// # Errors
    /// Where there is no git repository at `path`, or the copy cannot be written.
    pub fn copy_of(path: &Path) -> Result<Self> {
        let original = Self::open(path)?;
        let copy = Self::create()?;
        // A linked working tree shares its refs and objects with another folder.
        let shared = ["rev-parse", "--path-format=absolute", "--git-common-dir"];
        let source = git_line(&original.path, &shared)?;
        let mine = "+refs/heads/*:refs/heads/*";
        let theirs = "+refs/remotes/origin/*:refs/heads/*";
        for refs in [theirs, mine, "+refs/tags/*:refs/tags/*"] {
            let quietly = ["fetch", "--quiet", "--no-tags", "--update-head-ok"];
            // A shallow checkout, as continuous integration makes them, is copied as it is.
            git(&copy.path, &[&quietly[..], &["--update-shallow", &source, refs]].concat())?;
        }
        // `origin/HEAD` is a pointer, no branch.
        if copy.branches()?.iter().any(|branch| branch == "HEAD") {
            copy.delete_branch("HEAD")?;
        }
        if let Ok(head) = git_line(&original.path, &["symbolic-ref", "--quiet", "HEAD"]) {
            git(&copy.path, &["symbolic-ref", "HEAD", &head])?;
        }
        Ok(copy)
    }

    fn in_folder(folder: TempDir) -> Self {
        Self { path: Arc::new(folder.path().to_owned()), _folder: Some(Arc::new(folder)) }
    }

    /// Where its objects and refs are.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Commits onto `branch`, which is made where it does not exist (as a root, then). Returns the new SHA.
    ///
    /// # Errors
    /// What git says.
    pub fn commit(&self, branch: &str, commit: &NewCommit) -> Result<String> {
        self.write(branch, commit, &[])
    }

    /// Merges `others` (branches or SHAs) into `branch` and returns the new SHA. There are no conflicts: the
    /// files of `branch` stay as they are.
    ///
    /// # Errors
    /// Where a branch does not exist.
    pub fn merge(&self, branch: &str, others: &[&str], commit: &NewCommit) -> Result<String> {
        let others = others.iter().map(|other| self.sha(other)).collect::<Result<Vec<_>>>()?;
        self.write(branch, commit, &others)
    }

    fn write(&self, branch: &str, commit: &NewCommit, merged: &[String]) -> Result<String> {
        let refname = format!("refs/heads/{branch}");
        let mut order = commit.order(&refname, 1);
        if let Ok(tip) = self.sha(branch) {
            order.push_str(&format!("from {tip}\n"));
        }
        merged.iter().for_each(|sha| order.push_str(&format!("merge {sha}\n")));
        order.push_str("\nget-mark :1\n");
        let printed = git_with_input(&self.path, &["fast-import", "--quiet"], order.as_bytes())?;
        Ok(String::from_utf8_lossy(&printed).trim().to_owned())
    }

    /// Writes a whole made-up history at once.
    ///
    /// # Errors
    /// What git says.
    pub fn generate(&self, plan: &Plan) -> Result<()> {
        git_with_input(&self.path, &["fast-import", "--quiet", "--force"], plan.orders().as_bytes())?;
        git(&self.path, &["pack-refs", "--all"]).map(drop)
    }

    /// Makes `branch` at `start` (a branch or a SHA).
    ///
    /// # Errors
    /// Where `branch` exists already or `start` does not.
    pub fn branch(&self, branch: &str, start: &str) -> Result<()> {
        let start = self.sha(start)?;
        let none = "0".repeat(start.len());
        git(&self.path, &["update-ref", &format!("refs/heads/{branch}"), &start, &none]).map(drop)
    }

    /// Sets `branch` to `target` (a branch or a SHA), whatever it pointed at before.
    ///
    /// # Errors
    /// Where `target` does not exist.
    pub fn force_push(&self, branch: &str, target: &str) -> Result<()> {
        self.set_ref(&format!("refs/heads/{branch}"), target)
    }

    /// Sets any ref by its full name, such as `refs/tags/v1` or `refs/keep-around/SHA`.
    ///
    /// # Errors
    /// Where `target` does not exist.
    pub fn set_ref(&self, refname: &str, target: &str) -> Result<()> {
        git(&self.path, &["update-ref", refname, &self.sha(target)?]).map(drop)
    }

    /// Deletes a branch; its commits stay readable by SHA.
    ///
    /// # Errors
    /// Where there is no such branch.
    pub fn delete_branch(&self, branch: &str) -> Result<()> {
        let tip = self.sha(&format!("refs/heads/{branch}"))?;
        git(&self.path, &["update-ref", "-d", &format!("refs/heads/{branch}"), &tip]).map(drop)
    }

    /// Points HEAD, the default branch, at `branch`, which need not exist: then there is no default branch.
    ///
    /// # Errors
    /// What git says.
    pub fn set_default_branch(&self, branch: &str) -> Result<()> {
        git(&self.path, &["symbolic-ref", "HEAD", &format!("refs/heads/{branch}")]).map(drop)
    }

    /// The commit that a branch, a ref or an abbreviated SHA names.
    ///
    /// # Errors
    /// Where there is none.
    pub fn sha(&self, name: &str) -> Result<String> {
        // The branch first: a tag or a file of the same name must not win.
        for candidate in [format!("refs/heads/{name}^{{commit}}"), format!("{name}^{{commit}}")] {
            if let Ok(sha) = git_line(&self.path, &["rev-parse", "--verify", "--quiet", &candidate]) {
                ensure!(!sha.is_empty(), "{name:?} names no commit");
                return Ok(sha);
            }
        }
        anyhow::bail!("{name:?} names no commit in {}", self.path.display())
    }
}
