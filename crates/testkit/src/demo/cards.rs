//! What happens on the demo's board while its commits are pushed.

use anyhow::Result;

use crate::World;
use crate::jira::Edit;

/// Who moves which card into which state.
const MOVES: &[(&str, &str, &str)] = &[
    ("Ada Example", "PDT-117", "In Review"),
    ("Grace Sample", "PDT-124", "Done"),
    ("Linus Muster", "PDT-127", "In Progress"),
    ("Grace Sample", "PDT-117", "Done"),
    ("Ada Example", "PDT-123", "In Review"),
    ("Grace Sample", "PDT-126", "In Progress"),
    ("Linus Muster", "PDT-119", "Done"),
    ("Grace Sample", "PDT-126", "In Review"),
    ("Linus Muster", "PDT-127", "In Review"),
    ("Ada Example", "PDT-123", "Done"),
    ("Grace Sample", "PDT-124", "In Progress"),
    ("Linus Muster", "PDT-119", "In Review"),
    ("Ada Example", "PDT-117", "In Progress"),
    ("Grace Sample", "PDT-126", "To Do"),
    ("Linus Muster", "PDT-127", "To Do"),
    ("Ada Example", "PDT-123", "In Progress"),
    ("Grace Sample", "PDT-124", "In Review"),
];

/// Every third time a card moves.
const TURNS_A_MOVE: usize = 3;

pub(super) fn stir(world: &World, turn: usize) -> Result<()> {
    let number = turn / TURNS_A_MOVE;
    match MOVES.get(number % MOVES.len()) {
        Some((who, key, status)) if turn.is_multiple_of(TURNS_A_MOVE) => {
            world.act_as(who);
            world.edit(key, Edit::Status((*status).to_owned()))
        }
        Some(_) | None => Ok(()),
    }
}
