//! Cards, one by one and in the lists of the agile API.

use pdt_testkit::jira::{Edit, NewCard, NewSprint, SprintPhase};
use pdt_testkit::{JiraSettings, World};
use serde_json::{Value, json};

use crate::jira_site::{Site, each};

const ISSUE: &str = "/rest/agile/1.0/issue";

fn sprint_cards(sprint: i64) -> String {
    format!("/rest/agile/1.0/sprint/{sprint}/issue")
}

#[tokio::test]
async fn lists_of_cards_have_a_total_and_never_say_which_page_is_the_last() {
    let world = World::small();
    for number in 0..120 {
        world.add_card(NewCard::new("PDT", &format!("Card {number}")).in_sprint(2)).unwrap();
    }
    let site = Site::cloud(&world);
    let page = site.get(&format!("{}?maxResults=100", sprint_cards(2))).await.json();
    let total = world.cards_of_sprint(2).len();
    assert_eq!((page["maxResults"].clone(), page["total"].clone()), (json!(50), json!(total)), "capped");
    assert!(page.get("isLast").is_none(), "nothing says so");
    assert_eq!(
        site.all(&sprint_cards(2), &[("maxResults", "100")], "issues").await.len(),
        total,
        "all of them"
    );
}

#[tokio::test]
async fn pages_shrink_where_changelogs_are_wanted() {
    let settings = JiraSettings { wide_page_cap: 7, ..JiraSettings::default() };
    let site = Site::with(settings, &World::small());
    let size = async |more: &str| {
        site.get(&format!("{}?maxResults=50{more}", sprint_cards(2))).await.json()["maxResults"].clone()
    };
    assert_eq!(
        (size("").await, size("&expand=changelog").await),
        (json!(50), json!(7)),
        "believe the answer"
    );
}

#[tokio::test]
async fn a_rolled_over_card_stays_listed_in_the_closed_sprint() {
    let world = World::small();
    let site = Site::cloud(&world);
    let closed = site.all(&sprint_cards(1), &[], "issues").await;
    let rolled = closed.iter().find(|card| card["key"] == "PDT-117").expect("still listed");
    assert_eq!(rolled["fields"]["sprint"]["id"], 2, "it is in the next one now");
    assert_eq!(rolled["fields"]["closedSprints"][0]["id"], 1, "and was in this one");
    let done = closed.iter().find(|card| card["key"] == "PDT-112").expect("done ones stay");
    assert!(done["fields"].get("sprint").is_none(), "in no sprint now: absent");
    let open = site.all(&sprint_cards(2), &[], "issues").await;
    let fresh = open.iter().find(|card| card["key"] == "PDT-126").unwrap();
    assert!(fresh["fields"].get("closedSprints").is_none(), "absent where there are none");
}

#[tokio::test]
async fn closing_and_reopening_a_sprint_moves_its_cards() {
    let world = World::small();
    let before = world.cards_of_sprint(2);
    world.close_sprint(2, Some(3)).unwrap();
    assert_eq!(world.cards_of_sprint(2), before, "all stay listed");
    let next = world.cards_of_sprint(3);
    assert!(
        next.contains(&"PDT-121".to_owned()) && !next.contains(&"PDT-118".to_owned()),
        "not what is done"
    );
    let moved = world.card("PDT-121");
    let last = moved["changelog"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (last["items"][0]["from"].clone(), last["items"][0]["to"].clone()),
        (json!("2"), json!("2, 3"))
    );
    assert_eq!(last["created"], moved["updated"], "which counts as a change");
    world.reopen_sprint(2).unwrap();
    assert_eq!(world.card("PDT-118")["sprints"][0]["state"], "active", "back again");
}

#[tokio::test]
async fn time_stamps_are_in_the_sites_zone_without_a_colon() {
    let world = World::small();
    world.stop_clock_at("2026-02-18T16:15:00.042Z".parse().unwrap());
    world.edit("PDT-121", Edit::Summary("Another".to_owned())).unwrap();
    for (zone, wanted) in [
        ("+0700", "2026-02-18T23:15:00.042+0700"),
        ("+0545", "2026-02-18T22:00:00.042+0545"),
        ("-0500", "2026-02-18T11:15:00.042-0500"),
        ("+0000", "2026-02-18T16:15:00.042+0000"),
    ] {
        let settings = JiraSettings { zone: zone.to_owned(), ..JiraSettings::default() };
        let card = Site::with(settings, &world).get(&format!("{ISSUE}/PDT-121")).await.json();
        assert_eq!(card["fields"]["updated"], wanted, "{zone}");
    }
    assert_eq!(world.card("PDT-121")["updated"], "2026-02-18T16:15:00.042Z", "the truth is UTC");
}

