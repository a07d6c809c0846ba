// What a finding of the connection doctor means, what to do about it, and what to paste into which server.

import type { DoctorFinding, DriveKind } from '../../model/drive';
import type { StringKey } from '../strings/strings';
import { type ServerId, s3Servers, serverBlocks, webdavServers } from './server-snippets';

export interface Snippet {
  readonly id: ServerId;
  /** Texts to paste, in order. */
  readonly blocks: readonly string[];
}

export interface Advice {
  readonly what: StringKey;
  readonly todo: StringKey;
  readonly snippets: readonly Snippet[];
}

export interface AdviceContext {
  readonly kind: DriveKind;
  /** As the owner entered it, without credentials. */
  readonly place: string;
  /** This page's, such as `https://camphor.example`. */
  readonly origin: string;
}

/** Findings that a server's configuration mends. */
const mendedByServer: ReadonlySet<DoctorFinding> = new Set<DoctorFinding>([
  'cors-missing',
  'options-unauthorised',
  'method-forbidden',
  'header-forbidden',
  'clock-hidden',
]);

/** Explanation and snippets for a finding; an S3 service is mended by a rule of its bucket, a WebDAV server by its configuration. */
export function doctorAdvice(finding: DoctorFinding, context: AdviceContext): Advice {
  const servers: readonly ServerId[] = context.kind === 's3' ? s3Servers : context.kind === 'webdav' ? webdavServers : [];
  const needsServer = mendedByServer.has(finding);
  const rule = needsServer && context.kind === 's3' && finding !== 'clock-hidden';
  return {
    what: `backup.finding.${finding}`,
    todo: rule ? 'backup.finding.rule' : `backup.mend.${finding}`,
    snippets: needsServer ? servers.map((id) => ({ id, blocks: serverBlocks(id, context.origin, endpointOf(context.place)) })) : [],
  };
}

/** Scheme and host of a place; a word to fill in where it has none. */
function endpointOf(place: string): string {
  const url = URL.canParse(place) ? new URL(place) : null;
  return url === null || url.origin === 'null' ? 'https://ENDPOINT' : url.origin;
}
