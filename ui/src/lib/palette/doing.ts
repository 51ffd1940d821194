import type { Session } from '../data/session.svelte';
import type { Doing } from './commands';

/** Does what a command says. What comes of it is shown where it is shown otherwise. */
export function doIt(session: Session, doing: Doing): void {
  switch (doing.kind) {
    case 'go':
      session.router.go(doing.hash);
      break;
    case 'sync':
      void session.sync.start(session.profile, doing.what);
      break;
    case 'stop':
      void session.sync.stop();
      break;
    case 'pause':
      void session.pausing.pause(doing.choice);
      break;
    case 'resume':
      void session.pausing.resume();
      break;
    case 'theme':
      void session.preferences.change('theme', doing.theme);
      break;
    case 'keys':
      session.overlay.show('keys');
  }
}
