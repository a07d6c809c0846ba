// English. Voice: short, calm, concrete; what happened, what is safe, what to do.

import { enErrors } from './en/errors';
import { enFirst } from './en/first';
import { enInterface } from './en/interface';
import type { Text } from './text';

export const en = { ...enInterface, ...enFirst, ...enErrors };

/** Keys of the table that is there from the start; sections bring more (strings.ts). */
export type CoreKey = keyof typeof en;
export type StringTable = Readonly<Record<CoreKey, Text>>;
