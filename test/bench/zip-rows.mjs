// Bytes read of a 20 GB ZIP, counted by the byte source.
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { plainRow } from './rows.mjs';

export async function measureZip() {
  const { module } = await runnerImport(join(import.meta.dirname, 'zip-reading.ts'));
  const { readBytes, neededBytes } = await module.readLargeZip();
  return [plainRow('bytes read of a 20 GB ZIP, of directory and entries taken', readBytes / neededBytes, '×', 1.05)];
}
