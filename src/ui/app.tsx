// The public entry of the interface.

import { type Accessor, type JSX, Show, createMemo, createSignal, onCleanup } from 'solid-js';
import { render } from 'solid-js/web';
import type { Session } from '../session/session';
import { Shell } from './shell/shell';
import { type LoadedStrings, loadStrings, resolveLanguage } from './strings/strings';
import './theme.css';
import { UiContext, createUi } from './ui';

/** Draws the app into `root` and lets it live there. Everything else is reached through `session`. */
export function mountApp(root: HTMLElement, session: Session): () => void {
  return render(() => <App session={session} />, root);
}

function App(props: { readonly session: Session }): JSX.Element {
  const [preferences, setPreferences] = createSignal(props.session.preferences);
  onCleanup(props.session.onEvent((event) => event.kind === 'preferences-changed' && setPreferences(event.preferences)));
  const language = createMemo(() => resolveLanguage(preferences().language, navigator.languages));
  const strings = loadStrings(language);
  return <Show when={strings()}>{(loaded) => <Ready session={props.session} strings={loaded} />}</Show>;
}

function Ready(props: { readonly session: Session; readonly strings: Accessor<LoadedStrings> }): JSX.Element {
  const ui = createUi(props.session, props.strings);
  return (
    <UiContext.Provider value={ui}>
      <Shell />
    </UiContext.Provider>
  );
}
