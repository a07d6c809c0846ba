// What the contract fake of OneDrive knows, and how it answers.
import { randomBytes } from 'node:crypto';
import { json } from './fake-consent';
import type { FakeAnswer } from './fake-service';
import type { KeptFiles } from './kept-files';

export const graphHost = 'graph.microsoft.com';
export const contentHost = 'my.microsoftpersonalcontent.com';

export interface UploadSession {
  readonly path: string;
  readonly sizeBytes: number;
  readonly pieces: Buffer[];
  receivedBytes: number;
}

/** What the fake knows beside its files. */
export interface OnedriveState {
  readonly files: KeptFiles;
  readonly violations: string[];
  /** The app's folder comes into being when it is first asked for, or written to by one request. */
  hasRoot: boolean;
  readonly sessions: Map<string, UploadSession>;
  readonly downloads: Map<string, string>;
  readonly makesFolders: boolean;
}

export function graphError(status: number, code: string, inner?: string): FakeAnswer {
  const innerError = {
    ...(inner === undefined ? {} : { code: inner }),
    'request-id': 'of-the-fake',
    date: new Date().toISOString().slice(0, 19),
  };
  return json(status, { error: { code, message: 'The fake says why in its violations.', innerError } });
}

/** For what the documentation does not allow. */
export function refuse({ violations }: Pick<OnedriveState, 'violations'>, status: number, code: string, why: string): FakeAnswer {
  violations.push(why);
  return graphError(status, code);
}

/** The item as Graph shows it, with no more than what was selected. */
export function shownItem(state: OnedriveState, path: string, select: readonly string[] | null): Record<string, unknown> {
  const found = state.files.find(path);
  const all: Record<string, unknown> = {
    id: `ID${Buffer.from(path.toLowerCase()).toString('hex').slice(-40)}`,
    name: found?.name ?? 'approot',
    size: found?.sizeBytes ?? 0,
    lastModifiedDateTime: new Date(found?.modifiedMs ?? Date.now()).toISOString(),
    ...(found?.isFolder === false
      ? { file: { mimeType: 'application/octet-stream' } }
      : { folder: { childCount: state.files.childrenOf(path).length } }),
  };
  if (select?.includes('@microsoft.graph.downloadUrl') && found?.isFolder === false) {
    const key = randomBytes(12).toString('hex');
    state.downloads.set(key, path);
    all['@microsoft.graph.downloadUrl'] = `https://${contentHost}/personal/of-the-fake/download.aspx?tempauth=${key}`;
  }
  return select === null ? all : Object.fromEntries(Object.entries(all).filter(([name]) => select.includes(name)));
}
