import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openAge, type RandomAccess } from '../../src/crypto/age';
import { CamphorError, type ErrorCode } from '../../src/model/error';
import { type AgeVector, readVectors } from './age-vectors';

const vectors = readVectors();

/** What each kind of failure is to us. Too great a work factor, and another version, are told apart from damage. */
const codes: Readonly<Record<string, readonly ErrorCode[]>> = {
  'no match': ['wrong-secret'],
  'HMAC failure': ['damaged'],
  'header failure': ['damaged', 'secret-costs-too-much', 'unsupported-version'],
  'payload failure': ['damaged'],
  'armor failure': ['damaged'],
};

function accessTo(bytes: Uint8Array): RandomAccess {
  return { sizeBytes: bytes.length, read: async (from, to) => bytes.subarray(from, to) };
}

type ReadAll = (content: RandomAccess, give: (piece: Uint8Array) => void) => Promise<void>;

const whole: ReadAll = async (content, give) => give(await content.read(0, content.sizeBytes));

/** In order, in steps that fall on no boundary; a few calls a piece, so that large vectors take no minute. */
const streamed: ReadAll = async (content, give) => {
  for (let at = 0; at < content.sizeBytes; at += 40_009) give(await content.read(at, Math.min(at + 40_009, content.sizeBytes)));
};

/** From the end to the beginning; put together again. */
const backwards: ReadAll = async (content, give) => {
  const pieces: Uint8Array[] = [];
  for (let end = content.sizeBytes; end > 0; end -= 70_001) pieces.unshift(await content.read(Math.max(0, end - 70_001), end));
  for (const piece of pieces) give(piece);
};

/** The code of the first failure, or null, over all that may open it: one that does is enough. */
async function decrypt({ file, keys }: AgeVector, readAll: ReadAll): Promise<{ code: ErrorCode | null; sha256: string; bytes: number }> {
  let last: ErrorCode | null = null;
  for (const key of keys) {
    const hash = createHash('sha256');
    let bytes = 0;
    const give = (piece: Uint8Array): void => {
      bytes += piece.length;
      hash.update(piece);
    };
    try {
      await readAll(await openAge(accessTo(file), key), give);
      return { code: null, sha256: hash.digest('hex'), bytes };
    } catch (error) {
      if (!(error instanceof CamphorError)) throw error;
      if (error.code !== 'wrong-secret' || keys.at(-1) === key) return { code: error.code, sha256: hash.digest('hex'), bytes };
      last = error.code;
    }
  }
  return { code: last, sha256: '', bytes: 0 };
}

describe('vectors of CCTV', () => {
  test('are all there', () => {
    expect(vectors.length).toBeGreaterThan(100);
    expect(new Set(vectors.map((vector) => vector.expect))).toEqual(new Set(['success', ...Object.keys(codes)]));
  });

  for (const [way, readAll] of Object.entries({ whole, streamed, backwards })) {
    test(`read ${way}: each opens to its content, or fails as it should`, async () => {
      const wrong: string[] = [];
      for (const vector of vectors) {
        const { code, sha256, bytes } = await decrypt(vector, readAll);
        const isExpected = vector.expect === 'success' ? code === null : code !== null && (codes[vector.expect] ?? []).includes(code);
        const isContent = vector.expect !== 'success' || sha256 === vector.payloadSha256;
        if (!isExpected || !isContent) wrong.push(`${vector.name}: ${vector.expect}, found ${code ?? 'success'}, ${bytes} bytes`);
      }
      expect(wrong).toEqual([]);
    }, 300_000);
  }
});
