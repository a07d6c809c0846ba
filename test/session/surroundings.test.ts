import { describe, expect, it } from 'vitest';
import { findRefusal, sharesOrigin } from '../../src/session/surroundings';

describe('reasons not to start', () => {
  it.each([
    [{ isSecureContext: true, framed: false, missing: [] }, null],
    [{ isSecureContext: false, framed: false, missing: ['locks'] }, 'insecure-origin'],
    [{ isSecureContext: true, framed: true, missing: [] }, 'framed'],
    [{ isSecureContext: false, framed: true, missing: [] }, 'framed'],
    [{ isSecureContext: true, framed: false, missing: ['BroadcastChannel'] }, 'browser-too-old'],
  ] as const)('%j: %s', (surroundings, refusal) => expect(findRefusal(surroundings)).toBe(refusal));
});

describe('an origin shared with other sites (F13)', () => {
  it.each([
    ['https://someone.github.io/camphor/', true],
    ['https://someone.github.io/camphor/index.html', true],
    ['https://someone.github.io/', false],
    ['https://group.gitlab.io/project/', true],
    ['https://codeberg.page/someone/', true],
    ['https://university.example/~someone/', true],
    ['https://nas.example/camphor/', false],
    ['https://camphor.example/', false],
    ['https://camphor.pages.dev/', false],
    ['https://notgithub.io/camphor/', false],
    ['http://localhost:4173/', false],
  ])('%s: %s', (url, shared) => expect(sharesOrigin(new URL(url))).toBe(shared));
});
