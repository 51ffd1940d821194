//! How many requests a service still allows an account, as its answers tell it.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use http::HeaderMap;

use super::limits::Limits;

/// No service has more kinds of limits than this; what would be the next one is not noted.
const MOST_KINDS: usize = 16;

/// How many requests a service still allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// So many.
    pub remaining: u64,
    /// Of how many.
    pub limit: Option<u64>,
    /// When all of them are allowed again.
    pub resets_at: Option<DateTime<Utc>>,
}

impl Quota {
    /// What an answer tells that arrived at `now`.
    fn read(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Self> {
        let limits = Limits::read(headers, now);
        let wait = limits.reset.and_then(|wait| TimeDelta::from_std(wait).ok());
        let resets_at = wait.and_then(|wait| now.checked_add_signed(wait));
        Some(Self { remaining: limits.remaining?, limit: limits.limit, resets_at })
    }

    /// From 0, nothing, to 1, everything; of how many nobody has told is more than any share.
    fn share(&self) -> f64 {
        let as_number = |count: u64| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        self.limit.map_or(f64::INFINITY, |of| as_number(self.remaining) / as_number(of.max(1)))
    }
}

/// The last that was told, by the kind of requests that it is about: GitHub counts those of GraphQL apart.
#[derive(Debug, Default)]
pub(super) struct Quotas(Mutex<Vec<(String, Quota)>>);

impl Quotas {
    /// Takes note of what an answer tells.
    pub(super) fn note(&self, headers: &HeaderMap, now: DateTime<Utc>) {
        let Some(quota) = Quota::read(headers, now) else { return };
        let kind =
            headers.get("x-ratelimit-resource").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let has_room = known.len() < MOST_KINDS;
        match known.iter_mut().find(|(other, _)| other == kind) {
            Some((_, last)) => *last = quota,
            None if has_room => known.push((kind.to_owned(), quota)),
            None => {}
        }
    }

    /// The one that is used up first.
    pub(super) fn tightest(&self) -> Option<Quota> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().map(|(_, quota)| *quota).min_by(|one, other| {
            one.share().total_cmp(&other.share()).then(one.remaining.cmp(&other.remaining))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-02-18T12:00:00Z".parse().unwrap()
    }

    fn told(answers: &[&[(&'static str, &str)]]) -> Option<Quota> {
        let quotas = Quotas::default();
        for answer in answers {
            let mut headers = HeaderMap::new();
            for (name, value) in *answer {
                headers.insert(*name, value.parse().unwrap());
            }
            quotas.note(&headers, now());
        }
        quotas.tightest()
    }

    #[test]
    fn every_service_tells_it_in_its_own_headers() {
        let reset = (now().timestamp() + 60).to_string();
        let expected =
            Quota { remaining: 4312, limit: Some(5000), resets_at: Some(now() + TimeDelta::minutes(1)) };
        for (remaining, limit, at, value) in [
            ("x-ratelimit-remaining", "x-ratelimit-limit", "x-ratelimit-reset", reset.as_str()),
            ("ratelimit-remaining", "ratelimit-limit", "ratelimit-reset", reset.as_str()),
            ("x-ratelimit-remaining", "x-ratelimit-limit", "x-ratelimit-reset", "2026-02-18T12:01Z"),
        ] {
            assert_eq!(told(&[&[(remaining, "4312"), (limit, "5000"), (at, value)]]), Some(expected));
        }
        let bare = Quota { remaining: 7, limit: None, resets_at: None };
        assert_eq!(told(&[&[("x-ratelimit-remaining", "7")]]), Some(bare), "the rest may be missing");
        assert_eq!(
            told(&[&[("x-ratelimit-limit", "5000")], &[]]),
            None,
            "Enterprise tells nothing by default"
        );
    }

    #[test]
    fn the_last_word_counts_and_of_several_kinds_the_one_that_ends_first() {
        let of = |remaining, kind| {
            [
                ("x-ratelimit-remaining", remaining),
                ("x-ratelimit-limit", "100"),
                ("x-ratelimit-resource", kind),
            ]
        };
        let remaining = |answers: &[&[(&'static str, &str)]]| told(answers).map(|quota| quota.remaining);
        assert_eq!(remaining(&[&of("9", "core"), &of("100", "core")]), Some(100), "it was reset");
        assert_eq!(remaining(&[&of("9", "core"), &of("50", "graphql")]), Some(9));
        assert_eq!(remaining(&[&of("9", "core"), &of("8", "graphql")]), Some(8));
    }

    #[test]
    fn a_kind_without_a_limit_is_the_tightest_only_where_none_has_one() {
        let bare = |remaining, kind| [("x-ratelimit-remaining", remaining), ("x-ratelimit-resource", kind)];
        let last =
            [("x-ratelimit-remaining", "1"), ("x-ratelimit-limit", "5000"), ("x-ratelimit-resource", "core")];
        let known = told(&[&bare("800", "search"), &last]);
        assert_eq!(known.and_then(|quota| quota.limit), Some(5000), "1 of 5,000 is nearly none");
        let none = told(&[&bare("800", "search"), &bare("7", "graphql")]);
        assert_eq!(none.map(|quota| quota.remaining), Some(7), "the fewest, where nobody tells of how many");
    }
}
