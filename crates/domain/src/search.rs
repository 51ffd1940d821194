//! Looking for words in texts, in any letter case of any script.

/// Fewer digits stand at the beginning of too many commits: a word such as `a` or `be` is looked for elsewhere.
const SHORTEST_SHA: usize = 4;

/// The words that somebody looks for: each of them must be there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words(Vec<String>);

impl Words {
    /// The words of a text, which white space parts.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut words: Vec<String> = text.split_whitespace().map(folded).collect();
        words.sort_unstable();
        words.dedup();
        Self(words)
    }

    /// Whether nothing is looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether each word stands somewhere in the texts.
    #[must_use]
    pub fn all_in(&self, texts: &Texts) -> bool {
        self.0.iter().all(|word| texts.0.contains(word.as_str()))
    }

    /// Whether each word stands somewhere in the texts of a commit, or begins its id.
    #[must_use]
    pub fn all_in_commit(&self, texts: &Texts, sha: &str) -> bool {
        self.0.iter().all(|word| texts.0.contains(word.as_str()) || begins_sha(word, sha))
    }
}

fn begins_sha(word: &str, sha: &str) -> bool {
    word.len() >= SHORTEST_SHA && sha.starts_with(word)
}

/// Texts that are looked through together. No word reaches from one into the next.
#[derive(Debug, Clone, Default)]
pub struct Texts(String);

impl Texts {
    /// Forgets all texts, and keeps the memory for others.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Adds a text.
    pub fn add(&mut self, text: &str) {
        fold_onto(text, &mut self.0);
        self.0.push('\n');
    }
}

/// Whether two texts are the same in any letter case.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || (!(one.is_ascii() && other.is_ascii()) && folded(one) == folded(other))
}

/// A text in lower case, character by character: what stands beside a character makes no difference, so that a part
/// of a text stays a part of it.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_onto(text, &mut folded);
    folded
}

fn fold_onto(text: &str, folded: &mut String) {
    if text.is_ascii() {
        let from = folded.len();
        folded.push_str(text);
        if let Some(added) = folded.get_mut(from..) {
            added.make_ascii_lowercase();
        }
    } else {
        folded.extend(text.chars().flat_map(char::to_lowercase));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(of: &[&str]) -> Texts {
        let mut texts = Texts::default();
        for text in of {
            texts.add(text);
        }
        texts
    }

    #[test]
    fn each_word_must_stand_somewhere_in_any_letter_case_of_any_script() {
        let commit = texts(&["Größe der ÄPFEL ändern", "Ada Łukasz", "ada@example.org"]);
        for found in ["", "  ", "größe", "GRÖßE äpfel", "łUKASZ fel", "Ada@EX"] {
            assert!(Words::of(found).all_in(&commit), "{found:?} is there");
        }
        for missing in ["birnen", "größe birnen", "ändernada"] {
            assert!(!Words::of(missing).all_in(&commit), "{missing:?} is not there");
        }
    }

    #[test]
    fn a_word_may_be_the_beginning_of_the_id_if_it_is_long_enough() {
        let (commit, sha) = (texts(&["Change"]), "beef01");
        assert!(Words::of("BEEF change").all_in_commit(&commit, sha), "four digits are enough");
        assert!(!Words::of("bee").all_in_commit(&commit, sha), "three stand at the beginning of too many");
        assert!(!Words::of("eef0").all_in_commit(&commit, sha), "only the beginning counts");
    }

    proptest! {
        #[test]
        fn any_part_of_a_text_is_found_in_it(text in "\\PC{0,40}", from in 0..40_usize, length in 0..40_usize) {
            let part: String = text.chars().skip(from).take(length).collect();
            let all = texts(&["before", &text, "behind"]);
            prop_assert!(Words::of(&part).all_in(&all), "{:?} in {:?}", part, text);
        }
    }
}
