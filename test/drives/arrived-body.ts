// Bodies of requests, as servers of tests get them.

/** What a server gets of a body, in whatever form it was sent. */
export async function arrivedBody({ body }: RequestInit): Promise<Uint8Array<ArrayBuffer> | string | null> {
  return body instanceof Blob ? new Uint8Array(await body.arrayBuffer()) : ((body ?? null) as Uint8Array<ArrayBuffer> | string | null);
}
