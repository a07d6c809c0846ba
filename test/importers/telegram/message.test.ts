import { describe, expect, it } from 'vitest';
import { fileSetOfFiles } from '../../../src/bytes/file-set';
import { toMessage } from '../../../src/importers/telegram/message';
import type { MessageContext } from '../../../src/importers/telegram/message';
import { serviceActions } from '../../../src/importers/telegram/service-actions';
import type { JsonObject } from '../../../src/model/json';

const context: MessageContext = {
  conversation: 0,
  place: { folder: '', files: fileSetOfFiles('export', 'files', []) },
  senderOf: (id, name) => (id === undefined && name === undefined ? -1 : 7),
  timeBefore: { sentAtMs: 5000, clock: 'absolute' },
};
const span = { entry: 0, offsetBytes: 10, lengthBytes: 20 };
const head = { id: 1, type: 'message', date: '2024-01-15T10:00:00', date_unixtime: '1705312800', from: 'Bob', from_id: 'user4444' };

const read = (fields: JsonObject) => toMessage({ ...head, text: '', text_entities: [], ...fields }, context, span);
const readService = (fields: JsonObject) => {
  const { from: _from, from_id: _id, ...rest } = head;
  return toMessage({ ...rest, type: 'service', actor: 'Bob', actor_id: 'user4444', text: '', text_entities: [], ...fields }, context, span);
};

describe('a plain message', () => {
  it('has its fields and nothing beyond', () => {
    expect(read({ text: 'hi', text_entities: [{ type: 'plain', text: 'hi' }] })).toEqual({
      type: 'message',
      conversation: 0,
      sender: 7,
      sourceId: '1',
      sentAtMs: 1_705_312_800_000,
      clock: 'absolute',
      kind: 'text',
      text: 'hi',
      attachments: [],
      facts: null,
      entry: 0,
      offsetBytes: 10,
      lengthBytes: 20,
    });
  });

  it('is null without a time', () => {
    expect(toMessage({ id: 1, type: 'message', from: 'Bob', text: 'hi' }, context, span)).toBeNull();
    expect(toMessage({ id: 1, type: 'message', date_unixtime: '292277026596', text: 'hi' }, context, span)).toBeNull();
  });

  it('may have no sender and no id', () => {
    expect(toMessage({ type: 'message', date_unixtime: '5', text: 'hi' }, context, span)).toMatchObject({ sender: -1, sourceId: null });
  });

  it('keeps an id beyond 2^53 that was read as text', () => {
    expect(read({ id: '9223372036854775807' })).toMatchObject({ sourceId: '9223372036854775807' });
  });
});

describe('facts', () => {
  it('reply: in this conversation, or in another', () => {
    expect(read({ reply_to_message_id: 39 })?.facts).toEqual({ replyTo: { sourceId: '39' } });
    expect(read({ reply_to_message_id: 39, reply_to_peer_id: 'channel9' })?.facts).toEqual({
      replyTo: { sourceId: '39', conversationSourceId: 'channel9' },
    });
  });

  it('forward: from a name, from a deleted account, from an id', () => {
    expect(read({ forwarded_from: 'News' })?.facts).toEqual({ forward: { fromName: 'News' } });
    expect(read({ forwarded_from: null })?.facts).toEqual({ forward: { fromName: null } });
    expect(read({ forwarded_from: 'News', forwarded_from_id: 'channel5' })?.facts).toEqual({
      forward: { fromName: 'News', fromSourceId: 'channel5' },
    });
  });

  it('edited: an instant, a wall clock, or never', () => {
    expect(read({ edited: '2024-01-15T10:02:00', edited_unixtime: '1705312920' })?.facts).toEqual({
      edited: { editedAtMs: 1_705_312_920_000 },
    });
    expect(read({ edited: '2018-11-17T00:58:05' })?.facts).toEqual({
      edited: { editedAtMs: null },
      extra: { edited: '2018-11-17T00:58:05' },
    });
    expect(read({ edited: '1970-01-01T05:00:00' })?.facts).toBeNull();
  });

  it('reactions: characters, paid, custom; who, where the export says so', () => {
    expect(read({ reactions: [{ type: 'emoji', count: 2, emoji: '👍' }] })?.facts).toEqual({
      reactions: [{ emoji: '👍', count: 2, by: [] }],
    });
    const reactions = [
      {
        type: 'emoji',
        count: 2,
        emoji: '👍',
        recent: [
          { from: 'Ann', from_id: 'user2', date: '2024-01-15T10:00:00' },
          { from: null, from_id: 'user3', date: '2024-01-15T10:00:01' },
        ],
      },
      { type: 'custom_emoji', count: 1, document_id: '5190458330719461749' },
      { type: 'paid', count: 50 },
    ];
    expect(read({ reactions })?.facts).toEqual({
      reactions: [
        { emoji: '👍', count: 2, by: ['Ann'] },
        { emoji: '❔', count: 1, by: [] },
        { emoji: '⭐', count: 50, by: [] },
      ],
      extra: { reactions },
    });
  });

  it('bot, signature, buttons, spoiler and self-destruction go to extra', () => {
    const extra = {
      author: 'Ed',
      via_bot: '@gif',
      saved_from: 'News',
      media_spoiler: true,
      self_destruct_period_seconds: 60,
      inline_bot_buttons: [[{ type: 'url', text: 'Go', data: 'https://a.example/' }]],
    };
    expect(read({ text: 'hi', ...extra })).toMatchObject({ kind: 'text', facts: { extra } });
  });

  it('entities that say more than an entity can are kept whole', () => {
    const text_entities = [{ type: 'pre', text: 'let x', language: 'rust' }];
    expect(read({ text: text_entities, text_entities })?.facts).toEqual({
      entities: [{ type: 'pre', offset: 0, length: 5 }],
      extra: { text_entities },
    });
  });
});

