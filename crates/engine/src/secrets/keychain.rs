//! The keychain of the system, through keyring-core and the store of each platform.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use keyring::Error as KeyringError;
use keyring_core::Entry;
use keyring_core::api::CredentialStore;
use keyring_core::error::PlatformError;
use pdt_domain::ids::Name;
use pdt_domain::secret::Token;

use super::error::SecretErrorKind;
use super::{Gate, Wanted};

/// The service under which every token stands.
pub const SERVICE: &str = "dev.pdt.desktop";

/// The longest detail of a failure, in characters.
const LONGEST_DETAIL: usize = 200;

/// The name of a token in the keychain, its "user": the account's profile and name, `default/work`.
///
/// A `/` in the profile's name is written `%2F` (and a `%` as `%25`), so that two accounts never share an entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EntryName(String);

impl EntryName {
    /// The entry of an account.
    #[must_use]
    pub fn new(profile: &Name, account: &Name) -> Self {
        let profile = profile.as_str().replace('%', "%25").replace('/', "%2F");
        Self(format!("{profile}/{account}"))
    }

    /// The name as the keychain knows it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EntryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A keychain. The calls block, possibly without limit: `Secrets` calls them on threads of their own.
pub trait Keychain: Send + Sync {
    /// The token of an entry.
    ///
    /// # Errors
    /// [`Failure`]; `Missing` where the entry is not there.
    fn read(&self, entry: &EntryName) -> Result<Token, Failure>;

    /// Stores the token of an entry, in the place of the one that may be there. Writes nothing where nobody
    /// waits any more when it could: the person was told that it failed.
    ///
    /// # Errors
    /// [`Failure`]; no error text may repeat the token.
    fn write(&self, entry: &EntryName, token: &Token, wanted: Wanted<'_>) -> Result<(), Failure>;

    /// Deletes an entry, or does nothing where it is not there; nor where nobody waits any more when it could.
    ///
    /// # Errors
    /// [`Failure`].
    fn delete(&self, entry: &EntryName, wanted: Wanted<'_>) -> Result<(), Failure>;

    /// Whether a token could be stored now.
    ///
    /// # Errors
    /// [`Failure`] with what stands in the way.
    fn probe(&self) -> Result<(), Failure>;

    /// Asks the person to unlock it, and blocks until they answer. Nothing happens where it is unlocked.
    ///
    /// # Errors
    /// [`Failure`]; `Refused` where the person says no.
    fn unlock(&self) -> Result<(), Failure>;
}

/// Why a keychain did not do what it should; without the account, which the caller knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub(super) kind: SecretErrorKind,
    /// A clause without its full stop; empty where the kind says it all.
    pub(super) detail: String,
}

impl Failure {
    /// The keychain is locked.
    #[must_use]
    pub fn locked() -> Self {
        Self { kind: SecretErrorKind::Locked, detail: String::new() }
    }

    /// There is none; `what` is a clause without a full stop that says so.
    #[must_use]
    pub fn absent(what: &str) -> Self {
        Self { kind: SecretErrorKind::Absent, detail: what.to_owned() }
    }

    /// It did not answer in time.
    #[must_use]
    pub fn late() -> Self {
        Self { kind: SecretErrorKind::Late, detail: String::new() }
    }

    /// The person or the system said no.
    #[must_use]
    pub fn refused() -> Self {
        Self { kind: SecretErrorKind::Refused, detail: String::new() }
    }

    /// There is no such entry.
    #[must_use]
    pub fn missing() -> Self {
        Self { kind: SecretErrorKind::Missing, detail: String::new() }
    }

    /// Anything else; the detail is put on one line and cut to 200 characters.
    #[must_use]
    pub fn broken(detail: String) -> Self {
        let one_line = detail.split_whitespace().collect::<Vec<_>>().join(" ");
        let detail = one_line.chars().filter(|c| !c.is_control()).take(LONGEST_DETAIL).collect::<String>();
        Self { kind: SecretErrorKind::Broken, detail: detail.trim_end_matches('.').to_owned() }
    }
}

/// The keychain of the system: the Secret Service on Linux and its kin, the login keychain on macOS, the
/// Credential Manager on Windows.
///
/// It keeps nothing between two calls. A store that was made while the keychain was not up yet would stay broken
/// (keyring's own `Entry` does), a connection that a call hangs on would block the next one, and the making
/// takes some milliseconds for the one token that an account needs in a run.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemKeychain;

impl Keychain for SystemKeychain {
    fn read(&self, entry: &EntryName) -> Result<Token, Failure> {
        Gate::connect()?.before_reading(entry)?;
        match open(entry)?.get_password() {
            Ok(text) if text.is_empty() => Err(Failure::missing()),
            Ok(text) => Ok(Token::new(text)),
            Err(error) => Err(failure(error)),
        }
    }

