// From the owner's settings to a drive.

import type { DriveConfig, DriveTraits } from '../model/drive';
import { createCloudDrive } from './cloud';
import type { Drive } from './drive';
import { completeEnvironment, type DriveEnvironment } from './environment';
import { createFileListDrive } from './file-list';
import { createFolderDrive } from './folder';
import { retrying } from './retry';
import { createS3Drive } from './s3';
import { createWebdavDrive } from './webdav';

/** The drive, with what may pass tried again. Nothing is sent before the first call. */
export function openDrive(config: DriveConfig, traits: DriveTraits, parts: Partial<DriveEnvironment> = {}): Drive {
  const environment = completeEnvironment(parts);
  return retrying(openPlain(config, traits, environment), environment);
}

/** The same without trying again. */
function openPlain(config: DriveConfig, traits: DriveTraits, environment: DriveEnvironment): Drive {
  switch (config.kind) {
    case 'webdav':
      return createWebdavDrive(config, traits, environment);
    case 's3':
      return createS3Drive(config, traits, environment);
    case 'dropbox':
    case 'onedrive':
    case 'google-drive':
      return createCloudDrive(config, traits, environment);
    case 'files':
      return createFileListDrive(config.files);
    case 'folder':
      return createFolderDrive(config, traits, environment);
  }
}
