// Puts a table of verbs behind the worker's port. Errors leave as PackedError: code, facts and places, never a message.

import { expose, transferHandlers } from 'comlink';
import { type PackedError, packError, unpackError } from '../src/model/packed-error';

interface Thrown {
  readonly value: unknown;
}

const thrown = transferHandlers.get('throw');
if (thrown === undefined) throw new Error('comlink has no handler for what is thrown');

transferHandlers.set('throw', {
  canHandle: (value): value is Thrown => thrown.canHandle(value),
  serialize: ({ value }: Thrown) => [packError(value), []],
  deserialize: (packed: PackedError) => {
    throw unpackError(packed);
  },
});

/** Answers calls for each verb of the table: from the session, or from whoever has the other end of `port`. */
export function serve(verbs: object, port?: MessagePort): void {
  expose(verbs, port);
}
