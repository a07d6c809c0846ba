// A step of the connection doctor: what it is given, and what it finds.

import type { DoctorFinding, DoctorStep, DriveConfig, DriveTraits } from '../model/drive';
import { CamphorError } from '../model/error';
import type { CorsNeeds } from './cors-needs';
import type { DriveProbe, TopOfDrive } from './doctor-probe';
import type { DriveEnvironment } from './environment';

export interface Examination {
  readonly kind: Exclude<DriveConfig['kind'], 'files'>;
  readonly probe: DriveProbe;
  readonly environment: DriveEnvironment;
  readonly needs: CorsNeeds | null;
  /** What was found so far; steps add to it. */
  traits: DriveTraits;
  /** What is in the owner's folder; the error where that could not be seen; null before. */
  top: TopOfDrive | CamphorError | null;
  /** Names in the scratch folder by what was written under them. */
  readonly written: Map<string, Uint8Array<ArrayBuffer>>;
}

export type StepResult = Omit<DoctorStep, 'id'>;

export type Step = (examination: Examination) => Promise<StepResult>;

export const fine = (facts: StepResult['facts'] = {}): StepResult => ({ outcome: 'ok', finding: null, facts });
export const limited = (finding: DoctorFinding, facts: StepResult['facts'] = {}): StepResult => ({ outcome: 'limited', finding, facts });
export const failed = (finding: DoctorFinding | null, facts: StepResult['facts'] = {}): StepResult => ({
  outcome: 'failed',
  finding,
  facts,
});

const findings: Readonly<Record<string, DoctorFinding>> = {
  'drive-unreachable': 'no-answer',
  'drive-unauthorised': 'wrong-credentials',
  'drive-permission': 'not-writable',
  'drive-read-only': 'not-writable',
  'drive-exists': 'not-writable',
  'drive-full': 'quota',
  'drive-too-large': 'quota',
  'drive-redirected': 'redirected',
  'drive-missing': 'size-differs',
};

/** What an error of the drive means as a finding; a busy drive is none, and the step says only that it failed. */
export function failedBy(error: unknown): StepResult {
  const known = error instanceof CamphorError ? error : new CamphorError('unexpected', {}, error);
  const facts = { ...known.facts, code: known.code };
  if (known.code === 'drive-damaged') return failed(findingOfDamage(known.facts['step']), facts);
  return failed(findings[known.code] ?? (known.code === 'drive-failed' ? 'not-a-drive' : null), facts);
}

function findingOfDamage(step: unknown): DoctorFinding {
  if (step === 'page') return 'captive-portal';
  return step === 'listing' ? 'not-a-drive' : 'size-differs';
}
