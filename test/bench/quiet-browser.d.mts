export interface QuietPage {
  readonly profile: string;
  run(expression: string): Promise<unknown>;
  collect(): Promise<unknown>;
  call(name: string, ...args: readonly unknown[]): Promise<unknown>;
  close(): Promise<void>;
}

export function openQuietly(url: string, files: readonly string[], input?: string, ready?: string): Promise<QuietPage>;
