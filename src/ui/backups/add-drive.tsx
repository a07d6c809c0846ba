import { type JSX, Match, Switch, createSignal, onMount } from 'solid-js';
import type { DriveStatus } from '../../model/backup-view';
import type { DoctorReport, DriveConfig } from '../../model/drive';
import { backupRoute } from '../router';
import { useUi } from '../ui';
import css from './backup.module.css';
import { BackupPage } from './backup-page';
import { ConnectStep } from './connect-step';
import { DriveReady } from './drive-ready';
import { SecretStep } from './secret-step';
import { type ServiceId, serviceOf } from './popular-drives';
import { type ReturnedSignIn, takeReturnedSignIn } from './returned-sign-in';
import { WhereStep } from './where-step';

export interface Draft {
  readonly service: ServiceId;
  readonly config: DriveConfig | null;
  readonly report: DoctorReport | null;
  readonly added: DriveStatus | null;
  readonly returned: ReturnedSignIn['came'] | null;
}

type Step = 'where' | 'connect' | 'secret' | 'ready';
const numbered: readonly Step[] = ['where', 'connect', 'secret'];

/** A drive in three steps: where it is, whether it can be reached, what opens it. `isRestoring`: to bring back what lies there. */
export function AddDrive(props: { readonly isRestoring: boolean }): JSX.Element {
  const ui = useUi();
  const { t, go } = ui;
  const [draft, setDraft] = createSignal<Draft>({ service: 'webdav-other', config: null, report: null, added: null, returned: null });
  const [step, setStep] = createSignal<Step>('where');
  const change = (more: Partial<Draft>, next?: Step): void => {
    setDraft((had) => ({ ...had, ...more }));
    if (next !== undefined) setStep(next);
  };
  onMount(async () => {
    const back = await takeReturnedSignIn(ui);
    if (back !== null) change({ service: back.kind, returned: back.came }, 'connect');
  });
  const finish = (added: DriveStatus, isNew: boolean): void => {
    if (isNew) return change({ added, config: null }, 'ready');
    go(backupRoute(props.isRestoring ? 'history' : 'drive', added.id), true);
  };
  const under = (): string => {
    const at = numbered.indexOf(step());
    return at < 0 ? t('backup.ready') : t('backup.stepOf', { number: at + 1, total: numbered.length });
  };
  return (
    <BackupPage title={t(props.isRestoring ? 'first.restore' : 'backup.addDrive')} under={under()}>
      <div class={css['wizard']}>
        <Switch>
          <Match when={step() === 'where'}>
            <WhereStep
              service={draft().service}
              onChoose={(service) => change({ service, returned: null })}
              onNext={() => setStep('connect')}
              isRestoring={props.isRestoring}
            />
          </Match>
          <Match when={step() === 'connect'}>
            <ConnectStep
              service={serviceOf(draft().service)}
              isRestoring={props.isRestoring}
              returned={draft().returned}
              onBack={() => change({ returned: null }, 'where')}
              onNext={(config, report) => change({ config, report }, 'secret')}
            />
          </Match>
          <Match when={step() === 'secret' && draft().config}>
            {(config) => (
              <SecretStep config={config()} holds={draft().report?.holds ?? 'unknown'} onBack={() => setStep('connect')} onAdded={finish} />
            )}
          </Match>
          <Match when={step() === 'ready' && draft().added}>{(added) => <DriveReady drive={added()} />}</Match>
        </Switch>
      </div>
    </BackupPage>
  );
}
