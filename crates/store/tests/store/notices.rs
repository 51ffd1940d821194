//! For which causes something fails, and which of them the person was told of.

use pdt_domain::ids::ProfileId;
use pdt_store::NoticeRow;

use crate::world::{World, at, name};

fn refused() -> NoticeRow {
    NoticeRow {
        cause: "account:github:token".to_owned(),
        account: Some(name("github")),
        title: "GitHub refused the token of github".to_owned(),
        commits: 1,
        jira: 0,
        told_at: None,
    }
}

fn keychain() -> NoticeRow {
    let (cause, title) = ("keychain".to_owned(), "The keychain is locked".to_owned());
    NoticeRow { cause, title, account: None, jira: 3, ..refused() }
}

async fn put(world: &World, profile: ProfileId, row: NoticeRow) {
    world.write(move |tx| tx.put_notice(profile, &row)).await;
}

async fn notices(world: &World, profile: ProfileId) -> Vec<NoticeRow> {
    world.read(move |tx| tx.notices(profile)).await
}

#[tokio::test]
async fn causes_come_back_as_they_were_written_in_order_and_each_once() {
    let world = World::new().await;
    assert_eq!(notices(&world, world.profile).await, [], "nothing fails");
    put(&world, world.profile, keychain()).await;
    put(&world, world.profile, refused()).await;
    assert_eq!(notices(&world, world.profile).await, [refused(), keychain()]);
    let told = NoticeRow {
        account: None,
        title: "another title".to_owned(),
        commits: 500,
        jira: 2,
        told_at: Some(at("2026-02-18T23:15:00Z")),
        ..refused()
    };
    put(&world, world.profile, told.clone()).await;
    assert_eq!(notices(&world, world.profile).await, [told, keychain()], "the later one takes its place");
}

#[tokio::test]
async fn profiles_have_causes_of_their_own_and_one_is_forgotten_alone() {
    let world = World::new().await;
    let (client, _) = world.another_profile("client").await;
    for profile in [world.profile, client] {
        put(&world, profile, refused()).await;
        put(&world, profile, keychain()).await;
    }
    let profile = world.profile;
    let forget = |cause: &'static str| world.write(move |tx| tx.forget_notice(profile, cause));
    forget("keychain").await;
    assert_eq!(notices(&world, world.profile).await, [refused()]);
    assert_eq!(notices(&world, client).await, [refused(), keychain()], "the other profile's stay");
    let before = world.everything();
    forget("keychain").await;
    assert_eq!(world.everything(), before, "what is not there can be forgotten again");
}
