//! Faults that a test orders: at which request, how often, and what goes wrong.

use chrono::{DateTime, Utc};
use percent_encoding::percent_decode_str;

use crate::far::asked::Asked;
use crate::far::reply::Reply;
use crate::gate::Gate;

mod ordered;

pub(crate) use ordered::Faults;
pub use ordered::Happened;

/// Which requests a fault concerns. Made by [`Fault::at`]; the last word says what goes wrong and makes it a
/// [`Fault`].
#[derive(Debug, Clone)]
#[must_use = "say what goes wrong"]
pub struct Spot {
    method: Option<String>,
    pattern: Vec<String>,
    query: Vec<(String, String)>,
    skip: usize,
    times: usize,
}

/// A refusal in the words of the service that speaks it.
#[derive(Debug, Clone)]
pub enum Refusal {
    /// The token is unknown, revoked or expired.
    BadToken,
    /// The token lacks this scope.
    MissingScope(String),
    /// The token is not authorised for this organisation's single sign-on.
    SingleSignOn(String),
    /// The hourly limit is used up until then.
    PrimaryLimit(DateTime<Utc>),
    /// Too much at once; come back after this many seconds.
    SecondaryLimit(u64),
    /// Too much at once, without a word about when to come back.
    SecondaryLimitWithoutTime,
    /// Not found, or not for this person.
    NotFound,
    /// Gone for good (410).
    Gone,
    /// Blocked for legal reasons (451).
    Blocked,
}

/// What is changed about an answer that is otherwise right.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    CutInTheMiddle,
    StallInTheMiddle,
    NextPageAt(String),
    NextPageIsThisPage,
    NextTokenIsThisToken,
    FirstPageAgain,
    Parameter(String, String),
    GraphqlErrorBeside(String),
    Header(String, String),
}

#[derive(Debug, Clone)]
pub(crate) enum Action {
    Answer(Reply),
    Flood(usize),
    Refuse(Refusal),
    RedirectTo(String),
    Drop,
    Hang,
    Wait(Gate),
    Change(Change),
}

/// One ordered fault. Faults are tried in the order in which they were ordered; a request takes all due gates
/// and then the first other fault that is due.
#[derive(Debug, Clone)]
pub struct Fault {
    spot: Spot,
    action: Action,
}

impl Fault {
    /// A fault at requests for `pattern`: a path below the API's prefix such as `/repos/*/*/commits`,
    /// `/projects/*/repository/branches` or `/graphql`, where `*` stands for one segment and `**` at the end
    /// for any. `GET ` or `POST ` may stand before it. Numbers in paths count as the repository's name.
    ///
    /// Happens once, at the first such request, unless told otherwise.
    pub fn at(pattern: &str) -> Spot {
        let (method, path) = match pattern.split_once(' ') {
            Some((method, path)) => (Some(method.to_owned()), path),
            None => (None, pattern),
        };
        let segments = path.split('/').filter(|segment| !segment.is_empty());
        let pattern = segments.map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned());
        Spot { method, pattern: pattern.collect(), query: Vec::new(), skip: 0, times: 1 }
    }
}

