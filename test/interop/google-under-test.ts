// Google Drive in tests: its drive over the fake of its contract, and the requests that it makes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createAccess } from '../../src/drives/access';
import type { CloudDrive } from '../../src/drives/cloud';
import { completeEnvironment, type DriveEnvironment } from '../../src/drives/environment';
import { createGoogleDrive } from '../../src/drives/google-drive';
import { retrying } from '../../src/drives/retry';
import { type CloudConfig, type OauthGrant, unknownTraits } from '../../src/model/drive';
import { sameBytes } from '../drives/conformance';
import type { FakeRequest } from '../drives/fakes/fake-service';
import type { FakeGoogleDrive } from '../drives/fakes/google-drive';

export const traits = { ...unknownTraits, refusesTaken: true, isAtomic: true };

export type Matches = (request: FakeRequest) => boolean;
export const files = '/drive/v3/files';
export const whole: Matches = ({ query }) => query.get('uploadType') === 'multipart';
export const begin: Matches = ({ method, query }) => method === 'POST' && query.get('uploadType') === 'resumable';
export const put: Matches = ({ method, headers }) => method === 'PUT' && headers['content-range']?.startsWith('bytes */') === false;
export const status: Matches = ({ method, headers }) => method === 'PUT' && headers['content-range']?.startsWith('bytes */') === true;
export const list: Matches = ({ method, path }) => method === 'GET' && path === files;
export const download: Matches = ({ query }) => query.get('alt') === 'media';
export const folder: Matches = ({ method, path }) => method === 'POST' && path === files;
export const removal: Matches = ({ method }) => method === 'DELETE';

export const configOf = (fake: FakeGoogleDrive, path: string): CloudConfig => ({
  kind: 'google-drive',
  clientId: fake.consent.clientId,
  folder: path,
  grant: fake.consent.grant(),
});

export const openBare = (config: CloudConfig, parts: Partial<DriveEnvironment>): CloudDrive => {
  const environment = completeEnvironment(parts);
  return createGoogleDrive({ access: createAccess(config, environment), folder: config.folder, traits, environment });
};

/** A drive of this fake, and the same with what may pass tried again; nobody sleeps. */
export function openGoogle(fake: FakeGoogleDrive, more: Partial<DriveEnvironment> = {}) {
  const slept: number[] = [];
  const grants: OauthGrant[] = [];
  const parts = {
    fetch: fake.fetch,
    sleep: async (ms: number) => void slept.push(ms),
    random: () => 0.5,
    onGrant: (grant: OauthGrant) => void grants.push(grant),
    ...more,
  };
  const bare = openBare(configOf(fake, 'backups/'), parts);
  return { bare, drive: retrying(bare, parts), slept, grants };
}

export const onDisk = (fake: FakeGoogleDrive, name: string): string => join(fake.folder, 'Camphor/backups', name);

/** The file is there with these bytes, for another device and on disk. */
export async function expectKept(fake: FakeGoogleDrive, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const { bare } = openGoogle(fake);
  expect(await bare.size(name)).toBe(bytes.length);
  expect(sameBytes(await bare.read(name), bytes)).toBe(true);
  expect(sameBytes(readFileSync(onDisk(fake, name)), bytes)).toBe(true);
}
