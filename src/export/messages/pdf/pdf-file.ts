// A PDF file as it grows: numbered objects in the order in which they are made, then the table of where each is. What was written
// is forgotten but for its place, some bytes an object.

import { chunksOf } from '../../write-chunks';
import { createObjectTable, type ObjectTable, packedObjects, packObjects, tableEntries } from './object-table';
import { latin1 } from './pdf-syntax';

export interface PdfFile {
  /** A number for an object that is written later. Each that is reserved has to be put. */
  reserve(): number;
  /** Small objects are packed together; `alone`: one that programs read again and again. */
  put(number: number, body: string, how?: 'packed' | 'alone'): void;
  /** `entries`: of its dictionary, beside the length; `bytes` as they are (a JPEG), or deflated where that is asked for. */
  putStream(number: number, entries: string, bytes: Uint8Array<ArrayBuffer>, how: 'as-is' | 'deflate'): void;
  /** True where enough waits to be worth writing. */
  isFull(): boolean;
  /** What has been put since the last time. Streams are deflated now. */
  take(): Promise<readonly Uint8Array[]>;
  /** The table and the trailer; nothing may be put after it. */
  end(root: number, info: number): Promise<readonly Uint8Array[]>;
}

interface Waiting {
  readonly number: number;
  /** Of a stream: the entries of its dictionary. */
  readonly body: string;
  /** Of a stream; null for any other object. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly how: 'as-is' | 'deflate' | 'packed' | 'alone';
}

const fullBytes = 1 << 18;
/** Four bytes above 127 tell programs that the file is binary (7.5.2). */
const head = '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n';

/** A zlib stream, which PDF calls FlateDecode. Written by hand: through a Blob and a Response each takes Chromium ten times as long. */
async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<readonly Uint8Array[]> {
  const { writable, readable } = new CompressionStream('deflate');
  const writer = writable.getWriter();
  const pieces: Uint8Array[] = [];
  const read = async (): Promise<void> => {
    for await (const piece of chunksOf(readable)) pieces.push(piece);
  };
  await Promise.all([writer.write(bytes), writer.close(), read()]);
  return pieces;
}

async function piecesOf({ number, body, bytes, how }: Waiting): Promise<readonly Uint8Array[]> {
  if (bytes === null) return [latin1(`${number} 0 obj\n${body}\nendobj\n`)];
  const written = how === 'deflate' ? await deflate(bytes) : [bytes];
  const lengthBytes = written.reduce((sum, { length }) => sum + length, 0);
  const filter = how === 'deflate' ? ' /Filter /FlateDecode' : '';
  const begin = `${number} 0 obj\n<< ${body}${filter} /Length ${lengthBytes} >>\nstream\n`;
  return [latin1(begin), ...written, latin1('\nendstream\nendobj\n')];
}

/** What is written goes to `pieces`, and where each object is to the table. */
function createOutput(table: ObjectTable) {
  const pieces: Uint8Array[] = [latin1(head)];
  let doneBytes = head.length;
  const write = async (each: Waiting): Promise<void> => {
    const written = await piecesOf(each);
    table.setPlace(each.number, doneBytes);
    for (const piece of written) doneBytes += piece.length;
    pieces.push(...written);
  };
  return {
    get doneBytes() {
      return doneBytes;
    },
    take: (): Uint8Array[] => pieces.splice(0),
    write,
    async pack(objects: readonly Waiting[]): Promise<void> {
      const number = table.reserve();
      for (const [index, each] of objects.entries()) table.setPacked(each.number, number, index);
      const { entries, bytes } = packObjects(objects);
      await write({ number, body: entries, bytes, how: 'deflate' });
    },
  };
}

/** `fileId`: 32 hexadecimal digits that tell this file from others. */
export function createPdfFile(fileId: string): PdfFile {
  const table = createObjectTable();
  const output = createOutput(table);
  let waiting: Waiting[] = [];
  let waitingBytes = 0;
  const wait = (each: Waiting): void => {
    waiting.push(each);
    waitingBytes += each.body.length + (each.bytes?.length ?? 0);
  };
  const take = async (): Promise<Uint8Array[]> => {
    const taken = waiting;
    waiting = [];
    waitingBytes = 0;
    const packed = taken.filter(({ how }) => how === 'packed');
    for (const each of taken) if (each.how !== 'packed') await output.write(each);
    for (let from = 0; from < packed.length; from += packedObjects) await output.pack(packed.slice(from, from + packedObjects));
    return output.take();
  };
  return {
    reserve: table.reserve,
    put: (number, body, how = 'packed') => wait({ number, body, bytes: null, how }),
    putStream: (number, entries, bytes, how) => wait({ number, body: entries, bytes, how }),
    isFull: () => waitingBytes > fullBytes,
    take,
    async end(root, info) {
      const pieces = await take();
      const number = table.reserve();
      const atByte = output.doneBytes;
      table.setPlace(number, atByte);
      const trailer = `/Size ${table.size} /Root ${root} 0 R /Info ${info} 0 R /ID [<${fileId}> <${fileId}>]`;
      await output.write({ number, body: `${tableEntries} ${trailer}`, bytes: table.rows(), how: 'deflate' });
      return [...pieces, ...output.take(), latin1(`startxref\n${atByte}\n%%EOF\n`)];
    },
  };
}
