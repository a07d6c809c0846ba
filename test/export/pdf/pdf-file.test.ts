// The skeleton of a PDF: strings that hold whatever they are given, a table that says where each object is, a tree of pages.

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

/** What stands where the table says that each object is, by number. */
function objectsOf(pdf: string): readonly string[] {
  const table = pdf.slice(Number(/startxref\n(\d+)\n%%EOF\n$/.exec(pdf)?.[1]));
  const [, head = ''] = /^xref\n0 (\d+)\n/.exec(table) ?? [];
  const entries = table.slice(`xref\n0 ${head}\n`.length).match(/\d{10} \d{5} [nf] \n/g) ?? [];
  expect(entries.length).toBe(Number(head));
  expect(table).toContain(`/Size ${head} `);
  return entries.map((entry) => (entry.endsWith('n \n') ? pdf.slice(Number(entry.slice(0, 10))) : ''));
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
      for (const number of numbers) expect(found[number]?.startsWith(`${number} 0 obj\n`)).toBe(true);
      expect([found[0], found[unused]]).toEqual(['', '']);
      for (const stream of found.filter((each) => /^\d+ 0 obj\n<<.*\nstream\n/.test(each))) {
        const length = Number(/\/Length (\d+)/.exec(stream)?.[1]);
        expect(stream.slice(stream.indexOf('stream\n') + 7 + length).startsWith('\nendstream\nendobj\n')).toBe(true);
      }
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
