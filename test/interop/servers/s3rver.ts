// The npm package s3rver: a small S3 over a folder, as a process of its own.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { S3Config } from '../../../src/model/drive';
import { serverBlocks } from '../../../src/ui/backups/server-snippets';
import { findFreePort, makeServerFolder, type RunningServer, startProgram } from './server-process';

export interface RunningS3 extends RunningServer {
  /** With the keys that s3rver knows. */
  readonly config: S3Config;
}

const bucket = 'camphor-test';

export async function startS3rver({
  origin,
  prefix = '',
}: { readonly origin?: string; readonly prefix?: string } = {}): Promise<RunningS3> {
  const root = makeServerFolder('s3rver');
  const folder = join(root, 'files');
  const port = await findFreePort();
  mkdirSync(folder);
  const rule = origin === undefined ? null : corsRule(origin);
  const options = {
    address: '127.0.0.1',
    port,
    silent: true,
    directory: folder,
    configureBuckets: [{ name: bucket, configs: rule === null ? [] : [rule] }],
  };
  const package_ = join(import.meta.dirname, '../../../node_modules/s3rver');
  writeFileSync(
    join(root, 'start.cjs'),
    `const S3rver = require(${JSON.stringify(package_)});\nnew S3rver(${JSON.stringify(options)}).run();\n`,
  );
  // Its continuation tokens are made with DES, which OpenSSL 3 counts as legacy.
  const parameters = ['--openssl-legacy-provider', join(root, 'start.cjs')];
  const { stop } = await startProgram({ command: process.execPath, parameters, port, folder: root });
  const url = `http://127.0.0.1:${port}/`;
  const config: S3Config = {
    kind: 's3',
    endpoint: url.slice(0, -1),
    region: 'us-east-1',
    bucket,
    prefix,
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    addressing: 'path',
  };
  return { url, folder, config, stop };
}

interface CorsRule {
  readonly AllowedOrigins: readonly string[];
  readonly AllowedMethods: readonly string[];
  readonly AllowedHeaders: readonly string[];
  readonly ExposeHeaders: readonly string[];
}

/** The rule that the app tells its owner to set, in the XML that s3rver reads. */
function corsRule(origin: string): string {
  const { CORSRules } = JSON.parse(serverBlocks('s3-other', origin, '')[0] ?? '') as { CORSRules: readonly CorsRule[] };
  const elements = (name: string, values: readonly string[]): string => values.map((value) => `<${name}>${value}</${name}>`).join('');
  const rules = CORSRules.map(
    (rule) =>
      `<CORSRule>${elements('AllowedOrigin', rule.AllowedOrigins)}${elements('AllowedMethod', rule.AllowedMethods)}` +
      `${elements('AllowedHeader', rule.AllowedHeaders)}${elements('ExposeHeader', rule.ExposeHeaders)}</CORSRule>`,
  );
  return `<CORSConfiguration>${rules.join('')}</CORSConfiguration>`;
}
