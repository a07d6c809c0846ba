// The doctor's ways with a service that is reached by its owner's consent.

import { type CloudConfig, unknownTraits } from '../model/drive';
import { createCloudDrive } from './cloud';
import type { DriveProbe } from './doctor-probe';
import type { DriveEnvironment } from './environment';

/** `scratch` is the name of a folder that is not there yet. */
export function probeCloud(config: CloudConfig, scratch: string, environment: DriveEnvironment): DriveProbe {
  const traits = { ...unknownTraits, refusesTaken: true };
  const top = createCloudDrive(config, traits, environment);
  const drive = createCloudDrive({ ...config, folder: `${config.folder}${scratch}/` }, traits, environment);
  return {
    drive,
    url: null,
    lookAtTop: async () => ({ names: await top.namesIn(''), isCut: false }),
    makeFolder: async () => {},
    // Each of them takes a file in whole, when its last byte and its hash are there.
    upload: null,
    hasRange: async (name) => (await drive.read(name, { fromByte: 10, toByte: 20 })).length === 10,
    removeFolder: () => top.removeFolder(`${scratch}/`),
  };
}
