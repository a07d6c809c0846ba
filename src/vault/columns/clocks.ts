import type { Clock } from '../../model/record';

/** The clock's number in the column `times` is its index here; new ones go to the end. */
export const clocks: readonly Clock[] = ['absolute', 'second', 'minute'];
