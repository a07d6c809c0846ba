// Reading an account of WeChat's databases, for tests of each of its forms.

import { expect } from 'vitest';
import type { Answers } from '../../../src/importers/importer';
import { weChatDatabase } from '../../../src/importers/wechat-database/wechat-database';
import { expectTiling, findFault, guessAnswers, messagesOf, readAll } from '../read-records';
import { filesOf } from '../samples';

/** The one account among the files; `answers` over the importer's guesses. */
export async function readAccount(contents: Readonly<Record<string, Uint8Array>>, answers: Answers = {}) {
  const files = filesOf('account', contents, 'folder');
  const detections = await weChatDatabase.detect(files);
  expect(detections).toHaveLength(1);
  const [detection] = detections;
  const questions = await weChatDatabase.ask(files, detection!);
  const guesses = await guessAnswers(weChatDatabase, files, detection!);
  const records = await readAll(weChatDatabase, files, detection!, { ...guesses, ...answers });
  expect(findFault(files, detection!, records)).toBeNull();
  await expectTiling(files, detection!, records);
  const messages = messagesOf(records);
  const people = records.filter((record) => record.type === 'person');
  return {
    files,
    detection: detection!,
    questions,
    records,
    messages,
    conversations: records.filter((record) => record.type === 'conversation'),
    people,
    problems: records.filter((record) => record.type === 'problem'),
    get: (id: string) => messages.find(({ sourceId }) => sourceId === id)!,
    /** WeChat's id of who wrote a message; null where nobody did. */
    senderOf: (id: string) => {
      const index = messages.find(({ sourceId }) => sourceId === id)?.sender;
      return people.find((person) => person.index === index)?.sourceId ?? null;
    },
  };
}
