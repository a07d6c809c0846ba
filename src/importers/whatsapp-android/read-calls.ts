// The log of calls, where the database does not say which message each call is: then each is a message of its own.

import { noAttachments } from '../../model/record';
import type { MessageRecord, NeutralRecord } from '../../model/record';
import { problemOf } from '../problem-record';
import { rawRow } from '../raw-row';
import { readCall } from './modern-facts';
import type { ReadInput } from './read-modern';

const columns = ['_id', 'jid_row_id', 'from_me', 'call_id', 'timestamp', 'video_call', 'duration', 'call_result', 'group_jid_row_id'];

export function* readCalls({ archive, directory, jids }: ReadInput): Generator<NeutralRecord[], void, void> {
  if (archive.database.table('message_call_log') !== null) return;
  for (const batch of archive.rows.scan('call_log', columns)) {
    const out: NeutralRecord[] = [...batch.problems];
    for (const { row, span } of batch.rows) {
      const sentAtMs = row.whole('timestamp');
      const jid = jids.get(row.whole('jid_row_id'));
      if (sentAtMs === null || Math.abs(sentAtMs) > 8.64e15 || jid === null) {
        out.push(problemOf('not-understood', JSON.stringify(rawRow(archive.database, 'call_log', row)), span));
        continue;
      }
      const isOwn = row.flag('from_me');
      const result = row.whole('call_result');
      out.push({
        type: 'message',
        conversation: directory.conversation(jids.get(row.whole('group_jid_row_id')) ?? jid, 0, out),
        sender: directory.person(isOwn ? null : jid, out),
        sourceId: row.words('call_id') ?? `call_log:${row.rowid}`,
        sentAtMs,
        clock: 'absolute',
        kind: 'call',
        text: '',
        attachments: noAttachments,
        facts: { call: readCall(row, isOwn, 0), ...(result !== null && { extra: { callResult: result } }) },
        ...span,
      } satisfies MessageRecord);
    }
    yield out;
  }
}
