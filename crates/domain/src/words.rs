//! Enumerations that stand as words in the database and in JSON.

/// The word is not one of those that PDT stores.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown word {0:?}")]
pub struct UnknownWord(String);

impl UnknownWord {
    pub(crate) fn new(word: &str) -> Self {
        Self(word.to_owned())
    }
}

/// Writes each variant as a word, and reads it back.
macro_rules! as_words {
    ($($name:ident { $($variant:ident = $word:literal),+ $(,)? })+) => {$(
        impl $name {
            /// The word stored in the database and shown in JSON.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    other => Err($crate::words::UnknownWord::new(other)),
                }
            }
        }
    )+};
}

pub(crate) use as_words;
