//! Which notifications a person gets, from an engine that something has happened to.

use chrono::{DateTime, Local, TimeDelta, Utc};
use pdt_domain::ids::{Name, ProfileId};
use pdt_domain::run::Loop;

use super::{ApiError, Engine};
use crate::notices::{Cause, Kind, Notice, Wishes, judge};

/// How long nothing is told after the machine has woken.
const AFTER_WAKING: TimeDelta = TimeDelta::seconds(30);

impl Engine {
    /// What the person is to be told after a run. `woke_at` says when the machine has woken last. Whatever was shown
    /// is to be [noted](Self::notice_shown): the rest comes again after the next run, if it is still true.
    ///
    /// # Errors
    /// An unknown profile; those of the database.
    pub async fn notices(
        &self,
        profile: &Name,
        of: Loop,
        woke_at: Option<DateTime<Utc>>,
    ) -> Result<Vec<Notice>, ApiError> {
        let Some(profile) = self.profile_or_empty(profile).await? else { return Ok(Vec::new()) };
        let id = profile.id;
        let causes = self.causes(profile).await?;
        let (known, accounts) = self.core.db.read(move |tx| Ok((tx.notices(id)?, tx.accounts(id)?))).await?;
        let accounts = accounts.into_iter().map(|account| account.name).collect();
        let verdict = judge(&known, &causes, &accounts, of, self.wishes(woke_at));
        let (keep, forget) = (verdict.keep, verdict.forget);
        if !(keep.is_empty() && forget.is_empty()) {
            let write = self.core.db.write(move |tx| {
                keep.iter().try_for_each(|row| tx.put_notice(id, row))?;
                forget.iter().try_for_each(|cause| tx.forget_notice(id, cause))
            });
            write.await?;
        }
        Ok(verdict.tell)
    }

    /// Keeps in mind that a notification was shown.
    ///
    /// # Errors
    /// An unknown profile; those of the database.
    pub async fn notice_shown(&self, profile: &Name, notice: &Notice) -> Result<(), ApiError> {
        let Some(profile) = self.profile_or_empty(profile).await? else { return Ok(()) };
        match notice.kind {
            Kind::Failure => self.note_told(profile.id, notice.cause.clone()).await,
            Kind::Recovery => {
                let (id, cause) = (profile.id, notice.cause.clone());
                Ok(self.core.db.write(move |tx| tx.forget_notice(id, &cause)).await?)
            }
        }
    }

    async fn note_told(&self, profile: ProfileId, cause: String) -> Result<(), ApiError> {
        let now = self.core.now();
        let write = self.core.db.write(move |tx| {
            let row = tx.notices(profile)?.into_iter().find(|row| row.cause == cause);
            row.map_or(Ok(()), |row| tx.put_notice(profile, &Cause::told(row, now)))
        });
        Ok(write.await?)
    }

    fn wishes(&self, woke_at: Option<DateTime<Utc>>) -> Wishes {
        let controls = self.core.controls();
        let (settings, now) = (&controls.settings, self.core.clock.now());
        let has_just_woken = woke_at.is_some_and(|at| now.signed_duration_since(at).abs() < AFTER_WAKING);
        let time = now.with_timezone(&Local).time();
        let is_quiet_hour = settings.quiet_hours.value.is_some_and(|hours| hours.contain(time));
        Wishes {
            failures: settings.notify_failures.value,
            recoveries: settings.notify_recoveries.value,
            is_quiet: has_just_woken || is_quiet_hour,
        }
    }
}
