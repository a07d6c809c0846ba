// What the health page says in one sentence, in a table of situations: each is brought about on a real vault and real drives, and
// the sentence is made from what the app kept of it.
import { describe, expect, it } from 'vitest';
import type { BackupWarning } from '../../../src/model/backup-view';
import type { DriveConfig } from '../../../src/model/drive';
import { CamphorError } from '../../../src/model/error';
import { createMemoryDrive, type MemoryDrive } from '../../../src/drives/memory';
import { countPlaces, type Headline, headlineOf } from '../../../src/ui/backups/headline';
import { type Device, earlier, later, makeDevice, namesIn, passphrase, place, restoreInto, silent } from '../../backup/faults-device';

const dayMs = 86_400_000;

type Place = 'attic' | 'cellar';

interface World {
  readonly device: Device;
  readonly drives: Readonly<Record<Place, MemoryDrive>>;
  /** Error that all calls to a place end with. */
  readonly broken: Map<Place, CamphorError>;
  /** Ids of the drives that were added. */
  readonly ids: Map<Place, string>;
  add(place: Place, mode?: 'create' | 'open'): Promise<string>;
  run(place: Place): Promise<void>;
}

const placeIn = (config: DriveConfig): Place => (config.kind === 'webdav' && config.url.includes('cellar') ? 'cellar' : 'attic');

async function makeWorld(archives = [earlier], drives = { attic: createMemoryDrive(), cellar: createMemoryDrive() }): Promise<World> {
  const broken = new Map<Place, CamphorError>();
  const ids = new Map<Place, string>();
  const device = await makeDevice(archives, drives.attic, {
    drives: {
      open: async (config) => {
        const error = broken.get(placeIn(config));
        if (error !== undefined) throw error;
        return drives[placeIn(config)];
      },
      examine: async () => {
        throw new Error('not examined here');
      },
    },
  });
  return {
    device,
    drives,
    broken,
    ids,
    async add(name, mode = 'create') {
      const config = { ...place, url: `https://${name}.example/chest/` };
      const { id } = await device.backup.addDrive(config, { name, mode, secret: passphrase }, silent);
      ids.set(name, id);
      return id;
    },
    async run(name) {
      device.restart();
      await device.run(ids.get(name) ?? '');
    },
  };
}

async function backedUp(...places: readonly Place[]): Promise<World> {
  const world = await makeWorld();
  for (const name of places) {
    await world.add(name);
    await world.run(name);
  }
  return world;
}

const failing = (run: Promise<unknown>, code: string): Promise<void> => expect(run).rejects.toMatchObject({ code });

interface Situation {
  readonly of: Headline['of'];
  readonly look: Headline['look'];
  readonly drive?: Place;
  readonly other?: Place;
  /** Places elsewhere that have a backup. */
  readonly places: number;
  bring(): Promise<World>;
}

