// A snapshot in a set of files, read piece by piece: whole JSON files, and JSON Lines as they stream.

import type { FileSet } from '../../bytes/source';
import { readLines } from '../../bytes/text-lines';
import { CamphorError } from '../../model/error';
import type { Json } from '../../model/json';
import type { Manifest } from '../../model/portable';
import { portableFormatVersion } from '../../model/portable';
import type { Problem, ProblemCode } from '../../model/problem';
import { problemRawLimitBytes } from '../../model/problem';
import type { Span } from '../../model/record';
import { parseJson } from '../json-fields';
import { readManifest } from './read-catalogue';
import type { SnapshotTree } from './tree';
import { readTree } from './tree';

const manifestLimitBytes = 64 * 1024;
/** A receipt with all that it showed otherwise; the vault takes no larger note. */
const fileLimitBytes = 256 * 1024 * 1024;
const lineLimitBytes = 64 * 1024 * 1024;

export interface Snapshot {
  readonly files: FileSet;
  readonly manifest: Manifest;
  readonly tree: SnapshotTree;
}

export type ReportProblem = (problem: Problem, span: Span) => void;

/** The manifest at an entry, or null where it is none of ours. Reads no more than 64 KiB. */
export async function manifestAt(files: FileSet, entry: number): Promise<Manifest | null> {
  const source = files.entries[entry]?.open();
  if (source === undefined || source.sizeBytes > manifestLimitBytes) return null;
  return readManifest(parseJson(new TextDecoder().decode(await source.read(0, manifestLimitBytes))));
}

/** Throws CamphorError `unsupported-version` where only a newer version understands it, `unrecognised-archive` for what is no snapshot. */
export async function openSnapshot(files: FileSet, manifestEntry: number): Promise<Snapshot> {
  const manifest = await manifestAt(files, manifestEntry);
  if (manifest === null) throw new CamphorError('unrecognised-archive');
  if (manifest.readableBy > portableFormatVersion)
    throw new CamphorError('unsupported-version', { found: manifest.version, known: portableFormatVersion });
  return { files, manifest, tree: readTree(files, manifestEntry) };
}

export function problemOf(code: ProblemCode, raw: string, detail?: string): Problem {
  return { code, raw: cutRaw(raw), ...(detail === undefined ? {} : { detail }) };
}

function cutRaw(text: string): string {
  if (text.length * 3 <= problemRawLimitBytes) return text;
  return text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(problemRawLimitBytes)).read);
}

/** What a parser found wrong in a piece that was kept all the same. */
export function faultsOf(faults: readonly string[], raw: string): Problem {
  const isKind = faults.every((fault) => fault === 'message.kind');
  return problemOf(isKind ? 'unknown-kind' : 'not-understood', raw, [...new Set(faults)].join(', ').slice(0, 400));
}

export type Parse<Value> = (value: Json | undefined, faults: string[]) => Value | null;

export interface Parsed<Value> {
  /** Null where it was not understood; then the problem has the length of its span. */
  readonly value: Value | null;
  readonly span: Span;
  readonly problems: readonly { readonly problem: Problem; readonly span: Span }[];
}

/** A text as a value: what it is not, and what of it was not understood, is a problem. */
export function parsePiece<Value>(text: string, span: Span, parse: Parse<Value>): Parsed<Value> {
  const json = parseJson(text);
  if (json === undefined) return { value: null, span, problems: [{ problem: problemOf('bad-json', text), span }] };
  const faults: string[] = [];
  const value = parse(json, faults);
  if (value === null) {
    const code = faults.includes('message.at') ? 'bad-time' : 'not-understood';
    return { value, span, problems: [{ problem: problemOf(code, text, faults[0]), span }] };
  }
  return { value, span, problems: faults.length === 0 ? [] : [{ problem: faultsOf(faults, text), span: { ...span, lengthBytes: 0 } }] };
}

/** A whole file of one JSON value. Throws what reading throws. */
export async function readJsonFile<Value>(files: FileSet, entry: number, parse: Parse<Value>): Promise<Parsed<Value>> {
  const source = files.entries[entry]?.open();
  if (source === undefined) throw new RangeError('no such entry');
  const span = { entry, offsetBytes: 0, lengthBytes: source.sizeBytes };
  if (source.sizeBytes > fileLimitBytes) return { value: null, span, problems: [{ problem: problemOf('piece-too-large', ''), span }] };
  const bytes = await source.read(0, source.sizeBytes);
  try {
    return parsePiece(new TextDecoder('utf-8', { fatal: true }).decode(bytes), span, parse);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { value: null, span, problems: [{ problem: problemOf('bad-encoding', new TextDecoder().decode(bytes)), span }] };
  }
}

/** Lines of a file of JSON Lines, in order; every line gives a value or a problem. Throws what reading throws. */
export async function* readJsonLines<Value>(
  files: FileSet,
  entry: number,
  parse: Parse<Value>,
): AsyncGenerator<readonly Parsed<Value>[], void, void> {
  const source = files.entries[entry]?.open();
  if (source === undefined) return;
  for await (const batch of readLines(source, { encoding: 'utf-8', lineLimitBytes })) {
    let next = 0;
    yield batch.lines.map((text, line) => {
      const parsed = parsePiece(text, { entry, offsetBytes: batch.offsets[line] ?? 0, lengthBytes: batch.lengths[line] ?? 0 }, parse);
      const problems = [...parsed.problems];
      for (let problem = batch.problems[next]; problem?.line === line; problem = batch.problems[++next]) {
        const { code, raw, offsetBytes, lengthBytes } = problem;
        problems.push({ problem: { code, raw }, span: { entry, offsetBytes, lengthBytes } });
      }
      return { ...parsed, problems };
    });
  }
}
