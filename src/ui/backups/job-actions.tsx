import type { JSX } from 'solid-js';
import type { DriveStatus } from '../../model/backup-view';
import { Button } from '../primitives/button';
import { backupRoute } from '../router';
import paneCss from '../shell/pane.module.css';
import { type Ui, useUi } from '../ui';
import { backupStateOf } from './backup-state';

/** False for a repository that is only read here. */
export function mayBackUp(drive: DriveStatus): boolean {
  return !drive.warnings.includes('read-only');
}

/** Asks what a backup would send, and shows it on the drive's own screen. */
export function askPlan(ui: Ui, drive: string): void {
  ui.go(backupRoute('drive', drive));
  const { start } = backupStateOf(ui);
  void start('plan', drive, async (report) => ({ verb: 'plan', plan: await ui.session.backup.plan(drive, report) }));
}

/** Begins a backup, or goes on with one that was paused. */
export function runBackup(ui: Ui, drive: string, evenIfSmaller: boolean): void {
  const { start } = backupStateOf(ui);
  void start('run', drive, async (report) => ({ verb: 'run', result: await ui.session.backup.run(drive, { evenIfSmaller }, report) }));
}

/** Reads back this share of a backup, 0..1. */
export function verifyBackup(ui: Ui, drive: string, share: number): void {
  const { start } = backupStateOf(ui);
  void start('verify', drive, async (report) => ({ verb: 'verify', result: await ui.session.backup.verify(drive, share, report) }));
}

/** The button that puts a result away, after those that go on from it. */
export function DismissRow(props: { readonly children?: JSX.Element }): JSX.Element {
  const ui = useUi();
  return (
    <div class={paneCss['row']}>
      {props.children}
      <Button onClick={() => backupStateOf(ui).dismiss()}>{ui.t('action.close')}</Button>
    </div>
  );
}
