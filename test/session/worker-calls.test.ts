import type { Remote } from 'comlink';
import { expect, it } from 'vitest';
import { CamphorError } from '../../src/model/error';
import type { ConfinedVerbs } from '../../src/model/verbs';
import { callsOf } from '../../src/session/worker-calls';

const workerWithCalls = () => {
  const worker = { terminated: 0, terminate: () => void (worker.terminated += 1) };
  return { worker, calls: callsOf<ConfinedVerbs>(worker, {} as Remote<ConfinedVerbs>) };
};

it('hears reports until the answer, and none that comes after it', async () => {
  const { calls } = workerWithCalls();
  const heard: number[] = [];
  let report: (share: number) => void = () => undefined;
  const answer = await calls.call(async (_, lend) => {
    report = lend((share: number) => void heard.push(share));
    report(0.5);
    return 'done';
  });
  report(1);
  expect(answer).toBe('done');
  expect(heard).toEqual([0.5]);
});

it('hears no report of a worker that was ended, and rejects what it was asked', async () => {
  const { calls, worker } = workerWithCalls();
  const heard: number[] = [];
  let report: (share: number) => void = () => undefined;
  const asked = calls.call((_, lend) => {
    report = lend((share: number) => void heard.push(share));
    return new Promise<never>(() => {});
  });
  calls.end(new CamphorError('locked'));
  report(1);
  await expect(asked).rejects.toMatchObject({ code: 'locked' });
  await expect(calls.call(async () => 'late')).rejects.toMatchObject({ code: 'locked' });
  expect(heard).toEqual([]);
  expect(worker.terminated).toBe(1);
});

it('leaves arguments alone that are no callbacks', async () => {
  const { calls } = workerWithCalls();
  const argument = { text: 'x' };
  expect(await calls.call(async (_, lend) => lend(argument))).toBe(argument);
});
