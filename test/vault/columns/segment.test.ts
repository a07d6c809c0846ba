import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/model/message';
import type { ColumnName } from '../../../src/vault/archive';
import { messagesOf } from '../../../src/vault/columns/messages';
import { columnNames, decodeColumns, encodeColumns } from '../../../src/vault/columns/segment';
import { joinTexts } from '../../../src/vault/columns/text';
import { pack, unpack } from '../../../src/vault/codec';
import { anyMessages, makeMessage, makeMessages } from '../make-messages';
import { nodeCodec } from '../make-vault';

const loneSurrogates = /\p{Surrogate}/gu;
const noSignature = () => new Uint8Array();

function throughColumns(messages: readonly Message[]): readonly Message[] {
  const encoded = encodeColumns(messages, noSignature);
  return messagesOf(decodeColumns(new Map(columnNames.map((name) => [name, encoded[name]]))));
}

/** What is promised: all is kept, but half a surrogate pair in a text, which UTF-8 cannot carry, becomes U+FFFD. */
const kept = (message: Message): Message => ({ ...message, text: message.text.replace(loneSurrogates, '\ufffd') });

/** Ids of people pass through UTF-8 as well; the vault makes them itself, so halves never occur there. */
const idsAreWellFormed = ({ sender }: Message): boolean => sender === null || !/\p{Surrogate}/u.test(sender);

describe('columns of a segment', () => {
  it('give back every message, hostile ones included', () => {
    fc.assert(
      fc.property(anyMessages, (messages) => {
        const valid = messages.filter(idsAreWellFormed);
        if (valid.length > 0) expect(throughColumns(valid)).toEqual(valid.map(kept));
      }),
      { numRuns: 500 },
    );
  });

  it('keep the length of every text, so that offsets of entities hold', () => {
    fc.assert(
      fc.property(anyMessages, (messages) => {
        const { joined, ends } = joinTexts(messages);
        expect(joined.length).toBe(ends.at(-1));
        expect(Array.from(ends, (end, at) => end - (ends[at - 1] ?? 0))).toEqual(messages.map(({ text }) => text.length));
      }),
    );
  });

  it('do not let halves of a pair meet across two texts', () => {
    const texts = ['a\ud83d', '\ude00b'];
    const messages = texts.map((text, at) => makeMessage(at, { text }));
    expect(throughColumns(messages).map(({ text }) => text)).toEqual(['a\ufffd', '\ufffdb']);
  });

  it('keep a byte order mark, NUL and astral letters', () => {
    const texts = ['\ufeffa', 'b\u0000c', '😀𠀀'];
    expect(throughColumns(texts.map((text, at) => makeMessage(at, { text }))).map(({ text }) => text)).toEqual(texts);
  });

  it('never change a prototype, whatever keys the source had', () => {
    const facts = JSON.parse('{"extra":{"__proto__":{"polluted":true}}}') as Message['facts'];
    const [message] = throughColumns([makeMessage(0, { facts })]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(JSON.stringify(message?.facts)).toBe('{"extra":{"__proto__":{"polluted":true}}}');
  });

  it('keep numeric ids apart from texts that only look like numbers', () => {
    for (const ids of [['1', '2', '2'], ['007', '8'], ['9007199254740993', '1'], ['1', null], ['-1', '0'], ['2251799813685248']]) {
      const messages = ids.map((sourceId, at) => makeMessage(at, { sourceId }));
      expect(throughColumns(messages).map(({ sourceId }) => sourceId)).toEqual(ids);
    }
  });

  it('refuse messages that are not in time order', () => {
    expect(() => encodeColumns([makeMessage(2), makeMessage(1)], noSignature)).toThrow(RangeError);
    expect(() => encodeColumns([makeMessage(1, { sentAtMs: Number.NaN })], noSignature)).toThrow(RangeError);
  });

  it('fit the budget: plain chat takes less than 1 byte a message beside its text', async () => {
    const codec = await nodeCodec();
    const encoded = encodeColumns(makeMessages(4096), noSignature);
    const besides = columnNames.filter((name) => name !== 'text').map((name) => pack(codec, encoded[name]).length);
    expect(besides.reduce((sum, size) => sum + size)).toBeLessThan(4096);
  });
});

describe('damaged columns', () => {
  const decodable: readonly ColumnName[] = ['times', 'people', 'text', 'rest'];

  it('give `damaged`, or columns that do not fit together, and nothing else, wherever they are cut or changed', async () => {
    const codec = await nodeCodec();
    const encoded = encodeColumns(makeMessages(30), noSignature);
    for (const name of decodable) {
      const packed = pack(codec, encoded[name]);
      for (let at = 0; at < packed.length; at += 1) {
        for (const bytes of [packed.subarray(0, at), packed.with(at, (packed[at] ?? 0) ^ 0x41)]) {
          try {
            decodeColumns(new Map([[name, unpack(codec, bytes)]]));
          } catch (error) {
            expect(error).toMatchObject({ code: 'damaged' });
          }
        }
      }
    }
  });
});
