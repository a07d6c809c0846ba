// Choices that are needed before the vault is open. In the clear in this browser's localStorage: language, look, idle time.

import type { Preferences } from './session';

const storageKey = 'camphor-preferences';
const defaults: Preferences = { language: 'system', theme: 'system', idleLockMin: 5 };
const languages: readonly unknown[] = ['system', 'en', 'zh-CN'] satisfies Preferences['language'][];
const themes: readonly unknown[] = ['system', 'light', 'dark'] satisfies Preferences['theme'][];

/** The stored choices; what is missing or not understood is the default. */
export function readPreferences(storage: Pick<Storage, 'getItem'>): Preferences {
  const stored = parse(storage.getItem(storageKey));
  const minutes = stored['idleLockMin'];
  return {
    language: languages.includes(stored['language']) ? (stored['language'] as Preferences['language']) : defaults.language,
    theme: themes.includes(stored['theme']) ? (stored['theme'] as Preferences['theme']) : defaults.theme,
    idleLockMin: typeof minutes === 'number' && minutes >= 0 && minutes <= 1440 ? minutes : defaults.idleLockMin,
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
