// Calls of a worker's verbs, which also settle when the worker ends.

import { proxy, type Remote } from 'comlink';
import type { CamphorError } from '../model/error';
import type { StartVerbs } from '../model/verbs';

/** Makes a callback among a call's arguments callable from the worker, until the call settles; other arguments stay as they are. */
export type Lend = <Argument>(argument: Argument) => Argument;

/** A worker in use: its verbs are called through `call`, which also settles when the worker ends. */
export interface ConfinedWorker<Verbs extends StartVerbs> {
  /**
   * Rejects with what the worker threw, as CamphorError, or with the reason of `end`. A callback has a port of its own, on
   * which a report may come after the answer: one that was lent is not called by then.
   */
  call<Result>(ask: (verbs: Remote<Verbs>, lend: Lend) => Promise<Result>): Promise<Result>;
  /** Terminates at once; calls under way reject with `reason`. */
  end(reason: CamphorError): void;
}

function lent<Argument>(argument: Argument, isAsked: () => boolean): Argument {
  if (typeof argument !== 'function') return argument;
  return proxy((...values: unknown[]): unknown => (isAsked() ? argument(...values) : undefined)) as unknown as Argument;
}

/** Calls of a worker's verbs. */
export function callsOf<Verbs extends StartVerbs>(worker: Pick<Worker, 'terminate'>, verbs: Remote<Verbs>): ConfinedWorker<Verbs> {
  const pending = new Set<(reason: CamphorError) => void>();
  let ended: CamphorError | null = null;
  return {
    call: (ask) =>
      new Promise((resolve, reject) => {
        if (ended !== null) return reject(ended);
        pending.add(reject);
        ask(verbs, (argument) => lent(argument, () => pending.has(reject)))
          .finally(() => pending.delete(reject))
          .then(resolve, reject);
      }),
    end: (reason) => {
      ended ??= reason;
      worker.terminate();
      for (const reject of pending) reject(ended);
      pending.clear();
    },
  };
}
