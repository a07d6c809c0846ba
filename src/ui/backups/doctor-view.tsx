import { For, type JSX, Show, createSignal, onMount } from 'solid-js';
import { type DoctorReport, type DoctorStep, type DoctorStepId, type DriveKind, doctorStepIds } from '../../model/drive';
import { Icon } from '../icons/icon';
import type { IconName } from '../icons/paths';
import { copyText } from '../primitives/copy-text';
import { State } from '../primitives/controls';
import { errorOf } from '../primitives/toast-state';
import type { CamphorError } from '../../model/error';
import { Button } from '../primitives/button';
import paneCss from '../shell/pane.module.css';
import { useUi } from '../ui';
import { AdviceView } from './advice-view';
import css from './backup.module.css';

const outcomeIcons: Readonly<Record<DoctorStep['outcome'], IconName>> = { ok: 'check', limited: 'info', failed: 'close', skipped: 'more' };
const outcomeLooks = { ok: 'ok', limited: 'warn', failed: 'danger', skipped: 'quiet' } as const;

/** Steps that mean something for a server only; of a folder they are said where they went wrong. */
const networkSteps: ReadonlySet<DoctorStepId> = new Set<DoctorStepId>(['reach', 'preflight', 'sign-in']);

/** Examines a connection step by step, in words; with what to change where something does not work. Begins when it is shown. */
export function DoctorView(props: {
  readonly kind: DriveKind;
  readonly place: string;
  readonly examine: (report: (step: DoctorStep) => void) => Promise<DoctorReport>;
  readonly onDone?: (report: DoctorReport) => void;
}): JSX.Element {
  const { t } = useUi();
  const [steps, setSteps] = createSignal<readonly DoctorStep[]>([]);
  const [report, setReport] = createSignal<DoctorReport | null>(null);
  const [error, setError] = createSignal<CamphorError | null>(null);
  let place!: HTMLDivElement;
  onMount(async () => {
    // The button for it may lie further down than a narrow screen shows.
    place.scrollIntoView({ block: 'nearest' });
    try {
      const found = await props.examine((step) => setSteps((all) => [...all.filter(({ id }) => id !== step.id), step]));
      setSteps(found.steps);
      setReport(found);
      props.onDone?.(found);
    } catch (cause) {
      setError(errorOf(cause));
    }
  });
  const running = (): string | null =>
    report() !== null || error() !== null ? null : (doctorStepIds.find((id) => !steps().some((step) => step.id === id)) ?? null);
  const untried = (): number => report()?.steps.filter(({ outcome }) => outcome === 'skipped').length ?? 0;
  const outcomeOf = (id: DoctorStepId) => steps().find((step) => step.id === id)?.outcome;
  const shown = (): readonly DoctorStepId[] =>
    doctorStepIds.filter((id) => {
      if (props.kind === 'folder' && networkSteps.has(id)) return outcomeOf(id) === 'failed' || outcomeOf(id) === 'limited';
      return report() === null || outcomeOf(id) !== 'skipped';
    });
  return (
    <div class={css['doctor']} ref={(element) => (place = element)}>
      <p role="status" class={css['verdict']}>
        <Verdict report={report()} isRunning={running() !== null} />
      </p>
      <ol class={css['steps']} aria-label={t('backup.doctor.title')}>
        <For each={shown()}>
          {(id) => (
            <StepRow
              id={id}
              step={steps().find((step) => step.id === id)}
              isRunning={running() === id}
              kind={props.kind}
              place={props.place}
            />
          )}
        </For>
      </ol>
      <Show when={untried() > 0}>
        <p class={paneCss['quiet']}>{t('backup.doctor.untried', { count: untried() })}</p>
      </Show>
      <Show when={error()}>{(cause) => <State look="danger">{t(`error.${cause().code}`, cause().facts)}</State>}</Show>
      <Show when={report()}>{(found) => <CopyReport report={found()} />}</Show>
    </div>
  );
}

function Verdict(props: { readonly report: DoctorReport | null; readonly isRunning: boolean }): JSX.Element {
  const { t } = useUi();
  const isLimited = (): boolean => props.report?.steps.some(({ outcome }) => outcome === 'limited') === true;
  return (
    <Show when={props.report} fallback={props.isRunning ? t('backup.doctor.running') : ''}>
      {(report) => (
        <State look={report().usable ? 'ok' : 'danger'}>
          {t(report().usable ? (isLimited() ? 'backup.doctor.limited' : 'backup.doctor.usable') : 'backup.doctor.unusable')}
        </State>
      )}
    </Show>
  );
}

function StepRow(props: {
  readonly id: DoctorStep['id'];
  readonly step: DoctorStep | undefined;
  readonly isRunning: boolean;
  readonly kind: DriveKind;
  readonly place: string;
}): JSX.Element {
  const { t, format } = useUi();
  const word = (): string =>
    props.step === undefined
      ? t(props.isRunning ? 'backup.outcome.running' : 'backup.outcome.waiting')
      : t(`backup.outcome.${props.step.outcome}`);
  const speed = (): string => {
    const bytes = props.step?.facts['bytesPerSecond'];
    return typeof bytes === 'number' ? t('backup.speed', { size: format().bytes(bytes) }) : word();
  };
  return (
    <li class={css['step']}>
      <span class={css[outcomeLooks[props.step?.outcome ?? 'skipped']]}>
        <Icon name={outcomeIcons[props.step?.outcome ?? 'skipped']} />
      </span>
      <span>{t(`backup.step.${props.id}`)}</span>
      <span class={paneCss['quiet']}>{props.id === 'speed' ? speed() : word()}</span>
      <Show when={props.step?.finding}>
        {(finding) => (
          <div class={css['finding']}>
            <AdviceView finding={finding()} kind={props.kind} place={props.place} facts={props.step?.facts ?? {}} />
          </div>
        )}
      </Show>
    </li>
  );
}

/** Steps, outcomes and traits; no address, no name, no credential. */
function CopyReport(props: { readonly report: DoctorReport }): JSX.Element {
  const { t, toasts } = useUi();
  const copy = (): void => {
    const { steps, usable, traits, holds } = props.report;
    const brief = steps.map(({ id, outcome, finding }) => ({ id, outcome, finding }));
    copyText(JSON.stringify({ usable, holds, traits, steps: brief, browser: navigator.userAgent }, null, 2), toasts);
  };
  return (
    <div class={paneCss['row']}>
      <Button look="plain" icon="copy" onClick={copy}>
        {t('action.copyReport')}
      </Button>
      <span class={paneCss['quiet']}>{t('backup.doctor.reportWords')}</span>
    </div>
  );
}
