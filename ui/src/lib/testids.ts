/**
 * Names by which tests find things, in jsdom, in Chromium and in the real window. They stay when the looks change.
 *
 * Frame: `nav-overview`, `nav-commits`, `nav-repositories`, `nav-accounts`; `profile-select`; `loop-line` (the loop's
 * state at the end of the rail); `keys-dialog`; `closing-dialog` with `closing-stay` and
 * `closing-quit`.
 * Overview: `headline` (the sentence), `sync-now`, `stop-sync`, `progress` (role=progressbar with aria-valuenow and
 * aria-valuemax), `sync-result` (what a sync by hand brought), `loop-panel` (with data-outcome), `attention-item` (with
 * data-severity) and `attention-action` in it, `reading-row` (a repository that is being read), `repository-state`.
 * First run: `first-run` (with data-step), `skip-first-run`, `finish-first-run`.
 * Accounts: `account-add`, `provider-github`, `provider-gitlab`, `field-url`, `field-name`, `field-token`,
 * `create-token`, `submit`, `form-error`; `account-row` (with data-account, data-state), `account-check`,
 * `account-replace`, `account-remove`.
 * Repositories: `repo-url`, `repo-add`, `repo-row` (with data-repository, data-state), `repo-detail`, `repo-remove`;
 * `choose-repositories`, `available-row` (with data-repository), `available-check`, `available-search`,
 * `track-chosen`, `choosing-done` (in the first run); `repo-search`, `repo-account`.
 * Commits: `commit-row` (with data-sha), `commit-message` (first line, in the row), `commit-detail` (the panel),
 * `commit-full-message`, `commit-card`, `copy-sha`, `open-at-host`, `filter-text`, `filter-repository`,
 * `filter-unlinked`, `load-more`, `show-arrived`.
 * Everywhere: `dialog-confirm`, `dialog-cancel`, `error-panel`, `try-again`, `empty-state`.
 */
export const TESTIDS = {
  profileSelect: 'profile-select',
  loopLine: 'loop-line',
  keysDialog: 'keys-dialog',
  closingDialog: 'closing-dialog',
  closingStay: 'closing-stay',
  closingQuit: 'closing-quit',
  headline: 'headline',
  syncNow: 'sync-now',
  stopSync: 'stop-sync',
  progress: 'progress',
  syncResult: 'sync-result',
  loopPanel: 'loop-panel',
  attentionItem: 'attention-item',
  attentionAction: 'attention-action',
  readingRow: 'reading-row',
  repositoryState: 'repository-state',
  firstRun: 'first-run',
  skipFirstRun: 'skip-first-run',
  finishFirstRun: 'finish-first-run',
  accountAdd: 'account-add',
  fieldUrl: 'field-url',
  fieldName: 'field-name',
  fieldToken: 'field-token',
  createToken: 'create-token',
  submit: 'submit',
  formError: 'form-error',
  accountRow: 'account-row',
  accountCheck: 'account-check',
  accountReplace: 'account-replace',
  accountRemove: 'account-remove',
  repoUrl: 'repo-url',
  repoAdd: 'repo-add',
  repoRow: 'repo-row',
  repoDetail: 'repo-detail',
  repoRemove: 'repo-remove',
  chooseRepositories: 'choose-repositories',
  availableRow: 'available-row',
  availableCheck: 'available-check',
  availableSearch: 'available-search',
  trackChosen: 'track-chosen',
  commitRow: 'commit-row',
  commitMessage: 'commit-message',
  commitDetail: 'commit-detail',
  commitFullMessage: 'commit-full-message',
  commitCard: 'commit-card',
  copySha: 'copy-sha',
  openAtHost: 'open-at-host',
  filterText: 'filter-text',
  filterRepository: 'filter-repository',
  filterUnlinked: 'filter-unlinked',
  loadMore: 'load-more',
  showArrived: 'show-arrived',
  dialogConfirm: 'dialog-confirm',
  dialogCancel: 'dialog-cancel',
  errorPanel: 'error-panel',
  tryAgain: 'try-again',
  emptyState: 'empty-state',
} as const;

/** The entry of a view in the rail. */
export const navTestid = (view: string): string => `nav-${view}`;

/** The card of a service in the form that connects an account. */
export const providerTestid = (provider: string): string => `provider-${provider}`;
