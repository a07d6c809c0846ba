import { createMemoryDrive } from '../../src/drives/memory';
import { testDrive } from './conformance';

testDrive('a drive in memory', async () => {
  const drive = createMemoryDrive({ nowMs: Date.now });
  return { drive, reopen: () => createMemoryDrive({ files: drive.files }) };
});
