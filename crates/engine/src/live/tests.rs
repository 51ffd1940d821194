use pdt_domain::ids::RepositoryId;

use super::*;
use crate::api::{FailedDto, JiraFailedDto, JiraReadingDto, ReadingDto, RunDto};

fn runner(serial: u64) -> Runner {
    Runner { serial, profile: Name::default_profile(), started_at: DateTime::UNIX_EPOCH }
}

fn begun(repositories: usize) -> Progress {
    Progress::Commits(CommitStep::Begun { repositories })
}

fn looked_at(id: i64) -> Progress {
    Progress::Commits(CommitStep::Repository { id: RepositoryId(id), name: format!("acme/{id}") })
}

fn reading(id: i64, branch: &str, done: usize, commits: usize) -> Progress {
    let (name, branch) = (format!("acme/{id}"), Some(branch.to_owned()));
    Progress::Commits(CommitStep::Reading { id: RepositoryId(id), name, branch, done, of: 3, commits })
}

fn finished(id: i64, new_commits: usize, error: Option<&str>) -> Progress {
    let (id, name, error) = (RepositoryId(id), format!("acme/{id}"), error.map(str::to_owned));
    Progress::Commits(CommitStep::Finished { id, name, new_commits, error })
}

/// What the board shows after these steps of one run.
fn after(steps: &[Progress]) -> Option<RunDto> {
    let board = Board::new();
    steps.iter().for_each(|step| board.take(&runner(1), step));
    board.watch().borrow().commits.clone()
}

/// Done, of, new commits, and the ids being read.
type Numbers = (usize, usize, usize, Vec<i64>);

fn numbers(run: &RunDto) -> Numbers {
    (run.done, run.of, run.new_commits, run.reading.iter().map(|reading| reading.id.0).collect())
}

#[test]
fn a_run_is_told_from_its_beginning_to_its_end() {
    let mut steps = vec![begun(2), looked_at(1), looked_at(2)];
    assert_eq!(numbers(&after(&steps).unwrap()), (0, 2, 0, vec![1, 2]), "both are being read");
    steps.push(reading(2, "feature", 1, 40));
    let run = after(&steps).unwrap();
    let expected = ReadingDto {
        id: RepositoryId(2),
        name: "acme/2".to_owned(),
        branch: Some("feature".to_owned()),
        branches_done: 1,
        branches_of: 3,
        commits: 40,
    };
    assert_eq!(run.reading[1], expected, "the line of a repository says how far it is");
    steps.extend([finished(1, 0, None), finished(2, 7, Some("It is gone."))]);
    let run = after(&steps).unwrap();
    assert_eq!(numbers(&run), (2, 2, 7, vec![]), "both are done");
    let failed =
        FailedDto { id: RepositoryId(2), name: "acme/2".to_owned(), error: "It is gone.".to_owned() };
    assert_eq!(run.failed, [failed], "and one of them says what went wrong");
}

#[test]
fn steps_in_any_order_make_a_state_that_can_be_shown() {
    let table: [(&str, &[Progress], Numbers); 8] = [
        ("no repository", &[begun(0)], (0, 0, 0, vec![])),
        ("done before it was read", &[begun(1), finished(1, 2, None)], (1, 1, 2, vec![])),
        (
            "read after it was done",
            &[begun(1), finished(1, 2, None), reading(1, "x", 0, 9)],
            (1, 1, 2, vec![]),
        ),
        ("begun after it was done", &[begun(1), finished(1, 2, None), looked_at(1)], (1, 1, 2, vec![])),
        ("done twice", &[begun(2), finished(1, 2, None), finished(1, 2, Some("No."))], (1, 2, 2, vec![])),
        ("read without a beginning", &[begun(1), reading(9, "x", 0, 1)], (0, 1, 0, vec![9])),
        ("begun twice", &[begun(2), looked_at(1), looked_at(1)], (0, 2, 0, vec![1])),
        (
            "more than were announced",
            &[begun(1), finished(1, 1, None), finished(2, 1, None)],
            (2, 2, 2, vec![]),
        ),
    ];
    for (what, steps, expected) in table {
        assert_eq!(numbers(&after(steps).unwrap()), expected, "{what}");
    }
}