describe('kinds', () => {
  it('poll, its question plain or mixed', () => {
    const answers = [
      { text: 'Yes', voters: 3, chosen: true },
      { text: ['No', { type: 'custom_emoji', text: '🙅', document_id: '1' }], voters: 0, chosen: false },
    ];
    const poll = { question: 'Go?', closed: true, total_voters: 3, answers };
    const options = [
      { text: 'Yes', votes: 3 },
      { text: 'No🙅', votes: 0 },
    ];
    expect(read({ poll })).toMatchObject({
      kind: 'poll',
      facts: { poll: { question: 'Go?', closed: true, options }, extra: { poll: { total_voters: 3, chosen: [0] } } },
    });
    expect(read({ poll: { ...poll, question: ['Go', { type: 'plain', text: '?' }] } })).toMatchObject({
      kind: 'poll',
      facts: { poll: { question: 'Go?' } },
    });
  });

  it('contact, location, live location, venue, and a location that is gone', () => {
    const contact_information = { first_name: 'Ann', last_name: 'Lee', phone_number: '+1 555 0100' };
    expect(read({ contact_information })).toMatchObject({ kind: 'contact', facts: { contact: { name: 'Ann Lee', phone: '+1 555 0100' } } });
    expect(read({ contact_information: { first_name: '', last_name: '', phone_number: '' } })?.facts).toEqual({ contact: { name: '' } });
    const location_information = { latitude: 41.328109, longitude: 69.327564 };
    expect(read({ location_information, live_location_period_seconds: 132 })).toMatchObject({
      kind: 'location',
      facts: { location: { latitude: 41.328109, longitude: 69.327564 }, extra: { live_location_period_seconds: 132 } },
    });
    expect(read({ location_information, place_name: 'Tea', address: '1 Road' })?.facts).toEqual({
      location: { latitude: 41.328109, longitude: 69.327564, name: 'Tea', address: '1 Road' },
    });
    expect(read({ location_information: null })).toMatchObject({ kind: 'location', facts: null });
  });

  it('game, and an invoice whose JSON lies in a string', () => {
    expect(read({ game_title: 'Lumber', game_description: 'Chop', game_link: 'https://t.me/gamebot?game=lumber' })).toMatchObject({
      kind: 'link',
      facts: { extra: { game_title: 'Lumber' } },
    });
    expect(read({ invoice_information: '{\n "title": "Tea",\n "amount": 500\n}' })).toMatchObject({
      kind: 'transfer',
      facts: { extra: { invoice_information: { title: 'Tea', amount: 500 } } },
    });
    expect(read({ invoice_information: '{broken' })?.facts).toEqual({ extra: { invoice_information: '{broken' } });
  });

  it('photo with a caption that is not exported', () => {
    expect(
      read({ photo: '(File not included. Change data exporting settings to download.)', width: 9, height: 8, text: 'look' }),
    ).toMatchObject({
      kind: 'image',
      text: 'look',
      attachments: [{ kind: 'image', name: null, missing: 'not-exported', widthPx: 9, heightPx: 8 }],
      facts: null,
    });
  });

  it.each([
    ['a to-do list', { todo_list: { title: 'Pack', others_can_append: true, answers: [{ text: 'tea', id: 1 }] } }],
    ['a giveaway', { giveaway_information: { quantity: 3, months: 6 } }],
    ['what a later version invents', { hologram: { depth: 3 } }],
  ])('%s is unknown, with all of it kept', (_name, fields) => {
    const message = read(fields);
    expect(message).toMatchObject({ kind: 'unknown', facts: { extra: { ...fields, raw: { ...head, ...fields } } } });
  });

  it('a new key beside a text changes no kind', () => {
    expect(read({ text: 'hi', hologram: 3 })).toMatchObject({ kind: 'text', facts: { extra: { hologram: 3 } } });
  });

  it('rich_message gives its text', () => {
    const rich_message = {
      blocks: [
        { type: 'p', text: 'one' },
        { type: 'p', text: 'two' },
      ],
    };
    expect(read({ rich_message })).toMatchObject({ kind: 'text', text: 'one\ntwo', facts: { extra: { rich_message } } });
  });

  it('unsupported is unknown at the time of the message before', () => {
    const message = toMessage({ id: 4, type: 'unsupported' }, context, span);
    expect(message).toMatchObject({
      kind: 'unknown',
      sourceId: '4',
      sentAtMs: 5000,
      sender: -1,
      facts: { extra: { raw: { id: 4, type: 'unsupported' } } },
    });
    expect(toMessage({ id: 4, type: 'unsupported' }, { ...context, timeBefore: null }, span)).toBeNull();
  });

  it('an unknown type is unknown, with all of it kept', () => {
    expect(read({ type: 'hologram', text: 'hi' })).toMatchObject({
      kind: 'unknown',
      text: 'hi',
      facts: { extra: { raw: { type: 'hologram' } } },
    });
  });

  it('a key called __proto__ stays a key', () => {
    const message = toMessage(
      JSON.parse('{"id":1,"type":"message","date_unixtime":"5","text":"x","__proto__":{"polluted":1}}') as JsonObject,
      context,
      span,
    );
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.getOwnPropertyNames(message?.facts?.extra)).toEqual(['__proto__']);
  });
});

