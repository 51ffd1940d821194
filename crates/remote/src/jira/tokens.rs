//! Lists whose pages hand out a token for the next one, and are asked for by `POST`.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::listing::Step;
use crate::http::Call;

/// More pages than any list that PDT reads can have.
const MOST_PAGES: usize = 10_000;

/// A list as far as it was read.
#[derive(Debug)]
pub(super) struct Tokens {
    path: String,
    question: Map<String, Value>,
    seen: HashSet<String>,
}

impl Tokens {
    /// The list that this question asks for.
    pub(super) fn new<const N: usize>(path: String, question: [(&str, Value); N]) -> Self {
        let question = question.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { path, question, seen: HashSet::new() }
    }

    /// The call for the next page.
    pub(super) fn call(&self) -> Call {
        Call::read_by_post(&self.path, Value::Object(self.question.clone()))
    }

    /// What follows a page that held `received` items and this token. A token that was there before is no end: what
    /// was read is a part, and nobody knows which.
    pub(super) fn after(&mut self, token: Option<String>, received: usize) -> Step {
        let Some(token) = token.filter(|token| !token.is_empty() && received > 0) else { return Step::End };
        if self.seen.len() >= MOST_PAGES || !self.seen.insert(token.clone()) {
            return Step::Endless;
        }
        self.question.insert("nextPageToken".to_owned(), Value::String(token));
        Step::Next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens() -> Tokens {
        Tokens::new("x".to_owned(), [("jql", Value::from("y"))])
    }

    fn some(token: &str) -> Option<String> {
        Some(token.to_owned())
    }

    #[test]
    fn a_list_goes_on_while_there_are_new_tokens_and_items() {
        let mut tokens = tokens();
        assert_eq!(tokens.after(some("a"), 3), Step::Next);
        assert_eq!(tokens.after(some("b"), 1), Step::Next);
        assert_eq!(tokens.question.get("nextPageToken"), Some(&Value::from("b")), "the latest is asked for");
        assert_eq!(tokens.after(None, 3), Step::End, "no token, no further page");
        assert_eq!(tokens.after(some(""), 3), Step::End, "an empty one is none");
        assert_eq!(tokens.after(some("c"), 0), Step::End, "an empty page is the end");
    }

    #[test]
    fn a_token_that_was_there_before_is_an_error_and_no_end() {
        let mut tokens = tokens();
        for token in ["a", "b"] {
            assert_eq!(tokens.after(some(token), 1), Step::Next);
        }
        assert_eq!(tokens.after(some("a"), 1), Step::Endless);
    }

    #[test]
    fn a_list_is_not_read_for_ever() {
        let mut tokens = tokens();
        let more = |page: &u32| tokens.after(Some(page.to_string()), 1) == Step::Next;
        assert_eq!(
            (0..20_000).take_while(more).count(),
            MOST_PAGES,
            "new tokens each time are no end either"
        );
    }
}
