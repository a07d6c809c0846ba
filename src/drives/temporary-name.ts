// Names under `tmp/`, for what is not yet whole.

import type { DriveEnvironment } from './environment';

const part = (random: () => number): string =>
  Math.floor(random() * 2 ** 48)
    .toString(16)
    .padStart(12, '0');

/** A name that nobody else has, by 96 random bits. */
export function temporaryName({ random }: Pick<DriveEnvironment, 'random'>): string {
  return `tmp/${part(random)}${part(random)}`;
}
