//! After whatever happens at the site, the next run makes what is held equal again.

use pdt_testkit::jira::{BoardType, Edit, Filter, NewBoard, NewCard, NewSprint, SprintPhase, World};
use serde_json::{Value, json};

use super::whole::assert_sprints;
use crate::support::Pdt;
use crate::support::site::Site;

/// A person who has synced the large world once.
struct Scene {
    world: World,
    site: Site,
    pdt: Pdt,
}

impl Scene {
    fn new(seed: u64) -> Self {
        let world = World::large(seed);
        let site = Site::cloud(&world);
        let pdt = site.person();
        pdt.sync_jira_ok();
        Self { world, site, pdt }
    }

    /// Syncs; then sprints and active cards must be what the site says.
    fn settle(&self) -> Value {
        let jira = self.pdt.sync_jira_ok();
        assert_sprints(&self.site, &self.pdt);
        self.site.assert_held(&self.pdt, &self.world.active_cards());
        jira["results"][0].clone()
    }

    /// An active sprint with its number and the keys of its cards.
    fn active(&self, n: usize) -> (i64, Vec<String>) {
        let sprints = self.world.sprints();
        let active: Vec<&Value> = sprints.iter().filter(|sprint| sprint["state"] == "active").collect();
        let id = active[n]["id"].as_i64().unwrap();
        let current = |key: &String| {
            let card = self.world.card(key);
            card["sprints"].as_array().unwrap().iter().any(|sprint| sprint["id"] == id)
        };
        (id, self.world.active_cards().into_iter().filter(current).collect())
    }

    fn listed(&self, key: &str) -> Value {
        let card = self.pdt.card(key);
        json!({ "key": card["key"], "sprint": card["sprint"], "removed": card["removed"] })
    }
}

#[test]
fn edits_of_every_kind_are_found() {
    let scene = Scene::new(11);
    let (_, keys) = scene.active(0);
    let edits = [
        Edit::Summary("Neu: „Übergabe, Teil 2“ 🚚".to_owned()),
        Edit::Description(Some("* eins\n* zwei\n\nمرحبا".to_owned())),
        Edit::Assignee(None),
        Edit::Assignee(Some("Zoë, the \"Fixer\"".to_owned())),
        Edit::Points(Some(0.5)),
        Edit::Priority(None),
        Edit::Labels(vec!["a b".to_owned(), "ünïcode".to_owned()]),
    ];
    for (key, edit) in keys.iter().zip(edits) {
        scene.world.edit(key, edit).unwrap();
    }
    let result = scene.settle();
    assert_eq!((&result["changed_cards"], &result["new_cards"]), (&json!(7), &json!(0)), "{result:#}");
}

#[test]
fn a_sprint_that_closes_is_read_once_more_and_kept() {
    let scene = Scene::new(12);
    let (closing, keys) = scene.active(1);
    scene.world.edit(&keys[0], Edit::Summary("Changed in its last minute".to_owned())).unwrap();
    scene.world.move_to_backlog(&keys[1]).unwrap();
    scene.world.delete(&keys[2]).unwrap();
    let board =
        scene.world.boards().iter().find(|board| board["kind"] == "scrum").unwrap()["id"].as_i64().unwrap();
    let next = scene.world.add_sprint(NewSprint::new("Next, at last", board));
    scene.world.close_sprint(closing, Some(next)).unwrap();
    scene.settle();
    let listed = scene.pdt.json(&["card", "list", "--sprint", &closing.to_string()]);
    let mut kept: Vec<&str> =
        listed.as_array().unwrap().iter().map(|card| card["key"].as_str().unwrap()).collect();
    kept.sort_unstable();
    let mut there = scene.world.cards_of_sprint(closing);
    there.sort_unstable();
    assert_eq!(kept, there, "its cards stay, the rolled-over ones too");
    scene.site.assert_held(&scene.pdt, &there);

    scene.site.fake.reset_requests();
    scene.settle();
    let asked = scene.site.take_requests();
    let again = asked.iter().filter(|line| line.contains(&format!("/sprint/{closing}"))).count();
    assert_eq!(again, 0, "it is not asked for again: {asked:#?}");

    scene.world.start_sprint(next).unwrap();
    scene.settle();
}

