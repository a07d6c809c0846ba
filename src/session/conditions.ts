// What backups by themselves may wait for, as far as the browser tells: few do.

import type { BackupConditions } from '../model/backup-view';

/** Null where nobody says. */
export interface ConditionsNow {
  readonly isMetered: boolean | null;
  readonly isCharging: boolean | null;
}

interface KnowingNavigator {
  readonly connection?: { readonly type?: string; readonly saveData?: boolean };
  getBattery?(): Promise<{ readonly charging: boolean }>;
}

/** By the kind of the connection, and by the owner's wish to save data. */
function isMetered({ connection }: KnowingNavigator): boolean | null {
  if (connection?.saveData === true) return true;
  if (connection?.type === 'cellular' || connection?.type === 'wimax') return true;
  return connection?.type === 'wifi' || connection?.type === 'ethernet' ? false : null;
}

/** As it is now. Never throws. */
export async function readConditions(from: KnowingNavigator = navigator as KnowingNavigator): Promise<ConditionsNow> {
  const battery = await from.getBattery?.().catch(() => null);
  return { isMetered: isMetered(from), isCharging: battery?.charging ?? null };
}

/** False where it is known that a condition does not hold. */
export function areMet(conditions: BackupConditions, { isMetered: metered, isCharging }: ConditionsNow): boolean {
  return !(conditions.unmetered && metered === true) && !(conditions.charging && isCharging === false);
}
