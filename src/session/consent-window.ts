// The window in which a service asks its owner for consent. Its pages cut themselves off from whoever opened them, so that the
// answer comes over a channel of this origin, from oauth.html.

import type { SignInAnswer } from '../model/drive';
import { CamphorError } from '../model/error';

/** The name that consent-return.ts uses. */
const channelName = 'camphor-consent';

/** An empty window, to be opened in a click; null where the browser forbids it. */
export function openConsentWindow(): Window | null {
  return open('about:blank', '_blank', 'popup,width=560,height=720');
}

/** Where a service leads back to: it has to be registered there to the letter. */
export function consentReturnUrl(): string {
  return new URL('oauth.html', new URL('./', location.href)).href;
}

/** The answer to that `state`; others are for other tabs, or from nobody. Rejects with `cancelled`. */
export function hearConsent(state: string, signal: AbortSignal): Promise<SignInAnswer> {
  const channel = new BroadcastChannel(channelName);
  return new Promise<SignInAnswer>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new CamphorError('cancelled')), { once: true });
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const answer = readAnswer(data);
      if (answer?.['state'] !== state) return;
      channel.postMessage({ heard: state });
      resolve(answer);
    });
  }).finally(() => channel.close());
}

const longestValue = 8192;

/** Parameters as texts, each bounded; null for anything else. */
function readAnswer(data: unknown): SignInAnswer | null {
  if (typeof data !== 'object' || data === null || !('answer' in data)) return null;
  const { answer } = data;
  if (typeof answer !== 'object' || answer === null) return null;
  const entries = Object.entries(answer).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(entries.filter(([, value]) => value.length <= longestValue));
}
