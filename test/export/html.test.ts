// The page as text: its policy, and that nothing of what strangers wrote is anything but data in it.

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyMessages, everyKind, hostileNames, people, readerOf, sha, someMedia, withMedia, write } from './invented-chat';

type PageMessage = readonly [clockMs: number, person: number, kind: string, text: string, more?: Record<string, unknown>];

interface Page {
  readonly messages: readonly PageMessage[];
  readonly index: {
    readonly people: Readonly<Record<number, { readonly name: string; readonly me?: true }>>;
    readonly conversations: readonly { readonly name: string; readonly messages: number; readonly blocks: number }[];
  };
}

/** What any parser of HTML takes for the content of the script elements. */
function scriptsOf(html: string): readonly (readonly [attributes: string, content: string])[] {
  return [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script/gi)].map(([, attributes = '', content = '']) => [attributes, content]);
}

function readPage(html: string): Page {
  const scripts = scriptsOf(html);
  const messages = scripts.filter(([attributes]) => attributes.includes('data-messages')).flatMap(([, json]) => JSON.parse(json) as PageMessage[]); // prettier-ignore
  const index = scripts.find(([attributes]) => attributes.includes('id="index"'))?.[1] ?? '';
  return { messages, index: JSON.parse(index) as Page['index'] };
}

describe('an exported page', () => {
  test('holds every message, whatever it says, and one script', async () => {
    await fc.assert(
      fc.asyncProperty(anyMessages, async (messages) => {
        const { text } = await write(readerOf(messages), { format: 'html' });
        const { messages: read, index } = readPage(text);
        expect(read.map(([, person, kind, said]) => [index.people[person]?.name ?? '', kind, said.toWellFormed()])).toEqual(
          messages.map(({ sender, kind, text: said }) => [
            people.find(({ id }) => id === sender)?.names[0] ?? '',
            kind,
            said.toWellFormed(),
          ]),
        );
        expect(scriptsOf(text).filter(([attributes]) => !attributes.includes('application/json'))).toHaveLength(1);
        expect(text).not.toMatch(/<img|<b>|<iframe|<!--|[\u2028\u2029]/);
      }),
      { numRuns: 100 },
    );
  });

  test('has a policy that names its script and its style, and no address', async () => {
    const { text } = await write(readerOf(everyKind()), { format: 'html' });
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(text)?.[1] ?? '';
    const hashOf = (content: string): string => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
    const script = scriptsOf(text).find(([attributes]) => attributes === '')?.[1] ?? '';
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
    expect(policy).toBe(
      `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; img-src data: 'self' file:; media-src data: 'self' file:; base-uri 'none'; form-action 'none'`,
    );
    expect(text.indexOf('Content-Security-Policy')).toBeLessThan(text.indexOf('<title>'));
  });

  test('is called as the conversation is, without its tricks', async () => {
    const { text } = await write(readerOf(everyKind()), { format: 'html' });
    expect(hostileNames[0]).toContain('"');
    expect(text).toContain('<title>=HYPERLINK(&quot;http://x&quot;)</title>');
  });

  test('has small media inside where that is asked for, apart from the messages', async () => {
    const { text, result } = await write(withMedia(readerOf(everyKind()), someMedia), { format: 'html', media: 'inside' });
    // The page of HTML among them is never shown, the sticker lies elsewhere.
    expect(result).toMatchObject({ media: 2, leftOutMedia: 2 });
    const inside = scriptsOf(text).find(([attributes]) => attributes.includes('id="inside-0"'))?.[1] ?? '';
    const [image, voice] = ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb'];
    expect(JSON.parse(inside)).toEqual({ [image]: 'data:image/png;base64,iVBORw==', [voice]: 'data:audio/ogg;base64,T2dnUw==' });
    expect(readPage(text).messages[1]?.[4]).toEqual({ files: [['image', '../../evil.html', null, image, true]] });
    // One that comes again is not written again.
    const twice = [...everyKind(), ...everyKind().map((each) => ({ ...each, seq: each.seq + 100, sentAtMs: each.sentAtMs + 1e9 }))];
    const again = await write(withMedia(readerOf(twice), someMedia), { format: 'html', media: 'inside' });
    expect(again.text.split('data:image/png')).toHaveLength(2);
    expect(again.result).toMatchObject({ media: 2, leftOutMedia: 2 });
    const beside = await write(withMedia(readerOf(everyKind()), someMedia), { format: 'html', media: 'beside' });
    expect(new TextDecoder().decode(beside.bytes)).toContain(`["file","report.html","media/${sha('c')}.html.txt",null,false]`);
  });
});
