// The skeleton of a PDF: strings that hold whatever they are given, a table that says where each object is, a tree of pages.

import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../../src/bytes/join-bytes';
import { createPageTree } from '../../../src/export/messages/pdf/page-tree';
import { createPdfFile, type PdfFile } from '../../../src/export/messages/pdf/pdf-file';
import { dateString, decimal, latin1, literal, textString, utf16Hex } from '../../../src/export/messages/pdf/pdf-syntax';
import { readerOf, write } from '../invented-chat';

/** A literal string read by the rules of ISO 32000-1, 7.3.4.2; where it ends is where the parentheses are even. */
function readLiteral(written: string): { readonly bytes: string; readonly end: number } {
  const letters = new Map([['n', '\n'], ['r', '\r'], ['t', '\t'], ['b', '\b'], ['f', '\f']]); // prettier-ignore
  let bytes = '';
  let depth = 0;
  for (let at = 0; at < written.length; at++) {
    const letter = written.charAt(at);
    if (letter === '\\') {
      at += 1;
      bytes += letters.get(written.charAt(at)) ?? written.charAt(at);
    } else if (letter === '(' && depth++ === 0) continue;
    else if (letter === ')' && --depth === 0) return { bytes, end: at + 1 };
    // An end of line is read as a line feed, however it is written.
    else bytes += letter === '\r' ? '\n' : letter;
  }
  throw new Error('the string has no end');
}

const anyBytes = fc.uint8Array({ maxLength: 60 }).map((bytes) => String.fromCharCode(...bytes));

test('strings hold any bytes, and any text as UTF-16', () => {
  fc.assert(fc.property(anyBytes, fc.constantFrom('', ') Tj', '(', '\\'), (bytes, after) => {
    const written = literal(bytes);
    expect(readLiteral(written + after)).toEqual({ bytes, end: written.length });
  })); // prettier-ignore
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    const hex = utf16Hex(text);
    expect(String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)))).toBe(text.toWellFormed());
  })); // prettier-ignore
  expect(textString('é\ud800')).toBe('<feff00e9fffd>');
  expect([decimal(0), decimal(1.5), decimal(-0.126), decimal(1e-9), decimal(595.28)]).toEqual(['0', '1.50', '-0.13', '0', '595.28']);
  expect(dateString(Date.UTC(2024, 2, 14, 8, 30, 5))).toBe('(D:20240314083005Z)');
});

async function bytesOf(pieces: readonly (readonly Uint8Array[])[]): Promise<string> {
  const all = pieces.flat();
  return Buffer.from(joinBytes(all, all.reduce((sum, { length }) => sum + length, 0))).toString('latin1'); // prettier-ignore
}

interface ReadStream {
  readonly dictionary: string;
  readonly bytes: Buffer;
}

/** The stream that begins at this byte of the file. */
function streamAt(pdf: string, atByte: number): ReadStream {
  const begin = pdf.indexOf('\nstream\n', atByte) + 8;
  const dictionary = pdf.slice(atByte, begin);
  const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
  expect(pdf.slice(begin + length).startsWith('\nendstream\nendobj\n')).toBe(true);
  const bytes = Buffer.from(pdf.slice(begin, begin + length), 'latin1');
  return { dictionary, bytes: dictionary.includes('/FlateDecode') ? inflateSync(bytes) : bytes };
}

/** Rows of the table, each eight bytes, which lie there as differences from the one before. */
function rowsOf(pdf: string): readonly Buffer[] {
  const { dictionary, bytes } = streamAt(pdf, Number(/startxref\n(\d+)\n%%EOF\n$/.exec(pdf)?.[1]));
  expect(dictionary).toContain('/Type /XRef /W [1 5 2] /DecodeParms << /Predictor 12 /Columns 8 >>');
  const rows: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 9) {
    const before = rows.at(-1);
    expect(bytes[at]).toBe(2);
    rows.push(Buffer.from(bytes.subarray(at + 1, at + 9).map((value, column) => value + (before?.[column] ?? 0))));
  }
  expect(dictionary).toContain(`/Size ${rows.length} `);
  return rows;
}

/** The body of an object in a stream of objects. */
function packedBody({ dictionary, bytes }: ReadStream, number: number, index: number): string {
  const [, count, first] = /\/Type \/ObjStm \/N (\d+) \/First (\d+)/.exec(dictionary)?.map(Number) ?? [];
  const text = bytes.toString('latin1');
  const heads = text.slice(0, first).trim().split(' ').map(Number);
  expect(heads.length).toBe(2 * (count ?? 0));
  expect(heads[2 * index]).toBe(number);
  return text.slice((first ?? 0) + (heads[2 * index + 1] ?? 0)).slice(0, (heads[2 * index + 3] ?? Infinity) - (heads[2 * index + 1] ?? 0));
}

