// A sign-in for which the page is left: what the vault keeps meanwhile, and what counts when the owner is back.
import { createCipheriv, createECDH, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SignInAccess } from '../../src/backup/environment';
import { createMemoryDrive } from '../../src/drives/memory';
import { createSignIns } from '../../src/drives/sign-in';
import { makeService, random, returnUrl } from '../drives/fakes/consent-service';
import { fakeClientId } from '../drives/fakes/fake-consent';
import { type Device, makeDevice } from './faults-device';

/** As oauth.html does it, by Node. */
function seal(answer: unknown, publicKey: string): string {
  const own = createECDH('prime256v1');
  const point = own.generateKeys();
  const shared = own.computeSecret(Buffer.from(publicKey, 'base64url'));
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(hkdfSync('sha256', shared, point, 'camphor-consent', 32)), Buffer.alloc(12));
  const body = cipher.update(JSON.stringify(answer), 'utf8');
  return Buffer.concat([point, body, cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

interface Left {
  readonly service: ReturnType<typeof makeService>;
  readonly device: Device;
  readonly publicKey: string;
  readonly answer: Record<string, string>;
}

/** The page was left, and the service has answered; both workers have ended since. */
async function leave(): Promise<Left> {
  const service = makeService('dropbox');
  let threads = createSignIns(service.environment, random);
  const signIns: SignInAccess = {
    begin: (...asked) => threads.begin(...asked),
    finish: (answer) => threads.finish(answer),
    settle: async (config) => threads.settle(config),
    hand: async (state) => threads.hand(state),
    resume: async (pending) => threads.resume(pending),
  };
  const device = await makeDevice([], createMemoryDrive(), { signIns });
  const { url, publicKey } = await device.backup.leaveForSignIn('dropbox', fakeClientId, returnUrl);
  threads = createSignIns(service.environment, random);
  device.restart();
  return { service, device, publicKey, answer: service.allow(url) };
}

const kept = ({ device }: Left): string => [...device.entries].filter(([key]) => key.startsWith('sign-in')).join();

describe('a sign-in for which the page is left', () => {
  it('goes on from what the vault kept, which is nothing when it is over', async () => {
    const left = await leave();
    expect(kept(left)).toContain('verifier');
    const signedIn = await left.device.backup.returnFromSignIn(seal(left.answer, left.publicKey));
    expect(signedIn).toMatchObject({ kind: 'dropbox', clientId: fakeClientId });
    expect(await left.device.environment.signIns.settle({ ...signedIn, folder: '' })).toMatchObject({
      grant: { accessToken: expect.stringMatching(/^token-/) as string },
    });
    expect(kept(left)).toBe('');
    expect(left.service.violations).toEqual([]);
  });

  it('counts once', async () => {
    const { device, answer, publicKey } = await leave();
    const sealed = seal(answer, publicKey);
    await device.backup.returnFromSignIn(sealed);
    await expect(device.backup.returnFromSignIn(sealed)).rejects.toMatchObject({ code: 'sign-in-failed' });
  });

  it.each([
    [
      'sealed for another',
      (left: Left) => seal(left.answer, createECDH('prime256v1').generateKeys().toString('base64url')),
      'sign-in-failed',
    ],
    ['with a forged state', (left: Left) => seal({ ...left.answer, state: 'forged' }, left.publicKey), 'sign-in-failed'],
    ['that is no answer', (left: Left) => seal(null, left.publicKey), 'sign-in-failed'],
    ['refused', ({ answer, publicKey }: Left) => seal({ state: answer['state'], error: 'access_denied' }, publicKey), 'sign-in-refused'],
  ] as const)('takes no answer %s, and then no other', async (_, sealed, code) => {
    const left = await leave();
    await expect(left.device.backup.returnFromSignIn(sealed(left))).rejects.toMatchObject({ code });
    expect(left.service.asked).toEqual([]);
    expect(kept(left)).toBe('');
  });

  it('is late after half an hour', async () => {
    const left = await leave();
    left.service.clock.nowMs += 31 * 60_000;
    await expect(left.device.backup.returnFromSignIn(seal(left.answer, left.publicKey))).rejects.toMatchObject({ code: 'sign-in-failed' });
  });
});
