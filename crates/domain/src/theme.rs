//! How the window looks.

use std::fmt;
use std::str::FromStr;

/// Whether the window is light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the desktop is.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// The text is no theme.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("write system, light or dark")]
pub struct NotTheme;

impl Theme {
    /// The word that is written for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl FromStr for Theme {
    type Err = NotTheme;

    fn from_str(text: &str) -> Result<Self, NotTheme> {
        let themes = [Self::System, Self::Light, Self::Dark];
        themes.into_iter().find(|theme| theme.as_str().eq_ignore_ascii_case(text)).ok_or(NotTheme)
    }
}

impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_read_as_it_is_written() {
        for theme in [Theme::System, Theme::Light, Theme::Dark] {
            assert_eq!(theme.to_string().to_uppercase().parse(), Ok(theme), "in any letter case");
        }
        assert_eq!("sepia".parse::<Theme>(), Err(NotTheme));
    }
}
