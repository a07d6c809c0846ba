// What drives-chromium.test.ts runs in a worker of a page: the doctor, and one of each call of a drive.
import { examineDrive } from '../../src/drives/doctor';
import { openDrive } from '../../src/drives/open-drive';
import type { DoctorReport, DriveConfig } from '../../src/model/drive';
import { CamphorError } from '../../src/model/error';
import { sameBytes, someBytes } from '../drives/conformance-bytes';

export interface WorkerAnswer {
  readonly report: DoctorReport;
  /** What the calls gave; the error's code where one failed. */
  readonly calls: unknown;
}

async function callAll(config: DriveConfig, { traits }: DoctorReport): Promise<unknown> {
  const drive = openDrive(config, traits);
  const bytes = someBytes(300_000);
  await drive.create('snapshots/one', bytes);
  await drive.create('data/00/two', bytes, { direct: true });
  const taken = await drive
    .create('snapshots/one', someBytes(10))
    .catch((error: unknown) => (error instanceof CamphorError ? error.code : error));
  const part = await drive.read('snapshots/one', { fromByte: 100_000, toByte: 100_010 });
  const whole = await drive.read('data/00/two');
  const names = (await drive.list('')).entries.map(({ name }) => name).sort();
  await drive.remove('snapshots/one');
  const sizes = [await drive.size('snapshots/one'), await drive.size('data/00/two')];
  await drive.remove('data/00/two');
  return { taken, part: sameBytes(part, bytes.slice(100_000, 100_010)), whole: sameBytes(whole, bytes), names, sizes };
}

self.onmessage = async ({ data }: MessageEvent<DriveConfig>): Promise<void> => {
  const report = await examineDrive(data, {}, () => {});
  const calls = report.usable ? await callAll(data, report).catch((error: unknown) => String(error)) : null;
  self.postMessage({ report, calls } satisfies WorkerAnswer);
};