const situations: Readonly<Record<string, Situation>> = {
  'no drive': { of: 'backup.headline.none', look: 'warn', places: 0, bring: makeWorld },
  'a drive, and never backed up': {
    of: 'backup.headline.none',
    look: 'warn',
    drive: 'attic',
    places: 0,
    async bring() {
      const world = await makeWorld();
      await world.add('attic');
      return world;
    },
  },
  'backed up, and nothing was read again': {
    of: 'backup.headline.unverified',
    look: 'ok',
    drive: 'attic',
    places: 1,
    bring: () => backedUp('attic'),
  },
  'backed up twice and verified': {
    of: 'backup.headline.safe',
    look: 'ok',
    drive: 'cellar',
    places: 2,
    async bring() {
      const world = await backedUp('attic', 'cellar');
      await world.device.backup.verify(world.ids.get('cellar') ?? '', 1, silent);
      return world;
    },
  },
  'old, and nothing has come in since': {
    of: 'backup.headline.unverified',
    look: 'ok',
    drive: 'attic',
    places: 1,
    async bring() {
      const world = await backedUp('attic');
      world.device.clock.nowMs += 90 * dayMs;
      return world;
    },
  },
  'stale: something has come in since': {
    of: 'backup.headline.overdue',
    look: 'warn',
    drive: 'attic',
    places: 1,
    async bring() {
      const world = await backedUp('attic');
      await world.device.vault.intake.import(later);
      world.device.clock.nowMs += 31 * dayMs;
      return world;
    },
  },
  'one drive of two does not answer': {
    of: 'backup.headline.unverified',
    look: 'ok',
    drive: 'attic',
    other: 'cellar',
    places: 2,
    async bring() {
      const world = await backedUp('attic', 'cellar');
      world.broken.set('cellar', new CamphorError('drive-unreachable'));
      await failing(world.run('cellar'), 'drive-unreachable');
      return world;
    },
  },
  'one drive of two is gone': {
    of: 'backup.headline.gone-one',
    look: 'warn',
    drive: 'attic',
    other: 'cellar',
    places: 1,
    async bring() {
      const world = await backedUp('attic', 'cellar');
      await world.device.backup.verify(world.ids.get('cellar') ?? '', 1, silent);
      world.drives.cellar.files.clear();
      await failing(world.run('cellar'), 'no-repository');
      return world;
    },
  },
  'one drive of two is gone, and the other is stale': {
    of: 'backup.headline.gone',
    look: 'warn',
    drive: 'cellar',
    places: 1,
    async bring() {
      const world = await backedUp('attic', 'cellar');
      await world.device.vault.intake.import(later);
      world.device.clock.nowMs += 31 * dayMs;
      world.drives.cellar.files.clear();
      await failing(world.run('cellar'), 'no-repository');
      return world;
    },
  },
  'the only drive is gone': {
    of: 'backup.headline.gone',
    look: 'danger',
    drive: 'attic',
    places: 0,
    async bring() {
      const world = await backedUp('attic');
      world.drives.attic.files.clear();
      await failing(world.run('attic'), 'no-repository');
      return world;
    },
  },
  'a drive that holds another backup now': {
    of: 'backup.headline.gone',
    look: 'danger',
    drive: 'attic',
    places: 0,
    async bring() {
      const [world, stranger] = [await backedUp('attic'), await backedUp('attic')];
      world.drives.attic.files.clear();
      for (const [name, bytes] of stranger.drives.attic.files) world.drives.attic.files.set(name, bytes);
      await failing(world.run('attic'), 'wrong-secret');
      return world;
    },
  },
  'a verify that failed': {
    of: 'backup.headline.damaged',
    look: 'danger',
    drive: 'cellar',
    places: 2,
    async bring() {
      const world = await backedUp('attic', 'cellar');
      for (const name of namesIn(world.drives.cellar, 'data')) {
        const bytes = world.drives.cellar.files.get(name);
        if (bytes !== undefined) bytes[40] = (bytes[40] ?? 0) ^ 1;
      }
      await world.device.backup.verify(world.ids.get('cellar') ?? '', 1, silent);
      return world;
    },
  },
  'snapshots that vanished': {
    of: 'backup.headline.vanished',
    look: 'danger',
    drive: 'attic',
    places: 1,
    async bring() {
      const world = await backedUp('attic');
      await world.device.vault.intake.import(later);
      await world.run('attic');
      world.drives.attic.files.delete(namesIn(world.drives.attic, 'snapshots')[0] ?? '');
      await world.device.backup.history(world.ids.get('attic') ?? '');
      return world;
    },
  },
  'an evicted vault, and its drive set up anew': {
    of: 'backup.headline.holds-more',
    look: 'danger',
    drive: 'attic',
    places: 0,
    async bring() {
      const { drives } = await backedUp('attic');
      const world = await makeWorld([], drives);
      await world.add('attic', 'open');
      return world;
    },
  },
  'the same, and all was restored': {
    of: 'backup.headline.joined',
    look: 'warn',
    drive: 'attic',
    places: 0,
    async bring() {
      const { drives } = await backedUp('attic');
      const world = await makeWorld([], drives);
      const id = await world.add('attic', 'open');
      const [newest] = await world.device.backup.history(id);
      await restoreInto(world.device, id, newest?.id ?? '');
      await world.device.backup.noteTaken(id, newest?.id ?? '');
      return world;
    },
  },
  'a vault that has lost most of what was backed up of it': {
    of: 'backup.headline.holds-more',
    look: 'danger',
    drive: 'attic',
    places: 1,
    async bring() {
      const whole = await backedUp('attic');
      const world = await makeWorld([], whole.drives);
      for (const [key, value] of whole.device.entries) world.device.entries.set(key, value);
      world.ids.set('attic', whole.ids.get('attic') ?? '');
      await failing(world.run('attic'), 'vault-shrank');
      return world;
    },
  },
};

describe('the sentence of the health page', () => {
  it.each(Object.entries(situations))('%s', async (_, { of, look, drive = null, other = null, places, bring }) => {
    const { device } = await bring();
    const drives = await device.backup.drives();
    const headline = headlineOf(drives);
    expect({ ...headline, drive: headline.drive?.name ?? null, other: headline.other?.name ?? null }).toEqual({ of, look, drive, other });
    expect(countPlaces(drives)).toBe(places);
  });
});

describe('a restore drill', () => {
  const warningsOf = async ({ device }: World): Promise<readonly BackupWarning[]> =>
    (await device.backup.drives()).flatMap(({ warnings }) => warnings);
  const drilledAtMs = async ({ device }: World): Promise<number | null> =>
    (await device.backup.drives()).map(({ lastDrilledAtMs }) => lastDrilledAtMs)[0] ?? null;

  it('is suggested after a week and then once a year, and kept where the sample was as it is here', async () => {
    const world = await backedUp('attic');
    const id = world.ids.get('attic') ?? '';
    expect(await warningsOf(world)).not.toContain('drill-due');
    world.device.clock.nowMs += 8 * dayMs;
    expect(await warningsOf(world)).toContain('drill-due');
    const { messages, differences } = await world.device.backup.drill(id, silent);
    expect(messages).toBeGreaterThan(0);
    expect(differences).toBe(0);
    expect(await drilledAtMs(world)).toBeGreaterThan(0);
    expect(await warningsOf(world)).not.toContain('drill-due');
    world.device.clock.nowMs += 366 * dayMs;
    expect(await warningsOf(world)).toContain('drill-due');
  });

  it('that cannot read what lies there is none', async () => {
    const world = await backedUp('attic');
    for (const name of namesIn(world.drives.attic, 'data')) {
      const bytes = world.drives.attic.files.get(name);
      if (bytes !== undefined) bytes[40] = (bytes[40] ?? 0) ^ 1;
    }
    world.device.restart();
    await expect(world.device.backup.drill(world.ids.get('attic') ?? '', silent)).rejects.toBeInstanceOf(CamphorError);
    expect(await drilledAtMs(world)).toBeNull();
  });
});