    fn write(&self, entry: &EntryName, token: &Token, wanted: Wanted<'_>) -> Result<(), Failure> {
        Gate::connect()?.before_writing(entry)?;
        let place = open(entry)?;
        still(wanted)?;
        match place.set_password(token.expose()) {
            Err(KeyringError::Ambiguous(several)) => {
                delete_all(&several)?;
                place.set_password(token.expose()).map_err(failure)
            }
            other => other.map_err(failure),
        }
    }

    fn delete(&self, entry: &EntryName, wanted: Wanted<'_>) -> Result<(), Failure> {
        Gate::connect()?.before_reading(entry)?;
        let place = open(entry)?;
        still(wanted)?;
        match place.delete_credential() {
            Ok(()) | Err(KeyringError::NoEntry) => Ok(()),
            Err(KeyringError::Ambiguous(several)) => delete_all(&several),
            Err(error) => Err(failure(error)),
        }
    }

    fn probe(&self) -> Result<(), Failure> {
        // The entry need not be there: it is looked for, which shows that the whole way is open.
        let entry = EntryName("probe".to_owned());
        Gate::connect()?.before_writing(&entry)?;
        match open(&entry)?.get_password() {
            Ok(_) | Err(KeyringError::NoEntry) => Ok(()),
            Err(error) => Err(failure(error)),
        }
    }

    fn unlock(&self) -> Result<(), Failure> {
        Gate::connect()?.unlock()
    }
}

fn still(wanted: Wanted<'_>) -> Result<(), Failure> {
    if wanted() { Ok(()) } else { Err(Failure::late()) }
}

fn open(entry: &EntryName) -> Result<Entry, Failure> {
    let label = format!("PDT token of {entry}");
    // The other stores take no label.
    let modifiers =
        cfg!(not(any(target_os = "macos", windows))).then(|| HashMap::from([("label", label.as_str())]));
    let store = store().map_err(failure)?;
    store.build(SERVICE, entry.as_str(), modifiers.as_ref()).map_err(failure)
}

fn store() -> Result<Arc<CredentialStore>, KeyringError> {
    #[cfg(not(any(target_os = "macos", windows)))]
    let store = zbus_secret_service_keyring_store::Store::new()?;
    #[cfg(target_os = "macos")]
    let store = apple_native_keyring_store::keychain::Store::new()?;
    #[cfg(windows)]
    let store = windows_native_keyring_store::Store::new()?;
    Ok(store)
}

/// Several entries of one account, made by other programs or by restoring a copy, are replaced by one.
fn delete_all(entries: &[Entry]) -> Result<(), Failure> {
    entries.iter().try_for_each(|entry| entry.delete_credential().map_err(failure))
}

/// Says in our words what keyring says. Its own text may hold the bytes that it read: those are left out.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "keyring may learn new errors, and no one here tells them apart"
)]
fn failure(error: KeyringError) -> Failure {
    match error {
        KeyringError::NoEntry => Failure::missing(),
        KeyringError::NoStorageAccess(cause) => known(&cause).unwrap_or_else(Failure::refused),
        KeyringError::PlatformFailure(cause) => {
            known(&cause).unwrap_or_else(|| Failure::broken(cause.to_string()))
        }
        KeyringError::BadEncoding(_) | KeyringError::BadDataFormat(..) => {
            Failure::broken("what it holds for this account is no token".to_owned())
        }
        KeyringError::Ambiguous(_) => Failure::broken("it holds several tokens for this account".to_owned()),
        KeyringError::TooLong(what, limit) => {
            Failure::broken(format!("its {what} takes no more than {limit} characters"))
        }
        other => Failure::broken(other.to_string()),
    }
}

/// What the system's own error tells more exactly than keyring does. The codes are those of Apple's SecBase.h.
#[cfg(target_os = "macos")]
fn known(cause: &PlatformError) -> Option<Failure> {
    match cause.downcast_ref::<security_framework::base::Error>()?.code() {
        -128 | -25293 => Some(Failure::refused()),
        -25308 => Some(Failure::locked()),
        -25291 | -25294 | -25307 => Some(Failure::absent("There is no keychain in this session")),
        _ => None,
    }
}

/// Elsewhere the gate has told apart what there is to tell.
#[cfg(not(target_os = "macos"))]
fn known(_cause: &PlatformError) -> Option<Failure> {
    None
}
