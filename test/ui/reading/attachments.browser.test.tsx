// Pictures that are here and cannot be shown, and pictures whose bytes are damaged: two things, said apart and in both languages.

import { page } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CamphorError, type ErrorCode } from '../../../src/model/error';
import type { Session } from '../../../src/session/session';
import { attachment, inventedConversations } from '../fake-conversations';
import { type Mounted, mount, named, settle, until } from '../mounted';

let app: Mounted;
beforeEach(() => page.viewport(1280, 800));
afterEach(() => {
  app.unmount();
  vi.restoreAllMocks();
});

const heicHead = [0, 0, 0, 24, ...new TextEncoder().encode('ftypheic'), 0, 0, 0, 0];
const heic = (): string => URL.createObjectURL(new Blob([new Uint8Array(heicHead), new Uint8Array(2000)], { type: 'image/heic' }));
const tiff = (): string => URL.createObjectURL(new Blob([new Uint8Array([0x49, 0x49, 42, 0, 8, 0, 0, 0, 0, 0])], { type: 'image/tiff' }));
/** As workers/vault hands it out: no type that could run. */
const svg = (): string =>
  URL.createObjectURL(new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: 'application/octet-stream' }));
const smallPicture = (): string => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 8;
  return canvas.toDataURL();
};
const fail = (code: ErrorCode) => () => Promise.reject(new CamphorError(code));

interface Given {
  readonly mime?: string;
  readonly mediaUrl: () => Promise<string>;
  readonly thumbnailUrl?: () => Promise<string | null>;
  readonly language?: 'en' | 'zh-CN';
  readonly kind?: 'image' | 'video';
}

/** Opens a conversation whose picture `IMG-0231.jpg` is what is given. */
async function openPicture(given: Given): Promise<void> {
  const conversations = inventedConversations().map((one) => {
    const message: typeof one.message = (position) => {
      const made = one.message(position);
      if (given.kind !== 'video') return made;
      return {
        ...made,
        attachments: made.attachments.map((each) =>
          each.name === 'IMG-0231.jpg' ? attachment('video', { sha256: each.sha256, name: each.name }) : each,
        ),
      };
    };
    return { ...one, message };
  });
  app = await mount('#/', { conversations, preferences: { language: given.language ?? 'en' } });
  Object.assign(app.session, {
    mediaUrl: given.mediaUrl,
    thumbnailUrl: given.thumbnailUrl ?? (async () => null),
  } satisfies Partial<Session>);
  const media: Session['vault']['media'] = async (sha256) => {
    return { sha256, mime: given.mime ?? 'application/octet-stream', sizeBytes: 2_400_000, widthPx: null, heightPx: null, isHere: true };
  };
  Object.assign(app.session.vault, { media });
  (await until('the list', () => app.root.querySelector<HTMLElement>('[data-conversation=mum]'))).click();
  // Where it is near the screen at once, it may be a card already.
  const place = await until('the picture', () =>
    [...app.root.querySelectorAll('article')].find((one) => one.innerHTML.includes('IMG-0231') || one.querySelector('[class*=missing]')),
  );
  place.scrollIntoView({ block: 'center' });
}

/** The message with the picture, once it says these words. */
const saying = (words: string): Promise<HTMLElement> =>
  until(words, () => [...app.root.querySelectorAll<HTMLElement>('article')].find((one) => one.textContent?.includes(words)));

