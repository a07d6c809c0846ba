// What the connection doctor does to a drive beyond the drive's own calls: one way for each kind.

import type { Drive } from './drive';

export interface TopOfDrive {
  /** Names directly in the owner's folder, of files and folders. */
  readonly names: readonly string[];
  /** True where their number is that of a page of a server that cuts listings. */
  readonly isCut: boolean;
}

export interface DriveProbe {
  /** A drive inside of the scratch folder that trusts the server to refuse a name that is taken. */
  readonly drive: Drive;
  /** Address for requests without credentials; null for a drive that is not on the network. */
  readonly url: string | null;
  /** What is in the owner's folder. Throws as drives do. */
  lookAtTop(): Promise<TopOfDrive>;
  /** Makes the scratch folder. */
  makeFolder(): Promise<void>;
  /** One upload into it, straight to its name, that the signal may cut; null where an upload cannot be cut. */
  readonly upload:
    | ((name: string, bytes: Uint8Array<ArrayBuffer>, cut: { signal?: AbortSignal; onSend?: () => void }) => Promise<void>)
    | null;
  /** True where a read of a range is answered by the range alone. */
  hasRange(name: string): Promise<boolean>;
  /** Takes the scratch folder away, with all that is in it. */
  removeFolder(): Promise<void>;
}
