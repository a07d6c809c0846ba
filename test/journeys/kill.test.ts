// Kill −9 of the whole browser during an import, at chosen storage calls (checks C3, promise 5): afterwards the vault opens,
// holds what was there before, whole, and of the killed import all or nothing (nothing before its root was written).
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeZip } from 'client-zip';
import type { BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createProfile, type Profile } from './profile';
import { serveSite, type Site } from './serve';

interface Plan {
  readonly call: number;
  readonly rootCall: number;
  readonly spin: boolean;
}
interface Counts {
  readonly calls: number;
  readonly rootCalls: number;
}
interface Outcome {
  /** The vault's conversations as `name: messages`, sorted. */
  readonly conversations: readonly string[];
  readonly damaged: number;
  readonly receipts: number;
}

const earlierMessages = 4_000;
const laterMessages = 24_000;
let site: Site;
let profile: Profile;
let folder: string;
let before: Outcome;
let undisturbed: Counts;

function chatText(messages: number, tag: string): string {
  const line = (index: number): string => {
    const at = new Date(Date.UTC(2020, 0, 1) + index * 3_600_000).toISOString();
    return `${at.slice(8, 10)}/${at.slice(5, 7)}/${at.slice(0, 4)}, ${at.slice(11, 16)} - ${index % 2 === 0 ? 'Ann' : 'Bo'}: ${tag} ${(index * 2_654_435_761) % 4_294_967_296}\n`;
  };
  return Array.from({ length: messages }, (_, index) => line(index)).join('');
}

/** A ZIP with pictures (a valid head, then noise) so that an import takes several transactions. */
async function makeArchive(): Promise<void> {
  writeFileSync(join(folder, 'WhatsApp Chat with Earlier.txt'), chatText(earlierMessages, 'earlier'));
  const picture = (seed: number): Uint8Array => {
    const bytes = new Uint8Array(6_000_000);
    let state = seed;
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24;
    bytes.set([0xff, 0xd8, 0xff, 0xe0]);
    return bytes;
  };
  const names = [1, 2, 3, 4].map((number) => `IMG-20230101-WA000${number}.jpg`);
  const attached = names.map((name, index) => `0${index + 1}/01/2023, 10:00 - Ann: ${name} (file attached)\n`).join('');
  const files = [
    { name: 'WhatsApp Chat with Later.txt', input: chatText(laterMessages, 'later') + attached },
    ...names.map((name, index) => ({ name, input: picture(index + 1) })),
  ];
  writeFileSync(join(folder, 'WhatsApp Chat with Later.zip'), Buffer.from(await new Response(makeZip(files)).arrayBuffer()));
}

async function openHarness(context: BrowserContext, file: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.url);
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'file' })));
  await page.setInputFiles('#file', join(folder, file));
  return page;
}

