// Proof that nothing of an archive was left out: bytes of records, problems and structure by entry, against its size; of a
// database, rows against their number.

import type { FileSet } from '../bytes/source';
import type { Problem } from '../model/problem';
import type { Receipt, ReceiptProblem } from '../model/receipt';
import { receiptProblemLimit } from '../model/receipt';
import type { NeutralRecord, Span } from '../model/record';

type Account = { -readonly [Name in keyof Receipt['accounting'][number]]: Receipt['accounting'][number][Name] };

export interface Ledger {
  /** Books the span of a record; those without one are passed over. */
  book(record: NeutralRecord): void;
  addProblem(problem: Problem, span: Span): void;
  /** The accounts, after a problem was added for each entry that does not add up. */
  close(): Pick<Receipt, 'accounting' | 'problems' | 'problemCounts'>;
}

export function openLedger(files: FileSet, entries: readonly number[]): Ledger {
  const accounts = openAccounts(files, entries);
  const problems: ReceiptProblem[] = [];
  const counts = new Map<string, number>();
  const addProblem = (problem: Problem, { entry, offsetBytes, lengthBytes }: Span): void => {
    counts.set(problem.code, (counts.get(problem.code) ?? 0) + 1);
    if (problems.length < receiptProblemLimit) problems.push({ problem, entry, offsetBytes, lengthBytes });
  };
  return {
    addProblem,
    book(record) {
      if (record.type === 'conversation' || record.type === 'person') return;
      const account = accounts.get(record.entry);
      if (record.type === 'rows') {
        if (account !== undefined) accounts.set(record.entry, { ...account, unit: 'row', sizeBytes: record.rowCount });
        return;
      }
      if (record.type === 'problem') addProblem(record.problem, record);
      if (account === undefined) return;
      if (record.type === 'message') account.recordBytes += record.lengthBytes;
      else if (record.type === 'problem') account.problemBytes += record.lengthBytes;
      else account.structureBytes += record.lengthBytes;
    },
    close() {
      for (const { problem, entry } of findMissing(accounts)) addProblem(problem, { entry, offsetBytes: 0, lengthBytes: 0 });
      for (const { code, detail, entry } of files.problems)
        addProblem({ code, raw: '', detail }, { entry: entry ?? entries[0] ?? 0, offsetBytes: 0, lengthBytes: 0 });
      return { accounting: [...accounts.values()], problems, problemCounts: Object.fromEntries(counts) };
    },
  };
}

function openAccounts(files: FileSet, entries: readonly number[]): Map<number, Account> {
  const empty = { recordBytes: 0, problemBytes: 0, structureBytes: 0 };
  return new Map(
    entries.flatMap((index): [number, Account][] => {
      const entry = files.entries[index];
      return entry === undefined ? [] : [[index, { path: entry.path, entry: index, sizeBytes: entry.sizeBytes, ...empty }]];
    }),
  );
}

/** A problem for each entry that does not add up. */
function findMissing(accounts: ReadonlyMap<number, Account>): { readonly entry: number; readonly problem: Problem }[] {
  return [...accounts].flatMap(([entry, { sizeBytes, recordBytes, problemBytes, structureBytes, unit = 'byte' }]) => {
    const missing = sizeBytes - recordBytes - problemBytes - structureBytes;
    return missing === 0
      ? []
      : [{ entry, problem: { code: 'not-understood' as const, raw: '', detail: `${missing} ${unit}s are not accounted for` } }];
  });
}
