// What a person does on the backup screens, for the tests.

import { type Mounted, mount, named, until } from '../mounted';
import { type BackupScenario, backupScenarios } from './scenarios';

export interface Hand {
  readonly app: Mounted;
  readonly text: () => string;
  readonly see: (words: string | RegExp) => Promise<unknown>;
  readonly click: (words: string | RegExp) => Promise<void>;
  /** Types into the field whose label or name this is. */
  readonly type: (name: string, value: string) => Promise<void>;
  /** Arguments of each call of a verb, in order. */
  readonly calls: (verb: string) => readonly (readonly unknown[])[];
}

export async function open(hash: string, scenario: BackupScenario, more: Parameters<typeof mount>[1] = {}): Promise<Hand> {
  // Fetched before the clock of `until` runs: a cold page takes its time.
  await Promise.all([import('../../../src/ui/backups/backup-screen'), import('../../../src/ui/import/import-screen')]);
  const app = await mount(hash, { ...more, backup: { ...backupScenarios[scenario], ...more.backup } });
  const text = (): string => app.root.textContent ?? '';
  const button = (words: string | RegExp): HTMLElement | undefined =>
    [...app.root.querySelectorAll<HTMLElement>('main button, main a, dialog button')].find((one) => {
      const name = one.getAttribute('aria-label') ?? one.textContent ?? '';
      return typeof words === 'string' ? name.includes(words) : words.test(name);
    }) ?? named(app.root, words);
  return {
    app,
    text,
    see: (words) => until(String(words), () => (typeof words === 'string' ? text().includes(words) : words.test(text()))),
    async click(words) {
      (
        await until(`“${String(words)}” to click`, () => {
          const found = button(words);
          return found instanceof HTMLButtonElement && found.disabled ? undefined : found;
        })
      ).click();
    },
    async type(name, value) {
      const field = await until(`the field ${name}`, () =>
        app.root.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${name}"], main textarea, main [data-place="${name}"]`),
      );
      field.value = value;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    },
    calls: (verb) => app.session.calls.filter((call) => call.name === verb).map(({ args }) => args),
  };
}
