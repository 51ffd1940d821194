//! The demo where there is no display: `pdt`, one command after another.

use anyhow::Result;
use pdt_testkit::demo::DemoWorld;

use crate::End;
use crate::person::{Person, Words, words};

/// The parts of the demo.
#[derive(Debug, Clone, Copy)]
enum Act {
    Connect,
    Sync,
    Look,
    Push,
    LookAgain,
}

pub(crate) async fn play(person: &Person, world: &mut DemoWorld) -> Result<End> {
    for act in [Act::Connect, Act::Sync, Act::Look, Act::Push, Act::LookAgain] {
        for words in act.commands(world)? {
            println!("\n$ pdt {}", words.join(" "));
            if person.pdt(&words, Words::Shown, world).await? == End::Interrupted {
                return Ok(End::Interrupted);
            }
        }
    }
    println!("\nThat was PDT. The services stop now, and the demo's folder is removed.");
    Ok(End::Over)
}

impl Act {
    /// What `pdt` is told, after the world did its part.
    fn commands(self, world: &mut DemoWorld) -> Result<Vec<Vec<String>>> {
        Ok(match self {
            Self::Connect => Person::connecting(world),
            Self::Sync => vec![words("sync")],
            Self::Look => vec![
                words("status"),
                words("repo list"),
                words("commit list --limit 20"),
                words("sprint list"),
                words("card list"),
            ],
            Self::Push => {
                let push = world.advance()?;
                println!("\nMeanwhile {} pushes a commit to {}", push.author, push.repository);
                vec![words("sync")]
            }
            Self::LookAgain => vec![words("commit list --limit 3"), words("status")],
        })
    }
}
