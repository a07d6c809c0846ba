// What is known of popular services: how each is reached from a page, and what stands in the fields.

import type { DriveKind, S3Config } from '../../model/drive';

export interface Service {
  readonly id: ServiceId;
  readonly kind: DriveKind;
  /** Shape of the address, with words in capitals to fill in. */
  readonly example?: string;
  readonly region?: string;
  readonly addressing?: S3Config['addressing'];
  /** True where a page cannot reach it: only a folder that its client carries, or a server in between, helps. */
  readonly isClosed?: boolean;
}

export const serviceIds = [
  'webdav-other',
  'nextcloud',
  'openlist',
  'rclone',
  'own-server',
  'jianguoyun',
  'closed-webdav',
  's3-other',
  'aws',
  'r2',
  'b2',
  'oss',
  'cos',
  'minio',
  'dropbox',
  'onedrive',
  'google-drive',
  'synced-folder',
  'plain-folder',
] as const;
export type ServiceId = (typeof serviceIds)[number];

export const services: readonly Service[] = [
  { id: 'webdav-other', kind: 'webdav', example: 'https://cloud.example.org/dav/camphor/' },
  { id: 'nextcloud', kind: 'webdav', example: 'https://HOST/remote.php/dav/files/USER/camphor/' },
  { id: 'openlist', kind: 'webdav', example: 'https://HOST:5244/dav/camphor/' },
  { id: 'rclone', kind: 'webdav', example: 'http://127.0.0.1:8080/' },
  { id: 'own-server', kind: 'webdav', example: 'https://HOST/camphor/' },
  { id: 'jianguoyun', kind: 'webdav', isClosed: true },
  { id: 'closed-webdav', kind: 'webdav', isClosed: true },
  { id: 's3-other', kind: 's3', addressing: 'path' },
  { id: 'aws', kind: 's3', example: 'https://s3.REGION.amazonaws.com', addressing: 'virtual-host' },
  { id: 'r2', kind: 's3', example: 'https://ACCOUNT.r2.cloudflarestorage.com', region: 'auto', addressing: 'path' },
  { id: 'b2', kind: 's3', example: 'https://s3.REGION.backblazeb2.com', addressing: 'path' },
  { id: 'oss', kind: 's3', example: 'https://oss-REGION.aliyuncs.com', addressing: 'virtual-host' },
  { id: 'cos', kind: 's3', example: 'https://cos.REGION.myqcloud.com', addressing: 'virtual-host' },
  { id: 'minio', kind: 's3', example: 'http://127.0.0.1:9000', region: 'us-east-1', addressing: 'path' },
  { id: 'dropbox', kind: 'dropbox' },
  { id: 'onedrive', kind: 'onedrive' },
  { id: 'google-drive', kind: 'google-drive' },
  { id: 'synced-folder', kind: 'folder' },
  { id: 'plain-folder', kind: 'folder' },
];

/** The service of an id; ids are a closed list. */
export function serviceOf(id: ServiceId): Service {
  return services.find((service) => service.id === id) ?? { id, kind: 'webdav' };
}
