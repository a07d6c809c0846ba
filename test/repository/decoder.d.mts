export interface OpenedRepository {
  readonly config: { readonly version: number; readonly id: string };
  readonly blobs: ReadonlyMap<string, Buffer>;
  readonly snapshots: readonly { readonly id: string; readonly tree: string; readonly time: string; readonly hostname: string }[];
  readonly locks: readonly { readonly exclusive: boolean; readonly hostname: string }[];
}
export interface ReadArchive {
  readonly manifest: Readonly<Record<string, number | string>>;
  readonly people: ReadonlyMap<string, { readonly names: readonly string[] }>;
  readonly media: ReadonlyMap<string, string>;
  readonly conversations: readonly {
    readonly id: string;
    readonly source: string;
    readonly sourceId?: string;
    readonly names: readonly string[];
    readonly messages: readonly { readonly at: string; readonly from?: string; readonly text?: string }[];
  }[];
  readonly receipts: readonly { readonly id: string }[];
  readonly overlays: readonly { readonly kind: string; readonly subject: string }[];
}
export function openRepository(root: string, password: string): OpenedRepository;
export function readFiles(repository: Pick<OpenedRepository, 'blobs'>, tree: string): Map<string, Buffer>;
export function readArchive(files: ReadonlyMap<string, Buffer>): ReadArchive;
