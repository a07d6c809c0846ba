// What to paste into a server's configuration, so that the app's origin may reach it. Text of code only; what it does, and where
// it goes, the screen says. The texts for Apache and nginx are what test/interop starts these servers with.

import type { DoctorFinding } from '../model/drive';
import { adviseS3, s3ServerKinds } from './s3-advice';
import { adviseWebdav, webdavServerKinds } from './webdav-advice';

export const serverKinds = [...webdavServerKinds, ...s3ServerKinds] as const;
export type ServerKind = (typeof serverKinds)[number];

export interface AdvicePlace {
  /** Origin of the app, such as `https://camphor.example`. */
  readonly origin: string;
  /** Path of the folder on the server, ending in `/`; '' for S3. */
  readonly place: string;
}

/** Findings that a change of the server's configuration mends. */
const mended: readonly DoctorFinding[] = ['cors-missing', 'options-unauthorised', 'method-forbidden', 'header-forbidden', 'clock-hidden'];

/** The text for a server and a finding; null where no configuration of it would help. */
export function adviceFor(finding: DoctorFinding, server: ServerKind, { origin, place }: AdvicePlace): string | null {
  if (!mended.includes(finding)) return null;
  const isS3 = (s3ServerKinds as readonly string[]).includes(server);
  return isS3
    ? adviseS3(server as (typeof s3ServerKinds)[number], origin)
    : adviseWebdav(server as (typeof webdavServerKinds)[number], origin, place);
}