describe('service messages', () => {
  it.each([...serviceActions].filter((action) => !action.endsWith('_call') || action === 'group_call'))(
    '%s stays its own word',
    (action) => {
      const message = readService({ action, title: 'T', members: ['Ann', 'Lee'] });
      expect(message).toMatchObject({ kind: 'system', sender: 7, text: '', facts: { extra: { title: 'T' } } });
      expect(message?.facts?.service).toEqual({ action, members: ['Ann', 'Lee'] });
      expect(message?.facts?.extra).not.toHaveProperty('raw');
    },
  );

  it('a deleted account among the members has no name; the list is kept', () => {
    expect(readService({ action: 'invite_members', members: ['Ann', null] })?.facts).toEqual({
      service: { action: 'invite_members', members: ['Ann'] },
      extra: { members: ['Ann', null] },
    });
  });

  it.each([
    [{ discard_reason: 'missed' }, { durationMs: null, outcome: 'missed', video: false }],
    [{ discard_reason: 'busy' }, { durationMs: null, outcome: 'busy', video: false }],
    [
      { discard_reason: 'hangup', duration_seconds: 77 },
      { durationMs: 77_000, outcome: 'answered', video: false },
    ],
    [
      { discard_reason: 'disconnect', duration_seconds: 2 },
      { durationMs: 2000, outcome: 'answered', video: false },
    ],
    [{ discard_reason: 'disconnect' }, { durationMs: null, outcome: 'unknown', video: false }],
    [{}, { durationMs: null, outcome: 'unknown', video: false }],
  ])('phone_call %j', (fields, call) => {
    for (const action of ['phone_call', 'conference_call']) {
      const message = readService({ action, ...fields });
      expect(message).toMatchObject({ kind: 'call', facts: { call } });
      expect(message?.facts).not.toHaveProperty('service');
    }
  });

  it('an unknown action is kept with all of it', () => {
    expect(readService({ action: 'teleported', to: 'Mars' })).toMatchObject({
      kind: 'system',
      facts: { service: { action: 'teleported' }, extra: { to: 'Mars', raw: { action: 'teleported' } } },
    });
  });

  it('information_text is the text of a service message without an action', () => {
    expect(readService({ information_text: 'Welcome' })).toMatchObject({
      kind: 'system',
      text: 'Welcome',
      facts: { service: { action: 'information_text' } },
    });
  });

  it('is by `from` where there is no actor, and keeps its picture', () => {
    expect(readService({ action: 'suggest_profile_photo', photo: '(File unavailable, please try again later)' })).toMatchObject({
      kind: 'system',
      attachments: [{ kind: 'image', missing: 'unavailable' }],
    });
    expect(
      toMessage(
        {
          id: 1,
          type: 'service',
          date_unixtime: '5',
          action: 'proximity_reached',
          from: 'Ann',
          from_id: 'user2',
          to_id: 'user3',
          distance: 50,
          text: '',
        },
        context,
        span,
      ),
    ).toMatchObject({
      sender: 7,
      facts: { extra: { to_id: 'user3', distance: 50 } },
    });
  });
});
