// The only script of the harness page: the session as the app makes it, for tests to call.
import { createSession } from '../../src/session/create-session';
import type { Session } from '../../src/session/session';

declare global {
  interface Window {
    session: Session;
  }
}

window.session = createSession();
document.title = 'harness';