impl Spot {
    /// Only where the query has this parameter with this (decoded) value.
    pub fn with_query(mut self, name: &str, value: &str) -> Self {
        self.query.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Lets the first `count` such requests pass.
    pub fn after(mut self, count: usize) -> Self {
        self.skip = count;
        self
    }

    /// Happens this many times.
    pub fn times(mut self, count: usize) -> Self {
        self.times = count;
        self
    }

    /// Happens every time.
    pub fn always(mut self) -> Self {
        self.times = usize::MAX;
        self
    }

    /// This answer instead of the right one.
    #[must_use]
    pub fn answers(self, reply: Reply) -> Fault {
        self.does(Action::Answer(reply))
    }

    /// A bare status with a short text.
    #[must_use]
    pub fn answers_status(self, status: u16) -> Fault {
        self.answers(Reply::text(status, "something is wrong here\n"))
    }

    /// 200 with an HTML page that asks for a password, as a proxy sends it.
    #[must_use]
    pub fn answers_sign_in_page(self) -> Fault {
        let page = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>Password</form></body></html>";
        self.answers(Reply::html(200, page))
    }

    /// 200 with a JSON list of blanks that is at least this many bytes long.
    #[must_use]
    pub fn floods(self, bytes: usize) -> Fault {
        self.does(Action::Flood(bytes))
    }

    /// A refusal in the service's own words.
    #[must_use]
    pub fn refuses(self, refusal: Refusal) -> Fault {
        self.does(Action::Refuse(refusal))
    }

    /// 302 to the same path and query at another origin, such as `http://127.0.0.1:1234`.
    #[must_use]
    pub fn redirects_to(self, origin: &str) -> Fault {
        self.does(Action::RedirectTo(origin.to_owned()))
    }

    /// The connection ends without an answer.
    #[must_use]
    pub fn drops_connection(self) -> Fault {
        self.does(Action::Drop)
    }

    /// The right head, half of the body, and the connection ends.
    #[must_use]
    pub fn truncates_body(self) -> Fault {
        self.changes(Change::CutInTheMiddle)
    }

    /// The right head, half of the body, and then nothing more, while the connection stays.
    #[must_use]
    pub fn stalls_in_body(self) -> Fault {
        self.changes(Change::StallInTheMiddle)
    }

    /// No answer at all, while the connection stays.
    #[must_use]
    pub fn hangs(self) -> Fault {
        self.does(Action::Hang)
    }

    /// The right answer, but only after `gate` was released.
    #[must_use]
    pub fn waits_for(self, gate: &Gate) -> Fault {
        self.does(Action::Wait(gate.clone()))
    }

    /// The right answer, but with the next page's link at another origin.
    #[must_use]
    pub fn links_next_to(self, origin: &str) -> Fault {
        self.changes(Change::NextPageAt(origin.to_owned()))
    }

    /// The right answer, but with a next page's link that leads to this very page.
    #[must_use]
    pub fn links_next_to_itself(self) -> Fault {
        self.changes(Change::NextPageIsThisPage)
    }

    /// The right answer, but the next page's token is the one that was sent. A first page stays right.
    #[must_use]
    pub fn repeats_page_token(self) -> Fault {
        self.changes(Change::NextTokenIsThisToken)
    }

    /// The first page of a list that is read by `startAt`, whichever was asked for; it says that it is the one
    /// that was asked for.
    #[must_use]
    pub fn repeats_first_page(self) -> Fault {
        self.changes(Change::FirstPageAgain)
    }

    /// The right answer to the same request with this parameter in its query: `startAt` 0 starts over, and says
    /// so; a smaller `maxResults` shrinks the page.
    #[must_use]
    pub fn answers_as_if(self, parameter: &str, value: &str) -> Fault {
        self.changes(Change::Parameter(parameter.to_owned(), value.to_owned()))
    }

    /// The right answer, but with an error beside `data`, as GraphQL has it when only a part came.
    #[must_use]
    pub fn adds_graphql_error(self, message: &str) -> Fault {
        self.changes(Change::GraphqlErrorBeside(message.to_owned()))
    }

    /// The right answer, but with this header in addition or instead.
    #[must_use]
    pub fn sets_header(self, name: &str, value: &str) -> Fault {
        self.changes(Change::Header(name.to_owned(), value.to_owned()))
    }

    fn changes(self, change: Change) -> Fault {
        self.does(Action::Change(change))
    }

    fn does(self, action: Action) -> Fault {
        Fault { spot: self, action }
    }

    fn matches(&self, asked: &Asked, route: &[String]) -> bool {
        let right_method = self.method.as_ref().is_none_or(|method| *method == asked.method);
        let right_query = self.query.iter().all(|(name, value)| asked.parameter(name) == Some(value));
        right_method && right_query && fits(&self.pattern, route)
    }
}

fn fits(pattern: &[String], route: &[String]) -> bool {
    match (pattern.split_first(), route.split_first()) {
        (Some((rest, [])), _) if rest == "**" => true,
        (Some((wanted, pattern)), Some((found, route))) => {
            (wanted == "*" || wanted == found) && fits(pattern, route)
        }
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}
