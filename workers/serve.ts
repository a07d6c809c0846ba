// Puts a table of verbs behind the worker's port. Errors leave as PackedError: code, facts and places, never a message.

import { expose, transferHandlers } from 'comlink';
import { packError } from '../src/model/packed-error';

interface Thrown {
  readonly value: unknown;
}

const thrown = transferHandlers.get('throw');
if (thrown === undefined) throw new Error('comlink has no handler for what is thrown');

transferHandlers.set('throw', {
  canHandle: (value): value is Thrown => thrown.canHandle(value),
  serialize: ({ value }: Thrown) => [packError(value), []],
  deserialize: (packed) => {
    throw packed;
  },
});

/** Answers calls for each verb of the table. */
export function serve(verbs: object): void {
  expose(verbs);
}
