import { Encrypter } from 'age-encryption';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageWorkFactor, generateAgeIdentity, openAge, type RandomAccess, readAgeKey, sealAge, whatOpensAge } from '../../src/crypto/age';
import { isAge } from '../../src/crypto/age-magic';
import { CamphorError } from '../../src/model/error';

/** Cheap: what is tested here is not how long a guess takes. */
const logN = 4;
const lock = { kind: 'passphrase', text: 'correct horse battery', logN } as const;
const right = { kind: 'passphrase', text: 'correct horse battery' } as const;

function accessTo(bytes: Uint8Array): RandomAccess & { readonly reads: number } {
  let reads = 0;
  return {
    sizeBytes: bytes.length,
    read: async (from, to) => {
      reads += to - from;
      return bytes.subarray(from, to);
    },
    get reads() {
      return reads;
    },
  };
}

function patterned(sizeBytes: number): Uint8Array {
  return Uint8Array.from({ length: sizeBytes }, (_, at) => (at * 31 + (at >> 16)) & 0xff);
}

function streamOf(bytes: Uint8Array, chunkBytes = 50_000): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += chunkBytes) controller.enqueue(bytes.subarray(at, at + chunkBytes));
      controller.close();
    },
  });
}

async function seal(plain: Uint8Array, how: Parameters<typeof sealAge>[1] = lock): Promise<Uint8Array> {
  const { stream, sizeOf } = await sealAge(streamOf(plain), how);
  const sealed = new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
  expect(sealed.length).toBe(sizeOf(plain.length));
  return sealed;
}

async function codeOf(run: Promise<unknown>): Promise<string> {
  const error = await run.then(
    () => 'nothing thrown',
    (thrown: unknown) => thrown,
  );
  return error instanceof CamphorError ? error.code : String(error);
}

/** An age file with these header lines, a MAC that is none, and no payload to speak of. */
const forged = (lines: string): Uint8Array =>
  new TextEncoder().encode(`age-encryption.org/v1\n${lines}--- ${'A'.repeat(43)}\n${'.'.repeat(64)}`);

