// What hosts are told and what the manifest promises, read from the files of public/ as they are deployed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headersFor, parseHeaders } from '../journeys/headers';

const projectRoot = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');
const rules = parseHeaders(read('public/_headers'));
const metaPolicyOf = (page: string): string => /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(read(page))?.[1] ?? '';
const metaPolicy = metaPolicyOf('index.html');

/** Directives in order, so that policies compare as sets of rules. */
const directives = (policy: string) => policy.split(';').map((directive) => directive.trim()).toSorted(); // prettier-ignore
const valuesOf = (path: string, name: string) =>
  headersFor(rules, path).filter(([header]) => header.toLowerCase() === name.toLowerCase()).map(([, value]) => value); // prettier-ignore

const paths = [
  '/', '/index.html', '/oauth.html', '/service-worker.js', '/manifest.webmanifest', '/robots.txt', '/demo.zip',
  '/assets/index-abc.js', '/assets/index-abc.css', '/assets/import-abc.js', '/assets/zstd-abc.wasm', '/icons/mark.svg',
]; // prettier-ignore

describe('_headers', () => {
  it('gives no path two values of one header: policies intersect, and other headers are joined', () => {
    for (const path of paths) {
      const names = headersFor(rules, path).map(([name]) => name.toLowerCase());
      expect({ path, names: names.toSorted() }).toEqual({ path, names: [...new Set(names)].toSorted() });
    }
  });

  it('gives the page the policy of its <meta>, and forbids frames, which <meta> cannot', () => {
    expect(metaPolicy).not.toBe('');
    for (const path of ['/', '/index.html', '/oauth.html']) {
      const [policy] = valuesOf(path, 'Content-Security-Policy');
      const meta = metaPolicyOf(path === '/' ? 'index.html' : path.slice(1));
      expect(directives(policy ?? '')).toEqual(directives(`${meta}; frame-ancestors 'none'`));
    }
  });

  it('confines scripts that are started by their address', () => {
    for (const path of ['/assets/import-abc.js', '/service-worker.js'])
      expect(directives(valuesOf(path, 'Content-Security-Policy')[0] ?? '')).toEqual([
        "connect-src 'self'",
        "default-src 'none'",
        "script-src 'self'",
      ]);
  });

  it('tells every path not to be sniffed, framed across origins or given a referrer', () => {
    for (const path of paths) {
      expect(valuesOf(path, 'X-Content-Type-Options')).toEqual(['nosniff']);
      expect(valuesOf(path, 'Referrer-Policy')).toEqual(['no-referrer']);
      expect(valuesOf(path, 'Cross-Origin-Opener-Policy')).toEqual(['same-origin']);
      expect(valuesOf(path, 'Cross-Origin-Resource-Policy')).toEqual(['same-origin']);
    }
  });

  it('lets nothing but files with a hash in their name be kept without asking', () => {
    for (const path of paths) {
      const immutable = valuesOf(path, 'Cache-Control').some((value) => value.includes('immutable'));
      expect({ path, immutable }).toEqual({ path, immutable: path.startsWith('/assets/') });
    }
  });
});

describe('the policy of the page', () => {
  it('lets the page that consent leads back to connect to nothing, not even its own host', () => {
    const policy = directives(metaPolicyOf('oauth.html'));
    expect(policy).toContain("default-src 'none'");
    expect(policy.filter((directive) => /^(?:connect|img|style|worker|media)-src/.test(directive))).toEqual([]);
  });

  it('names no origin but its own, and allows no inline code or style', () => {
    expect(metaPolicy).not.toMatch(/https?:|\*|unsafe-inline|'unsafe-eval'/);
    expect(directives(metaPolicy)).toContain("default-src 'none'");
    expect(directives(metaPolicy)).toContain("require-trusted-types-for 'script'");
  });

  it('stands on a page without inline code or style', () => {
    for (const page of ['index.html', 'oauth.html']) expect(read(page)).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
  });
});

describe('the manifest', () => {
  const manifest = JSON.parse(read('public/manifest.webmanifest')) as {
    id: string;
    start_url: string;
    icons: { src: string; sizes: string; type: string; purpose?: string }[];
    screenshots: { src: string; sizes: string; type: string; form_factor: string }[];
    shortcuts: { url: string }[];
  };

  it('names icons and pictures that are there, of the size that it says', () => {
    expect(manifest.screenshots.map(({ form_factor }) => form_factor)).toEqual(['wide', 'narrow']);
    for (const { src, sizes, type } of [...manifest.icons, ...manifest.screenshots]) {
      const path = join(projectRoot, 'public', src);
      expect(existsSync(path)).toBe(true);
      if (type !== 'image/png') continue;
      const png = readFileSync(path);
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
    }
    const purposes = manifest.icons.map(({ purpose, sizes }) => `${purpose ?? 'any'} ${sizes}`);
    for (const needed of ['any 192x192', 'any 512x512', 'maskable 192x192', 'maskable 512x512', 'monochrome 512x512'])
      expect(purposes).toContain(needed);
  });

  it('starts at an address that identifies nobody, and keeps its id wherever the site lives', () => {
    expect(manifest.start_url).toBe('./');
    expect(manifest.id).toBe('camphor');
    for (const { url } of manifest.shortcuts) expect(url).toMatch(/^\.\/#\/[a-z]+$/);
  });
});
