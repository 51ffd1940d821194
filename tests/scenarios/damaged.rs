//! A database that cannot be read is a failure, never an empty answer.

use crate::support::far::Far;
use pdt_testkit::{GitRepo, NewCommit};

#[test]
fn no_command_takes_a_damaged_database_for_an_empty_one() {
    let far = Far::github();
    let repo = GitRepo::create().unwrap();
    repo.commit("main", &NewCommit::new("Begin\n")).unwrap();
    far.add("acme/widgets", &repo);
    let pdt = far.person(&["acme/widgets"]);
    pdt.sync_ok();
    let mut bytes = std::fs::read(pdt.database()).unwrap();
    // All pages but the first, which says that it is a database and of which version.
    bytes.iter_mut().skip(4_096).for_each(|byte| *byte = 0);
    std::fs::write(pdt.database(), bytes).unwrap();
    let commands: [&[&str]; 6] = [
        &["status"],
        &["sync"],
        &["repo", "list"],
        &["account", "list"],
        &["commit", "list"],
        &["profile", "list"],
    ];
    for command in commands {
        let finished = pdt.run(command);
        assert_eq!(finished.status, Some(1), "{command:?} fails: {}", finished.stdout);
        assert!(finished.stderr.contains("pdt.db"), "{command:?} names the file: {}", finished.stderr);
    }
    let doctor = pdt.run(&["doctor", "--json"]);
    assert_eq!(doctor.status, Some(1), "the doctor finds it: {}", doctor.stdout);
    assert!(doctor.json()["checks"].is_array(), "and prints its document");
}
