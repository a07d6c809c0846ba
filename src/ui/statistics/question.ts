// What every question about statistics needs.

import { CamphorError } from '../../model/error';

/** An answer that a newer question overtook is no failure. */
export const isOvertaken = (cause: unknown): boolean => cause instanceof CamphorError && cause.code === 'cancelled';
