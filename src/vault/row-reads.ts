// Rows of IndexedDB that are asked for while others are being read are read together: a request costs Chromium about a
// millisecond whatever it asks for, and a search asks for thousands of rows.

export type ReadRows = (ids: readonly string[]) => Promise<readonly unknown[]>;

interface Waiting {
  readonly ids: readonly string[];
  resolve(rows: readonly unknown[]): void;
  reject(error: unknown): void;
}

/** Requests at the same time; more gained nothing when measured. */
const requestLimit = 2;
/** Rows of one request, unless one call asks for more: what it gives lies in memory at once. */
const rowLimit = 64;

/**
 * Gives `read` with calls joined to fewer requests. A call gets its rows in the order of its ids, or the error that it would
 * have got alone: what fails together is read again one call after the other.
 */
export function joinReads(read: ReadRows): ReadRows {
  const waiting: Waiting[] = [];
  let requests = 0;
  const readTogether = async (calls: readonly Waiting[]): Promise<void> => {
    try {
      const rows = await read(calls.flatMap(({ ids }) => ids));
      let from = 0;
      for (const { ids, resolve } of calls) resolve(rows.slice(from, (from += ids.length)));
    } catch (error) {
      if (calls.length === 1) return calls[0]?.reject(error);
      for (const call of calls) await readTogether([call]);
    }
  };
  const go = (): void => {
    if (requests >= requestLimit || waiting.length === 0) return;
    requests += 1;
    void readTogether(waiting.splice(0, howMany(waiting))).finally(() => {
      requests -= 1;
      go();
    });
  };
  return (ids) =>
    new Promise((resolve, reject) => {
      waiting.push({ ids, resolve, reject });
      go();
    });
}

function howMany(waiting: readonly Waiting[]): number {
  let [calls, rows] = [0, 0];
  for (const { ids } of waiting) {
    if (calls > 0 && rows + ids.length > rowLimit) break;
    rows += ids.length;
    calls += 1;
  }
  return calls;
}
