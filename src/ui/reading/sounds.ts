// Sounds on the screen: one plays at a time, at a speed that all share, and a voice message goes on to the next one.

import { type Accessor, createSignal } from 'solid-js';

const rates = [1, 1.5, 2] as const;
export type Rate = (typeof rates)[number];

interface Sound {
  /** Where it stands in the page. */
  readonly element: HTMLElement;
  /** Voice messages go on to one another; a song is listened to by itself. */
  readonly isVoice: boolean;
  play(): void;
  pause(): void;
}

const [rate, setRate] = createSignal<Rate>(1);
const shown = new Set<Sound>();

/** The speed of all sounds, until the page is left. */
export const soundRate: Accessor<Rate> = rate;

export function nextRate(): void {
  setRate(rates[(rates.indexOf(rate()) + 1) % rates.length] ?? 1);
}

/** Makes a sound known for as long as it is on the screen; gives how to take it back. */
export function enlist(sound: Sound): () => void {
  shown.add(sound);
  return () => void shown.delete(sound);
}

/** Silences all others. */
export function playAlone(sound: Sound): void {
  for (const other of shown) if (other !== sound) other.pause();
}

/** Plays the voice message that stands next below `sound`, where there is one on the screen. */
export function playNext(sound: Sound): void {
  let next: Sound | null = null;
  for (const other of shown) {
    const isBelow = sound.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (isBelow === 0 || !other.isVoice) continue;
    if (next === null || next.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_PRECEDING) next = other;
  }
  next?.play();
}
