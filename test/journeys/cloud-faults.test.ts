// What goes wrong at a service while a backup runs, through the interface of the built app, against contract fakes: it waits, or stops
// with a word for it; the next backup goes on from there; and stock restic finds every byte of what the fake keeps. Each fault at one
// service, since these take a minute each: what every service answers to each is in the suite of all drives (test/drives).
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CloudKind } from '../../src/model/drive';
import type { FakeRequest, FakeService, Interruption } from '../drives/fakes/fake-service';
import type { FakeGoogleDrive } from '../drives/fakes/google-drive';
import { rateLimit, uploadError } from '../drives/fakes/dropbox';
import { googleError } from '../drives/fakes/google-state';
import { graphError } from '../drives/fakes/onedrive-state';
import { fakeClientId } from '../drives/fakes/fake-consent';
import { factOf, main, press } from './backup-interface-steps';
import { backedUp, backUp, backUpAgain, closeAll, expectWhole, type Opened, openService, setUp } from './cloud-steps';

/** Megabytes go through each of these tests, some twice, with real waits. */
vi.setConfig({ testTimeout: 600_000 });

let folder = '';
/** Text that cannot be packed, of one pack of the repository. */
let archive = '';
/** Of two. */
let largeArchive = '';
const linesAPack = 4500;
const lineBytes = 3000;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'camphor-cloud-faults-'));
  archive = await writeChat('Bo', linesAPack);
  largeArchive = await writeChat('Cy', 2 * linesAPack);
});

afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(closeAll);

async function writeChat(name: string, lineCount: number): Promise<string> {
  const lines = Array.from({ length: lineCount }, (_, number) => {
    const minute = String(number % 60).padStart(2, '0');
    const hour = String(Math.floor(number / 60) % 24).padStart(2, '0');
    const day = String(1 + Math.floor(number / 1440)).padStart(2, '0');
    return `${day}/03/2024, ${hour}:${minute} - ${number % 2 === 0 ? name : 'Ada'}: ${randomBytes(lineBytes).toString('base64')}\n`;
  });
  const path = join(folder, `WhatsApp Chat with ${name}.txt`);
  await writeFile(path, lines.join(''));
  return path;
}

const hourMs = 3_600_000;

/** Of what is sent, only packs are that large. */
const isPack = ({ method, body }: FakeRequest): boolean => method !== 'GET' && body.length > 512 * 1024;
const sentPacks = ({ requests }: FakeService): number => requests.filter(isPack).length;

/** Runs once, before a request that matches is worked on. */
function before(fake: FakeService, matches: (request: FakeRequest) => boolean, run: () => void): void {
  let hasRun = false;
  fake.interrupt((request) => {
    if (!hasRun && matches(request)) {
      hasRun = true;
      run();
    }
    return false;
  }, 'cut-before');
}

/** Pieces of packs that match are answered so, until it is undone. */
function refusePieces(fake: FakeService, answer: Interruption, matches: (request: FakeRequest) => boolean = () => true): () => void {
  let isOver = false;
  fake.interrupt((request) => !isOver && isPack(request) && matches(request), answer, Infinity);
  return () => void (isOver = true);
}

/** The word for it, on the page of the drive. */
const told = ({ page }: Opened, words: RegExp | string): Promise<void> => main(page).getByText(words).first().waitFor();

async function signInAgain(one: Opened, service: string): Promise<void> {
  await press(one.page, 'Change credentials or address');
  await one.page.getByLabel('Client id of this page').fill(fakeClientId);
  const button = one.page.getByRole('button', { name: `Sign in with ${service}` });
  const [consent] = await Promise.all([one.context.waitForEvent('page'), button.click()]);
  await consent.getByRole('link', { name: 'Allow' }).click();
  await one.page.getByText('The connection was changed.').waitFor();
}

/** After all of it: whole for stock restic, and nothing that the specification or the policies forbid. */
async function expectSound(one: Opened): Promise<void> {
  await expectWhole(one);
  expect(one.fake.violations).toEqual([]);
  expect(one.watched.violations).toEqual([]);
}

