//! What needs the person, gathered from an engine that something has happened to.

use pdt_domain::run::{Outcome, Trigger};
use pdt_engine::api::{AttentionAction, Code};
use pdt_engine::secrets::Failure;
use pdt_testkit::Fault;
use pdt_testkit::faults::Refusal;

use crate::stage::{Stage, TOKEN, profile};

impl Stage {
    /// What needs the person, each by its id.
    async fn needs(&self) -> Vec<String> {
        let items = self.engine.attention(&profile()).await.unwrap();
        items.into_iter().map(|item| item.id).collect()
    }
}

#[tokio::test]
async fn a_refused_token_is_one_thing_until_it_is_replaced_and_the_run_repeated() {
    let stage = Stage::set(&[]).await;
    assert_eq!(stage.needs().await, [""; 0], "all is well");
    stage.github.revoke_token(TOKEN);
    assert_eq!(stage.run(Trigger::Manual).await.outcome, Outcome::Failed, "the service refuses it");
    let items = stage.engine.attention(&profile()).await.unwrap();
    let [item] = items.as_slice() else { panic!("one thing: {items:?}") };
    assert_eq!((item.id.as_str(), item.severity), ("account:work:refused", "broken"));
    assert!(matches!(&item.action, AttentionAction::ReplaceToken { account } if account.as_str() == "work"));
    stage.github.add_token(pdt_testkit::NewToken::new("another", "ada"));
    stage.connect("another").await;
    assert_eq!(stage.needs().await, ["account:work:behind"], "what it could not read is still to be read");
    stage.run(Trigger::Manual).await;
    assert_eq!(stage.needs().await, [""; 0], "all is well again");
}

#[tokio::test]
async fn a_locked_keychain_is_said_where_it_is_needed_and_can_be_unlocked() {
    let stage = Stage::set(&[]).await;
    stage.keychain.fail_with(Failure::locked());
    stage.run(Trigger::Manual).await;
    assert_eq!(stage.needs().await, ["keychain:locked"], "and not what follows from it");
    let error = stage.engine.unlock_keychain().await.unwrap_err();
    assert_eq!(error.code, Code::Keychain, "it stays locked: {error}");
    stage.keychain.recover();
    stage.engine.unlock_keychain().await.expect("it is unlocked");
    stage.run(Trigger::Manual).await;
    assert_eq!(stage.needs().await, [""; 0]);

    let served = Stage::set(&[("PDT_TOKEN_WORK", TOKEN)]).await;
    served.keychain.fail_with(Failure::locked());
    assert_eq!(served.needs().await, [""; 0], "no account waits for it");
}

#[tokio::test]
async fn what_passes_and_what_does_not_are_told_apart() {
    let stage = Stage::set(&[]).await;
    stage.github.order(Fault::at("/repos/**").always().answers_sign_in_page());
    stage.run(Trigger::Manual).await;
    assert_eq!(stage.needs().await, ["account:work:behind"], "another sync may bring it");
    stage.github.clear_faults();
    stage.github.order(Fault::at("/repos/**").always().refuses(Refusal::Blocked));
    stage.run(Trigger::Manual).await;
    let items = stage.engine.attention(&profile()).await.unwrap();
    let repository = stage.engine.repositories(&profile()).await.unwrap().remove(0).id;
    assert_eq!(items.len(), 1, "{items:?}");
    assert_eq!(items[0].action, AttentionAction::ShowRepository { repository }, "nothing else will");
}

#[tokio::test]
async fn a_setting_that_cannot_be_read_needs_a_look() {
    let stage = Stage::set(&[("SYNC_ENABLED", "perhaps")]).await;
    let items = stage.engine.attention(&profile()).await.unwrap();
    assert_eq!(items.len(), 1, "{items:?}");
    assert!(items[0].detail.as_ref().unwrap().contains("SYNC_ENABLED"), "{items:?}");
    assert_eq!(stage.engine.about().warnings.len(), 1, "it is told there too");
}
