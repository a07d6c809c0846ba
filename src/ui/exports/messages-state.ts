// One export of messages, seen from the screen. It outlives the dialog: the owner reads on meanwhile.

import { type Accessor, createSignal } from 'solid-js';
import type { CamphorError } from '../../model/error';
import {
  type EvidenceExport,
  extensionOf,
  type MessageExport,
  type MessageExportProgress,
  type MessageExportResult,
} from '../../model/export';
import { safeFileName } from '../primitives/file-name';
import { saveFile } from '../primitives/save-file';
import { errorOf } from '../primitives/toast-state';
import type { Route } from '../router';
import type { Ui } from '../ui';

export type MessagesPhase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: MessageExportProgress | null }
  /** `file`: where it lies inside of the browser, and is to be downloaded. */
  | {
      readonly kind: 'done';
      readonly format: (MessageExport | EvidenceExport)['format'];
      readonly result: MessageExportResult;
      readonly name: string;
      readonly file: File | null;
    }
  | { readonly kind: 'failed'; readonly error: CamphorError };

/** What was chosen outside of the form: which conversations, and what the file may be called after. */
export interface MessagesChoice {
  readonly conversations: MessageExport['conversations'];
  readonly found: MessageExport['found'];
  /** True where the owner chose each message: then days are not asked for. */
  readonly chosen?: boolean;
  /** True where the dialog begins with the evidence pack. */
  readonly isEvidence?: boolean;
  /** How many messages at most. */
  readonly messages: number;
  readonly name: string | null;
  /** What is to be known of it before. */
  readonly note?: string | undefined;
  /** Where the running export is shown again. */
  readonly route: Route;
}

export interface MessagesState {
  readonly phase: Accessor<MessagesPhase>;
  /** Asks where to, where the browser can, and writes. Needs a click. */
  start(request: MessageExport | EvidenceExport, choice: MessagesChoice): Promise<void>;
  cancel(): void;
  /** Hands what lies inside of the browser to the browser's downloads; again, if it is asked for again. */
  save(): void;
  /** Removes what lies inside of the browser, and puts away what is finished. */
  dismiss(): void;
}

const states = new WeakMap<Ui, MessagesState>();

/** The one of this window. */
export function messagesStateOf(ui: Ui): MessagesState {
  const state = states.get(ui) ?? createMessagesState(ui);
  states.set(ui, state);
  return state;
}

/** `Mum 2026-03-07.csv`, by the day in UTC; without a name, and where names are hidden or parts blacked out, `camphor 2026-03-07.csv`. */
export function messagesName(
  request: Pick<MessageExport, 'format' | 'media' | 'names' | 'conversations' | 'redaction'>,
  choice: Pick<MessagesChoice, 'name'>,
  nowMs: number,
): string {
  const stem = request.names === 'shown' && request.redaction === undefined ? (choice.name ?? '') : '';
  return `${stemOf(stem)} ${dayOf(nowMs)}.${extensionOf(request)}`;
}

const dayOf = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 10);
const stemOf = (name: string): string =>
  safeFileName(name, 'camphor')
    .slice(0, 80)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();

/** `Mum evidence 2026-03-07.zip` */
function evidenceName({ name }: Pick<MessagesChoice, 'name'>, nowMs: number): string {
  return `${stemOf(name ?? '')} evidence ${dayOf(nowMs)}.zip`;
}

/** How far it is; null where that is not known. */
export function messagesShare(progress: MessageExportProgress | null): number | null {
  return progress === null || progress.totalMessages === 0 ? null : Math.min(1, progress.doneMessages / progress.totalMessages);
}

function createMessagesState(ui: Ui): MessagesState {
  const { session, toasts } = ui;
  const [phase, setPhase] = createSignal<MessagesPhase>({ kind: 'idle' });
  // By then what lay inside of the browser is gone.
  session.onEvent(
    (event) => (event.kind === 'locked' || event.kind === 'forgotten') && phase().kind === 'done' && setPhase({ kind: 'idle' }),
  );
  // It may be named after a conversation that is hidden now.
  session.onEvent((event) => event.kind === 'concealed' && phase().kind === 'done' && dismiss());
  const run = async (
    request: MessageExport | EvidenceExport,
    { name, route }: { name: string; route: Route },
    target: FileSystemFileHandle | null,
  ): Promise<void> => {
    const show = (progress: MessageExportProgress | null): void => {
      setPhase({ kind: 'running', progress });
      ui.setBackground({ words: ui.t('messages.running'), share: messagesShare(progress), route });
    };
    show(null);
    try {
      const { file, ...result } = await session.exports.runMessages(
        request,
        target,
        (progress) => void (phase().kind === 'running' && show(progress)),
      );
      setPhase({ kind: 'done', format: request.format, result, name, file });
      if (file !== null) saveFile(file, name);
    } catch (cause) {
      const error = errorOf(cause);
      setPhase(error.code === 'cancelled' || error.code === 'locked' ? { kind: 'idle' } : { kind: 'failed', error });
    } finally {
      ui.setBackground(null);
    }
  };
  const dismiss = (): void => {
    const now = phase();
    setPhase({ kind: 'idle' });
    if (now.kind === 'done' && now.file !== null) session.exports.discard('messages').catch(toasts.fail);
  };
  return {
    phase,
    async start(request, choice) {
      const name = request.format === 'evidence' ? evidenceName(choice, Date.now()) : messagesName(request, choice, Date.now());
      try {
        const target = session.exports.hasFileChooser ? await session.exports.chooseFile(name) : null;
        if (session.exports.hasFileChooser && target === null) return;
        await run(request, { name: target?.name ?? name, route: choice.route }, target);
      } catch (cause) {
        toasts.fail(cause);
      }
    },
    cancel: () => session.exports.cancel(),
    save() {
      const now = phase();
      if (now.kind === 'done' && now.file !== null) saveFile(now.file, now.name);
    },
    dismiss,
  };
}
