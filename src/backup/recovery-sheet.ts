// The recovery sheet: everything that opens the backups without this app, for paper. The commands are those of Debian's restic
// and rclone; passwords stand as blanks, since a sheet is kept where people can read it.

import type { RecoverySheet } from '../model/backup-view';
import { placeOf } from './drive-status';
import type { DriveRecord, KeptConfig } from './drive-record';

/** A shell word: quoted where it is more than plain letters. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The part of an S3 prefix without slashes at its ends. */
const trimSlashes = (text: string): string => text.replace(/^\/+|\/+$/g, '');

interface Route {
  readonly setUp: readonly string[];
  /** restic's name of the repository, as a shell word. */
  readonly repository: string;
}

function routeOf(config: KeptConfig): Route {
  switch (config.kind) {
    case 'folder':
      return { setUp: [], repository: quote(`/path/to/${config.folderName}`) };
    case 'webdav': {
      const { url, username } = config;
      const line = `rclone config create camphor webdav url=${quote(url)} vendor=other user=${quote(username)} pass="$(rclone obscure '________')"`;
      return { setUp: [line], repository: 'rclone:camphor:' };
    }
    case 'dropbox':
    case 'onedrive':
    case 'google-drive': {
      // The service names the folder of an app after the app as it is registered: its owner reads it off the drive.
      const app = config.kind === 'google-drive' ? 'Camphor' : 'Apps/________';
      const type = config.kind === 'google-drive' ? 'drive' : config.kind;
      const path = [app, trimSlashes(config.folder)].filter((part) => part !== '').join('/');
      return { setUp: [`rclone config create camphor ${type}`], repository: quote(`rclone:camphor:${path}`) };
    }
    case 's3': {
      const { endpoint, bucket, prefix, region, accessKeyId, addressing } = config;
      const path = [bucket, trimSlashes(prefix)].filter((part) => part !== '').join('/');
      const options = `provider=Other endpoint=${quote(endpoint)} region=${quote(region)} force_path_style=${addressing === 'path'}`;
      const line = `rclone config create camphor s3 ${options} access_key_id=${quote(accessKeyId)} secret_access_key='________'`;
      return { setUp: [line], repository: quote(`rclone:camphor:${path}`) };
    }
  }
}

/** `words` are printed as they are given, and kept nowhere. */
export function makeRecoverySheet(record: DriveRecord, words: readonly string[], nowMs: number): RecoverySheet {
  const { setUp, repository } = routeOf(record.config);
  return {
    driveName: record.name,
    kind: record.config.kind,
    place: placeOf(record.config),
    repositoryId: record.repositoryId,
    printedAtMs: nowMs,
    commands: [
      { purpose: 'set-up', lines: setUp },
      { purpose: 'list', lines: [`restic -r ${repository} snapshots`] },
      { purpose: 'restore', lines: [`restic -r ${repository} restore latest --target out`] },
    ],
    words,
  };
}
