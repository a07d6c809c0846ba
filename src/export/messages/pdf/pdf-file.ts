// A PDF file as it grows: numbered objects in the order in which they are made, then the table of where each begins. What was
// written is forgotten but for its place, some bytes an object.

import { chunksOf } from '../../write-chunks';
import { latin1 } from './pdf-syntax';

export interface PdfFile {
  /** A number for an object that is written later. Each that is reserved has to be put. */
  reserve(): number;
  put(number: number, body: string): void;
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
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly deflates: boolean;
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

async function piecesOf({ number, body, bytes, deflates }: Waiting): Promise<readonly Uint8Array[]> {
  if (bytes === null) return [latin1(`${number} 0 obj\n${body}\nendobj\n`)];
  const written = deflates ? await deflate(bytes) : [bytes];
  const lengthBytes = written.reduce((sum, { length }) => sum + length, 0);
  const filter = deflates ? ' /Filter /FlateDecode' : '';
  const begin = `${number} 0 obj\n<< ${body}${filter} /Length ${lengthBytes} >>\nstream\n`;
  return [latin1(begin), ...written, latin1('\nendstream\nendobj\n')];
}

/** `fileId`: 32 hexadecimal digits that tell this file from others. */
export function createPdfFile(fileId: string): PdfFile {
  // By number; entry 0 heads the list of free ones. A number that was never put stays free.
  const offsets: number[] = [0];
  let waiting: Waiting[] = [];
  let waitingBytes = 0;
  let doneBytes = 0;
  const wait = (each: Waiting): void => {
    waiting.push(each);
    waitingBytes += each.body.length + (each.bytes?.length ?? 0);
  };
  const take = async (): Promise<readonly Uint8Array[]> => {
    const taken = waiting;
    waiting = [];
    waitingBytes = 0;
    const pieces: Uint8Array[] = doneBytes === 0 ? [latin1(head)] : [];
    if (doneBytes === 0) doneBytes = head.length;
    for (const each of taken) {
      const written = await piecesOf(each);
      offsets[each.number] = doneBytes;
      for (const piece of written) doneBytes += piece.length;
      pieces.push(...written);
    }
    return pieces;
  };
  return {
    reserve: () => offsets.push(0) - 1,
    put: (number, body) => wait({ number, body, bytes: null, deflates: false }),
    putStream: (number, entries, bytes, how) => wait({ number, body: entries, bytes, deflates: how === 'deflate' }),
    isFull: () => waitingBytes > fullBytes,
    take,
    async end(root, info) {
      const pieces = await take();
      const trailer = `trailer\n<< /Size ${offsets.length} /Root ${root} 0 R /Info ${info} 0 R /ID [<${fileId}> <${fileId}>] >>`;
      return [...pieces, latin1(tableOf(offsets)), latin1(`${trailer}\nstartxref\n${doneBytes}\n%%EOF\n`)];
    },
  };
}

/** Entries of exactly 20 bytes (7.5.4). */
function tableOf(offsets: readonly number[]): string {
  const entries = offsets.map((offset, number) => {
    if (number === 0 || offset === 0) return '0000000000 65535 f \n';
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  return `xref\n0 ${offsets.length}\n${entries.join('')}`;
}
