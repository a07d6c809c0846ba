// Everything that can be asked of the app by key, menu or palette, as data. The list of shortcuts is made from it.

import type { VaultState } from '../model/view';
import type { IconName } from './icons/paths';
import { backupRoute } from './router';
import type { StringKey } from './strings/strings';
import type { Ui } from './ui';

export interface Command {
  readonly id: string;
  readonly title: StringKey;
  readonly icon?: IconName;
  /** Such as `Mod+K`, `Alt+ArrowUp`, `?`; Mod is ⌘ on a Mac, else Ctrl. The first is shown. */
  readonly keys: readonly string[];
  /** True for those in the menu of the top bar. */
  readonly inMenu?: boolean;
  readonly when?: (ui: Ui) => boolean;
  readonly run: (ui: Ui) => void;
}

const openStates: readonly (VaultState | undefined)[] = ['open', 'empty', 'newer'];
const isOpen = (ui: Ui): boolean => openStates.includes(ui.status()?.state);
const hasCurrent = (ui: Ui): boolean => isOpen(ui) && ui.current() !== undefined;
const hasHits = (ui: Ui): boolean => isOpen(ui) && ui.search.hits().length > 0;

export const commands: readonly Command[] = [
  { id: 'palette', title: 'command.palette', icon: 'forward', keys: ['Mod+K'], when: isOpen, run: (ui) => ui.setDialog('palette') },
  { id: 'search', title: 'command.search', icon: 'search', keys: ['/'], when: isOpen, run: (ui) => openSearch(ui, false) },
  { id: 'find', title: 'command.find', icon: 'search', keys: ['Mod+F'], when: hasCurrent, run: (ui) => openSearch(ui, true) },
  { id: 'next-hit', title: 'command.nextHit', icon: 'down', keys: ['F3'], when: hasHits, run: (ui) => ui.search.step(1) },
  { id: 'former-hit', title: 'command.formerHit', icon: 'up', keys: ['Shift+F3'], when: hasHits, run: (ui) => ui.search.step(-1) },
  {
    id: 'next-conversation',
    title: 'command.nextConversation',
    icon: 'down',
    keys: ['Alt+ArrowDown'],
    when: isOpen,
    run: (ui) => stepConversation(ui, 1),
  },
  {
    id: 'former-conversation',
    title: 'command.formerConversation',
    icon: 'up',
    keys: ['Alt+ArrowUp'],
    when: isOpen,
    run: (ui) => stepConversation(ui, -1),
  },
  { id: 'date', title: 'command.date', icon: 'calendar', keys: ['Alt+D'], when: hasCurrent, run: (ui) => ui.setDialog('calendar') },
  {
    id: 'details',
    title: 'command.details',
    icon: 'info',
    keys: [],
    when: hasCurrent,
    run: (ui) => ui.setPanel(ui.panel() === 'details' ? null : 'details'),
  },
  {
    id: 'import',
    title: 'command.import',
    icon: 'import',
    keys: ['Alt+I'],
    inMenu: true,
    when: isOpen,
    run: (ui) => ui.go({ screen: 'import' }),
  },
  {
    id: 'backup',
    title: 'command.backup',
    icon: 'shield',
    keys: ['Alt+B'],
    inMenu: true,
    when: isOpen,
    run: (ui) => ui.go(backupRoute('home')),
  },
  {
    id: 'receipts',
    title: 'command.receipts',
    icon: 'receipt',
    keys: [],
    inMenu: true,
    when: isOpen,
    run: (ui) => ui.go({ screen: 'receipts', id: null }),
  },
  {
    id: 'statistics',
    title: 'command.statistics',
    icon: 'poll',
    keys: [],
    inMenu: true,
    when: isOpen,
    run: (ui) => ui.go({ screen: 'statistics', id: null }),
  },
  {
    id: 'kept',
    title: 'command.kept',
    icon: 'bookmark',
    keys: [],
    inMenu: true,
    when: isOpen,
    run: (ui) => ui.go({ screen: 'kept', id: null }),
  },
  {
    id: 'people',
    title: 'command.people',
    icon: 'group',
    keys: [],
    inMenu: true,
    when: isOpen,
    run: (ui) => ui.go({ screen: 'people' }),
  },
  {
    id: 'memories',
    title: 'command.memories',
    icon: 'calendar',
    keys: [],
    inMenu: true,
    when: isOpen,
    run: (ui) => ui.go({ screen: 'memories' }),
  },
  {
    id: 'settings',
    title: 'command.settings',
    icon: 'settings',
    keys: ['Mod+,'],
    inMenu: true,
    when: isOpen,
    run: (ui) => ui.go({ screen: 'settings' }),
  },
  { id: 'shortcuts', title: 'command.shortcuts', icon: 'info', keys: ['?'], inMenu: true, run: (ui) => ui.setDialog('shortcuts') },
  {
    id: 'lock',
    title: 'command.lock',
    icon: 'lock',
    keys: ['Alt+L'],
    inMenu: true,
    when: (ui) => isOpen(ui) && ui.status()?.hasPassphrase === true,
    run: (ui) => ui.session.lock(),
  },
];

/** Conversations in the order of the list, which is that of the vault: pinned ones first, then by their last message. */
export function listedConversations(ui: Pick<Ui, 'conversations'>): NonNullable<ReturnType<Ui['conversations']>> {
  return ui.conversations() ?? [];
}

/** Opens the search, in the current conversation only where `here`. */
export function openSearch(ui: Ui, here: boolean): void {
  const scope = here ? (ui.current()?.id ?? null) : null;
  if (ui.search.scope() !== scope) ui.search.setScope(scope);
  ui.setPanel('search');
  if (!ui.wide()) ui.go({ screen: 'search' });
  queueMicrotask(() => document.querySelector<HTMLInputElement>('[data-search-field]')?.select());
}

function stepConversation(ui: Ui, by: 1 | -1): void {
  const listed = listedConversations(ui);
  const at = listed.findIndex(({ id }) => id === ui.current()?.id);
  const next = listed[at < 0 ? 0 : Math.min(listed.length - 1, Math.max(0, at + by))];
  if (next !== undefined) ui.go({ screen: 'conversation', id: next.id, seq: null });
}