describe('a picture that this browser cannot show', () => {
  for (const [mime, url] of [
    ['image/heic', heic],
    ['image/tiff', tiff],
    ['image/svg+xml', svg],
  ] as const)
    // prettier-ignore
    test(`is a card with name, type, size and what to do: ${mime}`, async () => {
      const given = url();
      await openPicture({ mime, mediaUrl: async () => given });
      const article = await saying('This browser cannot show this kind of picture.');
      expect(article.textContent).toContain('IMG-0231.jpg');
      expect(article.textContent).toContain(`${mime} · 2.4 MB`);
      expect(article.textContent).not.toContain('damaged');
      expect(article.querySelector('img')).toBe(null);
      const clicked: HTMLAnchorElement[] = [];
      vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
        clicked.push(this);
      });
      named(article, 'Save file')?.click();
      await until('the file', () => clicked.length > 0);
      expect(clicked.map(({ href, download }) => [href, download])).toEqual([[given, 'IMG-0231.jpg']]);
    });

  test('says so in Chinese', async () => {
    await openPicture({ mime: 'image/heic', mediaUrl: async () => heic(), language: 'zh-CN' });
    const article = await saying('这个浏览器显示不了这种图片。');
    expect(article.textContent).not.toContain('损坏');
  });

  test('is such a card in the lightbox, where its small picture can be shown', async () => {
    const small = smallPicture();
    await openPicture({ mime: 'image/heic', mediaUrl: async () => heic(), thumbnailUrl: async () => small });
    const open = await until('the small picture', () => app.root.querySelector<HTMLElement>('article button[aria-label*="IMG-0231"]'));
    open.click();
    const dialog = await until('the lightbox', () => app.root.querySelector('dialog'));
    await until('the words', () => dialog.textContent?.includes('This browser cannot show this kind of picture.'));
    expect(dialog.textContent).toContain('image/heic · 2.4 MB');
    expect(dialog.textContent).not.toContain('damaged');
    expect(dialog.querySelector('img')).toBe(null);
  });
});

describe('a film that this browser cannot play', () => {
  test('opens as a card that says so', async () => {
    await openPicture({ kind: 'video', mime: 'video/quicktime', mediaUrl: async () => tiff() });
    const open = await until('the film', () => app.root.querySelector<HTMLElement>('article button[aria-label*="IMG-0231"]'));
    open.click();
    const dialog = await until('the lightbox', () => app.root.querySelector('dialog'));
    await until('the words', () => dialog.textContent?.includes('This browser cannot play this kind of video.'));
    expect(dialog.textContent).toContain('video/quicktime · 2.4 MB');
  });
});

describe('a picture whose bytes fail their check', () => {
  for (const code of ['tampered', 'damaged', 'not-found'] as const)
    test(`says that they are damaged, and offers nothing to save: ${code}`, async () => {
      await openPicture({ mediaUrl: fail(code) });
      const article = await saying('its bytes are damaged or gone from this device');
      expect(article.textContent).not.toContain('This browser');
      expect(named(article, 'Save file')).toBe(undefined);
    });

  test('says so in the lightbox too, beside the small picture', async () => {
    const small = smallPicture();
    await openPicture({ mediaUrl: fail('tampered'), thumbnailUrl: async () => small });
    (await until('the small picture', () => app.root.querySelector<HTMLElement>('article button[aria-label*="IMG-0231"]'))).click();
    const dialog = await until('the lightbox', () => app.root.querySelector('dialog'));
    await until('the words', () => dialog.textContent?.includes('its bytes are damaged or gone from this device'));
    expect(dialog.textContent).not.toContain('This browser');
    expect(dialog.querySelector('img')).not.toBe(null);
  });
});

test('a picture whose small one alone is here is brought from the drive where it is opened', async () => {
  const small = smallPicture();
  let isHere = false;
  const whole = smallPicture();
  await openPicture({
    thumbnailUrl: async () => small,
    mediaUrl: async () => {
      if (!isHere) throw new CamphorError('not-found', { what: 'medium-elsewhere' });
      return `${whole}#whole`;
    },
  });
  app.session.backup.fetchMedia = async () => {
    isHere = true;
    return { media: 1, totalMedia: 1, doneBytes: 1, totalBytes: 1 };
  };
  (await until('the small picture', () => app.root.querySelector<HTMLElement>('article button[aria-label*="IMG-0231"]'))).click();
  const dialog = await until('the lightbox', () => app.root.querySelector('dialog'));
  await until('the words', () => dialog.textContent?.includes('Only the small picture is kept on this device.'));
  (await until('the button', () => named(dialog, /^Get it$/))).click();
  await until('the picture', () => dialog.querySelector('img')?.src.endsWith('#whole'));
  expect(dialog.textContent).not.toContain('Only the small picture');
});

test('a picture that could not be read for another reason is not called damaged', async () => {
  await openPicture({ mediaUrl: fail('newer-vault') });
  await until('the place', () => app.root.querySelector('article button[aria-label*="IMG-0231"]'));
  await settle(200);
  expect(app.root.querySelector('main')?.textContent).not.toMatch(/damaged|This browser/);
});