#[test]
fn a_card_that_leaves_its_sprint_is_no_member_any_more() {
    let scene = Scene::new(13);
    let ((from, keys), (to, _)) = (scene.active(0), scene.active(2));
    scene.world.move_to_backlog(&keys[0]).unwrap();
    scene.world.move_to_sprint(&keys[1], to).unwrap();
    scene.settle();
    assert_eq!(scene.listed(&keys[0])["removed"], json!(false), "it is in the backlog, and not gone");
    assert_ne!(scene.listed(&keys[0])["sprint"], json!(from), "but not in its sprint");
    assert_eq!(scene.listed(&keys[1])["sprint"], json!(to));
    scene.site.assert_held(&scene.pdt, &keys[..2]);
}

#[test]
fn a_card_that_gets_another_key_is_one_card_that_both_keys_find() {
    let scene = Scene::new(14);
    let (_, keys) = scene.active(0);
    let old = &keys[3];
    let project =
        scene.world.projects().into_iter().find(|key| !old.starts_with(&format!("{key}-"))).unwrap();
    let new = scene.world.rekey(old, &project).unwrap();
    let before = scene.pdt.json(&["card", "list"]).as_array().unwrap().len();
    scene.settle();
    assert_eq!(scene.pdt.json(&["card", "list"]).as_array().unwrap().len(), before, "one row, not two");
    for key in [old.as_str(), new.as_str(), &old.to_lowercase()] {
        let card = scene.pdt.card(key);
        assert_eq!((&card["key"], &card["former_keys"]), (&json!(new), &json!([old])), "found by {key}");
    }
}

#[test]
fn a_card_that_moves_out_of_sight_is_marked_and_keeps_its_history() {
    let scene = Scene::new(15);
    let (_, keys) = scene.active(0);
    let old = &keys[4];
    let changes = scene.pdt.card(old)["details"]["changelog"].as_array().unwrap().len();
    let project =
        scene.world.projects().into_iter().find(|key| !old.starts_with(&format!("{key}-"))).unwrap();
    scene.world.move_to_backlog(old).unwrap();
    let new = scene.world.rekey(old, &project).unwrap();
    scene.settle();
    let card = scene.pdt.card(old);
    assert_eq!((&card["key"], &card["removed"]), (&json!(new), &json!("moved")), "{card:#}");
    assert!(card["details"]["changelog"].as_array().unwrap().len() > changes, "with its history");
}

#[test]
fn a_deleted_card_is_marked_and_keeps_its_history() {
    let scene = Scene::new(16);
    let (_, keys) = scene.active(3);
    let before = scene.pdt.card(&keys[0])["details"].clone();
    scene.world.delete(&keys[0]).unwrap();
    scene.settle();
    let card = scene.pdt.card(&keys[0]);
    assert_eq!((&card["removed"], &card["details"]), (&json!("deleted"), &before), "it stays as it was");
    scene.site.fake.reset_requests();
    scene.settle();
    let asked = scene.site.take_requests();
    assert!(asked.iter().all(|line| !line.contains("/issue/")), "nobody asks for it again: {asked:#?}");
}

#[test]
fn a_card_that_comes_into_a_sprint_without_a_sign_is_found() {
    let scene = Scene::new(17);
    let (sprint, _) = scene.active(0);
    let active = scene.world.active_cards();
    let outside = scene.world.all_cards().into_iter().find(|key| !active.contains(key)).unwrap();
    scene.world.edit_silently(&outside, Edit::Sprint(Some(sprint))).unwrap();
    scene.settle();
    assert_eq!(scene.listed(&outside)["sprint"], json!(sprint), "although nothing says that it has changed");
}

#[test]
fn new_boards_sprints_and_cards_are_found_and_gone_ones_go() {
    let scene = Scene::new(18);
    let project = scene.world.projects()[0].clone();
    let board = scene.world.add_board(NewBoard::new("Brand-new", BoardType::Scrum, &project)).unwrap();
    let now = chrono::Utc::now();
    let dates = (now - chrono::TimeDelta::days(1), now + chrono::TimeDelta::days(13));
    let sprint = NewSprint::new("One, two", board).phase(SprintPhase::Active).between(dates.0, dates.1);
    let sprint = scene.world.add_sprint(sprint);
    let key = scene.world.add_card(NewCard::new(&project, "First card").in_sprint(sprint)).unwrap();
    let result = scene.settle();
    assert_eq!((&result["boards"], &result["new_cards"]), (&json!(13), &json!(1)), "{result:#}");
    assert_eq!(scene.listed(&key)["sprint"], json!(sprint));

    scene.world.rename_sprint(sprint, "One, two, three").unwrap();
    scene.settle();
    scene.world.delete_sprint(sprint).unwrap();
    scene.settle();
    assert_eq!(scene.listed(&key)["removed"], json!(false), "its card is in the backlog now");
    assert_eq!(scene.listed(&key)["sprint"], json!(null));
    scene.world.remove_board(board).unwrap();
    assert_eq!(scene.settle()["boards"], json!(12));
}

