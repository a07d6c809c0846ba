// Services that are reached by their owner's consent: one drive for each.

import type { CloudConfig, CloudKind, DriveTraits } from '../model/drive';
import { type Access, createAccess } from './access';
import type { Drive } from './drive';
import { createDropboxDrive } from './dropbox';
import type { DriveEnvironment } from './environment';
import { createGoogleDrive } from './google-drive';
import { createOnedrive } from './onedrive';

/** What a drive of a service is made of. */
export interface CloudParts {
  readonly access: Access;
  /** '' or a folder ending in `/`, below the folder that the service gives the app. */
  readonly folder: string;
  readonly traits: DriveTraits;
  readonly environment: DriveEnvironment;
}

/** What the doctor does to a service beyond the calls of its drive. */
export interface CloudDrive extends Drive {
  /** Names directly in a folder ('' or ending in `/`), of files and folders; none where it is not there. */
  namesIn(folder: string): Promise<readonly string[]>;
  /** Takes a folder away with all that is in it. */
  removeFolder(folder: string): Promise<void>;
}

const makers: Readonly<Record<CloudKind, (parts: CloudParts) => CloudDrive>> = {
  dropbox: createDropboxDrive,
  onedrive: createOnedrive,
  'google-drive': createGoogleDrive,
};

/** Opens it; nothing is sent before the first call. */
export function createCloudDrive(config: CloudConfig, traits: DriveTraits, environment: DriveEnvironment): CloudDrive {
  const access = createAccess(config, environment);
  return makers[config.kind]({ access, folder: config.folder, traits, environment });
}