#[tokio::test]
async fn descriptions_are_text_or_documents() {
    let world = World::new();
    world.add_project("PDT", "Development tracker");
    world.add_card(NewCard::new("PDT", "One").description("first\nline\n\n* a\n* b")).unwrap();
    world.add_card(NewCard::new("PDT", "None")).unwrap();
    let site = Site::cloud(&world);
    let told = async |path: &str| site.get(path).await.json()["fields"]["description"].clone();
    for path in [format!("{ISSUE}/PDT-1"), "/rest/api/2/issue/PDT-1".to_owned()] {
        assert_eq!(told(&path).await, "first\nline\n\n* a\n* b", "text at {path}");
    }
    let document = told("/rest/api/3/issue/PDT-1").await;
    let kinds = each(document["content"].as_array().unwrap(), "type");
    assert_eq!(
        (document["type"].clone(), kinds),
        (json!("doc"), vec!["paragraph".to_owned(), "bulletList".to_owned()])
    );
    assert_eq!(told(&format!("{ISSUE}/PDT-2")).await, Value::Null, "none");
}

#[tokio::test]
async fn only_the_fields_that_were_asked_for_come() {
    let site = Site::cloud(&World::small());
    let fields = async |query: &str| {
        let card = site.get(&format!("{ISSUE}/PDT-121{query}")).await.json();
        card["fields"].as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(fields("?fields=summary,sprint,nonsense").await, ["sprint", "summary"], "these");
    assert_eq!(fields("?fields=summary&fields=status").await, ["status", "summary"], "said twice");
    assert_eq!(fields("?fields=key").await, Vec::<String>::new(), "none");
    let all = fields("").await;
    assert!(all.contains(&"worklog".to_owned()) && all.len() > 15, "all by default");
    assert_eq!(fields("?fields=*all,-worklog").await.len(), all.len() - 1, "all but one");
    let platform = site.get("/rest/api/2/issue/PDT-121").await.json();
    assert!(platform["fields"].get("sprint").is_none(), "sprints of their own are the agile API's");
    assert_eq!(platform["fields"]["customfield_10020"][0]["id"], 2, "a custom field elsewhere");
}

#[tokio::test]
async fn some_servers_send_all_fields_whatever_is_asked() {
    let settings = JiraSettings { ignores_fields: true, ..JiraSettings::default() };
    let card =
        Site::with(settings, &World::small()).get(&format!("{ISSUE}/PDT-121?fields=summary")).await.json();
    assert!(card["fields"]["description"].is_string(), "not asked for");
}

#[tokio::test]
async fn a_moved_card_answers_under_its_old_key_with_its_new_one() {
    let world = World::small();
    let site = Site::cloud(&world);
    let before = site.get(&format!("{ISSUE}/PDT-121")).await.json();
    assert_eq!(world.rekey("PDT-121", "OPS").unwrap(), "OPS-13", "the next number of the project");
    for path in
        [format!("{ISSUE}/PDT-121"), "/rest/api/3/issue/PDT-121".to_owned(), format!("{ISSUE}/OPS-13")]
    {
        let after = site.get(&path).await.json();
        assert_eq!(
            (after["key"].clone(), after["id"].clone()),
            (json!("OPS-13"), before["id"].clone()),
            "{path}"
        );
    }
    let last = world.card("OPS-13")["changelog"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        each(last["items"].as_array().unwrap(), "field"),
        ["project", "Key"],
        "and it is written down"
    );
}

#[tokio::test]
async fn a_deleted_card_is_404_and_silently_absent_from_lists() {
    let world = World::small();
    let site = Site::cloud(&world);
    world.delete("PDT-121").unwrap();
    let answer = site.get(&format!("{ISSUE}/PDT-121")).await;
    let wanted = "Issue does not exist or you do not have permission to see it.";
    assert_eq!((answer.status, answer.json()["errorMessages"][0].as_str()), (404, Some(wanted)), "gone");
    let listed = each(&site.all(&sprint_cards(2), &[], "issues").await, "key");
    assert!(
        !listed.contains(&"PDT-121".to_owned()) && listed.contains(&"PDT-122".to_owned()),
        "without a word"
    );
    let part = site.get(&format!("{ISSUE}/PDT-122")).await.json();
    assert!(part["fields"].get("parent").is_none(), "its parts have no parent now");
    assert_eq!(world.card("PDT-121"), Value::Null, "the truth knows it no more");
}

#[tokio::test]
async fn the_backlog_is_what_is_not_done_and_in_no_open_sprint() {
    let world = World::small();
    world.move_to_backlog("PDT-126").unwrap();
    let site = Site::cloud(&world);
    let backlog = each(&site.all("/rest/agile/1.0/board/1/backlog", &[], "issues").await, "key");
    assert!(backlog.contains(&"PDT-126".to_owned()) && backlog.contains(&"PDT-120".to_owned()), "waiting");
    assert!(
        !backlog.contains(&"PDT-112".to_owned()) && !backlog.contains(&"PDT-121".to_owned()),
        "done, or in one"
    );
    let kanban = each(&site.all("/rest/agile/1.0/board/2/issue", &[], "issues").await, "key");
    assert_eq!(kanban, ["OPS-10", "OPS-11", "OPS-12"], "a Kanban board's own");
}

#[tokio::test]
async fn lists_can_be_asked_for_what_changed_since() {
    let world = World::small();
    let site = Site::cloud(&world);
    world.stop_clock_at("2027-01-01T00:00:00.500Z".parse().unwrap());
    world.edit("PDT-126", Edit::Status("In Progress".to_owned())).unwrap();
    world.edit_silently("PDT-127", Edit::Sprint(None)).unwrap();
    let since = async |jql: &str| each(&site.all(&sprint_cards(2), &[("jql", jql)], "issues").await, "key");
    assert_eq!(
        since("updated >= 1798761600500 ORDER BY created ASC").await,
        ["PDT-126"],
        "to the millisecond"
    );
    assert_eq!(since("updated >= 1798761600501").await, Vec::<String>::new(), "and not one more");
    assert!(
        !since("").await.contains(&"PDT-127".to_owned()),
        "what changed without a trace is seen in whole lists only"
    );
}

#[tokio::test]
async fn a_parent_lists_its_sub_tasks_and_an_epic_does_not() {
    let site = Site::cloud(&World::small());
    let story = site.get(&format!("{ISSUE}/PDT-121")).await.json();
    assert_eq!(
        each(story["fields"]["subtasks"].as_array().unwrap(), "key"),
        ["PDT-122", "PDT-123"],
        "its parts"
    );
    assert_eq!(story["fields"]["parent"]["fields"]["issuetype"]["name"], "Epic", "what it is below");
    let epic = site.get(&format!("{ISSUE}/PDT-110")).await.json();
    assert_eq!((epic["fields"]["subtasks"].clone(), epic["fields"].get("parent")), (json!([]), None), "none");
}

#[tokio::test]
async fn statuses_have_names_of_their_own_and_categories_by_key() {
    let world = World::large(3);
    let site = Site::cloud(&world);
    let key = world.active_cards().remove(0);
    world.edit(&key, Edit::Status("Ditinjau, lagi".to_owned())).unwrap();
    world.edit(&key, Edit::Assignee(None)).unwrap();
    let card = site.get(&format!("{ISSUE}/{key}")).await.json();
    let status = &card["fields"]["status"];
    assert_eq!(
        (status["name"].as_str(), status["statusCategory"]["key"].as_str()),
        (Some("Ditinjau, lagi"), Some("indeterminate"))
    );
    assert_eq!(card["fields"]["assignee"], Value::Null, "nobody's");
}

#[tokio::test]
async fn a_sprint_through_a_board_that_does_not_show_it_is_not_found() {
    let world = World::small();
    let sprint = world.add_sprint(NewSprint::new("Elsewhere", 2).phase(SprintPhase::Active));
    let site = Site::cloud(&world);
    assert_eq!(
        site.get(&format!("/rest/agile/1.0/board/1/sprint/{sprint}/issue")).await.status,
        404,
        "not here"
    );
    assert_eq!(site.get(&sprint_cards(99)).await.status, 404, "nor anywhere");
}
