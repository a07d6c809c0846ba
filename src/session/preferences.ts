// Choices that are needed before the vault is open. In the clear in this browser's localStorage: language, look, idle time, and the version whose news were seen.

import { languages } from '../model/language';
import type { Preferences } from './session';

const storageKey = 'camphor-preferences';
const defaults: Preferences = { language: 'system', theme: 'system', textSize: 'usual', density: 'roomy', idleLockMin: 5, seenVersion: '' };

type Choices = Omit<Preferences, 'idleLockMin' | 'seenVersion'>;
const choices: { readonly [Name in keyof Choices]: readonly Choices[Name][] } = {
  language: ['system', ...languages],
  theme: ['system', 'light', 'dark'],
  textSize: ['small', 'usual', 'large', 'largest'],
  density: ['roomy', 'compact'],
};

/** The stored choices; what is missing or not understood is the default. */
export function readPreferences(storage: Pick<Storage, 'getItem'>): Preferences {
  const stored = parse(storage.getItem(storageKey));
  const minutes = stored['idleLockMin'];
  const chosen = <Name extends keyof Choices>(name: Name): Choices[Name] =>
    choices[name].find((value) => value === stored[name]) ?? (defaults as Choices)[name];
  return {
    language: chosen('language'),
    theme: chosen('theme'),
    textSize: chosen('textSize'),
    density: chosen('density'),
    idleLockMin: typeof minutes === 'number' && minutes >= 0 && minutes <= 1440 ? minutes : defaults.idleLockMin,
    seenVersion: typeof stored['seenVersion'] === 'string' ? stored['seenVersion'] : '',
  };
}

export function writePreferences(storage: Pick<Storage, 'setItem'>, preferences: Preferences): void {
  storage.setItem(storageKey, JSON.stringify(preferences));
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
