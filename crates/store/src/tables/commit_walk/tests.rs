use pdt_domain::search::Words;

use super::*;
use crate::db::Db;
use crate::tables::card_list::tests::plan;
use crate::tables::commit_list::tests::FILL;

fn questions() -> Vec<(&'static str, CommitFilter)> {
    let all = CommitFilter::default;
    let day = |text: &str| Some(DateTime::parse_from_rfc3339(text).unwrap().to_utc());
    vec![
        ("all", all()),
        ("a repository", CommitFilter { repository: Some("acme/gears".into()), ..all() }),
        (
            "a day",
            CommitFilter {
                since: day("2023-12-01T00:00:00Z"),
                until_exclusive: day("2023-12-02T00:00:00Z"),
                ..all()
            },
        ),
        ("a card", CommitFilter { card: Some("abc-7".into()), ..all() }),
        ("a large branch", CommitFilter { branch: Some("branch 2".into()), ..all() }),
        ("a small branch", CommitFilter { branch: Some("branch 15".into()), ..all() }),
        ("a branch that is gone", CommitFilter { branch: Some("branch 18".into()), ..all() }),
        ("unlinked", CommitFilter { unlinked: true, ..all() }),
        ("an author", CommitFilter { author: Some("ADA@example.org".into()), ..all() }),
        (
            "unlinked of a repository",
            CommitFilter { repository: Some("acme/gears".into()), unlinked: true, ..all() },
        ),
        (
            "an author in a repository",
            CommitFilter {
                repository: Some("acme/gears".into()),
                author: Some("ADA@example.org".into()),
                ..all()
            },
        ),
        ("a rare text", CommitFilter { words: Words::of("NUMBER 4711"), ..all() }),
        (
            "a text on a branch of a repository",
            CommitFilter {
                repository: Some("acme/widgets".into()),
                branch: Some("branch 2".into()),
                words: Words::of("71"),
                ..all()
            },
        ),
    ]
}

/// The plans of both parts of a walk.
fn plans(walk: &CommitWalk<'_>) -> String {
    let both = [Part::SameSecond, Part::Earlier].map(|part| {
        let bounds = [Value::from("2023-12-01T00:00:00Z".to_owned()), Value::from(1)];
        let query = walk.source.query(part, bounds, walk.checks.needs());
        plan(walk.tx.conn, &query.sql, query.values)
    });
    both.join("\n")
}

/// All that a walk finds, in steps, and how many of these there were.
fn walked(tx: &ReadTx<'_>, filter: &CommitFilter) -> Result<(Vec<i64>, usize), StoreError> {
    let mut walk = tx.commit_walk(ProfileId(1), filter)?;
    let (mut ids, mut place, mut steps) = (Vec::new(), None, 0);
    loop {
        let step = walk.step(place, usize::MAX)?;
        ids.extend(step.found.iter().map(|id| id.0));
        (place, steps) = (step.seen.or(place), steps + 1);
        if step.is_last {
            return Ok((ids, steps));
        }
    }
}

#[tokio::test]
async fn among_a_hundred_thousand_commits_a_walk_looks_at_few() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&folder.path().join("pdt.db")).unwrap();
    db.write(|tx| Ok(tx.conn.execute_batch(FILL)?)).await.unwrap();

    let told = db.read(|tx| {
        let mut told = Vec::new();
        for (what, filter) in questions() {
            let plans = plans(&tx.commit_walk(ProfileId(1), &filter)?);
            let (ids, steps) = walked(tx, &filter)?;
            told.push(format!("{what}: {} found in {steps} steps\n{plans}\n", ids.len()));
        }
        Ok(told.join("\n"))
    });
    insta::assert_snapshot!(told.await.unwrap());

    // What the list finds is read commit by commit: all of a hundred thousand would take long.
    let pairs = db.read(|tx| {
        let mut pairs = Vec::new();
        for (what, filter) in questions() {
            let filter = CommitFilter { limit: Some(100), ..filter };
            let listed = tx.commit_list(ProfileId(1), &filter)?.into_iter().map(|commit| commit.sha);
            let walked: Vec<CommitId> = walked(tx, &filter)?.0.into_iter().take(100).map(CommitId).collect();
            let rows = tx.commit_rows(ProfileId(1), &walked)?.into_iter().map(|row| row.sha);
            pairs.push((what, listed.collect::<Vec<_>>(), rows.collect::<Vec<_>>()));
        }
        Ok(pairs)
    });
    for (what, listed, rows) in pairs.await.unwrap() {
        assert_eq!(listed, rows, "{what}: the walk finds what the list has");
    }
}
