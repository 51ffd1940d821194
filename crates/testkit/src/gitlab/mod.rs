//! A fake GitLab: REST, version 4.
//!
//! Behaviour after <https://docs.gitlab.com/api/rest/> and the open source of the server (its commits list,
//! offset pagination and redirects of moved projects).

mod branches;
mod commits;
mod compare;
mod headers;
mod refusals;
mod routes;
mod wire;

use anyhow::Result;

use crate::far::shelf::Shelved;
use crate::far::tokens::{Grant, TokenState};
use crate::far::{Asked, Fake, Realm, Reply, Service};
use crate::faults::Refusal;
use crate::git::Since;

/// A fake GitLab. Made by [`FakeGitlab::start`].
pub type FakeGitlab = Fake<Gitlab>;

/// How a fake GitLab is set up.
#[derive(Debug, Clone, Default)]
pub struct GitlabSettings {
    since: Since,
    all_pages: AllPages,
    tip_parents: TipParents,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum AllPages {
    #[default]
    Follow,
    RepeatTheFirst,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum TipParents {
    #[default]
    Told,
    Untold,
}

impl GitlabSettings {
    /// With this treatment of `since`, instead of git's own.
    #[must_use]
    pub fn since(mut self, since: Since) -> Self {
        self.since = since;
        self
    }

    /// With the defect that servers of early 2026 had: commits with `all=true` ignore `page`, and every page
    /// is the first one (<https://gitlab.com/gitlab-org/gitlab/-/issues/586997>).
    #[must_use]
    pub fn repeating_pages_of_all(mut self) -> Self {
        self.all_pages = AllPages::RepeatTheFirst;
        self
    }

    /// With empty `parent_ids` in the list of branches, as older servers have them.
    #[must_use]
    pub fn without_parents_of_tips(mut self) -> Self {
        self.tip_parents = TipParents::Untold;
        self
    }
}

/// How GitLab answers.
#[derive(Debug)]
pub struct Gitlab {
    settings: GitlabSettings,
    realm: Realm,
}

impl FakeGitlab {
    /// Starts a fake GitLab on a port of its own.
    ///
    /// # Errors
    /// Where no socket can be opened.
    pub fn start(settings: GitlabSettings) -> Result<Self> {
        Self::run(Gitlab { settings, realm: Realm::default() })
    }
}

/// A request by somebody who is known.
#[derive(Clone, Copy)]
struct Call<'call> {
    gitlab: &'call Gitlab,
    asked: &'call Asked,
    grant: &'call Grant,
}

impl Call<'_> {
    /// Whether this person may know that the project exists.
    fn may_see(&self, shelved: &Shelved) -> bool {
        shelved.is_open_to(&self.grant.login)
    }
}

/// The segments below `/api/v4`; None outside the API.
fn below_prefix(asked: &Asked) -> Option<&[String]> {
    match asked.segments.as_slice() {
        [api, version, rest @ ..] if api == "api" && version == "v4" => Some(rest),
        _ => None,
    }
}

impl Service for Gitlab {
    fn realm(&self) -> &Realm {
        &self.realm
    }

    fn answer(&self, asked: &Asked) -> Reply {
        if below_prefix(asked).is_none() {
            let page = "<!DOCTYPE html><html><title>Sign in · GitLab</title></html>";
            return Reply::html(404, page);
        }
        let Some(token) = asked.credential() else { return headers::common(refusals::unauthorized()) };
        let Some(grant) = self.realm.tokens.find(token) else {
            return headers::common(refusals::unauthorized());
        };
        let reply = match grant.state {
            TokenState::Valid => {
                let call = Call { gitlab: self, asked, grant: &grant };
                let reply = headers::limit_reached(&call).unwrap_or_else(|| routes::answer(&call));
                return headers::dress(&call, reply);
            }
            TokenState::Revoked => self.refuse(asked, &Refusal::BadToken),
            TokenState::Expired => refusals::expired(),
        };
        headers::common(reply)
    }

    fn refuse(&self, _asked: &Asked, refusal: &Refusal) -> Reply {
        refusals::refuse(refusal)
    }

    fn route(&self, asked: &Asked) -> Vec<String> {
        let below = below_prefix(asked).unwrap_or(&asked.segments);
        match below {
            [word, id, rest @ ..] if word == "projects" => {
                let by_number = id.parse().ok().and_then(|id| self.realm.shelf.by_id(id));
                let name = by_number.map_or_else(|| id.clone(), |shelved| shelved.full_name);
                [&[word.clone(), name], rest].concat()
            }
            _ => below.to_vec(),
        }
    }
}
