//! What refusals say that a token lacks.

use pdt_remote::http::Kind;
use pdt_store::TokenLacks;

/// Takes note of what a refusal says that the token lacks.
pub(crate) fn note(lacks: &mut TokenLacks, kind: &Kind) {
    let (names, name) = match kind {
        Kind::MissingScope { scope } => (&mut lacks.scopes, scope),
        Kind::SingleSignOn { organization, .. } => (&mut lacks.single_sign_on, organization),
        Kind::Passing
        | Kind::Offline
        | Kind::Limited { .. }
        | Kind::TokenRefused
        | Kind::Forbidden
        | Kind::NotFound
        | Kind::Gone
        | Kind::Blocked
        | Kind::EmptyRepository
        | Kind::Unprocessable
        | Kind::Unreadable
        | Kind::TooLarge
        | Kind::ForeignOrigin { .. }
        | Kind::PageLoop
        | Kind::Certificate
        | Kind::Cancelled => return,
    };
    let names = names.get_or_insert_default();
    names.extend(name.iter().filter(|name| !names.contains(name)).cloned().collect::<Vec<_>>());
}

/// Whether a service that reports it has let the token try: after anything else, what was known may still be so.
pub(crate) fn is_answered(kind: &Kind) -> bool {
    match kind {
        Kind::MissingScope { .. }
        | Kind::SingleSignOn { .. }
        | Kind::Forbidden
        | Kind::NotFound
        | Kind::Gone
        | Kind::Blocked
        | Kind::EmptyRepository
        | Kind::Unprocessable
        | Kind::TooLarge => true,
        Kind::Passing
        | Kind::Offline
        | Kind::Limited { .. }
        | Kind::TokenRefused
        | Kind::Unreadable
        | Kind::ForeignOrigin { .. }
        | Kind::PageLoop
        | Kind::Certificate
        | Kind::Cancelled => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_noted_once_and_a_refusal_without_one_too() {
        let mut lacks = TokenLacks::default();
        note(&mut lacks, &Kind::NotFound);
        assert_eq!(lacks, TokenLacks::default(), "another token may not see it either");
        note(&mut lacks, &Kind::MissingScope { scope: None });
        assert_eq!(lacks.scopes, Some(Vec::new()), "the service does not say which");
        for scope in ["repo", "repo", "read:org"] {
            note(&mut lacks, &Kind::MissingScope { scope: Some(scope.to_owned()) });
        }
        assert_eq!(lacks.scopes, Some(vec!["repo".to_owned(), "read:org".to_owned()]));
        note(&mut lacks, &Kind::SingleSignOn { organization: Some("acme".to_owned()), url: None });
        assert_eq!(lacks.single_sign_on, Some(vec!["acme".to_owned()]));
    }
}
