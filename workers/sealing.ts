// Seals what workers/backup makes, and gathers packs, so that both work at once. It is given plaintext and the repository's sealing key by
// that worker, over a port, and knows neither vault nor drive.

import { createZstdCodec, type ZstdCodec } from '../src/bytes/zstd';
import { watchedRandom } from '../src/crypto/random';
import { CamphorError } from '../src/model/error';
import type { SealingVerbs } from '../src/model/verbs';
import { openPackFiles } from '../src/repository/pack-files';
import { sealingVerbs } from './sealing-port';
import { serve } from './serve';

let codec: ZstdCodec | null = null;

serve({
  start: async (wasm) => void (codec = await createZstdCodec(wasm.zstd)),
  connect: async (port) => {
    if (codec === null) throw new CamphorError('unexpected', { verb: 'before start' });
    serve(sealingVerbs(codec, watchedRandom(), openPackFiles), port);
  },
} satisfies SealingVerbs);
