// Files that the owner opens with the app from the system's file manager: as if they were dropped, once the vault is open.

import { createEffect, createRoot, createSignal } from 'solid-js';
import type { DroppedFile } from '../../model/verbs';
import type { Ui } from '../ui';

interface LaunchQueue {
  setConsumer(take: (launch: { readonly files: readonly FileSystemFileHandle[] }) => void): void;
}

async function filesOf(handles: readonly FileSystemFileHandle[]): Promise<readonly DroppedFile[]> {
  return Promise.all(handles.map(async (handle) => ({ path: handle.name, file: await handle.getFile() })));
}

/** Follows launches for as long as the page lives; those that came before wait in the browser's queue. */
export function followLaunches({ conversations, status, imports }: Ui): void {
  const [waiting, setWaiting] = createSignal<readonly FileSystemFileHandle[]>([]);
  const { launchQueue } = window as unknown as { readonly launchQueue: LaunchQueue };
  launchQueue.setConsumer(({ files }) => void (files.length > 0 && setWaiting(files)));
  createRoot(() =>
    createEffect(() => {
      const files = waiting();
      if (files.length === 0 || conversations() === undefined || status()?.state === 'locked') return;
      setWaiting([]);
      void imports.begin(filesOf(files));
    }),
  );
}
