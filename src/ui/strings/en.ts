// English. Voice: short, calm, concrete; what happened, what is safe, what to do.

import { enDriveErrors } from './en/drive-errors';
import { enErrors } from './en/errors';
import { enImport } from './en/import';
import { enInterface } from './en/interface';
import type { Text } from './text';

export const en = { ...enInterface, ...enImport, ...enErrors, ...enDriveErrors };

export type StringKey = keyof typeof en;
export type StringTable = Readonly<Record<StringKey, Text>>;
