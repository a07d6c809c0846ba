// What a server has to allow a page of another origin, so that a drive works from it. The doctor tries these, and the advice
// lists them.

export const webdavMethods = ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND', 'MKCOL', 'MOVE'] as const;

/** Asked by name: `*` does not cover `Authorization` by the letter of the Fetch standard. */
export const webdavHeaders = ['Authorization', 'Content-Type', 'Depth', 'Destination', 'Overwrite', 'Range'] as const;

/** Headers of answers that are of use; nothing depends on them. */
export const exposedHeaders = ['Date', 'ETag', 'Content-Length', 'Content-Range', 'Retry-After'] as const;

export const s3Methods = ['GET', 'HEAD', 'PUT', 'DELETE'] as const;
