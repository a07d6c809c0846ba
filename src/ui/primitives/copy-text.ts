import type { Toasts } from './toast-state';

/** Puts a text on the clipboard, and says whether the browser let it. Needs a click. */
export function copyText(text: string, toasts: Pick<Toasts, 'notice'>): void {
  navigator.clipboard
    .writeText(text)
    .then(() => toasts.notice('action.copied'))
    .catch(() => toasts.notice('action.notCopied'));
}