#[test]
fn a_sprint_that_is_opened_again_is_followed_again() {
    let scene = Scene::new(19);
    let (sprint, keys) = scene.active(2);
    scene.world.close_sprint(sprint, None).unwrap();
    scene.settle();
    scene.world.reopen_sprint(sprint).unwrap();
    scene.settle();
    scene.world.edit(&keys[0], Edit::Summary("After all".to_owned())).unwrap();
    scene.settle();
}

#[test]
fn cards_of_boards_without_sprints_are_collected_where_asked_for() {
    let world = World::large(20);
    let site = Site::cloud(&world);
    let pdt = site.person_with(&["--collect", "kanban"]);
    pdt.sync_jira_ok();
    let kanban =
        world.boards().iter().find(|board| board["kind"] == "kanban").unwrap()["id"].as_i64().unwrap();
    let shown = world.cards_of_board(kanban);
    assert!(!shown.is_empty(), "there is something to collect");
    site.assert_held(&pdt, &shown);

    let others: Vec<String> =
        world.all_cards().into_iter().filter(|key| !shown.contains(key)).take(5).collect();
    world.change_filter(kanban, &Filter::Cards(others.clone())).unwrap();
    pdt.sync_jira_ok();
    site.assert_held(&pdt, &others);
}

#[test]
fn only_chosen_projects_are_kept() {
    let world = World::large(21);
    let site = Site::cloud(&world);
    let active = world.active_cards();
    let project = active[0].rsplit_once('-').unwrap().0.to_owned();
    let pdt = site.person_with(&["--projects", &project.to_lowercase()]);
    pdt.sync_jira_ok();
    let listed = pdt.json(&["card", "list"]);
    let kept: Vec<&str> =
        listed.as_array().unwrap().iter().map(|card| card["key"].as_str().unwrap()).collect();
    let wanted: Vec<String> =
        active.into_iter().filter(|key| key.rsplit_once('-').unwrap().0 == project).collect();
    assert_eq!(kept.len(), wanted.len(), "the cards of {project} and no others");
    site.assert_held(&pdt, &wanted);
    site.fake.reset_requests();
    pdt.sync_jira_ok();
    let asked = site.take_requests();
    assert!(asked.iter().all(|line| !line.contains("/issue/")), "the others are not asked for: {asked:#?}");

    site.connect(&pdt, "acme", &[]);
    pdt.sync_jira_ok();
    assert_eq!(pdt.json(&["card", "list"]).as_array().unwrap().len(), 600, "without the choice, all of them");

    site.connect(&pdt, "acme", &["--projects", &project]);
    pdt.sync_jira_ok();
    let listed = pdt.json(&["card", "list"]);
    let there = listed.as_array().unwrap().iter().filter(|card| card["removed"] == json!(false)).count();
    assert_eq!(there, wanted.len(), "and with it, its own only");
    site.fake.reset_requests();
    pdt.sync_jira_ok();
    let asked = site.take_requests();
    assert!(asked.iter().all(|line| !line.contains("/issue/")), "the others are settled: {asked:#?}");
}

/// A small site: one board with two active sprints, and a card with two parts in the first.
fn parent_and_parts() -> (World, [i64; 2], [String; 3]) {
    let world = World::new();
    world.add_project("ABC", "Alphabet");
    let board = world.add_board(NewBoard::new("Team", BoardType::Scrum, "ABC")).unwrap();
    let (now, week) = (chrono::Utc::now(), chrono::TimeDelta::days(7));
    let sprint = |name| {
        let sprint = NewSprint::new(name, board).phase(SprintPhase::Active);
        world.add_sprint(sprint.between(now - week, now + week))
    };
    let sprints = [sprint("One"), sprint("Two")];
    let parent = world.add_card(NewCard::new("ABC", "The whole").in_sprint(sprints[0])).unwrap();
    let part =
        |name| world.add_card(NewCard::new("ABC", name).part_of(&parent).in_sprint(sprints[0])).unwrap();
    let parts = [part("First part"), part("Second part")];
    let [one, two] = parts;
    (world, sprints, [parent, one, two])
}

