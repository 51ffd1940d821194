//! Boards and sprints.

use pdt_testkit::jira::{BoardType, Filter, NewBoard, NewSprint, SprintPhase};
use pdt_testkit::{JiraSettings, World};
use serde_json::{Value, json};

use crate::jira_site::{Site, each};

const BOARDS: &str = "/rest/agile/1.0/board";

fn scrum() -> (World, i64) {
    let world = World::new();
    world.add_project("PDT", "Development tracker");
    let board = world.add_board(NewBoard::new("PDT board", BoardType::Scrum, "PDT")).unwrap();
    (world, board)
}

fn sprints(world: &World, board: i64, phase: SprintPhase, count: usize) -> Vec<i64> {
    let one =
        |number| world.add_sprint(NewSprint::new(&format!("{phase:?}, № {number}"), board).phase(phase));
    (0..count).map(one).collect()
}

#[tokio::test]
async fn pages_of_boards_cap_at_50_whatever_is_asked() {
    let (world, _) = scrum();
    for number in 0..120 {
        world.add_board(NewBoard::new(&format!("Board {number}"), BoardType::Kanban, "PDT")).unwrap();
    }
    let site = Site::cloud(&world);
    let page = site.get(&format!("{BOARDS}?maxResults=1000")).await.json();
    assert_eq!(
        (page["maxResults"].clone(), page["total"].clone(), page["isLast"].clone()),
        (json!(50), json!(121), json!(false))
    );
    let all = site.all(BOARDS, &[("maxResults", "1000")], "values").await;
    assert_eq!(all.len(), 121, "three pages");
    assert_eq!(site.jira.requests().len(), 4, "and no page in vain: isLast tells");
    let beyond = site.get(&format!("{BOARDS}?startAt=500")).await.json();
    assert_eq!(
        (beyond["values"].clone(), beyond["isLast"].clone()),
        (json!([]), json!(true)),
        "an empty page"
    );
}

#[tokio::test]
async fn a_board_tells_its_kind_and_on_cloud_its_project() {
    let (world, _) = scrum();
    for kind in [BoardType::Kanban, BoardType::Simple, BoardType::SimpleWithSprints] {
        world.add_board(NewBoard::new("Another", kind, "PDT")).unwrap();
    }
    let cloud = Site::cloud(&world);
    let all = cloud.all(BOARDS, &[], "values").await;
    assert_eq!(each(&all, "type"), ["scrum", "kanban", "simple", "simple"], "with and without sprints");
    assert_eq!(all[0]["location"]["projectKey"], "PDT", "where it is at home");
    assert_eq!(cloud.all(BOARDS, &[("type", "kanban")], "values").await.len(), 1, "by kind");
    let other = Site::data_center(&world).get(&format!("{BOARDS}/1")).await.json();
    assert_eq!(
        (other["name"].clone(), other["location"].clone()),
        (json!("PDT board"), Value::Null),
        "not told"
    );
    assert_eq!(
        cloud.get(&format!("{BOARDS}/1/configuration")).await.json()["filter"]["id"],
        "10001",
        "a filter"
    );
}

#[tokio::test]
async fn sprints_come_closed_first_and_state_filters() {
    let (world, board) = scrum();
    sprints(&world, board, SprintPhase::Future, 2);
    let active = sprints(&world, board, SprintPhase::Active, 1);
    sprints(&world, board, SprintPhase::Closed, 60);
    let site = Site::cloud(&world);
    let path = format!("{BOARDS}/{board}/sprint");
    let first = site.get(&path).await.json();
    let states = each(first["values"].as_array().unwrap(), "state");
    assert!(states.len() == 50 && states.iter().all(|state| state == "closed"), "no active one on page one");
    let open = site.all(&path, &[("state", "active,future")], "values").await;
    assert_eq!(each(&open, "state"), ["active", "future", "future"], "the open ones alone");
    assert_eq!(open[0]["id"], active[0], "by their number");
    assert_eq!(site.get(&format!("{path}?state=going")).await.status, 400, "no such state");
}

#[tokio::test]
async fn data_centers_pages_of_sprints_have_no_total() {
    let (world, board) = scrum();
    sprints(&world, board, SprintPhase::Closed, 55);
    let site = Site::data_center(&world);
    let path = format!("{BOARDS}/{board}/sprint");
    let page = site.get(&path).await.json();
    assert_eq!((page["total"].clone(), page["isLast"].clone()), (Value::Null, json!(false)), "isLast tells");
    assert_eq!(site.all(&path, &[], "values").await.len(), 55, "all of them");
    assert_eq!(site.get(BOARDS).await.json()["total"], 1, "pages of boards have one");
}

