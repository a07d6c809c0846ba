// One export, seen from the screen. It outlives the settings screen: the owner reads on meanwhile.

import { type Accessor, createSignal } from 'solid-js';
import type { CamphorError } from '../../model/error';
import type { ExportLock, ExportResult } from '../../model/export';
import type { Progress } from '../../model/progress';
import { saveFile } from '../primitives/save-file';
import { errorOf } from '../primitives/toast-state';
import type { Ui } from '../ui';

export type ExportPhase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: Progress | null }
  /** `file`: where it lies inside of the browser, and is to be downloaded. */
  | {
      readonly kind: 'done';
      readonly lock: ExportLock['kind'];
      readonly result: ExportResult;
      readonly name: string;
      readonly file: File | null;
    }
  | { readonly kind: 'failed'; readonly error: CamphorError };

export interface ExportState {
  readonly phase: Accessor<ExportPhase>;
  /** Asks where to, where the browser can, and writes. Needs a click. */
  start(lock: ExportLock): Promise<void>;
  cancel(): void;
  /** Hands what lies inside of the browser to the browser's downloads; again, if it is asked for again. */
  save(): void;
  /** Removes what lies inside of the browser, and puts away what is finished. */
  dismiss(): void;
}

const states = new WeakMap<Ui, ExportState>();

/** The one of this window. */
export function exportStateOf(ui: Ui): ExportState {
  const state = states.get(ui) ?? createExportState(ui);
  states.set(ui, state);
  return state;
}

/** `camphor-2026-03-07.age`, by the day in UTC. */
export function exportName(nowMs: number): string {
  return `camphor-${new Date(nowMs).toISOString().slice(0, 10)}.age`;
}

function createExportState({ session, toasts }: Ui): ExportState {
  const [phase, setPhase] = createSignal<ExportPhase>({ kind: 'idle' });
  const run = async (lock: ExportLock, target: FileSystemFileHandle | null): Promise<void> => {
    const name = target?.name ?? exportName(Date.now());
    setPhase({ kind: 'running', progress: null });
    const report = (progress: Progress): void => void (phase().kind === 'running' && setPhase({ kind: 'running', progress }));
    try {
      const { file, ...result } = await session.exports.run(lock, target, report);
      setPhase({ kind: 'done', lock: lock.kind, result, name, file });
      if (file !== null) saveFile(file, name);
    } catch (cause) {
      const error = errorOf(cause);
      setPhase(error.code === 'cancelled' || error.code === 'locked' ? { kind: 'idle' } : { kind: 'failed', error });
    }
  };
  return {
    phase,
    async start(lock) {
      try {
        const target = session.exports.hasFileChooser ? await session.exports.chooseFile(exportName(Date.now())) : null;
        if (session.exports.hasFileChooser && target === null) return;
        await run(lock, target);
      } catch (cause) {
        toasts.fail(cause);
      }
    },
    cancel: () => session.exports.cancel(),
    save() {
      const now = phase();
      if (now.kind === 'done' && now.file !== null) saveFile(now.file, now.name);
    },
    dismiss() {
      const now = phase();
      setPhase({ kind: 'idle' });
      if (now.kind === 'done' && now.file !== null) session.exports.discard('archive').catch(toasts.fail);
    },
  };
}
