// From key presses to commands.

import { onCleanup } from 'solid-js';
import { type Command, commands } from './commands';
import type { Ui } from './ui';

/** The name of the setting that turns single-character shortcuts off (WCAG 2.1.4). */
export const singleKeysSetting = 'single-key-shortcuts';

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** True where the event is exactly the key combination, such as `Mod+Shift+F3`. */
export function matchesKeys(
  keys: string,
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  mac: boolean,
): boolean {
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  const isSymbol = key.length === 1 && !/[A-Za-z]/.test(key);
  const mod = parts.includes('Mod');
  if (event.altKey !== parts.includes('Alt')) return false;
  if ((mac ? event.metaKey : event.ctrlKey) !== mod || (mac ? event.ctrlKey : event.metaKey)) return false;
  if (!isSymbol && event.shiftKey !== parts.includes('Shift')) return false;
  return (
    event.key.toLowerCase() === key.toLowerCase() || (key.length === 1 && event.code === `Key${key.toUpperCase()}` && parts.length > 0)
  );
}

/** How a combination is written on this keyboard. */
export function showKeys(keys: string, mac = isMac): string {
  const names: Readonly<Record<string, string>> = mac
    ? { Mod: '⌘', Alt: '⌥', Shift: '⇧', ArrowUp: '↑', ArrowDown: '↓' }
    : { Mod: 'Ctrl', ArrowUp: '↑', ArrowDown: '↓' };
  return keys
    .split('+')
    .map((part) => names[part] ?? part)
    .join(mac ? '' : '+');
}

/** Runs commands by their keys for as long as the owner lives. */
export function followKeyboard(ui: Ui): void {
  const press = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Escape') return closeInnermost(ui, event);
    const command = commands.find((one) => one.keys.some((keys) => matchesKeys(keys, event, isMac) && mayRun(keys, one, ui)));
    if (command === undefined || leavesToBrowser(command)) return;
    event.preventDefault();
    command.run(ui);
  };
  document.addEventListener('keydown', press);
  onCleanup(() => document.removeEventListener('keydown', press));
}

function mayRun(keys: string, command: Command, ui: Ui): boolean {
  if (command.when?.(ui) === false) return false;
  if (ui.dialog() !== null || document.querySelector('dialog[open]') !== null) return false;
  if (keys.length > 1) return true;
  return !isTyping(document.activeElement) && ui.settings()[singleKeysSetting] !== 'off';
}

/** A second Ctrl+F in our own search field is the browser's. */
function leavesToBrowser(command: Command): boolean {
  return command.id === 'find' && document.activeElement?.matches('[data-search-field]') === true;
}

function isTyping(element: Element | null): boolean {
  return element !== null && element.matches('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]');
}

function closeInnermost(ui: Ui, event: KeyboardEvent): void {
  if (document.querySelector('dialog[open], :popover-open') !== null) return;
  if (ui.panel() === null) return;
  event.preventDefault();
  ui.setPanel(null);
  if (ui.route().screen === 'search') history.back();
}
