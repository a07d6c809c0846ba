// In a page, since what is allowed depends on how the page itself came.

import { describe, expect, test } from 'vitest';
import { parseS3, parseWebdav } from '../../../src/ui/backups/config-fields';
import { splitWords } from '../../../src/ui/backups/secret-fields';

const webdav = (url: string) => parseWebdav({ url, username: ' robin ', password: ' secret ' });
const s3 = (change: object) =>
  parseS3({
    endpoint: 's3.example.org',
    region: '',
    bucket: 'chest',
    prefix: '/a/b/',
    accessKeyId: 'id',
    secretAccessKey: 'key',
    addressing: 'path',
    ...change,
  });

describe('WebDAV', () => {
  test('https and the last slash are added; a password keeps its spaces', () => {
    expect(webdav('cloud.example.org/dav')).toEqual({
      config: { kind: 'webdav', url: 'https://cloud.example.org/dav/', username: 'robin', password: ' secret ' },
    });
    expect(webdav('http://127.0.0.1:8080/')).toMatchObject({ config: { url: 'http://127.0.0.1:8080/' } });
  });
  test.each([
    ['127.0.0.1:8080/dav', 'http://127.0.0.1:8080/dav/'],
    ['localhost:8080', 'http://localhost:8080/'],
    ['[::1]:8080', 'http://[::1]:8080/'],
    ['localhost.example.org', 'https://localhost.example.org/'],
  ])('%j on this machine is taken as http, any other as https', (typed, url) => {
    expect(webdav(typed)).toMatchObject({ config: { url } });
  });
  test.each([
    ['', 'backup.wrong.address'],
    ['http://', 'backup.wrong.address'],
    ['ftp://example.org/', 'backup.wrong.scheme'],
    ['javascript://example.org/%0Aalert(1)', 'backup.wrong.scheme'],
    ['https://me:pass@example.org/', 'backup.wrong.credentialsInside'],
    ['https://example.org/?token=1', 'backup.wrong.query'],
    ['https://example.org/#x', 'backup.wrong.query'],
  ])('%j is refused', (url, text) => expect(webdav(url)).toEqual({ wrong: { field: 'url', text } }));
});

describe('S3', () => {
  test('the folder gets one slash, the region a default', () => {
    expect(s3({})).toMatchObject({ config: { endpoint: 'https://s3.example.org', prefix: 'a/b/', region: 'us-east-1', bucket: 'chest' } });
    expect(s3({ prefix: ' ' })).toMatchObject({ config: { prefix: '' } });
  });
  test('a bucket with a slash and a missing key are named', () => {
    expect(s3({ bucket: 'a/b' })).toEqual({ wrong: { field: 'bucket', text: 'backup.wrong.bucket' } });
    expect(s3({ secretAccessKey: ' ' })).toEqual({ wrong: { field: 'secretAccessKey', text: 'backup.wrong.empty' } });
  });
});

describe('recovery words', () => {
  test('any spacing, commas, and Chinese words without spaces', () => {
    expect(splitWords('  abandon\n ability,able ')).toEqual(['abandon', 'ability', 'able']);
    expect(splitWords('的一是 在，不')).toEqual(['的', '一', '是', '在', '不']);
    expect(splitWords('')).toEqual([]);
  });
});