#[tokio::test]
async fn a_board_that_holds_no_sprints_refuses_to_list_them() {
    let (world, _) = scrum();
    world.add_board(NewBoard::new("Kanban", BoardType::Kanban, "PDT")).unwrap();
    world.add_board(NewBoard::new("Simple", BoardType::Simple, "PDT")).unwrap();
    world.add_board(NewBoard::new("Simple, with sprints", BoardType::SimpleWithSprints, "PDT")).unwrap();
    let ask = async |site: &Site| {
        let mut statuses = Vec::new();
        for board in 1..=5 {
            statuses.push(site.get(&format!("{BOARDS}/{board}/sprint")).await.status);
        }
        statuses
    };
    assert_eq!(ask(&Site::cloud(&world)).await, [200, 400, 400, 200, 404], "and the last is not there");
    let settings = JiraSettings { no_sprints_status: 422, ..JiraSettings::default() };
    assert_eq!(ask(&Site::with(settings, &world)).await, [200, 422, 422, 200, 404], "elsewhere");
}

#[tokio::test]
async fn one_sprint_is_shown_on_several_boards() {
    let (world, board) = scrum();
    let other = world.add_board(NewBoard::new("Other", BoardType::Scrum, "PDT")).unwrap();
    let sprint = world.add_sprint(NewSprint::new("Shared", board).also_on(other));
    let site = Site::cloud(&world);
    for shown_on in [board, other] {
        let list = site.all(&format!("{BOARDS}/{shown_on}/sprint"), &[], "values").await;
        assert_eq!((list[0]["id"].clone(), list[0]["originBoardId"].clone()), (json!(sprint), json!(board)));
    }
    world.remove_board(board).unwrap();
    world.remove_board(other).unwrap();
    assert_eq!(
        site.get(&format!("/rest/agile/1.0/sprint/{sprint}")).await.status,
        200,
        "it outlives its boards"
    );
    world.delete_sprint(sprint).unwrap();
    assert_eq!(site.get(&format!("/rest/agile/1.0/sprint/{sprint}")).await.status, 404, "and is gone");
}

#[tokio::test]
async fn a_planned_sprint_may_lack_dates_and_goal() {
    let (world, board) = scrum();
    let sprint = world.add_sprint(NewSprint::new("Later, perhaps", board));
    let site = Site::cloud(&world);
    let path = format!("/rest/agile/1.0/sprint/{sprint}");
    let planned = site.get(&path).await.json();
    for name in ["startDate", "endDate", "completeDate", "goal"] {
        assert!(planned.get(name).is_none(), "{name} is absent, not null");
    }
    world.stop_clock_at("2026-02-18T16:15:00Z".parse().unwrap());
    world.start_sprint(sprint).unwrap();
    assert_eq!(site.get(&path).await.json()["startDate"], "2026-02-18T16:15:00.000Z", "RFC 3339");
    let elsewhere = Site::data_center(&world).get(&path).await.json();
    assert_eq!(elsewhere["startDate"], "2026-02-18T23:15:00.000+07:00", "in the site's zone");
}

#[tokio::test]
async fn a_forbidden_board_is_listed_and_not_read() {
    let (world, board) = scrum();
    world.forbid_board(board).unwrap();
    let site = Site::cloud(&world);
    assert_eq!(site.all(BOARDS, &[], "values").await.len(), 1, "listed");
    assert_eq!(site.get(&format!("{BOARDS}/{board}/sprint")).await.status, 403, "not read");
    world.open_board(board).unwrap();
    assert_eq!(site.get(&format!("{BOARDS}/{board}/sprint")).await.status, 200, "until it is opened");
}

#[tokio::test]
async fn boards_are_renamed_removed_and_given_other_filters() {
    let world = World::small();
    let site = Site::cloud(&world);
    world.rename_board(1, "Another “name”, 🦀").unwrap();
    assert_eq!(site.get(&format!("{BOARDS}/1")).await.json()["name"], "Another “name”, 🦀", "renamed");
    world.change_filter(1, &Filter::Cards(vec!["PDT-121".to_owned(), "OPS-10".to_owned()])).unwrap();
    let shown = site.all(&format!("{BOARDS}/1/issue"), &[], "issues").await;
    assert_eq!(each(&shown, "key"), ["PDT-121", "OPS-10"], "by card");
    let through = site.all(&format!("{BOARDS}/1/sprint/2/issue"), &[], "issues").await;
    assert_eq!(each(&through, "key"), ["PDT-121"], "in a sprint, through the board");
    world.remove_board(1).unwrap();
    assert_eq!(site.get(&format!("{BOARDS}/1")).await.status, 404, "removed");
}
