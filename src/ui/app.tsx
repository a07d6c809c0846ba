// The public entry of the interface.

import { type Accessor, type JSX, Show, createSignal, onCleanup } from 'solid-js';
import { render } from 'solid-js/web';
import type { Preferences, Session } from '../session/session';
import { Shell, fetchFirstRun } from './shell/shell';
import { type LoadWords, type Section, createLanguage, createStrings, loadWords } from './strings/strings';
import './theme.css';
import { type Ui, UiContext, createUi } from './ui';

/** Draws the app into `root` and lets it live there, until what is returned is called. All else is reached through `session`. */
export function mountApp(root: HTMLElement, session: Session, load: LoadWords = loadWords): () => void {
  return render(() => drawApp(session, load), root);
}

function drawApp(session: Session, load: LoadWords): JSX.Element {
  const preferences = followPreferences(session);
  const [sections, setSections] = createSignal<readonly Section[]>([]);
  const strings = createStrings(createLanguage(preferences), sections, load);
  if (session.preferences.seenVersion === '') fetchFirstRun();
  const addSection = (section: Section): void => void setSections((had) => (had.includes(section) ? had : [...had, section]));
  return <Show when={strings()}>{(loaded) => withUi(createUi(session, preferences, loaded, addSection))}</Show>;
}

function withUi(ui: Ui): JSX.Element {
  return (
    <UiContext.Provider value={ui}>
      <Shell />
    </UiContext.Provider>
  );
}

function followPreferences(session: Session): Accessor<Preferences> {
  const [preferences, setPreferences] = createSignal(session.preferences);
  onCleanup(session.onEvent((event) => event.kind === 'preferences-changed' && setPreferences(event.preferences)));
  return preferences;
}
