import { describe, expect, it } from 'vitest';
import { telegramJson } from '../../../src/importers/telegram/telegram-json';
import { filesOf } from '../samples';

describe('detection', () => {
  it.each([
    ['Discord', { guild: {}, channel: {}, messages: [{ id: '1', type: 'Default', timestamp: '2024-01-01', content: 'x', author: {} }] }],
    ['Messenger', { participants: [], messages: [{ sender_name: 'A', timestamp_ms: 5, content: 'x', type: 'Generic' }] }],
    ['something with messages', { type: 'chat', messages: [{ type: 'message', text: 'x' }] }],
    ['something with chats', { chats: { list: [{ name: 'x', type: 'room', messages: [] }] } }],
  ])('leaves %s to others', async (_name, content) => {
    expect(await telegramJson.detect(filesOf('x', { 'result.json': JSON.stringify(content) }))).toEqual([]);
  });

  it('finds an account whose chats lie beyond what it may read', async () => {
    const list = Array.from({ length: 4000 }, (_, at) => ({
      user_id: at + 1,
      first_name: `First name ${at}`,
      last_name: 'Last',
      phone_number: '+1 555 0100',
      date: '2018-01-01T00:00:00',
    }));
    const content = JSON.stringify({ about: '', contacts: { about: '', list }, chats: { list: [] } });
    expect(content.length).toBeGreaterThan(300_000);
    expect(await telegramJson.detect(filesOf('x', { 'result.json': content }))).toHaveLength(1);
  });
});