/** Imports the chosen file; gives the storage calls it made, or never returns when the plan's call is reached and it is killed. */
function importChosen(page: Page, plan: Plan): Promise<Counts & { readonly added: number }> {
  return page.evaluate(async (fault) => {
    const channel = new BroadcastChannel('storage-fault');
    let counts = { calls: 0, rootCalls: 0 };
    let arm: () => void = () => undefined;
    const armed = new Promise<void>((resolve) => (arm = resolve));
    channel.onmessage = ({ data }) => {
      if (data.armed === true) arm();
      if (data.count !== undefined) counts = data.count;
      if (data.reached !== undefined) (window as unknown as { noteReached: () => void }).noteReached();
    };
    const file = document.querySelector<HTMLInputElement>('#file')!.files![0]!;
    await window.session.vault.open();
    const job = window.session.startImport();
    const made = await job.plan([{ path: file.name, file }], 'UTC', () => undefined);
    channel.postMessage({
      plan: { call: fault.call < 0 ? Infinity : fault.call, rootCall: fault.rootCall < 0 ? Infinity : fault.rootCall, spin: fault.spin },
    });
    await armed;
    const choices = made.archives.map(({ archiveId }) => ({
      archiveId,
      answers: {},
      conversations: {},
      fromMs: null,
      toMs: null,
      media: 'all' as const,
    }));
    const receipts = await job.run(choices, () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { ...counts, added: receipts.reduce((sum, receipt) => sum + receipt.added, 0) };
  }, plan);
}

async function inspectVault(context: BrowserContext): Promise<Outcome> {
  const page = await openHarness(context, 'WhatsApp Chat with Earlier.txt');
  const outcome = await page.evaluate(async () => {
    const status = await window.session.vault.open();
    if (status.state !== 'open' && status.state !== 'empty') throw new Error(`the vault is ${status.state}`);
    const conversations = await window.session.vault.conversations();
    const report = await window.session.vault.verify(() => undefined);
    const receipts = await window.session.vault.receipts();
    return {
      conversations: conversations.map(({ name, messageCount }) => `${name}: ${messageCount}`).sort(),
      damaged: report.damaged.length,
      receipts: receipts.filter(({ undoneAtMs }) => undoneAtMs === null).length,
    };
  });
  await page.close();
  return outcome;
}

/** Names what stood still, before the test's own time is over and only says that it is. */
function within<Value>(stage: string, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${stage} stood still`)), 60_000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** One round: starts the import, kills the browser at the planned call, starts it again and looks. */
async function killAt(plan: Plan, delayMs: number): Promise<Outcome & { readonly reached: boolean }> {
  const context = await profile.launch();
  let noteReached: () => void = () => undefined;
  const reached = new Promise<boolean>((resolve) => (noteReached = () => resolve(true)));
  await context.exposeBinding('noteReached', () => noteReached());
  const page = await openHarness(context, 'WhatsApp Chat with Later.zip');
  // An import that fails by itself ends the round with its error; the kill is no error by then.
  const wasReached = await within('the import', Promise.race([reached, importChosen(page, plan).then(() => false)]));
  if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
  await within('the kill', profile.kill());
  const again = await within('the next start', profile.launch());
  const outcome = await within('the opening of the vault', inspectVault(again));
  await again.close();
  return { ...outcome, reached: wasReached };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camphor-kill-'));
  await makeArchive();
  const fault = readFileSync(join(import.meta.dirname, 'storage-fault.mjs'), 'utf8');
  site = await serveSite(inject('harnessFolder'), {
    rewrite: (path, body) => (/\/assets\/import-[^/]+\.js$/.test(path) ? `${body.toString()}\n${fault}` : body),
  });
  const trial = createProfile();
  const trialContext = await trial.launch();
  await trialContext.exposeBinding('noteReached', () => undefined);
  const counted = await importChosen(await openHarness(trialContext, 'WhatsApp Chat with Later.zip'), {
    call: -1,
    rootCall: -1,
    spin: false,
  });
  expect(counted.added).toBe(laterMessages + 4);
  undisturbed = counted;
  await trialContext.close();
  trial.remove();
  profile = createProfile();
  const context = await profile.launch();
  await context.exposeBinding('noteReached', () => undefined);
  await importChosen(await openHarness(context, 'WhatsApp Chat with Earlier.txt'), { call: -1, rootCall: -1, spin: false });
  before = await inspectVault(context);
  await context.close();
  expect(before).toEqual({ conversations: [`Earlier: ${earlierMessages}`], damaged: 0, receipts: 1 });
});

afterAll(async () => {
  await profile.kill();
  profile.remove();
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the browser is killed during an import', () => {
  const rounds = 14;

  for (let round = 0; round < rounds; round += 1) {
    it(`at storage call ${round + 1} of ${rounds} spread over it`, async () => {
      const call = 1 + Math.floor(((undisturbed.calls - undisturbed.rootCalls - 1) * round) / (rounds - 1));
      const { reached, ...after } = await killAt({ call, rootCall: -1, spin: true }, 0);
      expect(reached).toBe(true);
      expect(after).toEqual(before);
    });
  }

  for (const { spin, delayMs } of [
    { spin: true, delayMs: 0 },
    { spin: true, delayMs: 20 },
    { spin: true, delayMs: 50 },
    { spin: true, delayMs: 100 },
    { spin: true, delayMs: 200 },
    { spin: true, delayMs: 500 },
    { spin: false, delayMs: 0 },
    { spin: false, delayMs: 1 },
    { spin: false, delayMs: 3 },
  ]) {
    it(`after the root was written, ${spin ? 'its transaction still open' : 'while it completes'}, ${delayMs} ms later`, async () => {
      const { reached, ...after } = await killAt({ call: -1, rootCall: undisturbed.rootCalls, spin }, delayMs);
      expect(reached).toBe(true);
      const whole: Outcome = { conversations: [...before.conversations, `Later: ${laterMessages + 4}`].sort(), damaged: 0, receipts: 2 };
      if (spin || JSON.stringify(after) !== JSON.stringify(whole)) expect(after).toEqual(before);
      if (JSON.stringify(after) === JSON.stringify(whole)) await undoLater();
    });
  }
});

/** Puts the vault back to what it was, for the next round. */
async function undoLater(): Promise<void> {
  const context = await profile.launch();
  const page = await openHarness(context, 'WhatsApp Chat with Earlier.txt');
  await page.evaluate(async () => {
    await window.session.vault.open();
    const [latest] = await window.session.vault.receipts();
    await window.session.undoImport(latest!.id, () => undefined);
  });
  expect(await inspectVault(context)).toEqual(before);
  await context.close();
}
