// B1, B7: hostile names, texts and captions are text; nothing runs, nothing is asked for; 2 MB are clipped.

import { page } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConversationId } from '../../src/model/ids';
import type { FakeConversation } from './fake-conversations';
import { attachment, makeMessage, nowMs, person, sha } from './fake-conversations';
import { type Mounted, mount, named, settle, until } from './mounted';

const corpus = [
  '<img src=x onerror="window.hacked=1">',
  '<script>window.hacked=1</script>',
  '"><svg onload=window.hacked=1>',
  'javascript:window.hacked=1',
  '[x](javascript:window.hacked=1)',
  '<a href="javascript:window.hacked=1">x</a>',
  '<iframe srcdoc="<script>parent.hacked=1</script>">',
  '</style><style>*{display:none}</style>',
  '{{constructor.constructor("window.hacked=1")()}}',
  '<math><mtext><table><mglyph><style><img src=x onerror=window.hacked=1>',
  '\u202E\u2066abc\u202D',
  'a\u0300'.repeat(2000),
  '\uD800 lone \uDC00',
  'https://tracker.example/pixel.gif',
];

function hostile(texts: readonly string[]): FakeConversation {
  const people = texts.map((name, index) => person(`p${index}`, name, index % 8, index === 0));
  const message = (position: number): ReturnType<typeof makeMessage> => {
    const text = texts[position % texts.length] ?? '';
    const link = { type: 'link' as const, offset: 0, length: Math.min(5, text.length), href: text };
    return {
      ...makeMessage('h', position, nowMs + position * 1000, people[position % people.length] ?? null, {
        text,
        kind: position % 5 === 4 ? 'unknown' : 'text',
        attachments: [
          attachment('file', { name: text, sha256: sha(`e${position}`) }),
          attachment('image', { name: text, missing: 'not-in-archive' }),
        ],
        facts: {
          entities: [link],
          forward: { fromName: text },
          reactions: [{ emoji: text, count: 1, by: [text] }],
          contact: { name: text, phone: text },
          olderTexts: [{ text, editedAtMs: null }],
          location: { latitude: 1, longitude: 2, name: text, address: text },
          poll: { question: text, options: [{ text, votes: 1 }] },
          extra: { raw: text },
        },
        reply: { position: 0, senderName: text, excerpt: text },
      }),
    };
  };
  return {
    view: {
      id: 'h' as ConversationId,
      name: texts[0] ?? '',
      source: 'other',
      shape: 'group',
      messageCount: texts.length,
      firstAtMs: nowMs,
      lastAtMs: nowMs,
      last: { text: texts[0] ?? '', senderName: texts[1] ?? '', kind: 'text' },
      pinned: false,
      hidden: false,
      zone: null,
      demo: false,
    },
    people,
    message,
  };
}

let app: Mounted;
beforeEach(async () => {
  await page.viewport(1280, 800);
  performance.clearResourceTimings();
});
afterEach(() => app.unmount());

describe('hostile content', () => {
  test('names, texts, captions and raw pieces are text', async () => {
    app = await mount('#/c/h', { conversations: [hostile(corpus)] });
    await until('all messages', () => app.root.querySelectorAll('article').length === corpus.length);
    app.root.querySelectorAll('details').forEach((details) => (details.open = true));
    await settle(300);
    const main = app.root.querySelector('main') as HTMLElement;
    for (const text of corpus) expect(main.textContent).toContain(text.replace(/[\uD800-\uDFFF]/g, (unit) => unit));
    expect('hacked' in window).toBe(false);
    expect(main.querySelectorAll('script, iframe, style, img, object, embed, link, table').length).toBe(0);
    for (const element of main.querySelectorAll('*')) for (const name of element.getAttributeNames()) expect(name).not.toMatch(/^on/);
  });

  test('links are of four kinds, open apart and tell nothing', async () => {
    app = await mount('#/c/h', { conversations: [hostile(corpus)] });
    await until('links', () => app.root.querySelector('main article a'));
    for (const link of app.root.querySelectorAll<HTMLAnchorElement>('main article a')) {
      expect(link.href).toMatch(/^(?:https?:|mailto:|tel:)/);
      expect([link.rel, link.target]).toEqual(['noopener noreferrer', '_blank']);
    }
  });

  test('nothing of another origin is asked for', async () => {
    app = await mount('#/c/h', { conversations: [hostile(corpus)] });
    await until('all messages', () => app.root.querySelectorAll('article').length === corpus.length);
    await settle(300);
    const foreign = performance
      .getEntriesByType('resource')
      .filter(({ name }) => !name.startsWith(location.origin) && !name.startsWith('data:') && !name.startsWith('blob:'));
    expect(foreign.map(({ name }) => name)).toEqual([]);
  });

  test('a message of 2 MB is clipped until it is asked for', async () => {
    const long = `${'樟木箱 camphor '.repeat(140_000)}the end`;
    const conversation = hostile(['x']);
    app = await mount('#/c/h', {
      conversations: [{ ...conversation, message: (position) => makeMessage('h', position, nowMs, person('a', 'A', 1), { text: long }) }],
    });
    const article = await until('the message', () => app.root.querySelector('article'));
    expect(article.textContent?.length).toBeLessThan(8000);
    const more = named(article, 'Show all') as HTMLElement;
    expect(more.textContent).toContain(long.length.toLocaleString('en'));
    more.click();
    expect(article.textContent).toContain('the end');
  });
});
