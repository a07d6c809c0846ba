// Requests to Dropbox's API v2 (dropbox.com/developers/documentation/http): an argument in JSON, in the body where there is no
// content and in a header where there is one. Always a POST; headers keep the token out of addresses, and leave the address of
// a call the same each time, so that a browser asks once whether it may call it.

import type { Access } from './access';
import { type CloudClient, createCloudClient, readJson } from './cloud-client';
import { createDropboxFaultReader } from './dropbox-errors';
import type { DriveEnvironment } from './environment';
import type { FileContent } from './file-content';
import type { HttpAnswer } from './http';

type Argument = Readonly<Record<string, unknown>>;

export interface DropboxClient extends Pick<CloudClient, 'clock'> {
  /** A call without content; its answer's JSON. */
  call(route: string, argument: Argument): Promise<unknown>;
  /** Sends content; the answer's JSON. */
  send(route: string, argument: Argument, content: FileContent): Promise<unknown>;
  /** Asks for content; a range that is not there is answered, not thrown. */
  fetch(route: string, argument: Argument, headers: Readonly<Record<string, string>>): Promise<HttpAnswer>;
}

const asks = new Set(['files/list_folder', 'files/list_folder/continue', 'files/get_metadata', 'files/download']);
const [callUrl, contentUrl] = ['https://api.dropboxapi.com/2/', 'https://content.dropboxapi.com/2/'];

export function createDropboxClient(access: Access, environment: DriveEnvironment): DropboxClient {
  const readFault = createDropboxFaultReader(environment.nowMs);
  const client = createCloudClient(access, environment, readFault, ({ url }) => asks.has(new URL(url).pathname.slice('/2/'.length)));
  return {
    clock: client.clock,
    async call(route, argument) {
      const headers = { 'Content-Type': 'application/json' };
      return readJson(await client.send({ method: 'POST', url: callUrl + route, headers, body: JSON.stringify(argument) }));
    },
    async send(route, argument, content) {
      const headers = { 'Content-Type': 'application/octet-stream', 'Dropbox-API-Arg': headerJson(argument) };
      return readJson(await client.send({ method: 'POST', url: contentUrl + route, headers, body: content }));
    },
    fetch: (route, argument, headers) =>
      client.send({ method: 'POST', url: contentUrl + route, headers: { ...headers, 'Dropbox-API-Arg': headerJson(argument) } }, [416]),
  };
}

/** JSON of ASCII only, as a header may hold it (dropbox.com/developers/reference/json-encoding). */
export function headerJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
