//! What the standard output can show.

use std::io::{IsTerminal, stdout};

/// Whether standard output is a terminal, and how rich.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Terminal {
    /// A file or another program: one line per row, however long, and no styles.
    None,
    /// A terminal without colours.
    Plain {
        /// Its width in columns.
        width: u16,
    },
    /// A terminal with colours.
    Styled {
        /// Its width in columns.
        width: u16,
    },
}

/// A terminal that says it has fewer columns does not know its width: pseudo-terminals begin with none.
const NARROWEST: u16 = 20;

impl Terminal {
    /// Whether there is less room than seven columns need.
    pub(crate) fn is_narrow(self) -> bool {
        match self {
            Self::None => false,
            Self::Plain { width } | Self::Styled { width } => width < 120,
        }
    }

    /// Of this process's standard output. `NO_COLOR` (<https://no-color.org>) and `TERM=dumb` mean no colours.
    pub(crate) fn of_stdout() -> Self {
        if !stdout().is_terminal() {
            return Self::None;
        }
        let width = comfy_table::Table::new().width().filter(|width| *width >= NARROWEST).unwrap_or(100);
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        if is_set("NO_COLOR") || is_dumb { Self::Plain { width } } else { Self::Styled { width } }
    }
}
