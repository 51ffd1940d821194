//! How `pdt` ends: the four statuses of the contract.

use std::process::ExitCode;

/// An exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything asked for was done, or there was nothing to do.
    Done,
    /// Something failed, was refused, was partial or is unknown.
    Failed,
    /// The command was not understood.
    Usage,
    /// A run was already going.
    AlreadyRunning,
}

impl Exit {
    /// The worse of two loops' ends: a failure wins over a run that was already going.
    pub(crate) fn or_worse(self, other: Self) -> Self {
        if other.rank() > self.rank() { other } else { self }
    }

    fn rank(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::AlreadyRunning => 1,
            Self::Failed => 2,
            Self::Usage => 3,
        }
    }

    /// [`Exit::Done`] if everything is well, else [`Exit::Failed`].
    pub(crate) fn done_if(well: bool) -> Self {
        if well { Self::Done } else { Self::Failed }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::AlreadyRunning => 3,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_wins_where_the_loops_differ() {
        assert_eq!(Exit::AlreadyRunning.or_worse(Exit::Failed), Exit::Failed);
        assert_eq!(Exit::Failed.or_worse(Exit::AlreadyRunning), Exit::Failed);
        assert_eq!(Exit::Done.or_worse(Exit::AlreadyRunning), Exit::AlreadyRunning);
        assert_eq!(Exit::Done.or_worse(Exit::Done), Exit::Done);
    }
}
