//! The repositories that a fake serves, by number and by name.

use std::sync::{Arc, Mutex, PoisonError};

use crate::git::GitRepo;
use crate::git::watched::Watched;

/// A repository as a service knows it.
#[derive(Debug, Clone)]
pub(crate) struct Shelved {
    pub(crate) id: u64,
    /// `owner/name`, with any depth of groups before the name.
    pub(crate) full_name: String,
    former_names: Vec<String>,
    pub(crate) watched: Arc<Watched>,
    /// Who may see it; everybody where empty.
    readers: Vec<String>,
}

impl Shelved {
    pub(crate) fn owner(&self) -> &str {
        self.full_name.rsplit_once('/').map_or("", |(owner, _)| owner)
    }

    pub(crate) fn name(&self) -> &str {
        self.full_name.rsplit_once('/').map_or(self.full_name.as_str(), |(_, name)| name)
    }

    pub(crate) fn is_open_to(&self, login: &str) -> bool {
        self.readers.is_empty() || self.readers.iter().any(|reader| reader == login)
    }
}

/// What a name leads to.
#[derive(Debug, Clone)]
pub(crate) enum Found {
    /// It has this name.
    Here(Shelved),
    /// It once had this name.
    Moved(Shelved),
    Nothing,
}

#[derive(Debug, Default)]
pub(crate) struct Shelf(Mutex<Vec<Shelved>>);

impl Shelf {
    pub(crate) fn add(&self, full_name: &str, repo: &GitRepo) -> u64 {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A removed one must not lend its number to the next.
        let id = 1001 + shelf.iter().map(|shelved| shelved.id - 1000).max().unwrap_or_default();
        shelf.push(Shelved {
            id,
            full_name: full_name.to_owned(),
            former_names: Vec::new(),
            watched: Arc::new(Watched::new(repo.clone())),
            readers: Vec::new(),
        });
        id
    }

    pub(crate) fn rename(&self, old: &str, new: &str) {
        self.change(old, |shelved| {
            let former = std::mem::replace(&mut shelved.full_name, new.to_owned());
            shelved.former_names.push(former);
        });
    }

    pub(crate) fn limit_to(&self, name: &str, login: &str) {
        self.change(name, |shelved| shelved.readers.push(login.to_owned()));
    }

    /// Keeps its number taken, under a name that nobody can ask for.
    pub(crate) fn remove(&self, name: &str) {
        self.change(name, |shelved| {
            shelved.full_name.clear();
            shelved.former_names.clear();
            shelved.readers = vec![String::new()];
        });
    }

    fn change(&self, name: &str, change: impl FnOnce(&mut Shelved)) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shelved) = shelf.iter_mut().find(|shelved| shelved.full_name.eq_ignore_ascii_case(name)) {
            change(shelved);
        }
    }

    /// Letter case does not count, as at the services.
    pub(crate) fn by_name(&self, name: &str) -> Found {
        let shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |other: &String| other.eq_ignore_ascii_case(name);
        let here = shelf.iter().find(|shelved| same(&shelved.full_name));
        let moved = || shelf.iter().find(|shelved| shelved.former_names.iter().any(same));
        match here {
            Some(shelved) => Found::Here(shelved.clone()),
            None => moved().map_or(Found::Nothing, |shelved| Found::Moved(shelved.clone())),
        }
    }

    pub(crate) fn by_id(&self, id: u64) -> Option<Shelved> {
        let shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.iter().find(|shelved| shelved.id == id).cloned()
    }

    pub(crate) fn visible_to(&self, login: &str) -> Vec<Shelved> {
        let shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shelf
            .iter()
            .filter(|shelved| shelved.is_open_to(login) && !shelved.full_name.is_empty())
            .cloned()
            .collect()
    }
}
