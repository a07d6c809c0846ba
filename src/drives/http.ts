// One HTTP request to a drive: no cookies, nothing from a cache, no redirect followed, and given up when nothing more comes.

import { CamphorError } from '../model/error';
import { countOutside, outsideBytes } from '../model/outside-memory';
import type { DriveEnvironment } from './environment';
import { contentBytes, type FileContent } from './file-content';
import { requestPatienceMs } from './patience';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: FileContent | string;
  /** Ends the request. */
  readonly signal?: AbortSignal;
  /** Called when it leaves us. */
  readonly onSend?: () => void;
  /**
   * A 308 that leads nowhere is an answer: Google's upload sessions say so that more has to come. The Fetch standard gives such
   * an answer only where a redirect may be followed, so that the request may hold nothing that is not for everyone.
   */
  readonly takes308?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /**
   * The body from `fromByte` to `toByte`; the rest is not waited for. Throws `drive-damaged` where it breaks off or has
   * fewer bytes than announced, `drive-unreachable` where nothing more comes.
   */
  readBytes(fromByte: number, toByte: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Lets go of a body that nobody reads. */
  discard(): Promise<void>;
}

const blobFromBytes = 64 * 1024;

/**
 * A large body goes as a Blob: Chromium copies an array once more for a service worker that lets it pass, 16 MiB in 610 ms
 * instead of 215 (docs/decisions/0006-backup-speed.md).
 */
function bodyOf(body: FileContent | string): FileContent | string {
  if (typeof body === 'string' || contentBytes(body) < blobFromBytes) return body;
  const blob = body instanceof Blob ? body : new Blob([body]);
  countOutside(outsideBytes(blob));
  return blob;
}

/**
 * What is read comes from the drive: a cache would say that a file is there which is gone. No browser keeps answers to other methods, and
 * where they are sent past the cache, Chromium forgets that it asked whether an address may be sent to, and asks before each request: every
 * other one of a backup, as Apache's log said.
 */
const cacheFor = (method: string): RequestCache => (method === 'GET' || method === 'HEAD' ? 'no-store' : 'default');

type Timer = Pick<DriveEnvironment, 'startTimer'>;

/**
 * Sends it. Throws `drive-unreachable` where no answer comes (`facts.step`: `connect`, or `silence` after half a minute and
 * more of it), `drive-redirected` for a redirect to wherever: credentials follow none.
 */
export async function sendRequest(environment: DriveEnvironment, request: HttpRequest): Promise<HttpAnswer> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  if (request.signal?.aborted) abort();
  request.signal?.addEventListener('abort', abort, { once: true });
  const sentBytes = typeof request.body === 'string' ? request.body.length : contentBytes(request.body ?? new Uint8Array(0));
  request.onSend?.();
  const response = await whileWaiting(environment, requestPatienceMs(sentBytes), controller, () =>
    environment.fetch(request.url, {
      method: request.method,
      headers: { ...request.headers },
      ...(request.body === undefined ? {} : { body: bodyOf(request.body) }),
      mode: 'cors',
      credentials: 'omit',
      cache: cacheFor(request.method),
      redirect: request.takes308 ? 'follow' : 'manual',
      referrerPolicy: 'no-referrer',
      signal: controller.signal,
    }),
  );
  if (isRedirect(response, request.takes308 === true)) {
    await response.body?.cancel().catch(() => {});
    throw new CamphorError('drive-redirected', { status: response.status });
  }
  return answerOf(response, environment, controller);
}

function isRedirect({ type, redirected, status }: Response, takes308: boolean): boolean {
  if (type === 'opaqueredirect' || redirected) return true;
  return status >= 300 && status < 400 && status !== 304 && !(takes308 && status === 308);
}

/** Runs it; aborts and throws `drive-unreachable` when it takes longer, or fails. */
async function whileWaiting<Value>(
  { startTimer }: Timer,
  patienceMs: number,
  controller: AbortController,
  run: () => Promise<Value>,
): Promise<Value> {
  let isSilent = false;
  let stopTimer = (): void => {};
  const silence = new Promise<never>((_, reject) => {
    stopTimer = startTimer(patienceMs, () => {
      isSilent = true;
      controller.abort();
      reject(new CamphorError('drive-unreachable', { step: 'silence' }));
    });
  });
  try {
    return await Promise.race([run(), silence]);
  } catch (cause) {
    throw new CamphorError('drive-unreachable', { step: isSilent ? 'silence' : 'connect' }, cause);
  } finally {
    stopTimer();
  }
}

/** Bodies of errors are read to their end up to this size, so that the connection can be used again. */
const discardedBytes = 64 * 1024;

function answerOf(response: Response, environment: Timer, controller: AbortController): HttpAnswer {
  const readBytes = async (fromByte: number, toByte: number): Promise<Uint8Array<ArrayBuffer>> => {
    const pieces: Uint8Array[] = [];
    const reader = response.body?.getReader();
    let at = 0;
    while (reader && at < toByte) {
      const { done, value } = await nextPiece(reader, environment, controller);
      if (done) break;
      const piece = value.subarray(Math.max(0, fromByte - at), Math.max(0, toByte - at));
      if (piece.length > 0) pieces.push(piece);
      at += value.length;
    }
    if (at < toByte && at < announcedBytes(response.headers)) throw new CamphorError('drive-damaged', { step: 'cut' });
    await reader?.cancel().catch(() => {});
    return joinCopies(pieces);
  };
  return {
    status: response.status,
    headers: response.headers,
    readBytes,
    discard: async () => void (await readBytes(0, discardedBytes).catch(() => {})),
  };
}

/** Always a copy: a piece may lie in a buffer that others share, and what we give may be transferred. */
function joinCopies(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

async function nextPiece(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  environment: Timer,
  controller: AbortController,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await whileWaiting(environment, requestPatienceMs(0), controller, () => reader.read());
  } catch (error) {
    if (error instanceof CamphorError && error.facts['step'] === 'silence') throw error;
    throw new CamphorError('drive-damaged', { step: 'cut' }, error);
  }
}

/** `Content-Length`; 0 where it is not said, or is that of a compressed body. */
function announcedBytes(headers: Headers): number {
  const length = Number(headers.get('content-length') ?? 0);
  return headers.has('content-encoding') || !Number.isSafeInteger(length) ? 0 : length;
}