describe('a token that ends in the middle of a pack', () => {
  it('dropbox: is renewed, and the pack is not sent twice', async () => {
    const isMiddle = ({ path }: FakeRequest): boolean => path.endsWith('/upload_session/finish');
    const one = await openService('dropbox', { archive });
    await setUp(one);
    before(one.fake, isMiddle, () => one.fake.consent.endTokens());
    const renewals = (): number => one.fake.requests.filter(({ body }) => body.includes('grant_type=refresh_token')).length;
    await backUp(one);
    await backedUp(one);
    expect(renewals()).toBe(1);
    expect(sentPacks(one.fake)).toBeGreaterThan(1);
    await expectSound(one);
  });

  it('google-drive: stops with a word for it, and goes on after the owner has signed in again', async () => {
    const one = await openService('google-drive', { archive });
    await setUp(one);
    before(
      one.fake,
      (request) => isPack(request) && request.method === 'PUT',
      () => one.fake.consent.endTokens(),
    );
    await backUp(one);
    await told(one, 'The sign-in at the drive has ended.');
    const sent = sentPacks(one.fake);
    expect(sent).toBeGreaterThan(0);
    await press(one.page, 'Close');
    await signInAgain(one, 'Google Drive');
    await backUpAgain(one);
    await backedUp(one);
    await expectSound(one);
  });
});

describe('a clock that is wrong', () => {
  it('is said, and backups have the time of the drive where it is behind', async () => {
    const one = await openService('google-drive', { device: { aheadMs: -48 * hourMs } });
    await setUp(one);
    await backUp(one);
    await backedUp(one);
    await press(one.page, 'Close');
    await told(one, 'The clocks differ');
    const [takenAtMs = 0] = await expectWhole(one);
    expect(Math.abs(takenAtMs - Date.now())).toBeLessThan(hourMs);
    await expectSound(one);
  });

  it('that is ahead does not end what was given for an hour', async () => {
    const one = await openService('dropbox', { device: { aheadMs: 48 * hourMs } });
    await setUp(one);
    await backUp(one);
    await backedUp(one);
    expect(one.fake.requests.filter(({ body }) => body.includes('grant_type=refresh_token'))).toEqual([]);
    await expectSound(one);
  });
});

describe('a service that asks to wait', () => {
  it('onedrive: is waited for, and that is shown', async () => {
    const one = await openService('onedrive', { archive });
    await setUp(one);
    one.fake.interrupt(isPack, graphError(429, 'activityLimitReached'), 1);
    await backUp(one);
    await told(one, 'The drive asks to wait');
    await one.page.getByRole('heading', { name: 'Backed up and read back' }).waitFor({ timeout: 120_000 });
    await expectSound(one);
  });

  it('dropbox: for longer than anyone waits stops, and what was sent is not sent again', async () => {
    const one = await openService('dropbox', { archive: largeArchive });
    await setUp(one);
    const from = one.fake.requests.length;
    // The first pack is taken, in as many pieces as it comes in.
    const refused: FakeRequest[] = [];
    let packs = 0;
    const relent = refusePieces(one.fake, rateLimit('too_many_requests', 3600), (request) => {
      const isRefused = request.path.endsWith('/start') && ++packs > 1;
      if (isRefused) refused.push(request);
      return isRefused;
    });
    await backUp(one);
    await told(one, 'The drive asks to wait. What was sent stays there and is not sent again.');
    relent();
    await press(one.page, 'Close');
    await told(one, 'The last backup failed');
    const stoppedAt = one.fake.requests.length;
    await backUpAgain(one);
    await backedUp(one);
    const packBytes = (requests: readonly FakeRequest[]): number =>
      requests.filter((request) => isPack(request) && !refused.includes(request)).reduce((sum, { body }) => sum + body.length, 0);
    const [takenBytes, sentAfterBytes] = [
      packBytes(one.fake.requests.slice(from, stoppedAt)),
      packBytes(one.fake.requests.slice(stoppedAt)),
    ];
    expect(takenBytes).toBeGreaterThan(0);
    expect(sentAfterBytes).toBeGreaterThan(0);
    expect(takenBytes + sentAfterBytes).toBeLessThan(1.1 * 2 * linesAPack * lineBytes);
    await expectSound(one);
  });
});

