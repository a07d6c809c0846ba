// A contract fake of OneDrive for apps with a folder of their own: Microsoft Graph's requests on items, upload sessions and
// download addresses as learn.microsoft.com/graph/api documents them. Names that differ by their case only are one, as there.
import { createFakeConsent, type FakeConsent } from './fake-consent';
import { type FakeService, startFakeService } from './fake-service';
import { createKeptFiles } from './kept-files';
import { handleContent } from './onedrive-content';
import { handleItems } from './onedrive-items';
import { contentHost, graphError, graphHost, type OnedriveState, refuse, type UploadSession } from './onedrive-state';

export interface FakeOnedrive extends FakeService {
  readonly consent: FakeConsent;
  /** False: a file whose folder is not there is refused, as the documentation allows. */
  makesFolders: boolean;
  /** Addresses for downloads that were given end. */
  endDownloads(): void;
  /** Upload sessions that are open end. */
  endUploads(): void;
}

export async function startOnedrive(): Promise<FakeOnedrive> {
  const consent = createFakeConsent('onedrive');
  const [sessions, downloads]: [Map<string, UploadSession>, Map<string, string>] = [new Map(), new Map()];
  let state: OnedriveState | null = null;
  const service = await startFakeService({
    name: 'onedrive',
    hosts: [...consent.hosts, graphHost, contentHost],
    // Not documented as a list; the ways of our drive need none but `Retry-After`, and go without it.
    exposes: ['ETag', 'Location', 'request-id', 'client-request-id'],
    async handle(request, { folder, violations }) {
      state ??= {
        files: createKeptFiles(folder),
        violations,
        hasRoot: false,
        sessions,
        downloads,
        get makesFolders() {
          return fake.makesFolders;
        },
      };
      const ofConsent = consent.answer(request, violations);
      if (ofConsent !== null) return ofConsent;
      if (request.host === contentHost) return handleContent(request, state);
      if (request.host !== graphHost) return refuse(state, 404, 'itemNotFound', `no such host: ${request.host}`);
      if (!consent.isSignedIn(request)) return graphError(401, 'InvalidAuthenticationToken');
      return handleItems(request, state);
    },
  });
  const fake: FakeOnedrive = Object.assign(service, {
    consent,
    makesFolders: true,
    endDownloads: () => downloads.clear(),
    endUploads: () => sessions.clear(),
  });
  return fake;
}
