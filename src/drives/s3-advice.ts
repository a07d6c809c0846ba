// Rules for buckets that let one origin in, as each service takes them.

import { exposedHeaders, s3Methods } from './cors-needs';

export const s3ServerKinds = ['aws', 'r2', 'b2', 'minio', 'oss', 'cos', 'wasabi'] as const;
export type S3ServerKind = (typeof s3ServerKinds)[number];

const maxAgeSeconds = 7200;

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const element = (name: string, values: readonly string[]): string => values.map((value) => `    <${name}>${value}</${name}>\n`).join('');

/** The rule in XML: the body of PutBucketCors, which B2, OSS, COS and Wasabi take as AWS does. */
const xmlRule = (origin: string): string => `<CORSConfiguration>
  <CORSRule>
${element('AllowedOrigin', [origin])}${element('AllowedMethod', s3Methods)}${element('AllowedHeader', ['*'])}${element('ExposeHeader', exposedHeaders)}    <MaxAgeSeconds>${maxAgeSeconds}</MaxAgeSeconds>
  </CORSRule>
</CORSConfiguration>
`;

const jsonRule = (origin: string): object => ({
  AllowedOrigins: [origin],
  AllowedMethods: s3Methods,
  AllowedHeaders: ['*'],
  ExposeHeaders: exposedHeaders,
  MaxAgeSeconds: maxAgeSeconds,
});

const texts: Readonly<Record<S3ServerKind, (origin: string) => string>> = {
  aws: (origin) => json([jsonRule(origin)]),
  r2: (origin) => json([jsonRule(origin)]),
  b2: xmlRule,
  minio: (origin) => `MINIO_API_CORS_ALLOW_ORIGIN=${origin}\n`,
  oss: xmlRule,
  cos: xmlRule,
  wasabi: xmlRule,
};

export function adviseS3(server: S3ServerKind, origin: string): string {
  return texts[server](origin);
}
