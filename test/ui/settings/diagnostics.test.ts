// The report for a fault: what it says, and that it says nothing of whose it is.

import { describe, expect, it } from 'vitest';
import { type DiagnosticFacts, diagnosticsText } from '../../../src/ui/settings/diagnostics';
import { backupScenarios } from '../backups/scenarios';
import { inventedConversations } from '../fake-conversations';
import { inventedReceipts } from '../fake-plan';

const browser = {
  userAgent: 'Invented/1.0',
  languages: ['zh-CN'],
  processors: 2,
  memoryGb: null,
  size: [360, 740, 3],
  features: { filePicker: false },
} as const;
const drives = backupScenarios.harmed.drives ?? [];
const receipts = inventedReceipts();
const facts: DiagnosticFacts = {
  version: '1.2.3',
  status: { state: 'open', hasPassphrase: true, resealing: false, readOnly: false, persisted: false },
  storage: null,
  conversations: inventedConversations().map(({ view }) => view),
  receipts,
  drives,
};

describe('the report', () => {
  const text = diagnosticsText(facts, browser);

  it('says what a developer asks first', () => {
    const report = JSON.parse(text) as Record<string, unknown>;
    expect(report).toMatchObject({
      app: '1.2.3',
      storage: null,
      browser: { processors: 2 },
      vault: { state: 'open', hasPassphrase: true },
    });
    expect(report['imports']).toHaveLength(receipts.length);
    expect(report['drives']).toHaveLength(drives.length);
    expect(Object.values(report['conversations'] as Record<string, number>).reduce((sum, count) => sum + count, 0)).toBe(
      facts.conversations.length,
    );
  });

  it('holds no name, no place, no file name and no id', () => {
    const secret = [
      ...facts.conversations.flatMap(({ id, name, last }) => [id, name, last?.text ?? '', last?.senderName ?? '']),
      ...drives.flatMap(({ id, name, place, repositoryId }) => [id, name, place, repositoryId]),
      ...receipts.flatMap(({ id, files, conversationNames }) => [
        id,
        ...files.map(({ path }) => path),
        ...Object.values(conversationNames),
      ]),
    ].filter((words) => words.length > 2);
    expect(secret.length).toBeGreaterThan(20);
    expect(secret.filter((words) => text.includes(words))).toEqual([]);
  });
});
