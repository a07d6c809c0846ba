// One import, undo or removal: a fresh worker for each, so that cancelling it is terminating it.

import { wrap } from 'comlink';
import { provideSqliteWasm } from '../src/bytes/sqlite/engine';
import { createIntake } from '../src/intake/intake';
import { lazily } from '../src/model/lazily';
import type { ImportVerbs, ServedSnapshotVerbs } from '../src/model/verbs';
import { connectVault } from './connect-vault';
import { intakeEnvironment } from './intake-environment';
import { serve } from './serve';

const { verbs, vault } = connectVault();
const intake = lazily(() => createIntake(intakeEnvironment(vault())));

serve({
  ...verbs,
  provideWasm: async (read) => provideSqliteWasm(() => read('sqlite')),
  plan: (drop, zone, report) => intake().plan(drop, zone, report),
  replan: (planId, choices, report) => intake().replan(planId, choices, report),
  unlock: (...order) => intake().unlock(...order),
  chooseApps: (planId, fileId, appIds, report) => intake().chooseApps(planId, fileId, appIds, report),
  previewTable: (planId, fileId, draft) => intake().previewTable(planId, fileId, draft),
  mapTable: (planId, fileId, mapping, choices, report) => intake().mapTable(planId, fileId, mapping, choices, report),
  run: (planId, choices, report) => intake().run(planId, choices, report),
  planAgain: (receipt, zone, report) => intake().planAgain(receipt, zone, report),
  planSnapshot: async (port, report) => intake().planSnapshot(wrap<ServedSnapshotVerbs>(port), report),
  undo: (receipt, report) => intake().undo(receipt, report),
  dropOriginal: (receipt) => intake().dropOriginal(receipt),
  previewJoin: (into, from, report) => intake().previewJoin(into, from, report),
  joinConversations: (into, from, report) => intake().joinConversations(into, from, report),
  separateConversations: (conversation, report) => intake().separateConversations(conversation, report),
  removeConversation: (conversation, report, reach) => intake().removeConversation(conversation, report, reach),
} satisfies ImportVerbs);
