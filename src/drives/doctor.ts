// The connection doctor: tries in a scratch folder all that backups need of a drive, says what works, and cleans up.

import {
  type DoctorReport,
  type DoctorStep,
  type DoctorStepId,
  type DriveConfig,
  doctorStepIds,
  type FilesConfig,
  unknownTraits,
} from '../model/drive';
import { CamphorError } from '../model/error';
import { corsNeeds } from './cors-needs';
import { failedWhile, list, makeFolder, noOverwrite, range, remove, size, write } from './doctor-files';
import { preflight, reach, signIn } from './doctor-network';
import type { DriveProbe } from './doctor-probe';
import { probeCloud } from './doctor-probe-cloud';
import { probeFolder } from './doctor-probe-folder';
import { probeS3 } from './doctor-probe-s3';
import { probeWebdav } from './doctor-probe-webdav';
import type { Examination, Step } from './doctor-step';
import { clock, cutUpload, speed } from './doctor-upload';
import { completeEnvironment, type DriveEnvironment } from './environment';
import { createFileListDrive } from './file-list';
import { temporaryName } from './temporary-name';

const steps: Readonly<Record<DoctorStepId, Step>> = {
  reach,
  preflight,
  'sign-in': signIn,
  folder: makeFolder,
  write,
  size,
  'no-overwrite': noOverwrite,
  range,
  list,
  'cut-upload': cutUpload,
  remove,
  clock,
  speed,
};

/** Beginning of the scratch folder's name. */
const scratchPrefix = 'camphor-check-';

/**
 * Runs the steps in order, and reports each when it is done; after one that failed, the rest are skipped. Never throws for what
 * a drive does. The scratch folder is taken away in any case that lets it.
 */
export async function examineDrive(
  config: DriveConfig,
  parts: Partial<DriveEnvironment>,
  report: (step: DoctorStep) => void,
): Promise<DoctorReport> {
  if (config.kind === 'files') return lookAtFiles(config, report);
  const environment = completeEnvironment(parts);
  const scratch = scratchPrefix + temporaryName(environment).slice('tmp/'.length);
  const examination: Examination = {
    kind: config.kind,
    probe: probeOf(config, scratch, environment),
    environment,
    needs: config.kind === 'webdav' || config.kind === 's3' ? corsNeeds[config.kind] : null,
    traits: { ...unknownTraits },
    top: null,
    written: new Map(),
  };
  const done: DoctorStep[] = [];
  const isOver = (): boolean => done.some(({ outcome }) => outcome === 'failed');
  for (const id of doctorStepIds) {
    const step: DoctorStep = { id, ...(isOver() ? { outcome: 'skipped', finding: null, facts: {} } : await run(steps[id], examination)) };
    done.push(step);
    report(step);
  }
  if (done.some(({ id, outcome }) => id === 'folder' && outcome !== 'skipped')) await examination.probe.removeFolder().catch(() => {});
  return { steps: done, usable: !isOver(), traits: examination.traits, holds: whatIsThere(examination.top) };
}

async function run(step: Step, examination: Examination): Promise<Omit<DoctorStep, 'id'>> {
  try {
    return await step(examination);
  } catch (error) {
    return failedWhile(examination, error);
  }
}

function probeOf(config: Exclude<DriveConfig, FilesConfig>, scratch: string, environment: DriveEnvironment): DriveProbe {
  switch (config.kind) {
    case 'webdav':
      return probeWebdav(config, scratch, environment);
    case 's3':
      return probeS3(config, scratch, environment);
    case 'dropbox':
    case 'onedrive':
    case 'google-drive':
      return probeCloud(config, scratch, environment);
    case 'folder':
      return probeFolder(config, scratch, environment);
  }
}

/** Files that were handed over can be read and nothing else: of use where they are a repository. */
async function lookAtFiles(config: FilesConfig, report: (step: DoctorStep) => void): Promise<DoctorReport> {
  const { entries } = await createFileListDrive(config.files).list('');
  const names = new Set(entries.map(({ name }) => name.replace(/\/.*$/, '')));
  const holds = whatIsThere({ names: [...names], isCut: false });
  const usable = holds === 'repository';
  const steps = doctorStepIds.map((id): DoctorStep => {
    const outcome = id !== 'list' ? 'skipped' : usable ? 'ok' : 'failed';
    return { id, outcome, finding: outcome === 'failed' ? 'not-a-drive' : null, facts: {} };
  });
  for (const step of steps) report(step);
  return { steps, usable, traits: unknownTraits, holds };
}

/** A repository has a `config` and `keys`; what a drive or the doctor left behind is nothing. */
function whatIsThere(top: Examination['top']): DoctorReport['holds'] {
  if (top === null || top instanceof CamphorError) return 'unknown';
  const names = top.names.filter((name) => name !== 'tmp' && !name.startsWith(scratchPrefix));
  if (names.includes('config') && names.includes('keys')) return 'repository';
  return names.length === 0 ? 'nothing' : 'other-files';
}
