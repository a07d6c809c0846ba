// Drives as the owner sets them up, and what was found out about them. Configurations hold credentials: they are sealed in
// the vault, go from there to workers/drive over a port, and to nobody else. Views (backup-view.ts) hold none.

/** Services that a page reaches by the owner's consent (OAuth), without a server of ours. */
export const cloudKinds = ['dropbox', 'onedrive', 'google-drive'] as const;
export type CloudKind = (typeof cloudKinds)[number];

export const driveKinds = ['webdav', 's3', ...cloudKinds, 'folder'] as const;
export type DriveKind = (typeof driveKinds)[number];

export interface WebdavConfig {
  readonly kind: 'webdav';
  /** Address of the folder, ending in `/`; http or https, without user, query or fragment. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

export interface S3Config {
  readonly kind: 's3';
  /** Address of the service, such as `https://s3.eu-central-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** '' or a folder ending in `/`. */
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly addressing: 'path' | 'virtual-host';
}

/** What a service gives after consent (RFC 6749 §5.1). */
export interface OauthGrant {
  readonly accessToken: string;
  /** By our clock. */
  readonly expiresAtMs: number;
  /** Null where the service gives none to a page: then its owner's click gives the next access token. */
  readonly refreshToken: string | null;
}

/** Stands for a grant that workers/drive holds, so that the page never sees it. */
export interface SignInTicket {
  readonly ticket: string;
}

export interface CloudConfig {
  readonly kind: CloudKind;
  /** Of the deployment, registered with the service; no secret. */
  readonly clientId: string;
  /** '' or a folder ending in `/`, below the folder that the service gives the app. */
  readonly folder: string;
  readonly grant: OauthGrant | SignInTicket;
}

export interface FolderConfig {
  readonly kind: 'folder';
  /** Name of the chosen folder, for the screen. */
  readonly folderName: string;
  /** Lies beside the vault in the clear, since a handle cannot be sealed. */
  readonly handle: FileSystemDirectoryHandle;
}

/** A folder's files as the browser hands them over where it has no handles: to restore from, for as long as the tab is open. */
export interface FilesConfig {
  readonly kind: 'files';
  readonly folderName: string;
  /** Paths begin with the folder's own name, as `webkitRelativePath`. */
  readonly files: readonly { readonly path: string; readonly file: File }[];
}

export type DriveConfig = WebdavConfig | S3Config | CloudConfig | FolderConfig | FilesConfig;

export function isCloud<Config extends { readonly kind: string }>(config: Config): config is Extract<Config, { readonly kind: CloudKind }> {
  return (cloudKinds as readonly string[]).includes(config.kind);
}

/** What the page is told of a sign-in that is done: a configuration but for its folder. */
export interface SignedIn {
  readonly kind: CloudKind;
  readonly clientId: string;
  readonly grant: SignInTicket;
}

/** What the page is told of a sign-in that has begun. */
export interface BegunSignIn {
  /** The service's page of consent. */
  readonly url: string;
  /** Comes back with the answer. */
  readonly state: string;
}

/** What proves that an answer is ours: in workers/drive's memory, or sealed in the vault while the page is left for consent. */
export interface PendingSignIn {
  readonly kind: CloudKind;
  readonly clientId: string;
  /** Where the service leads back to. */
  readonly returnUrl: string;
  readonly state: string;
  readonly verifier: string;
  readonly beganAtMs: number;
}

/** A sign-in for which the page is left, as the page is told of it. */
export interface LeftSignIn extends BegunSignIn {
  /** Seals the answer, so that it can wait where anyone may read it until the vault is open again. */
  readonly publicKey: string;
}

/** What a service's page of consent answers (RFC 6749 §4.1.2, §4.2.2): the parameters of the address it leads back to. */
export type SignInAnswer = Readonly<Record<string, string>>;

/** How a drive behaves: found by the connection doctor, not by name. */
export interface DriveTraits {
  /** A create that was cut leaves nothing under the final name. False until it was seen. */
  readonly isAtomic: boolean;
  /** Reads of a range give that range only. */
  readonly hasRanges: boolean;
  /** A second create under a taken name is refused by the drive itself. */
  readonly refusesTaken: boolean;
  /** A listing is cut at this many entries; null where it is not, as far as was seen. */
  readonly listingLimit: number | null;
  /** What the drive's clock is ahead of ours, in ms; null where it does not say. */
  readonly clockAheadMs: number | null;
}

export const unknownTraits: DriveTraits = {
  isAtomic: false,
  hasRanges: true,
  refusesTaken: false,
  listingLimit: null,
  clockAheadMs: null,
};

/** Codes of errors that come from a drive; the first four may pass by themselves. */
export const driveErrorCodes = [
  /** No answer: no network, a wrong address, or a server that forbids this page (CORS); `facts.step` says what is known. */
  'drive-unreachable',
  /** 429, 503 and their like; `facts.waitMs` where the drive says how long. */
  'drive-busy',
  /** An answer that means a fault over there; `facts.status`. */
  'drive-failed',
  /** Bytes came cut, or another page came in their stead. */
  'drive-damaged',
  'drive-unauthorised',
  /** The sign-in has come to its end; the owner's click begins a new one. */
  'drive-signed-out',
  'drive-read-only',
  'drive-full',
  'drive-too-large',
  'drive-missing',
  'drive-exists',
  /** A redirect to another host, which credentials never follow. */
  'drive-redirected',
  /** The folder's permission has to be given again. */
  'drive-permission',
] as const;
export type DriveErrorCode = (typeof driveErrorCodes)[number];

/** Steps of the connection doctor, in order. */
export const doctorStepIds = [
  'reach',
  'preflight',
  'sign-in',
  'folder',
  'write',
  'size',
  'no-overwrite',
  'range',
  'list',
  'cut-upload',
  'remove',
  'clock',
  'speed',
] as const;
export type DoctorStepId = (typeof doctorStepIds)[number];

export interface DoctorStep {
  readonly id: DoctorStepId;
  readonly outcome: 'ok' | 'limited' | 'failed' | 'skipped';
  /** Word for the explanation, such as `cors-missing`, `options-unauthorised`, `stub-left`; null where all is well. */
  readonly finding: DoctorFinding | null;
  /** Numbers for the text. */
  readonly facts: Readonly<Record<string, string | number>>;
}

export const doctorFindings = [
  'no-answer',
  'mixed-content',
  'cors-missing',
  'options-unauthorised',
  'method-forbidden',
  'header-forbidden',
  'captive-portal',
  'redirected',
  'wrong-credentials',
  'not-a-drive',
  'not-writable',
  'quota',
  'size-differs',
  'overwrites',
  'no-range',
  'listing-cut',
  'stub-left',
  'not-removable',
  'clock-skew',
  'clock-hidden',
  'slow',
] as const;
export type DoctorFinding = (typeof doctorFindings)[number];

export interface DoctorReport {
  readonly steps: readonly DoctorStep[];
  /** True where backups can be made. */
  readonly usable: boolean;
  readonly traits: DriveTraits;
  /** What the folder holds. */
  readonly holds: 'nothing' | 'repository' | 'other-files' | 'unknown';
}