#[test]
fn nothing_is_shown_before_a_run_has_begun() {
    assert_eq!(after(&[]), None);
    assert_eq!(after(&[looked_at(1), finished(1, 2, None)]), None, "a step without a run is nobody's");
}

#[test]
fn a_run_that_is_over_does_not_disturb_the_next_one() {
    let board = Board::new();
    board.take(&runner(1), &begun(1));
    board.take(&runner(2), &begun(5));
    board.take(&runner(1), &finished(1, 1, None));
    board.clear(&runner(1));
    let shown = board.watch().borrow().commits.clone();
    assert_eq!(numbers(&shown.unwrap()), (0, 5, 0, vec![]), "the second run is on the board");
    board.clear(&runner(2));
    assert_eq!(*board.watch().borrow(), LiveDto::default(), "nothing is going on");
}

#[test]
fn who_watches_is_not_woken_for_nothing() {
    let board = Board::new();
    let mut watch = board.watch();
    board.clear(&runner(1));
    board.take(&runner(1), &looked_at(1));
    assert!(!watch.has_changed().unwrap(), "nothing has changed");
    board.take(&runner(1), &begun(1));
    assert!(watch.has_changed().unwrap(), "a run has begun");
    watch.mark_unchanged();
    board.take(&runner(1), &begun(1));
    assert!(!watch.has_changed().unwrap(), "it is shown already");
}

fn jira(step: JiraStep) -> Progress {
    Progress::Jira(step)
}

#[test]
fn a_jira_run_is_told_by_board_and_sprint_beside_the_commits_run() {
    let (board, site) = (Board::new(), Name::parse("acme").unwrap());
    board.take(&runner(1), &begun(2));
    let name = || "Alpha".to_owned();
    for step in [
        JiraStep::Begun { accounts: 1 },
        JiraStep::Boards { account: site.clone(), boards: 2 },
        JiraStep::Board { account: site.clone(), name: name() },
        JiraStep::BoardDone { account: site.clone(), name: name(), error: Some("It is shut.".to_owned()) },
        JiraStep::Sprints { account: site.clone(), sprints: 3 },
        JiraStep::Sprint { account: site.clone(), name: "Sprint 4".to_owned(), cards: 0 },
        JiraStep::Sprint { account: site.clone(), name: "Sprint 4".to_owned(), cards: 50 },
    ] {
        board.take(&runner(1), &jira(step));
    }
    let shown = board.watch().borrow().clone();
    assert!(shown.commits.is_some(), "the other loop goes on");
    let run = shown.jira.unwrap();
    assert_eq!((run.boards_done, run.boards_of, run.sprints_done, run.sprints_of), (1, 2, 0, 3));
    let sprint = Some("Sprint 4".to_owned());
    assert_eq!(run.reading, [JiraReadingDto { account: site.clone(), board: None, sprint, cards: 50 }]);
    let failed = JiraFailedDto { name: "board Alpha".to_owned(), error: "It is shut.".to_owned() };
    assert_eq!(run.failed, [failed]);

    let done = |new_cards| JiraStep::SprintDone {
        account: site.clone(),
        name: "Sprint 4".to_owned(),
        new_cards,
        changed_cards: 1,
        error: None,
    };
    board.take(&runner(1), &jira(done(3)));
    let run = board.watch().borrow().jira.clone().unwrap();
    assert_eq!((run.sprints_done, run.new_cards, run.changed_cards, run.reading.len()), (1, 3, 1, 0));
    board.clear(&runner(1));
    assert_eq!(*board.watch().borrow(), LiveDto::default(), "nothing is going on");
}
