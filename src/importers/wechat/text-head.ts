// What the beginning of a plain text says: which form it is, and who writes in it.

import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource, FileEntry } from '../../bytes/source';
import { readLines } from '../../bytes/text-lines';
import { baseName } from '../archive-files';
import type { ConversationShape } from '../../model/record';
import { chatlogBlock, yearlessDay } from './chatlog-text';
import { textForms } from './text-forms';
import type { TextForm, TextHeader } from './text-forms';

export interface TextHead {
  readonly form: TextForm;
  readonly names: ReadonlySet<string>;
  /** The chat's name, which is the file's. */
  readonly title: string | null;
  readonly shape: ConversationShape;
  /** Days without a year, such as `01-02`, in the order of the file. */
  readonly yearlessDays: readonly string[];
}

/** Reads at most `limitBytes`; null where it is none of the forms. Never throws for foreign bytes. */
export async function readTextHead(entry: FileEntry, limitBytes: number): Promise<TextHead | null> {
  const lines = await readHeadLines(entry.open(), limitBytes);
  const first = lines.findIndex((line) => line.trim() !== '');
  for (const form of first < 0 ? [] : textForms) {
    const headers = lines.map((line) => form.readHeader(line, null));
    if (headers[first] === null || !isOfForm(form, lines, headers)) continue;
    const names = new Set(headers.filter((header) => header !== null).map(({ name }) => name));
    const title = titleOf(entry.path);
    const dated = form === chatlogBlock ? lines.filter((_, at) => headers[at] !== null) : [];
    return { form, names, title, shape: shapeOf(names, title, form), yearlessDays: dated.flatMap((line) => yearlessDay(line) ?? []) };
  }
  return null;
}

async function readHeadLines(source: ByteSource, limitBytes: number): Promise<string[]> {
  const bytes = await source.read(0, limitBytes);
  const found: string[] = [];
  for await (const { lines } of readLines(sourceOfBytes(bytes))) for (const line of lines) found.push(line.replace(/^\ufeff/, ''));
  return found;
}

/** In blocks, a header stands after an empty line and before a message, which the lines of a log do not. */
function isOfForm(form: TextForm, lines: readonly string[], headers: readonly (TextHeader | null)[]): boolean {
  const at = [...headers.keys()].filter((index) => headers[index] !== null);
  if (!form.isBlock) return true;
  const isLoose = at.filter((index) => index > 0 && lines[index - 1]?.trim() !== '').length;
  const isBare = at.filter((index) => (headers[index + 1] ?? null) !== null).length;
  if (at.length < 2 || isLoose * 10 > at.length || isBare > 0) return false;
  return !at.every((index) => endsInNumber(headers[index]?.name ?? ''));
}

/** Names with a number or an address behind them, as QQ's message manager writes them. */
function endsInNumber(name: string): boolean {
  return /\(\d{5,12}\)$/.test(name) || /<[^<>@]{1,64}@[^<>]{1,64}>$/.test(name);
}

function titleOf(path: string): string | null {
  const name = baseName(path).replace(/\.txt$/i, '');
  return name === '' ? null : name;
}

/** A chat of two bears the name of one of them. */
function shapeOf(names: ReadonlySet<string>, title: string | null, { ownName }: TextForm): ConversationShape {
  const others = [...names].filter((name) => name !== ownName);
  if (names.size > 2) return 'group';
  if (ownName !== null) return others.length === 1 ? 'direct' : 'unknown';
  return title !== null && names.has(title) ? 'direct' : 'unknown';
}
