import { describe, expect, it } from 'vitest';
import { conversationPeerId, senderPeerId, shapeOf } from '../../../src/importers/telegram/peers';

describe('conversationPeerId', () => {
  it('names the kind of peer, so that a user and a group with one number stay two', () => {
    expect(conversationPeerId('personal_chat', 4444, false)).toBe('user4444');
    expect(conversationPeerId('bot_chat', 4444, false)).toBe('user4444');
    expect(conversationPeerId('private_group', 4444, false)).toBe('chat4444');
    expect(conversationPeerId('private_supergroup', 4444, false)).toBe('channel4444');
  });

  it('is the same before and after a group is made public', () => {
    expect(conversationPeerId('private_channel', 7, false)).toBe(conversationPeerId('public_channel', 7, false));
    expect(conversationPeerId('private_supergroup', 7, false)).toBe(conversationPeerId('public_supergroup', 7, false));
  });

  it('takes the kind off the ids of 2018 to 2020, and leaves the long ids of newer users alone', () => {
    expect(conversationPeerId('personal_chat', 2 ** 32 + 777, true)).toBe('user777');
    expect(conversationPeerId('private_group', 2 * 2 ** 32 + 777, true)).toBe('chat777');
    expect(conversationPeerId('personal_chat', 5_555_555_555, false)).toBe('user5555555555');
  });

  it('gives the bare id for an unknown type, and null for none', () => {
    expect(conversationPeerId('hologram', 9, false)).toBe('9');
    expect(conversationPeerId('personal_chat', undefined, false)).toBeNull();
    expect(conversationPeerId(null, null, false)).toBeNull();
  });
});

describe('senderPeerId', () => {
  it('brings integers of 2020 to the form of 2021', () => {
    expect(senderPeerId(123, null)).toBe('user123');
    expect(senderPeerId('user123', null)).toBe('user123');
    expect(senderPeerId('channel9', null)).toBe('channel9');
  });

  it('knows a post that a channel signs with its own id', () => {
    expect(senderPeerId(50, 'channel50')).toBe('channel50');
    expect(senderPeerId(50, 'user50')).toBe('user50');
  });

  it('is null for what is no id', () => {
    for (const value of [null, undefined, '', true, [], {}]) expect(senderPeerId(value, null)).toBeNull();
  });
});

describe('shapeOf', () => {
  it.each([
    ['saved_messages', 'self'],
    ['replies', 'direct'],
    ['verification_codes', 'direct'],
    ['personal_chat', 'direct'],
    ['bot_chat', 'direct'],
    ['private_group', 'group'],
    ['private_supergroup', 'group'],
    ['public_supergroup', 'group'],
    ['private_channel', 'channel'],
    ['public_channel', 'channel'],
    ['hologram', 'unknown'],
    ['constructor', 'unknown'],
    [null, 'unknown'],
  ])('%s is %s', (type, shape) => {
    expect(shapeOf(type)).toBe(shape);
  });
});
