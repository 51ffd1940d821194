//! Profiles and settings.

use crate::world::{World, at, name};

#[tokio::test]
async fn a_profile_is_made_once() {
    let world = World::new().await;
    let profile = world.profile;
    let before = world.everything();
    let again = world.write(|tx| tx.ensure_profile(&name("default"), at("2027-01-01T00:00:00Z"))).await;
    assert_eq!(again, profile, "it is the same profile");
    assert_eq!(world.everything(), before, "nothing has changed, not even when it was made");
}

#[tokio::test]
async fn profiles_are_found_by_name_and_listed_by_name() {
    let world = World::new().await;
    world.another_profile("Kundin Müller 🦀").await;
    let names = world.read(|tx| tx.profiles()).await;
    let names: Vec<_> = names.iter().map(|profile| profile.name.as_str()).collect();
    assert_eq!(names, ["Kundin Müller 🦀", "default"], "in the order of their letters");
    let found = world.read(|tx| tx.profile_by_name(&name("default"))).await.unwrap();
    assert_eq!(found.id, world.profile, "the name finds its row");
    assert_eq!(found.created_at, at("2026-02-01T00:00:00Z"), "a time comes back as it went in");
    assert_eq!(world.read(|tx| tx.profile_by_name(&name("nobody"))).await, None, "a missing one is none");
}

#[tokio::test]
async fn the_last_choice_of_a_setting_counts() {
    let world = World::new().await;
    assert_eq!(world.read(|tx| tx.setting("paused_until")).await, None, "nothing was chosen yet");
    for value in ["tomorrow", "", "never 'again'; --"] {
        world.write(move |tx| tx.set_setting("paused_until", value)).await;
        assert_eq!(
            world.read(|tx| tx.setting("paused_until")).await.as_deref(),
            Some(value),
            "as it was chosen"
        );
    }
}

#[tokio::test]
async fn all_settings_are_the_choices_and_the_salt() {
    let world = World::new().await;
    world.write(|tx| tx.set_setting("interval", "15m")).await;
    let all = world.db.read_now(|tx| tx.all_settings()).unwrap();
    assert_eq!(all.keys().collect::<Vec<_>>(), ["interval", pdt_store::PRINT_SALT], "nothing else");
    let other = World::new().await.db.read_now(|tx| tx.all_settings()).unwrap();
    let (mine, theirs) = (&all[pdt_store::PRINT_SALT], &other[pdt_store::PRINT_SALT]);
    assert!(mine.len() >= 32 && mine != theirs, "each database has a salt of its own");
}
