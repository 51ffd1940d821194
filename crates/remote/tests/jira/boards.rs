//! Boards and sprints.

use pdt_domain::jira::{Board, BoardKind, Sprint, SprintState};
use pdt_remote::http::Kind;
use pdt_remote::jira::Sprints;
use serde_json::{Value, json};

use crate::server::Server;
use crate::{cloud, data_center, refusal, saying};

fn page(values: Value) -> Value {
    json!({ "startAt": 0, "maxResults": 50, "isLast": true, "values": values })
}

#[tokio::test]
async fn a_board_of_a_kind_that_nobody_knows_may_hold_sprints() {
    let server = saying(page(json!([
        { "id": 1, "self": "x", "name": "Größe, \"neu\" 🚀", "type": "scrum", "location": { "projectId": 7, "projectKey": "ABC" } },
        { "id": "2", "name": "K", "type": "kanban", "location": null },
        { "id": 3, "name": "S", "type": "simple", "location": { "userId": 1 } },
        { "id": 4, "name": null, "type": "hexagonal", "isPrivate": true },
        { "id": 5 },
        { "id": 6, "name": "C", "type": "KANBAN" },
    ])))
    .await;
    let boards = cloud(&server).boards().await.unwrap();
    let first = Board {
        id: 1,
        name: "Größe, \"neu\" 🚀".to_owned(),
        kind: BoardKind::Scrum,
        project_key: Some("ABC".to_owned()),
    };
    assert_eq!(boards[0], first);
    let kinds: Vec<&str> = boards.iter().map(|board| board.kind.as_str()).collect();
    let expected = ["scrum", "kanban", "simple", "simple", "simple", "kanban"];
    assert_eq!(kinds, expected, "and is asked for them");
    assert_eq!(
        (boards[1].id, boards[2].project_key.as_deref()),
        (2, None),
        "a number as text, a board of a person"
    );
}

#[tokio::test]
async fn a_board_without_a_number_is_an_error_that_names_it() {
    let server = saying(page(json!([{ "id": 1 }, { "name": "Odd one" }]))).await;
    let error = cloud(&server).boards().await.unwrap_err();
    assert_eq!(error.kind, Kind::Unreadable);
    assert!(
        error.to_string().contains("is not what Jira sends: a board \"Odd one\" without a number"),
        "{error}"
    );
}

#[tokio::test]
async fn sprints_are_read_with_or_without_their_dates() {
    let server = saying(page(json!([
        {
            "id": 37, "state": "CLOSED", "name": "Sprint 1, \"the first\"", "goal": "Ship it",
            "startDate": "2026-02-01T08:00:00.000Z", "endDate": "2026-02-14T08:00:00.000+07:00",
            "completeDate": "2026-02-14T09:30:15.250+0700", "originBoardId": 5,
        },
        { "id": 38, "state": "active", "name": "Sprint 2", "startDate": "2026-02-15T08:00:00Z", "goal": "" },
        { "id": 39, "state": "future", "name": "Sprint 3", "startDate": null, "endDate": "None" },
    ])))
    .await;
    let sprints = data_center(&server).sprints(5, Sprints::All).await.unwrap().unwrap();
    let time = |text: &str| Some(text.parse().unwrap());
    let first = Sprint {
        id: 37,
        name: "Sprint 1, \"the first\"".to_owned(),
        state: SprintState::Closed,
        start: time("2026-02-01T08:00:00Z"),
        end: time("2026-02-14T01:00:00Z"),
        completed: time("2026-02-14T02:30:15.250Z"),
        goal: Some("Ship it".to_owned()),
        origin_board: Some(5),
    };
    assert_eq!(sprints[0], first);
    assert_eq!((sprints[1].state, sprints[1].goal.as_deref()), (SprintState::Active, None));
    assert_eq!((sprints[2].state, sprints[2].start, sprints[2].end), (SprintState::Future, None, None));
}

#[tokio::test]
async fn only_open_sprints_are_asked_for_where_only_those_are_wanted() {
    let server = saying(page(json!([]))).await;
    let jira = cloud(&server);
    assert_eq!(
        jira.sprints(5, Sprints::All).await.unwrap(),
        Some(Vec::new()),
        "none is not the same as no place"
    );
    jira.sprints(5, Sprints::Open).await.unwrap();
    let expected = [
        "/rest/agile/1.0/board/5/sprint?startAt=0&maxResults=50",
        "/rest/agile/1.0/board/5/sprint?state=active%2Cfuture&startAt=0&maxResults=50",
    ];
    assert_eq!(server.targets(), expected);
}

#[tokio::test]
async fn a_board_that_holds_no_sprints_is_told_by_the_status_and_not_by_words() {
    for status in [400, 422] {
        let server = Server::start(move |_, _| refusal(status)).await;
        assert_eq!(cloud(&server).sprints(1, Sprints::Open).await.unwrap(), None, "{status}");
        assert_eq!(server.count(), 1);
    }
    for (status, expected) in [(403, Kind::Forbidden), (404, Kind::NotFound), (409, Kind::Unprocessable)] {
        let server = Server::start(move |_, _| refusal(status)).await;
        let error = cloud(&server).sprints(1, Sprints::Open).await.unwrap_err();
        assert_eq!(error.kind, expected, "{status} is a refusal");
        let sentence = error.with_subject("board Kanban").to_string();
        assert!(sentence.contains("board Kanban") && sentence.contains("it says \"Words\""), "{sentence}");
        let blames_address = sentence.contains("Check the address of the account; if it is right");
        assert_eq!(blames_address, status == 409, "nothing is said of repositories: {sentence}");
    }
}

#[tokio::test]
async fn a_sprint_is_there_or_it_was_deleted() {
    let server = saying(json!({ "id": 37, "state": "closed", "name": "Sprint 1" })).await;
    let sprint = cloud(&server).sprint(37).await.unwrap().unwrap();
    assert_eq!((sprint.id, sprint.state), (37, SprintState::Closed));
    assert_eq!(server.targets(), ["/rest/agile/1.0/sprint/37"]);
    for status in [404, 410] {
        let server = Server::start(move |_, _| refusal(status)).await;
        assert_eq!(cloud(&server).sprint(37).await.unwrap(), None, "{status}");
    }
    let server = Server::start(|_, _| refusal(403)).await;
    assert_eq!(cloud(&server).sprint(37).await.unwrap_err().kind, Kind::Forbidden, "hidden is not deleted");
}

#[tokio::test]
async fn a_sprint_whose_state_nobody_knows_is_an_error() {
    for odd in [json!({ "id": 37, "state": "paused" }), json!({ "id": 37 })] {
        let error = cloud(&saying(odd).await).sprint(37).await.unwrap_err();
        assert!(error.to_string().contains("sprint 37 without a state that PDT knows"), "{error}");
    }
}