describe('a service that is full', () => {
  const full: readonly (readonly [CloudKind, Interruption])[] = [
    ['dropbox', uploadError('insufficient_space')],
    ['onedrive', graphError(507, 'quotaLimitReached')],
    ['google-drive', googleError(403, 'storageQuotaExceeded')],
  ];
  it.each(full)('%s: stops with a word for it, in both languages, and goes on when there is room', async (kind, answer) => {
    const one = await openService(kind, { archive });
    await setUp(one);
    const makeRoom = refusePieces(one.fake, answer);
    await backUp(one);
    await told(one, 'The drive is full. Your earlier backups are untouched.');
    makeRoom();
    const drivePage = one.page.url();
    await one.page.goto(`${one.site.url}#/settings`);
    await one.page.getByLabel('Language').selectOption('zh-CN');
    await one.page.goto(drivePage);
    await told(one, '备份位置满了。');
    await one.page.goto(`${one.site.url}#/settings`);
    await one.page.getByLabel('语言').selectOption('en');
    await one.page.goto(drivePage);
    await press(one.page, 'Close');
    await backUpAgain(one);
    await backedUp(one);
    await expectSound(one);
  });
});

describe('a listing that is not whole', () => {
  it('google-drive: lets nothing be removed, and says why', async () => {
    const one = await openService('google-drive');
    const { page } = one;
    await setUp(one);
    await backUp(one);
    await backedUp(one);
    await press(page, 'Close');
    await main(page)
      .getByRole('link', { name: /^What is kept/ })
      .click();
    const fake = one.fake as FakeGoogleDrive;
    fake.isSearchIncomplete = true;
    const removals = (): number => one.fake.requests.filter(({ method, path }) => method === 'DELETE' || path.endsWith('delete_v2')).length;
    const before = removals();
    await press(page, 'Show what would be freed');
    await page.getByText('The drive did not list all of its files, so nothing was removed.').waitFor();
    expect(removals()).toBe(before);
    await page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
    fake.isSearchIncomplete = false;
    await press(page, 'Show what would be freed');
    await expect.poll(() => factOf(page, 'Not needed')).toMatch(/\d/);
    await page.goBack();
    await expectSound(one);
  });
});

describe('a service that holds two files of one name', () => {
  it('google-drive: goes by the first, whatever the second holds, and backs up', async () => {
    const one = await openService('google-drive');
    const fake = one.fake as FakeGoogleDrive;
    await setUp(one);
    await backUp(one);
    await backedUp(one);
    const namesIn = (part: string): string[] => [...new Set(fake.kept().filter((path) => path.startsWith(`Camphor/${part}`)))];
    const names = ['index/', 'snapshots/', 'data/', 'keys/', 'config'].flatMap(namesIn);
    expect(names.length).toBeGreaterThan(4);
    for (const name of names) fake.addTwin(name, randomBytes(300));
    await one.page.reload();
    await main(one.page)
      .getByRole('link', { name: /^Check and verify/ })
      .click();
    await one.page.getByLabel('How much').selectOption({ label: 'Everything; the whole backup is downloaded' });
    await press(one.page, 'Verify now');
    await one.page.getByRole('heading', { name: 'Everything that was read is whole' }).waitFor();
    await expectSound(one);
  });
});

describe('a service whose lists follow behind what was written', () => {
  it('google-drive: nothing is called backed up before it is seen, and the next backup finds it', async () => {
    const one = await openService('google-drive');
    const fake = one.fake as FakeGoogleDrive;
    await setUp(one);
    await press(one.page, 'Go on to the first backup');
    await one.page.getByRole('heading', { name: /^Up to .* will be sent$/ }).waitFor();
    fake.findsAfterMs = 20_000;
    await press(one.page, 'Back up now');
    await told(one, /^(?:Backed up and read back|The backup stopped)$/);
    fake.findsAfterMs = 0;
    if (await main(one.page).getByText('The backup stopped').isVisible()) {
      await press(one.page, 'Close');
      await backUpAgain(one);
      await backedUp(one);
    }
    await expectSound(one);
  });
});
