//! Runs of both loops with their receipts, the last one a quarter of an hour ago.

use chrono::{DateTime, TimeDelta, Utc};
use pdt_domain::ids::ProfileId;
use pdt_domain::run::{Loop, Outcome, Trigger};
use pdt_store::{FinishedRun, StoreError, WriteTx};
use serde_json::{Value, json};

use super::Size;
use super::dice::Dice;

pub(super) fn fill(
    tx: &WriteTx<'_>,
    profile: ProfileId,
    size: Size,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut dice = Dice::new(3);
    for number in 0..size.runs {
        let ago = TimeDelta::minutes(i64::try_from(size.runs - number).unwrap_or(0) * 15);
        let sync_loop = if number % 3 == 2 { Loop::Jira } else { Loop::Commits };
        let run = tx.start_run(profile, sync_loop, Trigger::Schedule, now - ago)?;
        let outcome = match dice.below(50) {
            0 => Outcome::Failed,
            1 | 2 => Outcome::Partial,
            _ => Outcome::Ok,
        };
        let receipt = match sync_loop {
            Loop::Commits => of_commits(&mut dice, size, outcome),
            Loop::Jira => of_jira(&mut dice, outcome),
        };
        tx.finish_run(
            run,
            &FinishedRun {
                finished_at: now - ago + TimeDelta::seconds(20),
                outcome,
                reason: None,
                error: error(outcome),
                requests: 500 + dice.below(200) as u64,
                receipt_json: Some(receipt.to_string()),
            },
        )?;
    }
    Ok(())
}

fn error(outcome: Outcome) -> Option<String> {
    let failed = matches!(outcome, Outcome::Failed | Outcome::Partial);
    failed.then(|| "team-00/service-000: The server gave no answer.".to_owned())
}

/// Most repositories have not changed. Now and then all have: after a long weekend.
fn of_commits(dice: &mut Dice, size: Size, outcome: Outcome) -> Value {
    let told = if dice.percent(2) { size.repositories } else { 1 + dice.below(20) };
    let entry = |number: usize, new: usize| {
        let (name, error) = (format!("team-{:02}/service-{number:03}", number % 16), error(outcome));
        json!({ "repo_id": number + 1, "repo_name": name, "new_commits": new, "total_fetched": new + 3,
            "branches": 5, "changed_branches": 1, "failed_branches": [], "error": error })
    };
    let told: Vec<Value> = (0..told).map(|number| entry(number, dice.below(10))).collect();
    let unchanged: Vec<usize> = (told.len()..size.repositories).map(|number| number + 1).collect();
    json!({ "repositories": told, "unchanged": unchanged, "needs_person": false })
}

fn of_jira(dice: &mut Dice, outcome: Outcome) -> Value {
    let account = json!({ "account": "jira", "boards": 16, "sprints": 2000, "cards": 800, "fetched": 30,
        "new_cards": dice.below(4), "changed_cards": dice.below(20), "removed_cards": 0, "failed": [],
        "error": error(outcome) });
    json!({ "accounts": [account], "unchanged": [], "needs_person": false })
}
