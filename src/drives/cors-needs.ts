// What a server has to allow a page of another origin, so that a drive works from it; tried one by one when the whole fails.

export interface CorsNeeds {
  readonly methods: readonly string[];
  /** Headers of requests, with a value that does no harm. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A service that is reached by its owner's consent allows all pages. GET and HEAD need no permission, nor does a `Range` of two numbers. */
export const corsNeeds: Readonly<Record<'webdav' | 's3', CorsNeeds>> = {
  webdav: {
    methods: ['PROPFIND', 'PUT', 'MOVE', 'MKCOL', 'DELETE'],
    headers: { Depth: '1', Destination: '/', Overwrite: 'F', 'Content-Type': 'application/xml' },
  },
  s3: {
    methods: ['PUT', 'DELETE'],
    headers: {
      'X-Amz-Date': '20000101T000000Z',
      'X-Amz-Content-Sha256': '0',
      'If-None-Match': '*',
      'Content-Type': 'application/octet-stream',
    },
  },
};
