/**
 * Names by which tests find things, in jsdom, in Chromium and in the real window. They stay when the looks change.
 *
 * Frame: `nav-overview`, `nav-commits`, `nav-board`, `nav-repositories`, `nav-accounts`, `nav-settings`; `profile-select`;
 * `loop-line` (a loop's state at the end of the rail, with data-loop); `keys-dialog`; `closing-dialog` with
 * `closing-stay` and `closing-quit`; `pause` (the button of a menu with `pause-hour`, `pause-tomorrow`, `pause-open`) and
 * `resume` in its place, in Overview and in Settings.
 * Overview: `headline` (the sentence), `sync-now`, `stop-sync`, `progress` (role=progressbar with aria-valuenow and
 * aria-valuemax), `jira-progress` (likewise), `sync-result` (what a sync by hand brought), `loop-panel` (with data-loop,
 * data-outcome and data-health) and `loop-sync` in it, `to-settings` (where the background loops are off), `attention-item` (with data-severity) and `attention-action` in it,
 * `reading-row` (a repository that is being read), `repository-state`, `sprint-state`.
 * First run: `first-run` (with data-step), `skip-first-run`, `finish-first-run`; `setting-autostart` and
 * `setting-notifications` at its end.
 * Settings: `setting-row` (with data-setting and data-source) of each setting, in it `setting-<name>` (the control: a
 * switch with aria-checked, or a select), `setting-other` (the field for what the select does not offer),
 * `setting-default` (back to the default), `setting-origin` (where a value comes from that is not chosen here) and
 * `form-error`; `quiet-from`, `quiet-until`; `test-notification`, `open-data`, `open-logs`, and `said` beside each.
 * Accounts: `account-add`, `provider-github`, `provider-gitlab`, `provider-jira`, `field-url`, `field-email`,
 * `field-projects`, `field-name`, `field-token`, `collect-kanban`, `collect-backlog`, `create-token`, `submit`,
 * `form-error`; `account-row` (with data-account, data-state), `account-check`, `account-replace`, `account-remove`.
 * Repositories: `repo-url`, `repo-add`, `repo-row` (with data-repository, data-state), `repo-detail`, `repo-remove`;
 * `choose-repositories`, `available-row` (with data-repository), `available-check`, `available-search`,
 * `track-chosen`, `choosing-done` (in the first run); `repo-search`, `repo-account`.
 * Commits: `commit-row` (with data-sha), `commit-message` (first line, in the row), `commit-detail` (the panel),
 * `commit-full-message`, `commit-card`, `copy-sha`, `open-at-host`, `filter-text`, `filter-repository`,
 * `filter-unlinked`, `load-more`, `show-arrived`.
 * Board: `sprint-select`, `sprint-header`, `board-column` (with data-category), `card-row` (with data-key and, of a card
 * that is gone, data-removed), `more-cards`; `card-detail` (the panel, with data-key), `card-description`,
 * `card-relative`, `change-row`, `more-changes`, `copy-key`; `card-link` (a key in a commit), `filter-card` (commits of
 * one card).
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
  sprintState: 'sprint-state',
  loopSync: 'loop-sync',
  jiraProgress: 'jira-progress',
  pause: 'pause',
  resume: 'resume',
  toSettings: 'to-settings',
  settingRow: 'setting-row',
  settingOther: 'setting-other',
  settingDefault: 'setting-default',
  settingOrigin: 'setting-origin',
  quietFrom: 'quiet-from',
  quietUntil: 'quiet-until',
  testNotification: 'test-notification',
  openData: 'open-data',
  openLogs: 'open-logs',
  said: 'said',
  firstRun: 'first-run',
  skipFirstRun: 'skip-first-run',
  finishFirstRun: 'finish-first-run',
  accountAdd: 'account-add',
  fieldUrl: 'field-url',
  fieldName: 'field-name',
  fieldEmail: 'field-email',
  fieldProjects: 'field-projects',
  collectKanban: 'collect-kanban',
  collectBacklog: 'collect-backlog',
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
  filterCard: 'filter-card',
  cardLink: 'card-link',
  loadMore: 'load-more',
  showArrived: 'show-arrived',
  sprintSelect: 'sprint-select',
  sprintHeader: 'sprint-header',
  boardColumn: 'board-column',
  cardRow: 'card-row',
  moreCards: 'more-cards',
  cardDetail: 'card-detail',
  cardDescription: 'card-description',
  cardRelative: 'card-relative',
  changeRow: 'change-row',
  moreChanges: 'more-changes',
  copyKey: 'copy-key',
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

/** The control of a setting. */
export const settingTestid = (name: string): string => `setting-${name}`;
