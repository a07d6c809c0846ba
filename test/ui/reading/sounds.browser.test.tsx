// Voice messages that are really played: one after another, one at a time, at one speed; and sounds that no browser plays.

import { page, userEvent } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { attachment, inventedConversations } from '../fake-conversations';
import { type Mounted, mount, named, settle, until } from '../mounted';

let app: Mounted;
beforeEach(() => page.viewport(1280, 800));
afterEach(() => {
  app.unmount();
  vi.restoreAllMocks();
});

/** Seconds of a tone, as a WAV. */
function tone(seconds: number): Blob {
  const rate = 8000;
  const samples = Math.round(seconds * rate);
  const view = new DataView(new ArrayBuffer(44 + samples));
  const ascii = (at: number, text: string): void =>
    void [...text].forEach((letter, place) => view.setUint8(at + place, letter.charCodeAt(0)));
  ascii(0, 'RIFF');
  view.setUint32(4, 36 + samples, true);
  ascii(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  ascii(36, 'data');
  view.setUint32(40, samples, true);
  for (let at = 0; at < samples; at++) view.setUint8(44 + at, 128 + Math.round(60 * Math.sin(at / 4)));
  return new Blob([view.buffer], { type: 'audio/wav' });
}

/** The last messages of a conversation are voice messages of so many seconds. */
async function openVoices(seconds: readonly number[], sound: (seconds: number) => Blob = tone): Promise<void> {
  const sha = (at: number): string => `b${at}`.padEnd(64, '0');
  const conversations = inventedConversations().map((one) => {
    const first = one.view.messageCount - seconds.length;
    const message: typeof one.message = (position) => {
      const length = seconds[position - first];
      if (length === undefined) return one.message(position);
      const voice = attachment('voice', { sha256: sha(position - first) as never, durationMs: length * 1000, mime: 'audio/wav' });
      return { ...one.message(position), kind: 'voice', text: '', attachments: [voice] };
    };
    return { ...one, message };
  });
  app = await mount('#/c/mum', { conversations });
  app.session.audioUrl = async (sha256) => URL.createObjectURL(sound(seconds[Number(sha256[1])] ?? 1));
  count = seconds.length;
  await until('the voice messages', () =>
    allVoices()
      .at(-1)
      ?.textContent?.includes(`0:${String(Math.floor(seconds.at(-1) ?? 0)).padStart(2, '0')}`),
  );
}

let count = 0;
const allVoices = (): HTMLElement[] =>
  [...app.root.querySelectorAll<HTMLElement>('[class*=audio]')].filter((each) => each.querySelector('button'));
/** Those at the end of the conversation. */
const voices = (): HTMLElement[] => allVoices().slice(-count);
const buttonOf = (voice: HTMLElement | undefined): HTMLElement => voice?.querySelector('button') ?? document.createElement('button');
const playerOf = (voice: HTMLElement | undefined): HTMLAudioElement | null => voice?.querySelector('audio') ?? null;

describe('voice messages', () => {
  test('go on to the next one, and one plays at a time', async () => {
    await openVoices([0.6, 30]);
    await userEvent.click(buttonOf(voices()[0]));
    await until('the first to play', () => playerOf(voices()[0])?.paused === false);
    expect(voices()[0]?.querySelector('path')).not.toBeNull();
    await until('the second to play by itself', () => playerOf(voices()[1])?.paused === false);
    expect(playerOf(voices()[0])?.paused).toBe(true);
    await userEvent.click(buttonOf(voices()[0]));
    await until('the second to be silent', () => playerOf(voices()[1])?.paused === true);
  });

  test('share their speed; the keys move the place', async () => {
    await openVoices([30, 30]);
    await userEvent.click(buttonOf(voices()[0]));
    await until('it to play', () => playerOf(voices()[0])?.paused === false);
    const rate = voices()[0]?.querySelector<HTMLElement>('[class*=rate]');
    await userEvent.click(rate ?? document.body);
    expect(playerOf(voices()[0])?.playbackRate).toBe(1.5);
    const slider = voices()[0]?.querySelector<HTMLInputElement>('input[type=range]');
    await until('its length', () => Number(slider?.max) === 30);
    slider?.focus();
    await userEvent.keyboard('{End}');
    await until('the end', () => (playerOf(voices()[0])?.currentTime ?? 0) > 29 || playerOf(voices()[1]) !== null);
    await until('the next at the same speed', () => playerOf(voices()[1])?.playbackRate === 1.5);
    expect(slider?.getAttribute('aria-valuetext')).toMatch(/^0:\d\d of 0:30$/);
    await userEvent.click(rate ?? document.body);
    await userEvent.click(rate ?? document.body);
  });

  test('that no browser plays are files, and it is said', async () => {
    await openVoices([3], () => new Blob(['no sound at all'], { type: 'audio/wav' }));
    await userEvent.click(buttonOf(voices()[0]));
    await until('what is said', () => app.root.textContent?.includes('cannot play this kind of sound'));
    const card = [...app.root.querySelectorAll('article')].find((one) => one.textContent?.includes('cannot play this kind of sound'));
    // What is read again and says the same leaves the card where it is, with its button.
    app.session.emit({ kind: 'archive-changed' });
    app.session.emit({ kind: 'notes-changed' });
    await settle(300);
    expect(card?.isConnected).toBe(true);
    const saved: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.download);
    });
    named(card as HTMLElement, 'Save file')?.click();
    await until('the file', () => saved.length === 1);
  });

  test('that plays goes on while the conversation is read again', async () => {
    await openVoices([30]);
    await userEvent.click(buttonOf(voices()[0]));
    const player = await until('it to play', () => playerOf(voices()[0])?.paused === false && playerOf(voices()[0]));
    app.session.emit({ kind: 'archive-changed' });
    await settle(300);
    expect([player.isConnected, player.paused]).toEqual([true, false]);
  });
});
