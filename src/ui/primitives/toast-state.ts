// Short notices: said once, then gone; errors stay until they are closed.

import { type Accessor, createSignal } from 'solid-js';
import { CamphorError, type ErrorCode } from '../../model/error';
import type { StringKey, Values } from '../strings/strings';

export interface Toast {
  readonly id: number;
  readonly kind: 'notice' | 'error';
  readonly text: StringKey;
  readonly values: Values;
  /** What can be done about it, for as long as it is shown. */
  readonly action: ToastAction | null;
  /** What a report may say: a code and numbers, never content. */
  readonly error: { readonly code: ErrorCode; readonly facts: Readonly<Record<string, string | number>> } | null;
}

export interface ToastAction {
  readonly label: StringKey;
  readonly run: () => void;
}

export interface Toasts {
  readonly shown: Accessor<readonly Toast[]>;
  notice(text: StringKey, values?: Values, action?: ToastAction): void;
  /** Shows why an operation could not go on. A cancelled one is no news. */
  fail(cause: unknown): void;
  close(id: number): void;
  clear(): void;
}

const noticeMs = 6000;
const toastLimit = 4;

/** The code of whatever was thrown; foreign errors are `unexpected`. */
export function errorOf(cause: unknown): CamphorError {
  return cause instanceof CamphorError ? cause : new CamphorError('unexpected', {}, cause);
}

export function createToasts(): Toasts {
  const [shown, setShown] = createSignal<readonly Toast[]>([]);
  let last = 0;
  const close = (id: number): void => void setShown((all) => all.filter((toast) => toast.id !== id));
  const show = (toast: Omit<Toast, 'id'>): number => {
    last += 1;
    const id = last;
    setShown((all) => [...all.filter(({ text }) => text !== toast.text), { ...toast, id }].slice(-toastLimit));
    return id;
  };
  return {
    shown,
    close,
    notice(text, values = {}, action) {
      const id = show({ kind: 'notice', text, values, action: action ?? null, error: null });
      setTimeout(() => close(id), noticeMs);
    },
    fail(cause) {
      const error = errorOf(cause);
      if (error.code === 'cancelled' || error.code === 'locked') return;
      show({
        kind: 'error',
        text: `error.${error.code}`,
        values: error.facts,
        action: null,
        error: { code: error.code, facts: error.facts },
      });
    },
    clear: () => void setShown([]),
  };
}