describe('sealed and opened again', () => {
  test('every size around the pieces, by any ranges', async () => {
    const sizes = [0, 1, 65_535, 65_536, 65_537, 131_072, 131_073, 20 * 65_536];
    for (const sizeBytes of sizes) {
      const plain = patterned(sizeBytes);
      const content = await openAge(accessTo(await seal(plain)), right);
      expect(content.sizeBytes).toBe(sizeBytes);
      const range = fc.tuple(fc.integer({ min: -5, max: sizeBytes + 5 }), fc.integer({ min: -5, max: sizeBytes + 5 }));
      await fc.assert(
        fc.asyncProperty(fc.array(range, { maxLength: 5 }), async (ranges) => {
          for (const [from, to] of ranges) {
            const wanted = plain.subarray(Math.max(0, from), Math.max(0, to));
            expect(Buffer.from(await content.read(from, to)).equals(wanted)).toBe(true);
          }
        }),
        { numRuns: 10 },
      );
    }
  });

  test('what is given is the reader’s own: writing into it changes nothing', async () => {
    const content = await openAge(accessTo(await seal(patterned(1000))), right);
    (await content.read(0, 1000)).fill(0);
    expect(await content.read(0, 1000)).toEqual(patterned(1000));
  });

  test('little is read for little, and once for steps through it', async () => {
    const file = accessTo(await seal(patterned(5_000_000)));
    const content = await openAge(file, right);
    const before = file.reads;
    await content.read(2_000_000, 2_000_010);
    expect(file.reads - before).toBeLessThanOrEqual(2 * 65_552);
    const atStart = file.reads;
    for (let at = 0; at < content.sizeBytes; at += 1000) await content.read(at, at + 1000);
    expect(file.reads - atStart).toBeLessThanOrEqual(file.sizeBytes);
  });

  test('a recipient: by the identity, and by the key of whoever sealed it', async () => {
    const { identity, recipient } = await generateAgeIdentity();
    const sealing = await sealAge(streamOf(patterned(100_000)), { kind: 'recipients', recipients: [recipient] });
    const bytes = new Uint8Array(await new Response(sealing.stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
    expect(await whatOpensAge(accessTo(bytes))).toBe('identity');
    for (const key of [readAgeKey(`# created: today\n${identity}\n`), readAgeKey(`# public key: ${recipient}${identity}`), sealing.key]) {
      const content = await openAge(accessTo(bytes), key);
      expect(await content.read(0, 100_000)).toEqual(patterned(100_000));
    }
  });

  test('a passphrase in another Unicode form', async () => {
    const sealed = await seal(patterned(10), { ...lock, text: 'Käse für später' });
    const content = await openAge(accessTo(sealed), { kind: 'passphrase', text: 'Käse für später'.normalize('NFD') });
    expect(content.sizeBytes).toBe(10);
    expect(await whatOpensAge(accessTo(sealed))).toBe('passphrase');
  });
});

describe('what does not open', () => {
  test('another passphrase, another identity, one where the other is asked for: a wrong secret', async () => {
    const { identity, recipient } = await generateAgeIdentity();
    const other = await generateAgeIdentity();
    const byPassphrase = accessTo(await seal(patterned(10)));
    const byRecipient = accessTo(await seal(patterned(10), { kind: 'recipients', recipients: [recipient] }));
    for (const text of ['correct horse', identity]) expect(await codeOf(openAge(byPassphrase, readAgeKey(text)))).toBe('wrong-secret');
    const miswritten = `${identity.slice(0, -1)}${identity.endsWith('X') ? 'Q' : 'X'}`;
    for (const text of [other.identity, 'correct horse battery', miswritten])
      expect(await codeOf(openAge(byRecipient, readAgeKey(text)))).toBe('wrong-secret');
  });

  test('cut anywhere: damage, and no byte of it', async () => {
    const sealed = await seal(patterned(200_000));
    for (let left = 0; left < sealed.length; left += left < 400 ? 7 : 4999) {
      expect(await codeOf(openAge(accessTo(sealed.subarray(0, left)), right)), String(left)).toBe('damaged');
    }
    expect(await codeOf(openAge(accessTo(new Uint8Array(Buffer.concat([sealed, Uint8Array.of(0)]))), right))).toBe('damaged');
  });

  test('any bit of it changed: never other content', async () => {
    const plain = patterned(70_000);
    const sealed = await seal(plain);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: sealed.length * 8 - 1 }), async (bit) => {
        const changed = sealed.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const reading = openAge(accessTo(changed), right).then((content) => content.read(0, plain.length));
        const codes = ['damaged', 'wrong-secret', 'secret-costs-too-much', 'unsupported-version', 'archive-limit'];
        expect(codes).toContain(await codeOf(reading));
      }),
      { numRuns: 150 },
    );
  });

  test('pieces that changed places', async () => {
    const sealed = await seal(patterned(200_000));
    const start = sealed.length - 200_000 - 4 * 16;
    const swapped = sealed.slice();
    swapped.set(sealed.subarray(start, start + 65_552), start + 65_552);
    swapped.set(sealed.subarray(start + 65_552, start + 2 * 65_552), start);
    const content = await openAge(accessTo(swapped), right);
    expect(await codeOf(content.read(0, 10))).toBe('damaged');
    expect(await content.read(150_000, 150_010)).toEqual(patterned(200_000).subarray(150_000, 150_010));
  });

  test('a work factor beyond the device, before any work; and what is no number', async () => {
    const stanza = (factor: string): Uint8Array => forged(`-> scrypt ${'A'.repeat(22)} ${factor}\n${'A'.repeat(43)}\n`);
    for (const factor of ['21', '22', '30', '64', '99999999999999999999'])
      expect(await codeOf(openAge(accessTo(stanza(factor)), right))).toBe('secret-costs-too-much');
    for (const factor of ['0', '-1', '010', '1e1', '18 18']) expect(await codeOf(openAge(accessTo(stanza(factor)), right))).toBe('damaged');
  });

  test('another version, no age file, a header without end', async () => {
    const later = new TextEncoder().encode(`age-encryption.org/v2\n-> X25519 x\n--- x\n${'.'.repeat(300)}`);
    expect(await codeOf(openAge(accessTo(later), right))).toBe('unsupported-version');
    expect(await codeOf(openAge(accessTo(new Uint8Array(500)), right))).toBe('damaged');
    const endless = new TextEncoder().encode(`age-encryption.org/v1\n${'-> X25519 AAAA\nAAAA\n'.repeat(20_000)}`);
    expect(await codeOf(openAge(accessTo(endless), right))).toBe('archive-limit');
  });

  test('recipients that are none', async () => {
    for (const recipient of ['', 'age1', 'age1' + 'q'.repeat(58), 'ssh-ed25519 AAAA', 'age1pq1' + 'q'.repeat(80)])
      expect(await codeOf(sealAge(streamOf(patterned(1)), { kind: 'recipients', recipients: [recipient] }))).toBe('recipient-invalid');
    expect(await codeOf(sealAge(streamOf(patterned(1)), { kind: 'recipients', recipients: [] }))).toBe('recipient-invalid');
  });
});

test('age files are known by their first bytes, armored or not', async () => {
  const { armor } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.setPassphrase('correct horse battery');
  encrypter.setScryptWorkFactor(logN);
  const sealed = await encrypter.encrypt('what was said');
  const armored = new TextEncoder().encode(`\r\n ${armor.encode(sealed)}\n`);
  expect([isAge(sealed), isAge(armored), isAge(new Uint8Array()), isAge(new TextEncoder().encode('age'))]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  const content = await openAge(accessTo(armored), right);
  expect(new TextDecoder().decode(await content.read(0, 100))).toBe('what was said');
  expect(await codeOf(openAge(accessTo(armored.slice(0, -20)), right))).toBe('damaged');
});

test('the work factor that is written fits the device', () => {
  expect([null, 1, 2, 8].map(ageWorkFactor)).toEqual([18, 16, 18, 18]);
});
