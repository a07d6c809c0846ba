// What was typed into the fields of a drive, and what is wrong with it.

import type { S3Config, WebdavConfig } from '../../model/drive';
import type { StringKey } from '../strings/strings';

export type Parsed<Config> = { readonly config: Config } | { readonly wrong: { readonly field: string; readonly text: StringKey } };

const wrong = (field: string, text: StringKey): { readonly wrong: { readonly field: string; readonly text: StringKey } } => ({
  wrong: { field, text },
});

/** Addresses on this machine, which a page by https may open without encryption. */
const isLocal = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(host);

/** What is meant where no scheme was typed: a server on this machine seldom has a certificate. */
function schemeFor(text: string): 'http' | 'https' {
  return URL.canParse(`http://${text}`) && isLocal(new URL(`http://${text}`).hostname) ? 'http' : 'https';
}

function parseAddress(typed: string): URL | StringKey {
  const text = typed.trim();
  if (text === '') return 'backup.wrong.address';
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${schemeFor(text)}://${text}`;
  if (!URL.canParse(whole)) return 'backup.wrong.address';
  const url = new URL(whole);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'backup.wrong.scheme';
  if (url.username !== '' || url.password !== '') return 'backup.wrong.credentialsInside';
  if (url.search !== '' || url.hash !== '') return 'backup.wrong.query';
  if (url.protocol === 'http:' && !isLocal(url.hostname) && location.protocol === 'https:') return 'backup.wrong.mixed';
  return url;
}

/** A WebDAV folder: the scheme is added where none was typed, and the slash at the end. */
export function parseWebdav(fields: { readonly url: string; readonly username: string; readonly password: string }): Parsed<WebdavConfig> {
  const url = parseAddress(fields.url);
  if (typeof url === 'string') return wrong('url', url);
  const href = url.href.endsWith('/') ? url.href : `${url.href}/`;
  return { config: { kind: 'webdav', url: href, username: fields.username.trim(), password: fields.password } };
}

export type S3Fields = Readonly<Record<'endpoint' | 'region' | 'bucket' | 'prefix' | 'accessKeyId' | 'secretAccessKey', string>> & {
  readonly addressing: S3Config['addressing'];
};

/** A bucket; a folder in it gets its slash at the end and loses those in front. */
export function parseS3(fields: S3Fields): Parsed<S3Config> {
  const url = parseAddress(fields.endpoint);
  if (typeof url === 'string') return wrong('endpoint', url);
  const bucket = fields.bucket.trim();
  if (!/^[a-z0-9][a-z0-9._-]{1,253}$/i.test(bucket)) return wrong('bucket', 'backup.wrong.bucket');
  if (fields.accessKeyId.trim() === '') return wrong('accessKeyId', 'backup.wrong.empty');
  if (fields.secretAccessKey.trim() === '') return wrong('secretAccessKey', 'backup.wrong.empty');
  const prefix = fields.prefix.trim().replace(/^\/+|\/+$/g, '');
  return {
    config: {
      kind: 's3',
      endpoint: url.origin + url.pathname.replace(/\/+$/, ''),
      region: fields.region.trim() || 'us-east-1',
      bucket,
      prefix: prefix === '' ? '' : `${prefix}/`,
      accessKeyId: fields.accessKeyId.trim(),
      secretAccessKey: fields.secretAccessKey.trim(),
      addressing: fields.addressing,
    },
  };
}