/** What stands where the table says that each object is, by number: with its number where it stands by itself. */
function objectsOf(pdf: string): readonly string[] {
  const rows = rowsOf(pdf);
  const place = (row: Buffer): number => row.readUIntBE(1, 5);
  const streams = new Map<number, ReadStream>();
  const streamOf = (atByte: number): ReadStream => {
    const found = streams.get(atByte) ?? streamAt(pdf, atByte);
    streams.set(atByte, found);
    return found;
  };
  return rows.map((row, number) => {
    if (row[0] === 0) return '';
    if (row[0] === 1) return pdf.slice(place(row));
    const stream = rows[place(row)];
    expect(stream?.[0]).toBe(1);
    return packedBody(streamOf(place(stream ?? row)), number, row.readUInt16BE(6));
  });
}

test('each place in the table is where an object begins, whatever is in the objects', async () => {
  const anyObject = fc.record({ body: anyBytes, stream: fc.constantFrom(null, 'as-is' as const, 'deflate' as const), takes: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(anyObject, { maxLength: 30 }), async (objects) => {
      const file = createPdfFile('0'.repeat(32));
      const numbers = objects.map(() => file.reserve());
      const unused = file.reserve();
      const pieces: (readonly Uint8Array[])[] = [];
      for (const [at, { body, stream, takes }] of objects.entries()) {
        // From behind, so that numbers and places are in different orders.
        const number = numbers.at(-1 - at) ?? 0;
        if (stream === null) file.put(number, literal(body));
        else file.putStream(number, '', latin1(body), stream);
        if (takes) pieces.push(await file.take());
      }
      pieces.push(await file.end(1, 2));
      const pdf = await bytesOf(pieces);
      expect(pdf.startsWith('%PDF-1.7\n%')).toBe(true);
      const found = objectsOf(pdf);
      for (const [at, { body, stream }] of objects.entries()) {
        const number = numbers.at(-1 - at) ?? 0;
        const written = found[number] ?? '';
        if (stream === null) expect(written.trimEnd()).toBe(literal(body).trimEnd());
        else expect(written.startsWith(`${number} 0 obj\n`)).toBe(true);
        if (stream !== null) expect(streamAt(written, 0).bytes.toString('latin1')).toBe(body);
      }
      expect([found[0], found[unused]]).toEqual(['', '']);
    }),
    { numRuns: 60 },
  );
});

describe('the tree of pages', () => {
  async function treeOf(count: number): Promise<{ readonly objects: readonly string[]; readonly root: number }> {
    const file: PdfFile = createPdfFile('0'.repeat(32));
    const tree = createPageTree(file, '/MediaBox [0 0 1 1]');
    for (let at = 0; at < count; at++) {
      const number = file.reserve();
      file.put(number, `<< /Type /Page /Parent ${tree.add(number)} 0 R /At ${at} >>`);
    }
    tree.end();
    const pieces = [await file.end(tree.root, tree.root)];
    return { objects: objectsOf(await bytesOf(pieces)), root: tree.root };
  }

  test.each([1, 64, 65, 4096, 4097, 9000])('of %i has each once, in order, at most 64 at a node, three deep', async (count) => {
    const { objects, root } = await treeOf(count);
    const pages: number[] = [];
    const walk = (number: number, parent: number, depth: number): number => {
      const object = (objects[number] ?? '').slice(0, 2000).split('endobj')[0] ?? '';
      if (depth > 0) expect(object).toContain(`/Parent ${parent} 0 R`);
      if (object.includes('/Type /Page ')) return pages.push(Number(/\/At (\d+)/.exec(object)?.[1])) && 1;
      const kids = [...(/\/Kids \[([^\]]*)\]/.exec(object)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map(([, kid]) => Number(kid));
      expect(kids.length).toBeLessThanOrEqual(64);
      expect(depth).toBeLessThan(3);
      const sum = kids.reduce((total, kid) => total + walk(kid, number, depth + 1), 0);
      expect(object).toContain(`/Count ${sum} `);
      return sum;
    };
    expect(walk(root, 0, 0)).toBe(count);
    expect(pages).toEqual(Array.from({ length: count }, (_, at) => at));
  });
});

test('where nothing can be drawn, no PDF is begun', async () => {
  // Node has no canvas.
  await expect(write(readerOf([]), { format: 'pdf' })).rejects.toMatchObject({ code: 'canvas-blocked' });
});
