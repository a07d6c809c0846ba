// What Debian's poppler and qpdf make of a PDF: for tests in the browser as a command of vitest's, and for journeys.

import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const programs = { pdftotext: 'poppler-utils', pdfinfo: 'poppler-utils', pdfimages: 'poppler-utils', qpdf: 'qpdf' } as const;

export interface InspectedPdf {
  /** As pdftotext gives it by default: pages end in a form feed. */
  readonly text: string;
  /** By what pdfinfo calls it. */
  readonly info: Readonly<Record<string, string>>;
  /** Addresses of links, by page and in order. */
  readonly links: readonly string[];
  /** Those outside of fonts, as often as they are shown: `1000x500 jpeg`. */
  readonly pictures: readonly string[];
}

/** Throws an Error that names the Debian package where a program is missing. */
async function runProgram(name: keyof typeof programs, ...args: readonly string[]): Promise<string> {
  const path = `/usr/bin/${name}`;
  if (!existsSync(path))
    throw new Error(`${path} is missing: install the Debian package ${programs[name]} (node test/tools/setup.mjs pdf)`);
  const { stdout, stderr } = await run(path, [...args], { maxBuffer: 256 * 1024 * 1024 });
  if (stderr !== '') throw new Error(`${name}: ${stderr.slice(0, 2000)}`);
  return stdout;
}

/** Throws with the words of the program that found a fault in the file, warnings included. */
export async function inspectPdfFile(path: string): Promise<InspectedPdf> {
  await runProgram('qpdf', '--check', path);
  const info = (await runProgram('pdfinfo', path)).split('\n').map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, Math.max(0, colon)), line.slice(colon + 1).trim()];
  });
  const links = (await runProgram('pdfinfo', '-url', path)).split('\n').slice(1);
  const pictures = (await runProgram('pdfimages', '-list', path)).split('\n').slice(2);
  return {
    text: await runProgram('pdftotext', path, '-'),
    info: Object.fromEntries(info),
    links: links.flatMap((line) => /^ *\d+ +\S+ +(.*)$/.exec(line)?.[1] ?? []),
    pictures: pictures.flatMap((line) => {
      const [, , type, width, height, , , , encoding] = line.trim().split(/ +/);
      return type === 'image' && encoding === 'jpeg' ? [`${width}x${height} jpeg`] : [];
    }),
  };
}

export interface PdfStructure {
  /** As pdfinfo shows it: elements and their texts, a line each. */
  readonly tree: string;
  /** What is said in place of pictures. */
  readonly alternatives: readonly string[];
}

/** What a program that reads aloud is told. Slow for many pages. */
export async function readPdfStructure(path: string): Promise<PdfStructure> {
  const tree = await runProgram('pdfinfo', '-struct-text', path);
  const objects = await runProgram('qpdf', '--json=latest', path);
  return { tree, alternatives: [...objects.matchAll(/"\/Alt": "u:(.*)"/g)].map(([, alternative = '']) => alternative) };
}

/** The same of a file of these bytes, which the test's page sends in Base64. */
export const inspectPdfStructure = (_context: unknown, base64: string): Promise<PdfStructure> => withFile(base64, readPdfStructure);

/** The same as `inspectPdfFile`. */
export const inspectPdf = (_context: unknown, base64: string): Promise<InspectedPdf> => withFile(base64, inspectPdfFile);

async function withFile<Result>(base64: string, look: (path: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'camphor-pdf-'));
  try {
    const path = join(folder, 'messages.pdf');
    writeFileSync(path, Buffer.from(base64, 'base64'));
    if (process.env['CAMPHOR_KEEP_PDF'] !== undefined)
      writeFileSync(join(process.env['CAMPHOR_KEEP_PDF'], `${Date.now()}.pdf`), Buffer.from(base64, 'base64'));
    return await look(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