#[test]
fn parts_follow_their_parent_although_nothing_says_that_they_have_changed() {
    let (world, sprints, [parent, one, two]) = parent_and_parts();
    let site = Site::cloud(&world);
    let pdt = site.person();
    pdt.sync_jira_ok();
    world.move_to_sprint(&parent, sprints[1]).unwrap();
    for part in [&one, &two] {
        world.edit_silently(part, Edit::Sprint(Some(sprints[1]))).unwrap();
    }
    pdt.sync_jira_ok();
    site.assert_held(&pdt, &world.active_cards());
    assert_eq!(pdt.card(&one)["sprint"], json!(sprints[1]));

    world.delete(&two).unwrap();
    pdt.sync_jira_ok();
    site.assert_held(&pdt, &world.active_cards());
    assert_eq!(pdt.card(&parent)["details"]["subtasks"].as_array().unwrap().len(), 1, "the parent knows");
}

#[test]
fn a_board_whose_kind_holds_sprints_is_not_believed_to_hold_none() {
    let (world, _, [parent, ..]) = parent_and_parts();
    let site = Site::cloud(&world);
    let pdt = site.person();
    pdt.sync_jira_ok();
    site.fake.order(pdt_testkit::Fault::at("/rest/agile/1.0/board/*/sprint").always().answers_status(400));
    let (jira, status) = pdt.sync_jira();
    assert_eq!((&jira["outcome"], status), (&json!("partial"), Some(1)), "{jira:#}");
    site.fake.clear_faults();
    let sprint = world.sprints().iter().map(|sprint| sprint["id"].as_i64().unwrap()).max().unwrap();
    world.close_sprint(sprint, None).unwrap();
    world.edit(&parent, Edit::Summary("Still followed".to_owned())).unwrap();
    pdt.sync_jira_ok();
    assert_sprints(&site, &pdt);
    site.assert_held(&pdt, &world.active_cards());
}

#[test]
fn a_stray_of_which_nothing_could_be_learnt_is_asked_for_in_the_next_run() {
    let world = World::large(22);
    let site = Site::cloud(&world);
    let pdt = site.person_with(&["--collect", "kanban"]);
    pdt.sync_jira_ok();
    let kanban =
        world.boards().iter().find(|board| board["kind"] == "kanban").unwrap()["id"].as_i64().unwrap();
    let active = world.active_cards();
    let gone = world.cards_of_board(kanban).into_iter().find(|key| !active.contains(key)).unwrap();
    world.delete(&gone).unwrap();
    site.fake.order(pdt_testkit::Fault::at("/rest/agile/1.0/issue/*").always().answers_status(503));
    assert_eq!(pdt.sync_jira().0["outcome"], "partial");
    assert_eq!(pdt.card(&gone)["removed"], json!(false), "nobody knows yet");
    site.fake.clear_faults();
    pdt.sync_jira_ok();
    assert_eq!(pdt.card(&gone)["removed"], json!("deleted"), "although it was out of the list already");
}

#[test]
fn estimates_that_could_not_be_read_come_as_soon_as_they_can() {
    let world = World::large(23);
    let site = Site::cloud(&world);
    let pdt = site.person();
    site.fake.order(pdt_testkit::Fault::at("/rest/api/3/field").always().answers_status(503));
    assert_eq!(pdt.sync_jira().0["outcome"], "partial");
    site.fake.clear_faults();
    pdt.sync_jira_ok();
    site.assert_held(&pdt, &world.active_cards());
}

#[test]
fn what_was_said_of_a_jira_goes_with_its_last_account() {
    let world = World::small();
    let site = Site::cloud(&world);
    let pdt = site.person();
    site.fake.order(pdt_testkit::Fault::at("/**").always().answers_status(503));
    assert_eq!(pdt.sync_jira().0["outcome"], "failed");
    pdt.json(&["account", "remove", "acme"]);
    let status = pdt.json(&["status"])["jira"].clone();
    assert_eq!((&status["last_error"], &status["last_sync"]), (&json!(null), &json!(null)), "{status:#}");
}
