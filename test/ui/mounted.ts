// Mounts the app over a fake session in the page of a browser test.

import { mountApp } from '../../src/ui/app';
import type { LoadWords } from '../../src/ui/strings/strings';
import { type FakeOptions, type FakeSession, createFakeSession } from './fake-session';

export interface Mounted {
  readonly root: HTMLElement;
  readonly session: FakeSession;
  unmount(): void;
}

/** Waits until `find` gives something; throws after five seconds saying what was awaited. */
export async function until<Value>(what: string, find: () => Value | null | undefined | false): Promise<Value> {
  for (let turn = 0; turn < 250; turn++) {
    const found = find();
    if (found !== null && found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Two frames, so that what was asked for has been laid out. */
export function settle(ms = 60): Promise<void> {
  return new Promise((resolve) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve())), ms));
}

/** `load`: other words than those of the app. */
export async function mount(hash: string, options: FakeOptions = {}, load?: LoadWords): Promise<Mounted> {
  history.replaceState(null, '', hash);
  const root = document.createElement('div');
  document.body.append(root);
  const session = createFakeSession({ ...options, preferences: { language: 'en', theme: 'light', ...options.preferences } });
  const dispose = mountApp(root, session, load);
  await until('something to be drawn', () => root.querySelector('main, nav, aside, search'));
  return {
    root,
    session,
    unmount() {
      dispose();
      root.remove();
    },
  };
}

/** The button or link whose name holds these words. */
export function named(root: ParentNode, words: string | RegExp): HTMLElement | undefined {
  const matches = (text: string | null): boolean => text !== null && (typeof words === 'string' ? text.includes(words) : words.test(text));
  return [...root.querySelectorAll<HTMLElement>('button, a, [role=menuitem], input')].find((element) =>
    matches(element.getAttribute('aria-label') ?? element.textContent),
  );
}
